//! A small reader of shell scripts: enough to know which servers a script installs, starts and enables, where they
//! listen, what it does to the guest's firewall, and whether it ends with a shutdown.
//!
//! It follows no branches and expands no variables: every command of a script is taken once, in order (ours).

use super::iptables::{self, protocol, rule};
use super::serves::serves;
use super::software::{Software, TCP, listener};
use super::words::{commands, here, heredoc, joined, port_range, strip, target, words};
use crate::world::compute::{GuestRule, Listener};
use std::collections::BTreeMap;
use stratus_model::sort;

/// Lines that a script may write to the console.
const LOG_LINES: usize = 200;
/// How deep `sh -c` may be nested.
const DEPTH: usize = 4;
/// What an installed package writes to the root volume (ours).
const PACKAGE_MIB: i64 = 40;

/// What must be known of the guest.
#[derive(Clone, Copy, Debug)]
pub(super) struct Guest {
    /// Debian's packages start and enable their services when they are installed, Red Hat's do not.
    pub debian: bool,
    /// Windows.
    pub windows: bool,
    /// Whether it reaches the package servers.
    pub online: bool,
}

/// How a script ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// The guest goes on.
    Runs,
    /// It shuts down.
    Halts,
    /// It reboots.
    Reboots,
}

/// Something that a script does which may concern files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::services) enum Step {
    /// It writes a file: path, content, whether behind what is there.
    File(String, String, bool),
    /// It runs a line.
    Line(String),
    /// It runs a line that begins a here-document: the line, the text, and whether variables and commands in it are put in.
    Here(String, String, bool),
}

/// Steps of one script that are looked at.
const STEPS: usize = 1_000;

/// What a script has done.
#[derive(Debug)]
pub(super) struct Plan {
    guest: Guest,
    /// What listens now.
    pub listeners: Vec<Listener>,
    /// What every boot starts.
    pub services: Vec<Listener>,
    /// Rules for the guest's firewall, in order.
    pub firewall: Vec<GuestRule>,
    /// And for what it sends.
    pub firewall_out: Vec<GuestRule>,
    /// Lines for the console.
    pub log: Vec<String>,
    /// How it ends.
    pub ending: Ending,
    /// What it wrote to the root volume.
    pub written_mib: i64,
    /// What it did to files and disks, in order.
    pub steps: Vec<Step>,
    installed: Vec<String>,
    /// Units that the script wrote itself.
    units: BTreeMap<String, Vec<Listener>>,
    /// Ports that the script gave to a server, by the server's unit.
    ports: BTreeMap<String, Vec<u16>>,
    ufw: Option<Vec<GuestRule>>,
    depth: usize,
}

impl Plan {
    /// Nothing done yet.
    pub(super) fn new(guest: Guest) -> Plan {
        Plan {
            guest,
            listeners: Vec::new(),
            services: Vec::new(),
            firewall: Vec::new(),
            firewall_out: Vec::new(),
            log: Vec::new(),
            ending: Ending::Runs,
            written_mib: 1,
            steps: Vec::new(),
            installed: vec!["openssh-server".into()],
            units: BTreeMap::new(),
            ports: BTreeMap::new(),
            ufw: None,
            depth: 0,
        }
    }

    /// Writes a line to the console.
    pub(super) fn log(&mut self, line: impl Into<String>) {
        if self.log.len() < LOG_LINES {
            self.log.push(line.into());
        }
    }

    /// Puts what was found into its final order.
    pub(super) fn finish(&mut self) {
        if let Some(rules) = self.ufw.take() {
            self.firewall.extend(rules);
            // `ufw enable` denies what it does not allow.
            self.firewall.push(rule(false, None, (0, u16::MAX), None));
        }
        for list in [&mut self.listeners, &mut self.services] {
            sort::sort(list);
            list.dedup_by(|a, b| (a.protocol, a.port) == (b.protocol, b.port));
        }
    }

    /// Runs the lines of a script.
    pub(super) fn script(&mut self, lines: &[&str]) {
        let mut at = 0;
        while let Some((whole, next)) = joined(lines, at) {
            at = next;
            if let Some(heredoc) = heredoc(&whole) {
                let (content, after) = here(lines, at, &heredoc.tag);
                at = after;
                if let Some(path) = target(&heredoc.command) {
                    self.file(&path, &content);
                }
                self.step(Step::Here(whole, content, !heredoc.quoted));
                continue;
            }
            self.step(Step::Line(whole.clone()));
            for command in commands(&whole) {
                self.command(&command);
            }
        }
    }

    /// Remembers a step.
    pub(super) fn step(&mut self, step: Step) {
        if self.steps.len() < STEPS && self.depth == 0 {
            self.steps.push(step);
        }
    }

    /// A file that the script writes: units and servers' configuration matter.
    pub(super) fn file(&mut self, path: &str, content: &str) {
        let name = path.rsplit('/').next().unwrap_or(path);
        if let Some(unit) = name.strip_suffix(".service") {
            let starts = content
                .lines()
                .filter_map(|line| line.trim().strip_prefix("ExecStart="));
            let found: Vec<Listener> = starts.flat_map(|command| serves(&words(command))).collect();
            self.units.insert(unit.to_owned(), found);
        } else if path.contains("nginx") {
            let ports: Vec<u16> = content
                .lines()
                .filter_map(|line| line.trim().strip_prefix("listen "))
                .filter_map(|rest| {
                    rest.trim_end_matches(';')
                        .split_whitespace()
                        .next()?
                        .rsplit(':')
                        .next()?
                        .parse()
                        .ok()
                })
                .collect();
            if !ports.is_empty() {
                self.ports.insert("nginx".into(), ports);
            }
        }
    }

    /// Installs packages.
    pub(super) fn install(&mut self, packages: &[&str]) {
        if !self.guest.online {
            self.log(format!(
                "cloud-init: cannot install {}: the package servers do not answer (no route to the Internet?)",
                packages.join(", ")
            ));
            return;
        }
        for package in packages {
            self.written_mib += PACKAGE_MIB;
            self.installed.push((*package).to_owned());
            self.log(format!("cloud-init: installed {package}"));
            if let Some(software) = Software::of_package(package) {
                match software.unit() {
                    Some(unit) if self.guest.debian => self.unit(unit, true, true),
                    // A part of another server listens with it.
                    None => self.listeners.extend(software.listeners()),
                    _ => {}
                }
            }
        }
    }

    fn command(&mut self, text: &str) {
        let all = words(text);
        let words = strip(&all);
        let Some((program, rest)) = words.split_first() else {
            return;
        };
        let name = program.rsplit('/').next().unwrap_or(program);
        let arguments: Vec<&str> = rest
            .iter()
            .map(String::as_str)
            .filter(|word| !word.starts_with('-'))
            .collect();
        match name {
            "apt-get" | "apt" | "yum" | "dnf" | "microdnf" | "zypper" | "apk" | "amazon-linux-extras" | "pkg" => {
                if let Some((verb, packages)) = arguments.split_first()
                    && matches!(*verb, "install" | "add" | "in")
                {
                    self.install(packages);
                }
            }
            "systemctl" => self.systemctl(rest),
            "service" => {
                if let [unit, verb, ..] = arguments.as_slice() {
                    self.unit(unit, false, matches!(*verb, "start" | "restart"));
                }
            }
            "chkconfig" | "rc-update" => {
                if let Some(unit) = arguments
                    .iter()
                    .find(|word| !matches!(**word, "add" | "on" | "default"))
                {
                    self.unit(unit, true, false);
                }
            }
            "sh" | "bash" | "su" => self.nested(rest),
            "sed" => self.sed(text),
            "iptables" => self.iptables(rest),
            "ufw" => self.ufw(&arguments),
            "shutdown" | "poweroff" | "halt" => {
                let reboots = rest.iter().any(|word| word == "-r");
                self.ending = if reboots { Ending::Reboots } else { Ending::Halts };
            }
            "reboot" => self.ending = Ending::Reboots,
            _ => {
                let found = serves(words);
                for listener in &found {
                    self.log(format!("cloud-init: {} listens on {}", listener.program, listener.port));
                }
                // What a container engine restarts comes back with it.
                let stays = name == "docker"
                    && rest
                        .iter()
                        .any(|word| word.starts_with("--restart") || word == "always");
                if stays {
                    self.services.extend(found.iter().cloned().map(enabled));
                }
                self.listeners.extend(found);
            }
        }
    }

    fn nested(&mut self, rest: &[String]) {
        let Some(at) = rest.iter().position(|word| word == "-c") else {
            return;
        };
        if let Some(inner) = rest.get(at + 1)
            && self.depth < DEPTH
        {
            self.depth += 1;
            self.script(&inner.lines().collect::<Vec<_>>());
            self.depth -= 1;
        }
    }

    fn systemctl(&mut self, rest: &[String]) {
        let now = rest.iter().any(|word| word == "--now");
        let mut plain = rest.iter().filter(|word| !word.starts_with('-'));
        let Some(verb) = plain.next() else { return };
        let (enable, start) = match verb.as_str() {
            "enable" => (true, now),
            "start" | "restart" | "reload-or-restart" => (false, true),
            _ => return,
        };
        for unit in plain {
            self.unit(unit.strip_suffix(".service").unwrap_or(unit), enable, start);
        }
    }

    /// Enables and starts a unit, if there is one.
    fn unit(&mut self, unit: &str, enable: bool, start: bool) {
        let Some(found) = self.serves(unit) else {
            if start {
                self.log(format!(
                    "Failed to start {unit}.service: Unit {unit}.service not found."
                ));
            }
            return;
        };
        if start {
            self.log(format!("systemd[1]: Started {unit}.service."));
            self.listeners
                .extend(found.iter().cloned().map(|one| if enable { enabled(one) } else { one }));
        }
        if enable {
            self.services.extend(found.iter().cloned().map(enabled));
            for running in self
                .listeners
                .iter_mut()
                .filter(|running| found.iter().any(|one| one.port == running.port))
            {
                running.service = true;
            }
        }
    }

    /// What listens once a unit runs; `None` = there is no such unit.
    pub(super) fn serves(&self, unit: &str) -> Option<Vec<Listener>> {
        let own = self.units.get(unit).cloned();
        let found = own.or_else(|| self.installed_unit(unit))?;
        let ports = self
            .ports
            .get(Software::of_unit(unit).and_then(Software::unit).unwrap_or(unit));
        Some(match (ports, found.first()) {
            (Some(ports), Some(first)) => ports.iter().map(|port| listener(TCP, *port, &first.program)).collect(),
            _ => found,
        })
    }

    fn installed_unit(&self, unit: &str) -> Option<Vec<Listener>> {
        let software = Software::of_unit(unit)?;
        let there = self
            .installed
            .iter()
            .filter_map(|package| Software::of_package(package))
            .any(|one| one.is(software));
        there.then(|| software.listeners())
    }

    /// `sed -i 's/Listen 80/Listen 8080/' /etc/httpd/conf/httpd.conf`
    fn sed(&mut self, text: &str) {
        let of_httpd = text.contains("httpd") || text.contains("apache2");
        let Some(at) = text.rfind("Listen ").filter(|_| of_httpd) else {
            return;
        };
        let digits: String = text
            .get(at + 7..)
            .unwrap_or_default()
            .chars()
            .take_while(char::is_ascii_digit)
            .collect();
        if let Ok(port) = digits.parse() {
            self.ports.insert("httpd".into(), vec![port]);
        }
    }

    /// `iptables -A INPUT -p tcp --dport 80 -s 10.0.0.0/8 -j DROP`
    fn iptables(&mut self, rest: &[String]) {
        let words: Vec<&str> = rest.iter().map(String::as_str).collect();
        for (egress, change) in iptables::read(&words).into_iter().flatten() {
            change.apply(if egress {
                &mut self.firewall_out
            } else {
                &mut self.firewall
            });
        }
    }

    fn ufw(&mut self, arguments: &[&str]) {
        let rules = self.ufw.get_or_insert_default();
        let Some((verb, rest)) = arguments.split_first() else {
            return;
        };
        let allow = match *verb {
            "allow" => true,
            "deny" | "reject" => false,
            _ => return,
        };
        let what = rest.last().copied().unwrap_or_default();
        let (ports, proto) = what
            .split_once('/')
            .map_or((what, None), |(ports, proto)| (ports, Some(proto)));
        let ports = match ports.to_ascii_lowercase().as_str() {
            "ssh" | "openssh" => Some((22, 22)),
            "http" | "nginx http" | "apache" => Some((80, 80)),
            "https" => Some((443, 443)),
            other => port_range(other),
        };
        if let Some(ports) = ports {
            rules.push(rule(allow, protocol(proto), ports, None));
        }
    }

    /// One line of PowerShell or batch.
    pub(super) fn powershell(&mut self, line: &str) {
        let lower = line.to_ascii_lowercase();
        if lower.contains("install-windowsfeature") && lower.contains("web-server") {
            self.written_mib += PACKAGE_MIB;
            self.listeners.push(enabled(listener(TCP, 80, "W3SVC")));
            self.services.push(enabled(listener(TCP, 80, "W3SVC")));
            self.log("EC2Launch: installed the Windows feature Web-Server");
        } else if lower.starts_with("stop-computer") || lower.starts_with("shutdown /s") {
            self.ending = Ending::Halts;
        } else if lower.starts_with("restart-computer") || lower.starts_with("shutdown /r") {
            self.ending = Ending::Reboots;
        } else {
            self.listeners.extend(serves(&words(line)));
        }
    }
}

fn enabled(mut listener: Listener) -> Listener {
    listener.service = true;
    listener
}
