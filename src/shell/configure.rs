//! `aws configure`: profiles that the session keeps in memory. What is set there acts as it does at AWS, as far as a page
//! has a use for it: `region`, `output`, `cli_binary_format`.

use crate::argparse::{self, Rule, Values};
use crate::cloud::Keys;
use crate::data::Data;
use crate::fault::Fault;
use std::collections::BTreeMap;

/// Names and values of each profile; a name may have a dot in it (`s3.max_queue_size`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    profiles: BTreeMap<String, BTreeMap<String, String>>,
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
        self.profiles.get(profile)?.get(name).map(String::as_str)
    }

    /// Whether there is such a profile. The one called `default` always is.
    pub fn has(&self, profile: &str) -> bool {
        profile == "default" || self.profiles.contains_key(profile)
    }

    /// Sets a value.
    pub fn set(&mut self, profile: &str, name: &str, value: &str) {
        let values = self.profiles.entry(profile.to_owned()).or_default();
        values.insert(name.to_owned(), value.to_owned());
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

/// Runs `aws configure …`. `keys`: those of who types. `profile`: of `--profile`. `region`: the session's own.
pub fn run(
    words: &[String],
    config: &mut Config,
    keys: &Keys,
    profile: Option<&str>,
    region: &str,
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
            let (profile, name) = config.resolve(&name, current);
            match config.get(profile, name) {
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
            Ok((0, config.profiles.keys().map(|name| format!("{name}\n")).collect()))
        }
        Some(other) => Err(Fault::configuration(format_args!(
            "aws configure {other} has no use in Stratus: there is no file, no sign-in and no secret to configure."
        ))),
        None => Err(Fault::other(
            "aws configure asks for values, which this terminal cannot do: use aws configure set NAME VALUE.",
        )),
    }
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
    for (name, key, own) in [
        ("access_key", "aws_access_key_id", &keys.access_key),
        ("secret_key", "aws_secret_access_key", &keys.secret),
    ] {
        let own = Some(own.as_str()).filter(|own| !own.is_empty());
        out += &match config.get(current, key).or(own) {
            Some(value) => {
                let count = value.chars().count();
                let end: String = value.chars().skip(count.saturating_sub(4)).collect();
                line(name, &format!("****************{end}"), "shared-credentials-file", "")
            }
            None => line(name, "<not set>", "None", "None"),
        };
    }
    out += &match config.get(current, "region") {
        Some(region) => line("region", region, "config-file", "~/.aws/config"),
        None => line("region", region, "env", "['AWS_REGION', 'AWS_DEFAULT_REGION']"),
    };
    out
}
