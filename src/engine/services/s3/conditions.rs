//! Conditions of reading and copying: If-Match and its kin.
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-reads.html>

use crate::base::error::{Error, Result};
use crate::world::storage::Object;
use stratus_model::{Name, Structure};

/// The members that carry the four conditions of a call.
pub(super) struct Conditions {
    /// Only if the ETag is this.
    pub if_match: Name,
    /// Only if it is not.
    pub if_none_match: Name,
    /// Only if changed after.
    pub if_modified_since: Name,
    /// Only if not changed after.
    pub if_unmodified_since: Name,
}

/// Whether two ETags are the same; quotes and a weak mark play no part; `*` is any.
pub(super) fn same_tag(wanted: &str, etag: &str) -> bool {
    wanted.split(',').any(|one| {
        let one = one.trim();
        let one = one.strip_prefix("W/").unwrap_or(one).trim_matches('"');
        one == "*" || one == etag.trim_matches('"')
    })
}

/// `PreconditionFailed`, 412.
pub(super) fn failed(condition: &'static str) -> Error {
    Error::new(
        "PreconditionFailed",
        "At least one of the pre-conditions you specified did not hold",
    )
    .with_status(412)
    .at(condition)
}

impl Conditions {
    /// Whether the object may be read: an ETag that matches overrules If-Unmodified-Since, and one that If-None-Match
    /// does not list overrules If-Modified-Since.
    ///
    /// # Errors
    /// `PreconditionFailed` (412), `NotModified` (304).
    pub fn check(&self, params: &Structure, object: &Object) -> Result<()> {
        match (params.text(self.if_match), params.timestamp(self.if_unmodified_since)) {
            (Some(tag), _) if !same_tag(tag, &object.etag) => return Err(failed("If-Match")),
            (None, Some(time)) if object.modified.0 > time => return Err(failed("If-Unmodified-Since")),
            _ => {}
        }
        let unchanged = match (
            params.text(self.if_none_match),
            params.timestamp(self.if_modified_since),
        ) {
            (Some(tag), _) => same_tag(tag, &object.etag),
            (None, Some(time)) => object.modified.0 <= time,
            (None, None) => false,
        };
        if unchanged {
            return Err(Error::new("304", "Not Modified").with_status(304));
        }
        Ok(())
    }
}
