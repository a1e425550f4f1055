//! What is known of a message before its parameters are read: whose it is, and in which words the answer is given.

use crate::error::Error;
use crate::http::Pairs;
use stratus_model::{Operation, Protocol, Service};

/// A protocol on the wire. What a request speaks decides, not only the model: CloudWatch takes three of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Codec {
    /// EC2's form of the query protocol.
    Ec2Query,
    Query,
    RestXml,
    RestJson,
    Json10,
    Json11,
    /// Smithy RPC v2 CBOR.
    Cbor,
}

impl Codec {
    /// The one that the model names first for a service.
    pub fn of(service: &Service) -> Self {
        match service.protocol {
            Protocol::Ec2 => Codec::Ec2Query,
            Protocol::Query => Codec::Query,
            Protocol::RestXml => Codec::RestXml,
            Protocol::RestJson => Codec::RestJson,
            Protocol::Json if service.json_version == Some("1.1") => Codec::Json11,
            Protocol::Json => Codec::Json10,
            Protocol::Cbor => Codec::Cbor,
        }
    }

    /// The `content-type` of an answer.
    pub fn content_type(self) -> &'static str {
        match self {
            Codec::Ec2Query => "text/xml;charset=UTF-8",
            Codec::Query => "text/xml",
            Codec::RestXml => "application/xml",
            Codec::RestJson => "application/json",
            Codec::Json10 => "application/x-amz-json-1.0",
            Codec::Json11 => "application/x-amz-json-1.1",
            Codec::Cbor => "application/cbor",
        }
    }
}

/// Enough of a request to answer it with an error in the right shape.
#[derive(Clone, Debug)]
pub struct Speech {
    /// `None`: the request says nothing of it.
    pub service: Option<&'static Service>,
    pub codec: Codec,
    /// `None`: not known, or none.
    pub operation: Option<&'static Operation>,
    /// The request is a HEAD: the answer has no body.
    pub head: bool,
    /// The request's path, which S3's errors repeat.
    pub resource: String,
}

impl Speech {
    /// Whether it is S3's: its errors have a shape, and its signatures rules, of their own.
    pub fn is_s3(&self) -> bool {
        self.service.is_some_and(|service| service.name == "s3")
    }
}

/// A request whose operation is known. Its signature and its parameters are still to be looked at.
#[derive(Clone, Debug)]
pub struct Routed {
    pub speech: Speech,
    pub service: &'static Service,
    pub operation: &'static Operation,
    /// As the signature's scope or the host says; `None` where neither does.
    pub region: Option<String>,
    /// What the path and the host hold of the operation's parameters: wire name and decoded text.
    pub(crate) labels: Vec<(&'static str, String)>,
    /// The decoded parameters of the query, or of the form for the query protocols.
    pub(crate) pairs: Pairs,
}

impl Routed {
    /// The bucket that a request of S3's names.
    pub fn bucket(&self) -> Option<&str> {
        let mut labels = self.labels.iter().filter(|_| self.speech.is_s3());
        labels
            .find(|(name, _)| *name == "Bucket")
            .map(|(_, bucket)| bucket.as_str())
    }
}

/// Why there is no answer but an error, and in whose words to say it.
#[derive(Clone, Debug)]
pub struct Refusal {
    pub speech: Speech,
    pub error: Error,
}
