//! The websites of buckets: `http://BUCKET.s3-website-REGION.amazonaws.com`, and here also
//! `http://BUCKET.s3-website-REGION.localhost:4566`, which browsers find without DNS. Nobody signs here: an object that not
//! everybody may read is refused, in HTML.
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteEndpoints.html>

use crate::cloud::Cloud;
use crate::reply::Reply;
use std::fmt::Write as _;
use stratus_engine::services::s3::website::{self, Redirect};
use stratus_wire::{Error, Headers, Request, Response, http};

/// Answers a request to a bucket's website.
pub fn answer(cloud: &mut Cloud, bucket: &str, request: &Request, wall: i64, request_id: &str) -> Reply {
    let told = |error: &Error| page(request, error, request_id);
    if !matches!(request.method.as_str(), "GET" | "HEAD") {
        let text = "The specified method is not allowed against this resource.";
        let error = Error::new("MethodNotAllowed", 405, text).with("Method", request.method.clone());
        return told(&error.with("ResourceType", "OBJECT"));
    }
    let path = request.path.strip_prefix('/').unwrap_or(&request.path);
    let path = match http::decode_path(path) {
        Ok(path) => path,
        Err(error) => return told(&error),
    };
    let (redirect, object, error_document) = match website::of(cloud.engine().world(), bucket) {
        Ok(site) => (
            site.redirect(&path, None),
            site.object(&path),
            site.error_document().map(str::to_owned),
        ),
        Err(error) => return told(&Cloud::refusal(error)),
    };
    if let Some(redirect) = redirect {
        return send_to(request, &redirect);
    }
    let error = match cloud.read_openly(&reading(request, bucket, &object), wall, request_id) {
        Ok(reply) => return shown(reply),
        Err(error) => error,
    };
    // 304, 412 and 416 are no errors of the site.
    if !matches!(error.status, 403 | 404) {
        return told(&error);
    }
    let folder = format!("{path}/");
    let (redirect, index) = match website::of(cloud.engine().world(), bucket) {
        Ok(site) => (site.redirect(&path, Some(error.status)), site.object(&folder)),
        Err(error) => return told(&Cloud::refusal(error)),
    };
    let is_folder = !path.is_empty() && !path.ends_with('/');
    if is_folder
        && cloud
            .read_openly(&reading(request, bucket, &index), wall, request_id)
            .is_ok()
    {
        return location(302, format!("/{}", encoded(&folder)));
    }
    if let Some(redirect) = redirect {
        return send_to(request, &redirect);
    }
    if let Some(document) = error_document
        && let Ok(mut reply) = cloud.read_openly(&reading(request, bucket, &document), wall, request_id)
    {
        reply.status = error.status;
        return named(reply, &error);
    }
    told(&error)
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
        path: format!("/{bucket}/{}", encoded(key)),
        query: String::new(),
        headers,
        body: Vec::new(),
    }
}

fn encoded(key: &str) -> String {
    let mut text = String::new();
    http::encode(key, true, &mut text);
    text
}

/// An object; one that is there to send a browser elsewhere does that.
fn shown(reply: Reply) -> Reply {
    match reply.headers.get("x-amz-website-redirect-location") {
        Some(place) => location(301, place.to_owned()),
        None => reply,
    }
}

fn send_to(request: &Request, redirect: &Redirect) -> Reply {
    let own = request.headers.get("host").unwrap_or_default();
    let host = redirect.host.as_deref().unwrap_or(own);
    let (protocol, key) = (&redirect.protocol, encoded(&redirect.key));
    location(redirect.status, format!("{protocol}://{host}/{key}"))
}

fn location(status: u16, place: String) -> Reply {
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

/// What went wrong, as a page.
fn page(request: &Request, error: &Error, request_id: &str) -> Reply {
    let reason = match error.status {
        304 => "Not Modified",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        412 => "Precondition Failed",
        416 => "Requested Range Not Satisfiable",
        _ => "Error",
    };
    let title = format!("{} {reason}", error.status);
    let mut text = format!("<html>\n<head><title>{title}</title></head>\n<body>\n<h1>{title}</h1>\n<ul>\n");
    let code = error.code.as_ref();
    let details = error
        .details
        .iter()
        .map(|(name, value)| (name.as_ref(), value.as_str()));
    let all = [("Code", code), ("Message", error.message.as_str())]
        .into_iter()
        .chain(details);
    for (name, value) in all.chain([("RequestId", request_id)]) {
        let value = value.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        // A text of ours is always taken.
        let _ = writeln!(text, "<li>{name}: {value}</li>");
    }
    text.push_str("</ul>\n<hr/>\n</body>\n</html>\n");
    let empty = request.method == "HEAD" || error.status == 304;
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
