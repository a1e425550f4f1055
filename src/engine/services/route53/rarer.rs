//! Values of the types that are rarely met: DS, NAPTR, SSHFP, TLSA, SVCB, HTTPS. Codes and words are ours in Route 53's form.
//! <https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html>

use super::values::{host, number, strings};
use crate::dns::name::Fault;

/// Why a value cannot be one of this type.
pub(super) fn fault(record_type: &str, value: &str) -> Option<Fault> {
    match record_type {
        // Key tag, algorithm, digest type, digest: SHA-1, SHA-256, SHA-384.
        "DS" => numbers_and_hex(
            value,
            &[65_535, 255, 255],
            [
                "DSRRDATANotFourFields",
                "DSRRDATAIllegalNumber",
                "DSRRDATAIllegalDigest",
            ],
            |numbers| match numbers {
                [.., 1] => Some(40),
                [.., 2] => Some(64),
                [.., 4] => Some(96),
                _ => None,
            },
        ),
        // Algorithm, fingerprint type, fingerprint: SHA-1, SHA-256.
        "SSHFP" => numbers_and_hex(
            value,
            &[255, 255],
            [
                "SSHFPRRDATANotThreeFields",
                "SSHFPRRDATAIllegalNumber",
                "SSHFPRRDATAIllegalFingerprint",
            ],
            |numbers| match numbers {
                [.., 1] => Some(40),
                [.., 2] => Some(64),
                _ => None,
            },
        ),
        // Usage, selector, matching type, certificate data: in full, SHA-256, SHA-512.
        "TLSA" => numbers_and_hex(
            value,
            &[255, 255, 255],
            [
                "TLSARRDATANotFourFields",
                "TLSARRDATAIllegalNumber",
                "TLSARRDATAIllegalCertificateData",
            ],
            |numbers| match numbers {
                [.., 1] => Some(64),
                [.., 2] => Some(128),
                _ => None,
            },
        ),
        "NAPTR" => naptr(value),
        _ => service(value),
    }
}

/// Decimal numbers and then hexadecimal digits: how many may follow from the numbers. `codes`: too few fields, a number
/// that is none, digits that are none.
fn numbers_and_hex(
    value: &str,
    most: &[u64],
    codes: [&'static str; 3],
    digits: impl Fn(&[u64]) -> Option<usize>,
) -> Option<Fault> {
    let [few, illegal, hex] = codes;
    let fields: Vec<&str> = value.split_ascii_whitespace().collect();
    let (numbers, rest) = fields.split_at_checked(most.len()).unwrap_or((&[], &[]));
    if numbers.is_empty() || rest.is_empty() {
        return Some(Fault::new(few, "Value has too few fields", value));
    }
    if numbers.iter().zip(most).any(|(text, most)| !number(text, *most)) {
        return Some(Fault::new(
            illegal,
            "Value has a field that is not a number in its range",
            value,
        ));
    }
    let numbers: Vec<u64> = numbers.iter().filter_map(|text| text.parse().ok()).collect();
    let length: usize = rest.iter().map(|part| part.len()).sum();
    let plain = rest.iter().all(|part| part.bytes().all(|b| b.is_ascii_hexdigit()));
    let fits = digits(&numbers).is_none_or(|wanted| wanted == length) && length.is_multiple_of(2);
    (!plain || !fits).then(|| {
        Fault::new(
            hex,
            "Value does not end in the hexadecimal digits that its type wants",
            value,
        )
    })
}

/// Order, preference, flags, service, regular expression (the three in quotation marks), replacement.
fn naptr(value: &str) -> Option<Fault> {
    let few = || {
        Some(Fault::new(
            "NAPTRRRDATANotSixFields",
            "Value is not two numbers, three quoted strings and a domain name",
            value,
        ))
    };
    let Some((order, rest)) = value.trim().split_once(' ') else {
        return few();
    };
    let Some((preference, rest)) = rest.trim_start().split_once(' ') else {
        return few();
    };
    let Some((quoted, replacement)) = rest.trim().rsplit_once(' ') else {
        return few();
    };
    if !number(order, 65_535) || !number(preference, 65_535) {
        return Some(Fault::new(
            "NAPTRRRDATAIllegalNumber",
            "Order and preference are not numbers from 0 to 65535",
            value,
        ));
    }
    if let Err(fault) = strings(quoted) {
        return Some(fault);
    }
    if replacement == "." { None } else { host(replacement) }
}

/// Priority, target, and parameters `key=value` where the priority is not 0 (an alias).
fn service(value: &str) -> Option<Fault> {
    let mut fields = value.split_ascii_whitespace();
    let (Some(priority), Some(target)) = (fields.next(), fields.next()) else {
        return Some(Fault::new(
            "SVCBRRDATANotTwoFields",
            "Value is not a priority and a target name",
            value,
        ));
    };
    if !number(priority, 32_767) {
        return Some(Fault::new(
            "SVCBRRDATAIllegalPriority",
            "Priority is not a number from 0 to 32767",
            value,
        ));
    }
    let parameters: Vec<&str> = fields.collect();
    let key = |text: &&str| {
        let key = text.split('=').next().unwrap_or_default();
        !key.is_empty()
            && key
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    if (priority == "0" && !parameters.is_empty()) || !parameters.iter().all(key) {
        return Some(Fault::new(
            "SVCBRRDATAIllegalParameters",
            "Parameters are not of the form key=value, or stand in an alias",
            value,
        ));
    }
    if target == "." { None } else { host(target) }
}
