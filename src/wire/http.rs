//! HTTP messages as plain data, and percent-encoding. No socket, no stream: who has those makes one of these of what came.

use crate::error::Error;
use crate::limits;
use std::borrow::Cow;

/// A request as it came, nothing decoded.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Request {
    /// `GET`, in capitals.
    pub method: String,
    /// As on the request line, percent-encoded, without the query: `/bucket/a%20key`.
    pub path: String,
    /// What stands after the `?`, percent-encoded; empty where there is none.
    pub query: String,
    pub headers: Headers,
    pub body: Vec<u8>,
}

/// An answer, ready to be sent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Response {
    pub status: u16,
    /// Without those that the sender knows best: `date`, `connection`. A `content-length` is among them only where it is not
    /// the body's own (an answer to HEAD).
    pub headers: Headers,
    pub body: Vec<u8>,
}

/// Header lines in their order. Names are kept in small letters; a name may occur more than once.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Headers(Vec<(Cow<'static, str>, String)>);

impl Headers {
    pub fn new() -> Self {
        Self::default()
    }

    /// The first with this name, which is in small letters, without blanks at its ends.
    pub fn get(&self, name: &str) -> Option<&str> {
        let mut lines = self.0.iter();
        lines.find(|(header, _)| header == name).map(|(_, value)| value.trim())
    }

    /// All with this name, in their order.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(header, _)| header == name)
            .map(|(_, value)| value.trim())
    }

    /// One more line.
    pub fn push(&mut self, name: impl Into<Cow<'static, str>>, value: impl Into<String>) -> &mut Self {
        let mut name = name.into();
        if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
            name.to_mut().make_ascii_lowercase();
        }
        self.0.push((name, value.into()));
        self
    }

    /// In the place of those with the same name.
    pub fn set(&mut self, name: &'static str, value: impl Into<String>) -> &mut Self {
        self.remove(name);
        self.push(name, value)
    }

    pub fn remove(&mut self, name: &str) {
        self.0.retain(|(header, _)| header != name);
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_ref(), value.as_str()))
    }
}

impl<N: Into<Cow<'static, str>>, V: Into<String>> FromIterator<(N, V)> for Headers {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(lines: I) -> Self {
        let mut headers = Self::new();
        for (name, value) in lines {
            headers.push(name, value);
        }
        headers
    }
}

impl Request {
    /// The host that is asked, without a port, in small letters; empty where none is named.
    pub fn host(&self) -> String {
        let host = self.headers.get("host").unwrap_or_default();
        let bare = match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
            _ => host,
        };
        bare.trim_end_matches('.').to_ascii_lowercase()
    }
}

/// Parameters of a query or a form, decoded.
pub type Pairs = Vec<(String, String)>;

/// The parameters of a query (`a=1&b`) or of a form.
///
/// # Errors
/// `MalformedQueryString` for what is no percent-encoded UTF-8, and for more than [`limits::ELEMENTS`] parameters.
pub fn pairs(text: &[u8]) -> Result<Pairs, Error> {
    let mut pairs = Vec::new();
    for piece in text.split(|byte| *byte == b'&').filter(|piece| !piece.is_empty()) {
        if pairs.len() == limits::ELEMENTS {
            return Err(malformed("There are too many parameters."));
        }
        let mut halves = piece.splitn(2, |byte| *byte == b'=');
        let name = decode(halves.next().unwrap_or_default(), true)?;
        let value = decode(halves.next().unwrap_or_default(), true)?;
        pairs.push((name, value));
    }
    Ok(pairs)
}

/// The text that a part of a path stands for.
///
/// # Errors
/// `InvalidURI` for what is no percent-encoded UTF-8.
pub fn decode_path(text: &str) -> Result<String, Error> {
    decode(text.as_bytes(), false).map_err(|_| Error::new("InvalidURI", 400, "Couldn't parse the specified URI."))
}

fn malformed(message: &str) -> Error {
    Error::new("MalformedQueryString", 400, message)
}

fn decode(text: &[u8], plus_is_blank: bool) -> Result<String, Error> {
    let encoded = |byte: &u8| *byte == b'%' || (*byte == b'+' && plus_is_blank);
    let mut bytes = Vec::with_capacity(text.len());
    // Most texts are what they are.
    let plain = text.iter().position(encoded).unwrap_or(text.len());
    let (before, after) = text.split_at(plain);
    bytes.extend_from_slice(before);
    let mut rest = after.iter();
    while let Some(byte) = rest.next() {
        match byte {
            b'%' => {
                let digit = |byte: Option<&u8>| char::from(*byte?).to_digit(16);
                let (Some(high), Some(low)) = (digit(rest.next()), digit(rest.next())) else {
                    return Err(malformed("The query string contains a syntax error."));
                };
                bytes.push(u8::try_from(high << 4 | low).unwrap_or_default());
            }
            b'+' if plus_is_blank => bytes.push(b' '),
            byte => bytes.push(*byte),
        }
    }
    String::from_utf8(bytes).map_err(|_| malformed("The query string is not valid UTF-8."))
}

/// Percent-encodes as RFC 3986 and Signature Version 4 want it: all but letters, digits and `-._~`; a `/` stays if `slash`.
pub fn encode(text: &str, slash: bool, out: &mut String) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            b'/' if slash => out.push('/'),
            byte => {
                out.push('%');
                for digit in [byte >> 4, byte & 15] {
                    out.push(char::from(DIGITS.get(usize::from(digit)).copied().unwrap_or(b'0')));
                }
            }
        }
    }
}

/// [`encode`] to a text of its own, with no slash left.
pub fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    encode(text, false, &mut out);
    out
}
