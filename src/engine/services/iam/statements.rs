//! What a policy says of a request: its statements one by one. A denial wins over what is allowed.
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html>
//!
//! Whom a statement means is for its callers to say: policies of identities mean their holder, others name principals.

use super::conditions::{Context, holds};
use super::documents::texts;
use super::variables::pattern;
use crate::services::ec2::common::wildcard;
use serde_json::Value as Json;

/// What is asked of a policy.
pub(crate) struct Asked<'a> {
    /// `s3:GetObject`.
    pub action: &'a str,
    /// The ARN of what it is done to; `None` in policies whose statements have no `Resource`.
    pub resource: Option<&'a str>,
    /// What is known of the request.
    pub context: &'a Context,
}

/// One thing, or a list of them.
pub(crate) fn items(value: Option<&Json>) -> &[Json] {
    match value {
        None => &[],
        Some(Json::Array(items)) => items,
        Some(one) => std::slice::from_ref(one),
    }
}

/// Whether a policy allows this (`Some(true)`), denies it (`Some(false)`), or says nothing of it. `is_meant`: whether a
/// `Principal` means whoever asks.
pub(crate) fn decide(policy: &Json, asked: &Asked<'_>, is_meant: &dyn Fn(&Json) -> bool) -> Option<bool> {
    let variables = policy.get("Version").and_then(Json::as_str) == Some("2012-10-17");
    let mut allowed = None;
    for statement in items(policy.get("Statement")) {
        if !applies(statement, asked, variables, is_meant) {
            continue;
        }
        if statement.get("Effect").and_then(Json::as_str) == Some("Deny") {
            return Some(false);
        }
        allowed = Some(true);
    }
    allowed
}

fn applies(statement: &Json, asked: &Asked<'_>, variables: bool, is_meant: &dyn Fn(&Json) -> bool) -> bool {
    let action = asked.action.to_ascii_lowercase();
    // Actions know no case and have no variables.
    let is_action = |text: &str| pattern(&text.to_ascii_lowercase(), None).is_some_and(|text| wildcard(&text, &action));
    let known = variables.then_some(asked.context);
    let is_resource = |text: &str| {
        let resource = asked.resource.unwrap_or_default();
        pattern(text, known).is_some_and(|text| wildcard(&text, resource))
    };
    let among = |list: &Json, fits: &dyn Fn(&str) -> bool| texts(list).unwrap_or_default().into_iter().any(fits);
    either(statement, "Action", &|list| among(list, &is_action))
        && (asked.resource.is_none() || either(statement, "Resource", &|list| among(list, &is_resource)))
        && either(statement, "Principal", is_meant)
        && statement
            .get("Condition")
            .is_none_or(|condition| holds(condition, asked.context, variables))
}

/// Whether a member fits, or `Not…` in its place does not.
pub(crate) fn either(statement: &Json, name: &str, fits: &dyn Fn(&Json) -> bool) -> bool {
    match (statement.get(name), statement.get(format!("Not{name}"))) {
        (Some(list), _) => fits(list),
        (None, Some(others)) => !fits(others),
        (None, None) => false,
    }
}
