//! "Show as": any call as text that makes it, in the language that somebody works in. One door, [`show`], for every button
//! and line of the page and for tests; a further language is a variant and a module.
//!
//! The text does what the call does: nothing is left out (but a token that the terminal drew) or added, and what a tool does to parameters on the way (base64,
//! percent escapes, files) is undone here. Nothing here calls anything.

mod aws_cli;
mod boto3;
mod calls;

pub use aws_cli::literal;
pub use calls::{Read, read};

use crate::customised;
use crate::tokens;
use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use std::borrow::Cow;
use stratus_engine::catalog::Region;
use stratus_model::{Member, Operation, Service, Shape, Structure, Value, field, model};

/// The file of user data that is no text.
const USER_DATA_FILE: &str = "user-data";

/// What a call can be shown as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// A command of the AWS CLI, version 2; of our own program `stratus` for what AWS has no API for.
    #[default]
    AwsCli,
    /// A Python program with boto3.
    Boto3,
}

impl Language {
    /// All of them, in the order of a choice.
    pub const ALL: [Language; 2] = [Language::AwsCli, Language::Boto3];

    /// What a person calls it.
    pub fn words(self) -> &'static str {
        match self {
            Language::AwsCli => "AWS CLI",
            Language::Boto3 => "Python (boto3)",
        }
    }

    /// The name under which a choice is remembered.
    pub fn name(self) -> &'static str {
        match self {
            Language::AwsCli => "aws-cli",
            Language::Boto3 => "boto3",
        }
    }

    /// The language of a [name](Self::name); the AWS CLI for any other text.
    pub fn parse(name: &str) -> Language {
        Language::ALL
            .into_iter()
            .find(|language| language.name() == name)
            .unwrap_or_default()
    }
}

/// A call to be shown.
#[derive(Clone, Copy, Debug)]
pub struct ShownCall<'a> {
    /// Which Region is asked.
    pub region: Region,
    /// The service, as the model names it.
    pub service: &'a str,
    /// The operation, as the API names it.
    pub operation: &'a str,
    /// Its parameters.
    pub params: &'a Structure,
}

/// The text that makes this call: one command of the AWS CLI, or a whole Python program. A service or an operation that the
/// model does not have gives its bare name, without parameters. Calls of `stratus`, which no SDK knows, are the same command
/// in each language.
pub fn show(language: Language, call: ShownCall<'_>) -> String {
    let known = model().service(call.service);
    let known = known.and_then(|service| Some((service, service.operation(call.operation)?)));
    let kept = known.and_then(|(service, operation)| tokens::without(service, operation, call.params));
    let call = ShownCall {
        params: kept.as_ref().unwrap_or(call.params),
        ..call
    };
    match language {
        Language::Boto3 if call.service != "stratus" => boto3::text(call),
        _ => aws_cli::text(call),
    }
}

/// A call in every language, in the order of [`Language::ALL`].
pub fn show_all(call: ShownCall<'_>) -> Vec<(Language, String)> {
    Language::ALL
        .into_iter()
        .map(|language| (language, show(language, call)))
        .collect()
}

/// The command that makes this call. It runs as it stands in the page's terminal and, `stratus` apart, at AWS.
pub fn command(region: Region, service: &str, operation: &str, params: &Structure) -> String {
    show(
        Language::AwsCli,
        ShownCall {
            region,
            service,
            operation,
            params,
        },
    )
}

/// The file that a shown text of this call reads its bytes from: its name in the tray, and the bytes. An object's body, or
/// user data that is no text.
pub fn tray_file(params: &Structure) -> Option<(String, Cow<'_, [u8]>)> {
    if let Some(Value::Blob(bytes)) = params.get(field::BODY) {
        return Some((file_name(params), Cow::Borrowed(bytes)));
    }
    match decoded(params.text(field::USER_DATA)?)? {
        Value::Blob(bytes) => Some((USER_DATA_FILE.into(), Cow::Owned(bytes))),
        _ => None,
    }
}

/// The file that holds an object's bytes in the tray: the last part of its key.
fn file_name(params: &Structure) -> String {
    let key = params.text(field::KEY).unwrap_or("object");
    key.rsplit('/')
        .find(|part| !part.is_empty())
        .unwrap_or("object")
        .to_owned()
}

/// The model's service and operation of a call.
fn known(call: &ShownCall<'_>) -> Option<(&'static Service, &'static Operation)> {
    let service = model().service(call.service)?;
    Some((service, service.operation(call.operation)?))
}

/// Whether a member's bytes are streamed: the AWS CLI takes or leaves them as a file.
fn is_streaming(service: &Service, member: &Member) -> bool {
    matches!(service.shape(member.shape), Shape::Blob(shape) if shape.streaming || member.streaming)
}

/// A text that the AWS SDKs change on the way, as it has to be given to them; `None` where they leave it alone.
fn before_sdk(operation: &Operation, member: &Member, value: &Value) -> Option<Value> {
    let text = value.as_text()?;
    match (operation.service, operation.name, member.name.text()) {
        (_, name, member) if customised::is_encoded(name, member) => decoded(text),
        // They put percent escapes into it.
        ("s3", "CopyObject" | "UploadPartCopy", "CopySource") => unescaped(text).map(Value::String),
        _ => None,
    }
}

/// What base64 stands for: a text, or bytes that are none; `None` where it is no base64.
fn decoded(text: &str) -> Option<Value> {
    let bytes = BASE64.decode(text).ok()?;
    Some(String::from_utf8(bytes).map_or_else(|error| Value::Blob(error.into_bytes()), Value::String))
}

/// A text without its percent escapes; `None` where they are none.
fn unescaped(text: &str) -> Option<String> {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let digits = [bytes.next()?, bytes.next()?];
            let digits = std::str::from_utf8(&digits).ok()?.to_owned();
            out.push(u8::from_str_radix(&digits, 16).ok()?);
        } else {
            out.push(byte);
        }
    }
    String::from_utf8(out).ok()
}
