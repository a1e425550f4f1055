//! Conditions of rules, and whether one holds for a request.
//! <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RuleCondition.html>

use super::common::{unsimulated, validation};
use crate::base::error::{Error, Result};
use crate::services::ec2::common::wildcard;
use crate::world::balancing::RuleCondition;
use ipnet::IpNet;
use std::net::IpAddr;
use stratus_model::{Name, Structure, field};

/// Values of all conditions of a rule (AWS).
const VALUES: usize = 5;

/// Where the values of a condition stand, by its field.
fn config(condition: &Structure, name: &str) -> Option<(Name, Option<Structure>)> {
    let member = match name {
        "host-header" => field::HOST_HEADER_CONFIG,
        "path-pattern" => field::PATH_PATTERN_CONFIG,
        "http-header" => field::HTTP_HEADER_CONFIG,
        "http-request-method" => field::HTTP_REQUEST_METHOD_CONFIG,
        "query-string" => field::QUERY_STRING_CONFIG,
        "source-ip" => field::SOURCE_IP_CONFIG,
        _ => return None,
    };
    Some((member, condition.structure(member).cloned()))
}

/// The conditions of a call.
///
/// # Errors
/// `ValidationError`, `InvalidConfigurationRequest`, NotImplemented for regular expressions.
pub(super) fn read(params: &Structure) -> Result<Vec<RuleCondition>> {
    let mut conditions = Vec::new();
    for condition in params.structures(field::CONDITIONS) {
        conditions.push(read_one(condition)?);
    }
    if conditions.is_empty() {
        return Err(validation(field::CONDITIONS, "A condition must be specified"));
    }
    for name in ["host-header", "path-pattern", "http-request-method", "source-ip"] {
        if conditions
            .iter()
            .filter(|condition: &&RuleCondition| condition.field == name)
            .count()
            > 1
        {
            let why = format!("A rule can only have one '{name}' condition");
            return Err(validation(field::CONDITIONS, why));
        }
    }
    let values: usize = conditions.iter().map(|condition| condition.values.len()).sum();
    if values > VALUES {
        let why = format!("The number of condition values per rule cannot exceed '{VALUES}'");
        return Err(Error::new("ValidationError", why).at("Conditions"));
    }
    Ok(conditions)
}

fn read_one(condition: &Structure) -> Result<RuleCondition> {
    let name = condition.text(field::FIELD).unwrap_or_default();
    let Some((_, own)) = config(condition, name) else {
        let why = format!(
            "Condition field '{name}' must be one of '[http-header, path-pattern, http-request-method, host-header, source-ip, query-string]'"
        );
        return Err(validation(field::CONDITIONS, why));
    };
    let regular = |part: &Structure| part.texts(field::REGEX_VALUES).next().is_some();
    if regular(condition) || own.as_ref().is_some_and(regular) {
        return Err(unsimulated(field::CONDITIONS, "A condition with regular expressions"));
    }
    let plain: Vec<String> = condition.texts(field::VALUES).map(str::to_owned).collect();
    let old = !plain.is_empty();
    if old && !matches!(name, "host-header" | "path-pattern") {
        let why = format!("The values of a '{name}' condition must be given in its config");
        return Err(validation(field::CONDITIONS, why));
    }
    let mut values = plain;
    let mut keys = Vec::new();
    if let Some(own) = own.filter(|_| !old) {
        for value in own.list(field::VALUES) {
            match value.as_structure() {
                Some(pair) => {
                    values.push(pair.text(field::VALUE).unwrap_or_default().to_owned());
                    keys.push(pair.text(field::KEY).map(str::to_owned));
                }
                None => values.extend(value.as_text().map(str::to_owned)),
            }
        }
        if name == "http-header" && own.text(field::HTTP_HEADER_NAME).is_none() {
            return Err(validation(field::CONDITIONS, "A header name must be specified"));
        }
    }
    if values.is_empty() {
        return Err(validation(
            field::CONDITIONS,
            format!("A '{name}' condition must have a value"),
        ));
    }
    check(name, &values)?;
    let header = condition.structure(field::HTTP_HEADER_CONFIG);
    Ok(RuleCondition {
        field: name.to_owned(),
        header: header
            .and_then(|own| own.text(field::HTTP_HEADER_NAME))
            .map(str::to_owned),
        values,
        keys,
        plain: old,
    })
}

fn check(name: &str, values: &[String]) -> Result<()> {
    let refuse = |why: String| Err(validation(field::CONDITIONS, why));
    for value in values {
        if value.len() > 128 {
            return refuse(format!("Condition value '{value}' is longer than 128 characters"));
        }
        let fits = match name {
            "source-ip" => value.parse::<IpNet>().is_ok(),
            "http-request-method" => value
                .chars()
                .all(|letter| letter.is_ascii_uppercase() || "-_".contains(letter)),
            "path-pattern" => !value.contains(char::is_whitespace),
            _ => true,
        };
        if !fits {
            let must = match name {
                "source-ip" => "must be in CIDR format",
                "http-request-method" => "must be in upper case letters, '-' and '_'",
                _ => "must not contain white space",
            };
            return refuse(format!("Condition value '{value}' {must}"));
        }
    }
    Ok(())
}

/// `Conditions`.
pub(super) fn show(condition: &RuleCondition) -> Structure {
    let base = Structure::new().with(field::FIELD, condition.field.as_str());
    let texts: Vec<String> = condition.values.clone();
    let values = Structure::new().with(field::VALUES, texts.clone());
    match condition.field.as_str() {
        "path-pattern" => base.with(field::VALUES, texts).with(field::PATH_PATTERN_CONFIG, values),
        "host-header" => base.with(field::VALUES, texts).with(field::HOST_HEADER_CONFIG, values),
        "http-header" => {
            let values = values.with_some(field::HTTP_HEADER_NAME, condition.header.as_deref());
            base.with(field::HTTP_HEADER_CONFIG, values)
        }
        "http-request-method" => base.with(field::HTTP_REQUEST_METHOD_CONFIG, values),
        "source-ip" => base.with(field::SOURCE_IP_CONFIG, values),
        _ => {
            let pairs = condition.values.iter().zip(&condition.keys).map(|(value, key)| {
                Structure::new()
                    .with_some(field::KEY, key.as_deref())
                    .with(field::VALUE, value.as_str())
            });
            let values = Structure::new().with(field::VALUES, pairs.collect::<Vec<_>>());
            base.with(field::QUERY_STRING_CONFIG, values)
        }
    }
}

/// Whether somebody may come under conditions with some request: from this address, or, without one, from any.
pub(crate) fn let_come(conditions: &[RuleCondition], source: Option<IpAddr>) -> bool {
    let mut who = conditions.iter().filter(|condition| condition.field == "source-ip");
    who.all(|condition| {
        let mut nets = condition.values.iter().filter_map(|value| value.parse::<IpNet>().ok());
        nets.any(|net| source.is_none_or(|source| net.contains(&source)))
    })
}

/// Whether conditions hold for the request that a traced packet stands for: `GET /` of the load balancer's own name (ours), from
/// an address.
pub(crate) fn hold(conditions: &[RuleCondition], host: &str, source: IpAddr) -> bool {
    let_come(conditions, Some(source)) && asked(conditions, host)
}

/// Whether the conditions on what is asked hold for `GET /` of a name.
fn asked(conditions: &[RuleCondition], host: &str) -> bool {
    conditions.iter().all(|condition| {
        let any = |text: &str| condition.values.iter().any(|value| wildcard(value, text));
        match condition.field.as_str() {
            "host-header" => {
                let host = host.to_lowercase();
                condition
                    .values
                    .iter()
                    .any(|value| wildcard(&value.to_lowercase(), &host))
            }
            "path-pattern" => any("/"),
            "http-request-method" => any("GET"),
            "http-header" => {
                let is_host = condition
                    .header
                    .as_deref()
                    .is_some_and(|name| name.eq_ignore_ascii_case("host"));
                is_host && any(host)
            }
            "source-ip" => true,
            _ => false,
        }
    })
}
