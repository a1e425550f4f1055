//! Presigned links: addresses signed for a time with Signature Version 4 in their query, and whose right whoever opens one has.
//! S3 keeps nothing of them: a link is its maker's right, lent to whoever holds it, and it ends by the clock, with the key, or
//! with the right. Nothing here changes a world, and none passes that its maker's secret did not sign.
//!
//! In the world there is one clock, so a link of later than now, which only an undo leaves behind, is not valid yet; `serve`,
//! whose clients have clocks of their own, lets a quarter of an hour pass (`wire`).
//!
//! Sources: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html>,
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html>

use super::public::{Signer, Visit};
use super::{requests, unescaped};
use crate::base::error::{Error, Result};
use crate::base::limits::LINK_SECONDS;
use crate::base::sigv4::{Scope, encode, is_host_label};
use crate::base::time::Time;
use crate::catalog::Region;
use crate::principal::{self, KeyStatus};
use crate::world::World;
use stratus_model::{Structure, field};

/// What the parameters of a signature begin with.
const MARK: &str = "X-Amz-";

/// A request that may be signed in its address.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// `GET`, `PUT`, …
    pub method: &'a str,
    /// The header of that name.
    pub host: &'a str,
    /// With its first slash and its escapes.
    pub path: &'a str,
    /// What stands behind the question mark.
    pub query: &'a str,
    /// Other headers: names and values.
    pub headers: &'a [(&'a str, &'a str)],
}

/// A link that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Whose right it is.
    pub signer: Signer,
    /// The Region that it is signed for.
    pub region: Region,
    /// When it was signed.
    pub made: Time,
}

/// What an address says of its signature.
struct Claim<'a> {
    access_key: String,
    scope: Scope<'a>,
    region: Region,
    headers: String,
    signature: String,
    token: Option<String>,
    made: Time,
    seconds: i64,
}

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

/// The address of a GET, signed with a key and its secret for so many seconds from now on.
pub fn sign(
    (host, path): (&str, &str),
    region: &str,
    (access_key, secret): (&str, &str),
    now: Time,
    expires: &str,
) -> String {
    let scope = Scope::new(now, region, "s3");
    let credential = encode(&format!("{access_key}/{}", scope.text()), "");
    let query = format!(
        "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={credential}&X-Amz-Date={}&X-Amz-Expires={expires}&X-Amz-SignedHeaders=host",
        scope.stamp
    );
    let asked = Asked {
        method: "GET",
        host,
        path,
        query: &query,
        headers: &[],
    };
    let signature = scope.signature(secret, &scope.to_sign(&canonical(&asked, "host")));
    format!("https://{host}{path}?{query}&X-Amz-Signature={signature}")
}

/// Whose right a request has by its address; `None`: its address is not signed.
///
/// # Errors
/// `AccessDenied` before and after its time, `InvalidAccessKeyId`, `InvalidToken`, `ExpiredToken`, `SignatureDoesNotMatch`,
/// `AuthorizationQueryParametersError`.
pub fn judge(world: &World, asked: &Asked<'_>) -> Option<Result<Link>> {
    let signs = ["X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Signature"];
    let signed = pieces(asked.query).any(|(name, _)| signs.contains(&name));
    signed.then(|| verify(world, asked))
}

/// What of a query is left for the operation.
pub fn rest(query: &str) -> String {
    let kept = query.split('&').filter(|piece| !piece.starts_with(MARK));
    kept.collect::<Vec<_>>().join("&")
}

fn pieces(query: &str) -> impl Iterator<Item = (&str, &str)> {
    let pieces = query.split('&').filter(|piece| !piece.is_empty());
    pieces.map(|piece| piece.split_once('=').unwrap_or((piece, "")))
}

fn verify(world: &World, asked: &Asked<'_>) -> Result<Link> {
    let claim = claim(asked.query)?;
    let has_token = claim.token.is_some();
    let known = principal::credentials(world, &claim.access_key, claim.token.as_deref());
    let known = known.filter(|known| known.status != KeyStatus::WrongToken);
    let known = known.ok_or_else(|| unknown_key(&claim.access_key, has_token))?;
    in_time(&claim, world.now)?;
    let text = claim.scope.to_sign(&canonical(asked, &claim.headers));
    if claim.scope.signature(&known.secret, &text) != claim.signature {
        return Err(mismatch(&claim, &text));
    }
    match known.status {
        KeyStatus::Active => Ok(Link {
            signer: Signer::of(world, &known.principal),
            region: claim.region,
            made: claim.made,
        }),
        KeyStatus::Expired(_) => Err(Error::new("ExpiredToken", "The provided token has expired.")),
        KeyStatus::Inactive | KeyStatus::WrongToken => Err(unknown_key(&claim.access_key, has_token)),
    }
}

/// # Errors
/// `AuthorizationQueryParametersError`.
fn claim(query: &str) -> Result<Claim<'static>> {
    let part = |wanted: &str| {
        let found = pieces(query).find(|(name, _)| *name == wanted);
        found.and_then(|(_, value)| unescaped(value))
    };
    let whole = || {
        let credential = part("X-Amz-Credential")?;
        let date = part("X-Amz-Date")?;
        let rest = (
            part("X-Amz-SignedHeaders")?,
            part("X-Amz-Signature")?,
            part("X-Amz-Expires")?,
        );
        let algorithm = part("X-Amz-Algorithm")?;
        (algorithm == "AWS4-HMAC-SHA256").then_some((credential, moment(&date)?, rest))
    };
    let (credential, made, (headers, signature, expires)) = whole().ok_or_else(|| {
        malformed(
            "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, \
             X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.",
        )
    })?;
    let seconds: i64 = expires
        .parse()
        .map_err(|_| malformed("X-Amz-Expires should be a number"))?;
    if seconds < 0 {
        return Err(malformed("X-Amz-Expires must be non-negative"));
    }
    if seconds > LINK_SECONDS {
        return Err(malformed(
            "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than \
             604800 seconds",
        ));
    }
    let parts: Vec<&str> = credential.split('/').collect();
    let [access_key, _, region, _, _] = parts[..] else {
        return Err(malformed(
            "Error parsing the X-Amz-Credential parameter; the Credential is mal-formed; expecting \
             \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".",
        ));
    };
    let region = Region::find(region).ok_or_else(|| {
        malformed("Error parsing the X-Amz-Credential parameter; its Region is none.")
            .remedy("Sign it for the bucket's Region.")
    })?;
    let scope = Scope::new(made, region.name(), "s3");
    if credential != format!("{access_key}/{}", scope.text()) {
        let text = format!(
            "Error parsing the X-Amz-Credential parameter; expecting {access_key}/{} for X-Amz-Date {}.",
            scope.text(),
            scope.stamp
        );
        return Err(malformed(&text));
    }
    Ok(Claim {
        access_key: access_key.to_owned(),
        scope,
        region,
        headers: headers.to_ascii_lowercase(),
        signature,
        token: part("X-Amz-Security-Token"),
        made,
        seconds,
    })
}

fn in_time(claim: &Claim<'_>, now: Time) -> Result<()> {
    let ends = Time(claim.made.0.saturating_add(claim.seconds.saturating_mul(1_000)));
    let denied = |text: &str| {
        Error::new("AccessDenied", text)
            .with_status(403)
            .detail("Expires", ends.iso8601())
            .detail("ServerTime", now.iso8601())
    };
    if now < claim.made {
        return Err(denied("Request is not yet valid").remedy("The clock is before the moment at which it was signed."));
    }
    if now > ends {
        let remedy = format!("It was good for {} seconds: sign another.", claim.seconds);
        return Err(denied("Request has expired")
            .detail("X-Amz-Expires", claim.seconds)
            .remedy(remedy));
    }
    Ok(())
}

/// The request in the one form that is signed.
fn canonical(asked: &Asked<'_>, headers: &str) -> String {
    let path = unescaped(&asked.path.replace('+', "%2B")).map_or_else(|| asked.path.to_owned(), |path| escaped(&path));
    // A client that asks for a host alone asks for its root.
    let path = if path.is_empty() { "/" } else { &path };
    let again = |text: &str| unescaped(text).map_or_else(|| text.to_owned(), |text| encode(&text, ""));
    let pairs = pieces(asked.query).filter(|(name, _)| *name != "X-Amz-Signature");
    let mut pairs: Vec<(String, String)> = pairs.map(|(name, value)| (again(name), again(value))).collect();
    // By name, then by value: with its `=` a name would stand behind those that it begins.
    pairs.sort();
    let pairs: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let mut names: Vec<&str> = headers.split(';').collect();
    names.sort_unstable();
    let lines = names.iter().map(|name| {
        let given = asked.headers.iter().filter(|(of, _)| of.eq_ignore_ascii_case(name));
        let mut values: Vec<String> = given
            .map(|(_, value)| value.split_ascii_whitespace().collect::<Vec<_>>().join(" "))
            .collect();
        if *name == "host" {
            values = vec![asked.host.to_owned()];
        }
        format!("{name}:{}\n", values.join(","))
    });
    let lines: String = lines.collect();
    let (method, query, names) = (asked.method, pairs.join("&"), names.join(";"));
    format!("{method}\n{path}\n{query}\n{lines}\n{names}\nUNSIGNED-PAYLOAD")
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
    let made = stratus_model::time::parse(&iso).map(Time)?;
    (Scope::new(made, "", "").stamp == stamp).then_some(made)
}

fn malformed(text: &str) -> Error {
    Error::new("AuthorizationQueryParametersError", text)
}

fn unknown_key(access_key: &str, has_token: bool) -> Error {
    if has_token {
        return Error::new("InvalidToken", "The provided token is malformed or otherwise invalid.");
    }
    let text = "The AWS Access Key Id you provided does not exist in our records.";
    Error::new("InvalidAccessKeyId", text)
        .with_status(403)
        .detail("AWSAccessKeyId", access_key)
}

fn mismatch(claim: &Claim<'_>, text: &str) -> Error {
    let message = "The request signature we calculated does not match the signature you provided. Check your key and signing method.";
    Error::new("SignatureDoesNotMatch", message)
        .with_status(403)
        .detail("AWSAccessKeyId", &claim.access_key)
        .detail("StringToSign", text)
        .detail("SignatureProvided", &claim.signature)
}

/// A link that is signed for another Region than that of the endpoint.
pub(crate) fn wrong_region(signed: Region, wanted: Region) -> Error {
    let (signed, wanted) = (signed.name(), wanted.name());
    let text =
        format!("Error parsing the X-Amz-Credential parameter; the region '{signed}' is wrong; expecting '{wanted}'");
    malformed(&text).detail("Region", wanted)
}

/// What a browser on the laptop gets that opens a link of [`sign`]'s now: what GetObject answers.
///
/// # Errors
/// As [`judge`], and what GetObject answers instead.
pub fn open(world: &World, url: &str) -> Result<Structure> {
    let (at, query) = url.split_once('?').unwrap_or((url, ""));
    let at = at.strip_prefix("https://").unwrap_or(at);
    let (host, path) = at.split_at(at.find('/').unwrap_or(at.len()));
    let asked = Asked {
        method: "GET",
        host,
        path,
        query,
        headers: &[],
    };
    let Link { signer, region, made } = verify(world, &asked)?;
    let inner = path.strip_prefix('/').unwrap_or(path);
    let (bucket, key) = match host.split_once(".s3.") {
        Some((bucket, _)) => (bucket, inner),
        None => inner.split_once('/').unwrap_or_default(),
    };
    let key = unescaped(key).unwrap_or_default();
    let params = Structure::new().with(field::BUCKET, bucket).with(field::KEY, key);
    let visit = Visit {
        signer: Some(signer),
        signed: Some(made),
        ..Visit::of_laptop("Mozilla/5.0")
    };
    requests::read(world, region, "GetObject", &params, &visit).result
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops where it cannot go on")]
    use super::*;

    /// The example of the documentation named above.
    #[test]
    fn signs_as_the_documentation_does() {
        let keys = ("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
        let now = Time(1_369_353_600_000);
        let host = "examplebucket.s3.amazonaws.com";
        let url = sign((host, "/test.txt"), "us-east-1", keys, now, "86400");
        assert!(
            url.ends_with("X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404"),
            "{url}"
        );
    }

    /// A link holds for its time: not before, not after, and not with another key or another signature.
    #[test]
    fn a_link_holds_for_its_time() {
        let here = Region::US_EAST_1;
        let mut engine = crate::Engine::new(crate::Options::default());
        let bucket = Structure::new().with(field::BUCKET, "lent");
        engine.call(here, "s3", "CreateBucket", bucket.clone()).unwrap();
        let put = bucket
            .with(field::KEY, "a b/ü.txt")
            .with(field::BODY, stratus_model::Value::Blob(b"hello".to_vec()));
        engine.call(here, "s3", "PutObject", put).unwrap();
        let options = &engine.world().options;
        let key = principal::Principal::administrator(options).access_key;
        let secret = principal::Principal::administrator_secret(options);
        let now = engine.world().now;
        let (host, path) = place("lent", "a b/ü.txt", here);
        let made = |at: Time, seconds: &str| sign((&host, &path), here.name(), (&key, &secret), at, seconds);
        let url = made(now, "60");
        let answer = open(engine.world(), &url).unwrap();
        assert_eq!(answer.blob(field::BODY), Some(&b"hello"[..]));
        let code = |engine: &crate::Engine, url: &str| open(engine.world(), url).unwrap_err();
        assert_eq!(code(&engine, &url.replace("60&", "61&")).code, "SignatureDoesNotMatch");
        let early = made(Time(now.0 + 1_000), "60");
        assert_eq!(code(&engine, &early).message, "Request is not yet valid");
        engine.tick(Time(now.0 + 60_000), 1_000);
        assert!(open(engine.world(), &url).is_ok(), "its last second is still its own");
        engine.tick(Time(now.0 + 61_000), 1_000);
        assert_eq!(code(&engine, &url).message, "Request has expired");
        let long = made(now, "604801");
        assert_eq!(code(&engine, &long).code, "AuthorizationQueryParametersError");
    }
}
