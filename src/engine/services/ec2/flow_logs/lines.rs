//! What has been captured → the lines of a log, field by field. What cannot be known, or does not apply, is `-`.
//! <https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html>

use crate::base::ids::*;
use crate::base::time::Time;
use crate::catalog::Region;
use crate::world::flow_logs::{FlowSum, LogPlace, TransitLoss};
use crate::world::links::TransitAttachment;
use crate::world::vpc::NetworkInterface;
use crate::world::{Ec2, World};
use std::net::IpAddr;

/// What a line is about.
pub(super) struct Subject<'a> {
    pub world: &'a World,
    pub region: Region,
    /// An interface, or an attachment.
    pub id: ResourceId,
    /// `None` when it is not known any more.
    pub place: Option<&'a LogPlace>,
}

/// A line without a flow: why there is none, and for which window.
#[derive(Clone, Copy)]
pub(super) enum Empty {
    /// Nothing went by.
    NoData,
    /// More went by than was captured.
    SkipData,
}

impl Subject<'_> {
    /// The line of a flow.
    pub fn flow(&self, fields: &[(&'static str, u8)], flow: &FlowSum) -> String {
        self.line(fields, &|name| self.value(name, flow))
    }

    /// The line of a window without one.
    pub fn empty(&self, fields: &[(&'static str, u8)], why: Empty, window: (Time, Time)) -> String {
        self.line(fields, &|name| match name {
            "start" => Some(seconds(window.0)),
            "end" => Some(seconds(window.1)),
            "log-status" => Some(match why {
                Empty::NoData => "NODATA".into(),
                Empty::SkipData => "SKIPDATA".into(),
            }),
            _ => None,
        })
    }

    fn line(&self, fields: &[(&'static str, u8)], value: &dyn Fn(&str) -> Option<String>) -> String {
        let version = fields.iter().map(|(_, version)| *version).max().unwrap_or(2);
        let words: Vec<String> = fields
            .iter()
            .map(|(name, _)| {
                let own = match *name {
                    "version" => Some(version.to_string()),
                    "account-id" => Some(self.account()),
                    "interface-id" | "tgw-attachment-id" => Some(self.id.to_string()),
                    name => value(name),
                };
                own.unwrap_or_else(|| "-".into())
            })
            .collect();
        words.join(" ")
    }

    /// Interfaces that a service of AWS has made may have no owner.
    fn account(&self) -> String {
        match self.place {
            Some(LogPlace::Interface { of_service: true, .. }) => "unknown".into(),
            _ => self.world.account(),
        }
    }

    fn value(&self, name: &str, flow: &FlowSum) -> Option<String> {
        let key = &flow.key;
        Some(match name {
            "srcaddr" => key.source.0.to_string(),
            "dstaddr" => key.destination.0.to_string(),
            "srcport" => key.source.1.to_string(),
            "dstport" => key.destination.1.to_string(),
            "protocol" => key.protocol.to_string(),
            "packets" => flow.packets.to_string(),
            "bytes" => flow.bytes.to_string(),
            "start" => seconds(flow.first),
            "end" => seconds(flow.last),
            "action" if key.accepted => "ACCEPT".into(),
            "action" => "REJECT".into(),
            "log-status" => "OK".into(),
            "tcp-flags" => flow.flags.to_string(),
            "type" if key.source.0.is_ipv6() => "IPv6".into(),
            "type" => "IPv4".into(),
            "pkt-srcaddr" => key.packet_source.to_string(),
            "pkt-dstaddr" => key.packet_destination.to_string(),
            "region" => self.region.name().to_owned(),
            "pkt-src-aws-service" => self.service(key.packet_source)?,
            "pkt-dst-aws-service" => self.service(key.packet_destination)?,
            "flow-direction" if key.egress => "egress".into(),
            "flow-direction" => "ingress".into(),
            "traffic-path" => key.path?.to_string(),
            "reject-reason" if key.public_blocked => "BPA".into(),
            name => return self.of_place(name, flow),
        })
    }

    fn of_place(&self, name: &str, flow: &FlowSum) -> Option<String> {
        match self.place? {
            LogPlace::Interface {
                vpc,
                subnet,
                instance,
                zone,
                ..
            } => Some(match name {
                "vpc-id" => vpc.to_string(),
                "subnet-id" => subnet.to_string(),
                "instance-id" => (*instance)?.to_string(),
                "az-id" => zone.clone(),
                // ECS, Outposts and encryption controls are not simulated; `resource-id` is a regional NAT gateway's, of
                // which no flow log can be made here.
                _ => return None,
            }),
            LogPlace::Attachment(gateway) => self.of_transit(name, *gateway, flow),
        }
    }

    fn of_transit(&self, name: &str, gateway: TransitGatewayId, flow: &FlowSum) -> Option<String> {
        let way = flow.key.transit?;
        let own = TransitAttachmentId::try_from(self.id).ok()?;
        let (from, to) = match flow.key.egress {
            true => (way.pair, Some(own)),
            false => (Some(own), way.pair),
        };
        let lost = |why: TransitLoss| {
            let packets = if way.loss == Some(why) { flow.packets } else { 0 };
            packets.to_string()
        };
        Some(match name {
            "resource-type" => "TransitGatewayAttachment".into(),
            "tgw-id" => gateway.to_string(),
            "tgw-pair-attachment-id" => way.pair?.to_string(),
            "tgw-src-vpc-account-id" => from.map(|_| self.world.account())?,
            "tgw-dst-vpc-account-id" => to.map(|_| self.world.account())?,
            "tgw-src-vpc-id" => self.vpc(from?)?.to_string(),
            "tgw-dst-vpc-id" => self.vpc(to?)?.to_string(),
            "tgw-src-eni" => way.source?.to_string(),
            "tgw-dst-eni" => way.destination?.to_string(),
            "tgw-src-subnet-id" => self.interface(way.source)?.subnet.to_string(),
            "tgw-dst-subnet-id" => self.interface(way.destination)?.subnet.to_string(),
            "tgw-src-az-id" => self.interface(way.source)?.zone.id(),
            "tgw-dst-az-id" => self.interface(way.destination)?.zone.id(),
            "packets-lost-no-route" => lost(TransitLoss::NoRoute),
            "packets-lost-blackhole" => lost(TransitLoss::BlackHole),
            // Every packet here is small enough, and young enough.
            "packets-lost-mtu-exceeded" | "packets-lost-ttl-expired" => "0".into(),
            _ => return None,
        })
    }

    fn ec2(&self) -> Option<&Ec2> {
        self.world.ec2(self.region)
    }

    fn vpc(&self, attachment: TransitAttachmentId) -> Option<VpcId> {
        self.ec2()?
            .links
            .attachments
            .get(&attachment)
            .and_then(TransitAttachment::vpc)
    }

    fn interface(&self, id: Option<NetworkInterfaceId>) -> Option<&NetworkInterface> {
        self.ec2()?.interfaces.get(&id?)
    }

    /// The part of AWS's address ranges that an address is of: what the prefix lists of gateway endpoints hold, and the public
    /// addresses that EC2 has given (of others nothing is known here).
    fn service(&self, address: IpAddr) -> Option<String> {
        let ec2 = self.ec2()?;
        let mut lists = ec2.prefix_lists.rows().filter(|list| list.aws_managed);
        let holds = lists.find(|list| list.entries.iter().any(|(block, _)| block.contains(&address)));
        if let Some(list) = holds {
            return list.name.rsplit('.').next().map(str::to_ascii_uppercase);
        }
        let IpAddr::V4(address) = address else { return None };
        let elastic = || ec2.addresses.rows().any(|row| row.address == address);
        (ec2.by_public_address.contains(&address) || elastic()).then(|| "EC2".to_owned())
    }
}

/// Unix time.
fn seconds(time: Time) -> String {
    time.0.div_euclid(1_000).to_string()
}
