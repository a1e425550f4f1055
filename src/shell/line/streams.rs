//! What commands read and print. What is printed stays in order across both streams, and never exceeds its limit.

use crate::limits::OUTPUT_BYTES;
use crate::run::Output;
use std::rc::Rc;

/// Standard input: bytes that are read from the front.
#[derive(Clone, Debug, Default)]
pub struct Input {
    bytes: Rc<[u8]>,
    at: usize,
    file: bool,
}

impl Input {
    /// These bytes.
    pub fn new(bytes: impl Into<Rc<[u8]>>) -> Input {
        Input {
            bytes: bytes.into(),
            at: 0,
            file: false,
        }
    }

    /// The bytes of a file: a program that looks knows how many there are.
    pub fn of_file(bytes: impl Into<Rc<[u8]>>) -> Input {
        let mut input = Input::new(bytes);
        input.file = true;
        input
    }

    /// Whether a file is read.
    pub fn is_file(&self) -> bool {
        self.file
    }

    /// All that is left.
    pub fn rest(&mut self) -> Vec<u8> {
        let rest = self.bytes.get(self.at..).unwrap_or_default().to_vec();
        self.at = self.bytes.len();
        rest
    }

    /// The next line without its end; `None` at the end.
    pub fn line(&mut self) -> Option<Vec<u8>> {
        let rest = self.bytes.get(self.at..).filter(|rest| !rest.is_empty())?;
        let line: Vec<u8> = rest.iter().copied().take_while(|byte| *byte != b'\n').collect();
        self.at += line.len() + 1;
        Some(line)
    }
}

/// Standard output and standard error, in the order in which they were written.
#[derive(Clone, Debug, Default)]
pub struct Printed {
    chunks: Vec<(u8, Vec<u8>)>,
    size: usize,
    cut: bool,
}

impl Printed {
    /// Nothing yet.
    pub fn new() -> Printed {
        Printed::default()
    }

    /// Prints on a stream (1 output, 2 error). Beyond the limit it is dropped.
    pub fn push(&mut self, stream: u8, bytes: &[u8]) {
        if bytes.is_empty() {
            return;
        }
        self.size = self.size.saturating_add(bytes.len());
        if self.size > OUTPUT_BYTES {
            self.cut = true;
            return;
        }
        match self.chunks.last_mut() {
            Some((last, chunk)) if *last == stream => chunk.extend_from_slice(bytes),
            _ => self.chunks.push((stream, bytes.to_vec())),
        }
    }

    /// Prints on standard output.
    pub fn out(&mut self, bytes: impl AsRef<[u8]>) {
        self.push(1, bytes.as_ref());
    }

    /// Prints a line on standard error.
    pub fn err(&mut self, text: impl AsRef<str>) {
        self.push(2, text.as_ref().as_bytes());
        self.push(2, b"\n");
    }

    /// What was printed, in order.
    pub fn chunks(self) -> Vec<(u8, Vec<u8>)> {
        self.chunks
    }

    /// Whether something was dropped.
    pub fn is_cut(&self) -> bool {
        self.cut
    }

    /// What was printed, as texts.
    pub fn output(&self, status: i32) -> Output {
        let text = |stream| String::from_utf8_lossy(&self.of(stream)).into_owned();
        let mut stderr = text(2);
        if self.cut {
            stderr.push_str("bash: the rest of the output is cut off here\n");
        }
        Output {
            status,
            stdout: text(1),
            stderr,
        }
    }

    /// All of one stream.
    pub fn of(&self, stream: u8) -> Vec<u8> {
        let chunks = self.chunks.iter().filter(|(of, _)| *of == stream);
        chunks.flat_map(|(_, bytes)| bytes.iter().copied()).collect()
    }
}
