//! Versioning of buckets, and the list of all versions.
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html>

use super::errors::invalid_argument;
use super::list::{Scope, beyond, encoded, most};
use super::{bucket, checksums, mfa_delete, note, owner, restore, shelf};
use crate::base::error::{Error, Result};
use crate::services::Request;
use crate::world::World;
use crate::world::objects::{Bucket, DocumentKind, Object, Version, Versioning};
use std::ops::Bound;
use std::rc::Rc;
use stratus_model::{Structure, Value, field};

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketVersioning.html>
pub(super) fn put(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let row = bucket(request, world)?;
    let (name, region) = (row.name.clone(), row.region);
    let empty = Structure::new();
    let given = request
        .params
        .structure(field::VERSIONING_CONFIGURATION)
        .unwrap_or(&empty);
    let mfa_delete = mfa_delete::wanted(request, world, row, given)?;
    let versioning = match given.text(field::STATUS) {
        Some("Enabled") => Versioning::Enabled,
        Some("Suspended") => Versioning::Suspended,
        _ => {
            let text = "The Versioning element must be specified";
            return Err(
                Error::new("IllegalVersioningConfigurationException", text).at("VersioningConfiguration.Status")
            );
        }
    };
    if versioning == Versioning::Suspended && row.settings.lock.is_some() {
        let text = "An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.";
        return Err(Error::new("InvalidBucketState", text).with_status(409));
    }
    if versioning == Versioning::Suspended && row.settings.documents.contains_key(&DocumentKind::Replication) {
        let text = "A replication configuration is present on this bucket, so the versioning state cannot be changed.";
        return Err(Error::new("InvalidBucketState", text).with_status(409));
    }
    if let Some(row) = world.s3.buckets.get_mut(&name) {
        row.versioning = versioning;
        if row.settings.mfa_delete != mfa_delete {
            Rc::make_mut(&mut row.settings).mfa_delete = mfa_delete;
        }
    }
    let state = if versioning == Versioning::Enabled {
        "enabled"
    } else {
        "suspended"
    };
    note(world, region, format!("versioning of s3://{name} {state}"));
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketVersioning.html>
pub(super) fn get(request: &Request<'_>, world: &World) -> Result<Structure> {
    let row = bucket(request, world)?;
    let status = match row.versioning {
        Versioning::Off => None,
        Versioning::Enabled => Some("Enabled"),
        Versioning::Suspended => Some("Suspended"),
    };
    let mfa = row
        .settings
        .mfa_delete
        .map(|on| if on { "Enabled" } else { "Disabled" });
    Ok(Structure::new()
        .with_some(field::STATUS, status)
        .with_some(field::MFA_DELETE, mfa))
}

/// One line of the list.
enum Line<'w> {
    /// The object that a GET finds.
    Current(&'w Object),
    /// Another version; whether it is the newest (a delete marker can be).
    Other(&'w Version, bool),
}

impl Line<'_> {
    fn id(&self) -> String {
        match self {
            Line::Current(object) => shelf::shown_id(object.version.as_ref()),
            Line::Other(version, _) => shelf::shown_id(version.id.as_ref()),
        }
    }
}

/// All versions of a key, the newest first.
fn lines<'w>(row: &'w Bucket, key: &str) -> Vec<Line<'w>> {
    let current = row.objects.get(&key.to_owned());
    let others = shelf::older(row, key)
        .enumerate()
        .map(|(place, (_, version))| Line::Other(version, place == 0 && current.is_none()));
    current.map(Line::Current).into_iter().chain(others).collect()
}

/// The first key of a range that has any version.
fn next_key(row: &Bucket, from: &Bound<String>) -> Option<String> {
    let object = row
        .objects
        .range((from.clone(), Bound::Unbounded))
        .next()
        .map(|(key, _)| key);
    let start = match from {
        Bound::Included(key) => Bound::Included((key.clone(), 0)),
        Bound::Excluded(key) => Bound::Excluded((key.clone(), u64::MAX)),
        Bound::Unbounded => Bound::Unbounded,
    };
    let version = row
        .versions
        .range((start, Bound::Unbounded))
        .next()
        .map(|((key, _), _)| key);
    [object, version].into_iter().flatten().min().cloned()
}

/// A page of the list.
#[derive(Default)]
struct Page {
    versions: Vec<Structure>,
    markers: Vec<Structure>,
    prefixes: Vec<String>,
    /// The last line: key and version.
    last: Option<(String, String)>,
    more: bool,
}

impl Page {
    fn full(&self, most: i64) -> bool {
        (self.versions.len() + self.markers.len() + self.prefixes.len()) as i64 >= most
    }
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html>
pub(super) fn list(request: &Request<'_>, world: &World) -> Result<Structure> {
    let params = request.params;
    let row = bucket(request, world)?;
    let most = most(params)?;
    let key_marker = params.text(field::KEY_MARKER).unwrap_or_default();
    let version_marker = params.text(field::VERSION_ID_MARKER);
    if let (Some(version), "") = (version_marker, key_marker) {
        let text = "A version-id marker cannot be specified without a key marker.";
        return Err(invalid_argument(text, "version-id-marker", version));
    }
    if version_marker == Some("") {
        return Err(invalid_argument(
            "A version-id marker cannot be empty.",
            "version-id-marker",
            "",
        ));
    }
    let page = page(params, world, row, most);
    let some = |list: Vec<Structure>| (!list.is_empty()).then(|| Value::from(list));
    let prefixes = page
        .prefixes
        .iter()
        .map(|prefix| Structure::new().with(field::PREFIX, encoded(params, prefix)))
        .collect();
    let next = page.last.filter(|_| page.more);
    let text = |name| params.text(name).map(|text| encoded(params, text));
    Ok(Structure::new()
        .with(field::IS_TRUNCATED, page.more)
        .with(field::KEY_MARKER, encoded(params, key_marker))
        .with(field::VERSION_ID_MARKER, version_marker.unwrap_or_default())
        .with_some(
            field::NEXT_KEY_MARKER,
            next.as_ref().map(|(key, _)| encoded(params, key)),
        )
        .with_some(
            field::NEXT_VERSION_ID_MARKER,
            next.map(|(_, version)| version).filter(|version| !version.is_empty()),
        )
        .with_some(field::VERSIONS, some(page.versions))
        .with_some(field::DELETE_MARKERS, some(page.markers))
        .with(field::NAME, row.name.as_str())
        .with(field::PREFIX, text(field::PREFIX).unwrap_or_default())
        .with_some(field::DELIMITER, text(field::DELIMITER))
        .with(field::MAX_KEYS, most)
        .with_some(field::COMMON_PREFIXES, some(prefixes))
        .with_some(field::ENCODING_TYPE, params.text(field::ENCODING_TYPE)))
}

/// Leafs from the markers on. What lies below a common prefix is leapt over.
fn page(params: &Structure, world: &World, row: &Bucket, most: i64) -> Page {
    let scope = Scope::of(params);
    let marker = params.text(field::KEY_MARKER).unwrap_or_default();
    let version_marker = params.text(field::VERSION_ID_MARKER);
    let mut page = Page::default();
    // The versions of the marked key that are left.
    let mut skipping = version_marker.is_some();
    let mut from = match marker {
        "" => Bound::Included(scope.prefix.to_owned()),
        marker if marker < scope.prefix => Bound::Included(scope.prefix.to_owned()),
        marker if scope.rolled(marker) == Some(marker) => beyond(marker),
        marker if skipping => Bound::Included(marker.to_owned()),
        marker => Bound::Excluded(marker.to_owned()),
    };
    while let Some(key) = next_key(row, &from).filter(|key| key.starts_with(scope.prefix)) {
        if let Some(common) = scope.rolled(&key) {
            if page.full(most) {
                page.more = most > 0;
                return page;
            }
            page.prefixes.push(common.to_owned());
            page.last = Some((common.to_owned(), String::new()));
            from = beyond(common);
            continue;
        }
        for line in lines(row, &key) {
            if skipping && key == marker {
                skipping = Some(line.id().as_str()) != version_marker;
                continue;
            }
            if page.full(most) {
                page.more = most > 0;
                return page;
            }
            page.last = Some((key.clone(), line.id()));
            match shown(params, world, &key, &line) {
                (true, marker) => page.markers.push(marker),
                (false, version) => page.versions.push(version),
            }
        }
        from = Bound::Excluded(key);
    }
    page
}

/// A line as the answer shows it, and whether it is a delete marker.
fn shown(params: &Structure, world: &World, key: &str, line: &Line<'_>) -> (bool, Structure) {
    let (object, latest, modified) = match line {
        Line::Current(object) => (Some(*object), true, object.modified),
        Line::Other(version, latest) => (version.object.as_ref(), *latest, version.modified),
    };
    let one = Structure::new()
        .with(field::KEY, encoded(params, key))
        .with(field::VERSION_ID, line.id())
        .with(field::IS_LATEST, latest)
        .with(field::LAST_MODIFIED, modified)
        .with(field::OWNER, owner(world));
    match object {
        None => (true, one),
        Some(object) => (
            false,
            one.with(field::E_TAG, format!("\"{}\"", object.etag))
                .with(field::CHECKSUM_ALGORITHM, vec![object.checksum.0.as_str()])
                .with(field::CHECKSUM_TYPE, checksums::kind(&object.checksum))
                .with(field::SIZE, object.size())
                .with(field::STORAGE_CLASS, object.storage_class.as_str())
                .with_some(field::RESTORE_STATUS, restore::status(params, object, world.now)),
        ),
    }
}
