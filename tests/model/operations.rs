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
        autoscaling 2011-01-01 Query autoscaling autoscaling global=false operations=68
        ce 2017-10-25 Json ce ce global=true operations=47
        cloudformation 2010-05-15 Query cloudformation cloudformation global=false operations=92
        cloudwatch 2010-08-01 Cbor monitoring monitoring global=false operations=59
        dlm 2018-01-12 RestJson dlm dlm global=false operations=8
        ebs 2019-11-02 RestJson ebs ebs global=false operations=6
        ec2 2016-11-15 Ec2 ec2 ec2 global=false operations=830
        elasticbeanstalk 2010-12-01 Query elasticbeanstalk elasticbeanstalk global=false operations=47
        elb 2012-06-01 Query elasticloadbalancing elasticloadbalancing global=false operations=29
        elbv2 2015-12-01 Query elasticloadbalancing elasticloadbalancing global=false operations=51
        iam 2010-05-08 Query iam iam global=true operations=180
        rbin 2021-06-15 RestJson rbin rbin global=false operations=10
        route53 2013-04-01 RestXml route53 route53 global=true operations=74
        s3 2006-03-01 RestXml s3 s3 global=false operations=116
        sns 2010-03-31 Query sns sns global=false operations=42
        sqs 2012-11-05 Json sqs sqs global=false operations=23
        ssm 2014-11-06 Json ssm ssm global=false operations=154
        stratus 2025-03-03 Json stratus stratus global=false operations=36
        sts 2011-06-15 Query sts sts global=false operations=11
    "#]]
    .assert_eq(&text);
    assert!(model().service("nosuch").is_none());
    assert_eq!(model().service("stratus").unwrap().protocol, Protocol::Json);
}

#[test]
fn reading_and_writing() {
    // Those whose first word does not already say it.
    let reads = |service: &str| {
        let plain = |name: &str| {
            ["Describe", "Get", "Head", "List"]
                .iter()
                .any(|verb| name.starts_with(verb))
        };
        let operations = model().service(service).unwrap().operations().iter();
        operations
            .filter(|operation| operation.read_only != plain(operation.name))
            .map(|operation| operation.name)
            .collect::<Vec<_>>()
            .join(" ")
    };
    expect!["GetFlowLogsIntegrationTemplate SearchLocalGatewayRoutes SearchTransitGatewayMulticastGroups SearchTransitGatewayRoutes"]
        .assert_eq(&reads("ec2"));
    expect![""].assert_eq(&reads("s3"));
    expect!["TestDNSAnswer"].assert_eq(&reads("route53"));
    expect!["DecodeAuthorizationMessage GetFederationToken GetSessionToken"].assert_eq(&reads("sts"));
    expect!["SimulateCustomPolicy SimulatePrincipalPolicy"].assert_eq(&reads("iam"));
    expect!["ExportZone ReadBlocks SendForgedPacket"].assert_eq(&reads("stratus"));
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
