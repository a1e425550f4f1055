//! The recursive resolver: its cache first, then who is responsible, step by step down from the root.

use super::authority::{self, Found};
use super::cache::{Cache, Caches, Kept, Remembered, Soa, View};
use super::internet::{self, Domain};
use super::ownership::{self, Reached};
use super::routing::Asking;
use super::routing_words::Considered;
use super::view::{self, Honesty, Stub};
use super::{Answer, Resolution, Server, Step, classic, name, places};
use crate::base::ids::{HostedZoneId, VpcId};
use crate::base::limits::{DNS_ALIASES, DNS_REFERRALS};
use crate::catalog::Region;
use crate::world::World;
use crate::world::names::HostedZone;
use crate::world::vpc::Vpc;

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
    cut: String,
    servers: Vec<String>,
    glue: Vec<(String, String)>,
}

/// A final answer, and who stands for it where it is a negative one.
struct Final {
    kept: Kept,
    ttl: i64,
    soa: Soa,
}

/// What an authority says.
enum Reply {
    /// This.
    Final(Final),
    /// Ask that one, which is responsible from this name on.
    Refer(String, Authority, i64),
    /// Nothing useful.
    Refused,
}

/// A reply with its reason and the records that were considered.
type Told = (Reply, String, Vec<Considered>);

struct Search<'a> {
    world: &'a World,
    cache: &'a mut Cache,
    stub: &'a Stub,
    asking: Asking,
    steps: Vec<Step>,
    /// Whether anybody but the cache was asked.
    asked: bool,
    /// The SOA of the zone that said no last.
    soa: Option<Answer>,
}

/// What is noted of a question besides its words.
struct Cost {
    millis: i64,
    considered: Vec<Considered>,
}

impl Cost {
    /// Only time.
    fn of(millis: i64) -> Cost {
        Cost {
            millis,
            considered: Vec::new(),
        }
    }
}

/// Milliseconds from a resolver to the nearest root server and to the nearest one of a top-level domain, there and back
/// (ours: both are all over the world).
const ROOT_LEG: i64 = 9;
/// See [`ROOT_LEG`].
const TOP_LEG: i64 = 15;
/// How long a resolver waits for a server before it asks the next.
const PATIENCE: i64 = 1_500;

pub(super) fn run(world: &World, caches: &mut Caches, stub: &Stub, wanted: &str, record_type: &str) -> Resolution {
    let first = |answer: String, why: String| Step {
        kind: Server::Resolver,
        server: stub.resolver.clone(),
        question: format!("{wanted} {record_type}"),
        answer,
        why,
        millis: stub.leg,
        considered: Vec::new(),
    };
    if let Some(silent) = &stub.silent {
        return Resolution {
            rcode: "TIMEOUT",
            answers: Vec::new(),
            cached: false,
            steps: vec![first("no answer".into(), silent.clone())],
            millis: 5_000,
            authority: Vec::new(),
        };
    }
    let lot = caches.lot();
    let mut search = Search {
        world,
        cache: caches.of(stub.view),
        stub,
        asking: Asking {
            spot: stub.spot,
            address: stub.address,
            lot,
        },
        steps: Vec::new(),
        asked: false,
        soa: None,
    };
    let (rcode, answers) = search.follow(wanted, record_type);
    let why = match search.steps.as_slice() {
        [only] if !search.asked => only.why.clone(),
        _ => stub.why.clone(),
    };
    let mut steps = vec![first(summary(rcode, &answers), why)];
    let negative = rcode == "NXDOMAIN" || answers.iter().all(|answer| answer.record_type == "CNAME");
    let authority = search.soa.take().filter(|_| negative && rcode != "SERVFAIL");
    // A question that the cache alone has answered is one step, not two.
    if search.asked || search.steps.len() > 1 {
        steps.append(&mut search.steps);
    }
    Resolution {
        rcode,
        answers,
        cached: !search.asked,
        millis: steps.iter().map(|step| step.millis).sum(),
        steps,
        authority: authority.into_iter().collect(),
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
                    Cost::of(0),
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
                    internet::shuffled(self.world, self.asking.lot, &at, record_type, &mut values);
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
        if let Some(known) = self.cache.answer(wanted, record_type, now) {
            return Some(self.remembered(wanted, record_type, known));
        }
        self.asked = true;
        let found = match self.stub.view {
            View::Vpc(region, vpc) => match self.inside(region, vpc, wanted, record_type) {
                Some(found) => found,
                None => self.outside(wanted, record_type)?,
            },
            View::Classic(region, linked) => match self.in_classic(region, linked, wanted, record_type) {
                Some(found) => found,
                None => self.outside(wanted, record_type)?,
            },
            View::Region(_) | View::Internet | View::City(_) | View::Public(_) => self.outside(wanted, record_type)?,
        };
        let ttl = self.kept_for(found.ttl);
        self.cache
            .keep(wanted, record_type, (&found.kept, &found.soa), ttl, now);
        self.note_soa(found.soa, ttl);
        Some((found.kept, ttl))
    }

    /// Seconds that this resolver keeps an answer.
    fn kept_for(&self, ttl: i64) -> i64 {
        match self.stub.honesty {
            Honesty::Clings(least) => ttl.max(least),
            Honesty::Honest | Honesty::Prefetches => ttl,
        }
    }

    fn note_soa(&mut self, soa: Soa, ttl: i64) {
        self.soa = soa.map(|(name, value)| Answer {
            name,
            record_type: "SOA".into(),
            ttl,
            value,
        });
    }

    /// An answer from the cache.
    fn remembered(&mut self, wanted: &str, record_type: &str, known: Remembered) -> (Kept, i64) {
        let Remembered { kept, left, ttl, soa } = known;
        let resolver = self.stub.resolver.clone();
        let mut why = format!("The resolver still knows it from an earlier question, and forgets it in {left} s.");
        let now = self.world.now;
        if self.stub.honesty == Honesty::Prefetches && left * 10 <= ttl {
            why.push_str(" Little of its TTL is left, so the resolver asks again by itself, for those who come later.");
            // Nobody waits for that: its steps are not the question's.
            let place = self.steps.len();
            if let Some(found) = self.outside(wanted, record_type) {
                self.cache
                    .keep(wanted, record_type, (&found.kept, &found.soa), found.ttl, now);
            }
            self.steps.truncate(place);
        }
        let answer = told(&kept, left);
        self.step(Server::Memory, resolver, wanted, record_type, answer, why, Cost::of(0));
        self.note_soa(soa, left);
        (kept, left)
    }

    /// What a VPC's resolver answers without asking anybody.
    fn inside(&mut self, region: Region, id: VpcId, wanted: &str, record_type: &str) -> Option<Final> {
        if let Some(found) = self.of_private_zone(region, id, wanted, record_type) {
            return Some(found);
        }
        let vpc = self.world.row::<Vpc>(region, id)?;
        let known = internet::internal(self.world, region, vpc, wanted, record_type)?;
        self.of_itself(known, wanted, record_type)
    }

    /// What a private zone of a VPC answers.
    fn of_private_zone(&mut self, region: Region, id: VpcId, wanted: &str, record_type: &str) -> Option<Final> {
        let vpc = self.world.row::<Vpc>(region, id)?;
        if let Some(zone) = view::private_zone(self.world, region, id, wanted) {
            let server = format!("private zone {} ({})", zone.name, zone.id);
            if vpc.dns_hostnames {
                let answered = authority::answer(self.world, zone, wanted, record_type, &self.asking);
                let why = answered.why;
                let why = match answered.found {
                    Found::NoName => {
                        format!(
                            "{why} It is associated with {id} and has the last word there: the public zone is not asked."
                        )
                    }
                    _ => format!("{why} It is associated with {id}, where it beats any public zone of the name."),
                };
                let found = finished(answered.found, authority::negative_ttl(zone), soa_of(zone))?;
                let kind = Server::Private(zone.id);
                let cost = Cost {
                    millis: 0,
                    considered: answered.considered,
                };
                let answer = told(&found.kept, found.ttl);
                self.step(kind, server, wanted, record_type, answer, why, cost);
                return Some(found);
            }
            let why =
                format!("It is associated with {id}, but enableDnsHostnames of {id} is off, so it is not used there.");
            let kind = Server::Private(zone.id);
            self.step(kind, server, wanted, record_type, "not asked".into(), why, Cost::of(0));
        }
        None
    }

    /// What EC2-Classic's resolver answers without asking anybody.
    fn in_classic(&mut self, region: Region, linked: Option<VpcId>, wanted: &str, record_type: &str) -> Option<Final> {
        // ClassicLink DNS support lets a linked instance see the VPC's private zones too.
        let zone = linked.and_then(|vpc| self.of_private_zone(region, vpc, wanted, record_type));
        if zone.is_some() {
            return zone;
        }
        let known = classic::internal(self.world, region, linked, wanted, record_type)?;
        self.of_itself(known, wanted, record_type)
    }

    /// What a resolver of Amazon's knows of itself.
    fn of_itself(&mut self, (found, why): (Found, String), wanted: &str, record_type: &str) -> Option<Final> {
        let found = finished(found, internet::NEGATIVE_TTL, None)?;
        let server = self.stub.resolver.clone();
        let answer = told(&found.kept, found.ttl);
        self.step(Server::Resolver, server, wanted, record_type, answer, why, Cost::of(0));
        Some(found)
    }

    /// From the nearest authority that is known, down to the one that answers.
    fn outside(&mut self, wanted: &str, record_type: &str) -> Option<Final> {
        let now = self.world.now;
        let mut remembered = self.cache.referral(wanted, now);
        let mut authority = remembered
            .as_ref()
            .map_or(Authority::Root, |(_, authority)| authority.clone());
        for _ in 0..DNS_REFERRALS {
            match self.ask(&authority, wanted, record_type) {
                Reply::Final(found) => return Some(found),
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

    /// Milliseconds from the resolver to a place and back; somewhere far where nobody knows where the resolver is.
    fn leg_to(&self, region: Region) -> i64 {
        let there = places::of_region(region);
        self.stub.spot.map_or(90, |here| places::round_trip(&here, &there))
    }

    /// Milliseconds to the nearest of Route 53's name servers, which are wherever a Region is (ours).
    fn route53_leg(&self) -> i64 {
        Region::all().map(|region| self.leg_to(region)).min().unwrap_or(0) + 2
    }

    fn ask(&mut self, authority: &Authority, wanted: &str, record_type: &str) -> Reply {
        let world = self.world;
        let plain = |(reply, why): (Reply, String)| (reply, why, Vec::new());
        let (kind, server, (reply, why, considered), millis) = match authority {
            Authority::Root => {
                let told = plain(root(world, wanted));
                (Server::Root, "a.root-servers.net.".to_owned(), told, ROOT_LEG)
            }
            Authority::Top(domain) => {
                let told = plain(top(world, domain, wanted));
                let server = internet::top_level_server(domain);
                (Server::TopLevel(domain.clone()), server, told, TOP_LEG)
            }
            Authority::Zone(id) => {
                let (server, told) = self.ask_zone(*id, wanted, record_type);
                (Server::Zone(*id), server, told, self.route53_leg())
            }
            Authority::Known(domain) => {
                let told = match below(world, domain.name(), wanted) {
                    Some(below) => plain(below.refer()),
                    None => {
                        let (found, why) = domain.answer(world, wanted, record_type);
                        let soa = Some((domain.name().to_owned(), internet::soa(domain.server())));
                        plain((answered(found, internet::NEGATIVE_TTL, soa), why))
                    }
                };
                let millis = self.leg_to(Region::US_EAST_1);
                (Server::Known(domain.name()), domain.server().to_owned(), told, millis)
            }
            Authority::Named(named) => return self.ask_named(named, wanted, record_type),
        };
        let answer = match &reply {
            Reply::Final(found) => told(&found.kept, found.ttl),
            Reply::Refer(cut, next, _) => format!("ask {} about {cut}", describe(world, next)),
            Reply::Refused => "REFUSED".into(),
        };
        self.step(
            kind,
            server,
            wanted,
            record_type,
            answer,
            why,
            Cost { millis, considered },
        );
        reply
    }

    /// Which server of a zone is asked, and what it says.
    fn ask_zone(&self, id: HostedZoneId, wanted: &str, record_type: &str) -> (String, Told) {
        let world = self.world;
        match world.route53.zones.get(&id).filter(|zone| authority::answers(zone)) {
            Some(zone) => {
                let told = hosted(world, zone, wanted, record_type, &self.asking);
                let server = internet::pick(world, self.asking.lot, wanted, &zone.name_servers);
                (format!("{server}."), told)
            }
            None => {
                let why = "The zone is gone, and its name servers know nothing of the name any more.";
                let told = (Reply::Refused, why.into(), Vec::new());
                ("name servers of a deleted zone".into(), told)
            }
        }
    }

    /// One server after the other that the parent names, until one of them knows the zone.
    fn ask_named(&mut self, named: &Named, wanted: &str, record_type: &str) -> Reply {
        let world = self.world;
        let mut servers = named.servers.clone();
        internet::shuffled(world, self.asking.lot, &named.cut, "NS", &mut servers);
        for server in servers {
            let (answer, why, millis) = match ownership::reached(world, &named.cut, &server, &named.glue) {
                Reached::Zone(zone) => {
                    let (reply, why, considered) = hosted(world, zone, wanted, record_type, &self.asking);
                    let answer = match &reply {
                        Reply::Final(found) => told(&found.kept, found.ttl),
                        Reply::Refer(cut, next, _) => format!("ask {} about {cut}", describe(world, next)),
                        Reply::Refused => "REFUSED".into(),
                    };
                    let millis = self.route53_leg();
                    let cost = Cost { millis, considered };
                    self.step(Server::Zone(zone.id), server, wanted, record_type, answer, why, cost);
                    return reply;
                }
                other => self.fault_of(named, &other),
            };
            let kind = Server::Nobody(server.clone());
            self.step(kind, server, wanted, record_type, answer.into(), why, Cost::of(millis));
        }
        Reply::Refused
    }

    /// What is wrong with a server that an NS record names.
    fn fault_of(&self, named: &Named, reached: &Reached<'_>) -> (&'static str, String, i64) {
        let cut = name::said(&named.cut);
        match reached {
            Reached::Lame => (
                "REFUSED",
                format!(
                    "A lame delegation: NS records name this server for {cut}, and it serves no zone of that name. The                      parent's NS records must be the four name servers of the zone."
                ),
                self.route53_leg(),
            ),
            Reached::NoGlue => (
                "not asked",
                format!(
                    "The server's name lies in {cut} itself, and the parent has no address for it (no glue record): to find                      it one would have to ask it."
                ),
                0,
            ),
            Reached::Silent(address) => ("no answer", format!("No name server answers at {address}."), PATIENCE),
            Reached::NoAddress | Reached::Zone(_) => (
                "REFUSED",
                "No hosted zone of this account has these name servers, so nobody answers.".into(),
                PATIENCE,
            ),
        }
    }

    #[allow(clippy::too_many_arguments, reason = "the parts of a step, in their order")]
    fn step(
        &mut self,
        kind: Server,
        server: String,
        wanted: &str,
        record_type: &str,
        answer: String,
        why: String,
        cost: Cost,
    ) {
        self.steps.push(Step {
            kind,
            server,
            question: format!("{wanted} {record_type}"),
            answer,
            why,
            millis: cost.millis,
            considered: cost.considered,
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
        Authority::Named(named) => named.servers.join(", "),
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
fn finished(found: Found, negative_ttl: i64, soa: Soa) -> Option<Final> {
    let (kept, ttl, soa) = match found {
        Found::Records { ttl, values } => (Kept::Records(values), ttl, None),
        Found::Alias { ttl, target } => (Kept::Alias(target), ttl, None),
        Found::NoData => (Kept::NoData, negative_ttl, soa),
        Found::NoName => (Kept::NoName, negative_ttl, soa),
        Found::Referral { .. } => return None,
    };
    Some(Final { kept, ttl, soa })
}

fn answered(found: Found, negative_ttl: i64, soa: Soa) -> Reply {
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

fn root(world: &World, wanted: &str) -> (Reply, String) {
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

fn top(world: &World, domain: &str, wanted: &str) -> (Reply, String) {
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
enum Below<'w> {
    /// A zone of the account's, by itself.
    Zone(&'w HostedZone),
    /// Whom the parent was told.
    Told(&'w str, &'w crate::world::names::Told),
}

impl Below<'_> {
    fn name(&self) -> &str {
        match self {
            Below::Zone(zone) => &zone.name,
            Below::Told(name, _) => name,
        }
    }

    fn refer(&self) -> (Reply, String) {
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
fn below<'w>(world: &'w World, above: &str, wanted: &str) -> Option<Below<'w>> {
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

fn hosted(world: &World, zone: &HostedZone, wanted: &str, record_type: &str, asking: &Asking) -> Told {
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
