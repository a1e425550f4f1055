//! AWS's chunked form of a body (`aws-chunked`): chunks with their length in hexadecimal and perhaps a signature, and perhaps
//! lines after them. Borrows everything; checks no signature.
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html> and `sigv4-streaming-trailers.html`.

use crate::error::Error;
use crate::http::Request;
use crate::limits;

/// One chunk.
#[derive(Debug, PartialEq)]
pub struct Chunk<'b> {
    pub data: &'b [u8],
    pub signature: Option<&'b str>,
}

/// A whole body.
#[derive(Debug, Default, PartialEq)]
pub struct Chunks<'b> {
    /// The last one is empty.
    pub chunks: Vec<Chunk<'b>>,
    /// Names in small letters, in their order, without the signature.
    pub trailers: Vec<(String, &'b str)>,
    pub trailer_signature: Option<&'b str>,
}

/// Whether the request says that its body is chunked.
pub fn is_chunked(request: &Request) -> bool {
    let by_hash = request.headers.get("x-amz-content-sha256");
    let by_encoding = request.headers.get("content-encoding").unwrap_or_default();
    by_hash.is_some_and(|hash| hash.starts_with("STREAMING-"))
        || by_encoding.split(',').any(|coding| coding.trim() == "aws-chunked")
}

fn incomplete() -> Error {
    let message = "You did not provide the number of bytes specified by the Content-Length HTTP header";
    Error::new("IncompleteBody", 400, message)
}

fn malformed() -> Error {
    Error::new("InvalidRequest", 400, "The chunked body is not well-formed.")
}

/// Takes a body apart.
///
/// # Errors
/// `IncompleteBody` where it ends too early, `InvalidRequest` where it is not of the form or has too many chunks.
pub fn parse(body: &[u8]) -> Result<Chunks<'_>, Error> {
    let mut chunks = Chunks::default();
    let mut rest = body;
    loop {
        if chunks.chunks.len() == limits::CHUNKS {
            return Err(malformed());
        }
        let (head, after) = line(rest)?;
        let (length, extension) = head.split_once(';').unwrap_or((head, ""));
        let length = usize::from_str_radix(length.trim(), 16).map_err(|_| malformed())?;
        let signature = extension.trim().strip_prefix("chunk-signature=");
        let (data, after) = after.split_at_checked(length).ok_or_else(incomplete)?;
        chunks.chunks.push(Chunk { data, signature });
        if length == 0 {
            rest = after;
            break;
        }
        rest = after.strip_prefix(b"\r\n").ok_or_else(incomplete)?;
    }
    while !rest.is_empty() {
        let (text, after) = line(rest)?;
        rest = after;
        let text = text.trim();
        if text.is_empty() {
            continue;
        }
        let (name, value) = text.split_once(':').ok_or_else(malformed)?;
        if name.eq_ignore_ascii_case("x-amz-trailer-signature") {
            chunks.trailer_signature = Some(value.trim());
        } else {
            chunks.trailers.push((name.to_ascii_lowercase(), value.trim()));
        }
        if chunks.trailers.len() > limits::TRAILERS {
            return Err(malformed());
        }
    }
    Ok(chunks)
}

/// The text up to the end of the line, and what follows.
fn line(bytes: &[u8]) -> Result<(&str, &[u8]), Error> {
    let window = bytes.get(..limits::CHUNK_LINE_BYTES).unwrap_or(bytes);
    let at = window.iter().position(|byte| *byte == b'\n');
    let Some((line, rest)) = at.and_then(|at| bytes.split_at_checked(at + 1)) else {
        return Err(if window.len() < limits::CHUNK_LINE_BYTES {
            incomplete()
        } else {
            malformed()
        });
    };
    let line = std::str::from_utf8(line).map_err(|_| malformed())?;
    Ok((line.trim_end_matches(['\r', '\n']), rest))
}
