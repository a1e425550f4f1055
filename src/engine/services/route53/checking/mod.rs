//! Health checks at work: checkers in eight Regions that reach the endpoint through the simulated network, and the vote among
//! them.
//!
//! Nothing polls. What a probe sees can only change when the world does; [`watch`] looks after every call and every event and
//! writes down the moment. From there on each checker's streak follows by counting the probes of its own timetable, exactly,
//! whenever somebody asks: thirty quiet days cost nothing. What may never happen here: a status that depends on when it is
//! asked for.
//!
//! <https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html>

mod answers;
mod behind;
mod opinions;
mod probe;
mod turns;
mod votes;

use super::health_config as config;
use crate::base::ids::HostedZoneId;
use crate::base::time::{Span, Time};
use crate::catalog::Region;
use crate::world::names::{HealthCheck, HealthCheckConfig, HostedZone, Post, Seen, Told, Watch};
use crate::world::objects::Bucket;
use crate::world::table::Table;
use crate::world::{Ec2, World};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

pub(super) use answers::{failures, statuses};
pub use opinions::{Opinion, opinions, request};
pub(crate) use turns::due;
pub(super) use turns::{begin as look_ahead, changed, forget};
pub use turns::{is_turn, told};
pub use votes::{LINE, Standing, is_healthy, standing, words};

/// A Region that checkers are in.
pub struct Station {
    /// Its name.
    pub region: &'static str,
    /// The two networks that its checkers come from by IPv4: a /26 each.
    pub networks: [Ipv4Addr; 2],
    /// And by IPv6, where the endpoint has such an address: a /56 each.
    pub networks6: [Ipv6Addr; 2],
}

const fn station(region: &'static str, networks: [Ipv4Addr; 2], six: [[u16; 4]; 2]) -> Station {
    let [[a, b, c, d], [e, f, g, h]] = six;
    let networks6 = [
        Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0),
        Ipv6Addr::new(e, f, g, h, 0, 0, 0, 0),
    ];
    Station {
        region,
        networks,
        networks6,
    }
}

/// The Regions that checkers are in, with the networks that those of each come from.
/// <https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/route-53-ip-addresses.html> (ip-ranges.json: `ROUTE53_HEALTHCHECKS`
/// among its `prefixes` and its `ipv6_prefixes`)
pub const POSTS: [Station; 8] = [
    station(
        "us-east-1",
        [Ipv4Addr::new(54, 243, 31, 192), Ipv4Addr::new(107, 23, 255, 0)],
        [[0x2600, 0x1f18, 0x3fff, 0xf800], [0x2600, 0x1f18, 0x7fff, 0xf800]],
    ),
    station(
        "us-west-1",
        [Ipv4Addr::new(54, 183, 255, 128), Ipv4Addr::new(54, 241, 32, 64)],
        [[0x2600, 0x1f1c, 0x7ff, 0xf800], [0x2600, 0x1f1c, 0xfff, 0xf800]],
    ),
    station(
        "us-west-2",
        [Ipv4Addr::new(54, 244, 52, 192), Ipv4Addr::new(54, 245, 168, 0)],
        [[0x2600, 0x1f14, 0x7ff, 0xf800], [0x2600, 0x1f14, 0xfff, 0xf800]],
    ),
    station(
        "eu-west-1",
        [Ipv4Addr::new(54, 228, 16, 0), Ipv4Addr::new(176, 34, 159, 192)],
        [[0x2a05, 0xd018, 0x7ff, 0xf800], [0x2a05, 0xd018, 0xfff, 0xf800]],
    ),
    station(
        "ap-southeast-1",
        [Ipv4Addr::new(54, 251, 31, 128), Ipv4Addr::new(54, 255, 254, 192)],
        [[0x2406, 0xda18, 0x7ff, 0xf800], [0x2406, 0xda18, 0xfff, 0xf800]],
    ),
    station(
        "ap-southeast-2",
        [Ipv4Addr::new(54, 252, 79, 128), Ipv4Addr::new(54, 252, 254, 192)],
        [[0x2406, 0xda1c, 0x7ff, 0xf800], [0x2406, 0xda1c, 0xfff, 0xf800]],
    ),
    station(
        "ap-northeast-1",
        [Ipv4Addr::new(54, 248, 220, 0), Ipv4Addr::new(54, 250, 253, 192)],
        [[0x2406, 0xda14, 0x7ff, 0xf800], [0x2406, 0xda14, 0xfff, 0xf800]],
    ),
    station(
        "sa-east-1",
        [Ipv4Addr::new(54, 232, 40, 64), Ipv4Addr::new(177, 71, 207, 128)],
        [[0x2600, 0x1f1e, 0x7ff, 0xf800], [0x2600, 0x1f1e, 0xfff, 0xf800]],
    ),
];

/// The address of a checker's host, by the protocol that its endpoint's address is of: the seventeenth of its network (ours).
fn address(station: &Station, half: usize, is_six: bool) -> IpAddr {
    let four = station.networks.get(half).copied().unwrap_or(Ipv4Addr::UNSPECIFIED);
    let six = station.networks6.get(half).copied().unwrap_or(Ipv6Addr::UNSPECIFIED);
    match is_six {
        true => Ipv6Addr::from(u128::from(six) + 17).into(),
        false => Ipv4Addr::from(u32::from(four) + 17).into(),
    }
}

/// Results in a row that change a checker's mind, where the settings do not say (AWS's default).
const THRESHOLD: i64 = 3;

fn interval(config: &HealthCheckConfig) -> i64 {
    config.interval.unwrap_or(30).max(1) * 1000
}

/// Whether a probe that comes to this counts as healthy.
fn is_good(seen: Seen) -> bool {
    matches!(seen, Seen::Connected | Seen::Status(_) | Seen::Found(_))
}

/// Puts checkers to work: two in each Region that is asked for, spread over the interval, so that the endpoint sees a
/// request about every two seconds. A new check starts healthy.
pub(super) fn begin(world: &World, config: &HealthCheckConfig) -> Watch {
    if !config::has_endpoint(&config.kind) {
        return Watch {
            known: votes::known(world, config),
            ..Watch::default()
        };
    }
    let wanted = |name: &str| config.regions.is_empty() || config.regions.iter().any(|region| region == name);
    // A name is looked up for IPv4 alone (documented of FullyQualifiedDomainName).
    let is_six = config
        .address
        .as_deref()
        .is_some_and(|text| text.parse::<Ipv6Addr>().is_ok());
    let mut posts = Vec::new();
    for half in 0..2 {
        for station in POSTS.iter().filter(|station| wanted(station.region)) {
            let Some(region) = Region::find(station.region) else {
                continue;
            };
            let address = address(station, half, is_six);
            posts.push(Post {
                region,
                address,
                sees: probe::probe(world, config, region, address),
                since: world.now,
                streak: (true, 0),
                healthy: true,
                failed: None,
            });
        }
    }
    Watch {
        began: world.now,
        posts,
        ..Watch::default()
    }
}

/// How many probes of a checker ran after one moment and up to another, and when the last of them was. The first of all is a
/// share of the interval after the beginning, never at it.
fn probes(watch: &Watch, place: usize, config: &HealthCheckConfig, from: Time, to: Time) -> (i64, Time) {
    let every = interval(config);
    let share = every * (place as i64 + 1) / (watch.posts.len().max(1) as i64);
    let base = watch.began.0 + share - every;
    let ran = |until: Time| (until.0 - base).div_euclid(every);
    let last = Time(base + ran(to) * every);
    ((ran(to) - ran(from)).max(0), last)
}

/// A checker's first probe after a moment.
fn next_probe(watch: &Watch, place: usize, config: &HealthCheckConfig, now: Time) -> Time {
    let (_, last) = probes(watch, place, config, now, now);
    last + Span(interval(config))
}

/// How many probes in a row have come to what the checker sees now.
fn streak(post: &Post) -> i64 {
    match post.streak {
        (same, count) if same == is_good(post.sees) => count,
        _ => 0,
    }
}

/// A checker as it stands at a moment, everything up to there counted.
fn settled(watch: &Watch, place: usize, post: &Post, config: &HealthCheckConfig, now: Time) -> Post {
    let mut post = post.clone();
    let (count, last) = probes(watch, place, config, post.since, now);
    post.since = now;
    if count == 0 {
        return post;
    }
    let good = is_good(post.sees);
    post.streak = match post.streak {
        (same, before) if same == good => (good, before.saturating_add(count)),
        _ => (good, count),
    };
    if post.streak.1 >= config.threshold.unwrap_or(THRESHOLD) {
        post.healthy = good;
    }
    if !good {
        post.failed = Some((last, post.sees));
    }
    post
}

/// Counts everything up to now, so that settings can change.
pub(super) fn settle(row: &mut HealthCheck, now: Time) {
    let watch = &row.watch;
    let posts: Vec<Post> = watch
        .posts
        .iter()
        .enumerate()
        .map(|(place, post)| settled(watch, place, post, &row.config, now))
        .collect();
    row.watch.posts = posts;
}

/// Looks again at what each checker sees, from now on.
fn look(world: &World, row: &HealthCheck) -> Option<HealthCheck> {
    let sees: Vec<Seen> = row
        .watch
        .posts
        .iter()
        .map(|post| probe::probe(world, &row.config, post.region, post.address))
        .collect();
    if row.watch.posts.iter().zip(&sees).all(|(post, seen)| post.sees == *seen) {
        return None;
    }
    let mut changed = row.clone();
    settle(&mut changed, world.now);
    for (post, seen) in changed.watch.posts.iter_mut().zip(sees) {
        post.sees = seen;
    }
    Some(changed)
}

/// What probes depend on, as it was before a call or an event.
pub(crate) struct Before {
    regions: Table<Region, Ec2>,
    buckets: Table<String, Bucket>,
    zones: Table<HostedZoneId, HostedZone>,
    told: Table<String, Told>,
}

impl Before {
    /// As it is now: a few pointers are copied, no rows.
    #[inline(never)]
    pub fn of(world: &World) -> Before {
        Before {
            regions: world.regions.clone(),
            buckets: world.s3.buckets.clone(),
            zones: world.route53.zones.clone(),
            told: world.route53.told.clone(),
        }
    }

    /// Whether anything of it is another now.
    fn differs(&self, world: &World) -> bool {
        !self.regions.is_same(&world.regions)
            || !self.buckets.is_same(&world.s3.buckets)
            || !self.zones.is_same(&world.route53.zones)
            || !self.told.is_same(&world.route53.told)
    }
}

/// Looks at what a call or an event has done to what checkers see. `before`: the world before it. On its own, so that
/// `cargo tasks split` can move it: it is only called where there are health checks.
#[inline(never)]
pub(crate) fn watch(before: &Before, world: &mut World) {
    if !before.differs(world) {
        return;
    }
    let watched = world.route53.health_checks.rows();
    let watched = watched.filter(|row| !row.watch.posts.is_empty() && !row.config.disabled);
    let changed: Vec<HealthCheck> = watched.filter_map(|row| look(world, row)).collect();
    for row in changed {
        let id = row.id.clone();
        world.route53.health_checks.insert(id.clone(), row);
        turns::plan(world, &id);
    }
}

/// After the data of an alarm have come to something else: those that go by it hear of it at once (ours).
pub(super) fn follow_alarm(world: &mut World, region: &str, name: &str) {
    let by = |config: &HealthCheckConfig| {
        let alarm = config.alarm.as_ref();
        alarm.is_some_and(|(in_region, named)| in_region == region && named == name)
    };
    let rows = world.route53.health_checks.rows().filter(|row| by(&row.config));
    let followers: Vec<(String, Option<bool>)> = rows
        .map(|row| (row.id.clone(), votes::known(world, &row.config).or(row.watch.known)))
        .collect();
    for (id, known) in followers {
        if let Some(row) = world.route53.health_checks.get_mut(&id) {
            row.watch.known = known;
        }
        changed(world, &id);
    }
}

/// After an update: what was counted stays, and checkers look at the endpoint as it is now. Enabled again, they start afresh.
pub(super) fn resume(world: &World, row: &mut HealthCheck, was: &HealthCheckConfig) {
    // What another alarm came to says nothing of this one.
    let before = row.watch.known.filter(|_| was.alarm == row.config.alarm);
    let known = votes::known(world, &row.config).or(before);
    row.watch.known = known;
    let regions = was.regions != row.config.regions;
    if regions || (was.disabled && !row.config.disabled) {
        row.watch = Watch {
            told: row.watch.told,
            turn: row.watch.turn,
            known,
            ..begin(world, &row.config)
        };
        return;
    }
    // The same checkers, in the same order; those of an endpoint whose new address is of the other protocol come by that.
    let fresh = begin(world, &row.config).posts;
    for (post, new) in row.watch.posts.iter_mut().zip(fresh) {
        (post.address, post.sees) = (new.address, new.sees);
    }
}
