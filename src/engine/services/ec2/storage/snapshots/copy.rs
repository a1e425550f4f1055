//! CopySnapshot: to another Region, or within one under another key.

use super::calls::described;
use super::{Draft, Source, put, timed};
use crate::base::error::{Error, Result};
use crate::base::ids::{Kind, SnapshotId};
use crate::catalog::Region;
use crate::services::Request;
use crate::services::ec2::common::{note, read_id, tag_list};
use crate::services::ec2::storage::volumes::calls::needs_encrypted;
use crate::services::ec2::storage::{keys, others, settings, unsupported};
use crate::services::ec2::tags;
use crate::world::World;
use crate::world::storage::{BLOCK_BYTES, Extents, Snapshot};
use crate::world::usage::{Measure, Subject};
use stratus_model::{Structure, field};

/// Copies under way to one Region.
/// Source: <https://docs.aws.amazon.com/ebs/latest/userguide/ebs-copy-snapshot.html>
const COPIES: usize = 20;

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CopySnapshot.html>
pub(in super::super) fn copy_snapshot(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    unsupported(
        params,
        &[field::DESTINATION_OUTPOST_ARN, field::DESTINATION_AVAILABILITY_ZONE],
    )?;
    if params
        .text(field::DESTINATION_REGION)
        .is_some_and(|name| name != region.name())
    {
        return Err(Error::new(
            "InvalidParameterValue",
            "DestinationRegion must be the Region that the call is made in.",
        )
        .at("DestinationRegion"));
    }
    let from = source_region(params)?;
    let text = params.text(field::SOURCE_SNAPSHOT_ID).unwrap_or_default();
    let source = read_id::<SnapshotId>(Kind::Snapshot, text)?;
    let copy = NewCopy {
        from,
        source,
        description: Some(described(params)?.to_owned()).filter(|text| !text.is_empty()),
        minutes: timed::asked(params, field::COMPLETION_DURATION_MINUTES)?,
        encrypted: params.boolean(field::ENCRYPTED),
        kms_key: params.text(field::KMS_KEY_ID).map(str::to_owned),
    };
    let id = begin(world, region, copy)?;
    tags::apply_specifications(world, region, params, &[("snapshot", &[id.into()])])?;
    Ok(Structure::new()
        .with(field::SNAPSHOT_ID, id)
        .with(field::TAGS, tag_list(world, region, id)))
}

/// The Region that a call copies from.
pub(in super::super) fn source_region(params: &Structure) -> Result<Region> {
    let name = params.text(field::SOURCE_REGION).unwrap_or_default();
    Region::find(name).ok_or_else(|| {
        Error::new("InvalidParameterValue", format!("Invalid source region: '{name}'")).at("SourceRegion")
    })
}

/// A copy to be made.
pub(in super::super) struct NewCopy {
    /// From where.
    pub from: Region,
    /// Of what.
    pub source: SnapshotId,
    /// What it shall say of itself.
    pub description: Option<String>,
    /// In how many minutes it shall be done; as it comes when not said.
    pub minutes: Option<i64>,
    /// Whether it shall be encrypted; as the source when not said.
    pub encrypted: Option<bool>,
    /// With which key.
    pub kms_key: Option<String>,
}

/// Begins a copy that a call asks for, see [`make`].
///
/// # Errors
/// Those of [`make`].
pub(in super::super) fn begin(world: &mut World, region: Region, copy: NewCopy) -> Result<SnapshotId> {
    let said = said(copy.from, copy.source);
    let id = make(world, region, copy)?;
    note(world, region, id, said);
    Ok(id)
}

/// What the journal says of a copy that was begun.
pub(in super::super) fn said(from: Region, source: SnapshotId) -> String {
    format!("pending: a copy of {source} in {}", from.name())
}

/// What a copy can be made of, and with which key.
pub(in super::super) struct Checked {
    source: Source,
    kms_key: Option<String>,
}

impl Checked {
    /// How many of the copies under way it will be one of: none, where it fails for want of its source's key.
    pub fn counts(&self) -> usize {
        usize::from(!self.source.key_refused)
    }
}

/// Whether a copy can begin after so many others that are yet to begin.
///
/// # Errors
/// Those of [`make`].
pub(in super::super) fn check(world: &World, region: Region, copy: &NewCopy, ahead: usize) -> Result<Checked> {
    let by_default = settings::encrypts(world, region);
    if copy.kms_key.is_some() && copy.encrypted != Some(true) && !by_default {
        return Err(needs_encrypted());
    }
    let source = super::source(world, copy.from, copy.source)?;
    if copy.encrypted == Some(false) && source.kms_key.is_some() {
        return Err(Error::new(
            "InvalidParameterValue",
            "A copy of an encrypted snapshot cannot be unencrypted.",
        )
        .at("Encrypted")
        .remedy("Leave Encrypted out."));
    }
    room(world, region, ahead + 1)?;
    if copy.minutes.is_some() {
        timed::room(world, copy.from, region)?;
    }
    let encrypted = source.kms_key.is_some() || copy.encrypted == Some(true) || by_default;
    let kms_key = match &copy.kms_key {
        Some(named) => Some(keys::resolve(world, region, named)?),
        None => encrypted.then(|| settings::key(world, region)),
    };
    Ok(Checked { source, kms_key })
}

/// Begins a copy; who does it notes why: a call, or the clock. It is an incremental one where the Region has a copy of the same volume's snapshots with the same key.
///
/// # Errors
/// `InvalidSnapshot.NotFound`; `IncorrectState` while the source is pending; `InvalidParameterValue` for a copy that
/// would lose its encryption; `ResourceLimitExceeded`.
pub(in super::super) fn make(world: &mut World, region: Region, copy: NewCopy) -> Result<SnapshotId> {
    let Checked { source, kms_key } = check(world, region, &copy, 0)?;
    let origin = source.origin;
    let parent = latest_copy(world, region, &copy, origin, kms_key.as_deref());
    let described = format!("[Copied {} from {}]", copy.source, copy.from.name());
    let draft = Draft {
        volume: None,
        parent,
        adopted: false,
        size_gib: source.size_gib,
        description: copy.description.unwrap_or(described),
        kms_key,
        // Without the key, nothing comes over.
        contents: if source.key_refused {
            Extents::default()
        } else {
            source.contents
        },
        source: Some((copy.from, copy.source)),
        origin,
    };
    let id = put(world, region, draft);
    if source.key_refused {
        others::doom(world, region, id);
    }
    if let Some(minutes) = copy.minutes {
        timed::promise(world, copy.from, region, id, minutes);
    }
    carried(world, copy.from, region, id);
    Ok(id)
}

/// What crosses from one Region to another is billed as data that leaves the first: only the blocks that are not there yet.
/// Source: <https://aws.amazon.com/ebs/pricing/>
fn carried(world: &mut World, from: Region, to: Region, id: SnapshotId) {
    let blocks = world.row::<Snapshot>(to, id).map_or(0, |row| row.changed_blocks);
    if from != to && blocks > 0 {
        let (subject, now) = (Subject::Resource(id.into()), world.now);
        let bytes = blocks.saturating_mul(BLOCK_BYTES);
        world.usage.tally(subject, from, Measure::Data, "regions", bytes, now);
    }
}

/// Whether so many more copies to a Region can be under way.
///
/// # Errors
/// `ResourceLimitExceeded`.
fn room(world: &World, region: Region, count: usize) -> Result<()> {
    let Some(ec2) = world.ec2(region) else { return Ok(()) };
    let under_way = ec2
        .snapshots
        .rows()
        .filter(|row| row.source.is_some() && !row.completed && row.fault.is_none())
        .count();
    if under_way + count > COPIES {
        let text = format!("Too many snapshot copies in progress. The limit is {COPIES} for this destination region.");
        return Err(Error::new("ResourceLimitExceeded", text).remedy("Wait for one to complete."));
    }
    Ok(())
}

/// The snapshot that holds most of the copy's blocks already: within a Region and an account the source itself, else the latest copy
/// of what goes back to the same volume; in both cases only under the same key.
fn latest_copy(
    world: &World,
    region: Region,
    copy: &NewCopy,
    origin: Option<(Region, crate::base::ids::VolumeId)>,
    kms_key: Option<&str>,
) -> Option<SnapshotId> {
    let ec2 = world.ec2(region)?;
    let same_key = |row: &&Snapshot| row.kms_key.as_deref() == kms_key;
    if copy.from == region && ec2.snapshots.contains(&copy.source) {
        return ec2.snapshots.get(&copy.source).filter(same_key).map(|row| row.id);
    }
    let copies = ec2
        .snapshots
        .rows()
        .filter(|row| row.source.is_some() && origin.is_some() && row.origin == origin);
    copies
        .filter(same_key)
        .filter(|row| !row.doomed && row.fault.is_none())
        .max_by_key(|row| row.born)
        .map(|row| row.id)
}
