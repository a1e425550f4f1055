//! Recycle Bin: the rules that say what is kept when it is deleted, and for how long. What they do stands with EC2's storage.
//! Source: <https://docs.aws.amazon.com/recyclebin/latest/APIReference/Welcome.html>

mod rules;
mod tags;

use super::Handler;
use crate::base::error::Error;

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    Some(match operation {
        "CreateRule" => Handler::Write(rules::create),
        "GetRule" => Handler::Read(rules::get),
        "ListRules" => Handler::Read(rules::list),
        "UpdateRule" => Handler::Write(rules::update),
        "DeleteRule" => Handler::Write(rules::delete),
        "LockRule" => Handler::Write(rules::lock),
        "UnlockRule" => Handler::Write(rules::unlock),
        "TagResource" => Handler::Write(tags::add),
        "UntagResource" => Handler::Write(tags::remove),
        "ListTagsForResource" => Handler::Read(tags::list),
        _ => return None,
    })
}

fn invalid(why: impl Into<String>) -> Error {
    Error::new("ValidationException", why).detail("Reason", "INVALID_PARAMETER_VALUE")
}

fn not_found(what: &str) -> Error {
    Error::new("ResourceNotFoundException", format!("Rule {what} was not found."))
        .with_status(404)
        .detail("Reason", "RULE_NOT_FOUND")
}
