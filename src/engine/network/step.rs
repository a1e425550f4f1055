//! What the walk writes down: steps as numbers, without any text, so that a path costs little. `words` reads them aloud,
//! `remedies` looks for what would change them.

use super::addresses::Service;
pub(super) use super::classic::{Flat, Link};
use super::codes;
use super::{Disposition, Packet, Verdict};
use crate::base::ids::*;
use crate::catalog::Region;
use crate::world::compute::InstanceState;
use ipnet::IpNet;
use std::net::IpAddr;

/// Where a step happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// On the host, or at the subnet's edge, of who asks.
    Source,
    /// On the host, or at the subnet's edge, of who is asked.
    Destination,
    /// On the host of an instance that passes packets on, behind this interface.
    Via(NetworkInterfaceId),
    /// Between hosts.
    Between,
}

/// One step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Step {
    /// What happened.
    pub what: What,
    /// Where.
    pub place: Place,
    /// What became of the packet.
    pub verdict: Verdict,
    /// The packet as it came.
    pub before: Packet,
    /// The packet as it went on.
    pub after: Packet,
    /// The Region that it happened in, where that is not the one that the question was asked in.
    pub region: Option<Region>,
}

/// What stopped the packet, or would stop it if what came before did not.
#[derive(Clone, Copy, Debug)]
pub(super) struct Blocker {
    /// The step.
    pub step: Step,
    /// The explanation's code.
    pub code: &'static str,
    /// On the answer's way.
    pub back: bool,
}

/// What a step did. Indexes point into the row that is named beside them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// The question names something that does not exist or cannot be an end.
    Unanswerable(Unanswerable),
    /// Inside a guest.
    Guest(InstanceId, Guest),
    /// The hypervisor hands the packet on.
    Hypervisor(InstanceId),
    /// The instance metadata service, on the host itself.
    Metadata(InstanceId, Metadata),
    /// The virtual interface.
    Interface(NetworkInterfaceId, Check),
    /// The security groups of an interface; outgoing?
    Groups(NetworkInterfaceId, bool, Groups),
    /// The host's own firewall.
    HostFirewall(InstanceId, Genuine),
    /// The physical interface of the host; whether the host has failed.
    Wire(InstanceId, bool),
    /// Within one subnet nothing routes and no ACL looks.
    SameSubnet(SubnetId),
    /// A route table of a subnet, or of a gateway.
    Route(RouteTableId, Routed),
    /// A route table has a route that would lead there, and it is not taken. Never what stops a packet first.
    Spare(RouteTableId, Spare, Unused),
    /// What comes from a gateway without a route table of its own: the VPC delivers.
    LocalDelivery(VpcId),
    /// A subnet's network ACL; outgoing?; the entry that decided (`None`: the last one, `*`).
    Acl(NetworkAclId, SubnetId, bool, Option<u16>),
    /// An internet gateway or a carrier gateway; outgoing?
    Gateway(VpcId, Door, bool, Gateway),
    /// A NAT gateway.
    Nat(NatGatewayId, Nat),
    /// An egress-only internet gateway.
    EgressOnly(EgressOnlyGatewayId, EgressOnly),
    /// A virtual private gateway.
    Vpn(VpnGatewayId, Vpn),
    /// Two subnets of a VPC in different Wavelength Zones.
    Apart(SubnetId, SubnetId),
    /// An address of the VPC that nobody has.
    Nobody(VpcId, Option<SubnetId>),
    /// A service of AWS inside the VPC; whether it answers.
    Service(VpcId, Service, bool),
    /// Two VPCs with nothing between them; the other end's interface.
    Disconnected(VpcId, NetworkInterfaceId),
    /// The answer does not fit the question: what was expected as its source.
    Misfit(InstanceId, IpAddr),
    /// Routes lead in a circle.
    Circle(VpcId),
    /// A peering connection, from this VPC.
    Peering(VpcPeeringConnectionId, VpcId, Crossing),
    /// A VPC endpoint.
    Endpoint(VpcEndpointId, Doorway),
    /// A transit gateway.
    Transit(TransitGatewayId, Hub),
    /// A frame comes to the host of this instance, which listens, and is for that other guest of it.
    Overheard(InstanceId, InstanceId),
    /// Nothing of the traffic comes to the host of this instance, which listens.
    OutOfEarshot(InstanceId),
    /// The flat network of EC2-Classic.
    Classic(Flat),
    /// ClassicLink between a VPC and an instance (`None`: nobody has the address).
    ClassicLink(VpcId, Option<InstanceId>, Link),
    /// A load balancer, of either version.
    Balancer(ResourceId, Balance),
    /// A listener of a load balancer.
    Listener(ListenerId, Listen),
    /// A target group.
    Targets(TargetGroupId, Aim),
}

impl What {
    /// Whether this is what a guest, a host or a service does, which nobody knows from the account's configuration.
    pub(super) fn is_beyond_configuration(&self) -> bool {
        match self {
            What::Guest(_, does) => !matches!(does, Guest::State(_)),
            What::Wire(..) | What::Misfit(..) | What::Metadata(..) | What::Service(..) => true,
            What::Endpoint(_, says) => *says == Doorway::NotListening,
            What::Balancer(_, says) => *says == Balance::NotByEndpoint,
            _ => false,
        }
    }
}

/// Why a question has no path at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unanswerable {
    /// No such instance.
    NoInstance(InstanceId),
    /// No such interface.
    NoInterface(NetworkInterfaceId),
    /// An address inside a VPC that no interface has.
    NoAddress(IpAddr),
    /// An instance that is gone.
    Gone(InstanceId),
    /// An interface that no instance has.
    Unattached(NetworkInterfaceId),
    /// Neither end is the account's.
    Outside(IpAddr),
    /// An address that an interface of another Region has.
    Elsewhere(IpAddr, Region),
    /// An end without an address of the family that the other end has.
    Family(NetworkInterfaceId),
    /// A source that is an endpoint's interface, which sends answers only.
    OfEndpoint(NetworkInterfaceId),
    /// From behind this virtual private gateway, an address of its VPC that no interface has.
    NobodyInside(VpnGatewayId, IpAddr),
    /// An instance of EC2-Classic that does not run, and so has no address.
    NoSeat(InstanceId),
}

/// What a peering connection does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Crossing {
    /// Carries it.
    Passes,
    /// The source is no address of the VPC that it comes from.
    ForeignSource,
    /// The destination is no address of the VPC that it leads to.
    ForeignDestination,
    /// Its options do not let ClassicLink take part in this direction.
    NoLinks,
    /// It leads to another Region.
    Elsewhere,
}

/// What a transit gateway does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hub {
    /// Sends it, by this route table, to this attachment.
    Carries(TransitTableId, TransitAttachmentId),
    /// The attachment's IPv6 support is off.
    NoIpv6(TransitAttachmentId),
    /// The attachment has no subnet in the zone of this one.
    Zone(TransitAttachmentId, SubnetId),
    /// The attachment is associated with no route table.
    Unassociated(TransitAttachmentId),
    /// The route table has no route.
    NoRoute(TransitTableId),
    /// The route table drops it.
    BlackHole(TransitTableId),
    /// It leads to another Region.
    Elsewhere(TransitAttachmentId),
    /// By this VPN connection's attachment it leaves for the on-premises network.
    Leaves(TransitAttachmentId),
    /// By this VPN connection's attachment it comes from there.
    Enters(TransitAttachmentId),
    /// The tunnels of this VPN connection's attachment are down.
    Down(TransitAttachmentId),
    /// Transit gateways send it in a circle; this table last.
    Circle(TransitTableId),
    /// One of its addresses has been replaced, as the attachment's translation says.
    Translates(TransitAttachmentId),
    /// No entry of the attachment's policy table takes it.
    NoPolicy(TransitAttachmentId),
    /// A route of this table to this attachment is not taken. Never what stops a packet first.
    Spare(TransitTableId, TransitAttachmentId, Unused),
}

/// A route that is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spare {
    /// The VPC's local route for this block.
    Local(IpNet),
    /// This route.
    Route(u16),
    /// A route that a virtual private gateway propagates, by the length of its prefix.
    Propagated(VpnGatewayId, u8),
}

/// Why a route is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unused {
    /// A more specific one is.
    Shorter,
    /// One of the same block goes before it.
    Lower,
    /// Its block does not hold the address.
    Elsewhere,
}

impl Unused {
    /// In words, after "but".
    pub(super) fn why(self, address: IpAddr) -> String {
        match self {
            Unused::Shorter => "a more specific one is taken".to_owned(),
            Unused::Lower => "another of the same block goes before it".to_owned(),
            Unused::Elsewhere => format!("{address} is not in it"),
        }
    }
}

/// What a load balancer does. Targets by their places in its list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Balance {
    /// A Classic one takes it at this port.
    Takes(u16),
    /// A Classic one sends a new packet to this instance; whether it fails its checks, as all do.
    Sends(u16, bool),
    /// Answers by itself, with this status.
    Answers(u16),
    /// Brings the target's answer.
    Returns,
    /// Checks the health of a target.
    Checks,
    /// Gets the answer to that.
    Hears,
    /// Is not active yet.
    NotActive,
    /// Has no listener there.
    NoListener,
    /// A Classic one has a listener at this port. Never what stops a packet first.
    Port(u16),
    /// Has no target that is not being deregistered.
    NoInstances,
    /// Is in no zone of its targets.
    ZoneOff,
    /// Has no target in the zone of the node.
    NoneHere,
    /// Its nodes send to targets of their own zones only.
    NotCrossZone,
    /// Keeps the client's address, and the client is the target.
    KeepsSource,
    /// Nobody has the address of this instance.
    NoAddress(u16),
    /// Is a Gateway Load Balancer, and it is another protocol than UDP.
    GatewayProtocol,
    /// Is a Gateway Load Balancer, and it is another port than GENEVE's.
    GatewayPort,
    /// Is a Gateway Load Balancer, and it came by no endpoint.
    NotByEndpoint,
}

/// What a listener does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Listen {
    /// Takes it, under this rule.
    Takes(ListenerRuleId),
    /// Listens at another port, or for another protocol. Never what stops a packet first.
    Elsewhere,
    /// Its rule has no target group that gets anything.
    NoGroup,
    /// Its target group has no target that takes anything.
    NoTargets,
}

/// What comes of a target group. Targets by their places in its list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Aim {
    /// A new packet goes to this target; whether it fails its checks, as all do.
    Sends(u16, bool),
    /// Nobody has the address of this target.
    NoAddress(u16),
    /// The load balancer that is the target has no listener at that port.
    NoPort(u16),
}

/// What an endpoint does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Doorway {
    /// Takes it to its service.
    Takes,
    /// Brings the service's answer.
    Answers,
    /// Is a gateway endpoint, and it is another protocol.
    Protocol,
    /// The service has nothing on that port.
    NotListening,
    /// Is not available.
    NotAvailable,
    /// Is in a zone in which its service has no load balancer.
    Zone,
    /// Nothing is known of what is behind it.
    Unknown,
}

/// What a guest does with a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Guest {
    /// Makes it.
    Sends,
    /// Keeps it: both ends are this machine.
    Loops,
    /// Takes it, by this rule of its firewall.
    Takes(Option<u16>),
    /// Answers it.
    Answers,
    /// Gets the answer it waited for.
    Answered,
    /// Passes it on as it is.
    Forwards,
    /// Passes it on under an address of its own, or takes that back on the answer's way.
    Translates,
    /// Drops it, by this rule of its firewall.
    Drops(u16),
    /// Does not let it out, by this rule of its firewall for what it sends.
    Holds(u16),
    /// Sends it by this interface: its main table says so, by this static route or without one.
    Chooses(NetworkInterfaceId, Option<u16>),
    /// Sends it nowhere, by this static route.
    Discards(u16),
    /// Has nobody to give it to.
    NotListening,
    /// Is not running.
    State(InstanceState),
    /// Runs, and has not booted yet.
    Boots,
    /// Runs, and does not answer.
    Impaired,
}

/// What the metadata service does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Metadata {
    /// Answers.
    Answers,
    /// Is turned off, and answers that it is forbidden.
    Forbids,
    /// Is turned off.
    Disabled,
    /// Has nothing on that port.
    NotListening,
}

/// What the source/destination check says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Check {
    /// The address is the interface's own.
    Own,
    /// It is not, and the check is off.
    Off,
    /// It is not, and the check is on.
    Foreign,
}

/// What security groups say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Groups {
    /// This rule of this group lets it pass.
    Rule {
        /// Place in the interface's groups, or in those of its link.
        group: u16,
        /// Place in the group's rules.
        rule: u16,
        /// Not tracked: the answer passes because of rules, not because of the connection.
        untracked: bool,
    },
    /// The answer of a connection that is tracked.
    Tracked,
    /// Traffic that groups do not filter.
    Unfiltered,
    /// Groups of EC2-Classic have no rules for what leaves: all may.
    Free,
    /// No rule lets it pass.
    Mismatch,
    /// There is no rule at all.
    Empty,
    /// A rule for members of a group would, if it could be seen who is one.
    NotPreserved,
    /// A rule for members of a group behind a transit gateway would, if that and both attachments supported it.
    Unsupported,
}

/// What the host's firewall says of the source address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Genuine {
    /// It is the interface's own.
    Own,
    /// It is not, and may be: the check is off.
    Excused,
    /// No machine can have it.
    Impossible,
    /// It is not, the check is off, and no route leads through the sender: there is nothing that it could pass on.
    Forged,
    /// The frame has another sender than the interface.
    ForeignFrame,
    /// Incoming: it is for a guest of this host.
    ForGuest,
}

/// What a route table says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Routed {
    /// The VPC's local route for this block.
    Local(IpNet),
    /// This route.
    Route(u16),
    /// This route, which is a black hole.
    BlackHole(u16),
    /// This route of a gateway's table, whose appliance has no public address.
    NoPublicAddress(u16),
    /// No route.
    Nothing,
    /// A route that a virtual private gateway propagates, by the length of its prefix: the block is the destination's.
    Propagated(VpnGatewayId, u8),
}

/// What a NAT gateway says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Nat {
    /// Sends it on under its own address and another port.
    Translates,
    /// Gives an answer back to who asked.
    Returns,
    /// Is not available yet.
    Pending,
    /// Of a protocol that it does not translate.
    Protocol,
    /// An answer to what did not go out through it: it would leave under another address.
    Stranger,
    /// For the gateway itself, which waits for nothing.
    Unasked,
    /// No address of it has a port left for where the packet goes: so many connections are open to there, by so many addresses.
    Full(u32, u8),
}

/// What an egress-only internet gateway says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EgressOnly {
    /// Passes it, outwards.
    Passes,
    /// Passes it, the answer to what went out.
    Answers,
    /// Refuses it: no answer to anything. The subnet's table and its route to the gateway.
    Unasked(RouteTableId, u16),
    /// To a private address.
    Private,
    /// VPC Block Public Access blocks it for this subnet.
    PublicBlocked(SubnetId),
}

/// What a virtual private gateway says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Vpn {
    /// Takes it to the on-premises network.
    Leaves,
    /// Brings it from there.
    Enters,
    /// No connection of it that is up leads there.
    Down,
    /// The source is no interface of its VPC.
    Foreign,
}

/// By what a VPC's private addresses become others: for its Availability Zones an internet gateway, for its Wavelength Zones a
/// carrier gateway. `None`: the VPC has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Door {
    /// To the Internet.
    Internet(Option<InternetGatewayId>),
    /// To a carrier's network, and through it to the Internet.
    Carrier(Option<CarrierGatewayId>),
}

impl Door {
    /// Whether it is a carrier gateway.
    pub fn is_carrier(self) -> bool {
        matches!(self, Door::Carrier(_))
    }

    /// The internet gateway.
    pub fn internet(self) -> Option<InternetGatewayId> {
        match self {
            Door::Internet(id) => id,
            Door::Carrier(_) => None,
        }
    }

    /// The gateway, if the VPC has it.
    pub fn id(self) -> Option<ResourceId> {
        match self {
            Door::Internet(id) => id.map(ResourceId::from),
            Door::Carrier(id) => id.map(ResourceId::from),
        }
    }
}

/// What an internet gateway or a carrier gateway says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gateway {
    /// Translates one to one.
    Translates,
    /// Passes it as it is (IPv6).
    Passes,
    /// The subnet is in no Wavelength Zone: a carrier gateway carries nothing for it.
    Zone(SubnetId),
    /// Of a protocol that a carrier gateway does not take, or does not let from or to the Internet.
    Protocol,
    /// From the Internet, and no answer: a carrier gateway does not let it in.
    Unasked,
    /// The interface has no public address (`None`: nobody has the private one).
    NoPublicAddress(Option<NetworkInterfaceId>),
    /// The VPC has no gateway.
    Missing,
    /// To or from a private address.
    Private,
    /// To or from a carrier's shared address.
    Shared,
    /// The source is not an address of the VPC.
    Spoofed,
    /// Traffic of the subnet has to go through the appliance that the gateway's table names.
    Bypassed,
    /// VPC Block Public Access blocks it for this subnet; whether what is there only lets connections begin inside.
    PublicBlocked(SubnetId, bool),
}

/// What came of a walk.
#[derive(Clone, Debug)]
pub(super) struct Judgement {
    /// Steps of the request, up to the first that denies.
    pub forward: Vec<Step>,
    /// Steps of the answer, likewise; empty when the request did not arrive.
    pub back: Vec<Step>,
    /// All that blocks, in the order in which a packet would meet it.
    pub blockers: Vec<Blocker>,
    /// The walk has come to its end, the answer to who asked: nothing behind the blockers is unknown.
    pub whole: bool,
}

impl Judgement {
    /// How it ended.
    pub fn disposition(&self) -> Disposition {
        match self.blockers.first() {
            None => Disposition::Delivered,
            Some(blocker) if blocker.back => Disposition::ReplyLost,
            Some(Blocker {
                step:
                    Step {
                        what: What::Unanswerable(Unanswerable::Family(_)),
                        ..
                    },
                ..
            }) => Disposition::Unknown,
            Some(blocker) => codes::disposition(blocker.code),
        }
    }
}
