//! Lines of a topology that make gateways: NAT, egress-only, carrier and virtual private ones.

use super::words::{option, parse};
use super::{Fault, Topology};
use stratus_engine::base::ids::*;
use stratus_engine::base::time::Time;
use stratus_engine::catalog::Zone;
use stratus_engine::world::gateways::*;
use stratus_engine::world::vpc::*;

fn state_of(options: &[&str]) -> GatewayState {
    let states = [
        GatewayState::Pending,
        GatewayState::Failed,
        GatewayState::Deleting,
        GatewayState::Deleted,
    ];
    let named = states.into_iter().find(|state| options.contains(&state.name()));
    named.unwrap_or(GatewayState::Available)
}

/// The two tunnels of a connection, of which the options may say that they are down.
fn tunnels(options: &[&str]) -> Result<Vec<VpnTunnel>, Fault> {
    let down = match options {
        all if all.contains(&"both-tunnels-down") => 2,
        all if all.contains(&"one-tunnel-down") => 1,
        _ => 0,
    };
    let one = |number: u8| -> Result<VpnTunnel, Fault> {
        Ok(VpnTunnel {
            outside: [192, 0, 2, number].into(),
            inside: parse(&format!("169.254.{}.0/30", 9 + number))?,
            key: String::new(),
            numbers: Vec::new(),
            words: Vec::new(),
            lists: Vec::new(),
            lifecycle_control: false,
            life: TunnelLife {
                down: number <= down,
                ..TunnelLife::default()
            },
        })
    };
    [1, 2].map(one).into_iter().collect()
}

impl Topology {
    /// `nat NAME SUBNET ADDRESS [public A] [pending|failed|deleting|deleted]`: with an interface called `NAME-eni`.
    pub(super) fn nat(&mut self, words: &[&str]) -> Result<(), Fault> {
        let [name, subnet, address, options @ ..] = words else {
            return Err("nat NAME SUBNET ADDRESS".into());
        };
        let id = NatGatewayId(self.number());
        let subnet_row: Subnet = self
            .world
            .row::<Subnet>(self.region, self.id(subnet)?)
            .cloned()
            .ok_or("no subnet")?;
        let state = state_of(options);
        let eni = format!("{name}-eni");
        let mut words = vec![eni.as_str(), subnet, address];
        let public = option(options, "public");
        words.extend(public.iter().flat_map(|public| ["public", public]));
        let mut interface = None;
        if state.is_alive() {
            self.interface(&words)?;
            let own: NetworkInterfaceId = self.id(&eni)?;
            self.world.update(self.region, own, |row: &mut NetworkInterface| {
                row.groups.clear();
                row.source_dest_check = false;
                row.requester = Some("amazon-aws".into());
            });
            interface = Some(own);
        }
        self.world.put(
            self.region,
            NatGateway {
                id,
                born: id.0,
                vpc: subnet_row.vpc,
                subnet: subnet_row.id,
                public: public.is_some(),
                state,
                since: Time::START,
                created: Time::START,
                deleted: None,
                failure: None,
                addresses: vec![NatAddress {
                    interface,
                    private: Some(parse(address)?),
                    elastic: None,
                    status: AddressStatus::Succeeded,
                    since: Time::START,
                    zone: None,
                }],
                regional: None,
            },
        );
        self.called(name, id);
        Ok(())
    }

    /// `regional NAME VPC GATEWAY ADDRESS ZONE [manual] [pending]`: a regional NAT gateway with an address in one zone, and its own route
    /// table NAME-table.
    pub(super) fn regional(&mut self, words: &[&str]) -> Result<(), Fault> {
        let [name, vpc, gateway, address, zone, options @ ..] = words else {
            return Err("regional NAME VPC GATEWAY ADDRESS ZONE".into());
        };
        let n = self.number();
        let (id, table, vpc) = (NatGatewayId(n), RouteTableId(n), self.id(vpc)?);
        let gateway = RouteTarget::InternetGateway(self.id(gateway)?);
        let own = RouteTable {
            id: table,
            born: n,
            vpc,
            main: None,
            subnets: Vec::new(),
            gateways: Vec::new(),
            routes: vec![Route {
                destination: RouteDestination::Cidr(parse("0.0.0.0/0")?),
                target: gateway,
            }],
        };
        self.world.put(self.region, own);
        self.called(&format!("{name}-table"), table);
        let row = NatGateway {
            id,
            born: n,
            vpc,
            subnet: SubnetId(0),
            public: true,
            state: state_of(options),
            since: Time::START,
            created: Time::START,
            deleted: None,
            failure: None,
            addresses: vec![NatAddress {
                interface: None,
                private: None,
                elastic: Some((AllocationId(n), parse(address)?, AssociationId(n))),
                status: AddressStatus::Succeeded,
                since: Time::START,
                zone: Some(Zone::find(zone).ok_or("no such zone")?),
            }],
            regional: Some(RegionalNat {
                automatic: !options.contains(&"manual"),
                table: Some(table),
            }),
        };
        self.world.put(self.region, row);
        self.called(name, id);
        Ok(())
    }

    /// `egress-only NAME VPC`.
    pub(super) fn egress_only(&mut self, words: &[&str]) -> Result<(), Fault> {
        let [name, vpc] = words else {
            return Err("egress-only NAME VPC".into());
        };
        let id = EgressOnlyGatewayId(self.number());
        let vpc = self.id(vpc)?;
        self.world.put(self.region, EgressOnlyGateway { id, born: id.0, vpc });
        self.called(name, id);
        Ok(())
    }

    /// `carrier NAME VPC`.
    pub(super) fn carrier(&mut self, words: &[&str]) -> Result<(), Fault> {
        let [name, vpc] = words else {
            return Err("carrier NAME VPC".into());
        };
        let id = CarrierGatewayId(self.number());
        let vpc = self.id(vpc)?;
        self.world.put(
            self.region,
            CarrierGateway {
                id,
                born: id.0,
                vpc,
                state: GatewayState::Available,
                since: Time::START,
            },
        );
        self.called(name, id);
        Ok(())
    }

    /// The account uses a zone's group.
    pub(super) fn opt_in(&mut self, zone: Zone) {
        if let Some(ec2) = self
            .world
            .regions
            .get_mut(&self.region)
            .filter(|_| zone.is_wavelength())
        {
            let groups = &mut ec2.estate.zone_groups;
            groups.push(zone.group_name());
            groups.dedup();
        }
    }

    /// A customer gateway at 198.51.100.9.
    pub(super) fn customer(&mut self) -> CustomerGatewayId {
        let customer = CustomerGatewayId(self.number());
        self.world.put(
            self.region,
            CustomerGateway {
                id: customer,
                born: customer.0,
                state: GatewayState::Available,
                asn: 65_000,
                extended: false,
                address: Some("198.51.100.9".into()),
                certificate: None,
                device: None,
            },
        );
        customer
    }

    /// `vpn NAME VPC [for TABLE]… [CIDR]… [deleted]`: a virtual private gateway with a connection that leads to these networks,
    /// and the tables that take its routes.
    pub(super) fn vpn(&mut self, words: &[&str]) -> Result<(), Fault> {
        let [name, vpc, options @ ..] = words else {
            return Err("vpn NAME VPC".into());
        };
        let id = VpnGatewayId(self.number());
        let vpc: VpcId = self.id(vpc)?;
        let (mut tables, mut routes) = (Vec::new(), Vec::new());
        let mut rest = options.iter();
        while let Some(word) = rest.next() {
            match *word {
                "for" => tables.push(self.id(rest.next().ok_or("for TABLE")?)?),
                "deleted" | "one-tunnel-down" | "both-tunnels-down" => {}
                block => routes.push((parse(block)?, None)),
            }
        }
        let attachment = Some(VpnAttachment {
            vpc,
            state: VpnAttachmentState::Attached,
            since: Time::START,
        });
        let gateway = VpnGateway {
            id,
            born: id.0,
            state: GatewayState::Available,
            since: Time::START,
            asn: 64_512,
            zone: None,
            attachment,
            propagates_to: tables,
        };
        self.world.put(self.region, gateway);
        self.called(name, id);
        let customer = self.customer();
        let everywhere: ipnet::Ipv4Net = parse("0.0.0.0/0")?;
        let connection = VpnConnectionId(self.number());
        self.world.put(
            self.region,
            VpnConnection {
                id: connection,
                born: connection.0,
                state: state_of(options),
                since: Time::START,
                customer,
                gateway: Some(id),
                static_only: true,
                routes,
                local: everywhere,
                remote: everywhere,
                tunnels: tunnels(options)?,
                transit: None,
                accelerated: false,
                concentrator: None,
            },
        );
        Ok(())
    }
}
