//! The little of ASN.1 DER, and its PEM armour, that keys need. Readers take anything and answer None.

use base64::prelude::{BASE64_STANDARD, Engine as _};

const INTEGER: u8 = 0x02;
const BIT_STRING: u8 = 0x03;
const OCTET_STRING: u8 = 0x04;
const SEQUENCE: u8 = 0x30;
/// AlgorithmIdentifier of rsaEncryption: 1.2.840.113549.1.1.1, NULL.
const RSA_ALGORITHM: &[u8] = &[
    0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00,
];
/// AlgorithmIdentifier of Ed25519: 1.3.101.112.
const ED25519_ALGORITHM: &[u8] = &[0x06, 0x03, 0x2b, 0x65, 0x70];
/// Object identifier of DSA: 1.2.840.10040.4.1.
const DSA_OBJECT: &[u8] = &[0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x38, 0x04, 0x01];

fn element(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len();
    let mut bytes = vec![tag];
    match length {
        0..=0x7f => bytes.push(length as u8),
        0x80..=0xff => bytes.extend([0x81, length as u8]),
        _ => bytes.extend([0x82, (length >> 8) as u8, length as u8]),
    }
    bytes.extend_from_slice(content);
    bytes
}

/// A non-negative INTEGER of these big-endian bytes.
fn integer(bytes: &[u8]) -> Vec<u8> {
    element(INTEGER, &unsigned(bytes))
}

/// The shortest two's complement of a non-negative number: no needless zeros, and one where the first bit is set.
pub(super) fn unsigned(bytes: &[u8]) -> Vec<u8> {
    let start = bytes.iter().position(|byte| *byte != 0).unwrap_or(bytes.len());
    let digits = &bytes[start..];
    let sign = digits.first().is_none_or(|first| first & 0x80 != 0);
    let mut number = vec![0; usize::from(sign)];
    number.extend_from_slice(digits);
    number
}

/// A SEQUENCE of non-negative INTEGERs: RSAPrivateKey and RSAPublicKey of PKCS#1 are this.
pub(super) fn integers(numbers: &[&[u8]]) -> Vec<u8> {
    element(
        SEQUENCE,
        &numbers.iter().flat_map(|number| integer(number)).collect::<Vec<_>>(),
    )
}

/// PrivateKeyInfo of PKCS#8 around an RSAPrivateKey.
pub(super) fn pkcs8_rsa(pkcs1: &[u8]) -> Vec<u8> {
    let parts = [
        integer(&[0]),
        element(SEQUENCE, RSA_ALGORITHM),
        element(OCTET_STRING, pkcs1),
    ];
    element(SEQUENCE, &parts.concat())
}

/// SubjectPublicKeyInfo around an RSAPublicKey.
pub(super) fn public_rsa(modulus: &[u8], exponent: &[u8]) -> Vec<u8> {
    let key = [&[0][..], &integers(&[modulus, exponent])].concat();
    element(
        SEQUENCE,
        &[element(SEQUENCE, RSA_ALGORITHM), element(BIT_STRING, &key)].concat(),
    )
}

/// Text armour with lines of this width.
pub(super) fn pem(label: &str, bytes: &[u8], width: usize) -> String {
    format!(
        "-----BEGIN {label}-----\n{}-----END {label}-----\n",
        base64_lines(bytes, width)
    )
}

/// Base64 in lines of this width, each ended.
pub(super) fn base64_lines(bytes: &[u8], width: usize) -> String {
    let mut text = String::new();
    for (at, digit) in BASE64_STANDARD.encode(bytes).chars().enumerate() {
        if at > 0 && at % width == 0 {
            text.push('\n');
        }
        text.push(digit);
    }
    text.push('\n');
    text
}

/// What stands between the first `begin` line and the `end` line after it.
pub(super) fn armoured<'a>(text: &'a str, begin: &str, end: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(begin)?;
    Some(rest.split_once(end)?.0)
}

/// Base64 with line breaks and blanks in it.
pub(super) fn loose_base64(text: &str) -> Option<Vec<u8>> {
    let digits: String = text.split_ascii_whitespace().collect();
    BASE64_STANDARD.decode(digits).ok()
}

/// Takes the next element, which must have this tag, off `input`; its content.
fn take<'a>(input: &mut &'a [u8], tag: u8) -> Option<&'a [u8]> {
    let (&found, rest) = input.split_first()?;
    let (&first, mut rest) = rest.split_first()?;
    let length = match first {
        0..=0x7f => usize::from(first),
        // A length of 0x80 is BER's "until an end mark", which DER does not have.
        0x81..=0x83 => {
            let (digits, after) = rest.split_at_checked(usize::from(first & 0x0f))?;
            rest = after;
            digits.iter().fold(0, |length, digit| length << 8 | usize::from(*digit))
        }
        _ => return None,
    };
    let (content, rest) = rest.split_at_checked(length)?;
    *input = rest;
    (found == tag).then_some(content)
}

/// A SEQUENCE of exactly `count` non-negative INTEGERs, without their leading zeros.
pub(super) fn read_integers(mut input: &[u8], count: usize) -> Option<Vec<&[u8]>> {
    let mut sequence = take(&mut input, SEQUENCE)?;
    let mut numbers = Vec::with_capacity(count);
    for _ in 0..count {
        let number = take(&mut sequence, INTEGER)?;
        if *number.first()? & 0x80 != 0 {
            return None;
        }
        let start = number.iter().position(|byte| *byte != 0).unwrap_or(number.len());
        numbers.push(&number[start..]);
    }
    (input.is_empty() && sequence.is_empty()).then_some(numbers)
}

/// A public key, as its format tells what it is.
pub(super) enum PublicInfo<'a> {
    Rsa { modulus: &'a [u8], exponent: &'a [u8] },
    Ed25519(&'a [u8]),
    Dsa,
    Other,
}

/// Reads SubjectPublicKeyInfo.
pub(super) fn read_public(mut input: &[u8]) -> Option<PublicInfo<'_>> {
    let mut info = take(&mut input, SEQUENCE)?;
    let algorithm = take(&mut info, SEQUENCE)?;
    let (unused, key) = take(&mut info, BIT_STRING)?.split_first()?;
    if !input.is_empty() || !info.is_empty() || *unused != 0 {
        return None;
    }
    Some(if algorithm == RSA_ALGORITHM {
        let numbers = read_integers(key, 2)?;
        PublicInfo::Rsa {
            modulus: numbers.first()?,
            exponent: numbers.get(1)?,
        }
    } else if algorithm == ED25519_ALGORITHM {
        PublicInfo::Ed25519(key)
    } else if algorithm.starts_with(DSA_OBJECT) {
        PublicInfo::Dsa
    } else {
        PublicInfo::Other
    })
}
