//! From words to a call: options by the AWS CLI's names, values as text, shorthand or JSON, files from the tray.

use crate::customised;
use crate::shorthand;
use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use serde_json::{Map, Value as Json, json};
use stratus_engine::catalog::Region;
use stratus_model::{Member, Operation, Service, Shape, Structure, Value, cli_name, json as model_json, model};

/// A command that was understood.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// Which Region; `None` = the session's.
    pub region: Option<Region>,
    /// The service.
    pub service: &'static Service,
    /// The operation.
    pub operation: &'static Operation,
    /// The parameters.
    pub params: Structure,
    /// Where a streaming answer goes (`get-object … outfile`).
    pub outfile: Option<String>,
}

pub use crate::tray::Tray;

/// Reads `ec2 describe-instances …` (without the program's name). The error is the AWS CLI's sort of text.
pub fn parse(words: &[String], tray: &Tray) -> Result<Parsed, String> {
    let mut words = words.iter().map(String::as_str).peekable();
    let service_word = words
        .next()
        .ok_or("aws: error: the following arguments are required: command")?;
    let service = customised::service(service_word).and_then(|name| model().service(name)).ok_or_else(|| {
        format!("aws: error: argument command: '{service_word}' is not here yet. Stratus has: ec2, s3api, route53, sts, and stratus of its own.")
    })?;
    let word = words
        .next()
        .ok_or("aws: error: the following arguments are required: operation")?;
    let operation = service.operation_by_cli_name(word).ok_or_else(|| {
        let near = nearest(
            word,
            service.operations().iter().map(|operation| cli_name(operation.name)),
        );
        format!(
            "aws: error: argument operation: '{word}' is not an operation that Stratus has for {service_word}.{near}"
        )
    })?;
    let mut options = Options {
        service,
        operation,
        tray,
        json: Map::new(),
        flat: Map::new(),
        region: None,
        outfile: None,
    };
    while let Some(word) = words.next() {
        let Some(name) = word.strip_prefix("--") else {
            options.positional(word)?;
            continue;
        };
        let (name, attached) = name
            .split_once('=')
            .map_or((name, None), |(name, value)| (name, Some(value)));
        let mut values: Vec<&str> = attached.into_iter().collect();
        while attached.is_none() {
            match words.next_if(|next| !next.starts_with("--")) {
                Some(value) => values.push(value),
                None => break,
            }
        }
        options.take(name, &values)?;
    }
    options.finish()
}

fn nearest(word: &str, known: impl Iterator<Item = String>) -> String {
    let shared = |other: &str| other.bytes().zip(word.bytes()).take_while(|(a, b)| a == b).count();
    match known
        .max_by_key(|name| (shared(name), std::cmp::Reverse(name.len())))
        .filter(|name| shared(name) > 3)
    {
        Some(name) => format!(" Did you mean {name}?"),
        None => String::new(),
    }
}

struct Options<'a> {
    service: &'static Service,
    operation: &'static Operation,
    tray: &'a Tray,
    json: Map<String, Json>,
    flat: Map<String, Json>,
    region: Option<Region>,
    outfile: Option<String>,
}

impl Options<'_> {
    fn positional(&mut self, word: &str) -> Result<(), String> {
        if self.operation.name == "GetObject" && self.outfile.is_none() {
            self.outfile = Some(word.to_owned());
            return Ok(());
        }
        Err(format!("Unknown options: {word}"))
    }

    fn take(&mut self, name: &str, values: &[&str]) -> Result<(), String> {
        if self.global(name, values)? || self.customised(name, values)? {
            return Ok(());
        }
        let members = self.service.structure(self.operation.input);
        let (member, negated) = match (members.member_by_cli_name(name), name.strip_prefix("no-")) {
            (Some(member), _) => (member, false),
            (None, Some(rest)) => match members.member_by_cli_name(rest) {
                Some(member) => (member, true),
                None => return Err(self.unknown(name)),
            },
            (None, None) => return Err(self.unknown(name)),
        };
        let value = self.value(member, name, negated, values)?;
        self.json.insert(member.name.text().to_owned(), value);
        Ok(())
    }

    fn unknown(&self, name: &str) -> String {
        let members = &self.service.structure(self.operation.input).members;
        let near = nearest(name, members.iter().map(|member| cli_name(member.name.text())));
        format!("Unknown options: --{name}.{}", near.replace("mean ", "mean --"))
    }

    fn global(&mut self, name: &str, values: &[&str]) -> Result<bool, String> {
        let one = || {
            values
                .first()
                .copied()
                .ok_or_else(|| format!("aws: error: argument --{name}: expected one argument"))
        };
        match name {
            "region" => {
                let region = one()?;
                self.region =
                    Some(Region::find(region).ok_or_else(|| format!("aws: error: there is no Region '{region}'"))?);
            }
            "output" => {
                if one()? != "json" {
                    return Err(format!("--output {}: not yet. Stratus prints json for now.", one()?));
                }
            }
            "no-cli-pager" | "no-paginate" => {}
            "query"
            | "cli-input-json"
            | "generate-cli-skeleton"
            | "profile"
            | "endpoint-url"
            | "debug"
            | "max-items"
            | "page-size"
            | "starting-token"
            | "cli-binary-format" => {
                return Err(format!(
                    "--{name}: not yet. The terminal takes the operations' own options, --region and --output json for now."
                ));
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn customised(&mut self, name: &str, values: &[&str]) -> Result<bool, String> {
        let one = || {
            values
                .first()
                .copied()
                .ok_or_else(|| format!("aws: error: argument --{name}: expected one argument"))
        };
        if self.operation.name == "RunInstances" && name == "count" {
            let (low, high) = one()?.split_once(':').unwrap_or((one()?, one()?));
            let number = |text: &str| {
                text.parse::<i64>()
                    .map_err(|_| "aws: error: --count takes a number, or MIN:MAX".to_owned())
            };
            self.json.insert("MinCount".into(), json!(number(low)?));
            self.json.insert("MaxCount".into(), json!(number(high)?));
            return Ok(true);
        }
        if customised::takes_flat_rule(self.operation.name)
            && matches!(name, "protocol" | "port" | "cidr" | "source-group")
        {
            self.flat.insert(name.into(), json!(one()?));
            return Ok(true);
        }
        Ok(false)
    }

    fn value(&self, member: &Member, name: &str, negated: bool, values: &[&str]) -> Result<Json, String> {
        let shape = self.service.shape(member.shape);
        if matches!(shape, Shape::Boolean) {
            return match values {
                [] => Ok(json!(!negated)),
                [value] if !negated => Ok(shorthand::scalar(self.service, member.shape, value)),
                _ => Err(format!("Unknown options: {}", values.join(" "))),
            };
        }
        let expected = || format!("aws: error: argument --{name}: expected at least one argument");
        let [first, rest @ ..] = values else {
            return Err(expected());
        };
        if customised::is_file(self.operation.name, member.name.text()) {
            return Ok(json!(BASE64.encode(self.file(first)?)));
        }
        let first = self.text(first)?;
        match shape {
            Shape::List(_) if rest.is_empty() && first.trim_start().starts_with('[') => parse_json(name, &first),
            Shape::List(list) => {
                let mut items = Vec::new();
                for value in values {
                    items.push(self.item(list.member, name, &self.text(value)?)?);
                }
                Ok(Json::Array(items))
            }
            _ if !rest.is_empty() => Err(format!("Unknown options: {}", rest.join(" "))),
            Shape::String(_) if customised::is_encoded(self.operation.name, member.name.text()) => {
                Ok(json!(BASE64.encode(first)))
            }
            _ => self.item(member.shape, name, &first),
        }
    }

    fn item(&self, shape: stratus_model::ShapeId, name: &str, text: &str) -> Result<Json, String> {
        match self.service.shape(shape) {
            // EC2's `--attribute-value` kind of structure takes a bare word for its only scalar.
            Shape::Structure(known) if !text.contains('=') && !text.trim_start().starts_with('{') => {
                match known.members.as_slice() {
                    [only] => Ok(json!({only.name.text(): shorthand::scalar(self.service, only.shape, text)})),
                    _ => Err(format!(
                        "Error parsing parameter '--{name}': expected KEY=VALUE pairs or JSON, not '{text}'"
                    )),
                }
            }
            Shape::Structure(_) | Shape::Map(_) if text.trim_start().starts_with('{') => parse_json(name, text),
            Shape::Structure(_) | Shape::Map(_) => {
                shorthand::read(self.service, shape, text).map_err(|error| format!("Parameter --{name}: {error}"))
            }
            _ => Ok(shorthand::scalar(self.service, shape, text)),
        }
    }

    fn text(&self, word: &str) -> Result<String, String> {
        match word.strip_prefix("file://").or_else(|| word.strip_prefix("fileb://")) {
            Some(path) => String::from_utf8(self.file(path)?)
                .map_err(|_| format!("Unable to load paramfile {path}: it is not text")),
            None => Ok(word.to_owned()),
        }
    }

    fn file(&self, path: &str) -> Result<Vec<u8>, String> {
        self.tray
            .get(path)
            .cloned()
            .ok_or_else(|| format!("Unable to load paramfile {path}: there is no such file in the tray"))
    }

    fn finish(mut self) -> Result<Parsed, String> {
        self.add_flat_rule();
        let Some(shape) = self.operation.input else {
            return Ok(Parsed {
                region: self.region,
                service: self.service,
                operation: self.operation,
                params: Structure::new(),
                outfile: None,
            });
        };
        let missing: Vec<String> = self
            .service
            .structure(self.operation.input)
            .members
            .iter()
            .filter(|member| member.required && !self.json.contains_key(member.name.text()))
            .map(|member| format!("--{}", cli_name(member.name.text())))
            .collect();
        if !missing.is_empty() {
            return Err(format!(
                "aws: error: the following arguments are required: {}",
                missing.join(", ")
            ));
        }
        let value = model_json::from_json(self.service, shape, &Json::Object(self.json))
            .map_err(|problem| format!("Parameter validation failed:\n{problem}"))?;
        let params = match value {
            Value::Structure(params) => params,
            _ => Structure::new(),
        };
        Ok(Parsed {
            region: self.region,
            service: self.service,
            operation: self.operation,
            params,
            outfile: self.outfile,
        })
    }

    fn add_flat_rule(&mut self) {
        if self.flat.is_empty() {
            return;
        }
        let text = |name: &str| self.flat.get(name).and_then(Json::as_str);
        let mut rule = Map::new();
        let protocol = match text("protocol") {
            Some("all") | None => "-1",
            Some(protocol) => protocol,
        };
        rule.insert("IpProtocol".into(), json!(protocol));
        if let Some(port) = text("port") {
            let (from, to) = match port {
                "-1" | "all" => ("-1", "-1"),
                port => port.split_once('-').unwrap_or((port, port)),
            };
            for (name, port) in [("FromPort", from), ("ToPort", to)] {
                rule.insert(
                    name.into(),
                    port.parse::<i64>().map_or_else(|_| json!(port), |port| json!(port)),
                );
            }
        }
        if let Some(cidr) = text("cidr") {
            rule.insert("IpRanges".into(), json!([{"CidrIp": cidr}]));
        }
        if let Some(group) = text("source-group") {
            let key = if group.starts_with("sg-") {
                "GroupId"
            } else {
                "GroupName"
            };
            rule.insert("UserIdGroupPairs".into(), json!([{key: group}]));
        }
        self.json.insert("IpPermissions".into(), json!([rule]));
    }
}

fn parse_json(name: &str, text: &str) -> Result<Json, String> {
    serde_json::from_str(text).map_err(|error| format!("Error parsing parameter '--{name}': Invalid JSON: {error}"))
}
