//! What the service tells of the instance profile, and the credentials of its role: those of a session that STS knows.
//! <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-security-credentials.html>,
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_iam-ec2.html>

use crate::base::ids::InstanceId;
use crate::base::time::Time;
use crate::catalog::Region;
use crate::services::{iam, sts};
use crate::world::World;
use crate::world::compute::Instance;
use crate::world::identity::Role;
use serde_json::Value;
use std::fmt::Write as _;

/// The role of an instance's profile, whether or not EC2 may assume it.
pub(super) fn any_role<'w>(world: &'w World, row: &Instance) -> Option<&'w Role> {
    let profile = iam::instance_profile(world, row.instance_profile.as_deref()?)?;
    iam::common::role(world, profile.role.as_deref()?).ok()
}

/// The role that EC2 assumes for an instance.
pub(in crate::services::ec2::compute) fn role_of<'w>(world: &'w World, row: &Instance) -> Option<&'w Role> {
    any_role(world, row).filter(|role| sts::lets_ec2(role))
}

/// A document as the service writes it: each member on a line of its own.
pub(super) fn document(members: &[(&str, Value)]) -> String {
    let mut out = String::from("{");
    for (place, (name, value)) in members.iter().enumerate() {
        let comma = if place == 0 { "" } else { "," };
        let _ = write!(out, "{comma}\n  \"{name}\" : {value}");
    }
    out + "\n}"
}

/// A moment as the service writes it, in whole seconds.
pub(super) fn moment(at: Time) -> Value {
    at.whole_second().iso8601().into()
}

/// `iam/info`.
pub(super) fn info(world: &World, row: &Instance, arn: &str) -> String {
    let updated = ("LastUpdated", moment(row.launched));
    match iam::instance_profile(world, arn) {
        Some(profile) => document(&[
            ("Code", "Success".into()),
            updated,
            ("InstanceProfileArn", arn.into()),
            ("InstanceProfileId", profile.id.clone().into()),
        ]),
        None => document(&[
            ("Code", "InstanceProfileNotFound".into()),
            ("Message", format!("Instance Profile {arn} cannot be found.").into()),
            updated,
        ]),
    }
}

/// `iam/security-credentials/ROLE`.
pub(super) fn credentials(world: &mut World, region: Region, id: InstanceId) -> String {
    let role = world
        .row::<Instance>(region, id)
        .and_then(|row| any_role(world, row))
        .cloned();
    match role {
        Some(role) if sts::lets_ec2(&role) => {
            let (key, session) = sts::credentials_of_instance(world, region, &role, id);
            document(&[
                ("Code", "Success".into()),
                ("LastUpdated", moment(session.issued)),
                ("Type", "AWS-HMAC".into()),
                ("AccessKeyId", key.into()),
                ("SecretAccessKey", session.secret.into()),
                ("Token", session.token.into()),
                ("Expiration", moment(session.expires)),
            ])
        }
        role => {
            let name = role.map(|role| role.name).unwrap_or_default();
            document(&[
                ("Code", "AssumeRoleUnauthorizedAccess".into()),
                (
                    "Message",
                    format!(
                        "EC2 cannot assume the role {name}. Its trust policy has to allow sts:AssumeRole to ec2.amazonaws.com."
                    )
                    .into(),
                ),
                ("LastUpdated", moment(world.now)),
            ])
        }
    }
}
