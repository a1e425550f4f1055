//! SSH public keys of users, for CodeCommit.

use super::access_keys::{status, wanted};
use super::common::{Page, change, invalid, needed, no_such, seconds, unique_id, user, user_or_caller};
use super::limits;
use crate::base::error::{Error, Result};
use crate::keys;
use crate::services::Request;
use crate::world::World;
use crate::world::identity::SshPublicKey;
use base64::prelude::{BASE64_STANDARD, Engine as _};
use md5::{Digest, Md5};
use stratus_model::{Structure, Value, field};

fn describe(user: &str, row: &SshPublicKey) -> Structure {
    Structure::new()
        .with(field::USER_NAME, user)
        .with(field::SSH_PUBLIC_KEY_ID, row.id.clone())
        .with(field::STATUS, status(row.active))
        .with(field::UPLOAD_DATE, seconds(row.uploaded))
}

fn full(user: &str, row: &SshPublicKey) -> Structure {
    describe(user, row)
        .with(field::FINGERPRINT, row.fingerprint.clone())
        .with(field::SSH_PUBLIC_KEY_BODY, row.body.clone())
}

/// MD5 of the key itself, in pairs of digits.
fn fingerprint(openssh: &str) -> Option<String> {
    let blob = BASE64_STANDARD.decode(openssh.split_whitespace().nth(1)?).ok()?;
    Some(keys::colon_hex(&Md5::digest(blob)))
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UploadSSHPublicKey.html>
/// RSA only, as at AWS.
pub(super) fn upload(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let user = user(world, needed(request, field::USER_NAME))?;
    let body = needed(request, field::SSH_PUBLIC_KEY_BODY);
    let refused = |code: &'static str, why: &str| Error::new(code, why).at("SSHPublicKeyBody");
    let known = keys::import(body.as_bytes());
    let known = known.map_err(|_| {
        refused(
            "UnrecognizedPublicKeyEncoding",
            "The public key encoding format is not recognized.",
        )
    })?;
    if known.key_type != keys::KeyType::Rsa {
        return Err(refused(
            "InvalidPublicKey",
            "The public key is malformed or otherwise invalid.",
        ));
    }
    let Some(fingerprint) = fingerprint(&known.public_openssh) else {
        return Err(refused(
            "InvalidPublicKey",
            "The public key is malformed or otherwise invalid.",
        ));
    };
    if user.ssh_keys.iter().any(|row| row.fingerprint == fingerprint) {
        let why = "The SSH public key is already associated with the specified IAM user.";
        return Err(refused("DuplicateSSHPublicKey", why));
    }
    limits::within("SSHPublicKeysPerUser", user.ssh_keys.len(), limits::SSH_KEYS)?;
    let name = user.name.clone();
    let row = SshPublicKey {
        id: unique_id(world, "APKA"),
        body: known.public_openssh,
        fingerprint,
        active: true,
        uploaded: world.now,
    };
    let answer = full(&name, &row);
    change(&mut world.iam.users, &name, |user| user.ssh_keys.push(row));
    Ok(Structure::new().with(field::SSH_PUBLIC_KEY, answer))
}

fn found<'w>(request: &Request<'_>, world: &'w World) -> Result<(&'w str, &'w SshPublicKey)> {
    let user = user(world, needed(request, field::USER_NAME))?;
    let id = needed(request, field::SSH_PUBLIC_KEY_ID);
    let row = user.ssh_keys.iter().find(|row| row.id == id);
    row.map(|row| (user.name.as_str(), row))
        .ok_or_else(|| no_such(format!("The Public Key with id {id} cannot be found.")).at("SSHPublicKeyId"))
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetSSHPublicKey.html>
pub(super) fn get(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (user, row) = found(request, world)?;
    let mut answer = full(user, row);
    if needed(request, field::ENCODING) == "PEM" {
        let pem = keys::public_pem(&row.body);
        let why = "The SSH public key cannot be written as PEM.";
        answer.set(
            field::SSH_PUBLIC_KEY_BODY,
            pem.ok_or_else(|| invalid(field::ENCODING, why))?,
        );
    }
    Ok(Structure::new().with(field::SSH_PUBLIC_KEY, answer))
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListSSHPublicKeys.html>
/// Oldest first.
pub(super) fn list(request: &Request<'_>, world: &World) -> Result<Structure> {
    let user = user_or_caller(request, world)?;
    let rows: Vec<(usize, &SshPublicKey)> = user.ssh_keys.iter().enumerate().collect();
    let show = |(_, row): (usize, &SshPublicKey)| Value::from(describe(&user.name, row));
    Ok(Page::of(request.params)?.answer(field::SSH_PUBLIC_KEYS, rows, |(place, _)| place.to_string(), show))
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateSSHPublicKey.html>
pub(super) fn update(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (user, row) = found(request, world)?;
    let (user, id, active) = (user.to_owned(), row.id.clone(), wanted(request)?);
    change(&mut world.iam.users, &user, |user| {
        user.ssh_keys
            .iter_mut()
            .filter(|row| row.id == id)
            .for_each(|row| row.active = active);
    });
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteSSHPublicKey.html>
pub(super) fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (user, row) = found(request, world)?;
    let (user, id) = (user.to_owned(), row.id.clone());
    change(&mut world.iam.users, &user, |user| {
        user.ssh_keys.retain(|row| row.id != id)
    });
    Ok(Structure::new())
}
