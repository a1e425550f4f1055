//! What a certificate in PEM says of itself: from when and until when it is valid; and how many a revocation list names.
//! Nothing more is read, and no signature is judged.

use crate::base::time::Time;
use base64::prelude::{BASE64_STANDARD, Engine as _};

/// What is read of a certificate.
pub(super) struct Certificate {
    /// Its bytes.
    pub(super) der: Vec<u8>,
    /// From when on it is valid.
    pub(super) from: Time,
    /// Until when.
    pub(super) until: Time,
}

const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
const END: &str = "-----END CERTIFICATE-----";
const BEGIN_LIST: &str = "-----BEGIN X509 CRL-----";
const END_LIST: &str = "-----END X509 CRL-----";
const SEQUENCE: u8 = 0x30;
const INTEGER: u8 = 0x02;
const VERSION: u8 = 0xa0;
const UTC_TIME: u8 = 0x17;
const GENERALIZED_TIME: u8 = 0x18;

/// The certificates of a text in PEM; `None` where one of them is none, or there is none.
pub(super) fn all(text: &str) -> Option<Vec<Certificate>> {
    blocks(text, BEGIN, END)?.into_iter().map(read).collect()
}

/// What stands between such lines, one block after the other and nothing else; `None` where that is not so, or there is none.
fn blocks(text: &str, begin: &str, end: &str) -> Option<Vec<Vec<u8>>> {
    let mut rest = text.trim();
    let mut found = Vec::new();
    while !rest.is_empty() {
        let inside = rest.strip_prefix(begin)?;
        let (body, after) = inside.split_once(end)?;
        let letters: String = body.chars().filter(|c| !c.is_whitespace()).collect();
        found.push(BASE64_STANDARD.decode(letters).ok()?);
        rest = after.trim_start();
    }
    (!found.is_empty()).then_some(found)
}

/// How many certificates the revocation lists of a text in PEM name; `None` where one of them is none, or there is none.
/// Source: RFC 5280, 5.1.
pub(super) fn revoked(text: &str) -> Option<usize> {
    let lists = blocks(text, BEGIN_LIST, END_LIST)?;
    lists.iter().map(|der| entries(der)).sum()
}

/// The entries of a revocation list: version, algorithm, issuer, this update, next update, then they.
fn entries(der: &[u8]) -> Option<usize> {
    let (tag, whole, rest) = item(der)?;
    let (inner, mut body, _) = item(whole)?;
    if tag != SEQUENCE || inner != SEQUENCE || !rest.is_empty() {
        return None;
    }
    if let Some((INTEGER, _, after)) = item(body) {
        body = after;
    }
    for _ in [(); 2] {
        let (tag, _, after) = item(body)?;
        body = (tag == SEQUENCE).then_some(after)?;
    }
    let (tag, this_update, after) = item(body)?;
    time(tag, this_update)?;
    body = after;
    if let Some((UTC_TIME | GENERALIZED_TIME, _, after)) = item(body) {
        body = after;
    }
    let Some((SEQUENCE, mut list, _)) = item(body) else {
        return Some(0);
    };
    let mut count = 0;
    while !list.is_empty() {
        let (tag, _, after) = item(list)?;
        list = (tag == SEQUENCE).then_some(after)?;
        count += 1;
    }
    Some(count)
}

/// The one certificate of a text in PEM.
pub(super) fn one(text: &str) -> Option<Certificate> {
    let mut found = all(text)?;
    let certificate = found.pop()?;
    found.is_empty().then_some(certificate)
}

fn read(der: Vec<u8>) -> Option<Certificate> {
    let (from, until) = {
        let (tag, whole, rest) = item(&der)?;
        let (inner, mut body, _) = item(whole)?;
        if tag != SEQUENCE || inner != SEQUENCE || !rest.is_empty() {
            return None;
        }
        let (tag, _, after) = item(body)?;
        if tag == VERSION {
            body = after;
        }
        // Serial number, algorithm, issuer.
        for wanted in [INTEGER, SEQUENCE, SEQUENCE] {
            let (tag, _, after) = item(body)?;
            if tag != wanted {
                return None;
            }
            body = after;
        }
        let (tag, validity, _) = item(body)?;
        let (first, from, rest) = item(validity)?;
        let (second, until, _) = item(rest)?;
        if tag != SEQUENCE {
            return None;
        }
        (time(first, from)?, time(second, until)?)
    };
    Some(Certificate { der, from, until })
}

/// The first item of some DER: tag, content, what follows.
fn item(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (tag, rest) = bytes.split_first()?;
    let (first, mut rest) = rest.split_first()?;
    let mut length = usize::from(*first);
    if length >= 0x80 {
        let count = length & 0x7f;
        if !(1..=4).contains(&count) {
            return None;
        }
        let (digits, after) = rest.split_at_checked(count)?;
        length = digits.iter().fold(0, |length, digit| length << 8 | usize::from(*digit));
        rest = after;
    }
    let (content, after) = rest.split_at_checked(length)?;
    Some((*tag, content, after))
}

/// `YYMMDDHHMMSSZ` (years before 50 are of this century), or with four digits of the year.
fn time(tag: u8, content: &[u8]) -> Option<Time> {
    let text = std::str::from_utf8(content).ok()?.strip_suffix('Z')?;
    let full = match tag {
        UTC_TIME if text.len() == 12 => {
            let century = if text < "50" { "20" } else { "19" };
            format!("{century}{text}")
        }
        GENERALIZED_TIME if text.len() == 14 => text.to_owned(),
        _ => return None,
    };
    let part = |from: usize, to: usize| full.get(from..to).unwrap_or_default();
    let iso = format!(
        "{}-{}-{}T{}:{}:{}Z",
        part(0, 4),
        part(4, 6),
        part(6, 8),
        part(8, 10),
        part(10, 12),
        part(12, 14)
    );
    stratus_model::time::parse(&iso).map(Time)
}
