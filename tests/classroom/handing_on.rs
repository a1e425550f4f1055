//! What one may not want to hand on, and what is too large for a record.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use stratus_classroom::sensitive::What;
use stratus_classroom::{File, LoggedCall, link};
use stratus_engine::world::integrity;

fn file(calls: &[(&str, &str, Json)]) -> File {
    let calls: Vec<Json> = calls
        .iter()
        .enumerate()
        .map(|(index, (service, operation, params))| {
            json!({"n": index + 1, "parent": index, "time": "2025-03-03T09:00:00Z", "region": "us-east-1",
                "service": service, "operation": operation, "params": params})
        })
        .collect();
    File::from_json(&json!({"format": "stratus", "version": 1, "name": "x", "options": {}, "calls": calls})).unwrap()
}

fn launch(more: Json) -> Json {
    let mut params =
        json!({"ImageId": "ami-0bf5b424b0fa57898", "InstanceType": "t3.micro", "MinCount": 1, "MaxCount": 1});
    params
        .as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    params
}

/// A world in which everything that one may want to keep is said once.
fn telling() -> File {
    let key = BASE64
        .encode("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIC ada@example.com");
    file(&[
        (
            "ec2",
            "ImportKeyPair",
            json!({"KeyName": "ada", "PublicKeyMaterial": key}),
        ),
        (
            "ec2",
            "RunInstances",
            launch(json!({"KeyName": "ada", "UserData": BASE64.encode("#!/bin/sh\nsecret=1\n")})),
        ),
        ("stratus", "AdvanceClock", json!({"Seconds": 120})),
        (
            "ec2",
            "StopInstances",
            json!({"InstanceIds": ["${2.Instances[0].InstanceId}"]}),
        ),
        ("stratus", "AdvanceClock", json!({"Seconds": 120})),
        (
            "ec2",
            "ModifyInstanceAttribute",
            json!({"InstanceId": "${2.Instances[0].InstanceId}", "UserData": {"Value": BASE64.encode("#!/bin/sh\n")}}),
        ),
        (
            "ec2",
            "ModifyInstanceAttribute",
            json!({"InstanceId": "${2.Instances[0].InstanceId}", "Attribute": "instanceType", "Value": "t3.small"}),
        ),
        ("s3", "CreateBucket", json!({"Bucket": "diary-of-ada"})),
        (
            "s3",
            "PutObject",
            json!({"Bucket": "diary-of-ada", "Key": "monday", "Body": BASE64.encode("dear diary")}),
        ),
    ])
}

#[test]
fn what_is_sensitive_is_listed() {
    let listed: Vec<(usize, String, What, usize)> = telling()
        .sensitive()
        .into_iter()
        .map(|item| (item.call, item.path, item.what, item.bytes))
        .collect();
    let expected = [
        (1, "PublicKeyMaterial", What::PublicKey, 96),
        (2, "UserData", What::UserData, 19),
        (6, "UserData/Value", What::UserData, 10),
        (9, "Body", What::ObjectBody, 10),
    ];
    assert_eq!(
        listed,
        expected.map(|(call, path, what, bytes)| (call, path.to_owned(), what, bytes))
    );
    let line = telling().sensitive()[2].line();
    assert_eq!(
        line,
        "call 6, ModifyInstanceAttribute: user data (UserData.Value), 10 bytes"
    );
}

#[test]
fn without_it_the_world_opens_all_the_same() {
    let file = telling();
    let whole = file.open().unwrap();
    assert_eq!(whole.problems, Vec::<String>::new());
    let without = file.without(&file.sensitive());
    let text = without.to_text();
    for secret in ["secret", "ada@example", "dear diary"] {
        assert!(
            !text.contains(secret) && !text.contains(&BASE64.encode(secret)),
            "{secret}"
        );
    }
    assert!(!text.contains(&BASE64.encode("#!/bin/sh\nsecret=1\n")));
    let opened = without.open().unwrap();
    assert_eq!(opened.problems, Vec::<String>::new());
    assert_eq!(integrity::check(opened.engine.world()), Vec::<String>::new());
    assert_eq!(
        opened.engine.history().nodes().len(),
        whole.engine.history().nodes().len()
    );
    // Only a public key is still there, and it is nobody's.
    let left: Vec<What> = without.sensitive().into_iter().map(|item| item.what).collect();
    assert_eq!(left, [What::PublicKey]);
}

#[test]
fn what_was_said_about_a_body_goes_with_it() {
    // printf 'dear diary' | openssl md5 -binary | base64, and the same with sha256
    let put = json!({"Bucket": "diary-of-ada", "Key": "monday", "Body": BASE64.encode("dear diary"), "ContentLength": 10,
        "ContentMD5": "NytPQhsGhDYhbuAZCvy9YQ==", "ChecksumSHA256": "kyHzdNVKOejXCTeEtnzxb6TnFHGIva3ud400AkSf7/M="});
    let file = file(&[
        ("s3", "CreateBucket", json!({"Bucket": "diary-of-ada"})),
        ("s3", "PutObject", put),
    ]);
    assert_eq!(file.open().unwrap().problems, Vec::<String>::new());
    let without = file.without(&file.sensitive()).open().unwrap();
    assert_eq!(without.problems, Vec::<String>::new(), "the object is there, but empty");
    assert_eq!(without.engine.history().nodes().len(), 3);
}

#[test]
fn one_thing_can_stay_while_another_goes() {
    let file = File::of(&telling().open().unwrap().engine, "x");
    assert!(file.digest.is_some());
    let items = file.sensitive();
    let without = file.without(&items[1..2]);
    assert_eq!(without.sensitive().len(), items.len() - 1);
    assert_eq!(without.digest, None, "the world that it makes is another one");
    assert_eq!(file.without(&[]), file);
}

#[test]
fn other_secrets_that_the_model_marks_are_found() {
    let params =
        json!({"Bucket": "b", "Key": "k", "SSECustomerKey": "c2VjcmV0", "Metadata": {"UserData": "no secret"}});
    let file = file(&[("s3", "PutObject", params)]);
    let items = file.sensitive();
    assert_eq!(items.len(), 1);
    assert_eq!(
        (items[0].path.as_str(), items[0].what),
        ("SSECustomerKey", What::Secret)
    );
    let without = file.without(&items);
    assert_eq!(without.calls[0].0["params"].get("SSECustomerKey"), None);
}

fn detached(call: &LoggedCall) -> (LoggedCall, BTreeMap<String, Vec<u8>>) {
    let mut call = call.clone();
    let blobs = call.detach_blobs().into_iter().collect();
    (call, blobs)
}

#[test]
fn large_inputs_lie_apart_and_come_back() {
    let body: Vec<u8> = (0..5000_u32).map(|n| (n * 7 % 251) as u8).collect();
    let script = BASE64.encode(format!("#!/bin/sh\n{}", "echo hello\n".repeat(100)));
    let file = file(&[
        ("s3", "CreateBucket", json!({"Bucket": "large-things"})),
        (
            "s3",
            "PutObject",
            json!({"Bucket": "large-things", "Key": "k", "Body": BASE64.encode(&body)}),
        ),
        ("ec2", "RunInstances", launch(json!({"UserData": script}))),
        (
            "s3",
            "PutObject",
            json!({"Bucket": "large-things", "Key": "again", "Body": BASE64.encode(&body)}),
        ),
    ]);
    let (call, blobs) = detached(&file.calls[1]);
    assert_eq!(blobs.values().collect::<Vec<_>>(), [&body]);
    // printf of the same bytes | sha256sum
    let id = blobs.keys().next().unwrap().clone();
    assert_eq!(call.0["blobs"], json!({"Body": id}));
    assert_eq!(
        call.0["params"],
        json!({"Bucket": "large-things", "Key": "k", "Body": null})
    );
    assert_eq!(call.blobs().collect::<Vec<_>>(), [id.as_str()]);
    let mut back = call;
    assert_eq!(back.attach_blobs(|id| blobs.get(id).map(Vec::as_slice)), Ok(()));
    assert_eq!(back, file.calls[1]);

    let mut all = file.clone();
    let blobs: BTreeMap<String, Vec<u8>> = all.detach_blobs().into_iter().collect();
    assert_eq!(blobs.len(), 2, "the same content once");
    assert!(all.to_text().len() < 2000);
    assert_eq!(all.blobs(), blobs.keys().cloned().collect());
    let mut read = File::from_text(&all.to_text()).unwrap();
    assert_eq!(
        read.attach_blobs(|id| blobs.get(id).map(Vec::as_slice)),
        Vec::<String>::new()
    );
    assert_eq!(read, file);
    assert_eq!(read.open().unwrap().problems, Vec::<String>::new());
}

#[test]
fn what_is_small_stays_and_what_is_lost_is_named() {
    let small = BASE64.encode(vec![0; 1024]);
    let large = BASE64.encode(vec![0; 1025]);
    let put = |body: &str| json!({"Bucket": "b-1", "Key": "k", "Body": body, "Metadata": {"a/b~c": "d".repeat(1025)}});
    let file = file(&[
        ("s3", "CreateBucket", json!({"Bucket": "b-1"})),
        ("s3", "PutObject", put(&small)),
    ]);
    let (call, blobs) = detached(&file.calls[1]);
    assert_eq!(blobs.len(), 1, "the metadata only");
    let mut back = call;
    back.attach_blobs(|id| blobs.get(id).map(Vec::as_slice)).unwrap();
    assert_eq!(back, file.calls[1]);

    let mut file = file;
    file.calls[1].0.insert("params".into(), put(&large));
    file.detach_blobs();
    let apart = file.clone();
    let lost = file.attach_blobs(|_| None);
    let expected = [
        "call 2, PutObject of k in b-1, has lost its object contents (Body). The object is there, but empty.",
        "call 2, PutObject of k in b-1, has lost its text (Metadata.a/b~c). The call is made without it, and may be refused.",
    ];
    assert_eq!(lost, expected);
    let opened = file.open().unwrap();
    assert_eq!(opened.problems, Vec::<String>::new());
    assert_eq!(
        opened.engine.history().nodes().len(),
        3,
        "the object is there, but empty"
    );
    // A checkpoint that was handed on without what lay beside it opens the same way, and says so.
    let opened = apart.open().unwrap();
    assert_eq!(opened.problems, expected);
    assert_eq!(opened.engine.history().nodes().len(), 3);
}

#[test]
fn broken_marks_do_no_harm() {
    for blobs in [
        json!(null),
        json!("x"),
        json!({"Body": 7}),
        json!({"": "00"}),
        json!({"Nowhere/0/x": "00"}),
    ] {
        let mut call = file(&[("s3", "PutObject", json!({"Bucket": "b-1", "Key": "k", "Body": null}))])
            .calls
            .remove(0);
        call.0.insert("blobs".into(), blobs);
        let _ = call.attach_blobs(|_| Some(&[1]));
        assert!(!call.0.contains_key("blobs"));
    }
}

#[test]
fn a_link_says_by_name_what_is_too_large_for_it() {
    // Bytes that no compression makes fewer.
    let body = |bytes: usize| {
        let mut state = 1_u64;
        let next = |_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            state.to_be_bytes()[0]
        };
        BASE64.encode((0..bytes).map(next).collect::<Vec<u8>>())
    };
    let put = |key: &str, bytes| {
        (
            "s3",
            "PutObject",
            json!({"Bucket": "diary-of-ada", "Key": key, "Body": body(bytes)}),
        )
    };
    let whole = file(&[
        ("s3", "CreateBucket", json!({"Bucket": "diary-of-ada"})),
        put("note", 16 * 1024),
        put("film", 200_000),
    ]);
    let whole = File::of(&whole.open().unwrap().engine, "x");
    assert!(link::encode(&whole).is_err(), "too much for any link");
    let large = whole.too_large_for_a_link();
    let named: Vec<(&str, usize)> = large.iter().map(|item| (item.of.as_str(), item.bytes)).collect();
    assert_eq!(named, [("film in diary-of-ada", 200_000)]);
    assert_eq!(
        large[0].line(),
        "call 3, PutObject of film in diary-of-ada: object contents (Body), 200000 bytes"
    );
    let linked = link::decode(&link::encode(&whole.without(&large)).unwrap()).unwrap();
    let opened = linked.open().unwrap();
    assert_eq!(opened.problems, Vec::<String>::new());
    let bucket = opened.engine.world().s3.buckets.rows().next().unwrap();
    let sizes: Vec<usize> = bucket.objects.rows().map(|row| row.body.len()).collect();
    assert_eq!(sizes, [0, 16 * 1024], "the film is there, but empty");
}
