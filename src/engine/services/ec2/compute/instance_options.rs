//! Calls that change one thing of an instance each: placement, maintenance, reservations, CPU, names.

use super::attributes::instance;
use super::launch::{fit, options};
use super::{dedicated, describe, placement};
use crate::base::error::{Error, Result};
use crate::base::ids::{HostId, InstanceId};
use crate::catalog::Region;
use crate::services::Request;
use crate::services::ec2::common::{note, returned};
use crate::world::World;
use crate::world::compute::{Instance, InstanceState, Tenancy};
use stratus_model::{Structure, field};

/// What the machine reads only when it starts can be changed only while it is stopped.
fn stopped<'w>(request: &Request<'_>, world: &'w World) -> Result<&'w Instance> {
    let row = instance(request, world)?;
    if row.state == InstanceState::Stopped {
        return Ok(row);
    }
    let text = format!("The instance '{}' is not in the 'stopped' state.", row.id);
    Err(Error::new("IncorrectInstanceState", text)
        .at("InstanceId")
        .remedy("Stop it first."))
}

fn living(row: &Instance) -> Result<InstanceId> {
    if matches!(row.state, InstanceState::ShuttingDown | InstanceState::Terminated) {
        let text = format!(
            "The instance '{}' is '{}': it can no longer be modified.",
            row.id,
            row.state.name()
        );
        return Err(Error::new("IncorrectInstanceState", text).at("InstanceId"));
    }
    Ok(row.id)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyInstancePlacement.html>
pub(super) fn modify_placement(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let row = stopped(request, world)?;
    let id = row.id;
    if params.contains(field::HOST_RESOURCE_GROUP_ARN) {
        let text = "Host resource groups are not simulated.";
        return Err(Error::new("UnsupportedOperation", text).at("HostResourceGroupArn"));
    }
    let affinity = params.text(field::AFFINITY);
    let (tenancy, host) = on_host(world, params, region, row)?;
    let leaves = params.text(field::GROUP_NAME) == Some("");
    let group = placement::asked(world, region, params)?.cloned();
    let number = params.integer(field::PARTITION_NUMBER);
    match &group {
        Some(group) => {
            placement::fits(group, row.instance_type)?;
            placement::check_partition(group, number)?;
            let other = placement::zone_of(world, region, &group.name).filter(|zone| *zone != row.zone);
            if let Some(zone) = other.filter(|_| group.strategy.name() == "cluster") {
                let text = format!(
                    "The placement group '{}' is in use in another availability zone: {}",
                    group.name,
                    zone.name()
                );
                return Err(Error::new("InvalidPlacementGroup.InUse", text).at("GroupName"));
            }
        }
        None if number.is_some() => {
            let name = row.placement_group.as_deref();
            match name.and_then(|name| placement::named(world, region, name)) {
                Some(group) => placement::check_partition(group, number)?,
                None => {
                    let text = "PartitionNumber can only be specified for an instance in a placement group with strategy partition.";
                    return Err(Error::combination(text).at("PartitionNumber"));
                }
            }
        }
        None => {}
    }
    world.update(region, id, |row: &mut Instance| {
        if leaves || group.is_some() {
            row.placement_group = group.map(|group| group.name);
            row.more.partition = None;
        }
        row.more.partition = number.or(row.more.partition);
        row.tenancy = tenancy;
        if let Some(affinity) = affinity {
            row.more.host_affinity = affinity == "host";
            row.more.wanted_host = None;
        }
        row.more.wanted_host = host.or(row.more.wanted_host);
        if tenancy != Tenancy::Host {
            row.more.host_affinity = false;
            row.more.wanted_host = None;
        }
    });
    note(world, region, id, "placement changed");
    returned()
}

/// The tenancy that an instance is to have, and the Dedicated Host that its next start is to go to.
///
/// # Errors
/// `InvalidHostID.NotFound`, `InvalidTenancy`, `InvalidParameterCombination`, `Unsupported`.
fn on_host(world: &World, params: &Structure, region: Region, row: &Instance) -> Result<(Tenancy, Option<HostId>)> {
    let host = match params.text(field::HOST_ID).filter(|text| !text.is_empty()) {
        Some(text) => {
            let only = Structure::new().with(field::HOST_ID, text);
            dedicated::asked(world, region, &only).map_err(|error| error.at("HostId"))?
        }
        None => None,
    };
    let tenancy = match params.text(field::TENANCY) {
        Some(tenancy) => change_tenancy(row, tenancy)?,
        None => row.tenancy,
    };
    let bound = params.text(field::AFFINITY) == Some("host");
    if tenancy == Tenancy::Host {
        fit::tenancy(row.instance_type, tenancy)?;
        let joins =
            params.contains(field::GROUP_ID) || params.text(field::GROUP_NAME).is_some_and(|name| !name.is_empty());
        let leaves = params.text(field::GROUP_NAME) == Some("");
        if joins || row.placement_group.is_some() && !leaves {
            let text = "Placement groups are not supported for Dedicated Hosts.";
            return Err(Error::combination(text).at("Tenancy"));
        }
    } else if host.is_some() || bound {
        let (what, at) = if bound {
            ("affinity 'host'", "Affinity")
        } else {
            ("host ID", "HostId")
        };
        let text = format!("The {what} requires the tenancy 'host'.");
        return Err(Error::combination(text).at(at));
    }
    Ok((tenancy, host))
}

/// Between `dedicated` and `host` only.
/// <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/dedicated-change-tenancy.html>
fn change_tenancy(row: &Instance, tenancy: &str) -> Result<Tenancy> {
    if tenancy == row.tenancy.name() {
        return Ok(row.tenancy);
    }
    if row.tenancy == Tenancy::Default || tenancy == "default" {
        let text = format!(
            "The tenancy of the instance '{}' cannot be changed from '{}' to '{tenancy}'.",
            row.id,
            row.tenancy.name()
        );
        return Err(Error::new("InvalidTenancy", text).at("Tenancy"));
    }
    Ok(if tenancy == "host" {
        Tenancy::Host
    } else {
        Tenancy::Dedicated
    })
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyInstanceMaintenanceOptions.html>
pub(super) fn modify_maintenance(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let id = living(instance(request, world)?)?;
    let (recovery, migration) = (params.text(field::AUTO_RECOVERY), params.text(field::REBOOT_MIGRATION));
    if recovery.is_none() && migration.is_none() {
        return Err(Error::combination("AutoRecovery or RebootMigration must be specified."));
    }
    let shown = world.update(region, id, |row: &mut Instance| {
        row.auto_recovery = recovery.map_or(row.auto_recovery, |text| text != "disabled");
        row.more.stays_at_reboot = migration.map_or(row.more.stays_at_reboot, |text| text == "disabled");
        describe::maintenance(row)
    });
    note(world, region, id, "maintenance options changed");
    let shown = shown.unwrap_or_default();
    let migration = shown.text(field::REBOOT_MIGRATION).unwrap_or("default").to_owned();
    Ok(shown
        .with(field::INSTANCE_ID, id)
        .with(field::REBOOT_MIGRATION, migration))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyInstanceCapacityReservationAttributes.html>
pub(super) fn modify_reservation(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let id = stopped(request, world)?.id;
    let nothing = Structure::new();
    let wanted = params
        .structure(field::CAPACITY_RESERVATION_SPECIFICATION)
        .unwrap_or(&nothing);
    let preference = wanted.text(field::CAPACITY_RESERVATION_PREFERENCE);
    if let Some(target) = wanted.structure(field::CAPACITY_RESERVATION_TARGET) {
        if preference.is_some_and(|text| text != "capacity-reservations-only") {
            let text = "CapacityReservationPreference and CapacityReservationTarget cannot be specified together.";
            return Err(Error::combination(text).at("CapacityReservationSpecification"));
        }
        let named = target.text(field::CAPACITY_RESERVATION_ID).unwrap_or_default();
        let text = format!("The capacity reservation '{named}' does not exist.");
        return Err(Error::new("InvalidCapacityReservationId.NotFound", text).at("CapacityReservationTarget"));
    }
    let preference = preference.ok_or_else(|| Error::missing("CapacityReservationPreference"))?;
    let kept = Some(preference.to_owned()).filter(|text| text != "open");
    world.update(region, id, |row: &mut Instance| row.more.reservation_preference = kept);
    note(world, region, id, format!("capacity reservations: {preference}"));
    returned()
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyInstanceCpuOptions.html>
pub(super) fn modify_cpu(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let row = stopped(request, world)?;
    for name in [field::CORE_COUNT, field::THREADS_PER_CORE] {
        if !params.contains(name) {
            return Err(Error::missing(name.text()));
        }
    }
    let cpu = options::cpu(Some(params), row.instance_type)?;
    let id = row.id;
    world.update(region, id, |row: &mut Instance| row.cpu = cpu);
    note(world, region, id, format!("{} cores of {} threads", cpu.0, cpu.1));
    Ok(Structure::new()
        .with(field::INSTANCE_ID, id)
        .with(field::CORE_COUNT, cpu.0)
        .with(field::THREADS_PER_CORE, cpu.1))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyInstanceNetworkPerformanceOptions.html>: only while it is
/// stopped.
pub(super) fn modify_network_performance(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let row = stopped(request, world)?;
    let (id, bandwidth) = (row.id, options::bandwidth(Some(params), row.instance_type)?);
    let shown = bandwidth.clone().unwrap_or_else(|| "default".to_owned());
    world.update(region, id, |row: &mut Instance| row.more.bandwidth = bandwidth);
    note(world, region, id, format!("bandwidth weighting: {shown}"));
    Ok(Structure::new()
        .with(field::INSTANCE_ID, id)
        .with(field::BANDWIDTH_WEIGHTING, shown))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyPrivateDnsNameOptions.html>: the type of the name only while
/// it is stopped.
pub(super) fn modify_names(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let kind = params.text(field::PRIVATE_DNS_HOSTNAME_TYPE);
    let id = match kind {
        Some(_) => stopped(request, world)?.id,
        None => living(instance(request, world)?)?,
    };
    world.update(region, id, |row: &mut Instance| {
        let names = &mut row.names;
        if let Some(kind) = kind {
            names.hostname_type = kind.to_owned();
        }
        let flag = |name, old| params.boolean(name).unwrap_or(old);
        names.a_record = flag(field::ENABLE_RESOURCE_NAME_DNS_A_RECORD, names.a_record);
        names.aaaa_record = flag(field::ENABLE_RESOURCE_NAME_DNS_AAAA_RECORD, names.aaaa_record);
    });
    note(world, region, id, "private DNS name options changed");
    returned()
}
