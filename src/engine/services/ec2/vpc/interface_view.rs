//! Network interfaces as the API shows them: in their own Describe calls and as parts of instances.

use super::super::common::tag_list;
use super::{pools, prefixes, public_names};
use crate::base::ids::SecurityGroupId;
use crate::base::text;
use crate::catalog::{Region, Zone};
use crate::world::World;
use crate::world::vpc::*;
use stratus_model::{Name, Structure, Value, field};

/// An interface as the API shows it: in DescribeNetworkInterfaces, or as part of an instance.
pub(crate) fn describe(world: &World, region: Region, interface: &NetworkInterface, for_instance: bool) -> Structure {
    let names = world
        .row::<Vpc>(region, interface.vpc)
        .is_some_and(|vpc| vpc.dns_support && vpc.dns_hostnames);
    let addresses = addresses(world, region, interface, names, for_instance);
    // What is said of the primary address stands with the interface too.
    let of_first = |name| addresses.first().and_then(|first: &Structure| first.get(name).cloned());
    let common = Structure::with_capacity(24)
        .with(field::NETWORK_INTERFACE_ID, interface.id)
        .with(field::SUBNET_ID, interface.subnet)
        .with(field::VPC_ID, interface.vpc)
        .with(field::OWNER_ID, world.account())
        .with(field::DESCRIPTION, interface.description.as_str())
        .with(field::INTERFACE_TYPE, interface.interface_type.as_str())
        .with(field::MAC_ADDRESS, mac(interface))
        .with(field::STATUS, interface.status())
        .with(field::SOURCE_DEST_CHECK, interface.source_dest_check)
        .with(field::GROUPS, describe_groups(world, region, &interface.groups))
        .with(field::IPV6_ADDRESSES, ipv6(interface))
        .with(field::PRIVATE_IP_ADDRESSES, addresses.clone())
        .with_some(field::PRIVATE_IP_ADDRESS, of_first(field::PRIVATE_IP_ADDRESS))
        .with_some(field::PRIVATE_DNS_NAME, of_first(field::PRIVATE_DNS_NAME))
        .with_some(field::ASSOCIATION, of_first(field::ASSOCIATION))
        .with_some(
            field::ATTACHMENT,
            interface
                .attachment
                .as_ref()
                .map(|at| describe_attachment(world, at, interface.ena_express, for_instance))
                .or_else(|| interface.requester.as_deref().map(managed_attachment)),
        )
        .with_some(
            field::IPV4_PREFIXES,
            listed(&interface.ipv4_prefixes, field::IPV4_PREFIX),
        )
        .with_some(
            field::IPV6_PREFIXES,
            listed(&interface.ipv6_prefixes, field::IPV6_PREFIX),
        )
        .with_some(
            field::CONNECTION_TRACKING_CONFIGURATION,
            interface.tracking.map(tracking),
        );
    if for_instance {
        return common;
    }
    let (public, options) = names.then(|| public_names::show(region, interface)).flatten().unzip();
    common
        .with_some(field::PUBLIC_DNS_NAME, public)
        .with_some(field::PUBLIC_IP_DNS_NAME_OPTIONS, options)
        .with(field::AVAILABILITY_ZONE, interface.zone.name())
        .with(field::AVAILABILITY_ZONE_ID, interface.zone.id())
        .with(field::REQUESTER_MANAGED, interface.requester.is_some())
        .with_some(field::REQUESTER_ID, interface.requester.clone())
        .with(field::TAG_SET, tag_list(world, region, interface.id))
}

/// Prefixes, where there are any.
fn listed<T: ToString>(nets: &[T], inner: Name) -> Option<Vec<Structure>> {
    (!nets.is_empty()).then(|| prefixes::shown(nets.iter().map(T::to_string), inner))
}

fn tracking(row: Tracking) -> Structure {
    Structure::new()
        .with_some(field::TCP_ESTABLISHED_TIMEOUT, row.tcp_established)
        .with_some(field::UDP_STREAM_TIMEOUT, row.udp_stream)
        .with_some(field::UDP_TIMEOUT, row.udp)
}

fn addresses(
    world: &World,
    region: Region,
    interface: &NetworkInterface,
    names: bool,
    for_instance: bool,
) -> Vec<Structure> {
    let one = |(place, address): (usize, &PrivateAddress)| {
        let name = names.then(|| pools::private_dns_name(region, address.private));
        let association = address
            .public
            .map(|public| describe_association(world, interface.zone, public, names, for_instance));
        // Amazon lends the addresses of load balancers under another name.
        let lent = address.public.is_some_and(|public| public.allocation.is_none());
        let balancer = lent && interface.requester.as_deref() == Some("amazon-elb");
        let association = association.map(|association| match balancer {
            true => association.with(field::IP_OWNER_ID, "amazon-elb"),
            false => association,
        });
        Structure::new()
            .with(field::PRIMARY, place == 0)
            .with(field::PRIVATE_IP_ADDRESS, text::ipv4(address.private))
            .with_some(field::PRIVATE_DNS_NAME, name)
            .with_some(field::ASSOCIATION, association)
    };
    interface.addresses.iter().enumerate().map(one).collect()
}

fn ipv6(interface: &NetworkInterface) -> Vec<Structure> {
    let one = |(place, address): (usize, &std::net::Ipv6Addr)| {
        Structure::new()
            .with(field::IPV6_ADDRESS, address.to_string())
            .with(field::IS_PRIMARY_IPV6, interface.primary_ipv6 && place == 0)
    };
    interface.ipv6.iter().enumerate().map(one).collect()
}

/// The MAC address as text.
pub(crate) fn mac(interface: &NetworkInterface) -> String {
    text::pairs(&interface.mac)
}

/// Groups as interfaces and instances list them.
pub(crate) fn describe_groups(world: &World, region: Region, groups: &[SecurityGroupId]) -> Vec<Value> {
    groups
        .iter()
        .map(|id| {
            let name = world
                .row::<SecurityGroup>(region, *id)
                .map(|group| group.name.clone())
                .unwrap_or_default();
            Structure::new()
                .with(field::GROUP_ID, *id)
                .with(field::GROUP_NAME, name)
                .into()
        })
        .collect()
}

fn describe_association(
    world: &World,
    zone: Zone,
    public: PublicAddress,
    names: bool,
    for_instance: bool,
) -> Structure {
    let owner = if public.allocation.is_some() {
        world.account()
    } else {
        "amazon".into()
    };
    let region = zone.region;
    let name = if names && !zone.is_wavelength() {
        pools::public_dns_name(region, public.address)
    } else {
        String::new()
    };
    let base = Structure::new()
        .with(field::IP_OWNER_ID, owner)
        .with(
            match zone.is_wavelength() {
                true => field::CARRIER_IP,
                false => field::PUBLIC_IP,
            },
            text::ipv4(public.address),
        )
        .with(field::PUBLIC_DNS_NAME, name);
    let Some(allocation) = public.allocation.filter(|_| !for_instance) else {
        return base;
    };
    let association = world
        .row::<ElasticAddress>(region, allocation)
        .and_then(|row| row.association)
        .map(|(id, ..)| id);
    base.with(field::ALLOCATION_ID, allocation)
        .with_some(field::ASSOCIATION_ID, association)
}

/// The attachment of an interface that a service of AWS manages: to something of that service.
fn managed_attachment(requester: &str) -> Structure {
    Structure::new()
        .with(field::DELETE_ON_TERMINATION, false)
        .with(field::DEVICE_INDEX, 1)
        .with(field::INSTANCE_OWNER_ID, requester)
        .with(field::STATUS, "attached")
}

/// An attachment as the API shows it.
pub(super) fn describe_attachment(
    world: &World,
    at: &Attachment,
    ena_express: Option<(bool, bool)>,
    for_instance: bool,
) -> Structure {
    let express = ena_express.map(|(on, udp)| {
        let udp = Structure::new().with(field::ENA_SRD_UDP_ENABLED, udp);
        Structure::new()
            .with(field::ENA_SRD_ENABLED, on)
            .with(field::ENA_SRD_UDP_SPECIFICATION, udp)
    });
    let base = Structure::with_capacity(8)
        .with(field::ATTACHMENT_ID, at.id)
        .with(field::ATTACH_TIME, at.attached)
        .with(field::DELETE_ON_TERMINATION, at.delete_on_termination)
        .with(field::DEVICE_INDEX, at.device_index)
        .with(field::NETWORK_CARD_INDEX, 0)
        .with(field::STATUS, "attached")
        .with_some(field::ENA_SRD_SPECIFICATION, express);
    if for_instance {
        base
    } else {
        base.with(field::INSTANCE_ID, at.instance)
            .with(field::INSTANCE_OWNER_ID, world.account())
    }
}
