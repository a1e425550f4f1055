//! Parameters in, problems out: AWS's rules for what the model can say, our words.

use crate::shapes::{SERVICE, everything};
use expect_test::{Expect, expect};
use serde_json::{Value as Json, json};
use stratus_model::{Problem, Service, Structure, Value, check, field, json::from_json, limits, model};

fn problems(service: &Service, operation: &str, input: &Json) -> Vec<Problem> {
    let operation = service.operation(operation).unwrap();
    match from_json(service, operation.input.unwrap(), input) {
        Ok(Value::Structure(input)) => check::input(service, operation, &input).err().unwrap_or_default(),
        Ok(other) => panic!("not a structure: {other:?}"),
        Err(problem) => vec![problem],
    }
}

fn lines(problems: &[Problem]) -> String {
    problems.iter().map(|problem| format!("{problem}\n")).collect()
}

fn ec2(operation: &str, input: Json, expect: Expect) {
    expect.assert_eq(&lines(&problems(model().service("ec2").unwrap(), operation, &input)));
}

fn of(service: &str, operation: &str, input: Json, expect: Expect) {
    expect.assert_eq(&lines(&problems(model().service(service).unwrap(), operation, &input)));
}

/// A problem in the tests' own service; `Name` is given.
fn test(member: &str, value: Json, expect: Expect) {
    expect.assert_eq(&lines(&problems(
        &SERVICE,
        "Everything",
        &json!({"Name": "word", member: value}),
    )));
}

#[test]
fn nothing_to_say() {
    ec2("DescribeInstances", json!({}), expect![""]);
    ec2(
        "RunInstances",
        json!({"ImageId": "ami-0abcdef1234567890", "InstanceType": "t3.micro", "MinCount": 1, "MaxCount": 2, "DryRun": false,
            "BlockDeviceMappings": [{"DeviceName": "/dev/sda1", "Ebs": {"VolumeSize": 8, "VolumeType": "gp3"}}],
            "TagSpecifications": [{"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": "web"}]}]}),
        expect![""],
    );
    of("stratus", "AdvanceClock", json!({"Seconds": 3600}), expect![""]);
    of("sts", "GetCallerIdentity", json!({}), expect![""]);
}

#[test]
fn missing() {
    ec2(
        "RunInstances",
        json!({}),
        expect![[r#"
        MaxCount is missing: it is required.
        MinCount is missing: it is required.
    "#]],
    );
    ec2(
        "AttachVolume",
        json!({"Device": null, "InstanceId": null}),
        expect![[r#"
            Device is missing: it is required.
            InstanceId is missing: it is required.
            VolumeId is missing: it is required.
        "#]],
    );
    of(
        "route53",
        "ChangeResourceRecordSets",
        json!({"HostedZoneId": "Z1", "ChangeBatch": {"Changes": [{"Action": "CREATE"}]}}),
        expect![[r#"
            ChangeBatch.Changes[0].ResourceRecordSet is missing: it is required.
        "#]],
    );
}

#[test]
fn unknown() {
    ec2(
        "StopInstances",
        json!({"InstanceId": ["i-1"]}),
        expect![[r#"
        There is no parameter InstanceId. Did you mean InstanceIds?
    "#]],
    );
    ec2(
        "StopInstances",
        json!({"instanceids": ["i-1"]}),
        expect![[r#"
        There is no parameter instanceids. Did you mean InstanceIds?
    "#]],
    );
    ec2(
        "StopInstances",
        json!({"Colour": "red"}),
        expect![[r#"
        There is no parameter Colour. Leave it out.
    "#]],
    );
    ec2(
        "RunInstances",
        json!({"BlockDeviceMappings": [{"Ebs": {"VolumeSise": 8}}]}),
        expect![[r#"
            There is no parameter BlockDeviceMappings[0].Ebs.VolumeSise. Did you mean VolumeSize?
        "#]],
    );
}

/// A name that exists elsewhere in the API is unknown where it does not belong.
#[test]
fn unknown_in_this_structure() {
    let ec2 = model().service("ec2").unwrap();
    let input = Structure::new()
        .with(field::INSTANCE_IDS, vec!["i-1"])
        .with(field::BUCKET, "b");
    let found = check::input(ec2, ec2.operation("StopInstances").unwrap(), &input).unwrap_err();
    expect![[r#"
        There is no parameter Bucket. Leave it out.
    "#]]
    .assert_eq(&lines(&found));
}

#[test]
fn wrong_type() {
    ec2(
        "RunInstances",
        json!({"MinCount": "three"}),
        expect![[r#"
        MinCount must be an integer, not "three".
    "#]],
    );
    ec2(
        "RunInstances",
        json!({"MinCount": 1.5}),
        expect![[r#"
        MinCount must be an integer, not 1.5.
    "#]],
    );
    ec2(
        "RunInstances",
        json!({"MinCount": 18446744073709551615u64}),
        expect![[r#"
            MinCount must be an integer, not 18446744073709551615.
        "#]],
    );
    ec2(
        "StopInstances",
        json!({"InstanceIds": "i-1"}),
        expect![[r#"
        InstanceIds must be a list, not "i-1".
    "#]],
    );
    ec2(
        "StopInstances",
        json!({"InstanceIds": [["i-1"]]}),
        expect![[r#"
        InstanceIds[0] must be a string, not a list.
    "#]],
    );
    ec2(
        "StopInstances",
        json!({"InstanceIds": [null]}),
        expect![[r#"
        InstanceIds[0] must be a string, not null.
    "#]],
    );
    ec2(
        "StopInstances",
        json!({"DryRun": "true"}),
        expect![[r#"
        DryRun must be true or false, not "true".
    "#]],
    );
    ec2(
        "StopInstances",
        json!([]),
        expect![[r#"
            The input must be a structure, not a list.
        "#]],
    );
    ec2(
        "RunInstances",
        json!({"Placement": []}),
        expect![[r#"
        Placement must be a structure, not a list.
    "#]],
    );
    test(
        "LaunchTime",
        json!("yesterday"),
        expect![[r#"
        LaunchTime must be a time such as 2025-03-03T09:00:00Z, not "yesterday".
    "#]],
    );
    test(
        "Body",
        json!("not base64!"),
        expect![[r#"
        Body must be binary data in base64, not "not base64!".
    "#]],
    );
    test(
        "Metadata",
        json!([1]),
        expect![[r#"
        Metadata must be a map, not a list.
    "#]],
    );
    test(
        "Value",
        json!("1"),
        expect![[r#"
        Value must be a number, not "1".
    "#]],
    );
}

/// What a program builds is checked as what a person types.
#[test]
fn wrong_type_in_a_tree() {
    let operation = SERVICE.operation("Everything").unwrap();
    let input = Structure::new()
        .with(field::NAME, 7)
        .with(field::VALUE, f64::NAN)
        .with(field::BODY, "text")
        .with(field::LAUNCH_TIME, Structure::new())
        .with(field::PASSWORD_DATA, 12345678)
        .with(field::METADATA, vec![true]);
    expect![[r#"
        Value must be a finite number, not NaN.
        Name must be a string, not 7.
        PasswordData must be a string.
        LaunchTime must be a time, not a structure.
        Body must be binary data, not "text".
        Metadata must be a map, not a list.
    "#]]
    .assert_eq(&lines(&check::input(&SERVICE, operation, &input).unwrap_err()));
}

#[test]
fn out_of_range() {
    test(
        "Count",
        json!(0),
        expect![[r#"
        Count must be 1 or more, not 0.
    "#]],
    );
    test(
        "Count",
        json!(11),
        expect![[r#"
        Count must be 10 or less, not 11.
    "#]],
    );
    test("Count", json!(10), expect![""]);
    test(
        "Value",
        json!(1.75),
        expect![[r#"
        Value must be 1.5 or less, not 1.75.
    "#]],
    );
    test(
        "Value",
        json!(-2),
        expect![[r#"
        Value must be -1.5 or more, not -2.
    "#]],
    );
    test("Size", json!(i64::MAX), expect![""]);
    of(
        "stratus",
        "StartListener",
        json!({"InstanceId": "i-1", "Protocol": "tcp", "Port": 65536}),
        expect![[r#"
            Port must be 65535 or less, not 65536.
        "#]],
    );
    of(
        "stratus",
        "AdvanceClock",
        json!({"Seconds": -1}),
        expect![[r#"
        Seconds must be 0 or more, not -1.
    "#]],
    );
    of(
        "stratus",
        "WriteBlocks",
        json!({"VolumeId": "vol-1", "Length": 0}),
        expect![[r#"
            Length must be 1 or more, not 0.
        "#]],
    );
    ec2(
        "RunInstances",
        json!({"MinCount": 1, "MaxCount": 4294967296u64}),
        expect![[r#"
            MaxCount must be 2147483647 or less, not 4294967296.
        "#]],
    );
    ec2(
        "DescribeInstanceTypes",
        json!({"MaxResults": 4}),
        expect![[r#"
        MaxResults must be 5 or more, not 4.
    "#]],
    );
}

#[test]
fn length() {
    test(
        "Name",
        json!(""),
        expect![[r#"
            Name must have at least 1 character, not 0.
            Name must match [a-z]+, not "".
        "#]],
    );
    test(
        "Name",
        json!("ninechars"),
        expect![[r#"
        Name must have at most 8 characters, not 9.
    "#]],
    );
    test(
        "Body",
        json!(""),
        expect![[r#"
            Body must have at least 1 byte, not 0.
        "#]],
    );
    test(
        "Body",
        json!("AAAAAAAA"),
        expect![[r#"
        Body must have at most 4 bytes, not 6.
    "#]],
    );
    test(
        "Tags",
        json!([]),
        expect![[r#"
            Tags must have at least 1 item, not 0.
        "#]],
    );
    test(
        "Tags",
        json!(["a", "b", "c", "d"]),
        expect![[r#"
        Tags must have at most 3 items, not 4.
    "#]],
    );
    test(
        "Metadata",
        json!({"a": 1, "b": 2, "c": 3}),
        expect![[r#"
        Metadata must have at most 2 entries, not 3.
    "#]],
    );
    test(
        "Metadata",
        json!({"a": 11, "B": 2}),
        expect![[r#"
        Metadata.B must match [a-z]+, not "B".
        Metadata.a must be 10 or less, not 11.
    "#]],
    );
    // Characters, not bytes.
    test(
        "Tags",
        json!(["éééééééé"]),
        expect![[r#"
        Tags[0] must match [a-z]+, not "éééééééé".
    "#]],
    );
    ec2(
        "DescribeInstanceTypes",
        json!({"InstanceTypes": vec!["t3.micro"; 101]}),
        expect![[r#"
            InstanceTypes must have at most 100 items, not 101.
        "#]],
    );
}

#[test]
fn enumeration() {
    test(
        "Status",
        json!("of"),
        expect![[r#"
        Status must be on or off, not "of". Did you mean off?
    "#]],
    );
    test(
        "Status",
        json!("ON"),
        expect![[r#"
        Status must be on or off, not "ON". Did you mean on?
    "#]],
    );
    ec2(
        "CreateVolume",
        json!({"AvailabilityZone": "us-east-1a", "VolumeType": "gp33"}),
        expect![[r#"
            VolumeType must be standard, io1, io2, gp2, sc1, st1 or gp3, not "gp33". Did you mean gp3?
        "#]],
    );
    ec2(
        "RunInstances",
        json!({"MinCount": 1, "MaxCount": 1, "Placement": {"Tenancy": "alone"}}),
        expect![[r#"
            Placement.Tenancy must be default, dedicated or host, not "alone".
        "#]],
    );
    ec2(
        "RunInstances",
        json!({"MinCount": 1, "MaxCount": 1, "TagSpecifications": [{"ResourceType": "instnce"}]}),
        expect![[r#"
            TagSpecifications[0].ResourceType must be one of 114 known values, not "instnce". Did you mean instance?
        "#]],
    );
    of(
        "stratus",
        "ImpairInstance",
        json!({"InstanceId": "i-1", "Check": "disk", "Impaired": true}),
        expect![[r#"
            Check must be system or instance, not "disk".
        "#]],
    );
    // Open: AWS has new types before the model has.
    ec2(
        "RunInstances",
        json!({"MinCount": 1, "MaxCount": 1, "InstanceType": "t99.huge"}),
        expect![""],
    );
}

#[test]
fn pattern() {
    test(
        "Name",
        json!("Word"),
        expect![[r#"
        Name must match [a-z]+, not "Word".
    "#]],
    );
    of(
        "route53",
        "ListResourceRecordSets",
        json!({"HostedZoneId": "Z1", "StartRecordType": "A"}),
        expect![""],
    );
    of(
        "route53",
        "TestDNSAnswer",
        json!({"HostedZoneId": "Z1", "RecordName": "a", "RecordType": "A", "ResolverIP": "300.1.1.1"}),
        expect![[r#"
            ResolverIP must have the required form, not "300.1.1.1".
        "#]],
    );
}

#[test]
fn union() {
    test("Source", json!({"Enabled": true}), expect![""]);
    test(
        "Source",
        json!({"Enabled": true, "Name": "both"}),
        expect![[r#"
        Source must have exactly one of Enabled, Name.
    "#]],
    );
    test(
        "Source",
        json!({}),
        expect![[r#"
        Source must have exactly one of Enabled, Name.
    "#]],
    );
}

#[test]
fn secrets_are_not_repeated() {
    test(
        "PasswordData",
        json!("short"),
        expect![[r#"
        PasswordData must have at least 8 characters, not 5.
    "#]],
    );
    test(
        "PasswordData",
        json!(12345678),
        expect![[r#"
        PasswordData must be a string.
    "#]],
    );
}

#[test]
fn long_values_are_shortened() {
    let text = format!("line\n\"{}", "x".repeat(100));
    test(
        "Status",
        json!(text),
        expect![[r#"
        Status must be on or off, not "line\n\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…".
    "#]],
    );
}

#[test]
fn depth() {
    let nested = |levels: usize| (0..levels).fold(json!({"Name": "leaf"}), |tree, _| json!({"Resources": tree}));
    test("Resources", nested(limits::DEPTH - 3), expect![""]);
    let path = "Resources.".repeat(limits::DEPTH);
    let found = problems(
        &SERVICE,
        "Everything",
        &json!({"Name": "word", "Resources": nested(limits::DEPTH)}),
    );
    assert_eq!(
        lines(&found),
        format!("{path}Resources lies too deep: at most 32 levels.\n")
    );

    let tree = (0..500).fold(Structure::new(), |tree, _| {
        Structure::new().with(field::RESOURCES, tree)
    });
    let input = Structure::new().with(field::NAME, "word").with(field::RESOURCES, tree);
    let found = check::input(&SERVICE, SERVICE.operation("Everything").unwrap(), &input).unwrap_err();
    assert_eq!(
        lines(&found),
        format!("{path}Resources lies too deep: at most 32 levels.\n")
    );
}

#[test]
fn size() {
    let ec2 = model().service("ec2").unwrap();
    let stop = ec2.operation("StopInstances").unwrap();
    let input = Structure::new().with(field::INSTANCE_IDS, vec!["i-1"; limits::VALUES + 1]);
    expect![[r#"
        There are too many values: at most 100000.
    "#]]
    .assert_eq(&lines(&check::input(ec2, stop, &input).unwrap_err()));
    let input = Structure::new().with(field::INSTANCE_IDS, vec!["x".repeat(limits::STRING_BYTES + 1)]);
    expect![[r#"
        InstanceIds[0] must have at most 1048576 bytes, not 1048577.
    "#]]
    .assert_eq(&lines(&check::input(ec2, stop, &input).unwrap_err()));
    let input = Structure::new().with(field::INSTANCE_IDS, vec![1; 1000]);
    assert_eq!(check::input(ec2, stop, &input).unwrap_err().len(), limits::PROBLEMS);
}

#[test]
fn headers_in_answers_have_blocks() {
    let ec2 = model().service("ec2").unwrap();
    let operation = ec2.operation("GetNetworkInsightsAccessScopeAnalysisFindings").unwrap();
    let output = |address: &str| {
        let header = Structure::new().with(field::DESTINATION_ADDRESSES, vec![stratus_model::Value::from(address)]);
        let component = Structure::new().with(field::INBOUND_HEADER, header);
        let finding = Structure::new().with(field::FINDING_COMPONENTS, vec![component]);
        Structure::new().with(field::ANALYSIS_FINDINGS, vec![finding])
    };
    assert!(check::output(ec2, operation, &output("10.0.1.85/32")).is_ok());
    assert!(check::output(ec2, operation, &output("somewhere/32")).is_err());
}

#[test]
fn answers_are_checked_as_well() {
    let ec2 = model().service("ec2").unwrap();
    let operation = ec2.operation("DescribeVpcs").unwrap();
    let vpc = Structure::new()
        .with(field::VPC_ID, "vpc-1")
        .with(field::STATE, "availible")
        .with(field::BUCKET, 1);
    let output = Structure::new().with(field::VPCS, vec![vpc]);
    expect![[r#"
        Vpcs[0].State must be pending, available or deleting, not "availible". Did you mean available?
        There is no parameter Vpcs[0].Bucket. Leave it out.
    "#]]
    .assert_eq(&lines(&check::output(ec2, operation, &output).unwrap_err()));
}

#[test]
fn everything_has_an_id() {
    assert_eq!(SERVICE.shape_id(SERVICE.shape_count()), None);
    assert!((0..SERVICE.shape_count()).any(|place| SERVICE.shape_id(place) == Some(everything())));
}
