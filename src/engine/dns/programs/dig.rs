//! `dig`: a question, and the reply as the message has it.

use super::dig_edns;
use super::dig_flags::{Asked, Lookup, Words, read};
use super::dig_switches::{Flags, opcode_name};
use super::{Desk, Said, UNREACHED, VERSION, ask, no_answer, print, search, server, size, trace, yaml};
use crate::base::limits::{DNS_BATCH_LINES, DNS_BATCH_WORDS};
use crate::base::time::Time;
use crate::dns::Asker;
use crate::dns::message::{Message, Outcome, Question, is_transfer};
use crate::services::s3::dates;
use std::borrow::Cow;
use std::net::IpAddr;

/// Exit statuses of the real one.
const USAGE: i32 = 1;
const NO_FILE: i32 = 8;
pub(super) const NO_REPLY: i32 = 9;
pub(super) const INTERNAL: i32 = 10;
/// What the real one says where a server's name leads nowhere.
pub(super) const NO_SERVER: i32 = 1;

/// Bytes of a message's header.
const HEADER: usize = 12;
/// The opcode whose messages have other sections.
const UPDATE: u8 = 5;

/// Runs it; the exit status.
pub(super) fn run(desk: &mut dyn Desk, arguments: &[String], said: &mut Said) -> i32 {
    let (status, asked) = line(desk, arguments, Lookup::default(), true, said);
    let Some((path, mut usual)) = asked.and_then(|asked| Some((asked.batch?, asked.usual))) else {
        return status;
    };
    let bytes = match path.as_str() {
        "-" => Ok(desk.input()),
        path => desk.file(path),
    };
    let bytes = match bytes {
        Ok(bytes) => bytes,
        Err(why) => {
            said.err(format!("{path}: {why}\ndig: couldn't open specified batch file"));
            return NO_FILE;
        }
    };
    let mut status = status;
    let text = String::from_utf8_lossy(&bytes);
    // Empty lines and remarks are passed over only above the first question: further down, an empty line asks for the root, and a
    // remark's words are names.
    let mut lines = text
        .lines()
        .skip_while(|line| line.is_empty() || line.starts_with(['#', ';']));
    let mut first = true;
    for text in lines.by_ref().take(DNS_BATCH_LINES) {
        let words = text.split_whitespace().take(DNS_BATCH_WORDS);
        let words: Vec<String> = words.map(str::to_owned).collect();
        let (found, asked) = line(desk, &words, usual.clone(), first, said);
        first = false;
        status = status.max(found);
        // What is the program's stays on.
        let Some(asked) = asked else { return status };
        usual.flags.short = asked.usual.flags.short;
        usual.flags.command = asked.usual.flags.command;
    }
    if lines.next().is_some() {
        said.err(format!(
            "dig: {path}: only its first {DNS_BATCH_LINES} lines are asked here (a limit of ours)"
        ));
        status = status.max(INTERNAL);
    }
    status
}

/// A line of words: its questions are asked. What else it asks for, unless it is wrong.
fn line(
    desk: &mut dyn Desk,
    words: &[String],
    usual: Lookup,
    first: bool,
    said: &mut Said,
) -> (i32, Option<Box<Asked>>) {
    let asked = match read(words, usual) {
        Words::Ask(asked) => asked,
        Words::Say(text) => {
            said.out(text);
            return (0, None);
        }
        Words::Version => {
            said.err(format!("DiG {VERSION}"));
            return (0, None);
        }
        Words::Wrong(complaint) => {
            said.out(complaint.out);
            said.err(complaint.err);
            return (complaint.status, None);
        }
    };
    for warning in &asked.warnings {
        said.err(warning.as_str());
    }
    let mut status = 0;
    let command = words.join(" ");
    for (place, lookup) in asked.lookups.iter().enumerate() {
        let greeting = match place {
            0 => greeting(lookup, &command, first),
            _ => String::new(),
        };
        match one(desk, lookup, &greeting, said) {
            Ok(found) => status = status.max(found),
            Err((text, found)) => {
                said.err(text);
                return (found, None);
            }
        }
    }
    (status, Some(asked))
}

/// What stands above the first reply.
fn greeting(lookup: &Lookup, command: &str, first: bool) -> String {
    let flags = &lookup.flags;
    if !flags.command || flags.short || flags.yaml {
        return String::new();
    }
    let mut text = format!("; <<>> DiG {VERSION} <<>> {command}\n");
    if first {
        text.insert(0, '\n');
        if lookup.server.is_some() {
            text.push_str("; (1 server found)\n");
        }
        text.push_str(";; global options: +cmd\n");
    }
    text
}

/// Where a question goes: who asks, and the server that is named.
type Way = (Asker, Option<IpAddr>);

fn way(desk: &mut dyn Desk, lookup: &Lookup) -> Result<Way, (String, i32)> {
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
    if let Some(network) = lookup.flags.subnet.filter(|_| lookup.flags.prefix > 0) {
        from = Asker::Address(network);
    }
    Ok((from, at))
}

fn question(lookup: &Lookup) -> Result<Question, (String, i32)> {
    // Without a name: who is responsible for the root.
    let usual = if lookup.name.is_none() { "NS" } else { "A" };
    let given = lookup.name.clone().unwrap_or_else(|| ".".into());
    let full = match &lookup.flags.domain {
        Some(domain) if !given.contains('.') => format!("{given}.{domain}"),
        _ => given.clone(),
    };
    let named = complete(&full).map_err(|why| (format!("dig: '{given}' is not a legal name ({why})"), INTERNAL))?;
    let record_type = lookup.record_type.clone().unwrap_or_else(|| usual.into());
    let recurse = lookup.flags.recurse && !is_transfer(&record_type);
    Ok(Question {
        name: named,
        record_type,
        class: lookup.class,
        recurse,
    })
}

/// ANY is asked over TCP, as RFC 8482 would have it; a whole zone goes no other way.
pub(super) fn over_tcp(lookup: &Lookup, question: &Question) -> bool {
    lookup.flags.tcp || question.record_type == "ANY" || is_transfer(&question.record_type)
}

fn one(desk: &mut dyn Desk, lookup: &Lookup, greeting: &str, said: &mut Said) -> Result<i32, (String, i32)> {
    let (from, at) = way(desk, lookup)?;
    let question = question(lookup)?;
    let transfer = is_transfer(&question.record_type);
    let mut lookup = lookup.clone();
    if transfer {
        lookup.flags.comments &= lookup.flags.wants_comments;
        lookup.flags.question &= lookup.flags.wants_question;
    }
    let lookup = &lookup;
    if lookup.flags.trace {
        said.out(greeting);
        return Ok(trace::run(desk, from, at, lookup, &question, said));
    }
    if lookup.flags.search {
        return Ok(search::run(desk, (from, at), lookup, &question, greeting, said));
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
    let mut outcome = outcome;
    let mut sent = sent(lookup, &question, &outcome, desk.now());
    let mut agreed = lookup.clone();
    if let Some(message) = &mut outcome.message {
        let retries = judged(lookup, message);
        if retries {
            agreed.flags.opt.version = 0;
            if lookup.flags.comments && !lookup.flags.short {
                sent.push_str(";; BADVERS, retrying with EDNS version 0.\n");
            }
            sent.push_str(&self::sent(&agreed, &question, &outcome, desk.now()));
        }
    }
    let lookup = &agreed;
    let Some(message) = &outcome.message else {
        said.out(silence(lookup, &question, &outcome, greeting, &sent));
        return Ok(NO_REPLY);
    };
    said.out(format!("{greeting}{sent}"));
    let name = lookup.server.clone().unwrap_or_else(|| outcome.server.to_string());
    let reply = Reply {
        question: &question,
        message,
        outcome: &outcome,
        server: &name,
    };
    said.out(shown(lookup, &reply, desk.now()));
    if transfer {
        // Nobody hands out a whole zone.
        said.out("; Transfer failed.\n");
    }
    Ok(0)
}

/// What a server says of a question that is none, or of a version of EDNS that it does not know, in place of its answer; whether
/// the question is put again in the one that it knows.
fn judged(lookup: &Lookup, message: &mut Message) -> bool {
    let flags = &lookup.flags;
    let refused = match (flags.opcode, flags.header_only) {
        (0, false) => None,
        (0, true) => Some("FORMERR"),
        _ => Some("NOTIMP"),
    };
    if let Some(rcode) = refused {
        *message = Message::of(rcode);
        return false;
    }
    let foreign = flags.edns && flags.opt.version > 0;
    if foreign && !flags.negotiate {
        message.rcode = "BADVERS";
    }
    foreign && flags.negotiate
}

/// A reply and where it came from.
pub(super) struct Reply<'a> {
    /// What was asked.
    pub question: &'a Question,
    /// What was said.
    pub message: &'a Message,
    /// By whom, and how long it took.
    pub outcome: &'a Outcome,
    /// The server's name, as it was given.
    pub server: &'a str,
}

impl Reply<'_> {
    /// Bytes of it on the wire.
    pub(super) fn size(&self, lookup: &Lookup) -> usize {
        let told = match lookup.flags.header_only {
            true => HEADER,
            false => size(self.question, self.message),
        };
        told + edns_size(&lookup.flags)
    }

    /// The bits of its header that are set.
    pub(super) fn bits(&self, lookup: &Lookup) -> String {
        let bits = [
            (true, "qr"),
            (self.message.authoritative, "aa"),
            (self.question.recurse, "rd"),
            (self.message.recursive, "ra"),
            (lookup.flags.checking_disabled, "cd"),
        ];
        set(&bits).join(" ")
    }
}

/// The names of the bits that are set.
pub(super) fn set<'a>(bits: &[(bool, &'a str)]) -> Vec<&'a str> {
    bits.iter().filter(|(is, _)| *is).map(|(_, bit)| *bit).collect()
}

/// Bytes of the OPT record of a reply.
fn edns_size(flags: &Flags) -> usize {
    let subnet = flags.subnet.filter(|_| flags.prefix > 0);
    let subnet = subnet.map_or(0, |_| 8 + usize::from(flags.prefix).div_ceil(8));
    if flags.edns { 11 + subnet } else { 0 }
}

/// All that is said of a reply.
pub(super) fn shown(lookup: &Lookup, told: &Reply<'_>, now: Time) -> String {
    let flags = &lookup.flags;
    let message = as_typed(lookup, told.question, told.message);
    let told = &Reply {
        message: &message,
        ..*told
    };
    let mut text = String::new();
    if flags.yaml {
        text = yaml::reply(lookup, told, &typed_name(lookup, told.question), now);
    }
    if flags.short {
        for answer in &told.message.answer {
            let kind = match flags.trace || flags.search {
                true => format!("{} ", answer.record_type),
                false => String::new(),
            };
            let value = print::value_in(answer, flags.columns);
            text.push_str(&format!("{kind}{value}{}\n", identity(flags, told.outcome)));
        }
        return text;
    }
    if flags.yaml {
        return text;
    }
    text.push_str(&reply(lookup, told));
    // Those of a transfer are of what was transferred.
    let transfer = is_transfer(&told.question.record_type);
    if flags.stats && !transfer {
        text.push_str(&stats(lookup, told, now));
    } else if flags.identify && !transfer {
        let Outcome { server, millis, .. } = told.outcome;
        text.push_str(&format!(
            ";; Received {} bytes from {server}#{}({}) in {millis} ms\n\n",
            told.size(lookup),
            lookup.port,
            told.server,
        ));
    }
    text
}

/// `+qr`: the question, as it goes out.
fn sent(lookup: &Lookup, question: &Question, outcome: &Outcome, now: Time) -> String {
    let flags = &lookup.flags;
    if !flags.sent || (flags.short && !flags.yaml) {
        return String::new();
    }
    let name = typed_name(lookup, question);
    let nothing = Message::of("NOERROR");
    let put = match flags.header_only {
        true => HEADER,
        false => size(question, &nothing),
    };
    let bytes = put + dig_edns::size(flags, question, put);
    if flags.yaml {
        return yaml::sent(lookup, question, &name, outcome.server, bytes, now);
    }
    let mut text = String::new();
    if flags.comments {
        text.push_str(&format!(
            ";; Sending:\n;; ->>HEADER<<- opcode: {}, status: NOERROR, id: {}\n;; flags: {};{} QUERY: {}, ANSWER: 0, \
             AUTHORITY: 0, ADDITIONAL: {}\n\n",
            opcode_name(flags.opcode),
            id(lookup, question),
            set_bits(flags, question).join(" "),
            if flags.reserved { " MBZ: 0x4;" } else { "" },
            u8::from(!flags.header_only),
            u8::from(flags.edns),
        ));
        if flags.edns {
            text.push_str(";; OPT PSEUDOSECTION:\n");
            text.push_str(&dig_edns::head(flags.opt.version, dig_edns::bits(flags), flags.room));
            text.push_str(&dig_edns::shown(flags, question));
        }
    }
    text.push_str(&asked(lookup, question));
    if flags.stats {
        text.push_str(&format!(";; QUERY SIZE: {bytes}\n\n"));
    }
    text
}

/// The bits of a question's header that are set.
pub(super) fn set_bits(flags: &Flags, question: &Question) -> Vec<&'static str> {
    set(&[
        (flags.authoritative, "aa"),
        (flags.truncated, "tc"),
        (question.recurse, "rd"),
        (flags.recursion_available, "ra"),
        (flags.authentic, "ad"),
        (flags.checking_disabled, "cd"),
    ])
}

/// The cookie of a question: nothing here is drawn, so it follows from it.
pub(super) fn cookie(question: &Question) -> String {
    let bytes = question.name.bytes();
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}

/// The section with the question.
fn asked(lookup: &Lookup, question: &Question) -> String {
    let flags = &lookup.flags;
    if !flags.question {
        return String::new();
    }
    let (title, end) = match flags.comments {
        true if flags.opcode == UPDATE => (";; ZONE SECTION:\n", "\n"),
        true => (";; QUESTION SECTION:\n", "\n"),
        false => ("", ""),
    };
    let line = match flags.header_only {
        true => String::new(),
        false => print::question(&typed_name(lookup, question), question, flags.columns),
    };
    format!("{title}{line}{end}")
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
fn as_typed<'a>(lookup: &Lookup, question: &Question, message: &'a Message) -> Cow<'a, Message> {
    let typed = typed_name(lookup, question);
    if !typed.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return Cow::Borrowed(message);
    }
    let mut message = message.clone();
    for answer in message.answer.iter_mut().filter(|answer| answer.name == question.name) {
        answer.name = typed.clone();
    }
    Cow::Owned(message)
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
fn silence(lookup: &Lookup, question: &Question, outcome: &Outcome, greeting: &str, sent: &str) -> String {
    let (server, port) = (outcome.server, lookup.port);
    let tries = lookup.flags.tries;
    if lookup.flags.yaml {
        return format!("{}{}", sent.repeat(tries), yaml::fault("no servers could be reached"));
    }
    if port != 53 && over_tcp(lookup, question) {
        let shown = lookup.server.clone().unwrap_or_else(|| server.to_string());
        let name = super::bare(&question.name);
        let line =
            format!(";; Connection to {server}#{port}({shown}) for {name} failed: connection refused.\n{UNREACHED}");
        return line.repeat(tries);
    }
    let lines = format!("{sent}{}", no_answer(server, port)).repeat(tries);
    match sent.is_empty() {
        true => format!("{lines}{greeting}{UNREACHED}"),
        false => format!("{greeting}{lines}{UNREACHED}"),
    }
}

/// Header, pseudo-section and sections.
fn reply(lookup: &Lookup, told: &Reply<'_>) -> String {
    let flags = &lookup.flags;
    let mut text = String::new();
    if flags.comments {
        text.push_str(";; Got answer:\n");
        text.push_str(&header(lookup, told));
        text.push('\n');
        if flags.edns {
            text.push_str(";; OPT PSEUDOSECTION:\n");
            text.push_str("; EDNS: version: 0, flags:; udp: 1232\n");
            if let Some(network) = flags.subnet.filter(|_| flags.prefix > 0) {
                let prefix = flags.prefix;
                text.push_str(&format!("; CLIENT-SUBNET: {network}/{prefix}/{prefix}\n"));
            }
        }
    }
    text.push_str(&sections(lookup, told.question, told.message));
    text
}

/// The question and the records of a message, each section under its name.
pub(super) fn sections(lookup: &Lookup, question: &Question, message: &Message) -> String {
    let flags = &lookup.flags;
    // A reply to no question has none.
    let mut text = match flags.header_only {
        true => String::new(),
        false => asked(lookup, question),
    };
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
        text.push_str(if flags.comments { "\n" } else { "" });
    }
    text
}

fn header(lookup: &Lookup, told: &Reply<'_>) -> String {
    let (message, question) = (told.message, told.question);
    let additional = message.additional.len() + usize::from(lookup.flags.edns);
    let mut text = format!(
        ";; ->>HEADER<<- opcode: {}, status: {}, id: {}\n;; flags: {}; QUERY: {}, ANSWER: {}, AUTHORITY: {}, ADDITIONAL: {additional}\n",
        opcode_name(lookup.flags.opcode),
        message.rcode,
        id(lookup, question),
        told.bits(lookup),
        u8::from(!lookup.flags.header_only),
        message.answer.len(),
        message.authority.len(),
    );
    if question.recurse && !message.recursive {
        text.push_str(";; WARNING: recursion requested but not available\n");
    }
    text
}

/// A message's id: nothing here is drawn, so it follows from the question.
pub(super) fn id(lookup: &Lookup, question: &Question) -> u16 {
    let bytes = question.name.bytes().chain(question.record_type.bytes());
    let drawn = bytes.fold(0x1505_u16, |id, byte| id.wrapping_mul(33) ^ u16::from(byte));
    lookup.flags.id.unwrap_or(drawn)
}

fn stats(lookup: &Lookup, told: &Reply<'_>, now: Time) -> String {
    let outcome = told.outcome;
    let protocol = match over_tcp(lookup, told.question) {
        true => "TCP",
        false => "UDP",
    };
    let time = match lookup.micro {
        true => format!("{} usec", outcome.millis.saturating_mul(1_000)),
        false => format!("{} msec", outcome.millis),
    };
    format!(
        ";; Query time: {time}\n;; SERVER: {}#{}({}) ({protocol})\n;; WHEN: {}\n;; MSG SIZE  rcvd: {}\n\n",
        outcome.server,
        lookup.port,
        told.server,
        when(now),
        told.size(lookup),
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
