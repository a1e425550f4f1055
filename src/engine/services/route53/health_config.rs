//! The settings of a health check: read, filled up with AWS's defaults, held to the rules of its type, and answered.
//! <https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html>

use super::common::invalid;
use crate::base::error::Result;
use crate::world::World;
use crate::world::names::HealthCheckConfig;
use std::net::IpAddr;
use stratus_model::{Structure, field};

/// Most children of a calculated health check.
const CHILDREN: usize = 255;
/// Whether checks of a type ask an endpoint.
pub(super) fn has_endpoint(kind: &str) -> bool {
    !matches!(kind, "CALCULATED" | "CLOUDWATCH_METRIC" | "RECOVERY_CONTROL")
}

/// The settings of a new health check, with AWS's defaults.
pub(super) fn read(given: &Structure) -> HealthCheckConfig {
    let kind = given.text(field::TYPE).unwrap_or_default().to_owned();
    let mut config = HealthCheckConfig {
        interval: given.integer(field::REQUEST_INTERVAL),
        latency: given.boolean(field::MEASURE_LATENCY),
        routing_control: given.text(field::ROUTING_CONTROL_ARN).map(str::to_owned),
        kind,
        ..HealthCheckConfig::default()
    };
    change(&mut config, given);
    if has_endpoint(&config.kind) {
        let tls = config.kind.starts_with("HTTPS");
        config.port = config.port.or(match config.kind.as_str() {
            "TCP" => None,
            _ if tls => Some(443),
            _ => Some(80),
        });
        config.interval = config.interval.or(Some(30));
        config.threshold = config.threshold.or(Some(3));
        config.latency = config.latency.or(Some(false));
        config.sni = config.sni.or(Some(tls));
    }
    config
}

/// Takes over what a request gives, and resets what it lists in ResetElements.
pub(super) fn change(config: &mut HealthCheckConfig, given: &Structure) {
    for element in given.texts(field::RESET_ELEMENTS) {
        match element {
            "FullyQualifiedDomainName" => config.domain = None,
            "Regions" => config.regions.clear(),
            "ResourcePath" => config.path = None,
            _ => config.children.clear(),
        }
    }
    let texts = [
        (&mut config.address, field::IP_ADDRESS_),
        (&mut config.path, field::RESOURCE_PATH),
        (&mut config.domain, field::FULLY_QUALIFIED_DOMAIN_NAME),
        (&mut config.search, field::SEARCH_STRING),
        (&mut config.insufficient, field::INSUFFICIENT_DATA_HEALTH_STATUS),
    ];
    for (setting, name) in texts {
        if let Some(text) = given.text(name) {
            *setting = Some(text.to_owned());
        }
    }
    let numbers = [
        (&mut config.port, field::PORT),
        (&mut config.threshold, field::FAILURE_THRESHOLD),
        (&mut config.health_threshold, field::HEALTH_THRESHOLD),
    ];
    for (setting, name) in numbers {
        *setting = given.integer(name).or(*setting);
    }
    config.inverted = given.boolean(field::INVERTED).unwrap_or(config.inverted);
    config.disabled = given.boolean(field::DISABLED).unwrap_or(config.disabled);
    config.sni = given.boolean(field::ENABLE_SNI).or(config.sni);
    let lists = [
        (&mut config.children, field::CHILD_HEALTH_CHECKS),
        (&mut config.regions, field::REGIONS),
    ];
    for (setting, name) in lists {
        if given.contains(name) {
            *setting = given.texts(name).map(str::to_owned).collect();
        }
    }
    if let Some(alarm) = given.structure(field::ALARM_IDENTIFIER) {
        let text = |name| alarm.text(name).unwrap_or_default().to_owned();
        config.alarm = Some((text(field::REGION), text(field::NAME)));
    }
}

/// What each family of types must have and must not have.
struct Rules {
    /// How messages call the family.
    family: &'static str,
    endpoint: bool,
    calculated: bool,
    alarm: bool,
    control: bool,
}

/// Holds settings to the rules of their type. `id` is the check's own, if it exists.
pub(super) fn check(world: &World, id: Option<&str>, config: &HealthCheckConfig) -> Result<()> {
    let rules = match config.kind.as_str() {
        "CALCULATED" => ("Calculated", false, true, false, false),
        "CLOUDWATCH_METRIC" => ("CloudWatch metric", false, false, true, false),
        "RECOVERY_CONTROL" => ("Recovery control", false, false, false, true),
        _ => ("Basic", true, false, false, false),
    };
    let (family, endpoint, calculated, alarm, control) = rules;
    let rules = Rules {
        family,
        endpoint,
        calculated,
        alarm,
        control,
    };
    presence(&rules, config)?;
    if rules.endpoint {
        check_endpoint(config)?;
    }
    if rules.calculated {
        check_children(world, id, config)?;
    }
    Ok(())
}

fn refused(why: impl std::fmt::Display) -> crate::base::error::Error {
    invalid("HealthCheckConfig", format!("Invalid parameter : {why}"))
}

fn presence(rules: &Rules, config: &HealthCheckConfig) -> Result<()> {
    let Rules { family, .. } = rules;
    // What, whether it is there, whether it may be, whether it must be.
    let settings = [
        (
            "a health threshold",
            config.health_threshold.is_some(),
            rules.calculated,
            rules.calculated,
        ),
        (
            "child health checks",
            !config.children.is_empty(),
            rules.calculated,
            false,
        ),
        (
            "an insufficient data health state",
            config.insufficient.is_some(),
            rules.alarm,
            false,
        ),
        ("an alarm identifier", config.alarm.is_some(), rules.alarm, rules.alarm),
        (
            "a routing control ARN",
            config.routing_control.is_some(),
            rules.control,
            rules.control,
        ),
        ("an IP address", config.address.is_some(), rules.endpoint, false),
        ("a port", config.port.is_some(), rules.endpoint, rules.endpoint),
        (
            "a fully qualified domain name",
            config.domain.is_some(),
            rules.endpoint,
            false,
        ),
        (
            "a resource path",
            config.path.is_some(),
            rules.endpoint && config.kind != "TCP",
            false,
        ),
        (
            "a search string",
            config.search.as_ref().is_some_and(|text| !text.is_empty()),
            config.kind.ends_with("_STR_MATCH"),
            config.kind.ends_with("_STR_MATCH"),
        ),
        ("a request interval", config.interval.is_some(), rules.endpoint, false),
        ("a failure threshold", config.threshold.is_some(), rules.endpoint, false),
        ("regions", !config.regions.is_empty(), rules.endpoint, false),
    ];
    for (what, there, may, must) in settings {
        if there && !may {
            return Err(refused(format!(
                "{family} health checks must not have {what} specified."
            )));
        }
        if must && !there {
            return Err(refused(format!("{family} health checks must have {what} specified.")));
        }
    }
    Ok(())
}

fn check_endpoint(config: &HealthCheckConfig) -> Result<()> {
    if config.address.is_none() && config.domain.as_deref().is_none_or(str::is_empty) {
        let why = "Basic health checks must have an IP address or a fully qualified domain name specified.";
        return Err(refused(why));
    }
    if let Some(text) = &config.address
        && text.parse::<IpAddr>().ok().is_none_or(|address| !is_public(address))
    {
        return Err(refused(format!(
            "The IP address {text} is not one that can be checked."
        )));
    }
    if !matches!(config.interval, Some(10 | 30)) {
        return Err(refused("The request interval must be 10 or 30 seconds."));
    }
    if config.path.as_ref().is_some_and(|path| path.contains(' ')) {
        return Err(refused("The resource path must not contain blanks."));
    }
    Ok(())
}

/// Checkers reach no private, local or multicast address (documented of IPAddress).
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(four) => {
            !(four.is_private()
                || four.is_loopback()
                || four.is_link_local()
                || four.is_multicast()
                || four.is_broadcast()
                || four.is_unspecified())
        }
        IpAddr::V6(six) => {
            !(six.is_loopback()
                || six.is_multicast()
                || six.is_unspecified()
                || six.is_unique_local()
                || six.is_unicast_link_local())
        }
    }
}

fn check_children(world: &World, id: Option<&str>, config: &HealthCheckConfig) -> Result<()> {
    if config.children.len() > CHILDREN {
        return Err(refused(format!(
            "Calculated health checks must not have more than {CHILDREN} child health checks."
        )));
    }
    for (at, child) in config.children.iter().enumerate() {
        if config.children.iter().take(at).any(|before| before == child) {
            return Err(refused(format!("The child health check {child} is given twice.")));
        }
        let row = world.route53.health_checks.get(child);
        let kind = row.map(|row| row.config.kind.as_str());
        if Some(child.as_str()) == id || kind == Some("CALCULATED") {
            let why = "Calculated health checks must not have calculated health checks as children.";
            return Err(refused(why));
        }
        if kind.is_none() {
            return Err(refused(format!("The child health check {child} does not exist.")));
        }
    }
    Ok(())
}

/// Settings as answers have them.
pub(super) fn describe(config: &HealthCheckConfig) -> Structure {
    let list = |items: &Vec<String>| Some(items.clone()).filter(|items| !items.is_empty());
    let calculated = config.kind == "CALCULATED";
    let children = if calculated {
        Some(config.children.clone())
    } else {
        None
    };
    let alarm = config.alarm.as_ref().map(|(region, name)| {
        Structure::new()
            .with(field::REGION, region.as_str())
            .with(field::NAME, name.as_str())
    });
    Structure::new()
        .with_some(field::IP_ADDRESS_, config.address.as_deref())
        .with_some(field::PORT, config.port)
        .with(field::TYPE, config.kind.as_str())
        .with_some(field::RESOURCE_PATH, config.path.as_deref())
        .with_some(field::FULLY_QUALIFIED_DOMAIN_NAME, config.domain.as_deref())
        .with_some(field::SEARCH_STRING, config.search.as_deref())
        .with_some(field::REQUEST_INTERVAL, config.interval)
        .with_some(field::FAILURE_THRESHOLD, config.threshold)
        .with_some(field::MEASURE_LATENCY, config.latency)
        .with(field::INVERTED, config.inverted)
        .with(field::DISABLED, config.disabled)
        .with_some(field::HEALTH_THRESHOLD, config.health_threshold)
        .with_some(field::CHILD_HEALTH_CHECKS, children)
        .with_some(field::ENABLE_SNI, config.sni)
        .with_some(field::REGIONS, list(&config.regions))
        .with_some(field::ALARM_IDENTIFIER, alarm)
        .with_some(field::INSUFFICIENT_DATA_HEALTH_STATUS, config.insufficient.as_deref())
        .with_some(field::ROUTING_CONTROL_ARN, config.routing_control.as_deref())
}
