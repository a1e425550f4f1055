//! Who signed a request.
//! May never happen: a request is taken as somebody's whose secret did not sign all that the service acts upon.

use super::canonical::{Canonical, string_to_sign};
use super::hash::{hex, hmac, same, sha256, signing_key};
use super::old;
use super::refusal::{self, Refused, Shown, Times};
use super::sign::basic_time;
use super::streaming::Seed;
use crate::error::Error;
use crate::http::{self, Pairs, Request};
use crate::message::Speech;
use crate::route::region_of_host;
use crate::scope::Scope;
use crate::{chunks, limits, scalar};
use stratus_model::time;

/// A secret access key.
pub struct Secret(pub String);

/// Who signed, and for what.
#[derive(Clone, Debug, PartialEq)]
pub struct Signer {
    pub access_key: String,
    /// The session token that came with a temporary key.
    pub token: Option<String>,
    /// The Region of the scope; of the host for an old signature, and empty where that names none.
    pub region: String,
    /// The signing name of the scope.
    pub service: String,
    /// In the address, not in the header.
    pub presigned: bool,
    /// Signature Version 2, which not every Region takes: see [`super::old_is_in`].
    pub old: bool,
}

/// What a request says of its signature.
struct Claim {
    scope: Scope,
    /// In small letters.
    signed_headers: Vec<String>,
    signature: String,
    token: Option<String>,
    /// Milliseconds since 1970.
    at: i64,
    /// The seconds for which an address is valid.
    expires: Option<i64>,
}

/// What time it is when a request is verified, in milliseconds since 1970. A number is a clock that all go by.
pub trait Clock {
    /// The time by which clients sign.
    fn now(&self) -> i64;

    /// The time at which a presigned address counts as opened. `signature`: its own, by which it is known again; `made`: when it was
    /// signed, which Signature Version 2 does not say.
    fn opened(&mut self, signature: &str, made: Option<i64>) -> i64;
}

impl Clock for i64 {
    fn now(&self) -> i64 {
        *self
    }

    fn opened(&mut self, _: &str, _: Option<i64>) -> i64 {
        *self
    }
}

impl<C: Clock> Clock for &mut C {
    fn now(&self) -> i64 {
        C::now(self)
    }

    fn opened(&mut self, signature: &str, made: Option<i64>) -> i64 {
        C::opened(self, signature, made)
    }
}

/// Finds who signed a request, and that the signature is of it: of the headers, of the address, of the body and its chunks.
/// `clock`: what time it is, by whoever's clock counts. `lookup`: the secret of an access key, with the session token
/// that the request has; `None` for one that is not known, not active, or not with this token.
///
/// # Errors
/// See [`Refused`]: its error is in the words of `speech`'s service.
pub fn verify(
    speech: &Speech,
    request: &Request,
    mut clock: impl Clock,
    lookup: &mut dyn FnMut(&str, Option<&str>) -> Option<Secret>,
) -> Result<Signer, Refused> {
    if speech.is_s3()
        && let Some(signer) = with_old(speech, request, &mut clock, lookup)
    {
        return signer;
    }
    let claim = claim(speech, request)?;
    let access_key = claim.scope.access_key.as_str();
    let secret = lookup(access_key, claim.token.as_deref())
        .ok_or_else(|| refusal::unknown_key(speech, access_key, claim.token.is_some()))?;
    in_time(speech, &claim, &mut clock)?;
    let payload_hash = payload_hash(speech, request, &claim)?;
    let canonical = Canonical {
        request,
        signed_headers: &claim.signed_headers,
        payload_hash: &payload_hash,
        s3: speech.is_s3(),
    };
    let canonical_request = canonical.text();
    let at = basic_time(claim.at);
    let text = string_to_sign(&at, &claim.scope, &canonical_request);
    let key = signing_key(&secret.0, &claim.scope);
    if !same(&hex(&hmac(&key, &text)), &claim.signature) {
        let shown = Shown {
            signature: &claim.signature,
            string_to_sign: &text,
            canonical_request: &canonical_request,
        };
        return Err(refusal::mismatch(speech, access_key, &shown));
    }
    let seed = Seed {
        key: &key,
        at: &at,
        scope: &claim.scope,
        signature: &claim.signature,
    };
    body(speech, request, &seed, &payload_hash)?;
    Ok(Signer {
        access_key: claim.scope.access_key,
        token: claim.token,
        region: claim.scope.region,
        service: claim.scope.service,
        presigned: claim.expires.is_some(),
        old: false,
    })
}

/// [`verify`] of Signature Version 2; `None` for what is not signed with it.
fn with_old(
    speech: &Speech,
    request: &Request,
    clock: &mut dyn Clock,
    lookup: &mut dyn FnMut(&str, Option<&str>) -> Option<Secret>,
) -> Option<Result<Signer, Refused>> {
    if let Some(header) = request.headers.get("authorization") {
        let header = header.strip_prefix("AWS ")?;
        return Some(old::in_header(speech, request, header, clock, lookup));
    }
    let pairs = http::pairs(request.query.as_bytes()).ok()?;
    let has = |name: &str| pairs.iter().any(|(key, _)| key == name);
    let is_old = has("AWSAccessKeyId") && !has("X-Amz-Signature");
    is_old.then(|| old::in_query(speech, request, &pairs, clock, lookup))
}

fn claim(speech: &Speech, request: &Request) -> Result<Claim, Refused> {
    if let Some(header) = request.headers.get("authorization") {
        return in_header(speech, request, header);
    }
    let pairs = http::pairs(request.query.as_bytes()).unwrap_or_default();
    let has = |name: &str| pairs.iter().any(|(key, _)| key == name);
    if has("X-Amz-Algorithm") || has("X-Amz-Credential") || has("X-Amz-Signature") {
        return in_query(speech, request, &pairs);
    }
    // Signature Version 2.
    if has("AWSAccessKeyId") {
        return Err(refusal::unsupported(speech));
    }
    Err(refusal::unsigned(speech))
}

fn in_header(speech: &Speech, request: &Request, header: &str) -> Result<Claim, Refused> {
    let Some(rest) = header.strip_prefix("AWS4-HMAC-SHA256") else {
        let is_other = header.starts_with("AWS");
        return Err(match is_other {
            true => refusal::unsupported(speech),
            false => refusal::no_signature(speech, header),
        });
    };
    // In one pass: the first of each name counts.
    let (mut credential, mut headers, mut signature) = (None, None, None);
    for part in rest.split(',').flat_map(|piece| piece.split(' ')).map(str::trim) {
        let Some((name, value)) = part.split_once('=') else {
            continue;
        };
        let place = match name {
            "Credential" => &mut credential,
            "SignedHeaders" => &mut headers,
            "Signature" => &mut signature,
            _ => continue,
        };
        place.get_or_insert(value);
    }
    let (Some(credential), Some(headers), Some(signature)) = (credential, headers, signature) else {
        let parts = [
            ("Credential", credential),
            ("Signature", signature),
            ("SignedHeaders", headers),
        ];
        let missing: Vec<&str> = parts
            .iter()
            .filter(|(_, part)| part.is_none())
            .map(|(name, _)| *name)
            .collect();
        return Err(refusal::incomplete(speech, false, &missing));
    };
    let date = request
        .headers
        .get("x-amz-date")
        .or_else(|| request.headers.get("date"));
    let date = date.and_then(moment).ok_or_else(|| {
        let what = "=Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.";
        refusal::incomplete(speech, false, &[what])
    })?;
    Ok(Claim {
        scope: scope(speech, request, credential, date, false)?,
        signed_headers: names(speech, headers, request, false)?,
        signature: signature.to_string(),
        token: request.headers.get("x-amz-security-token").map(str::to_string),
        at: date,
        expires: None,
    })
}

fn in_query(speech: &Speech, request: &Request, pairs: &Pairs) -> Result<Claim, Refused> {
    let part = |name: &str| {
        pairs
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    };
    let incomplete = || refusal::incomplete(speech, true, &["=The address is not completely signed."]);
    let read = || {
        let (algorithm, credential) = (part("X-Amz-Algorithm")?, part("X-Amz-Credential")?);
        let (date, headers, signature) = (
            part("X-Amz-Date")?,
            part("X-Amz-SignedHeaders")?,
            part("X-Amz-Signature")?,
        );
        // Only S3 insists on it.
        let expires = part("X-Amz-Expires").or((!speech.is_s3()).then_some("900"))?;
        (algorithm == "AWS4-HMAC-SHA256").then_some((credential, moment(date)?, headers, signature, expires))
    };
    let (credential, at, headers, signature, expires) = read().ok_or_else(incomplete)?;
    let seconds = match expires.parse::<i64>() {
        Ok(seconds) if (0..=limits::PRESIGNED_SECONDS).contains(&seconds) => seconds,
        read => {
            let mut refused = incomplete();
            refused.error.message = refusal::wrong_expires(read.ok()).to_string();
            return Err(refused);
        }
    };
    let mut signed_headers: Vec<String> = headers.split(';').map(str::to_ascii_lowercase).collect();
    signed_headers.sort();
    Ok(Claim {
        scope: scope(speech, request, credential, at, true)?,
        signed_headers,
        signature: signature.to_string(),
        token: part("X-Amz-Security-Token").map(str::to_string),
        at,
        expires: Some(seconds),
    })
}

/// `20250303T090000Z`, or a `Date` header; milliseconds since 1970.
pub fn moment(text: &str) -> Option<i64> {
    let basic = || {
        let (date, clock) = text.strip_suffix('Z')?.split_once('T')?;
        if date.len() != 8 || clock.len() != 6 {
            return None;
        }
        let mut iso = String::with_capacity(20);
        for (part, mark) in [
            (date.get(..4)?, "-"),
            (date.get(4..6)?, "-"),
            (date.get(6..)?, "T"),
            (clock.get(..2)?, ":"),
            (clock.get(2..4)?, ":"),
            (clock.get(4..)?, "Z"),
        ] {
            iso.push_str(part);
            iso.push_str(mark);
        }
        time::parse(&iso)
    };
    basic().or_else(|| scalar::instant(text))
}

/// The credential's scope, which must be of the request's day, of the service, and of the Region that the host names.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/signature-v4-troubleshooting.html>
fn scope(speech: &Speech, request: &Request, credential: &str, at: i64, presigned: bool) -> Result<Scope, Refused> {
    let malformed = "=Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term.";
    let scope = Scope::parse(credential).ok_or_else(|| refusal::incomplete(speech, presigned, &[malformed]))?;
    let wrong = |what: &str| refusal::mis_scoped(speech, &scope.access_key, presigned, what);
    if scope.terminator != "aws4_request" {
        return Err(wrong(
            "Credential should be scoped with a valid terminator: 'aws4_request'.",
        ));
    }
    let at = basic_time(at);
    let (day, date) = (at.get(..8).unwrap_or_default(), scope.date.as_str());
    if day != date {
        let what = "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP:";
        return Err(wrong(&format!("{what} '{date}' != '{day}', from '{at}'.")));
    }
    if let Some(service) = speech.service.filter(|service| service.signing_name != scope.service)
        && !(speech.is_s3() && scope.service.starts_with("s3"))
    {
        let name = service.signing_name;
        return Err(wrong(&format!(
            "Credential should be scoped to correct service: '{name}'."
        )));
    }
    // S3 has Regions of its own to speak of: those of its buckets.
    let asked = speech.service.filter(|_| !speech.is_s3());
    let asked = asked.and_then(|service| region_of_host(request, service));
    if asked.is_some_and(|region| region != scope.region) {
        let region = &scope.region;
        return Err(wrong(&format!(
            "Credential should be scoped to a valid region, not '{region}'."
        )));
    }
    Ok(scope)
}

/// The signed headers. The host must be among them, and all of `x-amz-…` that there are.
fn names(speech: &Speech, list: &str, request: &Request, presigned: bool) -> Result<Vec<String>, Refused> {
    let mut names: Vec<String> = list.split(';').map(str::to_ascii_lowercase).collect();
    names.sort();
    let is_signed = |name: &str| names.iter().any(|signed| signed == name);
    if !is_signed("host") && !is_signed(":authority") {
        return Err(refusal::incomplete(
            speech,
            presigned,
            &["='Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization."],
        ));
    }
    if speech.is_s3() {
        let unsigned = request.headers.iter().map(|(name, _)| name);
        let unsigned: Vec<&str> = unsigned
            .filter(|name| must_be_signed(name) && !is_signed(name))
            .collect();
        if !unsigned.is_empty() {
            let mut refused = refusal::incomplete(speech, presigned, &[]);
            let message = "There were headers present in the request which were not signed";
            refused.error = Error::new("AccessDenied", 403, message).with("HeadersNotSigned", unsigned.join(", "));
            return Err(refused);
        }
    }
    Ok(names)
}

/// S3 acts upon these, so they are part of what is signed; the hash and the token are in it in other ways.
fn must_be_signed(name: &str) -> bool {
    let apart = ["x-amz-content-sha256", "x-amz-security-token", "x-amz-user-agent"];
    name.starts_with("x-amz-") && !apart.contains(&name)
}

fn in_time(speech: &Speech, claim: &Claim, clock: &mut dyn Clock) -> Result<(), Refused> {
    let skew = limits::SKEW_SECONDS * 1000;
    let access_key = claim.scope.access_key.as_str();
    let now = clock.now();
    let times = |now: i64, edge: i64| Times {
        request: basic_time(claim.at),
        now: basic_time(now),
        edge: basic_time(edge),
        early: claim.at > now,
        request_iso: time::iso8601(claim.at.saturating_add(claim.expires.unwrap_or_default() * 1000)),
        now_iso: time::iso8601(now - now.rem_euclid(1000)),
    };
    if claim.at > now.saturating_add(skew) {
        let times = times(now, now.saturating_add(skew));
        return Err(match claim.expires {
            Some(_) if speech.is_s3() => refusal::not_yet(access_key, claim.at, &times),
            _ => refusal::skewed(speech, access_key, &times),
        });
    }
    let Some(seconds) = claim.expires else {
        let edge = now.saturating_sub(skew);
        return match claim.at < edge {
            true => Err(refusal::skewed(speech, access_key, &times(now, edge))),
            false => Ok(()),
        };
    };
    let now = clock.opened(&claim.signature, Some(claim.at));
    match now > claim.at.saturating_add(seconds * 1000) {
        true => {
            let times = times(now, now.saturating_sub(seconds * 1000));
            Err(refusal::expired(speech, access_key, &times, seconds))
        }
        false => Ok(()),
    }
}

/// What the signature says of the body.
fn payload_hash(speech: &Speech, request: &Request, claim: &Claim) -> Result<String, Refused> {
    let said = request.headers.get("x-amz-content-sha256");
    match said {
        Some(said) => Ok(said.to_string()),
        None if speech.is_s3() && claim.expires.is_some() => Ok("UNSIGNED-PAYLOAD".to_string()),
        None if speech.is_s3() => {
            let message = "Missing required header for this request: x-amz-content-sha256";
            let error = Error::new("InvalidRequest", 400, message);
            Err(refusal::broken_body(&claim.scope.access_key, error))
        }
        None => Ok(sha256(&request.body)),
    }
}

/// That the body is the one whose hash was signed.
fn body(speech: &Speech, request: &Request, seed: &Seed<'_>, payload_hash: &str) -> Result<(), Refused> {
    let access_key = seed.scope.access_key.as_str();
    match payload_hash {
        "UNSIGNED-PAYLOAD" | "STREAMING-UNSIGNED-PAYLOAD-TRAILER" => Ok(()),
        "STREAMING-AWS4-HMAC-SHA256-PAYLOAD" | "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER" => {
            let chunks = chunks::parse(&request.body).map_err(|error| refusal::broken_body(access_key, error))?;
            let verified = seed.verify(&chunks, payload_hash.ends_with("-TRAILER"));
            verified.map_err(|(signature, text)| {
                let shown = Shown {
                    signature,
                    string_to_sign: &text,
                    canonical_request: "",
                };
                refusal::mismatch(speech, access_key, &shown)
            })
        }
        // What no header says has been computed of this body.
        _ if request.headers.get("x-amz-content-sha256").is_none() => Ok(()),
        said => {
            let computed = sha256(&request.body);
            if same(said, &computed) {
                Ok(())
            } else if said.len() == 64 {
                Err(refusal::other_body(access_key, said, &computed))
            } else {
                let message = "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, \
                               STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER or a valid \
                               sha256 value.";
                Err(refusal::broken_body(
                    access_key,
                    Error::new("InvalidArgument", 400, message),
                ))
            }
        }
    }
}
