//! Whatever comes over the wire, read as a server reads it, and an answer as a client does. One function with two drivers:
//! libFuzzer (`targets/`), one target a codec, and on every machine a bounded number of mutations (`wire_main.rs`).
//!
//! What may never happen: a panic; a refusal without AWS's code or with a status that says that it went well; values that
//! were read and, written, are read as others.

use stratus_model::{Location, Operation, Service, Shape, Structure, Value, model};
use stratus_wire::sigv4::{Secret, verify, verify_form};
use stratus_wire::{Codec, Error, Request, Response, client, decode, encode_error, post, route};

/// The time of whatever comes.
const NOW: i64 = 1_740_992_400_000;

/// What is fuzzed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    Ec2Query,
    Query,
    RestXml,
    RestJson,
    Json,
    Cbor,
    /// Requests as they come, with their routing and signatures.
    Whole,
}

/// All of them.
pub const TARGETS: [Target; 7] = [
    Target::Ec2Query,
    Target::Query,
    Target::RestXml,
    Target::RestJson,
    Target::Json,
    Target::Cbor,
    Target::Whole,
];

/// How an input was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Taken {
    Read,
    Refused,
    NotRouted,
}

impl Target {
    /// The protocol that it reads.
    pub fn codec(self) -> Codec {
        match self {
            Target::Ec2Query => Codec::Ec2Query,
            Target::Query => Codec::Query,
            Target::RestXml | Target::Whole => Codec::RestXml,
            Target::RestJson => Codec::RestJson,
            Target::Json => Codec::Json11,
            Target::Cbor => Codec::Cbor,
        }
    }

    /// The services whose operations are tried.
    pub fn services(self) -> &'static [&'static str] {
        match self {
            Target::Ec2Query => &["ec2"],
            Target::Query => &["iam", "cloudformation", "sns", "sqs"],
            Target::RestXml | Target::Whole => &["s3", "route53"],
            Target::RestJson => &["ebs", "rbin", "dlm"],
            Target::Json => &["ssm", "sqs", "ce"],
            Target::Cbor => &["cloudwatch"],
        }
    }
}

/// Two bytes choose the operation, the rest is its body. [`Target::Whole`]: lines of a request.
pub fn read(target: Target, data: &[u8]) -> Taken {
    if target == Target::Whole {
        return whole(data);
    }
    let (choice, body) = data.split_at_checked(2).unwrap_or((&[0, 0], data));
    let codec = target.codec();
    let names = target.services();
    let service = model()
        .service(names[usize::from(choice[0]) % names.len()])
        .expect("a service of the model");
    let operations = service.operations();
    let operation = &operations[(usize::from(choice[0]) * 256 + usize::from(choice[1])) % operations.len()];
    let mut request = client::request(service, operation, codec, &outside(service, operation), &host(service));
    match codec {
        Codec::Ec2Query | Codec::Query => request.body.extend_from_slice(body),
        _ => request.body = body.to_vec(),
    }
    for status in [200, 400] {
        let response = Response {
            status,
            body: body.to_vec(),
            ..Response::default()
        };
        let _ = client::answer(service, operation, codec, &response);
    }
    server(&request)
}

/// What must stand outside the body, so that the request is this operation's.
fn outside(service: &'static Service, operation: &Operation) -> Structure {
    let members = &service.structure(operation.input).members;
    let outside = members
        .iter()
        .filter(|member| member.required && member.location != Location::Body);
    let texts = outside.filter_map(|member| {
        let value = match service.shape(member.shape) {
            Shape::Integer(_) | Shape::Long(_) => Value::Integer(1),
            _ => Value::String("1".to_string()),
        };
        Some((member.name, value)).filter(|_| !matches!(service.shape(member.shape), Shape::List(_)))
    });
    texts.collect()
}

fn host(service: &Service) -> String {
    format!("{}.us-east-1.amazonaws.com", service.endpoint_prefix)
}

fn refused(error: &Error, response: &Response) {
    assert!(!error.code.is_empty(), "no code");
    assert!((400..=501).contains(&response.status), "{}", response.status);
}

fn server(request: &Request) -> Taken {
    if post::is_form(request) {
        form(request);
    }
    let routed = match route(request) {
        Ok(routed) => routed,
        Err(refusal) => {
            refused(&refusal.error, &encode_error(&refusal.speech, &refusal.error, "id"));
            return Taken::NotRouted;
        }
    };
    let mut lookup = |_: &str, _: Option<&str>| Some(Secret("secret".to_string()));
    if let Err(why) = verify(&routed.speech, request, NOW, &mut lookup) {
        refused(&why.error, &encode_error(&routed.speech, &why.error, "id"));
    }
    match decode(&routed, request) {
        Ok(input) => {
            let (service, operation, codec) = (routed.service, routed.operation, routed.speech.codec);
            let again = client::request(service, operation, codec, &input, &host(service));
            // The other protocols have no way to write all that can be read: an empty list, a line break in a header.
            if matches!(codec, Codec::Json10 | Codec::Json11 | Codec::Cbor) {
                let routed = route(&again).expect("its own request is not routed");
                assert_eq!(decode(&routed, &again).as_ref(), Ok(&input), "it is read as another");
            }
            Taken::Read
        }
        Err(error) => {
            refused(&error, &encode_error(&routed.speech, &error, "id"));
            Taken::Refused
        }
    }
}

/// An upload by a form, which is no operation of the model's.
fn form(request: &Request) {
    let form = match post::read(request) {
        Ok(form) => form,
        Err(error) => return assert!((400..500).contains(&error.status), "{}", error.status),
    };
    let _ = form.check("bucket", NOW);
    if let Ok(put) = form.put("bucket") {
        let routed = route(&put).expect("it is a PutObject");
        let _ = decode(&routed, &put);
        let mut lookup = |_: &str, _: Option<&str>| Some(Secret("secret".to_string()));
        let _ = verify_form(&routed.speech, &form, &mut lookup);
    }
}

fn whole(data: &[u8]) -> Taken {
    let blank = data.windows(2).position(|pair| pair == b"\n\n");
    let (head, body) = data.split_at(blank.unwrap_or(data.len()));
    let head = String::from_utf8_lossy(head).into_owned();
    let mut lines = head.lines();
    let first = lines.next().unwrap_or_default().to_string();
    let (method, target) = first.split_once(' ').unwrap_or(("GET", &first));
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let headers = lines.filter_map(|line| line.split_once(':'));
    server(&Request {
        method: method.to_string(),
        path: path.to_string(),
        query: query.to_string(),
        headers: headers
            .map(|(name, value)| (name.to_string(), value.to_string()))
            .collect(),
        body: body.strip_prefix(b"\n\n").unwrap_or_default().to_vec(),
    })
}
