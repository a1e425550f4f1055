//! Who runs a part of the names: what a parent has been told of it, and what the servers come to that NS records name.
//!
//! Delegation goes wrong in few ways: the parent was never told (no NS there), it was told of servers that do not know the zone
//! (lame), of servers whose names lie in the zone itself without their addresses (no glue), or of names that lead nowhere.
//!
//! A name server of Route 53 has the address that its number makes (205.251.192.0 plus N for `ns-N`), as AWS has it.

use super::authority::{self, Found};
use super::internet::Domain;
use super::name;
use super::routing::Asking;
use crate::world::World;
use crate::world::names::{HostedZone, Told};
use std::net::{IpAddr, Ipv4Addr};
use stratus_model::sort;

/// Name servers of Route 53: 205.251.192.0/21.
const SERVERS: u32 = 0xCDFB_C000;
/// How many there are.
const COUNT: u32 = 2048;

/// What a name server of an NS record comes to.
#[derive(Clone, Debug)]
pub(super) enum Reached<'w> {
    /// It serves the zone.
    Zone(&'w HostedZone),
    /// It is one of Route 53's and does not know the zone.
    Lame,
    /// Its name lies in the very part that it serves, and the parent has no address for it.
    NoGlue,
    /// Its name has no address.
    NoAddress,
    /// Nobody answers at its address.
    Silent(IpAddr),
}

/// What the parent has been told of a name, where it was told anything.
pub(super) fn told<'w>(world: &'w World, name: &str) -> Option<&'w Told> {
    world.route53.told.get(&name.to_owned())
}

/// The number of a name server of Route 53 (`ns-512.awsdns-00.net.`).
fn number(server: &str) -> Option<u32> {
    let (host, rest) = server.split_once('.')?;
    let number: u32 = host.strip_prefix("ns-")?.parse().ok()?;
    (rest.starts_with("awsdns-") && number < COUNT).then_some(number)
}

/// The address of a name server of Route 53.
pub fn address_of(server: &str) -> Option<Ipv4Addr> {
    number(server).map(|number| Ipv4Addr::from(SERVERS + number))
}

/// The number of the name server of Route 53 at an address.
fn at(address: IpAddr) -> Option<u32> {
    let IpAddr::V4(four) = address else { return None };
    u32::from(four).checked_sub(SERVERS).filter(|number| *number < COUNT)
}

/// Whether one of Route 53's name servers is there.
pub fn is_route53(address: IpAddr) -> bool {
    at(address).is_some()
}

/// The public zones that the name server at an address serves, the elder first where two have one name.
pub fn served_at(world: &World, address: IpAddr) -> Vec<&HostedZone> {
    let Some(wanted) = at(address) else { return Vec::new() };
    let serves = |zone: &&HostedZone| {
        let servers = zone.name_servers.iter();
        zone.private.is_none()
            && authority::answers(zone)
            && servers
                .filter_map(|server| number(server))
                .any(|number| number == wanted)
    };
    let mut zones: Vec<&HostedZone> = world.route53.zones.rows().filter(serves).collect();
    sort::by_key(&mut zones, |zone| zone.born);
    zones
}

/// What a server comes to that an NS record of a zone cut names.
pub(super) fn reached<'w>(world: &'w World, cut: &str, server: &str, glue: &[(String, String)]) -> Reached<'w> {
    let given = glue.iter().find(|(name, _)| name == server);
    let given = given.and_then(|(_, address)| address.parse::<IpAddr>().ok());
    let own = name::within(server, cut);
    let address = match (address_of(server), given) {
        (Some(address), _) => Some(IpAddr::V4(address)),
        (None, Some(address)) => Some(address),
        (None, None) if own => return Reached::NoGlue,
        (None, None) => looked_up(world, server),
    };
    let Some(address) = address else {
        return Reached::NoAddress;
    };
    if !is_route53(address) {
        return Reached::Silent(address);
    }
    let zones = served_at(world, address);
    match zones.into_iter().find(|zone| zone.name == cut) {
        Some(zone) => Reached::Zone(zone),
        None => Reached::Lame,
    }
}

/// The address of a server's name, as the zone nearest to it has it.
fn looked_up(world: &World, server: &str) -> Option<IpAddr> {
    let found = match name::ancestry(server).find_map(|above| authority::delegated(world, above)) {
        Some(zone) => authority::find(world, zone, server, "A", &Asking::default()),
        None => {
            let domain = name::ancestry(server).find_map(Domain::find)?;
            domain.answer(world, server, "A").0
        }
    };
    match found {
        Found::Records { values, .. } => values.first()?.parse().ok(),
        _ => None,
    }
}
