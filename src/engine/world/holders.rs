//! Which interface has an address: alone, or in one of its prefixes; and whether the host that carries one has failed. Reads only.
//!
//! What arrives for an address of a prefix goes to the prefix's interface
//! (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-prefix-eni.html>), so nobody may ask one index without the other.

use super::Ec2;
use super::compute::Instance;
use crate::base::ids::{NetworkInterfaceId, VpcId};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Addresses of an IPv4 prefix, which has 28 bits.
const IPV4_PREFIX: u32 = 16;
/// Bits of an IPv6 address that are not its prefix', which has 80.
const IPV6_HOST_BITS: u32 = 48;

impl Ec2 {
    /// Whether the host under an instance has failed, or its system status check has: then nothing gets on a wire.
    pub fn is_host_failed(&self, instance: &Instance) -> bool {
        let host = instance.host.and_then(|host| self.hosts.get(&host));
        host.is_some_and(|host| host.failed) || instance.checks.system_impaired.is_some()
    }

    /// The interface of a VPC that has this private address.
    pub fn ipv4_holder(&self, vpc: VpcId, address: Ipv4Addr) -> Option<NetworkInterfaceId> {
        let first = Ipv4Addr::from(u32::from(address) & !(IPV4_PREFIX - 1));
        let alone = self.by_private_address.get(&(vpc, address));
        alone.or_else(|| self.by_ipv4_prefix.get(&(vpc, first))).copied()
    }

    /// The interface that has this IPv6 address, which no other VPC can have.
    pub fn ipv6_holder(&self, address: Ipv6Addr) -> Option<NetworkInterfaceId> {
        let first = Ipv6Addr::from(u128::from(address) >> IPV6_HOST_BITS << IPV6_HOST_BITS);
        let alone = self.by_ipv6_address.get(&address);
        alone.or_else(|| self.by_ipv6_prefix.get(&first)).copied()
    }

    /// The interface that has this public address, which for IPv6 is its own.
    pub fn public_holder(&self, address: IpAddr) -> Option<NetworkInterfaceId> {
        match address {
            IpAddr::V4(address) => self.by_public_address.get(&address).copied(),
            IpAddr::V6(address) => self.ipv6_holder(address),
        }
    }
}
