//! Signature Version 4 as far as the world needs it: for links that are signed and opened in it, and for what `--debug` shows.
//! Requests from outside are judged in `wire`, by the same documentation; a test holds the two to the same answers.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html>

use super::time::Time;
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};

/// What a signature is good for: a moment, a Region, a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope<'a> {
    /// `20250303T090000Z`
    pub stamp: String,
    /// `us-east-1`
    pub region: &'a str,
    /// The signing name: `s3`.
    pub service: &'a str,
}

impl<'a> Scope<'a> {
    /// A scope that begins now.
    pub fn new(now: Time, region: &'a str, service: &'a str) -> Scope<'a> {
        let iso = now.iso8601();
        let digits = iso.get(..19).unwrap_or_default().chars();
        let digits: String = digits.filter(|c| !matches!(c, '-' | ':')).collect();
        Scope {
            stamp: format!("{digits}Z"),
            region,
            service,
        }
    }

    fn day(&self) -> &str {
        self.stamp.get(..8).unwrap_or_default()
    }

    /// `20250303/us-east-1/s3/aws4_request`
    pub fn text(&self) -> String {
        format!("{}/{}/{}/aws4_request", self.day(), self.region, self.service)
    }

    /// The text that is signed, for a canonical request.
    pub fn to_sign(&self, request: &str) -> String {
        let hashed = hash(request.as_bytes());
        format!("AWS4-HMAC-SHA256\n{}\n{}\n{hashed}", self.stamp, self.text())
    }

    /// The signature of [`Scope::to_sign`]'s text, with a secret access key.
    pub fn signature(&self, secret: &str, to_sign: &str) -> String {
        let mut key = format!("AWS4{secret}").into_bytes();
        for part in [self.day(), self.region, self.service, "aws4_request"] {
            key = mac(&key, part);
        }
        hexadecimal(&mac(&key, to_sign))
    }
}

fn mac(key: &[u8], text: &str) -> Vec<u8> {
    match Hmac::<Sha256>::new_from_slice(key) {
        Ok(mut mac) => {
            mac.update(text.as_bytes());
            mac.finalize().into_bytes().to_vec()
        }
        // HMAC takes keys of every length.
        Err(_) => Vec::new(),
    }
}

/// SHA-256 in hexadecimal.
pub fn hash(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Percent-encoding as signatures want it: all but letters, digits, `-._~` and what is safe besides.
pub fn encode(text: &str, safe: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        let c = char::from(byte);
        if c.is_ascii_alphanumeric() || "-._~".contains(c) || safe.contains(c) {
            out.push(c);
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// Whether a bucket's name can be a part of a host's that a certificate for `*.s3…` covers.
pub fn is_host_label(bucket: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    (3..=63).contains(&bucket.len())
        && bucket.chars().all(|c| plain(c) || c == '-')
        && bucket.starts_with(plain)
        && bucket.ends_with(plain)
}
