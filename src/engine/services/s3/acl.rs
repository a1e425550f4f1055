//! Access control lists: canned ones, grants in headers, whole lists. They are kept and shown; where ownership is
//! BucketOwnerEnforced, as in every new bucket, they are off and cannot be set.
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html>

use super::errors::{access_denied, invalid_argument, invalid_request, malformed_xml};
use super::{bucket, canonical_id, owner, settings, shelf};
use crate::base::error::{Error, Result};
use crate::services::Request;
use crate::world::World;
use crate::world::objects::{Bucket, Grant, Grantee, Ownership};
use stratus_model::{Name, Structure, field};

pub(super) const ALL_USERS: &str = "http://acs.amazonaws.com/groups/global/AllUsers";
pub(super) const AUTHENTICATED: &str = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers";
const LOG_DELIVERY: &str = "http://acs.amazonaws.com/groups/s3/LogDelivery";
/// The canonical id that reads bundles of machine images (`aws-exec-read`).
const EXEC: &str = "6aa5a366c34c1cbe25dc49211496e913e0351eb0e8c37aa3477e40942ec6b97c";
/// Grants of one list.
const GRANTS: usize = 100;

/// Headers that grant something.
const HEADERS: [(Name, &str); 5] = [
    (field::GRANT_FULL_CONTROL, "FULL_CONTROL"),
    (field::GRANT_READ, "READ"),
    (field::GRANT_READ_ACP, "READ_ACP"),
    (field::GRANT_WRITE, "WRITE"),
    (field::GRANT_WRITE_ACP, "WRITE_ACP"),
];

/// `AccessControlListNotSupported`.
fn not_supported() -> Error {
    Error::new("AccessControlListNotSupported", "The bucket does not allow ACLs")
        .at("ACL")
        .remedy("Leave the ACL out, or set Object Ownership to ObjectWriter: PutBucketOwnershipControls.")
}

/// The ACL that a call gives to what it makes; nothing where it gives none.
///
/// # Errors
/// `AccessControlListNotSupported`, `InvalidArgument`, `InvalidRequest`; `AccessDenied` for a public one that is blocked.
pub(super) fn chosen(params: &Structure, bucket: &Bucket, world: &World) -> Result<Vec<Grant>> {
    let grants = given(params, world)?.unwrap_or_default();
    let harmless = matches!(params.text(field::ACL), None | Some("bucket-owner-full-control"))
        && grants
            .iter()
            .all(|grant| is_owner(grant, world) && grant.permission == "FULL_CONTROL");
    if bucket.settings.ownership == Some(Ownership::BucketOwnerEnforced) {
        return if harmless { Ok(Vec::new()) } else { Err(not_supported()) };
    }
    admit(bucket, &grants)?;
    Ok(grants)
}

fn is_owner(grant: &Grant, world: &World) -> bool {
    grant.grantee == Grantee::Account(canonical_id(world))
}

/// Whether a list lets everybody in, or everybody with an account.
pub(super) fn is_public(grants: &[Grant]) -> bool {
    grants
        .iter()
        .any(|grant| matches!(&grant.grantee, Grantee::Group(uri) if uri == ALL_USERS || uri == AUTHENTICATED))
}

/// Whether a list grants this permission to everybody; `signed`: to everybody who has keys, of whatever account.
pub(super) fn grants_everybody(grants: &[Grant], permission: &str, signed: bool) -> bool {
    let group = |uri: &str| uri == ALL_USERS || (signed && uri == AUTHENTICATED);
    grants.iter().any(|grant| {
        let everybody = matches!(&grant.grantee, Grantee::Group(uri) if group(uri));
        everybody && (grant.permission == permission || grant.permission == "FULL_CONTROL")
    })
}

fn admit(bucket: &Bucket, grants: &[Grant]) -> Result<()> {
    let blocked = bucket.settings.public_access.is_some_and(|access| access.block_acls);
    if blocked && is_public(grants) {
        return Err(access_denied().remedy("The bucket blocks public ACLs: BlockPublicAcls."));
    }
    Ok(())
}

/// The grants of a call, from `ACL`, the headers, or the list in its body; `None` where it says nothing.
pub(super) fn given(params: &Structure, world: &World) -> Result<Option<Vec<Grant>>> {
    let canned_acl = params.text(field::ACL);
    let headers = HEADERS.iter().any(|(name, _)| params.contains(*name));
    let body = params.structure(field::ACCESS_CONTROL_POLICY);
    if canned_acl.is_some() && headers {
        return Err(invalid_request(
            "Specifying both Canned ACLs and Header Grants is not allowed",
        ));
    }
    if body.is_some() && (canned_acl.is_some() || headers) {
        let text = "This request does not support content";
        return Err(Error::new("UnexpectedContent", text).at("AccessControlPolicy"));
    }
    if let Some(name) = canned_acl {
        return canned(name, world).map(Some);
    }
    if let Some(body) = body {
        return listed(body, world).map(Some);
    }
    if !headers {
        return Ok(None);
    }
    let mut grants = Vec::new();
    for (name, permission) in HEADERS {
        for one in params
            .text(name)
            .unwrap_or_default()
            .split(',')
            .filter(|one| !one.trim().is_empty())
        {
            grants.push(header_grant(one.trim(), permission)?);
        }
    }
    limited(grants).map(Some)
}

fn limited(grants: Vec<Grant>) -> Result<Vec<Grant>> {
    if grants.len() > GRANTS {
        let text = format!("Number of grants in the ACL exceeds the limit of {GRANTS}");
        return Err(invalid_request(text));
    }
    Ok(grants)
}

fn grant(grantee: Grantee, permission: &str) -> Grant {
    Grant {
        grantee,
        permission: permission.to_owned(),
    }
}

fn canned(name: &str, world: &World) -> Result<Vec<Grant>> {
    let group = |uri: &str, permission: &str| grant(Grantee::Group(uri.to_owned()), permission);
    let more = match name {
        // All is one account's here: the bucket's owner is the object's.
        "private" | "bucket-owner-read" | "bucket-owner-full-control" => Vec::new(),
        "public-read" => vec![group(ALL_USERS, "READ")],
        "public-read-write" => vec![group(ALL_USERS, "READ"), group(ALL_USERS, "WRITE")],
        "authenticated-read" => vec![group(AUTHENTICATED, "READ")],
        "aws-exec-read" => vec![grant(Grantee::Account(EXEC.to_owned()), "READ")],
        "log-delivery-write" => vec![group(LOG_DELIVERY, "WRITE"), group(LOG_DELIVERY, "READ_ACP")],
        other => return Err(invalid_argument("", "x-amz-acl", other)),
    };
    if more.is_empty() {
        return Ok(more);
    }
    let own = grant(Grantee::Account(canonical_id(world)), "FULL_CONTROL");
    Ok([own].into_iter().chain(more).collect())
}

/// `id="…"`, `uri="…"`.
fn header_grant(text: &str, permission: &str) -> Result<Grant> {
    let (kind, value) = text.split_once('=').unwrap_or((text, ""));
    grantee(kind.trim(), value.trim().trim_matches('"')).map(|grantee| grant(grantee, permission))
}

fn grantee(kind: &str, value: &str) -> Result<Grantee> {
    match kind {
        "id" if value.len() == 64 && value.bytes().all(|b| b.is_ascii_hexdigit()) => {
            Ok(Grantee::Account(value.to_owned()))
        }
        "id" => Err(invalid_argument("Invalid id", "CanonicalUser/ID", value)),
        "uri" if matches!(value, ALL_USERS | AUTHENTICATED | LOG_DELIVERY) => Ok(Grantee::Group(value.to_owned())),
        "uri" => Err(invalid_argument("Invalid group uri", "uri", value)),
        "emailAddress" => Err(Error::new(
            "UnresolvableGrantByEmailAddress",
            "The e-mail address you provided does not match any account on record.",
        )
        .at("EmailAddress")),
        _ => Err(invalid_argument("Argument format not recognized", "x-amz-grant", kind)),
    }
}

fn listed(body: &Structure, world: &World) -> Result<Vec<Grant>> {
    let named = body.structure(field::OWNER).and_then(|owner| owner.text(field::ID_));
    match named {
        None => return Err(malformed_xml("AccessControlPolicy.Owner")),
        Some(id) if id != canonical_id(world) => return Err(access_denied()),
        Some(_) => {}
    }
    let mut grants = Vec::new();
    for one in body.structures(field::GRANTS) {
        let to = one
            .structure(field::GRANTEE)
            .ok_or_else(|| malformed_xml("AccessControlPolicy.Grants"))?;
        let permission = one
            .text(field::PERMISSION)
            .ok_or_else(|| malformed_xml("AccessControlPolicy.Grants"))?;
        let text = |name| to.text(name).unwrap_or_default();
        let to = match to.text(field::TYPE) {
            Some("Group") => grantee("uri", text(field::URI)),
            Some("AmazonCustomerByEmail") => grantee("emailAddress", text(field::EMAIL_ADDRESS)),
            _ => grantee("id", text(field::ID_)),
        };
        grants.push(grant(to?, permission));
    }
    limited(grants)
}

/// A list as answers show it.
fn shown(grants: &[Grant], world: &World) -> Structure {
    let own = [grant(Grantee::Account(canonical_id(world)), "FULL_CONTROL")];
    let grants = if grants.is_empty() { &own[..] } else { grants };
    let grants: Vec<Structure> = grants
        .iter()
        .map(|grant| {
            let to = match &grant.grantee {
                Grantee::Account(id) => Structure::new()
                    .with(field::TYPE, "CanonicalUser")
                    .with(field::ID_, id.as_str()),
                Grantee::Group(uri) => Structure::new()
                    .with(field::TYPE, "Group")
                    .with(field::URI, uri.as_str()),
            };
            Structure::new()
                .with(field::GRANTEE, to)
                .with(field::PERMISSION, grant.permission.as_str())
        })
        .collect();
    Structure::new()
        .with(field::OWNER, owner(world))
        .with(field::GRANTS, grants)
}

/// The ACL of a call that sets nothing but that.
fn new_list(request: &Request<'_>, world: &World) -> Result<Vec<Grant>> {
    let row = bucket(request, world)?;
    let Some(grants) = given(request.params, world)? else {
        let text = "Your request was missing a required header";
        return Err(Error::new("MissingSecurityHeader", text)
            .at("ACL")
            .detail("MissingHeaderName", "x-amz-acl"));
    };
    if row.settings.ownership == Some(Ownership::BucketOwnerEnforced) {
        return Err(not_supported());
    }
    admit(row, &grants)?;
    Ok(grants)
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAcl.html>
pub(super) fn put_bucket(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let name = bucket(request, world)?.name.clone();
    let grants = new_list(request, world)?;
    settings(world, &name, "ACL", |settings| settings.acl = grants);
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketAcl.html>
pub(super) fn get_bucket(request: &Request<'_>, world: &World) -> Result<Structure> {
    let row = bucket(request, world)?;
    Ok(shown(counting(row, &row.settings.acl), world))
}

/// Where ACLs are off, the owner has everything, whatever was set before.
fn counting<'w>(bucket: &Bucket, grants: &'w [Grant]) -> &'w [Grant] {
    match bucket.settings.ownership {
        Some(Ownership::BucketOwnerEnforced) => &[],
        _ => grants,
    }
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectAcl.html>
pub(super) fn put_object(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let params = request.params;
    let (key, version) = (super::put::key(params)?, params.text(field::VERSION_ID));
    let row = bucket(request, world)?;
    let name = row.name.clone();
    shelf::object(row, key, version, "PUT")?;
    let grants = new_list(request, world)?;
    shelf::amend(world, &name, key, version, |object| object.acl = grants);
    super::happened(request, world, "ObjectAcl:Put", (&name, key, version));
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAcl.html>
pub(super) fn get_object(request: &Request<'_>, world: &World) -> Result<Structure> {
    let params = request.params;
    let row = bucket(request, world)?;
    let object = shelf::object(row, super::put::key(params)?, params.text(field::VERSION_ID), "GET")?;
    Ok(shown(counting(row, &object.acl), world))
}
