//! The block map in words: what a block is, what the chain keeps and costs, what a deletion would move. Nothing is drawn here.

use super::super::{block_text, called};
use super::Drawn;
use crate::ui::money_text;
use std::collections::BTreeMap;
use stratus_engine::World;
use stratus_engine::base::ids::{ResourceId, SnapshotId};
use stratus_engine::bill;
use stratus_engine::catalog::{Money, Region};
use stratus_engine::services::ec2::storage::snapshots::block_map::{BlockMap, Holder, Stored};
use stratus_engine::world::storage::BLOCK_BYTES;
use stratus_engine::world::usage::Subject;

/// What the snapshots of a map cost in a month, as the bill has it.
pub fn monthly(world: &World, map: &BlockMap) -> Money {
    let of_map = |subject: &Subject| {
        let Subject::Resource(ResourceId::Snapshot(id)) = subject else {
            return false;
        };
        map.lane(Holder::Snapshot(*id)).is_some()
    };
    let running = bill::running(world).into_iter();
    let hourly: Money = running.filter(|one| of_map(&one.subject)).map(|one| one.hourly).sum();
    hourly.every_hour_of_a_month()
}

/// Blocks that a map's snapshots keep together.
fn kept(map: &BlockMap) -> i64 {
    let snapshots = map
        .lanes
        .iter()
        .filter(|lane| matches!(lane.holder, Holder::Snapshot(_)));
    snapshots.map(|lane| lane.own()).sum()
}

/// The chain in one line.
pub fn summary(world: &World, region: Region, map: &BlockMap) -> String {
    let snapshots = map
        .lanes
        .iter()
        .filter(|lane| matches!(lane.holder, Holder::Snapshot(_)))
        .count();
    let more = match map.left_out {
        0 => String::new(),
        count => format!(", {count} elder ones not drawn"),
    };
    let many = if snapshots == 1 { "" } else { "s" };
    let month = money_text(monthly(world, map));
    format!(
        "{snapshots} snapshot{many}{more}: {} kept in S3 in {}, {month} a month",
        block_text(kept(map)),
        region.name()
    )
}

/// Where a block is: its number and the bytes before it.
pub fn place(block: i64) -> String {
    let mib = block * (BLOCK_BYTES / 1024) / 1024;
    let from = if mib >= 1024 {
        format!("{}.{:02} GiB", mib / 1024, mib % 1024 * 100 / 1024)
    } else {
        format!("{mib} MiB")
    };
    format!("block {block}, {from} into the volume")
}

fn holder(world: &World, region: Region, holder: Holder) -> String {
    match holder {
        Holder::Snapshot(id) => called(world, region, id),
        Holder::Volume(id) => called(world, region, id),
    }
}

/// `a`, `a and b`, `a, b and c`.
fn list(names: &[String]) -> String {
    match names {
        [] => "nothing".to_owned(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

fn stored(world: &World, region: Region, one: &Stored) -> String {
    let readers: Vec<String> = one
        .readers
        .iter()
        .map(|reader| holder(world, region, *reader))
        .collect();
    let Some(keeper) = one.keeper else {
        return format!(
            "Only {} has it: it is in no snapshot, and gone with the volume.",
            list(&readers)
        );
    };
    let keeper_name = called(world, region, keeper);
    let others: Vec<String> = one
        .readers
        .iter()
        .filter(|reader| **reader != Holder::Snapshot(keeper))
        .map(|reader| holder(world, region, *reader))
        .collect();
    let read = match others.as_slice() {
        [] => "nothing else needs it".to_owned(),
        _ => format!("it is read there by {} too", list(&others)),
    };
    let then = match one.heir() {
        Some(heir) => format!("Were that deleted, {} would pay.", called(world, region, heir)),
        None => "Were that deleted, it would be let go.".to_owned(),
    };
    format!("{keeper_name} keeps it and is billed for it; {read}. {then}")
}

/// What lies at a place, in sentences; versions, newest first, where the chain has several.
pub fn block(world: &World, region: Region, map: &BlockMap, at: i64) -> String {
    let found = map.at(at);
    let title = place(at);
    let versions: Vec<String> = found.iter().rev().map(|one| stored(world, region, one)).collect();
    match versions.as_slice() {
        [] => format!("At {title}: never written. It costs nothing, and is read as zeros."),
        [one] => format!("At {title}, one version. {one}"),
        several => format!("At {title}, {} versions. {}", several.len(), several.join(" Before: ")),
    }
}

/// What a deletion would let go and move.
pub fn without(region: Region, present: &Drawn, left: &Drawn, gone: SnapshotId) -> String {
    let own = |drawn: &Drawn| -> BTreeMap<SnapshotId, i64> {
        let lanes = drawn.map.lanes.iter();
        let snapshots = lanes.filter_map(|lane| match lane.holder {
            Holder::Snapshot(id) => Some((id, lane.own())),
            Holder::Volume(_) => None,
        });
        snapshots.collect()
    };
    let (before, after) = (own(present), own(left));
    let had = before.get(&gone).copied().unwrap_or(0);
    let moved: Vec<(SnapshotId, i64)> = after
        .iter()
        .map(|(id, blocks)| (*id, blocks - before.get(id).copied().unwrap_or(0)))
        .filter(|(_, more)| *more > 0)
        .collect();
    let kept: i64 = moved.iter().map(|(_, more)| more).sum();
    let let_go = match had - kept {
        0 => "nothing is let go".to_owned(),
        blocks => format!("{} are let go", block_text(blocks)),
    };
    let heirs: Vec<String> = moved
        .iter()
        .map(|(id, more)| {
            let name = called(&present.world, region, *id);
            format!("{} move to the bill of {name}, which needs them", block_text(*more))
        })
        .collect();
    let heirs = match heirs.as_slice() {
        [] => String::new(),
        several => format!("; {}", list(several)),
    };
    let (was, is) = (monthly(&present.world, &present.map), monthly(&left.world, &left.map));
    format!(
        "{let_go}{heirs}. The chain then costs {} a month in place of {}.",
        money_text(is),
        money_text(was)
    )
}
