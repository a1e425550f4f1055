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

/// What is asked, and by whom: all that an answer follows from, the world apart.
#[derive(Debug, PartialEq)]
pub struct Asked {
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
    pub fn find(&mut self, engine: &Engine, asked: &Asked, request_id: &str) -> Option<Reply> {
        self.refresh(engine);
        let (_, kept) = self.kept.iter().find(|(known, _)| known == asked)?;
        kept.again(request_id)
    }

    /// Keeps an answer, and gives it back to be sent: the two share its body.
    pub fn keep(&mut self, engine: &Engine, asked: Asked, request_id: &str, response: Response) -> Reply {
        self.refresh(engine);
        if response.body.len() > BYTES {
            return response.into();
        }
        if self.kept.len() >= ANSWERS {
            self.kept.remove(0);
        }
        let place = place(&response.body, request_id);
        let body = Bytes::from(response.body);
        let kept = Kept {
            request_id: request_id.to_owned(),
            status: response.status,
            headers: response.headers.clone(),
            body: body.clone(),
            place,
        };
        self.kept.push((asked, kept));
        Reply {
            status: response.status,
            headers: response.headers,
            body: [body].into_iter().collect(),
        }
    }
}

impl Asked {
    /// What a request asks that was read and whose signer is known.
    pub fn new(routed: &Routed, principal: &Principal, region: Region, input: Structure) -> Asked {
        Asked {
            operation: routed.operation.number,
            codec: routed.speech.codec,
            head: routed.speech.head,
            region,
            principal: principal.clone(),
            input,
        }
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
