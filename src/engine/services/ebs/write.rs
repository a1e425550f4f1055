//! StartSnapshot, PutSnapshotBlock, CompleteSnapshot: a snapshot that is written block by block.
//! Source: <https://docs.aws.amazon.com/ebs/latest/userguide/writesnapshots.html>

use super::{invalid, not_found};
use crate::base::error::{Error, Result};
use crate::base::ids::SnapshotId;
use crate::base::limits::HELD_BYTES;
use crate::base::time::Span;
use crate::clock::{self, Pending, Step};
use crate::services::Request;
use crate::services::ec2::common::{note, note_clock, tag_list};
use crate::services::ec2::storage::snapshots::direct;
use crate::services::ec2::storage::{contents, keys, settings};
use crate::services::ec2::{defaults, tags, tokens};
use crate::world::World;
use crate::world::storage::{BLOCK_BYTES, Snapshot, Writing};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};
use stratus_model::{Structure, field};

const SOURCE: &str = "https://docs.aws.amazon.com/ebs/latest/APIReference/API_StartSnapshot.html";
/// The largest volume.
const MOST_GIB: i64 = 65_536;
/// Minutes without a request after which a snapshot fails, where none are said.
const TIMEOUT: i64 = 60;

/// <https://docs.aws.amazon.com/ebs/latest/APIReference/API_StartSnapshot.html>
pub(super) fn start(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    defaults::ensure(world, region);
    let earlier = tokens::earlier(request, world)
        .map_err(|error| Error::new("ConflictException", error.message).with_status(409))?;
    if let Some(id) = earlier.and_then(|made| SnapshotId::try_from(made).ok()) {
        return answer(world, request, id);
    }
    let size_gib = params.integer(field::VOLUME_SIZE).unwrap_or(0);
    if size_gib > MOST_GIB {
        let why = format!("A volume has at most {MOST_GIB} GiB.");
        return Err(invalid("INVALID_VOLUME_SIZE", why).at("VolumeSize"));
    }
    let parent = params
        .text(field::PARENT_SNAPSHOT_ID)
        .map(|text| parent(world, request, text))
        .transpose()?;
    let encrypted = params.boolean(field::ENCRYPTED);
    let named = params.text(field::KMS_KEY_ARN);
    if parent.is_some() && (encrypted.is_some() || named.is_some()) {
        let why =
            "Encrypted and KmsKeyArn cannot be given with ParentSnapshotId: the snapshot is encrypted as its parent.";
        return Err(invalid("INVALID_PARAMETER_VALUE", why));
    }
    if named.is_some() && encrypted != Some(true) {
        return Err(invalid("INVALID_PARAMETER_VALUE", "KmsKeyArn needs Encrypted.").at("KmsKeyArn"));
    }
    if let Some(parent) = parent.as_ref().filter(|parent| parent.size_gib > size_gib) {
        let why = format!("The volume size must be at least the parent's {} GiB.", parent.size_gib);
        return Err(invalid("INVALID_VOLUME_SIZE", why).at("VolumeSize"));
    }
    let kms_key = match (&parent, named) {
        (Some(parent), _) => parent.kms_key.clone(),
        (None, Some(key)) => {
            Some(keys::resolve(world, region, key).map_err(|error| invalid("INVALID_CUSTOMER_KEY", error.message))?)
        }
        (None, None) => {
            let encrypts = encrypted == Some(true) || settings::encrypts(world, region);
            encrypts.then(|| settings::key(world, region))
        }
    };
    let timeout = params.integer(field::TIMEOUT).unwrap_or(TIMEOUT);
    let id = direct::start(
        world,
        region,
        direct::Start {
            size_gib,
            parent,
            kms_key,
            description: params.text(field::DESCRIPTION).unwrap_or_default().to_owned(),
            timeout: Span::minutes(timeout),
        },
    );
    let given = params.structures(field::TAGS).filter_map(|tag| {
        Some((
            tag.text(field::KEY)?.to_owned(),
            tag.text(field::VALUE).unwrap_or_default().to_owned(),
        ))
    });
    tags::put_tags(world, region, id.into(), &given.collect())
        .map_err(|error| invalid("INVALID_TAG", error.message))?;
    tokens::remember(request, world, id);
    note(world, region, id, "pending: it is being written block by block");
    answer(world, request, id)
}

/// The snapshot that a new one is written behind.
fn parent(world: &World, request: &Request<'_>, text: &str) -> Result<Snapshot> {
    let id = SnapshotId::parse(text)
        .ok_or_else(|| invalid("INVALID_SNAPSHOT_ID", format!("'{text}' is no snapshot id.")))?;
    let row = world
        .row::<Snapshot>(request.region, id)
        .ok_or_else(|| not_found(text))?;
    if !row.completed || row.tiering.as_ref().is_some_and(|tiering| tiering.step.in_archive()) {
        let why = format!("The parent snapshot '{text}' is not completed, or archived.");
        return Err(invalid("INVALID_SNAPSHOT_ID", why).at("ParentSnapshotId"));
    }
    Ok(row.clone())
}

fn answer(world: &World, request: &Request<'_>, id: SnapshotId) -> Result<Structure> {
    let row = world
        .row::<Snapshot>(request.region, id)
        .ok_or_else(|| not_found(&id.to_string()))?;
    let tags = tag_list(world, request.region, id);
    let encryption = if row.kms_key.is_some() { "sse-kms" } else { "none" };
    Ok(super::sized(row.size_gib)
        .with(field::SNAPSHOT_ID, row.id)
        .with(field::OWNER_ID, world.account())
        .with(field::STATUS, direct::status(row))
        .with(field::START_TIME, row.started)
        .with(field::SSE_TYPE, encryption)
        .with_some(
            field::DESCRIPTION,
            Some(row.description.as_str()).filter(|text| !text.is_empty()),
        )
        .with_some(field::PARENT_SNAPSHOT_ID, row.parent)
        // The member takes a key's ARN alone; which key an alias stands for only KMS knows, which is not simulated.
        .with_some(
            field::KMS_KEY_ARN,
            row.kms_key.as_deref().filter(|arn| arn.contains(":key/")),
        )
        .with_some(field::TAGS, (!tags.is_empty()).then_some(tags)))
}

/// The pending snapshot that a call writes to.
fn writing<'w>(world: &'w World, request: &Request<'_>) -> Result<(&'w Snapshot, &'w Writing)> {
    let text = request.params.text(field::SNAPSHOT_ID).unwrap_or_default();
    let id = SnapshotId::parse(text)
        .ok_or_else(|| invalid("INVALID_SNAPSHOT_ID", format!("'{text}' is no snapshot id.")))?;
    let row = world
        .row::<Snapshot>(request.region, id)
        .ok_or_else(|| not_found(text))?;
    match &row.writing {
        Some(writing) if !row.completed && writing.sealed.is_none() && !writing.failed => Ok((row, writing)),
        _ => {
            let why = format!("The snapshot '{text}' is not pending, or was not started with StartSnapshot.");
            Err(invalid("INVALID_SNAPSHOT_ID", why))
        }
    }
}

/// <https://docs.aws.amazon.com/ebs/latest/APIReference/API_PutSnapshotBlock.html>
pub(super) fn put(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let params = request.params;
    let (row, _) = writing(world, request)?;
    let (id, blocks) = (row.id, (row.size_gib << 30) / BLOCK_BYTES);
    let block = params.integer(field::BLOCK_INDEX).unwrap_or(-1);
    if !(0..blocks).contains(&block) {
        let why = format!("The block index {block} lies beyond the volume's {blocks} blocks.");
        return Err(invalid("INVALID_BLOCK", why).at("BlockIndex"));
    }
    let data = params.blob(field::BLOCK_DATA).unwrap_or_default();
    let length = params.integer(field::DATA_LENGTH).unwrap_or(0);
    if length != BLOCK_BYTES || data.len() as i64 != length {
        let why = format!(
            "A block has {BLOCK_BYTES} bytes; DataLength says {length}, and {} came.",
            data.len()
        );
        return Err(invalid("INVALID_BLOCK", why).at("DataLength"));
    }
    let checksum = BASE64_STANDARD.encode(Sha256::digest(data));
    if params.text(field::CHECKSUM) != Some(checksum.as_str()) {
        let why = "The checksum is not that of the data.";
        return Err(invalid("INVALID_BLOCK", why).at("Checksum"));
    }
    if world.bytes.held().saturating_add(data.len()) > HELD_BYTES {
        let why = "All blocks of this world together hold as many bytes as they may.";
        return Err(Error::new("ServiceQuotaExceededException", why)
            .with_status(402)
            .detail("Reason", "DEPENDENCY_SERVICE_QUOTA_EXCEEDED"));
    }
    let stamp = world.birth();
    world.bytes.put(stamp, block, data, true);
    let now = world.now;
    let progress = params.integer(field::PROGRESS);
    let kept = checksum.clone();
    let timeout = world.update(request.region, id, |row: &mut Snapshot| {
        contents::write(&mut row.contents, block, 1, stamp);
        let writing = row.writing.as_mut()?;
        writing.checksums.insert(block, kept);
        writing.touched = now;
        writing.progress = progress.unwrap_or(writing.progress);
        Some(writing.timeout)
    });
    direct::stored(world, request.region, id);
    if let Some(timeout) = timeout.flatten() {
        clock::schedule(world, timeout, request.region, id, Step::Progress);
    }
    Ok(Structure::new()
        .with(field::CHECKSUM, checksum)
        .with(field::CHECKSUM_ALGORITHM, "SHA256"))
}

/// <https://docs.aws.amazon.com/ebs/latest/APIReference/API_CompleteSnapshot.html>
pub(super) fn complete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let params = request.params;
    let (row, writing) = writing(world, request)?;
    let id = row.id;
    let (said, written) = (
        params.integer(field::CHANGED_BLOCKS_COUNT).unwrap_or(-1),
        writing.checksums.len() as i64,
    );
    if said != written {
        let why = format!("ChangedBlocksCount is {said}, but {written} blocks were written.");
        return Err(invalid("INVALID_PARAMETER_VALUE", why).at("ChangedBlocksCount"));
    }
    if let Some(checksum) = params.text(field::CHECKSUM) {
        // LINEAR: the checksum of all blocks' checksums, in the order of the blocks.
        let mut hash = Sha256::new();
        for text in writing.checksums.rows() {
            hash.update(BASE64_STANDARD.decode(text).unwrap_or_default());
        }
        if BASE64_STANDARD.encode(hash.finalize()) != checksum {
            let why = "The checksum is not that of the written blocks.";
            return Err(invalid("INVALID_PARAMETER_VALUE", why).at("Checksum"));
        }
    }
    direct::seal(world, request.region, id);
    note(
        world,
        request.region,
        id,
        format!("sealed with {written} written blocks"),
    );
    Ok(Structure::new().with(field::STATUS, "pending"))
}

/// Nobody has written to a snapshot for as long as it waits.
pub(crate) fn timed_out(world: &mut World, pending: &Pending, id: SnapshotId) {
    let waits = world.row::<Snapshot>(pending.region, id).is_some_and(|row| {
        let writing = row.writing.as_ref();
        writing.is_some_and(|writing| writing.sealed.is_none() && !writing.failed && writing.touched == pending.asked)
    });
    if !waits {
        return;
    }
    world.update(pending.region, id, |row: &mut Snapshot| {
        if let Some(writing) = &mut row.writing {
            writing.failed = true;
        }
    });
    let rule = "A snapshot that nobody writes to or completes within its timeout fails.";
    note_clock(world, pending.region, id, "pending → error", rule, SOURCE);
}
