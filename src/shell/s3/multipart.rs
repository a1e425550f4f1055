//! Objects on their way: in one piece up to 8 MiB, in parts of 8 MiB from there on, as the CLI's transfer library does.
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html>

use super::files::{File, head_params, split};
use super::{Refused, Work};
use crate::limits::PART_BYTES;
use stratus_engine::base::sigv4::encode;
use stratus_model::{Name, Structure, Value, field};

/// What describes an object and is copied with it.
pub(super) const DESCRIBING: [Name; 7] = [
    field::CACHE_CONTROL,
    field::CONTENT_DISPOSITION,
    field::CONTENT_ENCODING,
    field::CONTENT_LANGUAGE,
    field::CONTENT_TYPE,
    field::EXPIRES,
    field::METADATA,
];

/// What every call about the same object repeats.
const COMMON: [Name; 5] = [
    field::BUCKET,
    field::KEY,
    field::REQUEST_PAYER,
    field::SSE_CUSTOMER_ALGORITHM,
    field::SSE_CUSTOMER_KEY,
];

/// Whether so many bytes go in parts.
pub(super) fn is_large(bytes: i64) -> bool {
    bytes >= PART_BYTES as i64
}

fn text(refused: Refused) -> String {
    refused.text()
}

fn only(params: &Structure, names: &[Name]) -> Structure {
    let mut kept = Structure::new();
    for (name, value) in params.iter().filter(|(name, _)| names.contains(name)) {
        kept.set(name, value.clone());
    }
    kept
}

/// Writes an object.
pub(super) fn put(work: &mut Work<'_>, params: Structure, bytes: Vec<u8>) -> Result<(), String> {
    if !is_large(bytes.len() as i64) {
        let params = params.with(field::BODY, Value::Blob(bytes));
        return work.call("PutObject", params).map(|_| ()).map_err(text);
    }
    let common = only(&params, &COMMON);
    in_parts(work, params, |work, upload| {
        let mut parts = Vec::new();
        for (place, piece) in bytes.chunks(PART_BYTES).enumerate() {
            let number = place as i64 + 1;
            let params = common
                .clone()
                .with(field::UPLOAD_ID, upload)
                .with(field::PART_NUMBER, number)
                .with(field::BODY, Value::Blob(piece.to_vec()));
            let answer = work.call("UploadPart", params)?;
            parts.push(part(number, answer.text(field::E_TAG)));
        }
        Ok(parts)
    })
}

fn part(number: i64, tag: Option<&str>) -> Structure {
    Structure::new()
        .with_some(field::E_TAG, tag)
        .with(field::PART_NUMBER, number)
}

/// A multipart upload round what sends the parts; aborted where that fails.
fn in_parts(
    work: &mut Work<'_>,
    params: Structure,
    send: impl FnOnce(&mut Work<'_>, &str) -> Result<Vec<Structure>, Refused>,
) -> Result<(), String> {
    let place = only(&params, &[field::BUCKET, field::KEY, field::REQUEST_PAYER]);
    let begun = work.call("CreateMultipartUpload", params).map_err(text)?;
    let upload = begun.text(field::UPLOAD_ID).unwrap_or_default().to_owned();
    let place = place.with(field::UPLOAD_ID, upload.clone());
    match send(work, &upload) {
        Ok(parts) => {
            let parts = Structure::new().with(field::PARTS, parts);
            let params = place.with(field::MULTIPART_UPLOAD, parts);
            work.call("CompleteMultipartUpload", params).map(|_| ()).map_err(text)
        }
        Err(refused) => {
            // Whatever comes of it: the first error is the one to tell.
            let _ = work.call("AbortMultipartUpload", place);
            Err(refused.text())
        }
    }
}

/// Reads an object.
pub(super) fn get(work: &mut Work<'_>, path: &str, size: i64) -> Result<Vec<u8>, String> {
    let (bucket, key) = split(path);
    let region = work.source_region();
    let mut params = head_params(work, &bucket, &key);
    for (option, name) in [
        ("sse-c", field::SSE_CUSTOMER_ALGORITHM),
        ("sse-c-key", field::SSE_CUSTOMER_KEY),
    ] {
        if let Some(value) = work.args.value(option) {
            params.set(name, value);
        }
    }
    let mut bytes = Vec::new();
    if !is_large(size) {
        let answer = work.call_in(region, "GetObject", params).map_err(text)?;
        bytes.extend_from_slice(answer.blob(field::BODY).unwrap_or_default());
        return Ok(bytes);
    }
    let step = PART_BYTES as i64;
    let mut from = 0;
    while from < size {
        let end = if from + step < size {
            (from + step - 1).to_string()
        } else {
            String::new()
        };
        let params = params.clone().with(field::RANGE, format!("bytes={from}-{end}"));
        let answer = work.call_in(region, "GetObject", params).map_err(text)?;
        bytes.extend_from_slice(answer.blob(field::BODY).unwrap_or_default());
        from += step;
    }
    Ok(bytes)
}

/// Takes over what describes the source, where the options do not say it.
pub(super) fn describe(work: &mut Work<'_>, params: &mut Structure, file: &File) -> Result<(), String> {
    let (bucket, key) = split(&file.source);
    // A single source was looked at already; listings know less.
    let head = if file.known.contains(field::CONTENT_LENGTH) {
        file.known.clone()
    } else {
        let region = work.source_region();
        let head = head_params(work, &bucket, &key);
        work.call_in(region, "HeadObject", head).map_err(text)?
    };
    for name in DESCRIBING {
        if let Some(value) = head.get(name).filter(|_| !params.contains(name)) {
            params.set(name, value.clone());
        }
    }
    Ok(())
}

/// Copies an object.
pub(super) fn copy(work: &mut Work<'_>, params: Structure, file: &File) -> Result<(), String> {
    let source = encode(&file.source, "/");
    if !is_large(file.size) {
        let params = params.with(field::COPY_SOURCE, source);
        return work.call("CopyObject", params).map(|_| ()).map_err(text);
    }
    let mut begin = params.clone();
    for name in [
        field::METADATA_DIRECTIVE,
        field::TAGGING_DIRECTIVE,
        field::COPY_SOURCE_SSE_CUSTOMER_ALGORITHM,
        field::COPY_SOURCE_SSE_CUSTOMER_KEY,
    ] {
        begin.remove(name);
    }
    if !params.contains(field::TAGGING_DIRECTIVE) && !params.contains(field::METADATA_DIRECTIVE) {
        add_tags(work, &mut begin, file)?;
    }
    let mut names = COMMON.to_vec();
    names.extend([
        field::COPY_SOURCE_SSE_CUSTOMER_ALGORITHM,
        field::COPY_SOURCE_SSE_CUSTOMER_KEY,
    ]);
    let common = only(&params, &names).with(field::COPY_SOURCE, source);
    let size = file.size;
    in_parts(work, begin, |work, upload| {
        let step = PART_BYTES as i64;
        let mut parts = Vec::new();
        let (mut from, mut number) = (0, 1);
        while from < size {
            let end = (from + step).min(size) - 1;
            let params = common
                .clone()
                .with(field::UPLOAD_ID, upload)
                .with(field::PART_NUMBER, number)
                .with(field::COPY_SOURCE_RANGE, format!("bytes={from}-{end}"));
            let answer = work.call("UploadPartCopy", params)?;
            let copied = answer.structure(field::COPY_PART_RESULT);
            parts.push(part(number, copied.and_then(|copied| copied.text(field::E_TAG))));
            from += step;
            number += 1;
        }
        Ok(parts)
    })
}

/// The tags of the source, as a header.
fn add_tags(work: &mut Work<'_>, params: &mut Structure, file: &File) -> Result<(), String> {
    let (bucket, key) = split(&file.source);
    let region = work.source_region();
    let asked = head_params(work, &bucket, &key);
    let answer = work.call_in(region, "GetObjectTagging", asked).map_err(text)?;
    let pair = |tag: &Structure| {
        let word = |name| encode(tag.text(name).unwrap_or_default(), "");
        format!("{}={}", word(field::KEY), word(field::VALUE))
    };
    let pairs: Vec<String> = answer.structures(field::TAG_SET).map(pair).collect();
    if !pairs.is_empty() {
        params.set(field::TAGGING, pairs.join("&"));
    }
    Ok(())
}
