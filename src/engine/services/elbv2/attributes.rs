//! Attributes of load balancers, target groups and listeners: names, defaults, and what values AWS takes.
//! <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html>,
//! <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html>
//!
//! A row keeps what was set; defaults stand here. What a packet or time looks at: cross-zone, deletion protection,
//! preservation of client addresses, deregistration delay.

use super::common::*;
use crate::base::error::{Error, Result};
use crate::services::Request;
use crate::services::ec2::common::note;
use crate::world::World;
use crate::world::balancing::*;
use std::collections::BTreeMap;
use stratus_model::{Name, Structure, field};

/// Name, default, and what values there are: words, or a range of numbers, or anything.
type Known = (&'static str, &'static str, Values);

/// What values there are.
#[derive(Clone, Copy)]
enum Values {
    Words(&'static [&'static str]),
    Range(i64, i64),
    Any,
}

const BOOLEAN: Values = Values::Words(&["true", "false"]);

const OF_ALL: &[Known] = &[("deletion_protection.enabled", "false", BOOLEAN)];
const OF_WEB_AND_NETWORK: &[Known] = &[
    ("access_logs.s3.enabled", "false", BOOLEAN),
    ("access_logs.s3.bucket", "", Values::Any),
    ("access_logs.s3.prefix", "", Values::Any),
    ("ipv6.deny_all_igw_traffic", "false", BOOLEAN),
    ("zonal_shift.config.enabled", "false", BOOLEAN),
];
const OF_APPLICATION: &[Known] = &[
    ("load_balancing.cross_zone.enabled", "true", Values::Words(&["true"])),
    ("idle_timeout.timeout_seconds", "60", Values::Range(1, 4_000)),
    ("client_keep_alive.seconds", "3600", Values::Range(60, 604_800)),
    ("connection_logs.s3.enabled", "false", BOOLEAN),
    ("connection_logs.s3.bucket", "", Values::Any),
    ("connection_logs.s3.prefix", "", Values::Any),
    (
        "routing.http.desync_mitigation_mode",
        "defensive",
        Values::Words(&["monitor", "defensive", "strictest"]),
    ),
    ("routing.http.drop_invalid_header_fields.enabled", "false", BOOLEAN),
    ("routing.http.preserve_host_header.enabled", "false", BOOLEAN),
    (
        "routing.http.x_amzn_tls_version_and_cipher_suite.enabled",
        "false",
        BOOLEAN,
    ),
    ("routing.http.xff_client_port.enabled", "false", BOOLEAN),
    (
        "routing.http.xff_header_processing.mode",
        "append",
        Values::Words(&["append", "preserve", "remove"]),
    ),
    ("routing.http2.enabled", "true", BOOLEAN),
    ("waf.fail_open.enabled", "false", BOOLEAN),
];
const OF_NETWORK: &[Known] = &[
    ("load_balancing.cross_zone.enabled", "false", BOOLEAN),
    (
        "dns_record.client_routing_policy",
        "any_availability_zone",
        Values::Words(&[
            "any_availability_zone",
            "partial_availability_zone_affinity",
            "availability_zone_affinity",
        ]),
    ),
    ("secondary_ips.auto_assigned.per_subnet", "0", Values::Range(0, 7)),
];
const OF_GATEWAY: &[Known] = &[("load_balancing.cross_zone.enabled", "false", BOOLEAN)];

const GROUP: &[Known] = &[
    ("deregistration_delay.timeout_seconds", "300", Values::Range(0, 3_600)),
    ("stickiness.enabled", "false", BOOLEAN),
];
const GROUP_HEALTH: &[Known] = &[
    (
        "target_group_health.dns_failover.minimum_healthy_targets.count",
        "1",
        Values::Any,
    ),
    (
        "target_group_health.dns_failover.minimum_healthy_targets.percentage",
        "off",
        Values::Any,
    ),
    (
        "target_group_health.unhealthy_state_routing.minimum_healthy_targets.count",
        "1",
        Values::Range(1, 1_000),
    ),
    (
        "target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage",
        "off",
        Values::Any,
    ),
];
const CROSS_ZONE: Known = (
    "load_balancing.cross_zone.enabled",
    "use_load_balancer_configuration",
    Values::Words(&["true", "false", "use_load_balancer_configuration"]),
);
const GROUP_APPLICATION: &[Known] = &[
    CROSS_ZONE,
    (
        "load_balancing.algorithm.anomaly_mitigation",
        "off",
        Values::Words(&["on", "off"]),
    ),
    (
        "load_balancing.algorithm.type",
        "round_robin",
        Values::Words(&["round_robin", "least_outstanding_requests", "weighted_random"]),
    ),
    ("slow_start.duration_seconds", "0", Values::Range(0, 900)),
    ("stickiness.app_cookie.cookie_name", "", Values::Any),
    (
        "stickiness.app_cookie.duration_seconds",
        "86400",
        Values::Range(1, 604_800),
    ),
    (
        "stickiness.lb_cookie.duration_seconds",
        "86400",
        Values::Range(1, 604_800),
    ),
    (
        "stickiness.type",
        "lb_cookie",
        Values::Words(&["lb_cookie", "app_cookie"]),
    ),
];
const GROUP_NETWORK: &[Known] = &[
    CROSS_ZONE,
    ("deregistration_delay.connection_termination.enabled", "false", BOOLEAN),
    ("proxy_protocol_v2.enabled", "false", BOOLEAN),
    ("stickiness.type", "source_ip", Values::Words(&["source_ip"])),
    (
        "target_health_state.unhealthy.connection_termination.enabled",
        "true",
        BOOLEAN,
    ),
    (
        "target_health_state.unhealthy.draining_interval_seconds",
        "0",
        Values::Range(0, 360_000),
    ),
];
const PRESERVE: &str = "preserve_client_ip.enabled";
const GROUP_GATEWAY: &[Known] = &[
    (
        "stickiness.type",
        "source_ip_dest_ip_proto",
        Values::Words(&["source_ip_dest_ip", "source_ip_dest_ip_proto"]),
    ),
    (
        "target_failover.on_deregistration",
        "no_rebalance",
        Values::Words(&["rebalance", "no_rebalance"]),
    ),
    (
        "target_failover.on_unhealthy",
        "no_rebalance",
        Values::Words(&["rebalance", "no_rebalance"]),
    ),
];

const LISTENER_WEB: &[Known] = &[
    ("routing.http.response.server.enabled", "true", BOOLEAN),
    (
        "routing.http.response.strict_transport_security.header_value",
        "",
        Values::Any,
    ),
    (
        "routing.http.response.access_control_allow_origin.header_value",
        "",
        Values::Any,
    ),
    (
        "routing.http.response.access_control_allow_methods.header_value",
        "",
        Values::Any,
    ),
    (
        "routing.http.response.access_control_allow_headers.header_value",
        "",
        Values::Any,
    ),
    (
        "routing.http.response.access_control_allow_credentials.header_value",
        "",
        Values::Any,
    ),
    (
        "routing.http.response.access_control_expose_headers.header_value",
        "",
        Values::Any,
    ),
    (
        "routing.http.response.access_control_max_age.header_value",
        "",
        Values::Any,
    ),
    (
        "routing.http.response.content_security_policy.header_value",
        "",
        Values::Any,
    ),
    (
        "routing.http.response.x_content_type_options.header_value",
        "",
        Values::Any,
    ),
    ("routing.http.response.x_frame_options.header_value", "", Values::Any),
];
const LISTENER_TCP: &[Known] = &[("tcp.idle_timeout.seconds", "350", Values::Range(60, 6_000))];

/// The attributes of a load balancer, by name.
fn of_balancer(kind: BalancerKind) -> Vec<Known> {
    let parts: &[&[Known]] = match kind {
        BalancerKind::Application => &[OF_ALL, OF_WEB_AND_NETWORK, OF_APPLICATION],
        BalancerKind::Network => &[OF_ALL, OF_WEB_AND_NETWORK, OF_NETWORK],
        BalancerKind::Gateway => &[OF_ALL, OF_GATEWAY],
    };
    sorted(parts)
}

/// The attributes of a target group, by name.
fn of_group(row: &TargetGroup) -> Vec<Known> {
    let parts: &[&[Known]] = match row.protocol.as_str() {
        "HTTP" | "HTTPS" => &[GROUP, GROUP_HEALTH, GROUP_APPLICATION],
        "GENEVE" => &[GROUP, GROUP_GATEWAY],
        _ => &[GROUP, GROUP_HEALTH, GROUP_NETWORK],
    };
    let mut all = sorted(parts);
    if !matches!(row.protocol.as_str(), "HTTP" | "HTTPS" | "GENEVE") {
        let preserved = match row.kind {
            TargetKind::Instance | TargetKind::Alb => "true",
            TargetKind::Ip => match row.protocol.as_str() {
                "UDP" | "TCP_UDP" => "true",
                _ => "false",
            },
        };
        all.push((PRESERVE, preserved, BOOLEAN));
        stratus_model::sort::by_key(&mut all, |known| known.0);
    }
    all
}

fn of_listener(row: &Listener) -> Vec<Known> {
    match row.protocol.as_str() {
        "HTTP" | "HTTPS" => sorted(&[LISTENER_WEB]),
        "TCP" | "" => sorted(&[LISTENER_TCP]),
        _ => Vec::new(),
    }
}

fn sorted(parts: &[&[Known]]) -> Vec<Known> {
    let mut all: Vec<Known> = parts.concat();
    stratus_model::sort::by_key(&mut all, |known| known.0);
    all
}

fn value<'a>(all: &[Known], set: &'a BTreeMap<String, String>, name: &str) -> &'a str {
    let default = || all.iter().find(|known| known.0 == name).map_or("", |known| known.1);
    set.get(name).map_or_else(default, String::as_str)
}

const CROSSING: &str = "load_balancing.cross_zone.enabled";

/// Whether a load balancer sends to targets in other zones, where a target group does not say otherwise.
pub(crate) fn crosses_zones(balancer: &LoadBalancer) -> bool {
    match balancer.attributes.get(CROSSING) {
        Some(set) => set == "true",
        None => balancer.kind == BalancerKind::Application,
    }
}

/// Whether a node of a load balancer sends to targets of a group in other zones.
pub(crate) fn is_cross_zone(balancer: &LoadBalancer, group: &TargetGroup) -> bool {
    match group.attributes.get(CROSSING).map(String::as_str) {
        Some("true") => true,
        Some("false") => false,
        _ => crosses_zones(balancer),
    }
}

/// Whether targets of a group see the client's address.
pub(crate) fn preserves_client(group: &TargetGroup) -> bool {
    value(&of_group(group), &group.attributes, PRESERVE) == "true"
}

/// How many of so many targets must be healthy for a group to count as healthy in the DNS: the larger of a number and a share.
/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html#target-group-health>
pub(super) fn healthy_for_dns(group: &TargetGroup, targets: usize) -> usize {
    let all = of_group(group);
    let number = |name: &str| value(&all, &group.attributes, name).parse::<usize>().unwrap_or(0);
    let count = number("target_group_health.dns_failover.minimum_healthy_targets.count");
    let share = number("target_group_health.dns_failover.minimum_healthy_targets.percentage");
    count.max(share.saturating_mul(targets).div_ceil(100))
}

/// For how many seconds a target that goes keeps its connections.
pub(super) fn delay(group: &TargetGroup) -> i64 {
    let delay = value(&[], &group.attributes, "deregistration_delay.timeout_seconds");
    delay.parse().unwrap_or(300)
}

/// What a call sets.
///
/// # Errors
/// `ValidationError` for a name that does not exist, or a value that is none of it.
fn read(params: &Structure, all: &[Known], what: &str) -> Result<BTreeMap<String, String>> {
    let mut set = BTreeMap::new();
    for attribute in params.structures(field::ATTRIBUTES) {
        let key = attribute.text(field::KEY).unwrap_or_default();
        let value = attribute.text(field::VALUE).unwrap_or_default();
        let refuse = |why: String| Err(validation(field::ATTRIBUTES, why));
        let Some((_, _, values)) = all.iter().find(|known| known.0 == key) else {
            return refuse(format!("{what} attribute key '{key}' is not recognized"));
        };
        let fits = match values {
            Values::Words(words) => words.contains(&value),
            Values::Range(low, high) => value.parse().is_ok_and(|number: i64| (*low..=*high).contains(&number)),
            Values::Any => true,
        };
        if !fits {
            let must = match values {
                Values::Words(words) => format!("must be one of [{}]", words.join(", ")),
                Values::Range(low, high) => format!("must be in the range {low}-{high}"),
                Values::Any => String::new(),
            };
            return refuse(format!("{what} attribute value '{value}' of '{key}' {must}"));
        }
        if set.insert(key.to_owned(), value.to_owned()).is_some() {
            return refuse(format!("{what} attribute key '{key}' was specified more than once"));
        }
    }
    Ok(set)
}

fn listed(all: &[Known], set: &BTreeMap<String, String>) -> Structure {
    let each = all.iter().map(|(name, ..)| {
        Structure::new()
            .with(field::KEY, *name)
            .with(field::VALUE, value(all, set, name))
    });
    Structure::new().with(field::ATTRIBUTES, each.collect::<Vec<_>>())
}

/// Access logs need a bucket that is there.
fn check_logs(world: &World, set: &BTreeMap<String, String>, name: Name) -> Result<()> {
    for kind in ["access_logs", "connection_logs"] {
        let on = set.get(&format!("{kind}.s3.enabled")).map(String::as_str) == Some("true");
        let bucket = set.get(&format!("{kind}.s3.bucket")).map_or("", String::as_str);
        if on && bucket.is_empty() {
            let why = format!("The value of '{kind}.s3.bucket' cannot be empty");
            return Err(validation(name, why));
        }
        if on && !world.s3.buckets.contains(&bucket.to_owned()) {
            let why = format!("S3Bucket: {bucket} does not exist");
            return Err(Error::new("InvalidConfigurationRequest", why).at(name.text()));
        }
    }
    Ok(())
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ModifyLoadBalancerAttributes.html>
pub(super) fn modify_balancer(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let row = balancer(world, region, needed(request, field::LOAD_BALANCER_ARN))?;
    let (id, all, mut attributes) = (row.id, of_balancer(row.kind), row.attributes.clone());
    attributes.extend(read(request.params, &all, "Load balancer")?);
    check_logs(world, &attributes, field::ATTRIBUTES)?;
    let answer = listed(&all, &attributes);
    world.update::<LoadBalancer, _>(region, id, |row| row.attributes = attributes);
    note(world, region, id, "attributes changed");
    Ok(answer)
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeLoadBalancerAttributes.html>
pub(super) fn describe_balancer(request: &Request<'_>, world: &World) -> Result<Structure> {
    let row = balancer(world, request.region, needed(request, field::LOAD_BALANCER_ARN))?;
    Ok(listed(&of_balancer(row.kind), &row.attributes))
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ModifyTargetGroupAttributes.html>
pub(super) fn modify_group(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let row = group(world, region, needed(request, field::TARGET_GROUP_ARN))?;
    let (id, all, mut attributes) = (row.id, of_group(row), row.attributes.clone());
    let given = read(request.params, &all, "Target group")?;
    let always = matches!(row.protocol.as_str(), "UDP" | "TCP_UDP") || row.kind == TargetKind::Alb;
    if always && given.get(PRESERVE).map(String::as_str) == Some("false") {
        let why = format!(
            "Client IP preservation cannot be disabled for target groups with protocol '{}'",
            row.protocol
        );
        return Err(configuration(field::ATTRIBUTES, why));
    }
    attributes.extend(given);
    let answer = listed(&all, &attributes);
    world.update::<TargetGroup, _>(region, id, |row| row.attributes = attributes);
    note(world, region, id, "attributes changed");
    Ok(answer)
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTargetGroupAttributes.html>
pub(super) fn describe_group(request: &Request<'_>, world: &World) -> Result<Structure> {
    let row = group(world, request.region, needed(request, field::TARGET_GROUP_ARN))?;
    Ok(listed(&of_group(row), &row.attributes))
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ModifyListenerAttributes.html>
pub(super) fn modify_listener(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let row = listener(world, region, needed(request, field::LISTENER_ARN))?;
    let (id, all, mut attributes) = (row.id, of_listener(row), row.attributes.clone());
    attributes.extend(read(request.params, &all, "Listener")?);
    let answer = listed(&all, &attributes);
    world.update::<Listener, _>(region, id, |row| row.attributes = attributes);
    note(world, region, id, "attributes changed");
    Ok(answer)
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeListenerAttributes.html>
pub(super) fn describe_listener(request: &Request<'_>, world: &World) -> Result<Structure> {
    let row = listener(world, request.region, needed(request, field::LISTENER_ARN))?;
    Ok(listed(&of_listener(row), &row.attributes))
}
