//! A small language for topologies, so that a path's fixture fits on a screen. It puts rows, not calls: a topology may be
//! one that takes ten calls to reach, or that no call reaches. What the lines mean stands in `README.md` beside this folder.

mod balancers;
mod classic;
mod estate;
mod filters;
mod gateways;
mod links;
mod machines;
mod transit;
pub mod words;

use crate::rows::{REGION, new_group, pattern};
use std::collections::BTreeMap;
use std::net::IpAddr;
use stratus_engine::base::ids::*;
use stratus_engine::catalog::{Region, Zone};
use stratus_engine::network::Endpoint;
use stratus_engine::world::vpc::*;
use stratus_engine::world::{Options, World};
use words::{option, parse};

/// What a line of a topology could not mean.
pub type Fault = String;

/// A world under construction, and the names of its things.
pub struct Topology {
    pub world: World,
    /// The Region of the lines that follow.
    region: Region,
    names: BTreeMap<String, ResourceId>,
    next: u64,
    /// Numbers of the connections that have been opened, by name.
    pub connections: BTreeMap<String, u64>,
    /// The ACL, group or table that indented lines belong to.
    open: Option<ResourceId>,
}

impl Topology {
    pub fn new() -> Topology {
        Topology {
            world: World::new(Options::default()),
            region: REGION,
            names: BTreeMap::new(),
            next: 0,
            connections: BTreeMap::new(),
            open: None,
        }
    }

    fn number(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    fn called(&mut self, name: &str, id: impl Into<ResourceId>) {
        self.names.insert(name.to_owned(), id.into());
    }

    fn id<T: TryFrom<ResourceId>>(&self, name: &str) -> Result<T, Fault> {
        let id = self.names.get(name).ok_or(format!("nothing is called '{name}'"))?;
        T::try_from(*id).map_err(|_| format!("'{name}' is no such thing"))
    }

    /// The name of an id; the id itself for what the topology made without a name.
    pub fn name(&self, id: &str) -> String {
        let named = self.names.iter().find(|(_, known)| known.to_string() == id);
        named.map_or_else(|| id.to_owned(), |(name, _)| name.clone())
    }

    /// Every name and its id.
    pub fn named(&self) -> impl Iterator<Item = (&str, String)> {
        self.names.iter().map(|(name, id)| (name.as_str(), id.to_string()))
    }

    /// An end of a flow: `internet`, a name, or an address.
    pub fn end(&self, text: &str) -> Result<Endpoint, Fault> {
        if text == "internet" {
            return Ok(Endpoint::Internet);
        }
        if let Ok(address) = text.parse::<IpAddr>() {
            return Ok(Endpoint::Address(address));
        }
        match self.names.get(text).copied().or_else(|| ResourceId::parse(text)) {
            Some(ResourceId::Instance(id)) => Ok(Endpoint::Instance(id)),
            Some(ResourceId::NetworkInterface(id)) => Ok(Endpoint::Interface(id)),
            _ => Err(format!("'{text}' can be no end")),
        }
    }

    /// Reads one line.
    pub fn line(&mut self, line: &str) -> Result<(), Fault> {
        let words: Vec<&str> = line.split_whitespace().collect();
        if line.starts_with(' ') {
            return match self.open {
                Some(ResourceId::NetworkAcl(id)) => self.acl_entry(id, &words),
                Some(ResourceId::SecurityGroup(id)) => self.group_rule(id, &words),
                Some(ResourceId::RouteTable(id)) => self.route(id, &words),
                _ => Err("an indented line belongs to an acl, a group or a table".into()),
            };
        }
        self.open = None;
        match words.split_first() {
            Some((&"region", [name])) => {
                self.region = Region::find(name).ok_or("no such Region")?;
                Ok(())
            }
            Some((&"vpc", rest)) => self.vpc(rest),
            Some((&"gateway", rest)) => self.gateway(rest),
            Some((&"list", rest)) => self.list(rest),
            Some((&"peering", rest)) => self.peering(rest),
            Some((&"endpoint", rest)) => self.endpoint(rest),
            Some((&"transit", rest)) => self.transit(rest),
            Some((&"attach", rest)) => self.attach(rest),
            Some((&"transit-table", rest)) => self.transit_table(rest),
            Some((&"hub", rest)) => self.hub(rest),
            Some((&"tunnel", rest)) => self.tunnel(rest),
            Some((&"peer", rest)) => self.peer(rest),
            Some((&"policy", rest)) => self.policy(rest),
            Some((&"announce", rest)) => self.announce(rest),
            Some((&"concentrator", rest)) => self.concentrator(rest),
            Some((&"translate", rest)) => self.translate(rest),
            Some((&"balancer", rest)) => self.balancer(rest),
            Some((&"targets", rest)) => self.target_group(rest),
            Some((&"listener", rest)) => self.listener(rest),
            Some((&"rule", rest)) => self.listener_rule(rest),
            Some((&"elb", rest)) => self.elb(rest),
            Some((&"acl", rest)) => self.acl(rest),
            Some((&"group", rest)) => self.group(rest),
            Some((&"more", rest)) => self.more(rest),
            Some((&"subnet", rest)) => self.subnet(rest),
            Some((&"table", rest)) => self.table(rest),
            Some((&"nat", rest)) => self.nat(rest),
            Some((&"regional", rest)) => self.regional(rest),
            Some((&"egress-only", rest)) => self.egress_only(rest),
            Some((&"block-public", rest)) => self.block_public(rest),
            Some((&"classic", rest)) => self.classic(rest),
            Some((&"seat", rest)) => self.seat(rest),
            Some((&"exclude", rest)) => self.exclude(rest),
            Some((&"carrier", rest)) => self.carrier(rest),
            Some((&"vpn", rest)) => self.vpn(rest),
            Some((&"instance", rest)) => self.instance(rest),
            Some((&"guest", rest)) => self.guest(rest),
            Some((&"interface", rest)) => self.interface(rest).map(|_| ()),
            Some((word, _)) => Err(format!("'{word}' is no word of a topology")),
            None => Ok(()),
        }
    }

    fn vpc(&mut self, words: &[&str]) -> Result<(), Fault> {
        let [name, cidr, options @ ..] = words else {
            return Err("vpc NAME CIDR".into());
        };
        let n = self.number();
        let (vpc, table, acl) = (VpcId(n), RouteTableId(n), NetworkAclId(n));
        let (group, dhcp) = (SecurityGroupId(n), DhcpOptionsId(n));
        self.world.put(
            self.region,
            DhcpOptions {
                id: dhcp,
                born: n,
                ..pattern()
            },
        );
        let ipv6 = option(options, "ipv6").map(parse).transpose()?;
        self.world.put(
            self.region,
            Vpc {
                id: vpc,
                born: n,
                cidrs: vec![(VpcCidrAssociationId(n), parse(cidr)?)],
                ipv6_cidrs: ipv6.map(|block| (VpcCidrAssociationId(n), block)).into_iter().collect(),
                is_default: false,
                dhcp_options: dhcp,
                dns_support: !options.contains(&"no-dns"),
                classic_link: options.contains(&"classic-link"),
                main_route_table: table,
                default_acl: acl,
                default_group: group,
                ..pattern()
            },
        );
        let main = Some(RouteTableAssociationId(n));
        self.world.put(
            self.region,
            RouteTable {
                id: table,
                born: n,
                vpc,
                main,
                subnets: vec![],
                gateways: vec![],
                routes: vec![],
                ..pattern()
            },
        );
        self.world.put(
            self.region,
            NetworkAcl {
                id: acl,
                born: n,
                vpc,
                is_default: true,
                entries: Vec::new(),
                ..pattern()
            },
        );
        for way in ["in", "out"] {
            self.acl_entry(acl, &[way, "100", "allow", "all", "0.0.0.0/0"])?;
            self.acl_entry(acl, &[way, "101", "allow", "all", "::/0"])?;
        }
        self.world.put(self.region, new_group(group, vpc, "default"));
        self.called(name, vpc);
        self.called(&format!("{name}-default"), group);
        self.called(&format!("{name}-main"), table);
        self.called(&format!("{name}-acl"), acl);
        self.group_rule(group, &["in", "all", &format!("{name}-default")])?;
        self.group_rule(group, &["out", "all", "0.0.0.0/0"])
    }

    fn gateway(&mut self, words: &[&str]) -> Result<(), Fault> {
        let [name, vpc] = words else {
            return Err("gateway NAME VPC|-".into());
        };
        let id = InternetGatewayId(self.number());
        let vpc = if *vpc == "-" { None } else { Some(self.id(vpc)?) };
        self.world.put(
            self.region,
            InternetGateway {
                id,
                born: id.0,
                vpc,
                ..pattern()
            },
        );
        self.called(name, id);
        Ok(())
    }

    fn list(&mut self, words: &[&str]) -> Result<(), Fault> {
        let [name, blocks @ ..] = words else {
            return Err("list NAME CIDR…".into());
        };
        let id = PrefixListId(self.number());
        let mut entries = Vec::new();
        for block in blocks {
            entries.push((parse(block)?, String::new()));
        }
        let name_ = (*name).to_owned();
        self.world.put(
            self.region,
            PrefixList {
                id,
                born: id.0,
                name: name_,
                max_entries: blocks.len().max(10) as i64,
                entries,
                aws_managed: false,
                ..pattern()
            },
        );
        self.called(name, id);
        Ok(())
    }

    fn subnet(&mut self, words: &[&str]) -> Result<(), Fault> {
        let [name, vpc, cidr, options @ ..] = words else {
            return Err("subnet NAME VPC CIDR".into());
        };
        let n = self.number();
        let vpc: VpcId = self.id(vpc)?;
        let default = self
            .world
            .row::<Vpc>(self.region, vpc)
            .map(|vpc| vpc.default_acl)
            .ok_or("no VPC")?;
        let acl = option(options, "acl").map_or(Ok(default), |name| self.id(name))?;
        let base: Subnet = pattern();
        let zone = option(options, "zone").map_or(Ok(base.zone), |name| Zone::find_any(name).ok_or("no zone"))?;
        self.opt_in(zone);
        let subnet = Subnet {
            id: SubnetId(n),
            zone,
            born: n,
            vpc,
            cidr: parse(cidr)?,
            ipv6_cidr: option(options, "ipv6").map(parse).transpose()?,
            default_for_zone: false,
            map_public_ip: false,
            acl: (NetworkAclAssociationId(n), acl),
            ..base
        };
        self.world.put(self.region, subnet);
        self.called(name, SubnetId(n));
        Ok(())
    }

    /// `table NAME VPC [main] [for SUBNET]… [edge GATEWAY]`.
    fn table(&mut self, words: &[&str]) -> Result<(), Fault> {
        let [name, vpc, options @ ..] = words else {
            return Err("table NAME VPC …".into());
        };
        let n = self.number();
        let (id, vpc): (_, VpcId) = (RouteTableId(n), self.id(vpc)?);
        let mut table = RouteTable {
            id,
            born: n,
            vpc,
            main: None,
            subnets: vec![],
            gateways: vec![],
            routes: vec![],
            ..pattern()
        };
        let mut rest = options.iter();
        while let Some(word) = rest.next() {
            let association = RouteTableAssociationId(self.number());
            match *word {
                "main" => {
                    table.main = Some(association);
                    self.world
                        .update(self.region, vpc, |vpc: &mut Vpc| vpc.main_route_table = id);
                }
                "for" => table
                    .subnets
                    .push((association, self.id(rest.next().ok_or("for SUBNET")?)?)),
                "edge" => table
                    .gateways
                    .push((association, self.id(rest.next().ok_or("edge GATEWAY")?)?)),
                other => return Err(format!("'{other}' says nothing of a table")),
            }
        }
        self.world.put(self.region, table);
        self.called(name, id);
        self.open = Some(id.into());
        Ok(())
    }

    /// `0.0.0.0/0 igw`, `10.0.2.0/24 appliance`, `office igw`, `10.0.0.0/16 local`; `gone` is an interface that is gone.
    fn route(&mut self, table: RouteTableId, words: &[&str]) -> Result<(), Fault> {
        let [destination, target] = words else {
            return Err("DESTINATION TARGET".into());
        };
        let destination = match (self.names.get(*destination), destination.parse()) {
            (Some(ResourceId::PrefixList(id)), _) => RouteDestination::PrefixList(*id),
            (_, Ok(block)) => RouteDestination::Cidr(block),
            _ => return Err(format!("'{destination}' can be no destination")),
        };
        let target = match self.names.get(*target) {
            _ if *target == "local" => RouteTarget::Local,
            _ if *target == "gone" => RouteTarget::Interface(NetworkInterfaceId(u64::MAX), None),
            Some(ResourceId::InternetGateway(id)) => RouteTarget::InternetGateway(*id),
            Some(ResourceId::NatGateway(id)) => RouteTarget::NatGateway(*id),
            Some(ResourceId::EgressOnlyGateway(id)) => RouteTarget::EgressOnlyGateway(*id),
            Some(ResourceId::CarrierGateway(id)) => RouteTarget::CarrierGateway(*id),
            Some(ResourceId::VpnGateway(id)) => RouteTarget::VpnGateway(*id),
            Some(ResourceId::VpcPeering(id)) => RouteTarget::Peering(*id),
            Some(ResourceId::TransitGateway(id)) => RouteTarget::Transit(*id),
            Some(ResourceId::VpcEndpoint(id)) => RouteTarget::Endpoint(*id),
            Some(ResourceId::NetworkInterface(id)) => RouteTarget::Interface(*id, None),
            Some(ResourceId::Instance(id)) => RouteTarget::Interface(self.id(&format!("{target}-eni"))?, Some(*id)),
            _ => return Err(format!("'{target}' can be no target")),
        };
        self.world.update(self.region, table, |table: &mut RouteTable| {
            table.routes.push(Route { destination, target });
            table.routes.sort_by_key(|route| route.destination);
        });
        Ok(())
    }
}
