//! Snapshots as the API shows them.

use super::direct::status as state;
use super::{catalogue_contents, catalogue_size, tiers};
use crate::base::error::{Error, Result};
use crate::base::ids::{Kind, SnapshotId};
use crate::base::time::Time;
use crate::catalog::{self, Region};
use crate::services::Request;
use crate::services::ec2::common::{Filters, page_of_rows, read_id, tag_list, unknown, yes_no};
use crate::services::ec2::storage::contents::blocks;
use crate::services::ec2::storage::{bin, no_page_with_ids, others, settings, times};
use crate::world::World;
use crate::world::others::OtherSnapshot;
use crate::world::storage::{BLOCK_BYTES, Sharing, Snapshot};
use stratus_model::{Structure, field, sort};

/// The volume that the API names for a copy: AWS writes an id that no volume has.
const NO_VOLUME: &str = "vol-ffffffff";

/// Percent copied.
pub(crate) fn progress(now: Time, row: &Snapshot) -> i64 {
    if row.completed {
        return 100;
    }
    if let Some(writing) = row.writing.as_ref().filter(|writing| writing.sealed.is_none()) {
        return writing.progress.clamp(0, 99);
    }
    let whole = (row.completes - row.started).0.max(1);
    ((now - row.started).0 * 100 / whole).clamp(0, 99)
}

/// A snapshot.
pub(crate) fn snapshot(world: &World, region: Region, row: &Snapshot) -> Structure {
    let owned = Owned {
        owner: world.account(),
        alias: None,
    };
    shown(world, region, row, &owned)
}

/// Whose a snapshot is.
struct Owned {
    owner: String,
    alias: Option<&'static str>,
}

pub(super) fn volume_text(row: &Snapshot) -> String {
    row.volume.map_or_else(|| NO_VOLUME.to_owned(), |id| id.to_string())
}

/// How a copy was or is made.
fn transfer(row: &Snapshot) -> Option<&'static str> {
    row.source
        .map(|_| if row.timed.is_some() { "time-based" } else { "standard" })
}

/// What every answer says of a snapshot.
fn base(row: &Snapshot) -> Structure {
    Structure::new()
        .with(field::SNAPSHOT_ID, row.id)
        .with(field::VOLUME_ID, volume_text(row))
        .with(field::VOLUME_SIZE, row.size_gib)
        .with(field::DESCRIPTION, row.description.as_str())
        .with(field::ENCRYPTED, row.kms_key.is_some())
}

fn shown(world: &World, region: Region, row: &Snapshot, owned: &Owned) -> Structure {
    let tags = tag_list(world, region, row.id);
    let full = blocks(&row.contents) * BLOCK_BYTES;
    base(row)
        .with_some(field::KMS_KEY_ID, row.kms_key.as_deref())
        .with(field::OWNER_ID, owned.owner.as_str())
        .with_some(field::OWNER_ALIAS, owned.alias)
        .with(field::STATE, state(row))
        .with(field::PROGRESS, format!("{}%", progress(world.now, row)))
        .with(field::START_TIME, row.started)
        .with_some(field::COMPLETION_TIME, row.completed.then_some(row.completes))
        .with(field::STORAGE_TIER, tiers::name(row))
        .with_some(
            field::RESTORE_EXPIRY_TIME,
            row.tiering.as_ref().and_then(|tiering| tiering.expires),
        )
        .with_some(field::TRANSFER_TYPE, transfer(row))
        .with_some(
            field::COMPLETION_DURATION_MINUTES,
            row.timed.as_ref().map(|timed| timed.minutes),
        )
        .with_some(field::FULL_SNAPSHOT_SIZE_IN_BYTES, row.completed.then_some(full))
        .with_some(
            field::STATE_MESSAGE,
            row.fault
                .as_ref()
                .filter(|fault| fault.struck)
                .map(|fault| fault.message.as_str()),
        )
        .with_some(field::TAGS, (!tags.is_empty()).then_some(tags))
}

/// A snapshot as CreateSnapshots shows it.
pub(super) fn info(world: &World, region: Region, row: &Snapshot) -> Structure {
    base(row)
        .with(field::OWNER_ID, world.account())
        .with(field::STATE, state(row))
        .with(field::PROGRESS, format!("{}%", progress(world.now, row)))
        .with(field::START_TIME, row.started)
        .with(field::TAGS, tag_list(world, region, row.id))
}

const FILTERS: &[&str] = &[
    "description",
    "encrypted",
    "owner-alias",
    "owner-id",
    "progress",
    "snapshot-id",
    "start-time",
    "status",
    "storage-tier",
    "transfer-type",
    "volume-id",
    "volume-size",
];

fn filter_values(now: Time, row: &Snapshot, owned: &Owned, name: &str) -> Vec<String> {
    match name {
        "description" => vec![row.description.clone()],
        "encrypted" => yes_no(row.kms_key.is_some()),
        "owner-alias" => owned.alias.iter().map(ToString::to_string).collect(),
        "owner-id" => vec![owned.owner.clone()],
        "progress" => vec![format!("{}%", progress(now, row))],
        "snapshot-id" => vec![row.id.to_string()],
        "start-time" => times(row.started),
        "status" => vec![state(row).to_owned()],
        "storage-tier" => vec![tiers::name(row).to_owned()],
        "transfer-type" => transfer(row).map(str::to_owned).into_iter().collect(),
        "volume-id" => vec![volume_text(row)],
        "volume-size" => vec![row.size_gib.to_string()],
        _ => Vec::new(),
    }
}

/// Own ones; those behind the catalogue's images where they or their owners are asked for by name (ours: their owners
/// let anybody launch of them).
/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSnapshots.html>
pub(in super::super) fn describe_snapshots(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    no_page_with_ids(params, field::SNAPSHOT_IDS, "snapshotIds")?;
    let filters = Filters::read(params)?;
    filters.check_names(|name| FILTERS.contains(&name))?;
    let mut chosen = Vec::new();
    for (row, owned) in candidates(params, world, region)? {
        if filters.pass(world, region, row.id, |name| {
            Some(filter_values(world.now, &row, &owned, name))
        })? {
            chosen.push((row.id, shown(world, region, &row, &owned)));
        }
    }
    let (items, next) = page_of_rows(chosen, params, 5, |(id, _)| (None, (*id).into()))?;
    let items: Vec<Structure> = items.into_iter().map(|(_, shown)| shown).collect();
    Ok(Structure::new()
        .with(field::SNAPSHOTS, items)
        .with_some(field::NEXT_TOKEN, next))
}

fn candidates(params: &Structure, world: &World, region: Region) -> Result<Vec<(Snapshot, Owned)>> {
    let account = world.account();
    let own = |row: &Snapshot| {
        (
            row.clone(),
            Owned {
                owner: account.clone(),
                alias: None,
            },
        )
    };
    let mut all = Vec::new();
    if params.list(field::SNAPSHOT_IDS).is_empty() {
        let mut rows: Vec<&Snapshot> = world
            .ec2(region)
            .map(|ec2| ec2.snapshots.rows().collect())
            .unwrap_or_default();
        rows.retain(|row| !bin::holds(world, region, row.id.into()));
        sort::by_key(&mut rows, |row| row.born);
        all.extend(rows.into_iter().map(own));
        let shared = others::all_shared(world, region).into_iter();
        all.extend(shared.map(of_another));
        let foreign = |owner: &str| owner != "self" && owner != account;
        if params.texts(field::OWNER_IDS).any(foreign)
            || params.texts(field::RESTORABLE_BY_USER_IDS).any(|by| by == "all")
        {
            let ids = catalog::images::images(region).filter_map(|image| image.snapshot_id(region).map(SnapshotId));
            all.extend(ids.filter_map(|id| of_catalogue(region, id)));
        }
    } else {
        for text in params.texts(field::SNAPSHOT_IDS) {
            let id = read_id::<SnapshotId>(Kind::Snapshot, text)?;
            let row = world
                .row::<Snapshot>(region, id)
                .filter(|_| !bin::holds(world, region, id.into()))
                .map(own)
                .or_else(|| others::shared(world, region, id).map(of_another))
                .or_else(|| of_catalogue(region, id));
            all.push(row.ok_or_else(|| unknown(Kind::Snapshot, text))?);
        }
        sort::by_key(&mut all, |(row, _)| (row.born, row.id));
        all.dedup_by_key(|(row, _)| row.id);
    }
    let owners: Vec<&str> = params.texts(field::OWNER_IDS).collect();
    let restorers: Vec<&str> = params.texts(field::RESTORABLE_BY_USER_IDS).collect();
    for text in &owners {
        let known = matches!(*text, "self" | "amazon" | "aws-marketplace") || text.bytes().all(|b| b.is_ascii_digit());
        if !known {
            return Err(Error::new("InvalidUserID.Malformed", format!("Invalid user id: \"{text}\"")).at("OwnerIds"));
        }
    }
    let hidden = settings::sharing(world, region) == Sharing::BlockAll;
    let is_public = |row: &Snapshot| row.shared_with.iter().any(|with| with == "all");
    all.retain(|(row, owned)| {
        let mine = owned.owner == account;
        let owned_so = owners.is_empty()
            || owners
                .iter()
                .any(|text| *text == owned.owner || (*text == "self" && mine) || owned.alias == Some(*text));
        let restorable = restorers.is_empty()
            || restorers.iter().any(|by| match *by {
                "all" => is_public(row) && !(hidden && mine),
                "self" => mine || row.shared_with.contains(&account),
                user => (mine && user == account) || row.shared_with.iter().any(|with| with == user),
            });
        owned_so && restorable
    });
    Ok(all)
}

/// A snapshot that another account shares.
fn of_another(other: &OtherSnapshot) -> (Snapshot, Owned) {
    let owned = Owned {
        owner: other.owner.clone(),
        alias: None,
    };
    (other.row.clone(), owned)
}

/// The snapshot behind an image of the catalogue, as a row.
fn of_catalogue(region: Region, id: SnapshotId) -> Option<(Snapshot, Owned)> {
    let public = catalog::images::find_by_snapshot(region, id.0)?;
    let size_gib = catalogue_size(public);
    let contents = catalogue_contents(public, id, size_gib);
    let created = Time(public.created_ms);
    let row = Snapshot {
        writing: None,
        fault: None,
        timed: None,
        id,
        born: 0,
        volume: None,
        parent: None,
        adopted: false,
        size_gib,
        description: format!("Behind {}", public.name),
        started: created,
        completes: created,
        completed: true,
        doomed: false,
        kms_key: None,
        changed_blocks: blocks(&contents),
        contents,
        source: None,
        origin: None,
        shared_with: vec!["all".to_owned()],
        tiering: None,
        lock: None,
    };
    Some((
        row,
        Owned {
            owner: public.owner_id.to_owned(),
            alias: public.owner_alias,
        },
    ))
}
