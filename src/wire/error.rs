//! Errors as data, and where the model says more of them. How each protocol writes them: [`crate::error_text`].

use crate::message::Routed;
use std::borrow::Cow;
use stratus_model::{Service, Shape, Structure, StructureShape};

/// What goes wrong, in AWS's words.
#[derive(Clone, Debug, PartialEq)]
pub struct Error {
    /// The exception's name in the model, or the code on the wire; where the two differ, the protocol decides which is written.
    pub code: Cow<'static, str>,
    /// The HTTP status. A status that the model has for the error comes before it.
    pub status: u16,
    /// In words. May be empty.
    pub message: String,
    /// The other members that the model has for the error.
    pub members: Structure,
    /// What else stands in the error of XML protocols, in this order: S3's `BucketName`, `Key`, `Resource`… A name in small
    /// letters is a header's: `x-amz-delete-marker`.
    pub details: Vec<(Cow<'static, str>, String)>,
}

impl Error {
    pub fn new(code: impl Into<Cow<'static, str>>, status: u16, message: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            status,
            message: message.into(),
            members: Structure::new(),
            details: Vec::new(),
        }
    }

    /// With one more detail.
    #[must_use]
    pub fn with(mut self, name: impl Into<Cow<'static, str>>, value: impl Into<String>) -> Self {
        self.details.push((name.into(), value.into()));
        self
    }

    /// The answer to an operation that the model has and nobody simulates: 501, ours, and it names the operation.
    pub fn not_implemented(routed: &Routed) -> Self {
        let (service, operation) = (routed.service.name, routed.operation.name);
        let message = format!("The operation {operation} of the service {service} is not simulated.");
        Self::new("NotImplemented", 501, message)
    }
}

/// What the model says of an error.
#[derive(Clone, Copy)]
pub struct Known {
    /// The exception's name.
    pub name: &'static str,
    pub shape: &'static StructureShape,
}

/// The model's shape for a code, which is its name or its code on the wire: of the operation's errors, else of any of the service's.
pub fn known(
    service: &'static Service,
    operation: Option<&'static stratus_model::Operation>,
    code: &str,
) -> Option<Known> {
    let of = |operation: &'static stratus_model::Operation| {
        operation
            .errors
            .iter()
            .find_map(|error| match service.shape(error.shape) {
                Shape::Structure(shape) if error.name == code || wire_code(service, error.name, shape) == code => {
                    Some(Known {
                        name: error.name,
                        shape,
                    })
                }
                _ => None,
            })
    };
    operation
        .and_then(of)
        .or_else(|| service.operations().iter().find_map(of))
}

/// The code of an exception in the query protocol, and in `x-amzn-query-error`.
pub fn wire_code(service: &Service, name: &'static str, shape: &StructureShape) -> &'static str {
    if service.name == "sqs" {
        return crate::sqs::query_code(name);
    }
    shape.error_code.unwrap_or(name)
}
