//! How much a fix opens, measured: the survey of a copy of the world on which it has been made, beside that of one on which
//! nothing has. Nothing here is estimated, and no world is changed.
//!
//! The measure counts what is delivered and was not before: every address that sends, to every address that receives, on
//! every port (an ICMP type or a protocol without ports counts as one). A part of the Internet counts by its addresses, each
//! address of a machine and each node of a load balancer as one. So a change that opens all that another opens and more
//! besides is always the greater. Of two with the same measure that is the greater which leaves open more ports on which
//! nothing listens yet. Only Regions are looked at in which the path was asked or a change is made; pairs across Regions are in
//! no survey.

use super::seats::{self, OwnPair};
use super::survey::traffic::{Traffic, width, without};
use super::survey::{Found, Survey, survey_by_parts};
use super::what_if::{self, Change, Difference, Part};
use super::{Fix, Flow, addresses, ends};
use crate::base::error::Result;
use crate::catalog::Region;
use crate::engine::Engine;
use crate::world::World;
use std::collections::BTreeSet;
use stratus_model::sort;

/// How much is opened; the lesser opens less.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Opened {
    /// What is delivered.
    delivered: Weight,
    /// What arrives where nothing listens.
    unheard: Weight,
}

/// A number of (sender, receiver, port). With IPv6 it is more than 128 bits: `high` is counted in units of 2^64, `low` is less
/// than one of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Weight {
    high: u128,
    low: u128,
}

impl Weight {
    fn add(&mut self, addresses: u128, times: u64) {
        const LOW: u128 = u64::MAX as u128;
        let times = u128::from(times);
        let low = (addresses & LOW) * times + self.low;
        self.high = (self.high)
            .saturating_add((addresses >> 64) * times)
            .saturating_add(low >> 64);
        self.low = low & LOW;
    }
}

impl Opened {
    fn add(&mut self, before: &Survey, after: &Survey) {
        let gains = |weight: &mut Weight, of: fn(&Found) -> &Vec<Traffic>| {
            what_if::each(before, after, of, |pairs, (gained, _)| {
                let ports = width(gained).saturating_mul(pairs.count() as u64);
                weight.add(pairs.addresses(), ports);
            });
        };
        gains(&mut self.delivered, |found| &found.delivered);
        gains(&mut self.unheard, |found| &found.unheard);
    }
}

/// Fixes in the order of how much they open, measured, the least opening first; those that open the same stay in their
/// order. Nothing is measured where there is nothing to order.
pub fn least_first(engine: &Engine, world: &World, region: Region, fixes: Vec<Fix>) -> Vec<Fix> {
    if fixes.len() < 2 {
        return fixes;
    }
    let measured = measured(engine, world, region, &fixes);
    let mut fixes: Vec<(Option<Opened>, Fix)> = measured.into_iter().zip(fixes).collect();
    sort::by_key(&mut fixes, |(opened, _)| (opened.is_none(), *opened));
    fixes.into_iter().map(|(_, fix)| fix).collect()
}

/// How much each of these opens; nothing of one that cannot be made. The world as it is now is surveyed once for all.
pub fn measured(engine: &Engine, world: &World, region: Region, fixes: &[Fix]) -> Vec<Option<Opened>> {
    let calls = fixes.iter().flat_map(|fix| &fix.calls);
    let regions: BTreeSet<Region> = calls.filter_map(|call| call.region).chain([region]).collect();
    let surveys = |mut world: World| -> Vec<Survey> {
        super::fixes::rest(&mut world);
        let surveys = regions.iter().map(|region| survey_by_parts(&world, *region));
        surveys.collect()
    };
    let before = surveys(world.clone());
    let measure = |fix: &Fix| {
        let after = surveys(what_if::made(engine, world, region, fix).ok()?);
        let mut opened = Opened::default();
        for (before, after) in before.iter().zip(&after) {
            opened.add(before, after);
        }
        Some(opened)
    };
    fixes.iter().map(measure).collect()
}

/// What a fix opens and shuts besides the path that it mends, in the Region in which that was asked.
///
/// # Errors
/// The first call's that fails.
pub fn beside(engine: &Engine, world: &World, region: Region, flow: &Flow, fix: &Fix) -> Result<Difference> {
    let mut difference = what_if::of_fix(engine, world, region, fix)?;
    let Some(own) = seats::pair_of(world, region, flow) else {
        return Ok(difference);
    };
    let traffic = ends::as_surveyed(flow);
    let gained = std::mem::take(&mut difference.gained);
    difference.gained = (gained.into_iter())
        .filter_map(|change| rest_of(change, &own, traffic))
        .collect();
    Ok(difference)
}

/// A change without the path itself. Of more of the Internet than the path's own address the others gain it all the same.
fn rest_of(mut change: Change, own: &OwnPair, traffic: Traffic) -> Option<Change> {
    let alone = own
        .outside
        .is_none_or(|address| change.part == Part::Blocks(vec![addresses::host_block(address)]));
    if alone && (change.source, change.destination) == (own.source, own.destination) {
        change.traffic = without(&change.traffic, &[traffic]);
    }
    (!change.traffic.is_empty()).then_some(change)
}
