//! Bucket policies: whether a text is one. What it says of a call is `public.rs`'s, whether it lets the public in `meaning.rs`'s.
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html>

use super::{reports, request_keys};
use crate::base::error::{Error, Result};
use crate::principal::Principal;
use crate::services::iam::conditions::Operator;
use crate::services::iam::documents::is_principal;
use crate::services::iam::statements::items;
use crate::world::World;
use serde_json::{Map, Value, json};

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
    let statements = items(policy.get("Statement"));
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
    let own = reports::arn(bucket);
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
    statement
        .get("Condition")
        .map_or(Ok(()), |condition| conditions(condition, statement))
}

/// Keys that only lists of a bucket have.
const OF_LISTS: [&str; 3] = ["s3:delimiter", "s3:max-keys", "s3:prefix"];

/// Whether operators, keys and values are such as S3 knows.
fn conditions(condition: &Value, statement: &Map<String, Value>) -> Result<()> {
    let syntax = || malformed("Invalid policy syntax.");
    for (name, keys) in condition.as_object().ok_or_else(syntax)? {
        if Operator::read(name).is_none() {
            return Err(malformed(format!("Invalid Condition type : {name}")));
        }
        for (key, values) in keys.as_object().ok_or_else(syntax)? {
            if !request_keys::is_known(key) {
                return Err(malformed("Policy has an invalid condition key"));
            }
            let is_scalar = |value: &Value| !value.is_object() && !value.is_array();
            if !items(Some(values)).iter().all(is_scalar) {
                return Err(syntax());
            }
            let lists = |action: &Value| {
                let action = action.as_str().unwrap_or_default().to_ascii_lowercase();
                action.contains('*') || action.starts_with("s3:listbucket")
            };
            let of_lists = OF_LISTS.iter().any(|list| list.eq_ignore_ascii_case(key));
            if of_lists && statement.contains_key("Action") && !items(statement.get("Action")).iter().any(lists) {
                let text = "Conditions do not apply to combination of actions and resources in statement";
                return Err(malformed(text));
            }
        }
    }
    Ok(())
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
    for action in items(statement.get("Action")).iter().filter_map(Value::as_str) {
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

/// Whether everybody of this account whom a policy names exists: users and roles by their ARNs, and whoever is named by a unique id.
/// Source: <https://repost.aws/knowledge-center/s3-invalid-principal-in-policy-error>
///
/// # Errors
/// `MalformedPolicy`.
pub(super) fn check_principals(world: &World, policy: &Value) -> Result<()> {
    let by_id =
        |id: &str| world.iam.users.rows().any(|user| user.id == id) || world.iam.roles.rows().any(|role| role.id == id);
    // The first user is in no table before the first call to IAM.
    let first = (!world.iam.made).then(|| Principal::administrator(&world.options));
    let is_first = |text: &str| {
        first
            .as_ref()
            .is_some_and(|user| text == user.arn || text == user.user_id)
    };
    let exists = |text: &str| match text.starts_with("AIDA") || text.starts_with("AROA") {
        _ if is_first(text) => true,
        true => by_id(text),
        false => is_principal(world, text),
    };
    let statements = items(policy.get("Statement")).iter();
    let named = statements.flat_map(|statement| {
        let principals = ["Principal", "NotPrincipal"].into_iter();
        principals.flat_map(|name| items(statement.get(name).and_then(|kinds| kinds.get("AWS"))))
    });
    match named.filter_map(Value::as_str).find(|text| !exists(text)) {
        None => Ok(()),
        Some(text) => Err(malformed("Invalid principal in policy").detail("Detail", format!("\"AWS\" : \"{text}\""))),
    }
}

/// A policy in which somebody who is gone stands as the unique id that was theirs: whoever gets the name later is somebody else.
/// `None`: it does not name them.
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-users>
pub(super) fn without(text: &str, arn: &str, id: &str) -> Option<String> {
    let (old, new) = (format!("\"{arn}\""), format!("\"{id}\""));
    let (mut out, mut rest, mut changed) = (String::with_capacity(text.len()), text, false);
    // Policies are kept without white space, and nobody's name has a brace in it. Both elements end so.
    while let Some(at) = rest.find("Principal\":{") {
        let end = rest
            .get(at..)
            .and_then(|from| from.find('}'))
            .map_or(rest.len(), |end| at + end);
        let (before, principals) = (rest.get(..at)?, rest.get(at..end)?);
        changed |= principals.contains(&old);
        out.push_str(before);
        out.push_str(&principals.replace(&old, &new));
        rest = rest.get(end..)?;
    }
    out.push_str(rest);
    changed.then_some(out)
}

/// A policy with these statements besides; `None`: what is there has no list of statements. `id`: of one that is new.
pub(super) fn extended(there: Option<&str>, id: &str, own: Vec<Value>) -> Option<String> {
    let there = there.and_then(|text| serde_json::from_str::<Value>(text).ok());
    let mut policy = there.unwrap_or_else(|| json!({"Version": "2012-10-17", "Id": id, "Statement": []}));
    let list = policy.get_mut("Statement")?;
    let all = [items(Some(list)), &own].concat();
    *list = Value::Array(all);
    Some(policy.to_string())
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
