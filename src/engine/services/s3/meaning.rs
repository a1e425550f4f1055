//! The meaning of "public": whether a bucket's policy lets the public in. Decides no call by itself: Block Public Access and
//! GetBucketPolicyStatus ask it. Real requests are judged in `public.rs`.
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status>

use crate::services::iam::conditions::{Kind, Operator, Quantifier, tests, values};
use crate::services::iam::statements::items;
use ipnet::IpNet;
use serde_json::Value;
use std::net::IpAddr;

/// Condition keys whose fixed value keeps the public out.
const NARROWING: [&str; 13] = [
    "aws:sourcevpc",
    "aws:sourcevpce",
    "aws:sourceowner",
    "aws:sourceaccount",
    "aws:sourceorgid",
    "aws:sourceorgpaths",
    "aws:principalaccount",
    "aws:principalorgid",
    "aws:principalorgpaths",
    "aws:principalservicename",
    "aws:userid",
    "s3:x-amz-server-side-encryption-aws-kms-key-id",
    "s3:dataaccesspointaccount",
];
/// Those whose fixed value is an ARN: its account has to be fixed, the name behind it may have wildcards.
const ARNS: [&str; 3] = ["aws:sourcearn", "aws:principalarn", "s3:dataaccesspointarn"];
/// The widest blocks that are not public.
const WIDEST: (u8, u8) = (8, 32);

/// Whether a policy lets the public in: unless all that it allows, it allows to fixed principals, or under a condition
/// that holds for a fixed value only.
pub(super) fn is_public(policy: &Value) -> bool {
    items(policy.get("Statement")).iter().any(|statement| {
        let allows = statement.get("Effect").and_then(Value::as_str) == Some("Allow");
        allows && is_anybody(statement) && !is_narrowed(statement)
    })
}

fn is_anybody(statement: &Value) -> bool {
    let wild = |value: &Value| value.as_str().is_some_and(|text| text.contains('*'));
    match statement.get("Principal") {
        // Everybody but some.
        None => true,
        Some(Value::Object(kinds)) => kinds.values().any(|names| items(Some(names)).iter().any(wild)),
        Some(one) => wild(one),
    }
}

fn is_narrowed(statement: &Value) -> bool {
    let Some(condition) = statement.get("Condition") else {
        return false;
    };
    tests(condition).any(|(operator, key, wanted)| {
        let values = values(wanted);
        let fixes = operator.is_some_and(requires);
        fixes
            && !values.is_empty()
            && operator.is_some_and(|operator| values.iter().all(|value| is_fixed(operator.kind, key, value)))
    })
}

/// Whether an operator holds only where the request has the key: ForAllValues, IfExists and negations hold without.
fn requires(operator: Operator) -> bool {
    !operator.negated && !operator.if_exists && operator.quantifier != Quantifier::All
}

/// Whether a value keeps out all but some.
fn is_fixed(kind: Kind, key: &str, value: &str) -> bool {
    let key = key.to_ascii_lowercase();
    match kind {
        Kind::Address => key == "aws:sourceip" && is_narrow(value),
        Kind::Text | Kind::AnyCase | Kind::Like | Kind::Arn if ARNS.contains(&key.as_str()) => has_account(value),
        Kind::Text | Kind::AnyCase | Kind::Like | Kind::Arn => {
            NARROWING.contains(&key.as_str()) && !value.contains(['*', '?', '$'])
        }
        _ => false,
    }
}

/// An ARN whose account is fixed.
fn has_account(arn: &str) -> bool {
    let account = arn.split(':').nth(4).unwrap_or_default();
    let bucket = arn.starts_with("arn:aws:s3:::") && !arn.contains(['*', '?', '$']);
    (!account.is_empty() && !account.contains(['*', '?', '$'])) || bucket
}

/// A block that is not as wide as the Internet: S3 calls IPv4 blocks wider than /8 and IPv6 blocks wider than /32 public.
fn is_narrow(block: &str) -> bool {
    match block.parse::<IpNet>() {
        Ok(IpNet::V4(block)) => block.prefix_len() >= WIDEST.0,
        Ok(IpNet::V6(block)) => block.prefix_len() >= WIDEST.1,
        Err(_) => block.parse::<IpAddr>().is_ok(),
    }
}
