//! Held to the list: every cell of the instance types, and what follows from them.

use sha2::{Digest, Sha256};
use std::fmt::Write;
use stratus_engine::catalog::{
    InstanceType, Region,
    instance_types::{DiskType, Disks, EnaSupport, InstanceStore},
    money::price_text,
    quotas::QuotaFamily,
};

fn find(name: &str) -> InstanceType {
    InstanceType::find(name).unwrap()
}

fn show(name: &str) -> String {
    let kind = find(name);
    let mut text = String::new();
    let list = |items: Vec<&str>| items.join(",");
    writeln!(
        text,
        "{name}: {} vCPUs on {} cores, {} MiB",
        kind.vcpus(),
        kind.cores(),
        kind.memory_mib()
    )
    .unwrap();
    writeln!(
        text,
        "{} {} {} root {}",
        list(kind.architectures().iter().map(|item| item.name()).collect()),
        kind.hypervisor(),
        list(kind.virtualization().iter().map(|item| item.name()).collect()),
        list(kind.root_devices().iter().map(|item| item.name()).collect()),
    )
    .unwrap();
    writeln!(
        text,
        "{}, {} interfaces of {} IPv4 addresses, IPv6 {}, ENA {}",
        kind.network_performance(),
        kind.max_interfaces(),
        kind.ipv4_per_interface(),
        kind.ipv6(),
        kind.ena_support()
    )
    .unwrap();
    let flags = [
        ("burstable", kind.burstable()),
        ("current", kind.current_generation()),
        ("free", kind.free_tier()),
        ("hibernation", kind.hibernation()),
    ];
    let flags = flags.iter().filter(|(_, set)| *set).map(|(name, _)| *name).collect();
    writeln!(
        text,
        "[{}] {}",
        list(flags),
        list(kind.usage_classes().iter().map(|item| item.name()).collect())
    )
    .unwrap();
    for region in ["us-east-1", "sa-east-1", "eu-west-3"] {
        let price = kind.linux_price(Region::find(region).unwrap());
        write!(
            text,
            "{region} {} ",
            price.map_or("unknown".to_string(), |price| price_text(price, 2))
        )
        .unwrap();
    }
    text
}

#[test]
fn facts() {
    expect_test::expect![[r#"
        t3.micro: 2 vCPUs on 1 cores, 1024 MiB
        x86_64 nitro hvm root ebs
        Up to 5 Gigabit, 2 interfaces of 2 IPv4 addresses, IPv6 true, ENA required
        [burstable,current,free,hibernation] on-demand,spot
        us-east-1 0.0104 sa-east-1 0.0168 eu-west-3 unknown "#]]
    .assert_eq(&show("t3.micro"));
    expect_test::expect![[r#"
        m1.small: 1 vCPUs on 1 cores, 1740 MiB
        i386,x86_64 xen hvm,paravirtual root ebs,instance-store
        Low, 2 interfaces of 4 IPv4 addresses, IPv6 false, ENA unsupported
        [] on-demand,spot
        us-east-1 0.044 sa-east-1 0.058 eu-west-3 unknown "#]]
    .assert_eq(&show("m1.small"));
}

#[test]
fn instance_stores() {
    assert_eq!(find("t3.micro").instance_store(), None);
    let disks = |count, size_gb, disk_type| Disks {
        count,
        size_gb,
        disk_type,
    };
    let expected = InstanceStore {
        total_gb: 49152,
        disks: vec![disks(24, 2048, DiskType::Hdd)],
    };
    assert_eq!(find("d2.8xlarge").instance_store(), Some(&expected));
    for kind in InstanceType::all() {
        if let Some(store) = kind.instance_store() {
            let sum: u32 = store.disks.iter().map(|disks| disks.count * disks.size_gb).sum();
            // AWS rounds the parts: i3's 0.475 TB disks are listed as 475 GB, but 2 × 237 as 474.
            assert!(
                sum.abs_diff(store.total_gb) <= store.disks[0].count,
                "{kind}: {sum} {}",
                store.total_gb
            );
        }
    }
}

/// Every row is there, in the row where it always was.
#[test]
fn positions_are_fixed() {
    let names: Vec<_> = (0..398)
        .map(|index| InstanceType::from_index(index).unwrap().name())
        .collect();
    assert_eq!(InstanceType::all().len(), 398);
    assert_eq!(InstanceType::from_index(398), None);
    assert_eq!(
        format!("{:x}", Sha256::digest(names.join("\n")))[..16].to_string(),
        expected_digest_of_first_names()
    );
    for kind in InstanceType::all() {
        assert_eq!(InstanceType::find(kind.name()), Some(kind));
        assert!(kind.linux_price(Region::US_EAST_1).is_some(), "{kind}");
        assert_eq!(kind.cores() * kind.threads_per_core(), kind.vcpus(), "{kind}");
    }
    for name in ["", "t3", "t3.", ".micro", "T3.micro", "t3.micro ", "zz.large"] {
        assert_eq!(InstanceType::find(name), None, "{name}");
    }
}

/// Of the names in the column `type` of the CSV, by `tail -n +2 … | head -398 | cut -d, -f1 | head -c -1 | sha256sum`.
fn expected_digest_of_first_names() -> String {
    "ed7eda18e83b8453".to_string()
}

#[test]
fn quotas() {
    let of = |name: &str| find(name).quota_family();
    assert_eq!(of("t3.micro"), QuotaFamily::Standard);
    assert_eq!(of("i4i.large"), QuotaFamily::Standard);
    assert_eq!(of("z1d.large"), QuotaFamily::Standard);
    assert_eq!(of("x2gd.large"), QuotaFamily::MemoryOptimizedX);
    assert_eq!(QuotaFamily::of("g4dn"), QuotaFamily::GraphicsAndVideo);
    assert_eq!(QuotaFamily::of("inf1"), QuotaFamily::Inferentia);
    assert_eq!(QuotaFamily::of("u-6tb1"), QuotaFamily::HighMemory);
    let standard = QuotaFamily::Standard.on_demand();
    assert_eq!((standard.code, standard.default_vcpus), ("L-1216C47A", 5));
}

#[test]
fn ena_support() {
    for (name, expected) in [
        ("t2.micro", EnaSupport::Unsupported),
        ("m4.large", EnaSupport::Unsupported),
        ("m4.16xlarge", EnaSupport::Supported),
        ("r4.large", EnaSupport::Supported),
        ("c5.large", EnaSupport::Required),
    ] {
        assert_eq!(find(name).ena_support(), expected, "{name}");
    }
}

#[test]
fn serialised_by_name_or_by_number() {
    let kind = find("t3.micro");
    assert_eq!(serde_json::to_string(&kind).unwrap(), "\"t3.micro\"");
    assert_eq!(serde_json::from_str::<InstanceType>("\"t3.micro\"").unwrap(), kind);
    let bytes = postcard::to_allocvec(&kind).unwrap();
    assert_eq!(postcard::from_bytes::<InstanceType>(&bytes).unwrap(), kind);
    assert!(postcard::from_bytes::<InstanceType>(&postcard::to_allocvec(&398_u16).unwrap()).is_err());
    assert!(serde_json::from_str::<InstanceType>("\"t3.huge\"").is_err());
}
