//! `dig`: a question, and the reply as the message has it.

use super::dig_flags::{Flags, Lookup, Words, read};
use super::{Desk, Said, VERSION, ask, print, server, size, trace};
use crate::base::time::Time;
use crate::dns::Asker;
use crate::dns::message::{Message, Outcome, Question};
use crate::services::s3::dates;
use std::net::IpAddr;

/// Exit statuses of the real one.
const USAGE: i32 = 1;
const NO_REPLY: i32 = 9;
const INTERNAL: i32 = 10;
/// What the real one says where a server's name leads nowhere.
const NO_SERVER: i32 = 1;

/// Runs it; the exit status.
pub(super) fn run(desk: &mut dyn Desk, arguments: &[String], said: &mut Said) -> i32 {
    let lookups = match read(arguments) {
        Words::Ask(lookups, warnings) => {
            for warning in warnings {
                said.err(warning);
            }
            lookups
        }
        Words::Say(text, status) => {
            said.out(text);
            return status;
        }
        Words::Version => {
            said.err(format!("DiG {VERSION}"));
            return 0;
        }
        Words::Wrong(text, status) => {
            said.err(text);
            return status;
        }
    };
    let mut status = 0;
    let command = arguments.join(" ");
    for (place, lookup) in lookups.iter().enumerate() {
        let greeting = if place == 0 {
            greeting(lookup, &command)
        } else {
            String::new()
        };
        match one(desk, lookup, &greeting, said) {
            Ok(found) => status = status.max(found),
            Err((text, found)) => {
                said.err(text);
                return found;
            }
        }
    }
    status
}

/// What stands above the first reply.
fn greeting(lookup: &Lookup, command: &str) -> String {
    let flags = &lookup.flags;
    if !flags.command || flags.short {
        return String::new();
    }
    let mut text = format!("\n; <<>> DiG {VERSION} <<>> {command}\n");
    if lookup.server.is_some() {
        text.push_str("; (1 server found)\n");
    }
    text.push_str(";; global options: +cmd\n");
    text
}

fn one(desk: &mut dyn Desk, lookup: &Lookup, greeting: &str, said: &mut Said) -> Result<i32, (String, i32)> {
    let mut from = desk.asker().map_err(|text| (format!("dig: {text}"), USAGE))?;
    if let Some(source) = &lookup.source {
        from = Asker::read(source).ok_or_else(|| (format!("dig: invalid address {source}"), USAGE))?;
    }
    let at = match &lookup.server {
        None => None,
        Some(text) => match server(desk, from, text) {
            Some(address) => Some(address),
            None => return Err((format!("dig: couldn't get address for '{text}': not found"), NO_SERVER)),
        },
    };
    // The network that the question is for is where its asker is.
    if let Some(network) = lookup.flags.subnet {
        from = Asker::Address(network);
    }
    // Without a name: who is responsible for the root.
    let bare = lookup.name.is_none();
    let kind = lookup.record_type.clone();
    let question = Question {
        name: lookup.name.clone().unwrap_or_else(|| ".".into()),
        record_type: kind.unwrap_or_else(|| if bare { "NS" } else { "A" }.into()),
        recurse: lookup.flags.recurse,
    };
    let question = Question {
        name: complete(&question.name).map_err(|why| {
            (
                format!("dig: '{}' is not a legal name ({why})", question.name),
                INTERNAL,
            )
        })?,
        ..question
    };
    if lookup.flags.trace {
        said.out(greeting);
        return Ok(trace::run(desk, from, at, lookup, &question, said));
    }
    let outcome = match lookup.port {
        53 => ask(desk, from, at, &question).map_err(|text| (format!("dig: {text}"), INTERNAL))?,
        // Nobody listens on another port.
        _ => Outcome {
            message: None,
            server: at.unwrap_or(IpAddr::from([127, 0, 0, 1])),
            millis: 0,
        },
    };
    let Some(message) = &outcome.message else {
        said.out(silence(lookup, &outcome, greeting));
        return Ok(NO_REPLY);
    };
    if lookup.flags.short {
        for answer in &message.answer {
            let identity = identity(&lookup.flags, &outcome);
            said.out(format!("{}{identity}\n", print::value(answer)));
        }
        return Ok(0);
    }
    said.out(greeting);
    said.out(reply(lookup, &question, &as_typed(lookup, &question, message)));
    if lookup.flags.stats {
        said.out(stats(desk, lookup, &question, message, &outcome));
    }
    Ok(0)
}

/// The name as it was typed, capitals and all: so servers write it back.
fn typed_name(lookup: &Lookup, question: &Question) -> String {
    let shown = crate::dns::zonefile::presented(&question.name);
    let typed = lookup
        .name
        .as_deref()
        .map(|name| format!("{}.", name.trim_end_matches('.')));
    typed
        .filter(|typed| typed.eq_ignore_ascii_case(&shown))
        .unwrap_or(shown)
}

/// A reply whose records of the very name have it as it was typed.
fn as_typed(lookup: &Lookup, question: &Question, message: &Message) -> Message {
    let typed = typed_name(lookup, question);
    let mut message = message.clone();
    if typed.bytes().any(|byte| byte.is_ascii_uppercase()) {
        for answer in message.answer.iter_mut().filter(|answer| answer.name == question.name) {
            answer.name = typed.clone();
        }
    }
    message
}

/// The name in normal form, or what is wrong with it in BIND's words.
fn complete(text: &str) -> Result<String, &'static str> {
    crate::dns::name::normal(text).map_err(|fault| match fault.code {
        "DomainLabelEmpty" => "empty label",
        "DomainLabelTooLong" => "label too long",
        "DomainNameTooLong" => "ran out of space",
        _ => "bad escape",
    })
}

/// `+short +identify`.
fn identity(flags: &Flags, outcome: &Outcome) -> String {
    match flags.identify {
        true => format!(" from server {} in {} ms.", outcome.server, outcome.millis),
        false => String::new(),
    }
}

/// Nobody answered.
fn silence(lookup: &Lookup, outcome: &Outcome, greeting: &str) -> String {
    let why = match lookup.port {
        53 => "timed out",
        _ => "connection refused",
    };
    let line = format!(";; communications error to {}#{}: {why}\n", outcome.server, lookup.port);
    let tries = usize::try_from(lookup.flags.tries).unwrap_or(3);
    format!("{}{greeting};; no servers could be reached\n", line.repeat(tries))
}

/// Header, pseudo-section and sections.
pub(super) fn reply(lookup: &Lookup, question: &Question, message: &Message) -> String {
    let flags = &lookup.flags;
    let mut text = String::new();
    if flags.comments {
        text.push_str(";; Got answer:\n");
        text.push_str(&header(flags, question, message));
        text.push('\n');
        if flags.edns {
            text.push_str(";; OPT PSEUDOSECTION:\n");
            text.push_str("; EDNS: version: 0, flags:; udp: 1232\n");
            if let Some(network) = flags.subnet {
                let prefix = flags.prefix;
                text.push_str(&format!("; CLIENT-SUBNET: {network}/{prefix}/{prefix}\n"));
            }
        }
    }
    let end = if flags.comments { "\n" } else { "" };
    if flags.question {
        if flags.comments {
            text.push_str(";; QUESTION SECTION:\n");
        }
        let name = typed_name(lookup, question);
        text.push_str(&print::question(&name, &question.record_type, flags.columns));
        text.push_str(end);
    }
    let sections = [
        (flags.answer, "ANSWER", &message.answer),
        (flags.authority, "AUTHORITY", &message.authority),
        (flags.additional, "ADDITIONAL", &message.additional),
    ];
    for (shown, title, records) in sections {
        if !shown || records.is_empty() {
            continue;
        }
        if flags.comments {
            text.push_str(&format!(";; {title} SECTION:\n"));
        }
        for record in records {
            text.push_str(&print::record(record, flags.columns));
        }
        text.push_str(end);
    }
    text
}

fn header(flags: &Flags, question: &Question, message: &Message) -> String {
    let mut set = vec!["qr"];
    if message.authoritative {
        set.push("aa");
    }
    if question.recurse {
        set.push("rd");
    }
    if message.recursive {
        set.push("ra");
    }
    let additional = message.additional.len() + usize::from(flags.edns);
    let mut text = format!(
        ";; ->>HEADER<<- opcode: QUERY, status: {}, id: {}\n;; flags: {}; QUERY: 1, ANSWER: {}, AUTHORITY: {}, ADDITIONAL: {additional}\n",
        message.rcode,
        id(question),
        set.join(" "),
        message.answer.len(),
        message.authority.len(),
    );
    if question.recurse && !message.recursive {
        text.push_str(";; WARNING: recursion requested but not available\n");
    }
    text
}

/// A message's id: nothing here is drawn, so it follows from the question.
fn id(question: &Question) -> u16 {
    let bytes = question.name.bytes().chain(question.record_type.bytes());
    bytes.fold(0x1505_u16, |id, byte| id.wrapping_mul(33) ^ u16::from(byte))
}

fn stats(desk: &dyn Desk, lookup: &Lookup, question: &Question, message: &Message, outcome: &Outcome) -> String {
    let shown = lookup.server.clone().unwrap_or_else(|| outcome.server.to_string());
    // ANY is asked over TCP, as RFC 8482 would have it.
    let protocol = if lookup.flags.tcp || question.record_type == "ANY" {
        "TCP"
    } else {
        "UDP"
    };
    let edns = match (lookup.flags.edns, lookup.flags.subnet) {
        (false, _) => 0,
        (true, None) => 11,
        (true, Some(_)) => 11 + 8 + usize::from(lookup.flags.prefix).div_ceil(8),
    };
    format!(
        ";; Query time: {} msec\n;; SERVER: {}#{}({shown}) ({protocol})\n;; WHEN: {}\n;; MSG SIZE  rcvd: {}\n\n",
        outcome.millis,
        outcome.server,
        lookup.port,
        when(desk.now()),
        size(question, message) + edns,
    )
}

/// `Mon Mar 03 09:00:00 UTC 2025`.
fn when(at: Time) -> String {
    // `Mon, 03 Mar 2025 09:00:00 GMT` has the same parts.
    let date = dates::http(at);
    let parts: Vec<&str> = date.split([',', ' ']).filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        [day, number, month, year, time, _] => format!("{day} {month} {number} {time} UTC {year}"),
        _ => date,
    }
}
