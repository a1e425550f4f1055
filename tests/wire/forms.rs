//! Uploads by a form. The policy and its signature are facts of AWS's example:
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-post-example.html>

use stratus_model::{field, time};
use stratus_wire::post::{self, Form};
use stratus_wire::sigv4::{Secret, Signer, verify_form};
use stratus_wire::{Error, Request, decode, route};

const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const NOW: &str = "2015-12-29T12:00:00Z";
const BUCKET: &str = "sigv4examplebucket";
const POLICY: &str = "eyAiZXhwaXJhdGlvbiI6ICIyMDE1LTEyLTMwVDEyOjAwOjAwLjAwMFoiLA0KICAiY29uZGl0aW9ucyI6IFsNCiAgICB7ImJ1Y2tldCI6ICJzaWd2NGV4YW1wbGVidWNrZXQifSwNCiAgICBbInN0YXJ0cy13aXRoIiwgIiRrZXkiLCAidXNlci91c2VyMS8iXSwNCiAgICB7ImFjbCI6ICJwdWJsaWMtcmVhZCJ9LA0KICAgIHsic3VjY2Vzc19hY3Rpb25fcmVkaXJlY3QiOiAiaHR0cDovL3NpZ3Y0ZXhhbXBsZWJ1Y2tldC5zMy5hbWF6b25hd3MuY29tL3N1Y2Nlc3NmdWxfdXBsb2FkLmh0bWwifSwNCiAgICBbInN0YXJ0cy13aXRoIiwgIiRDb250ZW50LVR5cGUiLCAiaW1hZ2UvIl0sDQogICAgeyJ4LWFtei1tZXRhLXV1aWQiOiAiMTQzNjUxMjM2NTEyNzQifSwNCiAgICB7IngtYW16LXNlcnZlci1zaWRlLWVuY3J5cHRpb24iOiAiQUVTMjU2In0sDQogICAgWyJzdGFydHMtd2l0aCIsICIkeC1hbXotbWV0YS10YWciLCAiIl0sDQoNCiAgICB7IngtYW16LWNyZWRlbnRpYWwiOiAiQUtJQUlPU0ZPRE5ON0VYQU1QTEUvMjAxNTEyMjkvdXMtZWFzdC0xL3MzL2F3czRfcmVxdWVzdCJ9LA0KICAgIHsieC1hbXotYWxnb3JpdGhtIjogIkFXUzQtSE1BQy1TSEEyNTYifSwNCiAgICB7IngtYW16LWRhdGUiOiAiMjAxNTEyMjlUMDAwMDAwWiIgfQ0KICBdDQp9";
const SIGNATURE: &str = "8afdbf4008c03f22c2cd3cdb72e4afbb1f6a588f3255ac628749a66d7f09699e";
const FIELDS: [(&str, &str); 12] = [
    ("key", "user/user1/${filename}"),
    ("acl", "public-read"),
    (
        "success_action_redirect",
        "http://sigv4examplebucket.s3.amazonaws.com/successful_upload.html",
    ),
    ("Content-Type", "image/jpeg"),
    ("x-amz-meta-uuid", "14365123651274"),
    ("x-amz-server-side-encryption", "AES256"),
    (
        "X-Amz-Credential",
        "AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/aws4_request",
    ),
    ("X-Amz-Algorithm", "AWS4-HMAC-SHA256"),
    ("X-Amz-Date", "20151229T000000Z"),
    ("x-amz-meta-tag", "one"),
    ("Policy", POLICY),
    ("X-Amz-Signature", SIGNATURE),
];

fn request(fields: &[(&str, &str)], file: Option<&str>) -> Request {
    let mut body = String::new();
    for (name, value) in fields {
        body.push_str(&format!(
            "--9431149156168\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        ));
    }
    if let Some(file) = file {
        let head = "Content-Disposition: form-data; name=\"file\"; filename=\"C:\\photos\\me 1.jpg\"\r\nContent-Type: image/jpeg";
        body.push_str(&format!("--9431149156168\r\n{head}\r\n\r\n{file}\r\n"));
    }
    body.push_str("--9431149156168--\r\n");
    Request {
        method: "POST".to_string(),
        path: "/".to_string(),
        query: String::new(),
        headers: [
            ("host", "sigv4examplebucket.s3.amazonaws.com"),
            ("content-type", "multipart/form-data; boundary=9431149156168"),
        ]
        .into_iter()
        .collect(),
        body: body.into_bytes(),
    }
}

fn form(fields: &[(&str, &str)]) -> Form {
    let request = request(fields, Some("a file"));
    assert!(post::is_form(&request));
    post::read(&request).unwrap()
}

fn signer(form: &Form) -> Result<Signer, Error> {
    let put = form.put(BUCKET).unwrap();
    let speech = route(&put).unwrap().speech;
    let mut lookup = |key: &str, _: Option<&str>| (key == "AKIAIOSFODNN7EXAMPLE").then(|| Secret(SECRET.to_string()));
    verify_form(&speech, form, &mut lookup).map_err(|refused| refused.error)
}

fn changed(name: &str, value: &str) -> Vec<(&'static str, String)> {
    let fields = FIELDS
        .iter()
        .map(|(field, old)| (*field, if *field == name { value } else { old }.to_string()));
    fields.collect()
}

fn told(result: Result<(), Error>) -> String {
    result.map_or_else(
        |error| format!("{} {}: {}", error.code, error.status, error.message),
        |()| "taken".to_string(),
    )
}

fn judged(fields: &[(&'static str, String)]) -> String {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    told(form(&fields).check(BUCKET, time::parse(NOW).unwrap()))
}

#[test]
fn the_form_of_the_example_is_taken() {
    let form = form(&FIELDS);
    let signer = signer(&form).unwrap();
    assert_eq!(
        (signer.access_key.as_str(), signer.region.as_str()),
        ("AKIAIOSFODNN7EXAMPLE", "us-east-1")
    );
    form.check(BUCKET, time::parse(NOW).unwrap()).unwrap();
    let put = form.put(BUCKET).unwrap();
    let input = decode(&route(&put).unwrap(), &put).unwrap();
    assert_eq!(input.text(field::KEY), Some("user/user1/me 1.jpg"));
    assert_eq!(input.blob(field::BODY), Some(b"a file".as_slice()));
    assert_eq!(input.text(field::ACL), Some("public-read"));
    assert_eq!(input.text(field::CONTENT_TYPE), Some("image/jpeg"));
    assert_eq!(input.text(field::SERVER_SIDE_ENCRYPTION), Some("AES256"));
}

#[test]
fn what_the_policy_does_not_allow_is_refused() {
    let denied = "AccessDenied 403: Invalid according to Policy: ";
    let of_key = "Policy Condition failed: [\"starts-with\", \"$key\", \"user/user1/\"]";
    assert_eq!(judged(&changed("key", "user/user2/a")), format!("{denied}{of_key}"));
    let of_acl = "Policy Condition failed: [\"eq\", \"$acl\", \"public-read\"]";
    assert_eq!(judged(&changed("acl", "private")), format!("{denied}{of_acl}"));
    let mut more = changed("", "");
    more.push(("x-amz-storage-class", "GLACIER".to_string()));
    assert_eq!(
        judged(&more),
        format!("{denied}Extra input fields: x-amz-storage-class")
    );
    more.pop();
    more.push(("x-ignore-me", "x".to_string()));
    assert_eq!(judged(&more), "taken");
    let late = form(&FIELDS).check(BUCKET, time::parse("2015-12-30T12:00:01Z").unwrap());
    assert_eq!(told(late), format!("{denied}Policy expired."));
    let elsewhere = form(&FIELDS).check("other", time::parse(NOW).unwrap());
    assert!(told(elsewhere).contains("[\"eq\", \"$bucket\", \"sigv4examplebucket\"]"));
    assert_eq!(
        judged(&changed("Policy", "e30=")),
        "InvalidPolicyDocument 400: Invalid Policy: Policy missing expiration."
    );
    assert_eq!(
        judged(&changed("Policy", "%")),
        "InvalidPolicyDocument 400: Invalid Policy: Invalid JSON."
    );
}

#[test]
fn what_is_stored_is_what_the_policy_judged() {
    let mut fields = FIELDS.to_vec();
    fields.push(("X-Amz-Meta-UUID", "another"));
    fields.push(("ACL", "private"));
    let form = form(&fields);
    form.check(BUCKET, time::parse(NOW).unwrap()).unwrap();
    let put = form.put(BUCKET).unwrap();
    let told: Vec<&str> = put
        .headers
        .all("x-amz-meta-uuid")
        .chain(put.headers.all("x-amz-acl"))
        .collect();
    assert_eq!(told, ["14365123651274", "public-read"]);
}

#[test]
fn a_signature_is_of_its_policy() {
    let mut fields = FIELDS;
    fields[10].1 = "e30=";
    assert_eq!(signer(&form(&fields)).unwrap_err().code, "SignatureDoesNotMatch");
    fields[6].1 = "AKIANOBODY/20151229/us-east-1/s3/aws4_request";
    assert_eq!(signer(&form(&fields)).unwrap_err().code, "InvalidAccessKeyId");
    let nobody = form(&[("key", "a")]);
    assert_eq!(signer(&nobody).unwrap_err().code, "AccessDenied");
    let half: Vec<(&str, &str)> = FIELDS
        .iter()
        .copied()
        .filter(|(name, _)| *name != "X-Amz-Signature")
        .collect();
    let refused = signer(&form(&half)).unwrap_err();
    assert!(
        refused
            .message
            .starts_with("Bucket POST must contain a field named 'x-amz-signature'.")
    );
}

#[test]
fn what_is_no_form_is_refused() {
    let code = |request: &Request| {
        post::read(request)
            .map(|_| "taken".to_string())
            .unwrap_or_else(|error| error.code.to_string())
    };
    assert_eq!(code(&request(&FIELDS, None)), "InvalidArgument");
    assert_eq!(code(&request(&[("acl", "private")], Some("x"))), "InvalidArgument");
    let large = "x".repeat(20_001);
    assert_eq!(
        code(&request(&[("key", &large)], Some("x"))),
        "MaxPostPreDataLengthExceededError"
    );
    let whole = request(&FIELDS, Some("x"));
    for length in 0..whole.body.len() - 20 {
        let mut half = whole.clone();
        half.body.truncate(length);
        assert_ne!(code(&half), "taken", "{length}");
    }
    let mut other = whole.clone();
    other.headers.set("content-type", "multipart/form-data");
    assert!(!post::is_form(&other));
}
