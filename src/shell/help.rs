//! `help` at every level, from the model: what there is, what it takes, and what of it Stratus simulates. The words are ours;
//! AWS's own are at <https://docs.aws.amazon.com/cli/latest/reference/>.

use crate::arguments::{self, Argument, Part};
use crate::customised;
use crate::fault::Fault;
use stratus_model::{Operation, Service, Shape, ShapeId, Waiter, cli_name, model};

/// Columns of a paragraph.
const WIDTH: usize = 78;
/// Structures inside structures that are shown.
const DEPTH: usize = 3;

pub(crate) fn section(out: &mut String, title: &str) {
    if !out.is_empty() {
        out.push('\n');
    }
    out.push_str(&format!("{title}\n"));
}

/// Words in lines, each with this much space before it.
pub(crate) fn paragraph(out: &mut String, indent: usize, text: &str) {
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() && indent + line.chars().count() + 1 + word.chars().count() > WIDTH {
            out.push_str(&format!("{}{line}\n", " ".repeat(indent)));
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    if !line.is_empty() {
        out.push_str(&format!("{}{line}\n", " ".repeat(indent)));
    }
}

pub(crate) fn items<'a>(out: &mut String, names: impl Iterator<Item = &'a str>) {
    for name in names {
        out.push_str(&format!("  {name}\n"));
    }
}

/// `aws help`.
pub fn top() -> String {
    let mut out = String::new();
    section(&mut out, "USAGE");
    out.push_str("  aws [options] <command> <subcommand> [parameters]\n");
    section(&mut out, "COMMANDS");
    let mut names: Vec<&str> = model()
        .service_names()
        .map(|name| if name == "s3" { "s3api" } else { name })
        .chain(["configure", "s3"])
        .collect();
    names.sort_unstable();
    items(&mut out, names.into_iter());
    section(&mut out, "OPTIONS FOR EVERY COMMAND");
    for (option, text) in [
        ("--region <name>", "the Region, instead of the session's"),
        (
            "--output json|text|table|yaml|yaml-stream",
            "how an answer is printed; json otherwise",
        ),
        (
            "--query <expression>",
            "a JMESPath expression that is applied to the answer",
        ),
        ("--no-paginate", "one call, even where an answer comes in pages"),
        (
            "--cli-binary-format base64|raw-in-base64-out",
            "how binary parameters are given; base64 otherwise",
        ),
        ("--profile <name>", "a profile that `aws configure set` has made"),
        (
            "--no-sign-request",
            "requests without a signature: the answer is AWS's to those",
        ),
        (
            "--debug",
            "on standard error: what was read, each request as it would go over the wire and how it is signed, each answer",
        ),
        (
            "--no-cli-pager, --color on|off|auto, --no-cli-auto-prompt",
            "taken, without effect: nothing is paged, coloured or asked here",
        ),
        (
            "--endpoint-url <url>, --no-verify-ssl, --ca-bundle <file>, --cli-read-timeout <seconds>, --cli-connect-timeout <seconds>",
            "taken, without effect: there is one cloud here, and no connection to it that could fail",
        ),
        ("--version", "what this is"),
    ] {
        out.push_str(&format!("  {option}\n"));
        paragraph(&mut out, 6, text);
    }
    section(&mut out, "FURTHER");
    paragraph(
        &mut out,
        2,
        "`aws <command> help` lists a service's operations, `aws <command> <subcommand> help` an operation's parameters. \
         `file://NAME` and `fileb://NAME` stand for the content of a file in the tray.",
    );
    out
}

fn is_simulated(service: &str, operation: &str) -> bool {
    stratus_engine::services::handler(service, operation).is_some()
}

/// `aws ec2 help`.
pub fn service(word: &str, service: &'static Service) -> String {
    let mut out = String::new();
    section(&mut out, "NAME");
    let name = service.service_id.unwrap_or(service.name);
    out.push_str(&format!("  {word}: {name}, API version {}\n", service.api_version));
    let shown = |simulated: bool| {
        service
            .operations()
            .iter()
            .filter(move |operation| is_simulated(service.name, operation.name) == simulated)
            .map(|operation| cli_name(operation.name))
            .filter(|name| !customised::is_removed(service.name, name))
            .collect::<Vec<String>>()
    };
    for (title, names) in [
        ("COMMANDS THAT STRATUS SIMULATES", shown(true)),
        ("COMMANDS THAT ANSWER NotImplemented", shown(false)),
    ] {
        if !names.is_empty() {
            section(&mut out, title);
            items(&mut out, names.iter().map(String::as_str));
        }
    }
    if !service.waiters().is_empty() {
        section(&mut out, "FURTHER");
        paragraph(
            &mut out,
            2,
            &format!("`aws {word} wait help` lists what one can wait for."),
        );
    }
    out
}

/// `aws ec2 wait help`.
pub fn waiters(word: &str, service: &'static Service) -> String {
    let mut out = String::new();
    section(&mut out, "NAME");
    paragraph(
        &mut out,
        2,
        &format!(
            "{word} wait: asks until something is as it should be. The virtual clock goes on meanwhile, so that the command is back at once."
        ),
    );
    section(&mut out, "COMMANDS");
    for waiter in service.waiters() {
        out.push_str(&format!("  {}\n", cli_name(waiter.name)));
        paragraph(&mut out, 6, &polling(waiter));
    }
    out
}

fn polling(waiter: &Waiter) -> String {
    format!(
        "asks {} every {} seconds, {} times at most",
        cli_name(waiter.operation),
        waiter.delay,
        waiter.attempts
    )
}

/// `aws ec2 run-instances help`; with a waiter, of `aws ec2 wait instance-running help`.
pub fn operation(
    word: &str,
    service: &'static Service,
    operation: &'static Operation,
    waiter: Option<&Waiter>,
) -> String {
    let table = arguments::table(service, operation);
    let mut out = String::new();
    section(&mut out, "NAME");
    match waiter {
        Some(waiter) => paragraph(
            &mut out,
            2,
            &format!("{word} wait {}: {}", cli_name(waiter.name), polling(waiter)),
        ),
        None => paragraph(
            &mut out,
            2,
            &format!("{word} {}: the operation {}", cli_name(operation.name), operation.name),
        ),
    }
    paragraph(
        &mut out,
        2,
        if is_simulated(service.name, operation.name) {
            "Stratus simulates it."
        } else {
            "Stratus does not simulate it: it answers NotImplemented."
        },
    );
    if operation.pagination.is_some() {
        paragraph(
            &mut out,
            2,
            "Its answer comes in pages, all of which are asked for unless --no-paginate is given.",
        );
    }
    let (required, optional): (Vec<&Argument>, Vec<&Argument>) =
        table.iter().partition(|argument| argument.rule.required);
    for (title, arguments) in [("REQUIRED", required), ("OPTIONS", optional)] {
        if !arguments.is_empty() {
            section(&mut out, title);
            for argument in arguments {
                option(&mut out, service, argument);
            }
        }
    }
    let answer = &service.structure(operation.output).members;
    if !answer.is_empty() && waiter.is_none() {
        section(&mut out, "ANSWER");
        for member in answer {
            out.push_str(&format!("  {} ({})\n", member.name.text(), kind(service, member.shape)));
        }
    }
    out
}

fn option(out: &mut String, service: &'static Service, argument: &Argument) {
    let flag = argument.flag();
    match argument.part {
        Part::Member(member) => {
            out.push_str(&format!("  {flag} ({})\n", kind(service, member.shape)));
            details(out, service, member.shape, 6, 0);
        }
        Part::Flag(_) => out.push_str(&format!("  {flag}\n")),
        Part::Pulled(..) => out.push_str(&format!("  {flag} (true or false)\n")),
        Part::Page(name) => out.push_str(&format!("  {flag} (paging: {name})\n")),
        Part::Custom(_) | Part::Other => {
            let choices = &argument.rule.choices;
            let choices = if choices.is_empty() {
                String::new()
            } else {
                format!(" ({})", choices.join("|"))
            };
            out.push_str(&format!("  {flag}{choices}\n"));
        }
    }
}

fn kind(service: &Service, shape: ShapeId) -> &'static str {
    match service.shape(shape) {
        Shape::Structure(_) => "structure",
        Shape::List(_) => "list",
        Shape::Map(_) => "map",
        Shape::String(_) => "string",
        Shape::Integer(_) => "integer",
        Shape::Long(_) => "long",
        Shape::Float(_) => "float",
        Shape::Double(_) => "double",
        Shape::Boolean => "boolean",
        Shape::Timestamp(_) => "timestamp",
        Shape::Blob(_) => "blob",
    }
}

fn details(out: &mut String, service: &Service, shape: ShapeId, indent: usize, depth: usize) {
    match service.shape(shape) {
        Shape::String(string) if !string.values.is_empty() => {
            paragraph(out, indent, &format!("One of: {}", string.values.join(", ")));
        }
        Shape::List(list) => details(out, service, list.member, indent, depth),
        Shape::Map(map) => details(out, service, map.value, indent, depth),
        Shape::Structure(known) if depth < DEPTH => {
            for member in &known.members {
                let required = if member.required { ", required" } else { "" };
                out.push_str(&format!(
                    "{}{} ({}{required})\n",
                    " ".repeat(indent),
                    member.name.text(),
                    kind(service, member.shape)
                ));
                details(out, service, member.shape, indent + 4, depth + 1);
            }
        }
        _ => {}
    }
}

/// `-h` or `--help` anywhere asks what the words before the options are; the CLI then shows how it is called, and this one
/// the help of these words.
pub fn asked(words: &[String]) -> Option<Vec<String>> {
    words.iter().find(|word| matches!(word.as_str(), "-h" | "--help"))?;
    let named = words
        .iter()
        .take_while(|word| !word.starts_with('-') && *word != "help")
        .take(2);
    Some(named.cloned().chain(["help".to_owned()]).collect())
}

/// `aws help`. The real one has topics besides.
pub fn of_all(words: &[String]) -> Result<String, Fault> {
    let [topic, ..] = words else { return Ok(top()) };
    let mut fault = Fault::usage("argument subcommand: Invalid choice, valid choices are:\n\n");
    fault.remedy = format!("There are no topics here. The help of a service: aws {topic} help");
    Err(fault)
}
