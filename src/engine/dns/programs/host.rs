//! `host`: a name's addresses and mail servers, or any type, in sentences.
//! <https://bind9.readthedocs.io/en/v9.18/manpages.html#host-dns-lookup-utility>

use super::dig::{id, sections, set};
use super::dig_flags::{Lookup, transfer};
use super::{Desk, Said, UNREACHED, ask, bare, kinds, no_answer, print, reverse, search, server, size, typed};
use crate::dns::message::{INTERNET, Message, Question, is_transfer};
use crate::dns::{Answer, Asker, name};
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
    class: u16,
    server: Option<String>,
    recurse: bool,
    verbose: bool,
    /// `-C`: the SOA record of each server of the zone.
    compared: bool,
    /// `-l`: all of a zone.
    listed: bool,
}

/// Runs it; the exit status.
pub(super) fn run(desk: &mut dyn Desk, arguments: &[String], said: &mut Said) -> i32 {
    let asked = match read(arguments) {
        Ok(Some(asked)) => asked,
        Ok(None) => {
            said.out(format!("host {}\n", super::VERSION));
            return 0;
        }
        Err((text, status)) => {
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

fn read(arguments: &[String]) -> Result<Option<Asked>, (String, i32)> {
    let mut asked = Asked {
        name: String::new(),
        kind: None,
        class: INTERNET,
        server: None,
        recurse: true,
        verbose: false,
        compared: false,
        listed: false,
    };
    let usage = || (USAGE.to_owned(), 1);
    let mut plain: Vec<&String> = Vec::new();
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        let Some(letters) = word.strip_prefix('-').filter(|letters| !letters.is_empty()) else {
            plain.push(word);
            continue;
        };
        for (at, letter) in letters.char_indices() {
            match letter {
                'a' | 'A' => (asked.kind, asked.verbose) = (Some("ANY".into()), true),
                'r' => asked.recurse = false,
                'v' | 'd' => asked.verbose = true,
                'C' => asked.compared = true,
                'l' => asked.listed = true,
                'V' => return Ok(None),
                't' | 'c' | 'W' | 'R' | 'N' | 'p' | 'm' => {
                    // Its value is the rest of the word, or the next one.
                    let glued = letters.get(at + 1..).filter(|rest| !rest.is_empty());
                    let value = match glued {
                        Some(rest) => rest,
                        None => words.next().ok_or_else(usage)?,
                    };
                    valued(&mut asked, letter, value)?;
                    break;
                }
                '4' | '6' | 'T' | 'U' | 'w' | 's' | 'i' => {}
                _ => return Err((format!("host: illegal option -- {letter}\n{USAGE}"), 1)),
            }
        }
    }
    if asked.listed {
        asked.kind = Some("AXFR".into());
    }
    match plain.as_slice() {
        [name] => asked.name = (*name).clone(),
        // Whatever else stands there is passed over.
        [name, server, ..] => (asked.name, asked.server) = ((*name).clone(), Some((*server).clone())),
        _ => return Err(usage()),
    }
    Ok(Some(asked))
}

/// A letter with its value.
fn valued(asked: &mut Asked, letter: char, value: &str) -> Result<(), (String, i32)> {
    match letter {
        't' => {
            let wrong = || (format!("host: invalid type: {value}\n"), 2);
            let kind = transfer(value).or_else(|| kinds::kind(value));
            asked.kind = Some(kind.ok_or_else(wrong)?);
            // A whole zone is shown as it came.
            asked.verbose |= asked.kind.as_deref() == Some("AXFR");
        }
        'c' => {
            let wrong = || (format!("host: invalid class: {value}\n"), 2);
            asked.class = kinds::class(value).ok_or_else(wrong)?;
        }
        _ => {}
    }
    Ok(())
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
    let heading = match (at, &asked.server) {
        (Some(at), Some(text)) => format!("Using domain server:\nName: {text}\nAddress: {at}#53\nAliases: \n\n"),
        _ => String::new(),
    };
    let address = asked.name.parse::<IpAddr>().ok();
    let (text, kinds) = match (address, &asked.kind) {
        (Some(address), None) => (reverse(address), vec!["PTR".to_owned()]),
        (Some(address), Some(kind)) => (reverse(address), vec![kind.clone()]),
        (None, Some(kind)) => (typed(&asked.name), vec![kind.clone()]),
        (None, None) => (typed(&asked.name), vec!["A".into(), "AAAA".into(), "MX".into()]),
    };
    let name =
        name::normal(&text).map_err(|fault| format!("'{}' is not a legal name ({})", asked.name, fault.words))?;
    if asked.compared {
        return compare(desk, asked, (from, at), &name, said);
    }
    let mut round = Round {
        asked,
        way: (from, at),
        current: name,
        heading,
    };
    let several = kinds.len() > 1;
    for (place, kind) in kinds.iter().enumerate() {
        if let Some(status) = round.ask(desk, kind, place, several, said)? {
            return Ok(status);
        }
    }
    Ok(0)
}

/// The questions of a command, one after the other.
struct Round<'a> {
    asked: &'a Asked,
    way: (Asker, Option<IpAddr>),
    /// The name that is asked for: what an alias led to.
    current: String,
    /// Which server it is, said once.
    heading: String,
}

impl Round<'_> {
    /// One question; its exit status, where it was the last.
    fn ask(
        &mut self,
        desk: &mut dyn Desk,
        kind: &str,
        place: usize,
        several: bool,
        said: &mut Said,
    ) -> Result<Option<i32>, String> {
        let asked = self.asked;
        let transfer = is_transfer(kind);
        let question = Question {
            name: self.current.clone(),
            record_type: kind.to_owned(),
            class: asked.class,
            recurse: asked.recurse && !transfer,
        };
        if asked.verbose {
            said.out(format!("Trying \"{}\"\n", bare(&self.current)));
        }
        let outcome = ask(desk, self.way.0, self.way.1, &question)?;
        let Some(message) = &outcome.message else {
            said.out(std::mem::take(&mut self.heading));
            said.out(no_answer(outcome.server, 53));
            said.out(UNREACHED);
            return Ok(Some(1));
        };
        said.out(std::mem::take(&mut self.heading));
        let received = format!(
            "Received {} bytes from {}#53 in {} ms\n",
            size(&question, message),
            outcome.server,
            outcome.millis
        );
        if message.rcode != "NOERROR" {
            let name = shown(&asked.name, &self.current);
            said.out(format!("Host {name} not found: {}\n", code(message.rcode)));
            if transfer {
                said.out("; Transfer failed.\n");
            } else if asked.verbose {
                // A name that is not there is looked for again, with nothing behind it.
                let again = message.rcode == "NXDOMAIN" && asked.name.parse::<IpAddr>().is_err();
                said.out(received.repeat(if again { 2 } else { 1 }));
            }
            return Ok(Some(1));
        }
        if asked.verbose {
            said.out(verbose(&question, message));
            said.out(received);
        } else {
            let found = sentences(message);
            if found.is_empty() && !several {
                said.out(format!("{} has no {kind} record\n", bare(&self.current)));
            }
            for (is_alias, line) in found {
                // The alias was told with the first type.
                if place == 0 || !is_alias {
                    said.out(line);
                }
            }
        }
        if let Some(last) = message.answer.iter().rfind(|answer| answer.record_type == "CNAME") {
            self.current = last.value.clone();
        }
        Ok(None)
    }
}

/// The message as it came.
fn verbose(question: &Question, message: &Message) -> String {
    let bits = [
        (true, "qr"),
        (message.authoritative, "aa"),
        (question.recurse, "rd"),
        (message.recursive, "ra"),
    ];
    let plain = Lookup::default();
    format!(
        ";; ->>HEADER<<- opcode: QUERY, status: {}, id: {}\n;; flags: {}; QUERY: 1, ANSWER: {}, AUTHORITY: {}, ADDITIONAL: {}\n\n{}",
        message.rcode,
        id(&plain, question),
        set(&bits).join(" "),
        message.answer.len(),
        message.authority.len(),
        message.additional.len(),
        sections(&plain, question, message),
    )
}

/// `-C`: what each server of the zone says of its SOA record.
fn compare(
    desk: &mut dyn Desk,
    asked: &Asked,
    way: (Asker, Option<IpAddr>),
    name: &str,
    said: &mut Said,
) -> Result<i32, String> {
    let soa = search::for_soa(&Question {
        name: name.to_owned(),
        record_type: "SOA".into(),
        class: asked.class,
        recurse: false,
    });
    let first = search::servers(desk, way, &soa)?;
    if asked.verbose {
        said.out(format!("Trying \"{}\"\n", bare(name)));
    }
    let Some(message) = &first.message else {
        said.out(no_answer(first.server, 53));
        said.out(UNREACHED);
        return Ok(1);
    };
    if message.rcode != "NOERROR" {
        let line = format!("{} not found: {}\n", bare(name), code(message.rcode));
        said.out(format!("Nameserver {}:\n\t{line}", first.server));
        return Ok(1);
    }
    let round = search::round(desk, way.0, &first, &soa, said)?;
    if let (Some(name), true) = (&round.unknown, round.told.is_empty()) {
        return Err(format!("couldn't get address for '{name}': no more"));
    }
    for (_, outcome) in &round.told {
        let server = outcome.server;
        match &outcome.message {
            None => said.out(no_answer(server, 53)),
            Some(message) if asked.verbose => said.out(format!(
                "{}Received {} bytes from {server}#53 in {} ms\n",
                verbose(&soa, message),
                size(&soa, message),
                outcome.millis
            )),
            Some(message) => {
                let told = match message.rcode {
                    "NOERROR" => sentences(message).into_iter().map(|(_, line)| line).collect(),
                    rcode => format!("{} not found: {}\n", bare(name), code(rcode)),
                };
                said.out(format!("Nameserver {server}:\n\t{told}"));
            }
        }
    }
    Ok(i32::from(round.told.is_empty()))
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
