//! Describing and deleting flow logs.
//! <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeFlowLogs.html>,
//! <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteFlowLogs.html>

use super::super::common::{Describing, note, tag_list};
use super::{delivery, fields};
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::catalog::Region;
use crate::services::Request;
use crate::world::World;
use crate::world::flow_logs::{FlowLog, LogDestination};
use stratus_model::{Structure, Value, field};

const FILTERS: [&str; 6] = [
    "deliver-log-status",
    "log-destination-type",
    "flow-log-id",
    "log-group-name",
    "resource-id",
    "traffic-type",
];

/// Its parameter is called `Filter`.
pub(super) fn describe_all(request: &Request<'_>, world: &World) -> Result<Structure> {
    let mut params = request.params.clone();
    if let Some(filters) = params.remove(field::FILTER) {
        params.set(field::FILTERS, filters);
    }
    let asked = Request {
        params: &params,
        ..*request
    };
    let describing = Describing {
        kind: Kind::FlowLog,
        ids: field::FLOW_LOG_IDS,
        answer: field::FLOW_LOGS,
        born: |row: &FlowLog| row.born,
        filters: &FILTERS,
        least: 1,
    };
    describing.answer(&asked, world, &values, &|row| describe(world, request.region, row))
}

fn values(row: &FlowLog, name: &str) -> Vec<String> {
    let group = match &row.destination {
        LogDestination::Group(name, _) => Some(name.clone()),
        LogDestination::Bucket { .. } => None,
    };
    let value = match name {
        "deliver-log-status" => Some(status(row).to_owned()),
        "log-destination-type" => Some(kind(&row.destination).to_owned()),
        "flow-log-id" => Some(row.id.to_string()),
        "log-group-name" => group,
        "resource-id" => Some(row.resource.to_string()),
        _ => row.traffic.map(|traffic| traffic.name().to_owned()),
    };
    value.into_iter().collect()
}

fn status(row: &FlowLog) -> &'static str {
    if row.failure.is_some() { "FAILED" } else { "SUCCESS" }
}

fn kind(destination: &LogDestination) -> &'static str {
    match destination {
        LogDestination::Group(..) => "cloud-watch-logs",
        LogDestination::Bucket { .. } => "s3",
    }
}

/// A flow log as the API shows it.
fn describe(world: &World, region: Region, row: &FlowLog) -> Structure {
    let (group, arn) = match &row.destination {
        LogDestination::Group(name, by_arn) => {
            let arn = format!("arn:aws:logs:{}:{}:log-group:{name}", region.name(), world.account());
            (Some(name.clone()), by_arn.then_some(arn))
        }
        LogDestination::Bucket { bucket, folder, .. } if folder.is_empty() => {
            (None, Some(format!("arn:aws:s3:::{bucket}")))
        }
        LogDestination::Bucket { bucket, folder, .. } => (None, Some(format!("arn:aws:s3:::{bucket}/{folder}/"))),
    };
    let options = match &row.destination {
        LogDestination::Bucket {
            options: Some(options), ..
        } => Some(
            Structure::new()
                .with(field::FILE_FORMAT, "plain-text")
                .with(field::HIVE_COMPATIBLE_PARTITIONS, options.hive)
                .with(field::PER_HOUR_PARTITION, options.per_hour),
        ),
        _ => None,
    };
    Structure::new()
        .with(field::CREATION_TIME, row.created)
        .with_some(field::DELIVER_LOGS_ERROR_MESSAGE, row.failure.clone())
        .with_some(field::DELIVER_LOGS_PERMISSION_ARN, row.role.clone())
        .with_some(field::DELIVER_CROSS_ACCOUNT_ROLE, row.cross_role.clone())
        .with(field::DELIVER_LOGS_STATUS, status(row))
        .with(field::FLOW_LOG_ID, row.id)
        .with(field::FLOW_LOG_STATUS, "ACTIVE")
        .with_some(field::LOG_GROUP_NAME, group)
        .with(field::RESOURCE_ID, row.resource.to_string())
        .with_some(field::TRAFFIC_TYPE, row.traffic.map(|traffic| traffic.name()))
        .with(field::LOG_DESTINATION_TYPE, kind(&row.destination))
        .with_some(field::LOG_DESTINATION, arn)
        .with(field::LOG_FORMAT, fields::text(&fields::of(row)))
        .with(field::TAGS, tag_list(world, region, row.id))
        .with(field::MAX_AGGREGATION_INTERVAL, row.interval)
        .with_some(field::DESTINATION_OPTIONS, options)
}

/// What was captured is still delivered, and what has been delivered stays where it is.
pub(super) fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let texts: Vec<&str> = request.params.texts(field::FLOW_LOG_IDS).collect();
    let found = |text: &&str| FlowLogId::parse(text).filter(|id| world.row::<FlowLog>(region, *id).is_some());
    let missing: Vec<&str> = texts.iter().filter(|text| found(text).is_none()).copied().collect();
    if !missing.is_empty() || texts.is_empty() {
        let why = format!(
            "These flow log ids in the input list are not found: [TotalCount: {}] {}",
            missing.len(),
            missing.join(" ")
        );
        return Err(Error::new("InvalidFlowLogId.NotFound", why).at("FlowLogIds"));
    }
    let ids: Vec<FlowLogId> = texts.iter().filter_map(found).collect();
    for id in ids {
        delivery::flush(world, region, id);
        note(world, region, id, "deleted");
        world.take::<FlowLog>(region, id);
    }
    Ok(Structure::new().with(field::UNSUCCESSFUL, Vec::<Value>::new()))
}
