//! The codes of explanations: AWS's, spelled exactly as the Reachability Analyzer spells them, and ours.
//! Source: <https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html>

use super::Disposition;

/// An end is in a state in which it neither sends nor takes.
pub const BAD_STATE: &str = "BAD_STATE";
/// The route that would be taken leads to something that is gone, detached or stopped: a black hole.
pub const BAD_STATE_ROUTE: &str = "BAD_STATE_ROUTE";
/// A virtual private gateway has no connection that is up and leads there.
pub const BAD_STATE_VPN: &str = "BAD_STATE_VPN";
/// A VPN connection that a transit gateway sends to is down.
pub const TGW_BAD_STATE_VPN: &str = "TGW_BAD_STATE_VPN";
/// A route to where the packet would have to go does not hold its address.
pub const CANNOT_ROUTE: &str = "CANNOT_ROUTE";
/// A route that would lead there is not taken: another of the same block goes before it.
pub const HIGHER_PRIORITY_ROUTE: &str = "HIGHER_PRIORITY_ROUTE";
/// A route that would lead there is not taken: a more specific one is.
pub const MORE_SPECIFIC_ROUTE: &str = "MORE_SPECIFIC_ROUTE";
/// A route to `local` for addresses that are not the VPC's.
pub const VPC_LOCAL_ROUTE_CIDR_RESTRICTION: &str = "VPC_LOCAL_ROUTE_CIDR_RESTRICTION";
/// A NAT gateway keeps destinations: what is written to itself goes nowhere.
pub const NGW_DEST_ADDRESS_PRESERVATION: &str = "NGW_DEST_ADDRESS_PRESERVATION";
/// What leaves through a NAT gateway leaves under the gateway's address: an answer to somebody else's question does not fit.
pub const NGW_SOURCE_ADDRESS_REASSIGN: &str = "NGW_SOURCE_ADDRESS_REASSIGN";
/// The component takes other protocols only.
pub const PROTOCOL_RESTRICTION: &str = "PROTOCOL_RESTRICTION";
/// An ACL does not let in the answers to the ports that a NAT gateway sends from, 1024–65535.
pub const REMAP_EPHEMERAL_PORT: &str = "REMAP_EPHEMERAL_PORT";
/// Two VPCs with nothing between them.
pub const DISCONNECTED_VPCS: &str = "DISCONNECTED_VPCS";
/// A Classic Load Balancer's subnet judges what leaves it, even for a target in the same subnet.
pub const ELB_ACL_RESTRICTION: &str = "ELB_ACL_RESTRICTION";
/// The load balancer is in no zone of its targets.
pub const ELB_INSTALLED_AZ_RESTRICTION: &str = "ELB_INSTALLED_AZ_RESTRICTION";
/// The Classic Load Balancer has a listener, at another port.
pub const ELB_LISTENER_PORT_RESTRICTION: &str = "ELB_LISTENER_PORT_RESTRICTION";
/// The Classic Load Balancer has no listener for this.
pub const ELB_LISTENERS_MISMATCH: &str = "ELB_LISTENERS_MISMATCH";
/// Targets are in other zones only, and the load balancer does not send there.
pub const ELB_NOT_CROSSZONE: &str = "ELB_NOT_CROSSZONE";
/// No target group gets what comes to the listener.
pub const ELBV2_LISTENER_HAS_NO_TG: &str = "ELBV2_LISTENER_HAS_NO_TG";
/// The load balancer has a listener, at another port.
pub const ELBV2_LISTENER_PORT_RESTRICTION: &str = "ELBV2_LISTENER_PORT_RESTRICTION";
/// The listener's target group has no target that takes anything.
pub const ELBV2_LISTENER_REQUIRES_TG_ACCEPT: &str = "ELBV2_LISTENER_REQUIRES_TG_ACCEPT";
/// The load balancer has no listener for this.
pub const ELBV2_LISTENERS_MISMATCH: &str = "ELBV2_LISTENERS_MISMATCH";
/// The node's zone has no target.
pub const ELBV2_NO_TARGETS_IN_AZ: &str = "ELBV2_NO_TARGETS_IN_AZ";
/// The client's address is kept, and the client is the target.
pub const ELBV2_SOURCE_ADDRESS_PRESERVATION: &str = "ELBV2_SOURCE_ADDRESS_PRESERVATION";
/// No rule of the groups lets the packet pass.
pub const ENI_SG_RULES_MISMATCH: &str = "ENI_SG_RULES_MISMATCH";
/// The packet is neither from nor for this interface, and its source/destination check is on.
pub const ENI_SOURCE_DEST_CHECK_RESTRICTION: &str = "ENI_SOURCE_DEST_CHECK_RESTRICTION";
/// The gateway refuses a source address that the VPC does not have.
pub const GATEWAY_REJECTS_SPOOFED_TRAFFIC: &str = "GATEWAY_REJECTS_SPOOFED_TRAFFIC";
/// A Gateway Load Balancer takes GENEVE, at its port only.
pub const GWLB_DESTINATION_PORT_RESTRICTION: &str = "GWLB_DESTINATION_PORT_RESTRICTION";
/// A Gateway Load Balancer takes GENEVE, which is UDP.
pub const GWLB_PROTOCOL_RESTRICTION: &str = "GWLB_PROTOCOL_RESTRICTION";
/// A private address cannot be reached through an internet gateway.
pub const IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS: &str = "IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS";
/// A carrier's shared address cannot be reached through an internet gateway.
pub const IGW_DESTINATION_ADDRESS_NOT_IN_RFC6598_EGRESS: &str = "IGW_DESTINATION_ADDRESS_NOT_IN_RFC6598_EGRESS";
/// From outside, an address that is no interface's public one.
pub const IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS: &str = "IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS";
/// Outwards, a source that has no public address.
pub const IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS: &str = "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS";
/// From outside, a source address that is private.
pub const IGW_SOURCE_ADDRESS_NOT_IN_RFC1918_INGRESS: &str = "IGW_SOURCE_ADDRESS_NOT_IN_RFC1918_INGRESS";
/// From outside, a source address that is a carrier's shared one.
pub const IGW_SOURCE_ADDRESS_NOT_IN_RFC6598_INGRESS: &str = "IGW_SOURCE_ADDRESS_NOT_IN_RFC6598_INGRESS";
/// The appliance that a gateway's route table names has no public address.
pub const INGRESS_RTB_NO_PUBLIC_IP: &str = "INGRESS_RTB_NO_PUBLIC_IP";
/// What comes in goes through an appliance, so what goes out may not pass it by.
pub const INGRESS_RTB_TRAFFIC_REDIRECTION: &str = "INGRESS_RTB_TRAFFIC_REDIRECTION";
/// Nobody has the address.
pub const NO_POSSIBLE_DESTINATION: &str = "NO_POSSIBLE_DESTINATION";
/// Nothing of the account lies between the two ends.
pub const NO_PATH: &str = "NO_PATH";
/// No route of the table covers the address.
pub const NO_ROUTE_TO_DESTINATION: &str = "NO_ROUTE_TO_DESTINATION";
/// An end that the question names does not exist.
pub const NO_SOURCE_OR_DESTINATION: &str = "NO_SOURCE_OR_DESTINATION";
/// A peering connection carries only what goes from an address of the one VPC to an address of the other.
pub const PCX_REQUIRES_ADDRESS_IN_VPC_CIDR: &str = "PCX_REQUIRES_ADDRESS_IN_VPC_CIDR";
/// The groups have no rule at all, in neither direction.
pub const SG_HAS_NO_RULES: &str = "SG_HAS_NO_RULES";
/// A rule would let members of a group pass, but an appliance on the way hides who is a member.
pub const SG_REFERENCES_NOT_PRESERVED: &str = "SG_REFERENCES_NOT_PRESERVED";
/// A rule would let members of a group of another VPC pass, and the transit gateway or an attachment does not support that.
pub const SG_REFERENCING_SUPPORT: &str = "SG_REFERENCING_SUPPORT";
/// The subnet's network ACL refuses.
pub const SUBNET_ACL_RESTRICTION: &str = "SUBNET_ACL_RESTRICTION";
/// Nobody has the address of the target.
pub const TARGET_ADDRESS_RESTRICTION: &str = "TARGET_ADDRESS_RESTRICTION";
/// The target takes nothing at that port.
pub const TARGET_PORT_RESTRICTION: &str = "TARGET_PORT_RESTRICTION";
/// The attachment that the packet came by is associated with no route table of the transit gateway.
pub const TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION: &str = "TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION";
/// A transit gateway takes traffic only from zones in which the VPC's attachment has a subnet.
pub const TGW_ROUTE_AZ_RESTRICTION: &str = "TGW_ROUTE_AZ_RESTRICTION";
/// A route of the transit gateway's table to the attachment does not hold the address.
pub const TGW_RTB_CANNOT_ROUTE: &str = "TGW_RTB_CANNOT_ROUTE";
/// A route of the transit gateway's table would lead there, and another of the same block goes before it.
pub const TGW_RTB_HIGHER_PRIORITY_ROUTE: &str = "TGW_RTB_HIGHER_PRIORITY_ROUTE";
/// A route of the transit gateway's table would lead there, and a more specific one is taken.
pub const TGW_RTB_MORE_SPECIFIC_ROUTE: &str = "TGW_RTB_MORE_SPECIFIC_ROUTE";
/// The route of the transit gateway's table drops, or leads to what is gone.
pub const TGW_RTB_BAD_STATE_ROUTE: &str = "TGW_RTB_BAD_STATE_ROUTE";
/// The transit gateway's table has no route to any attachment for the address.
pub const TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT: &str = "TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT";
/// What is known of the destination is not enough to follow the path: it is in another Region.
pub const UNKNOWN_DESTINATION: &str = "UNKNOWN_DESTINATION";
/// A terminated instance, or one without an address of the family that is asked for.
pub const UNASSOCIATED_COMPONENT: &str = "UNASSOCIATED_COMPONENT";
/// A virtual private gateway takes outwards only what an interface of its VPC sends.
pub const VGW_PRIVATE_IP_ASSOCIATION_FOR_EGRESS: &str = "VGW_PRIVATE_IP_ASSOCIATION_FOR_EGRESS";
/// From an on-premises network, an address that no interface of the VPC has.
pub const VGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS: &str = "VGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS";
/// VPC Block Public Access blocks the internet gateway or the egress-only gateway for the subnet.
pub const VPC_BLOCK_PUBLIC_ACCESS_ENABLED: &str = "VPC_BLOCK_PUBLIC_ACCESS_ENABLED";
/// A gateway endpoint takes TCP and echo requests only.
pub const VPCE_GATEWAY_PROTOCOL_RESTRICTION: &str = "VPCE_GATEWAY_PROTOCOL_RESTRICTION";
/// An endpoint never asks anything of its own VPC.
pub const VPCE_INTRA_VPC_TRAFFIC: &str = "VPCE_INTRA_VPC_TRAFFIC";
/// The service behind an endpoint is not in the endpoint's zone.
pub const VPCE_SERVICE_NOT_INSTALLED_IN_AZ: &str = "VPCE_SERVICE_NOT_INSTALLED_IN_AZ";

/// The physical host has failed.
pub const STRATUS_HOST_FAILED: &str = "STRATUS_HOST_FAILED";
/// The guest does not answer: its instance status check fails.
pub const STRATUS_INSTANCE_IMPAIRED: &str = "STRATUS_INSTANCE_IMPAIRED";
/// An egress-only internet gateway lets in answers only.
pub const STRATUS_EGRESS_ONLY: &str = "STRATUS_EGRESS_ONLY";
/// The guest's own firewall drops it.
pub const STRATUS_GUEST_FIREWALL: &str = "STRATUS_GUEST_FIREWALL";
/// A route of the guest's own sends it nowhere.
pub const STRATUS_GUEST_ROUTE: &str = "STRATUS_GUEST_ROUTE";
/// It arrived, and nothing listens on the port.
pub const STRATUS_NOT_LISTENING: &str = "STRATUS_NOT_LISTENING";
/// The answer came back, but not as an answer to what was asked.
pub const STRATUS_REPLY_LOST: &str = "STRATUS_REPLY_LOST";
/// The VPC has no internet gateway, so nothing from the Internet gets to it.
pub const STRATUS_NO_INTERNET_GATEWAY: &str = "STRATUS_NO_INTERNET_GATEWAY";
/// The VPC has no carrier gateway, so nothing from the carrier's network gets to it.
pub const STRATUS_NO_CARRIER_GATEWAY: &str = "STRATUS_NO_CARRIER_GATEWAY";
/// An interface in a Wavelength Zone has no carrier IP address.
pub const STRATUS_NO_CARRIER_ADDRESS: &str = "STRATUS_NO_CARRIER_ADDRESS";
/// A carrier gateway carries for Wavelength Zones only.
pub const STRATUS_CARRIER_ZONE: &str = "STRATUS_CARRIER_ZONE";
/// From the Internet a carrier gateway lets in answers only.
pub const STRATUS_CARRIER_INBOUND: &str = "STRATUS_CARRIER_INBOUND";
/// A VPC delivers nothing between two Wavelength Zones.
pub const STRATUS_WAVELENGTH_ZONES: &str = "STRATUS_WAVELENGTH_ZONES";
/// The instance's metadata options turn the service off.
pub const STRATUS_METADATA_DISABLED: &str = "STRATUS_METADATA_DISABLED";
/// The VPC's DNS support is off.
pub const STRATUS_DNS_SUPPORT_DISABLED: &str = "STRATUS_DNS_SUPPORT_DISABLED";
/// Routes send the packet in a circle.
pub const STRATUS_ROUTING_LOOP: &str = "STRATUS_ROUTING_LOOP";
/// The VPC's attachment to a transit gateway carries no IPv6.
pub const STRATUS_TGW_IPV6_DISABLED: &str = "STRATUS_TGW_IPV6_DISABLED";
/// A source address that no machine can have (loopback, multicast, …).
pub const STRATUS_IMPOSSIBLE_SOURCE: &str = "STRATUS_IMPOSSIBLE_SOURCE";

/// A source address that is not the sender's own, from an instance that no route leads through.
pub const STRATUS_SPOOFED_SOURCE: &str = "STRATUS_SPOOFED_SOURCE";
/// A frame whose sender is not the interface: another MAC address.
pub const STRATUS_SPOOFED_FRAME: &str = "STRATUS_SPOOFED_FRAME";
/// A frame for another guest of the host: the hypervisor hands it to that guest alone.
pub const STRATUS_NOT_FOR_THIS_GUEST: &str = "STRATUS_NOT_FOR_THIS_GUEST";
/// Nothing of the traffic comes to the host of who listens.
pub const STRATUS_NOT_ON_THIS_HOST: &str = "STRATUS_NOT_ON_THIS_HOST";
/// A NAT gateway has no port left for the destination. CloudWatch counts it as ErrorPortAllocation.
pub const STRATUS_NAT_PORT_ALLOCATION: &str = "STRATUS_NAT_PORT_ALLOCATION";
/// A Classic Load Balancer without an instance.
pub const STRATUS_NO_INSTANCES: &str = "STRATUS_NO_INSTANCES";
/// An instance of EC2-Classic and a VPC that it is not linked to.
pub const STRATUS_CLASSIC_LINK: &str = "STRATUS_CLASSIC_LINK";

/// How a packet ends that this stops on its way there.
pub fn disposition(code: &str) -> Disposition {
    match code {
        BAD_STATE
        | BAD_STATE_VPN
        | TGW_BAD_STATE_VPN
        | UNASSOCIATED_COMPONENT
        | STRATUS_HOST_FAILED
        | STRATUS_INSTANCE_IMPAIRED => Disposition::BadState,
        BAD_STATE_ROUTE | TGW_RTB_BAD_STATE_ROUTE | VPC_LOCAL_ROUTE_CIDR_RESTRICTION | STRATUS_GUEST_ROUTE => {
            Disposition::BlackHole
        }
        NO_ROUTE_TO_DESTINATION
        | NO_POSSIBLE_DESTINATION
        | TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION
        | TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT
        | DISCONNECTED_VPCS
        | STRATUS_NO_INTERNET_GATEWAY
        | STRATUS_NO_CARRIER_GATEWAY
        | STRATUS_CLASSIC_LINK
        | STRATUS_TGW_IPV6_DISABLED
        | STRATUS_ROUTING_LOOP => Disposition::NoRoute,
        NO_SOURCE_OR_DESTINATION | NO_PATH | UNKNOWN_DESTINATION => Disposition::Unknown,
        STRATUS_NOT_LISTENING | STRATUS_DNS_SUPPORT_DISABLED => Disposition::NotListening,
        _ => Disposition::Denied,
    }
}
