//! What is switched on and off of images: enabled, deprecated, protected, resettable, public at all.
//!
//! <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ami-lifecycle.html>

use super::own;
use crate::base::error::{Error, Result};
use crate::base::ids::{ImageId, Kind};
use crate::base::time::{Span, Time};
use crate::catalog::Region;
use crate::services::Request;
use crate::services::ec2::common::{find, note, returned};
use crate::world::World;
use crate::world::compute::Image;
use crate::world::launching::ImageMore;
use stratus_model::{Structure, field};

/// How long a protection with cooldown outlasts its end (AWS).
const COOLDOWN: Span = Span::minutes(24 * 60);
/// How far ahead an image can be deprecated (AWS: ten years).
const DEPRECATION: Span = Span::minutes(10 * 365 * 24 * 60 + 3 * 24 * 60);

pub(super) fn named<'w>(request: &Request<'_>, world: &'w World) -> Result<&'w Image> {
    let text = request.params.text(field::IMAGE_ID).unwrap_or_default();
    let id = own(world, request.region, text).map_err(|error| error.at("ImageId"))?;
    find(world, request.region, Kind::Image, &id.to_string())
}

fn change(world: &mut World, region: Region, id: ImageId, text: &'static str, with: impl FnOnce(&mut Image)) {
    world.update(region, id, with);
    note(world, region, id, text);
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableImage.html>
pub(in super::super) fn enable(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let row = named(request, world)?;
    let id = row.id;
    if !matches!(row.state.as_str(), "disabled" | "available") {
        return Err(not_now(row));
    }
    change(world, request.region, id, "enabled", |row| {
        row.more.disabled = false;
        row.state = "available".to_owned();
    });
    returned()
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisableImage.html>: nobody can launch it, and all launch
/// permissions are gone for good.
pub(in super::super) fn disable(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let row = named(request, world)?;
    let id = row.id;
    if !matches!(row.state.as_str(), "disabled" | "available") {
        return Err(not_now(row));
    }
    change(world, request.region, id, "disabled, and private", |row| {
        row.more.disabled = true;
        row.state = "disabled".to_owned();
        row.public = false;
        row.shared_with.clear();
    });
    returned()
}

fn not_now(row: &Image) -> Error {
    let text = format!(
        "The image '{}' is not in a state from which it can be enabled or disabled: it is '{}'.",
        row.id, row.state
    );
    Error::new("IncorrectState", text).at("ImageId")
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableImageDeprecation.html>: to the minute, seconds are
/// rounded.
pub(in super::super) fn enable_deprecation(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let id = named(request, world)?.id;
    let at = request.params.timestamp(field::DEPRECATE_AT).unwrap_or(0);
    let minute = Time((at.saturating_add(30_000)).div_euclid(60_000).saturating_mul(60_000));
    if minute <= world.now || minute > world.now + DEPRECATION {
        return Err(Error::invalid(
            "DeprecateAt",
            "it must lie in the future, at most ten years ahead",
        ));
    }
    change(world, request.region, id, "will be deprecated", |row| {
        row.deprecated = Some(minute)
    });
    returned()
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisableImageDeprecation.html>
pub(in super::super) fn disable_deprecation(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let id = named(request, world)?.id;
    change(world, request.region, id, "not deprecated", |row| row.deprecated = None);
    returned()
}

/// Whether an image cannot be deregistered, and how DescribeImages says so.
pub(super) fn protection(row: &Image, now: Time) -> &'static str {
    match (row.more.protected, row.more.cooldown) {
        (true, true) => "enabled-with-cooldown",
        (true, false) => "enabled-without-cooldown",
        (false, _) if row.more.protected_until.is_some_and(|until| until > now) => "enabled-with-cooldown",
        (false, _) => "disabled",
    }
}

/// Refuses to deregister a protected image.
///
/// # Errors
/// `OperationNotPermitted`.
pub(super) fn may_deregister(row: &Image, now: Time) -> Result<()> {
    if protection(row, now) == "disabled" {
        return Ok(());
    }
    let text = format!(
        "The image '{}' is protected from deregistration. Disable its deregistration protection, and try again.",
        row.id
    );
    Err(Error::new("OperationNotPermitted", text).at("ImageId"))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableImageDeregistrationProtection.html>
pub(in super::super) fn protect(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let id = named(request, world)?.id;
    let cooldown = request.params.boolean(field::WITH_COOLDOWN) == Some(true);
    change(world, request.region, id, "protected from deregistration", |row| {
        row.more = ImageMore {
            protected: true,
            cooldown,
            protected_until: None,
            ..row.more.clone()
        };
    });
    // The model has text here, where others have a flag.
    Ok(Structure::new().with(field::RETURN, "true"))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisableImageDeregistrationProtection.html>: with a cooldown it
/// ends a day later.
pub(in super::super) fn unprotect(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let row = named(request, world)?;
    let (id, until) = (row.id, row.more.protected_until);
    let ends = if row.more.protected && row.more.cooldown {
        Some(world.now + COOLDOWN)
    } else {
        until
    };
    change(
        world,
        request.region,
        id,
        "its protection from deregistration ends",
        |row| {
            row.more = ImageMore {
                protected: false,
                cooldown: false,
                protected_until: ends,
                ..row.more.clone()
            };
        },
    );
    Ok(Structure::new().with(field::RETURN, "true"))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ResetImageAttribute.html>: launch permissions only.
pub(in super::super) fn reset_attribute(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let id = named(request, world)?.id;
    change(world, request.region, id, "launch permissions reset", |row| {
        row.public = false;
        row.shared_with.clear();
    });
    Ok(Structure::new())
}

/// Whether an image may be made public in a Region.
///
/// # Errors
/// `OperationNotPermitted`.
pub(super) fn may_publish(world: &World, region: Region) -> Result<()> {
    if world.blocks_public_images(region) {
        let text = "You can't publicly share this image because block public access for AMIs is enabled for this account. To publicly share the image, you must call the DisableImageBlockPublicAccess API.";
        return Err(Error::new("OperationNotPermitted", text).at("LaunchPermission").remedy(
            "New accounts begin like this. Call DisableImageBlockPublicAccess, if everybody is to have the image.",
        ));
    }
    Ok(())
}

fn block(request: &Request<'_>, world: &mut World, blocked: bool) -> Result<Structure> {
    if let Some(ec2) = world.regions.get_mut(&request.region) {
        ec2.settings.images_public = !blocked;
    }
    block_state(request, world)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableImageBlockPublicAccess.html>. At once (AWS: within ten
/// minutes); images that are public stay so.
pub(in super::super) fn enable_block(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    block(request, world, true)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisableImageBlockPublicAccess.html>
pub(in super::super) fn disable_block(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    block(request, world, false)
}

fn block_state(request: &Request<'_>, world: &World) -> Result<Structure> {
    let state = if world.blocks_public_images(request.region) {
        "block-new-sharing"
    } else {
        "unblocked"
    };
    Ok(Structure::new().with(field::IMAGE_BLOCK_PUBLIC_ACCESS_STATE, state))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetImageBlockPublicAccessState.html>
pub(in super::super) fn get_block(request: &Request<'_>, world: &World) -> Result<Structure> {
    Ok(block_state(request, world)?.with(field::MANAGED_BY, "account"))
}
