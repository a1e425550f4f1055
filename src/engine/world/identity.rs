//! Rows of IAM and STS. Data only: what may refer to what, and who may be deleted, is decided by the operations.
//!
//! IAM is in no Region. Names are told apart without regard to case, so that every table of named things is keyed by the
//! name in lower case; what AWS shows is the row's own. Nothing here is there before its first use: the administrator that
//! every world begins with is made by the first call that writes ([`Iam::made`]), the same whatever the order.

use super::table::Table;
use crate::base::time::Time;
use crate::catalog::Region;
use serde::Serialize;
use std::collections::BTreeMap;

/// Tags by key.
pub type Tags = BTreeMap<String, String>;

/// All of IAM that belongs to the account.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Iam {
    /// Whether the first call that writes has made what every account has.
    pub made: bool,
    /// Users by name in lower case, as everything that has a name.
    pub users: Table<String, User>,
    /// Groups.
    pub groups: Table<String, Group>,
    /// Roles.
    pub roles: Table<String, Role>,
    /// The account's own managed policies.
    pub policies: Table<String, Policy>,
    /// Instance profiles.
    pub instance_profiles: Table<String, InstanceProfile>,
    /// Access keys of users, by id.
    pub access_keys: Table<String, AccessKey>,
    /// Server certificates.
    pub server_certificates: Table<String, ServerCertificate>,
    /// Virtual MFA devices, by serial number (an ARN).
    pub mfa_devices: Table<String, MfaDevice>,
    /// OpenID Connect providers, by ARN.
    pub oidc_providers: Table<String, OidcProvider>,
    /// SAML providers, by ARN.
    pub saml_providers: Table<String, SamlProvider>,
    /// Index: who has a managed policy attached: (policy's ARN, kind, name in lower case).
    pub attachments: Table<(String, u8, String), ()>,
    /// Index: whose permissions boundary a managed policy is: (policy's ARN, kind, name in lower case).
    pub boundaries: Table<(String, u8, String), ()>,
    /// Deletions of service-linked roles that were asked for, by task.
    pub deletions: Table<String, Deletion>,
    /// The account's alias.
    pub alias: Option<String>,
    /// Rules for passwords; `None` = AWS's default ones.
    pub password_policy: Option<PasswordPolicy>,
    /// The newest credential report.
    pub report: Option<Report>,
}

impl Iam {
    /// Whether nothing of IAM was ever written.
    pub fn is_untouched(&self) -> bool {
        !self.made
    }
}

/// What a policy is attached to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Holder {
    /// A user.
    User,
    /// A group.
    Group,
    /// A role.
    Role,
}

impl Holder {
    /// As it stands in an index's key.
    pub fn number(self) -> u8 {
        self as u8
    }
}

/// Policies of a user, a group or a role.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Permissions {
    /// ARNs of attached managed policies, by when they were attached.
    pub attached: Vec<String>,
    /// Documents of its own, by name.
    pub inline: BTreeMap<String, String>,
    /// ARN of the policy that bounds it; never for a group.
    pub boundary: Option<String>,
}

/// A user.
#[derive(Clone, Debug, Serialize)]
pub struct User {
    /// As it is written.
    pub name: String,
    /// `/`, or `/a/b/`.
    pub path: String,
    /// `AIDA…`.
    pub id: String,
    /// When it was made.
    pub created: Time,
    /// Its tags.
    pub tags: Tags,
    /// Its policies.
    pub permissions: Permissions,
    /// Groups that it is in, by name in lower case, sorted.
    pub groups: Vec<String>,
    /// Its access keys, oldest first.
    pub access_keys: Vec<String>,
    /// Its signing certificates, oldest first.
    pub certificates: Vec<SigningCertificate>,
    /// Its SSH public keys, oldest first.
    pub ssh_keys: Vec<SshPublicKey>,
    /// Its passwords for single services, oldest first.
    pub service_credentials: Vec<ServiceCredential>,
    /// Its password for the console.
    pub login: Option<Login>,
    /// Serial numbers of its MFA devices, in the order of enabling, with the time.
    pub mfa: Vec<(String, Time)>,
}

impl User {
    /// Its ARN.
    pub fn arn(&self, account: u64) -> String {
        format!("arn:aws:iam::{account:012}:user{}{}", self.path, self.name)
    }
}

/// A group.
#[derive(Clone, Debug, Serialize)]
pub struct Group {
    /// As it is written.
    pub name: String,
    /// `/`, or `/a/b/`.
    pub path: String,
    /// `AGPA…`.
    pub id: String,
    /// When it was made.
    pub created: Time,
    /// Its policies.
    pub permissions: Permissions,
    /// Its users, by name in lower case, sorted.
    pub users: Vec<String>,
}

impl Group {
    /// Its ARN.
    pub fn arn(&self, account: u64) -> String {
        format!("arn:aws:iam::{account:012}:group{}{}", self.path, self.name)
    }
}

/// A role.
#[derive(Clone, Debug, Serialize)]
pub struct Role {
    /// As it is written.
    pub name: String,
    /// `/`, or `/a/b/`.
    pub path: String,
    /// `AROA…`.
    pub id: String,
    /// When it was made.
    pub created: Time,
    /// Who may assume it: a document.
    pub trust: String,
    /// What it is for; `None` = never said.
    pub description: Option<String>,
    /// Seconds that a session of it may last.
    pub max_session: i64,
    /// Its tags.
    pub tags: Tags,
    /// Its policies.
    pub permissions: Permissions,
    /// The service that it is linked to (`autoscaling.amazonaws.com`); `None` for any other role.
    pub service: Option<String>,
    /// When and where it was last assumed.
    pub last_used: Option<(Time, Region)>,
}

impl Role {
    /// Its ARN.
    pub fn arn(&self, account: u64) -> String {
        format!("arn:aws:iam::{account:012}:role{}{}", self.path, self.name)
    }
}

/// A managed policy of the account's own.
#[derive(Clone, Debug, Serialize)]
pub struct Policy {
    /// As it is written.
    pub name: String,
    /// `/`, or `/a/b/`.
    pub path: String,
    /// `ANPA…`.
    pub id: String,
    /// When it was made.
    pub created: Time,
    /// When a version was last added or made the default.
    pub updated: Time,
    /// What it is for; `None` = never said.
    pub description: Option<String>,
    /// Its tags.
    pub tags: Tags,
    /// Its versions, oldest first: number, when, document.
    pub versions: Vec<(u32, Time, String)>,
    /// The number of the one in force.
    pub default: u32,
    /// The number of the next one: numbers are not used again.
    pub next: u32,
}

impl Policy {
    /// Its ARN.
    pub fn arn(&self, account: u64) -> String {
        format!("arn:aws:iam::{account:012}:policy{}{}", self.path, self.name)
    }
}

/// An instance profile.
#[derive(Clone, Debug, Serialize)]
pub struct InstanceProfile {
    /// As it is written.
    pub name: String,
    /// `/`, or `/a/b/`.
    pub path: String,
    /// `AIPA…`.
    pub id: String,
    /// When it was made.
    pub created: Time,
    /// Its role, by name in lower case.
    pub role: Option<String>,
    /// Its tags.
    pub tags: Tags,
}

impl InstanceProfile {
    /// Its ARN.
    pub fn arn(&self, account: u64) -> String {
        format!("arn:aws:iam::{account:012}:instance-profile{}{}", self.path, self.name)
    }
}

/// An access key of a user.
#[derive(Clone, Debug, Serialize)]
pub struct AccessKey {
    /// `AKIA…`.
    pub id: String,
    /// Whose, by name in lower case.
    pub user: String,
    /// The secret, for simulation only; shown once, at creation.
    pub secret: String,
    /// Whether it may be used.
    pub active: bool,
    /// When it was made.
    pub created: Time,
    /// When, where and for which service (`ec2`) it last made a call that wrote. Reads leave no trace in a world (ours).
    pub last_used: Option<(Time, Region, String)>,
}

/// An X.509 certificate that a user signs with.
#[derive(Clone, Debug, Serialize)]
pub struct SigningCertificate {
    /// 32 letters and digits.
    pub id: String,
    /// PEM.
    pub body: String,
    /// Whether it may be used.
    pub active: bool,
    /// When it was uploaded.
    pub uploaded: Time,
}

/// A public key of a user for CodeCommit.
#[derive(Clone, Debug, Serialize)]
pub struct SshPublicKey {
    /// `APKA…`.
    pub id: String,
    /// As it was uploaded.
    pub body: String,
    /// MD5, in pairs of digits.
    pub fingerprint: String,
    /// Whether it may be used.
    pub active: bool,
    /// When it was uploaded.
    pub uploaded: Time,
}

/// A user name and password of a user for one service.
#[derive(Clone, Debug, Serialize)]
pub struct ServiceCredential {
    /// `ACCA…`.
    pub id: String,
    /// `codecommit.amazonaws.com`.
    pub service: String,
    /// `name-at-account`.
    pub user_name: String,
    /// The password, for simulation only; shown once.
    pub password: String,
    /// Whether it may be used.
    pub active: bool,
    /// When it was made.
    pub created: Time,
}

/// What a user signs in to the console with.
#[derive(Clone, Debug, Serialize)]
pub struct Login {
    /// When the profile was made.
    pub created: Time,
    /// When the password was last set.
    pub changed: Time,
    /// The password, for simulation only.
    pub password: String,
    /// Earlier passwords, newest first: they may not be used again where the account's rules say so.
    pub earlier: Vec<String>,
    /// Whether the next sign-in has to set a new one.
    pub reset: bool,
}

/// A virtual MFA device.
#[derive(Clone, Debug, Serialize)]
pub struct MfaDevice {
    /// Its ARN.
    pub serial: String,
    /// Its seed, base32; shown once, at creation.
    pub seed: String,
    /// Whose it is, by name in lower case, and since when.
    pub user: Option<(String, Time)>,
    /// Its tags.
    pub tags: Tags,
}

/// A certificate for load balancers.
#[derive(Clone, Debug, Serialize)]
pub struct ServerCertificate {
    /// As it is written.
    pub name: String,
    /// `/`, or `/a/b/`.
    pub path: String,
    /// `ASCA…`.
    pub id: String,
    /// When it was uploaded.
    pub uploaded: Time,
    /// When it expires, by the certificate.
    pub expires: Time,
    /// PEM.
    pub body: String,
    /// PEM of those that vouch for it.
    pub chain: Option<String>,
    /// Its tags.
    pub tags: Tags,
}

impl ServerCertificate {
    /// Its ARN.
    pub fn arn(&self, account: u64) -> String {
        format!(
            "arn:aws:iam::{account:012}:server-certificate{}{}",
            self.path, self.name
        )
    }
}

/// An identity provider that speaks OpenID Connect.
#[derive(Clone, Debug, Serialize)]
pub struct OidcProvider {
    /// Without `https://`.
    pub url: String,
    /// Client ids (audiences).
    pub clients: Vec<String>,
    /// SHA-1 of certificates, 40 digits each.
    pub thumbprints: Vec<String>,
    /// When it was made.
    pub created: Time,
    /// Its tags.
    pub tags: Tags,
}

/// An identity provider that speaks SAML.
#[derive(Clone, Debug, Serialize)]
pub struct SamlProvider {
    /// As it is written.
    pub name: String,
    /// What it says of itself, XML.
    pub metadata: String,
    /// `entityID` of the metadata.
    pub issuer: String,
    /// When it was made.
    pub created: Time,
    /// 100 years after that, as AWS has it where the metadata say nothing.
    pub valid_until: Time,
    /// Its unique id, which `AssumeRoleWithSAML` and its updates carry.
    pub uuid: String,
    /// Its tags.
    pub tags: Tags,
}

/// Rules for passwords of users.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PasswordPolicy {
    /// At least so many characters, 6 to 128.
    pub minimum: i64,
    /// At least one of `! @ # $ % ^ & * ( ) _ + - = [ ] { } | '`.
    pub symbols: bool,
    /// At least one digit.
    pub numbers: bool,
    /// At least one of A to Z.
    pub uppercase: bool,
    /// At least one of a to z.
    pub lowercase: bool,
    /// Whether users may change their own.
    pub own: bool,
    /// Days that one may be used; 0 = for ever.
    pub max_age: i64,
    /// How many earlier ones may not be used again.
    pub reuse: i64,
    /// Whether one that has expired can only be set by an administrator.
    pub hard_expiry: bool,
}

/// A credential report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// When it was asked for, and made.
    pub asked: Time,
    /// CSV, of the moment of asking.
    pub content: String,
}

/// The deletion of a service-linked role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Deletion {
    /// The role.
    pub role: String,
    /// When it was asked for.
    pub asked: Time,
}

/// STS: temporary credentials that were given out.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Sts {
    /// By access key (`ASIA…`). Those that have expired stay for a while, so that they can be told from unknown ones.
    pub sessions: Table<String, Session>,
}

impl Sts {
    /// Whether none were ever given out.
    pub fn is_untouched(&self) -> bool {
        self.sessions.is_empty()
    }
}

/// Temporary credentials.
#[derive(Clone, Debug, Serialize)]
pub struct Session {
    /// Whom they make the caller: `arn:aws:sts::…:assumed-role/role/session`, or a user itself (GetSessionToken).
    pub arn: String,
    /// `AROA…:session`.
    pub user_id: String,
    /// The secret, for simulation only.
    pub secret: String,
    /// What every call with them has to carry.
    pub token: String,
    /// When they were given out.
    pub issued: Time,
    /// Until when they may be used.
    pub expires: Time,
    /// The kind of the call that gave them out.
    pub kind: SessionKind,
    /// Session policies: documents, then ARNs.
    pub policies: Vec<String>,
    /// Session tags; those that are transitive (passed on in role chaining) by `true`.
    pub tags: BTreeMap<String, (String, bool)>,
    /// Who stands behind the session, as the first caller of a chain said.
    pub source_identity: Option<String>,
    /// Whether MFA was used.
    pub mfa: bool,
}

/// How temporary credentials came to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum SessionKind {
    /// AssumeRole and its kin.
    Role,
    /// GetSessionToken.
    User,
    /// GetFederationToken.
    Federated,
    /// AssumeRoot.
    Root,
    /// EC2 has assumed the role of an instance for its guest.
    Instance,
}
