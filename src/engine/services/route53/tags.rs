//! Tags of hosted zones and of health checks.

use super::common::{invalid, note, zone};
use super::health;
use crate::base::error::Result;
use crate::base::ids::HostedZoneId;
use crate::services::Request;
use crate::world::World;
use crate::world::journal::Cause;
use stratus_model::{Structure, Value, field, sort};

/// Most tags of a thing.
/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeTagsForResource.html>
const TAGS: usize = 10;

/// What has tags.
enum Tagged {
    Zone(HostedZoneId),
    Check(String),
}

/// The thing of a type and an id, and its tags.
fn tagged<'w>(world: &'w World, kind: Option<&str>, id: Option<&str>) -> Result<(Tagged, &'w [(String, String)])> {
    if kind == Some("hostedzone") {
        let row = zone(world, id)?;
        return Ok((Tagged::Zone(row.id), &row.tags));
    }
    let row = health::find(world, id.unwrap_or_default())?;
    Ok((Tagged::Check(row.id.clone()), &row.tags))
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeTagsForResource.html>
pub(super) fn change(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let params = request.params;
    let kind = params.text(field::RESOURCE_TYPE);
    let (thing, tags) = tagged(world, kind, params.text(field::RESOURCE_ID))?;
    let mut tags = tags.to_vec();
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
            format!("A hosted zone or a health check can have at most {TAGS} tags."),
        ));
    }
    sort::sort(&mut tags);
    match thing {
        Tagged::Zone(id) => {
            if let Some(row) = world.route53.zones.get_mut(&id) {
                row.tags = tags;
            }
            let cause = Cause::Call(world.calls);
            note(world, id, "tags changed", cause);
        }
        Tagged::Check(id) => {
            if let Some(row) = world.route53.health_checks.get_mut(&id) {
                row.tags = tags;
            }
        }
    }
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListTagsForResource.html>
pub(super) fn list(request: &Request<'_>, world: &World) -> Result<Structure> {
    let params = request.params;
    let set = set_of(
        world,
        params.text(field::RESOURCE_TYPE),
        params.text(field::RESOURCE_ID),
    )?;
    Ok(Structure::new().with(field::RESOURCE_TAG_SET, set))
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListTagsForResources.html>
/// In the order of the request.
pub(super) fn list_several(request: &Request<'_>, world: &World) -> Result<Structure> {
    let params = request.params;
    let kind = params.text(field::RESOURCE_TYPE);
    let sets: Result<Vec<Structure>> = params
        .texts(field::RESOURCE_IDS)
        .map(|id| set_of(world, kind, Some(id)))
        .collect();
    Ok(Structure::new().with(field::RESOURCE_TAG_SETS, sets?))
}

fn set_of(world: &World, kind: Option<&str>, id: Option<&str>) -> Result<Structure> {
    let (thing, tags) = tagged(world, kind, id)?;
    let tags: Vec<Value> = tags
        .iter()
        .map(|(key, value)| {
            Structure::new()
                .with(field::KEY, key.as_str())
                .with(field::VALUE, value.as_str())
                .into()
        })
        .collect();
    let id = match thing {
        Tagged::Zone(id) => id.to_string(),
        Tagged::Check(id) => id,
    };
    Ok(Structure::new()
        .with(field::RESOURCE_TYPE, kind.unwrap_or_default())
        .with(field::RESOURCE_ID, id)
        .with(field::TAGS, tags))
}
