//! What a message may at most be. Ours, wide enough for what AWS's own tools send; so that nothing from outside can take more
//! memory or time than a few times its own size. The depth and the number of values are [`stratus_model::limits`]'.

/// Bytes of a body that is read as parameters (a form, XML, JSON, CBOR), after it is unpacked. An object's bytes have
/// [`stratus_model::limits::BLOB_BYTES`].
pub const BODY_BYTES: usize = 8 << 20;
/// Bytes of a body in JSON, which takes most memory to read: several of SQS's largest messages.
pub const JSON_BYTES: usize = 2 << 20;
/// Bytes of an answer that the client side reads: all of 10,000 instances fit.
pub const ANSWER_BYTES: usize = 256 << 20;
/// Bytes that a packed body may become.
pub const UNPACKED_BYTES: usize = BODY_BYTES;
/// Elements inside each other in XML, and steps in a parameter's name such as `Filter.1.Value.2`.
pub const DEPTH: usize = 48;
/// Elements of a body in XML, and parameters of a form.
pub const ELEMENTS: usize = 100_000;
/// Attributes of one element.
pub const ATTRIBUTES: usize = 16;
/// Elements of an answer in XML.
pub const ANSWER_ELEMENTS: usize = 8_000_000;
/// Bytes of a parameter's name in a form.
pub const NAME_BYTES: usize = 1_024;
/// The number in a parameter's name: `Filter.1000000`.
pub const LIST_INDEX: u32 = 1_000_000;
/// Chunks of a body in AWS's chunked form.
pub const CHUNKS: usize = 10_000;
/// Bytes of the line before a chunk, and of a line after the last one.
pub const CHUNK_LINE_BYTES: usize = 1_024;
/// Lines after the last chunk.
pub const TRAILERS: usize = 16;
/// Seconds that a signature's time may be off the clock. AWS: 15 minutes.
pub const SKEW_SECONDS: i64 = 900;
/// Seconds that a presigned address may be valid. AWS: 7 days.
pub const PRESIGNED_SECONDS: i64 = 604_800;
/// Bytes of the line that parts a form's fields. RFC 2046: 70.
pub const BOUNDARY_BYTES: usize = 70;
/// Bytes of a form's fields before its file. AWS: 20 KB.
pub const FORM_BYTES: usize = 20_000;
/// Fields of a form before its file.
pub const FORM_FIELDS: usize = 100;
