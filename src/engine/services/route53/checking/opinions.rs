//! The checkers one by one: what each sees, how it votes, and which step of the packet's path decides. For the page, which
//! shows votes beside the line; and what anybody else's request to an endpoint would come to.

use super::{answers, config, is_good, next_probe, probe, settled, streak};
use crate::base::time::Time;
use crate::catalog::Region;
use crate::network;
use crate::world::World;
use crate::world::names::{HealthCheck, HealthCheckConfig};
use std::net::IpAddr;

/// A checker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opinion {
    /// Where it is.
    pub region: Region,
    /// From which address it probes.
    pub address: IpAddr,
    /// Its vote.
    pub healthy: bool,
    /// What a probe comes to at present, in AWS's words; healthy or not.
    pub sees: String,
    /// Whether that is good.
    pub good: bool,
    /// How many probes in a row have come to the same.
    pub streak: i64,
    /// The step of the path that decides, in a sentence.
    pub decides: String,
    /// The id of what decides; empty where nothing of this world does.
    pub component: String,
    /// When it probes next.
    pub next: Time,
}

/// The checkers of a health check; none for a kind that has none, or while it is disabled.
pub fn opinions(world: &World, row: &HealthCheck) -> Vec<Opinion> {
    if !config::has_endpoint(&row.config.kind) || row.config.disabled {
        return Vec::new();
    }
    let of = |place: usize| {
        let stored = row.watch.posts.get(place)?;
        let post = settled(&row.watch, place, stored, &row.config, world.now);
        let good = is_good(post.sees);
        let (decides, component) = decides(world, &row.config, (post.region, post.address), good);
        Some(Opinion {
            region: post.region,
            address: post.address,
            healthy: post.healthy,
            sees: answers::said(post.sees),
            good,
            streak: streak(&post),
            decides,
            component,
            next: next_probe(&row.watch, place, &row.config, world.now),
        })
    };
    (0..row.watch.posts.len()).filter_map(of).collect()
}

fn decides(world: &World, config: &HealthCheckConfig, post: (Region, IpAddr), good: bool) -> (String, String) {
    let Some((region, flow)) = probe::packet(world, config, post.0, post.1) else {
        return ("No interface of this world has the address.".into(), String::new());
    };
    let trace = network::trace(world, region, &flow);
    if let Some(first) = trace.explanations.first() {
        return (first.detail.clone(), first.component.id.clone());
    }
    if !good {
        let last = trace.forward.last().map(|hop| hop.component().id.clone());
        let why = "The way is open, both ways: what the program there answers decides.";
        return (why.into(), last.unwrap_or_default());
    }
    // The security group is where most is decided; else the last step that let it through.
    let mut hops = trace.forward.iter().filter(|hop| hop.rule().is_some());
    let group = hops.clone().find(|hop| hop.layer == network::Layer::SecurityGroup);
    match group.or_else(|| hops.next_back()) {
        Some(hop) => (hop.text().to_owned(), hop.component().id.clone()),
        None => ("Nothing stands in the way.".into(), String::new()),
    }
}

/// What a request from an address to an address comes to, judged as a probe with these settings; `None` where no interface of
/// this world has the address. `true` = a good answer.
pub fn request(world: &World, settings: &HealthCheckConfig, source: IpAddr) -> Option<(bool, String)> {
    probe::packet(world, settings, Region::US_EAST_1, source)?;
    let seen = probe::probe(world, settings, Region::US_EAST_1, source);
    Some((is_good(seen), answers::said(seen)))
}
