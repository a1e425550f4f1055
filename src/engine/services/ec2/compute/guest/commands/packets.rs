//! `ping`, `traceroute`, `tracepath` and `nc` in a guest: what becomes of a packet as somebody at its keyboard would see it.
//! The network decides all of it; here stand only the programs' flags, words and exit codes, and the milliseconds (ours).
//! Sources: <https://man7.org/linux/man-pages/man8/ping.8.html>, <https://man7.org/linux/man-pages/man8/traceroute.8.html>,
//! <https://man7.org/linux/man-pages/man8/tracepath.8.html>, and for the path MTU
//! <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/network_mtu.html>

use super::container::Network;
use super::{Done, Shell};
use crate::network::{self, Disposition, Endpoint, Flow, Hop, Trace, codes};
use crate::services::stratus::traffic::{self, Echoes, Said};
use crate::world::compute::GuestWay;
use crate::world::vpc::{NetworkInterface, Subnet};
use std::fmt::Write as _;
use std::net::IpAddr;

/// Echo requests that are sent where nobody says how many: somebody at the keyboard stops them.
const PATIENT: u32 = 4;
/// And the most.
const MOST: u32 = 100;
/// Headers of IP and ICMP, in bytes.
const HEADERS: u32 = 28;
/// Routers that `traceroute` asks before it gives up.
const ROUTERS: usize = 30;
/// Lines without an answer that are shown at the end of a way that leads nowhere (ours: the program shows all thirty).
const SILENT: usize = 3;

/// How long Linux sends the first packet of a TCP connection, seven times in all, in milliseconds.
pub(super) const SYN_MILLIS: i64 = 134_543;
/// How long Nmap's `nc` waits for a connection where nobody says, in milliseconds.
const NCAT_MILLIS: i64 = 10_000;

/// What a guest's own rules do to its packet before any wire.
pub(super) enum Kept {
    /// Its firewall refuses: `EPERM`, of which TCP's `connect` takes no notice: it goes on trying.
    Firewall,
    /// Its route is a black hole: `EINVAL`.
    Blackhole,
    /// Its route says that nobody is there: `EHOSTUNREACH`.
    Unreachable,
}

/// Words of a command in which each option that takes a value has one.
pub(super) struct Words<'a> {
    /// Options in their order: letter or long name, and the value of those that take one.
    pub options: Vec<(&'a str, &'a str)>,
    /// What is no option.
    pub plain: Vec<&'a str>,
}

impl<'a> Words<'a> {
    /// `valued`: options that take a value, with their dashes. Of letters in one word (`-so FILE`, `-zvw3`) the first that
    /// takes a value has the rest of the word, or the next one.
    pub fn read(words: &[&'a str], valued: &[&'a str]) -> Words<'a> {
        let (mut options, mut plain) = (Vec::new(), Vec::new());
        let mut rest = words.iter().copied();
        while let Some(word) = rest.next() {
            if !word.starts_with('-') || word == "-" {
                plain.push(word);
                continue;
            }
            if word.starts_with("--") {
                match word.split_once('=').filter(|(name, _)| valued.contains(name)) {
                    Some(both) => options.push(both),
                    None if valued.contains(&word) => options.push((word, rest.next().unwrap_or_default())),
                    None => options.push((word, "")),
                }
                continue;
            }
            let is = |letter: char| {
                valued
                    .iter()
                    .find(|name| name.strip_prefix('-').is_some_and(|name| name.chars().eq([letter])))
            };
            let mut letters = word.char_indices().skip(1);
            let found = letters.find_map(|(at, letter)| Some((at, at + letter.len_utf8(), *is(letter)?)));
            let Some((at, end, name)) = found else {
                options.push((word, ""));
                continue;
            };
            if at > 1 {
                options.push((word.get(..at).unwrap_or_default(), ""));
            }
            let value = word.get(end..).filter(|value| !value.is_empty());
            options.push((name, value.or_else(|| rest.next()).unwrap_or_default()));
        }
        Words { options, plain }
    }

    /// The value of an option, the last where it comes more than once.
    pub fn value(&self, names: &[&str]) -> Option<&'a str> {
        let mut found = self.options.iter().rev();
        found.find(|(name, _)| names.contains(name)).map(|(_, value)| *value)
    }

    /// Whether an option is given, alone or among others of one letter: `-zv`.
    pub fn has(&self, letter: char, long: &str) -> bool {
        self.options.iter().any(|(name, _)| {
            let short = name.strip_prefix('-').filter(|rest| !rest.starts_with('-'));
            *name == long || short.is_some_and(|rest| rest.contains(letter))
        })
    }
}

/// A packet of a guest to an address.
pub(super) fn flow(source: Endpoint, to: IpAddr, protocol: u8, port: u16) -> Flow {
    Flow {
        source,
        destination: Endpoint::Address(to),
        protocol,
        port,
    }
}

/// Milliseconds from microseconds: `0.412`.
fn millis(micros: u32) -> String {
    format!("{}.{:03}", micros / 1_000, micros % 1_000)
}

/// What Nmap's `nc` says of a connection that came about.
fn ncat_connected(address: IpAddr, port: u16) -> String {
    format!(
        "Ncat: Version 7.93 ( https://nmap.org/ncat )\nNcat: Connected to {address}:{port}.\nNcat: 0 bytes sent, 0 bytes received in 0.01 seconds.\n"
    )
}

impl Shell<'_> {
    /// The end that a program sends from, which may name a device or an address of this guest; `None`: it has no such.
    pub(super) fn source(&self, named: Option<&str>) -> Option<Endpoint> {
        let Some(named) = named else {
            return Some(Endpoint::Instance(self.id));
        };
        // Behind a bridge a container has a device and an address of its own.
        if self.container == Some(Network::Bridge) {
            return None;
        }
        let address = named.parse::<IpAddr>().ok();
        let is_first = |row: &NetworkInterface| row.primary().map(|own| IpAddr::V4(own.private)) == address;
        self.devices().into_iter().find_map(|(device, row)| match address {
            None => (device == named).then_some(Endpoint::Interface(row.id)),
            Some(_) if is_first(&row) => Some(Endpoint::Interface(row.id)),
            Some(own) => row.holds(own).then_some(Endpoint::Address(own)),
        })
    }

    /// What becomes of a packet of this guest. Nobody sees it go by yet: see [`Shell::transmits`].
    pub(super) fn sends(&self, source: Endpoint, to: IpAddr, protocol: u8, port: u16) -> Trace {
        network::trace(self.world, self.region, &flow(source, to, protocol, port))
    }

    /// What a program of this guest says to an address goes by those who look at traffic, and is counted where bytes cost. What the
    /// guest itself keeps in, and what Amazon's resolver and the metadata service are asked on the host, comes by none of them.
    /// <https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-limitations.html>
    pub(super) fn transmits(&mut self, source: Endpoint, to: IpAddr, (protocol, port): (u8, u16), said: Said) {
        traffic::passes(self.world, self.region, &flow(source, to, protocol, port), said);
    }

    /// Whether, and how, the guest itself keeps a packet in.
    pub(super) fn kept(&self, trace: &Trace, to: IpAddr) -> Option<Kept> {
        let first = trace.explanations.first()?;
        if first.direction != "forward" || first.component.id != self.id.to_string() {
            return None;
        }
        match first.code {
            codes::STRATUS_GUEST_FIREWALL => Some(Kept::Firewall),
            codes::STRATUS_GUEST_ROUTE => {
                let routes = self.row().into_iter().flat_map(|row| &row.guest.routing.routes);
                let holding = routes.filter(|route| route.destination.contains(&to));
                match holding.max_by_key(|route| route.destination.prefix_len())?.way {
                    GuestWay::Unreachable => Some(Kept::Unreachable),
                    _ => Some(Kept::Blackhole),
                }
            }
            _ => None,
        }
    }

    /// Microseconds there and back (ours): more to another zone, out of the VPC, to another Region.
    pub(super) fn round_trip(&self, trace: &Trace) -> u32 {
        let way = || trace.forward.iter().chain(&trace.back);
        let through = |kinds: &[&str]| way().any(|hop| kinds.contains(&hop.component().kind));
        if way().any(|hop| hop.region().is_some()) {
            return 68_200;
        }
        if through(&[
            "AWS::EC2::InternetGateway",
            "AWS::EC2::VPNGateway",
            "AWS::EC2::NatGateway",
        ]) {
            return 11_700;
        }
        if through(&["AWS::EC2::TransitGateway"]) {
            return 1_150;
        }
        let zone = |hop: Option<&Hop>| {
            let address = hop?.before.destination_address;
            let ec2 = self.world.ec2(self.region)?;
            let interface = network::holder(ec2, self.row()?.vpc, address)?;
            self.world
                .row::<Subnet>(self.region, interface.subnet)
                .map(|row| row.zone)
        };
        let own = self
            .row()
            .and_then(|row| self.world.row::<Subnet>(self.region, row.subnet));
        match (zone(trace.forward.first()), own) {
            (Some(there), Some(own)) if there != own.zone => 780,
            _ => 240,
        }
    }

    /// The router of this guest's subnet, which says that a packet is too large: the subnet's second address.
    fn router(&self) -> Option<IpAddr> {
        let subnet = self.world.row::<Subnet>(self.region, self.row()?.subnet)?;
        subnet.cidr.hosts().next().map(IpAddr::V4)
    }

    pub(super) fn ping(&mut self, words: &[&str]) -> Done {
        let read = Words::read(words, &["-c", "-s", "-M", "-W", "-w", "-i", "-I", "-t"]);
        let Some(name) = read.plain.first().copied() else {
            return self.misuse("ping: usage error: Destination address required\n", 1);
        };
        let count = match read.value(&["-c"]).map(str::parse::<u32>) {
            Some(Ok(count)) if count > 0 => count.min(MOST),
            Some(_) => {
                return self.misuse(
                    "ping: invalid argument: out of range: 1 <= value <= 9223372036854775807\n",
                    1,
                );
            }
            None => PATIENT,
        };
        let size = match read.value(&["-s"]).map(str::parse::<u32>) {
            Some(Ok(size)) if size <= 65_507 => size,
            Some(_) => return self.misuse("ping: invalid argument: out of range: 0 <= value <= 65507\n", 1),
            None => 56,
        };
        let Some(address) = self.address_of(name) else {
            return self.misuse(&format!("ping: {name}: Name or service not known\n"), 2);
        };
        let named = read.value(&["-I"]);
        let Some(source) = self.source(named) else {
            let named = named.unwrap_or_default();
            let line = match named.parse::<IpAddr>() {
                Ok(_) => "ping: bind: Cannot assign requested address\n".to_owned(),
                Err(_) => format!("ping: unknown iface: {named}\n"),
            };
            return self.misuse(&line, 2);
        };
        let trace = self.sends(source, address, 1, 8);
        match self.kept(&trace, address) {
            Some(Kept::Blackhole) => return self.misuse("ping: connect: Invalid argument\n", 2),
            Some(Kept::Unreachable) => return self.misuse("ping: connect: No route to host\n", 2),
            _ => {}
        }
        // Not to be taken apart on the way.
        let whole = matches!(read.value(&["-M"]), Some("do" | "probe"));
        self.echo_requests((name, address), (source, &trace), count, (size, whole))
    }

    fn echo_requests(
        &mut self,
        (name, address): (&str, IpAddr),
        (source, trace): (Endpoint, &Trace),
        count: u32,
        (size, whole): (u32, bool),
    ) -> Done {
        let to = Endpoint::Address(address);
        let path = u32::from(network::ping(self.world, self.region, source, to).mtu);
        let own = u32::from(self.row().map_or(1_500, |row| network::mtu_of(row.instance_type)));
        let firewall = matches!(self.kept(trace, address), Some(Kept::Firewall));
        let large = whole && size + HEADERS > path;
        let sent = |count| Echoes {
            count,
            data: size,
            most: own,
        };
        match large {
            // The first is refused on its way, and no other leaves.
            true if size + HEADERS <= own => self.transmits(source, address, (1, 8), Said::LostEchoes(sent(1))),
            true => {}
            false => self.transmits(source, address, (1, 8), Said::Echoes(sent(count))),
        }
        let (mut out, mut times) = (String::new(), Vec::new());
        let _ = writeln!(out, "PING {name} ({address}) {size}({}) bytes of data.", size + HEADERS);
        let base = if trace.reachable { self.round_trip(trace) } else { 0 };
        for number in 1..=count {
            if firewall {
                out.push_str("ping: sendmsg: Operation not permitted\n");
            } else if large && (number > 1 || size + HEADERS > own) {
                // The first message of a router on the way is remembered.
                let _ = writeln!(out, "ping: local error: message too long, mtu={}", path.min(own));
            } else if large {
                let router = self.router().unwrap_or(address);
                let _ = writeln!(out, "From {router} icmp_seq=1 Frag needed and DF set (mtu = {path})");
            } else if trace.reachable {
                let time = base + number * 37 % 60;
                times.push(time);
                let bytes = size + 8;
                let _ = writeln!(
                    out,
                    "{bytes} bytes from {address}: icmp_seq={number} ttl=64 time={} ms",
                    millis(time)
                );
            }
        }
        let received = u32::try_from(times.len()).unwrap_or(count);
        let errors = if large {
            format!(", +{count} errors")
        } else {
            String::new()
        };
        let _ = write!(
            out,
            "\n--- {name} ping statistics ---\n{count} packets transmitted, {received} received{errors}, {}% packet loss, time {}ms\n",
            (count - received) * 100 / count,
            (count - 1) * 1_001
        );
        if let (Some(least), Some(most)) = (times.iter().min(), times.iter().max()) {
            let mean = times.iter().sum::<u32>() / received.max(1);
            let spread = times.iter().map(|time| time.abs_diff(mean)).sum::<u32>() / received.max(1);
            let parts = [*least, mean, *most, spread].map(millis);
            let _ = writeln!(out, "rtt min/avg/max/mdev = {} ms", parts.join("/"));
        }
        self.took += i64::from((count - 1) * 1_001);
        Done {
            output: out.into_bytes(),
            status: i64::from(received == 0),
        }
    }

    /// Says on the screen what is wrong with a command.
    pub(super) fn misuse(&mut self, line: &str, status: i64) -> Done {
        self.show(line);
        Done::ended(status)
    }

    pub(super) fn traceroute(&mut self, program: &str, words: &[&str]) -> Done {
        let read = Words::read(words, &["-m", "-q", "-w", "-p", "-l", "-i", "-s"]);
        let Some(name) = read.plain.first().copied() else {
            return self.misuse(&format!("{program}: a host is required\n"), 2);
        };
        let Some(address) = self.address_of(name) else {
            let line = format!("{name}: Name or service not known\n");
            return self.misuse(&line, 2);
        };
        let Some(source) = self.source(read.value(&["-i", "-s"])) else {
            return self.misuse("bind: Cannot assign requested address\n", 1);
        };
        let way = network::traceroute(self.world, self.region, source, Endpoint::Address(address));
        let trace = self.sends(source, address, 1, 8);
        let whole = self.round_trip(&trace);
        self.probes(program, (source, address), &way);
        let output = match program {
            "tracepath" => self.tracepath_lines(&way, whole),
            _ => {
                let mut out = format!("traceroute to {name} ({address}), {ROUTERS} hops max, 60 byte packets\n");
                let last = way.hops.len();
                for (number, hop) in (1..).zip(&way.hops) {
                    let time = whole * number / u32::try_from(last.max(1)).unwrap_or(1);
                    let line = match hop.address {
                        Some(at) => {
                            let times = [time, time + 21, time + 9].map(|time| format!("{} ms", millis(time)));
                            format!("{at} ({at})  {}", times.join("  "))
                        }
                        None => "* * *".to_owned(),
                    };
                    let _ = writeln!(out, "{number:2}  {line}");
                }
                let silent = if way.reached {
                    0
                } else {
                    SILENT.min(ROUTERS.saturating_sub(last))
                };
                (last + 1..=last + silent).for_each(|number| _ = writeln!(out, "{number:2}  * * *"));
                out
            }
        };
        Done::well(output)
    }

    /// What finds the routers of a way: `traceroute` sends three probes of 60 bytes for each, `tracepath` one that is as long as the
    /// way carries. Each router drops its own; those of the last one, or of all that do not exist, go as far as they get.
    fn probes(&mut self, program: &str, (source, address): (Endpoint, IpAddr), way: &network::Traceroute) {
        let (each, length) = match program {
            "tracepath" => (1, u32::from(way.mtu)),
            _ => (3, 60),
        };
        let routers = way.hops.len().saturating_sub(usize::from(way.reached)).min(ROUTERS);
        let further = if way.reached { 1 } else { ROUTERS - routers };
        let probes = |routers: usize| Echoes {
            count: u32::try_from(routers).unwrap_or(0) * each,
            data: length.saturating_sub(if address.is_ipv6() { HEADERS + 20 } else { HEADERS }),
            most: length,
        };
        if routers > 0 {
            self.transmits(source, address, (1, 8), Said::LostEchoes(probes(routers)));
        }
        self.transmits(source, address, (1, 8), Said::Echoes(probes(further)));
    }

    fn tracepath_lines(&self, way: &network::Traceroute, whole: u32) -> String {
        let own = self.row().map_or(1_500, |row| network::mtu_of(row.instance_type));
        let mut out = format!(" 1?: [LOCALHOST]                      pmtu {own}\n");
        // The router of the subnet tells of a way that carries less.
        if way.mtu < own
            && let Some(router) = self.router()
        {
            let _ = writeln!(out, " 1:  {router:<38} {}ms pmtu {}", millis(187), way.mtu);
        }
        let last = way.hops.len();
        for (number, hop) in (1..).zip(&way.hops) {
            let time = millis(whole * number / u32::try_from(last.max(1)).unwrap_or(1));
            let _ = match hop.address {
                Some(at) if way.reached && usize::try_from(number).is_ok_and(|number| number == last) => {
                    writeln!(out, "{number:2}:  {at:<38} {time}ms reached")
                }
                Some(at) => writeln!(out, "{number:2}:  {at:<38} {time}ms"),
                None => writeln!(out, "{number:2}:  no reply"),
            };
        }
        if way.reached {
            let _ = writeln!(out, "     Resume: pmtu {} hops {last} back {last}", way.mtu);
        } else {
            (last + 1..=last + SILENT).for_each(|number| _ = writeln!(out, "{number:2}:  no reply"));
            let _ = write!(
                out,
                "     Too many hops: pmtu {}\n     Resume: pmtu {}\n",
                way.mtu, way.mtu
            );
        }
        out
    }

    /// `nc -zv HOST PORT`: Debian and Ubuntu have OpenBSD's, all else Nmap's.
    pub(super) fn netcat(&mut self, words: &[&str]) -> Done {
        let read = Words::read(words, &["-w", "--wait", "-p", "-s", "-i"]);
        let (Some(name), Some(port)) = (read.plain.first().copied(), read.plain.get(1)) else {
            return self.misuse("nc: a host and a port are required\n", 1);
        };
        let Ok(port) = port.parse::<u16>() else {
            return self.misuse(&format!("nc: port number invalid: {port}\n"), 1);
        };
        let udp = read.has('u', "--udp");
        let debian = self
            .row()
            .is_some_and(|row| matches!(row.machine.login.as_str(), "ubuntu" | "admin"));
        let protocol = if udp { "udp" } else { "tcp" };
        let fails = |why: &str| match debian {
            true => format!("nc: connect to {name} port {port} ({protocol}) failed: {why}\n"),
            false => format!("Ncat: {why}.\n"),
        };
        let Some(address) = self.address_of(name) else {
            let line = match debian {
                true => format!("nc: getaddrinfo for host \"{name}\" port {port}: Name or service not known\n"),
                false => format!("Ncat: Could not resolve hostname \"{name}\": Name or service not known. QUITTING.\n"),
            };
            return self.misuse(&line, 1);
        };
        let Some(source) = self.source(read.value(&["-s"])) else {
            return self.misuse(
                match debian {
                    true => "nc: bind failed: Cannot assign requested address\n",
                    false => "Ncat: bind: Cannot assign requested address. QUITTING.\n",
                },
                1,
            );
        };
        let number = if udp { 17 } else { 6 };
        let trace = self.sends(source, address, number, port);
        self.transmits(source, address, (number, port), Said::Greets);
        let well = match debian {
            true => format!("Connection to {name} {port} port [{protocol}/*] succeeded!\n"),
            false => ncat_connected(address, port),
        };
        let kept = self.kept(&trace, address);
        let well = |shell: &mut Self| {
            if read.has('v', "--verbose") {
                shell.show(&well);
            }
            Done::well("")
        };
        let line = match (trace.disposition, kept) {
            (_, Some(Kept::Blackhole)) => fails("Invalid argument"),
            (_, Some(Kept::Unreachable)) => fails("No route to host"),
            (Disposition::Delivered, None) => return well(self),
            // OpenBSD's says nothing of datagrams that were refused.
            (Disposition::NotListening, None) | (_, Some(Kept::Firewall)) if udp && debian => String::new(),
            (_, Some(Kept::Firewall)) if udp => fails("Operation not permitted"),
            (Disposition::NotListening, None) => fails("Connection refused"),
            // Of datagrams silence is all that one hears, and it is taken for success.
            _ if udp => return well(self),
            _ => {
                let patience = read.value(&["-w", "--wait"]).map(|text| text.trim_end_matches('s'));
                let patience = patience.and_then(|text| text.parse::<i64>().ok());
                let longest = if debian { SYN_MILLIS } else { NCAT_MILLIS };
                let waits = patience.map(|seconds| seconds.clamp(0, SYN_MILLIS / 1_000) * 1_000);
                self.took += waits.unwrap_or(longest);
                match debian {
                    true => fails("Connection timed out"),
                    false => "Ncat: TIMEOUT.\n".to_owned(),
                }
            }
        };
        self.misuse(&line, 1)
    }
}
