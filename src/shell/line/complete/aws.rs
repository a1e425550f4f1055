//! Completion of `aws`: services, operations, options, and the values that the model or the world knows.

use super::{Candidate, live, nested};
use crate::cloud::Cloud;
use crate::customised;
use crate::line::Shell;
use stratus_engine::catalog::Region;
use stratus_model::{Member, Operation, Service, Shape, ShapeId, cli_name, field, model};

/// Options of `aws` itself that are worth offering.
const GLOBAL: [(&str, &str); 14] = [
    ("--region", "the Region to ask"),
    ("--output", "json, text, table, yaml"),
    ("--query", "JMESPath: what of the answer to print"),
    ("--no-paginate", "only the first page"),
    ("--max-items", "as many at most"),
    ("--page-size", "as many a call"),
    ("--starting-token", "go on where the last stopped"),
    ("--cli-input-json", "parameters as JSON"),
    ("--cli-input-yaml", "parameters as YAML"),
    ("--profile", "a profile of aws configure"),
    ("--no-sign-request", "without a signature"),
    ("--debug", "each step, on standard error"),
    ("--generate-cli-skeleton", "print the parameters' shape"),
    ("--no-cli-pager", "as here anyway"),
];

const OUTPUTS: [&str; 5] = ["json", "text", "table", "yaml", "yaml-stream"];

impl Shell {
    pub(super) fn aws(&self, words: &[String], word: &str, cloud: &dyn Cloud) -> Vec<Candidate> {
        let regions_follow = words.last().is_some_and(|last| last == "--region");
        let words = without_globals(words);
        if regions_follow && words.is_empty() {
            return regions();
        }
        let Some((service, rest)) = words.split_first() else {
            return if word.starts_with('-') { globals() } else { services() };
        };
        if service == "s3" {
            return self.s3(rest, word, cloud);
        }
        match customised::service(service) {
            Some(name) => self.operation(name, rest, word, cloud),
            None => Vec::new(),
        }
    }

    /// The Region that a live id is looked for in: `--region`, or the session's.
    fn asked(&self, words: &[String]) -> Region {
        let named = words
            .iter()
            .position(|word| word == "--region")
            .and_then(|at| words.get(at + 1));
        let exported = self.exported("AWS_REGION").or(self.exported("AWS_DEFAULT_REGION"));
        named
            .map(String::as_str)
            .or(exported)
            .and_then(Region::find)
            .unwrap_or(self.session.region)
    }

    pub(super) fn operation(&self, service: &str, words: &[String], word: &str, cloud: &dyn Cloud) -> Vec<Candidate> {
        let Some(service) = model().service(service) else {
            return Vec::new();
        };
        let (name, rest) = match words {
            [] => return operations(service),
            [wait] if wait == "wait" => {
                let waiters = service.waiters().iter();
                return waiters
                    .map(|waiter| Candidate::new(cli_name(waiter.name), "wait until then"))
                    .collect();
            }
            [wait, waiter, rest @ ..] if wait == "wait" => {
                let known = service.waiters().iter().find(|known| cli_name(known.name) == *waiter);
                match known.and_then(|known| service.operation(known.operation)) {
                    Some(operation) => (cli_name(operation.name), rest),
                    None => return Vec::new(),
                }
            }
            [name, rest @ ..] => (name.clone(), rest),
        };
        let Some(operation) = service.operation_by_cli_name(&name) else {
            return Vec::new();
        };
        if word.starts_with('-') {
            return options(service, operation, rest);
        }
        let last = rest
            .iter()
            .rposition(|word| word.starts_with("--"))
            .and_then(|at| rest.get(at));
        let Some(option) = last.and_then(|last| last.strip_prefix("--")) else {
            return options(service, operation, rest);
        };
        self.values(service, operation, option, words, word, cloud)
    }

    fn values(
        &self,
        service: &Service,
        operation: &Operation,
        option: &str,
        words: &[String],
        word: &str,
        cloud: &dyn Cloud,
    ) -> Vec<Candidate> {
        for scheme in ["file://", "fileb://"] {
            if word.starts_with(scheme) {
                return self.files(scheme);
            }
        }
        match option {
            "region" => return regions(),
            "output" => return OUTPUTS.iter().map(|name| Candidate::new(*name, "")).collect(),
            _ => {}
        }
        let region = self.asked(words);
        let members = service.structure(operation.input);
        let Some(member) = members.member_by_cli_name(option) else {
            // A word of the CLI's own: `--security-groups`, `--source-group`.
            return live::find(service.name, option, words, region, cloud);
        };
        let mut found = enumeration(service, member.shape);
        let filters = option == "filters";
        if let Some(candidates) = filters
            .then(|| super::filtering::complete(service, operation, word, region, cloud))
            .flatten()
        {
            return candidates;
        }
        if let Some(structure) = nested::structure_of(service, member.shape) {
            found.extend(nested::complete(service, structure, word, region, cloud));
        }
        found.extend(live::find(service.name, option, words, region, cloud));
        if matches!(option, "body" | "zip-file" | "priv-launch-key") {
            found.extend(self.files(""));
        }
        found
    }
}

/// Words after `aws` without the options of `aws` itself that stand before the service.
fn without_globals(words: &[String]) -> &[String] {
    let mut rest = words;
    loop {
        match rest {
            [first] if first == "--region" => return &[],
            [first, _, more @ ..] if ["--region", "--output", "--profile", "--query"].contains(&first.as_str()) => {
                rest = more
            }
            [first, more @ ..] if first.starts_with("--") => rest = more,
            _ => return rest,
        }
    }
}

fn globals() -> Vec<Candidate> {
    GLOBAL
        .iter()
        .map(|(name, about)| Candidate::new(*name, *about))
        .collect()
}

/// The words of the services, `s3` with them.
fn services() -> Vec<Candidate> {
    let mut words: Vec<Candidate> = model()
        .service_names()
        .filter_map(|name| customised::program(name).strip_prefix("aws ").map(str::to_owned))
        .filter(|word| customised::service(word).is_some())
        .map(|word| Candidate::new(word, ""))
        .collect();
    words.push(Candidate::new("s3", "buckets and files: ls, cp, sync"));
    words.sort_by(|a, b| a.text.cmp(&b.text));
    words
}

fn operations(service: &Service) -> Vec<Candidate> {
    let mut all: Vec<Candidate> = service
        .operations()
        .iter()
        .map(|operation| Candidate::new(cli_name(operation.name), if operation.read_only { "reads" } else { "" }))
        .collect();
    if !service.waiters().is_empty() {
        all.push(Candidate::new("wait", "let time pass until something is so"));
    }
    all.sort_by(|a, b| a.text.cmp(&b.text));
    all
}

pub(super) fn regions() -> Vec<Candidate> {
    Region::all()
        .map(|region| Candidate::new(region.name(), region.long_name()))
        .collect()
}

/// Options that are not there yet: the required ones first.
fn options(service: &Service, operation: &Operation, words: &[String]) -> Vec<Candidate> {
    let mut own: Vec<(bool, Candidate)> = Vec::new();
    for member in service
        .structure(operation.input)
        .members
        .iter()
        .filter(|member| !member.deprecated)
    {
        // The CLI has one `--count` for the two.
        if operation.name == "RunInstances" && [field::MIN_COUNT, field::MAX_COUNT].contains(&member.name) {
            continue;
        }
        let name = cli_name(member.name.text());
        own.push((
            !member.required,
            Candidate::new(format!("--{name}"), about(service, member)),
        ));
        if matches!(service.shape(member.shape), Shape::Boolean) {
            own.push((true, Candidate::new(format!("--no-{name}"), "no")));
        }
    }
    if operation.name == "RunInstances" {
        own.push((false, Candidate::new("--count", "how many, or MIN:MAX")));
    }
    if customised::takes_flat_rule(operation.name) {
        let flat = [
            ("--protocol", "tcp, udp, icmp or all"),
            ("--port", "a port, or FROM-TO"),
            ("--cidr", "who: an address block"),
            ("--source-group", "who: a security group"),
        ];
        own.extend(flat.map(|(name, about)| (true, Candidate::new(name, about))));
    }
    own.sort_by(|(a, one), (b, other)| (a, &one.text).cmp(&(b, &other.text)));
    let mut all: Vec<Candidate> = own.into_iter().map(|(_, candidate)| candidate).collect();
    all.extend(globals());
    all.retain(|candidate| !words.contains(&candidate.text));
    all
}

/// What kind of value an option takes.
fn about(service: &Service, member: &Member) -> String {
    let kind = match service.shape(member.shape) {
        Shape::Boolean => "yes".into(),
        Shape::List(list) => match service.shape(list.member) {
            Shape::Structure(_) | Shape::Map(_) => "Key=value,… …".into(),
            _ => "a list".to_owned(),
        },
        Shape::Structure(_) | Shape::Map(_) => "Key=value,…".into(),
        Shape::Integer(_) | Shape::Long(_) | Shape::Float(_) | Shape::Double(_) => "a number".into(),
        Shape::Timestamp(_) => "a time".into(),
        Shape::Blob(_) => "bytes".into(),
        _ => String::new(),
    };
    match (member.required, kind.as_str()) {
        (true, "") => "required".into(),
        (true, kind) => format!("required, {kind}"),
        (false, kind) => kind.to_owned(),
    }
}

/// The values of an enumeration, or of a list of one.
pub(super) fn enumeration(service: &Service, shape: ShapeId) -> Vec<Candidate> {
    match service.shape(shape) {
        Shape::String(string) => string.values.iter().map(|value| Candidate::new(*value, "")).collect(),
        Shape::List(list) => match service.shape(list.member) {
            Shape::String(string) => string.values.iter().map(|value| Candidate::new(*value, "")).collect(),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}
