//! The public images of the catalogue, and the public parameters that name the newest of a kind.
//!
//! Names, owners, devices, users and usage operations follow the publishers' images of February 2025 and of 2014;
//! descriptions are in our words. An image is deprecated two years after its creation, AWS's limit for public images
//! (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ami-deprecate.html>). For Amazon Linux 2023, which Amazon
//! deprecates after 90 days, that is *ours*: a learner who fast-forwards should still find it.
//!
//! Names may never change, and images may never be removed: worlds hold ids made from them.

use super::{
    images::{BlockDevice, CatalogImage, DeviceSource, Platform},
    instance_types::{Architecture, RootDevice, Virtualization},
};

/// Milliseconds since 1970 of noon UTC on this day.
const fn noon(year: i64, month: i64, day: i64) -> i64 {
    // Days from the civil calendar with the year beginning in March.
    let years = if month <= 2 { year - 1 } else { year };
    let months = (month + 9) % 12;
    let days = 365 * years + years / 4 - years / 100 + years / 400 + (153 * months + 2) / 5 + day - 1 - 719_468;
    (days * 24 + 12) * 3_600_000
}

const fn volume(device_name: &'static str, size_gib: u32, volume_type: &'static str) -> BlockDevice {
    BlockDevice {
        device_name,
        source: DeviceSource::Snapshot { size_gib, volume_type },
    }
}

const fn disk(device_name: &'static str, number: u8) -> BlockDevice {
    BlockDevice {
        device_name,
        source: DeviceSource::Ephemeral(number),
    }
}

const XVDA_GP3_8: &[BlockDevice] = &[volume("/dev/xvda", 8, "gp3")];
const XVDA_GP3_2: &[BlockDevice] = &[volume("/dev/xvda", 2, "gp3")];
const XVDA_GP3_1: &[BlockDevice] = &[volume("/dev/xvda", 1, "gp3")];
const XVDA_GP2_8: &[BlockDevice] = &[volume("/dev/xvda", 8, "gp2")];
const XVDA_STANDARD_8: &[BlockDevice] = &[volume("/dev/xvda", 8, "standard")];
const SDA1_STANDARD_8: &[BlockDevice] = &[volume("/dev/sda1", 8, "standard")];
const SDA1_GP3_10: &[BlockDevice] = &[volume("/dev/sda1", 10, "gp3")];
const SDA1_GP2_10: &[BlockDevice] = &[volume("/dev/sda1", 10, "gp2")];
const UBUNTU_GP3: &[BlockDevice] = &[volume("/dev/sda1", 8, "gp3"), disk("/dev/sdb", 0), disk("/dev/sdc", 1)];
const UBUNTU_GP2: &[BlockDevice] = &[volume("/dev/sda1", 8, "gp2"), disk("/dev/sdb", 0), disk("/dev/sdc", 1)];
/// Where the root itself is the first disk of the host.
const XVDA_DISK: &[BlockDevice] = &[disk("/dev/xvda", 0), disk("/dev/sdb", 1)];
const SDA1_DISK: &[BlockDevice] = &[disk("/dev/sda1", 0), disk("/dev/sdb", 1)];

/// Windows asks for every disk that the host might have.
macro_rules! windows_devices {
    ($volume_type:literal) => {
        &[
            volume("/dev/sda1", 30, $volume_type),
            disk("xvdca", 0),
            disk("xvdcb", 1),
            disk("xvdcc", 2),
            disk("xvdcd", 3),
            disk("xvdce", 4),
            disk("xvdcf", 5),
            disk("xvdcg", 6),
            disk("xvdch", 7),
            disk("xvdci", 8),
            disk("xvdcj", 9),
            disk("xvdck", 10),
            disk("xvdcl", 11),
            disk("xvdcm", 12),
            disk("xvdcn", 13),
            disk("xvdco", 14),
            disk("xvdcp", 15),
            disk("xvdcq", 16),
            disk("xvdcr", 17),
            disk("xvdcs", 18),
            disk("xvdct", 19),
            disk("xvdcu", 20),
            disk("xvdcv", 21),
            disk("xvdcw", 22),
            disk("xvdcx", 23),
            disk("xvdcy", 24),
            disk("xvdcz", 25),
        ]
    };
}
const WINDOWS_GP2: &[BlockDevice] = windows_devices!("gp2");
const WINDOWS_GP3: &[BlockDevice] = windows_devices!("gp3");

const UEFI: Option<&str> = Some("uefi");
const UEFI_PREFERRED: Option<&str> = Some("uefi-preferred");

/// Amazon Linux 2023 on x86_64: what the other images are said to differ from.
const AL2023: CatalogImage = CatalogImage {
    name: "al2023-ami-2023.6.20250218.2-kernel-6.1-x86_64",
    description: "Amazon Linux 2023 for 64-bit x86, release 2023.6.20250218.2, kernel 6.1",
    owner_id: "137112412989",
    owner_alias: Some("amazon"),
    platform: Platform::Linux,
    architecture: Architecture::X86_64,
    virtualization: Virtualization::Hvm,
    root_device: RootDevice::Ebs,
    root_device_name: "/dev/xvda",
    devices: XVDA_GP3_8,
    login_user: "ec2-user",
    imds_v2: true,
    boot_mode: UEFI_PREFERRED,
    ena_support: true,
    sriov_net_support: true,
    free_tier_eligible: true,
    created_ms: noon(2025, 2, 19),
    deprecated_ms: noon(2027, 2, 19),
    listens: &[22],
    product_code: None,
    only_oldest_regions: false,
};

const AL2: CatalogImage = CatalogImage {
    name: "amzn2-ami-kernel-5.10-hvm-2.0.20250220.0-x86_64-gp2",
    description: "Amazon Linux 2 for 64-bit x86, release 2.0.20250220.0, kernel 5.10",
    devices: XVDA_GP2_8,
    imds_v2: false,
    boot_mode: None,
    created_ms: noon(2025, 2, 21),
    deprecated_ms: noon(2027, 2, 21),
    ..AL2023
};

/// The same with the kernel that Amazon Linux 2 began with: what most guides of its years ask for.
const AL2_FIRST: CatalogImage = CatalogImage {
    name: "amzn2-ami-hvm-2.0.20250220.0-x86_64-gp2",
    description: "Amazon Linux 2 for 64-bit x86, release 2.0.20250220.0, kernel 4.14",
    ..AL2
};

/// The first Amazon Linux, of EC2-Classic's time.
const AMZN_2014: CatalogImage = CatalogImage {
    name: "amzn-ami-hvm-2014.09.2.x86_64-ebs",
    description: "Amazon Linux AMI 2014.09.2 for 64-bit x86, hardware virtual machine, EBS root",
    devices: XVDA_STANDARD_8,
    imds_v2: false,
    boot_mode: None,
    ena_support: false,
    free_tier_eligible: false,
    created_ms: noon(2015, 1, 20),
    deprecated_ms: noon(2017, 1, 20),
    only_oldest_regions: true,
    ..AL2023
};

const AMZN_2014_PV: CatalogImage = CatalogImage {
    name: "amzn-ami-pv-2014.09.2.x86_64-ebs",
    description: "Amazon Linux AMI 2014.09.2 for 64-bit x86, paravirtual, EBS root",
    virtualization: Virtualization::Paravirtual,
    root_device_name: "/dev/sda1",
    devices: SDA1_STANDARD_8,
    sriov_net_support: false,
    ..AMZN_2014
};

const NOBLE: CatalogImage = CatalogImage {
    name: "ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20250225",
    description: "Ubuntu Server 24.04 LTS (Noble Numbat) for 64-bit x86",
    owner_id: "099720109477",
    root_device_name: "/dev/sda1",
    devices: UBUNTU_GP3,
    login_user: "ubuntu",
    created_ms: noon(2025, 2, 25),
    deprecated_ms: noon(2027, 2, 25),
    ..AL2023
};

const JAMMY: CatalogImage = CatalogImage {
    name: "ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-20250225",
    description: "Ubuntu Server 22.04 LTS (Jammy Jellyfish) for 64-bit x86",
    devices: UBUNTU_GP2,
    imds_v2: false,
    ..NOBLE
};

const TRUSTY: CatalogImage = CatalogImage {
    name: "ubuntu/images/hvm-ssd/ubuntu-trusty-14.04-amd64-server-20150603",
    description: "Ubuntu Server 14.04 LTS (Trusty Tahr) for 64-bit x86, hardware virtual machine",
    devices: UBUNTU_GP2,
    imds_v2: false,
    boot_mode: None,
    ena_support: false,
    free_tier_eligible: false,
    created_ms: noon(2015, 6, 4),
    deprecated_ms: noon(2017, 6, 4),
    only_oldest_regions: true,
    ..NOBLE
};

const TRUSTY_PV: CatalogImage = CatalogImage {
    name: "ubuntu/images/ebs-ssd/ubuntu-trusty-14.04-amd64-server-20150603",
    description: "Ubuntu Server 14.04 LTS (Trusty Tahr) for 64-bit x86, paravirtual",
    virtualization: Virtualization::Paravirtual,
    sriov_net_support: false,
    ..TRUSTY
};

const BOOKWORM: CatalogImage = CatalogImage {
    name: "debian-12-amd64-20250210-2019",
    description: "Debian 12 (bookworm) for 64-bit x86",
    owner_id: "136693071363",
    login_user: "admin",
    imds_v2: false,
    created_ms: noon(2025, 2, 10),
    deprecated_ms: noon(2027, 2, 10),
    ..AL2023
};

const RHEL9: CatalogImage = CatalogImage {
    name: "RHEL-9.5.0_HVM-20250128-x86_64-0-Hourly2-GP3",
    description: "Red Hat Enterprise Linux 9.5 for 64-bit x86, by the hour",
    owner_id: "309956199498",
    platform: Platform::RedHat,
    root_device_name: "/dev/sda1",
    devices: SDA1_GP3_10,
    imds_v2: false,
    created_ms: noon(2025, 1, 29),
    deprecated_ms: noon(2027, 1, 29),
    ..AL2023
};

const SLES15: CatalogImage = CatalogImage {
    name: "suse-sles-15-sp6-v20250210-hvm-ssd-x86_64",
    description: "SUSE Linux Enterprise Server 15 SP6 for 64-bit x86",
    owner_id: "013907871322",
    platform: Platform::Suse,
    root_device_name: "/dev/sda1",
    devices: SDA1_GP3_10,
    imds_v2: false,
    created_ms: noon(2025, 2, 10),
    deprecated_ms: noon(2027, 2, 10),
    ..AL2023
};

const WINDOWS_2022: CatalogImage = CatalogImage {
    name: "Windows_Server-2022-English-Full-Base-2025.02.13",
    description: "Microsoft Windows Server 2022, English, with desktop",
    owner_id: "801119661308",
    platform: Platform::Windows,
    root_device_name: "/dev/sda1",
    devices: WINDOWS_GP2,
    login_user: "Administrator",
    imds_v2: false,
    boot_mode: None,
    created_ms: noon(2025, 2, 13),
    deprecated_ms: noon(2027, 2, 13),
    listens: &[3389, 5985],
    ..AL2023
};

/// What nobody vouches for but its owner.
const COMMUNITY: CatalogImage = CatalogImage {
    owner_alias: None,
    imds_v2: false,
    free_tier_eligible: false,
    ..AL2023
};

const ALMA9: CatalogImage = CatalogImage {
    name: "AlmaLinux OS 9.5.20241120 x86_64",
    description: "AlmaLinux 9.5 for 64-bit x86",
    owner_id: "764336703387",
    root_device_name: "/dev/sda1",
    devices: SDA1_GP3_10,
    created_ms: noon(2024, 11, 20),
    deprecated_ms: noon(2026, 11, 20),
    ..COMMUNITY
};

const ROCKY9: CatalogImage = CatalogImage {
    name: "Rocky-9-EC2-Base-9.5-20241118.0.x86_64",
    description: "Rocky Linux 9.5 for 64-bit x86",
    owner_id: "792107900819",
    root_device_name: "/dev/sda1",
    devices: SDA1_GP2_10,
    login_user: "rocky",
    created_ms: noon(2024, 11, 19),
    deprecated_ms: noon(2026, 11, 19),
    ..COMMUNITY
};

const ALPINE: CatalogImage = CatalogImage {
    name: "alpine-3.21.3-x86_64-uefi-tiny-r0",
    description: "Alpine Linux 3.21.3 for 64-bit x86, a root volume of 1 GiB",
    owner_id: "538276064493",
    devices: XVDA_GP3_1,
    login_user: "alpine",
    boot_mode: UEFI,
    created_ms: noon(2025, 2, 14),
    deprecated_ms: noon(2027, 2, 14),
    ..COMMUNITY
};

const FREEBSD: CatalogImage = CatalogImage {
    name: "FreeBSD 14.2-RELEASE-amd64 UFS",
    description: "FreeBSD 14.2 for 64-bit x86",
    owner_id: "782442783595",
    root_device_name: "/dev/sda1",
    devices: SDA1_GP3_10,
    created_ms: noon(2024, 11, 29),
    deprecated_ms: noon(2026, 11, 29),
    ..COMMUNITY
};

const ARM64: Architecture = Architecture::Arm64;

pub(super) static IMAGES: &[CatalogImage] = &[
    AL2023,
    CatalogImage {
        name: "al2023-ami-2023.6.20250218.2-kernel-6.1-arm64",
        description: "Amazon Linux 2023 for 64-bit Arm, release 2023.6.20250218.2, kernel 6.1",
        architecture: ARM64,
        boot_mode: UEFI,
        ..AL2023
    },
    CatalogImage {
        name: "al2023-ami-minimal-2023.6.20250218.2-kernel-6.1-x86_64",
        description: "Amazon Linux 2023 for 64-bit x86, minimal, release 2023.6.20250218.2, kernel 6.1",
        devices: XVDA_GP3_2,
        ..AL2023
    },
    CatalogImage {
        name: "al2023-ami-minimal-2023.6.20250218.2-kernel-6.1-arm64",
        description: "Amazon Linux 2023 for 64-bit Arm, minimal, release 2023.6.20250218.2, kernel 6.1",
        architecture: ARM64,
        devices: XVDA_GP3_2,
        boot_mode: UEFI,
        ..AL2023
    },
    AL2,
    CatalogImage {
        name: "amzn2-ami-kernel-5.10-hvm-2.0.20250220.0-arm64-gp2",
        description: "Amazon Linux 2 for 64-bit Arm, release 2.0.20250220.0, kernel 5.10",
        architecture: ARM64,
        ..AL2
    },
    NOBLE,
    CatalogImage {
        name: "ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-arm64-server-20250225",
        description: "Ubuntu Server 24.04 LTS (Noble Numbat) for 64-bit Arm",
        architecture: ARM64,
        boot_mode: UEFI,
        ..NOBLE
    },
    JAMMY,
    CatalogImage {
        name: "ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-arm64-server-20250225",
        description: "Ubuntu Server 22.04 LTS (Jammy Jellyfish) for 64-bit Arm",
        architecture: ARM64,
        boot_mode: UEFI,
        ..JAMMY
    },
    BOOKWORM,
    CatalogImage {
        name: "debian-12-arm64-20250210-2019",
        description: "Debian 12 (bookworm) for 64-bit Arm",
        architecture: ARM64,
        boot_mode: UEFI,
        ..BOOKWORM
    },
    RHEL9,
    CatalogImage {
        name: "RHEL-9.5.0_HVM-20250128-arm64-0-Hourly2-GP3",
        description: "Red Hat Enterprise Linux 9.5 for 64-bit Arm, by the hour",
        architecture: ARM64,
        boot_mode: UEFI,
        ..RHEL9
    },
    SLES15,
    CatalogImage {
        name: "suse-sles-15-sp6-v20250210-hvm-ssd-arm64",
        description: "SUSE Linux Enterprise Server 15 SP6 for 64-bit Arm",
        architecture: ARM64,
        boot_mode: UEFI,
        ..SLES15
    },
    CatalogImage {
        name: "Windows_Server-2025-English-Full-Base-2025.02.13",
        description: "Microsoft Windows Server 2025, English, with desktop",
        devices: WINDOWS_GP3,
        boot_mode: UEFI,
        ..WINDOWS_2022
    },
    WINDOWS_2022,
    CatalogImage {
        name: "Windows_Server-2022-English-Core-Base-2025.02.13",
        description: "Microsoft Windows Server 2022, English, without desktop",
        ..WINDOWS_2022
    },
    CatalogImage {
        name: "Windows_Server-2019-English-Full-Base-2025.02.13",
        description: "Microsoft Windows Server 2019, English, with desktop",
        ..WINDOWS_2022
    },
    AMZN_2014,
    CatalogImage {
        name: "amzn-ami-hvm-2014.09.2.x86_64-s3",
        description: "Amazon Linux AMI 2014.09.2 for 64-bit x86, hardware virtual machine, instance-store root",
        root_device: RootDevice::InstanceStore,
        devices: XVDA_DISK,
        ..AMZN_2014
    },
    AMZN_2014_PV,
    CatalogImage {
        name: "amzn-ami-pv-2014.09.2.x86_64-s3",
        description: "Amazon Linux AMI 2014.09.2 for 64-bit x86, paravirtual, instance-store root",
        root_device: RootDevice::InstanceStore,
        devices: SDA1_DISK,
        ..AMZN_2014_PV
    },
    CatalogImage {
        name: "amzn-ami-pv-2014.09.2.i386-ebs",
        description: "Amazon Linux AMI 2014.09.2 for 32-bit x86, paravirtual, EBS root",
        architecture: Architecture::I386,
        ..AMZN_2014_PV
    },
    CatalogImage {
        name: "amzn-ami-pv-2014.09.2.i386-s3",
        description: "Amazon Linux AMI 2014.09.2 for 32-bit x86, paravirtual, instance-store root",
        architecture: Architecture::I386,
        root_device: RootDevice::InstanceStore,
        devices: SDA1_DISK,
        ..AMZN_2014_PV
    },
    TRUSTY,
    TRUSTY_PV,
    CatalogImage {
        name: "ubuntu/images/hvm-instance/ubuntu-trusty-14.04-amd64-server-20150603",
        description: "Ubuntu Server 14.04 LTS (Trusty Tahr) for 64-bit x86, hardware virtual machine, instance-store root",
        root_device: RootDevice::InstanceStore,
        devices: SDA1_DISK,
        ..TRUSTY
    },
    CatalogImage {
        name: "bitnami-wordpress-6.7.2-0-r02-linux-debian-12-x86_64-hvm-ebs-nami",
        description: "WordPress 6.7.2 on Debian 12 for 64-bit x86, serving HTTP and HTTPS from the start",
        owner_id: "679593333241",
        owner_alias: Some("aws-marketplace"),
        devices: &[volume("/dev/xvda", 10, "gp3")],
        login_user: "bitnami",
        listens: &[22, 80, 443],
        product_code: Some("7d426cb7-9522-4dd7-a56b-55dd8cc1c8d0"),
        ..BOOKWORM
    },
    ALMA9,
    CatalogImage {
        name: "AlmaLinux OS 9.5.20241120 aarch64",
        description: "AlmaLinux 9.5 for 64-bit Arm",
        architecture: ARM64,
        boot_mode: UEFI,
        ..ALMA9
    },
    ROCKY9,
    CatalogImage {
        name: "Rocky-9-EC2-Base-9.5-20241118.0.aarch64",
        description: "Rocky Linux 9.5 for 64-bit Arm",
        architecture: ARM64,
        boot_mode: UEFI,
        ..ROCKY9
    },
    ALPINE,
    CatalogImage {
        name: "alpine-3.21.3-aarch64-uefi-tiny-r0",
        description: "Alpine Linux 3.21.3 for 64-bit Arm, a root volume of 1 GiB",
        architecture: ARM64,
        ..ALPINE
    },
    FREEBSD,
    AL2_FIRST,
    CatalogImage {
        name: AL2_FIRST_ARM,
        description: "Amazon Linux 2 for 64-bit Arm, release 2.0.20250220.0, kernel 4.14",
        architecture: ARM64,
        ..AL2_FIRST
    },
];

const AL: &str = AL2023.name;
const AL_ARM: &str = "al2023-ami-2023.6.20250218.2-kernel-6.1-arm64";
const AL_MINIMAL: &str = "al2023-ami-minimal-2023.6.20250218.2-kernel-6.1-x86_64";
const AL_MINIMAL_ARM: &str = "al2023-ami-minimal-2023.6.20250218.2-kernel-6.1-arm64";
const AL2_ARM: &str = "amzn2-ami-kernel-5.10-hvm-2.0.20250220.0-arm64-gp2";
const AL2_FIRST_ARM: &str = "amzn2-ami-hvm-2.0.20250220.0-arm64-gp2";
const NOBLE_ARM: &str = "ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-arm64-server-20250225";
const JAMMY_ARM: &str = "ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-arm64-server-20250225";

/// Public parameters and the names of the images that they stand for.
#[rustfmt::skip]
pub(super) static ALIASES: &[(&str, &str)] = &[
    ("/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64", AL),
    ("/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64", AL_ARM),
    ("/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-6.1-x86_64", AL),
    ("/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-6.1-arm64", AL_ARM),
    ("/aws/service/ami-amazon-linux-latest/al2023-ami-minimal-kernel-default-x86_64", AL_MINIMAL),
    ("/aws/service/ami-amazon-linux-latest/al2023-ami-minimal-kernel-default-arm64", AL_MINIMAL_ARM),
    ("/aws/service/ami-amazon-linux-latest/al2023-ami-minimal-kernel-6.1-x86_64", AL_MINIMAL),
    ("/aws/service/ami-amazon-linux-latest/al2023-ami-minimal-kernel-6.1-arm64", AL_MINIMAL_ARM),
    ("/aws/service/ami-amazon-linux-latest/amzn2-ami-kernel-5.10-hvm-x86_64-gp2", AL2.name),
    ("/aws/service/ami-amazon-linux-latest/amzn2-ami-kernel-5.10-hvm-arm64-gp2", AL2_ARM),
    ("/aws/service/ami-amazon-linux-latest/amzn2-ami-hvm-x86_64-gp2", AL2_FIRST.name),
    ("/aws/service/ami-amazon-linux-latest/amzn2-ami-hvm-arm64-gp2", AL2_FIRST_ARM),
    ("/aws/service/ami-windows-latest/Windows_Server-2025-English-Full-Base", "Windows_Server-2025-English-Full-Base-2025.02.13"),
    ("/aws/service/ami-windows-latest/Windows_Server-2022-English-Full-Base", WINDOWS_2022.name),
    ("/aws/service/ami-windows-latest/Windows_Server-2022-English-Core-Base", "Windows_Server-2022-English-Core-Base-2025.02.13"),
    ("/aws/service/ami-windows-latest/Windows_Server-2019-English-Full-Base", "Windows_Server-2019-English-Full-Base-2025.02.13"),
    ("/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id", NOBLE.name),
    ("/aws/service/canonical/ubuntu/server/24.04/stable/current/arm64/hvm/ebs-gp3/ami-id", NOBLE_ARM),
    ("/aws/service/canonical/ubuntu/server/noble/stable/current/amd64/hvm/ebs-gp3/ami-id", NOBLE.name),
    ("/aws/service/canonical/ubuntu/server/noble/stable/current/arm64/hvm/ebs-gp3/ami-id", NOBLE_ARM),
    ("/aws/service/canonical/ubuntu/server/22.04/stable/current/amd64/hvm/ebs-gp2/ami-id", JAMMY.name),
    ("/aws/service/canonical/ubuntu/server/22.04/stable/current/arm64/hvm/ebs-gp2/ami-id", JAMMY_ARM),
    ("/aws/service/canonical/ubuntu/server/jammy/stable/current/amd64/hvm/ebs-gp2/ami-id", JAMMY.name),
    ("/aws/service/canonical/ubuntu/server/jammy/stable/current/arm64/hvm/ebs-gp2/ami-id", JAMMY_ARM),
    ("/aws/service/debian/release/12/latest/amd64", BOOKWORM.name),
    ("/aws/service/debian/release/12/latest/arm64", "debian-12-arm64-20250210-2019"),
    ("/aws/service/suse/sles/15-sp6/x86_64/latest", SLES15.name),
    ("/aws/service/suse/sles/15-sp6/arm64/latest", "suse-sles-15-sp6-v20250210-hvm-ssd-arm64"),
];
