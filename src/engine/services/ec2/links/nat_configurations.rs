//! The translation of addresses, one to one, that a transit gateway does for an attachment: so that networks whose blocks
//! overlap can talk.
//! <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyTransitGatewayAttachmentNatConfiguration.html>,
//! <https://docs.aws.amazon.com/vpc/latest/tgw/tgw-nat-routing.html>
//!
//! AWS applies a change after a while; here it is done at once (ours), and only the answer of the call that asked says so. Of
//! a peering within one Region the translation is the requester's (ours: both sides have one row).

use super::super::common::{note, read_ipv4_cidr};
use super::{attachments, transits};
use crate::base::error::{Error, Result};
use crate::services::{Handler, Request};
use crate::world::World;
use crate::world::links::*;
use crate::world::transits::{AttachmentNat, NatRule};
use ipnet::Ipv4Net;
use std::net::Ipv4Addr;
use stratus_model::{Structure, field, sort};

/// The numbers that a rule may have.
/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_TransitGatewayNatRuleRequest.html>
const NUMBERS: std::ops::RangeInclusive<i64> = 1..=32_766;

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    Some(match operation {
        "GetTransitGatewayAttachmentNatConfiguration" => Handler::Read(get),
        "ModifyTransitGatewayAttachmentNatConfiguration" => Handler::Write(modify),
        _ => return None,
    })
}

/// Whether the transit gateway makes routes to the blocks that others see: for VPCs always, for all other kinds never.
fn makes_routes(row: &TransitAttachment) -> bool {
    row.vpc().is_some()
}

fn enabled(on: bool) -> &'static str {
    if on { "enable" } else { "disable" }
}

/// A block that overlaps another.
fn overlap(one: Ipv4Net, other: Ipv4Net) -> bool {
    one.contains(&other) || other.contains(&one)
}

fn net(octets: [u8; 4], length: u8) -> Ipv4Net {
    Ipv4Net::new_assert(Ipv4Addr::from(octets), length)
}

/// Private addresses (RFC 1918), and the shared ones (RFC 6598).
fn may_stand_for(block: Ipv4Net) -> bool {
    let ranges = [
        net([10, 0, 0, 0], 8),
        net([172, 16, 0, 0], 12),
        net([192, 168, 0, 0], 16),
        net([100, 64, 0, 0], 10),
    ];
    ranges.iter().any(|range| range.contains(&block))
}

fn refuse(why: String) -> Error {
    Error::new("InvalidParameterValue", why).at("NatGatewayRules")
}

fn read_rule(rule: &Structure) -> Result<NatRule> {
    let number = rule
        .integer(field::RULE_NUMBER)
        .ok_or_else(|| Error::missing("RuleNumber"))?;
    let own = rule
        .text(field::MATCH_SOURCE_CIDR)
        .ok_or_else(|| Error::missing("MatchSourceCidr"))?;
    let nat = rule.text(field::NAT_CIDR).ok_or_else(|| Error::missing("NatCidr"))?;
    let number = u16::try_from(number).ok().filter(|_| NUMBERS.contains(&number));
    let number = number.ok_or_else(|| refuse("A rule's number is from 1 to 32766.".to_owned()))?;
    let own = read_ipv4_cidr("MatchSourceCidr", own)?;
    let nat = read_ipv4_cidr("NatCidr", nat)?;
    if overlap(own, net([224, 0, 0, 0], 4)) || overlap(own, net([169, 254, 0, 0], 16)) {
        let why = format!("MatchSourceCidr {own} overlaps the multicast or the link-local range.");
        return Err(refuse(why));
    }
    if own.prefix_len() != nat.prefix_len() {
        let why = format!("MatchSourceCidr {own} and NatCidr {nat} must have the same prefix length.");
        return Err(refuse(why));
    }
    if !may_stand_for(nat) {
        let why = format!("NatCidr {nat} is not in a private (RFC 1918) or shared (RFC 6598) range.");
        return Err(refuse(why));
    }
    Ok(NatRule { number, own, nat })
}

/// The rules of a call, by number.
fn read_rules(params: &Structure) -> Result<Vec<NatRule>> {
    let mut rules = Vec::new();
    for rule in params.structures(field::NAT_GATEWAY_RULES) {
        let rule = read_rule(rule)?;
        for other in &rules {
            let NatRule { number, own, nat } = *other;
            if number == rule.number {
                return Err(refuse(format!("The rule number {number} is given twice.")));
            }
            if overlap(own, rule.own) || overlap(nat, rule.nat) {
                let why = format!("The CIDR blocks of rules {number} and {} overlap.", rule.number);
                return Err(refuse(why));
            }
        }
        rules.push(rule);
    }
    sort::by_key(&mut rules, |rule| rule.number);
    Ok(rules)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyTransitGatewayAttachmentNatConfiguration.html>
fn modify(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let row = attachments::named(request, world)?;
    if row.state != TransitState::Available {
        return Err(transits::invalid_state(row.id, row.state));
    }
    let routes = enabled(makes_routes(&row));
    if let Some(asked) = params.text(field::NAT_SYSTEM_ROUTE_SUPPORT)
        && asked != routes
    {
        let kind = attachments::resource(&row, region).0;
        let why = format!("NatSystemRouteSupport is always {routes} for {kind} attachments.");
        return Err(Error::new("InvalidParameterValue", why).at("NatSystemRouteSupport"));
    }
    let reset = params.boolean(field::RESET_NAT_GATEWAY_RULES) == Some(true);
    if reset && params.contains(field::NAT_GATEWAY_RULES) {
        let why = "Specify either NatGatewayRules or ResetNatGatewayRules, not both.";
        return Err(Error::combination(why).at("ResetNatGatewayRules"));
    }
    let mut nat = row.nat.clone();
    if reset {
        nat.rules.clear();
    } else if params.contains(field::NAT_GATEWAY_RULES) {
        nat.rules = read_rules(params)?;
    }
    if let Some(support) = params.text(field::NAT_GATEWAY_SUPPORT) {
        nat.on = support == "enable";
    }
    let before = row.nat.clone();
    world.update::<TransitAttachment, _>(region, row.id, |row| row.nat = nat.clone());
    let verb = if nat.on { "translates" } else { "does not translate" };
    note(world, region, row.id, format!("{verb} by {} rules", nat.rules.len()));
    let row = TransitAttachment { nat, ..row };
    let support = match (before.on, row.nat.on) {
        (false, true) => "enabling",
        (true, false) => "disabling",
        (_, true) => "enabled",
        (_, false) => "disabled",
    };
    let was = |rule: &NatRule| before.on == row.nat.on && before.rules.contains(rule);
    Ok(describe(&row, support, &was))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetTransitGatewayAttachmentNatConfiguration.html>
fn get(request: &Request<'_>, world: &World) -> Result<Structure> {
    let row = attachments::named(request, world)?;
    let support = if row.nat.on { "enabled" } else { "disabled" };
    Ok(describe(&row, support, &|_| true))
}

/// `settled`: whether a rule is no news.
fn describe(row: &TransitAttachment, support: &str, settled: &dyn Fn(&NatRule) -> bool) -> Structure {
    let AttachmentNat { on, rules } = &row.nat;
    let rule = |rule: &NatRule| {
        let state = match (settled(rule), on) {
            (false, _) => "pending",
            (true, true) => "activated",
            (true, false) => "deactivated",
        };
        Structure::new()
            .with(field::RULE_NUMBER, i64::from(rule.number))
            .with(field::MATCH_SOURCE_CIDR, rule.own.to_string())
            .with(field::NAT_CIDR, rule.nat.to_string())
            .with(field::STATE, state)
    };
    Structure::new()
        .with(field::TRANSIT_GATEWAY_ATTACHMENT_ID, row.id)
        .with(field::NAT_GATEWAY_SUPPORT, support)
        .with(field::NAT_SYSTEM_ROUTE_SUPPORT, enabled(makes_routes(row)))
        .with(field::NAT_GATEWAY_RULES, rules.iter().map(rule).collect::<Vec<_>>())
}
