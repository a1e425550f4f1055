//! How a target group checks health: what a call says, and what AWS takes where it says nothing.
//! <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html>

use super::common::{configuration, validation};
use crate::base::error::Result;
use crate::world::balancing::*;
use stratus_model::{Structure, field};

/// Whether a protocol is of Application Load Balancers.
pub(super) fn is_web(protocol: &str) -> bool {
    matches!(protocol, "HTTP" | "HTTPS")
}

/// What AWS takes for a group of this protocol and kind.
pub(super) fn defaults(protocol: &str, version: &str, kind: TargetKind) -> HealthSettings {
    let web = is_web(protocol);
    let checks_web = web || kind == TargetKind::Alb;
    let geneve = protocol == "GENEVE";
    HealthSettings {
        enabled: true,
        protocol: if checks_web { "HTTP" } else { "TCP" }.into(),
        port: geneve.then_some(80),
        path: checks_web.then(|| path(version).into()),
        interval: if geneve { 10 } else { 30 },
        timeout: match () {
            _ if web || geneve => 5,
            _ if checks_web => 6,
            _ => 10,
        },
        healthy: 5,
        unhealthy: 2,
        matcher: matcher(protocol, version, checks_web).into(),
    }
}

fn path(version: &str) -> &'static str {
    if version == "GRPC" { "/AWS.ALB/healthcheck" } else { "/" }
}

fn matcher(protocol: &str, version: &str, checks_web: bool) -> &'static str {
    match () {
        _ if !checks_web => "",
        _ if version == "GRPC" => "12",
        _ if is_web(protocol) => "200",
        _ => "200-399",
    }
}

/// What a call changes of settings.
///
/// # Errors
/// `ValidationError`, `InvalidConfigurationRequest`.
pub(super) fn change(
    params: &Structure,
    group: (&str, &str, TargetKind),
    now: &HealthSettings,
) -> Result<HealthSettings> {
    let (protocol, version, kind) = group;
    let mut new = now.clone();
    if let Some(enabled) = params.boolean(field::HEALTH_CHECK_ENABLED) {
        if !enabled {
            let why = "Health check enabled must be true for target groups with target type 'instance', 'ip' or 'alb'";
            return Err(configuration(field::HEALTH_CHECK_ENABLED, why));
        }
        new.enabled = enabled;
    }
    if let Some(asked) = params.text(field::HEALTH_CHECK_PROTOCOL) {
        check_protocol(protocol, kind, asked)?;
        let changes = asked != new.protocol;
        new.protocol = asked.to_owned();
        if changes && is_web(asked) {
            new.path.get_or_insert_with(|| path(version).into());
            if new.matcher.is_empty() {
                new.matcher = matcher(protocol, version, true).into();
            }
            new.timeout = if is_web(protocol) { 5 } else { 6 };
        } else if changes {
            (new.path, new.matcher) = (None, String::new());
        }
    }
    match params.text(field::HEALTH_CHECK_PORT) {
        None => {}
        Some("traffic-port") if protocol == "GENEVE" => {
            let why = "Health check port 'traffic-port' is not supported for target groups with the GENEVE protocol";
            return Err(validation(field::HEALTH_CHECK_PORT, why));
        }
        Some("traffic-port") => new.port = None,
        Some(text) => {
            let port = text.parse::<u16>().ok().filter(|port| *port > 0);
            new.port = Some(port.ok_or_else(|| {
                let why = format!("Health check port '{text}' must be in the range 1-65535 or 'traffic-port'");
                validation(field::HEALTH_CHECK_PORT, why)
            })?);
        }
    }
    read_path(params, &mut new)?;
    read_matcher(params, &mut new, version)?;
    new.interval = params
        .integer(field::HEALTH_CHECK_INTERVAL_SECONDS)
        .unwrap_or(new.interval);
    new.timeout = params
        .integer(field::HEALTH_CHECK_TIMEOUT_SECONDS)
        .unwrap_or(new.timeout);
    new.healthy = params.integer(field::HEALTHY_THRESHOLD_COUNT).unwrap_or(new.healthy);
    new.unhealthy = params
        .integer(field::UNHEALTHY_THRESHOLD_COUNT)
        .unwrap_or(new.unhealthy);
    if is_web(protocol) && new.timeout >= new.interval {
        let why = format!(
            "Health check timeout '{}' must be smaller than the interval '{}'",
            new.timeout, new.interval
        );
        return Err(validation(field::HEALTH_CHECK_TIMEOUT_SECONDS, why));
    }
    Ok(new)
}

fn read_path(params: &Structure, new: &mut HealthSettings) -> Result<()> {
    if let Some(path) = params.text(field::HEALTH_CHECK_PATH) {
        if !is_web(&new.protocol) {
            let why = format!(
                "Health check path is not supported for health checks with protocol '{}'",
                new.protocol
            );
            return Err(configuration(field::HEALTH_CHECK_PATH, why));
        }
        if !path.starts_with('/') {
            let why = format!("Health check path '{path}' must begin with a '/' character");
            return Err(validation(field::HEALTH_CHECK_PATH, why));
        }
        new.path = Some(path.to_owned());
    }
    Ok(())
}

fn check_protocol(protocol: &str, kind: TargetKind, asked: &str) -> Result<()> {
    let fits = match asked {
        "HTTP" | "HTTPS" => true,
        "TCP" => !is_web(protocol) && kind != TargetKind::Alb,
        _ => false,
    };
    if fits {
        return Ok(());
    }
    let why = format!("Health check protocol '{asked}' is not supported for target groups with protocol '{protocol}'");
    Err(validation(field::HEALTH_CHECK_PROTOCOL, why))
}

fn read_matcher(params: &Structure, new: &mut HealthSettings, version: &str) -> Result<()> {
    let Some(matcher) = params.structure(field::MATCHER) else {
        return Ok(());
    };
    if !is_web(&new.protocol) {
        let why = "Health check matcher is supported for HTTP and HTTPS health checks only";
        return Err(configuration(field::MATCHER, why));
    }
    let (name, low, high) = match version {
        "GRPC" => (field::GRPC_CODE, 0, 99),
        _ => (field::HTTP_CODE, 200, 599),
    };
    let Some(text) = matcher.text(name) else {
        let why = format!("{} must be specified for this protocol version", name.text());
        return Err(validation(field::MATCHER, why));
    };
    match codes(text) {
        Some(ranges)
            if ranges
                .iter()
                .all(|(from, to)| from <= to && *from >= low && *to <= high) =>
        {
            new.matcher = text.to_owned();
            Ok(())
        }
        _ => {
            let why = format!("Health check matcher '{text}' must be codes, or ranges of codes, from {low} to {high}");
            Err(validation(field::MATCHER, why))
        }
    }
}

/// `200`, `200,202`, `200-299` as ranges.
pub(super) fn codes(text: &str) -> Option<Vec<(u32, u32)>> {
    let range = |part: &str| -> Option<(u32, u32)> {
        let (from, to) = part.split_once('-').unwrap_or((part, part));
        Some((from.trim().parse().ok()?, to.trim().parse().ok()?))
    };
    text.split(',').map(range).collect()
}
