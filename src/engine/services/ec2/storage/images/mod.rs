//! AMIs: the account's own and those of the catalogue, shown as one kind of row.

use crate::base::error::Result;
use crate::base::ids::{ImageId, Kind, SnapshotId};
use crate::base::time::Time;
use crate::catalog::images::{CatalogImage, DeviceSource, Platform};
use crate::catalog::{self, Region};
use crate::services::ec2::common::unknown;
use crate::world::World;
use crate::world::compute::{Image, ImageMapping, ImageVolume, Listener, Machine};

/// The image of this id, or of a public parameter (`resolve:ssm:/aws/service/…`), as a row: one of the account's own,
/// whatever its state, or one of the catalogue.
///
/// # Errors
/// `InvalidAMIID.Malformed`, `InvalidAMIID.NotFound`.
pub(crate) fn find(world: &World, region: Region, text: &str) -> Result<Image> {
    if let Some(public) = text
        .strip_prefix("resolve:ssm:")
        .and_then(|name| catalog::images::alias(region, name))
    {
        return Ok(from_catalogue(region, public));
    }
    let id = ImageId::parse(text).ok_or_else(|| unknown(Kind::Image, text))?;
    if let Some(own) = world.row::<Image>(region, id) {
        return Ok(own.clone());
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
        machine: Machine {
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
        },
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
