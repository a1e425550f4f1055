//! Checksums of objects: CRC-32, CRC-32C, CRC-64/NVME, SHA-1, SHA-256, SHA-512, MD5, in base64 as S3 shows them, and MD5 for
//! ETags. The xxHash family is not simulated.
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html>

use super::errors::invalid_request;
use crate::base::error::{Error, Result};
use crate::world::objects::Body;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use md5::{Digest, Md5};
use stratus_model::{Name, Structure, field};

/// The algorithms, with the members that carry their checksums and their checksums' bytes.
const ALGORITHMS: [(&str, Name, usize); 10] = [
    ("CRC32", field::CHECKSUM_CRC32, 4),
    ("CRC32C", field::CHECKSUM_CRC32_C, 4),
    ("CRC64NVME", field::CHECKSUM_CRC64_NVME, 8),
    ("SHA1", field::CHECKSUM_SHA1, 20),
    ("SHA256", field::CHECKSUM_SHA256, 32),
    ("SHA512", field::CHECKSUM_SHA512, 64),
    ("MD5", field::CHECKSUM_MD5, 16),
    ("XXHASH64", field::CHECKSUM_XXHASH64, 8),
    ("XXHASH3", field::CHECKSUM_XXHASH3, 8),
    ("XXHASH128", field::CHECKSUM_XXHASH128, 16),
];

/// MD5 as 32 hexadecimal digits: the ETag of what was put in one piece.
pub(super) fn md5(body: &[u8]) -> String {
    Md5::digest(body).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// [`md5()`] of bytes in pieces.
pub(super) fn md5_of(body: &Body) -> String {
    let sum = hash::<Md5>(body);
    sum.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn hash<D: Digest>(body: &Body) -> Vec<u8> {
    let mut digest = D::new();
    for piece in body.pieces() {
        digest.update(piece);
    }
    digest.finalize().to_vec()
}

/// Checks Content-MD5 against the body.
///
/// # Errors
/// `InvalidDigest` for what is no MD5; `BadDigest` for another body's.
pub(super) fn check_md5(params: &Structure, body: &[u8]) -> Result<()> {
    let Some(text) = params.text(field::CONTENT_MD5) else {
        return Ok(());
    };
    match BASE64.decode(text) {
        Ok(bytes) if bytes.len() == 16 && bytes[..] == Md5::digest(body)[..] => Ok(()),
        Ok(bytes) if bytes.len() == 16 => {
            let said = "The Content-MD5 you specified did not match what we received.";
            Err(Error::new("BadDigest", said)
                .at("ContentMD5")
                .detail("ExpectedDigest", text)
                .detail("CalculatedDigest", BASE64.encode(Md5::digest(body))))
        }
        _ => Err(
            Error::new("InvalidDigest", "The Content-MD5 you specified was invalid.")
                .at("ContentMD5")
                .detail("Content-MD5", text),
        ),
    }
}

/// The checksum that a call gives: algorithm and value.
///
/// # Errors
/// `InvalidRequest` for two of them, and for what cannot be one.
pub(super) fn asked(params: &Structure) -> Result<Option<(&'static str, &str)>> {
    let mut given = ALGORITHMS
        .iter()
        .filter_map(|(algorithm, name, size)| Some((*algorithm, params.text(*name)?, *size)));
    let Some((algorithm, value, size)) = given.next() else {
        return Ok(None);
    };
    if given.next().is_some() {
        let text = "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.";
        return Err(invalid_request(text));
    }
    // One of the parts' checksums ends in how many there are.
    let sum = value.split('-').next().unwrap_or_default();
    if BASE64.decode(sum).map_or(0, |bytes| bytes.len()) != size {
        let lower = algorithm.to_ascii_lowercase();
        return Err(invalid_request(format!(
            "Value for x-amz-checksum-{lower} header is invalid."
        )));
    }
    Ok(Some((algorithm, value)))
}

/// The checksum that bytes are kept with: the one that the call gives or asks for, else CRC-64/NVME.
///
/// # Errors
/// `BadDigest` where the call gives another; as [`asked`]; `NotImplemented`.
pub(super) fn choose(params: &Structure, body: &Body) -> Result<(String, String)> {
    let given = asked(params)?;
    let wanted = given
        .map(|(algorithm, _)| algorithm)
        .or(params.text(field::CHECKSUM_ALGORITHM));
    let algorithm = wanted.unwrap_or("CRC64NVME");
    let found = of(algorithm, body)?;
    match given {
        Some((_, value)) if value != found => {
            let text = format!("The {algorithm} you specified did not match the calculated checksum.");
            Err(Error::new("BadDigest", text))
        }
        _ => Ok((algorithm.to_owned(), found)),
    }
}

/// A checksum in base64.
///
/// # Errors
/// `NotImplemented`.
pub(super) fn of(algorithm: &str, body: &Body) -> Result<String> {
    Ok(BASE64.encode(match algorithm {
        "CRC32" => (crc(body, 0xedb8_8320, 32) as u32).to_be_bytes().to_vec(),
        "CRC32C" => (crc(body, 0x82f6_3b78, 32) as u32).to_be_bytes().to_vec(),
        "CRC64NVME" => crc(body, 0x9a6c_9329_ac4b_c9b5, 64).to_be_bytes().to_vec(),
        "SHA1" => hash::<sha1::Sha1>(body),
        "SHA256" => hash::<sha2::Sha256>(body),
        "SHA512" => hash::<sha2::Sha512>(body),
        "MD5" => hash::<Md5>(body),
        _ => return Err(unknown(algorithm)),
    }))
}

/// Whether an algorithm is simulated.
///
/// # Errors
/// `NotImplemented`.
pub(super) fn known(algorithm: &str) -> Result<()> {
    if algorithm.starts_with("XX") {
        return Err(unknown(algorithm));
    }
    Ok(())
}

fn unknown(algorithm: &str) -> Error {
    let text = format!("The checksum algorithm {algorithm} is not simulated.");
    Error::new("NotImplemented", text)
        .with_status(501)
        .at("ChecksumAlgorithm")
}

/// What a checksum is of.
pub(super) fn type_name(full: bool) -> &'static str {
    if full { "FULL_OBJECT" } else { "COMPOSITE" }
}

/// What the checksum of an object is of: one of the parts' ends in how many there are.
pub(super) fn kind(checksum: &(String, String)) -> &'static str {
    type_name(!checksum.1.contains('-'))
}

/// Puts a checksum into an answer, with what it is of.
pub(super) fn show(answer: Structure, checksum: &(String, String)) -> Structure {
    show_value(answer, checksum).with(field::CHECKSUM_TYPE, kind(checksum))
}

/// Puts a checksum alone into an answer.
pub(super) fn show_value(answer: Structure, checksum: &(String, String)) -> Structure {
    let (algorithm, value) = checksum;
    match ALGORITHMS.iter().find(|(known, _, _)| known == algorithm) {
        Some((_, name, _)) => answer.with(*name, value.as_str()),
        None => answer,
    }
}

/// CRC-32 of bytes in one piece.
pub(super) fn crc32(bytes: &[u8]) -> u32 {
    crc(&Body::from(bytes), 0xedb8_8320, 32) as u32
}

/// A reflected CRC of up to 64 bits with all ones before and after.
fn crc(body: &Body, polynomial: u64, bits: u32) -> u64 {
    let ones = if bits == 64 { u64::MAX } else { (1 << bits) - 1 };
    let mut table = [0u64; 256];
    for (byte, entry) in (0u64..).zip(table.iter_mut()) {
        *entry = (0..8).fold(byte, |value, _| {
            (value >> 1) ^ if value & 1 == 1 { polynomial } else { 0 }
        });
    }
    let step = |value: u64, byte: &u8| {
        let entry = table
            .get(((value ^ u64::from(*byte)) & 0xff) as usize)
            .copied()
            .unwrap_or(0);
        entry ^ (value >> 8)
    };
    body.pieces().flatten().fold(ones, step) ^ ones
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The catalogue of CRCs gives each algorithm's checksum of these nine digits; pieces make no difference.
    /// Source: <https://reveng.sourceforge.io/crc-catalogue/>
    #[test]
    fn checksums_are_those_of_the_catalogue() {
        let mut digits = Body::from(&b"1234"[..]);
        digits.append(&Body::from(&b"56789"[..]));
        assert_eq!(crc(&digits, 0xedb8_8320, 32), 0xcbf4_3926);
        assert_eq!(crc(&digits, 0x82f6_3b78, 32), 0xe306_9283);
        assert_eq!(crc(&digits, 0x9a6c_9329_ac4b_c9b5, 64), 0xae8b_1486_0a79_9888);
        assert_eq!(md5(b""), "d41d8cd98f00b204e9800998ecf8427e");
        assert_eq!(md5_of(&digits), md5(b"123456789"));
    }
}
