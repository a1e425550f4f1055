//! What the endpoint answers besides AWS's operations, under `/_stratus/`: reset, advance, log, digest, operations.
//! Ours. A page of another site may not use it: its requests carry an `Origin` that is not ours, and are refused.

use crate::cloud::Cloud;
use serde_json::{Map, Value as Json, json};
use stratus_classroom::File;
use stratus_engine::base::limits::LATEST_TIME;
use stratus_engine::services;
use stratus_model::{Structure, field, model};
use stratus_wire::{Request, Response};

/// What the paths of this file begin with.
pub const PREFIX: &str = "/_stratus/";

/// Answers a request whose path begins with [`PREFIX`].
pub fn answer(cloud: &mut Cloud, request: &Request, wall: i64) -> Response {
    if foreign(request) {
        return refuse(403, "Forbidden", "a page of another site may not use this address");
    }
    let query = |name: &str| {
        let pairs = request.query.split('&').filter_map(|pair| pair.split_once('='));
        pairs
            .into_iter()
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value.to_owned())
    };
    let what = request.path.strip_prefix(PREFIX).unwrap_or_default();
    match (request.method.as_str(), what) {
        ("POST", "reset") => {
            cloud.reset(wall);
            tell(cloud)
        }
        ("POST", "advance") => match query("seconds").as_deref().map(milliseconds) {
            Some(Some(milliseconds)) => advance(cloud, milliseconds, wall),
            _ => refuse(
                400,
                "InvalidParameterValue",
                "say how far: POST /_stratus/advance?seconds=N, N from 0 to 3,155,760,000 (a hundred years)",
            ),
        },
        ("GET", "digest") => tell(cloud),
        ("GET", "log") => {
            let file = File::of(cloud.engine(), "cargo serve");
            plain(200, file.to_text().into_bytes())
        }
        ("GET", "operations") => json_answer(200, &operations()),
        (_, "reset" | "advance" | "digest" | "log" | "operations") => refuse(
            405,
            "MethodNotAllowed",
            "POST reset and advance; GET log, digest and operations",
        ),
        _ => refuse(
            404,
            "NotFound",
            "there are: POST /_stratus/reset, POST /_stratus/advance?seconds=N, GET /_stratus/log, GET /_stratus/digest, GET /_stratus/operations",
        ),
    }
}

/// Whether the request comes from a page that was not served from here.
fn foreign(request: &Request) -> bool {
    let host = request.headers.get("host").unwrap_or_default();
    let origin = request
        .headers
        .get("origin")
        .and_then(|origin| origin.split_once("://"));
    origin.is_some_and(|(_, origin)| origin != host) || request.headers.get("origin") == Some("null")
}

/// Seconds with or without a fraction, as whole milliseconds; at most the hundred years that the clock has.
fn milliseconds(text: &str) -> Option<i64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 10 || fraction.len() > 3 || !digits(whole) || !digits(fraction) {
        return None;
    }
    let whole: i64 = whole.parse().ok()?;
    let fraction: i64 = format!("{fraction:0<3}").parse().ok()?;
    Some(whole * 1000 + fraction).filter(|far| *far <= LATEST_TIME)
}

fn advance(cloud: &mut Cloud, milliseconds: i64, wall: i64) -> Response {
    let until = cloud
        .engine()
        .world()
        .now
        .0
        .saturating_add(milliseconds)
        .min(LATEST_TIME);
    let params = Structure::new().with(field::UNTIL, stratus_model::Value::Timestamp(until));
    match cloud.advance(params, wall) {
        Ok(()) => tell(cloud),
        Err(error) => refuse(error.status, error.code, &error.message),
    }
}

fn tell(cloud: &Cloud) -> Response {
    let engine = cloud.engine();
    json_answer(
        200,
        &json!({"now": engine.world().now.iso8601(), "digest": engine.digest()}),
    )
}

/// By service: the operations that are simulated, and how many the model knows besides.
fn operations() -> Json {
    let of = |service: &'static stratus_model::Service| {
        let (here, others): (Vec<&str>, Vec<&str>) = service
            .operations()
            .iter()
            .map(|operation| operation.name)
            .partition(|name| services::handler(service.name, name).is_some());
        (
            service.name.to_owned(),
            json!({"simulated": here, "notSimulated": others.len()}),
        )
    };
    Json::Object(model().services().map(of).collect::<Map<_, _>>())
}

fn json_answer(status: u16, json: &Json) -> Response {
    plain(status, format!("{json}\n").into_bytes())
}

fn plain(status: u16, body: Vec<u8>) -> Response {
    Response {
        status,
        headers: [("content-type", "application/json")].into_iter().collect(),
        body,
    }
}

fn refuse(status: u16, code: &str, message: &str) -> Response {
    json_answer(status, &json!({"code": code, "message": message}))
}
