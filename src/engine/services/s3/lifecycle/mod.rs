//! Lifecycle rules: given, shown, taken away. What they do over time is in [`run`].
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html>

pub mod foresight;
pub(super) mod rules;
pub(super) mod run;

use super::documents::document;
use super::errors::{invalid_argument, invalid_request, malformed_xml, not_set};
use super::{bucket, mfa_delete, settings, shelf};
use crate::base::error::{Error, Result};
use crate::base::random::Stream;
use crate::services::Request;
use crate::world::World;
use crate::world::objects::{Document, DocumentKind};
use rules::{Rule, When};
use std::collections::BTreeSet;
use stratus_model::{Structure, Value, field};

/// Rules of one configuration.
const RULES: usize = 1_000;
/// Days before an object may move to an infrequent-access class.
const INFREQUENT_DAYS: i64 = 30;
/// What is not said: objects under 128 KiB stay where they are.
const SMALLEST: &str = "all_storage_classes_128K";

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html>
pub(super) fn put(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let params = request.params;
    let row = bucket(request, world)?;
    if mfa_delete::is_on(row) {
        return Err(mfa_delete::conflict());
    }
    let name = row.name.clone();
    let given = params
        .structure(field::LIFECYCLE_CONFIGURATION)
        .ok_or_else(|| malformed_xml("LifecycleConfiguration"))?;
    let mut given: Vec<Structure> = given.structures(field::RULES).cloned().collect();
    if given.is_empty() || given.len() > RULES {
        return Err(malformed_xml("LifecycleConfiguration.Rules"));
    }
    let mut ids = BTreeSet::new();
    for rule in &mut given {
        if rule.text(field::ID_).is_none_or(str::is_empty) {
            let id = shelf::random_name(world, Stream::Uploads, 48);
            rule.set(field::ID_, id);
        }
        let id = rule.text(field::ID_).unwrap_or_default();
        if id.len() > 255 {
            return Err(invalid_argument(
                "ID length should not exceed allowed limit of 255",
                "ID",
                id,
            ));
        }
        if !ids.insert(id.to_owned()) {
            return Err(invalid_argument(
                "Rule ID must be unique. Found same ID for more than one rule",
                "ID",
                id,
            ));
        }
        validate(rule)?;
    }
    let smallest = params
        .text(field::TRANSITION_DEFAULT_MINIMUM_OBJECT_SIZE)
        .unwrap_or(SMALLEST);
    let kept = Structure::new()
        .with(field::RULES, given)
        .with(field::TRANSITION_DEFAULT_MINIMUM_OBJECT_SIZE, smallest);
    settings(world, &name, "lifecycle", |settings| {
        settings.documents.insert(DocumentKind::Lifecycle, Document(kept));
    });
    run::plan(world, &name);
    Ok(Structure::new().with(field::TRANSITION_DEFAULT_MINIMUM_OBJECT_SIZE, smallest))
}

/// What a rule may not say.
fn validate(given: &Structure) -> Result<()> {
    if given.contains(field::FILTER) == given.contains(field::PREFIX) {
        return Err(malformed_xml("LifecycleConfiguration.Rules"));
    }
    let filter = given.structure(field::FILTER);
    if filter.is_some_and(|filter| filter.len() > 1) {
        return Err(malformed_xml("LifecycleConfiguration.Rules.Filter"));
    }
    let rule = Rule::read(given);
    let acts = given.contains(field::EXPIRATION)
        || given.contains(field::NONCURRENT_VERSION_EXPIRATION)
        || rule.abort.is_some()
        || !rule.transitions.is_empty()
        || !rule.later_transitions.is_empty();
    if !acts {
        return Err(invalid_request("At least one action needs to be specified in a rule"));
    }
    if let Some(expiration) = given.structure(field::EXPIRATION) {
        if expiration.len() != 1 {
            return Err(malformed_xml("LifecycleConfiguration.Rules.Expiration"));
        }
        if expiration.contains(field::EXPIRED_OBJECT_DELETE_MARKER) && !rule.tags.is_empty() {
            return Err(invalid_request(
                "ExpiredObjectDeleteMarker cannot be specified with Tags in filter.",
            ));
        }
    }
    if rule.abort.is_some() && !rule.tags.is_empty() {
        return Err(invalid_request(
            "AbortIncompleteMultipartUpload cannot be specified with Tags.",
        ));
    }
    positive(rule.expire, "Expiration")?;
    for days in [rule.abort.map(|days| (days, "AbortIncompleteMultipartUpload"))]
        .into_iter()
        .flatten()
    {
        positive(Some(When::Days(days.0)), days.1)?;
    }
    if let Some((days, keep)) = rule.later_expire {
        positive(Some(When::Days(days)), "NoncurrentVersionExpiration")?;
        if !(0..=100).contains(&keep) {
            let text = "'NewerNoncurrentVersions' for NoncurrentVersionExpiration action must be a positive integer";
            return Err(invalid_argument(text, "NewerNoncurrentVersions", keep));
        }
    }
    check_transitions(&rule)
}

fn positive(when: Option<When>, action: &str) -> Result<()> {
    match when {
        Some(When::Days(days)) if days <= 0 => {
            let what = if action.starts_with("Noncurrent") {
                "NoncurrentDays"
            } else {
                "Days"
            };
            let text = format!("'{what}' for {action} action must be a positive integer");
            Err(invalid_argument(text, what, days))
        }
        Some(When::Date(date)) if date.0.rem_euclid(rules::DAY) != 0 => Err(invalid_argument(
            "'Date' must be at midnight GMT",
            "Date",
            date.iso8601(),
        )),
        _ => Ok(()),
    }
}

fn check_transitions(rule: &Rule) -> Result<()> {
    let least = |class: &str| if class.ends_with("_IA") { INFREQUENT_DAYS } else { 0 };
    let mut classes = BTreeSet::new();
    for (when, class) in &rule.transitions {
        if !classes.insert(class) {
            let text = format!("'StorageClass' must be different for 'Transition' actions in same 'Rule' ({class})");
            return Err(invalid_request(text));
        }
        positive(Some(*when).filter(|when| !matches!(when, When::Days(0))), "Transition")?;
        if let When::Days(days) = when
            && *days < least(class)
        {
            let text = format!(
                "'Days' in Transition action must be greater than or equal to {} for storageClass '{class}'",
                least(class)
            );
            return Err(invalid_argument(text, "Days", days));
        }
        if let (When::Days(days), Some(When::Days(expire))) = (when, rule.expire)
            && expire <= *days
        {
            let text = format!(
                "'Days' in the Expiration action for filter '(prefix={})' must be greater than 'Days' in the Transition action",
                rule.prefix
            );
            return Err(invalid_argument(text, "Days", expire));
        }
        if matches!(
            (when, rule.expire),
            (When::Days(_), Some(When::Date(_))) | (When::Date(_), Some(When::Days(_)))
        ) {
            let text = "Found mixed 'Date' and 'Days' based Expiration and Transition actions in lifecycle rule for \
                        filter";
            return Err(invalid_request(format!("{text} '(prefix={})'", rule.prefix)));
        }
    }
    for (days, class, _) in &rule.later_transitions {
        if *days < least(class) {
            let text = format!(
                "'NoncurrentDays' in NoncurrentVersionTransition action must be greater than or equal to {} for \
                 storageClass '{class}'",
                least(class)
            );
            return Err(invalid_argument(text, "NoncurrentDays", days));
        }
    }
    Ok(())
}

/// `NoSuchLifecycleConfiguration`.
fn absent(name: &str) -> Error {
    let text = "The lifecycle configuration does not exist";
    not_set("NoSuchLifecycleConfiguration", text, name)
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLifecycleConfiguration.html>
pub(super) fn get(request: &Request<'_>, world: &World) -> Result<Structure> {
    let row = bucket(request, world)?;
    let kept = document(row, DocumentKind::Lifecycle).ok_or_else(|| absent(&row.name))?;
    let rules: Vec<Value> = kept.list(field::RULES).to_vec();
    Ok(Structure::new().with(field::RULES, Value::List(rules)).with_some(
        field::TRANSITION_DEFAULT_MINIMUM_OBJECT_SIZE,
        kept.text(field::TRANSITION_DEFAULT_MINIMUM_OBJECT_SIZE),
    ))
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketLifecycle.html>
pub(super) fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let name = bucket(request, world)?.name.clone();
    settings(world, &name, "lifecycle", |settings| {
        settings.documents.remove(&DocumentKind::Lifecycle);
    });
    Ok(Structure::new())
}
