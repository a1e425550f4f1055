//! Checksums of objects: CRC-32, CRC-32C, CRC-64/NVME, SHA-1, SHA-256, in base64 as S3 shows them, and MD5 for ETags.
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html>

use crate::base::error::{Error, Result};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use md5::{Digest, Md5};
use stratus_model::{Name, Structure, field};

/// The algorithms that are simulated, with the members that carry their checksums.
const ALGORITHMS: [(&str, Name); 5] = [
    ("CRC32", field::CHECKSUM_CRC32),
    ("CRC32C", field::CHECKSUM_CRC32_C),
    ("CRC64NVME", field::CHECKSUM_CRC64_NVME),
    ("SHA1", field::CHECKSUM_SHA1),
    ("SHA256", field::CHECKSUM_SHA256),
];

/// MD5 as 32 hexadecimal digits: the ETag of what was put in one piece.
pub(super) fn md5(body: &[u8]) -> String {
    Md5::digest(body).iter().map(|byte| format!("{byte:02x}")).collect()
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
            let text = "The Content-MD5 you specified did not match what we received.";
            Err(Error::new("BadDigest", text).at("ContentMD5"))
        }
        _ => Err(Error::new("InvalidDigest", "The Content-MD5 you specified was invalid.").at("ContentMD5")),
    }
}

/// The checksum that an object is kept with: the one that the call gives or asks for, else CRC-64/NVME.
///
/// # Errors
/// `BadDigest` where the call gives another; `InvalidRequest` for two of them.
pub(super) fn choose(params: &Structure, body: &[u8]) -> Result<(String, String)> {
    let given: Vec<(&str, &str)> = ALGORITHMS
        .iter()
        .filter_map(|(algorithm, name)| Some((*algorithm, params.text(*name)?)))
        .collect();
    if given.len() > 1 {
        let text = "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.";
        return Err(Error::new("InvalidRequest", text));
    }
    let wanted = given
        .first()
        .map(|(algorithm, _)| *algorithm)
        .or(params.text(field::CHECKSUM_ALGORITHM));
    let algorithm = wanted.unwrap_or("CRC64NVME");
    let Some(found) = compute(algorithm, body) else {
        return Err(Error::new(
            "NotImplemented",
            format!("The checksum algorithm {algorithm} is not simulated."),
        )
        .with_status(501)
        .at("ChecksumAlgorithm"));
    };
    match given.first() {
        Some((_, value)) if *value != found => {
            let text = format!("The {algorithm} you specified did not match the calculated checksum.");
            Err(Error::new("BadDigest", text))
        }
        _ => Ok((algorithm.to_owned(), found)),
    }
}

/// Puts a checksum into an answer.
pub(super) fn show(answer: Structure, checksum: &(String, String)) -> Structure {
    let (algorithm, value) = checksum;
    let Some((_, name)) = ALGORITHMS.iter().find(|(known, _)| known == algorithm) else {
        return answer;
    };
    answer
        .with(*name, value.as_str())
        .with(field::CHECKSUM_TYPE, "FULL_OBJECT")
}

/// A checksum in base64; `None` for an algorithm that is not simulated.
fn compute(algorithm: &str, body: &[u8]) -> Option<String> {
    Some(match algorithm {
        "CRC32" => BASE64.encode((crc(body, 0xedb8_8320, 32) as u32).to_be_bytes()),
        "CRC32C" => BASE64.encode((crc(body, 0x82f6_3b78, 32) as u32).to_be_bytes()),
        "CRC64NVME" => BASE64.encode(crc(body, 0x9a6c_9329_ac4b_c9b5, 64).to_be_bytes()),
        "SHA1" => BASE64.encode(sha1::Sha1::digest(body)),
        "SHA256" => BASE64.encode(sha2::Sha256::digest(body)),
        _ => return None,
    })
}

/// A reflected CRC of up to 64 bits with all ones before and after.
fn crc(body: &[u8], polynomial: u64, bits: u32) -> u64 {
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
    body.iter().fold(ones, step) ^ ones
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The catalogue of CRCs gives each algorithm's checksum of these nine digits.
    /// Source: <https://reveng.sourceforge.io/crc-catalogue/>
    #[test]
    fn checksums_are_those_of_the_catalogue() {
        let digits = b"123456789";
        assert_eq!(crc(digits, 0xedb8_8320, 32), 0xcbf4_3926);
        assert_eq!(crc(digits, 0x82f6_3b78, 32), 0xe306_9283);
        assert_eq!(crc(digits, 0x9a6c_9329_ac4b_c9b5, 64), 0xae8b_1486_0a79_9888);
        assert_eq!(md5(b""), "d41d8cd98f00b204e9800998ecf8427e");
    }
}
