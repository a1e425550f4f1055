//! The places at which a packet can be stopped, in the order in which it comes to them, whatever happens to it: what a
//! learner chooses from must not tell how the path ends. Knows nothing of the screen.

use super::super::stage::{layer_number, layer_words};
use crate::session::traced::Traced;
use crate::session::traced::is_station;
use stratus_engine::network::{Hop, Layer, Verdict};

/// A place at which a packet can be stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// A layer of a host; true = the host that sends the request.
    Host(bool, Layer),
    /// The network ACL of a host's subnet.
    Acl(bool),
    /// The routes.
    Route,
    /// Gateways, connections, the VPC itself, and hosts in between.
    Between,
}

/// A prediction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guess {
    /// It gets through, both ways.
    Through,
    /// Stopped at this place; true = the answer, on its way back.
    Stopped(Spot, bool),
}

impl Spot {
    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Spot::Host(_, layer) => layer_words(layer).0,
            Spot::Acl(true) => "Network ACL of the sender's subnet",
            Spot::Acl(false) => "Network ACL of the receiver's subnet",
            Spot::Route => "Route table",
            Spot::Between => "Gateway, connection or VPC",
        }
    }

    /// With the side that it is on, in the middle of a sentence.
    pub fn words(self) -> String {
        let (first, rest) = self.name().split_at(1);
        let name = format!("{}{rest}", first.to_ascii_lowercase());
        match self {
            Spot::Host(true, _) => format!("{name} on the sender's side"),
            Spot::Host(false, _) => format!("{name} on the receiver's side"),
            _ => name,
        }
    }

    fn of(hop: &Hop) -> Spot {
        match hop.layer {
            _ if hop.via.is_some() => Spot::Between,
            Layer::Firewall if is_station(hop) => Spot::Acl(hop.at_source),
            Layer::Network if hop.component().kind.contains("::RouteTable") => Spot::Route,
            Layer::Network => Spot::Between,
            layer => Spot::Host(hop.at_source, layer),
        }
    }
}

/// The layers of one host and, of the network, all that this question may meet, as the request meets them.
pub fn along(traced: &Traced) -> Vec<Spot> {
    let mut spots = Vec::new();
    if !traced.is_outside(true) {
        spots.extend(Layer::HOST.map(|layer| Spot::Host(true, layer)));
        spots.push(Spot::Acl(true));
    }
    spots.extend([Spot::Route, Spot::Between]);
    if !traced.is_outside(false) {
        spots.push(Spot::Acl(false));
        let mut up = Layer::HOST.map(|layer| Spot::Host(false, layer));
        up.reverse();
        spots.extend(up);
    }
    spots
}

/// What happened, in the words of a prediction.
pub fn truth(traced: &Traced) -> Guess {
    let at = traced.deciding();
    match traced.hop(at) {
        Some(hop) if !traced.trace.reachable && hop.verdict == Verdict::Deny => {
            Guess::Stopped(Spot::of(hop), traced.is_back(at))
        }
        // What is stopped without a step that refuses it never found a way.
        _ if !traced.trace.reachable => Guess::Stopped(Spot::Route, false),
        _ => Guess::Through,
    }
}

/// How many places lie between two predictions of one question, along the request's way and the answer's; `None` where
/// only one of them says that the packet is stopped.
pub fn distance(traced: &Traced, one: Guess, other: Guess) -> Option<usize> {
    let spots = along(traced);
    let place = |guess: Guess| match guess {
        Guess::Through => None,
        Guess::Stopped(spot, back) => {
            let at = spots.iter().position(|known| *known == spot).unwrap_or(0);
            Some(if back { 2 * spots.len() - 1 - at } else { at })
        }
    };
    match (one, other) {
        (Guess::Through, Guess::Through) => Some(0),
        _ => Some(place(one)?.abs_diff(place(other)?)),
    }
}

/// Its number in a host, for those that have one.
pub fn number(spot: Spot) -> Option<usize> {
    match spot {
        Spot::Host(_, layer) => Some(layer_number(layer)),
        _ => None,
    }
}
