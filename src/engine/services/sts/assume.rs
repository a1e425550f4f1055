//! AssumeRole and the sessions of users: GetSessionToken, GetFederationToken, AssumeRoot.

use super::sessions::{Grant, issue, of_caller};
use super::trust::{self, Asker};
use super::{denied, given_tags, session_policies};
use crate::base::error::{Error, Result};
use crate::catalog::Region;
use crate::services::Request;
use crate::services::iam::common::{key, validation};
use crate::services::iam::conditions::Context;
use crate::world::World;
use crate::world::identity::{Role, SessionKind};
use stratus_model::{Structure, field};

/// Seconds of a session where nothing is said: of a role (AWS).
pub(super) const ROLE_SECONDS: i64 = 3_600;
/// The same of a user.
const USER_SECONDS: i64 = 43_200;
/// The most for a role in a chain, and for root (AWS).
const SHORT_SECONDS: i64 = 3_600;

/// The role of an ARN; `None` where there is none of exactly this ARN.
pub(super) fn find_role<'w>(world: &'w World, arn: &str) -> Option<&'w Role> {
    let role = world.iam.roles.get(&key(arn.rsplit('/').next()?))?;
    (role.arn(world.options.account) == arn).then_some(role)
}

/// How long a session of a role may last, and does.
pub(super) fn duration(request: &Request<'_>, role: &Role, chained: bool) -> Result<i64> {
    let asked = request.params.integer(field::DURATION_SECONDS);
    let asked = asked.unwrap_or(ROLE_SECONDS);
    if chained && asked > SHORT_SECONDS {
        let why = "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining";
        return Err(validation(field::DURATION_SECONDS, why));
    }
    if asked > role.max_session {
        let why = "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.";
        return Err(validation(field::DURATION_SECONDS, why));
    }
    Ok(asked)
}

/// What a session of a role is called, and its unique id.
pub(super) fn session_of(world: &World, role: &Role, name: &str) -> (String, String) {
    let account = world.account();
    (
        format!("arn:aws:sts::{account}:assumed-role/{}/{name}", role.name),
        format!("{}:{name}", role.id),
    )
}

/// `AssumedRoleUser`.
pub(super) fn assumed_user(arn: &str, id: &str) -> Structure {
    Structure::new().with(field::ASSUMED_ROLE_ID, id).with(field::ARN, arn)
}

/// Notes that a role was assumed.
pub(super) fn assumed(region: Region, world: &mut World, role: &str) {
    let now = world.now;
    if let Some(role) = world.iam.roles.get_mut(&key(role)) {
        role.last_used = Some((now, region));
    }
}

/// Everything that a policy may call the caller.
fn asker(request: &Request<'_>, world: &World) -> Asker {
    let arn = &request.principal.arn;
    let mut names = vec![arn.clone()];
    names.extend(request.principal.user_id.split(':').next().map(str::to_owned));
    let role = arn
        .split_once(":assumed-role/")
        .and_then(|(_, rest)| rest.split('/').next());
    if let Some(role) = role.and_then(|name| world.iam.roles.get(&key(name))) {
        names.push(role.arn(world.options.account));
    }
    Asker::Known {
        names,
        account: world.account(),
    }
}

/// The condition keys of a call.
fn context(request: &Request<'_>, world: &World, mfa: bool) -> Context {
    let params = request.params;
    let mut context = Context::default();
    let mut put = |name: &str, value: Option<String>| context.put_some(name, value);
    let principal = request.principal;
    put("aws:principalarn", Some(principal.arn.clone()));
    put("aws:principalaccount", Some(world.account()));
    put("aws:userid", Some(principal.user_id.clone()));
    put("aws:currenttime", Some(world.now.iso8601()));
    put("aws:epochtime", Some((world.now.0 / 1000).to_string()));
    put("aws:requestedregion", Some(request.region.name().to_owned()));
    let user = principal
        .arn
        .split_once(":user/")
        .and_then(|(_, rest)| rest.rsplit('/').next());
    put("aws:username", user.map(str::to_owned));
    put("aws:multifactorauthpresent", mfa.then(|| "true".to_owned()));
    put("sts:externalid", params.text(field::EXTERNAL_ID).map(str::to_owned));
    put(
        "sts:rolesessionname",
        params.text(field::ROLE_SESSION_NAME).map(str::to_owned),
    );
    put(
        "sts:sourceidentity",
        params.text(field::SOURCE_IDENTITY).map(str::to_owned),
    );
    for tag in params.structures(field::TAGS) {
        let (key, value) = (tag.text(field::KEY).unwrap_or_default(), tag.text(field::VALUE));
        put(&format!("aws:RequestTag/{key}"), value.map(str::to_owned));
        put("aws:tagkeys", Some(key.to_owned()));
    }
    for key in params.texts(field::TRANSITIVE_TAG_KEYS) {
        put("sts:transitivetagkeys", Some(key.to_owned()));
    }
    if let Some(user) = user.and_then(|name| world.iam.users.get(&key(name))) {
        for (tag, value) in &user.tags {
            put(&format!("aws:PrincipalTag/{tag}"), Some(value.clone()));
        }
    }
    context
}

/// Whether the call proves a second factor. Any six digits are right (ours), of a device of the caller's own.
fn mfa(request: &Request<'_>, world: &World) -> Result<bool> {
    let params = request.params;
    let (serial, code) = (params.text(field::SERIAL_NUMBER), params.text(field::TOKEN_CODE));
    let (Some(serial), Some(_)) = (serial, code) else {
        return match (serial, code) {
            (None, None) => Ok(of_caller(request, world).is_some_and(|session| session.mfa)),
            _ => Err(validation(
                field::TOKEN_CODE,
                "Both the SerialNumber and the TokenCode are required for multi-factor authentication.",
            )),
        };
    };
    let user = request
        .principal
        .arn
        .split_once(":user/")
        .and_then(|(_, rest)| rest.rsplit('/').next());
    let user = user.and_then(|name| world.iam.users.get(&key(name)));
    if user.is_some_and(|user| user.mfa.iter().any(|(known, _)| known == serial)) {
        return Ok(true);
    }
    let why = "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is \
               valid and associated with this user.";
    Err(denied(why))
}

/// <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html>
pub(super) fn assume_role(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let params = request.params;
    let principal = request.principal;
    if principal.arn.ends_with(":root") {
        return Err(denied("Roles may not be assumed by root accounts."));
    }
    if !params.list(field::PROVIDED_CONTEXTS).is_empty() {
        let why = "Context assertions of IAM Identity Center are not simulated; leave ProvidedContexts out.";
        return Err(Error::new("NotImplemented", why)
            .with_status(501)
            .at("ProvidedContexts"));
    }
    let arn = params.text(field::ROLE_ARN).unwrap_or_default();
    let refuse = |action: &str| {
        denied(format!(
            "User: {} is not authorized to perform: {action} on resource: {arn}",
            principal.arn
        ))
    };
    // AWS tells nobody whether a role exists that may not be assumed.
    let role = find_role(world, arn).ok_or_else(|| refuse("sts:AssumeRole"))?.clone();
    let mfa = mfa(request, world)?;
    let (asker, context) = (asker(request, world), context(request, world, mfa));
    let before = of_caller(request, world);
    // What the role of an instance does is none: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html
    let chained = before.is_some_and(|session| session.kind == SessionKind::Role);
    let inherited = before.map(|session| session.tags.clone()).unwrap_or_default();
    let mut tags = given_tags(request)?;
    for (key, (value, transitive)) in inherited {
        if !transitive {
            continue;
        }
        if tags.contains_key(&key) {
            let why = "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag \
                       key from the calling session.";
            return Err(validation(field::TAGS, why));
        }
        tags.insert(key, (value, true));
    }
    let source = before.and_then(|session| session.source_identity.clone());
    let asked_source = params.text(field::SOURCE_IDENTITY).map(str::to_owned);
    if source.is_some() && asked_source.is_some() && source != asked_source {
        return Err(refuse("sts:SetSourceIdentity"));
    }
    let needs = [
        (true, "sts:AssumeRole"),
        (params.contains(field::TAGS), "sts:TagSession"),
        (asked_source.is_some(), "sts:SetSourceIdentity"),
    ];
    for (_, action) in needs.into_iter().filter(|(needed, _)| *needed) {
        if !trust::allows(&role.trust, action, &asker, &context) {
            let remedy = format!("The trust policy of the role has to allow {action} to the caller or to its account.");
            return Err(refuse(action).remedy(remedy));
        }
    }
    let policies = session_policies(request, world)?;
    let duration = duration(request, &role, chained)?;
    let (session, id) = session_of(world, &role, params.text(field::ROLE_SESSION_NAME).unwrap_or_default());
    let user = assumed_user(&session, &id);
    assumed(request.region, world, &role.name);
    let grant = Grant {
        arn: session,
        user_id: id,
        duration,
        policies,
        tags,
        source_identity: asked_source.or(source),
        mfa,
    };
    Ok(issue(request, world, SessionKind::Role, grant).with(field::ASSUMED_ROLE_USER, user))
}

/// How long the session of a user lasts: root's an hour at most, and what is asked beyond that is cut.
fn user_duration(request: &Request<'_>) -> i64 {
    let root = request.principal.arn.ends_with(":root");
    let asked = request.params.integer(field::DURATION_SECONDS);
    match root {
        true => asked.unwrap_or(SHORT_SECONDS).min(SHORT_SECONDS),
        false => asked.unwrap_or(USER_SECONDS),
    }
}

/// Neither works with temporary credentials.
fn long_term(request: &Request<'_>, world: &World) -> Result<()> {
    match of_caller(request, world) {
        None => Ok(()),
        Some(_) => Err(denied(format!(
            "Cannot call {} with session credentials",
            request.operation.name
        ))),
    }
}

/// <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html>
pub(super) fn get_session_token(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    long_term(request, world)?;
    let grant = Grant {
        arn: request.principal.arn.clone(),
        user_id: request.principal.user_id.clone(),
        duration: user_duration(request),
        mfa: mfa(request, world)?,
        ..Grant::default()
    };
    Ok(issue(request, world, SessionKind::User, grant))
}

/// <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html>
pub(super) fn get_federation_token(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    long_term(request, world)?;
    let name = request.params.text(field::NAME).unwrap_or_default();
    let account = world.account();
    let (arn, id) = (
        format!("arn:aws:sts::{account}:federated-user/{name}"),
        format!("{account}:{name}"),
    );
    let user = Structure::new()
        .with(field::FEDERATED_USER_ID, id.clone())
        .with(field::ARN, arn.clone());
    let grant = Grant {
        arn,
        user_id: id,
        duration: user_duration(request),
        policies: session_policies(request, world)?,
        tags: given_tags(request)?,
        ..Grant::default()
    };
    Ok(issue(request, world, SessionKind::Federated, grant).with(field::FEDERATED_USER, user))
}

/// <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoot.html>
/// Only the management account of an organization may, for its members. This account is in no organization.
pub(super) fn assume_root(request: &Request<'_>, _: &World) -> Result<Structure> {
    let target = request.params.text(field::TARGET_PRINCIPAL).unwrap_or_default();
    let account = target
        .strip_prefix("arn:aws:iam::")
        .map_or(target, |rest| rest.trim_end_matches(":root"));
    let why = format!(
        "User: {} is not authorized to perform: sts:AssumeRoot on resource: arn:aws:iam::{account}:root",
        request.principal.arn
    );
    let error: Error = denied(why);
    Err(error.remedy("AssumeRoot is for the management account of an organization; this account is in none."))
}
