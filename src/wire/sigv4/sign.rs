//! Signing, as a client does it: in the header, in an address, and in chunks.

use super::canonical::{Canonical, string_to_sign};
use super::hash::{hex, hmac, sha256, signing_key};
use super::streaming::Seed;
use crate::http::{self, Request};
use crate::scalar;
use crate::scope::Scope;
use stratus_model::TimestampFormat;

/// Who signs, and for whom.
#[derive(Clone, Debug)]
pub struct Credentials {
    pub access_key: String,
    pub secret: String,
    /// With the keys of a role.
    pub token: Option<String>,
    pub region: String,
    /// The signing name: `ec2`, `monitoring`.
    pub service: String,
}

impl Credentials {
    fn scope(&self, at: &str) -> Scope {
        Scope {
            access_key: self.access_key.clone(),
            date: at.chars().take(8).collect(),
            region: self.region.clone(),
            service: self.service.clone(),
            terminator: "aws4_request".to_string(),
        }
    }
}

/// `20250303T090000Z`, from milliseconds since 1970.
pub fn basic_time(at: i64) -> String {
    let mut iso = Vec::with_capacity(24);
    scalar::timestamp(at - at.rem_euclid(1000), TimestampFormat::Iso8601, false, &mut iso);
    let mut text = String::with_capacity(16);
    for byte in iso.into_iter().filter(|byte| !matches!(byte, b'-' | b':')) {
        text.push(char::from(byte));
    }
    text
}

fn signed_headers(request: &Request, but: &[&str]) -> Vec<String> {
    let mut names: Vec<String> = request.headers.iter().map(|(name, _)| name.to_string()).collect();
    names.sort();
    names.dedup();
    names.retain(|name| !but.contains(&name.as_str()));
    names
}

/// Signs in the `authorization` header, with all headers that are there, and adds `x-amz-date`, the token's header, and for
/// S3 `x-amz-content-sha256`, which may be there already (`UNSIGNED-PAYLOAD`). `now`: milliseconds since 1970.
pub fn sign(request: &mut Request, credentials: &Credentials, now: i64) {
    let at = basic_time(now);
    request.headers.set("x-amz-date", at.clone());
    if let Some(token) = &credentials.token {
        request.headers.set("x-amz-security-token", token.clone());
    }
    let is_s3 = credentials.service == "s3";
    let payload_hash = match request.headers.get("x-amz-content-sha256") {
        Some(hash) => hash.to_string(),
        None => {
            let hash = sha256(&request.body);
            if is_s3 {
                request.headers.set("x-amz-content-sha256", hash.clone());
            }
            hash
        }
    };
    request.headers.remove("authorization");
    let scope = credentials.scope(&at);
    let names = signed_headers(request, &["user-agent", "expect", "x-amzn-trace-id"]);
    let canonical = Canonical {
        request,
        signed_headers: &names,
        payload_hash: &payload_hash,
        s3: is_s3,
    };
    let text = string_to_sign(&at, &scope, &canonical.text());
    let signature = hex(&hmac(&signing_key(&credentials.secret, &scope), &text));
    let header = format!(
        "AWS4-HMAC-SHA256 Credential={}/{}, SignedHeaders={}, Signature={signature}",
        scope.access_key,
        scope.text(),
        names.join(";")
    );
    request.headers.set("authorization", header);
}

/// Signs in the query, so that the address alone is enough for `seconds`. Only the host and the headers that are there are
/// signed; S3's body is not.
pub fn presign(request: &mut Request, credentials: &Credentials, now: i64, seconds: i64) {
    let at = basic_time(now);
    let scope = credentials.scope(&at);
    let names = signed_headers(request, &["user-agent"]);
    let credential = format!("{}/{}", scope.access_key, scope.text());
    let seconds = seconds.to_string();
    let joined = names.join(";");
    let mut parameters = vec![
        ("X-Amz-Algorithm", "AWS4-HMAC-SHA256"),
        ("X-Amz-Credential", &credential),
        ("X-Amz-Date", &at),
        ("X-Amz-Expires", &seconds),
        ("X-Amz-SignedHeaders", &joined),
    ];
    if let Some(token) = &credentials.token {
        parameters.push(("X-Amz-Security-Token", token));
    }
    for (name, value) in parameters {
        append(&mut request.query, name, value);
    }
    let is_s3 = credentials.service == "s3";
    let hash = if is_s3 {
        "UNSIGNED-PAYLOAD".to_string()
    } else {
        sha256(&request.body)
    };
    let canonical = Canonical {
        request,
        signed_headers: &names,
        payload_hash: &hash,
        s3: is_s3,
    };
    let text = string_to_sign(&at, &scope, &canonical.text());
    let signature = hex(&hmac(&signing_key(&credentials.secret, &scope), &text));
    append(&mut request.query, "X-Amz-Signature", &signature);
}

fn append(query: &mut String, name: &str, value: &str) {
    if !query.is_empty() {
        query.push('&');
    }
    query.push_str(name);
    query.push('=');
    http::encode(value, false, query);
}

/// Signs with the body in chunks of `size` bytes, each with a signature, and the trailers after them if there are any. The
/// trailers' names must stand in `x-amz-trailer`, which is set here.
pub fn chunked(request: &mut Request, credentials: &Credentials, now: i64, size: usize, trailers: &[(&str, &str)]) {
    let mode = if trailers.is_empty() {
        "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"
    } else {
        "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER"
    };
    request.headers.set("x-amz-content-sha256", mode);
    request
        .headers
        .set("x-amz-decoded-content-length", request.body.len().to_string());
    if !trailers.is_empty() {
        let names: Vec<&str> = trailers.iter().map(|(name, _)| *name).collect();
        request.headers.set("x-amz-trailer", names.join(","));
    }
    sign(request, credentials, now);
    let at = basic_time(now);
    let scope = credentials.scope(&at);
    let key = signing_key(&credentials.secret, &scope);
    let authorization = request.headers.get("authorization").unwrap_or_default();
    let signature = authorization
        .rsplit("Signature=")
        .next()
        .unwrap_or_default()
        .to_string();
    let seed = Seed {
        key: &key,
        at: &at,
        scope: &scope,
        signature: &signature,
    };
    let mut body = Vec::new();
    let mut before = signature.clone();
    for data in request.body.chunks(size.max(1)).chain([&[][..]]) {
        before = seed.chunk(&before, data);
        body.extend_from_slice(format!("{:x};chunk-signature={before}\r\n", data.len()).as_bytes());
        body.extend_from_slice(data);
        if !data.is_empty() || trailers.is_empty() {
            body.extend_from_slice(b"\r\n");
        }
    }
    if !trailers.is_empty() {
        for (name, value) in trailers {
            body.extend_from_slice(format!("{name}:{value}\r\n").as_bytes());
        }
        let signature = seed.trailer(&before, trailers.iter().copied());
        body.extend_from_slice(format!("x-amz-trailer-signature:{signature}\r\n\r\n").as_bytes());
    }
    request.body = body;
}
