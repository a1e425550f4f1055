//! DescribeInstanceStatus: the status checks, and the events that are scheduled.
//!
//! <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/monitoring-system-instance-status-check.html>. The system check sees
//! the host, the instance check what answers inside; both begin with `initializing`.

use super::filters::{self, PathFilter};
use super::lifecycle::state;
use super::{describe, events};
use crate::base::error::Result;
use crate::base::time::Time;
use crate::catalog::instance_types::Hypervisor;
use crate::services::Request;
use crate::services::ec2::common::{Filters, page_of_rows};
use crate::world::World;
use crate::world::compute::{Instance, InstanceState, PhysicalHost};
use stratus_model::{Structure, field};

const FILTERS: &[PathFilter] = &[
    ("availability-zone", &[field::AVAILABILITY_ZONE]),
    ("availability-zone-id", &[field::AVAILABILITY_ZONE_ID]),
    ("application-status.status", &[field::APPLICATION_STATUS, field::STATUS]),
    (
        "attached-ebs-status.status",
        &[field::ATTACHED_EBS_STATUS, field::STATUS],
    ),
    ("event.code", &[field::EVENTS, field::CODE]),
    ("event.description", &[field::EVENTS, field::DESCRIPTION]),
    ("event.instance-event-id", &[field::EVENTS, field::INSTANCE_EVENT_ID]),
    ("event.not-after", &[field::EVENTS, field::NOT_AFTER]),
    ("event.not-before", &[field::EVENTS, field::NOT_BEFORE]),
    (
        "event.not-before-deadline",
        &[field::EVENTS, field::NOT_BEFORE_DEADLINE],
    ),
    ("instance-state-code", &[field::INSTANCE_STATE, field::CODE]),
    ("instance-state-name", &[field::INSTANCE_STATE, field::NAME]),
    (
        "instance-status.reachability",
        &[field::INSTANCE_STATUS, field::DETAILS, field::STATUS],
    ),
    ("instance-status.status", &[field::INSTANCE_STATUS, field::STATUS]),
    (
        "system-status.reachability",
        &[field::SYSTEM_STATUS, field::DETAILS, field::STATUS],
    ),
    ("operator.managed", &[field::OPERATOR, field::MANAGED]),
    ("operator.principal", &[field::OPERATOR, field::PRINCIPAL]),
    ("system-status.status", &[field::SYSTEM_STATUS, field::STATUS]),
];

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceStatus.html>. Running instances only, unless all
/// are asked for. Sorted by launch.
pub(super) fn describe_instance_status(request: &Request<'_>, world: &World) -> Result<Structure> {
    let params = request.params;
    let filters = Filters::read(params)?;
    filters::check(&filters, FILTERS, &[])?;
    let all = params.boolean(field::INCLUDE_ALL_INSTANCES) == Some(true);
    let mut found = Vec::new();
    for row in describe::rows(request, world)? {
        if !all && row.state != InstanceState::Running {
            continue;
        }
        let described = status(world, request, row);
        if filters::pass(&filters, &described, world.tags(request.region, row.id.into()), FILTERS)? {
            found.push(((row.born, row.id), described));
        }
    }
    let (found, next) = page_of_rows(found, params, 5, |((born, id), _)| (Some(*born), (*id).into()))?;
    let found: Vec<Structure> = found.into_iter().map(|(_, described)| described).collect();
    Ok(Structure::new()
        .with(field::INSTANCE_STATUSES, found)
        .with_some(field::NEXT_TOKEN, next))
}

fn status(world: &World, request: &Request<'_>, row: &Instance) -> Structure {
    // Every guest of a failed host is impaired, whenever it came there.
    let failed = row
        .host
        .and_then(|id| world.row::<PhysicalHost>(request.region, id))
        .is_some_and(|host| host.failed);
    let system = row.checks.system_impaired.or(failed.then_some(row.state_since));
    Structure::new()
        .with(field::AVAILABILITY_ZONE, row.zone.name())
        .with(field::AVAILABILITY_ZONE_ID, row.zone.id())
        .with_some(field::EVENTS, events::of_status(world, row))
        .with(field::INSTANCE_ID, row.id)
        .with(field::INSTANCE_STATE, state(row.state))
        .with(
            field::INSTANCE_STATUS,
            summary(world, row, row.checks.instance_impaired),
        )
        .with(field::SYSTEM_STATUS, summary(world, row, system))
        // Checks of attached volumes are the Nitro system's; a volume of ours is never out of reach.
        // <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/monitoring-system-instance-status-check.html>
        .with_some(
            field::ATTACHED_EBS_STATUS,
            (row.instance_type.hypervisor() == Hypervisor::Nitro).then(|| summary(world, row, None)),
        )
        .with(field::OPERATOR, Structure::new().with(field::MANAGED, false))
}

fn summary(world: &World, row: &Instance, impaired: Option<Time>) -> Structure {
    let settled = row.checks.settled.is_some_and(|settled| settled <= world.now);
    // A guest that does not start is found out only when its first check is due.
    let impaired = impaired.filter(|since| *since <= world.now);
    let (status, detail) = match (row.state, impaired) {
        (InstanceState::Running, Some(_)) => ("impaired", "failed"),
        (InstanceState::Running, None) if settled => ("ok", "passed"),
        (InstanceState::Running, None) => ("initializing", "initializing"),
        _ => return Structure::new().with(field::STATUS, "not-applicable"),
    };
    let detail = Structure::new()
        .with(field::NAME, "reachability")
        .with(field::STATUS, detail)
        .with_some(field::IMPAIRED_SINCE, impaired);
    Structure::new()
        .with(field::STATUS, status)
        .with(field::DETAILS, vec![detail])
}
