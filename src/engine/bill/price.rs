//! From a meter's rate to a price.

use super::phrases::early_class;
use crate::catalog::images::Platform;
use crate::catalog::prices::{self, InstancePrice, Rate, Source};
use crate::catalog::{InstanceType, Money, Region, dedicated_hosts};
use crate::world::storage::BLOCK_BYTES;
use crate::world::usage::{ANALYSIS, Group, Measure};

/// What stands behind an amount, for the reader of a bill.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Price {
    /// Its name in the price list (`ebs.gp3.storage`), or the instance type's.
    pub key: String,
    /// In words.
    pub label: String,
    /// USD for one unit: "0.0104".
    pub price: String,
    /// What it is for one of: "hour", "GiB-month".
    pub unit: String,
    /// AWS's, or one of ours.
    pub source: Source,
    /// What must be said beside it.
    pub remark: Option<String>,
    /// AWS's page.
    pub url: &'static str,
}

/// The page of instances' prices.
const INSTANCES: &str = "https://aws.amazon.com/ec2/pricing/on-demand/";

/// The page of Dedicated Hosts' prices.
const HOSTS: &str = "https://aws.amazon.com/ec2/dedicated-hosts/pricing/";
/// Why an instance costs nothing by itself.
const ON_HOST: &str = "its Dedicated Host is paid for";

/// What must be said beside requests to S3.
const UNREAD: &str =
    "requests that only read, and the data that they carry, are not billed here: reading changes nothing";

/// How a group of meters is charged.
#[derive(Clone, Copy, Debug)]
pub(super) enum Charge {
    /// By the second, the machine with its licence.
    Instance(InstanceType, InstancePrice),
    /// By the second, a Dedicated Host.
    Host(InstancePrice),
    /// By a rate of the price list.
    Rate(&'static Rate),
}

/// How a group is charged; `None` for what costs nothing, and for hosted zones, which are charged by months.
pub(super) fn of(group: &Group) -> Option<Charge> {
    let rate = group.rate.as_str();
    Some(Charge::Rate(match group.measure {
        Measure::Instance => {
            let (kind, platform) = read_instance_rate(rate)?;
            let mut price = spot_hour(rate).unwrap_or_else(|| prices::instance_hour(kind, group.region, platform));
            if rate.ends_with("/host") {
                price.machine = 0;
                price.remark = Some(ON_HOST);
            }
            return Some(Charge::Instance(kind, price));
        }
        Measure::DedicatedHost => return Some(Charge::Host(dedicated_hosts::hour(rate, group.region)?)),
        Measure::VolumeStorage => prices::volume_storage(rate)?,
        Measure::VolumeIops => prices::volume_iops(rate)?,
        Measure::VolumeThroughput => prices::volume_throughput(rate)?,
        Measure::SnapshotBlocks if rate == "archive" => &prices::SNAPSHOT_ARCHIVE,
        Measure::SnapshotBlocks | Measure::RestoredBlocks => &prices::SNAPSHOT_STANDARD,
        Measure::ArchiveRetrieval => &prices::SNAPSHOT_RETRIEVAL,
        Measure::ArchiveRest => &prices::SNAPSHOT_ARCHIVE,
        Measure::PublicAddress => &prices::PUBLIC_IPV4,
        Measure::ObjectStorage => prices::object_storage(rate).unwrap_or(&prices::S3_STANDARD),
        Measure::ObjectMonitoring if rate == ANALYSIS => &prices::S3_ANALYSIS,
        Measure::ObjectMonitoring => &prices::S3_INTELLIGENT_WATCH,
        Measure::Requests => prices::object_requests(rate),
        Measure::Retrieval => prices::retrieval(rate)?,
        Measure::EarlyDeletion => prices::object_storage(early_class(rate))?,
        Measure::NatGateway => &prices::NAT_GATEWAY_HOUR,
        Measure::VpnConnection => &prices::VPN_CONNECTION_HOUR,
        Measure::HostedZone => return None,
        Measure::TransitAttachment => &prices::TRANSIT_ATTACHMENT_HOUR,
        Measure::LoadBalancer => match rate {
            "network" => &prices::NETWORK_LOAD_BALANCER_HOUR,
            "gateway" => &prices::GATEWAY_LOAD_BALANCER_HOUR,
            "classic" => &prices::CLASSIC_LOAD_BALANCER_HOUR,
            _ => &prices::APPLICATION_LOAD_BALANCER_HOUR,
        },
        Measure::VpcEndpoint => &prices::VPC_ENDPOINT_HOUR,
        Measure::PathAnalysis => &prices::PATH_ANALYSIS,
        Measure::AnalysedInterfaces => &prices::ANALYSED_INTERFACE,
        Measure::Data => match rate {
            "nat" => &prices::NAT_GATEWAY_DATA,
            "transit" => &prices::TRANSIT_DATA,
            "endpoint" => &prices::VPC_ENDPOINT_DATA,
            "balancer-endpoint" => &prices::BALANCER_ENDPOINT_DATA,
            "regions" => &prices::DATA_BETWEEN_REGIONS,
            "timed" => &prices::TIMED_COPY,
            _ => &prices::DATA_BETWEEN_ZONES,
        },
    }))
}

/// The price of an hour that stands in the rate of a Spot Instance's meter: `t3.micro/Linux/UNIX/spot@3100000000`.
fn spot_hour(rate: &str) -> Option<InstancePrice> {
    let (_, price) = rate.rsplit_once("/spot@")?;
    Some(InstancePrice {
        machine: price.parse().ok()?,
        licence: 0,
        source: Source::Ours,
        remark: Some("Spot price"),
    })
}

/// `t3.micro/Linux/UNIX/default`: the platform has a slash of its own.
pub(super) fn read_instance_rate(rate: &str) -> Option<(InstanceType, Platform)> {
    let (kind, rest) = rate.split_once('/')?;
    let platform = rest.rsplit_once('/').map_or(rest, |(platform, _)| platform);
    let platform = Platform::find(platform).unwrap_or(Platform::Linux);
    Some((InstanceType::find(kind)?, platform))
}

impl Charge {
    /// What `usage` of a group costs: things × seconds, or things. Where a price has tiers they go by what each meter has
    /// at once; S3's by what one bucket would have to hold, 50 TB, which nothing here can.
    pub(super) fn sum(self, group: &Group, usage: i128) -> Money {
        match (self, group.measure) {
            (Charge::Instance(_, price) | Charge::Host(price), _) => Money::hourly(price.hourly(), usage),
            (Charge::Rate(rate), Measure::VolumeIops | Measure::VolumeThroughput) => {
                rate.held(i128::from(group.quantity), usage)
            }
            (Charge::Rate(rate), Measure::SnapshotBlocks | Measure::RestoredBlocks | Measure::ArchiveRest) => {
                rate.held(1, usage.saturating_mul(BLOCK_BYTES.into()))
            }
            (Charge::Rate(rate), measure) if measure.is_counted() => rate.used(usage),
            (Charge::Rate(rate), _) => rate.held(1, usage),
        }
    }

    /// The price for the reader.
    pub(super) fn show(self, group: &Group) -> Price {
        let usd = |price: i128| crate::catalog::money::price_text(price, 2);
        match self {
            Charge::Instance(kind, price) => {
                let tenancy = group.rate.rsplit('/').next().unwrap_or_default();
                let spot = tenancy.starts_with("spot@");
                let dedicated = (tenancy == "dedicated").then_some("the price of shared hardware");
                let remarks: Vec<&str> = price.remark.into_iter().chain(dedicated).collect();
                Price {
                    key: kind.name().to_owned(),
                    label: format!("{}, {}", kind.name(), if spot { "Spot" } else { "on demand" }),
                    price: usd(price.hourly()),
                    unit: "hour".into(),
                    source: if dedicated.is_some() {
                        Source::Ours
                    } else {
                        price.source
                    },
                    remark: (!remarks.is_empty()).then(|| remarks.join("; ")),
                    url: INSTANCES,
                }
            }
            Charge::Host(price) => Price {
                key: group.rate.clone(),
                label: format!("Dedicated Host for {}, on demand", group.rate),
                price: usd(price.hourly()),
                unit: "hour".into(),
                source: price.source,
                remark: price.remark.map(str::to_owned),
                url: HOSTS,
            },
            Charge::Rate(rate) => {
                let is_stored = group.measure == Measure::ObjectStorage;
                let other_class = is_stored && prices::object_storage(&group.rate).is_none();
                let remark = match group.rate.as_str() {
                    _ if other_class => Some("the price of S3 Standard".to_owned()),
                    "STANDARD" => stands_in(rate, group.region),
                    // Only Frequent Access takes what is small.
                    class if class.starts_with("INTELLIGENT_TIERING") => stands_in(rate, group.region),
                    _ if is_stored => Some("without the class's least size".to_owned()),
                    _ if group.measure == Measure::Requests => Some(match stands_in(rate, group.region) {
                        Some(here) => format!("{UNREAD}; {here}"),
                        None => UNREAD.to_owned(),
                    }),
                    _ => stands_in(rate, group.region),
                };
                Price {
                    key: rate.key.into(),
                    label: rate.label.into(),
                    price: usd(rate.first_price()),
                    unit: rate.unit.text(),
                    source: if other_class {
                        Source::Ours
                    } else {
                        rate.source(group.region)
                    },
                    remark,
                    url: rate.url,
                }
            }
        }
    }
}

/// What to say of a price that is another Region's.
pub(super) fn stands_in(rate: &Rate, region: Region) -> Option<String> {
    (rate.source(region) == Source::Ours).then(|| "price of us-east-1".to_owned())
}
