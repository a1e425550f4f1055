//! Elastic IP addresses.
//! <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/elastic-ip-addresses-eip.html>

use super::super::common::{Filters, done, find, note, read_id, read_ipv4, refuse_unsimulated, tag_list, unknown};
use super::super::compute::regions;
use super::super::{classic, tags};
use super::{address_attributes, gateways, interfaces, pools, public_names, routes};
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::base::random::Stream;
use crate::catalog::{Region, Zone, quotas};
use crate::services::{Handler, Request};
use crate::world::compute::{Instance, InstanceState};
use crate::world::usage::{Measure, Subject};
use crate::world::vpc::*;
use crate::world::{Ec2, World};
use std::net::Ipv4Addr;
use stratus_model::{Structure, field, sort};

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    Some(match operation {
        "AllocateAddress" => Handler::Write(allocate),
        "ReleaseAddress" => Handler::Write(release),
        "AssociateAddress" => Handler::Write(associate),
        "DisassociateAddress" => Handler::Write(disassociate),
        "DescribeAddresses" => Handler::Read(describe_all),
        _ => return None,
    })
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AllocateAddress.html>
fn allocate(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    refuse_unsimulated(params, &[field::CUSTOMER_OWNED_IPV4_POOL, field::IPAM_POOL_ID])?;
    // Where the account supports EC2-Classic, an address is for it unless the call says otherwise.
    let supported = classic::is_supported(world, region);
    if supported && params.text(field::DOMAIN) != Some("vpc") {
        return classic::addresses::allocate(request, world);
    }
    if params.text(field::DOMAIN) == Some("standard") {
        let error = Error::new(
            "UnsupportedOperation",
            "EC2-Classic is retired: addresses are allocated for a VPC.",
        )
        .at("Domain");
        return Err(error.remedy("Leave Domain out, or give vpc."));
    }
    if params
        .text(field::PUBLIC_IPV4_POOL)
        .is_some_and(|pool| pool != "amazon")
    {
        return Err(Error::invalid("PublicIpv4Pool", "there is no pool but 'amazon'"));
    }
    let carrier = border_group(params, world, region)?;
    check_quota(world, region)?;
    let wanted = params.text(field::ADDRESS).filter(|text| !text.is_empty());
    if carrier.is_some() && wanted.is_some() {
        let why = "An address of a carrier cannot be chosen.";
        return Err(Error::combination(why).at("Address"));
    }
    let wanted = wanted
        .map(|text| address_attributes::recover(world, region, text))
        .transpose()?;
    // What a carrier had does not come back as a public address.
    let of_carrier = |address: &Ipv4Addr| {
        let mut blocks = region.wavelength_zones().filter_map(Zone::carrier_block);
        blocks.any(|block| block.contains(address))
    };
    if let Some(address) = wanted.filter(|address| carrier.is_none() && of_carrier(address)) {
        let why = format!("The address '{address}' is a carrier's, and such a one cannot be chosen.");
        return Err(Error::new("InvalidParameterValue", why).at("Address"));
    }
    let id = AllocationId(world.random.next_u64(Stream::Ids(Kind::Address)));
    let born = world.birth();
    let address = wanted.unwrap_or_else(|| match carrier {
        Some(zone) => pools::draw_address(world, zone),
        None => pools::draw_public_address(world, region),
    });
    world.put(
        region,
        ElasticAddress {
            id,
            born,
            address,
            association: None,
            reverse_name: None,
            reverse_update: None,
            classic: None,
            nat: None,
            carrier,
        },
    );
    interfaces::meter(world, region, id, "idle");
    tags::apply_specifications(world, region, params, &[("elastic-ip", &[id.into()])])?;
    note(world, region, id, format!("{address} allocated"));
    Ok(Structure::new()
        .with(field::ALLOCATION_ID, id)
        .with(
            carrier.map_or(field::PUBLIC_IP, |_| field::CARRIER_IP),
            address.to_string(),
        )
        .with(field::PUBLIC_IPV4_POOL, "amazon")
        .with(field::NETWORK_BORDER_GROUP, group_name(region, carrier))
        .with(field::DOMAIN, "vpc"))
}

/// Addresses of EC2-Classic, which have a quota of their own; one that moves counts on both sides.
fn standard_ones(ec2: &Ec2) -> usize {
    match ec2.classic.supported {
        true => classic::addresses::only_standard(ec2),
        false => 0,
    }
}

/// Whether the account may have one more address in a Region.
///
/// # Errors
/// `AddressLimitExceeded`.
pub(super) fn check_quota(world: &World, region: Region) -> Result<()> {
    let full = |ec2: &Ec2| ec2.addresses.len() - standard_ones(ec2) >= quotas::ELASTIC_ADDRESSES;
    if !world.ec2(region).is_some_and(full) {
        return Ok(());
    }
    let error = Error::new(
        "AddressLimitExceeded",
        "The maximum number of addresses has been reached.",
    );
    Err(error.remedy(format!(
        "An account may have {} in a Region. Release one.",
        quotas::ELASTIC_ADDRESSES
    )))
}

/// The Wavelength Zone whose network border group a call names; `None`: the Region's own group.
fn border_group(params: &Structure, world: &World, region: Region) -> Result<Option<Zone>> {
    let Some(group) = params.text(field::NETWORK_BORDER_GROUP) else {
        return Ok(None);
    };
    let found = region
        .wavelength_zones()
        .find(|zone| zone.network_border_group() == group);
    match found {
        Some(zone) if regions::is_open(world, zone) => Ok(Some(zone)),
        Some(zone) => {
            let why = format!("the account has not opted in to {}", zone.group_name());
            let error = Error::invalid("NetworkBorderGroup", why);
            Err(error.remedy("Opt in with ModifyAvailabilityZoneGroup."))
        }
        None if group == region.name() => Ok(None),
        None => Err(Error::invalid(
            "NetworkBorderGroup",
            format!("'{group}' is not a network border group of {region}"),
        )),
    }
}

/// The network border group of an address: the Region's, or that of a Wavelength Zone.
fn group_name(region: Region, carrier: Option<Zone>) -> &'static str {
    carrier.map_or(region.name(), Zone::network_border_group)
}

/// Whether an address can stand for what is in a zone: no address moves between network border groups.
/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AllocateAddress.html>
///
/// # Errors
/// `InvalidParameterCombination`.
pub(in crate::services) fn check_zone(elastic: &ElasticAddress, zone: Zone) -> Result<()> {
    if elastic.serves(zone) {
        return Ok(());
    }
    let why = format!(
        "The address {} is of the network border group {}, and {} of {}.",
        elastic.address,
        group_name(zone.region, elastic.carrier),
        zone.name(),
        zone.network_border_group()
    );
    let error = Error::combination(why).at("AllocationId");
    Err(error.remedy("Allocate an address with the NetworkBorderGroup of the zone."))
}

pub(in crate::services::ec2) fn by_public(world: &World, region: Region, text: &str) -> Result<Option<ElasticAddress>> {
    let address: Ipv4Addr = read_ipv4("PublicIp", text)?;
    Ok(world
        .ec2(region)
        .and_then(|ec2| ec2.addresses.rows().find(|row| row.address == address))
        .cloned())
}

pub(in crate::services::ec2) fn not_found(text: &str) -> Error {
    Error::new("InvalidAddress.NotFound", format!("Address '{text}' not found.")).at("PublicIp")
}

/// The address that a call names by `AllocationId` or `PublicIp`.
fn named(params: &Structure, world: &World, region: Region) -> Result<ElasticAddress> {
    match (params.text(field::ALLOCATION_ID), params.text(field::PUBLIC_IP)) {
        (Some(id), None) => find::<ElasticAddress>(world, region, Kind::Address, id).cloned(),
        (None, Some(text)) => by_public(world, region, text)?.ok_or_else(|| not_found(text)),
        (None, None) => Err(Error::new(
            "MissingParameter",
            "Either public IP or allocation id must be specified",
        )
        .at("AllocationId")),
        (Some(_), Some(_)) => Err(Error::combination(
            "You may specify public IP or allocation id, but not both in the same call",
        )),
    }
}

/// Refuses an address of EC2-Classic, or one on its way between the platforms, where a VPC's is meant.
///
/// # Errors
/// `InvalidParameterCombination`, `InvalidState`.
pub(in crate::services::ec2) fn check_vpc(elastic: &ElasticAddress) -> Result<()> {
    match elastic.classic {
        Some(_) => classic::addresses::check_vpc(elastic),
        None => Ok(()),
    }
}

/// What the journal says of an address that goes back; by it one that is wanted again is known.
pub(super) fn released_words(address: Ipv4Addr) -> String {
    format!("{address} released")
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReleaseAddress.html>: not while it has a reverse name.
fn release(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    if let Some(elastic) = classic::addresses::named(params, world, region)? {
        return classic::addresses::release(world, region, &elastic);
    }
    if params.contains(field::PUBLIC_IP) && !params.contains(field::ALLOCATION_ID) {
        let why = "You must specify an allocation id when releasing a VPC elastic IP address";
        return Err(Error::new("InvalidParameterValue", why).at("PublicIp"));
    }
    let elastic = named(params, world, region)?;
    check_vpc(&elastic)?;
    let group = params.text(field::NETWORK_BORDER_GROUP);
    if group.is_some_and(|group| group != group_name(region, elastic.carrier)) {
        return Err(not_found(&elastic.address.to_string()).at("NetworkBorderGroup"));
    }
    if let Some((id, interface, _)) = elastic.association {
        let error = Error::new(
            "InvalidIPAddress.InUse",
            format!("Address {} is in use.", elastic.address),
        );
        return Err(error.remedy(format!("Disassociate it from {interface} first ({id}).")));
    }
    if let Some(used) = elastic.nat {
        let why = format!("Address {} is in use.", elastic.address);
        let error = Error::new("InvalidIPAddress.InUse", why);
        return Err(error.remedy(format!("{} uses it.", used.gateway)));
    }
    if let Some(name) = &elastic.reverse_name {
        let why = format!(
            "The address with allocation id {} cannot be released because it is locked to your account.",
            elastic.id
        );
        let error = Error::new("InvalidAddress.Locked", why);
        return Err(error.remedy(format!("Reset its reverse DNS name {name} first.")));
    }
    world
        .usage
        .stop(&Subject::Resource(elastic.id.into()), Measure::PublicAddress, world.now);
    note(world, region, elastic.id, released_words(elastic.address));
    // Whom it was offered to has nothing to accept any more.
    if let Some(ec2) = world.regions.get_mut(&region) {
        ec2.estate.transfers.remove(&elastic.id);
    }
    world.take::<ElasticAddress>(region, elastic.id);
    done()
}

/// The interface and private address that a call means: an instance's only interface, or an interface, and its primary
/// address unless another is named.
fn read_target(params: &Structure, world: &World, region: Region) -> Result<(NetworkInterface, Ipv4Addr)> {
    let interface = match (
        params.text(field::INSTANCE_ID),
        params.text(field::NETWORK_INTERFACE_ID),
    ) {
        (Some(text), None) => {
            let instance = find::<Instance>(world, region, Kind::Instance, text)?;
            if !matches!(
                instance.state,
                InstanceState::Running | InstanceState::Stopped | InstanceState::Stopping
            ) {
                let why = format!(
                    "The {} instance '{}' is not in a valid state for this operation.",
                    instance.state.name(),
                    instance.id
                );
                return Err(Error::new("InvalidInstanceID", why).at("InstanceId"));
            }
            routes::only_interface(world, region, instance.id)?.clone()
        }
        (None, Some(text)) => find::<NetworkInterface>(world, region, Kind::NetworkInterface, text)?.clone(),
        (None, None) => {
            return Err(Error::new(
                "MissingParameter",
                "Either instance ID or network interface id must be specified",
            )
            .at("InstanceId"));
        }
        (Some(_), Some(_)) => {
            return Err(Error::combination(
                "You may specify instance ID or network interface id, but not both in the same call",
            ));
        }
    };
    let primary = interface.primary().map(|address| address.private);
    let private = match params.text(field::PRIVATE_IP_ADDRESS) {
        Some(text) => Some(read_ipv4("PrivateIpAddress", text)?),
        None => primary,
    };
    match private.filter(|private| interface.addresses.iter().any(|has| has.private == *private)) {
        Some(private) => Ok((interface, private)),
        None => {
            let why = format!("The private IP address is not assigned to interface {}.", interface.id);
            Err(Error::new("InvalidParameterValue", why).at("PrivateIpAddress"))
        }
    }
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateAddress.html>: moves the address unless told not to; what
/// was in front of the private address before gives way.
fn associate(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    if classic::is_supported(world, region)
        && let Some(answer) = classic::addresses::associate(request, world)?
    {
        return Ok(answer);
    }
    let elastic = named(params, world, region)?;
    check_vpc(&elastic)?;
    let (interface, private) = read_target(params, world, region)?;
    interfaces::refuse_managed(&interface, "OperationNotPermitted")?;
    refuse_managed(world, region, &elastic)?;
    check_zone(&elastic, interface.zone)?;
    if elastic.carrier.is_none() && gateways::of_vpc(world, region, interface.vpc).is_none() {
        let error = Error::new(
            "Gateway.NotAttached",
            format!("Network {} is not attached to any internet gateway", interface.vpc),
        );
        return Err(error.remedy("Attach an internet gateway to the VPC first."));
    }
    if let Some((id, held_by, held)) = elastic.association {
        if (held_by, held) == (interface.id, private) {
            return Ok(Structure::new().with(field::ASSOCIATION_ID, id));
        }
        if params.boolean(field::ALLOW_REASSOCIATION) == Some(false) {
            let why = format!("resource {} is already associated with associate-id {id}", elastic.id);
            return Err(
                Error::new("Resource.AlreadyAssociated", why).remedy("Disassociate it, or allow reassociation.")
            );
        }
        interfaces::release_association(world, region, elastic.id);
        interfaces::lend_again(world, region, held_by);
    }
    let in_front = world
        .row::<NetworkInterface>(region, interface.id)
        .and_then(|row| row.addresses.iter().find(|has| has.private == private)?.public);
    match in_front {
        Some(PublicAddress {
            allocation: Some(other),
            ..
        }) => {
            interfaces::release_association(world, region, other);
        }
        Some(_) => interfaces::take_back_public_address(world, region, interface.id),
        None => {}
    }
    let id = interfaces::associate(world, region, elastic.id, interface.id, private);
    Ok(Structure::new().with_some(field::ASSOCIATION_ID, id))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisassociateAddress.html>
fn disassociate(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    if let Some(elastic) = classic::addresses::named(params, world, region)? {
        classic::addresses::disassociate(world, region, &elastic);
        return done();
    }
    let elastic = match (params.text(field::ASSOCIATION_ID), params.text(field::PUBLIC_IP)) {
        (Some(text), None) => {
            let id: AssociationId = read_id(Kind::AddressAssociation, text)?;
            // One of EC2-Classic has an association without an id.
            let has = |row: &&ElasticAddress| !row.is_standard() && row.association.is_some_and(|(has, ..)| has == id);
            let row = world
                .ec2(region)
                .and_then(|ec2| ec2.addresses.rows().find(has))
                .cloned();
            row.ok_or_else(|| unknown(Kind::AddressAssociation, text))?
        }
        (None, Some(text)) => by_public(world, region, text)?.ok_or_else(|| not_found(text))?,
        (None, None) => {
            return Err(Error::new(
                "MissingParameter",
                "Either public IP or association id must be specified",
            )
            .at("AssociationId"));
        }
        (Some(_), Some(_)) => {
            return Err(Error::combination(
                "You may specify public IP or association id, but not both in the same call",
            ));
        }
    };
    refuse_managed(world, region, &elastic)?;
    let holder = elastic
        .association
        .and_then(|(_, interface, _)| world.row::<NetworkInterface>(region, interface));
    if let Some(holder) = holder {
        public_names::may_leave(holder, elastic.address)?;
    }
    match interfaces::release_association(world, region, elastic.id) {
        Some(interface) => interfaces::lend_again(world, region, interface),
        None => {
            let why = format!("The address {} is not associated with anything.", elastic.address);
            return Err(Error::new("InvalidAssociationID.NotFound", why));
        }
    }
    done()
}

/// Refuses to take an address from an interface that a service of AWS manages, such as a NAT gateway's.
fn refuse_managed(world: &World, region: Region, elastic: &ElasticAddress) -> Result<()> {
    if elastic.nat.is_some() {
        let why = "You do not have permission to access the specified resource.";
        return Err(Error::new("AuthFailure", why).remedy("A regional NAT gateway uses the address."));
    }
    let holder = elastic
        .association
        .and_then(|(_, interface, _)| world.row::<NetworkInterface>(region, interface));
    holder.map_or(Ok(()), |holder| interfaces::refuse_managed(holder, "AuthFailure"))
}

/// An address as the API shows it.
fn describe(world: &World, region: Region, elastic: &ElasticAddress) -> Structure {
    if elastic.is_standard() {
        return classic::addresses::describe(region, elastic);
    }
    let base = Structure::new()
        .with(field::ALLOCATION_ID, elastic.id)
        .with(
            elastic.carrier.map_or(field::PUBLIC_IP, |_| field::CARRIER_IP),
            elastic.address.to_string(),
        )
        .with(field::PUBLIC_IPV4_POOL, "amazon")
        .with(field::NETWORK_BORDER_GROUP, group_name(region, elastic.carrier))
        .with(field::DOMAIN, "vpc")
        .with(field::TAGS, tag_list(world, region, elastic.id));
    let Some((id, interface, private)) = elastic.association else {
        let used = elastic.nat;
        return base
            .with_some(field::ASSOCIATION_ID, used.map(|used| used.association))
            .with_some(field::SERVICE_MANAGED, used.filter(|used| used.managed).map(|_| "rnat"));
    };
    base.with(field::ASSOCIATION_ID, id)
        .with(field::NETWORK_INTERFACE_ID, interface)
        .with(field::NETWORK_INTERFACE_OWNER_ID, world.account())
        .with(field::PRIVATE_IP_ADDRESS, private.to_string())
        .with_some(field::INSTANCE_ID, instance_of(world, region, interface))
}

fn instance_of(world: &World, region: Region, interface: NetworkInterfaceId) -> Option<InstanceId> {
    world
        .row::<NetworkInterface>(region, interface)?
        .attachment
        .as_ref()
        .map(|at| at.instance)
}

/// The filters of <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeAddresses.html>.
const FILTERS: &[&str] = &[
    "allocation-id",
    "association-id",
    "domain",
    "instance-id",
    "network-border-group",
    "network-interface-id",
    "network-interface-owner-id",
    "private-ip-address",
    "public-ip",
    "public-ipv4-pool",
];

fn describe_all(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let filters = Filters::read(params)?;
    filters.check_names(|name| FILTERS.contains(&name))?;
    let mut rows: Vec<ElasticAddress> = Vec::new();
    for id in params.texts(field::ALLOCATION_IDS) {
        rows.push(find::<ElasticAddress>(world, region, Kind::Address, id)?.clone());
    }
    for text in params.texts(field::PUBLIC_IPS) {
        rows.push(by_public(world, region, text)?.ok_or_else(|| not_found(text))?);
    }
    if params.list(field::ALLOCATION_IDS).is_empty() && params.list(field::PUBLIC_IPS).is_empty() {
        rows.extend(
            world
                .ec2(region)
                .into_iter()
                .flat_map(|ec2| ec2.addresses.rows())
                .cloned(),
        );
    }
    sort::by_key(&mut rows, |row| (row.born, row.id));
    rows.dedup_by_key(|row| row.id);
    let mut shown: Vec<Structure> = Vec::new();
    for row in &rows {
        if filters.pass(world, region, row.id, |name| {
            Some(filter_values(world, region, row, name))
        })? {
            shown.push(describe(world, region, row));
        }
    }
    Ok(Structure::new().with(field::ADDRESSES, shown))
}

fn filter_values(world: &World, region: Region, elastic: &ElasticAddress, name: &str) -> Vec<String> {
    if elastic.is_standard() {
        return classic::addresses::filter_values(region, elastic, name);
    }
    let association = elastic.association;
    let value = match name {
        "allocation-id" => Some(elastic.id.to_string()),
        "association-id" => {
            let used = elastic.nat.map(|used| used.association);
            association.map(|(id, ..)| id).or(used).map(|id| id.to_string())
        }
        "domain" => Some("vpc".into()),
        "instance-id" => association
            .and_then(|(_, interface, _)| instance_of(world, region, interface))
            .map(|id| id.to_string()),
        "network-border-group" => Some(group_name(region, elastic.carrier).to_owned()),
        "network-interface-id" => association.map(|(_, interface, _)| interface.to_string()),
        "network-interface-owner-id" => association.map(|_| world.account()),
        "private-ip-address" => association.map(|(.., private)| private.to_string()),
        "public-ipv4-pool" => Some("amazon".into()),
        _ => elastic.carrier.is_none().then(|| elastic.address.to_string()),
    };
    value.into_iter().collect()
}
