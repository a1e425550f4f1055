//! Who signed the policy of an upload by a form: with Signature Version 4, or with Version 2 where that is taken.
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-authentication-HTTPPOST.html>

use super::hash::{hex, hmac, hmac_sha1, same, signing_key};
use super::refusal::{self, Refused, Shown};
use super::verify::{Clock, Secret, Signer, moment};
use crate::message::Speech;
use crate::post::{self, Form};
use crate::scope::Scope;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

/// Finds who signed a form's policy; whether the form is as the policy wants it is [`Form::check`]'s to say. `lookup`: as for
/// [`super::verify()`].
///
/// # Errors
/// As [`super::verify()`]; a form without a policy is signed by nobody.
pub fn verify_form(
    speech: &Speech,
    form: &Form,
    lookup: &mut dyn FnMut(&str, Option<&str>) -> Option<Secret>,
) -> Result<Signer, Refused> {
    let Some(policy) = form.get("policy") else {
        return Err(refusal::unsigned(speech));
    };
    let field = |name: &str| form.get(name).ok_or_else(|| lacks(name));
    let token = form.get("x-amz-security-token").map(str::to_string);
    let old = form.get("AWSAccessKeyId").is_some();
    let (access_key, signature, scope) = if old {
        (field("AWSAccessKeyId")?.to_string(), field("signature")?, None)
    } else {
        if field("x-amz-algorithm")? != "AWS4-HMAC-SHA256" {
            return Err(refusal::unsupported(speech));
        }
        let wrong = || refusal::incomplete(speech, true, &[]);
        let scope = Scope::parse(field("x-amz-credential")?).ok_or_else(wrong)?;
        field("x-amz-date")?;
        (scope.access_key.clone(), field("x-amz-signature")?, Some(scope))
    };
    let secret = lookup(&access_key, token.as_deref())
        .ok_or_else(|| refusal::unknown_key(speech, &access_key, token.is_some()))?;
    let computed = match &scope {
        Some(scope) => hex(&hmac(&signing_key(&secret.0, scope), policy)),
        None => BASE64.encode(hmac_sha1(secret.0.as_bytes(), policy)),
    };
    if !same(&computed, signature) {
        let shown = Shown {
            signature,
            string_to_sign: policy,
            canonical_request: "",
        };
        return Err(refusal::mismatch(speech, &access_key, &shown));
    }
    Ok(Signer {
        access_key,
        token,
        region: scope.map(|scope| scope.region).unwrap_or_default(),
        service: "s3".to_string(),
        presigned: true,
        old,
    })
}

/// When a form counts as sent, by the clock that its policy's end is held against: as a presigned address, of which a form is told
/// by its signature and the date that it was signed (<https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTForms.html>).
pub fn form_sent(form: &Form, clock: &mut dyn Clock) -> i64 {
    let signature = form.get("x-amz-signature").or_else(|| form.get("signature"));
    match signature {
        Some(signature) => clock.opened(signature, form.get("x-amz-date").and_then(moment)),
        None => clock.now(),
    }
}

fn lacks(name: &str) -> Refused {
    refusal::no_form(post::lacks(name))
}
