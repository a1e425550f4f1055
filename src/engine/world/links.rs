//! Rows of what links networks: VPC peering connections, VPC endpoints, endpoint services, transit gateways. Data only.
//!
//! All of it is one field of `Ec2`, so that a world which links nothing has the bytes that it had before there was any.

use super::table::Table;
use super::transits::*;
use super::vpc::{RouteDestination, is_false};
use crate::base::ids::*;
use crate::base::time::Time;
use crate::catalog::Region;
use serde::Serialize;

/// What links the networks of a Region.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Links {
    /// Peering connections; one between two Regions has a row of the same id in both.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub peerings: Table<VpcPeeringConnectionId, VpcPeering>,
    /// VPC endpoints.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub endpoints: Table<VpcEndpointId, VpcEndpoint>,
    /// Endpoint services of the account's own.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub services: Table<EndpointServiceId, EndpointService>,
    /// Whom endpoints and services tell what happens to their connections.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub notifications: Table<EndpointNotificationId, EndpointNotification>,
    /// Transit gateways.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub transits: Table<TransitGatewayId, TransitGateway>,
    /// What is attached to them; a peering between two Regions has a row of the same id in both.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub attachments: Table<TransitAttachmentId, TransitAttachment>,
    /// Their route tables.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub transit_tables: Table<TransitTableId, TransitTable>,
    /// Peers of their Connect attachments.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub connect_peers: Table<ConnectPeerId, ConnectPeer>,
    /// Their multicast domains.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub multicast: Table<MulticastDomainId, MulticastDomain>,
    /// Their policy tables.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub policy_tables: Table<TransitPolicyTableId, TransitPolicyTable>,
    /// What they announce to each other of their route tables.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub announcements: Table<TransitAnnouncementId, TransitAnnouncement>,
    /// Their metering policies.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub metering: Table<MeteringPolicyId, MeteringPolicy>,
    /// VPN concentrators attached to them.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub concentrators: Table<VpnConcentratorId, VpnConcentrator>,
}

impl Links {
    /// Whether there is nothing at all.
    pub fn is_empty(&self) -> bool {
        self.peerings.is_empty()
            && self.endpoints.is_empty()
            && self.services.is_empty()
            && self.notifications.is_empty()
            && self.transits.is_empty()
            && self.attachments.is_empty()
            && self.transit_tables.is_empty()
            && self.connect_peers.is_empty()
            && self.multicast.is_empty()
            && self.policy_tables.is_empty()
            && self.announcements.is_empty()
            && self.metering.is_empty()
            && self.concentrators.is_empty()
    }
}

/// A VPC peering connection, as one Region knows it.
#[derive(Clone, Debug, Serialize)]
pub struct VpcPeering {
    /// Its id.
    pub id: VpcPeeringConnectionId,
    /// Sequence number of its making.
    pub born: u64,
    /// The Region whose row this is.
    pub here: Region,
    /// Who asked.
    pub requester: PeeringSide,
    /// Who was asked.
    pub accepter: PeeringSide,
    /// Where it stands.
    pub state: PeeringState,
    /// Since when.
    pub since: Time,
    /// When the request expires.
    pub expires: Time,
}

/// One side of a peering connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PeeringSide {
    /// The account, twelve digits.
    pub account: String,
    /// The Region.
    pub region: Region,
    /// The VPC as the call named it: one of another account has an id that nothing here gave.
    pub vpc: String,
    /// The VPC, where it is the account's own and was there.
    pub own: Option<VpcId>,
    /// Whether names that resolve to public addresses resolve to private ones from the other side.
    pub remote_dns: bool,
    /// Whether instances of EC2-Classic that are linked to its VPC may send to the other side's VPC.
    #[serde(skip_serializing_if = "is_false")]
    pub link_to_remote: bool,
    /// Whether its VPC may send to instances of EC2-Classic that are linked to the other side's.
    #[serde(skip_serializing_if = "is_false")]
    pub to_remote_link: bool,
}

impl VpcPeering {
    /// The two sides, the requester's first.
    pub fn sides(&self) -> [&PeeringSide; 2] {
        [&self.requester, &self.accepter]
    }

    /// The side across from a VPC of this Region; `None` when the VPC is neither side.
    pub fn across(&self, vpc: VpcId) -> Option<&PeeringSide> {
        let is = |side: &PeeringSide| side.own == Some(vpc) && side.region == self.here;
        match (is(&self.requester), is(&self.accepter)) {
            (true, _) => Some(&self.accepter),
            (_, true) => Some(&self.requester),
            _ => None,
        }
    }

    /// The side of a VPC of this Region.
    pub fn side_of(&self, vpc: VpcId) -> Option<&PeeringSide> {
        let mut sides = self.sides().into_iter();
        sides.find(|side| side.own == Some(vpc) && side.region == self.here)
    }

    /// The VPC of this Region across from another of it.
    pub fn neighbour(&self, vpc: VpcId) -> Option<VpcId> {
        self.across(vpc).filter(|side| side.region == self.here)?.own
    }
}

/// Where a peering connection stands.
/// Source: <https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum PeeringState {
    /// The accepter has not said anything.
    PendingAcceptance,
    /// Accepted, and not active yet.
    Provisioning,
    /// Traffic may pass.
    Active,
    /// The accepter has refused.
    Rejected,
    /// Nobody said anything for a week.
    Expired,
    /// There is no such VPC, or its blocks overlap.
    Failed,
    /// One side has ended it.
    Deleted,
}

impl PeeringState {
    /// As the API writes it.
    pub fn name(self) -> &'static str {
        match self {
            PeeringState::PendingAcceptance => "pending-acceptance",
            PeeringState::Provisioning => "provisioning",
            PeeringState::Active => "active",
            PeeringState::Rejected => "rejected",
            PeeringState::Expired => "expired",
            PeeringState::Failed => "failed",
            PeeringState::Deleted => "deleted",
        }
    }

    /// Whether something may still come of it.
    pub fn is_alive(self) -> bool {
        matches!(
            self,
            PeeringState::PendingAcceptance | PeeringState::Provisioning | PeeringState::Active
        )
    }
}

/// A VPC endpoint.
#[derive(Clone, Debug, Serialize)]
pub struct VpcEndpoint {
    /// Its id.
    pub id: VpcEndpointId,
    /// Sequence number of its making.
    pub born: u64,
    /// Its VPC.
    pub vpc: VpcId,
    /// The service's name: `com.amazonaws.us-east-1.s3`.
    pub service: String,
    /// What it is.
    pub kind: EndpointKind,
    /// Where it stands.
    pub state: EndpointState,
    /// When it was made.
    pub created: Time,
    /// Since when it stands there.
    pub since: Time,
    /// The policy that the call gave; `None` = full access.
    pub policy: Option<String>,
    /// Route tables of a gateway endpoint.
    pub tables: Vec<RouteTableId>,
    /// Subnets of the others, each with the endpoint's interface there.
    pub subnets: Vec<(SubnetId, NetworkInterfaceId)>,
    /// Groups of its interfaces.
    pub groups: Vec<SecurityGroupId>,
    /// Whether the service's own name leads to it inside the VPC.
    pub private_dns: bool,
    /// `ipv4`, `ipv6` or `dualstack`.
    pub address_type: String,
    /// The same of its names.
    pub dns_type: String,
    /// Whether private names are for an inbound resolver endpoint only.
    pub inbound_only: bool,
    /// The account's own service behind it.
    pub provider: Option<EndpointServiceId>,
    /// Whose account is charged for it, where a call has said so: the service's, or its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_pays: Option<bool>,
}

impl VpcEndpoint {
    /// Whether it has interfaces that take packets for its service.
    pub fn is_interface(&self) -> bool {
        self.kind == EndpointKind::Interface
    }

    /// Whether its interfaces lead to load balancers of the account's own.
    pub fn leads_to_own(&self) -> bool {
        self.is_interface() && self.provider.is_some()
    }

    /// The last part of its service's name: of one of an account's own, the id.
    pub fn service_part(&self) -> &str {
        self.service.rsplit('.').next().unwrap_or_default()
    }

    /// Whether it is one for S3 itself.
    pub fn is_storage(&self) -> bool {
        self.provider.is_none() && self.service.ends_with(".s3")
    }
}

/// What an endpoint is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum EndpointKind {
    /// A target of prefix-list routes, for S3 and DynamoDB.
    Gateway,
    /// Interfaces with groups.
    Interface,
    /// An interface that routes lead to, before a fleet of appliances.
    GatewayLoadBalancer,
}

impl EndpointKind {
    /// As the API writes it.
    pub fn name(self) -> &'static str {
        match self {
            EndpointKind::Gateway => "Gateway",
            EndpointKind::Interface => "Interface",
            EndpointKind::GatewayLoadBalancer => "GatewayLoadBalancer",
        }
    }
}

/// Where an endpoint stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum EndpointState {
    /// The service's owner has not said anything.
    PendingAcceptance,
    /// It is being made.
    Pending,
    /// It works.
    Available,
    /// The service's owner has refused.
    Rejected,
    /// It is being deleted.
    Deleting,
    /// It is gone, and still shown.
    Deleted,
}

impl EndpointState {
    /// As the API writes it.
    pub fn name(self) -> &'static str {
        match self {
            EndpointState::PendingAcceptance => "pendingAcceptance",
            EndpointState::Pending => "pending",
            EndpointState::Available => "available",
            EndpointState::Rejected => "rejected",
            EndpointState::Deleting => "deleting",
            EndpointState::Deleted => "deleted",
        }
    }

    /// Whether it is on its way out.
    pub fn is_gone(self) -> bool {
        matches!(self, EndpointState::Deleting | EndpointState::Deleted)
    }
}

/// An endpoint service of the account's own.
#[derive(Clone, Debug, Serialize)]
pub struct EndpointService {
    /// Its id.
    pub id: EndpointServiceId,
    /// Sequence number of its making.
    pub born: u64,
    /// Behind gateway load balancers, and not network load balancers.
    pub gateway: bool,
    /// ARNs of the load balancers, in the order of their naming.
    pub balancers: Vec<String>,
    /// Whether each connection waits for the owner's word.
    pub acceptance: bool,
    /// The name that endpoints may have inside their VPCs.
    pub private_dns: Option<PrivateName>,
    /// `ipv4`, `ipv6`.
    pub address_types: Vec<String>,
    /// Further Regions whose endpoints may connect.
    pub regions: Vec<String>,
    /// Whether the owner pays for the endpoints.
    pub owner_pays: bool,
    /// Principals that may connect, each with the number of its permission.
    pub allowed: Vec<(String, u64)>,
}

/// A private name of an endpoint service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PrivateName {
    /// The name.
    pub name: String,
    /// The value of the TXT record that shows whose the domain is.
    pub proof: String,
    /// Since when somebody looks for that record; `None` before the first time.
    pub asked: Option<Time>,
    /// What came of it.
    pub verified: Option<bool>,
}

/// Whom an endpoint or a service tells what happens to its connections.
#[derive(Clone, Debug, Serialize)]
pub struct EndpointNotification {
    /// Its id.
    pub id: EndpointNotificationId,
    /// Sequence number of its making.
    pub born: u64,
    /// The service that it is about, or
    pub service: Option<EndpointServiceId>,
    /// the endpoint.
    pub endpoint: Option<VpcEndpointId>,
    /// The topic's ARN.
    pub arn: String,
    /// `Accept`, `Connect`, `Delete`, `Reject`.
    pub events: Vec<String>,
}

/// A transit gateway.
#[derive(Clone, Debug, Serialize)]
pub struct TransitGateway {
    /// Its id.
    pub id: TransitGatewayId,
    /// Sequence number of its making.
    pub born: u64,
    /// What it says of itself.
    pub description: String,
    /// When it was made.
    pub created: Time,
    /// Where it stands.
    pub state: TransitState,
    /// The private number of its autonomous system.
    pub asn: i64,
    /// Blocks of its own.
    pub blocks: Vec<String>,
    /// Options that are on, by the API's names: `AutoAcceptSharedAttachments`, `DnsSupport`, …
    pub on: Vec<String>,
    /// The table that new attachments are associated with.
    pub association: Option<TransitTableId>,
    /// The table that new attachments propagate to.
    pub propagation: Option<TransitTableId>,
}

/// Where a transit gateway, or what is attached to it, stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum TransitState {
    /// The other side has not said anything.
    PendingAcceptance,
    /// It is being made.
    Pending,
    /// It works.
    Available,
    /// The other side has refused.
    Rejected,
    /// It is being deleted.
    Deleting,
    /// It is gone, and still shown.
    Deleted,
}

impl TransitState {
    /// As the API writes it.
    pub fn name(self) -> &'static str {
        match self {
            TransitState::PendingAcceptance => "pendingAcceptance",
            TransitState::Pending => "pending",
            TransitState::Available => "available",
            TransitState::Rejected => "rejected",
            TransitState::Deleting => "deleting",
            TransitState::Deleted => "deleted",
        }
    }

    /// Whether it is over.
    pub fn is_gone(self) -> bool {
        matches!(
            self,
            TransitState::Rejected | TransitState::Deleting | TransitState::Deleted
        )
    }
}

/// What is attached to a transit gateway.
#[derive(Clone, Debug, Serialize)]
pub struct TransitAttachment {
    /// Its id.
    pub id: TransitAttachmentId,
    /// Sequence number of its making.
    pub born: u64,
    /// The transit gateway of this Region.
    pub gateway: TransitGatewayId,
    /// When it was made.
    pub created: Time,
    /// Where it stands.
    pub state: TransitState,
    /// What it is.
    pub end: TransitEnd,
    /// The route table that judges what comes from it.
    pub table: Option<TransitTableId>,
    /// Of a peering within this Region: the other transit gateway.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub far: Option<FarSide>,
    /// The policy table that chooses the route table, in the place of one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy: Option<TransitPolicyTableId>,
    /// Options of a peering, where any is on.
    #[serde(skip_serializing_if = "PeeringOptions::are_off")]
    pub peering: PeeringOptions,
    /// The translation of addresses at the transit gateway's side.
    #[serde(skip_serializing_if = "AttachmentNat::is_unset")]
    pub nat: AttachmentNat,
}

/// The accepter's side of a peering between two transit gateways of one Region: both have the attachment by the same id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct FarSide {
    /// The accepter.
    pub gateway: TransitGatewayId,
    /// Its route table that judges what comes by the peering.
    pub table: Option<TransitTableId>,
}

/// What stands at the other end of an attachment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum TransitEnd {
    /// A VPC.
    Vpc {
        /// The VPC.
        vpc: VpcId,
        /// One subnet a zone, each with the attachment's interface there.
        subnets: Vec<(SubnetId, NetworkInterfaceId)>,
        /// Options that are on, by the API's names.
        on: Vec<String>,
    },
    /// Another transit gateway.
    Peer {
        /// Who asked: transit gateway, account, Region.
        requester: (String, String, Region),
        /// Who was asked.
        accepter: (String, String, Region),
    },
    /// A VPN connection.
    Vpn(VpnConnectionId),
    /// Appliances that speak GRE and BGP, over the attachment of the VPC that they are in.
    Connect(TransitAttachmentId),
    /// A concentrator of VPN connections.
    Concentrator(VpnConcentratorId),
}

impl TransitAttachment {
    /// The VPC at its other end.
    pub fn vpc(&self) -> Option<VpcId> {
        match self.end {
            TransitEnd::Vpc { vpc, .. } => Some(vpc),
            _ => None,
        }
    }

    /// Whether its other end is another transit gateway.
    pub fn is_peering(&self) -> bool {
        matches!(self.end, TransitEnd::Peer { .. })
    }

    /// Whether it is attached to this transit gateway, on either side.
    pub fn is_of(&self, gateway: TransitGatewayId) -> bool {
        self.gateway == gateway || self.far.is_some_and(|far| far.gateway == gateway)
    }

    /// The other transit gateway of a peering of this one within the Region.
    pub fn beyond(&self, gateway: TransitGatewayId) -> Option<TransitGatewayId> {
        match self.far?.gateway {
            far if self.gateway == gateway => Some(far),
            far => Some(self.gateway).filter(|_| far == gateway),
        }
    }

    /// The route table of this transit gateway that judges what comes from it.
    pub fn table_of(&self, gateway: TransitGatewayId) -> Option<TransitTableId> {
        match self.far {
            Some(far) if far.gateway == gateway => far.table,
            _ => self.table,
        }
    }

    /// Whether an option of a VPC's attachment is on, by the API's name.
    pub fn has(&self, option: &str) -> bool {
        matches!(&self.end, TransitEnd::Vpc { on, .. } if on.iter().any(|own| own == option))
    }

    /// The subnets of a VPC's attachment with its interfaces.
    pub fn subnets(&self) -> &[(SubnetId, NetworkInterfaceId)] {
        match &self.end {
            TransitEnd::Vpc { subnets, .. } => subnets,
            _ => &[],
        }
    }
}

/// A route table of a transit gateway.
#[derive(Clone, Debug, Serialize)]
pub struct TransitTable {
    /// Its id.
    pub id: TransitTableId,
    /// Sequence number of its making.
    pub born: u64,
    /// Its transit gateway.
    pub gateway: TransitGatewayId,
    /// When it was made.
    pub created: Time,
    /// Attachments whose blocks are routes here, in the order of their making.
    pub propagations: Vec<TransitAttachmentId>,
    /// Static routes, sorted by destination; without an attachment a black hole.
    pub routes: Vec<(RouteDestination, Option<TransitAttachmentId>)>,
}
