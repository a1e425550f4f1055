//! AddTags, RemoveTags, DescribeTags of Classic Load Balancers, by their names.
//! <https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_AddTags.html>

use super::common::*;
use crate::base::error::Result;
use crate::base::ids::ClassicBalancerId;
use crate::services::Request;
use crate::services::ec2::common::note;
use crate::services::elbv2::tags;
use crate::world::World;
use stratus_model::{Structure, field};

fn all(request: &Request<'_>, world: &World) -> Result<Vec<(String, ClassicBalancerId)>> {
    let names = request.params.texts(field::LOAD_BALANCER_NAMES);
    names
        .map(|name| match by_name(world, request.region, name) {
            Some(row) => Ok((name.to_owned(), row.id)),
            None => Err(missing(name)),
        })
        .collect()
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_AddTags.html>
pub(super) fn add(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let given = tags::read(request.params)?;
    for (_, id) in all(request, world)? {
        tags::put(world, request.region, id, &given)?;
        note(world, request.region, id, "tags added");
    }
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_RemoveTags.html>
pub(super) fn remove(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    for (_, id) in all(request, world)? {
        let keys = request.params.structures(field::TAGS);
        let keys = keys.filter_map(|tag| tag.text(field::KEY));
        tags::take(world, request.region, id.into(), keys);
        note(world, request.region, id, "tags removed");
    }
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_DescribeTags.html>
pub(super) fn describe(request: &Request<'_>, world: &World) -> Result<Structure> {
    let told = all(request, world)?.into_iter().map(|(name, id)| {
        Structure::new()
            .with(field::LOAD_BALANCER_NAME, name)
            .with(field::TAGS, tags::list(world, request.region, id.into()))
    });
    Ok(Structure::new().with(field::TAG_DESCRIPTIONS, told.collect::<Vec<_>>()))
}
