//! SSM: the Parameter Store. This file only routes.
//!
//! Texts of errors in AWS's own form where it is known. There is no KMS: a secure string is kept as it was given, and shown
//! encrypted where nobody asks for its decryption.

mod common;
mod get;
mod labels;
mod metadata;
mod public;
mod put;
mod tags;

use super::Handler;

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    Some(match operation {
        "PutParameter" => Handler::Write(put::put),
        "DeleteParameter" => Handler::Write(put::delete),
        "DeleteParameters" => Handler::Write(put::delete_several),
        "GetParameter" => Handler::Read(get::get),
        "GetParameters" => Handler::Read(get::get_several),
        "GetParameterHistory" => Handler::Read(get::history),
        "GetParametersByPath" => Handler::Read(metadata::by_path),
        "DescribeParameters" => Handler::Read(metadata::list),
        "LabelParameterVersion" => Handler::Write(labels::label),
        "UnlabelParameterVersion" => Handler::Write(labels::unlabel),
        "AddTagsToResource" => Handler::Write(tags::add),
        "RemoveTagsFromResource" => Handler::Write(tags::remove),
        "ListTagsForResource" => Handler::Read(tags::list),
        _ => return None,
    })
}
