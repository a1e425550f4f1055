//! Roles for whom an OpenID Connect provider vouches. Signatures of tokens are not judged: there is no provider to ask for its
//! keys (ours). Everything else is: the provider has to be known to IAM, its audience listed, the token not expired.

use super::assume::{assumed, assumed_user, duration, find_role, session_of};
use super::sessions::{Grant, issue};
use super::trust::{self, Asker};
use super::{denied, session_policies};
use crate::base::error::{Error, Result};
use crate::base::time::{Span, Time};
use crate::services::Request;
use crate::services::iam::conditions::Context;
use crate::services::iam::providers;
use crate::world::World;
use crate::world::identity::SessionKind;
use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use serde_json::Value as Json;
use stratus_model::{Structure, field};

/// The fewest characters of a subject that answers may have (the model).
const SUBJECT: usize = 6;

fn invalid(why: impl Into<String>) -> Error {
    Error::new("InvalidIdentityToken", why).at("WebIdentityToken")
}

/// The claims of a token.
fn claims(token: &str) -> Result<Json> {
    let not_one =
        || invalid("The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)");
    let parts: Vec<&str> = token.split('.').collect();
    let [head, body, _] = parts.as_slice() else {
        return Err(not_one());
    };
    let read = |part: &str| -> Option<Json> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(part.trim_end_matches('=')).ok()?;
        serde_json::from_slice(&bytes).ok().filter(Json::is_object)
    };
    read(head).ok_or_else(not_one)?;
    read(body).ok_or_else(not_one)
}

/// <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html>
pub(super) fn assume_role(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let params = request.params;
    if params.contains(field::PROVIDER_ID) {
        let why = "Access tokens of OAuth 2.0 are not simulated; leave ProviderId out and give an ID token.";
        return Err(Error::new("NotImplemented", why).with_status(501));
    }
    let claims = claims(params.text(field::WEB_IDENTITY_TOKEN).unwrap_or_default())?;
    let text = |name: &str| claims.get(name).and_then(Json::as_str);
    let issuer = text("iss").ok_or_else(|| invalid("Missing a required claim: iss"))?;
    let subject = text("sub").filter(|subject| subject.chars().count() >= SUBJECT);
    let subject = subject.ok_or_else(|| invalid("Missing a required claim: sub"))?;
    let audience = match claims.get("aud") {
        Some(Json::String(audience)) => audience.as_str(),
        Some(Json::Array(items)) => items.first().and_then(Json::as_str).unwrap_or_default(),
        _ => return Err(invalid("Missing a required claim: aud")),
    };
    let url = issuer.trim_start_matches("https://").trim_end_matches('/');
    let provider = providers::oidc_arn(world, url);
    let known = world.iam.oidc_providers.get(&provider);
    let known =
        known.ok_or_else(|| invalid(format!("No OpenIDConnect provider found in your account for {issuer}")))?;
    if !known.clients.iter().any(|client| client == audience) {
        return Err(invalid("Incorrect token audience"));
    }
    expiry(&claims, world.now)?;
    let mut context = Context::default();
    context.put(&format!("{url}:sub"), subject);
    context.put(&format!("{url}:aud"), audience);
    context.put_some("sts:RoleSessionName", params.text(field::ROLE_SESSION_NAME));
    let arn = params.text(field::ROLE_ARN).unwrap_or_default();
    let asker = Asker::Federated(provider.clone());
    let action = "sts:AssumeRoleWithWebIdentity";
    let role = find_role(world, arn).filter(|role| trust::allows(&role.trust, action, &asker, &context));
    let role = role
        .ok_or_else(|| denied(format!("Not authorized to perform {action}")))?
        .clone();
    let policies = session_policies(request, world)?;
    let (session, id) = session_of(world, &role, params.text(field::ROLE_SESSION_NAME).unwrap_or_default());
    let user = assumed_user(&session, &id);
    let grant = Grant {
        arn: session,
        user_id: id,
        duration: duration(request, &role, false)?,
        policies,
        ..Grant::default()
    };
    assumed(request.region, world, &role.name);
    Ok(issue(request, world, SessionKind::Role, grant)
        .with(field::SUBJECT_FROM_WEB_IDENTITY_TOKEN, subject)
        .with(field::ASSUMED_ROLE_USER, user)
        .with(field::PROVIDER, provider)
        .with(field::AUDIENCE, audience))
}

fn expiry(claims: &Json, now: Time) -> Result<()> {
    let seconds = claims.get("exp").and_then(Json::as_i64);
    let seconds = seconds.ok_or_else(|| invalid("Missing a required claim: exp"))?;
    let until = Time(0) + Span(seconds.saturating_mul(1000));
    if until > now {
        return Ok(());
    }
    let why = format!(
        "Token expired: current date/time {} must be before the expiration date/time {seconds}",
        now.0 / 1000
    );
    Err(Error::new("ExpiredTokenException", why).at("WebIdentityToken"))
}

/// <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetWebIdentityToken.html>
/// An account has to turn it on first; that is not simulated.
pub(super) fn get_token(_: &Request<'_>, _: &World) -> Result<Structure> {
    let why = "Outbound web identity federation is not enabled for this account.";
    Err(Error::new("OutboundWebIdentityFederationDisabledException", why).with_status(403))
}

/// <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetDelegatedAccessToken.html>
/// Delegation requests are not simulated, so that no trade-in token is valid.
pub(super) fn get_delegated(_: &Request<'_>, _: &World) -> Result<Structure> {
    let why = "The trade-in token provided in the request has expired.";
    Err(Error::new("ExpiredTradeInTokenException", why).at("TradeInToken"))
}
