//! DNSSEC as state: key-signing keys of a public zone, and whether it is signed. The simulated DNS neither signs nor checks
//! (ours); tags and digests are those that the keys' records really have (RFC 4034).
//!
//! Texts are those of AWS's error reference.

use super::common::{change_of, zone};
use crate::base::error::{Error, Result};
use crate::base::ids::HostedZoneId;
use crate::base::random::Stream;
use crate::dns::name;
use crate::services::Request;
use crate::world::World;
use crate::world::names::SigningKey;
use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use rand_chacha::rand_core::RngCore;
use sha2::{Digest, Sha256};
use stratus_model::{Structure, Value, field};

/// Keys of one zone.
/// <https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-configuring-dnssec.html>
const KEYS: usize = 2;
/// The flags of a key-signing key.
const FLAG: i64 = 257;
/// ECDSAP256SHA256, the one algorithm that Route 53 signs with.
const ALGORITHM: i64 = 13;
/// SHA-256.
const DIGEST: i64 = 2;

/// The public zone that a request names.
fn signable(request: &Request<'_>, world: &World) -> Result<HostedZoneId> {
    let row = zone(world, request.params.text(field::HOSTED_ZONE_ID))?;
    if row.private.is_some() {
        let why = "DNSSEC signing is for public hosted zones only.";
        return Err(Error::new("InvalidArgument", why).at("HostedZoneId"));
    }
    Ok(row.id)
}

fn key<'w>(world: &'w World, zone: HostedZoneId, request: &Request<'_>) -> Result<&'w SigningKey> {
    let name = request.params.text(field::NAME).unwrap_or_default();
    let row = world.route53.zones.get(&zone);
    row.and_then(|row| row.signing_keys.get(name)).ok_or_else(|| {
        let why = "The specified key-signing key (KSK) doesn't exist.";
        Error::new("NoSuchKeySigningKey", why).with_status(404)
    })
}

fn describe(key: &SigningKey) -> Structure {
    let digest = &key.digest;
    Structure::new()
        .with(field::NAME, key.name.as_str())
        .with(field::KMS_ARN, key.kms_arn.as_str())
        .with(field::FLAG, FLAG)
        .with(field::SIGNING_ALGORITHM_MNEMONIC, "ECDSAP256SHA256")
        .with(field::SIGNING_ALGORITHM_TYPE, ALGORITHM)
        .with(field::DIGEST_ALGORITHM_MNEMONIC, "SHA-256")
        .with(field::DIGEST_ALGORITHM_TYPE, DIGEST)
        .with(field::KEY_TAG, key.tag)
        .with(field::DIGEST_VALUE, digest.as_str())
        .with(field::PUBLIC_KEY, key.public_key.as_str())
        .with(field::DS_RECORD, format!("{} {ALGORITHM} {DIGEST} {digest}", key.tag))
        .with(field::DNSKEY_RECORD, format!("{FLAG} 3 {ALGORITHM} {}", key.public_key))
        .with(field::STATUS, if key.active { "ACTIVE" } else { "INACTIVE" })
        .with(field::CREATED_DATE, key.created)
        .with(field::LAST_MODIFIED_DATE, key.modified)
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_CreateKeySigningKey.html>
/// The key of KMS is not looked for (ours).
pub(super) fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let params = request.params;
    let id = signable(request, world)?;
    let text = |name| params.text(name).unwrap_or_default();
    let (name, arn) = (text(field::NAME), text(field::KEY_MANAGEMENT_SERVICE_ARN));
    if !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
        let why = "The key-signing key (KSK) name that you specified isn't a valid name.";
        return Err(Error::new("InvalidKeySigningKeyName", why).at("Name"));
    }
    // Documented: a key of us-east-1.
    if !arn.starts_with("arn:aws:kms:us-east-1:") || !arn.contains(":key/") {
        let why = "The KeyManagementServiceArn that you specified isn't valid to use with DNSSEC signing.";
        return Err(Error::new("InvalidKMSArn", why).at("KeyManagementServiceArn"));
    }
    let status = text(field::STATUS);
    if !matches!(status, "ACTIVE" | "INACTIVE") {
        let why = "The key-signing key (KSK) status isn't valid or another KSK has the status INTERNAL_FAILURE.";
        return Err(Error::new("InvalidKeySigningKeyStatus", why).at("Status"));
    }
    let row = zone(world, Some(&id.to_string()))?;
    let (keys, owner) = (&row.signing_keys, row.name.clone());
    if keys.values().any(|key| key.name == name || key.kms_arn == arn) {
        let why =
            "You've already created a key-signing key (KSK) with this name or with the same customer managed key ARN.";
        return Err(Error::new("KeySigningKeyAlreadyExists", why).with_status(409));
    }
    if keys.len() >= KEYS {
        let why = "You've reached the limit for the number of key-signing keys (KSKs). Remove at least one KSK, and then \
                   try again.";
        return Err(Error::new("TooManyKeySigningKeys", why));
    }
    let mut public = [0; 64];
    world.random.next(Stream::Names).fill_bytes(&mut public);
    let (tag, digest) = fingerprints(&owner, &public);
    let key = SigningKey {
        name: name.to_owned(),
        caller_reference: text(field::CALLER_REFERENCE).to_owned(),
        kms_arn: arn.to_owned(),
        active: status == "ACTIVE",
        public_key: BASE64.encode(public),
        tag,
        digest,
        created: world.now,
        modified: world.now,
    };
    let described = describe(&key);
    if let Some(row) = world.route53.zones.get_mut(&id) {
        row.signing_keys.insert(name.to_owned(), key);
    }
    Ok(Structure::new()
        .with(field::CHANGE_INFO, change_of(world, id, ""))
        .with(field::KEY_SIGNING_KEY, described)
        .with(
            field::LOCATION,
            format!("https://route53.amazonaws.com/2013-04-01/keysigningkey/{id}/{name}"),
        ))
}

/// The tag of a key's DNSKEY record (RFC 4034, appendix B), and the digest in its DS record: SHA-256 over the owner's name
/// and the record.
fn fingerprints(owner: &str, public: &[u8]) -> (i64, String) {
    let mut record = vec![1, 1, 3, 13];
    record.extend_from_slice(public);
    let sum: u32 = record
        .iter()
        .enumerate()
        .map(|(at, byte)| u32::from(*byte) << (if at & 1 == 0 { 8 } else { 0 }))
        .sum();
    let tag = (sum + (sum >> 16)) & 0xffff;
    let mut hash = Sha256::new();
    for label in name::labels(owner) {
        hash.update([u8::try_from(label.len()).unwrap_or(u8::MAX)]);
        hash.update(label.as_bytes());
    }
    hash.update([0]);
    hash.update(&record);
    let digest = hash.finalize().iter().map(|byte| format!("{byte:02X}")).collect();
    (i64::from(tag), digest)
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_ActivateKeySigningKey.html>
pub(super) fn activate(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let id = signable(request, world)?;
    let name = key(world, id, request)?.name.clone();
    set_status(world, id, &name, true)
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_DeactivateKeySigningKey.html>
pub(super) fn deactivate(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let id = signable(request, world)?;
    let name = key(world, id, request)?.name.clone();
    let row = zone(world, Some(&id.to_string()))?;
    let another = row.signing_keys.values().any(|key| key.active && key.name != name);
    if row.signed && !another {
        let why = "The key-signing key (KSK) that you specified can't be deactivated because it's the only KSK for a \
                   currently-enabled DNSSEC. Disable DNSSEC signing, or add or enable another KSK.";
        return Err(Error::new("KeySigningKeyInUse", why));
    }
    set_status(world, id, &name, false)
}

fn set_status(world: &mut World, id: HostedZoneId, name: &str, active: bool) -> Result<Structure> {
    let now = world.now;
    if let Some(key) = world
        .route53
        .zones
        .get_mut(&id)
        .and_then(|row| row.signing_keys.get_mut(name))
    {
        key.active = active;
        key.modified = now;
    }
    Ok(Structure::new().with(field::CHANGE_INFO, change_of(world, id, "")))
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_DeleteKeySigningKey.html>
/// Only an inactive one.
pub(super) fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let id = signable(request, world)?;
    let key = key(world, id, request)?;
    let name = key.name.clone();
    if key.active {
        let why = "The key-signing key (KSK) status isn't valid or another KSK has the status INTERNAL_FAILURE.";
        return Err(Error::new("InvalidKeySigningKeyStatus", why).remedy("Deactivate the key first."));
    }
    if let Some(row) = world.route53.zones.get_mut(&id) {
        row.signing_keys.remove(&name);
    }
    Ok(Structure::new().with(field::CHANGE_INFO, change_of(world, id, "")))
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_EnableHostedZoneDNSSEC.html>
pub(super) fn enable(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let id = signable(request, world)?;
    if !zone(world, Some(&id.to_string()))?
        .signing_keys
        .values()
        .any(|key| key.active)
    {
        let why = "A key-signing key (KSK) with ACTIVE status wasn't found.";
        return Err(Error::new("KeySigningKeyWithActiveStatusNotFound", why));
    }
    sign(world, id, true)
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_DisableHostedZoneDNSSEC.html>
pub(super) fn disable(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let id = signable(request, world)?;
    if zone(world, Some(&id.to_string()))?.signing_keys.is_empty() {
        let why = "The hosted zone doesn't have any DNSSEC resources.";
        return Err(Error::new("DNSSECNotFound", why));
    }
    sign(world, id, false)
}

fn sign(world: &mut World, id: HostedZoneId, signed: bool) -> Result<Structure> {
    if let Some(row) = world.route53.zones.get_mut(&id) {
        row.signed = signed;
    }
    Ok(Structure::new().with(field::CHANGE_INFO, change_of(world, id, "")))
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_GetDNSSEC.html>
/// Keys by name.
pub(super) fn get(request: &Request<'_>, world: &World) -> Result<Structure> {
    let id = signable(request, world)?;
    let row = zone(world, Some(&id.to_string()))?;
    let keys: Vec<Value> = row.signing_keys.values().map(|key| describe(key).into()).collect();
    let serve = if row.signed { "SIGNING" } else { "NOT_SIGNING" };
    Ok(Structure::new()
        .with(field::STATUS, Structure::new().with(field::SERVE_SIGNATURE, serve))
        .with(field::KEY_SIGNING_KEYS, keys))
}
