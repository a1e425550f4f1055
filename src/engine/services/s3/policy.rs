//! Bucket policies: whether a text is one, and whether it lets the public in. Decides no call that is signed.
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status>

use crate::base::error::{Error, Result};
use crate::services::ec2::common::wildcard;
use serde_json::{Map, Value};

/// Bytes of a policy without its white space.
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies.html>
const BYTES: usize = 20 * 1_024;
/// Members of a statement.
const KNOWN: [&str; 10] = [
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
    "Id",
];

/// Condition keys whose fixed value keeps the public out.
const NARROWING: [&str; 14] = [
    "aws:sourcearn",
    "aws:sourcevpc",
    "aws:sourcevpce",
    "aws:sourceowner",
    "aws:sourceaccount",
    "aws:sourceorgid",
    "aws:sourceorgpaths",
    "aws:principalaccount",
    "aws:principalarn",
    "aws:principalorgid",
    "aws:principalorgpaths",
    "s3:x-amz-server-side-encryption-aws-kms-key-id",
    "s3:dataaccesspointarn",
    "s3:dataaccesspointaccount",
];

/// `MalformedPolicy`.
fn malformed(text: impl Into<String>) -> Error {
    Error::new("MalformedPolicy", text).at("Policy")
}

/// A text as a policy of this bucket.
///
/// # Errors
/// `MalformedPolicy`, in S3's words.
pub(super) fn read(text: &str, bucket: &str) -> Result<Value> {
    let invalid = || malformed("Policies must be valid JSON and the first byte must be '{'");
    if !text.starts_with('{') {
        return Err(invalid());
    }
    if compact(text).len() > BYTES {
        let text = format!("Policy exceeds the maximum allowed document size of {BYTES} bytes.");
        return Err(Error::new("PolicyTooLarge", text).at("Policy"));
    }
    let policy: Value = serde_json::from_str(text).map_err(|_| invalid())?;
    let fields = policy.as_object().ok_or_else(invalid)?;
    for (name, value) in fields {
        match name.as_str() {
            "Version" if matches!(value.as_str(), Some("2012-10-17" | "2008-10-17")) => {}
            "Version" => return Err(malformed("The policy must contain a valid version string")),
            "Id" | "Statement" => {}
            other => return Err(malformed(format!("Unknown field {other}"))),
        }
    }
    let statements = statements(&policy);
    if statements.is_empty() {
        return Err(malformed("Missing required field Statement"));
    }
    for statement in statements {
        let statement = statement
            .as_object()
            .ok_or_else(|| malformed("Invalid policy syntax."))?;
        check(statement, bucket)?;
    }
    Ok(policy)
}

fn statements(policy: &Value) -> Vec<&Value> {
    items(policy.get("Statement"))
}

/// One, or a list of them.
fn items(value: Option<&Value>) -> Vec<&Value> {
    match value {
        None => Vec::new(),
        Some(Value::Array(list)) => list.iter().collect(),
        Some(one) => vec![one],
    }
}

fn check(statement: &Map<String, Value>, bucket: &str) -> Result<()> {
    if let Some(name) = statement.keys().find(|name| !KNOWN.contains(&name.as_str())) {
        return Err(malformed(format!("Unknown field {name}")));
    }
    match statement.get("Effect").map(Value::as_str) {
        None => return Err(malformed("Missing required field Effect")),
        Some(Some("Allow" | "Deny")) => {}
        Some(other) => return Err(malformed(format!("Invalid effect : {}", other.unwrap_or_default()))),
    }
    let one_of = |name: &str, other: &str| {
        statement
            .get(name)
            .or_else(|| statement.get(other))
            .ok_or_else(|| malformed(format!("Missing required field {name}")))
    };
    principals(one_of("Principal", "NotPrincipal")?)?;
    for action in items(Some(one_of("Action", "NotAction")?)) {
        let text = action.as_str().unwrap_or_default().to_ascii_lowercase();
        if text != "*" && !text.starts_with("s3:") {
            return Err(malformed("Policy has invalid action"));
        }
    }
    let own = format!("arn:aws:s3:::{bucket}");
    let mut scopes = (false, false);
    for resource in items(Some(one_of("Resource", "NotResource")?)) {
        let text = resource.as_str().unwrap_or_default();
        let rest = text.strip_prefix(own.as_str());
        let whole = matches!(text, "*" | "arn:aws:s3:::*" | "arn:aws:s3:::*/*");
        match rest {
            Some("") => scopes.0 = true,
            Some("*") => scopes = (true, true),
            Some(rest) if rest.starts_with('/') => scopes.1 = true,
            _ if whole => scopes = (true, true),
            _ => return Err(malformed("Policy has invalid resource")),
        }
    }
    applies(statement, scopes)?;
    match statement.get("Condition") {
        None | Some(Value::Object(_)) => Ok(()),
        Some(_) => Err(malformed("Invalid policy syntax.")),
    }
}

/// Actions on objects need objects among the resources, actions on the bucket the bucket.
fn applies(statement: &Map<String, Value>, (bucket, objects): (bool, bool)) -> Result<()> {
    let on_object = |action: &str| {
        let action = action.to_ascii_lowercase();
        ["object", "s3:abortmultipartupload", "s3:listmultipartuploadparts"]
            .iter()
            .any(|word| action.contains(word))
            && !action.contains("objectlockconfiguration")
    };
    for action in items(statement.get("Action")).into_iter().filter_map(Value::as_str) {
        let wild = action.contains('*');
        let fits = wild || if on_object(action) { objects } else { bucket };
        if !fits {
            return Err(malformed("Action does not apply to any resource(s) in statement"));
        }
    }
    Ok(())
}

fn principals(principal: &Value) -> Result<()> {
    let bad = || malformed("Invalid principal in policy");
    let known = |text: &str| {
        let account = text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit());
        let arn = text.starts_with("arn:aws:iam::") || text.starts_with("arn:aws:sts::");
        text == "*" || account || arn || text.starts_with("AIDA") || text.starts_with("AROA")
    };
    match principal {
        Value::String(text) if text == "*" => Ok(()),
        Value::Object(kinds) if !kinds.is_empty() => {
            for (kind, names) in kinds {
                for name in items(Some(names)) {
                    let name = name.as_str().ok_or_else(bad)?;
                    let fits = match kind.as_str() {
                        "AWS" => known(name),
                        "Service" => name.contains('.'),
                        "CanonicalUser" => name.len() == 64,
                        "Federated" => !name.is_empty(),
                        _ => false,
                    };
                    if !fits {
                        return Err(bad());
                    }
                }
            }
            Ok(())
        }
        _ => Err(bad()),
    }
}

/// Whether a policy lets the public in: unless all that it allows, it allows to fixed principals, or under a condition
/// that holds for a fixed value only.
pub(super) fn is_public(policy: &Value) -> bool {
    statements(policy).into_iter().any(|statement| {
        let allows = statement.get("Effect").and_then(Value::as_str) == Some("Allow");
        allows && anybody(statement) && !narrowed(statement)
    })
}

/// Whether a policy lets somebody without keys do this to a resource; `None` = it says nothing of it.
pub(super) fn everybody(policy: &Value, action: &str, resource: &str) -> Option<bool> {
    let mut allowed = None;
    for statement in statements(policy) {
        let denies = statement.get("Effect").and_then(Value::as_str) == Some("Deny");
        let about = concerns(statement, "Action", &action.to_ascii_lowercase(), true)
            && concerns(statement, "Resource", resource, false);
        let everybody = match statement.get("Principal") {
            Some(one) => is_everybody(one),
            None => denies && !statement.get("NotPrincipal").is_some_and(is_everybody),
        };
        if !about || !everybody {
            continue;
        }
        let keys = condition_keys(statement);
        let about_tls = |key: &&str| key.eq_ignore_ascii_case("aws:SecureTransport");
        // What comes here counts as come with TLS (ours: the endpoint speaks HTTP, and stands for one that does not).
        match (denies, keys.iter().all(about_tls)) {
            (true, true) if !keys.is_empty() => {}
            (true, _) => return Some(false),
            (false, true) => allowed = Some(true),
            (false, false) => {}
        }
    }
    allowed
}

/// `"*"`, `{"AWS": "*"}`, or a list with it.
fn is_everybody(principal: &Value) -> bool {
    let star = |value: &Value| value.as_str() == Some("*");
    star(principal) || items(principal.get("AWS")).into_iter().any(star)
}

/// What a statement's `Condition` looks at: `aws:SecureTransport` of `{"Bool": {"aws:SecureTransport": "false"}}`.
fn condition_keys(statement: &Value) -> Vec<&str> {
    let operators = statement
        .get("Condition")
        .and_then(Value::as_object)
        .into_iter()
        .flatten();
    let keys = operators.flat_map(|(_, keys)| keys.as_object().into_iter().flatten());
    keys.map(|(key, _)| key.as_str()).collect()
}

/// Whether a statement's `Action` or `Resource`, or what takes its place, is about this one.
fn concerns(statement: &Value, name: &str, text: &str, small: bool) -> bool {
    let fits = |list: &Value| {
        items(Some(list)).into_iter().filter_map(Value::as_str).any(|pattern| {
            let pattern = if small {
                pattern.to_ascii_lowercase()
            } else {
                pattern.to_owned()
            };
            wildcard(&pattern, text)
        })
    };
    match (statement.get(name), statement.get(format!("Not{name}"))) {
        (Some(list), _) => fits(list),
        (None, Some(list)) => !fits(list),
        (None, None) => false,
    }
}

fn anybody(statement: &Value) -> bool {
    let wild = |value: &Value| value.as_str().is_some_and(|text| text.contains('*'));
    match statement.get("Principal") {
        // Everybody but some.
        None => true,
        Some(Value::Object(kinds)) => kinds.values().any(|names| items(Some(names)).into_iter().any(wild)),
        Some(one) => wild(one),
    }
}

fn narrowed(statement: &Value) -> bool {
    let Some(conditions) = statement.get("Condition").and_then(Value::as_object) else {
        return false;
    };
    conditions.iter().any(|(operator, keys)| {
        let fixing = [
            "StringEquals",
            "StringEqualsIgnoreCase",
            "StringLike",
            "ArnEquals",
            "ArnLike",
        ];
        let operator = operator.strip_prefix("ForAnyValue:").unwrap_or(operator);
        keys.as_object().into_iter().flatten().any(|(key, values)| {
            let key = key.to_ascii_lowercase();
            let values = items(Some(values));
            let texts: Vec<&str> = values.iter().filter_map(|value| value.as_str()).collect();
            let all = |fits: fn(&str) -> bool| {
                !texts.is_empty() && texts.len() == values.len() && texts.iter().all(|text| fits(text))
            };
            match (operator, key.as_str()) {
                ("IpAddress", "aws:sourceip") => all(is_narrow),
                (operator, "aws:userid") if fixing.contains(&operator) => {
                    all(|text| !text.starts_with('*') && !text.starts_with("AROLEID:*"))
                }
                (operator, "aws:sourcearn" | "aws:principalarn") if fixing.contains(&operator) => all(has_account),
                (operator, key) if fixing.contains(&operator) => {
                    NARROWING.contains(&key) && all(|text| !text.contains(['*', '?', '$']))
                }
                _ => false,
            }
        })
    })
}

/// An ARN whose account is fixed.
fn has_account(arn: &str) -> bool {
    let account = arn.split(':').nth(4).unwrap_or_default();
    let bucket = arn.starts_with("arn:aws:s3:::") && !arn.contains(['*', '?']);
    (!account.is_empty() && !account.contains(['*', '?', '$'])) || bucket
}

/// A block that is not as wide as the Internet: S3 calls IPv4 blocks under /8 and IPv6 blocks under /32 public.
fn is_narrow(block: &str) -> bool {
    let length = |bits: u8| {
        block
            .split_once('/')
            .map_or(Some(bits), |(_, length)| length.parse().ok())
    };
    if block.contains(':') {
        length(128).is_some_and(|length| length >= 32)
    } else {
        length(32).is_some_and(|length| length >= 8)
    }
}

/// JSON without the white space between its parts, as S3 gives a policy back.
pub(super) fn compact(text: &str) -> String {
    let (mut out, mut quoted, mut escaped) = (String::with_capacity(text.len()), false, false);
    for letter in text.chars() {
        if quoted || !letter.is_ascii_whitespace() {
            out.push(letter);
        }
        match letter {
            '"' if !escaped => quoted = !quoted,
            _ => {}
        }
        escaped = quoted && letter == '\\' && !escaped;
    }
    out
}
