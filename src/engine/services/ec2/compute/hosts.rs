//! Physical hosts: which machine an instance runs on, and with whom it shares it.
//!
//! AWS shows none of this but its effects, so all of it is ours: shared hosts carry a few anonymous customers beside
//! us; a start usually finds another host; a dedicated instance shares with nobody but the same account. A host is a row
//! as long as it carries an instance of ours, or is rented as a Dedicated Host.

use super::{capacity, dedicated, events, placement};
use crate::base::ids::{HostId, InstanceId, Kind};
use crate::base::random::Stream;
use crate::catalog::{InstanceType, Region, Zone};
use crate::world::World;
use crate::world::compute::{Instance, NODE_SHIFT, PhysicalHost, RACK_SHIFT, Tenancy};
use crate::world::launching::Strategy;
use std::collections::BTreeSet;

/// vCPUs of a physical machine, unless its family has a larger type.
const HOST_VCPUS: i64 = 96;
/// Of so many launches one lands beside another instance of ours, if there is room.
const BESIDE_OURS: i64 = 4;
/// Of so many starts one finds the host it was on, if that still stands and has room.
const BACK_AGAIN: i64 = 8;
/// Shared hosts among which one launch looks for company, where there are more: they may be thousands, and to ask them all
/// cost a launch into a world of a thousand instances more than anything else.
const LOOKED_AT: usize = 64;
/// Most anonymous customers on a shared host.
const NEIGHBOURS: i64 = 9;
/// Racks of a zone.
const RACKS: u64 = 1 << (u64::BITS - RACK_SHIFT);

/// Where a placement group lets an instance stand. Racks are those of its zone.
/// <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/placement-strategies.html>
enum Ground {
    /// Anywhere: no group, or none of it is placed yet.
    Open,
    /// On none of these racks: others of a spread group, or other partitions, stand there.
    Off(BTreeSet<u64>),
    /// By this switch, where the others of a cluster stand.
    By(u64),
}

impl Ground {
    /// Where the members of its group leave room for an instance.
    fn of(world: &World, region: Region, own: &Instance) -> Ground {
        let named = own.placement_group.as_deref();
        let Some(group) = named.and_then(|name| placement::named(world, region, name)) else {
            return Ground::Open;
        };
        let others = placement::members(world, region, &group.name);
        let others = others.filter(|row| row.id != own.id && row.zone == own.zone);
        let host = |row: &Instance| world.row::<PhysicalHost>(region, row.host?);
        match group.strategy {
            Strategy::Cluster => {
                let mut nodes = others.filter_map(|row| host(row).map(PhysicalHost::node));
                nodes.next().map_or(Ground::Open, Ground::By)
            }
            Strategy::Spread => Ground::Off(others.filter_map(|row| host(row).map(PhysicalHost::rack)).collect()),
            Strategy::Partition => {
                let partition = own.more.partition;
                let apart = others.filter(|row| partition.is_none() || row.more.partition != partition);
                Ground::Off(apart.filter_map(|row| host(row).map(PhysicalHost::rack)).collect())
            }
        }
    }

    fn holds(&self, host: &PhysicalHost) -> bool {
        match self {
            Ground::Open => true,
            Ground::Off(racks) => !racks.contains(&host.rack()),
            Ground::By(node) => host.node() == *node,
        }
    }

    /// The number of a new host that stands on it, as near to the one that was drawn as may be.
    fn number(&self, drawn: u64) -> u64 {
        match self {
            Ground::Open => drawn,
            Ground::Off(racks) => {
                let first = drawn >> RACK_SHIFT;
                let mut all = (0..RACKS).map(|step| (first + step) % RACKS);
                let rack = all.find(|rack| !racks.contains(rack)).unwrap_or(first);
                rack << RACK_SHIFT | drawn & ((1 << RACK_SHIFT) - 1)
            }
            Ground::By(node) => node << NODE_SHIFT | drawn & ((1 << NODE_SHIFT) - 1),
        }
    }
}

/// Puts an instance on a host and tells both rows. Every placement on a host of AWS's choice makes the same number of draws.
pub(super) fn place(world: &mut World, region: Region, id: InstanceId) {
    let Some(instance) = world.row::<Instance>(region, id) else {
        return;
    };
    if instance.tenancy == Tenancy::Host {
        dedicated::place(world, region, id);
        return;
    }
    let (kind, zone, dedicated) = (
        instance.instance_type,
        instance.zone,
        instance.tenancy != Tenancy::Default,
    );
    let last = instance.last_host;
    let ground = Ground::of(world, region, instance);
    let company = world.random.between(Stream::Placement, 1, BESIDE_OURS) == 1;
    let back = world.random.between(Stream::Placement, 1, BACK_AGAIN) == 1;
    let pick = world.random.between(Stream::Placement, 0, i64::from(u32::MAX)) as usize;
    let neighbours = world.random.between(Stream::Placement, 1, NEIGHBOURS);
    let fits = |host: &PhysicalHost| suits(world, region, host, kind, zone, dedicated) && ground.holds(host);
    let before = last.filter(|_| back).and_then(|id| world.row(region, id));
    let chosen = match before.filter(|host| fits(host)) {
        Some(host) => Some(host.id),
        // AWS fills a customer's dedicated machine before it takes another.
        None if company || dedicated => {
            let looked = looked_at(world, region, pick, dedicated);
            let candidates = looked.filter(|host| Some(host.id) != last && fits(host));
            let candidates: Vec<HostId> = candidates.map(|host| host.id).collect();
            candidates.get(pick % candidates.len().max(1)).copied()
        }
        None => None,
    };
    let neighbours = if dedicated { 0 } else { neighbours };
    let host = chosen.unwrap_or_else(|| build(world, region, kind, zone, neighbours, &ground));
    capacity::change(world, region, zone, kind, -1);
    settle_on(world, region, id, host);
}

/// The hosts among which a launch looks for company, by number: all, or so many from a drawn number on.
fn looked_at(world: &World, region: Region, drawn: usize, all: bool) -> impl Iterator<Item = &PhysicalHost> {
    let hosts = world.ec2(region).map(|ec2| &ec2.hosts);
    let all = all || hosts.is_none_or(|hosts| hosts.len() <= LOOKED_AT);
    let (from, most) = match all {
        true => (HostId(0), usize::MAX),
        // The draw has half of a number's bits.
        false => (HostId((drawn as u64) << 32), LOOKED_AT),
    };
    let around = hosts
        .into_iter()
        .flat_map(move |hosts| hosts.range(from..).chain(hosts.range(..from)));
    around.map(|(_, host)| host).take(most)
}

/// Tells both rows that an instance is on a host.
pub(super) fn settle_on(world: &mut World, region: Region, id: InstanceId, host: HostId) {
    world.update(region, host, |row: &mut PhysicalHost| row.guests.push(id));
    world.update(region, id, |row: &mut Instance| {
        row.host = Some(host);
        row.last_host = None;
    });
}

fn suits(world: &World, region: Region, host: &PhysicalHost, kind: InstanceType, zone: Zone, dedicated: bool) -> bool {
    // On a Dedicated Host runs only what was launched with the tenancy host.
    let same = host.zone == zone && host.dedicated == dedicated && !host.failed && host.rented.is_none();
    // Each anonymous customer is taken to use as much as two vCPUs.
    same && host.family == kind.family()
        && ours(world, region, host) + host.neighbours * 2 + i64::from(kind.vcpus()) <= host.vcpus
}

fn ours(world: &World, region: Region, host: &PhysicalHost) -> i64 {
    let guests = host.guests.iter().filter_map(|id| world.row::<Instance>(region, *id));
    guests.map(|guest| i64::from(guest.instance_type.vcpus())).sum()
}

fn build(
    world: &mut World,
    region: Region,
    kind: InstanceType,
    zone: Zone,
    neighbours: i64,
    ground: &Ground,
) -> HostId {
    let id = HostId(ground.number(world.random.next_u64(Stream::Ids(Kind::Host))));
    let largest = kind.siblings().map(|other| i64::from(other.vcpus())).max();
    let vcpus = largest.unwrap_or(0).max(HOST_VCPUS);
    let host = PhysicalHost {
        id,
        zone,
        family: kind.family().to_owned(),
        dedicated: neighbours == 0,
        vcpus,
        // The largest types fill a machine.
        neighbours: neighbours.min((vcpus - i64::from(kind.vcpus())) / 2),
        guests: Vec::new(),
        failed: false,
        rented: None,
    };
    world.put(region, host);
    id
}

/// Takes an instance off its host. A host that carries none of ours any more is forgotten.
pub(super) fn leave(world: &mut World, region: Region, id: InstanceId) {
    events::left_host(world, region, id);
    let left = world.update(region, id, |row: &mut Instance| {
        let host = row.host.take();
        row.last_host = host;
        Some((host?, row.zone, row.instance_type, row.tenancy))
    });
    let Some((host, zone, kind, tenancy)) = left.flatten() else {
        return;
    };
    if tenancy != Tenancy::Host {
        capacity::change(world, region, zone, kind, 1);
    }
    let empty = world.update(region, host, |row: &mut PhysicalHost| {
        row.guests.retain(|guest| *guest != id);
        row.guests.is_empty() && row.rented.is_none()
    });
    if empty == Some(true) {
        world.take::<PhysicalHost>(region, host);
    }
}
