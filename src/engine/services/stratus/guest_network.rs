//! A guest's own firewall, of both directions, and its own routes. These are ours: to AWS a guest is a closed box.

use super::guests::running;
use crate::base::error::{Error, Result};
use crate::base::ids::{InstanceId, NetworkInterfaceId};
use crate::catalog::Region;
use crate::services::Request;
use crate::services::ec2::common::{done, need, note, read_cidr};
use crate::world::World;
use crate::world::compute::{GuestRoute, GuestRouting, GuestRule, GuestWay, Instance};
use crate::world::vpc::NetworkInterface;
use ipnet::{IpNet, Ipv4Net};
use stratus_model::{Structure, field};

/// Replaces the rules of the guest's own firewall: the first that matches decides, none lets pass. Rules for the one direction
/// alone leave those of the other as they are.
pub(super) fn put_guest_firewall(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let id = running(request, world)?;
    let inbound = read_rules(request.params, field::RULES, "Rules")?;
    let outbound = read_rules(request.params, field::OUTBOUND_RULES, "OutboundRules")?;
    let given = request.params.contains(field::RULES) || !request.params.contains(field::OUTBOUND_RULES);
    let count = inbound.len() + outbound.len();
    let out_given = request.params.contains(field::OUTBOUND_RULES);
    world.update(request.region, id, |row: &mut Instance| {
        if given {
            row.guest.firewall = inbound;
        }
        if out_given {
            row.guest.firewall_out = outbound;
        }
    });
    note(world, request.region, id, format!("its own firewall has {count} rules"));
    done()
}

fn read_rules(params: &Structure, list: stratus_model::Name, name: &str) -> Result<Vec<GuestRule>> {
    let side = if list == field::OUTBOUND_RULES {
        field::DESTINATION
    } else {
        field::SOURCE
    };
    let mut rules = Vec::new();
    for (place, rule) in params.structures(list).enumerate() {
        rules.push(read_rule(rule, side).map_err(|error| {
            let path = format!("{name}[{place}].{}", error.parameter);
            error.at(path)
        })?);
    }
    Ok(rules)
}

fn read_rule(rule: &Structure, side: stratus_model::Name) -> Result<GuestRule> {
    let protocol = match rule.text(field::PROTOCOL) {
        Some("tcp") => Some(6),
        Some("udp") => Some(17),
        Some("icmp") => Some(1),
        _ => None,
    };
    let port = |name, otherwise: u16| match rule.integer(name) {
        Some(port) => u16::try_from(port).map_err(|_| Error::invalid("FromPort", port)),
        None => Ok(otherwise),
    };
    let from = port(field::FROM_PORT, 0)?;
    let to = port(
        field::TO_PORT,
        if rule.contains(field::FROM_PORT) {
            from
        } else {
            u16::MAX
        },
    )?;
    if to < from {
        return Err(Error::invalid("ToPort", format!("{to} lies below FromPort {from}")));
    }
    let (own, other) = match side == field::DESTINATION {
        true => ("Destination", (field::SOURCE, "Source")),
        false => ("Source", (field::DESTINATION, "Destination")),
    };
    if rule.contains(other.0) {
        return Err(Error::combination(format!("A rule of this list has a {own}.")).at(other.1));
    }
    let source = match rule.text(side) {
        Some(text) => read_cidr(own, text)?,
        None => IpNet::V4(Ipv4Net::default()),
    };
    Ok(GuestRule {
        allow: rule.text(field::ACTION) == Some("allow"),
        protocol,
        ports: (from, to),
        source,
    })
}

/// Replaces the guest's own static routes, and says whether each interface has a routing table of its own (`PolicyRouting`,
/// the default, as Amazon Linux sets it up) or one table is asked for everything.
pub(super) fn put_guest_routes(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let id = running(request, world)?;
    let mut routing = GuestRouting {
        one_table: request.params.boolean(field::POLICY_ROUTING) == Some(false),
        routes: Vec::new(),
    };
    for (place, route) in request.params.structures(field::ROUTES).enumerate() {
        let path = |error: Error| {
            let path = format!("Routes[{place}].{}", error.parameter);
            error.at(path)
        };
        let route = read_route(world, request.region, id, route).map_err(path)?;
        add_route(&mut routing, route).map_err(path)?;
    }
    let count = routing.routes.len();
    let tables = if routing.one_table {
        "one table"
    } else {
        "a table per interface"
    };
    world.update(request.region, id, |row: &mut Instance| row.guest.routing = routing);
    note(
        world,
        request.region,
        id,
        format!("its guest has {tables} and {count} routes of its own"),
    );
    done()
}

fn read_route(world: &World, region: Region, id: InstanceId, route: &Structure) -> Result<GuestRoute> {
    let destination = read_cidr("Destination", need(route, field::DESTINATION)?)?.trunc();
    let target = need(route, field::TARGET)?;
    let way = match target {
        "blackhole" => GuestWay::Blackhole,
        "unreachable" => GuestWay::Unreachable,
        text => {
            let own = NetworkInterfaceId::parse(text).filter(|interface| {
                let row = world.row::<NetworkInterface>(region, *interface);
                row.and_then(|row| row.attachment.as_ref())
                    .is_some_and(|attachment| attachment.instance == id)
            });
            let own = own.ok_or_else(|| {
                let what = format!("{text} is neither an interface of '{id}' nor blackhole or unreachable");
                Error::new("InvalidParameterValue", what).at("Target")
            })?;
            GuestWay::Interface(own)
        }
    };
    Ok(GuestRoute { destination, way })
}

/// Puts a route into its place: there is one for each destination.
fn add_route(routing: &mut GuestRouting, route: GuestRoute) -> Result<()> {
    match routing
        .routes
        .binary_search_by(|has| has.destination.cmp(&route.destination))
    {
        Ok(_) => {
            let what = format!("{} has two routes", route.destination);
            Err(Error::new("InvalidParameterValue", what).at("Destination"))
        }
        Err(at) => {
            routing.routes.insert(at, route);
            Ok(())
        }
    }
}
