//! Opening an address of the Web by name: the packet's way to the address that the DNS gave, and what answers at its end: a
//! program of a guest, a rule of a load balancer, the website of a bucket. A look at the world, which changes nothing of it.
//!
//! Names are looked up elsewhere ([`crate::dns`]), ways are judged elsewhere ([`crate::network`]); here the two meet.

use crate::base::ids::ResourceId;
use crate::catalog::Region;
use crate::dns::{Asker, internet};
use crate::network::{self, Endpoint, Flow, Trace, balancing, fronts, speaks_http};
use crate::services::s3::public::Visit;
use crate::services::s3::website;
use crate::world::balancing::RuleAction;
use crate::world::compute::Instance;
use crate::world::{Ec2, World};
use std::net::IpAddr;

/// TCP.
const TCP: u8 = 6;
/// Where the Web is served, unless an address says otherwise.
const PORT: u16 = 80;
/// Where servers speak TLS, which no address that begins with `http` can ask for.
const TLS_PORTS: [u16; 2] = [443, 8443];
/// Bytes of a body that are shown.
const SHOWN: usize = 2_000;
/// What S3 says of its websites.
const WEBSITES: &str = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteHosting.html";
/// And AWS of what listeners answer by themselves.
const ACTIONS: &str = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html";

/// An address of the Web, in its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// The name, without its final dot.
    pub host: String,
    /// The port.
    pub port: u16,
    /// What comes behind, with its first slash.
    pub path: String,
}

impl Address {
    /// Reads `http://www.example.com:8080/a`, with or without the `http://` and the path.
    ///
    /// # Errors
    /// In a sentence: another scheme, no name, no port number.
    pub fn read(text: &str) -> Result<Address, String> {
        let text = text.trim();
        let rest = match text.split_once("://") {
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("http") => rest,
            Some((scheme, _)) => return Err(format!("{scheme}:// is not simulated; use http://")),
            None => text,
        };
        let (place, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let (host, port) = match place.rsplit_once(':') {
            None => (place, PORT),
            Some((host, port)) => {
                let number = port.parse::<u16>().ok().filter(|port| *port > 0);
                (host, number.ok_or_else(|| format!("'{port}' is not a port"))?)
            }
        };
        let host = host.trim_end_matches('.').to_ascii_lowercase();
        if host.is_empty() || host.contains(char::is_whitespace) {
            return Err("Say a name, as http://www.example.com/".to_owned());
        }
        let path = if path.is_empty() { "/" } else { path };
        Ok(Address {
            host,
            port,
            path: path.to_owned(),
        })
    }

    /// Its path without the first slash, and the query behind the question mark.
    fn parts(&self) -> (&str, &str) {
        let path = self.path.strip_prefix('/').unwrap_or(&self.path);
        path.split_once('?').unwrap_or((path, ""))
    }

    /// It as text; the port only where it is not the usual one.
    pub fn text(&self) -> String {
        let port = if self.port == PORT {
            String::new()
        } else {
            format!(":{}", self.port)
        };
        format!("http://{}{port}{}", self.host, self.path)
    }

    /// Where a redirection leads: another address, or another path of this one.
    pub fn follow(&self, location: &str) -> String {
        match location.starts_with('/') {
            true => Address {
                path: location.to_owned(),
                ..self.clone()
            }
            .text(),
            false => location.to_owned(),
        }
    }
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The HTTP status.
    pub status: u16,
    /// Who answered: a program and its machine, a load balancer, a bucket.
    pub by: String,
    /// The beginning of the body; empty where there is none.
    pub body: String,
    /// Its type; empty where nothing says it.
    pub content_type: String,
    /// The object of the bucket that it is, where it is one.
    pub key: Option<String>,
    /// Where the browser is sent.
    pub location: Option<String>,
    /// Why it was this, in a sentence.
    pub why: String,
    /// A page of AWS's documentation, or `ours`.
    pub source: &'static str,
}

/// The way to an address and the answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Journey {
    /// Where the packet was traced.
    pub region: Region,
    /// The packet.
    pub flow: Flow,
    /// Its way; `None`: from outside all VPCs to S3, through no network of the account's.
    pub trace: Option<Trace>,
    /// What came back, or why nothing did.
    pub answer: Result<Page, String>,
}

/// Goes to `at`, which the DNS gave for the address's name. `shown`: the Region in which it is judged when neither end is known.
pub fn open(world: &World, shown: Region, from: Asker, address: &Address, at: IpAddr) -> Journey {
    let (source, home) = match from {
        Asker::Instance(id) => (Endpoint::Instance(id), world.region_of(id.into())),
        Asker::Address(address) => (Endpoint::Address(address), None),
        Asker::Region(_) => (Endpoint::Internet, None),
    };
    let held = || {
        let mut regions = world.regions.iter();
        regions.find_map(|(region, ec2)| ec2.public_holder(at).map(|_| *region))
    };
    let region = home.or_else(held).unwrap_or(shown);
    let flow = Flow {
        source,
        destination: Endpoint::Address(at),
        protocol: TCP,
        port: address.port,
    };
    let (websites, api) = (internet::websites_at(at), internet::is_storage_api(at));
    let storage = websites.is_some() || api;
    let trace = (!storage || home.is_some()).then(|| network::trace(world, region, &flow));
    let stopped = trace.as_ref().filter(|trace| !trace.reachable).map(|trace| {
        let first = trace.explanations.first();
        first.map_or_else(|| "Nothing came back.".to_owned(), |first| first.detail.clone())
    });
    let answer = match (stopped, websites, &trace) {
        (Some(why), ..) => Err(why),
        (None, Some(of), _) => bucket(world, of, address),
        (None, None, _) if api => Err("That is S3's API, not a website.".to_owned()),
        (None, None, Some(trace)) => server(world, region, address, at, trace),
        (None, None, None) => Err("Nothing came back.".to_owned()),
    };
    Journey {
        region,
        flow,
        trace,
        answer,
    }
}

/// What the website of a bucket answers. S3 finds the bucket by the name that was asked for, whatever led there, in the Region of the
/// endpoint.
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/website-hosting-custom-domain-walkthrough.html>
fn bucket(world: &World, region: Region, address: &Address) -> Result<Page, String> {
    if address.port != PORT {
        return Err(format!("S3's websites answer on port {PORT} alone."));
    }
    let name = address.host.split(".s3-website").next().unwrap_or(&address.host);
    let (path, _) = address.parts();
    let refused = |status, why: String| Page {
        status,
        by: "S3".to_owned(),
        body: String::new(),
        content_type: String::new(),
        key: None,
        location: None,
        why,
        source: WEBSITES,
    };
    let site = match website::of(world, name) {
        Ok(site) => site,
        Err(error) => {
            return Ok(refused(
                404,
                format!("{}: {} It looks for the bucket {name}.", error.code, error.message),
            ));
        }
    };
    if let Some(other) = website::elsewhere(world, name, region) {
        let why = format!(
            "IncorrectEndpoint: The specified bucket exists in another region. Its website is at {}.",
            website::host(name, other)
        );
        // The status and the code are not documented.
        return Ok(Page {
            source: "ours",
            ..refused(400, why)
        });
    }
    let got = website::fetch(world, name, &site, path, &Visit::of_laptop("Mozilla/5.0"));
    let row = world.s3.buckets.get(&name.to_owned());
    let object = got.key.as_ref().and_then(|key| row?.objects.get(key));
    let body = object.map(|object| object.body.copy(0, SHOWN)).unwrap_or_default();
    Ok(Page {
        by: format!("the website of the bucket {name}"),
        body: String::from_utf8_lossy(&body).into_owned(),
        content_type: object.map(|object| object.content_type.clone()).unwrap_or_default(),
        location: got.location,
        key: got.key,
        ..refused(got.status, got.why)
    })
}

/// What answers where the packet ended.
fn server(world: &World, region: Region, address: &Address, at: IpAddr, trace: &Trace) -> Result<Page, String> {
    let guest = trace
        .forward
        .iter()
        .rev()
        .find(|hop| !hop.at_source && hop.instance().is_some());
    let port = guest.map_or(address.port, |hop| hop.after.destination_port);
    let instance = guest.and_then(|hop| {
        let region = hop.region().unwrap_or(region);
        world.row::<Instance>(region, hop.instance()?).map(|row| (region, row))
    });
    if let Some((region, row)) = instance {
        return program(world, region, row, port, address.port);
    }
    let ec2 = world.ec2(region);
    if let Some(found) = ec2.and_then(|ec2| by_itself(world, region, ec2, address, at, trace)) {
        return Ok(found);
    }
    Err("What stands there is no server of the Web.".to_owned())
}

/// What a program of a guest answers.
fn program(world: &World, region: Region, row: &Instance, port: u16, asked: u16) -> Result<Page, String> {
    let name = world.label(region, row.id.into());
    let Some(listener) = row.guest.serves(port) else {
        return Err(format!("Nothing listens on port {port} of {name}."));
    };
    if !speaks_http(&listener.program) {
        return Err(format!(
            "{} of {name} answers in a language of its own, not in HTTP.",
            listener.program
        ));
    }
    if TLS_PORTS.contains(&port) && asked == port {
        return Err(format!(
            "{} of {name} speaks TLS on port {port}: a plain http:// request means nothing to it.",
            listener.program
        ));
    }
    let set = row.guest.web.get(&port);
    let (status, body) = set.map_or((200, String::new()), |one| (one.status, one.body.clone()));
    let why = match set {
        Some(_) => "It was told what to answer (stratus PutWebAnswer).",
        None => {
            "Programs of the Web answer 200 and an empty page here, unless one says otherwise (stratus PutWebAnswer)."
        }
    };
    Ok(Page {
        status,
        by: format!("{} of {name}, on port {port}", listener.program),
        body: body.chars().take(SHOWN).collect(),
        content_type: String::new(),
        key: None,
        location: None,
        why: why.to_owned(),
        source: "ours",
    })
}

/// What a load balancer answers without asking a target.
fn by_itself(world: &World, region: Region, ec2: &Ec2, address: &Address, at: IpAddr, trace: &Trace) -> Option<Page> {
    let ends = trace.forward.last()?;
    let node = ec2.public_holder(at).or_else(|| {
        let mut rows = ec2.interfaces.rows();
        let found = rows.find(|row| {
            row.addresses
                .iter()
                .any(|one| IpAddr::V4(one.private) == ends.after.destination_address)
        });
        found.map(|row| row.id)
    })?;
    let id = *ec2.balancing.by_interface.get(&node)?;
    let ResourceId::LoadBalancer(balancer) = id else {
        return None;
    };
    let listener = balancing::listeners(ec2, balancer).find(|row| row.port == address.port)?;
    // The same rule as the packet came under: it stands for a request to the load balancer's own name (ours).
    let host = fronts::dns_name(world, region, id).unwrap_or_default();
    let rule = balancing::rule(ec2, listener, &host, ends.before.source_address)?;
    let name = world.label(region, id);
    let page = |status: &str, body: String, content_type: String, location| Page {
        status: status.parse().unwrap_or(0),
        by: format!("the load balancer {name}"),
        body,
        content_type,
        key: None,
        location,
        why: ends.text().to_owned(),
        source: ACTIONS,
    };
    match &rule.action {
        RuleAction::Forward { .. } => None,
        RuleAction::Fixed {
            status, body, content, ..
        } => Some(page(
            status,
            body.clone().unwrap_or_default(),
            content.clone().unwrap_or_default(),
            None,
        )),
        RuleAction::Redirect { to, status, .. } => Some(page(
            status.trim_start_matches("HTTP_"),
            String::new(),
            String::new(),
            Some(redirected(address, to)),
        )),
    }
}

/// Where a redirection of a listener's rule leads: protocol, port, host, path and query, in which words stand for what was asked for.
fn redirected(address: &Address, [protocol, port, host, path, query]: &[String; 5]) -> String {
    let (asked_path, asked_query) = address.parts();
    let given = |text: &str| {
        text.replace("#{protocol}", "http")
            .replace("#{port}", &address.port.to_string())
            .replace("#{host}", &address.host)
            .replace("#{path}", asked_path)
            .replace("#{query}", asked_query)
    };
    let query = given(query);
    let tail = if query.is_empty() {
        String::new()
    } else {
        format!("?{query}")
    };
    format!(
        "{}://{}:{}{}{tail}",
        given(protocol).to_ascii_lowercase(),
        given(host),
        given(port),
        given(path)
    )
}
