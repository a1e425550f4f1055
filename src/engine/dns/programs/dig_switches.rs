//! `dig`'s `+flags`: which there are, how short they may be, and what each sets.
//! <https://bind9.readthedocs.io/en/v9.18/manpages.html#dig-dns-lookup-utility>

use super::dig_edns::{self, Edns};
use super::print::Columns;
use super::tries;
use std::net::IpAddr;

/// What `+flags` switch.
#[derive(Clone, Debug)]
pub(super) struct Flags {
    pub short: bool,
    pub trace: bool,
    /// `+nssearch`: the SOA record of each server of the zone.
    pub search: bool,
    pub yaml: bool,
    /// `+qr`: the question is printed before it is sent.
    pub sent: bool,
    pub recurse: bool,
    pub tcp: bool,
    pub command: bool,
    pub comments: bool,
    pub question: bool,
    /// Whether those two were asked for: the transfer of a zone goes without them.
    pub wants_comments: bool,
    pub wants_question: bool,
    pub answer: bool,
    pub authority: bool,
    pub additional: bool,
    pub stats: bool,
    pub identify: bool,
    pub edns: bool,
    pub room: u16,
    pub cookie: bool,
    pub dnssec: bool,
    /// Header bits of the question: AA, AD, CD, RA, TC, Z.
    pub authoritative: bool,
    pub authentic: bool,
    pub checking_disabled: bool,
    pub recursion_available: bool,
    pub truncated: bool,
    pub reserved: bool,
    pub id: Option<u16>,
    pub tries: usize,
    pub domain: Option<String>,
    pub subnet: Option<IpAddr>,
    pub prefix: u8,
    /// What the OPT record says besides.
    pub opt: Edns,
    /// `+ednsnegotiation`: a version that a server does not know is followed by one that it does.
    pub negotiate: bool,
    pub opcode: u8,
    /// `+header-only`: no question is put.
    pub header_only: bool,
    pub columns: Columns,
}

impl Default for Flags {
    fn default() -> Flags {
        Flags {
            short: false,
            trace: false,
            search: false,
            yaml: false,
            sent: false,
            recurse: true,
            tcp: false,
            command: true,
            comments: true,
            question: true,
            wants_comments: false,
            wants_question: false,
            answer: true,
            authority: true,
            additional: true,
            stats: true,
            identify: false,
            edns: true,
            room: 1_232,
            cookie: true,
            dnssec: false,
            authoritative: false,
            authentic: true,
            checking_disabled: false,
            recursion_available: false,
            truncated: false,
            reserved: false,
            id: None,
            tries: 3,
            domain: None,
            subnet: None,
            prefix: 0,
            opt: Edns::default(),
            negotiate: true,
            opcode: 0,
            header_only: false,
            columns: Columns::default(),
        }
    }
}

/// Why a flag is none.
pub(super) enum Fault {
    /// There is no such flag, or it is used in another way.
    Unknown,
    /// What the program says before it ends.
    Wrong(Complaint),
}

/// What is said of a wrong word before the program ends.
pub(super) struct Complaint {
    /// On standard output.
    pub out: String,
    /// On standard error.
    pub err: String,
    /// The exit status.
    pub status: i32,
}

impl Complaint {
    /// A number that is none, in BIND's two lines.
    pub(super) fn number(label: &str, value: &str, status: i32) -> Complaint {
        let digits = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
        let why = if digits { "out of range" } else { "not a valid number" };
        Complaint {
            out: format!("invalid {label} '{value}': {why}\n"),
            err: format!("dig: Couldn't parse {label}"),
            status,
        }
    }

    /// All of it on standard error; the status is that of wrong usage.
    pub(super) fn of(err: String) -> Complaint {
        Complaint {
            out: String::new(),
            err,
            status: 1,
        }
    }
}

/// Each flag, and the fewest letters of it that are enough. The first that fits is meant.
const WORDS: &[(&str, usize)] = &[
    ("aaflag", 2),
    ("aaonly", 3),
    ("adflag", 2),
    ("additional", 3),
    ("all", 2),
    ("answer", 2),
    ("authority", 2),
    ("badcookie", 2),
    ("besteffort", 2),
    ("bufsize", 2),
    ("cdflag", 2),
    ("class", 2),
    ("cmd", 2),
    ("coflag", 2),
    ("comments", 3),
    ("cookie", 3),
    ("crypto", 2),
    ("defname", 2),
    ("do", 2),
    ("dnssec", 4),
    ("dns64prefix", 4),
    ("domain", 3),
    ("dscp", 2),
    ("edns", 4),
    ("ednsflags", 5),
    ("ednsnegotiation", 5),
    ("ednsopt", 5),
    ("expandaaaa", 4),
    ("expire", 4),
    ("fail", 2),
    ("header-only", 2),
    ("https", 5),
    ("https-get", 7),
    ("https-post", 7),
    ("http-plain", 10),
    ("http-plain-get", 12),
    ("http-plain-post", 12),
    ("identify", 3),
    ("idnin", 4),
    ("idnout", 4),
    ("ignore", 1),
    ("keepalive", 5),
    ("keepopen", 5),
    ("mapped", 2),
    ("multiline", 2),
    ("ndots", 2),
    ("nsid", 3),
    ("nssearch", 3),
    ("onesoa", 2),
    ("opcode", 2),
    ("padding", 1),
    ("qid", 2),
    ("qr", 2),
    ("question", 2),
    ("raflag", 2),
    ("rdflag", 2),
    ("recurse", 3),
    ("retry", 3),
    ("rrcomments", 2),
    ("search", 2),
    ("short", 4),
    ("showbadcookie", 5),
    ("showsearch", 5),
    ("sigchase", 2),
    ("split", 2),
    ("stats", 2),
    ("subnet", 2),
    ("tcflag", 3),
    ("tcp", 3),
    ("timeout", 2),
    ("tls", 3),
    ("tls-ca", 6),
    ("tls-certfile", 5),
    ("tls-hostname", 5),
    ("tls-keyfile", 5),
    ("topdown", 2),
    ("trace", 3),
    ("tries", 3),
    ("trusted-key", 3),
    ("ttlid", 3),
    ("ttlunits", 4),
    ("unknownformat", 3),
    ("vc", 1),
    ("yaml", 1),
    ("zflag", 1),
];

/// Numbers: the flag, BIND's word for it, whether it must be there, whether the flag may be taken back.
const NUMBERS: &[(&str, &str, bool, bool)] = &[
    ("bufsize", "buffer size", false, false),
    ("edns", "edns", false, true),
    ("ednsflags", "ednsflags", false, true),
    ("ndots", "ndots", true, false),
    ("padding", "padding", true, true),
    ("qid", "qid", true, true),
    ("retry", "retries", true, false),
    ("split", "split", false, true),
    ("timeout", "timeout", true, false),
    ("tries", "tries", true, false),
];

/// `+word`, `+noword`, `+word=value`; what is to be said on standard error about it.
pub(super) fn switch(flags: &mut Flags, text: &str) -> Result<Option<String>, Fault> {
    let (word, value) = text
        .split_once('=')
        .map_or((text, None), |(word, value)| (word, Some(value)));
    let (word, on) = match word.strip_prefix("no") {
        Some(rest) => (rest, false),
        None => (word, true),
    };
    let lower = word.to_ascii_lowercase();
    let fits = |(full, least): &&(&str, usize)| lower.len() >= *least && full.starts_with(lower.as_str());
    let Some((full, _)) = WORDS.iter().find(fits) else {
        return Err(Fault::Unknown);
    };
    if let Some(number) = NUMBERS.iter().find(|(name, ..)| name == full) {
        return numbered(flags, number, value, on);
    }
    if plain(flags, full, on) || header(flags, full, on) || options(flags, full, value, on)? {
        return Ok(None);
    }
    match *full {
        "subnet" => subnet(flags, value, on),
        "domain" if on && value.is_some() => {
            flags.domain = value.map(str::to_owned);
            Ok(None)
        }
        "domain" => Err(Fault::Unknown),
        "mapped" | "sigchase" | "topdown" | "trusted-key" => Ok(Some(format!(";; +{full} option is deprecated"))),
        "dscp" => Ok(Some(";; +dscp option is obsolete and has no effect".into())),
        "opcode" => opcode(flags, value.unwrap_or_default(), on),
        "unknownformat" | "dns64prefix" if on => Ok(Some(unsimulated(full))),
        _ if on && (full.starts_with("tls") || full.starts_with("http")) => Ok(Some(unsimulated(full))),
        // What changes nothing of what is asked or seen here.
        _ => Ok(None),
    }
}

/// Said rather than passed over (ours).
fn unsimulated(word: &str) -> String {
    format!(";; Warning, ignoring +{word}, which is not simulated")
}

/// What is printed, and how it is asked; whether it is one of these.
fn plain(flags: &mut Flags, word: &str, on: bool) -> bool {
    match word {
        "short" => flags.short = on,
        "trace" => {
            flags.trace = on;
            if on {
                (flags.recurse, flags.identify, flags.authority, flags.dnssec) = (true, true, true, true);
                (flags.stats, flags.comments, flags.additional, flags.question) = (false, false, false, false);
            }
        }
        "nssearch" => {
            flags.search = on;
            if on {
                (flags.recurse, flags.identify, flags.short) = (true, true, true);
                (flags.stats, flags.comments, flags.authority) = (false, false, false);
                (flags.additional, flags.question) = (false, false);
            }
        }
        "yaml" => flags.yaml = on,
        "qr" => flags.sent = on,
        "recurse" | "rdflag" => flags.recurse = on,
        "tcp" | "vc" => flags.tcp = on,
        "cmd" => flags.command = on,
        "comments" => (flags.comments, flags.wants_comments) = (on, on),
        "question" => (flags.question, flags.wants_question) = (on, on),
        "answer" => flags.answer = on,
        "authority" => flags.authority = on,
        "additional" => flags.additional = on,
        "stats" => flags.stats = on,
        "all" => {
            (flags.command, flags.comments, flags.question, flags.answer) = (on, on, on, on);
            (flags.authority, flags.additional, flags.stats) = (on, on, on);
        }
        "identify" => flags.identify = on,
        "ttlid" => flags.columns.ttl = on,
        "ttlunits" => {
            flags.columns.units = on;
            flags.columns.ttl = true;
        }
        "class" => flags.columns.class = on,
        "multiline" => flags.columns.multiline = on,
        "expandaaaa" => flags.columns.expanded = on,
        _ => return false,
    }
    true
}

/// What the OPT record says, which is there then; whether it is one of these.
fn options(flags: &mut Flags, word: &str, value: Option<&str>, on: bool) -> Result<bool, Fault> {
    match word {
        "cookie" => {
            flags.cookie = on;
            let given = value.filter(|value| on && !value.is_empty());
            flags.opt.cookie = given.map(dig_edns::hex).transpose()?;
        }
        "dnssec" | "do" => flags.dnssec = on,
        "coflag" => flags.opt.compact = on,
        "nsid" => flags.opt.nsid = on,
        "expire" => flags.opt.expire = on,
        "keepalive" => flags.opt.keepalive = on,
        "ednsopt" => {
            dig_edns::option(flags, value, on)?;
            return Ok(true);
        }
        _ => return Ok(false),
    }
    flags.edns |= on;
    Ok(true)
}

/// The names of the opcodes; the others are reserved.
const OPCODES: [&str; 6] = ["QUERY", "IQUERY", "STATUS", "RESERVED3", "NOTIFY", "UPDATE"];

/// How an opcode is called.
pub(super) fn opcode_name(opcode: u8) -> String {
    let name = OPCODES.get(usize::from(opcode));
    name.map_or_else(|| format!("RESERVED{opcode}"), |name| (*name).to_owned())
}

/// `+opcode=NAME` or a number.
fn opcode(flags: &mut Flags, value: &str, on: bool) -> Result<Option<String>, Fault> {
    if !on {
        flags.opcode = 0;
        return Ok(None);
    }
    if value.is_empty() {
        return Err(Fault::Unknown);
    }
    let named = (0..16).find(|opcode| opcode_name(*opcode).eq_ignore_ascii_case(value));
    let number = named.or_else(|| value.parse().ok()).filter(|number| *number < 16);
    flags.opcode = number.ok_or_else(|| Fault::Wrong(Complaint::number("opcode", value, 10)))?;
    Ok(None)
}

/// Bits of the question's header; whether it is one of these.
fn header(flags: &mut Flags, word: &str, on: bool) -> bool {
    match word {
        "header-only" => flags.header_only = on,
        "ednsnegotiation" => flags.negotiate = on,
        "aaflag" | "aaonly" => flags.authoritative = on,
        "adflag" => flags.authentic = on,
        "cdflag" => flags.checking_disabled = on,
        "raflag" => flags.recursion_available = on,
        "tcflag" => flags.truncated = on,
        "zflag" => flags.reserved = on,
        _ => return false,
    }
    true
}

/// A flag with a number.
fn numbered(
    flags: &mut Flags,
    (word, label, must, off): &(&str, &str, bool, bool),
    value: Option<&str>,
    on: bool,
) -> Result<Option<String>, Fault> {
    if !on {
        match *word {
            _ if !off => return Err(Fault::Unknown),
            "split" if value.is_some() => return Err(Fault::Unknown),
            "split" => flags.columns.split = 0,
            "edns" => flags.edns = false,
            "ednsflags" => flags.opt.flags = 0,
            "padding" => flags.opt.padding = 0,
            "qid" => flags.id = None,
            _ => {}
        }
        return Ok(None);
    }
    let Some(value) = value else {
        match *word {
            "edns" => (flags.edns, flags.opt.version) = (true, 0),
            "ednsflags" => (flags.edns, flags.opt.flags) = (true, 0),
            _ => {}
        }
        return if *must { Err(Fault::Unknown) } else { Ok(None) };
    };
    let wrong = || Fault::Wrong(Complaint::number(label, value, 10));
    // Flags may be written as they are on the wire.
    let digits = value.strip_prefix("0x").filter(|_| *word == "ednsflags");
    let number = digits.map_or_else(|| value.parse::<u32>(), |digits| u32::from_str_radix(digits, 16));
    let number = number.map_err(|_| wrong())?;
    match *word {
        "tries" => flags.tries = tries(number.max(1)),
        "retry" => flags.tries = tries(number.checked_add(1).ok_or_else(wrong)?),
        "qid" => flags.id = u16::try_from(number).ok(),
        "bufsize" => flags.room = u16::try_from(number).unwrap_or(u16::MAX),
        "edns" => {
            flags.opt.version = u8::try_from(number).map_err(|_| wrong())?;
            flags.edns = true;
        }
        "ednsflags" => {
            flags.opt.flags = u16::try_from(number).map_err(|_| wrong())?;
            flags.edns = true;
        }
        "padding" => {
            let padding = u16::try_from(number).ok().filter(|padding| *padding <= 512);
            flags.opt.padding = padding.ok_or_else(wrong)?;
            flags.edns = true;
        }
        "split" => {
            let whole = number.div_ceil(4).saturating_mul(4);
            flags.columns.split = usize::try_from(whole).unwrap_or(0);
            let uneven = format!(";; Warning, split must be a multiple of 4; adjusting to {whole}");
            return Ok((whole != number).then_some(uneven));
        }
        _ => {}
    }
    Ok(None)
}

fn subnet(flags: &mut Flags, value: Option<&str>, on: bool) -> Result<Option<String>, Fault> {
    if !on {
        flags.subnet = None;
        return Ok(None);
    }
    let value = value.ok_or(Fault::Unknown)?;
    flags.edns = true;
    // Nobody's business: the network of everybody.
    let value = if value == "0" { "0.0.0.0/0" } else { value };
    let (address, prefix) = value.split_once('/').unwrap_or((value, ""));
    let Ok(address) = address.parse::<IpAddr>() else {
        return Err(Fault::Wrong(Complaint::of(format!("dig: invalid address '{value}'"))));
    };
    let widest = if address.is_ipv4() { 32 } else { 128 };
    flags.prefix = prefix.parse().unwrap_or(widest).min(widest);
    flags.subnet = Some(address);
    Ok(None)
}
