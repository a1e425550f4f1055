//! Bodies that are not what they say at once: sent in chunks, or packed; and the bucket that lies elsewhere.
//! Expectations: <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html>,
//! <https://docs.aws.amazon.com/sdkref/latest/guide/feature-compression.html>,
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/Redirects.html>

use crate::buckets::request;
use crate::{Story, WALL, element, refused};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;
use stratus_serve::arguments::Options;
use stratus_wire::{Request, Response, sigv4};

/// The owner's request to S3, signed for a Region.
fn of_owner(story: &mut Story, region: &str, mut request: Request) -> Response {
    story.credentials.service = "s3".into();
    story.credentials.region = region.into();
    sigv4::sign(&mut request, &story.credentials, WALL);
    story.cloud.answer(&request, WALL)
}

fn text(answer: &Response) -> String {
    String::from_utf8_lossy(&answer.body).into_owned()
}

/// An upload in two chunks, with the checksum of the whole behind them.
fn in_chunks(checksum: &str) -> Request {
    let headers = [
        ("content-encoding", "aws-chunked"),
        ("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"),
        ("x-amz-decoded-content-length", "11"),
        ("x-amz-trailer", "x-amz-checksum-crc32"),
    ];
    let body = format!("6\r\nHello \r\n5\r\nworld\r\n0\r\nx-amz-checksum-crc32:{checksum}\r\n\r\n");
    request("PUT /my-bucket/chunked.txt", &headers, &body)
}

#[test]
fn an_upload_in_chunks_is_put_together_and_held_to_its_checksum() {
    let mut story = Story::new(&Options::default());
    of_owner(&mut story, "us-east-1", request("PUT /my-bucket", &[], ""));
    // CRC-32 of "Hello world" is 0x8BD69E52.
    let answer = of_owner(&mut story, "us-east-1", in_chunks("i9aeUg=="));
    assert_eq!(answer.status, 200, "{}", text(&answer));
    let read = of_owner(&mut story, "us-east-1", request("GET /my-bucket/chunked.txt", &[], ""));
    assert_eq!((read.status, text(&read)), (200, "Hello world".to_owned()));
    assert_eq!(read.headers.get("content-encoding"), None);
    let answer = of_owner(&mut story, "us-east-1", in_chunks("i9aeUw=="));
    assert_eq!(refused(&answer), (400, "BadDigest".to_owned()));
}

#[test]
fn a_packed_request_is_unpacked() {
    let mut story = Story::new(&Options::default());
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    let written = packer.write_all(b"Action=CreateVpc&CidrBlock=10.7.0.0%2F16&Version=2016-11-15");
    let packed = written.and_then(|()| packer.finish()).unwrap_or_default();
    for (body, status) in [(packed.clone(), 200), (packed[..20].to_vec(), 400)] {
        let mut request = Story::form("");
        request.headers.set("content-encoding", "gzip");
        request.body = body;
        sigv4::sign(&mut request, &story.credentials, WALL);
        let answer = story.cloud.answer(&request, WALL);
        assert_eq!(answer.status, status, "{}", text(&answer));
        if status == 200 {
            assert_eq!(element(&answer, "cidrBlock"), "10.7.0.0/16");
        }
    }
}

#[test]
fn a_bucket_of_another_region_is_pointed_at() {
    let mut story = Story::new(&Options::default());
    let dublin =
        "<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>";
    let made = of_owner(&mut story, "eu-west-1", request("PUT /in-dublin", &[], dublin));
    assert_eq!(made.status, 200, "{}", text(&made));
    of_owner(&mut story, "eu-west-1", request("PUT /in-dublin/a.txt", &[], "Hello"));
    let answer = of_owner(&mut story, "us-east-1", request("GET /in-dublin/a.txt", &[], ""));
    assert_eq!(refused(&answer), (301, "PermanentRedirect".to_owned()));
    assert_eq!(element(&answer, "Endpoint"), "in-dublin.s3.eu-west-1.amazonaws.com");
    assert_eq!(answer.headers.get("x-amz-bucket-region"), Some("eu-west-1"));
    // Who asks only for a head hears where in the header.
    let answer = of_owner(&mut story, "us-east-1", request("HEAD /in-dublin", &[], ""));
    assert_eq!(answer.status, 301);
    assert_eq!(answer.headers.get("x-amz-bucket-region"), Some("eu-west-1"));
    let answer = of_owner(&mut story, "eu-west-1", request("GET /in-dublin/a.txt", &[], ""));
    assert_eq!((answer.status, text(&answer)), (200, "Hello".to_owned()));
    // Where it lies, every Region tells.
    let answer = of_owner(&mut story, "us-east-1", request("GET /in-dublin?location", &[], ""));
    assert_eq!(answer.status, 200, "{}", text(&answer));
}
