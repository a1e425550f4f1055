//! What the map shows of a Region, as plain data: read off the world once a change, compared instead of drawn anew.
//! No markup here, and nothing that depends on the passing of time.

use super::wide::balancers::{self, BalancerBox, NodeBox};
use super::wide::doors::{self, Door};
use std::collections::BTreeMap;
use std::rc::Rc;
use stratus_engine::World;
use stratus_engine::base::ids::*;
use stratus_engine::catalog::{Region, Zone};
use stratus_engine::world::Ec2;
use stratus_engine::world::classic::NO_SUBNET;
use stratus_engine::world::compute::{Instance, InstanceState};
use stratus_engine::world::leading::led_to;
use stratus_engine::world::storage::VolumeState;
use stratus_engine::world::vpc::{
    NetworkAcl, NetworkInterface, RouteDestination, RouteTable, RouteTarget, SecurityGroup, Subnet, Vpc,
};
use stratus_model::sort;

/// A Region.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Picture {
    /// Its VPCs, those with instances first.
    pub vpcs: Vec<VpcBox>,
    /// What belongs to no VPC or stands ready for one.
    pub loose: Vec<Loose>,
    /// Other Regions in which there is something, with what that is.
    pub elsewhere: Vec<(Region, String)>,
    /// Instances in EC2-Classic but the terminated ones, oldest first.
    pub classic: Vec<Rc<InstanceBox>>,
    /// The terminated ones there: still shown for about an hour.
    pub classic_gone: Vec<(InstanceId, String)>,
}

impl Picture {
    /// Whether anything is in EC2-Classic, or was a while ago.
    pub fn has_classic(&self) -> bool {
        !self.classic.is_empty() || !self.classic_gone.is_empty()
    }
    /// Instances that are not terminated.
    pub fn instances(&self) -> usize {
        self.vpcs.iter().map(|vpc| vpc.instances).sum::<usize>() + self.classic.len()
    }
}

/// A VPC.
#[derive(Clone, Debug, PartialEq)]
pub struct VpcBox {
    /// Its id.
    pub id: VpcId,
    /// Its name, or what stands for one.
    pub title: String,
    /// Its blocks.
    pub blocks: String,
    /// The internet gateway on its edge.
    pub gateway: Option<(InternetGatewayId, String)>,
    /// Zones in which there is something.
    pub zones: Vec<ZoneBox>,
    /// Default subnets in which there is nothing.
    pub quiet: Vec<QuietSubnet>,
    /// What rules its traffic: route tables, network ACLs, security groups.
    pub rules: Vec<RuleGroup>,
    /// Instances that are not terminated.
    pub instances: usize,
    /// Other ways out than the internet gateway.
    pub doors: Vec<Door>,
    /// Load balancers.
    pub balancers: Vec<Rc<BalancerBox>>,
}

/// Route tables, ACLs or groups of a VPC.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleGroup {
    /// What they are, in the plural.
    pub title: &'static str,
    /// One of them, for the label that screen readers speak.
    pub word: &'static str,
    /// Each with its name: the eldest, [`SHOWN`] at most.
    pub members: Vec<(ResourceId, String)>,
    /// How many there are besides.
    pub more: usize,
}

/// Most things of one kind that the map lists in a row: with thousands, each change would draw them all anew, and nobody
/// finds anything among them. The search finds the others.
pub const SHOWN: usize = 24;

/// A zone with its subnets of one VPC.
#[derive(Clone, Debug, PartialEq)]
pub struct ZoneBox {
    /// Which.
    pub zone: Zone,
    /// Its subnets, the public ones first.
    pub subnets: Vec<SubnetBox>,
}

/// A subnet.
#[derive(Clone, Debug, PartialEq)]
pub struct SubnetBox {
    /// Its id.
    pub id: SubnetId,
    /// Its name, or what stands for one.
    pub title: String,
    /// Its block.
    pub block: String,
    /// Whether it leads to the Internet.
    pub exposure: Exposure,
    /// Its instances but the terminated ones, oldest first.
    pub instances: Vec<Rc<InstanceBox>>,
    /// The terminated ones: still shown for about an hour.
    pub gone: Vec<(InstanceId, String)>,
    /// Interfaces that are attached to nothing: id, name, address.
    pub interfaces: Vec<(NetworkInterfaceId, String, String)>,
    /// Nodes of load balancers.
    pub nodes: Vec<NodeBox>,
}

/// An empty default subnet.
#[derive(Clone, Debug, PartialEq)]
pub struct QuietSubnet {
    /// Its id.
    pub id: SubnetId,
    /// Its zone.
    pub zone: Zone,
    /// Its block.
    pub block: String,
    /// Whether it leads to the Internet.
    pub exposure: Exposure,
}

/// The interfaces of an instance by their device numbers; of one in EC2-Classic its seat there.
pub fn interfaces_of<'w>(ec2: &'w Ec2, row: &'w Instance) -> Vec<&'w NetworkInterface> {
    let own = |one: &&NetworkInterface| one.attachment.as_ref().is_some_and(|at| at.instance == row.id);
    let mut all: Vec<&NetworkInterface> = ec2.interfaces.rows().filter(own).collect();
    all.extend(row.classic.as_deref().map(|seat| &seat.interface));
    sort::by_key(&mut all, |one| one.attachment.as_ref().map(|at| at.device_index));
    all
}

/// Where a subnet's default route leads. Public is what has one to an internet gateway:
/// <https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html#subnet-types>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exposure {
    /// To an internet gateway.
    Public,
    /// There is none.
    Private,
    /// To a NAT gateway.
    Nat,
    /// To a gateway that leads to a private network.
    Elsewhere,
    /// To an interface: a NAT instance or an appliance.
    Through(NetworkInterfaceId),
    /// To a gateway that is not attached to the VPC: a black hole.
    Lost,
}

impl Exposure {
    /// Public or private, and why, in words.
    pub fn words(self) -> &'static str {
        match self {
            Exposure::Public => "public · route to igw",
            Exposure::Private => "private · no route out",
            Exposure::Nat => "private · out through a NAT gateway",
            Exposure::Elsewhere => "private · out to a private network",
            Exposure::Through(_) => "private · out through an interface",
            Exposure::Lost => "private · its route is a black hole",
        }
    }
    /// Whether it is a public subnet.
    pub fn is_public(self) -> bool {
        self == Exposure::Public
    }
}

/// An instance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InstanceBox {
    /// Its id.
    pub id: InstanceId,
    /// Its name, or its id, short.
    pub name: String,
    /// Its type.
    pub kind: &'static str,
    /// Its state.
    pub state: InstanceState,
    /// Whether it reboots or boots: running, but not answering.
    pub booting: bool,
    /// Whether a status check fails.
    pub impaired: bool,
    /// Its primary private address.
    pub private: Option<String>,
    /// Its public address, and whether it is an Elastic IP.
    pub public: Option<(String, bool)>,
    /// Security groups of its interfaces.
    pub groups: Vec<(SecurityGroupId, String)>,
    /// Its volumes: id, what it is called here, and whether it is the root volume.
    pub disks: Vec<(VolumeId, String, bool)>,
}

/// Something without a place on the map.
#[derive(Clone, Debug, PartialEq)]
pub struct Loose {
    /// Its id.
    pub id: ResourceId,
    /// Its kind.
    pub word: &'static str,
    /// Its name and what is worth knowing at a glance.
    pub text: String,
}

/// Reads a Region off the world.
pub fn of(world: &World, region: Region) -> Picture {
    let Some(ec2) = world.ec2(region) else {
        return Picture {
            elsewhere: elsewhere(world, region),
            ..Picture::default()
        };
    };
    let reader = Reader::new(world, region, ec2);
    let mut vpcs: Vec<(u64, VpcBox)> = ec2.vpcs.rows().map(|vpc| (vpc.born, reader.vpc(vpc))).collect();
    if !ec2.gateways.is_empty() || !ec2.links.is_empty() {
        doors::hang(world, region, ec2, &mut vpcs);
    }
    if !ec2.balancing.is_empty() {
        balancers::hang(world, region, ec2, &mut vpcs);
    }
    sort::by_key(&mut vpcs, |(born, vpc)| (vpc.instances == 0, *born));
    let (classic, classic_gone) = reader.boxes(NO_SUBNET);
    Picture {
        vpcs: vpcs.into_iter().map(|(_, vpc)| vpc).collect(),
        loose: reader.loose(),
        elsewhere: elsewhere(world, region),
        classic,
        classic_gone,
    }
}

/// Where a subnet's default route leads.
pub fn exposure(ec2: &Ec2, subnet: &Subnet) -> Exposure {
    let main = ec2.vpcs.get(&subnet.vpc).map(|vpc| vpc.main_route_table);
    let table = ec2.table_of_subnet.get(&subnet.id).copied().or(main);
    let routes = table
        .and_then(|table| ec2.route_tables.get(&table))
        .map(|table| table.routes.as_slice())
        .unwrap_or_default();
    let default = routes.iter().find(|route| {
        matches!(route.destination, RouteDestination::Cidr(block) if block.prefix_len() == 0 && block.addr().is_ipv4())
    });
    match default.map(|route| route.target) {
        Some(RouteTarget::Interface(id, _)) if ec2.interfaces.contains(&id) => Exposure::Through(id),
        Some(RouteTarget::Interface(..)) => Exposure::Lost,
        Some(RouteTarget::Local) | None => Exposure::Private,
        Some(other) => match led_to(ec2, subnet.vpc, other) {
            Some((ResourceId::InternetGateway(_), true)) => Exposure::Public,
            Some((ResourceId::NatGateway(_), true)) => Exposure::Nat,
            Some((_, true)) => Exposure::Elsewhere,
            _ => Exposure::Lost,
        },
    }
}

/// A resource's name, or its id, short.
pub fn name_of(world: &World, region: Region, id: impl Into<ResourceId>) -> String {
    let id = id.into();
    let label = world.label(region, id);
    if label == id.to_string() {
        crate::ui::short_id(&label)
    } else {
        label
    }
}

struct Reader<'w> {
    world: &'w World,
    region: Region,
    ec2: &'w Ec2,
    /// Interfaces by the instance that they are attached to, the primary one first.
    attached: BTreeMap<InstanceId, Vec<&'w NetworkInterface>>,
    /// Instances and free interfaces by subnet.
    instances: BTreeMap<SubnetId, Vec<&'w Instance>>,
    free: BTreeMap<SubnetId, Vec<&'w NetworkInterface>>,
}

impl<'w> Reader<'w> {
    fn new(world: &'w World, region: Region, ec2: &'w Ec2) -> Reader<'w> {
        let mut attached: BTreeMap<InstanceId, Vec<&NetworkInterface>> = BTreeMap::new();
        let mut free: BTreeMap<SubnetId, Vec<&NetworkInterface>> = BTreeMap::new();
        for interface in ec2.interfaces.rows() {
            match &interface.attachment {
                Some(attachment) => attached.entry(attachment.instance).or_default().push(interface),
                None => free.entry(interface.subnet).or_default().push(interface),
            }
        }
        for interfaces in attached.values_mut() {
            sort::by_key(interfaces, |interface| {
                interface.attachment.as_ref().map(|a| a.device_index)
            });
        }
        let mut instances: BTreeMap<SubnetId, Vec<&Instance>> = BTreeMap::new();
        for instance in ec2.instances.rows() {
            instances.entry(instance.subnet).or_default().push(instance);
        }
        for list in instances.values_mut() {
            sort::by_key(list, |instance| instance.born);
        }
        Reader {
            world,
            region,
            ec2,
            attached,
            instances,
            free,
        }
    }

    fn name(&self, id: impl Into<ResourceId>) -> String {
        name_of(self.world, self.region, id)
    }

    /// The instances of a subnet (EC2-Classic has one network and none): those that live, and the terminated ones.
    fn boxes(&self, subnet: SubnetId) -> (Vec<Rc<InstanceBox>>, Vec<(InstanceId, String)>) {
        let all = self.instances.get(&subnet).map(Vec::as_slice).unwrap_or_default();
        let (gone, live): (Vec<&Instance>, Vec<&Instance>) = all
            .iter()
            .partition(|instance| instance.state == InstanceState::Terminated);
        (
            live.into_iter().map(|one| Rc::new(self.instance(one))).collect(),
            gone.into_iter().map(|one| (one.id, self.name(one.id))).collect(),
        )
    }

    fn vpc(&self, vpc: &Vpc) -> VpcBox {
        let mut subnets: Vec<&Subnet> = self.ec2.subnets.rows().filter(|s| s.vpc == vpc.id).collect();
        sort::by_key(&mut subnets, |subnet| (subnet.zone.index, subnet.born));
        let mut zones: Vec<ZoneBox> = Vec::new();
        let mut quiet = Vec::new();
        let mut instances = 0;
        for subnet in subnets {
            let exposure = exposure(self.ec2, subnet);
            let empty = !self.instances.contains_key(&subnet.id) && !self.free.contains_key(&subnet.id);
            if subnet.default_for_zone && empty {
                quiet.push(QuietSubnet {
                    id: subnet.id,
                    zone: subnet.zone,
                    block: subnet.cidr.to_string(),
                    exposure,
                });
                continue;
            }
            let shown = self.subnet(subnet, exposure);
            instances += shown.instances.len();
            match zones.last_mut().filter(|zone| zone.zone == subnet.zone) {
                Some(zone) => zone.subnets.push(shown),
                None => zones.push(ZoneBox {
                    zone: subnet.zone,
                    subnets: vec![shown],
                }),
            }
        }
        for zone in &mut zones {
            sort::by_key(&mut zone.subnets, |subnet| !subnet.exposure.is_public());
        }
        let gateway = self.ec2.internet_gateways.rows().find(|igw| igw.vpc == Some(vpc.id));
        let blocks: Vec<String> = vpc.cidrs.iter().map(|(_, block)| block.to_string()).collect();
        VpcBox {
            id: vpc.id,
            title: self.title(vpc.id.into(), vpc.is_default.then_some("Default VPC")),
            blocks: blocks.join(", "),
            gateway: gateway.map(|igw| (igw.id, self.name(igw.id))),
            zones,
            quiet,
            rules: self.rules(vpc),
            instances,
            doors: Vec::new(),
            balancers: Vec::new(),
        }
    }

    /// The name, else the word for a default one, else the id, short.
    fn title(&self, id: ResourceId, default: Option<&str>) -> String {
        let named = self.world.label(self.region, id) != id.to_string();
        match default {
            Some(word) if !named => word.to_owned(),
            _ => self.name(id),
        }
    }

    fn rules(&self, vpc: &Vpc) -> Vec<RuleGroup> {
        let mut tables: Vec<_> = self.ec2.route_tables.rows().filter(|t| t.vpc == vpc.id).collect();
        sort::by_key(&mut tables, |table| (table.main.is_none(), table.born));
        let mut acls: Vec<_> = self.ec2.network_acls.rows().filter(|a| a.vpc == vpc.id).collect();
        sort::by_key(&mut acls, |acl| (!acl.is_default, acl.born));
        let mut groups: Vec<_> = self.ec2.security_groups.rows().filter(|g| g.vpc == vpc.id).collect();
        sort::by_key(&mut groups, |group| group.born);
        let kind = |title, word, all: usize, members: Vec<(ResourceId, String)>| RuleGroup {
            title,
            word,
            more: all - members.len(),
            members,
        };
        let table = |table: &&RouteTable| (table.id.into(), self.title(table.id.into(), table.main.map(|_| "main")));
        let acl = |acl: &&NetworkAcl| {
            let own = acl.is_default.then_some("default");
            (acl.id.into(), self.title(acl.id.into(), own))
        };
        let group = |group: &&SecurityGroup| (group.id.into(), group.name.clone());
        let (some_tables, some_acls) = (tables.iter().take(SHOWN), acls.iter().take(SHOWN));
        let some_groups = groups.iter().take(SHOWN);
        vec![
            kind(
                "Route tables",
                "route table",
                tables.len(),
                some_tables.map(table).collect(),
            ),
            kind("Network ACLs", "network ACL", acls.len(), some_acls.map(acl).collect()),
            kind(
                "Security groups",
                "security group",
                groups.len(),
                some_groups.map(group).collect(),
            ),
        ]
    }

    fn subnet(&self, subnet: &Subnet, exposure: Exposure) -> SubnetBox {
        let (instances, gone) = self.boxes(subnet.id);
        let free = self.free.get(&subnet.id).map(Vec::as_slice).unwrap_or_default();
        SubnetBox {
            id: subnet.id,
            title: self.title(subnet.id.into(), subnet.default_for_zone.then_some("Default subnet")),
            block: subnet.cidr.to_string(),
            exposure,
            instances,
            gone,
            interfaces: free
                .iter()
                .map(|one| {
                    let address = one.primary().map(|a| a.private.to_string()).unwrap_or_default();
                    (one.id, self.name(one.id), address)
                })
                .collect(),
            nodes: Vec::new(),
        }
    }

    fn instance(&self, instance: &Instance) -> InstanceBox {
        let interfaces = self.attached.get(&instance.id).map(Vec::as_slice).unwrap_or_default();
        let seat = instance.classic.as_deref().map(|seat| &seat.interface);
        let address = interfaces
            .first()
            .copied()
            .or(seat)
            .and_then(|interface| interface.primary());
        let mut groups: Vec<(SecurityGroupId, String)> = Vec::new();
        for id in interfaces
            .iter()
            .copied()
            .chain(seat)
            .flat_map(|interface| &interface.groups)
        {
            if !groups.iter().any(|(known, _)| known == id) {
                let name = self.ec2.security_groups.get(id).map(|group| group.name.clone());
                groups.push((*id, name.unwrap_or_else(|| self.name(*id))));
            }
        }
        let disk = |device: &stratus_engine::world::compute::AttachedVolume| {
            let root = device.device == instance.machine.root_device_name;
            let size = self.ec2.volumes.get(&device.volume).map_or(0, |volume| volume.size_gib);
            let name = self.world.label(self.region, device.volume.into());
            let named = name != device.volume.to_string();
            let text = match () {
                () if named => format!("{name} {size} GiB"),
                () if root => format!("{size} GiB"),
                () => format!("{} {size} GiB", device.device.trim_start_matches("/dev/")),
            };
            (device.volume, text, root)
        };
        InstanceBox {
            id: instance.id,
            name: self.name(instance.id),
            kind: instance.instance_type.name(),
            state: instance.state,
            booting: instance.guest.boots.is_some() && instance.state == InstanceState::Running,
            impaired: instance.checks.system_impaired.is_some() || instance.checks.instance_impaired.is_some(),
            private: address.map(|address| address.private.to_string()),
            public: address
                .and_then(|address| address.public)
                .map(|public| (public.address.to_string(), public.allocation.is_some())),
            groups,
            disks: instance.block_devices.iter().map(disk).collect(),
        }
    }

    fn loose(&self) -> Vec<Loose> {
        let mut out: Vec<(u64, Loose)> = Vec::new();
        for address in self
            .ec2
            .addresses
            .rows()
            .filter(|address| address.association.is_none())
        {
            let name = self.world.label(self.region, address.id.into());
            let text = if name == address.id.to_string() {
                address.address.to_string()
            } else {
                format!("{name} · {}", address.address)
            };
            let word = "Elastic IP";
            let id = address.id.into();
            out.push((address.born, Loose { id, word, text }));
        }
        for volume in self.ec2.volumes.rows().filter(|v| v.state != VolumeState::InUse) {
            let place = if volume.state == VolumeState::Available {
                volume.zone.name()
            } else {
                volume.state.name().to_owned()
            };
            let text = format!("{} · {} GiB · {place}", self.name(volume.id), volume.size_gib);
            let (id, word) = (volume.id.into(), "Volume");
            out.push((volume.born, Loose { id, word, text }));
        }
        for gateway in self.ec2.internet_gateways.rows().filter(|igw| igw.vpc.is_none()) {
            let (id, word, text) = (gateway.id.into(), "Internet gateway", self.name(gateway.id));
            out.push((gateway.born, Loose { id, word, text }));
        }
        sort::by_key(&mut out, |(born, loose)| (loose.word, *born));
        out.into_iter().map(|(_, loose)| loose).collect()
    }
}

fn elsewhere(world: &World, shown: Region) -> Vec<(Region, String)> {
    let others = world.regions.iter().filter(|(region, _)| **region != shown);
    others
        .filter_map(|(region, ec2)| {
            let live = ec2.instances.rows().filter(|i| i.state != InstanceState::Terminated);
            let own = ec2.vpcs.rows().filter(|vpc| !vpc.is_default);
            let counts = [
                (live.count(), "instance", "instances"),
                (own.count(), "VPC", "VPCs"),
                (ec2.volumes.len(), "volume", "volumes"),
                (ec2.snapshots.len(), "snapshot", "snapshots"),
                (ec2.images.len(), "AMI", "AMIs"),
                (ec2.addresses.len(), "Elastic IP", "Elastic IPs"),
            ];
            let words: Vec<String> = counts
                .into_iter()
                .filter(|(count, ..)| *count > 0)
                .map(|(count, one, many)| format!("{count} {}", if count == 1 { one } else { many }))
                .take(2)
                .collect();
            (!words.is_empty()).then(|| (*region, words.join(", ")))
        })
        .collect()
}
