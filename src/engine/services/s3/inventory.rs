//! Inventory reports: what lies in a bucket, written as CSV into another (or the same) one, with a manifest beside it: every midnight, or
//! every one before a Sunday (UTC; AWS says within 48 hours, and on Sundays).
//!
//! ORC and Parquet are taken and shown, but no report is written. When it is, and whether the destination lets S3 write: `reports`.
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-inventory.html>

use super::lifecycle::rules::{DAY, expiry};
use super::{canonical_id, checksums, list, named, reports, shelf};
use crate::base::time::Time;
use crate::services::ec2::flow_logs;
use crate::world::World;
use crate::world::journal::Cause;
use crate::world::objects::{Algorithm, Bucket, NamedKind, Object};
use crate::world::replicas::Replicated;
use crate::world::tiers::CLASS;
use serde_json::json;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use stratus_model::{Structure, field};

const SOURCE: &str = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-inventory-location.html";
/// Bytes of a list before it goes on in another file (ours): what the largest object of this S3 has room for.
const PIECE: usize = 7 << 20;
/// The version of the manifest.
const VERSION: &str = "2016-11-30";

/// The configurations of a bucket that write reports.
fn active(row: &Bucket) -> Vec<Structure> {
    named::of_kind(row, NamedKind::Inventory)
        .map(|(_, one)| one)
        .filter(|one| silence(one).is_none())
        .cloned()
        .collect()
}

fn target(one: &Structure) -> Structure {
    let to = one
        .structure(field::DESTINATION)
        .and_then(|to| to.structure(field::S3_BUCKET_DESTINATION));
    to.cloned().unwrap_or_default()
}

/// Where a configuration's reports lie: the bucket, and what their keys begin with.
pub fn report_place(name: &str, id: &str, one: &Structure) -> (String, String) {
    let to = target(one);
    let into = reports::name_of(to.text(field::BUCKET).unwrap_or_default()).to_owned();
    let begin = match to.text(field::PREFIX).filter(|prefix| !prefix.is_empty()) {
        Some(prefix) => format!("{prefix}/{name}/{id}"),
        None => format!("{name}/{id}"),
    };
    (into, begin)
}

/// Why a configuration writes no reports of itself, in a sentence.
pub fn silence(one: &Structure) -> Option<String> {
    let to = target(one);
    let format = to.text(field::FORMAT).unwrap_or_default();
    match one.boolean(field::IS_ENABLED) == Some(true) {
        false => Some("It is disabled.".to_owned()),
        true if format == "CSV" => None,
        true => Some(format!("{format} files are not simulated, only CSV is written.")),
    }
}

/// Whether a configuration writes at this midnight.
fn is_due(one: &Structure, at: Time) -> bool {
    let weekly = one
        .structure(field::SCHEDULE)
        .and_then(|said| said.text(field::FREQUENCY))
        == Some("Weekly");
    // The first of January 1970 was a Thursday.
    !weekly || (at.0.div_euclid(DAY) + 4).rem_euclid(7) == 0
}

/// Whether a bucket has inventories that write.
pub(super) fn is_wanted(row: &Bucket) -> bool {
    !active(row).is_empty()
}

/// Writes what is due now.
pub(super) fn report(world: &mut World, name: &str) {
    let all = world.s3.buckets.get(&name.to_owned()).map(active).unwrap_or_default();
    let now = world.now;
    for one in all.into_iter().filter(|one| is_due(one, now)) {
        write(world, name, &one);
    }
}

fn cause() -> Cause {
    Cause::Clock {
        rule: "An inventory configuration writes a list of the bucket's objects, daily or weekly.".into(),
        source: SOURCE.into(),
    }
}

/// Writes one report: the list, the manifest, and the manifest's checksum.
fn write(world: &mut World, name: &str, one: &Structure) {
    let Some(row) = world.s3.buckets.get(&name.to_owned()) else {
        return;
    };
    let (to, id) = (target(one), one.text(field::ID).unwrap_or_default());
    let arn = to.text(field::BUCKET).unwrap_or_default().to_owned();
    let (into, begin) = report_place(name, id, one);
    let stamp = stamp(world.now);
    let text = lines(world, row, one);
    let lists: Vec<(String, Vec<u8>)> = pieces(&text, PIECE)
        .into_iter()
        .enumerate()
        .map(|(number, piece)| (list_key(&begin, &stamp, number), flow_logs::gzip(piece.as_bytes())))
        .collect();
    let files: Vec<serde_json::Value> = lists
        .iter()
        .map(|(key, data)| json!({"key": key, "size": data.len(), "MD5checksum": checksums::md5(data)}))
        .collect();
    let manifest = json!({
        "sourceBucket": name,
        "destinationBucket": arn,
        "version": VERSION,
        "creationTimestamp": world.now.0.to_string(),
        "fileFormat": "CSV",
        "fileSchema": columns(one).join(", "),
        "files": files,
    });
    let manifest = manifest.to_string();
    let sum = checksums::md5(manifest.as_bytes());
    let about = [
        (format!("{begin}/{stamp}/manifest.json"), manifest.into_bytes()),
        (format!("{begin}/{stamp}/manifest.checksum"), sum.into_bytes()),
    ];
    let written = lists
        .iter()
        .chain(&about)
        .try_for_each(|(key, data)| reports::write(world, name, &into, key, data, cause()));
    let said = match written {
        Ok(()) => format!("inventory {id} of s3://{name} written to s3://{into}"),
        Err(error) => format!(
            "inventory {id} of s3://{name} not written: {} {}",
            error.message, error.remedy
        ),
    };
    shelf::note_for(world, name, said, cause());
}

/// The key of one file of a list.
fn list_key(begin: &str, stamp: &str, number: usize) -> String {
    let hash = match number {
        0 => Sha256::digest(format!("{begin} {stamp}")),
        _ => Sha256::digest(format!("{begin} {stamp} {number}")),
    };
    let hex: String = hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("{begin}/data/{hex}.csv.gz")
}

/// A text in pieces of at most so many bytes, cut at the ends of lines; at least one.
fn pieces(text: &str, most: usize) -> Vec<&str> {
    let (mut all, mut start, mut end) = (Vec::new(), 0, 0);
    for line in text.split_inclusive('\n') {
        if end > start && end + line.len() - start > most {
            all.extend(text.get(start..end));
            start = end;
        }
        end += line.len();
    }
    all.extend(text.get(start..end));
    all
}

/// `2025-03-04T00-00Z`.
fn stamp(at: Time) -> String {
    let text = at.iso8601();
    let day_and_minute: String = text.chars().take(16).collect();
    format!("{}Z", day_and_minute.replace(':', "-"))
}

fn with_versions(one: &Structure) -> bool {
    one.text(field::INCLUDED_OBJECT_VERSIONS) == Some("All")
}

/// What the columns are: AWS's names, the fields in the configuration's order.
fn columns(one: &Structure) -> Vec<String> {
    let mut columns = vec!["Bucket", "Key"];
    if with_versions(one) {
        columns.extend(["VersionId", "IsLatest", "IsDeleteMarker"]);
    }
    columns.extend(one.texts(field::OPTIONAL_FIELDS));
    columns.into_iter().map(str::to_owned).collect()
}

/// The list: keys in their order, versions from the newest on.
fn lines(world: &World, row: &Bucket, one: &Structure) -> String {
    let prefix = one
        .structure(field::FILTER)
        .and_then(|said| said.text(field::PREFIX))
        .unwrap_or_default();
    let versions = with_versions(one);
    let mut keys: BTreeSet<&String> = row.objects.iter().map(|(key, _)| key).collect();
    if versions {
        keys.extend(row.versions.iter().map(|((key, _), _)| key));
    }
    let mut out = String::new();
    for key in keys.into_iter().filter(|key| key.starts_with(prefix)) {
        let current = row.objects.get(key);
        if let Some(object) = current {
            let id = shelf::shown_id(object.version.as_ref());
            line(&mut out, (world, row), one, key, (Some(object), &id, true));
        }
        for (place, (_, other)) in shelf::older(row, key).enumerate().filter(|_| versions) {
            let latest = place == 0 && current.is_none();
            let id = shelf::shown_id(other.id.as_ref());
            line(&mut out, (world, row), one, key, (other.object.as_ref(), &id, latest));
        }
    }
    out
}

fn line(
    out: &mut String,
    (world, row): (&World, &Bucket),
    one: &Structure,
    key: &str,
    (object, version, latest): (Option<&Object>, &str, bool),
) {
    let mut cells = vec![row.name.clone(), list::url(key)];
    if with_versions(one) {
        let version = if row.versioning.is_off() { "" } else { version };
        cells.extend([version.to_owned(), latest.to_string(), object.is_none().to_string()]);
    }
    for name in one.texts(field::OPTIONAL_FIELDS) {
        cells.push(
            object
                .map(|object| cell(world, row, key, object, name))
                .unwrap_or_default(),
        );
    }
    out.push_str(&reports::line(&cells));
}

/// The value of an optional field; empty for what Stratus does not know.
fn cell(world: &World, row: &Bucket, key: &str, object: &Object, name: &str) -> String {
    let lock = &object.lock;
    match name {
        "Size" => object.size().to_string(),
        "LastModifiedDate" => object.modified.iso8601(),
        "StorageClass" => object.storage_class.clone(),
        "IntelligentTieringAccessTier" if object.storage_class == CLASS => object.access_tier().inventory().to_owned(),
        "ETag" => object.etag.clone(),
        "IsMultipartUploaded" => (!object.parts.is_empty()).to_string(),
        "ReplicationStatus" => object.replication.map(Replicated::name).unwrap_or_default().to_owned(),
        "EncryptionStatus" => match object.encryption.algorithm {
            Algorithm::S3 => "SSE-S3",
            Algorithm::Kms => "SSE-KMS",
            Algorithm::Dual => "DSSE-KMS",
            Algorithm::Customer => "SSE-C",
        }
        .to_owned(),
        "ObjectLockRetainUntilDate" => lock
            .retention
            .as_ref()
            .map(|(_, until)| until.iso8601())
            .unwrap_or_default(),
        "ObjectLockMode" => lock
            .retention
            .as_ref()
            .map(|(mode, _)| mode.clone())
            .unwrap_or_default(),
        "ObjectLockLegalHoldStatus" => match lock.legal_hold {
            Some(true) => "ON".to_owned(),
            Some(false) => "OFF".to_owned(),
            None => String::new(),
        },
        "BucketKeyStatus" => if object.encryption.bucket_key {
            "ENABLED"
        } else {
            "DISABLED"
        }
        .to_owned(),
        "ChecksumAlgorithm" => object.checksum.0.clone(),
        "ObjectOwner" => canonical_id(world),
        "LifecycleExpirationDate" => expiry(row, key, object).unwrap_or_default(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::pieces;

    #[test]
    fn a_list_is_cut_at_the_ends_of_its_lines() {
        assert_eq!(pieces("", 4), [""]);
        assert_eq!(pieces("a\nb\nc\n", 4), ["a\nb\n", "c\n"]);
        assert_eq!(pieces("longer\nb\n", 4), ["longer\n", "b\n"]);
        let text = "one\ntwo\nthree\n";
        assert_eq!(pieces(text, 100), [text]);
        assert_eq!(pieces(text, 8).concat(), text);
    }
}
