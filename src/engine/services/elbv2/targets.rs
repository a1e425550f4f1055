//! RegisterTargets, DeregisterTargets, DescribeTargetHealth.
//! <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RegisterTargets.html>,
//! <https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html>

use super::common::*;
use super::{attributes, health, limits};
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::catalog::{Region, Zone};
use crate::network::balancing;
use crate::services::Request;
use crate::services::ec2::common::note;
use crate::world::World;
use crate::world::balancing::*;
use crate::world::compute::{Instance, InstanceState};
use crate::world::vpc::{Subnet, Vpc};
use std::net::IpAddr;
use stratus_model::{Structure, field, sort};

/// `InvalidTarget`.
pub(in crate::services) fn invalid(why: impl Into<String>) -> Error {
    Error::new("InvalidTarget", why).at("Targets")
}

/// How a target is written.
pub(in crate::services) fn spelled(world: &World, region: Region, point: TargetPoint) -> String {
    match point {
        TargetPoint::Instance(id) => id.to_string(),
        TargetPoint::Ip(address) => address.to_string(),
        TargetPoint::Alb(id) => arn_of(world, region, id.into()).unwrap_or_default(),
    }
}

/// What an id of a call names, in a group of this kind; whether it is there does not matter yet.
fn read_point(world: &World, region: Region, group: &TargetGroup, text: &str) -> Result<TargetPoint> {
    match group.kind {
        TargetKind::Instance => InstanceId::parse(text)
            .map(TargetPoint::Instance)
            .ok_or_else(|| validation(field::TARGETS, format!("Instance ID '{text}' is not valid"))),
        TargetKind::Ip => text.parse().map(TargetPoint::Ip).map_err(|_| {
            validation(
                field::TARGETS,
                format!("The IP address '{text}' is not a valid IPv4 address"),
            )
        }),
        TargetKind::Alb => match named_by(world, region, text) {
            Some(ResourceId::LoadBalancer(id)) => Ok(TargetPoint::Alb(id)),
            _ => Err(invalid(format!("The load balancer '{text}' is not found"))),
        },
    }
}

/// A target as a call asks for it.
fn read(world: &World, region: Region, group: &TargetGroup, given: &Structure) -> Result<Target> {
    let text = given.text(field::ID).unwrap_or_default();
    let point = read_point(world, region, group, text)?;
    let port = given.integer(field::PORT).and_then(|port| u16::try_from(port).ok());
    if group.protocol == "GENEVE" && port.is_some_and(|port| port != group.port) {
        let why = format!("Port {} is the only one for targets of protocol GENEVE", group.port);
        return Err(validation(field::TARGETS, why));
    }
    let zone = given.text(field::AVAILABILITY_ZONE);
    if zone.is_some() && group.kind != TargetKind::Ip {
        let why = "You cannot specify an Availability Zone for targets of this type";
        return Err(validation(field::TARGETS, why));
    }
    let zone = match point {
        TargetPoint::Instance(id) => Some(check_instance(world, region, group, id)?.name()),
        TargetPoint::Ip(address) => check_address(world, region, group, address, zone)?,
        TargetPoint::Alb(id) => {
            check_balancer(world, region, group, id, port)?;
            None
        }
    };
    Ok(Target {
        point,
        port: port.unwrap_or(group.port),
        zone,
        state: TargetState::Initial,
        since: world.now,
        streak: 0,
        last: None,
    })
}

/// An instance has to run, in the group's VPC. Its zone.
pub(in crate::services) fn check_instance(
    world: &World,
    region: Region,
    group: &TargetGroup,
    id: InstanceId,
) -> Result<Zone> {
    let row = world.row::<Instance>(region, id);
    let Some(row) = row.filter(|row| row.state != InstanceState::Terminated && !row.is_classic()) else {
        return Err(invalid(format!(
            "The following targets are not valid instances: '{id}'"
        )));
    };
    if !matches!(row.state, InstanceState::Running | InstanceState::Pending) {
        let why = format!("The following targets are not in a running state and cannot be registered: '{id}'");
        return Err(invalid(why));
    }
    if row.vpc != group.vpc {
        let why = format!(
            "The following targets are not in the target group VPC '{}': '{id}'",
            group.vpc
        );
        return Err(invalid(why));
    }
    let subnet = world.row::<Subnet>(region, row.subnet);
    let zone = subnet.map(|subnet| subnet.zone);
    zone.ok_or_else(|| invalid(format!("The following targets are not valid instances: '{id}'")))
}

/// An address has to lie in the group's VPC, or in a private range and be registered for all zones. Its zone.
fn check_address(
    world: &World,
    region: Region,
    group: &TargetGroup,
    address: IpAddr,
    zone: Option<&str>,
) -> Result<Option<String>> {
    let refuse = |why: String| Err(validation(field::TARGETS, why));
    if address.is_ipv6() != group.ipv6 {
        return refuse(format!(
            "The IP address '{address}' is not of the IP address type of the target group"
        ));
    }
    let vpc = world.row::<Vpc>(region, group.vpc);
    let inside = vpc.is_some_and(|vpc| balancing::holds(vpc, address));
    if !inside {
        if !balancing::is_usable(address) {
            return refuse(format!(
                "The IP address '{address}' is not within a VPC CIDR block or a private address range"
            ));
        }
        return match zone {
            Some("all") => Ok(None),
            _ => refuse(format!(
                "You must specify an Availability Zone of 'all' for the IP address '{address}', which is outside of the VPC"
            )),
        };
    }
    let subnets = world.ec2(region).into_iter().flat_map(|ec2| ec2.subnets.rows());
    let mut subnets = subnets.filter(|subnet| subnet.vpc == group.vpc);
    let own = subnets.find(|subnet| match address {
        IpAddr::V4(address) => subnet.cidr.contains(&address),
        IpAddr::V6(address) => subnet.ipv6_cidr.is_some_and(|block| block.contains(&address)),
    });
    Ok(match zone {
        Some("all") => None,
        _ => own.map(|subnet| subnet.zone.name()),
    })
}

/// An Application Load Balancer in the group's VPC, with a listener on the group's port.
fn check_balancer(
    world: &World,
    region: Region,
    group: &TargetGroup,
    id: LoadBalancerId,
    port: Option<u16>,
) -> Result<()> {
    let row = world.row::<LoadBalancer>(region, id);
    let Some(row) = row.filter(|row| row.kind == BalancerKind::Application) else {
        return Err(invalid("The target must be an Application Load Balancer"));
    };
    if row.vpc != group.vpc {
        let why = format!(
            "The load balancer '{}' is not in the target group VPC '{}'",
            row.name, group.vpc
        );
        return Err(invalid(why));
    }
    if port.is_some_and(|port| port != group.port) {
        return Err(validation(
            field::TARGETS,
            "The port of an alb target must be that of its target group",
        ));
    }
    if !listeners_of(world, region, id)
        .iter()
        .any(|listener| listener.port == group.port)
    {
        let why = format!(
            "The load balancer '{}' has no listener on port {}",
            row.name, group.port
        );
        return Err(invalid(why));
    }
    if !group.targets.is_empty() && !group.targets.iter().any(|target| target.point == TargetPoint::Alb(id)) {
        let why = "A target group of type alb has one target at most";
        return Err(Error::new("TooManyTargets", why).at("Targets"));
    }
    Ok(())
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RegisterTargets.html>
pub(super) fn register(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let group = group(world, region, needed(request, field::TARGET_GROUP_ARN))?.clone();
    let mut targets = group.targets.clone();
    for given in request.params.structures(field::TARGETS) {
        if given.contains(field::QUIC_SERVER_ID) {
            return Err(unsimulated(field::TARGETS, "QUIC"));
        }
        let new = read(world, region, &group, given)?;
        match targets
            .iter_mut()
            .find(|own| (own.point, own.port) == (new.point, new.port))
        {
            // One that is being deregistered comes back.
            Some(own) if own.state == TargetState::Draining => *own = new,
            Some(_) => {}
            None => targets.push(new),
        }
    }
    if targets.len() > limits::TARGETS {
        let why = format!("The maximum number of targets has been reached: {}", limits::TARGETS);
        return Err(Error::new("TooManyTargets", why));
    }
    sort::by_key(&mut targets, |target| (target.point, target.port));
    let count = targets.len().saturating_sub(group.targets.len());
    world.update::<TargetGroup, _>(region, group.id, |row| row.targets = targets);
    note(world, region, group.id, format!("{count} targets registered"));
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DeregisterTargets.html>
pub(super) fn deregister(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let group = group(world, region, needed(request, field::TARGET_GROUP_ARN))?.clone();
    let mut gone: Vec<(TargetPoint, u16)> = Vec::new();
    for given in request.params.structures(field::TARGETS) {
        let text = given.text(field::ID).unwrap_or_default();
        let point = read_point(world, region, &group, text)?;
        let port = given.integer(field::PORT).and_then(|port| u16::try_from(port).ok());
        let own = group.targets.iter().filter(|own| own.point == point);
        let own: Vec<(TargetPoint, u16)> = own
            .filter(|own| port.is_none_or(|port| own.port == port))
            .map(|own| (own.point, own.port))
            .collect();
        if own.is_empty() {
            let why = format!(
                "The following targets are not registered with target group '{}': '{text}'",
                group.name
            );
            return Err(invalid(why));
        }
        gone.extend(own);
    }
    let used = !balancers_of(world, region, group.id).is_empty();
    let delay = if used { attributes::delay(&group) } else { 0 };
    health::drain(world, region, group.id, &gone, delay);
    note(world, region, group.id, format!("{} targets deregistered", gone.len()));
    Ok(Structure::new())
}

/// State, reason and description of a target.
type Standing = (&'static str, Option<&'static str>, Option<String>);

/// How a target stands.
fn standing(world: &World, region: Region, group: &TargetGroup, target: &Target) -> Standing {
    let say = |state, reason, text: &str| (state, Some(reason), Some(text.to_owned()));
    if target.state == TargetState::Draining {
        return say(
            "draining",
            "Target.DeregistrationInProgress",
            "Target deregistration is in progress",
        );
    }
    let balancers = balancers_of(world, region, group.id);
    let Some(balancer) = balancers.first() else {
        let why = "Target group is not configured to receive traffic from the load balancer";
        return say("unused", "Target.NotInUse", why);
    };
    if let TargetPoint::Instance(id) = target.point
        && let Some(row) = world.row::<Instance>(region, id)
        && !matches!(row.state, InstanceState::Running | InstanceState::Pending)
    {
        let why = format!("Target is in the {} state", row.state.name());
        return ("unused", Some("Target.InvalidState"), Some(why));
    }
    if !health::is_enabled(world, region, &balancer.places, target) {
        let why = "Target is in an Availability Zone that is not enabled for the load balancer";
        return say("unused", "Target.NotInUse", why);
    }
    let outcome = |last: Option<CheckOutcome>| match last {
        Some(CheckOutcome::TimedOut) => ("Target.Timeout", "Request timed out".to_owned()),
        Some(CheckOutcome::Code) => {
            let why = "Health checks failed with these codes: [200]";
            ("Target.ResponseCodeMismatch", why.to_owned())
        }
        _ => ("Target.FailedHealthChecks", "Health checks failed".to_owned()),
    };
    match target.state {
        TargetState::Healthy => ("healthy", None, None),
        TargetState::Unhealthy => {
            let (reason, why) = outcome(target.last);
            ("unhealthy", Some(reason), Some(why))
        }
        _ if target.last.is_none() => say(
            "initial",
            "Elb.RegistrationInProgress",
            "Target registration is in progress",
        ),
        _ => say(
            "initial",
            "Elb.InitialHealthChecking",
            "Initial health checks in progress",
        ),
    }
}

/// `TargetHealthDescription`.
fn describe(world: &World, region: Region, group: &TargetGroup, target: &Target) -> Structure {
    let (state, reason, why) = standing(world, region, group, target);
    let health = Structure::new()
        .with(field::STATE, state)
        .with_some(field::REASON, reason)
        .with_some(field::DESCRIPTION, why);
    let zone = (group.kind == TargetKind::Ip).then(|| target.zone.clone().unwrap_or_else(|| "all".into()));
    let own = Structure::new()
        .with(field::ID, spelled(world, region, target.point))
        .with(field::PORT, i64::from(target.port))
        .with_some(field::AVAILABILITY_ZONE, zone);
    let port = group.check.port.unwrap_or(target.port);
    Structure::new()
        .with(field::TARGET, own)
        .with(field::HEALTH_CHECK_PORT, port.to_string())
        .with(field::TARGET_HEALTH, health)
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTargetHealth.html>
pub(super) fn describe_health(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let group = group(world, region, needed(request, field::TARGET_GROUP_ARN))?;
    let mut told = Vec::new();
    if params.list(field::TARGETS).is_empty() {
        told.extend(
            group
                .targets
                .iter()
                .map(|target| describe(world, region, group, target)),
        );
    }
    for given in params.structures(field::TARGETS) {
        let text = given.text(field::ID).unwrap_or_default();
        let point = read_point(world, region, group, text)?;
        let port = given.integer(field::PORT).and_then(|port| u16::try_from(port).ok());
        let port = port.unwrap_or(group.port);
        let own = group.targets.iter().find(|own| (own.point, own.port) == (point, port));
        told.push(match own {
            Some(own) => describe(world, region, group, own),
            None => {
                let health = Structure::new()
                    .with(field::STATE, "unused")
                    .with(field::REASON, "Target.NotRegistered")
                    .with(field::DESCRIPTION, "Target is not registered to the target group");
                let own = Structure::new()
                    .with(field::ID, text)
                    .with(field::PORT, i64::from(port));
                Structure::new()
                    .with(field::TARGET, own)
                    .with(field::TARGET_HEALTH, health)
            }
        });
    }
    Ok(Structure::new().with(field::TARGET_HEALTH_DESCRIPTIONS, told))
}
