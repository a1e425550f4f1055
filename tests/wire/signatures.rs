//! Signature Version 4: the examples that AWS publishes, both ways; and what is refused, in the words of each service.
//! The values are facts of AWS's SigV4 test suite, of "Signature calculations for the authorization header" and its siblings
//! in the S3 API reference, and of the IAM user guide's example.

use stratus_model::time;
use stratus_wire::sigv4::{Credentials, Kind, Refused, Secret, Signer, chunked, presign, sign, verify};
use stratus_wire::{Codec, Headers, Request, Speech, route};

const S3_SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const SUITE_SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

/// Method, target, headers, body, and the signature.
type Case<'c> = (&'c str, &'c str, &'c [(&'static str, &'c str)], &'c str, &'c str);

fn at(text: &str) -> i64 {
    time::parse(text).unwrap()
}

fn credentials(access_key: &str, secret: &str, service: &str) -> Credentials {
    Credentials {
        access_key: access_key.to_string(),
        secret: secret.to_string(),
        token: None,
        region: "us-east-1".to_string(),
        service: service.to_string(),
    }
}

fn request(method: &str, target: &str, headers: &[(&'static str, &str)], body: &[u8]) -> Request {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    Request {
        method: method.to_string(),
        path: path.to_string(),
        query: query.to_string(),
        headers: headers.iter().copied().collect::<Headers>(),
        body: body.to_vec(),
    }
}

fn signature(request: &Request) -> String {
    let header = request.headers.get("authorization").unwrap();
    header.rsplit("Signature=").next().unwrap().to_string()
}

fn speech(request: &Request) -> Speech {
    route(request).map_or_else(|refusal| refusal.speech, |routed| routed.speech)
}

fn check(request: &Request, now: &str, secret: &str) -> Result<Signer, Refused> {
    let mut lookup = |key: &str, _: Option<&str>| key.starts_with("AKI").then(|| Secret(secret.to_string()));
    verify(&speech(request), request, at(now), &mut lookup)
}

#[test]
fn the_test_suite_is_signed_as_published() {
    let cases: [Case; 8] = [
        (
            "GET",
            "/",
            &[],
            "",
            "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
        ),
        (
            "GET",
            "/?Param2=value2&Param1=value1",
            &[],
            "",
            "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
        ),
        (
            "GET",
            "/\u{1234}",
            &[],
            "",
            "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85",
        ),
        (
            "GET",
            "/example/..",
            &[],
            "",
            "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
        ),
        (
            "GET",
            "//",
            &[],
            "",
            "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
        ),
        (
            "GET",
            "/./",
            &[],
            "",
            "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
        ),
        (
            "POST",
            "/",
            &[],
            "",
            "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b",
        ),
        (
            "POST",
            "/",
            &[("content-type", "application/x-www-form-urlencoded")],
            "Param1=value1",
            "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a",
        ),
    ];
    for (method, target, headers, body, expected) in cases {
        let mut all = vec![("host", "example.amazonaws.com")];
        all.extend(headers);
        let mut request = request(method, target, &all, body.as_bytes());
        let now = at("2015-08-30T12:36:00Z");
        sign(&mut request, &credentials("AKIDEXAMPLE", SUITE_SECRET, "service"), now);
        assert_eq!(signature(&request), expected, "{method} {target}");
    }
}

#[test]
fn the_example_of_iam_is_signed_and_verified() {
    let headers = [
        ("host", "iam.amazonaws.com"),
        ("content-type", "application/x-www-form-urlencoded; charset=utf-8"),
    ];
    let mut request = request("GET", "/?Action=ListUsers&Version=2010-05-08", &headers, b"");
    let now = "2015-08-30T12:36:00Z";
    sign(&mut request, &credentials("AKIDEXAMPLE", SUITE_SECRET, "iam"), at(now));
    assert_eq!(
        signature(&request),
        "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7"
    );
    let signer = check(&request, now, SUITE_SECRET).unwrap();
    assert_eq!(
        (signer.access_key.as_str(), signer.service.as_str()),
        ("AKIDEXAMPLE", "iam")
    );
}

const S3_NOW: &str = "2013-05-24T00:00:00Z";
const HOST: (&str, &str) = ("host", "examplebucket.s3.amazonaws.com");

fn s3() -> Credentials {
    credentials("AKIAIOSFODNN7EXAMPLE", S3_SECRET, "s3")
}

#[test]
fn the_examples_of_s3_are_signed_and_verified() {
    let cases: [Case; 4] = [
        (
            "GET",
            "/test.txt",
            &[("range", "bytes=0-9")],
            "",
            "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
        ),
        (
            "PUT",
            "/test%24file.text",
            &[
                ("date", "Fri, 24 May 2013 00:00:00 GMT"),
                ("x-amz-storage-class", "REDUCED_REDUNDANCY"),
            ],
            "Welcome to Amazon S3.",
            "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
        ),
        (
            "GET",
            "/?lifecycle",
            &[],
            "",
            "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
        ),
        (
            "GET",
            "/?max-keys=2&prefix=J",
            &[],
            "",
            "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
        ),
    ];
    for (method, target, headers, body, expected) in cases {
        let mut all = vec![HOST];
        all.extend(headers);
        let mut request = request(method, target, &all, body.as_bytes());
        sign(&mut request, &s3(), at(S3_NOW));
        assert_eq!(signature(&request), expected, "{method} {target}");
        assert_eq!(check(&request, S3_NOW, S3_SECRET).unwrap().region, "us-east-1");
    }
}

#[test]
fn a_presigned_address_is_as_published_and_ends() {
    let mut address = request("GET", "/test.txt", &[HOST], b"");
    presign(&mut address, &s3(), at(S3_NOW), 86_400);
    assert!(
        address
            .query
            .ends_with("&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404"),
        "{}",
        address.query
    );
    assert!(check(&address, "2013-05-24T23:59:59Z", S3_SECRET).unwrap().presigned);
    let late = check(&address, "2013-05-25T00:00:01Z", S3_SECRET).unwrap_err();
    assert_eq!((late.kind, late.error.code.as_ref()), (Kind::Expired, "AccessDenied"));
    assert_eq!(late.error.message, "Request has expired");
}

/// 65 KiB of the letter a, as in the S3 API reference.
fn long() -> Vec<u8> {
    vec![b'a'; 66_560]
}

#[test]
fn chunks_are_signed_as_published() {
    let headers = [
        ("host", "s3.amazonaws.com"),
        ("x-amz-storage-class", "REDUCED_REDUNDANCY"),
        ("content-encoding", "aws-chunked"),
        ("content-length", "66824"),
    ];
    let mut request = request("PUT", "/examplebucket/chunkObject.txt", &headers, &long());
    chunked(&mut request, &s3(), at(S3_NOW), 65_536, &[]);
    assert_eq!(
        signature(&request),
        "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9"
    );
    let text = String::from_utf8_lossy(&request.body).into_owned();
    for line in [
        "10000;chunk-signature=ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648\r\n",
        "400;chunk-signature=0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497\r\n",
        "0;chunk-signature=b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9\r\n\r\n",
    ] {
        assert!(text.contains(line), "{line}");
    }
    assert_eq!(request.body.len(), 66_824);
    check(&request, S3_NOW, S3_SECRET).unwrap();
    // One byte of the data, and one digit of the last signature.
    for place in [200, 66_820 - 10] {
        let mut other = request.clone();
        other.body[place] ^= 1;
        let refused = check(&other, S3_NOW, S3_SECRET).unwrap_err();
        assert_eq!(refused.error.code, "SignatureDoesNotMatch");
    }
    let mut short = request.clone();
    short.body.truncate(60_000);
    assert_eq!(
        check(&short, S3_NOW, S3_SECRET).unwrap_err().error.code,
        "IncompleteBody"
    );
}

#[test]
fn trailers_are_signed_as_published() {
    let headers = [
        ("host", "s3.amazonaws.com"),
        ("x-amz-storage-class", "REDUCED_REDUNDANCY"),
        ("content-encoding", "aws-chunked"),
    ];
    let mut request = request("PUT", "/examplebucket/chunkObject.txt", &headers, &long());
    let trailers = [("x-amz-checksum-crc32c", "sOO8/Q==")];
    chunked(&mut request, &s3(), at(S3_NOW), 65_536, &trailers);
    assert_eq!(
        signature(&request),
        "106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e"
    );
    let text = String::from_utf8_lossy(&request.body).into_owned();
    for line in [
        "10000;chunk-signature=b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2\r\n",
        "400;chunk-signature=1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7\r\n",
        "0;chunk-signature=2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992\r\n",
        "x-amz-checksum-crc32c:sOO8/Q==\r\n",
        "x-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n",
    ] {
        assert!(text.contains(line), "{line}");
    }
    check(&request, S3_NOW, S3_SECRET).unwrap();
    // And the checksum is the body's.
    let input = stratus_wire::decode(&route(&request).unwrap(), &request).unwrap();
    assert_eq!(input.blob(stratus_model::field::BODY).unwrap(), long());
    assert_eq!(input.text(stratus_model::field::CHECKSUM_CRC32_C), Some("sOO8/Q=="));
    assert_eq!(input.integer(stratus_model::field::CONTENT_LENGTH), Some(66_560));
    assert_eq!(input.get(stratus_model::field::CONTENT_ENCODING), None);
    let wrong = String::from_utf8(request.body.clone())
        .unwrap()
        .replace("sOO8/Q==", "sOO8/A==");
    let mut other = request.clone();
    other.body = wrong.into_bytes();
    assert_eq!(check(&other, S3_NOW, S3_SECRET).unwrap_err().kind, Kind::Mismatch);
    other
        .headers
        .set("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER");
    let error = stratus_wire::decode(&route(&other).unwrap(), &other).unwrap_err();
    assert_eq!(error.code, "BadDigest");
}

/// A call of each dialect: S3, EC2, query, JSON, CBOR, and Route 53's XML.
fn calls() -> Vec<(Request, &'static str)> {
    let form = ("content-type", "application/x-www-form-urlencoded");
    vec![
        (
            request("GET", "/bucket/key", &[("host", "s3.us-east-1.amazonaws.com")], b""),
            "s3",
        ),
        (
            request(
                "POST",
                "/",
                &[("host", "ec2.us-east-1.amazonaws.com"), form],
                b"Action=DescribeVpcs&Version=2016-11-15",
            ),
            "ec2",
        ),
        (
            request(
                "POST",
                "/",
                &[("host", "sts.amazonaws.com"), form],
                b"Action=GetCallerIdentity&Version=2011-06-15",
            ),
            "sts",
        ),
        (
            request(
                "POST",
                "/",
                &[
                    ("host", "ssm.us-east-1.amazonaws.com"),
                    ("content-type", "application/x-amz-json-1.1"),
                    ("x-amz-target", "AmazonSSM.GetParameter"),
                ],
                b"{\"Name\":\"a\"}",
            ),
            "ssm",
        ),
        (
            request(
                "POST",
                "/service/GraniteServiceVersion20100801/operation/ListMetrics",
                &[
                    ("host", "monitoring.us-east-1.amazonaws.com"),
                    ("content-type", "application/cbor"),
                    ("smithy-protocol", "rpc-v2-cbor"),
                ],
                b"\xa0",
            ),
            "monitoring",
        ),
        (
            request(
                "GET",
                "/2013-04-01/hostedzone",
                &[("host", "route53.amazonaws.com")],
                b"",
            ),
            "route53",
        ),
    ]
}

fn codes(change: impl Fn(&mut Request, &Credentials), now: &str) -> Vec<String> {
    let shown = |refused: Refused| {
        format!(
            "{} {}: {}",
            refused.error.code, refused.error.status, refused.error.message
        )
    };
    let each = calls().into_iter().map(|(mut request, service)| {
        change(&mut request, &credentials("AKIAIOSFODNN7EXAMPLE", S3_SECRET, service));
        check(&request, now, S3_SECRET).map_or_else(shown, |_| "taken".to_string())
    });
    each.collect()
}

#[test]
fn what_is_refused_is_said_in_the_words_of_the_service() {
    let now = "2025-03-03T09:00:00Z";
    let signed =
        |offset: i64| move |request: &mut Request, who: &Credentials| sign(request, who, at(now) + offset * 1000);
    assert_eq!(codes(signed(0), now), ["taken"; 6]);
    assert_eq!(codes(signed(-899), now), ["taken"; 6]);
    assert_eq!(codes(signed(899), now), ["taken"; 6]);
    let late = "RequestTimeTooSkewed 403: Signature expired: 20250303T080000Z is now earlier than 20250303T084500Z \
                (20250303T090000Z - 15 min.)";
    assert_eq!(
        codes(signed(-3600), now),
        [
            "RequestTimeTooSkewed 403: The difference between the request time and the current time is too large.",
            late,
            late,
            &late.replace("403", "400"),
            &late.replace("403", "400"),
            late,
        ]
    );
    let early = "RequestTimeTooSkewed 403: Signature not yet current: 20250303T100000Z is still later than \
                 20250303T091500Z (20250303T090000Z + 15 min.)";
    assert_eq!(codes(signed(3600), now)[2], early);
}

fn codes_only(codes: Vec<String>) -> Vec<String> {
    codes
        .iter()
        .map(|code| code.split(':').next().unwrap().to_string())
        .collect()
}

#[test]
fn who_is_not_known_is_told_so_in_the_words_of_the_service() {
    let now = "2025-03-03T09:00:00Z";
    let unknown = |request: &mut Request, who: &Credentials| {
        let other = Credentials {
            access_key: "ASIAUNKNOWN".to_string(),
            ..who.clone()
        };
        sign(request, &other, at(now));
    };
    assert_eq!(
        codes(unknown, now),
        [
            "InvalidAccessKeyId 403: The AWS Access Key Id you provided does not exist in our records.",
            "AuthFailure 401: AWS was not able to validate the provided access credentials",
            "InvalidClientTokenId 403: The security token included in the request is invalid.",
            "UnrecognizedClientException 400: The security token included in the request is invalid.",
            "UnrecognizedClientException 400: The security token included in the request is invalid.",
            "InvalidClientTokenId 403: The security token included in the request is invalid.",
        ]
    );
    let wrong = |request: &mut Request, who: &Credentials| {
        let other = Credentials {
            secret: "another".to_string(),
            ..who.clone()
        };
        sign(request, &other, at(now));
    };
    assert_eq!(
        codes_only(codes(wrong, now)),
        [
            "SignatureDoesNotMatch 403",
            "SignatureDoesNotMatch 403",
            "SignatureDoesNotMatch 403",
            "InvalidSignatureException 400",
            "InvalidSignatureException 400",
            "SignatureDoesNotMatch 403",
        ]
    );
    assert_eq!(
        codes(|_, _| {}, now),
        [
            "AccessDenied 403: Access Denied",
            "MissingAuthenticationToken 403: Request is missing Authentication Token",
            "MissingAuthenticationToken 403: Request is missing Authentication Token",
            "MissingAuthenticationTokenException 400: Missing Authentication Token",
            "MissingAuthenticationTokenException 400: Missing Authentication Token",
            "MissingAuthenticationToken 403: Request is missing Authentication Token",
        ]
    );
    let half = |request: &mut Request, _: &Credentials| {
        request.headers.push(
            "authorization",
            "AWS4-HMAC-SHA256 Credential=a/20250303/us-east-1/x/aws4_request",
        );
    };
    assert_eq!(
        codes_only(codes(half, now)),
        [
            "AuthorizationHeaderMalformed 400",
            "IncompleteSignature 400",
            "IncompleteSignature 400",
            "IncompleteSignatureException 400",
            "IncompleteSignatureException 400",
            "IncompleteSignature 400",
        ]
    );
    let asymmetric = |request: &mut Request, _: &Credentials| {
        request.headers.push(
            "authorization",
            "AWS4-ECDSA-P256-SHA256 Credential=a/20250303/x/aws4_request",
        );
    };
    assert_eq!(
        codes_only(codes(asymmetric, now)),
        [
            "InvalidRequest 400",
            "IncompleteSignature 400",
            "IncompleteSignature 400",
            "IncompleteSignatureException 400",
            "IncompleteSignatureException 400",
            "IncompleteSignature 400",
        ]
    );
}

/// An IAM of eu-central-1 there is none: <https://github.com/aws/aws-sdk-php/issues/732>.
#[test]
fn a_scope_names_the_region_of_the_host_that_is_asked() {
    let now = "2025-03-03T09:00:00Z";
    let elsewhere = |request: &mut Request, who: &Credentials| {
        let region = "eu-central-1".to_string();
        let other = Credentials { region, ..who.clone() };
        sign(request, &other, at(now));
    };
    let wrong = "Credential should be scoped to a valid region, not 'eu-central-1'.";
    assert_eq!(
        codes(elsewhere, now),
        [
            // Whose bucket is in another Region, S3 says by itself.
            "taken",
            &format!("SignatureDoesNotMatch 403: {wrong}"),
            // The host names no Region, and STS is in each.
            "taken",
            &format!("InvalidSignatureException 400: {wrong}"),
            &format!("InvalidSignatureException 400: {wrong}"),
            // There is one Route 53, and it is signed for as in us-east-1.
            &format!("SignatureDoesNotMatch 403: {wrong}"),
        ]
    );
    // A client that is told an endpoint signs for its own Region, whatever the service: boto3 does.
    let told = |request: &mut Request, who: &Credentials| {
        request.headers.set("host", "127.0.0.1:4566");
        elsewhere(request, who);
    };
    assert_eq!(codes(told, now), ["taken"; 6]);
}

/// What is changed after signing is noticed: the method, the path, the query, a signed header, the body.
#[test]
fn a_signature_covers_what_is_acted_upon() {
    let now = "2025-03-03T09:00:00Z";
    let changes: [fn(&mut Request); 5] = [
        |request| request.method = "DELETE".to_string(),
        |request| request.path.push('x'),
        |request| request.query.push_str("&x=y"),
        |request| {
            request.headers.set("host", "other.amazonaws.com");
        },
        |request| request.body.push(b' '),
    ];
    for (place, change) in changes.into_iter().enumerate() {
        for (mut request, service) in calls() {
            sign(
                &mut request,
                &credentials("AKIAIOSFODNN7EXAMPLE", S3_SECRET, service),
                at(now),
            );
            let speech = speech(&request);
            change(&mut request);
            let mut lookup = |_: &str, _: Option<&str>| Some(Secret(S3_SECRET.to_string()));
            let refused = verify(&speech, &request, at(now), &mut lookup).unwrap_err();
            assert!(
                matches!(refused.kind, Kind::Mismatch | Kind::Body),
                "{place} {service}: {refused:?}"
            );
        }
    }
}

#[test]
fn a_token_goes_with_its_key() {
    let now = "2025-03-03T09:00:00Z";
    let mut who = credentials("AKIAROLE", S3_SECRET, "sts");
    who.token = Some("token".to_string());
    let (mut request, _) = calls().remove(2);
    sign(&mut request, &who, at(now));
    let mut seen = None;
    let mut lookup = |_: &str, token: Option<&str>| {
        seen = token.map(str::to_string);
        Some(Secret(S3_SECRET.to_string()))
    };
    let signer = verify(&speech(&request), &request, at(now), &mut lookup).unwrap();
    assert_eq!(seen.as_deref(), Some("token"));
    assert_eq!(signer.token.as_deref(), Some("token"));
    assert_eq!(speech(&request).codec, Codec::Query);
}
