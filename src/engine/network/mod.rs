//! The network: what a packet meets from guest to guest. One set of rules serves traces, explanations and fixes.
//!
//! Three steps, each of its own: `walk` takes a packet through the rows of a world and writes down what decided (numbers
//! only, no text, nothing but look-ups by key, so that a path costs microseconds however large the world is); `words`
//! turns a step into what a person reads, once somebody reads it; `fixes` and `close` try changes on copies of the world;
//! `grid` judges many pairs by few walks, of the addresses that `seats` lists. Nothing here changes a world, reads a clock or
//! draws a random number: the same world and the same question give the same answer.
//!
//! The types here are the public shape of a trace.

mod abroad;
mod addresses;
mod asked;
pub(crate) mod balancing;
mod balancing_gateway;
mod balancing_words;
pub mod beside;
mod between;
mod carrier;
mod carrier_words;
mod classic;
mod classic_words;
pub mod close;
mod closings;
pub mod codes;
mod connections;
mod ends;
pub mod exchange;
mod filters;
pub mod fixes;
pub mod fronts;
mod full_groups;
mod gateway;
mod grid;
mod guest_ways;
mod hop;
mod host;
pub(crate) mod insights;
pub(crate) mod insights_details;
mod insights_reasons;
pub(crate) mod insights_routes;
pub mod isolation;
mod link_ways;
mod link_words;
mod links;
pub mod matrix;
mod nat;
mod nat_ports;
mod nat_regional;
mod nat_ways;
pub mod opening;
pub mod outsiders;
mod past;
mod private_link;
mod probe;
mod public_block;
mod reach;
mod remedies;
mod routes;
mod rules;
mod seats;
mod sentences;
pub mod sightings;
mod sources;
mod step;
pub mod survey;
mod transit;
mod transit_ways;
pub(crate) mod vpn;
mod walk;
mod ways;
pub mod what_if;
mod words;

use crate::base::ids::{InstanceId, NetworkInterfaceId};
use crate::catalog::Region;
use crate::engine::Engine;
use crate::world::{Ec2, World};
use serde::Serialize;
use std::net::IpAddr;

pub use abroad::{linked as linked_regions, unasked};
pub use connections::{
    Attempt, ConnectionFate, ConnectionState, Handshake, Opening, Sending, close, connection, connections, idle_limit,
    open, send,
};
pub(crate) use connections::{close_of, send_on};
pub(crate) use filters::holder;
pub use hop::Hop;
pub(crate) use hop::Relay;
pub(crate) use host::speaks_http;
pub use nat_ports::{
    PORTS as NAT_PORTS, busiest as busiest_destination, destination_text, is_elastic as has_ports_enough,
};
pub use probe::{Ping, RouterHop, Traceroute, ping, traceroute};
pub(crate) use probe::{TUNNEL as TUNNEL_MTU, of_type as mtu_of};
pub use reach::{Reachability, reachability};
pub use seats::address_name;

pub use addresses::{INTERNET, INTERNET_IPV6, INTERNET_PORT, LINUX_PORT, WINDOWS_PORT, foreign_words};
pub(crate) use addresses::{METADATA, is_metadata};

/// Would this packet arrive, and its answer come back? With every step and every blocker; `fixes` stays empty.
pub fn trace(world: &World, region: Region, flow: &Flow) -> Trace {
    words::tell(world, region, &walk::judge(world, region, flow))
}

/// [`trace`], with changes that make it work, each tried on a copy of the world and in the order of how much they open,
/// measured. Costs some milliseconds.
pub fn explain_and_fix(engine: &Engine, world: &World, region: Region, flow: &Flow) -> Trace {
    let mut trace = trace(world, region, flow);
    if !trace.reachable {
        let found = fixes::search(engine, world, region, flow);
        trace.fixes = opening::least_first(engine, world, region, found);
    }
    trace
}

/// [`Trace::disposition`] alone: the walk ends at the first blocker, and nothing is written down. [`reachability`] asks
/// for all pairs at once.
pub fn disposition(world: &World, region: Region, flow: &Flow) -> Disposition {
    let unused = Ec2::default();
    let ec2 = world.ec2(region).unwrap_or(&unused);
    walk::verdict(ec2, Some((world, region)), flow, ends::resolve(world, ec2, flow))
}

/// A question: would this packet arrive, and would its answer come back?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flow {
    /// Who sends.
    pub source: Endpoint,
    /// To whom.
    pub destination: Endpoint,
    /// IP protocol number: 6 TCP, 17 UDP, 1 ICMP (58 between IPv6 addresses; 1 is read so there).
    pub protocol: u8,
    /// Destination port; for ICMP the type (8 = echo request; read as 128 between IPv6 addresses).
    pub port: u16,
}

/// One end of a flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Endpoint {
    /// Somebody's laptop on the Internet: 203.0.113.25, source port 51514.
    Internet,
    /// An instance, by its primary interface; from the Internet by another of its addresses where only that is a public one.
    Instance(InstanceId),
    /// An interface.
    Interface(NetworkInterfaceId),
    /// An address, as seen from the other end.
    Address(IpAddr),
}

impl Endpoint {
    /// Whether it is an IPv6 address.
    fn is_ipv6(self) -> bool {
        matches!(self, Endpoint::Address(IpAddr::V6(_)))
    }
}

/// The answer to a [`Flow`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Trace {
    /// Delivered and answered.
    pub reachable: bool,
    /// How it ended.
    pub disposition: Disposition,
    /// Steps of the request.
    pub forward: Vec<Hop>,
    /// Steps of the answer; empty when the request did not arrive.
    #[serde(rename = "return")]
    pub back: Vec<Hop>,
    /// Every blocker, not only the first, in the order in which the packet would meet them.
    pub explanations: Vec<Explanation>,
    /// Whether every blocker is known: behind the last one, the answer would come back to who asked. Where a packet has no way to
    /// go on by, more may stand behind the blockers.
    pub whole: bool,
    /// Smallest changes that make it work, each tried on a copy of the world; in the order of how much they open where that
    /// was measured ([`explain_and_fix`], [`opening::least_first`]).
    pub fixes: Vec<Fix>,
}

impl Trace {
    /// Whether it is certain that one thing alone is in the way: a fix changes nothing else, or, where none was found, nothing
    /// behind it is unknown.
    pub fn is_alone(&self) -> bool {
        let proven = match self.fixes.is_empty() {
            true => self.whole,
            false => self.fixes.iter().any(|fix| fix.changes == 1),
        };
        self.explanations.len() == 1 && proven
    }
}

/// How a traced packet ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Disposition {
    /// It arrived and something took it.
    Delivered,
    /// A rule refused it.
    Denied,
    /// No route leads there.
    NoRoute,
    /// A route leads to something that is gone.
    BlackHole,
    /// It arrived, and nothing listens (TCP: RST; UDP: port unreachable).
    NotListening,
    /// It arrived; its answer did not come back.
    ReplyLost,
    /// An end is not running.
    BadState,
    /// The question names what does not exist.
    Unknown,
}

impl Disposition {
    /// As text.
    pub fn name(self) -> &'static str {
        match self {
            Disposition::Delivered => "delivered",
            Disposition::Denied => "denied",
            Disposition::NoRoute => "no-route",
            Disposition::BlackHole => "black-hole",
            Disposition::NotListening => "not-listening",
            Disposition::ReplyLost => "reply-lost",
            Disposition::BadState => "bad-state",
            Disposition::Unknown => "unknown",
        }
    }
}

/// Where in the machine, or that it is between machines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Layer {
    /// 1: the guest.
    CustomerInstance,
    /// 2: Xen or Nitro.
    Hypervisor,
    /// 3: the ENI.
    VirtualInterface,
    /// 4: security groups.
    SecurityGroup,
    /// 5: the host's anti-spoofing and, at the subnet's edge, the network ACL.
    Firewall,
    /// 6: the wire.
    PhysicalInterface,
    /// Between hosts: routes, gateways.
    Network,
}

impl Layer {
    /// The six layers of a host, top to bottom.
    pub const HOST: [Layer; 6] = [
        Layer::CustomerInstance,
        Layer::Hypervisor,
        Layer::VirtualInterface,
        Layer::SecurityGroup,
        Layer::Firewall,
        Layer::PhysicalInterface,
    ];

    /// As a trace spells it.
    pub fn name(self) -> &'static str {
        match self {
            Layer::CustomerInstance => "customer-instance",
            Layer::Hypervisor => "hypervisor",
            Layer::VirtualInterface => "virtual-interface",
            Layer::SecurityGroup => "security-group",
            Layer::Firewall => "firewall",
            Layer::PhysicalInterface => "physical-interface",
            Layer::Network => "network",
        }
    }
}

/// What a step did with the packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// A rule let it pass.
    Allow,
    /// A rule stopped it.
    Deny,
    /// Handed on; nothing there decides.
    Forward,
}

/// A thing on the way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Component {
    /// CloudFormation's name of its type.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// Its id; an address where a thing has no id.
    pub id: String,
}

/// A rule, as text one can find in the console.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Rule {
    /// `sgr-…`, `100`, `*`, `10.0.0.0/16`.
    pub id: String,
    /// `tcp 443 from 0.0.0.0/0`.
    pub text: String,
}

impl Rule {
    /// The id of what is in no list: what no rule allows.
    pub const UNLISTED: &str = "–";
}

/// A rule that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Considered {
    /// The rule.
    pub rule: Rule,
    /// What became of it.
    pub fate: Fate,
    /// Why it did not match (`port`, `source`, `protocol`), or what it did.
    pub why: String,
}

/// What became of a rule that was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It did not match.
    Skipped,
    /// It matched, and another decided.
    Matched,
    /// It decided.
    Decided,
}

/// The header of a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Packet {
    /// IP protocol number.
    #[serde(serialize_with = "protocol_name")]
    pub protocol: u8,
    /// From.
    pub source_address: IpAddr,
    /// From which port (0 where the protocol has none).
    pub source_port: u16,
    /// To.
    pub destination_address: IpAddr,
    /// To which port; for ICMP the type.
    pub destination_port: u16,
}

impl Packet {
    /// From whom: `10.0.1.20:443`, `[2001:db8::25]:443`; without a port where the protocol has none.
    pub fn source_text(&self) -> String {
        rules::socket(self.source_address, self.source_port, self.has_ports())
    }
    /// To whom, likewise.
    pub fn destination_text(&self) -> String {
        rules::socket(self.destination_address, self.destination_port, self.has_ports())
    }
}

/// `tcp`, `udp`, `icmp`, or the number.
pub fn protocol_text(protocol: u8) -> String {
    match protocol {
        1 => "icmp".into(),
        6 => "tcp".into(),
        17 => "udp".into(),
        58 => "icmpv6".into(),
        other => other.to_string(),
    }
}

fn protocol_name<S: serde::Serializer>(protocol: &u8, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&protocol_text(*protocol))
}

/// One blocker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// AWS's explanation code, or ours with the prefix `STRATUS_`: [`codes`].
    pub code: &'static str,
    /// What blocks.
    pub component: Component,
    /// `forward` or `return`.
    pub direction: &'static str,
    /// The reason in one plain sentence.
    pub detail: String,
}

/// A change that makes the path work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fix {
    /// The calls as `aws` commands, in their order. Ids that an earlier command makes stand there as they will be: the
    /// world is deterministic, so the commands can be pasted as they are while nothing else has changed.
    pub commands: Vec<String>,
    /// What it does, and what it opens.
    pub why: String,
    /// How many things it changes, each by one call or more.
    pub changes: usize,
    /// The same calls, ready to make.
    #[serde(skip)]
    pub calls: Vec<FixCall>,
}

/// One call of a fix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FixCall {
    /// Where it is made, if that is not the Region in which the path was asked.
    pub region: Option<Region>,
    /// The service.
    pub service: &'static str,
    /// The operation.
    pub operation: &'static str,
    /// Its parameters as JSON text keyed by the API's names (kept as text so that a trace stays comparable). A string
    /// `$(0.AllocationId)` stands for what the answer of the fix's first call has at that path: see [`fixes::apply`].
    pub params: String,
}
