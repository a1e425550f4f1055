//! What a VPC is made of: the rows that come with every new one, and with a Region's default one.
//!
//! Used both by calls (ids and births drawn in order) and for the defaults that a Region has from its first use, whose ids
//! may not depend on the order in which Regions are used ([`Numbers::Fixed`]).

use super::pools;
use crate::base::ids::*;
use crate::base::random::{Stream, fixed};
use crate::catalog::{Region, Zone};
use crate::world::World;
use crate::world::compute::Tenancy;
use crate::world::vpc::*;
use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use rand_chacha::rand_core::RngCore;
use std::net::Ipv4Addr;
use stratus_model::sort;

/// Where ids and births come from.
pub(crate) enum Numbers {
    /// From the world's streams.
    Drawn,
    /// From the seed and the Region, one after the other.
    Fixed {
        /// The next place.
        next: u64,
    },
}

impl Numbers {
    /// For what a Region has from its first use.
    pub(crate) fn fixed() -> Numbers {
        Numbers::Fixed { next: 0 }
    }

    /// The number of a new id.
    pub(crate) fn id(&mut self, world: &mut World, region: Region, kind: Kind) -> u64 {
        match self {
            Numbers::Drawn => world.random.next_u64(Stream::Ids(kind)),
            Numbers::Fixed { next } => {
                *next += 1;
                fixed(world.options.seed, 100_000 + u64::from(region.index()), *next).next_u64()
            }
        }
    }

    /// The sequence number of a new row.
    pub(crate) fn born(&mut self, world: &mut World) -> u64 {
        match self {
            Numbers::Drawn => world.birth(),
            // Below `RESERVED_BIRTHS`: the defaults draw far fewer ids than that.
            Numbers::Fixed { next } => *next,
        }
    }
}

/// What a VPC is to be.
pub(crate) struct NewVpc {
    /// Its primary block.
    pub cidr: Ipv4Net,
    /// Its Amazon-provided IPv6 block.
    pub ipv6: Option<Ipv6Net>,
    /// Tenancy of what is launched there.
    pub tenancy: Tenancy,
    /// The Region's default: with DNS host names.
    pub is_default: bool,
}

/// Makes a VPC with what AWS makes with each: main route table, default network ACL, default security group.
/// <https://docs.aws.amazon.com/vpc/latest/userguide/create-vpc.html>
pub(crate) fn vpc(world: &mut World, region: Region, numbers: &mut Numbers, new: &NewVpc) -> VpcId {
    let dhcp_options = dhcp_options(world, region, numbers);
    let id = VpcId(numbers.id(world, region, Kind::Vpc));
    let born = numbers.born(world);
    let table = RouteTableId(numbers.id(world, region, Kind::RouteTable));
    let main = RouteTableAssociationId(numbers.id(world, region, Kind::RouteTableAssociation));
    let acl = NetworkAclId(numbers.id(world, region, Kind::NetworkAcl));
    let group = SecurityGroupId(numbers.id(world, region, Kind::SecurityGroup));
    let block = VpcCidrAssociationId(numbers.id(world, region, Kind::VpcCidrAssociation));
    let ipv6_block = new.ipv6.map(|net| {
        (
            VpcCidrAssociationId(numbers.id(world, region, Kind::VpcCidrAssociation)),
            net,
        )
    });
    let row = Vpc {
        id,
        born,
        cidrs: vec![(block, new.cidr)],
        ipv6_cidrs: ipv6_block.into_iter().collect(),
        is_default: new.is_default,
        tenancy: new.tenancy,
        dhcp_options,
        dns_support: true,
        dns_hostnames: new.is_default,
        address_usage_metrics: false,
        main_route_table: table,
        default_acl: acl,
        default_group: group,
        no_dhcp_options: false,
        classic_link: false,
        classic_link_dns: false,
    };
    world.put(region, row);
    let born = numbers.born(world);
    let route_table = RouteTable {
        id: table,
        born,
        vpc: id,
        main: Some(main),
        subnets: Vec::new(),
        gateways: Vec::new(),
        routes: Vec::new(),
    };
    world.put(region, route_table);
    let mut entries = open_entries(false);
    if new.ipv6.is_some() {
        entries.extend(open_entries(true));
        sort::by_key(&mut entries, |entry| (entry.egress, entry.number));
    }
    let born = numbers.born(world);
    world.put(
        region,
        NetworkAcl {
            id: acl,
            born,
            vpc: id,
            is_default: true,
            entries,
        },
    );
    default_group(world, region, numbers, id, group, new.ipv6.is_some());
    id
}

/// The entries that let everything through, in and out, as a default ACL has them: 100 for IPv4, 101 for IPv6.
/// <https://docs.aws.amazon.com/vpc/latest/userguide/default-network-acl.html>
pub(super) fn open_entries(ipv6: bool) -> Vec<AclEntry> {
    [false, true]
        .map(|egress| AclEntry {
            egress,
            number: if ipv6 { 101 } else { 100 },
            protocol: None,
            allow: true,
            cidr: anywhere(ipv6),
            ports: (0, u16::MAX),
            icmp: None,
        })
        .into()
}

/// 0.0.0.0/0 or ::/0.
pub(super) fn anywhere(ipv6: bool) -> IpNet {
    if ipv6 {
        IpNet::V6(Ipv6Net::default())
    } else {
        IpNet::V4(Ipv4Net::default())
    }
}

/// A rule that lets everything through to or from a peer.
pub(super) fn open_rule(id: SecurityGroupRuleId, egress: bool, peer: Peer) -> GroupRule {
    GroupRule {
        id,
        egress,
        protocol: None,
        ports: (-1, -1),
        peer,
        description: None,
    }
}

fn default_group(
    world: &mut World,
    region: Region,
    numbers: &mut Numbers,
    vpc: VpcId,
    group: SecurityGroupId,
    ipv6: bool,
) {
    let mut rule = |world: &mut World, egress, peer| {
        let id = SecurityGroupRuleId(numbers.id(world, region, Kind::SecurityGroupRule));
        open_rule(id, egress, peer)
    };
    let mut rules = vec![
        rule(world, false, Peer::Group(group)),
        rule(world, true, Peer::Cidr(anywhere(false))),
    ];
    if ipv6 {
        rules.push(rule(world, true, Peer::Cidr(anywhere(true))));
    }
    let born = numbers.born(world);
    let row = SecurityGroup {
        id: group,
        born,
        vpc,
        name: "default".into(),
        description: "default VPC security group".into(),
        rules,
        vpcs: Vec::new(),
    };
    world.put(region, row);
}

/// The Region's default DHCP options set, made when it is first needed.
fn dhcp_options(world: &mut World, region: Region, numbers: &mut Numbers) -> DhcpOptionsId {
    let options = vec![
        ("domain-name".to_owned(), vec![pools::internal_domain(region)]),
        ("domain-name-servers".to_owned(), vec!["AmazonProvidedDNS".to_owned()]),
    ];
    let alike = |row: &&DhcpOptions| row.options == options;
    if let Some(first) = world
        .ec2(region)
        .and_then(|ec2| ec2.dhcp_options.rows().filter(alike).min_by_key(|row| row.born))
    {
        return first.id;
    }
    let id = DhcpOptionsId(numbers.id(world, region, Kind::DhcpOptions));
    let born = numbers.born(world);
    world.put(region, DhcpOptions { id, born, options });
    id
}

/// What a subnet is to be.
pub(crate) struct NewSubnet {
    /// Its VPC.
    pub vpc: VpcId,
    /// Its zone.
    pub zone: Zone,
    /// Its block.
    pub cidr: Ipv4Net,
    /// Its IPv6 block.
    pub ipv6_cidr: Option<Ipv6Net>,
    /// The zone's default: launches there get public addresses.
    pub default_for_zone: bool,
}

/// Makes a subnet, which takes its VPC's default ACL and main route table.
pub(crate) fn subnet(
    world: &mut World,
    region: Region,
    numbers: &mut Numbers,
    new: &NewSubnet,
    acl: NetworkAclId,
) -> SubnetId {
    let id = SubnetId(numbers.id(world, region, Kind::Subnet));
    let born = numbers.born(world);
    let association = NetworkAclAssociationId(numbers.id(world, region, Kind::NetworkAclAssociation));
    let row = Subnet {
        id,
        born,
        vpc: new.vpc,
        zone: new.zone,
        cidr: new.cidr,
        ipv6_cidr: new.ipv6_cidr,
        default_for_zone: new.default_for_zone,
        map_public_ip: new.default_for_zone,
        assign_ipv6: false,
        acl: (association, acl),
        hostname_type: "ip-name".into(),
        resource_names: (false, false),
        dns64: false,
        ipv6_association: None,
        local_interfaces_from: None,
    };
    world.put(region, row);
    id
}

/// Makes the default VPC of a Region as AWS makes it: 172.31.0.0/16, a /20 in each zone that gives out public addresses, an
/// internet gateway, and a main route table that sends everything else there.
/// <https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc.html>
pub(crate) fn default_vpc(world: &mut World, region: Region, numbers: &mut Numbers) -> VpcId {
    let cidr = Ipv4Net::new_assert(Ipv4Addr::new(172, 31, 0, 0), 16);
    let id = vpc(
        world,
        region,
        numbers,
        &NewVpc {
            cidr,
            ipv6: None,
            tenancy: Tenancy::Default,
            is_default: true,
        },
    );
    let Some((table, acl)) = world
        .row::<Vpc>(region, id)
        .map(|vpc| (vpc.main_route_table, vpc.default_acl))
    else {
        return id;
    };
    for zone in region.zones() {
        if let Some(cidr) = free_default_block(world, region, id) {
            subnet(
                world,
                region,
                numbers,
                &NewSubnet {
                    vpc: id,
                    zone,
                    cidr,
                    ipv6_cidr: None,
                    default_for_zone: true,
                },
                acl,
            );
        }
    }
    let gateway = InternetGatewayId(numbers.id(world, region, Kind::InternetGateway));
    let born = numbers.born(world);
    world.put(
        region,
        InternetGateway {
            id: gateway,
            born,
            vpc: Some(id),
        },
    );
    world.update::<RouteTable, _>(region, table, |row| {
        row.routes.push(Route {
            destination: RouteDestination::Cidr(anywhere(false)),
            target: RouteTarget::InternetGateway(gateway),
        });
    });
    id
}

/// The first /20 of the default VPC's primary block that no subnet overlaps.
pub(super) fn free_default_block(world: &World, region: Region, vpc: VpcId) -> Option<Ipv4Net> {
    let (_, block) = world.row::<Vpc>(region, vpc)?.cidrs.first()?;
    let taken = |net: &Ipv4Net| {
        let overlaps = |subnet: &Subnet| subnet.vpc == vpc && (subnet.cidr.contains(net) || net.contains(&subnet.cidr));
        world.ec2(region).is_some_and(|ec2| ec2.subnets.rows().any(overlaps))
    };
    block.subnets(20).ok()?.find(|net| !taken(net))
}
