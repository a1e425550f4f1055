//! SHA-256, HMAC and hexadecimal digits.

use crate::scope::Scope;
use hmac::digest::KeyInit;
use hmac::{Hmac, Mac};
use sha1::Sha1;
use sha2::{Digest, Sha256};

/// The hash of nothing.
pub const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// In small letters.
pub fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('0');
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
        .collect()
}

pub fn sha256(bytes: &[u8]) -> String {
    if bytes.is_empty() {
        return EMPTY.to_string();
    }
    hex(&Sha256::digest(bytes))
}

pub fn hmac(key: &[u8], text: &str) -> Vec<u8> {
    mac::<Hmac<Sha256>>(key, text)
}

/// Signature Version 2's.
pub fn hmac_sha1(key: &[u8], text: &str) -> Vec<u8> {
    mac::<Hmac<Sha1>>(key, text)
}

fn mac<M: Mac + KeyInit>(key: &[u8], text: &str) -> Vec<u8> {
    // A key of any length is a key.
    match <M as KeyInit>::new_from_slice(key) {
        Ok(mut mac) => {
            mac.update(text.as_bytes());
            mac.finalize().into_bytes().to_vec()
        }
        Err(_) => Vec::new(),
    }
}

/// The key that signs within a scope.
pub fn signing_key(secret: &str, scope: &Scope) -> Vec<u8> {
    let day = hmac(format!("AWS4{secret}").as_bytes(), &scope.date);
    let region = hmac(&day, &scope.region);
    let service = hmac(&region, &scope.service);
    hmac(&service, &scope.terminator)
}

/// Compares without telling by its time where the two differ.
pub fn same(one: &str, other: &str) -> bool {
    one.len() == other.len() && one.bytes().zip(other.bytes()).fold(0, |all, (a, b)| all | (a ^ b)) == 0
}
