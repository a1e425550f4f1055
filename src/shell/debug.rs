//! `--debug`: each step of a command in words of our own, on standard error: what was read, the request as it would go over
//! the wire, how it is signed, what came back. A teaching aid: no part of it is compared with the AWS CLI's, which logs its
//! own insides. Nothing here is sent anywhere.
//! <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/Query-Requests.html>

use crate::cloud::Keys;
use crate::way::Answer;
use std::fmt::Write as _;
use stratus_engine::base::sigv4::{Scope, encode, hash, is_host_label};
use stratus_engine::base::time::Time;
use stratus_engine::catalog::Region;
use stratus_model::{Location, Member, Operation, Protocol, Service, Shape, ShapeId, Structure, Value, json, model};

/// Characters of a body or an answer that are shown.
const SHOWN: usize = 4_000;

/// Tells, and knows who signs and when.
#[derive(Clone, Debug, Default)]
pub struct Teller {
    pub keys: Keys,
    pub now: Time,
    /// What was told.
    pub text: String,
    calls: usize,
}

/// A request as it would go out.
struct Request {
    method: &'static str,
    host: String,
    path: String,
    /// Sorted and encoded.
    query: String,
    /// In the order of their names.
    headers: Vec<(String, String)>,
    /// `None`: it is not written out here.
    body: Option<String>,
}

impl Teller {
    pub fn new(keys: Keys, now: Time) -> Teller {
        Teller {
            keys,
            now,
            ..Teller::default()
        }
    }

    /// A line.
    pub fn say(&mut self, text: &str) {
        for line in text.split('\n') {
            let _ = writeln!(self.text, "debug: {line}");
        }
    }

    /// A call that is about to be made.
    pub fn call(&mut self, region: Region, service: &str, operation: &str, params: &Structure, unsigned: bool) {
        self.calls += 1;
        let number = self.calls;
        self.say(&format!("request {number}: {service} {operation} in {}", region.name()));
        let parameters = shown(&json::plain(&Value::Structure(params.clone())).to_string());
        self.say(&format!("  parameters: {parameters}"));
        let known = model().service(service);
        let Some((service, operation)) = known.and_then(|known| Some((known, known.operation(operation)?))) else {
            return;
        };
        if service.name == "stratus" {
            return self.say("  this is Stratus's own: AWS has no API for it, and nothing goes over a wire");
        }
        let scope = Scope::new(self.now, region.name(), service.signing_name);
        let request = request(service, operation, params, &scope);
        self.say(&format!(
            "  {} https://{}{}{}{}",
            request.method,
            request.host,
            request.path,
            if request.query.is_empty() { "" } else { "?" },
            request.query
        ));
        for (name, value) in &request.headers {
            self.say(&format!("  {name}: {value}"));
        }
        match &request.body {
            Some(body) if !body.is_empty() => self.say(&format!("  body: {}", shown(body))),
            Some(_) => {}
            None => self.say("  body: the parameters above, in the service's own form"),
        }
        match (unsigned, &request.body) {
            (true, _) => self.say("  not signed: --no-sign-request"),
            (false, None) => self.say("  signed with Signature Version 4, by the hash of the body"),
            (false, Some(body)) => self.signed(&request, body, &scope),
        }
    }

    fn signed(&mut self, request: &Request, body: &str, scope: &Scope<'_>) {
        let names: Vec<&str> = request.headers.iter().map(|(name, _)| name.as_str()).collect();
        let names = names.join(";");
        let headers: String = request
            .headers
            .iter()
            .map(|(name, value)| format!("{name}:{value}\n"))
            .collect();
        let canonical = format!(
            "{}\n{}\n{}\n{headers}\n{names}\n{}",
            request.method,
            request.path,
            request.query,
            hash(body.as_bytes())
        );
        let to_sign = scope.to_sign(&canonical);
        let signature = scope.signature(&self.keys.secret, &to_sign);
        let indented = |text: &str| text.replace('\n', "\n    ");
        self.say(&format!("  canonical request:\n    {}", indented(&canonical)));
        self.say(&format!("  string to sign:\n    {}", indented(&to_sign)));
        self.say(&format!(
            "  authorization: AWS4-HMAC-SHA256 Credential={}/{}, SignedHeaders={names}, Signature={signature}",
            self.keys.access_key,
            scope.text()
        ));
    }

    /// What came back.
    pub fn answer(&mut self, answer: &Answer) {
        let text = match answer {
            Ok(answer) => {
                let text = json::plain(&Value::Structure(answer.clone())).to_string();
                format!("  answer: {}", shown(&text))
            }
            Err(error) => format!("  refused: {} (HTTP {}): {}", error.code, error.status, error.message),
        };
        self.say(&text);
    }
}

/// The beginning of a long text.
fn shown(text: &str) -> String {
    let head: String = text.chars().take(SHOWN).collect();
    let rest = text.chars().count().saturating_sub(SHOWN);
    if rest == 0 {
        head
    } else {
        format!("{head}… and {rest} characters more")
    }
}

fn request(service: &'static Service, operation: &'static Operation, params: &Structure, scope: &Scope<'_>) -> Request {
    let host = match service.global_endpoint {
        // S3 has one, and speaks to each Region's own all the same.
        Some(host) if service.name != "s3" => host.to_owned(),
        _ => format!("{}.{}.amazonaws.com", service.endpoint_prefix, scope.region),
    };
    let mut headers = vec![
        ("host".to_owned(), host.clone()),
        ("x-amz-date".to_owned(), scope.stamp.clone()),
    ];
    let mut request = Request {
        method: operation.http_method,
        host,
        path: "/".into(),
        query: String::new(),
        headers: Vec::new(),
        body: Some(String::new()),
    };
    let mut content = |kind: &str| headers.insert(0, ("content-type".to_owned(), kind.to_owned()));
    match service.protocol {
        Protocol::Ec2 | Protocol::Query => {
            content("application/x-www-form-urlencoded; charset=utf-8");
            request.body = Some(form(service, operation, params));
        }
        Protocol::Json => {
            let version = service.json_version.unwrap_or("1.0");
            content(&format!("application/x-amz-json-{version}"));
            let target = format!("{}.{}", service.target_prefix.unwrap_or_default(), operation.name);
            headers.push(("x-amz-target".to_owned(), target));
            request.body = Some(json::plain(&Value::Structure(params.clone())).to_string());
        }
        Protocol::Cbor => {
            content("application/cbor");
            headers.push(("smithy-protocol".to_owned(), "rpc-v2-cbor".to_owned()));
            let name = service.target_prefix.unwrap_or_default();
            request.path = format!("/service/{name}/operation/{}", operation.name);
            request.body = None;
        }
        Protocol::RestXml | Protocol::RestJson => rest(service, operation, params, &mut request, &mut headers),
    }
    headers.sort();
    request.headers = headers;
    request
}

/// Members in the path, in the query, in headers; the rest is the body.
fn rest(
    service: &'static Service,
    operation: &'static Operation,
    params: &Structure,
    request: &mut Request,
    headers: &mut Vec<(String, String)>,
) {
    let (path, query) = operation.http_uri.split_once('?').unwrap_or((operation.http_uri, ""));
    let mut path = path.to_owned();
    let mut pairs: Vec<String> = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            if pair.contains('=') {
                pair.to_owned()
            } else {
                format!("{pair}=")
            }
        })
        .collect();
    for member in &service.structure(operation.input).members {
        let Some(value) = params.get(member.name) else { continue };
        let name = member.wire_name.unwrap_or(member.name.text());
        match member.location {
            Location::Uri => {
                let text = plain(value);
                path = path.replace(&format!("{{{name}}}"), &encode(&text, ""));
                path = path.replace(&format!("{{{name}+}}"), &encode(&text, "/"));
            }
            Location::Query => pairs.push(format!("{}={}", encode(name, ""), encode(&plain(value), ""))),
            Location::Header => headers.push((name.to_ascii_lowercase(), plain(value))),
            Location::Headers => {
                if let Value::Map(entries) = value {
                    let entries = entries.iter();
                    headers.extend(
                        entries.map(|(key, value)| (format!("{name}{key}").to_ascii_lowercase(), plain(value))),
                    );
                }
            }
            Location::Body | Location::StatusCode => request.body = None,
        }
    }
    pairs.sort();
    request.path = path;
    request.query = pairs.join("&");
    if service.name == "s3"
        && let Some(bucket) = params.text(stratus_model::field::BUCKET)
        && is_host_label(bucket)
        && let Some(rest) = request.path.strip_prefix(&format!("/{bucket}"))
    {
        request.path = if rest.is_empty() {
            "/".to_owned()
        } else {
            rest.to_owned()
        };
        request.host = format!("{bucket}.{}", request.host);
        for (_, value) in headers.iter_mut().filter(|(name, _)| name == "host") {
            value.clone_from(&request.host);
        }
    }
    if service.name == "s3"
        && let Some(body) = &request.body
    {
        headers.push(("x-amz-content-sha256".to_owned(), hash(body.as_bytes())));
    }
}

fn plain(value: &Value) -> String {
    match json::plain(value) {
        serde_json::Value::String(text) => text,
        other => other.to_string(),
    }
}

/// The parameters as a form, as the query protocols have them.
fn form(service: &'static Service, operation: &'static Operation, params: &Structure) -> String {
    let mut pairs = vec![
        ("Action".to_owned(), operation.name.to_owned()),
        ("Version".to_owned(), service.api_version.to_owned()),
    ];
    if let Some(shape) = operation.input {
        members(service, shape, params, "", &mut pairs);
    }
    let pairs: Vec<String> = pairs
        .iter()
        .map(|(name, value)| format!("{}={}", encode(name, ""), encode(value, "")))
        .collect();
    pairs.join("&")
}

fn members(service: &Service, shape: ShapeId, params: &Structure, before: &str, pairs: &mut Vec<(String, String)>) {
    for member in &service.structure(Some(shape)).members {
        if let Some(value) = params.get(member.name) {
            let name = format!("{before}{}", wire_name(service, member));
            nested(service, member.shape, value, &name, member.flattened, pairs);
        }
    }
}

fn wire_name(service: &Service, member: &Member) -> String {
    let own = member.name.text();
    if service.protocol != Protocol::Ec2 {
        return member.wire_name.unwrap_or(own).to_owned();
    }
    match (member.query_name, member.wire_name) {
        (Some(name), _) => name.to_owned(),
        (None, Some(name)) => {
            let mut letters = name.chars();
            letters
                .next()
                .into_iter()
                .flat_map(char::to_uppercase)
                .chain(letters)
                .collect()
        }
        (None, None) => own.to_owned(),
    }
}

fn nested(
    service: &Service,
    shape: ShapeId,
    value: &Value,
    name: &str,
    flattened: bool,
    pairs: &mut Vec<(String, String)>,
) {
    match (service.shape(shape), value) {
        (Shape::Structure(_), Value::Structure(inner)) => members(service, shape, inner, &format!("{name}."), pairs),
        (Shape::List(list), Value::List(items)) => {
            let flat = flattened || list.flattened || service.protocol == Protocol::Ec2;
            let step = if flat { "" } else { ".member" };
            for (at, item) in items.iter().enumerate() {
                nested(
                    service,
                    list.member,
                    item,
                    &format!("{name}{step}.{}", at + 1),
                    false,
                    pairs,
                );
            }
        }
        (Shape::Map(map), Value::Map(entries)) => {
            let step = if flattened || map.flattened { "" } else { ".entry" };
            for (at, (key, item)) in entries.iter().enumerate() {
                let entry = format!("{name}{step}.{}", at + 1);
                pairs.push((format!("{entry}.key"), key.clone()));
                nested(service, map.value, item, &format!("{entry}.value"), false, pairs);
            }
        }
        (_, value) => pairs.push((name.to_owned(), plain(value))),
    }
}
