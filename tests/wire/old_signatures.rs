//! Signature Version 2, as S3 takes it in its oldest Regions. The values are facts of "Signing and authenticating REST
//! requests" in the S3 API reference, whose bucket was johnsmith: <https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html>.

use stratus_model::time;
use stratus_wire::sigv4::{Kind, Refused, Secret, Signer, verify};
use stratus_wire::{Request, route};

const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const KEY: &str = "AKIAIOSFODNN7EXAMPLE";
const HOST: (&str, &str) = ("host", "johnsmith.s3.amazonaws.com");

/// Method, target, headers, date and signature.
type Case<'c> = (&'c str, &'c str, &'c [(&'static str, &'c str)], &'c str, &'c str);

fn request(method: &str, target: &str, headers: &[(&'static str, &str)]) -> Request {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    Request {
        method: method.to_string(),
        path: path.to_string(),
        query: query.to_string(),
        headers: headers.iter().copied().collect(),
        body: Vec::new(),
    }
}

fn check(request: &Request, now: &str) -> Result<Signer, Refused> {
    let speech = route(request).map_or_else(|refusal| refusal.speech, |routed| routed.speech);
    let mut lookup = |key: &str, _: Option<&str>| (key == KEY).then(|| Secret(SECRET.to_string()));
    verify(&speech, request, time::parse(now).unwrap(), &mut lookup)
}

fn told(refused: Result<Signer, Refused>) -> String {
    let error = refused.unwrap_err().error;
    format!("{} {}: {}", error.code, error.status, error.message)
}

#[test]
fn headers_are_verified_as_published() {
    let cases: [Case; 5] = [
        (
            "GET",
            "/photos/puppy.jpg",
            &[],
            "Tue, 27 Mar 2007 19:36:42 +0000",
            "bWq2s1WEIj+Ydj0vQ697zp+IXMU=",
        ),
        (
            "PUT",
            "/photos/puppy.jpg",
            &[("content-type", "image/jpeg"), ("content-length", "94328")],
            "Tue, 27 Mar 2007 21:15:45 +0000",
            "MyyxeRY7whkBe+bq8fHCL/2kKUg=",
        ),
        (
            "GET",
            "/?prefix=photos&max-keys=50&marker=puppy",
            &[("user-agent", "Mozilla/5.0")],
            "Tue, 27 Mar 2007 19:42:41 +0000",
            "htDYFYduRNen8P9ZfE/s9SuKy0U=",
        ),
        (
            "GET",
            "/?acl",
            &[],
            "Tue, 27 Mar 2007 19:44:46 +0000",
            "c2WLPFtWHVgbEmeEG93a4cG37dM=",
        ),
        // The same bucket in the path.
        (
            "GET",
            "/johnsmith/?acl",
            &[],
            "Tue, 27 Mar 2007 19:44:46 +0000",
            "c2WLPFtWHVgbEmeEG93a4cG37dM=",
        ),
    ];
    for (method, target, headers, date, signature) in cases {
        let authorization = format!("AWS {KEY}:{signature}");
        let host = if target.starts_with("/johnsmith") {
            ("host", "s3.amazonaws.com")
        } else {
            HOST
        };
        let mut all = vec![host, ("date", date), ("authorization", authorization.as_str())];
        all.extend(headers);
        let signed = request(method, target, &all);
        let signer = check(&signed, "2007-03-27T19:45:00Z");
        let signer = if method == "PUT" {
            check(&signed, "2007-03-27T21:15:45Z")
        } else {
            signer
        };
        let signer = signer.unwrap_or_else(|refused| panic!("{target}: {refused:?}"));
        assert!(signer.old && !signer.presigned);
        assert_eq!(signer.access_key, KEY);
        let late = told(check(&signed, "2007-03-27T21:45:00Z"));
        assert_eq!(
            late,
            "RequestTimeTooSkewed 403: The difference between the request time and the current time is too large."
        );
    }
}

#[test]
fn the_slash_after_a_bucket_is_signed_or_not() {
    // The signature of GET /johnsmith/?acl, of which boto3 sends no slash.
    let authorization = format!("AWS {KEY}:c2WLPFtWHVgbEmeEG93a4cG37dM=");
    let headers = [
        ("host", "127.0.0.1:4566"),
        ("date", "Tue, 27 Mar 2007 19:44:46 +0000"),
        ("authorization", authorization.as_str()),
    ];
    check(&request("GET", "/johnsmith?acl", &headers), "2007-03-27T19:44:46Z").unwrap();
    let root = route(&request("GET", "/", &headers)).unwrap();
    assert_eq!((root.service.name, root.operation.name), ("s3", "ListBuckets"));
}

#[test]
fn an_address_is_verified_as_published_and_ends() {
    let target = |path: &str| {
        format!("{path}?AWSAccessKeyId={KEY}&Signature=NpgCjnDzrM%2BWFzoENXmpNDUsSn8%3D&Expires=1175139620")
    };
    let address = request("GET", &target("/photos/puppy.jpg"), &[HOST]);
    assert!(check(&address, "2007-03-29T03:40:20Z").unwrap().presigned);
    let late = check(&address, "2007-03-29T03:40:21Z").unwrap_err();
    assert_eq!(late.kind, Kind::Expired);
    assert_eq!((late.error.code.as_ref(), late.error.status), ("AccessDenied", 403));
    assert_eq!(late.error.message, "Request has expired");
    // Another object, another method, and another header that S3 acts upon.
    let other = request("GET", &target("/photos/kitten.jpg"), &[HOST]);
    let refused = check(&other, "2007-03-29T03:40:20Z").unwrap_err();
    assert_eq!(
        (refused.kind, refused.error.code.as_ref()),
        (Kind::Mismatch, "SignatureDoesNotMatch")
    );
    let text = "GET\n\n\n1175139620\n/johnsmith/photos/kitten.jpg".to_string();
    assert!(refused.error.details.contains(&("StringToSign".into(), text)));
    let other = request("HEAD", &target("/photos/puppy.jpg"), &[HOST]);
    assert_eq!(check(&other, "2007-03-29T03:40:20Z").unwrap_err().kind, Kind::Mismatch);
    let other = request(
        "GET",
        &target("/photos/puppy.jpg"),
        &[HOST, ("x-amz-acl", "public-read")],
    );
    assert_eq!(check(&other, "2007-03-29T03:40:20Z").unwrap_err().kind, Kind::Mismatch);
    // What selects a part of the object is signed with it.
    let other = request("GET", &format!("{}&versionId=1", target("/photos/puppy.jpg")), &[HOST]);
    assert_eq!(check(&other, "2007-03-29T03:40:20Z").unwrap_err().kind, Kind::Mismatch);
}

#[test]
fn what_is_no_whole_signature_is_refused_in_s3s_words() {
    let now = "2007-03-27T19:36:42Z";
    let header = |text: &str| {
        let headers = [
            HOST,
            ("date", "Tue, 27 Mar 2007 19:36:42 +0000"),
            ("authorization", text),
        ];
        told(check(&request("GET", "/photos/puppy.jpg", &headers), now))
    };
    assert_eq!(
        header("AWS AKIAIOSFODNN7EXAMPLE"),
        "InvalidArgument 400: AWS authorization header is invalid.  Expected AwsAccessKeyId:signature"
    );
    assert_eq!(
        header("Bearer token"),
        "InvalidArgument 400: Unsupported Authorization Type"
    );
    assert_eq!(
        header("AWS AKIANOBODY:bWq2s1WEIj+Ydj0vQ697zp+IXMU="),
        "InvalidAccessKeyId 403: The AWS Access Key Id you provided does not exist in our records."
    );
    let undated = request("GET", "/a", &[HOST, ("authorization", "AWS AKIAIOSFODNN7EXAMPLE:x")]);
    assert_eq!(
        told(check(&undated, now)),
        "AccessDenied 403: AWS authentication requires a valid Date or x-amz-date header"
    );
    let query = |query: &str| told(check(&request("GET", &format!("/a?{query}"), &[HOST]), now));
    assert_eq!(
        query("AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Signature=x"),
        "AccessDenied 403: Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters"
    );
    assert_eq!(
        query("AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Signature=x&Expires=tomorrow"),
        "AccessDenied 403: Invalid date (should be seconds since epoch): tomorrow"
    );
    // Only S3 ever takes it.
    let other = request(
        "GET",
        "/?Action=ListUsers&Version=2010-05-08&AWSAccessKeyId=a&Signature=b&Expires=1",
        &[("host", "iam.amazonaws.com")],
    );
    assert_eq!(
        told(check(&other, now)),
        "IncompleteSignature 400: Only AWS4-HMAC-SHA256 signatures are taken."
    );
}
