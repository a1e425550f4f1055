//! The words of `dig`'s command line: servers, types, classes, `-x`, `+flags`; several questions on one line.
//! <https://bind9.readthedocs.io/en/v9.18/manpages.html#dig-dns-lookup-utility>

use super::print::Columns;
use super::{reverse, typed};
use crate::dns::TYPES;
use std::net::IpAddr;

/// One question with all that is said of it.
#[derive(Clone, Debug)]
pub(super) struct Lookup {
    pub name: Option<String>,
    pub record_type: Option<String>,
    pub server: Option<String>,
    pub port: u16,
    /// `-b`: whose address the question comes from.
    pub source: Option<String>,
    pub flags: Flags,
}

/// What `+flags` switch.
#[derive(Clone, Copy, Debug)]
pub(super) struct Flags {
    pub short: bool,
    pub trace: bool,
    pub recurse: bool,
    pub tcp: bool,
    pub command: bool,
    pub comments: bool,
    pub question: bool,
    pub answer: bool,
    pub authority: bool,
    pub additional: bool,
    pub stats: bool,
    pub identify: bool,
    pub edns: bool,
    pub dnssec: bool,
    pub authentic: bool,
    pub tries: u32,
    pub subnet: Option<IpAddr>,
    pub prefix: u8,
    pub columns: Columns,
}

/// What the words come to.
pub(super) enum Words {
    /// These questions, and what was left out, in BIND's words.
    Ask(Vec<Lookup>, Vec<String>),
    /// `-v`.
    Version,
    /// `-h`: a text and its status.
    Say(String, i32),
    /// What is wrong, for standard error, and the status.
    Wrong(String, i32),
}

const CLASSES: [&str; 4] = ["IN", "CH", "HS", "ANY"];
/// Types that exist in the DNS and that no zone here has.
const FOREIGN: [&str; 12] = [
    "ANY",
    "DNSKEY",
    "RRSIG",
    "NSEC",
    "NSEC3",
    "HINFO",
    "LOC",
    "DNAME",
    "CDS",
    "CDNSKEY",
    "URI",
    "OPENPGPKEY",
];

pub(super) const USAGE: &str = "\
Usage:  dig [@global-server] [domain] [q-type] [q-class] {q-opt}
            {global-d-opt} host [@local-server] {local-d-opt}
            [ host [@local-server] {local-d-opt} [...]]
";

fn defaults() -> Lookup {
    Lookup {
        name: None,
        record_type: None,
        server: None,
        port: 53,
        source: None,
        flags: Flags {
            short: false,
            trace: false,
            recurse: true,
            tcp: false,
            command: true,
            comments: true,
            question: true,
            answer: true,
            authority: true,
            additional: true,
            stats: true,
            identify: false,
            edns: true,
            dnssec: false,
            authentic: true,
            tries: 3,
            subnet: None,
            prefix: 0,
            columns: Columns {
                ttl: true,
                class: true,
                units: false,
                multiline: false,
            },
        },
    }
}

/// Whether a word is a type.
fn kind(word: &str) -> Option<String> {
    let upper = word.to_ascii_uppercase();
    (TYPES.contains(&upper.as_str()) || FOREIGN.contains(&upper.as_str())).then_some(upper)
}

/// Reads the words after `dig`.
pub(super) fn read(words: &[String]) -> Words {
    let mut usual = defaults();
    let mut all: Vec<Lookup> = Vec::new();
    let mut warnings = Vec::new();
    let mut rest = words.iter();
    while let Some(word) = rest.next() {
        let current = all.last_mut().unwrap_or(&mut usual);
        if let Some(server) = word.strip_prefix('@') {
            current.server = Some(server.to_owned());
        } else if let Some(flag) = word.strip_prefix('+') {
            if !switch(&mut current.flags, flag) {
                return Words::Wrong(format!("Invalid option: +{flag}\n{USAGE}\n{HELP}"), 1);
            }
        } else if let Some(letters) = word.strip_prefix('-').filter(|letters| !letters.is_empty()) {
            let letter = letters.chars().next().unwrap_or_default();
            let glued = letters.get(letter.len_utf8()..).unwrap_or_default();
            match letter {
                '4' | '6' | 'm' | 'r' | 'u' | 'i' => continue,
                'v' => return Words::Version,
                'h' => return Words::Say(format!("{USAGE}\n{HELP}\n"), 0),
                't' | 'c' | 'x' | 'p' | 'b' | 'q' => {}
                _ => return Words::Wrong(format!("Invalid option: -{letters}\n{USAGE}\n{HELP}"), 1),
            }
            let value = match glued {
                "" => rest.next().map(String::as_str),
                glued => Some(glued),
            };
            let Some(value) = value else {
                return Words::Wrong(format!("Invalid option: -{letters}\n{USAGE}\n{HELP}"), 1);
            };
            if letter == 't' && kind(value).is_none() {
                warnings.push(format!(";; Warning, ignoring invalid type {value}"));
                continue;
            }
            if let Err(wrong) = option(letter, value, &usual, &mut all) {
                return wrong;
            }
            if !matches!(letter, 'x' | 'q') {
                let current = all.last_mut().unwrap_or(&mut usual);
                settle(current, letter, value);
            }
        } else if let Some(kind) = kind(word).filter(|_| current.record_type.is_none()) {
            current.record_type = Some(kind);
        } else if CLASSES.contains(&word.to_ascii_uppercase().as_str()) {
            continue;
        } else {
            begin(&usual, &mut all, typed(word));
        }
    }
    if all.is_empty() {
        all.push(usual);
    }
    // These two are the program's, not a question's.
    let short = all.iter().any(|lookup| lookup.flags.short);
    let command = all.iter().all(|lookup| lookup.flags.command);
    for lookup in &mut all {
        lookup.flags.short = short;
        lookup.flags.command = command;
    }
    Words::Ask(all, warnings)
}

/// A further question: what stood before the first name is for all.
fn begin(usual: &Lookup, all: &mut Vec<Lookup>, name: String) {
    all.push(Lookup {
        name: Some(name),
        ..usual.clone()
    });
}

fn option(letter: char, value: &str, usual: &Lookup, all: &mut Vec<Lookup>) -> Result<(), Words> {
    match letter {
        'x' => {
            let Ok(address) = value.parse::<IpAddr>() else {
                return Err(Words::Wrong(format!("Invalid IP address {value}"), 1));
            };
            begin(usual, all, reverse(address));
            if let Some(last) = all.last_mut() {
                last.record_type = Some("PTR".into());
            }
            Ok(())
        }
        'q' => {
            begin(usual, all, typed(value));
            Ok(())
        }
        'p' if value.parse::<u16>().map_or(true, |port| port == 0) => {
            Err(Words::Wrong(format!("Couldn't parse port number '{value}'"), 1))
        }
        _ => Ok(()),
    }
}

fn settle(lookup: &mut Lookup, letter: char, value: &str) {
    match letter {
        't' => lookup.record_type = kind(value),
        'p' => lookup.port = value.parse().unwrap_or(53),
        'b' => lookup.source = Some(value.split('#').next().unwrap_or(value).to_owned()),
        _ => {}
    }
}

/// `+word`, `+noword`, `+word=value`; false for what is none.
fn switch(flags: &mut Flags, text: &str) -> bool {
    let (word, value) = text
        .split_once('=')
        .map_or((text, None), |(word, value)| (word, Some(value)));
    let (word, on) = match word.strip_prefix("no") {
        Some(rest) if !rest.is_empty() => (rest, false),
        _ => (word, true),
    };
    match word {
        "short" => flags.short = on,
        "trace" => {
            flags.trace = on;
            if on {
                flags.recurse = false;
                flags.stats = true;
                flags.comments = false;
                flags.additional = false;
                flags.question = false;
            }
        }
        "recurse" | "rec" | "rdflag" => flags.recurse = on,
        "tcp" | "vc" => flags.tcp = on,
        "cmd" => flags.command = on,
        "comments" => flags.comments = on,
        "question" => flags.question = on,
        "answer" => flags.answer = on,
        "authority" => flags.authority = on,
        "additional" => flags.additional = on,
        "stats" => flags.stats = on,
        "all" => {
            flags.command = on;
            flags.comments = on;
            flags.question = on;
            flags.answer = on;
            flags.authority = on;
            flags.additional = on;
            flags.stats = on;
        }
        "identify" => flags.identify = on,
        "edns" => flags.edns = on,
        "dnssec" | "do" => flags.dnssec = on,
        "adflag" | "aaonly" | "aaflag" => flags.authentic = on || word != "adflag",
        "ttlid" | "ttl" => flags.columns.ttl = on,
        "ttlunits" => flags.columns.units = on,
        "class" | "cl" => flags.columns.class = on,
        "multiline" => flags.columns.multiline = on,
        "tries" => flags.tries = value.and_then(|value| value.parse().ok()).unwrap_or(3).max(1),
        "retry" => {
            flags.tries = value
                .and_then(|value| value.parse::<u32>().ok())
                .map_or(3, |retry| retry + 1)
        }
        "subnet" => return subnet(flags, value, on),
        // What changes nothing of what is asked or seen here.
        "search" | "domain" | "cookie" | "time" | "timeout" | "bufsize" | "cdflag" | "ignore" | "fail"
        | "rrcomments" | "crypto" | "split" | "nsid" | "expire" | "keepopen" | "ednsnegotiation" | "ednsflags"
        | "besteffort" | "idnin" | "idnout" | "mapped" | "ndots" | "showsearch" | "unknownformat" | "qr"
        | "defname" | "badcookie" | "padding" | "raflag" | "tcflag" | "zflag" | "zoneversion" => {}
        _ => return false,
    }
    true
}

fn subnet(flags: &mut Flags, value: Option<&str>, on: bool) -> bool {
    if !on {
        flags.subnet = None;
        return true;
    }
    let Some(value) = value else { return false };
    let (address, prefix) = value.split_once('/').unwrap_or((value, ""));
    let Ok(address) = address.parse::<IpAddr>() else {
        return false;
    };
    let widest = if address.is_ipv4() { 32 } else { 128 };
    flags.prefix = prefix.parse().unwrap_or(widest).min(widest);
    flags.subnet = Some(address);
    true
}

const HELP: &str = "Use \"dig -h\" (or \"dig -h | more\") for complete list of options";
