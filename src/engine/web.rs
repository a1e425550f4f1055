//! Opening an address of the Web by name: the packet's way to the address that the DNS gave, and what answers at its end: a
//! program of a guest, a rule of a load balancer, S3 ([`storage`]). A look at the world, which changes nothing of it.
//!
//! Names are looked up elsewhere ([`crate::dns`]), ways are judged elsewhere ([`crate::network`]); here the two meet.

pub(crate) mod storage;
mod xml;

use crate::base::ids::ResourceId;
use crate::base::ids::VpcEndpointId;
use crate::catalog::Region;
use crate::dns::{Asker, internet};
use crate::network::{self, Endpoint, Flow, Trace, balancing, fronts, speaks_http};
use crate::services::s3::decide::Heard;
use crate::services::s3::public::Visit;
use crate::world::balancing::RuleAction;
use crate::world::compute::Instance;
use crate::world::{Ec2, World};
use std::net::IpAddr;
use storage::Program;

/// TCP.
const TCP: u8 = 6;
/// Where the Web is served, unless an address says otherwise.
const PORT: u16 = 80;
/// The same with TLS.
const SECURE_PORT: u16 = 443;
/// Where servers speak TLS, which no address that begins with `http` can ask for.
const TLS_PORTS: [u16; 2] = [443, 8443];
/// Bytes of a body that are shown.
const SHOWN: usize = 2_000;
/// What who asks others for TLS hears.
const NO_TLS: &str = "https:// is simulated for S3's API only: use http://";
/// The program that asks: a browser.
const PROGRAM: Program<'static> = Program {
    name: "Mozilla/5.0",
    shown: SHOWN,
    referer: None,
    method: "GET",
    headers: Vec::new(),
};
/// What AWS says of what listeners answer by themselves.
const ACTIONS: &str = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html";

/// An address of the Web, in its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// Whether it begins with `https://`.
    pub secure: bool,
    /// The name, without its final dot.
    pub host: String,
    /// The port.
    pub port: u16,
    /// What comes behind, with its first slash.
    pub path: String,
}

impl Address {
    /// Reads `http://www.example.com:8080/a`, with or without the scheme and the path; without one it is `http`.
    ///
    /// # Errors
    /// In a sentence: another scheme, no name, no port number.
    pub fn read(text: &str) -> Result<Address, String> {
        let text = text.trim();
        let (secure, rest) = match text.split_once("://") {
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("http") => (false, rest),
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("https") => (true, rest),
            Some((scheme, _)) => return Err(format!("{scheme}:// is not simulated; use http://")),
            None => (false, text),
        };
        let (place, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
        let (host, port) = match place.rsplit_once(':') {
            None => (place, usual(secure)),
            Some((host, port)) => {
                let number = port.parse::<u16>().ok().filter(|port| *port > 0);
                (host, number.ok_or_else(|| format!("'{port}' is not a port"))?)
            }
        };
        let host = host.trim_end_matches('.').to_ascii_lowercase();
        if host.is_empty() || host.contains(char::is_whitespace) {
            return Err("Say a name, as http://www.example.com/".to_owned());
        }
        let slash = if path.starts_with('/') { "" } else { "/" };
        Ok(Address {
            secure,
            host,
            port,
            path: format!("{slash}{path}"),
        })
    }

    /// Its path without the first slash, and the query behind the question mark.
    fn parts(&self) -> (&str, &str) {
        let path = self.path.strip_prefix('/').unwrap_or(&self.path);
        path.split_once('?').unwrap_or((path, ""))
    }

    /// It as text; the port only where it is not the usual one.
    pub fn text(&self) -> String {
        let port = if self.port == usual(self.secure) {
            String::new()
        } else {
            format!(":{}", self.port)
        };
        let scheme = if self.secure { "https" } else { "http" };
        format!("{scheme}://{}{port}{}", self.host, self.path)
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

/// The port of an address that names none.
fn usual(secure: bool) -> u16 {
    if secure { SECURE_PORT } else { PORT }
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
    /// The policies that S3 asked on the way to its answer, in their order; empty where something else answered.
    pub heard: Vec<Heard>,
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
    let (websites, api) = (internet::websites_at(at), internet::storage_api_at(at));
    let storage = websites.is_some() || api.is_some();
    let trace = (!storage || home.is_some()).then(|| network::trace(world, region, &flow));
    let stopped = trace.as_ref().filter(|trace| !trace.reachable).map(|trace| {
        let first = trace.explanations.first();
        first.map_or_else(|| "Nothing came back.".to_owned(), |first| first.detail.clone())
    });
    let (heard, answer) = match (stopped, &trace) {
        (Some(why), _) => (Vec::new(), Err(why)),
        (None, Some(trace)) => match storage::answer(world, region, address, at, trace, &PROGRAM) {
            Some(said) => spoken(said),
            None if address.secure => (Vec::new(), Err(NO_TLS.to_owned())),
            None => (Vec::new(), server(world, region, address, at, trace)),
        },
        (None, None) => {
            let visit = Visit {
                source_ip: Some(match from {
                    Asker::Address(address) => address,
                    _ => network::INTERNET.into(),
                }),
                ..storage::visit(address, &PROGRAM)
            };
            let said = websites.map(|of| storage::site(world, of, address, &visit, &PROGRAM));
            let said = said.or_else(|| Some(storage::api(world, api?, address, &visit, &PROGRAM)));
            said.map_or_else(|| (Vec::new(), Err("Nothing came back.".to_owned())), spoken)
        }
    };
    Journey {
        region,
        flow,
        trace,
        heard,
        answer,
    }
}

/// What S3 said, with the reason in words where that is nothing.
fn spoken((heard, answer): storage::Said) -> (Vec<Heard>, Result<Page, String>) {
    (heard, answer.map_err(storage::Silence::why))
}

/// The VPC endpoint by which a packet came to its service. `home`: the Region of the sender.
pub fn through(world: &World, home: Region, trace: &Trace) -> Option<VpcEndpointId> {
    storage::through(world, home, trace).map(|(_, row, _)| row.id)
}

/// The machine that a packet came to, its Region, and the port that it came to there.
pub(crate) fn machine<'w>(world: &'w World, region: Region, trace: &Trace) -> Option<(Region, &'w Instance, u16)> {
    let mut hops = trace.forward.iter().rev();
    let hop = hops.find(|hop| !hop.at_source && hop.instance().is_some())?;
    let region = hop.region().unwrap_or(region);
    let row = world.row::<Instance>(region, hop.instance()?)?;
    Some((region, row, hop.after.destination_port))
}

/// What answers where the packet ended.
fn server(world: &World, region: Region, address: &Address, at: IpAddr, trace: &Trace) -> Result<Page, String> {
    if let Some((region, row, port)) = machine(world, region, trace) {
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
