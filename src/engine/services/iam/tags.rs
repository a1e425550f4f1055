//! Tags of everything that IAM tags: one set of rules, and one set of handlers a kind.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html>

use super::common::{Page, invalid, limit_exceeded, needed, own_role, profile, role, user};
use super::{limits, mfa, policies, providers, server_certificates};
use crate::base::error::Result;
use crate::services::Request;
use crate::world::World;
use crate::world::identity::Tags;
use std::collections::BTreeSet;
use stratus_model::{Structure, Value, field};

/// The tags that a call gives.
pub(super) fn given(params: &Structure) -> Result<Tags> {
    let mut tags = Tags::new();
    let mut seen = BTreeSet::new();
    for tag in params.structures(field::TAGS) {
        let key = tag.text(field::KEY).unwrap_or_default();
        if key.to_ascii_lowercase().starts_with("aws:") {
            let why = "Tag keys starting with the prefix 'aws:' are reserved for AWS use.";
            return Err(invalid(field::TAGS, why));
        }
        if !seen.insert(key.to_lowercase()) {
            let why = "Duplicate tag keys found. Please note that Tag keys are case insensitive.";
            return Err(invalid(field::TAGS, why));
        }
        tags.insert(key.to_owned(), tag.text(field::VALUE).unwrap_or_default().to_owned());
    }
    Ok(tags)
}

/// Adds the tags that a call gives. Keys are told apart without regard to case.
fn add(tags: &mut Tags, more: Tags) -> Result<()> {
    for (key, value) in more {
        let same = tags
            .keys()
            .find(|known| known.to_lowercase() == key.to_lowercase())
            .cloned();
        if let Some(same) = same {
            tags.remove(&same);
        }
        tags.insert(key, value);
    }
    if tags.len() > limits::TAGS {
        let why = format!("The number of tags has reached the maximum limit of {}.", limits::TAGS);
        return Err(limit_exceeded(why));
    }
    Ok(())
}

fn remove(tags: &mut Tags, params: &Structure) {
    let gone: BTreeSet<String> = params.texts(field::TAG_KEYS).map(str::to_lowercase).collect();
    tags.retain(|key, _| !gone.contains(&key.to_lowercase()));
}

fn listed(request: &Request<'_>, tags: &Tags) -> Result<Structure> {
    let rows: Vec<(&String, &String)> = tags.iter().collect();
    let show = |(key, value): (&String, &String)| {
        let tag = Structure::new().with(field::KEY, key.clone());
        Value::from(tag.with(field::VALUE, value.clone()))
    };
    let page = Page::of(request.params)?;
    Ok(page.answer(field::TAGS, rows, |(key, _)| (*key).clone(), show))
}

/// The three handlers of a kind: its table, and how its row's key is found.
macro_rules! kind {
    ($kind:ident $table:ident |$request:ident, $world:ident| $find:expr) => {
        /// Tags of one kind.
        pub(super) mod $kind {
            use super::*;

            fn find($request: &Request<'_>, $world: &World) -> Result<(String, Tags)> {
                $find
            }
            /// Adds tags.
            pub(in super::super) fn tag(request: &Request<'_>, world: &mut World) -> Result<Structure> {
                let (key, mut tags) = find(request, world)?;
                add(&mut tags, given(request.params)?)?;
                if let Some(row) = world.iam.$table.get_mut(&key) {
                    row.tags = tags;
                }
                Ok(Structure::new())
            }
            /// Takes tags away.
            pub(in super::super) fn untag(request: &Request<'_>, world: &mut World) -> Result<Structure> {
                let (key, mut tags) = find(request, world)?;
                remove(&mut tags, request.params);
                if let Some(row) = world.iam.$table.get_mut(&key) {
                    row.tags = tags;
                }
                Ok(Structure::new())
            }
            /// Lists them.
            pub(in super::super) fn list(request: &Request<'_>, world: &World) -> Result<Structure> {
                listed(request, &find(request, world)?.1)
            }
        }
    };
}

kind!(of_user users |request, world| {
    let row = user(world, needed(request, field::USER_NAME))?;
    Ok((super::super::common::key(&row.name), row.tags.clone()))
});
kind!(of_role roles |request, world| {
    let name = needed(request, field::ROLE_NAME);
    let row = if request.operation.name == "ListRoleTags" { role(world, name)? } else { own_role(world, name)? };
    Ok((super::super::common::key(&row.name), row.tags.clone()))
});
kind!(of_policy policies |request, world| {
    let row = policies::own(world, needed(request, field::POLICY_ARN))?;
    Ok((super::super::common::key(&row.name), row.tags.clone()))
});
kind!(of_profile instance_profiles |request, world| {
    let row = profile(world, needed(request, field::INSTANCE_PROFILE_NAME))?;
    Ok((super::super::common::key(&row.name), row.tags.clone()))
});
kind!(of_device mfa_devices |request, world| {
    let row = mfa::device(world, needed(request, field::SERIAL_NUMBER))?;
    Ok((row.serial.clone(), row.tags.clone()))
});
kind!(of_certificate server_certificates |request, world| {
    let row = server_certificates::find(world, needed(request, field::SERVER_CERTIFICATE_NAME))?;
    Ok((super::super::common::key(&row.name), row.tags.clone()))
});
kind!(of_oidc oidc_providers |request, world| {
    let arn = needed(request, field::OPEN_ID_CONNECT_PROVIDER_ARN);
    Ok((arn.to_owned(), providers::oidc(world, arn)?.tags.clone()))
});
kind!(of_saml saml_providers |request, world| {
    let arn = needed(request, field::SAML_PROVIDER_ARN);
    Ok((arn.to_owned(), providers::saml(world, arn)?.tags.clone()))
});
