//! What the Parameter Store's operations share: names, finding a version, how a value is shown.

use super::public;
use crate::base::error::{Error, Result};
use crate::base::time::Time;
use crate::catalog::Region;
use crate::services::Request;
use crate::world::World;
use crate::world::parameters::{Parameter, ParameterVersion, Ssm};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use stratus_model::{Structure, field};

/// The key that secure strings are encrypted with where nothing else is said (AWS).
pub(super) const DEFAULT_KEY: &str = "alias/aws/ssm";
/// Bytes of a shown ciphertext.
const CIPHERTEXT: usize = 160;

/// `ValidationException`.
pub(super) fn invalid(parameter: &str, why: impl Into<String>) -> Error {
    Error::new("ValidationException", why).at(parameter)
}

/// `ParameterNotFound`. AWS gives it no text.
pub(super) fn not_found(name: &str) -> Error {
    Error::new("ParameterNotFound", "")
        .at("Name")
        .remedy(format!("There is no parameter {name} in this Region."))
}

/// What a table is keyed by: a name that is no path is one of a single step.
pub(super) fn key(name: &str) -> String {
    if name.starts_with('/') {
        name.to_owned()
    } else {
        format!("/{name}")
    }
}

/// A parameter's ARN.
pub(super) fn arn(world: &World, region: Region, name: &str) -> String {
    let account = if public::is_public(name) {
        String::new()
    } else {
        world.account()
    };
    format!("arn:aws:ssm:{}:{account}:parameter{}", region.name(), key(name))
}

/// A Region's parameters.
pub(super) fn store(world: &World, region: Region) -> Option<&Ssm> {
    world.ssm.get(&region)
}

/// The same, to write.
pub(super) fn store_mut(world: &mut World, region: Region) -> Option<&mut Ssm> {
    if !world.ssm.contains(&region) {
        world.ssm.insert(region, Ssm::default());
    }
    world.ssm.get_mut(&region)
}

/// When a parameter's policies take it away; `None` for never.
fn expiry(parameter: &Parameter) -> Option<Time> {
    let policies = parameter.versions.last()?.policies.as_ref()?;
    let policies: Json = serde_json::from_str(policies).ok()?;
    let expiration = policies
        .as_array()?
        .iter()
        .find(|policy| policy.get("Type").and_then(Json::as_str) == Some("Expiration"))?;
    let moment = expiration.get("Attributes")?.get("Timestamp")?.as_str()?;
    stratus_model::time::parse(moment).map(Time)
}

/// Whether a parameter is there now.
pub(super) fn is_there(world: &World, parameter: &Parameter) -> bool {
    expiry(parameter).is_none_or(|at| at > world.now)
}

/// A name that may be an ARN, and what stands behind a colon (`:3`, `:label`).
pub(super) fn split(text: &str) -> (String, Option<String>) {
    let bare = match text.strip_prefix("arn:") {
        Some(_) => text
            .splitn(6, ':')
            .nth(5)
            .and_then(|rest| rest.strip_prefix("parameter"))
            .unwrap_or(text),
        None => text,
    };
    match bare.split_once(':') {
        Some((name, selector)) => (name.to_owned(), Some(selector.to_owned())),
        None => (bare.to_owned(), None),
    }
}

/// A parameter of the account's own.
pub(super) fn find<'w>(request: &Request<'_>, world: &'w World, name: &str) -> Result<&'w Parameter> {
    let (bare, _) = split(name);
    store(world, request.region)
        .and_then(|ssm| ssm.parameters.get(&key(&bare)))
        .filter(|parameter| is_there(world, parameter))
        .ok_or_else(|| not_found(name))
}

/// The version that a selector names: a number or a label; the newest without one.
pub(super) fn version<'p>(parameter: &'p Parameter, selector: Option<&str>) -> Result<&'p ParameterVersion> {
    let missing = |what: String| {
        let why = format!(
            "Systems Manager could not find {what} of {}. Verify the version and try again.",
            parameter.name
        );
        Error::new("ParameterVersionNotFound", why).at("Name")
    };
    let Some(selector) = selector else {
        return parameter.versions.last().ok_or_else(|| not_found(&parameter.name));
    };
    match selector.parse::<i64>() {
        Ok(number) => parameter
            .versions
            .iter()
            .find(|version| version.number == number)
            .ok_or_else(|| missing(format!("version {number}"))),
        Err(_) => parameter
            .versions
            .iter()
            .find(|version| version.labels.contains_key(selector))
            .ok_or_else(|| missing(format!("label {selector}"))),
    }
}

/// A value as it is answered: that of a secure string only on demand; else something that looks like what KMS makes.
pub(super) fn shown(parameter: &Parameter, version: &ParameterVersion, decrypted: bool) -> String {
    if version.kind != "SecureString" || decrypted {
        return version.value.clone();
    }
    let mut bytes = vec![1, 2, 2, 0, 0x78];
    let mut block = 0_u32;
    while bytes.len() < CIPHERTEXT {
        let mut hash = Sha256::new();
        hash.update(&parameter.name);
        hash.update(version.number.to_be_bytes());
        hash.update(&version.value);
        hash.update(block.to_be_bytes());
        bytes.extend(hash.finalize());
        block += 1;
    }
    bytes.truncate(CIPHERTEXT);
    BASE64_STANDARD.encode(bytes)
}

/// A parameter as Get calls answer it.
pub(super) fn describe(
    world: &World,
    region: Region,
    parameter: &Parameter,
    version: &ParameterVersion,
    decrypted: bool,
) -> Structure {
    Structure::new()
        .with(field::NAME, parameter.name.clone())
        .with(field::TYPE, version.kind.clone())
        .with(field::VALUE, shown(parameter, version, decrypted))
        .with(field::VERSION, version.number)
        .with(field::LAST_MODIFIED_DATE, version.modified)
        .with(field::ARN__, arn(world, region, &parameter.name))
        .with(field::DATA_TYPE, version.data_type.clone())
}

/// One page of a list sorted by its key: `MaxResults`, or so many; and the token of the next.
pub(super) fn page<T>(
    params: &Structure,
    usual: usize,
    items: Vec<T>,
    key: impl Fn(&T) -> String,
) -> Result<(Vec<T>, Option<String>)> {
    let size = params
        .integer(field::MAX_RESULTS)
        .and_then(|size| usize::try_from(size).ok());
    let after = match params.text(field::NEXT_TOKEN).filter(|token| !token.is_empty()) {
        None => None,
        Some(token) => {
            let bytes = BASE64_STANDARD.decode(token).ok();
            let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
            let why = "The specified token isn't valid.";
            Some(text.ok_or_else(|| Error::new("InvalidNextToken", why).at("NextToken"))?)
        }
    };
    let mut rest = items.into_iter().filter(|item| match &after {
        Some(after) => key(item) > *after,
        None => true,
    });
    let page: Vec<T> = rest.by_ref().take(size.unwrap_or(usual)).collect();
    let more = rest.next().is_some();
    let token = page
        .last()
        .filter(|_| more)
        .map(|item| BASE64_STANDARD.encode(key(item)));
    Ok((page, token))
}
