//! Whose request it is: service, operation and protocol, from the host, the path, the target header, the parameters and the
//! signature's scope. Nothing of the signature is verified here.
//!
//! What decides, in this order: a Smithy RPC path; `x-amz-target`; the service in the signature's scope; the host's name;
//! a path of Route 53's; an `Action`; what looks like a bucket.

use crate::error::Error;
use crate::http::{self, Pairs, Request};
use crate::message::{Codec, Refusal, Routed, Speech};
use crate::{body, route_rest, route_s3, scope, versions};
use stratus_model::{Operation, Service, model};

/// Finds the operation of a request.
///
/// # Errors
/// AWS's answer to a request that has none: `InvalidAction`, `MissingAction`, `UnknownOperationException`,
/// `MissingAuthenticationToken`, `MethodNotAllowed`…; and the shape to say it in.
pub fn route(request: &Request) -> Result<Routed, Refusal> {
    let hint = Hint::of(request);
    if request.headers.get("smithy-protocol").is_some() {
        return smithy(request, &hint);
    }
    if let Some(target) = request.headers.get("x-amz-target") {
        return target_header(request, &hint, target);
    }
    match hint.service() {
        Some(service) if service.name == "s3" => route_s3::route(request, &hint),
        Some(service) if matches!(Codec::of(service), Codec::RestXml | Codec::RestJson) => {
            route_rest::route(request, &hint, service)
        }
        Some(service) if service.target_prefix.is_some() && !may_be_query(service) => {
            let speech = speech(request, Some(service), Codec::of(service));
            Err(refused(speech, unknown_operation("")))
        }
        Some(_) => action(request, &hint),
        None => unsigned(request, &hint),
    }
}

/// The bucket that a request of S3's is for, whatever its method, and whether it is for an object in it.
pub fn bucket(request: &Request) -> Option<(String, bool)> {
    let (bucket, key) = route_s3::place(request, &Hint::of(request)).ok()?;
    Some((bucket?, key.is_some()))
}

/// The bucket whose website is asked: `my-bucket.s3-website-us-east-1.amazonaws.com`, `my-bucket.s3-website.localhost`.
pub fn website(request: &Request) -> Option<String> {
    // Every request comes by here.
    let is_one = request.headers.get("host")?.contains(".s3-website");
    let host = is_one.then(|| request.host())?;
    let labels: Vec<&str> = host.split('.').collect();
    let is_endpoint = |label: &&str| *label == "s3-website" || label.starts_with("s3-website-");
    let at = labels.iter().rposition(is_endpoint).filter(|at| *at > 0)?;
    Some(labels.split_at(at).0.join("."))
}

/// What a request says of its service and Region without being read.
pub struct Hint {
    /// The services that sign with the scope's name, or that the host names.
    pub services: Vec<&'static Service>,
    pub region: Option<String>,
    /// The bucket, and the Region, in the host's name.
    pub bucket: Option<String>,
}

impl Hint {
    fn of(request: &Request) -> Self {
        let host = request.host();
        let s3 = route_s3::host(&host);
        let scope = scope::of(request);
        let mut services = match &scope {
            Some(scope) => signing_as(&scope.service),
            None => Vec::new(),
        };
        let mut host_region = None;
        // What a host's name says counts only where the scope says nothing.
        if services.is_empty() {
            (services, host_region) = match &s3 {
                Some(found) => (model().service("s3").into_iter().collect(), found.region.clone()),
                None => named(&host),
            };
        }
        Self {
            services,
            region: scope.map(|scope| scope.region).or(host_region),
            bucket: s3.and_then(|found| found.bucket),
        }
    }

    /// The first of the services, for what they have in common.
    fn service(&self) -> Option<&'static Service> {
        self.services.first().copied()
    }
}

fn signing_as(name: &str) -> Vec<&'static Service> {
    // S3 on other endpoints of its own signs with other names.
    let name = match name {
        "s3express" | "s3-object-lambda" | "s3-outposts" => "s3",
        name => name,
    };
    model()
        .services()
        .filter(|service| service.signing_name == name)
        .collect()
}

/// The services that a host such as `ec2.eu-west-1.amazonaws.com`, `iam.amazonaws.com` or `sts.localhost` names, and its Region.
fn named(host: &str) -> (Vec<&'static Service>, Option<String>) {
    let mut labels = host.split('.');
    let first = labels.next().unwrap_or_default();
    let services = model().services().filter(|service| service.endpoint_prefix == first);
    let services: Vec<&'static Service> = services.collect();
    let region = labels
        .next()
        .filter(|label| !services.is_empty() && looks_like_region(label));
    (services, region.map(str::to_string))
}

/// The Region that a request's scope must name: that of AWS's own host that is asked, such as `ec2.eu-west-1.amazonaws.com`;
/// for `iam.amazonaws.com` us-east-1. `None` for every other host: clients that are told an endpoint sign for the Region that
/// they are set to, whatever the service.
pub fn region_of_host(request: &Request, service: &Service) -> Option<String> {
    // Every request comes by here.
    let is_own = request.headers.get("host")?.contains(".amazonaws.com");
    let host = is_own.then(|| request.host())?;
    let (services, region) = named(&host);
    let is_asked = host.ends_with(".amazonaws.com") && services.iter().any(|named| std::ptr::eq(*named, service));
    let region = if service.is_global {
        Some("us-east-1".to_owned())
    } else {
        region
    };
    region.filter(|_| is_asked)
}

/// `eu-west-1`, `us-gov-east-1`: letters, hyphens, and one digit at the end.
pub fn looks_like_region(label: &str) -> bool {
    let mut parts = label.split('-');
    let (first, last) = (parts.next(), parts.next_back());
    first.is_some_and(|part| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_lowercase()))
        && last.is_some_and(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
        && parts.clone().count() > 0
        && parts.all(|part| part.bytes().all(|byte| byte.is_ascii_lowercase()))
}

/// How to answer a request.
pub fn speech(request: &Request, service: Option<&'static Service>, codec: Codec) -> Speech {
    Speech {
        service,
        codec,
        operation: None,
        head: request.method == "HEAD",
        resource: request.path.clone(),
    }
}

pub fn refused(speech: Speech, error: Error) -> Refusal {
    Refusal { speech, error }
}

/// A request whose operation is found.
pub fn routed(
    mut speech: Speech,
    hint: &Hint,
    (service, operation): (&'static Service, &'static Operation),
    labels: Vec<(&'static str, String)>,
    pairs: Pairs,
) -> Routed {
    speech.service = Some(service);
    speech.operation = Some(operation);
    Routed {
        speech,
        service,
        operation,
        region: hint.region.clone(),
        labels,
        pairs,
    }
}

fn unknown_operation(name: &str) -> Error {
    let message = if name.is_empty() {
        String::new()
    } else {
        format!("There is no operation {}.", shown(name))
    };
    Error::new("UnknownOperationException", 400, message)
}

/// As much of a text as an error repeats.
pub fn shown(text: &str) -> String {
    text.chars().take(stratus_model::limits::SHOWN_CHARACTERS).collect()
}

/// `/service/NAME/operation/NAME`, with the protocol in a header.
fn smithy(request: &Request, hint: &Hint) -> Result<Routed, Refusal> {
    let speech = speech(request, hint.service(), Codec::Cbor);
    let mut steps = request.path.trim_start_matches('/').split('/');
    let (first, name, second, operation) = (steps.next(), steps.next(), steps.next(), steps.next());
    let protocol = request.headers.get("smithy-protocol");
    let (Some("service"), Some(name), Some("operation"), Some(operation), Some("rpc-v2-cbor")) =
        (first, name, second, operation, protocol)
    else {
        return Err(refused(speech, unknown_operation("")));
    };
    let service = model().services().find(|service| service.target_prefix == Some(name));
    let operation_name = operation;
    match service.and_then(|service| Some((service, service.operation(operation)?))) {
        Some(found) => Ok(routed(speech, hint, found, Vec::new(), Vec::new())),
        None => Err(refused(speech, unknown_operation(operation_name))),
    }
}

/// `AmazonSSM.GetParameter` in a header: AWS's JSON protocols.
fn target_header(request: &Request, hint: &Hint, target: &str) -> Result<Routed, Refusal> {
    let (prefix, name) = target.rsplit_once('.').unwrap_or(("", target));
    let service = model().services().find(|service| service.target_prefix == Some(prefix));
    let kind = request.headers.get("content-type").unwrap_or_default();
    let codec = match service {
        _ if kind.contains("json-1.1") => Codec::Json11,
        _ if kind.contains("json-1.0") => Codec::Json10,
        Some(service) if service.json_version == Some("1.1") => Codec::Json11,
        _ => Codec::Json10,
    };
    let speech = speech(request, service.or(hint.service()), codec);
    match service.and_then(|service| Some((service, service.operation(name)?))) {
        Some(found) => Ok(routed(speech, hint, found, Vec::new(), Vec::new())),
        None => Err(refused(speech, unknown_operation(target))),
    }
}

/// SQS and CloudWatch spoke the query protocol before they spoke another.
fn may_be_query(service: &Service) -> bool {
    matches!(service.name, "sqs" | "cloudwatch")
}

fn takes_actions(service: &Service) -> bool {
    matches!(Codec::of(service), Codec::Ec2Query | Codec::Query) || may_be_query(service)
}

fn query_codec(service: Option<&Service>) -> Codec {
    match service {
        Some(service) if Codec::of(service) == Codec::Ec2Query => Codec::Ec2Query,
        _ => Codec::Query,
    }
}

/// The parameters of the query and of a form in the body.
fn parameters(request: &Request) -> Result<Pairs, Error> {
    let mut pairs = http::pairs(request.query.as_bytes())?;
    if request.method == "POST" {
        pairs.extend(http::pairs(&body::parameters(request)?)?);
    }
    Ok(pairs)
}

fn parameter<'p>(pairs: &'p Pairs, name: &str) -> Option<&'p str> {
    let found = pairs.iter().find(|(key, _)| key == name);
    found.map(|(_, value)| value.as_str())
}

/// A request in one of the query protocols: `Action` says the operation, `Version` which of two generations.
fn action(request: &Request, hint: &Hint) -> Result<Routed, Refusal> {
    let candidates: Vec<&'static Service> = hint.services.iter().copied().filter(|it| takes_actions(it)).collect();
    let speech = |service| speech(request, service, query_codec(service));
    let first = candidates.first().copied();
    let pairs = parameters(request).map_err(|error| refused(speech(first), error))?;
    let Some(name) = parameter(&pairs, "Action") else {
        let message = "The request must contain the parameter Action";
        return Err(refused(speech(first), Error::new("MissingAction", 400, message)));
    };
    let version = parameter(&pairs, "Version");
    let same_version = candidates
        .iter()
        .copied()
        .find(|service| version == Some(service.api_version));
    let has_it = candidates
        .iter()
        .copied()
        .find(|service| service.operation(name).is_some());
    let service = same_version.or(has_it).or(first);
    if let (Some(service), Some(version), None) = (service, version, same_version) {
        versions::check(service, version).map_err(|error| refused(speech(Some(service)), error))?;
    }
    match service.and_then(|service| Some((service, service.operation(name)?))) {
        Some(found) => Ok(routed(speech(service), hint, found, Vec::new(), pairs)),
        None => {
            let message = format!("The action {} is not valid for this web service.", shown(name));
            Err(refused(speech(service), Error::new("InvalidAction", 400, message)))
        }
    }
}

/// Neither a scope nor a host says whose it is.
fn unsigned(request: &Request, hint: &Hint) -> Result<Routed, Refusal> {
    if request.path.starts_with("/2013-04-01/")
        && let Some(service) = model().service("route53")
    {
        return route_rest::route(request, hint, service);
    }
    // Signature Version 2 in a header is S3's alone.
    let old = request.headers.get("authorization");
    if old.is_some_and(|header| header.starts_with("AWS ")) {
        return route_s3::route(request, hint);
    }
    let is_form = request
        .headers
        .get("content-type")
        .is_some_and(|kind| kind.contains("x-www-form-urlencoded"));
    let speech = speech(request, None, Codec::Query);
    let at_root = matches!(request.path.as_str(), "" | "/");
    if is_form || at_root {
        let pairs = parameters(request).map_err(|error| refused(speech.clone(), error))?;
        if parameter(&pairs, "Action").is_some() {
            let version = parameter(&pairs, "Version");
            let name = parameter(&pairs, "Action").unwrap_or_default();
            let mut services: Vec<&'static Service> =
                model().services().filter(|service| takes_actions(service)).collect();
            services.retain(|service| version.is_none_or(|version| version == service.api_version));
            services.retain(|service| service.operation(name).is_some());
            let hint = Hint {
                services,
                region: None,
                bucket: None,
            };
            return action(request, &hint);
        }
    }
    // Only S3 has an operation there that needs no parameter: ListBuckets, with GET.
    if at_root && request.method != "GET" {
        let error = if request.method == "POST" {
            Error::new("MissingAction", 400, "The request must contain the parameter Action")
        } else {
            let message = "Request is missing Authentication Token";
            Error::new("MissingAuthenticationToken", 403, message)
        };
        return Err(refused(speech, error));
    }
    route_s3::route(request, hint)
}
