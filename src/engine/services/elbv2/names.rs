//! The DNS names of load balancers, and what they stand for.
//! <https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html>

use crate::catalog::Region;
use crate::world::World;
use crate::world::balancing::*;
use crate::world::vpc::NetworkInterface;

/// What the name of a load balancer stands for.
pub(crate) struct Named {
    /// IPv4 addresses.
    pub ipv4: Vec<String>,
    /// IPv6 addresses.
    pub ipv6: Vec<String>,
    /// Why, in one sentence.
    pub why: String,
}

/// The number in the names of Application and Classic Load Balancers (its form is AWS's, its digits are ours).
fn number(id: u64) -> u64 {
    id % 1_900_000_000 + 100_000_000
}

/// The name of a load balancer; a Gateway Load Balancer has none.
pub(crate) fn of(region: Region, row: &LoadBalancer) -> Option<String> {
    let (name, region) = (&row.name, region.name());
    match row.kind {
        BalancerKind::Application => {
            let internal = if row.internal { "internal-" } else { "" };
            let number = number(row.id.0);
            Some(format!("{internal}{name}-{number}.{region}.elb.amazonaws.com"))
        }
        BalancerKind::Network => Some(format!("{name}-{:016x}.elb.{region}.amazonaws.com", row.id.0)),
        BalancerKind::Gateway => None,
    }
}

/// The name of a Classic Load Balancer.
pub(crate) fn of_classic(region: Region, row: &ClassicBalancer) -> String {
    let internal = if row.internal { "internal-" } else { "" };
    let (name, number) = (&row.name, number(row.id.0));
    format!("{internal}{name}-{number}.{}.elb.amazonaws.com", region.name())
}

/// The load balancer that a name is of.
pub(super) enum Holder<'w> {
    /// An Application or Network Load Balancer.
    Newer(&'w LoadBalancer),
    /// A Classic one.
    Classic(&'w ClassicBalancer),
}

/// Whose name this is, which is asked with its final dot, and the zone where it is of one. A name may have `dualstack.` before it.
pub(super) fn find<'w, 'n>(world: &'w World, name: &'n str) -> Option<(Region, Holder<'w>, Option<&'n str>)> {
    let asked = name.strip_suffix('.')?;
    if !asked.contains(".elb.") {
        return None;
    }
    let asked = asked.strip_prefix("dualstack.").unwrap_or(asked);
    // The Region stands in every name.
    for (region, ec2) in world.regions.iter().filter(|(region, _)| asked.contains(region.name())) {
        for row in ec2.balancing.balancers.rows() {
            let Some(own) = of(*region, row).map(|own| own.to_lowercase()) else {
                continue;
            };
            // A Network Load Balancer has a name a zone besides.
            let zone = asked.strip_suffix(&own).and_then(|start| start.strip_suffix('.'));
            let zone = zone.filter(|zone| row.kind == BalancerKind::Network && !zone.contains('.'));
            if asked == own || zone.is_some() {
                return Some((*region, Holder::Newer(row), zone));
            }
        }
        let mut classic = ec2.balancing.classic.rows();
        if let Some(row) = classic.find(|row| of_classic(*region, row).to_lowercase() == asked) {
            return Some((*region, Holder::Classic(row), None));
        }
    }
    None
}

/// What a name stands for, which is asked with its final dot.
pub(crate) fn resolve(world: &World, name: &str) -> Option<Named> {
    let (region, holder, zone) = find(world, name)?;
    Some(match holder {
        Holder::Newer(row) => named(world, region, &row.name, row.internal, &row.places, zone),
        Holder::Classic(row) => named(world, region, &row.name, row.internal, &row.places, None),
    })
}

fn named(
    world: &World,
    region: Region,
    name: &str,
    internal: bool,
    places: &[BalancerPlace],
    zone: Option<&str>,
) -> Named {
    let rows = places
        .iter()
        .filter_map(|place| world.row::<NetworkInterface>(region, place.interface));
    let rows: Vec<&NetworkInterface> = rows
        .filter(|row| zone.is_none_or(|zone| row.zone.name() == zone))
        .collect();
    let ipv4 = rows.iter().filter_map(|row| address(row, internal));
    let ipv6 = rows.iter().filter_map(|row| row.ipv6.first().map(ToString::to_string));
    Named {
        ipv4: ipv4.collect(),
        ipv6: ipv6.collect(),
        why: match internal {
            true => format!("{name} is internal: its name stands for the private addresses of its nodes."),
            false => format!("{name} faces the Internet: its name stands for the public addresses of its nodes."),
        },
    }
}

/// The address of a node that the name stands for.
fn address(row: &NetworkInterface, internal: bool) -> Option<String> {
    let primary = row.primary()?;
    match internal {
        true => Some(primary.private.to_string()),
        false => primary.public.map(|public| public.address.to_string()),
    }
}

/// What the interfaces of a load balancer say of themselves.
pub(in crate::services) fn description(of: &str) -> String {
    format!("ELB {of}")
}
