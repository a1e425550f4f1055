//! Transit gateways of a topology.

use super::words::{parse, ports, protocol_number};
use super::{Fault, Topology};
use stratus_engine::base::ids::*;
use stratus_engine::base::time::Time;
use stratus_engine::world::gateways::{GatewayState, VpnConnection};
use stratus_engine::world::links::*;
use stratus_engine::world::transits::*;
use stratus_engine::world::vpc::*;
use stratus_model::field;

impl Topology {
    /// `transit NAME`, with the route table NAME-rtb.
    pub(super) fn transit(&mut self, words: &[&str]) -> Result<(), Fault> {
        let [name, options @ ..] = words else {
            return Err("transit NAME".into());
        };
        let n = self.number();
        let (id, table) = (TransitGatewayId(n), TransitTableId(n));
        let gateway = TransitGateway {
            id,
            born: n,
            description: String::new(),
            created: Time::START,
            state: TransitState::Available,
            asn: 64_512,
            blocks: Vec::new(),
            on: options
                .iter()
                .filter(|word| **word == "refers")
                .map(|_| refers())
                .collect(),
            association: Some(table),
            propagation: Some(table),
        };
        let table_row = TransitTable {
            id: table,
            born: n,
            gateway: id,
            created: Time::START,
            propagations: Vec::new(),
            routes: Vec::new(),
        };
        self.world.put(self.region, table_row);
        self.world.put(self.region, gateway);
        self.called(name, id);
        self.called(&format!("{name}-rtb"), table);
        Ok(())
    }

    /// `attach NAME TRANSIT VPC SUBNET ADDRESS [and SUBNET ADDRESS]… [alone] [silent] [pending] [ipv6] [appliance]`: associated with
    /// TRANSIT-rtb unless alone, propagating to it unless silent; with NAME-eni, and NAME-SUBNET-eni for each further subnet.
    pub(super) fn attach(&mut self, words: &[&str]) -> Result<(), Fault> {
        let [name, transit, vpc, subnet, address, options @ ..] = words else {
            return Err("attach NAME TRANSIT VPC SUBNET ADDRESS".into());
        };
        let id = TransitAttachmentId(self.number());
        let table: TransitTableId = self.id(&format!("{transit}-rtb"))?;
        let mut seats = vec![(format!("{name}-eni"), *subnet, *address)];
        for more in options.windows(3).filter(|more| more[0] == "and") {
            seats.push((format!("{name}-{}-eni", more[1]), more[1], more[2]));
        }
        let mut subnets: Vec<(SubnetId, NetworkInterfaceId)> = Vec::new();
        for (called, subnet, address) in &seats {
            self.interface(&[called, subnet, address])?;
            let interface: NetworkInterfaceId = self.id(called)?;
            self.world.update(self.region, interface, |row: &mut NetworkInterface| {
                row.requester = Some("123456789012".into());
                row.groups.clear();
            });
            subnets.push((self.id(subnet)?, interface));
        }
        let switches = [
            ("ipv6", field::IPV6_SUPPORT),
            ("appliance", field::APPLIANCE_MODE_SUPPORT),
            ("refers", field::SECURITY_GROUP_REFERENCING_SUPPORT),
        ];
        let on = switches.iter().filter(|(word, _)| options.contains(word));
        let row = TransitAttachment {
            id,
            born: id.0,
            gateway: self.id(transit)?,
            created: Time::START,
            state: match options.contains(&"pending") {
                true => TransitState::Pending,
                false => TransitState::Available,
            },
            end: TransitEnd::Vpc {
                vpc: self.id(vpc)?,
                subnets,
                on: on.map(|(_, name)| name.text().to_owned()).collect(),
            },
            table: (!options.contains(&"alone")).then_some(table),
            far: None,
            policy: None,
            peering: Default::default(),
            nat: Default::default(),
        };
        self.world.put(self.region, row);
        self.called(name, id);
        if !options.contains(&"silent") {
            self.world
                .update(self.region, table, |row: &mut TransitTable| row.propagations.push(id));
        }
        Ok(())
    }

    /// `transit-table NAME TRANSIT [ATTACHMENT]…`: a further route table, which judges what comes by these attachments.
    pub(super) fn transit_table(&mut self, words: &[&str]) -> Result<(), Fault> {
        let [name, transit, attachments @ ..] = words else {
            return Err("transit-table NAME TRANSIT [ATTACHMENT]…".into());
        };
        let table = TransitTable {
            id: TransitTableId(self.number()),
            born: self.next,
            gateway: self.id(transit)?,
            created: Time::START,
            propagations: Vec::new(),
            routes: Vec::new(),
        };
        let id = table.id;
        self.world.put(self.region, table);
        self.called(name, id);
        for attachment in attachments {
            let attachment: TransitAttachmentId = self.id(attachment)?;
            self.world
                .update(self.region, attachment, |row: &mut TransitAttachment| {
                    row.table = Some(id)
                });
        }
        Ok(())
    }

    /// `tunnel NAME TRANSIT [CIDR] [down]`: a VPN connection attached to a transit gateway, with the network that it announces;
    /// associated with TRANSIT-rtb, propagating to it.
    pub(super) fn tunnel(&mut self, words: &[&str]) -> Result<(), Fault> {
        let [name, transit, options @ ..] = words else {
            return Err("tunnel NAME TRANSIT".into());
        };
        let block = options.iter().find(|word| word.contains('/'));
        let local: ipnet::Ipv4Net = parse(block.unwrap_or(&"0.0.0.0/0"))?;
        let customer = self.customer();
        let gateway: TransitGatewayId = self.id(transit)?;
        let row = VpnConnection {
            state: if options.contains(&"down") {
                GatewayState::Pending
            } else {
                GatewayState::Available
            },
            static_only: block.is_none(),
            local,
            ..self.connection(customer, gateway)?
        };
        let connection = row.id;
        self.world.put(self.region, row);
        self.called(&format!("{name}-vpn"), connection);
        let table: TransitTableId = self.id(&format!("{transit}-rtb"))?;
        let id = self.attached(name, gateway, TransitEnd::Vpn(connection), Some(table), None);
        self.world
            .update(self.region, table, |row: &mut TransitTable| row.propagations.push(id));
        Ok(())
    }

    /// A connection at a transit gateway.
    fn connection(&mut self, customer: CustomerGatewayId, gateway: TransitGatewayId) -> Result<VpnConnection, Fault> {
        let id = VpnConnectionId(self.number());
        Ok(VpnConnection {
            id,
            born: id.0,
            state: GatewayState::Available,
            since: Time::START,
            customer,
            gateway: None,
            static_only: false,
            routes: Vec::new(),
            local: parse("0.0.0.0/0")?,
            remote: parse("0.0.0.0/0")?,
            tunnels: Vec::new(),
            transit: Some(gateway),
            accelerated: false,
            concentrator: None,
        })
    }

    /// `concentrator NAME TRANSIT [CIDR]…`: with a connection for each network that is announced.
    pub(super) fn concentrator(&mut self, words: &[&str]) -> Result<(), Fault> {
        let [name, transit, blocks @ ..] = words else {
            return Err("concentrator NAME TRANSIT [CIDR]…".into());
        };
        let (customer, gateway) = (self.customer(), self.id(transit)?);
        let id = VpnConcentratorId(self.number());
        let table: TransitTableId = self.id(&format!("{transit}-rtb"))?;
        let called = format!("{name}-attach");
        let attachment = self.attached(&called, gateway, TransitEnd::Concentrator(id), Some(table), None);
        let row = VpnConcentrator {
            id,
            born: id.0,
            gateway,
            attachment,
        };
        self.world.put(self.region, row);
        self.called(name, id);
        for block in blocks {
            let row = VpnConnection {
                local: parse(block)?,
                concentrator: Some(id),
                ..self.connection(customer, gateway)?
            };
            self.world.put(self.region, row);
        }
        self.world.update(self.region, table, |row: &mut TransitTable| {
            row.propagations.push(attachment);
        });
        Ok(())
    }

    /// `peer NAME TRANSIT TRANSIT`: a peering of two transit gateways, of one Region or of two, associated with both tables.
    pub(super) fn peer(&mut self, words: &[&str]) -> Result<(), Fault> {
        let [name, one, other] = words else {
            return Err("peer NAME TRANSIT TRANSIT".into());
        };
        let (near, far): (TransitGatewayId, TransitGatewayId) = (self.id(one)?, self.id(other)?);
        let (table, their) = (self.id(&format!("{one}-rtb"))?, self.id(&format!("{other}-rtb"))?);
        let region = |id: TransitGatewayId| self.world.region_of(id.into()).ok_or("no such transit gateway");
        let (here, there) = (region(near)?, region(far)?);
        let side = |id: TransitGatewayId, region| (id.to_string(), "123456789012".to_owned(), region);
        let end = TransitEnd::Peer {
            requester: side(near, here),
            accepter: side(far, there),
        };
        let beside = FarSide {
            gateway: far,
            table: Some(their),
        };
        self.region = here;
        let id = self.attached(name, near, end, Some(table), (here == there).then_some(beside));
        if here != there {
            let row: TransitAttachment = self.world.row(here, id).cloned().ok_or("no such attachment")?;
            let theirs = TransitAttachment {
                gateway: far,
                table: Some(their),
                ..row
            };
            self.world.put(there, theirs);
        }
        Ok(())
    }

    /// `policy NAME TRANSIT ATTACHMENT [MATCH TABLE]…`: the policy table of an attachment, and which route table judges what
    /// comes from where. A match is `10.1.1.0/25`, or parts of `from=CIDR`, `to=CIDR`, `source=PORTS`, `port=PORTS`,
    /// `protocol=PROTOCOL` with commas between.
    pub(super) fn policy(&mut self, words: &[&str]) -> Result<(), Fault> {
        let [name, transit, attachment, rest @ ..] = words else {
            return Err("policy NAME TRANSIT ATTACHMENT [MATCH TABLE]…".into());
        };
        let id = TransitPolicyTableId(self.number());
        let mut entries = Vec::new();
        for (number, pair) in (1..).zip(rest.chunks(2)) {
            let [what, table] = pair else {
                return Err("MATCH TABLE".into());
            };
            let mut entry = PolicyEntry {
                number,
                source: None,
                destination: None,
                source_ports: None,
                destination_ports: None,
                protocol: None,
                table: self.id(table)?,
            };
            for part in what.split(',') {
                match part.split_once('=').unwrap_or(("from", part)) {
                    ("from", block) => entry.source = Some(parse(block)?),
                    ("to", block) => entry.destination = Some(parse(block)?),
                    ("source", text) => entry.source_ports = ports(Some(text))?,
                    ("port", text) => entry.destination_ports = ports(Some(text))?,
                    ("protocol", text) => entry.protocol = protocol_number(text)?,
                    (other, _) => return Err(format!("'{other}' says nothing of a policy")),
                }
            }
            entries.push(entry);
        }
        let row = TransitPolicyTable {
            id,
            born: id.0,
            gateway: self.id(transit)?,
            created: Time::START,
            entries,
        };
        self.world.put(self.region, row);
        self.called(name, id);
        let attachment: TransitAttachmentId = self.id(attachment)?;
        self.world
            .update(self.region, attachment, |row: &mut TransitAttachment| {
                (row.table, row.policy) = (None, Some(id));
            });
        Ok(())
    }

    /// `announce TABLE PEERING TABLE`: the first is announced by a peering of two transit gateways, the second learns it.
    pub(super) fn announce(&mut self, words: &[&str]) -> Result<(), Fault> {
        let [told, peering, learner] = words else {
            return Err("announce TABLE PEERING TABLE".into());
        };
        let (table, learner): (TransitTableId, TransitTableId) = (self.id(told)?, self.id(learner)?);
        let attachment: TransitAttachmentId = self.id(peering)?;
        let gateway = |id| self.world.row(self.region, id).map(|row: &TransitTable| row.gateway);
        let (teller, hearer) = gateway(table).zip(gateway(learner)).ok_or("no such table")?;
        let ids = [self.number(), self.number()].map(TransitAnnouncementId);
        for (at, gateway, peer) in [(0, teller, hearer), (1, hearer, teller)] {
            let row = TransitAnnouncement {
                id: ids[at],
                born: ids[at].0,
                twin: ids[1 - at],
                gateway,
                peer,
                attachment,
                table,
                incoming: at == 1,
                created: Time::START,
                learners: if at == 1 { vec![learner] } else { Vec::new() },
            };
            self.world.put(self.region, row);
        }
        Ok(())
    }

    /// `translate ATTACHMENT [CIDR CIDR]…`: what an attachment has, and what others see in its place.
    pub(super) fn translate(&mut self, words: &[&str]) -> Result<(), Fault> {
        let [attachment, rest @ ..] = words else {
            return Err("translate ATTACHMENT [CIDR CIDR]…".into());
        };
        let attachment: TransitAttachmentId = self.id(attachment)?;
        let rules: Result<Vec<NatRule>, Fault> = (1..)
            .zip(rest.chunks(2))
            .map(|(number, pair)| match pair {
                [own, nat] => Ok(NatRule {
                    number,
                    own: parse(own)?,
                    nat: parse(nat)?,
                }),
                _ => Err("CIDR CIDR".into()),
            })
            .collect();
        let nat = AttachmentNat {
            on: true,
            rules: rules?,
        };
        let region = self.region;
        self.world
            .update(region, attachment, |row: &mut TransitAttachment| row.nat = nat);
        Ok(())
    }

    fn attached(
        &mut self,
        name: &str,
        gateway: TransitGatewayId,
        end: TransitEnd,
        table: Option<TransitTableId>,
        far: Option<FarSide>,
    ) -> TransitAttachmentId {
        let id = TransitAttachmentId(self.number());
        let row = TransitAttachment {
            id,
            born: id.0,
            gateway,
            created: Time::START,
            state: TransitState::Available,
            end,
            table,
            far,
            policy: None,
            peering: Default::default(),
            nat: Default::default(),
        };
        self.world.put(self.region, row);
        self.called(name, id);
        id
    }

    /// `hub TABLE CIDR ATTACHMENT|drop`: a static route of a transit gateway's table.
    pub(super) fn hub(&mut self, words: &[&str]) -> Result<(), Fault> {
        let [table, block, target] = words else {
            return Err("hub TABLE CIDR ATTACHMENT|drop".into());
        };
        let target = if *target == "drop" {
            None
        } else {
            Some(self.id(target)?)
        };
        let destination = RouteDestination::Cidr(parse(block)?);
        let table: TransitTableId = self.id(table)?;
        self.world.update(self.region, table, |row: &mut TransitTable| {
            row.routes.push((destination, target));
            row.routes.sort_by_key(|(destination, _)| *destination);
        });
        Ok(())
    }
}

/// The option under which rules may name groups across a transit gateway.
fn refers() -> String {
    field::SECURITY_GROUP_REFERENCING_SUPPORT.text().to_owned()
}
