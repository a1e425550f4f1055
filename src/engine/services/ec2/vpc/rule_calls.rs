//! The calls on security group rules: authorize, revoke, modify, describe, and their descriptions.

use super::super::common::{Filters, find, need, note, page_of_rows, read_id, returned, unknown};
use super::super::{classic, tags};
use super::{groups, rules};
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::catalog::Region;
use crate::services::{Handler, Request};
use crate::world::World;
use crate::world::classic::NO_VPC;
use crate::world::vpc::*;
use rules::Spec;
use stratus_model::{Structure, field};

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    Some(match operation {
        "AuthorizeSecurityGroupIngress" => Handler::Write(|request, world| authorize(request, world, false)),
        "AuthorizeSecurityGroupEgress" => Handler::Write(|request, world| authorize(request, world, true)),
        "RevokeSecurityGroupIngress" => Handler::Write(|request, world| revoke(request, world, false)),
        "RevokeSecurityGroupEgress" => Handler::Write(|request, world| revoke(request, world, true)),
        "ModifySecurityGroupRules" => Handler::Write(modify),
        "UpdateSecurityGroupRuleDescriptionsIngress" => {
            Handler::Write(|request, world| update_descriptions(request, world, false))
        }
        "UpdateSecurityGroupRuleDescriptionsEgress" => {
            Handler::Write(|request, world| update_descriptions(request, world, true))
        }
        "DescribeSecurityGroupRules" => Handler::Read(describe_all),
        _ => return None,
    })
}

fn direction(egress: bool) -> &'static str {
    if egress { "egress" } else { "ingress" }
}

fn no_rules() -> Error {
    Error::new(
        "MissingParameter",
        "The request must contain the parameter ipPermissions",
    )
    .at("IpPermissions")
}

fn duplicate(spec: &Spec) -> Error {
    Error::new(
        "InvalidPermission.Duplicate",
        format!("the specified rule \"{}\" already exists", spec.words()),
    )
}

/// Refuses what a rule for what leaves, and a group of EC2-Classic, cannot have.
#[inline(never)]
fn check_sides(group: &SecurityGroup, egress: bool, specs: &[Spec]) -> Result<()> {
    rules::check_direction(group.id, specs, egress)?;
    if group.vpc != NO_VPC {
        return Ok(());
    }
    let rules: Vec<_> = specs.iter().map(|spec| (spec.protocol, spec.peer)).collect();
    classic::groups::check_rules(group, egress, &rules)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupIngress.html>, and its twin for egress.
fn authorize(request: &Request<'_>, world: &mut World, egress: bool) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let group = groups::named(params, world, region)?.clone();
    if group.vpc == NO_VPC {
        classic::groups::introduce(world, region, params)?;
    }
    let specs = rules::read(world, region, &group, params)?;
    check_sides(&group, egress, &specs)?;
    if specs.is_empty() {
        return Err(no_rules());
    }
    if let Some(spec) = specs
        .iter()
        .find(|spec| group.rules.iter().any(|rule| rule.egress == egress && spec.is(rule)))
    {
        return Err(duplicate(spec));
    }
    let mut made = Vec::new();
    for spec in specs {
        let text = format!("{} rule added: {}", direction(egress), spec.words());
        note(world, region, group.id, text);
        let Spec {
            protocol,
            ports,
            peer,
            description,
        } = spec;
        made.push(GroupRule {
            id: rules::draw_id(world),
            egress,
            protocol,
            ports,
            peer,
            description,
        });
    }
    let mut all = group.rules.clone();
    all.extend(made.iter().cloned());
    rules::check_quota(world, region, group.vpc, &all, egress)?;
    world.update::<SecurityGroup, _>(region, group.id, |row| row.rules = all);
    let ids: Vec<ResourceId> = made.iter().map(|rule| rule.id.into()).collect();
    tags::apply_specifications(world, region, params, &[("security-group-rule", &ids)])?;
    let shown: Vec<Structure> = made
        .iter()
        .map(|rule| rules::describe(world, region, group.id, rule))
        .collect();
    Ok(returned()?.with(field::SECURITY_GROUP_RULES, shown))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RevokeSecurityGroupIngress.html>, and its twin for egress. A rule
/// that is not there is an error, but in the default VPC it is only listed as unknown.
fn revoke(request: &Request<'_>, world: &mut World, egress: bool) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let group = groups::named(params, world, region)?.clone();
    let specs = rules::read(world, region, &group, params)?;
    check_sides(&group, egress, &[])?;
    let by_id = !params.list(field::SECURITY_GROUP_RULE_IDS).is_empty();
    if by_id && !specs.is_empty() {
        return Err(Error::combination(
            "The parameter securityGroupRuleIds may not be used in combination with ipPermissions",
        ));
    }
    if !by_id && specs.is_empty() {
        return Err(no_rules());
    }
    let mut gone: Vec<SecurityGroupRuleId> = Vec::new();
    for text in params.texts(field::SECURITY_GROUP_RULE_IDS) {
        gone.push(rule_of(&group, text, Some(egress))?.id);
    }
    let mut unknown = Vec::new();
    for spec in &specs {
        match group.rules.iter().find(|rule| rule.egress == egress && spec.is(rule)) {
            Some(rule) => gone.push(rule.id),
            None => unknown.push(spec),
        }
    }
    let in_default_vpc = world.row::<Vpc>(region, group.vpc).is_some_and(|vpc| vpc.is_default);
    if !unknown.is_empty() && !in_default_vpc {
        let error = Error::new(
            "InvalidPermission.NotFound",
            "The specified rule does not exist in this security group.",
        );
        return Err(error.remedy(format!(
            "Missing: {}.",
            unknown.iter().map(|spec| spec.words()).collect::<Vec<_>>().join("; ")
        )));
    }
    let unknown: Vec<GroupRule> = unknown
        .into_iter()
        .map(|spec| rule_from(SecurityGroupRuleId(0), egress, spec))
        .collect();
    let (taken, kept): (Vec<GroupRule>, Vec<GroupRule>) =
        group.rules.iter().cloned().partition(|rule| gone.contains(&rule.id));
    world.update::<SecurityGroup, _>(region, group.id, |row| row.rules = kept);
    for rule in &taken {
        tags::forget(world, region, rule.id);
        let spec = spec_of(rule);
        note(
            world,
            region,
            group.id,
            format!("{} rule revoked: {}", direction(egress), spec.words()),
        );
    }
    let shown: Vec<Structure> = taken
        .iter()
        .map(|rule| rules::describe_revoked(group.id, rule))
        .collect();
    let unknown = (!unknown.is_empty()).then(|| rules::permissions(world, unknown.iter()));
    Ok(returned()?
        .with(field::REVOKED_SECURITY_GROUP_RULES, shown)
        .with_some(field::UNKNOWN_IP_PERMISSIONS, unknown))
}

fn spec_of(rule: &GroupRule) -> Spec {
    Spec {
        protocol: rule.protocol,
        ports: rule.ports,
        peer: rule.peer,
        description: rule.description.clone(),
    }
}

fn rule_from(id: SecurityGroupRuleId, egress: bool, spec: &Spec) -> GroupRule {
    GroupRule {
        id,
        egress,
        protocol: spec.protocol,
        ports: spec.ports,
        peer: spec.peer,
        description: spec.description.clone(),
    }
}

/// A rule of a group by its id's text, of one direction if that matters.
fn rule_of<'g>(group: &'g SecurityGroup, text: &str, egress: Option<bool>) -> Result<&'g GroupRule> {
    let id: SecurityGroupRuleId = read_id(Kind::SecurityGroupRule, text)?;
    let is_it = |rule: &&GroupRule| rule.id == id && egress.is_none_or(|egress| rule.egress == egress);
    group
        .rules
        .iter()
        .find(is_it)
        .ok_or_else(|| unknown(Kind::SecurityGroupRule, text))
}

/// Whether two peers are of one kind: a rule keeps its kind when it is modified.
fn same_kind(one: Peer, other: Peer) -> bool {
    match (one, other) {
        (Peer::Cidr(one), Peer::Cidr(other)) => one.network().is_ipv4() == other.network().is_ipv4(),
        (Peer::PrefixList(_), Peer::PrefixList(_)) => true,
        (one, other) => one.group().is_some() && other.group().is_some(),
    }
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySecurityGroupRules.html>
fn modify(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let group = find::<SecurityGroup>(world, region, Kind::SecurityGroup, need(params, field::GROUP_ID)?)?.clone();
    let mut all = group.rules.clone();
    for update in params.structures(field::SECURITY_GROUP_RULES) {
        let old = rule_of(&group, need(update, field::SECURITY_GROUP_RULE_ID)?, None)?;
        let wanted = update
            .structure(field::SECURITY_GROUP_RULE)
            .ok_or_else(|| Error::missing("SecurityGroupRule"))?;
        let spec = rules::read_request(world, region, &group, wanted)?;
        check_sides(&group, old.egress, std::slice::from_ref(&spec))?;
        if !same_kind(old.peer, spec.peer) {
            let why = format!(
                "The rule {} cannot change from one kind of source or destination to another.",
                old.id
            );
            return Err(Error::new("InvalidParameterValue", why)
                .at("SecurityGroupRules")
                .remedy("Revoke it and authorize a new one."));
        }
        if all
            .iter()
            .any(|rule| rule.id != old.id && rule.egress == old.egress && spec.is(rule))
        {
            return Err(duplicate(&spec));
        }
        if let Some(rule) = all.iter_mut().find(|rule| rule.id == old.id) {
            *rule = rule_from(old.id, old.egress, &spec);
        }
        note(
            world,
            region,
            group.id,
            format!("{} rule {} now: {}", direction(old.egress), old.id, spec.words()),
        );
    }
    for egress in [false, true] {
        rules::check_quota(world, region, group.vpc, &all, egress)?;
    }
    world.update::<SecurityGroup, _>(region, group.id, |row| row.rules = all);
    returned()
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_UpdateSecurityGroupRuleDescriptionsIngress.html>, and its twin.
fn update_descriptions(request: &Request<'_>, world: &mut World, egress: bool) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let group = groups::named(params, world, region)?.clone();
    let specs = rules::read(world, region, &group, params)?;
    let mut new: Vec<(SecurityGroupRuleId, Option<String>)> = Vec::new();
    for spec in &specs {
        let rule = group.rules.iter().find(|rule| rule.egress == egress && spec.is(rule));
        let missing = || {
            Error::new(
                "InvalidPermission.NotFound",
                "The specified rule does not exist in this security group.",
            )
        };
        new.push((rule.ok_or_else(missing)?.id, spec.description.clone()));
    }
    for described in params.structures(field::SECURITY_GROUP_RULE_DESCRIPTIONS) {
        let rule = rule_of(&group, need(described, field::SECURITY_GROUP_RULE_ID)?, Some(egress))?;
        new.push((rule.id, rules::read_description(described.text(field::DESCRIPTION))?));
    }
    if new.is_empty() {
        return Err(no_rules());
    }
    world.update::<SecurityGroup, _>(region, group.id, |row| {
        for (id, description) in new {
            if let Some(rule) = row.rules.iter_mut().find(|rule| rule.id == id) {
                rule.description = description;
            }
        }
    });
    note(
        world,
        region,
        group.id,
        format!("{} rules described anew", direction(egress)),
    );
    returned()
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSecurityGroupRules.html>: by group, in the order of their
/// making.
fn describe_all(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let filters = Filters::read(params)?;
    filters.check_names(|name| matches!(name, "group-id" | "security-group-rule-id"))?;
    let wanted: Vec<SecurityGroupRuleId> = params
        .texts(field::SECURITY_GROUP_RULE_IDS)
        .map(|text| known_rule(world, region, text))
        .collect::<Result<_>>()?;
    let mut chosen = Vec::new();
    for group in groups::eldest_first(world, region) {
        for rule in group
            .rules
            .iter()
            .filter(|rule| wanted.is_empty() || wanted.contains(&rule.id))
        {
            let values = |name: &str| {
                Some(vec![if name == "group-id" {
                    group.id.to_string()
                } else {
                    rule.id.to_string()
                }])
            };
            if filters.pass(world, region, rule.id, values)? {
                chosen.push((group.id, rule));
            }
        }
    }
    let (rows, next) = page_of_rows(chosen, params, 5, |(_, rule)| (None, rule.id.into()))?;
    let shown: Vec<Structure> = rows
        .into_iter()
        .map(|(group, rule)| rules::describe(world, region, group, rule))
        .collect();
    Ok(Structure::new()
        .with(field::SECURITY_GROUP_RULES, shown)
        .with_some(field::NEXT_TOKEN, next))
}

fn known_rule(world: &World, region: Region, text: &str) -> Result<SecurityGroupRuleId> {
    let id: SecurityGroupRuleId = read_id(Kind::SecurityGroupRule, text)?;
    if world.has(region, id.into()) {
        Ok(id)
    } else {
        Err(unknown(Kind::SecurityGroupRule, text))
    }
}
