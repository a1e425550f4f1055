//! What a scope's resource statements may name, and where in a path. Only a table; no world is known here.
//! <https://docs.aws.amazon.com/vpc/latest/network-access-analyzer/resource-statement.html>

use crate::base::ids::Kind;

/// Where in a path a statement stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// It begins there.
    Source,
    /// It ends there.
    Destination,
    /// It goes through there.
    Through,
}

impl Role {
    /// As a refusal calls it.
    pub fn words(self) -> &'static str {
        match self {
            Role::Source => "source",
            Role::Destination => "destination",
            Role::Through => "through resource",
        }
    }
}

const ENDS: &[Role] = &[Role::Source, Role::Destination];
const THROUGH: &[Role] = &[Role::Through];
const LATTER: &[Role] = &[Role::Destination, Role::Through];
const ANYWHERE: &[Role] = &[Role::Source, Role::Destination, Role::Through];

/// Things by ids and ARNs, and their roles.
const IDS: [(Kind, &[Role]); 12] = [
    (Kind::Instance, ENDS),
    (Kind::InternetGateway, ENDS),
    (Kind::NatGateway, THROUGH),
    (Kind::NetworkInterface, ENDS),
    (Kind::SecurityGroup, ENDS),
    (Kind::Subnet, ENDS),
    (Kind::TransitAttachment, ANYWHERE),
    (Kind::Vpc, ENDS),
    (Kind::VpnGateway, ENDS),
    (Kind::EndpointService, ANYWHERE),
    (Kind::VpcEndpoint, ANYWHERE),
    (Kind::VpcPeering, ANYWHERE),
];

/// Types, and their roles. `None`: nothing of the type is in a network that is simulated.
const TYPES: [(&str, Option<Kind>, &[Role]); 12] = [
    ("AWS::EC2::InternetGateway", Some(Kind::InternetGateway), ENDS),
    ("AWS::EC2::NatGateway", Some(Kind::NatGateway), THROUGH),
    ("AWS::EC2::NetworkInterface", Some(Kind::NetworkInterface), ENDS),
    (
        "AWS::EC2::TransitGatewayAttachment",
        Some(Kind::TransitAttachment),
        ANYWHERE,
    ),
    ("AWS::EC2::VPCEndpoint", Some(Kind::VpcEndpoint), LATTER),
    ("AWS::EC2::VPCEndpointService", Some(Kind::EndpointService), ANYWHERE),
    ("AWS::EC2::VPCPeeringConnection", Some(Kind::VpcPeering), ANYWHERE),
    ("AWS::EC2::VPNGateway", Some(Kind::VpnGateway), ENDS),
    (
        "AWS::ElasticLoadBalancing::LoadBalancer",
        Some(Kind::ClassicBalancer),
        THROUGH,
    ),
    (
        "AWS::ElasticLoadBalancingV2::LoadBalancer",
        Some(Kind::LoadBalancer),
        THROUGH,
    ),
    // The guide has both names for it.
    ("AWS::NetworkFirewall::Firewall", None, THROUGH),
    ("AWS::NetworkFirewall::NetworkFirewall", None, THROUGH),
];

/// Where a thing that is named by its id may stand; `None`: nowhere.
pub(super) fn roles_of(kind: Kind) -> Option<&'static [Role]> {
    IDS.iter().find(|(own, _)| *own == kind).map(|(_, roles)| *roles)
}

/// What a type's name stands for, and where it may stand; `None`: it is no type of the analyzer's.
pub(super) fn type_of(name: &str) -> Option<(Option<Kind>, &'static [Role])> {
    let found = TYPES.iter().find(|(own, ..)| *own == name)?;
    Some((found.1, found.2))
}
