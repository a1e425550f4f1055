//! Answers to reads that are asked again. A read's answer follows from the world, who asks, and what is asked; whoever waits
//! for something asks the same until the world changes. So an answer is kept until then, written out.
//!
//! What may never happen here: an answer from a world that is not the present one. Any change, and any passing of time,
//! forgets all of them.

use crate::reply::Reply;
use hyper::body::Bytes;
use stratus_engine::Engine;
use stratus_engine::base::time::Time;
use stratus_engine::catalog::Region;
use stratus_engine::principal::Principal;
use stratus_model::Structure;
use stratus_wire::{Headers, Response, Routed};

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

/// What was answered.
#[derive(Debug)]
struct Kept {
    request_id: String,
    status: u16,
    headers: Headers,
    body: Bytes,
    /// Where the request id stands in the body, if it does.
    place: Option<usize>,
}

/// The kept answers.
#[derive(Debug, Default)]
pub struct Answers {
    /// The moment and the number of changes of the world that they are of.
    of: Option<(Time, u64)>,
    kept: Vec<(Asked, Kept)>,
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
    ) -> Option<Reply> {
        self.refresh(engine);
        let same = |asked: &Asked| {
            asked.operation == routed.operation.number
                && asked.codec == routed.speech.codec
                && asked.head == routed.speech.head
                && asked.region == region
                && asked.principal == *principal
                && asked.input == *input
        };
        let (_, kept) = self.kept.iter().find(|(asked, _)| same(asked))?;
        kept.again(request_id)
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
        let kept = Kept {
            request_id: request_id.to_owned(),
            status: response.status,
            headers: response.headers.clone(),
            body: response.body.clone().into(),
            place: place(&response.body, request_id),
        };
        self.kept.push((asked, kept));
    }
}

impl Kept {
    /// The same under another request id; `None` if that has another length, which none has.
    fn again(&self, request_id: &str) -> Option<Reply> {
        let old = self.request_id.as_str();
        if old.len() != request_id.len() {
            return None;
        }
        let lines = self.headers.iter().map(|(name, value)| {
            let value = if value == old { request_id } else { value };
            (name.to_owned(), value.to_owned())
        });
        let whole = || self.body.clone();
        let pieces = match self.place {
            None => vec![whole()],
            Some(place) => vec![
                self.body.slice(..place),
                Bytes::copy_from_slice(request_id.as_bytes()),
                self.body.slice(place + old.len()..),
            ],
        };
        Some(Reply {
            status: self.status,
            headers: lines.collect(),
            body: pieces.into_iter().collect(),
        })
    }
}

/// Where a request id stands: it does so once at most, near one of the body's ends.
fn place(body: &[u8], request_id: &str) -> Option<usize> {
    const END: usize = 600;
    let find = |part: &[u8]| {
        part.windows(request_id.len())
            .position(|window| window == request_id.as_bytes())
    };
    let from = body.len().saturating_sub(END);
    let head = body.get(..body.len().min(END)).and_then(find);
    head.or_else(|| body.get(from..).and_then(find).map(|at| from + at))
}
