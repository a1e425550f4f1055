//! Types and classes of records by name and number, as BIND's programs know them
//! (<https://www.iana.org/assignments/dns-parameters/dns-parameters.xhtml>).

const KINDS: &[(u16, &str)] = &[
    (1, "A"),
    (2, "NS"),
    (3, "MD"),
    (4, "MF"),
    (5, "CNAME"),
    (6, "SOA"),
    (7, "MB"),
    (8, "MG"),
    (9, "MR"),
    (10, "NULL"),
    (11, "WKS"),
    (12, "PTR"),
    (13, "HINFO"),
    (14, "MINFO"),
    (15, "MX"),
    (16, "TXT"),
    (17, "RP"),
    (18, "AFSDB"),
    (19, "X25"),
    (20, "ISDN"),
    (21, "RT"),
    (22, "NSAP"),
    (23, "NSAP-PTR"),
    (24, "SIG"),
    (25, "KEY"),
    (26, "PX"),
    (27, "GPOS"),
    (28, "AAAA"),
    (29, "LOC"),
    (30, "NXT"),
    (31, "EID"),
    (32, "NIMLOC"),
    (33, "SRV"),
    (34, "ATMA"),
    (35, "NAPTR"),
    (36, "KX"),
    (37, "CERT"),
    (38, "A6"),
    (39, "DNAME"),
    (40, "SINK"),
    (41, "OPT"),
    (42, "APL"),
    (43, "DS"),
    (44, "SSHFP"),
    (45, "IPSECKEY"),
    (46, "RRSIG"),
    (47, "NSEC"),
    (48, "DNSKEY"),
    (49, "DHCID"),
    (50, "NSEC3"),
    (51, "NSEC3PARAM"),
    (52, "TLSA"),
    (53, "SMIMEA"),
    (55, "HIP"),
    (56, "NINFO"),
    (57, "RKEY"),
    (58, "TALINK"),
    (59, "CDS"),
    (60, "CDNSKEY"),
    (61, "OPENPGPKEY"),
    (62, "CSYNC"),
    (63, "ZONEMD"),
    (64, "SVCB"),
    (65, "HTTPS"),
    (66, "DSYNC"),
    (67, "HHIT"),
    (68, "BRID"),
    (99, "SPF"),
    (100, "UINFO"),
    (101, "UID"),
    (102, "GID"),
    (103, "UNSPEC"),
    (104, "NID"),
    (105, "L32"),
    (106, "L64"),
    (107, "LP"),
    (108, "EUI48"),
    (109, "EUI64"),
    (249, "TKEY"),
    (250, "TSIG"),
    (251, "IXFR"),
    (252, "AXFR"),
    (253, "MAILB"),
    (254, "MAILA"),
    (255, "ANY"),
    (256, "URI"),
    (257, "CAA"),
    (258, "AVC"),
    (259, "DOA"),
    (260, "AMTRELAY"),
    (261, "RESINFO"),
    (262, "WALLET"),
    (32768, "TA"),
    (32769, "DLV"),
];
const CLASSES: &[(u16, &str)] = &[(1, "IN"), (3, "CH"), (4, "HS"), (254, "NONE"), (255, "ANY")];

/// The type that a word names, in capitals; `TYPE65` is `HTTPS`.
pub(super) fn kind(word: &str) -> Option<String> {
    let upper = word.to_ascii_uppercase();
    match KINDS.iter().any(|(_, name)| *name == upper) {
        true => Some(upper),
        false => numbered(&upper, "TYPE").map(|code| named(KINDS, "TYPE", code)),
    }
}

/// The number of a type.
pub(super) fn number(kind: &str) -> u16 {
    let known = KINDS.iter().find(|(_, name)| *name == kind);
    known.map_or_else(|| numbered(kind, "TYPE").unwrap_or(0), |(code, _)| *code)
}

/// The class that a word names.
pub(super) fn class(word: &str) -> Option<u16> {
    let upper = word.to_ascii_uppercase();
    let known = CLASSES.iter().find(|(_, name)| *name == upper);
    match known {
        Some((code, _)) => Some(*code),
        None => numbered(&upper, "CLASS"),
    }
}

/// How a class is written.
pub(super) fn class_name(code: u16) -> String {
    named(CLASSES, "CLASS", code)
}

/// The number of `TYPE65`, `CLASS3` (RFC 3597 §5).
fn numbered(upper: &str, prefix: &str) -> Option<u16> {
    let digits = upper.strip_prefix(prefix)?;
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|_| plain)
}

fn named(known: &[(u16, &str)], prefix: &str, code: u16) -> String {
    let found = known.iter().find(|(number, _)| *number == code);
    found.map_or_else(|| format!("{prefix}{code}"), |(_, name)| (*name).to_owned())
}
