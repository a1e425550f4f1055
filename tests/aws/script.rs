//! The text file of commands: what is run on both sides, line by line.
//!
//! ```text
//! # a comment
//! @reset                                                     a new world on both sides
//! @file policy.json {"Version": "2012-10-17"}                a file that both sides have
//! VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
//! aws ec2 describe-vpcs --vpc-ids $VPC                       a command; the output of one can be kept under a name
//! @formats aws ec2 describe-vpcs                             in every output format
//! @save key.pem aws ec2 create-key-pair …                    a command whose output becomes a file, each side's its own
//! @input one\ntwo\n aws configure                            a command with standard input
//! ```

use std::collections::BTreeMap;
use std::path::Path;

/// The formats that `@formats` runs a command in.
pub const FORMATS: [&str; 5] = ["json", "text", "table", "yaml", "yaml-stream"];

/// The word that the names of wanted files hold, from `STRATUS_COMMANDS`; nothing for all files.
pub fn wanted() -> String {
    std::env::var("STRATUS_COMMANDS").unwrap_or_default()
}

/// The names and texts of the wanted files of `commands/`, in the order of their names.
///
/// # Panics
/// Where the folder cannot be read.
pub fn files() -> Vec<(String, String)> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/commands"));
    let wanted = wanted();
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<(String, String)> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.contains(&wanted))
        .map(|name| {
            let text = std::fs::read_to_string(folder.join(&name)).unwrap_or_else(|error| panic!("{name}: {error}"));
            (name, text)
        })
        .collect();
    files.sort();
    files
}

/// One line that does something.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// A new world.
    Reset,
    /// A file.
    File(String, String),
    /// A command.
    Command(Command),
    /// The same in every format.
    Formats(String),
}

/// A command of a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Command {
    /// The words after `aws`, not yet with the values of variables.
    pub text: String,
    /// The name under which its output is kept.
    pub keep: Option<String>,
    /// The file that its output becomes.
    pub save: Option<String>,
    /// Standard input.
    pub input: String,
}

/// Reads the file; each step with its line's number.
///
/// # Panics
/// On a line that is not understood, naming it: the file is ours.
pub fn read(text: &str) -> Vec<(usize, Step)> {
    let lines = text.lines().enumerate().map(|(at, line)| (at + 1, line.trim()));
    lines
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
        .map(|(number, line)| {
            (
                number,
                step(line).unwrap_or_else(|| panic!("line {number} is not understood: {line}")),
            )
        })
        .collect()
}

fn step(line: &str) -> Option<Step> {
    if line == "@reset" {
        return Some(Step::Reset);
    }
    if let Some(rest) = line.strip_prefix("@file ") {
        let (name, content) = rest.split_once(' ')?;
        return Some(Step::File(name.to_owned(), content.replace("\\n", "\n")));
    }
    if let Some(rest) = line.strip_prefix("@formats aws ") {
        return Some(Step::Formats(rest.to_owned()));
    }
    let command = |text: &str| Command {
        text: text.to_owned(),
        ..Command::default()
    };
    if let Some(rest) = line.strip_prefix("aws ") {
        return Some(Step::Command(command(rest)));
    }
    if let Some((name, rest)) = line.strip_prefix("@save ").and_then(|rest| rest.split_once(" aws ")) {
        return Some(Step::Command(Command {
            save: Some(name.to_owned()),
            ..command(rest)
        }));
    }
    if let Some((given, rest)) = line.strip_prefix("@input ").and_then(|rest| rest.split_once(" aws ")) {
        return Some(Step::Command(Command {
            input: given.replace("\\n", "\n"),
            ..command(rest)
        }));
    }
    let (name, rest) = line.split_once("=$(aws ")?;
    Some(Step::Command(Command {
        keep: Some(name.to_owned()),
        ..command(rest.strip_suffix(')')?)
    }))
}

/// The command's words, with the values of `$NAME`.
///
/// # Panics
/// For quotes without an end, and a name that nothing was kept under.
pub fn words(text: &str, kept: &BTreeMap<String, String>) -> Vec<String> {
    let mut text = text.to_owned();
    // Longer names first, so that `$VPC2` is not `$VPC` and a 2.
    let mut names: Vec<&String> = kept.keys().collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    for name in names {
        text = text.replace(&format!("${name}"), kept.get(name).map_or("", String::as_str));
    }
    stratus_shell::split(&text).unwrap_or_else(|why| panic!("{text}: {why}"))
}
