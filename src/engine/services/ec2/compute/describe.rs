//! DescribeInstances, and an instance as every answer shows it.

use super::instance_filters;
use super::lifecycle::{listed, state};
use crate::base::error::{Error, Result};
use crate::base::ids::{HostId, ReservationId};
use crate::base::text;
use crate::catalog::Region;
use crate::services::Request;
use crate::services::ec2::common::{Filters, page_of_rows, tag_list};
use crate::services::ec2::vpc::{interfaces, pools};
use crate::world::World;
use crate::world::compute::{Instance, InstanceState, MetadataOptions, NameOptions, Tenancy};
use crate::world::storage::{AttachState, Volume};
use crate::world::vpc::{NetworkInterface, Vpc};
use stratus_model::{Name, Structure, Value, field, sort};

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html>. Sorted by launch, then place in it.
pub(super) fn describe_instances(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let filters = Filters::read(params)?;
    instance_filters::check(&filters)?;
    let mut chosen = Vec::new();
    for row in rows(request, world)? {
        if instance_filters::pass(world, region, &filters, row)? {
            chosen.push(row);
        }
    }
    let (chosen, next) = page_of_rows(chosen, params, 5, |row| (Some(row.born), row.id.into()))?;
    let mut reservations: Vec<(ReservationId, Vec<&Instance>)> = Vec::new();
    for row in chosen {
        match reservations.last_mut().filter(|(id, _)| *id == row.reservation) {
            Some((_, rows)) => rows.push(row),
            None => reservations.push((row.reservation, vec![row])),
        }
    }
    let reservations: Vec<Structure> = reservations
        .into_iter()
        .map(|(id, rows)| {
            let groups = classic_groups(world, region, &rows);
            let instances = rows.into_iter().map(|row| describe(world, region, row)).collect();
            reservation(world, id, instances, groups)
        })
        .collect();
    Ok(Structure::new()
        .with(field::RESERVATIONS, reservations)
        .with_some(field::NEXT_TOKEN, next))
}

/// The instances that a Describe call lists, or all, in the order of their making.
///
/// # Errors
/// As [`listed`]; `InvalidParameterCombination` for a list with a page size.
pub(super) fn rows<'w>(request: &Request<'_>, world: &'w World) -> Result<Vec<&'w Instance>> {
    let params = request.params;
    let mut rows: Vec<&Instance> = if params.list(field::INSTANCE_IDS).is_empty() {
        world
            .ec2(request.region)
            .map(|ec2| ec2.instances.rows().collect())
            .unwrap_or_default()
    } else if params.contains(field::MAX_RESULTS) {
        return Err(
            Error::combination("The parameter instancesSet cannot be used with the parameter maxResults")
                .at("MaxResults"),
        );
    } else {
        listed(request, world)?
    };
    sort::by_key(&mut rows, |row| row.born);
    Ok(rows)
}

/// The groups of a launch into EC2-Classic, which its reservation shows.
fn classic_groups(world: &World, region: Region, rows: &[&Instance]) -> Vec<Value> {
    let seat = rows.first().and_then(|row| row.classic.as_ref());
    seat.map(|seat| interfaces::describe_groups(world, region, &seat.interface.groups))
        .unwrap_or_default()
}

fn reservation(world: &World, id: ReservationId, instances: Vec<Structure>, groups: Vec<Value>) -> Structure {
    Structure::new()
        .with(field::RESERVATION_ID, id)
        .with(field::OWNER_ID, world.account())
        .with(field::GROUPS, groups)
        .with(field::INSTANCES, instances)
}

/// What RunInstances answers: volumes and public addresses show only in later answers.
pub(super) fn fresh_reservation(world: &World, region: Region, id: ReservationId, rows: &[&Instance]) -> Structure {
    let instances = rows
        .iter()
        .map(|row| {
            let mut described = describe(world, region, row);
            described.remove(field::PUBLIC_IP_ADDRESS);
            described.set(field::PUBLIC_DNS_NAME, "");
            described.set(field::BLOCK_DEVICE_MAPPINGS, Vec::<Structure>::new());
            for interface in structures_mut(&mut described, field::NETWORK_INTERFACES) {
                interface.remove(field::ASSOCIATION);
                for address in structures_mut(interface, field::PRIVATE_IP_ADDRESSES) {
                    address.remove(field::ASSOCIATION);
                }
            }
            described
        })
        .collect();
    reservation(world, id, instances, classic_groups(world, region, rows))
}

/// The structures of a list, to change.
fn structures_mut(of: &mut Structure, name: Name) -> impl Iterator<Item = &mut Structure> {
    let items = match of.get_mut(name) {
        Some(Value::List(items)) => items.as_mut_slice(),
        _ => &mut [],
    };
    items.iter_mut().filter_map(|item| match item {
        Value::Structure(structure) => Some(structure),
        _ => None,
    })
}

/// An instance. What has ended shows no network and no disks.
pub(super) fn describe(world: &World, region: Region, row: &Instance) -> Structure {
    let base = machine(world, region, row);
    if row.state == InstanceState::Terminated {
        return base
            .with(field::PRIVATE_DNS_NAME, "")
            .with(field::PUBLIC_DNS_NAME, "")
            .with(field::BLOCK_DEVICE_MAPPINGS, Vec::<Structure>::new())
            .with(field::NETWORK_INTERFACES, Vec::<Structure>::new())
            .with(field::SECURITY_GROUPS, Vec::<Structure>::new());
    }
    network(world, region, row, base).with(field::BLOCK_DEVICE_MAPPINGS, block_devices(world, region, row))
}

/// What an instance is, network and disks apart.
fn machine(world: &World, region: Region, row: &Instance) -> Structure {
    let tags = tag_list(world, region, row.id);
    options(row, image(row, identity(world, region, row)))
        .with_some(
            field::IAM_INSTANCE_PROFILE,
            row.instance_profile
                .as_deref()
                .map(|arn| super::profiles::show_profile(world, arn)),
        )
        .with_some(field::TAGS, (!tags.is_empty()).then_some(tags))
}

/// Which instance it is, how it was launched, and its state.
fn identity(world: &World, region: Region, row: &Instance) -> Structure {
    Structure::with_capacity(64)
        .with(field::INSTANCE_ID, row.id)
        .with(field::AMI_LAUNCH_INDEX, row.launch_index)
        .with(field::IMAGE_ID, row.image)
        .with(field::INSTANCE_TYPE, row.instance_type.name())
        .with_some(field::KEY_NAME, row.key_name.as_ref())
        .with(field::LAUNCH_TIME, row.launched)
        .with(field::USAGE_OPERATION_UPDATE_TIME, row.created)
        .with(field::STATE, state(row.state))
        .with(field::STATE_TRANSITION_REASON, &row.transition_reason)
        .with_some(field::STATE_REASON, state_reason(row))
        .with(field::MONITORING, monitoring(row.monitoring))
        .with(field::PLACEMENT, placement(world, region, row))
        .with(field::CLIENT_TOKEN, &row.client_token)
        .with_some(field::INSTANCE_LIFECYCLE, row.more.spot.map(|_| "spot"))
        .with_some(field::SPOT_INSTANCE_REQUEST_ID, row.more.spot)
}

/// What it has of its image.
fn image(row: &Instance, base: Structure) -> Structure {
    let machine = &row.machine;
    let boot = &machine.boot_mode;
    let uefi = boot.starts_with("uefi");
    base.with_some(field::PLATFORM, machine.is_windows().then_some("windows"))
        .with(field::PLATFORM_DETAILS, &machine.platform_details)
        .with(field::USAGE_OPERATION, &machine.usage_operation)
        .with(field::PRODUCT_CODES, product_codes(row))
        .with(field::ARCHITECTURE, &machine.architecture)
        .with(field::ENA_SUPPORT, machine.ena)
        // The API says `xen` of Nitro too.
        .with(field::HYPERVISOR, "xen")
        .with_some(field::KERNEL_ID, row.kernel.as_ref())
        .with_some(field::RAMDISK_ID, row.more.ramdisk.as_ref())
        .with(field::ROOT_DEVICE_NAME, &machine.root_device_name)
        .with(field::ROOT_DEVICE_TYPE, &machine.root_device_type)
        .with_some(field::SRIOV_NET_SUPPORT, row.sriov.then_some("simple"))
        .with(field::VIRTUALIZATION_TYPE, &machine.virtualization)
        .with_some(field::BOOT_MODE, Some(boot).filter(|mode| !mode.is_empty()))
        .with(
            field::CURRENT_INSTANCE_BOOT_MODE,
            if uefi { "uefi" } else { "legacy-bios" },
        )
}

/// The product codes of an instance.
pub(super) fn product_codes(row: &Instance) -> Vec<Structure> {
    let codes = row.product_codes.iter().map(|code| {
        Structure::new()
            .with(field::PRODUCT_CODE_ID, code)
            .with(field::PRODUCT_CODE_TYPE, "marketplace")
    });
    codes.collect()
}

/// What the launch, or a call since, has set.
fn options(row: &Instance, base: Structure) -> Structure {
    let cpu = Structure::new()
        .with(field::CORE_COUNT, row.cpu.0)
        .with(field::THREADS_PER_CORE, row.cpu.1);
    let preference = row.more.reservation_preference.as_deref().unwrap_or("open");
    base.with(field::EBS_OPTIMIZED, row.ebs_optimized)
        .with(field::CPU_OPTIONS, cpu)
        .with(
            field::CAPACITY_RESERVATION_SPECIFICATION,
            Structure::new().with(field::CAPACITY_RESERVATION_PREFERENCE, preference),
        )
        .with(
            field::HIBERNATION_OPTIONS,
            Structure::new().with(field::CONFIGURED, row.hibernation),
        )
        .with(field::METADATA_OPTIONS, metadata_options(&row.metadata, "applied"))
        .with(field::ENCLAVE_OPTIONS, Structure::new().with(field::ENABLED, false))
        .with(field::PRIVATE_DNS_NAME_OPTIONS, name_options(&row.names))
        .with(field::MAINTENANCE_OPTIONS, maintenance(row))
        .with(
            field::NETWORK_PERFORMANCE_OPTIONS,
            Structure::new().with(
                field::BANDWIDTH_WEIGHTING,
                row.more.bandwidth.as_deref().unwrap_or("default"),
            ),
        )
}

fn state_reason(row: &Instance) -> Option<Structure> {
    let (code, message) = row.state_reason.as_ref()?;
    Some(Structure::new().with(field::CODE, code).with(field::MESSAGE, message))
}

fn placement(world: &World, region: Region, row: &Instance) -> Structure {
    let group = row.placement_group.as_deref();
    let group = group.and_then(|name| super::placement::named(world, region, name));
    Structure::new()
        .with(field::AVAILABILITY_ZONE, row.zone.name())
        .with(field::AVAILABILITY_ZONE_ID, row.zone.id())
        .with(field::GROUP_NAME, row.placement_group.clone().unwrap_or_default())
        .with(field::TENANCY, row.tenancy.name())
        .with_some(field::GROUP_ID, group.map(|group| group.id))
        .with_some(field::PARTITION_NUMBER, row.more.partition)
        .with_some(field::AFFINITY, affinity(row))
        .with_some(field::HOST_ID, dedicated_host(row))
}

/// How it keeps to a Dedicated Host; `None` = it is on none.
fn affinity(row: &Instance) -> Option<&'static str> {
    match row.tenancy {
        Tenancy::Host if !row.more.host_affinity => Some("default"),
        _ => row.more.host_affinity.then_some("host"),
    }
}

/// The Dedicated Host that it is on, or is to be on. Other hosts are not shown.
pub(super) fn dedicated_host(row: &Instance) -> Option<HostId> {
    let host = row.host.or(row.more.wanted_host);
    host.filter(|_| row.tenancy == Tenancy::Host)
}

/// `enabled` or `disabled`.
pub(super) fn monitoring(on: bool) -> Structure {
    Structure::new().with(field::STATE, if on { "enabled" } else { "disabled" })
}

/// Metadata options with their state: `applied`, or `pending` where a call has just asked for them.
pub(super) fn metadata_options(options: &MetadataOptions, state: &str) -> Structure {
    let on = |on: bool| if on { "enabled" } else { "disabled" };
    Structure::with_capacity(6)
        .with(field::STATE, state)
        .with(
            field::HTTP_TOKENS,
            if options.tokens_required {
                "required"
            } else {
                "optional"
            },
        )
        .with(field::HTTP_PUT_RESPONSE_HOP_LIMIT, options.hop_limit)
        .with(field::HTTP_ENDPOINT, on(options.enabled))
        .with(field::HTTP_PROTOCOL_IPV6, on(options.ipv6))
        .with(field::INSTANCE_METADATA_TAGS, on(options.tags))
}

/// How AWS may move an instance. RebootMigration shows only where it was set.
pub(super) fn maintenance(row: &Instance) -> Structure {
    Structure::new()
        .with(
            field::AUTO_RECOVERY,
            if row.auto_recovery { "default" } else { "disabled" },
        )
        .with_some(field::REBOOT_MIGRATION, row.more.stays_at_reboot.then_some("disabled"))
}

pub(super) fn name_options(names: &NameOptions) -> Structure {
    Structure::new()
        .with(field::HOSTNAME_TYPE, &names.hostname_type)
        .with(field::ENABLE_RESOURCE_NAME_DNS_A_RECORD, names.a_record)
        .with(field::ENABLE_RESOURCE_NAME_DNS_AAAA_RECORD, names.aaaa_record)
}

fn network(world: &World, region: Region, row: &Instance, base: Structure) -> Structure {
    let attached = interfaces::of_instance(world, region, row.id);
    let seat = row.classic.as_ref().map(|seat| &seat.interface);
    let primary: Option<&NetworkInterface> = seat.or(attached.first().copied());
    let private = primary.and_then(NetworkInterface::primary);
    // A carrier's address is told with the interface only.
    let public = private.filter(|_| primary.is_some_and(|own| !own.zone.is_wavelength()));
    let public = public.and_then(|address| address.public).map(|public| public.address);
    let named = world
        .row::<Vpc>(region, row.vpc)
        .map_or(seat.is_some(), |vpc| vpc.dns_support && vpc.dns_hostnames);
    let private_name = match private {
        Some(_) if row.names.hostname_type == "resource-name" => {
            format!("{}.{}", row.id, pools::internal_domain(region))
        }
        Some(address) => pools::private_dns_name(region, address.private),
        None => String::new(),
    };
    let public_name = public
        .filter(|_| named)
        .map(|address| pools::public_dns_name(region, address))
        .unwrap_or_default();
    let groups = primary
        .map(|interface| interfaces::describe_groups(world, region, &interface.groups))
        .unwrap_or_default();
    let described: Vec<Structure> = attached
        .iter()
        .map(|interface| interfaces::describe(world, region, interface, true))
        .collect();
    let in_vpc = !row.is_classic();
    base.with_some(field::SUBNET_ID, in_vpc.then_some(row.subnet))
        .with_some(field::VPC_ID, in_vpc.then_some(row.vpc))
        .with(field::PRIVATE_DNS_NAME, private_name)
        .with_some(
            field::PRIVATE_IP_ADDRESS,
            private.map(|address| text::ipv4(address.private)),
        )
        .with(field::PUBLIC_DNS_NAME, public_name)
        .with_some(field::PUBLIC_IP_ADDRESS, public.map(text::ipv4))
        .with_some(
            field::IPV6_ADDRESS,
            primary
                .and_then(|interface| interface.ipv6.first())
                .map(ToString::to_string),
        )
        .with(field::NETWORK_INTERFACES, described)
        .with(field::SECURITY_GROUPS, groups)
        .with_some(
            field::SOURCE_DEST_CHECK,
            primary.filter(|_| in_vpc).map(|interface| interface.source_dest_check),
        )
}

/// The EBS volumes. Disks of the host are not listed, as AWS does not list them.
pub(super) fn block_devices(world: &World, region: Region, row: &Instance) -> Vec<Structure> {
    row.block_devices
        .iter()
        .map(|device| {
            let attachment = world
                .row::<Volume>(region, device.volume)
                .and_then(|volume| volume.attachments.iter().find(|at| at.instance == row.id));
            // AWS knows no `busy` here, as it does in the volume's own description.
            let state = match attachment.map(|at| at.state) {
                None => AttachState::Attached,
                Some(AttachState::Busy) => AttachState::Detaching,
                Some(state) => state,
            };
            let ebs = Structure::new()
                .with(field::ATTACH_TIME, device.attached)
                .with(field::DELETE_ON_TERMINATION, device.delete_on_termination)
                .with(field::STATUS, state.name())
                .with(field::VOLUME_ID, device.volume);
            Structure::new()
                .with(field::DEVICE_NAME, &device.device)
                .with(field::EBS, ebs)
        })
        .collect()
}
