//! AWS's protocols, in both directions, driven by the model: which operation a request is, what its parameters are, how an
//! answer or an error is written; and signatures. Plain data in and out: no world, no socket and no clock are known here, and
//! nothing panics on what comes from outside.
//!
//! A server's way:
//!
//! ```
//! use stratus_model::{Structure, field};
//! use stratus_wire::{Request, decode, encode_answer, route};
//! let request = Request {
//!     method: "POST".into(),
//!     path: "/".into(),
//!     headers: [("host", "ec2.us-east-1.amazonaws.com")].into_iter().collect(),
//!     body: b"Action=DescribeInstances&Version=2016-11-15&InstanceId.1=i-0123456789abcdef0".to_vec(),
//!     ..Request::default()
//! };
//! let routed = route(&request).unwrap();
//! assert_eq!(routed.operation.name, "DescribeInstances");
//! let input = decode(&routed, &request).unwrap();
//! assert_eq!(input.texts(field::INSTANCE_IDS).next(), Some("i-0123456789abcdef0"));
//! let response = encode_answer(&routed, &Structure::new(), "7b1c5f9e-0000-4000-8000-000000000001");
//! assert_eq!(response.status, 200);
//! ```
//! Between `route` and `decode` stands [`sigv4::verify`]. Where one of them refuses, [`encode_error`] writes the refusal.

mod body;
mod cbor;
mod checksum;
mod chunks;
pub mod client;
mod ec2_query;
mod error;
mod error_text;
mod form;
pub mod http;
mod json;
pub mod limits;
mod message;
pub mod post;
mod query;
mod rest;
mod rest_json;
mod rest_xml;
mod route;
mod route_rest;
mod route_s3;
mod scalar;
mod scope;
pub mod sigv4;
mod sqs;
mod versions;
mod xml;

pub use error::Error;
pub use error_text::{encode as encode_error, identify};
pub use http::{Headers, Request, Response};
pub use message::{Codec, Refusal, Routed, Speech};
pub use route::{bucket, route, website};
pub use scope::Scope;

use stratus_model::{Structure, field};

/// Reads the parameters of a request. Whether they are what the model allows is [`stratus_model::check`]'s to say.
///
/// # Errors
/// AWS's code and status for what cannot be read as the operation's input; [`encode_error`] writes it, in `routed.speech`.
pub fn decode(routed: &Routed, request: &Request) -> Result<Structure, Error> {
    let (service, operation) = (routed.service, routed.operation);
    let shape = service.structure(operation.input);
    match routed.speech.codec {
        Codec::Ec2Query => ec2_query::decode_input(service, operation, &routed.pairs),
        Codec::Query => {
            let mut input = query::decode_input(service, operation, &routed.pairs)?;
            // SQS's oldest clients ask the queue itself: its address is the request's.
            let has_queue = service.name == "sqs" && shape.member(field::QUEUE_URL).is_some();
            if has_queue && !input.contains(field::QUEUE_URL) && request.path.len() > 1 {
                let host = request.headers.get("host").unwrap_or_default();
                input.set(field::QUEUE_URL, format!("http://{host}{}", request.path));
            }
            Ok(input)
        }
        Codec::RestXml => rest_xml::decode_input(routed, request),
        Codec::RestJson => rest_json::decode_input(routed, request),
        Codec::Json10 | Codec::Json11 => {
            let bytes = body::parameters(request)?;
            if bytes.len() > limits::JSON_BYTES {
                return Err(body::too_large());
            }
            json::read(service, shape, &bytes, stratus_model::limits::VALUES)
        }
        Codec::Cbor => cbor::read(
            service,
            shape,
            &body::parameters(request)?,
            stratus_model::limits::VALUES,
        ),
    }
}

/// Writes an answer. `request_id`: what the caller calls this request; AWS's are UUIDs, S3's sixteen letters and digits.
/// The answer to HEAD has a `content-length` and no body.
pub fn encode_answer(routed: &Routed, output: &Structure, request_id: &str) -> Response {
    encode_answer_sized(routed, output, request_id, 4096)
}

/// [`encode_answer`] with the number of bytes that the caller expects, so that a large answer is written into one piece of
/// memory.
pub fn encode_answer_sized(routed: &Routed, output: &Structure, request_id: &str, capacity: usize) -> Response {
    let (service, operation, codec) = (routed.service, routed.operation, routed.speech.codec);
    let shape = service.structure(operation.output);
    let mut response = Response {
        status: 200,
        ..Response::default()
    };
    match codec {
        Codec::Ec2Query => response.body = ec2_query::encode_output(service, operation, output, request_id, capacity),
        Codec::Query => response.body = query::encode_output(service, operation, output, request_id, capacity),
        Codec::RestXml => response = rest_xml::encode_output(service, operation, output, capacity),
        Codec::RestJson => response = rest_json::encode_output(service, operation, output),
        Codec::Json10 | Codec::Json11 => {
            response.body.reserve(capacity);
            // An operation without an output answers nothing at all in SQS's way, and `{}` in the others'.
            if operation.output.is_some() || service.name != "sqs" {
                json::write(service, shape, output, &mut response.body);
            }
        }
        Codec::Cbor => {
            response.headers.push("smithy-protocol", "rpc-v2-cbor");
            cbor::write(service, shape, output, &mut response.body);
        }
    }
    if !matches!(codec, Codec::RestXml | Codec::RestJson) {
        response.headers.push("content-type", codec.content_type());
    }
    error_text::identify(&routed.speech, request_id, &mut response.headers);
    if routed.speech.head {
        if response.headers.get("content-length").is_none() {
            response.headers.push("content-length", response.body.len().to_string());
        }
        response.body.clear();
    } else {
        // Whoever sends it counts the bytes; a member of this name only repeats them.
        response.headers.remove("content-length");
    }
    response
}
