//! What time does to NAT gateways: pending to available or failed, deleting to deleted. The hour for which they stay visible is in
//! `life`.
//! <https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-working-with.html>
//!
//! AWS publishes no durations: the ranges are ours (`clock::timings`). Only here a NAT gateway's state changes.

use super::super::common::{note, note_clock};
use super::super::vpc::interfaces;
use super::life;
use crate::base::ids::NatGatewayId;
use crate::catalog::Region;
use crate::clock::{Pending, Step};
use crate::world::World;
use crate::world::gateways::*;
use crate::world::usage::{Measure, Subject};
use crate::world::vpc::RouteTable;

const LIFE: &str = "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html";
const TROUBLE: &str = "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-troubleshooting.html";

/// Lets a gateway's state, or an address's status, end after a while.
pub(super) fn schedule(world: &mut World, region: Region, id: NatGatewayId, timing: &str) {
    life::later(world, region, id, timing, Step::Settle);
}

/// The gateway stops at once; what it holds goes a little later.
pub(super) fn begin_deletion(world: &mut World, region: Region, id: NatGatewayId) {
    let now = world.now;
    let old = world.update::<NatGateway, _>(region, id, |row| {
        row.since = now;
        std::mem::replace(&mut row.state, GatewayState::Deleting)
    });
    world
        .usage
        .stop(&Subject::Resource(id.into()), Measure::NatGateway, now);
    let old = old.map_or("", GatewayState::name);
    note(world, region, id, format!("{old} → deleting"));
    schedule(world, region, id, "nat-gateway.deleting");
}

/// The end of a passing state, of the gateway or of one of its addresses.
pub(super) fn settle(world: &mut World, pending: &Pending, id: NatGatewayId) {
    let region = pending.region;
    let Some(row) = world.row::<NatGateway>(region, id).cloned() else {
        return;
    };
    match row.state {
        GatewayState::Pending if life::is_about(pending, row.since) => come_up(world, region, row),
        GatewayState::Deleting if life::is_about(pending, row.since) => go(world, region, row),
        GatewayState::Available => super::nat_addresses::settle(world, pending, id),
        _ => {}
    }
}

fn come_up(world: &mut World, region: Region, row: NatGateway) {
    let (id, now) = (row.id, world.now);
    let failure = row.failure;
    let failed = failure.is_some();
    world.update::<NatGateway, _>(region, id, |row| {
        row.since = now;
        row.state = if failed {
            GatewayState::Failed
        } else {
            GatewayState::Available
        };
        row.deleted = failed.then_some(now);
        for address in row.addresses.iter_mut().filter(|_| !failed) {
            address.status = AddressStatus::Succeeded;
        }
    });
    if let Some((_, why)) = failure {
        let rule = "A NAT gateway that cannot be made fails, and goes by itself in about an hour.";
        note_clock(world, region, id, format!("pending → failed: {why}"), rule, TROUBLE);
        life::hide(world, region, id);
        return;
    }
    match row.regional {
        Some(_) => super::nat_regional::meter(world, region, id),
        None => life::meter(world, region, id, Measure::NatGateway),
    }
    let rule = "A NAT gateway needs a minute or two before it translates.";
    note_clock(world, region, id, "pending → available", rule, "ours");
}

fn go(world: &mut World, region: Region, row: NatGateway) {
    let (id, now) = (row.id, world.now);
    let table = row.regional.and_then(|regional| regional.table);
    for address in row.addresses.iter().filter(|_| row.regional.is_some()) {
        super::nat_regional::release(world, region, address);
    }
    if let Some(interface) = row.interface() {
        interfaces::delete(world, region, interface);
    }
    world.update::<NatGateway, _>(region, id, |row| {
        row.since = now;
        row.state = GatewayState::Deleted;
        row.deleted = Some(now);
        if let Some(regional) = &mut row.regional {
            regional.table = None;
        }
    });
    if let Some(table) = table {
        world.take::<RouteTable>(region, table);
    }
    let rule = "A deleted NAT gateway gives back its interface, and stays visible for about an hour.";
    note_clock(world, region, id, "deleting → deleted", rule, LIFE);
    life::hide(world, region, id);
}
