//! VPCs attached to transit gateways. <https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html>

use super::super::common::{Describing, find, need, note, refuse_wavelength, tag_list};
use super::super::tags;
use super::super::vpc::interfaces::{self, NewInterface};
use super::{attachments, transits};
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::base::random::Stream;
use crate::catalog::Region;
use crate::services::{Handler, Request};
use crate::world::World;
use crate::world::links::*;
use crate::world::vpc::*;
use stratus_model::{Name, Structure, field};

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    Some(match operation {
        "CreateTransitGatewayVpcAttachment" => Handler::Write(create),
        "ModifyTransitGatewayVpcAttachment" => Handler::Write(modify),
        "DeleteTransitGatewayVpcAttachment" => Handler::Write(delete),
        "AcceptTransitGatewayVpcAttachment" | "RejectTransitGatewayVpcAttachment" => Handler::Write(answer),
        "DescribeTransitGatewayVpcAttachments" => Handler::Read(describe_all),
        _ => return None,
    })
}

const SWITCHES: [Name; 4] = [
    field::APPLIANCE_MODE_SUPPORT,
    field::DNS_SUPPORT,
    field::IPV6_SUPPORT,
    field::SECURITY_GROUP_REFERENCING_SUPPORT,
];

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTransitGatewayVpcAttachment.html>
fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let gateway = transits::available(request, world)?;
    let vpc = find::<Vpc>(world, region, Kind::Vpc, need(params, field::VPC_ID)?)?.id;
    let all = world
        .ec2(region)
        .into_iter()
        .flat_map(|ec2| ec2.links.attachments.rows());
    let same = |row: &TransitAttachment| {
        row.gateway == gateway.id
            && row.vpc() == Some(vpc)
            && (!row.state.is_gone() || row.state == TransitState::Deleting)
    };
    if all.into_iter().any(same) {
        let why = format!(
            "{} has non-deleted Transit Gateway Attachments with same VPC ID.",
            gateway.id
        );
        return Err(Error::new("DuplicateTransitGatewayAttachment", why).at("VpcId"));
    }
    let id = TransitAttachmentId(world.random.next_u64(Stream::Ids(Kind::TransitAttachment)));
    let mut on = vec![
        field::DNS_SUPPORT.text().to_owned(),
        field::SECURITY_GROUP_REFERENCING_SUPPORT.text().to_owned(),
    ];
    if let Some(options) = params.structure(field::OPTIONS) {
        transits::switch(&mut on, options, &SWITCHES);
    }
    let mut subnets = Vec::new();
    put_subnets(world, region, id, vpc, &mut subnets, params, field::SUBNET_IDS)?;
    if subnets.is_empty() {
        return Err(Error::missing("SubnetIds"));
    }
    let row = attachments::put(world, region, id, &gateway, TransitEnd::Vpc { vpc, subnets, on });
    tags::apply_specifications(world, region, params, &[("transit-gateway-attachment", &[id.into()])])?;
    note(world, region, id, format!("{vpc} attached to {}", gateway.id));
    attachments::enter(world, region, &row, TransitState::Pending);
    Ok(shown(world, region, id))
}

fn shown(world: &World, region: Region, id: TransitAttachmentId) -> Structure {
    let row = world.row::<TransitAttachment>(region, id);
    Structure::new().with_some(
        field::TRANSIT_GATEWAY_VPC_ATTACHMENT,
        row.map(|row| describe(world, region, row)),
    )
}

/// An interface in each subnet that a call names, one a zone.
fn put_subnets(
    world: &mut World,
    region: Region,
    id: TransitAttachmentId,
    vpc: VpcId,
    subnets: &mut Vec<(SubnetId, NetworkInterfaceId)>,
    params: &Structure,
    name: Name,
) -> Result<()> {
    for text in params.texts(name) {
        let subnet = find::<Subnet>(world, region, Kind::Subnet, text)?.clone();
        if subnet.vpc != vpc {
            let why = format!("The subnet ID '{}' does not belong to {vpc}.", subnet.id);
            return Err(Error::new("InvalidSubnetID.NotFound", why).at(name.text()));
        }
        refuse_wavelength(subnet.zone, "An attachment of a transit gateway").map_err(|error| error.at(name.text()))?;
        let in_zone = |(has, _): &(SubnetId, NetworkInterfaceId)| {
            world
                .row::<Subnet>(region, *has)
                .is_some_and(|other| other.zone == subnet.zone)
        };
        if subnets.iter().any(in_zone) {
            let why = format!("Duplicate Subnets for same AZ: {}", subnet.zone.name());
            return Err(Error::new("DuplicateSubnetsInSameZone", why).at(name.text()));
        }
        let new = NewInterface {
            description: format!("Network Interface for Transit Gateway Attachment {id}"),
            interface_type: "transit_gateway".into(),
            ..NewInterface::plain(subnet.id)
        };
        let interface = interfaces::create(world, region, new)?;
        let account = world.account();
        world.update::<NetworkInterface, _>(region, interface, |row| {
            row.requester = Some(account);
            row.groups.clear();
            row.source_dest_check = false;
        });
        subnets.push((subnet.id, interface));
    }
    Ok(())
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyTransitGatewayVpcAttachment.html>
fn modify(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let mut row = attachments::named_of(request, world, "vpc")?;
    if row.state != TransitState::Available {
        return Err(transits::invalid_state(row.id, row.state));
    }
    let id = row.id;
    let mut gone = Vec::new();
    if let TransitEnd::Vpc { vpc, subnets, on } = &mut row.end {
        for text in params.texts(field::REMOVE_SUBNET_IDS) {
            let subnet = find::<Subnet>(world, region, Kind::Subnet, text)?.id;
            gone.extend(
                subnets
                    .iter()
                    .filter(|(has, _)| *has == subnet)
                    .map(|(_, interface)| *interface),
            );
            subnets.retain(|(has, _)| *has != subnet);
        }
        put_subnets(world, region, id, *vpc, subnets, params, field::ADD_SUBNET_IDS)?;
        if subnets.is_empty() {
            let why = "A VPC attachment must have at least one subnet.";
            return Err(Error::new("InvalidParameterValue", why).at("RemoveSubnetIds"));
        }
        if let Some(options) = params.structure(field::OPTIONS) {
            transits::switch(on, options, &SWITCHES);
        }
    }
    world.put(region, row);
    for interface in gone {
        interfaces::delete(world, region, interface);
    }
    note(world, region, id, "modified");
    Ok(shown(world, region, id))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteTransitGatewayVpcAttachment.html>: routes to it become black
/// holes.
fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let row = attachments::named_of(request, world, "vpc")?;
    if row.state.is_gone() {
        return Err(transits::invalid_state(row.id, row.state));
    }
    super::connects::check_free(world, request.region, row.id)?;
    attachments::delete(world, request.region, &row);
    Ok(shown(world, request.region, row.id))
}

/// Accepting and refusing concern attachments of other accounts, of which none is simulated: those of the account's own are
/// accepted by themselves.
fn answer(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let row = attachments::named_of(request, world, "vpc")?;
    Err(transits::invalid_state(row.id, row.state))
}

/// A VPC's attachment as the API shows it.
fn describe(world: &World, region: Region, row: &TransitAttachment) -> Structure {
    let on: &[String] = match &row.end {
        TransitEnd::Vpc { on, .. } => on,
        _ => &[],
    };
    let mut options = Structure::new();
    for name in SWITCHES {
        options.set(name, transits::written(on, name));
    }
    let subnets: Vec<String> = row.subnets().iter().map(|(subnet, _)| subnet.to_string()).collect();
    Structure::new()
        .with(field::TRANSIT_GATEWAY_ATTACHMENT_ID, row.id)
        .with(field::TRANSIT_GATEWAY_ID, row.gateway)
        .with_some(field::VPC_ID, row.vpc())
        .with(field::VPC_OWNER_ID, world.account())
        .with(field::STATE, row.state.name())
        .with(field::SUBNET_IDS, subnets)
        .with(field::CREATION_TIME, row.created)
        .with(field::OPTIONS, options)
        .with(field::TAGS, tag_list(world, region, row.id))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeTransitGatewayVpcAttachments.html>
fn describe_all(request: &Request<'_>, world: &World) -> Result<Structure> {
    let describing = Describing {
        kind: Kind::TransitAttachment,
        ids: field::TRANSIT_GATEWAY_ATTACHMENT_IDS,
        answer: field::TRANSIT_GATEWAY_VPC_ATTACHMENTS,
        born: |row: &TransitAttachment| row.born,
        filters: &["state", "transit-gateway-attachment-id", "transit-gateway-id", "vpc-id"],
        least: 5,
    };
    let values = |row: &TransitAttachment, name: &str| match name {
        "state" => vec![row.state.name().to_owned()],
        "transit-gateway-id" => vec![row.gateway.to_string()],
        "vpc-id" => row.vpc().map(|vpc| vpc.to_string()).into_iter().collect(),
        _ => vec![row.id.to_string()],
    };
    describing.answer_where(request, world, |row| row.vpc().is_some(), &values, &|row| {
        describe(world, request.region, row)
    })
}
