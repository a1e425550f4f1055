//! What `dig` says in the OPT record of a question: version, flags and options, read from `+flags` and shown by `+qr`.
//! <https://bind9.readthedocs.io/en/v9.18/manpages.html#dig-dns-lookup-utility>; the codes of the options are IANA's
//! (<https://www.iana.org/assignments/dns-parameters/>). The servers here know the client subnet alone and pass over the rest.

use super::dig::cookie;
use super::dig_switches::{Complaint, Fault, Flags};
use super::print;
use crate::dns::message::Question;
use std::net::IpAddr;

/// The options of a question but the client subnet, and what else its OPT record says.
#[derive(Clone, Debug, Default)]
pub(super) struct Edns {
    pub version: u8,
    /// Flags as a number. DO and CO have flags of their own.
    pub flags: u16,
    /// `+coflag`: compact answers are welcome.
    pub compact: bool,
    pub nsid: bool,
    pub expire: bool,
    pub keepalive: bool,
    /// To a multiple of how many bytes a message is filled up; 0: not at all.
    pub padding: u16,
    /// The cookie that is given.
    pub cookie: Option<Vec<u8>>,
    /// `+ednsopt`.
    pub options: Vec<(u16, Vec<u8>)>,
}

const NSID: u16 = 3;
const SUBNET: u16 = 8;
const EXPIRE: u16 = 9;
const COOKIE: u16 = 10;
const KEEPALIVE: u16 = 11;
const PADDING: u16 = 12;
const DO: u16 = 0x8000;
const CO: u16 = 0x4000;

/// Options that have a name on the command line.
const NAMES: [(&str, u16); 16] = [
    ("LLQ", 1),
    ("NSID", NSID),
    ("DAU", 5),
    ("DHU", 6),
    ("N3U", 7),
    ("ECS", SUBNET),
    ("EXPIRE", EXPIRE),
    ("COOKIE", COOKIE),
    ("KEEPALIVE", KEEPALIVE),
    ("PADDING", PADDING),
    ("PAD", PADDING),
    ("CHAIN", 13),
    ("KEY-TAG", 14),
    ("EDE", 15),
    ("CLIENT-TAG", 16),
    ("SERVER-TAG", 17),
];

/// Extended errors by their numbers (RFC 8914).
const ERRORS: [&str; 25] = [
    "Other",
    "Unsupported DNSKEY Algorithm",
    "Unsupported DS Digest Type",
    "Stale Answer",
    "Forged Answer",
    "DNSSEC Indeterminate",
    "DNSSEC Bogus",
    "Signature Expired",
    "Signature Not Yet Valid",
    "DNSKEY Missing",
    "RRSIGs Missing",
    "No Zone Key Bit Set",
    "NSEC Missing",
    "Cached Error",
    "Not Ready",
    "Blocked",
    "Censored",
    "Filtered",
    "Prohibited",
    "Stale NXDOMAIN Answer",
    "Not Authoritative",
    "Not Supported",
    "No Reachable Authority",
    "Network Error",
    "Invalid Data",
];

/// Bytes of hexadecimal digits.
pub(super) fn hex(text: &str) -> Result<Vec<u8>, Fault> {
    let wrong = || Fault::Wrong(Complaint::of("dig: isc_hex_decodestring: bad hex encoding".into()));
    let digits: Option<Vec<u32>> = text.chars().map(|digit| digit.to_digit(16)).collect();
    let digits = digits.filter(|digits| digits.len() % 2 == 0).ok_or_else(wrong)?;
    Ok(digits
        .chunks(2)
        .map(|pair| pair.iter().fold(0, |byte: u8, digit| byte << 4 | *digit as u8))
        .collect())
}

/// `+ednsopt=CODE[:HEX]`.
pub(super) fn option(flags: &mut Flags, value: Option<&str>, on: bool) -> Result<(), Fault> {
    if !on {
        flags.opt.options.clear();
        return Ok(());
    }
    let missing = || {
        Fault::Wrong(Complaint {
            out: String::new(),
            err: "dig: ednsopt no code point specified".into(),
            status: 10,
        })
    };
    let mut parts = value.unwrap_or_default().split(':').filter(|part| !part.is_empty());
    let code = parts.next().ok_or_else(missing)?;
    let named = NAMES.iter().find(|(name, _)| name.eq_ignore_ascii_case(code));
    let number = named.map(|(_, number)| *number).or_else(|| code.parse().ok());
    let Some(number) = number else {
        let Complaint { out, .. } = Complaint::number("ednsopt", code, 1);
        return Err(Fault::Wrong(Complaint {
            out,
            err: format!("dig: bad edns code point: {code}"),
            status: 1,
        }));
    };
    let bytes = hex(parts.next().unwrap_or_default())?;
    flags.edns = true;
    flags.opt.options.push((number, bytes));
    Ok(())
}

/// The options of a question in their order, but what it is filled up with.
fn options(flags: &Flags, question: &Question) -> Vec<(u16, Vec<u8>)> {
    let opt = &flags.opt;
    let mut all = Vec::new();
    if opt.nsid {
        all.push((NSID, Vec::new()));
    }
    if let Some(network) = flags.subnet {
        let bytes = match network {
            IpAddr::V4(four) => (1, four.octets().to_vec()),
            IpAddr::V6(six) => (2, six.octets().to_vec()),
        };
        let mut data = vec![0, bytes.0, flags.prefix, 0];
        data.extend(bytes.1.iter().take(usize::from(flags.prefix).div_ceil(8)));
        // Of the last byte no more than the prefix has.
        if let (Some(last), 1..) = (data.get_mut(4..).and_then(<[u8]>::last_mut), flags.prefix % 8) {
            *last &= u8::MAX << (8 - flags.prefix % 8);
        }
        all.push((SUBNET, data));
    }
    if flags.cookie {
        let drawn = || hex(&cookie(question)).unwrap_or_default();
        all.push((COOKIE, opt.cookie.clone().unwrap_or_else(drawn)));
    }
    if opt.expire {
        all.push((EXPIRE, Vec::new()));
    }
    if opt.keepalive {
        all.push((KEEPALIVE, Vec::new()));
    }
    all.extend(opt.options.iter().cloned());
    all
}

/// Bytes of the OPT record of a question of so many bytes.
pub(super) fn size(flags: &Flags, question: &Question, message: usize) -> usize {
    if !flags.edns {
        return 0;
    }
    let options = options(flags, question);
    let told = 11 + options.iter().map(|(_, data)| 4 + data.len()).sum::<usize>();
    match usize::from(flags.opt.padding) {
        0 => told,
        step => (message + told + 4).next_multiple_of(step) - message,
    }
}

/// Version, flags and room of an OPT record.
pub(super) fn head(version: u8, flags: u16, room: u16) -> String {
    let mut text = format!("; EDNS: version: {version}, flags:");
    let names = names(flags);
    if !names.is_empty() {
        text.push_str(&format!(" {names}"));
    }
    let rest = unnamed(flags);
    match rest {
        0 => text.push_str("; "),
        rest => text.push_str(&format!("; MBZ: 0x{rest:04x}, ")),
    }
    text.push_str(&format!("udp: {room}\n"));
    text
}

/// Those of its flags that have no name.
pub(super) fn unnamed(flags: u16) -> u16 {
    flags & !(DO | CO)
}

/// The names of the others.
pub(super) fn names(flags: u16) -> String {
    let named = [(DO, "do"), (CO, "co")];
    let named = named.iter().filter(|(bit, _)| flags & bit != 0).map(|(_, name)| *name);
    named.collect::<Vec<&str>>().join(" ")
}

/// The flags of a question's OPT record as a number.
pub(super) fn bits(flags: &Flags) -> u16 {
    let named = [(flags.dnssec, DO), (flags.opt.compact, CO)];
    let named = named.iter().filter(|(on, _)| *on).map(|(_, bit)| *bit);
    named.fold(unnamed(flags.opt.flags), |all, bit| all | bit)
}

/// The lines of a question's options.
pub(super) fn shown(flags: &Flags, question: &Question) -> String {
    lines(flags, question, line, "; ")
}

/// The same as YAML.
pub(super) fn as_yaml(flags: &Flags, question: &Question) -> String {
    lines(flags, question, yaml, "          ")
}

fn lines(flags: &Flags, question: &Question, line: fn(u16, &[u8]) -> String, margin: &str) -> String {
    let mut all: Vec<String> = options(flags, question)
        .iter()
        .map(|(code, data)| line(*code, data))
        .collect();
    if flags.opt.padding > 0 {
        all.push("PAD:".to_owned());
    }
    all.iter().map(|line| format!("{margin}{line}\n")).collect()
}

/// An option as YAML has it, its further lines under it.
fn yaml(code: u16, data: &[u8]) -> String {
    match (code, data.split_first_chunk::<2>()) {
        (15, Some((number, text))) => {
            let number = u16::from_be_bytes(*number);
            let text = match text {
                [] => String::new(),
                text => format!("            EXTRA-TEXT: \"{}\"", String::from_utf8_lossy(text)),
            };
            format!("EDE:\n            INFO-CODE: {}\n{text}", error(number))
        }
        (PADDING, _) if !data.is_empty() => format!("PAD: {}", plain(data)),
        _ => line(code, data).replacen("TCP KEEPALIVE", "TCP-KEEPALIVE", 1),
    }
}

fn pair(data: &[u8]) -> Option<u16> {
    Some(u16::from_be_bytes(data.try_into().ok()?))
}

fn line(code: u16, data: &[u8]) -> String {
    let title = match code {
        1 => "LLQ".to_owned(),
        NSID => "NSID".to_owned(),
        SUBNET => "CLIENT-SUBNET".to_owned(),
        EXPIRE => "EXPIRE".to_owned(),
        COOKIE => "COOKIE".to_owned(),
        KEEPALIVE => "TCP KEEPALIVE".to_owned(),
        PADDING => "PAD".to_owned(),
        14 => "KEY-TAG".to_owned(),
        15 => "EDE".to_owned(),
        16 => "CLIENT-TAG".to_owned(),
        17 => "SERVER-TAG".to_owned(),
        other => format!("OPT={other}"),
    };
    if data.is_empty() {
        return format!("{title}:");
    }
    let told = match code {
        SUBNET => subnet(data),
        COOKIE => Some(data.iter().map(|byte| format!("{byte:02x}")).collect()),
        EXPIRE => data.try_into().ok().map(|data| {
            let seconds = u32::from_be_bytes(data);
            format!("{seconds} ({})", print::spelt(seconds.into()))
        }),
        KEEPALIVE => pair(data).map(|tenths| format!("{}.{} secs", tenths / 10, tenths % 10)),
        PADDING => Some(format!("({} bytes)", data.len())),
        14 => {
            let tags: Option<Vec<String>> = data.chunks(2).map(|tag| Some(pair(tag)?.to_string())).collect();
            tags.map(|tags| tags.join(", "))
        }
        15 => extended(data),
        16 | 17 => pair(data).map(|tag| tag.to_string()),
        _ => None,
    };
    format!("{title}: {}", told.unwrap_or_else(|| plain(data)))
}

/// `41 42 ("AB")`
fn plain(data: &[u8]) -> String {
    let bytes: Vec<String> = data.iter().map(|byte| format!("{byte:02x}")).collect();
    let text = data.iter().map(|byte| match byte {
        32..=126 => char::from(*byte),
        _ => '.',
    });
    format!("{} (\"{}\")", bytes.join(" "), text.collect::<String>())
}

/// `198.18.1.0/24/0`
fn subnet(data: &[u8]) -> Option<String> {
    let (head, bytes) = data.split_first_chunk::<4>()?;
    let [0, family, source, scope] = *head else {
        return None;
    };
    let address = match family {
        1 => {
            let mut all = [0; 4];
            all.get_mut(..bytes.len())?.copy_from_slice(bytes);
            IpAddr::from(all)
        }
        2 => {
            let mut all = [0; 16];
            all.get_mut(..bytes.len())?.copy_from_slice(bytes);
            IpAddr::from(all)
        }
        _ => return None,
    };
    Some(format!("{address}/{source}/{scope}"))
}

/// `18 (Prohibited): (text)`
fn extended(data: &[u8]) -> Option<String> {
    let (code, text) = data.split_first_chunk::<2>()?;
    let mut told = error(u16::from_be_bytes(*code));
    if !text.is_empty() {
        told.push_str(&format!(": ({})", String::from_utf8_lossy(text)));
    }
    Some(told)
}

/// `18 (Prohibited)`
fn error(code: u16) -> String {
    match ERRORS.get(usize::from(code)) {
        Some(name) => format!("{code} ({name})"),
        None => code.to_string(),
    }
}
