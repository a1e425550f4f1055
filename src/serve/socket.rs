//! A connection's socket in two hands: hyper's, and ours for what is to be said once hyper has given up on it.
//! What may never happen here: a client that sent bad input hears nothing of it, or a second answer after one.

use std::cell::{Cell, RefCell};
use std::io;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::net::TcpStream;

/// Bytes that are still read, and thrown away, after the last answer: a system tells a client that its connection is reset,
/// not what was answered, where bytes are left unread.
const LEFT_BYTES: usize = 256 << 20;
/// How long that may take.
const LEFT_TIME: Duration = Duration::from_secs(5);

/// One of the hands.
#[derive(Clone, Debug)]
pub struct Socket {
    stream: Rc<RefCell<TcpStream>>,
    /// Something came that nothing was sent after.
    unanswered: Rc<Cell<bool>>,
}

impl Socket {
    pub fn new(stream: TcpStream) -> Self {
        Self {
            stream: Rc::new(RefCell::new(stream)),
            unanswered: Rc::default(),
        }
    }

    /// Ends a connection whose last request was none: says so, if that was not done.
    pub async fn refuse(&mut self, status: &str) {
        if self.unanswered.get() {
            let text = format!("HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
            // Whoever is gone does not want to know.
            let _ = self.write_all(text.as_bytes()).await;
        }
    }

    /// Waits until the client has sent what it wants to send, within limits.
    pub async fn linger(&mut self) {
        let _ = self.shutdown().await;
        let _ = tokio::time::timeout(LEFT_TIME, async {
            let mut buffer = vec![0; 64 << 10];
            let mut left = LEFT_BYTES;
            while let Ok(read) = self.read(&mut buffer).await
                && read > 0
            {
                left = left.saturating_sub(read);
                if left == 0 {
                    return;
                }
            }
        })
        .await;
    }
}

impl AsyncRead for Socket {
    fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let polled = Pin::new(&mut *self.stream.borrow_mut()).poll_read(context, buffer);
        if buffer.filled().len() > before {
            self.unanswered.set(true);
        }
        polled
    }
}

impl AsyncWrite for Socket {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.unanswered.set(false);
        Pin::new(&mut *self.stream.borrow_mut()).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        pieces: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.unanswered.set(false);
        Pin::new(&mut *self.stream.borrow_mut()).poll_write_vectored(context, pieces)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.borrow().is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut *self.stream.borrow_mut()).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut *self.stream.borrow_mut()).poll_shutdown(context)
    }
}
