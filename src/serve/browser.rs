//! What S3 says to browsers: answers to preflight requests, and the headers that let a page of another origin see an answer.
//! What may never happen here: a header that no CORS rule of the bucket allows.
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/RESTOPTIONSobject.html>

use stratus_engine::World;
use stratus_engine::services::s3::cors::{self, Allowed, Judged};
use stratus_wire::{Error, Headers, Request};

const NOT_ENABLED: &str = "CORSResponse: CORS is not enabled for this bucket.";
/// The typing error is AWS's.
const NOT_ALLOWED: &str = "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, \
                           request method / Access-Control-Request-Method or Access-Control-Request-Headers are not \
                           whitelisted by the resource's CORS spec.";

/// What OPTIONS of a bucket or an object answers: headers, and no body.
///
/// # Errors
/// `BadRequest` for what is no preflight request, `AccessForbidden` for what no rule allows.
pub fn preflight(world: &World, bucket: &str, is_object: bool, request: &Request) -> Result<Headers, Error> {
    let Some(origin) = request.headers.get("origin") else {
        let text = "Insufficient information. Origin request header needed.";
        return Err(Error::new("BadRequest", 400, text));
    };
    let method = request.headers.get("access-control-request-method");
    let Some(method) = method.filter(|name| matches!(*name, "GET" | "PUT" | "POST" | "DELETE" | "HEAD")) else {
        let text = format!("Invalid Access-Control-Request-Method: {}", method.unwrap_or("null"));
        return Err(Error::new("BadRequest", 400, text));
    };
    let wanted = request
        .headers
        .get("access-control-request-headers")
        .unwrap_or_default();
    let wanted: Vec<&str> = wanted
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .collect();
    let refused = |text: &str| {
        Error::new("AccessForbidden", 403, text)
            .with("Method", method)
            .with("ResourceType", if is_object { "OBJECT" } else { "BUCKET" })
    };
    match cors::judge(world, bucket, origin, method, &wanted) {
        Judged::Off => Err(refused(NOT_ENABLED)),
        Judged::Refused => Err(refused(NOT_ALLOWED)),
        Judged::Allowed(allowed) => Ok(headers(&allowed)),
    }
}

/// Adds what a browser wants to see in the answer to a request with an `Origin`.
pub fn amend(world: &World, bucket: Option<&str>, request: &Request, answer: &mut Headers) {
    let (Some(bucket), Some(origin)) = (bucket, request.headers.get("origin")) else {
        return;
    };
    if let Judged::Allowed(allowed) = cors::judge(world, bucket, origin, &request.method, &[]) {
        for (name, value) in headers(&allowed).iter() {
            answer.push(name.to_owned(), value);
        }
    }
}

fn headers(allowed: &Allowed) -> Headers {
    let mut headers = Headers::new();
    headers.push("access-control-allow-origin", allowed.origin.clone());
    headers.push("access-control-allow-methods", allowed.methods.join(", "));
    if !allowed.headers.is_empty() {
        headers.push("access-control-allow-headers", allowed.headers.join(", "));
    }
    if !allowed.exposed.is_empty() {
        headers.push("access-control-expose-headers", allowed.exposed.join(", "));
    }
    if let Some(seconds) = allowed.seconds {
        headers.push("access-control-max-age", seconds.to_string());
    }
    if allowed.origin != "*" {
        headers.push("access-control-allow-credentials", "true");
    }
    headers.push(
        "vary",
        "Origin, Access-Control-Request-Headers, Access-Control-Request-Method",
    );
    headers
}
