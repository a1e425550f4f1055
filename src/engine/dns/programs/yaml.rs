//! `dig +yaml`: a message as a YAML document, in BIND's own keys.

use super::dig::{Reply, id, set_bits};
use super::dig_edns;
use super::dig_flags::Lookup;
use super::dig_switches::{Flags, opcode_name};
use super::kinds;
use crate::base::time::{Span, Time};
use crate::dns::message::Question;
use crate::dns::{Answer, zonefile};
use std::net::IpAddr;

/// Said where nobody answers.
pub(super) fn fault(text: &str) -> String {
    format!("- type: DIG_ERROR\n  message: |\n    {text}\n")
}

/// How a message came and went.
struct Head<'a> {
    kind: &'a str,
    size: usize,
    tcp: bool,
    at: (IpAddr, u16),
    /// When it was sent; when it came.
    times: (Time, Option<Time>),
    data: &'a str,
}

fn head(head: &Head<'_>) -> String {
    let (server, port) = head.at;
    let family = if server.is_ipv4() { "INET" } else { "INET6" };
    let nobody = if server.is_ipv4() { "0.0.0.0" } else { "::" };
    let protocol = if head.tcp { "TCP" } else { "UDP" };
    let answered = head
        .times
        .1
        .map(|at| format!("    response_time: !!timestamp {}\n", at.iso8601()));
    format!(
        "- type: MESSAGE\n  message:\n    type: {}\n    query_time: !!timestamp {}\n{}    message_size: {}b\n    \
         socket_family: {family}\n    socket_protocol: {protocol}\n    response_address: \"{server}\"\n    \
         response_port: {port}\n    query_address: \"{nobody}\"\n    query_port: 0\n    {}_message_data:\n",
        head.kind,
        head.times.0.iso8601(),
        answered.unwrap_or_default(),
        head.size,
        head.data,
    )
}

fn counts(flags: &Flags, rcode: &str, id: u16, bits: &str, counts: [usize; 3]) -> String {
    let [answers, authorities, additional] = counts;
    format!(
        "      opcode: {}\n      status: {rcode}\n      id: {id}\n      flags: {bits}\n      QUESTION: {}\n      \
         ANSWER: {answers}\n      AUTHORITY: {authorities}\n      ADDITIONAL: {additional}\n",
        opcode_name(flags.opcode),
        u8::from(!flags.header_only),
    )
}

fn edns(version: u8, flags: u16, room: u16, options: &str) -> String {
    let names = dig_edns::names(flags);
    let gap = if names.is_empty() { "" } else { " " };
    let rest = match dig_edns::unnamed(flags) {
        0 => String::new(),
        rest => format!("          MBZ: 0x{rest:04x}\n"),
    };
    format!(
        "      OPT_PSEUDOSECTION:\n        EDNS:\n          version: {version}\n          flags:{gap}{names}\n{rest}          udp: {room}\n{options}"
    )
}

fn asked(flags: &Flags, name: &str, question: &Question) -> String {
    let class = kinds::class_name(question.class);
    let line = match flags.header_only {
        true => String::new(),
        false => format!("        - '{name} {class} {}'\n", question.record_type),
    };
    format!("      QUESTION_SECTION:\n{line}")
}

fn section(title: &str, records: &[Answer], lookup: &Lookup) -> String {
    if records.is_empty() {
        return String::new();
    }
    let mut text = format!("      {title}_SECTION:\n");
    for record in records {
        let value = super::print::value_in(record, lookup.flags.columns).replace('\'', "''");
        let name = zonefile::presented(&record.name).replace('\'', "''");
        text.push_str(&format!(
            "        - '{name} {} IN {} {value}'\n",
            record.ttl, record.record_type
        ));
    }
    text
}

/// A question that is sent.
pub(super) fn sent(lookup: &Lookup, question: &Question, name: &str, to: IpAddr, size: usize, now: Time) -> String {
    let flags = &lookup.flags;
    let mut text = head(&Head {
        kind: if question.recurse {
            "RECURSIVE_QUERY"
        } else {
            "AUTH_QUERY"
        },
        size,
        tcp: super::dig::over_tcp(lookup, question),
        at: (to, lookup.port),
        times: (now, None),
        data: "query",
    });
    let bits = set_bits(flags, question).join(" ");
    text.push_str(&counts(
        flags,
        "NOERROR",
        id(lookup, question),
        &bits,
        [0, 0, usize::from(flags.edns)],
    ));
    if flags.edns && flags.comments && !flags.short {
        let options = dig_edns::as_yaml(flags, question);
        let bits = dig_edns::bits(flags);
        text.push_str(&edns(flags.opt.version, bits, flags.room, &options));
    }
    if flags.question && !flags.short {
        text.push_str(&asked(flags, name, question));
    }
    text
}

/// A reply.
pub(super) fn reply(lookup: &Lookup, reply: &Reply<'_>, name: &str, now: Time) -> String {
    let (flags, message, question) = (&lookup.flags, reply.message, reply.question);
    let recursive = question.recurse && message.recursive;
    let mut text = head(&Head {
        kind: if recursive {
            "RECURSIVE_RESPONSE"
        } else {
            "AUTH_RESPONSE"
        },
        size: reply.size(lookup),
        tcp: super::dig::over_tcp(lookup, question),
        at: (reply.outcome.server, lookup.port),
        times: (now, Some(now + Span(reply.outcome.millis))),
        data: "response",
    });
    let numbers = [
        message.answer.len(),
        message.authority.len(),
        message.additional.len() + usize::from(flags.edns),
    ];
    text.push_str(&counts(
        flags,
        message.rcode,
        id(lookup, question),
        &reply.bits(lookup),
        numbers,
    ));
    if flags.short {
        return text;
    }
    if flags.edns && flags.comments {
        let network = flags.subnet.filter(|_| flags.prefix > 0);
        let told = network.map(|network| format!("          CLIENT-SUBNET: {network}/{0}/{0}\n", flags.prefix));
        text.push_str(&edns(0, 0, 1_232, &told.unwrap_or_default()));
    }
    if flags.question && !flags.header_only {
        text.push_str(&asked(flags, name, question));
    }
    for (shown, title, records) in [
        (flags.answer, "ANSWER", &message.answer),
        (flags.authority, "AUTHORITY", &message.authority),
        (flags.additional, "ADDITIONAL", &message.additional),
    ] {
        if shown {
            text.push_str(&section(title, records, lookup));
        }
    }
    text
}
