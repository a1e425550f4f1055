//! Policy documents: whether a text is one by IAM's grammar. Nothing here decides about a call.
//!
//! Grammar: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html>. The sentences are those of
//! IAM; where it has several for one fault, the one that it gives most often.

use super::conditions::Operator;
use crate::base::error::{Error, Result};
use crate::world::World;
use serde_json::{Map, Value as Json};
use std::collections::BTreeSet;

/// What a document is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Use {
    /// What its holder may do.
    Identity,
    /// Who may assume a role.
    Trust,
}

/// Statements of one document (ours; AWS limits the characters only).
const STATEMENTS: usize = 1_000;
/// `MalformedPolicyDocument`.
fn malformed(why: impl Into<String>) -> Error {
    Error::new("MalformedPolicyDocument", why).at("PolicyDocument")
}

/// Characters that count against a quota: white space does not.
pub(super) fn size(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

/// Reads a document, and refuses what is none.
pub(crate) fn check(world: &World, text: &str, purpose: Use) -> Result<Json> {
    let document: Json = serde_json::from_str(text).map_err(|_| match purpose {
        Use::Identity => malformed("Syntax errors in policy."),
        Use::Trust => malformed("This policy contains invalid Json"),
    })?;
    let Some(members) = document.as_object() else {
        return Err(syntax());
    };
    fields(members, &["Version", "Id", "Statement"], purpose)?;
    let version = members
        .get("Version")
        .map(|version| version.as_str().unwrap_or_default());
    match (version, purpose) {
        (Some("2012-10-17"), _) | (Some("2008-10-17") | None, Use::Trust) => {}
        (Some("2008-10-17") | None, Use::Identity) => {
            return Err(malformed("Policy document must be version 2012-10-17 or greater."));
        }
        _ => return Err(malformed("The policy must contain a valid version string.")),
    }
    let statements = match members.get("Statement") {
        Some(Json::Array(items)) if !items.is_empty() && items.len() <= STATEMENTS => items.as_slice(),
        Some(one @ Json::Object(_)) => std::slice::from_ref(one),
        None if purpose == Use::Trust => return Err(malformed("Missing required field Statement")),
        _ => return Err(syntax()),
    };
    let mut ids = BTreeSet::new();
    for statement in statements {
        let statement = statement.as_object().ok_or_else(syntax)?;
        check_statement(world, statement, purpose)?;
        if let Some(id) = statement.get("Sid") {
            let id = id.as_str().ok_or_else(syntax)?;
            if !id.bytes().all(|byte| byte.is_ascii_alphanumeric()) && purpose == Use::Identity {
                return Err(malformed(
                    "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression \
                     [0-9A-Za-z]*",
                ));
            }
            if !id.is_empty() && !ids.insert(id) {
                return Err(malformed("Statement IDs (SID) in a single policy must be unique."));
            }
        }
    }
    Ok(document)
}

fn syntax() -> Error {
    malformed("Syntax errors in policy.")
}

fn fields(members: &Map<String, Json>, known: &[&str], purpose: Use) -> Result<()> {
    match members.keys().find(|name| !known.contains(&name.as_str())) {
        None => Ok(()),
        Some(_) if purpose == Use::Identity => Err(syntax()),
        Some(name) => Err(malformed(format!("Unknown field {name}"))),
    }
}

fn check_statement(world: &World, statement: &Map<String, Json>, purpose: Use) -> Result<()> {
    const KNOWN: [&str; 9] = [
        "Sid",
        "Effect",
        "Principal",
        "NotPrincipal",
        "Action",
        "NotAction",
        "Resource",
        "NotResource",
        "Condition",
    ];
    fields(statement, &KNOWN, purpose)?;
    match (statement.get("Effect").and_then(Json::as_str), purpose) {
        (Some("Allow" | "Deny"), _) => {}
        (Some(other), Use::Trust) => return Err(malformed(format!("Invalid effect: {other}"))),
        (None, Use::Trust) => return Err(malformed("Missing required field Effect")),
        (_, Use::Identity) => return Err(syntax()),
    }
    actions(statement, purpose)?;
    match purpose {
        Use::Identity => {
            if statement.contains_key("Principal") || statement.contains_key("NotPrincipal") {
                return Err(malformed("Policy document should not specify a principal."));
            }
            resources(statement)?;
        }
        Use::Trust => {
            for name in ["Resource", "NotResource"] {
                if statement.contains_key(name) {
                    return Err(malformed(format!("Has prohibited field {name}")));
                }
            }
            let principal = statement.get("Principal").or_else(|| statement.get("NotPrincipal"));
            principals(
                world,
                principal.ok_or_else(|| malformed("Missing required field Principal"))?,
            )?;
        }
    }
    statement.get("Condition").map_or(Ok(()), conditions)
}

/// A text or a list of texts; `None` for anything else.
pub(crate) fn texts(value: &Json) -> Option<Vec<&str>> {
    match value {
        Json::String(text) => Some(vec![text]),
        Json::Array(items) => items.iter().map(Json::as_str).collect(),
        _ => None,
    }
}

/// The one of two members that is there; an error for both.
fn either<'a>(statement: &'a Map<String, Json>, one: &str, other: &str) -> Result<Option<&'a Json>> {
    match (statement.get(one), statement.get(other)) {
        (Some(_), Some(_)) => Err(syntax()),
        (found, None) | (None, found) => Ok(found),
    }
}

fn actions(statement: &Map<String, Json>, purpose: Use) -> Result<()> {
    let Some(found) = either(statement, "Action", "NotAction")? else {
        return Err(match purpose {
            Use::Identity => malformed("Policy statement must contain actions."),
            Use::Trust => malformed("Missing required field Action"),
        });
    };
    let found = texts(found).ok_or_else(syntax)?;
    if found.is_empty() {
        return Err(malformed("Policy statement must contain actions."));
    }
    for action in found {
        if purpose == Use::Trust {
            let may = [
                "sts:assumerole",
                "sts:tagsession",
                "sts:setsourceidentity",
                "sts:setcontext",
                "sts:*",
            ];
            let lower = action.to_ascii_lowercase();
            if !may.iter().any(|start| lower.starts_with(start)) {
                return Err(malformed("AssumeRole policy may only specify STS AssumeRole actions."));
            }
            continue;
        }
        let good = action == "*"
            || action.split_once(':').is_some_and(|(vendor, name)| {
                let vendor_good = vendor.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
                let name_good = name.bytes().all(|b| b.is_ascii_alphanumeric() || b"*?_-".contains(&b));
                !vendor.is_empty() && vendor_good && !name.is_empty() && name_good
            });
        if !good {
            return Err(malformed(
                "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.",
            ));
        }
    }
    Ok(())
}

fn resources(statement: &Map<String, Json>) -> Result<()> {
    let Some(found) = either(statement, "Resource", "NotResource")? else {
        return Err(malformed("Policy statement must contain resources."));
    };
    let found = texts(found).ok_or_else(syntax)?;
    if found.is_empty() {
        return Err(malformed("Policy statement must contain resources."));
    }
    for resource in found {
        let parts: Vec<&str> = resource.splitn(6, ':').collect();
        match parts.as_slice() {
            ["*"] => {}
            ["arn", partition, _, _, _, _] => {
                let known = ["aws", "aws-cn", "aws-us-gov"].contains(partition);
                if !known && !partition.contains(['*', '?', '$']) {
                    return Err(malformed(format!(
                        "Partition \"{partition}\" is not valid for resource \"{resource}\"."
                    )));
                }
            }
            // A wildcard may stand for several parts.
            ["arn", ..] if resource.contains('*') => {}
            _ => {
                return Err(malformed(format!(
                    "Resource {resource} must be in ARN format or \"*\"."
                )));
            }
        }
    }
    Ok(())
}

fn principals(world: &World, principal: &Json) -> Result<()> {
    let kinds = match principal {
        Json::String(text) if text == "*" => return Ok(()),
        Json::Object(kinds) if !kinds.is_empty() => kinds,
        _ => return Err(malformed("Invalid principal in policy.")),
    };
    for (kind, value) in kinds {
        let found = texts(value).ok_or_else(|| malformed("Invalid principal in policy."))?;
        for text in found {
            let (shown, good) = match kind.as_str() {
                "AWS" => ("AWS", is_principal(world, text)),
                "Service" => (
                    "SERVICE",
                    text.ends_with(".amazonaws.com") || text.ends_with(".aws.internal"),
                ),
                "Federated" => ("FEDERATED", text.contains('.') || text.starts_with("arn:aws:iam::")),
                "CanonicalUser" => ("CANONICAL_USER", text.len() == 64),
                other => {
                    return Err(malformed(format!(
                        "Invalid principal in policy: \"{other}\":\"{text}\""
                    )));
                }
            };
            if !good {
                return Err(malformed(format!(
                    "Invalid principal in policy: \"{shown}\":\"{text}\""
                )));
            }
        }
    }
    Ok(())
}

/// Whether a text names an account, or somebody in one. Those of this account have to exist.
pub(crate) fn is_principal(world: &World, text: &str) -> bool {
    let is_account = |text: &str| text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit());
    if text == "*" || is_account(text) {
        return true;
    }
    let parts: Vec<&str> = text.splitn(6, ':').collect();
    let ["arn", "aws", service @ ("iam" | "sts"), "", account, resource] = parts.as_slice() else {
        return false;
    };
    if !is_account(account) {
        return false;
    }
    let (kind, name) = resource.split_once('/').unwrap_or((resource, ""));
    if *account != world.account() {
        return kind == "root" || !name.is_empty();
    }
    let last = name.rsplit('/').next().unwrap_or_default().to_lowercase();
    match (*service, kind) {
        ("iam", "root") => name.is_empty(),
        ("iam", "user") => world
            .iam
            .users
            .get(&last)
            .is_some_and(|user| user.arn(world.options.account) == text),
        ("iam", "role") => world
            .iam
            .roles
            .get(&last)
            .is_some_and(|role| role.arn(world.options.account) == text),
        ("sts", "assumed-role") => {
            let role = name.split('/').next().unwrap_or_default();
            world.iam.roles.contains(&role.to_lowercase())
        }
        ("sts", "federated-user") => !name.is_empty(),
        _ => false,
    }
}

fn conditions(condition: &Json) -> Result<()> {
    let operators = condition.as_object().ok_or_else(syntax)?;
    for (name, tests) in operators {
        if Operator::read(name).is_none() {
            return Err(malformed(format!("Invalid Condition type : {name}.")));
        }
        let tests = tests.as_object().ok_or_else(syntax)?;
        for (key, values) in tests {
            if !key.contains(':') {
                return Err(malformed(
                    "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.",
                ));
            }
            let scalar = |value: &Json| matches!(value, Json::String(_) | Json::Bool(_) | Json::Number(_));
            let good = scalar(values) || values.as_array().is_some_and(|values| values.iter().all(scalar));
            if !good {
                return Err(syntax());
            }
        }
    }
    Ok(())
}
