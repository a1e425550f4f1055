//! Whom endpoints and services tell what happens to their connections. No message is sent: there is no SNS here (ours).

use super::super::common::{Describing, find, need, note};
use super::super::tokens;
use super::unsuccessful;
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::base::random::Stream;
use crate::catalog::Region;
use crate::services::{Handler, Request};
use crate::world::World;
use crate::world::links::*;
use stratus_model::{Structure, Value, field, sort};

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    Some(match operation {
        "CreateVpcEndpointConnectionNotification" => Handler::Write(create),
        "ModifyVpcEndpointConnectionNotification" => Handler::Write(modify),
        "DeleteVpcEndpointConnectionNotifications" => Handler::Write(delete),
        "DescribeVpcEndpointConnectionNotifications" => Handler::Read(describe_all),
        _ => return None,
    })
}

const EVENTS: [&str; 4] = ["Accept", "Connect", "Delete", "Reject"];

fn read_events(params: &Structure) -> Result<Vec<String>> {
    let mut events: Vec<String> = params.texts(field::CONNECTION_EVENTS).map(str::to_owned).collect();
    if let Some(other) = events.iter().find(|event| !EVENTS.contains(&event.as_str())) {
        let why = format!("'{other}' is not an event: use {}", EVENTS.join(", "));
        return Err(Error::invalid("ConnectionEvents", why));
    }
    sort::sort(&mut events);
    events.dedup();
    Ok(events)
}

fn check_arn(arn: &str) -> Result<()> {
    if arn.starts_with("arn:aws:sns:") && arn.split(':').count() == 6 {
        return Ok(());
    }
    let why = format!("The ARN '{arn}' is not that of an SNS topic.");
    Err(Error::new("InvalidParameter", why).at("ConnectionNotificationArn"))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpointConnectionNotification.html>
fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    if let Some(made) = tokens::earlier(request, world)?
        && let Ok(made) = EndpointNotificationId::try_from(made)
        && world.row::<EndpointNotification>(region, made).is_some()
    {
        return Ok(shown(request, world, made));
    }
    let arn = need(params, field::CONNECTION_NOTIFICATION_ARN)?;
    check_arn(arn)?;
    let events = read_events(params)?;
    if events.is_empty() {
        return Err(Error::missing("ConnectionEvents"));
    }
    let (service, endpoint) = match (params.text(field::SERVICE_ID), params.text(field::VPC_ENDPOINT_ID)) {
        (Some(text), None) => {
            let row = find::<EndpointService>(world, region, Kind::EndpointService, text)?;
            (Some(row.id), None)
        }
        (None, Some(text)) => {
            let row = find::<VpcEndpoint>(world, region, Kind::VpcEndpoint, text)?;
            (None, Some(row.id))
        }
        _ => {
            let why = "Specify exactly one of ServiceId and VpcEndpointId.";
            return Err(Error::combination(why).at("ServiceId"));
        }
    };
    let id = EndpointNotificationId(world.random.next_u64(Stream::Ids(Kind::EndpointNotification)));
    let row = EndpointNotification {
        id,
        born: world.birth(),
        service,
        endpoint,
        arn: arn.to_owned(),
        events,
    };
    world.put(region, row);
    note(world, region, id, "created");
    tokens::remember(request, world, id);
    Ok(shown(request, world, id))
}

fn shown(request: &Request<'_>, world: &World, id: EndpointNotificationId) -> Structure {
    let row = world.row::<EndpointNotification>(request.region, id);
    Structure::new()
        .with_some(
            field::CONNECTION_NOTIFICATION,
            row.map(|row| describe(request.region, row)),
        )
        .with_some(field::CLIENT_TOKEN, request.params.text(field::CLIENT_TOKEN))
}

fn describe(region: Region, row: &EndpointNotification) -> Structure {
    Structure::new()
        .with(field::CONNECTION_NOTIFICATION_ID, row.id)
        .with_some(field::SERVICE_ID, row.service)
        .with_some(field::VPC_ENDPOINT_ID, row.endpoint)
        .with(field::CONNECTION_NOTIFICATION_TYPE, "Topic")
        .with(field::CONNECTION_NOTIFICATION_ARN, row.arn.as_str())
        .with(field::CONNECTION_EVENTS, row.events.clone())
        .with(field::CONNECTION_NOTIFICATION_STATE, "Enabled")
        .with(field::SERVICE_REGION, region.name())
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcEndpointConnectionNotification.html>
fn modify(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let text = need(params, field::CONNECTION_NOTIFICATION_ID)?;
    let id = find::<EndpointNotification>(world, region, Kind::EndpointNotification, text)?.id;
    let arn = params.text(field::CONNECTION_NOTIFICATION_ARN).map(str::to_owned);
    arn.as_deref().map(check_arn).transpose()?;
    let events = read_events(params)?;
    world.update::<EndpointNotification, _>(region, id, |row| {
        if let Some(arn) = arn {
            row.arn = arn;
        }
        if !events.is_empty() {
            row.events = events;
        }
    });
    note(world, region, id, "modified");
    Ok(Structure::new().with(field::RETURN_VALUE, true))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteVpcEndpointConnectionNotifications.html>
fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let mut failed = Vec::new();
    for text in request.params.texts(field::CONNECTION_NOTIFICATION_IDS) {
        match find::<EndpointNotification>(world, region, Kind::EndpointNotification, text).map(|row| row.id) {
            Ok(id) => {
                note(world, region, id, "deleted");
                world.take::<EndpointNotification>(region, id);
            }
            Err(error) => failed.push(unsuccessful(text, &error)),
        }
    }
    Ok(Structure::new().with(field::UNSUCCESSFUL, failed))
}

/// Notifications about an endpoint or a service that goes, go with it.
pub(super) fn forget(world: &mut World, region: Region, about: impl Into<ResourceId>) {
    let about = about.into();
    let Some(ec2) = world.ec2(region) else { return };
    let concerns = |row: &&EndpointNotification| {
        row.service.map(ResourceId::from) == Some(about) || row.endpoint.map(ResourceId::from) == Some(about)
    };
    let gone: Vec<EndpointNotificationId> = ec2
        .links
        .notifications
        .rows()
        .filter(concerns)
        .map(|row| row.id)
        .collect();
    for id in gone {
        world.take::<EndpointNotification>(region, id);
    }
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcEndpointConnectionNotifications.html>
fn describe_all(request: &Request<'_>, world: &World) -> Result<Structure> {
    // The call takes one id, and not a list of them.
    let mut params = request.params.clone();
    if let Some(id) = request.params.text(field::CONNECTION_NOTIFICATION_ID) {
        params.set(field::CONNECTION_NOTIFICATION_IDS, vec![Value::from(id)]);
    }
    let request = Request {
        params: &params,
        ..*request
    };
    let describing = Describing {
        kind: Kind::EndpointNotification,
        ids: field::CONNECTION_NOTIFICATION_IDS,
        answer: field::CONNECTION_NOTIFICATION_SET,
        born: |row: &EndpointNotification| row.born,
        filters: &[
            "connection-notification-arn",
            "connection-notification-id",
            "connection-notification-state",
            "connection-notification-type",
            "service-id",
            "vpc-endpoint-id",
        ],
        least: 1,
    };
    let values = |row: &EndpointNotification, name: &str| match name {
        "connection-notification-arn" => vec![row.arn.clone()],
        "connection-notification-state" => vec!["Enabled".to_owned()],
        "connection-notification-type" => vec!["Topic".to_owned()],
        "service-id" => row.service.map(|id| id.to_string()).into_iter().collect(),
        "vpc-endpoint-id" => row.endpoint.map(|id| id.to_string()).into_iter().collect(),
        _ => vec![row.id.to_string()],
    };
    describing.answer(&request, world, &values, &|row| describe(request.region, row))
}
