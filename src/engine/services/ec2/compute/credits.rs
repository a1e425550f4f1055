//! CPU credits of burstable instances: `standard` or `unlimited`, an instance's and an account's choice.
//!
//! <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/burstable-performance-instances.html>

use super::lifecycle::listed;
use crate::base::error::{Error, Result};
use crate::base::ids::Kind;
use crate::catalog::{InstanceType, Region};
use crate::services::Request;
use crate::services::ec2::common::{Filters, find, note, page};
use crate::world::World;
use crate::world::compute::{Instance, InstanceState};
use stratus_model::{Structure, field, sort};

/// The credit option of a type that is told none: the account's, else AWS's (T2 is `standard`, later ones `unlimited`).
pub(super) fn default_of(world: &World, region: Region, kind: InstanceType) -> Option<String> {
    (kind.burstable() && kind.family() != "t1").then(|| default_of_family(world, region, kind.family()))
}

fn default_of_family(world: &World, region: Region, family: &str) -> String {
    let set = world.ec2(region).and_then(|ec2| ec2.settings.credits.get(family));
    let aws = if family == "t2" { "standard" } else { "unlimited" };
    set.cloned().unwrap_or_else(|| aws.to_owned())
}

fn check(credits: &str) -> Result<()> {
    match credits {
        "standard" | "unlimited" => Ok(()),
        other => Err(Error::invalid(
            "CpuCredits",
            format!("'{other}'. Expecting standard or unlimited"),
        )),
    }
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyInstanceCreditSpecification.html>: each instance for itself.
pub(super) fn modify(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let wanted: Vec<&Structure> = request
        .params
        .structures(field::INSTANCE_CREDIT_SPECIFICATIONS)
        .collect();
    if wanted.is_empty() {
        return Err(Error::missing("InstanceCreditSpecification"));
    }
    for line in &wanted {
        check(
            line.text(field::CPU_CREDITS)
                .ok_or_else(|| Error::missing("CpuCredits"))?,
        )?;
    }
    let (mut done, mut failed) = (Vec::new(), Vec::new());
    for line in wanted {
        let text = line.text(field::INSTANCE_ID).unwrap_or_default();
        let credits = line.text(field::CPU_CREDITS).unwrap_or_default();
        let item = Structure::new().with(field::INSTANCE_ID, text);
        match changeable(world, region, text) {
            Ok(id) => {
                world.update(region, id, |row: &mut Instance| {
                    row.cpu_credits = Some(credits.to_owned())
                });
                note(world, region, id, format!("CPU credits: {credits}"));
                done.push(item);
            }
            Err(error) => {
                let why = Structure::new()
                    .with(field::CODE, error.code)
                    .with(field::MESSAGE, error.message);
                failed.push(item.with(field::ERROR, why));
            }
        }
    }
    Ok(Structure::new()
        .with(field::SUCCESSFUL_INSTANCE_CREDIT_SPECIFICATIONS, done)
        .with(field::UNSUCCESSFUL_INSTANCE_CREDIT_SPECIFICATIONS, failed))
}

fn changeable(world: &World, region: Region, text: &str) -> Result<crate::base::ids::InstanceId> {
    let row = find::<Instance>(world, region, Kind::Instance, text)?;
    if row.cpu_credits.is_none() {
        return Err(unsupported(row));
    }
    if !matches!(
        row.state,
        InstanceState::Running | InstanceState::Stopped | InstanceState::Stopping | InstanceState::Pending
    ) {
        let why = format!(
            "The instance '{}' is '{}': its credit option can no longer be modified.",
            row.id,
            row.state.name()
        );
        return Err(Error::new("IncorrectInstanceState", why));
    }
    Ok(row.id)
}

fn unsupported(row: &Instance) -> Error {
    let why = format!(
        "The instance '{}' of type '{}' is not a burstable performance instance.",
        row.id,
        row.instance_type.name()
    );
    Error::new("InstanceCreditSpecification.NotSupported", why).at("InstanceIds")
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceCreditSpecifications.html>: without ids, only
/// those that are `unlimited`. Sorted by launch.
pub(super) fn describe(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let filters = Filters::read(params)?;
    filters.check_names(|name| name == "instance-id")?;
    let named = !params.list(field::INSTANCE_IDS).is_empty();
    if named && params.contains(field::MAX_RESULTS) {
        let text = "The parameter instancesSet cannot be used with the parameter maxResults";
        return Err(Error::combination(text).at("MaxResults"));
    }
    let mut rows: Vec<&Instance> = if named {
        listed(request, world)?
    } else {
        let all = world.ec2(region).into_iter().flat_map(|ec2| ec2.instances.rows());
        all.filter(|row| row.cpu_credits.as_deref() == Some("unlimited"))
            .collect()
    };
    sort::by_key(&mut rows, |row| row.born);
    let mut chosen = Vec::new();
    for row in rows {
        let credits = row.cpu_credits.as_ref().ok_or_else(|| unsupported(row))?;
        if filters.pass(world, region, row.id, |_| Some(vec![row.id.to_string()]))? {
            chosen.push(
                Structure::new()
                    .with(field::INSTANCE_ID, row.id)
                    .with(field::CPU_CREDITS, credits),
            );
        }
    }
    let (chosen, next) = page(chosen, params, 5)?;
    Ok(Structure::new()
        .with(field::INSTANCE_CREDIT_SPECIFICATIONS, chosen)
        .with_some(field::NEXT_TOKEN, next))
}

fn shown(world: &World, region: Region, family: &str) -> Structure {
    let specification = Structure::new()
        .with(field::INSTANCE_FAMILY, family)
        .with(field::CPU_CREDITS, default_of_family(world, region, family));
    Structure::new().with(field::INSTANCE_FAMILY_CREDIT_SPECIFICATION, specification)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetDefaultCreditSpecification.html>
pub(super) fn get_default(request: &Request<'_>, world: &World) -> Result<Structure> {
    let family = request.params.text(field::INSTANCE_FAMILY).unwrap_or_default();
    Ok(shown(world, request.region, family))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyDefaultCreditSpecification.html>: for launches from now on.
pub(super) fn modify_default(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let family = request.params.text(field::INSTANCE_FAMILY).unwrap_or_default();
    let credits = request.params.text(field::CPU_CREDITS).unwrap_or_default();
    check(credits)?;
    if let Some(ec2) = world.regions.get_mut(&request.region) {
        ec2.settings.credits.insert(family.to_owned(), credits.to_owned());
    }
    Ok(shown(world, request.region, family))
}
