//! PutParameter and the deletions.

use super::common::{DEFAULT_KEY, find, invalid, is_there, key, not_found, split, store, store_mut};
use super::public;
use super::tags;
use crate::base::error::{Error, Result};
use crate::base::ids;
use crate::services::Request;
use crate::world::World;
use crate::world::parameters::{Parameter, ParameterVersion};
use serde_json::Value as Json;
use std::collections::BTreeMap;
use stratus_model::{Structure, Value, field, pattern};

/// Parameters of a Region (AWS's default quota).
const PARAMETERS: usize = 10_000;
/// Versions of a parameter (AWS).
const VERSIONS: usize = 100;
/// Characters of a standard value, and of an advanced one (AWS).
const STANDARD: usize = 4_096;
const ADVANCED: usize = 8_192;
/// Steps of a path (AWS).
const LEVELS: usize = 15;
/// Characters of a name with what stands before it in its ARN (AWS).
const NAME: usize = 1_011;

/// Holds a new name to the rules.
/// <https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html>
fn check_name(name: &str) -> Result<()> {
    let first = name.trim_start_matches('/').to_ascii_lowercase();
    if first.starts_with("aws") && (first == "aws" || first.starts_with("aws/") || !name.starts_with('/')) {
        let why = format!("No access to reserved parameter name: {name}.");
        return Err(Error::new("AccessDeniedException", why).at("Name"));
    }
    if first.starts_with("ssm") {
        return Err(invalid(
            "Name",
            "Parameter name: can't be prefixed with \"ssm\" (case-insensitive). If formed as a path, it can consist of \
             sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following \
             3 symbols .-_",
        ));
    }
    let good = |byte: u8| byte.is_ascii_alphanumeric() || b"._-/".contains(&byte);
    if !name.bytes().all(good) || name.ends_with('/') || name.contains("//") {
        return Err(invalid(
            "Name",
            "Parameter name: can't be prefixed with \"aws\" or \"ssm\" (case-insensitive). If formed as a path, it can \
             consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the \
             following 3 symbols .-_",
        ));
    }
    if name.contains('/') && !name.starts_with('/') {
        return Err(invalid("Name", "Parameter name must be a fully qualified name."));
    }
    if name.len() > NAME {
        return Err(invalid(
            "Name",
            format!("The parameter name can't be longer than {NAME} characters."),
        ));
    }
    if key(name).matches('/').count() > LEVELS {
        let why = format!(
            "The hierarchy can have a maximum of {LEVELS} levels. Example of a parameter with two levels: /level1/level2."
        );
        return Err(Error::new("HierarchyLevelLimitExceededException", why).at("Name"));
    }
    Ok(())
}

/// The tier of a new version, and whether the value and policies fit into it.
fn tier(params: &Structure, before: Option<&ParameterVersion>, value: &str) -> Result<&'static str> {
    let length = value.chars().count();
    let was_advanced = before.is_some_and(|version| version.tier == "Advanced");
    let needs_advanced = length > STANDARD || params.contains(field::POLICIES);
    let tier = match params.text(field::TIER) {
        Some("Advanced") => "Advanced",
        Some("Standard") if was_advanced => {
            return Err(invalid(
                "Tier",
                "This parameter uses the advanced-parameter tier. You can't downgrade a parameter from the \
                 advanced-parameter tier to the standard-parameter tier. If necessary, you can delete the advanced \
                 parameter and recreate it as a standard parameter.",
            ));
        }
        Some("Intelligent-Tiering") if needs_advanced || was_advanced => "Advanced",
        _ if was_advanced => "Advanced",
        _ => "Standard",
    };
    if tier == "Standard" && length > STANDARD {
        return Err(invalid(
            "Value",
            format!(
                "Standard tier parameters support a maximum parameter value of {STANDARD} characters. To create a larger \
                 parameter value, upgrade the parameter to use the advanced-parameter tier. For more information, see \
                 https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html"
            ),
        ));
    }
    if length > ADVANCED {
        let why = format!("Advanced tier parameters support a maximum parameter value of {ADVANCED} characters.");
        return Err(invalid("Value", why));
    }
    if tier == "Standard" && params.contains(field::POLICIES) {
        let why = "Parameter policies are only supported for parameters that use the advanced-parameter tier.";
        return Err(invalid("Policies", why));
    }
    Ok(tier)
}

/// Parameter policies: a list of objects of three known types.
fn check_policies(text: Option<&str>) -> Result<Option<String>> {
    let Some(text) = text else { return Ok(None) };
    let refused = |code: &'static str, why: String| Error::new(code, why).at("Policies");
    let policies = serde_json::from_str::<Json>(text).ok();
    let Some(Json::Array(policies)) = policies else {
        let why = "The policies are not a JSON array of policies.".to_owned();
        return Err(refused("InvalidPolicyAttributeException", why));
    };
    for policy in &policies {
        let kind = policy.get("Type").and_then(Json::as_str).unwrap_or_default();
        let attribute = |name: &str| {
            policy
                .get("Attributes")
                .and_then(|all| all.get(name))
                .and_then(Json::as_str)
        };
        let needed: &[&str] = match kind {
            "Expiration" => &["Timestamp"],
            "ExpirationNotification" => &["Before", "Unit"],
            "NoChangeNotification" => &["After", "Unit"],
            other => {
                let why = format!(
                    "The policy type {other} isn't supported. Parameter Store supports the following policy types: \
                     Expiration, ExpirationNotification, and NoChangeNotification."
                );
                return Err(refused("InvalidPolicyTypeException", why));
            }
        };
        if let Some(missing) = needed.iter().find(|name| attribute(name).is_none()) {
            let why = format!("The policy {kind} needs the attribute {missing}.");
            return Err(refused("InvalidPolicyAttributeException", why));
        }
        if kind == "Expiration" && attribute("Timestamp").and_then(stratus_model::time::parse).is_none() {
            let why = "The Timestamp of the policy Expiration is not a time.".to_owned();
            return Err(refused("InvalidPolicyAttributeException", why));
        }
    }
    Ok((!policies.is_empty()).then(|| text.to_owned()))
}

/// Holds a value to its pattern, its type and its data type.
fn check_value(params: &Structure, kind: &str, pattern: Option<&str>, data_type: &str) -> Result<()> {
    let value = params.text(field::VALUE).unwrap_or_default();
    if value.is_empty() {
        return Err(invalid(
            "Value",
            "1 validation error detected: Value '' at 'value' failed to satisfy constraint: Member must have length greater \
             than or equal to 1.",
        ));
    }
    if value.contains("{{") && value.contains("}}") {
        return Err(invalid(
            "Value",
            "Parameter value can't nest another parameter. Do not use \"{{}}\" in the value.",
        ));
    }
    if kind == "StringList" && value.split(',').any(|item| item.is_empty()) {
        return Err(invalid("Value", "Empty String in StringList is not allowed."));
    }
    if let Some(wanted) = pattern.filter(|pattern| !pattern.is_empty())
        && !pattern::matches(wanted, value)
    {
        let why = format!("Parameter value, cannot be validated against allowedPattern: {wanted}");
        return Err(Error::new("ParameterPatternMismatchException", why).at("Value"));
    }
    match data_type {
        "text" | "aws:ssm:integration" => Ok(()),
        "aws:ec2:image" if kind != "String" => Err(invalid(
            "DataType",
            "The data type aws:ec2:image is for parameters of type String.",
        )),
        "aws:ec2:image" if ids::well_formed(value, "ami") => Ok(()),
        "aws:ec2:image" => Err(invalid("Value", format!("The value {value} is not the id of an AMI."))),
        other => Err(invalid(
            "DataType",
            format!(
                "The following data type is not supported: {other} (Supported data types are: text, aws:ec2:image, \
                 aws:ssm:integration)"
            ),
        )),
    }
}

/// The type of the new version: that of the one before, which cannot be changed.
fn kind<'a>(params: &'a Structure, before: Option<&'a ParameterVersion>) -> Result<&'a str> {
    match (params.text(field::TYPE), before) {
        (None, None) => {
            let why = "A parameter type is required when you create a parameter.";
            Err(invalid("Type", why))
        }
        (None, Some(before)) => Ok(&before.kind),
        (Some(kind), Some(before)) if kind != before.kind => {
            let why = "Parameter Store doesn't support changing a parameter type in a hierarchy. For example, you can't \
                       change a parameter from a String type to a SecureString type. You must create a new, unique parameter.";
            Err(Error::new("HierarchyTypeMismatchException", why).at("Type"))
        }
        (Some(kind), _) => Ok(kind),
    }
}

/// The parameter that is there already, where the call may write to it; `None` where it makes a new one.
fn admitted<'w>(request: &Request<'_>, world: &'w World, name: &str) -> Result<Option<&'w Parameter>> {
    let params = request.params;
    let known = store(world, request.region).and_then(|ssm| ssm.parameters.get(&key(name)));
    let known = known.filter(|known| is_there(world, known));
    let overwrite = params.boolean(field::OVERWRITE) == Some(true);
    if known.is_some() && !overwrite {
        let why =
            "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.";
        return Err(Error::new("ParameterAlreadyExists", why).at("Name"));
    }
    if overwrite && params.contains(field::TAGS) {
        return Err(invalid(
            "Tags",
            "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove \
             overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or \
             RemoveTagsFromResource.",
        ));
    }
    let count = store(world, request.region).map_or(0, |ssm| ssm.parameters.len());
    if known.is_none() && count >= PARAMETERS {
        let why = "You have exceeded the number of parameters for this AWS account. Delete one or more parameters and try again.";
        return Err(Error::new("ParameterLimitExceeded", why).at("Name"));
    }
    Ok(known)
}

/// <https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html>
pub(super) fn put(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let params = request.params;
    let (name, _) = split(params.text(field::NAME).unwrap_or_default());
    check_name(&name)?;
    let known = admitted(request, world, &name)?;
    let before = known.and_then(|known| known.versions.last());
    let kind = kind(params, before)?.to_owned();
    let pattern = params.text(field::ALLOWED_PATTERN);
    let pattern = pattern
        .map(str::to_owned)
        .or_else(|| before.and_then(|before| before.pattern.clone()));
    let data_type = params.text(field::DATA_TYPE).unwrap_or("text");
    check_value(params, &kind, pattern.as_deref(), data_type)?;
    if kind != "SecureString" && params.contains(field::KEY_ID) {
        return Err(invalid(
            "KeyId",
            "KeyId is required for SecureString type parameters only.",
        ));
    }
    let value = params.text(field::VALUE).unwrap_or_default();
    let tier = tier(params, before, value)?;
    let key_of_before = before.and_then(|before| before.key.clone());
    let new = ParameterVersion {
        number: before.map_or(1, |before| before.number + 1),
        value: value.to_owned(),
        description: params
            .text(field::DESCRIPTION)
            .map(str::to_owned)
            .or_else(|| before.and_then(|before| before.description.clone())),
        pattern,
        key: (kind == "SecureString").then(|| {
            let given = params.text(field::KEY_ID).map(str::to_owned);
            given.or(key_of_before).unwrap_or_else(|| DEFAULT_KEY.to_owned())
        }),
        kind,
        tier: tier.to_owned(),
        data_type: data_type.to_owned(),
        policies: check_policies(params.text(field::POLICIES))?,
        labels: BTreeMap::new(),
        modified: world.now,
        by: request.principal.arn.clone(),
    };
    let answer = Structure::new()
        .with(field::VERSION, new.number)
        .with(field::TIER, tier);
    let mut row = match known {
        Some(known) => known.clone(),
        None => Parameter {
            name: name.clone(),
            versions: Vec::new(),
            tags: tags::given(params)?,
        },
    };
    row.versions.push(new);
    forget_oldest(&mut row)?;
    if let Some(ssm) = store_mut(world, request.region) {
        ssm.parameters.insert(key(&name), row);
    }
    Ok(answer)
}

/// The oldest version goes where there are too many; one that has a label stays, and the new one is refused.
fn forget_oldest(row: &mut Parameter) -> Result<()> {
    if row.versions.len() <= VERSIONS {
        return Ok(());
    }
    let oldest = row.versions.remove(0);
    if oldest.labels.is_empty() {
        return Ok(());
    }
    let why = format!(
        "You attempted to create a new version of {} by calling the PutParameter API with the overwrite flag. Version {}, the \
         oldest version, can't be deleted because it has a label associated with it. Move the label to another version of the \
         parameter, and try again.",
        row.name, oldest.number
    );
    Err(Error::new("ParameterMaxVersionLimitExceeded", why).at("Name"))
}

/// Takes a parameter away; whether it was there.
fn remove(request: &Request<'_>, world: &mut World, name: &str) -> bool {
    let Ok(found) = find(request, world, name) else {
        return false;
    };
    let key = key(&found.name);
    store_mut(world, request.region).is_some_and(|ssm| ssm.parameters.remove(&key))
}

/// <https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DeleteParameter.html>
pub(super) fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let name = request.params.text(field::NAME).unwrap_or_default();
    if public::is_public(name) {
        let why = format!("No access to reserved parameter name: {name}.");
        return Err(Error::new("AccessDeniedException", why).at("Name"));
    }
    match remove(request, world, name) {
        true => Ok(Structure::new()),
        false => Err(not_found(name)),
    }
}

/// <https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DeleteParameters.html>
pub(super) fn delete_several(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let names: Vec<&str> = request.params.texts(field::NAMES).collect();
    let (gone, unknown): (Vec<&str>, Vec<&str>) = names.into_iter().partition(|name| remove(request, world, name));
    let list = |names: Vec<&str>| Value::List(names.into_iter().map(Value::from).collect());
    Ok(Structure::new()
        .with(field::DELETED_PARAMETERS, list(gone))
        .with(field::INVALID_PARAMETERS, list(unknown)))
}
