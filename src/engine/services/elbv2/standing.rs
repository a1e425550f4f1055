//! Whether a load balancer counts as healthy for those who evaluate the health of an alias's target.
//! <https://docs.aws.amazon.com/Route53/latest/APIReference/API_AliasTarget.html> (EvaluateTargetHealth). Nothing here changes a
//! world: the health is what the load balancer's own checks have come to.

use super::names::{self, Holder};
use super::{attributes, common, health};
use crate::catalog::Region;
use crate::world::World;
use crate::world::balancing::*;
use crate::world::compute::{Instance, InstanceState};
use std::collections::BTreeSet;

/// How a load balancer stands.
pub(crate) struct Standing {
    /// Whether it counts as healthy.
    pub healthy: bool,
    /// Why, in one sentence.
    pub why: String,
}

/// How the load balancer of a DNS name (with its final dot) stands; `None`: no load balancer has that name.
pub(crate) fn of_name(world: &World, name: &str) -> Option<Standing> {
    let (region, holder, _) = names::find(world, name)?;
    Some(match holder {
        Holder::Newer(row) => of_groups(world, region, row),
        Holder::Classic(row) => of_instances(world, region, row),
    })
}

/// Every target group that contains targets must contain a healthy one, and a group without targets is unhealthy. Read together: one
/// without targets does not make others unhealthy, but is not enough by itself. A load balancer that forwards to no group at all
/// counts as healthy (ours).
fn of_groups(world: &World, region: Region, row: &LoadBalancer) -> Standing {
    let mut groups = BTreeSet::new();
    for listener in common::listeners_of(world, region, row.id) {
        for rule in common::rules_of(world, region, listener.id) {
            groups.extend(rule.action.groups().iter().map(|(id, _)| *id));
        }
    }
    let groups: Vec<&TargetGroup> = groups.iter().filter_map(|id| world.row(region, *id)).collect();
    let mut registered = 0;
    for group in &groups {
        let live = group.targets.iter().filter(|own| own.state != TargetState::Draining);
        let up = live.clone().filter(|own| own.state == TargetState::Healthy);
        let up = up
            .filter(|own| health::is_enabled(world, region, &row.places, own))
            .count();
        let all = live.count();
        let wanted = attributes::healthy_for_dns(group, all);
        if all > 0 && up < wanted {
            let why = format!(
                "{up} of {all} targets of {} are healthy, and {wanted} must be.",
                group.name
            );
            return Standing { healthy: false, why };
        }
        registered += all;
    }
    let name = &row.name;
    let (healthy, why) = match (groups.is_empty(), registered) {
        (true, _) => (true, format!("{name} forwards to no target group.")),
        (false, 0) => (
            false,
            format!("No target is registered with the target groups of {name}."),
        ),
        (false, _) => (
            true,
            format!("Every target group of {name} that has targets has healthy ones."),
        ),
    };
    Standing { healthy, why }
}

/// A Classic Load Balancer is healthy while one of its instances is.
fn of_instances(world: &World, region: Region, row: &ClassicBalancer) -> Standing {
    let is_up = |own: &&Target| own.state == TargetState::Healthy && in_service(world, region, row, own);
    let (up, all) = (row.targets.iter().filter(is_up).count(), row.targets.len());
    Standing {
        healthy: up > 0,
        why: format!("{up} of {all} instances of {} are in service.", row.name),
    }
}

/// Whether a healthy instance gets traffic: it runs, in a zone that the load balancer is in.
fn in_service(world: &World, region: Region, row: &ClassicBalancer, target: &Target) -> bool {
    let TargetPoint::Instance(id) = target.point else {
        return false;
    };
    let instance = world.row::<Instance>(region, id);
    let runs = instance.is_some_and(|instance| instance.state == InstanceState::Running);
    runs && health::is_enabled(world, region, &row.places, target)
}
