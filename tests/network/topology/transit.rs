//! Transit gateways of a topology.

use super::words::parse;
use super::{Fault, Topology};
use crate::rows::REGION;
use stratus_engine::base::ids::*;
use stratus_engine::base::time::Time;
use stratus_engine::world::links::*;
use stratus_engine::world::vpc::*;

impl Topology {
    /// `transit NAME`, with the route table NAME-rtb.
    pub(super) fn transit(&mut self, words: &[&str]) -> Result<(), Fault> {
        let [name] = words else {
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
            on: Vec::new(),
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
        self.world.put(REGION, table_row);
        self.world.put(REGION, gateway);
        self.called(name, id);
        self.called(&format!("{name}-rtb"), table);
        Ok(())
    }

    /// `attach NAME TRANSIT VPC SUBNET ADDRESS [alone] [silent]`: associated with TRANSIT-rtb unless alone, propagating to it
    /// unless silent.
    pub(super) fn attach(&mut self, words: &[&str]) -> Result<(), Fault> {
        let [name, transit, vpc, subnet, address, options @ ..] = words else {
            return Err("attach NAME TRANSIT VPC SUBNET ADDRESS".into());
        };
        let id = TransitAttachmentId(self.number());
        let table: TransitTableId = self.id(&format!("{transit}-rtb"))?;
        let called = format!("{name}-eni");
        self.interface(&[&called, subnet, address])?;
        let interface: NetworkInterfaceId = self.id(&called)?;
        self.world.update(REGION, interface, |row: &mut NetworkInterface| {
            row.requester = Some("123456789012".into());
            row.groups.clear();
        });
        let row = TransitAttachment {
            id,
            born: id.0,
            gateway: self.id(transit)?,
            created: Time::START,
            state: TransitState::Available,
            end: TransitEnd::Vpc {
                vpc: self.id(vpc)?,
                subnets: vec![(self.id(subnet)?, interface)],
                on: Vec::new(),
            },
            table: (!options.contains(&"alone")).then_some(table),
        };
        self.world.put(REGION, row);
        self.called(name, id);
        if !options.contains(&"silent") {
            self.world
                .update(REGION, table, |row: &mut TransitTable| row.propagations.push(id));
        }
        Ok(())
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
        self.world.update(REGION, table, |row: &mut TransitTable| {
            row.routes.push((destination, target));
            row.routes.sort_by_key(|(destination, _)| *destination);
        });
        Ok(())
    }
}
