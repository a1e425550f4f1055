//! Uploads in parts: begun, given up, found. Parts are in [`parts`], the end in [`complete`], lists in [`list`].
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html>

pub(super) mod complete;
pub(super) mod list;
pub(super) mod parts;

use super::errors::{invalid_request, no_such_upload, not_implemented};
use super::lifecycle::{rules, run};
use super::{bucket, checksums, encryption, fees, put, shelf};
use crate::base::error::{Error, Result};
use crate::base::limits::OPEN_UPLOADS;
use crate::base::random::Stream;
use crate::services::Request;
use crate::world::World;
use crate::world::objects::{Bucket, Upload};
use crate::world::table::Table;
use stratus_model::{Structure, Value, field};

/// Characters of an upload's id (as seen in AWS's).
const ID_LENGTH: usize = 128;
/// Highest number of a part.
const PARTS: i64 = 10_000;

/// An upload that a call means.
pub(super) fn find<'w>(bucket: &'w Bucket, key: &str, id: &str) -> Result<(u64, &'w Upload)> {
    let range = (key.to_owned(), 0)..=(key.to_owned(), u64::MAX);
    bucket
        .uploads
        .range(range)
        .find(|(_, upload)| upload.id == id)
        .map(|((_, order), upload)| (*order, upload))
        .ok_or_else(|| no_such_upload(id))
}

/// The upload that `Key` and `UploadId` of a call mean: bucket's name, key, number, upload.
fn named<'w>(request: &Request<'_>, world: &'w World) -> Result<(&'w Bucket, u64, &'w Upload)> {
    let params = request.params;
    let row = bucket(request, world)?;
    let (order, upload) = find(
        row,
        put::key(params)?,
        params.text(field::UPLOAD_ID).unwrap_or_default(),
    )?;
    Ok((row, order, upload))
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html>
pub(super) fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let params = request.params;
    let row = bucket(request, world)?;
    let (name, region) = (row.name.clone(), row.region);
    let key = put::key(params)?;
    if row.uploads.len() >= OPEN_UPLOADS {
        let text = format!("This world holds {OPEN_UPLOADS} open uploads a bucket.");
        return Err(Error::new("TooManyUploads", text).remedy("Complete or abort some of them."));
    }
    let algorithm = params.text(field::CHECKSUM_ALGORITHM).map(str::to_owned);
    let full = checksum_type(params, algorithm.as_deref())?;
    let object = put::template(params, row, world)?;
    let (shown, abortion) = (object.encryption.clone(), rules::abortion(row, key, world.now));
    let upload = Upload {
        id: shelf::random_name(world, Stream::Uploads, ID_LENGTH),
        initiated: put::seconds(world.now),
        object,
        algorithm,
        full,
        parts: Table::default(),
    };
    let class = upload.class().to_owned();
    let answer = Structure::new()
        .with(field::BUCKET, name.as_str())
        .with(field::KEY, key)
        .with(field::UPLOAD_ID, upload.id.as_str())
        .with_some(field::CHECKSUM_ALGORITHM, upload.algorithm.as_deref())
        .with_some(
            field::CHECKSUM_TYPE,
            upload.algorithm.is_some().then(|| checksums::type_name(full)),
        )
        .with_some(
            field::ABORT_DATE,
            abortion.as_ref().map(|(date, _)| Value::Timestamp(date.0)),
        )
        .with_some(field::ABORT_RULE_ID, abortion.map(|(_, rule)| rule));
    shelf::alter(world, &name, |bucket, _| {
        bucket.sequence += 1;
        bucket.uploads.insert((key.to_owned(), bucket.sequence), upload);
    });
    run::touch(world, &name, key);
    fees::put(world, &name, region, &class);
    Ok(encryption::show_written(answer, &shown, params))
}

/// Whether the checksum will be one of the whole object.
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html>
fn checksum_type(params: &Structure, algorithm: Option<&str>) -> Result<bool> {
    let wanted = params.text(field::CHECKSUM_TYPE);
    let Some(algorithm) = algorithm else {
        return match wanted {
            Some(_) => Err(invalid_request(
                "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.",
            )
            .at("ChecksumType")),
            None => Ok(true),
        };
    };
    checksums::known(algorithm)?;
    let linear = algorithm.starts_with("CRC");
    let refused = |kind: &str| {
        let lower = algorithm.to_ascii_lowercase();
        let text = format!("The {kind} checksum type cannot be used with the {lower} checksum algorithm.");
        Err(invalid_request(text).at("ChecksumType"))
    };
    match wanted {
        Some("FULL_OBJECT") if !linear => refused("FULL_OBJECT"),
        Some("COMPOSITE") if algorithm == "CRC64NVME" => refused("COMPOSITE"),
        Some(kind) => Ok(kind == "FULL_OBJECT"),
        None => Ok(algorithm == "CRC64NVME"),
    }
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_AbortMultipartUpload.html>
pub(super) fn abort(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    // Of directory buckets alone.
    not_implemented(request.params, &[field::IF_MATCH_INITIATED_TIME])?;
    let (row, order, _) = named(request, world)?;
    let name = row.name.clone();
    discard(world, &name, put::key(request.params)?, order);
    Ok(Structure::new())
}

/// Gives an upload up: its parts are gone.
pub(super) fn discard(world: &mut World, name: &str, key: &str, order: u64) {
    shelf::alter(world, name, |bucket, _| {
        let row = (key.to_owned(), order);
        let Some(upload) = bucket.uploads.get(&row) else {
            return;
        };
        let bytes: i64 = upload.parts.rows().map(|part| part.body.len() as i64).sum();
        shelf::count(&mut bucket.stored, upload.class(), -bytes);
        bucket.uploads.remove(&row);
    });
}
