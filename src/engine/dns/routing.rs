//! Which of several record sets of one name and type answers, and what an alias answers with.
//!
//! The rules are Route 53's: <https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy.html>,
//! <https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-how-route-53-chooses-records.html>. A record
//! without a failed health check is healthy; where all are unhealthy, all count as healthy. Lots are drawn by the number that
//! the asker brings, so that reading a world changes nothing. What is said of a choice stands in `routing_words`.

use super::authority::{self, Found};
use super::places::{self, Spot};
use super::{internet, name};
use crate::base::limits::DNS_ALIASES;
use crate::base::random::{GOLDEN, finalised};
use crate::catalog::Region;
use crate::services::elbv2::standing;
use crate::services::route53::checking;
use crate::world::World;
use crate::world::names::{Alias, Nearness, Place, Policy, RecordKey, RecordSet};
use crate::world::table::Table;
use ipnet::IpNet;
use std::net::IpAddr;
use stratus_model::sort;

/// TTL of an answer for an alias of an AWS service (as AWS has it for load balancers).
pub(super) const ALIAS_TTL: i64 = 60;
/// Most values of a multivalue answer.
pub(super) const MULTIVALUE: usize = 8;

/// What the name servers know of who asks.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asking {
    /// Where the asker is, if that is known.
    pub spot: Option<Spot>,
    /// The address that the question comes from, or that the resolver says it asks for (EDNS client subnet).
    pub address: Option<IpAddr>,
    /// The lot that this question draws.
    pub lot: u64,
}

/// A choice among record sets, or an alias that was followed.
#[derive(Clone, Debug)]
pub(super) struct Choice<'w> {
    /// All that were there, each with whether it counts as healthy.
    pub group: Vec<(&'w RecordSet, bool)>,
    /// Those that answer.
    pub chosen: Vec<&'w RecordSet>,
    /// By what rule.
    pub how: How,
    /// What the chosen one stands for, if it is an alias.
    pub alias: Option<(&'w Alias, Target)>,
}

/// Why a set was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// The only one.
    Simple,
    /// So much of the sum of those that count; with what else could not answer.
    Weighted { weight: i64, total: i64, pool: Pool },
    /// Primary or secondary.
    Failover { primary: bool, both_down: bool },
    /// So many of so many.
    Multivalue { all_down: bool },
    /// The smallest area that has a healthy record; whether smaller ones were unhealthy; whether all were.
    Geolocation { area: Area, passed: bool, all_down: bool },
    /// Where the asker is is unknown.
    Unplaced,
    /// Nothing is for this asker.
    NoMatch,
    /// Milliseconds.
    Latency { millis: i64, passed: bool, all_down: bool },
    /// Kilometres, and what they count as with the bias.
    Geoproximity {
        kilometres: i64,
        counted: i64,
        passed: bool,
        all_down: bool,
    },
    /// The block that the address lies in; `None` = the default location.
    Cidr { block: Option<IpNet>, passed: bool },
}

/// Among which weighted records lots were drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pool {
    /// Those with a weight, healthy ones.
    Weights,
    /// All weights are zero: equal chances.
    AllZero,
    /// Those with a weight are all unhealthy: the zero-weight ones.
    Zeroes,
    /// All are unhealthy, and so all count as healthy.
    AllDown,
}

/// Of what size an area is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Area {
    /// A state of the United States.
    Subdivision,
    /// A country.
    Country,
    /// A continent.
    Continent,
    /// Wherever nothing else is for.
    Default,
}

/// What an alias led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// Records of the zone.
    Records,
    /// A name of AWS's.
    Service,
    /// Nothing.
    Nothing,
    /// Back to itself.
    Circle,
}

/// The record sets of a name and type with their health: looked at once, for many questions.
pub(super) struct Pot<'w> {
    world: &'w World,
    records: &'w Table<RecordKey, RecordSet>,
    /// The sets, each with whether it counts as healthy; never empty.
    pub group: Vec<(&'w RecordSet, bool)>,
}

impl<'w> Pot<'w> {
    /// The sets of exactly this name and type; `None`: there are none.
    pub fn new(
        world: &'w World,
        records: &'w Table<RecordKey, RecordSet>,
        name: &str,
        record_type: &str,
    ) -> Option<Pot<'w>> {
        let asking = &Asking::default();
        let context = Context { world, records, asking };
        let group = context.judged(&context.group(name, record_type), record_type, 0);
        let pot = Pot { world, records, group };
        (!pot.group.is_empty()).then_some(pot)
    }

    /// Which of them answer one question.
    pub fn draw(&self, asking: &Asking) -> (Vec<&'w RecordSet>, How) {
        let (world, records) = (self.world, self.records);
        match self.group.first() {
            Some((first, _)) => Context { world, records, asking }.pick(first, &self.group),
            None => (Vec::new(), How::NoMatch),
        }
    }
}

/// A zone's records with who asks.
struct Context<'w, 'a> {
    world: &'w World,
    records: &'w Table<RecordKey, RecordSet>,
    asking: &'a Asking,
}

/// What the record sets of a name and type answer; `None`: there is none. `trail` gets every choice made on the way.
pub(super) fn records<'w>(
    world: &'w World,
    records: &'w Table<RecordKey, RecordSet>,
    name: &str,
    record_type: &str,
    asking: &Asking,
    trail: &mut Vec<Choice<'w>>,
) -> Option<Found> {
    let context = Context { world, records, asking };
    context.resolve(name, record_type, 0, trail)
}

/// A number from another, evenly spread.
pub(super) fn mixed(number: u64) -> u64 {
    finalised(number.wrapping_add(GOLDEN))
}

/// One of `0..below`, by lot.
fn draw(lot: u64, below: u64) -> u64 {
    ((u128::from(mixed(lot)) * u128::from(below)) >> 64) as u64
}

fn index(lot: u64, below: usize) -> usize {
    draw(lot, below as u64) as usize
}

impl<'w> Context<'w, '_> {
    /// The record sets of a name and type.
    fn group(&self, name: &str, record_type: &str) -> Vec<&'w RecordSet> {
        let first = (name::reversed(name), record_type.to_owned(), String::new());
        if let Some(simple) = self.records.get(&first) {
            return vec![simple];
        }
        let (reversed, kind) = (first.0.clone(), first.1.clone());
        self.records
            .range(first..)
            .take_while(|((name, record_type, _), _)| *name == reversed && *record_type == kind)
            .map(|(_, set)| set)
            .collect()
    }

    fn resolve(&self, name: &str, record_type: &str, depth: usize, trail: &mut Vec<Choice<'w>>) -> Option<Found> {
        let group = self.group(name, record_type);
        let first = *group.first()?;
        if first.policy.is_none() && first.alias.is_none() {
            return Some(values_of(record_type, first.ttl, &[first]));
        }
        let mut choice = self.choose(first, &group, record_type, depth);
        let Some(chosen) = choice.chosen.first().copied() else {
            trail.push(choice);
            return Some(Found::NoData);
        };
        let Some(alias) = &chosen.alias else {
            let found = values_of(record_type, chosen.ttl, &choice.chosen);
            trail.push(choice);
            return Some(found);
        };
        let place = trail.len();
        choice.alias = Some((alias, Target::Nothing));
        trail.push(choice);
        let (found, target) = self.follow(alias, record_type, depth, trail);
        if let Some(choice) = trail.get_mut(place) {
            choice.alias = Some((alias, target));
        }
        Some(found)
    }

    /// What an alias stands for: records of the same zone, or what AWS's own servers answer for the target.
    fn follow(
        &self,
        alias: &'w Alias,
        record_type: &str,
        depth: usize,
        trail: &mut Vec<Choice<'w>>,
    ) -> (Found, Target) {
        if depth >= DNS_ALIASES {
            return (Found::NoData, Target::Circle);
        }
        if let Some(found) = self.resolve(&alias.target, record_type, depth + 1, trail) {
            return (found, Target::Records);
        }
        match service_of(self.world, &alias.target, record_type) {
            Some(values) => (Found::Records { ttl: ALIAS_TTL, values }, Target::Service),
            None => (Found::NoData, Target::Nothing),
        }
    }

    /// Whether a set counts as healthy: its check, and its target's where that is to be evaluated.
    fn is_up(&self, set: &RecordSet, record_type: &str, depth: usize) -> bool {
        let checked = set
            .health_check
            .as_ref()
            .is_none_or(|id| checking::is_healthy(self.world, id));
        let target = || match &set.alias {
            Some(alias) if alias.evaluate_health && depth < DNS_ALIASES => self.is_target_up(alias, record_type, depth),
            _ => true,
        };
        checked && target()
    }

    /// A target of records is healthy while one of them is; a load balancer while its targets are; another name of AWS's while it
    /// answers at all.
    fn is_target_up(&self, alias: &Alias, record_type: &str, depth: usize) -> bool {
        let group = self.group(&alias.target, record_type);
        if group.is_empty() {
            if let Some(balancer) = standing::of_name(self.world, &alias.target) {
                return balancer.healthy;
            }
            return service_of(self.world, &alias.target, record_type).is_some();
        }
        group.iter().any(|set| self.is_up(set, record_type, depth + 1))
    }

    /// Record sets with whether each counts as healthy.
    fn judged(&self, group: &[&'w RecordSet], record_type: &str, depth: usize) -> Vec<(&'w RecordSet, bool)> {
        group
            .iter()
            .map(|set| (*set, self.is_up(set, record_type, depth)))
            .collect()
    }

    fn choose(&self, first: &'w RecordSet, group: &[&'w RecordSet], record_type: &str, depth: usize) -> Choice<'w> {
        let group = self.judged(group, record_type, depth);
        let (chosen, how) = self.pick(first, &group);
        Choice {
            group,
            chosen,
            how,
            alias: None,
        }
    }

    /// Which of a group answer, and by what rule.
    fn pick(&self, first: &'w RecordSet, group: &Group<'w>) -> (Vec<&'w RecordSet>, How) {
        let lot = self.asking.lot ^ internet::hash(&first.name, &first.record_type) ^ self.world.random.seed();
        let one = |(set, how): (Option<&'w RecordSet>, How)| (set.into_iter().collect::<Vec<_>>(), how);
        match &first.policy {
            None => (vec![first], How::Simple),
            Some(Policy::Weighted(_)) => one(weighted(group, lot)),
            Some(Policy::Failover(_)) => one(failover(group)),
            Some(Policy::Multivalue) => multivalue(group, lot),
            Some(Policy::Geolocation(_)) => one(self.geolocation(group)),
            Some(Policy::Latency(_)) => one(self.latency(group)),
            Some(Policy::Geoproximity(_)) => one(self.geoproximity(group)),
            Some(Policy::Cidr(..)) => one(self.cidr(group)),
        }
    }

    fn geolocation(&self, group: &Group<'w>) -> (Option<&'w RecordSet>, How) {
        let mut fitting: Vec<(Area, &RecordSet, bool)> = group
            .iter()
            .filter_map(|(set, up)| match &set.policy {
                Some(Policy::Geolocation(place)) => Some((fits(place, self.asking.spot.as_ref())?, *set, *up)),
                _ => None,
            })
            .collect();
        sort::by_key(&mut fitting, |(area, ..)| *area);
        let healthy = fitting.iter().position(|(_, _, up)| *up);
        match (fitting.get(healthy.unwrap_or(0)), self.asking.spot) {
            (Some((Area::Default, set, _)), None) if fitting.len() == 1 => (Some(set), How::Unplaced),
            (Some((area, set, _)), _) => {
                let how = How::Geolocation {
                    area: *area,
                    passed: healthy.is_some_and(|at| at > 0),
                    all_down: healthy.is_none(),
                };
                (Some(set), how)
            }
            (None, None) => (None, How::Unplaced),
            (None, Some(_)) => (None, How::NoMatch),
        }
    }

    fn latency(&self, group: &Group<'w>) -> (Option<&'w RecordSet>, How) {
        let Some(spot) = self.asking.spot else {
            return (healthy_first(group), How::Unplaced);
        };
        let far = |set: &RecordSet| match &set.policy {
            Some(Policy::Latency(region)) => {
                Region::find(region).map(|region| places::round_trip(&spot, &places::of_region(region)))
            }
            _ => None,
        };
        nearest(group, far, |millis, passed, all_down| How::Latency {
            millis,
            passed,
            all_down,
        })
    }

    fn geoproximity(&self, group: &Group<'w>) -> (Option<&'w RecordSet>, How) {
        let Some(spot) = self.asking.spot else {
            return (healthy_first(group), How::Unplaced);
        };
        let near = |set: &'w RecordSet| match &set.policy {
            Some(Policy::Geoproximity(near)) => Some(near),
            _ => None,
        };
        let counted = |set: &'w RecordSet| Some(biased(distance(&spot, near(set)?)?, near(set)?.bias.unwrap_or(0)));
        let (chosen, how) = nearest(group, counted, |counted, passed, all_down| How::Geoproximity {
            kilometres: counted,
            counted,
            passed,
            all_down,
        });
        let real = chosen.and_then(near).and_then(|near| distance(&spot, near));
        match how {
            How::Geoproximity {
                counted,
                passed,
                all_down,
                ..
            } => {
                let kilometres = real.unwrap_or(counted);
                let how = How::Geoproximity {
                    kilometres,
                    counted,
                    passed,
                    all_down,
                };
                (chosen, how)
            }
            other => (chosen, other),
        }
    }

    fn cidr(&self, group: &Group<'w>) -> (Option<&'w RecordSet>, How) {
        let block = |set: &RecordSet| -> Option<Option<IpNet>> {
            let Some(Policy::Cidr(id, location)) = &set.policy else {
                return None;
            };
            if location == "*" {
                return Some(None);
            }
            let collection = self.world.route53.cidr_collections.get(id)?;
            let blocks = collection.locations.get(location)?.iter();
            let holding = blocks.filter_map(|text| text.parse::<IpNet>().ok());
            let holding = holding.filter(|block| self.asking.address.is_some_and(|address| block.contains(&address)));
            holding.max_by_key(IpNet::prefix_len).map(Some)
        };
        let mut fitting: Vec<(Option<IpNet>, &RecordSet, bool)> = group
            .iter()
            .filter_map(|(set, up)| Some((block(set)?, *set, *up)))
            .collect();
        // The longest prefix first, the default last.
        sort::by_key(&mut fitting, |(block, ..)| {
            std::cmp::Reverse(block.map(|block| block.prefix_len()))
        });
        let healthy = fitting.iter().position(|(_, _, up)| *up);
        match fitting.get(healthy.unwrap_or(0)) {
            Some((block, set, _)) => {
                let passed = healthy.is_some_and(|at| at > 0);
                (Some(set), How::Cidr { block: *block, passed })
            }
            None => (None, How::NoMatch),
        }
    }
}

/// Record sets, each with whether it counts as healthy.
type Group<'w> = [(&'w RecordSet, bool)];

fn values_of(record_type: &str, ttl: Option<i64>, sets: &[&RecordSet]) -> Found {
    Found::Records {
        ttl: ttl.unwrap_or(0),
        values: sets
            .iter()
            .flat_map(|set| &set.values)
            .map(|value| authority::complete(record_type, value))
            .collect(),
    }
}

/// What AWS's servers have for the target of an alias.
fn service_of(world: &World, target: &str, record_type: &str) -> Option<Vec<String>> {
    let domain = name::ancestry(target).find_map(internet::Domain::find)?;
    match domain.answer(world, target, record_type).0 {
        Found::Records { values, .. } => Some(values),
        _ => None,
    }
}

pub(super) fn weight_of(set: &RecordSet) -> i64 {
    match set.policy {
        Some(Policy::Weighted(weight)) => weight,
        _ => 0,
    }
}

/// Draws a lot by weight.
/// <https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-weighted.html>
fn weighted<'w>(group: &Group<'w>, lot: u64) -> (Option<&'w RecordSet>, How) {
    let all = |of: &dyn Fn(&RecordSet, bool) -> bool| -> Vec<&'w RecordSet> {
        let taken = group.iter().filter(|(set, up)| of(set, *up));
        taken.map(|(set, _)| *set).collect()
    };
    let weighs = group.iter().any(|(set, _)| weight_of(set) > 0);
    let up = all(&|set, up| up && (weight_of(set) > 0 || !weighs));
    let zeroes = || all(&|set, up| up && weight_of(set) == 0);
    let (pool, among) = match (weighs, up.is_empty()) {
        (true, false) => (Pool::Weights, up),
        (false, false) => (Pool::AllZero, up),
        (true, true) if !zeroes().is_empty() => (Pool::Zeroes, zeroes()),
        _ => (Pool::AllDown, all(&|set, _| weight_of(set) > 0 || !weighs)),
    };
    let total: i64 = among.iter().map(|set| weight_of(set)).sum();
    let set = match u64::try_from(total) {
        Ok(total) if total > 0 => {
            let mut drawn = i64::try_from(draw(lot, total)).unwrap_or(0);
            among.iter().find(|set| {
                drawn -= weight_of(set);
                drawn < 0
            })
        }
        _ => among.get(index(lot, among.len())),
    };
    let weight = set.map_or(0, |set| weight_of(set));
    (set.copied(), How::Weighted { weight, total, pool })
}

/// <https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-problems.html>: both unhealthy = the primary.
fn failover<'w>(group: &Group<'w>) -> (Option<&'w RecordSet>, How) {
    let of = |wanted: bool| {
        let mut found = group.iter();
        found.find(|(set, _)| set.policy == Some(Policy::Failover(wanted)))
    };
    let how = |primary, both_down| How::Failover { primary, both_down };
    match (of(true), of(false)) {
        (Some((primary, true)), _) | (Some((primary, false)), None) => (Some(primary), how(true, false)),
        (Some((primary, false)), Some((_, false))) => (Some(primary), how(true, true)),
        (_, Some((secondary, _))) => (Some(secondary), how(false, false)),
        (None, None) => (None, How::NoMatch),
    }
}

/// Up to eight healthy ones by lot; where none is, up to eight of the others.
/// <https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-multivalue.html>
fn multivalue<'w>(group: &Group<'w>, lot: u64) -> (Vec<&'w RecordSet>, How) {
    let all_down = !group.iter().any(|(_, up)| *up);
    let fitting = group.iter().filter(|(_, up)| *up || all_down);
    let mut sets: Vec<&RecordSet> = fitting.map(|(set, _)| *set).collect();
    for last in (1..sets.len()).rev() {
        sets.swap(last, index(lot.wrapping_add(last as u64), last + 1));
    }
    sets.truncate(MULTIVALUE);
    (sets, How::Multivalue { all_down })
}

/// Which area of a place the asker is in, if any.
fn fits(place: &Place, spot: Option<&Spot>) -> Option<Area> {
    if place.country == "*" {
        return Some(Area::Default);
    }
    let spot = spot?;
    if !place.subdivision.is_empty() {
        let both = place.country == spot.country && place.subdivision == spot.subdivision;
        return both.then_some(Area::Subdivision);
    }
    if !place.country.is_empty() {
        return (place.country == spot.country).then_some(Area::Country);
    }
    (place.continent == spot.continent).then_some(Area::Continent)
}

/// Where the asker is is unknown: the first healthy one by identifier (ours).
fn healthy_first<'w>(group: &Group<'w>) -> Option<&'w RecordSet> {
    let up = group.iter().find(|(_, up)| *up);
    up.or(group.first()).map(|(set, _)| *set)
}

/// The nearest healthy one; the nearest, if none is.
fn nearest<'w>(
    group: &Group<'w>,
    far: impl Fn(&'w RecordSet) -> Option<i64>,
    how: impl Fn(i64, bool, bool) -> How,
) -> (Option<&'w RecordSet>, How) {
    let mut by_distance: Vec<(i64, &RecordSet, bool)> = group
        .iter()
        .filter_map(|(set, up)| Some((far(set)?, *set, *up)))
        .collect();
    sort::by_key(&mut by_distance, |(far, ..)| *far);
    let healthy = by_distance.iter().position(|(_, _, up)| *up);
    match by_distance.get(healthy.unwrap_or(0)) {
        Some((far, set, _)) => {
            let passed = healthy.is_some_and(|at| at > 0);
            (Some(set), how(*far, passed, healthy.is_none()))
        }
        None => (healthy_first(group), How::NoMatch),
    }
}

/// Kilometres from an asker to a place of geoproximity routing. A Local Zone group counts as its Region (ours).
fn distance(spot: &Spot, near: &Nearness) -> Option<i64> {
    Some(places::kilometres((spot.latitude, spot.longitude), stands(near)?))
}

/// Where geoproximity routing takes a record to be, tenths of a degree north and east.
pub(super) fn stands(near: &Nearness) -> Option<(i32, i32)> {
    if let Some((latitude, longitude)) = &near.coordinates {
        return Some((tenths(latitude)?, tenths(longitude)?));
    }
    let group = &near.local_zone_group;
    let of_group = || Region::all().find(|region| !group.is_empty() && group.starts_with(region.name()));
    let spot = places::of_region(Region::find(&near.region).or_else(of_group)?);
    Some((spot.latitude, spot.longitude))
}

/// Tenths of a degree of `49.22`.
fn tenths(text: &str) -> Option<i32> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let negative = whole.starts_with('-');
    let whole: i32 = whole.trim_start_matches(['-', '+']).parse().ok()?;
    let tenth: i32 = fraction.get(..1).map_or(Some(0), |digit| digit.parse().ok())?;
    let size = whole.checked_mul(10)?.checked_add(tenth)?;
    Some(if negative { -size } else { size })
}

/// What a distance counts as.
/// <https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-geoproximity.html>
fn biased(kilometres: i64, bias: i64) -> i64 {
    match bias.clamp(-99, 99) {
        bias @ 0.. => kilometres * (100 - bias) / 100,
        bias => kilometres * 100 / (100 + bias),
    }
}
