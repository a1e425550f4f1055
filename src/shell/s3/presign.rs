//! `presign`: an address that is signed for a time, with Signature Version 4 in its query.
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html>

use super::files::{no_key, split};
use super::{Fault, Work};
use stratus_engine::services::s3::presigned;

/// `presign`, of a GET.
pub(super) fn presign(work: &mut Work<'_>) -> Result<i32, Fault> {
    let (bucket, key) = split(work.args.paths.first().map(String::as_str).unwrap_or_default());
    for (name, text) in [("Bucket", &bucket), ("Key", &key)] {
        if text.is_empty() {
            return Err(Fault::usage(match name {
                "Bucket" => "Parameter validation failed:\nInvalid bucket name \"\": Bucket name must match the regex \"^[a-zA-Z0-9.\\-_]{1,255}$\" or be an ARN matching the regex \"^arn:(aws).*:(s3|s3-object-lambda):[a-z\\-0-9]*:[0-9]{12}:accesspoint[/:][a-zA-Z0-9\\-.]{1,63}$|^arn:(aws).*:s3-outposts:[a-z\\-0-9]+:[0-9]{12}:outpost[/:][a-zA-Z0-9\\-]{1,63}[/:]accesspoint[/:][a-zA-Z0-9\\-]{1,63}$\"".to_owned(),
                _ => no_key(),
            }));
        }
    }
    let keys = work.session.keys.clone();
    let signs = !work.args.has("no-sign-request");
    if signs && keys.access_key.is_empty() {
        return Err(Fault {
            status: 253,
            text: "Unable to locate credentials. You can configure credentials by running \"aws configure\".".into(),
        });
    }
    let expires = work.args.value("expires-in").unwrap_or("3600").to_owned();
    let region = work.region.name();
    let (host, path) = presigned::place(&bucket, &key, work.region);
    if !signs {
        work.printed.out(format!("https://{host}{path}\n"));
        return Ok(0);
    }
    let url = presigned::sign(
        (&host, &path),
        region,
        (&keys.access_key, &keys.secret),
        work.session.tray.now(),
        &expires,
    );
    work.printed.out(format!("{url}\n"));
    Ok(0)
}
