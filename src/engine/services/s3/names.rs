//! Names of buckets: how they may be spelled, and which ones somebody else has.

use crate::base::error::{Error, Result};
use crate::catalog::Region;

/// Prefixes and suffixes that S3 keeps for itself.
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html>
const PREFIXES: [&str; 3] = ["xn--", "sthree-", "amzn-s3-demo-"];
/// See [`PREFIXES`].
const SUFFIXES: [&str; 5] = ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"];

/// Names that belong to others: all short words long have, as a learner should meet once. The table is ours; some hold
/// public data sets of the Registry of Open Data.
const TAKEN: [&str; 13] = [
    "1000genomes",
    "amazon",
    "apple",
    "aws",
    "awsexamplebucket",
    "commoncrawl",
    "example",
    "google",
    "landsat-pds",
    "microsoft",
    "nasa",
    "netflix",
    "noaa-goes16",
];

/// Whether a bucket can have this name.
pub(super) fn is_valid(name: &str) -> bool {
    let bytes = name.as_bytes();
    let ends = |byte: Option<&u8>| byte.is_some_and(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    (3..=63).contains(&bytes.len())
        && bytes
            .iter()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-'))
        && ends(bytes.first())
        && ends(bytes.last())
        && !name.contains("..")
        && !is_address(name)
        && !PREFIXES.iter().any(|prefix| name.starts_with(prefix))
        && !SUFFIXES.iter().any(|suffix| name.ends_with(suffix))
}

fn is_address(name: &str) -> bool {
    let parts: Vec<&str> = name.split('.').collect();
    parts.len() == 4
        && parts
            .iter()
            .all(|part| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
}

/// How names end in the namespace that an account has to itself in a Region.
const OF_ACCOUNT: &str = "-an";

/// Whether a new bucket of this name belongs into the namespace where it is to be made: the account's own in the Region, or the one
/// that all share, which has no name with that ending.
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/gpbucketnamespaces.html>
///
/// # Errors
/// `InvalidBucketName`.
pub(super) fn in_namespace(name: &str, namespace: Option<&str>, account: &str, region: Region) -> Result<()> {
    let ending = format!("-{account}-{}{OF_ACCOUNT}", region.name());
    let own = name.strip_suffix(&ending).is_some_and(|prefix| !prefix.is_empty());
    match namespace {
        Some("account-regional") if own => Ok(()),
        Some("account-regional") => Err(invalid(name).remedy(format!(
            "In the account's namespace of {} a name ends in {ending}, behind a beginning of your own.",
            region.name()
        ))),
        _ if name.ends_with(OF_ACCOUNT) => Err(invalid(name).remedy(format!(
            "Only names of an account's own namespace end in {OF_ACCOUNT}: say BucketNamespace=account-regional."
        ))),
        _ => Ok(()),
    }
}

/// Whether somebody else has a bucket of this name.
pub(super) fn is_taken(name: &str) -> bool {
    TAKEN.contains(&name)
}

/// `InvalidBucketName`.
pub(super) fn invalid(name: &str) -> Error {
    Error::new("InvalidBucketName", "The specified bucket is not valid.")
        .at("Bucket")
        .remedy(
            "3 to 63 of a-z, 0-9, dot and hyphen, beginning and ending with a letter or digit, no two dots together, \
         not in the form of an IPv4 address.",
        )
        .detail("BucketName", name)
}
