//! Ids and names of what there is now, by the option that asks for them: answers of the services' own read calls.

use super::{Candidate, aws};
use crate::cloud::Cloud;
use crate::limits::LOOKED_AT;
use stratus_engine::catalog::Region;
use stratus_model::{Name, Structure, Value, field};

/// Where the values of options come from.
struct Source {
    service: &'static str,
    /// Options without a plural's `s`.
    options: &'static [&'static str],
    operation: &'static str,
    /// The lists on the way, then the value itself.
    path: &'static [Name],
    /// What is said of it, besides its `Name` tag.
    about: &'static [Name],
}

const fn source(
    service: &'static str,
    options: &'static [&'static str],
    operation: &'static str,
    path: &'static [Name],
    about: &'static [Name],
) -> Source {
    Source {
        service,
        options,
        operation,
        path,
        about,
    }
}

const SOURCES: &[Source] = &[
    source(
        "ec2",
        &["instance-id"],
        "DescribeInstances",
        &[field::RESERVATIONS, field::INSTANCES, field::INSTANCE_ID],
        &[field::STATE, field::INSTANCE_TYPE],
    ),
    source(
        "ec2",
        &["volume-id"],
        "DescribeVolumes",
        &[field::VOLUMES, field::VOLUME_ID],
        &[field::STATE, field::VOLUME_TYPE, field::AVAILABILITY_ZONE],
    ),
    source(
        "ec2",
        &["snapshot-id", "source-snapshot-id"],
        "DescribeSnapshots",
        &[field::SNAPSHOTS, field::SNAPSHOT_ID],
        &[field::DESCRIPTION, field::STATE],
    ),
    source(
        "ec2",
        &["image-id", "source-image-id"],
        "DescribeImages",
        &[field::IMAGES, field::IMAGE_ID],
        &[field::NAME],
    ),
    source(
        "ec2",
        &["group-id", "security-group-id", "source-group", "group"],
        "DescribeSecurityGroups",
        &[field::SECURITY_GROUPS, field::GROUP_ID],
        &[field::GROUP_NAME],
    ),
    source(
        "ec2",
        &["group-name", "security-group"],
        "DescribeSecurityGroups",
        &[field::SECURITY_GROUPS, field::GROUP_NAME],
        &[field::DESCRIPTION],
    ),
    source(
        "ec2",
        &["subnet-id"],
        "DescribeSubnets",
        &[field::SUBNETS, field::SUBNET_ID],
        &[field::AVAILABILITY_ZONE, field::CIDR_BLOCK],
    ),
    source(
        "ec2",
        &["vpc-id"],
        "DescribeVpcs",
        &[field::VPCS, field::VPC_ID],
        &[field::CIDR_BLOCK],
    ),
    source(
        "ec2",
        &["route-table-id"],
        "DescribeRouteTables",
        &[field::ROUTE_TABLES, field::ROUTE_TABLE_ID],
        &[field::VPC_ID],
    ),
    source(
        "ec2",
        &["internet-gateway-id", "gateway-id"],
        "DescribeInternetGateways",
        &[field::INTERNET_GATEWAYS, field::INTERNET_GATEWAY_ID],
        &[],
    ),
    source(
        "ec2",
        &["network-acl-id"],
        "DescribeNetworkAcls",
        &[field::NETWORK_ACLS, field::NETWORK_ACL_ID],
        &[field::VPC_ID],
    ),
    source(
        "ec2",
        &["network-interface-id"],
        "DescribeNetworkInterfaces",
        &[field::NETWORK_INTERFACES, field::NETWORK_INTERFACE_ID],
        &[field::DESCRIPTION, field::PRIVATE_IP_ADDRESS],
    ),
    source(
        "ec2",
        &["allocation-id"],
        "DescribeAddresses",
        &[field::ADDRESSES, field::ALLOCATION_ID],
        &[field::PUBLIC_IP],
    ),
    source(
        "ec2",
        &["association-id"],
        "DescribeAddresses",
        &[field::ADDRESSES, field::ASSOCIATION_ID],
        &[field::PUBLIC_IP],
    ),
    source(
        "ec2",
        &["public-ip"],
        "DescribeAddresses",
        &[field::ADDRESSES, field::PUBLIC_IP],
        &[field::ALLOCATION_ID],
    ),
    source(
        "ec2",
        &["key-name"],
        "DescribeKeyPairs",
        &[field::KEY_PAIRS, field::KEY_NAME],
        &[field::KEY_TYPE],
    ),
    source(
        "ec2",
        &["key-pair-id"],
        "DescribeKeyPairs",
        &[field::KEY_PAIRS, field::KEY_PAIR_ID],
        &[field::KEY_NAME],
    ),
    source(
        "ec2",
        &["dhcp-options-id"],
        "DescribeDhcpOptions",
        &[field::DHCP_OPTIONS, field::DHCP_OPTIONS_ID],
        &[],
    ),
    source(
        "ec2",
        &["launch-template-id"],
        "DescribeLaunchTemplates",
        &[field::LAUNCH_TEMPLATES, field::LAUNCH_TEMPLATE_ID],
        &[field::LAUNCH_TEMPLATE_NAME],
    ),
    source(
        "ec2",
        &["launch-template-name"],
        "DescribeLaunchTemplates",
        &[field::LAUNCH_TEMPLATES, field::LAUNCH_TEMPLATE_NAME],
        &[field::LAUNCH_TEMPLATE_ID],
    ),
    source(
        "ec2",
        &["availability-zone", "zone-name"],
        "DescribeAvailabilityZones",
        &[field::AVAILABILITY_ZONES, field::ZONE_NAME],
        &[field::ZONE_ID],
    ),
    source(
        "ec2",
        &["nat-gateway-id"],
        "DescribeNatGateways",
        &[field::NAT_GATEWAYS, field::NAT_GATEWAY_ID],
        &[field::STATE],
    ),
    source(
        "ec2",
        &["vpc-endpoint-id"],
        "DescribeVpcEndpoints",
        &[field::VPC_ENDPOINTS, field::VPC_ENDPOINT_ID],
        &[field::SERVICE_NAME],
    ),
    source(
        "ec2",
        &["vpc-peering-connection-id"],
        "DescribeVpcPeeringConnections",
        &[field::VPC_PEERING_CONNECTIONS, field::VPC_PEERING_CONNECTION_ID],
        &[],
    ),
    source(
        "ec2",
        &["instance-type"],
        "DescribeInstanceTypeOfferings",
        &[field::INSTANCE_TYPE_OFFERINGS, field::INSTANCE_TYPE],
        &[],
    ),
    source("s3", &["bucket"], "ListBuckets", &[field::BUCKETS, field::NAME], &[]),
    source(
        "route53",
        &["hosted-zone-id", "id"],
        "ListHostedZones",
        &[field::HOSTED_ZONES, field::ID],
        &[field::NAME],
    ),
    source(
        "route53",
        &["health-check-id"],
        "ListHealthChecks",
        &[field::HEALTH_CHECKS, field::ID],
        &[],
    ),
    source(
        "iam",
        &["user-name"],
        "ListUsers",
        &[field::USERS, field::USER_NAME],
        &[field::PATH],
    ),
    source(
        "iam",
        &["group-name"],
        "ListGroups",
        &[field::GROUPS, field::GROUP_NAME],
        &[field::PATH],
    ),
    source(
        "iam",
        &["role-name"],
        "ListRoles",
        &[field::ROLES, field::ROLE_NAME],
        &[field::DESCRIPTION],
    ),
    source(
        "iam",
        &["policy-arn"],
        "ListPolicies",
        &[field::POLICIES, field::ARN],
        &[],
    ),
    source(
        "iam",
        &["instance-profile-name"],
        "ListInstanceProfiles",
        &[field::INSTANCE_PROFILES, field::INSTANCE_PROFILE_NAME],
        &[],
    ),
    source(
        "iam",
        &["access-key-id"],
        "ListAccessKeys",
        &[field::ACCESS_KEY_METADATA, field::ACCESS_KEY_ID],
        &[field::STATUS],
    ),
    source(
        "ssm",
        &["name"],
        "DescribeParameters",
        &[field::PARAMETERS, field::NAME],
        &[field::TYPE],
    ),
];

/// What there is for an option of a service.
pub(super) fn find(service: &str, option: &str, words: &[String], region: Region, cloud: &dyn Cloud) -> Vec<Candidate> {
    let singular = option.strip_suffix('s').unwrap_or(option);
    if matches!(singular, "region-name" | "source-region" | "destination-region") {
        return aws::regions();
    }
    if service == "s3" && singular == "key" {
        return keys(words, region, cloud);
    }
    // Our own service speaks of EC2's things.
    let owner = if service == "stratus" { "ec2" } else { service };
    // `--resources i-… vol-…` of tags.
    if owner == "ec2" && singular == "resource" {
        let all = [
            "instance-id",
            "volume-id",
            "group-id",
            "vpc-id",
            "subnet-id",
            "snapshot-id",
        ];
        return all
            .iter()
            .flat_map(|option| find("ec2", option, words, region, cloud))
            .collect();
    }
    let known = |source: &&Source| {
        source.service == owner
            && source
                .options
                .iter()
                .any(|known| *known == option || *known == singular)
    };
    let Some(source) = SOURCES.iter().find(known) else {
        return Vec::new();
    };
    let mut params = Structure::new();
    match source.operation {
        "DescribeSnapshots" => {
            params.set(field::OWNER_IDS, vec!["self"]);
        }
        "DescribeImages" => {
            params.set(field::OWNERS, vec!["self", "amazon"]);
        }
        "ListPolicies" => {
            params.set(field::SCOPE, "Local");
        }
        _ => {}
    }
    let Some(answer) = cloud.look(region, source.service, source.operation, &params) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    walk(&answer, source.path, source, &mut found);
    found
}

fn walk(row: &Structure, path: &[Name], source: &Source, found: &mut Vec<Candidate>) {
    if found.len() >= LOOKED_AT {
        return;
    }
    match path {
        [] => {}
        [last] => {
            if let Some(text) = row.text(*last) {
                // Route 53 answers `/hostedzone/Z…` and takes `Z…`.
                let text = text.strip_prefix("/hostedzone/").unwrap_or(text);
                found.push(Candidate::new(text, about(row, source.about)));
            }
        }
        [list, rest @ ..] => {
            for row in row.structures(*list) {
                walk(row, rest, source, found);
            }
        }
    }
}

/// The `Name` tag and these fields; of a structure its first text, as a state's name.
fn about(row: &Structure, names: &[Name]) -> String {
    let mut words = Vec::new();
    let tags = row.structures(field::TAGS);
    words.extend(
        tags.filter(|tag| tag.text(field::KEY) == Some("Name"))
            .filter_map(|tag| tag.text(field::VALUE))
            .map(str::to_owned),
    );
    for name in names {
        let text = match row.get(*name) {
            Some(Value::String(text)) => Some(text.clone()),
            Some(Value::Structure(inner)) => inner.text(field::NAME).map(str::to_owned),
            _ => None,
        };
        words.extend(text.filter(|text| !text.is_empty()));
    }
    words.join(" · ")
}

/// The keys of the bucket that another option names.
fn keys(words: &[String], region: Region, cloud: &dyn Cloud) -> Vec<Candidate> {
    let bucket = words
        .iter()
        .position(|word| word == "--bucket")
        .and_then(|at| words.get(at + 1));
    let Some(bucket) = bucket else {
        return Vec::new();
    };
    let params = Structure::new().with(field::BUCKET, bucket);
    let answer = cloud.look(region, "s3", "ListObjectsV2", &params);
    let objects = answer.iter().flat_map(|answer| answer.structures(field::CONTENTS));
    objects
        .filter_map(|object| {
            Some(Candidate::new(
                object.text(field::KEY)?,
                format!("{} bytes", object.integer(field::SIZE)?),
            ))
        })
        .collect()
}
