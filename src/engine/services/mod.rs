//! The services: one folder each. A handler turns a checked `Structure` into domain data at once, does its work on the
//! world it is given, and turns domain data back into a `Structure` at the end. It sees neither XML, JSON, HTTP nor the DOM.

pub(crate) mod coral;
pub mod dlm;
pub mod ebs;
pub mod ec2;
pub mod elb;
pub mod elbv2;
pub mod iam;
pub mod rbin;
pub mod route53;
pub mod s3;
pub mod ssm;
pub mod stratus;
pub mod sts;

use crate::base::error::Result;
use crate::base::ids::{Kind, ResourceId};
use crate::catalog::Region;
use crate::clock::Pending;
use crate::principal::Principal;
use crate::world::World;
use stratus_model::{Operation, Structure};

/// What a handler is told besides the world.
pub struct Request<'a> {
    /// Who calls.
    pub principal: &'a Principal,
    /// Which Region was asked.
    pub region: Region,
    /// The operation.
    pub operation: &'static Operation,
    /// Its parameters, already checked against the model.
    pub params: &'a Structure,
}

/// How an operation is carried out. A read must not change anything, and cannot.
#[derive(Clone, Copy)]
pub enum Handler {
    /// Looks only.
    Read(fn(&Request<'_>, &World) -> Result<Structure>),
    /// Works on a copy of the world that becomes the world when it succeeds.
    Write(fn(&Request<'_>, &mut World) -> Result<Structure>),
}

/// The handler of an operation; `None` = not simulated yet.
pub fn handler(service: &str, operation: &str) -> Option<Handler> {
    match service {
        "ec2" => ec2::handler(operation),
        "stratus" => stratus::handler(operation),
        _ => rarer(service, operation),
    }
}

/// Of the services that a first visit does not call. On its own, so that `cargo tasks split` can move it.
#[inline(never)]
fn rarer(service: &str, operation: &str) -> Option<Handler> {
    match service {
        "s3" => s3::handler(operation),
        "ebs" => ebs::handler(operation),
        "dlm" => dlm::handler(operation),
        "rbin" => rbin::handler(operation),
        "route53" => route53::handler(operation),
        "iam" => iam::handler(operation),
        "sts" => sts::handler(operation),
        "ssm" => ssm::handler(operation),
        "elbv2" => elbv2::handler(operation),
        "elb" => elb::handler(operation),
        _ => None,
    }
}

/// Whether the policy of a resource lets a call through: so far S3's have a say in who may do what.
///
/// # Errors
/// The service's refusal.
pub(crate) fn permit(request: &Request<'_>, service: &str, world: &World) -> Result<()> {
    match service {
        "s3" => s3::admit(request, world),
        _ => Ok(()),
    }
}

/// Of what a first visit has none of.
#[inline(never)]
fn later(world: &mut World, pending: &Pending) {
    if let ResourceId::LifecyclePolicy(id) = pending.resource {
        dlm::due(world, pending, id);
    }
}

/// Does pending work whose moment has come.
pub(crate) fn due(world: &mut World, pending: &Pending) {
    match pending.resource.kind() {
        Kind::HostedZone | Kind::Change => route53::due(world, pending),
        Kind::Bucket => s3::due(world, pending),
        Kind::LifecyclePolicy => later(world, pending),
        Kind::LoadBalancer | Kind::TargetGroup => elbv2::due(world, pending),
        Kind::ClassicBalancer => elb::due(world, pending),
        _ => ec2::due(world, pending),
    }
}
