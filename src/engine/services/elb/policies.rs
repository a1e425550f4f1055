//! Policies of Classic Load Balancers: made by name, then put on a listener or before the ports of instances. They are kept and
//! shown; a packet meets none of them, since they are about cookies, ciphers and headers inside of a connection.
//! <https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-sticky-sessions.html>,
//! <https://docs.aws.amazon.com/cli/latest/reference/elb/describe-load-balancer-policy-types.html>

use super::common::*;
use crate::base::error::{Error, Result};
use crate::services::Request;
use crate::world::World;
use crate::world::balancing::{ClassicBalancer, ClassicPolicy};
use stratus_model::{Name, Structure, field, sort};

/// Policies of a load balancer (ours: AWS does not publish its number).
const POLICIES: usize = 100;

const APP_COOKIE: &str = "AppCookieStickinessPolicyType";
const LB_COOKIE: &str = "LBCookieStickinessPolicyType";
const CIPHERS: &str = "SSLNegotiationPolicyType";
const SERVERS: &str = "BackendServerAuthenticationPolicyType";
const KEYS: &str = "PublicKeyPolicyType";
const PROXY: &str = "ProxyProtocolPolicyType";

/// A type of policies: name, what it is for, attributes each with name, type and how many there may be.
type PolicyType = (
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str, &'static str)],
);

static TYPES: [PolicyType; 6] = [
    (
        APP_COOKIE,
        "Stickiness policy with session lifetimes controlled by the lifetime of the application-generated cookie. This policy can be associated only with HTTP/HTTPS listeners.",
        &[("CookieName", "String", "ONE")],
    ),
    (
        SERVERS,
        "Policy that controls authentication to back-end server(s) and contains one or more policies, such as an instance of a PublicKeyPolicyType. This policy can be associated only with back-end servers that are using HTTPS/SSL.",
        &[("PublicKeyPolicyName", "PolicyName", "ONE_OR_MORE")],
    ),
    (
        LB_COOKIE,
        "Stickiness policy with session lifetimes controlled by the browser (user-agent) or a specified expiration period. This policy can be associated only with HTTP/HTTPS listeners.",
        &[("CookieExpirationPeriod", "Long", "ZERO_OR_ONE")],
    ),
    (
        PROXY,
        "Policy that controls whether to include the IP address and port of the originating request for TCP messages. This policy operates on TCP/SSL listeners only.",
        &[("ProxyProtocol", "Boolean", "ONE")],
    ),
    (
        KEYS,
        "Policy containing a list of public keys to accept when authenticating the back-end server(s). This policy cannot be applied directly to back-end servers or listeners but must be part of a BackendServerAuthenticationPolicyType.",
        &[("PublicKey", "String", "ONE")],
    ),
    (
        CIPHERS,
        "Listener policy that defines the ciphers and protocols that will be accepted by the load balancer. This policy can be associated only with HTTPS/SSL listeners.",
        &[
            ("Reference-Security-Policy", "String", "ZERO_OR_ONE"),
            ("Protocol-SSLv3", "Boolean", "ZERO_OR_ONE"),
            ("Protocol-TLSv1", "Boolean", "ZERO_OR_ONE"),
            ("Protocol-TLSv1.1", "Boolean", "ZERO_OR_ONE"),
            ("Protocol-TLSv1.2", "Boolean", "ZERO_OR_ONE"),
            ("Server-Defined-Cipher-Order", "Boolean", "ZERO_OR_ONE"),
        ],
    ),
];

/// Sets of ciphers that a policy can refer to, the default first.
/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-security-policy-table.html>
const REFERENCES: [&str; 6] = [
    "ELBSecurityPolicy-2016-08",
    "ELBSecurityPolicy-TLS-1-2-2017-01",
    "ELBSecurityPolicy-TLS-1-1-2017-01",
    "ELBSecurityPolicy-2015-05",
    "ELBSecurityPolicy-2015-03",
    "ELBSecurityPolicy-2015-02",
];

fn type_of(name: &str) -> Option<&'static PolicyType> {
    TYPES.iter().find(|(own, ..)| *own == name)
}

/// Makes a policy.
fn make(request: &Request<'_>, world: &mut World, kind: &str, attributes: Vec<(String, String)>) -> Result<Structure> {
    let mut row = named(request, world)?.clone();
    let name = needed(request, field::POLICY_NAME);
    let plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
    if name.is_empty() || !name.chars().all(plain) {
        let why = "PolicyName must contain only alphanumeric characters or '-'";
        return Err(validation(field::POLICY_NAME, why));
    }
    if row.policies.iter().any(|own| own.name == name) {
        let why = format!(
            "There already exists a policy with name {name} for load balancer {}",
            row.name
        );
        return Err(Error::new("DuplicatePolicyName", why).at("PolicyName"));
    }
    if row.policies.len() >= POLICIES {
        let why = format!("Load balancer {} has {POLICIES} policies already", row.name);
        return Err(Error::new("TooManyPolicies", why));
    }
    row.policies.push(ClassicPolicy {
        name: name.to_owned(),
        kind: kind.to_owned(),
        attributes,
    });
    sort::by_key(&mut row.policies, |own| own.name.clone());
    let text = format!("policy {name} created");
    put(request, world, row, text);
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_CreateAppCookieStickinessPolicy.html>
pub(super) fn create_app_cookie(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let cookie = needed(request, field::COOKIE_NAME).to_owned();
    make(request, world, APP_COOKIE, vec![("CookieName".into(), cookie)])
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_CreateLBCookieStickinessPolicy.html>
pub(super) fn create_lb_cookie(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let period = request.params.integer(field::COOKIE_EXPIRATION_PERIOD);
    if period.is_some_and(|period| period < 1) {
        let why = "CookieExpirationPeriod must be a positive number of seconds";
        return Err(configuration(field::COOKIE_EXPIRATION_PERIOD, why));
    }
    let attributes = period.map(|period| ("CookieExpirationPeriod".to_owned(), period.to_string()));
    make(request, world, LB_COOKIE, attributes.into_iter().collect())
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_CreateLoadBalancerPolicy.html>
pub(super) fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let kind = needed(request, field::POLICY_TYPE_NAME);
    let (kind, _, known) = *type_of(kind).ok_or_else(|| no_type(kind))?;
    let given = request.params.structures(field::POLICY_ATTRIBUTES);
    let text = |given: &Structure, name: Name| given.text(name).unwrap_or_default().to_owned();
    let given = given.map(|one| (text(one, field::ATTRIBUTE_NAME), text(one, field::ATTRIBUTE_VALUE)));
    let attributes: Vec<(String, String)> = given.collect();
    let row = named(request, world)?;
    for (name, value) in &attributes {
        // Of a policy about ciphers each cipher's name is one.
        let cipher = |letter: char| letter.is_ascii_uppercase() || letter.is_ascii_digit() || letter == '-';
        let is_cipher = kind == CIPHERS && name.chars().all(cipher);
        if !is_cipher && !known.iter().any(|(own, ..)| own == name) {
            let why = format!("Policy attribute '{name}' is not valid for the policy type {kind}");
            return Err(configuration(field::POLICY_ATTRIBUTES, why));
        }
        let fits = match name.as_str() {
            "Reference-Security-Policy" => REFERENCES.contains(&value.as_str()),
            "PublicKeyPolicyName" => row.policies.iter().any(|own| own.kind == KEYS && own.name == *value),
            "PublicKey" | "CookieName" => !value.is_empty(),
            "CookieExpirationPeriod" => value.parse::<i64>().is_ok_and(|period| period > 0),
            _ => matches!(value.as_str(), "true" | "false"),
        };
        if !fits {
            let why = format!("Policy attribute '{name}' cannot have the value '{value}'");
            return Err(configuration(field::POLICY_ATTRIBUTES, why));
        }
    }
    let missing = known
        .iter()
        .find(|(own, _, number)| number.starts_with("ONE") && !attributes.iter().any(|(name, _)| name == own));
    if let Some((name, ..)) = missing {
        let why = format!("The policy type {kind} requires the attribute '{name}'");
        return Err(configuration(field::POLICY_ATTRIBUTES, why));
    }
    make(request, world, kind, attributes)
}

fn no_type(name: &str) -> Error {
    let why = format!("Policy type '{name}' not found");
    Error::new("PolicyTypeNotFound", why).at("PolicyTypeName")
}

fn no_policy(name: &str) -> Error {
    let why = format!("There is no policy with name {name}");
    Error::new("PolicyNotFound", why).at("PolicyNames")
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_DeleteLoadBalancerPolicy.html>: not while it is
/// in use.
pub(super) fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let mut row = named(request, world)?.clone();
    let name = needed(request, field::POLICY_NAME);
    let on_listeners = row.listeners.iter().flat_map(|own| &own.policies);
    let on_servers = row.servers.iter().flat_map(|(_, policies)| policies);
    let of_servers = row.policies.iter().filter(|own| own.kind == SERVERS);
    let named_keys = of_servers.flat_map(|own| own.attributes.iter().map(|(_, value)| value));
    let mut users = on_listeners.chain(on_servers).chain(named_keys);
    if users.any(|own| own == name) {
        let why = format!("Policy {name} is in use and cannot be deleted");
        return Err(configuration(field::POLICY_NAME, why).remedy("Take it off its listeners and servers first."));
    }
    row.policies.retain(|own| own.name != name);
    put(request, world, row, format!("policy {name} deleted"));
    Ok(Structure::new())
}

/// The policies of a call, each of these types.
fn read(request: &Request<'_>, row: &ClassicBalancer, kinds: &[&str]) -> Result<Vec<String>> {
    let mut names: Vec<String> = Vec::new();
    for name in request.params.texts(field::POLICY_NAMES) {
        let own = row.policies.iter().find(|own| own.name == name);
        let own = own.ok_or_else(|| no_policy(name))?;
        if !kinds.contains(&own.kind.as_str()) {
            let why = format!("Policy {name} of the type {} cannot be used here", own.kind);
            return Err(configuration(field::POLICY_NAMES, why));
        }
        names.push(name.to_owned());
    }
    Ok(names)
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_SetLoadBalancerPoliciesOfListener.html>: in the
/// place of those that the listener had.
pub(super) fn set_of_listener(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let mut row = named(request, world)?.clone();
    let port = request.params.integer(field::LOAD_BALANCER_PORT).unwrap_or(0);
    let Some(place) = row.listeners.iter().position(|own| i64::from(own.port) == port) else {
        let why = format!("{} has no listener on port {port}", row.name);
        return Err(Error::new("ListenerNotFound", why).at("LoadBalancerPort"));
    };
    let protocol = row.listeners.get(place).map_or("", |own| own.protocol.as_str());
    let kinds: &[&str] = match protocol {
        "HTTP" => &[APP_COOKIE, LB_COOKIE],
        "HTTPS" => &[APP_COOKIE, LB_COOKIE, CIPHERS],
        "SSL" => &[CIPHERS],
        _ => &[],
    };
    let names = read(request, &row, kinds)?;
    let is_sticky = |name: &&String| {
        let own = row.policies.iter().find(|own| own.name == **name);
        own.is_some_and(|own| own.kind != CIPHERS)
    };
    if names.iter().filter(is_sticky).count() > 1 {
        return Err(configuration(
            field::POLICY_NAMES,
            "Only one stickiness policy can be set on a listener",
        ));
    }
    if let Some(own) = row.listeners.get_mut(place) {
        own.policies = names;
    }
    put(
        request,
        world,
        row,
        format!("policies of the listener on port {port} set"),
    );
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_SetLoadBalancerPoliciesForBackendServer.html>
pub(super) fn set_of_servers(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let mut row = named(request, world)?.clone();
    let asked = request.params.integer(field::INSTANCE_PORT).unwrap_or(0);
    let port = row
        .listeners
        .iter()
        .map(|own| own.instance_port)
        .find(|own| i64::from(*own) == asked);
    let Some(port) = port else {
        let why = format!("{} has no listener that sends to the instance port {asked}", row.name);
        return Err(configuration(field::INSTANCE_PORT, why));
    };
    let names = read(request, &row, &[PROXY, SERVERS])?;
    row.servers.retain(|(own, _)| *own != port);
    if !names.is_empty() {
        row.servers.push((port, names));
        sort::by_key(&mut row.servers, |(port, _)| *port);
    }
    put(request, world, row, format!("policies of the instance port {port} set"));
    Ok(Structure::new())
}

/// `PolicyDescription`.
fn show(policy: &ClassicPolicy) -> Structure {
    let attributes = policy.attributes.iter().map(|(name, value)| {
        Structure::new()
            .with(field::ATTRIBUTE_NAME, name.as_str())
            .with(field::ATTRIBUTE_VALUE, value.as_str())
    });
    Structure::new()
        .with(field::POLICY_NAME, policy.name.as_str())
        .with(field::POLICY_TYPE_NAME, policy.kind.as_str())
        .with(field::POLICY_ATTRIBUTE_DESCRIPTIONS, attributes.collect::<Vec<_>>())
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_DescribeLoadBalancerPolicies.html>: those of a
/// load balancer, or the predefined ones; of these the reference stands for the ciphers (ours).
pub(super) fn describe(request: &Request<'_>, world: &World) -> Result<Structure> {
    let all: Vec<ClassicPolicy> = match request.params.text(field::LOAD_BALANCER_NAME) {
        Some(_) => named(request, world)?.policies.clone(),
        None => {
            let predefined = REFERENCES.iter().map(|name| ClassicPolicy {
                name: (*name).to_owned(),
                kind: CIPHERS.to_owned(),
                attributes: vec![("Reference-Security-Policy".into(), (*name).to_owned())],
            });
            predefined.collect()
        }
    };
    let wanted: Vec<&str> = request.params.texts(field::POLICY_NAMES).collect();
    let missing = wanted.iter().find(|name| !all.iter().any(|own| own.name == **name));
    if let Some(name) = missing {
        return Err(no_policy(name));
    }
    let shown = all
        .iter()
        .filter(|own| wanted.is_empty() || wanted.contains(&own.name.as_str()));
    Ok(Structure::new().with(field::POLICY_DESCRIPTIONS, shown.map(show).collect::<Vec<_>>()))
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_DescribeLoadBalancerPolicyTypes.html>
pub(super) fn describe_types(request: &Request<'_>, _: &World) -> Result<Structure> {
    let wanted: Vec<&str> = request.params.texts(field::POLICY_TYPE_NAMES).collect();
    if let Some(name) = wanted.iter().find(|name| type_of(name).is_none()) {
        return Err(no_type(name));
    }
    let shown = TYPES
        .iter()
        .filter(|(name, ..)| wanted.is_empty() || wanted.contains(name));
    let shown = shown.map(|(name, what, attributes)| {
        let attributes = attributes.iter().map(|(name, kind, number)| {
            Structure::new()
                .with(field::ATTRIBUTE_NAME, *name)
                .with(field::ATTRIBUTE_TYPE, *kind)
                .with(field::CARDINALITY, *number)
        });
        Structure::new()
            .with(field::POLICY_TYPE_NAME, *name)
            .with(field::DESCRIPTION, *what)
            .with(
                field::POLICY_ATTRIBUTE_TYPE_DESCRIPTIONS,
                attributes.collect::<Vec<_>>(),
            )
    });
    Ok(Structure::new().with(field::POLICY_TYPE_DESCRIPTIONS, shown.collect::<Vec<_>>()))
}

/// `Policies` of a load balancer's description.
pub(super) fn of_balancer(row: &ClassicBalancer) -> Structure {
    let of = |kind: &'static str| row.policies.iter().filter(move |own| own.kind == kind);
    let value = |own: &ClassicPolicy| own.attributes.first().map(|(_, value)| value.clone());
    let app = of(APP_COOKIE).map(|own| {
        Structure::new()
            .with(field::POLICY_NAME, own.name.as_str())
            .with_some(field::COOKIE_NAME, value(own))
    });
    let balancer = of(LB_COOKIE).map(|own| {
        let period = value(own).and_then(|period| period.parse::<i64>().ok());
        Structure::new()
            .with(field::POLICY_NAME, own.name.as_str())
            .with_some(field::COOKIE_EXPIRATION_PERIOD, period)
    });
    let others = row
        .policies
        .iter()
        .filter(|own| ![APP_COOKIE, LB_COOKIE].contains(&own.kind.as_str()));
    let others: Vec<String> = others.map(|own| own.name.clone()).collect();
    Structure::new()
        .with(field::APP_COOKIE_STICKINESS_POLICIES, app.collect::<Vec<_>>())
        .with(field::LB_COOKIE_STICKINESS_POLICIES, balancer.collect::<Vec<_>>())
        .with(field::OTHER_POLICIES, others)
}

/// `BackendServerDescriptions` of a load balancer's description.
pub(super) fn of_servers(row: &ClassicBalancer) -> Vec<Structure> {
    let servers = row.servers.iter().map(|(port, policies)| {
        Structure::new()
            .with(field::INSTANCE_PORT, i64::from(*port))
            .with(field::POLICY_NAMES, policies.clone())
    });
    servers.collect()
}
