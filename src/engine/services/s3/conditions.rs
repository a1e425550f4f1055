//! Conditions of reading and copying: If-Match and its kin.
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-reads.html>

use super::dates;
use crate::base::error::{Error, Result};
use crate::world::objects::Object;
use stratus_model::{Name, Structure, field};

/// The members that carry the four conditions of a call.
pub(super) struct Conditions {
    /// Only if the ETag is this.
    if_match: (Name, &'static str),
    /// Only if it is not.
    if_none_match: (Name, &'static str),
    /// Only if changed after.
    if_modified_since: (Name, &'static str),
    /// Only if not changed after.
    if_unmodified_since: (Name, &'static str),
}

/// Those of GetObject and HeadObject.
pub(super) const READ_CONDITIONS: Conditions = Conditions {
    if_match: (field::IF_MATCH, "If-Match"),
    if_none_match: (field::IF_NONE_MATCH, "If-None-Match"),
    if_modified_since: (field::IF_MODIFIED_SINCE, "If-Modified-Since"),
    if_unmodified_since: (field::IF_UNMODIFIED_SINCE, "If-Unmodified-Since"),
};

/// Those of what is copied.
pub(super) const COPY_CONDITIONS: Conditions = Conditions {
    if_match: (field::COPY_SOURCE_IF_MATCH, "x-amz-copy-source-If-Match"),
    if_none_match: (field::COPY_SOURCE_IF_NONE_MATCH, "x-amz-copy-source-If-None-Match"),
    if_modified_since: (
        field::COPY_SOURCE_IF_MODIFIED_SINCE,
        "x-amz-copy-source-If-Modified-Since",
    ),
    if_unmodified_since: (
        field::COPY_SOURCE_IF_UNMODIFIED_SINCE,
        "x-amz-copy-source-If-Unmodified-Since",
    ),
};

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
    .detail("Condition", condition)
}

/// 304, with what a cache wants to know again.
fn not_modified(object: &Object) -> Error {
    let mut error = Error::new("304", "Not Modified")
        .with_status(304)
        .detail("etag", format!("\"{}\"", object.etag))
        .detail("last-modified", dates::http(object.modified));
    for (name, header) in [("CacheControl", "cache-control"), ("Expires", "expires")] {
        if let Some(value) = object.headers.get(name) {
            error = error.detail(header, value);
        }
    }
    match &object.version {
        Some(version) => error.detail("x-amz-version-id", version),
        None => error,
    }
}

impl Conditions {
    /// Whether the object may be read: an ETag that matches overrules If-Unmodified-Since, and one that If-None-Match
    /// does not list overrules If-Modified-Since.
    ///
    /// # Errors
    /// `PreconditionFailed` (412), `NotModified` (304).
    pub fn check(&self, params: &Structure, object: &Object) -> Result<()> {
        self.positive(params, object)?;
        match self.unchanged(params, object) {
            Some(_) => Err(not_modified(object)),
            None => Ok(()),
        }
    }

    /// The same for what is copied: where reading would say "not modified", copying fails.
    ///
    /// # Errors
    /// `PreconditionFailed` (412).
    pub fn check_copy(&self, params: &Structure, object: &Object) -> Result<()> {
        self.positive(params, object)?;
        self.unchanged(params, object)
            .map_or(Ok(()), |condition| Err(failed(condition)))
    }

    fn positive(&self, params: &Structure, object: &Object) -> Result<()> {
        let (tag, since) = (self.if_match, self.if_unmodified_since);
        match (params.text(tag.0), params.timestamp(since.0)) {
            (Some(wanted), _) if !same_tag(wanted, &object.etag) => Err(failed(tag.1)),
            (None, Some(time)) if object.modified.0 > time => Err(failed(since.1)),
            _ => Ok(()),
        }
    }

    fn unchanged(&self, params: &Structure, object: &Object) -> Option<&'static str> {
        let (tag, since) = (self.if_none_match, self.if_modified_since);
        match (params.text(tag.0), params.timestamp(since.0)) {
            (Some(wanted), _) => same_tag(wanted, &object.etag).then_some(tag.1),
            (None, Some(time)) => (object.modified.0 <= time).then_some(since.1),
            (None, None) => None,
        }
    }
}
