//! DescribeInstanceTypes and DescribeInstanceTypeOfferings, and what else follows from an instance type.

use super::filters::{self, PathFilter};
use crate::base::error::{Error, Result};
use crate::catalog::instance_types::{Architecture, DiskType, Hypervisor, InstanceStore, UsageClass};
use crate::catalog::{InstanceType, Region, Zone, dedicated_hosts, wavelength};
use crate::services::Request;
use crate::services::ec2::common::{Filters, page};
use crate::world::World;
use stratus_model::{Structure, field};

/// Types that one page of DescribeInstanceTypes shows when nothing is said, and the most it shows.
const TYPES_A_PAGE: usize = 100;

const FILTERS: &[PathFilter] = &[
    ("auto-recovery-supported", &[field::AUTO_RECOVERY_SUPPORTED]),
    ("bare-metal", &[field::BARE_METAL]),
    (
        "burstable-performance-supported",
        &[field::BURSTABLE_PERFORMANCE_SUPPORTED],
    ),
    ("current-generation", &[field::CURRENT_GENERATION]),
    ("dedicated-hosts-supported", &[field::DEDICATED_HOSTS_SUPPORTED]),
    (
        "ebs-info.attachment-limit-type",
        &[field::EBS_INFO, field::ATTACHMENT_LIMIT_TYPE],
    ),
    (
        "ebs-info.ebs-optimized-info.baseline-bandwidth-in-mbps",
        &[
            field::EBS_INFO,
            field::EBS_OPTIMIZED_INFO,
            field::BASELINE_BANDWIDTH_IN_MBPS,
        ],
    ),
    (
        "ebs-info.ebs-optimized-info.baseline-iops",
        &[field::EBS_INFO, field::EBS_OPTIMIZED_INFO, field::BASELINE_IOPS],
    ),
    (
        "ebs-info.ebs-optimized-info.baseline-throughput-in-mbps",
        &[
            field::EBS_INFO,
            field::EBS_OPTIMIZED_INFO,
            field::BASELINE_THROUGHPUT_IN_M_BPS,
        ],
    ),
    (
        "ebs-info.ebs-optimized-info.maximum-bandwidth-in-mbps",
        &[
            field::EBS_INFO,
            field::EBS_OPTIMIZED_INFO,
            field::MAXIMUM_BANDWIDTH_IN_MBPS,
        ],
    ),
    (
        "ebs-info.ebs-optimized-info.maximum-iops",
        &[field::EBS_INFO, field::EBS_OPTIMIZED_INFO, field::MAXIMUM_IOPS],
    ),
    (
        "ebs-info.ebs-optimized-info.maximum-throughput-in-mbps",
        &[
            field::EBS_INFO,
            field::EBS_OPTIMIZED_INFO,
            field::MAXIMUM_THROUGHPUT_IN_M_BPS,
        ],
    ),
    (
        "ebs-info.ebs-optimized-support",
        &[field::EBS_INFO, field::EBS_OPTIMIZED_SUPPORT],
    ),
    (
        "ebs-info.encryption-support",
        &[field::EBS_INFO, field::ENCRYPTION_SUPPORT],
    ),
    (
        "ebs-info.maximum-ebs-attachments",
        &[field::EBS_INFO, field::MAXIMUM_EBS_ATTACHMENTS],
    ),
    ("ebs-info.nvme-support", &[field::EBS_INFO, field::NVME_SUPPORT]),
    ("free-tier-eligible", &[field::FREE_TIER_ELIGIBLE]),
    ("hibernation-supported", &[field::HIBERNATION_SUPPORTED]),
    ("hypervisor", &[field::HYPERVISOR]),
    (
        "instance-storage-info.disk.count",
        &[field::INSTANCE_STORAGE_INFO, field::DISKS, field::COUNT],
    ),
    (
        "instance-storage-info.disk.size-in-gb",
        &[field::INSTANCE_STORAGE_INFO, field::DISKS, field::SIZE_IN_GB],
    ),
    (
        "instance-storage-info.disk.type",
        &[field::INSTANCE_STORAGE_INFO, field::DISKS, field::TYPE],
    ),
    (
        "instance-storage-info.encryption-support",
        &[field::INSTANCE_STORAGE_INFO, field::ENCRYPTION_SUPPORT],
    ),
    (
        "instance-storage-info.nvme-support",
        &[field::INSTANCE_STORAGE_INFO, field::NVME_SUPPORT],
    ),
    (
        "instance-storage-info.total-size-in-gb",
        &[field::INSTANCE_STORAGE_INFO, field::TOTAL_SIZE_IN_GB],
    ),
    ("instance-storage-supported", &[field::INSTANCE_STORAGE_SUPPORTED]),
    ("instance-type", &[field::INSTANCE_TYPE]),
    ("memory-info.size-in-mib", &[field::MEMORY_INFO, field::SIZE_IN_MI_B]),
    (
        "network-info.bandwidth-weightings",
        &[field::NETWORK_INFO, field::BANDWIDTH_WEIGHTINGS],
    ),
    (
        "network-info.efa-info.maximum-efa-interfaces",
        &[field::NETWORK_INFO, field::EFA_INFO, field::MAXIMUM_EFA_INTERFACES],
    ),
    (
        "network-info.efa-supported",
        &[field::NETWORK_INFO, field::EFA_SUPPORTED],
    ),
    ("network-info.ena-support", &[field::NETWORK_INFO, field::ENA_SUPPORT]),
    (
        "network-info.encryption-in-transit-supported",
        &[field::NETWORK_INFO, field::ENCRYPTION_IN_TRANSIT_SUPPORTED],
    ),
    (
        "network-info.flexible-ena-queues-support",
        &[field::NETWORK_INFO, field::FLEXIBLE_ENA_QUEUES_SUPPORT],
    ),
    (
        "network-info.ipv4-addresses-per-interface",
        &[field::NETWORK_INFO, field::IPV4_ADDRESSES_PER_INTERFACE],
    ),
    (
        "network-info.ipv6-addresses-per-interface",
        &[field::NETWORK_INFO, field::IPV6_ADDRESSES_PER_INTERFACE],
    ),
    (
        "network-info.ipv6-supported",
        &[field::NETWORK_INFO, field::IPV6_SUPPORTED],
    ),
    (
        "network-info.maximum-network-cards",
        &[field::NETWORK_INFO, field::MAXIMUM_NETWORK_CARDS],
    ),
    (
        "network-info.maximum-network-interfaces",
        &[field::NETWORK_INFO, field::MAXIMUM_NETWORK_INTERFACES],
    ),
    (
        "network-info.network-performance",
        &[field::NETWORK_INFO, field::NETWORK_PERFORMANCE],
    ),
    ("nitro-enclaves-support", &[field::NITRO_ENCLAVES_SUPPORT]),
    (
        "nitro-tpm-info.supported-versions",
        &[field::NITRO_TPM_INFO, field::SUPPORTED_VERSIONS],
    ),
    ("nitro-tpm-support", &[field::NITRO_TPM_SUPPORT]),
    (
        "processor-info.supported-architecture",
        &[field::PROCESSOR_INFO, field::SUPPORTED_ARCHITECTURES],
    ),
    (
        "processor-info.supported-features",
        &[field::PROCESSOR_INFO, field::SUPPORTED_FEATURES],
    ),
    (
        "processor-info.sustained-clock-speed-in-ghz",
        &[field::PROCESSOR_INFO, field::SUSTAINED_CLOCK_SPEED_IN_GHZ],
    ),
    ("reboot-migration-support", &[field::REBOOT_MIGRATION_SUPPORT]),
    ("supported-boot-mode", &[field::SUPPORTED_BOOT_MODES]),
    ("supported-root-device-type", &[field::SUPPORTED_ROOT_DEVICE_TYPES]),
    ("supported-usage-class", &[field::SUPPORTED_USAGE_CLASSES]),
    (
        "supported-virtualization-type",
        &[field::SUPPORTED_VIRTUALIZATION_TYPES],
    ),
    ("vcpu-info.default-cores", &[field::V_CPU_INFO, field::DEFAULT_CORES]),
    (
        "vcpu-info.default-threads-per-core",
        &[field::V_CPU_INFO, field::DEFAULT_THREADS_PER_CORE],
    ),
    ("vcpu-info.default-vcpus", &[field::V_CPU_INFO, field::DEFAULT_V_CPUS]),
    ("vcpu-info.valid-cores", &[field::V_CPU_INFO, field::VALID_CORES]),
    (
        "vcpu-info.valid-threads-per-core",
        &[field::V_CPU_INFO, field::VALID_THREADS_PER_CORE],
    ),
];

const OFFERING_FILTERS: &[PathFilter] = &[
    ("instance-type", &[field::INSTANCE_TYPE]),
    ("location", &[field::LOCATION]),
];

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceTypes.html>. Sorted by name.
pub(super) fn describe_instance_types(request: &Request<'_>, _world: &World) -> Result<Structure> {
    let params = request.params;
    let filters = Filters::read(params)?;
    filters::check(&filters, FILTERS, &[])?;
    let named: Vec<&str> = params.texts(field::INSTANCE_TYPES).collect();
    if !named.is_empty() && params.contains(field::MAX_RESULTS) {
        return Err(Error::combination(
            "The parameter MaxResults cannot be used with the parameter InstanceTypes",
        ));
    }
    let missing: Vec<&str> = named
        .iter()
        .copied()
        .filter(|name| InstanceType::find(name).is_none())
        .collect();
    if !missing.is_empty() {
        let list = missing.join(", ");
        let why = format!("The following supplied instance types do not exist: [{list}]");
        return Err(Error::new("InvalidInstanceType", why).at("InstanceTypes"));
    }
    let mut found = Vec::new();
    for kind in InstanceType::all().filter(|kind| named.is_empty() || named.contains(&kind.name())) {
        let described = describe(kind);
        if filters::pass(&filters, &described, None, FILTERS)? {
            found.push(described);
        }
    }
    let sized = match params.integer(field::MAX_RESULTS) {
        None if named.is_empty() => &params.clone().with(field::MAX_RESULTS, TYPES_A_PAGE as i64),
        _ => params,
    };
    let (found, next) = page(found, sized, 5)?;
    Ok(Structure::new()
        .with(field::INSTANCE_TYPES, found)
        .with_some(field::NEXT_TOKEN, next))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceTypeOfferings.html>. Sorted by type, then place.
pub(super) fn describe_instance_type_offerings(request: &Request<'_>, _world: &World) -> Result<Structure> {
    let params = request.params;
    let filters = Filters::read(params)?;
    filters::check(&filters, OFFERING_FILTERS, &[])?;
    let location = params.text(field::LOCATION_TYPE).unwrap_or("region");
    let mut found = Vec::new();
    for kind in InstanceType::all() {
        for place in places(request.region, kind, location) {
            let described = Structure::new()
                .with(field::INSTANCE_TYPE, kind.name())
                .with(field::LOCATION_TYPE, location)
                .with(field::LOCATION, place);
            if filters::pass(&filters, &described, None, OFFERING_FILTERS)? {
                found.push(described);
            }
        }
    }
    let (found, next) = page(found, params, 5)?;
    Ok(Structure::new()
        .with(field::INSTANCE_TYPE_OFFERINGS, found)
        .with_some(field::NEXT_TOKEN, next))
}

fn places(region: Region, kind: InstanceType, location: &str) -> Vec<String> {
    let zones = || {
        let all = region.zones().chain(region.wavelength_zones());
        all.filter(|zone| offered(kind, *zone))
    };
    match location {
        "region" => vec![region.name().to_owned()],
        "availability-zone" => zones().map(Zone::name).collect(),
        "availability-zone-id" => zones().map(Zone::id).collect(),
        _ => Vec::new(),
    }
}

/// Whether a zone has a type. One old zone of N. Virginia has no Nitro hosts; that it is `us-east-1e` is so in most
/// accounts, and here in all (ours). Wavelength Zones have few. What the catalogue has no price for is offered all the same.
pub(in crate::services::ec2) fn offered(kind: InstanceType, zone: Zone) -> bool {
    if zone.is_wavelength() {
        return wavelength::offers(kind);
    }
    !(zone.region == Region::US_EAST_1 && zone.letter() == 'e' && kind.hypervisor() == Hypervisor::Nitro)
}

/// `default` = always on, `supported` = on request, `unsupported`.
/// Source: <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ebs-optimized.html>
pub(super) fn ebs_optimized_support(kind: InstanceType) -> &'static str {
    const WITHOUT: &[&str] = &[
        "c1.medium",
        "c3.large",
        "c3.8xlarge",
        "g2.8xlarge",
        "i2.8xlarge",
        "m1.small",
        "m1.medium",
        "m2.xlarge",
        "m3.medium",
        "m3.large",
        "r3.large",
        "r3.8xlarge",
    ];
    match kind.family() {
        _ if kind.hypervisor() == Hypervisor::Nitro => "default",
        "t1" | "t2" => "unsupported",
        _ if WITHOUT.contains(&kind.name()) => "unsupported",
        "c1" | "c3" | "g2" | "i2" | "m1" | "m2" | "m3" | "r3" => "supported",
        _ => "default",
    }
}

/// `Intel`, `AMD` or `AWS`.
pub(super) fn manufacturer(kind: InstanceType) -> &'static str {
    let family = kind.family();
    let after_generation = family
        .trim_start_matches(|c: char| c.is_ascii_lowercase())
        .trim_start_matches(|c: char| c.is_ascii_digit());
    if kind.architectures().contains(&Architecture::Arm64) {
        "AWS"
    } else if after_generation.starts_with('a') {
        "AMD"
    } else {
        "Intel"
    }
}

/// How many cores a launch may ask for: on the Nitro system an even number where there are two threads a core, elsewhere any.
/// Source: the tables of <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/cpu-options-supported-instances-values.html>; that the
/// largest sizes begin at four is left out (ours).
pub(super) fn valid_cores(kind: InstanceType) -> Vec<i64> {
    let cores = i64::from(kind.cores());
    let even = kind.hypervisor() == Hypervisor::Nitro && kind.threads_per_core() == 2 && cores > 1;
    (1..=cores).filter(|count| !even || count % 2 == 0).collect()
}

/// How a type's bandwidth may be shared out between network and volumes; empty where there is one way only.
/// Source: <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configure-bandwidth-weighting.html>
pub(super) fn bandwidth_weightings(kind: InstanceType) -> &'static [&'static str] {
    match kind.family() {
        "c8g" | "m8g" | "r8g" => &["default", "vpc-1", "ebs-1"],
        _ => &[],
    }
}

/// Whether traffic between two instances of such types is encrypted on the wire.
/// Source: <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/data-protection.html#encryption-transit>, for the families of the
/// catalogue.
fn encrypts_in_transit(kind: InstanceType) -> bool {
    const FAMILIES: &[&str] = &[
        "c6a", "c6i", "c7a", "c7g", "c7i", "c8g", "d3", "g4dn", "g5", "i4i", "inf1", "m5n", "m6a", "m6i", "m6id",
        "m7a", "m7g", "m7i", "m8g", "r6a", "r6i", "r7a", "r7g", "r7i", "r8g",
    ];
    FAMILIES.contains(&kind.family())
}

fn describe(kind: InstanceType) -> Structure {
    let nitro = kind.hypervisor() == Hypervisor::Nitro;
    let bare_metal = kind.size().starts_with("metal");
    let usage: Vec<&str> = kind
        .usage_classes()
        .iter()
        .map(|class| UsageClass::name(*class))
        .collect();
    let strategies: &[&str] = if kind.burstable() {
        &["partition", "spread"]
    } else {
        &["cluster", "partition", "spread"]
    };
    let boot: &[&str] = match (nitro, kind.architectures().contains(&Architecture::Arm64)) {
        (true, true) => &["uefi"],
        (true, false) => &["legacy-bios", "uefi"],
        (false, _) => &["legacy-bios"],
    };
    Structure::new()
        .with(field::INSTANCE_TYPE, kind.name())
        .with(field::CURRENT_GENERATION, kind.current_generation())
        .with(field::FREE_TIER_ELIGIBLE, kind.free_tier())
        .with(field::SUPPORTED_USAGE_CLASSES, usage)
        .with(
            field::SUPPORTED_ROOT_DEVICE_TYPES,
            names(kind.root_devices(), |device| device.name()),
        )
        .with(
            field::SUPPORTED_VIRTUALIZATION_TYPES,
            names(kind.virtualization(), |kind| kind.name()),
        )
        .with(field::BARE_METAL, bare_metal)
        .with_some(field::HYPERVISOR, (!bare_metal).then(|| kind.hypervisor().name()))
        .with(field::PROCESSOR_INFO, describe_processor(kind))
        .with(field::V_CPU_INFO, describe_vcpus(kind, bare_metal))
        .with(
            field::MEMORY_INFO,
            Structure::new().with(field::SIZE_IN_MI_B, kind.memory_mib()),
        )
        .with(field::INSTANCE_STORAGE_SUPPORTED, kind.instance_store().is_some())
        .with_some(
            field::INSTANCE_STORAGE_INFO,
            kind.instance_store().map(|store| describe_store(store, nitro)),
        )
        .with(
            field::EBS_INFO,
            Structure::new()
                .with(field::EBS_OPTIMIZED_SUPPORT, ebs_optimized_support(kind))
                .with(field::ENCRYPTION_SUPPORT, "supported")
                .with(field::NVME_SUPPORT, if nitro { "required" } else { "unsupported" }),
        )
        .with(field::NETWORK_INFO, describe_network(kind))
        .with(
            field::PLACEMENT_GROUP_INFO,
            Structure::new().with(field::SUPPORTED_STRATEGIES, strategies.to_vec()),
        )
        .with(field::HIBERNATION_SUPPORTED, kind.hibernation())
        .with(field::BURSTABLE_PERFORMANCE_SUPPORTED, kind.burstable())
        .with(
            field::DEDICATED_HOSTS_SUPPORTED,
            dedicated_hosts::room(kind.family()) >= dedicated_hosts::takes(kind),
        )
        // AWS's rule for simplified automatic recovery: no instance store, not bare metal.
        .with(
            field::AUTO_RECOVERY_SUPPORTED,
            kind.instance_store().is_none() && !bare_metal,
        )
        .with(field::SUPPORTED_BOOT_MODES, boot.to_vec())
}

fn names<T: Copy>(items: &[T], name: impl Fn(T) -> &'static str) -> Vec<&'static str> {
    items.iter().map(|item| name(*item)).collect()
}

fn describe_processor(kind: InstanceType) -> Structure {
    Structure::new()
        .with(
            field::SUPPORTED_ARCHITECTURES,
            names(kind.architectures(), |architecture| architecture.name()),
        )
        .with(field::MANUFACTURER, manufacturer(kind))
}

fn describe_vcpus(kind: InstanceType, bare_metal: bool) -> Structure {
    let threads: Vec<i64> = (1..=i64::from(kind.threads_per_core())).collect();
    Structure::new()
        .with(field::DEFAULT_V_CPUS, kind.vcpus())
        .with(field::DEFAULT_CORES, kind.cores())
        .with(field::DEFAULT_THREADS_PER_CORE, kind.threads_per_core())
        .with_some(field::VALID_CORES, (!bare_metal).then(|| valid_cores(kind)))
        .with(field::VALID_THREADS_PER_CORE, threads)
}

fn describe_store(store: &InstanceStore, nitro: bool) -> Structure {
    let disks: Vec<Structure> = store
        .disks
        .iter()
        .map(|disks| {
            Structure::new()
                .with(field::SIZE_IN_GB, disks.size_gb)
                .with(field::COUNT, disks.count)
                .with(field::TYPE, DiskType::name(disks.disk_type))
        })
        .collect();
    Structure::new()
        .with(field::TOTAL_SIZE_IN_GB, store.total_gb)
        .with(field::DISKS, disks)
        .with(field::NVME_SUPPORT, if nitro { "required" } else { "unsupported" })
        .with(
            field::ENCRYPTION_SUPPORT,
            if nitro { "required" } else { "unsupported" },
        )
}

fn describe_network(kind: InstanceType) -> Structure {
    let card = Structure::new()
        .with(field::NETWORK_CARD_INDEX, 0)
        .with(field::NETWORK_PERFORMANCE, kind.network_performance())
        .with(field::MAXIMUM_NETWORK_INTERFACES, kind.max_interfaces());
    Structure::new()
        .with(field::NETWORK_PERFORMANCE, kind.network_performance())
        .with(field::MAXIMUM_NETWORK_INTERFACES, kind.max_interfaces())
        .with(field::MAXIMUM_NETWORK_CARDS, 1)
        .with(field::DEFAULT_NETWORK_CARD_INDEX, 0)
        .with(field::NETWORK_CARDS, vec![card])
        .with(field::IPV4_ADDRESSES_PER_INTERFACE, kind.ipv4_per_interface())
        .with(
            field::IPV6_ADDRESSES_PER_INTERFACE,
            if kind.ipv6() { kind.ipv4_per_interface() } else { 0 },
        )
        .with(field::IPV6_SUPPORTED, kind.ipv6())
        .with(field::ENA_SUPPORT, kind.ena_support().name())
        .with(field::ENCRYPTION_IN_TRANSIT_SUPPORTED, encrypts_in_transit(kind))
        .with_some(
            field::BANDWIDTH_WEIGHTINGS,
            Some(bandwidth_weightings(kind).to_vec()).filter(|ways| !ways.is_empty()),
        )
}
