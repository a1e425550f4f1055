//! One probe: the endpoint's address, the way there and back through the simulated network, and what answers.
//! <https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html>

use super::behind;
use crate::catalog::Region;
use crate::dns::{self, Asker, Caches, Query};
use crate::network::{self, Disposition, Endpoint, Flow, speaks_http};
use crate::services::s3::public::Visit;
use crate::web::Address;
use crate::web::storage::{self, Program};
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

/// A load balancer's word for a target that refuses it, or answers in no HTTP.
const BAD_GATEWAY: u16 = 502;
/// How a checker names itself.
/// <https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html>
const CHECKER: Program<'static> = Program {
    name: "Amazon-Route53-Health-Check-Service",
    referer: None,
    method: "GET",
    headers: Vec::new(),
    shown: SEARCHED,
};

/// What a probe from this address sees.
pub(super) fn probe(world: &World, config: &HealthCheckConfig, from: Region, source: IpAddr) -> Seen {
    let Some(address) = target(world, config, from) else {
        return Seen::Unresolved;
    };
    let port = config.port.and_then(|port| u16::try_from(port).ok()).unwrap_or(80);
    let Some((region, interface)) = holder(world, address) else {
        return bucket(world, config, (source, address), port);
    };
    let flow = flow(source, address, port);
    if world.ec2(region).is_some_and(|ec2| behind::is_node(ec2, interface)) {
        return behind::probe(world, config, region, &flow);
    }
    match network::disposition(world, region, &flow) {
        Disposition::Delivered => {}
        Disposition::NotListening => return Seen::Refused,
        _ => return Seen::TimedOut,
    }
    let instance = interface.attachment.as_ref().map(|attachment| attachment.instance);
    let instance = instance.and_then(|id| world.row::<Instance>(region, id));
    match instance {
        Some(instance) => guest(instance, config, port, &Talk::of(config)),
        None if config.kind == "TCP" => Seen::Connected,
        // What stands there is no server of the Web.
        None => Seen::NotSpoken,
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

/// How a request comes to where it is answered.
pub(super) struct Talk {
    /// Whether it is encrypted there.
    pub tls: bool,
    /// Whether a load balancer brings it that speaks HTTP itself: that has taken the connection already, and tells in HTTP what
    /// goes wrong behind it.
    pub relayed: bool,
}

impl Talk {
    /// As the checker makes it.
    pub fn of(config: &HealthCheckConfig) -> Talk {
        Talk {
            tls: config.kind.starts_with("HTTPS"),
            relayed: false,
        }
    }

    /// What the checker hears where the other end does not answer in HTTP.
    pub fn unspoken(&self) -> Seen {
        if self.relayed {
            Seen::BadStatus(BAD_GATEWAY)
        } else {
            Seen::NotSpoken
        }
    }
}

/// What a program of an instance answers, and whether it does so in time.
pub(super) fn guest(instance: &Instance, config: &HealthCheckConfig, port: u16, talk: &Talk) -> Seen {
    let Some(listener) = instance.guest.serves(port) else {
        return if talk.relayed { talk.unspoken() } else { Seen::Refused };
    };
    let answer = instance.guest.web.get(&port);
    let mut delays = answer.map(|answer| answer.delays).unwrap_or_default();
    if talk.relayed {
        // The checker's own connection is there: all that it waits for is the status.
        delays.status = delays.status.saturating_add(delays.connect);
        delays.connect = 0;
    }
    let tcp = config.kind == "TCP";
    if delays.connect > if tcp { TCP_WITHIN } else { CONNECT_WITHIN } {
        return Seen::TimedOut;
    }
    if tcp {
        return Seen::Connected;
    }
    if !speaks_http(&listener.program) || talk.tls != TLS_PORTS.contains(&port) {
        return talk.unspoken();
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

/// What the website of a bucket answers to a checker, which comes from this address to that one.
fn bucket(world: &World, config: &HealthCheckConfig, (source, address): (IpAddr, IpAddr), port: u16) -> Seen {
    let Some(host) = config.domain.as_deref() else {
        return Seen::TimedOut;
    };
    let Some(region) = dns::internet::websites_at(address).filter(|_| port == 80) else {
        return Seen::TimedOut;
    };
    if config.kind == "TCP" {
        return Seen::Connected;
    }
    let path = config.path.as_deref().unwrap_or_default();
    let address = Address {
        secure: config.kind.starts_with("HTTPS"),
        host: host.trim_end_matches('.').to_ascii_lowercase(),
        port,
        path: format!("/{}", path.trim_start_matches('/')),
    };
    let visit = Visit {
        source_ip: Some(source),
        ..storage::visit(&address, &CHECKER)
    };
    let (_, answer) = storage::site(world, region, &address, &visit, &CHECKER);
    match answer {
        Ok(page) => judged(config, page.status, &page.body),
        // Without TLS on its port, it means nothing to what stands there.
        Err(_) => Seen::NotSpoken,
    }
}

/// What an answer is to a checker that wants a status, and perhaps a string.
pub(super) fn judged(config: &HealthCheckConfig, status: u16, body: &str) -> Seen {
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
