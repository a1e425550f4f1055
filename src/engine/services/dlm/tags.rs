//! Tags of policies.

use super::policies::{find, map, put, texts};
use super::{invalid, not_found};
use crate::base::error::Result;
use crate::services::Request;
use crate::world::World;
use crate::world::keeping::Policy;
use stratus_model::{Structure, field};

/// Tags of a policy.
const TAGS: usize = 50;

fn named<'w>(world: &'w World, request: &Request<'_>) -> Result<&'w Policy> {
    let arn = request.params.text(field::RESOURCE_ARN).unwrap_or_default();
    let (_, id) = arn.rsplit_once(":policy/").ok_or_else(|| not_found(arn))?;
    find(world, request, id)
}

/// <https://docs.aws.amazon.com/dlm/latest/APIReference/API_TagResource.html>
pub(super) fn add(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let mut policy = named(world, request)?.clone();
    policy.tags.extend(texts(request.params, field::TAGS));
    if policy.tags.len() > TAGS {
        return Err(invalid(format!("A policy has at most {TAGS} tags.")));
    }
    put(world, request, policy);
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/dlm/latest/APIReference/API_UntagResource.html>
pub(super) fn remove(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let mut policy = named(world, request)?.clone();
    for key in request.params.texts(field::TAG_KEYS) {
        policy.tags.remove(key);
    }
    put(world, request, policy);
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/dlm/latest/APIReference/API_ListTagsForResource.html>
pub(super) fn list(request: &Request<'_>, world: &World) -> Result<Structure> {
    Ok(Structure::new().with_some(field::TAGS, map(&named(world, request)?.tags)))
}
