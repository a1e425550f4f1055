//! Replacing the root volume of a running instance: by its state at launch, by a snapshot of its line, by an image's, or by a volume
//! that is there already.
//! Addresses, groups and data volumes stay; the instance is rebooted.
//! <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/replace-root.html>

use super::volumes::{self, NewVolume, types};
use super::{images, note_clock, snapshots};
use crate::base::error::{Error, Result};
use crate::base::ids::{InstanceId, Kind, ReplaceRootVolumeTaskId, SnapshotId, VolumeId};
use crate::base::random::Stream;
use crate::catalog::Region;
use crate::clock::{self, Step};
use crate::services::Request;
use crate::services::ec2::common::{Describing, find, note, read_id, tag_list};
use crate::services::ec2::compute::lifecycle;
use crate::services::ec2::{tags, tokens};
use crate::world::World;
use crate::world::compute::{AttachedVolume, Instance, InstanceState};
use crate::world::storage::{RootTask, Snapshot, Volume, VolumeState};
use stratus_model::{Structure, field};

/// The root volume of an instance that runs.
fn root(instance: &Instance) -> Result<&AttachedVolume> {
    if instance.state != InstanceState::Running {
        let why = format!("The instance '{}' is not in the 'running' state.", instance.id);
        return Err(Error::new("IncorrectInstanceState", why).at("InstanceId"));
    }
    let line = instance
        .block_devices
        .iter()
        .find(|line| line.device == instance.machine.root_device_name);
    line.ok_or_else(|| {
        let why = format!("The root device of '{}' is no EBS volume.", instance.id);
        Error::new("UnsupportedOperation", why).at("InstanceId")
    })
}

/// Whether a snapshot goes back to a volume, or to what that was made of.
fn is_of_line(snapshot: &Snapshot, volume: &Volume) -> bool {
    snapshot.volume == Some(volume.id)
        || volume.snapshot == Some(snapshot.id)
        || snapshot.origin.is_some_and(|(_, origin)| origin == volume.id)
}

/// The volume that a call names to come in the root's place: one that could be attached, were the old one gone.
fn given(request: &Request<'_>, world: &World, instance: &Instance, old: VolumeId) -> Result<Option<VolumeId>> {
    let Some(text) = request.params.text(field::VOLUME_ID) else {
        return Ok(None);
    };
    let others = [
        (field::SNAPSHOT_ID, "SnapshotId"),
        (field::IMAGE_ID, "ImageId"),
        (field::VOLUME_INITIALIZATION_RATE, "VolumeInitializationRate"),
    ];
    if let Some((_, name)) = others.into_iter().find(|(other, _)| request.params.contains(*other)) {
        return Err(Error::combination(format!(
            "Specify either VolumeId or {name}, not both."
        )));
    }
    let volume = find::<Volume>(world, request.region, Kind::Volume, text)?;
    let mut rest = instance.clone();
    rest.block_devices.retain(|line| line.volume != old);
    volumes::calls::can_attach(volume, &rest).map_err(|error| error.at("VolumeId"))?;
    if !types::boots(&volume.volume_type) {
        let why = format!(
            "The volume '{text}' is of the type {}, which no instance boots from.",
            volume.volume_type
        );
        return Err(Error::new("InvalidParameterValue", why)
            .at("VolumeId")
            .remedy(types::BOOTABLE));
    }
    if volume.multi_attach {
        let why = format!("The volume '{text}' is enabled for Multi-Attach: no instance boots from such a volume.");
        return Err(Error::new("InvalidParameterValue", why).at("VolumeId"));
    }
    Ok(Some(volume.id))
}

/// What the new volume is made of, and the image that gives it, if so.
fn source(request: &Request<'_>, world: &World, instance: &Instance, volume: &Volume) -> Result<SnapshotId> {
    let (params, region) = (request.params, request.region);
    match (params.text(field::SNAPSHOT_ID), params.text(field::IMAGE_ID)) {
        (Some(_), Some(_)) => Err(Error::combination("Specify either SnapshotId or ImageId, not both.")),
        (Some(text), None) => {
            let id = read_id::<SnapshotId>(Kind::Snapshot, text)?;
            snapshots::source(world, region, id)?;
            let foreign = world
                .row::<Snapshot>(region, id)
                .is_some_and(|row| !is_of_line(row, volume));
            if foreign {
                let why = format!(
                    "The snapshot '{text}' is not of the lineage of the root volume {}.",
                    volume.id
                );
                return Err(Error::new("InvalidParameterValue", why).at("SnapshotId"));
            }
            Ok(id)
        }
        (None, Some(text)) => {
            let image = images::by_id(world, region, text)?;
            let alike = image.machine.architecture == instance.machine.architecture
                && image.machine.virtualization == instance.machine.virtualization
                && image.machine.platform == instance.machine.platform;
            let root = image
                .mappings
                .iter()
                .find(|line| line.device == image.machine.root_device_name)
                .and_then(|line| line.ebs.as_ref()?.snapshot);
            root.filter(|_| alike).ok_or_else(|| {
                let why = format!(
                    "The image '{text}' does not have the architecture, platform and virtualization of '{}'.",
                    instance.id
                );
                Error::new("InvalidParameterValue", why).at("ImageId")
            })
        }
        (None, None) => volume.snapshot.ok_or_else(|| {
            let why = format!("The root volume {} was made of no snapshot.", volume.id);
            Error::new("InvalidParameterValue", why)
                .at("InstanceId")
                .remedy("Name a snapshot or an image.")
        }),
    }
}

/// Makes the volume that comes in the place of the old one.
fn restored(request: &Request<'_>, world: &mut World, instance: &Instance, old: &Volume) -> Result<VolumeId> {
    let params = request.params;
    let snapshot = source(request, world, instance, old)?;
    let new = NewVolume {
        size_gib: Some(old.size_gib),
        volume_type: Some(old.volume_type.clone()),
        iops: old.iops.filter(|_| old.volume_type != "gp2"),
        throughput: old.throughput,
        encrypted: old.encrypted(),
        snapshot: Some(snapshot),
        kms_key: old.kms_key.clone(),
        initialization_rate: params.integer(field::VOLUME_INITIALIZATION_RATE),
        at_launch: params.contains(field::IMAGE_ID),
        ..NewVolume::new(old.zone)
    };
    volumes::create(world, request.region, new)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateReplaceRootVolumeTask.html>
pub(super) fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region, now) = (request.params, request.region, world.now);
    if let Some(made) = tokens::earlier(request, world)?
        && let Ok(id) = ReplaceRootVolumeTaskId::try_from(made)
    {
        return answer(world, region, id);
    }
    let text = params.text(field::INSTANCE_ID).unwrap_or_default();
    let instance = find::<Instance>(world, region, Kind::Instance, text)?.clone();
    let line = root(&instance)?.clone();
    let old = find::<Volume>(world, region, Kind::Volume, &line.volume.to_string())?.clone();
    let busy = world.ec2(region).is_some_and(|ec2| {
        let mut tasks = ec2.root_tasks.rows();
        tasks.any(|task| task.instance == instance.id && task.completed.is_none())
    });
    if busy {
        let why = format!("The root volume of '{}' is being replaced already.", instance.id);
        return Err(Error::new("IncorrectState", why).at("InstanceId"));
    }
    let given = given(request, world, &instance, old.id)?;
    let volume = match given {
        Some(volume) => volume,
        None => restored(request, world, &instance, &old)?,
    };
    let id = ReplaceRootVolumeTaskId(world.random.next_u64(Stream::Ids(Kind::ReplaceRootVolumeTask)));
    let row = RootTask {
        id,
        born: world.birth(),
        instance: instance.id,
        old: old.id,
        new: volume,
        started: now,
        completed: None,
        failed: false,
        snapshot: params.text(field::SNAPSHOT_ID).map(str::to_owned),
        image: params.text(field::IMAGE_ID).map(str::to_owned),
        given: given.is_some(),
        deletes_old: params.boolean(field::DELETE_REPLACED_ROOT_VOLUME) == Some(true),
    };
    world.put(region, row);
    tags::apply_specifications(world, region, params, &[("replace-root-volume-task", &[id.into()])])?;
    let span = world.timings.clone().draw(&mut world.random, "instance.root-replacing");
    clock::schedule(world, span, region, id, Step::Settle);
    note(
        world,
        region,
        instance.id,
        format!("its root volume gives way to {volume}"),
    );
    tokens::remember(request, world, id);
    answer(world, region, id)
}

fn answer(world: &World, region: Region, id: ReplaceRootVolumeTaskId) -> Result<Structure> {
    let row = find::<RootTask>(world, region, Kind::ReplaceRootVolumeTask, &id.to_string())?;
    Ok(Structure::new().with(field::REPLACE_ROOT_VOLUME_TASK, describe(world, region, row)))
}

/// The end of a task: the volumes change places and the instance reboots, or nothing does where it no longer runs.
pub(super) fn settle(world: &mut World, region: Region, id: ReplaceRootVolumeTaskId) {
    let Some(task) = world.row::<RootTask>(region, id).cloned() else {
        return;
    };
    let ready = world
        .row::<Volume>(region, task.new)
        .is_some_and(|row| row.state == VolumeState::Available);
    let place = world.row::<Instance>(region, task.instance).and_then(|row| {
        let running = row.state == InstanceState::Running;
        let at = row.block_devices.iter().position(|line| line.volume == task.old);
        at.filter(|_| running && ready)
    });
    match place {
        Some(place) => swap(world, region, &task, place),
        // A volume that was there before stays.
        None if ready && !task.given => volumes::begin_deletion(world, region, task.new),
        None => {}
    }
    let now = world.now;
    world.update(region, id, |row: &mut RootTask| {
        row.completed = Some(now);
        row.failed = place.is_none();
    });
    let text = match place {
        Some(_) => format!("its root volume is {} now; it reboots", task.new),
        None => "its root volume could not be replaced".to_owned(),
    };
    note_clock(
        world,
        region,
        task.instance,
        text,
        "Replacing a root volume takes about a minute.",
        "ours",
    );
}

fn swap(world: &mut World, region: Region, task: &RootTask, place: usize) {
    let (instance, old, new): (InstanceId, VolumeId, VolumeId) = (task.instance, task.old, task.new);
    images::interrupt(world, region, instance);
    let gone = world
        .update(region, instance, |row: &mut Instance| {
            (place < row.block_devices.len()).then(|| row.block_devices.remove(place))
        })
        .flatten();
    let Some(gone) = gone else { return };
    volumes::part(world, region, old, instance);
    volumes::join(world, region, new, instance, &gone.device, gone.delete_on_termination);
    // The root stays where it was in the list.
    world.update(region, instance, |row: &mut Instance| {
        if let Some(line) = row.block_devices.pop() {
            row.block_devices.insert(place.min(row.block_devices.len()), line);
        }
    });
    if task.deletes_old {
        volumes::begin_deletion(world, region, old);
    }
    lifecycle::reboot(world, region, instance);
}

/// The API's name of a task's state.
fn state(world: &World, region: Region, row: &RootTask) -> &'static str {
    let creating = world
        .row::<Volume>(region, row.new)
        .is_some_and(|row| row.state == VolumeState::Creating);
    match row.completed {
        Some(_) if row.failed => "failed",
        Some(_) => "succeeded",
        None if creating => "pending",
        None => "in-progress",
    }
}

fn describe(world: &World, region: Region, row: &RootTask) -> Structure {
    Structure::new()
        .with(field::REPLACE_ROOT_VOLUME_TASK_ID, row.id)
        .with(field::INSTANCE_ID, row.instance)
        .with(field::TASK_STATE, state(world, region, row))
        .with(field::START_TIME, row.started.iso8601())
        .with_some(field::COMPLETE_TIME, row.completed.map(|time| time.iso8601()))
        .with_some(field::SNAPSHOT_ID, row.snapshot.as_deref())
        .with_some(field::IMAGE_ID, row.image.as_deref())
        .with(field::DELETE_REPLACED_ROOT_VOLUME, row.deletes_old)
        .with(field::TAGS, tag_list(world, region, row.id))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeReplaceRootVolumeTasks.html>
pub(super) fn describe_all(request: &Request<'_>, world: &World) -> Result<Structure> {
    let region = request.region;
    let describing = Describing {
        kind: Kind::ReplaceRootVolumeTask,
        ids: field::REPLACE_ROOT_VOLUME_TASK_IDS,
        answer: field::REPLACE_ROOT_VOLUME_TASKS,
        born: |row: &RootTask| row.born,
        filters: &["instance-id"],
        least: 1,
    };
    let values = |row: &RootTask, _: &str| vec![row.instance.to_string()];
    describing.answer(request, world, &values, &|row| describe(world, region, row))
}
