//! ListSnapshotBlocks, ListChangedBlocks, GetSnapshotBlock: of snapshots of the account's own that are complete, and of those that other
//! accounts share with it.

use super::{invalid, not_found, sized, tokens};
use crate::base::error::{Error, Result};
use crate::base::ids::SnapshotId;
use crate::catalog::Region;
use crate::services::Request;
use crate::services::ec2::storage::contents::{Run, beside, runs, without};
use crate::services::ec2::storage::others;
use crate::world::World;
use crate::world::bytes::stamp_at;
use crate::world::storage::{BLOCK_BYTES, Extents, Snapshot};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};
use stratus_model::{Structure, Value, field};

/// Blocks of a page where none is asked for.
const PAGE: i64 = 1_000;
/// The fewest and the most.
const BOUNDS: (i64, i64) = (100, 10_000);

/// The snapshot that a call names.
fn find<'w>(world: &'w World, region: Region, text: &str) -> Result<&'w Snapshot> {
    let id = SnapshotId::parse(text)
        .ok_or_else(|| invalid("INVALID_SNAPSHOT_ID", format!("'{text}' is no snapshot id.")))?;
    let Some(row) = world.row::<Snapshot>(region, id) else {
        return shared(world, region, id, text);
    };
    if !row.completed {
        let why = format!("The snapshot '{text}' is not completed.");
        return Err(invalid("INVALID_SNAPSHOT_ID", why).remedy("Its blocks can be read once its status is completed."));
    }
    if row.tiering.as_ref().is_some_and(|tiering| !tiering.step.is_readable()) {
        let why = format!("The snapshot '{text}' is archived.");
        return Err(invalid("INVALID_SNAPSHOT_ID", why).remedy("Restore it with RestoreSnapshotTier first."));
    }
    Ok(row)
}

/// A snapshot that another account shares; an encrypted one needs its key, too.
fn shared<'w>(world: &'w World, region: Region, id: SnapshotId, text: &str) -> Result<&'w Snapshot> {
    let other = others::shared(world, region, id).ok_or_else(|| not_found(text))?;
    if others::is_closed(other) {
        let why = format!("The key of the snapshot '{text}' is not accessible.");
        return Err(Error::new("AccessDeniedException", why)
            .with_status(403)
            .detail("Reason", "DEPENDENCY_ACCESS_DENIED")
            .at("SnapshotId"));
    }
    Ok(&other.row)
}

/// A page of the blocks of these runs: those from the first on that the call asks for, and the token of the next page.
fn page(request: &Request<'_>, world: &World, list: &str, all: &[Run]) -> Result<(Vec<i64>, Option<String>)> {
    let params = request.params;
    let first = match params.text(field::NEXT_TOKEN) {
        Some(token) => tokens::page(world, list, token)?,
        None => params.integer(field::STARTING_BLOCK_INDEX).unwrap_or(0),
    };
    let most = params
        .integer(field::MAX_RESULTS)
        .unwrap_or(PAGE)
        .clamp(BOUNDS.0, BOUNDS.1);
    let most = usize::try_from(most).unwrap_or(0);
    let mut blocks: Vec<i64> = Vec::new();
    for (at, count, _) in all {
        let end = at + count;
        let from = first.max(*at);
        let room = (most + 1 - blocks.len()) as i64;
        blocks.extend(from..end.min(from.saturating_add(room)));
        if blocks.len() > most {
            break;
        }
    }
    let next = (blocks.len() > most).then(|| blocks.pop()).flatten();
    Ok((blocks, next.map(|block| tokens::of_page(world, list, block))))
}

/// <https://docs.aws.amazon.com/ebs/latest/APIReference/API_ListSnapshotBlocks.html>
pub(super) fn list(request: &Request<'_>, world: &World) -> Result<Structure> {
    let text = request.params.text(field::SNAPSHOT_ID).unwrap_or_default();
    let row = find(world, request.region, text)?;
    let (blocks, next) = page(request, world, text, &runs(&row.contents))?;
    let shown: Vec<Structure> = blocks
        .into_iter()
        .map(|block| {
            Structure::new()
                .with(field::BLOCK_INDEX, block)
                .with(field::BLOCK_TOKEN, tokens::of_block(world, text, block))
        })
        .collect();
    Ok(sized(row.size_gib)
        .with(field::BLOCKS, shown)
        .with(field::EXPIRY_TIME, world.now + tokens::BLOCK)
        .with_some(field::NEXT_TOKEN, next))
}

/// Where two contents differ, by place: what the second has otherwise, and what only the first has (the second is of a volume that
/// was emptied, or it is the older). Stamps do not matter here.
fn differing(first: &Extents, second: &Extents) -> Vec<Run> {
    let mut all = without(runs(second), first);
    all.extend(beside(runs(first), second));
    stratus_model::sort::sort(&mut all);
    all
}

/// Whether two snapshots go back to one volume, or one was written behind the other.
fn related(world: &World, region: Region, first: &Snapshot, second: &Snapshot) -> bool {
    let mut above = Some(second.id);
    while let Some(row) = above.and_then(|id| world.row::<Snapshot>(region, id)) {
        if row.id == first.id {
            return true;
        }
        above = row.parent;
    }
    first.origin.is_some() && first.origin == second.origin
}

/// <https://docs.aws.amazon.com/ebs/latest/APIReference/API_ListChangedBlocks.html>
pub(super) fn changed(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let text = params.text(field::SECOND_SNAPSHOT_ID).unwrap_or_default();
    let second = find(world, region, text)?;
    let first = params
        .text(field::FIRST_SNAPSHOT_ID)
        .map(|text| Ok((text, find(world, region, text)?)));
    let first = first.transpose()?;
    if let Some((name, row)) = first
        && !related(world, region, row, second)
    {
        let why = format!("The snapshots '{name}' and '{text}' are not of the same volume.");
        return Err(invalid("UNRELATED_SNAPSHOTS", why));
    }
    let all = match first {
        Some((_, row)) => differing(&row.contents, &second.contents),
        None => runs(&second.contents),
    };
    let list = format!("{} {text}", first.map_or("", |(name, _)| name));
    let (blocks, next) = page(request, world, &list, &all)?;
    let shown: Vec<Structure> = blocks
        .into_iter()
        .map(|block| {
            let token = |name: &str, row: &Snapshot| {
                stamp_at(&row.contents, block).map(|_| tokens::of_block(world, name, block))
            };
            Structure::new()
                .with(field::BLOCK_INDEX, block)
                .with_some(field::FIRST_BLOCK_TOKEN, first.and_then(|(name, row)| token(name, row)))
                .with_some(field::SECOND_BLOCK_TOKEN, token(text, second))
        })
        .collect();
    Ok(sized(second.size_gib)
        .with(field::CHANGED_BLOCKS, shown)
        .with(field::EXPIRY_TIME, world.now + tokens::BLOCK)
        .with_some(field::NEXT_TOKEN, next))
}

/// <https://docs.aws.amazon.com/ebs/latest/APIReference/API_GetSnapshotBlock.html>
pub(super) fn get(request: &Request<'_>, world: &World) -> Result<Structure> {
    let params = request.params;
    let text = params.text(field::SNAPSHOT_ID).unwrap_or_default();
    let row = find(world, request.region, text)?;
    let block = params.integer(field::BLOCK_INDEX).unwrap_or(-1);
    tokens::check_block(world, text, block, params.text(field::BLOCK_TOKEN).unwrap_or_default())?;
    if stamp_at(&row.contents, block).is_none() {
        let why = format!("The snapshot '{text}' has no block {block}.");
        return Err(invalid("INVALID_BLOCK", why));
    }
    let bytes = world
        .bytes
        .read(&row.contents, block * BLOCK_BYTES, BLOCK_BYTES as usize);
    Ok(Structure::new()
        .with(field::DATA_LENGTH, bytes.len() as i64)
        .with(field::CHECKSUM, BASE64_STANDARD.encode(Sha256::digest(&bytes)))
        .with(field::CHECKSUM_ALGORITHM, "SHA256")
        .with(field::BLOCK_DATA, Value::Blob(bytes)))
}
