//! Checksums of bodies, as S3 compares them: `content-md5` and `x-amz-checksum-…`.
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html>

use crate::error::Error;
use crate::http::Headers;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512};

type Sum = fn(&[u8]) -> Vec<u8>;

/// The algorithms that are compared here. What a later one would be is stored as it is said.
const ALGORITHMS: [(&str, &str, Sum); 7] = [
    ("x-amz-checksum-crc32", "CRC32", crc32),
    ("x-amz-checksum-crc32c", "CRC32C", crc32c),
    ("x-amz-checksum-crc64nvme", "CRC64NVME", crc64nvme),
    ("x-amz-checksum-md5", "MD5", md5),
    ("x-amz-checksum-sha1", "SHA1", |bytes| Sha1::digest(bytes).to_vec()),
    ("x-amz-checksum-sha256", "SHA256", |bytes| {
        Sha256::digest(bytes).to_vec()
    }),
    ("x-amz-checksum-sha512", "SHA512", |bytes| {
        Sha512::digest(bytes).to_vec()
    }),
];

/// Compares every checksum among the headers with the bytes.
///
/// # Errors
/// `InvalidDigest` for an MD5 that is none, `InvalidRequest` for another checksum that is none, `BadDigest` for one that
/// belongs to other bytes.
pub fn check(headers: &Headers, bytes: &[u8]) -> Result<(), Error> {
    if let Some(text) = headers.get("content-md5") {
        let sent = BASE64.decode(text).ok().filter(|digest| digest.len() == 16);
        let Some(sent) = sent else {
            let message = "The Content-MD5 you specified was invalid.";
            return Err(Error::new("InvalidDigest", 400, message).with("Content-MD5", text));
        };
        if sent != md5(bytes) {
            let message = "The Content-MD5 you specified did not match what we received.";
            let error = Error::new("BadDigest", 400, message).with("ExpectedDigest", text);
            return Err(error.with("CalculatedDigest", BASE64.encode(md5(bytes))));
        }
    }
    for (header, name, sum) in ALGORITHMS {
        let Some(text) = headers.get(header) else { continue };
        let computed = sum(bytes);
        let sent = BASE64.decode(text).ok().filter(|sent| sent.len() == computed.len());
        let Some(sent) = sent else {
            let message = format!("Value for {header} header is invalid.");
            return Err(Error::new("InvalidRequest", 400, message));
        };
        if sent != computed {
            let message = format!("The {name} you specified did not match the calculated checksum.");
            return Err(Error::new("BadDigest", 400, message));
        }
    }
    Ok(())
}

/// Whether there is a checksum of the body.
pub fn is_there(headers: &[&Headers]) -> bool {
    let mut names = headers.iter().flat_map(|headers| headers.iter()).map(|(name, _)| name);
    names.any(|name| name == "content-md5" || ALGORITHMS.iter().any(|(known, _, _)| *known == name))
}

/// `content-md5` of these bytes.
pub fn content_md5(bytes: &[u8]) -> String {
    BASE64.encode(md5(bytes))
}

fn md5(bytes: &[u8]) -> Vec<u8> {
    Md5::digest(bytes).to_vec()
}

fn crc32(bytes: &[u8]) -> Vec<u8> {
    let mut crc = flate2::Crc::new();
    crc.update(bytes);
    crc.sum().to_be_bytes().to_vec()
}

/// Castagnoli's polynomial, reflected.
fn crc32c(bytes: &[u8]) -> Vec<u8> {
    static TABLE: [u64; 256] = table(0x82f6_3b78);
    let sum = reflected(&TABLE, 0xffff_ffff, bytes) ^ 0xffff_ffff;
    u32::try_from(sum).unwrap_or_default().to_be_bytes().to_vec()
}

/// The polynomial of the NVMe specification, reflected.
fn crc64nvme(bytes: &[u8]) -> Vec<u8> {
    static TABLE: [u64; 256] = table(0x9a6c_9329_ac4b_c9b5);
    (!reflected(&TABLE, u64::MAX, bytes)).to_be_bytes().to_vec()
}

fn reflected(table: &[u64; 256], start: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(start, |sum, byte| {
        let place = usize::try_from((sum ^ u64::from(*byte)) & 0xff).unwrap_or_default();
        table.get(place).copied().unwrap_or_default() ^ (sum >> 8)
    })
}

const fn table(polynomial: u64) -> [u64; 256] {
    let mut table = [0; 256];
    let mut at = 0;
    while at < 256 {
        let mut sum = at as u64;
        let mut bit = 0;
        while bit < 8 {
            sum = if sum & 1 == 1 {
                (sum >> 1) ^ polynomial
            } else {
                sum >> 1
            };
            bit += 1;
        }
        table[at] = sum;
        at += 1;
    }
    table
}
