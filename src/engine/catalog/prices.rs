//! List prices: what a unit of everything costs, and what an hour of an instance costs.
//!
//! Teaching figures as of [`AS_OF`], from AWS's public price pages for us-east-1. In Regions whose prices are not known,
//! us-east-1's stand in and the product says *ours* ([`Rate::source`], [`InstancePrice::source`]). Whoever makes a bill
//! adds up usage in whole units (seconds, bytes, counts) and turns the sum into [`Money`] once.

use super::{InstanceType, Money, Region, images::Platform, money::MONTH, money::divide_half_even};
use crate::base::limits::SMALL_OBJECT;

/// The month whose list prices these are.
pub const AS_OF: &str = "2025-03";

/// A running instance is billed by the second, but never for less than this at each start
/// (<https://aws.amazon.com/ec2/pricing/on-demand/>).
pub const MINIMUM_SECONDS: i64 = 60;

/// Custom metrics that an instance's detailed monitoring is charged as.
pub const DETAILED_MONITORING_METRICS: i64 = 7;

/// Bytes in the "GB" of storage and transfer prices, which AWS counts in binary.
pub const GIB: i128 = 1 << 30;

/// Where a price comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// AWS's price page.
    Documented,
    /// A parameter of the simulation, such as a neighbour's price.
    Ours,
}

/// What a price is for one of, and with that, in which whole unit usage is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// An hour of one thing. Usage: things × seconds.
    Hour,
    /// A month (30 days) of one thing: a GiB provisioned, an IOPS, a MiB/s, a metric. Usage: things × seconds.
    Month(&'static str),
    /// A month (30 days) of a thousand of one thing. Usage: things × seconds.
    ThousandMonth(&'static str),
    /// A month (30 days) of a GiB, where usage is measured to the byte. Usage: bytes × seconds.
    ByteMonth,
    /// A GiB moved. Usage: bytes.
    Byte,
    /// So many of a kind. Usage: how many.
    Count { per: u32, of: &'static str },
}

/// The price from this quantity on, until the next tier begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tier {
    /// In things, GiB or counts (not in packs of `per`).
    pub from: u64,
    /// Picodollars (10⁻¹² USD) for one unit.
    pub price: i128,
}

/// One line of the price list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// Its name in this program, e.g. "ebs.gp3.storage".
    pub key: &'static str,
    /// In words, for a bill.
    pub label: &'static str,
    pub unit: Unit,
    /// By quantity, the first from 0.
    pub tiers: &'static [Tier],
    /// Whether the service has one price everywhere.
    pub global: bool,
    pub url: &'static str,
}

impl Unit {
    /// "hour", "GiB-month", "1,000 requests": what stands after a price.
    pub fn text(self) -> String {
        match self {
            Unit::Hour => "hour".to_string(),
            Unit::Month(thing) => format!("{thing}-month"),
            Unit::ThousandMonth(thing) => format!("1,000 {thing}-months"),
            Unit::ByteMonth => "GB-month".to_string(),
            Unit::Byte => "GB".to_string(),
            Unit::Count { per: 1, of } => of.to_string(),
            Unit::Count { per: 1_000, of } => format!("1,000 {of}"),
            Unit::Count { per: 1_000_000, of } => format!("million {of}"),
            Unit::Count { per, of } => format!("{per} {of}"),
        }
    }

    /// Units of usage in one unit of price and, for time-based prices, a month.
    fn scale(self) -> i128 {
        match self {
            Unit::Hour | Unit::Month(_) => 1,
            Unit::ThousandMonth(_) => 1_000,
            Unit::ByteMonth | Unit::Byte => GIB,
            Unit::Count { per, .. } => i128::from(per),
        }
    }

    /// The amount of `usage` units at this price, before the division by [`Unit::scale`].
    fn amount(self, price: i128, usage: i128) -> Money {
        match self {
            Unit::Hour => Money::hourly(price, usage),
            Unit::Month(_) | Unit::ThousandMonth(_) | Unit::ByteMonth => Money::monthly(price, usage),
            Unit::Byte | Unit::Count { .. } => Money::each(price, usage),
        }
    }

    /// What a tier's boundary is in units of quantity.
    fn boundary(self, from: u64) -> i128 {
        match self {
            Unit::ByteMonth | Unit::Byte => i128::from(from) * GIB,
            Unit::Hour | Unit::Month(_) | Unit::ThousandMonth(_) | Unit::Count { .. } => i128::from(from),
        }
    }
}

impl Rate {
    /// What `quantity` things (or bytes) held at once for `seconds` cost; the tiers go by what is held at once, as for
    /// the IOPS of a volume. For time-based units.
    pub fn held(&self, quantity: i128, seconds: i128) -> Money {
        self.tiered(quantity, seconds, 1)
    }

    /// What `usage` (things × seconds, or bytes × seconds) costs; the tiers go by the month's average, as for what S3
    /// stores. For time-based units and one month's usage.
    pub fn accrued(&self, usage: i128) -> Money {
        self.tiered(usage, 1, MONTH)
    }

    /// What `quantity` things (or bytes) cost that are held for a month. For time-based units.
    pub fn month(&self, quantity: i128) -> Money {
        self.accrued(quantity.saturating_mul(MONTH))
    }

    /// What a month's `quantity` (bytes or counts) costs; the tiers go by the quantity.
    pub fn used(&self, quantity: i128) -> Money {
        self.tiered(quantity, 1, 1)
    }

    /// Cuts the quantity at the tiers, whose boundaries are multiplied by `stretch`. Rounded once, half to even, below
    /// 10⁻¹⁸ USD, and only where a price is not for a whole unit of usage.
    fn tiered(&self, quantity: i128, seconds: i128, stretch: i128) -> Money {
        let mut sum = Money::ZERO;
        for (at, tier) in self.tiers.iter().enumerate() {
            let from = self.unit.boundary(tier.from) * stretch;
            let end = self
                .tiers
                .get(at + 1)
                .map_or(i128::MAX, |next| self.unit.boundary(next.from) * stretch);
            let part = quantity.min(end) - from;
            if part <= 0 {
                break;
            }
            sum += self.unit.amount(tier.price, part.saturating_mul(seconds));
        }
        Money::from_units(divide_half_even(sum.units(), self.unit.scale()))
    }

    /// The price of the first unit that costs anything, in picodollars: what a price list shows.
    pub fn first_price(&self) -> i128 {
        self.tiers
            .iter()
            .map(|tier| tier.price)
            .find(|price| *price != 0)
            .unwrap_or_default()
    }

    /// Whether the price is AWS's for this Region or us-east-1's standing in for it.
    pub fn source(&self, region: Region) -> Source {
        if self.global || region == Region::US_EAST_1 {
            Source::Documented
        } else {
            Source::Ours
        }
    }
}

const EBS: &str = "https://aws.amazon.com/ebs/pricing/";
const S3: &str = "https://aws.amazon.com/s3/pricing/";
const VPC: &str = "https://aws.amazon.com/vpc/pricing/";
const VPN: &str = "https://aws.amazon.com/vpn/pricing/";
const TRANSIT: &str = "https://aws.amazon.com/transit-gateway/pricing/";
const PRIVATE_LINK: &str = "https://aws.amazon.com/privatelink/pricing/";
const EC2: &str = "https://aws.amazon.com/ec2/pricing/on-demand/";
const ELB: &str = "https://aws.amazon.com/elasticloadbalancing/pricing/";
const ROUTE_53: &str = "https://aws.amazon.com/route53/pricing/";
const CLOUDWATCH: &str = "https://aws.amazon.com/cloudwatch/pricing/";

const fn tier(from: u64, millionths_of_usd: i128) -> Tier {
    Tier {
        from,
        price: millionths_of_usd * 1_000_000,
    }
}

const fn rate(key: &'static str, label: &'static str, unit: Unit, tiers: &'static [Tier], url: &'static str) -> Rate {
    Rate {
        key,
        label,
        unit,
        tiers,
        global: false,
        url,
    }
}

const fn global(rate: Rate) -> Rate {
    Rate { global: true, ..rate }
}

/// Declares each rate as a constant, and [`ALL`] of them. Prices in millionths of a USD.
macro_rules! rates {
    ($($name:ident: $wrap:ident($key:literal, $label:literal, $unit:expr, [$($from:literal => $price:literal),+], $url:ident);)+) => {
        $(
            #[doc = $label]
            pub static $name: Rate = $wrap!(rate($key, $label, $unit, &[$(tier($from, $price)),+], $url));
        )+

        /// The whole price list.
        pub static ALL: &[&Rate] = &[$(&$name),+];
    };
}

macro_rules! regional {
    ($rate:expr) => {
        $rate
    };
}

macro_rules! everywhere {
    ($rate:expr) => {
        global($rate)
    };
}

const fn per(per: u32, of: &'static str) -> Unit {
    Unit::Count { per, of }
}

const GIB_MONTH: Unit = Unit::Month("GiB");
const IOPS_MONTH: Unit = Unit::Month("IOPS");

#[rustfmt::skip]
rates! {
    EBS_GP3_STORAGE: regional("ebs.gp3.storage", "General Purpose SSD (gp3) storage", GIB_MONTH, [0 => 80_000], EBS);
    EBS_GP3_IOPS: regional("ebs.gp3.iops", "gp3 IOPS over 3,000", IOPS_MONTH, [0 => 0, 3_000 => 5_000], EBS);
    EBS_GP3_THROUGHPUT: regional("ebs.gp3.throughput", "gp3 throughput over 125 MiB/s", Unit::Month("MiB/s"), [0 => 0, 125 => 40_000], EBS);
    EBS_GP2_STORAGE: regional("ebs.gp2.storage", "General Purpose SSD (gp2) storage", GIB_MONTH, [0 => 100_000], EBS);
    EBS_IO1_STORAGE: regional("ebs.io1.storage", "Provisioned IOPS SSD (io1) storage", GIB_MONTH, [0 => 125_000], EBS);
    EBS_IO1_IOPS: regional("ebs.io1.iops", "io1 provisioned IOPS", IOPS_MONTH, [0 => 65_000], EBS);
    EBS_IO2_STORAGE: regional("ebs.io2.storage", "Provisioned IOPS SSD (io2) storage", GIB_MONTH, [0 => 125_000], EBS);
    EBS_IO2_IOPS: regional("ebs.io2.iops", "io2 provisioned IOPS", IOPS_MONTH, [0 => 65_000, 32_000 => 46_000, 64_000 => 32_000], EBS);
    EBS_ST1_STORAGE: regional("ebs.st1.storage", "Throughput Optimized HDD (st1) storage", GIB_MONTH, [0 => 45_000], EBS);
    EBS_SC1_STORAGE: regional("ebs.sc1.storage", "Cold HDD (sc1) storage", GIB_MONTH, [0 => 15_000], EBS);
    EBS_STANDARD_STORAGE: regional("ebs.standard.storage", "Magnetic storage", GIB_MONTH, [0 => 50_000], EBS);
    EBS_STANDARD_IO: regional("ebs.standard.io", "Magnetic I/O requests", per(1_000_000, "I/O requests"), [0 => 50_000], EBS);
    SNAPSHOT_STANDARD: regional("ebs.snapshot.standard", "Snapshot storage, standard tier", Unit::ByteMonth, [0 => 50_000], EBS);
    SNAPSHOT_ARCHIVE: regional("ebs.snapshot.archive", "Snapshot storage, archive tier", Unit::ByteMonth, [0 => 12_500], EBS);
    SNAPSHOT_RETRIEVAL: regional("ebs.snapshot.retrieval", "Restores of snapshots from the archive tier", Unit::Byte, [0 => 30_000], EBS);

    TIMED_COPY: regional("ebs.snapshot.timed-copy", "Time-based copies of snapshots", Unit::Byte, [0 => 20_000], EBS);
    FAST_RESTORE: regional("ebs.snapshot.fast-restore", "Fast snapshot restore of a snapshot in a zone", Unit::Hour, [0 => 750_000], EBS);

    S3_STANDARD: regional("s3.standard.storage", "S3 Standard storage", Unit::ByteMonth, [0 => 23_000, 51_200 => 22_000, 512_000 => 21_000], S3);
    S3_INTELLIGENT: regional("s3.intelligent-tiering.storage", "S3 Intelligent-Tiering storage, frequent access", Unit::ByteMonth, [0 => 23_000, 51_200 => 22_000, 512_000 => 21_000], S3);
    S3_INTELLIGENT_INFREQUENT: regional("s3.intelligent-tiering.infrequent", "S3 Intelligent-Tiering storage, infrequent access", Unit::ByteMonth, [0 => 12_500], S3);
    S3_INTELLIGENT_INSTANT: regional("s3.intelligent-tiering.archive-instant", "S3 Intelligent-Tiering storage, archive instant access", Unit::ByteMonth, [0 => 4_000], S3);
    S3_INTELLIGENT_ARCHIVE: regional("s3.intelligent-tiering.archive", "S3 Intelligent-Tiering storage, archive access", Unit::ByteMonth, [0 => 3_600], S3);
    S3_INTELLIGENT_DEEP: regional("s3.intelligent-tiering.deep-archive", "S3 Intelligent-Tiering storage, deep archive access", Unit::ByteMonth, [0 => 990], S3);
    S3_INTELLIGENT_WATCH: regional("s3.intelligent-tiering.monitoring", "S3 Intelligent-Tiering, monitoring and automation", Unit::ThousandMonth("object"), [0 => 2_500], S3);
    S3_ANALYSIS: regional("s3.analytics.monitoring", "S3 Storage Class Analysis", Unit::ThousandMonth("object"), [0 => 100], S3);
    S3_STANDARD_IA: regional("s3.standard-ia.storage", "S3 Standard-Infrequent Access storage", Unit::ByteMonth, [0 => 12_500], S3);
    S3_ONE_ZONE_IA: regional("s3.one-zone-ia.storage", "S3 One Zone-Infrequent Access storage", Unit::ByteMonth, [0 => 10_000], S3);
    S3_GLACIER_INSTANT: regional("s3.glacier-instant.storage", "S3 Glacier Instant Retrieval storage", Unit::ByteMonth, [0 => 4_000], S3);
    S3_GLACIER: regional("s3.glacier.storage", "S3 Glacier Flexible Retrieval storage", Unit::ByteMonth, [0 => 3_600], S3);
    S3_DEEP_ARCHIVE: regional("s3.deep-archive.storage", "S3 Glacier Deep Archive storage", Unit::ByteMonth, [0 => 990], S3);
    S3_PUT: regional("s3.standard.put", "S3 PUT, COPY, POST and LIST requests", per(1_000, "requests"), [0 => 5_000], S3);
    S3_PUT_STANDARD_IA: regional("s3.standard-ia.put", "S3 requests that write to Standard-Infrequent Access", per(1_000, "requests"), [0 => 10_000], S3);
    S3_PUT_ONE_ZONE_IA: regional("s3.one-zone-ia.put", "S3 requests that write to One Zone-Infrequent Access", per(1_000, "requests"), [0 => 10_000], S3);
    S3_PUT_GLACIER_INSTANT: regional("s3.glacier-instant.put", "S3 requests that write to Glacier Instant Retrieval", per(1_000, "requests"), [0 => 20_000], S3);
    S3_PUT_GLACIER: regional("s3.glacier.put", "S3 requests that write to Glacier Flexible Retrieval", per(1_000, "requests"), [0 => 30_000], S3);
    S3_PUT_DEEP_ARCHIVE: regional("s3.deep-archive.put", "S3 requests that write to Glacier Deep Archive", per(1_000, "requests"), [0 => 50_000], S3);
    S3_TO_INTELLIGENT: regional("s3.intelligent-tiering.transition", "S3 lifecycle transitions into Intelligent-Tiering", per(1_000, "requests"), [0 => 10_000], S3);
    S3_RETRIEVAL_STANDARD_IA: regional("s3.standard-ia.retrieval", "S3 Standard-Infrequent Access retrieval", Unit::Byte, [0 => 10_000], S3);
    S3_RETRIEVAL_ONE_ZONE_IA: regional("s3.one-zone-ia.retrieval", "S3 One Zone-Infrequent Access retrieval", Unit::Byte, [0 => 10_000], S3);
    S3_RETRIEVAL_GLACIER_INSTANT: regional("s3.glacier-instant.retrieval", "S3 Glacier Instant Retrieval retrieval", Unit::Byte, [0 => 30_000], S3);
    S3_RETRIEVAL_GLACIER_EXPEDITED: regional("s3.glacier.retrieval.expedited", "S3 Glacier Flexible Retrieval, Expedited", Unit::Byte, [0 => 30_000], S3);
    S3_RETRIEVAL_GLACIER_STANDARD: regional("s3.glacier.retrieval.standard", "S3 Glacier Flexible Retrieval, Standard", Unit::Byte, [0 => 10_000], S3);
    S3_RETRIEVAL_GLACIER_BULK: regional("s3.glacier.retrieval.bulk", "S3 Glacier Flexible Retrieval, Bulk", Unit::Byte, [0 => 0], S3);
    S3_RETRIEVAL_DEEP_STANDARD: regional("s3.deep-archive.retrieval.standard", "S3 Glacier Deep Archive retrieval, Standard", Unit::Byte, [0 => 20_000], S3);
    S3_RETRIEVAL_DEEP_BULK: regional("s3.deep-archive.retrieval.bulk", "S3 Glacier Deep Archive retrieval, Bulk", Unit::Byte, [0 => 2_500], S3);
    S3_RESTORE_GLACIER_EXPEDITED: regional("s3.glacier.restore.expedited", "Retrieval requests to S3 Glacier Flexible Retrieval, Expedited", per(1_000, "requests"), [0 => 10_000_000], S3);
    S3_RESTORE_GLACIER_STANDARD: regional("s3.glacier.restore.standard", "Retrieval requests to S3 Glacier Flexible Retrieval, Standard", per(1_000, "requests"), [0 => 50_000], S3);
    S3_RESTORE_GLACIER_BULK: regional("s3.glacier.restore.bulk", "Retrieval requests to S3 Glacier Flexible Retrieval, Bulk", per(1_000, "requests"), [0 => 0], S3);
    S3_RESTORE_DEEP_STANDARD: regional("s3.deep-archive.restore.standard", "Retrieval requests to S3 Glacier Deep Archive, Standard", per(1_000, "requests"), [0 => 100_000], S3);
    S3_RESTORE_DEEP_BULK: regional("s3.deep-archive.restore.bulk", "Retrieval requests to S3 Glacier Deep Archive, Bulk", per(1_000, "requests"), [0 => 25_000], S3);
    S3_GET: regional("s3.standard.get", "S3 GET and other requests", per(1_000, "requests"), [0 => 400], S3);

    PUBLIC_IPV4: regional("vpc.public-ipv4", "Public IPv4 address, in use or idle", Unit::Hour, [0 => 5_000], VPC);
    VPC_ENDPOINT_HOUR: regional("vpc.endpoint.hour", "VPC endpoint, in each zone", Unit::Hour, [0 => 10_000], PRIVATE_LINK);
    TRANSIT_ATTACHMENT_HOUR: regional("vpc.transit-gateway.attachment", "Transit gateway attachment", Unit::Hour, [0 => 50_000], TRANSIT);
    VPC_ENDPOINT_DATA: regional("vpc.endpoint.data", "Data through an interface endpoint, the first PB a month", Unit::Byte, [0 => 10_000], PRIVATE_LINK);
    BALANCER_ENDPOINT_DATA: regional("vpc.endpoint.balancer-data", "Data through a Gateway Load Balancer endpoint", Unit::Byte, [0 => 3_500], PRIVATE_LINK);
    TRANSIT_DATA: regional("vpc.transit-gateway.data", "Data sent to a transit gateway", Unit::Byte, [0 => 20_000], TRANSIT);
    NAT_GATEWAY_HOUR: regional("vpc.nat-gateway.hour", "NAT gateway", Unit::Hour, [0 => 45_000], VPC);
    NAT_GATEWAY_DATA: regional("vpc.nat-gateway.data", "Data through a NAT gateway", Unit::Byte, [0 => 45_000], VPC);
    VPN_CONNECTION_HOUR: regional("vpc.vpn-connection.hour", "Site-to-Site VPN connection", Unit::Hour, [0 => 50_000], VPN);
    PATH_ANALYSIS: regional("vpc.reachability-analyzer.analysis", "Reachability Analyzer, each analysis", per(1, "analysis"), [0 => 100_000], VPC);
    ANALYSED_INTERFACE: regional("vpc.network-access-analyzer.interface", "Network Access Analyzer, each network interface analysed", per(1, "network interface"), [0 => 2_000], VPC);
    DATA_OUT: regional("data.out", "Data out to the Internet", Unit::Byte, [0 => 0, 100 => 90_000, 10_340 => 85_000, 51_300 => 70_000, 153_700 => 50_000], EC2);
    DATA_BETWEEN_REGIONS: regional("data.between-regions", "Data to another Region", Unit::Byte, [0 => 20_000], EC2);
    DATA_BETWEEN_ZONES: regional("data.between-zones", "Data between Availability Zones, each way", Unit::Byte, [0 => 10_000], EC2);

    CLASSIC_LOAD_BALANCER_HOUR: regional("elb.classic.hour", "Classic Load Balancer", Unit::Hour, [0 => 25_000], ELB);
    CLASSIC_LOAD_BALANCER_DATA: regional("elb.classic.data", "Data through a Classic Load Balancer", Unit::Byte, [0 => 8_000], ELB);
    APPLICATION_LOAD_BALANCER_HOUR: regional("elb.application.hour", "Application Load Balancer", Unit::Hour, [0 => 22_500], ELB);
    NETWORK_LOAD_BALANCER_HOUR: regional("elb.network.hour", "Network Load Balancer", Unit::Hour, [0 => 22_500], ELB);
    GATEWAY_LOAD_BALANCER_HOUR: regional("elb.gateway.hour", "Gateway Load Balancer", Unit::Hour, [0 => 12_500], ELB);
    APPLICATION_LOAD_BALANCER_LCU: regional("elb.application.lcu", "Load balancer capacity units", Unit::Hour, [0 => 8_000], ELB);

    HOSTED_ZONE: everywhere("route53.hosted-zone", "Hosted zone, each month begun", per(1, "hosted zone"), [0 => 500_000, 25 => 100_000], ROUTE_53);
    QUERIES_STANDARD: everywhere("route53.queries.standard", "Standard DNS queries", per(1_000_000, "queries"), [0 => 400_000], ROUTE_53);
    QUERIES_LATENCY: everywhere("route53.queries.latency", "Latency-based DNS queries", per(1_000_000, "queries"), [0 => 600_000], ROUTE_53);
    QUERIES_GEO: everywhere("route53.queries.geo", "Geolocation and geoproximity DNS queries", per(1_000_000, "queries"), [0 => 700_000], ROUTE_53);
    QUERIES_IP_BASED: everywhere("route53.queries.ip-based", "IP-based DNS queries", per(1_000_000, "queries"), [0 => 800_000], ROUTE_53);
    QUERIES_ALIAS: everywhere("route53.queries.alias", "DNS queries for aliases of AWS resources", per(1_000_000, "queries"), [0 => 0], ROUTE_53);
    HEALTH_CHECK_AWS: everywhere("route53.health-check.aws", "Health checks of AWS endpoints", Unit::Month("health check"), [0 => 0, 50 => 500_000], ROUTE_53);
    HEALTH_CHECK_OTHER: everywhere("route53.health-check.other", "Health checks of other endpoints", Unit::Month("health check"), [0 => 750_000], ROUTE_53);
    HEALTH_CHECK_AWS_OPTION: everywhere("route53.health-check.aws.option", "Health check options (HTTPS, string, 10 seconds, latency), AWS endpoints", Unit::Month("option"), [0 => 1_000_000], ROUTE_53);
    HEALTH_CHECK_OTHER_OPTION: everywhere("route53.health-check.other.option", "Health check options (HTTPS, string, 10 seconds, latency), other endpoints", Unit::Month("option"), [0 => 2_000_000], ROUTE_53);

    CUSTOM_METRIC: regional("cloudwatch.metric", "Custom metrics, also those of detailed monitoring", Unit::Month("metric"), [0 => 300_000], CLOUDWATCH);
    STANDARD_ALARM: regional("cloudwatch.alarm", "Alarms of standard resolution", Unit::Month("alarm"), [0 => 100_000], CLOUDWATCH);
}

/// The rate of this key.
pub fn find(key: &str) -> Option<&'static Rate> {
    ALL.iter().copied().find(|rate| rate.key == key)
}

/// What requests to S3 cost, by what their meter says of them ([`crate::world::usage::Measure::Requests`]).
pub fn object_requests(rate: &str) -> &'static Rate {
    match rate.split_once('/') {
        None => &S3_PUT,
        Some((what, of)) => other_requests(what, of),
    }
}

/// [`object_requests`] of all but the usual class: no part of a first visit.
#[inline(never)]
fn other_requests(what: &str, of: &str) -> &'static Rate {
    match (what, of) {
        ("RESTORE", "GLACIER/Expedited") => &S3_RESTORE_GLACIER_EXPEDITED,
        ("RESTORE", "GLACIER/Bulk") => &S3_RESTORE_GLACIER_BULK,
        ("RESTORE", "GLACIER/Standard") => &S3_RESTORE_GLACIER_STANDARD,
        ("RESTORE", "DEEP_ARCHIVE/Bulk") => &S3_RESTORE_DEEP_BULK,
        ("RESTORE", _) => &S3_RESTORE_DEEP_STANDARD,
        ("TRANSITION", "INTELLIGENT_TIERING") => &S3_TO_INTELLIGENT,
        (_, "STANDARD_IA") => &S3_PUT_STANDARD_IA,
        (_, "ONEZONE_IA") => &S3_PUT_ONE_ZONE_IA,
        (_, "GLACIER_IR") => &S3_PUT_GLACIER_INSTANT,
        (_, "GLACIER") => &S3_PUT_GLACIER,
        (_, "DEEP_ARCHIVE") => &S3_PUT_DEEP_ARCHIVE,
        _ => &S3_PUT,
    }
}

/// What bytes retrieved out of a storage class cost, for archives by the tier (`GLACIER/Bulk`); `None` where it costs nothing.
#[inline(never)]
pub fn retrieval(of: &str) -> Option<&'static Rate> {
    match of {
        "STANDARD_IA" => Some(&S3_RETRIEVAL_STANDARD_IA),
        "ONEZONE_IA" => Some(&S3_RETRIEVAL_ONE_ZONE_IA),
        "GLACIER_IR" => Some(&S3_RETRIEVAL_GLACIER_INSTANT),
        "GLACIER/Expedited" => Some(&S3_RETRIEVAL_GLACIER_EXPEDITED),
        "GLACIER/Standard" => Some(&S3_RETRIEVAL_GLACIER_STANDARD),
        "GLACIER/Bulk" => Some(&S3_RETRIEVAL_GLACIER_BULK),
        "DEEP_ARCHIVE/Standard" => Some(&S3_RETRIEVAL_DEEP_STANDARD),
        "DEEP_ARCHIVE/Bulk" => Some(&S3_RETRIEVAL_DEEP_BULK),
        _ => None,
    }
}

/// Days of storage that a snapshot is charged for at least in the archive tier.
/// Source: <https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-archive-pricing.html>
pub const ARCHIVE_DAYS: i64 = 90;

/// Days of storage that an object is charged for at least in a storage class.
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-class-intro.html>
pub fn least_days(class: &str) -> i64 {
    match class {
        "STANDARD_IA" | "ONEZONE_IA" => 30,
        "GLACIER_IR" | "GLACIER" => 90,
        "DEEP_ARCHIVE" => 180,
        _ => 0,
    }
}

/// Bytes that an object of so many is billed for in a class of S3's, or in a tier of Intelligent-Tiering: some bill 128 KB at
/// least, and an archive keeps 32 KB of an index besides.
/// Source: <https://aws.amazon.com/s3/pricing/>
pub fn billed_bytes(class: &str, bytes: i64) -> i64 {
    match class {
        "STANDARD_IA" | "ONEZONE_IA" | "GLACIER_IR" => bytes.max(SMALL_OBJECT),
        _ if listed_bytes(class) > 0 => bytes.saturating_add(32 * 1_024),
        _ => bytes,
    }
}

/// Bytes that an object in an archive is billed for at Standard's price, whatever its size: its name, for lists.
/// Source: <https://aws.amazon.com/s3/pricing/>
pub fn listed_bytes(class: &str) -> i64 {
    match class {
        "GLACIER" | "DEEP_ARCHIVE" | "INTELLIGENT_TIERING/ARCHIVE" | "INTELLIGENT_TIERING/DEEP_ARCHIVE" => 8 * 1_024,
        _ => 0,
    }
}

/// What a byte-month of what [`billed_bytes`] says costs in this class.
pub fn object_storage(class: &str) -> Option<&'static Rate> {
    match class {
        "STANDARD" => Some(&S3_STANDARD),
        "INTELLIGENT_TIERING" => Some(&S3_INTELLIGENT),
        "INTELLIGENT_TIERING/INFREQUENT" => Some(&S3_INTELLIGENT_INFREQUENT),
        "INTELLIGENT_TIERING/ARCHIVE_INSTANT" => Some(&S3_INTELLIGENT_INSTANT),
        "INTELLIGENT_TIERING/ARCHIVE" => Some(&S3_INTELLIGENT_ARCHIVE),
        "INTELLIGENT_TIERING/DEEP_ARCHIVE" => Some(&S3_INTELLIGENT_DEEP),
        "STANDARD_IA" => Some(&S3_STANDARD_IA),
        "ONEZONE_IA" => Some(&S3_ONE_ZONE_IA),
        "GLACIER_IR" => Some(&S3_GLACIER_INSTANT),
        "GLACIER" => Some(&S3_GLACIER),
        "DEEP_ARCHIVE" => Some(&S3_DEEP_ARCHIVE),
        _ => None,
    }
}

/// What the storage of a volume of this type costs; per GiB provisioned.
pub fn volume_storage(volume_type: &str) -> Option<&'static Rate> {
    match volume_type {
        "gp3" => Some(&EBS_GP3_STORAGE),
        "gp2" => Some(&EBS_GP2_STORAGE),
        "io1" => Some(&EBS_IO1_STORAGE),
        "io2" => Some(&EBS_IO2_STORAGE),
        "st1" => Some(&EBS_ST1_STORAGE),
        "sc1" => Some(&EBS_SC1_STORAGE),
        "standard" => Some(&EBS_STANDARD_STORAGE),
        _ => None,
    }
}

/// What the provisioned IOPS of a volume of this type cost; None where they cost nothing.
pub fn volume_iops(volume_type: &str) -> Option<&'static Rate> {
    match volume_type {
        "gp3" => Some(&EBS_GP3_IOPS),
        "io1" => Some(&EBS_IO1_IOPS),
        "io2" => Some(&EBS_IO2_IOPS),
        _ => None,
    }
}

/// What the provisioned throughput of a volume of this type costs; None where it costs nothing.
pub fn volume_throughput(volume_type: &str) -> Option<&'static Rate> {
    (volume_type == "gp3").then_some(&EBS_GP3_THROUGHPUT)
}

/// What an hour of a running instance costs on demand, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InstancePrice {
    /// Picodollars an hour of the machine itself: the Linux price.
    pub machine: i128,
    /// Picodollars an hour of the Windows licence; 0 for all else.
    pub licence: i128,
    pub source: Source,
    /// What must be said beside the price: whose it is, or what it leaves out. None: AWS's price, complete.
    pub remark: Option<&'static str>,
}

impl InstancePrice {
    /// Picodollars an hour in all.
    pub fn hourly(&self) -> i128 {
        self.machine + self.licence
    }
}

/// The on-demand price of an instance. Where the Region's Linux price is not known, us-east-1's stands in; RHEL and SUSE
/// are shown at the Linux price.
pub fn instance_hour(instance_type: InstanceType, region: Region, platform: Platform) -> InstancePrice {
    let own = instance_type.linux_price(region);
    let machine = own
        .or_else(|| instance_type.linux_price(Region::US_EAST_1))
        .unwrap_or_default();
    let licence = if platform == Platform::Windows {
        windows_licence(instance_type)
    } else {
        0
    };
    // Windows prices are put together from two list prices; for most types AWS publishes their sum.
    let documented = own.is_some()
        && match platform {
            Platform::Linux => true,
            Platform::Windows => instance_type.family() == "t3",
            Platform::RedHat | Platform::Suse => false,
        };
    let remark = match platform {
        Platform::RedHat | Platform::Suse => Some("licence not included"),
        _ if own.is_none() => Some("price of us-east-1"),
        Platform::Windows if !documented => Some("licence estimated by vCPU or size"),
        _ => None,
    };
    InstancePrice {
        machine,
        licence,
        source: if documented { Source::Documented } else { Source::Ours },
        remark,
    }
}

/// Picodollars an hour: by size for T families (t3's figures; *ours* for the others), else by vCPU.
fn windows_licence(instance_type: InstanceType) -> i128 {
    const MILLIONTH: i128 = 1_000_000;
    if !instance_type.family().starts_with('t') {
        return i128::from(instance_type.vcpus()) * 46_000 * MILLIONTH;
    }
    let millionths = match instance_type.size() {
        "nano" => 4_600,
        "micro" => 9_200,
        "small" | "medium" => 18_400,
        "large" => 27_600,
        "xlarge" => 73_600,
        _ => 147_200,
    };
    millionths * MILLIONTH
}
