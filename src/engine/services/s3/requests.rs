//! A request to S3's API that somebody on the network makes: without keys, signed by the role of an instance, or by a presigned
//! link with its maker's right. What may stop it, in the order in which it is asked: the policy of the VPC endpoint that it came
//! through, the bucket's name and Region, the policies of the role that signs, and the bucket's with all that goes with it. Each
//! says why. Nothing is changed or charged but by [`put`].
//!
//! Sources: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/how-s3-evaluates-access-control.html>,
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/Redirects.html>

use super::decide::{self, Decider, Decision, Heard, Says, Who};
use super::errors::{access_denied, header_not_implemented, illegal_location};
use super::public::{self, Visit};
use super::request_keys::Question;
use super::{actions, endpoint_policy, named_bucket, role_policies, shelf};
use crate::base::error::{Error, Result};
use crate::catalog::Region;
use crate::principal::Principal;
use crate::services::{Handler, Request};
use crate::world::World;
use crate::world::objects::Bucket;
use stratus_model::{Operation, Structure, field, model};

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

/// Puts an object at S3's endpoint of a Region. Of a refused one nothing stays.
pub fn put(world: &mut World, region: Region, params: &Structure, visit: &Visit) -> Answer {
    let mut heard = Vec::new();
    let mut result = admit(world, region, "PutObject", params, visit, &mut heard).map(|()| Structure::new());
    if result.is_ok() {
        let principal = principal(visit);
        let mut next = world.clone();
        let found = operation("PutObject");
        result = found.and_then(|operation| {
            let request = Request {
                principal: &principal,
                region,
                operation,
                params,
            };
            super::put::put_object(&request, &mut next)
        });
        if result.is_ok() {
            *world = next;
        }
    }
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
/// `AccessDenied`, `NoSuchBucket`, `PermanentRedirect`, `IllegalLocationConstraintException`, `InvalidArgument`.
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
    let mut decision = judge(world, operation, params, visit).ok_or_else(access_denied)?;
    let may = match visit.signer {
        // The one judge of calls that nobody signed has the last word.
        None => public::may_call(world, operation, params, visit),
        Some(_) => decision.allowed && !is_absent(row, operation, params),
    };
    let list = Structure::new().with(field::BUCKET, name);
    let listed = (decision.allowed && !may).then(|| judge(world, "ListObjectsV2", &list, visit));
    let listed = listed.flatten().filter(|listed| !listed.allowed);
    if listed.is_some() {
        decision.heard.iter_mut().for_each(|one| one.decides = false);
        decision.heard.push(hidden());
    }
    heard.append(&mut decision.heard);
    match listed {
        Some(listed) => return Err(denied(&listed, "ListObjectsV2", &list, visit)),
        None if !decision.allowed => return Err(denied(&decision, operation, params, visit)),
        None => {}
    }
    if visit.signer.is_none() && public::wants_version_4(world, operation, params) {
        let text =
            "Requests specifying Server Side Encryption with AWS KMS managed keys require AWS Signature Version 4.";
        return Err(Error::new("InvalidArgument", text).detail("ArgumentName", "Authorization"));
    }
    Ok(())
}

/// What the role's policies, where one signs, and the bucket say.
fn judge(world: &World, operation: &str, params: &Structure, visit: &Visit) -> Option<Decision> {
    let who = match &visit.signer {
        None => Who::Anonymous,
        Some(_) => Who::Account,
    };
    let Some(signer) = visit.signer.as_ref().filter(|signer| signer.is_role()) else {
        let mut decision = decide::of_request(world, operation, params, who, visit, Vec::new())?;
        name_policy(&mut decision, 0);
        return Some(decision);
    };
    let question = Question::of(world, operation, params, visit);
    let mut own = role_policies::judge(world, signer, &question);
    let of_policies = own.len();
    let bound = role_policies::bound(world, signer, &question);
    own.extend(bound.iter().flat_map(|bound| bound.heard.iter().cloned()));
    let of_role = own.len();
    let mut decision = decide::of_request(world, operation, params, who, visit, own)?;
    name_policy(&mut decision, of_role);
    if decision
        .heard
        .iter()
        .skip(of_policies)
        .take(of_role - of_policies)
        .any(|one| one.decides)
    {
        decision.by = Decider::Boundary(true);
    }
    if let Some(bound) = bound.filter(|bound| decision.allowed && !bound.allows) {
        keep_within(&mut decision, bound, of_role, signer);
    }
    Some(decision)
}

/// What the permissions boundary does not allow is denied, unless the bucket's policy allows it to the session by its own ARN.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html>
fn keep_within(decision: &mut Decision, bound: role_policies::Bound, of_role: usize, signer: &public::Signer) {
    let mut by_bucket = decision.heard.iter().skip(of_role);
    let to_session = |one: &Heard| one.says == Says::Allows && signer.is_session_named(&one.text);
    if by_bucket.any(to_session) {
        return;
    }
    decision.heard.iter_mut().for_each(|one| one.decides = false);
    let one = Heard {
        decides: true,
        ..bound.silence
    };
    (decision.allowed, decision.by) = (false, Decider::Boundary(false));
    decision.sentence = format!("{} decides: {}", one.what, one.why);
    decision.heard.push(one);
}

/// Of more than one policy that was asked, the reader has to know which.
fn name_policy(decision: &mut Decision, of_role: usize) {
    let bucket = decision.heard.iter_mut().skip(of_role);
    for one in bucket.filter(|one| !one.text.is_empty()) {
        one.what.push_str(" of the bucket's policy");
    }
}

/// Whether a call is about an object that is not there.
fn is_absent(bucket: &Bucket, operation: &str, params: &Structure) -> bool {
    let key = params.text(field::KEY).unwrap_or_default();
    matches!(operation, "GetObject" | "HeadObject")
        && shelf::object(bucket, key, params.text(field::VERSION_ID), "GET").is_err()
}

/// A refusal by the role's policies or the bucket.
pub(super) fn denied(decision: &Decision, operation: &str, params: &Structure, visit: &Visit) -> Error {
    let (action, _) = actions::asked(params.text(field::BUCKET).unwrap_or_default(), operation, params);
    let kind = match visit.signer {
        Some(_) => "identity-based",
        None => "resource-based",
    };
    let why = match decision.by {
        Decider::Boundary(false) => format!("because no permissions boundary allows the {action} action"),
        Decider::Boundary(true) => "with an explicit deny in a permissions boundary".to_owned(),
        Decider::Role => "with an explicit deny in an identity-based policy".to_owned(),
        Decider::Policy => "with an explicit deny in a resource-based policy".to_owned(),
        // No policy's words: who was heard says why.
        Decider::Block | Decider::Payer => return access_denied(),
        Decider::List | Decider::Silence => format!("because no {kind} policy allows the {action} action"),
    };
    refused(operation, params, visit, &why)
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
    let (action, resource) = actions::asked(name, operation, params);
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

/// What the endpoint of a Region answers who signs for it and names a bucket of another: that is where the SDKs and the
/// command line find the bucket. `None` where the bucket is the Region's own, or the call is one that any Region answers.
/// The bucket's Region comes as the header `x-amz-bucket-region`.
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/Redirects.html>
pub fn redirect(world: &World, operation: &str, params: &Structure, region: Region) -> Option<Error> {
    if matches!(operation, "CreateBucket" | "GetBucketLocation") {
        return None;
    }
    let row = named_bucket(world, params.text(field::BUCKET)?).ok()?;
    let other = row.region != region;
    other.then(|| elsewhere(&row.name, row.region).detail("x-amz-bucket-region", row.region.name()))
}

/// A bucket of another Region than the endpoint's.
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html#deprecated-global-endpoint>
fn elsewhere(name: &str, region: Region) -> Error {
    let host = format!("{name}.s3.{}.amazonaws.com", region.name());
    if region.is_opt_in() {
        return illegal_location(region.name())
            .with_status(400)
            .remedy(format!("Send it to {host}."));
    }
    let text = "The bucket you are attempting to access must be addressed using the specified endpoint. \
                Please send all future requests to this endpoint.";
    Error::new("PermanentRedirect", text)
        .with_status(301)
        .detail("Endpoint", host)
        .detail("Bucket", name)
}

/// The first bytes of an object; empty where there is none.
pub fn body(world: &World, params: &Structure, most: usize) -> Vec<u8> {
    let bucket = named_bucket(world, params.text(field::BUCKET).unwrap_or_default());
    let key = params.text(field::KEY).unwrap_or_default();
    let object = bucket.and_then(|bucket| shelf::object(bucket, key, params.text(field::VERSION_ID), "HEAD"));
    object.map(|object| object.body.copy(0, most)).unwrap_or_default()
}

/// The Region of a bucket, which S3 tells everybody who asks (the header x-amz-bucket-region).
pub fn region_of(world: &World, name: &str) -> Option<Region> {
    named_bucket(world, name).ok().map(|bucket| bucket.region)
}

fn call(world: &World, region: Region, operation: &str, params: &Structure, visit: &Visit) -> Result<Structure> {
    let principal = principal(visit);
    let request = Request {
        principal: &principal,
        region,
        operation: self::operation(operation)?,
        params,
    };
    match super::handler(operation) {
        Some(Handler::Read(read)) => read(&request, world),
        _ => Err(header_not_implemented()),
    }
}

/// An operation of S3's.
///
/// # Errors
/// `NotImplemented`.
fn operation(name: &str) -> Result<&'static Operation> {
    let found = model().service("s3").and_then(|s3| s3.operation(name));
    found.ok_or_else(header_not_implemented)
}

/// Who makes a request, for the handler.
fn principal(visit: &Visit) -> Principal {
    let signer = visit.signer.as_ref();
    Principal {
        arn: signer.map(|signer| signer.session.clone()).unwrap_or_default(),
        user_id: signer.map(|signer| signer.user_id.clone()).unwrap_or_default(),
        access_key: String::new(),
    }
}
