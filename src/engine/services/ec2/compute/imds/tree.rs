//! The categories: paths and what stands at their ends, for what the world knows. A folder lists what lies below it.
//! <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-categories.html>

use super::super::{describe, events};
use super::{interfaces, roles};
use crate::catalog::Region;
use crate::catalog::instance_types::Hypervisor;
use crate::world::World;
use crate::world::compute::Instance;
use crate::world::launching::{Interruption, SpotRequest};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use stratus_model::{Name, Structure, field};

/// What stands at the end of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Leaf {
    /// A text.
    Text(String),
    /// Credentials of the instance's role, which are made only when they are asked for.
    Credentials,
}

/// All that an instance is told, by path.
pub(super) struct Tree {
    leaves: BTreeMap<String, Leaf>,
    /// What some folders list besides their children.
    listings: BTreeMap<String, String>,
}

impl Tree {
    /// What an instance is told.
    pub fn of(world: &World, region: Region, row: &Instance) -> Tree {
        let mut tree = Tree {
            leaves: BTreeMap::new(),
            listings: BTreeMap::new(),
        };
        let shown = describe::describe(world, region, row);
        tree.identity(row, &shown);
        tree.put("events/maintenance/history", events::of_metadata(world, row, true));
        tree.put("events/maintenance/scheduled", events::of_metadata(world, row, false));
        tree.names(&shown);
        tree.places(row, &shown);
        tree.disks(row);
        tree.keys(row);
        tree.role(world, row);
        tree.spot(world, region, row);
        interfaces::put(&mut tree, world, region, row);
        if row.metadata.tags {
            for (key, value) in world.tags(region, row.id.into()).into_iter().flatten() {
                tree.put(&format!("tags/instance/{key}"), value);
            }
        }
        if let Some(data) = &row.user_data {
            let text = String::from_utf8_lossy(data).into_owned();
            tree.leaves.insert("user-data".to_owned(), Leaf::Text(text));
        }
        let document = identity_document(world, region, row, &shown);
        let path = "dynamic/instance-identity/document".to_owned();
        tree.leaves.insert(path, Leaf::Text(document));
        let monitoring = if row.monitoring { "enabled" } else { "disabled" };
        let path = "dynamic/fws/instance-monitoring".to_owned();
        tree.leaves.insert(path, Leaf::Text(monitoring.to_owned()));
        tree
    }

    /// Puts a text at a path below `meta-data/`.
    pub fn put(&mut self, path: &str, text: impl Into<String>) {
        self.leaves.insert(format!("meta-data/{path}"), Leaf::Text(text.into()));
    }

    /// The same for a member of the API's answer, where it says something.
    pub fn put_member(&mut self, path: &str, of: &Structure, name: Name) {
        if let Some(text) = of.text(name).filter(|text| !text.is_empty()) {
            self.put(path, text);
        }
    }

    /// What stands at a path: a text, or the list of a folder.
    pub fn take(mut self, path: &str) -> Option<Leaf> {
        if let Some(leaf) = self.leaves.remove(path) {
            return Some(leaf);
        }
        let start = if path.is_empty() {
            String::new()
        } else {
            format!("{path}/")
        };
        if let Some(text) = self.listings.remove(path) {
            return Some(Leaf::Text(text));
        }
        let below = self.leaves.range(start.clone()..);
        let below = below.map_while(|(path, _)| path.strip_prefix(&start));
        // The folders at the top are listed without their slash.
        let names: BTreeSet<String> = below
            .map(|rest| match rest.split_once('/') {
                Some((folder, _)) if !path.is_empty() => format!("{folder}/"),
                Some((folder, _)) => folder.to_owned(),
                None => rest.to_owned(),
            })
            .collect();
        let names: Vec<String> = names.into_iter().collect();
        (!names.is_empty()).then(|| Leaf::Text(names.join("\n")))
    }

    fn identity(&mut self, row: &Instance, shown: &Structure) {
        self.put("ami-id", row.image.to_string());
        self.put("ami-launch-index", row.launch_index.to_string());
        self.put("ami-manifest-path", "(unknown)");
        self.put("instance-action", "none");
        self.put("instance-id", row.id.to_string());
        let spot = row.more.spot.is_some();
        self.put("instance-life-cycle", if spot { "spot" } else { "on-demand" });
        self.put("instance-type", row.instance_type.name());
        self.put("reservation-id", row.reservation.to_string());
        self.put("hibernation/configured", row.hibernation.to_string());
        self.put("profile", format!("default-{}", row.machine.virtualization));
        self.put(
            "system",
            match row.instance_type.hypervisor() {
                Hypervisor::Nitro => "nitro",
                Hypervisor::Xen => "xen",
            },
        );
        self.put("services/domain", "amazonaws.com");
        self.put("services/partition", "aws");
        self.put_member("kernel-id", shown, field::KERNEL_ID);
        if !row.product_codes.is_empty() {
            self.put("product-codes", row.product_codes.join("\n"));
        }
    }

    fn names(&mut self, shown: &Structure) {
        for (path, name) in [
            ("hostname", field::PRIVATE_DNS_NAME),
            ("local-hostname", field::PRIVATE_DNS_NAME),
            ("local-ipv4", field::PRIVATE_IP_ADDRESS),
            ("public-hostname", field::PUBLIC_DNS_NAME),
            ("public-ipv4", field::PUBLIC_IP_ADDRESS),
            ("ipv6", field::IPV6_ADDRESS),
        ] {
            self.put_member(path, shown, name);
        }
        let groups: Vec<&str> = shown
            .structures(field::SECURITY_GROUPS)
            .filter_map(|group| group.text(field::GROUP_NAME))
            .collect();
        if !groups.is_empty() {
            self.put("security-groups", groups.join("\n"));
        }
    }

    fn places(&mut self, row: &Instance, shown: &Structure) {
        let placement = shown.structure(field::PLACEMENT).cloned().unwrap_or_default();
        for (path, name) in [
            ("placement/availability-zone", field::AVAILABILITY_ZONE),
            ("placement/availability-zone-id", field::AVAILABILITY_ZONE_ID),
            ("placement/group-name", field::GROUP_NAME),
            ("placement/host-id", field::HOST_ID),
        ] {
            self.put_member(path, &placement, name);
        }
        if let Some(partition) = row.more.partition {
            self.put("placement/partition-number", partition.to_string());
        }
        self.put("placement/region", row.zone.region.name());
    }

    /// Volumes that were there at the launch or at the last start under their number, disks of the host under their names; those by
    /// NVMe are not listed.
    fn disks(&mut self, row: &Instance) {
        let root = &row.machine.root_device_name;
        let short = |device: &str| device.trim_start_matches("/dev/").to_owned();
        self.put("block-device-mapping/ami", root);
        self.put("block-device-mapping/root", root);
        let others = row.block_devices.iter();
        let others = others.filter(|disk| disk.device != *root && disk.attached <= row.launched);
        for (number, disk) in (1..).zip(others) {
            self.put(&format!("block-device-mapping/ebs{number}"), short(&disk.device));
        }
        if row.instance_type.hypervisor() == Hypervisor::Xen {
            for disk in &row.ephemeral {
                let path = format!("block-device-mapping/{}", disk.virtual_name);
                self.put(&path, short(&disk.device));
            }
        }
    }

    /// The key pair of the launch. What was added in the guest since is its own affair.
    fn keys(&mut self, row: &Instance) {
        if let (Some(name), Some(key)) = (&row.key_name, row.guest.authorized_keys.first()) {
            self.put("public-keys/0/openssh-key", format!("{key}\n"));
            let path = "meta-data/public-keys".to_owned();
            self.listings.insert(path, format!("0={name}"));
        }
    }

    fn role(&mut self, world: &World, row: &Instance) {
        let Some(arn) = row.instance_profile.as_deref() else {
            return;
        };
        self.put("iam/info", roles::info(world, row, arn));
        if let Some(role) = roles::any_role(world, row) {
            let path = format!("meta-data/iam/security-credentials/{}", role.name);
            self.leaves.insert(path, Leaf::Credentials);
        }
    }

    /// The notice of an interruption, in its two minutes. <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-instance-termination-notices.html>
    fn spot(&mut self, world: &World, region: Region, row: &Instance) {
        let request = row.more.spot.and_then(|id| world.row::<SpotRequest>(region, id));
        let marked = request.filter(|request| request.status.starts_with("marked-for-"));
        let Some((request, at)) = marked.and_then(|request| Some((request, request.looks?))) else {
            return;
        };
        let ends = request.status == "marked-for-termination";
        let action = match request.interruption {
            _ if ends => "terminate",
            Interruption::Hibernate => "hibernate",
            Interruption::Stop | Interruption::Terminate => "stop",
        };
        let at = at.whole_second().iso8601();
        self.put(
            "spot/instance-action",
            format!("{{\"action\": \"{action}\", \"time\": \"{at}\"}}"),
        );
        if ends {
            self.put("spot/termination-time", at);
        }
    }
}

/// Who the instance is, as it can prove elsewhere. The signatures beside it are not simulated.
/// <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-identity-documents.html>
fn identity_document(world: &World, region: Region, row: &Instance, shown: &Structure) -> String {
    let codes = match row.product_codes.as_slice() {
        [] => Value::Null,
        codes => codes.into(),
    };
    roles::document(&[
        ("accountId", world.account().into()),
        ("architecture", row.machine.architecture.as_str().into()),
        ("availabilityZone", row.zone.name().into()),
        ("billingProducts", Value::Null),
        ("devpayProductCodes", Value::Null),
        ("marketplaceProductCodes", codes),
        ("imageId", row.image.to_string().into()),
        ("instanceId", row.id.to_string().into()),
        ("instanceType", row.instance_type.name().into()),
        ("kernelId", row.kernel.clone().into()),
        ("pendingTime", roles::moment(row.launched)),
        ("privateIp", shown.text(field::PRIVATE_IP_ADDRESS).into()),
        ("ramdiskId", Value::Null),
        ("region", region.name().into()),
        ("version", "2017-09-30".into()),
    ])
}
