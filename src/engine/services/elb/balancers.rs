//! CreateLoadBalancer, DescribeLoadBalancers, DeleteLoadBalancer, ApplySecurityGroupsToLoadBalancer, DescribeAccountLimits.
//! <https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_CreateLoadBalancer.html>

use super::common::*;
use super::{health, listeners, policies, subnets};
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::base::random::Stream;
use crate::catalog::Region;
use crate::services::ec2::vpc::interfaces;
use crate::services::elbv2::places::{self, Asked, Making};
use crate::services::elbv2::{limits, meter, names, tags};
use crate::services::{Request, route53};
use crate::world::World;
use crate::world::balancing::*;
use crate::world::usage::{Measure, Subject};
use crate::world::vpc::*;
use stratus_model::{Structure, field, sort};

/// Classic Load Balancers of a Region (AWS's default quota).
const BALANCERS: usize = 20;

/// <https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_DescribeAccountLimits.html>
pub(super) fn limits(request: &Request<'_>, _: &World) -> Result<Structure> {
    let limits = [
        ("classic-load-balancers", BALANCERS),
        ("classic-listeners", listeners::LISTENERS),
        ("classic-registered-instances", 1_000),
    ];
    limits::answer(request, &limits)
}

/// How the interfaces of a load balancer are made.
pub(super) fn making(row: &ClassicBalancer) -> Making {
    Making {
        description: names::description(&row.name),
        interface_type: "interface",
        groups: row.groups.clone(),
        public: !row.internal,
        ipv6: false,
    }
}

fn check_name(name: &str) -> Result<()> {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
    if name.is_empty() || name.len() > 32 || !name.chars().all(plain) || name.starts_with('-') || name.ends_with('-') {
        let why =
            "LoadBalancer name must have at most 32 characters, alphanumeric or '-', and not begin or end with '-'";
        return Err(validation(field::LOAD_BALANCER_NAME, why));
    }
    Ok(())
}

/// Subnets of a call, by themselves or as the default subnets of zones.
fn read_subnets(request: &Request<'_>, world: &World) -> Result<Vec<Asked>> {
    let (params, region) = (request.params, request.region);
    let subnets: Vec<&str> = params.texts(field::SUBNETS).collect();
    let zones: Vec<&str> = params.texts(field::AVAILABILITY_ZONES).collect();
    match (subnets.is_empty(), zones.is_empty()) {
        (false, true) => subnets
            .into_iter()
            .map(|text| subnets::asked(world, region, text))
            .collect(),
        (true, false) => zones
            .into_iter()
            .map(|zone| subnets::of_zone(world, region, zone))
            .collect(),
        (true, true) => Err(validation(
            field::SUBNETS,
            "Either AvailabilityZones or SubnetIds must be specified",
        )),
        (false, false) => {
            let why = "Only one of SubnetIds or AvailabilityZones may be specified";
            Err(validation(field::SUBNETS, why))
        }
    }
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_CreateLoadBalancer.html>
pub(super) fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let name = needed(request, field::LOAD_BALANCER_NAME);
    check_name(name)?;
    let tags = tags::read(params)?;
    let mut own = Vec::new();
    listeners::add(world, params, &mut own)?;
    let internal = match params.text(field::SCHEME) {
        None | Some("internet-facing") => false,
        Some("internal") => true,
        Some(other) => {
            let why = format!("Scheme must be 'internal' or 'internet-facing', not '{other}'");
            return Err(Error::new("InvalidScheme", why).at("Scheme"));
        }
    };
    let asked = read_subnets(request, world)?;
    let vpc = places::check(world, region, &asked, &[])?;
    if !internal {
        places::check_gateway(world, region, vpc)?;
    }
    let mut groups = places::read_groups(world, region, vpc, params)?.unwrap_or_default();
    if groups.is_empty() {
        groups.extend(world.row::<Vpc>(region, vpc).map(|row| row.default_group));
    }
    if by_name(world, region, name).is_some() {
        let why = format!("Load Balancer named '{name}' already exists with another configuration");
        return Err(Error::new("DuplicateLoadBalancerName", why).at("LoadBalancerName"));
    }
    if world
        .ec2(region)
        .is_some_and(|ec2| ec2.balancing.classic.len() >= BALANCERS)
    {
        let why = format!(
            "Exceeded quota of account {}: {BALANCERS} load balancers",
            world.account()
        );
        return Err(Error::new("TooManyLoadBalancers", why));
    }
    let check = health::default(own.first());
    let mut row = ClassicBalancer {
        id: ClassicBalancerId(world.random.next_u64(Stream::Ids(Kind::ClassicBalancer))),
        born: world.birth(),
        name: name.to_owned(),
        internal,
        vpc,
        places: Vec::new(),
        groups,
        created: world.now,
        listeners: own,
        check,
        targets: Vec::new(),
        next_check: None,
        cross_zone: false,
        draining: None,
        idle: 60,
        access_log: None,
        desync: "defensive".into(),
        policies: Vec::new(),
        servers: Vec::new(),
    };
    let (made, _) = places::change(world, region, &asked, &[], &making(&row))?;
    row.places = made;
    let id = row.id;
    let answer = Structure::new().with(field::DNS_NAME, names::of_classic(region, &row));
    put(request, world, row, "Classic Load Balancer created");
    tags::put(world, region, id, &tags)?;
    meter(world, region, id, "classic");
    Ok(answer)
}

/// `LoadBalancerDescription`.
fn describe_row(world: &World, region: Region, row: &ClassicBalancer) -> Structure {
    let name = names::of_classic(region, row);
    let of = |place: &BalancerPlace| world.row::<Subnet>(region, place.subnet);
    let zones: Vec<String> = row
        .places
        .iter()
        .filter_map(of)
        .map(|subnet| subnet.zone.name())
        .collect();
    let subnets: Vec<String> = row.places.iter().map(|place| place.subnet.to_string()).collect();
    let groups: Vec<String> = row.groups.iter().map(ToString::to_string).collect();
    let source = row
        .groups
        .first()
        .and_then(|id| world.row::<SecurityGroup>(region, *id));
    let source = source.map(|group| {
        Structure::new()
            .with(field::OWNER_ALIAS, world.account())
            .with(field::GROUP_NAME, group.name.as_str())
    });
    let listeners = row.listeners.iter().map(|listener| {
        Structure::new()
            .with(field::LISTENER, listeners::show(listener))
            .with(field::POLICY_NAMES, listener.policies.clone())
    });
    Structure::new()
        .with(field::LOAD_BALANCER_NAME, row.name.as_str())
        .with(field::DNS_NAME, name.as_str())
        .with_some(field::CANONICAL_HOSTED_ZONE_NAME, (!row.internal).then_some(name))
        .with_some(
            field::CANONICAL_HOSTED_ZONE_NAME_ID,
            route53::balancer_zone(region, false),
        )
        .with(field::LISTENER_DESCRIPTIONS, listeners.collect::<Vec<_>>())
        .with(field::POLICIES, policies::of_balancer(row))
        .with(field::BACKEND_SERVER_DESCRIPTIONS, policies::of_servers(row))
        .with(field::AVAILABILITY_ZONES, zones)
        .with(field::SUBNETS, subnets)
        .with(field::VPC_ID_, row.vpc)
        .with(field::INSTANCES, super::instances::list(row))
        .with(field::HEALTH_CHECK, health::show(&row.check))
        .with_some(field::SOURCE_SECURITY_GROUP, source)
        .with(field::SECURITY_GROUPS, groups)
        .with(field::CREATED_TIME, row.created)
        .with(field::SCHEME, if row.internal { "internal" } else { "internet-facing" })
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_DescribeLoadBalancers.html>
pub(super) fn describe(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let mut rows: Vec<&ClassicBalancer> = Vec::new();
    for name in params.texts(field::LOAD_BALANCER_NAMES) {
        rows.push(by_name(world, region, name).ok_or_else(|| missing(name))?);
    }
    if params.list(field::LOAD_BALANCER_NAMES).is_empty() {
        rows.extend(
            world
                .ec2(region)
                .into_iter()
                .flat_map(|ec2| ec2.balancing.classic.rows()),
        );
    }
    sort::by_key(&mut rows, |row| row.name.clone());
    let (rows, marker) = page(rows, params)?;
    let rows: Vec<Structure> = rows.into_iter().map(|row| describe_row(world, region, row)).collect();
    Ok(Structure::new()
        .with(field::LOAD_BALANCER_DESCRIPTIONS, rows)
        .with_some(field::NEXT_MARKER, marker))
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_DeleteLoadBalancer.html>
///
/// What does not exist is deleted already.
pub(super) fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let Some(row) = by_name(world, region, needed(request, field::LOAD_BALANCER_NAME)).cloned() else {
        return Ok(Structure::new());
    };
    world.take::<ClassicBalancer>(region, row.id);
    places::leave(world, region, &row.places);
    let now = world.now;
    world
        .usage
        .stop(&Subject::Resource(row.id.into()), Measure::LoadBalancer, now);
    crate::services::ec2::common::note(world, region, row.id, "deleted");
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_ApplySecurityGroupsToLoadBalancer.html>
pub(super) fn apply_groups(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let mut row = named(request, world)?.clone();
    let Some(groups) = places::read_groups(world, region, row.vpc, params)? else {
        let why = "At least one security group must be specified";
        return Err(configuration(field::SECURITY_GROUPS, why));
    };
    for place in &row.places {
        interfaces::set_groups(world, region, place.interface, groups.clone());
    }
    let ids: Vec<String> = groups.iter().map(ToString::to_string).collect();
    row.groups = groups;
    put(request, world, row, "security groups set");
    Ok(Structure::new().with(field::SECURITY_GROUPS, ids))
}
