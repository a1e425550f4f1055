//! CreateLoadBalancer, DescribeLoadBalancers, DeleteLoadBalancer, SetSubnets, SetSecurityGroups, SetIpAddressType.
//! <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html>

use super::common::*;
use super::places::{self, Asked, Making};
use super::{life, names, tags};
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::base::random::Stream;
use crate::catalog::Region;
use crate::services::Request;
use crate::services::ec2::common::note;
use crate::services::ec2::vpc::interfaces;
use crate::services::route53;
use crate::world::World;
use crate::world::balancing::*;
use crate::world::usage::{Measure, Meter, Subject};
use crate::world::vpc::*;
use stratus_model::{Structure, field, sort};

/// Load balancers of a Region, by kind (AWS's default quotas).
/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html>
fn quota(kind: BalancerKind) -> usize {
    match kind {
        BalancerKind::Gateway => 100,
        _ => 50,
    }
}

fn read_kind(params: &Structure) -> BalancerKind {
    match params.text(field::TYPE) {
        Some("network") => BalancerKind::Network,
        Some("gateway") => BalancerKind::Gateway,
        _ => BalancerKind::Application,
    }
}

/// Holds a name to AWS's rules.
///
/// # Errors
/// `ValidationError`.
pub(in crate::services) fn check_name(name: &str, what: &str) -> Result<()> {
    let refuse = |why: String| Err(validation(field::NAME, why));
    if name.len() > 32 {
        return refuse(format!(
            "The {what} name '{name}' cannot be longer than '32' characters"
        ));
    }
    let plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
    if name.is_empty() || !name.chars().all(plain) {
        return refuse(format!(
            "The {what} name '{name}' can only contain characters that are alphanumeric characters and hyphens(-)"
        ));
    }
    if name.starts_with('-') || name.ends_with('-') {
        return refuse(format!("The {what} name '{name}' cannot begin or end with a hyphen"));
    }
    if what == "load balancer" && name.starts_with("internal-") {
        return refuse(format!("The load balancer name '{name}' cannot begin with 'internal-'"));
    }
    Ok(())
}

/// What the kind of load balancer does not take.
///
/// # Errors
/// `ValidationError`, `InvalidConfigurationRequest`, NotImplemented.
fn check_kind(kind: BalancerKind, params: &Structure, asked: &[Asked]) -> Result<()> {
    for (name, what) in [
        (field::CUSTOMER_OWNED_IPV4_POOL, "A pool of addresses of an Outpost"),
        (field::IPAM_POOLS, "A pool of IPAM"),
    ] {
        if params.contains(name) {
            return Err(unsimulated(name, what));
        }
    }
    match kind {
        BalancerKind::Application => {
            if asked.iter().any(|asked| asked.allocation.is_some()) {
                let why = "Elastic IP addresses are not supported for load balancers with type 'application'";
                return Err(validation(field::SUBNET_MAPPINGS, why));
            }
            if asked.len() < 2 {
                let why = "At least two subnets in two different Availability Zones must be specified";
                return Err(validation(field::SUBNETS, why));
            }
        }
        BalancerKind::Network => {}
        BalancerKind::Gateway => {
            if params.contains(field::SECURITY_GROUPS) {
                let why = "Security groups are not supported for load balancers with type 'gateway'";
                return Err(configuration(field::SECURITY_GROUPS, why));
            }
            if params.contains(field::SCHEME) {
                let why = "Scheme is not supported for load balancers with type 'gateway'";
                return Err(validation(field::SCHEME, why));
            }
            if asked
                .iter()
                .any(|asked| asked.allocation.is_some() || asked.private.is_some())
            {
                let why = "Addresses are not supported for load balancers with type 'gateway'";
                return Err(validation(field::SUBNET_MAPPINGS, why));
            }
        }
    }
    Ok(())
}

/// What addresses a call gives to a load balancer of this scheme.
fn check_addresses(internal: bool, asked: &[Asked]) -> Result<()> {
    if internal && asked.iter().any(|asked| asked.allocation.is_some()) {
        let why = "Elastic IP addresses cannot be specified for internal load balancers";
        return Err(validation(field::SUBNET_MAPPINGS, why));
    }
    if !internal && asked.iter().any(|asked| asked.private.is_some()) {
        let why = "Private IPv4 addresses cannot be specified for internet-facing load balancers";
        return Err(validation(field::SUBNET_MAPPINGS, why));
    }
    Ok(())
}

/// `dualstack` needs subnets with IPv6 blocks.
fn read_address_type(world: &World, region: Region, params: &Structure, asked: &[SubnetId]) -> Result<String> {
    let kind = params.text(field::IP_ADDRESS_TYPE).unwrap_or("ipv4");
    if kind == "dualstack-without-public-ipv4" {
        return Err(unsimulated(
            field::IP_ADDRESS_TYPE,
            "A load balancer without public IPv4 addresses",
        ));
    }
    let without = asked.iter().find(|id| {
        let row = world.row::<Subnet>(region, **id);
        row.is_some_and(|row| row.ipv6_cidr.is_none())
    });
    match without {
        Some(id) if kind == "dualstack" => {
            let why = format!("You must specify subnets with an associated IPv6 CIDR block: {id}");
            Err(configuration(field::IP_ADDRESS_TYPE, why))
        }
        _ => Ok(kind.to_owned()),
    }
}

/// The load balancer that has a name.
fn by_name<'w>(world: &'w World, region: Region, name: &str) -> Option<&'w LoadBalancer> {
    world
        .ec2(region)?
        .balancing
        .balancers
        .rows()
        .find(|row| row.name == name)
}

/// Whether a load balancer is what a call would make: then it is answered, and nothing is made.
fn is_same(row: &LoadBalancer, new: &LoadBalancer, asked: &[Asked]) -> bool {
    let mut subnets: Vec<SubnetId> = asked.iter().map(|asked| asked.subnet).collect();
    let mut own: Vec<SubnetId> = row.places.iter().map(|place| place.subnet).collect();
    sort::sort(&mut subnets);
    sort::sort(&mut own);
    (row.kind, row.internal, &row.groups) == (new.kind, new.internal, &new.groups) && own == subnets
}

/// How the interfaces of a load balancer are made.
fn making(row: &LoadBalancer) -> Making {
    Making {
        description: names::description(&path(row)),
        interface_type: match row.kind {
            BalancerKind::Application => "interface",
            BalancerKind::Network => "network_load_balancer",
            BalancerKind::Gateway => "gateway_load_balancer",
        },
        groups: row.groups.clone(),
        public: !row.internal && row.kind != BalancerKind::Gateway,
        ipv6: row.address_type == "dualstack",
    }
}

/// What a call asks for, without its interfaces.
fn read(request: &Request<'_>, world: &mut World, asked: &[Asked]) -> Result<LoadBalancer> {
    let (params, region) = (request.params, request.region);
    let name = needed(request, field::NAME);
    check_name(name, "load balancer")?;
    let kind = read_kind(params);
    check_kind(kind, params, asked)?;
    let internal = kind == BalancerKind::Gateway || params.text(field::SCHEME) == Some("internal");
    check_addresses(internal, asked)?;
    let vpc = places::check(world, region, asked, &[])?;
    if !internal {
        places::check_gateway(world, region, vpc)?;
    }
    let mut groups = places::read_groups(world, region, vpc, params)?.unwrap_or_default();
    if groups.is_empty() && kind == BalancerKind::Application {
        groups.extend(world.row::<Vpc>(region, vpc).map(|row| row.default_group));
    }
    let subnets: Vec<SubnetId> = asked.iter().map(|asked| asked.subnet).collect();
    Ok(LoadBalancer {
        id: LoadBalancerId(0),
        born: 0,
        name: name.to_owned(),
        kind,
        internal,
        vpc,
        places: Vec::new(),
        groups,
        address_type: read_address_type(world, region, params, &subnets)?,
        created: world.now,
        active: false,
        attributes: Default::default(),
        private_link_free: false,
    })
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html>
pub(super) fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let asked = places::read(world, region, params)?;
    let tags = tags::read(params)?;
    let mut row = read(request, world, &asked)?;
    if let Some(same) = by_name(world, region, &row.name) {
        if is_same(same, &row, &asked) {
            return Ok(shown(world, region, same.id));
        }
        let why = format!(
            "A load balancer with the same name '{}' exists, but with different settings",
            row.name
        );
        return Err(Error::new("DuplicateLoadBalancerName", why).at("Name"));
    }
    let rows = world
        .ec2(region)
        .into_iter()
        .flat_map(|ec2| ec2.balancing.balancers.rows());
    if rows.filter(|other| other.kind == row.kind).count() >= quota(row.kind) {
        let why = format!(
            "The maximum number of {} load balancers has been reached: {}",
            row.kind.name(),
            quota(row.kind)
        );
        return Err(Error::new("TooManyLoadBalancers", why));
    }
    row.id = LoadBalancerId(world.random.next_u64(Stream::Ids(Kind::LoadBalancer)));
    row.born = world.birth();
    let (made, _) = places::change(world, region, &asked, &[], &making(&row))?;
    row.places = made;
    let (id, kind) = (row.id, row.kind);
    world.put(region, row);
    tags::put(world, region, id, &tags)?;
    meter(world, region, id, kind.name());
    note(world, region, id, format!("{} load balancer created", kind.name()));
    life::begin(world, region, id);
    Ok(shown(world, region, id))
}

/// Starts the meter of a load balancer: <https://aws.amazon.com/elasticloadbalancing/pricing/>.
pub(in crate::services) fn meter(world: &mut World, region: Region, id: impl Into<ResourceId>, rate: &str) {
    let meter = Meter {
        subject: Subject::Resource(id.into()),
        region,
        measure: Measure::LoadBalancer,
        rate: rate.to_owned(),
        quantity: 1,
        from: world.now,
        to: None,
    };
    world.usage.start(meter);
}

fn shown(world: &World, region: Region, id: LoadBalancerId) -> Structure {
    let row = world.row::<LoadBalancer>(region, id);
    let all: Vec<Structure> = row.into_iter().map(|row| describe_row(world, region, row)).collect();
    Structure::new().with(field::LOAD_BALANCERS, all)
}

/// `LoadBalancer`.
fn describe_row(world: &World, region: Region, row: &LoadBalancer) -> Structure {
    let state = if row.active { "active" } else { "provisioning" };
    let zone = match row.kind {
        BalancerKind::Application => route53::balancer_zone(region, false),
        BalancerKind::Network => route53::balancer_zone(region, true),
        BalancerKind::Gateway => None,
    };
    let groups: Vec<String> = row.groups.iter().map(ToString::to_string).collect();
    let has_groups = !groups.is_empty();
    let scheme = if row.internal { "internal" } else { "internet-facing" };
    let enforced =
        (row.kind == BalancerKind::Network && has_groups).then_some(if row.private_link_free { "off" } else { "on" });
    Structure::new()
        .with(field::LOAD_BALANCER_ARN, balancer_arn(world, region, row))
        .with_some(field::DNS_NAME, names::of(region, row))
        .with_some(field::CANONICAL_HOSTED_ZONE_ID, zone)
        .with(field::CREATED_TIME, row.created)
        .with(field::LOAD_BALANCER_NAME, row.name.as_str())
        .with_some(field::SCHEME, (row.kind != BalancerKind::Gateway).then_some(scheme))
        .with(field::VPC_ID, row.vpc)
        .with(field::STATE, Structure::new().with(field::CODE, state))
        .with(field::TYPE, row.kind.name())
        .with(field::AVAILABILITY_ZONES, zones(world, region, row))
        .with_some(field::SECURITY_GROUPS, has_groups.then_some(groups))
        .with(field::IP_ADDRESS_TYPE, row.address_type.as_str())
        .with_some(
            field::ENFORCE_SECURITY_GROUP_INBOUND_RULES_ON_PRIVATE_LINK_TRAFFIC,
            enforced,
        )
}

/// `AvailabilityZones`. Addresses are told of a Network Load Balancer's that the call chose.
fn zones(world: &World, region: Region, row: &LoadBalancer) -> Vec<Structure> {
    let place = |place: &BalancerPlace| {
        let subnet = world.row::<Subnet>(region, place.subnet);
        let interface = world.row::<NetworkInterface>(region, place.interface);
        let own = interface.and_then(NetworkInterface::primary);
        let address = match (row.kind, place.allocation, row.internal) {
            (BalancerKind::Network, Some(allocation), _) => {
                let public = own.and_then(|own| own.public).map(|public| public.address.to_string());
                Some(
                    Structure::new()
                        .with_some(field::IP_ADDRESS, public)
                        .with(field::ALLOCATION_ID, allocation),
                )
            }
            (BalancerKind::Network, None, true) => {
                let private = own.map(|own| own.private.to_string());
                Some(Structure::new().with_some(field::PRIVATE_I_PV4_ADDRESS, private))
            }
            _ => None,
        };
        Structure::new()
            .with_some(field::ZONE_NAME, subnet.map(|subnet| subnet.zone.name()))
            .with(field::SUBNET_ID, place.subnet)
            .with(
                field::LOAD_BALANCER_ADDRESSES,
                address.into_iter().collect::<Vec<Structure>>(),
            )
    };
    row.places.iter().map(place).collect()
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeLoadBalancers.html>
pub(super) fn describe(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let arns: Vec<&str> = params.texts(field::LOAD_BALANCER_ARNS).collect();
    let asked: Vec<&str> = params.texts(field::NAMES).collect();
    if !arns.is_empty() && !asked.is_empty() {
        let why = "Load balancer names and load balancer ARNs cannot be specified at the same time";
        return Err(validation(field::NAMES, why));
    }
    let mut rows = Vec::new();
    for arn in &arns {
        rows.push(balancer(world, region, arn)?);
    }
    for name in &asked {
        rows.push(by_name(world, region, name).ok_or_else(|| {
            let why = format!("Load balancers '[{name}]' not found");
            Error::new("LoadBalancerNotFound", why).at("Names")
        })?);
    }
    if arns.is_empty() && asked.is_empty() {
        let all = world
            .ec2(region)
            .into_iter()
            .flat_map(|ec2| ec2.balancing.balancers.rows());
        rows.extend(all);
    }
    sort::by_key(&mut rows, |row| row.name.clone());
    let (rows, marker) = page(rows, params)?;
    let rows: Vec<Structure> = rows.into_iter().map(|row| describe_row(world, region, row)).collect();
    Ok(Structure::new()
        .with(field::LOAD_BALANCERS, rows)
        .with_some(field::NEXT_MARKER, marker))
}

/// Whether something of another service still needs a load balancer: `None` = nothing does.
fn needed_by(world: &World, region: Region, row: &LoadBalancer) -> Option<String> {
    let arn = balancer_arn(world, region, row);
    let ec2 = world.ec2(region)?;
    let mut services = ec2.links.services.rows();
    if services.any(|service| service.balancers.contains(&arn)) {
        return Some("another service".into());
    }
    let mut by = world.referrers(region, row.id.into()).into_iter();
    by.find(|by| by.kind() == Kind::TargetGroup)
        .map(|group| format!("target group {}", world.label(region, group)))
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DeleteLoadBalancer.html>
///
/// What does not exist is deleted already.
pub(super) fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let arn = needed(request, field::LOAD_BALANCER_ARN);
    let row = match balancer(world, region, arn) {
        Ok(row) => row.clone(),
        Err(error) if error.code == "LoadBalancerNotFound" => return Ok(Structure::new()),
        Err(error) => return Err(error),
    };
    if row.attributes.get("deletion_protection.enabled").map(String::as_str) == Some("true") {
        let why = format!("Load balancer '{arn}' cannot be deleted because deletion protection is enabled");
        return Err(Error::new("OperationNotPermitted", why).at("LoadBalancerArn"));
    }
    if let Some(by) = needed_by(world, region, &row) {
        let why = format!("Load balancer '{arn}' cannot be deleted because it is currently associated with {by}");
        return Err(Error::new("ResourceInUse", why).at("LoadBalancerArn"));
    }
    let listeners: Vec<ListenerId> = listeners_of(world, region, row.id).iter().map(|row| row.id).collect();
    for listener in listeners {
        super::listeners::remove(world, region, listener);
    }
    world.take::<LoadBalancer>(region, row.id);
    places::leave(world, region, &row.places);
    let now = world.now;
    world
        .usage
        .stop(&Subject::Resource(row.id.into()), Measure::LoadBalancer, now);
    note(world, region, row.id, "deleted");
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_SetSubnets.html>
pub(super) fn set_subnets(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let row = balancer(world, region, needed(request, field::LOAD_BALANCER_ARN))?.clone();
    let asked = places::read(world, region, params)?;
    check_kind(row.kind, &Structure::new(), &asked)?;
    check_addresses(row.internal, &asked)?;
    let vpc = places::check(world, region, &asked, &row.places)?;
    if vpc != row.vpc {
        let why = format!("The subnets must belong to the VPC of the load balancer, {}", row.vpc);
        return Err(configuration(field::SUBNETS, why));
    }
    let mut new = row.clone();
    if params.contains(field::IP_ADDRESS_TYPE) {
        let subnets: Vec<SubnetId> = asked.iter().map(|asked| asked.subnet).collect();
        new.address_type = read_address_type(world, region, params, &subnets)?;
    }
    let (made, gone) = places::change(world, region, &asked, &row.places, &making(&new))?;
    new.places = made;
    world.put(region, new.clone());
    places::leave(world, region, &gone);
    note(world, region, row.id, "subnets set");
    Ok(Structure::new()
        .with(field::AVAILABILITY_ZONES, zones(world, region, &new))
        .with(field::IP_ADDRESS_TYPE, new.address_type.as_str()))
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_SetSecurityGroups.html>
pub(super) fn set_security_groups(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let row = balancer(world, region, needed(request, field::LOAD_BALANCER_ARN))?.clone();
    let groups = places::read_groups(world, region, row.vpc, params)?.unwrap_or_default();
    match row.kind {
        BalancerKind::Gateway => {
            let why = "Security groups are not supported for load balancers with type 'gateway'";
            return Err(configuration(field::SECURITY_GROUPS, why));
        }
        BalancerKind::Network if row.groups.is_empty() => {
            let why = "You cannot add security groups to a Network Load Balancer that was created without any";
            return Err(configuration(field::SECURITY_GROUPS, why));
        }
        _ if groups.is_empty() => {
            let why = "At least one security group must be specified";
            return Err(validation(field::SECURITY_GROUPS, why));
        }
        _ => {}
    }
    let enforced = params.text(field::ENFORCE_SECURITY_GROUP_INBOUND_RULES_ON_PRIVATE_LINK_TRAFFIC);
    if enforced.is_some() && row.kind != BalancerKind::Network {
        let why = "Inbound rules on PrivateLink traffic are a matter of load balancers with type 'network'";
        return Err(configuration(field::SECURITY_GROUPS, why));
    }
    for place in &row.places {
        interfaces::set_groups(world, region, place.interface, groups.clone());
    }
    let free = enforced.map_or(row.private_link_free, |enforced| enforced == "off");
    world.update::<LoadBalancer, _>(region, row.id, |row| {
        row.groups = groups.clone();
        row.private_link_free = free;
    });
    note(world, region, row.id, "security groups set");
    let ids: Vec<String> = groups.iter().map(ToString::to_string).collect();
    let enforced = (row.kind == BalancerKind::Network).then_some(if free { "off" } else { "on" });
    Ok(Structure::new().with(field::SECURITY_GROUP_IDS, ids).with_some(
        field::ENFORCE_SECURITY_GROUP_INBOUND_RULES_ON_PRIVATE_LINK_TRAFFIC,
        enforced,
    ))
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_SetIpAddressType.html>
///
/// The nodes get interfaces with addresses of the new kind, and keep their Elastic IPs.
pub(super) fn set_address_type(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let row = balancer(world, region, needed(request, field::LOAD_BALANCER_ARN))?.clone();
    let subnets: Vec<SubnetId> = row.places.iter().map(|place| place.subnet).collect();
    let kind = read_address_type(world, region, params, &subnets)?;
    let answer = Structure::new().with(field::IP_ADDRESS_TYPE, kind.as_str());
    if kind == row.address_type {
        return Ok(answer);
    }
    for place in &row.places {
        interfaces::set_ipv6(world, region, place.interface, kind == "dualstack")?;
    }
    world.update::<LoadBalancer, _>(region, row.id, |row| row.address_type = kind.clone());
    note(world, region, row.id, format!("{} → {kind}", row.address_type));
    Ok(answer)
}
