//! `dig +trace`: from the root down, one name server after the other, as a resolver would go.

use super::dig_flags::Lookup;
use super::{Desk, Said, ask, print, size};
use crate::dns::message::{Message, Outcome, Question};
use crate::dns::{Answer, Asker};
use std::net::IpAddr;

/// Most servers that are asked in turn.
const STEPS: usize = 20;

/// Goes down; the exit status.
pub(super) fn run(
    desk: &mut dyn Desk,
    from: Asker,
    at: Option<IpAddr>,
    lookup: &Lookup,
    question: &Question,
    said: &mut Said,
) -> i32 {
    let root = Question {
        name: ".".into(),
        record_type: "NS".into(),
        recurse: true,
    };
    let Ok(first) = ask(desk, from, at, &root) else {
        return 10;
    };
    let Some(message) = first.message.clone() else {
        said.out(";; no servers could be reached\n");
        return 9;
    };
    show(lookup, &root, &message, &first, &first.server.to_string(), said);
    let mut servers = names(&message.answer);
    for _ in 0..STEPS {
        let Some((name, outcome)) = next(desk, from, &servers, question) else {
            said.out(";; no servers could be reached\n");
            return 9;
        };
        let Some(message) = &outcome.message else { return 9 };
        show(lookup, question, message, &outcome, name.trim_end_matches('.'), said);
        let referral = message.answer.is_empty() && !message.authoritative && message.rcode == "NOERROR";
        servers = names(&message.authority);
        if !referral || servers.is_empty() {
            return 0;
        }
    }
    0
}

/// The names of the servers of NS records.
fn names(records: &[Answer]) -> Vec<String> {
    let named = records.iter().filter(|record| record.record_type == "NS");
    named.map(|record| record.value.clone()).collect()
}

/// The first server that answers.
fn next(desk: &mut dyn Desk, from: Asker, servers: &[String], question: &Question) -> Option<(String, Outcome)> {
    for name in servers {
        let Some(address) = desk.server_address(from, name) else {
            continue;
        };
        if let Ok(outcome) = ask(desk, from, Some(address), question)
            && outcome.message.is_some()
        {
            return Some((name.clone(), outcome));
        }
    }
    None
}

fn show(lookup: &Lookup, question: &Question, message: &Message, outcome: &Outcome, name: &str, said: &mut Said) {
    let flags = &lookup.flags;
    if flags.short {
        for answer in &message.answer {
            if question.name != "." {
                let (server, millis) = (outcome.server, outcome.millis);
                let shown = match flags.identify {
                    true => format!(" from server {server} in {millis} ms."),
                    false => String::new(),
                };
                said.out(format!("{}{shown}\n", print::value(answer)));
            }
        }
        return;
    }
    let records = message.answer.iter().chain(&message.authority);
    for record in records {
        said.out(print::record(record, flags.columns));
    }
    let bytes = size(question, message) + if flags.edns { 11 } else { 0 };
    said.out(format!(
        ";; Received {bytes} bytes from {}#53({name}) in {} ms\n\n",
        outcome.server, outcome.millis
    ));
}
