//! The end of an upload: its parts become one object, which shares their bytes.
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html>

use super::super::errors::{invalid_request, malformed_xml};
use super::super::lifecycle::rules;
use super::super::{checksums, encryption, fees, happened, put, shelf};
use super::{discard, named};
use crate::base::error::{Error, Result};
use crate::catalog::Region;
use crate::services::Request;
use crate::world::World;
use crate::world::objects::{Body, Object, Part, Upload, Uploaded};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use stratus_model::{Structure, field};

/// Bytes that every part but the last has at least.
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html>
const SMALLEST_PART: usize = 5 * 1_024 * 1_024;

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html>
pub(in super::super) fn complete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let params = request.params;
    let (row, order, upload) = named(request, world)?;
    let (name, region) = (row.name.clone(), row.region);
    let key = put::key(params)?;
    let chosen = chosen(params, upload)?;
    put::may_overwrite(params, row.objects.get(&key.to_owned()), key)?;
    let size: usize = chosen.iter().map(|(_, part)| part.body.len()).sum();
    if params
        .integer(field::MPU_OBJECT_SIZE)
        .is_some_and(|wanted| wanted != size as i64)
    {
        let text = "The provided 'x-amz-mp-object-size' header value does not match what was computed.";
        return Err(invalid_request(text).at("MpuObjectSize"));
    }
    let object = assemble(params, upload, &chosen, world)?;
    let answer = Structure::new()
        .with(field::LOCATION, location(&name, region, key))
        .with(field::BUCKET, name.as_str())
        .with(field::KEY, key)
        .with(field::E_TAG, format!("\"{}\"", object.etag));
    let answer = encryption::show(checksums::show(answer, &object.checksum), &object.encryption);
    let answer = answer.with_some(field::EXPIRATION, rules::expiry(row, key, &object));
    discard(world, &name, key, order);
    let class = object.storage_class.clone();
    let version = shelf::store(world, &name, key, object);
    happened(
        request,
        world,
        "ObjectCreated:CompleteMultipartUpload",
        (&name, key, None),
    );
    fees::put(world, &name, region, &class);
    Ok(answer.with_some(field::VERSION_ID, version))
}

fn location(bucket: &str, region: Region, key: &str) -> String {
    let key: String = key
        .split('/')
        .map(super::super::list::url)
        .collect::<Vec<_>>()
        .join("%2F");
    format!("https://{bucket}.s3.{}.amazonaws.com/{key}", region.name())
}

/// The parts that the call lists, in its order.
///
/// # Errors
/// `MalformedXML`, `InvalidPartOrder`, `InvalidPart`, `EntityTooSmall`, `InvalidRequest`.
fn chosen<'w>(params: &Structure, upload: &'w Upload) -> Result<Vec<(i64, &'w Uploaded)>> {
    let listed: Vec<&Structure> = params
        .structure(field::MULTIPART_UPLOAD)
        .into_iter()
        .flat_map(|given| given.structures(field::PARTS))
        .collect();
    if listed.is_empty() {
        return Err(malformed_xml("MultipartUpload.Parts"));
    }
    let number = |part: &Structure| part.integer(field::PART_NUMBER).unwrap_or_default();
    if listed
        .windows(2)
        .any(|pair| matches!(pair, [one, next] if number(one) >= number(next)))
    {
        let text = "The list of parts was not in ascending order. Parts must be ordered by part number.";
        return Err(Error::new("InvalidPartOrder", text)
            .at("MultipartUpload.Parts")
            .detail("UploadId", &upload.id));
    }
    let mut chosen = Vec::with_capacity(listed.len());
    for part in listed {
        let number = number(part);
        let tag = part.text(field::E_TAG).unwrap_or_default().trim_matches('"');
        let found = upload.parts.get(&number).filter(|found| found.etag == tag);
        let given = checksums::asked(part)?;
        let Some(found) = found.filter(|found| matches(found, given)) else {
            let text = "One or more of the specified parts could not be found.  The part may not have been uploaded, or \
                        the specified entity tag may not match the part's entity tag.";
            return Err(Error::new("InvalidPart", text)
                .at("MultipartUpload.Parts")
                .detail("UploadId", &upload.id)
                .detail("PartNumber", number)
                .detail("ETag", tag));
        };
        if let (Some(algorithm), false, None) = (&upload.algorithm, upload.full, given) {
            let text = format!(
                "The upload was created using a {} checksum. The complete request must include the checksum for each \
                 part. It was missing for part {number} in the request.",
                algorithm.to_ascii_lowercase()
            );
            return Err(invalid_request(text).at("MultipartUpload.Parts"));
        }
        chosen.push((number, found));
    }
    large_enough(&chosen)?;
    Ok(chosen)
}

fn matches(part: &Uploaded, given: Option<(&str, &str)>) -> bool {
    given.is_none_or(|(algorithm, value)| part.checksum.0 != algorithm || part.checksum.1 == value)
}

fn large_enough(chosen: &[(i64, &Uploaded)]) -> Result<()> {
    let but_last = chosen.split_last().map_or(&[][..], |(_, others)| others);
    match but_last.iter().find(|(_, part)| part.body.len() < SMALLEST_PART) {
        Some((number, part)) => {
            let text = "Your proposed upload is smaller than the minimum allowed size";
            Err(Error::new("EntityTooSmall", text)
                .at("MultipartUpload.Parts")
                .remedy("Every part but the last has at least 5 MiB.")
                .detail("ProposedSize", part.body.len())
                .detail("MinSizeAllowed", SMALLEST_PART)
                .detail("PartNumber", number)
                .detail("ETag", &part.etag))
        }
        None => Ok(()),
    }
}

fn assemble(params: &Structure, upload: &Upload, chosen: &[(i64, &Uploaded)], world: &World) -> Result<Object> {
    let mut body = Body::default();
    for (_, part) in chosen {
        body.append(&part.body);
    }
    let checksum = checksum(params, upload, chosen, &body)?;
    let part = |(number, part): &(i64, &Uploaded)| Part {
        number: *number,
        size: part.body.len(),
        checksum: upload.algorithm.is_some().then(|| part.checksum.clone()),
    };
    Ok(Object {
        etag: etag(chosen),
        modified: put::seconds(world.now),
        parts: chosen.iter().map(part).collect(),
        checksum,
        body,
        ..upload.object.clone()
    })
}

/// MD5 of the parts' binary MD5s, and how many they are.
fn etag(chosen: &[(i64, &Uploaded)]) -> String {
    let mut sums = Vec::with_capacity(chosen.len() * 16);
    for (_, part) in chosen {
        for place in (0..part.etag.len()).step_by(2) {
            let digits = part.etag.get(place..place + 2).unwrap_or_default();
            sums.push(u8::from_str_radix(digits, 16).unwrap_or_default());
        }
    }
    format!("{}-{}", checksums::md5(&sums), chosen.len())
}

/// The checksum of the whole: of all bytes, or of the parts' checksums and how many they are.
fn checksum(params: &Structure, upload: &Upload, chosen: &[(i64, &Uploaded)], body: &Body) -> Result<(String, String)> {
    let algorithm = upload.algorithm.clone().unwrap_or_else(|| "CRC64NVME".to_owned());
    let found = if upload.full {
        checksums::of(&algorithm, body)?
    } else {
        let mut sums = Vec::new();
        for (_, part) in chosen {
            sums.extend(BASE64.decode(&part.checksum.1).unwrap_or_default());
        }
        let sum = checksums::of(&algorithm, &Body::from(&sums[..]))?;
        format!("{sum}-{}", chosen.len())
    };
    match checksums::asked(params)? {
        Some((given, value)) if given == algorithm && value != found => {
            let text = format!("The {algorithm} you specified did not match the calculated checksum.");
            Err(Error::new("BadDigest", text))
        }
        _ => Ok((algorithm, found)),
    }
}
