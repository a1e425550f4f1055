//! AMIs: the account's own and those of the catalogue, shown as one kind of row.
//!
//! Source: <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AMIs.html>

pub(crate) mod allowed;
pub(super) mod attributes;
pub(super) mod copy;
pub(super) mod create;
pub(crate) mod describe;
pub(super) mod fast_launch;
mod mappings;
pub(super) mod register;
pub(super) mod stores;
pub(super) mod switches;
pub(crate) mod types;
pub(super) mod usage;
pub(crate) mod watermarks;

pub(crate) use copy::to_region;
pub(crate) use create::by_policy;
pub(crate) use register::deregister;

use super::note_clock;
use crate::base::error::{Error, Result};
use crate::base::ids::{ImageId, InstanceId, Kind, ResourceId, SnapshotId};
use crate::base::random::Stream;
use crate::base::time::Span;
use crate::base::time::Time;
use crate::catalog::images::{CatalogImage, DeviceSource, Platform};
use crate::catalog::{self, Region};
use crate::clock::{self, Pending, Step};
use crate::services::ec2::common::{note, unknown};
use crate::services::ec2::refusals::IMAGE_NAME;
use crate::world::World;
use crate::world::compute::{Image, ImageMapping, ImageVolume, Listener, Machine};
use crate::world::launching::ImageMore;
use crate::world::storage::Snapshot;
use std::borrow::Cow;
use std::rc::Rc;
use stratus_model::sort;

/// What AWS says of policies that make images.
const POLICIES: &str = "https://docs.aws.amazon.com/ebs/latest/userguide/ami-policy.html";
/// When they reboot.
const REBOOTS: &str =
    "A lifecycle policy reboots an instance before it makes an image of it only where its NoReboot is false.";

/// The image that a launch names, as a row: by id, or by a public parameter (`resolve:ssm:/aws/service/…`).
///
/// # Errors
/// `InvalidAMIID.Malformed`, `InvalidAMIID.NotFound`.
pub(crate) fn find(world: &World, region: Region, text: &str) -> Result<Image> {
    let parameter = text.strip_prefix("resolve:ssm:");
    match parameter.and_then(|name| catalog::images::alias(region, name)) {
        Some(public) => Ok(from_catalogue(region, public)),
        None => by_id(world, region, text),
    }
}

/// The image of this id as a row: one of the account's own, whatever its state, or one of the catalogue.
///
/// # Errors
/// `InvalidAMIID.Malformed`, `InvalidAMIID.NotFound`; `AuthFailure` for one that another account does not share.
pub(crate) fn by_id(world: &World, region: Region, text: &str) -> Result<Image> {
    let id = ImageId::parse(text).ok_or_else(|| unknown(Kind::Image, text))?;
    if let Some(own) = world.row::<Image>(region, id) {
        if super::bin::holds(world, region, id.into()) {
            return Err(unknown(Kind::Image, text));
        }
        return Ok(own.clone());
    }
    if super::others::any(world, region)
        && let Some(other) = super::others::image(world, region, id)
    {
        return super::others::launchable(world, other);
    }
    catalog::images::find(region, id.0)
        .map(|public| from_catalogue(region, public))
        .ok_or_else(|| unknown(Kind::Image, text))
}

/// An image of the catalogue as a row.
pub(crate) fn from_catalogue(region: Region, public: &CatalogImage) -> Image {
    Image {
        id: ImageId(public.id(region)),
        born: 0,
        owner: public.owner_id.to_owned(),
        owner_alias: public.owner_alias.map(str::to_owned),
        name: public.name.to_owned(),
        description: public.description.to_owned(),
        created: Time(public.created_ms),
        machine: Rc::new(Machine {
            architecture: public.architecture.name().to_owned(),
            virtualization: public.virtualization.name().to_owned(),
            root_device_type: public.root_device.name().to_owned(),
            root_device_name: public.root_device_name.to_owned(),
            platform: public.platform.api_name().unwrap_or_default().to_owned(),
            platform_details: public.platform.details().to_owned(),
            usage_operation: public.platform.usage_operation().to_owned(),
            login: public.login_user.to_owned(),
            ena: public.ena_support,
            boot_mode: public.boot_mode.unwrap_or_default().to_owned(),
        }),
        state: "available".to_owned(),
        mappings: public
            .devices
            .iter()
            .map(|device| mapping(region, public, device))
            .collect(),
        public: true,
        shared_with: Vec::new(),
        source: None,
        imds_v2: public.imds_v2,
        location: public.location(region),
        services: public
            .listens
            .iter()
            .map(|port| service(public.platform, *port))
            .collect(),
        source_instance: None,
        product_codes: public.product_code.iter().map(|code| (*code).to_owned()).collect(),
        kernel: public.kernel_id(region),
        sriov: public.sriov_net_support,
        tpm: false,
        deprecated: Some(Time(public.deprecated_ms)),
        free_tier: public.free_tier_eligible,
        more: ImageMore::default(),
    }
}

fn mapping(region: Region, public: &CatalogImage, device: &catalog::images::BlockDevice) -> ImageMapping {
    let (virtual_name, ebs) = match device.source {
        DeviceSource::Ephemeral(number) => (Some(format!("ephemeral{number}")), None),
        DeviceSource::Snapshot { size_gib, volume_type } => {
            let volume = ImageVolume {
                snapshot: public.snapshot_id(region).map(SnapshotId),
                size_gib: i64::from(size_gib),
                volume_type: volume_type.to_owned(),
                delete_on_termination: true,
                encrypted: false,
                iops: None,
                throughput: None,
            };
            (None, Some(volume))
        }
    };
    ImageMapping {
        device: device.device_name.to_owned(),
        virtual_name,
        ebs,
    }
}

/// What listens on a port of a fresh public image.
fn service(platform: Platform, port: u16) -> Listener {
    let program = match (platform, port) {
        (_, 22) => "sshd",
        (Platform::Windows, 3389) => "TermService",
        (Platform::Windows, 5985) => "WinRM",
        _ => "service",
    };
    Listener {
        protocol: 6,
        port,
        program: program.to_owned(),
        service: true,
    }
}

/// What listens on a Linux machine that nothing more is known of.
pub(super) fn linux_services() -> Vec<Listener> {
    vec![service(Platform::Linux, 22)]
}

/// An image of the account's own.
///
/// # Errors
/// `InvalidAMIID.Malformed`, `InvalidAMIID.NotFound`; `AuthFailure` for somebody else's.
fn own(world: &World, region: Region, text: &str) -> Result<ImageId> {
    let image = by_id(world, region, text)?;
    if image.owner != world.account() {
        let text = format!("Not authorized for image:{}", image.id);
        return Err(Error::new("AuthFailure", text).remedy("It is not yours. Copy it, and change the copy."));
    }
    Ok(image.id)
}

/// Whether an image of the account's own may be called so.
///
/// # Errors
/// `InvalidAMIName.Malformed`, `InvalidAMIName.Duplicate`.
fn check_name(world: &World, region: Region, name: &str) -> Result<()> {
    let fits = |c: char| c.is_ascii_alphanumeric() || "()[] ./-'@_".contains(c);
    if !(3..=128).contains(&name.chars().count()) || !name.chars().all(fits) {
        return Err(Error::new("InvalidAMIName.Malformed", IMAGE_NAME).at("Name"));
    }
    let taken = world
        .ec2(region)
        .and_then(|ec2| ec2.images.rows().find(|row| row.name == name));
    match taken {
        Some(row) => {
            let text = format!("AMI name {name} is already in use by AMI {}", row.id);
            Err(Error::new("InvalidAMIName.Duplicate", text).at("Name"))
        }
        None => Ok(()),
    }
}

/// A new image of the account's own, with the name and nothing in it.
fn blank(world: &mut World, name: &str, description: &str, machine: Rc<Machine>) -> Image {
    let account = world.account();
    Image {
        id: ImageId(world.random.next_u64(Stream::Ids(Kind::Image))),
        born: world.birth(),
        location: format!("{account}/{name}"),
        owner: account,
        owner_alias: None,
        name: name.to_owned(),
        description: description.to_owned(),
        created: world.now,
        machine,
        state: "available".to_owned(),
        mappings: Vec::new(),
        public: false,
        shared_with: Vec::new(),
        source: None,
        imds_v2: false,
        services: Vec::new(),
        source_instance: None,
        product_codes: Vec::new(),
        kernel: None,
        sriov: false,
        tpm: false,
        deprecated: None,
        free_tier: false,
        more: ImageMore::default(),
    }
}

/// Puts an image that becomes available a while after the last of its snapshots is complete; when that is.
fn put_pending(world: &mut World, region: Region, mut image: Image) -> Time {
    let behind = image.mappings.iter().filter_map(|line| line.ebs.as_ref()?.snapshot);
    let rows = behind.filter_map(|id| world.row::<Snapshot>(region, id));
    let copied = rows.map(|row| row.completes).max().unwrap_or(world.now).max(world.now);
    let base = world.timings.clone().draw(&mut world.random, "image.base");
    let span = Span((copied - world.now).0.saturating_add(base.0));
    image.state = "pending".to_owned();
    let id = image.id;
    world.put(region, image);
    clock::schedule(world, span, region, id, Step::Settle);
    world.now + span
}

/// The one transition of an image: it can be launched.
pub(super) fn settle(world: &mut World, pending: &Pending, id: ImageId) {
    let region = pending.region;
    let waiting = world
        .row::<Image>(region, id)
        .is_some_and(|row| row.state == "pending" && row.created == pending.asked);
    if waiting && super::others::broke(world, region, id) {
        return;
    }
    if waiting {
        world.update(region, id, |row: &mut Image| row.state = "available".to_owned());
        let rule = "An image is available a while after its last snapshot is complete.";
        note_clock(world, region, id, "pending → available", rule, "ours");
    }
}

/// Why an image of an instance has failed: code and message of its state's reason.
/// Source: <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_StateReason.html>
const INTERRUPTED: (&str, &str) = (
    "Client.InstanceTerminated",
    "Client.InstanceTerminated: The instance was rebooted or terminated during AMI creation.",
);

/// And why a copy has: one of its snapshots could not be copied (code and words are ours).
const NO_COPY: (&str, &str) = (
    "Client.InternalError",
    "Client.InternalError: A snapshot of the image could not be copied: Given key ID is not accessible",
);

/// Why an image has failed.
fn reason(image: &Image) -> (&'static str, &'static str) {
    let copy = image.source.is_some() && image.source_instance.is_none();
    if copy { NO_COPY } else { INTERRUPTED }
}

/// On whose account something happens, so that the journal says so.
#[derive(Clone, Copy)]
enum By {
    /// The call under way.
    Call,
    /// A lifecycle policy, by the clock.
    Policy,
}

impl By {
    /// Notes what has happened; `rule`: why a policy does that.
    fn note(
        self,
        world: &mut World,
        region: Region,
        id: impl Into<ResourceId>,
        text: impl Into<Cow<'static, str>>,
        rule: &'static str,
    ) {
        match self {
            By::Call => note(world, region, id, text),
            By::Policy => note_clock(world, region, id, text, rule, POLICIES),
        }
    }
}

/// An instance is rebooted or ends: what is just being made of it fails.
pub(crate) fn interrupt(world: &mut World, region: Region, instance: InstanceId) {
    interrupt_by(world, region, instance, By::Call);
}

fn interrupt_by(world: &mut World, region: Region, instance: InstanceId, by: By) {
    let rows = world.ec2(region).into_iter().flat_map(|ec2| ec2.images.rows());
    let unfinished: Vec<ImageId> = rows
        .filter(|row| row.source_instance == Some(instance) && row.state == "pending")
        .map(|row| row.id)
        .collect();
    for id in unfinished {
        world.update(region, id, |row: &mut Image| row.state = "failed".to_owned());
        let text = format!("pending → failed: {instance} was rebooted or terminated");
        by.note(world, region, id, text, REBOOTS);
    }
}

/// The snapshots behind an image, each once.
pub(super) fn snapshots_behind(image: &Image) -> Vec<SnapshotId> {
    let mut behind: Vec<SnapshotId> = image
        .mappings
        .iter()
        .filter_map(|line| line.ebs.as_ref()?.snapshot)
        .collect();
    sort::sort(&mut behind);
    behind.dedup();
    behind
}

/// Whether a volume of an image was made of a snapshot that is gone: every other has a size of a snapshot or none at all.
pub(super) fn lost_its_snapshot(line: &crate::world::compute::ImageMapping) -> bool {
    line.ebs
        .as_ref()
        .is_some_and(|ebs| ebs.snapshot.is_none() && line.virtual_name.is_none())
}

/// An image of imported disks: the first is its root. Its name is its task's.
pub(super) fn imported(
    world: &mut World,
    region: Region,
    name: &str,
    description: &str,
    machine: (&str, bool),
    behind: &[SnapshotId],
) -> ImageId {
    let image = of_disks(world, region, name, description, machine, behind);
    let id = image.id;
    put_pending(world, region, image);
    id
}

/// An image of these snapshots' disks, which is in no table yet. `machine`: its architecture, and whether it is Windows.
pub(super) fn of_disks(
    world: &mut World,
    region: Region,
    name: &str,
    description: &str,
    (architecture, windows): (&str, bool),
    behind: &[SnapshotId],
) -> Image {
    let text = |text: &str| text.to_owned();
    let machine = Machine {
        architecture: text(architecture),
        virtualization: text("hvm"),
        root_device_type: text("ebs"),
        root_device_name: text("/dev/sda1"),
        platform: text(if windows { "windows" } else { "" }),
        platform_details: text(if windows { "Windows" } else { "Linux/UNIX" }),
        usage_operation: text(if windows { "RunInstances:0002" } else { "RunInstances" }),
        login: text(if windows { "Administrator" } else { "ec2-user" }),
        ena: true,
        boot_mode: String::new(),
    };
    let mut image = blank(world, name, description, machine.into());
    for (place, snapshot) in behind.iter().enumerate() {
        let letter = char::from(b'f' + u8::try_from(place.min(10)).unwrap_or(10));
        let row = world.row::<Snapshot>(region, *snapshot);
        image.mappings.push(ImageMapping {
            device: if place == 0 {
                text("/dev/sda1")
            } else {
                format!("/dev/sd{letter}")
            },
            virtual_name: None,
            ebs: Some(ImageVolume {
                snapshot: Some(*snapshot),
                size_gib: row.map_or(1, |row| row.size_gib),
                volume_type: text("gp2"),
                delete_on_termination: place == 0,
                encrypted: row.is_some_and(|row| row.kms_key.is_some()),
                iops: None,
                throughput: None,
            }),
        });
    }
    image
}
