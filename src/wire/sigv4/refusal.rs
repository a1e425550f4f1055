//! Why a signature is refused, in the words of the service that was asked. One table for all of them.
//!
//! Sources: the "Common error types" of the API references; "Error responses" of S3; messages as users quote them.
//! *Ours*: a clock that is off is `RequestTimeTooSkewed` with every service, as S3 calls it; AWS's other services have several
//! names for it (`SignatureDoesNotMatch`, `InvalidSignatureException`, EC2's `RequestExpired`), of which SDKs treat all the same.

use crate::error::Error;
use crate::limits::SKEW_SECONDS;
use crate::message::{Codec, Speech};

/// What is wrong with a signature.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// There is none: an operation or a bucket that is open to all may still be asked for.
    Unsigned,
    /// Nobody has this access key, or not with this session token.
    UnknownKey,
    /// It is not of this request, or was not made with this key's secret.
    Mismatch,
    /// The request's time is too far from the clock.
    Skewed,
    /// A presigned address whose time is over.
    Expired,
    /// It cannot be read.
    Incomplete,
    /// The body is not the one that was signed.
    Body,
}

/// A request that is not taken as anybody's.
#[derive(Clone, Debug, PartialEq)]
pub struct Refused {
    pub kind: Kind,
    /// Who claims to have signed, where that can be read.
    pub access_key: Option<String>,
    pub error: Error,
}

/// The four ways in which AWS's services speak of signatures.
#[derive(Clone, Copy, PartialEq)]
enum Dialect {
    S3,
    Ec2,
    Xml,
    Json,
}

fn dialect(speech: &Speech) -> Dialect {
    match speech.codec {
        _ if speech.is_s3() => Dialect::S3,
        Codec::Ec2Query => Dialect::Ec2,
        Codec::Query | Codec::RestXml => Dialect::Xml,
        Codec::RestJson | Codec::Json10 | Codec::Json11 | Codec::Cbor => Dialect::Json,
    }
}

fn refused(
    kind: Kind,
    access_key: Option<&str>,
    (code, status): (&'static str, u16),
    message: impl Into<String>,
) -> Refused {
    Refused {
        kind,
        access_key: access_key.map(str::to_string),
        error: Error::new(code, status, message),
    }
}

pub fn unsigned(speech: &Speech) -> Refused {
    let (code, message) = match dialect(speech) {
        Dialect::S3 => (("AccessDenied", 403), "Access Denied"),
        Dialect::Ec2 | Dialect::Xml => (
            ("MissingAuthenticationToken", 403),
            "Request is missing Authentication Token",
        ),
        Dialect::Json => (
            ("MissingAuthenticationTokenException", 400),
            "Missing Authentication Token",
        ),
    };
    refused(Kind::Unsigned, None, code, message)
}

pub fn unknown_key(speech: &Speech, access_key: &str, has_token: bool) -> Refused {
    const INVALID: &str = "The security token included in the request is invalid.";
    let (code, message) = match dialect(speech) {
        Dialect::S3 if has_token => (
            ("InvalidToken", 400),
            "The provided token is malformed or otherwise invalid.",
        ),
        Dialect::S3 => (
            ("InvalidAccessKeyId", 403),
            "The AWS Access Key Id you provided does not exist in our records.",
        ),
        Dialect::Ec2 => (
            ("AuthFailure", 401),
            "AWS was not able to validate the provided access credentials",
        ),
        Dialect::Xml => (("InvalidClientTokenId", 403), INVALID),
        Dialect::Json => (("UnrecognizedClientException", 400), INVALID),
    };
    let mut refused = refused(Kind::UnknownKey, Some(access_key), code, message);
    if code.0 == "InvalidAccessKeyId" {
        refused.error = refused.error.with("AWSAccessKeyId", access_key);
    }
    refused
}

/// What was signed here, for S3 to show.
pub struct Shown<'a> {
    pub signature: &'a str,
    pub string_to_sign: &'a str,
    pub canonical_request: &'a str,
}

pub fn mismatch(speech: &Speech, access_key: &str, shown: &Shown<'_>) -> Refused {
    const CHECK: &str = "The request signature we calculated does not match the signature you provided. Check your AWS Secret \
                         Access Key and signing method. Consult the service documentation for details.";
    let (code, message) = match dialect(speech) {
        Dialect::S3 => (
            ("SignatureDoesNotMatch", 403),
            "The request signature we calculated does not match the signature you provided. Check your key and signing \
             method.",
        ),
        Dialect::Ec2 | Dialect::Xml => (("SignatureDoesNotMatch", 403), CHECK),
        Dialect::Json => (("InvalidSignatureException", 400), CHECK),
    };
    let mut refused = refused(Kind::Mismatch, Some(access_key), code, message);
    if dialect(speech) == Dialect::S3 {
        let bytes = |text: &str| {
            let bytes: Vec<String> = text.bytes().map(|byte| format!("{byte:02x}")).collect();
            bytes.join(" ")
        };
        refused.error = refused
            .error
            .with("AWSAccessKeyId", access_key)
            .with("StringToSign", shown.string_to_sign)
            .with("SignatureProvided", shown.signature)
            .with("StringToSignBytes", bytes(shown.string_to_sign));
        if !shown.canonical_request.is_empty() {
            refused.error = refused
                .error
                .with("CanonicalRequest", shown.canonical_request)
                .with("CanonicalRequestBytes", bytes(shown.canonical_request));
        }
    }
    refused
}

/// Moments as signatures write them: `20250303T090000Z`.
pub struct Times {
    pub request: String,
    pub now: String,
    /// The edge of what is taken.
    pub edge: String,
    pub early: bool,
    /// The two first ones in ISO 8601.
    pub request_iso: String,
    pub now_iso: String,
}

pub fn skewed(speech: &Speech, access_key: &str, times: &Times) -> Refused {
    let minutes = SKEW_SECONDS / 60;
    let (request, now, edge) = (&times.request, &times.now, &times.edge);
    let message = match dialect(speech) {
        Dialect::S3 => "The difference between the request time and the current time is too large.".to_string(),
        _ if times.early => {
            format!("Signature not yet current: {request} is still later than {edge} ({now} + {minutes} min.)")
        }
        _ => format!("Signature expired: {request} is now earlier than {edge} ({now} - {minutes} min.)"),
    };
    let status = if dialect(speech) == Dialect::Json { 400 } else { 403 };
    let mut refused = refused(
        Kind::Skewed,
        Some(access_key),
        ("RequestTimeTooSkewed", status),
        message,
    );
    if dialect(speech) == Dialect::S3 {
        refused.error = refused
            .error
            .with("RequestTime", request)
            .with("ServerTime", &times.now_iso)
            .with("MaxAllowedSkewMilliseconds", (SKEW_SECONDS * 1000).to_string());
    }
    refused
}

/// A presigned address of S3 whose time is still to come; `at`: when it begins, in milliseconds since 1970.
/// As users quote it: <https://github.com/minio/minio/issues/2638>.
pub fn not_yet(access_key: &str, at: i64, times: &Times) -> Refused {
    let code = ("AccessDenied", 403);
    let mut refused = refused(Kind::Skewed, Some(access_key), code, "Request is not yet valid");
    refused.error = refused
        .error
        .with("X-Amz-Date", at.to_string())
        .with("Expires", &times.request_iso)
        .with("ServerTime", &times.now_iso);
    refused
}

/// `edge` is the moment at which it was over.
pub fn expired(speech: &Speech, access_key: &str, times: &Times, seconds: i64) -> Refused {
    let (request, now, edge) = (&times.request, &times.now, &times.edge);
    let later = format!("Signature expired: {request} is now earlier than {edge} ({now} - {seconds} s.)");
    let (code, message) = match dialect(speech) {
        Dialect::S3 => (("AccessDenied", 403), "Request has expired".to_string()),
        Dialect::Ec2 => (("RequestExpired", 400), "Request has expired.".to_string()),
        Dialect::Xml => (("SignatureDoesNotMatch", 403), later),
        Dialect::Json => (("InvalidSignatureException", 400), later),
    };
    let mut refused = refused(Kind::Expired, Some(access_key), code, message);
    if dialect(speech) == Dialect::S3 {
        refused.error = refused
            .error
            .with("X-Amz-Expires", seconds.to_string())
            .with("Expires", &times.request_iso)
            .with("ServerTime", &times.now_iso);
    }
    refused
}

/// A header or a query that is no whole signature; `missing`: what it lacks.
pub fn incomplete(speech: &Speech, presigned: bool, missing: &[&str]) -> Refused {
    let (code, message) = match dialect(speech) {
        Dialect::S3 if presigned => (
            ("AuthorizationQueryParametersError", 400),
            "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, \
             X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters."
                .to_string(),
        ),
        Dialect::S3 => (
            ("AuthorizationHeaderMalformed", 400),
            format!("The authorization header is malformed; {}", lacks(missing)),
        ),
        Dialect::Ec2 | Dialect::Xml => (("IncompleteSignature", 400), lacks(missing)),
        Dialect::Json => (("IncompleteSignatureException", 400), lacks(missing)),
    };
    refused(Kind::Incomplete, None, code, message)
}

/// An `X-Amz-Expires` that is no number, or one that is not taken.
pub fn wrong_expires(seconds: Option<i64>) -> &'static str {
    match seconds {
        None => "X-Amz-Expires should be a number",
        Some(..0) => "X-Amz-Expires must be non-negative",
        Some(_) => {
            "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 \
             seconds"
        }
    }
}

fn lacks(missing: &[&str]) -> String {
    let sentences = missing.iter().map(|what| match what.strip_prefix('=') {
        Some(whole) => whole.to_string(),
        None => format!("Authorization header requires '{what}' parameter."),
    });
    sentences.collect::<Vec<_>>().join(" ")
}

/// A credential that is for something else than this request.
pub fn mis_scoped(speech: &Speech, access_key: &str, presigned: bool, message: &str) -> Refused {
    let (code, message) = match dialect(speech) {
        Dialect::S3 if presigned => (("AuthorizationQueryParametersError", 400), message.to_string()),
        Dialect::S3 => (
            ("AuthorizationHeaderMalformed", 400),
            format!("The authorization header is malformed; {message}"),
        ),
        Dialect::Ec2 | Dialect::Xml => (("SignatureDoesNotMatch", 403), message.to_string()),
        Dialect::Json => (("InvalidSignatureException", 400), message.to_string()),
    };
    refused(Kind::Mismatch, Some(access_key), code, message)
}

/// A way of signing that is not Signature Version 4.
pub fn unsupported(speech: &Speech) -> Refused {
    let message = "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.";
    match dialect(speech) {
        Dialect::S3 => refused(Kind::Incomplete, None, ("InvalidRequest", 400), message),
        _ => incomplete(speech, false, &["=Only AWS4-HMAC-SHA256 signatures are taken."]),
    }
}

/// A header that is no signature at all, as S3 says it: `Bearer …`.
pub fn no_signature(speech: &Speech, header: &str) -> Refused {
    if dialect(speech) != Dialect::S3 {
        return unsupported(speech);
    }
    let mut refused = refused(
        Kind::Incomplete,
        None,
        ("InvalidArgument", 400),
        "Unsupported Authorization Type",
    );
    let shown: String = header.chars().take(stratus_model::limits::SHOWN_CHARACTERS).collect();
    refused.error = refused
        .error
        .with("ArgumentName", "Authorization")
        .with("ArgumentValue", shown);
    refused
}

/// A form whose signature lacks a part.
pub fn no_form(error: Error) -> Refused {
    Refused {
        kind: Kind::Incomplete,
        access_key: None,
        error,
    }
}

/// `Authorization: AWS …` without a key or without a signature.
pub fn old_header(header: &str) -> Refused {
    let message = "AWS authorization header is invalid.  Expected AwsAccessKeyId:signature";
    let mut refused = refused(Kind::Incomplete, None, ("InvalidArgument", 400), message);
    let shown: String = header.chars().take(stratus_model::limits::SHOWN_CHARACTERS).collect();
    refused.error = refused
        .error
        .with("ArgumentName", "Authorization")
        .with("ArgumentValue", format!("AWS {shown}"));
    refused
}

/// `Authorization: AWS …` without a date.
pub fn old_date() -> Refused {
    let message = "AWS authentication requires a valid Date or x-amz-date header";
    refused(Kind::Incomplete, None, ("AccessDenied", 403), message)
}

/// An address of Signature Version 2 that lacks a part.
pub fn old_query() -> Refused {
    let message = "Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters";
    refused(Kind::Incomplete, None, ("AccessDenied", 403), message)
}

/// An address of Signature Version 2 whose end is no number.
pub fn old_expires(text: &str) -> Refused {
    let shown: String = text.chars().take(stratus_model::limits::SHOWN_CHARACTERS).collect();
    let message = format!("Invalid date (should be seconds since epoch): {shown}");
    refused(Kind::Incomplete, None, ("AccessDenied", 403), message)
}

/// An address of Signature Version 2 whose time is over.
pub fn old_expired(access_key: &str, times: &Times) -> Refused {
    let code = ("AccessDenied", 403);
    let mut refused = refused(Kind::Expired, Some(access_key), code, "Request has expired");
    refused.error = refused
        .error
        .with("Expires", &times.request_iso)
        .with("ServerTime", &times.now_iso);
    refused
}

/// S3's `x-amz-content-sha256` says another hash than the body has.
pub fn other_body(access_key: &str, claimed: &str, computed: &str) -> Refused {
    let message = "The provided 'x-amz-content-sha256' header does not match what was computed.";
    let mut refused = refused(
        Kind::Body,
        Some(access_key),
        ("XAmzContentSHA256Mismatch", 400),
        message,
    );
    refused.error = refused
        .error
        .with("ClientComputedContentSHA256", claimed)
        .with("S3ComputedContentSHA256", computed);
    refused
}

/// A body that cannot be taken apart, or a hash that is none.
pub fn broken_body(access_key: &str, error: Error) -> Refused {
    Refused {
        kind: Kind::Body,
        access_key: Some(access_key.to_string()),
        error,
    }
}
