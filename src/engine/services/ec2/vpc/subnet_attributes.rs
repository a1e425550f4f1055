//! ModifySubnetAttribute.

use super::super::common::{attribute, done, find, need, note, refuse_wavelength};
use crate::base::error::{Error, Result};
use crate::base::ids::Kind;
use crate::services::ec2::refusals;
use crate::services::{Handler, Request};
use crate::world::World;
use crate::world::vpc::Subnet;
use stratus_model::{Name, Structure, field};

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    (operation == "ModifySubnetAttribute").then_some(Handler::Write(modify))
}

/// Attributes that only a subnet on an Outpost has.
const OUTPOST: [Name; 2] = [field::MAP_CUSTOMER_OWNED_IP_ON_LAUNCH, field::CUSTOMER_OWNED_IPV4_POOL];

/// Whether a call that gives so many attributes gives one, or two that belong together.
fn check_one(params: &Structure) -> Result<()> {
    let given: Vec<Name> = params
        .iter()
        .map(|(name, _)| name)
        .filter(|name| *name != field::SUBNET_ID)
        .collect();
    let names = [
        field::PRIVATE_DNS_HOSTNAME_TYPE_ON_LAUNCH,
        field::ENABLE_RESOURCE_NAME_DNS_A_RECORD_ON_LAUNCH,
        field::ENABLE_RESOURCE_NAME_DNS_AAAA_RECORD_ON_LAUNCH,
    ];
    let of_names = given.iter().all(|name| names.contains(name));
    let of_outpost = given.iter().all(|name| OUTPOST.contains(name));
    match given.len() {
        0 => Err(Error::combination("No attributes specified.")),
        1 => Ok(()),
        _ if of_names || of_outpost => Ok(()),
        _ => {
            let given: Vec<&str> = given.iter().map(|name| name.text()).collect();
            Err(refusals::one_attribute(&given))
        }
    }
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySubnetAttribute.html>: one attribute a call.
fn modify(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let subnet = find::<Subnet>(world, region, Kind::Subnet, need(params, field::SUBNET_ID)?)?;
    let (id, zone, has_ipv6) = (subnet.id, subnet.zone, subnet.ipv6_cidr.is_some());
    check_one(params)?;
    let on = |name| attribute(params, name);
    let refuse = |why: String, name: Name| Err(Error::new("InvalidParameterValue", why).at(name.text()));
    if let Some(name) = OUTPOST.iter().find(|name| params.contains(**name)) {
        let why = format!("The subnet {id} is not on an Outpost: it has no {}.", name.text());
        return refuse(why, *name);
    }
    if on(field::ASSIGN_IPV6_ADDRESS_ON_CREATION) == Some(true) && !has_ipv6 {
        let words = "assign-ipv6-address-on-creation";
        let why = format!(
            "Invalid value 'true' for {words}. Cannot set {words} to true unless the subnet ({id}) has an IPv6 CIDR block associated with it."
        );
        return refuse(why, field::ASSIGN_IPV6_ADDRESS_ON_CREATION);
    }
    if on(field::MAP_PUBLIC_IP_ON_LAUNCH) == Some(true) {
        refuse_wavelength(zone, "A public IPv4 address").map_err(|error| error.at("MapPublicIpOnLaunch"))?;
    }
    let from = params.integer(field::ENABLE_LNI_AT_DEVICE_INDEX);
    if from.is_some_and(|index| !(1..=15).contains(&index)) {
        let why = "Invalid value for enableLniAtDeviceIndex: use 1 to 15; 0 is the primary interface.";
        return refuse(why.to_owned(), field::ENABLE_LNI_AT_DEVICE_INDEX);
    }
    world.update::<Subnet, _>(region, id, |row| {
        row.assign_ipv6 = on(field::ASSIGN_IPV6_ADDRESS_ON_CREATION).unwrap_or(row.assign_ipv6);
        row.map_public_ip = on(field::MAP_PUBLIC_IP_ON_LAUNCH).unwrap_or(row.map_public_ip);
        row.dns64 = on(field::ENABLE_DNS64).unwrap_or(row.dns64);
        row.resource_names.0 = on(field::ENABLE_RESOURCE_NAME_DNS_A_RECORD_ON_LAUNCH).unwrap_or(row.resource_names.0);
        row.resource_names.1 =
            on(field::ENABLE_RESOURCE_NAME_DNS_AAAA_RECORD_ON_LAUNCH).unwrap_or(row.resource_names.1);
        if let Some(hostname_type) = params.text(field::PRIVATE_DNS_HOSTNAME_TYPE_ON_LAUNCH) {
            row.hostname_type = hostname_type.to_owned();
        }
        row.local_interfaces_from = from.or(row.local_interfaces_from);
        if on(field::DISABLE_LNI_AT_DEVICE_INDEX) == Some(true) {
            row.local_interfaces_from = None;
        }
    });
    note(world, region, id, "attribute modified");
    done()
}
