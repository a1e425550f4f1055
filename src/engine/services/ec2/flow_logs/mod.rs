//! VPC flow logs and transit gateway flow logs: what the simulated traffic did, written down as AWS writes it. This file only
//! routes; a first visit calls nothing here.
//! <https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html>
//!
//! CloudWatch Logs is not simulated, nor are Firehose and Athena: records for a log group are kept beside the flow logs, and our
//! own `stratus DescribeFlowLogRecords` reads them.

pub(crate) mod capture;
mod create;
mod delivery;
mod describe;
mod destinations;
mod fields;
mod files;
mod lines;
mod template;

pub(crate) use files::gzip;

use crate::clock::Pending;
use crate::services::Handler;
use crate::world::World;

/// The handler of an operation.
#[inline(never)]
pub(super) fn handler(operation: &str) -> Option<Handler> {
    use Handler::{Read, Write};
    Some(match operation {
        "CreateFlowLogs" => Write(create::create),
        "DeleteFlowLogs" => Write(describe::delete),
        "DescribeFlowLogs" => Read(describe::describe_all),
        "GetFlowLogsIntegrationTemplate" => Write(template::get),
        _ => return None,
    })
}

/// Pending work: a delivery is due.
#[inline(never)]
pub(super) fn due(world: &mut World, pending: &Pending) {
    delivery::due(world, pending);
}
