//! `aws` and `stratus` from within the shell: the words go to the session's command, `s3` with its standard input.

use super::run::Run;
use super::streams::{Input, Printed};
use crate::command::STDIN;
use crate::configure;
use crate::debug::Teller;
use crate::way::Way;
use crate::words::quote;
use stratus_engine::catalog::Region;

/// A file that stands for the shell's own standard output, as [`STDIN`] does for its input.
const STDOUT: &str = "/dev/stdout";

pub(super) fn run(
    run: &mut Run<'_>,
    name: &str,
    arguments: &[String],
    input: &mut Input,
    printed: &mut Printed,
) -> i32 {
    run.shell.session.ready(run.cloud);
    let own = run.shell.session.region;
    let named = run
        .shell
        .exported("AWS_REGION")
        .or(run.shell.exported("AWS_DEFAULT_REGION"));
    if let Some(named) = named {
        match Region::find(named) {
            Some(region) => run.shell.session.region = region,
            None => {
                printed.err(format!(
                    "\nCould not connect to the endpoint URL: there is no Region '{named}'"
                ));
                return 255;
            }
        }
    }
    // The calls would be made as somebody else than those keys say.
    if let Some(key) = run
        .shell
        .exported("AWS_ACCESS_KEY_ID")
        .filter(|key| *key != run.shell.session.keys.access_key)
    {
        let fault = configure::foreign(key);
        printed.push(2, fault.stderr.as_bytes());
        run.shell.session.remedy = fault.remedy;
        run.shell.session.region = own;
        return fault.status;
    }
    let status = with_region(run, name, arguments, input, printed);
    run.shell.session.region = own;
    status
}

/// Gives the words an option that the environment has a value for, unless they have it themselves.
fn add(arguments: &mut Vec<String>, option: &str, value: Option<&str>) {
    let is = |word: &String| {
        word.strip_prefix(option)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('='))
    };
    if let Some(value) = value.filter(|_| !arguments.iter().any(is)) {
        arguments.extend([option.to_owned(), value.to_owned()]);
    }
}

fn with_region(run: &mut Run<'_>, name: &str, arguments: &[String], input: &mut Input, printed: &mut Printed) -> i32 {
    let mut arguments = arguments.to_vec();
    if name == "aws" {
        let shell = &run.shell;
        let profile = shell.exported("AWS_PROFILE").or(shell.exported("AWS_DEFAULT_PROFILE"));
        add(&mut arguments, "--profile", profile);
        add(&mut arguments, "--output", shell.exported("AWS_DEFAULT_OUTPUT"));
    }
    if name == "aws"
        && arguments.iter().any(|word| word == "-")
        && let Some(place) = crate::s3::place(&arguments)
    {
        // Standard input and output of `cp` are bytes, which a line of text could not carry.
        let mut words = arguments;
        words.remove(place);
        let given = if crate::s3::reads_input(&words) {
            input.rest()
        } else {
            Vec::new()
        };
        let cloud = &mut *run.cloud;
        let session = &mut run.shell.session;
        let given_option = |option: &str| words.iter().any(|word| word == option);
        let way = Way {
            unsigned: given_option("--no-sign-request").then(|| session.seen.clone()),
            debug: given_option("--debug").then(|| Teller::new(session.keys.clone(), session.tray.now())),
        };
        let (status, told) = way.go(
            &mut |region, service, operation, params| cloud.call(region, service, operation, params),
            |call| crate::s3::perform(&words, given, session, call, printed),
        );
        printed.push(2, told.as_bytes());
        return status;
    }
    let words: Vec<String> = std::iter::once(name.to_owned())
        .chain(arguments.iter().cloned())
        .collect();
    // Who only gets or sets a value leaves the input to the next command.
    let asks = name == "aws" && crate::s3::positions(&arguments).map(|(_, word)| word).eq(["configure"]);
    let reads = asks || words.iter().any(|word| word.contains(STDIN));
    if reads {
        run.shell.session.tray.insert(STDIN.into(), input.rest());
    }
    let line: Vec<String> = words.iter().map(|word| quote(word)).collect();
    let cloud = &mut *run.cloud;
    let output = run
        .shell
        .session
        .run_with(&line.join(" "), &mut |region, service, operation, params| {
            cloud.call(region, service, operation, params)
        });
    if reads {
        run.shell.session.tray.remove(STDIN);
    }
    if let Some(bytes) = run.shell.session.tray.get(STDOUT).cloned() {
        printed.out(bytes);
        run.shell.session.tray.remove(STDOUT);
    }
    if run.cloud.is_interrupted() {
        return output.status;
    }
    printed.out(&output.stdout);
    printed.push(2, output.stderr.as_bytes());
    output.status
}
