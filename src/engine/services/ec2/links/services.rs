//! Endpoint services of the account's own: made, changed, deleted, and their private names.
//! <https://docs.aws.amazon.com/vpc/latest/privatelink/configure-endpoint-service.html>
//!
//! Load balancers are named by their ARNs. There is no API of theirs here that could say whether one exists: an ARN of
//! this account and Region with the right form is taken (ours).

use super::super::common::{find, need, note, returned};
use super::super::{tags, tokens};
use super::{service_view, unsuccessful};
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::base::random::Stream;
use crate::catalog::Region;
use crate::dns::{self, Asker};
use crate::services::{Handler, Request};
use crate::world::World;
use crate::world::links::*;
use stratus_model::{Name, Structure, field};

/// Network load balancers of a service (AWS's quota).
const BALANCERS: usize = 50;

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    Some(match operation {
        "CreateVpcEndpointServiceConfiguration" => Handler::Write(create),
        "ModifyVpcEndpointServiceConfiguration" => Handler::Write(modify),
        "DeleteVpcEndpointServiceConfigurations" => Handler::Write(delete),
        "ModifyVpcEndpointServicePayerResponsibility" => Handler::Write(modify_payer),
        "StartVpcEndpointServicePrivateDnsVerification" => Handler::Write(verify),
        _ => return None,
    })
}

/// The service that a call names.
pub(super) fn named(request: &Request<'_>, world: &World) -> Result<EndpointService> {
    let text = need(request.params, field::SERVICE_ID)?;
    find::<EndpointService>(world, request.region, Kind::EndpointService, text).cloned()
}

/// ARNs of load balancers of one kind.
fn read_balancers(request: &Request<'_>, world: &World, name: Name, gateway: bool) -> Result<Vec<String>> {
    let start = format!(
        "arn:aws:elasticloadbalancing:{}:{}:loadbalancer/{}/",
        request.region.name(),
        world.account(),
        if gateway { "gwy" } else { "net" }
    );
    let mut list: Vec<String> = Vec::new();
    for arn in request.params.texts(name) {
        if arn.strip_prefix(&start).is_none_or(|rest| rest.split('/').count() != 2) {
            let why = format!("The load balancer ARN '{arn}' is not valid.");
            let error = Error::new("InvalidParameter", why).at(name.text());
            return Err(error.remedy(format!("It begins with {start}.")));
        }
        if !list.iter().any(|has| has == arn) {
            list.push(arn.to_owned());
        }
    }
    Ok(list)
}

fn read_address_types(params: &Structure, name: Name) -> Result<Vec<String>> {
    let mut list: Vec<String> = Vec::new();
    for kind in params.texts(name) {
        if !matches!(kind, "ipv4" | "ipv6") {
            return Err(Error::invalid("SupportedIpAddressTypes", kind));
        }
        if !list.iter().any(|has| has == kind) {
            list.push(kind.to_owned());
        }
    }
    Ok(list)
}

fn read_regions(params: &Structure, name: Name) -> Result<Vec<String>> {
    let regions = params.texts(name).map(|region| match Region::find(region) {
        Some(_) => Ok(region.to_owned()),
        None => Err(Error::invalid("SupportedRegions", region)),
    });
    regions.collect()
}

fn new_name(world: &mut World, name: &str) -> Result<PrivateName> {
    let labels = name.strip_prefix("*.").unwrap_or(name);
    let fits = labels.contains('.')
        && labels.len() <= 253
        && labels.split('.').all(|label| {
            !label.is_empty()
                && label.len() <= 63
                && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        });
    if !fits {
        return Err(Error::invalid(
            "PrivateDnsName",
            format!("'{name}' is not a domain name"),
        ));
    }
    let [one, two] = [0; 2].map(|_| world.random.next_u64(Stream::Ids(Kind::EndpointService)));
    Ok(PrivateName {
        name: name.to_owned(),
        proof: format!("vpce:{one:016x}{:04x}", two & 0xffff),
        asked: None,
        verified: None,
    })
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpointServiceConfiguration.html>
fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    if let Some(made) = tokens::earlier(request, world)?
        && let Ok(made) = EndpointServiceId::try_from(made)
        && world.row::<EndpointService>(region, made).is_some()
    {
        return Ok(shown(request, world, made));
    }
    let network = read_balancers(request, world, field::NETWORK_LOAD_BALANCER_ARNS, false)?;
    let gateways = read_balancers(request, world, field::GATEWAY_LOAD_BALANCER_ARNS, true)?;
    let (gateway, balancers) = match (network.is_empty(), gateways.is_empty()) {
        (false, true) => (false, network),
        (true, false) => (true, gateways),
        (true, true) => {
            let why = "Either network load balancer ARNs or gateway load balancer ARNs must be specified.";
            return Err(Error::new("MissingParameter", why).at("NetworkLoadBalancerArns"));
        }
        (false, false) => {
            let why = "Network load balancer ARNs and gateway load balancer ARNs cannot be specified together.";
            return Err(Error::combination(why));
        }
    };
    check_count(&balancers)?;
    let mut address_types = read_address_types(params, field::SUPPORTED_IP_ADDRESS_TYPES)?;
    if address_types.is_empty() {
        address_types.push("ipv4".to_owned());
    }
    let regions = read_regions(params, field::SUPPORTED_REGIONS)?;
    let id = EndpointServiceId(world.random.next_u64(Stream::Ids(Kind::EndpointService)));
    let name = params.text(field::PRIVATE_DNS_NAME);
    if gateway && name.is_some() {
        let why = "A service of gateway load balancers has no private DNS name.";
        return Err(Error::combination(why).at("PrivateDnsName"));
    }
    let private_dns = name.map(|name| new_name(world, name)).transpose()?;
    let row = EndpointService {
        id,
        born: world.birth(),
        gateway,
        balancers,
        acceptance: params.boolean(field::ACCEPTANCE_REQUIRED).unwrap_or(true),
        private_dns,
        address_types,
        regions,
        owner_pays: false,
        allowed: Vec::new(),
    };
    world.put(region, row);
    tags::apply_specifications(world, region, params, &[("vpc-endpoint-service", &[id.into()])])?;
    note(world, region, id, "created");
    tokens::remember(request, world, id);
    Ok(shown(request, world, id))
}

fn check_count(balancers: &[String]) -> Result<()> {
    if balancers.len() > BALANCERS {
        let why = format!("A service can have at most {BALANCERS} load balancers.");
        return Err(Error::new("InvalidParameter", why).at("NetworkLoadBalancerArns"));
    }
    Ok(())
}

fn shown(request: &Request<'_>, world: &World, id: EndpointServiceId) -> Structure {
    let row = world.row::<EndpointService>(request.region, id);
    Structure::new()
        .with_some(
            field::SERVICE_CONFIGURATION,
            row.map(|row| service_view::configuration(world, request.region, row)),
        )
        .with_some(field::CLIENT_TOKEN, request.params.text(field::CLIENT_TOKEN))
}

/// The load balancers that a call adds and removes.
fn change_balancers(request: &Request<'_>, world: &World, row: &mut EndpointService) -> Result<()> {
    let params = request.params;
    let lists = [
        (
            field::ADD_NETWORK_LOAD_BALANCER_ARNS,
            field::REMOVE_NETWORK_LOAD_BALANCER_ARNS,
            false,
        ),
        (
            field::ADD_GATEWAY_LOAD_BALANCER_ARNS,
            field::REMOVE_GATEWAY_LOAD_BALANCER_ARNS,
            true,
        ),
    ];
    for (add, remove, gateway) in lists {
        let added = read_balancers(request, world, add, gateway)?;
        if !added.is_empty() && gateway != row.gateway {
            let why = "A service has load balancers of one kind only.";
            return Err(Error::combination(why).at(add.text()));
        }
        let removed: Vec<&str> = params.texts(remove).collect();
        row.balancers.retain(|arn| !removed.contains(&arn.as_str()));
        for arn in added {
            if !row.balancers.contains(&arn) {
                row.balancers.push(arn);
            }
        }
    }
    if row.balancers.is_empty() {
        let why = "A service must have at least one load balancer.";
        return Err(Error::new("InvalidParameter", why).at("RemoveNetworkLoadBalancerArns"));
    }
    Ok(())
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcEndpointServiceConfiguration.html>
fn modify(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let mut row = named(request, world)?;
    change_balancers(request, world, &mut row)?;
    check_count(&row.balancers)?;
    change_texts(
        &mut row.address_types,
        read_address_types(params, field::ADD_SUPPORTED_IP_ADDRESS_TYPES)?,
        params,
        field::REMOVE_SUPPORTED_IP_ADDRESS_TYPES,
    );
    if row.address_types.is_empty() {
        let why = "A service must support at least one IP address type.";
        return Err(Error::new("InvalidParameter", why).at("RemoveSupportedIpAddressTypes"));
    }
    change_texts(
        &mut row.regions,
        read_regions(params, field::ADD_SUPPORTED_REGIONS)?,
        params,
        field::REMOVE_SUPPORTED_REGIONS,
    );
    if let Some(acceptance) = params.boolean(field::ACCEPTANCE_REQUIRED) {
        row.acceptance = acceptance;
    }
    match (
        params.text(field::PRIVATE_DNS_NAME),
        params.boolean(field::REMOVE_PRIVATE_DNS_NAME),
    ) {
        (Some(_), Some(true)) => {
            return Err(Error::combination(
                "PrivateDnsName and RemovePrivateDnsName exclude each other.",
            ));
        }
        (Some(name), _) => row.private_dns = Some(new_name(world, name)?),
        (None, Some(true)) => row.private_dns = None,
        _ => {}
    }
    let id = row.id;
    world.put(region, row);
    note(world, region, id, "modified");
    returned()
}

fn change_texts(list: &mut Vec<String>, added: Vec<String>, params: &Structure, remove: Name) {
    list.retain(|has| !params.texts(remove).any(|removed| removed == has));
    for text in added {
        if !list.contains(&text) {
            list.push(text);
        }
    }
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteVpcEndpointServiceConfigurations.html>: not while endpoints
/// are connected.
fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let mut failed = Vec::new();
    for text in request.params.texts(field::SERVICE_IDS) {
        let row = find::<EndpointService>(world, region, Kind::EndpointService, text).map(|row| row.id);
        let connected = |id: EndpointServiceId| {
            let endpoints = world.ec2(region).into_iter().flat_map(|ec2| ec2.links.endpoints.rows());
            let holds = |row: &VpcEndpoint| {
                row.provider == Some(id) && !row.state.is_gone() && row.state != EndpointState::Rejected
            };
            endpoints.into_iter().any(holds)
        };
        match row {
            Ok(id) if connected(id) => {
                let why = format!("Service {id} has existing active VPC Endpoint connections!");
                failed.push(unsuccessful(text, &Error::new("ExistingVpcEndpointConnections", why)));
            }
            Ok(id) => {
                let_go_endpoints(world, region, id);
                super::notifications::forget(world, region, id);
                note(world, region, id, "deleted");
                world.take::<EndpointService>(region, id);
            }
            Err(error) => failed.push(unsuccessful(text, &error)),
        }
    }
    Ok(Structure::new().with(field::UNSUCCESSFUL, failed))
}

/// Endpoints that the owner has refused lose their service.
fn let_go_endpoints(world: &mut World, region: Region, id: EndpointServiceId) {
    for by in world.referrers(region, id.into()) {
        if let ResourceId::VpcEndpoint(endpoint) = by {
            world.update::<VpcEndpoint, _>(region, endpoint, |row| row.provider = None);
        }
    }
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcEndpointServicePayerResponsibility.html>: once the owner
/// pays, that stays so.
fn modify_payer(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let row = named(request, world)?;
    world.update::<EndpointService, _>(request.region, row.id, |row| row.owner_pays = true);
    note(
        world,
        request.region,
        row.id,
        "the service's owner pays for its endpoints",
    );
    Ok(Structure::new().with(field::RETURN_VALUE, true))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_StartVpcEndpointServicePrivateDnsVerification.html>: looks for the TXT
/// record in the simulated DNS of this moment (at once, which is ours).
fn verify(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let row = named(request, world)?;
    let Some(name) = row.private_dns.clone() else {
        let why = format!("The service {} has no private DNS name.", row.id);
        return Err(Error::new("InvalidParameter", why).at("ServiceId"));
    };
    let domain = name.name.strip_prefix("*.").unwrap_or(&name.name);
    let proven = shows(world, &format!("{}.{domain}", service_view::PROOF), &name.proof);
    let (region, now) = (request.region, world.now);
    world.update::<EndpointService, _>(region, row.id, |row| {
        if let Some(name) = &mut row.private_dns {
            name.asked = Some(now);
            name.verified = Some(proven);
        }
    });
    let text = if proven {
        format!("{} is verified", name.name)
    } else {
        format!("{} is not verified: its TXT record was not found", name.name)
    };
    note(world, region, row.id, text);
    Ok(Structure::new().with(field::RETURN_VALUE, true))
}

/// Whether a name has a TXT record of this text.
fn shows(world: &World, name: &str, text: &str) -> bool {
    let Some(from) = Asker::read("internet") else {
        return false;
    };
    let query = dns::Query {
        name: name.to_owned(),
        record_type: "TXT".to_owned(),
        from,
    };
    let found = dns::resolve(world, &mut dns::Caches::default(), &query);
    found.is_ok_and(|found| {
        found
            .answers
            .iter()
            .any(|answer| answer.value.trim_matches('"') == text)
    })
}
