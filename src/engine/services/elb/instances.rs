//! RegisterInstancesWithLoadBalancer, DeregisterInstancesFromLoadBalancer.
//! <https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-deregister-register-instances.html>

use super::common::*;
use crate::base::error::{Error, Result};
use crate::base::ids::InstanceId;
use crate::services::Request;
use crate::world::World;
use crate::world::balancing::*;
use crate::world::compute::{Instance, InstanceState};
use crate::world::vpc::Subnet;
use stratus_model::{Structure, field, sort};

/// `InvalidInstance`.
pub(super) fn invalid(why: impl Into<String>) -> Error {
    Error::new("InvalidInstance", why).at("Instances")
}

/// `Instances` of a call.
fn read(request: &Request<'_>) -> Result<Vec<InstanceId>> {
    let given = request.params.structures(field::INSTANCES);
    let ids = given.filter_map(|own| own.text(field::INSTANCE_ID));
    ids.map(|text| InstanceId::parse(text).ok_or_else(|| invalid(format!("Could not find EC2 instance {text}."))))
        .collect()
}

/// `Instances` of an answer.
pub(super) fn list(row: &ClassicBalancer) -> Vec<Structure> {
    let ids = row.targets.iter().filter_map(|target| match target.point {
        TargetPoint::Instance(id) => Some(id),
        _ => None,
    });
    ids.map(|id| Structure::new().with(field::INSTANCE_ID, id)).collect()
}

fn target(request: &Request<'_>, world: &World, row: &ClassicBalancer, id: InstanceId) -> Result<Target> {
    let found = world.row::<Instance>(request.region, id);
    let Some(instance) = found.filter(|instance| instance.state != InstanceState::Terminated) else {
        return Err(invalid(format!("Could not find EC2 instance {id}.")));
    };
    if instance.is_classic() || instance.vpc != row.vpc {
        return Err(invalid(format!("EC2 instance {id} is not in the same VPC as ELB.")));
    }
    let subnet = world.row::<Subnet>(request.region, instance.subnet);
    Ok(Target {
        point: TargetPoint::Instance(id),
        port: 0,
        zone: subnet.map(|subnet| subnet.zone.name()),
        state: TargetState::Initial,
        since: world.now,
        streak: 0,
        last: None,
    })
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_RegisterInstancesWithLoadBalancer.html>
pub(super) fn register(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let mut row = named(request, world)?.clone();
    for id in read(request)? {
        let new = target(request, world, &row, id)?;
        if !row.targets.iter().any(|own| own.point == new.point) {
            row.targets.push(new);
        }
    }
    sort::by_key(&mut row.targets, |target| target.point);
    let answer = Structure::new().with(field::INSTANCES, list(&row));
    put(request, world, row, "instances registered");
    Ok(answer)
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_DeregisterInstancesFromLoadBalancer.html>
///
/// An instance is out of the list at once; connections that are open are waited for where draining is on.
pub(super) fn deregister(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let mut row = named(request, world)?.clone();
    for id in read(request)? {
        let point = TargetPoint::Instance(id);
        if !row.targets.iter().any(|own| own.point == point) {
            return Err(invalid(format!(
                "Could not find EC2 instance {id} registered with load balancer {}.",
                row.name
            )));
        }
        row.targets.retain(|own| own.point != point);
    }
    let answer = Structure::new().with(field::INSTANCES, list(&row));
    put(request, world, row, "instances deregistered");
    Ok(answer)
}
