//! `dig +trace`: from the root down, one name server after the other, as a resolver would go.

use super::super::run::Run;
use super::super::streams::Printed;
use super::dig_flags::Lookup;
use super::{ask, print, size};
use std::net::IpAddr;
use stratus_engine::dns::message::{Message, Outcome, Question};
use stratus_engine::dns::{Answer, Asker};

/// Most servers that are asked in turn.
const STEPS: usize = 20;

/// Goes down; the exit status.
pub(super) fn run(
    run: &mut Run<'_>,
    from: Asker,
    at: Option<IpAddr>,
    lookup: &Lookup,
    question: &Question,
    printed: &mut Printed,
) -> i32 {
    let root = Question {
        name: ".".into(),
        record_type: "NS".into(),
        recurse: true,
    };
    let Ok(first) = ask(run, from, at, &root) else {
        return 10;
    };
    let Some(message) = first.message.clone() else {
        printed.out(";; no servers could be reached\n");
        return 9;
    };
    show(lookup, &root, &message, &first, &first.server.to_string(), printed);
    let mut servers = names(&message.answer);
    for _ in 0..STEPS {
        let Some((name, outcome)) = next(run, from, &servers, question) else {
            printed.out(";; no servers could be reached\n");
            return 9;
        };
        let Some(message) = &outcome.message else { return 9 };
        show(lookup, question, message, &outcome, name.trim_end_matches('.'), printed);
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
fn next(run: &mut Run<'_>, from: Asker, servers: &[String], question: &Question) -> Option<(String, Outcome)> {
    for name in servers {
        let Some(address) = run.cloud.server_address(from, name) else {
            continue;
        };
        if let Ok(outcome) = ask(run, from, Some(address), question)
            && outcome.message.is_some()
        {
            return Some((name.clone(), outcome));
        }
    }
    None
}

fn show(lookup: &Lookup, question: &Question, message: &Message, outcome: &Outcome, name: &str, printed: &mut Printed) {
    let flags = &lookup.flags;
    if flags.short {
        for answer in &message.answer {
            if question.name != "." {
                let (server, millis) = (outcome.server, outcome.millis);
                let shown = match flags.identify {
                    true => format!(" from server {server} in {millis} ms."),
                    false => String::new(),
                };
                printed.out(format!("{}{shown}\n", print::value(answer)));
            }
        }
        return;
    }
    let records = message.answer.iter().chain(&message.authority);
    for record in records {
        printed.out(print::record(record, flags.columns));
    }
    let bytes = size(question, message) + if flags.edns { 11 } else { 0 };
    printed.out(format!(
        ";; Received {bytes} bytes from {}#53({name}) in {} ms\n\n",
        outcome.server, outcome.millis
    ));
}
