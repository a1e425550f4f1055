//! Replication between buckets of the account: the configuration, and which of its rules an object goes by. What happens over time is
//! in [`run`].
//!
//! Not simulated, though taken and shown: ReplicationTime and Metrics (whoever replicates here is always in time),
//! ReplicaModifications, AccessControlTranslation, and the role's permissions.
//! Sources: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html>,
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-what-is-isnot-replicated.html>

pub(super) mod run;

use super::documents::document;
use super::errors::{invalid_argument, invalid_request, malformed_xml};
use super::lifecycle::rules::Rule;
use super::{bucket, settings};
use crate::base::error::{Error, Result};
use crate::services::Request;
use crate::world::World;
use crate::world::objects::{Algorithm, Bucket, Document, DocumentKind, Object, Versioning};
use std::collections::{BTreeMap, BTreeSet};
use stratus_model::{Structure, field};

/// Rules of a replication.
const RULES: usize = 1_000;

/// What a rule says of where objects go, and how they lie there.
struct Goal {
    bucket: String,
    class: Option<String>,
    key: Option<String>,
}

/// The name of the bucket that a rule replicates to.
fn target(rule: &Structure) -> &str {
    let arn = rule.structure(field::DESTINATION).and_then(|to| to.text(field::BUCKET));
    arn.and_then(|arn| arn.strip_prefix("arn:aws:s3:::"))
        .unwrap_or_default()
}

/// Whether the rule is of today's version, which has a filter; the elder one has a prefix.
fn is_filtered(rule: &Structure) -> bool {
    rule.contains(field::FILTER)
}

fn marks(rule: &Structure) -> bool {
    match rule.structure(field::DELETE_MARKER_REPLICATION) {
        Some(said) => said.text(field::STATUS) == Some("Enabled"),
        // The elder version replicates delete markers, unasked.
        None => !is_filtered(rule),
    }
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketReplication.html>
pub(super) fn put(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let row = bucket(request, world)?;
    let new = request
        .params
        .structure(field::REPLICATION_CONFIGURATION)
        .cloned()
        .ok_or_else(|| malformed_xml("ReplicationConfiguration"))?;
    if row.versioning != Versioning::Enabled {
        let text = "Versioning must be 'Enabled' on the bucket to apply a replication configuration";
        return Err(invalid_request(text));
    }
    let rules: Vec<&Structure> = new.structures(field::RULES).collect();
    if rules.is_empty() || rules.len() > RULES {
        return Err(malformed_xml("ReplicationConfiguration.Rules"));
    }
    let mut ranks = BTreeSet::new();
    for rule in rules {
        check(rule)?;
        if let Some(rank) = rule.integer(field::PRIORITY)
            && !ranks.insert(rank)
        {
            let text = "Found more than one rule with the same priority.";
            return Err(invalid_argument(text, "Priority", rank));
        }
        let name = target(rule);
        let to = world.s3.buckets.get(&name.to_owned());
        if name == row.name {
            return Err(invalid_request(
                "Destination bucket cannot be the same as the source bucket.",
            ));
        }
        if to.is_none_or(|to| to.versioning != Versioning::Enabled) {
            return Err(invalid_request(
                "Destination bucket must exist, and must have versioning enabled.",
            ));
        }
    }
    let name = row.name.clone();
    settings(world, &name, "replication", |settings| {
        settings.documents.insert(DocumentKind::Replication, Document(new));
    });
    Ok(Structure::new())
}

/// What one rule may not say.
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ReplicationRule.html>
fn check(rule: &Structure) -> Result<()> {
    if is_filtered(rule) == rule.contains(field::PREFIX) {
        return Err(malformed_xml("ReplicationConfiguration.Rules"));
    }
    if takes_kms(rule) && replica_key(rule).is_none() {
        let text = "ReplicaKmsKeyID must be specified if SseKmsEncryptedObjects tag is present.";
        return Err(invalid_request(text));
    }
    if !is_filtered(rule) {
        return Ok(());
    }
    if !rule.contains(field::DELETE_MARKER_REPLICATION) {
        let text = "DeleteMarkerReplication must be specified for this version of Cross Region Replication configuration schema. \
                    Please refer to S3 Developer Guide for more information.";
        return Err(invalid_request(text));
    }
    if !rule.contains(field::PRIORITY) {
        let text = "Priority must be specified for this version of Cross Region Replication configuration schema. Please refer to \
                    S3 Developer Guide for more information.";
        return Err(invalid_request(text));
    }
    if marks(rule) && !Rule::read(rule).tags.is_empty() {
        let text = "Delete marker replication is not supported if any Tag filter is specified. Please refer to S3 Developer \
                    Guide for more information.";
        return Err(invalid_request(text));
    }
    Ok(())
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketReplication.html>
pub(super) fn get(request: &Request<'_>, world: &World) -> Result<Structure> {
    let row = bucket(request, world)?;
    let found = document(row, DocumentKind::Replication).ok_or_else(|| {
        Error::new(
            "ReplicationConfigurationNotFoundError",
            "The replication configuration was not found",
        )
        .with_status(404)
        .detail("BucketName", &row.name)
    })?;
    Ok(Structure::new().with(field::REPLICATION_CONFIGURATION, found.clone()))
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketReplication.html>
pub(super) fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let name = bucket(request, world)?.name.clone();
    settings(world, &name, "replication", |settings| {
        settings.documents.remove(&DocumentKind::Replication);
    });
    Ok(Structure::new())
}

/// Where an object goes: for each destination by the rule of the highest priority that it meets. `object`: none for a delete marker.
fn goals(row: &Bucket, key: &str, object: Option<&Object>) -> Vec<Goal> {
    let Some(kept) = document(row, DocumentKind::Replication) else {
        return Vec::new();
    };
    let mut best: BTreeMap<&str, (i64, &Structure)> = BTreeMap::new();
    for rule in kept.structures(field::RULES) {
        let scope = Rule::read(rule);
        let covered = match object {
            Some(object) => scope.covers(key, object) && lets_through(rule, object),
            None => scope.covers_key(key) && marks(rule),
        };
        let rank = rule.integer(field::PRIORITY).unwrap_or(0);
        if covered && best.get(target(rule)).is_none_or(|(known, _)| rank > *known) {
            best.insert(target(rule), (rank, rule));
        }
    }
    let goal = |(bucket, (_, rule)): (&str, (i64, &Structure))| {
        let to = rule.structure(field::DESTINATION);
        Goal {
            bucket: bucket.to_owned(),
            class: to.and_then(|to| to.text(field::STORAGE_CLASS)).map(str::to_owned),
            key: replica_key(rule).map(str::to_owned),
        }
    };
    best.into_iter().map(goal).collect()
}

/// What KMS encrypts goes only where the rule asks for that.
fn lets_through(rule: &Structure, object: &Object) -> bool {
    let by_kms = matches!(object.encryption.algorithm, Algorithm::Kms | Algorithm::Dual);
    !by_kms || takes_kms(rule)
}

fn takes_kms(rule: &Structure) -> bool {
    let asked = rule
        .structure(field::SOURCE_SELECTION_CRITERIA)
        .and_then(|said| said.structure(field::SSE_KMS_ENCRYPTED_OBJECTS));
    asked.is_some_and(|said| said.text(field::STATUS) == Some("Enabled"))
}

/// The KMS key that encrypts replicas.
fn replica_key(rule: &Structure) -> Option<&str> {
    let to = rule.structure(field::DESTINATION)?;
    let key = to
        .structure(field::ENCRYPTION_CONFIGURATION)?
        .text(field::REPLICA_KMS_KEY_ID)?;
    (!key.is_empty()).then_some(key)
}
