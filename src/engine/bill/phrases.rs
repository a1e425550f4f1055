//! The words and numbers of a bill's lines.

use crate::base::ids::Kind;
use crate::base::text::apart;
use crate::catalog::prices;
use crate::world::usage::{ANALYSIS, Group, Measure, Meter, Subject};

/// What a line is for.
pub(super) fn what(group: &Group, meter: &Meter) -> String {
    match group.measure {
        Measure::Instance => {
            let mut parts = group.rate.splitn(2, '/');
            let (kind, rest) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
            let platform = rest.rsplit_once('/').map_or(rest, |(platform, _)| platform);
            format!("{kind} running, {platform}")
        }
        Measure::VolumeStorage => format!("{} storage", group.rate),
        Measure::VolumeIops => format!("{} IOPS", group.rate),
        Measure::VolumeThroughput => format!("{} throughput", group.rate),
        Measure::SnapshotBlocks => format!("snapshot storage, {} tier", group.rate),
        Measure::RestoredBlocks => "copy of a temporary restore, standard tier".into(),
        Measure::ArchiveRetrieval => "restore from the archive tier".into(),
        Measure::ArchiveRest => format!(
            "rest of the {} days of the archive tier, left early",
            prices::ARCHIVE_DAYS
        ),
        Measure::PublicAddress => {
            let lent = matches!(&meter.subject, Subject::Resource(id) if id.kind() == Kind::NetworkInterface);
            let of = if lent {
                "address lent to an interface"
            } else {
                "Elastic IP"
            };
            format!("{of}, {}", group.rate)
        }
        Measure::ObjectStorage => format!("objects, {}", group.rate),
        Measure::ObjectMonitoring if group.rate == ANALYSIS => "objects of a storage class analysis".into(),
        Measure::ObjectMonitoring => "objects monitored by Intelligent-Tiering".into(),
        Measure::Requests => format!("{} requests", group.rate),
        Measure::Retrieval => format!("retrieval, {}", group.rate),
        Measure::EarlyDeletion => {
            let class = early_class(&group.rate);
            format!("rest of the {} days of {class}, left early", prices::least_days(class))
        }
        Measure::HostedZone => "hosted zone".into(),
        Measure::NatGateway => "NAT gateway, available".into(),
        Measure::VpnConnection => "VPN connection, available".into(),
        Measure::VpcEndpoint => format!("{} endpoint, by its zones", group.rate),
        Measure::TransitAttachment => format!("transit gateway attachment, {}", group.rate),
        Measure::DedicatedHost => format!("Dedicated Host for {}, allocated", group.rate),
        Measure::LoadBalancer => format!("{} load balancer", group.rate),
        Measure::PathAnalysis => "analysis of a path".into(),
        Measure::AnalysedInterfaces => "analysis of a Network Access Scope".into(),
        Measure::Data => match group.rate.as_str() {
            "nat" => "data through the NAT gateway",
            "transit" => "data sent to the transit gateway",
            "endpoint" | "balancer-endpoint" => "data through the endpoint",
            "regions" => "data to another Region",
            "timed" => "time-based copy",
            _ => "data between Availability Zones",
        }
        .into(),
    }
}

/// The storage class in the rate of what left it early.
pub(super) fn early_class(rate: &str) -> &str {
    rate.strip_suffix(" early").unwrap_or(rate)
}

/// "2 instances".
pub(super) fn quantity_of(count: impl Into<i128>, thing: &str) -> String {
    let count = count.into();
    let plural = if count == 1 { "" } else { "s" };
    format!("{} {thing}{plural}", thousands(count))
}

pub(super) fn quantity(group: &Group, amount: i128) -> String {
    let number = thousands(amount);
    match group.measure {
        Measure::Instance => format!("{number} instance"),
        Measure::VolumeStorage => format!("{number} GiB"),
        Measure::VolumeIops => format!("{number} IOPS"),
        Measure::VolumeThroughput => format!("{number} MiB/s"),
        Measure::SnapshotBlocks | Measure::RestoredBlocks => format!("{number} blocks of 512 KiB"),
        Measure::ArchiveRest => format!("{number} block-seconds of 512 KiB"),
        Measure::PublicAddress => format!("{number} address"),
        Measure::ObjectStorage => format!("{number} bytes"),
        Measure::ObjectMonitoring => quantity_of(amount, "object"),
        Measure::Requests => format!("{number} requests"),
        Measure::HostedZone => format!("{number} zone"),
        Measure::NatGateway => quantity_of(amount, "gateway"),
        Measure::VpnConnection => quantity_of(amount, "connection"),
        Measure::VpcEndpoint => quantity_of(amount, "zone"),
        Measure::TransitAttachment => quantity_of(amount, "attachment"),
        Measure::DedicatedHost => quantity_of(amount, "host"),
        Measure::LoadBalancer => quantity_of(amount, "load balancer"),
        Measure::PathAnalysis if amount == 1 => "1 analysis".into(),
        Measure::PathAnalysis => format!("{number} analyses"),
        Measure::AnalysedInterfaces => quantity_of(amount, "network interface"),
        Measure::Data | Measure::Retrieval | Measure::ArchiveRetrieval => size(amount),
        Measure::EarlyDeletion => format!("{number} byte-seconds"),
    }
}

pub(super) fn thousands(number: i128) -> String {
    apart(&number.to_string())
}

/// Bytes in the largest binary unit that leaves a whole number.
pub(super) fn size(bytes: i128) -> String {
    const UNITS: [(&str, i128); 4] = [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10), ("bytes", 1)];
    let (unit, of) = UNITS
        .into_iter()
        .find(|(_, of)| bytes >= *of && bytes % of == 0)
        .unwrap_or(("bytes", 1));
    format!("{} {unit}", thousands(bytes / of))
}
