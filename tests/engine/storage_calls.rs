//! Storage under any calls in any order: nothing panics, the world stays sound, snapshots' meters say what their chain
//! says, and the log replays to the same digest. And what is too large for a story.

#![allow(clippy::unwrap_used, reason = "a test stops where it cannot go on")]

#[allow(dead_code, reason = "the story's updated text is for main.rs")]
mod runner;

use proptest::prelude::*;
use stratus_engine::catalog::{Region, images};
use stratus_engine::services::ec2::storage::snapshots::chain;
use stratus_engine::world::integrity;
use stratus_engine::world::usage::{Measure, Subject};
use stratus_engine::{Engine, Options};
use stratus_model::{Structure, Value, field};

const HERE: Region = Region::US_EAST_1;
const AL2023: &str = "al2023-ami-2023.6.20250218.2-kernel-6.1-x86_64";

/// One step: what is done, and numbers that choose what it is done with.
type Step = (u8, usize, usize);

fn made(engine: &mut Engine, service: &str, operation: &str, params: String) -> Option<Structure> {
    let params = runner::read(service, operation, &params).unwrap();
    engine.call(HERE, service, operation, params).ok()
}

/// The ids of all rows of a kind, and one that there is not.
struct Ids {
    volumes: Vec<String>,
    snapshots: Vec<String>,
    images: Vec<String>,
    instances: Vec<String>,
}

fn ids(engine: &Engine) -> Ids {
    let ec2 = engine.world().ec2(HERE);
    let texts = |known: Vec<String>, absent: &str| known.into_iter().chain([absent.to_owned()]).collect();
    let none = "0000000000000000f";
    Ids {
        volumes: texts(
            ec2.map_or(Vec::new(), |ec2| {
                ec2.volumes.rows().map(|row| row.id.to_string()).collect()
            }),
            &format!("vol-{none}"),
        ),
        snapshots: texts(
            ec2.map_or(Vec::new(), |ec2| {
                ec2.snapshots.rows().map(|row| row.id.to_string()).collect()
            }),
            &format!("snap-{none}"),
        ),
        images: texts(
            ec2.map_or(Vec::new(), |ec2| {
                ec2.images.rows().map(|row| row.id.to_string()).collect()
            }),
            &format!("ami-{none}"),
        ),
        instances: texts(
            ec2.map_or(Vec::new(), |ec2| {
                ec2.instances.rows().map(|row| row.id.to_string()).collect()
            }),
            &format!("i-{none}"),
        ),
    }
}

fn take(engine: &mut Engine, (what, one, two): Step) {
    let ids = ids(engine);
    let pick = |list: &Vec<String>, at: usize| list[at % list.len()].clone();
    let (volume, snapshot) = (pick(&ids.volumes, one), pick(&ids.snapshots, one));
    let (image, instance) = (pick(&ids.images, one), pick(&ids.instances, two));
    let zone = ["us-east-1a", "us-east-1b"][two % 2];
    let kind = ["gp2", "gp3", "io1", "st1"][two % 4];
    let call = match what % 18 {
        0 => (
            "ec2",
            "CreateVolume",
            format!(
                r#"{{"AvailabilityZone":"{zone}","Size":{},"VolumeType":"{kind}"}}"#,
                one % 200
            ),
        ),
        1 => (
            "ec2",
            "CreateVolume",
            format!(r#"{{"AvailabilityZone":"{zone}","SnapshotId":"{snapshot}"}}"#),
        ),
        2 => (
            "ec2",
            "CreateVolume",
            format!(r#"{{"AvailabilityZone":"{zone}","SnapshotId":"{snapshot}","Encrypted":true}}"#),
        ),
        3 => ("ec2", "DeleteVolume", format!(r#"{{"VolumeId":"{volume}"}}"#)),
        4 => (
            "ec2",
            "AttachVolume",
            format!(
                r#"{{"VolumeId":"{volume}","InstanceId":"{instance}","Device":"/dev/sd{}"}}"#,
                ["f", "g", "9"][two % 3]
            ),
        ),
        5 => ("ec2", "DetachVolume", format!(r#"{{"VolumeId":"{volume}"}}"#)),
        6 => (
            "ec2",
            "ModifyVolume",
            format!(r#"{{"VolumeId":"{volume}","Size":{},"VolumeType":"{kind}"}}"#, one * 3),
        ),
        7 => (
            "stratus",
            "WriteBlocks",
            format!(
                r#"{{"VolumeId":"{volume}","Offset":{},"Length":{}}}"#,
                one * 300_000,
                1 + two * 700_000
            ),
        ),
        8 | 9 => ("ec2", "CreateSnapshot", format!(r#"{{"VolumeId":"{volume}"}}"#)),
        10 => ("ec2", "DeleteSnapshot", format!(r#"{{"SnapshotId":"{snapshot}"}}"#)),
        11 => (
            "ec2",
            "CopySnapshot",
            format!(
                r#"{{"SourceRegion":"us-east-1","SourceSnapshotId":"{snapshot}","Encrypted":{}}}"#,
                two % 2 == 0
            ),
        ),
        12 => (
            "ec2",
            "CreateImage",
            format!(
                r#"{{"InstanceId":"{instance}","Name":"image {one}","NoReboot":{}}}"#,
                two % 2 == 0
            ),
        ),
        13 => (
            "ec2",
            "DeregisterImage",
            format!(
                r#"{{"ImageId":"{image}","DeleteAssociatedSnapshots":{}}}"#,
                two % 2 == 0
            ),
        ),
        14 => ("ec2", "StopInstances", format!(r#"{{"InstanceIds":["{instance}"]}}"#)),
        15 => (
            "ec2",
            "TerminateInstances",
            format!(r#"{{"InstanceIds":["{instance}"]}}"#),
        ),
        16 => ("stratus", "AdvanceClock", format!(r#"{{"Seconds":{}}}"#, one * two)),
        _ => {
            if one % 2 == 0 {
                engine.undo();
            } else {
                engine.redo();
            }
            return;
        }
    };
    made(engine, call.0, call.1, call.2);
}

fn sound(engine: &Engine) -> Result<(), TestCaseError> {
    prop_assert_eq!(integrity::check(engine.world()), Vec::<String>::new());
    for (id, blocks) in chain::chain_bill(engine.world(), HERE) {
        let usage = &engine.world().usage;
        let key = (Subject::Resource(id.into()), Measure::SnapshotBlocks);
        let metered = usage.running.get(&key).and_then(|number| usage.meters.get(number));
        prop_assert_eq!(metered.map_or(0, |meter| meter.quantity), blocks, "{}", id);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn any_calls_keep_storage_sound(steps in proptest::collection::vec((any::<u8>(), 0usize..60, 0usize..60), 0..60)) {
        let mut engine = Engine::new(Options::default());
        let image = format!("ami-{:017x}", images::find_by_name(HERE, AL2023).unwrap().id(HERE));
        for zone in ["us-east-1a", "us-east-1b"] {
            let launch = format!(
                r#"{{"ImageId":"{image}","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","Placement":{{"AvailabilityZone":"{zone}"}}}}"#
            );
            made(&mut engine, "ec2", "RunInstances", launch);
        }
        made(&mut engine, "stratus", "AdvanceClock", r#"{"Seconds":60}"#.to_owned());
        for step in steps {
            take(&mut engine, step);
            sound(&engine)?;
        }
        prop_assert_eq!(runner::replay(&engine), Ok(engine.digest()));
    }
}

/// A call of this world carries 8 MiB (AWS takes 5 GiB in one PUT).
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html>
#[test]
fn a_call_carries_eight_mebibytes() {
    let mut engine = Engine::new(Options::default());
    made(
        &mut engine,
        "s3",
        "CreateBucket",
        r#"{"Bucket":"my-bucket"}"#.to_owned(),
    )
    .unwrap();
    let put = |size: usize| {
        let key = Structure::new()
            .with(field::BUCKET, "my-bucket")
            .with(field::KEY, "big");
        key.with(field::BODY, Value::Blob(vec![7; size]))
    };
    let most = 8 * 1024 * 1024;
    assert!(engine.call(HERE, "s3", "PutObject", put(most)).is_ok());
    let refused = engine.call(HERE, "s3", "PutObject", put(most + 1)).unwrap_err();
    assert_eq!((refused.code, refused.status), ("EntityTooLarge", 400));
}

/// A bucket is leafed through without losing or repeating a key.
#[test]
fn pages_lose_nothing() {
    let mut engine = Engine::new(Options::default());
    made(
        &mut engine,
        "s3",
        "CreateBucket",
        r#"{"Bucket":"my-bucket"}"#.to_owned(),
    )
    .unwrap();
    for number in 0..1_001 {
        let put = format!(r#"{{"Bucket":"my-bucket","Key":"{:04}/{number}"}}"#, number % 7);
        made(&mut engine, "s3", "PutObject", put).unwrap();
    }
    let mut keys = Vec::new();
    let mut token = String::new();
    loop {
        let more = if token.is_empty() {
            String::new()
        } else {
            format!(r#","ContinuationToken":"{token}""#)
        };
        let list = format!(r#"{{"Bucket":"my-bucket","MaxKeys":300{more}}}"#);
        let page = made(&mut engine, "s3", "ListObjectsV2", list).unwrap();
        keys.extend(
            page.structures(field::CONTENTS)
                .filter_map(|object| object.text(field::KEY).map(str::to_owned)),
        );
        match page.text(field::NEXT_CONTINUATION_TOKEN) {
            Some(next) => token = next.to_owned(),
            None => break,
        }
    }
    assert_eq!(keys.len(), 1_001);
    assert!(
        keys.windows(2).all(|pair| pair[0] < pair[1]),
        "keys are sorted and each comes once"
    );
    let rolled = r#"{"Bucket":"my-bucket","Delimiter":"/"}"#.to_owned();
    assert_eq!(
        made(&mut engine, "s3", "ListObjectsV2", rolled)
            .unwrap()
            .list(field::COMMON_PREFIXES)
            .len(),
        7
    );
}

/// An object of several parts: its ETag is the MD5 of the parts' MD5s and their number, a range may run over their
/// borders, and copies share the bytes. Python's hashlib and zlib gave the sums.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html>
#[test]
fn parts_become_one_object() {
    const PART: usize = 5 * 1024 * 1024;
    let mut engine = Engine::new(Options::default());
    made(
        &mut engine,
        "s3",
        "CreateBucket",
        r#"{"Bucket":"my-bucket"}"#.to_owned(),
    )
    .unwrap();
    let named = |key: &str| Structure::new().with(field::BUCKET, "my-bucket").with(field::KEY, key);
    let begin = named("big")
        .with(field::CHECKSUM_ALGORITHM, "CRC32")
        .with(field::CHECKSUM_TYPE, "FULL_OBJECT");
    let begun = engine.call(HERE, "s3", "CreateMultipartUpload", begin).unwrap();
    let upload = begun.text(field::UPLOAD_ID).unwrap().to_owned();
    let mut listed = Vec::new();
    for (number, bytes) in [(1, vec![7; PART]), (2, vec![8; PART]), (3, b"tail".to_vec())] {
        let put = named("big")
            .with(field::UPLOAD_ID, upload.as_str())
            .with(field::PART_NUMBER, number)
            .with(field::BODY, Value::Blob(bytes));
        let answer = engine.call(HERE, "s3", "UploadPart", put).unwrap();
        let part = Structure::new().with(field::PART_NUMBER, number);
        listed.push(part.with(field::E_TAG, answer.text(field::E_TAG).unwrap()));
    }
    let complete = named("big")
        .with(field::UPLOAD_ID, upload.as_str())
        .with(field::MULTIPART_UPLOAD, Structure::new().with(field::PARTS, listed));
    let done = engine.call(HERE, "s3", "CompleteMultipartUpload", complete).unwrap();
    assert_eq!(done.text(field::E_TAG), Some("\"95ed8249fbd9713a9ab02b19700f5ddf-3\""));
    assert_eq!(done.text(field::CHECKSUM_CRC32), Some("EDpEJA=="));

    let range = format!("bytes={}-{}", PART - 2, PART + 1);
    let ask = named("big").with(field::RANGE, range);
    let read = engine.call(HERE, "s3", "GetObject", ask).unwrap();
    assert_eq!(read.blob(field::BODY), Some(&[7, 7, 8, 8][..]));
    let ask = named("big").with(field::PART_NUMBER, 3);
    let read = engine.call(HERE, "s3", "GetObject", ask).unwrap();
    assert_eq!(read.blob(field::BODY), Some(&b"tail"[..]));
    assert_eq!(read.integer(field::PARTS_COUNT), Some(3));
    let whole = engine.call(HERE, "s3", "GetObject", named("big")).unwrap();
    assert_eq!(whole.blob(field::BODY).map(<[u8]>::len), Some(2 * PART + 4));

    let copy = named("copy").with(field::COPY_SOURCE, "my-bucket/big");
    engine.call(HERE, "s3", "CopyObject", copy).unwrap();
    let bucket = engine.world().s3.buckets.get(&"my-bucket".to_owned()).unwrap();
    let first = |key: &str| {
        let object = bucket.objects.get(&key.to_owned()).unwrap();
        object.body.pieces().next().unwrap().as_ptr()
    };
    assert_eq!(first("big"), first("copy"), "a copy shares the bytes");
    assert_eq!(runner::replay(&engine), Ok(engine.digest()));
}

/// What an object of this world cannot hold: 64 MiB at most, however it is put together.
#[test]
fn an_object_holds_sixty_four_mebibytes() {
    let mut engine = Engine::new(Options::default());
    made(
        &mut engine,
        "s3",
        "CreateBucket",
        r#"{"Bucket":"my-bucket"}"#.to_owned(),
    )
    .unwrap();
    let named = |key: &str| Structure::new().with(field::BUCKET, "my-bucket").with(field::KEY, key);
    let source = named("source").with(field::BODY, Value::Blob(vec![7; 8 << 20]));
    engine.call(HERE, "s3", "PutObject", source).unwrap();
    let begun = engine.call(HERE, "s3", "CreateMultipartUpload", named("big")).unwrap();
    let upload = begun.text(field::UPLOAD_ID).unwrap().to_owned();
    let mut put = |number: i64| {
        let part = named("big")
            .with(field::UPLOAD_ID, upload.as_str())
            .with(field::PART_NUMBER, number)
            .with(field::COPY_SOURCE, "my-bucket/source");
        engine.call(HERE, "s3", "UploadPartCopy", part)
    };
    for number in 1..=8 {
        assert!(put(number).is_ok());
    }
    let refused = put(9).unwrap_err();
    assert_eq!((refused.code, refused.status), ("EntityTooLarge", 400));
}
