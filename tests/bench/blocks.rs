//! What a volume of 1 TiB with 100,000 written blocks costs: to snapshot, to restore, to keep, and to draw as a block map; and what
//! blocks with bytes in them cost: full ones, ones with a line of text, and the same again in a snapshot and in a volume of that.
//! `cargo bench -p stratus-engine --bench blocks`. The blocks lie in pairs with gaps between, so that there are 50,000 runs.

mod measure;

#[path = "../engine/runner/mod.rs"]
#[allow(dead_code, reason = "only its reader of parameters is wanted here")]
mod runner;

use peak_alloc::PeakAlloc;
use stratus_engine::base::ids::{SnapshotId, VolumeId};
use stratus_engine::base::time::Span;
use stratus_engine::catalog::Region;
use stratus_engine::services::ec2::storage::snapshots::block_map::{BlockMap, Holder};
use stratus_engine::world::storage::{BLOCK_BYTES, Extents, Volume};
use stratus_engine::{Engine, Options};
use stratus_model::{Structure, Value, field};

/// Counts what is allocated.
#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const REGION: Region = Region::US_EAST_1;
/// Cells of a lane and parts of a cell, as the page draws it.
const CELLS: i64 = 400;
const PART: i64 = 10;
/// Written pairs of blocks.
const PAIRS: i64 = 50_000;

fn call(engine: &mut Engine, service: &str, operation: &str, params: &str) -> Structure {
    let params = runner::read(service, operation, params).expect(operation);
    engine.call(REGION, service, operation, params).expect(operation)
}

fn later(engine: &mut Engine) {
    let later = engine.world().now + Span::minutes(24 * 60);
    engine.tick(later, usize::MAX);
}

/// A new volume of so many GiB, once it is there.
fn volume(engine: &mut Engine, gib: i64) -> String {
    let params = format!(r#"{{"AvailabilityZone":"us-east-1a","Size":{gib}}}"#);
    let made = call(engine, "ec2", "CreateVolume", &params);
    later(engine);
    made.text(field::VOLUME_ID).unwrap_or_default().to_owned()
}

/// A volume with its written blocks, and the engine it is in.
fn written() -> (Engine, String) {
    let mut engine = Engine::new(Options::default());
    let id = volume(&mut engine, 1024);
    for pair in 0..PAIRS {
        // Each pair is forty blocks behind the one before: 2,000,000 blocks, of the 2,097,152 that there are.
        let offset = pair * 40 * BLOCK_BYTES;
        let params = format!(
            r#"{{"VolumeId":"{id}","Offset":{offset},"Length":{}}}"#,
            2 * BLOCK_BYTES
        );
        call(&mut engine, "stratus", "WriteBlocks", &params);
    }
    (engine, id)
}

fn main() {
    let began = MEMORY.current_usage();
    let mut runs = Extents::default();
    for pair in 0..PAIRS {
        runs.insert(pair * 40, (2, pair as u64));
    }
    let bytes = MEMORY.current_usage().saturating_sub(began);
    measure::print("memory-block", bytes as f64 / (2 * PAIRS) as f64);
    drop(runs);

    let (mut engine, volume) = written();
    let rows = engine
        .world()
        .row::<Volume>(REGION, VolumeId::parse(&volume).expect("it is one"));
    assert_eq!(rows.map(|row| row.contents.len() as i64), Some(PAIRS));
    let take = format!(r#"{{"VolumeId":"{volume}"}}"#);
    let seconds = measure::once(|| {
        call(&mut engine, "ec2", "CreateSnapshot", &take);
        engine.undo()
    });
    measure::print("snapshot-1tib", seconds * 1e3);
    let made = call(&mut engine, "ec2", "CreateSnapshot", &take);
    let snapshot = made
        .text(field::SNAPSHOT_ID)
        .and_then(SnapshotId::parse)
        .expect("it was made");
    later(&mut engine);
    let restore = format!(r#"{{"AvailabilityZone":"us-east-1a","SnapshotId":"{snapshot}"}}"#);
    let seconds = measure::once(|| {
        call(&mut engine, "ec2", "CreateVolume", &restore);
        engine.undo()
    });
    measure::print("restore-1tib", seconds * 1e3);
    draw(&engine, Holder::Snapshot(snapshot));
    drop(engine);
    contents();
}

/// Blocks of each kind that get bytes.
const FULL: i64 = 100;
/// See [`FULL`].
const LINES: i64 = 2_000;

/// What is kept, in bytes a block, of blocks that have contents: each other ones, so that none is shared by chance.
fn contents() {
    let mut engine = Engine::new(Options::default());
    engine.keep_log_only();
    let id = volume(&mut engine, 100);
    let write = |engine: &mut Engine, block: i64, bytes: Vec<u8>| {
        let params = Structure::new()
            .with(field::VOLUME_ID, id.as_str())
            .with(field::OFFSET, block * BLOCK_BYTES)
            .with(field::DATA, Value::Blob(bytes));
        engine
            .call(REGION, "stratus", "WriteBlocks", params)
            .expect("it is written");
    };
    // The log of calls has the bytes too: what it takes is measured by writing as much to the same block.
    let began = MEMORY.current_usage();
    for _ in 0..FULL {
        write(&mut engine, 0, vec![7; BLOCK_BYTES as usize]);
    }
    let log = MEMORY.current_usage().saturating_sub(began);
    let began = MEMORY.current_usage();
    for block in 0..FULL {
        let byte = |at: i64| (block * 31 + at * 7 + at / 251) as u8;
        write(&mut engine, block, (0..BLOCK_BYTES).map(byte).collect());
    }
    let full = MEMORY.current_usage().saturating_sub(began).saturating_sub(log);
    measure::print("memory-block-full", full as f64 / FULL as f64);
    let began = MEMORY.current_usage();
    for block in 0..LINES {
        write(&mut engine, 1_000 + 2 * block, format!("line {block}").into_bytes());
    }
    let lines = MEMORY.current_usage().saturating_sub(began);
    measure::print("memory-block-line", lines as f64 / LINES as f64);
    let began = MEMORY.current_usage();
    let made = call(
        &mut engine,
        "ec2",
        "CreateSnapshot",
        &format!(r#"{{"VolumeId":"{id}"}}"#),
    );
    let snapshot = made.text(field::SNAPSHOT_ID).unwrap_or_default().to_owned();
    later(&mut engine);
    let restore = format!(r#"{{"AvailabilityZone":"us-east-1a","SnapshotId":"{snapshot}"}}"#);
    call(&mut engine, "ec2", "CreateVolume", &restore);
    let shared = MEMORY.current_usage().saturating_sub(began);
    measure::print("memory-block-shared", shared as f64 / (FULL + LINES) as f64);
}

/// What the page does with a volume of two million blocks: the map once for each state of the world, and the bands of all
/// lanes for each frame that one scrubs or zooms through.
fn draw(engine: &Engine, holder: Holder) {
    let make = || BlockMap::of(engine.world(), REGION, holder).expect("it is there");
    let seconds = measure::once(make);
    measure::print("block-map-1tib", seconds * 1e3);
    let map = make();
    let size = map.size;
    assert!(size > 1_000_000 && map.lanes.len() > 1, "{size} blocks");
    let mut frame = 0;
    let seconds = measure::seconds(5, || {
        // Another window each time, from the whole volume to a sixteenth of it.
        frame += 1;
        let count = size >> (frame % 5);
        let first = (frame * 7_919) % (size - count + 1);
        let bands = map.lanes.iter().map(|lane| lane.bands(first, count, CELLS, PART).len());
        bands.sum::<usize>()
    });
    measure::print("block-map-frame", seconds * 1e3);
}
