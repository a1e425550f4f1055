//! Buckets: made, deleted, looked at.

use super::errors::{access_denied, headless, illegal_location, not_implemented};
use super::list::read_token;
use super::{access, acl, bucket, multipart, names, note, owner, tagging};
use crate::base::error::{Error, Result};
use crate::catalog::Region;
use crate::services::Request;
use crate::world::World;
use crate::world::objects::{Bucket, DefaultLock, Object, Ownership, Settings, Versioning};
use crate::world::table::Table;
use crate::world::usage::{Measure, Subject};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use std::collections::BTreeMap;
use std::rc::Rc;
use stratus_model::{Structure, field};

/// Buckets of an account.
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/BucketRestrictions.html>
const BUCKETS: usize = 10_000;

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html>
pub(super) fn create_bucket(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let params = request.params;
    let name = params.text(field::BUCKET).unwrap_or_default();
    if !names::is_valid(name) {
        return Err(names::invalid(name));
    }
    let settings = first_settings(params, world)?;
    let region = chosen_region(request)?;
    names::in_namespace(name, params.text(field::BUCKET_NAMESPACE), &world.account(), region)?;
    let conflict = |code, text| {
        let error = Error::new(code, text).with_status(409).at("Bucket");
        Err(error.detail("BucketName", name))
    };
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
        let text = "You have attempted to create more buckets than allowed";
        return Err(Error::new("TooManyBuckets", text));
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
        // Locks are on versions.
        versioning: if settings.lock.is_some() {
            Versioning::Enabled
        } else {
            Versioning::Off
        },
        sequence: 0,
        versions: Table::default(),
        uploads: Table::default(),
        settings: Rc::new(settings),
        id: None,
        planned: None,
        replicating: Table::default(),
        reports: None,
        tiering: None,
        watched: 0,
        analyses: Table::default(),
    };
    world.s3.buckets.insert(name.to_owned(), row);
    super::fees::put(world, name, region, "STANDARD");
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

/// What a new bucket is set to: ACLs off, public access blocked, unless the call says otherwise.
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html>
fn first_settings(params: &Structure, world: &World) -> Result<Settings> {
    let mut settings = Settings::default();
    if let Some(text) = params.text(field::OBJECT_OWNERSHIP) {
        settings.ownership = access::ownership(text);
    }
    let enforced = settings.ownership == Some(Ownership::BucketOwnerEnforced);
    let acl = acl::given(params, world)?;
    if enforced && acl.is_some() && params.text(field::ACL) != Some("private") {
        let text = "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting";
        return Err(Error::new("InvalidBucketAclWithObjectOwnership", text)
            .at("ACL")
            .remedy("Leave the ACL out."));
    }
    let acl = acl.unwrap_or_default();
    if acl::is_public(&acl) {
        let text = "Bucket cannot have public ACLs set with BlockPublicAccess enabled";
        return Err(Error::new("InvalidBucketAclWithBlockPublicAccessError", text)
            .at("ACL")
            .remedy("Make the bucket without it, turn BlockPublicAcls off, then set the ACL."));
    }
    settings.acl = acl;
    if params.boolean(field::OBJECT_LOCK_ENABLED_FOR_BUCKET) == Some(true) {
        settings.lock = Some(DefaultLock::default());
    }
    if let Some(configuration) = params.structure(field::CREATE_BUCKET_CONFIGURATION) {
        not_implemented(configuration, &[field::LOCATION, field::BUCKET])?;
    }
    Ok(settings)
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
        Err(illegal_location(which)
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
                .detail("LocationConstraint", text)
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
    let versioned = !row.versions.is_empty();
    if !row.objects.is_empty() || versioned {
        let text = if versioned {
            "The bucket you tried to delete is not empty. You must delete all versions in the bucket."
        } else {
            "The bucket you tried to delete is not empty"
        };
        return Err(Error::new("BucketNotEmpty", text)
            .with_status(409)
            .remedy(format!(
                "It still has {} objects and {} other versions.",
                row.objects.len(),
                row.versions.len()
            ))
            .detail("BucketName", &name));
    }
    // Uploads that were not completed are no objects, and go with it.
    let uploads: Vec<(String, u64)> = row.uploads.iter().map(|(upload, _)| upload.clone()).collect();
    let analyses: Vec<String> = row.analyses.iter().map(|(id, _)| id.clone()).collect();
    if let Some(id) = row.id {
        world.s3.by_id.remove(&id);
    }
    for (key, order) in uploads {
        multipart::discard(world, &name, &key, order);
    }
    for id in analyses {
        super::analytics::forget(world, &name, &id);
    }
    world.s3.buckets.remove(&name);
    note(world, region, format!("s3://{name} deleted"));
    let now = world.now;
    world
        .usage
        .stop(&Subject::Named(format!("s3://{name}")), Measure::ObjectStorage, now);
    Ok(Structure::new())
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

/// Whether a call that names another account as the owner may go on.
pub(super) fn expected_owner(world: &World, owner: Option<&str>) -> Result<()> {
    match owner {
        Some(owner) if owner != world.account() => {
            Err(access_denied().remedy("The bucket belongs to another account than the call expects."))
        }
        _ => Ok(()),
    }
}

/// Directory buckets cannot be made here, so there are none.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListDirectoryBuckets.html>
pub(super) fn list_directory_buckets(_: &Request<'_>, _: &World) -> Result<Structure> {
    Ok(Structure::new().with(field::BUCKETS, Vec::<Structure>::new()))
}
