//! What S3 answers over HTTP: its API (REST, both styles of addresses) and the websites of buckets, to whoever came there over
//! the Internet or through a VPC endpoint. Only what reads: an object, or the list of a bucket. Nothing is changed or charged.
//!
//! Which statement of which policy decides is for [`requests`] to say; here stands what an address means, and the XML.
//!
//! Sources: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html>,
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html>,
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html>

use super::{Address, PORT, Page, SECURE_PORT, SHOWN};
use crate::base::error::Error;
use crate::catalog::Region;
use crate::dns::internet;
use crate::network::Trace;
use crate::services::s3::decide::Heard;
use crate::services::s3::public::{Through, Visit};
use crate::services::s3::{header_not_implemented, requests, unescaped, website};
use crate::world::World;
use crate::world::links::{EndpointKind, VpcEndpoint};
use std::fmt::Write as _;
use std::net::IpAddr;
use stratus_model::{Name, Structure, Value, field};

/// What S3 says of its websites.
const WEBSITES: &str = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteHosting.html";
/// And of what is refused.
const REFUSALS: &str = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html";
/// And of how it decides.
const DECISIONS: &str = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/how-s3-evaluates-access-control.html";
/// Whose page stands where no bucket is named.
const FRONT: &str = "https://aws.amazon.com/s3/";
/// How names of interface endpoints end.
const VPCE: &str = ".vpce.amazonaws.com";
/// What an XML document begins with.
const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

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
pub(super) fn visit(address: &Address, program: &Program<'_>) -> Visit {
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
fn page(status: u16, why: String, source: &'static str) -> Page {
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

/// What the website of a bucket answers. S3 finds the bucket by the name that was asked for, whatever led there, in the Region of
/// the endpoint.
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/website-hosting-custom-domain-walkthrough.html>
pub(super) fn site(world: &World, region: Region, address: &Address, visit: &Visit, program: &Program<'_>) -> Said {
    if address.port != PORT || address.secure {
        let why = format!("S3's websites answer on port {PORT} alone.");
        return (Vec::new(), Err(Silence::Closed(why)));
    }
    if !program.reads() {
        let why = "MethodNotAllowed: websites of buckets are asked with GET and HEAD.";
        return (Vec::new(), Ok(page(405, why.to_owned(), WEBSITES)));
    }
    let name = address.host.split(".s3-website").next().unwrap_or(&address.host);
    let (path, _) = address.parts();
    let site = match website::of(world, name) {
        Ok(site) => site,
        Err(error) => {
            let why = format!("{}: {} It looks for the bucket {name}.", error.code, error.message);
            return (Vec::new(), Ok(page(404, why, WEBSITES)));
        }
    };
    if let Some(other) = website::elsewhere(world, name, region) {
        let why = format!(
            "IncorrectEndpoint: The specified bucket exists in another region. Its website is at {}.",
            website::host(name, other)
        );
        // The status and the code are not documented.
        return (Vec::new(), Ok(page(400, why, "ours")));
    }
    let asked = Structure::new()
        .with(field::BUCKET, name)
        .with(field::KEY, site.object(path));
    // Who is only sent elsewhere reads no object, so no policy is asked about one.
    let (heard, refusal) = match site.redirect(path, None) {
        Some(_) => (Vec::new(), None),
        None => requests::pass(world, "GetObject", &asked, visit),
    };
    if let Some(error) = refusal {
        return (heard, Ok(page(403, error.remedy, REFUSALS)));
    }
    let got = website::fetch(world, name, &site, path, visit);
    let row = world.s3.buckets.get(&name.to_owned());
    let object = got.key.as_ref().and_then(|key| row?.objects.get(key));
    let body = object.map(|object| object.body.copy(0, SHOWN)).unwrap_or_default();
    let page = Page {
        by: format!("the website of the bucket {name}"),
        body: String::from_utf8_lossy(&body).into_owned(),
        content_type: object.map(|object| object.content_type.clone()).unwrap_or_default(),
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
    if !program.reads() {
        let remedy = "Only GET and HEAD are asked by address here: use the aws command.";
        let error = header_not_implemented().remedy(remedy);
        return (Vec::new(), Ok(refused(&error, None)));
    }
    let (operation, params) = match call(address, &bucket, &key) {
        Ok(("GetObject", params)) if program.method == "HEAD" => ("HeadObject", params),
        Ok(call) => call,
        Err(error) => return (Vec::new(), Ok(refused(&error, None))),
    };
    let requests::Answer { result, heard } = requests::read(world, region, operation, &params, visit);
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

/// The call that a GET means.
///
/// # Errors
/// `InvalidArgument`; `NotImplemented` for a part of a bucket or an object that is not asked so here.
fn call(address: &Address, bucket: &str, key: &str) -> Result<(&'static str, Structure), Error> {
    let (_, query) = address.parts();
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

/// An error as S3 writes it, without the ids of the request.
fn refused(error: &Error, decided: Option<String>) -> Page {
    let mut body = format!("{XML}<Error>");
    let parts = [("Code", error.code), ("Message", error.message.as_str())];
    let details = error.details.iter().map(|(name, value)| (*name, value.as_str()));
    for (name, text) in parts.into_iter().chain(details) {
        element(&mut body, name, text);
    }
    body.push_str("</Error>");
    let why = match (decided, error.remedy.as_str()) {
        (Some(decided), "") if error.message == "Access Denied" => decided,
        (Some(decided), "") => format!("{decided} {}", error.message),
        (Some(decided), remedy) => format!("{decided} {remedy}"),
        (None, "") => error.message.clone(),
        (None, remedy) => remedy.to_owned(),
    };
    Page {
        body,
        content_type: "application/xml".to_owned(),
        ..page(error.status, why, REFUSALS)
    }
}

/// An object, or a list.
fn shown(found: &Structure, most: usize, bucket: &str, key: String, page: Page) -> Page {
    let by = format!("the bucket {bucket}");
    if let Some(body) = found.blob(field::BODY) {
        return Page {
            by,
            body: String::from_utf8_lossy(body.get(..most).unwrap_or(body)).into_owned(),
            content_type: found.text(field::CONTENT_TYPE).unwrap_or_default().to_owned(),
            key: Some(key),
            ..page
        };
    }
    let mut body = format!("{XML}<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">");
    members(&mut body, found);
    body.push_str("</ListBucketResult>");
    Page {
        by,
        body,
        content_type: "application/xml".to_owned(),
        ..page
    }
}

/// The members of a list's answer. What it has many of stands there without a frame around.
fn members(out: &mut String, of: &Structure) {
    for (name, value) in of.iter() {
        match value {
            Value::List(many) => many.iter().for_each(|one| member(out, name.text(), one)),
            one => member(out, name.text(), one),
        }
    }
}

fn member(out: &mut String, name: &str, value: &Value) {
    match value {
        Value::Structure(inner) => {
            let _ = write!(out, "<{name}>");
            members(out, inner);
            let _ = write!(out, "</{name}>");
        }
        Value::String(text) => element(out, name, text),
        Value::Bool(is) => element(out, name, &is.to_string()),
        Value::Integer(number) => element(out, name, &number.to_string()),
        Value::Timestamp(at) => element(out, name, &stratus_model::time::iso8601(*at)),
        _ => {}
    }
}

fn element(out: &mut String, name: &str, text: &str) {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let _ = write!(out, "<{name}>{text}</{name}>");
}
