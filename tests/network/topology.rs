//! A small language for topologies, so that a path's fixture fits on a screen. It puts rows, not calls: a topology may be
//! one that takes ten calls to reach, or that no call reaches. What the lines mean stands in `README.md` beside this file.

use crate::rows::{REGION, new_group, new_instance, pattern, state_of};
use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};
use stratus_engine::base::ids::*;
use stratus_engine::base::time::Time;
use stratus_engine::network::Endpoint;
use stratus_engine::world::compute::*;
use stratus_engine::world::vpc::*;
use stratus_engine::world::{Options, World};

/// What a line of a topology could not mean.
pub type Fault = String;

/// A world under construction, and the names of its things.
pub struct Topology {
    pub world: World,
    names: BTreeMap<String, ResourceId>,
    next: u64,
    /// The ACL, group or table that indented lines belong to.
    open: Option<ResourceId>,
}

impl Topology {
    pub fn new() -> Topology {
        Topology {
            world: World::new(Options::default()),
            names: BTreeMap::new(),
            next: 0,
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
            Some((&"vpc", rest)) => self.vpc(rest),
            Some((&"gateway", rest)) => self.gateway(rest),
            Some((&"list", rest)) => self.list(rest),
            Some((&"acl", rest)) => self.acl(rest),
            Some((&"group", rest)) => self.group(rest),
            Some((&"more", rest)) => self.more(rest),
            Some((&"subnet", rest)) => self.subnet(rest),
            Some((&"table", rest)) => self.table(rest),
            Some((&"instance", rest)) => self.instance(rest),
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
            REGION,
            DhcpOptions {
                id: dhcp,
                born: n,
                ..pattern()
            },
        );
        let ipv6 = option(options, "ipv6").map(parse).transpose()?;
        self.world.put(
            REGION,
            Vpc {
                id: vpc,
                born: n,
                cidrs: vec![(VpcCidrAssociationId(n), parse(cidr)?)],
                ipv6_cidrs: ipv6.map(|block| (VpcCidrAssociationId(n), block)).into_iter().collect(),
                is_default: false,
                dhcp_options: dhcp,
                dns_support: !options.contains(&"no-dns"),
                main_route_table: table,
                default_acl: acl,
                default_group: group,
                ..pattern()
            },
        );
        let main = Some(RouteTableAssociationId(n));
        self.world.put(
            REGION,
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
            REGION,
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
        self.world.put(REGION, new_group(group, vpc, "default"));
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
            REGION,
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
            REGION,
            PrefixList {
                id,
                born: id.0,
                name: name_,
                max_entries: 10,
                entries,
                aws_managed: false,
                ..pattern()
            },
        );
        self.called(name, id);
        Ok(())
    }

    fn acl(&mut self, words: &[&str]) -> Result<(), Fault> {
        let [name, vpc] = words else {
            return Err("acl NAME VPC".into());
        };
        let (id, vpc) = (NetworkAclId(self.number()), self.id(vpc)?);
        self.world.put(
            REGION,
            NetworkAcl {
                id,
                born: id.0,
                vpc,
                is_default: false,
                entries: Vec::new(),
                ..pattern()
            },
        );
        self.called(name, id);
        self.open = Some(id.into());
        Ok(())
    }

    /// `in 100 allow tcp 443 0.0.0.0/0`, `out 90 deny all 10.0.0.0/8`, `in 80 allow icmp 8 0.0.0.0/0`.
    fn acl_entry(&mut self, acl: NetworkAclId, words: &[&str]) -> Result<(), Fault> {
        let [way, number, verb, protocol, middle @ .., cidr] = words else {
            return Err("in|out NUMBER allow|deny PROTOCOL [PORTS] CIDR".into());
        };
        let protocol = protocol_number(protocol)?;
        let range = ports(middle.first().copied())?;
        let icmp = matches!(protocol, Some(1 | 58)).then_some((range.map_or(-1, |(kind, _)| kind as i16), -1));
        let (low, high) = range.unwrap_or((0, 65_535));
        let entry = AclEntry {
            egress: *way == "out",
            number: parse(number)?,
            protocol,
            allow: *verb == "allow",
            cidr: parse(cidr)?,
            ports: (low, high),
            icmp,
        };
        self.world.update(REGION, acl, |acl: &mut NetworkAcl| {
            acl.entries.push(entry);
            acl.entries.sort_by_key(|entry| (entry.egress, entry.number));
        });
        Ok(())
    }

    fn group(&mut self, words: &[&str]) -> Result<(), Fault> {
        let [name, vpc] = words else {
            return Err("group NAME VPC".into());
        };
        let (id, vpc) = (SecurityGroupId(self.number()), self.id(vpc)?);
        self.world.put(REGION, new_group(id, vpc, name));
        self.called(name, id);
        self.open = Some(id.into());
        Ok(())
    }

    /// Opens a group again, for rules that need things which come after it.
    fn more(&mut self, words: &[&str]) -> Result<(), Fault> {
        let [name] = words else {
            return Err("more GROUP".into());
        };
        self.open = Some(self.id::<SecurityGroupId>(name)?.into());
        Ok(())
    }

    /// `in tcp 443 0.0.0.0/0`, `in all other-group`, `out udp 53 some-list`.
    fn group_rule(&mut self, group: SecurityGroupId, words: &[&str]) -> Result<(), Fault> {
        let [way, protocol, middle @ .., peer] = words else {
            return Err("in|out PROTOCOL [PORTS] CIDR|GROUP|LIST".into());
        };
        let protocol = protocol_number(protocol)?;
        let ports = match (ports(middle.first().copied())?, protocol) {
            (Some((kind, _)), Some(1 | 58)) => (kind.into(), -1),
            (Some((low, high)), _) => (low.into(), high.into()),
            (None, Some(6 | 17)) => (0, 65_535),
            (None, _) => (-1, -1),
        };
        let peer = match (self.names.get(*peer), peer.parse()) {
            (Some(ResourceId::SecurityGroup(id)), _) => Peer::Group(*id),
            (Some(ResourceId::PrefixList(id)), _) => Peer::PrefixList(*id),
            (_, Ok(block)) => Peer::Cidr(block),
            _ => return Err(format!("'{peer}' can be no other side of a rule")),
        };
        let id = SecurityGroupRuleId(self.number());
        let rule = GroupRule {
            id,
            egress: *way == "out",
            protocol,
            ports,
            peer,
            description: None,
        };
        self.world
            .update(REGION, group, |group: &mut SecurityGroup| group.rules.push(rule));
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
            .row::<Vpc>(REGION, vpc)
            .map(|vpc| vpc.default_acl)
            .ok_or("no VPC")?;
        let acl = option(options, "acl").map_or(Ok(default), |name| self.id(name))?;
        let subnet = Subnet {
            id: SubnetId(n),
            born: n,
            vpc,
            cidr: parse(cidr)?,
            ipv6_cidr: option(options, "ipv6").map(parse).transpose()?,
            default_for_zone: false,
            map_public_ip: false,
            acl: (NetworkAclAssociationId(n), acl),
            ..pattern()
        };
        self.world.put(REGION, subnet);
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
                        .update(REGION, vpc, |vpc: &mut Vpc| vpc.main_route_table = id);
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
        self.world.put(REGION, table);
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
            Some(ResourceId::NetworkInterface(id)) => RouteTarget::Interface(*id, None),
            Some(ResourceId::Instance(id)) => RouteTarget::Interface(self.id(&format!("{target}-eni"))?, Some(*id)),
            _ => return Err(format!("'{target}' can be no target")),
        };
        self.world.update(REGION, table, |table: &mut RouteTable| {
            table.routes.push(Route { destination, target });
            table.routes.sort_by_key(|route| route.destination);
        });
        Ok(())
    }

    /// `instance NAME SUBNET ADDRESS [options]`: with an interface called `NAME-eni` and a host called `NAME-host`.
    fn instance(&mut self, words: &[&str]) -> Result<(), Fault> {
        let [name, subnet, address, options @ ..] = words else {
            return Err("instance NAME SUBNET ADDRESS".into());
        };
        let (instance, host) = (InstanceId(self.number()), HostId(self.number()));
        self.called(name, instance);
        self.called(&format!("{name}-host"), host);
        let subnet_row: Subnet = self
            .world
            .row::<Subnet>(REGION, self.id(subnet)?)
            .cloned()
            .ok_or("no subnet")?;
        let state = state_of(options);
        let running = matches!(state, InstanceState::Pending | InstanceState::Running);
        self.world.put(
            REGION,
            PhysicalHost {
                id: host,
                neighbours: 2,
                guests: vec![instance],
                failed: options.contains(&"host-failed"),
                ..pattern()
            },
        );
        let mut row = new_instance(instance, &subnet_row, options)?;
        (row.host, row.state) = (running.then_some(host), state);
        row.goal = if running { Goal::Running } else { Goal::Stopped };
        row.guest.services = listeners(option(options, "listens").unwrap_or("tcp/22"))?;
        if state == InstanceState::Running {
            row.guest.listeners = row.guest.services.clone();
        }
        row.guest.firewall = firewall(option(options, "firewall").unwrap_or(""))?;
        if state == InstanceState::Terminated {
            row.host = None;
            self.world.put(REGION, row);
            return Ok(());
        }
        self.world.put(REGION, row);
        let mut words = vec![format!("{name}-eni"), (*subnet).to_owned(), (*address).to_owned()];
        words.extend(["on".to_owned(), (*name).to_owned()]);
        words.extend(options.iter().map(|word| (*word).to_owned()));
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        self.interface(&words)
    }

    /// `interface NAME SUBNET ADDRESS[,ADDRESS…] [public A[,A…]] [ipv6 A] [on INSTANCE] [groups A,B] [no-check] [auto-public]`.
    fn interface(&mut self, words: &[&str]) -> Result<(), Fault> {
        let [name, subnet, addresses, options @ ..] = words else {
            return Err("interface NAME SUBNET ADDRESS".into());
        };
        let n = self.number();
        let subnet: Subnet = self
            .world
            .row::<Subnet>(REGION, self.id(subnet)?)
            .cloned()
            .ok_or("no subnet")?;
        let default = self
            .world
            .row::<Vpc>(REGION, subnet.vpc)
            .map(|vpc| vpc.default_group)
            .ok_or("no VPC")?;
        let mut groups = Vec::new();
        for group in option(options, "groups")
            .unwrap_or("")
            .split(',')
            .filter(|name| !name.is_empty())
        {
            groups.push(self.id(group)?);
        }
        if groups.is_empty() {
            groups.push(default);
        }
        let mut publics = option(options, "public")
            .unwrap_or("")
            .split(',')
            .filter(|text| !text.is_empty());
        let mut rows = Vec::new();
        for address in addresses.split(',') {
            let allocation = AllocationId(self.number());
            let public: Option<Ipv4Addr> = publics.next().map(parse).transpose()?;
            let public = public.map(|address| PublicAddress {
                address,
                allocation: Some(allocation),
            });
            rows.push(PrivateAddress {
                private: parse(address)?,
                public,
            });
        }
        let attachment = match option(options, "on") {
            Some(instance) => Some(Attachment {
                id: AttachmentId(n),
                instance: self.id(instance)?,
                device_index: i64::from(!name.ends_with("-eni")),
                attached: Time::START,
                delete_on_termination: true,
            }),
            None => None,
        };
        let id = NetworkInterfaceId(n);
        for row in &rows {
            if let Some(PublicAddress {
                address,
                allocation: Some(allocation),
            }) = row.public
            {
                let association = Some((AssociationId(allocation.0), id, row.private));
                let elastic = ElasticAddress {
                    id: allocation,
                    born: n,
                    address,
                    association,
                    ..pattern()
                };
                self.world.put(REGION, elastic);
            }
        }
        self.world.put(
            REGION,
            NetworkInterface {
                id,
                born: n,
                subnet: subnet.id,
                vpc: subnet.vpc,
                addresses: rows,
                ipv6: option(options, "ipv6").map(parse).transpose()?.into_iter().collect(),
                groups,
                source_dest_check: !options.contains(&"no-check"),
                attachment,
                auto_public: options.contains(&"auto-public"),
                ..pattern()
            },
        );
        self.called(name, id);
        Ok(())
    }
}

/// `tcp/443,udp/53`, or `-` for nothing.
fn listeners(text: &str) -> Result<Vec<Listener>, Fault> {
    let mut list = Vec::new();
    for part in text.split(',').filter(|part| *part != "-") {
        let (protocol, port) = part.split_once('/').ok_or("PROTOCOL/PORT")?;
        let protocol = protocol_number(protocol)?.ok_or("a listener has a protocol")?;
        list.push(Listener {
            protocol,
            port: parse(port)?,
            program: "program".into(),
            service: true,
        });
    }
    Ok(list)
}

/// `drop/tcp/443/0.0.0.0-0` parts by commas: verb, protocol, ports, source with `-` for its slash.
fn firewall(text: &str) -> Result<Vec<GuestRule>, Fault> {
    let mut list = Vec::new();
    for part in text.split(',').filter(|part| !part.is_empty()) {
        let words: Vec<&str> = part.split('/').collect();
        let [verb, protocol, range, source] = words[..] else {
            return Err("VERB/PROTOCOL/PORTS/SOURCE".into());
        };
        list.push(GuestRule {
            allow: verb == "allow",
            protocol: protocol_number(protocol)?,
            ports: ports(Some(range))?.unwrap_or((0, 65_535)),
            source: parse(&source.replacen('_', "/", 1))?,
        });
    }
    Ok(list)
}

/// The word after this one.
fn option<'a>(words: &[&'a str], name: &str) -> Option<&'a str> {
    let place = words.iter().position(|word| *word == name)?;
    words.get(place + 1).copied()
}

fn parse<T: std::str::FromStr>(text: &str) -> Result<T, Fault> {
    text.parse().map_err(|_| format!("'{text}' cannot be read here"))
}

/// `all` is `None`.
pub fn protocol_number(text: &str) -> Result<Option<u8>, Fault> {
    match text {
        "all" => Ok(None),
        "tcp" => Ok(Some(6)),
        "udp" => Ok(Some(17)),
        "icmp" => Ok(Some(1)),
        "icmpv6" => Ok(Some(58)),
        number => parse(number).map(Some),
    }
}

/// `443`, `1024-65535`, `*`.
fn ports(text: Option<&str>) -> Result<Option<(u16, u16)>, Fault> {
    match text {
        None | Some("*") => Ok(None),
        Some(text) => {
            let (low, high) = text.split_once('-').unwrap_or((text, text));
            Ok(Some((parse(low)?, parse(high)?)))
        }
    }
}
