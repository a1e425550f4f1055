//! What a bucket is told and tells again: CORS, website, logging, notifications, acceleration, who pays. Kept in the API's
//! own shape once it is checked; none of it changes what the calls here do.

use super::errors::{invalid_argument, invalid_request, malformed_xml, not_set};
use super::{bucket, notify, settings};
use crate::base::error::{Error, Result};
use crate::services::Request;
use crate::world::World;
use crate::world::objects::{Bucket, Document, DocumentKind};
use stratus_model::{Name, Structure, Value, field};

/// Rules of a CORS configuration.
const CORS_RULES: usize = 100;
/// Routing rules of a website.
const ROUTING_RULES: usize = 50;

/// What a bucket was given, in the API's shape.
pub(super) fn document(bucket: &Bucket, kind: DocumentKind) -> Option<&Structure> {
    bucket.settings.documents.get(&kind).map(|document| &document.0)
}

fn given(params: &Structure, name: Name) -> Result<Structure> {
    params
        .structure(name)
        .cloned()
        .ok_or_else(|| malformed_xml(name.text()))
}

/// Keeps a document; an empty one is taken away.
fn keep(request: &Request<'_>, world: &mut World, kind: DocumentKind, what: &str, new: Structure) -> Result<Structure> {
    let name = bucket(request, world)?.name.clone();
    settings(world, &name, what, |settings| {
        if new.is_empty() {
            settings.documents.remove(&kind);
        } else {
            settings.documents.insert(kind, Document(new));
        }
    });
    Ok(Structure::new())
}

/// A document as the answer that it is.
fn show(request: &Request<'_>, world: &World, kind: DocumentKind) -> Result<Structure> {
    Ok(document(bucket(request, world)?, kind).cloned().unwrap_or_default())
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketCors.html>
pub(super) fn put_cors(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    bucket(request, world)?;
    let new = given(request.params, field::CORS_CONFIGURATION)?;
    let rules: Vec<&Structure> = new.structures(field::CORS_RULES).collect();
    if rules.is_empty() || rules.len() > CORS_RULES {
        return Err(malformed_xml("CORSConfiguration.CORSRules"));
    }
    for rule in rules {
        for method in rule.texts(field::ALLOWED_METHODS) {
            if !matches!(method, "GET" | "PUT" | "POST" | "DELETE" | "HEAD") {
                let text = format!("Found unsupported HTTP method in CORS config. Unsupported method is {method}");
                return Err(invalid_request(text).at("CORSConfiguration.CORSRules"));
            }
        }
        for (name, what) in [
            (field::ALLOWED_ORIGINS, "AllowedOrigin"),
            (field::ALLOWED_HEADERS, "AllowedHeader"),
        ] {
            if let Some(text) = rule.texts(name).find(|text| text.matches('*').count() > 1) {
                let text = format!("{what} \"{text}\" can not have more than one wildcard.");
                return Err(invalid_request(text).at("CORSConfiguration.CORSRules"));
            }
        }
        if let Some(header) = rule.texts(field::EXPOSE_HEADERS).find(|header| header.contains('*')) {
            let text = format!(
                "ExposeHeader \"{header}\" contains wildcard. We currently do not support wildcard for ExposeHeader"
            );
            return Err(invalid_request(text).at("CORSConfiguration.CORSRules"));
        }
    }
    keep(request, world, DocumentKind::Cors, "CORS rules", new)
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketCors.html>
pub(super) fn get_cors(request: &Request<'_>, world: &World) -> Result<Structure> {
    let row = bucket(request, world)?;
    let text = "The CORS configuration does not exist";
    document(row, DocumentKind::Cors)
        .cloned()
        .ok_or_else(|| not_set("NoSuchCORSConfiguration", text, &row.name))
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketCors.html>
pub(super) fn delete_cors(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    keep(request, world, DocumentKind::Cors, "CORS rules", Structure::new())
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketWebsite.html>
pub(super) fn put_website(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    bucket(request, world)?;
    let new = given(request.params, field::WEBSITE_CONFIGURATION)?;
    let redirects = new.contains(field::REDIRECT_ALL_REQUESTS_TO);
    if redirects && new.len() > 1 {
        let text = "RedirectAllRequestsTo cannot be provided in conjunction with other Routing Rules.";
        return Err(invalid_request(text).at("WebsiteConfiguration"));
    }
    match new
        .structure(field::INDEX_DOCUMENT)
        .map(|index| index.text(field::SUFFIX))
    {
        None if !redirects => {
            let text = "A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty";
            return Err(invalid_argument(text, "IndexDocument", "null"));
        }
        Some(suffix) if suffix.is_none_or(|suffix| suffix.is_empty() || suffix.contains('/')) => {
            let text = "The IndexDocument Suffix is not well formed";
            return Err(invalid_argument(text, "IndexDocument", suffix.unwrap_or_default()));
        }
        _ => {}
    }
    if new.list(field::ROUTING_RULES).len() > ROUTING_RULES {
        let text = format!("The number of routing rules must not exceed the allowed limit of {ROUTING_RULES} rules.");
        return Err(invalid_request(text).at("WebsiteConfiguration.RoutingRules"));
    }
    keep(request, world, DocumentKind::Website, "website", new)
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketWebsite.html>
pub(super) fn get_website(request: &Request<'_>, world: &World) -> Result<Structure> {
    let row = bucket(request, world)?;
    let text = "The specified bucket does not have a website configuration";
    document(row, DocumentKind::Website)
        .cloned()
        .ok_or_else(|| not_set("NoSuchWebsiteConfiguration", text, &row.name))
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketWebsite.html>
pub(super) fn delete_website(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    keep(request, world, DocumentKind::Website, "website", Structure::new())
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLogging.html>
pub(super) fn put_logging(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let home = bucket(request, world)?.region;
    let new = given(request.params, field::BUCKET_LOGGING_STATUS)?;
    if let Some(enabled) = new.structure(field::LOGGING_ENABLED) {
        let target = enabled.text(field::TARGET_BUCKET).unwrap_or_default();
        let known = world.s3.buckets.get(&target.to_owned());
        let refused = |text: &str| {
            Error::new("InvalidTargetBucketForLogging", text)
                .at("BucketLoggingStatus.LoggingEnabled.TargetBucket")
                .detail("TargetBucket", target)
        };
        match known.map(|bucket| bucket.region) {
            None => return Err(refused("The target bucket for logging does not exist")),
            Some(region) if region != home => {
                let error = Error::new(
                    "CrossLocationLoggingProhibitted",
                    "Cross S3 location logging not allowed. ",
                );
                return Err(error
                    .with_status(403)
                    .at("BucketLoggingStatus.LoggingEnabled.TargetBucket"));
            }
            Some(_) => {}
        }
    }
    keep(request, world, DocumentKind::Logging, "logging", new)
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLogging.html>
pub(super) fn get_logging(request: &Request<'_>, world: &World) -> Result<Structure> {
    show(request, world, DocumentKind::Logging)
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketNotificationConfiguration.html>
pub(super) fn put_notification(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    bucket(request, world)?;
    let mut new = given(request.params, field::NOTIFICATION_CONFIGURATION)?;
    let mut ids = std::collections::BTreeSet::new();
    for (list, arn, service) in notify::LISTS {
        let mut rows: Vec<Structure> = new.structures(list).cloned().collect();
        for row in &mut rows {
            let text = row.text(arn).unwrap_or_default();
            let mut parts = text.split(':').skip(2);
            if parts.next() != Some(service) || parts.next().is_none_or(str::is_empty) {
                let error = invalid_argument("The ARN could not be parsed", arn.text(), text);
                return Err(error);
            }
            if row.text(field::ID).is_none_or(str::is_empty) {
                let id = super::shelf::random_name(world, crate::base::random::Stream::Uploads, 48);
                row.set(field::ID, id);
            }
            let id = row.text(field::ID).unwrap_or_default().to_owned();
            if !ids.insert(id.clone()) {
                let text = "Same ID used for multiple configurations. IDs must be unique";
                return Err(invalid_argument(text, "Id", id));
            }
        }
        if !rows.is_empty() {
            new.set(list, rows);
        }
    }
    let row = bucket(request, world)?;
    notify::check(&new, row)?;
    let name = row.name.clone();
    notify::test(world, &name, &new);
    keep(request, world, DocumentKind::Notification, "notifications", new)
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketNotificationConfiguration.html>
pub(super) fn get_notification(request: &Request<'_>, world: &World) -> Result<Structure> {
    show(request, world, DocumentKind::Notification)
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAccelerateConfiguration.html>
pub(super) fn put_accelerate(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let name = bucket(request, world)?.name.clone();
    let new = given(request.params, field::ACCELERATE_CONFIGURATION)?;
    if name.contains('.') {
        let text = "S3 Transfer Acceleration is not supported for buckets with periods (.) in their names";
        return Err(invalid_request(text).at("Bucket"));
    }
    if !new.contains(field::STATUS) {
        return Err(malformed_xml("AccelerateConfiguration.Status"));
    }
    keep(request, world, DocumentKind::Accelerate, "acceleration", new)
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketAccelerateConfiguration.html>
pub(super) fn get_accelerate(request: &Request<'_>, world: &World) -> Result<Structure> {
    show(request, world, DocumentKind::Accelerate)
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketRequestPayment.html>
pub(super) fn put_request_payment(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    bucket(request, world)?;
    let new = given(request.params, field::REQUEST_PAYMENT_CONFIGURATION)?;
    keep(request, world, DocumentKind::RequestPayment, "request payment", new)
}

/// Whether who asks pays for requests and downloads, so that nobody may ask without saying who it is.
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/RequesterPaysBuckets.html>
pub(super) fn requester_pays(bucket: &Bucket) -> bool {
    let kept = document(bucket, DocumentKind::RequestPayment);
    kept.and_then(|kept| kept.text(field::PAYER)) == Some("Requester")
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketRequestPayment.html>
pub(super) fn get_request_payment(request: &Request<'_>, world: &World) -> Result<Structure> {
    let kept = show(request, world, DocumentKind::RequestPayment)?;
    let payer = kept.text(field::PAYER).unwrap_or("BucketOwner");
    Ok(Structure::new().with(field::PAYER, Value::from(payer)))
}

/// Whether tags of the bucket count in policies. Kept; nothing here decides by tags, and tags are set as before (ours).
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAbac.html>
pub(super) fn put_abac(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    bucket(request, world)?;
    let new = given(request.params, field::ABAC_STATUS)?;
    keep(
        request,
        world,
        DocumentKind::Abac,
        "attribute-based access control",
        new,
    )
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketAbac.html>
pub(super) fn get_abac(request: &Request<'_>, world: &World) -> Result<Structure> {
    let kept = show(request, world, DocumentKind::Abac)?;
    let status = kept.text(field::STATUS).unwrap_or("Disabled");
    Ok(Structure::new().with(field::ABAC_STATUS, Structure::new().with(field::STATUS, status)))
}
