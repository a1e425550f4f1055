//! The public machine images: how they are described, and their ids in each Region.
//!
//! The images themselves stand in [`super::image_table`]. An id is `ami-0` and 16 hexadecimal digits, the first 64 bits
//! of SHA-256 over kind, Region and name (*ours*: AWS's ids follow no rule): the same in every world, different in each
//! Region, and unchanged when images are added. Nothing here may depend on the order of the table.

use super::{
    Region,
    image_table::IMAGES,
    instance_types::{Architecture, RootDevice, Virtualization},
};
use sha2::{Digest, Sha256};
use std::sync::OnceLock;
use stratus_model::sort;

/// A public image, the same in all Regions that have it but for its ids.
#[derive(Clone, Copy, Debug)]
pub struct CatalogImage {
    /// In the publisher's style; unique in the catalogue, never changed: the ids follow from it.
    pub name: &'static str,
    pub description: &'static str,
    /// The account that owns it.
    pub owner_id: &'static str,
    /// ImageOwnerAlias: "amazon" (Amazon and its verified providers), "aws-marketplace", or none (community).
    pub owner_alias: Option<&'static str>,
    pub platform: Platform,
    pub architecture: Architecture,
    pub virtualization: Virtualization,
    pub root_device: RootDevice,
    pub root_device_name: &'static str,
    pub devices: &'static [BlockDevice],
    /// The user that the key pair is for.
    pub login_user: &'static str,
    /// ImdsSupport "v2.0": instances require session tokens unless told otherwise.
    pub imds_v2: bool,
    pub boot_mode: Option<&'static str>,
    pub ena_support: bool,
    /// SriovNetSupport "simple": the older enhanced networking (Intel 82599 VF).
    pub sriov_net_support: bool,
    pub free_tier_eligible: bool,
    /// Milliseconds since 1970.
    pub created_ms: i64,
    /// Milliseconds since 1970. Afterwards the image is listed only where deprecated ones are asked for.
    pub deprecated_ms: i64,
    /// TCP ports on which a fresh instance listens.
    pub listens: &'static [u16],
    /// The Marketplace's product, where it is sold there.
    pub product_code: Option<&'static str>,
    /// Whether only the Regions of EC2-Classic's time have it: paravirtual images boot nowhere else.
    pub only_oldest_regions: bool,
}

/// What an image runs, as billing sees it
/// (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/billing-info-fields.html>).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Platform {
    Linux,
    RedHat,
    Suse,
    Windows,
}

impl Platform {
    /// PlatformDetails.
    pub fn details(self) -> &'static str {
        match self {
            Platform::Linux => "Linux/UNIX",
            Platform::RedHat => "Red Hat Enterprise Linux",
            Platform::Suse => "SUSE Linux",
            Platform::Windows => "Windows",
        }
    }

    /// UsageOperation.
    pub fn usage_operation(self) -> &'static str {
        match self {
            Platform::Linux => "RunInstances",
            Platform::RedHat => "RunInstances:0010",
            Platform::Suse => "RunInstances:000g",
            Platform::Windows => "RunInstances:0002",
        }
    }

    /// The platform of these PlatformDetails.
    pub fn find(details: &str) -> Option<Platform> {
        [Platform::Linux, Platform::RedHat, Platform::Suse, Platform::Windows]
            .into_iter()
            .find(|platform| platform.details() == details)
    }

    /// Platform, which the API has for Windows only.
    pub fn api_name(self) -> Option<&'static str> {
        (self == Platform::Windows).then_some("windows")
    }
}

/// One entry of an image's block device mapping.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BlockDevice {
    pub device_name: &'static str,
    pub source: DeviceSource,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeviceSource {
    /// An EBS volume made from the image's snapshot: unencrypted, and deleted on termination.
    Snapshot { size_gib: u32, volume_type: &'static str },
    /// The host's disk of this number: VirtualName "ephemeral0" and so on.
    Ephemeral(u8),
}

/// The images that this Region has, in the order of the table: Amazon's first, community images last.
pub fn images(region: Region) -> impl Iterator<Item = &'static CatalogImage> {
    IMAGES.iter().filter(move |image| image.is_in(region))
}

/// The image with this id ("ami-" + 17 digits, as a number) in this Region.
pub fn find(region: Region, id: u64) -> Option<&'static CatalogImage> {
    lookup(region, id, |ids| &ids.image).map(|at| &IMAGES[at])
}

/// The image in this Region whose root snapshot ("snap-" + 17 digits, as a number) has this id.
pub fn find_by_snapshot(region: Region, id: u64) -> Option<&'static CatalogImage> {
    lookup(region, id, |ids| &ids.snapshot).map(|at| &IMAGES[at])
}

/// The image of this name in this Region.
pub fn find_by_name(region: Region, name: &str) -> Option<&'static CatalogImage> {
    images(region).find(|image| image.name == name)
}

/// The image behind a public Systems Manager parameter, e.g.
/// `/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64`; `resolve:ssm:` may stand before it, and the
/// parameters of Amazon Linux and Windows are also known by their last part alone.
pub fn alias(region: Region, parameter: &str) -> Option<&'static CatalogImage> {
    let parameter = parameter.strip_prefix("resolve:ssm:").unwrap_or(parameter);
    let (_, name) = super::image_table::ALIASES.iter().find(|(path, _)| {
        let short = [
            "/aws/service/ami-amazon-linux-latest/",
            "/aws/service/ami-windows-latest/",
        ]
        .iter()
        .find_map(|prefix| path.strip_prefix(prefix));
        *path == parameter || short == Some(parameter)
    })?;
    find_by_name(region, name)
}

/// Every public parameter that [`alias`] knows, in full, in the order of the table.
pub fn aliases() -> impl Iterator<Item = &'static str> {
    super::image_table::ALIASES.iter().map(|(path, _)| *path)
}

impl CatalogImage {
    /// The digits of its id in this Region: `format!("ami-{:017x}", …)`.
    pub fn id(&self, region: Region) -> u64 {
        self.known(region).map_or_else(|| self.draw(region).0, |known| known.0)
    }

    /// The digits of the id of its root device's snapshot: `format!("snap-{:017x}", …)`; None for instance store.
    pub fn snapshot_id(&self, region: Region) -> Option<u64> {
        self.known(region).map_or_else(|| self.draw(region).1, |known| known.1)
    }

    /// The digits of both, drawn from the name.
    fn draw(&self, region: Region) -> (u64, Option<u64>) {
        let snapshot = (self.root_device == RootDevice::Ebs).then(|| digest("snap", region, self.name));
        (digest("ami", region, self.name), snapshot)
    }

    /// The same of an image that the Region has, drawn once: every launch asks.
    fn known(&self, region: Region) -> Option<(u64, Option<u64>)> {
        let names = &ids(region).names;
        let at = names.binary_search_by_key(&self.name, |known| known.0).ok()?;
        names.get(at).map(|known| known.1)
    }

    /// The kernel image that boots a paravirtual one (PV-GRUB), in the short form of such ids.
    pub fn kernel_id(&self, region: Region) -> Option<String> {
        (self.virtualization == Virtualization::Paravirtual).then(|| {
            let id = digest("aki", region, self.architecture.name());
            format!("aki-{:08x}", id >> 32)
        })
    }

    /// ImageLocation: whose it is and what it is called, or where its manifest lies.
    pub fn location(&self, region: Region) -> String {
        match self.root_device {
            RootDevice::Ebs => [self.owner_alias.unwrap_or(self.owner_id), "/", self.name].concat(),
            RootDevice::InstanceStore => {
                let bucket = if self.owner_alias == Some("amazon") {
                    "amazon-images"
                } else {
                    "images"
                };
                format!("{bucket}-{}/{}.manifest.xml", region.name(), self.name)
            }
        }
    }

    /// The size and type of the root volume; None for instance store.
    pub fn root_volume(&self) -> Option<(u32, &'static str)> {
        self.devices.iter().find_map(|device| match device.source {
            DeviceSource::Snapshot { size_gib, volume_type } if device.device_name == self.root_device_name => {
                Some((size_gib, volume_type))
            }
            _ => None,
        })
    }

    /// Whether this Region has the image.
    pub fn is_in(&self, region: Region) -> bool {
        !self.only_oldest_regions || OLDEST_REGIONS.contains(&region.name())
    }
}

/// The Regions that have paravirtual instances.
const OLDEST_REGIONS: [&str; 8] = [
    "us-east-1",
    "us-west-1",
    "us-west-2",
    "eu-west-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-northeast-1",
    "sa-east-1",
];

fn digest(kind: &str, region: Region, name: &str) -> u64 {
    let hash = Sha256::new()
        .chain_update(kind)
        .chain_update(":")
        .chain_update(region.name())
        .chain_update(":");
    let bytes = hash.chain_update(name).finalize();
    bytes
        .iter()
        .take(8)
        .fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// The ids of a Region's images.
struct Ids {
    image: Vec<(u64, usize)>,
    snapshot: Vec<(u64, usize)>,
    /// Both by the image's name.
    names: Vec<(&'static str, (u64, Option<u64>))>,
}

fn ids(region: Region) -> &'static Ids {
    static IDS: [OnceLock<Ids>; 256] = [const { OnceLock::new() }; 256];
    IDS[usize::from(region.index())].get_or_init(|| {
        let here = || IMAGES.iter().enumerate().filter(|(_, image)| image.is_in(region));
        let mut names: Vec<_> = here().map(|(_, image)| (image.name, image.draw(region))).collect();
        let mut image: Vec<_> = here().zip(&names).map(|((at, _), known)| (known.1.0, at)).collect();
        let mut snapshot: Vec<_> = here()
            .zip(&names)
            .filter_map(|((at, _), known)| Some((known.1.1?, at)))
            .collect();
        sort::sort(&mut names);
        sort::sort(&mut image);
        sort::sort(&mut snapshot);
        Ids { image, snapshot, names }
    })
}

fn lookup(region: Region, id: u64, table: impl Fn(&Ids) -> &Vec<(u64, usize)>) -> Option<usize> {
    let table = table(ids(region));
    let at = table.binary_search_by_key(&id, |entry| entry.0).ok()?;
    Some(table[at].1)
}
