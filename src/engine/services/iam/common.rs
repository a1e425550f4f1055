//! What IAM's operations share: finding things by name, pages, unique ids, the words of errors.
//!
//! Every list is sorted by name without regard to case, where nothing else is said (AWS names no order).

use crate::base::error::{Error, Result};
use crate::base::random::Stream;
use crate::base::sigv4;
use crate::base::time::Time;
use crate::principal::letters;
use crate::services::Request;
use crate::world::World;
use crate::world::identity::{Group, InstanceProfile, Role, Tags, User};
use crate::world::journal::{Cause, Event};
use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use rand_chacha::rand_core::RngCore;
use std::borrow::Cow;
use stratus_model::{Name, Structure, Value, field};

/// Items of a page where the caller says nothing (AWS).
const PAGE: usize = 100;

/// `NoSuchEntity`.
pub(crate) fn no_such(what: impl Into<String>) -> Error {
    Error::new("NoSuchEntity", what).with_status(404)
}

/// `EntityAlreadyExists`.
pub(super) fn exists(what: impl Into<String>) -> Error {
    Error::new("EntityAlreadyExists", what).with_status(409)
}

/// `DeleteConflict`: what has to go first.
pub(super) fn conflict(what: impl Into<String>) -> Error {
    Error::new("DeleteConflict", what).with_status(409)
}

/// `LimitExceeded` of a quota by its name.
pub(super) fn beyond(quota: &str, limit: usize) -> Error {
    limit_exceeded(format!("Cannot exceed quota for {quota}: {limit}"))
}

/// `LimitExceeded`.
pub(super) fn limit_exceeded(what: impl Into<String>) -> Error {
    Error::new("LimitExceeded", what).with_status(409)
}

/// `InvalidInput`.
pub(super) fn invalid(parameter: Name, what: impl Into<String>) -> Error {
    Error::new("InvalidInput", what).at(parameter.text())
}

/// `ValidationError`.
pub(crate) fn validation(parameter: Name, what: impl Into<String>) -> Error {
    Error::new("ValidationError", what).at(parameter.text())
}

/// What a table of named things is keyed by.
pub(crate) fn key(name: &str) -> String {
    name.to_lowercase()
}

/// A text that the model requires.
pub(super) fn needed<'a>(request: &'a Request<'_>, name: Name) -> &'a str {
    request.params.text(name).unwrap_or_default()
}

/// `Path`; `/` where it is not said.
pub(super) fn path(request: &Request<'_>) -> String {
    request.params.text(field::PATH).unwrap_or("/").to_owned()
}

/// What IAM tells of time: whole seconds.
pub(crate) fn seconds(time: Time) -> Time {
    Time(time.0 - time.0.rem_euclid(1000))
}

/// A user by name.
pub(super) fn user<'w>(world: &'w World, name: &str) -> Result<&'w User> {
    let found = world.iam.users.get(&key(name));
    found.ok_or_else(|| no_such(format!("The user with name {name} cannot be found.")).at("UserName"))
}

/// The user that a call names in `UserName`, or else the one that makes it.
pub(super) fn user_or_caller<'w>(request: &Request<'_>, world: &'w World) -> Result<&'w User> {
    match request.params.text(field::USER_NAME) {
        Some(name) => user(world, name),
        None => caller(request, world).ok_or_else(|| {
            let why = "Must specify userName when calling with non-User credentials";
            validation(field::USER_NAME, why)
        }),
    }
}

/// The user that makes a call; `None` where it is made by root, a role or a federated user.
pub(super) fn caller<'w>(request: &Request<'_>, world: &'w World) -> Option<&'w User> {
    let (_, user) = request.principal.arn.split_once(":user/")?;
    world.iam.users.get(&key(user.rsplit('/').next()?))
}

/// A group by name.
pub(super) fn group<'w>(world: &'w World, name: &str) -> Result<&'w Group> {
    let found = world.iam.groups.get(&key(name));
    found.ok_or_else(|| no_such(format!("The group with name {name} cannot be found.")).at("GroupName"))
}

/// A role by name.
pub(crate) fn role<'w>(world: &'w World, name: &str) -> Result<&'w Role> {
    let found = world.iam.roles.get(&key(name));
    found.ok_or_else(|| no_such(format!("The role with name {name} cannot be found.")).at("RoleName"))
}

/// A role that the account may change: one that is linked to a service may not be.
pub(super) fn own_role<'w>(world: &'w World, name: &str) -> Result<&'w Role> {
    let role = role(world, name)?;
    if role.service.is_some() {
        let why = format!(
            "Cannot perform the operation on the protected role '{}' - this role is only modifiable by AWS",
            role.name
        );
        return Err(Error::new("UnmodifiableEntity", why).at("RoleName"));
    }
    Ok(role)
}

/// An instance profile by name.
pub(super) fn profile<'w>(world: &'w World, name: &str) -> Result<&'w InstanceProfile> {
    let found = world.iam.instance_profiles.get(&key(name));
    found.ok_or_else(|| no_such(format!("Instance Profile {name} cannot be found.")).at("InstanceProfileName"))
}

/// Changes a row that is known to be there.
pub(super) fn change<V: Clone + 'static>(
    table: &mut crate::world::table::Table<String, V>,
    name: &str,
    what: impl FnOnce(&mut V),
) {
    if let Some(row) = table.get_mut(&key(name)) {
        what(row);
    }
}

/// A new unique id: a prefix and 17 letters, as AWS has them.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids>
pub(crate) fn unique_id(world: &mut World, prefix: &str) -> String {
    let mut rng = world.random.next(Stream::Identities);
    format!("{prefix}{}", letters(&mut rng, 17))
}

/// Bits of an access key below those of the account.
const BELOW_ACCOUNT: u32 = 39;

/// An access key's 16 letters after its prefix: 80 bits, of which the second to the 41st are the account, as in AWS's own.
pub(crate) fn access_key(rng: &mut impl RngCore, prefix: &str, account: u64) -> String {
    let low = u128::from(rng.next_u64()) & ((1 << BELOW_ACCOUNT) - 1);
    let bits = 1 << 79 | u128::from(account) << BELOW_ACCOUNT | low;
    let letter = |place: u32| {
        let index = (bits >> (5 * (15 - place))) & 31;
        crate::principal::ALPHABET.get(index as usize).copied().unwrap_or(b'A')
    };
    prefix
        .chars()
        .chain((0..16).map(|place| char::from(letter(place))))
        .collect()
}

/// The account that an access key of this form is of; `None` for a text that has another form.
pub(crate) fn account_of_key(access_key: &str) -> Option<u64> {
    let tail = access_key.get(4..).filter(|tail| tail.len() == 16)?;
    let mut bits = 0_u128;
    for letter in tail.bytes() {
        let index = crate::principal::ALPHABET.iter().position(|known| *known == letter)?;
        bits = bits << 5 | index as u128;
    }
    let account = (bits >> BELOW_ACCOUNT) & ((1 << 40) - 1);
    u64::try_from(account)
        .ok()
        .filter(|account| *account <= 999_999_999_999)
}

/// Which page of a list is asked for, and what comes after it.
pub(super) struct Page {
    size: usize,
    after: Option<String>,
}

impl Page {
    /// From `MaxItems` and `Marker`.
    pub(super) fn of(params: &Structure) -> Result<Page> {
        let size = params
            .integer(field::MAX_ITEMS)
            .and_then(|size| usize::try_from(size).ok());
        let after = match params.text(field::MARKER) {
            None => None,
            Some(marker) => {
                let bytes = BASE64_URL_SAFE_NO_PAD.decode(marker).ok();
                let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
                Some(text.ok_or_else(|| validation(field::MARKER, "Invalid Marker."))?)
            }
        };
        Ok(Page {
            size: size.unwrap_or(PAGE),
            after,
        })
    }

    /// The items of this page, of all of them sorted by their key, and the key of the last one where more follow.
    pub(super) fn cut<T>(&self, items: Vec<T>, key: impl Fn(&T) -> String) -> (Vec<T>, Option<String>) {
        let mut rest = items.into_iter().filter(|item| match &self.after {
            Some(after) => key(item) > *after,
            None => true,
        });
        let page: Vec<T> = rest.by_ref().take(self.size).collect();
        let more = rest.next().is_some();
        let last = page.last().filter(|_| more).map(key);
        (page, last)
    }

    /// The answer with a page of these items, which are sorted by their key.
    pub(super) fn answer<T>(
        &self,
        name: Name,
        items: Vec<T>,
        key: impl Fn(&T) -> String,
        show: impl Fn(T) -> Value,
    ) -> Structure {
        let (page, last) = self.cut(items, key);
        let page: Vec<Value> = page.into_iter().map(show).collect();
        ended(Structure::new().with(name, page), last)
    }
}

/// The answer with `IsTruncated` and `Marker`.
pub(super) fn ended(answer: Structure, last: Option<String>) -> Structure {
    answer
        .with(field::IS_TRUNCATED, last.is_some())
        .with_some(field::MARKER, last.map(|last| BASE64_URL_SAFE_NO_PAD.encode(last)))
}

/// Whether something under a path is asked for.
pub(super) fn under(params: &Structure, path: &str) -> bool {
    params
        .text(field::PATH_PREFIX)
        .is_none_or(|prefix| path.starts_with(prefix))
}

/// A document as IAM answers it: percent-encoded by RFC 3986.
pub(super) fn encoded(document: &str) -> String {
    sigv4::encode(document, "")
}

/// Tags as answers have them, by key.
pub(crate) fn tag_list(tags: &Tags) -> Value {
    let tag = |(key, value): (&String, &String)| {
        Structure::new()
            .with(field::KEY, key.clone())
            .with(field::VALUE, value.clone())
            .into()
    };
    Value::List(tags.iter().map(tag).collect())
}

/// The same where there are any.
pub(super) fn some_tags(tags: &Tags) -> Option<Value> {
    (!tags.is_empty()).then(|| tag_list(tags))
}

/// Notes in the journal what a call did.
pub(super) fn note(world: &mut World, text: impl Into<Cow<'static, str>>) {
    let call = world.calls;
    world.journal.note(Event {
        at: world.now,
        region: None,
        resource: None,
        text: text.into(),
        cause: Cause::Call(call),
    });
}
