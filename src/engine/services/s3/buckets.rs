//! Buckets: made, deleted, looked at.

use super::{access_denied, bucket, names, not_implemented, note, owner, tagging};
use crate::base::error::{Error, Result};
use crate::catalog::Region;
use crate::services::Request;
use crate::world::World;
use crate::world::storage::{Bucket, Object};
use crate::world::table::Table;
use crate::world::usage::{Measure, Subject};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use std::collections::BTreeMap;
use stratus_model::{Structure, field};

/// Buckets of an account.
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/BucketRestrictions.html>
const BUCKETS: usize = 10_000;

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html>
pub(super) fn create_bucket(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let params = request.params;
    let name = params.text(field::BUCKET).unwrap_or_default();
    if !names::is_valid(name) {
        return Err(names::invalid());
    }
    ownership(params)?;
    let region = chosen_region(request)?;
    let conflict = |code, text| Err(Error::new(code, text).with_status(409).at("Bucket"));
    if let Some(own) = world.s3.buckets.get(&name.to_owned()) {
        if own.region == Region::US_EAST_1 && region == Region::US_EAST_1 {
            return Ok(created(name, own.region));
        }
        return conflict(
            "BucketAlreadyOwnedByYou",
            "Your previous request to create the named bucket succeeded and you already own it.",
        );
    }
    if names::is_taken(name) {
        return conflict(
            "BucketAlreadyExists",
            "The requested bucket name is not available. The bucket namespace is shared by all users of the system. \
             Please select a different name and try again.",
        );
    }
    if world.s3.buckets.len() >= BUCKETS {
        return Err(Error::new(
            "TooManyBuckets",
            "You have attempted to create more buckets than allowed",
        ));
    }
    let configuration = params.structure(field::CREATE_BUCKET_CONFIGURATION);
    let tags = configuration
        .map(|c| tagging::read(c, field::TAGS))
        .transpose()?
        .unwrap_or_default();
    let row = Bucket {
        name: name.to_owned(),
        region,
        created: super::put::seconds(world.now),
        objects: Table::<String, Object>::default(),
        stored: BTreeMap::new(),
        tags,
    };
    world.s3.buckets.insert(name.to_owned(), row);
    super::count_put(world, name, region);
    note(world, region, format!("s3://{name} created"));
    Ok(created(name, region))
}

fn created(name: &str, region: Region) -> Structure {
    let location = match region {
        Region::US_EAST_1 => format!("/{name}"),
        _ => format!("http://{name}.s3.amazonaws.com/"),
    };
    Structure::new()
        .with(field::LOCATION, location)
        .with(field::BUCKET_ARN, format!("arn:aws:s3:::{name}"))
}

/// New buckets have ACLs off, and here they stay so.
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html>
fn ownership(params: &Structure) -> Result<()> {
    let grants = [
        field::GRANT_FULL_CONTROL,
        field::GRANT_READ,
        field::GRANT_READ_ACP,
        field::GRANT_WRITE,
        field::GRANT_WRITE_ACP,
    ];
    let acl = params.text(field::ACL).is_some_and(|acl| acl != "private");
    if acl || grants.iter().any(|name| params.contains(*name)) {
        let text = "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting";
        return Err(Error::new("InvalidBucketAclWithObjectOwnership", text)
            .at("ACL")
            .remedy("Leave the ACL out."));
    }
    if params
        .text(field::OBJECT_OWNERSHIP)
        .is_some_and(|who| who != "BucketOwnerEnforced")
    {
        not_implemented(params, &[field::OBJECT_OWNERSHIP])?;
    }
    if params.boolean(field::OBJECT_LOCK_ENABLED_FOR_BUCKET) == Some(true) {
        not_implemented(params, &[field::OBJECT_LOCK_ENABLED_FOR_BUCKET])?;
    }
    match params.structure(field::CREATE_BUCKET_CONFIGURATION) {
        Some(configuration) => not_implemented(configuration, &[field::LOCATION, field::BUCKET]),
        None => Ok(()),
    }
}

/// Where the bucket shall lie: any Region when asked of us-east-1, elsewhere only the Region that is asked.
fn chosen_region(request: &Request<'_>) -> Result<Region> {
    let constraint = request
        .params
        .structure(field::CREATE_BUCKET_CONFIGURATION)
        .and_then(|configuration| configuration.text(field::LOCATION_CONSTRAINT))
        .filter(|text| !text.is_empty());
    let here = request.region;
    let illegal = |which: &str| {
        let text = format!(
            "The {which} location constraint is incompatible for the region specific endpoint this request was sent to."
        );
        Err(Error::new("IllegalLocationConstraintException", text)
            .at("CreateBucketConfiguration.LocationConstraint")
            .remedy(format!("Give LocationConstraint={}.", here.name())))
    };
    match constraint {
        None if here == Region::US_EAST_1 => Ok(here),
        None => illegal("unspecified"),
        Some(text) => {
            let name = if text == "EU" { "eu-west-1" } else { text };
            match Region::find(name).filter(|region| *region != Region::US_EAST_1) {
                None => Err(Error::new(
                    "InvalidLocationConstraint",
                    "The specified location-constraint is not valid",
                )
                .at("CreateBucketConfiguration.LocationConstraint")
                .remedy("For us-east-1 leave the constraint out.")),
                Some(region) if here == Region::US_EAST_1 || region == here => Ok(region),
                Some(_) => illegal(text),
            }
        }
    }
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucket.html>
pub(super) fn delete_bucket(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let row = bucket(request, world)?;
    let (name, region) = (row.name.clone(), row.region);
    if !row.objects.is_empty() {
        let text = "The bucket you tried to delete is not empty";
        return Err(Error::new("BucketNotEmpty", text)
            .with_status(409)
            .remedy(format!("Delete its {} objects first.", row.objects.len())));
    }
    world.s3.buckets.remove(&name);
    note(world, region, format!("s3://{name} deleted"));
    let now = world.now;
    world
        .usage
        .stop(&Subject::Named(format!("s3://{name}")), Measure::ObjectStorage, now);
    Ok(Structure::new())
}

/// An error as a HEAD request shows it: without a body, so the status stands for the code.
pub(super) fn headless(error: Error) -> Error {
    let (code, text) = match error.status {
        304 => ("304", "Not Modified"),
        403 => ("403", "Forbidden"),
        404 => ("404", "Not Found"),
        412 => ("412", "Precondition Failed"),
        416 => ("416", "Requested Range Not Satisfiable"),
        _ => ("400", "Bad Request"),
    };
    let why = if error.remedy.is_empty() {
        error.message
    } else {
        format!("{} {}", error.message, error.remedy)
    };
    Error {
        code,
        message: text.to_owned(),
        remedy: why,
        ..error
    }
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html>
pub(super) fn head_bucket(request: &Request<'_>, world: &World) -> Result<Structure> {
    let row = bucket(request, world).map_err(headless)?;
    Ok(Structure::new()
        .with(field::BUCKET_ARN, format!("arn:aws:s3:::{}", row.name))
        .with(field::BUCKET_REGION, row.region.name())
        .with(field::ACCESS_POINT_ALIAS, false))
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html>
pub(super) fn get_bucket_location(request: &Request<'_>, world: &World) -> Result<Structure> {
    let region = bucket(request, world)?.region;
    // The oldest Region has no constraint.
    Ok(Structure::new().with_some(
        field::LOCATION_CONSTRAINT,
        (region != Region::US_EAST_1).then(|| region.name()),
    ))
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html>
pub(super) fn list_buckets(request: &Request<'_>, world: &World) -> Result<Structure> {
    let params = request.params;
    let prefix = params.text(field::PREFIX).unwrap_or_default();
    let region = params.text(field::BUCKET_REGION);
    let most = params.integer(field::MAX_BUCKETS).unwrap_or(BUCKETS as i64);
    let after = params.text(field::CONTINUATION_TOKEN).map(read_token).transpose()?;
    let chosen: Vec<&Bucket> = world
        .s3
        .buckets
        .rows()
        .filter(|row| row.name.starts_with(prefix) && region.is_none_or(|name| name == row.region.name()))
        .filter(|row| after.as_ref().is_none_or(|after| row.name > *after))
        .collect();
    let size = usize::try_from(most).unwrap_or(BUCKETS);
    let page: Vec<&Bucket> = chosen.iter().take(size).copied().collect();
    let more = (chosen.len() > size).then(|| page.last()).flatten();
    // Only the newer form of the call tells where a bucket lies.
    let detailed = !params.is_empty();
    let shown: Vec<Structure> = page
        .iter()
        .map(|row| {
            Structure::new()
                .with(field::NAME, row.name.as_str())
                .with(field::CREATION_DATE, row.created)
                .with_some(field::BUCKET_REGION, detailed.then(|| row.region.name()))
        })
        .collect();
    Ok(Structure::new()
        .with(field::BUCKETS, shown)
        .with(field::OWNER, owner(world))
        .with_some(field::PREFIX, params.text(field::PREFIX))
        .with_some(field::CONTINUATION_TOKEN, more.map(|row| BASE64.encode(&row.name))))
}

fn read_token(text: &str) -> Result<String> {
    let bytes = BASE64.decode(text).ok();
    bytes.and_then(|bytes| String::from_utf8(bytes).ok()).ok_or_else(|| {
        Error::new("InvalidArgument", "The continuation token provided is incorrect").at("ContinuationToken")
    })
}

/// Whether a call that names another account as the owner may go on.
pub(super) fn expected_owner(world: &World, owner: Option<&str>) -> Result<()> {
    match owner {
        Some(owner) if owner != world.account() => Err(access_denied()),
        _ => Ok(()),
    }
}
