//! Policies that are a user's, a group's or a role's own: written into it, gone with it.

use super::attachments::{self, subject};
use super::common::{Page, encoded, limit_exceeded, needed, no_such, note};
use super::documents::{self, Use};
use super::limits;
use crate::base::error::{Error, Result};
use crate::services::Request;
use crate::world::World;
use crate::world::identity::{Holder, Permissions};
use stratus_model::{Name, Structure, Value, field};

/// The word of a kind, its limit of characters, the parameter that names one.
fn kind(holder: Holder) -> (&'static str, usize, Name) {
    match holder {
        Holder::User => ("user", limits::USER_POLICIES, field::USER_NAME),
        Holder::Group => ("group", limits::GROUP_POLICIES, field::GROUP_NAME),
        Holder::Role => ("role", limits::ROLE_POLICIES, field::ROLE_NAME),
    }
}

fn missing(holder: Holder, policy: &str) -> Error {
    let (word, _, _) = kind(holder);
    no_such(format!("The {word} policy with name {policy} cannot be found.")).at("PolicyName")
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPolicy.html>, and of groups and roles.
pub(super) fn put(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let subject = subject(request, world, true)?;
    let (policy, document) = (
        needed(request, field::POLICY_NAME),
        needed(request, field::POLICY_DOCUMENT),
    );
    documents::check(world, document, Use::Identity)?;
    let (word, limit, _) = kind(subject.holder);
    let others = subject.permissions.inline.iter().filter(|(name, _)| *name != policy);
    let size: usize = others.map(|(_, document)| documents::size(document)).sum();
    if size + documents::size(document) > limit {
        return Err(limit_exceeded(format!(
            "Maximum policy size of {limit} bytes exceeded for {word} {}",
            subject.name
        )));
    }
    let (holder, key) = (subject.holder, subject.key);
    attachments::permissions(world, holder, &key, |permissions| {
        permissions.inline.insert(policy.to_owned(), document.to_owned());
    });
    note(world, format!("{word} {key}: policy {policy} written"));
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUserPolicy.html>, and of groups and roles.
pub(super) fn get(request: &Request<'_>, world: &World) -> Result<Structure> {
    let subject = subject(request, world, false)?;
    let policy = needed(request, field::POLICY_NAME);
    let document = subject.permissions.inline.get(policy);
    let document = document.ok_or_else(|| missing(subject.holder, policy))?;
    Ok(Structure::new()
        .with(kind(subject.holder).2, subject.name)
        .with(field::POLICY_NAME, policy)
        .with(field::POLICY_DOCUMENT, encoded(document)))
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUserPolicies.html>, and of groups and roles.
pub(super) fn list(request: &Request<'_>, world: &World) -> Result<Structure> {
    let subject = subject(request, world, false)?;
    let names: Vec<String> = subject.permissions.inline.keys().cloned().collect();
    Ok(Page::of(request.params)?.answer(field::POLICY_NAMES, names, Clone::clone, Value::String))
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUserPolicy.html>, and of groups and roles.
pub(super) fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let subject = subject(request, world, true)?;
    let policy = needed(request, field::POLICY_NAME);
    if !subject.permissions.inline.contains_key(policy) {
        return Err(missing(subject.holder, policy));
    }
    let (holder, key) = (subject.holder, subject.key);
    attachments::permissions(world, holder, &key, |permissions| {
        permissions.inline.remove(policy);
    });
    Ok(Structure::new())
}

/// All of somebody's own policies as GetAccountAuthorizationDetails has them.
pub(super) fn details(permissions: &Permissions) -> Vec<Value> {
    let show = |(name, document): (&String, &String)| {
        Structure::new()
            .with(field::POLICY_NAME, name.clone())
            .with(field::POLICY_DOCUMENT, encoded(document))
            .into()
    };
    permissions.inline.iter().map(show).collect()
}
