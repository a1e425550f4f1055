//! MFA delete: in a bucket that has it, only the account's root user deletes versions for good or changes the versioning, and only with
//! a code of an MFA device: `x-amz-mfa: serial code`.
//!
//! The device is a stand-in, as IAM's are here: root's own, `arn:aws:iam::ACCOUNT:mfa/root-account-mfa-device`, needs no setting up, and
//! any six digits are a right code (ours).
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiFactorAuthenticationDelete.html>

use super::errors::access_denied;
use crate::base::error::{Error, Result};
use crate::services::Request;
use crate::world::World;
use crate::world::objects::{Bucket, DocumentKind};
use stratus_model::{Structure, field};

fn denied(why: &str) -> Error {
    Error {
        message: why.to_owned(),
        ..access_denied()
    }
}

/// Whether a bucket asks for a code.
pub(super) fn is_on(bucket: &Bucket) -> bool {
    bucket.settings.mfa_delete == Some(true)
}

/// Whether the call comes from root with a code of its device.
///
/// # Errors
/// `AccessDenied`.
pub(super) fn admit(request: &Request<'_>, world: &World) -> Result<()> {
    let account = world.account();
    if request.principal.arn != format!("arn:aws:iam::{account}:root") {
        let why = "This operation may only be performed by the bucket owner";
        return Err(denied(why).remedy("Sign with the keys of the account's root user: MFA delete is for it alone."));
    }
    let device = format!("arn:aws:iam::{account}:mfa/root-account-mfa-device");
    let Some(given) = request.params.text(field::MFA) else {
        let why = "Mfa Authentication must be used for this request";
        return Err(denied(why).at("MFA").remedy(format!(
            "Send the device's serial number, a space and six digits: '{device} 123456'."
        )));
    };
    let right = given.split_once(' ').is_some_and(|(serial, code)| {
        serial == device && code.len() == 6 && code.bytes().all(|digit| digit.is_ascii_digit())
    });
    if right {
        return Ok(());
    }
    let why = "MultiFactorAuthentication failed with invalid MFA one time pass code.";
    Err(denied(why).at("MFA").remedy(format!(
        "The device of this world is {device}, and any six digits are a right code."
    )))
}

/// Whether a version may be deleted for good; a code that is given must be a right one in any case.
pub(super) fn admit_deletion(request: &Request<'_>, world: &World, bucket: &Bucket, for_good: bool) -> Result<()> {
    match is_on(bucket) && (for_good || request.params.contains(field::MFA)) {
        true => admit(request, world),
        false => Ok(()),
    }
}

/// What a change of the versioning makes of it: with a code where it is on, or is spoken of.
///
/// # Errors
/// `AccessDenied`; `InvalidBucketState` where lifecycle rules would delete what only root may.
pub(super) fn wanted(request: &Request<'_>, world: &World, bucket: &Bucket, given: &Structure) -> Result<Option<bool>> {
    let said = given.text(field::MFA_DELETE).map(|state| state == "Enabled");
    if said.is_some() || is_on(bucket) {
        admit(request, world)?;
    }
    if said == Some(true) && bucket.settings.documents.contains_key(&DocumentKind::Lifecycle) {
        return Err(conflict());
    }
    Ok(said.or(bucket.settings.mfa_delete))
}

/// Lifecycle rules and MFA delete exclude each other (the code is AWS's for such states, the words are ours).
pub(super) fn conflict() -> Error {
    let why = "Lifecycle configurations cannot be used with buckets that have MFA delete enabled.";
    Error::new("InvalidBucketState", why).with_status(409)
}
