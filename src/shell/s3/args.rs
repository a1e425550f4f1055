//! The command lines of `aws s3`: which options each command takes, and what the CLI says where a line is none.

use super::Fault;
use std::collections::BTreeMap;

/// How an option takes its value.
#[derive(Clone, Copy)]
enum Takes {
    Nothing,
    Text,
    Whole,
    OneOf(&'static [&'static str]),
    /// A value may follow; this is it where none does.
    Perhaps(&'static str),
    /// `--exclude`, `--include`: kept in order.
    Filter,
    /// Words up to the next option.
    Words,
    /// `a=1,b=2` or JSON.
    Map,
}

const ACLS: &[&str] = &[
    "private",
    "public-read",
    "public-read-write",
    "authenticated-read",
    "aws-exec-read",
    "bucket-owner-read",
    "bucket-owner-full-control",
    "log-delivery-write",
];
const CLASSES: &[&str] = &[
    "STANDARD",
    "REDUCED_REDUNDANCY",
    "STANDARD_IA",
    "ONEZONE_IA",
    "INTELLIGENT_TIERING",
    "GLACIER",
    "DEEP_ARCHIVE",
    "GLACIER_IR",
];

/// All options: name, value, commands (`t` cp, mv and sync; `c` cp; `m` mv; `r` rm; `y` sync; `l` ls; `b` rb; `p` presign; `w` website; `*` all).
const OPTIONS: &[(&str, Takes, &str)] = &[
    ("acl", Takes::OneOf(ACLS), "t"),
    ("cache-control", Takes::Text, "t"),
    ("content-disposition", Takes::Text, "t"),
    ("content-encoding", Takes::Text, "t"),
    ("content-language", Takes::Text, "t"),
    ("content-type", Takes::Text, "t"),
    (
        "copy-props",
        Takes::OneOf(&["none", "metadata-directive", "default"]),
        "t",
    ),
    ("delete", Takes::Nothing, "y"),
    ("dryrun", Takes::Nothing, "tr"),
    ("error-document", Takes::Text, "w"),
    ("exact-timestamps", Takes::Nothing, "y"),
    ("exclude", Takes::Filter, "tr"),
    ("expected-size", Takes::Text, "c"),
    ("expires", Takes::Text, "t"),
    ("expires-in", Takes::Whole, "p"),
    ("follow-symlinks", Takes::Nothing, "t"),
    ("force", Takes::Nothing, "b"),
    ("force-glacier-transfer", Takes::Nothing, "t"),
    ("grants", Takes::Words, "t"),
    ("human-readable", Takes::Nothing, "l"),
    ("ignore-glacier-warnings", Takes::Nothing, "t"),
    ("include", Takes::Filter, "tr"),
    ("index-document", Takes::Text, "w"),
    ("metadata", Takes::Map, "t"),
    ("metadata-directive", Takes::OneOf(&["COPY", "REPLACE"]), "t"),
    ("no-follow-symlinks", Takes::Nothing, "t"),
    ("no-guess-mime-type", Takes::Nothing, "t"),
    ("no-progress", Takes::Nothing, "t"),
    ("only-show-errors", Takes::Nothing, "tr"),
    ("page-size", Takes::Whole, "trl"),
    ("quiet", Takes::Nothing, "tr"),
    ("recursive", Takes::Nothing, "cmrl"),
    ("request-payer", Takes::Perhaps("requester"), "trl"),
    ("size-only", Takes::Nothing, "y"),
    ("source-region", Takes::Text, "t"),
    ("sse", Takes::Perhaps("AES256"), "t"),
    ("sse-c", Takes::Perhaps("AES256"), "t"),
    ("sse-c-copy-source", Takes::Perhaps("AES256"), "t"),
    ("sse-c-copy-source-key", Takes::Text, "t"),
    ("sse-c-key", Takes::Text, "t"),
    ("sse-kms-key-id", Takes::Text, "t"),
    ("storage-class", Takes::OneOf(CLASSES), "t"),
    ("summarize", Takes::Nothing, "l"),
    ("website-redirect", Takes::Text, "t"),
    // Of `aws` itself; what speaks of connections changes nothing here.
    ("ca-bundle", Takes::Text, "*"),
    ("cli-binary-format", Takes::Text, "*"),
    ("cli-connect-timeout", Takes::Whole, "*"),
    ("cli-read-timeout", Takes::Whole, "*"),
    ("color", Takes::OneOf(&["on", "off", "auto"]), "*"),
    ("debug", Takes::Nothing, "*"),
    ("endpoint-url", Takes::Text, "*"),
    ("no-cli-auto-prompt", Takes::Nothing, "*"),
    ("no-cli-pager", Takes::Nothing, "*"),
    ("no-paginate", Takes::Nothing, "*"),
    ("no-sign-request", Takes::Nothing, "*"),
    ("no-verify-ssl", Takes::Nothing, "*"),
    (
        "output",
        Takes::OneOf(&["json", "text", "table", "yaml", "yaml-stream"]),
        "*",
    ),
    ("profile", Takes::Text, "*"),
    ("query", Takes::Text, "*"),
    ("region", Takes::Text, "*"),
];

/// The commands: name, letters of [`OPTIONS`], what its one argument is called, how many paths it takes.
const COMMANDS: &[(&str, &str, &str, usize)] = &[
    ("ls", "l", "paths", 0),
    ("website", "w", "paths", 1),
    ("cp", "tc", "paths", 2),
    ("mv", "tm", "paths", 2),
    ("rm", "r", "paths", 1),
    ("sync", "ty", "paths", 2),
    ("mb", "", "path", 1),
    ("rb", "b", "path", 1),
    ("presign", "p", "path", 1),
];

/// The CLI's usage text, which stands before most complaints.
const USAGE: &str = "usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]\n\
    To see help text, you can run:\n\n  aws help\n  aws <command> help\n  aws <command> <subcommand> help\n\n";

/// The options of a command, for completion.
pub(crate) fn option_names(command: &str) -> impl Iterator<Item = &'static str> {
    let letters = COMMANDS
        .iter()
        .find(|(name, ..)| *name == command)
        .map_or("", |(_, letters, ..)| *letters);
    let on_it = move |on: &str| on.chars().any(|letter| letters.contains(letter));
    OPTIONS
        .iter()
        .filter(move |(name, _, on)| on_it(on) || *name == "region")
        .map(|(name, ..)| *name)
}

/// The values that an option takes, where they are few.
pub(crate) fn option_choices(option: &str) -> &'static [&'static str] {
    match OPTIONS.iter().find(|(name, ..)| *name == option) {
        Some((_, Takes::OneOf(choices), _)) => choices,
        _ => &[],
    }
}

/// A command line that was understood.
pub(super) struct Args {
    /// `cp`, `ls`, …
    pub command: &'static str,
    pub paths: Vec<String>,
    values: BTreeMap<&'static str, String>,
    /// `--exclude` (false) and `--include` (true), in order.
    pub filters: Vec<(bool, String)>,
    pub metadata: BTreeMap<String, String>,
    pub grants: Vec<String>,
}

impl Args {
    /// The value of an option.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(String::as_str)
    }
    /// Whether an option was given.
    pub fn has(&self, name: &str) -> bool {
        self.values.contains_key(name)
    }
}

fn complain(text: impl std::fmt::Display) -> Fault {
    Fault::usage(format!("{USAGE}aws: error: {text}\n"))
}

/// Choices as the CLI lays them out, and near misses.
fn invalid_choice(argument: &str, choices: &[&str]) -> Fault {
    let mut lines = vec![format!("argument {argument}: Invalid choice, valid choices are:\n")];
    for pair in choices.chunks(2) {
        let cells: Vec<String> = pair.iter().map(|choice| format!("{choice:40}")).collect();
        lines.push(cells.join(" | "));
    }
    complain(lines.join("\n"))
}

/// Reads the words after `aws s3`.
pub(super) fn read(words: &[String]) -> Result<Args, Fault> {
    let position = words.iter().position(|word| !word.starts_with('-'));
    let Some((place, word)) = position.and_then(|place| Some((place, words.get(place)?))) else {
        return Err(Fault::usage(
            "usage: aws [options] s3 <subcommand> [parameters]\naws: error: too few arguments",
        ));
    };
    let Some((command, letters, argument, paths)) = COMMANDS.iter().find(|(name, ..)| name == word) else {
        let names: Vec<&str> = COMMANDS.iter().map(|(name, ..)| *name).collect();
        return Err(invalid_choice("subcommand", &names));
    };
    let mut args = Args {
        command,
        paths: Vec::new(),
        values: BTreeMap::new(),
        filters: Vec::new(),
        metadata: BTreeMap::new(),
        grants: Vec::new(),
    };
    let rest: Vec<String> = words
        .iter()
        .enumerate()
        .filter(|(at, _)| *at != place)
        .map(|(_, word)| word.clone())
        .collect();
    let unknown = options(&mut args, &rest, letters)?;
    let (least, most) = if *paths == 0 { (0, 1) } else { (*paths, *paths) };
    if args.paths.len() < least {
        return Err(complain(format!("the following arguments are required: {argument}")));
    }
    let mut extra = args.paths.split_off(most.min(args.paths.len()));
    extra.extend(unknown);
    if !extra.is_empty() {
        return Err(Fault::usage(
            format!("\nUnknown options: {}", extra.join(","))
                .trim_start()
                .to_owned(),
        ));
    }
    Ok(args)
}

fn options(args: &mut Args, words: &[String], letters: &str) -> Result<Vec<String>, Fault> {
    let mut unknown = Vec::new();
    let mut words = words.iter().peekable();
    while let Some(word) = words.next() {
        let Some(named) = word.strip_prefix("--").filter(|named| !named.is_empty()) else {
            args.paths.push(word.clone());
            continue;
        };
        let (name, attached) = named
            .split_once('=')
            .map_or((named, None), |(name, value)| (name, Some(value)));
        let known = OPTIONS
            .iter()
            .find(|(known, _, on)| *known == name && (*on == "*" || on.chars().any(|letter| letters.contains(letter))));
        let Some((name, takes, _)) = known else {
            unknown.push(word.clone());
            continue;
        };
        if matches!(takes, Takes::Nothing) {
            args.values.insert(name, String::new());
            continue;
        }
        let many = matches!(takes, Takes::Words);
        let mut values: Vec<String> = attached.map(str::to_owned).into_iter().collect();
        while attached.is_none() && (many || values.is_empty()) {
            match words.next_if(|next| !next.starts_with("--")) {
                Some(value) => values.push(value.clone()),
                None => break,
            }
        }
        take(args, name, *takes, values)?;
    }
    Ok(unknown)
}

fn take(args: &mut Args, name: &'static str, takes: Takes, values: Vec<String>) -> Result<(), Fault> {
    let expected = match takes {
        Takes::Filter => "1 argument",
        Takes::Words => "at least one argument",
        _ => "one argument",
    };
    let value = match (values.first(), takes) {
        (Some(value), _) => value.clone(),
        (None, Takes::Perhaps(value)) => value.to_owned(),
        (None, _) => return Err(complain(format!("argument --{name}: expected {expected}"))),
    };
    match takes {
        Takes::OneOf(choices) if !choices.contains(&value.as_str()) => {
            return Err(invalid_choice(&format!("--{name}"), choices));
        }
        Takes::Perhaps(_) if name == "request-payer" && value != "requester" => {
            return Err(invalid_choice("--request-payer", &["requester"]));
        }
        Takes::Perhaps(_) if name == "sse" && !["AES256", "aws:kms"].contains(&value.as_str()) => {
            return Err(invalid_choice("--sse", &["AES256", "aws:kms"]));
        }
        Takes::Perhaps(_) if name.starts_with("sse-c") && value != "AES256" => {
            return Err(invalid_choice(&format!("--{name}"), &["AES256"]));
        }
        Takes::Whole if value.parse::<i64>().is_err() => {
            return Err(Fault::general(format!(
                "invalid literal for int() with base 10: '{value}'"
            )));
        }
        Takes::Filter => args.filters.push((name == "include", value)),
        Takes::Words => args.grants = values,
        Takes::Map => args.metadata = map(name, &value)?,
        _ => {
            args.values.insert(name, value);
        }
    }
    Ok(())
}

/// `a=1,b=2`, or a JSON object of texts.
fn map(name: &str, text: &str) -> Result<BTreeMap<String, String>, Fault> {
    if text.trim_start().starts_with('{') {
        return serde_json::from_str(text)
            .map_err(|_| Fault::usage(format!("Error parsing parameter '--{name}': Invalid JSON: {text}")));
    }
    let mut map = BTreeMap::new();
    let mut at = 0;
    for pair in text.split(',') {
        let Some((key, value)) = pair.split_once('=').filter(|(key, _)| !key.is_empty()) else {
            let end = at + pair.chars().count();
            let found = if end < text.chars().count() { "','" } else { "'EOF'" };
            return Err(Fault::usage(format!(
                "Error parsing parameter '--{name}': Expected: '=', received: {found} for input:\n{text}\n{}^",
                " ".repeat(end)
            )));
        };
        map.insert(key.trim().to_owned(), value.trim_matches(['"', '\'']).to_owned());
        at += pair.chars().count() + 1;
    }
    Ok(map)
}
