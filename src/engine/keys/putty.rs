//! PuTTY's format for private keys, version 2, unencrypted
//! (<https://the.earth.li/~sgtatham/putty/0.80/htmldoc/AppendixC.html>).

use super::{der, openssh, rsa::RsaPrivate};
use hmac::{Hmac, Mac};
use sha1::{Digest, Sha1};

/// The private numbers of an RSA key.
pub(super) fn private_rsa(key: &RsaPrivate) -> Vec<u8> {
    let mut bytes = Vec::new();
    for number in key.putty_numbers() {
        openssh::put_number(&mut bytes, &number);
    }
    bytes
}

/// The private number of an ED25519 key: little-endian, so that its needless zeros stand last.
pub(super) fn private_ed25519(seed: &[u8; 32]) -> Vec<u8> {
    let length = seed.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
    let mut bytes = Vec::new();
    openssh::put_string(&mut bytes, &seed[..length]);
    bytes
}

/// The file: what it is, both halves, and a code over all of it that tells damage.
pub(super) fn ppk(algorithm: &str, public: &[u8], private: &[u8], comment: &str) -> String {
    const ENCRYPTION: &str = "none";
    let mut signed = Vec::new();
    for part in [
        algorithm.as_bytes(),
        ENCRYPTION.as_bytes(),
        comment.as_bytes(),
        public,
        private,
    ] {
        openssh::put_string(&mut signed, part);
    }
    let key = Sha1::digest(b"putty-private-key-file-mac-key");
    let mut code = <Hmac<Sha1> as hmac::digest::KeyInit>::new(&padded(&key).into());
    code.update(&signed);
    let code: String = code
        .finalize()
        .into_bytes()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let public = der::base64_lines(public, 64);
    let private = der::base64_lines(private, 64);
    format!(
        "PuTTY-User-Key-File-2: {algorithm}\nEncryption: {ENCRYPTION}\nComment: {comment}\nPublic-Lines: {}\n{public}\
         Private-Lines: {}\n{private}Private-MAC: {code}\n",
        public.lines().count(),
        private.lines().count(),
    )
}

/// HMAC takes shorter keys as if zeros followed up to the block size; this form of the constructor cannot fail.
fn padded(key: &[u8]) -> [u8; 64] {
    std::array::from_fn(|at| key.get(at).copied().unwrap_or_default())
}
