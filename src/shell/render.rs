//! From a call to the command that makes it: what every button of the page shows.

use crate::customised;
use crate::shorthand;
use crate::words::quote;
use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use stratus_engine::catalog::Region;
use stratus_model::{Operation, Service, Shape, Structure, Value, cli_name, field, json, model};

/// The command that makes this call, on one line. It runs as it stands in the page's terminal and, `stratus` apart, at AWS.
pub fn command(region: Region, service: &str, operation: &str, params: &Structure) -> String {
    let mut words = vec![customised::program(service), cli_name(operation)];
    let known = model()
        .service(service)
        .and_then(|s| Some((s, s.operation(operation)?)));
    if let Some((service, operation)) = known {
        words.extend(options(service, operation, params));
        if !service.is_global && service.name != "stratus" {
            words.push(format!("--region {}", region.name()));
        }
    }
    words.join(" ")
}

fn options(service: &Service, operation: &Operation, params: &Structure) -> Vec<String> {
    let mut words = Vec::new();
    let mut done = Vec::new();
    if operation.name == "RunInstances" {
        let (low, high) = (
            params.integer(field::MIN_COUNT).unwrap_or(1),
            params.integer(field::MAX_COUNT).unwrap_or(1),
        );
        words.push(if low == high {
            format!("--count {low}")
        } else {
            format!("--count {low}:{high}")
        });
        done.extend([field::MIN_COUNT, field::MAX_COUNT]);
    }
    let flat = customised::takes_flat_rule(operation.name)
        .then(|| flat_rule(params))
        .flatten();
    if flat.is_some() {
        done.push(field::IP_PERMISSIONS);
    }
    for member in &service.structure(operation.input).members {
        let Some(value) = params.get(member.name).filter(|_| !done.contains(&member.name)) else {
            continue;
        };
        let name = cli_name(member.name.text());
        words.push(match value {
            Value::Bool(true) => format!("--{name}"),
            Value::Bool(false) => format!("--no-{name}"),
            Value::String(text) if customised::is_encoded(operation.name, member.name.text()) => {
                let decoded = BASE64.decode(text).ok().and_then(|bytes| String::from_utf8(bytes).ok());
                format!("--{name} {}", quote(&decoded.unwrap_or_else(|| text.clone())))
            }
            Value::Blob(_) if customised::is_file(operation.name, member.name.text()) => {
                format!("--{name} {}", quote(&file_name(params)))
            }
            Value::List(items) => format!("--{name} {}", list(items, service, member.shape)),
            other => format!("--{name} {}", one(other, service, member.shape)),
        });
    }
    words.extend(flat);
    words
}

/// The file that a shown command of this call reads its bytes from: its name in the tray, and the bytes.
pub fn tray_file(params: &Structure) -> Option<(String, &[u8])> {
    match params.get(field::BODY)? {
        Value::Blob(bytes) => Some((file_name(params), bytes)),
        _ => None,
    }
}

/// The file that holds an object's bytes in the tray: the last part of its key.
pub(crate) fn file_name(params: &Structure) -> String {
    let key = params.text(field::KEY).unwrap_or("object");
    key.rsplit('/')
        .find(|part| !part.is_empty())
        .unwrap_or("object")
        .to_owned()
}

/// `--protocol tcp --port 443 --cidr 0.0.0.0/0`, where the rule is that simple.
fn flat_rule(params: &Structure) -> Option<String> {
    let [Value::Structure(rule)] = params.list(field::IP_PERMISSIONS) else {
        return None;
    };
    let [Value::Structure(range)] = rule.list(field::IP_RANGES) else {
        return None;
    };
    let protocol = rule
        .text(field::IP_PROTOCOL)
        .filter(|protocol| matches!(*protocol, "tcp" | "udp"))?;
    let (from, to) = (rule.integer(field::FROM_PORT)?, rule.integer(field::TO_PORT)?);
    // A description or any further peer needs the long form.
    if rule.len() != 4 || range.len() != 1 {
        return None;
    }
    let ports = if from == to {
        from.to_string()
    } else {
        format!("{from}-{to}")
    };
    Some(format!(
        "--protocol {protocol} --port {ports} --cidr {}",
        range.text(field::CIDR_IP)?
    ))
}

fn list(items: &[Value], service: &Service, shape: stratus_model::ShapeId) -> String {
    let Shape::List(known) = service.shape(shape) else {
        return String::new();
    };
    let words: Vec<String> = items.iter().map(|item| one(item, service, known.member)).collect();
    words.join(" ")
}

fn one(value: &Value, service: &Service, shape: stratus_model::ShapeId) -> String {
    literal(value, service, shape)
}

/// One value as an option's word: plain, shorthand, or JSON where shorthand cannot say it.
pub fn literal(value: &Value, service: &Service, shape: stratus_model::ShapeId) -> String {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Integer(number) => number.to_string(),
        Value::Double(number) => number.to_string(),
        Value::Bool(flag) => flag.to_string(),
        Value::Timestamp(at) => stratus_model::time::iso8601(*at),
        Value::Blob(bytes) => BASE64.encode(bytes),
        Value::List(_) => json::to_json(service, shape, value).to_string(),
        Value::Structure(_) | Value::Map(_) => {
            shorthand::write(value, service, shape).unwrap_or_else(|| json::to_json(service, shape, value).to_string())
        }
    };
    quote(&text)
}
