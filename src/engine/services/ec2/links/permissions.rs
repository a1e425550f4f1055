//! Who may connect to an endpoint service.
//! <https://docs.aws.amazon.com/vpc/latest/privatelink/configure-endpoint-service.html>

use super::super::common::{Filters, note, page};
use super::services;
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::base::random::Stream;
use crate::services::{Handler, Request};
use crate::world::World;
use crate::world::links::*;
use stratus_model::{Structure, field, sort};

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    Some(match operation {
        "ModifyVpcEndpointServicePermissions" => Handler::Write(modify),
        "DescribeVpcEndpointServicePermissions" => Handler::Read(describe_all),
        _ => return None,
    })
}

/// What a principal is: `Account`, `User`, `Role`, `All`, …; `None` for what is none.
fn kind(principal: &str) -> Option<&'static str> {
    if principal == "*" {
        return Some("All");
    }
    let rest = principal.strip_prefix("arn:aws:iam::")?;
    let (account, what) = rest.split_once(':')?;
    if account.len() != 12 || !account.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    match what.split('/').next()? {
        "root" => Some("Account"),
        "user" => Some("User"),
        "role" => Some("Role"),
        _ => None,
    }
}

fn describe(service: EndpointServiceId, principal: &str, number: u64) -> Structure {
    Structure::new()
        .with_some(field::PRINCIPAL_TYPE, kind(principal))
        .with(field::PRINCIPAL, principal)
        .with(field::SERVICE_PERMISSION_ID, format!("vpce-svc-perm-0{number:016x}"))
        .with(field::SERVICE_ID, service)
        .with(field::PERMISSION_TYPE, "vpc-endpoint")
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcEndpointServicePermissions.html>
fn modify(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let row = services::named(request, world)?;
    if params
        .text(field::PERMISSION_TYPE)
        .is_some_and(|kind| kind != "vpc-endpoint")
    {
        super::super::common::refuse_unsimulated(params, &[field::PERMISSION_TYPE])?;
    }
    let mut allowed = row.allowed.clone();
    let mut added = Vec::new();
    for principal in params.texts(field::ADD_ALLOWED_PRINCIPALS) {
        if kind(principal).is_none() {
            let why = format!("Invalid Principal: '{principal}'");
            let error = Error::new("InvalidPrincipal", why).at("AddAllowedPrincipals");
            return Err(error.remedy("Give the ARN of an account's root, a user or a role, or *."));
        }
        if allowed.iter().any(|(has, _)| has == principal) {
            continue;
        }
        let number = world.random.next_u64(Stream::Ids(Kind::EndpointService));
        allowed.push((principal.to_owned(), number));
        added.push(describe(row.id, principal, number));
    }
    for principal in params.texts(field::REMOVE_ALLOWED_PRINCIPALS) {
        allowed.retain(|(has, _)| has != principal);
    }
    sort::sort(&mut allowed);
    world.update::<EndpointService, _>(region, row.id, |row| row.allowed = allowed);
    note(world, region, row.id, "who may connect has changed");
    Ok(Structure::new()
        .with(field::ADDED_PRINCIPALS, added)
        .with(field::RETURN_VALUE, true))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcEndpointServicePermissions.html>: by principal.
fn describe_all(request: &Request<'_>, world: &World) -> Result<Structure> {
    let row = services::named(request, world)?;
    let filters = Filters::read(request.params)?;
    filters.check_names(|name| matches!(name, "principal" | "principal-type"))?;
    let mut shown = Vec::new();
    for (principal, number) in &row.allowed {
        let values = |name: &str| {
            Some(match name {
                "principal" => vec![principal.clone()],
                _ => kind(principal).map(str::to_owned).into_iter().collect(),
            })
        };
        if filters.pass_tagged(None, values)? {
            shown.push(describe(row.id, principal, *number));
        }
    }
    let (shown, next) = page(shown, request.params, 1)?;
    Ok(Structure::new()
        .with(field::ALLOWED_PRINCIPALS, shown)
        .with_some(field::NEXT_TOKEN, next))
}
