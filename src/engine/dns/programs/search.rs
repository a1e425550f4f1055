//! All name servers of a zone, each asked for its SOA record: `dig +nssearch`, `host -C`.

use super::dig::{INTERNAL, NO_REPLY, NO_SERVER, Reply, shown};
use super::dig_flags::Lookup;
use super::{Desk, Said, UNREACHED, ask, no_answer, trace};
use crate::dns::Asker;
use crate::dns::message::{Outcome, Question};
use std::net::IpAddr;

/// What each server said, with its name; a server without an address is told of on standard error.
pub(super) struct Round {
    /// The servers that have an address.
    pub told: Vec<(String, Outcome)>,
    /// The first of those that have none.
    pub unknown: Option<String>,
}

/// Asks a server who is responsible for a name.
pub(super) fn servers(
    desk: &mut dyn Desk,
    way: (Asker, Option<IpAddr>),
    question: &Question,
) -> Result<Outcome, String> {
    let question = Question {
        record_type: "NS".into(),
        recurse: true,
        ..question.clone()
    };
    ask(desk, way.0, way.1, &question)
}

/// Asks each of the servers that an answer names.
pub(super) fn round(
    desk: &mut dyn Desk,
    from: Asker,
    first: &Outcome,
    question: &Question,
    said: &mut Said,
) -> Result<Round, String> {
    let mut round = Round {
        told: Vec::new(),
        unknown: None,
    };
    let answers = first.message.as_ref().map(|message| message.answer.as_slice());
    for name in trace::names(answers.unwrap_or_default()) {
        let shown = name.trim_end_matches('.').to_owned();
        let Some(address) = desk.server_address(from, &name) else {
            said.err(format!("couldn't get address for '{shown}': not found"));
            round.unknown.get_or_insert(shown);
            continue;
        };
        round.told.push((shown, ask(desk, from, Some(address), question)?));
    }
    Ok(round)
}

/// The question that each of them is asked.
pub(super) fn for_soa(question: &Question) -> Question {
    Question {
        record_type: "SOA".into(),
        recurse: false,
        ..question.clone()
    }
}

/// `dig +nssearch`; the exit status.
pub(super) fn run(
    desk: &mut dyn Desk,
    way: (Asker, Option<IpAddr>),
    lookup: &Lookup,
    question: &Question,
    greeting: &str,
    said: &mut Said,
) -> i32 {
    let soa = for_soa(question);
    let found = servers(desk, way, question).and_then(|first| {
        let silent = first.message.is_none();
        let round = round(desk, way.0, &first, &soa, said)?;
        Ok((silent.then_some(first.server), round))
    });
    let (silent, round) = match found {
        Ok(found) => found,
        Err(text) => {
            said.err(format!("dig: {text}"));
            return INTERNAL;
        }
    };
    let silence = |server: IpAddr| no_answer(server, 53).repeat(lookup.flags.tries);
    if let Some(server) = silent {
        said.out(format!("{}{UNREACHED}", silence(server)));
        return NO_REPLY;
    }
    if let (Some(name), true) = (&round.unknown, round.told.is_empty()) {
        said.err(format!("dig: couldn't get address for '{name}': no more"));
        return NO_SERVER;
    }
    said.out(greeting);
    for (name, outcome) in &round.told {
        let Some(message) = &outcome.message else {
            said.out(silence(outcome.server));
            continue;
        };
        let told = Reply {
            question: &soa,
            message,
            outcome,
            server: name,
        };
        said.out(shown(lookup, &told, desk.now()));
    }
    0
}
