//! What binds the account's own signed calls: an explicit `Deny` of the bucket's policy, which is stronger than whatever allows them.
//! That nothing of a bucket's allows a call stops nobody of its account, whose own policies are not asked (ours). The same judge as for
//! presigned links, guests and the page ([`super::decide`]); a signed call counts as sent from the laptop on the Internet with TLS,
//! whoever makes it, and as signed in its header now, so that a log is the same wherever it is replayed (ours): of a presigned link
//! that the endpoint takes, `s3:authType` and `s3:signatureAge` are not known here.
//!
//! The root user may always see and replace a bucket's policy, so that nobody locks the account out.
//!
//! Sources: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/how-s3-evaluates-access-control.html>,
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketPolicy.html>

use super::decide::{self, Decider, Who};
use super::errors::headless;
use super::public::{Signer, Visit};
use super::{copy, requests};
use crate::base::error::Result;
use crate::principal::Principal;
use crate::services::Request;
use crate::services::iam::statements::items;
use crate::world::World;
use crate::world::objects::Bucket;
use serde_json::Value;
use stratus_model::{Structure, field};

/// The program that signs (ours).
const PROGRAM: &str = "aws-cli/2";
/// Calls that no policy of a bucket is asked about: they name none, or one that is to be made; of a list of objects each is asked about.
const FREE: [&str; 4] = ["CreateBucket", "DeleteObjects", "ListBuckets", "ListDirectoryBuckets"];
/// What the root user may do whatever a bucket's policy says.
const OF_ROOT: [&str; 3] = ["DeleteBucketPolicy", "GetBucketPolicy", "PutBucketPolicy"];

/// Refuses a call that a policy of a bucket denies to who signs it.
///
/// # Errors
/// `AccessDenied`, with the statement that decides.
pub(crate) fn admit(request: &Request<'_>, world: &World) -> Result<()> {
    let (operation, params, principal) = (request.operation.name, request.params, request.principal);
    let freed = FREE.contains(&operation) || (principal.is_root() && OF_ROOT.contains(&operation));
    if freed {
        return Ok(());
    }
    let own = check(world, principal, operation, params);
    // The answer to HEAD has no body, and so no code.
    let shown = |error| {
        if operation.starts_with("Head") {
            headless(error)
        } else {
            error
        }
    };
    own.map_err(shown)?;
    if operation == "GetObjectAttributes" {
        check(world, principal, "GetObject", params)?;
    }
    if params.contains(field::COPY_SOURCE) {
        // One that names no object the call itself refuses.
        return match copy::source(params) {
            Ok(source) => check(world, principal, "GetObject", &source.params()),
            Err(_) => Ok(()),
        };
    }
    Ok(())
}

/// The same of a call with these parameters.
///
/// # Errors
/// `AccessDenied`.
pub(super) fn check(world: &World, principal: &Principal, operation: &str, params: &Structure) -> Result<()> {
    let bucket = params.text(field::BUCKET).unwrap_or_default();
    let denies = world.s3.buckets.get(&bucket.to_owned()).is_some_and(denies);
    // Of what nobody signed, the edge has asked already (`public`).
    if !denies || principal.is_anonymous() {
        return Ok(());
    }
    let visit = Visit {
        signer: Some(Signer::of(world, principal)),
        ..Visit::of_laptop(PROGRAM)
    };
    let decision = decide::of_request(world, operation, params, Who::Account, &visit, Vec::new());
    match decision.filter(|decision| !decision.allowed && decision.by == Decider::Policy) {
        Some(decision) => {
            let error = requests::denied(&decision, operation, params, &visit);
            Err(error.remedy(decision.sentence))
        }
        None => Ok(()),
    }
}

/// Whether a bucket's policy denies anything at all: few do.
fn denies(row: &Bucket) -> bool {
    let policy = row.settings.policy.as_deref().unwrap_or_default();
    let policy: Value = serde_json::from_str(policy).unwrap_or_default();
    let mut statements = items(policy.get("Statement")).iter();
    statements.any(|one| one.get("Effect").and_then(Value::as_str) == Some("Deny"))
}
