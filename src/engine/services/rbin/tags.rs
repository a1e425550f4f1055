//! Tags of retention rules.

use super::rules::{find, put};
use super::{invalid, not_found};
use crate::base::error::{Error, Result};
use crate::services::Request;
use crate::world::World;
use crate::world::keeping::BinRule;
use stratus_model::{Structure, field};

/// Tags of a rule (AWS).
const TAGS: usize = 200;

fn named<'w>(world: &'w World, request: &Request<'_>) -> Result<&'w BinRule> {
    let arn = request.params.text(field::RESOURCE_ARN).unwrap_or_default();
    let (_, id) = arn.rsplit_once(":rule/").ok_or_else(|| not_found(arn))?;
    find(world, request, id)
}

/// <https://docs.aws.amazon.com/recyclebin/latest/APIReference/API_TagResource.html>
pub(super) fn add(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let mut rule = named(world, request)?.clone();
    for tag in request.params.structures(field::TAGS) {
        let key = tag.text(field::KEY).unwrap_or_default();
        if key.starts_with("aws:") {
            return Err(invalid("Tag keys that begin with aws: are AWS's own."));
        }
        rule.tags
            .insert(key.to_owned(), tag.text(field::VALUE).unwrap_or_default().to_owned());
    }
    if rule.tags.len() > TAGS {
        return Err(Error::new(
            "ServiceQuotaExceededException",
            format!("A rule has at most {TAGS} tags."),
        )
        .with_status(402));
    }
    put(world, request, rule);
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/recyclebin/latest/APIReference/API_UntagResource.html>
pub(super) fn remove(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let mut rule = named(world, request)?.clone();
    for key in request.params.texts(field::TAG_KEYS) {
        rule.tags.remove(key);
    }
    put(world, request, rule);
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/recyclebin/latest/APIReference/API_ListTagsForResource.html>
pub(super) fn list(request: &Request<'_>, world: &World) -> Result<Structure> {
    let tags = &named(world, request)?.tags;
    let one = |(key, value): (&String, &String)| {
        Structure::new()
            .with(field::KEY, key.as_str())
            .with(field::VALUE, value.as_str())
    };
    let shown: Vec<Structure> = tags.iter().map(one).collect();
    Ok(Structure::new().with(field::TAGS, shown))
}
