//! Lines of a topology that filter: network ACLs and security groups.

use super::words::{parse, ports, protocol_number};
use super::{Fault, Topology};
use crate::rows::{new_group, pattern};
use stratus_engine::base::ids::*;
use stratus_engine::world::vpc::*;

impl Topology {
    pub(super) fn acl(&mut self, words: &[&str]) -> Result<(), Fault> {
        let [name, vpc] = words else {
            return Err("acl NAME VPC".into());
        };
        let (id, vpc) = (NetworkAclId(self.number()), self.id(vpc)?);
        self.world.put(
            self.region,
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
    pub(super) fn acl_entry(&mut self, acl: NetworkAclId, words: &[&str]) -> Result<(), Fault> {
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
        self.world.update(self.region, acl, |acl: &mut NetworkAcl| {
            acl.entries.push(entry);
            acl.entries.sort_by_key(|entry| (entry.egress, entry.number));
        });
        Ok(())
    }

    pub(super) fn group(&mut self, words: &[&str]) -> Result<(), Fault> {
        let [name, vpc] = words else {
            return Err("group NAME VPC".into());
        };
        let (id, vpc) = (SecurityGroupId(self.number()), self.id(vpc)?);
        self.world.put(self.region, new_group(id, vpc, name));
        self.called(name, id);
        self.open = Some(id.into());
        Ok(())
    }

    /// Opens a group again, for rules that need things which come after it.
    pub(super) fn more(&mut self, words: &[&str]) -> Result<(), Fault> {
        let [name] = words else {
            return Err("more GROUP|TABLE".into());
        };
        let group = self.id::<SecurityGroupId>(name).map(ResourceId::from);
        let table = || self.id::<RouteTableId>(name).map(ResourceId::from);
        self.open = Some(group.or_else(|_| table())?);
        Ok(())
    }

    /// `in tcp 443 0.0.0.0/0`, `in all other-group`, `out udp 53 some-list`, `in tcp 443 other-group@peering`.
    pub(super) fn group_rule(&mut self, own_group: SecurityGroupId, words: &[&str]) -> Result<(), Fault> {
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
        let across = peer.split_once('@').map(|(group, link)| match self.names.get(link) {
            Some(ResourceId::TransitGateway(_)) => {
                let theirs: SecurityGroupId = self.id(group)?;
                let vpc = |id| self.world.row::<SecurityGroup>(self.region, id).map(|row| row.vpc);
                let (theirs_in, own_in) = (vpc(theirs), vpc(own_group));
                Ok(Peer::HubGroup(
                    theirs,
                    theirs_in.ok_or("no group")?,
                    own_in.ok_or("no group")?,
                ))
            }
            _ => self.across(group, link),
        });
        let peer = match (self.names.get(*peer), peer.parse()) {
            _ if across.is_some() => across.unwrap_or(Err("no peer".into()))?,
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
        self.world.update(self.region, own_group, |group: &mut SecurityGroup| {
            group.rules.push(rule)
        });
        Ok(())
    }
}
