//! `mb`, `rb` and `website`.

use super::files::split;
use super::{Fault, Work, transfer};
use stratus_model::{Structure, field};

/// The path of a command that takes a bucket only.
fn uri(work: &Work<'_>) -> Result<String, Fault> {
    let path = work.args.paths.first().cloned().unwrap_or_default();
    if path.starts_with("s3://") {
        Ok(path)
    } else {
        Err(Fault::usage("<S3Uri>\nError: Invalid argument type"))
    }
}

/// `mb`.
pub(super) fn make(work: &mut Work<'_>) -> Result<i32, Fault> {
    let path = uri(work)?;
    let (bucket, _) = split(&path);
    let mut params = Structure::new().with(field::BUCKET, bucket.clone());
    if work.region.name() != "us-east-1" {
        let place = Structure::new().with(field::LOCATION_CONSTRAINT, work.region.name());
        params.set(field::CREATE_BUCKET_CONFIGURATION, place);
    }
    match work.call("CreateBucket", params) {
        Ok(_) => {
            work.printed.out(format!("make_bucket: {bucket}\n"));
            Ok(0)
        }
        Err(refused) => {
            work.printed
                .err(format!("make_bucket failed: {path} {}", refused.text()));
            Ok(1)
        }
    }
}

/// `rb`, with `--force`.
pub(super) fn remove(work: &mut Work<'_>) -> Result<i32, Fault> {
    let path = uri(work)?;
    let (bucket, key) = split(&path);
    if !key.is_empty() {
        return Err(Fault::usage(format!(
            "Please specify a valid bucket name only. E.g. s3://{bucket}"
        )));
    }
    if work.args.has("force") && transfer::empty(work, &path)? != 0 {
        return Err(Fault::general(
            "remove_bucket failed: Unable to delete all objects in the bucket, bucket will not be deleted.",
        ));
    }
    match work.call("DeleteBucket", Structure::new().with(field::BUCKET, bucket.clone())) {
        Ok(_) => {
            work.printed.out(format!("remove_bucket: {bucket}\n"));
            Ok(0)
        }
        Err(refused) => {
            work.printed
                .err(format!("remove_bucket failed: {path} {}", refused.text()));
            Ok(1)
        }
    }
}

/// `website`.
pub(super) fn website(work: &mut Work<'_>) -> Result<i32, Fault> {
    let path = work.args.paths.first().cloned().unwrap_or_default();
    let path = path.strip_prefix("s3://").unwrap_or(&path);
    let bucket = path.strip_suffix('/').unwrap_or(path).to_owned();
    let mut configuration = Structure::new();
    if let Some(suffix) = work.args.value("index-document") {
        configuration.set(field::INDEX_DOCUMENT, Structure::new().with(field::SUFFIX, suffix));
    }
    if let Some(key) = work.args.value("error-document") {
        configuration.set(field::ERROR_DOCUMENT, Structure::new().with(field::KEY, key));
    }
    let params = Structure::new()
        .with(field::BUCKET, bucket)
        .with(field::WEBSITE_CONFIGURATION, configuration);
    work.call("PutBucketWebsite", params)?;
    Ok(0)
}
