//! Actions of rules: forward, redirect, fixed-response. Others need services that are not here.
//! <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Action.html>

use super::common::*;
use super::limits::GROUPS_PER_ACTION;
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::catalog::Region;
use crate::world::World;
use crate::world::balancing::*;
use stratus_model::{Name, Structure, field};

/// Weights of a target group (AWS).
const MOST_WEIGHT: i64 = 999;
/// Seconds for which a client keeps its group (AWS).
const MOST_STICKY: i64 = 604_800;

/// `InvalidLoadBalancerAction`.
fn invalid(name: Name, why: impl Into<String>) -> Error {
    Error::new("InvalidLoadBalancerAction", why).at(name.text())
}

/// The action of a call, which has exactly one (the others are for authentication).
///
/// # Errors
/// `ValidationError`, `InvalidLoadBalancerAction`, `TargetGroupNotFound`, `IncompatibleProtocols`,
/// `TargetGroupAssociationLimit`, NotImplemented.
pub(super) fn read(
    world: &World,
    region: Region,
    params: &Structure,
    name: Name,
    listener: &Listener,
) -> Result<RuleAction> {
    let all: Vec<&Structure> = params.structures(name).collect();
    let Some(first) = all.first() else {
        return Err(validation(name, "At least one action must be specified"));
    };
    for action in &all {
        let kind = action.text(field::TYPE).unwrap_or_default();
        if !matches!(kind, "forward" | "redirect" | "fixed-response") {
            return Err(unsimulated(name, &format!("An action of type '{kind}'")));
        }
    }
    if all.len() > 1 {
        let why = "Exactly one action of type forward, redirect or fixed-response must be specified";
        return Err(invalid(name, why));
    }
    let order = first.integer(field::ORDER).and_then(|order| u32::try_from(order).ok());
    let web = matches!(listener.protocol.as_str(), "HTTP" | "HTTPS");
    let kind = first.text(field::TYPE).unwrap_or_default();
    if kind != "forward" && !web {
        let why = format!("Actions of type '{kind}' are supported for listeners of HTTP and HTTPS only");
        return Err(invalid(name, why));
    }
    match kind {
        "redirect" => redirect(first, name, order),
        "fixed-response" => fixed(first, name, order),
        _ => forward(world, region, first, name, listener, order),
    }
}

fn redirect(action: &Structure, name: Name, order: Option<u32>) -> Result<RuleAction> {
    let Some(config) = action.structure(field::REDIRECT_CONFIG) else {
        return Err(invalid(name, "A redirect config must be specified"));
    };
    let part = |name: Name, default: &str| config.text(name).unwrap_or(default).to_owned();
    let to = [
        part(field::PROTOCOL, "#{protocol}"),
        part(field::PORT, "#{port}"),
        part(field::HOST, "#{host}"),
        part(field::PATH, "/#{path}"),
        part(field::QUERY, "#{query}"),
    ];
    let same = ["#{protocol}", "#{port}", "#{host}", "/#{path}"];
    if to.iter().zip(same).all(|(part, same)| part == same) {
        let why = "The redirect must change at least one of protocol, port, host and path, or it would go in a circle";
        return Err(invalid(name, why));
    }
    Ok(RuleAction::Redirect {
        to,
        status: config.text(field::STATUS_CODE).unwrap_or("HTTP_302").to_owned(),
        order,
    })
}

fn fixed(action: &Structure, name: Name, order: Option<u32>) -> Result<RuleAction> {
    let Some(config) = action.structure(field::FIXED_RESPONSE_CONFIG) else {
        return Err(invalid(name, "A fixed-response config must be specified"));
    };
    let content = config.text(field::CONTENT_TYPE);
    const TYPES: [&str; 5] = [
        "text/plain",
        "text/css",
        "text/html",
        "application/javascript",
        "application/json",
    ];
    if let Some(other) = content.filter(|content| !TYPES.contains(content)) {
        let why = format!("The content type '{other}' must be one of [{}]", TYPES.join(", "));
        return Err(validation(name, why));
    }
    Ok(RuleAction::Fixed {
        status: config.text(field::STATUS_CODE).unwrap_or_default().to_owned(),
        body: config.text(field::MESSAGE_BODY).map(str::to_owned),
        content: content.map(str::to_owned),
        order,
    })
}

fn forward(
    world: &World,
    region: Region,
    action: &Structure,
    name: Name,
    listener: &Listener,
    order: Option<u32>,
) -> Result<RuleAction> {
    let mut groups: Vec<(TargetGroupId, u16)> = Vec::new();
    let config = action.structure(field::FORWARD_CONFIG);
    for tuple in config
        .into_iter()
        .flat_map(|config| config.structures(field::TARGET_GROUPS))
    {
        let row = group(world, region, tuple.text(field::TARGET_GROUP_ARN).unwrap_or_default())?;
        let weight = tuple.integer(field::WEIGHT).unwrap_or(1);
        if !(0..=MOST_WEIGHT).contains(&weight) {
            let why = format!("Target group weight '{weight}' must be in the range 0-{MOST_WEIGHT}");
            return Err(validation(name, why));
        }
        if groups.iter().any(|(id, _)| *id == row.id) {
            return Err(invalid(name, "Target groups must be unique within an action"));
        }
        groups.push((row.id, u16::try_from(weight).unwrap_or(0)));
    }
    if let Some(arn) = action.text(field::TARGET_GROUP_ARN) {
        let id = group(world, region, arn)?.id;
        match groups.as_slice() {
            [] => groups.push((id, 1)),
            [(own, _)] if *own == id => {}
            _ => {
                let why = "A target group ARN and a forward config must name the same one target group";
                return Err(invalid(name, why));
            }
        }
    }
    if groups.is_empty() {
        return Err(invalid(name, "A target group ARN must be specified"));
    }
    let most = if matches!(listener.protocol.as_str(), "HTTP" | "HTTPS") {
        GROUPS_PER_ACTION
    } else {
        1
    };
    if groups.len() > most {
        let why = format!("A rule can forward to at most {most} target groups");
        return Err(Error::new("TooManyTargetGroups", why).at(name.text()));
    }
    for (id, _) in &groups {
        check_group(world, region, *id, listener, name)?;
    }
    let sticky = config.and_then(|config| config.structure(field::TARGET_GROUP_STICKINESS_CONFIG));
    Ok(RuleAction::Forward {
        groups,
        sticky: read_sticky(sticky, name)?,
        order,
    })
}

fn read_sticky(config: Option<&Structure>, name: Name) -> Result<Option<u32>> {
    let Some(config) = config.filter(|config| config.boolean(field::ENABLED) == Some(true)) else {
        return Ok(None);
    };
    let seconds = config.integer(field::DURATION_SECONDS).unwrap_or(0);
    if !(1..=MOST_STICKY).contains(&seconds) {
        let why = format!("Target group stickiness duration must be in the range 1-{MOST_STICKY}");
        return Err(validation(name, why));
    }
    Ok(u32::try_from(seconds).ok())
}

/// Whether a listener may pass traffic to a group.
///
/// # Errors
/// `IncompatibleProtocols`, `InvalidConfigurationRequest` (another VPC), `TargetGroupAssociationLimit`.
fn check_group(world: &World, region: Region, id: TargetGroupId, listener: &Listener, name: Name) -> Result<()> {
    let (Some(row), Some(balancer)) = (
        world.row::<TargetGroup>(region, id),
        world.row::<LoadBalancer>(region, listener.balancer),
    ) else {
        return Ok(());
    };
    let fits = match listener.protocol.as_str() {
        "HTTP" | "HTTPS" => matches!(row.protocol.as_str(), "HTTP" | "HTTPS"),
        "TCP" => matches!(row.protocol.as_str(), "TCP" | "TCP_UDP"),
        "TLS" => matches!(row.protocol.as_str(), "TLS" | "TCP"),
        "UDP" => matches!(row.protocol.as_str(), "UDP" | "TCP_UDP"),
        "TCP_UDP" => row.protocol == "TCP_UDP",
        _ => row.protocol == "GENEVE",
    };
    let arn = group_arn(world, region, row);
    if !fits {
        let why = match listener.protocol.as_str() {
            "" => format!("Target group '{arn}' must have the protocol GENEVE"),
            protocol => format!(
                "The protocol '{}' of target group '{arn}' is not compatible with the protocol '{protocol}' of the listener",
                row.protocol
            ),
        };
        return Err(Error::new("IncompatibleProtocols", why).at(name.text()));
    }
    if row.vpc != balancer.vpc {
        let why = format!("The following target groups are not in the same VPC as the load balancer: '{arn}'");
        return Err(configuration(name, why));
    }
    if balancers_of(world, region, id)
        .iter()
        .any(|other| other.id != balancer.id)
    {
        let why = format!("The following target groups cannot be associated with more than one load balancer: '{arn}'");
        return Err(Error::new("TargetGroupAssociationLimit", why).at(name.text()));
    }
    Ok(())
}

/// `Actions`.
pub(super) fn show(world: &World, region: Region, action: &RuleAction) -> Vec<Structure> {
    let (base, order) = match action {
        RuleAction::Forward { groups, sticky, order } => (show_forward(world, region, groups, *sticky), order),
        RuleAction::Redirect { to, status, order } => {
            let names = [field::PROTOCOL, field::PORT, field::HOST, field::PATH, field::QUERY];
            let mut config = Structure::new().with(field::STATUS_CODE, status.as_str());
            for (name, part) in names.into_iter().zip(to) {
                config.set(name, part.as_str());
            }
            let base = Structure::new()
                .with(field::TYPE, "redirect")
                .with(field::REDIRECT_CONFIG, config);
            (base, order)
        }
        RuleAction::Fixed {
            status,
            body,
            content,
            order,
        } => {
            let config = Structure::new()
                .with(field::STATUS_CODE, status.as_str())
                .with_some(field::MESSAGE_BODY, body.as_deref())
                .with_some(field::CONTENT_TYPE, content.as_deref());
            let base = Structure::new()
                .with(field::TYPE, "fixed-response")
                .with(field::FIXED_RESPONSE_CONFIG, config);
            (base, order)
        }
    };
    vec![base.with_some(field::ORDER, order.map(i64::from))]
}

fn show_forward(world: &World, region: Region, groups: &[(TargetGroupId, u16)], sticky: Option<u32>) -> Structure {
    let arn = |id: TargetGroupId| arn_of(world, region, id.into());
    let tuples = groups.iter().map(|(id, weight)| {
        Structure::new()
            .with_some(field::TARGET_GROUP_ARN, arn(*id))
            .with(field::WEIGHT, i64::from(*weight))
    });
    let kept = Structure::new()
        .with(field::ENABLED, sticky.is_some())
        .with_some(field::DURATION_SECONDS, sticky.map(i64::from));
    let config = Structure::new()
        .with(field::TARGET_GROUPS, tuples.collect::<Vec<_>>())
        .with(field::TARGET_GROUP_STICKINESS_CONFIG, kept);
    let only = match groups {
        [(id, _)] => arn(*id),
        _ => None,
    };
    Structure::new()
        .with(field::TYPE, "forward")
        .with_some(field::TARGET_GROUP_ARN, only)
        .with(field::FORWARD_CONFIG, config)
}
