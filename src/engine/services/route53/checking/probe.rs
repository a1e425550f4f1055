//! One probe: the endpoint's address, the way there and back through the simulated network, and what answers.
//! <https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html>

use crate::catalog::Region;
use crate::dns::{self, Asker, Caches, Query};
use crate::network::{self, Disposition, Endpoint, Flow, speaks_http};
use crate::services::s3::public::Visit;
use crate::services::s3::website;
use crate::world::World;
use crate::world::compute::Instance;
use crate::world::names::{HealthCheckConfig, Seen};
use crate::world::vpc::NetworkInterface;
use std::net::IpAddr;

/// TCP.
const TCP: u8 = 6;
/// A TCP check waits so long for its connection; any other, for its connection, for the status from there on, and for the body
/// from there on. Milliseconds.
const TCP_WITHIN: i64 = 10_000;
/// See [`TCP_WITHIN`].
const CONNECT_WITHIN: i64 = 4_000;
/// See [`TCP_WITHIN`].
const STATUS_WITHIN: i64 = 2_000;
/// See [`TCP_WITHIN`].
const BODY_WITHIN: i64 = 2_000;
/// A string must lie wholly in so many bytes of the body.
const SEARCHED: usize = 5_120;
/// Where servers of the Web speak TLS.
const TLS_PORTS: [u16; 2] = [443, 8443];

/// What a probe from this address sees.
pub(super) fn probe(world: &World, config: &HealthCheckConfig, from: Region, source: IpAddr) -> Seen {
    let Some(address) = target(world, config, from) else {
        return Seen::Unresolved;
    };
    let port = config.port.and_then(|port| u16::try_from(port).ok()).unwrap_or(80);
    let Some((region, interface)) = holder(world, address) else {
        return bucket(world, config, address, port);
    };
    let flow = flow(source, address, port);
    match network::disposition(world, region, &flow) {
        Disposition::Delivered => {}
        Disposition::NotListening => return Seen::Refused,
        _ => return Seen::TimedOut,
    }
    let instance = interface.attachment.as_ref().map(|attachment| attachment.instance);
    let instance = instance.and_then(|id| world.row::<Instance>(region, id));
    match instance {
        Some(instance) => guest(instance, config, port),
        None if config.kind == "TCP" => Seen::Connected,
        // A load balancer's or another service's: what is behind it is theirs to say.
        None => judged(config, 200, ""),
    }
}

/// The interface that holds a public address.
fn holder(world: &World, address: IpAddr) -> Option<(Region, &NetworkInterface)> {
    world.regions.iter().find_map(|(region, ec2)| {
        let interface = ec2.public_holder(address)?;
        Some((*region, ec2.interface(interface)?))
    })
}

fn flow(source: IpAddr, address: IpAddr, port: u16) -> Flow {
    Flow {
        source: Endpoint::Address(source),
        destination: Endpoint::Address(address),
        protocol: TCP,
        port,
    }
}

/// The packet of a probe, and the Region whose network it goes through; `None` where no interface of this world has the
/// endpoint's address.
pub(super) fn packet(
    world: &World,
    config: &HealthCheckConfig,
    from: Region,
    source: IpAddr,
) -> Option<(Region, Flow)> {
    let address = target(world, config, from)?;
    let (region, _) = holder(world, address)?;
    let port = config.port.and_then(|port| u16::try_from(port).ok()).unwrap_or(80);
    Some((region, flow(source, address, port)))
}

/// The endpoint's address: as it is given, or as its name has it now.
fn target(world: &World, config: &HealthCheckConfig, from: Region) -> Option<IpAddr> {
    if let Some(text) = &config.address {
        return text.parse().ok();
    }
    let query = Query {
        name: format!("{}.", config.domain.as_deref()?.trim_end_matches('.')),
        record_type: "A".into(),
        from: Asker::Region(from),
    };
    let found = dns::resolve(world, &mut Caches::default(), &query).ok()?;
    // IPv4 only, as documented of FullyQualifiedDomainName.
    found.address()
}

/// What a program of an instance answers, and whether it does so in time.
fn guest(instance: &Instance, config: &HealthCheckConfig, port: u16) -> Seen {
    let Some(listener) = instance.guest.serves(port) else {
        return Seen::Refused;
    };
    let answer = instance.guest.web.get(&port);
    let delays = answer.map(|answer| answer.delays).unwrap_or_default();
    let tcp = config.kind == "TCP";
    if delays.connect > if tcp { TCP_WITHIN } else { CONNECT_WITHIN } {
        return Seen::TimedOut;
    }
    if tcp {
        return Seen::Connected;
    }
    if !speaks_http(&listener.program) {
        return Seen::NotSpoken;
    }
    if config.kind.starts_with("HTTPS") != TLS_PORTS.contains(&port) {
        return Seen::NotSpoken;
    }
    if delays.status > STATUS_WITHIN {
        return Seen::NoStatus;
    }
    let (status, body) = answer.map_or((200, ""), |answer| (answer.status, answer.body.as_str()));
    match judged(config, status, body) {
        // The body is only read where a string is searched for in it.
        Seen::Found(status) | Seen::Missing(status) if delays.body > BODY_WITHIN => Seen::NoBody(status),
        seen => seen,
    }
}

/// What the website of a bucket answers.
fn bucket(world: &World, config: &HealthCheckConfig, address: IpAddr, port: u16) -> Seen {
    let Some(host) = config.domain.as_deref() else {
        return Seen::TimedOut;
    };
    let Some(region) = dns::internet::websites_at(address).filter(|_| port == 80) else {
        return Seen::TimedOut;
    };
    if config.kind == "TCP" {
        return Seen::Connected;
    }
    if config.kind.starts_with("HTTPS") {
        return Seen::NotSpoken;
    }
    // A bucket is found by the name that is asked for.
    let named = host.split(".s3-website").next().unwrap_or(host);
    let path = config.path.as_deref().unwrap_or("/").trim_start_matches('/');
    let path = path.split('?').next().unwrap_or_default();
    let status = match website::of(world, named) {
        // As a browser is answered there: see `web`.
        Ok(_) if website::elsewhere(world, named, region).is_some() => 400,
        Ok(site) => website::fetch(world, named, &site, (host, path), &checker()).status,
        Err(_) => 404,
    };
    judged(config, status, "")
}

/// How a checker comes to a website: without TLS, from addresses that are not simulated.
fn checker() -> Visit {
    Visit {
        user_agent: Some("Amazon-Route53-Health-Check-Service".to_owned()),
        ..Visit::default()
    }
}

fn judged(config: &HealthCheckConfig, status: u16, body: &str) -> Seen {
    if !(200..400).contains(&status) {
        return Seen::BadStatus(status);
    }
    let Some(wanted) = config.search.as_deref().filter(|text| !text.is_empty()) else {
        return Seen::Status(status);
    };
    let bytes = body.as_bytes();
    let looked = bytes.get(..SEARCHED).unwrap_or(bytes);
    match looked.windows(wanted.len()).any(|part| part == wanted.as_bytes()) {
        true => Seen::Found(status),
        false => Seen::Missing(status),
    }
}
