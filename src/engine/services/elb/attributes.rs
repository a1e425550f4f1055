//! ModifyLoadBalancerAttributes, DescribeLoadBalancerAttributes.
//! <https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_LoadBalancerAttributes.html>

use super::common::*;
use crate::base::error::Result;
use crate::services::Request;
use crate::world::World;
use crate::world::balancing::ClassicBalancer;
use stratus_model::{Structure, field};

/// Seconds for which open connections are waited for, where a call says nothing (AWS).
const DRAINING: i64 = 300;
/// `elb.http.desyncmitigationmode`.
const DESYNC: &str = "elb.http.desyncmitigationmode";

/// `LoadBalancerAttributes`.
fn show(row: &ClassicBalancer) -> Structure {
    let log = match &row.access_log {
        None => Structure::new().with(field::ENABLED, false),
        Some((bucket, prefix, minutes)) => Structure::new()
            .with(field::ENABLED, true)
            .with(field::S3_BUCKET_NAME, bucket.as_str())
            .with(field::EMIT_INTERVAL, *minutes)
            .with(field::S3_BUCKET_PREFIX, prefix.as_str()),
    };
    let draining = Structure::new()
        .with(field::ENABLED, row.draining.is_some())
        .with(field::TIMEOUT, row.draining.unwrap_or(DRAINING));
    let desync = Structure::new()
        .with(field::KEY, DESYNC)
        .with(field::VALUE, row.desync.as_str());
    Structure::new()
        .with(
            field::CROSS_ZONE_LOAD_BALANCING,
            Structure::new().with(field::ENABLED, row.cross_zone),
        )
        .with(field::ACCESS_LOG, log)
        .with(field::CONNECTION_DRAINING, draining)
        .with(
            field::CONNECTION_SETTINGS,
            Structure::new().with(field::IDLE_TIMEOUT, row.idle),
        )
        .with(field::ADDITIONAL_ATTRIBUTES, vec![desync])
}

fn read_log(world: &World, log: &Structure) -> Result<Option<(String, String, i64)>> {
    if log.boolean(field::ENABLED) != Some(true) {
        return Ok(None);
    }
    let bucket = log.text(field::S3_BUCKET_NAME).unwrap_or_default().to_owned();
    if !world.s3.buckets.contains(&bucket) {
        let why = format!("S3Bucket: {bucket} does not exist");
        return Err(configuration(field::LOAD_BALANCER_ATTRIBUTES, why));
    }
    let minutes = log.integer(field::EMIT_INTERVAL).unwrap_or(60);
    if !matches!(minutes, 5 | 60) {
        let why = "The emit interval of an access log must be 5 or 60 minutes";
        return Err(validation(field::LOAD_BALANCER_ATTRIBUTES, why));
    }
    let prefix = log.text(field::S3_BUCKET_PREFIX).unwrap_or_default().to_owned();
    Ok(Some((bucket, prefix, minutes)))
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_ModifyLoadBalancerAttributes.html>
pub(super) fn modify(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let mut row = named(request, world)?.clone();
    let Some(given) = request.params.structure(field::LOAD_BALANCER_ATTRIBUTES) else {
        return Err(validation(
            field::LOAD_BALANCER_ATTRIBUTES,
            "Attributes must be specified",
        ));
    };
    if let Some(own) = given.structure(field::CROSS_ZONE_LOAD_BALANCING) {
        row.cross_zone = own.boolean(field::ENABLED).unwrap_or(false);
    }
    if let Some(own) = given.structure(field::CONNECTION_DRAINING) {
        let seconds = own.integer(field::TIMEOUT).unwrap_or(DRAINING);
        if !(1..=3_600).contains(&seconds) {
            let why = "ConnectionDraining timeout must be in the range 1-3600";
            return Err(validation(field::LOAD_BALANCER_ATTRIBUTES, why));
        }
        row.draining = (own.boolean(field::ENABLED) == Some(true)).then_some(seconds);
    }
    if let Some(own) = given.structure(field::CONNECTION_SETTINGS) {
        row.idle = own.integer(field::IDLE_TIMEOUT).unwrap_or(row.idle);
    }
    if let Some(own) = given.structure(field::ACCESS_LOG) {
        row.access_log = read_log(world, own)?;
    }
    for own in given.structures(field::ADDITIONAL_ATTRIBUTES) {
        let (key, value) = (
            own.text(field::KEY).unwrap_or_default(),
            own.text(field::VALUE).unwrap_or_default(),
        );
        if key != DESYNC || !matches!(value, "monitor" | "defensive" | "strictest") {
            let why = format!("Additional attribute '{key}' with the value '{value}' is not supported");
            return Err(validation(field::LOAD_BALANCER_ATTRIBUTES, why));
        }
        row.desync = value.to_owned();
    }
    let answer = Structure::new()
        .with(field::LOAD_BALANCER_NAME, row.name.as_str())
        .with(field::LOAD_BALANCER_ATTRIBUTES, show(&row));
    put(request, world, row, "attributes changed");
    Ok(answer)
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_DescribeLoadBalancerAttributes.html>
pub(super) fn describe(request: &Request<'_>, world: &World) -> Result<Structure> {
    let row = named(request, world)?;
    Ok(Structure::new().with(field::LOAD_BALANCER_ATTRIBUTES, show(row)))
}
