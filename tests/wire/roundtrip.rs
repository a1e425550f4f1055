//! What a client writes a server reads, and the other way round: a full value of every operation of every service, in every
//! protocol that the service speaks.

use crate::example::example;
use stratus_model::{
    Location, Member, Operation, Service, Shape, ShapeId, Structure, StructureShape, TimestampFormat, Value, model,
};
use stratus_wire::{Codec, Error, client, decode, encode_answer, encode_error, route};

/// The protocols of a service: the model's, and what older clients speak.
fn codecs(service: &Service) -> Vec<Codec> {
    match service.name {
        "sqs" => vec![Codec::Json10, Codec::Query],
        "cloudwatch" => vec![Codec::Cbor, Codec::Json10, Codec::Query],
        _ => vec![Codec::of(service)],
    }
}

/// Operations of S3 that look like the ones that have replaced them.
const REPLACED: [&str; 4] = [
    "GetBucketLifecycle",
    "GetBucketNotification",
    "PutBucketLifecycle",
    "PutBucketNotification",
];

/// The value as a protocol can hold it.
struct Holding {
    service: &'static Service,
    codec: Codec,
    /// Of an answer: XML says empty structures and lists there, a form cannot.
    answer: bool,
}

impl Holding {
    fn structure(&self, shape: &'static StructureShape, structure: &Structure) -> Structure {
        let members = shape.members.iter().filter_map(|member| {
            let value = structure.get(member.name)?;
            Some((member.name, self.value(member.shape, member, value)?))
        });
        members.collect()
    }

    fn value(&self, id: ShapeId, member: &'static Member, value: &Value) -> Option<Value> {
        let in_form = !self.answer && matches!(self.codec, Codec::Ec2Query | Codec::Query);
        Some(match (self.service.shape(id), value) {
            (Shape::Structure(shape), Value::Structure(structure)) => {
                let held = self.structure(shape, structure);
                if held.is_empty() && in_form {
                    return None;
                }
                Value::Structure(held)
            }
            (Shape::List(list), Value::List(values)) => {
                let values: Vec<Value> = values
                    .iter()
                    .filter_map(|value| self.value(list.member, member, value))
                    .collect();
                if values.is_empty() && in_form {
                    return None;
                }
                Value::List(values)
            }
            (Shape::Map(map), Value::Map(entries)) => {
                let entries = entries.iter();
                let held =
                    entries.filter_map(|(key, value)| Some((key.clone(), self.value(map.value, member, value)?)));
                Value::Map(held.collect())
            }
            // Whole seconds are all that a header has.
            (Shape::Timestamp(shape), Value::Timestamp(at)) => {
                let header = matches!(member.location, Location::Header | Location::Headers);
                let format = member.timestamp_format.or(shape.format);
                let whole = format == Some(TimestampFormat::Rfc822) || (header && format.is_none());
                Value::Timestamp(if whole { at - at.rem_euclid(1000) } else { *at })
            }
            // XML has no way to say it.
            (Shape::String(_), Value::String(text)) if self.answer => Value::String(text.replace('\0', "\u{fffd}")),
            _ => value.clone(),
        })
    }
}

fn input(service: &'static Service, operation: &'static Operation, codec: Codec) -> Structure {
    let Some(shape) = operation.input else {
        return Structure::new();
    };
    let value = example(service, shape, 0);
    let mut input = value.as_structure().unwrap().clone();
    // Names of buckets are part of the path: a slash would be another path.
    for member in &service.structure(operation.input).members {
        if member.location == Location::Uri && member.name.text() == "Bucket" {
            input.set(member.name, "bucket-1");
        }
        // Digests of the body would have to be right.
        let wire_name = member.wire_name.unwrap_or_default();
        if wire_name == "Content-MD5" || wire_name.starts_with("x-amz-checksum-") {
            input.remove(member.name);
        }
    }
    let holding = Holding {
        service,
        codec,
        answer: false,
    };
    holding.structure(service.structure(operation.input), &input)
}

fn host(service: &Service, operation: &Operation) -> String {
    match operation.name {
        "ListDirectoryBuckets" => "s3express-control.us-east-1.amazonaws.com".to_string(),
        _ => format!("{}.us-east-1.amazonaws.com", service.endpoint_prefix),
    }
}

fn check_input(service: &'static Service, operation: &'static Operation, codec: Codec) -> Result<(), String> {
    let input = input(service, operation, codec);
    let request = client::request(service, operation, codec, &input, &host(service, operation));
    let routed = route(&request).map_err(|refusal| format!("not routed: {:?} {request:?}", refusal.error))?;
    if routed.operation.name != operation.name {
        return Err(format!("routed to {}", routed.operation.name));
    }
    let read = decode(&routed, &request).map_err(|error| format!("not read: {error:?}"))?;
    same(&read, &input)
}

fn same(read: &Structure, written: &Structure) -> Result<(), String> {
    if read == written {
        return Ok(());
    }
    let differing = written.iter().find(|(name, value)| read.get(*name) != Some(value));
    let extra = read.iter().find(|(name, _)| !written.contains(*name));
    Err(match (differing, extra) {
        (Some((name, value)), _) => format!("{name}: wrote {value:?}\n    read {:?}", read.get(name)),
        (None, Some((name, value))) => format!("{name}: read {value:?}, wrote nothing"),
        (None, None) => "the same and not the same".to_string(),
    })
}

fn check_output(service: &'static Service, operation: &'static Operation, codec: Codec) -> Result<(), String> {
    let host = host(service, operation);
    let request = client::request(service, operation, codec, &input(service, operation, codec), &host);
    let routed = route(&request).map_err(|refusal| format!("not routed: {:?}", refusal.error))?;
    let shape = service.structure(operation.output);
    let Some(id) = operation.output else { return Ok(()) };
    let value = example(service, id, 0);
    let mut output = value.as_structure().unwrap().clone();
    for member in &shape.members {
        if member.location == Location::StatusCode {
            output.set(member.name, 200i64);
        }
        // A body of events is not written as values.
        if matches!(service.shape(member.shape), Shape::Structure(inner) if inner.event_stream) {
            output.remove(member.name);
        }
        // An answer to HEAD has no body, any other's length is its body's.
        if request.method != "HEAD" && member.wire_name == Some("Content-Length") {
            output.remove(member.name);
        }
    }
    let holding = Holding {
        service,
        codec,
        answer: true,
    };
    let output = holding.structure(shape, &output);
    let response = encode_answer(&routed, &output, "5f6c1c1e-0000-4000-8000-000000000001");
    let read = client::answer(service, operation, codec, &response)
        .map_err(|error| format!("not read: {error:?}\n{}", String::from_utf8_lossy(&response.body)))?;
    same(&read, &output).map_err(|why| format!("{why}\n{}", String::from_utf8_lossy(&response.body)))
}

fn all(check: fn(&'static Service, &'static Operation, Codec) -> Result<(), String>) {
    let mut faults = Vec::new();
    let mut checked = 0;
    for service in model().services() {
        for codec in codecs(service) {
            for operation in service.operations() {
                if REPLACED.contains(&operation.name) {
                    continue;
                }
                checked += 1;
                if let Err(why) = check(service, operation, codec) {
                    let why: String = why.chars().take(1500).collect();
                    faults.push(format!("{} {} in {codec:?}: {why}", service.name, operation.name));
                }
            }
        }
    }
    assert!(checked > 1900, "{checked}");
    let few = faults.iter().take(12).cloned().collect::<Vec<_>>().join("\n");
    assert!(faults.is_empty(), "{} of {checked}:\n{few}", faults.len());
}

#[test]
fn a_servers_reading_is_what_the_client_wrote() {
    all(check_input);
}

#[test]
fn a_clients_reading_is_what_the_server_wrote() {
    all(check_output);
}

/// Every error that the model lists, with its code and status, in every protocol.
#[test]
fn errors_keep_their_code_and_message() {
    for service in model().services() {
        for codec in codecs(service) {
            for operation in service.operations() {
                for error in &operation.errors {
                    let host = format!("{}.us-east-1.amazonaws.com", service.endpoint_prefix);
                    let request = client::request(service, operation, codec, &input(service, operation, codec), &host);
                    let routed = route(&request).unwrap();
                    let written = Error::new(error.name, 400, "Why & <what>.");
                    let response = encode_error(&routed.speech, &written, "5f6c1c1e-0000-4000-8000-000000000001");
                    assert!(response.status >= 400, "{}", error.name);
                    if request.method == "HEAD" {
                        assert!(response.body.is_empty());
                        continue;
                    }
                    let read = client::answer(service, operation, codec, &response).unwrap_err();
                    let Shape::Structure(shape) = service.shape(error.shape) else {
                        panic!("no structure")
                    };
                    let expected = match codec {
                        Codec::RestJson | Codec::Json10 | Codec::Json11 | Codec::Cbor => error.name,
                        _ if service.name == "sqs" => read.code.as_ref(),
                        _ => shape.error_code.unwrap_or(error.name),
                    };
                    assert_eq!(read.code, expected, "{} {}", service.name, operation.name);
                    assert_eq!(read.message, "Why & <what>.", "{} {}", service.name, error.name);
                }
            }
        }
    }
}
