//! What lies outside, in parts that no rule tells apart: one address stands for all of a part. Only arithmetic on ranges,
//! but for the question which blocks the rules of a Region name. The analyzers ask for these parts too.

use crate::base::limits::INTERNET_PARTS;
use crate::network::reach::{RANGES, RANGES_IPV6};
use crate::network::{INTERNET, INTERNET_IPV6, vpn};
use crate::world::Ec2;
use crate::world::vpc::{Peer, RouteDestination};
use ipnet::{IpNet, Ipv4Net, Ipv4Subnets, Ipv6Net, Ipv6Subnets};
use std::collections::{BTreeMap, BTreeSet, btree_set};
use std::iter::{Enumerate, Peekable};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// First and last address, as numbers: of IPv4 as IPv6 maps it (`::ffff:203.0.113.25`). No range has addresses of both.
pub(crate) type Range = (u128, u128);

/// Where IPv6 maps the addresses of IPv4 to.
const MAPPED: u128 = 0xffff << 32;

/// What the Internet by IPv6 is cut out of: all that is globally routable.
/// <https://www.iana.org/assignments/ipv6-address-space/ipv6-address-space.xhtml>
pub(crate) fn global() -> Ipv6Net {
    ipv6_block((0x2000, 3))
}

/// Addresses between which nothing makes a difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    /// The one that stands for all.
    pub at: IpAddr,
    /// All of them.
    pub ranges: Vec<Range>,
}

/// What lies outside, part by part.
#[derive(Default)]
pub(crate) struct Parts {
    /// The parts, at most [`INTERNET_PARTS`].
    pub parts: Vec<Part>,
    /// There would be more.
    pub cut: bool,
}

/// An address as a number.
pub(crate) fn number(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => MAPPED + u128::from(u32::from(address)),
        IpAddr::V6(address) => address.into(),
    }
}

/// The address that is meant by a number.
fn address(number: u128) -> IpAddr {
    match number.checked_sub(MAPPED).and_then(|own| u32::try_from(own).ok()) {
        Some(own) => Ipv4Addr::from(own).into(),
        None => Ipv6Addr::from(number).into(),
    }
}

/// What no packet of the Internet comes from: private, shared and unroutable addresses. (AWS's analyzers take the last of
/// these for possible; the gateway that is simulated here drops them.)
fn not_public() -> [Ipv4Net; 8] {
    RANGES.map(|(first, length)| Ipv4Net::new_assert(first.into(), length))
}

/// A block of IPv6 by its first 16 bits.
fn ipv6_block((first, length): (u16, u8)) -> Ipv6Net {
    Ipv6Net::new_assert(Ipv6Addr::new(first, 0, 0, 0, 0, 0, 0, 0), length)
}

/// Whether an address can be one of the Internet.
pub(crate) fn is_public(address: Ipv4Addr) -> bool {
    !not_public().iter().any(|block| block.contains(&address))
}

/// A block as a range.
fn range(block: IpNet) -> Range {
    (number(block.network()), number(block.broadcast()))
}

/// The Internet by IPv4. `inside`: blocks that are not of it, since VPCs and on-premises networks have them.
fn internet(inside: impl Iterator<Item = Ipv4Net>) -> Vec<Range> {
    let taken = not_public().into_iter().chain(inside).map(IpNet::V4);
    left((MAPPED, MAPPED + u128::from(u32::MAX)), taken)
}

/// The Internet by IPv6, likewise.
fn internet_ipv6(inside: impl Iterator<Item = Ipv6Net>) -> Vec<Range> {
    let not_public = RANGES_IPV6.map(ipv6_block);
    let taken = not_public.into_iter().chain(inside).map(IpNet::V6);
    left(range(IpNet::V6(global())), taken)
}

/// What is left of a range without blocks.
fn left((first, last): Range, taken: impl Iterator<Item = IpNet>) -> Vec<Range> {
    let mut taken: Vec<Range> = taken.map(range).collect();
    taken.sort_unstable();
    let (mut left, mut next) = (Vec::new(), first);
    for (from, to) in taken {
        let end = from.saturating_sub(1).min(last);
        if next <= end && from > first {
            left.push((next, end));
        }
        match to.checked_add(1) {
            Some(after) => next = next.max(after),
            None => return left,
        }
        if next > last {
            return left;
        }
    }
    left.push((next, last));
    left
}

/// Cuts ranges, which are sorted and do not overlap, where blocks begin and end, and puts together again what lies in the
/// same blocks. `free`: whether an address may stand for others; `first`: the one that does where it can.
fn parts(ranges: &[Range], blocks: &[IpNet], free: impl Fn(IpAddr) -> bool, first: IpAddr) -> Parts {
    let blocks: BTreeSet<Range> = blocks.iter().map(|block| range(*block)).collect();
    let starts = blocks.iter().map(|block| block.0);
    let ends = blocks.iter().filter_map(|block| block.1.checked_add(1));
    let cuts: BTreeSet<u128> = starts.chain(ends).collect();
    let mut around = Around::new(&blocks);
    let mut parts: BTreeMap<Vec<usize>, Vec<Range>> = BTreeMap::new();
    for (start, last) in ranges.iter().copied() {
        let within = cuts.range(start..=last).copied().filter(|cut| *cut > start);
        let firsts: Vec<u128> = std::iter::once(start).chain(within).collect();
        let lasts = firsts.iter().skip(1).map(|next| next - 1).chain([last]);
        for (from, to) in firsts.iter().copied().zip(lasts) {
            parts.entry(around.at(from)).or_default().push((from, to));
        }
    }
    let holds = |ranges: &[Range], address: IpAddr| {
        let address = number(address);
        ranges.iter().any(|range| (range.0..=range.1).contains(&address))
    };
    let part = |ranges: Vec<Range>| {
        let at = match holds(&ranges, first) && free(first) {
            true => Some(first),
            false => ranges.iter().find_map(|range| one_of(*range, &free)),
        };
        at.map(|at| Part { at, ranges })
    };
    let mut parts = parts.into_values().filter_map(part);
    Parts {
        parts: parts.by_ref().take(INTERNET_PARTS).collect(),
        cut: parts.next().is_some(),
    }
}

/// Which blocks lie around an address, for addresses that only ever grow: of thousands of blocks few do.
struct Around<'a> {
    /// Those that begin further on, by where they do.
    coming: Peekable<Enumerate<btree_set::Iter<'a, Range>>>,
    /// Where those end that have begun, and their places.
    begun: BTreeSet<(u128, usize)>,
}

impl<'a> Around<'a> {
    fn new(blocks: &'a BTreeSet<Range>) -> Self {
        Around {
            coming: blocks.iter().enumerate().peekable(),
            begun: BTreeSet::new(),
        }
    }

    /// The places of the blocks around an address, in their order.
    fn at(&mut self, address: u128) -> Vec<usize> {
        while let Some((place, block)) = self.coming.next_if(|(_, block)| block.0 <= address) {
            self.begun.insert((block.1, place));
        }
        self.begun = self.begun.split_off(&(address, 0));
        let mut places: Vec<usize> = self.begun.iter().map(|(_, place)| *place).collect();
        places.sort_unstable();
        places
    }
}

/// An address of a range that may stand for it: the second one where there is one.
fn one_of((first, last): Range, free: impl Fn(IpAddr) -> bool) -> Option<IpAddr> {
    let second = first.saturating_add(1).min(last);
    let mut tries = (second..=last).chain([first]).take(256).map(address);
    tries.find(|address| free(*address))
}

/// Ranges as the fewest blocks, as the API's headers list them.
pub(crate) fn blocks(ranges: &[Range]) -> Vec<String> {
    let mut sorted = ranges.to_vec();
    sorted.sort_unstable();
    let mut joined: Vec<Range> = Vec::new();
    for (first, last) in sorted {
        match joined.last_mut() {
            Some(before) if first <= before.1.saturating_add(1) => before.1 = before.1.max(last),
            _ => joined.push((first, last)),
        }
    }
    let blocks = |(first, last): Range| -> Vec<String> {
        match (address(first), address(last)) {
            (IpAddr::V4(first), IpAddr::V4(last)) => Ipv4Subnets::new(first, last, 0)
                .map(|block| block.to_string())
                .collect(),
            _ => Ipv6Subnets::new(first.into(), last.into(), 0)
                .map(|block| block.to_string())
                .collect(),
        }
    };
    let mut texts: Vec<String> = joined.into_iter().flat_map(blocks).collect();
    texts.sort_unstable();
    texts
}

/// The blocks that the rules of a Region name.
pub(crate) fn named(ec2: &Ec2) -> Vec<IpNet> {
    let groups = ec2.security_groups.rows().flat_map(|group| &group.rules);
    let peers = groups.filter_map(|rule| match rule.peer {
        Peer::Cidr(block) => Some(block),
        _ => None,
    });
    let lists = ec2.prefix_lists.rows().flat_map(|list| &list.entries);
    let entries = ec2.network_acls.rows().flat_map(|acl| &acl.entries);
    let routes = ec2.route_tables.rows().flat_map(|table| &table.routes);
    let routes = routes.map(|route| &route.destination);
    let transit = ec2.links.transit_tables.rows().flat_map(|table| &table.routes);
    let routes = routes.chain(transit.map(|(destination, _)| destination));
    let routes = routes.filter_map(|destination| match destination {
        RouteDestination::Cidr(block) => Some(*block),
        RouteDestination::PrefixList(_) => None,
    });
    let all = peers
        .chain(lists.map(|(block, _)| *block))
        .chain(entries.map(|entry| entry.cidr))
        .chain(routes);
    all.collect()
}

/// The blocks by which anything of a Region tells addresses of the Internet apart.
pub(crate) fn told_apart(ec2: &Ec2) -> Vec<IpNet> {
    let mut blocks = cutting(ec2);
    // What is private altogether cuts nothing.
    let global = global();
    blocks.retain(|block| match block {
        IpNet::V4(block) => is_public(block.network()) || is_public(block.broadcast()) || block.prefix_len() < 8,
        IpNet::V6(block) => global.contains(block) || block.contains(&global),
    });
    blocks
}

/// The blocks that rules name, and those of the guests' own firewalls and routes.
fn cutting(ec2: &Ec2) -> Vec<IpNet> {
    let mut blocks = named(ec2);
    blocks.extend(ec2.instances.rows().flat_map(|instance| instance.guest.blocks()));
    blocks
}

/// The addresses of a block: of one that holds private space beside other, those of the Internet.
pub(crate) fn within(ec2: &Ec2, block: IpNet) -> Parts {
    let free = |address| is_nobodys(ec2, address);
    let (first, last) = range(block);
    let public = match block {
        IpNet::V4(_) => internet(std::iter::empty()),
        IpNet::V6(_) => internet_ipv6(std::iter::empty()),
    };
    let public = public.into_iter().map(|range| (range.0.max(first), range.1.min(last)));
    let mut ranges: Vec<Range> = public.filter(|range| range.0 <= range.1).collect();
    if ranges.is_empty() {
        ranges.push((first, last));
    }
    parts(&ranges, &cutting(ec2), free, own_address(block.network().is_ipv6()))
}

/// The Internet, where a VPC has a gateway to it.
pub(crate) fn world_parts(ec2: &Ec2, named: &[IpNet]) -> Parts {
    if !ec2.internet_gateways.rows().any(|row| row.vpc.is_some()) {
        return Parts::default();
    }
    everywhere(ec2, named)
}

/// The Internet by IPv4, whether or not anything leads to it.
pub(crate) fn everywhere(ec2: &Ec2, named: &[IpNet]) -> Parts {
    let vpcs = ec2
        .vpcs
        .rows()
        .flat_map(|vpc| vpc.cidrs.iter().map(|(_, block)| *block));
    let free = |address| is_nobodys(ec2, address);
    let ranges = internet(vpcs.chain(on_premises(ec2)));
    parts(&ranges, named, free, own_address(false))
}

/// The Internet by IPv6, likewise.
pub(crate) fn everywhere_ipv6(ec2: &Ec2, named: &[IpNet]) -> Parts {
    let vpcs = ec2.vpcs.rows().flat_map(|vpc| &vpc.ipv6_cidrs);
    let free = |address| is_nobodys(ec2, address);
    let ranges = internet_ipv6(vpcs.map(|(_, block)| *block));
    parts(&ranges, named, free, own_address(true))
}

/// The address that the Internet is where it is one.
pub(crate) fn own_address(ipv6: bool) -> IpAddr {
    match ipv6 {
        true => INTERNET_IPV6.into(),
        false => INTERNET.into(),
    }
}

/// The networks that VPN connections lead to.
fn on_premises(ec2: &Ec2) -> Vec<Ipv4Net> {
    let gateways = ec2.gateways.vpn.rows().map(|row| row.id);
    let networks = gateways.flat_map(|id| vpn::announced(ec2, id));
    networks
        .chain(vpn::attached(ec2).flat_map(|row| vpn::beyond(ec2, row)))
        .collect()
}

/// What lies on premises, in parts that neither rules nor the connections that lead there tell apart.
pub(super) fn premises(ec2: &Ec2) -> Parts {
    let networks = on_premises(ec2);
    if networks.is_empty() {
        return Parts::default();
    }
    let policies = ec2.links.policy_tables.rows().flat_map(|table| &table.entries);
    let mut blocks = cutting(ec2);
    blocks.extend(networks.into_iter().map(IpNet::V4));
    blocks.extend(policies.flat_map(|entry| entry.source.into_iter().chain(entry.destination)));
    behind_parts(ec2, &blocks)
}

/// Whether an address lies on premises.
pub(crate) fn is_on_premises(ec2: &Ec2, address: IpAddr) -> bool {
    let holds = |address: Ipv4Addr| on_premises(ec2).iter().any(|block| block.contains(&address));
    matches!(address, IpAddr::V4(address) if holds(address))
}

/// What is behind virtual private gateways.
pub(crate) fn behind_parts(ec2: &Ec2, named: &[IpNet]) -> Parts {
    let networks = Ipv4Net::aggregate(&on_premises(ec2)).into_iter();
    let mut ranges: Vec<Range> = networks.map(|block| range(IpNet::V4(block))).collect();
    ranges.sort_unstable();
    parts(&ranges, named, |address| is_nobodys(ec2, address), own_address(false))
}

/// Whether nobody of the account has an address.
fn is_nobodys(ec2: &Ec2, address: IpAddr) -> bool {
    ec2.public_holder(address).is_none()
}
