//! DescribeSSLPolicies: the security policies of listeners with TLS, with their protocols and ciphers. A part of AWS's list.
//! <https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html>

use super::common::page;
use crate::base::error::{Error, Result};
use crate::services::Request;
use crate::world::World;
use stratus_model::{Structure, field};

/// What a listener has where the call says nothing (AWS's, of the API).
pub(super) const DEFAULT: &str = "ELBSecurityPolicy-2016-08";

const TLS_13: [&str; 3] = [
    "TLS_AES_128_GCM_SHA256",
    "TLS_AES_256_GCM_SHA384",
    "TLS_CHACHA20_POLY1305_SHA256",
];
const GCM: [&str; 4] = [
    "ECDHE-ECDSA-AES128-GCM-SHA256",
    "ECDHE-RSA-AES128-GCM-SHA256",
    "ECDHE-ECDSA-AES256-GCM-SHA384",
    "ECDHE-RSA-AES256-GCM-SHA384",
];
const CBC: [&str; 4] = [
    "ECDHE-ECDSA-AES128-SHA256",
    "ECDHE-RSA-AES128-SHA256",
    "ECDHE-ECDSA-AES256-SHA384",
    "ECDHE-RSA-AES256-SHA384",
];
const OLD: [&str; 10] = [
    "ECDHE-ECDSA-AES128-SHA",
    "ECDHE-RSA-AES128-SHA",
    "ECDHE-RSA-AES256-SHA",
    "ECDHE-ECDSA-AES256-SHA",
    "AES128-GCM-SHA256",
    "AES128-SHA256",
    "AES128-SHA",
    "AES256-GCM-SHA384",
    "AES256-SHA256",
    "AES256-SHA",
];

/// Name, protocols, groups of ciphers.
type Policy = (
    &'static str,
    &'static [&'static str],
    &'static [&'static [&'static str]],
);

const POLICIES: &[Policy] = &[
    (
        "ELBSecurityPolicy-2016-08",
        &["TLSv1", "TLSv1.1", "TLSv1.2"],
        &[&GCM, &CBC, &OLD],
    ),
    (
        "ELBSecurityPolicy-TLS13-1-2-2021-06",
        &["TLSv1.2", "TLSv1.3"],
        &[&TLS_13, &GCM, &CBC],
    ),
    (
        "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
        &["TLSv1.2", "TLSv1.3"],
        &[&TLS_13, &GCM],
    ),
    ("ELBSecurityPolicy-TLS13-1-3-2021-06", &["TLSv1.3"], &[&TLS_13]),
    (
        "ELBSecurityPolicy-TLS13-1-1-2021-06",
        &["TLSv1.1", "TLSv1.2", "TLSv1.3"],
        &[&TLS_13, &GCM, &CBC, &OLD],
    ),
    (
        "ELBSecurityPolicy-TLS13-1-0-2021-06",
        &["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"],
        &[&TLS_13, &GCM, &CBC, &OLD],
    ),
    (
        "ELBSecurityPolicy-TLS-1-1-2017-01",
        &["TLSv1.1", "TLSv1.2"],
        &[&GCM, &CBC, &OLD],
    ),
    ("ELBSecurityPolicy-TLS-1-2-2017-01", &["TLSv1.2"], &[&GCM, &CBC]),
    ("ELBSecurityPolicy-FS-1-2-Res-2020-10", &["TLSv1.2"], &[&GCM]),
];

/// Whether there is a policy of this name.
pub(super) fn is_known(name: &str) -> bool {
    POLICIES.iter().any(|(known, ..)| *known == name)
}

fn show((name, protocols, ciphers): &Policy) -> Structure {
    let ciphers = (1i64..).zip(ciphers.iter().copied().flatten());
    let ciphers = ciphers.map(|(priority, name)| {
        Structure::new()
            .with(field::NAME, *name)
            .with(field::PRIORITY, priority)
    });
    let texts = |all: &[&str]| all.iter().map(|text| (*text).to_owned()).collect::<Vec<String>>();
    Structure::new()
        .with(field::NAME, *name)
        .with(field::SSL_PROTOCOLS, texts(protocols))
        .with(field::CIPHERS, ciphers.collect::<Vec<_>>())
        .with(field::SUPPORTED_LOAD_BALANCER_TYPES, texts(&["application", "network"]))
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeSSLPolicies.html>
pub(super) fn describe(request: &Request<'_>, _: &World) -> Result<Structure> {
    let names: Vec<&str> = request.params.texts(field::NAMES).collect();
    if let Some(other) = names.iter().find(|name| !is_known(name)) {
        let why = format!("SSL policy '{other}' not found");
        return Err(Error::new("SSLPolicyNotFound", why).at("Names"));
    }
    let wanted = |policy: &&Policy| names.is_empty() || names.contains(&policy.0);
    let gateway = request.params.text(field::LOAD_BALANCER_TYPE) == Some("gateway");
    let all: Vec<&Policy> = POLICIES.iter().filter(wanted).filter(|_| !gateway).collect();
    let (all, marker) = page(all, request.params)?;
    let all: Vec<Structure> = all.into_iter().map(show).collect();
    Ok(Structure::new()
        .with(field::SSL_POLICIES, all)
        .with_some(field::NEXT_MARKER, marker))
}
