//! Customer gateways: what AWS knows of the device at the customer's end of a VPN.
//! <https://docs.aws.amazon.com/vpn/latest/s2svpn/your-cgw.html>

use super::super::common::{Describing, dependency, done, find, need, note, tag_list};
use super::super::tags;
use super::life;
use crate::base::error::{Error, Result};
use crate::base::ids::{CustomerGatewayId, Kind};
use crate::base::random::Stream;
use crate::catalog::{Region, quotas};
use crate::services::Request;
use crate::world::World;
use crate::world::gateways::{CustomerGateway, GatewayState};
use std::net::IpAddr;
use stratus_model::{Structure, field};

/// The autonomous system of a device that was given none.
const ASN: i64 = 65_000;
/// The largest number of an autonomous system of `BgpAsn`; larger ones are `BgpAsnExtended`.
const ASN_LARGEST: i64 = 2_147_483_647;

fn invalid(name: &str, parameter: &'static str, value: impl std::fmt::Display) -> Error {
    let why = format!("Value ({value}) for parameter {name} is invalid.");
    Error::new("InvalidParameterValue", why).at(parameter)
}

fn read_asn(params: &Structure) -> Result<(i64, bool)> {
    match (params.integer(field::BGP_ASN), params.integer(field::BGP_ASN_EXTENDED)) {
        (Some(_), Some(_)) => Err(Error::combination("Specify either BgpAsn or BgpAsnExtended, not both.")),
        (Some(asn), None) if !(1..=ASN_LARGEST).contains(&asn) => Err(invalid("bgpAsn", "BgpAsn", asn)),
        (None, Some(asn)) if !(ASN_LARGEST + 1..=4_294_967_295).contains(&asn) => {
            Err(invalid("bgpAsnExtended", "BgpAsnExtended", asn))
        }
        (Some(asn), None) => Ok((asn, false)),
        (None, Some(asn)) => Ok((asn, true)),
        (None, None) => Ok((ASN, false)),
    }
}

fn read_address(params: &Structure) -> Result<Option<String>> {
    let text = match (params.text(field::IP_ADDRESS), params.text(field::PUBLIC_IP)) {
        (Some(one), Some(other)) if one != other => {
            return Err(Error::combination("Specify either IpAddress or PublicIp, not both."));
        }
        (one, other) => one.or(other),
    };
    match text {
        Some(text) => match text.parse::<IpAddr>() {
            Ok(address) => Ok(Some(address.to_string())),
            Err(_) => Err(invalid("ipAddress", "IpAddress", text)),
        },
        None if params.contains(field::CERTIFICATE_ARN) => Ok(None),
        None => Err(Error::missing("IpAddress").remedy("Give the device's address, or the ARN of its certificate.")),
    }
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateCustomerGateway.html>: one with the same address, number
/// and name as another is that other one.
pub(super) fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let (asn, extended) = read_asn(params)?;
    let address = read_address(params)?;
    let certificate = params.text(field::CERTIFICATE_ARN).map(str::to_owned);
    if let Some(arn) = certificate.as_deref().filter(|arn| !arn.starts_with("arn:aws:acm:")) {
        return Err(invalid("certificateArn", "CertificateArn", arn));
    }
    let device = params.text(field::DEVICE_NAME).map(str::to_owned);
    let rows = || {
        world
            .ec2(region)
            .into_iter()
            .flat_map(|ec2| ec2.gateways.customer.rows())
    };
    let alive = || rows().filter(|row| row.state.is_alive());
    let same = |row: &&CustomerGateway| {
        (row.asn, &row.address, &row.certificate, &row.device) == (asn, &address, &certificate, &device)
    };
    if let Some(same) = alive().find(same) {
        return Ok(shown(world, region, same.id));
    }
    if alive().count() >= quotas::CUSTOMER_GATEWAYS {
        let why = "The maximum number of customer gateways has been reached.";
        return Err(Error::new("CustomerGatewayLimitExceeded", why));
    }
    let id = CustomerGatewayId(world.random.next_u64(Stream::Ids(Kind::CustomerGateway)));
    let row = CustomerGateway {
        id,
        born: world.birth(),
        state: GatewayState::Available,
        asn,
        extended,
        address,
        certificate,
        device,
    };
    world.put(region, row);
    tags::apply_specifications(world, region, params, &[("customer-gateway", &[id.into()])])?;
    note(world, region, id, "created");
    Ok(shown(world, region, id))
}

fn shown(world: &World, region: Region, id: CustomerGatewayId) -> Structure {
    let row = world.row::<CustomerGateway>(region, id);
    Structure::new().with_some(field::CUSTOMER_GATEWAY, row.map(|row| describe(world, region, row)))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteCustomerGateway.html>: not while a VPN connection uses it.
pub(super) fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let text = need(request.params, field::CUSTOMER_GATEWAY_ID)?;
    let row = find::<CustomerGateway>(world, region, Kind::CustomerGateway, text)?;
    let (id, alive) = (row.id, row.state.is_alive());
    let users = world.referrers(region, id.into());
    if !users.is_empty() {
        let remedy = dependency(String::new(), &users).remedy;
        return Err(Error::new("IncorrectState", "The customer gateway is in use.").remedy(remedy));
    }
    if alive {
        world.update::<CustomerGateway, _>(region, id, |row| row.state = GatewayState::Deleted);
        note(world, region, id, "available → deleted");
        life::hide(world, region, id);
    }
    done()
}

fn describe(world: &World, region: Region, row: &CustomerGateway) -> Structure {
    let asn = row.asn.to_string();
    let base = Structure::new()
        .with(field::CUSTOMER_GATEWAY_ID, row.id)
        .with(field::STATE, row.state.name())
        .with(field::TYPE, "ipsec.1")
        .with_some(field::IP_ADDRESS, row.address.clone())
        .with_some(field::CERTIFICATE_ARN, row.certificate.clone())
        .with_some(field::DEVICE_NAME, row.device.clone())
        .with(field::TAGS, tag_list(world, region, row.id));
    if row.extended {
        base.with(field::BGP_ASN_EXTENDED, asn)
    } else {
        base.with(field::BGP_ASN, asn)
    }
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeCustomerGateways.html>
pub(super) fn describe_all(request: &Request<'_>, world: &World) -> Result<Structure> {
    let describing = Describing {
        kind: Kind::CustomerGateway,
        ids: field::CUSTOMER_GATEWAY_IDS,
        answer: field::CUSTOMER_GATEWAYS,
        born: |row: &CustomerGateway| row.born,
        filters: &["bgp-asn", "customer-gateway-id", "ip-address", "state", "type"],
        least: 5,
    };
    let values = |row: &CustomerGateway, name: &str| match name {
        "bgp-asn" => vec![row.asn.to_string()],
        "ip-address" => row.address.clone().into_iter().collect(),
        "state" => vec![row.state.name().to_owned()],
        "type" => vec!["ipsec.1".to_owned()],
        _ => vec![row.id.to_string()],
    };
    describing.answer(request, world, &values, &|row| describe(world, request.region, row))
}
