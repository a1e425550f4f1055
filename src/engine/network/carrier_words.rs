//! What a carrier gateway says in other words than an internet gateway, and what might mend it. The rest of `ways`.

use super::remedies::{Candidate, call, candidate};
use super::step::*;
use super::ways;
use super::words::Teller;
use crate::base::ids::*;
use crate::world::vpc::*;
use stratus_model::{Structure, field};

/// The sentence, where it is another than an internet gateway's. `names`: the gateway's at a sentence's beginning, and within one.
#[inline(never)]
pub(super) fn text(
    teller: &Teller<'_>,
    (vpc, door): (VpcId, Door),
    (name, inner): (&str, &str),
    egress: bool,
    says: Gateway,
    step: &Step,
) -> Option<String> {
    let packet = &step.before;
    let (source, destination) = (packet.source_address, packet.destination_address);
    let edge = |id: Option<NetworkInterfaceId>| {
        let row = id.and_then(|id| teller.ec2.interfaces.get(&id));
        row.filter(|row| row.zone.is_wavelength())
    };
    Some(match (door, says) {
        (_, Gateway::Zone(subnet)) => format!(
            "{} is in no Wavelength Zone: {inner} carries nothing for it.",
            teller.subnet_name(subnet)
        ),
        (_, Gateway::Protocol) if source.is_ipv6() => format!("{name} carries IPv4 only."),
        (_, Gateway::Protocol) => format!(
            "{name} lets {} neither from the Internet nor to it: only devices of the carrier's network may use it.",
            super::sentences::wanted(packet)
        ),
        (_, Gateway::Unasked) => format!(
            "{source} is on the Internet: {inner} lets in connections of the carrier's network, and from the Internet answers only."
        ),
        (Door::Internet(_), Gateway::NoPublicAddress(id)) => format!(
            "{} is in a Wavelength Zone, where nothing has a public IPv4 address: only a carrier gateway leads out, not {inner}.",
            teller.behind(edge(id)?.id)
        ),
        (Door::Internet(_), _) => return None,
        (_, Gateway::Translates) if egress => {
            format!(
                "{name} turns {source} into the carrier IP address {}.",
                step.after.source_address
            )
        }
        (_, Gateway::NoPublicAddress(Some(id))) if egress => format!(
            "{} has no carrier IP address, so {inner} cannot send {source} to the carrier's network or the Internet.",
            teller.behind(id)
        ),
        (_, Gateway::NoPublicAddress(Some(id))) => format!(
            "{destination} is no carrier IP address of {}: nothing from outside can be addressed to it.",
            teller.behind(id)
        ),
        (_, Gateway::Missing) => format!(
            "{} has no carrier gateway: nothing from a carrier's network gets in.",
            teller.name(vpc)
        ),
        _ => return None,
    })
}

/// A carrier gateway for a VPC, the call that makes it, what that does, and the gateway as it is named afterwards.
pub(super) fn gateway(teller: &Teller<'_>, vpc: VpcId) -> Candidate {
    let create = call("CreateCarrierGateway", Structure::new().with(field::VPC_ID, vpc));
    let why = format!("Give {} a carrier gateway.", teller.name(vpc));
    candidate(6, why, vec![create])
}

/// A default route to the VPC's carrier gateway, made or replaced, with the gateway where there is none.
pub(super) fn default_route(
    teller: &Teller<'_>,
    table: &RouteTable,
    operation: &'static str,
    block: &str,
) -> Candidate {
    let known = super::routes::carrier_of(&teller.ec2, table.vpc);
    let (mut calls, mut why, gateway) = match known {
        Some(id) => (Vec::new(), String::new(), id.to_string()),
        None => {
            let made = gateway(teller, table.vpc);
            let id = "$(0.CarrierGateway.CarrierGatewayId)".to_owned();
            (made.calls, format!("{} ", made.why), id)
        }
    };
    let params = ways::route_params(table.id, block, false).with(field::CARRIER_GATEWAY_ID, gateway);
    calls.push(call(operation, params));
    why.push_str(&format!(
        "Route {block} of {}{} to the carrier gateway.",
        teller.name(table.id),
        ways::whose(table)
    ));
    candidate(12, why, calls)
}
