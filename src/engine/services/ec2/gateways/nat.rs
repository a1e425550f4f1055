//! NAT gateways: making, deleting, describing. What time does to them is in `nat_life`, their further addresses in
//! `nat_addresses`.
//! <https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html>
//!
//! Whatever a zonal gateway holds in its subnet is one interface, which only this folder manages. Regional ones are in
//! `nat_regional`.

use super::super::common::{Describing, find, need, note, read_ipv4, refuse_wavelength, tag_list};
use super::super::vpc::{self, interfaces};
use super::super::{tags, tokens};
use super::{nat_life, nat_regional};
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::base::random::Stream;
use crate::catalog::{Region, quotas};
use crate::services::Request;
use crate::world::World;
use crate::world::gateways::*;
use crate::world::vpc::*;
use std::net::Ipv4Addr;
use stratus_model::{Structure, field};

/// The gateway that a call names.
pub(super) fn named<'w>(request: &Request<'_>, world: &'w World) -> Result<&'w NatGateway> {
    let text = need(request.params, field::NAT_GATEWAY_ID)?;
    find::<NatGateway>(world, request.region, Kind::NatGateway, text)
}

/// Addresses of a list in a call.
pub(super) fn read_addresses<'a>(name: &str, texts: impl Iterator<Item = &'a str>) -> Result<Vec<Ipv4Addr>> {
    texts.map(|text| read_ipv4(name, text)).collect()
}

/// What a gateway is to be.
struct New {
    subnet: Subnet,
    public: bool,
    elastic: Vec<AllocationId>,
    private: Option<Ipv4Addr>,
    secondary: Vec<Ipv4Addr>,
    secondary_count: usize,
}

fn read(request: &Request<'_>, world: &World) -> Result<New> {
    let (params, region) = (request.params, request.region);
    for name in [field::AVAILABILITY_ZONE_ADDRESSES, field::VPC_ID] {
        if params.contains(name) {
            let why = format!("{} is for regional NAT gateways only.", name.text());
            return Err(Error::combination(why).at(name.text()));
        }
    }
    let public = params.text(field::CONNECTIVITY_TYPE) != Some("private");
    let text = need(params, field::SUBNET_ID)?;
    let subnet = find::<Subnet>(world, region, Kind::Subnet, text).map_err(|_| {
        // The operation has a code of its own.
        Error::new("InvalidSubnet", format!("Subnet {text} was not found")).at("SubnetId")
    })?;
    let subnet = subnet.clone();
    refuse_wavelength(subnet.zone, "A NAT gateway").map_err(|error| error.at("SubnetId"))?;
    let texts = params.text(field::ALLOCATION_ID).into_iter();
    let texts: Vec<&str> = texts.chain(params.texts(field::SECONDARY_ALLOCATION_IDS)).collect();
    let elastic = elastic(world, region, &texts)?;
    let secondary = params.texts(field::SECONDARY_PRIVATE_IP_ADDRESSES);
    let secondary = read_addresses("SecondaryPrivateIpAddresses", secondary)?;
    let count = params.integer(field::SECONDARY_PRIVATE_IP_ADDRESS_COUNT);
    let private = params.text(field::PRIVATE_IP_ADDRESS);
    let private = private.map(|text| read_ipv4("PrivateIpAddress", text)).transpose()?;
    if !public && !elastic.is_empty() {
        let why = "You cannot specify an Elastic IP address with a private NAT gateway.";
        return Err(Error::combination(why).at("AllocationId"));
    }
    if public && params.text(field::ALLOCATION_ID).is_none() {
        return Err(Error::missing("AllocationId").remedy("Allocate an Elastic IP address for it first."));
    }
    if public && count.is_some() {
        let why = "SecondaryPrivateIpAddressCount is for private NAT gateways only.";
        return Err(Error::combination(why).at("SecondaryPrivateIpAddressCount"));
    }
    if count.is_some() && !secondary.is_empty() {
        let why = "Specify either SecondaryPrivateIpAddresses or SecondaryPrivateIpAddressCount, not both.";
        return Err(Error::combination(why).at("SecondaryPrivateIpAddressCount"));
    }
    if public && !secondary.is_empty() && secondary.len() + 1 != elastic.len() {
        let why = "There must be as many secondary private addresses as secondary allocation IDs.";
        return Err(Error::combination(why).at("SecondaryPrivateIpAddresses"));
    }
    let drawn = if public {
        elastic.len().saturating_sub(1 + secondary.len())
    } else {
        usize::try_from(count.unwrap_or(0)).unwrap_or(0)
    };
    check_addresses(1 + secondary.len() + drawn, elastic.len())?;
    Ok(New {
        subnet,
        public,
        elastic,
        private,
        secondary,
        secondary_count: drawn,
    })
}

/// Elastic IPs by their allocations' ids, for which these operations have codes of their own.
pub(super) fn elastic(world: &World, region: Region, texts: &[&str]) -> Result<Vec<AllocationId>> {
    let one = |text: &&str| match find::<ElasticAddress>(world, region, Kind::Address, text) {
        Ok(row) if row.carrier.is_some() => {
            let why = format!("The address {} of a carrier cannot be a NAT gateway's", row.address);
            Err(Error::new("InvalidParameterValue", why).at("AllocationId"))
        }
        Ok(row) => vpc::addresses::check_vpc(row).map(|()| row.id),
        Err(error) if !well_formed(text, AllocationId::PREFIX) => {
            Err(Error::new("InvalidElasticIpID.Malformed", error.message).at("AllocationId"))
        }
        Err(_) => {
            let why = format!("The elastic IP ID '{text}' does not exist");
            Err(Error::new("InvalidElasticIpID.NotFound", why).at("AllocationId"))
        }
    };
    let all = texts.iter().map(one).collect::<Result<Vec<AllocationId>>>()?;
    let named_before = |(place, id): &(usize, &AllocationId)| all.iter().take(*place).any(|earlier| earlier == *id);
    match all.iter().enumerate().find(named_before) {
        Some((_, id)) => {
            let why = format!("The elastic IP ID '{id}' is named more than once");
            Err(Error::new("InvalidParameterValue", why).at("AllocationId"))
        }
        None => Ok(all),
    }
}

/// The quotas of one gateway's addresses.
pub(super) fn check_addresses(private: usize, elastic: usize) -> Result<()> {
    let (most_private, most_elastic) = (
        quotas::NAT_GATEWAY_PRIVATE_ADDRESSES,
        quotas::NAT_GATEWAY_ELASTIC_ADDRESSES,
    );
    if private > most_private {
        let why = format!("The maximum number of private IP addresses of a NAT gateway is {most_private}.");
        return Err(Error::new("PrivateIpAddressLimitExceeded", why));
    }
    if elastic > most_elastic {
        let why = format!("The maximum number of Elastic IP addresses of a NAT gateway is {most_elastic}.");
        return Err(Error::new("AddressLimitExceeded", why));
    }
    Ok(())
}

fn check_quota(world: &World, region: Region, subnet: &Subnet) -> Result<()> {
    let zone_of = |id: SubnetId| world.row::<Subnet>(region, id).map(|row| row.zone);
    let counts =
        |row: &&NatGateway| row.state.is_alive() && row.regional.is_none() && zone_of(row.subnet) == Some(subnet.zone);
    let held = world
        .ec2(region)
        .map_or(0, |ec2| ec2.gateways.nat.rows().filter(counts).count());
    if held >= quotas::NAT_GATEWAYS_PER_ZONE {
        let most = quotas::NAT_GATEWAYS_PER_ZONE;
        let why = format!("Performing this operation would exceed the limit of {most} NAT gateways");
        let error = Error::new("NatGatewayLimitExceeded", why);
        return Err(error.remedy(format!("{} has {most}. Delete one.", subnet.zone.name())));
    }
    Ok(())
}

/// Why a gateway will fail, as AWS finds out only while it makes it.
/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NatGateway.html>
fn failure(world: &World, region: Region, new: &New) -> Option<(String, String)> {
    let vpc = new.subnet.vpc;
    if new.public && vpc::gateways::of_vpc(world, region, vpc).is_none() {
        let why = format!("Network {vpc} has no Internet gateway attached");
        return Some(("Gateway.NotAttached".into(), why));
    }
    let busy = |id: &&AllocationId| {
        let row = world.row::<ElasticAddress>(region, **id);
        row.is_some_and(|row| row.association.is_some())
    };
    if let Some(id) = new.elastic.iter().find(busy) {
        let why = format!("Elastic IP address {id} is already associated");
        return Some(("Resource.AlreadyAssociated".into(), why));
    }
    let wanted = 1 + new.secondary.len() + new.secondary_count;
    if (interfaces::free_addresses(world, region, &new.subnet) as usize) < wanted {
        let why = "Subnet has insufficient free addresses to create this NAT gateway".to_owned();
        return Some(("InsufficientFreeAddressesInSubnet".into(), why));
    }
    None
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNatGateway.html>
pub(super) fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    if let Some(made) = tokens::earlier(request, world)?
        && let Ok(made) = NatGatewayId::try_from(made)
        && world.row::<NatGateway>(region, made).is_some()
    {
        return Ok(shown(request, world, made));
    }
    if request.params.text(field::AVAILABILITY_MODE) == Some("regional") {
        let id = nat_regional::create(request, world)?;
        return Ok(shown(request, world, id));
    }
    let new = read(request, world)?;
    check_quota(world, region, &new.subnet)?;
    let id = NatGatewayId(world.random.next_u64(Stream::Ids(Kind::NatGateway)));
    let born = world.birth();
    let failure = failure(world, region, &new);
    let addresses = match failure {
        Some(_) => failed_addresses(world, &new),
        None => addresses(world, region, id, &new)?,
    };
    let row = NatGateway {
        id,
        born,
        vpc: new.subnet.vpc,
        subnet: new.subnet.id,
        public: new.public,
        state: GatewayState::Pending,
        since: world.now,
        created: world.now,
        deleted: None,
        failure,
        addresses,
        regional: None,
    };
    world.put(region, row);
    tags::apply_specifications(world, region, request.params, &[("natgateway", &[id.into()])])?;
    note(world, region, id, format!("pending in {}", new.subnet.id));
    nat_life::schedule(world, region, id, "nat-gateway.pending");
    tokens::remember(request, world, id);
    Ok(shown(request, world, id))
}

/// What is known of the addresses of a gateway that cannot be made.
fn failed_addresses(world: &World, new: &New) -> Vec<NatAddress> {
    let one = |id: &AllocationId| NatAddress {
        interface: None,
        private: None,
        elastic: Some((*id, Ipv4Addr::UNSPECIFIED, AssociationId(0))),
        status: AddressStatus::Failed,
        since: world.now,
        zone: None,
    };
    new.elastic.iter().map(one).collect()
}

/// The interface in the subnet, with the Elastic IPs in front of its addresses.
fn addresses(world: &mut World, region: Region, id: NatGatewayId, new: &New) -> Result<Vec<NatAddress>> {
    let wanted = interfaces::NewInterface {
        private: new.private,
        secondary: new.secondary.clone(),
        secondary_count: new.secondary_count,
        description: format!("Interface for NAT Gateway {id}"),
        source_dest_check: false,
        interface_type: "natGateway".into(),
        ..interfaces::NewInterface::plain(new.subnet.id)
    };
    let interface = interfaces::create(world, region, wanted)?;
    interfaces::hand_over(world, region, interface);
    let row = world.row::<NetworkInterface>(region, interface);
    let privates: Vec<Ipv4Addr> = row
        .map(|row| row.addresses.iter().map(|own| own.private).collect())
        .unwrap_or_default();
    let mut elastic = new.elastic.iter();
    Ok(privates
        .into_iter()
        .map(|private| address(world, region, interface, private, elastic.next().copied()))
        .collect())
}

/// A private address of the interface, with an Elastic IP put in front of it.
pub(super) fn address(
    world: &mut World,
    region: Region,
    interface: NetworkInterfaceId,
    private: Ipv4Addr,
    allocation: Option<AllocationId>,
) -> NatAddress {
    let elastic = allocation.and_then(|id| {
        let public = world.row::<ElasticAddress>(region, id)?.address;
        let association = interfaces::associate(world, region, id, interface, private)?;
        Some((id, public, association))
    });
    NatAddress {
        interface: Some(interface),
        private: Some(private),
        elastic,
        status: if elastic.is_some() {
            AddressStatus::Associating
        } else {
            AddressStatus::Assigning
        },
        since: world.now,
        zone: None,
    }
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteNatGateway.html>: its Elastic IPs stay with the account; routes
/// to it become black holes.
pub(super) fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (region, row) = (request.region, named(request, world)?);
    let (id, state) = (row.id, row.state);
    if matches!(state, GatewayState::Pending | GatewayState::Available) {
        nat_life::begin_deletion(world, region, id);
    }
    Ok(Structure::new().with(field::NAT_GATEWAY_ID, id))
}

fn shown(request: &Request<'_>, world: &World, id: NatGatewayId) -> Structure {
    let row = world.row::<NatGateway>(request.region, id);
    Structure::new()
        .with_some(field::NAT_GATEWAY, row.map(|row| describe(world, request.region, row)))
        .with_some(field::CLIENT_TOKEN, request.params.text(field::CLIENT_TOKEN))
}

/// An address as the API shows it. Of a gateway in the making only its Elastic IP is known.
pub(super) fn describe_address(row: &NatGateway, place: usize, address: &NatAddress) -> Structure {
    let base = Structure::new()
        .with_some(field::ALLOCATION_ID, address.elastic.map(|(id, ..)| id))
        .with_some(field::IS_PRIMARY, row.regional.is_none().then_some(place == 0))
        .with_some(field::AVAILABILITY_ZONE, address.zone.map(|zone| zone.name()))
        .with_some(field::AVAILABILITY_ZONE_ID, address.zone.map(|zone| zone.id()))
        .with(field::STATUS, address.status.name());
    if matches!(row.state, GatewayState::Pending | GatewayState::Failed) {
        return base;
    }
    base.with_some(field::NETWORK_INTERFACE_ID, address.interface)
        .with_some(field::PRIVATE_IP, address.private.map(|address| address.to_string()))
        .with_some(
            field::PUBLIC_IP,
            address.elastic.map(|(_, public, _)| public.to_string()),
        )
        .with_some(field::ASSOCIATION_ID, address.elastic.map(|(.., id)| id))
}

/// Whether a regional gateway goes to further zones by itself.
fn switch(regional: RegionalNat) -> &'static str {
    if regional.automatic { "enabled" } else { "disabled" }
}

/// A gateway as the API shows it.
pub(super) fn describe(world: &World, region: Region, row: &NatGateway) -> Structure {
    let addresses: Vec<Structure> = (row.addresses.iter().enumerate())
        .map(|(place, address)| describe_address(row, place, address))
        .collect();
    let failure = row.failure.as_ref().filter(|_| row.state == GatewayState::Failed);
    Structure::new()
        .with(field::NAT_GATEWAY_ID, row.id)
        .with(field::VPC_ID, row.vpc)
        .with_some(field::SUBNET_ID, row.regional.is_none().then_some(row.subnet))
        .with(field::STATE, row.state.name())
        .with(field::CONNECTIVITY_TYPE, if row.public { "public" } else { "private" })
        .with(
            field::AVAILABILITY_MODE,
            if row.regional.is_some() { "regional" } else { "zonal" },
        )
        .with_some(field::AUTO_PROVISION_ZONES, row.regional.map(switch))
        .with_some(field::AUTO_SCALING_IPS, row.regional.map(switch))
        .with_some(field::ROUTE_TABLE_ID, row.regional.and_then(|regional| regional.table))
        .with(field::CREATE_TIME, row.created)
        .with_some(field::DELETE_TIME, row.deleted)
        .with_some(field::FAILURE_CODE, failure.map(|(code, _)| code.as_str()))
        .with_some(field::FAILURE_MESSAGE, failure.map(|(_, message)| message.as_str()))
        .with(field::NAT_GATEWAY_ADDRESSES, addresses)
        .with(field::TAGS, tag_list(world, region, row.id))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeNatGateways.html>: its parameter is called `Filter`.
pub(super) fn describe_all(request: &Request<'_>, world: &World) -> Result<Structure> {
    let mut params = request.params.clone();
    if let Some(filters) = params.remove(field::FILTER) {
        params.set(field::FILTERS, filters);
    }
    let asked = Request {
        principal: request.principal,
        region: request.region,
        operation: request.operation,
        params: &params,
    };
    let describing = Describing {
        kind: Kind::NatGateway,
        ids: field::NAT_GATEWAY_IDS,
        answer: field::NAT_GATEWAYS,
        born: |row: &NatGateway| row.born,
        filters: &["nat-gateway-id", "state", "subnet-id", "vpc-id"],
        least: 5,
    };
    let values = |row: &NatGateway, name: &str| {
        if name == "subnet-id" && row.regional.is_some() {
            return Vec::new();
        }
        vec![match name {
            "state" => row.state.name().to_owned(),
            "subnet-id" => row.subnet.to_string(),
            "vpc-id" => row.vpc.to_string(),
            _ => row.id.to_string(),
        }]
    };
    describing.answer(&asked, world, &values, &|row| describe(world, request.region, row))
}
