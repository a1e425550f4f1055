//! Files in S3: their names, their lines, and gzip around them.
//! <https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-path.html>
//!
//! The gzip is whole and any program unpacks it, but nothing in it is squeezed: a deflater would be a new dependency of the page.

use super::delivery::Line;
use super::fields;
use crate::base::time::Time;
use crate::catalog::Region;
use crate::services::s3;
use crate::world::World;
use crate::world::flow_logs::{FlowLog, LogDestination};
use crate::world::journal::Cause;
use sha2::{Digest, Sha256};

const SOURCE: &str = "https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-path.html";

/// Bytes of a stored block of deflate.
const BLOCK: usize = 65_535;

/// Puts the lines of a delivery into the bucket; where they are, or `None` if that cannot be.
pub(super) fn store(world: &mut World, region: Region, log: &FlowLog, slot: Time, lines: &[Line]) -> Option<String> {
    let LogDestination::Bucket { bucket, .. } = &log.destination else {
        return None;
    };
    let head: Vec<&str> = fields::of(log).iter().map(|(name, _)| *name).collect();
    let mut text = head.join(" ");
    text.push('\n');
    for line in lines {
        text.push_str(&line.text);
        text.push('\n');
    }
    let key = name(world, region, log, slot, &text)?;
    let cause = Cause::Clock {
        rule: super::delivery::RULE.into(),
        source: SOURCE.into(),
    };
    s3::deliver(world, bucket, &key, &gzip(text.as_bytes()), cause).ok()?;
    Some(format!("s3://{bucket}/{key}"))
}

/// `AWSLogs/account/vpcflowlogs/region/year/month/day/account_vpcflowlogs_region_flow-log_time_hash.log.gz`. The time is that
/// of the end of what the file holds.
fn name(world: &World, region: Region, log: &FlowLog, slot: Time, text: &str) -> Option<String> {
    let LogDestination::Bucket { folder, options, .. } = &log.destination else {
        return None;
    };
    let (account, region) = (world.account(), region.name());
    let iso = slot.iso8601();
    let part = |from: usize, to: usize| iso.get(from..to).unwrap_or_default();
    let (year, month, day, hour) = (part(0, 4), part(5, 7), part(8, 10), part(11, 13));
    let stamp = format!("{year}{month}{day}T{hour}{}Z", part(14, 16));
    let digest = Sha256::digest(format!("{} {stamp} {text}", log.id).as_bytes());
    let hash: String = digest.iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    let options = options.unwrap_or_default();
    let mut path = if folder.is_empty() {
        String::new()
    } else {
        format!("{folder}/")
    };
    path += &match options.hive {
        true => format!(
            "AWSLogs/aws-account-id={account}/aws-service=vpcflowlogs/aws-region={region}/year={year}/month={month}/day={day}/"
        ),
        false => format!("AWSLogs/{account}/vpcflowlogs/{region}/{year}/{month}/{day}/"),
    };
    if options.per_hour {
        path += &match options.hive {
            true => format!("hour={hour}/"),
            false => format!("{hour}/"),
        };
    }
    Some(format!(
        "{path}{account}_vpcflowlogs_{region}_{}_{stamp}_{hash}.log.gz",
        log.id
    ))
}

/// RFC 1952 around RFC 1951's blocks that are stored as they are.
pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    let blocks = bytes.len().div_ceil(BLOCK).max(1);
    for place in 0..blocks {
        let from = place * BLOCK;
        let block = bytes.get(from..bytes.len().min(from + BLOCK)).unwrap_or_default();
        let length = block.len() as u16;
        out.push(u8::from(place + 1 == blocks));
        out.extend(length.to_le_bytes());
        out.extend((!length).to_le_bytes());
        out.extend(block);
    }
    out.extend(s3::crc32(bytes).to_le_bytes());
    out.extend((bytes.len() as u32).to_le_bytes());
    out
}
