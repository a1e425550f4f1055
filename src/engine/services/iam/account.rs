//! The account as a whole: its alias, what it has of everything, and the credential report.

use super::common::{Page, exists, needed, no_such, note, seconds};
use super::{aws_policies, limits};
use crate::base::error::{Error, Result};
use crate::base::time::{Span, Time};
use crate::services::Request;
use crate::world::World;
use crate::world::identity::{AccessKey, Report, User};
use std::collections::BTreeMap;
use stratus_model::{Structure, Value, field};

/// How long a credential report is the newest that one can have (AWS).
const REPORT_LIFE: Span = Span::minutes(4 * 60);

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccountAlias.html>
/// A new one takes the place of the old.
pub(super) fn create_alias(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let alias = needed(request, field::ACCOUNT_ALIAS);
    if world.iam.alias.as_deref() == Some(alias) {
        return Err(exists(format!("The account alias {alias} already exists.")).at("AccountAlias"));
    }
    world.iam.alias = Some(alias.to_owned());
    note(world, format!("account: alias {alias}"));
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccountAlias.html>
pub(super) fn delete_alias(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let alias = needed(request, field::ACCOUNT_ALIAS);
    if world.iam.alias.as_deref() != Some(alias) {
        return Err(no_such(format!("The account alias {alias} cannot be found.")).at("AccountAlias"));
    }
    world.iam.alias = None;
    note(world, "account: no alias");
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccountAliases.html>
pub(super) fn aliases(request: &Request<'_>, world: &World) -> Result<Structure> {
    let rows: Vec<String> = world.iam.alias.iter().cloned().collect();
    Ok(Page::of(request.params)?.answer(field::ACCOUNT_ALIASES, rows, Clone::clone, Value::String))
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html>
pub(super) fn summary(_: &Request<'_>, world: &World) -> Result<Structure> {
    let iam = &world.iam;
    let in_use = iam.mfa_devices.rows().filter(|device| device.user.is_some()).count();
    let versions: usize = iam.policies.rows().map(|policy| policy.versions.len()).sum();
    let attached_aws = aws_policies::POLICIES
        .iter()
        .filter(|policy| super::attachments::count(world, &policy.arn()) > 0);
    let versions = versions + attached_aws.count();
    let providers = iam.oidc_providers.len() + iam.saml_providers.len();
    let rows = [
        ("AccessKeysPerUserQuota", limits::ACCESS_KEYS),
        ("AccountAccessKeysPresent", 0),
        ("AccountMFAEnabled", 0),
        ("AccountPasswordPresent", 1),
        ("AccountSigningCertificatesPresent", 0),
        ("AssumeRolePolicySizeQuota", limits::TRUST_POLICY),
        ("AttachedPoliciesPerGroupQuota", limits::ATTACHED),
        ("AttachedPoliciesPerRoleQuota", limits::ATTACHED),
        ("AttachedPoliciesPerUserQuota", limits::ATTACHED),
        ("GlobalEndpointTokenVersion", 1),
        ("GroupPolicySizeQuota", limits::GROUP_POLICIES),
        ("Groups", iam.groups.len()),
        ("GroupsPerUserQuota", limits::GROUPS_OF_USER),
        ("GroupsQuota", limits::GROUPS),
        ("InstanceProfiles", iam.instance_profiles.len()),
        ("InstanceProfilesQuota", limits::INSTANCE_PROFILES),
        ("MFADevices", iam.mfa_devices.len()),
        ("MFADevicesInUse", in_use),
        ("Policies", iam.policies.len()),
        ("PoliciesQuota", limits::POLICIES),
        ("PolicySizeQuota", limits::POLICY_SIZE),
        ("PolicyVersionsInUse", versions),
        ("PolicyVersionsInUseQuota", 10_000),
        ("Providers", providers),
        ("RolePolicySizeQuota", limits::ROLE_POLICIES),
        ("Roles", iam.roles.len()),
        ("RolesQuota", limits::ROLES),
        ("ServerCertificates", iam.server_certificates.len()),
        ("ServerCertificatesQuota", limits::SERVER_CERTIFICATES),
        ("SigningCertificatesPerUserQuota", limits::CERTIFICATES),
        ("UserPolicySizeQuota", limits::USER_POLICIES),
        ("Users", iam.users.len()),
        ("UsersQuota", limits::USERS),
        ("VersionsPerPolicyQuota", limits::VERSIONS),
    ];
    let map: BTreeMap<String, Value> = rows
        .into_iter()
        .map(|(name, number)| (name.to_owned(), Value::from(number as i64)))
        .collect();
    Ok(Structure::new().with(field::SUMMARY_MAP, Value::Map(map)))
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GenerateCredentialReport.html>
/// It is there at once (ours; AWS takes seconds).
pub(super) fn generate_report(_: &Request<'_>, world: &mut World) -> Result<Structure> {
    let fresh = world
        .iam
        .report
        .as_ref()
        .is_some_and(|report| report.asked + REPORT_LIFE > world.now);
    if fresh {
        return Ok(Structure::new().with(field::STATE, "COMPLETE"));
    }
    let content = report(world);
    world.iam.report = Some(Report {
        asked: world.now,
        content,
    });
    Ok(Structure::new().with(field::STATE, "STARTED").with(
        field::DESCRIPTION,
        "No report exists. Starting a new report generation task",
    ))
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetCredentialReport.html>
pub(super) fn get_report(_: &Request<'_>, world: &World) -> Result<Structure> {
    let gone = |code: &'static str, why: &str| Error::new(code, why).with_status(410);
    let Some(report) = &world.iam.report else {
        let why = "No report found. Use GenerateCredentialReport to generate a new report.";
        return Err(gone("ReportNotPresent", why));
    };
    if report.asked + REPORT_LIFE <= world.now {
        let why = "The report has expired. Use GenerateCredentialReport to generate a new report.";
        return Err(gone("ReportExpired", why));
    }
    Ok(Structure::new()
        .with(field::CONTENT, Value::Blob(report.content.clone().into_bytes()))
        .with(field::REPORT_FORMAT, "text/csv")
        .with(field::GENERATED_TIME, seconds(report.asked)))
}

/// Columns: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html>
const COLUMNS: &str = "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,\
    password_next_rotation,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,\
    access_key_1_last_used_region,access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,\
    access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,\
    cert_1_last_rotated,cert_2_active,cert_2_last_rotated";

fn report(world: &World) -> String {
    let mut lines = vec![COLUMNS.to_owned(), root_line(world)];
    lines.extend(world.iam.users.rows().map(|user| user_line(world, user)));
    lines.join("\n")
}

/// `2025-03-03T09:00:00+00:00`.
fn moment(time: Time) -> String {
    seconds(time).iso8601().replace('Z', "+00:00").replace(".000", "")
}

fn root_line(world: &World) -> String {
    let mut cells = vec![
        "<root_account>".to_owned(),
        format!("arn:aws:iam::{}:root", world.account()),
        moment(world.options.start),
    ];
    cells.extend(
        [
            "not_supported",
            "no_information",
            "not_supported",
            "not_supported",
            "false",
        ]
        .map(str::to_owned),
    );
    for _ in 0..limits::ACCESS_KEYS {
        cells.extend(key_cells(None));
    }
    for _ in 0..limits::CERTIFICATES {
        cells.extend(["false", "N/A"].map(str::to_owned));
    }
    cells.join(",")
}

fn user_line(world: &World, user: &User) -> String {
    let mut cells = vec![
        user.name.clone(),
        user.arn(world.options.account),
        moment(user.created),
        user.login.is_some().to_string(),
    ];
    match &user.login {
        None => cells.extend(["N/A", "N/A", "N/A"].map(str::to_owned)),
        Some(login) => {
            let age = world.iam.password_policy.as_ref().map_or(0, |rules| rules.max_age);
            let next = if age > 0 {
                moment(login.changed + Span::minutes(age * 24 * 60))
            } else {
                "N/A".to_owned()
            };
            cells.extend(["no_information".to_owned(), moment(login.changed), next]);
        }
    }
    cells.push((!user.mfa.is_empty()).to_string());
    for place in 0..limits::ACCESS_KEYS {
        let key = user.access_keys.get(place).and_then(|id| world.iam.access_keys.get(id));
        cells.extend(key_cells(key));
    }
    for place in 0..limits::CERTIFICATES {
        match user.certificates.get(place) {
            None => cells.extend(["false", "N/A"].map(str::to_owned)),
            Some(row) => cells.extend([row.active.to_string(), moment(row.uploaded)]),
        }
    }
    cells.join(",")
}

fn key_cells(key: Option<&AccessKey>) -> [String; 5] {
    let none = || "N/A".to_owned();
    let Some(key) = key else {
        return ["false".to_owned(), none(), none(), none(), none()];
    };
    let (date, region, service) = match &key.last_used {
        None => (none(), none(), none()),
        Some((at, region, service)) => (moment(*at), region.name().to_owned(), service.clone()),
    };
    [key.active.to_string(), moment(key.created), date, region, service]
}
