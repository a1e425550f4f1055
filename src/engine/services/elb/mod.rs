//! Classic Load Balancers. This file only routes. Their interfaces, health checks and tags are made as those of version 2; what a
//! packet meets at one is in `network::balancing`.
//! <https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/>
//!
//! EC2-Classic has none here: each one is in a VPC.

mod attributes;
mod balancers;
mod common;
mod health;
mod instances;
mod listeners;
mod policies;
mod subnets;
mod tags;

use super::Handler;
use super::elbv2;
use crate::clock::Pending;
use crate::world::World;

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    Some(match operation {
        "CreateLoadBalancer" => Handler::Write(balancers::create),
        "DescribeLoadBalancers" => Handler::Read(balancers::describe),
        "DeleteLoadBalancer" => Handler::Write(balancers::delete),
        "ApplySecurityGroupsToLoadBalancer" => Handler::Write(balancers::apply_groups),
        "CreateLoadBalancerListeners" => Handler::Write(listeners::create),
        "DeleteLoadBalancerListeners" => Handler::Write(listeners::delete),
        "SetLoadBalancerListenerSSLCertificate" => Handler::Write(listeners::set_certificate),
        "ConfigureHealthCheck" => Handler::Write(health::configure),
        "DescribeInstanceHealth" => Handler::Read(health::describe),
        "RegisterInstancesWithLoadBalancer" => Handler::Write(instances::register),
        "DeregisterInstancesFromLoadBalancer" => Handler::Write(instances::deregister),
        "AttachLoadBalancerToSubnets" => Handler::Write(subnets::attach),
        "DetachLoadBalancerFromSubnets" => Handler::Write(subnets::detach),
        "EnableAvailabilityZonesForLoadBalancer" => Handler::Write(subnets::enable_zones),
        "DisableAvailabilityZonesForLoadBalancer" => Handler::Write(subnets::disable_zones),
        "ModifyLoadBalancerAttributes" => Handler::Write(attributes::modify),
        "DescribeLoadBalancerAttributes" => Handler::Read(attributes::describe),
        "CreateAppCookieStickinessPolicy" => Handler::Write(policies::create_app_cookie),
        "CreateLBCookieStickinessPolicy" => Handler::Write(policies::create_lb_cookie),
        "CreateLoadBalancerPolicy" => Handler::Write(policies::create),
        "DeleteLoadBalancerPolicy" => Handler::Write(policies::delete),
        "SetLoadBalancerPoliciesOfListener" => Handler::Write(policies::set_of_listener),
        "SetLoadBalancerPoliciesForBackendServer" => Handler::Write(policies::set_of_servers),
        "DescribeLoadBalancerPolicies" => Handler::Read(policies::describe),
        "DescribeLoadBalancerPolicyTypes" => Handler::Read(policies::describe_types),
        "AddTags" => Handler::Write(tags::add),
        "RemoveTags" => Handler::Write(tags::remove),
        "DescribeTags" => Handler::Read(tags::describe),
        "DescribeAccountLimits" => Handler::Read(balancers::limits),
        _ => return None,
    })
}

/// Pending work of load balancers.
#[inline(never)]
pub(super) fn due(world: &mut World, pending: &Pending) {
    elbv2::health::due(world, pending);
}
