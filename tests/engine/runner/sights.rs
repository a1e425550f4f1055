//! What no call shows, but a story may ask for: events, meters, the bill, hosts, what goes on inside guests.
//!
//! Looks only: nothing here may make a call or move the clock.

use super::{Story, same};
use sha2::Digest as _;
use std::fmt::Write as _;
use stratus_engine::base::ids::{InstanceId, ResourceId};
use stratus_engine::catalog::Money;
use stratus_engine::services::ec2::storage::snapshots::chain;
use stratus_engine::world::compute::{EphemeralDisk, Instance, Listener, PhysicalHost};
use stratus_engine::world::usage::{Measure, Subject};
use stratus_engine::{Engine, World, bill};

impl Story {
    /// Something that happened at this moment of the world, in the journal's words.
    pub(super) fn event(&mut self, wanted: &str) {
        let found: Vec<&str> = self
            .engine
            .world()
            .journal
            .iter()
            .map(|(_, event)| event.text.as_ref())
            .collect();
        if !found.iter().any(|text| text.contains(wanted)) {
            let all = found.join("\n        ");
            self.fail(format!("no event says '{wanted}'. There are:\n        {all}"));
        }
    }

    /// `id Measure: 10s ended, running (rate)`: every span of use of a thing, oldest first.
    pub(super) fn meter(&mut self, rest: &str) -> String {
        let (what, wanted) = rest.split_once(": ").unwrap_or((rest, ""));
        let (id, measure) = what.split_once(' ').unwrap_or((what, ""));
        // What has no id is metered by name (`s3://bucket`).
        let subject = |id: String| ResourceId::parse(&id).map_or(Subject::Named(id), Subject::Resource);
        let found = match (self.substitute(id).ok().map(subject), find_measure(measure)) {
            (Some(subject), Some(measure)) => spans(&self.engine, &subject, measure),
            _ => "no such resource or measure".to_owned(),
        };
        self.compare(what, wanted, found.clone());
        format!("meter {what}: {found}")
    }

    /// `id: N`: how many MiB of blocks a snapshot is billed for.
    pub(super) fn billed(&mut self, rest: &str) -> String {
        let (what, wanted) = rest.split_once(": ").unwrap_or((rest, ""));
        let id = self.substitute(what).unwrap_or_default();
        let bill = chain::chain_bill(self.engine.world(), self.region);
        let found = match bill.iter().find(|(snapshot, _)| snapshot.to_string() == id) {
            // A block is half a MiB.
            Some((_, blocks)) if blocks % 2 == 0 => format!("{} MiB", blocks / 2),
            Some((_, blocks)) => format!("{}.5 MiB", blocks / 2),
            None => "no such snapshot".to_owned(),
        };
        self.compare(what, wanted, found.clone());
        format!("billed {what}: {found}")
    }

    /// `what of id: value`: what no API shows. `see name = what of id` saves it instead.
    pub(super) fn see(&mut self, rest: &str) -> String {
        if let Some((name, what)) = rest.split_once(" = ") {
            let found = self.look(what);
            self.names.insert(name.to_owned(), found);
            return format!("see {rest}");
        }
        let (what, wanted) = rest.rsplit_once(": ").unwrap_or((rest, ""));
        let found = self.look(what);
        self.compare(what, wanted, found.clone());
        if self.substitute(wanted).is_ok_and(|wanted| same(&wanted, &found)) {
            return format!("see {rest}");
        }
        format!("see {what}: {}", self.named(&found))
    }

    fn look(&self, text: &str) -> String {
        let (what, id) = text.split_once(" of ").unwrap_or((text, ""));
        let world = self.engine.world();
        if let Some(seen) = super::buckets::look(world, what, &self.substitute(id).unwrap_or_default()) {
            return seen;
        }
        if let Some(seen) = super::web::look(world, self.region, what, &self.substitute(id).unwrap_or_default()) {
            return seen;
        }
        let id = self.substitute(id).ok().and_then(|id| InstanceId::parse(&id));
        let Some(row) = id.and_then(|id| world.row::<Instance>(self.region, id)) else {
            return "no such instance".into();
        };
        let listeners = |all: &[Listener]| {
            let one = |l: &Listener| format!("{} {}", if l.protocol == 17 { "udp" } else { "tcp" }, l.port);
            if all.is_empty() {
                "none".into()
            } else {
                all.iter().map(one).collect::<Vec<_>>().join(", ")
            }
        };
        match what {
            "host" => row.host.map_or("-".into(), |host| host.to_string()),
            "rack" => match row.host.and_then(|host| world.row::<PhysicalHost>(self.region, host)) {
                Some(host) => host.rack().to_string(),
                None => "-".into(),
            },
            "switch" => match row.host.and_then(|host| world.row::<PhysicalHost>(self.region, host)) {
                Some(host) => host.node().to_string(),
                None => "-".into(),
            },
            "neighbours" => match row.host.and_then(|host| world.row::<PhysicalHost>(self.region, host)) {
                Some(host) => host.neighbours.to_string(),
                None => "-".into(),
            },
            "listeners" => listeners(&row.guest.listeners),
            "services" => listeners(&row.guest.services),
            "firewall" => row.guest.firewall.len().to_string(),
            "authorized keys" => row.guest.authorized_keys.len().to_string(),
            "instance store" => {
                let one = |disk: &EphemeralDisk| {
                    let bytes: i64 = disk.written.iter().map(|(_, length)| length).sum();
                    format!(
                        "{} {} {} GB, {bytes} bytes",
                        disk.virtual_name, disk.device, disk.size_gb
                    )
                };
                if row.ephemeral.is_empty() {
                    "none".into()
                } else {
                    row.ephemeral.iter().map(one).collect::<Vec<_>>().join("; ")
                }
            }
            other => format!("'{other}' is nothing to see"),
        }
    }

    /// `total: $0.00087`, `$web: derivation; derivation`, `states of $web: running 300 billed, …`; the line as it was found.
    pub(super) fn bill(&mut self, rest: &str) -> String {
        let (what, wanted) = rest.split_once(": ").unwrap_or((rest, ""));
        let world = self.engine.world().clone();
        let world = &world;
        let (bill, total) = (bill::bill(world), bill::total(world));
        // The sum that every frame shows, and the bill that is read, are computed apart and must agree.
        let (fast, read) = (total.display(9), bill.total.display(9));
        if fast != read {
            self.fail(format!("the total says ${fast}, the bill ${read}"));
        }
        let named = what.strip_prefix("states of ").unwrap_or(what);
        let subject = self.substitute(named).unwrap_or_default();
        let subject = match ResourceId::parse(subject.trim_start_matches("/hostedzone/")) {
            Some(id) => Subject::Resource(id),
            None => Subject::Named(subject),
        };
        let resources = bill.services.iter().flat_map(|service| &service.resources);
        let own: Vec<_> = resources.filter(|resource| resource.subject == subject).collect();
        let found = match what {
            "total" => format!("${}", total.display(9)),
            "hourly" => {
                let hourly: Money = bill::running(world).iter().map(|one| one.hourly).sum();
                format!("${}", hourly.display(9))
            }
            "month" => {
                let (month, began) = bill::this_month(world);
                let before = bill::total_by(world, began);
                format!(
                    "{month} ${}",
                    Money::from_units(total.units() - before.units()).display(9)
                )
            }
            "services" => {
                let all = bill.services.iter();
                let all: Vec<String> = all
                    .map(|service| format!("{} ${}", service.name, service.amount.display(5)))
                    .collect();
                if all.is_empty() {
                    "nothing".to_owned()
                } else {
                    all.join("; ")
                }
            }
            _ if own.is_empty() => "nothing".to_owned(),
            _ if what.starts_with("states of ") => {
                let spells = own.iter().flat_map(|resource| &resource.states);
                let all: Vec<String> = spells
                    .map(|spell| {
                        let billed = if spell.billed { "billed" } else { "free" };
                        format!("{} {} s {billed}", spell.state, spell.seconds)
                    })
                    .collect();
                all.join(", ")
            }
            _ => {
                let lines = own.iter().flat_map(|resource| &resource.lines);
                let all: Vec<String> = lines.map(|line| line.derivation.clone()).collect();
                all.join("; ")
            }
        };
        self.heard.update(&found);
        self.compare(what, wanted, found.clone());
        format!("bill {what}: {found}")
    }
}

/// Snapshots whose meter does not say what the chain says.
pub fn unmetered(world: &World) -> Vec<String> {
    let mut faults = Vec::new();
    for region in world.regions.iter().map(|(region, _)| *region) {
        for (id, blocks) in chain::chain_bill(world, region) {
            let key = (Subject::Resource(id.into()), Measure::SnapshotBlocks);
            let running = world
                .usage
                .running
                .get(&key)
                .and_then(|number| world.usage.meters.get(number));
            let metered = running.map_or(0, |meter| meter.quantity);
            if metered != blocks {
                faults.push(format!(
                    "{id} holds {blocks} blocks of its own, and its meter says {metered}"
                ));
            }
        }
    }
    faults
}

fn find_measure(name: &str) -> Option<Measure> {
    [
        Measure::Instance,
        Measure::VolumeStorage,
        Measure::VolumeIops,
        Measure::VolumeThroughput,
        Measure::SnapshotBlocks,
        Measure::PublicAddress,
        Measure::ObjectStorage,
        Measure::Requests,
        Measure::HostedZone,
        Measure::NatGateway,
        Measure::VpnConnection,
        Measure::VpcEndpoint,
        Measure::TransitAttachment,
        Measure::DedicatedHost,
        Measure::PathAnalysis,
        Measure::AnalysedInterfaces,
        Measure::Retrieval,
        Measure::EarlyDeletion,
        Measure::ObjectMonitoring,
        Measure::RestoredBlocks,
        Measure::ArchiveRetrieval,
        Measure::ArchiveRest,
        Measure::Data,
        Measure::LoadBalancer,
    ]
    .into_iter()
    .find(|measure| format!("{measure:?}") == name)
}

fn spans(engine: &Engine, subject: &Subject, measure: Measure) -> String {
    let mut out = String::new();
    for meter in engine
        .world()
        .usage
        .meters
        .rows()
        .filter(|m| m.subject == *subject && m.measure == measure)
    {
        if !out.is_empty() {
            out.push_str("; ");
        }
        let end = meter.to.unwrap_or(engine.world().now);
        let state = if meter.to.is_some() { "ended" } else { "running" };
        let _ = write!(
            out,
            "{} × {} {}s {state}",
            meter.quantity,
            meter.rate,
            (end.0 - meter.from.0) / 1000
        );
    }
    if out.is_empty() { "none".into() } else { out }
}
