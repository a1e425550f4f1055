//! The query protocol: parameters in a form, answers in XML inside `…Result`, with the request's id in `ResponseMetadata`.

use crate::error::Error;
use crate::form::{self, Names};
use crate::http::Pairs;
use crate::message::Codec;
use crate::scalar::Style;
use crate::sqs;
use crate::xml::read::Reader;
use crate::xml::write::Writer;
use crate::xml::{Spelling, tree::Element};
use stratus_model::{Operation, Service, Structure};

/// # Errors
/// As [`form::decode`].
pub fn decode_input(
    service: &'static Service,
    operation: &'static Operation,
    pairs: &Pairs,
) -> Result<Structure, Error> {
    form::decode(names(service, operation), pairs)
}

pub fn encode_input(service: &'static Service, operation: &'static Operation, input: &Structure) -> Vec<u8> {
    form::encode(names(service, operation), input)
}

fn names(service: &'static Service, operation: &'static Operation) -> Names {
    Names {
        service,
        operation,
        codec: Codec::Query,
    }
}

/// The namespace of a service's answers.
pub fn namespace(service: &Service) -> Option<&'static str> {
    service
        .xml_namespace
        .or((service.name == "sqs").then_some(sqs::NAMESPACE))
}

/// The element that holds the result; `None` for an operation without one.
fn wrapper(operation: &Operation) -> Option<String> {
    operation.output?;
    let of_model = operation.output_body.wrapper.map(str::to_string);
    Some(of_model.unwrap_or_else(|| format!("{}Result", operation.name)))
}

pub fn encode_output(
    service: &'static Service,
    operation: &'static Operation,
    output: &Structure,
    request_id: &str,
    capacity: usize,
) -> Vec<u8> {
    let mut writer = Writer::new(service, Style::ISO, Spelling::of(operation), capacity);
    let root = format!("{}Response", operation.name);
    writer.open_in(&root, namespace(service));
    writer.raw(b"\n");
    if let Some(wrapper) = wrapper(operation) {
        writer.open(&wrapper);
        writer.members(service.structure(operation.output), output);
        writer.close(&wrapper);
        writer.raw(b"\n");
    }
    writer.open("ResponseMetadata");
    writer.text("RequestId", request_id);
    writer.close("ResponseMetadata");
    writer.raw(b"\n");
    writer.close(&root);
    writer.out
}

/// The client side of [`encode_output`]. `None` for what is not as the model says.
pub fn decode_output(service: &'static Service, operation: &'static Operation, root: &Element) -> Option<Structure> {
    let Some(wrapper) = wrapper(operation) else {
        return Some(Structure::new());
    };
    let reader = Reader {
        service,
        spelling: Spelling::of(operation),
        lenient: true,
    };
    reader
        .structure(service.structure(operation.output), root.child(&wrapper)?)
        .ok()
}
