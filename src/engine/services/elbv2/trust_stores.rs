//! Trust stores, and listeners that ask their clients for certificates (mutual TLS).
//! <https://docs.aws.amazon.com/elasticloadbalancing/latest/application/mutual-authentication.html>
//!
//! A store's certificates and revocation lists are read from S3 when a call names them, and counted; which client would pass
//! is not simulated: packets are judged to the listener's port, and no handshake is. AWS needs a moment for a new store; here
//! it is done at once (ours), and only the answer of the call that made it says CREATING.

use super::common::*;
use super::{limits, listeners, tags};
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::base::random::Stream;
use crate::catalog::Region;
use crate::services::ec2::common::note;
use crate::services::{Handler, Request, iam, s3};
use crate::world::World;
use crate::world::balancing::*;
use stratus_model::{Name, Structure, field, sort};

/// The handler of an operation.
#[inline(never)]
pub(super) fn handler(operation: &str) -> Option<Handler> {
    Some(match operation {
        "CreateTrustStore" => Handler::Write(create),
        "ModifyTrustStore" => Handler::Write(modify),
        "DeleteTrustStore" => Handler::Write(delete),
        "DescribeTrustStores" => Handler::Read(describe),
        "DescribeTrustStoreAssociations" => Handler::Read(associations),
        "DeleteSharedTrustStoreAssociation" => Handler::Write(end_association),
        "GetTrustStoreCaCertificatesBundle" => Handler::Read(bundle),
        "AddTrustStoreRevocations" => Handler::Write(add_revocations),
        "RemoveTrustStoreRevocations" => Handler::Write(remove_revocations),
        "DescribeTrustStoreRevocations" => Handler::Read(revocations),
        "GetTrustStoreRevocationContent" => Handler::Read(revocation),
        _ => return None,
    })
}

fn named(request: &Request<'_>, world: &World) -> Result<TrustStore> {
    trust_store(world, request.region, needed(request, field::TRUST_STORE_ARN)).cloned()
}

fn rows(world: &World, region: Region) -> impl Iterator<Item = &TrustStore> {
    world
        .ec2(region)
        .into_iter()
        .flat_map(|ec2| ec2.balancing.trust_stores.rows())
}

/// The object that a call names, and its text.
///
/// # Errors
/// `missing`, where there is none.
fn read_file(
    world: &World,
    params: &Structure,
    names: [Name; 3],
    missing: (&'static str, &str),
) -> Result<(StoredFile, String)> {
    let [bucket, key, version] = names.map(|name| params.text(name).map(str::to_owned));
    let file = StoredFile {
        bucket: bucket.unwrap_or_default(),
        key: key.unwrap_or_default(),
        version,
    };
    match s3::stored(world, &file.bucket, &file.key, file.version.as_deref()) {
        Some(bytes) => Ok((file, String::from_utf8_lossy(&bytes).into_owned())),
        None => {
            let (code, what) = missing;
            let why = format!("{what} 's3://{}/{}' not found", file.bucket, file.key);
            Err(Error::new(code, why).at(names[1].text()))
        }
    }
}

/// The bundle of a call, and how many certificates it has.
///
/// # Errors
/// `CaCertificatesBundleNotFound`, `InvalidCaCertificatesBundle`.
fn read_bundle(world: &World, params: &Structure) -> Result<(StoredFile, u32)> {
    let names = [
        field::CA_CERTIFICATES_BUNDLE_S3_BUCKET,
        field::CA_CERTIFICATES_BUNDLE_S3_KEY,
        field::CA_CERTIFICATES_BUNDLE_S3_OBJECT_VERSION,
    ];
    let missing = ("CaCertificatesBundleNotFound", "CA certificate bundle");
    let (file, text) = read_file(world, params, names, missing)?;
    let refuse = |why: String| Error::new("InvalidCaCertificatesBundle", why).at(names[1].text());
    match iam::certificates_in(&text) {
        Some(count) if count <= limits::AUTHORITIES => Ok((file, u32::try_from(count).unwrap_or(u32::MAX))),
        Some(count) => {
            let most = limits::AUTHORITIES;
            Err(refuse(format!(
                "The bundle has {count} certificates; a trust store can have {most}"
            )))
        }
        None => {
            let why = "The CA certificate bundle is in an invalid format, or corrupt".to_owned();
            Err(refuse(why).remedy("It has X.509 certificates in PEM, one behind the other, and nothing else."))
        }
    }
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTrustStore.html>
fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let name = needed(request, field::NAME);
    let tags = tags::read(params)?;
    if rows(world, region).any(|row| row.name == name) {
        let why = format!("A trust store with the name '{name}' already exists");
        return Err(Error::new("DuplicateTrustStoreName", why).at("Name"));
    }
    if rows(world, region).count() >= limits::TRUST_STORES {
        let why = format!(
            "The maximum number of trust stores has been reached: {}",
            limits::TRUST_STORES
        );
        return Err(Error::new("TooManyTrustStores", why));
    }
    let (bundle, authorities) = read_bundle(world, params)?;
    let id = TrustStoreId(world.random.next_u64(Stream::Ids(Kind::TrustStore)));
    let row = TrustStore {
        id,
        born: world.birth(),
        name: name.to_owned(),
        bundle,
        authorities,
        revocations: Vec::new(),
        numbered: 0,
    };
    world.put(region, row.clone());
    tags::put(world, region, id, &tags)?;
    note(world, region, id, format!("created with {authorities} certificates"));
    let shown = show(world, region, &row).with(field::STATUS, "CREATING");
    Ok(Structure::new().with(field::TRUST_STORES, vec![shown]))
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ModifyTrustStore.html>: another bundle.
fn modify(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let old = named(request, world)?;
    let (bundle, authorities) = read_bundle(world, request.params)?;
    let row = TrustStore {
        bundle,
        authorities,
        ..old
    };
    world.put(region, row.clone());
    note(world, region, row.id, format!("has {authorities} certificates now"));
    Ok(Structure::new().with(field::TRUST_STORES, vec![show(world, region, &row)]))
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DeleteTrustStore.html>: not while a listener trusts it.
fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (region, row) = (request.region, named(request, world)?);
    if !world.referrers(region, row.id.into()).is_empty() {
        let why = format!("The trust store '{}' is currently in use by a listener", row.name);
        return Err(Error::new("TrustStoreInUse", why).at("TrustStoreArn"));
    }
    note(world, region, row.id, "deleted");
    world.take::<TrustStore>(region, row.id);
    Ok(Structure::new())
}

fn revoked(row: &TrustStore) -> u32 {
    row.revocations.iter().map(|own| own.entries).sum()
}

fn show(world: &World, region: Region, row: &TrustStore) -> Structure {
    Structure::new()
        .with(field::NAME, row.name.as_str())
        .with(field::TRUST_STORE_ARN, store_arn(world, region, row))
        .with(field::STATUS, "ACTIVE")
        .with(field::NUMBER_OF_CA_CERTIFICATES, i64::from(row.authorities))
        .with(field::TOTAL_REVOKED_ENTRIES, i64::from(revoked(row)))
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTrustStores.html>: all, or those that are named.
fn describe(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let arns: Vec<&str> = params.texts(field::TRUST_STORE_ARNS).collect();
    let names: Vec<&str> = params.texts(field::NAMES).collect();
    for arn in &arns {
        trust_store(world, region, arn)?;
    }
    let mut found: Vec<&TrustStore> = rows(world, region).collect();
    if let Some(gone) = names.iter().find(|name| !found.iter().any(|row| row.name == **name)) {
        let why = format!("Trust store '{gone}' not found");
        return Err(Error::new("TrustStoreNotFound", why).at("Names"));
    }
    let all = arns.is_empty() && names.is_empty();
    found.retain(|row| {
        all || names.contains(&row.name.as_str()) || arns.contains(&store_arn(world, region, row).as_str())
    });
    sort::by_key(&mut found, |row| row.born);
    let (found, marker) = page(found, params)?;
    let shown: Vec<Structure> = found.into_iter().map(|row| show(world, region, row)).collect();
    Ok(Structure::new()
        .with(field::TRUST_STORES, shown)
        .with_some(field::NEXT_MARKER, marker))
}

/// The load balancers whose listeners trust a store, by name.
fn users(world: &World, region: Region, id: TrustStoreId) -> Vec<&LoadBalancer> {
    let by = world.referrers(region, id.into()).into_iter();
    let listeners = by.filter_map(|by| world.row::<Listener>(region, ListenerId::try_from(by).ok()?));
    let mut found: Vec<&LoadBalancer> = listeners
        .filter_map(|row| world.row::<LoadBalancer>(region, row.balancer))
        .collect();
    sort::by_key(&mut found, |row| row.name.clone());
    found.dedup_by_key(|row| row.id);
    found
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTrustStoreAssociations.html>
fn associations(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (region, row) = (request.region, named(request, world)?);
    let (found, marker) = page(users(world, region, row.id), request.params)?;
    let shown = found
        .into_iter()
        .map(|row| Structure::new().with(field::RESOURCE_ARN, balancer_arn(world, region, row)));
    Ok(Structure::new()
        .with(field::TRUST_STORE_ASSOCIATIONS, shown.collect::<Vec<_>>())
        .with_some(field::NEXT_MARKER, marker))
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DeleteSharedTrustStoreAssociation.html>: of a store that
/// another account shares. There is one account.
fn end_association(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (region, row) = (request.region, named(request, world)?);
    let arn = needed(request, field::RESOURCE_ARN);
    let mut users = users(world, region, row.id).into_iter();
    let error = match users.any(|row| balancer_arn(world, region, row) == arn) {
        true => {
            let why = "An association of the same account cannot be deleted: modify the listener";
            Error::new("DeleteAssociationSameAccount", why)
        }
        false => Error::new(
            "AssociationNotFound",
            format!("'{arn}' is not associated with the trust store"),
        ),
    };
    Err(error.at("ResourceArn"))
}

/// Where a file is. AWS gives a presigned address of its own copy; this is the object's that was read (ours).
fn location(world: &World, file: &StoredFile) -> Structure {
    let bucket = world.s3.buckets.get(&file.bucket);
    let region = bucket.map_or(Region::US_EAST_1, |row| row.region).name();
    let version = file.version.as_ref().map(|version| format!("?versionId={version}"));
    let address = format!(
        "https://{}.s3.{region}.amazonaws.com/{}{}",
        file.bucket,
        file.key,
        version.unwrap_or_default()
    );
    Structure::new().with(field::LOCATION, address)
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_GetTrustStoreCaCertificatesBundle.html>
fn bundle(request: &Request<'_>, world: &World) -> Result<Structure> {
    Ok(location(world, &named(request, world)?.bundle))
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_AddTrustStoreRevocations.html>
fn add_revocations(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let mut row = named(request, world)?;
    let known = row.revocations.len();
    for content in request.params.structures(field::REVOCATION_CONTENTS) {
        let names = [field::S3_BUCKET, field::S3_KEY, field::S3_OBJECT_VERSION];
        let missing = ("RevocationContentNotFound", "Revocation file");
        let (file, text) = read_file(world, content, names, missing)?;
        let Some(entries) = iam::revoked_in(&text) else {
            let why = "The revocation file is in an invalid format, or uses an incorrect algorithm";
            let error = Error::new("InvalidRevocationContent", why).at("RevocationContents");
            return Err(error.remedy("It has X.509 certificate revocation lists in PEM."));
        };
        row.numbered += 1;
        row.revocations.push(Revocation {
            number: row.numbered,
            file,
            entries: u32::try_from(entries).unwrap_or(u32::MAX),
        });
    }
    if row.revocations.len() > limits::REVOCATIONS || revoked(&row) > limits::REVOKED {
        let why = format!(
            "A trust store can have {} revocation files with {} entries",
            limits::REVOCATIONS,
            limits::REVOKED
        );
        return Err(Error::new("TooManyTrustStoreRevocationEntries", why));
    }
    let shown = row.revocations.iter().skip(known);
    let shown: Vec<Structure> = shown.map(|own| show_revocation(world, region, &row, own)).collect();
    note(world, region, row.id, format!("{} revocation files added", shown.len()));
    world.put(region, row);
    Ok(Structure::new().with(field::TRUST_STORE_REVOCATIONS, shown))
}

fn show_revocation(world: &World, region: Region, row: &TrustStore, own: &Revocation) -> Structure {
    Structure::new()
        .with(field::TRUST_STORE_ARN, store_arn(world, region, row))
        .with(field::REVOCATION_ID, own.number)
        .with(field::REVOCATION_TYPE, "CRL")
        .with(field::NUMBER_OF_REVOKED_ENTRIES, i64::from(own.entries))
}

/// The revocation file of this number.
///
/// # Errors
/// `RevocationIdNotFound`.
fn numbered(row: &TrustStore, number: i64) -> Result<&Revocation> {
    let found = row.revocations.iter().find(|own| own.number == number);
    found.ok_or_else(|| {
        let why = format!("Revocation ID '{number}' not found");
        Error::new("RevocationIdNotFound", why).at("RevocationIds")
    })
}

fn numbers(params: &Structure) -> Vec<i64> {
    let list = params.list(field::REVOCATION_IDS).iter();
    list.filter_map(|value| value.as_integer()).collect()
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RemoveTrustStoreRevocations.html>
fn remove_revocations(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let mut row = named(request, world)?;
    let numbers = numbers(request.params);
    for number in &numbers {
        numbered(&row, *number)?;
    }
    row.revocations.retain(|own| !numbers.contains(&own.number));
    note(
        world,
        region,
        row.id,
        format!("{} revocation files removed", numbers.len()),
    );
    world.put(region, row);
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTrustStoreRevocations.html>: all, or some, by number.
fn revocations(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (region, row) = (request.region, named(request, world)?);
    let numbers = numbers(request.params);
    for number in &numbers {
        numbered(&row, *number)?;
    }
    let wanted = row
        .revocations
        .iter()
        .filter(|own| numbers.is_empty() || numbers.contains(&own.number));
    let (found, marker) = page(wanted.collect(), request.params)?;
    let shown: Vec<Structure> = found
        .into_iter()
        .map(|own| show_revocation(world, region, &row, own))
        .collect();
    Ok(Structure::new()
        .with(field::TRUST_STORE_REVOCATIONS, shown)
        .with_some(field::NEXT_MARKER, marker))
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_GetTrustStoreRevocationContent.html>
fn revocation(request: &Request<'_>, world: &World) -> Result<Structure> {
    let row = named(request, world)?;
    let number = request.params.integer(field::REVOCATION_ID).unwrap_or_default();
    Ok(location(world, &numbered(&row, number)?.file))
}

/// What a call says of a listener's clients' certificates; what it says nothing of stays.
///
/// # Errors
/// `ValidationError`, `TrustStoreNotFound`.
pub(super) fn read_mutual(world: &World, region: Region, params: &Structure, row: &mut Listener) -> Result<()> {
    let Some(given) = params.structure(field::MUTUAL_AUTHENTICATION) else {
        return Ok(());
    };
    let mode = given.text(field::MODE).unwrap_or("off");
    if mode != "off" && !listeners::is_secure(&row.protocol) {
        let why = format!(
            "Mutual authentication cannot be specified for protocol '{}'",
            row.protocol
        );
        return Err(validation(field::MUTUAL_AUTHENTICATION, why));
    }
    let verifies = mode == "verify";
    for name in [
        field::TRUST_STORE_ARN,
        field::IGNORE_CLIENT_CERTIFICATE_EXPIRY,
        field::ADVERTISE_TRUST_STORE_CA_NAMES,
    ] {
        if !verifies && given.contains(name) {
            let why = format!("{} can be specified for the mode 'verify' only", name.text());
            return Err(validation(field::MUTUAL_AUTHENTICATION, why));
        }
    }
    row.mutual = match mode {
        "off" => None,
        "passthrough" => Some(MutualTls {
            store: None,
            ignores_expiry: false,
            advertises: false,
        }),
        "verify" => {
            let Some(arn) = given.text(field::TRUST_STORE_ARN) else {
                let why = "A trust store ARN must be specified for the mode 'verify'";
                return Err(validation(field::MUTUAL_AUTHENTICATION, why));
            };
            Some(MutualTls {
                store: Some(trust_store(world, region, arn)?.id),
                ignores_expiry: given.boolean(field::IGNORE_CLIENT_CERTIFICATE_EXPIRY) == Some(true),
                advertises: given.text(field::ADVERTISE_TRUST_STORE_CA_NAMES) == Some("on"),
            })
        }
        other => {
            let why = format!("Mode '{other}' must be one of 'off, passthrough, verify'");
            return Err(validation(field::MUTUAL_AUTHENTICATION, why));
        }
    };
    Ok(())
}

/// What a listener's answer says of it: of an HTTPS listener always, of others where it is on.
pub(super) fn show_mutual(world: &World, region: Region, row: &Listener) -> Option<Structure> {
    let Some(mutual) = &row.mutual else {
        return (row.protocol == "HTTPS").then(|| Structure::new().with(field::MODE, "off"));
    };
    let Some(store) = mutual.store else {
        return Some(Structure::new().with(field::MODE, "passthrough"));
    };
    let arn = world.row(region, store).map(|row| store_arn(world, region, row));
    let advertises = if mutual.advertises { "on" } else { "off" };
    Some(
        Structure::new()
            .with(field::MODE, "verify")
            .with_some(field::TRUST_STORE_ARN, arn)
            .with(field::IGNORE_CLIENT_CERTIFICATE_EXPIRY, mutual.ignores_expiry)
            .with(field::TRUST_STORE_ASSOCIATION_STATUS, "active")
            .with(field::ADVERTISE_TRUST_STORE_CA_NAMES, advertises),
    )
}
