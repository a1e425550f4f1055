//! Labels of versions: a name that moves from version to version.

use super::common::{find, key, store_mut};
use crate::base::error::{Error, Result};
use crate::services::Request;
use crate::world::World;
use crate::world::parameters::Parameter;
use stratus_model::{Structure, Value, field};

/// Labels of one version (AWS).
const LABELS: usize = 10;

/// Whether a text may be a label: letters, digits, `.`, `-`, `_`; not beginning with a digit, `aws` or `ssm`.
fn is_label(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let good = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    !text.is_empty()
        && text.len() <= 100
        && text.bytes().all(good)
        && !text.starts_with(|c: char| c.is_ascii_digit())
        && !lower.starts_with("aws")
        && !lower.starts_with("ssm")
}

fn list(texts: Vec<String>) -> Value {
    Value::List(texts.into_iter().map(Value::String).collect())
}

/// The parameter of a call, and the number of the version that it is about.
fn subject(request: &Request<'_>, world: &World) -> Result<(Parameter, i64)> {
    let parameter = find(request, world, request.params.text(field::NAME).unwrap_or_default())?;
    let newest = parameter.versions.last().map_or(0, |version| version.number);
    let number = request.params.integer(field::PARAMETER_VERSION).unwrap_or(newest);
    if !parameter.versions.iter().any(|version| version.number == number) {
        let why = format!(
            "Systems Manager could not find version {number} of {}. Verify the version and try again.",
            parameter.name
        );
        return Err(Error::new("ParameterVersionNotFound", why).at("ParameterVersion"));
    }
    Ok((parameter.clone(), number))
}

fn keep(request: &Request<'_>, world: &mut World, parameter: Parameter) {
    if let Some(ssm) = store_mut(world, request.region) {
        ssm.parameters.insert(key(&parameter.name), parameter);
    }
}

/// <https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_LabelParameterVersion.html>
/// A label that another version has moves.
pub(super) fn label(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (mut parameter, number) = subject(request, world)?;
    let given: Vec<String> = request.params.texts(field::LABELS).map(str::to_owned).collect();
    let (labels, invalid): (Vec<String>, Vec<String>) = given.into_iter().partition(|label| is_label(label));
    let now = world.now;
    for version in &mut parameter.versions {
        if version.number == number {
            for label in &labels {
                version.labels.entry(label.clone()).or_insert(now);
            }
            if version.labels.len() > LABELS {
                let why = format!(
                    "\
                     A parameter version can have maximum {LABELS} labels.Move one or more labels to another version and try \
                     again."
                );
                return Err(Error::new("ParameterVersionLabelLimitExceeded", why).at("Labels"));
            }
        } else {
            version.labels.retain(|label, _| !labels.contains(label));
        }
    }
    keep(request, world, parameter);
    Ok(Structure::new()
        .with(field::INVALID_LABELS, list(invalid))
        .with(field::PARAMETER_VERSION, number))
}

/// <https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_UnlabelParameterVersion.html>
pub(super) fn unlabel(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (mut parameter, number) = subject(request, world)?;
    let (mut removed, mut invalid) = (Vec::new(), Vec::new());
    if let Some(version) = parameter.versions.iter_mut().find(|version| version.number == number) {
        for label in request.params.texts(field::LABELS) {
            let gone = version.labels.remove(label).is_some();
            if gone { &mut removed } else { &mut invalid }.push(label.to_owned());
        }
    }
    keep(request, world, parameter);
    Ok(Structure::new()
        .with(field::REMOVED_LABELS, list(removed))
        .with(field::INVALID_LABELS, list(invalid)))
}
