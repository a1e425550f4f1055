//! Paths: two ends, a protocol, and what the packet must be like.
//! <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkInsightsPath.html>

use super::super::common::{Describing, arn, find, need, note, read_ipv4, tag_list, unknown};
use super::super::{tags, tokens};
use super::{filters, refuse_dependents};
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::base::random::Stream;
use crate::catalog::{Region, quotas};
use crate::network::protocol_text;
use crate::services::Request;
use crate::world::World;
use crate::world::insights::*;
use stratus_model::{Name, Structure, field};

/// The filters of DescribeNetworkInsightsPaths.
const FILTERS: [&str; 11] = [
    "destination",
    "filter-at-source.source-address",
    "filter-at-source.source-port-range",
    "filter-at-source.destination-address",
    "filter-at-source.destination-port-range",
    "filter-at-destination.source-address",
    "filter-at-destination.source-port-range",
    "filter-at-destination.destination-address",
    "filter-at-destination.destination-port-range",
    "protocol",
    "source",
];

pub(super) fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    if let Some(made) = tokens::earlier(request, world)?
        && let Ok(made) = InsightsPathId::try_from(made)
        && let Some(row) = world.row::<InsightsPath>(region, made)
    {
        return Ok(answer(world, region, row));
    }
    let mut row = read(params, world, region)?;
    let paths = world.ec2(region).map_or(0, |ec2| ec2.insights.paths.len());
    if paths >= quotas::INSIGHTS_PATHS {
        let why = "You have reached the limit on the number of network insights paths.";
        return Err(Error::new("NetworkInsightsPath.LimitExceeded", why));
    }
    row.id = InsightsPathId(world.random.next_u64(Stream::Ids(Kind::InsightsPath)));
    row.born = world.birth();
    let id = row.id;
    let to = row.destination.as_ref().map(|end| end.id.to_string());
    let text = format!(
        "asked: {} → {}",
        row.source.id,
        to.unwrap_or_else(|| "an address".into())
    );
    world.put(region, row.clone());
    tags::apply_specifications(world, region, params, &[("network-insights-path", &[id.into()])])?;
    note(world, region, id, text);
    tokens::remember(request, world, id);
    Ok(answer(world, region, &row))
}

fn answer(world: &World, region: Region, row: &InsightsPath) -> Structure {
    Structure::new().with(field::NETWORK_INSIGHTS_PATH, describe(world, region, row))
}

/// The row that a call asks for, without a number.
fn read(params: &Structure, world: &World, region: Region) -> Result<InsightsPath> {
    let at_source = filters::read(params, field::FILTER_AT_SOURCE)?;
    let at_destination = filters::read(params, field::FILTER_AT_DESTINATION)?;
    check_combination(params)?;
    let destination = match params.text(field::DESTINATION) {
        Some(text) => Some(read_end(world, region, field::DESTINATION, text)?),
        None if at_source.is_some_and(|filter| filter.destination.is_some()) => None,
        None => {
            let why = "The request must include either the Destination parameter or the FilterAtSource.DestinationAddress \
                       parameter. Add the required parameter and retry the request.";
            return Err(Error::new("MissingParameter", why).at("Destination"));
        }
    };
    let address = |name: Name| params.text(name).map(|text| read_ipv4(name.text(), text)).transpose();
    let protocol = read_protocol(need(params, field::PROTOCOL)?)?;
    Ok(InsightsPath {
        id: InsightsPathId(0),
        born: 0,
        created: world.now,
        source: read_end(world, region, field::SOURCE, need(params, field::SOURCE)?)?,
        destination,
        source_ip: address(field::SOURCE_IP)?,
        destination_ip: address(field::DESTINATION_IP)?,
        protocol,
        port: params
            .integer(field::DESTINATION_PORT)
            .and_then(|port| u16::try_from(port).ok()),
        at_source,
        at_destination,
    })
}

/// In capitals, too, as the guide to the analyzer types it (ours: the API's reference knows small letters only).
/// <https://docs.aws.amazon.com/vpc/latest/reachability/getting-started-cli.html>
fn read_protocol(text: &str) -> Result<u8> {
    match text.to_ascii_lowercase().as_str() {
        "tcp" => Ok(6),
        "udp" => Ok(17),
        _ => {
            let why = format!("Value ({text}) for parameter protocol is invalid.");
            let error = Error::new("InvalidParameterValue", why).at("Protocol");
            Err(error.remedy("It is tcp or udp."))
        }
    }
}

/// A filter says it all: the older parameters for the same end cannot stand beside it.
fn check_combination(params: &Structure) -> Result<()> {
    for (filter, others) in [
        (
            field::FILTER_AT_SOURCE,
            [field::SOURCE_IP, field::DESTINATION_PORT].as_slice(),
        ),
        (field::FILTER_AT_DESTINATION, &[field::DESTINATION_IP]),
    ] {
        let other = others.iter().find(|other| params.contains(**other));
        if let (true, Some(other)) = (params.contains(filter), other) {
            let why = format!(
                "The parameter {} cannot be used with the parameter {}.",
                other.text(),
                filter.text()
            );
            return Err(Error::new("InvalidParameterCombination", why).at(other.text()));
        }
    }
    Ok(())
}

/// An end: an id, or an ARN of this account and Region.
fn read_end(world: &World, region: Region, name: Name, text: &str) -> Result<PathEnd> {
    let refuse = |why: &str| {
        let parameter = name.text().to_lowercase();
        let why = format!("Value ({text}) for parameter {parameter} is invalid. {why}");
        Error::new("InvalidParameterValue", why).at(name.text())
    };
    let id_text = match text.strip_prefix("arn:") {
        None => text,
        Some(_) => {
            let own = format!("arn:aws:ec2:{}:{}:", region.name(), world.account());
            let rest = text.strip_prefix(&own).and_then(|rest| rest.split_once('/'));
            rest.ok_or_else(|| refuse("It is no resource of this account in this Region."))?
                .1
        }
    };
    let id = ResourceId::parse(id_text).ok_or_else(|| refuse("It is not the id of a resource."))?;
    if !matches!(
        id.kind(),
        Kind::Instance
            | Kind::NetworkInterface
            | Kind::InternetGateway
            | Kind::VpnGateway
            | Kind::VpcEndpoint
            | Kind::EndpointService
            | Kind::VpcPeering
            | Kind::TransitGateway
            | Kind::TransitAttachment
    ) {
        return Err(refuse("The resource type is not supported."));
    }
    if !world.has(region, id) {
        return Err(unknown(id.kind(), id_text));
    }
    let text = text.to_owned();
    Ok(PathEnd { text, id })
}

/// A path as the API shows it.
fn describe(world: &World, region: Region, row: &InsightsPath) -> Structure {
    let end_arn = |end: &PathEnd| tags::resource_type(end.id.kind()).map(|kind| arn(world, region, kind, end.id));
    let destination = row.destination.as_ref();
    Structure::new()
        .with(field::NETWORK_INSIGHTS_PATH_ID, row.id)
        .with(
            field::NETWORK_INSIGHTS_PATH_ARN,
            arn(world, region, "network-insights-path", row.id),
        )
        .with(field::CREATED_DATE, row.created)
        .with(field::SOURCE, row.source.id.to_string())
        .with_some(field::DESTINATION, destination.map(|end| end.id.to_string()))
        .with_some(field::SOURCE_ARN, end_arn(&row.source))
        .with_some(field::DESTINATION_ARN, destination.and_then(end_arn))
        .with_some(field::SOURCE_IP, row.source_ip.map(|address| address.to_string()))
        .with_some(
            field::DESTINATION_IP,
            row.destination_ip.map(|address| address.to_string()),
        )
        .with(field::PROTOCOL, protocol_text(row.protocol))
        .with_some(field::DESTINATION_PORT, row.port.map(i64::from))
        .with_some(field::FILTER_AT_SOURCE, row.at_source.as_ref().map(filters::describe))
        .with_some(
            field::FILTER_AT_DESTINATION,
            row.at_destination.as_ref().map(filters::describe),
        )
        .with(field::TAGS, tag_list(world, region, row.id))
}

fn value(row: &InsightsPath, name: &str) -> Vec<String> {
    let end = |end: &PathEnd| vec![end.id.to_string()];
    match name {
        "source" => end(&row.source),
        "destination" => row.destination.as_ref().map(end).unwrap_or_default(),
        "protocol" => vec![protocol_text(row.protocol)],
        _ => match name.split_once('.') {
            Some(("filter-at-source", part)) => filters::values(row.at_source.as_ref(), part),
            Some((_, part)) => filters::values(row.at_destination.as_ref(), part),
            None => Vec::new(),
        },
    }
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeNetworkInsightsPaths.html>
pub(super) fn describe_all(request: &Request<'_>, world: &World) -> Result<Structure> {
    let describing = Describing {
        kind: Kind::InsightsPath,
        ids: field::NETWORK_INSIGHTS_PATH_IDS,
        answer: field::NETWORK_INSIGHTS_PATHS,
        born: |row: &InsightsPath| row.born,
        filters: &FILTERS,
        least: 1,
    };
    describing.answer(request, world, &value, &|row| describe(world, request.region, row))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteNetworkInsightsPath.html>: its analyses go first.
pub(super) fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let text = need(request.params, field::NETWORK_INSIGHTS_PATH_ID)?;
    let id = find::<InsightsPath>(world, region, Kind::InsightsPath, text)?.id;
    refuse_dependents(
        world,
        region,
        id.into(),
        "AnalysisExistsForNetworkInsightsPath",
        "network insights path",
    )?;
    note(world, region, id, "deleted");
    world.take::<InsightsPath>(region, id);
    Ok(Structure::new().with(field::NETWORK_INSIGHTS_PATH_ID, id))
}
