//! Where the behaviour of each step is written: pages of AWS's documentation, or "ours".

use super::step::*;

/// Not published by AWS: what we chose.
pub(super) const OURS: &str = "ours";
const CODES: &str = "https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html";
const STATES: &str = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-lifecycle.html";
const CHECKS: &str = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/monitoring-system-instance-status-check.html";
const ISOLATION: &str = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/infrastructure-security.html";
/// The paper's passages on spoofing and sniffing.
const SECURITY: &str = "https://d1.awsstatic.com/whitepapers/Security/AWS_Security_Whitepaper.pdf";
const INTERFACES: &str = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-eni.html";
const SOURCE_DEST: &str = "https://docs.aws.amazon.com/vpc/latest/userguide/work-with-nat-instances.html";
const METADATA: &str = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html";
const GROUPS: &str = "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html";
const GROUP_RULES: &str = "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html";
const TRACKING: &str = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html";
const ACLS: &str = "https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html";
const NO_ACL: &str = "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html";
const ROUTES: &str = "https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html";
const GATEWAY_ROUTES: &str = "https://docs.aws.amazon.com/vpc/latest/userguide/gateway-route-tables.html";
const GATEWAYS: &str = "https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html";
const NAT: &str = "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html";
const NAT_TROUBLE: &str = "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-troubleshooting.html";
const CARRIERS: &str = "https://docs.aws.amazon.com/wavelength/latest/developerguide/how-wavelengths-work.html";
const CARRIER_RULES: &str = "https://docs.aws.amazon.com/wavelength/latest/developerguide/wavelength-quotas.html";
const EGRESS_ONLY: &str = "https://docs.aws.amazon.com/vpc/latest/userguide/egress-only-internet-gateway.html";
const PUBLIC_BLOCK: &str = "https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html";
const VPN: &str = "https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNRoutingTypes.html";
const SUBNETS: &str = "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html";
const DNS: &str = "https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html";
const CLOCK: &str = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/set-time.html";
const PEERING_BASICS: &str = "https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html";
const GATEWAY_ENDPOINTS: &str = "https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html";
const ENDPOINTS: &str = "https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html";
const TRANSIT: &str = "https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html";
const TRANSIT_ATTACHMENTS: &str = "https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html";
const PEERING: &str = "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-peering.html";

const CLASSIC: &str = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-classic-platform.html";
const PEERED_LINKS: &str = "https://docs.aws.amazon.com/vpc/latest/peering/peering-configurations-classiclink.html";
const CLASSIC_LINK: &str = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/vpc-classiclink.html";
const BALANCING: &str =
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html";
const BALANCED_GROUPS: &str =
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html";
const CLIENT_ADDRESS: &str =
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html";
const GATEWAY_BALANCERS: &str = "https://docs.aws.amazon.com/elasticloadbalancing/latest/gateway/introduction.html";

/// Where it is written.
pub(super) fn of(what: &What) -> &'static str {
    match what {
        What::Guest(_, Guest::State(_) | Guest::Boots) => STATES,
        What::Guest(_, Guest::Impaired) | What::Wire(_, true) => CHECKS,
        What::Guest(_, Guest::Forwards | Guest::Translates) | What::Interface(_, Check::Off | Check::Foreign) => {
            SOURCE_DEST
        }
        What::Guest(..) | What::Misfit(..) | What::Circle(_) => OURS,
        // That only an instance which routes lead through may send for others is ours.
        What::HostFirewall(_, Genuine::Forged) => OURS,
        What::HostFirewall(_, Genuine::ForeignFrame) | What::Overheard(..) | What::OutOfEarshot(_) => SECURITY,
        What::Hypervisor(_) | What::HostFirewall(..) | What::Wire(..) => ISOLATION,
        What::Metadata(..) => METADATA,
        What::Interface(..) => INTERFACES,
        What::Groups(_, _, Groups::Tracked | Groups::Rule { untracked: true, .. }) => TRACKING,
        What::Groups(_, _, Groups::Unfiltered) => GROUPS,
        What::Groups(_, _, Groups::Free) | What::Classic(_) => CLASSIC,
        What::ClassicLink(..) => CLASSIC_LINK,
        What::Groups(..) => GROUP_RULES,
        What::SameSubnet(_) => NO_ACL,
        What::Route(_, Routed::NoPublicAddress(_)) | What::LocalDelivery(_) => GATEWAY_ROUTES,
        What::Route(_, Routed::Propagated(..)) => VPN,
        What::Route(..) | What::Spare(..) => ROUTES,
        What::Acl(..) => ACLS,
        What::Gateway(_, _, _, Gateway::Bypassed) => GATEWAY_ROUTES,
        What::Gateway(_, _, _, Gateway::PublicBlocked(..)) | What::EgressOnly(_, EgressOnly::PublicBlocked(_)) => {
            PUBLIC_BLOCK
        }
        What::Gateway(_, Door::Carrier(_), _, Gateway::Protocol | Gateway::Unasked) | What::Apart(..) => CARRIER_RULES,
        What::Gateway(_, Door::Carrier(_), ..) => CARRIERS,
        What::Gateway(..) => GATEWAYS,
        What::Nat(_, Nat::Unasked | Nat::Stranger) => CODES,
        What::Nat(_, Nat::Pending | Nat::Full(..)) => NAT_TROUBLE,
        What::Nat(..) => NAT,
        What::EgressOnly(..) => EGRESS_ONLY,
        What::Vpn(..) => VPN,
        What::Nobody(..) => SUBNETS,
        What::Service(_, service, _) => match service {
            super::addresses::Service::Time => CLOCK,
            super::addresses::Service::Router => SUBNETS,
            _ => DNS,
        },
        What::Disconnected(..) => PEERING,
        What::Peering(_, _, Crossing::NoLinks) => PEERED_LINKS,
        What::Peering(_, _, Crossing::Elsewhere) | What::Endpoint(_, Doorway::Unknown) => OURS,
        What::Peering(..) => PEERING_BASICS,
        What::Endpoint(_, Doorway::Protocol) => GATEWAY_ENDPOINTS,
        What::Endpoint(..) => ENDPOINTS,
        What::Transit(_, Hub::Elsewhere(_)) => OURS,
        What::Transit(_, Hub::Zone(..) | Hub::NoIpv6(_)) => TRANSIT_ATTACHMENTS,
        What::Transit(..) => TRANSIT,
        What::Balancer(_, Balance::KeepsSource) => CLIENT_ADDRESS,
        What::Balancer(_, Balance::GatewayProtocol | Balance::GatewayPort | Balance::NotByEndpoint) => {
            GATEWAY_BALANCERS
        }
        What::Balancer(..) | What::Listener(..) => BALANCING,
        What::Targets(..) => BALANCED_GROUPS,
        What::Unanswerable(Unanswerable::Elsewhere(..)) => OURS,
        What::Unanswerable(Unanswerable::NoSeat(_)) => CLASSIC,
        What::Unanswerable(_) => CODES,
    }
}
