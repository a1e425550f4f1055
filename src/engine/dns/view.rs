//! Who asks whom: the resolver that an asker uses, and what that resolver sees.

use super::cache::View;
use super::{Asker, name};
use crate::base::error::{Error, Result};
use crate::base::ids::{InstanceId, NetworkInterfaceId, VpcId};
use crate::catalog::Region;
use crate::world::World;
use crate::world::classic::NO_VPC;
use crate::world::compute::{Instance, InstanceState};
use crate::world::names::HostedZone;
use crate::world::vpc::{DhcpOptions, NetworkInterface, Vpc};
use std::net::{IpAddr, Ipv4Addr};

/// How DHCP options name Amazon's resolver.
const AMAZON_PROVIDED: &str = "AmazonProvidedDNS";

/// An asker with its resolver.
#[derive(Clone, Debug)]
pub(super) struct Stub {
    /// Whose cache and which names.
    pub view: View,
    /// The resolver, in words.
    pub resolver: String,
    /// How the asker came to it.
    pub why: String,
    /// Why nothing comes back, if so.
    pub silent: Option<String>,
    /// Domains that the asker puts behind a name without dots.
    pub search: Vec<String>,
}

impl Stub {
    fn outside(view: View, resolver: impl Into<String>, why: impl Into<String>) -> Stub {
        Stub {
            view,
            resolver: resolver.into(),
            why: why.into(),
            silent: None,
            search: Vec::new(),
        }
    }
}

/// The resolver of an asker.
pub(super) fn asker(world: &World, from: Asker) -> Result<Stub> {
    match from {
        Asker::Region(region) => Ok(Stub::outside(
            View::Region(region),
            format!("recursive resolver in {}", region.name()),
            "Somebody outside all VPCs asks the resolver of their network, which sees public names only.",
        )),
        Asker::Instance(id) => {
            let region = world
                .region_of(id.into())
                .ok_or_else(|| Error::new("InvalidInput", format!("There is no instance {id}.")).at("from"))?;
            Ok(instance(world, region, id))
        }
        Asker::Address(address) => Ok(match holder(world, address) {
            Some((region, interface)) => held(world, region, interface),
            None => Stub::outside(
                View::Internet,
                "resolver of an Internet provider",
                format!("Nobody in this world holds {address}, so the question comes from the Internet."),
            ),
        }),
    }
}

fn held(world: &World, region: Region, interface: &NetworkInterface) -> Stub {
    match &interface.attachment {
        Some(attachment) => instance(world, region, attachment.instance),
        None => {
            let mut stub = in_vpc(world, region, interface.vpc);
            stub.silent = Some(format!("{} is attached to no instance that could ask.", interface.id));
            stub
        }
    }
}

fn holder(world: &World, address: IpAddr) -> Option<(Region, &NetworkInterface)> {
    let id = |region: Region| -> Option<NetworkInterfaceId> {
        let ec2 = world.ec2(region)?;
        match address {
            IpAddr::V4(four) => ec2.by_public_address.get(&four).copied().or_else(|| {
                let mut rows = ec2.interfaces.rows();
                let found = rows.find(|interface| interface.holds(address));
                let flat = || ec2.by_private_address.get(&(NO_VPC, four)).copied();
                found.map(|interface| interface.id).or_else(flat)
            }),
            IpAddr::V6(six) => ec2.ipv6_holder(six),
        }
    };
    world
        .regions
        .iter()
        .find_map(|(region, ec2)| Some((*region, ec2.interface(id(*region)?)?)))
}

fn instance(world: &World, region: Region, id: InstanceId) -> Stub {
    let Some(row) = world.row::<Instance>(region, id) else {
        return Stub::outside(View::Internet, "nobody", "The instance is gone.");
    };
    let mut stub = match row.is_classic() {
        true => super::classic::stub(world, region, row),
        false => in_vpc(world, region, row.vpc),
    };
    if row.state != InstanceState::Running {
        stub.silent = Some(format!("{id} is {}: nothing asks from it.", row.state.name()));
    }
    stub
}

fn in_vpc(world: &World, region: Region, id: VpcId) -> Stub {
    let Some(vpc) = world.row::<Vpc>(region, id) else {
        return Stub::outside(View::Internet, "nobody", "The VPC is gone.");
    };
    if vpc.no_dhcp_options {
        return Stub {
            view: View::Vpc(region, id),
            resolver: format!("169.254.169.253, Amazon's resolver in {id}"),
            why: format!("{id} has no DHCP options: on the Nitro system the name server is 169.254.169.253."),
            silent: resolution_off(vpc),
            search: Vec::new(),
        };
    }
    let option = |name: &str| -> Vec<String> {
        let options = world.row::<DhcpOptions>(region, vpc.dhcp_options);
        let found = options.and_then(|row| row.options.iter().find(|(key, _)| key == name));
        found.map(|(_, values)| values.clone()).unwrap_or_default()
    };
    let search = option("domain-name");
    let search: Vec<String> = search
        .iter()
        .flat_map(|domains| domains.split_whitespace())
        .map(str::to_owned)
        .collect();
    if let Some(server) = option("domain-name-servers")
        .first()
        .filter(|server| *server != AMAZON_PROVIDED)
    {
        let why = format!(
            "The DHCP options of {id} name this server instead of Amazon's, so private zones are out of sight."
        );
        return Stub {
            search,
            ..Stub::outside(View::Internet, server.clone(), why)
        };
    }
    let address = vpc
        .cidrs
        .first()
        .map_or(Ipv4Addr::new(169, 254, 169, 253), |(_, cidr)| {
            Ipv4Addr::from(u32::from(cidr.network()).saturating_add(2))
        });
    Stub {
        view: View::Vpc(region, id),
        resolver: format!("{address}, Amazon's resolver in {id}"),
        why: format!("The DHCP options of {id} name Amazon's resolver, at the VPC's base address plus two."),
        silent: resolution_off(vpc),
        search,
    }
}

/// What Amazon's resolver says while a VPC has switched it off: nothing.
fn resolution_off(vpc: &Vpc) -> Option<String> {
    (!vpc.dns_support).then(|| {
        format!(
            "enableDnsSupport of {} is off: Amazon's resolver does not answer in it.",
            vpc.id
        )
    })
}

/// The name that is really asked for: an instance puts its search domain behind a name without dots.
pub(super) fn qualified(stub: &Stub, asked: &str) -> String {
    match stub.search.first() {
        Some(domain) if !asked.contains('.') => format!("{asked}.{}", domain.trim_end_matches('.')),
        _ => asked.to_owned(),
    }
}

/// The private zone that answers for a name in a VPC: of those associated the one with the longest name. It answers only
/// where both of the VPC's DNS attributes are on.
/// <https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zone-private-considerations.html>
pub(super) fn private_zone<'w>(world: &'w World, region: Region, vpc: VpcId, wanted: &str) -> Option<&'w HostedZone> {
    world
        .route53
        .zones
        .rows()
        .filter(|zone| super::authority::answers(zone) && name::within(wanted, &zone.name))
        .filter(|zone| zone.private.as_ref().is_some_and(|vpcs| vpcs.contains(&(region, vpc))))
        .max_by_key(|zone| (zone.name.len(), std::cmp::Reverse(zone.born)))
}
