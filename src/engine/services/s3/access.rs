//! Who may get at a bucket at all: Object Ownership, Block Public Access, and what the bucket's policy amounts to. Kept and
//! judged when they are set. What they decide: `public.rs` of calls that nobody signed, `requests.rs` of those over the network, and
//! `bound.rs` of the account's own.

use super::errors::{access_denied, malformed_xml, not_set};
use super::{acl, bucket, meaning, policy, settings};
use crate::base::error::{Error, Result};
use crate::services::Request;
use crate::world::World;
use crate::world::objects::{Ownership, PublicAccess};
use stratus_model::{Structure, field};

/// Ownership by the API's name.
pub(super) fn ownership(text: &str) -> Option<Ownership> {
    [
        Ownership::BucketOwnerEnforced,
        Ownership::BucketOwnerPreferred,
        Ownership::ObjectWriter,
    ]
    .into_iter()
    .find(|ownership| ownership.name() == text)
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketOwnershipControls.html>
pub(super) fn put_ownership(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let row = bucket(request, world)?;
    let name = row.name.clone();
    let rules: Vec<&Structure> = request
        .params
        .structure(field::OWNERSHIP_CONTROLS)
        .into_iter()
        .flat_map(|controls| controls.structures(field::RULES))
        .collect();
    let [rule] = rules[..] else {
        return Err(malformed_xml("OwnershipControls.Rules"));
    };
    let chosen = rule.text(field::OBJECT_OWNERSHIP).and_then(ownership);
    let chosen = chosen.ok_or_else(|| malformed_xml("OwnershipControls.Rules"))?;
    if chosen == Ownership::BucketOwnerEnforced && !row.settings.acl.is_empty() {
        let text = "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting";
        return Err(Error::new("InvalidBucketAclWithObjectOwnership", text)
            .at("OwnershipControls")
            .remedy("Set the bucket's ACL to private first: PutBucketAcl."));
    }
    settings(world, &name, "object ownership", |settings| {
        settings.ownership = Some(chosen)
    });
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketOwnershipControls.html>
pub(super) fn get_ownership(request: &Request<'_>, world: &World) -> Result<Structure> {
    let row = bucket(request, world)?;
    let Some(ownership) = row.settings.ownership else {
        let text = "The bucket ownership controls were not found";
        return Err(not_set("OwnershipControlsNotFoundError", text, &row.name));
    };
    let rule = Structure::new().with(field::OBJECT_OWNERSHIP, ownership.name());
    let controls = Structure::new().with(field::RULES, vec![rule]);
    Ok(Structure::new().with(field::OWNERSHIP_CONTROLS, controls))
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketOwnershipControls.html>
pub(super) fn delete_ownership(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let name = bucket(request, world)?.name.clone();
    settings(world, &name, "object ownership", |settings| settings.ownership = None);
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutPublicAccessBlock.html>
pub(super) fn put_block(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let name = bucket(request, world)?.name.clone();
    let given = request
        .params
        .structure(field::PUBLIC_ACCESS_BLOCK_CONFIGURATION)
        .filter(|given| !given.is_empty())
        .ok_or_else(|| malformed_xml("PublicAccessBlockConfiguration"))?;
    let on = |name| given.boolean(name) == Some(true);
    let access = PublicAccess {
        block_acls: on(field::BLOCK_PUBLIC_ACLS),
        ignore_acls: on(field::IGNORE_PUBLIC_ACLS),
        block_policy: on(field::BLOCK_PUBLIC_POLICY),
        restrict: on(field::RESTRICT_PUBLIC_BUCKETS),
    };
    settings(world, &name, "public access block", |settings| {
        settings.public_access = Some(access);
    });
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetPublicAccessBlock.html>
pub(super) fn get_block(request: &Request<'_>, world: &World) -> Result<Structure> {
    let row = bucket(request, world)?;
    let Some(access) = row.settings.public_access else {
        let text = "The public access block configuration was not found";
        return Err(not_set("NoSuchPublicAccessBlockConfiguration", text, &row.name));
    };
    let shown = Structure::new()
        .with(field::BLOCK_PUBLIC_ACLS, access.block_acls)
        .with(field::IGNORE_PUBLIC_ACLS, access.ignore_acls)
        .with(field::BLOCK_PUBLIC_POLICY, access.block_policy)
        .with(field::RESTRICT_PUBLIC_BUCKETS, access.restrict);
    Ok(Structure::new().with(field::PUBLIC_ACCESS_BLOCK_CONFIGURATION, shown))
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeletePublicAccessBlock.html>
pub(super) fn delete_block(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let name = bucket(request, world)?.name.clone();
    settings(world, &name, "public access block", |settings| {
        settings.public_access = None
    });
    Ok(Structure::new())
}

/// `NoSuchBucketPolicy`.
fn no_policy(name: &str) -> Error {
    not_set("NoSuchBucketPolicy", "The bucket policy does not exist", name)
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html>
pub(super) fn put_policy(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let row = bucket(request, world)?;
    let name = row.name.clone();
    let text = request.params.text(field::POLICY).unwrap_or_default();
    let read = policy::read(text, &name)?;
    policy::check_principals(world, &read)?;
    if meaning::is_public(&read) && row.settings.public_access.is_some_and(|access| access.block_policy) {
        let action = "s3:PutBucketPolicy";
        let text = format!(
            "User: {} is not authorized to perform: {action} on resource: \"arn:aws:s3:::{name}\" because public policies \
             are prevented by the BlockPublicPolicy setting in S3 Block Public Access.",
            request.principal.arn
        );
        return Err(Error {
            message: text,
            ..access_denied().remedy("Turn BlockPublicPolicy off first: PutPublicAccessBlock.")
        });
    }
    let kept = policy::compact(text);
    settings(world, &name, "policy", |settings| settings.policy = Some(kept));
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicy.html>
pub(super) fn get_policy(request: &Request<'_>, world: &World) -> Result<Structure> {
    let row = bucket(request, world)?;
    let policy = row.settings.policy.as_deref().ok_or_else(|| no_policy(&row.name))?;
    Ok(Structure::new().with(field::POLICY, policy))
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketPolicy.html>
pub(super) fn delete_policy(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let name = bucket(request, world)?.name.clone();
    settings(world, &name, "policy", |settings| settings.policy = None);
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicyStatus.html>
pub(super) fn policy_status(request: &Request<'_>, world: &World) -> Result<Structure> {
    let row = bucket(request, world)?;
    let text = row.settings.policy.as_deref().ok_or_else(|| no_policy(&row.name))?;
    let restricted = row.settings.public_access.is_some_and(|access| access.restrict);
    let ignored = row.settings.public_access.is_some_and(|access| access.ignore_acls);
    let enforced = row.settings.ownership == Some(Ownership::BucketOwnerEnforced);
    let by_policy = policy::read(text, &row.name).is_ok_and(|policy| meaning::is_public(&policy)) && !restricted;
    let by_acl = acl::is_public(&row.settings.acl) && !ignored && !enforced;
    let status = Structure::new().with(field::IS_PUBLIC, by_policy || by_acl);
    Ok(Structure::new().with(field::POLICY_STATUS, status))
}
