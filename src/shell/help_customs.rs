//! `help` of the commands that stand in no model: `s3` and `configure`. The words are ours; AWS's own are at
//! <https://docs.aws.amazon.com/cli/latest/reference/s3/> and <https://docs.aws.amazon.com/cli/latest/reference/configure/>.

use crate::help::{items, paragraph, section};
use crate::s3 as customs;

/// A command: its name, how it is called, what it does.
type Line = (&'static str, &'static str, &'static str);

const S3: [Line; 9] = [
    (
        "ls",
        "[s3://BUCKET/PREFIX]",
        "lists buckets, or what is in one: common prefixes as PRE, objects with time and size",
    ),
    (
        "website",
        "s3://BUCKET --index-document NAME [--error-document NAME]",
        "makes a bucket serve its objects as a website",
    ),
    (
        "cp",
        "SOURCE DESTINATION",
        "copies a file to S3, an object from it, or between buckets; `-` is standard input or output",
    ),
    (
        "mv",
        "SOURCE DESTINATION",
        "copies, and deletes what was copied at its source",
    ),
    (
        "rm",
        "s3://BUCKET/KEY",
        "deletes an object, or with --recursive all under a prefix",
    ),
    (
        "sync",
        "SOURCE DESTINATION",
        "copies what is new or differs in size or time; with --delete, what the source lacks is deleted",
    ),
    ("mb", "s3://BUCKET", "makes a bucket in the Region of --region"),
    (
        "rb",
        "s3://BUCKET",
        "removes an empty bucket, or with --force one with its objects",
    ),
    (
        "presign",
        "s3://BUCKET/KEY",
        "prints a link that is good for whoever has it, until --expires-in seconds are over (3600)",
    ),
];

const CONFIGURE: [Line; 4] = [
    (
        "list",
        "",
        "shows profile, keys and Region, and where each of them comes from",
    ),
    ("get", "NAME", "prints one value of the profile, or ends with status 1"),
    ("set", "NAME VALUE", "sets one value of the profile"),
    ("list-profiles", "", "prints the names of the profiles"),
];

/// `help` behind `s3`, `configure` or a command of theirs.
pub fn of(command: &str, rest: &[String]) -> Option<String> {
    let of = match rest {
        [word] if word == "help" => None,
        [of, word] if word == "help" => Some(of.as_str()),
        _ => return None,
    };
    match command {
        "s3" => s3(of),
        "configure" => configure(of),
        _ => None,
    }
}

/// `aws s3 help`, `aws s3 cp help`; `None` where there is no such command.
fn s3(command: Option<&str>) -> Option<String> {
    let Some(command) = command else {
        let about = "Commands for whole files and folders. Each makes as many calls of s3api as it needs.";
        return Some(overview("s3", about, &S3, &[]));
    };
    let mut out = one("s3", &S3, command)?;
    section(&mut out, "OPTIONS");
    let options: Vec<String> = customs::option_names(command)
        .map(|name| match customs::option_choices(name) {
            [] => format!("--{name}"),
            choices => format!("--{name} {}", choices.join("|")),
        })
        .collect();
    items(&mut out, options.iter().map(String::as_str));
    section(&mut out, "FURTHER");
    paragraph(
        &mut out,
        2,
        "The options of every command (`aws help`) are taken too. Files are those of the tray.",
    );
    Some(out)
}

/// `aws configure help`, `aws configure set help`; `None` where there is no such command.
fn configure(command: Option<&str>) -> Option<String> {
    match command {
        Some(command) => one("configure", &CONFIGURE, command),
        None => Some(overview(
            "configure",
            "Profiles of this terminal: region, output and cli_binary_format act as at AWS. Without a command it reads four \
             lines from its input: access key, secret key, Region, output format; an empty line leaves what is there.",
            &CONFIGURE,
            &[
                "printf '\\n\\neu-west-1\\ntext\\n' | aws configure --profile other",
                "aws configure set region eu-west-1",
            ],
        )),
    }
}

fn overview(word: &str, about: &str, commands: &[Line], examples: &[&str]) -> String {
    let mut out = String::new();
    section(&mut out, "USAGE");
    out.push_str(&format!("  aws {word} <subcommand> [parameters]\n"));
    section(&mut out, "DESCRIPTION");
    paragraph(&mut out, 2, about);
    section(&mut out, "COMMANDS");
    for (name, takes, does) in commands {
        out.push_str(format!("  {name} {takes}").trim_end());
        out.push('\n');
        paragraph(&mut out, 6, does);
    }
    if !examples.is_empty() {
        section(&mut out, "EXAMPLES");
        items(&mut out, examples.iter().copied());
    }
    out
}

fn one(word: &str, commands: &[Line], command: &str) -> Option<String> {
    let (name, takes, does) = commands.iter().find(|(name, ..)| *name == command)?;
    let mut out = String::new();
    section(&mut out, "USAGE");
    out.push_str(format!("  aws {word} {name} {takes}").trim_end());
    out.push_str(" [options]\n");
    section(&mut out, "DESCRIPTION");
    paragraph(&mut out, 2, does);
    Some(out)
}
