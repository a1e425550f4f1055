//! Names of the KMS keys that encrypt volumes and snapshots. Names only: KMS itself is not simulated, and every key
//! that is well-formed is taken to exist (ours).

use crate::base::error::{Error, Result};
use crate::base::random::fixed;
use crate::catalog::Region;
use crate::world::World;
use rand_chacha::rand_core::RngCore;

/// Stream of the draws for key ids; fixed by (seed, Region), so that the order of first use plays no part.
const STREAM: u64 = 0x006b_6d73;

/// The key that AWS manages for EBS in this Region, `alias/aws/ebs`, as an ARN.
pub(crate) fn default(world: &World, region: Region) -> String {
    default_of(world, region, &world.account(), u64::from(region.index()))
}

/// The same key of another account.
pub(crate) fn default_of_other(world: &World, region: Region, account: &str) -> String {
    let digits = account.parse::<u64>().unwrap_or_default();
    default_of(world, region, account, digits << 8 | u64::from(region.index()))
}

fn default_of(world: &World, region: Region, account: &str, place: u64) -> String {
    let mut rng = fixed(world.options.seed, STREAM, place);
    let (high, low) = (rng.next_u64(), rng.next_u64());
    let id = format!(
        "{:08x}-{:04x}-4{:03x}-a{:03x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xffff,
        high & 0xfff,
        low >> 52,
        low & 0xffff_ffff_ffff
    );
    arn(region, account, &format!("key/{id}"))
}

/// The ARN of the key that a call means: a key id, an alias, or an ARN of either, in this Region.
pub(crate) fn resolve(world: &World, region: Region, text: &str) -> Result<String> {
    named(region, &world.account(), text, || default(world, region))
}

/// The same for another account's keys.
pub(crate) fn resolve_of_other(world: &World, region: Region, account: &str, text: &str) -> Result<String> {
    named(region, account, text, || default_of_other(world, region, account))
}

fn named(region: Region, account: &str, text: &str, default: impl FnOnce() -> String) -> Result<String> {
    let prefix = arn(region, account, "");
    let name = text.strip_prefix(prefix.as_str()).unwrap_or(text);
    if name == "alias/aws/ebs" {
        return Ok(default());
    }
    let plain = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_/".contains(&b));
    if let Some(alias) = name
        .strip_prefix("alias/")
        .filter(|alias| plain(alias) && !alias.starts_with("aws/"))
    {
        return Ok(format!("{prefix}alias/{alias}"));
    }
    let id = name.strip_prefix("key/").unwrap_or(name);
    let form = id.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-') && id.len() == 36;
    if form {
        return Ok(format!("{prefix}key/{id}"));
    }
    Err(
        Error::new("InvalidParameterValue", format!("Invalid KMS key: '{text}'"))
            .at("KmsKeyId")
            .remedy("Give a key id, an alias such as alias/aws/ebs, or the ARN of either in this Region."),
    )
}

fn arn(region: Region, account: &str, resource: &str) -> String {
    format!("arn:aws:kms:{}:{account}:{resource}", region.name())
}
