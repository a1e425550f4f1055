//! The EBS direct APIs: blocks of snapshots, read and written without a volume. This file routes.
//! Source: <https://docs.aws.amazon.com/ebs/latest/userguide/ebs-accessing-snapshot.html>

mod read;
mod tokens;
mod write;

use super::Handler;
use crate::base::error::Error;
use crate::world::storage::BLOCK_BYTES;
use stratus_model::{Structure, field};

pub(crate) use write::timed_out;

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    Some(match operation {
        "ListSnapshotBlocks" => Handler::Read(read::list),
        "ListChangedBlocks" => Handler::Read(read::changed),
        "GetSnapshotBlock" => Handler::Read(read::get),
        "StartSnapshot" => Handler::Write(write::start),
        "PutSnapshotBlock" => Handler::Write(write::put),
        "CompleteSnapshot" => Handler::Write(write::complete),
        _ => return None,
    })
}

/// Something of a call is not as it must be.
fn invalid(reason: &'static str, why: impl Into<String>) -> Error {
    Error::new("ValidationException", why).detail("Reason", reason)
}

/// A snapshot that is not there, or not the account's.
fn not_found(id: &str) -> Error {
    Error::new(
        "ResourceNotFoundException",
        format!("The snapshot '{id}' does not exist."),
    )
    .with_status(404)
    .detail("Reason", "SNAPSHOT_NOT_FOUND")
    .at("SnapshotId")
}

/// What the lists of blocks say besides.
fn sized(size_gib: i64) -> Structure {
    Structure::new()
        .with(field::VOLUME_SIZE, size_gib)
        .with(field::BLOCK_SIZE, BLOCK_BYTES)
}
