//! Tags of hosted zones.

use super::common::{invalid, note, zone};
use crate::base::error::{Error, Result};
use crate::services::Request;
use crate::world::World;
use crate::world::journal::Cause;
use crate::world::names::HostedZone;
use stratus_model::{Structure, Value, field, sort};

/// Most tags of a zone.
/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeTagsForResource.html>
const TAGS: usize = 10;

fn tagged<'w>(world: &'w World, params: &Structure) -> Result<&'w HostedZone> {
    let id = params.text(field::RESOURCE_ID);
    if params.text(field::RESOURCE_TYPE) != Some("hostedzone") {
        let why = format!(
            "No health check exists with the specified ID: {}",
            id.unwrap_or_default()
        );
        return Err(Error::new("NoSuchHealthCheck", why).with_status(404));
    }
    zone(world, id)
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeTagsForResource.html>
pub(super) fn change(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let params = request.params;
    let row = tagged(world, params)?;
    let (id, mut tags) = (row.id, row.tags.clone());
    if !params.contains(field::ADD_TAGS) && !params.contains(field::REMOVE_TAG_KEYS) {
        return Err(invalid("AddTags", "Either AddTags or RemoveTagKeys is needed."));
    }
    let removed: Vec<&str> = params.texts(field::REMOVE_TAG_KEYS).collect();
    tags.retain(|(key, _)| !removed.contains(&key.as_str()));
    for tag in params.structures(field::ADD_TAGS) {
        let key = tag.text(field::KEY).unwrap_or_default();
        if key.is_empty() || key.to_ascii_lowercase().starts_with("aws:") {
            return Err(invalid("AddTags", format!("Invalid tag key: '{key}'")));
        }
        let value = tag.text(field::VALUE).unwrap_or_default();
        match tags.iter_mut().find(|(has, _)| has == key) {
            Some(entry) => entry.1 = value.to_owned(),
            None => tags.push((key.to_owned(), value.to_owned())),
        }
    }
    if tags.len() > TAGS {
        return Err(invalid(
            "AddTags",
            format!("A hosted zone can have at most {TAGS} tags."),
        ));
    }
    sort::sort(&mut tags);
    if let Some(row) = world.route53.zones.get_mut(&id) {
        row.tags = tags;
    }
    let cause = Cause::Call(world.calls);
    note(world, id, "tags changed", cause);
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListTagsForResource.html>
pub(super) fn list(request: &Request<'_>, world: &World) -> Result<Structure> {
    let row = tagged(world, request.params)?;
    let tags: Vec<Value> = row
        .tags
        .iter()
        .map(|(key, value)| {
            Structure::new()
                .with(field::KEY, key.as_str())
                .with(field::VALUE, value.as_str())
                .into()
        })
        .collect();
    let set = Structure::new()
        .with(field::RESOURCE_TYPE, "hostedzone")
        .with(field::RESOURCE_ID, row.id)
        .with(field::TAGS, tags);
    Ok(Structure::new().with(field::RESOURCE_TAG_SET, set))
}
