//! Typed ids, one type a kind of resource, so that a subnet can never stand where a VPC is meant.
//!
//! One macro lists all kinds. An id is 17 hexadecimal digits as AWS writes them today; we draw 16 and
//! write a leading zero, as nearly all of AWS's own have. Route 53 alone writes `Z` or `C` and capitals and digits (we
//! write 13 of them). Source: observed AWS format; the draw is ours.

use super::key::Key;
use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident $variant:ident $prefix:literal $cfn:literal $what:literal,)*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
            pub struct $name(pub u64);
            impl $name {
                /// What stands before the dash.
                pub const PREFIX: &'static str = $prefix;
                /// Reads `prefix-0…`; `None` when the text is not an id of this kind.
                pub fn parse(text: &str) -> Option<$name> { parse_number(text, $prefix).map($name) }
            }
            impl fmt::Display for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(Written::new($prefix, self.0).text()) }
            }
            impl From<$name> for ResourceId { fn from(id: $name) -> ResourceId { ResourceId::$variant(id) } }
            impl TryFrom<ResourceId> for $name {
                type Error = ();
                fn try_from(id: ResourceId) -> Result<$name, ()> {
                    match id { ResourceId::$variant(id) => Ok(id), _ => Err(()) }
                }
            }
            impl Key for $name {
                const BITS: Option<u32> = Some(64);
                fn place(&self) -> u128 { self.0.place() }
            }
            impl From<$name> for String { fn from(id: $name) -> String { Written::new($prefix, id.0).text().to_owned() } }
            impl From<$name> for stratus_model::Value {
                fn from(id: $name) -> stratus_model::Value { stratus_model::Value::String(id.into()) }
            }
        )*

        /// The kinds of resources that have ids of their own.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Kind { $($variant,)* }

        /// An id of any kind: what a tag, a reference or the inspector's selection points at.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum ResourceId { $($variant($name),)* }

        impl Kind {
            /// Every kind, in the order of the table.
            pub const ALL: &'static [Kind] = &[$(Kind::$variant,)*];
            /// What stands before the dash of an id.
            pub fn prefix(self) -> &'static str { match self { $(Kind::$variant => $prefix,)* } }
            /// CloudFormation's name of the type, as the Reachability Analyzer and traces use it.
            pub fn type_name(self) -> &'static str { match self { $(Kind::$variant => $cfn,)* } }
            /// The kind in plain words, for sentences ("security group").
            pub fn words(self) -> &'static str { match self { $(Kind::$variant => $what,)* } }
        }

        impl ResourceId {
            /// The id of this kind with this number.
            pub fn of(kind: Kind, number: u64) -> ResourceId {
                match kind { $(Kind::$variant => ResourceId::$variant($name(number)),)* }
            }
            /// Which kind it is an id of.
            pub fn kind(self) -> Kind { match self { $(ResourceId::$variant(_) => Kind::$variant,)* } }
            /// Reads an id of any kind by its prefix.
            pub fn parse(text: &str) -> Option<ResourceId> {
                match prefix_of(text) { $($prefix => $name::parse(text).map(ResourceId::$variant),)* _ => None }
            }
        }

        impl Key for ResourceId {
            const BITS: Option<u32> = Some(72);
            fn place(&self) -> u128 {
                let number = match self { $(ResourceId::$variant(id) => id.0,)* };
                (self.kind() as u8, number).place()
            }
        }

        impl fmt::Display for ResourceId {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self { $(ResourceId::$variant(id) => id.fmt(f),)* }
            }
        }
    };
}

/// Route 53's kinds, whose ids have a form of their own.
const ROUTE_53: [&str; 2] = [HostedZoneId::PREFIX, ChangeId::PREFIX];
/// Digits of Route 53's ids: 36^13 is more than 2^64.
const ROUTE_53_DIGITS: usize = 13;

/// Characters of an id after its prefix: a dash, a zero, and sixteen digits.
const AFTER_PREFIX: usize = 18;

fn prefix_of(text: &str) -> &str {
    let at = text.len().wrapping_sub(AFTER_PREFIX);
    match text.as_bytes().get(at) {
        Some(b'-') => text.get(..at).unwrap_or_default(),
        _ => ROUTE_53
            .into_iter()
            .find(|prefix| text.starts_with(prefix))
            .unwrap_or_default(),
    }
}

/// An id as text, without the machinery of formats: an answer has dozens of them.
struct Written {
    bytes: [u8; Written::LONGEST],
    length: usize,
}

impl Written {
    /// Bytes of the longest prefix with its digits.
    const LONGEST: usize = 40;

    fn new(prefix: &str, number: u64) -> Written {
        let mut written = Written {
            bytes: [0; Written::LONGEST],
            length: 0,
        };
        written.push(prefix.as_bytes());
        if ROUTE_53.contains(&prefix) {
            let (mut digits, mut rest) = ([b'0'; ROUTE_53_DIGITS], number);
            for digit in digits.iter_mut().rev() {
                let value = (rest % 36) as u8;
                *digit = if value < 10 { b'0' + value } else { b'A' + value - 10 };
                rest /= 36;
            }
            written.push(&digits);
        } else {
            let (mut digits, mut rest) = ([b'0'; 16], number);
            for digit in digits.iter_mut().rev() {
                *digit = b"0123456789abcdef"[(rest % 16) as usize];
                rest /= 16;
            }
            written.push(b"-0");
            written.push(&digits);
        }
        written
    }

    fn push(&mut self, more: &[u8]) {
        let end = self.length + more.len();
        if let Some(place) = self.bytes.get_mut(self.length..end) {
            place.copy_from_slice(more);
            self.length = end;
        }
    }

    fn text(&self) -> &str {
        let bytes = self.bytes.get(..self.length).unwrap_or_default();
        std::str::from_utf8(bytes).unwrap_or_default()
    }
}

fn parse_number(text: &str, prefix: &str) -> Option<u64> {
    if ROUTE_53.contains(&prefix) {
        let digits = text.strip_prefix(prefix)?;
        let capital = digits.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase());
        return (digits.len() == ROUTE_53_DIGITS && capital)
            .then(|| u64::from_str_radix(digits, 36).ok())
            .flatten();
    }
    let digits = text.strip_prefix(prefix)?.strip_prefix("-0")?;
    let lower = digits.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    if digits.len() == 16 && lower {
        u64::from_str_radix(digits, 16).ok()
    } else {
        None
    }
}

/// Whether a text has the form of an id of this prefix (AWS: 8 or 17 hexadecimal digits), known or not.
/// Tells `…Malformed` from `…NotFound`.
pub fn well_formed(text: &str, prefix: &str) -> bool {
    text.strip_prefix(prefix)
        .and_then(|rest| rest.strip_prefix('-'))
        .is_some_and(|d| {
            matches!(d.len(), 8 | 17) && d.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
        })
}

// Append only: the order numbers the random streams.
ids! {
    InstanceId Instance "i" "AWS::EC2::Instance" "instance",
    ReservationId Reservation "r" "AWS::EC2::Reservation" "reservation",
    ImageId Image "ami" "AWS::EC2::Image" "AMI",
    KeyPairId KeyPair "key" "AWS::EC2::KeyPair" "key pair",
    VpcId Vpc "vpc" "AWS::EC2::VPC" "VPC",
    SubnetId Subnet "subnet" "AWS::EC2::Subnet" "subnet",
    RouteTableId RouteTable "rtb" "AWS::EC2::RouteTable" "route table",
    RouteTableAssociationId RouteTableAssociation "rtbassoc" "AWS::EC2::SubnetRouteTableAssociation" "route table association",
    InternetGatewayId InternetGateway "igw" "AWS::EC2::InternetGateway" "internet gateway",
    NetworkAclId NetworkAcl "acl" "AWS::EC2::NetworkAcl" "network ACL",
    NetworkAclAssociationId NetworkAclAssociation "aclassoc" "AWS::EC2::SubnetNetworkAclAssociation" "network ACL association",
    SecurityGroupId SecurityGroup "sg" "AWS::EC2::SecurityGroup" "security group",
    SecurityGroupRuleId SecurityGroupRule "sgr" "AWS::EC2::SecurityGroupRule" "security group rule",
    PrefixListId PrefixList "pl" "AWS::EC2::PrefixList" "prefix list",
    NetworkInterfaceId NetworkInterface "eni" "AWS::EC2::NetworkInterface" "network interface",
    AttachmentId Attachment "eni-attach" "AWS::EC2::NetworkInterfaceAttachment" "network interface attachment",
    AllocationId Address "eipalloc" "AWS::EC2::EIP" "Elastic IP address",
    AssociationId AddressAssociation "eipassoc" "AWS::EC2::EIPAssociation" "Elastic IP association",
    VolumeId Volume "vol" "AWS::EC2::Volume" "volume",
    SnapshotId Snapshot "snap" "AWS::EC2::Snapshot" "snapshot",
    DhcpOptionsId DhcpOptions "dopt" "AWS::EC2::DHCPOptions" "DHCP options",
    VpcCidrAssociationId VpcCidrAssociation "vpc-cidr-assoc" "AWS::EC2::VPCCidrBlock" "VPC CIDR association",
    HostId Host "h" "AWS::EC2::Host" "physical host",
    HostedZoneId HostedZone "Z" "AWS::Route53::HostedZone" "hosted zone",
    /// A submitted change of Route 53. CloudFormation has no name for it: ours.
    ChangeId Change "C" "AWS::Route53::Change" "DNS change",
    /// A bucket that has something pending. AWS knows buckets by name alone: the number is ours.
    BucketId Bucket "bucket" "AWS::S3::Bucket" "bucket",
    LaunchTemplateId LaunchTemplate "lt" "AWS::EC2::LaunchTemplate" "launch template",
    PlacementGroupId PlacementGroup "pg" "AWS::EC2::PlacementGroup" "placement group",
    /// A request for Spot Instances. CloudFormation has no name for it: ours.
    SpotRequestId SpotRequest "sir" "AWS::EC2::SpotInstanceRequest" "Spot request",
    SubnetCidrAssociationId SubnetCidrAssociation "subnet-cidr-assoc" "AWS::EC2::SubnetCidrBlock" "subnet CIDR association",
    SubnetCidrReservationId SubnetCidrReservation "scr" "AWS::EC2::SubnetCidrReservation" "subnet CIDR reservation",
    ReplaceRootVolumeTaskId ReplaceRootVolumeTask "replacevol" "AWS::EC2::ReplaceRootVolumeTask" "root volume replacement",
    NetworkInterfacePermissionId NetworkInterfacePermission "eni-perm" "AWS::EC2::NetworkInterfacePermission" "network interface permission",
    NatGatewayId NatGateway "nat" "AWS::EC2::NatGateway" "NAT gateway",
    EgressOnlyGatewayId EgressOnlyGateway "eigw" "AWS::EC2::EgressOnlyInternetGateway" "egress-only internet gateway",
    CarrierGatewayId CarrierGateway "cagw" "AWS::EC2::CarrierGateway" "carrier gateway",
    CustomerGatewayId CustomerGateway "cgw" "AWS::EC2::CustomerGateway" "customer gateway",
    VpnGatewayId VpnGateway "vgw" "AWS::EC2::VPNGateway" "virtual private gateway",
    VpnConnectionId VpnConnection "vpn" "AWS::EC2::VPNConnection" "VPN connection",
    VpcPeeringConnectionId VpcPeering "pcx" "AWS::EC2::VPCPeeringConnection" "VPC peering connection",
    VpcEndpointId VpcEndpoint "vpce" "AWS::EC2::VPCEndpoint" "VPC endpoint",
    EndpointServiceId EndpointService "vpce-svc" "AWS::EC2::VPCEndpointService" "endpoint service",
    EndpointNotificationId EndpointNotification "vpce-nfn" "AWS::EC2::VPCEndpointConnectionNotification" "endpoint connection notification",
    TransitGatewayId TransitGateway "tgw" "AWS::EC2::TransitGateway" "transit gateway",
    TransitAttachmentId TransitAttachment "tgw-attach" "AWS::EC2::TransitGatewayAttachment" "transit gateway attachment",
    TransitTableId TransitTable "tgw-rtb" "AWS::EC2::TransitGatewayRouteTable" "transit gateway route table",
    InsightsPathId InsightsPath "nip" "AWS::EC2::NetworkInsightsPath" "network insights path",
    InsightsAnalysisId InsightsAnalysis "nia" "AWS::EC2::NetworkInsightsAnalysis" "network insights analysis",
    /// The settings of VPC Block Public Access in a Region. AWS gives them no id: the number is ours.
    PublicBlockId PublicBlock "vpcbpa" "AWS::EC2::VPCBlockPublicAccessOptions" "VPC Block Public Access options",
    PublicExclusionId PublicExclusion "vpcbpa-exclude" "AWS::EC2::VPCBlockPublicAccessExclusion" "VPC Block Public Access exclusion",
    /// A reservation of Dedicated Hosts. CloudFormation has no name for it: ours.
    HostReservationId HostReservation "hr" "AWS::EC2::HostReservation" "host reservation",
    FlowLogId FlowLog "fl" "AWS::EC2::FlowLog" "flow log",
    TrafficMirrorTargetId TrafficMirrorTarget "tmt" "AWS::EC2::TrafficMirrorTarget" "traffic mirror target",
    TrafficMirrorFilterId TrafficMirrorFilter "tmf" "AWS::EC2::TrafficMirrorFilter" "traffic mirror filter",
    TrafficMirrorRuleId TrafficMirrorRule "tmfr" "AWS::EC2::TrafficMirrorFilterRule" "traffic mirror filter rule",
    TrafficMirrorSessionId TrafficMirrorSession "tms" "AWS::EC2::TrafficMirrorSession" "traffic mirror session",
    AccessScopeId AccessScope "nis" "AWS::EC2::NetworkInsightsAccessScope" "Network Access Scope",
    AccessAnalysisId AccessAnalysis "nisa" "AWS::EC2::NetworkInsightsAccessScopeAnalysis" "Network Access Scope analysis",
    ConnectPeerId ConnectPeer "tgw-connect-peer" "AWS::EC2::TransitGatewayConnectPeer" "transit gateway Connect peer",
    MulticastDomainId MulticastDomain "tgw-mcast-domain" "AWS::EC2::TransitGatewayMulticastDomain" "multicast domain",
    /// A policy table of a transit gateway. CloudFormation has no name for it: ours.
    TransitPolicyTableId TransitPolicyTable "tgw-ptb" "AWS::EC2::TransitGatewayPolicyTable" "transit gateway policy table",
    BundleTaskId BundleTask "bun" "AWS::EC2::BundleTask" "bundle task",
    LifecyclePolicyId LifecyclePolicy "policy" "AWS::DLM::LifecyclePolicy" "lifecycle policy",
    /// AWS knows load balancers, and what belongs to them, by ARNs that end in the number.
    LoadBalancerId LoadBalancer "lb" "AWS::ElasticLoadBalancingV2::LoadBalancer" "load balancer",
    /// See [`LoadBalancerId`].
    TargetGroupId TargetGroup "tg" "AWS::ElasticLoadBalancingV2::TargetGroup" "target group",
    /// See [`LoadBalancerId`].
    ListenerId Listener "listener" "AWS::ElasticLoadBalancingV2::Listener" "listener",
    /// See [`LoadBalancerId`].
    ListenerRuleId ListenerRule "listener-rule" "AWS::ElasticLoadBalancingV2::ListenerRule" "listener rule",
    /// AWS knows Classic Load Balancers by name alone: the number is ours.
    ClassicBalancerId ClassicBalancer "elb" "AWS::ElasticLoadBalancing::LoadBalancer" "Classic Load Balancer",
    /// CloudFormation has no name for it: ours.
    ImageExportId ImageExport "export-ami" "AWS::EC2::ExportImageTask" "image export",
    /// CloudFormation has no name for it: ours.
    InstanceExportId InstanceExport "export-i" "AWS::EC2::ExportInstanceTask" "instance export",
    /// CloudFormation has no name for it, and AWS shows no id of one: both ours.
    TransitAnnouncementId TransitAnnouncement "tgw-rtb-announcement" "AWS::EC2::TransitGatewayRouteTableAnnouncement" "route table announcement",
    MeteringPolicyId MeteringPolicy "tgw-mp" "AWS::EC2::TransitGatewayMeteringPolicy" "metering policy",
    VpnConcentratorId VpnConcentrator "vcn" "AWS::EC2::VPNConcentrator" "VPN concentrator",
    /// See [`LoadBalancerId`].
    TrustStoreId TrustStore "truststore" "AWS::ElasticLoadBalancingV2::TrustStore" "trust store",
    /// CloudFormation has no name for it: ours.
    InstanceImportId InstanceImport "import-i" "AWS::EC2::ImportInstanceTask" "instance import",
    /// CloudFormation has no name for it: ours.
    VolumeImportId VolumeImport "import-vol" "AWS::EC2::ImportVolumeTask" "volume import",
    EventWindowId EventWindow "iew" "AWS::EC2::InstanceEventWindow" "event window",
    /// An event that AWS has scheduled for an instance. CloudFormation has no name for it: ours.
    InstanceEventId InstanceEvent "instance-event" "AWS::EC2::InstanceEvent" "scheduled event",
    FpgaImageId FpgaImage "afi" "AWS::EC2::FpgaImage" "FPGA image",
}
