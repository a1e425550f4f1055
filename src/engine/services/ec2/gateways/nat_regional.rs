//! Regional NAT gateways: one for all zones of a VPC, in none of its subnets, with a route table of its own.
//! <https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html>
//!
//! An automatic one goes to each zone where an interface is, with an address that AWS allocates; ours: it is in the zones that
//! have interfaces when it is made (else in that of the VPC's first subnet), needs a quarter of an hour or so for a further one,
//! takes one address a zone, and does not leave a zone again. Until it is in a zone, another's address serves what comes from there.

use super::super::common::{find, need, note, note_clock};
use super::super::vpc::{gateways, interfaces, pools};
use super::super::{tags, tokens};
use super::{life, nat, nat_addresses, nat_life};
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::base::random::Stream;
use crate::catalog::{Region, Zone, quotas};
use crate::clock::{Pending, Step};
use crate::services::Request;
use crate::world::World;
use crate::world::gateways::*;
use crate::world::usage::{Measure, Meter, Subject};
use crate::world::vpc::*;
use ipnet::IpNet;
use std::net::Ipv4Addr;
use stratus_model::{Structure, field, sort};

const SOURCE: &str = "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html";

/// Parameters that are for zonal gateways.
const ZONAL: [stratus_model::Name; 6] = [
    field::SUBNET_ID,
    field::ALLOCATION_ID,
    field::SECONDARY_ALLOCATION_IDS,
    field::PRIVATE_IP_ADDRESS,
    field::SECONDARY_PRIVATE_IP_ADDRESSES,
    field::SECONDARY_PRIVATE_IP_ADDRESS_COUNT,
];

/// An Elastic IP for a zone; `None`: AWS allocates one.
type Wanted = (Zone, Option<AllocationId>);

/// The zone of a call's structure.
fn read_zone(region: Region, params: &Structure) -> Result<Option<Zone>> {
    let text = params
        .text(field::AVAILABILITY_ZONE)
        .or(params.text(field::AVAILABILITY_ZONE_ID));
    let Some(text) = text else { return Ok(None) };
    let zone = Zone::find(text).filter(|zone| zone.region == region);
    zone.map(Some).ok_or_else(|| {
        let why = format!("Invalid availability zone: [{text}]");
        Error::new("InvalidParameterValue", why).at("AvailabilityZone")
    })
}

/// Zones of a VPC that have interfaces of its own, in their order.
fn zones_at_work(world: &World, region: Region, vpc: VpcId) -> Vec<Zone> {
    let ec2 = world.ec2(region).into_iter();
    let rows = ec2.flat_map(|ec2| ec2.interfaces.rows());
    let at_work = rows.filter(|row| row.vpc == vpc && row.interface_type == "interface" && !row.zone.is_wavelength());
    let mut zones: Vec<Zone> = at_work.map(|row| row.zone).collect();
    sort::by_key(&mut zones, |zone| zone.index);
    zones.dedup();
    zones
}

/// The zones and addresses that a new gateway is to have, and whether it finds them by itself.
fn read(request: &Request<'_>, world: &World, vpc: VpcId) -> Result<(Vec<Wanted>, bool)> {
    let (params, region) = (request.params, request.region);
    if let Some(name) = ZONAL.iter().find(|name| params.contains(**name)) {
        let why = format!("{} is for zonal NAT gateways only.", name.text());
        return Err(Error::combination(why).at(name.text()));
    }
    if params.text(field::CONNECTIVITY_TYPE) == Some("private") {
        let why = "A regional NAT gateway cannot be private.";
        return Err(Error::combination(why).at("ConnectivityType"));
    }
    let mut wanted: Vec<Wanted> = Vec::new();
    for given in params.structures(field::AVAILABILITY_ZONE_ADDRESSES) {
        let zone = read_zone(region, given)?.ok_or_else(|| Error::missing("AvailabilityZone"))?;
        let texts: Vec<&str> = given.texts(field::ALLOCATION_IDS).collect();
        if texts.is_empty() {
            return Err(Error::missing("AllocationIds"));
        }
        for id in nat::elastic(world, region, &texts)? {
            if wanted.iter().any(|(_, other)| *other == Some(id)) {
                let why = format!("The elastic IP ID '{id}' is named more than once");
                return Err(Error::new("InvalidParameterValue", why).at("AllocationIds"));
            }
            wanted.push((zone, Some(id)));
        }
    }
    check_count(&wanted)?;
    if !wanted.is_empty() {
        return Ok((wanted, false));
    }
    let mut zones = zones_at_work(world, region, vpc);
    if zones.is_empty() {
        let ec2 = world.ec2(region).into_iter();
        let subnets = ec2.flat_map(|ec2| ec2.subnets.rows()).filter(|row| row.vpc == vpc);
        zones.extend(subnets.min_by_key(|row| row.born).map(|row| row.zone));
    }
    Ok((zones.into_iter().map(|zone| (zone, None)).collect(), true))
}

fn check_count(wanted: &[Wanted]) -> Result<()> {
    let of = |zone: Zone| wanted.iter().filter(|(other, _)| *other == zone).count();
    match wanted
        .iter()
        .find(|(zone, _)| of(*zone) > quotas::REGIONAL_NAT_ADDRESSES)
    {
        Some((zone, _)) => {
            let most = quotas::REGIONAL_NAT_ADDRESSES;
            let why = format!(
                "The maximum number of Elastic IP addresses in {} is {most}.",
                zone.name()
            );
            Err(Error::new("AddressLimitExceeded", why))
        }
        None => Ok(()),
    }
}

/// Makes a regional gateway.
pub(super) fn create(request: &Request<'_>, world: &mut World) -> Result<NatGatewayId> {
    let (params, region) = (request.params, request.region);
    let vpc = find::<Vpc>(world, region, Kind::Vpc, need(params, field::VPC_ID)?)?.id;
    let (wanted, automatic) = read(request, world, vpc)?;
    let ec2 = world.ec2(region).into_iter();
    let rows = ec2.flat_map(|ec2| ec2.gateways.nat.rows());
    let held = rows.filter(|row| row.state.is_alive() && row.vpc == vpc && row.regional.is_some());
    if held.count() >= quotas::NAT_GATEWAYS_PER_ZONE {
        let most = quotas::NAT_GATEWAYS_PER_ZONE;
        let why = format!("Performing this operation would exceed the limit of {most} NAT gateways");
        return Err(Error::new("NatGatewayLimitExceeded", why));
    }
    let id = NatGatewayId(world.random.next_u64(Stream::Ids(Kind::NatGateway)));
    let born = world.birth();
    let failure = failure(world, region, vpc, &wanted);
    let gateway = gateways::of_vpc(world, region, vpc).map(|row| row.id);
    let table = match (&failure, gateway) {
        (None, Some(gateway)) => Some(new_table(world, region, vpc, gateway)),
        _ => None,
    };
    let row = NatGateway {
        id,
        born,
        vpc,
        subnet: SubnetId(0),
        public: true,
        state: GatewayState::Pending,
        since: world.now,
        created: world.now,
        deleted: None,
        failure,
        addresses: Vec::new(),
        regional: Some(RegionalNat { automatic, table }),
    };
    let works = row.failure.is_none();
    world.put(region, row);
    for (zone, allocation) in wanted.into_iter().filter(|_| works) {
        add(world, region, id, zone, allocation, AddressStatus::Associating);
    }
    tags::apply_specifications(world, region, params, &[("natgateway", &[id.into()])])?;
    note(world, region, id, format!("pending in all zones of {vpc}"));
    nat_life::schedule(world, region, id, "nat-gateway.pending");
    tokens::remember(request, world, id);
    Ok(id)
}

/// Why a gateway will fail, as AWS finds out only while it makes it.
fn failure(world: &World, region: Region, vpc: VpcId, wanted: &[Wanted]) -> Option<(String, String)> {
    if gateways::of_vpc(world, region, vpc).is_none() {
        let why = format!("Network {vpc} has no Internet gateway attached");
        return Some(("Gateway.NotAttached".into(), why));
    }
    let mut given = wanted.iter().filter_map(|(_, id)| *id);
    let busy = given.find(|id| is_busy(world, region, *id))?;
    let why = format!("Elastic IP address {busy} is already associated");
    Some(("Resource.AlreadyAssociated".into(), why))
}

fn is_busy(world: &World, region: Region, id: AllocationId) -> bool {
    let row = world.row::<ElasticAddress>(region, id);
    row.is_some_and(|row| row.association.is_some() || row.nat.is_some())
}

/// The gateway's own route table: to the VPC's internet gateway.
fn new_table(world: &mut World, region: Region, vpc: VpcId, gateway: InternetGatewayId) -> RouteTableId {
    let id = RouteTableId(world.random.next_u64(Stream::Ids(Kind::RouteTable)));
    let route = Route {
        destination: RouteDestination::Cidr(IpNet::V4(ipnet::Ipv4Net::default())),
        target: RouteTarget::InternetGateway(gateway),
    };
    let row = RouteTable {
        id,
        born: world.birth(),
        vpc,
        main: None,
        subnets: Vec::new(),
        gateways: Vec::new(),
        routes: vec![route],
    };
    world.put(region, row);
    note(
        world,
        region,
        id,
        format!("created in {vpc} for a regional NAT gateway"),
    );
    id
}

/// Gives a gateway an address in a zone: the one that is named, or one of AWS's.
fn add(
    world: &mut World,
    region: Region,
    id: NatGatewayId,
    zone: Zone,
    named: Option<AllocationId>,
    status: AddressStatus,
) {
    let allocation = named.unwrap_or_else(|| allocate(world, region));
    let Some(public) = world.row::<ElasticAddress>(region, allocation).map(|row| row.address) else {
        return;
    };
    let association = AssociationId(world.random.next_u64(Stream::Ids(Kind::AddressAssociation)));
    world.update::<ElasticAddress, _>(region, allocation, |row| {
        row.nat = Some(NatUse {
            association,
            gateway: id,
            managed: named.is_none(),
        });
    });
    interfaces::meter(world, region, allocation, "in-use");
    note(
        world,
        region,
        allocation,
        format!("{public} associated with {id} for {}", zone.name()),
    );
    let address = NatAddress {
        interface: None,
        private: None,
        elastic: Some((allocation, public, association)),
        status,
        since: world.now,
        zone: Some(zone),
    };
    world.update::<NatGateway, _>(region, id, |row| row.addresses.push(address));
}

fn allocate(world: &mut World, region: Region) -> AllocationId {
    let id = AllocationId(world.random.next_u64(Stream::Ids(Kind::Address)));
    let row = ElasticAddress {
        id,
        born: world.birth(),
        address: pools::draw_public_address(world, region),
        association: None,
        reverse_name: None,
        reverse_update: None,
        classic: None,
        nat: None,
        carrier: None,
    };
    world.put(region, row);
    id
}

/// A gateway gives an address back: to the account, or to AWS, whose it was.
pub(super) fn release(world: &mut World, region: Region, address: &NatAddress) {
    let Some((allocation, public, _)) = address.elastic else {
        return;
    };
    let used = world.update::<ElasticAddress, _>(region, allocation, |row| row.nat.take());
    let Some(used) = used.flatten() else { return };
    if used.managed {
        let subject = Subject::Resource(allocation.into());
        world.usage.stop(&subject, Measure::PublicAddress, world.now);
        note(
            world,
            region,
            allocation,
            format!("{public} goes back with {}", used.gateway),
        );
        world.take::<ElasticAddress>(region, allocation);
    } else {
        interfaces::meter(world, region, allocation, "idle");
        note(
            world,
            region,
            allocation,
            format!("disassociated from {}", used.gateway),
        );
    }
}

fn zones(row: &NatGateway) -> Vec<Zone> {
    let mut zones: Vec<Zone> = row.addresses.iter().filter_map(|address| address.zone).collect();
    sort::by_key(&mut zones, |zone| zone.index);
    zones.dedup();
    zones
}

/// It costs by the hour in each zone that it is in.
pub(super) fn meter(world: &mut World, region: Region, id: NatGatewayId) {
    let Some(row) = world.row::<NatGateway>(region, id) else {
        return;
    };
    let alive = row.state == GatewayState::Available;
    let quantity = if alive { zones(row).len() } else { 0 };
    let meter = Meter {
        subject: Subject::Resource(id.into()),
        region,
        measure: Measure::NatGateway,
        rate: String::new(),
        quantity: i64::try_from(quantity).unwrap_or(0),
        from: world.now,
        to: None,
    };
    world.usage.change(meter);
}

/// A VPC has a new interface: automatic gateways may have to go to its zone.
pub(in crate::services::ec2) fn notice(world: &mut World, region: Region, interface: NetworkInterfaceId) {
    let Some(ec2) = world.ec2(region).filter(|ec2| !ec2.gateways.nat.is_empty()) else {
        return;
    };
    let Some(own) = ec2
        .interfaces
        .get(&interface)
        .filter(|row| row.interface_type == "interface")
    else {
        return;
    };
    let is_new = |row: &&NatGateway| {
        let automatic = row.regional.is_some_and(|regional| regional.automatic);
        let there = matches!(row.state, GatewayState::Pending | GatewayState::Available);
        automatic && there && row.vpc == own.vpc && !zones(row).contains(&own.zone)
    };
    let due: Vec<NatGatewayId> = ec2.gateways.nat.rows().filter(is_new).map(|row| row.id).collect();
    for id in due {
        life::later(world, region, id, "nat-gateway.expanding", Step::Progress);
    }
}

/// An automatic gateway goes to the zones that have work and not yet an address of it.
pub(super) fn expand(world: &mut World, pending: &Pending, id: NatGatewayId) {
    let region = pending.region;
    let row = world
        .row::<NatGateway>(region, id)
        .filter(|row| row.state == GatewayState::Available);
    let Some((vpc, there)) = row.map(|row| (row.vpc, zones(row))) else {
        return;
    };
    for zone in zones_at_work(world, region, vpc) {
        if there.contains(&zone) {
            continue;
        }
        add(world, region, id, zone, None, AddressStatus::Succeeded);
        let rule = "An automatic regional NAT gateway goes to each zone where there is work.";
        note_clock(world, region, id, format!("now in {} too", zone.name()), rule, SOURCE);
    }
    meter(world, region, id);
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateNatGatewayAddress.html>, of a regional gateway whose addresses
/// the account chooses.
pub(super) fn associate(request: &Request<'_>, world: &mut World, row: &NatGateway) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    check_manual(row)?;
    if params.contains(field::PRIVATE_IP_ADDRESSES) {
        let why = "PrivateIpAddresses is for zonal NAT gateways only.";
        return Err(Error::combination(why).at("PrivateIpAddresses"));
    }
    let zone = read_zone(region, params)?.ok_or_else(|| Error::missing("AvailabilityZone"))?;
    let texts: Vec<&str> = params.texts(field::ALLOCATION_IDS).collect();
    let elastic = nat::elastic(world, region, &texts)?;
    if let Some(id) = elastic.iter().find(|id| is_busy(world, region, **id)) {
        let why = format!("resource {id} is already associated");
        return Err(Error::new("Resource.AlreadyAssociated", why).at("AllocationIds"));
    }
    let held = row
        .addresses
        .iter()
        .filter_map(|address| address.zone.map(|zone| (zone, None)));
    let all: Vec<Wanted> = held.chain(elastic.iter().map(|id| (zone, Some(*id)))).collect();
    check_count(&all)?;
    for id in &elastic {
        add(world, region, row.id, zone, Some(*id), AddressStatus::Associating);
    }
    nat_life::schedule(world, region, row.id, "nat-gateway.address");
    let new = |address: &NatAddress| address.elastic.is_some_and(|(id, ..)| elastic.contains(&id));
    Ok(nat_addresses::answer(world, region, row.id, new))
}

fn check_manual(row: &NatGateway) -> Result<()> {
    if row.regional.is_some_and(|regional| regional.automatic) {
        let why = format!("The addresses of NAT gateway {} are managed by AWS.", row.id);
        return Err(Error::new("InvalidParameterValue", why).at("NatGatewayId"));
    }
    Ok(())
}

/// Refuses to take its last address from a regional gateway, or any from an automatic one.
pub(super) fn check_drain(row: &NatGateway, chosen: &dyn Fn(&NatAddress) -> bool) -> Result<()> {
    if row.regional.is_none() {
        return Ok(());
    }
    check_manual(row)?;
    if row.addresses.iter().all(chosen) {
        let why = format!("The last address of NAT gateway {} cannot be taken away.", row.id);
        return Err(Error::new("InvalidParameterValue", why));
    }
    Ok(())
}

/// The address that serves a zone: its own, or another's.
pub(crate) fn address_for(row: &NatGateway, zone: Zone) -> Option<Ipv4Addr> {
    let ready =
        |address: &&NatAddress| matches!(address.status, AddressStatus::Succeeded | AddressStatus::Disassociating);
    let mut usable = row.addresses.iter().filter(ready);
    let first = usable.clone().next();
    let own = usable.find(|address| address.zone == Some(zone)).or(first);
    own.and_then(|address| address.elastic).map(|(_, public, _)| public)
}
