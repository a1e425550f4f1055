//! What is no request: a 4xx, and the next request is answered as if nothing had been.

use stratus_serve::arguments::Options;
use stratus_serve::{Quiet, start_quietly, start_with};

/// The status of the first answer; `None` where the connection ended without one.
fn status(answer: &[u8]) -> Option<u16> {
    let text = String::from_utf8_lossy(answer);
    text.split(' ').nth(1).and_then(|status| status.parse().ok())
}

fn is_well(server: &Quiet) {
    let answer = server.post("/_stratus/reset");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

fn post(kind: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "POST / HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: {kind}\r\ncontent-length: {}\r\nconnection: close\r\n",
        body.len()
    );
    [head.as_bytes(), b"\r\n", body].concat()
}

#[test]
fn half_a_request_and_what_is_no_http() {
    let server = start_quietly();
    for bytes in [
        b"nonsense\r\n\r\n".as_slice(),
        b"\0\0\0\0\0\0\0\0\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET \xff\xfe HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
        b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: nonsense\r\n\r\n",
        b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 99999999999999999999999\r\n\r\n",
        b"POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
        b"GET / HTTP/1.1\r\nhost: x\r\nx: \xff\xff\r\nconnection: close\r\n\r\n",
        b"GET / HT",
        b"GET / HTTP/1.1\r\nhost: x\r\n",
        b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\nhalf",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    ] {
        let answer = server.send_and_end(bytes);
        let found = status(&answer);
        assert!(
            found.is_some_and(|status| (400..500).contains(&status)),
            "{:?}: {}",
            String::from_utf8_lossy(bytes),
            String::from_utf8_lossy(&answer)
        );
        is_well(&server);
    }
}

#[test]
fn a_hundred_megabytes_of_header() {
    let server = start_quietly();
    let mut bytes = b"GET / HTTP/1.1\r\nhost: x\r\nx: ".to_vec();
    bytes.resize(100 << 20, b'a');
    let found = status(&server.send(&bytes));
    assert_eq!(found, Some(431));
    let many: String = (0..100_000).map(|number| format!("x-{number}: y\r\n")).collect();
    let found = status(&server.send(format!("GET / HTTP/1.1\r\n{many}\r\n").as_bytes()));
    assert_eq!(found, Some(431));
    is_well(&server);
}

/// A request for an operation that is known, so that its reader is the one who meets the body.
fn to(method: &str, path: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nhost: s3.localhost\r\nconnection: close\r\ncontent-length: {length}\r\n{headers}\r\n"
    );
    [head.as_bytes(), body].concat()
}

#[test]
fn traps_reach_the_reader_of_their_dialect_and_are_refused_by_it() {
    let server = start_with(Options {
        lenient: true,
        ..Options::default()
    });
    assert_eq!(status(&server.send(&to("PUT", "/trapped-bucket", "", b""))), Some(200));
    let deep = "<a>".repeat(5_000);
    let bomb = "<!DOCTYPE a [<!ENTITY b \"bbbb\"><!ENTITY c \"&b;&b;&b;\">]><Tagging><TagSet><Tag><Key>&c;</Key></Tag></TagSet></Tagging>";
    let array = format!("{{\"Name\":{}", "[".repeat(200_000));
    let json = "content-type: application/x-amz-json-1.1\r\nx-amz-target: AmazonSSM.GetParameter\r\n";
    let smithy = "content-type: application/cbor\r\nsmithy-protocol: rpc-v2-cbor\r\n";
    let metrics = "/service/GraniteServiceVersion20100801/operation/ListMetrics";
    for (code, request) in [
        (
            "MaxMessageLengthExceeded",
            to("PUT", "/trapped-bucket?tagging", "", deep.as_bytes()),
        ),
        (
            "MalformedXML",
            to("PUT", "/trapped-bucket?tagging", "", bomb.as_bytes()),
        ),
        (
            "MalformedXML",
            to("PUT", "/trapped-bucket?tagging", "", b"\xff\xfe<Tagging>"),
        ),
        ("SerializationException", to("POST", "/", json, array.as_bytes())),
        (
            "SerializationException",
            to("POST", "/", json, b"{\"Name\":\"\xff\xfe\"}"),
        ),
        ("SerializationException", to("POST", metrics, smithy, &[0x9f; 100_000])),
        (
            "SerializationException",
            to("POST", metrics, smithy, b"\xbb\xff\xff\xff\xff\xff\xff\xff\xff"),
        ),
    ] {
        let answer = server.send(&request);
        let text = String::from_utf8_lossy(&answer);
        assert!(status(&answer) == Some(400) && text.contains(code), "{code}: {text}");
        is_well(&server);
    }
}

#[test]
fn a_body_beyond_the_limit_is_refused_before_it_is_read() {
    let server = start_quietly();
    let head = format!(
        "PUT /bucket/key HTTP/1.1\r\nhost: x\r\ncontent-length: {}\r\n\r\n",
        200_u64 << 20
    );
    let mut bytes = head.into_bytes();
    bytes.resize(bytes.len() + (90 << 20), b'a');
    assert_eq!(status(&server.send(&bytes)), Some(413));
    is_well(&server);
}

#[test]
fn bodies_that_are_traps() {
    // Of no operation, so that it is the search for one that meets them.
    let server = start_with(Options {
        lenient: true,
        ..Options::default()
    });
    let deep = "<a>".repeat(200_000);
    let bomb = "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"bbbbbbbbbb\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]><a>&c;</a>";
    let array = "[".repeat(200_000);
    let filters =
        "Action=DescribeInstances&Version=2016-11-15&Filter.999999999.Name=x&Filter.999999999.Value.999999999=y";
    for (kind, body) in [
        ("application/xml", deep.as_bytes()),
        ("application/xml", bomb.as_bytes()),
        ("application/x-amz-json-1.1", array.as_bytes()),
        ("application/x-www-form-urlencoded", filters.as_bytes()),
        ("application/x-www-form-urlencoded", b"Action=%ff%fe&Version=%zz"),
        ("application/x-www-form-urlencoded", b"\xff\xfe\xfd"),
        ("application/cbor", b"\x9f\x9f\x9f\x9f\xbf"),
        ("", b""),
    ] {
        let answer = server.send(&post(kind, body));
        let found = status(&answer);
        assert!(
            found.is_some_and(|status| (400..500).contains(&status)),
            "{kind} {:?}…: {}",
            String::from_utf8_lossy(&body[..body.len().min(40)]),
            String::from_utf8_lossy(&answer)
        );
        is_well(&server);
    }
}
