//! What the gateways of this folder have in common: work that is due later, and the hour for which they stay visible.
//! AWS publishes no durations: the ranges are ours (`clock::timings`).

use super::super::common::note_clock;
use crate::base::ids::ResourceId;
use crate::base::time::Time;
use crate::catalog::Region;
use crate::clock::{self, Pending, Step};
use crate::world::World;
use crate::world::gateways::*;
use crate::world::usage::{Measure, Meter, Subject};

/// Where it is said that deleted gateways and connections stay visible for a while.
const VISIBLE: &str = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpnConnection.html";

/// Has a resource looked after when a duration of this name is over.
pub(in crate::services::ec2) fn later(
    world: &mut World,
    region: Region,
    id: impl Into<ResourceId>,
    timing: &str,
    step: Step,
) {
    let span = world.timings.clone().draw(&mut world.random, timing);
    clock::schedule(world, span, region, id, step);
}

/// Keeps what is gone visible for about an hour more.
pub(super) fn hide(world: &mut World, region: Region, id: impl Into<ResourceId>) {
    later(world, region, id, "gateway.visible-after-deletion", Step::Reap);
}

/// Starts the meter of something that costs by the hour.
pub(super) fn meter(world: &mut World, region: Region, id: impl Into<ResourceId>, measure: Measure) {
    let meter = Meter {
        subject: Subject::Resource(id.into()),
        region,
        measure,
        rate: String::new(),
        quantity: 1,
        from: world.now,
        to: None,
    };
    world.usage.start(meter);
}

/// Takes away what was visible for long enough; `false` where it is still in use.
pub(super) fn reap(world: &mut World, pending: &Pending) {
    let region = pending.region;
    let id = pending.resource;
    let over = |state: GatewayState| !state.is_alive();
    let done = match id {
        ResourceId::NatGateway(id) => {
            let over = world.row::<NatGateway>(region, id).is_some_and(|row| over(row.state));
            over && world.take::<NatGateway>(region, id).is_some()
        }
        ResourceId::CustomerGateway(id) => {
            let over = world
                .row::<CustomerGateway>(region, id)
                .is_some_and(|row| over(row.state));
            over && world.take::<CustomerGateway>(region, id).is_some()
        }
        ResourceId::VpnGateway(id) => {
            let over = world.row::<VpnGateway>(region, id).is_some_and(|row| over(row.state));
            over && world.take::<VpnGateway>(region, id).is_some()
        }
        ResourceId::VpnConnection(id) => {
            let over = world
                .row::<VpnConnection>(region, id)
                .is_some_and(|row| over(row.state));
            over && world.take::<VpnConnection>(region, id).is_some()
        }
        _ => false,
    };
    if done {
        let rule = "What is deleted or has failed is shown for about an hour.";
        note_clock(world, region, id, "no longer shown", rule, VISIBLE);
    }
}

/// Whether work that was asked for then is about the state that began then.
pub(in crate::services::ec2) fn is_about(pending: &Pending, since: Time) -> bool {
    pending.asked == since
}
