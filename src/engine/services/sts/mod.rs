//! STS: who am I.

use super::{Handler, Request};
use crate::base::error::Result;
use crate::world::World;
use stratus_model::{Structure, field};

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    match operation {
        "GetCallerIdentity" => Some(Handler::Read(get_caller_identity)),
        _ => None,
    }
}

/// <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html>
fn get_caller_identity(request: &Request<'_>, world: &World) -> Result<Structure> {
    Ok(Structure::new()
        .with(field::ACCOUNT, world.account())
        .with(field::ARN, request.principal.arn.clone())
        .with(field::USER_ID, request.principal.user_id.clone()))
}
