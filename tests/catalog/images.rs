//! Held to AWS: the images of the catalogue, their ids and their aliases.

use std::collections::{BTreeMap, BTreeSet};
use stratus_engine::catalog::{
    CatalogImage, InstanceType, Region,
    images::{self, DeviceSource, Platform},
    instance_types::{Architecture, RootDevice, Virtualization},
};

const VIRGINIA: Region = Region::US_EAST_1;

fn called(name: &str) -> &'static CatalogImage {
    images::find_by_name(VIRGINIA, name).unwrap()
}

/// Saved worlds hold these ids.
#[test]
fn ids_are_fixed() {
    // printf 'ami:us-east-1:al2023-ami-2023.6.20250218.2-kernel-6.1-x86_64' | sha256sum | cut -c1-16
    let image = called("al2023-ami-2023.6.20250218.2-kernel-6.1-x86_64");
    assert_eq!(format!("ami-{:017x}", image.id(VIRGINIA)), "ami-0bf5b424b0fa57898");
    assert_eq!(
        format!("snap-{:017x}", image.snapshot_id(VIRGINIA).unwrap()),
        "snap-04119280f97488bef"
    );
}

#[test]
fn every_image_of_every_region_is_found_and_no_id_is_used_twice() {
    let mut ids = BTreeMap::new();
    for region in Region::all() {
        let mut names = BTreeSet::new();
        for image in images::images(region) {
            assert!(names.insert(image.name), "{}", image.name);
            let id = image.id(region);
            assert_eq!(ids.insert(id, (region, image.name)), None);
            assert_eq!(images::find(region, id).unwrap().name, image.name);
            if let Some(snapshot) = image.snapshot_id(region) {
                assert_eq!(ids.insert(snapshot, (region, image.name)), None);
                assert_eq!(images::find_by_snapshot(region, snapshot).unwrap().name, image.name);
                assert!(images::find(region, snapshot).is_none());
            }
        }
    }
    assert!(images::find(VIRGINIA, 0).is_none());
    let elsewhere = called("debian-12-amd64-20250210-2019").id(Region::find("eu-west-1").unwrap());
    assert!(images::find(VIRGINIA, elsewhere).is_none());
}

#[test]
fn images_hold_together() {
    for image in images::images(VIRGINIA) {
        let name = image.name;
        assert!(
            image.owner_id.len() == 12 && image.owner_id.bytes().all(|byte| byte.is_ascii_digit()),
            "{name}"
        );
        assert!(image.created_ms < image.deprecated_ms, "{name}");
        assert_eq!(
            image.root_volume().is_some(),
            image.root_device == RootDevice::Ebs,
            "{name}"
        );
        assert!(
            image
                .devices
                .iter()
                .any(|device| device.device_name == image.root_device_name),
            "{name}"
        );
        let snapshots = image
            .devices
            .iter()
            .filter(|device| matches!(device.source, DeviceSource::Snapshot { .. }));
        assert_eq!(
            snapshots.count(),
            usize::from(image.root_device == RootDevice::Ebs),
            "{name}"
        );
        assert_eq!(
            image.kernel_id(VIRGINIA).is_some(),
            image.virtualization == Virtualization::Paravirtual,
            "{name}"
        );
        let windows = image.platform == Platform::Windows;
        assert_eq!(image.listens == [3389, 5985], windows, "{name}");
        assert!(windows || image.listens.contains(&22), "{name}");
        let fits = |kind: &InstanceType| {
            kind.architectures().contains(&image.architecture)
                && kind.virtualization().contains(&image.virtualization)
                && kind.root_devices().contains(&image.root_device)
        };
        assert!(InstanceType::all().any(|kind| fits(&kind)), "{name} starts nowhere");
        let arm = ["arm64", "aarch64"].iter().any(|word| name.contains(word));
        assert_eq!(arm, image.architecture == Architecture::Arm64, "{name}");
    }
}

#[test]
fn paravirtual_images_are_in_the_oldest_regions_only() {
    let has = |region: &str| {
        images::images(Region::find(region).unwrap()).any(|image| image.virtualization == Virtualization::Paravirtual)
    };
    assert!(has("us-east-1") && has("sa-east-1") && !has("us-east-2") && !has("eu-central-1"));
}

#[test]
fn public_parameters() {
    for (parameter, name) in [
        (
            "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
            "al2023-ami-2023.6.20250218.2-kernel-6.1-x86_64",
        ),
        (
            "al2023-ami-kernel-default-arm64",
            "al2023-ami-2023.6.20250218.2-kernel-6.1-arm64",
        ),
        (
            "resolve:ssm:/aws/service/debian/release/12/latest/amd64",
            "debian-12-amd64-20250210-2019",
        ),
        (
            "/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id",
            "ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20250225",
        ),
    ] {
        assert_eq!(images::alias(VIRGINIA, parameter).unwrap().name, name);
    }
    assert!(images::alias(VIRGINIA, "/aws/service/none").is_none());
    assert!(images::alias(VIRGINIA, "").is_none());
    for parameter in images::aliases() {
        for region in Region::all() {
            assert!(images::alias(region, parameter).is_some(), "{parameter} in {region}");
        }
    }
}

/// What DescribeImages must say of a few, from AWS's answers for the like.
#[test]
fn descriptions() {
    let show = |name: &str| {
        let image = called(name);
        let device = image.devices[0];
        format!(
            "{} | {} {:?} | {} {} | {} {} {} {} | {:?} | user {} | boot {:?} | created {}\n",
            image.location(VIRGINIA),
            image.owner_id,
            image.owner_alias,
            image.platform.details(),
            image.platform.usage_operation(),
            image.architecture,
            image.virtualization,
            image.root_device,
            image.root_device_name,
            device.source,
            image.login_user,
            image.boot_mode,
            time::OffsetDateTime::from_unix_timestamp(image.created_ms / 1000).unwrap(),
        )
    };
    let text = [
        "al2023-ami-2023.6.20250218.2-kernel-6.1-x86_64",
        "Windows_Server-2022-English-Full-Base-2025.02.13",
        "RHEL-9.5.0_HVM-20250128-arm64-0-Hourly2-GP3",
        "amzn-ami-pv-2014.09.2.i386-s3",
        "Rocky-9-EC2-Base-9.5-20241118.0.aarch64",
    ]
    .map(show)
    .concat();
    expect_test::expect![[r#"
        amazon/al2023-ami-2023.6.20250218.2-kernel-6.1-x86_64 | 137112412989 Some("amazon") | Linux/UNIX RunInstances | x86_64 hvm ebs /dev/xvda | Snapshot { size_gib: 8, volume_type: "gp3" } | user ec2-user | boot Some("uefi-preferred") | created 2025-02-19 12:00:00.0 +00:00:00
        amazon/Windows_Server-2022-English-Full-Base-2025.02.13 | 801119661308 Some("amazon") | Windows RunInstances:0002 | x86_64 hvm ebs /dev/sda1 | Snapshot { size_gib: 30, volume_type: "gp2" } | user Administrator | boot None | created 2025-02-13 12:00:00.0 +00:00:00
        amazon/RHEL-9.5.0_HVM-20250128-arm64-0-Hourly2-GP3 | 309956199498 Some("amazon") | Red Hat Enterprise Linux RunInstances:0010 | arm64 hvm ebs /dev/sda1 | Snapshot { size_gib: 10, volume_type: "gp3" } | user ec2-user | boot Some("uefi") | created 2025-01-29 12:00:00.0 +00:00:00
        amazon-images-us-east-1/amzn-ami-pv-2014.09.2.i386-s3.manifest.xml | 137112412989 Some("amazon") | Linux/UNIX RunInstances | i386 paravirtual instance-store /dev/sda1 | Ephemeral(0) | user ec2-user | boot None | created 2015-01-20 12:00:00.0 +00:00:00
        792107900819/Rocky-9-EC2-Base-9.5-20241118.0.aarch64 | 792107900819 None | Linux/UNIX RunInstances | arm64 hvm ebs /dev/sda1 | Snapshot { size_gib: 10, volume_type: "gp2" } | user rocky | boot Some("uefi") | created 2024-11-19 12:00:00.0 +00:00:00
    "#]]
    .assert_eq(&text);
}
