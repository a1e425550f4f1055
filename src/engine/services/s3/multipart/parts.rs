//! Parts: put, or copied out of an object.

use super::super::conditions::COPY_CONDITIONS;
use super::super::errors::{invalid_argument, invalid_request};
use super::super::{checksums, copy, customer_keys, encryption, fees, put, shelf};
use super::{PARTS, named};
use crate::base::error::{Error, Result};
use crate::base::limits::OBJECT_BYTES;
use crate::services::Request;
use crate::world::World;
use crate::world::objects::{Body, Upload, Uploaded};
use stratus_model::{Structure, field};

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPart.html>
pub(in super::super) fn upload(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let params = request.params;
    let number = number(params)?;
    let (_, _, upload) = named(request, world)?;
    customer_keys::admit(params, customer_keys::OWN, &upload.object.encryption)?;
    let bytes = params.blob(field::BODY).unwrap_or_default();
    put::check_length(params, bytes)?;
    checksums::check_md5(params, bytes)?;
    let body = Body::from(bytes);
    let asked = checksums::asked(params)?;
    let checksum = match (&upload.algorithm, asked) {
        (Some(wanted), Some((found, _))) if wanted != found => {
            let text = format!(
                "Checksum Type mismatch occurred, expected checksum Type: {}, actual checksum Type: {}",
                wanted.to_ascii_lowercase(),
                found.to_ascii_lowercase()
            );
            return Err(invalid_request(text));
        }
        (Some(wanted), None) => (wanted.clone(), checksums::of(wanted, &body)?),
        _ => checksums::choose(params, &body)?,
    };
    let shown = upload.algorithm.is_some() || asked.is_some();
    let encryption = upload.object.encryption.clone();
    let part = Uploaded {
        etag: encryption::etag(&encryption, checksums::md5(bytes)),
        modified: put::seconds(world.now),
        body,
        checksum,
    };
    let answer = Structure::new().with(field::E_TAG, format!("\"{}\"", part.etag));
    let answer = if shown {
        checksums::show_value(answer, &part.checksum)
    } else {
        answer
    };
    keep(request, world, number, part)?;
    Ok(encryption::show(answer, &encryption))
}

fn number(params: &Structure) -> Result<i64> {
    let number = params.integer(field::PART_NUMBER).unwrap_or_default();
    if !(1..=PARTS).contains(&number) {
        let text = format!("Part number must be an integer between 1 and {PARTS}, inclusive");
        return Err(invalid_argument(text, "partNumber", number));
    }
    Ok(number)
}

/// Puts a part in its place, or in that of the one with its number.
fn keep(request: &Request<'_>, world: &mut World, number: i64, part: Uploaded) -> Result<()> {
    let (row, order, upload) = named(request, world)?;
    let (name, region) = (row.name.clone(), row.region);
    let others: usize = upload
        .parts
        .iter()
        .filter(|(other, _)| **other != number)
        .map(|(_, part)| part.body.len())
        .sum();
    if others.saturating_add(part.body.len()) > OBJECT_BYTES {
        return Err(put::too_large(others.saturating_add(part.body.len()), OBJECT_BYTES));
    }
    let key = put::key(request.params)?.to_owned();
    let mut class = String::new();
    shelf::alter(world, &name, |bucket, _| {
        let Some(upload) = bucket.uploads.get_mut(&(key, order)) else {
            return;
        };
        let before = upload.parts.get(&number).map_or(0, |part| part.body.len() as i64);
        let bytes = part.body.len() as i64;
        upload.parts.insert(number, part);
        class = upload.class().to_owned();
        shelf::count(&mut bucket.stored, &class, bytes - before);
    });
    fees::put(world, &name, region, &class);
    Ok(())
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPartCopy.html>
pub(in super::super) fn copy(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let params = request.params;
    let number = number(params)?;
    let (row, _, upload) = named(request, world)?;
    let to = row.region;
    customer_keys::admit(params, customer_keys::OWN, &upload.object.encryption)?;
    let from = copy::source(params)?;
    let (source, version) = copy::source_object(params, &from, world)?;
    COPY_CONDITIONS.check_copy(params, source)?;
    let body = match params.text(field::COPY_SOURCE_RANGE) {
        Some(range) => {
            let (first, after) = source_range(range, source.body.len())?;
            Body::from(&source.body.copy(first, after)[..])
        }
        None => source.body.clone(),
    };
    let (class, bytes) = (source.storage_class.clone(), body.len());
    let part = part_of(upload, body, world)?;
    let encryption = upload.object.encryption.clone();
    let shown = upload.algorithm.is_some();
    let result = Structure::new()
        .with(field::E_TAG, format!("\"{}\"", part.etag))
        .with(field::LAST_MODIFIED, part.modified);
    let result = if shown {
        checksums::show_value(result, &part.checksum)
    } else {
        result
    };
    keep(request, world, number, part)?;
    fees::copied(world, from.bucket(), &class, bytes, to);
    copy::was_read(world, &from, bytes);
    let answer = Structure::new()
        .with(field::COPY_PART_RESULT, result)
        .with_some(field::COPY_SOURCE_VERSION_ID, version);
    Ok(encryption::show(answer, &encryption))
}

fn part_of(upload: &Upload, body: Body, world: &World) -> Result<Uploaded> {
    let algorithm = upload.algorithm.clone().unwrap_or_else(|| "CRC64NVME".to_owned());
    Ok(Uploaded {
        etag: encryption::etag(&upload.object.encryption, checksums::md5_of(&body)),
        modified: put::seconds(world.now),
        checksum: (algorithm.clone(), checksums::of(&algorithm, &body)?),
        body,
    })
}

/// `bytes=first-last`, both given and within the source: first byte, and the one after the last.
fn source_range(text: &str, size: usize) -> Result<(usize, usize)> {
    let numbers = text.strip_prefix("bytes=").and_then(|range| range.split_once('-'));
    let range = numbers.and_then(|(first, last)| Some((first.parse::<usize>().ok()?, last.parse::<usize>().ok()?)));
    match range {
        None => Err(invalid_argument(
            "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the \
             zero-based offsets of the first and last bytes to copy",
            "x-amz-copy-source-range",
            text,
        )),
        Some((first, last)) if first > last || last >= size => Err(Error::new(
            "InvalidArgument",
            format!("Range specified is not valid for source object of size: {size}"),
        )
        .at("CopySourceRange")
        .detail("ArgumentName", "x-amz-copy-source-range")
        .detail("ArgumentValue", text)),
        Some((first, last)) => Ok((first, last.saturating_add(1))),
    }
}
