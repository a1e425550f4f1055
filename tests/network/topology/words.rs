//! Words of a topology's lines: numbers, ports, protocols, options.

use super::Fault;

/// The word after this one.
pub fn option<'a>(words: &[&'a str], name: &str) -> Option<&'a str> {
    let place = words.iter().position(|word| *word == name)?;
    words.get(place + 1).copied()
}

pub fn parse<T: std::str::FromStr>(text: &str) -> Result<T, Fault> {
    text.parse().map_err(|_| format!("'{text}' cannot be read here"))
}

/// `all` is `None`.
pub fn protocol_number(text: &str) -> Result<Option<u8>, Fault> {
    match text {
        "all" => Ok(None),
        "tcp" => Ok(Some(6)),
        "udp" => Ok(Some(17)),
        "icmp" => Ok(Some(1)),
        "icmpv6" => Ok(Some(58)),
        number => parse(number).map(Some),
    }
}

/// `443`, `1024-65535`, `*`.
pub fn ports(text: Option<&str>) -> Result<Option<(u16, u16)>, Fault> {
    match text {
        None | Some("*") => Ok(None),
        Some(text) => {
            let (low, high) = text.split_once('-').unwrap_or((text, text));
            Ok(Some((parse(low)?, parse(high)?)))
        }
    }
}
