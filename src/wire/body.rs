//! A request's body as it was meant: out of chunks, unpacked, its checksums compared.
//! May never happen: memory for more than `limits` says, whatever a packed body would become.

use crate::error::Error;
use crate::http::{Headers, Request};
use crate::{checksum, chunks, limits};
use flate2::read::MultiGzDecoder;
use std::borrow::Cow;
use std::io::Read;

/// What was sent.
#[derive(Debug)]
pub struct Body<'r> {
    pub bytes: Cow<'r, [u8]>,
    /// The lines after a chunked body, which count as headers.
    pub trailers: Headers,
    /// The body was chunked: its length is not the message's.
    pub chunked: bool,
}

/// The body of a request that takes parameters: unpacked if it says that it is packed.
///
/// # Errors
/// `MalformedInput`-like refusals as documented at [`unpack`]; `RequestEntityTooLarge`, 413, for more than [`limits::BODY_BYTES`].
pub fn parameters(request: &Request) -> Result<Cow<'_, [u8]>, Error> {
    let coding = request.headers.get("content-encoding").unwrap_or_default();
    let bytes = match coding {
        "gzip" | "x-gzip" => Cow::Owned(unpack(&request.body)?),
        _ => Cow::Borrowed(request.body.as_slice()),
    };
    if bytes.len() > limits::BODY_BYTES {
        return Err(too_large());
    }
    Ok(bytes)
}

/// 413.
pub fn too_large() -> Error {
    Error::new(
        "RequestEntityTooLarge",
        413,
        "The request is larger than what is taken.",
    )
}

/// Unpacks gzip.
///
/// # Errors
/// `SerializationException`, 400, for what is not gzip; `RequestEntityTooLarge`, 413, for what becomes more than
/// [`limits::UNPACKED_BYTES`].
pub fn unpack(bytes: &[u8]) -> Result<Vec<u8>, Error> {
    let mut unpacked = Vec::new();
    let most = u64::try_from(limits::UNPACKED_BYTES).unwrap_or(u64::MAX);
    let read = MultiGzDecoder::new(bytes).take(most + 1).read_to_end(&mut unpacked);
    if read.is_err() {
        return Err(Error::new(
            "SerializationException",
            400,
            "The body is not well-formed gzip.",
        ));
    }
    if unpacked.len() > limits::UNPACKED_BYTES {
        return Err(too_large());
    }
    Ok(unpacked)
}

/// That the lines after a chunked body are those that `x-amz-trailer` names.
fn announced_trailers(request: &Request, trailers: &[(String, &str)]) -> Result<(), Error> {
    let names = request.headers.get("x-amz-trailer").unwrap_or_default().split(',');
    let names: Vec<String> = names.map(|name| name.trim().to_ascii_lowercase()).collect();
    let came = |name: &String| trailers.iter().any(|(trailer, _)| trailer.eq_ignore_ascii_case(name));
    if names.iter().all(|name| name.is_empty() || came(name)) {
        return Ok(());
    }
    let text =
        "The request contained trailing data that was not well-formed or did not conform to our published schema.";
    Err(Error::new("MalformedTrailerError", 400, text))
}

/// The bytes of an S3 request: out of their chunks, and, if `sums` says so, compared with every checksum among the headers.
/// (Completing a multipart upload has the object's checksums there, not the body's.)
///
/// # Errors
/// S3's: `EntityTooLarge`, `IncompleteBody`, `BadDigest`, `InvalidDigest`, `InvalidRequest`.
pub fn object(request: &Request, sums: bool) -> Result<Body<'_>, Error> {
    let chunked = chunks::is_chunked(request);
    let mut body = Body {
        bytes: Cow::Borrowed(request.body.as_slice()),
        trailers: Headers::new(),
        chunked,
    };
    if chunked {
        let chunks = chunks::parse(&request.body)?;
        let mut bytes = Vec::with_capacity(request.body.len());
        for chunk in &chunks.chunks {
            bytes.extend_from_slice(chunk.data);
        }
        let announced = request.headers.get("x-amz-decoded-content-length");
        if announced.is_some_and(|length| length.parse() != Ok(bytes.len())) {
            let message = "The request body terminated unexpectedly";
            return Err(Error::new("IncompleteBody", 400, message));
        }
        body.bytes = Cow::Owned(bytes);
        announced_trailers(request, &chunks.trailers)?;
        for (name, value) in chunks.trailers {
            body.trailers.push(name, value);
        }
    }
    if body.bytes.len() > stratus_model::limits::BLOB_BYTES {
        let message = "Your proposed upload exceeds the maximum allowed object size.";
        let most = stratus_model::limits::BLOB_BYTES;
        let error = Error::new("EntityTooLarge", 400, message).with("ProposedSize", body.bytes.len().to_string());
        return Err(error.with("MaxSizeAllowed", most.to_string()));
    }
    if sums {
        checksum::check(&request.headers, &body.bytes)?;
        checksum::check(&body.trailers, &body.bytes)?;
    }
    Ok(body)
}
