//! Physical hosts: which machine an instance runs on, and with whom it shares it.
//!
//! AWS shows none of this but its effects, so all of it is ours: shared hosts carry a few anonymous customers beside
//! us; a start usually finds another host; a dedicated instance shares with nobody but the same account. A host is a row
//! as long as it carries an instance of ours.

use super::{capacity, placement};
use crate::base::ids::{HostId, InstanceId, Kind};
use crate::base::random::Stream;
use crate::catalog::{InstanceType, Region, Zone};
use crate::world::World;
use crate::world::compute::{Instance, PhysicalHost, Tenancy};
use crate::world::launching::Strategy;

/// vCPUs of a physical machine, unless its family has a larger type.
const HOST_VCPUS: i64 = 96;
/// Of so many launches one lands beside another instance of ours, if there is room.
const BESIDE_OURS: i64 = 4;
/// Of so many starts one finds the host it was on, if that still stands and has room.
const BACK_AGAIN: i64 = 8;
/// Most anonymous customers on a shared host.
const NEIGHBOURS: i64 = 9;

/// Puts an instance on a host and tells both rows. Every placement makes the same number of draws.
pub(super) fn place(world: &mut World, region: Region, id: InstanceId) {
    let Some(instance) = world.row::<Instance>(region, id) else {
        return;
    };
    let (kind, zone, dedicated) = (
        instance.instance_type,
        instance.zone,
        instance.tenancy != Tenancy::Default,
    );
    let last = instance.last_host;
    let company = world.random.between(Stream::Placement, 1, BESIDE_OURS) == 1;
    let back = world.random.between(Stream::Placement, 1, BACK_AGAIN) == 1;
    let pick = world.random.between(Stream::Placement, 0, i64::from(u32::MAX)) as usize;
    let neighbours = world.random.between(Stream::Placement, 1, NEIGHBOURS);
    let mut candidates: Vec<HostId> = Vec::new();
    let mut before = None;
    // Only who wants company looks for it: there may be thousands of hosts.
    let looks = company || dedicated || (back && last.is_some());
    for host in world
        .ec2(region)
        .filter(|_| looks)
        .into_iter()
        .flat_map(|ec2| ec2.hosts.rows())
    {
        if suits(world, region, host, kind, zone, dedicated) && !apart(world, region, host, id) {
            if Some(host.id) == last {
                before = Some(host.id);
            } else {
                candidates.push(host.id);
            }
        }
    }
    let chosen = match before.filter(|_| back) {
        Some(host) => Some(host),
        // AWS fills a customer's dedicated machine before it takes another.
        None if company || dedicated => candidates.get(pick % candidates.len().max(1)).copied(),
        None => None,
    };
    let host = chosen.unwrap_or_else(|| build(world, region, kind, zone, if dedicated { 0 } else { neighbours }));
    capacity::change(world, region, zone, kind, -1);
    world.update(region, host, |row: &mut PhysicalHost| row.guests.push(id));
    world.update(region, id, |row: &mut Instance| {
        row.host = Some(host);
        row.last_host = None;
    });
}

fn suits(world: &World, region: Region, host: &PhysicalHost, kind: InstanceType, zone: Zone, dedicated: bool) -> bool {
    let same = host.zone == zone && host.dedicated == dedicated && !host.failed && host.family == kind.family();
    // Each anonymous customer is taken to use as much as two vCPUs.
    same && ours(world, region, host) + host.neighbours * 2 + i64::from(kind.vcpus()) <= host.vcpus
}

/// Whether a placement group keeps an instance off a host: beside another of a spread group, or of another partition.
fn apart(world: &World, region: Region, host: &PhysicalHost, id: InstanceId) -> bool {
    let Some(own) = world.row::<Instance>(region, id) else {
        return false;
    };
    let Some(name) = own.placement_group.as_deref() else {
        return false;
    };
    let spread = placement::named(world, region, name).is_some_and(|group| group.strategy != Strategy::Cluster);
    let guests = host.guests.iter().filter_map(|id| world.row::<Instance>(region, *id));
    let mut same = guests.filter(|guest| guest.placement_group.as_deref() == Some(name));
    spread && same.any(|guest| own.more.partition.is_none() || guest.more.partition != own.more.partition)
}

fn ours(world: &World, region: Region, host: &PhysicalHost) -> i64 {
    let guests = host.guests.iter().filter_map(|id| world.row::<Instance>(region, *id));
    guests.map(|guest| i64::from(guest.instance_type.vcpus())).sum()
}

fn build(world: &mut World, region: Region, kind: InstanceType, zone: Zone, neighbours: i64) -> HostId {
    let id = HostId(world.random.next_u64(Stream::Ids(Kind::Host)));
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
    };
    world.put(region, host);
    id
}

/// Takes an instance off its host. A host that carries none of ours any more is forgotten.
pub(super) fn leave(world: &mut World, region: Region, id: InstanceId) {
    let left = world.update(region, id, |row: &mut Instance| {
        let host = row.host.take();
        row.last_host = host;
        Some((host?, row.zone, row.instance_type))
    });
    let Some((host, zone, kind)) = left.flatten() else {
        return;
    };
    capacity::change(world, region, zone, kind, 1);
    let empty = world.update(region, host, |row: &mut PhysicalHost| {
        row.guests.retain(|guest| *guest != id);
        row.guests.is_empty()
    });
    if empty == Some(true) {
        world.take::<PhysicalHost>(region, host);
    }
}
