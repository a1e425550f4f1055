//! STS: who am I, and credentials for a while. This file routes, and holds what its operations share.
//!
//! Texts of errors in AWS's own form where it is known.

mod assume;
mod federated;
mod instances;
mod saml;
mod sessions;
mod trust;

use super::iam::common::{account_of_key, validation};
use super::iam::documents::{self, Use};
use super::{Handler, Request};
use crate::base::error::{Error, Result};
use crate::world::World;
pub(crate) use instances::{credentials as credentials_of_instance, lets_ec2, session_of_instance};
use sessions::Grant;
use std::collections::{BTreeMap, BTreeSet};
use stratus_model::{Structure, field};

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    Some(match operation {
        "GetCallerIdentity" => Handler::Read(get_caller_identity),
        "GetAccessKeyInfo" => Handler::Read(get_access_key_info),
        "AssumeRole" => Handler::Write(assume::assume_role),
        "AssumeRoleWithSAML" => Handler::Write(saml::assume_role),
        "AssumeRoleWithWebIdentity" => Handler::Write(federated::assume_role),
        "AssumeRoot" => Handler::Read(assume::assume_root),
        "GetSessionToken" => Handler::Write(assume::get_session_token),
        "GetFederationToken" => Handler::Write(assume::get_federation_token),
        "DecodeAuthorizationMessage" => Handler::Read(decode_message),
        "GetWebIdentityToken" => Handler::Read(federated::get_token),
        "GetDelegatedAccessToken" => Handler::Read(federated::get_delegated),
        _ => return None,
    })
}

/// `AccessDenied`.
fn denied(why: impl Into<String>) -> Error {
    Error::new("AccessDenied", why).with_status(403)
}

/// Session policies that a call may name (AWS).
const POLICY_ARNS: usize = 10;
/// Characters of all session policies and tags that fit (AWS's limit is on a packed form; this one is ours).
const PACKED: usize = 2_048;
/// Tags of a session (AWS).
const TAGS: usize = 50;

/// How much of the room for session policies and tags is used, in percent; `None` where there are none.
fn packed(grant: &Grant) -> Option<i64> {
    let own = grant
        .policies
        .iter()
        .map(|policy| policy.chars().count())
        .sum::<usize>();
    let tags: usize = grant.tags.iter().map(|(key, (value, _))| key.len() + value.len()).sum();
    let used = own + tags;
    (used > 0).then(|| (used * 100).div_ceil(2 * PACKED) as i64)
}

/// The session policies of a call: its document, then ARNs of managed policies.
fn session_policies(request: &Request<'_>, world: &World) -> Result<Vec<String>> {
    let params = request.params;
    let mut policies = Vec::new();
    if let Some(document) = params.text(field::POLICY) {
        documents::check(world, document, Use::Identity)?;
        if document.chars().count() > PACKED {
            let why = format!(
                "Packed size of session policy and tags consumes more than 100% of the allotted space: the policy has more than {PACKED} characters."
            );
            return Err(Error::new("PackedPolicyTooLarge", why).at("Policy"));
        }
        policies.push(document.to_owned());
    }
    let arns: Vec<&str> = params
        .structures(field::POLICY_ARNS)
        .filter_map(|policy| policy.text(field::ARN_))
        .collect();
    if arns.len() > POLICY_ARNS {
        let why = format!("Number of managed session policies exceeds the limit of {POLICY_ARNS}.");
        return Err(validation(field::POLICY_ARNS, why));
    }
    for arn in arns {
        if !super::iam::has_policy(world, arn) {
            let why = format!("Policy {arn} does not exist or is not attachable.");
            return Err(Error::new("NoSuchEntity", why).with_status(404).at("PolicyArns"));
        }
        policies.push(arn.to_owned());
    }
    Ok(policies)
}

/// The session tags of a call, and which of them are transitive.
fn given_tags(request: &Request<'_>) -> Result<BTreeMap<String, (String, bool)>> {
    let params = request.params;
    let passed: BTreeSet<String> = params
        .texts(field::TRANSITIVE_TAG_KEYS)
        .map(str::to_lowercase)
        .collect();
    let mut seen = BTreeSet::new();
    let mut tags = BTreeMap::new();
    for tag in params.structures(field::TAGS) {
        let key = tag.text(field::KEY).unwrap_or_default();
        let value = tag.text(field::VALUE).unwrap_or_default();
        if !seen.insert(key.to_lowercase()) {
            let why = "Duplicate tag keys found. Please note that Tag keys are case insensitive.";
            return Err(Error::new("InvalidParameterValue", why).at("Tags"));
        }
        tags.insert(key.to_owned(), (value.to_owned(), passed.contains(&key.to_lowercase())));
    }
    if tags.len() > TAGS {
        return Err(validation(field::TAGS, format!("A session has at most {TAGS} tags.")));
    }
    if let Some(unknown) = passed.iter().find(|key| !seen.contains(*key)) {
        let why = format!("The specified transitive tag key must be included in the requested tags: {unknown}");
        return Err(Error::new("InvalidParameterValue", why).at("TransitiveTagKeys"));
    }
    Ok(tags)
}

/// <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html>
fn get_caller_identity(request: &Request<'_>, world: &World) -> Result<Structure> {
    Ok(Structure::new()
        .with(field::ACCOUNT, world.account())
        .with(field::ARN, request.principal.arn.clone())
        .with(field::USER_ID, request.principal.user_id.clone()))
}

/// <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetAccessKeyInfo.html>
/// Of a key that is not of this account, what its letters say.
fn get_access_key_info(request: &Request<'_>, world: &World) -> Result<Structure> {
    let id = request.params.text(field::ACCESS_KEY_ID).unwrap_or_default().to_owned();
    let ours = world.iam.access_keys.contains(&id) || world.sts.sessions.contains(&id);
    let account = match ours {
        true => Some(world.options.account),
        false => account_of_key(&id).filter(|_| id.starts_with("AKIA") || id.starts_with("ASIA")),
    };
    let account =
        account.ok_or_else(|| validation(field::ACCESS_KEY_ID, format!("{id} is not a valid access key id.")))?;
    Ok(Structure::new().with(field::ACCOUNT, format!("{account:012}")))
}

/// <https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html>
/// Nothing here encodes one yet, so that none is valid.
fn decode_message(_: &Request<'_>, _: &World) -> Result<Structure> {
    let why = "Message is not valid";
    Err(Error::new("InvalidAuthorizationMessageException", why).at("EncodedMessage"))
}
