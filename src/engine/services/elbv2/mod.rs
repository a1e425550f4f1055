//! Elastic Load Balancing, version 2: Application, Network and Gateway Load Balancers, their listeners, rules and target
//! groups. This file only routes. What a packet meets at a load balancer is in `network::balancers`.
//! <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/>
//!
//! Messages in AWS's own form where they are known. What needs other services (ACM, Cognito, Lambda) or has
//! no effect here (capacity reservations, IPAM) answers NotImplemented.

mod actions;
mod attributes;
mod balancers;
pub(super) mod common;
mod conditions;
mod group_settings;
mod groups;
pub(crate) mod health;
mod life;
pub(super) mod limits;
mod listeners;
pub(crate) mod names;
pub(super) mod places;
mod policies;
mod rules;
pub(crate) mod standing;
pub(super) mod tags;
mod targets;
mod trust_stores;

pub(crate) use attributes::{crosses_zones, is_cross_zone, preserves_client};
pub(super) use balancers::meter;
pub(crate) use common::arn_of;
pub(crate) use conditions::{hold, let_come};

use super::Handler;
use crate::base::ids::Kind;
use crate::clock::Pending;
use crate::world::World;

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    Some(match operation {
        "CreateLoadBalancer" => Handler::Write(balancers::create),
        "DescribeLoadBalancers" => Handler::Read(balancers::describe),
        "DeleteLoadBalancer" => Handler::Write(balancers::delete),
        "SetSubnets" => Handler::Write(balancers::set_subnets),
        "SetSecurityGroups" => Handler::Write(balancers::set_security_groups),
        "SetIpAddressType" => Handler::Write(balancers::set_address_type),
        "ModifyLoadBalancerAttributes" => Handler::Write(attributes::modify_balancer),
        "DescribeLoadBalancerAttributes" => Handler::Read(attributes::describe_balancer),
        "ModifyTargetGroupAttributes" => Handler::Write(attributes::modify_group),
        "DescribeTargetGroupAttributes" => Handler::Read(attributes::describe_group),
        "ModifyListenerAttributes" => Handler::Write(attributes::modify_listener),
        "DescribeListenerAttributes" => Handler::Read(attributes::describe_listener),
        "CreateTargetGroup" => Handler::Write(groups::create),
        "DescribeTargetGroups" => Handler::Read(groups::describe),
        "ModifyTargetGroup" => Handler::Write(groups::modify),
        "DeleteTargetGroup" => Handler::Write(groups::delete),
        "RegisterTargets" => Handler::Write(targets::register),
        "DeregisterTargets" => Handler::Write(targets::deregister),
        "DescribeTargetHealth" => Handler::Read(targets::describe_health),
        "CreateListener" => Handler::Write(listeners::create),
        "DescribeListeners" => Handler::Read(listeners::describe),
        "ModifyListener" => Handler::Write(listeners::modify),
        "DeleteListener" => Handler::Write(listeners::delete),
        "DescribeListenerCertificates" => Handler::Read(listeners::certificates),
        "AddListenerCertificates" => Handler::Write(listeners::add_certificates),
        "RemoveListenerCertificates" => Handler::Write(listeners::remove_certificates),
        "CreateRule" => Handler::Write(rules::create),
        "DescribeRules" => Handler::Read(rules::describe),
        "ModifyRule" => Handler::Write(rules::modify),
        "DeleteRule" => Handler::Write(rules::delete),
        "SetRulePriorities" => Handler::Write(rules::set_priorities),
        "AddTags" => Handler::Write(tags::add),
        "RemoveTags" => Handler::Write(tags::remove),
        "DescribeTags" => Handler::Read(tags::describe),
        "DescribeAccountLimits" => Handler::Read(limits::describe),
        "DescribeSSLPolicies" => Handler::Read(policies::describe),
        _ => return trust_stores::handler(operation),
    })
}

/// Pending work of load balancers and target groups.
#[inline(never)]
pub(super) fn due(world: &mut World, pending: &Pending) {
    match pending.resource.kind() {
        Kind::LoadBalancer => life::due(world, pending),
        _ => health::due(world, pending),
    }
}
