//! `host`: a name's addresses and mail servers, or any type, in sentences.
//! <https://bind9.readthedocs.io/en/v9.18/manpages.html#host-dns-lookup-utility>

use super::{Desk, Said, ask, bare, print, reverse, server, typed};
use crate::dns::message::{Message, Question};
use crate::dns::{Answer, TYPES, name};
use std::net::IpAddr;

const USAGE: &str = "\
Usage: host [-aCdilrTvVw] [-c class] [-N ndots] [-t type] [-W time]
            [-R number] [-m flag] [-p port] hostname [server]
       -a is equivalent to -v -t ANY
       -A is like -a but omits RRSIG, NSEC, NSEC3
       -c specifies query class for non-IN data
       -C compares SOA records on authoritative nameservers
       -d is equivalent to -v
       -l lists all hosts in a domain, using AXFR
       -m set memory debugging flag (trace|record|usage)
       -N changes the number of dots allowed before root lookup is done
       -p specifies the port on the server to query
       -r disables recursive processing
       -R specifies number of retries for UDP packets
       -s a SERVFAIL response should stop query
       -t specifies the query type
       -T enables TCP/IP mode
       -U enables UDP mode
       -v enables verbose output
       -V print version number and exit
       -w specifies to wait forever for a reply
       -W specifies how long to wait for a reply
       -4 use IPv4 query transport only
       -6 use IPv6 query transport only";

struct Asked {
    name: String,
    kind: Option<String>,
    server: Option<String>,
    recurse: bool,
    verbose: bool,
}

/// Runs it; the exit status.
pub(super) fn run(desk: &mut dyn Desk, arguments: &[String], said: &mut Said) -> i32 {
    let asked = match read(arguments) {
        Ok(Some(asked)) => asked,
        Ok(None) => {
            said.out(format!("host {}\n", super::VERSION));
            return 0;
        }
        Err(text) => {
            let status = if text.contains("invalid type") { 2 } else { 1 };
            said.err(text);
            return status;
        }
    };
    match look(desk, &asked, said) {
        Ok(status) => status,
        Err(text) => {
            said.err(format!("host: {text}"));
            1
        }
    }
}

fn read(arguments: &[String]) -> Result<Option<Asked>, String> {
    let mut asked = Asked {
        name: String::new(),
        kind: None,
        server: None,
        recurse: true,
        verbose: false,
    };
    let mut plain: Vec<&String> = Vec::new();
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        let Some(letters) = word.strip_prefix('-').filter(|letters| !letters.is_empty()) else {
            plain.push(word);
            continue;
        };
        for letter in letters.chars() {
            match letter {
                'a' => (asked.kind, asked.verbose) = (Some("ANY".into()), true),
                'r' => asked.recurse = false,
                'v' | 'd' => asked.verbose = true,
                'V' => return Ok(None),
                't' | 'c' | 'W' | 'R' | 'N' | 'p' | 'm' => {
                    let value = words.next().ok_or(USAGE)?;
                    if letter == 't' {
                        asked.kind = Some(value.to_ascii_uppercase());
                    }
                    break;
                }
                '4' | '6' | 'T' | 'U' | 'w' | 's' | 'i' | 'l' | 'C' => {}
                _ => return Err(format!("host: illegal option -- {letter}\n{USAGE}")),
            }
        }
    }
    if let Some(kind) = &asked.kind
        && kind != "ANY"
        && !TYPES.contains(&kind.as_str())
    {
        return Err(format!("host: invalid type: {}\n", kind.to_ascii_lowercase()));
    }
    match plain.as_slice() {
        [name] => asked.name = (*name).clone(),
        [name, server] => (asked.name, asked.server) = ((*name).clone(), Some((*server).clone())),
        _ => return Err(USAGE.to_owned()),
    }
    Ok(Some(asked))
}

fn look(desk: &mut dyn Desk, asked: &Asked, said: &mut Said) -> Result<i32, String> {
    let from = desk.asker()?;
    let at = match &asked.server {
        None => None,
        Some(text) => {
            let not_found = || format!("couldn't get address for '{text}': not found");
            Some(server(desk, from, text).ok_or_else(not_found)?)
        }
    };
    if let (Some(at), Some(text)) = (at, &asked.server) {
        said.out(format!(
            "Using domain server:\nName: {text}\nAddress: {at}#53\nAliases: \n\n"
        ));
    }
    let address = asked.name.parse::<IpAddr>().ok();
    let (text, kinds) = match (address, &asked.kind) {
        (Some(address), None) => (reverse(address), vec!["PTR".to_owned()]),
        (Some(address), Some(kind)) => (reverse(address), vec![kind.clone()]),
        (None, Some(kind)) => (typed(&asked.name), vec![kind.clone()]),
        (None, None) => (typed(&asked.name), vec!["A".into(), "AAAA".into(), "MX".into()]),
    };
    let several = kinds.len() > 1;
    let mut current =
        name::normal(&text).map_err(|fault| format!("'{}' is not a legal name ({})", asked.name, fault.words))?;
    for (place, kind) in kinds.iter().enumerate() {
        let question = Question {
            name: current.clone(),
            record_type: kind.clone(),
            recurse: asked.recurse,
        };
        let outcome = ask(desk, from, at, &question)?;
        let Some(message) = outcome.message else {
            said.out(";; communications error to ".to_owned() + &format!("{}#53: timed out\n", outcome.server));
            said.out(";; no servers could be reached\n");
            return Ok(1);
        };
        if message.rcode != "NOERROR" {
            said.out(format!(
                "Host {} not found: {}\n",
                shown(&asked.name, &current),
                code(message.rcode)
            ));
            return Ok(1);
        }
        let found = sentences(&message);
        if found.is_empty() && !several {
            said.out(format!("{} has no {kind} record\n", bare(&current)));
        }
        for (at, line) in found {
            // The alias was told with the first type.
            if place == 0 || !at {
                said.out(line);
            }
        }
        if let Some(last) = message.answer.iter().rfind(|answer| answer.record_type == "CNAME") {
            current = last.value.clone();
        }
    }
    Ok(0)
}

fn shown(given: &str, current: &str) -> String {
    match given.parse::<IpAddr>() {
        Ok(_) => current.to_owned(),
        Err(_) => given.trim_end_matches('.').to_owned(),
    }
}

/// `3(NXDOMAIN)`.
fn code(rcode: &str) -> String {
    let number = match rcode {
        "NXDOMAIN" => 3,
        "REFUSED" => 5,
        _ => 2,
    };
    format!("{number}({rcode})")
}

/// A line a record, and whether it tells an alias.
fn sentences(message: &Message) -> Vec<(bool, String)> {
    let line = |answer: &Answer| {
        let name = bare(&answer.name);
        let value = print::value(answer);
        let text = match answer.record_type.as_str() {
            "A" => format!("{name} has address {value}\n"),
            "AAAA" => format!("{name} has IPv6 address {value}\n"),
            "CNAME" => format!("{name} is an alias for {value}\n"),
            "MX" => format!("{name} mail is handled by {value}\n"),
            "NS" => format!("{name} name server {value}\n"),
            "PTR" => format!("{name} domain name pointer {value}\n"),
            "TXT" => format!("{name} descriptive text {value}\n"),
            "SOA" => format!("{name} has SOA record {value}\n"),
            other => format!("{name} has {other} record {value}\n"),
        };
        (answer.record_type == "CNAME", text)
    };
    message.answer.iter().map(line).collect()
}
