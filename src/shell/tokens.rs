//! Idempotency tokens: the AWS CLI fills a member that the model marks as one with a random UUID where nobody gives it, so
//! that a request which is sent twice acts once. What answers show of it (`ClientToken` of an instance) a learner sees at
//! AWS too, so the token is drawn here.
//!
//! It may never come from a clock or from entropy: the log of calls makes the world, and the same typing must make the same
//! log. So it follows from the secret key (which follows from the seed), the number of calls that made the world what it is,
//! and the place in the command. A call that goes through makes that number one more, so no two of a world share a token;
//! after an undo the same one may come again, when the world knows nothing of it any more.
//!
//! Real ones are of version 4 (random). Ours are of version 8 (made by a rule of one's own, RFC 9562), which tells them apart:
//! a call that is shown as a command leaves them out, so that running it again makes something new, as it does at AWS.

use crate::cloud::Keys;
use crate::data::{Data, Dict};
use sha2::{Digest, Sha256};
use stratus_engine::base::uuid;
use stratus_model::{Operation, Service, Structure, Value};

/// Where a session's tokens come from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tokens {
    seed: [u8; 32],
    drawn: u64,
}

impl Tokens {
    /// For the next command, on a world that so many calls have made.
    pub fn new(keys: &Keys, calls: usize) -> Tokens {
        let mut hash = Sha256::new();
        hash.update(keys.secret.as_bytes());
        hash.update((calls as u64).to_le_bytes());
        Tokens {
            seed: hash.finalize().into(),
            drawn: 0,
        }
    }

    fn draw(&mut self) -> String {
        self.drawn += 1;
        let mut hash = Sha256::new();
        hash.update(self.seed);
        hash.update(self.drawn.to_le_bytes());
        uuid::text(uuid::of_version(8, uuid::of_hash(&hash.finalize())))
    }

    /// Fills the input's tokens that nobody gave.
    pub fn fill(&mut self, service: &Service, operation: &Operation, params: &mut Dict) {
        for member in &service.structure(operation.input).members {
            if member.idempotency_token && !params.contains(member.name.text()) {
                let token = self.draw();
                params.set(member.name.text(), Data::Text(token));
            }
        }
    }
}

/// A call's parameters without the token that was drawn here; `None` where they have none.
pub fn without(service: &Service, operation: &Operation, params: &Structure) -> Option<Structure> {
    let members = service.structure(operation.input).members.iter();
    let mut drawn = members.filter(|member| {
        member.idempotency_token && matches!(params.get(member.name), Some(Value::String(text)) if is_drawn(text))
    });
    let first = drawn.next()?;
    let mut rest = params.clone();
    rest.remove(first.name);
    drawn.for_each(|member| {
        rest.remove(member.name);
    });
    Some(rest)
}

/// A UUID of version 8.
fn is_drawn(text: &str) -> bool {
    let hyphens = [8, 13, 18, 23];
    text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| match at {
            14 => byte == b'8',
            19 => matches!(byte, b'8' | b'9' | b'a' | b'b'),
            at if hyphens.contains(&at) => byte == b'-',
            _ => byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte),
        })
}
