//! `Condition` blocks of policies: operators, and whether they hold for what is known of a request. One place for all kinds
//! of policies; it knows no service, and what a request's keys are its callers say.
//!
//! Sources: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>,
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html>.

use super::statements::items;
use super::variables::{Text, expand, pattern};
use crate::services::ec2::common::wildcard;
use ipnet::IpNet;
use serde_json::Value as Json;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::net::IpAddr;

/// What is known of a request: values by condition key. Keys know no case.
#[derive(Clone, Debug, Default)]
pub struct Context(BTreeMap<String, Vec<String>>);

impl Context {
    /// One more value of a key.
    pub fn put(&mut self, key: &str, value: impl Into<String>) {
        self.0.entry(key.to_ascii_lowercase()).or_default().push(value.into());
    }

    /// The same where there is one.
    pub fn put_some(&mut self, key: &str, value: Option<impl Into<String>>) {
        if let Some(value) = value {
            self.put(key, value);
        }
    }

    /// The values of a key; none where the request has no such key.
    pub fn get(&self, key: &str) -> &[String] {
        self.0
            .get(&key.to_ascii_lowercase())
            .map(Vec::as_slice)
            .unwrap_or_default()
    }
}

/// How the values of a key that may have many are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Quantifier {
    /// Nothing is said: as for a key of one value.
    Plain,
    /// `ForAnyValue:`
    Any,
    /// `ForAllValues:`
    All,
}

/// What is compared with what.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    /// `String…` and `Binary…`: letter by letter.
    Text,
    /// `StringEqualsIgnoreCase`
    AnyCase,
    /// `StringLike`
    Like,
    /// `ArnEquals` and `ArnLike`, which are the same: part by part, with wildcards.
    Arn,
    /// `Bool`
    Bool,
    /// `IpAddress`
    Address,
    /// `Null`
    Null,
    /// `Numeric…`, by how the request's number stands to the policy's.
    Number(fn(Ordering) -> bool),
    /// `Date…`
    Date(fn(Ordering) -> bool),
}

/// An operator: `ForAnyValue:StringNotLikeIfExists`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Operator {
    /// Which of several values.
    pub quantifier: Quantifier,
    /// What is compared.
    pub kind: Kind,
    /// Whether it holds where the comparison does not.
    pub negated: bool,
    /// Whether it holds where the request has no such key.
    pub if_exists: bool,
}

impl Operator {
    /// An operator by its name; `None` = there is none of this name.
    pub fn read(name: &str) -> Option<Operator> {
        let (quantifier, rest) = match name.split_once(':') {
            None => (Quantifier::Plain, name),
            Some(("ForAnyValue", rest)) => (Quantifier::Any, rest),
            Some(("ForAllValues", rest)) => (Quantifier::All, rest),
            Some(_) => return None,
        };
        let (bare, if_exists) = match rest.strip_suffix("IfExists") {
            // There is no NullIfExists.
            Some("Null") => return None,
            Some(bare) => (bare, true),
            None => (rest, false),
        };
        let (kind, negated) = match bare {
            "StringEquals" | "BinaryEquals" => (Kind::Text, false),
            "StringNotEquals" => (Kind::Text, true),
            "StringEqualsIgnoreCase" => (Kind::AnyCase, false),
            "StringNotEqualsIgnoreCase" => (Kind::AnyCase, true),
            "StringLike" => (Kind::Like, false),
            "StringNotLike" => (Kind::Like, true),
            "ArnEquals" | "ArnLike" => (Kind::Arn, false),
            "ArnNotEquals" | "ArnNotLike" => (Kind::Arn, true),
            "Bool" => (Kind::Bool, false),
            "IpAddress" => (Kind::Address, false),
            "NotIpAddress" => (Kind::Address, true),
            "Null" => (Kind::Null, false),
            _ => ordered(bare)?,
        };
        Some(Operator {
            quantifier,
            kind,
            negated,
            if_exists,
        })
    }

    /// Whether it holds for these values of a key and those that the policy gives.
    fn holds(self, found: &[String], wanted: &[String], context: &Context, variables: bool) -> bool {
        if matches!(self.kind, Kind::Null) {
            let absent = if found.is_empty() { "true" } else { "false" };
            return wanted.iter().any(|wanted| wanted.eq_ignore_ascii_case(absent));
        }
        if found.is_empty() {
            return match self.quantifier {
                Quantifier::All => true,
                Quantifier::Any => self.if_exists,
                Quantifier::Plain => self.if_exists || self.negated,
            };
        }
        // A negated operator holds for a value that none of the policy's fits.
        let one = |found: &String| {
            let fits = |wanted: &String| self.kind.fits(wanted, found, context, variables);
            wanted.iter().any(fits) != self.negated
        };
        match (self.quantifier, self.negated) {
            (Quantifier::All, _) | (Quantifier::Plain, true) => found.iter().all(one),
            (Quantifier::Any, _) | (Quantifier::Plain, false) => found.iter().any(one),
        }
    }
}

/// The operators on numbers and dates.
fn ordered(name: &str) -> Option<(Kind, bool)> {
    let (number, rest) = match name.strip_prefix("Numeric") {
        Some(rest) => (true, rest),
        None => (false, name.strip_prefix("Date")?),
    };
    let (fits, negated): (fn(Ordering) -> bool, bool) = match rest {
        "Equals" => (Ordering::is_eq, false),
        "NotEquals" => (Ordering::is_eq, true),
        "LessThan" => (Ordering::is_lt, false),
        "LessThanEquals" => (Ordering::is_le, false),
        "GreaterThan" => (Ordering::is_gt, false),
        "GreaterThanEquals" => (Ordering::is_ge, false),
        _ => return None,
    };
    let kind = if number { Kind::Number(fits) } else { Kind::Date(fits) };
    Some((kind, negated))
}

impl Kind {
    /// Whether a value of the request is as one of the policy's wants it. What cannot be read never is.
    fn fits(self, wanted: &str, found: &str, context: &Context, variables: bool) -> bool {
        let known = variables.then_some(context);
        match self {
            Kind::Text => expand(wanted, known, Text::Plain).is_some_and(|wanted| wanted == found),
            Kind::AnyCase => {
                expand(wanted, known, Text::Plain).is_some_and(|wanted| wanted.to_lowercase() == found.to_lowercase())
            }
            Kind::Like => pattern(wanted, known).is_some_and(|wanted| wildcard(&wanted, found)),
            Kind::Arn => pattern(wanted, known).is_some_and(|wanted| same_arn(&wanted, found)),
            Kind::Bool => wanted.eq_ignore_ascii_case(found),
            Kind::Address => is_within(wanted, found),
            Kind::Null => false,
            Kind::Number(fits) => compare(number(found), number(wanted), fits),
            Kind::Date(fits) => compare(moment(found), moment(wanted), fits),
        }
    }
}

fn compare<T: Ord>(found: Option<T>, wanted: Option<T>, fits: fn(Ordering) -> bool) -> bool {
    match (found, wanted) {
        (Some(found), Some(wanted)) => fits(found.cmp(&wanted)),
        _ => false,
    }
}

/// Each of an ARN's six parts by itself: a `*` in one does not reach into the next.
fn same_arn(pattern: &str, found: &str) -> bool {
    let mut wanted = pattern.splitn(6, ':');
    let mut parts = found.splitn(6, ':');
    loop {
        match (wanted.next(), parts.next()) {
            (None, None) => return true,
            (Some(wanted), Some(part)) if wildcard(wanted, part) => {}
            _ => return false,
        }
    }
}

/// Whether an address is in a block; one without a length is itself.
fn is_within(block: &str, address: &str) -> bool {
    let Ok(address) = address.parse::<IpAddr>() else {
        return false;
    };
    match block.parse::<IpNet>() {
        Ok(block) => block.contains(&address),
        Err(_) => block.parse() == Ok(address),
    }
}

/// Digits behind a number's point that count.
const DIGITS: usize = 9;

/// A whole or decimal number, in units of its last digit that counts.
fn number(text: &str) -> Option<i128> {
    let text = text.trim();
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, rest) = digits.split_once('.').unwrap_or((digits, ""));
    let good = |part: &str| part.len() <= 18 && part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() + rest.len() == 0 || !good(whole) || !good(rest) {
        return None;
    }
    let rest = rest.get(..DIGITS).unwrap_or(rest);
    format!("{whole}{rest:0<DIGITS$}")
        .parse::<i128>()
        .ok()
        .map(|number| sign * number)
}

/// Milliseconds since 1970 of a date, or of the seconds since then.
fn moment(text: &str) -> Option<i64> {
    let seconds = text.parse::<i64>().ok();
    let millis = seconds.map(|seconds| seconds.saturating_mul(1000));
    millis.or_else(|| stratus_model::time::parse(text))
}

/// Whether all tests of a `Condition` hold. `variables`: whether `${…}` stands for a key's value, as it does in policies of
/// version 2012-10-17. An operator that there is not never holds.
pub fn holds(condition: &Json, context: &Context, variables: bool) -> bool {
    // What is no map of maps never holds either.
    let sound = condition
        .as_object()
        .is_some_and(|all| all.values().all(Json::is_object));
    sound
        && tests(condition).all(|(operator, key, wanted)| {
            let wanted = values(wanted);
            operator.is_some_and(|operator| operator.holds(context.get(key), &wanted, context, variables))
        })
}

/// The tests of a `Condition`: operator (`None` = there is none of this name), key, values.
pub(crate) fn tests(condition: &Json) -> impl Iterator<Item = (Option<Operator>, &str, &Json)> {
    let operators = condition.as_object().into_iter().flatten();
    operators.flat_map(|(name, keys)| {
        let operator = Operator::read(name);
        let keys = keys.as_object().into_iter().flatten();
        keys.map(move |(key, wanted)| (operator, key.as_str(), wanted))
    })
}

/// One value or a list of them, as texts: `true` and `"true"` are the same.
pub(crate) fn values(value: &Json) -> Vec<String> {
    let text = |value: &Json| match value {
        Json::String(text) => text.clone(),
        other => other.to_string(),
    };
    items(Some(value)).iter().map(text).collect()
}
