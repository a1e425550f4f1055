//! What S3 has no longer for whoever comes now, or never had for general purpose buckets: the calls are known, and refused as
//! S3 refuses a method that a resource has not. Nothing is read or kept here, and no world changes.
//!
//! AWS documents that these are not to be had; for a general purpose bucket of a new account it names no error of their own, so
//! they answer with the one that its list has for such a request (*ours*).
//! Sources: <https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html>,
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/selecting-content-from-objects.html> (closed to new customers),
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_RenameObject.html>,
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateSession.html> (both for directory buckets only)

use super::errors::not_allowed;
use super::{bucket, put, shelf};
use crate::base::error::Result;
use crate::services::Request;
use crate::world::World;
use stratus_model::Structure;

/// S3 Select, for an object that is there.
pub(super) fn select(request: &Request<'_>, world: &World) -> Result<Structure> {
    shelf::object(bucket(request, world)?, put::key(request.params)?, None, "POST")?;
    let remedy = "S3 Select is closed to new customers since July 2024: get the object, or a range of it, and filter it yourself.";
    Err(not_allowed("POST", "OBJECT").remedy(remedy))
}

/// Renames in directory buckets only.
pub(super) fn rename(request: &Request<'_>, world: &World) -> Result<Structure> {
    bucket(request, world)?;
    let remedy = "Only objects in directory buckets (S3 Express One Zone) can be renamed: copy the object to its new key, and delete the old one.";
    Err(not_allowed("PUT", "OBJECT").remedy(remedy))
}

/// Sessions for directory buckets only.
pub(super) fn session(request: &Request<'_>, world: &World) -> Result<Structure> {
    bucket(request, world)?;
    let remedy =
        "Sessions are for directory buckets (S3 Express One Zone): here, requests are signed with the keys themselves.";
    Err(not_allowed("GET", "BUCKET").remedy(remedy))
}

/// Torrents, for an object that is there: closed to new customers in April 2021, and to all a year later.
pub(super) fn torrent(request: &Request<'_>, world: &World) -> Result<Structure> {
    shelf::object(bucket(request, world)?, put::key(request.params)?, None, "GET")?;
    let remedy = "S3 has had no BitTorrent since April 2022: get the object itself.";
    Err(not_allowed("GET", "OBJECT").remedy(remedy))
}
