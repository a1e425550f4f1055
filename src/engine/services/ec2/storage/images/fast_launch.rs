//! Fast launching of Windows: snapshots that are made in advance, so that a launch need not prepare the system.
//! Source: <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/win-ami-config-fast-launch.html>

use super::own;
use crate::base::error::{Error, Result};
use crate::base::ids::{ImageId, Kind};
use crate::base::time::{Span, Time};
use crate::services::Request;
use crate::services::ec2::common::{Filters, find, note, page};
use crate::world::World;
use crate::world::compute::Image;
use crate::world::keeping::FastLaunch;
use stratus_model::{Structure, field, sort};

/// Snapshots where none are asked for, and instances at once at least.
const DEFAULTS: (i64, i64) = (5, 6);
/// How long preparing and clearing take (ours).
const TAKES: Span = Span::minutes(20);

/// `enabling`, `enabled`, `disabling`; `None` = it is off.
fn state(row: &FastLaunch, now: Time) -> Option<&'static str> {
    match (row.ending, row.since + row.span > now) {
        (false, true) => Some("enabling"),
        (false, false) => Some("enabled"),
        (true, true) => Some("disabling"),
        (true, false) => None,
    }
}

fn shown(world: &World, row: &FastLaunch) -> Structure {
    let template = row.template.as_ref().map(|(id, name, version)| {
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Structure::new()
            .with_some(field::LAUNCH_TEMPLATE_ID, some(id))
            .with_some(field::LAUNCH_TEMPLATE_NAME, some(name))
            .with(field::VERSION, version.as_str())
    });
    let state = state(row, world.now).unwrap_or("disabling");
    let since = if state == "enabled" {
        row.since + row.span
    } else {
        row.since
    };
    Structure::new()
        .with(field::IMAGE_ID, row.image)
        .with(field::RESOURCE_TYPE, "snapshot")
        .with(
            field::SNAPSHOT_CONFIGURATION,
            Structure::new().with(field::TARGET_RESOURCE_COUNT, row.snapshots),
        )
        .with_some(field::LAUNCH_TEMPLATE, template)
        .with(field::MAX_PARALLEL_LAUNCHES, row.parallel)
        .with(field::OWNER_ID, world.account())
        .with(field::STATE, state)
        .with(field::STATE_TRANSITION_REASON, "Client.UserInitiated")
        .with(field::STATE_TRANSITION_TIME, since)
}

fn row<'w>(world: &'w World, request: &Request<'_>, id: ImageId) -> Option<&'w FastLaunch> {
    let row = world.ec2(request.region)?.keeping.fast_launch.get(&id)?;
    state(row, world.now).is_some().then_some(row)
}

fn put(world: &mut World, request: &Request<'_>, row: FastLaunch) {
    if let Some(ec2) = world.regions.get_mut(&request.region) {
        ec2.keeping.fast_launch.insert(row.image, row);
    }
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableFastLaunch.html>
pub(in super::super) fn enable(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let id = own(world, region, params.text(field::IMAGE_ID).unwrap_or_default())?;
    let image = find::<Image>(world, region, Kind::Image, &id.to_string())?;
    if !image.machine.is_windows() {
        let why = format!("The image {id} is not a Windows image.");
        return Err(Error::new("InvalidParameterValue", why).at("ImageId"));
    }
    if params.text(field::RESOURCE_TYPE).is_some_and(|kind| kind != "snapshot") {
        return Err(Error::invalid("ResourceType", "the only one is 'snapshot'"));
    }
    let parallel = params.integer(field::MAX_PARALLEL_LAUNCHES).unwrap_or(DEFAULTS.1);
    if parallel < DEFAULTS.1 {
        return Err(Error::invalid(
            "MaxParallelLaunches",
            format!("it must be {} or more", DEFAULTS.1),
        ));
    }
    let wanted = params.structure(field::SNAPSHOT_CONFIGURATION);
    let template = params.structure(field::LAUNCH_TEMPLATE).map(|template| {
        let text = |name| template.text(name).unwrap_or_default().to_owned();
        (
            text(field::LAUNCH_TEMPLATE_ID),
            text(field::LAUNCH_TEMPLATE_NAME),
            text(field::VERSION),
        )
    });
    let new = FastLaunch {
        image: id,
        born: world.birth(),
        snapshots: wanted
            .and_then(|wanted| wanted.integer(field::TARGET_RESOURCE_COUNT))
            .unwrap_or(DEFAULTS.0),
        parallel,
        template,
        since: world.now,
        span: TAKES,
        ending: false,
    };
    put(world, request, new.clone());
    note(world, region, id, "fast launching: enabling");
    Ok(shown(world, &new))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisableFastLaunch.html>
pub(in super::super) fn disable(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let id = own(
        world,
        request.region,
        request.params.text(field::IMAGE_ID).unwrap_or_default(),
    )?;
    let Some(row) = row(world, request, id).filter(|row| !row.ending) else {
        let why = format!("Fast launching is not enabled for {id}.");
        return Err(Error::new("InvalidParameterValue", why).at("ImageId"));
    };
    let new = FastLaunch {
        since: world.now,
        ending: true,
        ..row.clone()
    };
    put(world, request, new.clone());
    note(world, request.region, id, "fast launching: disabling");
    Ok(shown(world, &new))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeFastLaunchImages.html>
pub(in super::super) fn describe(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let filters = Filters::read(params)?;
    filters.check_names(|name| matches!(name, "resource-type" | "owner-id" | "state"))?;
    let wanted: Vec<&str> = params.texts(field::IMAGE_IDS).collect();
    let rows = world
        .ec2(region)
        .into_iter()
        .flat_map(|ec2| ec2.keeping.fast_launch.rows());
    let mut rows: Vec<&FastLaunch> = rows
        .filter(|row| state(row, world.now).is_some())
        .filter(|row| wanted.is_empty() || wanted.contains(&row.image.to_string().as_str()))
        .collect();
    sort::by_key(&mut rows, |row| row.born);
    let mut chosen = Vec::new();
    for row in rows {
        let values = |name: &str| {
            Some(match name {
                "resource-type" => vec!["snapshot".to_owned()],
                "owner-id" => vec![world.account()],
                _ => state(row, world.now).iter().map(|state| (*state).to_owned()).collect(),
            })
        };
        if filters.pass(world, region, row.image, values)? {
            chosen.push(shown(world, row));
        }
    }
    let (items, next) = page(chosen, params, 1)?;
    Ok(Structure::new()
        .with(field::FAST_LAUNCH_IMAGES, items)
        .with_some(field::NEXT_TOKEN, next))
}
