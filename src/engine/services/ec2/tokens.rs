//! Idempotency: a call that is repeated with its token makes nothing new.
//! Source: <https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-idempotency.html>

use crate::base::error::{Error, Result};
use crate::base::ids::ResourceId;
use crate::services::Request;
use crate::world::World;
use crate::world::references::Row;
use sha2::{Digest, Sha256};
use stratus_model::{Structure, Value, field, json};

/// What an earlier call with the same token has made; `None` when there was none or the call has no token.
///
/// # Errors
/// `IdempotentParameterMismatch` when the earlier call was another one.
pub(crate) fn earlier(request: &Request<'_>, world: &World) -> Result<Option<ResourceId>> {
    let Some(key) = key(request) else { return Ok(None) };
    match world.ec2(request.region).and_then(|ec2| ec2.made_by_token.get(&key)) {
        None => Ok(None),
        Some((same, made)) if *same == fingerprint(request.params) => Ok(Some(*made)),
        Some(_) => Err(Error::new(
            "IdempotentParameterMismatch",
            format!("The client token '{}' was used before with other parameters", key.1),
        )
        .at("ClientToken")
        .remedy("Use a new token for a new request.")),
    }
}

/// The row that an earlier call with the same token has made; `None` also where it is gone since.
///
/// # Errors
/// As [`earlier`].
pub(super) fn made<'w, R: Row>(request: &Request<'_>, world: &'w World) -> Result<Option<&'w R>>
where
    R::Id: TryFrom<ResourceId>,
{
    let id = earlier(request, world)?.and_then(|made| R::Id::try_from(made).ok());
    Ok(id.and_then(|id| world.row::<R>(request.region, id)))
}

/// Remembers what the call under way has made.
pub(crate) fn remember(request: &Request<'_>, world: &mut World, made: impl Into<ResourceId>) {
    if let (Some(key), Some(ec2)) = (key(request), world.regions.get_mut(&request.region)) {
        ec2.made_by_token
            .insert(key, (fingerprint(request.params), made.into()));
    }
}

fn key(request: &Request<'_>) -> Option<(String, String)> {
    let token = request
        .params
        .text(field::CLIENT_TOKEN)
        .filter(|token| !token.is_empty())?;
    Some((request.operation.name.to_owned(), token.to_owned()))
}

/// What makes two requests the same: everything but the token.
pub(super) fn fingerprint(params: &Structure) -> String {
    let mut rest = params.clone();
    rest.remove(field::CLIENT_TOKEN);
    let text = json::plain(&Value::Structure(rest)).to_string();
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}
