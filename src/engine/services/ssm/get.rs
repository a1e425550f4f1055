//! GetParameter, GetParameters, GetParameterHistory.

use super::common::{describe, find, invalid, not_found, page, shown, split, version};
use super::{metadata, public};
use crate::base::error::{Error, Result};
use crate::services::Request;
use crate::world::World;
use crate::world::parameters::ParameterVersion;
use stratus_model::{Structure, Value, field, sort};

/// Versions of a page (AWS).
const PAGE: usize = 50;

/// One parameter by what a call names: name or ARN, with or without a version or a label.
fn one(request: &Request<'_>, world: &World, text: &str) -> Result<Structure> {
    let (name, selector) = split(text);
    if selector.as_deref() == Some("") {
        let why =
            "Invalid parameter name. Please use correct syntax for referencing a version/label <name>:<version/label>";
        return Err(invalid("Name", why));
    }
    let decrypted = request.params.boolean(field::WITH_DECRYPTION) == Some(true);
    let public = public::find(request.region, &name);
    let parameter = match &public {
        Some(parameter) => parameter,
        None => find(request, world, &name).map_err(|_| not_found(text))?,
    };
    let version = version(parameter, selector.as_deref())?;
    let selector = selector.map(|selector| format!(":{selector}"));
    Ok(describe(world, request.region, parameter, version, decrypted).with_some(field::SELECTOR, selector))
}

/// <https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html>
pub(super) fn get(request: &Request<'_>, world: &World) -> Result<Structure> {
    let name = request.params.text(field::NAME).unwrap_or_default();
    Ok(Structure::new().with(field::PARAMETER, one(request, world, name)?))
}

/// <https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html>
/// By name; what is not there is listed apart.
pub(super) fn get_several(request: &Request<'_>, world: &World) -> Result<Structure> {
    let mut names: Vec<&str> = request.params.texts(field::NAMES).collect();
    sort::sort(&mut names);
    if let Some(pair) = names.windows(2).find(|pair| pair.first() == pair.last()) {
        let why = format!("There are duplicates in the list of names: {}", pair.concat());
        return Err(invalid("Names", why));
    }
    let (mut found, mut unknown): (Vec<Value>, Vec<Value>) = (Vec::new(), Vec::new());
    for name in names {
        match one(request, world, name) {
            Ok(parameter) => found.push(parameter.into()),
            Err(_) => unknown.push(name.into()),
        }
    }
    Ok(Structure::new()
        .with(field::PARAMETERS, found)
        .with(field::INVALID_PARAMETERS, unknown))
}

/// <https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameterHistory.html>
/// Oldest first.
pub(super) fn history(request: &Request<'_>, world: &World) -> Result<Structure> {
    let params = request.params;
    let name = params.text(field::NAME).unwrap_or_default();
    if public::is_public(name) {
        let why = format!("No access to reserved parameter name: {name}.");
        return Err(Error::new("AccessDeniedException", why).at("Name"));
    }
    let parameter = find(request, world, name)?;
    let decrypted = params.boolean(field::WITH_DECRYPTION) == Some(true);
    let rows: Vec<&ParameterVersion> = parameter.versions.iter().collect();
    let (rows, token) = page(params, PAGE, rows, |version| format!("{:012}", version.number))?;
    let show = |version: &ParameterVersion| {
        let labels: Vec<String> = version.labels.keys().cloned().collect();
        metadata::describe(parameter, version)
            .with(field::VALUE, shown(parameter, version, decrypted))
            .with(field::LABELS, labels)
            .into()
    };
    let rows: Vec<Value> = rows.into_iter().map(show).collect();
    Ok(Structure::new()
        .with(field::PARAMETERS, rows)
        .with_some(field::NEXT_TOKEN, token))
}
