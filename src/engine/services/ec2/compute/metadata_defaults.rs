//! What an account prefers for the metadata options of its launches in a Region.
//!
//! <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-options-order-of-precedence.html>

use crate::base::error::{Error, Result};
use crate::catalog::Region;
use crate::services::Request;
use crate::services::ec2::common::returned;
use crate::world::World;
use crate::world::compute::MetadataOptions;
use stratus_model::{Name, Structure, field};

/// The preferences that are words.
const WORDS: [Name; 4] = [
    field::HTTP_TOKENS,
    field::HTTP_ENDPOINT,
    field::INSTANCE_METADATA_TAGS,
    field::HTTP_TOKENS_ENFORCED,
];

fn set(world: &World, region: Region, name: Name) -> Option<&str> {
    let settings = &world.ec2(region)?.settings.metadata;
    // Mostly nothing is set; then the name need not be known, of which the page has not all at first.
    if settings.is_empty() {
        return None;
    }
    settings.get(name.text()).map(String::as_str)
}

/// Changes what an image says to what the account prefers.
pub(super) fn apply(world: &World, region: Region, options: &mut MetadataOptions) {
    let says = |name| set(world, region, name);
    if let Some(tokens) = says(field::HTTP_TOKENS) {
        options.tokens_required = tokens == "required";
    }
    if let Some(limit) = says(field::HTTP_PUT_RESPONSE_HOP_LIMIT).and_then(|text| text.parse().ok()) {
        options.hop_limit = limit;
    }
    if let Some(endpoint) = says(field::HTTP_ENDPOINT) {
        options.enabled = endpoint == "enabled";
    }
    if let Some(tags) = says(field::INSTANCE_METADATA_TAGS) {
        options.tags = tags == "enabled";
    }
}

/// Whether the account lets instances have these options.
///
/// # Errors
/// `UnsupportedOperation` for IMDSv1 where tokens are enforced.
pub(super) fn enforce(world: &World, region: Region, options: &MetadataOptions) -> Result<()> {
    if set(world, region, field::HTTP_TOKENS_ENFORCED) == Some("enabled") && !options.tokens_required {
        let text = "You can't launch instances with IMDSv1 because httpTokensEnforced is enabled for this account. Either launch the instance with httpTokens=required or contact your account owner to disable httpTokensEnforced using the ModifyInstanceMetadataDefaults API or the account settings in the EC2 console.";
        return Err(Error::new("UnsupportedOperation", text).at("MetadataOptions.HttpTokens"));
    }
    Ok(())
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetInstanceMetadataDefaults.html>: only what has been set.
pub(super) fn get(request: &Request<'_>, world: &World) -> Result<Structure> {
    let says = |name| set(world, request.region, name);
    let mut level = Structure::new();
    for name in WORDS {
        if let Some(text) = says(name) {
            level.set(name, text);
        }
    }
    let limit = says(field::HTTP_PUT_RESPONSE_HOP_LIMIT).and_then(|text| text.parse::<i64>().ok());
    let level = level
        .with_some(field::HTTP_PUT_RESPONSE_HOP_LIMIT, limit)
        .with(field::MANAGED_BY, "account");
    Ok(Structure::new().with(field::ACCOUNT_LEVEL, level))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyInstanceMetadataDefaults.html>: `no-preference` and −1 take
/// a preference back. Instances that are there keep theirs.
pub(super) fn modify(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let params = request.params;
    let limit = params.integer(field::HTTP_PUT_RESPONSE_HOP_LIMIT);
    if let Some(limit) = limit.filter(|limit| *limit != -1 && !(1..=64).contains(limit)) {
        let why = format!("{limit}. Expecting a value from 1 to 64, or -1 for no preference");
        return Err(Error::invalid("HttpPutResponseHopLimit", why));
    }
    let mut changes: Vec<(Name, Option<String>)> = WORDS
        .into_iter()
        .filter_map(|name| Some((name, params.text(name)?)))
        .map(|(name, text)| (name, (text != "no-preference").then(|| text.to_owned())))
        .collect();
    changes.extend(limit.map(|limit| {
        let kept = (limit != -1).then(|| limit.to_string());
        (field::HTTP_PUT_RESPONSE_HOP_LIMIT, kept)
    }));
    if changes.is_empty() {
        return Err(Error::combination(
            "At least one instance metadata default must be specified.",
        ));
    }
    if let Some(ec2) = world.regions.get_mut(&request.region) {
        for (name, value) in changes {
            match value {
                Some(value) => ec2.settings.metadata.insert(name.text().to_owned(), value),
                None => ec2.settings.metadata.remove(name.text()),
            };
        }
    }
    returned()
}
