//! Open uploads and their parts, in pages.

use super::super::errors::invalid_argument;
use super::super::lifecycle::rules;
use super::super::list::{Scope, encoded};
use super::super::{bucket, canonical_id, checksums, owner};
use super::{find, named};
use crate::base::error::Result;
use crate::services::Request;
use crate::world::World;
use crate::world::objects::{Bucket, Upload};
use stratus_model::{Structure, Value, field};

/// Most results of one page.
const PAGE: i64 = 1_000;

fn page_size(params: &Structure, name: stratus_model::Name, wire: &str) -> Result<i64> {
    match params.integer(name) {
        Some(number) if number < 0 => {
            let text = format!("Argument {wire} must be an integer between 0 and 2147483647");
            Err(invalid_argument(text, wire, number))
        }
        number => Ok(number.unwrap_or(PAGE).min(PAGE)),
    }
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html>
pub(in super::super) fn uploads(request: &Request<'_>, world: &World) -> Result<Structure> {
    let params = request.params;
    let row = bucket(request, world)?;
    let most = page_size(params, field::MAX_UPLOADS, "max-uploads")?;
    let scope = Scope::of(params);
    let key_marker = params.text(field::KEY_MARKER).unwrap_or_default();
    let id_marker = params
        .text(field::UPLOAD_ID_MARKER)
        .filter(|id| !id.is_empty() && !key_marker.is_empty());
    let after = id_marker.map(|id| find(row, key_marker, id)).transpose()?;
    let (mut shown, mut prefixes): (Vec<Structure>, Vec<String>) = (Vec::new(), Vec::new());
    let (mut last, mut more) = (None, false);
    for ((key, order), upload) in row.uploads.iter() {
        let past = match after {
            Some((after, _)) => (key.as_str(), *order) > (key_marker, after),
            None => key.as_str() > key_marker || key_marker.is_empty(),
        };
        if !past || !key.starts_with(scope.prefix) {
            continue;
        }
        let common = scope.rolled(key);
        if common.is_some_and(|common| prefixes.last().is_some_and(|last| last == common) || common == key_marker) {
            continue;
        }
        if (shown.len() + prefixes.len()) as i64 >= most {
            more = most > 0;
            break;
        }
        match common {
            Some(common) => {
                prefixes.push(common.to_owned());
                last = Some((common.to_owned(), String::new()));
            }
            None => {
                shown.push(upload_row(params, key, upload, world));
                last = Some((key.clone(), upload.id.clone()));
            }
        }
    }
    let page = Page {
        shown,
        prefixes,
        next: last.filter(|_| more),
    };
    Ok(page_shown(params, row, page, most))
}

/// One page of open uploads.
struct Page {
    shown: Vec<Structure>,
    prefixes: Vec<String>,
    /// Key and id of the last one, where there are more.
    next: Option<(String, String)>,
}

fn page_shown(params: &Structure, row: &Bucket, page: Page, most: i64) -> Structure {
    let prefixes: Vec<Structure> = page
        .prefixes
        .iter()
        .map(|prefix| Structure::new().with(field::PREFIX, encoded(params, prefix)))
        .collect();
    let some = |list: Vec<Structure>| (!list.is_empty()).then(|| Value::from(list));
    let text = |name| params.text(name).map(|text| encoded(params, text));
    let next = page.next;
    Structure::new()
        .with(field::BUCKET, row.name.as_str())
        .with(field::KEY_MARKER, text(field::KEY_MARKER).unwrap_or_default())
        .with(
            field::UPLOAD_ID_MARKER,
            params.text(field::UPLOAD_ID_MARKER).unwrap_or_default(),
        )
        .with(field::IS_TRUNCATED, next.is_some())
        .with_some(
            field::NEXT_KEY_MARKER,
            next.as_ref().map(|(key, _)| encoded(params, key)),
        )
        .with_some(field::NEXT_UPLOAD_ID_MARKER, next.map(|(_, id)| id))
        .with_some(field::PREFIX, text(field::PREFIX))
        .with_some(field::DELIMITER, text(field::DELIMITER))
        .with(field::MAX_UPLOADS, most)
        .with_some(field::ENCODING_TYPE, params.text(field::ENCODING_TYPE))
        .with_some(field::UPLOADS, some(page.shown))
        .with_some(field::COMMON_PREFIXES, some(prefixes))
}

fn upload_row(params: &Structure, key: &str, upload: &Upload, world: &World) -> Structure {
    Structure::new()
        .with(field::UPLOAD_ID, upload.id.as_str())
        .with(field::KEY, encoded(params, key))
        .with(field::INITIATED, upload.initiated)
        .with(field::STORAGE_CLASS, upload.object.storage_class.as_str())
        .with(field::OWNER, owner(world))
        .with(field::INITIATOR, initiator(world))
        .with_some(field::CHECKSUM_ALGORITHM, upload.algorithm.as_deref())
        .with_some(
            field::CHECKSUM_TYPE,
            upload.algorithm.is_some().then(|| checksums::type_name(upload.full)),
        )
}

/// Who began an upload. All is the account's own here.
fn initiator(world: &World) -> Structure {
    Structure::new().with(field::ID_, canonical_id(world))
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListParts.html>
pub(in super::super) fn parts(request: &Request<'_>, world: &World) -> Result<Structure> {
    let params = request.params;
    let (row, _, upload) = named(request, world)?;
    let most = page_size(params, field::MAX_PARTS, "max-parts")?;
    let marker = params.integer(field::PART_NUMBER_MARKER).unwrap_or(0);
    let size = usize::try_from(most).unwrap_or(0);
    let mut rest = upload.parts.range(marker.saturating_add(1)..);
    let page: Vec<_> = rest.by_ref().take(size).collect();
    let more = size > 0 && rest.next().is_some();
    let shown: Vec<Structure> = page
        .iter()
        .map(|(number, part)| {
            let one = Structure::new()
                .with(field::PART_NUMBER, **number)
                .with(field::LAST_MODIFIED, part.modified)
                .with(field::E_TAG, format!("\"{}\"", part.etag))
                .with(field::SIZE, part.body.len() as i64);
            if upload.algorithm.is_some() {
                checksums::show_value(one, &part.checksum)
            } else {
                one
            }
        })
        .collect();
    let next = page.last().map_or(0, |(number, _)| **number);
    let answer = describe(row, params, upload, world);
    Ok(answer
        .with(field::PART_NUMBER_MARKER, marker)
        .with(field::NEXT_PART_NUMBER_MARKER, next)
        .with(field::MAX_PARTS, most)
        .with(field::IS_TRUNCATED, more)
        .with_some(field::PARTS, (!shown.is_empty()).then_some(shown)))
}

fn describe(row: &Bucket, params: &Structure, upload: &Upload, world: &World) -> Structure {
    let key = params.text(field::KEY).unwrap_or_default();
    let abortion = rules::abortion(row, key, upload.initiated);
    Structure::new()
        .with(field::BUCKET, row.name.as_str())
        .with(field::KEY, key)
        .with(field::UPLOAD_ID, upload.id.as_str())
        .with(field::INITIATOR, initiator(world))
        .with(field::OWNER, owner(world))
        .with(field::STORAGE_CLASS, upload.object.storage_class.as_str())
        .with_some(field::CHECKSUM_ALGORITHM, upload.algorithm.as_deref())
        .with_some(
            field::CHECKSUM_TYPE,
            upload.algorithm.is_some().then(|| checksums::type_name(upload.full)),
        )
        .with_some(
            field::ABORT_DATE,
            abortion.as_ref().map(|(date, _)| Value::Timestamp(date.0)),
        )
        .with_some(field::ABORT_RULE_ID, abortion.map(|(_, rule)| rule))
}
