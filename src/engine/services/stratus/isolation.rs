//! Forged packets and sniffing, as calls: what a guest with bad intentions tries, and what comes of it. They only look.
//!
//! These are ours: AWS has no call for it, and nobody there gets as far as a call.

use super::{connections, guests};
use crate::base::error::{Error, Result};
use crate::network::isolation::{self, Forgery};
use crate::network::{Endpoint, Flow, Trace};
use crate::services::Request;
use crate::world::World;
use std::net::IpAddr;
use stratus_model::{Name, Structure, Value, field};

/// Sends one packet from an instance, with a source address or a MAC address that need not be its own. It only asks what would
/// become of the packet, which reaches no interface outside: no flow log records it, no mirror session copies it and no gateway
/// counts its bytes.
pub(super) fn send_forged(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let id = guests::running(request, world)?;
    let flow = Flow {
        source: Endpoint::Instance(id),
        ..connections::flow(&params.clone().with(field::SOURCE, id.to_string()))?
    };
    let wrong = |name: Name, what: &str| Error::invalid(name.text(), what.to_owned());
    let address = params.text(field::SOURCE_ADDRESS).map(|text| {
        text.parse::<IpAddr>()
            .map_err(|_| wrong(field::SOURCE_ADDRESS, "an IPv4 or IPv6 address"))
    });
    let mac = params
        .text(field::MAC_ADDRESS)
        .map(|text| read_mac(text).ok_or_else(|| wrong(field::MAC_ADDRESS, "six bytes, as in 02:00:5e:10:00:01")));
    let (address, mac) = (address.transpose()?, mac.transpose()?);
    let forgery = Forgery {
        source_address: address,
        frame: mac.is_some_and(|mac| !isolation::holds(world, region, id, mac)),
    };
    Ok(view(&isolation::forge(world, region, &flow, forgery)))
}

/// What an instance in promiscuous mode gets of a packet from one end to another.
pub(super) fn listen(request: &Request<'_>, world: &World) -> Result<Structure> {
    let id = guests::running(request, world)?;
    let flow = connections::flow(request.params)?;
    Ok(view(&isolation::listen_in(world, request.region, id, &flow)))
}

fn read_mac(text: &str) -> Option<[u8; 6]> {
    let mut bytes = text.split([':', '-']).map(|byte| match byte.len() {
        2 => u8::from_str_radix(byte, 16).ok(),
        _ => None,
    });
    let mut mac = [0; 6];
    for place in &mut mac {
        *place = bytes.next()??;
    }
    bytes.next().is_none().then_some(mac)
}

/// How it ended, where, and why.
fn view(trace: &Trace) -> Structure {
    let explanations: Vec<Value> = trace
        .explanations
        .iter()
        .map(|one| {
            Structure::new()
                .with(field::CODE, one.code)
                .with(field::COMPONENT, one.component.id.as_str())
                .with(field::DIRECTION, one.direction)
                .with(field::DETAIL, one.detail.as_str())
                .into()
        })
        .collect();
    let hops = if trace.back.is_empty() {
        &trace.forward
    } else {
        &trace.back
    };
    let last = hops.last().filter(|_| !trace.reachable);
    Structure::new()
        .with(field::STATE, trace.disposition.name())
        .with_some(field::LOCATION, last.map(|hop| hop.layer.name()))
        .with_some(field::REASON, last.map(|hop| hop.text().to_owned()))
        .with_some(field::SOURCE, last.map(|hop| hop.source))
        .with(field::EXPLANATIONS, explanations)
}
