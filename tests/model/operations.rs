//! What the model says of the operations, by samples from the AWS API references.

use expect_test::expect;
use stratus_model::{Operation, Protocol, model};

fn operation(service: &str, name: &str) -> &'static Operation {
    model().service(service).unwrap().operation(name).unwrap()
}

#[test]
fn services() {
    let mut text = String::new();
    for service in model().services() {
        text += &format!(
            "{} {} {:?} {} {} global={} operations={}\n",
            service.name,
            service.api_version,
            service.protocol,
            service.endpoint_prefix,
            service.signing_name,
            service.is_global,
            service.operations().len(),
        );
    }
    expect![[r#"
        ec2 2016-11-15 Ec2 ec2 ec2 global=false operations=115
        route53 2013-04-01 RestXml route53 route53 global=true operations=12
        s3 2006-03-01 RestXml s3 s3 global=false operations=16
        stratus 2025-03-03 Json stratus stratus global=false operations=10
        sts 2011-06-15 Query sts sts global=false operations=1
    "#]]
    .assert_eq(&text);
    assert!(model().service("nosuch").is_none());
    assert_eq!(model().service("stratus").unwrap().protocol, Protocol::Json);
}

#[test]
fn reading_and_writing() {
    let reads = |service: &str| {
        let operations = model().service(service).unwrap().operations().iter();
        operations
            .filter(|operation| operation.read_only)
            .map(|operation| operation.name)
            .collect::<Vec<_>>()
            .join(" ")
    };
    expect!["DescribeAccountAttributes DescribeAddresses DescribeAvailabilityZones DescribeImageAttribute DescribeImages DescribeInstanceAttribute DescribeInstanceStatus DescribeInstanceTypeOfferings DescribeInstanceTypes DescribeInstances DescribeInternetGateways DescribeKeyPairs DescribeManagedPrefixLists DescribeNetworkAcls DescribeNetworkInterfaceAttribute DescribeNetworkInterfaces DescribePrefixLists DescribeRegions DescribeRouteTables DescribeSecurityGroupRules DescribeSecurityGroups DescribeSnapshotAttribute DescribeSnapshots DescribeSubnets DescribeTags DescribeVolumeAttribute DescribeVolumeStatus DescribeVolumes DescribeVolumesModifications DescribeVpcAttribute DescribeVpcs GetConsoleOutput GetManagedPrefixListEntries GetPasswordData"].assert_eq(&reads("ec2"));
    expect!["GetBucketLocation GetBucketTagging GetObject HeadBucket HeadObject ListBuckets ListObjects ListObjectsV2"]
        .assert_eq(&reads("s3"));
    expect!["GetChange GetHostedZone GetHostedZoneCount ListHostedZones ListHostedZonesByName ListResourceRecordSets ListTagsForResource TestDNSAnswer"].assert_eq(&reads("route53"));
    expect!["GetCallerIdentity"].assert_eq(&reads("sts"));
    expect![[""]].assert_eq(&reads("stratus"));
}

#[test]
fn tokens_that_make_a_repeated_call_one_call() {
    let name = |service, name| operation(service, name).idempotency_token.map(|name| name.text());
    assert_eq!(name("ec2", "RunInstances"), Some("ClientToken"));
    assert_eq!(name("ec2", "CreateVolume"), Some("ClientToken"));
    assert_eq!(name("ec2", "StopInstances"), None);
}

#[test]
fn pages() {
    let pages = |service, name| format!("{:?}", operation(service, name).pagination);
    expect![[r#"Some(Pagination { input_tokens: ["NextToken"], output_tokens: ["NextToken"], results: ["Reservations"], more_results: None, limit: Some("MaxResults") })"#]].assert_eq(&pages("ec2", "DescribeInstances"));
    expect![[r#"Some(Pagination { input_tokens: ["Marker"], output_tokens: ["NextMarker || Contents[-1].Key"], results: ["Contents", "CommonPrefixes"], more_results: Some("IsTruncated"), limit: Some("MaxKeys") })"#]].assert_eq(&pages("s3", "ListObjects"));
    expect![[r#"Some(Pagination { input_tokens: ["StartRecordName", "StartRecordType", "StartRecordIdentifier"], output_tokens: ["NextRecordName", "NextRecordType", "NextRecordIdentifier"], results: ["ResourceRecordSets"], more_results: Some("IsTruncated"), limit: Some("MaxItems") })"#]].assert_eq(&pages("route53", "ListResourceRecordSets"));
    expect!["None"].assert_eq(&pages("ec2", "RunInstances"));
}

#[test]
fn errors_that_the_model_lists() {
    let service = model().service("s3").unwrap();
    let mut text = String::new();
    for error in &operation("s3", "CreateBucket").errors {
        let shape = service.structure(Some(error.shape));
        text += &format!("{} {:?} {:?}\n", error.name, shape.error_code, shape.http_status);
    }
    expect![[r#"
        BucketAlreadyExists None Some(409)
        BucketAlreadyOwnedByYou None Some(409)
    "#]]
    .assert_eq(&text);
}

/// The wire needs both of EC2's spellings: <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html>
#[test]
fn wire_names() {
    let service = model().service("ec2").unwrap();
    let input = service.structure(operation("ec2", "RunInstances").input);
    let member = |name: &str| input.member_by_text(name).unwrap();
    assert_eq!(member("SecurityGroupIds").wire_name, Some("SecurityGroupId"));
    assert_eq!(member("DryRun").wire_name, Some("dryRun"));
    assert_eq!(member("ImageId").wire_name, None);
    let put = operation("s3", "PutObject");
    assert_eq!((put.http_method, put.http_uri), ("PUT", "/{Bucket}/{Key+}"));
}
