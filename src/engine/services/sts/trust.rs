//! Whether a role's trust policy lets somebody assume it. An explicit denial wins; without an allowing statement the answer
//! is no. <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html>
//!
//! What the caller's own policies say is not asked yet: a trusted account stands for everybody in it.

use crate::base::time::Time;
use crate::services::ec2::common::wildcard;
use crate::services::iam::documents::texts;
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// Who asks.
pub(super) enum Asker {
    /// Somebody of this account: everything that a policy may call them, and the account's twelve digits.
    Known {
        /// ARNs and unique ids.
        names: Vec<String>,
        /// Twelve digits.
        account: String,
    },
    /// Somebody of an identity provider, by the provider's ARN or name.
    Federated(String),
}

/// Condition keys in lower case, with their values.
pub(super) type Context = BTreeMap<String, Vec<String>>;

/// Whether a trust policy allows an action.
pub(super) fn allows(document: &str, action: &str, asker: &Asker, context: &Context) -> bool {
    let Ok(document) = serde_json::from_str::<Json>(document) else {
        return false;
    };
    let statements = match document.get("Statement") {
        Some(Json::Array(items)) => items.as_slice(),
        Some(one) => std::slice::from_ref(one),
        None => return false,
    };
    let mut allowed = false;
    for statement in statements {
        if !applies(statement, action, asker, context) {
            continue;
        }
        if statement.get("Effect").and_then(Json::as_str) == Some("Deny") {
            return false;
        }
        allowed = true;
    }
    allowed
}

fn applies(statement: &Json, action: &str, asker: &Asker, context: &Context) -> bool {
    let lower = action.to_ascii_lowercase();
    let named = |value: &Json| {
        let patterns = texts(value).unwrap_or_default();
        patterns
            .iter()
            .any(|pattern| wildcard(&pattern.to_ascii_lowercase(), &lower))
    };
    let action_fits = match (statement.get("Action"), statement.get("NotAction")) {
        (Some(actions), _) => named(actions),
        (None, Some(others)) => !named(others),
        (None, None) => false,
    };
    let who_fits = match (statement.get("Principal"), statement.get("NotPrincipal")) {
        (Some(principal), _) => is_meant(principal, asker),
        (None, Some(others)) => !is_meant(others, asker),
        (None, None) => false,
    };
    action_fits
        && who_fits
        && statement
            .get("Condition")
            .is_none_or(|condition| holds(condition, context))
}

fn is_meant(principal: &Json, asker: &Asker) -> bool {
    if principal.as_str() == Some("*") {
        return true;
    }
    let of = |kind: &str| principal.get(kind).and_then(texts).unwrap_or_default();
    match asker {
        Asker::Federated(provider) => of("Federated").contains(&provider.as_str()),
        Asker::Known { names, account } => of("AWS").iter().any(|text| {
            *text == "*"
                || text == account
                || *text == format!("arn:aws:iam::{account}:root")
                || names.iter().any(|name| name == text)
        }),
    }
}

/// Whether all tests of a condition hold.
fn holds(condition: &Json, context: &Context) -> bool {
    let Some(operators) = condition.as_object() else {
        return false;
    };
    operators.iter().all(|(operator, tests)| {
        let tests = tests.as_object();
        tests.is_some_and(|tests| tests.iter().all(|(key, wanted)| test(operator, key, wanted, context)))
    })
}

fn test(operator: &str, key: &str, wanted: &Json, context: &Context) -> bool {
    let (all, rest) = match operator.split_once(':') {
        Some(("ForAllValues", rest)) => (true, rest),
        Some((_, rest)) => (false, rest),
        None => (false, operator),
    };
    let (bare, if_exists) = match rest.strip_suffix("IfExists") {
        Some(bare) => (bare, true),
        None => (rest, false),
    };
    let wanted = values(wanted);
    let found = context
        .get(&key.to_ascii_lowercase())
        .map(Vec::as_slice)
        .unwrap_or_default();
    if bare == "Null" {
        return wanted.iter().any(|wanted| (wanted == "true") == found.is_empty());
    }
    let (positive, negated) = match bare.strip_prefix("StringNot").map(|rest| format!("String{rest}")) {
        Some(positive) => (positive, true),
        None => (bare.replacen("Not", "", 1), bare.contains("Not")),
    };
    if found.is_empty() {
        return if_exists || negated || all;
    }
    // A negated test holds where none of the wanted values fits.
    let one = |found: &String| wanted.iter().any(|wanted| fits(&positive, wanted, found)) != negated;
    if all || negated {
        found.iter().all(one)
    } else {
        found.iter().any(one)
    }
}

fn values(value: &Json) -> Vec<String> {
    let text = |value: &Json| match value {
        Json::String(text) => text.clone(),
        other => other.to_string(),
    };
    match value {
        Json::Array(items) => items.iter().map(text).collect(),
        one => vec![text(one)],
    }
}

/// Whether a value is as one operator wants it. What is not simulated never fits.
fn fits(operator: &str, wanted: &str, found: &str) -> bool {
    match operator {
        "StringEquals" | "BinaryEquals" => wanted == found,
        "StringEqualsIgnoreCase" => wanted.eq_ignore_ascii_case(found),
        "StringLike" | "ArnEquals" | "ArnLike" => wildcard(wanted, found),
        "Bool" => wanted.eq_ignore_ascii_case(found),
        _ => match operator.strip_prefix("Numeric") {
            Some(comparison) => match (wanted.parse::<i64>(), found.parse::<i64>()) {
                (Ok(wanted), Ok(found)) => compares(comparison, found, wanted),
                _ => false,
            },
            None => match (operator.strip_prefix("Date"), moment(wanted), moment(found)) {
                (Some(comparison), Some(wanted), Some(found)) => compares(comparison, found.0, wanted.0),
                _ => false,
            },
        },
    }
}

fn moment(text: &str) -> Option<Time> {
    let seconds = text.parse::<i64>().ok();
    let millis = seconds.map(|seconds| seconds.saturating_mul(1000));
    millis.or_else(|| stratus_model::time::parse(text)).map(Time)
}

fn compares(comparison: &str, found: i64, wanted: i64) -> bool {
    match comparison {
        "Equals" => found == wanted,
        "LessThan" => found < wanted,
        "LessThanEquals" => found <= wanted,
        "GreaterThan" => found > wanted,
        "GreaterThanEquals" => found >= wanted,
        _ => false,
    }
}
