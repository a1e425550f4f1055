//! IAM's quotas, as a new account has them.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>

use super::common::beyond;
use crate::base::error::Result;

/// Users of an account.
pub(super) const USERS: usize = 5_000;
/// Groups of an account.
pub(super) const GROUPS: usize = 300;
/// Roles of an account.
pub(super) const ROLES: usize = 1_000;
/// Managed policies of an account's own.
pub(super) const POLICIES: usize = 1_500;
/// Instance profiles of an account.
pub(super) const INSTANCE_PROFILES: usize = 1_000;
/// Server certificates of an account.
pub(super) const SERVER_CERTIFICATES: usize = 20;
/// OpenID Connect providers of an account.
pub(super) const OIDC_PROVIDERS: usize = 100;
/// SAML providers of an account.
pub(super) const SAML_PROVIDERS: usize = 100;
/// Client ids of an OpenID Connect provider.
pub(super) const CLIENT_IDS: usize = 100;
/// Groups that a user may be in.
pub(super) const GROUPS_OF_USER: usize = 10;
/// Access keys of a user.
pub(super) const ACCESS_KEYS: usize = 2;
/// Signing certificates of a user.
pub(super) const CERTIFICATES: usize = 2;
/// SSH public keys of a user.
pub(super) const SSH_KEYS: usize = 5;
/// Passwords of a user for one service.
pub(super) const SERVICE_CREDENTIALS: usize = 2;
/// MFA devices of a user.
pub(super) const MFA_DEVICES: usize = 8;
/// Managed policies attached to one user, group or role.
pub(super) const ATTACHED: usize = 10;
/// Versions of a managed policy.
pub(super) const VERSIONS: usize = 5;
/// Tags of one thing.
pub(super) const TAGS: usize = 50;
/// Characters of a managed policy, white space aside.
pub(super) const POLICY_SIZE: usize = 6_144;
/// Characters of all documents of a user's own.
pub(super) const USER_POLICIES: usize = 2_048;
/// Characters of all documents of a group's own.
pub(super) const GROUP_POLICIES: usize = 5_120;
/// Characters of all documents of a role's own.
pub(super) const ROLE_POLICIES: usize = 10_240;
/// Characters of a role's trust policy.
pub(super) const TRUST_POLICY: usize = 2_048;

/// LimitExceeded where there are so many already that one more is too many.
pub(super) fn within(quota: &str, have: usize, limit: usize) -> Result<()> {
    if have >= limit {
        Err(beyond(quota, limit))
    } else {
        Ok(())
    }
}
