//! The other driver of `wire.rs`: full requests of each codec, a bounded number of mutations of them, the same in every run,
//! and bombs, all within a limit on memory.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod dice;
#[path = "../model/example.rs"]
mod example;
mod wire;

use dice::Dice;
use peak_alloc::PeakAlloc;
use std::collections::BTreeMap;
use std::io::Write as _;
use stratus_model::model;
use stratus_wire::{Codec, Request, client, decode, encode_error, route};
use wire::{TARGETS, Taken, Target, read};

/// The tests run one by one in this process, so that the peak is their own.
#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Mutations of each request.
const MUTATIONS: usize = 12;
/// Every which operation of a service is tried.
const STEP: usize = 7;
/// The most memory that a request may take: a body of 8 MiB as elements, or 2 MiB of JSON as values.
const PEAK_MEGABYTES: f32 = 256.0;

/// The two bytes that choose the operation at a place of a service.
fn choice(services: &[&str], name: &str, place: usize, count: usize) -> Option<[u8; 2]> {
    let mut choices = (0..=u16::MAX).map(u16::to_be_bytes);
    choices.find(|[first, second]| {
        let number = usize::from(*first) * 256 + usize::from(*second);
        services[usize::from(*first) % services.len()] == name && number % count == place
    })
}

/// A request as [`Target::Whole`] reads one, with a signature that is nobody's.
fn text(request: &Request) -> Vec<u8> {
    let mut text = format!("{} {}?{}\n", request.method, request.path, request.query);
    for (name, value) in request.headers.iter() {
        text.push_str(&format!("{name}: {value}\n"));
    }
    text.push_str("x-amz-date: 20250303T090000Z\nauthorization: AWS4-HMAC-SHA256 ");
    text.push_str("Credential=a/20250303/us-east-1/s3/aws4_request, SignedHeaders=host;x-amz-date, Signature=00\n\n");
    [text.as_bytes(), &request.body].concat()
}

/// What follows `Action` and `Version` in a form: the driver writes those.
fn parameters(form: &[u8]) -> &[u8] {
    let marks = form
        .iter()
        .enumerate()
        .filter(|(_, byte)| **byte == b'&')
        .map(|(at, _)| at);
    marks.skip(1).map(|at| &form[at..]).next().unwrap_or_default()
}

/// Inputs of a target that hold a full value of an operation.
fn seeds(target: Target) -> Vec<Vec<u8>> {
    let (services, codec) = (target.services(), target.codec());
    let mut seeds = Vec::new();
    for name in services {
        let service = model().service(name).unwrap();
        let operations = service.operations();
        for (place, operation) in operations.iter().enumerate().step_by(STEP) {
            let input = example::structure(service, service.structure(operation.input), 0);
            let request = client::request(service, operation, codec, &input, "s3.amazonaws.com");
            let body = match codec {
                Codec::Ec2Query | Codec::Query => parameters(&request.body),
                _ => &request.body,
            };
            match choice(services, name, place, operations.len()) {
                _ if target == Target::Whole => seeds.push(text(&request)),
                Some(choice) => seeds.push([&choice[..], body].concat()),
                None => {}
            }
        }
    }
    if target == Target::Whole {
        seeds.extend(OLDER.map(|text| text.as_bytes().to_vec()));
    }
    seeds
}

/// What is no operation of the model's, or not signed with Signature Version 4.
const OLDER: [&str; 3] = [
    "POST /bucket\nhost: s3.amazonaws.com\ncontent-type: multipart/form-data; boundary=x\n\n--x\r\nContent-Disposition: \
     form-data; name=\"key\"\r\n\r\na/${filename}\r\n--x\r\nContent-Disposition: form-data; name=\"tagging\"\r\n\r\n<Tagging>\
     <TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>\r\n--x\r\nContent-Disposition: form-data; \
     name=\"policy\"\r\n\r\neyJleHBpcmF0aW9uIjoiMjAyNi0wMS0wMVQwMDowMDowMFoiLCJjb25kaXRpb25zIjpbWyJzdGFydHMtd2l0aCIsIiRrZXkiLCJhIl1dfQ==\
     \r\n--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\nbytes\r\n--x--\r\n",
    "GET /bucket/key?acl&versionId=1&AWSAccessKeyId=a&Signature=b%3D&Expires=1900000000&x-amz-security-token=c\n\
     host: s3.amazonaws.com\n\n",
    "PUT /key\nhost: bucket.s3.amazonaws.com\ndate: Mon, 03 Mar 2025 09:00:00 GMT\nx-amz-meta-a: b\n\
     authorization: AWS a:b=\n\nbytes",
];

#[test]
fn whatever_comes_is_read_or_refused() {
    for target in TARGETS {
        let seeds = seeds(target);
        let mut dice = Dice(0x5742_6564_2021);
        let mut taken: BTreeMap<Taken, usize> = BTreeMap::new();
        for (place, seed) in seeds.iter().enumerate() {
            *taken.entry(read(target, seed)).or_default() += 1;
            let other = &seeds[(place + 1) % seeds.len()];
            for _ in 0..MUTATIONS {
                let mut input = seed.clone();
                for _ in 0..=dice.below(3) {
                    dice.mutate(&mut input, other);
                }
                *taken.entry(read(target, &input)).or_default() += 1;
            }
        }
        println!("{target:?}: {taken:?}");
        // It gets past the first check.
        let read = taken.get(&Taken::Read).copied().unwrap_or_default();
        let refused = taken.get(&Taken::Refused).copied().unwrap_or_default();
        assert!(read >= seeds.len() / 4, "{target:?}: {taken:?}");
        assert!(refused >= 10, "{target:?}: {taken:?}");
    }
}

/// A request's peak of memory, in MB, and its status: 200 where it is read.
fn peak(request: &Request) -> (f32, u16) {
    MEMORY.reset_peak_usage();
    let before = MEMORY.current_usage_as_mb();
    let status = match route(request) {
        Ok(routed) => match decode(&routed, request) {
            Ok(_) => 200,
            Err(error) => encode_error(&routed.speech, &error, "id").status,
        },
        Err(refusal) => encode_error(&refusal.speech, &refusal.error, "id").status,
    };
    (MEMORY.peak_usage_as_mb() - before, status)
}

fn post(host: &'static str, path: &str, headers: &[(&'static str, &'static str)], body: Vec<u8>) -> Request {
    let mut all = vec![("host", host)];
    all.extend(headers);
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    Request {
        method: if host.starts_with("s3") { "PUT" } else { "POST" }.to_string(),
        path: path.to_string(),
        query: query.to_string(),
        headers: all.into_iter().collect(),
        body,
    }
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

const EC2: &str = "ec2.us-east-1.amazonaws.com";
const S3: &str = "s3.amazonaws.com";
const MONITORING: &str = "monitoring.us-east-1.amazonaws.com";
const ALARMS: &str = "/service/GraniteServiceVersion20100801/operation/DeleteAlarms";

/// Little that would become much, and much.
fn bombs() -> Vec<(&'static str, Request)> {
    let form = |text: String| {
        post(
            EC2,
            "/",
            &[],
            format!("Action=DescribeInstances&Version=2016-11-15{text}").into_bytes(),
        )
    };
    let xml = |text: String| post(S3, "/bucket?tagging", &[], text.into_bytes());
    let json = |text: String| {
        let target = [
            ("x-amz-target", "AmazonSSM.GetParameters"),
            ("content-type", "application/x-amz-json-1.1"),
        ];
        post("ssm.us-east-1.amazonaws.com", "/", &target, text.into_bytes())
    };
    let cbor = |bytes: Vec<u8>| post(MONITORING, ALARMS, &[("smithy-protocol", "rpc-v2-cbor")], bytes);
    let gzip = |bytes: Vec<u8>| post(MONITORING, "/", &[("content-encoding", "gzip")], bytes);
    let names = b"\xa1\x6aAlarmNames".to_vec();
    let chunks = [("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER")];
    let many: String = (0..200_000).map(|number| format!("&Filter.{number}.Name=a")).collect();
    vec![
        ("a number", form("&Filter.999999999.Name=a".to_string())),
        (
            "a larger number",
            form("&Filter.99999999999999999999.Name=a".to_string()),
        ),
        ("many parameters", form(many)),
        ("a deep parameter", form(format!("&{}=a", "Filter.1.".repeat(100_000)))),
        ("a long body", form("&a=".repeat(4 << 20))),
        ("deep XML", xml("<Tagging>".repeat(900_000))),
        (
            "wide XML",
            xml(format!("<Tagging>{}</Tagging>", "<a/>".repeat(1_900_000))),
        ),
        (
            "attributes",
            xml(format!(
                "<Tagging {}/>",
                (0..300_000).map(|at| format!("a{at}='' ")).collect::<String>()
            )),
        ),
        (
            "entities",
            xml(format!(
                "<!DOCTYPE a [<!ENTITY b \"{}\">]><Tagging>&b;</Tagging>",
                "b".repeat(1000)
            )),
        ),
        ("deep JSON", json(format!("{{\"Names\":{}", "[".repeat(1_000_000)))),
        (
            "wide JSON",
            json(format!("{{\"Names\":[\"a\"{}]}}", ",\"a\"".repeat(500_000))),
        ),
        (
            "wider JSON",
            json(format!("{{\"Names\":[\"a\"{}]}}", ",\"a\"".repeat(1_900_000))),
        ),
        (
            "JSON that nobody asked for",
            json(format!("{{\"X\":[1{}]}}", ",1".repeat(1_000_000))),
        ),
        ("long CBOR", cbor([names.as_slice(), &[0x9b], &[0xff; 8]].concat())),
        (
            "deep CBOR",
            cbor([b"\xa1\x61X".as_slice(), &vec![0x81; 1_000_000]].concat()),
        ),
        (
            "wide CBOR",
            cbor([names.as_slice(), &[0x9f], &vec![0x60; 8_000_000], &[0xff]].concat()),
        ),
        (
            "a long text in CBOR",
            cbor([names.as_slice(), &[0x81, 0x7b], &[0x7f; 8]].concat()),
        ),
        ("packed zeros", gzip(packed(&vec![0; 100 << 20]))),
        ("packed twice", gzip(packed(&packed(&vec![0; 100 << 20])))),
        (
            "many chunks",
            post(S3, "/bucket/key", &chunks, b"1\r\na\r\n".repeat(1_000_000)),
        ),
        (
            "a long chunk",
            post(S3, "/bucket/key", &chunks, b"ffffffffffffffff\r\na\r\n".to_vec()),
        ),
        (
            "a longer chunk",
            post(S3, "/bucket/key", &chunks, b"7fffffffffffffff\r\na\r\n".to_vec()),
        ),
        (
            "no end of a line",
            post(S3, "/bucket/key", &chunks, vec![b'1'; 8 << 20]),
        ),
    ]
}

#[test]
fn bombs_are_refused_and_take_little() {
    let mut worst = 0.0f32;
    for (what, request) in bombs() {
        let (megabytes, status) = peak(&request);
        println!("{what}: {status}, {megabytes} MB for {} bytes", request.body.len());
        assert!(
            (400..500).contains(&status) || what == "JSON that nobody asked for",
            "{what}: {status}"
        );
        assert!(megabytes < PEAK_MEGABYTES, "{what}: {megabytes} MB");
        worst = worst.max(megabytes);
    }
    println!("at most {worst} MB");
}
