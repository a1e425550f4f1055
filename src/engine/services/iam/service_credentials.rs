//! Passwords of users for single services (CodeCommit, Keyspaces). The password is answered when it is made, and no more.

use super::access_keys::{status, wanted};
use super::common::{Page, beyond, change, needed, no_such, seconds, unique_id, user, user_or_caller};
use super::limits;
use crate::base::error::{Error, Result};
use crate::base::random::Stream;
use crate::principal::secret;
use crate::services::Request;
use crate::world::World;
use crate::world::identity::{ServiceCredential, User};
use stratus_model::{Structure, Value, field};

/// The services that have such passwords.
const SERVICES: [&str; 2] = ["cassandra.amazonaws.com", "codecommit.amazonaws.com"];

fn describe(user: &str, row: &ServiceCredential) -> Structure {
    Structure::new()
        .with(field::USER_NAME, user)
        .with(field::STATUS, status(row.active))
        .with(field::SERVICE_USER_NAME, row.user_name.clone())
        .with(field::CREATE_DATE, seconds(row.created))
        .with(field::SERVICE_SPECIFIC_CREDENTIAL_ID, row.id.clone())
        .with(field::SERVICE_NAME, row.service.clone())
}

/// With the password: at its making and its resetting only.
fn shown(user: &str, row: &ServiceCredential) -> Structure {
    let answer = describe(user, row).with(field::SERVICE_PASSWORD, row.password.clone());
    Structure::new().with(field::SERVICE_SPECIFIC_CREDENTIAL, answer)
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateServiceSpecificCredential.html>
pub(super) fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let user = user(world, needed(request, field::USER_NAME))?;
    let service = needed(request, field::SERVICE_NAME);
    if !SERVICES.contains(&service) {
        let why = format!("No such service {service} is supported for Service Specific Credentials");
        return Err(Error::new("NotSupportedService", why)
            .with_status(404)
            .at("ServiceName"));
    }
    let of_service = user
        .service_credentials
        .iter()
        .filter(|row| row.service == service)
        .count();
    if of_service >= limits::SERVICE_CREDENTIALS {
        return Err(beyond("ServiceSpecificCredentialsPerUser", limits::SERVICE_CREDENTIALS));
    }
    let name = user.name.clone();
    let suffix = if of_service == 0 {
        String::new()
    } else {
        format!("+{of_service}")
    };
    let user_name = format!("{name}{suffix}-at-{}", world.account());
    let mut rng = world.random.next(Stream::Secrets);
    let row = ServiceCredential {
        id: unique_id(world, "ACCA"),
        service: service.to_owned(),
        user_name,
        password: format!("{}=", secret(&mut rng)),
        active: true,
        created: world.now,
    };
    let answer = shown(&name, &row);
    change(&mut world.iam.users, &name, |user| user.service_credentials.push(row));
    Ok(answer)
}

fn found<'w>(request: &Request<'_>, world: &'w World) -> Result<(&'w User, &'w ServiceCredential)> {
    let user = user_or_caller(request, world)?;
    let id = needed(request, field::SERVICE_SPECIFIC_CREDENTIAL_ID);
    let row = user.service_credentials.iter().find(|row| row.id == id);
    row.map(|row| (user, row)).ok_or_else(|| {
        let why = format!("No such credential {id} exists");
        no_such(why).at("ServiceSpecificCredentialId")
    })
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListServiceSpecificCredentials.html>
/// Oldest first; of all users, by user.
pub(super) fn list(request: &Request<'_>, world: &World) -> Result<Structure> {
    let params = request.params;
    let users: Vec<&User> = if params.boolean(field::ALL_USERS) == Some(true) {
        world.iam.users.rows().collect()
    } else {
        vec![user_or_caller(request, world)?]
    };
    let wanted = params.text(field::SERVICE_NAME);
    let rows: Vec<(usize, Structure)> = users
        .iter()
        .flat_map(|user| user.service_credentials.iter().map(|row| (user.name.as_str(), row)))
        .filter(|(_, row)| wanted.is_none_or(|wanted| row.service == wanted))
        .map(|(user, row)| describe(user, row))
        .enumerate()
        .collect();
    let page = Page::of(params)?;
    let place = |row: &(usize, Structure)| format!("{:08}", row.0);
    Ok(
        page.answer(field::SERVICE_SPECIFIC_CREDENTIALS, rows, place, |(_, row)| {
            Value::from(row)
        }),
    )
}

/// Changes the credential that a call names, and tells how it is then.
fn update_row(
    request: &Request<'_>,
    world: &mut World,
    what: impl FnOnce(&mut ServiceCredential),
) -> Result<(String, ServiceCredential)> {
    let (user, row) = found(request, world)?;
    let (name, mut row) = (user.name.clone(), row.clone());
    what(&mut row);
    change(&mut world.iam.users, &name, |user| {
        if let Some(old) = user.service_credentials.iter_mut().find(|old| old.id == row.id) {
            *old = row.clone();
        }
    });
    Ok((name, row))
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateServiceSpecificCredential.html>
pub(super) fn update(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let active = wanted(request)?;
    update_row(request, world, |row| row.active = active)?;
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ResetServiceSpecificCredential.html>
pub(super) fn reset(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    found(request, world)?;
    let mut rng = world.random.next(Stream::Secrets);
    let password = format!("{}=", secret(&mut rng));
    let (user, row) = update_row(request, world, |row| row.password = password)?;
    Ok(shown(&user, &row))
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteServiceSpecificCredential.html>
pub(super) fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (user, row) = found(request, world)?;
    let (name, id) = (user.name.clone(), row.id.clone());
    change(&mut world.iam.users, &name, |user| {
        user.service_credentials.retain(|row| row.id != id)
    });
    Ok(Structure::new())
}
