//! Which images an account may use at all: Allowed AMIs. Off, on, or only watched.
//! Source: <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-allowed-amis.html>

use super::watermarks;
use crate::base::error::{Error, Result};
use crate::base::time::{Span, Time};
use crate::catalog::Region;
use crate::services::Request;
use crate::services::ec2::common::wildcard;
use crate::world::World;
use crate::world::compute::Image;
use crate::world::keeping::AllowedImages;
use crate::world::objects::Document;
use stratus_model::{Structure, field};

/// Criteria of a Region.
const CRITERIA: usize = 10;
const DAY: i64 = 24 * 60;

fn settings(world: &World, region: Region) -> AllowedImages {
    world
        .ec2(region)
        .map(|ec2| ec2.keeping.allowed.clone())
        .unwrap_or_default()
}

fn change(world: &mut World, region: Region, edit: impl FnOnce(&mut AllowedImages)) {
    if let Some(ec2) = world.regions.get_mut(&region) {
        edit(&mut ec2.keeping.allowed);
    }
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetAllowedImagesSettings.html>
pub(in super::super) fn get(request: &Request<'_>, world: &World) -> Result<Structure> {
    let settings = settings(world, request.region);
    let state = if settings.state.is_empty() {
        "disabled"
    } else {
        &settings.state
    };
    let criteria: Vec<Structure> = settings.criteria.iter().map(|document| document.0.clone()).collect();
    Ok(Structure::new()
        .with(field::STATE, state)
        .with(field::IMAGE_CRITERIA, criteria)
        .with(field::MANAGED_BY, "account"))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableAllowedImagesSettings.html>
pub(in super::super) fn enable(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let state = request
        .params
        .text(field::ALLOWED_IMAGES_SETTINGS_STATE)
        .unwrap_or_default();
    change(world, request.region, |settings| settings.state = state.to_owned());
    Ok(Structure::new().with(field::ALLOWED_IMAGES_SETTINGS_STATE, state))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisableAllowedImagesSettings.html>
pub(in super::super) fn disable(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    change(world, request.region, |settings| settings.state.clear());
    Ok(Structure::new().with(field::ALLOWED_IMAGES_SETTINGS_STATE, "disabled"))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReplaceImageCriteriaInAllowedImagesSettings.html>
pub(in super::super) fn replace(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let criteria: Vec<Document> = request
        .params
        .structures(field::IMAGE_CRITERIA)
        .map(|criterion| Document(criterion.clone()))
        .collect();
    if criteria
        .iter()
        .any(|criterion| criterion.0.contains(field::SCAN_RESULT_CONDITION))
    {
        let why = "The parameter ScanResultCondition is not simulated: nobody has scanned an image.";
        return Err(Error::new("Unsupported", why)
            .at("ImageCriteria")
            .remedy("Leave it out."));
    }
    if criteria.len() > CRITERIA {
        let why = format!("A Region has at most {CRITERIA} image criteria.");
        return Err(Error::new("InvalidParameterValue", why).at("ImageCriteria"));
    }
    change(world, request.region, |settings| settings.criteria = criteria);
    Ok(Structure::new().with(field::RETURN_VALUE, true))
}

/// Whether something happened within so many days.
pub(super) fn is_within(days: i64, since: Time, now: Time) -> bool {
    since + Span::minutes(days.saturating_mul(DAY)) >= now
}

/// Whether the criteria let an image in: one of them must fit in all that it says. The account's own always are.
fn fits(world: &World, criterion: &Structure, image: &Image) -> bool {
    let providers: Vec<&str> = criterion.texts(field::IMAGE_PROVIDERS).collect();
    let alias = image.owner_alias.as_deref().map(|alias| alias.replace('-', "_"));
    let provided = providers.is_empty()
        || providers.iter().any(|one| {
            let one = one.replace('-', "_");
            one == image.owner || Some(&one) == alias.as_ref() || (one == "none" && image.owner == world.account())
        });
    let names: Vec<&str> = criterion.texts(field::IMAGE_NAMES).collect();
    let named = names.is_empty() || names.iter().any(|pattern| wildcard(pattern, &image.name));
    let mut codes = criterion.texts(field::MARKETPLACE_PRODUCT_CODES).peekable();
    let sold = codes.peek().is_none() || codes.any(|code| image.product_codes.iter().any(|own| own == code));
    let within = |days: i64, since: Time| is_within(days, since, world.now);
    let created = criterion.structure(field::CREATION_DATE_CONDITION);
    let fresh = created
        .and_then(|condition| condition.integer(field::MAXIMUM_DAYS_SINCE_CREATED))
        .is_none_or(|days| within(days, image.created));
    let deprecated = criterion.structure(field::DEPRECATION_TIME_CONDITION);
    let current = deprecated
        .and_then(|condition| condition.integer(field::MAXIMUM_DAYS_SINCE_DEPRECATED))
        .is_none_or(|days| image.deprecated.is_none_or(|since| within(days, since)));
    provided && named && sold && fresh && current && watermarks::fits(criterion, image, world.now)
}

/// Whether the account's settings let an image be used; `None` = nobody has asked for them to be looked at.
pub(crate) fn allows(world: &World, region: Region, image: &Image) -> Option<bool> {
    let settings = settings(world, region);
    if settings.state.is_empty() {
        return None;
    }
    let own = image.owner == world.account();
    Some(
        own || settings
            .criteria
            .iter()
            .any(|criterion| fits(world, &criterion.0, image)),
    )
}

/// Whether an image may be used as far as the settings go: all may while nobody asks for them to be looked at (ours: AWS's page only
/// shows what stands there while they are looked at).
pub(crate) fn may_use(world: &World, region: Region, image: &Image) -> bool {
    allows(world, region, image) != Some(false)
}

/// Whether the settings keep an image from the account: those in audit mode only say what they would do.
pub(super) fn hides(world: &World, region: Region, image: &Image) -> bool {
    let enabled = world
        .ec2(region)
        .is_some_and(|ec2| ec2.keeping.allowed.state == "enabled");
    enabled && !may_use(world, region, image)
}

/// Refuses an image that may not be used.
///
/// # Errors
/// `InvalidAMIID.NotFound`-like refusal of RunInstances while the settings are enabled.
pub(crate) fn check(world: &World, region: Region, image: &Image) -> Result<()> {
    if !hides(world, region, image) {
        return Ok(());
    }
    let why = format!(
        "The image id '[{}]' is not allowed by the Allowed AMIs settings of the account.",
        image.id
    );
    Err(Error::new("InvalidAMIID.NotFound", why)
        .at("ImageId")
        .remedy("ReplaceImageCriteriaInAllowedImagesSettings lets more in."))
}
