//! What the survey of all ports says, in the order in which one should read it: what is open to the world, the worst first;
//! and who reaches whom, in groups. Nothing here touches the page, and nothing is judged that the engine has not judged.

use super::words::{self, Danger};
use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use stratus_engine::World;
use stratus_engine::base::ids::{InstanceId, ResourceId};
use stratus_engine::catalog::Region;
use stratus_engine::network::fronts::{fronts, node_name};
use stratus_engine::network::matrix::{Group, Grouping, groups};
use stratus_engine::network::survey::{self, Found, INTERNET_BY_IPV6, OpenNode, Origin, Survey};
use stratus_engine::network::{Endpoint, address_name};
use stratus_engine::world::compute::{Instance, InstanceState};
use stratus_model::sort;

/// A survey of a Region, and what of it is open to the world.
#[derive(Debug)]
pub struct Surveyed {
    /// The Region.
    pub region: Region,
    /// The stamp of the world that was surveyed.
    pub stamp: u64,
    /// Who reaches whom.
    pub survey: Survey,
    /// What is open to the world, the worst first.
    pub open: Vec<Open>,
    /// Instances of the Region that are not terminated.
    pub instances: usize,
    /// Load balancers of the Region that take packets.
    pub balancers: usize,
    /// Ordered pairs of different ones of these: in how many something gets through, and how many there are.
    pub pairs: (usize, usize),
}

/// An instance or a load balancer that is open to the world.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// Whom a packet is sent to: the instance, another of its addresses, or a node of the load balancer.
    pub end: Endpoint,
    /// What the inspector has a page of.
    pub id: ResourceId,
    /// What it is called.
    pub name: String,
    /// From where.
    pub from: Origin,
    /// What gets in.
    pub found: Found,
    /// How bad that is.
    pub danger: Danger,
}

/// Surveys a Region. `stamp`: of this world.
pub fn read(world: &World, region: Region, stamp: u64) -> Surveyed {
    let (survey, instances, nodes) = survey::survey_with_world(world, region);
    let mut open: Vec<Open> = instances
        .into_iter()
        .map(|row| open_instance(world, region, row))
        .collect();
    open.extend(open_balancers(world, region, &nodes));
    sort::by_key(&mut open, |row| {
        let partly = matches!(row.from, Origin::Blocks(_));
        let unheard = row.found.delivered.is_empty();
        let name = (row.name.clone(), row.id, row.from.clone());
        (partly, row.danger, unheard, Reverse(words::width(&row.found)), name)
    });
    let ec2 = world.ec2(region);
    let is_there = |row: &Instance| row.state != InstanceState::Terminated;
    let counts = |id: InstanceId| world.row::<Instance>(region, id).is_some_and(is_there);
    let rows = ec2.into_iter().flat_map(|ec2| ec2.instances.rows());
    Surveyed {
        region,
        stamp,
        instances: rows.filter(|row| is_there(row)).count(),
        balancers: ec2.map_or(0, |ec2| fronts(ec2).len()),
        pairs: survey.reached(counts),
        survey,
        open,
    }
}

fn open_instance(world: &World, region: Region, row: survey::Open) -> Open {
    Open {
        end: row.end,
        id: row.instance.into(),
        name: address_name(world, region, row.end).unwrap_or_else(|| world.label(region, row.instance.into())),
        danger: words::danger(&row.found),
        from: row.from,
        found: row.found,
    }
}

/// Nodes of one load balancer that say the same stand in one row; where it has several, each says which nodes it is about.
fn open_balancers(world: &World, region: Region, nodes: &[OpenNode]) -> Vec<Open> {
    let Some(ec2) = world.ec2(region) else {
        return Vec::new();
    };
    let mut rows: Vec<Open> = Vec::new();
    for front in fronts(ec2) {
        let mut own: Vec<(Open, Vec<String>)> = Vec::new();
        for one in nodes.iter().filter(|one| front.nodes.contains(&one.node)) {
            let name = node_name(world, region, one.node).unwrap_or_else(|| front.name.clone());
            let known = |(row, _): &&mut (Open, Vec<String>)| row.from == one.from && row.found == one.found;
            if let Some((_, names)) = own.iter_mut().find(known) {
                names.push(name);
                continue;
            }
            let row = Open {
                end: Endpoint::Interface(one.node),
                id: front.id,
                name: front.name.clone(),
                danger: words::danger(&one.found),
                from: one.from.clone(),
                found: one.found.clone(),
            };
            own.push((row, vec![name]));
        }
        let several = own.len() > 1;
        rows.extend(own.into_iter().map(|(mut row, names)| {
            if several {
                row.name = names.join(", ");
            }
            row
        }));
    }
    rows
}

impl Surveyed {
    /// How many different instances and load balancers are open to the whole Internet, and how many to a part of it only.
    pub fn open_count(&self) -> (usize, usize) {
        let mut whole: Vec<ResourceId> = Vec::new();
        let mut part: Vec<ResourceId> = Vec::new();
        for row in &self.open {
            match row.from {
                Origin::Blocks(_) => part.push(row.id),
                _ => whole.push(row.id),
            }
        }
        let distinct = |ids: &mut Vec<ResourceId>| {
            sort::sort(ids);
            ids.dedup();
        };
        distinct(&mut whole);
        distinct(&mut part);
        let only = part.iter().filter(|id| whole.binary_search(id).is_err()).count();
        (whole.len(), only)
    }
}

/// By whom the list goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Each sender with whom it reaches.
    Sender,
    /// Each receiver with who reaches it.
    Receiver,
}

/// By which of their addresses instances meet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Addresses {
    /// Their primary IPv4 address.
    #[default]
    Primary,
    /// Every IPv4 address.
    Ipv4,
    /// Every IPv6 address.
    Ipv6,
}

impl Addresses {
    /// All of them.
    pub const ALL: [Addresses; 3] = [Addresses::Primary, Addresses::Ipv4, Addresses::Ipv6];

    /// Those that a survey has anything to say of.
    pub fn of(survey: &Survey) -> Vec<Addresses> {
        let further = |end: Endpoint| !matches!(end, Endpoint::Instance(_));
        let says = |own: &Addresses| match own {
            Addresses::Primary => true,
            own => survey.seats().any(|(end, _)| further(end) && own.has(end)),
        };
        Addresses::ALL.into_iter().filter(says).collect()
    }

    /// Its value in a form.
    pub fn key(self) -> &'static str {
        match self {
            Addresses::Primary => "primary",
            Addresses::Ipv4 => "ipv4",
            Addresses::Ipv6 => "ipv6",
        }
    }

    /// As one chooses it.
    pub fn words(self) -> &'static str {
        match self {
            Addresses::Primary => "primary IPv4",
            Addresses::Ipv4 => "all IPv4",
            Addresses::Ipv6 => "all IPv6",
        }
    }

    fn has(self, end: Endpoint) -> bool {
        match (self, end) {
            (Addresses::Primary, end) => matches!(end, Endpoint::Instance(_)),
            (Addresses::Ipv6, Endpoint::Address(address)) => address.is_ipv6(),
            (Addresses::Ipv4, Endpoint::Address(address)) => address.is_ipv4(),
            (Addresses::Ipv4, _) => true,
            (Addresses::Ipv6, _) => false,
        }
    }

    fn internet(self) -> Endpoint {
        match self {
            Addresses::Ipv6 => INTERNET_BY_IPV6,
            _ => Endpoint::Internet,
        }
    }
}

/// Ends that nothing tells apart, by instance.
type Class = Vec<(InstanceId, Endpoint)>;

/// A survey in groups.
#[derive(Debug)]
pub struct Grouped {
    /// The groups: the Internet first, then load balancers, then instances, as the matrix has them.
    pub groups: Vec<Group>,
    /// For each group of instances, its classes with their members.
    classes: Vec<BTreeMap<usize, Class>>,
    addresses: Addresses,
}

/// What somebody reaches, or is reached by, in one way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What gets through.
    pub found: Found,
    /// Groups at the other end.
    pub others: Vec<Other>,
    /// A pair of whom it is true: sender, receiver.
    pub example: (Endpoint, Endpoint),
}

/// A group at the other end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Other {
    /// Its place among the groups.
    pub group: usize,
    /// Where the Internet is it: which part of it.
    pub part: Option<Origin>,
    /// Pairs of which it is true.
    pub pairs: usize,
    /// All pairs.
    pub of: usize,
}

/// The pairs of two groups of which one thing is true.
struct Met {
    pairs: usize,
    example: (Endpoint, Endpoint),
}

/// What is true of pairs, of which part of the Internet where that receives, and of how many.
type MetBy<'s> = BTreeMap<(Cow<'s, Found>, Option<Origin>), Met>;

impl Grouped {
    /// Puts the instances of a world into groups.
    pub fn new(world: &World, surveyed: &Surveyed, grouping: &Grouping, addresses: Addresses) -> Grouped {
        let groups = groups(world, surveyed.region, grouping);
        let mut ends: BTreeMap<InstanceId, Vec<Endpoint>> = BTreeMap::new();
        for (end, instance) in surveyed.survey.seats().filter(|(end, _)| addresses.has(*end)) {
            ends.entry(instance).or_default().push(end);
        }
        let of = |group: &Group| {
            let mut classes: BTreeMap<usize, Class> = BTreeMap::new();
            for member in &group.members {
                let Endpoint::Instance(id) = member else { continue };
                for end in ends.get(id).into_iter().flatten() {
                    if let Some(class) = surveyed.survey.class_of(*end) {
                        classes.entry(class).or_default().push((*id, *end));
                    }
                }
            }
            classes
        };
        let classes = groups.iter().map(of).collect();
        Grouped {
            groups,
            classes,
            addresses,
        }
    }

    /// What a group is called.
    pub fn label(&self, group: usize) -> &str {
        self.groups.get(group).map_or("", |group| group.label.as_str())
    }

    /// Groups that the list has, of those with such addresses: what the Internet reaches is listed by itself, and load
    /// balancers only receive.
    pub fn listed(&self, by: By) -> impl Iterator<Item = usize> + '_ {
        let groups = self.groups.iter().enumerate();
        let listed = groups.filter(move |(place, group)| {
            let members = self.classes.get(*place).is_some_and(|classes| !classes.is_empty());
            match (by, group.balancer) {
                (By::Sender, _) => *place > 0 && members,
                (By::Receiver, Some(_)) => true,
                (By::Receiver, None) => *place == 0 || members,
            }
        });
        listed.map(|(place, _)| place)
    }

    /// What a group reaches, or what reaches it: what most others share first; empty: nobody.
    pub fn lines(&self, survey: &Survey, by: By, own: usize) -> Vec<Line> {
        let mut lines: BTreeMap<Cow<'_, Found>, Line> = BTreeMap::new();
        for other in 0..self.groups.len() {
            let (from, to) = match by {
                By::Sender => (own, other),
                By::Receiver => (other, own),
            };
            let (met, of) = self.between(survey, from, to);
            for ((found, part), Met { pairs, example }) in met {
                let line = lines.entry(found.clone()).or_insert_with(|| Line {
                    found: found.into_owned(),
                    others: Vec::new(),
                    example,
                });
                line.others.push(Other {
                    group: other,
                    part,
                    pairs,
                    of,
                });
            }
        }
        let mut lines: Vec<Line> = lines.into_values().collect();
        sort::by_key(&mut lines, |line| {
            let pairs: usize = line.others.iter().map(|other| other.pairs).sum();
            (line.found.delivered.is_empty(), Reverse(pairs), line.found.clone())
        });
        lines
    }

    /// All that is true of pairs of two groups, of which part of the Internet where that receives; and how many pairs there are.
    fn between<'s>(&self, survey: &'s Survey, from: usize, to: usize) -> (MetBy<'s>, usize) {
        let mut met = MetBy::new();
        let mut all = 0;
        let mut add = |found: Cow<'s, Found>, part: Option<Origin>, pairs: usize, example: (Endpoint, Endpoint)| {
            if pairs > 0 && !found.is_empty() {
                let met = met.entry((found, part)).or_insert(Met { pairs: 0, example });
                met.pairs += pairs;
            }
        };
        let members = |place: usize| self.classes.get(place).into_iter().flatten();
        if to == 0 {
            for (_, senders) in members(from) {
                all += senders.len();
                for (_, sender) in senders.iter().take(1) {
                    for (part, found) in survey.out_to(*sender) {
                        let example = (*sender, self.somebody(&part));
                        add(Cow::Owned(found), Some(part), senders.len(), example);
                    }
                }
            }
            return (met, all);
        }
        // A load balancer may tell instances of one class apart.
        for node in self.nodes(to) {
            for (_, sender) in members(from).flat_map(|(_, senders)| senders) {
                let pair = (*sender, *node);
                all += 1;
                add(Cow::Borrowed(survey.between(pair.0, pair.1)), None, 1, pair);
            }
        }
        for (_, senders) in members(from) {
            for (_, receivers) in members(to) {
                let (pairs, example) = pairs(senders, receivers);
                all += pairs;
                if let Some((sender, receiver)) = example {
                    add(
                        Cow::Borrowed(survey.between(sender, receiver)),
                        None,
                        pairs,
                        (sender, receiver),
                    );
                }
            }
        }
        (met, all)
    }

    /// Somebody in a part of the Internet.
    fn somebody(&self, part: &Origin) -> Endpoint {
        let first = match part {
            Origin::Blocks(blocks) => blocks.first().and_then(|block| block.split('/').next()),
            Origin::Everywhere | Origin::Ipv6 => None,
        };
        let address = first.and_then(|address| address.parse().ok());
        address.map_or(self.addresses.internet(), Endpoint::Address)
    }

    fn nodes(&self, place: usize) -> &[Endpoint] {
        let group = self.groups.get(place).filter(|group| group.balancer.is_some());
        group.map_or(&[], |group| group.members.as_slice())
    }
}

/// Pairs of different instances, and one of them.
fn pairs(senders: &Class, receivers: &Class) -> (usize, Option<(Endpoint, Endpoint)>) {
    let mut theirs: BTreeMap<InstanceId, usize> = BTreeMap::new();
    for (id, _) in receivers {
        *theirs.entry(*id).or_default() += 1;
    }
    let own: usize = senders.iter().filter_map(|(id, _)| theirs.get(id)).sum();
    let example = senders.iter().find_map(|(id, sender)| {
        let receiver = receivers.iter().find(|(other, _)| other != id);
        receiver.map(|(_, receiver)| (*sender, *receiver))
    });
    (senders.len() * receivers.len() - own, example)
}
