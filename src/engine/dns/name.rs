//! Domain names in the one form that all of Stratus keeps them in: lower case, final dot, and every byte but
//! `a-z 0-9 - _` as an octal escape (`\052` for the asterisk), as Route 53's answers have them.
//! <https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DomainNameFormat.html>
//!
//! Nothing here panics, whatever the text.

use crate::base::limits::{DNS_LABEL_BYTES, DNS_NAME_BYTES};
use std::fmt;
use std::iter::Peekable;
use std::str::Chars;

/// Why a text is no domain name, in Route 53's form of saying it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// `DomainLabelEmpty`, …
    pub code: &'static str,
    /// What that means.
    pub words: &'static str,
    /// What it was met with.
    pub with: String,
}

impl Fault {
    /// A fault of this code.
    pub fn new(code: &'static str, words: &'static str, with: impl Into<String>) -> Fault {
        Fault {
            code,
            words,
            with: with.into(),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "FATAL problem: {} ({}) encountered with '{}'",
            self.code, self.words, self.with
        )
    }
}

/// The root of all names.
pub const ROOT: &str = ".";

/// The normal form of a name; a missing final dot is added. `.` is the root.
pub fn normal(text: &str) -> Result<String, Fault> {
    if text == ROOT {
        return Ok(ROOT.into());
    }
    let (mut out, mut label) = (String::with_capacity(text.len() + 1), Vec::new());
    let mut bytes = 1;
    let mut chars = text.chars().peekable();
    while chars.peek().is_some() {
        // One label, up to its dot or the end.
        while let Some(c) = chars.next() {
            match c {
                '.' => break,
                '\\' => label.push(escaped(&mut chars)?),
                c if c.is_ascii_graphic() => label.push(c.to_ascii_lowercase() as u8),
                c => {
                    return Err(Fault::new(
                        "UnsupportedCharacter",
                        "Value contains unsupported characters",
                        c,
                    ));
                }
            }
        }
        if label.is_empty() {
            return Err(Fault::new("DomainLabelEmpty", "Domain label is empty", text));
        }
        let length = label.len();
        bytes += length + 1;
        for byte in label.drain(..) {
            match byte {
                b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' => out.push(byte as char),
                _ => out.push_str(&format!("\\{byte:03o}")),
            }
        }
        out.push('.');
        if length > DNS_LABEL_BYTES {
            let with = out.trim_end_matches('.').rsplit('.').next().unwrap_or_default();
            return Err(Fault::new("DomainLabelTooLong", "Domain label is too long", with));
        }
    }
    if out.is_empty() {
        return Err(Fault::new("DomainLabelEmpty", "Domain label is empty", text));
    }
    if bytes > DNS_NAME_BYTES {
        return Err(Fault::new("DomainNameTooLong", "Domain name is too long", text));
    }
    Ok(out)
}

/// The byte of `\ooo`, whose backslash has been read. Letters are lower case, however they are written.
fn escaped(chars: &mut impl Iterator<Item = char>) -> Result<u8, Fault> {
    let digits: String = chars.take(3).collect();
    let octal = digits.len() == 3 && digits.bytes().all(|b| (b'0'..=b'7').contains(&b));
    octal
        .then(|| u8::from_str_radix(&digits, 8).ok())
        .flatten()
        .map(|byte| byte.to_ascii_lowercase())
        .ok_or_else(|| {
            Fault::new(
                "UnsupportedCharacter",
                "Value contains unsupported characters",
                format!("\\{digits}"),
            )
        })
}

/// The digits of an escape whose backslash has been read: three at most, none for an escaped character.
pub(super) fn digits(chars: &mut Peekable<Chars<'_>>) -> String {
    (0..3).map_while(|_| chars.next_if(char::is_ascii_digit)).collect()
}

/// The labels of a name in normal form, the leftmost first; none for the root.
pub fn labels(name: &str) -> impl DoubleEndedIterator<Item = &str> {
    name.trim_end_matches('.').split('.').filter(|label| !label.is_empty())
}

/// The name as Route 53 sorts it: labels reversed, final dot (`com.example.www.`).
pub fn reversed(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for label in labels(name).rev() {
        out.push_str(label);
        out.push('.');
    }
    out
}

/// Whether a name is that of a zone or lies below it.
pub fn within(name: &str, zone: &str) -> bool {
    zone == ROOT
        || name
            .strip_suffix(zone)
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// The name without its leftmost label; `None` for the root.
pub fn parent(name: &str) -> Option<&str> {
    match name.split_once('.') {
        Some((_, "")) if name != ROOT => Some(ROOT),
        Some((_, rest)) if !rest.is_empty() => Some(rest),
        _ => None,
    }
}

/// The name and all that it lies below, the longest first, without the root.
pub fn ancestry(name: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(name), |name| parent(name)).filter(|name| *name != ROOT)
}

/// The wildcard of a domain.
pub fn wildcard(domain: &str) -> String {
    format!("\\052.{domain}")
}

/// The name as a sentence has it: as people read it, and without the final dot.
pub fn said(name: &str) -> String {
    let mut out = shown(name);
    if out.len() > 1 && out.ends_with('.') {
        out.pop();
    }
    out
}

/// The name as people read it: escapes resolved where they can be shown.
pub fn shown(name: &str) -> String {
    spelt(name, |byte| {
        let plain = byte.is_ascii_graphic() && byte != b'.';
        plain.then(|| char::from(byte).to_string())
    })
}

/// The name with its escapes spelt otherwise; those that `how` has nothing for stay.
pub fn spelt(name: &str, how: impl Fn(u8) -> Option<String>) -> String {
    let mut out = String::with_capacity(name.len());
    let mut rest = name;
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before);
        let byte = after.get(..3).and_then(|digits| u8::from_str_radix(digits, 8).ok());
        match byte.and_then(&how) {
            Some(text) => {
                out.push_str(&text);
                rest = after.get(3..).unwrap_or_default();
            }
            None => {
                out.push('\\');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn names_have_one_form() {
        // The rules of "DNS domain name format".
        for (given, wanted) in [
            ("WWW.Example.COM", "www.example.com."),
            ("www.example.com.", "www.example.com."),
            ("*.example.com", "\\052.example.com."),
            ("\\052.example.com", "\\052.example.com."),
            ("@.example.com", "\\100.example.com."),
            ("\\101b.c", "ab.c."),
            ("a\\056b.c", "a\\056b.c."),
            ("_sip._tcp.example.com", "_sip._tcp.example.com."),
            (".", "."),
        ] {
            assert_eq!(normal(given).unwrap(), wanted, "{given}");
            assert_eq!(normal(wanted).unwrap(), wanted, "{wanted}");
        }
        let long = "a".repeat(64);
        for (given, code) in [
            ("", "DomainLabelEmpty"),
            ("a..b", "DomainLabelEmpty"),
            (".a", "DomainLabelEmpty"),
            ("a b", "UnsupportedCharacter"),
            ("münchen.de", "UnsupportedCharacter"),
            ("a\\9", "UnsupportedCharacter"),
            (long.as_str(), "DomainLabelTooLong"),
            (&"abcdefghi.".repeat(26), "DomainNameTooLong"),
        ] {
            assert_eq!(normal(given).unwrap_err().code, code, "{given}");
        }
    }

    #[test]
    fn names_take_apart() {
        assert_eq!(reversed("www.example.com."), "com.example.www.");
        assert_eq!(reversed("."), "");
        assert!(within("www.example.com.", "example.com."));
        assert!(within("example.com.", "example.com."));
        assert!(!within("notexample.com.", "example.com."));
        assert!(within("com.", "."));
        let all: Vec<&str> = ancestry("a.b.c.").collect();
        assert_eq!(all, ["a.b.c.", "b.c.", "c."]);
        assert_eq!(ancestry(".").count(), 0);
        assert_eq!(shown("\\052.example.com."), "*.example.com.");
        assert_eq!(shown("a\\056b."), "a\\056b.");
        assert_eq!(shown("\\9"), "\\9");
        assert_eq!(said("\\052.example.com."), "*.example.com");
        assert_eq!(said("."), ".");
    }
}
