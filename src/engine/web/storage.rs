//! What S3 answers over HTTP: its API (REST, both styles of addresses) and the websites of buckets, to whoever came there over
//! the Internet or through a VPC endpoint. Only what reads, an object, or the list of a bucket,
//! and by a presigned link the putting of an object.
//!
//! Which statement of which policy decides is for [`requests`] to say; here stands what an address means, and the XML.
//!
//! Sources: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html>,
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html>,
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html>

use super::xml::{refused, shown};
use super::{Address, PORT, Page, SECURE_PORT};
use crate::base::error::Error;
use crate::catalog::Region;
use crate::dns::internet;
use crate::network::Trace;
use crate::services::s3::decide::Heard;
use crate::services::s3::public::{Through, Visit};
use crate::services::s3::{header_not_implemented, not_allowed, presigned, requests, unescaped, website};
use crate::world::World;
use crate::world::links::{EndpointKind, VpcEndpoint};
use crate::world::objects::Object;
use std::net::IpAddr;
use stratus_model::{Name, Structure, Value, field};

/// What S3 says of its websites.
const WEBSITES: &str = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteHosting.html";
/// And of what is refused.
pub(super) const REFUSALS: &str = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html";
/// And of how it decides.
const DECISIONS: &str = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/how-s3-evaluates-access-control.html";
/// Whose page stands where no bucket is named.
const FRONT: &str = "https://aws.amazon.com/s3/";
/// How names of interface endpoints end.
const VPCE: &str = ".vpce.amazonaws.com";
/// The type of the pages that tell a website's errors.
const HTML: &str = "text/html; charset=utf-8";

/// The policies that were asked, and what came back.
pub(crate) type Said = (Vec<Heard>, Result<Page, Silence>);

/// Why no answer in HTTP comes, in a sentence.
pub(crate) enum Silence {
    /// Nothing is behind this port.
    Closed(String),
    /// The port is for one of HTTP and TLS, and this was the other.
    Unfit(String),
    /// The certificate is for other names.
    Certificate(String),
}

impl Silence {
    /// The sentence.
    pub fn why(self) -> String {
        match self {
            Silence::Closed(why) | Silence::Unfit(why) | Silence::Certificate(why) => why,
        }
    }
}

/// Who asks.
pub(crate) struct Program<'a> {
    /// Its name, as it tells servers.
    pub name: &'a str,
    /// The page that it says it comes from.
    pub referer: Option<&'a str>,
    /// What it asks: `GET`, `HEAD`, …
    pub method: &'a str,
    /// Headers that it was told to send.
    pub headers: Vec<(&'a str, &'a str)>,
    /// Bytes of an object that it shows.
    pub shown: usize,
}

impl Program<'_> {
    /// Whether it asks with a method that only reads.
    fn reads(&self) -> bool {
        matches!(self.method, "GET" | "HEAD")
    }
}

/// How a request comes that this program makes, before anything is known of its way.
pub(crate) fn visit(address: &Address, program: &Program<'_>) -> Visit {
    Visit {
        user_agent: Some(program.name.to_owned()),
        referer: program.referer.map(str::to_owned),
        secure: address.secure,
        ..Visit::default()
    }
}

/// The endpoint that brought a packet to its service, its Region, and where the packet came from. Those of Gateway Load Balancers
/// only send packets on.
pub(super) fn through<'w>(world: &'w World, home: Region, trace: &Trace) -> Option<(Region, &'w VpcEndpoint, IpAddr)> {
    trace.forward.iter().rev().find_map(|hop| {
        let region = hop.region().unwrap_or(home);
        let row = world.row::<VpcEndpoint>(region, hop.endpoint()?)?;
        let leads = row.kind != EndpointKind::GatewayLoadBalancer;
        leads.then_some((region, row, hop.before.source_address))
    })
}

/// How a request came whose packet went this way: through the endpoint of a VPC, or from a public address.
fn arrived<'w>(
    world: &'w World,
    home: Region,
    trace: &Trace,
    visit: Visit,
) -> (Option<(Region, &'w VpcEndpoint)>, Visit) {
    match through(world, home, trace) {
        Some((region, row, source)) => {
            let through = Through {
                endpoint: row.id,
                region,
                vpc: row.vpc,
                source,
            };
            let through = Some(through);
            (Some((region, row)), Visit { through, ..visit })
        }
        None => {
            let source_ip = trace.forward.last().map(|last| last.after.source_address);
            (None, Visit { source_ip, ..visit })
        }
    }
}

/// The Region of S3's API that a packet came to, and how it came; `None`: it came somewhere else.
pub(crate) fn met(world: &World, home: Region, at: IpAddr, trace: &Trace, visit: Visit) -> Option<(Region, Visit)> {
    let api = internet::storage_api_at(at);
    match arrived(world, home, trace, visit) {
        (None, visit) => Some((api?, visit)),
        (Some((region, row)), visit) => row.is_storage().then_some((api.unwrap_or(region), visit)),
    }
}

/// What S3 answers to a packet that has come there; `None`: it came to something else.
pub(crate) fn answer(
    world: &World,
    home: Region,
    address: &Address,
    at: IpAddr,
    trace: &Trace,
    program: &Program<'_>,
) -> Option<Said> {
    let visit = visit(address, program);
    if let Some(of) = internet::websites_at(at) {
        let (_, visit) = arrived(world, home, trace, visit);
        return Some(site(world, of, address, &visit, program));
    }
    let (region, visit) = met(world, home, at, trace, visit)?;
    Some(api(world, region, address, &visit, program))
}

/// A page of S3's own.
pub(super) fn page(status: u16, why: String, source: &'static str) -> Page {
    Page {
        status,
        by: "S3".to_owned(),
        body: String::new(),
        content_type: String::new(),
        key: None,
        location: None,
        why,
        source,
    }
}

/// A page of a website's own that tells an error.
fn failed(error: &Error, why: String, source: &'static str) -> Page {
    Page {
        body: website::error_page(error.status, &website::told(error), None, None),
        content_type: HTML.to_owned(),
        ..page(error.status, why, source)
    }
}

/// What the website of a bucket answers. S3 finds the bucket by the name that was asked for, whatever led there, in the Region of
/// the endpoint.
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/website-hosting-custom-domain-walkthrough.html>
pub(crate) fn site(world: &World, region: Region, address: &Address, visit: &Visit, program: &Program<'_>) -> Said {
    if address.port != PORT || address.secure {
        let why = format!("S3's websites answer on port {PORT} alone.");
        return (Vec::new(), Err(Silence::Closed(why)));
    }
    if !program.reads() {
        let why = "MethodNotAllowed: websites of buckets are asked with GET and HEAD.";
        let error = not_allowed(program.method, "OBJECT");
        return (Vec::new(), Ok(failed(&error, why.to_owned(), WEBSITES)));
    }
    let name = address.host.split(".s3-website").next().unwrap_or(&address.host);
    let (path, _) = address.parts();
    let site = match website::of(world, name) {
        Ok(site) => site,
        Err(error) => {
            let why = format!("{}: {} It looks for the bucket {name}.", error.code, error.message);
            return (Vec::new(), Ok(failed(&error, why, WEBSITES)));
        }
    };
    if let Some(other) = website::elsewhere(world, name, region) {
        let text = "The specified bucket exists in another region.";
        let why = format!(
            "IncorrectEndpoint: {text} Its website is at {}.",
            website::host(name, other)
        );
        // The status and the code are not documented.
        let error = Error::new("IncorrectEndpoint", text).detail("Endpoint", website::host(name, other));
        return (Vec::new(), Ok(failed(&error, why, "ours")));
    }
    let Some(path) = unescaped(&path.replace('+', "%2B")) else {
        let error = Error::new("InvalidURI", "Couldn't parse the specified URI.");
        return (Vec::new(), Ok(failed(&error, error.message.clone(), WEBSITES)));
    };
    let path = path.as_str();
    let asked = Structure::new()
        .with(field::BUCKET, name)
        .with(field::KEY, site.object(path));
    // Who is only sent elsewhere reads no object, so no policy is asked about one.
    let (heard, refusal) = match site.redirect(path, None) {
        Some(_) => (Vec::new(), None),
        None => requests::pass(world, "GetObject", &asked, visit),
    };
    if let Some(error) = refusal {
        return (heard, Ok(failed(&error, error.remedy.clone(), REFUSALS)));
    }
    let got = website::fetch(world, name, &site, (&address.host, path), visit);
    let row = world.s3.buckets.get(&name.to_owned());
    let object = got.key.as_ref().and_then(|key| row?.objects.get(key));
    let read = |object: &Object| String::from_utf8_lossy(&object.body.copy(0, program.shown)).into_owned();
    let own_type = if got.page.is_empty() { "" } else { HTML };
    let page = Page {
        by: format!("the website of the bucket {name}"),
        body: object.map_or(got.page, read),
        content_type: object.map_or_else(|| own_type.to_owned(), |object| object.content_type.clone()),
        location: got.location,
        key: got.key,
        ..page(got.status, got.why, WEBSITES)
    };
    (heard, Ok(page))
}

/// What S3's API answers at its endpoint of a Region.
pub(super) fn api(world: &World, region: Region, address: &Address, visit: &Visit, program: &Program<'_>) -> Said {
    let Some(path) = unescaped(address.parts().0) else {
        let error = Error::new("InvalidURI", "Couldn't parse the specified URI.");
        return (Vec::new(), Ok(refused(&error, None)));
    };
    let (bucket, key) = match place(address, &path) {
        Ok(Some(place)) => place,
        Err(why) => return (Vec::new(), Err(why)),
        Ok(None) => {
            if let Some(error) = unlike_buckets(&address.host) {
                return (Vec::new(), Ok(refused(&error, None)));
            }
            let why = "No bucket is named: S3 sends a browser to its own page, and lists buckets only to who signs.";
            let front = Page {
                location: Some(FRONT.to_owned()),
                ..page(307, why.to_owned(), "ours")
            };
            return (Vec::new(), Ok(front));
        }
    };
    let visit = match linked(world, region, address, visit, program) {
        Ok(visit) => visit,
        Err(error) => return (Vec::new(), Ok(refused(&error, None))),
    };
    if !program.reads() {
        let remedy = "By address only GET and HEAD are asked here, and PUT of an object by a presigned link: use the aws command.";
        let error = header_not_implemented().remedy(remedy);
        return (Vec::new(), Ok(refused(&error, None)));
    }
    let (operation, params) = match call(address, &bucket, &key, visit.signed.is_some()) {
        Ok(("GetObject", params)) if program.method == "HEAD" => ("HeadObject", params),
        Ok(call) => call,
        Err(error) => return (Vec::new(), Ok(refused(&error, None))),
    };
    let requests::Answer { result, heard } = requests::read(world, region, operation, &params, &visit);
    let decided = heard.iter().rev().find(|one| one.decides);
    let decided = decided.map(|one| format!("{} decides: {}", one.what, one.why));
    let page = match result {
        Err(error) => refused(&error, decided),
        Ok(mut found) => {
            if operation == "HeadObject" {
                // Who asked does not show it; its length stands in the head.
                let body = requests::body(world, &params, program.shown);
                found.set(field::BODY, Value::Blob(body));
            }
            let why = decided.unwrap_or_default();
            shown(&found, program.shown, &bucket, key, page(200, why, DECISIONS))
        }
    };
    (heard, Ok(page))
}

/// How a request came, with whoever's right it has by its address.
///
/// # Errors
/// As [`presigned::judge`]; `AuthorizationQueryParametersError` of a link for another Region.
fn linked(
    world: &World,
    region: Region,
    address: &Address,
    visit: &Visit,
    program: &Program<'_>,
) -> Result<Visit, Error> {
    let asked = presigned::Asked {
        method: program.method,
        host: &address.host,
        path: address.path.split('?').next().unwrap_or_default(),
        query: address.parts().1,
        headers: &program.headers,
    };
    let Some(link) = presigned::judge(world, &asked) else {
        return Ok(visit.clone());
    };
    let link = link?;
    if link.region != region {
        return Err(presigned::wrong_region(link.region, region));
    }
    Ok(Visit {
        signer: Some(link.signer),
        signed: Some(link.made),
        ..visit.clone()
    })
}

/// Puts an object by a presigned link, as [`answer`]; `None`: the packet came to something else, or nobody signed, and
/// [`answer`] says what comes of it.
pub(crate) fn put(
    world: &mut World,
    home: Region,
    address: &Address,
    (at, trace): (IpAddr, &Trace),
    program: &Program<'_>,
    bytes: Vec<u8>,
) -> Option<Said> {
    let (region, visit) = met(world, home, at, trace, visit(address, program))?;
    let path = unescaped(address.parts().0)?;
    let (bucket, key) = place(address, &path).ok()??;
    let visit = linked(world, region, address, &visit, program).ok()?;
    visit.signed?;
    if key.is_empty() {
        return None;
    }
    let header = |name: &str| {
        let mut found = program.headers.iter();
        found
            .find(|(of, _)| of.eq_ignore_ascii_case(name))
            .map(|(_, value)| *value)
    };
    let unheard = |(name, _): &(&str, &str)| name.to_ascii_lowercase().starts_with("x-amz-");
    if presigned::rest(address.parts().1)
        .split('&')
        .any(|piece| !matches!(piece, "" | "x-id=PutObject"))
        || program.headers.iter().any(unheard)
    {
        let error = header_not_implemented().remedy("A link puts an object's bytes and its Content-Type here.");
        return Some((Vec::new(), Ok(refused(&error, None))));
    }
    let params = Structure::new()
        .with(field::BUCKET, bucket.as_str())
        .with(field::KEY, key.as_str())
        .with_some(field::CONTENT_TYPE, header("content-type"))
        .with(field::BODY, Value::Blob(bytes));
    let requests::Answer { result, heard } = requests::put(world, region, &params, &visit);
    let page = match result {
        Err(error) => refused(&error, None),
        Ok(_) => Page {
            by: format!("the bucket {bucket}"),
            ..page(200, format!("The object {key} was put by a presigned link."), DECISIONS)
        },
    };
    Some((heard, Ok(page)))
}

/// The bucket and the key that an address means, whose path with its escapes read is `path`; `None`: no bucket.
///
/// # Errors
/// A port that S3 does not answer on, or a certificate that does not fit.
fn place(address: &Address, path: &str) -> Result<Option<(String, String)>, Silence> {
    match (address.port, address.secure) {
        (PORT, false) | (SECURE_PORT, true) => {}
        (PORT, true) => return Err(Silence::Unfit(format!("S3 speaks no TLS on port {PORT}."))),
        (SECURE_PORT, false) => {
            return Err(Silence::Unfit(format!(
                "S3 speaks TLS on port {SECURE_PORT}: use https://."
            )));
        }
        _ => {
            return Err(Silence::Closed(format!(
                "S3 answers on ports {PORT} and {SECURE_PORT} alone."
            )));
        }
    }
    let host = address.host.as_str();
    if unlike_buckets(host).is_some() {
        return Ok(None);
    }
    if let Some(named) = host.strip_suffix(VPCE) {
        return place_behind(host, named, address.secure, path);
    }
    let own = of_service(host);
    if own == Some("s3") {
        return Ok(in_path(path));
    }
    let bucket = own.and_then(|own| own.strip_suffix(".s3"));
    if address.secure && bucket.is_none_or(|bucket| bucket.contains('.')) {
        return Err(misfit("s3.amazonaws.com", host));
    }
    // A name of one's own that leads to S3 is the bucket's name.
    Ok(Some((bucket.unwrap_or(host).to_owned(), path.to_owned())))
}

/// What a host has before the Region of AWS's service; `None`: it is none of AWS's.
fn of_service(host: &str) -> Option<&str> {
    let own = host.strip_suffix(".amazonaws.com")?;
    Some(match own.rsplit_once('.') {
        Some((rest, last)) if Region::find(last).is_some() => rest,
        _ => own,
    })
}

/// The bucket and the key of a path that begins with the bucket's name; `None`: no bucket.
fn in_path(path: &str) -> Option<(String, String)> {
    let (bucket, key) = path.split_once('/').unwrap_or((path, ""));
    (!bucket.is_empty()).then(|| (bucket.to_owned(), key.to_owned()))
}

/// A host that S3's certificate is not for.
fn misfit(base: &str, host: &str) -> Silence {
    Silence::Certificate(format!(
        "S3's certificate is for one name below {base}: it does not fit {host}."
    ))
}

/// What stands before the end of an interface endpoint's name, from its own label on: `bucket` and its kin, and maybe a bucket's name.
fn parts_behind(named: &str) -> (&str, &str) {
    let mut labels = named.rsplitn(5, '.').skip(3);
    let kind = labels.next().unwrap_or_default();
    (kind, labels.next().unwrap_or_default())
}

/// The same of a host that is a name of an interface endpoint, `named` without its end: `bucket.vpce-…-….s3.us-east-1`, before which the
/// bucket may stand.
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html>
fn place_behind(host: &str, named: &str, secure: bool, path: &str) -> Result<Option<(String, String)>, Silence> {
    match parts_behind(named).1 {
        "" => Ok(in_path(path)),
        bucket if secure && bucket.contains('.') => {
            let base = host.get(bucket.len() + 1..).unwrap_or_default();
            Err(misfit(base, host))
        }
        bucket => Ok(Some((bucket.to_owned(), path.to_owned()))),
    }
}

/// Why a name leads to something of S3 that has no buckets, and is not simulated.
fn unlike_buckets(host: &str) -> Option<Error> {
    let (kind, instead) = match host.strip_suffix(VPCE) {
        Some(named) => (
            parts_behind(named).0,
            "Buckets are behind an endpoint's names that begin with bucket.",
        ),
        None => {
            let kind = of_service(host)?.rsplit('.').next()?.strip_prefix("s3-")?;
            let is_one = matches!(kind, "accesspoint" | "control");
            (
                Some(kind).filter(|_| is_one)?,
                "Buckets are behind names that end in s3.REGION.amazonaws.com.",
            )
        }
    };
    let remedy = match kind {
        "bucket" => return None,
        "accesspoint" => format!("Access points are not simulated. {instead}"),
        "control" => format!("The S3 Control API is not simulated. {instead}"),
        _ => "Write bucket. before the endpoint's name.".to_owned(),
    };
    Some(header_not_implemented().remedy(remedy))
}

/// Parameters of a query, of lists and of objects.
const OF_LISTS: [(&str, Name); 3] = [
    ("prefix", field::PREFIX),
    ("delimiter", field::DELIMITER),
    ("start-after", field::START_AFTER),
];

/// Those that say what headers an object's answer has.
const OF_ANSWERS: [(&str, Name); 5] = [
    ("response-cache-control", field::RESPONSE_CACHE_CONTROL),
    ("response-content-disposition", field::RESPONSE_CONTENT_DISPOSITION),
    ("response-content-encoding", field::RESPONSE_CONTENT_ENCODING),
    ("response-content-language", field::RESPONSE_CONTENT_LANGUAGE),
    ("response-content-type", field::RESPONSE_CONTENT_TYPE),
];

/// The call that a GET means. `signed`: the address is a presigned link.
///
/// # Errors
/// `InvalidArgument`; `NotImplemented` for a part of a bucket or an object that is not asked so here.
fn call(address: &Address, bucket: &str, key: &str, signed: bool) -> Result<(&'static str, Structure), Error> {
    let query = match signed {
        true => presigned::rest(address.parts().1),
        false => address.parts().1.to_owned(),
    };
    let mut params = Structure::new().with(field::BUCKET, bucket);
    let is_list = key.is_empty();
    if !is_list {
        params.set(field::KEY, key);
    }
    let mut second = false;
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let value = unescaped(&value.replace('+', " ")).unwrap_or_default();
        let known = OF_LISTS.iter().find(|(known, _)| is_list && *known == name);
        if let Some((_, name)) = known {
            params.set(*name, value);
        } else if is_list && name == "list-type" {
            second = value == "2";
        } else if is_list && name == "max-keys" {
            let bad = |_| {
                Error::new(
                    "InvalidArgument",
                    "Provided max-keys not an integer or within integer range",
                )
            };
            params.set(field::MAX_KEYS, value.parse::<i64>().map_err(bad)?);
        } else if !is_list && name == "versionId" {
            params.set(field::VERSION_ID, value);
        } else if let Some((_, name)) = OF_ANSWERS.iter().find(|(known, _)| !is_list && *known == name) {
            if !signed {
                let text = "Request specific response headers cannot be used for anonymous GET requests.";
                return Err(Error::new("InvalidRequest", text));
            }
            params.set(*name, value);
        } else if name == "x-id" {
            // SDKs name the operation, which changes nothing.
        } else {
            let remedy = format!("?{name} is not asked by address here: use the aws command.");
            return Err(header_not_implemented().remedy(remedy));
        }
    }
    let operation = match (is_list, second) {
        (false, _) => "GetObject",
        (true, false) => "ListObjects",
        (true, true) => "ListObjectsV2",
    };
    Ok((operation, params))
}
