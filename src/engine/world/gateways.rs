//! Rows of the gateways besides internet gateways: NAT, egress-only and carrier gateways, and what a VPN is made of. Data
//! only; a world that has none of them has the bytes that it had before they came.

use super::table::Table;
use super::vpc::is_false;
use crate::base::ids::*;
use crate::base::time::Time;
use crate::catalog::Zone;
use ipnet::Ipv4Net;
use serde::Serialize;
use std::net::Ipv4Addr;

/// All tables of these rows in one Region.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Gateways {
    /// NAT gateways, those that are gone or failed for about an hour more.
    pub nat: Table<NatGatewayId, NatGateway>,
    /// Index: NAT gateway by its interface.
    pub nat_by_interface: Table<NetworkInterfaceId, NatGatewayId>,
    /// Egress-only internet gateways.
    pub egress_only: Table<EgressOnlyGatewayId, EgressOnlyGateway>,
    /// Carrier gateways.
    pub carrier: Table<CarrierGatewayId, CarrierGateway>,
    /// Customer gateways.
    pub customer: Table<CustomerGatewayId, CustomerGateway>,
    /// Virtual private gateways.
    pub vpn: Table<VpnGatewayId, VpnGateway>,
    /// VPN connections.
    pub connections: Table<VpnConnectionId, VpnConnection>,
}

impl Gateways {
    /// Whether nothing was ever made here, or all of it is gone.
    pub fn is_empty(&self) -> bool {
        self.nat.is_empty()
            && self.egress_only.is_empty()
            && self.carrier.is_empty()
            && self.customer.is_empty()
            && self.vpn.is_empty()
            && self.connections.is_empty()
    }
}

/// The life of a gateway or a connection. One that is `Failed` or `Deleted` stays visible for about an hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum GatewayState {
    /// Being made.
    Pending,
    /// Could not be made.
    Failed,
    /// In use.
    Available,
    /// Going.
    Deleting,
    /// Gone.
    Deleted,
}

impl GatewayState {
    /// As the API spells it.
    pub fn name(self) -> &'static str {
        match self {
            GatewayState::Pending => "pending",
            GatewayState::Failed => "failed",
            GatewayState::Available => "available",
            GatewayState::Deleting => "deleting",
            GatewayState::Deleted => "deleted",
        }
    }

    /// Neither gone nor failed: what it needs must still be there.
    pub fn is_alive(self) -> bool {
        !matches!(self, GatewayState::Failed | GatewayState::Deleted)
    }
}

/// A NAT gateway.
#[derive(Clone, Debug, Serialize)]
pub struct NatGateway {
    /// Its id.
    pub id: NatGatewayId,
    /// Sequence number of its making.
    pub born: u64,
    /// Its VPC.
    pub vpc: VpcId,
    /// Its subnet.
    pub subnet: SubnetId,
    /// With Elastic IP addresses, towards the Internet; else private.
    pub public: bool,
    /// Its state.
    pub state: GatewayState,
    /// Since when.
    pub since: Time,
    /// When it was asked for.
    pub created: Time,
    /// When it was gone, or had failed.
    pub deleted: Option<Time>,
    /// Why it fails: AWS's code and message.
    pub failure: Option<(String, String)>,
    /// Its addresses, primary first. They stay listed when it is gone.
    pub addresses: Vec<NatAddress>,
    /// Of a regional one: that it is in every zone, and in no subnet ([`NatGateway::subnet`] then says nothing).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub regional: Option<RegionalNat>,
}

/// What a regional NAT gateway has that one of a zone has not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct RegionalNat {
    /// It goes by itself to zones where there is work, with addresses of AWS's.
    pub automatic: bool,
    /// Its own route table; `None` where it could not be made.
    pub table: Option<RouteTableId>,
}

impl NatGateway {
    /// The interface that stands for it in its subnet.
    pub fn interface(&self) -> Option<NetworkInterfaceId> {
        self.addresses.first()?.interface
    }
}

/// An address of a NAT gateway.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NatAddress {
    /// Its interface; `None` where the gateway could not be made.
    pub interface: Option<NetworkInterfaceId>,
    /// The private address.
    pub private: Option<Ipv4Addr>,
    /// The Elastic IP in front of it, with its address and association.
    pub elastic: Option<(AllocationId, Ipv4Addr, AssociationId)>,
    /// What is being done with it.
    pub status: AddressStatus,
    /// Since when.
    pub since: Time,
    /// Of a regional gateway: the zone that it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zone: Option<Zone>,
}

/// What is being done with an address of a NAT gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum AddressStatus {
    /// A private address is being added.
    Assigning,
    /// An Elastic IP is being added.
    Associating,
    /// It is in use.
    Succeeded,
    /// A private address is being drained.
    Unassigning,
    /// An Elastic IP is being drained.
    Disassociating,
    /// The gateway could not be made.
    Failed,
}

impl AddressStatus {
    /// As the API spells it.
    pub fn name(self) -> &'static str {
        match self {
            AddressStatus::Assigning => "assigning",
            AddressStatus::Associating => "associating",
            AddressStatus::Succeeded => "succeeded",
            AddressStatus::Unassigning => "unassigning",
            AddressStatus::Disassociating => "disassociating",
            AddressStatus::Failed => "failed",
        }
    }
}

/// An egress-only internet gateway: IPv6 outwards, and the answers in.
#[derive(Clone, Debug, Serialize)]
pub struct EgressOnlyGateway {
    /// Its id.
    pub id: EgressOnlyGatewayId,
    /// Sequence number of its making.
    pub born: u64,
    /// The VPC that it is attached to.
    pub vpc: VpcId,
}

/// A carrier gateway, for subnets in Wavelength zones.
#[derive(Clone, Debug, Serialize)]
pub struct CarrierGateway {
    /// Its id.
    pub id: CarrierGatewayId,
    /// Sequence number of its making.
    pub born: u64,
    /// Its VPC.
    pub vpc: VpcId,
    /// Its state.
    pub state: GatewayState,
    /// Since when.
    pub since: Time,
}

/// A customer gateway: what AWS knows of the device at the customer's end of a VPN.
#[derive(Clone, Debug, Serialize)]
pub struct CustomerGateway {
    /// Its id.
    pub id: CustomerGatewayId,
    /// Sequence number of its making.
    pub born: u64,
    /// Its state.
    pub state: GatewayState,
    /// The autonomous system of its BGP.
    pub asn: i64,
    /// Whether that was given as one of four bytes.
    pub extended: bool,
    /// The device's address, if it is a fixed one.
    pub address: Option<String>,
    /// Its certificate.
    pub certificate: Option<String>,
    /// What the device is called.
    pub device: Option<String>,
}

/// A virtual private gateway: AWS's end of a VPN, at a VPC.
#[derive(Clone, Debug, Serialize)]
pub struct VpnGateway {
    /// Its id.
    pub id: VpnGatewayId,
    /// Sequence number of its making.
    pub born: u64,
    /// Its state.
    pub state: GatewayState,
    /// Since when.
    pub since: Time,
    /// The autonomous system of AWS's end.
    pub asn: i64,
    /// The zone that the call named (of no account).
    pub zone: Option<String>,
    /// The VPC it is attached to, or was last.
    pub attachment: Option<VpnAttachment>,
    /// Route tables that take its routes.
    pub propagates_to: Vec<RouteTableId>,
}

impl VpnGateway {
    /// The VPC that it is attached to, or is being attached to or detached from.
    pub fn vpc(&self) -> Option<VpcId> {
        let at = self.attachment.as_ref()?;
        (at.state != VpnAttachmentState::Detached).then_some(at.vpc)
    }

    /// Whether traffic passes between it and this VPC.
    pub fn serves(&self, vpc: VpcId) -> bool {
        let attached = |at: &VpnAttachment| at.vpc == vpc && at.state == VpnAttachmentState::Attached;
        self.state == GatewayState::Available && self.attachment.as_ref().is_some_and(attached)
    }
}

/// Where a virtual private gateway is attached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VpnAttachment {
    /// The VPC.
    pub vpc: VpcId,
    /// Its state.
    pub state: VpnAttachmentState,
    /// Since when.
    pub since: Time,
}

/// The state of an attachment to a VPC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum VpnAttachmentState {
    /// Under way.
    Attaching,
    /// Done.
    Attached,
    /// Ending.
    Detaching,
    /// Over.
    Detached,
}

impl VpnAttachmentState {
    /// As the API spells it.
    pub fn name(self) -> &'static str {
        match self {
            VpnAttachmentState::Attaching => "attaching",
            VpnAttachmentState::Attached => "attached",
            VpnAttachmentState::Detaching => "detaching",
            VpnAttachmentState::Detached => "detached",
        }
    }
}

/// A Site-to-Site VPN connection.
#[derive(Clone, Debug, Serialize)]
pub struct VpnConnection {
    /// Its id.
    pub id: VpnConnectionId,
    /// Sequence number of its making.
    pub born: u64,
    /// Its state.
    pub state: GatewayState,
    /// Since when.
    pub since: Time,
    /// The customer's end.
    pub customer: CustomerGatewayId,
    /// AWS's end; `None` = attached to nothing yet.
    pub gateway: Option<VpnGatewayId>,
    /// Routes are written down, not learnt by BGP.
    pub static_only: bool,
    /// On-premises networks, each with the moment when it was asked for while it is not in use yet; sorted.
    pub routes: Vec<(Ipv4Net, Option<Time>)>,
    /// The block of the customer's side that may talk.
    pub local: Ipv4Net,
    /// The block of AWS's side that may talk.
    pub remote: Ipv4Net,
    /// Its two tunnels.
    pub tunnels: Vec<VpnTunnel>,
    /// The transit gateway at AWS's end, in the place of a virtual private gateway.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transit: Option<TransitGatewayId>,
    /// Whether its tunnels go over AWS Global Accelerator.
    #[serde(skip_serializing_if = "is_false")]
    pub accelerated: bool,
    /// The concentrator at the transit gateway that it goes through, in the place of an attachment of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub concentrator: Option<VpnConcentratorId>,
}

/// A tunnel of a VPN connection. What is not listed is AWS's default; the numbers of options are places in the table of
/// `services::ec2::gateways::tunnels`.
#[derive(Clone, Debug, Serialize)]
pub struct VpnTunnel {
    /// AWS's public address.
    pub outside: Ipv4Addr,
    /// The /30 inside it.
    pub inside: Ipv4Net,
    /// Its secret.
    pub key: String,
    /// Options that are numbers.
    pub numbers: Vec<(u8, i64)>,
    /// Options that are words.
    pub words: Vec<(u8, String)>,
    /// Options that are lists.
    pub lists: Vec<(u8, Vec<String>)>,
    /// Whether AWS may not replace the endpoint by itself.
    pub lifecycle_control: bool,
    /// How it stands.
    #[serde(skip_serializing_if = "TunnelLife::is_untouched")]
    pub life: TunnelLife,
}

/// How a tunnel stands, apart from its connection, which may be down as a whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TunnelLife {
    /// The customer's device has let go of it.
    pub down: bool,
    /// Its endpoint is being replaced.
    pub replacing: bool,
    /// When one of these changed last.
    pub changed: Option<Time>,
    /// When pending maintenance of its endpoint is applied without its owner's doing.
    pub maintenance: Option<Time>,
    /// When maintenance was applied last.
    pub applied: Option<Time>,
}

impl TunnelLife {
    /// Whether packets go through it, where its connection is available.
    pub fn is_up(&self) -> bool {
        !self.down && !self.replacing
    }

    fn is_untouched(&self) -> bool {
        *self == TunnelLife::default()
    }
}

/// Tunnels that a VPN connection has.
const TUNNELS: usize = 2;

impl VpnConnection {
    /// Whether packets pass: its state lets them, and not both of its tunnels are down.
    /// <https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNTunnels.html>
    pub fn is_up(&self) -> bool {
        let down = self.tunnels.iter().filter(|tunnel| !tunnel.life.is_up());
        self.state == GatewayState::Available && down.count() < TUNNELS
    }
}
