//! Addresses of the cloud itself, at which a host answers its guests. Nothing here knows of tables or VPCs.

use crate::base::error::{Error, Result};
use crate::world::vpc::RouteDestination;
use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use std::net::{Ipv4Addr, Ipv6Addr};

/// No route leads to the addresses at which a host itself answers its guests: metadata, DNS, time.
/// <https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html>; the words are ours.
pub(super) fn check_route(destination: RouteDestination) -> Result<()> {
    const OWN: [IpNet; 2] = [
        IpNet::V4(Ipv4Net::new_assert(Ipv4Addr::new(169, 254, 168, 0), 22)),
        IpNet::V6(Ipv6Net::new_assert(Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0), 32)),
    ];
    let RouteDestination::Cidr(net) = destination else {
        return Ok(());
    };
    match OWN.iter().find(|own| own.contains(&net)) {
        Some(own) => {
            let why = format!("The destination CIDR block {net} lies in {own}, which is reserved for AWS services.");
            let error = Error::new("InvalidParameterValue", why);
            Err(error.remedy("An instance reaches these addresses without a route."))
        }
        None => Ok(()),
    }
}
