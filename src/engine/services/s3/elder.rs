//! Calls of S3 that newer ones have taken the place of, and that older programs still make: they are turned into the newer
//! ones, and keep nothing of their own.

use super::documents::{self, document};
use super::errors::{invalid_request, not_set};
use super::{bucket, lifecycle};
use crate::base::error::Result;
use crate::services::Request;
use crate::world::World;
use crate::world::objects::DocumentKind;
use stratus_model::{Name, Structure, field};

/// Members that elder rules and newer ones share.
const SHARED: [Name; 5] = [
    field::ID_,
    field::STATUS,
    field::EXPIRATION,
    field::NONCURRENT_VERSION_EXPIRATION,
    field::ABORT_INCOMPLETE_MULTIPART_UPLOAD,
];
/// What an elder rule has one of, and a newer one a list.
const SINGLE: [(Name, Name); 2] = [
    (field::TRANSITION, field::TRANSITIONS),
    (
        field::NONCURRENT_VERSION_TRANSITION,
        field::NONCURRENT_VERSION_TRANSITIONS,
    ),
];
/// Elder destinations: the member of the configuration, what it holds, the newer list and what that holds.
const DESTINATIONS: [(Name, Name, Name, Name); 3] = [
    (
        field::TOPIC_CONFIGURATION,
        field::TOPIC,
        field::TOPIC_CONFIGURATIONS,
        field::TOPIC_ARN,
    ),
    (
        field::QUEUE_CONFIGURATION,
        field::QUEUE,
        field::QUEUE_CONFIGURATIONS,
        field::QUEUE_ARN,
    ),
    (
        field::CLOUD_FUNCTION_CONFIGURATION,
        field::CLOUD_FUNCTION,
        field::LAMBDA_FUNCTION_CONFIGURATIONS,
        field::LAMBDA_FUNCTION_ARN,
    ),
];

/// The same call with other parameters.
fn instead<'a>(request: &Request<'a>, params: &'a Structure) -> Request<'a> {
    Request {
        principal: request.principal,
        region: request.region,
        operation: request.operation,
        params,
    }
}

fn shared(from: &Structure) -> Structure {
    SHARED.into_iter().fold(Structure::new(), |rule, name| {
        rule.with_some(name, from.get(name).cloned())
    })
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycle.html>
pub(super) fn put_lifecycle(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let given = request.params.structure(field::LIFECYCLE_CONFIGURATION);
    let rules: Vec<Structure> = given
        .into_iter()
        .flat_map(|given| given.structures(field::RULES))
        .map(|rule| {
            let mut new = shared(rule).with(field::PREFIX, rule.text(field::PREFIX).unwrap_or_default());
            for (one, list) in SINGLE {
                if let Some(one) = rule.structure(one) {
                    new.set(list, vec![one.clone()]);
                }
            }
            new
        })
        .collect();
    let mut params = request.params.clone();
    params.set(
        field::LIFECYCLE_CONFIGURATION,
        Structure::new().with(field::RULES, rules),
    );
    lifecycle::put(&instead(request, &params), world)?;
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLifecycle.html>
pub(super) fn get_lifecycle(request: &Request<'_>, world: &World) -> Result<Structure> {
    let row = bucket(request, world)?;
    let Some(kept) = document(row, DocumentKind::Lifecycle) else {
        let text = "The lifecycle configuration does not exist";
        return Err(not_set("NoSuchLifecycleConfiguration", text, &row.name));
    };
    let mut rules = Vec::new();
    for rule in kept.structures(field::RULES) {
        let filter = rule.structure(field::FILTER);
        let several = SINGLE.iter().any(|(_, list)| rule.list(*list).len() > 1);
        if several || filter.is_some_and(|filter| !filter.is_empty() && !filter.contains(field::PREFIX)) {
            let text = "The lifecycle configuration cannot be shown in this version of the API.";
            return Err(invalid_request(text).remedy("GetBucketLifecycleConfiguration shows it."));
        }
        let prefix = rule
            .text(field::PREFIX)
            .or(filter.and_then(|filter| filter.text(field::PREFIX)));
        let mut old = shared(rule).with(field::PREFIX, prefix.unwrap_or_default());
        for (one, list) in SINGLE {
            if let Some(first) = rule.structures(list).next() {
                old.set(one, first.clone());
            }
        }
        rules.push(old);
    }
    Ok(Structure::new().with(field::RULES, rules))
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketNotification.html>
pub(super) fn put_notification(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let empty = Structure::new();
    let given = request
        .params
        .structure(field::NOTIFICATION_CONFIGURATION)
        .unwrap_or(&empty);
    let mut all = Structure::new();
    for (old, holder, list, arn) in DESTINATIONS {
        let Some(one) = given.structure(old).filter(|one| one.contains(holder)) else {
            continue;
        };
        let events = one.texts(field::EVENTS).chain(one.text(field::EVENT));
        let events: Vec<String> = events.map(str::to_owned).collect();
        let new = Structure::new()
            .with_some(field::ID, one.text(field::ID))
            .with_some(arn, one.text(holder))
            .with(field::EVENTS, events);
        all.set(list, vec![new]);
    }
    let mut params = request.params.clone();
    params.set(field::NOTIFICATION_CONFIGURATION, all);
    documents::put_notification(&instead(request, &params), world)
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketNotification.html>: the first of each kind.
pub(super) fn get_notification(request: &Request<'_>, world: &World) -> Result<Structure> {
    let empty = Structure::new();
    let kept = document(bucket(request, world)?, DocumentKind::Notification).unwrap_or(&empty);
    let mut all = Structure::new();
    for (old, holder, list, arn) in DESTINATIONS {
        if let Some(one) = kept.structures(list).next() {
            let events: Vec<String> = one.texts(field::EVENTS).map(str::to_owned).collect();
            let shown = Structure::new()
                .with_some(field::ID, one.text(field::ID))
                .with_some(field::EVENT, events.first().map(String::as_str))
                .with_some(holder, one.text(arn))
                .with(field::EVENTS, events);
            all.set(old, shown);
        }
    }
    Ok(all)
}
