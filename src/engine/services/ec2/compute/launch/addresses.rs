//! What few launches ask of an interface: IPv6 addresses, prefixes, timeouts, ENA Express, and what is not simulated.
//!
//! Nothing here is called for a launch that asks for none of it ([`asked`]).

use crate::base::error::{Error, Result};
use crate::services::ec2::vpc::interface_attributes;
use crate::services::ec2::vpc::interfaces::{self, NewInterface};
use crate::world::vpc::Subnet;
use stratus_model::{Name, Structure, Value, field};

/// The parameters that this file reads, of a launch or of one of its interfaces.
const RARE: [Name; 12] = [
    field::CONNECTION_TRACKING_SPECIFICATION,
    field::ENABLE_PRIMARY_IPV6,
    field::INTERFACE_TYPE,
    field::IPV4_PREFIXES,
    field::IPV4_PREFIX_COUNT,
    field::IPV6_ADDRESSES,
    field::IPV6_ADDRESS_COUNT,
    field::IPV6_PREFIXES,
    field::IPV6_PREFIX_COUNT,
    field::NETWORK_CARD_INDEX,
    field::PRIMARY_IPV6,
    field::ENA_SRD_SPECIFICATION,
];

/// Whether a launch asks for any of it.
pub(super) fn asked(params: &Structure) -> bool {
    let says = |name: &Name| {
        let value = params.get(*name);
        value.is_some_and(|value| !value.as_list().is_some_and(<[Value]>::is_empty))
    };
    RARE.iter().any(says)
}

/// Reads addresses, prefixes, timeouts and ENA Express into a new interface.
///
/// # Errors
/// `InvalidParameterCombination`, `InvalidParameterValue`.
pub(super) fn read(new: &mut NewInterface, params: &Structure) -> Result<()> {
    let (named, count) = interfaces::read_ipv6(params)?;
    new.ipv6_count = count.unwrap_or(0);
    *new.further = interfaces::read_further(params, named)?;
    new.further.express = params
        .structure(field::ENA_SRD_SPECIFICATION)
        .map(|asked| interface_attributes::express(asked, (false, false)))
        .transpose()?;
    Ok(())
}

/// A carrier's address is for an interface in a Wavelength Zone, one of Amazon's for all others.
/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceNetworkInterfaceSpecification.html>
///
/// # Errors
/// `InvalidParameterCombination`.
pub(super) fn check_lent(subnet: &Subnet, public: Option<bool>, carrier: Option<bool>) -> Result<()> {
    let (name, why) = match (subnet.zone.is_wavelength(), public, carrier) {
        (false, _, Some(true)) => (
            field::ASSOCIATE_CARRIER_IP_ADDRESS,
            "A carrier IP address can only be assigned to a network interface in a subnet in a Wavelength Zone.",
        ),
        (true, Some(true), _) => (
            field::ASSOCIATE_PUBLIC_IP_ADDRESS,
            "A network interface in a subnet in a Wavelength Zone has a carrier IP address instead of a public one.",
        ),
        _ => return Ok(()),
    };
    Err(Error::combination(why).at(name.text()))
}

/// What the API has of an interface and Stratus has not.
pub(super) fn unsimulated(wanted: &Structure) -> Result<()> {
    let plain = wanted
        .text(field::INTERFACE_TYPE)
        .is_none_or(|kind| matches!(kind, "" | "interface"));
    if !plain {
        let name = field::INTERFACE_TYPE.text();
        let why = format!("Stratus does not simulate this {name}.");
        return Err(Error::new("UnsupportedOperation", why).at(name));
    }
    if wanted.integer(field::NETWORK_CARD_INDEX).is_some_and(|card| card != 0) {
        let why = "the instance type has one network card, 0";
        return Err(Error::invalid("NetworkCardIndex", why));
    }
    Ok(())
}
