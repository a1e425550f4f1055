//! `ls`.

use super::files::split;
use super::{Fault, Refused, Work};
use stratus_model::{Structure, Value, field};

/// What has been listed so far.
#[derive(Default)]
struct Sums {
    objects: usize,
    bytes: i64,
    /// The first page that came held something.
    found: bool,
    /// A page came that held nothing.
    empty: bool,
}

/// Buckets, or what is below a prefix. 1 where a prefix was named and nothing is there.
pub(super) fn ls(work: &mut Work<'_>) -> Result<i32, Fault> {
    let path = work.args.paths.first().cloned().unwrap_or_default();
    let (bucket, key) = split(&path);
    let mut sums = Sums::default();
    if bucket.is_empty() {
        let answer = work.call("ListBuckets", Structure::new())?;
        for bucket in answer.structures(field::BUCKETS) {
            let name = bucket.text(field::NAME).unwrap_or_default();
            work.printed
                .out(format!("{} {name}\n", moment(bucket.timestamp(field::CREATION_DATE))));
        }
    } else {
        let recursive = work.args.has("recursive");
        let human = work.args.has("human-readable");
        let delimiter = (!recursive).then_some("/");
        let mut next = None;
        loop {
            let answer = page(work, &bucket, &key, delimiter, next)?;
            show(work, &answer, recursive, human, &mut sums);
            next = following(&answer);
            if next.is_none() {
                break;
            }
        }
    }
    if work.args.has("summarize") {
        let bytes = size(sums.bytes, work.args.has("human-readable"));
        work.printed
            .out(format!("\nTotal Objects: {}\n   Total Size: {bytes}\n", sums.objects));
    }
    Ok(i32::from(!key.is_empty() && sums.empty && !sums.found))
}

/// One page of ListObjectsV2.
pub(super) fn page(
    work: &mut Work<'_>,
    bucket: &str,
    prefix: &str,
    delimiter: Option<&str>,
    next: Option<String>,
) -> Result<Structure, Refused> {
    let size = work.args.value("page-size").and_then(|text| text.parse::<i64>().ok());
    let params = Structure::new()
        .with(field::BUCKET, bucket)
        .with(field::PREFIX, prefix)
        .with_some(field::DELIMITER, delimiter)
        .with_some(field::MAX_KEYS, size)
        .with_some(field::REQUEST_PAYER, work.args.value("request-payer").map(Value::from))
        .with_some(field::CONTINUATION_TOKEN, next);
    work.call("ListObjectsV2", params)
}

/// The token of the next page, if there is one.
pub(super) fn following(answer: &Structure) -> Option<String> {
    let more = answer.boolean(field::IS_TRUNCATED) == Some(true);
    answer
        .text(field::NEXT_CONTINUATION_TOKEN)
        .filter(|_| more)
        .map(str::to_owned)
}

fn show(work: &mut Work<'_>, answer: &Structure, recursive: bool, human: bool, sums: &mut Sums) {
    let mut text = String::new();
    for prefix in answer.structures(field::COMMON_PREFIXES) {
        let prefix = prefix.text(field::PREFIX).unwrap_or_default();
        let name = prefix.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        text.push_str(&format!("{:>30} {name}/\n", "PRE"));
    }
    for object in answer.structures(field::CONTENTS) {
        let key = object.text(field::KEY).unwrap_or_default();
        let bytes = object.integer(field::SIZE).unwrap_or_default();
        let name = if recursive {
            key
        } else {
            key.rsplit('/').next().unwrap_or_default()
        };
        let at = moment(object.timestamp(field::LAST_MODIFIED));
        text.push_str(&format!("{at} {:>10} {name}\n", size(bytes, human)));
        sums.objects += 1;
        sums.bytes += bytes;
    }
    if text.is_empty() {
        sums.empty = true;
    } else {
        sums.found = true;
    }
    work.printed.out(text);
}

/// `2025-03-03 09:00:00`, in UTC.
fn moment(at: Option<i64>) -> String {
    let iso = stratus_model::time::iso8601(at.unwrap_or_default());
    iso.get(..19).unwrap_or_default().replace('T', " ")
}

fn size(bytes: i64, human: bool) -> String {
    if human {
        human_readable(bytes)
    } else {
        bytes.to_string()
    }
}

/// `1.5 KiB`: units of 1024, one digit after the point, rounded half to even as Python does.
fn human_readable(bytes: i64) -> String {
    if bytes == 1 {
        return "1 Byte".into();
    }
    if bytes < 1024 {
        return format!("{bytes} Bytes");
    }
    let mut unit = 1024.0;
    for name in ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"] {
        let value = bytes as f64 / unit;
        if value.round_ties_even() < 1024.0 {
            return format!("{value:.1} {name}");
        }
        unit *= 1024.0;
    }
    format!("{:.1} EiB", bytes as f64 / unit * 1024.0)
}
