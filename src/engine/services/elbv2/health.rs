//! Health checks over virtual time: each sends its packet from a node of the load balancer through the simulated network, as any
//! packet goes, and what comes back decides. Target groups and Classic Load Balancers share this.
//! <https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html>
//!
//! Checks are due at multiples of their interval (ours). Where every target's state agrees with its last check, the next ones
//! would find the same as long as nothing happens: they are not made, and begin again with whatever happens next, a call or a
//! pending event. So a month of rest costs nothing, and what is found is what checks without a pause would find.

use super::attributes;
use super::common::balancers_of;
use super::group_settings;
use crate::base::ids::*;
use crate::base::time::{Span, Time};
use crate::catalog::Region;
use crate::clock::{self, Pending, Step};
use crate::network::balancing::{self, Whereabouts};
use crate::network::{self, Disposition, Endpoint, Flow, speaks_http};
use crate::services::ec2::common::note_clock;
use crate::world::World;
use crate::world::balancing::*;
use crate::world::compute::{Instance, InstanceState};

const SOURCE: &str =
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html";
/// TCP.
const TCP: u8 = 6;

/// Has checks go on in all Regions, after a call.
pub(crate) fn wake(world: &mut World) {
    let regions = world.regions.iter().filter(|(_, ec2)| !ec2.balancing.is_empty());
    let regions: Vec<Region> = regions.map(|(region, _)| *region).collect();
    for region in regions {
        wake_region(world, region);
    }
}

/// Has checks go on in the Region of an event. A check that has changed something says so itself.
pub(crate) fn wake_after(world: &mut World, pending: &Pending) {
    let is_check =
        pending.step == Step::Checks && matches!(pending.resource.kind(), Kind::TargetGroup | Kind::ClassicBalancer);
    let balances = world.ec2(pending.region).is_some_and(|ec2| !ec2.balancing.is_empty());
    if balances && !is_check {
        wake_region(world, pending.region);
    }
}

fn wake_region(world: &mut World, region: Region) {
    let Some(ec2) = world.ec2(region) else { return };
    let groups: Vec<TargetGroupId> = ec2.balancing.groups.rows().map(|row| row.id).collect();
    let classic: Vec<ClassicBalancerId> = ec2.balancing.classic.rows().map(|row| row.id).collect();
    for id in groups {
        wake_group(world, region, id);
    }
    for id in classic {
        wake_classic(world, region, id);
    }
}

/// When checks of this interval are due next.
fn next(now: Time, interval: i64) -> Time {
    let interval = Span::seconds(interval.max(1)).0;
    Time(now.0 - now.0.rem_euclid(interval) + interval)
}

/// Targets that are still there: a terminated instance is deregistered by itself.
fn remaining(world: &World, region: Region, targets: &[Target]) -> Vec<Target> {
    let there = |target: &&Target| match target.point {
        TargetPoint::Instance(id) => world
            .row::<Instance>(region, id)
            .is_some_and(|row| row.state != InstanceState::Terminated),
        _ => true,
    };
    targets.iter().filter(there).cloned().collect()
}

fn wake_group(world: &mut World, region: Region, id: TargetGroupId) {
    if world.referrers(region, id.into()).is_empty() {
        return rest_group(world, region, id);
    }
    let Some(row) = world.row::<TargetGroup>(region, id) else {
        return;
    };
    let waits = row.targets.iter().any(|target| target.state != TargetState::Draining);
    if waits && row.next_check.is_none() {
        let due = next(world.now, row.check.interval);
        world.update::<TargetGroup, _>(region, id, |row| row.next_check = Some(due));
        clock::schedule(world, due - world.now, region, id, Step::Checks);
    }
}

/// A group that nothing uses is not checked; its targets begin anew once it is used.
fn rest_group(world: &mut World, region: Region, id: TargetGroupId) {
    let Some(row) = world.row::<TargetGroup>(region, id) else {
        return;
    };
    let mut targets = remaining(world, region, &row.targets);
    for target in targets
        .iter_mut()
        .filter(|target| target.state != TargetState::Draining)
    {
        (target.state, target.streak, target.last) = (TargetState::Initial, 0, None);
    }
    if targets != row.targets || row.next_check.is_some() {
        world.update::<TargetGroup, _>(region, id, |row| {
            row.targets = targets;
            row.next_check = None;
        });
    }
}

fn wake_classic(world: &mut World, region: Region, id: ClassicBalancerId) {
    let row = world.row::<ClassicBalancer>(region, id);
    let Some(row) = row.filter(|row| row.next_check.is_none() && !row.targets.is_empty()) else {
        return;
    };
    let due = next(world.now, row.check.interval);
    world.update::<ClassicBalancer, _>(region, id, |row| row.next_check = Some(due));
    clock::schedule(world, due - world.now, region, id, Step::Checks);
}

/// Whether a load balancer that is in these places is in the zone of a target.
pub(crate) fn is_enabled(world: &World, region: Region, places: &[BalancerPlace], target: &Target) -> bool {
    let Some(ec2) = world.ec2(region) else { return false };
    match &target.zone {
        Some(zone) => balancing::place_in(ec2, places, zone).is_some(),
        None => true,
    }
}

/// The node that checks a target: the one of its zone, else the first. `None`: none does.
fn checker(world: &World, region: Region, places: &[BalancerPlace], target: &Target) -> Option<NetworkInterfaceId> {
    let ec2 = world.ec2(region)?;
    match &target.zone {
        Some(zone) => balancing::place_in(ec2, places, zone).map(|place| place.interface),
        None => places.first().map(|place| place.interface),
    }
}

/// One check: a packet from a node to a target.
fn check(
    world: &World,
    region: Region,
    node: NetworkInterfaceId,
    (target, ipv6): (&Target, bool),
    settings: &HealthSettings,
) -> Option<CheckOutcome> {
    let ec2 = world.ec2(region)?;
    if let TargetPoint::Instance(id) = target.point {
        let running = ec2
            .instances
            .get(&id)
            .is_some_and(|row| row.state == InstanceState::Running);
        if !running {
            return None;
        }
    }
    let zone = target.zone.as_deref();
    let Whereabouts { address, .. } = balancing::whereabouts(ec2, target.point, ipv6, zone)?;
    let port = settings.port.unwrap_or(target.port);
    let flow = Flow {
        source: Endpoint::Interface(node),
        destination: Endpoint::Address(address),
        protocol: TCP,
        port,
    };
    Some(match network::disposition(world, region, &flow) {
        Disposition::Delivered => heard(world, region, target, port, settings),
        Disposition::NotListening => CheckOutcome::Refused,
        _ => CheckOutcome::TimedOut,
    })
}

/// What a server that took the connection says. Ours: a server of the web answers 200 whatever it is asked for, and speaks TLS on
/// ports 443 and 8443.
fn heard(world: &World, region: Region, target: &Target, port: u16, settings: &HealthSettings) -> CheckOutcome {
    if !matches!(settings.protocol.as_str(), "HTTP" | "HTTPS" | "SSL") {
        return CheckOutcome::Passed;
    }
    let secure = matches!(settings.protocol.as_str(), "HTTPS" | "SSL");
    let program = world
        .ec2(region)
        .and_then(|ec2| balancing::program(ec2, target.point, port));
    let is_alb = matches!(target.point, TargetPoint::Alb(_));
    if !is_alb && secure != matches!(port, 443 | 8_443) {
        return CheckOutcome::Refused;
    }
    if program.is_some_and(|program| !speaks_http(program)) {
        return CheckOutcome::Refused;
    }
    let wanted = group_settings::codes(&settings.matcher).unwrap_or_default();
    let fits =
        wanted.is_empty() || wanted.iter().any(|(from, to)| (*from..=*to).contains(&200)) || settings.matcher == "12";
    if fits { CheckOutcome::Passed } else { CheckOutcome::Code }
}

/// What a check's outcome makes of a target. `eager`: the first success is enough at the beginning, as with Application Load
/// Balancers.
fn apply(target: &mut Target, outcome: CheckOutcome, settings: &HealthSettings, eager: bool, now: Time) {
    let passed = outcome == CheckOutcome::Passed;
    let same = target.last.is_some_and(|last| (last == CheckOutcome::Passed) == passed);
    target.streak = if same { target.streak.saturating_add(1) } else { 1 };
    target.last = Some(outcome);
    let becomes = match (target.state, passed) {
        (TargetState::Initial, true) if eager || target.streak >= settings.healthy => TargetState::Healthy,
        (TargetState::Unhealthy, true) if target.streak >= settings.healthy => TargetState::Healthy,
        (TargetState::Initial | TargetState::Healthy, false) if target.streak >= settings.unhealthy => {
            TargetState::Unhealthy
        }
        (state, _) => state,
    };
    if becomes != target.state {
        (target.state, target.since) = (becomes, now);
    }
}

/// Whether the next check would change nothing if it found the same.
fn is_settled(target: &Target) -> bool {
    match (target.state, target.last) {
        (TargetState::Healthy, Some(CheckOutcome::Passed)) | (TargetState::Draining, _) => true,
        (TargetState::Unhealthy, Some(last)) => last != CheckOutcome::Passed,
        _ => false,
    }
}

/// A check, or the end of a deregistration, is due.
pub(in crate::services) fn due(world: &mut World, pending: &Pending) {
    let region = pending.region;
    match (pending.resource, pending.step) {
        (ResourceId::TargetGroup(id), Step::Checks) => check_group(world, region, id),
        (ResourceId::TargetGroup(id), Step::Reap) => finish_draining(world, region, id),
        (ResourceId::ClassicBalancer(id), Step::Checks) => check_classic(world, region, id),
        _ => {}
    }
}

/// Checks some targets; whether all are settled, and what has become of those whose state has changed.
fn check_all(
    world: &World,
    region: Region,
    targets: &mut [Target],
    places: &[BalancerPlace],
    (settings, ipv6, eager): (&HealthSettings, bool, bool),
) -> (bool, Vec<String>) {
    let (mut settled, mut told) = (true, Vec::new());
    for target in targets
        .iter_mut()
        .filter(|target| target.state != TargetState::Draining)
    {
        let Some(node) = checker(world, region, places, target) else {
            continue;
        };
        let before = target.state;
        match check(world, region, node, (target, ipv6), settings) {
            Some(outcome) => apply(target, outcome, settings, eager, world.now),
            // What does not run is not checked, and begins anew when it does.
            None => (target.state, target.streak, target.last) = (TargetState::Initial, 0, None),
        }
        if before != target.state {
            let spelled = super::targets::spelled(world, region, target.point);
            told.push(format!("{spelled}:{} {}", target.port, spell(target.state)));
        }
        settled &= is_settled(target) || target.last.is_none();
    }
    (settled, told)
}

fn spell(state: TargetState) -> &'static str {
    match state {
        TargetState::Initial => "→ initial",
        TargetState::Healthy => "→ healthy",
        TargetState::Unhealthy => "→ unhealthy",
        TargetState::Draining => "→ draining",
    }
}

fn check_group(world: &mut World, region: Region, id: TargetGroupId) {
    let now = world.now;
    let row = world.row::<TargetGroup>(region, id).cloned();
    let Some(row) = row.filter(|row| row.next_check == Some(now)) else {
        return;
    };
    let balancers = balancers_of(world, region, id);
    let places = balancers
        .first()
        .map(|balancer| balancer.places.clone())
        .unwrap_or_default();
    let mut targets = remaining(world, region, &row.targets);
    let eager = group_settings::is_web(&row.protocol);
    let (settled, told) = check_all(world, region, &mut targets, &places, (&row.check, row.ipv6, eager));
    let next_check = (!settled).then(|| next(now, row.check.interval));
    world.update::<TargetGroup, _>(region, id, |row| {
        row.targets = targets;
        row.next_check = next_check;
    });
    end_check(world, region, id.into(), next_check, told);
}

fn check_classic(world: &mut World, region: Region, id: ClassicBalancerId) {
    let now = world.now;
    let row = world.row::<ClassicBalancer>(region, id).cloned();
    let Some(row) = row.filter(|row| row.next_check == Some(now)) else {
        return;
    };
    let mut targets = remaining(world, region, &row.targets);
    let (settled, told) = check_all(world, region, &mut targets, &row.places, (&row.check, false, false));
    let next_check = (!settled).then(|| next(now, row.check.interval));
    world.update::<ClassicBalancer, _>(region, id, |row| {
        row.targets = targets;
        row.next_check = next_check;
    });
    end_check(world, region, id.into(), next_check, told);
}

/// Plans the next check, tells what has changed, and has others look whether that concerns them.
fn end_check(world: &mut World, region: Region, id: ResourceId, next_check: Option<Time>, told: Vec<String>) {
    if let Some(due) = next_check {
        clock::schedule(world, due - world.now, region, id, Step::Checks);
    }
    let changed = !told.is_empty();
    for text in told {
        let rule = "So many checks in a row as its threshold says change a target's health.";
        note_clock(world, region, id, text, rule, SOURCE);
    }
    if changed {
        wake_region(world, region);
    }
}

/// Begins the deregistration of targets, which takes so many seconds.
pub(super) fn drain(world: &mut World, region: Region, id: TargetGroupId, gone: &[(TargetPoint, u16)], delay: i64) {
    let now = world.now;
    world.update::<TargetGroup, _>(region, id, |row| {
        if delay == 0 {
            row.targets.retain(|own| !gone.contains(&(own.point, own.port)));
        }
        for own in row
            .targets
            .iter_mut()
            .filter(|own| gone.contains(&(own.point, own.port)))
        {
            if own.state != TargetState::Draining {
                (own.state, own.since) = (TargetState::Draining, now);
            }
        }
    });
    if delay > 0 {
        clock::schedule(world, Span::seconds(delay), region, id, Step::Reap);
    }
}

fn finish_draining(world: &mut World, region: Region, id: TargetGroupId) {
    let Some(row) = world.row::<TargetGroup>(region, id).cloned() else {
        return;
    };
    let delay = Span::seconds(attributes::delay(&row));
    let over = |target: &&Target| target.state == TargetState::Draining && target.since + delay <= world.now;
    let gone: Vec<(TargetPoint, u16)> = row
        .targets
        .iter()
        .filter(over)
        .map(|own| (own.point, own.port))
        .collect();
    let rest = row.targets.iter().filter(|own| own.state == TargetState::Draining);
    let rest = rest
        .filter(|own| !gone.contains(&(own.point, own.port)))
        .map(|own| own.since)
        .min();
    world.update::<TargetGroup, _>(region, id, |row| {
        row.targets.retain(|own| !gone.contains(&(own.point, own.port)));
    });
    for (point, port) in gone {
        let text = format!("{}:{port} deregistered", super::targets::spelled(world, region, point));
        let rule = "A target is draining until its deregistration delay is over.";
        note_clock(world, region, id, text, rule, SOURCE);
    }
    // Where the delay was lengthened meanwhile.
    if let Some(since) = rest {
        let left = since + delay - world.now;
        clock::schedule(world, left, region, id, Step::Reap);
    }
}
