//! UUIDs as text. Where the bytes come from, and which version they say, is the caller's to decide.

/// `8-4-4-4-12` hexadecimal digits in small letters, written without the machinery of formats: every answer of an endpoint has one.
pub fn text(bytes: [u8; 16]) -> String {
    let mut text = String::with_capacity(36);
    for (at, byte) in bytes.into_iter().enumerate() {
        if matches!(at, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        for half in [byte >> 4, byte & 15] {
            text.push(char::from(half + if half < 10 { b'0' } else { b'a' - 10 }));
        }
    }
    text
}

/// The same bytes with a version's four bits, and the two of the variant that all UUIDs of today have (RFC 9562).
pub fn of_version(version: u8, mut bytes: [u8; 16]) -> [u8; 16] {
    let [_, _, _, _, _, _, six, _, eight, ..] = &mut bytes;
    *six = *six & 0x0f | version << 4;
    *eight = *eight & 0x3f | 0x80;
    bytes
}

/// The first sixteen bytes of a hash.
pub fn of_hash(hash: &[u8]) -> [u8; 16] {
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(hash).for_each(|(byte, drawn)| *byte = *drawn);
    bytes
}
