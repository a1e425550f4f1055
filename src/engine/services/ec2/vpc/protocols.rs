//! IP protocols as EC2 spells them: `tcp`, `udp`, `icmp`, `icmpv6`, a number, or `-1` for all.
//! Numbers: <https://www.iana.org/assignments/protocol-numbers/protocol-numbers.xhtml>

/// ICMP.
pub(crate) const ICMP: u8 = 1;
/// TCP.
pub(crate) const TCP: u8 = 6;
/// UDP.
pub(crate) const UDP: u8 = 17;
/// ICMP for IPv6.
pub(crate) const ICMPV6: u8 = 58;

/// A protocol from its name or number; the inner `None` = all. `None` for what is neither.
pub(super) fn read(text: &str) -> Option<Option<u8>> {
    match text.to_ascii_lowercase().as_str() {
        "-1" => Some(None),
        "icmp" => Some(Some(ICMP)),
        "tcp" => Some(Some(TCP)),
        "udp" => Some(Some(UDP)),
        "icmpv6" => Some(Some(ICMPV6)),
        number if number.bytes().all(|digit| digit.is_ascii_digit()) => number.parse().ok().map(Some),
        _ => None,
    }
}

/// As security groups show it: the four known ones by name, others by number.
pub(crate) fn name(protocol: Option<u8>) -> String {
    match protocol {
        None => "-1".into(),
        Some(ICMP) => "icmp".into(),
        Some(TCP) => "tcp".into(),
        Some(UDP) => "udp".into(),
        Some(ICMPV6) => "icmpv6".into(),
        Some(other) => other.to_string(),
    }
}

/// As network ACLs show it: always by number.
pub(super) fn number(protocol: Option<u8>) -> String {
    protocol.map_or("-1".into(), |number| number.to_string())
}

/// Whether the protocol has ports.
pub(crate) fn has_ports(protocol: Option<u8>) -> bool {
    matches!(protocol, Some(TCP | UDP))
}

/// Whether the protocol has types and codes.
pub(crate) fn has_types(protocol: Option<u8>) -> bool {
    matches!(protocol, Some(ICMP | ICMPV6))
}
