//! Key pairs: created, imported, described, deleted. The private half is in the one answer that made it and nowhere else.
//!
//! A key pair here only names a public key; the guest gets a copy of it at launch, so that deleting one changes no machine.

use crate::base::error::{Error, Result};
use crate::base::ids::{KeyPairId, Kind};
use crate::base::random::Stream;
use crate::catalog::Region;
use crate::keys::{self, ImportedKey, KeyProblem, KeyType};
use crate::services::Request;
use crate::services::ec2::common::{Filters, find, note, tag_list};
use crate::services::ec2::tags;
use crate::world::World;
use crate::world::compute::KeyPair;
use stratus_model::{Structure, field, sort};

/// Characters of a key pair's name.
const NAME_CHARACTERS: usize = 255;
/// Key pairs of one Region. <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-resource-limits.html>
const KEY_PAIRS: usize = 5_000;

const FILTERS: &[&str] = &["fingerprint", "key-name", "key-pair-id"];

/// The key pair of this name.
///
/// # Errors
/// `InvalidKeyPair.NotFound`.
pub(super) fn by_name<'w>(world: &'w World, region: Region, name: &str) -> Result<&'w KeyPair> {
    named(world, region, name).ok_or_else(|| {
        Error::new(
            "InvalidKeyPair.NotFound",
            format!("The key pair '{name}' does not exist"),
        )
        .at("KeyName")
        .remedy("Create it, or name one that DescribeKeyPairs lists for this Region.")
    })
}

fn named<'w>(world: &'w World, region: Region, name: &str) -> Option<&'w KeyPair> {
    world.ec2(region)?.key_pairs.rows().find(|pair| pair.name == name)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateKeyPair.html>
pub(super) fn create_key_pair(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let name = new_name(world, region, params)?;
    let key_type = params
        .text(field::KEY_TYPE)
        .and_then(KeyType::find)
        .unwrap_or(KeyType::Rsa);
    let key = keys::create(key_type, &mut world.random.next(Stream::Keys));
    let material = match params.text(field::KEY_FORMAT) {
        Some("ppk") => key.private_ppk(),
        _ => key.private_pem(),
    };
    let id = put(
        world,
        region,
        &name,
        key_type,
        key.fingerprint(),
        key.public_openssh(&name),
    );
    tags::apply_specifications(world, region, params, &[("key-pair", &[id.into()])])?;
    note(world, region, id, format!("created as '{name}'"));
    Ok(summary(world, region, id).with(field::KEY_MATERIAL, material))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ImportKeyPair.html>
pub(super) fn import_key_pair(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let name = new_name(world, region, params)?;
    let material = params.blob(field::PUBLIC_KEY_MATERIAL).unwrap_or_default();
    let ImportedKey {
        key_type,
        public_openssh,
        fingerprint,
    } = keys::import(material)
        .map_err(|problem| Error::new(KeyProblem::CODE, problem.to_string()).at("PublicKeyMaterial"))?;
    let id = put(
        world,
        region,
        &name,
        key_type,
        fingerprint,
        format!("{public_openssh} {name}"),
    );
    tags::apply_specifications(world, region, params, &[("key-pair", &[id.into()])])?;
    note(world, region, id, format!("imported as '{name}'"));
    Ok(summary(world, region, id))
}

fn new_name(world: &World, region: Region, params: &Structure) -> Result<String> {
    let name = params.text(field::KEY_NAME).unwrap_or_default();
    let printable = name.bytes().all(|b| (b' '..=b'~').contains(&b));
    if name.is_empty() || name.len() > NAME_CHARACTERS || !printable || name.trim() != name {
        let why = format!("1 to {NAME_CHARACTERS} ASCII characters, without a space at either end");
        return Err(Error::invalid("KeyName", why));
    }
    if named(world, region, name).is_some() {
        let why = format!("The keypair '{name}' already exists.");
        return Err(Error::new("InvalidKeyPair.Duplicate", why)
            .at("KeyName")
            .remedy("Choose another name."));
    }
    if world.ec2(region).is_some_and(|ec2| ec2.key_pairs.len() >= KEY_PAIRS) {
        return Err(Error::new(
            "KeyPairLimitExceeded",
            format!("The maximum number of key pairs, {KEY_PAIRS}, has been reached."),
        ));
    }
    Ok(name.to_owned())
}

fn put(
    world: &mut World,
    region: Region,
    name: &str,
    key_type: KeyType,
    fingerprint: String,
    public: String,
) -> KeyPairId {
    let id = KeyPairId(world.random.next_u64(Stream::Ids(Kind::KeyPair)));
    let pair = KeyPair {
        id,
        born: world.birth(),
        name: name.to_owned(),
        key_type: key_type.name().to_owned(),
        fingerprint,
        public_openssh: public,
        created: world.now,
    };
    world.put(region, pair);
    id
}

/// What the calls that make a key pair answer.
fn summary(world: &World, region: Region, id: KeyPairId) -> Structure {
    let Some(pair) = world.row::<KeyPair>(region, id) else {
        return Structure::new();
    };
    Structure::new()
        .with(field::KEY_PAIR_ID, id)
        .with(field::KEY_NAME, &pair.name)
        .with(field::KEY_FINGERPRINT, &pair.fingerprint)
        .with(field::TAGS, tag_list(world, region, id))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeKeyPairs.html>. Sorted by making.
pub(super) fn describe_key_pairs(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let filters = Filters::read(params)?;
    filters.check_names(|name| FILTERS.contains(&name))?;
    let mut wanted = Vec::new();
    for name in params.texts(field::KEY_NAMES) {
        wanted.push(by_name(world, region, name)?.id);
    }
    for text in params.texts(field::KEY_PAIR_IDS) {
        wanted.push(find::<KeyPair>(world, region, Kind::KeyPair, text)?.id);
    }
    let mut pairs: Vec<&KeyPair> = world
        .ec2(region)
        .map(|ec2| ec2.key_pairs.rows().collect())
        .unwrap_or_default();
    sort::by_key(&mut pairs, |pair| pair.born);
    let public = params.boolean(field::INCLUDE_PUBLIC_KEY) == Some(true);
    let mut answer = Vec::new();
    for pair in pairs
        .into_iter()
        .filter(|pair| wanted.is_empty() || wanted.contains(&pair.id))
    {
        let values = |name: &str| {
            Some(vec![match name {
                "fingerprint" => pair.fingerprint.clone(),
                "key-name" => pair.name.clone(),
                "key-pair-id" => pair.id.to_string(),
                _ => return None,
            }])
        };
        if filters.pass(world, region, pair.id, values)? {
            let described = summary(world, region, pair.id)
                .with(field::KEY_TYPE, &pair.key_type)
                .with(field::CREATE_TIME, pair.created)
                .with_some(field::PUBLIC_KEY, public.then_some(&pair.public_openssh));
            answer.push(described);
        }
    }
    Ok(Structure::new().with(field::KEY_PAIRS, answer))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteKeyPair.html>. A name that does not exist is no error.
pub(super) fn delete_key_pair(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let id = match (params.text(field::KEY_PAIR_ID), params.text(field::KEY_NAME)) {
        (Some(text), _) => Some(find::<KeyPair>(world, region, Kind::KeyPair, text)?.id),
        (None, Some(name)) => named(world, region, name).map(|pair| pair.id),
        (None, None) => return Err(Error::missing("KeyName or KeyPairId")),
    };
    if let Some(id) = id {
        note(
            world,
            region,
            id,
            "deleted; instances that were launched with it keep its public half",
        );
        world.take::<KeyPair>(region, id);
    }
    Ok(Structure::new()
        .with(field::RETURN, true)
        .with_some(field::KEY_PAIR_ID, id))
}
