//! Snapshots that are written block by block through the EBS direct APIs: their rows, and the way to their end.

use super::{chain, put_row};
use crate::base::ids::SnapshotId;
use crate::base::time::{Span, Time};
use crate::catalog::Region;
use crate::clock::{self, Step};
use crate::services::ec2::storage::contents::GIB_BLOCKS;
use crate::world::World;
use crate::world::storage::{Snapshot, Writing};

/// What such a snapshot begins with.
pub(crate) struct Start {
    /// Size of the volume that it stands for.
    pub size_gib: i64,
    /// The one that it is written behind.
    pub parent: Option<Snapshot>,
    /// The key that encrypts it.
    pub kms_key: Option<String>,
    /// What it says of itself.
    pub description: String,
    /// How long it waits for a request.
    pub timeout: Span,
}

/// Begins one: it has all that its parent has.
pub(crate) fn start(world: &mut World, region: Region, start: Start) -> SnapshotId {
    let parent = start.parent;
    let id = put_row(
        world,
        region,
        super::Draft {
            volume: None,
            parent: parent.as_ref().map(|row| row.id),
            adopted: false,
            size_gib: start.size_gib,
            description: start.description,
            kms_key: start.kms_key,
            origin: parent.as_ref().and_then(|row| row.origin),
            contents: parent.map(|row| row.contents).unwrap_or_default(),
            source: None,
        },
    );
    let now = world.now;
    world.update(region, id, |row: &mut Snapshot| {
        row.completes = Time(crate::base::limits::LATEST_TIME);
        row.writing = Some(Writing {
            timeout: start.timeout,
            touched: now,
            ..Writing::default()
        });
    });
    clock::schedule(world, start.timeout, region, id, Step::Progress);
    id
}

/// A block has come: it is paid for.
pub(crate) fn stored(world: &mut World, region: Region, id: SnapshotId) {
    if let Some(row) = world.row::<Snapshot>(region, id) {
        let blocks = chain::own_blocks(world, region, row);
        chain::meter(world, region, id, blocks);
    }
}

/// All blocks are there: it completes after a while.
pub(crate) fn seal(world: &mut World, region: Region, id: SnapshotId) {
    let Some(blocks) = world
        .row::<Snapshot>(region, id)
        .map(|row| chain::own_blocks(world, region, row))
    else {
        return;
    };
    let timings = world.timings.clone();
    let base = timings.draw(&mut world.random, "snapshot.base");
    let a_gib = timings.draw(&mut world.random, "snapshot.per-changed-gib");
    let span = Span(base.0.saturating_add(a_gib.0.saturating_mul(blocks) / GIB_BLOCKS));
    let now = world.now;
    world.update(region, id, |row: &mut Snapshot| {
        row.changed_blocks = blocks;
        row.completes = now + span;
        if let Some(writing) = &mut row.writing {
            writing.sealed = Some(now);
        }
    });
    chain::meter(world, region, id, blocks);
    clock::schedule(world, span, region, id, Step::Settle);
}

/// The API's name of its state.
pub(crate) fn status(row: &Snapshot) -> &'static str {
    match &row.writing {
        _ if row.completed => "completed",
        _ if row.fault.as_ref().is_some_and(|fault| fault.struck) => "error",
        Some(writing) if writing.failed => "error",
        _ => "pending",
    }
}

/// Whether this is the moment that its completion was asked for.
pub(super) fn sealed_at(row: &Snapshot, asked: Time) -> bool {
    row.writing.as_ref().and_then(|writing| writing.sealed) == Some(asked)
}
