//! Filters on a packet's header at a path's ends: reading them, showing them, and what fits them.
//! <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_PathRequestFilter.html>

use super::super::common::read_ipv4;
use crate::base::error::{Error, Result};
use crate::network::Packet;
use crate::network::insights::port_span;
use crate::world::insights::HeaderFilter;
use std::net::{IpAddr, Ipv4Addr};
use stratus_model::{Name, Structure, field};

/// Reads the filter of a call.
pub(super) fn read(params: &Structure, name: Name) -> Result<Option<HeaderFilter>> {
    let Some(filter) = params.structure(name) else {
        return Ok(None);
    };
    let address = |part: Name| {
        let at = format!("{}.{}", name.text(), part.text());
        filter.text(part).map(|text| read_ipv4(&at, text)).transpose()
    };
    Ok(Some(HeaderFilter {
        source: address(field::SOURCE_ADDRESS)?,
        source_ports: ports(filter, name, field::SOURCE_PORT_RANGE)?,
        destination: address(field::DESTINATION_ADDRESS)?,
        destination_ports: ports(filter, name, field::DESTINATION_PORT_RANGE)?,
    }))
}

fn ports(filter: &Structure, name: Name, part: Name) -> Result<Option<(u16, u16)>> {
    let Some(range) = filter.structure(part) else {
        return Ok(None);
    };
    let port = |end: Name| range.integer(end).and_then(|port| u16::try_from(port).ok());
    match (port(field::FROM_PORT), port(field::TO_PORT)) {
        (Some(from), Some(to)) if from <= to => Ok(Some((from, to))),
        _ => {
            let why = format!("The {} of {} is not a range of ports.", part.text(), name.text());
            Err(Error::new("InvalidParameterValue", why).at(name.text()))
        }
    }
}

/// `PathFilter`.
pub(super) fn describe(filter: &HeaderFilter) -> Structure {
    let range = |(from, to): (u16, u16)| {
        Structure::new()
            .with(field::FROM_PORT, i64::from(from))
            .with(field::TO_PORT, i64::from(to))
    };
    let address = |address: Ipv4Addr| address.to_string();
    Structure::new()
        .with_some(field::SOURCE_ADDRESS, filter.source.map(address))
        .with_some(field::SOURCE_PORT_RANGE, filter.source_ports.map(range))
        .with_some(field::DESTINATION_ADDRESS, filter.destination.map(address))
        .with_some(field::DESTINATION_PORT_RANGE, filter.destination_ports.map(range))
}

/// What a filter has for one of a Describe call's filters (`source-address`, …).
pub(super) fn values(filter: Option<&HeaderFilter>, part: &str) -> Vec<String> {
    let Some(filter) = filter else { return Vec::new() };
    let range = |ports: Option<(u16, u16)>| ports.map(|(from, to)| format!("{from}-{to}"));
    let value = match part {
        "source-address" => filter.source.map(|address| address.to_string()),
        "source-port-range" => range(filter.source_ports),
        "destination-address" => filter.destination.map(|address| address.to_string()),
        "destination-port-range" => range(filter.destination_ports),
        _ => None,
    };
    value.into_iter().collect()
}

/// The first thing of a packet that does not fit, by the name that explanation codes have for it. A client's port is any,
/// one that a NAT gateway gives any of its own.
pub(super) fn misfit(filter: &HeaderFilter, packet: &Packet) -> Option<&'static str> {
    let same = |wanted: Option<Ipv4Addr>, has: IpAddr| wanted.is_none_or(|wanted| IpAddr::V4(wanted) == has);
    let within = |(from, to): (u16, u16)| (from..=to).contains(&packet.destination_port);
    let (low, high) = port_span(packet.source_port);
    let sent = |(from, to): (u16, u16)| from <= high && low <= to;
    if !same(filter.source, packet.source_address) {
        Some("SOURCE_ADDRESS")
    } else if !filter.source_ports.is_none_or(sent) {
        Some("SOURCE_PORT_RANGE")
    } else if !same(filter.destination, packet.destination_address) {
        Some("DESTINATION_ADDRESS")
    } else if !filter.destination_ports.is_none_or(within) {
        Some("DESTINATION_PORT_RANGE")
    } else {
        None
    }
}
