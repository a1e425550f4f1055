//! Traffic mirroring: copies of what goes by at an interface, for whoever watches networks. This file only routes; a first visit
//! calls nothing here.
//! <https://docs.aws.amazon.com/vpc/latest/mirroring/what-is-traffic-mirroring.html>

pub(crate) mod copies;
mod filters;
mod rules;
mod sessions;
mod targets;

use crate::base::error::{Error, Result};
use crate::services::Handler;
use crate::world::World;

/// The handler of an operation.
#[inline(never)]
pub(super) fn handler(operation: &str) -> Option<Handler> {
    use Handler::{Read, Write};
    Some(match operation {
        "CreateTrafficMirrorTarget" => Write(targets::create),
        "DeleteTrafficMirrorTarget" => Write(targets::delete),
        "DescribeTrafficMirrorTargets" => Read(targets::describe_all),
        "CreateTrafficMirrorFilter" => Write(filters::create),
        "DeleteTrafficMirrorFilter" => Write(filters::delete),
        "DescribeTrafficMirrorFilters" => Read(filters::describe_all),
        "ModifyTrafficMirrorFilterNetworkServices" => Write(filters::modify_services),
        "CreateTrafficMirrorFilterRule" => Write(rules::create),
        "ModifyTrafficMirrorFilterRule" => Write(rules::modify),
        "DeleteTrafficMirrorFilterRule" => Write(rules::delete),
        "DescribeTrafficMirrorFilterRules" => Read(rules::describe_all),
        "CreateTrafficMirrorSession" => Write(sessions::create),
        "ModifyTrafficMirrorSession" => Write(sessions::modify),
        "DeleteTrafficMirrorSession" => Write(sessions::delete),
        "DescribeTrafficMirrorSessions" => Read(sessions::describe_all),
        _ => return None,
    })
}

/// Room for one more of what an account has so many of at most, in all Regions together.
fn check_room(
    world: &World,
    code: &'static str,
    what: &str,
    count: impl Fn(&crate::world::mirroring::Mirroring) -> usize,
) -> Result<()> {
    let all: usize = world.regions.iter().map(|(_, ec2)| count(&ec2.mirroring)).sum();
    if all >= crate::catalog::quotas::MIRRORINGS {
        let why = format!("You have reached the limit on the number of Traffic Mirror {what}.");
        return Err(Error::new(code, why));
    }
    Ok(())
}

/// A number within bounds.
fn within(name: &str, value: i64, from: i64, to: i64) -> Result<i64> {
    if (from..=to).contains(&value) {
        return Ok(value);
    }
    let why = format!("Value ({value}) for parameter {name} is invalid. Valid values are {from}-{to}.");
    Err(Error::new("InvalidParameterValue", why).at(name))
}
