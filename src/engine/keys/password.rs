//! GetPasswordData: the administrator's password of a Windows instance, encrypted with the key pair's public half
//! (RSA, PKCS#1 v1.5, base64), and opened again with the private one.

use super::{
    der, openssh,
    rsa::{RsaPublic, power},
};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use rand_chacha::rand_core::RngCore;
use std::fmt;

/// Why a password cannot be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordProblem {
    /// Not an unencrypted RSA private key in PKCS#1 PEM: the format of CreateKeyPair, which is what the AWS CLI reads.
    NotARsaKey,
    /// Not something that was encrypted with this key's public half.
    WrongKey,
}

impl fmt::Display for PasswordProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            PasswordProblem::NotARsaKey => "this is not an unencrypted RSA private key in PEM format",
            PasswordProblem::WrongKey => "the password data was not encrypted for this key",
        })
    }
}

impl std::error::Error for PasswordProblem {}

/// A password as EC2Launch makes them: 32 characters, with at least one each of upper case, lower case, digit and symbol;
/// none that is easily misread.
pub fn windows_password(random: &mut impl RngCore) -> String {
    const KINDS: [&[u8]; 4] = [
        b"ABCDEFGHJKLMNPQRSTUVWXYZ",
        b"abcdefghijkmnopqrstuvwxyz",
        b"23456789",
        b"!$%&()*+-.=?@_",
    ];
    let all = KINDS.concat();
    let mut pick = |kind: &[u8]| char::from(kind[random.next_u32() as usize % kind.len()]);
    let mut password: Vec<char> = (0..28).map(|_| pick(&all)).collect();
    // One of each kind at a place of its own: every eighth.
    for (at, kind) in KINDS.iter().enumerate() {
        password.insert(at * 8, pick(kind));
    }
    password.into_iter().collect()
}

/// The password for whoever has the private half of this key (a line in OpenSSH's format), in base64. The padding is
/// random. None: not an RSA key that can be imported, or a password longer than it can take.
pub fn encrypt_password(public_openssh: &str, password: &str, random: &mut impl RngCore) -> Option<String> {
    let (_, blob) = openssh::read_line(public_openssh)?;
    let key = RsaPublic::from_blob(&blob)?;
    // 00 02, at least eight bytes that are not zero, 00, the message.
    let padding = (key.bits() / 8)
        .checked_sub(password.len() + 3)
        .filter(|length| *length >= 8)?;
    let mut message = vec![0, 2];
    message.extend((0..padding).map(|_| 1 + (random.next_u32() % 255) as u8));
    message.push(0);
    message.extend_from_slice(password.as_bytes());
    Some(BASE64_STANDARD.encode(key.apply(&message)?))
}

/// Opens a password with an RSA private key in PEM.
pub fn decrypt_password(private_pem: &str, encrypted: &str) -> Result<String, PasswordProblem> {
    let body = der::armoured(
        private_pem,
        "-----BEGIN RSA PRIVATE KEY-----",
        "-----END RSA PRIVATE KEY-----",
    );
    let pkcs1 = body.and_then(der::loose_base64).ok_or(PasswordProblem::NotARsaKey)?;
    // Version, modulus, public exponent, private exponent, and what only speeds the calculation up.
    let numbers = der::read_integers(&pkcs1, 9).ok_or(PasswordProblem::NotARsaKey)?;
    let &[version, modulus, _, exponent, ..] = numbers.as_slice() else {
        return Err(PasswordProblem::NotARsaKey);
    };
    if !version.is_empty() || ![128, 256, 512].contains(&modulus.len()) {
        return Err(PasswordProblem::NotARsaKey);
    }
    let encrypted = der::loose_base64(encrypted).ok_or(PasswordProblem::WrongKey)?;
    let message = power(&encrypted, exponent, modulus).ok_or(PasswordProblem::WrongKey)?;
    unpad(&message).ok_or(PasswordProblem::WrongKey)
}

fn unpad(message: &[u8]) -> Option<String> {
    let rest = message.strip_prefix(&[0, 2])?;
    let padding = rest.iter().position(|byte| *byte == 0).filter(|length| *length >= 8)?;
    String::from_utf8(rest.get(padding + 1..)?.to_vec()).ok()
}
