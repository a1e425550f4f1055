//! EC2's form of the query protocol: parameters in a form, answers in XML with small first letters.

use crate::error::Error;
use crate::form::{self, Names};
use crate::http::Pairs;
use crate::message::Codec;
use crate::scalar::Style;
use crate::xml::read::Reader;
use crate::xml::write::{PROLOGUE, Writer};
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
        codec: Codec::Ec2Query,
    }
}

/// The namespace ends in a slash on the wire; the model's does not.
fn namespace(service: &Service) -> String {
    let namespace = service.xml_namespace.unwrap_or_default().trim_end_matches('/');
    [namespace, "/"].concat()
}

pub fn encode_output(
    service: &'static Service,
    operation: &'static Operation,
    output: &Structure,
    request_id: &str,
    capacity: usize,
) -> Vec<u8> {
    let mut writer = Writer::new(service, Style::ISO_MILLIS, Spelling::PLAIN, capacity);
    let root = [operation.name, "Response"].concat();
    writer.raw(PROLOGUE);
    writer.open_in(&root, Some(&namespace(service)));
    writer.text("requestId", request_id);
    writer.members(service.structure(operation.output), output);
    writer.close(&root);
    writer.out
}

/// The client side of [`encode_output`]. `None` for what is not as the model says.
pub fn decode_output(service: &'static Service, operation: &'static Operation, root: &Element) -> Option<Structure> {
    let reader = Reader {
        service,
        spelling: Spelling::PLAIN,
        lenient: true,
    };
    reader.structure(service.structure(operation.output), root).ok()
}
