//! OpenSSH's formats: the wire encoding of public keys (RFC 4253, RFC 8709), lines of authorized_keys, and unencrypted
//! private keys ("openssh-key-v1"). Readers take anything and answer None.

use super::der;
use base64::prelude::{BASE64_STANDARD, Engine as _};
use sha2::{Digest, Sha256};

pub(super) const RSA: &str = "ssh-rsa";
pub(super) const ED25519: &str = "ssh-ed25519";

/// Adds a string: its length in four bytes, then itself.
pub(super) fn put_string(bytes: &mut Vec<u8>, string: &[u8]) {
    bytes.extend((string.len() as u32).to_be_bytes());
    bytes.extend_from_slice(string);
}

/// Adds a non-negative number ("mpint").
pub(super) fn put_number(bytes: &mut Vec<u8>, number: &[u8]) {
    let number = der::unsigned(number);
    // Zero has no digits here, unlike in DER.
    put_string(bytes, if number == [0] { &[] } else { &number });
}

/// Takes the next string off `input`.
pub(super) fn take_string<'a>(input: &mut &'a [u8]) -> Option<&'a [u8]> {
    let (length, rest) = input.split_first_chunk::<4>()?;
    let (string, rest) = rest.split_at_checked(u32::from_be_bytes(*length) as usize)?;
    *input = rest;
    Some(string)
}

/// Takes the next number, which must not be negative, off `input`; without leading zeros.
pub(super) fn take_number<'a>(input: &mut &'a [u8]) -> Option<&'a [u8]> {
    let number = take_string(input)?;
    if number.first().is_some_and(|first| first & 0x80 != 0) {
        return None;
    }
    let start = number.iter().position(|byte| *byte != 0).unwrap_or(number.len());
    Some(&number[start..])
}

/// An ED25519 public key in wire encoding.
pub(super) fn ed25519_blob(public: &[u8; 32]) -> Vec<u8> {
    let mut blob = Vec::new();
    put_string(&mut blob, ED25519.as_bytes());
    put_string(&mut blob, public);
    blob
}

/// "ssh-rsa AAAA… comment"; nothing after the key where the comment is empty.
pub(super) fn public_line(algorithm: &str, blob: &[u8], comment: &str) -> String {
    let key = BASE64_STANDARD.encode(blob);
    if comment.is_empty() {
        format!("{algorithm} {key}")
    } else {
        format!("{algorithm} {key} {comment}")
    }
}

/// The algorithm and the wire encoding of a line of authorized_keys that begins with the algorithm.
pub(super) fn read_line(line: &str) -> Option<(&str, Vec<u8>)> {
    let mut words = line.split_ascii_whitespace();
    let (algorithm, key) = (words.next()?, words.next()?);
    Some((algorithm, BASE64_STANDARD.decode(key).ok()?))
}

/// An unencrypted ED25519 private key.
pub(super) fn private_ed25519(seed: &[u8; 32], public: &[u8; 32], comment: &str) -> String {
    let blob = ed25519_blob(public);
    // Two equal numbers tell a reader that decryption worked. Any will do; this one follows from the key.
    let hash = Sha256::digest(seed);
    let check = &hash[..4];
    let mut secret = [check, check].concat();
    put_string(&mut secret, ED25519.as_bytes());
    put_string(&mut secret, public);
    put_string(&mut secret, &[&seed[..], public].concat());
    put_string(&mut secret, comment.as_bytes());
    // Padding 1, 2, 3… to the block size, 8 without a cipher.
    secret.extend((1..8).take((8 - secret.len() % 8) % 8));

    let mut bytes = b"openssh-key-v1\0".to_vec();
    put_string(&mut bytes, b"none");
    put_string(&mut bytes, b"none");
    put_string(&mut bytes, b"");
    bytes.extend(1_u32.to_be_bytes());
    put_string(&mut bytes, &blob);
    put_string(&mut bytes, &secret);
    der::pem("OPENSSH PRIVATE KEY", &bytes, 70)
}
