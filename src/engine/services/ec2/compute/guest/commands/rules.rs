//! `iptables` and `ip` in a guest: its own firewall and its own routes, shown and changed.
//! Sources: <https://man7.org/linux/man-pages/man8/iptables.8.html>, <https://man7.org/linux/man-pages/man8/ip-route.8.html>,
//! <https://man7.org/linux/man-pages/man8/ip-rule.8.html>

use super::super::iptables;
use super::{Done, Shell};
use crate::network::{mtu_of, protocol_text};
use crate::services::ec2::vpc::interfaces;
use crate::world::compute::{GuestRoute, GuestRule, GuestWay, Instance};
use crate::world::vpc::{NetworkInterface, Subnet};
use ipnet::{IpNet, Ipv4Net};
use std::fmt::Write as _;
use std::net::Ipv4Addr;
use stratus_model::sort;

/// Rules of a chain, and routes, that one guest may have.
const MOST: usize = 200;

impl Shell<'_> {
    pub(super) fn iptables(&mut self, words: &[&str]) -> Done {
        if let Some(specifications) = lists(words) {
            let wanted = ["INPUT", "OUTPUT"].into_iter().find(|chain| words.contains(chain));
            return Done::well(self.chains(wanted, specifications));
        }
        let Some(changes) = iptables::read(words) else {
            let line = "iptables: that is not simulated, and nothing was changed. Known: -A, -I, -D, -F, -L and -S of INPUT and OUTPUT, -p, -s or -d, --dport, -j ACCEPT, DROP or REJECT.\n";
            return self.misuse(line, 2);
        };
        let full = |egress: bool| {
            let guest = self.row().map(|row| &row.guest);
            let rules = guest.map(|guest| if egress { &guest.firewall_out } else { &guest.firewall });
            rules.is_some_and(|rules| rules.len() >= MOST)
        };
        if changes.iter().any(|(egress, change)| change.adds() && full(*egress)) {
            return self.misuse("iptables: Memory allocation problem.\n", 4);
        }
        if words.contains(&"REJECT") && changes.iter().any(|(_, change)| change.adds()) {
            self.show("iptables: REJECT acts as DROP here: whoever is refused is not told.\n");
        }
        let done = self.world.update(self.region, self.id, |row: &mut Instance| {
            changes
                .into_iter()
                .all(|(egress, change)| change.apply(iptables::chain(&mut row.guest, egress)))
        });
        match done {
            Some(true) => Done::well(""),
            _ => self.misuse("iptables: Bad rule (does a matching rule exist in that chain?).\n", 1),
        }
    }

    /// The chains, or the one that is wanted.
    fn chains(&self, wanted: Option<&str>, specifications: bool) -> String {
        let Some(row) = self.row() else { return String::new() };
        let mut out = String::new();
        let chains = [
            ("INPUT", &row.guest.firewall, false),
            ("OUTPUT", &row.guest.firewall_out, true),
        ];
        let is_wanted = |name: &str| wanted.is_none_or(|wanted| wanted == name);
        let chains = || chains.iter().filter(|(name, ..)| is_wanted(name)).copied();
        if specifications {
            let policies = ["INPUT", "FORWARD", "OUTPUT"]
                .into_iter()
                .filter(|name| is_wanted(name));
            policies.for_each(|name| _ = writeln!(out, "-P {name} ACCEPT"));
            for (name, rules, egress) in chains() {
                rules
                    .iter()
                    .for_each(|rule| _ = writeln!(out, "-A {name}{}", specification(rule, egress)));
            }
            return out;
        }
        let mut first = true;
        for (name, rules, egress) in chains() {
            let gap = if std::mem::take(&mut first) { "" } else { "\n" };
            let _ = writeln!(
                out,
                "{gap}Chain {name} (policy ACCEPT)\ntarget     prot opt source               destination"
            );
            for rule in rules {
                let block = if rule.source.prefix_len() == 0 {
                    "0.0.0.0/0".to_owned()
                } else {
                    rule.source.to_string()
                };
                let (from, to) = if egress {
                    ("0.0.0.0/0", block.as_str())
                } else {
                    (block.as_str(), "0.0.0.0/0")
                };
                let protocol = rule.protocol.map_or_else(|| "all".to_owned(), protocol_text);
                let ports = match (rule.protocol, rule.ports) {
                    (_, (0, u16::MAX)) | (None, _) => String::new(),
                    (_, (low, high)) if low == high => format!("{protocol} dpt:{low}"),
                    (_, (low, high)) => format!("{protocol} dpts:{low}:{high}"),
                };
                let target = if rule.allow { "ACCEPT" } else { "DROP" };
                let line = format!("{target:<10} {protocol:<4} --  {from:<20} {to:<20} {ports}");
                let _ = writeln!(out, "{}", line.trim_end());
            }
        }
        out
    }

    /// The interfaces of this guest, as it calls them.
    pub(super) fn devices(&self) -> Vec<(String, NetworkInterface)> {
        let nitro = self.row().is_some_and(|row| mtu_of(row.instance_type) > 1_500);
        let rows = interfaces::of_instance(self.world, self.region, self.id);
        let named = (0usize..).zip(rows).map(|(number, row)| match nitro {
            true => (format!("ens{}", number + 5), row.clone()),
            false => (format!("eth{number}"), row.clone()),
        });
        named.collect()
    }

    fn subnet(&self, interface: &NetworkInterface) -> Option<Ipv4Net> {
        self.world
            .row::<Subnet>(self.region, interface.subnet)
            .map(|row| row.cidr)
    }

    pub(super) fn ip(&mut self, words: &[&str]) -> Done {
        let words: Vec<&str> = words.iter().copied().filter(|word| !word.starts_with('-')).collect();
        match words.as_slice() {
            ["a" | "addr" | "address", ..] => Done::well(self.addresses()),
            ["r" | "ro" | "route", "show" | "list", "table", table] => self.table(table),
            ["r" | "ro" | "route"] | ["r" | "ro" | "route", "show" | "list", ..] => Done::well(self.routes()),
            ["r" | "ro" | "route", verb @ ("add" | "replace" | "append"), rest @ ..] => self.add_route(verb, rest),
            ["r" | "ro" | "route", "del" | "delete", rest @ ..] => self.delete_route(rest),
            ["ru" | "rule"] | ["ru" | "rule", "show" | "list", ..] => Done::well(self.rules()),
            ["ru" | "rule", "del" | "delete" | "flush", ..] => self.one_table(true),
            ["ru" | "rule", "add", ..] => self.one_table(false),
            _ => self.misuse(
                "ip: only address, route (show, add, replace, del) and rule (show, add, del) are simulated.\n",
                255,
            ),
        }
    }

    fn addresses(&self) -> String {
        let mut out = "1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536\n    inet 127.0.0.1/8 scope host lo\n".to_owned();
        let mtu = self.row().map_or(1_500, |row| mtu_of(row.instance_type));
        for (number, (name, row)) in (2..).zip(self.devices()) {
            let bits = self.subnet(&row).map_or(24, |block| block.prefix_len());
            let _ = writeln!(out, "{number}: {name}: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu {mtu}");
            for own in &row.addresses {
                let _ = writeln!(out, "    inet {}/{bits} scope global {name}", own.private);
            }
            row.ipv6
                .iter()
                .for_each(|own| _ = writeln!(out, "    inet6 {own}/128 scope global"));
        }
        out
    }

    /// A table by its name or number: the main one, or that of a secondary interface.
    fn table(&mut self, name: &str) -> Done {
        let own = self
            .tables()
            .into_iter()
            .find(|(number, ..)| number.to_string() == name);
        let lines = own.and_then(|(_, device, row)| {
            let (block, private) = (self.subnet(&row)?, row.primary()?.private);
            let router = block.hosts().next()?;
            Some(format!(
                "default via {router} dev {device} proto dhcp src {private} metric 512\n{block} dev {device} proto dhcp scope link src {private} metric 512\n"
            ))
        });
        match lines {
            Some(lines) => Done::well(lines),
            None if name == "main" => Done::well(self.routes()),
            None => self.misuse("Error: ipv4: FIB table does not exist.\nDump terminated\n", 2),
        }
    }

    /// The tables of secondary interfaces, as Amazon Linux numbers them: each with its device.
    fn tables(&self) -> Vec<(usize, String, NetworkInterface)> {
        let own = self.row().is_some_and(|row| !row.guest.routing.one_table);
        let devices = (10_000..).zip(self.devices()).skip(1).filter(|_| own);
        devices.map(|(number, (device, row))| (number, device, row)).collect()
    }

    /// The main table: the default route, then static ones, then the subnets of the interfaces that have no table of their own.
    fn routes(&self) -> String {
        let devices = self.devices();
        let Some(row) = self.row() else { return String::new() };
        let name = |block: &IpNet| {
            if block.prefix_len() == 0 {
                "default".to_owned()
            } else {
                short(block)
            }
        };
        let router = |interface: &NetworkInterface| self.subnet(interface).and_then(|block| block.hosts().next());
        let mut lines = Vec::new();
        if let Some((device, row)) = devices.first()
            && let Some(router) = router(row)
        {
            lines.push(format!("default via {router} dev {device} proto dhcp metric 512"));
        }
        for GuestRoute { destination, way } in &row.guest.routing.routes {
            let to = name(destination);
            lines.push(match way {
                GuestWay::Blackhole => format!("blackhole {to}"),
                GuestWay::Unreachable => format!("unreachable {to}"),
                GuestWay::Interface(id) => match devices.iter().find(|(_, row)| row.id == *id) {
                    Some((device, row)) => match router(row) {
                        Some(router) => format!("{to} via {router} dev {device}"),
                        None => format!("{to} dev {device}"),
                    },
                    None => continue,
                },
            });
        }
        let here = if row.guest.routing.one_table { devices.len() } else { 1 };
        for (device, row) in devices.iter().take(here) {
            if let (Some(block), Some(own)) = (self.subnet(row), row.primary()) {
                lines.push(format!(
                    "{block} dev {device} proto kernel scope link src {}",
                    own.private
                ));
            }
        }
        lines.push(String::new());
        lines.join("\n")
    }

    /// Rules for the secondary interfaces' addresses, as Amazon Linux installs them.
    fn rules(&self) -> String {
        let mut out = "0:\tfrom all lookup local\n".to_owned();
        for (number, _, row) in self.tables() {
            for own in &row.addresses {
                let _ = writeln!(out, "{number}:\tfrom {} lookup {number}", own.private);
            }
        }
        out.push_str("32766:\tfrom all lookup main\n32767:\tfrom all lookup default\n");
        out
    }

    fn one_table(&mut self, one: bool) -> Done {
        self.world.update(self.region, self.id, |row: &mut Instance| {
            row.guest.routing.one_table = one
        });
        Done::well("")
    }

    fn add_route(&mut self, verb: &str, words: &[&str]) -> Done {
        let (way, rest) = match words {
            ["blackhole", rest @ ..] => (Some(GuestWay::Blackhole), rest),
            ["unreachable" | "prohibit", rest @ ..] => (Some(GuestWay::Unreachable), rest),
            rest => (None, rest),
        };
        let Some(destination) = rest.first().and_then(|word| block(word)) else {
            return self.misuse("Error: any valid prefix is expected.\n", 1);
        };
        let Some(way) = way.or_else(|| self.way(rest)) else {
            return self.misuse("Error: Nexthop has invalid gateway.\n", 2);
        };
        let replaces = verb == "replace";
        let done = self.world.update(self.region, self.id, |row: &mut Instance| {
            let routes = &mut row.guest.routing.routes;
            let same = routes.iter().position(|has| has.destination == destination);
            let full = routes.len() >= MOST;
            match same.and_then(|at| routes.get_mut(at)) {
                Some(_) if !replaces => return false,
                Some(route) => route.way = way,
                None if full => return false,
                None => routes.push(GuestRoute { destination, way }),
            }
            sort::sort(routes);
            true
        });
        match done {
            Some(true) => Done::well(""),
            _ => self.misuse("RTNETLINK answers: File exists\n", 2),
        }
    }

    /// The interface that `dev` names, or in whose subnet the router after `via` is.
    fn way(&self, words: &[&str]) -> Option<GuestWay> {
        let after = |name: &str| {
            let at = words.iter().position(|word| *word == name)?;
            words.get(at + 1).copied()
        };
        let devices = self.devices();
        let found = match (after("dev"), after("via")) {
            (Some(device), _) => devices.iter().find(|(name, _)| name == device),
            (None, Some(router)) => {
                let router = router.parse::<Ipv4Addr>().ok()?;
                devices
                    .iter()
                    .find(|(_, row)| self.subnet(row).is_some_and(|block| block.contains(&router)))
            }
            (None, None) => None,
        };
        found.map(|(_, row)| GuestWay::Interface(row.id))
    }

    fn delete_route(&mut self, words: &[&str]) -> Done {
        let words = match words {
            ["blackhole" | "unreachable" | "prohibit", rest @ ..] => rest,
            rest => rest,
        };
        let Some(destination) = words.first().and_then(|word| block(word)) else {
            return self.misuse("Error: any valid prefix is expected.\n", 1);
        };
        let done = self.world.update(self.region, self.id, |row: &mut Instance| {
            let routes = &mut row.guest.routing.routes;
            let before = routes.len();
            routes.retain(|has| has.destination != destination);
            before != routes.len()
        });
        match done {
            Some(true) => Done::well(""),
            _ => self.misuse("RTNETLINK answers: No such process\n", 2),
        }
    }
}

/// Whether `iptables` is asked for rules, and if so for commands that would make them (`-S`); in a cluster of letters the
/// verb may stand anywhere: `-nvL`. Only of the one table.
fn lists(words: &[&str]) -> Option<bool> {
    let mut pairs = words.iter().zip(words.iter().skip(1));
    if pairs.any(|(name, table)| matches!(*name, "-t" | "--table") && *table != "filter") {
        return None;
    }
    words.iter().find_map(|word| match *word {
        "--list" => Some(false),
        "--list-rules" => Some(true),
        word => {
            let letters = word.strip_prefix('-')?;
            let known = letters.chars().all(|letter| "nvxLS".contains(letter));
            let verb = letters.chars().find(|letter| matches!(letter, 'L' | 'S'));
            verb.filter(|_| known).map(|verb| verb == 'S')
        }
    })
}

/// `default`, `10.0.0.0/8`, `10.0.1.9`.
fn block(word: &str) -> Option<IpNet> {
    match word {
        "default" | "any" => Some(IpNet::V4(Ipv4Net::default())),
        word => {
            let block = word.parse().ok();
            let block = block.or_else(|| word.parse().ok().map(|address: std::net::IpAddr| IpNet::from(address)));
            block.map(|block| block.trunc())
        }
    }
}

/// A block as `ip route` writes it: of one address without its length.
fn short(block: &IpNet) -> String {
    if block.prefix_len() == block.max_prefix_len() {
        block.addr().to_string()
    } else {
        block.to_string()
    }
}

/// A rule as `iptables -S` writes it.
fn specification(rule: &GuestRule, egress: bool) -> String {
    let mut out = String::new();
    if rule.source.prefix_len() > 0 {
        let _ = write!(out, " {} {}", if egress { "-d" } else { "-s" }, rule.source);
    }
    if let Some(protocol) = rule.protocol {
        let _ = write!(out, " -p {}", protocol_text(protocol));
        match rule.ports {
            (0, u16::MAX) => {}
            (low, high) if low == high => _ = write!(out, " --dport {low}"),
            (low, high) => _ = write!(out, " --dport {low}:{high}"),
        }
    }
    let _ = write!(out, " -j {}", if rule.allow { "ACCEPT" } else { "DROP" });
    out
}
