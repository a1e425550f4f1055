//! Errors in each protocol's own shape, and a client's reading of them.
//! Sources: the "Common error types" of each API reference; "REST error responses" of S3; the AWS JSON and Smithy RPC v2 CBOR
//! protocol specifications.

use crate::error::{self, Error, Known, wire_code};
use crate::http::{Headers, Response};
use crate::limits;
use crate::message::{Codec, Speech};
use crate::scalar::Style;
use crate::xml::write::{PROLOGUE, Writer};
use crate::xml::{Spelling, tree};
use crate::{cbor, json, query, rest_xml};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use sha2::{Digest, Sha256};
use stratus_model::{Structure, StructureShape};

/// `Sender` below 500, else `Receiver`.
fn fault(status: u16) -> &'static str {
    if status < 500 { "Sender" } else { "Receiver" }
}

/// Adds the headers that hold the request's id.
pub fn identify(speech: &Speech, request_id: &str, headers: &mut Headers) {
    if speech.is_s3() {
        headers.push("x-amz-request-id", request_id);
        headers.push("x-amz-id-2", host_id(request_id));
    } else {
        headers.push("x-amzn-requestid", request_id);
    }
}

/// S3's second id. AWS says nothing of what it means; here it follows from the first.
fn host_id(request_id: &str) -> String {
    BASE64.encode(Sha256::digest(request_id))
}

/// Whether a detail is a header of the answer (`x-amz-delete-marker`), not an element of its body (`BucketName`).
fn is_header(name: &str) -> bool {
    name.starts_with(|letter: char| letter.is_ascii_lowercase())
}

/// Writes an error. An answer to HEAD has no body, nor has one that says 304.
pub fn encode(speech: &Speech, error: &Error, request_id: &str) -> Response {
    let known = speech
        .service
        .and_then(|service| error::known(service, speech.operation, &error.code));
    let mut response = Response {
        status: known.and_then(|known| known.shape.http_status).unwrap_or(error.status),
        ..Response::default()
    };
    identify(speech, request_id, &mut response.headers);
    for (name, value) in error.details.iter().filter(|(name, _)| is_header(name)) {
        response.headers.push(name.clone(), value);
    }
    let text = ErrorText {
        speech,
        error,
        known,
        status: response.status,
        request_id,
    };
    let body = match speech.codec {
        Codec::Ec2Query => text.ec2(),
        Codec::Query => text.query(query_namespace(speech)),
        Codec::RestXml if speech.is_s3() => text.s3(),
        Codec::RestXml => text.query(Some(rest_xml::ROUTE53_NAMESPACE)),
        Codec::RestJson | Codec::Json10 | Codec::Json11 => {
            text.headers(&mut response.headers);
            text.json()
        }
        Codec::Cbor => {
            text.headers(&mut response.headers);
            text.cbor()
        }
    };
    // 304: what was asked for is as it was.
    if !speech.head && response.status != 304 {
        response.headers.push("content-type", speech.codec.content_type());
        response.body = body;
    }
    response
}

fn query_namespace(speech: &Speech) -> Option<&'static str> {
    speech.service.and_then(query::namespace)
}

struct ErrorText<'a> {
    speech: &'a Speech,
    error: &'a Error,
    known: Option<Known>,
    status: u16,
    request_id: &'a str,
}

impl ErrorText<'_> {
    /// The code in XML.
    fn code(&self) -> &str {
        match (self.speech.service, self.known) {
            (Some(service), Some(known)) => wire_code(service, known.name, known.shape),
            _ => &self.error.code,
        }
    }

    fn writer(&self) -> Writer {
        let style = if self.speech.codec == Codec::RestXml {
            Style::ISO_MILLIS
        } else {
            Style::ISO
        };
        Writer::new(self.speech.service, style, Spelling::PLAIN, 512)
    }

    fn members(&self, writer: &mut Writer) {
        if let Some(known) = self.known {
            let mut members = self.error.members.clone();
            if let Some(member) = message_member(known.shape) {
                members.remove(member);
            }
            writer.members(known.shape, &members);
        }
        for (name, value) in self.error.details.iter().filter(|(name, _)| !is_header(name)) {
            writer.text(name, value);
        }
    }

    fn ec2(&self) -> Vec<u8> {
        let mut writer = self.writer();
        writer.raw(PROLOGUE);
        writer.raw(b"<Response><Errors><Error>");
        writer.text("Code", self.code());
        writer.text("Message", &self.error.message);
        self.members(&mut writer);
        writer.raw(b"</Error></Errors>");
        writer.text("RequestID", self.request_id);
        writer.raw(b"</Response>");
        writer.out
    }

    fn query(&self, namespace: Option<&str>) -> Vec<u8> {
        let mut writer = self.writer();
        if self.speech.codec == Codec::RestXml {
            writer.raw(PROLOGUE);
        }
        writer.open_in("ErrorResponse", namespace);
        writer.open("Error");
        writer.text("Type", fault(self.status));
        writer.text("Code", self.code());
        writer.text("Message", &self.error.message);
        self.members(&mut writer);
        writer.close("Error");
        writer.text("RequestId", self.request_id);
        writer.close("ErrorResponse");
        writer.out
    }

    fn s3(&self) -> Vec<u8> {
        let mut writer = self.writer();
        writer.raw(PROLOGUE);
        writer.open("Error");
        writer.text("Code", self.code());
        writer.text("Message", &self.error.message);
        self.members(&mut writer);
        if !self.error.details.iter().any(|(name, _)| name == "Resource") {
            writer.text("Resource", &self.speech.resource);
        }
        writer.text("RequestId", self.request_id);
        writer.text("HostId", &host_id(self.request_id));
        writer.close("Error");
        writer.out
    }

    /// The exception's name in JSON and CBOR.
    fn name(&self) -> &str {
        self.known.map_or(self.error.code.as_ref(), |known| known.name)
    }

    /// SQS and CloudWatch spoke the query protocol before, and say for older code what its code for the error was.
    fn headers(&self, headers: &mut Headers) {
        headers.push("x-amzn-errortype", self.name());
        if self.speech.codec == Codec::Cbor {
            headers.push("smithy-protocol", "rpc-v2-cbor");
        }
        if self
            .speech
            .service
            .is_some_and(|service| matches!(service.name, "sqs" | "cloudwatch"))
        {
            headers.push("x-amzn-query-error", format!("{};{}", self.code(), fault(self.status)));
        }
    }

    /// The members of the error with its message, and the member that holds the message.
    fn with_message(&self, known: Known) -> Structure {
        let mut members = self.error.members.clone();
        if let Some(member) = message_member(known.shape) {
            members.set(member, self.error.message.as_str());
        }
        // What the error says besides, where it has a member for it.
        for (name, value) in &self.error.details {
            if let Some(member) = known.shape.members.iter().find(|member| member.name.text() == name) {
                members.set(member.name, value.as_str());
            }
        }
        members
    }

    fn json(&self) -> Vec<u8> {
        let mut out = b"{\"__type\":".to_vec();
        json::string(self.name(), &mut out);
        let mut written = Vec::new();
        if let (Some(service), Some(known)) = (self.speech.service, self.known) {
            json::write(service, known.shape, &self.with_message(known), &mut written);
        }
        let has_message = self.known.is_some_and(|known| message_member(known.shape).is_some());
        if !has_message && !self.error.message.is_empty() {
            out.extend_from_slice(b",\"message\":");
            json::string(&self.error.message, &mut out);
        }
        // Without the braces round it.
        let inner = written.get(1..written.len().saturating_sub(1)).unwrap_or_default();
        if !inner.is_empty() {
            out.push(b',');
            out.extend_from_slice(inner);
        }
        out.push(b'}');
        out
    }

    fn cbor(&self) -> Vec<u8> {
        let has_message = self.known.is_some_and(|known| message_member(known.shape).is_some());
        let mut texts = vec![("__type", self.name())];
        if !has_message {
            texts.push(("message", &self.error.message));
        }
        let members = self.known.map(|known| self.with_message(known)).unwrap_or_default();
        let shaped = self.speech.service.zip(self.known);
        let mut out = Vec::new();
        cbor::write_with(
            &texts,
            shaped.map(|(service, known)| (service, known.shape, &members)),
            &mut out,
        );
        out
    }
}

/// What the model calls an error's text: `message` or `Message`.
fn message_member(shape: &StructureShape) -> Option<stratus_model::Name> {
    let mut names = shape.members.iter().map(|member| member.name);
    names.find(|name| name.text().eq_ignore_ascii_case("message"))
}

/// The client side of [`encode`]: code and message, and S3's details.
pub fn decode(speech: &Speech, response: &Response) -> Error {
    let unknown = || Error::new(response.status.to_string(), response.status, "");
    let bare = |name: &str| name.rsplit('#').next().unwrap_or_default().to_string();
    match speech.codec {
        Codec::Ec2Query | Codec::Query | Codec::RestXml => {
            let Ok(root) = tree::parse(&response.body, limits::ELEMENTS) else {
                return unknown();
            };
            let error = [root.child("Errors"), root.child("Error")].into_iter().flatten().next();
            let error = error.map_or(&root, |error| error.child("Error").unwrap_or(error));
            let text = |name: &str| error.child(name).map(|child| child.text.clone()).unwrap_or_default();
            let mut found = Error::new(text("Code"), response.status, text("Message"));
            for child in error.children.iter().filter(|child| child.children.is_empty()) {
                if !matches!(
                    child.name.as_str(),
                    "Code" | "Message" | "Type" | "RequestId" | "HostId"
                ) {
                    found = found.with(child.name.clone(), child.text.clone());
                }
            }
            found
        }
        Codec::RestJson | Codec::Json10 | Codec::Json11 => {
            let Ok(json) = serde_json::from_slice::<serde_json::Value>(&response.body) else {
                return unknown();
            };
            let text = |name: &str| json.get(name).and_then(serde_json::Value::as_str).map(str::to_string);
            let message = text("message").or_else(|| text("Message")).unwrap_or_default();
            Error::new(bare(&text("__type").unwrap_or_default()), response.status, message)
        }
        Codec::Cbor => {
            let texts = cbor::texts(&response.body);
            let text = |name: &str| texts.get(name).cloned();
            let message = text("message").or_else(|| text("Message")).unwrap_or_default();
            Error::new(bare(&text("__type").unwrap_or_default()), response.status, message)
        }
    }
}
