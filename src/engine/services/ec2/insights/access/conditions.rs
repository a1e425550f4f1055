//! A scope's statements, made definite, and whether a packet's way fits them. Looks at ways only: what is let through, the
//! walk has said.

use super::kinds::type_of;
use super::statements::{block, id_text, ports};
use crate::base::ids::*;
use crate::catalog::Region;
use crate::network::Packet;
use crate::network::insights::Seen;
use crate::services::elbv2;
use crate::world::access_scopes::*;
use crate::world::vpc::NetworkInterface;
use crate::world::{Ec2, World};
use ipnet::{IpNet, Ipv4Net};
use std::net::IpAddr;

/// One pattern of paths.
pub(super) struct Pattern {
    /// Where they begin.
    pub source: Condition,
    /// Where they end.
    pub destination: Condition,
    /// What they go through.
    through: Vec<Things>,
}

/// What is wanted of an end.
#[derive(Default)]
pub(super) struct Condition {
    things: Option<Things>,
    /// What is wanted of the packet there.
    pub header: Option<Header>,
}

/// Things by ids, or by kinds.
struct Things {
    ids: Vec<ResourceId>,
    kinds: Vec<Kind>,
}

/// What is wanted of a packet; `None`: anything.
pub(super) struct Header {
    protocols: Option<Vec<u8>>,
    from: Option<Vec<Ipv4Net>>,
    to: Option<Vec<Ipv4Net>>,
    from_ports: Option<Vec<(u16, u16)>>,
    to_ports: Option<Vec<(u16, u16)>>,
}

/// What lies at an end of a way.
#[derive(Clone, Copy)]
pub(super) enum Spot<'w> {
    /// An interface.
    Interface(&'w NetworkInterface),
    /// The Internet.
    Internet,
    /// What is behind a virtual private gateway.
    OnPremises,
    /// A service behind a gateway endpoint.
    Service,
}

/// A packet's way as far as it comes.
pub(super) struct Way<'w> {
    /// Components that it passes.
    pub stations: Vec<Seen>,
    /// Where it begins.
    pub source: Spot<'w>,
    /// Where it should end.
    pub target: Spot<'w>,
    /// Whether it does.
    pub arrives: bool,
}

impl Pattern {
    /// Reads a path of a scope.
    ///
    /// # Errors
    /// The thing that does not exist.
    pub fn of(world: &World, region: Region, path: &ScopePath) -> Result<Pattern, String> {
        let things = |statement: &ResourceStatement| Things::of(world, region, statement);
        let condition = |statement: &Option<PathStatement>| {
            let Some(statement) = statement else {
                return Ok(Condition::default());
            };
            let header = statement.header.as_ref();
            Ok::<_, String>(Condition {
                things: statement.resources.as_ref().map(things).transpose()?,
                header: header.map(|header| Header::of(world, region, header)).transpose()?,
            })
        };
        Ok(Pattern {
            source: condition(&path.source)?,
            destination: condition(&path.destination)?,
            through: path.through.iter().map(things).collect::<Result<_, _>>()?,
        })
    }

    /// The part of a way that this is a pattern of: first and last station. `strict`: all packets that the way stands for
    /// must fit, not only some.
    pub fn part(&self, way: &Way<'_>, within: (usize, usize), strict: bool) -> Option<(usize, usize)> {
        let (low, high) = within;
        let first = (low..=high).find(|at| self.source.is_source(way, *at))?;
        let last = match self.destination.things {
            Some(_) => (first + 1..=high).find(|at| self.destination.is_target(way, *at))?,
            // Where it must only end somewhere, it ends where it ends.
            None => (first + 1..=high)
                .rev()
                .find(|at| self.destination.is_target(way, *at))?,
        };
        let (sent, got) = (way.stations.get(first)?.before, way.stations.get(last)?.after);
        let fits = |header: &Option<Header>, packet| header.as_ref().is_none_or(|header| header.fits(packet, strict));
        if !fits(&self.source.header, &sent) || !fits(&self.destination.header, &got) {
            return None;
        }
        let between = way.stations.get(first..=last)?;
        let all = self
            .through
            .iter()
            .all(|things| between.iter().any(|seen| things.hold(seen)));
        all.then_some((first, last))
    }

    /// The headers that are wanted anywhere.
    pub fn headers(&self) -> impl Iterator<Item = &Header> {
        [&self.source.header, &self.destination.header].into_iter().flatten()
    }
}

impl Condition {
    fn is_source(&self, way: &Way<'_>, at: usize) -> bool {
        self.is_end(way, at, way.source)
    }

    fn is_target(&self, way: &Way<'_>, at: usize) -> bool {
        let Some(seen) = way.stations.get(at) else { return false };
        let gate = !matches!(seen.id, ResourceId::NetworkInterface(_));
        // A gateway has the packet whatever lies behind it; a machine only when it has passed everything.
        let reached = way.arrives || gate && self.things.is_some();
        reached && self.is_end(way, at, way.target)
    }

    fn is_end(&self, way: &Way<'_>, at: usize, spot: Spot<'_>) -> bool {
        let Some(seen) = way.stations.get(at) else { return false };
        // An endpoint's interface is where the endpoint is.
        if let Spot::Interface(row) = spot
            && (seen.id == row.id.into() || seen.of.contains(&row.id.into()))
            && self.things.as_ref().is_none_or(|things| things.hold_interface(row))
        {
            return true;
        }
        match (seen.id, spot, &self.things) {
            (ResourceId::InternetGateway(_), Spot::Internet, None)
            | (ResourceId::VpnGateway(_), Spot::OnPremises, None)
            | (ResourceId::VpcEndpoint(_), Spot::Service, None) => true,
            (ResourceId::NetworkInterface(_), _, _) | (_, _, None) => false,
            (_, _, Some(things)) => things.hold(seen),
        }
    }

    /// Whether a way from (or to) such a place can begin (or end) as is wanted.
    pub fn allows(&self, spot: Spot<'_>) -> bool {
        let Some(things) = &self.things else { return true };
        let own = match spot {
            Spot::Interface(row) => things.hold_interface(row),
            Spot::Internet => things.name(Kind::InternetGateway),
            Spot::OnPremises => things.name(Kind::VpnGateway),
            Spot::Service => things.name(Kind::VpcEndpoint),
        };
        own || self.is_between()
    }

    /// Whether it wants something that packets pass on their way.
    pub fn is_between(&self) -> bool {
        const BETWEEN: [Kind; 4] = [
            Kind::VpcPeering,
            Kind::TransitAttachment,
            Kind::VpcEndpoint,
            Kind::EndpointService,
        ];
        let things = self.things.as_ref();
        things.is_some_and(|things| BETWEEN.iter().any(|kind| things.name(*kind)))
    }
}

impl Things {
    fn of(world: &World, region: Region, statement: &ResourceStatement) -> Result<Things, String> {
        let id = |text: &String| {
            let own = format!("arn:aws:ec2:{}:{}:", region.name(), world.account());
            let foreign = text.starts_with("arn:") && !text.starts_with(&own);
            let id = ResourceId::parse(id_text(text)).filter(|id| world.has(region, *id) && !foreign);
            id.or_else(|| balancer(world, region, text)).ok_or_else(|| text.clone())
        };
        let kinds = statement.types.iter().filter_map(|name| type_of(name)?.0);
        Ok(Things {
            ids: statement.resources.iter().map(id).collect::<Result<_, _>>()?,
            kinds: kinds.collect(),
        })
    }

    /// Whether things of a kind are meant, all or some.
    fn name(&self, kind: Kind) -> bool {
        self.kinds.contains(&kind) || self.ids.iter().any(|id| id.kind() == kind)
    }

    /// A thing on the way, by itself or by what it stands for.
    fn hold(&self, seen: &Seen) -> bool {
        let mut stands_for = std::iter::once(&seen.id).chain(&seen.of);
        stands_for.any(|id| self.ids.contains(id) || self.kinds.contains(&id.kind()))
    }

    /// An interface, by itself or by where it is.
    fn hold_interface(&self, row: &NetworkInterface) -> bool {
        let of = |id: &ResourceId| match id {
            ResourceId::NetworkInterface(id) => *id == row.id,
            ResourceId::Instance(id) => row.attachment.as_ref().is_some_and(|at| at.instance == *id),
            ResourceId::SecurityGroup(id) => row.groups.contains(id),
            ResourceId::Subnet(id) => *id == row.subnet,
            ResourceId::Vpc(id) => *id == row.vpc,
            _ => false,
        };
        self.kinds.contains(&Kind::NetworkInterface) || self.ids.iter().any(of)
    }
}

impl Header {
    fn of(world: &World, region: Region, header: &HeaderStatement) -> Result<Header, String> {
        let ec2 = world.ec2(region);
        Ok(Header {
            protocols: (!header.protocols.is_empty()).then(|| {
                let number = |text: &String| if text == "udp" { 17 } else { 6 };
                header.protocols.iter().map(number).collect()
            }),
            from: blocks(ec2, &header.source_addresses, &header.source_lists)?,
            to: blocks(ec2, &header.destination_addresses, &header.destination_lists)?,
            from_ports: ranges(&header.source_ports),
            to_ports: ranges(&header.destination_ports),
        })
    }

    fn fits(&self, packet: &Packet, strict: bool) -> bool {
        let within = |blocks: &Option<Vec<Ipv4Net>>, address: IpAddr| {
            let IpAddr::V4(address) = address else { return false };
            let blocks = blocks.as_ref();
            blocks.is_none_or(|blocks| blocks.iter().any(|block| block.contains(&address)))
        };
        // A client sends from any port: some of them fit, or all of them.
        let from_ports = self.from_ports.as_ref().is_none_or(|ranges| match strict {
            true => ranges.contains(&(0, u16::MAX)),
            false => !ranges.is_empty(),
        });
        from_ports
            && self.takes(packet.protocol, packet.destination_port)
            && within(&self.from, packet.source_address)
            && within(&self.to, packet.destination_address)
    }

    /// Whether a protocol and a port that a packet goes to fit.
    pub fn takes(&self, protocol: u8, port: u16) -> bool {
        let protocols = self.protocols.as_ref();
        let ports = self.to_ports.as_ref();
        protocols.is_none_or(|protocols| protocols.contains(&protocol))
            && ports.is_none_or(|ranges| ranges.iter().any(|range| (range.0..=range.1).contains(&port)))
    }

    /// Ports that it names, first and last: what lies in a range is another kind of traffic than what does not.
    pub fn spans(&self) -> impl Iterator<Item = (u16, u16)> {
        self.to_ports.iter().flatten().copied()
    }

    /// Blocks that it names.
    pub fn blocks(&self) -> impl Iterator<Item = Ipv4Net> {
        self.from.iter().chain(&self.to).flatten().copied()
    }
}

/// The load balancer that an ARN names.
fn balancer(world: &World, region: Region, arn: &str) -> Option<ResourceId> {
    let is = |id: &ResourceId| elbv2::arn_of(world, region, *id).is_some_and(|own| own == arn);
    let rows = &world.ec2(region)?.balancing;
    let second = rows.balancers.rows().map(|row| ResourceId::from(row.id));
    let classic = rows.classic.rows().map(|row| ResourceId::from(row.id));
    second.chain(classic).find(is)
}

fn ranges(texts: &[String]) -> Option<Vec<(u16, u16)>> {
    (!texts.is_empty()).then(|| texts.iter().filter_map(|text| ports(text)).collect())
}

fn blocks(ec2: Option<&Ec2>, addresses: &[String], lists: &[String]) -> Result<Option<Vec<Ipv4Net>>, String> {
    if addresses.is_empty() && lists.is_empty() {
        return Ok(None);
    }
    let mut blocks: Vec<Ipv4Net> = addresses.iter().filter_map(|text| block(text)).collect();
    for text in lists {
        let id = ResourceId::parse(id_text(text)).and_then(|id| PrefixListId::try_from(id).ok());
        let list = id
            .and_then(|id| ec2?.prefix_lists.get(&id))
            .ok_or_else(|| text.clone())?;
        blocks.extend(list.entries.iter().filter_map(|(block, _)| match block {
            IpNet::V4(block) => Some(*block),
            IpNet::V6(_) => None,
        }));
    }
    Ok(Some(blocks))
}
