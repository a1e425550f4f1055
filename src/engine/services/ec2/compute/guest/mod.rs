//! The inside of an instance: what a boot starts, what the user data does, what the console shows.
//!
//! Only what can be seen from outside is simulated: who listens, what the guest's firewall lets through, what is written
//! to the root volume. All timings here are ours.

pub(in crate::services) mod commands;
pub(super) mod console;
mod iptables;
mod script;
mod serves;
mod software;
mod user_data;
mod words;

use crate::base::ids::{InstanceId, SubnetId};
use crate::base::text;
use crate::catalog::Region;
use crate::clock::{self, Step};
use crate::services::ec2::common::note_clock;
use crate::services::ec2::storage::files;
use crate::services::ec2::storage::files::boot::Obstacle;
pub(super) use crate::services::ec2::storage::files::boot::write_root;
use crate::services::ec2::storage::volumes;
use crate::services::stratus::connections;
use crate::world::World;
use crate::world::compute::{Instance, InstanceState, Listener};
use crate::world::gateways::GatewayState;
use crate::world::vpc::{NetworkInterface, RouteTarget};
use script::{Ending, Guest as Facts, Plan};
use stratus_model::sort;

/// Where on the root volume a guest writes what it installs, as far as the volume goes.
const INSTALL_OFFSET: i64 = 6 << 30;
/// What a first boot writes besides: logs, host keys, the machine's id.
const FIRST_BOOT_BYTES: i64 = 8 << 20;

/// What happens to a machine without a system on its root, and where AWS says so.
const HANGS: &str =
    "The instance check fails where the guest does not start: what is not on the root volume cannot boot.";
const STATUS_CHECKS: &str =
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/monitoring-system-instance-status-check.html";

/// What a boot asks the caller to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum After {
    /// Nothing.
    Stay,
    /// The guest shuts itself down.
    ShutDown,
    /// The guest reboots itself.
    Reboot,
}

/// The guest comes up as its instance begins to run: services listen; user data, if there is any, takes a while more.
pub(super) fn boot(world: &mut World, region: Region, id: InstanceId) {
    let now = world.now;
    let Some(instance) = world.row::<Instance>(region, id) else {
        return;
    };
    if let Some(obstacle) = files::boot::obstacle(world, region, instance) {
        hang(world, region, id, obstacle);
        return;
    }
    let lines = console::boot_lines(instance, &host_name(world, region, id));
    let first = !instance.guest.initialized;
    let waits = first && instance.user_data.as_ref().is_some_and(|data| !data.is_empty());
    let span = waits.then(|| world.timings.clone().draw(&mut world.random, "instance.user-data"));
    world.update(region, id, |row: &mut Instance| {
        row.guest.listeners = row.guest.services.clone();
        row.guest.boots = span.map(|span| now + span);
        row.guest.initialized = !waits;
        console::write(&mut row.guest, now, lines);
    });
    if first {
        write_root(world, region, id, 0, FIRST_BOOT_BYTES);
        files::boot::first(world, region, id);
    }
    files::boot::mount(world, region, id);
    if let Some(span) = span {
        clock::schedule(world, span, region, id, Step::Boot);
    }
}

/// The guest does not come up: nothing runs, so nothing listens and no user data is read. EC2 sees a machine that runs and does
/// not answer: the instance check fails once it is due, the system check has nothing to find.
#[inline(never)]
fn hang(world: &mut World, region: Region, id: InstanceId, obstacle: Obstacle) {
    let now = world.now;
    world.update(region, id, |row: &mut Instance| {
        let lines = console::stuck_lines(row, obstacle);
        row.guest.listeners.clear();
        row.guest.boots = None;
        row.guest.disks.mounts.clear();
        row.guest.disks.cache.clear();
        row.checks.instance_impaired = Some(row.checks.settled.unwrap_or(now).max(now));
        console::write(&mut row.guest, now, lines);
    });
    let text = format!("it does not boot: {}", obstacle.words());
    note_clock(world, region, id, text, HANGS, STATUS_CHECKS);
}

/// The guest goes down, to be booted again or not: whatever ran is gone.
pub(super) fn down(world: &mut World, region: Region, id: InstanceId, why: &str) {
    let now = world.now;
    files::sync(world, region, id);
    world.update(region, id, |row: &mut Instance| {
        row.guest.listeners.clear();
        row.guest.boots = None;
        row.guest.disks.mounts.clear();
        // All that had a disk is there by now: what is left was in memory only.
        row.guest.disks.cache.clear();
        console::write(&mut row.guest, now, vec![why.to_owned()]);
    });
    volumes::let_go(world, region, id);
    connections::guest_down(world, region, id);
}

/// The guest reboots: its instance goes on running.
pub(super) fn reboot(world: &mut World, region: Region, id: InstanceId) {
    down(world, region, id, "[  OK  ] Reached target System Reboot.");
    let now = world.now;
    let span = world.timings.clone().draw(&mut world.random, "instance.reboot");
    world.update(region, id, |row: &mut Instance| row.guest.boots = Some(now + span));
    clock::schedule(world, span, region, id, Step::Boot);
}

/// A boot is over: services listen again, and on the first boot the user data has run.
pub(super) fn booted(world: &mut World, region: Region, id: InstanceId) -> After {
    let now = world.now;
    let Some(instance) = world.row::<Instance>(region, id) else {
        return After::Stay;
    };
    if instance.guest.boots != Some(now) || instance.state != InstanceState::Running {
        return After::Stay;
    }
    if let Some(obstacle) = files::boot::obstacle(world, region, instance) {
        hang(world, region, id, obstacle);
        return After::Stay;
    }
    let name = host_name(world, region, id);
    let mut lines = Vec::new();
    if instance.guest.initialized {
        lines = console::boot_lines(instance, &name);
    }
    let data = instance.user_data.clone().filter(|_| !instance.guest.initialized);
    let plan = data.map(|data| user_data::run(&data, facts(world, region, instance)));
    world.update(region, id, |row: &mut Instance| {
        row.guest.boots = None;
        let services = row.guest.services.clone();
        add(&mut row.guest.listeners, services);
        if let Some(plan) = &plan {
            lines.extend(plan.log.iter().cloned());
            lines.push(format!(
                "Cloud-init finished at {}. Datasource DataSourceEc2",
                now.iso8601()
            ));
            add(&mut row.guest.listeners, plan.listeners.clone());
            add(&mut row.guest.services, plan.services.clone());
            row.guest.firewall.extend(plan.firewall.iter().cloned());
            row.guest.firewall_out.extend(plan.firewall_out.iter().cloned());
            row.guest.initialized = true;
        }
        console::write(&mut row.guest, now, lines);
    });
    let Some(plan) = plan else {
        files::boot::mount(world, region, id);
        return After::Stay;
    };
    write_root(world, region, id, INSTALL_OFFSET, plan.written_mib << 20);
    if !plan.steps.is_empty() {
        commands::replay(world, region, id, &plan.steps);
        files::boot::settle(world, region, id);
    }
    after(&plan)
}

fn after(plan: &Plan) -> After {
    match plan.ending {
        Ending::Runs => After::Stay,
        Ending::Halts => After::ShutDown,
        Ending::Reboots => After::Reboot,
    }
}

/// Adds listeners whose ports are still free, in order.
pub(in crate::services) fn add(listeners: &mut Vec<Listener>, new: Vec<Listener>) {
    for one in new {
        if !listeners
            .iter()
            .any(|has| (has.protocol, has.port) == (one.protocol, one.port))
        {
            listeners.push(one);
        }
    }
    sort::sort(listeners);
}

fn facts(world: &World, region: Region, instance: &Instance) -> Facts {
    Facts {
        debian: matches!(instance.machine.login.as_str(), "ubuntu" | "admin"),
        windows: instance.machine.is_windows(),
        online: online(world, region, instance),
    }
}

/// Whether the guest reaches the Internet's package servers: a public address and a route to an internet gateway, in a Wavelength
/// Zone a carrier's address and a route to a carrier gateway, or a route to a public NAT gateway that has one. Groups and ACLs are not looked at, as what they must let through depends on the mirror
/// (ours).
fn online(world: &World, region: Region, instance: &Instance) -> bool {
    let Some(ec2) = world.ec2(region) else { return false };
    if instance.is_classic() {
        return true;
    }
    let public = crate::services::ec2::vpc::interfaces::of_instance(world, region, instance.id)
        .first()
        .and_then(|interface: &&NetworkInterface| interface.primary()?.public)
        .is_some();
    let main = ec2.vpcs.get(&instance.vpc).map(|vpc| vpc.main_route_table);
    let targets = |subnet: SubnetId| {
        let table = ec2.table_of_subnet.get(&subnet).copied().or(main);
        let table = table.and_then(|table| ec2.route_tables.get(&table));
        let routes = table.map(|table| table.routes.as_slice()).unwrap_or_default();
        routes.iter().map(|route| route.target)
    };
    let out = |target: RouteTarget| matches!(target, RouteTarget::InternetGateway(_));
    let translated = |target: RouteTarget| match target {
        RouteTarget::NatGateway(id) => ec2
            .gateways
            .nat
            .get(&id)
            .is_some_and(|nat| nat.public && nat.state == GatewayState::Available && targets(nat.subnet).any(out)),
        _ => false,
    };
    let door = |target: RouteTarget| match instance.zone.is_wavelength() {
        true => matches!(target, RouteTarget::CarrierGateway(_)),
        false => out(target),
    };
    public && targets(instance.subnet).any(door) || targets(instance.subnet).any(translated)
}

fn host_name(world: &World, region: Region, id: InstanceId) -> String {
    let interfaces = crate::services::ec2::vpc::interfaces::of_instance(world, region, id);
    let seat = world.row::<Instance>(region, id).and_then(|row| row.classic.as_ref());
    let address = interfaces
        .first()
        .copied()
        .or(seat.map(|seat| &seat.interface))
        .and_then(|interface| interface.primary())
        .map(|primary| primary.private);
    let Some(address) = address else {
        return id.to_string();
    };
    let mut name = String::from("ip-");
    text::octets(address, '-', &mut name);
    name
}
