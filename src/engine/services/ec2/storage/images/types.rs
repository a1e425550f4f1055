//! For which instance types an image is: its owner's list of those that it supports, and of those that it does not. Launches
//! are held to it, instances that there are already are not. Images that are made of it have none of it (ours: AWS does not say).
//! Sources: <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReplaceImageInstanceTypeSpecification.html>,
//! <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ami-allowed-instance-types.html>

use super::{by_id, switches};
use crate::base::error::{Error, Result};
use crate::services::Request;
use crate::services::ec2::common::{note, wildcard};
use crate::world::World;
use crate::world::compute::Image;
use crate::world::launching::TypeLists;
use stratus_model::{Name, Structure, Value, field};

/// Entries of a list, and characters of one (AWS).
const ENTRIES: usize = 100;
const CHARACTERS: usize = 24;

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReplaceImageInstanceTypeSpecification.html>: without a
/// specification the image is for all types again.
pub(in super::super) fn replace(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let id = switches::named(request, world)?.id;
    let given = request.params.structure(field::INSTANCE_TYPE_SPECIFICATION);
    let mut lists = TypeLists::default();
    if let Some(given) = given {
        lists.supported = entries(given, field::SUPPORTED_INSTANCE_TYPES)?;
        lists.unsupported = entries(given, field::UNSUPPORTED_INSTANCE_TYPES)?;
    }
    let mut all: Vec<&String> = lists.supported.iter().chain(&lists.unsupported).collect();
    all.sort();
    if let Some([twice, _]) = all.windows(2).find(|two| matches!(two, [one, other] if one == other)) {
        return Err(Error::invalid(
            "InstanceTypeSpecification",
            format!("'{twice}' is named twice"),
        ));
    }
    let text = format!("for instance types: {}", said(&lists));
    world.update(request.region, id, |row: &mut Image| row.more.types = lists);
    note(world, request.region, id, text);
    Ok(Structure::new().with(field::RETURN_VALUE, true))
}

/// The entries of one list.
///
/// # Errors
/// `InvalidParameterValue`.
fn entries(given: &Structure, name: Name) -> Result<Vec<String>> {
    let found: Vec<String> = given.texts(name).map(str::to_owned).collect();
    let letter = |c: char| c.is_ascii_alphanumeric() || "_.*-".contains(c);
    let good =
        |text: &String| (1..=CHARACTERS).contains(&text.len()) && text.chars().all(letter) && !text.contains("**");
    if found.len() > ENTRIES {
        return Err(Error::invalid(
            name.text(),
            format!("it has more than {ENTRIES} entries"),
        ));
    }
    match found.iter().find(|text| !good(text)) {
        Some(text) => Err(Error::invalid(
            name.text(),
            format!("'{text}' is no instance type, and no pattern of any"),
        )),
        None => Ok(found),
    }
}

fn said(lists: &TypeLists) -> String {
    match (lists.supported.is_empty(), lists.unsupported.is_empty()) {
        (true, true) => "all".to_owned(),
        (true, false) => format!("all but {}", lists.unsupported.join(", ")),
        (false, true) => lists.supported.join(", "),
        (false, false) => format!(
            "{}, but not {}",
            lists.supported.join(", "),
            lists.unsupported.join(", ")
        ),
    }
}

/// Refuses to launch an image on a type that it is not for.
///
/// # Errors
/// `InvalidParameterCombination`.
#[inline(never)]
pub(crate) fn check(image: &Image, kind: &str) -> Result<()> {
    let lists = &image.more.types;
    let among = |list: &[String]| list.iter().any(|pattern| wildcard(pattern, kind));
    if (lists.supported.is_empty() || among(&lists.supported)) && !among(&lists.unsupported) {
        return Ok(());
    }
    let text = format!(
        "The instance type '{kind}' is not compatible with the AMI '{}'.",
        image.id
    );
    Err(Error::combination(text)
        .at("InstanceType")
        .remedy(format!("The image is for: {}.", said(lists))))
}

/// `InstanceTypeSpecification`; `None` for an image without.
pub(super) fn shown(image: &Image) -> Option<Structure> {
    let lists = &image.more.types;
    let show = |list: &[String]| -> Option<Vec<Value>> {
        let items = list
            .iter()
            .map(|text| Structure::new().with(field::INSTANCE_TYPE, text.as_str()).into());
        (!list.is_empty()).then(|| items.collect())
    };
    (!lists.is_empty()).then(|| {
        Structure::new()
            .with_some(field::SUPPORTED_INSTANCE_TYPES, show(&lists.supported))
            .with_some(field::UNSUPPORTED_INSTANCE_TYPES, show(&lists.unsupported))
    })
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetImageFindings.html>: "Amazon Inspector returns findings only
/// for AMIs that it has scanned", and there is no Inspector here.
pub(in super::super) fn findings(request: &Request<'_>, world: &World) -> Result<Structure> {
    by_id(
        world,
        request.region,
        request.params.text(field::IMAGE_ID).unwrap_or_default(),
    )?;
    Ok(Structure::new().with(field::IMAGE_FINDINGS, Vec::<Value>::new()))
}
