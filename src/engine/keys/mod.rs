//! Key pairs: made, imported, and written in the formats that ordinary tools open.
//!
//! Keys follow from the random numbers that the caller passes, so a world makes the same keys every time it is
//! replayed: **they are for simulation only and protect nothing.** RSA keys moreover share a small pool of primes
//! ([`primes`]). Their comments say so. Nothing here may read entropy, keep a private key, or fail on what a learner
//! pastes other than with a [`KeyProblem`].
//!
//! Why these formats are written here and not by a library: brotli bytes that a wasm of `opt-level = "s"` grows by,
//! measured, are 60,000 for `ssh-key` + `rsa` (20,000 for `ssh-key` alone, 17,500 for `num-bigint`, 15,000 for `pkcs1` +
//! `pkcs8`), and 22,000 for this module with all it uses (`crypto-bigint` 3,400, `ed25519-dalek` 6,500). The whole program
//! may have 600,000. A pair takes 4 ms (RSA) or 0.3 ms (ED25519) in a browser. In the tests, `ssh-key` and the recorded
//! answers of OpenSSL, OpenSSH and PuTTY check what is written here.

mod der;
mod import;
mod openssh;
mod password;
pub mod primes;
mod putty;
mod rsa;

pub use import::{ImportedKey, KeyProblem, MAX_IMPORT_BYTES, import};
pub use password::{PasswordProblem, decrypt_password, encrypt_password, windows_password};

use base64::prelude::{BASE64_STANDARD, Engine as _};
use ed25519_dalek::SigningKey;
use rand_chacha::rand_core::RngCore;
use serde::{Deserialize, Serialize};
use sha1::Sha1;
use sha2::{Digest, Sha256};

/// What the comments of private keys say.
pub const COMMENT: &str = "stratus-simulation-only";

/// KeyType of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum KeyType {
    Rsa,
    Ed25519,
}

impl KeyType {
    /// The word that the API uses.
    pub fn name(self) -> &'static str {
        match self {
            KeyType::Rsa => "rsa",
            KeyType::Ed25519 => "ed25519",
        }
    }

    /// The type that the API calls `name`.
    pub fn find(name: &str) -> Option<KeyType> {
        [KeyType::Rsa, KeyType::Ed25519]
            .into_iter()
            .find(|key_type| key_type.name() == name)
    }
}

/// A new key pair, both halves. Whoever made it shows the private half once and keeps the public one.
pub struct KeyMaterial(Private);

enum Private {
    Rsa(Box<rsa::RsaPrivate>),
    Ed25519 { seed: [u8; 32], public: [u8; 32] },
}

/// An ED25519 key pair from 32 random bytes.
pub fn ed25519(random: &mut impl RngCore) -> KeyMaterial {
    let mut seed = [0; 32];
    random.fill_bytes(&mut seed);
    let public = SigningKey::from_bytes(&seed).verifying_key().to_bytes();
    KeyMaterial(Private::Ed25519 { seed, public })
}

/// An RSA key pair of 2048 bits, from two primes of the pool.
pub fn rsa2048(random: &mut impl RngCore) -> KeyMaterial {
    KeyMaterial(Private::Rsa(Box::new(rsa::RsaPrivate::from_pool(random))))
}

/// A key pair of this type.
pub fn create(key_type: KeyType, random: &mut impl RngCore) -> KeyMaterial {
    match key_type {
        KeyType::Rsa => rsa2048(random),
        KeyType::Ed25519 => ed25519(random),
    }
}

impl KeyMaterial {
    pub fn key_type(&self) -> KeyType {
        match self.0 {
            Private::Rsa(_) => KeyType::Rsa,
            Private::Ed25519 { .. } => KeyType::Ed25519,
        }
    }

    /// The private key as CreateKeyPair gives it for the format "pem": RSA in PKCS#1, ED25519 in OpenSSH's format.
    /// PKCS#1 has no room for a comment, so a line after the key says what it is for; readers skip what is outside.
    pub fn private_pem(&self) -> String {
        match &self.0 {
            Private::Rsa(key) => {
                let pem = der::pem("RSA PRIVATE KEY", &key.to_pkcs1(), 64);
                format!("{pem}# {COMMENT}\n")
            }
            Private::Ed25519 { seed, public } => openssh::private_ed25519(seed, public, COMMENT),
        }
    }

    /// The private key as CreateKeyPair gives it for the format "ppk": version 2, which every PuTTY reads.
    #[inline(never)]
    pub fn private_ppk(&self) -> String {
        let private = match &self.0 {
            Private::Rsa(key) => putty::private_rsa(key),
            Private::Ed25519 { seed, .. } => putty::private_ed25519(seed),
        };
        putty::ppk(self.algorithm(), &self.public_blob(), &private, COMMENT)
    }

    /// "ssh-ed25519 AAAA… comment": a line of authorized_keys.
    pub fn public_openssh(&self, comment: &str) -> String {
        openssh::public_line(self.algorithm(), &self.public_blob(), comment)
    }

    /// KeyFingerprint of a key pair that EC2 made: RSA is the SHA-1 of the private key in PKCS#8 DER, ED25519 the SHA-256 of
    /// the public key in base64 with padding
    /// (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/verify-keys.html>).
    pub fn fingerprint(&self) -> String {
        match &self.0 {
            Private::Rsa(key) => colon_hex(&Sha1::digest(der::pkcs8_rsa(&key.to_pkcs1()))),
            Private::Ed25519 { .. } => sha256_base64(&self.public_blob()),
        }
    }

    fn algorithm(&self) -> &'static str {
        match self.0 {
            Private::Rsa(_) => openssh::RSA,
            Private::Ed25519 { .. } => openssh::ED25519,
        }
    }

    fn public_blob(&self) -> Vec<u8> {
        match &self.0 {
            Private::Rsa(key) => key.public().to_blob(),
            Private::Ed25519 { public, .. } => openssh::ed25519_blob(public),
        }
    }
}

/// The public half of a key in OpenSSH's format as PEM; `None` for one that is not RSA.
pub fn public_pem(openssh: &str) -> Option<String> {
    let (algorithm, blob) = openssh::read_line(openssh)?;
    let key = rsa::RsaPublic::from_blob(&blob).filter(|_| algorithm == openssh::RSA)?;
    Some(der::pem("PUBLIC KEY", &key.to_der(), 64))
}

pub(crate) fn colon_hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect::<Vec<_>>()
        .join(":")
}

fn sha256_base64(blob: &[u8]) -> String {
    BASE64_STANDARD.encode(Sha256::digest(blob))
}
