//! Forms of what keeps bytes: volumes, snapshots, images.

use super::FormKind;
use super::builder::{Builder, Options, Place, Spec, Values, eldest_first, named, options, some};
use crate::session::{ApiCall, Selection};
use stratus_engine::World;
use stratus_engine::base::ids::*;
use stratus_engine::catalog::Region;
use stratus_engine::services::ec2::storage::may_become;
use stratus_engine::world::storage::VolumeState;
use stratus_model::{Structure, field, sort};

/// The form of a kind of this file.
pub fn spec(kind: &FormKind, world: &World, values: &Values) -> Option<Spec> {
    let form = Place::of(kind, world)?;
    let b = Builder::new(values);
    match kind {
        FormKind::CreateVolume(_, snapshot) => Some(form.create_volume(b, *snapshot)),
        FormKind::AttachVolume(_, volume) => form.attach_volume(b, *volume),
        FormKind::ModifyVolume(_, volume) => form.modify_volume(b, *volume),
        FormKind::WriteBlocks(_, volume) => form.write_blocks(b, *volume),
        FormKind::CreateSnapshot(_, volume) => Some(form.create_snapshot(b, *volume)),
        FormKind::CopySnapshot(_, snapshot) => Some(form.copy_snapshot(b, *snapshot)),
        FormKind::RegisterImage(_, snapshot) => Some(form.register_image(b, *snapshot)),
        FormKind::CreateImage(_, instance) => Some(form.create_image(b, *instance)),
        FormKind::CopyImage(_, image) => form.copy_image(b, *image),
        FormKind::CreateBucket(_) => Some(form.create_bucket(b)),
        _ => None,
    }
}

/// Volume types with what they are for; the first is the one to take.
const TYPES: [(&str, &str); 7] = [
    ("gp3", "gp3 · SSD for nearly everything"),
    ("gp2", "gp2 · SSD, the older kind"),
    ("io2", "io2 · SSD with guaranteed IOPS"),
    ("io1", "io1 · the same, older"),
    ("st1", "st1 · disk for streams, from 125 GiB"),
    ("sc1", "sc1 · disk for what is rarely read, from 125 GiB"),
    ("standard", "standard · magnetic, the oldest"),
];

/// Whether a type's IOPS can be set, and whether its throughput can.
fn settable(volume_type: &str) -> (bool, bool) {
    (matches!(volume_type, "gp3" | "io1" | "io2"), volume_type == "gp3")
}

impl Place<'_> {
    /// Other Regions, the ones in use first.
    fn other_regions(&self) -> Options {
        let mut regions: Vec<Region> = Region::all().filter(|region| *region != self.region).collect();
        sort::by_key(&mut regions, |region| self.world.ec2(*region).is_none());
        let label = |region: &Region| {
            (
                region.name().to_owned(),
                format!("{} · {}", region.long_name(), region.name()),
            )
        };
        regions.iter().map(label).collect()
    }

    fn create_volume(&self, mut b: Builder<'_>, snapshot: Option<SnapshotId>) -> Spec {
        let source = snapshot.and_then(|id| self.ec2.snapshots.get(&id));
        let name = b.text("Name", "Name", "");
        let zones = self.region.zones().map(|zone| (zone.name(), zone.name())).collect();
        let zone = b.choose("AvailabilityZone", "Availability Zone", "", zones);
        b.hint("A volume can be attached to instances of its own zone only.");
        let size = b.number("Size", "Size in GiB", source.map_or(8, |s| s.size_gib).to_string());
        if let Some(source) = source {
            b.hint(format!("At least the {} GiB of the snapshot.", source.size_gib));
        } else {
            b.need("Say how big it is to be.");
        }
        let kind = b.choose("VolumeType", "Type", "gp3", options(&TYPES));
        let (iops, throughput) = settable(&kind);
        let iops = if iops { b.number("Iops", "IOPS", "") } else { None };
        let throughput = if throughput {
            b.number("Throughput", "Throughput in MiB/s", "")
        } else {
            None
        };
        let encrypted = b.check("Encrypted", "Encrypt it", source.is_some_and(|s| s.kms_key.is_some()));
        b.also(&["KmsKeyId"]);
        let mut params = Structure::new()
            .with(field::AVAILABILITY_ZONE, zone)
            .with_some(field::SIZE, size)
            .with(field::VOLUME_TYPE, kind)
            .with_some(field::IOPS, iops)
            .with_some(field::THROUGHPUT, throughput)
            .with_some(field::SNAPSHOT_ID, snapshot.map(|id| id.to_string()));
        if encrypted {
            params.set(field::ENCRYPTED, true);
        }
        let call = self.call("CreateVolume", named(params, "volume", &name));
        let (title, about) = if snapshot.is_some() {
            (
                "Create volume of the snapshot",
                "A new disk with everything that the snapshot holds. It is there at once; blocks that were never read yet come from S3 first, slowly.",
            )
        } else {
            (
                "Create volume",
                "A disk for one instance at a time. It is empty, and it costs money from now on, attached or not.",
            )
        };
        b.finish(title, about, "Create volume", call)
            .making(Kind::Volume, "The volume is being created")
    }

    fn attach_volume(&self, mut b: Builder<'_>, volume: VolumeId) -> Option<Spec> {
        let row = self.ec2.volumes.get(&volume)?;
        let here = self.instances(&|instance| instance.zone == row.zone);
        let instance = b.choose("InstanceId", "Instance", "", here);
        b.hint(format!("Of the volume's own zone, {}.", row.zone.name()));
        b.need(&format!(
            "There is no instance in {}: a volume cannot leave its zone. A snapshot can.",
            row.zone.name()
        ));
        let used: Vec<&str> = InstanceId::parse(&instance)
            .and_then(|id| self.ec2.instances.get(&id))
            .into_iter()
            .flat_map(|i| i.block_devices.iter().map(|device| device.device.as_str()))
            .collect();
        let free = ('f'..='p')
            .map(|letter| format!("/dev/sd{letter}"))
            .find(|name| !used.contains(&name.as_str()));
        let device = b.text("Device", "Device", free.unwrap_or_default());
        b.hint("What the instance calls it: /dev/sdf to /dev/sdp for data.");
        b.need("The instance needs a name for the disk.");
        let params = Structure::new()
            .with(field::VOLUME_ID, volume.to_string())
            .with(field::INSTANCE_ID, instance)
            .with(field::DEVICE, device);
        let call = self.call("AttachVolume", params);
        let about =
            "The instance sees a new disk, while it runs. A volume that is attached later outlives the instance.";
        Some(
            b.finish("Attach the volume", about, "Attach", call)
                .telling("The volume is being attached"),
        )
    }

    fn modify_volume(&self, mut b: Builder<'_>, volume: VolumeId) -> Option<Spec> {
        let row = self.ec2.volumes.get(&volume)?;
        let size = b.number("Size", "Size in GiB", row.size_gib.to_string());
        b.hint("A volume only grows.");
        let can = |(kind, _): &(&str, &str)| may_become(self.world, self.region, row, kind);
        let types: Vec<(&str, &str)> = TYPES.iter().filter(|kind| can(kind)).copied().collect();
        let kind = b.choose("VolumeType", "Type", row.volume_type.as_str(), options(&types));
        if types.len() < TYPES.len() {
            b.hint("An instance boots from this volume: it cannot be st1 or sc1.");
        }
        let (has_iops, has_throughput) = settable(&kind);
        let same = kind == row.volume_type;
        let known = |value: Option<i64>| value.filter(|_| same).map(|v| v.to_string()).unwrap_or_default();
        let iops = if has_iops {
            b.number("Iops", "IOPS", known(row.iops))
        } else {
            None
        };
        let throughput = if has_throughput {
            b.number("Throughput", "Throughput in MiB/s", known(row.throughput))
        } else {
            None
        };
        let params = Structure::new()
            .with(field::VOLUME_ID, volume.to_string())
            .with_some(field::SIZE, size.filter(|size| *size != row.size_gib))
            .with_some(field::VOLUME_TYPE, (!same).then_some(kind.as_str()))
            .with_some(field::IOPS, iops.filter(|iops| Some(*iops) != row.iops || !same))
            .with_some(
                field::THROUGHPUT,
                throughput.filter(|t| Some(*t) != row.throughput || !same),
            );
        if params.len() == 1 {
            b.refuse("Size", "Change something first.".into());
        }
        let call = self.call("ModifyVolume", params);
        let about = "Bigger, faster, or of another type, while it is in use. At most four modifications in 24 hours, one after the other.";
        Some(
            b.finish("Modify the volume", about, "Modify", call)
                .telling("The modification is under way"),
        )
    }

    fn write_blocks(&self, mut b: Builder<'_>, volume: VolumeId) -> Option<Spec> {
        const MIB: i64 = 1024 * 1024;
        let row = self.ec2.volumes.get(&volume)?;
        let offset = b.number("Offset", "From MiB", "0");
        let length = b.number("Length", "MiB to write", "1024");
        b.hint(format!(
            "The volume has {} MiB. Writing the same place twice changes blocks, it adds none.",
            row.size_gib * 1024
        ));
        b.need("Say how much.");
        let params = Structure::new()
            .with(field::VOLUME_ID, volume.to_string())
            .with_some(field::OFFSET, offset.map(|mib| mib.saturating_mul(MIB)))
            .with_some(field::LENGTH, length.map(|mib| mib.saturating_mul(MIB)));
        let call = ApiCall::new(self.region, "stratus", "WriteBlocks", params);
        let about = "What the instance would write to the disk. A later snapshot holds only the blocks that were written since the one before.";
        Some(b.finish("Write to the volume", about, "Write", call).telling("Written"))
    }

    fn create_snapshot(&self, mut b: Builder<'_>, volume: Option<VolumeId>) -> Spec {
        let gone = |state| matches!(state, VolumeState::Deleting | VolumeState::Creating);
        let label = |row: &stratus_engine::world::storage::Volume| {
            let holder = row
                .attachments
                .first()
                .map(|a| format!(" · {} of {}", a.device, self.name(a.instance)));
            format!(
                "{} · {} GiB{}",
                self.name(row.id),
                row.size_gib,
                holder.unwrap_or_default()
            )
        };
        let volumes = self.ec2.volumes.rows().filter(|row| !gone(row.state));
        let volumes = volumes.map(|row| (row.born, row.id.to_string(), label(row)));
        let choices = eldest_first(volumes.collect());
        let present = volume.map(|id| id.to_string()).unwrap_or_default();
        let volume = b.choose("VolumeId", "Volume", present, choices);
        b.need("There is no volume in this Region.");
        let name = b.text("Name", "Name", "");
        let description = b.text("Description", "Description", "");
        let params = Structure::new()
            .with(field::VOLUME_ID, volume)
            .with_some(field::DESCRIPTION, some(&description));
        let call = self.call("CreateSnapshot", named(params, "snapshot", &name));
        b.finish(
            "Create snapshot",
            "A copy of what the volume holds at this moment, kept in S3. The first one copies every written block, later ones only what has changed.",
            "Create snapshot",
            call,
        )
        .making(Kind::Snapshot, "The snapshot is under way: its content is of this moment")
    }

    fn copy_snapshot(&self, mut b: Builder<'_>, snapshot: SnapshotId) -> Spec {
        let to = b.choose("DestinationRegion", "To", "", self.other_regions());
        let description = b.text(
            "Description",
            "Description",
            format!("Copy of {snapshot} from {}", self.region.name()),
        );
        let params = Structure::new()
            .with(field::SOURCE_REGION, self.region.name())
            .with(field::SOURCE_SNAPSHOT_ID, snapshot.to_string())
            .with_some(field::DESCRIPTION, some(&description));
        // The Region that is asked is the one that the copy is made in.
        let target = Region::find(&to).unwrap_or(self.region);
        let call = ApiCall::ec2(target, "CopySnapshot", params);
        b.finish(
            "Copy to another Region",
            "A snapshot belongs to its Region. The copy is a full one there, with an id of its own.",
            "Copy",
            call,
        )
        .telling("The copy is under way in the other Region")
    }

    fn register_image(&self, mut b: Builder<'_>, snapshot: SnapshotId) -> Spec {
        let name = b.text("ImageName", "Name", "");
        b.also(&["Name"]);
        b.need("An AMI needs a name of its own.");
        let kinds = options(&[("x86_64", "x86_64"), ("arm64", "arm64")]);
        let architecture = b.choose("Architecture", "Architecture", "x86_64", kinds);
        let device = b.text("RootDeviceName", "Root device", "/dev/xvda");
        b.also(&["BlockDeviceMappings"]);
        b.need("The root volume needs a device name.");
        let ebs = Structure::new().with(field::SNAPSHOT_ID, snapshot.to_string());
        let mapping = Structure::new()
            .with(field::DEVICE_NAME, device.as_str())
            .with(field::EBS, ebs);
        let params = Structure::new()
            .with(field::NAME, name)
            .with(field::ARCHITECTURE, architecture)
            .with(field::ROOT_DEVICE_NAME, device)
            .with(field::VIRTUALIZATION_TYPE, "hvm")
            .with(field::ENA_SUPPORT, true)
            .with(field::BLOCK_DEVICE_MAPPINGS, vec![mapping]);
        let call = self.call("RegisterImage", params);
        b.finish(
            "Register an AMI",
            "Makes a snapshot of a root volume something that instances can be launched from. While the AMI exists, the snapshot cannot be deleted.",
            "Register",
            call,
        )
        .making(Kind::Image, "The AMI is registered")
    }

    fn create_image(&self, mut b: Builder<'_>, instance: InstanceId) -> Spec {
        let name = b.text("Name", "Name", format!("{}-image", self.name(instance)));
        b.need("An AMI needs a name of its own.");
        let description = b.text("Description", "Description", "");
        let no_reboot = b.check("NoReboot", "Without a reboot", false);
        b.hint("A reboot makes sure that all is on the disk. Without one, what is still in memory is missing.");
        let mut params = Structure::new()
            .with(field::INSTANCE_ID, instance.to_string())
            .with(field::NAME, name)
            .with_some(field::DESCRIPTION, some(&description));
        if no_reboot {
            params.set(field::NO_REBOOT, true);
        }
        let call = self.call("CreateImage", params);
        b.finish(
            "Create an image",
            "An AMI of this instance: snapshots of its volumes, and how to launch the like of it.",
            "Create image",
            call,
        )
        .making(Kind::Image, "The image is being made")
    }

    fn create_bucket(&self, mut b: Builder<'_>) -> Spec {
        let name = b.text("Bucket", "Bucket name", "");
        b.also(&["BucketName"]);
        b.hint("Small letters, digits and hyphens. Nobody else in AWS may have the same one.");
        b.need("A bucket needs a name.");
        let mut params = Structure::new().with(field::BUCKET, name.as_str());
        // us-east-1 is said by saying nothing.
        if self.region != Region::US_EAST_1 {
            let place = Structure::new().with(field::LOCATION_CONSTRAINT, self.region.name());
            params.set(field::CREATE_BUCKET_CONFIGURATION, place);
        }
        let call = ApiCall::new(self.region, "s3", "CreateBucket", params);
        b.finish(
            "Create bucket",
            "A bucket holds objects, files by key, in the Region that is shown.",
            "Create bucket",
            call,
        )
        .showing(Selection::Bucket(name))
        .telling("The bucket is there")
    }

    fn copy_image(&self, mut b: Builder<'_>, image: ImageId) -> Option<Spec> {
        let known = self.ec2.images.get(&image).map(|row| row.name.clone());
        let name = known.or_else(|| {
            stratus_engine::catalog::images::find(self.region, image.0).map(|found| found.name.to_owned())
        })?;
        let to = b.choose("SourceRegion", "To", "", self.other_regions());
        let name = b.text("Name", "Name", name);
        b.need("The copy needs a name.");
        let params = Structure::new()
            .with(field::SOURCE_REGION, self.region.name())
            .with(field::SOURCE_IMAGE_ID, image.to_string())
            .with(field::NAME, name);
        let call = ApiCall::ec2(Region::find(&to).unwrap_or(self.region), "CopyImage", params);
        let about =
            "An AMI belongs to its Region. The copy has an id of its own there, and snapshots of its own behind it.";
        Some(
            b.finish("Copy to another Region", about, "Copy", call)
                .telling("The copy is under way in the other Region"),
        )
    }
}
