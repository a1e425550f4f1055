//! The recursive resolver: its cache first, then who is responsible, step by step down from the root.

use super::authority::{self, Found};
use super::cache::{Cache, Caches, Kept, View};
use super::classic;
use super::internet::{self, Domain};
use super::view::{self, Stub};
use super::{Answer, Resolution, Server, Step, name};
use crate::base::ids::{HostedZoneId, VpcId};
use crate::base::limits::{DNS_ALIASES, DNS_REFERRALS};
use crate::catalog::Region;
use crate::world::World;
use crate::world::names::HostedZone;
use crate::world::vpc::Vpc;
use stratus_model::sort;

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
    /// Servers that nobody here runs.
    Nobody(Vec<String>),
}

/// What an authority says.
enum Reply {
    /// This, to be kept for so many seconds.
    Final(Kept, i64),
    /// Ask that one, which is responsible from this name on.
    Refer(String, Authority, i64),
    /// Nothing useful.
    Refused,
}

struct Search<'a> {
    world: &'a World,
    cache: &'a mut Cache,
    stub: &'a Stub,
    steps: Vec<Step>,
    /// Whether anybody but the cache was asked.
    asked: bool,
}

pub(super) fn run(world: &World, caches: &mut Caches, stub: &Stub, wanted: &str, record_type: &str) -> Resolution {
    let first = |answer: String, why: String| Step {
        kind: Server::Resolver,
        server: stub.resolver.clone(),
        question: format!("{wanted} {record_type}"),
        answer,
        why,
    };
    if let Some(silent) = &stub.silent {
        return Resolution {
            rcode: "TIMEOUT",
            answers: Vec::new(),
            cached: false,
            steps: vec![first("no answer".into(), silent.clone())],
        };
    }
    let mut search = Search {
        world,
        cache: caches.of(stub.view),
        stub,
        steps: Vec::new(),
        asked: false,
    };
    let (rcode, answers) = search.follow(wanted, record_type);
    let why = match search.steps.as_slice() {
        [only] if !search.asked => only.why.clone(),
        _ => stub.why.clone(),
    };
    let mut steps = vec![first(summary(rcode, &answers), why)];
    // A question that the cache alone has answered is one step, not two.
    if search.asked || search.steps.len() > 1 {
        steps.append(&mut search.steps);
    }
    Resolution {
        rcode,
        answers,
        cached: !search.asked,
        steps,
    }
}

fn summary(rcode: &str, answers: &[Answer]) -> String {
    match answers {
        [] if rcode == "NOERROR" => "NOERROR, but no record of that type".into(),
        [] => rcode.into(),
        _ => {
            let texts: Vec<String> = answers
                .iter()
                .map(|answer| format!("{} {}", answer.record_type, answer.value))
                .collect();
            let all = texts.join(", ");
            if rcode == "NOERROR" {
                all
            } else {
                format!("{rcode} after {all}")
            }
        }
    }
}

impl Search<'_> {
    /// Follows aliases to the end; each hop is a question of its own.
    fn follow(&mut self, wanted: &str, record_type: &str) -> (&'static str, Vec<Answer>) {
        let (mut answers, mut at) = (Vec::new(), wanted.to_owned());
        let mut seen = Vec::new();
        loop {
            if seen.contains(&at) || seen.len() >= DNS_ALIASES {
                let why = if seen.contains(&at) {
                    "The CNAME records lead in a circle."
                } else {
                    "There are too many CNAME records to follow."
                };
                self.step(
                    Server::Resolver,
                    self.stub.resolver.clone(),
                    &at,
                    record_type,
                    "SERVFAIL".into(),
                    why.into(),
                );
                return ("SERVFAIL", answers);
            }
            let Some((kept, ttl)) = self.one(&at, record_type) else {
                return ("SERVFAIL", answers);
            };
            let answer = |name: &str, record_type: &str, value: String| Answer {
                name: name.to_owned(),
                record_type: record_type.to_owned(),
                ttl,
                value,
            };
            match kept {
                Kept::Records(mut values) => {
                    internet::shuffled(self.world, &at, record_type, &mut values);
                    answers.extend(values.into_iter().map(|value| answer(&at, record_type, value)));
                    return ("NOERROR", answers);
                }
                Kept::Alias(target) => {
                    answers.push(answer(&at, "CNAME", target.clone()));
                    seen.push(std::mem::replace(&mut at, target));
                }
                Kept::NoData => return ("NOERROR", answers),
                Kept::NoName => return ("NXDOMAIN", answers),
            }
        }
    }

    /// One name: from the cache, from what the VPC's resolver knows of itself, or from outside. `None`: no server that
    /// should know answers.
    fn one(&mut self, wanted: &str, record_type: &str) -> Option<(Kept, i64)> {
        let now = self.world.now;
        if let Some((kept, left)) = self.cache.answer(wanted, record_type, now) {
            let why = format!("The resolver still knows it from an earlier question, and forgets it in {left} s.");
            let resolver = self.stub.resolver.clone();
            self.step(Server::Memory, resolver, wanted, record_type, told(&kept, left), why);
            return Some((kept, left));
        }
        self.asked = true;
        let (kept, ttl) = match self.stub.view {
            View::Vpc(region, vpc) => match self.inside(region, vpc, wanted, record_type) {
                Some(found) => found,
                None => self.outside(wanted, record_type)?,
            },
            View::Classic(region, linked) => match self.in_classic(region, linked, wanted, record_type) {
                Some(found) => found,
                None => self.outside(wanted, record_type)?,
            },
            View::Region(_) | View::Internet => self.outside(wanted, record_type)?,
        };
        self.cache.keep(wanted, record_type, &kept, ttl, now);
        Some((kept, ttl))
    }

    /// What a VPC's resolver answers without asking anybody.
    fn inside(&mut self, region: Region, id: VpcId, wanted: &str, record_type: &str) -> Option<(Kept, i64)> {
        if let Some(found) = self.of_private_zone(region, id, wanted, record_type) {
            return Some(found);
        }
        let vpc = self.world.row::<Vpc>(region, id)?;
        let known = internet::internal(self.world, region, vpc, wanted, record_type)?;
        self.of_itself(known, wanted, record_type)
    }

    /// What a private zone of a VPC answers.
    fn of_private_zone(&mut self, region: Region, id: VpcId, wanted: &str, record_type: &str) -> Option<(Kept, i64)> {
        let vpc = self.world.row::<Vpc>(region, id)?;
        if let Some(zone) = view::private_zone(self.world, region, id, wanted) {
            let server = format!("private zone {} ({})", zone.name, zone.id);
            if vpc.dns_hostnames {
                let (found, why) = authority::answer(self.world, zone, wanted, record_type);
                let why = match found {
                    Found::NoName => {
                        format!(
                            "{why} It is associated with {id} and has the last word there: the public zone is not asked."
                        )
                    }
                    _ => format!("{why} It is associated with {id}, where it beats any public zone of the name."),
                };
                let found = kept(found, authority::negative_ttl(zone))?;
                let kind = Server::Private(zone.id);
                self.step(kind, server, wanted, record_type, told(&found.0, found.1), why);
                return Some(found);
            }
            let why =
                format!("It is associated with {id}, but enableDnsHostnames of {id} is off, so it is not used there.");
            let kind = Server::Private(zone.id);
            self.step(kind, server, wanted, record_type, "not asked".into(), why);
        }
        None
    }

    /// What EC2-Classic's resolver answers without asking anybody.
    fn in_classic(
        &mut self,
        region: Region,
        linked: Option<VpcId>,
        wanted: &str,
        record_type: &str,
    ) -> Option<(Kept, i64)> {
        // ClassicLink DNS support lets a linked instance see the VPC's private zones too.
        let zone = linked.and_then(|vpc| self.of_private_zone(region, vpc, wanted, record_type));
        if zone.is_some() {
            return zone;
        }
        let known = classic::internal(self.world, region, linked, wanted, record_type)?;
        self.of_itself(known, wanted, record_type)
    }

    /// What a resolver of Amazon's knows of itself.
    fn of_itself(&mut self, (found, why): (Found, String), wanted: &str, record_type: &str) -> Option<(Kept, i64)> {
        let found = kept(found, internet::NEGATIVE_TTL)?;
        let server = self.stub.resolver.clone();
        self.step(
            Server::Resolver,
            server,
            wanted,
            record_type,
            told(&found.0, found.1),
            why,
        );
        Some(found)
    }

    /// From the nearest authority that is known, down to the one that answers.
    fn outside(&mut self, wanted: &str, record_type: &str) -> Option<(Kept, i64)> {
        let now = self.world.now;
        let mut remembered = self.cache.referral(wanted, now);
        let mut authority = remembered
            .as_ref()
            .map_or(Authority::Root, |(_, authority)| authority.clone());
        for _ in 0..DNS_REFERRALS {
            match self.ask(&authority, wanted, record_type) {
                Reply::Final(kept, ttl) => return Some((kept, ttl)),
                Reply::Refer(cut, next, ttl) => {
                    self.cache.keep_referral(&cut, &next, ttl, now);
                    authority = next;
                }
                // What was remembered is no longer true: start again at the root, once.
                Reply::Refused if remembered.take().is_some() => {
                    self.cache.forget_referrals();
                    authority = Authority::Root;
                }
                Reply::Refused => break,
            }
        }
        None
    }

    fn ask(&mut self, authority: &Authority, wanted: &str, record_type: &str) -> Reply {
        let world = self.world;
        let (server, reply, why) = match authority {
            Authority::Root => {
                let (reply, why) = root(world, wanted);
                ("a.root-servers.net.".to_owned(), reply, why)
            }
            Authority::Top(domain) => {
                let (reply, why) = top(world, domain, wanted);
                (internet::top_level_server(domain), reply, why)
            }
            Authority::Zone(id) => match world.route53.zones.get(id).filter(|zone| authority::answers(zone)) {
                Some(zone) => {
                    let (reply, why) = hosted(world, zone, wanted, record_type);
                    let server = internet::pick(world, wanted, &zone.name_servers);
                    (format!("{server}."), reply, why)
                }
                None => (
                    "name servers of a deleted zone".into(),
                    Reply::Refused,
                    "The zone is gone, and its name servers know nothing of the name any more.".into(),
                ),
            },
            Authority::Known(domain) => {
                let (reply, why) = match below(world, domain.name(), wanted) {
                    Some(zone) => yours(zone),
                    None => {
                        let (found, why) = domain.answer(world, wanted, record_type);
                        (finished(found, internet::NEGATIVE_TTL), why)
                    }
                };
                (domain.server().to_owned(), reply, why)
            }
            Authority::Nobody(servers) => (
                servers.first().cloned().unwrap_or_default(),
                Reply::Refused,
                "No hosted zone of this account has these name servers, so nobody answers.".into(),
            ),
        };
        let answer = match &reply {
            Reply::Final(kept, ttl) => told(kept, *ttl),
            Reply::Refer(cut, next, _) => format!("ask {} about {cut}", describe(world, next)),
            Reply::Refused => "REFUSED".into(),
        };
        let kind = match authority {
            Authority::Root => Server::Root,
            Authority::Top(domain) => Server::TopLevel(domain.clone()),
            Authority::Zone(id) => Server::Zone(*id),
            Authority::Known(domain) => Server::Known(domain.name()),
            Authority::Nobody(_) => Server::Nobody(server.clone()),
        };
        self.step(kind, server, wanted, record_type, answer, why);
        reply
    }

    fn step(&mut self, kind: Server, server: String, wanted: &str, record_type: &str, answer: String, why: String) {
        self.steps.push(Step {
            kind,
            server,
            question: format!("{wanted} {record_type}"),
            answer,
            why,
        });
    }
}

/// An authority in words, as a referral names it.
fn describe(world: &World, authority: &Authority) -> String {
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
        Authority::Nobody(servers) => servers.join(", "),
    }
}

fn told(kept: &Kept, ttl: i64) -> String {
    match kept {
        Kept::Records(values) => format!("{} (TTL {ttl} s)", values.join(", ")),
        Kept::Alias(target) => format!("CNAME {target} (TTL {ttl} s)"),
        Kept::NoData => format!("NOERROR without an answer (kept {ttl} s)"),
        Kept::NoName => format!("NXDOMAIN (kept {ttl} s)"),
    }
}

/// What is kept of a final answer; `None` for a referral.
fn kept(found: Found, negative_ttl: i64) -> Option<(Kept, i64)> {
    Some(match found {
        Found::Records { ttl, values } => (Kept::Records(values), ttl),
        Found::Alias { ttl, target } => (Kept::Alias(target), ttl),
        Found::NoData => (Kept::NoData, negative_ttl),
        Found::NoName => (Kept::NoName, negative_ttl),
        Found::Referral { .. } => return None,
    })
}

fn finished(found: Found, negative_ttl: i64) -> Reply {
    kept(found, negative_ttl).map_or(Reply::Refused, |(kept, ttl)| Reply::Final(kept, ttl))
}

fn root(world: &World, wanted: &str) -> (Reply, String) {
    let domain = internet::top_level_of(wanted);
    if domain == name::ROOT {
        return (
            Reply::Final(Kept::NoData, internet::ROOT_NEGATIVE_TTL),
            "The root has no such record.".into(),
        );
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
        Reply::Final(Kept::NoName, internet::ROOT_NEGATIVE_TTL),
        format!("There is no top-level domain {}.", name::said(&domain)),
    )
}

fn top(world: &World, domain: &str, wanted: &str) -> (Reply, String) {
    if wanted == domain {
        return (
            Reply::Final(Kept::NoData, internet::NEGATIVE_TTL),
            "The top-level domain itself has no such record.".into(),
        );
    }
    let zone = below(world, domain, wanted);
    let known = name::ancestry(wanted).filter_map(Domain::find).last();
    match (zone, known) {
        (Some(zone), known) if known.is_none_or(|known| zone.name.len() <= known.name().len()) => yours(zone),
        (_, Some(known)) => (
            Reply::Refer(known.name().into(), Authority::Known(known), internet::REFERRAL_TTL),
            format!(
                "{} knows who is responsible for {}.",
                name::said(domain),
                name::said(known.name())
            ),
        ),
        _ => (
            Reply::Final(Kept::NoName, internet::NEGATIVE_TTL),
            "Nobody has registered that name in this world. Create a public hosted zone to own it (ours).".into(),
        ),
    }
}

/// The account's public zone nearest below a name on the way to another: whoever creates a zone owns its name (ours).
fn below<'w>(world: &'w World, above: &str, wanted: &str) -> Option<&'w HostedZone> {
    name::ancestry(wanted)
        .take_while(|cut| *cut != above)
        .filter_map(|cut| authority::delegated(world, cut))
        .last()
}

fn yours(zone: &HostedZone) -> (Reply, String) {
    let why = format!(
        "{} is yours: whoever creates a public zone here owns its name, and of several zones of one name the first counts (ours).",
        name::said(&zone.name)
    );
    (
        Reply::Refer(zone.name.clone(), Authority::Zone(zone.id), internet::REFERRAL_TTL),
        why,
    )
}

fn hosted(world: &World, zone: &HostedZone, wanted: &str, record_type: &str) -> (Reply, String) {
    let (found, why) = authority::answer(world, zone, wanted, record_type);
    let child = below(world, &zone.name, wanted);
    match (found, child) {
        // The zone's own NS records decide, unless a zone lies nearer.
        (Found::Referral { cut, servers, ttl }, child) if child.is_none_or(|child| cut.len() <= child.name.len()) => {
            let next = run_by(world, &cut, &servers);
            (Reply::Refer(cut, next, ttl), why)
        }
        (_, Some(child)) => yours(child),
        (found, None) => (finished(found, authority::negative_ttl(zone)), why),
    }
}

/// Who runs the servers that NS records name.
fn run_by(world: &World, cut: &str, servers: &[String]) -> Authority {
    let runs = |zone: &&HostedZone| {
        let own = zone.name_servers.iter().filter_map(|server| name::normal(server).ok());
        zone.private.is_none() && authority::answers(zone) && own.into_iter().any(|server| servers.contains(&server))
    };
    let zones = &world.route53.zones;
    let mut found: Vec<&HostedZone> = zones.rows().filter(|zone| zone.name == cut).filter(runs).collect();
    sort::by_key(&mut found, |zone| zone.born);
    match found.first() {
        Some(zone) => Authority::Zone(zone.id),
        None => Authority::Nobody(servers.to_vec()),
    }
}
