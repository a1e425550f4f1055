//! The filters of DescribeInstances.
//!
//! <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html>. Most stand for a path in what the call
//! shows; those of interfaces for a path in what DescribeNetworkInterfaces shows; a few that a bill of thousands of instances is
//! looked up by are answered from the row.

use super::describe;
use super::filters::{self, PathFilter, texts};
use crate::base::error::Result;
use crate::catalog::Region;
use crate::services::ec2::common::Filters;
use crate::services::ec2::vpc::interfaces;
use crate::world::World;
use crate::world::compute::Instance;
use std::cell::OnceCell;
use stratus_model::{Structure, field};

/// Answered from the row alone, without describing it.
const QUICK: &[&str] = &[
    "availability-zone",
    "client-token",
    "host-id",
    "image-id",
    "instance-id",
    "instance-state-code",
    "instance-state-name",
    "instance-type",
    "key-name",
    "launch-index",
    "network-interface.deny-all-igw-traffic",
    "network-interface.ipv6-native",
    "network-interface.operator.managed",
    "network-interface.operator.principal",
    "operator.managed",
    "operator.principal",
    "owner-id",
    "requester-id",
    "reservation-id",
    "subnet-id",
    "vpc-id",
];

const INSTANCE: &[PathFilter] = &[
    ("affinity", &[field::PLACEMENT, field::AFFINITY]),
    ("architecture", &[field::ARCHITECTURE]),
    ("availability-zone-id", &[field::PLACEMENT, field::AVAILABILITY_ZONE_ID]),
    (
        "block-device-mapping.attach-time",
        &[field::BLOCK_DEVICE_MAPPINGS, field::EBS, field::ATTACH_TIME],
    ),
    (
        "block-device-mapping.delete-on-termination",
        &[field::BLOCK_DEVICE_MAPPINGS, field::EBS, field::DELETE_ON_TERMINATION],
    ),
    (
        "block-device-mapping.device-name",
        &[field::BLOCK_DEVICE_MAPPINGS, field::DEVICE_NAME],
    ),
    (
        "block-device-mapping.status",
        &[field::BLOCK_DEVICE_MAPPINGS, field::EBS, field::STATUS],
    ),
    (
        "block-device-mapping.volume-id",
        &[field::BLOCK_DEVICE_MAPPINGS, field::EBS, field::VOLUME_ID],
    ),
    ("boot-mode", &[field::BOOT_MODE]),
    (
        "capacity-reservation-specification.capacity-reservation-target.capacity-reservation-id",
        &[
            field::CAPACITY_RESERVATION_SPECIFICATION,
            field::CAPACITY_RESERVATION_TARGET,
            field::CAPACITY_RESERVATION_ID,
        ],
    ),
    (
        "capacity-reservation-specification.capacity-reservation-target.capacity-reservation-resource-group-arn",
        &[
            field::CAPACITY_RESERVATION_SPECIFICATION,
            field::CAPACITY_RESERVATION_TARGET,
            field::CAPACITY_RESERVATION_RESOURCE_GROUP_ARN,
        ],
    ),
    (
        "network-performance-options.bandwidth-weighting",
        &[field::NETWORK_PERFORMANCE_OPTIONS, field::BANDWIDTH_WEIGHTING],
    ),
    (
        "metadata-options.http-protocol-ipv4",
        &[field::METADATA_OPTIONS, field::HTTP_ENDPOINT],
    ),
    ("capacity-reservation-id", &[field::CAPACITY_RESERVATION_ID]),
    (
        "capacity-reservation-specification.capacity-reservation-preference",
        &[
            field::CAPACITY_RESERVATION_SPECIFICATION,
            field::CAPACITY_RESERVATION_PREFERENCE,
        ],
    ),
    ("current-instance-boot-mode", &[field::CURRENT_INSTANCE_BOOT_MODE]),
    ("dns-name", &[field::PUBLIC_DNS_NAME]),
    ("ebs-optimized", &[field::EBS_OPTIMIZED]),
    ("ena-support", &[field::ENA_SUPPORT]),
    ("enclave-options.enabled", &[field::ENCLAVE_OPTIONS, field::ENABLED]),
    (
        "hibernation-options.configured",
        &[field::HIBERNATION_OPTIONS, field::CONFIGURED],
    ),
    ("hypervisor", &[field::HYPERVISOR]),
    ("iam-instance-profile.arn", &[field::IAM_INSTANCE_PROFILE, field::ARN]),
    ("iam-instance-profile.id", &[field::IAM_INSTANCE_PROFILE, field::ID]),
    ("instance-lifecycle", &[field::INSTANCE_LIFECYCLE]),
    ("instance.group-id", &[field::SECURITY_GROUPS, field::GROUP_ID]),
    ("instance.group-name", &[field::SECURITY_GROUPS, field::GROUP_NAME]),
    ("ip-address", &[field::PUBLIC_IP_ADDRESS]),
    (
        "ipv6-address",
        &[field::NETWORK_INTERFACES, field::IPV6_ADDRESSES, field::IPV6_ADDRESS],
    ),
    ("kernel-id", &[field::KERNEL_ID]),
    ("launch-time", &[field::LAUNCH_TIME]),
    (
        "maintenance-options.auto-recovery",
        &[field::MAINTENANCE_OPTIONS, field::AUTO_RECOVERY],
    ),
    (
        "metadata-options.http-endpoint",
        &[field::METADATA_OPTIONS, field::HTTP_ENDPOINT],
    ),
    (
        "metadata-options.http-protocol-ipv6",
        &[field::METADATA_OPTIONS, field::HTTP_PROTOCOL_IPV6],
    ),
    (
        "metadata-options.http-put-response-hop-limit",
        &[field::METADATA_OPTIONS, field::HTTP_PUT_RESPONSE_HOP_LIMIT],
    ),
    ("metadata-options.state", &[field::METADATA_OPTIONS, field::STATE]),
    (
        "metadata-options.http-tokens",
        &[field::METADATA_OPTIONS, field::HTTP_TOKENS],
    ),
    (
        "metadata-options.instance-metadata-tags",
        &[field::METADATA_OPTIONS, field::INSTANCE_METADATA_TAGS],
    ),
    ("monitoring-state", &[field::MONITORING, field::STATE]),
    ("outpost-arn", &[field::OUTPOST_ARN]),
    ("placement-group-name", &[field::PLACEMENT, field::GROUP_NAME]),
    (
        "placement-partition-number",
        &[field::PLACEMENT, field::PARTITION_NUMBER],
    ),
    ("platform", &[field::PLATFORM]),
    ("platform-details", &[field::PLATFORM_DETAILS]),
    ("private-dns-name", &[field::PRIVATE_DNS_NAME]),
    (
        "private-dns-name-options.enable-resource-name-dns-a-record",
        &[
            field::PRIVATE_DNS_NAME_OPTIONS,
            field::ENABLE_RESOURCE_NAME_DNS_A_RECORD,
        ],
    ),
    (
        "private-dns-name-options.enable-resource-name-dns-aaaa-record",
        &[
            field::PRIVATE_DNS_NAME_OPTIONS,
            field::ENABLE_RESOURCE_NAME_DNS_AAAA_RECORD,
        ],
    ),
    (
        "private-dns-name-options.hostname-type",
        &[field::PRIVATE_DNS_NAME_OPTIONS, field::HOSTNAME_TYPE],
    ),
    (
        "private-ip-address",
        &[
            field::NETWORK_INTERFACES,
            field::PRIVATE_IP_ADDRESSES,
            field::PRIVATE_IP_ADDRESS,
        ],
    ),
    ("product-code", &[field::PRODUCT_CODES, field::PRODUCT_CODE_ID]),
    ("product-code.type", &[field::PRODUCT_CODES, field::PRODUCT_CODE_TYPE]),
    ("ramdisk-id", &[field::RAMDISK_ID]),
    ("reason", &[field::STATE_TRANSITION_REASON]),
    ("root-device-name", &[field::ROOT_DEVICE_NAME]),
    ("root-device-type", &[field::ROOT_DEVICE_TYPE]),
    ("source-dest-check", &[field::SOURCE_DEST_CHECK]),
    ("spot-instance-request-id", &[field::SPOT_INSTANCE_REQUEST_ID]),
    ("state-reason-code", &[field::STATE_REASON, field::CODE]),
    ("state-reason-message", &[field::STATE_REASON, field::MESSAGE]),
    ("tenancy", &[field::PLACEMENT, field::TENANCY]),
    ("tpm-support", &[field::TPM_SUPPORT]),
    ("usage-operation", &[field::USAGE_OPERATION]),
    ("usage-operation-update-time", &[field::USAGE_OPERATION_UPDATE_TIME]),
    ("virtualization-type", &[field::VIRTUALIZATION_TYPE]),
];

const INTERFACE: &[PathFilter] = &[
    (
        "network-interface.addresses.association.allocation-id",
        &[field::PRIVATE_IP_ADDRESSES, field::ASSOCIATION, field::ALLOCATION_ID],
    ),
    (
        "network-interface.addresses.association.association-id",
        &[field::PRIVATE_IP_ADDRESSES, field::ASSOCIATION, field::ASSOCIATION_ID],
    ),
    (
        "network-interface.addresses.association.ip-owner-id",
        &[field::PRIVATE_IP_ADDRESSES, field::ASSOCIATION, field::IP_OWNER_ID],
    ),
    (
        "network-interface.addresses.association.public-dns-name",
        &[field::PRIVATE_IP_ADDRESSES, field::ASSOCIATION, field::PUBLIC_DNS_NAME],
    ),
    (
        "network-interface.addresses.association.public-ip",
        &[field::PRIVATE_IP_ADDRESSES, field::ASSOCIATION, field::PUBLIC_IP],
    ),
    (
        "network-interface.addresses.primary",
        &[field::PRIVATE_IP_ADDRESSES, field::PRIMARY],
    ),
    (
        "network-interface.addresses.private-dns-name",
        &[field::PRIVATE_IP_ADDRESSES, field::PRIVATE_DNS_NAME],
    ),
    (
        "network-interface.addresses.private-ip-address",
        &[field::PRIVATE_IP_ADDRESSES, field::PRIVATE_IP_ADDRESS],
    ),
    (
        "network-interface.association.allocation-id",
        &[field::ASSOCIATION, field::ALLOCATION_ID],
    ),
    (
        "network-interface.association.association-id",
        &[field::ASSOCIATION, field::ASSOCIATION_ID],
    ),
    (
        "network-interface.association.ip-owner-id",
        &[field::ASSOCIATION, field::IP_OWNER_ID],
    ),
    (
        "network-interface.association.public-dns-name",
        &[field::ASSOCIATION, field::PUBLIC_DNS_NAME],
    ),
    (
        "network-interface.association.public-ip",
        &[field::ASSOCIATION, field::PUBLIC_IP],
    ),
    (
        "network-interface.attachment.attach-time",
        &[field::ATTACHMENT, field::ATTACH_TIME],
    ),
    (
        "network-interface.attachment.attachment-id",
        &[field::ATTACHMENT, field::ATTACHMENT_ID],
    ),
    (
        "network-interface.attachment.delete-on-termination",
        &[field::ATTACHMENT, field::DELETE_ON_TERMINATION],
    ),
    (
        "network-interface.attachment.device-index",
        &[field::ATTACHMENT, field::DEVICE_INDEX],
    ),
    (
        "network-interface.attachment.instance-id",
        &[field::ATTACHMENT, field::INSTANCE_ID],
    ),
    (
        "network-interface.attachment.instance-owner-id",
        &[field::ATTACHMENT, field::INSTANCE_OWNER_ID],
    ),
    (
        "network-interface.attachment.network-card-index",
        &[field::ATTACHMENT, field::NETWORK_CARD_INDEX],
    ),
    (
        "network-interface.attachment.status",
        &[field::ATTACHMENT, field::STATUS],
    ),
    (
        "network-interface.addresses.association.carrier-ip",
        &[field::PRIVATE_IP_ADDRESSES, field::ASSOCIATION, field::CARRIER_IP],
    ),
    (
        "network-interface.addresses.association.customer-owned-ip",
        &[
            field::PRIVATE_IP_ADDRESSES,
            field::ASSOCIATION,
            field::CUSTOMER_OWNED_IP,
        ],
    ),
    (
        "network-interface.association.carrier-ip",
        &[field::ASSOCIATION, field::CARRIER_IP],
    ),
    (
        "network-interface.association.customer-owned-ip",
        &[field::ASSOCIATION, field::CUSTOMER_OWNED_IP],
    ),
    (
        "network-interface.ipv4-prefixes.ipv4-prefix",
        &[field::IPV4_PREFIXES, field::IPV4_PREFIX],
    ),
    (
        "network-interface.ipv6-address",
        &[field::IPV6_ADDRESSES, field::IPV6_ADDRESS],
    ),
    (
        "network-interface.ipv6-addresses.is-primary-ipv6",
        &[field::IPV6_ADDRESSES, field::IS_PRIMARY_IPV6],
    ),
    (
        "network-interface.ipv6-prefixes.ipv6-prefix",
        &[field::IPV6_PREFIXES, field::IPV6_PREFIX],
    ),
    ("network-interface.outpost-arn", &[field::OUTPOST_ARN]),
    (
        "network-interface.public-dns-name",
        &[field::ASSOCIATION, field::PUBLIC_DNS_NAME],
    ),
    ("network-interface.availability-zone", &[field::AVAILABILITY_ZONE]),
    ("network-interface.description", &[field::DESCRIPTION]),
    ("network-interface.group-id", &[field::GROUPS, field::GROUP_ID]),
    ("network-interface.group-name", &[field::GROUPS, field::GROUP_NAME]),
    (
        "network-interface.ipv6-addresses.ipv6-address",
        &[field::IPV6_ADDRESSES, field::IPV6_ADDRESS],
    ),
    ("network-interface.mac-address", &[field::MAC_ADDRESS]),
    ("network-interface.network-interface-id", &[field::NETWORK_INTERFACE_ID]),
    ("network-interface.owner-id", &[field::OWNER_ID]),
    ("network-interface.private-dns-name", &[field::PRIVATE_DNS_NAME]),
    ("network-interface.private-ip-address", &[field::PRIVATE_IP_ADDRESS]),
    ("network-interface.requester-id", &[field::REQUESTER_ID]),
    ("network-interface.requester-managed", &[field::REQUESTER_MANAGED]),
    ("network-interface.source-dest-check", &[field::SOURCE_DEST_CHECK]),
    ("network-interface.status", &[field::STATUS]),
    ("network-interface.subnet-id", &[field::SUBNET_ID]),
    ("network-interface.tag-key", &[field::TAG_SET, field::KEY]),
    ("network-interface.tag-value", &[field::TAG_SET, field::VALUE]),
    ("network-interface.vpc-id", &[field::VPC_ID]),
];

const IAM_NAME: &str = "iam-instance-profile.name";

/// Refuses filters that there are not.
pub(super) fn check(filters: &Filters) -> Result<()> {
    filters.check_names(|name| {
        QUICK.contains(&name)
            || name == IAM_NAME
            || [INSTANCE, INTERFACE]
                .iter()
                .any(|table| table.iter().any(|(filter, _)| *filter == name))
    })
}

/// Whether an instance passes. It is described only when a filter asks for what the row does not say.
pub(super) fn pass(world: &World, region: Region, filters: &Filters, row: &Instance) -> Result<bool> {
    let described: OnceCell<Structure> = OnceCell::new();
    let attached: OnceCell<Vec<Structure>> = OnceCell::new();
    let instance = || described.get_or_init(|| describe::describe(world, region, row));
    let interfaces = || {
        attached.get_or_init(|| {
            let all = interfaces::of_instance(world, region, row.id);
            all.into_iter()
                .map(|interface| interfaces::describe(world, region, interface, false))
                .collect()
        })
    };
    filters.pass(world, region, row.id, |name| {
        if let Some(value) = quick(world, row, name) {
            return Some(value);
        }
        if name == IAM_NAME {
            return Some(
                row.instance_profile
                    .iter()
                    .filter_map(|arn| arn.rsplit('/').next().map(str::to_owned))
                    .collect(),
            );
        }
        let path =
            |table: &'static [PathFilter]| table.iter().find(|(filter, _)| *filter == name).map(|(_, path)| *path);
        if let Some(path) = path(INSTANCE) {
            return Some(texts(instance(), path));
        }
        path(INTERFACE).map(|path| {
            interfaces()
                .iter()
                .flat_map(|interface| filters::texts(interface, path))
                .collect()
        })
    })
}

fn quick(world: &World, row: &Instance, name: &str) -> Option<Vec<String>> {
    let one = |text: String| Some(vec![text]);
    match name {
        "availability-zone" => one(row.zone.name()),
        "client-token" => one(row.client_token.clone()),
        // The API shows the hosts of Dedicated Host customers only.
        "host-id" => Some(
            super::describe::dedicated_host(row)
                .iter()
                .map(ToString::to_string)
                .collect(),
        ),
        "requester-id" => Some(Vec::new()),
        // No service of AWS's manages instances here, and no subnet is IPv6 only.
        "operator.managed"
        | "network-interface.operator.managed"
        | "network-interface.deny-all-igw-traffic"
        | "network-interface.ipv6-native" => one("false".to_owned()),
        "operator.principal" | "network-interface.operator.principal" => Some(Vec::new()),
        "image-id" => one(row.image.to_string()),
        "instance-id" => one(row.id.to_string()),
        "instance-state-code" => one(row.state.code().to_string()),
        "instance-state-name" => one(row.state.name().to_owned()),
        "instance-type" => one(row.instance_type.name().to_owned()),
        "key-name" => Some(row.key_name.iter().cloned().collect()),
        "launch-index" => one(row.launch_index.to_string()),
        "owner-id" => one(world.account()),
        "reservation-id" => one(row.reservation.to_string()),
        "subnet-id" => one(row.subnet.to_string()),
        "vpc-id" => one(row.vpc.to_string()),
        _ => None,
    }
}
