//! Signature Version 2 of S3's, in its two forms: the header `Authorization: AWS KEY:SIGNATURE`, and addresses with
//! `AWSAccessKeyId`, `Expires` and `Signature`, which boto3 and the AWS CLI make by default for the Regions that take them.
//!
//! May never happen: a request is taken as somebody's whose secret did not sign its method, its resource, its time and all of
//! its `x-amz-…`. (Other headers and parameters and the body are not signed: that is why it was replaced.)
//!
//! AWS announced that buckets made after June 24, 2020 refuse it; they do not, and the SDKs still rely on that in the eight
//! Regions from before 2014 (*ours*, after how boto3's addresses fare at AWS). Other Regions refuse it. Which Region a bucket
//! is in is not known here: see [`is_in`].
//!
//! Sources: <https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html>,
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/specify-signature-version.html>.

use super::hash::{hmac_sha1, same};
use super::refusal::{self, Refused, Shown, Times};
use super::sign::basic_time;
use super::verify::{Clock, Secret, Signer, moment};
use crate::http::{self, Pairs, Request};
use crate::message::Speech;
use crate::{limits, route_s3};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use std::collections::BTreeMap;
use stratus_model::time;

/// The Regions whose endpoints take it.
const REGIONS: [&str; 8] = [
    "ap-northeast-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "eu-west-1",
    "sa-east-1",
    "us-east-1",
    "us-west-1",
    "us-west-2",
];

/// Parameters of the query that are signed with the path.
const SIGNED: [&str; 35] = [
    "accelerate",
    "acl",
    "analytics",
    "cors",
    "defaultObjectAcl",
    "delete",
    "inventory",
    "lifecycle",
    "location",
    "logging",
    "metrics",
    "notification",
    "object-lock",
    "partNumber",
    "policy",
    "replication",
    "requestPayment",
    "response-cache-control",
    "response-content-disposition",
    "response-content-encoding",
    "response-content-language",
    "response-content-type",
    "response-expires",
    "restore",
    "select",
    "select-type",
    "storageClass",
    "tagging",
    "torrent",
    "uploadId",
    "uploads",
    "versionId",
    "versioning",
    "versions",
    "website",
];

/// Whether the endpoints of a Region take Signature Version 2.
pub fn is_in(region: &str) -> bool {
    REGIONS.contains(&region)
}

/// What a request says of its signature.
struct Claim<'r> {
    access_key: String,
    /// Base64.
    signature: String,
    token: Option<String>,
    /// The line of the text for the time: a date, or the seconds since 1970 at which an address ends.
    date: String,
    when: When,
    /// The parameters of an address, which may stand for headers.
    hoisted: Option<&'r Pairs>,
}

/// Milliseconds since 1970.
enum When {
    /// In the header: when it was signed.
    At(i64),
    /// In an address: until when it is valid.
    Until(i64),
}

/// [`super::verify()`] of a header that begins with `AWS `.
///
/// # Errors
/// See [`Refused`].
pub fn in_header(
    speech: &Speech,
    request: &Request,
    header: &str,
    clock: &mut dyn Clock,
    lookup: &mut dyn FnMut(&str, Option<&str>) -> Option<Secret>,
) -> Result<Signer, Refused> {
    let (access_key, signature) = header
        .split_once(':')
        .filter(|(key, signature)| !key.is_empty() && !signature.is_empty())
        .ok_or_else(|| refusal::old_header(header))?;
    let amz = request.headers.get("x-amz-date");
    let date = request.headers.get("date").unwrap_or_default();
    let at = amz.or(Some(date)).and_then(moment).ok_or_else(refusal::old_date)?;
    let claim = Claim {
        access_key: access_key.to_string(),
        signature: signature.to_string(),
        token: request.headers.get("x-amz-security-token").map(str::to_string),
        date: if amz.is_some() { String::new() } else { date.to_string() },
        when: When::At(at),
        hoisted: None,
    };
    claim.verify(speech, request, clock, lookup)
}

/// [`super::verify()`] of an address.
///
/// # Errors
/// See [`Refused`].
pub fn in_query(
    speech: &Speech,
    request: &Request,
    pairs: &Pairs,
    clock: &mut dyn Clock,
    lookup: &mut dyn FnMut(&str, Option<&str>) -> Option<Secret>,
) -> Result<Signer, Refused> {
    let part = |name: &str| {
        pairs
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.clone())
    };
    let (Some(access_key), Some(signature), Some(expires)) =
        (part("AWSAccessKeyId"), part("Signature"), part("Expires"))
    else {
        return Err(refusal::old_query());
    };
    let seconds = expires.parse::<i64>().map_err(|_| refusal::old_expires(&expires))?;
    let claim = Claim {
        access_key,
        signature,
        token: part("x-amz-security-token").or(request.headers.get("x-amz-security-token").map(str::to_string)),
        date: expires,
        when: When::Until(seconds.saturating_mul(1000)),
        hoisted: Some(pairs),
    };
    claim.verify(speech, request, clock, lookup)
}

impl Claim<'_> {
    fn verify(
        self,
        speech: &Speech,
        request: &Request,
        clock: &mut dyn Clock,
        lookup: &mut dyn FnMut(&str, Option<&str>) -> Option<Secret>,
    ) -> Result<Signer, Refused> {
        let secret = lookup(&self.access_key, self.token.as_deref())
            .ok_or_else(|| refusal::unknown_key(speech, &self.access_key, self.token.is_some()))?;
        self.in_time(speech, clock)?;
        let text = self.text(request, "");
        let signs = |text: &str| {
            let signature = BASE64.encode(hmac_sha1(secret.0.as_bytes(), text));
            same(&signature, &self.signature)
        };
        // Some sign the path of a bucket with a slash that is not sent.
        let of_bucket = request.path.len() > 1 && request.path.matches('/').count() == 1;
        let signed = signs(&text) || of_bucket && signs(&self.text(request, "/"));
        if !signed {
            let shown = Shown {
                signature: &self.signature,
                string_to_sign: &text,
                canonical_request: "",
            };
            return Err(refusal::mismatch(speech, &self.access_key, &shown));
        }
        let host = route_s3::host(&request.host());
        Ok(Signer {
            access_key: self.access_key,
            token: self.token,
            region: host.and_then(|host| host.region).unwrap_or_default(),
            service: "s3".to_string(),
            presigned: self.hoisted.is_some(),
            old: true,
        })
    }

    fn in_time(&self, speech: &Speech, clock: &mut dyn Clock) -> Result<(), Refused> {
        let skew = limits::SKEW_SECONDS * 1000;
        let now = match self.when {
            When::At(_) => clock.now(),
            When::Until(_) => clock.opened(&self.signature, None),
        };
        let times = |moment: i64| Times {
            request: basic_time(moment),
            now: basic_time(now),
            edge: basic_time(now),
            early: moment > now,
            request_iso: time::iso8601(moment),
            now_iso: time::iso8601(now - now.rem_euclid(1000)),
        };
        match self.when {
            When::At(at) if at.saturating_sub(now).saturating_abs() > skew => {
                Err(refusal::skewed(speech, &self.access_key, &times(at)))
            }
            When::Until(end) if now > end => Err(refusal::old_expired(&self.access_key, &times(end))),
            _ => Ok(()),
        }
    }

    /// What the signature is of; `slash` comes after the path.
    fn text(&self, request: &Request, slash: &str) -> String {
        let header = |name: &str| {
            let hoisted = self.hoisted.and_then(|pairs| {
                let mut pairs = pairs.iter();
                pairs.find(|(key, _)| key == name).map(|(_, value)| value.as_str())
            });
            request.headers.get(name).or(hoisted).unwrap_or_default()
        };
        let mut text = format!(
            "{}\n{}\n{}\n{}\n",
            request.method,
            header("content-md5"),
            header("content-type"),
            self.date
        );
        for (name, value) in self.headers(request) {
            text.push_str(&format!("{name}:{value}\n"));
        }
        text.push_str(&resource(request, slash));
        text
    }

    /// All `x-amz-…` by name, those of one name in one line.
    fn headers(&self, request: &Request) -> BTreeMap<String, String> {
        let mut all: BTreeMap<String, String> = BTreeMap::new();
        for (name, value) in request.headers.iter().filter(|(name, _)| name.starts_with("x-amz-")) {
            let line = all.entry(name.to_string()).or_default();
            if !line.is_empty() {
                line.push(',');
            }
            line.push_str(value.trim());
        }
        for (name, value) in self.hoisted.into_iter().flatten() {
            let name = name.to_ascii_lowercase();
            if name.starts_with("x-amz-") {
                all.entry(name).or_insert_with(|| value.trim().to_string());
            }
        }
        all
    }
}

/// The bucket and the path as they came, and what of the query is signed.
fn resource(request: &Request, slash: &str) -> String {
    let bucket = route_s3::host(&request.host()).and_then(|host| host.bucket);
    let path = if request.path.is_empty() { "/" } else { &request.path };
    let mut text = bucket.map_or(String::new(), |bucket| format!("/{bucket}"));
    text.push_str(path);
    text.push_str(slash);
    let pieces = request.query.split('&').filter(|piece| !piece.is_empty());
    let mut signed: Vec<String> = pieces
        .filter(|piece| SIGNED.contains(&piece.split('=').next().unwrap_or_default()))
        .map(
            |piece| match (piece.split_once('='), http::pairs(piece.as_bytes()).as_deref()) {
                (Some(_), Ok([(name, value)])) => format!("{name}={value}"),
                _ => piece.to_string(),
            },
        )
        .collect();
    signed.sort();
    if !signed.is_empty() {
        text.push('?');
        text.push_str(&signed.join("&"));
    }
    text
}
