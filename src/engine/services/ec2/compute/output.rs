//! GetConsoleOutput and GetPasswordData: what a machine says before anybody can log in.

use super::guest::console;
use crate::base::error::{Error, Result};
use crate::base::ids::Kind;
use crate::catalog::instance_types::Hypervisor;
use crate::services::Request;
use crate::services::ec2::common::{find, need};
use crate::world::World;
use crate::world::compute::Instance;
use base64::Engine as _;
use stratus_model::{Structure, field};

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetConsoleOutput.html>. Our console has no delay, so `Latest`,
/// which only Nitro knows, shows the same.
pub(super) fn get_console_output(request: &Request<'_>, world: &World) -> Result<Structure> {
    let row = instance(request, world)?;
    if request.params.boolean(field::LATEST) == Some(true) && row.instance_type.hypervisor() != Hypervisor::Nitro {
        let text = format!(
            "The latest console output is not supported for the instance type '{}'.",
            row.instance_type.name()
        );
        return Err(Error::new("UnsupportedOperation", text).at("Latest"));
    }
    let (text, last) = console::text(&row.guest);
    let output = base64::engine::general_purpose::STANDARD.encode(text);
    let answer = Structure::new()
        .with(field::INSTANCE_ID, row.id)
        .with(field::TIMESTAMP, last.unwrap_or(row.launched));
    Ok(answer.with_some(field::OUTPUT, last.map(|_| output)))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetPasswordData.html>: empty until Windows has made the password,
/// and for ever where there is no RSA key pair to encrypt it with.
pub(super) fn get_password_data(request: &Request<'_>, world: &World) -> Result<Structure> {
    let row = instance(request, world)?;
    if !row.machine.is_windows() {
        let text = format!("The instance '{}' is not a Windows instance.", row.id);
        return Err(Error::new("InvalidParameterValue", text).at("InstanceId"));
    }
    let ready = row
        .password
        .as_ref()
        .filter(|(time, _)| *time <= world.now && row.has_run);
    Ok(Structure::new()
        .with(field::INSTANCE_ID, row.id)
        .with(field::TIMESTAMP, ready.map_or(world.now, |(time, _)| *time))
        .with(
            field::PASSWORD_DATA,
            ready.map(|(_, text)| text.clone()).unwrap_or_default(),
        ))
}

fn instance<'w>(request: &Request<'_>, world: &'w World) -> Result<&'w Instance> {
    find(
        world,
        request.region,
        Kind::Instance,
        need(request.params, field::INSTANCE_ID)?,
    )
}
