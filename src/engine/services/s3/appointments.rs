//! When something of a bucket is due: the id by which the clock knows the bucket, and one appointment of each kind, the next.
//! What is done then stands with its kind (`lifecycle`, `reports`, `tiers`, `replication`, `restore`).

use crate::base::ids::{BucketId, Kind, ResourceId};
use crate::base::random::Stream;
use crate::base::time::Time;
use crate::clock::{self, Pending, Step};
use crate::world::World;
use crate::world::objects::Bucket;

/// Where a bucket keeps its next appointment of a kind.
pub(super) type Slot = fn(&mut Bucket) -> &mut Option<Time>;

/// The id of a bucket, which gets one when it first needs it.
pub(super) fn identify(world: &mut World, name: &str) -> BucketId {
    if let Some(id) = world.s3.buckets.get(&name.to_owned()).and_then(|bucket| bucket.id) {
        return id;
    }
    let id = BucketId(world.random.next_u64(Stream::Ids(Kind::Bucket)));
    world.s3.by_id.insert(id, name.to_owned());
    if let Some(bucket) = world.s3.buckets.get_mut(&name.to_owned()) {
        bucket.id = Some(id);
    }
    id
}

/// Makes an appointment, unless one of its kind comes before it.
pub(super) fn appoint(world: &mut World, name: &str, at: Time, slot: Slot, step: Step) {
    let now = world.now;
    let Some(bucket) = world.s3.buckets.get_mut(&name.to_owned()) else {
        return;
    };
    let planned = slot(bucket);
    if planned.is_some_and(|planned| planned <= at && planned > now) {
        return;
    }
    *planned = Some(at);
    let region = bucket.region;
    let id = identify(world, name);
    clock::schedule(world, at - now, region, id, step);
}

/// The bucket that a moment of the clock is about; `None`: it is gone.
pub(super) fn bucket_of(world: &World, pending: &Pending) -> Option<String> {
    let ResourceId::Bucket(id) = pending.resource else {
        return None;
    };
    world.s3.by_id.get(&id).cloned()
}
