//! What traffic costs by its bytes: what gateways process, and what crosses zones. It is counted where packets passed, and only
//! there. Not counted (and so free here): data out to the Internet.
//! Sources: <https://aws.amazon.com/vpc/pricing/>, <https://aws.amazon.com/transit-gateway/pricing/>,
//! <https://aws.amazon.com/privatelink/pricing/>, <https://aws.amazon.com/ec2/pricing/on-demand/> (data transfer)

use crate::base::ids::*;
use crate::catalog::Region;
use crate::network::exchange::{Burst, Exchange};
use crate::network::sightings::{Passage, Sighting};
use crate::world::links::{EndpointKind, TransitEnd};
use crate::world::usage::{Measure, Subject};
use crate::world::vpc::NetworkInterface;
use crate::world::{Ec2, World};

/// Numbers of ways, as flow logs have them, by an internet gateway.
const BY_INTERNET_GATEWAY: [u8; 2] = [2, 8];

/// What is to be counted for whom.
type Charge = (ResourceId, &'static str);

/// Counts an exchange, both ways, as often as it took place.
pub(super) fn count(world: &mut World, region: Region, exchange: &Exchange, times: u64) {
    for (passage, burst) in [(&exchange.there, &exchange.sent), (&exchange.back, &exchange.answered)] {
        let charges = world.ec2(region).map(|ec2| charges(ec2, passage)).unwrap_or_default();
        let bytes = bytes(burst, times);
        if let Some((from, instance)) = passage.abroad {
            let (subject, now) = (Subject::Resource(instance.into()), world.now);
            world.usage.tally(subject, from, Measure::Data, "regions", bytes, now);
        }
        for (id, rate) in charges {
            let now = world.now;
            world
                .usage
                .tally(Subject::Resource(id), region, Measure::Data, rate, bytes, now);
        }
    }
}

fn bytes(burst: &Burst, times: u64) -> i64 {
    i64::try_from(burst.bytes(u32::MAX).saturating_mul(times)).unwrap_or(i64::MAX)
}

fn charges(ec2: &Ec2, passage: &Passage) -> Vec<Charge> {
    let mut charges: Vec<Charge> = passage.regional.iter().map(|id| ((*id).into(), "nat")).collect();
    for sighting in passage.interfaces.iter().filter(|sighting| sighting.accepted) {
        // A NAT gateway is seen twice, and has passed on what leaves it.
        if let (true, Some(nat)) = (sighting.egress, ec2.gateways.nat_by_interface.get(&sighting.interface)) {
            charges.push(((*nat).into(), "nat"));
        }
        charges.extend(of_endpoint(ec2, sighting.interface));
    }
    for sighting in passage.transits.iter().filter(|sighting| sighting.to.is_some()) {
        let from = ec2.links.attachments.get(&sighting.from);
        // What comes by a peering the other transit gateway has been paid for.
        if from.is_some_and(|row| !matches!(row.end, TransitEnd::Peer { .. })) {
            charges.push((sighting.from.into(), "transit"));
        }
    }
    let mut seen = passage.interfaces.iter();
    let mut last = seen.next();
    for next in seen {
        if let Some(last) = last {
            charges.extend(between(ec2, last, next));
        }
        last = Some(next);
    }
    charges
}

/// The endpoint of an interface, which processes what goes in and out.
fn of_endpoint(ec2: &Ec2, interface: NetworkInterfaceId) -> Option<Charge> {
    let row = ec2.interfaces.get(&interface)?;
    if !row.interface_type.ends_with("endpoint") {
        return None;
    }
    let has = |row: &&crate::world::links::VpcEndpoint| row.subnets.iter().any(|(_, own)| *own == interface);
    let endpoint = ec2.links.endpoints.rows().find(has)?;
    let rate = match endpoint.kind {
        EndpointKind::GatewayLoadBalancer => "balancer-endpoint",
        _ => "endpoint",
    };
    Some((endpoint.id.into(), rate))
}

/// Data from an interface to the next, in another zone or by public addresses: both sides pay. Between zones, what goes by a
/// transit gateway or an endpoint is free.
fn between(ec2: &Ec2, last: &Sighting, next: &Sighting) -> Vec<Charge> {
    if !(last.egress && !next.egress && last.accepted && next.accepted) {
        return Vec::new();
    }
    let row = |id: NetworkInterfaceId| ec2.interfaces.get(&id).filter(|row| is_plain(row));
    let (Some(from), Some(to)) = (row(last.interface), row(next.interface)) else {
        return Vec::new();
    };
    let public = last.path.is_some_and(|path| BY_INTERNET_GATEWAY.contains(&path));
    if from.zone == to.zone && !public {
        return Vec::new();
    }
    [from, to].map(|row| (payer(ec2, row), "zones")).to_vec()
}

fn is_plain(row: &NetworkInterface) -> bool {
    matches!(row.interface_type.as_str(), "interface" | "natGateway")
}

/// Whom the data of an interface is written to.
fn payer(ec2: &Ec2, row: &NetworkInterface) -> ResourceId {
    let nat = || {
        ec2.gateways
            .nat_by_interface
            .get(&row.id)
            .map(|id| ResourceId::from(*id))
    };
    match &row.attachment {
        Some(attachment) => attachment.instance.into(),
        None => nat().unwrap_or(row.id.into()),
    }
}
