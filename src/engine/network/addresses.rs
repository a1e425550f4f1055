//! Addresses and packets: which addresses mean something of themselves, and what an answer's header is.
//! No world is known here.

use super::Packet;
use ipnet::Ipv4Net;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// ICMP for IPv4.
pub(super) const ICMP: u8 = 1;
/// TCP.
pub(super) const TCP: u8 = 6;
/// UDP.
pub(super) const UDP: u8 = 17;
/// ICMP for IPv6.
pub(super) const ICMPV6: u8 = 58;

/// The address of `Endpoint::Internet`: from a block that is kept for documentation (RFC 5737).
pub const INTERNET: Ipv4Addr = Ipv4Addr::new(203, 0, 113, 25);
/// The same for IPv6 (RFC 3849).
pub const INTERNET_IPV6: Ipv6Addr = Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0x25);
/// The port that somebody on the Internet sends from.
pub const INTERNET_PORT: u16 = 51_514;
/// The port that a Linux guest sends from: of its range 32768–60999, and outside of Windows' range, so that an ACL that
/// was written for the wrong system shows (which one of the range: ours).
pub const LINUX_PORT: u16 = 40_514;
/// The port that a Windows guest sends from: of its range 49152–65535, and outside of Linux' range (ours).
pub const WINDOWS_PORT: u16 = 62_514;

/// The port that a NAT gateway sends from: of its range 1024–65535, and outside of all guests' ranges, so that an ACL that was
/// written for guests shows (which one of the range: ours).
pub(super) const NAT_PORT: u16 = 20_514;

/// Ports that a kind of client may send from, first and last.
/// Source: <https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html>
pub(super) fn ephemeral(port: u16) -> (u16, u16) {
    match port {
        LINUX_PORT => (32_768, 60_999),
        WINDOWS_PORT => (49_152, 65_535),
        _ => (1_024, 65_535),
    }
}

impl Packet {
    /// The header of the answer; `None` where nobody answers (an ICMP message that is no request).
    pub(super) fn answer(self) -> Option<Packet> {
        let (source_port, destination_port) = match (self.protocol, self.destination_port) {
            // Echo, timestamp and information requests have answers (RFC 792, RFC 4443).
            (ICMP, 8) => (0, 0),
            (ICMP, asked @ (13 | 15 | 17)) => (0, asked + 1),
            (ICMPV6, 128) => (0, 129),
            (ICMP | ICMPV6, _) => return None,
            (_, port) => (port, self.source_port),
        };
        Some(Packet {
            source_address: self.destination_address,
            source_port,
            destination_address: self.source_address,
            destination_port,
            ..self
        })
    }

    /// The address of who is on the other side, for one who sends it (`egress`) or takes it.
    pub(super) fn other_side(&self, egress: bool) -> IpAddr {
        if egress {
            self.destination_address
        } else {
            self.source_address
        }
    }

    /// Whether its protocol has ports.
    pub(super) fn has_ports(&self) -> bool {
        matches!(self.protocol, TCP | UDP)
    }

    /// Whether it is ICMP of either kind.
    pub(super) fn is_icmp(&self) -> bool {
        matches!(self.protocol, ICMP | ICMPV6)
    }
}

/// 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 (RFC 1918), and unique local IPv6 addresses (RFC 4193).
pub(super) fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => address.is_private(),
        IpAddr::V6(address) => address.segments()[0] & 0xfe00 == 0xfc00,
    }
}

/// 100.64.0.0/10, shared between carriers and their customers (RFC 6598).
pub(super) fn is_shared(address: IpAddr) -> bool {
    matches!(address, IpAddr::V4(address) if address.octets()[0] == 100 && address.octets()[1] & 0xc0 == 64)
}

/// Addresses that never leave a link or a machine, or that no single machine has: loopback, link-local, multicast,
/// broadcast, unspecified, 0.0.0.0/8 and 240.0.0.0/4.
pub(super) fn is_unroutable(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => {
            let first = address.octets()[0];
            address.is_loopback() || address.is_link_local() || first == 0 || first >= 224
        }
        IpAddr::V6(address) => {
            address.is_loopback()
                || address.is_unspecified()
                || address.is_multicast()
                || address.segments()[0] & 0xffc0 == 0xfe80
        }
    }
}

/// What an address is where no interface of ours has it, as one would write it above a picture: "The Internet", a service
/// that AWS answers for itself, or another network, which only a private way can lead to.
pub fn foreign_words(address: IpAddr) -> &'static str {
    match Service::link_local(address) {
        Some(Service::Metadata) => "Instance metadata",
        Some(Service::Resolver) => "The VPC's DNS resolver",
        Some(Service::Time) => "Amazon Time Sync",
        Some(Service::Licences) => "Windows activation",
        Some(Service::Router) | None if is_private(address) || is_shared(address) || is_unroutable(address) => {
            "Another network"
        }
        Some(Service::Router) | None => "The Internet",
    }
}

/// The address so many places after a block's first.
pub(super) fn nth(block: Ipv4Net, place: u32) -> Ipv4Addr {
    Ipv4Addr::from(u32::from(block.network()).wrapping_add(place))
}

/// Where the instance metadata service answers.
pub(crate) const METADATA: Ipv4Addr = Ipv4Addr::new(169, 254, 169, 254);
/// The same for IPv6, where the instance's options turn it on.
const METADATA_IPV6: Ipv6Addr = Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254);

/// Whether an address is the instance metadata service's.
pub(crate) fn is_metadata(address: IpAddr) -> bool {
    address == METADATA || address == METADATA_IPV6
}

/// What AWS itself answers for inside a VPC, below and beside what the customer can filter.
/// Source: <https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Service {
    /// Instance metadata, 169.254.169.254 and fd00:ec2::254, TCP 80.
    Metadata,
    /// The VPC's resolver: base + 2, 169.254.169.253 and fd00:ec2::253, port 53.
    Resolver,
    /// Amazon Time Sync, 169.254.169.123 and fd00:ec2::123, UDP 123.
    Time,
    /// Windows licence activation, 169.254.169.250 and .251, TCP 1688.
    Licences,
    /// The subnet's router: base + 1 of the subnet. It forwards, and answers nobody (ours).
    Router,
}

impl Service {
    /// The service of a link-local address.
    pub(super) fn link_local(address: IpAddr) -> Option<Service> {
        match address {
            _ if is_metadata(address) => Some(Service::Metadata),
            IpAddr::V4(address) => match address.octets() {
                [169, 254, 169, 253] => Some(Service::Resolver),
                [169, 254, 169, 123] => Some(Service::Time),
                [169, 254, 169, 250 | 251] => Some(Service::Licences),
                _ => None,
            },
            IpAddr::V6(address) => match address.segments() {
                [0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x253] => Some(Service::Resolver),
                [0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x123] => Some(Service::Time),
                _ => None,
            },
        }
    }

    /// Whether it answers this protocol and port at all.
    pub(super) fn takes(self, packet: &Packet) -> bool {
        let wanted = (packet.protocol, packet.destination_port);
        match self {
            Service::Metadata => wanted == (TCP, 80),
            Service::Resolver => matches!(wanted, (TCP | UDP, 53)),
            Service::Time => wanted == (UDP, 123),
            Service::Licences => wanted == (TCP, 1_688),
            Service::Router => false,
        }
    }

    /// In words.
    pub(super) fn words(self) -> &'static str {
        match self {
            Service::Metadata => "the instance metadata service",
            Service::Resolver => "the VPC's DNS resolver",
            Service::Time => "the Amazon Time Sync Service",
            Service::Licences => "the Windows activation service",
            Service::Router => "the subnet's router",
        }
    }
}

/// `203.0.113.25/32`.
pub(super) fn host_block(address: IpAddr) -> String {
    format!("{address}/{}", if address.is_ipv4() { 32 } else { 128 })
}

/// `0.0.0.0/0`.
pub(super) fn everybody(address: IpAddr) -> &'static str {
    if address.is_ipv4() { "0.0.0.0/0" } else { "::/0" }
}
