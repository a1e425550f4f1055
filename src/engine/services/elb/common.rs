//! What the operations on Classic Load Balancers share.

pub(super) use crate::services::elbv2::common::{configuration, needed, page, validation};

use crate::base::error::{Error, Result};
use crate::catalog::Region;
use crate::services::Request;
use crate::world::World;
use crate::world::balancing::ClassicBalancer;
use std::borrow::Cow;
use stratus_model::field;

/// The load balancer of a name.
pub(super) fn by_name<'w>(world: &'w World, region: Region, name: &str) -> Option<&'w ClassicBalancer> {
    world.ec2(region)?.balancing.classic.rows().find(|row| row.name == name)
}

/// `LoadBalancerNotFound`.
pub(super) fn missing(name: &str) -> Error {
    let why = format!("There is no ACTIVE Load Balancer named '{name}'");
    Error::new("LoadBalancerNotFound", why).at("LoadBalancerName")
}

/// The load balancer that a call names.
///
/// # Errors
/// `LoadBalancerNotFound`.
pub(super) fn named<'w>(request: &Request<'_>, world: &'w World) -> Result<&'w ClassicBalancer> {
    let name = needed(request, field::LOAD_BALANCER_NAME);
    by_name(world, request.region, name).ok_or_else(|| missing(name))
}

/// Puts a changed row in its place, and notes what was done.
pub(super) fn put(request: &Request<'_>, world: &mut World, row: ClassicBalancer, text: impl Into<Cow<'static, str>>) {
    let id = row.id;
    world.put(request.region, row);
    crate::services::ec2::common::note(world, request.region, id, text);
}
