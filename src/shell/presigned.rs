//! Presigned addresses: signed for a time with Signature Version 4 in their query, and opened again, which tells whether they
//! still hold. S3 keeps nothing of them: an address is its maker's right, lent to whoever holds it, and it ends by the clock,
//! with the key, or with the right. Nothing here changes a world.
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html>,
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html>

use crate::cloud::Keys;
use crate::on_the_way::percent_decoded;
use crate::signing::{Scope, encode, is_host_label};
use stratus_engine::base::time::Time;
use stratus_engine::catalog::Region;
use stratus_engine::principal::KeyStatus;
use stratus_engine::{Engine, Error};
use stratus_model::{Structure, field};

/// Seconds that an address holds at most: seven days.
pub const LONGEST: i64 = 604_800;

/// A key as it stands in an address and in `CopySource`: percent escapes, slashes as they are.
pub fn escaped(key: &str) -> String {
    encode(key, "/")
}

/// Host and path of an object.
pub fn place(bucket: &str, key: &str, region: Region) -> (String, String) {
    let (region, key) = (region.name(), escaped(key));
    if is_host_label(bucket) {
        (format!("{bucket}.s3.{region}.amazonaws.com"), format!("/{key}"))
    } else {
        (format!("s3.{region}.amazonaws.com"), format!("/{bucket}/{key}"))
    }
}

/// The address of a GET, signed for so many seconds from now on.
pub fn sign((host, path): (&str, &str), region: &str, keys: &Keys, now: Time, expires: &str) -> String {
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

/// What whoever holds an address gets now: what GetObject answers.
///
/// # Errors
/// `AccessDenied` before and after its time, `InvalidAccessKeyId`, `SignatureDoesNotMatch`,
/// `AuthorizationQueryParametersError`, and what GetObject answers instead.
pub fn open(engine: &Engine, url: &str) -> Result<Structure, Error> {
    let malformed = |text: &str| Error::new("AuthorizationQueryParametersError", text.to_owned());
    let (place, query) = url.split_once('?').unwrap_or((url, ""));
    let said = |name: &str| {
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.into_iter().find(|(key, _)| *key == name).map(|(_, value)| value)
    };
    let credential = said("X-Amz-Credential").unwrap_or_default().replace("%2F", "/");
    let mut parts = credential.split('/');
    let (access_key, region) = (parts.next().unwrap_or_default(), parts.nth(1).unwrap_or_default());
    let expires = said("X-Amz-Expires").and_then(|text| text.parse::<i64>().ok());
    let made = said("X-Amz-Date").and_then(moment);
    let (Some(made), Some(expires), Some(region)) = (made, expires, Region::find(region)) else {
        return Err(malformed(
            "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, \
            X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.",
        ));
    };
    if !(1..=LONGEST).contains(&expires) {
        return Err(malformed(
            "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be \
            less than 604800 seconds",
        ));
    }
    let now = engine.world().now;
    let denied = |text: &str| Error::new("AccessDenied", text.to_owned()).with_status(403);
    if now < made {
        return Err(denied("Request is not yet valid").remedy("The clock is before the moment at which it was signed."));
    }
    if now.0 > made.0.saturating_add(expires * 1_000) {
        return Err(denied("Request has expired").remedy(format!("It was good for {expires} seconds: sign another.")));
    }
    let known = engine
        .credentials(access_key, None)
        .filter(|known| known.status == KeyStatus::Active)
        .ok_or_else(|| {
            let text = "The AWS Access Key Id you provided does not exist in our records.";
            Error::new("InvalidAccessKeyId", text).with_status(403)
        })?;
    let keys = Keys {
        access_key: access_key.to_owned(),
        secret: known.secret,
    };
    let at = place.strip_prefix("https://").unwrap_or(place);
    let (host, path) = at.split_at(at.find('/').unwrap_or(at.len()));
    if sign((host, path), region.name(), &keys, made, &expires.to_string()) != url {
        let text = "The request signature we calculated does not match the signature you provided. Check your key and signing \
                    method.";
        return Err(Error::new("SignatureDoesNotMatch", text).with_status(403));
    }
    let (bucket, key) = match host.split_once(".s3.") {
        Some((bucket, _)) => (bucket, path.strip_prefix('/').unwrap_or(path)),
        None => path
            .strip_prefix('/')
            .and_then(|path| path.split_once('/'))
            .unwrap_or_default(),
    };
    let key = percent_decoded(key);
    let params = Structure::new().with(field::BUCKET, bucket).with(field::KEY, key);
    let answer = engine.try_on(engine.world(), region, "s3", "GetObject", &params)?;
    Ok(answer.0)
}

/// `20250303T090000Z` as a moment.
fn moment(stamp: &str) -> Option<Time> {
    let part = |from: usize, to: usize| stamp.get(from..to);
    let iso = format!(
        "{}-{}-{}T{}:{}:{}Z",
        part(0, 4)?,
        part(4, 6)?,
        part(6, 8)?,
        part(9, 11)?,
        part(11, 13)?,
        part(13, 15)?
    );
    stratus_model::time::parse(&iso).map(Time)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops where it cannot go on")]
    use super::*;
    use stratus_engine::Options;
    use stratus_model::Value;

    /// The example of the documentation named above.
    #[test]
    fn signs_as_the_documentation_does() {
        let keys = Keys {
            access_key: "AKIAIOSFODNN7EXAMPLE".into(),
            secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY".into(),
        };
        let now = Time(1_369_353_600_000);
        let host = "examplebucket.s3.amazonaws.com";
        let url = sign((host, "/test.txt"), "us-east-1", &keys, now, "86400");
        assert!(
            url.ends_with("X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404"),
            "{url}"
        );
    }

    /// An address holds for its time: not before, not after, and not with another key or another signature.
    #[test]
    fn an_address_holds_for_its_time() {
        let here = Region::US_EAST_1;
        let mut engine = Engine::new(Options::default());
        let bucket = Structure::new().with(field::BUCKET, "lent");
        engine.call(here, "s3", "CreateBucket", bucket.clone()).unwrap();
        let put = bucket
            .with(field::KEY, "a b/ü.txt")
            .with(field::BODY, Value::Blob(b"hello".to_vec()));
        engine.call(here, "s3", "PutObject", put).unwrap();
        let keys = crate::Cloud::keys(&engine);
        let now = engine.world().now;
        let (host, path) = place("lent", "a b/ü.txt", here);
        let url = sign((&host, &path), here.name(), &keys, now, "60");
        let answer = open(&engine, &url).unwrap();
        assert_eq!(answer.blob(field::BODY), Some(&b"hello"[..]));
        let code = |engine: &Engine, url: &str| open(engine, url).unwrap_err();
        assert_eq!(code(&engine, &url.replace("60&", "61&")).code, "SignatureDoesNotMatch");
        let early = sign((&host, &path), here.name(), &keys, Time(now.0 + 1_000), "60");
        assert_eq!(code(&engine, &early).message, "Request is not yet valid");
        engine.tick(Time(now.0 + 60_000), 1_000);
        assert!(open(&engine, &url).is_ok(), "its last second is still its own");
        engine.tick(Time(now.0 + 61_000), 1_000);
        assert_eq!(code(&engine, &url).message, "Request has expired");
        let long = sign((&host, &path), here.name(), &keys, now, "604801");
        assert_eq!(code(&engine, &long).code, "AuthorizationQueryParametersError");
    }
}
