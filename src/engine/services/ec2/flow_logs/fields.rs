//! The fields that a record can have, the version of flow logs that brought each, and formats made of them.
//! <https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html>,
//! <https://docs.aws.amazon.com/vpc/latest/tgw/tgw-flow-logs.html>

use crate::base::error::{Error, Result};
use crate::world::flow_logs::FlowLog;

/// Fields of VPC flow logs.
#[rustfmt::skip]
const VPC: &[(&str, u8)] = &[
    ("version", 2), ("account-id", 2), ("interface-id", 2), ("srcaddr", 2), ("dstaddr", 2), ("srcport", 2), ("dstport", 2),
    ("protocol", 2), ("packets", 2), ("bytes", 2), ("start", 2), ("end", 2), ("action", 2), ("log-status", 2),
    ("vpc-id", 3), ("subnet-id", 3), ("instance-id", 3), ("tcp-flags", 3), ("type", 3), ("pkt-srcaddr", 3), ("pkt-dstaddr", 3),
    ("region", 4), ("az-id", 4), ("sublocation-type", 4), ("sublocation-id", 4),
    ("pkt-src-aws-service", 5), ("pkt-dst-aws-service", 5), ("flow-direction", 5), ("traffic-path", 5),
    ("ecs-cluster-arn", 7), ("ecs-cluster-name", 7), ("ecs-container-instance-arn", 7), ("ecs-container-instance-id", 7),
    ("ecs-container-id", 7), ("ecs-second-container-id", 7), ("ecs-service-name", 7), ("ecs-task-definition-arn", 7),
    ("ecs-task-arn", 7), ("ecs-task-id", 7),
    ("reject-reason", 8), ("resource-id", 9), ("encryption-status", 10),
];

/// Fields of transit gateway flow logs, in the order of their default format.
#[rustfmt::skip]
const TRANSIT: &[(&str, u8)] = &[
    ("version", 2), ("resource-type", 6), ("account-id", 2), ("tgw-id", 6), ("tgw-attachment-id", 6),
    ("tgw-src-vpc-account-id", 6), ("tgw-dst-vpc-account-id", 6), ("tgw-src-vpc-id", 6), ("tgw-dst-vpc-id", 6),
    ("tgw-src-subnet-id", 6), ("tgw-dst-subnet-id", 6), ("tgw-src-eni", 6), ("tgw-dst-eni", 6), ("tgw-src-az-id", 6),
    ("tgw-dst-az-id", 6), ("tgw-pair-attachment-id", 6), ("srcaddr", 2), ("dstaddr", 2), ("srcport", 2), ("dstport", 2),
    ("protocol", 2), ("packets", 2), ("bytes", 2), ("start", 2), ("end", 2), ("log-status", 2), ("type", 3),
    ("packets-lost-no-route", 6), ("packets-lost-blackhole", 6), ("packets-lost-mtu-exceeded", 6),
    ("packets-lost-ttl-expired", 6), ("tcp-flags", 3), ("region", 4), ("flow-direction", 5), ("pkt-src-aws-service", 5),
    ("pkt-dst-aws-service", 5),
];

/// Characters of a format (ours).
const FORMAT_CHARACTERS: usize = 4_096;

fn known(transit: bool) -> &'static [(&'static str, u8)] {
    if transit { TRANSIT } else { VPC }
}

/// The default format: all fields of version 2, or all of a transit gateway's.
fn standard(transit: bool) -> Vec<(&'static str, u8)> {
    let known = known(transit).iter().copied();
    known.filter(|(_, version)| transit || *version == 2).collect()
}

/// Reads a format: `${version} ${vpc-id}`.
///
/// # Errors
/// `InvalidParameter` for a field that there is not, and for no field at all.
pub(super) fn read(format: &str, transit: bool) -> Result<Vec<(&'static str, u8)>> {
    let refuse = |why: String| Err(Error::new("InvalidParameter", why).at("LogFormat"));
    if format.chars().count() > FORMAT_CHARACTERS {
        return refuse(format!("LogFormat is longer than {FORMAT_CHARACTERS} characters."));
    }
    let (mut fields, mut unknown) = (Vec::new(), Vec::new());
    for word in format.split_whitespace() {
        let name = word.strip_prefix("${").and_then(|rest| rest.strip_suffix('}'));
        match known(transit).iter().find(|(known, _)| Some(*known) == name) {
            Some(field) => fields.push(*field),
            None => unknown.push(name.unwrap_or(word)),
        }
    }
    if !unknown.is_empty() {
        return refuse(format!("Unknown fields provided: [{}]", unknown.join(", ")));
    }
    if fields.is_empty() {
        return refuse("LogFormat must have at least one field.".into());
    }
    Ok(fields)
}

/// The fields of a flow log's records.
pub(super) fn of(log: &FlowLog) -> Vec<(&'static str, u8)> {
    let transit = log.traffic.is_none();
    let own = log.format.as_ref().and_then(|format| read(format, transit).ok());
    own.unwrap_or_else(|| standard(transit))
}

/// A format as the API writes it.
pub(super) fn text(fields: &[(&'static str, u8)]) -> String {
    let words: Vec<String> = fields.iter().map(|(name, _)| format!("${{{name}}}")).collect();
    words.join(" ")
}
