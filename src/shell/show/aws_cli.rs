//! A call as a command of the AWS CLI, version 2: what every button of the page shows.
//!
//! Options by the CLI's own names where it departs from the API's. What options cannot say (texts that begin like a file's
//! address, a token beside a page size) goes into `--cli-input-json`.
//! Source: <https://docs.aws.amazon.com/cli/latest/reference/> and the behaviour of version 2.9.19.

use super::{ShownCall, USER_DATA_FILE, before_sdk, file_name, is_streaming, known};
use crate::arguments::streaming_output;
use crate::customised;
use crate::shorthand;
use crate::words::quote;
use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use stratus_model::{Member, Name, Operation, Service, Shape, ShapeId, Structure, Value, cli_name, field, json};

/// The command: one line, unless a text in it has several.
pub(super) fn text(call: ShownCall<'_>) -> String {
    let mut words = vec![customised::program(call.service), cli_name(call.operation)];
    if let Some((service, operation)) = known(&call) {
        words.extend(options(service, operation, call.params));
        if !service.is_global && service.name != "stratus" {
            words.push(format!("--region {}", call.region.name()));
        }
    }
    words.join(" ")
}

fn options(service: &'static Service, operation: &Operation, params: &Structure) -> Vec<String> {
    let input = service.structure(operation.input);
    // What has an option or a file of its own is not said twice.
    let (mut words, mut done) = own_options(service, operation, params);
    let given: Vec<(&Member, &Value)> = input
        .members
        .iter()
        .filter_map(|member| Some((member, params.get(member.name)?)))
        .filter(|(member, _)| !done.contains(&member.name))
        .collect();
    for (member, _) in given.iter().filter(|(member, _)| is_streaming(service, member)) {
        words.push(format!(
            "--{} {}",
            cli_name(member.name.text()),
            quote(&file_name(params))
        ));
        done.push(member.name);
    }
    let given: Vec<(&Member, Value)> = given
        .into_iter()
        .filter(|(member, _)| !done.contains(&member.name))
        .map(|(member, value)| {
            (
                member,
                before_sdk(operation, member, value).unwrap_or_else(|| value.clone()),
            )
        })
        .collect();
    let paged = needs_one_page(operation, params);
    if service.name != "stratus" && (paged || given.iter().any(|(_, value)| is_unsayable(value))) {
        let whole: Structure = given.into_iter().map(|(member, value)| (member.name, value)).collect();
        let shape = operation
            .input
            .map(|shape| json::to_json(service, shape, &Value::Structure(whole)));
        words.extend(shape.map(|json| format!("--cli-input-json {}", quote(&json.to_string()))));
        words.extend(paged.then(|| "--no-paginate".to_owned()));
    } else {
        for (member, value) in &given {
            words.push(option(service, operation, member, value));
        }
    }
    words.extend(output_file(service, operation, params));
    words
}

/// Options that stand for several parameters, or for none; and the parameters that they stand for.
fn own_options(service: &Service, operation: &Operation, params: &Structure) -> (Vec<String>, Vec<Name>) {
    match (service.name, operation.name) {
        ("ec2", "RunInstances") => {
            let (low, high) = (
                params.integer(field::MIN_COUNT).unwrap_or(1),
                params.integer(field::MAX_COUNT).unwrap_or(1),
            );
            let count = if low == high {
                format!("--count {low}")
            } else {
                format!("--count {low}:{high}")
            };
            (vec![count], vec![field::MIN_COUNT, field::MAX_COUNT])
        }
        ("ec2", name) if customised::takes_flat_rule(name) => match flat_rule(params) {
            Some(rule) => (vec![rule], vec![field::IP_PERMISSIONS]),
            None => (Vec::new(), Vec::new()),
        },
        ("iam", "CreateVirtualMFADevice") => (
            vec!["--outfile seed.txt --bootstrap-method Base32StringSeed".into()],
            Vec::new(),
        ),
        _ => (Vec::new(), Vec::new()),
    }
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

/// Where a streamed answer goes: a positional word that the CLI insists on.
fn output_file(service: &'static Service, operation: &Operation, params: &Structure) -> Option<String> {
    let streams = streaming_output(service, operation).is_some();
    (streams || operation.name == "SelectObjectContent").then(|| quote(&file_name(params)))
}

/// Whether a call asks for one page from a token on, of so many items: the CLI's `--max-items` and `--page-size` mean
/// something else and exclude tokens, so the parameters go in as they are.
fn needs_one_page(operation: &Operation, params: &Structure) -> bool {
    let has = |name: &str| params.iter().any(|(given, _)| given.text() == name);
    operation.pagination.as_ref().is_some_and(|pages| {
        let taken = |limit: &&str| matches!(*limit, "MaxItems" | "PageSize");
        pages.limit.filter(taken).is_some_and(has) && pages.input_tokens.iter().any(|token| has(token))
    })
}

/// Values that an option cannot say: the CLI would read a file.
fn is_unsayable(value: &Value) -> bool {
    value.as_text().is_some_and(names_file)
}

fn names_file(text: &str) -> bool {
    text.starts_with("file://") || text.starts_with("fileb://")
}

fn option(service: &Service, operation: &Operation, member: &Member, value: &Value) -> String {
    let name = option_name(service, operation, member);
    match value {
        Value::Bool(flag) => flag_of(service, operation, &name, *flag),
        Value::Structure(inner) if service.name == "ec2" && is_pulled(service, member) => {
            match (inner.len(), inner.boolean(field::VALUE)) {
                (1, Some(true)) => format!("--{name}"),
                (1, Some(false)) => format!("--no-{name}"),
                _ => valued(&name, &word(value, service, member.shape)),
            }
        }
        // The CLI encodes what it is given; bytes that are no text can only come from a file.
        Value::Blob(_) if matches!(service.shape(member.shape), Shape::String(_)) => {
            format!("--{name} fileb://{USER_DATA_FILE}")
        }
        Value::List(items) => list(&name, items, service, member.shape),
        other => valued(&name, &word(other, service, member.shape)),
    }
}

/// An option that the CLI calls otherwise than the parameter.
fn option_name(service: &Service, operation: &Operation, member: &Member) -> String {
    match (service.name, operation.name, member.name.text()) {
        ("route53", "DeleteTrafficPolicy" | "GetTrafficPolicy" | "UpdateTrafficPolicyComment", "Version") => {
            "traffic-policy-version".into()
        }
        ("sns", "Subscribe", "Endpoint") => "notification-endpoint".into(),
        (_, _, name) => cli_name(name),
    }
}

fn flag_of(service: &Service, operation: &Operation, name: &str, flag: bool) -> String {
    match (service.name, operation.name, name, flag) {
        (_, _, name, true) => format!("--{name}"),
        ("ec2", "CreateImage", "no-reboot", false) => "--reboot".into(),
        ("ec2", _, "egress", false) => "--ingress".into(),
        ("ec2", _, "disable-api-termination", false) => "--enable-api-termination".into(),
        (_, _, name, false) => format!("--no-{name}"),
    }
}

/// Whether a member is a structure of one truth value, which the CLI makes a pair of flags of in EC2.
fn is_pulled(service: &Service, member: &Member) -> bool {
    match service.shape(member.shape) {
        Shape::Structure(shape) => matches!(
            shape.members.as_slice(),
            [only] if only.name == field::VALUE && matches!(service.shape(only.shape), Shape::Boolean)
        ),
        _ => false,
    }
}

/// A name and its word. A word that begins with a dash would be taken for an option.
fn valued(name: &str, word: &str) -> String {
    let dashed = word.starts_with('-') && !is_negative(word);
    format!("--{name}{}{}", if dashed { "=" } else { " " }, quote(word))
}

fn list(name: &str, items: &[Value], service: &Service, shape: ShapeId) -> String {
    let Shape::List(known) = service.shape(shape) else {
        return format!("--{name}");
    };
    let words: Vec<String> = items.iter().map(|item| word(item, service, known.member)).collect();
    let plain = |(item, word): (&Value, &String)| match item {
        // Of items in JSON all have to be, so that the whole is one list.
        Value::Structure(_) | Value::Map(_) => !word.starts_with('{'),
        Value::List(_) => false,
        _ => !word.is_empty() && !word.starts_with(['[', '{', '-']) && !names_file(word),
    };
    if items.is_empty() || !items.iter().zip(&words).all(plain) {
        let whole = json::to_json(service, shape, &Value::List(items.to_vec()));
        return format!("--{name} {}", quote(&whole.to_string()));
    }
    let words: Vec<String> = words.iter().map(|word| quote(word)).collect();
    format!("--{name} {}", words.join(" "))
}

/// One value as an option's word: plain, shorthand, or JSON where shorthand cannot say it.
pub fn literal(value: &Value, service: &Service, shape: ShapeId) -> String {
    quote(&word(value, service, shape))
}

fn word(value: &Value, service: &Service, shape: ShapeId) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Integer(number) => number.to_string(),
        Value::Double(number) => number.to_string(),
        Value::Bool(flag) => flag.to_string(),
        Value::Timestamp(at) => stratus_model::time::iso8601(*at),
        Value::Blob(bytes) => BASE64.encode(bytes),
        Value::List(_) => json::to_json(service, shape, value).to_string(),
        Value::Structure(_) | Value::Map(_) => shorthand::write(value, service, shape)
            .filter(|_| is_short(value))
            .unwrap_or_else(|| json::to_json(service, shape, value).to_string()),
    }
}

/// Whether shorthand says a value as it is meant: keys of maps have to be plain words there, and texts have to be on one line.
fn is_short(value: &Value) -> bool {
    let plain =
        |key: &String| !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.#/:".contains(&b));
    match value {
        Value::String(text) => !text.contains(['\n', '"', '\\']),
        Value::List(items) => items.iter().all(is_short),
        Value::Structure(structure) => structure.iter().all(|(_, value)| is_short(value)),
        Value::Map(entries) => !entries.is_empty() && entries.iter().all(|(key, value)| plain(key) && is_short(value)),
        _ => true,
    }
}

/// What argparse takes for a negative number rather than an option: `-1`, `-.5`, `-0.5`. Not the standard library's reading of
/// numbers, whose tables are 10 KB of a first visit.
fn is_negative(word: &str) -> bool {
    let Some(number) = word.strip_prefix('-') else {
        return false;
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    match number.split_once('.') {
        Some((whole, fraction)) => digits(whole) && digits(fraction) && !fraction.is_empty(),
        None => digits(number) && !number.is_empty(),
    }
}
