//! ImportKeyPair: reads what a learner has, and says what is wrong with what EC2 would not take.
//!
//! EC2 takes RSA of 1024, 2048 and 4096 bits, and ED25519, in OpenSSH's format, RFC 4716, or DER in base64
//! (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/create-key-pairs.html#how-to-generate-your-own-key-and-import-it-to-aws>).

use super::{
    KeyType, colon_hex,
    der::{self, PublicInfo},
    openssh,
    rsa::RsaPublic,
    sha256_base64,
};
use md5::{Digest, Md5};
use std::fmt;

/// The longest material that is looked at; the longest that is valid has about 3 KB.
pub const MAX_IMPORT_BYTES: usize = 16 * 1024;

/// A public key that somebody brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedKey {
    pub key_type: KeyType,
    /// "ssh-rsa AAAA…", without a comment.
    pub public_openssh: String,
    /// KeyFingerprint of an imported key: RSA is the MD5 of the public key in DER, ED25519 the SHA-256 in base64 with
    /// padding (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/verify-keys.html>).
    pub fingerprint: String,
}

/// Why a key is not taken. EC2's answer to all of them is [`KeyProblem::CODE`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyProblem {
    /// Not a public key in any of the formats.
    Malformed,
    /// The private half: it must stay at home.
    PrivateKey,
    /// A key of another kind, such as DSA or ECDSA.
    UnsupportedAlgorithm(String),
    /// RSA with this many bits.
    UnsupportedSize(usize),
}

impl KeyProblem {
    /// The API's error code.
    pub const CODE: &'static str = "InvalidKey.Format";
}

impl fmt::Display for KeyProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key is not in valid OpenSSH public key format")?;
        match self {
            KeyProblem::Malformed => Ok(()),
            KeyProblem::PrivateKey => f.write_str(": this is a private key, which must never be sent to anybody"),
            KeyProblem::UnsupportedAlgorithm(name) => {
                write!(f, ": {name} keys are not supported, only RSA and ED25519")
            }
            KeyProblem::UnsupportedSize(bits) => {
                write!(
                    f,
                    ": RSA keys of {bits} bits are not supported, only 1024, 2048 and 4096"
                )
            }
        }
    }
}

impl std::error::Error for KeyProblem {}

/// Reads a public key: OpenSSH's line, RFC 4716, PEM, DER, or DER in base64.
pub fn import(material: &[u8]) -> Result<ImportedKey, KeyProblem> {
    if material.len() > MAX_IMPORT_BYTES {
        return Err(KeyProblem::Malformed);
    }
    if let Some(info) = der::read_public(material) {
        return from_info(info);
    }
    let text = std::str::from_utf8(material).map_err(|_| KeyProblem::Malformed)?.trim();
    if text.contains("PRIVATE KEY") || text.starts_with("PuTTY-User-Key-File") {
        return Err(KeyProblem::PrivateKey);
    }
    if text.starts_with("---- BEGIN SSH2 PUBLIC KEY ----") {
        return from_rfc4716(text);
    }
    if let Some(body) = der::armoured(text, "-----BEGIN PUBLIC KEY-----", "-----END PUBLIC KEY-----") {
        return from_base64(body);
    }
    if text.lines().count() == 1
        && let Some((algorithm, blob)) = openssh::read_line(text)
    {
        return from_blob(&blob, Some(algorithm));
    }
    from_base64(text)
}

fn from_base64(text: &str) -> Result<ImportedKey, KeyProblem> {
    let bytes = der::loose_base64(text).ok_or(KeyProblem::Malformed)?;
    from_info(der::read_public(&bytes).ok_or(KeyProblem::Malformed)?)
}

/// Lines "Header: value", which a backslash continues, then base64.
fn from_rfc4716(text: &str) -> Result<ImportedKey, KeyProblem> {
    let body = der::armoured(text, "---- BEGIN SSH2 PUBLIC KEY ----", "---- END SSH2 PUBLIC KEY ----")
        .ok_or(KeyProblem::Malformed)?;
    let (mut key, mut in_header) = (String::new(), false);
    for line in body.lines() {
        in_header |= line.contains(':');
        if in_header {
            in_header = line.trim_end().ends_with('\\');
        } else {
            key.push_str(line.trim());
        }
    }
    from_blob(&der::loose_base64(&key).ok_or(KeyProblem::Malformed)?, None)
}

/// A key in wire encoding, which names its algorithm; a line of OpenSSH's names it a second time.
fn from_blob(blob: &[u8], named: Option<&str>) -> Result<ImportedKey, KeyProblem> {
    let mut rest = blob;
    let algorithm = openssh::take_string(&mut rest).and_then(|name| std::str::from_utf8(name).ok());
    let algorithm = algorithm.filter(|algorithm| named.is_none_or(|named| named == *algorithm));
    match algorithm.ok_or(KeyProblem::Malformed)? {
        openssh::RSA => from_rsa(&RsaPublic::from_blob(blob).ok_or(KeyProblem::Malformed)?),
        openssh::ED25519 => {
            let public = openssh::take_string(&mut rest)
                .filter(|_| rest.is_empty())
                .ok_or(KeyProblem::Malformed)?;
            from_ed25519(public)
        }
        name if is_algorithm(name) => Err(KeyProblem::UnsupportedAlgorithm(name.to_string())),
        _ => Err(KeyProblem::Malformed),
    }
}

/// Whether a name is one that OpenSSH gives to algorithms, so that it may stand in a message.
fn is_algorithm(name: &str) -> bool {
    let known = ["ssh-", "ecdsa-", "sk-"].iter().any(|prefix| name.starts_with(prefix));
    known && name.len() <= 64 && name.bytes().all(|byte| byte.is_ascii_graphic())
}

fn from_info(info: PublicInfo<'_>) -> Result<ImportedKey, KeyProblem> {
    match info {
        PublicInfo::Rsa { modulus, exponent } => {
            from_rsa(&RsaPublic::new(modulus, exponent).ok_or(KeyProblem::Malformed)?)
        }
        PublicInfo::Ed25519(public) => from_ed25519(public),
        PublicInfo::Dsa => Err(KeyProblem::UnsupportedAlgorithm("DSA".to_string())),
        PublicInfo::Other => Err(KeyProblem::UnsupportedAlgorithm("other".to_string())),
    }
}

fn from_rsa(key: &RsaPublic) -> Result<ImportedKey, KeyProblem> {
    if ![1024, 2048, 4096].contains(&key.bits()) {
        return Err(KeyProblem::UnsupportedSize(key.bits()));
    }
    Ok(ImportedKey {
        key_type: KeyType::Rsa,
        public_openssh: openssh::public_line(openssh::RSA, &key.to_blob(), ""),
        fingerprint: colon_hex(&Md5::digest(key.to_der())),
    })
}

fn from_ed25519(public: &[u8]) -> Result<ImportedKey, KeyProblem> {
    let blob = openssh::ed25519_blob(public.try_into().map_err(|_| KeyProblem::Malformed)?);
    Ok(ImportedKey {
        key_type: KeyType::Ed25519,
        public_openssh: openssh::public_line(openssh::ED25519, &blob, ""),
        fingerprint: sha256_base64(&blob),
    })
}
