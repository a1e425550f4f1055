//! Tags of parameters. Other things of Systems Manager that have tags are not simulated.

use super::common::{find, key, store_mut};
use crate::base::error::{Error, Result};
use crate::services::Request;
use crate::services::iam::common::tag_list;
use crate::world::World;
use crate::world::identity::Tags;
use crate::world::parameters::Parameter;
use std::collections::BTreeSet;
use stratus_model::{Structure, field};

/// Tags of one parameter (AWS).
const TAGS: usize = 50;

/// The tags that a call gives.
pub(super) fn given(params: &Structure) -> Result<Tags> {
    let mut tags = Tags::new();
    for tag in params.structures(field::TAGS) {
        let key = tag.text(field::KEY).unwrap_or_default();
        if key.to_ascii_lowercase().starts_with("aws:") {
            let why = "Tag keys that begin with aws: are reserved.";
            return Err(Error::new("ValidationException", why).at("Tags"));
        }
        tags.insert(key.to_owned(), tag.text(field::VALUE).unwrap_or_default().to_owned());
    }
    within(&tags)?;
    Ok(tags)
}

fn within(tags: &Tags) -> Result<()> {
    if tags.len() > TAGS {
        let why = format!("The resource can have at most {TAGS} tags.");
        return Err(Error::new("TooManyTagsError", why).at("Tags"));
    }
    Ok(())
}

/// The parameter that a call is about.
fn subject<'w>(request: &Request<'_>, world: &'w World) -> Result<&'w Parameter> {
    let id = request.params.text(field::RESOURCE_ID).unwrap_or_default();
    let refused = || {
        let why = "The resource ID isn't valid. Verify that you entered the correct ID and try again.";
        Error::new("InvalidResourceId", why).at("ResourceId")
    };
    if request.params.text(field::RESOURCE_TYPE) != Some("Parameter") {
        return Err(refused());
    }
    find(request, world, id).map_err(|_| refused())
}

fn keep(request: &Request<'_>, world: &mut World, what: impl FnOnce(&mut Tags)) -> Result<Structure> {
    let mut parameter = subject(request, world)?.clone();
    what(&mut parameter.tags);
    within(&parameter.tags)?;
    if let Some(ssm) = store_mut(world, request.region) {
        ssm.parameters.insert(key(&parameter.name), parameter);
    }
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_AddTagsToResource.html>
pub(super) fn add(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let more = given(request.params)?;
    keep(request, world, |tags| tags.extend(more))
}

/// <https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_RemoveTagsFromResource.html>
pub(super) fn remove(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let gone: BTreeSet<&str> = request.params.texts(field::TAG_KEYS).collect();
    keep(request, world, |tags| {
        tags.retain(|key, _| !gone.contains(key.as_str()))
    })
}

/// <https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ListTagsForResource.html>
pub(super) fn list(request: &Request<'_>, world: &World) -> Result<Structure> {
    let parameter = subject(request, world)?;
    Ok(Structure::new().with(field::TAG_LIST, tag_list(&parameter.tags)))
}
