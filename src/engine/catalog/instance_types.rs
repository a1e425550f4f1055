//! Instance types: what DescribeInstanceTypes knows of them, and their Linux on-demand list prices.
//!
//! The source is `data/ec2_instance_types.csv`; the program carries it packed as `data/instance_types.txt`
//! (`UPDATE_EXPECT=1 cargo test -p stratus-engine --test catalog packed` writes it; 6 KB of the page's brotli size instead of 12)
//! and reads that once, on first use. The table may only grow at its end: an [`InstanceType`] is stored as its row. Prices are
//! whole 10⁻¹² USD an hour; no float is involved.
//!
//! A line of the packed file is `@` and each Region's price of a vCPU, for the rows that follow, or a row: the CSV's facts,
//! then `column=price` for those prices that are not so many times the vCPU's.
//!
//! Facts are AWS's (prices of March 2025, current-generation and free-tier flags of August 2026), except where a method
//! says *ours*.

use super::{Region, quotas::QuotaFamily};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use std::{fmt, sync::LazyLock};
use stratus_model::sort;

const PACKED: &str = include_str!("../data/instance_types.txt");

/// An instance type, e.g. t3.micro, as its row in an append-only table.
///
/// Serialised as its name in readable formats and as one number in binary ones. Ordered by row, which is by name for
/// the first 398; sort by [`InstanceType::name`] where an order is shown.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InstanceType(u16);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Architecture {
    I386,
    X86_64,
    Arm64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Hypervisor {
    Nitro,
    Xen,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Virtualization {
    Hvm,
    Paravirtual,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum RootDevice {
    Ebs,
    InstanceStore,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum UsageClass {
    OnDemand,
    Spot,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum DiskType {
    Hdd,
    Ssd,
}

/// Disks of one kind that the host gives to an instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Disks {
    pub count: u32,
    pub size_gb: u32,
    pub disk_type: DiskType,
}

/// The instance store of a type: physical disks of the host, lost at stop, hibernate, terminate and host failure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InstanceStore {
    pub total_gb: u32,
    pub disks: Vec<Disks>,
}

/// Whether a type's interface is an Elastic Network Adapter, as DescribeInstanceTypes puts it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnaSupport {
    Unsupported,
    Supported,
    Required,
}

/// Enumerations whose members have a name in the API.
macro_rules! api_names {
    ($type:ident { $($member:ident = $name:literal),+ $(,)? }) => {
        impl $type {
            /// The word that the API uses.
            pub fn name(self) -> &'static str {
                match self { $($type::$member => $name),+ }
            }

            /// The member that the API calls `name`.
            pub fn find(name: &str) -> Option<$type> {
                match name { $($name => Some($type::$member),)+ _ => None }
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.name())
            }
        }
    };
}

api_names!(Architecture { I386 = "i386", X86_64 = "x86_64", Arm64 = "arm64" });
api_names!(Hypervisor { Nitro = "nitro", Xen = "xen" });
api_names!(Virtualization { Hvm = "hvm", Paravirtual = "paravirtual" });
api_names!(RootDevice { Ebs = "ebs", InstanceStore = "instance-store" });
api_names!(UsageClass { OnDemand = "on-demand", Spot = "spot" });
api_names!(DiskType { Hdd = "hdd", Ssd = "ssd" });
api_names!(EnaSupport { Unsupported = "unsupported", Supported = "supported", Required = "required" });

struct Row {
    name: &'static str,
    vcpus: u32,
    cores: u32,
    memory_mib: u32,
    architectures: Vec<Architecture>,
    hypervisor: Hypervisor,
    virtualization: Vec<Virtualization>,
    root_devices: Vec<RootDevice>,
    network_performance: &'static str,
    max_interfaces: u32,
    ipv4_per_interface: u32,
    ipv6: bool,
    instance_store: Option<InstanceStore>,
    burstable: bool,
    current_generation: bool,
    free_tier: bool,
    hibernation: bool,
    usage_classes: Vec<UsageClass>,
    /// 10⁻¹² USD an hour, in the order of `Table::priced`.
    linux_prices: Vec<Option<u64>>,
}

struct Table {
    rows: Vec<Row>,
    /// Row numbers by name.
    by_name: Vec<u16>,
    /// The Regions that the price columns stand for.
    priced: Vec<Option<Region>>,
}

/// A line that cannot be read is left out: a test holds that there is none.
static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut lines = PACKED.lines();
    let priced: Vec<_> = lines.next().unwrap_or_default().split(',').map(Region::find).collect();
    let mut per_vcpu = Vec::new();
    let mut rows: Vec<Row> = Vec::new();
    for line in lines {
        match line.strip_prefix('@') {
            Some(prices) => per_vcpu = prices.split(',').map(price).collect(),
            None => rows.extend(row(line, &per_vcpu)),
        }
    }
    let mut by_name: Vec<u16> = (0..rows.len() as u16).collect();
    sort::by_key(&mut by_name, |&at| rows[usize::from(at)].name);
    Table { rows, by_name, priced }
});

fn row(line: &'static str, per_vcpu: &[Option<u64>]) -> Option<Row> {
    let mut fields = line.split(',');
    let mut next = || fields.next();
    let mut row = Row {
        name: next()?,
        vcpus: next()?.parse().ok()?,
        cores: next()?.parse().ok()?,
        memory_mib: next()?.parse().ok()?,
        architectures: list(next()?, Architecture::find)?,
        hypervisor: Hypervisor::find(next()?)?,
        virtualization: list(next()?, Virtualization::find)?,
        root_devices: list(next()?, RootDevice::find)?,
        network_performance: next()?,
        max_interfaces: next()?.parse().ok()?,
        ipv4_per_interface: next()?.parse().ok()?,
        ipv6: flag(next()?)?,
        instance_store: instance_store(next()?, next()?)?,
        burstable: flag(next()?)?,
        current_generation: flag(next()?)?,
        free_tier: flag(next()?)?,
        hibernation: flag(next()?)?,
        usage_classes: list(next()?, UsageClass::find)?,
        linux_prices: Vec::new(),
    };
    row.linux_prices = per_vcpu
        .iter()
        .map(|price| price.map(|price| price * u64::from(row.vcpus)))
        .collect();
    for exception in fields {
        let (column, value) = exception.split_once('=')?;
        *row.linux_prices.get_mut(column.parse::<usize>().ok()?)? = price(value);
    }
    Some(row)
}

fn flag(text: &str) -> Option<bool> {
    match text {
        "0" => Some(false),
        "1" => Some(true),
        _ => None,
    }
}

fn list<T>(text: &str, find: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    text.split('|').map(find).collect()
}

/// "600" and "4x150ssd" → 600 GB in 4 disks of 150 GB; "0" and "" → none.
fn instance_store(total: &str, disks: &str) -> Option<Option<InstanceStore>> {
    let total_gb = total.parse().ok()?;
    if disks.is_empty() {
        return (total_gb == 0).then_some(None);
    }
    let disks = list(disks, |text| {
        let (count, size_and_type) = text.split_once('x')?;
        let (size, disk_type) = size_and_type.split_at_checked(size_and_type.len().checked_sub(3)?)?;
        Some(Disks {
            count: count.parse().ok()?,
            size_gb: size.parse().ok()?,
            disk_type: DiskType::find(disk_type)?,
        })
    })?;
    Some(Some(InstanceStore { total_gb, disks }))
}

/// Picodollars; None where nothing stands.
fn price(text: &str) -> Option<u64> {
    u64::try_from(super::money::parse_picodollars(text)?).ok()
}

impl InstanceType {
    /// The type of this name, e.g. "t3.micro".
    pub fn find(name: &str) -> Option<InstanceType> {
        let table = &*TABLE;
        let at = table
            .by_name
            .binary_search_by_key(&name, |&at| table.rows[usize::from(at)].name)
            .ok()?;
        Some(InstanceType(table.by_name[at]))
    }

    /// Every type, by name.
    pub fn all() -> impl ExactSizeIterator<Item = InstanceType> + DoubleEndedIterator {
        TABLE.by_name.iter().map(|&at| InstanceType(at))
    }

    /// The types of this one's family, itself among them, by name: they stand side by side.
    pub fn siblings(self) -> impl Iterator<Item = InstanceType> {
        let name = self.name();
        let start = name.get(..=self.family().len()).unwrap_or(name);
        let table = &*TABLE;
        let before = |&at: &u16| table.rows.get(usize::from(at)).is_some_and(|row| row.name < start);
        let from = table.by_name.partition_point(before);
        let rest = table.by_name.iter().skip(from).map(|&at| InstanceType(at));
        rest.take_while(move |other| other.name().starts_with(start))
    }

    /// The type at a position that was stored earlier; None if there is no such type.
    pub fn from_index(index: u16) -> Option<InstanceType> {
        (usize::from(index) < TABLE.rows.len()).then_some(InstanceType(index))
    }

    /// Its position in the append-only table.
    pub fn index(self) -> u16 {
        self.0
    }

    fn row(self) -> &'static Row {
        // An InstanceType is only ever made from a checked position.
        &TABLE.rows[usize::from(self.0)]
    }

    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// "t3" of "t3.micro".
    pub fn family(self) -> &'static str {
        // Asked of every host for many a launch: byte by byte is four times quicker than a search for a char.
        let name = self.name();
        let end = name.bytes().position(|byte| byte == b'.');
        name.get(..end.unwrap_or(0)).unwrap_or_default()
    }

    /// "micro" of "t3.micro".
    pub fn size(self) -> &'static str {
        self.name().split('.').nth(1).unwrap_or_default()
    }

    pub fn vcpus(self) -> u32 {
        self.row().vcpus
    }

    pub fn cores(self) -> u32 {
        self.row().cores
    }

    /// Hardware threads a core: vCPUs by cores.
    pub fn threads_per_core(self) -> u32 {
        self.vcpus() / self.cores().max(1)
    }

    pub fn memory_mib(self) -> u32 {
        self.row().memory_mib
    }

    pub fn architectures(self) -> &'static [Architecture] {
        &self.row().architectures
    }

    pub fn hypervisor(self) -> Hypervisor {
        self.row().hypervisor
    }

    pub fn virtualization(self) -> &'static [Virtualization] {
        &self.row().virtualization
    }

    pub fn root_devices(self) -> &'static [RootDevice] {
        &self.row().root_devices
    }

    /// In AWS's words: "Up to 5 Gigabit".
    pub fn network_performance(self) -> &'static str {
        self.row().network_performance
    }

    /// How many network interfaces may be attached.
    pub fn max_interfaces(self) -> u32 {
        self.row().max_interfaces
    }

    /// How many private IPv4 addresses an interface may have; the same number of IPv6 addresses where [`Self::ipv6`].
    pub fn ipv4_per_interface(self) -> u32 {
        self.row().ipv4_per_interface
    }

    pub fn ipv6(self) -> bool {
        self.row().ipv6
    }

    /// Its instance store; None where the type has only EBS.
    pub fn instance_store(self) -> Option<&'static InstanceStore> {
        self.row().instance_store.as_ref()
    }

    /// Whether CPU credits limit it (the T families).
    pub fn burstable(self) -> bool {
        self.row().burstable
    }

    pub fn current_generation(self) -> bool {
        self.row().current_generation
    }

    pub fn free_tier(self) -> bool {
        self.row().free_tier
    }

    pub fn hibernation(self) -> bool {
        self.row().hibernation
    }

    pub fn usage_classes(self) -> &'static [UsageClass] {
        &self.row().usage_classes
    }

    /// Nitro types have nothing but an ENA; of the Xen types here r4, i3 and the largest m4 can use one
    /// (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/enhanced-networking-ena.html>).
    pub fn ena_support(self) -> EnaSupport {
        match (self.hypervisor(), self.family()) {
            (Hypervisor::Nitro, _) => EnaSupport::Required,
            (Hypervisor::Xen, "r4" | "i3") => EnaSupport::Supported,
            (Hypervisor::Xen, _) if self.name() == "m4.16xlarge" => EnaSupport::Supported,
            (Hypervisor::Xen, _) => EnaSupport::Unsupported,
        }
    }

    /// The group of types whose vCPUs are counted together against one quota.
    pub fn quota_family(self) -> QuotaFamily {
        QuotaFamily::of(self.family())
    }

    /// The Linux on-demand list price in this Region, in 10⁻¹² USD an hour. None: not known, which is not "not offered"
    /// (see [`super::prices`] for what is charged then).
    pub fn linux_price(self, region: Region) -> Option<i128> {
        let column = TABLE.priced.iter().position(|&priced| priced == Some(region))?;
        let price = (*self.row().linux_prices.get(column)?)?;
        Some(i128::from(price))
    }
}

impl fmt::Display for InstanceType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Debug for InstanceType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Serialize for InstanceType {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.serialize_str(self.name())
        } else {
            self.0.serialize(serializer)
        }
    }
}

impl<'de> Deserialize<'de> for InstanceType {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<InstanceType, D::Error> {
        let found = if deserializer.is_human_readable() {
            InstanceType::find(&String::deserialize(deserializer)?)
        } else {
            InstanceType::from_index(u16::deserialize(deserializer)?)
        };
        found.ok_or_else(|| D::Error::custom("no such instance type"))
    }
}
