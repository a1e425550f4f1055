//! Permissions of other accounts on network interfaces. Stratus has one account, so that nobody makes use of them; they are
//! given, listed and revoked as AWS does.

use super::super::common::{Describing, find, note};
use super::interface_calls;
use crate::base::error::{Error, Result};
use crate::base::ids::{Kind, NetworkInterfacePermissionId};
use crate::base::random::Stream;
use crate::services::{Handler, Request};
use crate::world::World;
use crate::world::vpc::InterfacePermission;
use stratus_model::{Structure, field};

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    match operation {
        "CreateNetworkInterfacePermission" => Some(Handler::Write(create)),
        "DeleteNetworkInterfacePermission" => Some(Handler::Write(delete)),
        "DescribeNetworkInterfacePermissions" => Some(Handler::Read(describe_all)),
        _ => None,
    }
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkInterfacePermission.html>: one account at a time.
fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let interface = interface_calls::named(request, world)?.id;
    if params.contains(field::AWS_SERVICE) {
        let why = "Permissions for AWS services are not supported.";
        return Err(Error::new("UnsupportedOperation", why).at("AwsService"));
    }
    let account = params
        .text(field::AWS_ACCOUNT_ID)
        .ok_or_else(|| Error::missing("AwsAccountId"))?;
    if account.len() != 12 || !account.bytes().all(|b| b.is_ascii_digit()) {
        let why = format!("Invalid user id: \"{account}\"");
        return Err(Error::new("InvalidUserID.Malformed", why).at("AwsAccountId"));
    }
    let permission = params.text(field::PERMISSION).unwrap_or_default();
    let same = |row: &InterfacePermission| {
        row.interface == interface && row.account == account && row.permission == permission
    };
    let known = world
        .ec2(region)
        .is_some_and(|ec2| ec2.interface_permissions.rows().any(same));
    if known {
        let why = format!("Account {account} has the permission {permission} on {interface} already.");
        return Err(Error::new("InvalidParameterValue", why).at("AwsAccountId"));
    }
    let id = NetworkInterfacePermissionId(world.random.next_u64(Stream::Ids(Kind::NetworkInterfacePermission)));
    let row = InterfacePermission {
        id,
        born: world.birth(),
        interface,
        account: account.to_owned(),
        permission: permission.to_owned(),
    };
    let shown = describe(&row);
    world.put(region, row);
    note(world, region, interface, format!("{permission} granted to {account}"));
    Ok(Structure::new().with(field::INTERFACE_PERMISSION, shown))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteNetworkInterfacePermission.html>
fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let text = request
        .params
        .text(field::NETWORK_INTERFACE_PERMISSION_ID)
        .unwrap_or_default();
    let row = find::<InterfacePermission>(world, region, Kind::NetworkInterfacePermission, text)?.clone();
    world.take::<InterfacePermission>(region, row.id);
    let words = format!("{} of {} revoked", row.permission, row.account);
    note(world, region, row.interface, words);
    Ok(Structure::new().with(field::RETURN, true))
}

fn describe(row: &InterfacePermission) -> Structure {
    Structure::new()
        .with(field::NETWORK_INTERFACE_PERMISSION_ID, row.id)
        .with(field::NETWORK_INTERFACE_ID, row.interface)
        .with(field::AWS_ACCOUNT_ID, row.account.as_str())
        .with(field::PERMISSION, row.permission.as_str())
        .with(field::PERMISSION_STATE, Structure::new().with(field::STATE, "granted"))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeNetworkInterfacePermissions.html>
fn describe_all(request: &Request<'_>, world: &World) -> Result<Structure> {
    let describing = Describing {
        kind: Kind::NetworkInterfacePermission,
        ids: field::NETWORK_INTERFACE_PERMISSION_IDS,
        answer: field::NETWORK_INTERFACE_PERMISSIONS,
        born: |row: &InterfacePermission| row.born,
        filters: &[
            "network-interface-permission.aws-account-id",
            "network-interface-permission.aws-service",
            "network-interface-permission.network-interface-id",
            "network-interface-permission.network-interface-permission-id",
            "network-interface-permission.permission",
        ],
        least: 5,
    };
    let values = |row: &InterfacePermission, name: &str| match name {
        "network-interface-permission.aws-account-id" => vec![row.account.clone()],
        "network-interface-permission.aws-service" => Vec::new(),
        "network-interface-permission.network-interface-id" => vec![row.interface.to_string()],
        "network-interface-permission.permission" => vec![row.permission.clone()],
        _ => vec![row.id.to_string()],
    };
    describing.answer(request, world, &values, &describe)
}
