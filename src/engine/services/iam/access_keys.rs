//! Access keys of users. The secret is answered once, when the key is made.

use super::common::{Page, access_key, change, key, limit_exceeded, needed, no_such, note, seconds, user_or_caller};
use super::limits;
use crate::base::error::{Error, Result};
use crate::base::random::Stream;
use crate::principal::secret;
use crate::services::Request;
use crate::world::World;
use crate::world::identity::AccessKey;
use stratus_model::{Structure, Value, field};

/// `Active` or `Inactive`.
pub(super) fn status(active: bool) -> &'static str {
    if active { "Active" } else { "Inactive" }
}

/// The status that an update asks for; `Expired` is none that one can ask for.
pub(super) fn wanted(request: &Request<'_>) -> Result<bool> {
    match needed(request, field::STATUS) {
        "Active" => Ok(true),
        "Inactive" => Ok(false),
        other => {
            let why = format!("The status {other} cannot be set.");
            Err(super::common::invalid(field::STATUS, why))
        }
    }
}

fn missing(id: &str) -> Error {
    no_such(format!("The Access Key with id {id} cannot be found")).at("AccessKeyId")
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html>
pub(super) fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let user = user_or_caller(request, world)?;
    if user.access_keys.len() >= limits::ACCESS_KEYS {
        let why = format!("Cannot exceed quota for AccessKeysPerUser: {}", limits::ACCESS_KEYS);
        return Err(limit_exceeded(why));
    }
    let name = user.name.clone();
    let mut rng = world.random.next(Stream::AccessKeys);
    let row = AccessKey {
        id: access_key(&mut rng, "AKIA", world.options.account),
        user: key(&name),
        secret: secret(&mut rng),
        active: true,
        created: world.now,
        last_used: None,
    };
    let answer = Structure::new()
        .with(field::USER_NAME, name.clone())
        .with(field::ACCESS_KEY_ID, row.id.clone())
        .with(field::STATUS, "Active")
        .with(field::SECRET_ACCESS_KEY, row.secret.clone())
        .with(field::CREATE_DATE, seconds(row.created));
    change(&mut world.iam.users, &name, |user| {
        user.access_keys.push(row.id.clone())
    });
    note(world, format!("user {name}: access key {} created", row.id));
    world.iam.access_keys.insert(row.id.clone(), row);
    Ok(Structure::new().with(field::ACCESS_KEY, answer))
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccessKeys.html>
/// Oldest first. Root has none.
pub(super) fn list(request: &Request<'_>, world: &World) -> Result<Structure> {
    let named = request.params.contains(field::USER_NAME);
    let rows: Vec<(usize, &AccessKey, &str)> = if !named && request.principal.arn.ends_with(":root") {
        Vec::new()
    } else {
        let user = user_or_caller(request, world)?;
        let keys = user.access_keys.iter().filter_map(|id| world.iam.access_keys.get(id));
        keys.enumerate()
            .map(|(place, row)| (place, row, user.name.as_str()))
            .collect()
    };
    let show = |(_, row, user): (usize, &AccessKey, &str)| {
        Structure::new()
            .with(field::USER_NAME, user)
            .with(field::ACCESS_KEY_ID, row.id.clone())
            .with(field::STATUS, status(row.active))
            .with(field::CREATE_DATE, seconds(row.created))
            .into()
    };
    let page = Page::of(request.params)?;
    Ok(page.answer(
        field::ACCESS_KEY_METADATA,
        rows,
        |(place, _, _)| place.to_string(),
        show,
    ))
}

/// The key that a call names, which has to be the user's.
fn found<'w>(request: &Request<'_>, world: &'w World) -> Result<(&'w str, &'w AccessKey)> {
    let user = user_or_caller(request, world)?;
    let id = needed(request, field::ACCESS_KEY_ID).to_owned();
    let row = world
        .iam
        .access_keys
        .get(&id)
        .filter(|_| user.access_keys.contains(&id));
    row.map(|row| (user.name.as_str(), row)).ok_or_else(|| missing(&id))
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccessKey.html>
pub(super) fn update(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (_, row) = found(request, world)?;
    let (id, active) = (row.id.clone(), wanted(request)?);
    if let Some(row) = world.iam.access_keys.get_mut(&id) {
        row.active = active;
    }
    note(world, format!("access key {id}: {}", status(active)));
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccessKey.html>
pub(super) fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (user, row) = found(request, world)?;
    let (user, id) = (user.to_owned(), row.id.clone());
    change(&mut world.iam.users, &user, |user| {
        user.access_keys.retain(|known| *known != id)
    });
    world.iam.access_keys.remove(&id);
    note(world, format!("user {user}: access key {id} deleted"));
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccessKeyLastUsed.html>
pub(super) fn last_used(request: &Request<'_>, world: &World) -> Result<Structure> {
    let id = needed(request, field::ACCESS_KEY_ID).to_owned();
    let row = world.iam.access_keys.get(&id).ok_or_else(|| missing(&id))?;
    let user = world.iam.users.get(&row.user).map(|user| user.name.clone());
    let used = match &row.last_used {
        None => Structure::new()
            .with(field::SERVICE_NAME, "N/A")
            .with(field::REGION, "N/A"),
        Some((at, region, service)) => Structure::new()
            .with(field::LAST_USED_DATE, seconds(*at))
            .with(field::SERVICE_NAME, service.clone())
            .with(field::REGION, region.name()),
    };
    Ok(Structure::new()
        .with_some(field::USER_NAME, user)
        .with(field::ACCESS_KEY_LAST_USED, Value::from(used)))
}
