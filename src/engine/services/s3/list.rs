//! Listing objects: by prefix, rolled up at a delimiter, in pages. Keys come in the order of their UTF-8 bytes.
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/ListingKeysUsingAPIs.html>

use super::errors::invalid_argument;
use super::{bucket, checksums, owner, restore};
use crate::base::error::Result;
use crate::base::time::Time;
use crate::services::Request;
use crate::world::World;
use crate::world::objects::{Bucket, Object};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use std::ops::Bound;
use stratus_model::{Structure, field};

/// Most results of one page.
const PAGE: i64 = 1_000;

/// One page of a bucket.
struct Page<'w> {
    objects: Vec<(&'w String, &'w Object)>,
    prefixes: Vec<String>,
    /// The last thing of the page, where there is more: what the next page begins after.
    last: Option<String>,
}

/// The part of a bucket that a list is of.
pub(super) struct Scope<'a> {
    /// What all keys begin with.
    pub prefix: &'a str,
    delimiter: Option<&'a str>,
}

impl<'a> Scope<'a> {
    /// As `Prefix` and `Delimiter` of a call say.
    pub fn of(params: &'a Structure) -> Scope<'a> {
        Scope {
            prefix: params.text(field::PREFIX).unwrap_or_default(),
            delimiter: params.text(field::DELIMITER).filter(|text| !text.is_empty()),
        }
    }

    /// The common prefix that a key is rolled up into: up to the first delimiter after the prefix.
    pub fn rolled<'k>(&self, key: &'k str) -> Option<&'k str> {
        let delimiter = self.delimiter?;
        let rest = key.strip_prefix(self.prefix)?;
        let end = self.prefix.len() + rest.find(delimiter)? + delimiter.len();
        key.get(..end)
    }
}

/// What to list.
struct Listing<'a> {
    scope: Scope<'a>,
    /// Keys, and prefixes where `done` says so, after this.
    after: Option<&'a str>,
    /// Whether `after` is the last thing of the page before, so that a prefix of that name is done.
    done: bool,
    most: usize,
}

/// Lists a page. What lies below a common prefix is leapt over, so that a page costs what it shows.
fn list<'w>(bucket: &'w Bucket, listing: &Listing<'_>) -> Page<'w> {
    let mut page = Page {
        objects: Vec::new(),
        prefixes: Vec::new(),
        last: None,
    };
    let mut from = Bound::Included(listing.scope.prefix.to_owned());
    if let Some(after) = listing.after.filter(|after| *after >= listing.scope.prefix) {
        from = Bound::Excluded(after.to_owned());
        if listing.done && listing.scope.rolled(after).is_some_and(|common| common == after) {
            from = beyond(after);
        }
    }
    let mut count = 0;
    let mut latest = None;
    while let Some((key, object)) = bucket.objects.range((from.clone(), Bound::Unbounded)).next() {
        if !key.starts_with(listing.scope.prefix) {
            break;
        }
        if count == listing.most {
            page.last = latest.filter(|_| listing.most > 0);
            break;
        }
        count += 1;
        if let Some(common) = listing.scope.rolled(key) {
            page.prefixes.push(common.to_owned());
            latest = Some(common.to_owned());
            from = beyond(common);
        } else {
            page.objects.push((key, object));
            latest = Some(key.clone());
            from = Bound::Excluded(key.clone());
        }
    }
    page
}

/// Behind all keys that begin so: no key has the last character of Unicode, which is none.
pub(super) fn beyond(prefix: &str) -> Bound<String> {
    Bound::Excluded(format!("{prefix}\u{10ffff}"))
}

/// How many results at most.
pub(super) fn most(params: &Structure) -> Result<i64> {
    match params.integer(field::MAX_KEYS) {
        Some(number) if number < 0 => {
            let text = "Argument maxKeys must be an integer between 0 and 2147483647";
            Err(invalid_argument(text, "maxKeys", number).at("MaxKeys"))
        }
        number => Ok(number.unwrap_or(PAGE).min(PAGE)),
    }
}

/// Text as answers carry it: percent-encoded where the call asks for it.
pub(super) fn encoded(params: &Structure, text: &str) -> String {
    if params.text(field::ENCODING_TYPE) != Some("url") {
        return text.to_owned();
    }
    url(text)
}

/// Text percent-encoded, but for slashes.
pub(super) fn url(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'*' | b'/' => out.push(char::from(byte)),
            b' ' => out.push('+'),
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}

/// What both forms of the answer share.
fn shown(
    params: &Structure,
    name: &str,
    page: &Page<'_>,
    most: i64,
    owner: Option<&Structure>,
    now: Time,
) -> Structure {
    let objects: Vec<Structure> = page
        .objects
        .iter()
        .map(|(key, object)| {
            Structure::new()
                .with(field::KEY, encoded(params, key))
                .with(field::LAST_MODIFIED, object.modified)
                .with(field::E_TAG, format!("\"{}\"", object.etag))
                .with(field::CHECKSUM_ALGORITHM, vec![object.checksum.0.as_str()])
                .with(field::CHECKSUM_TYPE, checksums::kind(&object.checksum))
                .with(field::SIZE, object.body.len() as i64)
                .with(field::STORAGE_CLASS, object.storage_class.as_str())
                .with_some(field::OWNER, owner.cloned())
                .with_some(field::RESTORE_STATUS, restore::status(params, object, now))
        })
        .collect();
    let prefixes: Vec<Structure> = page
        .prefixes
        .iter()
        .map(|prefix| Structure::new().with(field::PREFIX, encoded(params, prefix)))
        .collect();
    Structure::new()
        .with(field::NAME, name)
        .with(field::IS_TRUNCATED, page.last.is_some())
        .with(field::MAX_KEYS, most)
        .with(
            field::PREFIX,
            encoded(params, params.text(field::PREFIX).unwrap_or_default()),
        )
        .with_some(
            field::DELIMITER,
            params.text(field::DELIMITER).map(|text| encoded(params, text)),
        )
        .with_some(field::ENCODING_TYPE, params.text(field::ENCODING_TYPE))
        .with_some(field::CONTENTS, (!objects.is_empty()).then_some(objects))
        .with_some(field::COMMON_PREFIXES, (!prefixes.is_empty()).then_some(prefixes))
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjects.html>
pub(super) fn list_objects(request: &Request<'_>, world: &World) -> Result<Structure> {
    let params = request.params;
    let row = bucket(request, world)?;
    let most = most(params)?;
    let marker = params.text(field::MARKER).unwrap_or_default();
    let listing = Listing {
        scope: Scope::of(params),
        after: Some(marker).filter(|marker| !marker.is_empty()),
        done: true,
        most: usize::try_from(most).unwrap_or(0),
    };
    let page = list(row, &listing);
    // Without a delimiter the last key is the marker, and need not be said.
    let next = page.last.as_ref().filter(|_| listing.scope.delimiter.is_some());
    Ok(shown(params, &row.name, &page, most, Some(&owner(world)), world.now)
        .with(field::MARKER, encoded(params, marker))
        .with_some(field::NEXT_MARKER, next.map(|text| encoded(params, text))))
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html>
pub(super) fn list_objects_v2(request: &Request<'_>, world: &World) -> Result<Structure> {
    let params = request.params;
    let row = bucket(request, world)?;
    let most = most(params)?;
    let token = params.text(field::CONTINUATION_TOKEN);
    let last = token.map(read_token).transpose()?;
    let listing = Listing {
        scope: Scope::of(params),
        // A token knows the place better than the key that the first page began after.
        after: last
            .as_deref()
            .or(params.text(field::START_AFTER))
            .filter(|after| !after.is_empty()),
        done: last.is_some(),
        most: usize::try_from(most).unwrap_or(0),
    };
    let page = list(row, &listing);
    let owner = (params.boolean(field::FETCH_OWNER) == Some(true)).then(|| owner(world));
    let count = page.objects.len() + page.prefixes.len();
    Ok(shown(params, &row.name, &page, most, owner.as_ref(), world.now)
        .with(field::KEY_COUNT, count as i64)
        .with_some(field::CONTINUATION_TOKEN, token)
        .with_some(
            field::START_AFTER,
            params.text(field::START_AFTER).map(|text| encoded(params, text)),
        )
        .with_some(
            field::NEXT_CONTINUATION_TOKEN,
            page.last.as_ref().map(|last| BASE64.encode(last)),
        ))
}

pub(super) fn read_token(text: &str) -> Result<String> {
    let bytes = BASE64.decode(text).ok();
    bytes.and_then(|bytes| String::from_utf8(bytes).ok()).ok_or_else(|| {
        invalid_argument(
            "The continuation token provided is incorrect",
            "continuation-token",
            text,
        )
        .at("ContinuationToken")
    })
}
