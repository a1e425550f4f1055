//! CreateListener, DescribeListeners, ModifyListener, DeleteListener; DescribeListenerCertificates, AddListenerCertificates,
//! RemoveListenerCertificates.
//! <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html>

use super::common::*;
use super::{actions, limits, policies, tags, trust_stores};
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::base::random::Stream;
use crate::catalog::Region;
use crate::services::ec2::common::note;
use crate::services::{Request, iam};
use crate::world::World;
use crate::world::balancing::*;
use stratus_model::{Structure, field};

/// Whether a protocol is one of TLS.
pub(super) fn is_secure(protocol: &str) -> bool {
    matches!(protocol, "HTTPS" | "TLS")
}

/// What a kind of load balancer listens for.
fn takes(kind: BalancerKind) -> &'static [&'static str] {
    match kind {
        BalancerKind::Application => &["HTTP", "HTTPS"],
        BalancerKind::Network => &["TCP", "TLS", "UDP", "TCP_UDP"],
        BalancerKind::Gateway => &[],
    }
}

/// `CertificateNotFound`.
fn no_certificate(arn: &str) -> Error {
    let why = format!("Certificate '{arn}' not found");
    let error = Error::new("CertificateNotFound", why).at("Certificates");
    error.remedy("Stratus has no ACM: upload one with IAM's UploadServerCertificate.")
}

/// Protocol and port of a call; what it does not say is as it was.
///
/// # Errors
/// `ValidationError`, `UnsupportedProtocol`, NotImplemented.
fn read_traffic(params: &Structure, balancer: &LoadBalancer, row: &mut Listener) -> Result<()> {
    let known = takes(balancer.kind);
    if known.is_empty() {
        for name in [field::PROTOCOL, field::PORT] {
            if params.contains(name) {
                let why = format!(
                    "A listener of a Gateway Load Balancer has no {}",
                    name.text().to_lowercase()
                );
                return Err(validation(name, why));
            }
        }
        return Ok(());
    }
    if let Some(protocol) = params.text(field::PROTOCOL) {
        if matches!(protocol, "QUIC" | "TCP_QUIC") {
            return Err(unsimulated(field::PROTOCOL, "QUIC"));
        }
        if !known.contains(&protocol) {
            let why = format!("Protocol '{protocol}' must be one of '{}'", known.join(", "));
            return Err(validation(field::PROTOCOL, why));
        }
        row.protocol = protocol.to_owned();
    }
    if let Some(port) = params.integer(field::PORT) {
        row.port = u16::try_from(port).unwrap_or(0);
    }
    if row.protocol.is_empty() {
        return Err(validation(field::PROTOCOL, "A listener protocol must be specified"));
    }
    if row.port == 0 {
        return Err(validation(field::PORT, "A listener port must be specified"));
    }
    Ok(())
}

/// Certificate and policy of a listener.
///
/// # Errors
/// `ValidationError`, `CertificateNotFound`, `SSLPolicyNotFound`.
fn read_security(world: &World, params: &Structure, balancer: &LoadBalancer, row: &mut Listener) -> Result<()> {
    if !is_secure(&row.protocol) {
        row.mutual = None;
        if params.list(field::CERTIFICATES).is_empty() && !params.contains(field::SSL_POLICY) {
            (row.certificates, row.policy, row.alpn) = (Vec::new(), None, Vec::new());
            return Ok(());
        }
        let why = format!(
            "Certificates and SSL policies cannot be specified for protocol '{}'",
            row.protocol
        );
        return Err(validation(field::CERTIFICATES, why));
    }
    let given: Vec<&str> = params
        .structures(field::CERTIFICATES)
        .filter_map(|own| own.text(field::CERTIFICATE_ARN))
        .collect();
    match given.as_slice() {
        [] => {}
        [arn] => {
            if !iam::has_server_certificate(world, arn) {
                return Err(no_certificate(arn));
            }
            // The default one; those that were added stay.
            let more = row.certificates.iter().skip(1).filter(|own| own != arn);
            row.certificates = std::iter::once((*arn).to_owned()).chain(more.cloned()).collect();
        }
        _ => {
            let why = "Exactly one certificate must be specified";
            return Err(Error::new("TooManyCertificates", why).at("Certificates"));
        }
    }
    if row.certificates.is_empty() {
        let why = format!("A certificate must be specified for {} listeners", row.protocol);
        return Err(validation(field::CERTIFICATES, why));
    }
    let network = balancer.kind == BalancerKind::Network;
    match params.text(field::SSL_POLICY) {
        Some(name) if policies::is_known(name) => row.policy = Some(name.to_owned()),
        Some(name) => {
            let why = format!("SSL policy '{name}' not found");
            return Err(Error::new("SSLPolicyNotFound", why).at("SslPolicy"));
        }
        None => {
            row.policy.get_or_insert_with(|| policies::DEFAULT.to_owned());
        }
    }
    let alpn: Vec<String> = params.texts(field::ALPN_POLICY).map(str::to_owned).collect();
    const KNOWN: [&str; 5] = ["HTTP1Only", "HTTP2Only", "HTTP2Optional", "HTTP2Preferred", "None"];
    if let Some(other) = alpn.iter().find(|name| !network || !KNOWN.contains(&name.as_str())) {
        let why = format!("ALPN policy '{other}' is not supported");
        return Err(Error::new("ALPNPolicyNotFound", why).at("AlpnPolicy"));
    }
    if !alpn.is_empty() {
        row.alpn = alpn;
    }
    Ok(())
}

/// Whether two listeners take the same packets: a port, and TCP or UDP.
fn collide(one: &Listener, other: &Listener) -> bool {
    let of = |protocol: &str| match protocol {
        "UDP" => (false, true),
        "TCP_UDP" => (true, true),
        _ => (true, false),
    };
    let (a, b) = (of(&one.protocol), of(&other.protocol));
    one.id != other.id && one.port == other.port && (a.0 && b.0 || a.1 && b.1)
}

fn check_port(world: &World, region: Region, row: &Listener) -> Result<()> {
    let others = listeners_of(world, region, row.balancer);
    if others.into_iter().any(|other| collide(row, other)) {
        let why = "A listener already exists on this port for this load balancer";
        return Err(Error::new("DuplicateListener", why).at("Port"));
    }
    Ok(())
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html>
pub(super) fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let balancer = balancer(world, region, needed(request, field::LOAD_BALANCER_ARN))?.clone();
    let tags = tags::read(params)?;
    let mut row = Listener {
        id: ListenerId(0),
        born: 0,
        balancer: balancer.id,
        protocol: String::new(),
        port: 0,
        policy: None,
        certificates: Vec::new(),
        alpn: Vec::new(),
        attributes: Default::default(),
        mutual: None,
    };
    read_traffic(params, &balancer, &mut row)?;
    read_security(world, params, &balancer, &mut row)?;
    trust_stores::read_mutual(world, region, params, &mut row)?;
    check_port(world, region, &row)?;
    let most = if balancer.kind == BalancerKind::Gateway {
        1
    } else {
        limits::LISTENERS
    };
    if listeners_of(world, region, balancer.id).len() >= most {
        let why = format!("The maximum number of listeners has been reached: {most}");
        return Err(Error::new("TooManyListeners", why));
    }
    let action = actions::read(world, region, params, field::DEFAULT_ACTIONS, &row)?;
    row.id = ListenerId(world.random.next_u64(Stream::Ids(Kind::Listener)));
    row.born = world.birth();
    let id = row.id;
    world.put(region, row);
    let rule = ListenerRule {
        id: ListenerRuleId(world.random.next_u64(Stream::Ids(Kind::ListenerRule))),
        born: world.birth(),
        listener: id,
        priority: None,
        conditions: Vec::new(),
        action,
    };
    world.put(region, rule);
    tags::put(world, region, id, &tags)?;
    note(
        world,
        region,
        balancer.id,
        format!("{} created", world.label(region, id.into())),
    );
    Ok(shown(world, region, id))
}

fn shown(world: &World, region: Region, id: ListenerId) -> Structure {
    let row = world.row::<Listener>(region, id);
    let all: Vec<Structure> = row.into_iter().map(|row| describe_row(world, region, row)).collect();
    Structure::new().with(field::LISTENERS, all)
}

/// The default rule of a listener.
pub(super) fn default_rule(world: &World, region: Region, id: ListenerId) -> Option<&ListenerRule> {
    rules_of(world, region, id)
        .into_iter()
        .find(|rule| rule.priority.is_none())
}

fn certificate(arn: &str) -> Structure {
    Structure::new().with(field::CERTIFICATE_ARN, arn)
}

/// `Listener`.
fn describe_row(world: &World, region: Region, row: &Listener) -> Structure {
    let balancer = arn_of(world, region, row.balancer.into());
    let rule = default_rule(world, region, row.id);
    let actions = rule
        .map(|rule| actions::show(world, region, &rule.action))
        .unwrap_or_default();
    // The default one alone: DescribeListenerCertificates has the others.
    let first = row.certificates.first();
    let certificates: Vec<Structure> = first.map(|arn| certificate(arn)).into_iter().collect();
    let plain = row.protocol.is_empty();
    let secure = is_secure(&row.protocol);
    let mutual = trust_stores::show_mutual(world, region, row);
    Structure::new()
        .with(field::LISTENER_ARN, listener_arn(world, region, row))
        .with_some(field::LOAD_BALANCER_ARN, balancer)
        .with_some(field::PORT, (!plain).then(|| i64::from(row.port)))
        .with_some(field::PROTOCOL, (!plain).then_some(row.protocol.as_str()))
        .with_some(field::CERTIFICATES, secure.then_some(certificates))
        .with_some(field::SSL_POLICY, row.policy.as_deref())
        .with(field::DEFAULT_ACTIONS, actions)
        .with_some(field::ALPN_POLICY, (!row.alpn.is_empty()).then(|| row.alpn.clone()))
        .with_some(field::MUTUAL_AUTHENTICATION, mutual)
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeListeners.html>
pub(super) fn describe(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let arns: Vec<&str> = params.texts(field::LISTENER_ARNS).collect();
    let rows: Vec<&Listener> = match (params.text(field::LOAD_BALANCER_ARN), arns.is_empty()) {
        (Some(arn), true) => {
            let id = balancer(world, region, arn)?.id;
            listeners_of(world, region, id)
        }
        (None, false) => arns
            .iter()
            .map(|arn| listener(world, region, arn))
            .collect::<Result<_>>()?,
        _ => {
            let why = "You must specify either listener ARNs or a load balancer ARN";
            return Err(validation(field::LISTENER_ARNS, why));
        }
    };
    let (rows, marker) = page(rows, params)?;
    let rows: Vec<Structure> = rows.into_iter().map(|row| describe_row(world, region, row)).collect();
    Ok(Structure::new()
        .with(field::LISTENERS, rows)
        .with_some(field::NEXT_MARKER, marker))
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ModifyListener.html>
pub(super) fn modify(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let old = listener(world, region, needed(request, field::LISTENER_ARN))?.clone();
    let Some(balancer) = world.row::<LoadBalancer>(region, old.balancer).cloned() else {
        return Err(Error::new("LoadBalancerNotFound", "The load balancer is gone."));
    };
    let mut row = old.clone();
    read_traffic(params, &balancer, &mut row)?;
    read_security(world, params, &balancer, &mut row)?;
    trust_stores::read_mutual(world, region, params, &mut row)?;
    check_port(world, region, &row)?;
    let action = match params.list(field::DEFAULT_ACTIONS).is_empty() {
        true => None,
        false => Some(actions::read(world, region, params, field::DEFAULT_ACTIONS, &row)?),
    };
    let rule = default_rule(world, region, row.id).map(|rule| rule.id);
    let id = row.id;
    world.put(region, row);
    if let (Some(rule), Some(action)) = (rule, action) {
        world.update::<ListenerRule, _>(region, rule, |row| row.action = action);
    }
    note(
        world,
        region,
        balancer.id,
        format!("{} changed", world.label(region, id.into())),
    );
    Ok(shown(world, region, id))
}

/// Takes a listener away with its rules.
pub(super) fn remove(world: &mut World, region: Region, id: ListenerId) {
    let rules: Vec<ListenerRuleId> = rules_of(world, region, id).iter().map(|rule| rule.id).collect();
    for rule in rules {
        world.take::<ListenerRule>(region, rule);
    }
    world.take::<Listener>(region, id);
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DeleteListener.html>
pub(super) fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let row = listener(world, region, needed(request, field::LISTENER_ARN))?.clone();
    let label = world.label(region, row.id.into());
    remove(world, region, row.id);
    note(world, region, row.balancer, format!("{label} deleted"));
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeListenerCertificates.html>
pub(super) fn certificates(request: &Request<'_>, world: &World) -> Result<Structure> {
    let row = listener(world, request.region, needed(request, field::LISTENER_ARN))?;
    let all: Vec<Structure> = (0..)
        .zip(&row.certificates)
        .map(|(place, arn)| certificate(arn).with(field::IS_DEFAULT, place == 0))
        .collect();
    let (all, marker) = page(all, request.params)?;
    Ok(Structure::new()
        .with(field::CERTIFICATES, all)
        .with_some(field::NEXT_MARKER, marker))
}

/// Certificates of a listener besides its default one (AWS's default quota).
/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html>
const MORE_CERTIFICATES: usize = 25;

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_AddListenerCertificates.html>: what it has already it
/// keeps.
pub(super) fn add_certificates(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let mut row = listener(world, region, needed(request, field::LISTENER_ARN))?.clone();
    if row.certificates.is_empty() {
        let why = format!("A certificate cannot be specified for {} listeners", row.protocol);
        return Err(configuration(field::CERTIFICATES, why));
    }
    for given in request.params.structures(field::CERTIFICATES) {
        let arn = given.text(field::CERTIFICATE_ARN).unwrap_or_default();
        if !iam::has_server_certificate(world, arn) {
            return Err(no_certificate(arn));
        }
        if !row.certificates.iter().any(|own| own == arn) {
            row.certificates.push(arn.to_owned());
        }
    }
    if row.certificates.len() > MORE_CERTIFICATES + 1 {
        let why = format!("A listener can have at most {MORE_CERTIFICATES} certificates besides its default one");
        return Err(Error::new("TooManyCertificates", why).at("Certificates"));
    }
    let more = row.certificates.iter().skip(1);
    let more: Vec<Structure> = more
        .map(|arn| certificate(arn).with(field::IS_DEFAULT, false))
        .collect();
    keep(world, region, row, "certificates added");
    Ok(Structure::new().with(field::CERTIFICATES, more))
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RemoveListenerCertificates.html>: all but the default
/// one.
pub(super) fn remove_certificates(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let mut row = listener(world, region, needed(request, field::LISTENER_ARN))?.clone();
    for given in request.params.structures(field::CERTIFICATES) {
        let arn = given.text(field::CERTIFICATE_ARN).unwrap_or_default();
        if row.certificates.first().is_some_and(|own| own == arn) {
            let why = format!("The default certificate '{arn}' cannot be removed from the listener");
            return Err(Error::new("OperationNotPermitted", why).at("Certificates"));
        }
        row.certificates.retain(|own| own != arn);
    }
    keep(world, region, row, "certificates removed");
    Ok(Structure::new())
}

fn keep(world: &mut World, region: Region, row: Listener, what: &str) {
    let text = format!("{}: {what}", world.label(region, row.id.into()));
    note(world, region, row.balancer, text);
    world.put(region, row);
}
