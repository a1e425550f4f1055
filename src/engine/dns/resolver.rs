//! The recursive resolver: its cache first, then who is responsible, step by step down from the root.

use super::authority::{self, Found};
use super::cache::{Cache, Caches, Kept, Remembered, Soa, View};
use super::ownership::{self, Reached};
use super::referrals::{
    Authority, Final, Named, Reply, Told, answered, below, describe, finished, hosted, root, soa_of, told, top,
};
use super::routing::Asking;
use super::routing_words::Considered;
use super::view::{self, Honesty, Stub};
use super::{Answer, Resolution, Server, Step, classic, internet, name, places};
use crate::base::ids::{HostedZoneId, VpcId};
use crate::base::limits::{DNS_ALIASES, DNS_REFERRALS};
use crate::catalog::Region;
use crate::world::World;
use crate::world::vpc::Vpc;

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
                    "A lame delegation: NS records name this server for {cut}, and it serves no zone of that name. The \
                     parent's NS records must be the four name servers of the zone."
                ),
                self.route53_leg(),
            ),
            Reached::NoGlue => (
                "not asked",
                format!(
                    "The server's name lies in {cut} itself, and the parent has no address for it (no glue record): to find \
                     it one would have to ask it."
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
