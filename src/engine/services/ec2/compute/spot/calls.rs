//! RequestSpotInstances, DescribeSpotInstanceRequests, CancelSpotInstanceRequests.
//!
//! What a request asks for is checked at once, as far as AWS does; the launch itself comes later, and its faults are the
//! request's then.

use super::market::{self, Terms};
use super::{EVALUATION, look_after, moment, price, turn};
use crate::base::error::{Error, Result};
use crate::base::ids::{InstanceId, Kind, ResourceId, SpotRequestId};
use crate::catalog::Region;
use crate::services::Request;
use crate::services::ec2::common::{Describing, find, tag_list};
use crate::services::ec2::compute::filters::texts;
use crate::services::ec2::compute::launch::{fit, options};
use crate::services::ec2::compute::quotas;
use crate::services::ec2::compute::transitions::{self, Why};
use crate::services::ec2::storage::images;
use crate::services::ec2::{tags, tokens};
use crate::world::World;
use crate::world::compute::{Instance, InstanceState};
use crate::world::journal::Cause;
use crate::world::launching::{Kept, SpotRequest};
use stratus_model::{Name, Structure, field, sort};

/// Instances of one request (ours: enough for a lesson).
const INSTANCES: i64 = 100;

/// Filters that look at what a request is shown as.
const PATHS: &[(&str, &[Name])] = &[
    ("availability-zone-group", &[field::AVAILABILITY_ZONE_GROUP]),
    ("create-time", &[field::CREATE_TIME]),
    ("fault-code", &[field::FAULT, field::CODE]),
    ("fault-message", &[field::FAULT, field::MESSAGE]),
    ("instance-id", &[field::INSTANCE_ID]),
    ("launch-group", &[field::LAUNCH_GROUP]),
    (
        "launch.block-device-mapping.delete-on-termination",
        &[
            field::LAUNCH_SPECIFICATION,
            field::BLOCK_DEVICE_MAPPINGS,
            field::EBS,
            field::DELETE_ON_TERMINATION,
        ],
    ),
    (
        "launch.block-device-mapping.device-name",
        &[
            field::LAUNCH_SPECIFICATION,
            field::BLOCK_DEVICE_MAPPINGS,
            field::DEVICE_NAME,
        ],
    ),
    (
        "launch.block-device-mapping.snapshot-id",
        &[
            field::LAUNCH_SPECIFICATION,
            field::BLOCK_DEVICE_MAPPINGS,
            field::EBS,
            field::SNAPSHOT_ID,
        ],
    ),
    (
        "launch.block-device-mapping.volume-size",
        &[
            field::LAUNCH_SPECIFICATION,
            field::BLOCK_DEVICE_MAPPINGS,
            field::EBS,
            field::VOLUME_SIZE,
        ],
    ),
    (
        "launch.block-device-mapping.volume-type",
        &[
            field::LAUNCH_SPECIFICATION,
            field::BLOCK_DEVICE_MAPPINGS,
            field::EBS,
            field::VOLUME_TYPE,
        ],
    ),
    (
        "launch.group-id",
        &[field::LAUNCH_SPECIFICATION, field::SECURITY_GROUPS, field::GROUP_ID],
    ),
    (
        "launch.group-name",
        &[field::LAUNCH_SPECIFICATION, field::SECURITY_GROUPS, field::GROUP_NAME],
    ),
    ("launch.image-id", &[field::LAUNCH_SPECIFICATION, field::IMAGE_ID]),
    (
        "launch.instance-type",
        &[field::LAUNCH_SPECIFICATION, field::INSTANCE_TYPE],
    ),
    ("launch.kernel-id", &[field::LAUNCH_SPECIFICATION, field::KERNEL_ID]),
    ("launch.key-name", &[field::LAUNCH_SPECIFICATION, field::KEY_NAME]),
    (
        "launch.monitoring-enabled",
        &[field::LAUNCH_SPECIFICATION, field::MONITORING, field::ENABLED],
    ),
    (
        "launch.network-interface.network-interface-id",
        &[
            field::LAUNCH_SPECIFICATION,
            field::NETWORK_INTERFACES,
            field::NETWORK_INTERFACE_ID,
        ],
    ),
    (
        "launch.network-interface.subnet-id",
        &[field::LAUNCH_SPECIFICATION, field::NETWORK_INTERFACES, field::SUBNET_ID],
    ),
    ("launch.ramdisk-id", &[field::LAUNCH_SPECIFICATION, field::RAMDISK_ID]),
    ("launched-availability-zone", &[field::LAUNCHED_AVAILABILITY_ZONE]),
    ("launched-availability-zone-id", &[field::LAUNCHED_AVAILABILITY_ZONE_ID]),
    (
        "network-interface.addresses.primary",
        &[
            field::LAUNCH_SPECIFICATION,
            field::NETWORK_INTERFACES,
            field::PRIVATE_IP_ADDRESSES,
            field::PRIMARY,
        ],
    ),
    (
        "network-interface.delete-on-termination",
        &[
            field::LAUNCH_SPECIFICATION,
            field::NETWORK_INTERFACES,
            field::DELETE_ON_TERMINATION,
        ],
    ),
    (
        "network-interface.description",
        &[
            field::LAUNCH_SPECIFICATION,
            field::NETWORK_INTERFACES,
            field::DESCRIPTION,
        ],
    ),
    (
        "network-interface.device-index",
        &[
            field::LAUNCH_SPECIFICATION,
            field::NETWORK_INTERFACES,
            field::DEVICE_INDEX,
        ],
    ),
    (
        "network-interface.group-id",
        &[field::LAUNCH_SPECIFICATION, field::NETWORK_INTERFACES, field::GROUPS],
    ),
    (
        "network-interface.network-interface-id",
        &[
            field::LAUNCH_SPECIFICATION,
            field::NETWORK_INTERFACES,
            field::NETWORK_INTERFACE_ID,
        ],
    ),
    (
        "network-interface.private-ip-address",
        &[
            field::LAUNCH_SPECIFICATION,
            field::NETWORK_INTERFACES,
            field::PRIVATE_IP_ADDRESS,
        ],
    ),
    (
        "network-interface.subnet-id",
        &[field::LAUNCH_SPECIFICATION, field::NETWORK_INTERFACES, field::SUBNET_ID],
    ),
    ("product-description", &[field::PRODUCT_DESCRIPTION]),
    ("spot-instance-request-id", &[field::SPOT_INSTANCE_REQUEST_ID]),
    ("spot-price", &[field::SPOT_PRICE]),
    ("state", &[field::STATE]),
    ("status-code", &[field::STATUS, field::CODE]),
    ("status-message", &[field::STATUS, field::MESSAGE]),
    ("type", &[field::TYPE]),
    ("valid-from", &[field::VALID_FROM]),
    ("valid-until", &[field::VALID_UNTIL]),
];

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RequestSpotInstances.html>
pub(in crate::services::ec2::compute) fn request(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    if let Some(ResourceId::SpotRequest(first)) = tokens::earlier(request, world)? {
        return Ok(again(world, region, first));
    }
    let count = params.integer(field::INSTANCE_COUNT).unwrap_or(1);
    if !(1..=INSTANCES).contains(&count) {
        return Err(Error::invalid(
            "InstanceCount",
            format!("{count}. Expecting 1 to {INSTANCES}"),
        ));
    }
    let persistent = params.text(field::TYPE) == Some("persistent");
    let terms = Terms::read(params, persistent, params.text(field::SPOT_PRICE))?;
    let valid_from = moment(params, field::VALID_FROM);
    if terms
        .valid_until
        .is_some_and(|until| until <= world.now || valid_from.is_some_and(|from| from >= until))
    {
        return Err(Error::invalid(
            "ValidUntil",
            "it must lie in the future and after ValidFrom",
        ));
    }
    let specification = params
        .structure(field::LAUNCH_SPECIFICATION)
        .ok_or_else(|| Error::missing("LaunchSpecification"))?;
    let (launch, pool) = checked(world, region, specification)?;
    quotas::check_spot(world, region, &[(pool.0, count)])?;
    let mut ids = Vec::new();
    for _ in 0..count {
        let id = market::put(world, region, &terms, launch.clone(), pool.clone(), |row| {
            row.valid_from = valid_from;
            row.launch_group = params.text(field::LAUNCH_GROUP).map(str::to_owned);
            row.zone_group = params.text(field::AVAILABILITY_ZONE_GROUP).map(str::to_owned);
        });
        look_after(world, region, id, EVALUATION);
        ids.push(id);
    }
    let made: Vec<ResourceId> = ids.iter().map(|id| ResourceId::from(*id)).collect();
    tags::apply_specifications(world, region, params, &[("spot-instances-request", &made)])?;
    if let Some(first) = ids.first() {
        tokens::remember(request, world, *first);
    }
    Ok(listed(world, region, &ids))
}

/// The requests that an earlier call with the same token has made: those of the first one's moment and specification.
fn again(world: &World, region: Region, first: SpotRequestId) -> Structure {
    let Some(row) = world.row::<SpotRequest>(region, first) else {
        return listed(world, region, &[]);
    };
    let all = world.ec2(region).into_iter().flat_map(|ec2| ec2.spot_requests.rows());
    let mut same: Vec<&SpotRequest> = all
        .filter(|other| other.created == row.created && other.launch == row.launch)
        .collect();
    sort::by_key(&mut same, |row| row.born);
    let ids: Vec<SpotRequestId> = same.iter().map(|row| row.id).collect();
    listed(world, region, &ids)
}

fn listed(world: &World, region: Region, ids: &[SpotRequestId]) -> Structure {
    let rows = ids.iter().filter_map(|id| world.row::<SpotRequest>(region, *id));
    let shown: Vec<Structure> = rows.map(|row| show(world, region, row)).collect();
    Structure::new().with(field::SPOT_INSTANCE_REQUESTS, shown)
}

/// The launch that a specification asks for, as parameters of RunInstances, and its pool. Image, type and user data are
/// looked at now, as AWS does.
fn checked(
    world: &World,
    region: Region,
    specification: &Structure,
) -> Result<(Kept, (crate::catalog::InstanceType, String))> {
    let name = specification
        .text(field::IMAGE_ID)
        .ok_or_else(|| Error::missing("LaunchSpecification.ImageId"))?;
    let image = images::find(world, region, name).map_err(|error| error.at("LaunchSpecification.ImageId"))?;
    let kind = fit::read_type(specification)?;
    if !price::offered(kind) {
        let text = format!(
            "The instance type '{}' is not supported for Spot Instances.",
            kind.name()
        );
        return Err(Error::new("InvalidParameterValue", text).at("LaunchSpecification.InstanceType"));
    }
    if let Some(data) = specification.text(field::USER_DATA) {
        options::decode_user_data(data)?;
    }
    let mut params = specification.clone();
    params.remove(field::ADDRESSING_TYPE);
    for name in [field::MIN_COUNT, field::MAX_COUNT] {
        params.set(name, 1);
    }
    Ok((Kept::new(params), (kind, image.machine.platform_details.clone())))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSpotInstanceRequests.html>
pub(in crate::services::ec2::compute) fn describe(request: &Request<'_>, world: &World) -> Result<Structure> {
    let names: Vec<&str> = PATHS.iter().map(|(name, _)| *name).collect();
    let region = request.region;
    let describing = Describing::<SpotRequest> {
        kind: Kind::SpotRequest,
        ids: field::SPOT_INSTANCE_REQUEST_IDS,
        answer: field::SPOT_INSTANCE_REQUESTS,
        born: |row| row.born,
        filters: &names,
        least: 5,
    };
    let values = |row: &SpotRequest, name: &str| {
        let path = PATHS.iter().find(|(known, _)| *known == name);
        path.map(|(_, path)| texts(&show(world, region, row), path))
            .unwrap_or_default()
    };
    describing.answer(request, world, &values, &|row| show(world, region, row))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CancelSpotInstanceRequests.html>: the instance of an active
/// request runs on; that of a disabled one, which is stopped, ends.
pub(in crate::services::ec2::compute) fn cancel(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let mut ids: Vec<SpotRequestId> = Vec::new();
    for text in request.params.texts(field::SPOT_INSTANCE_REQUEST_IDS) {
        let id = find::<SpotRequest>(world, region, Kind::SpotRequest, text)?.id;
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    let mut answer = Vec::new();
    for id in ids {
        let Some(row) = world.row::<SpotRequest>(region, id).cloned() else {
            continue;
        };
        let cause = Cause::Call(world.calls);
        match row.state.as_str() {
            "open" => turn(world, region, id, "cancelled", "canceled-before-fulfillment", cause),
            "active" => turn(
                world,
                region,
                id,
                "cancelled",
                "request-canceled-and-instance-running",
                cause,
            ),
            "disabled" => {
                turn(world, region, id, "cancelled", "instance-terminated-by-user", cause);
                end_stopped(world, region, row.instance);
            }
            _ => {}
        }
        let state = world.row::<SpotRequest>(region, id).map(|row| row.state.clone());
        // The answer knows no `failed`.
        let state = state
            .filter(|state| state != "failed")
            .unwrap_or_else(|| "closed".to_owned());
        answer.push(
            Structure::new()
                .with(field::SPOT_INSTANCE_REQUEST_ID, id)
                .with(field::STATE, state),
        );
    }
    Ok(Structure::new().with(field::CANCELLED_SPOT_INSTANCE_REQUESTS, answer))
}

fn end_stopped(world: &mut World, region: Region, instance: Option<InstanceId>) {
    let Some(id) = instance else { return };
    let stopped = world
        .row::<Instance>(region, id)
        .is_some_and(|row| matches!(row.state, InstanceState::Stopped | InstanceState::Stopping));
    if stopped {
        let why = Why::user(world, "Client.UserInitiatedShutdown", "User initiated shutdown");
        transitions::begin_termination(world, region, id, &why);
    }
}

/// A request as the API shows it.
fn show(world: &World, region: Region, row: &SpotRequest) -> Structure {
    let tags = tag_list(world, region, row.id);
    let fault = row
        .fault
        .as_ref()
        .map(|(code, message)| Structure::new().with(field::CODE, code).with(field::MESSAGE, message));
    let status = Structure::new()
        .with(field::CODE, row.status.as_str())
        .with(field::MESSAGE, message(row))
        .with(field::UPDATE_TIME, row.status_since);
    // What was never said is the on-demand price.
    let most = row
        .max_price
        .unwrap_or_else(|| price::on_demand(region, row.pool.0, &row.pool.1));
    let product = if row.pool.1 == "Windows" {
        "Windows"
    } else {
        "Linux/UNIX"
    };
    Structure::new()
        .with(field::SPOT_INSTANCE_REQUEST_ID, row.id)
        .with(field::CREATE_TIME, row.created)
        .with_some(field::FAULT, fault)
        .with_some(field::INSTANCE_ID, row.instance)
        .with_some(field::LAUNCH_GROUP, row.launch_group.as_ref())
        .with_some(field::AVAILABILITY_ZONE_GROUP, row.zone_group.as_ref())
        .with(field::LAUNCH_SPECIFICATION, specification(world, region, row))
        .with_some(
            field::LAUNCHED_AVAILABILITY_ZONE,
            row.zone.map(crate::catalog::Zone::name),
        )
        .with_some(
            field::LAUNCHED_AVAILABILITY_ZONE_ID,
            row.zone.map(crate::catalog::Zone::id),
        )
        .with(field::PRODUCT_DESCRIPTION, product)
        .with(field::SPOT_PRICE, price::text(most))
        .with(field::STATE, row.state.as_str())
        .with(field::STATUS, status)
        .with(field::TYPE, if row.persistent { "persistent" } else { "one-time" })
        .with_some(field::VALID_FROM, row.valid_from)
        .with_some(field::VALID_UNTIL, row.valid_until)
        .with(field::INSTANCE_INTERRUPTION_BEHAVIOR, row.interruption.name())
        .with(field::TAGS, tags)
}

/// The status in words (ours, in the manner of AWS's).
fn message(row: &SpotRequest) -> String {
    match row.status.as_str() {
        "pending-evaluation" => "Your Spot request has been submitted for review, and is pending evaluation.",
        "fulfilled" => "Your Spot request is fulfilled.",
        "price-too-low" => "Your Spot request price is lower than the Spot price of the pool.",
        "capacity-not-available" => "There is no Spot capacity available that matches your request.",
        "not-scheduled-yet" => "Your Spot request is not evaluated before it becomes valid.",
        "schedule-expired" => "Your Spot request expired before it was fulfilled.",
        "canceled-before-fulfillment" => "Your Spot request was canceled before it was fulfilled.",
        "request-canceled-and-instance-running" => "Your Spot request is canceled, but your instance is still running.",
        "marked-for-termination" => "Your Spot Instance is marked for termination.",
        "marked-for-stop" => "Your Spot Instance is marked to be stopped or hibernated.",
        "instance-terminated-by-price" => "Your Spot Instance was terminated: the Spot price rose above your price.",
        "instance-terminated-by-user" => "Your Spot Instance was terminated by a user.",
        "instance-stopped-by-price" => "Your Spot Instance was stopped: the Spot price rose above your price.",
        "instance-stopped-by-user" => "Your Spot Instance was stopped by a user.",
        "bad-parameters" => "One or more parameters of your Spot request were not valid.",
        "placement-group-constraint" => "Your Spot request cannot be fulfilled in its placement group now.",
        _ => "Your Spot request cannot be fulfilled as it is constrained.",
    }
    .to_owned()
}

/// The launch specification: what was given, with security groups by id and name.
fn specification(world: &World, region: Region, row: &SpotRequest) -> Structure {
    const SHOWN: &[Name] = &[
        field::BLOCK_DEVICE_MAPPINGS,
        field::EBS_OPTIMIZED,
        field::IAM_INSTANCE_PROFILE,
        field::IMAGE_ID,
        field::INSTANCE_TYPE,
        field::KERNEL_ID,
        field::KEY_NAME,
        field::NETWORK_INTERFACES,
        field::RAMDISK_ID,
        field::SUBNET_ID,
        field::USER_DATA,
    ];
    let given = &row.launch.0;
    let mut shown = Structure::new();
    for name in SHOWN {
        if let Some(value) = given.get(*name) {
            shown.set(*name, value.clone());
        }
    }
    let groups = world.ec2(region).into_iter().flat_map(|ec2| ec2.security_groups.rows());
    let named: Vec<&str> = given.texts(field::SECURITY_GROUPS).collect();
    let ids: Vec<&str> = given.texts(field::SECURITY_GROUP_IDS).collect();
    let groups: Vec<Structure> = groups
        .filter(|group| named.contains(&group.name.as_str()) || ids.contains(&group.id.to_string().as_str()))
        .map(|group| {
            Structure::new()
                .with(field::GROUP_ID, group.id)
                .with(field::GROUP_NAME, &group.name)
        })
        .collect();
    let placement = given.structure(field::PLACEMENT).map(|placement| {
        let text = |name| placement.text(name).map(str::to_owned);
        Structure::new()
            .with_some(field::AVAILABILITY_ZONE, text(field::AVAILABILITY_ZONE))
            .with_some(field::GROUP_NAME, text(field::GROUP_NAME))
            .with_some(field::TENANCY, text(field::TENANCY))
    });
    let monitored = given
        .structure(field::MONITORING)
        .and_then(|monitoring| monitoring.boolean(field::ENABLED));
    shown
        .with(field::SECURITY_GROUPS, groups)
        .with_some(field::PLACEMENT, placement)
        .with(
            field::MONITORING,
            Structure::new().with(field::ENABLED, monitored == Some(true)),
        )
}
