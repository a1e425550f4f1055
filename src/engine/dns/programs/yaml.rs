//! `dig +yaml`: a message as a YAML document, in BIND's own keys.

use super::dig::{Reply, cookie, id, set_bits};
use super::dig_flags::Lookup;
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

fn counts(rcode: &str, id: u16, bits: &str, counts: [usize; 3]) -> String {
    let [answers, authorities, additional] = counts;
    format!(
        "      opcode: QUERY\n      status: {rcode}\n      id: {id}\n      flags: {bits}\n      QUESTION: 1\n      \
         ANSWER: {answers}\n      AUTHORITY: {authorities}\n      ADDITIONAL: {additional}\n"
    )
}

fn edns(flags: &str, room: u16, options: &str) -> String {
    let gap = if flags.is_empty() { "" } else { " " };
    format!(
        "      OPT_PSEUDOSECTION:\n        EDNS:\n          version: 0\n          flags:{gap}{flags}\n          udp: {room}\n{options}"
    )
}

fn subnet(lookup: &Lookup, scope: u8) -> String {
    let flags = &lookup.flags;
    let told = flags
        .subnet
        .map(|network| format!("          CLIENT-SUBNET: {network}/{}/{scope}\n", flags.prefix));
    told.unwrap_or_default()
}

fn asked(name: &str, question: &Question) -> String {
    let class = kinds::class_name(question.class);
    format!(
        "      QUESTION_SECTION:\n        - '{name} {class} {}'\n",
        question.record_type
    )
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
        "NOERROR",
        id(lookup, question),
        &bits,
        [0, 0, usize::from(flags.edns)],
    ));
    if flags.edns && flags.comments && !flags.short {
        let mut options = subnet(lookup, 0);
        if flags.cookie {
            options.push_str(&format!("          COOKIE: {}\n", cookie(question)));
        }
        text.push_str(&edns(if flags.dnssec { "do" } else { "" }, flags.room, &options));
    }
    if flags.question && !flags.short {
        text.push_str(&asked(name, question));
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
        message.rcode,
        id(lookup, question),
        &reply.bits(lookup),
        numbers,
    ));
    if flags.short {
        return text;
    }
    if flags.edns && flags.comments {
        text.push_str(&edns("", 1_232, &subnet(lookup, flags.prefix)));
    }
    if flags.question {
        text.push_str(&asked(name, question));
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
