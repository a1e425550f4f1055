//! REST-JSON, as the EBS direct APIs, the recycle bin and Data Lifecycle Manager speak it: some values in the path, the query
//! and the headers, the rest as a JSON object or as the body itself.
//! Source: <https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html>

use crate::body;
use crate::error::Error;
use crate::http::{Headers, Request, Response};
use crate::json;
use crate::limits;
use crate::message::Routed;
use crate::rest::{self, Outside};
use crate::rest_xml::read_outside;
use stratus_model::{Location, Member, Operation, Service, Shape, Structure, StructureShape, Value};

/// Reads a request's parameters.
///
/// # Errors
/// `SerializationException` for a body that is not as the model says; those of [`body::parameters`].
pub fn decode_input(routed: &Routed, request: &Request) -> Result<Structure, Error> {
    let service = routed.service;
    let shape = service.structure(routed.operation.input);
    let none = Headers::new();
    let outside = Outside {
        service,
        labels: &routed.labels,
        pairs: &routed.pairs,
        headers: &request.headers,
        trailers: &none,
    };
    let bytes = body::parameters(request)?;
    let most = stratus_model::limits::VALUES;
    read(service, shape, &outside, &bytes, most)
}

/// What stands outside the body, and in it.
fn read(
    service: &'static Service,
    shape: &'static StructureShape,
    outside: &Outside<'_>,
    bytes: &[u8],
    most: usize,
) -> Result<Structure, Error> {
    let mut all = read_outside(outside, shape)?;
    match payload(shape) {
        Some(member) => {
            if let Some(value) = read_payload(service, member, bytes, most)? {
                all.set(member.name, value);
            }
        }
        None if has_body(shape) => {
            if bytes.len() > limits::JSON_BYTES {
                return Err(body::too_large());
            }
            let inner = json::read(service, shape, bytes, most)?;
            for member in in_body(shape) {
                if let Some(value) = inner.get(member.name) {
                    all.set(member.name, value.clone());
                }
            }
        }
        None => {}
    }
    Ok(all)
}

fn read_payload(
    service: &'static Service,
    member: &'static Member,
    bytes: &[u8],
    most: usize,
) -> Result<Option<Value>, Error> {
    Ok(match service.shape(member.shape) {
        Shape::Blob(_) => Some(Value::Blob(bytes.to_vec())),
        Shape::String(_) if bytes.is_empty() => None,
        Shape::String(_) => Some(Value::String(String::from_utf8_lossy(bytes).into_owned())),
        Shape::Structure(inner) if !bytes.is_empty() => {
            Some(Value::Structure(json::read(service, inner, bytes, most)?))
        }
        _ => None,
    })
}

fn payload(shape: &'static StructureShape) -> Option<&'static Member> {
    shape.payload.and_then(|name| shape.member(name))
}

fn in_body(shape: &'static StructureShape) -> impl Iterator<Item = &'static Member> {
    shape.members.iter().filter(|member| member.location == Location::Body)
}

fn has_body(shape: &'static StructureShape) -> bool {
    in_body(shape).next().is_some()
}

/// The body of a message with these members; `None` = it has none.
fn write(service: &'static Service, shape: &'static StructureShape, all: &Structure) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let Some(member) = payload(shape) else {
        let inner: Structure = in_body(shape)
            .filter_map(|member| Some((member.name, all.get(member.name)?.clone())))
            .collect();
        return has_body(shape).then(|| {
            json::write(service, shape, &inner, &mut out);
            out
        });
    };
    match (service.shape(member.shape), all.get(member.name)?) {
        (_, Value::Blob(bytes)) => out.extend_from_slice(bytes),
        (_, Value::String(text)) => out.extend_from_slice(text.as_bytes()),
        (Shape::Structure(inner), Value::Structure(structure)) => json::write(service, inner, structure, &mut out),
        _ => return None,
    }
    Some(out)
}

/// What kind of body a shape has.
fn kind(service: &'static Service, shape: &'static StructureShape) -> &'static str {
    match payload(shape).map(|member| service.shape(member.shape)) {
        Some(Shape::Blob(_)) => "application/octet-stream",
        Some(Shape::String(_)) => "text/plain",
        _ => "application/json",
    }
}

/// Writes an answer: its status, its headers, its body.
pub fn encode_output(service: &'static Service, operation: &'static Operation, output: &Structure) -> Response {
    let shape = service.structure(operation.output);
    let mut response = Response {
        status: operation.http_code,
        ..Response::default()
    };
    rest::write_headers(service, &shape.members, output, &mut response.headers);
    response.headers.push("content-type", kind(service, shape));
    // An answer with nothing to say is an empty object, but where HTTP allows no body.
    let empty = || {
        if operation.http_code == 204 {
            Vec::new()
        } else {
            b"{}".to_vec()
        }
    };
    response.body = write(service, shape, output).unwrap_or_else(empty);
    response
}

/// The client side of [`decode_input`]: path, query, headers and body.
pub fn encode_input(service: &'static Service, operation: &'static Operation, input: &Structure) -> Request {
    let shape = service.structure(operation.input);
    let (path, query) = rest::write_uri(service, operation, input);
    let mut request = Request {
        method: operation.http_method.to_string(),
        path,
        query,
        ..Request::default()
    };
    rest::write_headers(service, &shape.members, input, &mut request.headers);
    if let Some(body) = write(service, shape, input) {
        request.headers.push("content-type", kind(service, shape));
        request.body = body;
    }
    request
}

/// The client side of [`encode_output`].
///
/// # Errors
/// `SerializationException` for what is not as the model says.
pub fn decode_output(
    service: &'static Service,
    operation: &'static Operation,
    response: &Response,
) -> Result<Structure, Error> {
    let none = Headers::new();
    let outside = Outside {
        service,
        labels: &[],
        pairs: &Vec::new(),
        headers: &response.headers,
        trailers: &none,
    };
    let shape = service.structure(operation.output);
    read(
        service,
        shape,
        &outside,
        &response.body,
        stratus_model::limits::ANSWER_VALUES,
    )
}
