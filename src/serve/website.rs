//! The websites of buckets: `http://BUCKET.s3-website-REGION.amazonaws.com`, and here also
//! `http://BUCKET.s3-website-REGION.localhost:4566`, which browsers find without DNS. Nobody signs here: an object that not
//! everybody may read is refused, in HTML. What a path comes to is [`website::find`]'s to say.
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteEndpoints.html>

use crate::cloud::Cloud;
use crate::reply::Reply;
use stratus_engine::base::sigv4;
use stratus_engine::services::s3::not_allowed;
use stratus_engine::services::s3::website::{self, Found, Told};
use stratus_wire::{Error, Headers, Request, Response, http};

/// Reads objects as S3's other endpoint has them.
struct Openly<'a> {
    cloud: &'a mut Cloud,
    bucket: &'a str,
    request: &'a Request,
    wall: i64,
    request_id: &'a str,
}

impl website::Reader for Openly<'_> {
    type Object = Reply;
    type Error = Error;

    fn read(&mut self, key: &str) -> Result<Reply, Error> {
        let request = reading(self.request, self.bucket, key);
        self.cloud.read_openly(&request, self.wall, self.request_id)
    }

    fn status(error: &Error) -> u16 {
        error.status
    }

    fn leads(object: &Reply) -> Option<String> {
        object.headers.get("x-amz-website-redirect-location").map(str::to_owned)
    }
}

/// Answers a request to a bucket's website.
pub fn answer(cloud: &mut Cloud, bucket: &str, request: &Request, wall: i64, request_id: &str) -> Reply {
    let told = |error: &Error| page(request, error, None, request_id);
    if !matches!(request.method.as_str(), "GET" | "HEAD") {
        return told(&Cloud::refusal(not_allowed(&request.method, "OBJECT")));
    }
    let path = request.path.strip_prefix('/').unwrap_or(&request.path);
    let path = match http::decode_path(path) {
        Ok(path) => path,
        Err(error) => return told(&error),
    };
    let site = match website::of(cloud.engine().world(), bucket) {
        Ok(site) => site,
        Err(error) => return told(&Cloud::refusal(error)),
    };
    let host = request.headers.get("host").unwrap_or_default();
    let mut reader = Openly {
        cloud,
        bucket,
        request,
        wall,
        request_id,
    };
    match website::find(&site, host, &path, &mut reader) {
        Found::Sent { status, location, .. } => sent(status, location),
        Found::Object(_, reply) => reply,
        Found::Document(error, _, mut reply) => {
            reply.status = error.status;
            named(reply, &error)
        }
        Found::Failed(error, document) => page(request, &error, document.as_ref(), request_id),
    }
}

/// The read of an object, as S3's other endpoint has it.
fn reading(request: &Request, bucket: &str, key: &str) -> Request {
    let mut headers: Headers = request
        .headers
        .iter()
        .filter(|(name, _)| *name != "host" && *name != "authorization")
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    headers.push("host", "s3.amazonaws.com");
    Request {
        method: request.method.clone(),
        path: format!("/{bucket}/{}", sigv4::encode(key, "/")),
        query: String::new(),
        headers,
        body: Vec::new(),
    }
}

fn sent(status: u16, place: String) -> Reply {
    let mut headers = Headers::new();
    headers.push("location", place);
    Response {
        status,
        headers,
        body: Vec::new(),
    }
    .into()
}

/// What went wrong, in headers.
fn named(mut reply: Reply, error: &Error) -> Reply {
    reply.headers.push("x-amz-error-code", error.code.to_string());
    reply.headers.push("x-amz-error-message", error.message.clone());
    reply
}

fn told(error: &Error) -> Told<'_> {
    let details = error.details.iter();
    let details = details.map(|(name, value)| (name.as_ref(), value.as_str()));
    (&error.code, &error.message, details.collect())
}

/// What went wrong, as a page.
fn page(request: &Request, error: &Error, document: Option<&Error>, request_id: &str) -> Reply {
    let empty = request.method == "HEAD" || error.status == 304;
    let text = website::error_page(
        error.status,
        &told(error),
        document.map(told).as_ref(),
        Some(request_id),
    );
    let mut headers = Headers::new();
    headers.push("content-type", "text/html; charset=utf-8");
    headers.push("x-amz-request-id", request_id);
    let reply = Response {
        status: error.status,
        headers,
        body: if empty { Vec::new() } else { text.into_bytes() },
    };
    named(reply.into(), error)
}
