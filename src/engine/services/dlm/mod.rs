//! Data Lifecycle Manager: policies that take snapshots of what has certain tags (or, by default, of every volume), copy them to other
//! Regions, archive, share and delete them again; policies that do so with images of instances; and policies that copy what other
//! accounts share.
//! Source: <https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-lifecycle.html>

mod after;
mod changes;
mod cron;
mod defaults;
mod events;
mod images;
mod marks;
mod policies;
mod rules;
mod runs;
mod scripts;
mod tags;

use super::Handler;
use crate::base::error::Error;

pub(crate) use events::shared;
pub(crate) use runs::due;

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    Some(match operation {
        "CreateLifecyclePolicy" => Handler::Write(policies::create),
        "UpdateLifecyclePolicy" => Handler::Write(policies::update),
        "DeleteLifecyclePolicy" => Handler::Write(policies::delete),
        "GetLifecyclePolicy" => Handler::Read(policies::get),
        "GetLifecyclePolicies" => Handler::Read(policies::list),
        "TagResource" => Handler::Write(tags::add),
        "UntagResource" => Handler::Write(tags::remove),
        "ListTagsForResource" => Handler::Read(tags::list),
        _ => return None,
    })
}

fn invalid(why: impl Into<String>) -> Error {
    Error::new("InvalidRequestException", why).detail("Code", "400")
}

fn not_found(id: &str) -> Error {
    Error::new("ResourceNotFoundException", format!("Policy {id} does not exist."))
        .with_status(404)
        .detail("Code", "404")
        .detail("ResourceType", "policy")
}
