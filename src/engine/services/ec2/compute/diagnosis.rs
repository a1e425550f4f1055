//! Calls for when something seems wrong with an instance: reports to AWS, a diagnostic interrupt, what the screen shows,
//! and where in the network it is.

use super::attributes::instance;
use super::lifecycle::{self, listed};
use super::{describe, guest};
use crate::base::error::{Error, Result};
use crate::base::ids::Kind;
use crate::catalog::instance_types::Hypervisor;
use crate::services::Request;
use crate::services::ec2::common::{Filters, done, find, note, page};
use crate::world::World;
use crate::world::compute::{Instance, InstanceState, NODE_SHIFT};
use sha2::{Digest, Sha256};
use stratus_model::{Structure, field};

/// A black screen of 64 by 48 dots as a JPEG in base64: what a server shows that nobody has logged in to (ours).
const SCREEN: &str = "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAFA3PEY8MlBGQUZaVVBfeMiCeG5uePWvuZHI////////////////////////////////////////////////////wAALCAAwAEABAREA/8QAFQABAQAAAAAAAAAAAAAAAAAAAAT/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/9oACAEBAAA/AIgAAAAAAAAAAAAAAAf/2Q==";

/// Families whose place in the network AWS tells.
/// <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-topology-prerequisites.html>
const TOPOLOGY: [&str; 14] = [
    "g6e", "hpc6a", "hpc6id", "hpc7a", "hpc7g", "p3dn", "p4d", "p4de", "p5", "p5e", "p5en", "trn1", "trn1n", "trn2",
];

fn running<'w>(request: &Request<'_>, world: &'w World) -> Result<&'w Instance> {
    let row = instance(request, world)?;
    if row.state == InstanceState::Running {
        return Ok(row);
    }
    let text = format!("The instance '{}' is not in the 'running' state.", row.id);
    Err(Error::new("IncorrectInstanceState", text).at("InstanceId"))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReportInstanceStatus.html>: changes no status.
pub(super) fn report_status(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let params = request.params;
    if params.list(field::INSTANCES).is_empty() {
        return Err(Error::missing("InstanceId"));
    }
    if params.list(field::REASON_CODES).is_empty() {
        return Err(Error::missing("ReasonCode"));
    }
    let mut ids = Vec::new();
    for text in params.texts(field::INSTANCES) {
        let row = find::<Instance>(world, request.region, Kind::Instance, text)?;
        if row.state != InstanceState::Running {
            let text = format!("The instance '{}' is not in the 'running' state.", row.id);
            return Err(Error::new("IncorrectInstanceState", text).at("Instances"));
        }
        ids.push(row.id);
    }
    let (start, end) = (params.timestamp(field::START_TIME), params.timestamp(field::END_TIME));
    if let (Some(start), Some(end)) = (start, end)
        && end < start
    {
        return Err(Error::invalid("EndTime", "it is before StartTime"));
    }
    let reasons: Vec<&str> = params.texts(field::REASON_CODES).collect();
    let status = params.text(field::STATUS).unwrap_or_default();
    for id in ids {
        note(
            world,
            request.region,
            id,
            format!("reported as {status}: {}", reasons.join(", ")),
        );
    }
    done()
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SendDiagnosticInterrupt.html>: the guest's kernel panics, and
/// starts again as a stock image does.
pub(super) fn send_interrupt(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let row = running(request, world)?;
    let id = row.id;
    if row.instance_type.hypervisor() != Hypervisor::Nitro {
        let text = format!(
            "The instance type '{}' does not support diagnostic interrupts.",
            row.instance_type.name()
        );
        return Err(Error::new("UnsupportedOperation", text).at("InstanceId"));
    }
    let windows = row.machine.is_windows();
    let line = if windows {
        "*** Hardware Malfunction: NMI received ***"
    } else {
        "Kernel panic - not syncing: NMI: Not continuing"
    };
    let now = world.now;
    world.update(request.region, id, |row: &mut Instance| {
        guest::console::write(&mut row.guest, now, vec![line.to_owned()]);
    });
    note(world, request.region, id, "a diagnostic interrupt: its kernel panics");
    lifecycle::reboot(world, request.region, id);
    done()
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetConsoleScreenshot.html>
pub(super) fn screenshot(request: &Request<'_>, world: &World) -> Result<Structure> {
    let row = running(request, world)?;
    if row.instance_type.size().starts_with("metal") {
        let text = format!(
            "Console screenshots are not supported for the instance type '{}'.",
            row.instance_type.name()
        );
        return Err(Error::new("UnsupportedOperation", text).at("InstanceId"));
    }
    Ok(Structure::new()
        .with(field::INSTANCE_ID, row.id)
        .with(field::IMAGE_DATA, SCREEN))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetInstanceUefiData.html>. No guest here has a variable store of
/// its own, so that there is nothing to read where the boot mode is UEFI either.
pub(super) fn uefi_data(request: &Request<'_>, world: &World) -> Result<Structure> {
    let row = instance(request, world)?;
    let text = if row.machine.boot_mode.starts_with("uefi") {
        format!("The instance '{}' has not stored any UEFI data.", row.id)
    } else {
        format!("The instance '{}' does not use the boot mode UEFI.", row.id)
    };
    Err(Error::new("UnsupportedOperation", text).at("InstanceId"))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceTopology.html>: running instances of the types
/// that AWS tells it for. The nodes follow from the physical host (ours).
pub(super) fn topology(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let filters = Filters::read(params)?;
    filters.check_names(|name| matches!(name, "availability-zone" | "instance-type" | "zone-id"))?;
    let named = !params.list(field::INSTANCE_IDS).is_empty();
    if named && params.contains(field::MAX_RESULTS) {
        let text = "The parameter instancesSet cannot be used with the parameter maxResults";
        return Err(Error::combination(text).at("MaxResults"));
    }
    let rows = if named {
        listed(request, world)?
    } else {
        describe::rows(request, world)?
    };
    let groups: Vec<&str> = params.texts(field::GROUP_NAMES).collect();
    let mut found = Vec::new();
    for row in rows {
        let known = TOPOLOGY.contains(&row.instance_type.family()) && row.state == InstanceState::Running;
        let group = row.placement_group.as_deref();
        if !known || !(groups.is_empty() || group.is_some_and(|group| groups.contains(&group))) {
            continue;
        }
        let values = |name: &str| {
            Some(vec![match name {
                "availability-zone" => row.zone.name(),
                "zone-id" => row.zone.id(),
                _ => row.instance_type.name().to_owned(),
            }])
        };
        if filters.pass(world, region, row.id, values)? {
            found.push(
                Structure::new()
                    .with(field::INSTANCE_ID, row.id)
                    .with(field::INSTANCE_TYPE, row.instance_type.name())
                    .with_some(field::GROUP_NAME, group)
                    .with(field::NETWORK_NODES, nodes(row))
                    .with(field::AVAILABILITY_ZONE, row.zone.name())
                    .with(field::ZONE_ID, row.zone.id()),
            );
        }
    }
    let (found, next) = page(found, params, 1)?;
    Ok(Structure::new()
        .with(field::INSTANCES, found)
        .with_some(field::NEXT_TOKEN, next))
}

/// Three layers of the network, the farthest first.
fn nodes(row: &Instance) -> Vec<String> {
    let host = row.host.map_or(0, |host| host.0);
    // The nearest node is the switch that a cluster placement group keeps to; a zone is one whole.
    [("zone", 0), ("row", host >> 60), ("rack", host >> NODE_SHIFT)]
        .into_iter()
        .map(|(layer, number)| {
            let digest = Sha256::digest(format!("{layer} {number} {}", row.zone.name()).as_bytes());
            let digits: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
            format!("nn-0{digits}")
        })
        .collect()
}
