//! Identity providers outside the account: OpenID Connect and SAML.

use super::common::{exists, invalid, needed, no_such, note, seconds, some_tags, tag_list};
use super::{limits, tags};
use crate::base::error::{Error, Result};
use crate::base::random::Stream;
use crate::base::time::{Span, Time};
use crate::principal::letters;
use crate::services::Request;
use crate::world::World;
use crate::world::identity::{OidcProvider, SamlProvider};
use stratus_model::{Structure, Value, field};

/// A SAML provider is valid for a hundred years where its metadata say nothing (AWS).
const HUNDRED_YEARS: Span = Span::minutes(36_525 * 24 * 60);
/// The thumbprint of a provider whose certificate AWS would have looked up itself. Nothing is looked up here (ours).
const NO_THUMBPRINT: &str = "0000000000000000000000000000000000000000";

/// An OpenID Connect provider by its ARN.
pub(crate) fn oidc<'w>(world: &'w World, arn: &str) -> Result<&'w OidcProvider> {
    let found = world.iam.oidc_providers.get(&arn.to_owned());
    found.ok_or_else(|| {
        no_such(format!("OpenIDConnect Provider not found for arn {arn}")).at("OpenIDConnectProviderArn")
    })
}

/// A SAML provider by its ARN.
pub(crate) fn saml<'w>(world: &'w World, arn: &str) -> Result<&'w SamlProvider> {
    let found = world.iam.saml_providers.get(&arn.to_owned());
    found.ok_or_else(|| no_such(format!("Manifest not found for arn {arn}")).at("SAMLProviderArn"))
}

/// The ARN of an OpenID Connect provider.
pub(crate) fn oidc_arn(world: &World, url: &str) -> String {
    format!("arn:aws:iam::{}:oidc-provider/{url}", world.account())
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html>
pub(super) fn create_oidc(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let params = request.params;
    let given = needed(request, field::URL);
    let Some(url) = given
        .strip_prefix("https://")
        .filter(|rest| !rest.is_empty() && !rest.starts_with('/') && !rest.contains(['?', '#', ' ']))
    else {
        let why = "Invalid Open ID Connect Provider URL";
        return Err(super::common::validation(field::URL, why));
    };
    let url = url.trim_end_matches('/');
    let arn = oidc_arn(world, url);
    if world.iam.oidc_providers.contains(&arn) {
        return Err(exists(format!("Provider with url {given} already exists.")).at("Url"));
    }
    limits::within(
        "OpenIdConnectProvidersPerAccount",
        world.iam.oidc_providers.len(),
        limits::OIDC_PROVIDERS,
    )?;
    let mut clients: Vec<String> = params.texts(field::CLIENT_ID_LIST).map(str::to_owned).collect();
    stratus_model::sort::sort(&mut clients);
    clients.dedup();
    if clients.len() > limits::CLIENT_IDS {
        return Err(super::common::beyond(
            "ClientIdsPerOpenIdConnectProvider",
            limits::CLIENT_IDS,
        ));
    }
    let mut prints = thumbprints(params)?;
    if prints.is_empty() {
        prints.push(NO_THUMBPRINT.to_owned());
    }
    let row = OidcProvider {
        url: url.to_owned(),
        clients,
        thumbprints: prints,
        created: world.now,
        tags: tags::given(params)?,
    };
    let answer = Structure::new()
        .with(field::OPEN_ID_CONNECT_PROVIDER_ARN, arn.clone())
        .with_some(field::TAGS, some_tags(&row.tags));
    note(world, format!("OpenID Connect provider {url}: created"));
    world.iam.oidc_providers.insert(arn, row);
    Ok(answer)
}

/// At most five, of hexadecimal digits.
fn thumbprints(params: &Structure) -> Result<Vec<String>> {
    let prints: Vec<String> = params.texts(field::THUMBPRINT_LIST).map(str::to_lowercase).collect();
    if prints.len() > 5 {
        return Err(invalid(
            field::THUMBPRINT_LIST,
            "Thumbprint list must contain fewer than 5 entries.",
        ));
    }
    if prints
        .iter()
        .any(|print| !print.bytes().all(|byte| byte.is_ascii_hexdigit()))
    {
        return Err(invalid(
            field::THUMBPRINT_LIST,
            "Thumbprint must be a hexadecimal string.",
        ));
    }
    Ok(prints)
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetOpenIDConnectProvider.html>
pub(super) fn get_oidc(request: &Request<'_>, world: &World) -> Result<Structure> {
    let row = oidc(world, needed(request, field::OPEN_ID_CONNECT_PROVIDER_ARN))?;
    Ok(Structure::new()
        .with(field::URL, row.url.clone())
        .with(field::CLIENT_ID_LIST, row.clients.clone())
        .with(field::THUMBPRINT_LIST, row.thumbprints.clone())
        .with(field::CREATE_DATE, seconds(row.created))
        .with(field::TAGS, tag_list(&row.tags)))
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOpenIDConnectProviders.html>
pub(super) fn list_oidc(_: &Request<'_>, world: &World) -> Result<Structure> {
    let show = |(arn, _): (&String, &OidcProvider)| Value::from(Structure::new().with(field::ARN, arn.clone()));
    let rows: Vec<Value> = world.iam.oidc_providers.iter().map(show).collect();
    Ok(Structure::new().with(field::OPEN_ID_CONNECT_PROVIDER_LIST, rows))
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteOpenIDConnectProvider.html>
pub(super) fn delete_oidc(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let arn = needed(request, field::OPEN_ID_CONNECT_PROVIDER_ARN).to_owned();
    oidc(world, &arn)?;
    world.iam.oidc_providers.remove(&arn);
    Ok(Structure::new())
}

fn change_oidc(
    request: &Request<'_>,
    world: &mut World,
    what: impl FnOnce(&mut OidcProvider) -> Result<()>,
) -> Result<Structure> {
    let arn = needed(request, field::OPEN_ID_CONNECT_PROVIDER_ARN).to_owned();
    let mut row = oidc(world, &arn)?.clone();
    what(&mut row)?;
    world.iam.oidc_providers.insert(arn, row);
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddClientIDToOpenIDConnectProvider.html>
pub(super) fn add_client(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let client = needed(request, field::CLIENT_ID_).to_owned();
    change_oidc(request, world, |row| {
        if !row.clients.contains(&client) {
            limits::within(
                "ClientIdsPerOpenIdConnectProvider",
                row.clients.len(),
                limits::CLIENT_IDS,
            )?;
            row.clients.push(client);
            stratus_model::sort::sort(&mut row.clients);
        }
        Ok(())
    })
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveClientIDFromOpenIDConnectProvider.html>
pub(super) fn remove_client(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let client = needed(request, field::CLIENT_ID_).to_owned();
    change_oidc(request, world, |row| {
        row.clients.retain(|known| *known != client);
        Ok(())
    })
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateOpenIDConnectProviderThumbprint.html>
pub(super) fn update_thumbprints(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let prints = thumbprints(request.params)?;
    change_oidc(request, world, |row| {
        row.thumbprints = prints;
        Ok(())
    })
}

/// The `entityID` of SAML metadata; `None` for what is none.
fn issuer(metadata: &str) -> Option<String> {
    if !metadata.contains("EntityDescriptor") || !metadata.contains("IDPSSODescriptor") {
        return None;
    }
    let (_, rest) = metadata.split_once("entityID=")?;
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let (id, _) = rest.get(1..)?.split_once(quote)?;
    (!id.is_empty()).then(|| id.to_owned())
}

fn checked_issuer(metadata: &str) -> Result<String> {
    issuer(metadata).ok_or_else(|| {
        let why = "Could not parse metadata";
        invalid(field::SAML_METADATA_DOCUMENT, why)
    })
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateSAMLProvider.html>
pub(super) fn create_saml(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let name = needed(request, field::NAME);
    let arn = format!("arn:aws:iam::{}:saml-provider/{name}", world.account());
    if world.iam.saml_providers.contains(&arn) {
        return Err(exists(format!("SAML provider {arn} already exists.")).at("Name"));
    }
    limits::within(
        "SAMLProvidersPerAccount",
        world.iam.saml_providers.len(),
        limits::SAML_PROVIDERS,
    )?;
    not_encrypted(request.params)?;
    let metadata = needed(request, field::SAML_METADATA_DOCUMENT);
    let issuer = checked_issuer(metadata)?;
    let tags = tags::given(request.params)?;
    let mut rng = world.random.next(Stream::Identities);
    let row = SamlProvider {
        name: name.to_owned(),
        metadata: metadata.to_owned(),
        issuer,
        created: world.now,
        valid_until: Time(world.now.0.saturating_add(HUNDRED_YEARS.0)),
        uuid: format!("SAMLSP{}", letters(&mut rng, 16)),
        tags,
    };
    let answer = Structure::new()
        .with(field::SAML_PROVIDER_ARN, arn.clone())
        .with_some(field::TAGS, some_tags(&row.tags));
    note(world, format!("SAML provider {name}: created"));
    world.iam.saml_providers.insert(arn, row);
    Ok(answer)
}

/// Encrypted assertions are not simulated.
fn not_encrypted(params: &Structure) -> Result<()> {
    let asked = params.contains(field::ADD_PRIVATE_KEY)
        || params.contains(field::REMOVE_PRIVATE_KEY)
        || params.contains(field::ASSERTION_ENCRYPTION_MODE);
    if asked {
        let why = "Encrypted SAML assertions are not simulated yet.";
        return Err(Error::new("NotImplemented", why).with_status(501));
    }
    Ok(())
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetSAMLProvider.html>
pub(super) fn get_saml(request: &Request<'_>, world: &World) -> Result<Structure> {
    let row = saml(world, needed(request, field::SAML_PROVIDER_ARN))?;
    Ok(Structure::new()
        .with(field::SAML_PROVIDER_UUID, row.uuid.clone())
        .with(field::SAML_METADATA_DOCUMENT, row.metadata.clone())
        .with(field::CREATE_DATE, seconds(row.created))
        .with(field::VALID_UNTIL, seconds(row.valid_until))
        .with(field::TAGS, tag_list(&row.tags)))
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListSAMLProviders.html>
pub(super) fn list_saml(_: &Request<'_>, world: &World) -> Result<Structure> {
    let show = |(arn, row): (&String, &SamlProvider)| {
        Structure::new()
            .with(field::ARN, arn.clone())
            .with(field::VALID_UNTIL, seconds(row.valid_until))
            .with(field::CREATE_DATE, seconds(row.created))
            .into()
    };
    let rows: Vec<Value> = world.iam.saml_providers.iter().map(show).collect();
    Ok(Structure::new().with(field::SAML_PROVIDER_LIST, rows))
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateSAMLProvider.html>
pub(super) fn update_saml(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let arn = needed(request, field::SAML_PROVIDER_ARN).to_owned();
    let mut row = saml(world, &arn)?.clone();
    not_encrypted(request.params)?;
    if let Some(metadata) = request.params.text(field::SAML_METADATA_DOCUMENT) {
        row.issuer = checked_issuer(metadata)?;
        row.metadata = metadata.to_owned();
        row.valid_until = Time(world.now.0.saturating_add(HUNDRED_YEARS.0));
    }
    world.iam.saml_providers.insert(arn.clone(), row);
    Ok(Structure::new().with(field::SAML_PROVIDER_ARN, arn))
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteSAMLProvider.html>
pub(super) fn delete_saml(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let arn = needed(request, field::SAML_PROVIDER_ARN).to_owned();
    saml(world, &arn)?;
    world.iam.saml_providers.remove(&arn);
    Ok(Structure::new())
}
