//! Forms of what links networks: peering connections, endpoints and endpoint services, transit gateways.

use super::builder::{Builder, Options, Place, Spec, eldest_first, named, options, some};
use super::kinds::MoreForm;
use stratus_engine::base::ids::*;
use stratus_engine::world::links::TransitAttachment;
use stratus_model::{Structure, field};

/// The form of a kind of this file.
pub fn spec(form: MoreForm, place: &Place<'_>, b: Builder<'_>) -> Option<Spec> {
    match form {
        MoreForm::Peering => Some(peering(place, b)),
        MoreForm::Endpoint => Some(endpoint(place, b)),
        MoreForm::EndpointService => Some(endpoint_service(place, b)),
        MoreForm::AttachVpc(id) => Some(attach_vpc(place, b, id)),
        MoreForm::AssociateAttachment(id) => associate(place, b, id),
        MoreForm::TransitRoute(id) => transit_route(place, b, id),
        MoreForm::Propagate(id) => propagate(place, b, id),
        _ => None,
    }
}

fn peering(place: &Place<'_>, mut b: Builder<'_>) -> Spec {
    let name = b.text("Name", "Name", "");
    let vpcs = place.vpcs();
    let second = vpcs.get(1).map(|(id, _)| id.clone()).unwrap_or_default();
    let own = b.choose("VpcId", "VPC that asks", "", vpcs.clone());
    let peer = b.choose("PeerVpcId", "VPC that is asked", second, vpcs);
    b.hint("Their blocks must not overlap.");
    let params = Structure::new().with(field::VPC_ID, own).with(field::PEER_VPC_ID, peer);
    let call = place.call(
        "CreateVpcPeeringConnection",
        named(params, "vpc-peering-connection", &name),
    );
    let about = "A line between two VPCs. The side that is asked accepts it; then each side needs a route to it.";
    b.finish("Peer two VPCs", about, "Ask for peering", call)
        .making(Kind::VpcPeering, "It waits to be accepted")
}

fn endpoint(place: &Place<'_>, mut b: Builder<'_>) -> Spec {
    let vpc = b.choose("VpcId", "VPC", "", place.vpcs());
    let region = place.region.name();
    let mut services: Options = ["s3", "dynamodb"]
        .map(|name| (format!("com.amazonaws.{region}.{name}"), format!("{name}, by routes")))
        .to_vec();
    services.extend(["ec2", "ssm", "logs", "sts"].map(|name| {
        (
            format!("com.amazonaws.{region}.{name}"),
            format!("{name}, by interfaces"),
        )
    }));
    services.extend(place.ec2.links.services.rows().map(|row| {
        (
            format!("com.amazonaws.vpce.{region}.{}", row.id),
            format!("{}, your own service", place.name(row.id)),
        )
    }));
    let service = b.choose("ServiceName", "Service", "", services);
    let of = VpcId::parse(&vpc);
    let gateway = service.ends_with(".s3") || service.ends_with(".dynamodb");
    let mut params = Structure::new()
        .with(field::VPC_ID, vpc)
        .with(field::SERVICE_NAME, service);
    if gateway {
        let tables = place.ec2.route_tables.rows().filter(|row| Some(row.vpc) == of);
        let tables = eldest_first(
            tables
                .map(|row| (row.born, row.id.to_string(), place.name(row.id)))
                .collect(),
        );
        let table = b.choose("RouteTableIds", "Route table", "", tables);
        params = params
            .with(field::VPC_ENDPOINT_TYPE, "Gateway")
            .with(field::ROUTE_TABLE_IDS, vec![table]);
    } else {
        let subnet = b.choose("SubnetIds", "Subnet", "", place.subnets(of));
        b.need("An interface endpoint lies in a subnet.");
        params = params
            .with(field::VPC_ENDPOINT_TYPE, "Interface")
            .with(field::SUBNET_IDS, vec![subnet]);
    }
    let call = place.call("CreateVpcEndpoint", params);
    let about = "A door from the VPC to one service, without the Internet.";
    b.finish("Create VPC endpoint", about, "Create endpoint", call)
        .making(Kind::VpcEndpoint, "The endpoint is there")
}

fn endpoint_service(place: &Place<'_>, mut b: Builder<'_>) -> Spec {
    let balancer = b.text("NetworkLoadBalancerArns", "Network Load Balancer", "");
    b.hint(format!(
        "Its ARN: arn:aws:elasticloadbalancing:{}:{}:loadbalancer/net/NAME/0123456789abcdef",
        place.region.name(),
        place.world.account()
    ));
    b.need("An endpoint service stands before a load balancer.");
    let acceptance = b.check("AcceptanceRequired", "Each connection waits for your word", true);
    let params = Structure::new()
        .with(field::NETWORK_LOAD_BALANCER_ARNS, vec![balancer])
        .with(field::ACCEPTANCE_REQUIRED, acceptance);
    let call = place.call("CreateVpcEndpointServiceConfiguration", params);
    let about = "Lets other VPCs reach what is behind your load balancer by endpoints of theirs.";
    b.finish("Create endpoint service", about, "Create service", call)
        .making(Kind::EndpointService, "The service is there")
}

fn attach_vpc(place: &Place<'_>, mut b: Builder<'_>, gateway: TransitGatewayId) -> Spec {
    let vpc = b.choose("VpcId", "VPC", "", place.vpcs());
    let subnet = b.choose("SubnetIds", "Subnet", "", place.subnets(VpcId::parse(&vpc)));
    b.hint("One in each zone whose traffic it is to carry; more can be added later.");
    b.need("The VPC has no subnet.");
    let params = Structure::new()
        .with(field::TRANSIT_GATEWAY_ID, gateway.to_string())
        .with(field::VPC_ID, vpc)
        .with(field::SUBNET_IDS, vec![subnet]);
    let call = place.call("CreateTransitGatewayVpcAttachment", params);
    let about = "Plugs a VPC into the transit gateway. Its own route tables need routes to the gateway, too.";
    b.finish("Attach a VPC", about, "Attach", call)
        .making(Kind::TransitAttachment, "It is being attached")
}

/// Attachments of a gateway, to choose from.
fn attachments(place: &Place<'_>, gateway: TransitGatewayId) -> Options {
    let rows = place
        .ec2
        .links
        .attachments
        .rows()
        .filter(|row| row.gateway == gateway && !row.state.is_gone());
    let option = |row: &TransitAttachment| {
        let to = row.vpc().map_or("another Region".to_owned(), |vpc| place.name(vpc));
        (row.born, row.id.to_string(), format!("{} · {to}", place.name(row.id)))
    };
    eldest_first(rows.map(option).collect())
}

fn associate(place: &Place<'_>, mut b: Builder<'_>, id: TransitAttachmentId) -> Option<Spec> {
    let row = place.ec2.links.attachments.get(&id)?;
    let tables = place
        .ec2
        .links
        .transit_tables
        .rows()
        .filter(|table| table.gateway == row.gateway);
    let tables = eldest_first(
        tables
            .map(|table| (table.born, table.id.to_string(), place.name(table.id)))
            .collect(),
    );
    let table = b.choose("TransitGatewayRouteTableId", "Route table", "", tables);
    b.need("The gateway has no route table.");
    let own = row.table.is_some();
    if own {
        b.hint("It is associated with one now: AWS wants that undone first.");
    }
    let params = Structure::new()
        .with(
            field::TRANSIT_GATEWAY_ROUTE_TABLE_ID,
            row.table.map_or(table, |table| table.to_string()),
        )
        .with(field::TRANSIT_GATEWAY_ATTACHMENT_ID, id.to_string());
    let (operation, verb) = match own {
        true => ("DisassociateTransitGatewayRouteTable", "Disassociate"),
        false => ("AssociateTransitGatewayRouteTable", "Associate"),
    };
    let about = "The table that judges what comes from this attachment: one at a time.";
    Some(
        b.finish("Choose route table", about, verb, place.call(operation, params))
            .telling("Done"),
    )
}

fn transit_route(place: &Place<'_>, mut b: Builder<'_>, id: TransitTableId) -> Option<Spec> {
    let row = place.ec2.links.transit_tables.get(&id)?;
    let block = b.text("DestinationCidrBlock", "Destination", "");
    b.need("A route needs a destination block.");
    let mut to = attachments(place, row.gateway);
    to.extend(options(&[("", "nowhere: drop it")]));
    let attachment = b.choose("TransitGatewayAttachmentId", "Attachment", "", to);
    let params = Structure::new()
        .with(field::TRANSIT_GATEWAY_ROUTE_TABLE_ID, id.to_string())
        .with(field::DESTINATION_CIDR_BLOCK, block)
        .with_some(field::TRANSIT_GATEWAY_ATTACHMENT_ID, some(&attachment))
        .with_some(field::BLACKHOLE, attachment.is_empty().then_some(true));
    let call = place.call("CreateTransitGatewayRoute", params);
    Some(
        b.finish(
            "Add route",
            "Where the gateway sends what is for these addresses.",
            "Add route",
            call,
        )
        .telling("The route is there"),
    )
}

fn propagate(place: &Place<'_>, mut b: Builder<'_>, id: TransitTableId) -> Option<Spec> {
    let row = place.ec2.links.transit_tables.get(&id)?;
    let attachment = b.choose(
        "TransitGatewayAttachmentId",
        "Attachment",
        "",
        attachments(place, row.gateway),
    );
    b.need("Nothing is attached to the gateway.");
    let params = Structure::new()
        .with(field::TRANSIT_GATEWAY_ROUTE_TABLE_ID, id.to_string())
        .with(field::TRANSIT_GATEWAY_ATTACHMENT_ID, attachment);
    let call = place.call("EnableTransitGatewayRouteTablePropagation", params);
    Some(
        b.finish(
            "Learn routes",
            "The blocks of what is attached there become routes of this table.",
            "Learn",
            call,
        )
        .telling("The routes are learned"),
    )
}
