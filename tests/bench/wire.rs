//! What a call costs on the wire, besides the engine: `cargo bench -p stratus-wire --bench wire`. DescribeInstances of 1,000
//! instances is the one that counts: its request is routed, verified and read, its answer written.

#![allow(clippy::unwrap_used, reason = "a benchmark stops where it cannot go on")]

mod measure;

use stratus_model::{Structure, Value, field, json, model};
use stratus_wire::sigv4::{Credentials, Secret, sign, verify};
use stratus_wire::{Codec, client, decode, encode_answer, route};

/// An instance as RunInstances makes it, with what it answers about its network, its volume and its tags.
const INSTANCE: &str = r#"{"Architecture": "x86_64", "BlockDeviceMappings": [{"DeviceName": "/dev/xvda", "Ebs": {"AttachTime":
"2025-03-03T09:00:01Z", "DeleteOnTermination": true, "Status": "attached", "VolumeId": "vol-0123456789abcdef0"}}], "ClientToken":
"5f6c1c1e-0000-4000-8000-000000000001", "EbsOptimized": false, "EnaSupport": true, "Hypervisor": "xen", "NetworkInterfaces":
[{"Attachment": {"AttachTime": "2025-03-03T09:00:00Z", "AttachmentId": "eni-attach-0123456789abcdef0", "DeleteOnTermination": true,
"DeviceIndex": 0, "Status": "attached", "NetworkCardIndex": 0}, "Description": "", "Groups": [{"GroupId": "sg-0123456789abcdef0",
"GroupName": "default"}], "Ipv6Addresses": [], "MacAddress": "0a:ff:c0:00:02:01", "NetworkInterfaceId": "eni-0123456789abcdef0",
"OwnerId": "123456789012", "PrivateDnsName": "ip-172-31-0-10.ec2.internal", "PrivateIpAddress": "172.31.0.10", "PrivateIpAddresses":
[{"Primary": true, "PrivateDnsName": "ip-172-31-0-10.ec2.internal", "PrivateIpAddress": "172.31.0.10"}], "SourceDestCheck": true,
"Status": "in-use", "SubnetId": "subnet-0123456789abcdef0", "VpcId": "vpc-0123456789abcdef0", "InterfaceType": "interface"}],
"RootDeviceName": "/dev/xvda", "RootDeviceType": "ebs", "SecurityGroups": [{"GroupId": "sg-0123456789abcdef0", "GroupName":
"default"}], "SourceDestCheck": true, "Tags": [{"Key": "Name", "Value": "web"}], "VirtualizationType": "hvm", "CpuOptions":
{"CoreCount": 1, "ThreadsPerCore": 2}, "CapacityReservationSpecification": {"CapacityReservationPreference": "open"},
"HibernationOptions": {"Configured": false}, "MetadataOptions": {"State": "applied", "HttpTokens": "required",
"HttpPutResponseHopLimit": 2, "HttpEndpoint": "enabled", "HttpProtocolIpv6": "disabled", "InstanceMetadataTags": "disabled"},
"EnclaveOptions": {"Enabled": false}, "PlatformDetails": "Linux/UNIX", "UsageOperation": "RunInstances",
"UsageOperationUpdateTime": "2025-03-03T09:00:00Z", "PrivateDnsNameOptions": {"HostnameType": "ip-name",
"EnableResourceNameDnsARecord": false, "EnableResourceNameDnsAAAARecord": false}, "MaintenanceOptions": {"AutoRecovery": "default"},
"CurrentInstanceBootMode": "uefi", "InstanceId": "i-0123456789abcdef0", "ImageId": "ami-0123456789abcdef0", "State": {"Code": 16,
"Name": "running"}, "PrivateDnsName": "ip-172-31-0-10.ec2.internal", "PublicDnsName": "", "StateTransitionReason": "", "KeyName":
"key", "AmiLaunchIndex": 0, "ProductCodes": [], "InstanceType": "t3.micro", "LaunchTime": "2025-03-03T09:00:00Z", "Placement":
{"GroupName": "", "Tenancy": "default", "AvailabilityZone": "us-east-1a"}, "Monitoring": {"State": "disabled"}, "SubnetId":
"subnet-0123456789abcdef0", "VpcId": "vpc-0123456789abcdef0", "PrivateIpAddress": "172.31.0.10"}"#;

/// What this thread has had of a processor: other programs on the machine do not count. Linux only; 0 elsewhere.
fn processor_nanoseconds() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    text.split(' ')
        .next()
        .and_then(|number| number.parse().ok())
        .unwrap_or_default()
}

fn main() {
    let ec2 = model().service("ec2").unwrap();
    let operation = ec2.operation("DescribeInstances").unwrap();
    let reservation = format!(
        r#"{{"Reservations": [{{"ReservationId": "r-0123456789abcdef0", "OwnerId": "123456789012", "Groups": [], "Instances": [{INSTANCE}]}}]}}"#
    );
    let one = json::from_json(
        ec2,
        operation.output.unwrap(),
        &serde_json::from_str(&reservation).unwrap(),
    )
    .unwrap();
    let one = one.as_structure().unwrap().list(field::RESERVATIONS)[0].clone();
    let answer = Structure::new().with(field::RESERVATIONS, Value::List(vec![one; 1000]));

    let mut request = client::request(
        ec2,
        operation,
        Codec::Ec2Query,
        &Structure::new(),
        "ec2.us-east-1.amazonaws.com",
    );
    let credentials = Credentials {
        access_key: "AKIAIOSFODNN7EXAMPLE".to_string(),
        secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY".to_string(),
        token: None,
        region: "us-east-1".to_string(),
        service: "ec2".to_string(),
    };
    let now = 1_740_992_400_000;
    sign(&mut request, &credentials, now);
    let routed = route(&request).unwrap();
    let mut lookup = |_: &str, _: Option<&str>| Some(Secret(credentials.secret.clone()));

    measure::microseconds("wire-route", 200, || route(&request));
    measure::microseconds("wire-verify", 200, || {
        verify(&routed.speech, &request, now, &mut lookup)
    });
    measure::microseconds("wire-read", 200, || decode(&routed, &request));
    let runs = 50u32;
    let before = processor_nanoseconds();
    for _ in 0..runs {
        std::hint::black_box(encode_answer(&routed, &answer, "id"));
    }
    let took = (processor_nanoseconds() - before) / f64::from(runs) / 1e3;
    measure::print("wire-write-1000-instances", took);
    let bytes = encode_answer(&routed, &answer, "id").body.len();
    measure::print("wire-bytes-1000-instances", bytes as f64);
}
