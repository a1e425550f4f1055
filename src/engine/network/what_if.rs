//! What if: who would reach whom that does not now, and who no longer, before a change is made. Two surveys compared;
//! changes are made on copies only.

use super::fixes;
use super::survey::outside::{Range, blocks};
use super::survey::traffic::{Traffic, without};
use super::survey::{Family, Found, Heading, INTERNET_BY_IPV6, Outside, Survey, survey_by_parts};
use super::{Endpoint, Fix};
use crate::base::error::Result;
use crate::base::ids::{InstanceId, NetworkInterfaceId};
use crate::catalog::Region;
use crate::engine::Engine;
use crate::world::World;
use ipnet::IpNet;
use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use stratus_model::{Structure, sort};

/// Which part of the Internet, or of what lies on premises, in the fewest blocks that it takes.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// All of it.
    #[default]
    All,
    /// These blocks.
    Blocks(Vec<String>),
    /// All but these blocks.
    AllBut(Vec<String>),
}

impl Part {
    /// Whether an address of the Internet is of it.
    pub(super) fn holds(&self, address: IpAddr) -> bool {
        let any = |blocks: &[String]| {
            let mut blocks = blocks.iter().filter_map(|block| block.parse::<IpNet>().ok());
            blocks.any(|block| block.contains(&address))
        };
        match self {
            Part::All => true,
            Part::Blocks(blocks) => any(blocks),
            Part::AllBut(blocks) => !any(blocks),
        }
    }

    /// The same but for an address. Of blocks it is not taken out: they would become many.
    pub(super) fn without(&self, address: IpAddr) -> Part {
        let own = IpNet::from(address).to_string();
        match self {
            Part::All => Part::AllBut(vec![own]),
            Part::AllBut(blocks) => Part::AllBut(blocks.iter().cloned().chain([own]).collect()),
            Part::Blocks(blocks) => Part::Blocks(blocks.clone()),
        }
    }

    /// These ranges of all; both sorted.
    fn of(ranges: &[Range], all: &[Range]) -> Part {
        let rest: Vec<Range> = all
            .iter()
            .filter(|range| ranges.binary_search(range).is_err())
            .copied()
            .collect();
        if rest.is_empty() {
            return Part::All;
        }
        let (own, rest) = (blocks(ranges), blocks(&rest));
        match rest.len() < own.len() {
            true => Part::AllBut(rest),
            false => Part::Blocks(own),
        }
    }
}

/// What one pair gains or loses.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    /// Who sends: an end of a survey, or [`super::survey::ON_PREMISES`].
    pub source: Endpoint,
    /// To whom.
    pub destination: Endpoint,
    /// Where an end is the Internet: which part of it; where it is what lies on premises, always its blocks.
    pub part: Part,
    /// What is delivered and answered on one side only.
    pub traffic: Vec<Traffic>,
}

/// What differs between two worlds, by source, then destination. From an instance to itself, by any of its addresses, is
/// left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// Delivered afterwards, and not before.
    pub gained: Vec<Change>,
    /// Delivered before, and not afterwards.
    pub lost: Vec<Change>,
    /// Rules tell more parts of the Internet apart than were asked for, by IPv4 or by IPv6: one address of it
    /// ([`super::INTERNET`], [`super::INTERNET_IPV6`]) stands for all there; or more parts of what lies on premises, of which then
    /// nothing is told.
    pub cut: bool,
}

impl Difference {
    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.gained.is_empty() && self.lost.is_empty()
    }

    fn add(&mut self, pair: (Endpoint, Endpoint), part: &Part, (gained, lost): &Changes) {
        let (source, destination) = pair;
        for (list, traffic) in [(&mut self.gained, gained), (&mut self.lost, lost)] {
            if !traffic.is_empty() {
                let traffic = traffic.clone();
                list.push(Change {
                    source,
                    destination,
                    part: part.clone(),
                    traffic,
                });
            }
        }
    }
}

/// What a Region's pairs gain and lose from one world to another.
pub fn difference(before: &World, after: &World, region: Region) -> Difference {
    compare(&survey_by_parts(before, region), &survey_by_parts(after, region))
}

/// What a call would change, once the world has come to rest after it: on copies, of which one makes the call and both
/// are given the same time, so that what happens anyway is no difference.
///
/// # Errors
/// The call's own, where it fails.
pub fn of_call(
    engine: &Engine,
    world: &World,
    region: Region,
    (service, operation): (&str, &str),
    params: &Structure,
) -> Result<Difference> {
    let (_, after) = engine.try_on(world, region, service, operation, params)?;
    Ok(rested(world.clone(), after, region))
}

/// The same of all calls of a fix, one after the other.
///
/// # Errors
/// The first call's that fails.
pub fn of_fix(engine: &Engine, world: &World, region: Region, fix: &Fix) -> Result<Difference> {
    let after = made(engine, world, region, fix)?;
    Ok(rested(world.clone(), after, region))
}

/// A copy of the world on which the calls of a fix are made.
pub(super) fn made(engine: &Engine, world: &World, region: Region, fix: &Fix) -> Result<World> {
    let (mut after, mut answers) = (world.clone(), Vec::new());
    for call in &fix.calls {
        let params = call.params(&answers)?;
        let region = call.region.unwrap_or(region);
        let (answer, next) = engine.try_on(&after, region, call.service, call.operation, &params)?;
        answers.push(answer);
        after = next;
    }
    Ok(after)
}

fn rested(mut before: World, mut after: World, region: Region) -> Difference {
    fixes::rest(&mut before);
    fixes::rest(&mut after);
    difference(&before, &after, region)
}

/// Whether a call may change who reaches whom: by what it is about, not by what it says. Of EC2, of load balancers and of our
/// own service.
pub fn concerns(service: &str, operation: &str) -> bool {
    const READ: [&str; 3] = ["Describe", "Get", "Search"];
    const ABOUT: [&str; 16] = [
        "SecurityGroup",
        "NetworkAcl",
        "Route",
        "InternetGateway",
        "NatGateway",
        "VpcPeering",
        "VpcEndpoint",
        "TransitGateway",
        "Vpn",
        "Address",
        "NetworkInterface",
        "PrefixList",
        "BlockPublicAccess",
        "InstanceAttribute",
        "ClassicLink",
        "CarrierGateway",
    ];
    const BALANCED: [&str; 7] = [
        "LoadBalancer",
        "Listener",
        "Rule",
        "Target",
        "SecurityGroups",
        "Subnets",
        "IpAddressType",
    ];
    const STATES: [&str; 4] = [
        "StartInstances",
        "StopInstances",
        "RebootInstances",
        "TerminateInstances",
    ];
    const GUESTS: [&str; 8] = [
        "StartListener",
        "StopListener",
        "PutGuestFirewall",
        "PutGuestRoutes",
        "ShutDownGuest",
        "FailHost",
        "ImpairInstance",
        "SetVpnTunnel",
    ];
    let about = |parts: &[&str]| parts.iter().any(|part| operation.contains(part));
    let writes = !READ.iter().any(|verb| operation.starts_with(verb));
    match service {
        "stratus" => GUESTS.contains(&operation),
        "ec2" => writes && (about(&ABOUT) || STATES.contains(&operation)),
        // A health check decides who is sent to.
        "elb" => writes && (about(&BALANCED) || operation == "ConfigureHealthCheck"),
        "elbv2" => writes && about(&BALANCED),
        _ => false,
    }
}

/// What pairs gain and lose from one survey to another. Where both have asked for each part of the Internet, these are told
/// apart; else it is one address of it ([`super::INTERNET`], [`super::INTERNET_IPV6`]).
pub fn compare(before: &Survey, after: &Survey) -> Difference {
    let mut difference = Difference {
        cut: [before, after]
            .iter()
            .any(|survey| Outside::ALL.iter().any(|outside| survey.is_cut(*outside))),
        ..Difference::default()
    };
    each(
        before,
        after,
        |found| &found.delivered,
        |pairs, changes| {
            pairs
                .iter()
                .for_each(|pair| difference.add(pair, pairs.part(), changes));
        },
    );
    sort::sort(&mut difference.gained);
    sort::sort(&mut difference.lost);
    difference
}

/// The classes of an end before and after.
type Classes = (Option<usize>, Option<usize>);

/// What parts of the Internet gain and lose, and how many addresses each has.
type Changed = Vec<(Changes, Part, u128)>;

/// What a pair gains, and what it loses.
pub(super) type Changes = (Vec<Traffic>, Vec<Traffic>);

/// Pairs of ends that gain and lose the same.
pub(super) enum Pairs<'a> {
    /// Every end of the one list with every end of the other that is another instance's.
    Inside(&'a [(InstanceId, Endpoint)], &'a [(InstanceId, Endpoint)]),
    /// Two ends, of which one is the Internet, what lies on premises, a node of a load balancer or an interface endpoint's interface; which part of the
    /// Internet it is, and how many addresses that has (1 where both are inside).
    Outside(Endpoint, Endpoint, &'a Part, u128),
}

impl Pairs<'_> {
    /// Which part of the Internet is meant, where it is an end.
    pub fn part(&self) -> &Part {
        match self {
            Pairs::Inside(..) => &Part::All,
            Pairs::Outside(_, _, part, _) => part,
        }
    }

    /// Whether a pair is among them.
    pub fn holds(&self, (source, destination): (Endpoint, Endpoint)) -> bool {
        let among = |list: &[(InstanceId, Endpoint)], end: Endpoint| list.iter().find(|seat| seat.1 == end).copied();
        match self {
            Pairs::Inside(sources, destinations) => {
                let both = among(sources, source).zip(among(destinations, destination));
                both.is_some_and(|(source, destination)| source.0 != destination.0)
            }
            Pairs::Outside(from, to, ..) => (*from, *to) == (source, destination),
        }
    }

    /// How many.
    pub fn count(&self) -> usize {
        match self {
            Pairs::Inside(sources, destinations) => {
                // Both lists are by instance.
                let theirs = |id: InstanceId| {
                    let first = destinations.partition_point(|(other, _)| *other < id);
                    destinations.partition_point(|(other, _)| *other <= id) - first
                };
                let own: usize = sources.iter().map(|(id, _)| theirs(*id)).sum();
                sources.len() * destinations.len() - own
            }
            Pairs::Outside(..) => 1,
        }
    }

    /// How many addresses stand at the end that is outside.
    pub fn addresses(&self) -> u128 {
        match self {
            Pairs::Inside(..) => 1,
            Pairs::Outside(_, _, _, addresses) => *addresses,
        }
    }

    /// Source and destination of each.
    pub fn iter(&self) -> impl Iterator<Item = (Endpoint, Endpoint)> + '_ {
        let (sources, destinations, one): (&[_], &[_], _) = match self {
            Pairs::Inside(sources, destinations) => (sources, destinations, None),
            Pairs::Outside(source, destination, ..) => (&[], &[], Some((*source, *destination))),
        };
        let all = sources
            .iter()
            .flat_map(move |source| destinations.iter().map(move |destination| (*source, *destination)));
        let different = all.filter(|(source, destination)| source.0 != destination.0);
        different
            .map(|(source, destination)| (source.1, destination.1))
            .chain(one)
    }
}

/// Goes through the pairs that differ from one survey to another in one of the two sets that a survey has of each.
pub(super) fn each(
    before: &Survey,
    after: &Survey,
    of: fn(&Found) -> &Vec<Traffic>,
    mut visit: impl FnMut(&Pairs<'_>, &Changes),
) {
    let same = before.same_as(after, of);
    let mut known: BTreeMap<(u32, u32), Changes> = BTreeMap::new();
    for (before_family, after_family) in before.families().into_iter().zip(after.families()) {
        // Ends that are of one class in both say the same in both.
        let mut class: BTreeMap<(InstanceId, Endpoint), Classes> = BTreeMap::new();
        for (end, instance, own) in before_family.seats() {
            class.entry((instance, end)).or_default().0 = Some(own);
        }
        for (end, instance, own) in after_family.seats() {
            class.entry((instance, end)).or_default().1 = Some(own);
        }
        let mut classes: BTreeMap<Classes, Vec<(InstanceId, Endpoint)>> = BTreeMap::new();
        for (seat, class) in class {
            classes.entry(class).or_default().push(seat);
        }
        for (from, sources) in &classes {
            for (to, destinations) in &classes {
                let place =
                    |family: &Family, from: Option<usize>, to: Option<usize>| family.between_classes(from?, to?);
                let then = place(before_family, from.0, to.0).unwrap_or_default();
                let now = place(after_family, from.1, to.1).unwrap_or_default();
                if same.get(then as usize) == Some(&Some(now)) {
                    continue;
                }
                let changes = known
                    .entry((then, now))
                    .or_insert_with(|| change(of(before.at(then)), of(after.at(now))));
                let pairs = Pairs::Inside(sources, destinations);
                if changes != &Changes::default() && pairs.count() > 0 {
                    visit(&pairs, changes);
                }
            }
        }
    }
    outside(before, after, of, visit);
}

/// Two ends of which one stands for the whole Internet, where it is outside.
fn whole<'a>((source, destination): (Endpoint, Endpoint)) -> Pairs<'a> {
    const ALL: Part = Part::All;
    let addresses = match (source, destination) {
        (Endpoint::Internet, _) | (_, Endpoint::Internet) => 1 << 32,
        // 2000::/3
        (INTERNET_BY_IPV6, _) | (_, INTERNET_BY_IPV6) => 1 << 125,
        _ => 1,
    };
    Pairs::Outside(source, destination, &ALL, addresses)
}

/// [`each`] of the pairs of which one end is the Internet or a node of a load balancer.
fn outside(
    before: &Survey,
    after: &Survey,
    of: fn(&Found) -> &Vec<Traffic>,
    mut visit: impl FnMut(&Pairs<'_>, &Changes),
) {
    let nodes: BTreeSet<NetworkInterfaceId> = before.nodes().chain(after.nodes()).collect();
    for (ipv6, families) in before.families().into_iter().zip(after.families()).enumerate() {
        let ipv6 = ipv6 == 1;
        let seats = families.0.seats().chain(families.1.seats());
        let ends: BTreeMap<Endpoint, InstanceId> = seats.map(|(end, instance, _)| (end, instance)).collect();
        for pair in (nodes.iter()).flat_map(|node| ends.keys().map(|end| (*end, Endpoint::Interface(*node)))) {
            let changes = of_pair(before, after, of, pair);
            if changes != Changes::default() {
                visit(&whole(pair), &changes);
            }
        }
        let asked: &[Outside] = match ipv6 {
            true => &[Outside::ByIpv6],
            false if before.has_premises() || after.has_premises() => &[Outside::Internet, Outside::Premises],
            false => &[Outside::Internet],
        };
        for outside in asked.iter().copied() {
            let known = BTreeMap::new();
            let mut parts = ByPart {
                before,
                after,
                of,
                outside,
                known,
            };
            for node in &nodes {
                let end = Endpoint::Interface(*node);
                parts.tell((end, end), Heading::Inward, &mut visit);
            }
            for (end, instance) in &ends {
                // An address that was an instance's first, or has become it, is told as the address that it is.
                let name = |survey: &Survey| match ipv6 {
                    true => survey.as_instance(*end, *instance),
                    false => *end,
                };
                let told = if name(before) == name(after) { name(after) } else { *end };
                parts.tell((*end, told), Heading::Inward, &mut visit);
                parts.tell((*end, told), Heading::Outward, &mut visit);
            }
        }
    }
}

/// What ends and what is outside gain and lose of each other, part by part where both surveys have asked for the parts.
struct ByPart<'s> {
    before: &'s Survey,
    after: &'s Survey,
    of: fn(&Found) -> &Vec<Traffic>,
    outside: Outside,
    /// Ends of one class are open to the same parts; nodes of load balancers have none.
    known: BTreeMap<(Heading, Option<NetworkInterfaceId>, Classes), Changed>,
}

impl ByPart<'_> {
    /// Of an end, and how it is told.
    fn tell(
        &mut self,
        (end, told): (Endpoint, Endpoint),
        heading: Heading,
        visit: &mut impl FnMut(&Pairs<'_>, &Changes),
    ) {
        let (before, after, of, outside) = (self.before, self.after, self.of, self.outside);
        let pair = |end| match heading {
            Heading::Inward => (outside.end(), end),
            Heading::Outward => (end, outside.end()),
        };
        let surveys = [before, after];
        if !surveys
            .iter()
            .all(|survey| survey.has_parts() && !survey.is_cut(outside))
        {
            let changes = of_pair(before, after, of, pair(end));
            if changes != Changes::default() {
                visit(&whole(pair(told)), &changes);
            }
            return;
        }
        let class = (before.class_of(end), after.class_of(end));
        let node = match (class, end) {
            ((None, None), Endpoint::Interface(node)) => Some(node),
            _ => None,
        };
        let changed = self.known.entry((heading, node, class)).or_insert_with(|| {
            let found = |then: u32, now: u32| change(of(before.at(then)), of(after.at(now)));
            by_part(
                &before.by_part(end, outside, heading),
                &after.by_part(end, outside, heading),
                found,
                // Of premises there is no whole that anybody would have in mind.
                match outside {
                    Outside::Premises => |ranges, _| Part::Blocks(blocks(ranges)),
                    Outside::Internet | Outside::ByIpv6 => Part::of,
                },
            )
        });
        let (source, destination) = pair(told);
        for (changes, part, addresses) in changed.iter() {
            visit(&Pairs::Outside(source, destination, part, *addresses), changes);
        }
    }
}

/// What parts of the Internet gain and lose. `then`, `now`: what gets in from each range, sorted.
fn by_part(
    then: &[(Range, u32)],
    now: &[(Range, u32)],
    change: impl Fn(u32, u32) -> Changes,
    part: fn(&[Range], &[Range]) -> Part,
) -> Changed {
    let ranges = || then.iter().chain(now).map(|(range, _)| *range);
    let starts = ranges().map(|range| range.0);
    let ends = ranges().filter_map(|range| range.1.checked_add(1));
    let cuts: BTreeSet<u128> = starts.chain(ends).collect();
    let at = |side: &[(Range, u32)], address: u128| {
        let before = side.partition_point(|(range, _)| range.0 <= address).checked_sub(1)?;
        side.get(before)
            .filter(|(range, _)| address <= range.1)
            .map(|(_, place)| *place)
    };
    let lasts = cuts.iter().skip(1).map(|next| next - 1).chain([u128::MAX]);
    let mut all: Vec<Range> = Vec::new();
    let mut found: BTreeMap<Changes, Vec<Range>> = BTreeMap::new();
    for (first, last) in cuts.iter().copied().zip(lasts) {
        let (then, now) = (at(then, first), at(now, first));
        if then.is_none() && now.is_none() {
            continue;
        }
        all.push((first, last));
        let changes = change(then.unwrap_or_default(), now.unwrap_or_default());
        if changes != Changes::default() {
            found.entry(changes).or_default().push((first, last));
        }
    }
    let told = found.into_iter().map(|(changes, ranges)| {
        let addresses = ranges.iter().map(|(first, last)| (last - first).saturating_add(1));
        (changes, part(&ranges, &all), addresses.sum())
    });
    told.collect()
}

/// What one pair gains and loses.
pub(super) fn of_pair(
    before: &Survey,
    after: &Survey,
    of: fn(&Found) -> &Vec<Traffic>,
    (source, destination): (Endpoint, Endpoint),
) -> Changes {
    change(
        of(before.between(source, destination)),
        of(after.between(source, destination)),
    )
}

fn change(before: &[Traffic], after: &[Traffic]) -> Changes {
    match before == after {
        true => Changes::default(),
        false => (without(after, before), without(before, after)),
    }
}
