//! What flow logs have put into log groups, and what was mirrored: reads of our own, in the place of CloudWatch Logs, which is not
//! simulated, and of a program that listens on port 4789.

use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::base::limits::GROUP_RECORDS;
use crate::services::Request;
use crate::services::ec2::common::{find, page};
use crate::world::World;
use crate::world::flow_logs::{FlowLog, FlowRecord, LogDestination};
use crate::world::mirroring::{MirrorCopy, MirrorSession, MirrorTarget};
use stratus_model::{Structure, field};

/// The records of a log group, or those of one flow log, in the order of their delivery.
pub(super) fn flow_log_records(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let stream = params.text(field::LOG_STREAM_NAME);
    let (group, log) = match (params.text(field::FLOW_LOG_ID), params.text(field::LOG_GROUP_NAME)) {
        (Some(_), Some(_)) | (None, None) => {
            return Err(Error::combination("Give either FlowLogId or LogGroupName."));
        }
        (None, Some(group)) => (group.to_owned(), None),
        (Some(text), None) => {
            let row = find::<FlowLog>(world, region, Kind::FlowLog, text)?;
            match &row.destination {
                LogDestination::Group(group, _) => (group.clone(), Some(row.id)),
                LogDestination::Bucket { bucket, .. } => {
                    let why = format!("The records of {text} are files in the bucket {bucket}.");
                    return Err(Error::new("InvalidParameterValue", why)
                        .at("FlowLogId")
                        .remedy(format!("Get them there: aws s3 ls s3://{bucket} --recursive")));
                }
            }
        }
    };
    let records = world.ec2(region).map(|ec2| &ec2.flow_logs.records);
    let count = world
        .ec2(region)
        .and_then(|ec2| ec2.flow_logs.groups.get(&group).copied());
    if count.is_none() && log.is_none() {
        let why = format!("The log group {group} does not exist: it is made with the first record.");
        return Err(Error::new("ResourceNotFoundException", why).at("LogGroupName"));
    }
    let last = count.unwrap_or(0);
    let first = last.saturating_sub(GROUP_RECORDS as u64);
    let range = (group.clone(), first)..=(group.clone(), last);
    let found: Vec<&FlowRecord> = records
        .into_iter()
        .flat_map(|records| records.range(range.clone()))
        .map(|(_, record)| record)
        .filter(|record| log.is_none_or(|log| record.log == log) && stream.is_none_or(|name| record.stream == name))
        .collect();
    let (found, next) = page(found, params, 1)?;
    let shown: Vec<Structure> = found.into_iter().map(|record| show_record(&group, record)).collect();
    Ok(Structure::new()
        .with(field::RECORDS, shown)
        .with_some(field::NEXT_TOKEN, next))
}

fn show_record(group: &str, record: &FlowRecord) -> Structure {
    Structure::new()
        .with(field::FLOW_LOG_ID, record.log)
        .with(field::LOG_GROUP_NAME, group)
        .with(field::LOG_STREAM_NAME, record.stream.as_str())
        .with(field::TIMESTAMP, record.at)
        .with(field::INGESTION_TIME, record.delivered)
        .with(field::MESSAGE, record.message.as_str())
}

/// What was copied to a target, or by a session, or at all, in the order of the copying.
pub(super) fn mirrored_packets(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let target = match params.text(field::TRAFFIC_MIRROR_TARGET_ID) {
        Some(text) => Some(find::<MirrorTarget>(world, region, Kind::TrafficMirrorTarget, text)?.id),
        None => None,
    };
    let session = match params.text(field::TRAFFIC_MIRROR_SESSION_ID) {
        Some(text) => Some(find::<MirrorSession>(world, region, Kind::TrafficMirrorSession, text)?.id),
        None => None,
    };
    let copies = world
        .ec2(region)
        .into_iter()
        .flat_map(|ec2| ec2.mirroring.copies.iter());
    let mut found: Vec<(TrafficMirrorTargetId, &MirrorCopy)> = copies
        .map(|((of, _), copy)| (*of, copy))
        .filter(|(of, copy)| target.is_none_or(|id| *of == id) && session.is_none_or(|id| copy.session == id))
        .collect();
    found.sort_unstable_by_key(|(_, copy)| copy.number);
    let (found, next) = page(found, params, 1)?;
    let shown: Vec<Structure> = found.into_iter().map(|(of, copy)| show_copy(of, copy)).collect();
    Ok(Structure::new()
        .with(field::MIRRORED_PACKETS, shown)
        .with_some(field::NEXT_TOKEN, next))
}

fn show_copy(target: TrafficMirrorTargetId, copy: &MirrorCopy) -> Structure {
    let protocol = match copy.protocol {
        6 => "tcp".to_owned(),
        17 => "udp".to_owned(),
        1 | 58 => "icmp".to_owned(),
        other => other.to_string(),
    };
    let reason = (!copy.lost.is_empty()).then_some(copy.lost.as_str());
    Structure::new()
        .with(field::TRAFFIC_MIRROR_TARGET_ID, target)
        .with(field::TRAFFIC_MIRROR_SESSION_ID, copy.session)
        .with(field::NETWORK_INTERFACE_ID, copy.interface)
        .with(field::VIRTUAL_NETWORK_ID, copy.vni)
        .with(field::TIME, copy.at)
        .with(field::DIRECTION, if copy.egress { "egress" } else { "ingress" })
        .with(field::PROTOCOL, protocol)
        .with(field::SOURCE_ADDRESS, copy.from.0.to_string())
        .with(field::SOURCE_PORT, i64::from(copy.from.1))
        .with(field::DESTINATION_ADDRESS, copy.to.0.to_string())
        .with(field::DESTINATION_PORT, i64::from(copy.to.1))
        .with(field::VXLAN_SOURCE_ADDRESS, copy.outer.0.to_string())
        .with(field::VXLAN_DESTINATION_ADDRESS, copy.outer.1.to_string())
        .with(field::VXLAN_DESTINATION_PORT, 4_789)
        .with(field::PACKET_COUNT, copy.packets as i64)
        .with(field::BYTE_COUNT, copy.bytes as i64)
        .with(field::MIRRORED_BYTE_COUNT, copy.copied as i64)
        .with(field::DELIVERED, copy.lost.is_empty())
        .with_some(field::REASON, reason)
}
