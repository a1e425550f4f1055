//! Rows of what computes: instances and their guests, images, key pairs. Data only: no behaviour that needs another row.

use super::classic::Seat;
use super::files::Disks;
use super::launching::{ImageMore, InstanceMore};
use super::rented::Rented;
use crate::base::ids::*;
use crate::base::time::Time;
use crate::catalog::{InstanceType, Zone};
use serde::Serialize;
use std::collections::BTreeMap;
use std::rc::Rc;

/// What an instance is meant to become. The clock moves `state` towards it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Goal {
    /// Run.
    Running,
    /// Stop.
    Stopped,
    /// Stop with the memory kept on the root volume.
    Hibernated,
    /// Be gone.
    Terminated,
}

/// The observed state. Source: <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceState.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum InstanceState {
    /// Code 0.
    Pending,
    /// Code 16.
    Running,
    /// Code 32.
    ShuttingDown,
    /// Code 48.
    Terminated,
    /// Code 64.
    Stopping,
    /// Code 80.
    Stopped,
}

impl InstanceState {
    /// The API's number.
    pub fn code(self) -> i64 {
        match self {
            InstanceState::Pending => 0,
            InstanceState::Running => 16,
            InstanceState::ShuttingDown => 32,
            InstanceState::Terminated => 48,
            InstanceState::Stopping => 64,
            InstanceState::Stopped => 80,
        }
    }
    /// The API's name.
    pub fn name(self) -> &'static str {
        match self {
            InstanceState::Pending => "pending",
            InstanceState::Running => "running",
            InstanceState::ShuttingDown => "shutting-down",
            InstanceState::Terminated => "terminated",
            InstanceState::Stopping => "stopping",
            InstanceState::Stopped => "stopped",
        }
    }
}

/// One EC2 instance.
#[derive(Clone, Debug, Serialize)]
pub struct Instance {
    /// Its id.
    pub id: InstanceId,
    /// Sequence number of its making: Describe answers are sorted by it.
    pub born: u64,
    /// The launch that made it.
    pub reservation: ReservationId,
    /// Its place in that launch.
    pub launch_index: i64,
    /// The AMI it was launched from (which may be deregistered since).
    pub image: ImageId,
    /// Its type.
    pub instance_type: InstanceType,
    /// Name of the key pair whose public half went into the guest.
    pub key_name: Option<String>,
    /// Where it runs.
    pub zone: Zone,
    /// Its subnet (of the primary interface).
    pub subnet: SubnetId,
    /// Its VPC.
    pub vpc: VpcId,
    /// What the image said of the machine; shared with the image and with past worlds.
    pub machine: Rc<Machine>,
    /// `default`, `dedicated` or `host`.
    pub tenancy: Tenancy,
    /// The physical machine it is on; `None` while stopped.
    pub host: Option<HostId>,
    /// The physical machine it was on before.
    pub last_host: Option<HostId>,
    /// When it was made.
    pub created: Time,
    /// When it was last launched or started.
    pub launched: Time,
    /// Requested state.
    pub goal: Goal,
    /// Observed state.
    pub state: InstanceState,
    /// When the observed state began.
    pub state_since: Time,
    /// When the observed state ends, if it is a passing one.
    pub settles: Option<Time>,
    /// Why the launch will fail when `pending` ends: code and message of the state's reason.
    pub launch_fault: Option<(String, String)>,
    /// Whether it has ever reached `running`.
    pub has_run: bool,
    /// Machine-readable reason of the last change (`Client.UserInitiatedShutdown`) and its message.
    pub state_reason: Option<(String, String)>,
    /// `User initiated (2025-03-03 09:00:00 GMT)`, or empty.
    pub transition_reason: String,
    /// EBS volumes by device name.
    pub block_devices: Vec<AttachedVolume>,
    /// Disks of the host that came with the type.
    pub ephemeral: Vec<EphemeralDisk>,
    /// User data, decoded; shared by the instances of a launch.
    pub user_data: Option<Rc<[u8]>>,
    /// Termination protection.
    pub disable_api_termination: bool,
    /// Stop protection.
    pub disable_api_stop: bool,
    /// What a shutdown in the guest does: true = terminate.
    pub shutdown_terminates: bool,
    /// Whether it may hibernate.
    pub hibernation: bool,
    /// Whether the memory of the last hibernation waits on the root volume.
    pub hibernated: bool,
    /// EBS-optimised.
    pub ebs_optimized: bool,
    /// Detailed monitoring.
    pub monitoring: bool,
    /// `unlimited` or `standard` for burstable types.
    pub cpu_credits: Option<String>,
    /// Instance metadata options.
    pub metadata: MetadataOptions,
    /// ARN of the instance profile.
    pub instance_profile: Option<String>,
    /// Name of its placement group.
    pub placement_group: Option<String>,
    /// Kernel image of a paravirtual one.
    pub kernel: Option<String>,
    /// Enhanced networking with the Intel 82599.
    pub sriov: bool,
    /// Products of the Marketplace that its image carries.
    pub product_codes: Vec<String>,
    /// CPU cores and threads of each.
    pub cpu: (i64, i64),
    /// What it is called in the VPC's DNS.
    pub names: NameOptions,
    /// Whether AWS moves it to another host when its host fails.
    pub auto_recovery: bool,
    /// The idempotency token of the launch.
    pub client_token: String,
    /// Status checks.
    pub checks: StatusChecks,
    /// What goes on inside.
    pub guest: Guest,
    /// Administrator's password, encrypted with the key pair's public half (Windows, RSA), and when it can be read.
    pub password: Option<(Time, String)>,
    /// What few instances have.
    #[serde(skip_serializing_if = "InstanceMore::is_default")]
    pub more: InstanceMore,
    /// Its place in EC2-Classic, if it was launched there and is not terminated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub classic: Option<Box<Seat>>,
}

/// How an instance is called in its VPC's DNS.
/// Source: <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-naming.html>
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NameOptions {
    /// `ip-name` or `resource-name`.
    pub hostname_type: String,
    /// Whether the name made of its id answers with an A record.
    pub a_record: bool,
    /// And with an AAAA record.
    pub aaaa_record: bool,
}

/// Facts of the machine that follow from its image.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Machine {
    /// `x86_64`, `arm64`, `i386`.
    pub architecture: String,
    /// `hvm` or `paravirtual`.
    pub virtualization: String,
    /// `ebs` or `instance-store`.
    pub root_device_type: String,
    /// `/dev/xvda`.
    pub root_device_name: String,
    /// `windows`, else empty (the API leaves it out for Linux).
    pub platform: String,
    /// `Linux/UNIX`, `Windows`, `Red Hat Enterprise Linux`, …
    pub platform_details: String,
    /// `RunInstances`, `RunInstances:0002`, …
    pub usage_operation: String,
    /// The user that owns `authorized_keys` in the guest.
    pub login: String,
    /// ENA support.
    pub ena: bool,
    /// `legacy-bios`, `uefi`, `uefi-preferred`, or empty.
    pub boot_mode: String,
}

impl Machine {
    /// Whether the guest is Windows.
    pub fn is_windows(&self) -> bool {
        self.platform == "windows"
    }
}

/// Tenancy of an instance or VPC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Tenancy {
    /// Shared hardware.
    Default,
    /// A machine for one customer.
    Dedicated,
    /// A Dedicated Host.
    Host,
}

impl Tenancy {
    /// The API's name.
    pub fn name(self) -> &'static str {
        match self {
            Tenancy::Default => "default",
            Tenancy::Dedicated => "dedicated",
            Tenancy::Host => "host",
        }
    }
}

/// One EBS volume in an instance's mapping.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AttachedVolume {
    /// `/dev/sdf`.
    pub device: String,
    /// The volume.
    pub volume: VolumeId,
    /// When it was attached.
    pub attached: Time,
    /// Whether it goes with the instance.
    pub delete_on_termination: bool,
}

/// One instance-store disk of the host.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EphemeralDisk {
    /// `ephemeral0`.
    pub virtual_name: String,
    /// `/dev/sdb`.
    pub device: String,
    /// Its size.
    pub size_gb: i64,
    /// What was written since the disk was last blank; emptied by stop, hibernate, terminate and host failure.
    pub written: Vec<(i64, i64)>,
    /// When the disk was last blank.
    pub blank_since: Time,
    /// Its blocks, where what was written has bytes: first block → (number of blocks, stamp of the write).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub contents: Vec<(i64, (i64, u64))>,
}

/// IMDS options. Source: <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceMetadataOptionsResponse.html>
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MetadataOptions {
    /// `optional` or `required`.
    pub tokens_required: bool,
    /// 1 to 64.
    pub hop_limit: i64,
    /// `enabled` or `disabled`.
    pub enabled: bool,
    /// Whether tags can be read there.
    pub tags: bool,
    /// Whether the IPv6 endpoint answers.
    pub ipv6: bool,
}

/// Status checks of an instance.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct StatusChecks {
    /// When both checks end `initializing`; `None` while not running.
    pub settled: Option<Time>,
    /// Since when the system check fails.
    pub system_impaired: Option<Time>,
    /// Since when the instance check fails.
    pub instance_impaired: Option<Time>,
}

/// The inside of a machine, as far as Stratus simulates it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Guest {
    /// What listens now, sorted.
    pub listeners: Vec<Listener>,
    /// What a boot starts.
    pub services: Vec<Listener>,
    /// When the boot under way is over; `None` = it is up, or off.
    pub boots: Option<Time>,
    /// Whether the user data has run: it runs at the first boot only.
    pub initialized: bool,
    /// The guest's own firewall: first match decides; no match allows (as a stock image is).
    pub firewall: Vec<GuestRule>,
    /// Likewise for what the guest sends. Neither judges answers: both remember connections, as Linux's do.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub firewall_out: Vec<GuestRule>,
    /// Its own routes.
    #[serde(skip_serializing_if = "GuestRouting::is_plain")]
    pub routing: GuestRouting,
    /// Lines on the console, with their times; shared with past worlds.
    pub console: Rc<Vec<(Time, String)>>,
    /// Public keys that may log in, in OpenSSH form: the key pair's, copied at launch.
    pub authorized_keys: Vec<String>,
    /// Its disks, what is mounted and what waits to be written.
    #[serde(skip_serializing_if = "Disks::is_empty")]
    pub disks: Disks,
    /// What a program of the Web answers that listens on a port, where that is not 200 and an empty page.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub web: BTreeMap<u16, WebAnswer>,
}

impl Guest {
    /// The rules of its own firewall, of both directions.
    pub fn rules(&self) -> impl Iterator<Item = &GuestRule> {
        self.firewall.iter().chain(&self.firewall_out)
    }

    /// The program that takes TCP on a port.
    pub fn serves(&self, port: u16) -> Option<&Listener> {
        self.listeners.iter().find(|has| (has.protocol, has.port) == (6, port))
    }

    /// The blocks that its rules and its own routes name.
    pub fn blocks(&self) -> impl Iterator<Item = ipnet::IpNet> + '_ {
        let routes = self.routing.routes.iter().map(|route| route.destination);
        self.rules().map(|rule| rule.source).chain(routes)
    }
}

/// What an HTTP request is answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WebAnswer {
    /// 100 to 599.
    pub status: u16,
    /// The body.
    pub body: String,
    /// How long it takes.
    #[serde(skip_serializing_if = "Delays::is_none")]
    pub delays: Delays,
}

/// How long a server of the Web takes to answer, one after the other, in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Delays {
    /// Until the TCP connection stands.
    pub connect: i64,
    /// Until the status is there.
    pub status: i64,
    /// Until the whole body is.
    pub body: i64,
}

impl Delays {
    /// Whether it answers at once.
    pub fn is_none(&self) -> bool {
        *self == Delays::default()
    }
}

/// A program that listens on a port.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Listener {
    /// 6 = TCP, 17 = UDP.
    pub protocol: u8,
    /// The port.
    pub port: u16,
    /// `sshd`, `nginx`, …
    pub program: String,
    /// Whether it comes back after a boot (a service) or was started by hand.
    pub service: bool,
}

/// A rule of the guest's own firewall.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct GuestRule {
    /// Allow, or drop.
    pub allow: bool,
    /// IP protocol; `None` = all.
    pub protocol: Option<u8>,
    /// Ports of the destination.
    pub ports: (u16, u16),
    /// Where from; of a rule for what leaves: where to.
    pub source: ipnet::IpNet,
}

/// How a guest chooses the interface that it sends by. As Amazon Linux sets it up, each secondary interface has a table of
/// its own, which rules ask for what is sent from its addresses, and all else goes by the main table: subnets by the
/// interfaces in them, the rest by the primary one.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct GuestRouting {
    /// There are no such rules: the main table alone decides, also for answers.
    pub one_table: bool,
    /// Static routes of the main table, sorted by their destinations, each once.
    pub routes: Vec<GuestRoute>,
}

impl GuestRouting {
    /// Whether it is as the image has it.
    pub fn is_plain(&self) -> bool {
        !self.one_table && self.routes.is_empty()
    }
}

/// A static route of a guest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct GuestRoute {
    /// Where to.
    pub destination: ipnet::IpNet,
    /// By which way.
    pub way: GuestWay,
}

/// Where a guest's route leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum GuestWay {
    /// Out by this interface; while the instance does not have it, the route is not there.
    Interface(NetworkInterfaceId),
    /// Nowhere, without a word.
    Blackhole,
    /// Nowhere, and who sends is told.
    Unreachable,
}

/// An AMI of the account's own. Amazon's and others' are in the catalogue; `storage::images::find` shows them as such
/// a row too.
#[derive(Clone, Debug, Serialize)]
pub struct Image {
    /// Its id.
    pub id: ImageId,
    /// Sequence number of its making; 0 for one of the catalogue.
    pub born: u64,
    /// The account that owns it.
    pub owner: String,
    /// `amazon`, `aws-marketplace`; `None` for accounts without an alias.
    pub owner_alias: Option<String>,
    /// Its name, unique in account and Region.
    pub name: String,
    /// Its description.
    pub description: String,
    /// When it was made.
    pub created: Time,
    /// What the machine is.
    pub machine: Rc<Machine>,
    /// `pending`, `available`, `failed`.
    pub state: String,
    /// Block device mapping.
    pub mappings: Vec<ImageMapping>,
    /// Launch permission: everybody.
    pub public: bool,
    /// Launch permission: these accounts.
    pub shared_with: Vec<String>,
    /// Region and id of the image that it is a copy of, or that its instance was launched from.
    pub source: Option<(String, String)>,
    /// Whether launches require IMDSv2.
    pub imds_v2: bool,
    /// Owner and name, or where an instance-store bundle's manifest lies.
    pub location: String,
    /// Services that the captured root volume starts.
    pub services: Vec<Listener>,
    /// The instance it was made of.
    pub source_instance: Option<InstanceId>,
    /// Products of the Marketplace that it carries.
    pub product_codes: Vec<String>,
    /// Kernel image of a paravirtual one.
    pub kernel: Option<String>,
    /// Enhanced networking with the Intel 82599 (`simple`).
    pub sriov: bool,
    /// NitroTPM.
    pub tpm: bool,
    /// When it is or was deprecated.
    pub deprecated: Option<Time>,
    /// Whether the free tier covers it.
    pub free_tier: bool,
    /// What few images have.
    #[serde(skip_serializing_if = "ImageMore::is_default")]
    pub more: ImageMore,
}

/// One line of an image's block device mapping.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ImageMapping {
    /// `/dev/xvda`.
    pub device: String,
    /// `ephemeral0` for instance store.
    pub virtual_name: Option<String>,
    /// EBS: snapshot, size in GiB, type, DeleteOnTermination, encrypted, IOPS, throughput.
    pub ebs: Option<ImageVolume>,
}

/// EBS part of an image's mapping.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ImageVolume {
    /// Where its bytes come from; `None` = blank.
    pub snapshot: Option<SnapshotId>,
    /// Size in GiB.
    pub size_gib: i64,
    /// `gp3`, …
    pub volume_type: String,
    /// Whether it goes with the instance.
    pub delete_on_termination: bool,
    /// Encrypted.
    pub encrypted: bool,
    /// Provisioned IOPS.
    pub iops: Option<i64>,
    /// Provisioned throughput, MiB/s.
    pub throughput: Option<i64>,
}

/// A key pair: the public half only, as AWS keeps it.
#[derive(Clone, Debug, Serialize)]
pub struct KeyPair {
    /// Its id.
    pub id: KeyPairId,
    /// Sequence number of its making.
    pub born: u64,
    /// Its name, unique in the Region.
    pub name: String,
    /// `rsa` or `ed25519`.
    pub key_type: String,
    /// Fingerprint as EC2 shows it.
    pub fingerprint: String,
    /// The public half in OpenSSH form.
    pub public_openssh: String,
    /// When it was made.
    pub created: Time,
}

/// A physical machine: shared with other, anonymous customers unless dedicated (ours: AWS shows none of it).
#[derive(Clone, Debug, Serialize)]
pub struct PhysicalHost {
    /// Its id.
    pub id: HostId,
    /// Its zone.
    pub zone: Zone,
    /// The instance family it runs.
    pub family: String,
    /// Dedicated to this account.
    pub dedicated: bool,
    /// vCPUs for guests of ours and of others.
    pub vcpus: i64,
    /// How many anonymous customers' machines are beside ours.
    pub neighbours: i64,
    /// Ours.
    pub guests: Vec<InstanceId>,
    /// Whether it has failed.
    pub failed: bool,
    /// What it is as a Dedicated Host, which an account rents whole; `None` = it is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rented: Option<Rented>,
}

impl PhysicalHost {
    /// Its rack in its zone: power and network of its own (ours: it follows from the id, and AWS shows none of it).
    pub fn rack(&self) -> u64 {
        self.id.0 >> RACK_SHIFT
    }
    /// The switch next to its rack, which sixty-four racks share: a cluster placement group keeps to one (ours).
    pub fn node(&self) -> u64 {
        self.id.0 >> NODE_SHIFT
    }
}

/// A host's rack stands in the first twelve bits of its number.
pub const RACK_SHIFT: u32 = 52;
/// The switch of its rack in the first six.
pub const NODE_SHIFT: u32 = 58;
