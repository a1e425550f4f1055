//! The AWS CLI's spelling, and finding things by it. Expected spellings: those of `aws help`.

use stratus_model::{cli_name, model};

#[test]
fn names_as_the_command_line_spells_them() {
    for (name, expected) in [
        ("RunInstances", "run-instances"),
        ("DescribeDBInstances", "describe-db-instances"),
        ("VpcId", "vpc-id"),
        ("Ipv6CidrBlock", "ipv6-cidr-block"),
        ("CidrBlock", "cidr-block"),
        ("DryRun", "dry-run"),
        ("SSEKMSKeyId", "ssekms-key-id"),
        ("ETag", "e-tag"),
        ("IfNoneMatch", "if-none-match"),
        ("ChecksumCRC32C", "checksum-crc32-c"),
        ("ChecksumCRC64NVME", "checksum-crc64-nvme"),
        ("ContentMD5", "content-md5"),
        ("ListObjectsV2", "list-objects-v2"),
        ("TestDNSAnswer", "test-dns-answer"),
        ("ResolverIP", "resolver-ip"),
        ("EDNS0ClientSubnetIP", "edns0-client-subnet-ip"),
        ("TargetGroupARNs", "target-group-arns"),
        ("DescribeNetworkAcls", "describe-network-acls"),
        ("SecurityGroupIds", "security-group-ids"),
        ("AllocatedStorageGB", "allocated-storage-gb"),
        ("VPCs", "-vpcs"),
        ("VPC", "vpc"),
        ("MFA", "mfa"),
        ("id", "id"),
        ("x-amz-meta", "x-amz-meta"),
        ("", ""),
        ("s", "s"),
        ("É", "É"),
    ] {
        assert_eq!(cli_name(name), expected, "{name}");
    }
}

#[test]
fn found_by_the_command_lines_spelling() {
    let ec2 = model().service("ec2").unwrap();
    let operation = ec2.operation_by_cli_name("run-instances").unwrap();
    assert_eq!(operation.name, "RunInstances");
    let member = ec2
        .structure(operation.input)
        .member_by_cli_name("ipv6-address-count")
        .unwrap();
    assert_eq!(member.name.text(), "Ipv6AddressCount");
    assert!(ec2.operation_by_cli_name("RunInstances").is_none());
    assert!(ec2.structure(operation.input).member_by_cli_name("").is_none());
}

/// Two members of one structure with one spelling could not both be said.
#[test]
fn spellings_are_unique_within_an_operation() {
    for service in model().services() {
        for operation in service.operations() {
            let members = &service.structure(operation.input).members;
            let spellings: std::collections::BTreeSet<String> =
                members.iter().map(|member| cli_name(member.name.text())).collect();
            assert_eq!(spellings.len(), members.len(), "{}", operation.name);
        }
    }
}
