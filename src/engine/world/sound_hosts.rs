//! What holds of physical hosts whatever was called: who is on them, with whom, and on which racks.

use super::Ec2;
use super::compute::{Instance, PhysicalHost, Tenancy};
use super::launching::Strategy;
use crate::catalog::dedicated_hosts;

/// Hosts and their guests: each knows of the other; there is room for all; nobody who is to be alone has company; and
/// placement groups have what their strategy promises.
pub(super) fn check(ec2: &Ec2, faults: &mut Vec<String>) {
    for instance in ec2.instances.rows() {
        let host = instance.host.and_then(|id| ec2.hosts.get(&id));
        if host.is_some_and(|host| !host.guests.contains(&instance.id)) {
            faults.push(format!("{} is on a host that does not know", instance.id));
        }
    }
    for host in ec2.hosts.rows() {
        let guests: Vec<&Instance> = host.guests.iter().filter_map(|id| ec2.instances.get(id)).collect();
        if guests.len() != host.guests.len() || guests.iter().any(|guest| guest.host != Some(host.id)) {
            faults.push(format!("{} has guests that are not there", host.id));
        }
        room(host, &guests, faults);
        company(host, &guests, faults);
    }
    groups(ec2, faults);
}

fn room(host: &PhysicalHost, guests: &[&Instance], faults: &mut Vec<String>) {
    let (taken, all) = if host.rented.is_some() {
        let units = guests.iter().map(|guest| dedicated_hosts::takes(guest.instance_type));
        (units.sum(), dedicated_hosts::room(&host.family))
    } else {
        let vcpus = guests.iter().map(|guest| i64::from(guest.instance_type.vcpus()));
        (vcpus.sum::<i64>() + host.neighbours * 2, host.vcpus)
    };
    if taken > all {
        faults.push(format!("{} has room for {all} and carries {taken}", host.id));
    }
}

fn company(host: &PhysicalHost, guests: &[&Instance], faults: &mut Vec<String>) {
    if host.dedicated && host.neighbours != 0 {
        faults.push(format!(
            "{} is for one account and has {} others",
            host.id, host.neighbours
        ));
    }
    let right = |guest: &&&Instance| match guest.tenancy {
        Tenancy::Default => !host.dedicated,
        Tenancy::Dedicated => host.dedicated && host.rented.is_none(),
        Tenancy::Host => host.rented.is_some(),
    };
    for guest in guests.iter().filter(|guest| !right(guest)) {
        faults.push(format!(
            "{} has the tenancy {} and is on {}",
            guest.id,
            guest.tenancy.name(),
            host.id
        ));
    }
}

fn groups(ec2: &Ec2, faults: &mut Vec<String>) {
    for group in ec2.placement_groups.rows() {
        let of = |row: &&Instance| row.placement_group.as_deref() == Some(&group.name);
        let placed = ec2.instances.rows().filter(of).filter_map(|row| {
            let host = ec2.hosts.get(&row.host?)?;
            Some((row, host))
        });
        let placed: Vec<(&Instance, &PhysicalHost)> = placed.collect();
        for (place, (one, here)) in placed.iter().enumerate() {
            for (other, there) in placed
                .iter()
                .skip(place + 1)
                .filter(|(other, _)| other.zone == one.zone)
            {
                let fits = match group.strategy {
                    Strategy::Cluster => here.node() == there.node(),
                    Strategy::Spread => here.rack() != there.rack(),
                    Strategy::Partition => here.rack() != there.rack() || one.more.partition == other.more.partition,
                };
                if !fits {
                    let strategy = group.strategy.name();
                    faults.push(format!("{} and {} are not placed as {strategy} says", one.id, other.id));
                }
            }
        }
    }
}
