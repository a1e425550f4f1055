//! Resolution of names: stub resolver → recursive resolver → root → top-level domain → zone, with every step, who answered
//! it and why.
//!
//! A resolution reads the world and changes nothing but the session's [`Caches`]. It draws nothing from the world's
//! randomness, and asking costs nothing on the bill.

pub mod authority;
mod cache;
mod classic;
pub mod internet;
pub mod message;
pub mod name;
pub mod ownership;
pub mod places;
pub mod programs;
mod referrals;
mod resolver;
pub mod rollout;
mod routing;
mod routing_words;
pub mod study;
mod view;
pub mod zonefile;

pub use cache::{Caches, Kept, Line, View};
pub use routing::Asking;
pub use routing_words::Considered;
pub use view::{Honesty, PUBLIC, Public};

use crate::base::error::{Error, Result};
use crate::base::ids::{HostedZoneId, InstanceId};
use crate::catalog::Region;
use crate::world::World;
use serde::Serialize;
use std::net::{IpAddr, Ipv4Addr};

/// The types that can be asked for.
pub const TYPES: &[&str] = &[
    "A", "AAAA", "CAA", "CNAME", "DS", "HTTPS", "MX", "NAPTR", "NS", "PTR", "SOA", "SPF", "SRV", "SSHFP", "SVCB",
    "TLSA", "TXT",
];

/// A question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// The name, with or without its final dot.
    pub name: String,
    /// `A`, `AAAA`, …
    pub record_type: String,
    /// Who asks.
    pub from: Asker,
}

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asker {
    /// Somebody in a Region, outside all VPCs.
    Region(Region),
    /// An instance, through what its VPC's DHCP options name.
    Instance(InstanceId),
    /// An address: the interface that holds it, else somebody on the Internet.
    Address(IpAddr),
}

impl Asker {
    /// Reads a Region's name, an instance's id, an address, a city of [`places::CITIES`], or `internet` (somebody's laptop at
    /// 203.0.113.25, of which nobody knows where it is).
    pub fn read(text: &str) -> Option<Asker> {
        if text == "internet" {
            return Some(Asker::Address(Ipv4Addr::new(203, 0, 113, 25).into()));
        }
        Region::find(text)
            .map(Asker::Region)
            .or_else(|| InstanceId::parse(text).map(Asker::Instance))
            .or_else(|| text.parse().ok().map(Asker::Address))
            .or_else(|| places::find_city(text).map(|(number, _)| Asker::Address(places::somebody_in(number))))
    }
}

/// The answer to a [`Query`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Resolution {
    /// `NOERROR`, `NXDOMAIN`, `SERVFAIL`; `TIMEOUT` when no resolver answered at all.
    pub rcode: &'static str,
    /// The records, aliases first, in the order in which they came.
    pub answers: Vec<Answer>,
    /// Whether the resolver knew all of it from before.
    pub cached: bool,
    /// Every question of the way, in order: the first is the asker's own to its resolver.
    pub steps: Vec<Step>,
    /// Milliseconds until the answer was there.
    pub millis: i64,
    /// The SOA record of the zone that said no, where it did.
    pub authority: Vec<Answer>,
}

impl Resolution {
    /// The first IPv4 address among the answers.
    pub fn address(&self) -> Option<IpAddr> {
        let first = self.answers.iter().find(|answer| answer.record_type == "A");
        first?.value.parse().ok()
    }
}

/// One record of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    /// The name that has the record, with its final dot.
    pub name: String,
    /// Its type.
    #[serde(rename = "type")]
    pub record_type: String,
    /// For how many seconds more it may be kept.
    pub ttl: i64,
    /// Its value.
    pub value: String,
}

/// What kind of server was asked: for pictures, where one of a zone's four servers is as good as another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Server {
    /// The resolver, for what it knows of itself.
    Resolver,
    /// The resolver's cache.
    Memory,
    /// The root.
    Root,
    /// A top-level domain.
    TopLevel(String),
    /// The name servers of a public zone.
    Zone(HostedZoneId),
    /// A private zone.
    Private(HostedZoneId),
    /// A domain that is no zone of the account.
    Known(&'static str),
    /// Servers that nobody here runs.
    Nobody(String),
}

/// One question of the way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Step {
    /// What kind of server was asked.
    #[serde(skip)]
    pub kind: Server,
    /// Who was asked.
    pub server: String,
    /// For what.
    pub question: String,
    /// What came back.
    pub answer: String,
    /// Why that.
    pub why: String,
    /// Milliseconds there and back.
    pub millis: i64,
    /// The records that were considered, where there was something to choose.
    pub considered: Vec<Considered>,
}

/// Answers a question, and remembers what a resolver would remember.
///
/// # Errors
/// `InvalidInput` for a text that is no domain name, a type that is none, or an asker that does not exist.
pub fn resolve(world: &World, caches: &mut Caches, query: &Query) -> Result<Resolution> {
    let asker = view::asker(world, query.from)?;
    run(world, caches, &asker, query)
}

/// [`resolve`] by the resolver at an address instead of the asker's own, for a name as it stands and any type; `None`: no
/// resolver is there for this asker.
///
/// # Errors
/// As [`resolve`].
pub fn resolve_at(world: &World, caches: &mut Caches, query: &Query, server: IpAddr) -> Result<Option<Resolution>> {
    let own = view::asker(world, query.from)?;
    match view::at(&own, server) {
        Some(stub) => {
            let fault = |fault: name::Fault| Error::new("InvalidInput", fault.to_string()).at("name");
            let wanted = name::normal(&query.name).map_err(fault)?;
            Ok(Some(resolver::run(world, caches, &stub, &wanted, &query.record_type)))
        }
        None => Ok(None),
    }
}

fn run(world: &World, caches: &mut Caches, asker: &view::Stub, query: &Query) -> Result<Resolution> {
    let invalid = |parameter: &str, why: String| Error::new("InvalidInput", why).at(parameter);
    let record_type = query.record_type.trim().to_ascii_uppercase();
    if !TYPES.contains(&record_type.as_str()) {
        let known = TYPES.join(", ");
        return Err(invalid(
            "type",
            format!("'{}' is no record type. Known: {known}", query.record_type),
        ));
    }
    let asked = query.name.trim();
    name::normal(asked).map_err(|fault| invalid("name", fault.to_string()))?;
    let full = view::qualified(asker, asked);
    let wanted = name::normal(&full).map_err(|fault| invalid("name", fault.to_string()))?;
    Ok(resolver::run(world, caches, asker, &wanted, &record_type))
}

/// What the asker's machine has for its name server.
///
/// # Errors
/// `InvalidInput` for an instance that does not exist.
pub fn server_of(world: &World, from: Asker) -> Result<IpAddr> {
    view::asker(world, from).map(|stub| stub.server)
}

/// The address of Amazon's resolver of an asker's VPC, at its base plus two; `None` for somebody who is in none.
pub fn amazons(world: &World, from: Asker) -> Option<IpAddr> {
    view::amazons(world, from)
}

/// Which resolver somebody asks, and so which cache: for the page, which shows it.
///
/// # Errors
/// `InvalidInput` for an instance that does not exist.
pub fn view_of(world: &World, from: Asker) -> Result<View> {
    view::asker(world, from).map(|stub| stub.view)
}
