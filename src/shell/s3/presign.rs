//! `presign`: an address that is signed for a time, with Signature Version 4 in its query.
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html>

use super::files::split;
use super::{Fault, Work};
use crate::cloud::Keys;
use crate::signing::{Scope, encode, is_host_label};
use stratus_engine::base::time::Time;

/// `presign`, of a GET.
pub(super) fn presign(work: &mut Work<'_>) -> Result<i32, Fault> {
    let (bucket, key) = split(work.args.paths.first().map(String::as_str).unwrap_or_default());
    for (name, text) in [("Bucket", &bucket), ("Key", &key)] {
        if text.is_empty() {
            return Err(Fault::usage(match name {
                "Bucket" => "Parameter validation failed:\nInvalid bucket name \"\": Bucket name must match the regex \"^[a-zA-Z0-9.\\-_]{1,255}$\" or be an ARN matching the regex \"^arn:(aws).*:(s3|s3-object-lambda):[a-z\\-0-9]*:[0-9]{12}:accesspoint[/:][a-zA-Z0-9\\-.]{1,63}$|^arn:(aws).*:s3-outposts:[a-z\\-0-9]+:[0-9]{12}:outpost[/:][a-zA-Z0-9\\-]{1,63}[/:]accesspoint[/:][a-zA-Z0-9\\-]{1,63}$\"".to_owned(),
                _ => format!("Parameter validation failed:\nInvalid length for parameter {name}, value: 0, valid min length: 1"),
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
    let key = encode(&key, "/");
    let (host, path) = if is_host_label(&bucket) {
        (format!("{bucket}.s3.{region}.amazonaws.com"), format!("/{key}"))
    } else {
        (format!("s3.{region}.amazonaws.com"), format!("/{bucket}/{key}"))
    };
    if !signs {
        work.printed.out(format!("https://{host}{path}\n"));
        return Ok(0);
    }
    let url = signed(&host, &path, region, &keys, work.session.tray.now(), &expires);
    work.printed.out(format!("{url}\n"));
    Ok(0)
}

/// The address of a GET, signed for so many seconds from now on.
fn signed(host: &str, path: &str, region: &str, keys: &Keys, now: Time, expires: &str) -> String {
    let scope = Scope::new(now, region, "s3");
    let credential = encode(&format!("{}/{}", keys.access_key, scope.text()), "");
    let query = format!(
        "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={credential}&X-Amz-Date={}&X-Amz-Expires={expires}&X-Amz-SignedHeaders=host",
        scope.stamp
    );
    let request = format!("GET\n{path}\n{query}\nhost:{host}\n\nhost\nUNSIGNED-PAYLOAD");
    let signature = scope.signature(keys, &scope.to_sign(&request));
    format!("https://{host}{path}?{query}&X-Amz-Signature={signature}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the documentation named above.
    #[test]
    fn signs_as_the_documentation_does() {
        let keys = Keys {
            access_key: "AKIAIOSFODNN7EXAMPLE".into(),
            secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY".into(),
        };
        let now = Time(1_369_353_600_000);
        let url = signed(
            "examplebucket.s3.amazonaws.com",
            "/test.txt",
            "us-east-1",
            &keys,
            now,
            "86400",
        );
        assert!(
            url.ends_with("X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404"),
            "{url}"
        );
    }
}
