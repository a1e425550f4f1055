//! What the values of records may be, type by type.
//! <https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html>
//!
//! Codes and words are Route 53's where they have been seen (names, addresses, strings); for fields of MX, SRV, CAA and
//! SOA they are ours in its form. Types that are rarely met are in `rarer`.

use super::rarer;
use crate::dns::name::{self, Fault};
use std::net::{Ipv4Addr, Ipv6Addr};

/// Most bytes of one character string (the DNS).
const STRING_BYTES: usize = 255;

/// Why a value cannot be one of this type.
pub(super) fn fault(record_type: &str, value: &str) -> Option<Fault> {
    match record_type {
        "A" => {
            let bad = value.parse::<Ipv4Addr>().is_err();
            bad.then(|| Fault::new("ARRDATAIllegalIPv4Address", "Value is not a valid IPv4 address", value))
        }
        "AAAA" => {
            let bad = value.parse::<Ipv6Addr>().is_err();
            bad.then(|| {
                Fault::new(
                    "AAAARRDATAIllegalIPv6Address",
                    "Value is not a valid IPv6 address",
                    value,
                )
            })
        }
        "CNAME" | "NS" | "PTR" => host(value),
        "MX" => mx(value),
        "SRV" => srv(value),
        "SOA" => soa(value),
        "CAA" => caa(value),
        "TXT" | "SPF" => strings(value).err(),
        "DS" | "NAPTR" | "SSHFP" | "TLSA" | "SVCB" | "HTTPS" => rarer::fault(record_type, value),
        _ => None,
    }
}

pub(super) fn host(value: &str) -> Option<Fault> {
    name::normal(value).err()
}

pub(super) fn number(text: &str, most: u64) -> bool {
    text.bytes().all(|b| b.is_ascii_digit()) && text.parse::<u64>().is_ok_and(|number| number <= most)
}

fn mx(value: &str) -> Option<Fault> {
    match value.split_ascii_whitespace().collect::<Vec<_>>().as_slice() {
        [priority, target] if number(priority, 65_535) => host(target),
        [_, _] => Some(Fault::new(
            "MXRRDATAIllegalPriority",
            "Priority is not a number from 0 to 65535",
            value,
        )),
        _ => Some(Fault::new(
            "MXRRDATANotTwoFields",
            "Value is not a priority and a domain name",
            value,
        )),
    }
}

fn srv(value: &str) -> Option<Fault> {
    match value.split_ascii_whitespace().collect::<Vec<_>>().as_slice() {
        [numbers @ .., target] if numbers.len() == 3 => {
            if numbers.iter().all(|text| number(text, 65_535)) {
                host(target)
            } else {
                Some(Fault::new(
                    "SRVRRDATAIllegalNumber",
                    "Priority, weight and port are not all numbers from 0 to 65535",
                    value,
                ))
            }
        }
        _ => Some(Fault::new(
            "SRVRRDATANotFourFields",
            "Value is not a priority, a weight, a port and a domain name",
            value,
        )),
    }
}

fn soa(value: &str) -> Option<Fault> {
    match value.split_ascii_whitespace().collect::<Vec<_>>().as_slice() {
        [server, mailbox, numbers @ ..] if numbers.len() == 5 => {
            let counted = numbers.iter().all(|text| number(text, u64::from(u32::MAX)));
            let illegal = || {
                Fault::new(
                    "SOARRDATAIllegalNumber",
                    "Serial, refresh, retry, expire and minimum are not all 32-bit numbers",
                    value,
                )
            };
            host(server)
                .or_else(|| host(mailbox))
                .or_else(|| (!counted).then(illegal))
        }
        _ => Some(Fault::new(
            "SOARRDATANotSevenFields",
            "Value is not two domain names and five numbers",
            value,
        )),
    }
}

fn caa(value: &str) -> Option<Fault> {
    let mut fields = value.splitn(3, ' ');
    let (Some(flags), Some(tag), Some(quoted)) = (fields.next(), fields.next(), fields.next()) else {
        return Some(Fault::new(
            "CAARRDATANotThreeFields",
            "Value is not flags, a tag and a quoted string",
            value,
        ));
    };
    if !number(flags, 255) {
        return Some(Fault::new(
            "CAARRDATAIllegalFlags",
            "Flags are not a number from 0 to 255",
            value,
        ));
    }
    if tag.is_empty() || !tag.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return Some(Fault::new(
            "CAARRDATAIllegalTag",
            "Tag is not made of letters and digits",
            value,
        ));
    }
    strings(quoted).err()
}

/// The quoted strings of a TXT value, blanks between them.
pub(super) fn strings(value: &str) -> Result<(), Fault> {
    let unquoted = || {
        Fault::new(
            "InvalidCharacterString",
            "Value should be enclosed in quotation marks",
            value,
        )
    };
    let mut rest = value.trim();
    if rest.is_empty() {
        return Err(unquoted());
    }
    while !rest.is_empty() {
        let inner = rest.strip_prefix('"').ok_or_else(unquoted)?;
        let (length, after) = string(inner, value)?.ok_or_else(unquoted)?;
        if length > STRING_BYTES {
            return Err(Fault::new("CharacterStringTooLong", "Value is too long", value));
        }
        // `"a""b"` is one string with a quotation mark too many, not two strings.
        if !after.is_empty() && !after.starts_with(' ') {
            return Err(unquoted());
        }
        rest = after.trim_start();
    }
    Ok(())
}

/// Bytes up to the closing quotation mark, and what follows it; `None` when there is none.
fn string<'v>(inner: &'v str, value: &str) -> Result<Option<(usize, &'v str)>, Fault> {
    let mut length = 0;
    let mut chars = inner.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return Ok(inner.get(at + 1..).map(|after| (length, after))),
            '\\' => {
                // `\"` and `\\`, or three octal digits.
                let next = chars.next().map(|(_, next)| next);
                if next.is_some_and(|next| next.is_ascii_digit()) {
                    chars.next();
                    chars.next();
                }
            }
            c if c.is_ascii_graphic() || c == ' ' => {}
            c => {
                let with = format!("{c}' in '{value}");
                return Err(Fault::new(
                    "UnsupportedCharacter",
                    "Value contains unsupported characters",
                    with,
                ));
            }
        }
        length += 1;
    }
    Ok(None)
}
