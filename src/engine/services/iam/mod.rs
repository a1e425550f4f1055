//! IAM: users, groups, roles, policies and what belongs to them. This file only routes.
//!
//! Texts of errors in AWS's own form where it is known. What IAM decides about calls is no business of this folder: it holds
//! state and refuses what breaks its rules, and no call is denied for want of a permission.

mod access_keys;
mod account;
mod attachments;
mod authorization;
mod aws_policies;
mod certificates;
pub(crate) mod common;
pub mod conditions;
mod defaults;
pub(crate) mod documents;
mod groups;
mod inline;
mod instance_profiles;
mod limits;
mod linked_roles;
mod login;
mod mfa;
mod policies;
pub(crate) mod providers;
mod roles;
mod server_certificates;
mod service_credentials;
mod ssh_keys;
pub(crate) mod statements;
mod tags;
mod users;
mod variables;
mod x509;

pub(crate) use defaults::{concerns, ensure, used};
pub use instance_profiles::find as instance_profile;
pub(crate) use roles::{boundary as boundary_of_role, documents as documents_of_role};
pub(crate) use users::is_root;

use super::Handler;
use crate::world::World;
use Handler::{Read, Write};

/// Whether a managed policy of this ARN is there.
pub(crate) fn has_policy(world: &World, arn: &str) -> bool {
    policies::find(world, arn).is_some()
}

/// Whether there is a server certificate of this ARN.
pub(crate) fn has_server_certificate(world: &World, arn: &str) -> bool {
    let start = format!("arn:aws:iam::{}:server-certificate", world.account());
    let is = |row: &crate::world::identity::ServerCertificate| format!("{start}{}{}", row.path, row.name) == arn;
    world.iam.server_certificates.rows().any(is)
}

/// How many certificates a text in PEM holds; `None` where one of them is none, or there is none.
pub(crate) fn certificates_in(text: &str) -> Option<usize> {
    x509::all(text).map(|all| all.len())
}

/// How many certificates the revocation lists of a text in PEM revoke; `None` where one of them is none, or there is none.
pub(crate) fn revoked_in(text: &str) -> Option<usize> {
    x509::revoked(text)
}

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    people(operation)
        .or_else(|| rights(operation))
        .or_else(|| credentials(operation))
        .or_else(|| others(operation))
}

/// Users, groups, roles, instance profiles.
fn people(operation: &str) -> Option<Handler> {
    Some(match operation {
        "CreateUser" => Write(users::create),
        "GetUser" => Read(users::get),
        "ListUsers" => Read(users::list),
        "UpdateUser" => Write(users::update),
        "DeleteUser" => Write(users::delete),
        "CreateGroup" => Write(groups::create),
        "GetGroup" => Read(groups::get),
        "ListGroups" => Read(groups::list),
        "ListGroupsForUser" => Read(groups::of_user),
        "UpdateGroup" => Write(groups::update),
        "DeleteGroup" => Write(groups::delete),
        "AddUserToGroup" => Write(groups::add_user),
        "RemoveUserFromGroup" => Write(groups::remove_user),
        "CreateRole" => Write(roles::create),
        "GetRole" => Read(roles::get),
        "ListRoles" => Read(roles::list),
        "UpdateRole" => Write(roles::update),
        "UpdateRoleDescription" => Write(roles::update_description),
        "UpdateAssumeRolePolicy" => Write(roles::update_trust),
        "DeleteRole" => Write(roles::delete),
        "CreateServiceLinkedRole" => Write(linked_roles::create),
        "DeleteServiceLinkedRole" => Write(linked_roles::delete),
        "GetServiceLinkedRoleDeletionStatus" => Read(linked_roles::deletion_status),
        "CreateInstanceProfile" => Write(instance_profiles::create),
        "GetInstanceProfile" => Read(instance_profiles::get),
        "ListInstanceProfiles" => Read(instance_profiles::list),
        "ListInstanceProfilesForRole" => Read(instance_profiles::list_for_role),
        "DeleteInstanceProfile" => Write(instance_profiles::delete),
        "AddRoleToInstanceProfile" => Write(instance_profiles::add_role),
        "RemoveRoleFromInstanceProfile" => Write(instance_profiles::remove_role),
        _ => return None,
    })
}

/// Policies.
fn rights(operation: &str) -> Option<Handler> {
    Some(match operation {
        "CreatePolicy" => Write(policies::create),
        "GetPolicy" => Read(policies::get),
        "ListPolicies" => Read(policies::list),
        "DeletePolicy" => Write(policies::delete),
        "CreatePolicyVersion" => Write(policies::create_version),
        "GetPolicyVersion" => Read(policies::get_version),
        "ListPolicyVersions" => Read(policies::list_versions),
        "DeletePolicyVersion" => Write(policies::delete_version),
        "SetDefaultPolicyVersion" => Write(policies::set_default),
        "AttachUserPolicy" | "AttachGroupPolicy" | "AttachRolePolicy" => Write(attachments::attach),
        "DetachUserPolicy" | "DetachGroupPolicy" | "DetachRolePolicy" => Write(attachments::detach),
        "ListAttachedUserPolicies" | "ListAttachedGroupPolicies" | "ListAttachedRolePolicies" => {
            Read(attachments::list)
        }
        "ListEntitiesForPolicy" => Read(attachments::entities),
        "PutUserPermissionsBoundary" | "PutRolePermissionsBoundary" => Write(attachments::put_boundary),
        "DeleteUserPermissionsBoundary" | "DeleteRolePermissionsBoundary" => Write(attachments::delete_boundary),
        "PutUserPolicy" | "PutGroupPolicy" | "PutRolePolicy" => Write(inline::put),
        "GetUserPolicy" | "GetGroupPolicy" | "GetRolePolicy" => Read(inline::get),
        "ListUserPolicies" | "ListGroupPolicies" | "ListRolePolicies" => Read(inline::list),
        "DeleteUserPolicy" | "DeleteGroupPolicy" | "DeleteRolePolicy" => Write(inline::delete),
        _ => return None,
    })
}

/// What people prove with who they are.
fn credentials(operation: &str) -> Option<Handler> {
    Some(match operation {
        "CreateAccessKey" => Write(access_keys::create),
        "ListAccessKeys" => Read(access_keys::list),
        "UpdateAccessKey" => Write(access_keys::update),
        "DeleteAccessKey" => Write(access_keys::delete),
        "GetAccessKeyLastUsed" => Read(access_keys::last_used),
        "UploadSigningCertificate" => Write(certificates::upload),
        "ListSigningCertificates" => Read(certificates::list),
        "UpdateSigningCertificate" => Write(certificates::update),
        "DeleteSigningCertificate" => Write(certificates::delete),
        "UploadSSHPublicKey" => Write(ssh_keys::upload),
        "GetSSHPublicKey" => Read(ssh_keys::get),
        "ListSSHPublicKeys" => Read(ssh_keys::list),
        "UpdateSSHPublicKey" => Write(ssh_keys::update),
        "DeleteSSHPublicKey" => Write(ssh_keys::delete),
        "CreateServiceSpecificCredential" => Write(service_credentials::create),
        "ListServiceSpecificCredentials" => Read(service_credentials::list),
        "UpdateServiceSpecificCredential" => Write(service_credentials::update),
        "ResetServiceSpecificCredential" => Write(service_credentials::reset),
        "DeleteServiceSpecificCredential" => Write(service_credentials::delete),
        "UploadServerCertificate" => Write(server_certificates::upload),
        "GetServerCertificate" => Read(server_certificates::get),
        "ListServerCertificates" => Read(server_certificates::list),
        "UpdateServerCertificate" => Write(server_certificates::update),
        "DeleteServerCertificate" => Write(server_certificates::delete),
        "CreateLoginProfile" => Write(login::create),
        "GetLoginProfile" => Read(login::get),
        "UpdateLoginProfile" => Write(login::update),
        "DeleteLoginProfile" => Write(login::delete),
        "ChangePassword" => Write(login::change_password),
        "GetAccountPasswordPolicy" => Read(login::get_policy),
        "UpdateAccountPasswordPolicy" => Write(login::update_policy),
        "DeleteAccountPasswordPolicy" => Write(login::delete_policy),
        "CreateVirtualMFADevice" => Write(mfa::create),
        "DeleteVirtualMFADevice" => Write(mfa::delete),
        "EnableMFADevice" => Write(mfa::enable),
        "DeactivateMFADevice" => Write(mfa::deactivate),
        "ResyncMFADevice" => Write(mfa::resync),
        "GetMFADevice" => Read(mfa::get),
        "ListMFADevices" => Read(mfa::list),
        "ListVirtualMFADevices" => Read(mfa::list_virtual),
        _ => return None,
    })
}

/// The account, providers, tags.
fn others(operation: &str) -> Option<Handler> {
    Some(match operation {
        "CreateAccountAlias" => Write(account::create_alias),
        "DeleteAccountAlias" => Write(account::delete_alias),
        "ListAccountAliases" => Read(account::aliases),
        "GetAccountSummary" => Read(account::summary),
        "GetAccountAuthorizationDetails" => Read(authorization::details),
        "GenerateCredentialReport" => Write(account::generate_report),
        "GetCredentialReport" => Read(account::get_report),
        "CreateOpenIDConnectProvider" => Write(providers::create_oidc),
        "GetOpenIDConnectProvider" => Read(providers::get_oidc),
        "ListOpenIDConnectProviders" => Read(providers::list_oidc),
        "DeleteOpenIDConnectProvider" => Write(providers::delete_oidc),
        "AddClientIDToOpenIDConnectProvider" => Write(providers::add_client),
        "RemoveClientIDFromOpenIDConnectProvider" => Write(providers::remove_client),
        "UpdateOpenIDConnectProviderThumbprint" => Write(providers::update_thumbprints),
        "CreateSAMLProvider" => Write(providers::create_saml),
        "GetSAMLProvider" => Read(providers::get_saml),
        "ListSAMLProviders" => Read(providers::list_saml),
        "UpdateSAMLProvider" => Write(providers::update_saml),
        "DeleteSAMLProvider" => Write(providers::delete_saml),
        "TagUser" => Write(tags::of_user::tag),
        "UntagUser" => Write(tags::of_user::untag),
        "ListUserTags" => Read(tags::of_user::list),
        "TagRole" => Write(tags::of_role::tag),
        "UntagRole" => Write(tags::of_role::untag),
        "ListRoleTags" => Read(tags::of_role::list),
        "TagPolicy" => Write(tags::of_policy::tag),
        "UntagPolicy" => Write(tags::of_policy::untag),
        "ListPolicyTags" => Read(tags::of_policy::list),
        "TagInstanceProfile" => Write(tags::of_profile::tag),
        "UntagInstanceProfile" => Write(tags::of_profile::untag),
        "ListInstanceProfileTags" => Read(tags::of_profile::list),
        "TagMFADevice" => Write(tags::of_device::tag),
        "UntagMFADevice" => Write(tags::of_device::untag),
        "ListMFADeviceTags" => Read(tags::of_device::list),
        "TagServerCertificate" => Write(tags::of_certificate::tag),
        "UntagServerCertificate" => Write(tags::of_certificate::untag),
        "ListServerCertificateTags" => Read(tags::of_certificate::list),
        "TagOpenIDConnectProvider" => Write(tags::of_oidc::tag),
        "UntagOpenIDConnectProvider" => Write(tags::of_oidc::untag),
        "ListOpenIDConnectProviderTags" => Read(tags::of_oidc::list),
        "TagSAMLProvider" => Write(tags::of_saml::tag),
        "UntagSAMLProvider" => Write(tags::of_saml::untag),
        "ListSAMLProviderTags" => Read(tags::of_saml::list),
        _ => return None,
    })
}
