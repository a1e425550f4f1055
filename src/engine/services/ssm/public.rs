//! The parameters that AWS publishes for everybody: the newest images, and what there is in which Region.
//!
//! They follow from the catalogue and the model, so that each image that they name exists. They are the same in every world,
//! and nobody can change them.

use crate::base::time::Time;
use crate::catalog::{Region, images};
use crate::world::parameters::{Parameter, ParameterVersion};
use std::collections::BTreeMap;
use stratus_model::model;

/// When those that belong to no image were last changed (ours): before any world begins.
const PUBLISHED: Time = Time(1_735_689_600_000);
/// Where they begin.
const SERVICE: &str = "/aws/service/";
/// Where those about Regions and services begin.
const GLOBAL: &str = "/aws/service/global-infrastructure";

/// Whether a name is one of theirs, known or not.
pub(super) fn is_public(name: &str) -> bool {
    name.starts_with(SERVICE)
}

fn parameter(name: &str, value: String, data_type: &str, modified: Time) -> Parameter {
    Parameter {
        name: name.to_owned(),
        versions: vec![ParameterVersion {
            number: 1,
            kind: "String".to_owned(),
            value,
            description: None,
            pattern: None,
            key: None,
            tier: "Standard".to_owned(),
            data_type: data_type.to_owned(),
            policies: None,
            labels: BTreeMap::new(),
            modified,
            by: String::new(),
        }],
        tags: BTreeMap::new(),
    }
}

fn image(region: Region, name: &str) -> Option<Parameter> {
    if !is_public(name) {
        return None;
    }
    let found = images::alias(region, name)?;
    let value = format!("ami-{:017x}", found.id(region));
    Some(parameter(name, value, "aws:ec2:image", Time(found.created_ms)))
}

/// The services that the model knows and AWS has.
fn services() -> impl Iterator<Item = &'static str> {
    model().service_names().filter(|name| *name != "stratus")
}

/// Names and values about Regions and services under a path.
fn global() -> Vec<(String, String)> {
    let mut rows = Vec::new();
    let mut put = |name: String, value: &str| rows.push((format!("{GLOBAL}/{name}"), value.to_owned()));
    for region in Region::all() {
        let name = region.name();
        put(format!("regions/{name}"), name);
        put(format!("regions/{name}/longName"), region.long_name());
        put(format!("regions/{name}/domain"), "amazonaws.com");
        put(format!("regions/{name}/partition"), "aws");
        for service in services() {
            put(format!("regions/{name}/services/{service}"), service);
        }
        for zone in region.zones() {
            let id = zone.id();
            put(format!("regions/{name}/availability-zones/{id}"), &id);
            put(format!("availability-zones/{id}"), &id);
            put(format!("availability-zones/{id}/parent-region"), name);
        }
    }
    for service in services() {
        put(format!("services/{service}"), service);
        for region in Region::all() {
            put(format!("services/{service}/regions/{}", region.name()), region.name());
        }
    }
    rows
}

/// The parameter of this name.
pub(super) fn find(region: Region, name: &str) -> Option<Parameter> {
    if !name.starts_with(GLOBAL) {
        return image(region, name);
    }
    let (_, value) = global().into_iter().find(|(known, _)| known == name)?;
    Some(parameter(name, value, "text", PUBLISHED))
}

/// All parameters under a path that begins with `/aws/service/`.
pub(super) fn under(region: Region, path: &str) -> Vec<Parameter> {
    let mut rows: Vec<Parameter> = images::aliases()
        .filter(|name| name.starts_with(path))
        .filter_map(|name| image(region, name))
        .collect();
    if path.starts_with(GLOBAL) {
        let found = global().into_iter().filter(|(name, _)| name.starts_with(path));
        rows.extend(found.map(|(name, value)| parameter(&name, value, "text", PUBLISHED)));
    }
    rows
}
