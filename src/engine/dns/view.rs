//! Who asks whom: the resolver that an asker uses, and what that resolver sees.

use super::cache::View;
use super::places::{self, Spot};
use super::{Asker, name};
use crate::base::error::{Error, Result};
use crate::base::ids::{InstanceId, NetworkInterfaceId, VpcId};
use crate::catalog::Region;
use crate::world::World;
use crate::world::classic::{NO_VPC, RESOLVER};
use crate::world::compute::{Instance, InstanceState};
use crate::world::names::HostedZone;
use crate::world::vpc::{DhcpOptions, NetworkInterface, Vpc};
use std::net::{IpAddr, Ipv4Addr};

/// How DHCP options name Amazon's resolver.
const AMAZON_PROVIDED: &str = "AmazonProvidedDNS";

/// How a resolver treats what zones ask of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Honesty {
    /// It forgets when the TTL is over.
    Honest,
    /// It keeps every answer for at least so many seconds, whatever its TTL.
    Clings(i64),
    /// It asks again before a TTL is over, while somebody still wants the answer.
    Prefetches,
}

/// A public resolver: anybody may ask it, and it has servers all over the world.
#[derive(Clone, Copy, Debug)]
pub struct Public {
    /// Its addresses.
    pub addresses: &'static [Ipv4Addr],
    /// What it is, in words.
    pub words: &'static str,
    /// How it treats TTLs.
    pub honesty: Honesty,
    /// Whether it tells name servers the network of who asks (EDNS client subnet).
    pub tells_subnet: bool,
}

/// The public resolvers (ours; the first two answer at addresses that people know by heart, the others at ones of the
/// documentation ranges). Append only: a view holds the position.
pub const PUBLIC: [Public; 4] = [
    Public {
        addresses: &[Ipv4Addr::new(8, 8, 8, 8), Ipv4Addr::new(8, 8, 4, 4)],
        words: "public resolver 8.8.8.8, which tells the asker's network",
        honesty: Honesty::Honest,
        tells_subnet: true,
    },
    Public {
        addresses: &[
            Ipv4Addr::new(1, 1, 1, 1),
            Ipv4Addr::new(1, 0, 0, 1),
            Ipv4Addr::new(9, 9, 9, 9),
        ],
        words: "public resolver 1.1.1.1, which does not tell the asker's network",
        honesty: Honesty::Honest,
        tells_subnet: false,
    },
    Public {
        addresses: &[Ipv4Addr::new(198, 51, 100, 53)],
        words: "public resolver that ignores low TTLs: it keeps every answer for 300 s at least",
        honesty: Honesty::Clings(300),
        tells_subnet: false,
    },
    Public {
        addresses: &[Ipv4Addr::new(198, 51, 100, 54)],
        words: "public resolver that prefetches: it asks again in the last tenth of a TTL",
        honesty: Honesty::Prefetches,
        tells_subnet: true,
    },
];

/// Milliseconds from a program to its resolver and back: in a VPC, to a provider's, to the nearest server of a public one
/// (ours).
const NEXT_DOOR: i64 = 1;
const PROVIDER: i64 = 6;
const PUBLIC_LEG: i64 = 14;

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
    /// Where the resolver is, as far as name servers know.
    pub spot: Option<Spot>,
    /// The address that name servers see, or are told.
    pub address: Option<IpAddr>,
    /// How it treats TTLs.
    pub honesty: Honesty,
    /// Milliseconds to it and back.
    pub leg: i64,
    /// Its own address, as a program has it for its name server.
    pub server: IpAddr,
}

impl Stub {
    fn outside(view: View, resolver: impl Into<String>, why: impl Into<String>) -> Stub {
        Stub {
            view,
            resolver: resolver.into(),
            why: why.into(),
            silent: None,
            search: Vec::new(),
            spot: None,
            address: None,
            honesty: Honesty::Honest,
            leg: PROVIDER,
            server: Ipv4Addr::new(192, 168, 1, 1).into(),
        }
    }

    /// What all resolvers of EC2-Classic in a Region have alike.
    pub(super) fn of_classic(region: Region) -> Stub {
        Stub {
            server: RESOLVER.into(),
            ..Stub::outside(View::Classic(region, None), "", "").in_region(region, NEXT_DOOR)
        }
    }

    fn in_region(mut self, region: Region, leg: i64) -> Stub {
        self.spot = Some(places::of_region(region));
        self.address = Some(resolver_address(region));
        self.leg = leg;
        self
    }
}

/// The address from which the resolvers of a Region ask (ours).
fn resolver_address(region: Region) -> IpAddr {
    Ipv4Addr::new(198, 19, region.index(), 53).into()
}

/// The resolver at an address, if this asker reaches one there: Amazon's own from inside a VPC, a public one, its own.
/// `None`: nothing that resolves for others is there.
pub(super) fn at(own: &Stub, address: IpAddr) -> Option<Stub> {
    let amazons = IpAddr::V4(Ipv4Addr::new(169, 254, 169, 253));
    if address == own.server || (address == amazons && matches!(own.view, View::Vpc(..))) {
        return Some(own.clone());
    }
    let number = PUBLIC.iter().position(|public| {
        let mut addresses = public.addresses.iter();
        addresses.any(|known| IpAddr::V4(*known) == address)
    })?;
    let public = PUBLIC.get(number)?;
    Some(Stub {
        view: View::Public(u8::try_from(number).unwrap_or(0)),
        resolver: format!("{address}, {}", public.words),
        why: format!("The question was put to {address} by name."),
        silent: own.silent.clone().filter(|_| !matches!(own.view, View::Vpc(..))),
        search: own.search.clone(),
        // Anycast: the question reaches the server nearest to who asks.
        spot: own.spot,
        address: if public.tells_subnet {
            own.address
        } else {
            Some(address)
        },
        honesty: public.honesty,
        leg: PUBLIC_LEG,
        server: address,
    })
}

/// The resolver of an asker.
pub(super) fn asker(world: &World, from: Asker) -> Result<Stub> {
    match from {
        Asker::Region(region) => {
            let stub = Stub::outside(
                View::Region(region),
                format!("recursive resolver in {}", region.name()),
                "Somebody outside all VPCs asks the resolver of their network, which sees public names only.",
            );
            Ok(stub.in_region(region, PROVIDER))
        }
        Asker::Instance(id) => {
            let region = world
                .region_of(id.into())
                .ok_or_else(|| Error::new("InvalidInput", format!("There is no instance {id}.")).at("from"))?;
            Ok(instance(world, region, id))
        }
        Asker::Address(address) => Ok(match holder(world, address) {
            Some((region, interface)) => held(world, region, interface),
            None => on_the_internet(address),
        }),
    }
}

fn on_the_internet(address: IpAddr) -> Stub {
    let spot = places::of_address(address);
    let view = match address {
        IpAddr::V4(four) if spot.is_some() => View::City(four.octets()[2]),
        _ => View::Internet,
    };
    let why = format!("Nobody in this world holds {address}, so the question comes from the Internet.");
    Stub {
        spot,
        // The provider's resolver is in the network of those who use it (ours).
        address: Some(address),
        ..Stub::outside(view, view.words(), why)
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
            server: Ipv4Addr::new(169, 254, 169, 253).into(),
            ..Stub::outside(View::Vpc(region, id), "", "").in_region(region, NEXT_DOOR)
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
        let own = Stub {
            search,
            ..Stub::outside(View::Internet, server.clone(), why.clone())
        };
        let own = own.in_region(region, PUBLIC_LEG);
        let Ok(address) = server.parse::<IpAddr>() else {
            return own;
        };
        let public = at(&own, address).map(|public| Stub { why, ..public });
        return public.unwrap_or(Stub { server: address, ..own });
    }
    let address = base_plus_two(vpc);
    Stub {
        view: View::Vpc(region, id),
        resolver: format!("{address}, Amazon's resolver in {id}"),
        why: format!("The DHCP options of {id} name Amazon's resolver, at the VPC's base address plus two."),
        silent: resolution_off(vpc),
        search,
        server: address.into(),
        ..Stub::outside(View::Vpc(region, id), "", "").in_region(region, NEXT_DOOR)
    }
}

/// Where Amazon's resolver is in a VPC.
fn base_plus_two(vpc: &Vpc) -> Ipv4Addr {
    let first = vpc.cidrs.first();
    first.map_or(Ipv4Addr::new(169, 254, 169, 253), |(_, cidr)| {
        Ipv4Addr::from(u32::from(cidr.network()).saturating_add(2))
    })
}

/// See [`super::amazons`].
pub(super) fn amazons(world: &World, from: Asker) -> Option<IpAddr> {
    let Asker::Instance(id) = from else { return None };
    let region = world.region_of(id.into())?;
    let row = world.row::<Instance>(region, id)?;
    if row.is_classic() {
        return Some(RESOLVER.into());
    }
    Some(base_plus_two(world.row::<Vpc>(region, row.vpc)?).into())
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

/// What a name server knows of somebody who asks it directly.
pub(super) fn asking_of(world: &World, from: Asker) -> Result<super::Asking> {
    let stub = asker(world, from)?;
    let address = match from {
        Asker::Address(address) => Some(address),
        _ => stub.address,
    };
    Ok(super::Asking {
        spot: stub.spot,
        address,
        lot: 0,
    })
}
