//! The client's side of each protocol: requests from parameters, answers to values. For tests and for tools of ours; nothing
//! is signed here, that is [`crate::sigv4`].

use crate::error::Error;
use crate::http::{Request, Response};
use crate::message::{Codec, Speech};
use crate::xml::tree;
use crate::{cbor, ec2_query, error_text, json, limits, query, rest_json, rest_xml};
use stratus_model::limits::ANSWER_VALUES;
use stratus_model::{Operation, Service, Structure};

/// A call of an operation, in a protocol, to a host. The path is S3's path-style one.
pub fn request(
    service: &'static Service,
    operation: &'static Operation,
    codec: Codec,
    input: &Structure,
    host: &str,
) -> Request {
    let shape = service.structure(operation.input);
    let mut request = Request {
        method: "POST".to_string(),
        path: "/".to_string(),
        ..Request::default()
    };
    let mut kind = codec.content_type();
    match codec {
        Codec::Ec2Query | Codec::Query => {
            kind = "application/x-www-form-urlencoded; charset=utf-8";
            request.body = match codec {
                Codec::Ec2Query => ec2_query::encode_input(service, operation, input),
                _ => query::encode_input(service, operation, input),
            };
        }
        Codec::RestXml => {
            request = rest_xml::encode_input(service, operation, input);
            kind = "";
        }
        Codec::RestJson => {
            request = rest_json::encode_input(service, operation, input);
            kind = "";
        }
        Codec::Json10 | Codec::Json11 => {
            let target = format!("{}.{}", service.target_prefix.unwrap_or_default(), operation.name);
            request.headers.push("x-amz-target", target);
            json::write(service, shape, input, &mut request.body);
        }
        Codec::Cbor => {
            let service_name = service.target_prefix.unwrap_or_default();
            request.path = format!("/service/{service_name}/operation/{}", operation.name);
            request.headers.push("smithy-protocol", "rpc-v2-cbor");
            cbor::write(service, shape, input, &mut request.body);
        }
    }
    request.headers.push("host", host);
    if !kind.is_empty() {
        request.headers.push("content-type", kind);
    }
    request
}

/// What an answer says.
///
/// # Errors
/// The error that the answer is; `SerializationException` for an answer that is not as the model says.
pub fn answer(
    service: &'static Service,
    operation: &'static Operation,
    codec: Codec,
    response: &Response,
) -> Result<Structure, Error> {
    let shape = service.structure(operation.output);
    if response.status >= 300 {
        let speech = Speech {
            service: Some(service),
            codec,
            operation: Some(operation),
            head: false,
            resource: String::new(),
        };
        return Err(error_text::decode(&speech, response));
    }
    let wrong = || {
        Error::new(
            "SerializationException",
            response.status,
            "The answer is not as the model says.",
        )
    };
    if response.body.len() > limits::ANSWER_BYTES {
        return Err(wrong());
    }
    let root = || tree::parse(&response.body, limits::ANSWER_ELEMENTS).map_err(|_| wrong());
    match codec {
        Codec::Ec2Query => ec2_query::decode_output(service, operation, &root()?).ok_or_else(wrong),
        Codec::Query => query::decode_output(service, operation, &root()?).ok_or_else(wrong),
        Codec::RestXml => rest_xml::decode_output(service, operation, response).ok_or_else(wrong),
        Codec::RestJson => rest_json::decode_output(service, operation, response),
        Codec::Json10 | Codec::Json11 => json::read(service, shape, &response.body, ANSWER_VALUES),
        Codec::Cbor => cbor::read(service, shape, &response.body, ANSWER_VALUES),
    }
}
