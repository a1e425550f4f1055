//! What a parameter tree may at most be, whatever the model says. Ours, so that nothing from outside can exhaust the
//! page; AWS has limits of its own that are narrower where they exist.

/// Structures, lists and maps inside each other. The deepest shape of the included services, an answer, nests 10.
pub const DEPTH: usize = 32;
/// Values in one input, containers included.
pub const VALUES: usize = 100_000;
/// Values in one answer, containers included: all of 10,000 instances, which have about 150 values each, fit.
pub const ANSWER_VALUES: usize = 4_000_000;
/// Bytes of one string.
pub const STRING_BYTES: usize = 1 << 20;
/// Bytes of one blob of an input: what the tools send at once, which cut larger objects into parts of so much.
pub const BLOB_BYTES: usize = 8 << 20;
/// Bytes of one blob of an answer: an object that was put together of parts.
pub const ANSWER_BLOB_BYTES: usize = 64 << 20;
/// Problems that one check reports; the rest are left out.
pub const PROBLEMS: usize = 100;
/// Characters of a wrong value that a problem shows.
pub const SHOWN_CHARACTERS: usize = 40;
