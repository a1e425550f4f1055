//! Where a Classic Load Balancer is: AttachLoadBalancerToSubnets, DetachLoadBalancerFromSubnets, and by zones
//! EnableAvailabilityZonesForLoadBalancer and DisableAvailabilityZonesForLoadBalancer, which mean their default subnets.
//! <https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-manage-subnets.html>

use super::balancers::making;
use super::common::*;
use crate::base::error::{Error, Result};
use crate::base::ids::SubnetId;
use crate::catalog::{Region, Zone};
use crate::services::Request;
use crate::services::elbv2::places::{self, Asked};
use crate::world::World;
use crate::world::balancing::ClassicBalancer;
use crate::world::vpc::Subnet;
use stratus_model::{Structure, field};

fn plain(subnet: SubnetId) -> Asked {
    Asked {
        subnet,
        allocation: None,
        private: None,
    }
}

/// A subnet that a call names.
///
/// # Errors
/// `SubnetNotFound`.
pub(super) fn asked(world: &World, region: Region, text: &str) -> Result<Asked> {
    Ok(plain(places::subnet(world, region, text)?.id))
}

/// The default subnet of a zone.
///
/// # Errors
/// `ValidationError` for a zone that is not of the Region, or that has no default subnet.
pub(super) fn of_zone(world: &World, region: Region, text: &str) -> Result<Asked> {
    if Zone::find(text).is_none_or(|zone| zone.region != region) {
        let why = format!("Invalid Availability Zone: {text}");
        return Err(validation(field::AVAILABILITY_ZONES, why));
    }
    let rows = world.ec2(region).into_iter().flat_map(|ec2| ec2.subnets.rows());
    let mut rows = rows.filter(|row| row.default_for_zone && row.zone.name() == text);
    rows.next().map(|row| plain(row.id)).ok_or_else(|| {
        let why = format!("No default subnet for the Availability Zone {text}");
        validation(field::AVAILABILITY_ZONES, why)
    })
}

/// Has a load balancer be in these subnets.
fn change(
    request: &Request<'_>,
    world: &mut World,
    mut row: ClassicBalancer,
    asked: &[Asked],
    text: &'static str,
) -> Result<()> {
    let region = request.region;
    if asked.is_empty() {
        let why = "A load balancer must be attached to at least one subnet";
        return Err(configuration(field::SUBNETS, why));
    }
    let vpc = places::check(world, region, asked, &row.places)?;
    if vpc != row.vpc {
        let why = format!("The subnets must belong to the VPC of the load balancer, {}", row.vpc);
        return Err(Error::new("InvalidSubnet", why).at("Subnets"));
    }
    let (made, gone) = places::change(world, region, asked, &row.places, &making(&row))?;
    row.places = made;
    put(request, world, row, text);
    places::leave(world, region, &gone);
    Ok(())
}

/// The subnets that a load balancer is in.
fn own(row: &ClassicBalancer) -> Vec<Asked> {
    row.places.iter().map(|place| plain(place.subnet)).collect()
}

fn has(all: &[Asked], subnet: SubnetId) -> bool {
    all.iter().any(|own| own.subnet == subnet)
}

/// The subnets as an answer has them.
fn subnets(request: &Request<'_>, world: &World) -> Result<Structure> {
    let row = named(request, world)?;
    let ids: Vec<String> = row.places.iter().map(|place| place.subnet.to_string()).collect();
    Ok(Structure::new().with(field::SUBNETS, ids))
}

/// The zones as an answer has them.
fn zones(request: &Request<'_>, world: &World) -> Result<Structure> {
    let row = named(request, world)?;
    let of = |id: SubnetId| world.row::<Subnet>(request.region, id);
    let rows = row.places.iter().filter_map(|place| of(place.subnet));
    let zones: Vec<String> = rows.map(|row| row.zone.name()).collect();
    Ok(Structure::new().with(field::AVAILABILITY_ZONES, zones))
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_AttachLoadBalancerToSubnets.html>
pub(super) fn attach(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let row = named(request, world)?.clone();
    let mut all = own(&row);
    for text in request.params.texts(field::SUBNETS) {
        let new = asked(world, request.region, text)?;
        if !has(&all, new.subnet) {
            all.push(new);
        }
    }
    change(request, world, row, &all, "subnets attached")?;
    subnets(request, world)
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_DetachLoadBalancerFromSubnets.html>
pub(super) fn detach(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let row = named(request, world)?.clone();
    let gone: Vec<&str> = request.params.texts(field::SUBNETS).collect();
    let all: Vec<Asked> = own(&row)
        .into_iter()
        .filter(|own| !gone.contains(&own.subnet.to_string().as_str()))
        .collect();
    change(request, world, row, &all, "subnets detached")?;
    subnets(request, world)
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_EnableAvailabilityZonesForLoadBalancer.html>
pub(super) fn enable_zones(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let row = named(request, world)?.clone();
    let mut all = own(&row);
    for zone in request.params.texts(field::AVAILABILITY_ZONES) {
        let new = of_zone(world, request.region, zone)?;
        if !has(&all, new.subnet) {
            all.push(new);
        }
    }
    change(request, world, row, &all, "zones enabled")?;
    zones(request, world)
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_DisableAvailabilityZonesForLoadBalancer.html>
pub(super) fn disable_zones(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let row = named(request, world)?.clone();
    let mut all = own(&row);
    for zone in request.params.texts(field::AVAILABILITY_ZONES) {
        let gone = of_zone(world, request.region, zone)?;
        if !has(&all, gone.subnet) {
            let why = format!("The Availability Zone {zone} is not enabled for the load balancer");
            return Err(configuration(field::AVAILABILITY_ZONES, why));
        }
        all.retain(|own| own.subnet != gone.subnet);
    }
    change(request, world, row, &all, "zones disabled")?;
    zones(request, world)
}
