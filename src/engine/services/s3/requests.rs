//! A request to S3's API that somebody on the network makes: without keys, or signed by the role of an instance. What may stop
//! it, in the order in which it is asked: the policy of the VPC endpoint that it came through, the bucket's name and Region,
//! the bucket's policy with all that goes with it. Each says why. Nothing is changed or charged.
//!
//! Signed requests are the account's own: that the role's policies allow them is taken for granted (*ours*).
//! Sources: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/how-s3-evaluates-access-control.html>,
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/Redirects.html>

use super::decide::{self, Decision, Heard, Says, Who};
use super::errors::access_denied;
use super::public::{self, Visit};
use super::{endpoint_policy, named_bucket};
use crate::base::error::{Error, Result};
use crate::catalog::Region;
use crate::principal::Principal;
use crate::services::{Handler, Request};
use crate::world::World;
use stratus_model::{Structure, field, model};

/// What came of a request.
pub struct Answer {
    /// The answer, or S3's error.
    pub result: Result<Structure>,
    /// Who was heard, in order.
    pub heard: Vec<Heard>,
}

/// Makes a call that only reads (`GetObject`, `HeadObject`, `ListObjects`, `ListObjectsV2`) at S3's endpoint of a Region.
pub fn read(world: &World, region: Region, operation: &str, params: &Structure, visit: &Visit) -> Answer {
    let mut heard = Vec::new();
    let result = admit(world, region, operation, params, visit, &mut heard)
        .and_then(|()| call(world, region, operation, params, visit));
    Answer { result, heard }
}

/// What the policy of the VPC endpoint says that a request came through, and why it does not pass; nothing for one that came
/// otherwise.
pub fn pass(world: &World, operation: &str, params: &Structure, visit: &Visit) -> (Vec<Heard>, Option<Error>) {
    let Some(through) = &visit.through else {
        return (Vec::new(), None);
    };
    let judged = endpoint_policy::judge(world, through, operation, params, visit);
    let refusal = judged.refusal.map(|why| refused(operation, params, visit, &why));
    (judged.heard, refusal)
}

/// # Errors
/// `AccessDenied`, `NoSuchBucket`, `PermanentRedirect`, `InvalidArgument`.
fn admit(
    world: &World,
    region: Region,
    operation: &str,
    params: &Structure,
    visit: &Visit,
    heard: &mut Vec<Heard>,
) -> Result<()> {
    let (mut endpoint, refusal) = pass(world, operation, params, visit);
    heard.append(&mut endpoint);
    refusal.map_or(Ok(()), Err)?;
    let name = params.text(field::BUCKET).unwrap_or_default();
    let row = named_bucket(world, name)?;
    if row.region != region {
        return Err(elsewhere(name, row.region));
    }
    let who = if visit.signer.is_some() {
        Who::Account
    } else {
        Who::Anonymous
    };
    let decision = decide::of_request(world, operation, params, who, visit);
    let Decision {
        mut allowed,
        heard: mut all,
        ..
    } = decision.ok_or_else(access_denied)?;
    if who == Who::Anonymous {
        // The one judge of calls that nobody signed has the last word.
        let may = public::may_call(world, operation, params, visit);
        if allowed && !may {
            all.iter_mut().for_each(|one| one.decides = false);
            all.push(hidden());
        }
        allowed = may;
    }
    // Of two policies that were asked, the reader has to know which.
    for one in all.iter_mut().filter(|one| !one.text.is_empty()) {
        one.what.push_str(" of the bucket's policy");
    }
    let explicit = all.iter().any(|one| one.decides && !one.text.is_empty());
    heard.append(&mut all);
    if !allowed {
        let (action, _) = public::asked(name, operation, params);
        let why = match explicit {
            true => "with an explicit deny in a resource-based policy".to_owned(),
            false => format!("because no resource-based policy allows the {action} action"),
        };
        return Err(refused(operation, params, visit, &why));
    }
    if who == Who::Anonymous && public::wants_version_4(world, operation, params) {
        let text =
            "Requests specifying Server Side Encryption with AWS KMS managed keys require AWS Signature Version 4.";
        return Err(Error::new("InvalidArgument", text).detail("ArgumentName", "Authorization"));
    }
    Ok(())
}

/// Why an allowed read is refused all the same.
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html>
fn hidden() -> Heard {
    Heard {
        what: "The key".to_owned(),
        says: Says::Denies,
        why: "it is not there, and who may not list the bucket hears 403 instead of 404.".to_owned(),
        text: String::new(),
        decides: true,
    }
}

/// A refusal. S3 tells its reasons to those of the same account alone, so not to who did not sign: for them they are the remedy.
fn refused(operation: &str, params: &Structure, visit: &Visit, why: &str) -> Error {
    let name = params.text(field::BUCKET).unwrap_or_default();
    let (action, resource) = public::asked(name, operation, params);
    let who = visit
        .signer
        .as_ref()
        .map_or("anonymous", |signer| signer.session.as_str());
    let full = format!("User: {who} is not authorized to perform: {action} on resource: \"{resource}\" {why}");
    match &visit.signer {
        Some(_) => Error::new("AccessDenied", full).with_status(403),
        None => access_denied().remedy(full),
    }
}

/// A bucket of another Region than the endpoint's.
fn elsewhere(name: &str, region: Region) -> Error {
    let text = "The bucket you are attempting to access must be addressed using the specified endpoint. \
                Please send all future requests to this endpoint.";
    Error::new("PermanentRedirect", text)
        .with_status(301)
        .detail("Endpoint", format!("{name}.s3.{}.amazonaws.com", region.name()))
        .detail("Bucket", name)
}

fn call(world: &World, region: Region, operation: &str, params: &Structure, visit: &Visit) -> Result<Structure> {
    let missing = || {
        Error::new(
            "NotImplemented",
            "A header you provided implies functionality that is not implemented",
        )
    };
    let found = model().service("s3").and_then(|s3| s3.operation(operation));
    let principal = Principal {
        arn: visit
            .signer
            .as_ref()
            .map(|signer| signer.session.clone())
            .unwrap_or_default(),
        user_id: visit
            .signer
            .as_ref()
            .map(|signer| signer.user_id.clone())
            .unwrap_or_default(),
        access_key: String::new(),
    };
    let request = Request {
        principal: &principal,
        region,
        operation: found.ok_or_else(missing)?,
        params,
    };
    match super::handler(operation) {
        Some(Handler::Read(read)) => read(&request, world),
        _ => Err(missing()),
    }
}
