//! Lines of a topology that have EC2-Classic: its groups, and the instances in it.

use super::words::{option, parse};
use super::{Fault, Topology};
use crate::rows::{new_group, new_root, pattern};
use stratus_engine::base::ids::*;
use stratus_engine::base::time::Time;
use stratus_engine::world::classic::*;
use stratus_engine::world::compute::*;
use stratus_engine::world::vpc::*;

impl Topology {
    /// `classic GROUP`: a group of EC2-Classic, without rules; the Region then supports it.
    pub(super) fn classic(&mut self, words: &[&str]) -> Result<(), Fault> {
        let [name] = words else {
            return Err("classic GROUP".into());
        };
        let id = SecurityGroupId(self.number());
        self.called(name, id);
        self.world.put(self.region, new_group(id, NO_VPC, name));
        if let Some(ec2) = self.world.regions.get_mut(&self.region) {
            ec2.classic.supported = true;
        }
        self.open = Some(id.into());
        Ok(())
    }

    /// `seat NAME ADDRESS public A groups A,B [linked VPC by A,B] [options of an instance]`: an instance in EC2-Classic.
    pub(super) fn seat(&mut self, words: &[&str]) -> Result<(), Fault> {
        let [name, address, options @ ..] = words else {
            return Err("seat NAME ADDRESS".into());
        };
        let nowhere = Subnet {
            id: NO_SUBNET,
            vpc: NO_VPC,
            ..pattern()
        };
        let mut row = self.machine(name, &nowhere, options)?;
        let running = row.host.is_some();
        let public = option(options, "public").map(parse).transpose()?;
        let public = public.map(|address| PublicAddress {
            address,
            allocation: None,
        });
        let own = PrivateAddress {
            private: parse(address)?,
            public,
        };
        let link = match option(options, "linked") {
            Some(vpc) => Some(ClassicLink {
                vpc: self.id(vpc)?,
                groups: self.named_groups(option(options, "by").unwrap_or(""))?,
            }),
            None => None,
        };
        let interface = NetworkInterface {
            id: interface_id(row.id),
            subnet: NO_SUBNET,
            vpc: NO_VPC,
            addresses: if running { vec![own] } else { Vec::new() },
            ipv6: Vec::new(),
            groups: self.named_groups(option(options, "groups").unwrap_or(""))?,
            source_dest_check: true,
            attachment: Some(Attachment {
                id: AttachmentId(row.id.0),
                instance: row.id,
                device_index: 0,
                attached: Time::START,
                delete_on_termination: true,
            }),
            ..pattern()
        };
        if row.state != InstanceState::Terminated {
            row.classic = Some(Box::new(Seat { interface, link }));
            self.world.put(self.region, new_root(row.id));
        }
        self.world.put(self.region, row);
        Ok(())
    }

    fn named_groups(&self, names: &str) -> Result<Vec<SecurityGroupId>, Fault> {
        let names = names.split(',').filter(|name| !name.is_empty());
        names.map(|name| self.id(name)).collect()
    }
}
