//! Server certificates: what load balancers show to browsers.

use super::common::{Page, exists, key, needed, no_such, note, path, seconds, some_tags, under, unique_id};
use super::{limits, tags, x509};
use crate::base::error::{Error, Result};
use crate::services::Request;
use crate::world::World;
use crate::world::identity::ServerCertificate;
use stratus_model::{Structure, Value, field};

fn describe(world: &World, row: &ServerCertificate) -> Structure {
    Structure::new()
        .with(field::PATH, row.path.clone())
        .with(field::SERVER_CERTIFICATE_NAME, row.name.clone())
        .with(field::SERVER_CERTIFICATE_ID, row.id.clone())
        .with(field::ARN, row.arn(world.options.account))
        .with(field::UPLOAD_DATE, seconds(row.uploaded))
        .with(field::EXPIRATION, seconds(row.expires))
}

/// A server certificate by name.
pub(super) fn find<'w>(world: &'w World, name: &str) -> Result<&'w ServerCertificate> {
    let found = world.iam.server_certificates.get(&key(name));
    found.ok_or_else(|| {
        no_such(format!("The Server Certificate with name {name} cannot be found.")).at("ServerCertificateName")
    })
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UploadServerCertificate.html>
/// Whether the private key belongs to the certificate is not judged (ours); it is not kept.
pub(super) fn upload(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let name = needed(request, field::SERVER_CERTIFICATE_NAME);
    if world.iam.server_certificates.contains(&key(name)) {
        let why = format!("The Server Certificate with name {name} already exists.");
        return Err(exists(why).at("ServerCertificateName"));
    }
    let body = needed(request, field::CERTIFICATE_BODY);
    let malformed = |parameter: &str, why: &str| Error::new("MalformedCertificate", why).at(parameter);
    let certificate = x509::one(body).ok_or_else(|| {
        malformed(
            "CertificateBody",
            "Unable to parse certificate. Please ensure the certificate is in PEM format.",
        )
    })?;
    let private = needed(request, field::PRIVATE_KEY);
    if !(private.contains("-----BEGIN") && private.contains("PRIVATE KEY-----")) {
        let why = "Unable to parse key; the body must be a PEM-encoded private key.";
        return Err(malformed("PrivateKey", why));
    }
    let chain = request.params.text(field::CERTIFICATE_CHAIN);
    if chain.is_some_and(|chain| x509::all(chain).is_none()) {
        return Err(malformed("CertificateChain", "Unable to parse certificate chain."));
    }
    let have = world.iam.server_certificates.len();
    limits::within("ServerCertificatesPerAccount", have, limits::SERVER_CERTIFICATES)?;
    let tags = tags::given(request.params)?;
    let row = ServerCertificate {
        name: name.to_owned(),
        path: path(request),
        id: unique_id(world, "ASCA"),
        uploaded: world.now,
        expires: certificate.until,
        body: body.to_owned(),
        chain: chain.map(str::to_owned),
        tags,
    };
    let answer = Structure::new()
        .with(field::SERVER_CERTIFICATE_METADATA, describe(world, &row))
        .with_some(field::TAGS, some_tags(&row.tags));
    world.iam.server_certificates.insert(key(name), row);
    note(world, format!("server certificate {name}: uploaded"));
    Ok(answer)
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetServerCertificate.html>
pub(super) fn get(request: &Request<'_>, world: &World) -> Result<Structure> {
    let row = find(world, needed(request, field::SERVER_CERTIFICATE_NAME))?;
    let answer = Structure::new()
        .with(field::SERVER_CERTIFICATE_METADATA, describe(world, row))
        .with(field::CERTIFICATE_BODY, row.body.clone())
        .with_some(field::CERTIFICATE_CHAIN, row.chain.clone())
        .with_some(field::TAGS, some_tags(&row.tags));
    Ok(Structure::new().with(field::SERVER_CERTIFICATE, answer))
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListServerCertificates.html>
pub(super) fn list(request: &Request<'_>, world: &World) -> Result<Structure> {
    let rows = world.iam.server_certificates.rows();
    let rows: Vec<&ServerCertificate> = rows.filter(|row| under(request.params, &row.path)).collect();
    let show = |row: &ServerCertificate| Value::from(describe(world, row));
    let page = Page::of(request.params)?;
    Ok(page.answer(
        field::SERVER_CERTIFICATE_METADATA_LIST,
        rows,
        |row| key(&row.name),
        show,
    ))
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateServerCertificate.html>
pub(super) fn update(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let mut row = find(world, needed(request, field::SERVER_CERTIFICATE_NAME))?.clone();
    let old = key(&row.name);
    if let Some(path) = request.params.text(field::NEW_PATH) {
        row.path = path.to_owned();
    }
    if let Some(name) = request.params.text(field::NEW_SERVER_CERTIFICATE_NAME) {
        if key(name) != old && world.iam.server_certificates.contains(&key(name)) {
            let why = format!("The Server Certificate with name {name} already exists.");
            return Err(exists(why).at("NewServerCertificateName"));
        }
        row.name = name.to_owned();
    }
    world.iam.server_certificates.remove(&old);
    world.iam.server_certificates.insert(key(&row.name), row);
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteServerCertificate.html>
pub(super) fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let name = key(&find(world, needed(request, field::SERVER_CERTIFICATE_NAME))?.name);
    world.iam.server_certificates.remove(&name);
    note(world, format!("server certificate {name}: deleted"));
    Ok(Structure::new())
}
