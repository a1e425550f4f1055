//! Objects: deleted, one or many, for good or behind a delete marker.

use super::conditions::{failed, same_tag};
use super::errors::{malformed_xml, no_such_key, not_implemented};
use super::{bound, bucket, happened, mfa_delete, put, shelf};
use crate::base::error::Result;
use crate::services::Request;
use crate::world::World;
use crate::world::objects::Bucket;
use stratus_model::{Structure, Value, field};

/// Objects of one DeleteObjects.
const DELETIONS: usize = 1_000;

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html>
pub(super) fn delete_object(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let params = request.params;
    let row = bucket(request, world)?;
    let name = row.name.clone();
    not_implemented(params, &[field::IF_MATCH_LAST_MODIFIED_TIME, field::IF_MATCH_SIZE])?;
    mfa_delete::admit_deletion(request, world, row, params.contains(field::VERSION_ID))?;
    let key = put::key(params)?;
    may_delete(row, key, params.text(field::IF_MATCH))?;
    let bypass = params.boolean(field::BYPASS_GOVERNANCE_RETENTION) == Some(true);
    let version = params.text(field::VERSION_ID);
    let deleted = shelf::delete(world, &name, key, version, bypass)?;
    tell(request, world, (&name, key, version), &deleted);
    Ok(Structure::new()
        .with_some(field::DELETE_MARKER, deleted.marker.then_some(true))
        .with_some(field::VERSION_ID, deleted.version))
}

fn may_delete(row: &Bucket, key: &str, tag: Option<&str>) -> Result<()> {
    match (tag, row.objects.get(&key.to_owned())) {
        (Some(_), None) => Err(no_such_key(key)),
        (Some(tag), Some(object)) if !same_tag(tag, &object.etag) => Err(failed("If-Match")),
        _ => Ok(()),
    }
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html>
pub(super) fn delete_objects(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let params = request.params;
    let row = bucket(request, world)?;
    let name = row.name.clone();
    let bypass = params.boolean(field::BYPASS_GOVERNANCE_RETENTION) == Some(true);
    let empty = Structure::new();
    let delete = params.structure(field::DELETE).unwrap_or(&empty);
    let asked: Vec<&Structure> = delete.structures(field::OBJECTS).collect();
    if asked.is_empty() || asked.len() > DELETIONS {
        return Err(malformed_xml("Delete.Objects").remedy(format!("List from 1 to {DELETIONS} objects.")));
    }
    // One version among them that needs a code, and the whole call does.
    let for_good = asked.iter().any(|object| object.contains(field::VERSION_ID));
    mfa_delete::admit_deletion(request, world, row, for_good)?;
    let (mut deleted, mut errors) = (Vec::new(), Vec::new());
    for object in asked {
        match one(request, world, (&name, object), bypass) {
            Ok(row) => deleted.push(row),
            Err(error) => errors.push(
                Structure::new()
                    .with(field::KEY, object.text(field::KEY).unwrap_or_default())
                    .with_some(field::VERSION_ID, object.text(field::VERSION_ID))
                    .with(field::CODE, error.code)
                    .with(field::MESSAGE, error.message),
            ),
        }
    }
    let loud = delete.boolean(field::QUIET) != Some(true);
    let some = |list: Vec<Structure>| (!list.is_empty()).then(|| Value::from(list));
    Ok(Structure::new()
        .with_some(field::DELETED, some(deleted).filter(|_| loud))
        .with_some(field::ERRORS, some(errors)))
}

/// Tells of a deletion.
fn tell(
    request: &Request<'_>,
    world: &mut World,
    (name, key, version): (&str, &str, Option<&str>),
    deleted: &shelf::Deleted,
) {
    let is_marked = deleted.marker && version.is_none();
    let event = if is_marked {
        "ObjectRemoved:DeleteMarkerCreated"
    } else {
        "ObjectRemoved:Delete"
    };
    happened(request, world, event, (name, key, version));
}

/// Deletes one of a list: what the answer says of it.
fn one(
    request: &Request<'_>,
    world: &mut World,
    (name, object): (&str, &Structure),
    bypass: bool,
) -> Result<Structure> {
    let key = put::key(object)?;
    let version = object.text(field::VERSION_ID);
    let alone = Structure::new()
        .with(field::BUCKET, name)
        .with(field::KEY, key)
        .with_some(field::VERSION_ID, version);
    bound::check(world, request.principal, "DeleteObject", &alone)?;
    may_delete(super::named_bucket(world, name)?, key, object.text(field::E_TAG))?;
    let deleted = shelf::delete(world, name, key, version, bypass)?;
    tell(request, world, (name, key, version), &deleted);
    let marker = deleted.marker.then_some(true);
    Ok(Structure::new()
        .with(field::KEY, key)
        .with_some(field::VERSION_ID, version)
        .with_some(field::DELETE_MARKER, marker)
        .with_some(
            field::DELETE_MARKER_VERSION_ID,
            deleted.version.filter(|_| marker.is_some()),
        ))
}
