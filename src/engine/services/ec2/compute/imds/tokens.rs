//! Tokens of IMDSv2. A token holds when it expires and a digest over that, the instance and the world's seed, so that the world
//! need not remember any; it proves nothing outside the simulation (ours).
//! <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-v2-how-it-works.html>

use crate::base::ids::InstanceId;
use crate::world::World;
use base64::prelude::{BASE64_URL_SAFE, Engine as _};
use sha2::{Digest, Sha256};

/// Seconds that a token may last: six hours (AWS).
const MOST: i64 = 21_600;

/// Seconds as a request asks for them; `None`: the service refuses.
pub(super) fn seconds(text: &str) -> Option<i64> {
    let seconds = text.trim().parse::<i64>().ok()?;
    (1..=MOST).contains(&seconds).then_some(seconds)
}

/// A token: 56 characters, as AWS's.
pub(super) fn make(world: &World, id: InstanceId, seconds: i64) -> String {
    token(world, id, world.now.0 + seconds * 1_000)
}

fn token(world: &World, id: InstanceId, until: i64) -> String {
    let seed = world.random.seed();
    let digest = Sha256::digest(format!("stratus-simulation-only/{seed}/{id}/{until}"));
    BASE64_URL_SAFE.encode([&until.to_be_bytes()[..], &digest[..]].concat())
}

/// Seconds that a token of this instance still holds; `None`: it is another's, or has expired.
pub(super) fn left(world: &World, id: InstanceId, text: &str) -> Option<i64> {
    let bytes = BASE64_URL_SAFE.decode(text.trim()).ok()?;
    let until = i64::from_be_bytes(bytes.get(..8)?.try_into().ok()?);
    let left = until.checked_sub(world.now.0)?;
    let holds = token(world, id, until) == text.trim() && left > 0;
    holds.then_some((left + 999) / 1_000)
}
