//! Peering connections and endpoints in words, and what might mend a way across them. The other half of `links`.

use super::Packet;
use super::remedies::{Candidate, call, candidate, wait};
use super::sentences::wanted;
use super::step::*;
use super::words::Teller;
use super::{abroad, links, routes};
use crate::base::ids::*;
use crate::services::ec2::links::endpoint_policy;
use crate::world::leading;
use crate::world::links::*;
use crate::world::vpc::*;
use ipnet::IpNet;
use std::net::IpAddr;
use stratus_model::{Structure, field};

impl Teller<'_> {
    /// What a peering connection did.
    #[inline(never)]
    pub fn peering_text(&self, id: VpcPeeringConnectionId, from: VpcId, says: Crossing, packet: &Packet) -> String {
        let name = self.name(id);
        let row = self.ec2.links.peerings.get(&id);
        let side = row.and_then(|row| row.across(from));
        let other = side.and_then(|side| {
            let own = side.own?;
            Some(match side.region == self.region {
                true => self.name(own),
                false => format!("{} in {}", self.name_in(side.region, own.into()), side.region.name()),
            })
        });
        let other = other.unwrap_or_else(|| "the other VPC".to_owned());
        match says {
            Crossing::Passes => format!("{name} carries the packet from {} to {other}.", self.name(from)),
            Crossing::ForeignSource => format!(
                "{} is no address of {}: {name} carries nothing that came from further away.",
                packet.source_address,
                self.name(from)
            ),
            Crossing::ForeignDestination => format!(
                "{} is no address of {other}: {name} leads to that VPC and not through it.",
                packet.destination_address
            ),
            Crossing::NoLinks => format!(
                "The options of {name} do not let what is linked by ClassicLink send from {} to {other}.",
                self.name(from)
            ),
            Crossing::Elsewhere => {
                let region = row.and_then(|row| row.across(from)).map(|side| side.region.name());
                format!(
                    "{name} leads to {}: a path is followed within one Region (ours).",
                    region.unwrap_or("another Region")
                )
            }
        }
    }

    /// Why what a route leads to carries nothing, or not yet.
    #[inline(never)]
    pub fn black_hole_text(&self, id: RouteTableId, number: u16) -> String {
        let table = self.ec2.route_tables.get(&id);
        let route = table.and_then(|table| table.routes.get(usize::from(number)));
        let peering = route.and_then(|route| match route.target {
            RouteTarget::Peering(id) => self.ec2.links.peerings.get(&id),
            _ => None,
        });
        match peering.filter(|row| row.state.is_alive()) {
            Some(row) => format!("which is {}: a black hole until it is active.", row.state.name()),
            None => "which is gone, detached or stopped: a black hole.".to_owned(),
        }
    }

    /// What an endpoint did.
    #[inline(never)]
    pub fn endpoint_text(&self, id: VpcEndpointId, says: Doorway, packet: &Packet) -> String {
        let name = self.name(id);
        let row = self.ec2.links.endpoints.get(&id);
        let service = row.map_or("the service", |row| row.service.as_str());
        match says {
            Doorway::Takes => {
                let own = row.and_then(|row| endpoint_policy::words(row.policy.as_ref()?));
                let policy = match own {
                    Some(own) => {
                        format!("its policy, which is asked about each request and not about packets, lets pass {own}")
                    }
                    None => "its policy lets everything be asked".to_owned(),
                };
                format!("{name} takes {} to {service}; {policy}.", wanted(packet))
            }
            Doorway::Answers => format!("{service} answers through {name}."),
            Doorway::Protocol => format!(
                "{name} is a gateway endpoint: it takes TCP and echo requests only, not {}.",
                wanted(packet)
            ),
            Doorway::NotListening => format!("{service} does not answer {}.", wanted(packet)),
            Doorway::NotAvailable => {
                let state = row.map_or("gone", |row| row.state.name());
                format!("{name} is {state}: it takes no traffic.")
            }
            Doorway::Zone => format!(
                "{service} has no load balancer in the zone of {name}'s interface, and none that balances across zones."
            ),
            Doorway::Unknown => format!("{name} leads to load balancers of which nothing is known here (ours)."),
        }
    }
}

pub(super) fn table_params(table: RouteTableId, block: IpNet) -> Structure {
    let params = Structure::new().with(field::ROUTE_TABLE_ID, table);
    match block {
        IpNet::V4(block) => params.with(field::DESTINATION_CIDR_BLOCK, block.to_string()),
        IpNet::V6(block) => params.with(field::DESTINATION_IPV6_CIDR_BLOCK, block.to_string()),
    }
}

/// The call that accepts a connection which waits, and what it does: in the Region of who was asked.
fn acceptance(teller: &Teller<'_>, row: &VpcPeering) -> Option<(super::remedies::Draft, String)> {
    (row.state == PeeringState::PendingAcceptance).then(|| {
        let params = Structure::new().with(field::VPC_PEERING_CONNECTION_ID, row.id);
        let (mut accept, name) = (call("AcceptVpcPeeringConnection", params), teller.name(row.id));
        let region = row.accepter.region;
        if region == row.here {
            return (accept, format!("Accept {name}."));
        }
        accept.region = Some(region);
        (accept, format!("Accept {name} in {}.", region.name()))
    })
}

/// A route across a peering connection, made or replaced, with the acceptance that it may still need.
pub(super) fn peering_route(teller: &Teller<'_>, table: &RouteTable, address: IpAddr) -> Option<Candidate> {
    let here = links::towards(&teller.ec2, table.vpc, address);
    let (row, other, block) = match here {
        Some((row, other)) => (row, teller.name(other.id), routes::local_block(other, address)?),
        None => {
            let (row, other, block) = abroad::towards(teller.world, &teller.ec2, table.vpc, address)?;
            let region = row.across(table.vpc)?.region;
            (row, teller.name_in(region, other.into()), block)
        }
    };
    let (operation, block) = super::link_ways::place(&teller.ec2, table, address, block)?;
    let (mut calls, mut why) = (Vec::new(), String::new());
    if let Some((accept, says)) = acceptance(teller, row) {
        calls.push(accept);
        why = says + " ";
    }
    let params = table_params(table.id, block).with(field::VPC_PEERING_CONNECTION_ID, row.id);
    calls.push(call(operation, params));
    why.push_str(&format!(
        "Route {block} of {} across {} to {}.",
        teller.name(table.id),
        teller.name(row.id),
        other
    ));
    Some(candidate(6, why, calls))
}

/// What makes a route that leads to a peering connection work again.
pub(super) fn mended_peering(
    teller: &Teller<'_>,
    table: &RouteTable,
    peering: VpcPeeringConnectionId,
    packet: &Packet,
) -> Vec<Candidate> {
    let row = teller
        .ec2
        .links
        .peerings
        .get(&peering)
        .filter(|row| row.state.is_alive());
    match row {
        Some(row) if row.state == PeeringState::Provisioning => {
            let why = format!("Let time pass until {} is active.", teller.name(row.id));
            vec![candidate(0, why, vec![wait()])]
        }
        Some(row) => acceptance(teller, row)
            .map(|(accept, why)| candidate(4, why, vec![accept]))
            .into_iter()
            .collect(),
        None => super::link_ways::linking(teller, table, packet),
    }
}

/// A gateway endpoint for an address of S3 or DynamoDB, made or given one table more.
pub(super) fn gateway_endpoint(teller: &Teller<'_>, table: &RouteTable, address: IpAddr) -> Option<Candidate> {
    let ec2 = &teller.ec2;
    let mut lists = ec2.prefix_lists.rows().filter(|list| list.aws_managed);
    let list = lists.find(|list| list.entries.iter().any(|(block, _)| block.contains(&address)))?;
    let has = |row: &&VpcEndpoint| {
        row.vpc == table.vpc
            && row.service == list.name
            && row.kind == EndpointKind::Gateway
            && row.state == EndpointState::Available
    };
    if let Some(row) = ec2.links.endpoints.rows().find(has) {
        let params = Structure::new()
            .with(field::VPC_ENDPOINT_ID, row.id)
            .with(field::ADD_ROUTE_TABLE_IDS, vec![table.id]);
        let why = format!(
            "Let {} put its route into {} too.",
            teller.name(row.id),
            teller.name(table.id)
        );
        return Some(candidate(2, why, vec![call("ModifyVpcEndpoint", params)]));
    }
    let params = Structure::new()
        .with(field::VPC_ID, table.vpc)
        .with(field::SERVICE_NAME, list.name.as_str())
        .with(field::VPC_ENDPOINT_TYPE, "Gateway")
        .with(field::ROUTE_TABLE_IDS, vec![table.id]);
    let why = format!(
        "Give {} a gateway endpoint for {}, which costs nothing, with a route in {}.",
        teller.name(table.vpc),
        list.name,
        teller.name(table.id)
    );
    Some(candidate(3, why, vec![call("CreateVpcEndpoint", params)]))
}

/// Lets a transit gateway and the attachments of both VPCs tell of members of groups, so that the rule which names a group
/// of the sender's VPC does what it says: opens nothing that it does not.
#[inline(never)]
pub(super) fn referencing(teller: &Teller<'_>, id: NetworkInterfaceId, packet: &Packet) -> Vec<Candidate> {
    let ec2 = &teller.ec2;
    let Some(own) = ec2.interface(id) else {
        return Vec::new();
    };
    let groups = own.groups.iter().filter_map(|group| ec2.security_groups.get(group));
    let named = groups.flat_map(|group| &group.rules).find_map(|rule| match rule.peer {
        Peer::HubGroup(group, vpc, _) if !rule.egress => {
            let holder = super::filters::holder(ec2, vpc, packet.source_address)?;
            holder.groups.contains(&group).then_some(vpc)
        }
        _ => None,
    });
    let Some((theirs, (hub, _))) = named.and_then(|vpc| Some((vpc, leading::references(ec2, own.vpc, vpc)?))) else {
        return Vec::new();
    };
    let name = field::SECURITY_GROUP_REFERENCING_SUPPORT;
    let options = || Structure::new().with(name, "enable");
    let is_off = |on: &[String]| !on.iter().any(|has| has == name.text());
    let mut calls = Vec::new();
    if ec2.links.transits.get(&hub).is_some_and(|row| is_off(&row.on)) {
        let params = Structure::new()
            .with(field::TRANSIT_GATEWAY_ID, hub)
            .with(field::OPTIONS, options());
        calls.push(call("ModifyTransitGateway", params));
    }
    for row in [own.vpc, theirs]
        .iter()
        .filter_map(|vpc| leading::attachment(ec2, *vpc, hub))
    {
        if matches!(&row.end, TransitEnd::Vpc { on, .. } if is_off(on)) {
            let params = Structure::new().with(field::TRANSIT_GATEWAY_ATTACHMENT_ID, row.id);
            calls.push(call(
                "ModifyTransitGatewayVpcAttachment",
                params.with(field::OPTIONS, options()),
            ));
        }
    }
    let why = format!(
        "Turn on security group referencing of {} and of what is attached to it.",
        teller.name(hub)
    );
    vec![candidate(0, why, calls)]
}
