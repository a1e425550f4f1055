//! CreateVpcEndpoint, ModifyVpcEndpoint, DeleteVpcEndpoints.

use super::super::common::{find, need, note, read_ipv4, refuse_unsimulated, refuse_wavelength, returned};
use super::super::vpc::groups;
use super::super::{tags, tokens};
use super::aws_services::{self, AwsService};
use super::endpoints;
use super::{endpoint_view, service_view, unsuccessful};
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::base::random::Stream;
use crate::catalog::{Region, quotas};
use crate::services::{Handler, Request};
use crate::world::World;
use crate::world::links::*;
use crate::world::vpc::*;
use std::net::Ipv4Addr;
use stratus_model::{Structure, field};

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    Some(match operation {
        "CreateVpcEndpoint" => Handler::Write(create),
        "ModifyVpcEndpoint" => Handler::Write(modify),
        "ModifyVpcEndpointPayerResponsibility" => Handler::Write(modify_payer),
        "DeleteVpcEndpoints" => Handler::Write(delete),
        _ => return None,
    })
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcEndpointPayerResponsibility.html>: whose account is charged.
/// There is one account here, which is on both sides: the bill is the same.
fn modify_payer(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let text = need(params, field::VPC_ENDPOINT_ID)?;
    let row = find::<VpcEndpoint>(world, region, Kind::VpcEndpoint, text)?.clone();
    if row.state.is_gone() {
        let why = format!("The VPC endpoint {} is {}.", row.id, row.state.name());
        return Err(Error::new("IncorrectState", why).at("VpcEndpointId"));
    }
    let resource = "resource-gateway-charges and resource-gateway-account are for endpoints of resources.";
    if need(params, field::SCOPE)? != "vpc-endpoint-charges" {
        return Err(invalid(resource).at("Scope"));
    }
    let service_pays = match need(params, field::PAYER_RESPONSIBILITY)? {
        "vpc-endpoint-service-account" => true,
        "vpc-endpoint-account" => false,
        _ => return Err(invalid(resource).at("PayerResponsibility")),
    };
    let Some(provider) = row.provider else {
        let why = format!("{} is no endpoint of an endpoint service of this account.", row.id);
        return Err(invalid(why).at("VpcEndpointId"));
    };
    if let Some(text) = params.text(field::SERVICE_ID) {
        let service = find::<EndpointService>(world, region, Kind::EndpointService, text)?.id;
        if service != provider {
            let why = format!("{} is no endpoint of {service}.", row.id);
            return Err(invalid(why).at("ServiceId"));
        }
    }
    world.update::<VpcEndpoint, _>(region, row.id, |row| row.service_pays = Some(service_pays));
    let payer = if service_pays {
        "the service's account"
    } else {
        "its own account"
    };
    note(world, region, row.id, format!("charged to {payer}"));
    let row = world.row::<VpcEndpoint>(region, row.id);
    Ok(Structure::new()
        .with_some(field::VPC_ENDPOINT_ID, row.map(|row| row.id))
        .with_some(field::PAYER_RESPONSIBILITIES, row.and_then(endpoint_view::payers)))
}

fn invalid(why: impl Into<String>) -> Error {
    Error::new("InvalidParameter", why)
}

/// The service that an endpoint is for.
enum Target {
    Aws(AwsService),
    Own(EndpointServiceId, bool),
}

fn read_kind(params: &Structure) -> Result<EndpointKind> {
    match params.text(field::VPC_ENDPOINT_TYPE) {
        None | Some("Gateway") => Ok(EndpointKind::Gateway),
        Some("Interface") => Ok(EndpointKind::Interface),
        Some("GatewayLoadBalancer") => Ok(EndpointKind::GatewayLoadBalancer),
        Some(other) => {
            let why = format!("Stratus has no endpoints of the type {other}.");
            let error = Error::new("UnsupportedOperation", why).at("VpcEndpointType");
            Err(error.remedy("Use Gateway, Interface or GatewayLoadBalancer."))
        }
    }
}

fn read_service(request: &Request<'_>, world: &World, kind: EndpointKind) -> Result<Target> {
    let region = request.region;
    let name = request
        .params
        .text(field::SERVICE_NAME)
        .ok_or_else(|| Error::missing("ServiceName"))?;
    if request
        .params
        .text(field::SERVICE_REGION)
        .is_some_and(|other| other != region.name())
    {
        let why = format!("The Vpc Endpoint Service '{name}' is not offered to other Regions.");
        return Err(Error::new("InvalidServiceName", why).at("ServiceRegion"));
    }
    let offered: Vec<AwsService> = aws_services::all(region)
        .into_iter()
        .filter(|service| service.name == name)
        .collect();
    let own = world.ec2(region).and_then(|ec2| {
        ec2.links
            .services
            .rows()
            .find(|row| service_view::name(region, row.id) == name)
    });
    let kinds: Vec<EndpointKind> = match own {
        Some(own) => vec![service_view::kind(own)],
        None => offered.iter().map(|service| service.kind).collect(),
    };
    if kinds.is_empty() {
        return Err(aws_services::no_service(name));
    }
    if !kinds.contains(&kind) {
        let names: Vec<&str> = kinds.iter().map(|kind| kind.name()).collect();
        let why = format!(
            "Endpoint type ({}) does not match available service types ([{}]).",
            kind.name(),
            names.join(", ")
        );
        return Err(invalid(why).at("VpcEndpointType"));
    }
    match (own, offered.into_iter().find(|service| service.kind == kind)) {
        (Some(own), _) => Ok(Target::Own(own.id, own.acceptance)),
        (None, Some(service)) => Ok(Target::Aws(service)),
        (None, None) => Err(aws_services::no_service(name)),
    }
}

/// A policy must be a JSON object with statements.
fn check_policy(text: Option<&str>) -> Result<Option<String>> {
    let Some(text) = text.filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    let fits = serde_json::from_str::<serde_json::Value>(text).is_ok_and(|policy| policy.get("Statement").is_some());
    if fits {
        Ok(Some(text.to_owned()))
    } else {
        let error = Error::new(
            "InvalidPolicyDocument",
            "The policy document is not valid JSON with a Statement.",
        );
        Err(error.at("PolicyDocument"))
    }
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpoint.html>
fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    if let Some(made) = tokens::earlier(request, world)?
        && let Ok(made) = VpcEndpointId::try_from(made)
        && world.row::<VpcEndpoint>(region, made).is_some()
    {
        return Ok(shown(request, world, made));
    }
    refuse_unsimulated(params, &[field::SERVICE_NETWORK_ARN, field::RESOURCE_CONFIGURATION_ARN])?;
    let kind = read_kind(params)?;
    let vpc = find::<Vpc>(world, region, Kind::Vpc, need(params, field::VPC_ID)?)?.clone();
    let target = read_service(request, world, kind)?;
    check_room(world, region, vpc.id, kind)?;
    check_parameters(params, kind)?;
    let policy = check_policy(params.text(field::POLICY_DOCUMENT))?;
    let id = VpcEndpointId(world.random.next_u64(Stream::Ids(Kind::VpcEndpoint)));
    let service = params.text(field::SERVICE_NAME).unwrap_or_default().to_owned();
    let (provider, waits) = match &target {
        Target::Own(id, acceptance) => (Some(*id), *acceptance),
        Target::Aws(_) => (None, false),
    };
    let mut row = VpcEndpoint {
        id,
        born: world.birth(),
        vpc: vpc.id,
        service,
        kind,
        state: match kind {
            EndpointKind::Gateway => EndpointState::Available,
            _ if waits => EndpointState::PendingAcceptance,
            _ => EndpointState::Pending,
        },
        created: world.now,
        since: world.now,
        policy,
        tables: Vec::new(),
        subnets: Vec::new(),
        groups: Vec::new(),
        private_dns: false,
        address_type: read_address_type(params)?.unwrap_or_else(|| "ipv4".to_owned()),
        dns_type: String::new(),
        inbound_only: false,
        provider,
        service_pays: None,
    };
    row.dns_type = read_dns(params)?.unwrap_or_else(|| row.address_type.clone());
    if kind == EndpointKind::Interface {
        row.groups = groups::resolve(world, region, vpc.id, params.texts(field::SECURITY_GROUP_IDS), [])?;
        let default = matches!(&target, Target::Aws(service) if !service.private_name.starts_with("s3.") && !service.private_name.starts_with("dynamodb."));
        row.private_dns = params.boolean(field::PRIVATE_DNS_ENABLED).unwrap_or(default);
        row.inbound_only = inbound_only(params);
        if row.private_dns {
            check_private_dns(world, region, &vpc, &row)?;
        }
    }
    if kind == EndpointKind::Gateway {
        put_tables(world, region, &mut row, params, field::ROUTE_TABLE_IDS)?;
    } else {
        put_subnets(world, region, &mut row, params, field::SUBNET_IDS)?;
    }
    let state = row.state;
    world.put(region, row);
    tags::apply_specifications(world, region, params, &[("vpc-endpoint", &[id.into()])])?;
    let text = format!("created for {}", params.text(field::SERVICE_NAME).unwrap_or_default());
    note(world, region, id, text);
    endpoints::enter(world, region, id, state);
    tokens::remember(request, world, id);
    Ok(shown(request, world, id))
}

fn shown(request: &Request<'_>, world: &World, id: VpcEndpointId) -> Structure {
    let row = world.row::<VpcEndpoint>(request.region, id);
    Structure::new()
        .with_some(
            field::VPC_ENDPOINT,
            row.map(|row| endpoint_view::describe(world, request.region, row)),
        )
        .with_some(field::CLIENT_TOKEN, request.params.text(field::CLIENT_TOKEN))
}

/// <https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-limits-endpoints.html>
fn check_room(world: &World, region: Region, vpc: VpcId, kind: EndpointKind) -> Result<()> {
    let Some(ec2) = world.ec2(region) else { return Ok(()) };
    let alive = ec2.links.endpoints.rows().filter(|row| !row.state.is_gone());
    let gateway = kind == EndpointKind::Gateway;
    let same = alive.filter(|row| (row.kind == EndpointKind::Gateway) == gateway && (gateway || row.vpc == vpc));
    let most = if gateway {
        quotas::GATEWAY_ENDPOINTS
    } else {
        quotas::INTERFACE_ENDPOINTS_PER_VPC
    };
    if same.count() >= most {
        let why = "The maximum number of VPC endpoints has been reached.";
        return Err(Error::new("VpcEndpointLimitExceeded", why));
    }
    Ok(())
}

/// Parameters that belong to other kinds.
fn check_parameters(params: &Structure, kind: EndpointKind) -> Result<()> {
    let has = |name| !params.list(name).is_empty();
    let gateway = kind == EndpointKind::Gateway;
    if !gateway && has(field::ROUTE_TABLE_IDS) {
        return Err(invalid("Route table IDs are only supported for Gateway type VPC Endpoint.").at("RouteTableIds"));
    }
    if gateway && (has(field::SUBNET_IDS) || has(field::SUBNET_CONFIGURATIONS)) {
        return Err(
            invalid("Subnet IDs are only supported for Interface and GatewayLoadBalancer type VPC Endpoints.")
                .at("SubnetIds"),
        );
    }
    if kind != EndpointKind::Interface && has(field::SECURITY_GROUP_IDS) {
        return Err(
            invalid("Security group IDs are only supported for Interface type VPC Endpoint.").at("SecurityGroupIds"),
        );
    }
    if kind != EndpointKind::Interface && params.boolean(field::PRIVATE_DNS_ENABLED) == Some(true) {
        return Err(invalid("Private DNS is only supported for Interface type VPC Endpoint.").at("PrivateDnsEnabled"));
    }
    if kind == EndpointKind::GatewayLoadBalancer && params.list(field::SUBNET_IDS).len() > 1 {
        return Err(invalid("A GatewayLoadBalancer endpoint has exactly one subnet.").at("SubnetIds"));
    }
    Ok(())
}

fn read_address_type(params: &Structure) -> Result<Option<String>> {
    match params.text(field::IP_ADDRESS_TYPE) {
        None => Ok(None),
        Some(kind @ ("ipv4" | "dualstack" | "ipv6")) => Ok(Some(kind.to_owned())),
        Some(other) => Err(Error::invalid("IpAddressType", other)),
    }
}

fn read_dns(params: &Structure) -> Result<Option<String>> {
    let Some(options) = params.structure(field::DNS_OPTIONS) else {
        return Ok(None);
    };
    refuse_unsimulated(
        options,
        &[field::PRIVATE_DNS_PREFERENCE, field::PRIVATE_DNS_SPECIFIED_DOMAINS],
    )?;
    Ok(options.text(field::DNS_RECORD_IP_TYPE).map(str::to_owned))
}

fn inbound_only(params: &Structure) -> bool {
    params
        .structure(field::DNS_OPTIONS)
        .and_then(|options| options.boolean(field::PRIVATE_DNS_ONLY_FOR_INBOUND_RESOLVER_ENDPOINT))
        .unwrap_or(false)
}

/// What private names demand: both DNS attributes of the VPC, and no other endpoint with the same name.
fn check_private_dns(world: &World, region: Region, vpc: &Vpc, row: &VpcEndpoint) -> Result<()> {
    if !(vpc.dns_support && vpc.dns_hostnames) {
        let why = format!(
            "Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for {}",
            vpc.id
        );
        let error = invalid(why).at("PrivateDnsEnabled");
        return Err(error.remedy("Turn both on with ModifyVpcAttribute, or create the endpoint without private DNS."));
    }
    let Some(name) = endpoint_view::private_name(world, region, row) else {
        let why = format!(
            "Private DNS can't be enabled because the service {} does not provide a private DNS name.",
            row.service
        );
        return Err(invalid(why).at("PrivateDnsEnabled"));
    };
    let endpoints = world.ec2(region).into_iter().flat_map(|ec2| ec2.links.endpoints.rows());
    let clash = |other: &VpcEndpoint| {
        other.id != row.id
            && other.vpc == vpc.id
            && other.service == row.service
            && other.private_dns
            && !other.state.is_gone()
    };
    if endpoints.into_iter().any(clash) {
        let why = format!(
            "private-dns-enabled cannot be set because there is already a conflicting DNS domain for {name} in the VPC {}",
            vpc.id
        );
        return Err(invalid(why).at("PrivateDnsEnabled"));
    }
    let gateway = |other: &VpcEndpoint| {
        other.vpc == vpc.id
            && other.service == row.service
            && other.kind == EndpointKind::Gateway
            && !other.state.is_gone()
    };
    if row.inbound_only
        && !world
            .ec2(region)
            .is_some_and(|ec2| ec2.links.endpoints.rows().any(gateway))
    {
        let why = format!(
            "To set PrivateDnsOnlyForInboundResolverEndpoint to true, the VPC {} must have a Gateway endpoint for the service.",
            vpc.id
        );
        return Err(invalid(why).at("DnsOptions"));
    }
    Ok(())
}

/// Names route tables to a gateway endpoint, and puts its routes there.
fn put_tables(
    world: &mut World,
    region: Region,
    row: &mut VpcEndpoint,
    params: &Structure,
    name: stratus_model::Name,
) -> Result<()> {
    let list = endpoints::list_of(world, region, &row.service).ok_or_else(|| aws_services::no_service(&row.service))?;
    for text in params.texts(name) {
        let table = find::<RouteTable>(world, region, Kind::RouteTable, text)?.clone();
        if table.vpc != row.vpc {
            let why = format!(
                "Route table {} and VPC {} belong to different networks.",
                table.id, row.vpc
            );
            return Err(invalid(why).at(name.text()));
        }
        if row.tables.contains(&table.id) {
            continue;
        }
        endpoints::add_route(world, region, row.id, list, &table)?;
        row.tables.push(table.id);
    }
    Ok(())
}

/// Addresses that a call names for subnets.
fn addresses(params: &Structure) -> Result<Vec<(&str, Option<Ipv4Addr>)>> {
    refuse_unsimulated_ipv6(params)?;
    params
        .structures(field::SUBNET_CONFIGURATIONS)
        .map(|subnet| {
            let id = need(subnet, field::SUBNET_ID)?;
            let address = subnet
                .text(field::IPV4)
                .map(|text| read_ipv4("Ipv4", text))
                .transpose()?;
            Ok((id, address))
        })
        .collect()
}

fn refuse_unsimulated_ipv6(params: &Structure) -> Result<()> {
    params
        .structures(field::SUBNET_CONFIGURATIONS)
        .try_for_each(|subnet| refuse_unsimulated(subnet, &[field::IPV6]))
}

/// Gives an endpoint an interface in each subnet that a call names, one a zone.
fn put_subnets(
    world: &mut World,
    region: Region,
    row: &mut VpcEndpoint,
    params: &Structure,
    name: stratus_model::Name,
) -> Result<()> {
    let named = addresses(params)?;
    let listed: Vec<&str> = params.texts(name).collect();
    let further = named.iter().map(|(id, _)| *id).filter(|id| !listed.contains(id));
    for text in listed.iter().copied().chain(further) {
        let subnet = find::<Subnet>(world, region, Kind::Subnet, text)?.clone();
        if subnet.vpc != row.vpc {
            let why = format!("The subnet ID '{}' does not belong to {}.", subnet.id, row.vpc);
            return Err(Error::new("InvalidSubnetID.NotFound", why).at(name.text()));
        }
        if row.subnets.iter().any(|(has, _)| *has == subnet.id) {
            continue;
        }
        refuse_wavelength(subnet.zone, "A VPC endpoint").map_err(|error| error.at(name.text()))?;
        let in_zone = |(has, _): &(SubnetId, NetworkInterfaceId)| {
            world
                .row::<Subnet>(region, *has)
                .is_some_and(|other| other.zone == subnet.zone)
        };
        if row.subnets.iter().any(in_zone) {
            let why = format!(
                "Found another VPC endpoint subnet in the availability zone of {}. VPC endpoint subnets should be in different availability zones supported by the VPC endpoint service.",
                subnet.id
            );
            return Err(Error::new("DuplicateSubnetsInSameZone", why).at(name.text()));
        }
        if row.address_type != "ipv4" && subnet.ipv6_cidr.is_none() {
            let why = format!(
                "The subnet {} has no IPv6 block, which the type {} needs.",
                subnet.id, row.address_type
            );
            return Err(invalid(why).at("IpAddressType"));
        }
        let address = named
            .iter()
            .find(|(id, _)| *id == text)
            .and_then(|(_, address)| *address);
        let interface = endpoints::make_interface(world, region, row, subnet.id, address)?;
        row.subnets.push((subnet.id, interface));
    }
    Ok(())
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcEndpoint.html>
fn modify(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let mut row = find::<VpcEndpoint>(world, region, Kind::VpcEndpoint, need(params, field::VPC_ENDPOINT_ID)?)?.clone();
    if row.state.is_gone() {
        let why = format!("The VPC endpoint {} is being deleted.", row.id);
        return Err(Error::new("IncorrectState", why).at("VpcEndpointId"));
    }
    if params.boolean(field::RESET_POLICY) == Some(true) {
        row.policy = None;
    } else if let Some(policy) = check_policy(params.text(field::POLICY_DOCUMENT))? {
        row.policy = Some(policy);
    }
    check_modified(params, row.kind)?;
    if let Some(kind) = read_address_type(params)?.filter(|kind| *kind != row.address_type) {
        let why = format!(
            "Stratus does not change an endpoint from {} to {kind}.",
            row.address_type
        );
        return Err(Error::new("UnsupportedOperation", why)
            .at("IpAddressType")
            .remedy("Make a new endpoint."));
    }
    if let Some(kind) = read_dns(params)? {
        row.dns_type = kind;
    }
    if row.kind == EndpointKind::Gateway {
        for text in params.texts(field::REMOVE_ROUTE_TABLE_IDS) {
            let table = find::<RouteTable>(world, region, Kind::RouteTable, text)?.id;
            endpoints::remove_route(world, region, row.id, table);
            row.tables.retain(|has| *has != table);
        }
        put_tables(world, region, &mut row, params, field::ADD_ROUTE_TABLE_IDS)?;
    } else {
        modify_interfaces(world, region, &mut row, params)?;
    }
    let id = row.id;
    world.put(region, row);
    endpoints::meter(world, region, id);
    note(world, region, id, "modified");
    returned()
}

fn check_modified(params: &Structure, kind: EndpointKind) -> Result<()> {
    let has = |name| !params.list(name).is_empty();
    let tables = has(field::ADD_ROUTE_TABLE_IDS) || has(field::REMOVE_ROUTE_TABLE_IDS);
    let subnets = has(field::ADD_SUBNET_IDS) || has(field::REMOVE_SUBNET_IDS);
    let groups = has(field::ADD_SECURITY_GROUP_IDS) || has(field::REMOVE_SECURITY_GROUP_IDS);
    match kind {
        EndpointKind::Gateway if subnets || groups => Err(invalid(
            "Subnets and security groups can be changed of Interface type VPC Endpoints only.",
        )),
        EndpointKind::GatewayLoadBalancer if subnets || groups => Err(invalid(
            "The subnet of a GatewayLoadBalancer endpoint cannot be changed, and it has no security groups.",
        )),
        EndpointKind::Interface | EndpointKind::GatewayLoadBalancer if tables => {
            Err(invalid("Route table IDs are only supported for Gateway type VPC Endpoint.").at("AddRouteTableIds"))
        }
        _ => Ok(()),
    }
}

/// Subnets, groups and private names of an interface endpoint.
fn modify_interfaces(world: &mut World, region: Region, row: &mut VpcEndpoint, params: &Structure) -> Result<()> {
    let mut groups_now: Vec<String> = row.groups.iter().map(SecurityGroupId::to_string).collect();
    let removed: Vec<&str> = params.texts(field::REMOVE_SECURITY_GROUP_IDS).collect();
    groups_now.retain(|group| !removed.contains(&group.as_str()));
    groups_now.extend(params.texts(field::ADD_SECURITY_GROUP_IDS).map(str::to_owned));
    if groups_now.is_empty() && row.kind == EndpointKind::Interface {
        return Err(invalid("A VPC endpoint must have at least one security group.").at("RemoveSecurityGroupIds"));
    }
    if row.kind == EndpointKind::Interface {
        row.groups = groups::resolve(world, region, row.vpc, groups_now.iter().map(String::as_str), [])?;
        for (_, interface) in &row.subnets {
            world.update::<NetworkInterface, _>(region, *interface, |eni| eni.groups = row.groups.clone());
        }
    }
    let mut gone = Vec::new();
    for text in params.texts(field::REMOVE_SUBNET_IDS) {
        let subnet = find::<Subnet>(world, region, Kind::Subnet, text)?.id;
        let (out, kept) = row.subnets.iter().partition(|(has, _)| *has == subnet);
        let out: Vec<(SubnetId, NetworkInterfaceId)> = out;
        gone.extend(out);
        row.subnets = kept;
    }
    // An interface may go only once nothing refers to it.
    world.put(region, row.clone());
    for (_, interface) in gone {
        super::super::vpc::interfaces::delete(world, region, interface);
    }
    put_subnets(world, region, row, params, field::ADD_SUBNET_IDS)?;
    if let Some(on) = params.boolean(field::PRIVATE_DNS_ENABLED) {
        let vpc = find::<Vpc>(world, region, Kind::Vpc, &row.vpc.to_string())?.clone();
        row.inbound_only = inbound_only(params) || row.inbound_only;
        if on && !row.private_dns {
            check_private_dns(world, region, &vpc, row)?;
        }
        row.private_dns = on;
    }
    Ok(())
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteVpcEndpoints.html>: what cannot be deleted is listed, the
/// rest goes.
fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let mut failed = Vec::new();
    for text in request.params.texts(field::VPC_ENDPOINT_IDS) {
        match find::<VpcEndpoint>(world, region, Kind::VpcEndpoint, text).cloned() {
            Ok(row) if row.state.is_gone() => {}
            Ok(row) => endpoints::delete(world, region, &row),
            Err(error) => failed.push(unsuccessful(text, &error)),
        }
    }
    Ok(Structure::new().with(field::UNSUCCESSFUL, failed))
}
