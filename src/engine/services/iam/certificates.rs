//! Signing certificates of users: X.509, for the old SOAP and AMI-bundling tools.

use super::access_keys::{status, wanted};
use super::common::{Page, change, needed, no_such, note, seconds, user_or_caller};
use super::{limits, x509};
use crate::base::error::{Error, Result};
use crate::base::random::Stream;
use crate::principal::letters;
use crate::services::Request;
use crate::world::World;
use crate::world::identity::SigningCertificate;
use stratus_model::{Structure, Value, field};

fn describe(user: &str, row: &SigningCertificate) -> Structure {
    Structure::new()
        .with(field::USER_NAME, user)
        .with(field::CERTIFICATE_ID, row.id.clone())
        .with(field::CERTIFICATE_BODY, row.body.clone())
        .with(field::STATUS, status(row.active))
        .with(field::UPLOAD_DATE, seconds(row.uploaded))
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UploadSigningCertificate.html>
pub(super) fn upload(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let user = user_or_caller(request, world)?;
    let body = needed(request, field::CERTIFICATE_BODY);
    let refused = |code: &'static str, why: &str| Error::new(code, why).at("CertificateBody");
    let certificate = x509::one(body);
    let certificate = certificate.ok_or_else(|| {
        refused(
            "MalformedCertificate",
            "Certificate body is not a valid X.509 certificate in PEM format.",
        )
    })?;
    if certificate.until <= world.now || certificate.from > world.now {
        return Err(refused(
            "InvalidCertificate",
            "The certificate is not valid at this time.",
        ));
    }
    let same = |row: &SigningCertificate| x509::one(&row.body).is_some_and(|known| known.der == certificate.der);
    if world.iam.users.rows().any(|user| user.certificates.iter().any(same)) {
        let why = "The certificate is already associated with an IAM user in the account.";
        return Err(refused("DuplicateCertificate", why).with_status(409));
    }
    limits::within("CertificatesPerUser", user.certificates.len(), limits::CERTIFICATES)?;
    let name = user.name.clone();
    let mut rng = world.random.next(Stream::Identities);
    let row = SigningCertificate {
        id: letters(&mut rng, 32),
        body: body.to_owned(),
        active: true,
        uploaded: world.now,
    };
    let answer = describe(&name, &row);
    note(world, format!("user {name}: signing certificate {} uploaded", row.id));
    change(&mut world.iam.users, &name, |user| user.certificates.push(row));
    Ok(Structure::new().with(field::CERTIFICATE, answer))
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListSigningCertificates.html>
/// Oldest first.
pub(super) fn list(request: &Request<'_>, world: &World) -> Result<Structure> {
    let user = user_or_caller(request, world)?;
    let rows: Vec<(usize, &SigningCertificate)> = user.certificates.iter().enumerate().collect();
    let show = |(_, row): (usize, &SigningCertificate)| Value::from(describe(&user.name, row));
    Ok(Page::of(request.params)?.answer(field::CERTIFICATES, rows, |(place, _)| place.to_string(), show))
}

/// The user, and the certificate of it that a call names.
fn found(request: &Request<'_>, world: &World) -> Result<(String, String)> {
    let user = user_or_caller(request, world)?;
    let id = needed(request, field::CERTIFICATE_ID);
    if !user.certificates.iter().any(|row| row.id == id) {
        let why = format!("The Certificate with id {id} cannot be found.");
        return Err(no_such(why).at("CertificateId"));
    }
    Ok((user.name.clone(), id.to_owned()))
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateSigningCertificate.html>
pub(super) fn update(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (user, id) = found(request, world)?;
    let active = wanted(request)?;
    change(&mut world.iam.users, &user, |user| {
        user.certificates
            .iter_mut()
            .filter(|row| row.id == id)
            .for_each(|row| row.active = active);
    });
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteSigningCertificate.html>
pub(super) fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (user, id) = found(request, world)?;
    change(&mut world.iam.users, &user, |user| {
        user.certificates.retain(|row| row.id != id)
    });
    note(world, format!("user {user}: signing certificate {id} deleted"));
    Ok(Structure::new())
}
