//! DescribeNetworkInterfaces.

use super::super::common::{Describing, yes_no};
use super::{interface_view, interfaces, pools};
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::catalog::{Region, Zone};
use crate::services::{Handler, Request};
use crate::world::World;
use crate::world::vpc::*;
use stratus_model::{Structure, field};

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    match operation {
        "DescribeNetworkInterfaces" => Some(Handler::Read(describe_all)),
        _ => None,
    }
}

/// The filters of <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeNetworkInterfaces.html>.
const FILTERS: &[&str] = &[
    "addresses.association.owner-id",
    "addresses.association.public-ip",
    "addresses.primary",
    "addresses.private-ip-address",
    "association.allocation-id",
    "association.association-id",
    "association.carrier-ip",
    "association.customer-owned-ip",
    "association.ip-owner-id",
    "association.public-dns-name",
    "association.public-ip",
    "attachment.attach-time",
    "attachment.attachment-id",
    "attachment.delete-on-termination",
    "attachment.device-index",
    "attachment.instance-id",
    "attachment.instance-owner-id",
    "attachment.status",
    "availability-zone",
    "availability-zone-id",
    "description",
    "group-id",
    "group-name",
    "interface-type",
    "ipv6-addresses.ipv6-address",
    "mac-address",
    "network-interface-id",
    "operator.managed",
    "operator.principal",
    "owner-id",
    "private-dns-name",
    "private-ip-address",
    "requester-id",
    "requester-managed",
    "source-dest-check",
    "status",
    "subnet-id",
    "vpc-id",
];

fn describe_all(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    if params.contains(field::MAX_RESULTS) && !params.list(field::NETWORK_INTERFACE_IDS).is_empty() {
        let why = "The parameter NetworkInterfaceIds cannot be used with the parameter MaxResults";
        return Err(Error::combination(why).at("MaxResults"));
    }
    let describing = Describing {
        kind: Kind::NetworkInterface,
        ids: field::NETWORK_INTERFACE_IDS,
        answer: field::NETWORK_INTERFACES,
        born: |interface: &NetworkInterface| interface.born,
        filters: FILTERS,
        least: 5,
    };
    let values = |interface: &NetworkInterface, name: &str| filter_values(world, region, interface, name);
    describing.answer(request, world, &values, &|interface| {
        interfaces::describe(world, region, interface, false)
    })
}

fn filter_values(world: &World, region: Region, interface: &NetworkInterface, name: &str) -> Vec<String> {
    if let Some(part) = name.strip_prefix("attachment.") {
        return interface
            .attachment
            .iter()
            .map(|at| attachment_value(world, at, part))
            .collect();
    }
    if let Some(part) = name.strip_prefix("addresses.") {
        return interface
            .addresses
            .iter()
            .enumerate()
            .filter_map(|(place, address)| address_value(world, (interface.zone, place), address, part))
            .collect();
    }
    if let Some(part) = name.strip_prefix("association.") {
        let public = interface.addresses.iter().filter_map(|address| address.public);
        return public
            .filter_map(|public| association_value(world, interface.zone, public, part))
            .collect();
    }
    let primary = interface.primary().map(|address| address.private);
    match name {
        "availability-zone" => vec![interface.zone.name()],
        "availability-zone-id" => vec![interface.zone.id()],
        "description" => vec![interface.description.clone()],
        "group-id" => interface.groups.iter().map(SecurityGroupId::to_string).collect(),
        "group-name" => interface
            .groups
            .iter()
            .filter_map(|id| world.row::<SecurityGroup>(region, *id))
            .map(|group| group.name.clone())
            .collect(),
        "interface-type" => vec![interface.interface_type.clone()],
        "ipv6-addresses.ipv6-address" => interface.ipv6.iter().map(|address| address.to_string()).collect(),
        "mac-address" => vec![interface_view::mac(interface)],
        "operator.managed" => yes_no(false),
        "operator.principal" => Vec::new(),
        "owner-id" => vec![world.account()],
        "private-dns-name" => primary
            .map(|address| pools::private_dns_name(region, address))
            .into_iter()
            .collect(),
        "private-ip-address" => primary.map(|address| address.to_string()).into_iter().collect(),
        "requester-id" => interface.requester.clone().into_iter().collect(),
        "requester-managed" => yes_no(interface.requester.is_some()),
        "source-dest-check" => yes_no(interface.source_dest_check),
        "status" => vec![interface.status().into()],
        "subnet-id" => vec![interface.subnet.to_string()],
        "vpc-id" => vec![interface.vpc.to_string()],
        _ => vec![interface.id.to_string()],
    }
}

fn attachment_value(world: &World, at: &Attachment, part: &str) -> String {
    match part {
        "attach-time" => at.attached.iso8601(),
        "delete-on-termination" => at.delete_on_termination.to_string(),
        "device-index" => at.device_index.to_string(),
        "instance-id" => at.instance.to_string(),
        "instance-owner-id" => world.account(),
        "status" => "attached".into(),
        _ => at.id.to_string(),
    }
}

fn ip_owner(world: &World, public: PublicAddress) -> String {
    if public.allocation.is_some() {
        world.account()
    } else {
        "amazon".into()
    }
}

fn address_value(world: &World, (zone, place): (Zone, usize), address: &PrivateAddress, part: &str) -> Option<String> {
    match part {
        "association.owner-id" => address.public.map(|public| ip_owner(world, public)),
        "association.public-ip" => association_value(world, zone, address.public?, "public-ip"),
        "primary" => Some((place == 0).to_string()),
        _ => Some(address.private.to_string()),
    }
}

fn association_value(world: &World, zone: Zone, public: PublicAddress, part: &str) -> Option<String> {
    let (region, carrier) = (zone.region, zone.is_wavelength());
    match part {
        "allocation-id" => public.allocation.map(|id| id.to_string()),
        "association-id" => world
            .row::<ElasticAddress>(region, public.allocation?)?
            .association
            .map(|(id, ..)| id.to_string()),
        "carrier-ip" => carrier.then(|| public.address.to_string()),
        "customer-owned-ip" => None,
        "ip-owner-id" => Some(ip_owner(world, public)),
        "public-dns-name" => (!carrier).then(|| pools::public_dns_name(region, public.address)),
        _ => (!carrier).then(|| public.address.to_string()),
    }
}
