//! CreateLoadBalancerListeners, DeleteLoadBalancerListeners, SetLoadBalancerListenerSSLCertificate.
//! <https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-listener-config.html>

use super::common::*;
use crate::base::error::{Error, Result};
use crate::services::{Request, iam};
use crate::world::World;
use crate::world::balancing::{ClassicBalancer, ClassicListener};
use stratus_model::{Structure, field, sort};

/// Listeners of a load balancer (AWS).
pub(super) const LISTENERS: usize = 100;

/// Whether a protocol is understood, and not only carried.
fn is_web(protocol: &str) -> bool {
    matches!(protocol, "HTTP" | "HTTPS")
}

fn is_secure(protocol: &str) -> bool {
    matches!(protocol, "HTTPS" | "SSL")
}

fn read_protocol(text: &str) -> Result<String> {
    let protocol = text.to_ascii_uppercase();
    match protocol.as_str() {
        "HTTP" | "HTTPS" | "TCP" | "SSL" => Ok(protocol),
        _ => {
            let why = format!("Listener protocol must be one of 'HTTP', 'HTTPS', 'TCP', 'SSL', not '{text}'");
            Err(validation(field::LISTENERS, why))
        }
    }
}

/// A certificate of IAM's.
///
/// # Errors
/// `CertificateNotFound`.
fn check_certificate(world: &World, arn: &str) -> Result<()> {
    if iam::has_server_certificate(world, arn) {
        return Ok(());
    }
    let why = format!("Server Certificate not found for the key: {arn}");
    let error = Error::new("CertificateNotFound", why).at("SSLCertificateId");
    Err(error.remedy("Stratus has no ACM: upload one with IAM's UploadServerCertificate."))
}

/// A listener as a call asks for it.
fn read_one(world: &World, given: &Structure) -> Result<ClassicListener> {
    let protocol = read_protocol(given.text(field::PROTOCOL).unwrap_or_default())?;
    let instance_protocol = match given.text(field::INSTANCE_PROTOCOL) {
        Some(text) => read_protocol(text)?,
        None if is_web(&protocol) => "HTTP".to_owned(),
        None => "TCP".to_owned(),
    };
    if is_web(&protocol) != is_web(&instance_protocol) {
        let why = format!(
            "Listener protocol {protocol} and instance protocol {instance_protocol} must both be of HTTP and HTTPS, or of TCP and SSL"
        );
        return Err(validation(field::LISTENERS, why));
    }
    let port = given.integer(field::LOAD_BALANCER_PORT).unwrap_or(0);
    let Some(port) = u16::try_from(port).ok().filter(|port| *port > 0) else {
        let why = format!("Load balancer port must be in the range 1-65535, not {port}");
        return Err(validation(field::LISTENERS, why));
    };
    let certificate = given.text(field::SSL_CERTIFICATE_ID).map(str::to_owned);
    match (&certificate, is_secure(&protocol)) {
        (Some(arn), true) => check_certificate(world, arn)?,
        (None, true) => {
            let why = format!("SSL Certificate is required for the listener protocol {protocol}");
            return Err(Error::new("CertificateNotFound", why).at("Listeners"));
        }
        (Some(_), false) => {
            let why = format!("An SSL certificate cannot be used with the listener protocol {protocol}");
            return Err(validation(field::LISTENERS, why));
        }
        (None, false) => {}
    }
    let instance_port = given.integer(field::INSTANCE_PORT).unwrap_or(0);
    Ok(ClassicListener {
        protocol,
        port,
        instance_protocol,
        instance_port: u16::try_from(instance_port).unwrap_or(0),
        certificate,
        policies: Vec::new(),
    })
}

/// `Listeners` of a call, added to those that are there.
///
/// # Errors
/// `ValidationError`, `CertificateNotFound`, `DuplicateListener`, `InvalidConfigurationRequest`.
pub(super) fn add(world: &World, params: &Structure, own: &mut Vec<ClassicListener>) -> Result<()> {
    for given in params.structures(field::LISTENERS) {
        let new = read_one(world, given)?;
        match own.iter().find(|own| own.port == new.port) {
            // Policies are set later, and make no other listener of it.
            Some(own)
                if new
                    == (ClassicListener {
                        policies: Vec::new(),
                        ..own.clone()
                    }) => {}
            Some(_) => {
                let why = format!(
                    "A listener already exists on port {} with another configuration",
                    new.port
                );
                return Err(Error::new("DuplicateListener", why).at("Listeners"));
            }
            None => own.push(new),
        }
    }
    if own.is_empty() {
        return Err(validation(field::LISTENERS, "Listeners cannot be empty"));
    }
    if own.len() > LISTENERS {
        let why = format!("A load balancer can have at most {LISTENERS} listeners");
        return Err(configuration(field::LISTENERS, why));
    }
    sort::by_key(own, |listener| listener.port);
    Ok(())
}

/// `Listener`.
pub(super) fn show(listener: &ClassicListener) -> Structure {
    Structure::new()
        .with(field::PROTOCOL, listener.protocol.as_str())
        .with(field::LOAD_BALANCER_PORT, i64::from(listener.port))
        .with(field::INSTANCE_PROTOCOL, listener.instance_protocol.as_str())
        .with(field::INSTANCE_PORT, i64::from(listener.instance_port))
        .with_some(field::SSL_CERTIFICATE_ID, listener.certificate.as_deref())
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_CreateLoadBalancerListeners.html>
pub(super) fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let mut row = named(request, world)?.clone();
    add(world, request.params, &mut row.listeners)?;
    put(request, world, row, "listeners created");
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_DeleteLoadBalancerListeners.html>
pub(super) fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let mut row = named(request, world)?.clone();
    let ports: Vec<i64> = request
        .params
        .list(field::LOAD_BALANCER_PORTS)
        .iter()
        .filter_map(stratus_model::Value::as_integer)
        .collect();
    row.listeners.retain(|own| !ports.contains(&i64::from(own.port)));
    put(request, world, row, "listeners deleted");
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_SetLoadBalancerListenerSSLCertificate.html>
pub(super) fn set_certificate(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let mut row: ClassicBalancer = named(request, world)?.clone();
    let port = request.params.integer(field::LOAD_BALANCER_PORT).unwrap_or(0);
    let arn = needed(request, field::SSL_CERTIFICATE_ID).to_owned();
    let Some(own) = row.listeners.iter_mut().find(|own| i64::from(own.port) == port) else {
        let why = format!("{} has no listener on port {port}", row.name);
        return Err(Error::new("ListenerNotFound", why).at("LoadBalancerPort"));
    };
    if !is_secure(&own.protocol) {
        let why = format!(
            "The listener on port {port} has no certificate: its protocol is {}",
            own.protocol
        );
        return Err(configuration(field::LOAD_BALANCER_PORT, why));
    }
    check_certificate(world, &arn)?;
    own.certificate = Some(arn);
    put(request, world, row, "certificate set");
    Ok(Structure::new())
}
