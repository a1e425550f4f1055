//! Which of S3's operations a request is: by method, bucket and key, the sub-resource in the query, and headers.
//! Source: the request syntax of each operation in the S3 API reference.

use crate::error::Error;
use crate::http::{self, Pairs, Request};
use crate::message::{Codec, Refusal, Routed};
use crate::rest;
use crate::route::{Hint, looks_like_region, refused, routed, speech};
use stratus_model::{Location, Operation, Service, model};

/// What a host of S3's says.
pub struct Host {
    /// Before the endpoint: `bucket.s3.localhost`.
    pub bucket: Option<String>,
    pub region: Option<String>,
}

/// Reads `s3.amazonaws.com`, `s3.eu-west-1.amazonaws.com`, `bucket.s3.localhost`, `bucket.s3-eu-west-1.amazonaws.com`,
/// `bucket.s3.dualstack.eu-west-1.amazonaws.com`; and `bucket.localhost`, where no service is called like the bucket.
pub fn host(host: &str) -> Option<Host> {
    let labels: Vec<&str> = host.split('.').collect();
    // A bucket's own name may look like the endpoint: the last one is.
    if let Some(at) = labels.iter().rposition(|label| is_endpoint(label))
        && labels.len() > at + 1
    {
        let (before, after) = labels.split_at(at);
        let old = after.first().and_then(|label| label.strip_prefix("s3-"));
        let region = old
            .into_iter()
            .chain(after.iter().skip(1).copied())
            .find(|label| looks_like_region(label));
        return Some(Host {
            bucket: (!before.is_empty()).then(|| before.join(".")),
            region: region.map(str::to_string),
        });
    }
    let bucket = host.strip_suffix(".localhost")?;
    let named = model()
        .services()
        .any(|service| bucket.split('.').next() == Some(service.endpoint_prefix));
    (!bucket.is_empty() && !named).then(|| Host {
        bucket: Some(bucket.to_string()),
        region: None,
    })
}

/// `s3`, `s3-eu-west-1`, `s3-accelerate`.
fn is_endpoint(label: &str) -> bool {
    let old = label.strip_prefix("s3-");
    matches!(label, "s3" | "s3-accelerate" | "s3-fips" | "s3express-control") || old.is_some_and(looks_like_region)
}

/// Operations of the model that newer ones with the same request have replaced.
const REPLACED: [&str; 4] = [
    "GetBucketLifecycle",
    "GetBucketNotification",
    "PutBucketLifecycle",
    "PutBucketNotification",
];

/// # Errors
/// `MethodNotAllowed`, 405, for what is no operation; `InvalidURI` and `MalformedQueryString` for what cannot be read.
pub fn route(request: &Request, hint: &Hint) -> Result<Routed, Refusal> {
    let service = model().service("s3");
    let speech = speech(request, service, Codec::RestXml);
    let Some(service) = service else {
        return Err(refused(speech, Error::new("NotImplemented", 501, "There is no S3.")));
    };
    let parts = http::pairs(request.query.as_bytes()).and_then(|pairs| Ok((pairs, place(request, hint)?)));
    let (pairs, (bucket, key)) = parts.map_err(|error| refused(speech.clone(), error))?;
    let asked = Asked {
        request,
        pairs: &pairs,
        path: match (&bucket, &key) {
            // No bucket: those have small letters.
            (Some(bucket), None) if bucket == "WriteGetObjectResponse" => "/WriteGetObjectResponse",
            (None, _) => "/",
            (Some(_), None) => "/{Bucket}",
            (Some(_), Some(_)) => "/{Bucket}/{Key+}",
        },
    };
    let Some(operation) = asked.operation(service) else {
        let message = "The specified method is not allowed against this resource.";
        let error = Error::new("MethodNotAllowed", 405, message)
            .with("Method", request.method.chars().take(16).collect::<String>())
            .with("ResourceType", if key.is_some() { "OBJECT" } else { "BUCKET" });
        return Err(refused(speech, error));
    };
    let labels = [("Bucket", bucket), ("Key", key)].into_iter();
    let labels = labels.filter_map(|(name, text)| Some((name, text?))).collect();
    Ok(routed(speech, hint, (service, operation), labels, pairs))
}

/// The bucket and the key that a request is for.
pub fn place(request: &Request, hint: &Hint) -> Result<(Option<String>, Option<String>), Error> {
    let path = request.path.strip_prefix('/').unwrap_or(&request.path);
    let some = |text: &str| (!text.is_empty()).then(|| http::decode_path(text)).transpose();
    match &hint.bucket {
        Some(bucket) => Ok((Some(bucket.clone()), some(path)?)),
        None => {
            let (bucket, key) = path.split_once('/').unwrap_or((path, ""));
            Ok((some(bucket)?, some(key)?))
        }
    }
}

struct Asked<'r> {
    request: &'r Request,
    pairs: &'r Pairs,
    path: &'static str,
}

impl Asked<'_> {
    /// The operation that wants most of what the request has, and nothing else.
    fn operation(&self, service: &'static Service) -> Option<&'static Operation> {
        let express = self.request.host().starts_with("s3express-control");
        let candidates = service.operations().iter().filter(|operation| {
            operation.http_method == self.request.method
                && operation.http_uri.split('?').next() == Some(self.path)
                && !REPLACED.contains(&operation.name)
                && match operation.name {
                    "ListDirectoryBuckets" => express,
                    "ListBuckets" => !express,
                    _ => true,
                }
        });
        let scored = candidates.filter_map(|operation| Some((self.score(service, operation)?, operation)));
        // Of equal ones the first by name.
        let best = scored.max_by(|one, other| one.0.cmp(&other.0).then(other.1.name.cmp(one.1.name)));
        let (_, operation) = best?;
        // A sub-resource that the operation is not about is one that has no such method.
        let literals = |operation: &'static Operation| operation.http_uri.split_once('?').map(|(_, query)| query);
        let foreign = service
            .operations()
            .iter()
            .filter_map(literals)
            .flat_map(|query| query.split('&'));
        let own = literals(operation).unwrap_or_default();
        let mut foreign = foreign.filter(|literal| !literal.contains('=') && !own.split('&').any(|it| it == *literal));
        let wants_other = foreign.any(|literal| {
            self.pairs
                .iter()
                .any(|(name, value)| name == literal && value.is_empty())
        });
        (!wants_other).then_some(operation)
    }

    /// How much of what the operation wants is there; `None` if something is not.
    fn score(&self, service: &'static Service, operation: &'static Operation) -> Option<usize> {
        let mut score = 0;
        let literals = operation.http_uri.split_once('?').map_or("", |(_, query)| query);
        for literal in literals.split('&').filter(|literal| !literal.is_empty()) {
            let (name, wanted) = literal.split_once('=').unwrap_or((literal, ""));
            let (_, value) = self.pairs.iter().find(|(key, _)| key == name)?;
            if !wanted.is_empty() && value != wanted {
                return None;
            }
            score += 2;
        }
        for member in service
            .structure(operation.input)
            .members
            .iter()
            .filter(|member| member.required)
        {
            let name = rest::name(member);
            let there = match member.location {
                Location::Query => self.pairs.iter().any(|(key, _)| key == name),
                // Copying is told from writing by where to copy from; other headers are for the operation to miss.
                Location::Header if name.ends_with("-source") => {
                    self.request.headers.get(&name.to_ascii_lowercase()).is_some()
                }
                _ => continue,
            };
            if !there {
                return None;
            }
            score += 2;
        }
        Some(score)
    }
}
