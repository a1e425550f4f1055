//! Roles for whom a SAML provider vouches. Signatures of assertions are not judged (ours); who issued it, for whom, until
//! when, and which roles it names, is.
//!
//! The assertion is searched, not parsed: a text from outside is looked through from front to back once for each thing that is
//! asked of it, and nothing of it is expanded.

use super::assume::{assumed, assumed_user, duration, find_role, session_of};
use super::sessions::{Grant, issue};
use super::trust::{self, Asker};
use super::{denied, session_policies};
use crate::base::error::{Error, Result};
use crate::base::time::Time;
use crate::services::Request;
use crate::services::iam::conditions::Context;
use crate::services::iam::providers;
use crate::world::World;
use crate::world::identity::SessionKind;
use base64::prelude::{BASE64_STANDARD, Engine as _};
use sha1::{Digest, Sha1};
use stratus_model::{Structure, field};

const ROLE: &str = "https://aws.amazon.com/SAML/Attributes/Role";
const SESSION_NAME: &str = "https://aws.amazon.com/SAML/Attributes/RoleSessionName";

fn invalid(why: impl Into<String>) -> Error {
    Error::new("InvalidIdentityToken", why).at("SAMLAssertion")
}

/// The text inside the first element of this local name in some XML, and what follows it.
fn element<'a>(xml: &'a str, name: &str) -> Option<(&'a str, &'a str)> {
    let mut rest = xml;
    loop {
        let (_, after) = rest.split_once('<')?;
        let end = after.find(|c: char| c.is_whitespace() || c == '>' || c == '/')?;
        let (tag, tail) = after.split_at(end);
        let local = tag.rsplit(':').next().unwrap_or(tag);
        if local == name && !tag.starts_with(['/', '!', '?']) {
            let (_, body) = tail.split_once('>')?;
            let close = format!("</{tag}>");
            let (inside, after) = body.split_once(close.as_str())?;
            return Some((inside, after));
        }
        rest = after;
    }
}

/// The values of an attribute of the assertion.
fn attribute<'a>(xml: &'a str, name: &str) -> Vec<&'a str> {
    let mark = format!("Name=\"{name}\"");
    let Some((_, rest)) = xml.split_once(mark.as_str()) else {
        return Vec::new();
    };
    let (mut body, _) = rest.split_once("Attribute>").unwrap_or((rest, ""));
    let mut values = Vec::new();
    while let Some((value, after)) = element(body, "AttributeValue") {
        values.push(value.trim());
        body = after;
    }
    values
}

/// A moment in an XML attribute.
fn moment(xml: &str, name: &str) -> Option<Time> {
    let (_, rest) = xml.split_once(&format!("{name}=\""))?;
    let (text, _) = rest.split_once('"')?;
    stratus_model::time::parse(text).map(Time)
}

/// <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithSAML.html>
pub(super) fn assume_role(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let params = request.params;
    let (role_arn, provider_arn) = (
        params.text(field::ROLE_ARN).unwrap_or_default(),
        params.text(field::PRINCIPAL_ARN).unwrap_or_default(),
    );
    let given = params.text(field::SAML_ASSERTION).unwrap_or_default();
    let letters: String = given.chars().filter(|c| !c.is_whitespace()).collect();
    let bytes = BASE64_STANDARD.decode(letters).ok();
    let xml = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
    let xml = xml.ok_or_else(|| invalid("Invalid base64 SAMLResponse"))?;
    let (issuer, _) = element(&xml, "Issuer").ok_or_else(|| invalid("Could not parse the SAML response"))?;
    let issuer = issuer.trim();
    let provider = world.iam.saml_providers.get(&provider_arn.to_owned());
    let provider = provider.ok_or_else(|| invalid(format!("Provider {provider_arn} does not exist")))?;
    if provider.issuer != issuer {
        return Err(invalid("Issuer not present in specified provider"));
    }
    if moment(&xml, "NotOnOrAfter").is_some_and(|until| until <= world.now) {
        let why = "Token must be redeemed within 5 minutes of issuance";
        return Err(Error::new("ExpiredTokenException", why).at("SAMLAssertion"));
    }
    let pairs = attribute(&xml, ROLE);
    let named = pairs
        .iter()
        .any(|pair| pair.contains(role_arn) && pair.contains(provider_arn));
    let name = attribute(&xml, SESSION_NAME).first().map(|name| (*name).to_owned());
    let name = name.filter(|name| (2..=64).contains(&name.chars().count()));
    let name = name.ok_or_else(|| invalid("RoleSessionName is required in AuthnResponse"))?;
    let subject = element(&xml, "NameID").map(|(subject, _)| subject.trim().to_owned());
    let subject = subject.ok_or_else(|| invalid("The SAML response has no NameID"))?;
    let audience = "https://signin.aws.amazon.com/saml";
    let mut context = Context::default();
    context.put("saml:aud", audience);
    context.put("saml:iss", issuer);
    context.put("saml:sub", subject.as_str());
    let asker = Asker::Federated(provider_arn.to_owned());
    let action = "sts:AssumeRoleWithSAML";
    let allows = |role: &&crate::world::identity::Role| named && trust::allows(&role.trust, action, &asker, &context);
    let role = find_role(world, role_arn).filter(allows);
    let role = role
        .ok_or_else(|| denied(format!("Not authorized to perform {action}")))?
        .clone();
    providers::saml(world, provider_arn)?;
    let qualifier = BASE64_STANDARD.encode(Sha1::digest(format!("{issuer}{}/{}", world.account(), provider.name)));
    let policies = session_policies(request, world)?;
    let (session, id) = session_of(world, &role, &name);
    let user = assumed_user(&session, &id);
    let issuer = issuer.to_owned();
    let grant = Grant {
        arn: session,
        user_id: id,
        duration: duration(request, &role, false)?,
        policies,
        ..Grant::default()
    };
    assumed(request.region, world, &role.name);
    Ok(issue(request, world, SessionKind::Role, grant)
        .with(field::ASSUMED_ROLE_USER, user)
        .with(field::SUBJECT, subject)
        .with(field::SUBJECT_TYPE, "persistent")
        .with(field::ISSUER, issuer)
        .with(field::AUDIENCE, audience)
        .with(field::NAME_QUALIFIER, qualifier))
}
