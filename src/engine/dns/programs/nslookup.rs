//! `nslookup`, as a command: `nslookup [-option …] name [server]`.
//! <https://bind9.readthedocs.io/en/v9.18/manpages.html#nslookup-query-internet-name-servers-interactively>

use super::{Desk, Said, ask, bare, print, reverse, server, typed};
use crate::dns::message::{Message, Question};
use crate::dns::{Answer, TYPES, name};
use std::net::IpAddr;

struct Asked {
    name: String,
    kind: Option<String>,
    server: Option<String>,
    recurse: bool,
}

/// Runs it; the exit status.
pub(super) fn run(desk: &mut dyn Desk, arguments: &[String], said: &mut Said) -> i32 {
    let mut settings = Asked {
        name: String::new(),
        kind: None,
        server: None,
        recurse: true,
    };
    let mut plain: Vec<&String> = Vec::new();
    for word in arguments {
        match word.strip_prefix('-') {
            Some("version") => {
                said.out(format!("nslookup {}\n", super::VERSION));
                return 0;
            }
            Some(option) if !option.is_empty() => {
                if let Err(text) = set(&mut settings, option) {
                    said.out(text);
                }
            }
            _ => plain.push(word),
        }
    }
    let mut questions: Vec<String> = Vec::new();
    match plain.as_slice() {
        [] => {
            // Interactive, from a pipe: one question a line, `set` and `server` among them.
            let text = String::from_utf8_lossy(&desk.input()).into_owned();
            questions.extend(text.lines().map(str::to_owned));
        }
        [name] => questions.push((*name).clone()),
        [name, server, ..] => {
            questions.push((*name).clone());
            settings.server = Some((*server).clone());
        }
    }
    let mut status = 0;
    for line in questions {
        let words: Vec<&str> = line.split_whitespace().collect();
        let outcome = match words.as_slice() {
            [] => Ok(0),
            ["exit"] => break,
            ["set", option] => set(&mut settings, option).map(|()| 0),
            ["server" | "lserver", server] => {
                settings.server = Some((*server).to_owned());
                Ok(0)
            }
            [name, ..] => {
                settings.name = (*name).to_owned();
                look(desk, &settings, said)
            }
        };
        match outcome {
            Ok(found) => status = status.max(found),
            Err(text) => {
                said.out(text);
                status = 1;
            }
        }
    }
    status
}

fn set(asked: &mut Asked, option: &str) -> Result<(), String> {
    let (word, value) = option.split_once('=').unwrap_or((option, ""));
    match word {
        "type" | "ty" | "querytype" | "query" | "q" | "qu" => {
            let upper = value.to_ascii_uppercase();
            if upper != "ANY" && !TYPES.contains(&upper.as_str()) {
                return Err(format!("unknown query type: {value}\n"));
            }
            asked.kind = Some(upper);
        }
        "norecurse" | "norec" => asked.recurse = false,
        "recurse" | "rec" => asked.recurse = true,
        "class" | "cl" | "timeout" | "retry" | "port" | "domain" | "search" | "nosearch" | "debug" | "nodebug"
        | "d2" | "nod2" | "vc" | "novc" | "fail" | "nofail" | "ndots" | "all" | "defname" | "nodefname" | "sil" => {}
        _ => return Err(format!("*** Invalid option: {option}\n")),
    }
    Ok(())
}

fn look(desk: &mut dyn Desk, asked: &Asked, said: &mut Said) -> Result<i32, String> {
    let from = desk.asker().map_err(|text| format!("nslookup: {text}\n"))?;
    let at = match &asked.server {
        None => None,
        Some(text) => {
            let not_found = || format!("nslookup: couldn't get address for '{text}': not found\n");
            Some(server(desk, from, text).ok_or_else(not_found)?)
        }
    };
    let address = asked.name.parse::<IpAddr>().ok();
    let text = address.map_or_else(|| typed(&asked.name), reverse);
    let mut current = name::normal(&text).map_err(|_| format!("nslookup: '{}' is not a legal name\n", asked.name))?;
    let kinds = match (address, asked.kind.as_deref()) {
        (Some(_), None) => vec!["PTR"],
        (None, None) => vec!["A", "AAAA"],
        (_, Some(kind)) => vec![kind],
    };
    let (mut headed, mut any) = (false, false);
    let mut authority = Vec::new();
    for kind in &kinds {
        let question = Question {
            name: current.clone(),
            record_type: (*kind).to_owned(),
            recurse: asked.recurse,
        };
        let outcome = ask(desk, from, at, &question).map_err(|text| format!("nslookup: {text}\n"))?;
        let Some(message) = outcome.message else {
            said.out(format!(";; communications error to {}#53: timed out\n", outcome.server));
            said.out(";; no servers could be reached\n\n");
            return Ok(1);
        };
        if !headed && address.is_none() {
            let shown = asked.server.clone().unwrap_or_else(|| outcome.server.to_string());
            said.out(format!("Server:\t\t{shown}\nAddress:\t{}#53\n\n", outcome.server));
        }
        if message.rcode != "NOERROR" {
            said.out(format!(
                "** server can't find {}: {}\n\n",
                bare(&current),
                message.rcode
            ));
            return Ok(1);
        }
        if !headed && !message.authoritative && address.is_none() {
            said.out("Non-authoritative answer:\n");
        }
        headed = true;
        any |= shown(&message, said);
        authority = message.authority.clone();
        if let Some(last) = message.answer.iter().rfind(|answer| answer.record_type == "CNAME") {
            current = last.value.clone();
        }
    }
    if !any {
        said.out(format!("*** Can't find {}: No answer\n", asked.name));
    }
    // Addresses are all that most people want to know.
    if !kinds.iter().all(|kind| matches!(*kind, "A" | "AAAA")) {
        said.out("\nAuthoritative answers can be found from:\n");
        for answer in &authority {
            said.out(line(answer));
        }
    }
    said.out("\n");
    Ok(0)
}

/// The answers; whether there was any.
fn shown(message: &Message, said: &mut Said) -> bool {
    for answer in &message.answer {
        said.out(line(answer));
    }
    message.answer.iter().any(|answer| answer.record_type != "CNAME")
}

fn line(answer: &Answer) -> String {
    let (name, value) = (bare(&answer.name), print::value(answer));
    match answer.record_type.as_str() {
        "A" | "AAAA" => format!("Name:\t{name}\nAddress: {value}\n"),
        "CNAME" => format!("{name}\tcanonical name = {value}\n"),
        "PTR" => format!("{name}\tname = {value}\n"),
        "MX" => format!("{name}\tmail exchanger = {value}\n"),
        "NS" => format!("{name}\tnameserver = {value}\n"),
        "TXT" => format!("{name}\ttext = {value}\n"),
        "SRV" => format!("{name}\tservice = {value}\n"),
        "SOA" => soa(&name, &value),
        kind => format!("{name}\trdata_{} = {value}\n", code(kind)),
    }
}

fn soa(name: &str, value: &str) -> String {
    let fields: Vec<&str> = value.split(' ').collect();
    let [server, mailbox, serial, refresh, retry, expire, minimum] = fields.as_slice() else {
        return format!("{name}\tsoa = {value}\n");
    };
    let (server, mailbox) = (server.trim_end_matches('.'), mailbox.trim_end_matches('.'));
    format!(
        "{name}\n\torigin = {server}\n\tmail addr = {mailbox}\n\tserial = {serial}\n\trefresh = {refresh}\n\tretry = {retry}\n\texpire = {expire}\n\tminimum = {minimum}\n"
    )
}

/// The number of a type that `nslookup` has no word for.
fn code(kind: &str) -> u16 {
    match kind {
        "NAPTR" => 35,
        "DS" => 43,
        "SSHFP" => 44,
        "TLSA" => 52,
        "SVCB" => 64,
        "HTTPS" => 65,
        "SPF" => 99,
        _ => 257,
    }
}
