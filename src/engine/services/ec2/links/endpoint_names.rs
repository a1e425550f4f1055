//! The names of interface endpoints, as the simulated DNS asks for them: the service's own name inside the VPC, and the
//! endpoint's names everywhere.
//! <https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html>

use super::endpoint_view;
use crate::catalog::Region;
use crate::world::World;
use crate::world::links::*;
use crate::world::vpc::{NetworkInterface, Subnet, Vpc};
use stratus_model::field;

/// What stands before the name of every endpoint's domain.
const DOMAIN: &str = ".vpce.amazonaws.com.";

/// What a name of an endpoint stands for.
pub(crate) struct Named {
    /// IPv4 addresses of its interfaces, in the order of its subnets.
    pub addresses: Vec<String>,
    /// Why, in one sentence.
    pub why: String,
}

/// Addresses of an endpoint's interfaces, of one zone or of all.
fn addresses(world: &World, region: Region, row: &VpcEndpoint, zone: Option<&str>) -> Vec<String> {
    let here = |subnet: &Subnet| zone.is_none_or(|zone| subnet.zone.name() == zone);
    let chosen = row
        .subnets
        .iter()
        .filter(|(subnet, _)| world.row::<Subnet>(region, *subnet).is_some_and(here));
    chosen
        .filter_map(|(_, interface)| {
            let first = world.row::<NetworkInterface>(region, *interface)?.primary()?;
            Some(first.private.to_string())
        })
        .collect()
}

/// What S3's private DNS covers besides the names of buckets, before the Region's name.
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html#private-dns>
const OF_STORAGE: [&str; 2] = ["s3-control.", "s3-accesspoint."];

/// Whether a name (with its last dot) is a private one, which may begin with `*.`; that of S3 itself covers its buckets too.
fn fits(private: &str, name: &str, storage: bool) -> bool {
    let Some(name) = name.strip_suffix('.') else {
        return false;
    };
    let below = |base: &str| name.strip_suffix(base).is_some_and(|start| start.ends_with('.'));
    let is_or_below = |base: &str| name == base || below(base);
    match (
        private.strip_prefix("*."),
        private.strip_prefix("s3.").filter(|_| storage),
    ) {
        (Some(base), _) => below(base),
        (None, Some(rest)) => {
            let others = OF_STORAGE.iter().map(|start| format!("{start}{rest}"));
            is_or_below(private) || others.into_iter().any(|other| is_or_below(&other))
        }
        (None, None) => name == private,
    }
}

/// A service's own name, asked inside a VPC that has an interface endpoint with private DNS for it.
pub(crate) fn private(world: &World, region: Region, vpc: &Vpc, name: &str) -> Option<Named> {
    let links = &world.ec2(region)?.links;
    if !vpc.dns_hostnames {
        return None;
    }
    let own = |row: &&VpcEndpoint| {
        row.vpc == vpc.id
            && row.private_dns
            && !row.inbound_only
            && row.state == EndpointState::Available
            && endpoint_view::private_name(world, region, row)
                .is_some_and(|private| fits(&private, name, row.is_storage()))
    };
    let row = links.endpoints.rows().find(own)?;
    Some(Named {
        addresses: addresses(world, region, row, None),
        why: format!(
            "{} has private DNS: inside {} the service's name stands for its interfaces.",
            row.id, vpc.id
        ),
    })
}

/// The hosted zone of AWS that a name (with its last dot) would be in if it were an endpoint's; `None`: it cannot be.
pub(crate) fn zone_of(name: &str) -> Option<String> {
    let region = name.strip_suffix(DOMAIN)?.rsplit('.').next()?;
    Region::find(region).map(endpoint_view::zone_of_names)
}

/// An endpoint's own name, which stands for its private addresses wherever it is asked. One that only has names below it is there too,
/// with nothing (an empty non-terminal: <https://www.rfc-editor.org/rfc/rfc4592#section-2.2.2>).
pub(crate) fn own(world: &World, name: &str) -> Option<Named> {
    if !name.ends_with(DOMAIN) {
        return None;
    }
    let asked = name.strip_suffix('.')?;
    let has = |known: &str| match known.strip_prefix('*') {
        Some(below) => asked.len() > below.len() && asked.ends_with(below),
        None => asked == known,
    };
    let is_below = |known: &str| known.strip_suffix(asked).is_some_and(|start| start.ends_with('.'));
    let mut empty = None;
    for (region, ec2) in world.regions.iter() {
        let rows = ec2.links.endpoints.rows();
        for row in rows.filter(|row| row.state == EndpointState::Available) {
            let names = endpoint_view::names(world, *region, row);
            let names = || names.iter().filter_map(|entry| entry.text(field::DNS_NAME_));
            if let Some(known) = names().find(|known| has(known)) {
                return Some(of_name(world, *region, row, known));
            }
            if empty.is_none() && names().any(is_below) {
                empty = Some(format!("Only names below this one are names of {}.", row.id));
            }
        }
    }
    let addresses = Vec::new();
    empty.map(|why| Named { addresses, why })
}

/// What one of an endpoint's own names stands for: its interfaces, or that of the zone that the name has.
fn of_name(world: &World, region: Region, row: &VpcEndpoint, known: &str) -> Named {
    let host = known.trim_start_matches("*.").split('.').next().unwrap_or_default();
    let zones = row
        .subnets
        .iter()
        .filter_map(|(subnet, _)| world.row::<Subnet>(region, *subnet));
    let zone = zones
        .map(|subnet| subnet.zone.name())
        .find(|zone| host.ends_with(&format!("-{zone}")));
    Named {
        addresses: addresses(world, region, row, zone.as_deref()),
        why: format!(
            "A name of {}: it stands for the private addresses of its interfaces.",
            row.id
        ),
    }
}
