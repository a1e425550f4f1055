//! Answers to reads that are asked again. A read's answer follows from the world, who asks, and what is asked; whoever waits
//! for something asks the same until the world changes. So an answer is kept until then, written out.
//!
//! What may never happen here: an answer from a world that is not the present one. Any change, and any passing of time,
//! forgets all of them.

use stratus_engine::Engine;
use stratus_engine::base::time::Time;
use stratus_engine::catalog::Region;
use stratus_engine::principal::Principal;
use stratus_model::Structure;
use stratus_wire::{Response, Routed};

/// Answers that are kept at a time.
const ANSWERS: usize = 16;
/// Bytes of one that is kept: larger ones are objects, which cost only their copying.
const BYTES: usize = 32 << 20;

/// What was asked.
#[derive(Debug, PartialEq)]
struct Asked {
    operation: u16,
    codec: stratus_wire::Codec,
    head: bool,
    region: Region,
    principal: Principal,
    input: Structure,
}

/// The kept answers.
#[derive(Debug, Default)]
pub struct Answers {
    /// The moment and the number of changes of the world that they are of.
    of: Option<(Time, u64)>,
    kept: Vec<(Asked, String, Response)>,
}

impl Answers {
    fn refresh(&mut self, engine: &Engine) {
        let now = Some((engine.world().now, engine.changes()));
        if self.of != now {
            self.of = now;
            self.kept.clear();
        }
    }

    /// The answer, under this request's id, if it is the same as before.
    pub fn find(
        &mut self,
        engine: &Engine,
        routed: &Routed,
        principal: &Principal,
        region: Region,
        input: &Structure,
        request_id: &str,
    ) -> Option<Response> {
        self.refresh(engine);
        let same = |asked: &Asked| {
            asked.operation == routed.operation.number
                && asked.codec == routed.speech.codec
                && asked.head == routed.speech.head
                && asked.region == region
                && asked.principal == *principal
                && asked.input == *input
        };
        let (_, old_id, response) = self.kept.iter().find(|(asked, ..)| same(asked))?;
        let mut response = response.clone();
        renamed(&mut response, old_id, request_id).then_some(response)
    }

    /// Keeps an answer.
    #[allow(clippy::too_many_arguments, reason = "the whole of a question and its answer")]
    pub fn keep(
        &mut self,
        engine: &Engine,
        routed: &Routed,
        principal: &Principal,
        region: Region,
        input: Structure,
        request_id: &str,
        response: &Response,
    ) {
        self.refresh(engine);
        if response.body.len() > BYTES {
            return;
        }
        if self.kept.len() >= ANSWERS {
            self.kept.remove(0);
        }
        let asked = Asked {
            operation: routed.operation.number,
            codec: routed.speech.codec,
            head: routed.speech.head,
            region,
            principal: principal.clone(),
            input,
        };
        self.kept.push((asked, request_id.to_owned(), response.clone()));
    }
}

/// Writes the new request id in the place of the old one. False where it is not found once at most in the body's ends, or
/// has another length: then the answer is made anew.
fn renamed(response: &mut Response, old: &str, new: &str) -> bool {
    const END: usize = 600;
    if old.len() != new.len() {
        return false;
    }
    let lines: Vec<(String, String)> = response
        .headers
        .iter()
        .map(|(name, value)| {
            (
                name.to_owned(),
                if value == old { new.to_owned() } else { value.to_owned() },
            )
        })
        .collect();
    response.headers = lines.into_iter().collect();
    let length = response.body.len();
    let find = |part: &[u8]| part.windows(old.len()).position(|window| window == old.as_bytes());
    let head = response.body.get(..length.min(END)).and_then(find);
    let from = length.saturating_sub(END);
    let place = head.or_else(|| response.body.get(from..).and_then(find).map(|at| from + at));
    if let Some(place) = place
        && let Some(id) = response.body.get_mut(place..place + old.len())
    {
        id.copy_from_slice(new.as_bytes());
    }
    true
}
