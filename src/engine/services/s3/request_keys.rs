//! The condition keys of S3: which there are, and those that a request has.
//! Sources: <https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html#amazons3-policy-keys>,
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>.

use super::{actions, put, shelf, tagging};
use crate::base::ids::{VpcEndpointId, VpcId};
use crate::base::time::Time;
use crate::catalog::Region;
use crate::network::INTERNET;
use crate::principal::Principal;
use crate::services::iam;
use crate::services::iam::conditions::Context;
use crate::services::iam::statements::{Asked, items};
use crate::world::World;
use crate::world::objects::Bucket;
use serde_json::Value;
use std::net::IpAddr;
use stratus_model::{Name, Structure, field};

/// The VPC endpoint that a request came through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Through {
    /// Which.
    pub endpoint: VpcEndpointId,
    /// Its Region.
    pub region: Region,
    /// Its VPC, which is the request's wherever the sender stands.
    pub vpc: VpcId,
    /// The private address that it came from.
    pub source: IpAddr,
}

/// Who signs a request: the role of an instance profile, in a session that is called like the instance; or, by a presigned link,
/// whoever made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signer {
    /// `arn:aws:iam::123456789012:role/reader`; a user's own ARN.
    pub role: String,
    /// `AROA…:i-…`, `AIDA…`.
    pub user_id: String,
    /// `arn:aws:sts::123456789012:assumed-role/reader/i-…`; a user's own ARN.
    pub session: String,
}

impl Signer {
    /// A principal whose signature is verified.
    pub(super) fn of(world: &World, principal: &Principal) -> Signer {
        let assumed = principal
            .arn
            .split_once(":assumed-role/")
            .and_then(|(_, rest)| rest.split('/').next());
        let role = assumed.map(|name| match iam::common::role(world, name) {
            Ok(role) => role.arn(world.options.account),
            // The role is gone, its session is not.
            Err(_) => format!("arn:aws:iam::{}:role/{name}", world.account()),
        });
        Signer {
            role: role.unwrap_or_else(|| principal.arn.clone()),
            user_id: principal.user_id.clone(),
            session: principal.arn.clone(),
        }
    }

    /// Whether it is a session of a role, whose policies are asked. What a user may do, none of his own policies stops here (ours).
    pub(super) fn is_role(&self) -> bool {
        self.role != self.session
    }

    /// Whether a statement is about who signs: it names everybody, the role, its session or the account. A `NotPrincipal` that
    /// names a role of the account names the account besides, as AWS asks for: others of the account are meant all the same.
    /// A role with a permissions boundary is meant by every `NotPrincipal`, whoever it names.
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html>
    pub(super) fn is_meant(&self, world: &World, statement: &Value) -> bool {
        let account = &world.account();
        match (statement.get("Principal"), statement.get("NotPrincipal")) {
            (Some(named), _) => self.is_named(named) || is_account(named, account),
            (None, Some(_)) if iam::boundary_of_role(world, self.role_name()).is_some() => true,
            (None, Some(others)) => {
                let only_account = || names(others).iter().all(|one| is_own(one, account));
                let account_is_out = is_account(others, account) && only_account();
                !(self.is_named(others) || account_is_out)
            }
            (None, None) => false,
        }
    }

    /// Whether a statement, as JSON, names the session that signs by its own ARN, and not only its role.
    pub(super) fn is_session_named(&self, statement: &str) -> bool {
        let statement: Value = serde_json::from_str(statement).unwrap_or_default();
        let named = statement.get("Principal").map(names).unwrap_or_default();
        named.iter().any(|one| one.as_str() == Some(&self.session))
    }

    /// The name of the role.
    pub(super) fn role_name(&self) -> &str {
        self.role.rsplit('/').next().unwrap_or_default()
    }

    fn is_named(&self, principal: &Value) -> bool {
        let fits = |text: &str| text == "*" || text == self.role || text == self.session;
        principal.as_str() == Some("*") || names(principal).iter().filter_map(Value::as_str).any(fits)
    }
}

/// Who of AWS is named.
fn names(principal: &Value) -> &[Value] {
    items(principal.get("AWS"))
}

/// Whether an account is named, by its number or as its root.
pub(super) fn is_account(principal: &Value, account: &str) -> bool {
    names(principal).iter().any(|one| is_own(one, account))
}

fn is_own(one: &Value, account: &str) -> bool {
    let text = one.as_str().unwrap_or_default();
    let root = text
        .strip_prefix("arn:aws:iam::")
        .and_then(|rest| rest.strip_suffix(":root"));
    root.unwrap_or(text) == account
}

/// How a request came, and who made it.
#[derive(Clone, Debug, Default)]
pub struct Visit {
    /// Whose address it came from; `None`: nobody knows, or it came through a VPC endpoint, where policies cannot ask for it.
    pub source_ip: Option<IpAddr>,
    /// Its `Referer` header.
    pub referer: Option<String>,
    /// Its `User-Agent` header.
    pub user_agent: Option<String>,
    /// Whether it came with TLS.
    pub secure: bool,
    /// The VPC endpoint that it came through.
    pub through: Option<Through>,
    /// Who signed it; `None` = nobody.
    pub signer: Option<Signer>,
    /// When, where the signature stands in its address.
    pub signed: Option<Time>,
    /// What of S3 itself makes it, in the name of a bucket: the bucket's ARN.
    pub service_for: Option<String>,
}

impl Visit {
    /// From the laptop on the Internet whose address is that of traces, with a program of this name and TLS.
    pub fn of_laptop(user_agent: &str) -> Visit {
        Visit {
            source_ip: Some(INTERNET.into()),
            user_agent: Some(user_agent.to_owned()),
            secure: true,
            ..Visit::default()
        }
    }
}

/// What S3 is called where it makes requests itself, as the principal of a policy.
pub(super) const SERVICE: &str = "s3.amazonaws.com";

/// S3's own keys, in lower case; what ends in `/` has a tag's key behind it.
const KNOWN: [&str; 49] = [
    "s3:accessgrantsinstancearn",
    "s3:accesspointnetworkorigin",
    "s3:accesspointtag/",
    "s3:authtype",
    "s3:buckettag/",
    "s3:dataaccesspointaccount",
    "s3:dataaccesspointarn",
    "s3:delimiter",
    "s3:destinationregion",
    "s3:existingjoboperation",
    "s3:existingjobpriority",
    "s3:existingobjecttag/",
    "s3:if-match",
    "s3:if-none-match",
    "s3:inventoryaccessibleoptionalfields",
    "s3:isreplicationpauserequest",
    "s3:jobsuspendedcause",
    "s3:locationconstraint",
    "s3:max-keys",
    "s3:object-lock-legal-hold",
    "s3:object-lock-mode",
    "s3:object-lock-remaining-retention-days",
    "s3:object-lock-retain-until-date",
    "s3:objectcreationoperation",
    "s3:prefix",
    "s3:requestjoboperation",
    "s3:requestjobpriority",
    "s3:requestobjecttag/",
    "s3:requestobjecttagkeys",
    "s3:resourceaccount",
    "s3:signatureage",
    "s3:signatureversion",
    "s3:tlsversion",
    "s3:versionid",
    "s3:x-amz-acl",
    "s3:x-amz-content-sha256",
    "s3:x-amz-copy-source",
    "s3:x-amz-grant-full-control",
    "s3:x-amz-grant-read",
    "s3:x-amz-grant-read-acp",
    "s3:x-amz-grant-write",
    "s3:x-amz-grant-write-acp",
    "s3:x-amz-metadata-directive",
    "s3:x-amz-object-ownership",
    "s3:x-amz-server-side-encryption",
    "s3:x-amz-server-side-encryption-aws-kms-key-id",
    "s3:x-amz-server-side-encryption-customer-algorithm",
    "s3:x-amz-storage-class",
    "s3:x-amz-website-redirect-location",
];

/// Whether a policy of a bucket may ask for this key.
pub(super) fn is_known(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    key.starts_with("aws:")
        || KNOWN.iter().any(|known| match known.ends_with('/') {
            true => key.strip_prefix(known).is_some_and(|tag| !tag.is_empty()),
            false => key == *known,
        })
}

/// What parameters are called as condition keys.
const OF_PARAMETERS: [(&str, Name); 18] = [
    ("s3:delimiter", field::DELIMITER),
    ("s3:prefix", field::PREFIX),
    ("s3:VersionId", field::VERSION_ID),
    ("s3:if-match", field::IF_MATCH),
    ("s3:if-none-match", field::IF_NONE_MATCH),
    ("s3:object-lock-legal-hold", field::OBJECT_LOCK_LEGAL_HOLD_STATUS),
    ("s3:object-lock-mode", field::OBJECT_LOCK_MODE),
    ("s3:x-amz-acl", field::ACL),
    ("s3:x-amz-grant-full-control", field::GRANT_FULL_CONTROL),
    ("s3:x-amz-grant-read", field::GRANT_READ),
    ("s3:x-amz-grant-read-acp", field::GRANT_READ_ACP),
    ("s3:x-amz-grant-write", field::GRANT_WRITE),
    ("s3:x-amz-grant-write-acp", field::GRANT_WRITE_ACP),
    ("s3:x-amz-server-side-encryption", field::SERVER_SIDE_ENCRYPTION),
    ("s3:x-amz-server-side-encryption-aws-kms-key-id", field::SSEKMS_KEY_ID),
    (
        "s3:x-amz-server-side-encryption-customer-algorithm",
        field::SSE_CUSTOMER_ALGORITHM,
    ),
    ("s3:x-amz-storage-class", field::STORAGE_CLASS),
    ("s3:x-amz-website-redirect-location", field::WEBSITE_REDIRECT_LOCATION),
];
/// Keys of uploads alone.
const OF_UPLOADS: [&str; 2] = ["s3:if-match", "s3:if-none-match"];
/// Milliseconds of a day.
const DAY: i64 = 86_400_000;

/// A call, as the statements of policies are asked about it.
pub(super) struct Question {
    /// The action that it needs.
    pub action: String,
    /// The ARN of what it is done to.
    pub resource: String,
    /// What conditions may ask of it.
    pub context: Context,
}

impl Question {
    /// Of a call that names its bucket, which may not be there.
    pub(super) fn of(world: &World, operation: &str, params: &Structure, visit: &Visit) -> Question {
        let name = params.text(field::BUCKET).unwrap_or_default();
        let bucket = world.s3.buckets.get(&name.to_owned());
        Question::about(world, (name, bucket), operation, params, visit)
    }

    /// Of a call to this bucket.
    pub(super) fn to(world: &World, row: &Bucket, operation: &str, params: &Structure, visit: &Visit) -> Question {
        Question::about(world, (&row.name, Some(row)), operation, params, visit)
    }

    fn about(
        world: &World,
        (name, bucket): (&str, Option<&Bucket>),
        operation: &str,
        params: &Structure,
        visit: &Visit,
    ) -> Question {
        let (action, resource) = actions::asked(name, operation, params);
        Question {
            action,
            resource,
            context: of_visit(world, bucket, operation, params, visit),
        }
    }

    /// It, for [`decide`](crate::services::iam::statements::decide).
    pub(super) fn asked(&self) -> Asked<'_> {
        Asked {
            action: &self.action,
            resource: Some(&self.resource),
            context: &self.context,
        }
    }
}

/// What policies may ask of a request about a bucket; `None`: there is no such bucket. Of who signs, tags are not known.
fn of_visit(world: &World, bucket: Option<&Bucket>, operation: &str, params: &Structure, visit: &Visit) -> Context {
    let mut context = Context::default();
    context.put("aws:CurrentTime", world.now.iso8601());
    context.put("aws:EpochTime", (world.now.0 / 1000).to_string());
    context.put("aws:SecureTransport", visit.secure.to_string());
    // The version is ours: what comes with TLS comes with the newest.
    context.put_some("s3:TlsVersion", visit.secure.then_some("1.3"));
    context.put_some("aws:SourceIp", visit.source_ip.map(|address| address.to_string()));
    context.put_some("aws:Referer", visit.referer.as_deref());
    context.put_some("aws:UserAgent", visit.user_agent.as_deref());
    if let Some(through) = &visit.through {
        context.put("aws:SourceVpce", through.endpoint.to_string());
        context.put("aws:SourceVpc", through.vpc.to_string());
        context.put("aws:VpcSourceIp", through.source.to_string());
    }
    who(world, visit, &mut context);
    if visit.signer.is_some() {
        let place = visit.signed.map_or("REST-HEADER", |_| "REST-QUERY-STRING");
        context.put("s3:authType", place);
        context.put("s3:signatureversion", "AWS4-HMAC-SHA256");
    }
    if let Some(made) = visit.signed {
        context.put("s3:signatureAge", (world.now - made).0.to_string());
    }
    context.put("aws:ViaAWSService", "false");
    let region = bucket.map(|bucket| bucket.region);
    let region = region.or_else(|| visit.through.map(|through| through.region));
    context.put_some("aws:RequestedRegion", region.map(Region::name));
    context.put_some("aws:ResourceAccount", bucket.map(|_| world.account()));
    context.put_some("s3:ResourceAccount", bucket.map(|_| world.account()));
    for (key, name) in OF_PARAMETERS {
        if operation == "PutObject" || !OF_UPLOADS.contains(&key) {
            context.put_some(key, params.text(name));
        }
    }
    context.put_some(
        "s3:max-keys",
        params.integer(field::MAX_KEYS).map(|keys| keys.to_string()),
    );
    if let Some(until) = params.timestamp(field::OBJECT_LOCK_RETAIN_UNTIL_DATE) {
        context.put("s3:object-lock-retain-until-date", stratus_model::time::iso8601(until));
        let days = until.saturating_sub(world.now.0).div_euclid(DAY);
        context.put("s3:object-lock-remaining-retention-days", days.to_string());
    }
    tags(bucket, params, &mut context);
    context
}

/// Who makes a request.
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable>
fn who(world: &World, visit: &Visit, context: &mut Context) {
    if let Some(source) = &visit.service_for {
        context.put("aws:PrincipalIsAWSService", "true");
        context.put("aws:PrincipalServiceName", SERVICE);
        context.put("aws:SourceArn", source.as_str());
        context.put("aws:SourceAccount", world.account());
        return;
    }
    match &visit.signer {
        None => {
            context.put("aws:PrincipalType", "Anonymous");
            context.put("aws:userid", "anonymous");
        }
        Some(signer) => {
            context.put("aws:PrincipalIsAWSService", "false");
            let kind = match () {
                () if signer.is_role() => "AssumedRole",
                () if signer.session.ends_with(":root") => "Account",
                () => "User",
            };
            context.put("aws:PrincipalType", kind);
            if let Some((_, name)) = signer.session.split_once(":user/") {
                context.put("aws:username", name.rsplit('/').next().unwrap_or(name));
            }
            context.put("aws:userid", signer.user_id.as_str());
            context.put("aws:PrincipalArn", signer.role.as_str());
            context.put("aws:PrincipalAccount", world.account());
        }
    }
}

/// The tags that an object has, and those that a request gives.
fn tags(bucket: Option<&Bucket>, params: &Structure, context: &mut Context) {
    let key = params.text(field::KEY).unwrap_or_default();
    let object = bucket.map(|bucket| shelf::object(bucket, key, params.text(field::VERSION_ID), "GET"));
    if let Some(Ok(object)) = object {
        for (tag, value) in &object.tags {
            context.put(&format!("s3:ExistingObjectTag/{tag}"), value.as_str());
        }
    }
    // PutObject's stand in a header, PutObjectTagging's in a list. Those that are no tags the call itself refuses.
    let mut given: Vec<(String, String)> = put::object_tags(params).unwrap_or_default().into_iter().collect();
    if let Some(list) = params.structure(field::TAGGING) {
        given.extend(tagging::read(list, field::TAG_SET).unwrap_or_default());
    }
    for (tag, value) in given {
        context.put(&format!("s3:RequestObjectTag/{tag}"), value);
        context.put("s3:RequestObjectTagKeys", tag);
    }
}
