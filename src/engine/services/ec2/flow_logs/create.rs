//! Making flow logs: one for each resource that the call names.
//! <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateFlowLogs.html>

use super::super::common::{note, refuse_unsimulated, unknown};
use super::super::{tags, tokens};
use super::destinations::{self, Asked};
use super::fields;
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::base::random::Stream;
use crate::catalog::{Region, quotas};
use crate::services::Request;
use crate::world::World;
use crate::world::flow_logs::{FlowLog, TrafficKind};
use stratus_model::{Structure, field};

/// Resources of one call: transit gateways and attachments, and everything else.
const RESOURCES: (usize, usize) = (25, 1_000);

pub(super) fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    refuse_unsimulated(params, &[field::TAG_FIELD_SPECIFICATIONS])?;
    if let Some(row) = tokens::made::<FlowLog>(request, world)? {
        return Ok(answer(params, &siblings(world, region, row), Vec::new()));
    }
    let (template, asked) = read(params, world, region)?;
    let ids: Vec<String> = params.texts(field::RESOURCE_IDS).map(str::to_owned).collect();
    let kind = kind(params.text(field::RESOURCE_TYPE).unwrap_or_default());
    let most = if template.traffic.is_none() {
        RESOURCES.0
    } else {
        RESOURCES.1
    };
    if ids.is_empty() || ids.len() > most {
        let why = format!("ResourceIds must name 1 to {most} resources.");
        return Err(Error::new("InvalidParameterValue", why).at("ResourceIds"));
    }
    let (mut made, mut refused) = (Vec::new(), Vec::new());
    for text in &ids {
        if let Some(why) = &asked.missing {
            refused.push(unsuccessful(text, "400", why));
            continue;
        }
        match check(world, region, &template, kind, text) {
            Ok(resource) => made.push(put(world, region, &template, resource)),
            // A call about one thing is refused whole.
            Err(error) if ids.len() == 1 => return Err(error),
            Err(error) => refused.push(unsuccessful(text, error.code, &error.message)),
        }
    }
    if let Some(first) = made.first().copied() {
        destinations::grant(world, request, &template.destination)?;
        let tagged: Vec<ResourceId> = made.iter().map(|id| (*id).into()).collect();
        tags::apply_specifications(world, region, params, &[("vpc-flow-log", &tagged)])?;
        tokens::remember(request, world, first);
    }
    Ok(answer(params, &made, refused))
}

fn kind(name: &str) -> Kind {
    match name {
        "VPC" => Kind::Vpc,
        "Subnet" => Kind::Subnet,
        "TransitGateway" => Kind::TransitGateway,
        "TransitGatewayAttachment" => Kind::TransitAttachment,
        _ => Kind::NetworkInterface,
    }
}

/// The flow logs that the call which made this one made: they were made at one moment, one after the other.
fn siblings(world: &World, region: Region, first: &FlowLog) -> Vec<FlowLogId> {
    let rows = world.ec2(region).into_iter().flat_map(|ec2| ec2.flow_logs.logs.rows());
    let mut rows: Vec<&FlowLog> = rows
        .filter(|row| row.created == first.created && row.born >= first.born)
        .filter(|row| row.destination == first.destination)
        .collect();
    rows.sort_unstable_by_key(|row| row.born);
    let alike = rows
        .iter()
        .zip(first.born..)
        .take_while(|(row, born)| row.born == *born);
    alike.map(|(row, _)| row.id).collect()
}

fn answer(params: &Structure, made: &[FlowLogId], refused: Vec<Structure>) -> Structure {
    let ids: Vec<String> = made.iter().map(ToString::to_string).collect();
    Structure::new()
        .with_some(field::CLIENT_TOKEN, params.text(field::CLIENT_TOKEN))
        .with(field::FLOW_LOG_IDS, ids)
        .with(field::UNSUCCESSFUL, refused)
}

/// An item of `Unsuccessful`.
pub(super) fn unsuccessful(resource: &str, code: &str, message: &str) -> Structure {
    let error = Structure::new().with(field::CODE, code).with(field::MESSAGE, message);
    Structure::new()
        .with(field::RESOURCE_ID, resource)
        .with(field::ERROR, error)
}

/// All of a flow log but whose it is.
fn read(params: &Structure, world: &World, region: Region) -> Result<(FlowLog, Asked)> {
    let refuse = |why: String, at: &str| Err(Error::new("InvalidParameter", why).at(at));
    let resource_type = params.text(field::RESOURCE_TYPE).unwrap_or_default();
    let transit = resource_type.starts_with("TransitGateway");
    let traffic = match params.text(field::TRAFFIC_TYPE) {
        Some(_) if transit => {
            let why = format!("TrafficType is not supported for the resource type {resource_type}.");
            return refuse(why, "TrafficType");
        }
        Some("ACCEPT") => Some(TrafficKind::Accept),
        Some("REJECT") => Some(TrafficKind::Reject),
        Some(_) => Some(TrafficKind::All),
        None if transit => None,
        None => return Err(Error::missing("TrafficType")),
    };
    let interval = params.integer(field::MAX_AGGREGATION_INTERVAL);
    let interval = match (interval, transit) {
        (None | Some(60), true) | (Some(60), false) => 60,
        (None | Some(600), false) => 600,
        _ => {
            let why = "Invalid Flow Log Max Aggregation Interval";
            return refuse(why.into(), "MaxAggregationInterval");
        }
    };
    let format = params.text(field::LOG_FORMAT).filter(|format| !format.is_empty());
    let format = match format {
        Some(format) => Some(fields::text(&fields::read(format, transit)?)),
        None => None,
    };
    let asked = destinations::read(world, region, params)?;
    let text = |name| params.text(name).map(str::to_owned);
    let template = FlowLog {
        id: FlowLogId(0),
        born: 0,
        created: world.now,
        resource: ResourceId::FlowLog(FlowLogId(0)),
        traffic,
        destination: asked.destination.clone(),
        format,
        interval,
        role: text(field::DELIVER_LOGS_PERMISSION_ARN),
        cross_role: text(field::DELIVER_CROSS_ACCOUNT_ROLE),
        failure: None,
        due: Vec::new(),
        streams: Vec::new(),
    };
    Ok((template, asked))
}

/// Whether a resource can have such a flow log.
fn check(world: &World, region: Region, template: &FlowLog, kind: Kind, text: &str) -> Result<ResourceId> {
    let resource = ResourceId::parse(text).filter(|id| id.kind() == kind && world.has(region, *id));
    let resource = resource.ok_or_else(|| unknown(kind, text))?;
    let rows = world.ec2(region).into_iter().flat_map(|ec2| ec2.flow_logs.logs.rows());
    let others: Vec<&FlowLog> = rows.filter(|row| row.resource == resource).collect();
    let same = |row: &&FlowLog| {
        row.destination.is_same(&template.destination)
            && (row.traffic, &row.format, row.interval) == (template.traffic, &template.format, template.interval)
    };
    if others.iter().any(same) {
        let why = "Error. There is an existing Flow Log with the same configuration and log destination.";
        return Err(Error::new("FlowLogAlreadyExists", why));
    }
    if others.len() >= quotas::FLOW_LOGS_OF_RESOURCE {
        let why = format!("You have reached the limit on the number of flow logs for {text}.");
        return Err(Error::new("FlowLogsLimitExceeded", why));
    }
    Ok(resource)
}

fn put(world: &mut World, region: Region, template: &FlowLog, resource: ResourceId) -> FlowLogId {
    let id = FlowLogId(world.random.next_u64(Stream::Ids(Kind::FlowLog)));
    let row = FlowLog {
        id,
        born: world.birth(),
        resource,
        ..template.clone()
    };
    world.put(region, row);
    note(world, region, id, format!("logs the traffic of {resource}"));
    id
}
