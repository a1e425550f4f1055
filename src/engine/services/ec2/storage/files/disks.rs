//! The disks of a guest: their blocks, their sizes, and the names that its kernel gives them.
//!
//! Source: <https://docs.aws.amazon.com/ebs/latest/userguide/nvme-ebs-volumes.html>,
//! <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/device_naming.html>

use crate::base::ids::{InstanceId, VolumeId};
use crate::catalog::Region;
use crate::catalog::instance_types::Hypervisor;
use crate::services::ec2::storage::held;
use crate::services::ec2::storage::volumes::calls::attachment_point;
use crate::world::World;
use crate::world::compute::{Instance, InstanceState};
use crate::world::files::Disk;
use crate::world::storage::{AttachState, BLOCK_BYTES, Extents, Volume, VolumeState};

/// A disk that a guest's kernel has found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// Which.
    pub disk: Disk,
    /// `nvme1n1`, `xvdf`.
    pub name: String,
    /// What EC2 calls it: `/dev/sdf`.
    pub device: String,
    /// Its bytes.
    pub size: i64,
    /// Whether the guest boots from it.
    pub root: bool,
}

impl Found {
    /// Whether the guest's kernel has it as an NVMe device, as on Nitro.
    pub(crate) fn is_nvme(&self) -> bool {
        self.name.starts_with("nvme")
    }

    /// What EC2 calls it, without the folder: `sdf`.
    pub(crate) fn short(&self) -> &str {
        self.device.trim_start_matches("/dev/")
    }

    /// The partition that a root lies in; other disks are used whole.
    pub(crate) fn part(&self) -> String {
        match (self.root, self.is_nvme()) {
            (true, true) => format!("{}p1", self.name),
            (true, false) => format!("{}1", self.name),
            (false, _) => self.name.clone(),
        }
    }
}

/// Bytes of the root of an instance whose image is a bundle: AWS allows 10 GiB.
/// Source: <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/RootDeviceStorage.html>
const BUNDLE_ROOT: i64 = 10 << 30;

/// What a sentence calls a disk.
pub(crate) fn shown(disk: &Disk) -> String {
    match disk {
        Disk::Volume(id) => id.to_string(),
        Disk::Store(name) => format!("the instance store {name}"),
        Disk::Root => "the root on the host's disks".to_owned(),
        Disk::Memory => "the guest's memory".to_owned(),
    }
}

/// Whether the guest boots from this disk.
pub(crate) fn is_root(row: &Instance, disk: &Disk) -> bool {
    match disk {
        Disk::Root => true,
        Disk::Store(_) | Disk::Memory => false,
        Disk::Volume(id) => {
            let mut lines = row.block_devices.iter();
            lines.any(|line| line.volume == *id && line.device == row.machine.root_device_name)
        }
    }
}

/// The disk that a guest boots from.
pub(crate) fn root(row: &Instance) -> Option<Disk> {
    if row.machine.root_device_type == "instance-store" {
        return Some(Disk::Root);
    }
    let mut lines = row.block_devices.iter();
    let line = lines.find(|line| line.device == row.machine.root_device_name)?;
    Some(Disk::Volume(line.volume))
}

/// Bytes of a disk.
pub(crate) fn size(world: &World, region: Region, row: &Instance, disk: &Disk) -> i64 {
    match disk {
        Disk::Volume(id) => world
            .row::<Volume>(region, *id)
            .map_or(0, |volume| volume.size_gib << 30),
        Disk::Store(name) => {
            let mut disks = row.ephemeral.iter();
            let found = disks.find(|disk| disk.virtual_name == *name);
            // Sizes of disks are decimal.
            found.map_or(0, |disk| disk.size_gb.saturating_mul(1_000_000_000))
        }
        Disk::Root => BUNDLE_ROOT,
        Disk::Memory => 0,
    }
}

fn table(runs: &[(i64, (i64, u64))]) -> Extents {
    let mut table = Extents::default();
    for (first, run) in runs {
        table.insert(*first, *run);
    }
    table
}

/// The blocks of a disk; `None` = it is not there.
pub(crate) fn contents(world: &World, region: Region, row: &Instance, disk: &Disk) -> Option<Extents> {
    match disk {
        Disk::Volume(id) => {
            let volume = world.row::<Volume>(region, *id)?;
            let here = volume.attachments.iter().any(|line| line.instance == row.id);
            (here && volume.state == VolumeState::InUse).then(|| volume.contents.clone())
        }
        Disk::Store(name) => {
            let mut disks = row.ephemeral.iter();
            disks
                .find(|disk| disk.virtual_name == *name)
                .map(|disk| table(&disk.contents))
        }
        Disk::Root => (row.machine.root_device_type == "instance-store").then(|| table(&row.guest.disks.root)),
        Disk::Memory => None,
    }
}

/// Gives a disk its blocks.
pub(crate) fn put(world: &mut World, region: Region, id: InstanceId, disk: &Disk, blocks: Extents) {
    let old = world
        .row::<Instance>(region, id)
        .and_then(|row| contents(world, region, row, disk));
    let new = blocks.clone();
    store(world, region, id, disk, blocks);
    if let Some(old) = old {
        held::replaced(world, &old, &new);
    }
}

fn store(world: &mut World, region: Region, id: InstanceId, disk: &Disk, blocks: Extents) {
    let runs = || blocks.iter().map(|(first, run)| (*first, *run)).collect::<Vec<_>>();
    match disk {
        Disk::Volume(volume) => {
            world.update(region, *volume, |row: &mut Volume| row.contents = blocks);
        }
        Disk::Store(name) => {
            let runs = runs();
            world.update(region, id, |row: &mut Instance| {
                let mut disks = row.ephemeral.iter_mut();
                if let Some(disk) = disks.find(|disk| disk.virtual_name == *name) {
                    for (first, (count, _)) in &runs {
                        merge(&mut disk.written, first * BLOCK_BYTES, count * BLOCK_BYTES);
                    }
                    disk.contents = runs;
                }
            });
        }
        Disk::Root => {
            let runs = runs();
            world.update(region, id, |row: &mut Instance| row.guest.disks.root = runs);
        }
        Disk::Memory => {}
    }
}

/// Adds a written range (first byte, length); ranges stay sorted, apart and not touching.
pub(crate) fn merge(written: &mut Vec<(i64, i64)>, offset: i64, length: i64) {
    let (mut from, mut to) = (offset, offset.saturating_add(length));
    written.retain(|(start, length)| {
        let apart = start.saturating_add(*length) < from || *start > to;
        if !apart {
            from = from.min(*start);
            to = to.max(start.saturating_add(*length));
        }
        apart
    });
    written.push((from, to - from));
    stratus_model::sort::sort(written);
}

/// Where a guest that runs has a volume mounted: as long as it has, the volume does not leave.
pub fn mounted_at(row: &Instance, volume: VolumeId) -> Option<&str> {
    let runs = matches!(row.state, InstanceState::Running | InstanceState::Stopping);
    let mut mounts = row.guest.disks.mounts.iter().filter(|_| runs);
    let mount = mounts.find(|mount| mount.disk == Disk::Volume(volume))?;
    Some(&mount.at)
}

/// The disks that a guest's kernel has found. On Nitro it numbers NVMe controllers as it meets them: the root, the host's
/// disks, then volumes as they came; on Xen it names them by their attachment points.
pub(crate) fn found(world: &World, region: Region, row: &Instance) -> Vec<Found> {
    let nvme = row.instance_type.hypervisor() == Hypervisor::Nitro;
    let mut all: Vec<(Disk, String)> = Vec::new();
    let root = root(row);
    if let Some(disk) = &root {
        all.push((disk.clone(), row.machine.root_device_name.clone()));
    }
    for disk in &row.ephemeral {
        all.push((Disk::Store(disk.virtual_name.clone()), disk.device.clone()));
    }
    for line in &row.block_devices {
        let attached = world.row::<Volume>(region, line.volume).is_some_and(|volume| {
            let mut lines = volume.attachments.iter();
            lines.any(|at| {
                let there = match at.state {
                    AttachState::Attached | AttachState::Busy => true,
                    AttachState::Detaching => mounted_at(row, line.volume).is_some(),
                    AttachState::Attaching => false,
                };
                at.instance == row.id && there
            })
        });
        let disk = Disk::Volume(line.volume);
        if attached && root.as_ref() != Some(&disk) {
            all.push((disk, line.device.clone()));
        }
    }
    let named = |(place, (disk, device)): (usize, (Disk, String))| Found {
        name: if nvme {
            format!("nvme{place}n1")
        } else {
            format!(
                "xvd{}",
                attachment_point(&device).trim_end_matches(|c: char| c.is_ascii_digit())
            )
        },
        size: size(world, region, row, &disk),
        root: root.as_ref() == Some(&disk),
        disk,
        device,
    };
    all.into_iter().enumerate().map(named).collect()
}

/// The disk of this name: `/dev/nvme1n1`, its partition, or what EC2 calls it, for which Amazon's images make links.
pub(crate) fn named<'f>(found: &'f [Found], text: &str) -> Option<&'f Found> {
    let name = text.strip_prefix("/dev/").unwrap_or(text);
    found
        .iter()
        .find(|disk| disk.name == name || disk.part() == name)
        .or_else(|| {
            found
                .iter()
                .find(|disk| attachment_point(&disk.device) == attachment_point(name))
        })
}

/// The disk that a path of a guest lies on, and the path within it: the longest mount that it begins with.
pub(crate) fn of_path(row: &Instance, path: &str) -> Option<(Disk, String)> {
    let within = |at: &str| {
        let rest = path.strip_prefix(at)?;
        (rest.is_empty() || rest.starts_with('/')).then(|| {
            if rest.is_empty() {
                "/".to_owned()
            } else {
                rest.to_owned()
            }
        })
    };
    let mounted = row
        .guest
        .disks
        .mounts
        .iter()
        .filter_map(|mount| Some((mount.at.len(), mount.disk.clone(), within(&mount.at)?)))
        // Of two that are mounted at one place the later one counts.
        .max_by_key(|(length, ..)| *length);
    match mounted {
        Some((_, disk, rest)) => Some((disk, rest)),
        None => Some((root(row)?, path.to_owned())),
    }
}
