//! The text file of commands: what is run on both sides, line by line.
//!
//! ```text
//! # a comment
//! @reset                                                     a new world on both sides
//! @file policy.json {"Version": "2012-10-17"}                a file that both sides have
//! VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
//! aws ec2 describe-vpcs --vpc-ids $VPC                       a command; the output of one can be kept under a name
//! @formats aws ec2 describe-vpcs                             in every output format
//! ```

use std::collections::BTreeMap;

/// The formats that `@formats` runs a command in.
pub const FORMATS: [&str; 5] = ["json", "text", "table", "yaml", "yaml-stream"];

/// One line that does something.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// A new world.
    Reset,
    /// A file.
    File(String, String),
    /// A command: the words after `aws`, not yet with the values of variables; and the name under which its output is kept.
    Command { text: String, keep: Option<String> },
    /// The same in every format.
    Formats(String),
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
    if let Some(rest) = line.strip_prefix("aws ") {
        return Some(Step::Command {
            text: rest.to_owned(),
            keep: None,
        });
    }
    let (name, rest) = line.split_once("=$(aws ")?;
    Some(Step::Command {
        text: rest.strip_suffix(')')?.to_owned(),
        keep: Some(name.to_owned()),
    })
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
