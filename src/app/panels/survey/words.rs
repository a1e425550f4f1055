//! What is found open, in short words: how bad it is when the world may send such, and a port that stands for a set. Which
//! ports count as risky is AWS's list; no world is known here.

use crate::ui::traffic::{self, ALL, ICMP, ICMPV6, MEANT, RISKY, TCP, UDP};
use stratus_engine::network::survey::traffic::Traffic;
use stratus_engine::network::survey::{Found, Origin};

/// Where AWS lists the ports: Security Hub's controls EC2.18 and EC2.19.
pub const SOURCE: &str = "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html";

/// How bad it is that the world may send something, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Danger {
    /// A port of AWS's list of high risk is among it.
    Risky,
    /// Something else than web pages and ping.
    Other,
    /// Web pages, or ping.
    Meant,
}

impl Danger {
    /// In two or three words.
    pub fn words(self) -> &'static str {
        match self {
            Danger::Risky => "high-risk port",
            Danger::Other => "other port",
            Danger::Meant => "web or ping",
        }
    }
}

/// How bad this is, whether or not anybody listens: who listens may change without a rule.
pub fn danger(found: &Found) -> Danger {
    let all = || found.delivered.iter().chain(&found.unheard);
    if riskiest(found).is_some() {
        return Danger::Risky;
    }
    let meant = |part: &Traffic| match part.protocols {
        (TCP, _) => part.ports.0 == part.ports.1 && MEANT.iter().any(|(port, _)| *port == part.ports.0),
        (ICMP | ICMPV6, _) => true,
        _ => false,
    };
    match all().all(meant) {
        true => Danger::Meant,
        false => Danger::Other,
    }
}

/// How many ports, ICMP types, and protocols without either.
pub fn width(found: &Found) -> u64 {
    found.delivered.iter().chain(&found.unheard).map(traffic::width).sum()
}

/// What is open and not listened to, as half a sentence; empty: nothing.
pub fn unheard(found: &Found) -> String {
    let all = || {
        found
            .delivered
            .iter()
            .chain(&found.unheard)
            .map(traffic::width)
            .sum::<u64>()
    };
    match (found.unheard.is_empty(), found.delivered.is_empty()) {
        (true, _) => String::new(),
        (false, false) if all() == ALL => "all else is open, but nothing listens".to_owned(),
        (false, _) => format!("open, but nothing listens: {}", traffic::words(&found.unheard)),
    }
}

/// The riskiest TCP port of a set, whether or not anybody listens.
pub fn riskiest(found: &Found) -> Option<u16> {
    let all = || found.delivered.iter().chain(&found.unheard);
    let mut ports = RISKY.iter().map(|(port, _)| *port);
    ports.find(|port| all().any(|part| part.holds(TCP, *port)))
}

/// Protocol and port of a question that stands for a set, as the path panel's fields have them: what is delivered before
/// what is not listened to, a port with a name first. `None`: the path panel cannot ask for any of it.
pub fn probe(found: &Found) -> Option<(&'static str, u16)> {
    let of = |parts: &[Traffic]| {
        let held = |port: &u16| parts.iter().any(|part| part.holds(TCP, *port));
        let known = RISKY.iter().chain(&MEANT).map(|(port, _)| *port).find(held);
        let first = |protocol: u8| {
            let own = parts.iter().find(|part| part.protocols.0 == protocol);
            own.map(|part| part.ports.0.max(1).min(part.ports.1))
        };
        let ping = parts.iter().any(|part| part.holds(ICMP, 8) || part.holds(ICMPV6, 128));
        known
            .or_else(|| first(TCP))
            .map(|port| ("tcp", port))
            .or_else(|| first(UDP).map(|port| ("udp", port)))
            .or_else(|| ping.then_some(("icmp", 8)))
    };
    of(&found.delivered).or_else(|| of(&found.unheard))
}

/// From where, in the middle of a sentence.
pub fn origin(from: &Origin) -> String {
    match from {
        Origin::Everywhere => "anyone on the Internet".to_owned(),
        Origin::Ipv6 => "anyone by IPv6".to_owned(),
        Origin::Blocks(blocks) => match blocks.as_slice() {
            [] => "nobody".to_owned(),
            [one] => one.clone(),
            [one, two] => format!("{one} and {two}"),
            [one, two, rest @ ..] => format!("{one}, {two} and {} more", rest.len()),
        },
    }
}
