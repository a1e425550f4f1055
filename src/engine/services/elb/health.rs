//! ConfigureHealthCheck, DescribeInstanceHealth. The checks themselves are those of `elbv2::health`.
//! <https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-healthchecks.html>

use super::common::*;
use super::instances::invalid;
use crate::base::error::Result;
use crate::base::ids::InstanceId;
use crate::services::Request;
use crate::services::elbv2::health;
use crate::world::World;
use crate::world::balancing::*;
use crate::world::compute::{Instance, InstanceState};
use stratus_model::{Structure, field};

/// What AWS takes until somebody configures it: a TCP connection to the first listener's port.
pub(super) fn default(listener: Option<&ClassicListener>) -> HealthSettings {
    HealthSettings {
        enabled: true,
        protocol: "TCP".into(),
        port: listener.map(|listener| listener.instance_port),
        path: None,
        interval: 30,
        timeout: 5,
        healthy: 10,
        unhealthy: 2,
        matcher: String::new(),
    }
}

/// `HTTP:80/index.html`, `TCP:22`.
fn read_target(text: &str) -> Result<(String, u16, Option<String>)> {
    let refuse = |why: &str| {
        validation(
            field::HEALTH_CHECK,
            format!("HealthCheck HTTP Target must specify {why}: '{text}'"),
        )
    };
    let (protocol, rest) = text.split_once(':').ok_or_else(|| refuse("a protocol and a port"))?;
    let protocol = protocol.to_ascii_uppercase();
    let (port, path) = match rest.find('/') {
        Some(place) => (rest.get(..place).unwrap_or_default(), rest.get(place..)),
        None => (rest, None),
    };
    let port = port.parse::<u16>().ok().filter(|port| *port > 0);
    let port = port.ok_or_else(|| refuse("a port followed by a path that begins with '/'"))?;
    match protocol.as_str() {
        "HTTP" | "HTTPS" if path.is_some() => Ok((protocol, port, path.map(str::to_owned))),
        "HTTP" | "HTTPS" => Err(refuse("a path that begins with '/' after the port")),
        "TCP" | "SSL" if path.is_none() => Ok((protocol, port, None)),
        "TCP" | "SSL" => Err(refuse("no path, with TCP or SSL")),
        _ => Err(refuse("one of the protocols TCP, HTTP, HTTPS, SSL")),
    }
}

/// `HealthCheck`.
pub(super) fn show(check: &HealthSettings) -> Structure {
    let port = check.port.unwrap_or(0);
    let path = check.path.as_deref().unwrap_or_default();
    Structure::new()
        .with(field::TARGET, format!("{}:{port}{path}", check.protocol))
        .with(field::INTERVAL, check.interval)
        .with(field::TIMEOUT, check.timeout)
        .with(field::UNHEALTHY_THRESHOLD, check.unhealthy)
        .with(field::HEALTHY_THRESHOLD, check.healthy)
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_ConfigureHealthCheck.html>
pub(super) fn configure(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let mut row = named(request, world)?.clone();
    let Some(given) = request.params.structure(field::HEALTH_CHECK) else {
        return Err(validation(field::HEALTH_CHECK, "A health check must be specified"));
    };
    let (protocol, port, path) = read_target(given.text(field::TARGET).unwrap_or_default())?;
    let number = |name, now: i64| given.integer(name).unwrap_or(now);
    let new = HealthSettings {
        enabled: true,
        // HTTP is to answer 200.
        matcher: if path.is_some() { "200".into() } else { String::new() },
        protocol,
        port: Some(port),
        path,
        interval: number(field::INTERVAL, 30),
        timeout: number(field::TIMEOUT, 5),
        healthy: number(field::HEALTHY_THRESHOLD, 10),
        unhealthy: number(field::UNHEALTHY_THRESHOLD, 2),
    };
    if new.timeout >= new.interval {
        let why = "HealthCheck timeout must be less than interval.";
        return Err(validation(field::HEALTH_CHECK, why));
    }
    let answer = Structure::new().with(field::HEALTH_CHECK, show(&new));
    row.check = new;
    // The next check is planned anew.
    row.next_check = None;
    put(request, world, row, "health check configured");
    Ok(answer)
}

/// State, code of the reason, and description.
fn standing(
    request: &Request<'_>,
    world: &World,
    row: &ClassicBalancer,
    target: &Target,
    id: InstanceId,
) -> (bool, &'static str, String) {
    let out = |code, why: &str| (false, code, why.to_owned());
    let instance = world.row::<Instance>(request.region, id);
    if let Some(instance) = instance.filter(|instance| instance.state != InstanceState::Running) {
        return out("Instance", &format!("Instance is in {} state.", instance.state.name()));
    }
    if !health::is_enabled(world, request.region, &row.places, target) {
        let why =
            "Instance is in the EC2 Availability Zone for which LoadBalancer is not configured to route traffic to.";
        return out("ELB", why);
    }
    match target.state {
        TargetState::Healthy => (true, "N/A", "N/A".into()),
        TargetState::Unhealthy => out(
            "Instance",
            "Instance has failed at least the UnhealthyThreshold number of health checks consecutively.",
        ),
        _ => out("ELB", "Instance registration is still in progress."),
    }
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_DescribeInstanceHealth.html>
pub(super) fn describe(request: &Request<'_>, world: &World) -> Result<Structure> {
    let row = named(request, world)?;
    let given = request.params.structures(field::INSTANCES);
    let asked: Vec<&str> = given.filter_map(|own| own.text(field::INSTANCE_ID)).collect();
    let id_of = |target: &Target| match target.point {
        TargetPoint::Instance(id) => id,
        _ => InstanceId(0),
    };
    if let Some(other) = asked
        .iter()
        .find(|text| !row.targets.iter().any(|target| id_of(target).to_string() == **text))
    {
        return Err(invalid(format!("Could not find EC2 instance {other}.")));
    }
    let wanted = row
        .targets
        .iter()
        .filter(|target| asked.is_empty() || asked.contains(&id_of(target).to_string().as_str()));
    let told = wanted.map(|target| {
        let id = id_of(target);
        let (fine, code, why) = standing(request, world, row, target, id);
        Structure::new()
            .with(field::INSTANCE_ID, id)
            .with(field::STATE, if fine { "InService" } else { "OutOfService" })
            .with(field::REASON_CODE, code)
            .with(field::DESCRIPTION, why)
    });
    Ok(Structure::new().with(field::INSTANCE_STATES, told.collect::<Vec<_>>()))
}
