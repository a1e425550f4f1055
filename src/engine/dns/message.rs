//! A question to one server, and its reply as a DNS message has it (RFC 1035 §4): what `dig` shows and what the DNS port of
//! `cargo serve` sends. Which server is at an address, and what it says by itself; resolvers ask on, name servers do not.

use super::authority::{self, Found};
use super::cache::Caches;
use super::internet::{self, Domain};
use super::routing::Asking;
use super::{Answer, Asker, Query, name, ownership, referrals, resolve_at, server_of, view};
use crate::base::error::{Error, Result};
use crate::base::limits::DNS_ALIASES;
use crate::world::World;
use crate::world::names::HostedZone;
use std::net::{IpAddr, Ipv4Addr};

/// The root servers, by letter, with the addresses that the real ones have.
pub const ROOTS: [(char, Ipv4Addr); 13] = [
    ('a', Ipv4Addr::new(198, 41, 0, 4)),
    ('b', Ipv4Addr::new(170, 247, 170, 2)),
    ('c', Ipv4Addr::new(192, 33, 4, 12)),
    ('d', Ipv4Addr::new(199, 7, 91, 13)),
    ('e', Ipv4Addr::new(192, 203, 230, 10)),
    ('f', Ipv4Addr::new(192, 5, 5, 241)),
    ('g', Ipv4Addr::new(192, 112, 36, 4)),
    ('h', Ipv4Addr::new(198, 97, 190, 53)),
    ('i', Ipv4Addr::new(192, 36, 148, 17)),
    ('j', Ipv4Addr::new(192, 58, 128, 30)),
    ('k', Ipv4Addr::new(193, 0, 14, 129)),
    ('l', Ipv4Addr::new(199, 7, 83, 42)),
    ('m', Ipv4Addr::new(202, 12, 27, 33)),
];
/// The number of the class that all of this is about: the Internet's (RFC 1035 §3.2.4).
pub const INTERNET: u16 = 1;
/// TTL of the root's NS records.
const ROOT_TTL: i64 = 518_400;
/// The server of com and net, as the real one has it.
const GTLD: Ipv4Addr = Ipv4Addr::new(192, 5, 6, 30);
/// The servers of all other top-level domains, and of the domains that are no zones of the account (ours).
const NIC: Ipv4Addr = Ipv4Addr::new(198, 19, 255, 53);
const DOMAINS: [(Domain, Ipv4Addr); 5] = [
    (Domain::Amazon, Ipv4Addr::new(198, 19, 254, 1)),
    (Domain::Addresses, Ipv4Addr::new(198, 19, 254, 4)),
    (Domain::Reverse, Ipv4Addr::new(198, 19, 254, 2)),
    (Domain::Ours("example.net."), Ipv4Addr::new(198, 19, 254, 3)),
    (Domain::Ours("example.org."), Ipv4Addr::new(198, 19, 254, 3)),
];

/// Whether a question of this type is for a whole zone.
pub fn is_transfer(record_type: &str) -> bool {
    matches!(record_type, "AXFR" | "IXFR")
}

/// A question as a message has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The name, complete or not: nothing is put behind it.
    pub name: String,
    /// `A`, …, or `ANY`.
    pub record_type: String,
    /// Its class, as a number.
    pub class: u16,
    /// Whether the server is to ask on (RD).
    pub recurse: bool,
}

impl Question {
    /// Who is responsible for the root: what everybody answers who answers at all.
    pub fn of_root() -> Question {
        Question {
            name: name::ROOT.into(),
            record_type: "NS".into(),
            class: INTERNET,
            recurse: true,
        }
    }
}

/// A reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// `NOERROR`, `NXDOMAIN`, `SERVFAIL`, `REFUSED`.
    pub rcode: &'static str,
    /// Whether the server is responsible for the name (AA).
    pub authoritative: bool,
    /// Whether it asks on for others (RA).
    pub recursive: bool,
    /// The answer.
    pub answer: Vec<Answer>,
    /// Who is responsible, or who says no.
    pub authority: Vec<Answer>,
    /// Addresses of those (glue).
    pub additional: Vec<Answer>,
}

/// What became of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The reply; `None` = nothing came back.
    pub message: Option<Message>,
    /// Who was asked.
    pub server: IpAddr,
    /// Milliseconds there and back.
    pub millis: i64,
}

impl Message {
    /// One without records.
    pub(super) fn of(rcode: &'static str) -> Message {
        Message {
            rcode,
            authoritative: false,
            recursive: false,
            answer: Vec::new(),
            authority: Vec::new(),
            additional: Vec::new(),
        }
    }
}

fn record(name: &str, ttl: i64, record_type: &str, value: impl Into<String>) -> Answer {
    Answer {
        name: name.to_owned(),
        record_type: record_type.to_owned(),
        ttl,
        value: value.into(),
    }
}

/// The address of a server's name, where this world's DNS has one.
pub fn server_address(world: &World, caches: &mut Caches, from: Asker, text: &str) -> Option<IpAddr> {
    let wanted = name::normal(text).ok()?;
    if let Some(known) = known_address(&wanted) {
        return Some(known);
    }
    let query = Query {
        name: wanted,
        record_type: "A".into(),
        from,
    };
    super::resolve(world, caches, &query).ok()?.address()
}

/// The address of a name server that no zone of the account has.
fn known_address(server: &str) -> Option<IpAddr> {
    let root = server.strip_suffix(".root-servers.net.").map(|letter| {
        let mut roots = ROOTS.iter();
        roots.find(|(known, _)| known.to_string() == letter)
    });
    if let Some(root) = root {
        return root.map(|(_, address)| IpAddr::V4(*address));
    }
    if server.ends_with(".gtld-servers.net.") {
        return Some(GTLD.into());
    }
    if server.starts_with("a.nic.") {
        return Some(NIC.into());
    }
    let domain = DOMAINS.iter().find(|(domain, _)| domain.server() == server);
    domain
        .map(|(_, address)| IpAddr::V4(*address))
        .or_else(|| ownership::address_of(server).map(IpAddr::V4))
}

/// Asks one server: the asker's own, or the one at an address.
///
/// # Errors
/// `InvalidInput` for a name or type that is none, or an asker that does not exist.
pub fn ask(
    world: &World,
    caches: &mut Caches,
    from: Asker,
    server: Option<IpAddr>,
    question: &Question,
) -> Result<Outcome> {
    let invalid = |fault: name::Fault| Error::new("InvalidInput", fault.to_string()).at("name");
    let wanted = name::normal(&question.name).map_err(invalid)?;
    let record_type = question.record_type.to_ascii_uppercase();
    let own = server_of(world, from)?;
    let server = server.unwrap_or(own);
    if question.class != INTERNET || is_transfer(&record_type) {
        return refused(world, caches, from, server);
    }
    let asking = view::asking_of(world, from)?;
    let asking = Asking {
        lot: caches.lot(),
        ..asking
    };
    if let Some((message, millis)) = by_name_server(world, server, &wanted, &record_type, &asking) {
        return Ok(Outcome {
            message: Some(message),
            server,
            millis,
        });
    }
    let asked = Question {
        name: wanted,
        record_type,
        ..*question
    };
    by_resolver(world, caches, from, server, &asked)
}

/// What whoever answers at an address refuses: classes besides the Internet's (ours), and the transfer of a zone, which Route 53
/// does not do.
fn refused(world: &World, caches: &mut Caches, from: Asker, server: IpAddr) -> Result<Outcome> {
    let mut outcome = ask(world, caches, from, Some(server), &Question::of_root())?;
    outcome.message = outcome.message.map(|_| Message::of("REFUSED"));
    Ok(outcome)
}

/// What a resolver says: what it knows, or what it finds out.
fn by_resolver(
    world: &World,
    caches: &mut Caches,
    from: Asker,
    server: IpAddr,
    question: &Question,
) -> Result<Outcome> {
    let wanted = &question.name;
    if wanted == name::ROOT && matches!(question.record_type.as_str(), "NS" | "ANY") {
        // Every resolver has the root's servers by heart.
        let mut outcome = unasked(world, caches, from, server, wanted, &["NS"])?;
        if let Some(message) = &mut outcome.message {
            message.answer = std::mem::take(&mut message.authority);
        }
        return Ok(outcome);
    }
    let types: Vec<&str> = match question.record_type.as_str() {
        // RFC 8482 §4.1: one set of those that there are is enough of an answer to ANY.
        "ANY" => vec!["A", "AAAA", "MX", "TXT", "NS", "CNAME", "SOA"],
        one => vec![one],
    };
    if !question.recurse {
        return unasked(world, caches, from, server, wanted, &types);
    }
    let mut last = None;
    for record_type in types {
        let query = Query {
            // With its final dot nothing is put behind it.
            name: wanted.clone(),
            record_type: record_type.to_owned(),
            from,
        };
        let Some(found) = resolve_at(world, caches, &query, server)? else {
            return Ok(Outcome {
                message: None,
                server,
                millis: 5_000,
            });
        };
        let silent = found.rcode == "TIMEOUT";
        let done = silent || found.rcode != "NOERROR" || !found.answers.is_empty();
        let message = (!silent).then(|| Message {
            recursive: true,
            answer: found.answers,
            authority: found.authority,
            ..Message::of(found.rcode)
        });
        last = Some(Outcome {
            message,
            server,
            millis: found.millis,
        });
        if done {
            break;
        }
    }
    last.ok_or_else(|| Error::new("InvalidInput", "there is no such type").at("type"))
}

/// What a resolver says that is not to ask anybody: what it remembers, else where the root is.
fn unasked(
    world: &World,
    caches: &mut Caches,
    from: Asker,
    server: IpAddr,
    wanted: &str,
    types: &[&str],
) -> Result<Outcome> {
    let Some(stub) = view::at(&view::asker(world, from)?, server).filter(|stub| stub.silent.is_none()) else {
        return Ok(Outcome {
            message: None,
            server,
            millis: 5_000,
        });
    };
    let mut message = Message {
        recursive: true,
        ..Message::of("NOERROR")
    };
    let known = caches.known(stub.view, wanted, types.first().copied().unwrap_or("A"), world.now);
    match known {
        Some((rcode, answer, authority)) => {
            message.rcode = rcode;
            message.answer = answer;
            message.authority = authority;
        }
        None => message.authority = root_servers(),
    }
    Ok(Outcome {
        message: Some(message),
        server,
        millis: stub.leg,
    })
}

fn root_servers() -> Vec<Answer> {
    let of = |(letter, _): &(char, Ipv4Addr)| record(".", ROOT_TTL, "NS", format!("{letter}.root-servers.net."));
    ROOTS.iter().map(of).collect()
}

/// What the name server at an address says by itself; `None`: there is no name server.
fn by_name_server(
    world: &World,
    server: IpAddr,
    wanted: &str,
    record_type: &str,
    asking: &Asking,
) -> Option<(Message, i64)> {
    if ROOTS.iter().any(|(_, address)| IpAddr::V4(*address) == server) {
        return Some((by_root(world, wanted, record_type), 9));
    }
    if ownership::is_route53(server) {
        return Some((by_route53(world, server, wanted, record_type, asking), 6));
    }
    let top = internet::top_level_of(wanted);
    let gtld = matches!(top.as_str(), "com." | "net.");
    if (server == GTLD && gtld) || (server == NIC && !gtld) {
        let message = match internet::is_top_level(top.trim_end_matches('.')) || authority::any_below(world, &top) {
            true => below(world, &top, wanted, record_type),
            false => Message::of("REFUSED"),
        };
        return Some((message, 15));
    }
    if server == GTLD || server == NIC {
        return Some((Message::of("REFUSED"), 15));
    }
    let mut here = DOMAINS
        .iter()
        .filter(|(_, address)| IpAddr::V4(*address) == server)
        .peekable();
    here.peek()?;
    let domain = here.find(|(domain, _)| name::within(wanted, domain.name()));
    let message = match domain {
        Some((domain, _)) => by_domain(world, *domain, wanted, record_type),
        None => Message::of("REFUSED"),
    };
    Some((message, 40))
}

fn by_root(world: &World, wanted: &str, record_type: &str) -> Message {
    if wanted == name::ROOT {
        let mut message = Message {
            authoritative: true,
            ..Message::of("NOERROR")
        };
        match record_type {
            "NS" | "ANY" => {
                message.answer = root_servers();
                message.additional = ROOTS
                    .iter()
                    .map(|(letter, address)| {
                        record(
                            &format!("{letter}.root-servers.net."),
                            ROOT_TTL,
                            "A",
                            address.to_string(),
                        )
                    })
                    .collect();
            }
            _ => message.authority = vec![soa(name::ROOT, &internet::soa("a.root-servers.net."), 86_400)],
        }
        return message;
    }
    below(world, name::ROOT, wanted, record_type)
}

fn soa(zone: &str, value: &str, ttl: i64) -> Answer {
    record(zone, ttl, "SOA", value)
}

/// A referral, or a denial, by the root or a top-level domain.
fn below(world: &World, domain: &str, wanted: &str, record_type: &str) -> Message {
    match referrals::referral(world, domain, wanted) {
        referrals::Referral::To { cut, servers, glue } => {
            let named = servers
                .iter()
                .map(|server| record(&cut, internet::REFERRAL_TTL, "NS", server.as_str()));
            let mut message = Message {
                authority: named.collect(),
                ..Message::of("NOERROR")
            };
            message.additional = additional(&servers, &glue, internet::REFERRAL_TTL);
            message
        }
        referrals::Referral::No { rcode, value } => {
            let mut message = Message {
                authoritative: true,
                authority: vec![soa(domain, &value, internet::NEGATIVE_TTL)],
                ..Message::of(rcode)
            };
            if wanted == domain && record_type == "NS" {
                message.rcode = "NOERROR";
                message.authority.clear();
                let server = internet::top_level_server(domain);
                message.answer = vec![record(domain, internet::REFERRAL_TTL, "NS", server)];
            }
            message
        }
    }
}

/// Addresses of name servers, as far as the referring server has them.
fn additional(servers: &[String], glue: &[(String, String)], ttl: i64) -> Vec<Answer> {
    let of = |server: &String| {
        let given = glue
            .iter()
            .find(|(name, _)| name == server)
            .map(|(_, address)| address.clone());
        let address = given.or_else(|| known_address(server).map(|address| address.to_string()))?;
        let kind = if address.contains(':') { "AAAA" } else { "A" };
        Some(record(server, ttl, kind, address))
    };
    servers.iter().filter_map(of).collect()
}

fn by_domain(world: &World, domain: Domain, wanted: &str, record_type: &str) -> Message {
    let found = domain.answer(world, wanted, record_type).0;
    let mut message = Message {
        authoritative: true,
        ..Message::of("NOERROR")
    };
    let no = || {
        vec![soa(
            domain.name(),
            &internet::soa(domain.server()),
            internet::NEGATIVE_TTL,
        )]
    };
    match found {
        Found::Records { ttl, values } => {
            message.answer = values
                .into_iter()
                .map(|value| record(wanted, ttl, record_type, value))
                .collect();
        }
        Found::Alias { ttl, target } => message.answer = vec![record(wanted, ttl, "CNAME", target)],
        Found::NoData if wanted == domain.name() && record_type == "NS" => {
            message.answer = vec![record(wanted, internet::REFERRAL_TTL, "NS", domain.server())];
        }
        Found::NoName => {
            message.rcode = "NXDOMAIN";
            message.authority = no();
        }
        Found::NoData | Found::Referral { .. } => message.authority = no(),
    }
    message
}

/// What a name server of Route 53 says: of the zones that it serves, the one nearest to the name.
fn by_route53(world: &World, server: IpAddr, wanted: &str, record_type: &str, asking: &Asking) -> Message {
    let zones = ownership::served_at(world, server);
    let inside = zones.into_iter().filter(|zone| name::within(wanted, &zone.name));
    // Of two zones of one name the elder, which comes first.
    let nearest = inside.rev().max_by_key(|zone| zone.name.len());
    match nearest {
        Some(zone) => by_zone(world, zone, wanted, record_type, asking),
        None => Message::of("REFUSED"),
    }
}

/// What the name servers of a zone say.
fn by_zone(world: &World, zone: &HostedZone, wanted: &str, record_type: &str, asking: &Asking) -> Message {
    let mut message = Message {
        authoritative: true,
        ..Message::of("NOERROR")
    };
    let mut at = wanted.to_owned();
    for _ in 0..DNS_ALIASES {
        if record_type == "ANY" {
            for (kind, found) in authority::all(world, zone, &at, asking) {
                if let Found::Records { ttl, values } = found {
                    let records = values.into_iter().map(|value| record(&at, ttl, &kind, value));
                    message.answer.extend(records);
                }
            }
            if !message.answer.is_empty() {
                break;
            }
        }
        match authority::find(world, zone, &at, record_type, asking) {
            Found::Records { ttl, mut values } => {
                internet::shuffled(world, asking.lot, &at, record_type, &mut values);
                let records = values.into_iter().map(|value| record(&at, ttl, record_type, value));
                message.answer.extend(records);
                break;
            }
            Found::Alias { ttl, target } => {
                message.answer.push(record(&at, ttl, "CNAME", target.as_str()));
                // Within the zone its servers go on; for the rest the resolver must ask.
                if !name::within(&target, &zone.name) {
                    return message;
                }
                at = target;
            }
            Found::Referral { cut, servers, ttl } => {
                message.authoritative = !message.answer.is_empty();
                let glue = referrals::glue(zone, &servers);
                message.additional = additional(&servers, &glue, ttl);
                let named = servers.iter().map(|server| record(&cut, ttl, "NS", server.as_str()));
                message.authority = named.collect();
                return message;
            }
            other => {
                if other == Found::NoName {
                    message.rcode = "NXDOMAIN";
                }
                if let Some((name, value)) = referrals::soa_of(zone) {
                    message.authority = vec![soa(&name, &value, authority::negative_ttl(zone))];
                }
                return message;
            }
        }
    }
    if !(record_type == "NS" && wanted == zone.name) {
        message.authority = own_servers(zone);
    }
    message
}

/// The NS records of a zone, which its servers put beside every answer.
fn own_servers(zone: &HostedZone) -> Vec<Answer> {
    let Some(set) = zone.served.get(&authority::key(&zone.name, "NS")) else {
        return Vec::new();
    };
    let of = |server: &String| {
        let server = name::normal(server).unwrap_or_else(|_| server.clone());
        record(&zone.name, set.ttl.unwrap_or(0), "NS", server)
    };
    set.values.iter().map(of).collect()
}
