//! The midnight (UTC) at which S3 writes about a bucket: its inventories, and what its storage class analyses have seen. Foresees that
//! midnight, and puts what is written into its destination, as far as the policy there lets S3 do so. What is written, `inventory` and
//! `analytics` say; nothing here reads it.
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies.html#example-bucket-policies-s3-inventory>

use super::appointments::{appoint, bucket_of};
use super::errors::{access_denied, no_such_bucket};
use super::lifecycle::rules::midnight;
use super::request_keys::{Question, SERVICE};
use super::{analytics, inventory, policy, public, put};
use crate::base::error::{Error, Result};
use crate::base::time::Time;
use crate::clock::{Pending, Step};
use crate::services::iam::statements::{decide, items};
use crate::world::World;
use crate::world::journal::Cause;
use crate::world::objects::Bucket;
use serde_json::{Value, json};
use stratus_model::{Structure, field};

/// What S3 says of who may write: the ACL that it gives what it writes.
const ACL: &str = "bucket-owner-full-control";

/// Foresees the next midnight, where there is anything to write.
pub(super) fn plan(world: &mut World, name: &str) {
    let now = world.now;
    let Some(row) = world.s3.buckets.get(&name.to_owned()) else {
        return;
    };
    if inventory::is_wanted(row) || !row.analyses.is_empty() {
        let next = midnight(Time(now.0 + 1));
        appoint(world, name, next, |bucket| &mut bucket.reports, Step::Progress);
    }
}

/// The midnight has come.
pub(super) fn act(world: &mut World, pending: &Pending) {
    let Some(name) = bucket_of(world, pending) else {
        return;
    };
    let row = world.s3.buckets.get(&name);
    if row.is_none_or(|row| row.reports != Some(world.now)) {
        return;
    }
    analytics::observe(world, &name);
    inventory::report(world, &name);
    plan(world, &name);
}

/// The name of a bucket in the ARN that a configuration has of it.
pub(super) fn name_of(arn: &str) -> &str {
    arn.strip_prefix("arn:aws:s3:::").unwrap_or(arn)
}

/// A line of CSV: each cell in quotes.
pub(super) fn line(cells: &[String]) -> String {
    let quoted: Vec<String> = cells
        .iter()
        .map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")))
        .collect();
    format!("{}\n", quoted.join(","))
}

/// Puts what S3 writes about a bucket into another one.
///
/// # Errors
/// [`obstacle`]'s.
pub(super) fn write(world: &mut World, from: &str, into: &str, key: &str, bytes: &[u8], cause: Cause) -> Result<()> {
    match obstacle(world, from, into, key) {
        Some(error) => Err(error),
        None => put::deliver(world, into, key, bytes, cause),
    }
}

/// Why S3 cannot put what it writes about a bucket into another one, if it cannot: `NoSuchBucket`; `InvalidS3DestinationBucket` where
/// that is in another Region; `AccessDenied` where its policy does not let S3 write.
pub fn obstacle(world: &World, from: &str, into: &str, key: &str) -> Option<Error> {
    let Some(row) = world.s3.buckets.get(&into.to_owned()) else {
        return Some(no_such_bucket(into));
    };
    let source = world.s3.buckets.get(&from.to_owned()).map(|row| row.region);
    if source.is_some_and(|region| region != row.region) {
        let text = "The destination bucket must be in the same AWS Region as the source bucket.";
        return Some(Error::new("InvalidS3DestinationBucket", text));
    }
    if !may_write(world, row, row.settings.policy.as_deref(), from, key) {
        let remedy = format!("The policy of s3://{into} does not let {SERVICE} put {key}.");
        return Some(access_denied().remedy(remedy));
    }
    None
}

/// Whether this policy of a bucket lets S3 put an object there that is about another bucket.
fn may_write(world: &World, into: &Bucket, policy: Option<&str>, from: &str, key: &str) -> bool {
    let params = Structure::new()
        .with(field::BUCKET, into.name.as_str())
        .with(field::KEY, key)
        .with(field::ACL, ACL);
    let visit = public::Visit {
        secure: true,
        service_for: Some(arn(from)),
        ..public::Visit::default()
    };
    let policy: Option<Value> = policy.and_then(|text| serde_json::from_str(text).ok());
    let question = Question::to(world, into, "PutObject", &params, &visit);
    let is_meant = |principal: &Value| {
        let service = items(principal.get("Service"));
        public::is_everybody(principal) || service.iter().any(|one| one.as_str() == Some(SERVICE))
    };
    policy.and_then(|policy| decide(&policy, &question.asked(), &is_meant)) == Some(true)
}

/// The ARN of a bucket.
pub(super) fn arn(bucket: &str) -> String {
    format!("arn:aws:s3:::{bucket}")
}

/// The policy of a destination with the statement that lets S3 write there about a bucket, as AWS's console adds it (what ends its Sid is
/// ours); `None`: what is there cannot be added to, has that statement already, or denies what it would allow.
pub fn granting(world: &World, into: &Bucket, from: &str, key: &str) -> Option<String> {
    let there = into.settings.policy.as_deref();
    let sid = format!("S3PolicyStmt-DO-NOT-MODIFY-{from}");
    if there.is_some_and(|text| text.contains(&format!("\"{sid}\""))) {
        return None;
    }
    let statement = json!({
        "Sid": sid,
        "Effect": "Allow",
        "Principal": {"Service": SERVICE},
        "Action": "s3:PutObject",
        "Resource": format!("{}/*", arn(&into.name)),
        "Condition": {
            "StringEquals": {"s3:x-amz-acl": ACL, "aws:SourceAccount": world.account()},
            "ArnLike": {"aws:SourceArn": arn(from)}
        }
    });
    let extended = policy::extended(there, "S3-Console-Auto-Gen-Policy", vec![statement])?;
    let fits = policy::read(&extended, &into.name).is_ok();
    (fits && may_write(world, into, Some(&extended), from, key)).then_some(extended)
}
