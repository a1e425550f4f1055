//! Signature Version 4: who signed a request, and signing. Version 2 too, where S3 still takes it ([`old_is_in`]).
//!
//! [`verify()`] takes a request as it came, the time, and a way to look secrets up; it answers who signed, or a refusal with the
//! code and the words of the service that was asked. It is pure: whose clock, which keys there are, and what an unsigned
//! request or an unknown key may do ([`Refused::kind`]), is the caller's to say.
//!
//! Sources: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html>,
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html>.

mod canonical;
mod form;
mod hash;
mod old;
mod refusal;
mod sign;
mod streaming;
mod verify;

pub use form::{form_sent, verify_form};
pub use hash::hex;
pub use old::is_in as old_is_in;
pub use refusal::{Kind, Refused, unknown_key, unsupported};
pub use sign::{Credentials, chunked, presign, sign};
pub use verify::{Clock, Secret, Signer, verify};
