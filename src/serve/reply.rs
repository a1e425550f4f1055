//! A response whose body is in pieces, so that a kept answer of megabytes is sent without being copied.

use hyper::body::{Body, Bytes, Frame, SizeHint};
use std::collections::VecDeque;
use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};
use stratus_wire::{Headers, Response};

/// What is sent.
#[derive(Debug)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// Without those that the sender knows best.
    pub headers: Headers,
    /// The body.
    pub body: Pieces,
}

/// A body in pieces.
#[derive(Debug, Default)]
pub struct Pieces(VecDeque<Bytes>);

impl FromIterator<Bytes> for Pieces {
    fn from_iter<I: IntoIterator<Item = Bytes>>(pieces: I) -> Self {
        Self(pieces.into_iter().filter(|piece| !piece.is_empty()).collect())
    }
}

impl Body for Pieces {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(self.0.pop_front().map(|piece| Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.0.iter().map(|piece| piece.len() as u64).sum())
    }
}

impl From<Response> for Reply {
    fn from(response: Response) -> Self {
        Self {
            status: response.status,
            headers: response.headers,
            body: [Bytes::from(response.body)].into_iter().collect(),
        }
    }
}

impl From<Reply> for Response {
    fn from(reply: Reply) -> Self {
        Self {
            status: reply.status,
            headers: reply.headers,
            body: reply.body.0.into_iter().flatten().collect(),
        }
    }
}
