//! Filters that look at what a thing is described as: a filter's name stands for a path in the description.
//!
//! So a filter can never disagree with what the same call shows. Nothing here knows a world.

use super::super::common::Filters;
use crate::base::error::Result;
use crate::base::time::Time;
use std::collections::BTreeMap;
use stratus_model::{Name, Structure, Value};

/// A filter and where its values stand. Lists on the way are looked through.
pub(super) type PathFilter = (&'static str, &'static [Name]);

/// All values at a path, as filters compare them.
pub(super) fn texts(described: &Structure, path: &[Name]) -> Vec<String> {
    let mut found = Vec::new();
    let Some((first, rest)) = path.split_first() else {
        return found;
    };
    if let Some(value) = described.get(*first) {
        collect(value, rest, &mut found);
    }
    found
}

fn collect(value: &Value, path: &[Name], found: &mut Vec<String>) {
    match value {
        Value::List(items) => items.iter().for_each(|item| collect(item, path, found)),
        Value::Structure(structure) => {
            if let Some((first, rest)) = path.split_first()
                && let Some(value) = structure.get(*first)
            {
                collect(value, rest, found);
            }
        }
        Value::String(text) => found.push(text.clone()),
        Value::Bool(value) => found.push(value.to_string()),
        Value::Integer(number) => found.push(number.to_string()),
        Value::Double(number) => found.push(number.to_string()),
        Value::Timestamp(at) => found.push(Time(*at).iso8601()),
        Value::Blob(_) | Value::Map(_) => {}
    }
}

/// Refuses filters whose names are in neither list (`tag:…` and its kin are always known).
pub(super) fn check(filters: &Filters, known: &[PathFilter], others: &[&str]) -> Result<()> {
    filters.check_names(|name| known.iter().any(|(filter, _)| *filter == name) || others.contains(&name))
}

/// Whether a described thing passes.
pub(super) fn pass(
    filters: &Filters,
    described: &Structure,
    tags: Option<&BTreeMap<String, String>>,
    known: &[PathFilter],
) -> Result<bool> {
    filters.pass_tagged(tags, |name| {
        let (_, path) = known.iter().find(|(filter, _)| *filter == name)?;
        Some(texts(described, path))
    })
}
