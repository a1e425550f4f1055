//! The survey for one who knows the configuration and nothing else: no guest, no listener and no host counts, and ends are
//! also gateways and interfaces beside an instance's first. The same cells and the same walk; only the request's way
//! counts, since an access is a path that a packet can take.
//! <https://docs.aws.amazon.com/vpc/latest/network-access-analyzer/how-network-access-analyzer-works.html>

use super::cells::{Kind, Named};
use super::traffic::Traffic;
use crate::base::ids::NetworkInterfaceId;
use crate::network::addresses::{TCP, UDP};
use crate::network::grid::Grid;
use crate::network::{Endpoint, Flow, ends, seats, walk};
use crate::world::{Ec2, World};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Who reaches whom by TCP and UDP, as the configuration has it.
pub(crate) struct Access<'w> {
    world: &'w World,
    ec2: &'w Ec2,
    kinds: Vec<Kind>,
    class: BTreeMap<NetworkInterfaceId, usize>,
    found: BTreeMap<(Party, Party), Rc<[usize]>>,
    walks: usize,
}

/// An end, with all that nothing tells apart from it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Party {
    Class(usize),
    Own(Endpoint),
}

impl<'w> Access<'w> {
    /// Surveys a Region. `spans`: protocols, first and last ports that make a difference and that no rule names.
    pub fn new(world: &'w World, ec2: &'w Ec2, spans: &[(u8, u16, u16)]) -> Access<'w> {
        let mut named = Named::of(ec2);
        for (protocol, first, last) in spans.iter().copied() {
            named.span(protocol, first.into(), last.into());
        }
        let kinds = named.kinds(&[]).into_iter();
        let grid = Grid::new(ec2, seats::primary(ec2), |_, _| ());
        let class = grid.classes.iter().enumerate().flat_map(|(number, class)| {
            let interfaces = class.members.iter().filter_map(|seat| seat.interface);
            interfaces.map(move |interface| (interface.id, number))
        });
        Access {
            world,
            ec2,
            kinds: kinds.filter(|kind| matches!(kind.probe.0, TCP | UDP)).collect(),
            class: class.collect(),
            found: BTreeMap::new(),
            walks: 0,
        }
    }

    /// How many packets it has followed so far.
    pub fn walks(&self) -> usize {
        self.walks
    }

    /// Kinds of traffic that nothing tells apart: the packet that stands for one, and all of it.
    pub fn kinds(&self) -> impl Iterator<Item = ((u8, u16), &[Traffic])> {
        self.kinds.iter().map(|kind| (kind.probe, kind.parts.as_slice()))
    }

    /// The kinds, by their places, of which a packet gets from one end to another.
    pub fn arriving(&mut self, source: Endpoint, destination: Endpoint) -> Rc<[usize]> {
        let key = (self.party(source), self.party(destination));
        if let Some(found) = self.found.get(&key) {
            return Rc::clone(found);
        }
        let arrives = |kind: &Kind| {
            let flow = Flow {
                source,
                destination,
                protocol: kind.probe.0,
                port: kind.probe.1,
            };
            walk::arrives(self.ec2, ends::resolve_primary(self.world, self.ec2, &flow))
        };
        self.walks += self.kinds.len();
        let kinds = self.kinds.iter().enumerate();
        let found: Rc<[usize]> = kinds
            .filter(|(_, kind)| arrives(kind))
            .map(|(place, _)| place)
            .collect();
        self.found.insert(key, Rc::clone(&found));
        found
    }

    fn party(&self, end: Endpoint) -> Party {
        match end {
            Endpoint::Interface(id) => self
                .class
                .get(&id)
                .map_or(Party::Own(end), |class| Party::Class(*class)),
            end => Party::Own(end),
        }
    }
}
