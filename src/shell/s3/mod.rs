//! `aws s3`: the AWS CLI's own commands for S3 (`ls`, `cp`, `mv`, `rm`, `sync`, `mb`, `rb`, `presign`, `website`), between
//! the file tray and buckets. They make the calls that the CLI makes, through the same door as everything else; texts and
//! exit statuses are those of version 2.9.19 (ours: no progress is drawn, and transfers are one after the other).
//! <https://docs.aws.amazon.com/cli/latest/reference/s3/>

mod args;
mod buckets;
mod files;
mod filters;
mod list;
mod media;
mod multipart;
mod presign;
mod sync;
mod transfer;

use crate::configure;
use crate::line::streams::Printed;
use crate::run::{Call, Output, Session};
use args::Args;
pub(crate) use args::{option_choices, option_names};
use stratus_engine::catalog::Region;
use stratus_model::Structure;

/// Global options of `aws` that take a value: what follows them is not the command.
const GLOBAL_VALUES: [&str; 10] = [
    "--region",
    "--output",
    "--profile",
    "--endpoint-url",
    "--query",
    "--color",
    "--ca-bundle",
    "--cli-read-timeout",
    "--cli-connect-timeout",
    "--cli-binary-format",
];

/// Where the word `s3` stands as the command of `aws`.
pub(crate) fn place(words: &[String]) -> Option<usize> {
    let (place, word) = positions(words).next()?;
    (word == "s3").then_some(place)
}

/// The words after `aws` that are neither options nor values of global ones, and where they stand.
pub(crate) fn positions(words: &[String]) -> impl Iterator<Item = (usize, &str)> {
    let mut skip = false;
    words.iter().enumerate().filter_map(move |(place, word)| {
        if std::mem::take(&mut skip) {
            return None;
        }
        skip = GLOBAL_VALUES.contains(&word.as_str());
        (!word.starts_with("--")).then_some((place, word.as_str()))
    })
}

/// Whether a command (after `s3`) uploads its standard input.
pub(crate) fn reads_input(words: &[String]) -> bool {
    words.iter().any(|word| word == "-")
}

/// Why a command ends early: its status, and what it says. Texts of usage and validation begin with an empty line.
struct Fault {
    status: i32,
    text: String,
}

impl Fault {
    /// The command line is not one (252).
    fn usage(text: impl Into<String>) -> Fault {
        Fault {
            status: 252,
            text: text.into(),
        }
    }
    /// Anything else that the CLI does not foresee (255).
    fn general(text: impl Into<String>) -> Fault {
        Fault {
            status: 255,
            text: text.into(),
        }
    }
}

/// A call that was refused.
struct Refused {
    operation: &'static str,
    code: &'static str,
    message: String,
}

impl Refused {
    /// As botocore words it.
    fn text(&self) -> String {
        format!(
            "An error occurred ({}) when calling the {} operation: {}",
            self.code, self.operation, self.message
        )
    }
}

impl From<Refused> for Fault {
    /// The service refused (254).
    fn from(refused: Refused) -> Fault {
        Fault {
            status: 254,
            text: refused.text(),
        }
    }
}

/// A command at work.
struct Work<'a> {
    args: Args,
    session: &'a mut Session,
    door: Call<'a>,
    printed: &'a mut Printed,
    /// The Region of `--region`, or the session's.
    region: Region,
    /// Standard input.
    input: Vec<u8>,
}

impl Work<'_> {
    fn call(&mut self, operation: &'static str, params: Structure) -> Result<Structure, Refused> {
        self.call_in(self.region, operation, params)
    }

    fn call_in(&mut self, region: Region, operation: &'static str, params: Structure) -> Result<Structure, Refused> {
        let answer = (self.door)(region, "s3", operation, params);
        answer.map_err(|error| {
            self.session.remedy = error.remedy;
            Refused {
                operation,
                code: error.code,
                message: error.message,
            }
        })
    }

    /// The Region that a source bucket is asked in.
    fn source_region(&self) -> Region {
        self.args
            .value("source-region")
            .and_then(Region::find)
            .unwrap_or(self.region)
    }
}

/// Runs the words after `aws s3`, without standard input.
pub(crate) fn run(words: &[String], session: &mut Session, call: Call<'_>) -> Output {
    let mut printed = Printed::new();
    let status = perform(words, Vec::new(), session, call, &mut printed);
    printed.output(status)
}

/// Runs the words after `aws s3`.
pub(crate) fn perform(
    words: &[String],
    input: Vec<u8>,
    session: &mut Session,
    door: Call<'_>,
    printed: &mut Printed,
) -> i32 {
    let outcome = args::read(words).and_then(|args| {
        let region = match args.value("region") {
            None => session.region,
            Some(name) => Region::find(name).ok_or_else(|| {
                Fault::general(format!(
                    "Could not connect to the endpoint URL: \"https://s3.{name}.amazonaws.com/\""
                ))
            })?,
        };
        if !args.has("no-sign-request") {
            let profile = args.value("profile").unwrap_or("default");
            if let Err(fault) = configure::can_sign(&session.config, &session.keys, profile) {
                session.remedy = fault.remedy;
                return Err(Fault {
                    status: fault.status,
                    text: fault.stderr.trim().to_owned(),
                });
            }
        }
        let mut work = Work {
            args,
            session,
            door,
            printed,
            region,
            input,
        };
        match work.args.command {
            "ls" => list::ls(&mut work),
            "mb" => buckets::make(&mut work),
            "rb" => buckets::remove(&mut work),
            "website" => buckets::website(&mut work),
            "presign" => presign::presign(&mut work),
            _ => transfer::run(&mut work),
        }
    });
    match outcome {
        Ok(status) => status,
        Err(fault) => {
            printed.err(format!("\n{}", fault.text));
            fault.status
        }
    }
}
