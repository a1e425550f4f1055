//! Rules of filters: of what comes in or goes out, by number; the first that matches decides.
//! <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTrafficMirrorFilterRule.html>

use super::super::common::{Describing, find, need, note, read_cidr, tag_list};
use super::super::{tags, tokens};
use super::within;
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::base::random::Stream;
use crate::catalog::{Region, quotas};
use crate::services::Request;
use crate::world::World;
use crate::world::mirroring::{MirrorFilter, MirrorRule};
use stratus_model::{Name, Structure, field};

const FILTERS: [&str; 10] = [
    "traffic-mirror-filter-rule-id",
    "traffic-mirror-filter-id",
    "rule-number",
    "rule-action",
    "traffic-direction",
    "protocol",
    "source-cidr-block",
    "destination-cidr-block",
    "source-port-range",
    "description",
];

/// Numbers of rules.
const LAST_RULE: i64 = 32_766;

pub(super) fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    if let Some(row) = tokens::made::<MirrorRule>(request, world)? {
        return Ok(answer(request, world, row));
    }
    let text = need(params, field::TRAFFIC_MIRROR_FILTER_ID)?;
    let filter = find::<MirrorFilter>(world, region, Kind::TrafficMirrorFilter, text)?.id;
    let any = read_cidr("SourceCidrBlock", "0.0.0.0/0")?;
    let mut row = MirrorRule {
        id: TrafficMirrorRuleId(0),
        born: 0,
        filter,
        egress: false,
        number: 0,
        accept: false,
        protocol: None,
        destination_ports: None,
        source_ports: None,
        destination: any,
        source: any,
        description: None,
    };
    apply(&mut row, params)?;
    check(world, region, &row)?;
    if of_filter(world, region, filter).len() >= quotas::MIRROR_RULES_OF_FILTER {
        let why = format!("You have reached the limit on the number of rules of the Traffic Mirror filter {filter}.");
        return Err(Error::new("TrafficMirrorFilterRuleLimitExceeded", why));
    }
    row.id = TrafficMirrorRuleId(world.random.next_u64(Stream::Ids(Kind::TrafficMirrorRule)));
    row.born = world.birth();
    let id = row.id;
    world.put(region, row.clone());
    tags::apply_specifications(world, region, params, &[("traffic-mirror-filter-rule", &[id.into()])])?;
    note(world, region, id, format!("rule {} of {filter}", row.number));
    tokens::remember(request, world, id);
    Ok(answer(request, world, &row))
}

fn answer(request: &Request<'_>, world: &World, row: &MirrorRule) -> Structure {
    Structure::new()
        .with(field::TRAFFIC_MIRROR_FILTER_RULE, describe(world, request.region, row))
        .with_some(field::CLIENT_TOKEN, request.params.text(field::CLIENT_TOKEN))
}

/// What a call says of a rule; what it does not say stays.
fn apply(row: &mut MirrorRule, params: &Structure) -> Result<()> {
    if let Some(direction) = params.text(field::TRAFFIC_DIRECTION) {
        row.egress = direction == "egress";
    }
    if let Some(number) = params.integer(field::RULE_NUMBER) {
        row.number = within("RuleNumber", number, 1, LAST_RULE)?;
    }
    if let Some(action) = params.text(field::RULE_ACTION) {
        row.accept = action == "accept";
    }
    if let Some(protocol) = params.integer(field::PROTOCOL) {
        // 0 is IPv6's hop-by-hop options, and what old callers write for all.
        row.protocol = u8::try_from(within("Protocol", protocol, 0, 255)?)
            .ok()
            .filter(|number| *number > 0);
    }
    if let Some(ports) = ports(params, field::DESTINATION_PORT_RANGE)? {
        row.destination_ports = Some(ports);
    }
    if let Some(ports) = ports(params, field::SOURCE_PORT_RANGE)? {
        row.source_ports = Some(ports);
    }
    if let Some(block) = params.text(field::DESTINATION_CIDR_BLOCK) {
        row.destination = read_cidr("DestinationCidrBlock", block)?;
    }
    if let Some(block) = params.text(field::SOURCE_CIDR_BLOCK) {
        row.source = read_cidr("SourceCidrBlock", block)?;
    }
    if let Some(description) = params.text(field::DESCRIPTION) {
        row.description = Some(description.to_owned());
    }
    Ok(())
}

fn ports(params: &Structure, name: Name) -> Result<Option<(u16, u16)>> {
    let Some(range) = params.structure(name) else {
        return Ok(None);
    };
    let port = |end: Name| range.integer(end).and_then(|port| u16::try_from(port).ok());
    let from = port(field::FROM_PORT);
    let to = if range.contains(field::TO_PORT) {
        port(field::TO_PORT)
    } else {
        from
    };
    match (from, to) {
        (Some(from), Some(to)) if from <= to => Ok(Some((from, to))),
        _ => {
            let why = format!("The {} is not a range of ports.", name.text());
            Err(Error::new("InvalidParameterValue", why).at(name.text()))
        }
    }
}

/// What must be true of a rule among its filter's.
fn check(world: &World, region: Region, row: &MirrorRule) -> Result<()> {
    let ports = row.destination_ports.is_some() || row.source_ports.is_some();
    if ports && !matches!(row.protocol, Some(6 | 17)) {
        let why = "Port ranges can be specified only for the protocols TCP (6) and UDP (17).";
        return Err(Error::combination(why));
    }
    if row.source.addr().is_ipv4() != row.destination.addr().is_ipv4() {
        let why = "SourceCidrBlock and DestinationCidrBlock must be of the same IP version.";
        return Err(Error::combination(why));
    }
    let others = of_filter(world, region, row.filter);
    let same = |other: &&MirrorRule| other.id != row.id && (other.egress, other.number) == (row.egress, row.number);
    if others.into_iter().any(|other| same(&other)) {
        let why = format!("The rule number {} already exists in {}.", row.number, row.filter);
        return Err(Error::new("TrafficMirrorFilterRuleAlreadyExists", why).at("RuleNumber"));
    }
    Ok(())
}

/// The rules of a filter, by direction and number.
pub(super) fn of_filter(world: &World, region: Region, filter: TrafficMirrorFilterId) -> Vec<&MirrorRule> {
    let referrers = world.referrers(region, filter.into()).into_iter();
    let mut rows: Vec<&MirrorRule> = referrers
        .filter_map(|id| world.row::<MirrorRule>(region, TrafficMirrorRuleId::try_from(id).ok()?))
        .collect();
    rows.sort_unstable_by_key(|row| (row.egress, row.number));
    rows
}

pub(super) fn describe(world: &World, region: Region, row: &MirrorRule) -> Structure {
    let range = |(from, to): (u16, u16)| {
        Structure::new()
            .with(field::FROM_PORT, i64::from(from))
            .with(field::TO_PORT, i64::from(to))
    };
    Structure::new()
        .with(field::TRAFFIC_MIRROR_FILTER_RULE_ID, row.id)
        .with(field::TRAFFIC_MIRROR_FILTER_ID, row.filter)
        .with(field::TRAFFIC_DIRECTION, direction(row))
        .with(field::RULE_NUMBER, row.number)
        .with(field::RULE_ACTION, action(row))
        .with_some(field::PROTOCOL, row.protocol.map(i64::from))
        .with_some(field::DESTINATION_PORT_RANGE, row.destination_ports.map(range))
        .with_some(field::SOURCE_PORT_RANGE, row.source_ports.map(range))
        .with(field::DESTINATION_CIDR_BLOCK, row.destination.to_string())
        .with(field::SOURCE_CIDR_BLOCK, row.source.to_string())
        .with_some(field::DESCRIPTION, row.description.clone())
        .with(field::TAGS, tag_list(world, region, row.id))
}

fn direction(row: &MirrorRule) -> &'static str {
    if row.egress { "egress" } else { "ingress" }
}

fn action(row: &MirrorRule) -> &'static str {
    if row.accept { "accept" } else { "reject" }
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyTrafficMirrorFilterRule.html>
pub(super) fn modify(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let text = need(params, field::TRAFFIC_MIRROR_FILTER_RULE_ID)?;
    let mut row = find::<MirrorRule>(world, region, Kind::TrafficMirrorRule, text)?.clone();
    for name in params.texts(field::REMOVE_FIELDS) {
        match name {
            "destination-port-range" => row.destination_ports = None,
            "source-port-range" => row.source_ports = None,
            "protocol" => row.protocol = None,
            _ => row.description = None,
        }
    }
    apply(&mut row, params)?;
    check(world, region, &row)?;
    world.put(region, row.clone());
    note(world, region, row.id, "changed");
    Ok(Structure::new().with(field::TRAFFIC_MIRROR_FILTER_RULE, describe(world, region, &row)))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteTrafficMirrorFilterRule.html>
pub(super) fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let text = need(request.params, field::TRAFFIC_MIRROR_FILTER_RULE_ID)?;
    let id = find::<MirrorRule>(world, region, Kind::TrafficMirrorRule, text)?.id;
    note(world, region, id, "deleted");
    world.take::<MirrorRule>(region, id);
    Ok(Structure::new().with(field::TRAFFIC_MIRROR_FILTER_RULE_ID, id))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeTrafficMirrorFilterRules.html>
pub(super) fn describe_all(request: &Request<'_>, world: &World) -> Result<Structure> {
    let region = request.region;
    let describing = Describing {
        kind: Kind::TrafficMirrorRule,
        ids: field::TRAFFIC_MIRROR_FILTER_RULE_IDS,
        answer: field::TRAFFIC_MIRROR_FILTER_RULES,
        born: |row: &MirrorRule| row.born,
        filters: &FILTERS,
        least: 5,
    };
    let show = |row: &MirrorRule| describe(world, region, row);
    let Some(text) = request.params.text(field::TRAFFIC_MIRROR_FILTER_ID) else {
        return describing.answer(request, world, &values, &show);
    };
    // Of one filter: the same question about its rules alone.
    let filter = find::<MirrorFilter>(world, region, Kind::TrafficMirrorFilter, text)?.id;
    let wanted: Vec<&str> = request.params.texts(field::TRAFFIC_MIRROR_FILTER_RULE_IDS).collect();
    for text in &wanted {
        find::<MirrorRule>(world, region, Kind::TrafficMirrorRule, text)?;
    }
    let ids = of_filter(world, region, filter)
        .into_iter()
        .map(|row| row.id.to_string());
    let ids: Vec<String> = ids
        .filter(|id| wanted.is_empty() || wanted.contains(&id.as_str()))
        .collect();
    if ids.is_empty() {
        return Ok(Structure::new().with(field::TRAFFIC_MIRROR_FILTER_RULES, Vec::<Structure>::new()));
    }
    let params = request.params.clone().with(field::TRAFFIC_MIRROR_FILTER_RULE_IDS, ids);
    let asked = Request {
        params: &params,
        ..*request
    };
    describing.answer(&asked, world, &values, &show)
}

fn values(row: &MirrorRule, name: &str) -> Vec<String> {
    let range = |ports: Option<(u16, u16)>| ports.map(|(from, to)| format!("{from}-{to}"));
    let value = match name {
        "traffic-mirror-filter-rule-id" => Some(row.id.to_string()),
        "traffic-mirror-filter-id" => Some(row.filter.to_string()),
        "rule-number" => Some(row.number.to_string()),
        "rule-action" => Some(action(row).to_owned()),
        "traffic-direction" => Some(direction(row).to_owned()),
        "protocol" => row.protocol.map(|number| number.to_string()),
        "source-cidr-block" => Some(row.source.to_string()),
        "destination-cidr-block" => Some(row.destination.to_string()),
        "source-port-range" => range(row.source_ports),
        _ => row.description.clone(),
    };
    value.into_iter().collect()
}
