//! CreateRule, DescribeRules, ModifyRule, DeleteRule, SetRulePriorities.
//! <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateRule.html>

use super::common::*;
use super::{actions, conditions, limits, tags};
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::base::random::Stream;
use crate::catalog::Region;
use crate::services::Request;
use crate::services::ec2::common::note;
use crate::world::World;
use crate::world::balancing::*;
use stratus_model::{Structure, field, sort};

/// What of a call is not simulated.
fn check_transforms(params: &Structure) -> Result<()> {
    match params.list(field::TRANSFORMS).is_empty() {
        true => Ok(()),
        false => Err(unsimulated(field::TRANSFORMS, "A transform of a rule")),
    }
}

fn priority_in_use(priority: i64) -> Error {
    Error::new("PriorityInUse", format!("Priority '{priority}' is currently in use")).at("Priority")
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateRule.html>
pub(super) fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let row = listener(world, region, needed(request, field::LISTENER_ARN))?.clone();
    if !matches!(row.protocol.as_str(), "HTTP" | "HTTPS") {
        let why = "Rules are supported for listeners of Application Load Balancers only";
        return Err(validation(field::LISTENER_ARN, why));
    }
    check_transforms(params)?;
    let tags = tags::read(params)?;
    let conditions = conditions::read(params)?;
    let priority = params.integer(field::PRIORITY).unwrap_or(0);
    let number = u16::try_from(priority).ok();
    let rules = rules_of(world, region, row.id);
    if rules
        .iter()
        .any(|rule| rule.priority.is_some() && rule.priority == number)
    {
        return Err(priority_in_use(priority));
    }
    let all = listeners_of(world, region, row.balancer);
    let count: usize = all
        .iter()
        .map(|listener| rules_of(world, region, listener.id).len().saturating_sub(1))
        .sum();
    if count >= limits::RULES {
        let why = format!("The maximum number of rules has been reached: {}", limits::RULES);
        return Err(Error::new("TooManyRules", why));
    }
    let action = actions::read(world, region, params, field::ACTIONS, &row)?;
    let id = ListenerRuleId(world.random.next_u64(Stream::Ids(Kind::ListenerRule)));
    let rule = ListenerRule {
        id,
        born: world.birth(),
        listener: row.id,
        priority: number,
        conditions,
        action,
    };
    world.put(region, rule);
    tags::put(world, region, id, &tags)?;
    note(world, region, row.balancer, format!("rule {priority} created"));
    Ok(shown(world, region, id))
}

fn shown(world: &World, region: Region, id: ListenerRuleId) -> Structure {
    let row = world.row::<ListenerRule>(region, id);
    let all: Vec<Structure> = row.into_iter().map(|row| describe_row(world, region, row)).collect();
    Structure::new().with(field::RULES, all)
}

/// `Rule`.
fn describe_row(world: &World, region: Region, row: &ListenerRule) -> Structure {
    let conditions: Vec<Structure> = row.conditions.iter().map(conditions::show).collect();
    let priority = row
        .priority
        .map_or_else(|| "default".to_owned(), |priority| priority.to_string());
    Structure::new()
        .with(field::RULE_ARN, rule_arn(world, region, row))
        .with(field::PRIORITY, priority)
        .with(field::CONDITIONS, conditions)
        .with(field::ACTIONS, actions::show(world, region, &row.action))
        .with(field::IS_DEFAULT, row.priority.is_none())
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeRules.html>
pub(super) fn describe(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let arns: Vec<&str> = params.texts(field::RULE_ARNS).collect();
    let rows: Vec<&ListenerRule> = match (params.text(field::LISTENER_ARN), arns.is_empty()) {
        (Some(arn), true) => {
            let id = listener(world, region, arn)?.id;
            rules_of(world, region, id)
        }
        (None, false) => arns.iter().map(|arn| rule(world, region, arn)).collect::<Result<_>>()?,
        _ => {
            let why = "You must specify either listener rule ARNs or a listener ARN";
            return Err(validation(field::RULE_ARNS, why));
        }
    };
    let (rows, marker) = page(rows, params)?;
    let rows: Vec<Structure> = rows.into_iter().map(|row| describe_row(world, region, row)).collect();
    Ok(Structure::new()
        .with(field::RULES, rows)
        .with_some(field::NEXT_MARKER, marker))
}

/// The listener of a rule.
fn listener_of(world: &World, region: Region, rule: &ListenerRule) -> Result<Listener> {
    let row = world.row::<Listener>(region, rule.listener).cloned();
    row.ok_or_else(|| Error::new("ListenerNotFound", "The listener of the rule is gone."))
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ModifyRule.html>
pub(super) fn modify(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let mut row = rule(world, region, needed(request, field::RULE_ARN))?.clone();
    if row.priority.is_none() {
        let why = "Default rules cannot be modified by ModifyRule: use ModifyListener";
        return Err(Error::new("OperationNotPermitted", why).at("RuleArn"));
    }
    check_transforms(params)?;
    let listener = listener_of(world, region, &row)?;
    if !params.list(field::CONDITIONS).is_empty() {
        row.conditions = conditions::read(params)?;
    }
    if !params.list(field::ACTIONS).is_empty() {
        row.action = actions::read(world, region, params, field::ACTIONS, &listener)?;
    }
    let id = row.id;
    world.put(region, row);
    note(world, region, listener.balancer, "a rule changed");
    Ok(shown(world, region, id))
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DeleteRule.html>
pub(super) fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let row = rule(world, region, needed(request, field::RULE_ARN))?.clone();
    let Some(priority) = row.priority else {
        let arn = needed(request, field::RULE_ARN);
        let why = format!("Default rule '{arn}' cannot be deleted");
        return Err(Error::new("OperationNotPermitted", why).at("RuleArn"));
    };
    let listener = listener_of(world, region, &row)?;
    world.take::<ListenerRule>(region, row.id);
    note(world, region, listener.balancer, format!("rule {priority} deleted"));
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_SetRulePriorities.html>
pub(super) fn set_priorities(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let mut changed: Vec<ListenerRule> = Vec::new();
    for pair in params.structures(field::RULE_PRIORITIES) {
        let mut row = rule(world, region, pair.text(field::RULE_ARN).unwrap_or_default())?.clone();
        if row.priority.is_none() {
            let why = "The priority of a default rule cannot be set";
            return Err(Error::new("OperationNotPermitted", why).at("RulePriorities"));
        }
        row.priority = pair
            .integer(field::PRIORITY)
            .and_then(|number| u16::try_from(number).ok());
        if changed.iter().any(|other| other.id == row.id) {
            let why = "A rule was specified more than once";
            return Err(validation(field::RULE_PRIORITIES, why));
        }
        changed.push(row);
    }
    for row in &changed {
        let kept = rules_of(world, region, row.listener);
        let kept = kept
            .iter()
            .filter(|other| !changed.iter().any(|own| own.id == other.id));
        let mut others = kept
            .map(|other| (other.listener, other.id, other.priority))
            .chain(changed.iter().map(|own| (own.listener, own.id, own.priority)));
        if others.any(|(listener, id, priority)| listener == row.listener && id != row.id && priority == row.priority) {
            return Err(priority_in_use(row.priority.map_or(0, i64::from)));
        }
    }
    sort::by_key(&mut changed, |row| row.priority);
    let mut told = Vec::new();
    for row in changed {
        let listener = listener_of(world, region, &row)?;
        let id = row.id;
        world.put(region, row);
        note(world, region, listener.balancer, "priorities of rules set");
        told.extend(
            world
                .row::<ListenerRule>(region, id)
                .map(|row| describe_row(world, region, row)),
        );
    }
    Ok(Structure::new().with(field::RULES, told))
}
