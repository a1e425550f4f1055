//! "What survives": one file on every kind of storage that a machine has, what happens to the machine, and what is left.
//!
//! The rules are those of AWS's documentation, each with its page; whether a file is still there is looked up on the disks
//! themselves, never in the rules. Nothing here changes a world: what is to be done stands here as calls.

use super::files::{disks, on_disk};
use crate::base::ids::{InstanceId, SnapshotId, VolumeId};
use crate::catalog::{Region, images};
use crate::network::FixCall;
use crate::world::World;
use crate::world::compute::{Instance, InstanceState};
use crate::world::files::{Disk, Entry, Tree};
use crate::world::storage::{Extents, Snapshot, Volume, VolumeState};
use std::fmt::Write as _;

/// The file that is written everywhere.
pub const FILE: &str = "/what-survives";
/// Bytes of it that are looked at.
const LOOK: usize = 128;
/// A type with a disk of the host.
pub const TYPE: &str = "m5d.large";
/// The image of the machine that is made for it.
const IMAGE: &str = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64";

const REBOOT: &str = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-reboot.html";
const STOP: &str = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Stop_Start.html";
const HIBERNATE: &str = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Hibernate.html";
const TERMINATE: &str = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/terminating-instances.html";
const CHECKS: &str = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/monitoring-system-instance-status-check.html";
const STORE: &str = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-store-lifetime.html";
const PRESERVING: &str = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/preserving-volumes-on-termination.html";
const VOLUMES: &str = "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volumes.html";
const SNAPSHOTS: &str = "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-snapshots.html";

/// A kind of storage that a file lies on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The machine's memory.
    Memory,
    /// A disk of the host.
    Store,
    /// The EBS root volume.
    Root,
    /// Another EBS volume.
    Data,
    /// A snapshot of an EBS volume, in S3.
    Snapshot,
}

impl Place {
    /// All, from the nearest to the machine to the farthest.
    pub const ALL: [Place; 5] = [Place::Memory, Place::Store, Place::Root, Place::Data, Place::Snapshot];

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Place::Memory => "memory",
            Place::Store => "instance store",
            Place::Root => "root volume",
            Place::Data => "data volume",
            Place::Snapshot => "snapshot",
        }
    }
}

/// What happens to a machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Event {
    /// RebootInstances.
    Reboot,
    /// StopInstances, then StartInstances.
    StopStart,
    /// The same with the memory kept.
    Hibernate,
    /// The host breaks; the machine is stopped and started, which brings it to another.
    HostFailure,
    /// TerminateInstances.
    Terminate,
}

impl Event {
    /// All, the gentlest first.
    pub const ALL: [Event; 5] = [
        Event::Reboot,
        Event::Hibernate,
        Event::StopStart,
        Event::HostFailure,
        Event::Terminate,
    ];

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Event::Reboot => "Reboot",
            Event::StopStart => "Stop and start",
            Event::Hibernate => "Hibernate and start",
            Event::HostFailure => "Host failure",
            Event::Terminate => "Terminate",
        }
    }
}

/// What AWS documents of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Whether it is there afterwards.
    pub survives: bool,
    /// Why.
    pub why: &'static str,
    /// Where that is documented.
    pub source: &'static str,
}

/// What becomes of a file there. `goes`: whether the volume has DeleteOnTermination, which only a termination asks.
pub fn rule(event: Event, place: Place, goes: bool) -> Rule {
    let (survives, why, source) = match place {
        Place::Memory => memory(event),
        Place::Store => store(event),
        Place::Root | Place::Data => volume(event, goes),
        Place::Snapshot => (
            true,
            "It lies in S3, in the Region, and needs neither the machine nor the volume.",
            SNAPSHOTS,
        ),
    };
    Rule { survives, why, source }
}

fn memory(event: Event) -> (bool, &'static str, &'static str) {
    match event {
        Event::Reboot => (
            false,
            "The operating system starts anew: all programs end, and memory is empty.",
            REBOOT,
        ),
        Event::StopStart => (false, "A machine that is off has no memory.", STOP),
        Event::Hibernate => (
            true,
            "Before it stops, the memory is written to the encrypted root volume, and read back at the start.",
            HIBERNATE,
        ),
        Event::HostFailure => (
            false,
            "The memory is the host's. What was not yet written to a disk is lost with it.",
            CHECKS,
        ),
        Event::Terminate => (false, "The machine is no more.", TERMINATE),
    }
}

fn store(event: Event) -> (bool, &'static str, &'static str) {
    match event {
        Event::Reboot => (
            true,
            "The machine stays on its host, and the disk is the host's.",
            STORE,
        ),
        Event::StopStart => (
            false,
            "The machine leaves its host, whose disk is erased for the next customer.",
            STORE,
        ),
        Event::Hibernate => (
            false,
            "Only the memory is kept. The machine leaves its host, whose disk is erased.",
            STORE,
        ),
        Event::HostFailure => (false, "The disk is part of the host that failed.", STORE),
        Event::Terminate => (false, "The host's disk is erased for the next customer.", STORE),
    }
}

fn volume(event: Event, goes: bool) -> (bool, &'static str, &'static str) {
    match event {
        Event::Reboot => (
            true,
            "The volume stays attached; an orderly reboot writes what waits.",
            REBOOT,
        ),
        Event::StopStart => (
            true,
            "The volume is not on the host: it waits, and is billed, until the machine starts elsewhere.",
            STOP,
        ),
        Event::Hibernate => (
            true,
            "The volume is not on the host: it waits until the start.",
            HIBERNATE,
        ),
        Event::HostFailure => (
            true,
            "The volume lies on other machines of the zone, several times. What was written is there.",
            VOLUMES,
        ),
        Event::Terminate if goes => (
            false,
            "Its DeleteOnTermination is true: it is deleted with the machine.",
            PRESERVING,
        ),
        Event::Terminate => (
            true,
            "Its DeleteOnTermination is false: it stays, available and billed.",
            PRESERVING,
        ),
    }
}

/// Where a file was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Holder {
    /// In the machine's memory.
    Memory,
    /// On this disk of the host.
    Disk(String),
    /// On this volume.
    Volume(VolumeId),
    /// In this snapshot.
    Snapshot(SnapshotId),
}

/// A machine's storage of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sight {
    /// Which kind.
    pub place: Place,
    /// Whether the machine has such storage; what it had ended with it.
    pub has: bool,
    /// Whether it goes with the machine.
    pub goes: bool,
    /// Where its file lies now.
    pub file: Option<Holder>,
}

/// Whether a machine can be tried: it runs Linux from an EBS root.
pub fn suits(row: &Instance) -> bool {
    !row.machine.is_windows() && row.machine.root_device_type == "ebs" && row.state == InstanceState::Running
}

/// What there is of a machine's storage, and where its file lies; also of one that is gone.
pub fn sights(world: &World, region: Region, id: InstanceId) -> Vec<Sight> {
    let row = world.row::<Instance>(region, id);
    let goes = |place: Place| {
        let lines = row.into_iter().flat_map(|row| {
            let root = row.machine.root_device_name.as_str();
            row.block_devices
                .iter()
                .map(move |line| (line.device == root, line.delete_on_termination))
        });
        lines
            .filter(|(is_root, _)| *is_root == (place == Place::Root))
            .map(|(_, goes)| goes)
            .next()
    };
    let sight = |place: Place| {
        let (has, goes) = match place {
            Place::Memory => (row.is_some_and(suits), true),
            Place::Store => (row.is_some_and(|row| !row.ephemeral.is_empty()), true),
            Place::Root | Place::Data => (goes(place).is_some(), goes(place) == Some(true)),
            Place::Snapshot => (row.is_some(), false),
        };
        let file = found(world, region, id, row, place);
        Sight { place, has, goes, file }
    };
    Place::ALL.into_iter().map(sight).collect()
}

/// What the file says: whose it is, and where it was written.
fn text(id: InstanceId, place: Place) -> String {
    format!("{id}, {}", place.name())
}

fn found(world: &World, region: Region, id: InstanceId, row: Option<&Instance>, place: Place) -> Option<Holder> {
    let says = |contents: &Extents, place: Place| read(world, contents).is_some_and(|said| said == text(id, place));
    let ec2 = world.ec2(region)?;
    match place {
        Place::Memory => {
            let disks = &row?.guest.disks;
            let mounted = disks.mounts.iter().any(|mount| mount.disk == Disk::Memory);
            let file = disks.cache.get(&Disk::Memory)?.data.contains_key(FILE);
            (mounted && file).then_some(Holder::Memory)
        }
        Place::Store => {
            let row = row?;
            let mut all = row.ephemeral.iter();
            let disk = all.find(|disk| {
                let which = Disk::Store(disk.virtual_name.clone());
                disks::contents(world, region, row, &which).is_some_and(|blocks| says(&blocks, place))
            })?;
            Some(Holder::Disk(disk.virtual_name.clone()))
        }
        Place::Root | Place::Data => {
            let mut all = ec2.volumes.rows().filter(|row| row.state != VolumeState::Deleting);
            let volume: &Volume = all.find(|row| says(&row.contents, place))?;
            Some(Holder::Volume(volume.id))
        }
        Place::Snapshot => {
            let mut all = ec2.snapshots.rows().filter(|row| !row.doomed);
            let has = |row: &&Snapshot| says(&row.contents, Place::Data) || says(&row.contents, Place::Root);
            Some(Holder::Snapshot(all.find(has)?.id))
        }
    }
}

/// What a disk's file says.
fn read(world: &World, contents: &Extents) -> Option<String> {
    let tree: Tree = on_disk(world, contents)?;
    let Some(Entry::File(start, length, _)) = tree.entries.get(FILE) else {
        return None;
    };
    let length = usize::try_from(*length).ok()?.min(LOOK);
    let bytes = world.bytes.read(contents, *start, length);
    Some(String::from_utf8(bytes).ok()?.trim_end().to_owned())
}

fn call(service: &'static str, operation: &'static str, params: String) -> FixCall {
    FixCall {
        region: None,
        service,
        operation,
        params,
    }
}

fn wait(seconds: i64) -> FixCall {
    call("stratus", "AdvanceClock", format!(r#"{{"Seconds":{seconds}}}"#))
}

/// The calls that make a machine with all five kinds of storage, and give it time to boot.
pub fn launch(region: Region) -> Vec<FixCall> {
    let Some(image) = images::alias(region, IMAGE) else {
        return Vec::new();
    };
    let devices = r#"[{"DeviceName":"/dev/xvda","Ebs":{"VolumeSize":30,"VolumeType":"gp3","Encrypted":true,"DeleteOnTermination":true}},{"DeviceName":"/dev/sdf","Ebs":{"VolumeSize":5,"VolumeType":"gp3","DeleteOnTermination":false}}]"#;
    let tags = r#"[{"ResourceType":"instance","Tags":[{"Key":"Name","Value":"survivor"}]}]"#;
    let params = format!(
        r#"{{"ImageId":"{}","InstanceType":"{TYPE}","MinCount":1,"MaxCount":1,"HibernationOptions":{{"Configured":true}},"BlockDeviceMappings":{devices},"TagSpecifications":{tags}}}"#,
        crate::base::ids::ImageId(image.id(region))
    );
    vec![call("ec2", "RunInstances", params), wait(200)]
}

/// The calls that write the file to every kind of storage that the machine has, and take a snapshot of a volume that has it.
pub fn write(world: &World, region: Region, row: &Instance) -> Vec<FixCall> {
    let mut lines = String::new();
    let root = row.machine.root_device_name.as_str();
    for disk in disks::found(world, region, row) {
        let (place, at) = match &disk.disk {
            Disk::Store(_) => (Place::Store, "/store"),
            Disk::Volume(_) if !disk.root => (Place::Data, "/data"),
            _ => continue,
        };
        let mounts = &row.guest.disks.mounts;
        let taken = mounts.iter().any(|mount| mount.at == at && mount.disk != disk.disk);
        if taken {
            continue;
        }
        let own = mounts.iter().find(|mount| mount.disk == disk.disk);
        let at = own.map_or(at, |mount| mount.at.as_str());
        let blank =
            disks::contents(world, region, row, &disk.disk).is_none_or(|blocks| on_disk(world, &blocks).is_none());
        // Writing into a String cannot fail.
        if blank && own.is_some() {
            // Hibernation brought the mount back, but not what was on the host's disk.
            let _ = write!(lines, "umount {at}; ");
        }
        if blank {
            let _ = write!(lines, "mkfs -t xfs -f /dev/{}; ", disk.name);
        }
        if blank || own.is_none() {
            let _ = writeln!(lines, "mkdir -p {at}; mount /dev/{} {at}", disk.name);
        }
        let _ = writeln!(lines, "echo {} > {at}{FILE}", text(row.id, place));
    }
    let own = row.guest.disks.mounts.iter().find(|mount| mount.disk == Disk::Memory);
    let memory = own.map_or("/memory", |mount| mount.at.as_str());
    if own.is_none() {
        let _ = writeln!(lines, "mkdir -p {memory}; mount -t tmpfs tmpfs {memory}");
    }
    let _ = writeln!(lines, "echo {} > {memory}{FILE}", text(row.id, Place::Memory));
    let _ = write!(lines, "echo {} > {FILE}; sync", text(row.id, Place::Root));
    let quoted = serde_json::Value::String(lines);
    let run = format!(r#"{{"InstanceId":"{}","Command":{quoted}}}"#, row.id);
    let mut calls = vec![call("stratus", "RunGuestCommand", run)];
    let mut volumes = row.block_devices.iter();
    let data = volumes
        .clone()
        .find(|line| line.device != root)
        .or_else(|| volumes.next());
    if let Some(line) = data {
        let params = format!(
            r#"{{"VolumeId":"{}","Description":"With the file of {}"}}"#,
            line.volume, row.id
        );
        calls.push(call("ec2", "CreateSnapshot", params));
        calls.push(wait(120));
    }
    calls
}

/// The calls that make an event happen, with the time that each takes.
pub fn calls(event: Event, id: InstanceId) -> Vec<FixCall> {
    let ids = format!(r#"{{"InstanceIds":["{id}"]}}"#);
    let ec2 = |operation: &'static str| call("ec2", operation, ids.clone());
    match event {
        Event::Reboot => vec![ec2("RebootInstances"), wait(120)],
        Event::StopStart => vec![ec2("StopInstances"), wait(120), ec2("StartInstances"), wait(180)],
        Event::Hibernate => {
            let params = format!(r#"{{"InstanceIds":["{id}"],"Hibernate":true}}"#);
            let stop = call("ec2", "StopInstances", params);
            vec![stop, wait(180), ec2("StartInstances"), wait(180)]
        }
        Event::HostFailure => {
            let fail = call("stratus", "FailHost", format!(r#"{{"InstanceId":"{id}"}}"#));
            let start = ec2("StartInstances");
            vec![fail, wait(60), ec2("StopInstances"), wait(120), start, wait(180)]
        }
        Event::Terminate => vec![ec2("TerminateInstances"), wait(200)],
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops where it cannot go on")]
    use super::*;
    use crate::Engine;
    use crate::world::Options;

    const HERE: Region = Region::US_EAST_1;

    fn make(engine: &mut Engine, calls: &[FixCall]) {
        let mut answers = Vec::new();
        for call in calls {
            let params = call.params(&answers).unwrap();
            answers.push(engine.call(HERE, call.service, call.operation, params).unwrap());
        }
    }

    fn prepared() -> (Engine, InstanceId) {
        let mut engine = Engine::new(Options::default());
        make(&mut engine, &launch(HERE));
        let row = engine
            .world()
            .ec2(HERE)
            .unwrap()
            .instances
            .rows()
            .next()
            .unwrap()
            .clone();
        let calls = write(engine.world(), HERE, &row);
        make(&mut engine, &calls);
        (engine, row.id)
    }

    #[test]
    fn what_the_rules_say_is_what_happens() {
        for event in Event::ALL {
            let (mut engine, id) = prepared();
            let before = sights(engine.world(), HERE, id);
            for sight in &before {
                assert!(sight.has && sight.file.is_some(), "{sight:?}");
            }
            make(&mut engine, &calls(event, id));
            for (was, is) in before.iter().zip(sights(engine.world(), HERE, id)) {
                let rule = rule(event, was.place, was.goes);
                assert_eq!(is.file.is_some(), rule.survives, "{event:?}: {is:?}");
                assert!(is.file.is_none() || is.file == was.file, "{event:?}: {is:?}");
            }
        }
    }

    #[test]
    fn the_file_can_be_written_again_after_what_it_did_not_survive() {
        for event in [Event::Reboot, Event::StopStart, Event::Hibernate, Event::HostFailure] {
            let (mut engine, id) = prepared();
            make(&mut engine, &calls(event, id));
            let row = engine.world().row::<Instance>(HERE, id).unwrap().clone();
            let again = write(engine.world(), HERE, &row);
            make(&mut engine, &again);
            let all = sights(engine.world(), HERE, id);
            assert!(all.iter().all(|sight| sight.file.is_some()), "{event:?}: {all:?}");
        }
    }
}
