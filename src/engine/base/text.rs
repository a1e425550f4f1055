//! Texts that every answer has many of, written digit by digit: with the machinery of formats an address alone takes seventeen
//! hundred instructions, and an instance's description has ten of them. Nothing here knows what it is for.

use std::net::Ipv4Addr;

/// `10.0.0.5`
pub fn ipv4(address: Ipv4Addr) -> String {
    let mut text = String::with_capacity(15);
    octets(address, '.', &mut text);
    text
}

/// Appends the four numbers of an address with a mark between them.
pub fn octets(address: Ipv4Addr, mark: char, text: &mut String) {
    for (place, octet) in address.octets().into_iter().enumerate() {
        if place > 0 {
            text.push(mark);
        }
        for unit in [100, 10].into_iter().filter(|unit| octet >= *unit) {
            text.push(char::from(b'0' + octet / unit % 10));
        }
        text.push(char::from(b'0' + octet % 10));
    }
}

/// Appends a whole number.
pub fn number(number: u64, text: &mut String) {
    padded(number, 1, text);
}

/// Appends a whole number with zeros before it, so that it has at least so many digits, of which there are twenty at most.
pub fn padded(number: u64, width: usize, text: &mut String) {
    let mut digits = [b'0'; 20];
    let mut rest = number;
    let mut length = 0;
    for digit in digits.iter_mut().rev() {
        *digit = b'0' + (rest % 10) as u8;
        rest /= 10;
        length += 1;
        if rest == 0 {
            break;
        }
    }
    let shown = digits.len().saturating_sub(length.max(width));
    let shown = digits.get(shown..).map(std::str::from_utf8);
    text.push_str(shown.and_then(Result::ok).unwrap_or_default());
}

/// A count with its thousands apart, as people read it: `55,000`.
pub fn thousands(count: u64) -> String {
    let mut digits = String::new();
    number(count, &mut digits);
    apart(&digits)
}

/// The same for a whole number that is written already, with its sign: `-55,000`.
pub fn apart(number: &str) -> String {
    let (sign, digits) = number.split_at(usize::from(number.starts_with('-')));
    let mut text = String::with_capacity(number.len() + digits.len() / 3);
    text.push_str(sign);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A text as it stands between tags of XML and HTML.
pub fn marked_up(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The beginning of a text, so many bytes of it at most.
pub fn beginning(text: &str, most: usize) -> &str {
    let end = (0..=most.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    text.get(..end.unwrap_or(0)).unwrap_or_default()
}

/// `02:0a:ff`: bytes as pairs of hexadecimal digits.
pub fn pairs(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 3);
    for (place, byte) in bytes.iter().enumerate() {
        if place > 0 {
            text.push(':');
        }
        for half in [byte >> 4, byte & 15] {
            text.push(char::from_digit(half.into(), 16).unwrap_or('0'));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_what_formats_write() {
        for address in [[0, 0, 0, 0], [10, 0, 200, 5], [255, 255, 255, 255], [1, 20, 109, 99]].map(Ipv4Addr::from) {
            assert_eq!(ipv4(address), address.to_string());
        }
        for given in [0, 7, 10, 12_345, u64::MAX] {
            let mut text = String::new();
            number(given, &mut text);
            padded(given, 12, &mut text);
            assert_eq!(text, format!("{given}{given:012}"));
        }
        assert_eq!(pairs(&[2, 10, 255]), "02:0a:ff");
    }

    #[test]
    fn thousands_stand_apart() {
        for (number, text) in [("0", "0"), ("-999", "-999"), ("1000", "1,000"), ("-55000", "-55,000")] {
            assert_eq!(apart(number), text);
        }
        assert_eq!(thousands(u64::MAX), "18,446,744,073,709,551,615");
    }

    #[test]
    fn what_would_be_a_tag_is_none() {
        assert_eq!(marked_up("<a> & \"b\""), "&lt;a&gt; &amp; \"b\"");
    }

    #[test]
    fn a_beginning_ends_between_letters() {
        assert_eq!(
            (beginning("aä", 2), beginning("aä", 3), beginning("a", 9)),
            ("a", "aä", "a")
        );
    }
}
