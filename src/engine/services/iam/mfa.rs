//! Virtual MFA devices.
//!
//! Codes of a real device follow from real time, which is not the world's: any two different codes of six digits are taken
//! for right (ours). There is no picture of the seed (QRCodePNG).

use super::common::{
    Page, change, conflict, exists, limit_exceeded, needed, no_such, note, path, seconds, some_tags, user,
    user_or_caller,
};
use super::{limits, tags, users};
use crate::base::error::{Error, Result};
use crate::base::random::Stream;
use crate::principal::letters;
use crate::services::Request;
use crate::world::World;
use crate::world::identity::MfaDevice;
use stratus_model::{Structure, Value, field};

/// Letters of a seed (AWS).
const SEED: usize = 64;

/// A device by its serial number.
pub(super) fn device<'w>(world: &'w World, serial: &str) -> Result<&'w MfaDevice> {
    let found = world.iam.mfa_devices.get(&serial.to_owned());
    found.ok_or_else(|| {
        no_such(format!("VirtualMFADevice with serial number {serial} doesn't exist.")).at("SerialNumber")
    })
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateVirtualMFADevice.html>
pub(super) fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let name = needed(request, field::VIRTUAL_MFA_DEVICE_NAME);
    let serial = format!("arn:aws:iam::{}:mfa{}{name}", world.account(), path(request));
    if world.iam.mfa_devices.contains(&serial) {
        return Err(exists("MFADevice entity at the same path and name already exists.").at("VirtualMFADeviceName"));
    }
    let tags = tags::given(request.params)?;
    let mut rng = world.random.next(Stream::Secrets);
    let row = MfaDevice {
        serial: serial.clone(),
        seed: letters(&mut rng, SEED),
        user: None,
        tags,
    };
    let answer = Structure::new()
        .with(field::SERIAL_NUMBER, serial.clone())
        .with(field::BASE32_STRING_SEED, Value::Blob(row.seed.clone().into_bytes()))
        .with_some(field::TAGS, some_tags(&row.tags));
    world.iam.mfa_devices.insert(serial, row);
    Ok(Structure::new().with(field::VIRTUAL_MFA_DEVICE, answer))
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteVirtualMFADevice.html>
pub(super) fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let row = device(world, needed(request, field::SERIAL_NUMBER))?;
    if row.user.is_some() {
        return Err(conflict("MFA VirtualDevice in use. Must deactivate first.").at("SerialNumber"));
    }
    let serial = row.serial.clone();
    world.iam.mfa_devices.remove(&serial);
    Ok(Structure::new())
}

/// Two codes that follow one another are never the same.
fn codes(request: &Request<'_>) -> Result<()> {
    if needed(request, field::AUTHENTICATION_CODE1) == needed(request, field::AUTHENTICATION_CODE2) {
        let why = "Authentication code for device is not valid.";
        return Err(Error::new("InvalidAuthenticationCode", why)
            .with_status(403)
            .at("AuthenticationCode2"));
    }
    Ok(())
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_EnableMFADevice.html>
pub(super) fn enable(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let user = user(world, needed(request, field::USER_NAME))?;
    let serial = device(world, needed(request, field::SERIAL_NUMBER))?;
    if serial.user.is_some() {
        return Err(exists("MFA Device is already in use.").at("SerialNumber"));
    }
    codes(request)?;
    if user.mfa.len() >= limits::MFA_DEVICES {
        let why = format!("Cannot exceed quota for MFADevicesPerUser: {}", limits::MFA_DEVICES);
        return Err(limit_exceeded(why));
    }
    let (name, serial, now) = (user.name.clone(), serial.serial.clone(), world.now);
    change(&mut world.iam.users, &name, |user| user.mfa.push((serial.clone(), now)));
    if let Some(row) = world.iam.mfa_devices.get_mut(&serial) {
        row.user = Some((super::common::key(&name), now));
    }
    note(world, format!("user {name}: MFA device enabled"));
    Ok(Structure::new())
}

/// The user and the device of it that a call names.
fn enabled(request: &Request<'_>, world: &World) -> Result<(String, String)> {
    let serial = needed(request, field::SERIAL_NUMBER);
    let user = user_or_caller(request, world)?;
    if !user.mfa.iter().any(|(known, _)| known == serial) {
        let why = format!("MFA Device invalid for user {}.", user.name);
        return Err(no_such(why).at("SerialNumber"));
    }
    Ok((user.name.clone(), serial.to_owned()))
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeactivateMFADevice.html>
pub(super) fn deactivate(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (user, serial) = enabled(request, world)?;
    change(&mut world.iam.users, &user, |user| {
        user.mfa.retain(|(known, _)| *known != serial)
    });
    if let Some(row) = world.iam.mfa_devices.get_mut(&serial) {
        row.user = None;
    }
    note(world, format!("user {user}: MFA device disabled"));
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ResyncMFADevice.html>
pub(super) fn resync(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    enabled(request, world)?;
    codes(request)?;
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetMFADevice.html>
pub(super) fn get(request: &Request<'_>, world: &World) -> Result<Structure> {
    let row = device(world, needed(request, field::SERIAL_NUMBER))?;
    let holder = row
        .user
        .as_ref()
        .and_then(|(name, since)| Some((world.iam.users.get(name)?.name.clone(), *since)));
    if let Some(wanted) = request.params.text(field::USER_NAME)
        && holder
            .as_ref()
            .is_none_or(|(name, _)| super::common::key(name) != super::common::key(wanted))
    {
        return Err(no_such(format!("MFA Device invalid for user {wanted}.")).at("SerialNumber"));
    }
    let (name, since) = holder.unzip();
    Ok(Structure::new()
        .with_some(field::USER_NAME, name)
        .with(field::SERIAL_NUMBER, row.serial.clone())
        .with_some(field::ENABLE_DATE, since.map(seconds)))
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListMFADevices.html>
pub(super) fn list(request: &Request<'_>, world: &World) -> Result<Structure> {
    let user = user_or_caller(request, world)?;
    let rows = user.mfa.clone();
    let show = |(serial, since): (String, crate::base::time::Time)| {
        Structure::new()
            .with(field::USER_NAME, user.name.clone())
            .with(field::SERIAL_NUMBER, serial)
            .with(field::ENABLE_DATE, seconds(since))
            .into()
    };
    let mut rows = rows;
    stratus_model::sort::sort(&mut rows);
    Ok(Page::of(request.params)?.answer(field::MFA_DEVICES, rows, |(serial, _)| serial.clone(), show))
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListVirtualMFADevices.html>
/// By serial number.
pub(super) fn list_virtual(request: &Request<'_>, world: &World) -> Result<Structure> {
    let wanted = request.params.text(field::ASSIGNMENT_STATUS).unwrap_or("Any");
    let rows: Vec<&MfaDevice> = world
        .iam
        .mfa_devices
        .rows()
        .filter(|row| wanted == "Any" || (wanted == "Assigned") == row.user.is_some())
        .collect();
    let show = |row: &MfaDevice| {
        let holder = row.user.as_ref().and_then(|(name, _)| world.iam.users.get(name));
        Structure::new()
            .with(field::SERIAL_NUMBER, row.serial.clone())
            .with_some(field::USER, holder.map(|user| users::describe(world, user)))
            .with_some(field::ENABLE_DATE, row.user.as_ref().map(|(_, since)| seconds(*since)))
            .into()
    };
    let page = Page::of(request.params)?;
    Ok(page.answer(field::VIRTUAL_MFA_DEVICES, rows, |row| row.serial.clone(), show))
}
