//! What a template holds: launch parameters, kept as they were given, and GetLaunchTemplateData, which makes them of an
//! instance. A template is not checked against what exists: AWS does that at the launch.

use crate::base::error::{Error, Result};
use crate::base::ids::Kind;
use crate::catalog::Region;
use crate::services::Request;
use crate::services::ec2::common::{find, need, tag_list};
use crate::services::ec2::compute::describe;
use crate::services::ec2::compute::launch::options;
use crate::services::ec2::vpc::interfaces;
use crate::world::World;
use crate::world::compute::Instance;
use crate::world::launching::Kept;
use crate::world::storage::Volume;
use crate::world::vpc::NetworkInterface;
use base64::Engine as _;
use stratus_model::{Structure, Value, field};

/// Resources that a template may tag.
const TAGGED: [&str; 5] = [
    "instance",
    "volume",
    "network-interface",
    "spot-instances-request",
    "elastic-gpu",
];

/// Reads `LaunchTemplateData` of a call.
///
/// # Errors
/// `InvalidParameterValue` for nothing at all and for tags of what no launch makes; `InvalidParameterCombination`;
/// `InvalidUserData.Malformed`.
pub(super) fn read(params: &Structure) -> Result<Kept> {
    let data = params
        .structure(field::LAUNCH_TEMPLATE_DATA)
        .ok_or_else(|| Error::missing("LaunchTemplateData"))?;
    let asks = data
        .iter()
        .any(|(_, value)| !value.as_list().is_some_and(<[_]>::is_empty));
    if !asks {
        let text = "The launch template data must contain at least one launch parameter.";
        return Err(Error::new("InvalidParameterValue", text).at("LaunchTemplateData"));
    }
    if data.contains(field::INSTANCE_TYPE) && data.contains(field::INSTANCE_REQUIREMENTS) {
        let text = "You can't specify both InstanceType and InstanceRequirements in the same launch template.";
        return Err(Error::combination(text).at("LaunchTemplateData.InstanceRequirements"));
    }
    if let Some(text) = data.text(field::USER_DATA).filter(|text| !text.is_empty()) {
        options::decode_user_data(text)?;
    }
    for specification in data.structures(field::TAG_SPECIFICATIONS) {
        let kind = specification.text(field::RESOURCE_TYPE).unwrap_or_default();
        if !TAGGED.contains(&kind) {
            let text = format!("'{kind}' is not a valid taggable resource type for this operation.");
            return Err(Error::new("InvalidParameterValue", text).at("LaunchTemplateData.TagSpecifications"));
        }
    }
    Ok(Kept::new(data.clone()))
}

/// The same as answers show it: without the lists that are empty.
pub(super) fn shown(data: &Structure) -> Structure {
    let full = |value: &Value| !value.as_list().is_some_and(<[_]>::is_empty);
    data.iter()
        .filter(|(_, value)| full(value))
        .map(|(name, value)| (name, value.clone()))
        .collect()
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetLaunchTemplateData.html>
pub(in crate::services::ec2::compute) fn of_instance(request: &Request<'_>, world: &World) -> Result<Structure> {
    let region = request.region;
    let text = need(request.params, field::INSTANCE_ID)?;
    let row = find::<Instance>(world, region, Kind::Instance, text)?;
    let user_data = row
        .user_data
        .as_ref()
        .map(|data| base64::engine::general_purpose::STANDARD.encode(data));
    let profile = row.instance_profile.as_deref().and_then(|arn| arn.rsplit('/').next());
    let placement = Structure::new()
        .with(field::AVAILABILITY_ZONE, row.zone.name())
        .with(field::GROUP_NAME, row.placement_group.clone().unwrap_or_default())
        .with(field::TENANCY, row.tenancy.name())
        .with_some(field::PARTITION_NUMBER, row.more.partition);
    let tags = tag_list(world, region, row.id);
    let specification = Structure::new()
        .with(field::RESOURCE_TYPE, "instance")
        .with(field::TAGS, tags.clone());
    let attached = interfaces::of_instance(world, region, row.id);
    let classic = row.classic.as_ref().map(|seat| seat.interface.groups.clone());
    let data = machine(row)
        .with_some(field::SECURITY_GROUP_IDS, classic)
        .with(field::IMAGE_ID, row.image)
        .with(field::INSTANCE_TYPE, row.instance_type.name())
        .with_some(field::KEY_NAME, row.key_name.as_ref())
        .with_some(field::KERNEL_ID, row.kernel.as_ref())
        .with_some(field::RAM_DISK_ID, row.more.ramdisk.as_ref())
        .with(field::PLACEMENT, placement)
        .with_some(field::USER_DATA, user_data)
        .with_some(
            field::IAM_INSTANCE_PROFILE,
            profile.map(|name| Structure::new().with(field::NAME, name)),
        )
        .with(field::BLOCK_DEVICE_MAPPINGS, devices(world, region, row))
        .with(
            field::NETWORK_INTERFACES,
            attached.iter().map(|interface| network(interface)).collect::<Vec<_>>(),
        )
        .with_some(
            field::TAG_SPECIFICATIONS,
            (!tags.is_empty()).then(|| vec![specification]),
        );
    Ok(Structure::new().with(field::LAUNCH_TEMPLATE_DATA, data))
}

/// What the machine itself is set to.
fn machine(row: &Instance) -> Structure {
    let enabled = |on: bool| Structure::new().with(field::ENABLED, on);
    let mut metadata = describe::metadata_options(&row.metadata, "applied");
    metadata.remove(field::STATE);
    let preference = row.more.reservation_preference.as_deref().unwrap_or("open");
    let shutdown = if row.shutdown_terminates { "terminate" } else { "stop" };
    Structure::new()
        .with(field::EBS_OPTIMIZED, row.ebs_optimized)
        .with(field::MONITORING, enabled(row.monitoring))
        .with(field::DISABLE_API_TERMINATION, row.disable_api_termination)
        .with(field::DISABLE_API_STOP, row.disable_api_stop)
        .with(field::INSTANCE_INITIATED_SHUTDOWN_BEHAVIOR, shutdown)
        .with_some(
            field::CREDIT_SPECIFICATION,
            row.cpu_credits
                .as_ref()
                .map(|credits| Structure::new().with(field::CPU_CREDITS, credits)),
        )
        .with(
            field::CPU_OPTIONS,
            Structure::new()
                .with(field::CORE_COUNT, row.cpu.0)
                .with(field::THREADS_PER_CORE, row.cpu.1),
        )
        .with(
            field::CAPACITY_RESERVATION_SPECIFICATION,
            Structure::new().with(field::CAPACITY_RESERVATION_PREFERENCE, preference),
        )
        .with(
            field::HIBERNATION_OPTIONS,
            Structure::new().with(field::CONFIGURED, row.hibernation),
        )
        .with(field::METADATA_OPTIONS, metadata)
        .with(field::ENCLAVE_OPTIONS, enabled(false))
        .with(field::PRIVATE_DNS_NAME_OPTIONS, describe::name_options(&row.names))
        .with(
            field::MAINTENANCE_OPTIONS,
            Structure::new().with(
                field::AUTO_RECOVERY,
                if row.auto_recovery { "default" } else { "disabled" },
            ),
        )
}

fn devices(world: &World, region: Region, row: &Instance) -> Vec<Structure> {
    let line = |device: &crate::world::compute::AttachedVolume| {
        let volume = world.row::<Volume>(region, device.volume)?;
        let provisioned = matches!(volume.volume_type.as_str(), "io1" | "io2" | "gp3");
        let ebs = Structure::new()
            .with(field::DELETE_ON_TERMINATION, device.delete_on_termination)
            .with(field::ENCRYPTED, volume.encrypted())
            .with(field::VOLUME_SIZE, volume.size_gib)
            .with(field::VOLUME_TYPE, &volume.volume_type)
            .with_some(field::SNAPSHOT_ID, volume.snapshot)
            .with_some(field::IOPS, volume.iops.filter(|_| provisioned))
            .with_some(field::THROUGHPUT, volume.throughput);
        Some(
            Structure::new()
                .with(field::DEVICE_NAME, &device.device)
                .with(field::EBS, ebs),
        )
    };
    row.block_devices.iter().filter_map(line).collect()
}

fn network(interface: &NetworkInterface) -> Structure {
    let primary = interface.primary();
    let private: Vec<Structure> = interface
        .addresses
        .iter()
        .enumerate()
        .map(|(place, address)| {
            Structure::new()
                .with(field::PRIMARY, place == 0)
                .with(field::PRIVATE_IP_ADDRESS, address.private.to_string())
        })
        .collect();
    let groups: Vec<String> = interface.groups.iter().map(ToString::to_string).collect();
    let attachment = interface.attachment.as_ref();
    Structure::new()
        .with(
            match interface.zone.is_wavelength() {
                true => field::ASSOCIATE_CARRIER_IP_ADDRESS,
                false => field::ASSOCIATE_PUBLIC_IP_ADDRESS,
            },
            primary.is_some_and(|address| address.public.is_some()),
        )
        .with_some(
            field::DELETE_ON_TERMINATION,
            attachment.map(|attachment| attachment.delete_on_termination),
        )
        .with_some(
            field::DEVICE_INDEX,
            attachment.map(|attachment| attachment.device_index),
        )
        .with(field::DESCRIPTION, &interface.description)
        .with(field::GROUPS, groups)
        .with(field::INTERFACE_TYPE, "interface")
        .with(field::PRIVATE_IP_ADDRESSES, private)
        .with(field::SUBNET_ID, interface.subnet)
        .with(field::NETWORK_CARD_INDEX, 0)
}
