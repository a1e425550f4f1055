//! `aws ec2 bundle-instance` with the CLI's own options: where the bundle goes, and whose keys it is uploaded with, in the
//! place of a structure; with them the CLI makes the upload's policy and signs it.
//! <https://docs.aws.amazon.com/cli/latest/reference/ec2/bundle-instance.html>

use crate::data::{Data, Dict};
use crate::fault::Fault;
use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use hmac::{Hmac, Mac};
use sha1::Sha1;
use stratus_engine::base::time::{Span, Time};

/// The options, and the members of the storage that they stand for. The secret is none: it signs, and stays here.
pub const OPTIONS: [(&str, &str); 5] = [
    ("bucket", "Bucket"),
    ("prefix", "Prefix"),
    ("owner-akid", "AWSAccessKeyId"),
    ("owner-sak", SECRET),
    ("policy", "UploadPolicy"),
];

const SECRET: &str = "_SAK";

/// Puts an option's value where the API has it.
pub fn add(option: &str, value: &Data, params: &mut Dict) {
    let Some((_, member)) = OPTIONS.iter().find(|(name, _)| *name == option) else {
        return;
    };
    if let Some(s3) = storage(params, true) {
        s3.set(member, value.clone());
    }
}

/// What goes to S3, which is made where it is missing and wanted.
fn storage(params: &mut Dict, make: bool) -> Option<&mut Dict> {
    if make && !params.contains("Storage") {
        let empty = Dict::from_iter([("S3".to_owned(), Data::Dict(Dict::new()))]);
        params.set("Storage", Data::Dict(empty));
    }
    let Some(Data::Dict(storage)) = params.get_mut("Storage") else {
        return None;
    };
    match storage.get_mut("S3") {
        Some(Data::Dict(s3)) => Some(s3),
        _ => None,
    }
}

/// Makes the policy, good for a day, and its signature, where nobody gave them.
pub fn complete(params: &mut Dict, now: Time) -> Result<(), Fault> {
    // The CLI names the key that it looks for, and no more.
    let missing = |name: &str| Fault::other(format_args!("'{name}'"));
    if !params.contains("Storage") {
        return Err(missing("Storage"));
    }
    let s3 = storage(params, false).ok_or_else(|| missing("S3"))?;
    if !s3.contains("UploadPolicy") {
        let text = |name: &str| s3.get(name).map(Data::text).ok_or_else(|| missing(name));
        let (bucket, prefix) = (text("Bucket")?, text("Prefix")?);
        let end = (now + Span::minutes(24 * 60)).iso8601();
        let end = end.trim_end_matches('Z');
        let policy = format!(
            "{{\"expiration\": \"{end}000Z\",\"conditions\": [{{\"bucket\": \"{bucket}\"}},{{\"acl\": \"ec2-bundle-read\"}},[\"starts-with\", \"$key\", \"{prefix}\"]]}}"
        );
        s3.set("UploadPolicy", Data::Bytes(policy.into_bytes()));
    }
    if !s3.contains("UploadPolicySignature")
        && let (Some(Data::Bytes(policy)), Some(secret)) = (s3.get("UploadPolicy"), s3.get(SECRET).map(Data::text))
        && let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(secret.as_bytes())
    {
        mac.update(BASE64.encode(policy).as_bytes());
        let signature = BASE64.encode(mac.finalize().into_bytes());
        s3.set("UploadPolicySignature", Data::from(signature.as_str()));
        s3.remove(SECRET);
    }
    Ok(())
}
