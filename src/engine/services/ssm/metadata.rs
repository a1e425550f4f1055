//! DescribeParameters and GetParametersByPath, with their filters.

use super::common::{arn, describe as value_of, invalid, is_there, key, page, store};
use super::public;
use crate::base::error::{Error, Result};
use crate::services::Request;
use crate::world::World;
use crate::world::parameters::{Parameter, ParameterVersion};
use serde_json::Value as Json;
use stratus_model::{Structure, Value, field};

/// Parameters of a page of DescribeParameters, and of one of GetParametersByPath (AWS).
const DESCRIBED: usize = 50;
const BY_PATH: usize = 10;

/// What a version says of itself, value and ARN apart.
pub(super) fn describe(parameter: &Parameter, version: &ParameterVersion) -> Structure {
    Structure::new()
        .with(field::NAME, parameter.name.clone())
        .with(field::TYPE, version.kind.clone())
        .with_some(field::KEY_ID, version.key.clone())
        .with(field::LAST_MODIFIED_DATE, version.modified)
        .with(field::LAST_MODIFIED_USER, version.by.clone())
        .with_some(field::DESCRIPTION, version.description.clone())
        .with_some(field::ALLOWED_PATTERN, version.pattern.clone())
        .with(field::VERSION, version.number)
        .with(field::TIER, version.tier.clone())
        .with(field::POLICIES, policies(version))
        .with(field::DATA_TYPE, version.data_type.clone())
}

fn policies(version: &ParameterVersion) -> Vec<Value> {
    let parsed = version
        .policies
        .as_ref()
        .and_then(|text| serde_json::from_str::<Json>(text).ok());
    let Some(Json::Array(policies)) = parsed else {
        return Vec::new();
    };
    let show = |policy: &Json| {
        let kind = policy.get("Type").and_then(Json::as_str).unwrap_or_default();
        Structure::new()
            .with(field::POLICY_TEXT, policy.to_string())
            .with(field::POLICY_TYPE, kind)
            .with(field::POLICY_STATUS, "Pending")
            .into()
    };
    policies.iter().map(show).collect()
}

/// One test that a parameter has to pass.
struct Filter<'a> {
    key: &'a str,
    option: &'a str,
    values: Vec<&'a str>,
}

impl Filter<'_> {
    fn fits(&self, text: &str) -> bool {
        self.values.iter().any(|value| match self.option {
            "BeginsWith" => text.starts_with(value),
            "Contains" => text.contains(value),
            _ => text == *value,
        })
    }

    fn holds(&self, parameter: &Parameter, version: &ParameterVersion) -> bool {
        match self.key {
            "Name" => self.fits(&parameter.name) || self.fits(&key(&parameter.name)),
            "Type" => self.fits(&version.kind),
            "KeyId" => version.key.as_ref().is_some_and(|key| self.fits(key)),
            "Tier" => self.fits(&version.tier),
            "DataType" => self.fits(&version.data_type),
            "Label" => parameter
                .versions
                .iter()
                .any(|version| version.labels.keys().any(|label| self.fits(label))),
            "Path" => self
                .values
                .iter()
                .any(|path| is_under(&parameter.name, path, self.option == "Recursive")),
            other => match other.strip_prefix("tag:") {
                Some(tag) => parameter
                    .tags
                    .get(tag)
                    .is_some_and(|value| self.values.is_empty() || self.fits(value)),
                None => false,
            },
        }
    }
}

/// Whether a parameter is below a path; without `recursive`, directly.
fn is_under(name: &str, path: &str, recursive: bool) -> bool {
    let name = key(name);
    let path = path.trim_end_matches('/');
    name.strip_prefix(path)
        .and_then(|rest| rest.strip_prefix('/'))
        .is_some_and(|rest| !rest.is_empty() && (recursive || !rest.contains('/')))
}

/// The filters of a call. `known` are the keys that it takes.
fn filters<'a>(params: &'a Structure, known: &[&str]) -> Result<Vec<Filter<'a>>> {
    let mut filters = Vec::new();
    for given in params.structures(field::PARAMETER_FILTERS) {
        let key = given.text(field::KEY).unwrap_or_default();
        let tag = key.starts_with("tag:") && known.contains(&"tag:");
        if !tag && !known.contains(&key) {
            let why = format!(
                "The following filter key is not valid: {key}. Valid filter keys include: [{}].",
                known.join(", ")
            );
            return Err(Error::new("InvalidFilterKey", why).at("ParameterFilters"));
        }
        let usual = if key == "Path" { "OneLevel" } else { "Equals" };
        let option = given.text(field::OPTION).unwrap_or(usual);
        let options: &[&str] = match key {
            "Path" => &["Recursive", "OneLevel"],
            "Name" => &["BeginsWith", "Equals", "Contains"],
            _ => &["BeginsWith", "Equals"],
        };
        if !options.contains(&option) {
            let why = format!(
                "The following filter option is not valid: {option}. Valid options include: [{}].",
                options.join(", ")
            );
            return Err(Error::new("InvalidFilterOption", why).at("ParameterFilters"));
        }
        let values: Vec<&str> = given.texts(field::VALUES).collect();
        if values.is_empty() && !tag {
            let why = format!("The following filter values are missing : null for filter key {key}.");
            return Err(Error::new("InvalidFilterValue", why).at("ParameterFilters"));
        }
        filters.push(Filter { key, option, values });
    }
    for given in params.structures(field::FILTERS) {
        filters.push(Filter {
            key: given.text(field::KEY).unwrap_or_default(),
            option: "BeginsWith",
            values: given.texts(field::VALUES).collect(),
        });
    }
    Ok(filters)
}

/// <https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeParameters.html>
/// By name.
pub(super) fn list(request: &Request<'_>, world: &World) -> Result<Structure> {
    let params = request.params;
    if params.contains(field::FILTERS) && params.contains(field::PARAMETER_FILTERS) {
        let why = "You can use either Filters or ParameterFilters in a single request.";
        return Err(invalid("Filters", why));
    }
    let known = ["Path", "Name", "Type", "KeyId", "Label", "Tier", "DataType", "tag:"];
    let filters = filters(params, &known)?;
    let rows: Vec<(&Parameter, &ParameterVersion)> = own(request, world)
        .filter(|(parameter, version)| filters.iter().all(|filter| filter.holds(parameter, version)))
        .collect();
    // Parameters that other accounts share: there are none.
    let rows = if params.boolean(field::SHARED) == Some(true) {
        Vec::new()
    } else {
        rows
    };
    let (rows, token) = page(params, DESCRIBED, rows, |(parameter, _)| key(&parameter.name))?;
    let show = |(parameter, version): (&Parameter, &ParameterVersion)| {
        describe(parameter, version)
            .with(field::ARN__, arn(world, request.region, &parameter.name))
            .into()
    };
    let rows: Vec<Value> = rows.into_iter().map(show).collect();
    Ok(Structure::new()
        .with(field::PARAMETERS, rows)
        .with_some(field::NEXT_TOKEN, token))
}

/// The account's parameters in the Region, each with its newest version, by name.
fn own<'w>(request: &Request<'_>, world: &'w World) -> impl Iterator<Item = (&'w Parameter, &'w ParameterVersion)> {
    let rows = store(world, request.region)
        .into_iter()
        .flat_map(|ssm| ssm.parameters.rows());
    rows.filter(|parameter| is_there(world, parameter))
        .filter_map(|parameter| Some((parameter, parameter.versions.last()?)))
}

/// <https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParametersByPath.html>
/// By name.
pub(super) fn by_path(request: &Request<'_>, world: &World) -> Result<Structure> {
    let params = request.params;
    let path = params.text(field::PATH).unwrap_or_default();
    let good = |byte: u8| byte.is_ascii_alphanumeric() || b"._-/".contains(&byte);
    if !path.starts_with('/') || !path.bytes().all(good) || path.contains("//") {
        return Err(invalid(
            "Path",
            "The parameter doesn't meet the parameter name requirements. The parameter name must begin with a forward slash \
             \"/\". It can't be prefixed with \\\"aws\\\" or \\\"ssm\\\" (case-insensitive). It must use only letters, \
             numbers, or the following symbols: . (period), - (hyphen), _ (underscore). Special characters are not allowed. \
             All sub-paths, if specified, must use the forward slash symbol \"/\". Valid example: \
             /get/parameters2-/by1./path0_.",
        ));
    }
    let recursive = params.boolean(field::RECURSIVE) == Some(true);
    let decrypted = params.boolean(field::WITH_DECRYPTION) == Some(true);
    let filters = filters(params, &["Type", "KeyId", "Label"])?;
    let public = if public::is_public(&format!("{}/", path.trim_end_matches('/'))) {
        public::under(request.region, path)
    } else {
        Vec::new()
    };
    let of_public = public
        .iter()
        .filter_map(|parameter| Some((parameter, parameter.versions.last()?)));
    let mut rows: Vec<(&Parameter, &ParameterVersion)> = own(request, world)
        .chain(of_public)
        .filter(|(parameter, _)| is_under(&parameter.name, path, recursive))
        .filter(|(parameter, version)| filters.iter().all(|filter| filter.holds(parameter, version)))
        .collect();
    stratus_model::sort::by_key(&mut rows, |(parameter, _)| key(&parameter.name));
    let (rows, token) = page(params, BY_PATH, rows, |(parameter, _)| key(&parameter.name))?;
    let show = |(parameter, newest): (&Parameter, &ParameterVersion)| {
        // Asked for a label, the version that has it.
        let label = filters.iter().find(|filter| filter.key == "Label");
        let version = label.and_then(|label| {
            let mut versions = parameter.versions.iter().rev();
            versions.find(|version| version.labels.keys().any(|known| label.fits(known)))
        });
        value_of(world, request.region, parameter, version.unwrap_or(newest), decrypted).into()
    };
    let rows: Vec<Value> = rows.into_iter().map(show).collect();
    Ok(Structure::new()
        .with(field::PARAMETERS, rows)
        .with_some(field::NEXT_TOKEN, token))
}
