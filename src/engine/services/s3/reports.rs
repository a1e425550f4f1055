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
/// `NoSuchBucket`; `InvalidS3DestinationBucket` where it is in another Region; `AccessDenied` where its policy does not let S3 write.
pub(super) fn write(world: &mut World, from: &str, into: &str, key: &str, bytes: &[u8], cause: Cause) -> Result<()> {
    let row = world.s3.buckets.get(&into.to_owned());
    let row = row.ok_or_else(|| no_such_bucket(into))?;
    let source = world.s3.buckets.get(&from.to_owned()).map(|row| row.region);
    if source.is_some_and(|region| region != row.region) {
        let text = "The destination bucket must be in the same AWS Region as the source bucket.";
        return Err(Error::new("InvalidS3DestinationBucket", text));
    }
    if !may_write(world, row, from, key) {
        let remedy = format!("The policy of s3://{into} does not let {SERVICE} put {key}.");
        return Err(access_denied().remedy(remedy));
    }
    put::deliver(world, into, key, bytes, cause)
}

/// Whether a bucket's policy lets S3 put an object there that is about another bucket.
pub fn may_write(world: &World, into: &Bucket, from: &str, key: &str) -> bool {
    let params = Structure::new()
        .with(field::BUCKET, into.name.as_str())
        .with(field::KEY, key)
        .with(field::ACL, ACL);
    let visit = public::Visit {
        secure: true,
        service_for: Some(arn(from)),
        ..public::Visit::default()
    };
    let policy: Option<Value> = into
        .settings
        .policy
        .as_deref()
        .and_then(|text| serde_json::from_str(text).ok());
    let question = Question::to(world, into, "PutObject", &params, &visit);
    let is_meant = |principal: &Value| {
        let service = items(principal.get("Service"));
        public::is_everybody(principal) || service.iter().any(|one| one.as_str() == Some(SERVICE))
    };
    policy.and_then(|policy| decide(&policy, &question.asked(), &is_meant)) == Some(true)
}

fn arn(bucket: &str) -> String {
    format!("arn:aws:s3:::{bucket}")
}

/// The policy of a destination with the statement that lets S3 write there about a bucket, as AWS's console adds it; `None`: what is
/// there cannot be added to.
pub fn granting(world: &World, into: &Bucket, from: &str) -> Option<String> {
    let statement = json!({
        "Sid": "S3PolicyStmt-DO-NOT-MODIFY",
        "Effect": "Allow",
        "Principal": {"Service": SERVICE},
        "Action": "s3:PutObject",
        "Resource": format!("{}/*", arn(&into.name)),
        "Condition": {
            "StringEquals": {"s3:x-amz-acl": ACL, "aws:SourceAccount": world.account()},
            "ArnLike": {"aws:SourceArn": arn(from)}
        }
    });
    policy::extended(
        into.settings.policy.as_deref(),
        "S3-Console-Auto-Gen-Policy",
        vec![statement],
    )
}
