//! `aws configure`: profiles that the session keeps in memory. What is set there acts as it does at AWS, as far as a page
//! has a use for it: `region`, `output`, `cli_binary_format`, and keys, which must be those that the terminal signs with.

use crate::argparse::{self, Rule, Values};
use crate::cloud::Keys;
use crate::data::Data;
use crate::fault::Fault;
use std::collections::BTreeMap;

/// Names and values of each profile, as a file would have them: in the order in which they came. A name may have a dot in it
/// (`s3.max_queue_size`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    profiles: Vec<(String, BTreeMap<String, String>)>,
}

const SUBCOMMANDS: [&str; 10] = [
    "list",
    "get",
    "set",
    "add-model",
    "import",
    "list-profiles",
    "sso",
    "sso-session",
    "export-credentials",
    "wizard",
];

impl Config {
    /// A value of a profile.
    pub fn get(&self, profile: &str, name: &str) -> Option<&str> {
        self.values(profile)?.get(name).map(String::as_str)
    }

    /// Whether there is such a profile. The one called `default` always is.
    pub fn has(&self, profile: &str) -> bool {
        profile == "default" || self.values(profile).is_some()
    }

    /// A value of a profile; where none is set of a key, the own one of who types. An empty value is none.
    fn value<'a>(&'a self, keys: &'a Keys, profile: &str, name: &str) -> Option<&'a str> {
        let set = self.get(profile, name).filter(|value| !value.is_empty());
        set.or_else(|| own(keys, profile, name))
    }

    /// # Errors
    /// The CLI's words where there is no such profile.
    pub fn known(&self, profile: &str) -> Result<(), Fault> {
        if self.has(profile) {
            return Ok(());
        }
        Err(Fault::other(format_args!(
            "The config profile ({profile}) could not be found"
        )))
    }

    fn values(&self, profile: &str) -> Option<&BTreeMap<String, String>> {
        let found = self.profiles.iter().find(|(name, _)| name == profile);
        found.map(|(_, values)| values)
    }

    /// Sets a value.
    pub fn set(&mut self, profile: &str, name: &str, value: &str) {
        let (name, value) = (name.to_owned(), value.to_owned());
        match self.profiles.iter_mut().find(|(known, _)| known == profile) {
            Some((_, values)) => {
                values.insert(name, value);
            }
            None => self
                .profiles
                .push((profile.to_owned(), BTreeMap::from([(name, value)]))),
        }
    }

    /// The profile and the name that a dotted name means.
    fn resolve<'a>(&self, name: &'a str, profile: &'a str) -> (&'a str, &'a str) {
        match name.split_once('.') {
            Some(("profile", rest)) => rest.split_once('.').unwrap_or((rest, "")),
            Some((first, rest)) if self.has(first) => (first, rest),
            _ => (profile, name),
        }
    }
}

/// The names of a profile's keys.
const KEYS: [&str; 2] = ["aws_access_key_id", "aws_secret_access_key"];

/// The keys of who types stand in the profile `default`, as if a file had them.
fn own<'a>(keys: &'a Keys, profile: &str, name: &str) -> Option<&'a str> {
    let [id, secret] = KEYS;
    let key = match name {
        _ if profile != "default" => return None,
        name if name == id => &keys.access_key,
        name if name == secret => &keys.secret,
        _ => return None,
    };
    Some(key.as_str()).filter(|key| !key.is_empty())
}

/// Whether a profile's keys can sign a call: those that were set in it, or for `default` those of who types.
///
/// # Errors
/// The CLI's words where it has none; ours where they are not those that this terminal signs with.
pub fn can_sign(config: &Config, keys: &Keys, profile: &str) -> Result<(), Fault> {
    config.known(profile)?;
    let [id, secret] = KEYS.map(|name| config.value(keys, profile, name));
    match (id, secret) {
        (Some(id), Some(_)) if id == keys.access_key => Ok(()),
        (Some(id), Some(_)) => Err(foreign(id)),
        // A session that has no keys at all signs nothing, and is asked for none.
        _ if profile == "default" => Ok(()),
        _ => {
            let mut fault = Fault::configuration(
                "Unable to locate credentials. You can configure credentials by running \"aws configure\".",
            );
            fault.remedy = format!(
                "A profile needs keys of its own: for key in {}; do aws configure set $key $(aws configure get $key) --profile {profile}; done",
                KEYS.join(" ")
            );
            Err(fault)
        }
    }
}

/// The calls would be made as somebody else than a key says.
pub fn foreign(key: &str) -> Fault {
    let mut fault = Fault::other(format_args!(
        "The access key {key} is not the one that this terminal signs with, and it takes no other."
    ));
    fault.remedy =
        "unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN, or aws configure set aws_access_key_id '' \
                    where a profile has it, goes on as the page's user; cargo serve takes the keys of others."
            .into();
    fault
}

/// What `aws configure` asks for: name, prompt, whether what is there is kept from who looks on.
const ASKED: [(&str, &str, bool); 4] = [
    ("aws_access_key_id", "AWS Access Key ID", true),
    ("aws_secret_access_key", "AWS Secret Access Key", true),
    ("region", "Default region name", false),
    ("output", "Default output format", false),
];

/// Runs `aws configure …`. `keys`: those of who types. `profile`: of `--profile`. `region`: the session's own. `input`:
/// standard input, where there is one.
///
/// # Errors
/// As the CLI words them, for words that it does not take and for input that ends early.
pub fn run(
    words: &[String],
    config: &mut Config,
    keys: &Keys,
    profile: Option<&str>,
    region: &str,
    input: Option<&[u8]>,
) -> Result<(i32, String), Fault> {
    let choices = SUBCOMMANDS.map(str::to_owned).to_vec();
    let mut rule = Rule::position("subcommand", choices);
    rule.required = false;
    rule.takes = argparse::Takes::Maybe(Data::Null);
    let (values, rest) = argparse::parse(&[rule], words).map_err(|message| Fault::usage(&message))?;
    let current = profile.unwrap_or("default");
    match values.get("subcommand").and_then(Data::as_text) {
        Some("list") => {
            none_left(&rest)?;
            Ok((0, list(config, keys, profile, region)))
        }
        Some("get") => {
            let values = positions(&["varname"], &rest)?;
            let name = text(&values, "varname");
            config.known(current)?;
            let (profile, name) = config.resolve(&name, current);
            match config.value(keys, profile, name) {
                Some(value) => Ok((0, format!("{value}\n"))),
                None => Ok((1, String::new())),
            }
        }
        Some("set") => {
            let values = positions(&["varname", "value"], &rest)?;
            let name = text(&values, "varname");
            let (profile, name) = config.resolve(&name, current);
            let (profile, name) = (profile.to_owned(), name.to_owned());
            config.set(&profile, &name, &text(&values, "value"));
            Ok((0, String::new()))
        }
        Some("list-profiles") => {
            none_left(&rest)?;
            Ok((0, config.profiles.iter().map(|(name, _)| format!("{name}\n")).collect()))
        }
        Some("export-credentials") => export_credentials(&rest, config, keys, current),
        Some(other) => Err(Fault::configuration(format_args!(
            "aws configure {other} has no use in Stratus: there is no file, no sign-in and no secret to configure."
        ))),
        None => {
            none_left(&rest)?;
            ask(config, keys, current, input.unwrap_or_default())
        }
    }
}

/// The keys of a profile, for the programs that want them.
/// <https://docs.aws.amazon.com/cli/latest/reference/configure/export-credentials.html>
fn export_credentials(words: &[String], config: &Config, keys: &Keys, profile: &str) -> Result<(i32, String), Fault> {
    let mut rule = Rule::option("format", argparse::Takes::One);
    rule.choices = ["process", "env", "env-no-export", "powershell", "windows-cmd"]
        .map(str::to_owned)
        .to_vec();
    let (values, rest) = argparse::parse(&[rule], words).map_err(|message| Fault::usage(&message))?;
    none_left(&rest)?;
    config.known(profile)?;
    let [id, secret] = KEYS.map(|name| config.value(keys, profile, name));
    let (Some(id), Some(secret)) = (id, secret) else {
        return Err(Fault::configuration(
            "Unable to retrieve credentials: no credentials found",
        ));
    };
    let lines = |before: &str, quote: &str| {
        [("AWS_ACCESS_KEY_ID", id), ("AWS_SECRET_ACCESS_KEY", secret)]
            .map(|(name, value)| format!("{before}{name}={quote}{value}{quote}\n"))
            .concat()
    };
    let text = match values.get("format").and_then(Data::as_text) {
        Some("env") => lines("export ", ""),
        Some("env-no-export") => lines("", ""),
        Some("powershell") => lines("$Env:", "\""),
        Some("windows-cmd") => lines("set ", ""),
        _ => {
            let quoted = |value: &str| serde_json::Value::from(value);
            let (id, secret) = (quoted(id), quoted(secret));
            format!("{{\n  \"Version\": 1,\n  \"AccessKeyId\": {id},\n  \"SecretAccessKey\": {secret}\n}}\n")
        }
    };
    Ok((0, text))
}

/// Asks for a profile's values, as lines of standard input answer: an empty one leaves what is there.
fn ask(config: &mut Config, keys: &Keys, profile: &str, input: &[u8]) -> Result<(i32, String), Fault> {
    let text = String::from_utf8_lossy(input);
    let mut lines = text.lines();
    let mut out = String::new();
    let mut given = Vec::new();
    for (name, prompt, secret) in ASKED {
        let there = match config.value(keys, profile, name) {
            Some(value) if secret => masked(value),
            Some(value) => value.to_owned(),
            None => "None".to_owned(),
        };
        out += &format!("{prompt} [{there}]: ");
        let Some(line) = lines.next() else {
            let mut fault = Fault::other("EOF when reading a line");
            fault.stdout = out;
            fault.remedy =
                "This terminal has no prompt: give four lines, as in printf '\\n\\neu-west-1\\njson\\n' | aws \
                            configure, or one value with aws configure set region eu-west-1."
                    .into();
            return Err(fault);
        };
        if !line.is_empty() {
            given.push((name, line));
        }
    }
    for (name, value) in given {
        config.set(profile, name, value);
    }
    Ok((0, out))
}

/// The last four characters of a key, as the CLI shows it.
fn masked(value: &str) -> String {
    let count = value.chars().count();
    let end: String = value.chars().skip(count.saturating_sub(4)).collect();
    format!("****************{end}")
}

fn none_left(rest: &[String]) -> Result<(), Fault> {
    if rest.is_empty() {
        Ok(())
    } else {
        Err(Fault::parameter(format_args!("Unknown options: {}", rest.join(", "))))
    }
}

fn positions(names: &[&str], words: &[String]) -> Result<Values, Fault> {
    let rules: Vec<Rule> = names.iter().map(|name| Rule::position(name, Vec::new())).collect();
    let (values, rest) = argparse::parse(&rules, words).map_err(|message| Fault::usage(&message))?;
    none_left(&rest)?;
    Ok(values)
}

fn text(values: &Values, name: &str) -> String {
    values.get(name).map(Data::text).unwrap_or_default()
}

fn list(config: &Config, keys: &Keys, profile: Option<&str>, region: &str) -> String {
    let current = profile.unwrap_or("default");
    let line =
        |name: &str, value: &str, kind: &str, place: &str| format!("{name:>10} {value:>24} {kind:>16}    {place}\n");
    let mut out = line("Name", "Value", "Type", "Location") + &line("----", "-----", "----", "--------");
    out += &match profile {
        Some(profile) => line("profile", profile, "manual", "--profile"),
        None => line("profile", "<not set>", "None", "None"),
    };
    for (name, key) in ["access_key", "secret_key"].into_iter().zip(KEYS) {
        out += &match config.value(keys, current, key) {
            Some(value) => line(name, &masked(value), "shared-credentials-file", ""),
            None => line(name, "<not set>", "None", "None"),
        };
    }
    out += &match config.get(current, "region") {
        Some(region) => line("region", region, "config-file", "~/.aws/config"),
        None => line("region", region, "env", "['AWS_REGION', 'AWS_DEFAULT_REGION']"),
    };
    out
}
