//! The world: every resource as a row in a table, and nothing else. A world is a value: cloning it is cheap, and what
//! happened to a clone never shows in the original.
//!
//! Rows change only through [`World::put`], [`World::update`] and [`World::take`], which keep the index of references true.

pub mod access_scopes;
pub mod analyses;
pub mod balancing;
pub mod bytes;
pub mod classic;
pub mod compute;
pub mod connections;
pub mod digest;
pub mod estate;
pub mod events;
pub mod files;
pub mod flow_logs;
pub mod fpga;
pub mod gateways;
mod holders;
pub mod identity;
pub mod insights;
pub mod integrity;
pub mod journal;
pub mod keeping;
pub mod launching;
pub mod leading;
pub mod links;
pub mod mirroring;
pub mod names;
pub mod objects;
pub mod others;
pub mod parameters;
pub mod references;
pub mod rented;
pub mod replicas;
mod sound_accounts;
mod sound_hosts;
mod sound_objects;
mod sound_traffic;
mod standing;
pub mod storage;
pub mod table;
pub mod tiers;
pub mod transits;
mod tree;
pub mod usage;
pub mod vpc;

use crate::base::ids::*;
use crate::base::random::Random;
use crate::base::text;
use crate::base::time::Time;
use crate::catalog::quotas::QuotaFamily;
use crate::catalog::{InstanceType, Region, Zone};
use crate::clock::{Pending, Timings};
use balancing::Balancing;
use bytes::Bytes;
use classic::Classic;
use compute::*;
use connections::Connection;
use estate::Estate;
use flow_logs::FlowLogs;
use gateways::Gateways;
use identity::{Iam, Sts};
use insights::Insights;
use journal::Journal;
use keeping::Keeping;
use launching::*;
use links::Links;
use mirroring::Mirroring;
use names::Route53;
use objects::S3;
use parameters::Ssm;
use references::Row;
use serde::Serialize;
use std::collections::BTreeMap;
use std::net::{Ipv4Addr, Ipv6Addr};
use storage::{EbsSettings, FastRestore, RootTask, Snapshot, Volume};
use table::Table;
use usage::Usage;
use vpc::*;

/// What a world begins with. Everything else follows from these and the calls.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Options {
    /// Seed of all randomness.
    pub seed: u64,
    /// When it begins.
    pub start: Time,
    /// The account's twelve digits.
    pub account: u64,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            seed: 1,
            start: Time::START,
            account: 123_456_789_012,
        }
    }
}

impl Options {
    /// The account as text, twelve digits.
    pub fn account_id(&self) -> String {
        let mut digits = String::with_capacity(12);
        text::padded(self.account, 12, &mut digits);
        digits
    }
}

/// Births below this belong to what a Region has from its first use, so that they are the same whatever the order.
pub const RESERVED_BIRTHS: u64 = 100;

/// A whole cloud at one moment.
#[derive(Clone, Debug, Serialize)]
pub struct World {
    /// What it began with.
    pub options: Options,
    /// Now.
    pub now: Time,
    /// How many rows were ever made: the next row's `born`.
    pub births: u64,
    /// How many writing calls led here.
    pub calls: u64,
    /// Randomness.
    pub random: Random,
    /// How long things take.
    pub timings: Timings,
    /// What is due, by (moment, order of asking).
    pub queue: Table<(Time, u64), Pending>,
    /// The order number of the next pending event.
    pub next_event: u64,
    /// EC2, a Region each; made on a Region's first use.
    pub regions: Table<Region, Ec2>,
    /// S3.
    pub s3: S3,
    /// Route 53.
    pub route53: Route53,
    /// What the bill is made of.
    pub usage: Usage,
    /// What happened and why.
    pub journal: Journal,
    /// IAM.
    #[serde(skip_serializing_if = "Iam::is_untouched")]
    pub iam: Iam,
    /// STS.
    #[serde(skip_serializing_if = "Sts::is_untouched")]
    pub sts: Sts,
    /// SSM's parameters, a Region each.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub ssm: Table<Region, Ssm>,
    /// Bytes of blocks, by the stamp of their write.
    #[serde(skip_serializing_if = "Bytes::is_uncounted")]
    pub bytes: Bytes,
}

/// EC2 in one Region.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Ec2 {
    /// Instances.
    pub instances: Table<InstanceId, Instance>,
    /// Images of the account's own.
    pub images: Table<ImageId, Image>,
    /// Key pairs.
    pub key_pairs: Table<KeyPairId, KeyPair>,
    /// Physical hosts that carry our instances.
    pub hosts: Table<HostId, PhysicalHost>,
    /// VPCs.
    pub vpcs: Table<VpcId, Vpc>,
    /// Subnets.
    pub subnets: Table<SubnetId, Subnet>,
    /// Route tables.
    pub route_tables: Table<RouteTableId, RouteTable>,
    /// Internet gateways.
    pub internet_gateways: Table<InternetGatewayId, InternetGateway>,
    /// Network ACLs.
    pub network_acls: Table<NetworkAclId, NetworkAcl>,
    /// Security groups.
    pub security_groups: Table<SecurityGroupId, SecurityGroup>,
    /// Prefix lists.
    pub prefix_lists: Table<PrefixListId, PrefixList>,
    /// Interfaces.
    pub interfaces: Table<NetworkInterfaceId, NetworkInterface>,
    /// Elastic IP addresses.
    pub addresses: Table<AllocationId, ElasticAddress>,
    /// DHCP options sets.
    pub dhcp_options: Table<DhcpOptionsId, DhcpOptions>,
    /// Volumes.
    pub volumes: Table<VolumeId, Volume>,
    /// Snapshots.
    pub snapshots: Table<SnapshotId, Snapshot>,
    /// Tags of any resource.
    pub tags: Table<ResourceId, BTreeMap<String, String>>,
    /// Index: (referred to, refers) for every declared reference.
    pub referrers: Table<(ResourceId, ResourceId), ()>,
    /// Index: interface by (VPC, private address).
    pub by_private_address: Table<(VpcId, Ipv4Addr), NetworkInterfaceId>,
    /// Index: interface by IPv6 address.
    pub by_ipv6_address: Table<Ipv6Addr, NetworkInterfaceId>,
    /// Index: interface by public address.
    pub by_public_address: Table<Ipv4Addr, NetworkInterfaceId>,
    /// Index: route table by the subnet that is associated with it by name.
    pub table_of_subnet: Table<SubnetId, RouteTableId>,
    /// Index: snapshots by the one before them in the chain: (parent, child).
    pub snapshot_children: Table<(SnapshotId, SnapshotId), ()>,
    /// Index: snapshots by the volume they were taken of.
    pub snapshots_of_volume: Table<(VolumeId, SnapshotId), ()>,
    /// Index: volumes by the newest snapshot of their chain.
    pub volumes_of_chain: Table<(SnapshotId, VolumeId), ()>,
    /// Sums by volume type: GiB and IOPS of all volumes, which quotas limit.
    pub volume_totals: Table<String, (i64, i64)>,
    /// What was made with an idempotency token: (operation, token) → (fingerprint of the parameters, what was made).
    pub made_by_token: Table<(String, String), (String, ResourceId)>,
    /// Sums by quota group: vCPUs of pending and running instances.
    pub running_vcpus: Table<QuotaFamily, i64>,
    /// Launches by idempotency token: the token, a fingerprint of its parameters, the instances.
    pub client_tokens: Table<String, (String, Vec<InstanceId>)>,
    /// Where room is short: how many more instances of a type a zone takes. A few lines, in the order of their setting.
    pub capacity: Vec<(Zone, InstanceType, i64)>,
    /// Launch templates.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub launch_templates: Table<LaunchTemplateId, LaunchTemplate>,
    /// Placement groups.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub placement_groups: Table<PlacementGroupId, PlacementGroup>,
    /// Spot requests.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub spot_requests: Table<SpotRequestId, SpotRequest>,
    /// Reserved Instances by their UUIDs.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub reserved: Table<String, Reserved>,
    /// Modifications of Reserved Instances by their ids.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub reserved_changes: Table<String, ReservedChange>,
    /// What the account has set here.
    #[serde(skip_serializing_if = "Settings::is_default")]
    pub settings: Settings,
    /// Permissions of other accounts on interfaces.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub interface_permissions: Table<NetworkInterfacePermissionId, InterfacePermission>,
    /// Parts of subnets that are kept.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub subnet_reservations: Table<SubnetCidrReservationId, SubnetReservation>,
    /// Index: interface by (VPC, first address) of an IPv4 prefix.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub by_ipv4_prefix: Table<(VpcId, Ipv4Addr), NetworkInterfaceId>,
    /// Index: interface by the first address of an IPv6 prefix.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub by_ipv6_prefix: Table<Ipv6Addr, NetworkInterfaceId>,
    /// Fast restores by snapshot and place of the zone in the Region.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub fast_restores: Table<(SnapshotId, u8), FastRestore>,
    /// What the account has decided for EBS.
    #[serde(skip_serializing_if = "EbsSettings::is_default")]
    pub ebs: EbsSettings,
    /// Replacements of root volumes.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub root_tasks: Table<ReplaceRootVolumeTaskId, RootTask>,
    /// Spans of fast restores whose rows are gone: snapshot, place of the zone, begin → end. For the bill.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub fast_restores_ended: Table<(SnapshotId, u8, Time), Time>,
    /// Gateways besides internet gateways.
    #[serde(skip_serializing_if = "Gateways::is_empty")]
    pub gateways: Gateways,
    /// What links networks.
    #[serde(skip_serializing_if = "Links::is_empty")]
    pub links: Links,
    /// Connections by their numbers, which are never given twice.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub connections: Table<u64, Connection>,
    /// How many connections were ever opened.
    #[serde(skip_serializing_if = "is_none_yet")]
    pub connections_opened: u64,
    /// Paths that were asked about, and what was found.
    #[serde(skip_serializing_if = "Insights::is_empty")]
    pub insights: Insights,
    /// What the account decides for a whole Region, and what it hands over or rents whole.
    #[serde(skip_serializing_if = "Estate::is_empty")]
    pub estate: Estate,
    /// Flow logs, and what they have recorded.
    #[serde(skip_serializing_if = "FlowLogs::is_empty")]
    pub flow_logs: FlowLogs,
    /// Traffic mirroring.
    #[serde(skip_serializing_if = "Mirroring::is_empty")]
    pub mirroring: Mirroring,
    /// EC2-Classic, where the account supports it.
    #[serde(skip_serializing_if = "Classic::is_empty")]
    pub classic: Classic,
    /// The recycle bin, lifecycle policies, bundles and stored images.
    #[serde(skip_serializing_if = "Keeping::is_empty")]
    pub keeping: Keeping,
    /// Load balancers.
    #[serde(skip_serializing_if = "Balancing::is_empty")]
    pub balancing: Balancing,
    /// Index: security group by (VPC, name). It is no part of the digest, which the rows are.
    #[serde(skip)]
    pub group_of_name: Table<(VpcId, String), SecurityGroupId>,
}

/// For counts that take no bytes before there is anything to count.
fn is_none_yet(count: &u64) -> bool {
    *count == 0
}

impl World {
    /// An empty world: no Region has been used yet.
    pub fn new(options: Options) -> World {
        World {
            now: options.start,
            births: RESERVED_BIRTHS,
            calls: 0,
            random: Random::new(options.seed),
            timings: Timings::default(),
            queue: Table::default(),
            next_event: 0,
            regions: Table::default(),
            s3: S3::default(),
            route53: Route53::default(),
            usage: Usage::default(),
            journal: Journal::default(),
            iam: Iam::default(),
            sts: Sts::default(),
            ssm: Table::default(),
            bytes: Bytes::default(),
            options,
        }
    }

    /// EC2 of a Region as it is; empty before the Region's first use.
    pub fn ec2(&self, region: Region) -> Option<&Ec2> {
        self.regions.get(&region)
    }

    /// The account as text, twelve digits.
    pub fn account(&self) -> String {
        self.options.account_id()
    }

    /// The row of this id.
    pub fn row<R: Row>(&self, region: Region, id: R::Id) -> Option<&R> {
        R::table(self.ec2(region)?).get(&id)
    }

    /// Puts a new row, or a changed one in its place, and keeps the indexes true.
    pub fn put<R: Row>(&mut self, region: Region, row: R) {
        if !self.regions.contains(&region) {
            self.regions.insert(region, Ec2::default());
        }
        if let Some(ec2) = self.regions.get_mut(&region) {
            standing::put(ec2, row);
        }
    }

    /// Changes a row and keeps the indexes true; `None` when there is no such row.
    pub fn update<R: Row, T>(&mut self, region: Region, id: R::Id, change: impl FnOnce(&mut R) -> T) -> Option<T> {
        let ec2 = self.regions.get_mut(&region)?;
        standing::update(ec2, id, change)
    }

    /// Takes a row away, with its tags. References to it are the caller's business (see [`World::referrers`]).
    pub fn take<R: Row>(&mut self, region: Region, id: R::Id) -> Option<R> {
        let ec2 = self.regions.get_mut(&region)?;
        standing::take(ec2, id)
    }

    /// Whether a resource of this id is there.
    pub fn has(&self, region: Region, id: ResourceId) -> bool {
        self.ec2(region).is_some_and(|ec2| references::exists(ec2, id))
    }

    /// What refers to a resource, by kind and id: what would answer DependencyViolation, and what the inspector lists.
    pub fn referrers(&self, region: Region, id: ResourceId) -> Vec<ResourceId> {
        self.ec2(region)
            .map(|ec2| references::referrers(ec2, id).collect())
            .unwrap_or_default()
    }

    /// The number of a new row: `born`.
    pub fn birth(&mut self) -> u64 {
        self.births += 1;
        self.births
    }

    /// Tags of a resource.
    pub fn tags(&self, region: Region, id: ResourceId) -> Option<&BTreeMap<String, String>> {
        self.ec2(region)?.tags.get(&id)
    }

    /// What a resource is called: its `Name` tag, else the name that it has of itself, else its id.
    pub fn label(&self, region: Region, id: ResourceId) -> String {
        let tag = self
            .tags(region, id)
            .and_then(|tags| tags.get("Name"))
            .filter(|name| !name.is_empty())
            .cloned();
        let own = || {
            let ec2 = self.ec2(region)?;
            match id {
                ResourceId::SecurityGroup(id) => ec2.security_groups.get(&id).map(|group| group.name.clone()),
                ResourceId::KeyPair(id) => ec2.key_pairs.get(&id).map(|key| key.name.clone()),
                ResourceId::Image(id) => ec2.images.get(&id).map(|image| image.name.clone()),
                ResourceId::PrefixList(id) => ec2.prefix_lists.get(&id).map(|list| list.name.clone()),
                ResourceId::LaunchTemplate(id) => ec2.launch_templates.get(&id).map(|row| row.name.clone()),
                ResourceId::PlacementGroup(id) => ec2.placement_groups.get(&id).map(|row| row.name.clone()),
                ResourceId::LoadBalancer(id) => ec2.balancing.balancers.get(&id).map(|row| row.name.clone()),
                ResourceId::TargetGroup(id) => ec2.balancing.groups.get(&id).map(|row| row.name.clone()),
                ResourceId::ClassicBalancer(id) => ec2.balancing.classic.get(&id).map(|row| row.name.clone()),
                ResourceId::TrustStore(id) => ec2.balancing.trust_stores.get(&id).map(|row| row.name.clone()),
                ResourceId::Listener(id) => {
                    let row = ec2.balancing.listeners.get(&id);
                    row.map(|row| format!("listener {}:{}", row.protocol, row.port))
                }
                ResourceId::Vpc(classic::NO_VPC) | ResourceId::Subnet(classic::NO_SUBNET) => Some("EC2-Classic".into()),
                _ => None,
            }
        };
        let bucket = || match id {
            ResourceId::Bucket(id) => self.s3.by_id.get(&id).cloned(),
            _ => None,
        };
        tag.or_else(own).or_else(bucket).unwrap_or_else(|| id.to_string())
    }

    /// Which Region a resource is in.
    pub fn region_of(&self, id: ResourceId) -> Option<Region> {
        self.regions
            .iter()
            .find(|(_, ec2)| references::exists(ec2, id))
            .map(|(region, _)| *region)
    }
}
