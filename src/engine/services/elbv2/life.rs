//! What time does to a load balancer: provisioning to active. AWS publishes no duration: the range is ours (`clock::timings`).

use crate::base::ids::{LoadBalancerId, ResourceId};
use crate::catalog::Region;
use crate::clock::{self, Pending, Step};
use crate::services::ec2::common::note_clock;
use crate::world::World;
use crate::world::balancing::LoadBalancer;

const SOURCE: &str = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#load-balancer-state";

/// Has a new load balancer become active after a while.
pub(super) fn begin(world: &mut World, region: Region, id: LoadBalancerId) {
    let span = world
        .timings
        .clone()
        .draw(&mut world.random, "load-balancer.provisioning");
    clock::schedule(world, span, region, id, Step::Settle);
}

/// It is set up.
pub(super) fn due(world: &mut World, pending: &Pending) {
    let ResourceId::LoadBalancer(id) = pending.resource else {
        return;
    };
    let region = pending.region;
    let waits = world
        .row::<LoadBalancer>(region, id)
        .is_some_and(|row| !row.active && row.created == pending.asked);
    if waits {
        world.update::<LoadBalancer, _>(region, id, |row| row.active = true);
        let rule = "A load balancer is set up before it takes traffic.";
        note_clock(world, region, id, "provisioning → active", rule, SOURCE);
    }
}
