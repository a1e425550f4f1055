//! One service's botocore model → the text of `<service>.model`: the wanted operations and what they reach.

use super::botocore::Api;
use super::list::{self, Wanted};
use super::text::{Attributes, MemberText, OperationText, ServiceText, ShapeText};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// # Errors
/// Names what is wanted and missing, or what the format has no place for.
pub fn service(wanted: &Wanted, api: &Api, endpoints: &Value) -> Result<ServiceText, String> {
    let model = &api.service;
    let all = model["operations"].as_object().ok_or("no operations")?;
    let shapes = model["shapes"].as_object().ok_or("no shapes")?;
    let mut chosen: BTreeMap<&str, Option<bool>> = BTreeMap::new();
    if wanted.all {
        chosen.extend(all.keys().map(|name| (name.as_str(), None)));
    }
    for operation in &wanted.operations {
        chosen.insert(&operation.name, operation.read_only);
    }
    let mut text = ServiceText {
        facts: service_facts(&wanted.service, model, endpoints),
        ..ServiceText::default()
    };
    let early = wanted.operations.iter().filter(|operation| !operation.later);
    let first: BTreeSet<&str> = early.map(|operation| operation.name.as_str()).collect();
    let mut roots = Vec::new();
    for (name, read_only) in &chosen {
        let operation = all.get(*name).ok_or_else(|| format!("no operation {name}"))?;
        let errors = operation["errors"].as_array().into_iter().flatten();
        roots.extend(
            errors
                .chain([&operation["input"], &operation["output"]])
                .filter_map(|of| of["shape"].as_str()),
        );
        let read_only = read_only.unwrap_or_else(|| list::looks_read_only(name));
        text.operations.push(operation_text(
            name,
            operation,
            &api.paginators["pagination"][name],
            read_only,
            !first.contains(name),
        ));
    }
    text.waiters = waiters(&api.waiters, |operation| chosen.contains_key(operation))?;
    for open in &wanted.open {
        shapes.get(open).ok_or_else(|| format!("no shape {open}"))?;
    }
    text.shapes = closure(roots, shapes, &wanted.open)?;
    Ok(text)
}

fn service_facts(name: &str, model: &Value, endpoints: &Value) -> Vec<(String, String)> {
    let metadata = &model["metadata"];
    let mut facts = vec![("service".to_string(), name.to_string())];
    let mut put = |key: &str, value: &str| facts.push((key.to_string(), value.to_string()));
    let endpoint_prefix = metadata["endpointPrefix"].as_str().unwrap_or(name);
    for (key, fact) in [
        ("apiVersion", "api-version"),
        ("protocol", "protocol"),
        ("jsonVersion", "json-version"),
        ("endpointPrefix", "endpoint-prefix"),
    ] {
        if let Some(value) = metadata[key].as_str() {
            put(fact, value);
        }
    }
    for protocol in metadata["protocols"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
    {
        put("speaks", protocol);
    }
    put(
        "signing-name",
        metadata["signingName"].as_str().unwrap_or(endpoint_prefix),
    );
    for (key, fact) in [
        ("signatureVersion", "signature"),
        ("targetPrefix", "target-prefix"),
        ("xmlNamespace", "xml-namespace"),
        ("globalEndpoint", "global-endpoint"),
        ("serviceId", "service-id"),
    ] {
        if let Some(value) = metadata[key].as_str() {
            put(fact, value);
        }
    }
    if endpoints["partitions"][0]["services"][endpoint_prefix]["isRegionalized"] == false {
        put("global", "");
    }
    facts
}

fn operation_text(name: &str, operation: &Value, pagination: &Value, read_only: bool, later: bool) -> OperationText {
    let mut text = OperationText {
        name: name.to_string(),
        facts: Vec::new(),
    };
    let mut put = |key: &str, value: String| text.facts.push((key.to_string(), value));
    let http = &operation["http"];
    put(
        "http",
        format!(
            "{} {} {}",
            http["method"].as_str().unwrap_or("POST"),
            http["requestUri"].as_str().unwrap_or("/"),
            http["responseCode"].as_u64().unwrap_or(200)
        ),
    );
    for direction in ["input", "output"] {
        let of = &operation[direction];
        if let Some(shape) = of["shape"].as_str() {
            let mut attributes = Attributes::default();
            strings(
                &mut attributes,
                of,
                &[("locationName", "wire"), ("resultWrapper", "wrapper")],
            );
            namespace(&mut attributes, of);
            put(direction, format!("{shape}{attributes}"));
        }
    }
    let errors = operation["errors"].as_array().into_iter().flatten();
    let errors: Vec<&str> = errors.filter_map(|error| error["shape"].as_str()).collect();
    if !errors.is_empty() {
        put("errors", errors.join(" "));
    }
    if read_only {
        put("read-only", String::new());
    }
    if later {
        put("later", String::new());
    }
    if let Some(prefix) = operation["endpoint"]["hostPrefix"].as_str() {
        put("host-prefix", prefix.to_string());
    }
    if operation["authtype"] == "none" {
        put("anonymous", String::new());
    }
    if operation["httpChecksum"]["requestChecksumRequired"] == true || operation["httpChecksumRequired"] == true {
        put("checksum-required", String::new());
    }
    for (key, fact) in [
        ("input_token", "page-input"),
        ("output_token", "page-output"),
        ("more_results", "page-more"),
        ("limit_key", "page-limit"),
        ("result_key", "page-result"),
    ] {
        match &pagination[key] {
            Value::String(value) => put(fact, value.clone()),
            Value::Array(values) => values
                .iter()
                .filter_map(Value::as_str)
                .for_each(|value| put(fact, value.to_string())),
            _ => {}
        }
    }
    text
}

/// What one can wait for, of the operations that are there.
fn waiters(model: &Value, has: impl Fn(&str) -> bool) -> Result<Vec<OperationText>, String> {
    let mut texts = Vec::new();
    for (name, waiter) in model["waiters"].as_object().into_iter().flatten() {
        let operation = waiter["operation"].as_str().ok_or("a waiter without an operation")?;
        if !has(operation) {
            continue;
        }
        let mut facts = vec![("operation".to_string(), operation.to_string())];
        for (key, fact) in [("delay", "delay"), ("maxAttempts", "attempts")] {
            let number = waiter[key].as_u64().ok_or_else(|| format!("waiter {name}: no {key}"))?;
            facts.push((fact.to_string(), number.to_string()));
        }
        for acceptor in waiter["acceptors"].as_array().into_iter().flatten() {
            let text = |key: &str| acceptor[key].as_str().unwrap_or_default();
            let expected = acceptor["expected"].to_string();
            if expected.contains(' ') {
                return Err(format!("waiter {name}: no place for the space in {expected}"));
            }
            let line = format!("{} {} {expected} {}", text("state"), text("matcher"), text("argument"));
            facts.push(("accept".to_string(), line.trim_end().to_string()));
        }
        texts.push(OperationText {
            name: name.clone(),
            facts,
        });
    }
    texts.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(texts)
}

/// All shapes that the roots reach, sorted by name.
fn closure(roots: Vec<&str>, shapes: &Map<String, Value>, open: &BTreeSet<String>) -> Result<Vec<ShapeText>, String> {
    let mut found: BTreeMap<String, ShapeText> = BTreeMap::new();
    let mut pending: Vec<String> = roots.into_iter().map(String::from).collect();
    while let Some(name) = pending.pop() {
        if found.contains_key(&name) {
            continue;
        }
        let shape = shapes.get(&name).ok_or_else(|| format!("no shape {name}"))?;
        let text = shape_text(&name, shape, open.contains(&name)).map_err(|why| format!("shape {name}: {why}"))?;
        pending.extend(text.references().map(String::from));
        found.insert(name, text);
    }
    Ok(found.into_values().collect())
}

fn shape_text(name: &str, shape: &Value, open: bool) -> Result<ShapeText, String> {
    let kind = shape["type"].as_str().ok_or("no type")?;
    let mut text = ShapeText {
        kind: kind.to_string(),
        name: name.to_string(),
        ..ShapeText::default()
    };
    let attributes = &mut text.attributes;
    match kind {
        "structure" => {
            text.members = members(shape)?;
            strings(attributes, shape, &[("locationName", "wire"), ("payload", "payload")]);
            namespace(attributes, shape);
            flags(
                attributes,
                shape,
                &[("union", "union"), ("eventstream", "event-stream"), ("event", "event")],
            );
            if shape["exception"] == true {
                attributes.flag("exception");
            }
            strings(attributes, &shape["error"], &[("code", "code")]);
            if let Some(status) = shape["error"]["httpStatusCode"].as_u64() {
                attributes.set("status", status);
            }
        }
        "list" => {
            text.elements = vec![shape["member"]["shape"].as_str().ok_or("no member")?.to_string()];
            strings(attributes, &shape["member"], &[("locationName", "wire")]);
        }
        "map" => {
            for (element, attribute) in [("key", "key-wire"), ("value", "value-wire")] {
                text.elements
                    .push(shape[element]["shape"].as_str().ok_or("no element")?.to_string());
                strings(attributes, &shape[element], &[("locationName", attribute)]);
            }
        }
        "string" | "integer" | "long" | "float" | "double" | "boolean" | "timestamp" | "blob" => {}
        other => return Err(format!("no place for type {other}")),
    }
    for bound in ["min", "max"] {
        if let Some(limit) = shape[bound].as_number() {
            attributes.set(bound, limit);
        }
    }
    strings(attributes, shape, &[("timestampFormat", "format")]);
    flags(
        attributes,
        shape,
        &[
            ("flattened", "flattened"),
            ("streaming", "streaming"),
            ("sensitive", "sensitive"),
        ],
    );
    if open {
        attributes.flag("open");
    }
    for value in shape["enum"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if value.contains('\n') || value.trim() != value {
            return Err(format!("no place for the value {value:?}"));
        }
        text.values.push(value.to_string());
    }
    if let Some(pattern) = shape["pattern"].as_str() {
        // A placement group's ARN has a second `^` inside, with which nothing could match.
        let pattern = pattern.replace("/^", "/");
        // A line break in a pattern means the same escaped, and then it stays one line.
        text.pattern = Some(pattern.replace('\n', "\\n").replace('\r', "\\r").replace('\t', "\\t"));
    }
    Ok(text)
}

fn members(shape: &Value) -> Result<Vec<MemberText>, String> {
    let required: BTreeSet<&str> = shape["required"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let mut members = Vec::new();
    for (name, member) in shape["members"].as_object().into_iter().flatten() {
        let mut attributes = Attributes::default();
        strings(
            &mut attributes,
            member,
            &[("locationName", "wire"), ("queryName", "query"), ("location", "at")],
        );
        namespace(&mut attributes, member);
        strings(&mut attributes, member, &[("timestampFormat", "format")]);
        if required.contains(name.as_str()) {
            attributes.flag("required");
        }
        let names = [
            ("flattened", "flattened"),
            ("streaming", "streaming"),
            ("idempotencyToken", "idempotency-token"),
            ("xmlAttribute", "xml-attribute"),
            ("hostLabel", "host-label"),
            ("eventpayload", "event-payload"),
            ("eventheader", "event-header"),
            ("jsonvalue", "json-value"),
            ("deprecated", "deprecated"),
        ];
        flags(&mut attributes, member, &names);
        let shape = member["shape"]
            .as_str()
            .ok_or_else(|| format!("member {name} has no shape"))?
            .to_string();
        members.push(MemberText {
            name: name.clone(),
            shape,
            attributes,
        });
    }
    Ok(members)
}

fn strings(attributes: &mut Attributes, of: &Value, names: &[(&str, &str)]) {
    for (key, attribute) in names {
        if let Some(value) = of[*key].as_str() {
            attributes.set(attribute, value);
        }
    }
}

fn flags(attributes: &mut Attributes, of: &Value, names: &[(&str, &str)]) {
    for (key, attribute) in names {
        if of[*key] == true {
            attributes.flag(attribute);
        }
    }
}

fn namespace(attributes: &mut Attributes, of: &Value) {
    match &of["xmlNamespace"] {
        Value::String(uri) => attributes.set("xmlns", uri),
        namespace => strings(attributes, namespace, &[("uri", "xmlns"), ("prefix", "xmlns-prefix")]),
    }
}
