//! Who makes a call. A new world has an account with its root and one administrator; the page acts as that administrator,
//! real tools as whoever's access key they sign with.
//!
//! The engine receives a principal that is already verified: it judges no signature, but for those of presigned links that are
//! opened in the world (`services/s3/presigned.rs`). What it knows of keys it tells through
//! [`Credentials`], and it may never answer a key that does not belong to this world.

use crate::base::random::fixed;
use crate::base::time::Time;
use crate::world::{Options, World};
use rand_chacha::rand_core::RngCore;

/// The caller of a call, already verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principal {
    /// `arn:aws:iam::123456789012:user/administrator`.
    pub arn: String,
    /// `AIDA…`, `AROA…:session`, or the account for root.
    pub user_id: String,
    /// `AKIA…` or `ASIA…`; empty where none was used.
    pub access_key: String,
}

/// What the world knows of an access key: what the edge needs to judge a signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credentials {
    /// Who signs with it.
    pub principal: Principal,
    /// The secret access key, 40 characters.
    pub secret: String,
    /// Whether it may be used now. A signature is judged first: AWS tells nobody without the secret why a key fails.
    pub status: KeyStatus,
}

/// Whether an access key may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyStatus {
    /// Yes.
    Active,
    /// Its user has made it inactive (AWS: InvalidClientTokenId).
    Inactive,
    /// It was temporary, until then (AWS: ExpiredToken).
    Expired(Time),
    /// It is temporary, and the session token that belongs to it was not given, or another one (AWS: InvalidClientTokenId).
    WrongToken,
}

/// What stands in the place of an ARN where nobody signed.
const ANONYMOUS: &str = "ANONYMOUS_PRINCIPAL";
/// The 32 letters of unique ids and access keys.
pub(crate) const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
/// The 64 letters of secrets.
const SECRET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
/// Letters of a secret access key.
const SECRET_LETTERS: usize = 40;

/// So many letters of the alphabet of unique ids.
pub(crate) fn letters(rng: &mut impl RngCore, count: usize) -> String {
    let letter = |_| char::from(ALPHABET[(rng.next_u32() % 32) as usize]);
    (0..count).map(letter).collect()
}

/// A secret access key.
pub(crate) fn secret(rng: &mut impl RngCore) -> String {
    let letter = |_| char::from(SECRET[(rng.next_u32() % 64) as usize]);
    (0..SECRET_LETTERS).map(letter).collect()
}

impl Principal {
    /// The administrator that every world begins with. Its key follows from the seed and opens nothing real.
    pub fn administrator(options: &Options) -> Principal {
        administrator(options).0
    }

    /// The administrator's secret access key, which follows from the seed too.
    pub fn administrator_secret(options: &Options) -> String {
        administrator(options).1
    }

    /// The account's root.
    pub fn root(options: &Options) -> Principal {
        Principal {
            arn: ["arn:aws:iam::", &options.account_id(), ":root"].concat(),
            user_id: options.account_id(),
            access_key: String::new(),
        }
    }

    /// Whether it is an account's root.
    pub(crate) fn is_root(&self) -> bool {
        self.arn.ends_with(":root")
    }

    /// Whoever has no keys, as CloudTrail calls them.
    pub fn anonymous() -> Principal {
        Principal {
            arn: ANONYMOUS.to_owned(),
            user_id: String::new(),
            access_key: String::new(),
        }
    }

    /// Whether it is nobody.
    pub(crate) fn is_anonymous(&self) -> bool {
        self.arn.is_empty() || self.arn == ANONYMOUS
    }

    /// The principal of this ARN as the world has it, signing with this key (empty = none): what a log names. Its unique id
    /// is that of whoever has the key, or else of this ARN; the ARN stands in for that of somebody who is gone.
    pub fn named(world: &World, arn: &str, access_key: &str) -> Principal {
        let of_key = credentials(world, access_key, None).map(|known| known.principal.user_id);
        let id = of_key.or_else(|| user_id(world, arn));
        Principal {
            arn: arn.to_owned(),
            user_id: id.unwrap_or_else(|| arn.to_owned()),
            access_key: access_key.to_owned(),
        }
    }
}

fn administrator(options: &Options) -> (Principal, String) {
    let mut rng = fixed(options.seed, u64::from(u32::MAX), 0);
    let user = letters(&mut rng, 16);
    let access_key = letters(&mut rng, 16);
    // Later than the rest, so that the key is what it always was.
    let last = letters(&mut rng, 1);
    let principal = Principal {
        arn: ["arn:aws:iam::", &options.account_id(), ":user/", ADMINISTRATOR].concat(),
        user_id: format!("AIDA{user}{last}"),
        access_key: format!("AKIA{access_key}"),
    };
    (principal, secret(&mut rng))
}

/// What the first user is called.
pub const ADMINISTRATOR: &str = "administrator";

fn user_id(world: &World, arn: &str) -> Option<String> {
    let (_, resource) = arn.rsplit_once(':')?;
    let mut parts = resource.split('/');
    match parts.next()? {
        "root" => Some(world.account()),
        "user" => {
            let name = parts.next_back()?.to_ascii_lowercase();
            match world.iam.users.get(&name) {
                Some(user) => Some(user.id.clone()),
                None => Some(Principal::administrator(&world.options))
                    .filter(|known| !world.iam.made && known.arn == arn)
                    .map(|known| known.user_id),
            }
        }
        "assumed-role" => {
            let role = world.iam.roles.get(&parts.next()?.to_ascii_lowercase())?;
            Some(format!("{}:{}", role.id, parts.next()?))
        }
        "federated-user" => Some(format!("{}:{}", world.account(), parts.next()?)),
        _ => None,
    }
}

/// What the world knows of an access key; `None` = it is not one of this world's.
pub fn credentials(world: &World, access_key: &str, session_token: Option<&str>) -> Option<Credentials> {
    credentials_beside(world, &|| administrator(&world.options), access_key, session_token)
}

/// [`credentials`] for whoever knows the administrator that follows from the world's options already.
pub(crate) fn credentials_beside(
    world: &World,
    administrator: &dyn Fn() -> (Principal, String),
    access_key: &str,
    session_token: Option<&str>,
) -> Option<Credentials> {
    if let Some(session) = world.sts.sessions.get(&access_key.to_owned()) {
        let status = if session_token != Some(session.token.as_str()) {
            KeyStatus::WrongToken
        } else if session.expires <= world.now {
            KeyStatus::Expired(session.expires)
        } else {
            KeyStatus::Active
        };
        return Some(Credentials {
            principal: Principal {
                arn: session.arn.clone(),
                user_id: session.user_id.clone(),
                access_key: access_key.to_owned(),
            },
            secret: session.secret.clone(),
            status,
        });
    }
    if !world.iam.made {
        let (principal, secret) = administrator();
        let status = long_term(true, session_token);
        return (principal.access_key == access_key).then_some(Credentials {
            principal,
            secret,
            status,
        });
    }
    let key = world.iam.access_keys.get(&access_key.to_owned())?;
    let user = world.iam.users.get(&key.user)?;
    Some(Credentials {
        principal: Principal {
            arn: user.arn(world.options.account),
            user_id: user.id.clone(),
            access_key: access_key.to_owned(),
        },
        secret: key.secret.clone(),
        status: long_term(key.active, session_token),
    })
}

/// The status of a key of a user's own, which goes without a token.
fn long_term(active: bool, session_token: Option<&str>) -> KeyStatus {
    match (active, session_token) {
        (_, Some(_)) => KeyStatus::WrongToken,
        (true, None) => KeyStatus::Active,
        (false, None) => KeyStatus::Inactive,
    }
}
