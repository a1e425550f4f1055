//! What an account decides for EBS in a Region: encryption by default, the key for it, and whether snapshots may be public.
//! <https://docs.aws.amazon.com/ebs/latest/userguide/encryption-by-default.html>,
//! <https://docs.aws.amazon.com/ebs/latest/userguide/block-public-access-snapshots.html>

use super::keys;
use crate::base::error::{Error, Result};
use crate::catalog::Region;
use crate::services::{Handler, Request};
use crate::world::World;
use crate::world::journal::{Cause, Event};
use crate::world::storage::{EbsSettings, Sharing};
use stratus_model::{Structure, field};

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    Some(match operation {
        "EnableEbsEncryptionByDefault" => Handler::Write(|request, world| encrypt(request, world, true)),
        "DisableEbsEncryptionByDefault" => Handler::Write(|request, world| encrypt(request, world, false)),
        "GetEbsEncryptionByDefault" => Handler::Read(|request, world| Ok(encryption(encrypts(world, request.region)))),
        "GetEbsDefaultKmsKeyId" => Handler::Read(default_key),
        "ModifyEbsDefaultKmsKeyId" => Handler::Write(set_default_key),
        "ResetEbsDefaultKmsKeyId" => Handler::Write(reset_default_key),
        "GetSnapshotBlockPublicAccessState" => Handler::Read(sharing_state),
        "EnableSnapshotBlockPublicAccess" => Handler::Write(block_sharing),
        "DisableSnapshotBlockPublicAccess" => Handler::Write(unblock_sharing),
        _ => return None,
    })
}

/// The alias of AWS's own key, as the API names it where nobody has chosen another.
const AWS_KEY: &str = "alias/aws/ebs";

/// What has been decided in a Region.
fn of(world: &World, region: Region) -> EbsSettings {
    world.ec2(region).map(|ec2| ec2.ebs.clone()).unwrap_or_default()
}

/// Whether everything new is encrypted.
pub(crate) fn encrypts(world: &World, region: Region) -> bool {
    world.ec2(region).is_some_and(|ec2| ec2.ebs.encrypt)
}

/// The key that is used where none is named, as an ARN.
pub(crate) fn key(world: &World, region: Region) -> String {
    of(world, region).key.unwrap_or_else(|| keys::default(world, region))
}

/// What of public sharing is blocked.
pub(super) fn sharing(world: &World, region: Region) -> Sharing {
    of(world, region).sharing
}

/// Changes what has been decided, and says so in the journal.
fn change(request: &Request<'_>, world: &mut World, text: String, change: impl FnOnce(&mut EbsSettings)) {
    if let Some(ec2) = world.regions.get_mut(&request.region) {
        change(&mut ec2.ebs);
    }
    let event = Event {
        at: world.now,
        region: Some(request.region),
        resource: None,
        text: text.into(),
        cause: Cause::Call(world.calls),
    };
    world.journal.note(event);
}

fn encryption(on: bool) -> Structure {
    Structure::new().with(field::EBS_ENCRYPTION_BY_DEFAULT, on)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableEbsEncryptionByDefault.html>: what exists stays as it is.
fn encrypt(request: &Request<'_>, world: &mut World, on: bool) -> Result<Structure> {
    let words = if on { "on" } else { "off" };
    change(
        request,
        world,
        format!("EBS encryption by default is {words}"),
        |settings| settings.encrypt = on,
    );
    Ok(encryption(on))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetEbsDefaultKmsKeyId.html>
fn default_key(request: &Request<'_>, world: &World) -> Result<Structure> {
    let key = of(world, request.region).key;
    Ok(Structure::new().with(field::KMS_KEY_ID, key.unwrap_or_else(|| AWS_KEY.to_owned())))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyEbsDefaultKmsKeyId.html>
fn set_default_key(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let text = request.params.text(field::KMS_KEY_ID).unwrap_or_default();
    let key = keys::resolve(world, request.region, text)?;
    let own = (key != keys::default(world, request.region)).then(|| key.clone());
    change(request, world, format!("EBS encrypts with {key}"), |settings| {
        settings.key = own;
    });
    Ok(Structure::new().with(field::KMS_KEY_ID, key))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ResetEbsDefaultKmsKeyId.html>
fn reset_default_key(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    change(request, world, format!("EBS encrypts with {AWS_KEY}"), |settings| {
        settings.key = None;
    });
    Ok(Structure::new().with(field::KMS_KEY_ID, AWS_KEY))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetSnapshotBlockPublicAccessState.html>
fn sharing_state(request: &Request<'_>, world: &World) -> Result<Structure> {
    Ok(Structure::new()
        .with(field::STATE, sharing(world, request.region).name())
        .with(field::MANAGED_BY, "account"))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableSnapshotBlockPublicAccess.html>
fn block_sharing(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let text = request.params.text(field::STATE).unwrap_or_default();
    let sharing = match text {
        "block-all-sharing" => Sharing::BlockAll,
        "block-new-sharing" => Sharing::BlockNew,
        _ => {
            let why = format!(
                "Value ({text}) for parameter state is invalid. Valid values: block-all-sharing, block-new-sharing"
            );
            return Err(Error::new("InvalidParameterValue", why).at("State"));
        }
    };
    set_sharing(request, world, sharing)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisableSnapshotBlockPublicAccess.html>
fn unblock_sharing(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    set_sharing(request, world, Sharing::Unblocked)
}

fn set_sharing(request: &Request<'_>, world: &mut World, sharing: Sharing) -> Result<Structure> {
    let text = format!("public sharing of snapshots: {}", sharing.name());
    change(request, world, text, |settings| settings.sharing = sharing);
    Ok(Structure::new().with(field::STATE, sharing.name()))
}
