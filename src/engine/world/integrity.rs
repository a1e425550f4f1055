//! The integrity check that walks every declared reference and index. Tests run it after each call.

use super::identity::{Holder, Permissions};
use super::references::{self, Row};
use super::storage::{BLOCK_BYTES, VolumeState};
use super::vpc::{ElasticAddress, PrivateAddress};
use super::{Ec2, World};
use crate::base::ids::ResourceId;
use crate::catalog::Region;

/// Every fault of the world, in words; empty when it is sound.
pub fn check(world: &World) -> Vec<String> {
    let mut faults = Vec::new();
    for (region, ec2) in world.regions.iter() {
        check_region(*region, ec2, &mut faults);
        check_connections(ec2, &mut faults);
        super::sound_traffic::check(ec2, world.now, &mut faults);
    }
    check_names(world, &mut faults);
    check_turns(world, &mut faults);
    super::sound_objects::check(world, &mut faults);
    check_identity(world, &mut faults);
    super::sound_accounts::check(world, &mut faults);
    if !world.usage.is_sound(world.now) {
        faults.push("the sums of usage are not those of its meters".into());
    }
    for ((due, _), pending) in world.queue.iter() {
        if *due < world.now {
            faults.push(format!("{:?} of {} is overdue", pending.step, pending.resource));
        }
    }
    faults
}

fn check_connections(ec2: &Ec2, faults: &mut Vec<String>) {
    for (number, row) in ec2.connections.iter() {
        if *number != row.number || row.number > ec2.connections_opened || row.last < row.opened {
            faults.push(format!("connection {number} has another number, or times out of order"));
        }
    }
}

fn check_names(world: &World, faults: &mut Vec<String>) {
    let names = &world.route53;
    if names.by_name.len() != names.zones.len() {
        faults.push(format!(
            "{} hosted zones, {} names",
            names.zones.len(),
            names.by_name.len()
        ));
    }
    for zone in names.zones.rows() {
        if names.by_name.get(&(zone.name.clone(), zone.born)) != Some(&zone.id) {
            faults.push(format!("{} is not indexed as {}", zone.id, zone.name));
        }
        if zone.in_sync <= world.now && zone.records.iter().ne(zone.served.iter()) {
            faults.push(format!("{} is in sync, but serves other records than it has", zone.id));
        }
        let cuts = zone.served.iter().map(|(key, _)| key).filter(|key| zone.is_cut(key));
        if cuts.map(|(name, ..)| name).ne(zone.cuts.iter().map(|(name, ())| name)) {
            faults.push(format!("{} delegates other parts than its index has", zone.id));
        }
    }
}

/// Changes of mind that the clock waits for: each check's own, and none that should have been.
fn check_turns(world: &World, faults: &mut Vec<String>) {
    let names = &world.route53;
    let planned = names.health_checks.rows().filter(|row| row.watch.turn.is_some());
    if planned.count() != names.turns.len() {
        faults.push(format!(
            "{} changes of mind are indexed, and others are planned",
            names.turns.len()
        ));
    }
    for ((at, id), ()) in names.turns.iter() {
        let row = names.health_checks.get(id);
        if row.is_none_or(|row| row.watch.turn != Some(*at)) {
            faults.push(format!("the health check {id} does not know of its change of mind"));
        }
        if *at < world.now {
            faults.push(format!("the health check {id} has missed its change of mind"));
        }
    }
}

/// What users, groups, roles, keys and policies say of each other, and the indexes of attached policies.
fn check_identity(world: &World, faults: &mut Vec<String>) {
    let iam = &world.iam;
    let (mut attached, mut bounded, mut keys) = (0, 0, 0);
    let mut holder = |kind: Holder, name: &String, permissions: &Permissions| {
        attached += permissions.attached.len();
        bounded += usize::from(permissions.boundary.is_some());
        for arn in &permissions.attached {
            if !iam.attachments.contains(&(arn.clone(), kind.number(), name.clone())) {
                faults.push(format!("{arn} is attached to {name}, but the index does not know"));
            }
        }
        if let Some(arn) = &permissions.boundary
            && !iam.boundaries.contains(&(arn.clone(), kind.number(), name.clone()))
        {
            faults.push(format!("{arn} bounds {name}, but the index does not know"));
        }
    };
    iam.users
        .iter()
        .for_each(|(name, row)| holder(Holder::User, name, &row.permissions));
    iam.groups
        .iter()
        .for_each(|(name, row)| holder(Holder::Group, name, &row.permissions));
    iam.roles
        .iter()
        .for_each(|(name, row)| holder(Holder::Role, name, &row.permissions));
    if attached != iam.attachments.len() || bounded != iam.boundaries.len() {
        faults.push(format!(
            "{attached} policies are attached and {bounded} bound, the indexes have others"
        ));
    }
    for (name, user) in iam.users.iter() {
        keys += user.access_keys.len();
        let of_user = |id: &String| iam.access_keys.get(id).is_some_and(|key| key.user == *name);
        let of_group = |group: &String| iam.groups.get(group).is_some_and(|group| group.users.contains(name));
        if !user.access_keys.iter().all(of_user) || !user.groups.iter().all(of_group) {
            faults.push(format!("the access keys or groups of the user {name} do not know it"));
        }
    }
    for (name, group) in iam.groups.iter() {
        let of_user = |user: &String| iam.users.get(user).is_some_and(|user| user.groups.contains(name));
        if !group.users.iter().all(of_user) {
            faults.push(format!("a user of the group {name} does not know it"));
        }
    }
    let holds = |role: &String| iam.roles.contains(role);
    if keys != iam.access_keys.len() || !iam.instance_profiles.rows().all(|row| row.role.iter().all(holds)) {
        faults.push("an access key belongs to nobody, or an instance profile holds a role that is gone".into());
    }
    for device in iam.mfa_devices.rows() {
        let knows = |(name, _): &(String, crate::base::time::Time)| {
            let user = iam.users.get(name);
            user.is_some_and(|user| user.mfa.iter().any(|(serial, _)| *serial == device.serial))
        };
        if !device.user.iter().all(knows) {
            faults.push(format!("the user of {} does not know it", device.serial));
        }
    }
}

fn check_region(region: Region, ec2: &Ec2, faults: &mut Vec<String>) {
    let mut declared = 0;
    // What the indexes of a Region are that had all of its rows put into it just now.
    let mut anew = Ec2::default();
    macro_rules! rows {
        ($($($table:ident).+),*) => { $(
            for row in ec2.$($table).+.rows() {
                declared += check_row(region, ec2, row, faults);
                super::standing::put(&mut anew, row.clone());
            }
        )* };
    }
    rows!(
        instances,
        images,
        key_pairs,
        hosts,
        vpcs,
        subnets,
        route_tables,
        internet_gateways,
        network_acls,
        security_groups,
        prefix_lists,
        interfaces,
        addresses,
        dhcp_options,
        volumes,
        snapshots,
        launch_templates,
        placement_groups,
        spot_requests,
        interface_permissions,
        subnet_reservations,
        root_tasks,
        gateways.nat,
        gateways.egress_only,
        gateways.carrier,
        gateways.customer,
        gateways.vpn,
        gateways.connections,
        links.peerings,
        links.endpoints,
        links.services,
        links.notifications,
        links.transits,
        links.attachments,
        links.transit_tables,
        links.connect_peers,
        links.multicast,
        links.policy_tables,
        links.announcements,
        links.metering,
        links.concentrators,
        insights.paths,
        insights.analyses,
        insights.scopes,
        insights.scope_analyses,
        estate.public_block,
        estate.exclusions,
        estate.host_reservations,
        estate.windows,
        keeping.fpga_images,
        flow_logs.logs,
        mirroring.targets,
        mirroring.filters,
        mirroring.rules,
        mirroring.sessions,
        balancing.balancers,
        balancing.groups,
        balancing.listeners,
        balancing.rules,
        balancing.classic,
        balancing.trust_stores
    );
    if declared != ec2.referrers.len() {
        faults.push(format!(
            "{}: {} references are indexed, {declared} declared",
            region.name(),
            ec2.referrers.len()
        ));
    }
    check_indexes(region, ec2, &anew, faults);
    check_storage(ec2, faults);
    super::sound_hosts::check(ec2, faults);
    check_network(ec2, faults);
    for (id, _) in ec2.tags.iter() {
        if !references::exists(ec2, *id) {
            faults.push(format!("tags of {id}, which does not exist"));
        }
    }
    for ((vpc, address), interface) in ec2.by_private_address.iter() {
        let true_entry = ec2
            .interface(*interface)
            .is_some_and(|i| i.vpc == *vpc && i.addresses.iter().any(|a| a.private == *address));
        if !true_entry {
            faults.push(format!("{address} is indexed for {interface}, which does not have it"));
        }
    }
    for subnet in ec2.subnets.rows() {
        let held = ec2
            .interfaces
            .rows()
            .filter(|i| i.subnet == subnet.id)
            .flat_map(|i| &i.addresses);
        for address in held {
            if !subnet.cidr.contains(&address.private) {
                faults.push(format!(
                    "{} lies outside {} of {}",
                    address.private, subnet.cidr, subnet.id
                ));
            }
        }
    }
}

/// What an instance and a volume say of their attachment must agree, and contents must lie within their volume.
fn check_storage(ec2: &Ec2, faults: &mut Vec<String>) {
    for (zone, kind, room) in ec2.capacity.iter().filter(|(_, _, room)| *room < 0) {
        faults.push(format!("{} has room for {room} {}", zone.name(), kind.name()));
    }
    for volume in ec2.volumes.rows() {
        for line in &volume.attachments {
            let known = ec2.instances.get(&line.instance).is_some_and(|instance| {
                instance
                    .block_devices
                    .iter()
                    .any(|device| device.volume == volume.id && device.device == line.device)
            });
            if !known {
                faults.push(format!(
                    "{} is attached to {}, which does not know",
                    volume.id, line.instance
                ));
            }
        }
        let in_use = volume.state == VolumeState::InUse;
        if in_use == volume.attachments.is_empty() {
            faults.push(format!(
                "{} is {} with {} attachments",
                volume.id,
                volume.state.name(),
                volume.attachments.len()
            ));
        }
        let end = volume
            .contents
            .iter()
            .next_back()
            .map_or(0, |(first, (count, _))| first + count);
        if end * BLOCK_BYTES > volume.size_gib << 30 {
            faults.push(format!("{} is written beyond its end", volume.id));
        }
    }
    for instance in ec2.instances.rows() {
        for device in &instance.block_devices {
            let known = ec2.volumes.get(&device.volume).is_some_and(|volume| {
                volume
                    .attachments
                    .iter()
                    .any(|line| line.instance == instance.id && line.device == device.device)
            });
            if !known {
                faults.push(format!(
                    "{} lists {}, which is not attached to it",
                    instance.id, device.volume
                ));
            }
        }
    }
}

/// What the network's rows say of each other in fields that are no declared references.
fn check_network(ec2: &Ec2, faults: &mut Vec<String>) {
    for vpc in ec2.vpcs.rows() {
        let main = ec2.route_tables.get(&vpc.main_route_table);
        if !main.is_some_and(|table| table.vpc == vpc.id && table.main.is_some()) {
            faults.push(format!(
                "{} is not the main route table of {}",
                vpc.main_route_table, vpc.id
            ));
        }
        if !ec2
            .network_acls
            .get(&vpc.default_acl)
            .is_some_and(|acl| acl.vpc == vpc.id && acl.is_default)
        {
            faults.push(format!("{} is not the default ACL of {}", vpc.default_acl, vpc.id));
        }
        if ec2
            .security_groups
            .get(&vpc.default_group)
            .is_none_or(|group| group.vpc != vpc.id)
        {
            faults.push(format!("{} is not the default group of {}", vpc.default_group, vpc.id));
        }
    }
    let tables: usize = ec2.route_tables.rows().map(|table| table.subnets.len()).sum();
    if tables != ec2.table_of_subnet.len() {
        faults.push(format!(
            "{tables} subnets have a route table, {} are indexed",
            ec2.table_of_subnet.len()
        ));
    }
    for elastic in ec2.addresses.rows() {
        let Some((_, interface, private)) = elastic.association else {
            continue;
        };
        let fronts = |address: &PrivateAddress| {
            address.private == private
                && address
                    .public
                    .is_some_and(|public| public.allocation == Some(elastic.id))
        };
        if !ec2
            .interface(interface)
            .is_some_and(|row| row.addresses.iter().any(fronts))
        {
            faults.push(format!(
                "{} says that it is in front of {private} of {interface}",
                elastic.id
            ));
        }
    }
    let mut public = 0;
    let seats = ec2
        .instances
        .rows()
        .filter_map(|row| Some(&row.classic.as_ref()?.interface));
    for (interface, address) in ec2
        .interfaces
        .rows()
        .chain(seats)
        .flat_map(|row| row.addresses.iter().filter_map(|a| Some((row.id, a.public?))))
    {
        public += 1;
        if ec2.by_public_address.get(&address.address) != Some(&interface) {
            faults.push(format!("{} of {interface} is not indexed", address.address));
        }
        let points_back = |elastic: &ElasticAddress| elastic.association.is_some_and(|(_, back, _)| back == interface);
        if address
            .allocation
            .is_some_and(|id| !ec2.addresses.get(&id).is_some_and(points_back))
        {
            faults.push(format!(
                "{interface} has {}, which does not point back",
                address.address
            ));
        }
    }
    if public != ec2.by_public_address.len() {
        faults.push(format!(
            "{public} public addresses are held, {} are indexed",
            ec2.by_public_address.len()
        ));
    }
}

fn check_indexes(region: Region, ec2: &Ec2, anew: &Ec2, faults: &mut Vec<String>) {
    macro_rules! alike {
        ($($($index:ident).+),*) => { $(
            if ec2.$($index).+.iter().ne(anew.$($index).+.iter()) {
                let (index, of) = (stringify!($($index).+), region.name());
                faults.push(format!("{index} of {of} is not what follows from the rows"));
            }
        )* };
    }
    alike!(
        referrers,
        by_private_address,
        by_ipv6_address,
        by_public_address,
        by_ipv4_prefix,
        by_ipv6_prefix,
        table_of_subnet,
        snapshot_children,
        snapshots_of_volume,
        volumes_of_chain,
        volume_totals,
        running_vcpus,
        gateways.nat_by_interface,
        balancing.by_interface,
        group_of_name
    );
}

fn check_row<R: Row>(region: Region, ec2: &Ec2, row: &R, faults: &mut Vec<String>) -> usize {
    let own: ResourceId = row.id().into();
    let mut targets = Vec::new();
    row.references(&mut targets);
    targets.sort_unstable();
    targets.dedup();
    for target in &targets {
        if !references::exists(ec2, *target) {
            faults.push(format!(
                "{own} in {} refers to {target}, which does not exist",
                region.name()
            ));
        }
        if !ec2.referrers.contains(&(*target, own)) {
            faults.push(format!("{own} refers to {target}, but the index does not know"));
        }
    }
    targets.len()
}
