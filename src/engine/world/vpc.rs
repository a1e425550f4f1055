//! Rows of the network: VPCs, subnets, routes, gateways, ACLs, groups, interfaces, addresses. Data only.

use super::classic::ClassicAddress;
use super::compute::Tenancy;
use crate::base::ids::*;
use crate::base::time::Time;
use crate::catalog::Zone;
use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use serde::Serialize;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// For fields that came later: a world that does not use them has the bytes that it had before.
pub(super) fn is_false(value: &bool) -> bool {
    !value
}

/// A virtual private cloud.
#[derive(Clone, Debug, Serialize)]
pub struct Vpc {
    /// Its id.
    pub id: VpcId,
    /// Sequence number of its making: Describe answers are sorted by it.
    pub born: u64,
    /// Primary block first.
    pub cidrs: Vec<(VpcCidrAssociationId, Ipv4Net)>,
    /// Amazon-provided IPv6 blocks.
    pub ipv6_cidrs: Vec<(VpcCidrAssociationId, Ipv6Net)>,
    /// The Region's default.
    pub is_default: bool,
    /// Tenancy of what is launched here.
    pub tenancy: Tenancy,
    /// DHCP options set.
    pub dhcp_options: DhcpOptionsId,
    /// enableDnsSupport.
    pub dns_support: bool,
    /// enableDnsHostnames.
    pub dns_hostnames: bool,
    /// Network address usage metrics.
    pub address_usage_metrics: bool,
    /// The main route table.
    pub main_route_table: RouteTableId,
    /// The ACL of subnets that chose none.
    pub default_acl: NetworkAclId,
    /// The group of interfaces that chose none.
    pub default_group: SecurityGroupId,
    /// Whether it is to have no DHCP options at all (`default` in the API); `dhcp_options` is of no account then.
    #[serde(skip_serializing_if = "is_false")]
    pub no_dhcp_options: bool,
    /// Enabled for ClassicLink.
    #[serde(skip_serializing_if = "is_false")]
    pub classic_link: bool,
    /// Public names of what is linked, or linked to, stand for private addresses.
    #[serde(skip_serializing_if = "is_false")]
    pub classic_link_dns: bool,
}

impl Vpc {
    /// Whether an address lies in one of its blocks.
    pub fn holds(&self, address: Ipv4Addr) -> bool {
        self.cidrs.iter().any(|(_, cidr)| cidr.contains(&address))
    }
}

/// A subnet: a part of a VPC in one zone.
#[derive(Clone, Debug, Serialize)]
pub struct Subnet {
    /// Its id.
    pub id: SubnetId,
    /// Sequence number of its making.
    pub born: u64,
    /// Its VPC.
    pub vpc: VpcId,
    /// Its zone.
    pub zone: Zone,
    /// Its block.
    pub cidr: Ipv4Net,
    /// Its IPv6 block.
    pub ipv6_cidr: Option<Ipv6Net>,
    /// The zone's default.
    pub default_for_zone: bool,
    /// Whether launches get a public IPv4 address.
    pub map_public_ip: bool,
    /// Whether launches get an IPv6 address.
    pub assign_ipv6: bool,
    /// Its ACL, by the association's id.
    pub acl: (NetworkAclAssociationId, NetworkAclId),
    /// `ip-name` or `resource-name`.
    pub hostname_type: String,
    /// Whether names made of instance ids answer with A and with AAAA records.
    pub resource_names: (bool, bool),
    /// Whether the resolver makes up IPv6 addresses for names that have only IPv4 ones.
    pub dns64: bool,
    /// The association of its IPv6 block, where the block came after the subnet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ipv6_association: Option<SubnetCidrAssociationId>,
    /// The device index from which on interfaces are local ones (of use on an Outpost only).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub local_interfaces_from: Option<i64>,
}

/// A part of a subnet that AWS does not give out by itself.
#[derive(Clone, Debug, Serialize)]
pub struct SubnetReservation {
    /// Its id.
    pub id: SubnetCidrReservationId,
    /// Sequence number of its making.
    pub born: u64,
    /// Its subnet.
    pub subnet: SubnetId,
    /// Its block, inside one of the subnet's.
    pub cidr: IpNet,
    /// Prefixes of interfaces come from it; otherwise (`explicit`) only what a call names.
    pub for_prefixes: bool,
    /// What it says of itself.
    pub description: String,
}

/// A route table.
#[derive(Clone, Debug, Serialize)]
pub struct RouteTable {
    /// Its id.
    pub id: RouteTableId,
    /// Sequence number of its making.
    pub born: u64,
    /// Its VPC.
    pub vpc: VpcId,
    /// The main association, if this is the VPC's main table.
    pub main: Option<RouteTableAssociationId>,
    /// Subnets associated by name.
    pub subnets: Vec<(RouteTableAssociationId, SubnetId)>,
    /// Gateways associated (ingress routing).
    pub gateways: Vec<(RouteTableAssociationId, InternetGatewayId)>,
    /// Routes besides `local` (which follows from the VPC's blocks), sorted by destination.
    pub routes: Vec<Route>,
}

/// One route.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Route {
    /// What it matches.
    pub destination: RouteDestination,
    /// Where it sends.
    pub target: RouteTarget,
}

/// What a route matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum RouteDestination {
    /// A block, IPv4 or IPv6.
    Cidr(IpNet),
    /// All blocks of a prefix list.
    PrefixList(PrefixListId),
}

/// Where a route sends. A target that is gone makes it a black hole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum RouteTarget {
    /// Within the VPC (only as an override of an existing local route).
    Local,
    /// An internet gateway.
    InternetGateway(InternetGatewayId),
    /// An interface (of `InstanceId` when that was named).
    Interface(NetworkInterfaceId, Option<InstanceId>),
    /// A NAT gateway.
    NatGateway(NatGatewayId),
    /// An egress-only internet gateway (IPv6).
    EgressOnlyGateway(EgressOnlyGatewayId),
    /// A carrier gateway.
    CarrierGateway(CarrierGatewayId),
    /// A virtual private gateway.
    VpnGateway(VpnGatewayId),
    /// A VPC peering connection.
    Peering(VpcPeeringConnectionId),
    /// A VPC endpoint: a gateway endpoint of a prefix list, or one of a gateway load balancer.
    Endpoint(VpcEndpointId),
    /// A transit gateway that the VPC is attached to.
    Transit(TransitGatewayId),
}

/// An internet gateway.
#[derive(Clone, Debug, Serialize)]
pub struct InternetGateway {
    /// Its id.
    pub id: InternetGatewayId,
    /// Sequence number of its making.
    pub born: u64,
    /// The VPC it is attached to.
    pub vpc: Option<VpcId>,
}

/// A network ACL.
#[derive(Clone, Debug, Serialize)]
pub struct NetworkAcl {
    /// Its id.
    pub id: NetworkAclId,
    /// Sequence number of its making.
    pub born: u64,
    /// Its VPC.
    pub vpc: VpcId,
    /// The VPC's default.
    pub is_default: bool,
    /// Entries sorted by (egress, number); the final deny `*` (32767) is implied.
    pub entries: Vec<AclEntry>,
}

/// One numbered rule of a network ACL.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AclEntry {
    /// Outgoing?
    pub egress: bool,
    /// 1–32766.
    pub number: u16,
    /// IP protocol number; `None` = all (-1).
    pub protocol: Option<u8>,
    /// Allow or deny.
    pub allow: bool,
    /// The other side.
    pub cidr: IpNet,
    /// Ports of TCP and UDP.
    pub ports: (u16, u16),
    /// ICMP type and code, -1 = all.
    pub icmp: Option<(i16, i16)>,
}

/// A security group.
#[derive(Clone, Debug, Serialize)]
pub struct SecurityGroup {
    /// Its id.
    pub id: SecurityGroupId,
    /// Sequence number of its making.
    pub born: u64,
    /// Its VPC.
    pub vpc: VpcId,
    /// Unique in the VPC; `default` for the VPC's own.
    pub name: String,
    /// What it says of itself.
    pub description: String,
    /// Its rules, ingress and egress, sorted by their making.
    pub rules: Vec<GroupRule>,
    /// Further VPCs whose interfaces may have it, in the order of their association.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub vpcs: Vec<VpcId>,
}

/// One rule of a security group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GroupRule {
    /// Its id.
    pub id: SecurityGroupRuleId,
    /// Outgoing?
    pub egress: bool,
    /// IP protocol number; `None` = all (-1).
    pub protocol: Option<u8>,
    /// TCP/UDP: ports. ICMP: (type, code). -1 = all.
    pub ports: (i32, i32),
    /// The other side.
    pub peer: Peer,
    /// What it says of itself.
    pub description: Option<String>,
}

/// The other side of a security group rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Peer {
    /// A block.
    Cidr(IpNet),
    /// The private addresses of a group's members.
    Group(SecurityGroupId),
    /// The blocks of a prefix list.
    PrefixList(PrefixListId),
    /// The private addresses of the members of a group of a peer VPC. It outlives the group and the connection: such a rule
    /// is stale. With `NO_VPC` and `NO_PEERING`: a group of another account in EC2-Classic (`Classic::foreign`).
    PeerGroup(SecurityGroupId, VpcId, VpcPeeringConnectionId),
    /// The private addresses of the members of a group of another VPC, then the VPC of the rule's own group: a transit gateway
    /// to which both are attached passes on who is a member, while it and both attachments support that.
    HubGroup(SecurityGroupId, VpcId, VpcId),
}

impl Peer {
    /// The group that it names.
    pub fn group(&self) -> Option<SecurityGroupId> {
        match *self {
            Peer::Group(id) | Peer::PeerGroup(id, ..) | Peer::HubGroup(id, ..) => Some(id),
            Peer::Cidr(_) | Peer::PrefixList(_) => None,
        }
    }
}

/// A prefix list, customer-managed or AWS's own.
#[derive(Clone, Debug, Serialize)]
pub struct PrefixList {
    /// Its id.
    pub id: PrefixListId,
    /// Sequence number of its making.
    pub born: u64,
    /// Its name.
    pub name: String,
    /// Most entries.
    pub max_entries: i64,
    /// Its entries with their descriptions, sorted by block.
    pub entries: Vec<(IpNet, String)>,
    /// Of IPv6 blocks.
    pub ipv6: bool,
    /// Goes up with each change of the entries; 1 at first.
    pub version: i64,
    /// The entries of earlier versions, the first version first.
    pub history: Vec<Vec<(IpNet, String)>>,
    /// AWS's own (`com.amazonaws.us-east-1.s3`).
    pub aws_managed: bool,
}

/// A network interface (ENI).
#[derive(Clone, Debug, Serialize)]
pub struct NetworkInterface {
    /// Its id.
    pub id: NetworkInterfaceId,
    /// Sequence number of its making.
    pub born: u64,
    /// Its subnet.
    pub subnet: SubnetId,
    /// Its VPC.
    pub vpc: VpcId,
    /// Its zone.
    pub zone: Zone,
    /// Its MAC address.
    pub mac: [u8; 6],
    /// Private addresses, primary first.
    pub addresses: Vec<PrivateAddress>,
    /// IPv6 addresses.
    pub ipv6: Vec<Ipv6Addr>,
    /// Its groups (up to 5).
    pub groups: Vec<SecurityGroupId>,
    /// Source/destination check.
    pub source_dest_check: bool,
    /// What it says of itself.
    pub description: String,
    /// Where it is attached.
    pub attachment: Option<Attachment>,
    /// Whether launches may give it a public address (primary interface of a launch that asked for one).
    pub auto_public: bool,
    /// `interface`, or what a service of AWS made it for.
    pub interface_type: String,
    /// `amazon-elb` and such, where a service manages it.
    pub requester: Option<String>,
    /// IPv4 prefixes of 28 bits that are its own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ipv4_prefixes: Vec<Ipv4Net>,
    /// IPv6 prefixes of 80 bits that are its own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ipv6_prefixes: Vec<Ipv6Net>,
    /// Whether its first IPv6 address is its primary one, which stays.
    #[serde(skip_serializing_if = "is_false")]
    pub primary_ipv6: bool,
    /// Timeouts of connection tracking, where they were set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tracking: Option<Tracking>,
    /// ENA Express: whether it is on, and on for UDP too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ena_express: Option<(bool, bool)>,
    /// What its public hostname is made of, where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_name: Option<PublicName>,
}

/// What a public hostname is made of.
/// Source: <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyPublicIpDnsNameOptions.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum PublicName {
    /// The public IPv4 address.
    Ipv4,
    /// The first IPv6 address.
    Ipv6,
    /// Both.
    DualStack,
}

impl PublicName {
    /// The kind of this name.
    pub fn find(name: &str) -> Option<PublicName> {
        let all = [PublicName::Ipv4, PublicName::Ipv6, PublicName::DualStack];
        all.into_iter().find(|kind| kind.name() == name)
    }

    /// The API's name.
    pub fn name(self) -> &'static str {
        match self {
            PublicName::Ipv4 => "public-ipv4-dns-name",
            PublicName::Ipv6 => "public-ipv6-dns-name",
            PublicName::DualStack => "public-dual-stack-dns-name",
        }
    }
}

/// Idle timeouts of connection tracking, in seconds.
/// <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tracking {
    /// Of TCP connections.
    pub tcp_established: Option<i64>,
    /// Of UDP flows with more than one request and answer.
    pub udp_stream: Option<i64>,
    /// Of other UDP flows.
    pub udp: Option<i64>,
}

/// Another account's permission to use an interface.
#[derive(Clone, Debug, Serialize)]
pub struct InterfacePermission {
    /// Its id.
    pub id: NetworkInterfacePermissionId,
    /// Sequence number of its making.
    pub born: u64,
    /// The interface.
    pub interface: NetworkInterfaceId,
    /// The account, twelve digits.
    pub account: String,
    /// `INSTANCE-ATTACH` or `EIP-ASSOCIATE`.
    pub permission: String,
}

impl NetworkInterface {
    /// Attached to an instance, or to something that a service of AWS manages.
    pub fn in_use(&self) -> bool {
        self.attachment.is_some() || self.requester.is_some()
    }

    /// `in-use` or `available`.
    pub fn status(&self) -> &'static str {
        if self.in_use() { "in-use" } else { "available" }
    }

    /// Its primary private address (it always has one).
    pub fn primary(&self) -> Option<&PrivateAddress> {
        self.addresses.first()
    }

    /// Whether a private or IPv6 address is its own, alone or in one of its prefixes.
    pub fn holds(&self, address: IpAddr) -> bool {
        match address {
            IpAddr::V4(address) => {
                self.addresses.iter().any(|own| own.private == address)
                    || self.ipv4_prefixes.iter().any(|net| net.contains(&address))
            }
            IpAddr::V6(address) => {
                self.ipv6.contains(&address) || self.ipv6_prefixes.iter().any(|net| net.contains(&address))
            }
        }
    }
}

/// A private address of an interface and the public one translated to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PrivateAddress {
    /// The private address.
    pub private: Ipv4Addr,
    /// The public address in front of it.
    pub public: Option<PublicAddress>,
}

/// A public address in front of a private one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct PublicAddress {
    /// The address.
    pub address: Ipv4Addr,
    /// The Elastic IP's allocation, or `None` for one that Amazon lent.
    pub allocation: Option<AllocationId>,
}

/// The attachment of an interface to an instance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Attachment {
    /// Its id.
    pub id: AttachmentId,
    /// To whom.
    pub instance: InstanceId,
    /// 0 = primary.
    pub device_index: i64,
    /// When.
    pub attached: Time,
    /// Whether the interface goes with the instance.
    pub delete_on_termination: bool,
}

/// An Elastic IP address.
#[derive(Clone, Debug, Serialize)]
pub struct ElasticAddress {
    /// Its id.
    pub id: AllocationId,
    /// Sequence number of its making.
    pub born: u64,
    /// The address.
    pub address: Ipv4Addr,
    /// Where it points: association, interface, private address.
    pub association: Option<(AssociationId, NetworkInterfaceId, Ipv4Addr)>,
    /// The name that reverse DNS gives for it, if not AWS's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reverse_name: Option<String>,
    /// A change of that name under way or refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reverse_update: Option<ReverseUpdate>,
    /// Set for one that was allocated for EC2-Classic.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub classic: Option<ClassicAddress>,
    /// The regional NAT gateway that uses it, which has no interface.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nat: Option<NatUse>,
    /// The Wavelength Zone whose carrier announces it: a carrier IP address, which stays there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub carrier: Option<Zone>,
}

/// How a regional NAT gateway uses an Elastic IP.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct NatUse {
    /// The association.
    pub association: AssociationId,
    /// The gateway.
    pub gateway: NatGatewayId,
    /// AWS has allocated it for the gateway, and takes it back with it.
    pub managed: bool,
}

impl ElasticAddress {
    /// Whether it can stand for addresses of a zone: those of Amazon for what is in Availability Zones, those of a carrier for
    /// what is in their Wavelength Zone.
    pub fn serves(&self, zone: Zone) -> bool {
        match self.carrier {
            Some(own) => own.network_border_group() == zone.network_border_group(),
            None => !zone.is_wavelength(),
        }
    }

    /// Whether it is one for EC2-Classic (`standard`), not for VPCs.
    pub fn is_standard(&self) -> bool {
        self.classic.as_ref().is_some_and(|classic| !classic.in_vpc)
    }
}

/// A change of the name that reverse DNS gives for an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReverseUpdate {
    /// The new name; `None` = AWS's own again.
    pub name: Option<String>,
    /// When it was asked for.
    pub asked: Time,
    /// Why it was refused, once it was.
    pub failed: Option<String>,
}

/// A DHCP options set.
#[derive(Clone, Debug, Serialize)]
pub struct DhcpOptions {
    /// Its id.
    pub id: DhcpOptionsId,
    /// Sequence number of its making.
    pub born: u64,
    /// Options by name, each with its values.
    pub options: Vec<(String, Vec<String>)>,
}
