//! `dig`, `nslookup` and `host`: questions to the simulated DNS, with what people know of BIND's programs: flags, output, exit
//! codes (<https://bind9.readthedocs.io/en/v9.18/manpages.html>). The terminal runs them, and guests do: where a program runs,
//! whom it asks and what time it is there is its [`Desk`]'s to say. Nothing is changed by asking.

mod dig;
mod dig_edns;
mod dig_flags;
mod dig_switches;
mod host;
mod kinds;
mod nslookup;
mod print;
mod search;
mod trace;
mod yaml;

use super::message::{Message, Outcome, Question};
use super::{Asker, name, zonefile};
use crate::base::error::Error;
use crate::base::limits::DNS_TRIES;
use crate::base::time::Time;
use std::net::IpAddr;

/// Where a program runs.
pub trait Desk {
    /// Who asks.
    ///
    /// # Errors
    /// A text that says why nobody can.
    fn asker(&self) -> Result<Asker, String>;

    /// Asks a DNS server: the asker's own, or the one at an address.
    ///
    /// # Errors
    /// `InvalidInput` for a name that is none, or an asker that does not exist.
    fn ask(&mut self, from: Asker, server: Option<IpAddr>, question: &Question) -> Result<Outcome, Error>;

    /// The address of a DNS server's name, as who asks finds it.
    fn server_address(&mut self, from: Asker, name: &str) -> Option<IpAddr>;

    /// What its clock shows.
    fn now(&self) -> Time;

    /// The bytes of a file.
    ///
    /// # Errors
    /// Why there are none, in the system's words.
    fn file(&mut self, path: &str) -> Result<Vec<u8>, String>;

    /// What is piped into it.
    fn input(&mut self) -> Vec<u8>;
}

/// What a program has said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// Pieces of text in their order; `true` = a line on standard error, without its end.
    pub pieces: Vec<(bool, String)>,
    /// Its exit status.
    pub status: i32,
}

impl Said {
    fn out(&mut self, text: impl Into<String>) {
        self.pieces.push((false, text.into()));
    }

    fn err(&mut self, text: impl Into<String>) {
        self.pieces.push((true, text.into()));
    }
}

/// Runs `dig`, `nslookup` or `host`; `None` for another name.
pub fn run(program: &str, arguments: &[String], desk: &mut dyn Desk) -> Option<Said> {
    let mut said = Said::default();
    let status = match program {
        "dig" => dig::run(desk, arguments, &mut said),
        "nslookup" => nslookup::run(desk, arguments, &mut said),
        "host" => host::run(desk, arguments, &mut said),
        _ => return None,
    };
    said.status = status;
    Some(said)
}

/// As Debian 12 has it: what scripts look for.
const VERSION: &str = "9.18.49-1~deb12u3-Debian";

/// Said last where nobody answers.
const UNREACHED: &str = ";; no servers could be reached\n";

/// Said of each attempt that came to nothing. Other ports than that of the DNS are closed everywhere.
fn no_answer(server: IpAddr, port: u16) -> String {
    let why = if port == 53 { "timed out" } else { "connection refused" };
    format!(";; communications error to {server}#{port}: {why}\n")
}

/// How often a server is asked, of what the command line says.
fn tries(told: u32) -> usize {
    usize::try_from(told).unwrap_or(DNS_TRIES).min(DNS_TRIES)
}

/// Asks; a text where the question cannot even be put.
fn ask(desk: &mut dyn Desk, from: Asker, server: Option<IpAddr>, question: &Question) -> Result<Outcome, String> {
    desk.ask(from, server, question).map_err(|error| error.message)
}

/// The address of a server that is named on the command line.
fn server(desk: &mut dyn Desk, from: Asker, text: &str) -> Option<IpAddr> {
    text.parse().ok().or_else(|| desk.server_address(from, text))
}

/// The name under which an address is looked up the other way round.
fn reverse(address: IpAddr) -> String {
    match address {
        IpAddr::V4(four) => {
            let [a, b, c, d] = four.octets();
            format!("{d}.{c}.{b}.{a}.in-addr.arpa.")
        }
        IpAddr::V6(six) => {
            let digits: Vec<String> = six
                .octets()
                .iter()
                .rev()
                .flat_map(|byte| [byte & 15, byte >> 4])
                .map(|nibble| format!("{nibble:x}"))
                .collect();
            format!("{}.ip6.arpa.", digits.join("."))
        }
    }
}

/// A name as these programs take it: decimal escapes as in zone files.
fn typed(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        let digits = name::digits(&mut chars);
        let byte = match digits.parse::<u8>() {
            Ok(byte) => Some(byte),
            Err(_) => chars.next().and_then(|c| u8::try_from(c).ok()),
        };
        if let Some(byte) = byte {
            out.push_str(&format!("\\{byte:03o}"));
        }
    }
    out
}

/// The name without its final dot, as `nslookup` and `host` show it.
fn bare(normal: &str) -> String {
    let shown = zonefile::presented(normal);
    match shown.strip_suffix('.') {
        Some("") | None => shown,
        Some(rest) => rest.to_owned(),
    }
}

/// Bytes of a message on the wire, names compressed.
fn size(question: &Question, message: &Message) -> usize {
    let mut seen: Vec<String> = Vec::new();
    let mut length = 12 + name_size(&mut seen, &question.name, true) + 4;
    let records = message
        .answer
        .iter()
        .chain(&message.authority)
        .chain(&message.additional);
    for record in records {
        length += name_size(&mut seen, &record.name, true) + 10;
        length += data_size(&mut seen, &record.record_type, &record.value);
    }
    length
}

fn name_size(seen: &mut Vec<String>, text: &str, compressed: bool) -> usize {
    let normal = name::normal(text).unwrap_or_else(|_| text.to_owned());
    let mut length = 0;
    for part in name::ancestry(&normal) {
        if compressed && seen.iter().any(|known| known == part) {
            return length + 2;
        }
        seen.push(part.to_owned());
        let label = part.split('.').next().unwrap_or_default();
        length += 1 + label.len() - 3 * label.matches('\\').count();
    }
    length + 1
}

fn data_size(seen: &mut Vec<String>, record_type: &str, value: &str) -> usize {
    let fields: Vec<&str> = value.split_ascii_whitespace().collect();
    let field = |at: usize| fields.get(at).copied().unwrap_or_default();
    match record_type {
        "A" => 4,
        "AAAA" => 16,
        "CNAME" | "NS" | "PTR" => name_size(seen, value, true),
        "MX" => 2 + name_size(seen, field(1), true),
        "SRV" => 6 + name_size(seen, field(3), false),
        "SOA" => name_size(seen, field(0), true) + name_size(seen, field(1), true) + 20,
        "TXT" | "SPF" => strings(value).iter().map(|string| string + 1).sum(),
        "CAA" => 2 + field(1).len() + strings(value).first().copied().unwrap_or(0),
        "DS" => 4 + fields.get(3..).unwrap_or_default().concat().len() / 2,
        "NAPTR" => {
            let texts: usize = strings(value).iter().map(|string| string + 1).sum();
            4 + texts + name_size(seen, fields.last().copied().unwrap_or("."), false)
        }
        "SSHFP" => 2 + fields.get(2..).unwrap_or_default().concat().len() / 2,
        "TLSA" => 3 + fields.get(3..).unwrap_or_default().concat().len() / 2,
        _ => value.len(),
    }
}

/// Bytes of each string in quotation marks.
fn strings(value: &str) -> Vec<usize> {
    let (mut out, mut inside) = (Vec::new(), None);
    let mut chars = value.chars().peekable();
    while let Some(c) = chars.next() {
        match (&mut inside, c) {
            (None, '"') => inside = Some(0),
            (None, _) => {}
            (Some(length), '"') => {
                out.push(*length);
                inside = None;
            }
            (Some(length), '\\') => {
                *length += 1;
                if name::digits(&mut chars).is_empty() {
                    chars.next();
                }
            }
            (Some(length), c) => *length += c.len_utf8(),
        }
    }
    out
}
