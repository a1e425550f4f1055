//! Whether the account lets people connect to the serial consoles of its instances in a Region. Nobody connects to one here:
//! only the switch is kept.
//!
//! <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configure-access-to-serial-console.html>

use crate::base::error::Result;
use crate::services::Request;
use crate::world::World;
use stratus_model::{Structure, field};

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetSerialConsoleAccessStatus.html>
pub(super) fn get(request: &Request<'_>, world: &World) -> Result<Structure> {
    let on = world.ec2(request.region).is_some_and(|ec2| ec2.settings.serial_console);
    Ok(answer(on).with(field::MANAGED_BY, "account"))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableSerialConsoleAccess.html>
pub(super) fn enable(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    Ok(set(request, world, true))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisableSerialConsoleAccess.html>
pub(super) fn disable(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    Ok(set(request, world, false))
}

fn set(request: &Request<'_>, world: &mut World, on: bool) -> Structure {
    if let Some(ec2) = world.regions.get_mut(&request.region) {
        ec2.settings.serial_console = on;
    }
    answer(on)
}

fn answer(on: bool) -> Structure {
    Structure::new().with(field::SERIAL_CONSOLE_ACCESS_ENABLED, on)
}
