//! Servers as the guest's own tools see them: `systemctl` starts and stops them, `ss` and `netstat` show who listens.
//!
//! A guest knows the units of what its user data installed and of what runs or is enabled in it. The words are systemd's and
//! iproute2's. Never touches a file or a disk.

use super::super::software::{Software, UDP};
use super::super::{add, facts, user_data};
use super::{Done, Shell, has, plain};
use crate::world::compute::{Instance, Listener};
use stratus_model::sort;

/// What systemd answers when there is no such unit.
const NOT_FOUND: i64 = 5;
/// What `status` and `is-active` answer then, and for a unit that does not run.
const UNKNOWN: i64 = 4;
const INACTIVE: i64 = 3;

/// A unit that the guest has.
struct Unit {
    name: String,
    /// What listens while it runs.
    listeners: Vec<Listener>,
    active: bool,
    enabled: bool,
}

impl Unit {
    /// Whether this is what listens while it runs.
    fn has(&self, listener: &Listener) -> bool {
        self.listeners.iter().any(|one| same(listener, one))
    }

    /// What it adds to those that listen. `service`: the next boot starts it as well.
    fn listening(&self, service: bool) -> Vec<Listener> {
        let listeners = self.listeners.iter();
        listeners.map(|one| Listener { service, ..one.clone() }).collect()
    }
}

fn same(one: &Listener, other: &Listener) -> bool {
    (one.protocol, one.port, &one.program) == (other.protocol, other.port, &other.program)
}

impl Shell<'_> {
    /// <https://www.freedesktop.org/software/systemd/man/latest/systemctl.html>
    pub(super) fn systemctl(&mut self, words: &[&str]) -> Done {
        if self.boots {
            // A boot's script has started what it starts before its files are written.
            return Done::well("");
        }
        let asked = plain(words);
        let Some((verb, units)) = asked.split_first() else {
            return Done::well("");
        };
        let mut last = Done::well("");
        for name in units {
            let name = name.strip_suffix(".service").unwrap_or(name);
            let done = self.unit_verb(verb, name, words.contains(&"--now"));
            last.output.extend(done.output);
            if done.status != 0 {
                last.status = done.status;
            }
        }
        last
    }

    fn unit_verb(&mut self, verb: &str, name: &str, now: bool) -> Done {
        let unit = self.unit(name);
        match (verb, unit) {
            ("start" | "stop" | "restart" | "reload" | "reload-or-restart" | "try-restart", None) => {
                let what = if verb == "stop" { "loaded" } else { "found" };
                let verb = verb.split('-').next().unwrap_or(verb);
                self.says(
                    &format!("Failed to {verb} {name}.service: Unit {name}.service not {what}."),
                    NOT_FOUND,
                )
            }
            ("status", None) => self.says(&format!("Unit {name}.service could not be found."), UNKNOWN),
            ("is-active", None) => answer("inactive", UNKNOWN),
            ("is-enabled" | "enable" | "disable", None) => {
                let text = if verb == "is-enabled" {
                    format!("Failed to get unit file state for {name}.service: No such file or directory")
                } else {
                    format!("Failed to {verb} unit: Unit file {name}.service does not exist.")
                };
                self.says(&text, 1)
            }
            ("start", Some(unit)) => self.start(&unit, unit.enabled),
            ("reload" | "reload-or-restart" | "restart" | "try-restart", Some(unit)) => match (verb, unit.active) {
                ("reload" | "reload-or-restart", true) | ("try-restart", false) => Done::well(""),
                ("reload", false) => self.says(
                    &format!("Job type reload is not applicable for unit {name}.service."),
                    1,
                ),
                _ => {
                    self.stop(&unit);
                    self.start(&unit, unit.enabled)
                }
            },
            ("stop", Some(unit)) => {
                self.stop(&unit);
                Done::well("")
            }
            ("enable" | "disable", Some(unit)) => self.switch(&unit, verb == "enable", now),
            ("status", Some(unit)) => status(&unit),
            ("is-active", Some(unit)) if unit.active => answer("active", 0),
            ("is-active", Some(_)) => answer("inactive", INACTIVE),
            ("is-enabled", Some(unit)) if unit.enabled => answer("enabled", 0),
            ("is-enabled", Some(_)) => answer("disabled", 1),
            _ => self.says(&format!("Unknown command verb {verb}."), 1),
        }
    }

    /// A line on the screen, and how it ends.
    fn says(&mut self, text: &str, status: i64) -> Done {
        self.misuse(&format!("{text}\n"), status)
    }

    /// The unit of this name, if the guest has it.
    fn unit(&self, name: &str) -> Option<Unit> {
        let row = self.row()?;
        let data = row.user_data.as_ref().filter(|_| row.guest.initialized);
        let plan = data.map(|data| user_data::run(data, facts(self.world, self.region, row)));
        let listeners = plan.and_then(|plan| plan.serves(name)).or_else(|| {
            // What an image brought along, or somebody has started: known by its program.
            let stock = Software::of_unit(name)?.listeners();
            let program = &stock.first()?.program;
            let all = row.guest.services.iter().chain(&row.guest.listeners);
            let mut own: Vec<Listener> = all.filter(|has| has.program == *program).cloned().collect();
            sort::sort(&mut own);
            own.dedup_by(|one, other| same(one, other));
            (!own.is_empty()).then_some(own)
        })?;
        let any = |list: &[Listener]| list.iter().any(|has| listeners.iter().any(|one| same(has, one)));
        Some(Unit {
            name: name.to_owned(),
            active: any(&row.guest.listeners),
            enabled: any(&row.guest.services),
            listeners,
        })
    }

    /// `service`: the next boot starts it as well.
    fn start(&mut self, unit: &Unit, service: bool) -> Done {
        let taken = self.row().is_some_and(|row| {
            let mut all = row.guest.listeners.iter();
            all.any(|has| {
                let one = unit
                    .listeners
                    .iter()
                    .find(|one| (one.protocol, one.port) == (has.protocol, has.port));
                one.is_some_and(|one| one.program != has.program)
            })
        });
        if taken {
            let name = &unit.name;
            return self.says(
                &format!(
                    "Job for {name}.service failed because the control process exited with error code.\nSee \"systemctl status {name}.service\" and \"journalctl -xeu {name}.service\" for details."
                ),
                1,
            );
        }
        let new = unit.listening(service);
        self.world.update(self.region, self.id, |row: &mut Instance| {
            add(&mut row.guest.listeners, new);
        });
        Done::well("")
    }

    fn stop(&mut self, unit: &Unit) {
        self.world.update(self.region, self.id, |row: &mut Instance| {
            row.guest.listeners.retain(|one| !unit.has(one));
        });
    }

    /// `enable` and `disable`: what the next boot starts.
    fn switch(&mut self, unit: &Unit, on: bool, now: bool) -> Done {
        self.world.update(self.region, self.id, |row: &mut Instance| {
            if on {
                add(&mut row.guest.services, unit.listening(true));
            } else {
                row.guest.services.retain(|one| !unit.has(one));
            }
            for one in row.guest.listeners.iter_mut().filter(|one| unit.has(one)) {
                one.service = on;
            }
        });
        let link = format!("/etc/systemd/system/multi-user.target.wants/{}.service", unit.name);
        match (on, unit.enabled) {
            (true, false) => self.show(&format!(
                "Created symlink {link} → /usr/lib/systemd/system/{}.service.\n",
                unit.name
            )),
            (false, true) => self.show(&format!("Removed \"{link}\".\n")),
            _ => {}
        }
        match (on, now) {
            (true, true) => self.start(unit, true),
            (false, true) => {
                self.stop(unit);
                Done::well("")
            }
            (_, false) => Done::well(""),
        }
    }

    /// `ss -ltn`, `ss -ltnp`, `netstat -ltn`: who listens. Connections are the page's to show (ours).
    pub(super) fn sockets(&mut self, name: &str, words: &[&str]) -> Done {
        if self.boots {
            return Done::well("");
        }
        if !has(words, 'l') {
            return self.fails(name, "", "only what listens is simulated here: say -l");
        }
        let (tcp, udp) = (has(words, 't'), has(words, 'u'));
        let mut listeners = self.row().map(|row| row.guest.listeners.clone()).unwrap_or_default();
        // Of neither, both are shown.
        listeners.retain(|one| tcp == udp || (one.protocol == UDP) == udp);
        let people = has(words, 'p');
        let lines = listeners.iter().map(|one| match name {
            "ss" => ss_line(one, tcp != udp, people),
            _ => netstat_line(one, people),
        });
        let head = match name {
            "ss" => {
                let netid = if tcp == udp { "Netid " } else { "" };
                let process = if people { " Process" } else { "" };
                format!("{netid}State  Recv-Q Send-Q Local Address:Port Peer Address:Port{process}\n")
            }
            _ => {
                let program = if people { "      PID/Program name" } else { "" };
                format!(
                    "Active Internet connections (only servers)\nProto Recv-Q Send-Q Local Address           Foreign Address         State{program}\n"
                )
            }
        };
        Done::well(format!("{head}{}", lines.collect::<String>()))
    }
}

fn answer(word: &str, status: i64) -> Done {
    Done {
        output: format!("{word}\n").into_bytes(),
        status,
    }
}

fn status(unit: &Unit) -> Done {
    let name = &unit.name;
    let (dot, state, status) = if unit.active {
        ('●', "active (running)", 0)
    } else {
        ('○', "inactive (dead)", INACTIVE)
    };
    let enabled = if unit.enabled { "enabled" } else { "disabled" };
    answer(
        &format!(
            "{dot} {name}.service\n     Loaded: loaded (/usr/lib/systemd/system/{name}.service; {enabled})\n     Active: {state}"
        ),
        status,
    )
}

/// A process's number follows from where it listens (ours).
fn process(one: &Listener) -> u32 {
    1_000 + u32::from(one.port)
}

fn ss_line(one: &Listener, alone: bool, people: bool) -> String {
    let (netid, state, queue) = match one.protocol {
        UDP => ("udp", "UNCONN", 0),
        _ => ("tcp", "LISTEN", 128),
    };
    let netid = if alone { String::new() } else { format!("{netid:<5} ") };
    let users = if people {
        format!(" users:((\"{}\",pid={},fd=3))", one.program, process(one))
    } else {
        String::new()
    };
    let local = format!("0.0.0.0:{}", one.port);
    format!(
        "{netid}{state:<6} {:<6} {queue:<6} {local:>18} {:>17}{users}\n",
        0, "0.0.0.0:*"
    )
}

fn netstat_line(one: &Listener, people: bool) -> String {
    let (proto, state) = match one.protocol {
        UDP => ("udp", ""),
        _ => ("tcp", "LISTEN"),
    };
    let program = if people {
        format!("{}/{}", process(one), one.program)
    } else {
        String::new()
    };
    let local = format!("0.0.0.0:{}", one.port);
    let line = format!(
        "{proto:<5} {:>6} {:>6} {local:<23} {:<23} {state:<11}{program}",
        0, 0, "0.0.0.0:*"
    );
    format!("{}\n", line.trim_end())
}
