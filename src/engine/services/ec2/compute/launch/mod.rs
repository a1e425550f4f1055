//! RunInstances: reads the request once, checks all of it, then makes the instances one by one.
//!
//! <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html>. Where a count is asked for as a range, as
//! many are launched as quota, addresses and capacity allow, but never fewer than the least.

mod addresses;
mod devices;
pub(super) mod fit;
mod network;
pub(super) mod options;

use super::placement::{self, Chosen};
use super::spot::market::{self, Terms};
use super::{capacity, dedicated, describe, quotas, templates, transitions};
use crate::base::error::{Error, Result};
use crate::base::ids::{HostId, InstanceId, Kind, ReservationId, ResourceId};
use crate::base::random::Stream;
use crate::base::time::Time;
use crate::catalog::{InstanceType, Region, Zone};
use crate::keys;
use crate::services::Request;
use crate::services::ec2::classic;
use crate::services::ec2::common::unknown;
use crate::services::ec2::storage::{images, volumes};
use crate::services::ec2::vpc::interfaces;
use crate::services::ec2::{tags, tokens};
use crate::world::World;
use crate::world::compute::*;
use crate::world::vpc::Subnet;
use devices::Devices;
use network::{Place, Source};
use options::Options;
use stratus_model::{Structure, field};

/// Characters of an idempotency token.
const TOKEN_CHARACTERS: usize = 64;

/// A launch that has been read and found good.
struct Launch {
    image: Image,
    options: Options,
    place: Place,
    devices: Devices,
    group: Option<Chosen>,
    reservation: ReservationId,
    token: String,
}

/// The host's disks that an instance gets once it is of another type. They are blank: it is stopped.
pub(super) fn stores_after_resize(row: &Instance, kind: InstanceType, now: Time) -> Vec<EphemeralDisk> {
    let stores = row
        .ephemeral
        .iter()
        .map(|disk| (disk.device.clone(), disk.virtual_name.clone()))
        .collect();
    devices::stores(
        kind,
        &Devices {
            stores,
            ..Devices::default()
        },
        now,
    )
}

/// The operation.
pub(super) fn run_instances(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let token = params.text(field::CLIENT_TOKEN).unwrap_or_default();
    if token.chars().count() > TOKEN_CHARACTERS {
        return Err(Error::invalid(
            "ClientToken",
            format!("it has more than {TOKEN_CHARACTERS} characters"),
        ));
    }
    if let Some(answer) = same_again(world, region, token, params)? {
        return Ok(answer);
    }
    let (merged, template) = templates::resolve(world, region, params)?;
    let terms = market::read(world, region, &merged)?;
    let merged = match &terms {
        Some(_) => market::place(world, region, &merged),
        None => merged,
    };
    let (reservation, made) = launch(world, region, &merged, terms.as_ref())?;
    let requests = match &terms {
        Some(terms) => market::requests(world, region, terms, &merged, &made)?,
        None => Vec::new(),
    };
    tag(world, region, &merged, &made, &requests)?;
    if let Some((template, version)) = template {
        templates::mark(world, region, &made, template, version);
    }
    if !token.is_empty()
        && let Some(ec2) = world.regions.get_mut(&region)
    {
        ec2.client_tokens
            .insert(token.to_owned(), (tokens::fingerprint(params), made.clone()));
    }
    let rows: Vec<&Instance> = made
        .iter()
        .filter_map(|id| world.row::<Instance>(region, *id))
        .collect();
    Ok(describe::fresh_reservation(world, region, reservation, &rows))
}

/// Launches what these parameters ask for, with nothing of templates, tags and tokens: for RunInstances, and for a Spot
/// request that is fulfilled.
///
/// # Errors
/// The launch errors of <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html>.
pub(super) fn launch(
    world: &mut World,
    region: Region,
    params: &Structure,
    spot: Option<&Terms>,
) -> Result<(ReservationId, Vec<InstanceId>)> {
    let (launch, count) = read(world, region, params, spot)?;
    let mut made = Vec::new();
    for index in 0..count {
        made.push(make(world, region, &launch, index)?);
    }
    Ok((launch.reservation, made))
}

/// [`launch`] for what EC2 launches of its own accord.
///
/// # Errors
/// As [`launch`].
pub(in crate::services::ec2) fn launch_by_aws(
    world: &mut World,
    region: Region,
    params: &Structure,
) -> Result<Vec<InstanceId>> {
    launch(world, region, params, None).map(|(_, made)| made)
}

/// The answer to a request that was made before with the same token; `None` for a new one.
/// <https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-idempotency.html>
fn same_again(world: &World, region: Region, token: &str, params: &Structure) -> Result<Option<Structure>> {
    let known = world
        .ec2(region)
        .and_then(|ec2| ec2.client_tokens.get(&token.to_owned()));
    let Some((earlier, ids)) = known.filter(|_| !token.is_empty()) else {
        return Ok(None);
    };
    if *earlier != tokens::fingerprint(params) {
        let text = format!(
            "Arguments on this idempotent request are inconsistent with arguments used in previous request(s) with the token '{token}'."
        );
        return Err(Error::new("IdempotentParameterMismatch", text)
            .at("ClientToken")
            .remedy("Use a new token for a new request."));
    }
    let rows: Vec<&Instance> = ids.iter().filter_map(|id| world.row::<Instance>(region, *id)).collect();
    match rows.iter().find(|row| row.state != InstanceState::Terminated) {
        Some(row) => Ok(Some(describe::fresh_reservation(world, region, row.reservation, &rows))),
        None => {
            let text = format!("The instances of the request with the token '{token}' have been terminated.");
            Err(Error::new("IdempotentInstanceTerminated", text)
                .at("ClientToken")
                .remedy("Use a new token for a new launch."))
        }
    }
}

/// The image of a request, which must be available.
fn read_image(world: &World, region: Region, params: &Structure) -> Result<Image> {
    let name = params
        .text(field::IMAGE_ID)
        .filter(|name| !name.is_empty())
        .ok_or_else(|| Error::missing("ImageId"))?;
    let image = images::find(world, region, name).map_err(|error| error.at("ImageId"))?;
    images::allowed::check(world, region, &image)?;
    if image.state == "available" {
        return Ok(image);
    }
    let text = format!(
        "The image ID '{}' is not available: its state is '{}'",
        image.id, image.state
    );
    Err(Error::new("InvalidAMIID.Unavailable", text).at("ImageId"))
}

/// Reads and checks a request; what to launch, and how many.
fn read(world: &mut World, region: Region, params: &Structure, spot: Option<&Terms>) -> Result<(Launch, i64)> {
    let (least, most) = options::counts(params)?;
    options::refuse_unknown(params)?;
    let image = read_image(world, region, params)?;
    let kind = fit::read_type(params)?;
    // Few images say so, and the others need none of that code.
    if !image.more.types.is_empty() {
        images::types::check(&image, kind.name())?;
    }
    fit::machine(&image.id.to_string(), &image.machine, kind)?;
    let devices = devices::merge(world, region, params, &image)?;
    let asked = placement::read(world, region, params, kind, spot)?;
    // Few launches speak of Dedicated Hosts, and the others need none of that code.
    let speaks = params.structure(field::PLACEMENT).is_some_and(speaks_of_hosts);
    let host = match params.structure(field::PLACEMENT).filter(|_| speaks) {
        Some(placement) => dedicated::asked(world, region, placement)?,
        None => None,
    };
    let near = asked.as_ref().and_then(|group| group.beside(world, region, params));
    let near = match near {
        None if speaks => dedicated::beside(world, region, params, kind, host),
        near => near,
    };
    let place = network::plan(world, region, near.as_ref().unwrap_or(params), kind)?;
    let subnet = world.row::<Subnet>(region, place.subnet);
    if subnet.is_none() && place.classic.is_none() {
        return Err(unknown(Kind::Subnet, &place.subnet.to_string()));
    }
    let vpc = network::vpc_of(world, region, place.vpc);
    let options = options::read(world, region, params, &image, kind, subnet, vpc)?;
    if options.hibernation {
        fit::hibernation(&image, kind, devices.root(world, region, &image))?;
    }
    if place.zone.is_wavelength() {
        fit::wavelength(place.zone, options.tenancy, &devices)?;
    }
    let (options, on_hosts) = on_host(world, region, options, &image, place.zone, (host, spot), (least, most))?;
    // What runs on Dedicated Hosts counts against neither the quota of vCPUs nor AWS's own capacity.
    let quota = match on_hosts {
        Some(room) => room,
        None => quota(world, region, kind, spot, least)?,
    };
    let addresses = network::room(world, region, &place);
    if addresses < least {
        let text = format!(
            "There are not enough free addresses in subnet '{}' to satisfy the requested number of instances.",
            place.subnet
        );
        return Err(Error::new("InsufficientFreeAddressesInSubnet", text).at("SubnetId"));
    }
    let capacity = match on_hosts {
        Some(room) => room,
        None => capacity::room(world, region, place.zone, kind),
    };
    if capacity < least {
        return Err(capacity::exceeded(world, region, place.zone, kind));
    }
    let options = match spot {
        Some(terms) => market::priced(world, options, terms, place.zone, &image.machine)?,
        None => options,
    };
    let room = match &asked {
        Some(group) => group.room(world, region, place.zone, options.tenancy, least)?,
        None => i64::MAX,
    };
    let token = params.text(field::CLIENT_TOKEN).unwrap_or_default().to_owned();
    let reservation = ReservationId(world.random.next_u64(Stream::Ids(Kind::Reservation)));
    let launch = Launch {
        image,
        options,
        place,
        devices,
        group: asked,
        reservation,
        token,
    };
    Ok((launch, most.min(quota).min(addresses).min(capacity).min(room)))
}

fn speaks_of_hosts(placement: &Structure) -> bool {
    placement.contains(field::HOST_ID)
        || placement.contains(field::AFFINITY)
        || placement.text(field::TENANCY) == Some("host")
}

/// What a launch on Dedicated Hosts has besides, and how many of its instances find one; `None` for one that is not on hosts.
/// <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/dedicated-hosts-overview.html#dedicated-hosts-restrictions>
fn on_host(
    world: &World,
    region: Region,
    mut options: Options,
    image: &Image,
    zone: Zone,
    (wanted, spot): (Option<HostId>, Option<&Terms>),
    (least, most): (i64, i64),
) -> Result<(Options, Option<i64>)> {
    if options.tenancy != Tenancy::Host {
        return Ok((options, None));
    }
    if spot.is_some() {
        let text = "Spot Instances cannot be launched on Dedicated Hosts.";
        return Err(Error::combination(text).at("Placement.Tenancy"));
    }
    let details = &image.machine.platform_details;
    if details.starts_with("Red Hat") || details.starts_with("SUSE") {
        let text = format!("AMIs of '{details}' that AWS offers cannot be launched on Dedicated Hosts.");
        return Err(Error::new("UnsupportedOperation", text)
            .at("ImageId")
            .remedy("Bring an image with a licence of your own."));
    }
    options.more.wanted_host = wanted;
    let seeker = dedicated::Seeker {
        kind: options.instance_type,
        zone,
        wanted,
        last: None,
    };
    let room = dedicated::room(world, region, &seeker, least, most)?;
    Ok((options, Some(room)))
}

/// How many the quota leaves room for: of On-Demand Instances, or of Spot Instances; a request that is being fulfilled has
/// been counted when it was made.
fn quota(world: &World, region: Region, kind: InstanceType, spot: Option<&Terms>, least: i64) -> Result<i64> {
    let room = match spot {
        Some(terms) if terms.request.is_some() => return Ok(i64::MAX),
        Some(_) => quotas::spot_room(world, region, kind),
        None => quotas::room(world, region, kind),
    };
    match spot {
        _ if room >= least => Ok(room),
        Some(_) => Err(quotas::spot_exceeded()),
        None => Err(quotas::exceeded(kind.quota_family())),
    }
}

/// Makes one instance with its interfaces and volumes.
fn make(world: &mut World, region: Region, launch: &Launch, index: i64) -> Result<InstanceId> {
    let id = InstanceId(world.random.next_u64(Stream::Ids(Kind::Instance)));
    let password = password(world, launch);
    let partition = launch.group.as_ref().and_then(|group| group.partition(world, region));
    let mut row = new_row(world, launch, id, index, password);
    row.more.partition = partition;
    world.put(region, row);
    for wanted in &launch.place.interfaces {
        let interface = match &wanted.source {
            Source::Existing(interface) => *interface,
            Source::New(new) => interfaces::create(world, region, new.clone())?,
        };
        interfaces::attach(
            world,
            region,
            interface,
            id,
            wanted.device_index,
            wanted.delete_on_termination,
        )?;
        if wanted.public {
            interfaces::lend_public_address(world, region, interface);
        }
    }
    if let Some(groups) = &launch.place.classic {
        classic::seats::take_seat(world, region, id, groups.clone());
    }
    make_volumes(world, region, launch, id)?;
    transitions::begin_launch(world, region, id);
    Ok(id)
}

/// Makes and attaches the volumes. A quota that is full, a key that cannot be used, an image whose snapshot is gone: no error of the call: the
/// instance ends right after its launch, and its state's reason says why.
/// <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/troubleshooting-launch.html#troubleshooting-launch-internal>
fn make_volumes(world: &mut World, region: Region, launch: &Launch, id: InstanceId) -> Result<()> {
    for wanted in &launch.devices.volumes {
        match volumes::create(world, region, wanted.new_volume(launch.place.zone)) {
            Ok(volume) => {
                volumes::attach_at_launch(
                    world,
                    region,
                    volume,
                    id,
                    &wanted.device,
                    wanted.ebs.delete_on_termination,
                );
            }
            Err(error) => {
                let code = match error.code {
                    "VolumeLimitExceeded" | "MaxIOPSLimitExceeded" => "Client.VolumeLimitExceeded",
                    "InvalidSnapshot.NotFound" if wanted.of_image => "Client.InvalidSnapshot.NotFound",
                    // Keys are looked at only after the call has been accepted.
                    _ if error.parameter == "KmsKeyId" => "Client.InternalError",
                    _ => return Err(error.at(format!("BlockDeviceMappings ({})", wanted.device))),
                };
                let text = match code {
                    "Client.VolumeLimitExceeded" => "Volume limit exceeded",
                    "Client.InternalError" => "Client error on launch",
                    _ => "The specified snapshot was not found.",
                };
                let fault = Some((code.to_owned(), text.to_owned()));
                world.update(region, id, |row: &mut Instance| row.launch_fault = fault);
            }
        }
    }
    Ok(())
}

/// A Windows machine's password, encrypted with the public half of its key pair, and when it can be read.
fn password(world: &mut World, launch: &Launch) -> Option<(Time, String)> {
    let (_, public) = launch
        .options
        .key
        .as_ref()
        .filter(|_| launch.image.machine.is_windows())?;
    let span = world.timings.clone().draw(&mut world.random, "instance.password");
    let mut random = world.random.next(Stream::Keys);
    let plain = keys::windows_password(&mut random);
    let encrypted = keys::encrypt_password(public, &plain, &mut random)?;
    Some((world.now + span, encrypted))
}

fn new_row(
    world: &mut World,
    launch: &Launch,
    id: InstanceId,
    index: i64,
    password: Option<(Time, String)>,
) -> Instance {
    let (now, options, image) = (world.now, &launch.options, &launch.image);
    Instance {
        id,
        born: world.birth(),
        reservation: launch.reservation,
        launch_index: index,
        image: image.id,
        instance_type: options.instance_type,
        key_name: options.key.as_ref().map(|(name, _)| name.clone()),
        zone: launch.place.zone,
        subnet: launch.place.subnet,
        vpc: launch.place.vpc,
        machine: image.machine.clone(),
        tenancy: options.tenancy,
        host: None,
        last_host: None,
        created: now,
        launched: now,
        goal: Goal::Running,
        state: InstanceState::Pending,
        state_since: now,
        settles: None,
        launch_fault: None,
        has_run: false,
        state_reason: None,
        transition_reason: String::new(),
        block_devices: Vec::new(),
        ephemeral: devices::stores(options.instance_type, &launch.devices, now),
        user_data: options.user_data.clone(),
        disable_api_termination: options.disable_api_termination,
        disable_api_stop: options.disable_api_stop,
        shutdown_terminates: options.shutdown_terminates,
        hibernation: options.hibernation,
        hibernated: false,
        ebs_optimized: options.ebs_optimized,
        monitoring: options.monitoring,
        cpu_credits: options.cpu_credits.clone(),
        metadata: options.metadata.clone(),
        instance_profile: options.instance_profile.clone(),
        placement_group: launch.group.as_ref().map(|group| group.name.clone()),
        kernel: options.kernel.clone(),
        sriov: image.sriov,
        product_codes: image.product_codes.clone(),
        cpu: options.cpu,
        names: options.names.clone(),
        auto_recovery: options.auto_recovery,
        client_token: launch.token.clone(),
        checks: StatusChecks::default(),
        guest: Guest {
            services: image.services.clone(),
            authorized_keys: options.key.iter().map(|(_, public)| public.clone()).collect(),
            ..Guest::default()
        },
        password,
        more: options.more.clone(),
        classic: None,
    }
}

fn tag(
    world: &mut World,
    region: Region,
    params: &Structure,
    made: &[InstanceId],
    requests: &[ResourceId],
) -> Result<()> {
    if params.list(field::TAG_SPECIFICATIONS).is_empty() {
        return Ok(());
    }
    let instances: Vec<ResourceId> = made.iter().map(|id| ResourceId::from(*id)).collect();
    let rows = made.iter().filter_map(|id| world.row::<Instance>(region, *id));
    let volumes: Vec<ResourceId> = rows
        .flat_map(|row| &row.block_devices)
        .map(|device| device.volume.into())
        .collect();
    // An interface that was there before keeps its own tags.
    let before: Vec<&str> = params
        .structures(field::NETWORK_INTERFACES)
        .filter_map(|wanted| wanted.text(field::NETWORK_INTERFACE_ID))
        .collect();
    let new: Vec<ResourceId> = made
        .iter()
        .flat_map(|id| interfaces::of_instance(world, region, *id))
        .filter(|interface| !before.contains(&interface.id.to_string().as_str()))
        .map(|interface| interface.id.into())
        .collect();
    let made: [(&str, &[ResourceId]); 5] = [
        ("instance", &instances),
        ("volume", &volumes),
        ("network-interface", &new),
        ("spot-instances-request", requests),
        ("elastic-gpu", &[]),
    ];
    tags::apply_specifications(world, region, params, &made)
}
