//! REST-XML, as S3 and Route 53 speak it: some values in the path, the query and the headers, the rest as XML or as the body.

use crate::body;
use crate::checksum;
use crate::error::Error;
use crate::http::{Headers, Request, Response};
use crate::limits;
use crate::message::Routed;
use crate::rest::{self, Outside};
use crate::scalar::{self, Style};
use crate::xml::read::{Reader, Wrong};
use crate::xml::tree::{self, Element, Malformed};
use crate::xml::write::{PROLOGUE, Writer};
use crate::xml::{Spelling, read};
use std::borrow::Cow;
use stratus_model::{Location, Member, Operation, Service, Shape, Structure, StructureShape, Value, field};

/// Reads a request's parameters.
///
/// # Errors
/// AWS's codes: `MalformedXML` (S3) or `InvalidInput` for a body that is not as the model says, `MissingRequestBodyError` for
/// one that is not there, and those of [`body::object`].
pub fn decode_input(routed: &Routed, request: &Request) -> Result<Structure, Error> {
    let service = routed.service;
    let shape = service.structure(routed.operation.input);
    let is_s3 = routed.speech.is_s3();
    let body = if is_s3 {
        let body = body::object(request, routed.operation.name != "CompleteMultipartUpload")?;
        if routed.operation.name == "DeleteObjects" && !checksum::is_there(&[&request.headers, &body.trailers]) {
            let text = "Missing required header for this request: Content-MD5 OR x-amz-checksum-*";
            return Err(Error::new("InvalidRequest", 400, text));
        }
        body
    } else {
        body::Body {
            bytes: body::parameters(request)?,
            trailers: Headers::new(),
            chunked: false,
        }
    };
    let outside = Outside {
        service,
        labels: &routed.labels,
        pairs: &routed.pairs,
        headers: &request.headers,
        trailers: &body.trailers,
    };
    let mut input = read_outside(&outside, shape)?;
    if body.chunked {
        unchunked(shape, &mut input, body.bytes.len());
    }
    if let Some(payload) = shape.payload.and_then(|name| shape.member(name)) {
        if let Some(value) = read_payload(service, payload, &body.bytes)? {
            input.set(payload.name, value);
        }
    } else if shape.members.iter().any(|member| member.location == Location::Body) && !body.bytes.is_empty() {
        let root = parse(service, &body.bytes)?;
        if let Some(name) = routed.operation.input_body.wire_name {
            rooted(service, &root, name)?;
        }
        let reader = reader(service, false);
        for (name, value) in reader
            .structure(shape, &root)
            .map_err(|wrong| refused(service, wrong))?
        {
            input.set(name, value);
        }
    }
    Ok(input)
}

pub(crate) fn read_outside(outside: &Outside<'_>, shape: &'static StructureShape) -> Result<Structure, Error> {
    let mut structure = Structure::new();
    for member in &shape.members {
        if let Some(value) = outside.read(member)? {
            structure.set(member.name, value);
        }
    }
    Ok(structure)
}

/// What a chunked message says of its coding and its length is not the object's.
fn unchunked(shape: &StructureShape, input: &mut Structure, length: usize) {
    if let Some(Value::String(coding)) = input.remove(field::CONTENT_ENCODING) {
        let kept: Vec<&str> = coding
            .split(',')
            .map(str::trim)
            .filter(|coding| *coding != "aws-chunked")
            .collect();
        let kept = kept.join(",");
        if !kept.is_empty() {
            input.set(field::CONTENT_ENCODING, kept);
        }
    }
    if shape.member(field::CONTENT_LENGTH).is_some() {
        input.set(field::CONTENT_LENGTH, i64::try_from(length).unwrap_or(i64::MAX));
    }
}

fn reader(service: &'static Service, lenient: bool) -> Reader {
    Reader {
        service,
        spelling: Spelling::PLAIN,
        lenient,
    }
}

fn read_payload(service: &'static Service, payload: &'static Member, bytes: &[u8]) -> Result<Option<Value>, Error> {
    match service.shape(payload.shape) {
        Shape::Blob(_) => Ok(Some(Value::Blob(bytes.to_vec()))),
        Shape::String(_) if bytes.is_empty() => Ok(None),
        Shape::String(_) => {
            let text = std::str::from_utf8(bytes).map_err(|_| malformed(service))?;
            Ok(Some(Value::String(text.to_string())))
        }
        _ if bytes.is_empty() && payload.required => {
            Err(Error::new("MissingRequestBodyError", 400, "Request Body is empty"))
        }
        _ if bytes.is_empty() => Ok(None),
        _ => {
            let root = parse(service, bytes)?;
            rooted(service, &root, payload.wire_name.unwrap_or(payload.name.text()))?;
            let value = reader(service, false).value(payload.shape, payload, &root);
            value.map(Some).map_err(|wrong| refused(service, wrong))
        }
    }
}

fn parse(service: &Service, bytes: &[u8]) -> Result<Element, Error> {
    if bytes.len() > limits::BODY_BYTES {
        return Err(malformed(service));
    }
    tree::parse(bytes, limits::ELEMENTS).map_err(|malformed_as| match malformed_as {
        Malformed::Syntax => malformed(service),
        Malformed::TooLarge if service.name == "s3" => {
            let message = "Your request was too big.";
            Error::new("MaxMessageLengthExceeded", 400, message)
        }
        Malformed::TooLarge => malformed(service),
    })
}

/// That a document is the one that the operation takes.
fn rooted(service: &Service, root: &Element, name: &str) -> Result<(), Error> {
    match root.name == name {
        true => Ok(()),
        false => Err(refused(service, Wrong::Unexpected(root.name.clone()))),
    }
}

fn malformed(service: &Service) -> Error {
    if service.name == "s3" {
        let message = "The XML you provided was not well-formed or did not validate against our published schema";
        return Error::new("MalformedXML", 400, message);
    }
    Error::new("MalformedInput", 400, "The request's XML is not well-formed.")
}

fn refused(service: &Service, wrong: read::Wrong) -> Error {
    if service.name == "s3" {
        return malformed(service);
    }
    let message = match wrong {
        Wrong::Unexpected(name) => format!("Invalid XML ; unexpected element {name}"),
        Wrong::Value { name, text } => format!("Invalid XML ; {text} is no value of {name}"),
    };
    Error::new("InvalidInput", 400, message)
}

/// Writes an answer: its status, its headers, its body.
pub fn encode_output(
    service: &'static Service,
    operation: &'static Operation,
    output: &Structure,
    capacity: usize,
) -> Response {
    let shape = service.structure(operation.output);
    let mut response = Response {
        status: operation.http_code,
        ..Response::default()
    };
    let status = shape
        .members
        .iter()
        .find(|member| member.location == Location::StatusCode);
    if let Some(status) = status.and_then(|member| output.integer(member.name)) {
        response.status = u16::try_from(status).unwrap_or(operation.http_code);
    } else if output.contains(field::CONTENT_RANGE) {
        response.status = 206;
    }
    rest::write_headers(service, &shape.members, output, &mut response.headers);
    let in_body = |member: &&Member| member.location == Location::Body;
    if let Some(payload) = shape.payload.and_then(|name| shape.member(name)) {
        write_payload(service, payload, output, &mut response);
    } else if service.name == "s3" && operation.name == "GetBucketLocation" {
        response.body = location(output);
    } else if shape.members.iter().any(|member| in_body(&member)) {
        let mut writer = Writer::new(service, Style::ISO_MILLIS, Spelling::PLAIN, capacity);
        let root = root(service, operation);
        writer.raw(PROLOGUE);
        writer.open_in(&root, namespace(service));
        writer.members(shape, output);
        writer.close(&root);
        response.body = writer.out;
    }
    if !response.body.is_empty() && response.headers.get("content-type").is_none() {
        response.headers.push("content-type", "application/xml");
    }
    response
}

fn write_payload(service: &'static Service, payload: &'static Member, output: &Structure, response: &mut Response) {
    match output.get(payload.name) {
        Some(Value::Blob(bytes)) => {
            response.body = bytes.clone();
            // What is not said to be anything is bytes.
            if response.headers.get("content-type").is_none() {
                response.headers.push("content-type", "binary/octet-stream");
            }
        }
        Some(Value::String(text)) => {
            response.body = text.as_bytes().to_vec();
            response.headers.push("content-type", "application/json");
        }
        Some(value) => {
            let mut writer = Writer::new(service, Style::ISO_MILLIS, Spelling::PLAIN, 1024);
            writer.raw(PROLOGUE);
            if let (Shape::Structure(shape), Value::Structure(structure)) = (service.shape(payload.shape), value) {
                let name = payload.wire_name.unwrap_or(payload.name.text());
                writer.open_in(name, payload.xml_namespace.or(namespace(service)));
                writer.members(shape, structure);
                writer.close(name);
            } else {
                writer.member(payload, value);
            }
            response.body = writer.out;
        }
        None => {}
    }
}

/// The namespace of a service's answers.
fn namespace(service: &Service) -> Option<&'static str> {
    match service.name {
        "s3" => Some("http://s3.amazonaws.com/doc/2006-03-01/"),
        "route53" => Some(ROUTE53_NAMESPACE),
        _ => service.xml_namespace,
    }
}

/// Also of Route 53's errors.
pub const ROUTE53_NAMESPACE: &str = "https://route53.amazonaws.com/doc/2013-04-01/";

/// The root of an answer. S3's are in its API reference only, the model does not have them.
fn root(service: &Service, operation: &Operation) -> Cow<'static, str> {
    if service.name != "s3" {
        return format!("{}Response", operation.name).into();
    }
    let known = match operation.name {
        "CompleteMultipartUpload" => "CompleteMultipartUploadResult",
        "CreateMultipartUpload" => "InitiateMultipartUploadResult",
        "CreateSession" => "CreateSessionResult",
        "DeleteObjects" => "DeleteResult",
        "GetBucketAccelerateConfiguration" => "AccelerateConfiguration",
        "GetBucketAcl" | "GetObjectAcl" => "AccessControlPolicy",
        "GetBucketCors" => "CORSConfiguration",
        "GetBucketLifecycle" | "GetBucketLifecycleConfiguration" => "LifecycleConfiguration",
        "GetBucketLogging" => "BucketLoggingStatus",
        "GetBucketNotification" | "GetBucketNotificationConfiguration" => "NotificationConfiguration",
        "GetBucketRequestPayment" => "RequestPaymentConfiguration",
        "GetBucketTagging" | "GetObjectTagging" => "Tagging",
        "GetBucketVersioning" => "VersioningConfiguration",
        "GetBucketWebsite" => "WebsiteConfiguration",
        "GetObjectAttributes" => "GetObjectAttributesResponse",
        "ListBucketAnalyticsConfigurations" => "ListBucketAnalyticsConfigurationResult",
        "ListBucketInventoryConfigurations" => "ListInventoryConfigurationsResult",
        "ListBucketMetricsConfigurations" => "ListMetricsConfigurationsResult",
        "ListBuckets" => "ListAllMyBucketsResult",
        "ListDirectoryBuckets" => "ListAllMyDirectoryBucketsResult",
        "ListMultipartUploads" => "ListMultipartUploadsResult",
        "ListObjectVersions" => "ListVersionsResult",
        "ListObjects" | "ListObjectsV2" => "ListBucketResult",
        "ListParts" => "ListPartsResult",
        other => return format!("{other}Result").into(),
    };
    Cow::Borrowed(known)
}

/// GetBucketLocation's answer is a text without an element round it, and no text for us-east-1.
fn location(output: &Structure) -> Vec<u8> {
    let mut body = PROLOGUE.to_vec();
    body.extend_from_slice(b"<LocationConstraint xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"");
    match output
        .text(field::LOCATION_CONSTRAINT)
        .filter(|region| !region.is_empty())
    {
        Some(region) => {
            body.push(b'>');
            crate::xml::write::escape(region.as_bytes(), &mut body);
            body.extend_from_slice(b"</LocationConstraint>");
        }
        None => body.extend_from_slice(b"/>"),
    }
    body
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
    let mut writer = Writer::new(service, Style::ISO, Spelling::PLAIN, 1024);
    if let Some(payload) = shape.payload.and_then(|name| shape.member(name)) {
        match input.get(payload.name) {
            Some(Value::Blob(bytes)) => request.body = bytes.clone(),
            Some(Value::String(text)) => request.body = text.as_bytes().to_vec(),
            Some(value) => {
                if let (Shape::Structure(inner), Value::Structure(structure)) = (service.shape(payload.shape), value) {
                    let name = payload.wire_name.unwrap_or(payload.name.text());
                    writer.open_in(name, payload.xml_namespace);
                    writer.members(inner, structure);
                    writer.close(name);
                }
                request.body = writer.out;
            }
            None => {}
        }
    } else if shape.members.iter().any(|member| member.location == Location::Body) {
        let root = operation.input_body.wire_name.unwrap_or("Request");
        writer.open_in(root, operation.input_body.xml_namespace);
        writer.members(shape, input);
        writer.close(root);
        request.body = writer.out;
    }
    if operation.name == "DeleteObjects" {
        request
            .headers
            .push("content-md5", checksum::content_md5(&request.body));
    }
    request
}

/// The client side of [`encode_output`]. `None` for what is not as the model says.
pub fn decode_output(
    service: &'static Service,
    operation: &'static Operation,
    response: &Response,
) -> Option<Structure> {
    let shape = service.structure(operation.output);
    let none = Headers::new();
    let outside = Outside {
        service,
        labels: &[],
        pairs: &Vec::new(),
        headers: &response.headers,
        trailers: &none,
    };
    let mut output = read_outside(&outside, shape).ok()?;
    for member in shape
        .members
        .iter()
        .filter(|member| member.location == Location::StatusCode)
    {
        output.set(member.name, i64::from(response.status));
    }
    let root = || tree::parse(&response.body, limits::ANSWER_ELEMENTS).ok();
    if let Some(payload) = shape.payload.and_then(|name| shape.member(name)) {
        match service.shape(payload.shape) {
            kind @ (Shape::Blob(_) | Shape::String(_)) => {
                let text = || String::from_utf8_lossy(&response.body);
                let value = match kind {
                    Shape::Blob(_) => Some(Value::Blob(response.body.clone())),
                    kind => scalar::read(kind, &text()),
                };
                output.set(payload.name, value?);
            }
            _ if response.body.is_empty() => {}
            _ => {
                let value = reader(service, true).value(payload.shape, payload, &root()?).ok()?;
                output.set(payload.name, value);
            }
        }
    } else if service.name == "s3" && operation.name == "GetBucketLocation" {
        let region = root()?.text;
        if !region.is_empty() {
            output.set(field::LOCATION_CONSTRAINT, region);
        }
    } else if !response.body.is_empty() {
        for (name, value) in reader(service, true).structure(shape, &root()?).ok()? {
            output.set(name, value);
        }
    }
    Some(output)
}
