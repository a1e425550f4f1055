//! Lines of a topology that have machines: instances, with their host and their guest, and interfaces.

use super::words::{option, parse, ports, protocol_number};
use super::{Fault, Topology};
use crate::rows::{new_instance, new_root, pattern, state_of};
use std::net::Ipv4Addr;
use stratus_engine::base::ids::*;
use stratus_engine::base::time::Time;
use stratus_engine::catalog::Zone;
use stratus_engine::world::compute::*;
use stratus_engine::world::vpc::*;

impl Topology {
    /// `instance NAME SUBNET ADDRESS [options]`: with an interface called `NAME-eni` and a host called `NAME-host`.
    pub(super) fn instance(&mut self, words: &[&str]) -> Result<(), Fault> {
        let [name, subnet, address, options @ ..] = words else {
            return Err("instance NAME SUBNET ADDRESS".into());
        };
        let subnet_row: Subnet = self
            .world
            .row::<Subnet>(self.region, self.id(subnet)?)
            .cloned()
            .ok_or("no subnet")?;
        let row = self.machine(name, &subnet_row, options)?;
        if row.state == InstanceState::Terminated {
            self.world.put(self.region, row);
            return Ok(());
        }
        self.world.put(self.region, new_root(row.id));
        self.world.put(self.region, row);
        let mut words = vec![format!("{name}-eni"), (*subnet).to_owned(), (*address).to_owned()];
        words.extend(["on".to_owned(), (*name).to_owned()]);
        words.extend(options.iter().map(|word| (*word).to_owned()));
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        self.interface(&words)
    }

    /// A machine with its host, which is put, and without a network. The row is the caller's to put.
    pub(super) fn machine(&mut self, name: &str, subnet: &Subnet, options: &[&str]) -> Result<Instance, Fault> {
        let instance = InstanceId(self.number());
        self.called(name, instance);
        let host = match option(options, "beside") {
            Some(other) => self.id(&format!("{other}-host"))?,
            None => {
                let host = HostId(self.number());
                self.called(&format!("{name}-host"), host);
                host
            }
        };
        let state = state_of(options);
        let running = matches!(state, InstanceState::Pending | InstanceState::Running);
        let mut host_row = self
            .world
            .row::<PhysicalHost>(self.region, host)
            .cloned()
            .unwrap_or(PhysicalHost {
                id: host,
                neighbours: 2,
                failed: options.contains(&"host-failed"),
                guests: Vec::new(),
                ..pattern()
            });
        if running {
            host_row.guests.push(instance);
        }
        self.world.put(self.region, host_row);
        let mut row = new_instance(instance, subnet, options)?;
        (row.host, row.state) = (running.then_some(host), state);
        row.goal = if running { Goal::Running } else { Goal::Stopped };
        row.guest.services = listeners(option(options, "listens").unwrap_or("tcp/22"))?;
        if state == InstanceState::Running && !options.contains(&"booting") {
            row.guest.listeners = row.guest.services.clone();
        }
        row.guest.firewall = firewall(option(options, "firewall").unwrap_or(""))?;
        row.guest.firewall_out = firewall(option(options, "firewall-out").unwrap_or(""))?;
        if state == InstanceState::Terminated {
            row.host = None;
            row.block_devices.clear();
        }
        Ok(row)
    }

    /// `guest INSTANCE [one-table] [CIDR INTERFACE|blackhole|unreachable]…`
    pub(super) fn guest(&mut self, words: &[&str]) -> Result<(), Fault> {
        let [name, rest @ ..] = words else {
            return Err("guest INSTANCE [CIDR TARGET]".into());
        };
        let (one_table, rest) = match rest {
            ["one-table", rest @ ..] => (true, rest),
            rest => (false, rest),
        };
        let mut routes = Vec::new();
        for pair in rest.chunks(2) {
            let [destination, target] = pair else {
                return Err("CIDR TARGET".into());
            };
            let way = match *target {
                "blackhole" => GuestWay::Blackhole,
                "unreachable" => GuestWay::Unreachable,
                interface => GuestWay::Interface(self.id(interface)?),
            };
            let destination = parse(destination)?;
            routes.push(GuestRoute { destination, way });
        }
        routes.sort_unstable();
        let id: InstanceId = self.id(name)?;
        self.world.update(self.region, id, |row: &mut Instance| {
            row.guest.routing = GuestRouting { one_table, routes };
        });
        Ok(())
    }

    /// The groups of an interface: the VPC's default one where none is named.
    fn groups(&self, subnet: &Subnet, text: &str) -> Result<Vec<SecurityGroupId>, Fault> {
        let default = self
            .world
            .row::<Vpc>(self.region, subnet.vpc)
            .map(|vpc| vpc.default_group)
            .ok_or("no VPC")?;
        let mut groups = Vec::new();
        for group in text.split(',').filter(|name| !name.is_empty()) {
            groups.push(self.id(group)?);
        }
        if groups.is_empty() {
            groups.push(default);
        }
        Ok(groups)
    }

    /// Private addresses, and the public ones that belong to the first of them (`-`: that one has none).
    fn addresses(&mut self, addresses: &str, publics: &str) -> Result<Vec<PrivateAddress>, Fault> {
        let mut publics = publics.split(',').filter(|text| !text.is_empty());
        let mut rows = Vec::new();
        for address in addresses.split(',') {
            let allocation = AllocationId(self.number());
            let public: Option<Ipv4Addr> = publics.next().filter(|text| *text != "-").map(parse).transpose()?;
            let public = public.map(|address| PublicAddress {
                address,
                allocation: Some(allocation),
            });
            rows.push(PrivateAddress {
                private: parse(address)?,
                public,
            });
        }
        Ok(rows)
    }

    /// The Elastic IP addresses that stand before an interface's private ones.
    fn elastic(&mut self, id: NetworkInterfaceId, zone: Zone, rows: &[PrivateAddress]) {
        for row in rows {
            if let Some(PublicAddress {
                address,
                allocation: Some(allocation),
            }) = row.public
            {
                let association = Some((AssociationId(allocation.0), id, row.private));
                let elastic = ElasticAddress {
                    id: allocation,
                    born: id.0,
                    address,
                    association,
                    carrier: Some(zone).filter(|zone| zone.is_wavelength()),
                    ..pattern()
                };
                self.world.put(self.region, elastic);
            }
        }
    }

    /// `interface NAME SUBNET ADDRESS[,ADDRESS…] [public A[,A…]] [ipv6 A] [on INSTANCE] [groups A,B] [no-check] [auto-public]`.
    pub(super) fn interface(&mut self, words: &[&str]) -> Result<(), Fault> {
        let [name, subnet, addresses, options @ ..] = words else {
            return Err("interface NAME SUBNET ADDRESS".into());
        };
        let n = self.number();
        let subnet: Subnet = self
            .world
            .row::<Subnet>(self.region, self.id(subnet)?)
            .cloned()
            .ok_or("no subnet")?;
        let groups = self.groups(&subnet, option(options, "groups").unwrap_or(""))?;
        let rows = self.addresses(addresses, option(options, "public").unwrap_or(""))?;
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
        self.elastic(id, subnet.zone, &rows);
        self.world.put(
            self.region,
            NetworkInterface {
                id,
                born: n,
                subnet: subnet.id,
                zone: subnet.zone,
                vpc: subnet.vpc,
                addresses: rows,
                ipv6: option(options, "ipv6").map(parse).transpose()?.into_iter().collect(),
                groups,
                source_dest_check: !options.contains(&"no-check"),
                attachment,
                auto_public: options.contains(&"auto-public"),
                ipv4_prefixes: option(options, "prefix").map(parse).transpose()?.into_iter().collect(),
                ipv6_prefixes: option(options, "prefix6").map(parse).transpose()?.into_iter().collect(),
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
