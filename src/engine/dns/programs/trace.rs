//! `dig +trace`: from the root down, one name server after the other, as a resolver would go.

use super::dig::{INTERNAL, NO_REPLY, Reply, shown};
use super::dig_flags::Lookup;
use super::{Desk, Said, UNREACHED, ask};
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
    let root = Question::of_root();
    let question = &Question {
        recurse: false,
        ..question.clone()
    };
    let Ok(first) = ask(desk, from, at, &root) else {
        return INTERNAL;
    };
    let Some(message) = first.message.clone() else {
        said.out(UNREACHED);
        return NO_REPLY;
    };
    show(desk, lookup, &root, &message, &first, &first.server.to_string(), said);
    let mut servers = names(&message.answer);
    for _ in 0..STEPS {
        let Some((name, outcome)) = next(desk, from, &servers, question) else {
            said.out(UNREACHED);
            return NO_REPLY;
        };
        let Some(message) = &outcome.message else {
            return NO_REPLY;
        };
        show(
            desk,
            lookup,
            question,
            message,
            &outcome,
            name.trim_end_matches('.'),
            said,
        );
        let referral = message.answer.is_empty() && !message.authoritative && message.rcode == "NOERROR";
        servers = names(&message.authority);
        if !referral || servers.is_empty() {
            return 0;
        }
    }
    0
}

/// The names of the servers of NS records.
pub(super) fn names(records: &[Answer]) -> Vec<String> {
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

fn show(
    desk: &dyn Desk,
    lookup: &Lookup,
    question: &Question,
    message: &Message,
    outcome: &Outcome,
    server: &str,
    said: &mut Said,
) {
    let told = Reply {
        question,
        message,
        outcome,
        server,
    };
    said.out(shown(lookup, &told, desk.now()));
}
