//! Sets of traffic as short words, and the ports that have names there. No world is known here.

use stratus_engine::network::protocol_text;
use stratus_engine::network::survey::traffic::Traffic;

/// Ports that AWS calls high risk when the world may reach them (EC2.19), and what is spoken there.
pub const RISKY: [(u16, &str); 24] = [
    (22, "SSH"),
    (3389, "RDP"),
    (3306, "MySQL"),
    (5432, "PostgreSQL"),
    (1433, "SQL Server"),
    (1434, "SQL Server"),
    (20, "FTP"),
    (21, "FTP"),
    (23, "Telnet"),
    (25, "SMTP"),
    (110, "POP3"),
    (135, "RPC"),
    (143, "IMAP"),
    (445, "SMB"),
    (3000, "web development"),
    (4333, "mSQL"),
    (5000, "web development"),
    (5500, "VNC"),
    (5601, "OpenSearch Dashboards"),
    (8080, "HTTP proxy"),
    (8088, "HTTP"),
    (8888, "HTTP"),
    (9200, "OpenSearch"),
    (9300, "OpenSearch"),
];

/// Ports that the world is meant to reach (EC2.18).
pub const MEANT: [(u16, &str); 2] = [(80, "HTTP"), (443, "HTTPS")];

// Protocols by their numbers.
pub const TCP: u8 = 6;
pub const UDP: u8 = 17;
pub const ICMP: u8 = 1;
pub const ICMPV6: u8 = 58;

/// Different packets that there are, as [`width`] counts them.
pub const ALL: u64 = 2 * 65_536 + 2 * 256 + 252;

/// Parts of a set that are said before the rest is counted.
const SAID: usize = 6;

/// A set in words: `tcp 22 (SSH), tcp 8000–8999, ping`; `everything`.
pub fn words(parts: &[Traffic]) -> String {
    if parts.iter().map(width).sum::<u64>() == ALL {
        return "everything".to_owned();
    }
    // What has ports first.
    let mut parts = parts.to_vec();
    stratus_model::sort::by_key(&mut parts, |part| (!matches!(part.protocols.0, TCP | UDP), *part));
    let mut said: Vec<String> = parts.iter().take(SAID).map(part_words).collect();
    let more: u64 = parts.iter().skip(SAID).map(width).sum();
    if more > 0 {
        said.push(format!("{more} ports more"));
    }
    said.join(", ")
}

fn part_words(part: &Traffic) -> String {
    match (part.protocols.0, part.ports) {
        (ICMP, (8, 8)) | (ICMPV6, (128, 128)) => "ping".to_owned(),
        (ICMP | ICMPV6, (0, 255)) => protocol_text(part.protocols.0),
        (TCP, (first, last)) if first == last => match service(first) {
            Some(name) => format!("{part} ({name})"),
            None => part.to_string(),
        },
        _ => part.to_string(),
    }
}

/// What is spoken on a TCP port.
pub fn service(port: u16) -> Option<&'static str> {
    let known = RISKY.iter().chain(&MEANT);
    let mut named = known.filter(|(own, _)| *own == port);
    named.next().map(|(_, name)| *name)
}

/// How many ports, ICMP types, or protocols without either.
pub fn width(part: &Traffic) -> u64 {
    match part.protocols {
        (TCP | UDP | ICMP | ICMPV6, _) => u64::from(part.ports.1 - part.ports.0) + 1,
        (first, last) => u64::from(last - first) + 1,
    }
}
