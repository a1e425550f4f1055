//! Network interfaces as other services use them: making, attaching, detaching, deleting, public addresses, description.
//! The API's own operations are in `interface_calls`.
//!
//! Nothing else puts, changes or takes a `NetworkInterface` row but this module, `interface_calls`, `interface_attributes`,
//! `ipv6`, `addresses` and `managed_interfaces`.

use super::super::common::{note, unknown};
use super::prefixes;
use super::{ipv6, pools};
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::base::random::Stream;
use crate::base::text;
use crate::catalog::{Region, quotas};
use crate::world::World;
use crate::world::compute::{Instance, InstanceState};
use crate::world::mirroring::MirrorSession;
use crate::world::usage::{Measure, Meter, Subject};
use crate::world::vpc::*;
use ipnet::{IpNet, Ipv4Net};
use std::net::{IpAddr, Ipv4Addr};
use stratus_model::sort;

pub(crate) use super::interface_calls::read_further;
pub(crate) use super::interface_view::{describe, describe_groups};
pub(crate) use super::ipv6::read_asked as read_ipv6;
pub(crate) use super::managed_interfaces::{hand_over, hand_to, refuse_managed};
pub(crate) use super::new_interface::{Further, NewInterface, check_primary_ipv6, fits};

/// Addresses at the start of every subnet that AWS keeps: network, router, resolver, future use.
/// <https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html>
const RESERVED_AT_START: u32 = 4;
/// Most private addresses of an interface that is attached nowhere (ours; attached, the instance type decides).
const ADDRESSES_UNATTACHED: usize = 50;

/// Makes an interface. It is attached nowhere and has no public address yet.
///
/// Errors: `InvalidSubnetID.NotFound`, `InvalidIPAddress.InUse`, `InvalidParameterValue` (outside the subnet, reserved),
/// `InsufficientFreeAddressesInSubnet`, `InvalidParameter` (a group of another VPC), `NetworkInterfaceLimitExceeded`.
pub(crate) fn create(world: &mut World, region: Region, new: NewInterface) -> Result<NetworkInterfaceId> {
    let subnet = row::<Subnet>(world, region, new.subnet, Kind::Subnet)?.clone();
    if world
        .ec2(region)
        .is_some_and(|ec2| ec2.interfaces.len() >= quotas::NETWORK_INTERFACES)
    {
        return Err(Error::new(
            "NetworkInterfaceLimitExceeded",
            "The maximum number of network interfaces has been reached.",
        ));
    }
    let mut interface = blank(world, region, &subnet, &new)?;
    let id = interface.id;
    check_room(world, region, &interface, new.further.ipv4_prefixes.len())?;
    ipv6::check_room(world, region, &interface, new.further.ipv6_prefixes.len())?;
    // Prefixes by name come first, so that no address is drawn from them.
    let further = *new.further;
    let (named, drawn) = further.ipv4_prefixes.split();
    if named.len() > 0 {
        prefixes::add_ipv4(world, region, &subnet, &mut interface, &named)?;
    }
    let primary = match new.private {
        Some(address) => {
            check_free(world, region, &subnet, &interface, address)?;
            address
        }
        None => draw_address(world, region, &subnet, &interface)?,
    };
    interface.addresses.push(PrivateAddress {
        private: primary,
        public: None,
    });
    add_addresses(
        world,
        region,
        &subnet,
        &mut interface,
        &new.secondary,
        new.secondary_count,
    )?;
    // What few interfaces have comes to the page later: it is not called for nothing.
    if !further.ipv6.is_empty() || new.ipv6_count > 0 {
        ipv6::add(world, region, &subnet, &mut interface, &further.ipv6, new.ipv6_count)?;
    }
    if drawn.len() > 0 {
        prefixes::add_ipv4(world, region, &subnet, &mut interface, &drawn)?;
    }
    if further.ipv6_prefixes.len() > 0 {
        prefixes::add_ipv6(world, region, &subnet, &mut interface, &further.ipv6_prefixes)?;
    }
    world.put(region, interface);
    let words = ["created in ", &String::from(subnet.id), " with ", &text::ipv4(primary)];
    note(world, region, id, words.concat());
    super::super::gateways::nat_regional::notice(world, region, id);
    Ok(id)
}

/// A new interface without addresses.
fn blank(world: &mut World, region: Region, subnet: &Subnet, new: &NewInterface) -> Result<NetworkInterface> {
    let names: Vec<String> = new.groups.iter().map(|id| String::from(*id)).collect();
    let groups = super::groups::resolve(world, region, subnet.vpc, names.iter().map(String::as_str), [])?;
    let id = NetworkInterfaceId(world.random.next_u64(Stream::Ids(Kind::NetworkInterface)));
    Ok(NetworkInterface {
        id,
        born: world.birth(),
        subnet: subnet.id,
        vpc: subnet.vpc,
        zone: subnet.zone,
        mac: draw_mac(world),
        addresses: Vec::new(),
        ipv6: Vec::new(),
        groups,
        source_dest_check: new.source_dest_check,
        description: new.description.clone(),
        attachment: None,
        auto_public: false,
        interface_type: new.interface_type.clone(),
        requester: None,
        ipv4_prefixes: Vec::new(),
        ipv6_prefixes: Vec::new(),
        primary_ipv6: new.further.primary_ipv6,
        tracking: new.further.tracking,
        ena_express: new.further.express,
    })
}

/// Gives an interface (which the caller puts back) further private addresses: these, then so many that AWS chooses.
pub(super) fn add_addresses(
    world: &mut World,
    region: Region,
    subnet: &Subnet,
    interface: &mut NetworkInterface,
    named: &[Ipv4Addr],
    count: usize,
) -> Result<Vec<Ipv4Addr>> {
    check_room(world, region, interface, named.len().saturating_add(count))?;
    let mut added = Vec::new();
    for address in named {
        check_free(world, region, subnet, interface, *address)?;
        interface.addresses.push(PrivateAddress {
            private: *address,
            public: None,
        });
        added.push(*address);
    }
    for _ in 0..count {
        let address = draw_address(world, region, subnet, interface)?;
        interface.addresses.push(PrivateAddress {
            private: address,
            public: None,
        });
        added.push(address);
    }
    Ok(added)
}

/// Holds an interface to what its instance's type takes of addresses and prefixes together.
pub(super) fn check_room(world: &World, region: Region, interface: &NetworkInterface, more: usize) -> Result<()> {
    let total = (interface.addresses.len() + interface.ipv4_prefixes.len()).saturating_add(more);
    let attached = interface
        .attachment
        .as_ref()
        .and_then(|at| world.row::<Instance>(region, at.instance));
    let most = attached.map_or(ADDRESSES_UNATTACHED, |instance| {
        instance.instance_type.ipv4_per_interface() as usize
    });
    if total > most {
        return Err(Error::new(
            "PrivateIpAddressLimitExceeded",
            format!("Number of private addresses will exceed limit: {most} for this network interface."),
        ));
    }
    Ok(())
}

fn address_in_use(address: Ipv4Addr) -> Error {
    Error::new("InvalidIPAddress.InUse", format!("Address {address} is in use.")).at("PrivateIpAddress")
}

/// How many addresses of a subnet are still free: all but the five that AWS keeps and those that interfaces hold.
pub(crate) fn free_addresses(world: &World, region: Region, subnet: &Subnet) -> u32 {
    let (first, last) = usable(subnet.cidr);
    let range = || (subnet.vpc, first)..=(subnet.vpc, last);
    let ec2 = world.ec2(region);
    let held = ec2.map_or(0, |ec2| ec2.by_private_address.count(range()));
    let prefixes = ec2.map_or(0, |ec2| ec2.by_ipv4_prefix.count(range()));
    (u32::from(last) + 1)
        .saturating_sub(u32::from(first))
        .saturating_sub(held as u32)
        .saturating_sub(prefixes as u32 * prefixes::IPV4_ADDRESSES)
}

fn usable(cidr: Ipv4Net) -> (Ipv4Addr, Ipv4Addr) {
    let first = u32::from(cidr.network()).saturating_add(RESERVED_AT_START);
    (
        Ipv4Addr::from(first),
        Ipv4Addr::from(u32::from(cidr.broadcast()).saturating_sub(1)),
    )
}

/// Whether an address of the subnet can be one of an interface's: neither AWS's, nor another's, nor its own already.
fn check_free(
    world: &World,
    region: Region,
    subnet: &Subnet,
    interface: &NetworkInterface,
    address: Ipv4Addr,
) -> Result<()> {
    let refuse = |why: &str| Err(Error::new("InvalidParameterValue", why).at("PrivateIpAddress"));
    let (first, last) = usable(subnet.cidr);
    if !subnet.cidr.contains(&address) {
        return refuse(&format!(
            "Address {address} does not fall within the subnet's address range"
        ));
    }
    if address < first || address > last {
        return refuse(&format!("Address {address} is in subnet's reserved address range"));
    }
    let own = interface.holds(IpAddr::V4(address));
    let held = world
        .ec2(region)
        .is_some_and(|ec2| ec2.ipv4_holder(subnet.vpc, address).is_some());
    if own || held {
        return Err(address_in_use(address));
    }
    Ok(())
}

/// A free address of the subnet: the first free one from a drawn place on.
fn draw_address(world: &mut World, region: Region, subnet: &Subnet, pending: &NetworkInterface) -> Result<Ipv4Addr> {
    let (first, last) = (u32::from(usable(subnet.cidr).0), u32::from(usable(subnet.cidr).1));
    let start = world
        .random
        .between(Stream::PrivateAddress, i64::from(first), i64::from(last)) as u32;
    let kept: Vec<IpNet> = prefixes::reservations(world, region, subnet.id)
        .iter()
        .map(|row| row.cidr)
        .collect();
    let ec2 = world.ec2(region);
    let is_free = |candidate: &Ipv4Addr| {
        let address = IpAddr::V4(*candidate);
        ec2.is_none_or(|ec2| ec2.ipv4_holder(subnet.vpc, *candidate).is_none())
            && !pending.holds(address)
            && !kept.iter().any(|net| net.contains(&address))
    };
    let mut candidates = (start..=last).chain(first..start).map(Ipv4Addr::from);
    candidates.find(is_free).ok_or_else(|| {
        let why = format!(
            "There are not enough free addresses in subnet '{}' to satisfy the requested number of instances.",
            subnet.id
        );
        Error::new("InsufficientFreeAddressesInSubnet", why)
    })
}

/// A locally administered address as Amazon's begin.
pub(in crate::services::ec2) fn draw_mac(world: &mut World) -> [u8; 6] {
    let [a, b, c, d, e, f, _, _] = world.random.next_u64(Stream::Mac).to_be_bytes();
    [[0x02, 0x06, 0x0a][usize::from(a % 3)], b, c, d, e, f]
}

/// A row that must be there.
pub(super) fn row<R: crate::world::references::Row>(
    world: &World,
    region: Region,
    id: R::Id,
    kind: Kind,
) -> Result<&R> {
    world
        .row::<R>(region, id)
        .ok_or_else(|| unknown(kind, &id.into().to_string()))
}

/// The interfaces of an instance, by device index.
pub(crate) fn of_instance(world: &World, region: Region, instance: InstanceId) -> Vec<&NetworkInterface> {
    let mut all: Vec<&NetworkInterface> = world
        .referrers(region, instance.into())
        .into_iter()
        .filter_map(|id| NetworkInterfaceId::try_from(id).ok())
        .filter_map(|id| world.row::<NetworkInterface>(region, id))
        .collect();
    sort::by_key(&mut all, |interface| {
        interface.attachment.as_ref().map(|at| at.device_index)
    });
    all
}

/// Attaches an interface to an instance. The instance's own conditions (state, zone, room for one more) are for the
/// caller to check.
///
/// Errors: `InvalidNetworkInterfaceID.NotFound`, `InvalidNetworkInterface.InUse`, `InvalidParameterValue` for a device
/// index that is taken.
pub(crate) fn attach(
    world: &mut World,
    region: Region,
    eni: NetworkInterfaceId,
    instance: InstanceId,
    device_index: i64,
    delete_on_termination: bool,
) -> Result<AttachmentId> {
    let interface = row::<NetworkInterface>(world, region, eni, Kind::NetworkInterface)?;
    // What AWS manages is in use by a service of its own.
    if interface.attachment.is_some() || interface.requester.is_some() {
        return Err(
            Error::new("InvalidNetworkInterface.InUse", format!("Interface: [{eni}] in use."))
                .remedy("Detach it first."),
        );
    }
    let taken = |has: &&NetworkInterface| {
        has.attachment
            .as_ref()
            .is_some_and(|at| at.device_index == device_index)
    };
    if of_instance(world, region, instance).iter().any(taken) {
        let why = format!("Instance '{instance}' already has an interface attached at device index '{device_index}'.");
        return Err(Error::new("InvalidParameterValue", why).at("DeviceIndex"));
    }
    let id = AttachmentId(world.random.next_u64(Stream::Ids(Kind::Attachment)));
    let attachment = Attachment {
        id,
        instance,
        device_index,
        attached: world.now,
        delete_on_termination,
    };
    world.update::<NetworkInterface, _>(region, eni, |row| row.attachment = Some(attachment));
    let words = [
        "attached to ",
        &String::from(instance),
        " as eth",
        &device_index.to_string(),
    ];
    note(world, region, eni, words.concat());
    Ok(id)
}

/// Detaches an interface. A public address that Amazon lent goes back; an Elastic IP stays with the interface.
pub(crate) fn detach(world: &mut World, region: Region, eni: NetworkInterfaceId) {
    take_back_public_address(world, region, eni);
    let part = |row: &mut NetworkInterface| {
        row.ena_express = None;
        row.attachment.take()
    };
    if let Some(Some(was)) = world.update::<NetworkInterface, _>(region, eni, part) {
        note(world, region, eni, format!("detached from {}", was.instance));
    }
}

/// Deletes an interface, attached or not. Its Elastic IPs stay with the account, associated with nothing.
pub(crate) fn delete(world: &mut World, region: Region, eni: NetworkInterfaceId) {
    detach(world, region, eni);
    let Some(interface) = world.row::<NetworkInterface>(region, eni) else {
        return;
    };
    let elastic: Vec<AllocationId> = interface
        .addresses
        .iter()
        .filter_map(|address| address.public?.allocation)
        .collect();
    for allocation in elastic {
        release_association(world, region, allocation);
    }
    for by in world.referrers(region, eni.into()) {
        if let ResourceId::NetworkInterfacePermission(permission) = by {
            world.take::<InterfacePermission>(region, permission);
        }
    }
    delete_mirror_sessions(world, region, eni);
    note(world, region, eni, "deleted");
    world.take::<NetworkInterface>(region, eni);
}

/// The traffic mirror sessions whose source an interface is go with it.
/// <https://docs.aws.amazon.com/vpc/latest/mirroring/traffic-mirroring-considerations.html>
fn delete_mirror_sessions(world: &mut World, region: Region, eni: NetworkInterfaceId) {
    let rows = world
        .ec2(region)
        .into_iter()
        .flat_map(|ec2| ec2.mirroring.sessions.rows());
    let sessions: Vec<TrafficMirrorSessionId> = rows.filter(|row| row.interface == eni).map(|row| row.id).collect();
    for session in sessions {
        note(world, region, session, format!("deleted with its source {eni}"));
        world.take::<MirrorSession>(region, session);
    }
}

/// What AWS does to the interfaces of an instance that terminates: those marked so go, the others are only detached.
pub(crate) fn release(world: &mut World, region: Region, instance: InstanceId) {
    let all: Vec<(NetworkInterfaceId, bool)> = of_instance(world, region, instance)
        .iter()
        .map(|interface| {
            (
                interface.id,
                interface.attachment.as_ref().is_some_and(|at| at.delete_on_termination),
            )
        })
        .collect();
    for (id, goes) in all {
        if goes {
            delete(world, region, id)
        } else {
            detach(world, region, id)
        }
    }
}

/// Sets the groups of an interface, which the caller has resolved in its VPC.
pub(crate) fn set_groups(world: &mut World, region: Region, eni: NetworkInterfaceId, groups: Vec<SecurityGroupId>) {
    world.update::<NetworkInterface, _>(region, eni, |row| row.groups = groups);
}

/// Switches the source/destination check of an interface.
pub(crate) fn set_source_dest_check(world: &mut World, region: Region, eni: NetworkInterfaceId, on: bool) {
    world.update::<NetworkInterface, _>(region, eni, |row| row.source_dest_check = on);
}

/// Lends a public address, or in a Wavelength Zone the carrier's, to an interface's primary private address, unless it has one, and notes that it is one that
/// gets such an address at each start (`auto_public`). The address, if one was lent.
pub(crate) fn lend_public_address(world: &mut World, region: Region, eni: NetworkInterfaceId) -> Option<Ipv4Addr> {
    let row = world.row::<NetworkInterface>(region, eni)?;
    if row.primary()?.public.is_some() {
        return None;
    }
    let zone = row.zone;
    let address = pools::draw_address(world, zone);
    world.update::<NetworkInterface, _>(region, eni, |row| {
        row.auto_public = true;
        if let Some(primary) = row.addresses.first_mut() {
            primary.public = Some(PublicAddress {
                address,
                allocation: None,
            });
        }
    });
    meter(world, region, eni, "in-use");
    let lent = match zone.is_wavelength() {
        true => "the carrier lends it the address ",
        false => "Amazon lends it the public address ",
    };
    note(world, region, eni, [lent, &text::ipv4(address)].concat());
    Some(address)
}

/// Takes back the public address that Amazon lent; an Elastic IP stays.
pub(crate) fn take_back_public_address(world: &mut World, region: Region, eni: NetworkInterfaceId) {
    let Some(address) = world
        .row::<NetworkInterface>(region, eni)
        .and_then(|row| row.primary()?.public)
        .filter(|public| public.allocation.is_none())
    else {
        return;
    };
    world.update::<NetworkInterface, _>(region, eni, |row| {
        if let Some(primary) = row.addresses.first_mut() {
            primary.public = None;
        }
    });
    world
        .usage
        .stop(&Subject::Resource(eni.into()), Measure::PublicAddress, world.now);
    note(
        world,
        region,
        eni,
        format!("its public address {} goes back to Amazon", address.address),
    );
}

/// Starts the meter of a public address. Its subject is the Elastic IP, or the interface that Amazon lent one to; its rate
/// is `in-use` or `idle` (both cost the same since February 2024: <https://aws.amazon.com/vpc/pricing/>).
pub(in crate::services::ec2) fn meter(world: &mut World, region: Region, id: impl Into<ResourceId>, rate: &str) {
    let meter = Meter {
        subject: Subject::Resource(id.into()),
        region,
        measure: Measure::PublicAddress,
        rate: rate.into(),
        quantity: 1,
        from: world.now,
        to: None,
    };
    world.usage.start(meter);
}

/// Gives an interface an IPv6 address of its subnet if it has none, or takes all from it.
///
/// # Errors
/// Those of `ipv6::add`.
pub(crate) fn set_ipv6(world: &mut World, region: Region, eni: NetworkInterfaceId, on: bool) -> Result<()> {
    let mut interface = row::<NetworkInterface>(world, region, eni, Kind::NetworkInterface)?.clone();
    let subnet = row::<Subnet>(world, region, interface.subnet, Kind::Subnet)?.clone();
    match on {
        true if interface.ipv6.is_empty() => {
            ipv6::add(world, region, &subnet, &mut interface, &[], 1)?;
        }
        true => {}
        false => interface.ipv6.clear(),
    }
    world.put(region, interface);
    Ok(())
}

/// [`add_addresses`] for an interface that is there.
pub(in crate::services::ec2) fn add_to(
    world: &mut World,
    region: Region,
    subnet: &Subnet,
    eni: NetworkInterfaceId,
    named: &[Ipv4Addr],
    count: usize,
) -> Result<Vec<Ipv4Addr>> {
    let mut interface = row::<NetworkInterface>(world, region, eni, Kind::NetworkInterface)?.clone();
    let added = add_addresses(world, region, subnet, &mut interface, named, count)?;
    world.put(region, interface);
    Ok(added)
}

/// Takes a private address from an interface; the Elastic IP in front of it stays with the account.
pub(in crate::services::ec2) fn remove_from(
    world: &mut World,
    region: Region,
    eni: NetworkInterfaceId,
    private: Ipv4Addr,
) {
    let row = world.row::<NetworkInterface>(region, eni);
    let own = row.and_then(|row| row.addresses.iter().find(|own| own.private == private));
    if let Some(allocation) = own.and_then(|own| own.public?.allocation) {
        release_association(world, region, allocation);
    }
    world.update::<NetworkInterface, _>(region, eni, |row| row.addresses.retain(|own| own.private != private));
}

/// Puts an Elastic IP that is associated with nothing in front of a private address that has no public one.
pub(crate) fn associate(
    world: &mut World,
    region: Region,
    allocation: AllocationId,
    eni: NetworkInterfaceId,
    private: Ipv4Addr,
) -> Option<AssociationId> {
    let address = world.row::<ElasticAddress>(region, allocation)?.address;
    let id = AssociationId(world.random.next_u64(Stream::Ids(Kind::AddressAssociation)));
    world.update::<NetworkInterface, _>(region, eni, |row| {
        if let Some(has) = row.addresses.iter_mut().find(|has| has.private == private) {
            has.public = Some(PublicAddress {
                address,
                allocation: Some(allocation),
            });
        }
    });
    world.update::<ElasticAddress, _>(region, allocation, |row| row.association = Some((id, eni, private)));
    meter(world, region, allocation, "in-use");
    note(
        world,
        region,
        allocation,
        format!("{address} associated with {eni} ({private})"),
    );
    Some(id)
}

/// Ends the association of an Elastic IP, on both sides. The interface that had it, if it was associated.
pub(in crate::services::ec2) fn release_association(
    world: &mut World,
    region: Region,
    allocation: AllocationId,
) -> Option<NetworkInterfaceId> {
    let (_, eni, private) = world.update::<ElasticAddress, _>(region, allocation, |row| row.association.take())??;
    world.update::<NetworkInterface, _>(region, eni, |row| {
        if let Some(address) = row.addresses.iter_mut().find(|address| address.private == private) {
            address.public = None;
        }
    });
    meter(world, region, allocation, "idle");
    note(world, region, allocation, format!("disassociated from {eni}"));
    Some(eni)
}

/// Lends an address again after an Elastic IP has gone, as AWS does: to the only interface of a running instance that was
/// launched with a public address.
/// <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html#concepts-public-addresses>
pub(super) fn lend_again(world: &mut World, region: Region, eni: NetworkInterfaceId) {
    let due = world.row::<NetworkInterface>(region, eni).is_some_and(|interface| {
        let running = |at: &Attachment| {
            world
                .row::<Instance>(region, at.instance)
                .is_some_and(|instance| instance.state == InstanceState::Running)
                && of_instance(world, region, at.instance).len() == 1
        };
        interface.auto_public && interface.attachment.as_ref().is_some_and(running)
    });
    if due {
        lend_public_address(world, region, eni);
    }
}
