//! Tokens of blocks and of pages: what they are for and when they expire stands in them, signed, so that nothing is kept.
//! How AWS makes its own it does not say; that a block's lasts seven days and a page's 60 minutes it does.
//! Source: <https://docs.aws.amazon.com/ebs/latest/userguide/ebsapi-faq.html>

use super::invalid;
use crate::base::error::Result;
use crate::base::time::{Span, Time};
use crate::world::World;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

/// How long a block's token is good.
pub(super) const BLOCK: Span = Span::minutes(7 * 24 * 60);
/// How long a page's token is good.
const PAGE: Span = Span::minutes(60);
/// Bytes of a token's signature.
const SIGNATURE: usize = 24;

fn signature(world: &World, what: &str, block: i64, expires: i64) -> [u8; SIGNATURE] {
    let text = format!("{} {what} {block} {expires}", world.options.seed);
    let digest = Sha256::digest(text);
    let mut out = [0; SIGNATURE];
    for (to, from) in out.iter_mut().zip(digest) {
        *to = from;
    }
    out
}

fn make(world: &World, what: &str, block: i64, expires: i64) -> String {
    let signature = signature(world, what, block, expires);
    let bytes: Vec<u8> = [&expires.to_be_bytes()[..], &block.to_be_bytes(), &signature].concat();
    BASE64_STANDARD.encode(bytes)
}

/// Reads a token of this kind: its block, and when it expires.
fn read(world: &World, what: &str, token: &str) -> Option<(i64, Time)> {
    let bytes = BASE64_STANDARD.decode(token).ok()?;
    let number = |from: usize| Some(i64::from_be_bytes(bytes.get(from..from + 8)?.try_into().ok()?));
    let (expires, block) = (number(0)?, number(8)?);
    let signed = signature(world, what, block, expires);
    (bytes.get(16..) == Some(&signed[..])).then_some((block, Time(expires)))
}

/// A token for a block of a snapshot.
pub(super) fn of_block(world: &World, snapshot: &str, block: i64) -> String {
    make(world, snapshot, block, (world.now + BLOCK).0)
}

/// A token for the page that begins with a block.
pub(super) fn of_page(world: &World, list: &str, block: i64) -> String {
    make(world, list, block, (world.now + PAGE).0)
}

/// Whether this is the token of that block.
///
/// # Errors
/// `ValidationException`, INVALID_BLOCK_TOKEN.
pub(super) fn check_block(world: &World, snapshot: &str, block: i64, token: &str) -> Result<()> {
    match read(world, snapshot, token) {
        Some((of, expires)) if of == block && expires > world.now => Ok(()),
        Some((of, _)) if of == block => {
            Err(invalid("INVALID_BLOCK_TOKEN", "The block token has expired.").remedy("List the blocks again."))
        }
        _ => Err(invalid("INVALID_BLOCK_TOKEN", "The block token is invalid.").at("BlockToken")),
    }
}

/// The block that a page begins with.
///
/// # Errors
/// `ValidationException`, INVALID_PAGE_TOKEN.
pub(super) fn page(world: &World, list: &str, token: &str) -> Result<i64> {
    match read(world, list, token) {
        Some((block, expires)) if expires > world.now => Ok(block),
        Some(_) => Err(invalid("INVALID_PAGE_TOKEN", "The page token has expired.").remedy("Begin the list again.")),
        None => Err(invalid("INVALID_PAGE_TOKEN", "The page token is invalid.").at("NextToken")),
    }
}
