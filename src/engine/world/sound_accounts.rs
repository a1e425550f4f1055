//! The part of the integrity check that walks what IAM's policies and Systems Manager's parameters promise. Reads only.

use super::World;
use super::identity::{Permissions, Policy};
use super::parameters::Parameter;
use crate::services::iam;
use std::collections::BTreeSet;

/// Versions that a managed policy keeps: AWS's quota.
const POLICY_VERSIONS: usize = 5;
/// Versions that a parameter keeps, and labels that a version has: AWS's quotas.
const PARAMETER_VERSIONS: usize = 100;
const LABELS: usize = 10;

/// Every fault of these rows, in words.
pub(super) fn check(world: &World, faults: &mut Vec<String>) {
    let known = &world.iam;
    let users = known.users.rows().map(|row| (&row.name, &row.permissions));
    let groups = known.groups.rows().map(|row| (&row.name, &row.permissions));
    let roles = known.roles.rows().map(|row| (&row.name, &row.permissions));
    for (name, permissions) in users.chain(groups).chain(roles) {
        check_permissions(world, name, permissions, faults);
    }
    for (name, user) in known.users.iter() {
        if *name != user.name.to_ascii_lowercase() {
            faults.push(format!("the user {} is kept as {name}", user.name));
        }
        for (serial, _) in &user.mfa {
            let device = known.mfa_devices.rows().find(|device| device.serial == *serial);
            let of_other = |device: &super::identity::MfaDevice| device.user.as_ref().is_none_or(|(of, _)| of != name);
            if device.is_some_and(of_other) {
                faults.push(format!("{serial} does not know its user {name}"));
            }
        }
    }
    for (name, role) in known.roles.iter() {
        if *name != role.name.to_ascii_lowercase() {
            faults.push(format!("the role {} is kept as {name}", role.name));
        }
    }
    known.policies.rows().for_each(|policy| check_policy(policy, faults));
    for region in world.ssm.iter() {
        region.1.parameters.rows().for_each(|row| check_parameter(row, faults));
    }
}

fn check_permissions(world: &World, name: &str, permissions: &Permissions, faults: &mut Vec<String>) {
    for arn in permissions.attached.iter().chain(&permissions.boundary) {
        if !iam::has_policy(world, arn) {
            faults.push(format!("{name} has the policy {arn}, which is gone"));
        }
    }
    let once: BTreeSet<&String> = permissions.attached.iter().collect();
    if once.len() != permissions.attached.len() {
        faults.push(format!("a policy is attached to {name} twice"));
    }
}

fn check_policy(policy: &Policy, faults: &mut Vec<String>) {
    let mut numbers = policy.versions.iter().map(|(number, _, _)| *number);
    if !numbers.clone().any(|number| number == policy.default) {
        faults.push(format!("the default of {} is none of its versions", policy.name));
    }
    if policy.versions.len() > POLICY_VERSIONS || numbers.any(|number| number >= policy.next) {
        faults.push(format!(
            "the policy {} has too many versions, or too high ones",
            policy.name
        ));
    }
}

fn check_parameter(parameter: &Parameter, faults: &mut Vec<String>) {
    let numbers: Vec<i64> = parameter.versions.iter().map(|version| version.number).collect();
    if numbers.is_empty() || numbers.len() > PARAMETER_VERSIONS || !numbers.is_sorted_by(|one, next| one < next) {
        faults.push(format!("{} has the versions {numbers:?}", parameter.name));
    }
    let mut labels = BTreeSet::new();
    for version in &parameter.versions {
        if version.labels.len() > LABELS {
            faults.push(format!(
                "version {} of {} has too many labels",
                version.number, parameter.name
            ));
        }
        for label in version.labels.keys() {
            if !labels.insert(label) {
                faults.push(format!("two versions of {} are labelled {label}", parameter.name));
            }
        }
    }
}
