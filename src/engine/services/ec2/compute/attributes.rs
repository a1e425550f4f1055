//! What can be asked and changed of an instance after its launch: attributes, metadata options, detailed monitoring.
//!
//! Whatever the machine only reads when it starts (type, user data, kernel, drivers) can be changed while it is stopped, and
//! only then: <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyInstanceAttribute.html>.

use super::launch::{fit, options};
use super::lifecycle::listed;
use super::{credits, describe, launch, metadata_defaults};
use crate::base::error::{Error, Result};
use crate::base::ids::{InstanceId, Kind};
use crate::catalog::{InstanceType, Region};
use crate::services::Request;
use crate::services::ec2::common::{done, find, need, note};
use crate::services::ec2::refusals;
use crate::services::ec2::storage::volumes;
use crate::services::ec2::vpc::{groups, interfaces};
use crate::world::World;
use crate::world::compute::{Instance, InstanceState};
use base64::Engine as _;
use std::rc::Rc;
use stratus_model::{Name, Structure, field};

/// A change that was asked for.
enum Change {
    Type(InstanceType),
    UserData(Option<Rc<[u8]>>),
    Kernel(String),
    Ramdisk(Option<String>),
    EbsOptimized(bool),
    EnaSupport,
    SriovNetSupport,
    DisableApiTermination(bool),
    DisableApiStop(bool),
    ShutdownTerminates(bool),
    SourceDestCheck(bool),
    Groups(Vec<String>),
    BlockDevices(Vec<(String, Option<bool>)>),
}

/// The instance that a call names in `InstanceId`.
///
/// # Errors
/// `InvalidInstanceID.NotFound`, `InvalidInstanceID.Malformed`, `MissingParameter`.
pub(super) fn instance<'w>(request: &Request<'_>, world: &'w World) -> Result<&'w Instance> {
    find(
        world,
        request.region,
        Kind::Instance,
        need(request.params, field::INSTANCE_ID)?,
    )
    .map_err(|error: Error| error.at("InstanceId"))
}

fn value(value: impl Into<stratus_model::Value>) -> Structure {
    Structure::new().with(field::VALUE, value)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceAttribute.html>
pub(super) fn describe_instance_attribute(request: &Request<'_>, world: &World) -> Result<Structure> {
    let row = instance(request, world)?;
    let answer = Structure::new().with(field::INSTANCE_ID, row.id);
    let attached = interfaces::of_instance(world, request.region, row.id);
    let attribute = need(request.params, field::ATTRIBUTE)?;
    Ok(match attribute {
        "instanceType" => answer.with(field::INSTANCE_TYPE, value(row.instance_type.name())),
        "kernel" => answer.with(field::KERNEL_ID, row.kernel.as_ref().map(value).unwrap_or_default()),
        "ramdisk" => answer.with(
            field::RAMDISK_ID,
            row.more.ramdisk.as_ref().map(value).unwrap_or_default(),
        ),
        "userData" => {
            let text = row
                .user_data
                .as_ref()
                .map(|data| base64::engine::general_purpose::STANDARD.encode(data));
            answer.with(field::USER_DATA, text.map(value).unwrap_or_default())
        }
        "disableApiTermination" => answer.with(field::DISABLE_API_TERMINATION, value(row.disable_api_termination)),
        "disableApiStop" => answer.with(field::DISABLE_API_STOP, value(row.disable_api_stop)),
        "instanceInitiatedShutdownBehavior" => {
            let behavior = if row.shutdown_terminates { "terminate" } else { "stop" };
            answer.with(field::INSTANCE_INITIATED_SHUTDOWN_BEHAVIOR, value(behavior))
        }
        "rootDeviceName" => answer.with(field::ROOT_DEVICE_NAME, value(&row.machine.root_device_name)),
        "blockDeviceMapping" => answer.with(
            field::BLOCK_DEVICE_MAPPINGS,
            describe::block_devices(world, request.region, row),
        ),
        "productCodes" => answer.with(field::PRODUCT_CODES, describe::product_codes(row)),
        "sourceDestCheck" => answer.with(
            field::SOURCE_DEST_CHECK,
            value(attached.first().is_none_or(|interface| interface.source_dest_check)),
        ),
        "groupSet" => {
            let seat = row.classic.as_ref().map(|seat| &seat.interface);
            let groups = seat
                .or(attached.first().copied())
                .map(|interface| interfaces::describe_groups(world, request.region, &interface.groups));
            answer.with(field::GROUPS, groups.unwrap_or_default())
        }
        "ebsOptimized" => answer.with(field::EBS_OPTIMIZED, value(row.ebs_optimized)),
        "sriovNetSupport" => answer.with(
            field::SRIOV_NET_SUPPORT,
            if row.sriov { value("simple") } else { Structure::new() },
        ),
        "enaSupport" => answer.with(field::ENA_SUPPORT, value(row.machine.ena)),
        "enclaveOptions" => answer.with(field::ENCLAVE_OPTIONS, Structure::new().with(field::ENABLED, false)),
        other => return Err(Error::invalid("Attribute", format!("there is no attribute '{other}'"))),
    })
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyInstanceAttribute.html>
pub(super) fn modify_instance_attribute(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let id = instance(request, world)?.id;
    let mut changes = named(request.params)?;
    if let Some(attribute) = request.params.text(field::ATTRIBUTE)
        && (attribute != "blockDeviceMapping" || changes.is_empty())
    {
        let text = need(request.params, field::VALUE)?;
        changes.push(by_attribute(attribute, text)?);
    }
    match changes.len() {
        0 => Err(refusals::one_attribute(&[])),
        1 => {
            for change in changes {
                apply(world, request.region, id, change)?;
            }
            done()
        }
        _ => {
            let named: Vec<&str> = changes.iter().map(Change::name).collect();
            Err(refusals::one_attribute(&named))
        }
    }
}

/// Changes in fields of their own.
fn named(params: &Structure) -> Result<Vec<Change>> {
    let mut changes = Vec::new();
    let flag = |name: Name| params.structure(name).and_then(|value| value.boolean(field::VALUE));
    let text = |name: Name| params.structure(name).and_then(|value| value.text(field::VALUE));
    changes.extend(
        text(field::INSTANCE_TYPE)
            .map(|text| by_attribute("instanceType", text))
            .transpose()?,
    );
    changes.extend(
        text(field::KERNEL)
            .map(|text| by_attribute("kernel", text))
            .transpose()?,
    );
    changes.extend(
        text(field::RAMDISK)
            .map(|text| by_attribute("ramdisk", text))
            .transpose()?,
    );
    changes.extend(
        text(field::SRIOV_NET_SUPPORT)
            .map(|text| by_attribute("sriovNetSupport", text))
            .transpose()?,
    );
    let behavior = text(field::INSTANCE_INITIATED_SHUTDOWN_BEHAVIOR);
    changes.extend(
        behavior
            .map(|text| by_attribute("instanceInitiatedShutdownBehavior", text))
            .transpose()?,
    );
    changes.extend(flag(field::SOURCE_DEST_CHECK).map(Change::SourceDestCheck));
    changes.extend(flag(field::DISABLE_API_TERMINATION).map(Change::DisableApiTermination));
    changes.extend(flag(field::DISABLE_API_STOP).map(Change::DisableApiStop));
    changes.extend(flag(field::EBS_OPTIMIZED).map(Change::EbsOptimized));
    changes.extend(flag(field::ENA_SUPPORT).map(|_| Change::EnaSupport));
    if let Some(data) = params.structure(field::USER_DATA) {
        let bytes = data.blob(field::VALUE).unwrap_or_default();
        options::limit_user_data(bytes)?;
        changes.push(Change::UserData((!bytes.is_empty()).then(|| Rc::from(bytes))));
    }
    let groups: Vec<String> = params.texts(field::GROUPS).map(str::to_owned).collect();
    if !groups.is_empty() {
        changes.push(Change::Groups(groups));
    }
    let devices: Vec<(String, Option<bool>)> = params
        .structures(field::BLOCK_DEVICE_MAPPINGS)
        .map(|mapping| {
            let keep = mapping
                .structure(field::EBS)
                .and_then(|ebs| ebs.boolean(field::DELETE_ON_TERMINATION));
            (mapping.text(field::DEVICE_NAME).unwrap_or_default().to_owned(), keep)
        })
        .collect();
    if !devices.is_empty() {
        changes.push(Change::BlockDevices(devices));
    }
    if params.contains(field::ENCLAVE_OPTIONS) {
        return Err(Error::new("UnsupportedOperation", "Enclaves are not simulated.").at("EnclaveOptions"));
    }
    Ok(changes)
}

/// The older form: an attribute by name, its value as text.
fn by_attribute(attribute: &str, text: &str) -> Result<Change> {
    let flag = || match text {
        "true" => Ok(true),
        "false" => Ok(false),
        other => Err(Error::invalid(attribute, format!("'{other}'. Expecting true or false"))),
    };
    Ok(match attribute {
        "instanceType" => Change::Type(fit::named_type(text)?),
        "kernel" => Change::Kernel(text.to_owned()),
        "ramdisk" => Change::Ramdisk(Some(text.to_owned()).filter(|text| !text.is_empty())),
        "userData" => Change::UserData(Some(options::decode_user_data(text)?).filter(|data| !data.is_empty())),
        "ebsOptimized" => Change::EbsOptimized(flag()?),
        "enaSupport" => Change::EnaSupport,
        "sriovNetSupport" if text == "simple" => Change::SriovNetSupport,
        "disableApiTermination" => Change::DisableApiTermination(flag()?),
        "disableApiStop" => Change::DisableApiStop(flag()?),
        "sourceDestCheck" => Change::SourceDestCheck(flag()?),
        "groupSet" => Change::Groups(vec![text.to_owned()]),
        "instanceInitiatedShutdownBehavior" => match text {
            "stop" => Change::ShutdownTerminates(false),
            "terminate" => Change::ShutdownTerminates(true),
            other => {
                return Err(Error::invalid(
                    "InstanceInitiatedShutdownBehavior",
                    format!("'{other}'. Expecting stop or terminate"),
                ));
            }
        },
        other => {
            return Err(Error::new(
                "InvalidParameterValue",
                format!("The attribute '{other}' cannot be modified to '{text}'."),
            )
            .at("Attribute"));
        }
    })
}

impl Change {
    /// The field that asks for it.
    fn name(&self) -> &'static str {
        match self {
            Change::Type(_) => "InstanceType",
            Change::UserData(_) => "UserData",
            Change::Kernel(_) => "Kernel",
            Change::Ramdisk(_) => "Ramdisk",
            Change::EbsOptimized(_) => "EbsOptimized",
            Change::EnaSupport => "EnaSupport",
            Change::SriovNetSupport => "SriovNetSupport",
            Change::DisableApiTermination(_) => "DisableApiTermination",
            Change::DisableApiStop(_) => "DisableApiStop",
            Change::ShutdownTerminates(_) => "InstanceInitiatedShutdownBehavior",
            Change::SourceDestCheck(_) => "SourceDestCheck",
            Change::Groups(_) => "GroupSet",
            Change::BlockDevices(_) => "BlockDeviceMapping",
        }
    }

    /// Whether the machine reads it only when it starts.
    fn is_at_rest(&self) -> bool {
        matches!(
            self,
            Change::Type(_)
                | Change::UserData(_)
                | Change::Kernel(_)
                | Change::Ramdisk(_)
                | Change::EbsOptimized(_)
                | Change::EnaSupport
                | Change::SriovNetSupport
        )
    }
}

/// Whether an instance is in a state in which it can be changed so.
fn check_state(row: &Instance, change: &Change) -> Result<()> {
    let (id, state) = (row.id, row.state);
    if change.is_at_rest() && state != InstanceState::Stopped {
        let text = format!("The instance '{id}' is not in the 'stopped' state.");
        return Err(Error::new("IncorrectInstanceState", text)
            .at("InstanceId")
            .remedy("Stop it first; the change takes effect at the next start."));
    }
    if matches!(state, InstanceState::ShuttingDown | InstanceState::Terminated) {
        let text = format!(
            "The instance '{id}' is '{}': its attributes can no longer be modified.",
            state.name()
        );
        return Err(Error::new("IncorrectInstanceState", text).at("InstanceId"));
    }
    Ok(())
}

/// Makes a change, and notes it.
fn apply(world: &mut World, region: Region, id: InstanceId, change: Change) -> Result<()> {
    let Some(row) = world.row::<Instance>(region, id) else {
        return Ok(());
    };
    check_state(row, &change)?;
    let vpc = row.vpc;
    let text = match change {
        Change::Type(kind) => return change_type(world, region, id, kind),
        Change::SourceDestCheck(on) => {
            let interface = only_interface(world, region, id)?;
            interfaces::set_source_dest_check(world, region, interface, on);
            format!("source/destination check: {on}")
        }
        Change::Groups(names) => {
            let interface = only_interface(world, region, id)?;
            let groups = groups::resolve(world, region, vpc, names.iter().map(String::as_str), [])?;
            interfaces::set_groups(world, region, interface, groups);
            "security groups changed".to_owned()
        }
        Change::BlockDevices(devices) => {
            keep_volumes(world, region, id, &devices)?;
            "DeleteOnTermination changed".to_owned()
        }
        own => {
            suits(row, &own)?;
            world
                .update(region, id, |row: &mut Instance| change_row(row, own))
                .unwrap_or_default()
        }
    };
    note(world, region, id, text);
    Ok(())
}

/// Whether the machine can be set so at all.
fn suits(row: &Instance, change: &Change) -> Result<()> {
    let hvm = row.machine.virtualization == "hvm";
    match change {
        Change::Kernel(_) if hvm => {
            Err(Error::combination("A kernel cannot be specified for an HVM image.").at("Kernel"))
        }
        Change::Ramdisk(Some(_)) if hvm => {
            Err(Error::combination("A ramdisk cannot be specified for an HVM image.").at("Ramdisk"))
        }
        Change::EbsOptimized(on) => fit::ebs_optimized(row.instance_type, *on),
        Change::ShutdownTerminates(_) if row.machine.root_device_type == "instance-store" => {
            let text = "The attribute instanceInitiatedShutdownBehavior can only be used for elastic images.";
            Err(Error::combination(text).at("InstanceInitiatedShutdownBehavior"))
        }
        _ => Ok(()),
    }
}

/// Sets what stands in the row itself; what was changed, in words.
fn change_row(row: &mut Instance, change: Change) -> String {
    match change {
        Change::UserData(data) => {
            row.user_data = data;
            "user data changed; it has run at the first boot and does not run again".to_owned()
        }
        Change::Kernel(kernel) => {
            row.kernel = Some(kernel);
            "kernel changed".to_owned()
        }
        Change::Ramdisk(ramdisk) => {
            row.more.ramdisk = ramdisk;
            "RAM disk changed".to_owned()
        }
        Change::EbsOptimized(on) => {
            row.ebs_optimized = on;
            format!("EBS optimization: {on}")
        }
        Change::EnaSupport => {
            Rc::make_mut(&mut row.machine).ena = true;
            "ENA support: true".to_owned()
        }
        Change::SriovNetSupport => {
            row.sriov = true;
            "enhanced networking: simple".to_owned()
        }
        Change::DisableApiTermination(on) => {
            row.disable_api_termination = on;
            format!("termination protection: {on}")
        }
        Change::DisableApiStop(on) => {
            row.disable_api_stop = on;
            format!("stop protection: {on}")
        }
        Change::ShutdownTerminates(terminates) => {
            row.shutdown_terminates = terminates;
            let does = if terminates { "terminates" } else { "stops" };
            format!("a shutdown inside it now {does}")
        }
        // They stand elsewhere: see `apply`.
        Change::Type(_) | Change::SourceDestCheck(_) | Change::Groups(_) | Change::BlockDevices(_) => String::new(),
    }
}

/// Whether volumes go with the instance.
fn keep_volumes(world: &mut World, region: Region, id: InstanceId, devices: &[(String, Option<bool>)]) -> Result<()> {
    for (device, goes) in devices {
        let Some(goes) = goes else {
            return Err(Error::missing("Ebs.DeleteOnTermination"));
        };
        if !volumes::set_delete_on_termination(world, region, id, device, *goes) {
            let text = format!("No device is currently mapped at {device}");
            return Err(Error::new("InvalidInstanceAttributeValue", text).at("BlockDeviceMappings"));
        }
    }
    Ok(())
}

/// Attributes of the network belong to the instance only while it has one interface.
fn only_interface(world: &World, region: Region, id: InstanceId) -> Result<crate::base::ids::NetworkInterfaceId> {
    if world.row::<Instance>(region, id).is_some_and(Instance::is_classic) {
        let text = format!(
            "Instance '{id}' is in EC2-Classic: neither its security groups nor a source/destination check can be changed."
        );
        return Err(Error::new("UnsupportedOperation", text)
            .at("InstanceId")
            .remedy("Groups are chosen at launch; their rules can be changed."));
    }
    match interfaces::of_instance(world, region, id).as_slice() {
        [only] => Ok(only.id),
        _ => {
            let text = format!(
                "There are multiple interfaces attached to instance '{id}'. Please specify an interface ID for the operation instead."
            );
            Err(Error::new("InvalidInstanceID", text)
                .at("InstanceId")
                .remedy("Use ModifyNetworkInterfaceAttribute."))
        }
    }
}

/// Another type must suit the machine, the zone and what is attached.
/// <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-resize.html>
fn change_type(world: &mut World, region: Region, id: InstanceId, kind: InstanceType) -> Result<()> {
    let Some(row) = world.row::<Instance>(region, id) else {
        return Ok(());
    };
    if row.hibernated {
        let text = format!("The instance type of '{id}' cannot be changed while it is hibernated.");
        return Err(Error::new("UnsupportedOperation", text).remedy("Start it, then stop it without hibernation."));
    }
    if row.is_classic() {
        crate::services::ec2::classic::launch::check_type(kind)?;
    }
    fit::machine(&row.image.to_string(), &row.machine, kind)?;
    fit::zone(kind, row.zone)?;
    fit::tenancy(kind, row.tenancy)?;
    fit::ebs_optimized(kind, row.ebs_optimized)?;
    let attached = interfaces::of_instance(world, region, id);
    if attached.len() > kind.max_interfaces() as usize {
        let text = format!(
            "Interface count {} exceeds the limit for {}",
            attached.len(),
            kind.name()
        );
        return Err(Error::new("AttachmentLimitExceeded", text).at("InstanceType"));
    }
    let before = row.instance_type;
    let disks = launch::stores_after_resize(row, kind, world.now);
    let credits = credits::default_of(world, region, kind);
    world.update(region, id, |row: &mut Instance| {
        row.instance_type = kind;
        row.ephemeral = disks;
        row.cpu = (i64::from(kind.cores()), i64::from(kind.threads_per_core()));
        row.cpu_credits = credits;
    });
    note(world, region, id, format!("type {} → {}", before.name(), kind.name()));
    Ok(())
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ResetInstanceAttribute.html>: kernel, ramdisk, sourceDestCheck.
pub(super) fn reset_instance_attribute(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let row = instance(request, world)?;
    let (id, image) = (row.id, row.image.to_string());
    let change = match need(request.params, field::ATTRIBUTE)? {
        "sourceDestCheck" => Change::SourceDestCheck(true),
        "ramdisk" => Change::Ramdisk(None),
        "kernel" => {
            let kernel = crate::services::ec2::storage::images::find(world, request.region, &image)
                .ok()
                .and_then(|image| image.kernel);
            Change::Kernel(
                kernel.ok_or_else(|| Error::combination("An HVM image has no kernel of its own.").at("Attribute"))?,
            )
        }
        other => {
            return Err(Error::new(
                "InvalidParameterValue",
                format!("The attribute '{other}' cannot be reset."),
            )
            .at("Attribute"));
        }
    };
    apply(world, request.region, id, change)?;
    done()
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyInstanceMetadataOptions.html>
pub(super) fn modify_instance_metadata_options(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let row = instance(request, world)?;
    let id = row.id;
    if matches!(row.state, InstanceState::ShuttingDown | InstanceState::Terminated) {
        let text = format!(
            "The instance '{id}' is '{}': its metadata options can no longer be modified.",
            row.state.name()
        );
        return Err(Error::new("IncorrectInstanceState", text).at("InstanceId"));
    }
    let mut metadata = row.metadata.clone();
    options::change_metadata(&mut metadata, request.params)?;
    metadata_defaults::enforce(world, request.region, &metadata)?;
    let answer = Structure::new().with(field::INSTANCE_ID, id).with(
        field::INSTANCE_METADATA_OPTIONS,
        describe::metadata_options(&metadata, "pending"),
    );
    world.update(request.region, id, |row: &mut Instance| row.metadata = metadata);
    note(world, request.region, id, "metadata options changed");
    Ok(answer)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_MonitorInstances.html>
pub(super) fn monitor_instances(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    set_monitoring(request, world, true)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_UnmonitorInstances.html>
pub(super) fn unmonitor_instances(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    set_monitoring(request, world, false)
}

fn set_monitoring(request: &Request<'_>, world: &mut World, on: bool) -> Result<Structure> {
    let ids: Vec<InstanceId> = listed(request, world)?.iter().map(|row| row.id).collect();
    let mut answer = Vec::new();
    for id in ids {
        let before = world.update(request.region, id, |row: &mut Instance| {
            std::mem::replace(&mut row.monitoring, on)
        });
        let state = match (before == Some(on), on) {
            (true, true) => "enabled",
            (true, false) => "disabled",
            (false, true) => "pending",
            (false, false) => "disabling",
        };
        if before != Some(on) {
            note(world, request.region, id, format!("detailed monitoring: {on}"));
        }
        let monitoring = Structure::new().with(field::STATE, state);
        answer.push(
            Structure::new()
                .with(field::INSTANCE_ID, id)
                .with(field::MONITORING, monitoring),
        );
    }
    Ok(Structure::new().with(field::INSTANCE_MONITORINGS, answer))
}
