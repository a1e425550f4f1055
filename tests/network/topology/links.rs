//! Peering connections and endpoints of a topology.

use super::words::option;
use super::{Fault, Topology};
use stratus_engine::base::ids::*;
use stratus_engine::base::time::Time;
use stratus_engine::catalog::Region;
use stratus_engine::world::balancing::{BalancerKind, LoadBalancer};
use stratus_engine::world::links::*;
use stratus_engine::world::vpc::*;

impl Topology {
    /// A group of the VPC on the other side of a peering connection.
    pub(super) fn across(&self, group: &str, peering: &str) -> Result<Peer, Fault> {
        let group: SecurityGroupId = self.id(group)?;
        let vpc = self
            .world
            .row::<SecurityGroup>(self.region, group)
            .ok_or("no group")?
            .vpc;
        Ok(Peer::PeerGroup(group, vpc, self.id(peering)?))
    }

    fn side(&self, name: &str) -> Result<PeeringSide, Fault> {
        let elsewhere = name == "elsewhere";
        let own: Option<VpcId> = if elsewhere { None } else { Some(self.id(name)?) };
        let region = if elsewhere {
            Region::find("eu-west-1").ok_or("no Region")?
        } else {
            let at = own.and_then(|vpc| self.world.region_of(vpc.into()));
            at.unwrap_or(self.region)
        };
        Ok(PeeringSide {
            account: "123456789012".into(),
            region,
            vpc: name.into(),
            own,
            remote_dns: false,
            link_to_remote: false,
            to_remote_link: false,
        })
    }

    /// `peering NAME VPC VPC|elsewhere [pending|deleted]`.
    pub(super) fn peering(&mut self, words: &[&str]) -> Result<(), Fault> {
        let [name, one, other, options @ ..] = words else {
            return Err("peering NAME VPC VPC|elsewhere".into());
        };
        let id = VpcPeeringConnectionId(self.number());
        let state = match options.iter().find(|option| !option.contains('-')) {
            None => PeeringState::Active,
            Some(&"pending") => PeeringState::PendingAcceptance,
            Some(&"deleted") => PeeringState::Deleted,
            Some(other) => return Err(format!("'{other}' is no state of a peering connection")),
        };
        let mut requester = self.side(one)?;
        let mut accepter = self.side(other)?;
        requester.link_to_remote = options.contains(&"link-to-remote");
        accepter.to_remote_link = options.contains(&"to-remote-link");
        let row = VpcPeering {
            id,
            born: id.0,
            here: self.region,
            requester,
            accepter,
            state,
            since: Time::START,
            expires: Time::START,
        };
        let ours = row.sides().map(|side| (side.own.is_some(), side.region));
        for (_, here) in ours.into_iter().filter(|(own, _)| *own) {
            self.world.put(here, VpcPeering { here, ..row.clone() });
        }
        self.called(name, id);
        Ok(())
    }

    /// A service of a load balancer.
    fn service_of(&mut self, balancer: &str) -> Result<EndpointServiceId, Fault> {
        let balancer: LoadBalancerId = self.id(balancer)?;
        let id = EndpointServiceId(self.number());
        let of_gateway = |row: &LoadBalancer| row.kind == BalancerKind::Gateway;
        let gateway = self.world.row(self.region, balancer).is_some_and(of_gateway);
        let kind = if gateway { "gwy" } else { "net" };
        let arn = format!("arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/{kind}");
        let row = EndpointService {
            id,
            born: id.0,
            gateway,
            balancers: vec![format!("{arn}/{balancer}/{:016x}", balancer.0)],
            acceptance: false,
            private_dns: None,
            address_types: vec!["ipv4".into()],
            regions: Vec::new(),
            owner_pays: false,
            allowed: Vec::new(),
        };
        self.world.put(self.region, row);
        Ok(id)
    }

    /// `endpoint NAME VPC SERVICE [before BALANCER|behind BALANCER] [gateway TABLE[,TABLE…]] [in SUBNET ADDRESS] [groups A,B] [policy] [pending] [private-dns]`: a gateway
    /// endpoint brings the prefix list NAME-list with 52.216.0.0/15.
    pub(super) fn endpoint(&mut self, words: &[&str]) -> Result<(), Fault> {
        let [name, vpc, service, options @ ..] = words else {
            return Err("endpoint NAME VPC SERVICE …".into());
        };
        let (id, vpc): (_, VpcId) = (VpcEndpointId(self.number()), self.id(vpc)?);
        let service = format!("com.amazonaws.us-east-1.{service}");
        let mut row = VpcEndpoint {
            id,
            born: id.0,
            vpc,
            service: service.clone(),
            kind: EndpointKind::Interface,
            state: if options.contains(&"pending") {
                EndpointState::Pending
            } else {
                EndpointState::Available
            },
            created: Time::START,
            since: Time::START,
            policy: options.contains(&"policy").then(|| "{}".to_owned()),
            tables: Vec::new(),
            subnets: Vec::new(),
            groups: Vec::new(),
            private_dns: options.contains(&"private-dns"),
            address_type: "ipv4".into(),
            dns_type: "ipv4".into(),
            inbound_only: false,
            provider: None,
            service_pays: None,
        };
        self.called(name, id);
        if let Some(balancer) = option(options, "before") {
            row.kind = EndpointKind::GatewayLoadBalancer;
            row.provider = Some(self.service_of(balancer)?);
        }
        if let Some(balancer) = option(options, "behind") {
            row.provider = Some(self.service_of(balancer)?);
        }
        if let Some(tables) = option(options, "gateway") {
            row.kind = EndpointKind::Gateway;
            let list = format!("{name}-list");
            self.list(&[&list, "52.216.0.0/15"])?;
            let list: PrefixListId = self.id(&list)?;
            self.world.update(self.region, list, |list: &mut PrefixList| {
                (list.aws_managed, list.name) = (true, service);
            });
            for table in tables.split(',').filter(|table| *table != "-") {
                let table: RouteTableId = self.id(table)?;
                row.tables.push(table);
                self.route(table, &[&format!("{name}-list"), name])?;
            }
        }
        if let Some(at) = options.iter().position(|word| *word == "in") {
            let [subnet, address] = options.get(at + 1..at + 3).ok_or("in SUBNET ADDRESS")? else {
                return Err("in SUBNET ADDRESS".into());
            };
            let called = format!("{name}-eni");
            let groups = option(options, "groups").ok_or("groups")?;
            self.interface(&[&called, subnet, address, "groups", groups])?;
            let interface: NetworkInterfaceId = self.id(&called)?;
            self.world.update(self.region, interface, |row: &mut NetworkInterface| {
                row.requester = Some("727180483921".into());
                row.attachment = None;
            });
            row.groups = self
                .world
                .row::<NetworkInterface>(self.region, interface)
                .map(|row| row.groups.clone())
                .unwrap_or_default();
            row.subnets.push((self.id(subnet)?, interface));
        }
        self.world.put(self.region, row);
        Ok(())
    }
}
