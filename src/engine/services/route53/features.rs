//! Features of a hosted zone: accelerated recovery, by which records can still be changed when us-east-1 cannot be reached. Here
//! that Region never fails: what can be seen is that a zone has it, and that turning it on and off takes a while.
//! Source: <https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/accelerated-recovery.html>

use super::common::{invalid, note, zone};
use crate::base::error::{Error, Result};
use crate::base::time::{Span, Time};
use crate::services::Request;
use crate::world::World;
use crate::world::journal::Cause;
use crate::world::names::HostedZone;
use stratus_model::{Structure, field};

/// How long it takes to turn it on or off (ours).
const TAKES: Span = Span::minutes(10);

/// `AcceleratedRecoveryStatus`; `None` where it was never asked for.
fn status(row: &HostedZone, now: Time) -> Option<&'static str> {
    let (on, since) = row.recovery?;
    Some(match (on, now < since + TAKES) {
        (true, true) => "ENABLING",
        (true, false) => "ENABLED",
        (false, true) => "DISABLING",
        (false, false) => "DISABLED",
    })
}

/// `Features` of a zone.
pub(super) fn shown(row: &HostedZone, now: Time) -> Option<Structure> {
    let status = status(row, now)?;
    Some(Structure::new().with(field::ACCELERATED_RECOVERY_STATUS, status))
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_UpdateHostedZoneFeatures.html>: for public zones.
pub(super) fn update(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let params = request.params;
    let row = zone(world, params.text(field::HOSTED_ZONE_ID))?;
    let Some(on) = params.boolean(field::ENABLE_ACCELERATED_RECOVERY) else {
        return Ok(Structure::new());
    };
    if row.private.is_some() {
        let why = "Accelerated recovery is available only for public hosted zones.";
        return Err(invalid("EnableAcceleratedRecovery", why));
    }
    if on == row.recovery.is_some_and(|(on, _)| on) {
        return Ok(Structure::new());
    }
    if matches!(status(row, world.now), Some("ENABLING" | "DISABLING")) {
        let why = "The request was rejected because Route 53 was still processing a prior request.";
        return Err(Error::new("PriorRequestNotComplete", why).remedy("Wait some minutes, and try again."));
    }
    let (id, now) = (row.id, world.now);
    if let Some(row) = world.route53.zones.get_mut(&id) {
        row.recovery = Some((on, now));
    }
    let text = format!("accelerated recovery {}", if on { "on" } else { "off" });
    let cause = Cause::Call(world.calls);
    note(world, id, text, cause);
    Ok(Structure::new())
}
