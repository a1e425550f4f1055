//! The quotas of EC2 and its network. vCPUs: which types are counted together, and how much a new account may run.
//!
//! Names, codes and defaults are AWS's
//! (<https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-instance-quotas.html>). AWS raises these quotas as an
//! account uses them; whoever enforces them decides whether a learner meets the default or more.

use crate::base::key::Key;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A group of instance families whose running vCPUs count against one quota a Region.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum QuotaFamily {
    /// A, C, D, H, I, M, R, T, Z: whatever is in no other group.
    Standard,
    DeepLearning,
    Fpga,
    GraphicsAndVideo,
    HighPerformance,
    HighMemory,
    Inferentia,
    Accelerated,
    Trainium,
    MemoryOptimizedX,
}

impl Key for QuotaFamily {
    const BITS: Option<u32> = Some(8);
    fn place(&self) -> u128 {
        (*self as u8).place()
    }
}

/// One quota as Service Quotas lists it, for the service "ec2".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    pub code: &'static str,
    pub name: &'static str,
    /// vCPUs of a new account, in each Region.
    pub default_vcpus: u32,
}

const fn quota(code: &'static str, name: &'static str, default_vcpus: u32) -> Quota {
    Quota {
        code,
        name,
        default_vcpus,
    }
}

impl QuotaFamily {
    pub const ALL: [QuotaFamily; 10] = [
        QuotaFamily::Standard,
        QuotaFamily::DeepLearning,
        QuotaFamily::Fpga,
        QuotaFamily::GraphicsAndVideo,
        QuotaFamily::HighPerformance,
        QuotaFamily::HighMemory,
        QuotaFamily::Inferentia,
        QuotaFamily::Accelerated,
        QuotaFamily::Trainium,
        QuotaFamily::MemoryOptimizedX,
    ];

    /// The group of an instance family such as "t3", "g4dn" or "u-6tb1".
    pub fn of(family: &str) -> QuotaFamily {
        let letters = family
            .split(|c: char| !c.is_ascii_lowercase())
            .next()
            .unwrap_or_default();
        match letters {
            "dl" => QuotaFamily::DeepLearning,
            "f" => QuotaFamily::Fpga,
            "g" | "gr" | "vt" => QuotaFamily::GraphicsAndVideo,
            "hpc" => QuotaFamily::HighPerformance,
            "u" => QuotaFamily::HighMemory,
            "inf" => QuotaFamily::Inferentia,
            "p" => QuotaFamily::Accelerated,
            "trn" => QuotaFamily::Trainium,
            "x" => QuotaFamily::MemoryOptimizedX,
            _ => QuotaFamily::Standard,
        }
    }

    /// The quota for On-Demand Instances.
    pub fn on_demand(self) -> Quota {
        match self {
            QuotaFamily::Standard => quota(
                "L-1216C47A",
                "Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances",
                5,
            ),
            QuotaFamily::DeepLearning => quota("L-6E869C2A", "Running On-Demand DL instances", 0),
            QuotaFamily::Fpga => quota("L-74FC7D96", "Running On-Demand F instances", 0),
            QuotaFamily::GraphicsAndVideo => quota("L-DB2E81BA", "Running On-Demand G and VT instances", 0),
            QuotaFamily::HighPerformance => quota("L-F7808C92", "Running On-Demand HPC instances", 0),
            QuotaFamily::HighMemory => quota("L-43DA4232", "Running On-Demand High Memory instances", 0),
            QuotaFamily::Inferentia => quota("L-1945791B", "Running On-Demand Inf instances", 0),
            QuotaFamily::Accelerated => quota("L-417A185B", "Running On-Demand P instances", 0),
            QuotaFamily::Trainium => quota("L-2C3B7624", "Running On-Demand Trn instances", 0),
            QuotaFamily::MemoryOptimizedX => quota("L-7295265B", "Running On-Demand X instances", 0),
        }
    }

    /// The vCPUs of on-demand instances that the account of a world may run at once in a Region, and as many of Spot.
    ///
    /// Ours: AWS gives a new account few ([`Self::on_demand`]) and raises them on request. This account has been granted
    /// enough for a thousand small machines, so that a limit is met by who looks for it.
    pub fn granted_vcpus(self) -> u32 {
        match self {
            QuotaFamily::Standard => 5_120,
            _ => 512,
        }
    }

    /// The quota for Spot Instances; None where AWS offers no Spot.
    pub fn spot(self) -> Option<Quota> {
        Some(match self {
            QuotaFamily::Standard => quota(
                "L-34B43A08",
                "All Standard (A, C, D, H, I, M, R, T, Z) Spot Instance Requests",
                5,
            ),
            QuotaFamily::DeepLearning => quota("L-85EED4F7", "All DL Spot Instance Requests", 0),
            QuotaFamily::Fpga => quota("L-88CF9481", "All F Spot Instance Requests", 0),
            QuotaFamily::GraphicsAndVideo => quota("L-3819A6DF", "All G and VT Spot Instance Requests", 0),
            QuotaFamily::Inferentia => quota("L-B5D1601B", "All Inf Spot Instance Requests", 0),
            QuotaFamily::Accelerated => quota("L-7212CCBC", "All P4, P3 and P2 Spot Instance Requests", 0),
            QuotaFamily::Trainium => quota("L-6B0D517C", "All Trn Spot Instance Requests", 0),
            QuotaFamily::MemoryOptimizedX => quota("L-E3A00192", "All X Spot Instance Requests", 0),
            QuotaFamily::HighPerformance | QuotaFamily::HighMemory => return None,
        })
    }
}

impl fmt::Display for QuotaFamily {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.on_demand().name)
    }
}

/// Tags of one resource. <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions>
pub const TAGS_PER_RESOURCE: usize = 50;

// The network's quotas, each AWS's default in one Region:
// <https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html>

/// VPCs in a Region (L-F678F1CE).
pub const VPCS: usize = 5;
/// IPv4 blocks of a VPC, the primary one included (L-83CA0A9D).
pub const IPV4_BLOCKS_PER_VPC: usize = 5;
/// IPv6 blocks of a VPC.
pub const IPV6_BLOCKS_PER_VPC: usize = 5;
/// Subnets of a VPC (L-407747CB).
pub const SUBNETS_PER_VPC: usize = 200;
/// Internet gateways in a Region (L-A4707A72): as many as VPCs.
pub const INTERNET_GATEWAYS: usize = 5;
/// NAT gateways of a zone (L-FE5A380F).
pub const NAT_GATEWAYS_PER_ZONE: usize = 5;
/// Private addresses of a NAT gateway (L-BB24F6E5: 8).
pub const NAT_GATEWAY_PRIVATE_ADDRESSES: usize = 8;
/// Elastic IP addresses of a public NAT gateway (L-5F53652F: 2).
pub const NAT_GATEWAY_ELASTIC_ADDRESSES: usize = 2;
/// Egress-only internet gateways in a Region (L-45FE3B85): as many as VPCs.
pub const EGRESS_ONLY_GATEWAYS: usize = 5;
/// Carrier gateways of a VPC.
pub const CARRIER_GATEWAYS_PER_VPC: usize = 1;
/// VPC Block Public Access exclusions of an account in a Region.
pub const PUBLIC_ACCESS_EXCLUSIONS: usize = 50;
/// On-Demand Dedicated Hosts of one instance family in a Region.
/// <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/dedicated-hosts-overview.html#dedicated-hosts-restrictions>
pub const DEDICATED_HOSTS_PER_FAMILY: i64 = 2;
/// Customer gateways in a Region (L-4FB7FF5D).
pub const CUSTOMER_GATEWAYS: usize = 50;
/// Virtual private gateways in a Region (L-7029FAB6).
pub const VPN_GATEWAYS: usize = 5;
/// VPN connections in a Region (L-3E6EC3A3).
pub const VPN_CONNECTIONS: usize = 50;
/// VPN connections of a virtual private gateway (L-B91E5754).
pub const VPN_CONNECTIONS_PER_GATEWAY: usize = 10;
/// Elastic IP addresses in a Region (L-0263D0A3).
pub const ELASTIC_ADDRESSES: usize = 5;
/// DHCP options sets in a Region, the default one included (ours: AWS publishes no figure).
pub const DHCP_OPTIONS: usize = 100;
/// Network interfaces in a Region (L-DF5E4CA3).
pub const NETWORK_INTERFACES: usize = 5_000;
/// Network ACLs of a VPC (L-B4A6D682).
pub const NETWORK_ACLS_PER_VPC: usize = 200;
/// Rules of a network ACL, each direction (L-2AEEBF1A), the final `*` apart.
pub const RULES_PER_NETWORK_ACL: usize = 20;
/// Route tables of a VPC (L-589F43AA).
pub const ROUTE_TABLES_PER_VPC: usize = 200;
/// Routes of a route table that nobody propagates (L-93826ACB), local ones apart.
pub const ROUTES_PER_TABLE: usize = 500;
/// Security groups in a Region (L-E79EC296).
pub const SECURITY_GROUPS: usize = 2_500;
/// Rules of a security group, each direction and address family (L-0EA8095F).
pub const RULES_PER_SECURITY_GROUP: usize = 60;
/// Security groups of a network interface (L-2AFB9258).
pub const SECURITY_GROUPS_PER_INTERFACE: usize = 5;
/// Customer-managed prefix lists in a Region.
pub const PREFIX_LISTS: usize = 100;
/// The most entries that a prefix list can be made for.
pub const PREFIX_LIST_ENTRIES: i64 = 1_000;
/// Transit gateways in a Region (L-A2478D36).
pub const TRANSIT_GATEWAYS: usize = 5;
/// Route tables of a transit gateway (L-F4C11A64).
pub const TRANSIT_TABLES: usize = 20;
/// Static routes of all route tables of a transit gateway (L-85AC6D3C).
pub const TRANSIT_ROUTES: usize = 10_000;
/// Elastic IP addresses of a regional NAT gateway in a zone
/// (<https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html>).
pub const REGIONAL_NAT_ADDRESSES: usize = 32;
/// Multicast domains of a transit gateway (<https://docs.aws.amazon.com/vpc/latest/tgw/transit-gateway-quotas.html>).
pub const MULTICAST_DOMAINS: usize = 20;
/// Members and sources of a multicast domain's groups (the same page: 10,000 of a transit gateway).
pub const MULTICAST_SEATS: usize = 10_000;
/// VPC peering connections of a VPC (L-7E9ECCDB).
pub const PEERINGS_PER_VPC: usize = 50;
/// Requests for VPC peering connections of a VPC that wait (L-DC9F7029).
pub const OUTSTANDING_PEERINGS: usize = 25;
/// Gateway endpoints in a Region (L-1B52E74A).
pub const GATEWAY_ENDPOINTS: usize = 20;
/// Interface and gateway load balancer endpoints of a VPC (L-29B6F2EB).
pub const INTERFACE_ENDPOINTS_PER_VPC: usize = 50;

/// Network insights paths a Region. <https://docs.aws.amazon.com/vpc/latest/reachability/reachability-analyzer-limits.html>
pub const INSIGHTS_PATHS: usize = 100;
/// Analyses a Region. The same page.
pub const INSIGHTS_ANALYSES: usize = 1_000;
/// Analyses that run at once, a Region. The same page.
pub const INSIGHTS_RUNNING: usize = 6;

/// Flow logs of one interface, one subnet or one VPC. <https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html>
pub const FLOW_LOGS_OF_RESOURCE: usize = 2;

/// Mirror sessions of one source. <https://docs.aws.amazon.com/vpc/latest/mirroring/traffic-mirroring-quotas.html>
pub const MIRROR_SESSIONS_OF_SOURCE: usize = 3;
/// Sources of one target that is an interface; the same page has the types whose largest size takes more.
pub const MIRROR_SOURCES_OF_TARGET: usize = 10;
/// Sources of a target on an instance of those types.
pub const MIRROR_SOURCES_OF_LARGE_TARGET: usize = 100;
/// Rules of one filter. The same page.
pub const MIRROR_RULES_OF_FILTER: usize = 10;
/// Sessions, targets and filters, each, of an account. The same page.
pub const MIRRORINGS: usize = 10_000;

/// Network Access Scopes a Region.
/// <https://docs.aws.amazon.com/vpc/latest/network-access-analyzer/network-access-analyzer-limits.html>
pub const ACCESS_SCOPES: usize = 1_000;
/// Analyses of them a Region. The same page.
pub const ACCESS_ANALYSES: usize = 10_000;
/// Analyses of them that run at once, a Region. The same page.
pub const ACCESS_RUNNING: usize = 25;

/// Instance event windows a Region. <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/event-windows.html>
pub const EVENT_WINDOWS: usize = 200;
/// Instances of one event window. The same page.
pub const EVENT_WINDOW_INSTANCES: usize = 100;
/// Dedicated Hosts of one event window. The same page.
pub const EVENT_WINDOW_HOSTS: usize = 50;
/// Tags of instances of one event window. The same page.
pub const EVENT_WINDOW_TAGS: usize = 50;
