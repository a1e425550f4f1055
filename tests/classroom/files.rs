//! Files: made up at random, and the ways in which they can be broken.

use proptest::prelude::*;
use serde_json::{Value as Json, json};
use stratus_classroom::{File, LoggedCall, Place};
use stratus_engine::Options;
use stratus_engine::base::time::Time;
use stratus_engine::catalog::Region;
use stratus_model::time;

/// Texts as they occur, and texts that are awkward.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[a-z]{1,8}-[0-9]{1,3}",
        2 => any::<String>(),
        1 => Just("i-0123456789abcdef0".to_owned()),
        1 => Just("10.0.0.0/16".to_owned()),
        1 => Just("${".to_owned()),
        1 => Just("$${1.VpcId} $$${ $".to_owned()),
        2 => (1_usize..6).prop_map(|call| format!("${{{call}.Vpc.VpcId}}")),
        2 => (1_usize..6).prop_map(|call| format!("a ${{{call}.Instances[0].InstanceId}}/${{{call}.HostedZone.Id~}} b")),
        1 => Just("${1.Not.A.Name[x]} ${01.VpcId} ${1.}".to_owned()),
        1 => Just("IyEvYmluL2Jhc2gKZWNobyBoZWxsbwo=".to_owned()),
        1 => Just("IyEvYmluL2Jhc2gKZWNobyBoZWxsbwo".to_owned()),
    ]
}

fn any_params() -> impl Strategy<Value = (&'static str, &'static str, Json)> {
    let tags = prop::collection::vec((any_text(), any_text()), 0..4).prop_map(|tags| {
        let tags: Vec<Json> = tags
            .iter()
            .map(|(key, value)| json!({"Key": key, "Value": value}))
            .collect();
        (
            "ec2",
            "CreateTags",
            json!({"Resources": ["${1.Vpc.VpcId}", "vol-1"], "Tags": tags}),
        )
    });
    let body = prop::collection::vec(any::<u8>(), 0..40).prop_map(|body| {
        use base64::Engine as _;
        let body = base64::engine::general_purpose::STANDARD.encode(body);
        (
            "s3",
            "PutObject",
            json!({"Bucket": "b", "Key": "k", "Body": body, "Metadata": {"a.b": "c", "": "${1.X}"}}),
        )
    });
    let timing = (any::<i64>(), any::<i64>()).prop_map(|(low, high)| {
        let params = json!({"Name": "x", "MinimumMillis": low, "MaximumMillis": high});
        ("stratus", "SetTiming", params)
    });
    prop_oneof![
        tags,
        body,
        timing,
        (-1e300..1e300).prop_map(|seconds| ("stratus", "AdvanceClock", json!({"Seconds": seconds}))),
        (0_i64..4_000_000_000).prop_map(|seconds| {
            (
                "stratus",
                "AdvanceClock",
                json!({"Until": time::iso8601(seconds * 1000)}),
            )
        }),
        any_text().prop_map(|text| (
            "ec2",
            "RunInstances",
            json!({"UserData": text, "MinCount": 1, "DryRun": true})
        )),
        Just(("sts", "GetCallerIdentity", json!({}))),
        Just(("ec2", "CreateVpc", json!({"CidrBlock": "10.0.0.0/16"}))),
    ]
}

fn any_moment() -> impl Strategy<Value = i64> {
    prop_oneof![
        Just(1_740_992_400_000),
        1_740_992_400_000_i64..1_741_992_400_000,
        0_i64..4_891_363_200_000
    ]
}

/// A file whose calls are numbered in order, as Stratus writes them; what they say need not make sense.
pub fn any_file() -> impl Strategy<Value = File> {
    let region = prop::sample::select(vec!["us-east-1", "us-east-1", "eu-west-1", "ap-south-1"]);
    let call = (
        any_params(),
        any::<prop::sample::Index>(),
        any_moment(),
        region,
        any::<Option<u8>>(),
        any::<bool>(),
    );
    let head = (any::<u64>(), any_moment(), 0_u64..1_000_000_000_000, any_text());
    let tail = (
        any::<Option<(prop::sample::Index, i64)>>(),
        "([0-9a-f]{16})?",
        prop::option::of(any_text()),
    );
    (prop::collection::vec(call, 0..8), head, tail).prop_map(|(calls, head, tail)| {
        let (seed, start, account, name) = head;
        let calls: Vec<LoggedCall> = calls
            .into_iter()
            .enumerate()
            .map(
                |(index, ((service, operation, params), parent, at, region, check, follows))| {
                    let parent = if follows { index } else { parent.index(index + 1) };
                    let mut call = json!({"n": index + 1, "parent": parent, "time": time::iso8601(at), "region": region,
                    "service": service, "operation": operation, "params": params});
                    if let Some(check) = check.filter(|check| *check > 0) {
                        call["check"] = json!(check);
                    }
                    LoggedCall(call.as_object().unwrap().clone())
                },
            )
            .collect();
        let place = tail.0.map(|(node, now)| Place {
            node: node.index(calls.len() + 1),
            now: Time(now.rem_euclid(4_891_363_200_000)),
        });
        File {
            name: name.chars().take(80).collect(),
            options: Options {
                seed,
                start: Time(start),
                account,
            },
            place,
            digest: (!tail.1.is_empty()).then_some(tail.1),
            screen: tail
                .2
                .map(|text| json!({"panel": "Map", "path": [text, 1, true, null]})),
            calls,
        }
    })
}

fn opened(calls: &str) -> Result<Vec<String>, String> {
    let text = format!(r#"{{"format":"stratus","version":1,"options":{{}},"calls":[{calls}]}}"#);
    let file = File::from_text(&text).map_err(|error| error.to_string())?;
    file.open()
        .map(|opened| opened.problems)
        .map_err(|error| error.to_string())
}

fn call(n: usize, parent: usize, rest: &str) -> String {
    format!(r#"{{"n":{n},"parent":{parent},"time":"2025-03-03T09:00:00Z","region":"us-east-1",{rest}}}"#)
}

const VPC: &str = r#""service":"ec2","operation":"CreateVpc","params":{"CidrBlock":"10.0.0.0/16"}"#;

#[test]
fn a_log_that_is_not_one_is_refused() {
    let said = |calls: &str| opened(calls).unwrap_err();
    assert!(said("{}").contains("a call has no number 'n'"));
    assert!(said("7").contains("not an object"));
    assert!(said(&call(1, 1, VPC)).contains("call 1 follows call 1, which is not there"));
    assert!(said(&[call(1, 0, VPC), call(1, 0, VPC)].join(",")).contains("two calls 1"));
    assert!(said(&call(1, 0, VPC).replace("us-east-1", "mars-1")).contains("'mars-1', which is unknown"));
    assert!(said(&call(1, 0, VPC).replace("2025", "9999")).contains("the time of call 1 is not one"));
    assert!(said(&call(1, 0, VPC).replace("2025-03", "2025-13")).contains("the time of call 1 is not one"));
    assert!(said(&call(1, 0, r#""operation":"CreateVpc""#)).contains("call 1 has no service"));
}

#[test]
fn a_call_that_cannot_be_made_again_is_named_and_the_rest_goes_on() {
    let subnet =
        r#""service":"ec2","operation":"CreateSubnet","params":{"VpcId":"${1.Vpc.VpcId}","CidrBlock":"10.1.0.0/24"}"#;
    let nowhere =
        r#""service":"ec2","operation":"CreateSubnet","params":{"VpcId":"${2.Vpc.VpcId}","CidrBlock":"10.0.0.0/24"}"#;
    let unknown = r#""service":"ec2","operation":"LaunchRocket","params":{}"#;
    let strange = r#""service":"ec2","operation":"CreateVpc","params":{"Cidr":"10.0.0.0/16"}"#;
    let calls = [
        call(1, 0, VPC),
        call(2, 1, subnet),
        call(3, 2, nowhere),
        call(4, 3, unknown),
        call(5, 4, strange),
        call(6, 5, &VPC.replace("10.0", "10.2")),
    ];
    let problems = opened(&calls.join(",")).unwrap();
    assert_eq!(problems.len(), 4, "{problems:?}");
    assert!(
        problems[0].starts_with("call 2, ec2 CreateSubnet: InvalidSubnet.Range"),
        "{problems:?}"
    );
    assert!(
        problems[1].contains("'2.Vpc.VpcId' refers to nothing that an earlier call made"),
        "{problems:?}"
    );
    assert!(
        problems[2].contains("ec2 has no operation 'LaunchRocket'"),
        "{problems:?}"
    );
    assert!(problems[3].contains("Cidr"), "{problems:?}");
}

#[test]
fn a_world_that_ends_elsewhere_says_which_calls_differ() {
    let two = [call(1, 0, VPC), call(2, 1, &VPC.replace("10.0", "10.2"))].join(",");
    let text = format!(r#"{{"format":"stratus","version":1,"options":{{"seed":"5"}},"calls":[{two}]}}"#);
    let engine = File::from_text(&text).unwrap().open().unwrap().engine;
    let mut file = File::of(&engine, "two");
    assert!(file.open().unwrap().faithful);
    // As if this engine drew other ids than the one that wrote the file.
    file.options.seed = 6;
    let elsewhere = file.open().unwrap();
    assert!(!elsewhere.faithful);
    assert_eq!(elsewhere.engine.history().nodes().len(), 3, "it opens all the same");
    let named: Vec<&str> = elsewhere
        .problems
        .iter()
        .filter_map(|problem| problem.split(':').next())
        .collect();
    assert_eq!(named, ["call 1, CreateVpc", "call 2, CreateVpc"]);
    // Without a digest the calls' own checks speak.
    file.digest = None;
    assert!(!file.open().unwrap().faithful);
    file.options.seed = 5;
    assert!(file.open().unwrap().faithful);
    // Nothing differs that a call answers, and yet the world is another one.
    file.digest = Some("0123456789abcdef".into());
    let problems = file.open().unwrap().problems;
    assert_eq!(problems.len(), 1);
    assert!(problems[0].contains("differs in detail"), "{problems:?}");
}

#[test]
fn what_stands_around_the_calls_is_checked() {
    let said = |text: &str| File::from_text(text).unwrap_err().to_string();
    assert!(said("hello").contains("not a Stratus file"));
    assert!(said("[]").contains("it lacks \"format\""));
    assert!(said(r#"{"format":"stratus"}"#).contains("no version"));
    assert!(said(r#"{"format":"stratus","version":9}"#).contains("newer Stratus"));
    let with = |options: &str| format!(r#"{{"format":"stratus","version":1,"options":{options}}}"#);
    for options in [
        r#"{"seed":-1}"#,
        r#"{"seed":"x"}"#,
        r#"{"start":"yesterday"}"#,
        r#"{"start":"1900-01-01T00:00:00Z"}"#,
        r#"{"account":"12"}"#,
    ] {
        assert!(said(&with(options)).contains("damaged"), "{options}");
    }
    let file = File::from_text(&with(r#"{"seed":18446744073709551615,"account":"000000000001"}"#)).unwrap();
    assert_eq!((file.options.seed, file.options.account), (u64::MAX, 1));
    assert_eq!(Region::US_EAST_1.name(), "us-east-1");
}
