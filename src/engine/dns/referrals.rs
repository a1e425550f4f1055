//! Who is asked about a part of the names, and what the root, the top-level domains and the name servers of zones say: an answer,
//! a no, or who knows better. Without a cache and without asking on: that is the resolver's.

use super::authority::{self, Found};
use super::cache::{Kept, Soa};
use super::internet::{self, Domain};
use super::routing::Asking;
use super::routing_words::Considered;
use super::{name, ownership};
use crate::base::ids::HostedZoneId;
use crate::world::World;
use crate::world::names::{self, HostedZone};

/// Who may be asked about a part of the names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Authority {
    /// The root servers.
    Root,
    /// The servers of a top-level domain.
    Top(String),
    /// The name servers of a hosted zone.
    Zone(HostedZoneId),
    /// A domain that is no hosted zone.
    Known(Domain),
    /// Whoever runs the servers that NS records name.
    Named(Named),
}

/// A zone cut with the servers that the parent names for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Named {
    /// The name from which on they are responsible.
    pub cut: String,
    /// Their names, in normal form.
    pub servers: Vec<String>,
    /// The addresses that the parent has of them.
    pub glue: Vec<(String, String)>,
}

/// A final answer, and who stands for it where it is a negative one.
pub(super) struct Final {
    /// The answer.
    pub kept: Kept,
    /// Seconds.
    pub ttl: i64,
    /// Who says no.
    pub soa: Soa,
}

/// What an authority says.
pub(super) enum Reply {
    /// This.
    Final(Final),
    /// Ask that one, which is responsible from this name on.
    Refer(String, Authority, i64),
    /// Nothing useful.
    Refused,
}

/// A reply with its reason and the records that were considered.
pub(super) type Told = (Reply, String, Vec<Considered>);

/// An authority in words, as a referral names it.
pub(super) fn describe(world: &World, authority: &Authority) -> String {
    match authority {
        Authority::Root => "the root servers".into(),
        Authority::Top(domain) => internet::top_level_server(domain),
        Authority::Zone(id) => world
            .route53
            .zones
            .get(id)
            .map(|zone| zone.name_servers.join(", "))
            .unwrap_or_default(),
        Authority::Known(domain) => domain.server().to_owned(),
        Authority::Named(named) => named.servers.join(", "),
    }
}

/// An answer in words.
pub(super) fn told(kept: &Kept, ttl: i64) -> String {
    match kept {
        Kept::Records(values) => format!("{} (TTL {ttl} s)", values.join(", ")),
        Kept::Alias(target) => format!("CNAME {target} (TTL {ttl} s)"),
        Kept::NoData => format!("NOERROR without an answer (kept {ttl} s)"),
        Kept::NoName => format!("NXDOMAIN (kept {ttl} s)"),
    }
}

/// What is kept of a final answer; `None` for a referral.
pub(super) fn finished(found: Found, negative_ttl: i64, soa: Soa) -> Option<Final> {
    let (kept, ttl, soa) = match found {
        Found::Records { ttl, values } => (Kept::Records(values), ttl, None),
        Found::Alias { ttl, target } => (Kept::Alias(target), ttl, None),
        Found::NoData => (Kept::NoData, negative_ttl, soa),
        Found::NoName => (Kept::NoName, negative_ttl, soa),
        Found::Referral { .. } => return None,
    };
    Some(Final { kept, ttl, soa })
}

/// What an authority says of its own.
pub(super) fn answered(found: Found, negative_ttl: i64, soa: Soa) -> Reply {
    finished(found, negative_ttl, soa).map_or(Reply::Refused, Reply::Final)
}

/// The SOA of a zone, as negative answers bring it.
pub(super) fn soa_of(zone: &HostedZone) -> Soa {
    let set = zone.served.get(&authority::key(&zone.name, "SOA"))?;
    Some((zone.name.clone(), set.values.first()?.clone()))
}

/// No by the root or a top-level domain.
fn negative(kept: Kept, ttl: i64, zone: &str) -> Reply {
    let server = match zone {
        name::ROOT => "a.root-servers.net.".to_owned(),
        domain => internet::top_level_server(domain),
    };
    let soa = Some((zone.to_owned(), internet::soa(&server)));
    Reply::Final(Final { kept, ttl, soa })
}

/// What the root says.
pub(super) fn root(world: &World, wanted: &str) -> (Reply, String) {
    let domain = internet::top_level_of(wanted);
    if domain == name::ROOT {
        let reply = negative(Kept::NoData, internet::ROOT_NEGATIVE_TTL, name::ROOT);
        return (reply, "The root has no such record.".into());
    }
    if let Some(zone) = authority::delegated(world, &domain) {
        return yours(zone);
    }
    if internet::is_top_level(domain.trim_end_matches('.')) || authority::any_below(world, &domain) {
        let next = Authority::Top(domain.clone());
        return (
            Reply::Refer(domain.clone(), next, internet::REFERRAL_TTL),
            format!("The root knows only who runs {}.", name::said(&domain)),
        );
    }
    (
        negative(Kept::NoName, internet::ROOT_NEGATIVE_TTL, name::ROOT),
        format!("There is no top-level domain {}.", name::said(&domain)),
    )
}

/// What a top-level domain says.
pub(super) fn top(world: &World, domain: &str, wanted: &str) -> (Reply, String) {
    if wanted == domain {
        return (
            negative(Kept::NoData, internet::NEGATIVE_TTL, domain),
            "The top-level domain itself has no such record.".into(),
        );
    }
    let below = below(world, domain, wanted);
    let known = name::ancestry(wanted).filter_map(Domain::find).last();
    match (below, known) {
        (Some(below), known) if known.is_none_or(|known| below.name().len() <= known.name().len()) => below.refer(),
        (_, Some(known)) => (
            Reply::Refer(known.name().into(), Authority::Known(known), internet::REFERRAL_TTL),
            format!(
                "{} knows who is responsible for {}.",
                name::said(domain),
                name::said(known.name())
            ),
        ),
        _ => {
            let unknown = name::ancestry(wanted).find(|cut| ownership::told(world, cut).is_some());
            let why = match unknown {
                Some(cut) => format!(
                    "The parent has no NS records for {}: nobody told it who is responsible (stratus PutDelegation).",
                    name::said(cut)
                ),
                None => "Nobody has registered that name in this world. Create a public hosted zone to own it (ours)."
                    .into(),
            };
            (negative(Kept::NoName, internet::NEGATIVE_TTL, domain), why)
        }
    }
}

/// Who is responsible for a part of the names, as its parent knows.
pub(super) enum Below<'w> {
    /// A zone of the account's, by itself.
    Zone(&'w HostedZone),
    /// Whom the parent was told.
    Told(&'w str, &'w names::Told),
}

impl Below<'_> {
    fn name(&self) -> &str {
        match self {
            Below::Zone(zone) => &zone.name,
            Below::Told(name, _) => name,
        }
    }

    /// Whom to ask instead.
    pub fn refer(&self) -> (Reply, String) {
        match self {
            Below::Zone(zone) => yours(zone),
            Below::Told(cut, told) => {
                let next = Authority::Named(Named {
                    cut: (*cut).to_owned(),
                    servers: told.servers.clone(),
                    glue: told.glue.clone(),
                });
                let why = format!(
                    "The parent has been told which name servers are responsible for {}.",
                    name::said(cut)
                );
                (Reply::Refer((*cut).to_owned(), next, internet::REFERRAL_TTL), why)
            }
        }
    }
}

/// Who is responsible next below a name on the way to another: whom the parent was told, else the account's public zone, as
/// whoever creates a zone owns its name (ours).
pub(super) fn below<'w>(world: &'w World, above: &str, wanted: &str) -> Option<Below<'w>> {
    name::ancestry(wanted)
        .take_while(|cut| *cut != above)
        .filter_map(
            |cut| match world.route53.told.range(cut.to_owned()..=cut.to_owned()).next() {
                Some((name, told)) if !told.servers.is_empty() => Some(Below::Told(name, told)),
                Some(_) => None,
                None => authority::delegated(world, cut).map(Below::Zone),
            },
        )
        .last()
}

pub(super) fn yours(zone: &HostedZone) -> (Reply, String) {
    let why = format!(
        "{} is yours: whoever creates a public zone here owns its name, and of several zones of one name the first counts (ours).",
        name::said(&zone.name)
    );
    (
        Reply::Refer(zone.name.clone(), Authority::Zone(zone.id), internet::REFERRAL_TTL),
        why,
    )
}

/// What the name servers of a hosted zone say.
pub(super) fn hosted(world: &World, zone: &HostedZone, wanted: &str, record_type: &str, asking: &Asking) -> Told {
    let answer = authority::answer(world, zone, wanted, record_type, asking);
    let child = below(world, &zone.name, wanted);
    match (answer.found, child) {
        // The zone's own NS records decide, unless a zone lies nearer.
        (Found::Referral { cut, servers, ttl }, child)
            if child.as_ref().is_none_or(|child| cut.len() <= child.name().len()) =>
        {
            let glue = glue(zone, &servers);
            let next = Authority::Named(Named {
                cut: cut.clone(),
                servers,
                glue,
            });
            (Reply::Refer(cut, next, ttl), answer.why, Vec::new())
        }
        (_, Some(child)) => {
            let (reply, why) = child.refer();
            (reply, why, Vec::new())
        }
        (found, None) => {
            let reply = answered(found, authority::negative_ttl(zone), soa_of(zone));
            (reply, answer.why, answer.considered)
        }
    }
}

/// The addresses that a zone itself has of name servers whose names lie below a cut of its: glue.
pub(super) fn glue(zone: &HostedZone, servers: &[String]) -> Vec<(String, String)> {
    let of = |server: &String| {
        let set = zone.served.get(&authority::key(server, "A"))?;
        Some((server.clone(), set.values.first()?.clone()))
    };
    servers.iter().filter_map(of).collect()
}

/// What the root or a top-level domain says of a name, for who asks it directly.
pub(super) enum Referral {
    /// Others know better.
    To {
        cut: String,
        servers: Vec<String>,
        glue: Vec<(String, String)>,
    },
    /// No, with the value of the SOA that stands for it.
    No { rcode: &'static str, value: String },
}

/// See [`Referral`].
pub(super) fn referral(world: &World, domain: &str, wanted: &str) -> Referral {
    let (reply, _) = match domain {
        name::ROOT => root(world, wanted),
        _ => top(world, domain, wanted),
    };
    match reply {
        Reply::Refer(cut, next, _) => {
            let (servers, glue) = match next {
                Authority::Named(named) => (named.servers, named.glue),
                Authority::Top(domain) => (vec![internet::top_level_server(&domain)], Vec::new()),
                Authority::Known(domain) => (vec![domain.server().to_owned()], Vec::new()),
                Authority::Zone(id) => {
                    let zone = world.route53.zones.get(&id);
                    let servers = zone.map(|zone| zone.name_servers.clone()).unwrap_or_default();
                    let servers = servers.iter().filter_map(|server| name::normal(server).ok());
                    (servers.collect(), Vec::new())
                }
                Authority::Root => (Vec::new(), Vec::new()),
            };
            Referral::To { cut, servers, glue }
        }
        Reply::Final(found) => Referral::No {
            rcode: if found.kept == Kept::NoName {
                "NXDOMAIN"
            } else {
                "NOERROR"
            },
            value: found.soa.map(|(_, value)| value).unwrap_or_default(),
        },
        Reply::Refused => Referral::No {
            rcode: "REFUSED",
            value: String::new(),
        },
    }
}
