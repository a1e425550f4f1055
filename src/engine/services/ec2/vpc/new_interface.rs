//! What an interface is to be: what CreateNetworkInterface and launches ask for, before anything is made.

use super::prefixes::{self, Asked};
use crate::base::error::{Error, Result};
use crate::base::ids::{SecurityGroupId, SubnetId};
use crate::catalog::InstanceType;
use crate::world::vpc::Tracking;
use std::net::{Ipv4Addr, Ipv6Addr};

/// What an interface is to be.
#[derive(Clone, Debug)]
pub(crate) struct NewInterface {
    /// Its subnet.
    pub subnet: SubnetId,
    /// Its primary private address; `None` = AWS chooses.
    pub private: Option<Ipv4Addr>,
    /// Secondary private addresses by name.
    pub secondary: Vec<Ipv4Addr>,
    /// Further secondary addresses that AWS chooses.
    pub secondary_count: usize,
    /// IPv6 addresses that AWS chooses.
    pub ipv6_count: usize,
    /// What few interfaces have.
    pub further: Box<Further>,
    /// Groups of the subnet's VPC; none = the VPC's default group.
    pub groups: Vec<SecurityGroupId>,
    /// What it says of itself.
    pub description: String,
    /// Source/destination check.
    pub source_dest_check: bool,
    /// `interface`, or what a service of AWS makes it for.
    pub interface_type: String,
}

/// What few interfaces are asked to have.
#[derive(Clone, Debug, Default)]
pub(crate) struct Further {
    /// IPv6 addresses by name.
    pub ipv6: Vec<Ipv6Addr>,
    /// IPv4 prefixes.
    pub ipv4_prefixes: Asked,
    /// IPv6 prefixes.
    pub ipv6_prefixes: Asked,
    /// Whether the first IPv6 address is the primary one.
    pub primary_ipv6: bool,
    /// Timeouts of connection tracking.
    pub tracking: Option<Tracking>,
    /// ENA Express, and for UDP, of a launch: it belongs to the attachment.
    pub express: Option<(bool, bool)>,
}

impl NewInterface {
    /// A plain interface in a subnet, all else as AWS chooses.
    pub(crate) fn plain(subnet: SubnetId) -> NewInterface {
        NewInterface {
            subnet,
            private: None,
            secondary: Vec::new(),
            secondary_count: 0,
            ipv6_count: 0,
            further: Box::default(),
            groups: Vec::new(),
            description: String::new(),
            source_dest_check: true,
            interface_type: "interface".into(),
        }
    }
}

impl NewInterface {
    /// Whether it names an address or a prefix, which only one interface can have.
    pub(crate) fn names_addresses(&self) -> bool {
        let further = &self.further;
        self.private.is_some()
            || !self.secondary.is_empty()
            || !further.ipv6.is_empty()
            || !further.ipv4_prefixes.named.is_empty()
            || !further.ipv6_prefixes.named.is_empty()
    }

    /// How many IPv4 addresses of its subnet it takes.
    pub(crate) fn ipv4_addresses(&self) -> usize {
        let in_prefixes = self
            .further
            .ipv4_prefixes
            .len()
            .saturating_mul(prefixes::IPV4_ADDRESSES as usize);
        (1 + self.secondary.len())
            .saturating_add(self.secondary_count)
            .saturating_add(in_prefixes)
    }
}

/// Holds a new interface to what an instance type takes of addresses and prefixes, in each family.
///
/// # Errors
/// `PrivateIpAddressLimitExceeded`, `UnsupportedOperation` (prefixes without the Nitro system).
pub(crate) fn fits(kind: InstanceType, new: &NewInterface) -> Result<()> {
    let (most, further) = (kind.ipv4_per_interface() as usize, &new.further);
    let four = (1 + new.secondary.len() + further.ipv4_prefixes.len()).saturating_add(new.secondary_count);
    let six = (further.ipv6.len() + further.ipv6_prefixes.len()).saturating_add(new.ipv6_count);
    for (count, family) in [(four, "private"), (six, "IPv6")] {
        if count > most {
            let why = format!(
                "Number of {family} addresses exceeds the limit of {most} for {}",
                kind.name()
            );
            return Err(Error::new("PrivateIpAddressLimitExceeded", why));
        }
    }
    let prefixes = further.ipv4_prefixes.len() + further.ipv6_prefixes.len();
    if prefixes > 0 {
        prefixes::check_kind(kind)
    } else {
        Ok(())
    }
}

/// A primary IPv6 address is the first of the addresses, so there must be one.
///
/// # Errors
/// `InvalidParameterCombination`.
pub(crate) fn check_primary_ipv6(new: &NewInterface) -> Result<()> {
    if new.further.primary_ipv6 && new.further.ipv6.is_empty() && new.ipv6_count == 0 {
        let why = "EnablePrimaryIpv6 needs an IPv6 address.";
        return Err(Error::combination(why).at("EnablePrimaryIpv6"));
    }
    Ok(())
}
