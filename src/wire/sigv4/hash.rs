//! SHA-256, HMAC and hexadecimal digits.

use crate::scope::Scope;
use hmac::digest::KeyInit;
use hmac::{Hmac, Mac};
use sha1::Sha1;
use sha2::{Digest, Sha256};
use std::cell::RefCell;

/// The hash of nothing.
pub const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// In small letters.
pub fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from(value + if value < 10 { b'0' } else { b'a' - 10 });
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(digit(byte >> 4));
        text.push(digit(byte & 15));
    }
    text
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

/// Signing keys that are remembered.
const KEYS: usize = 8;

/// What a signing key follows from, the terminator apart, which is always the same.
struct Signs {
    secret: String,
    date: String,
    region: String,
    service: String,
}

thread_local! {
    /// A client signs a day's calls with a few keys, and each costs four HMACs: a fifth of all that a small call takes.
    static KNOWN: RefCell<Vec<(Signs, Vec<u8>)>> = const { RefCell::new(Vec::new()) };
}

/// The key that signs within a scope.
pub fn signing_key(secret: &str, scope: &Scope) -> Vec<u8> {
    if scope.terminator != "aws4_request" {
        return derived(secret, scope);
    }
    KNOWN.with_borrow_mut(|known| {
        let same = |(signs, _): &&(Signs, Vec<u8>)| {
            signs.date == scope.date
                && signs.service == scope.service
                && signs.region == scope.region
                && signs.secret == secret
        };
        if let Some((_, key)) = known.iter().find(same) {
            return key.clone();
        }
        let key = derived(secret, scope);
        if known.len() >= KEYS {
            known.remove(0);
        }
        let signs = Signs {
            secret: secret.to_owned(),
            date: scope.date.clone(),
            region: scope.region.clone(),
            service: scope.service.clone(),
        };
        known.push((signs, key.clone()));
        key
    })
}

fn derived(secret: &str, scope: &Scope) -> Vec<u8> {
    let day = hmac(format!("AWS4{secret}").as_bytes(), &scope.date);
    let region = hmac(&day, &scope.region);
    let service = hmac(&region, &scope.service);
    hmac(&service, &scope.terminator)
}

/// Compares without telling by its time where the two differ.
pub fn same(one: &str, other: &str) -> bool {
    one.len() == other.len() && one.bytes().zip(other.bytes()).fold(0, |all, (a, b)| all | (a ^ b)) == 0
}
