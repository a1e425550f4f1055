//! Who calls: the administrator until a story says otherwise, and what the engine knows of access keys.
//!
//! Looks at the engine's own answer about a key; nothing here judges a signature.

use super::Story;
use stratus_engine::principal::{KeyStatus, Principal};

impl Story {
    /// `as root`, `as administrator`, `as KEY [TOKEN]`: who makes the calls that follow.
    pub(super) fn caller(&mut self, rest: &str) {
        let text = match self.substitute(rest) {
            Ok(text) => text,
            Err(problem) => return self.fail(problem),
        };
        let (key, token) = text
            .split_once(' ')
            .map_or((text.as_str(), None), |(key, token)| (key, Some(token)));
        self.principal = match key {
            "administrator" => None,
            "root" => Some(Principal::root(&self.engine.world().options)),
            key => match self.engine.credentials(key, token) {
                Some(known) if known.status == KeyStatus::Active => Some(known.principal),
                Some(known) => return self.fail(format!("{key} is {:?}", known.status)),
                None => return self.fail(format!("{key} is no key of this world")),
            },
        };
    }

    /// `KEY [TOKEN]: active arn`: what the engine knows of an access key; the line as it was found.
    pub(super) fn key(&mut self, rest: &str) -> String {
        let (what, wanted) = rest.split_once(": ").unwrap_or((rest, ""));
        let text = self.substitute(what).unwrap_or_default();
        let (key, token) = text
            .split_once(' ')
            .map_or((text.as_str(), None), |(key, token)| (key, Some(token)));
        let found = match self.engine.credentials(key, token) {
            None => "unknown".to_owned(),
            Some(known) => {
                let status = match known.status {
                    KeyStatus::Active => "active",
                    KeyStatus::Inactive => "inactive",
                    KeyStatus::Expired(_) => "expired",
                    KeyStatus::WrongToken => "wrong token",
                };
                if known.secret.len() != 40 {
                    self.fail(format!("the secret of {key} has {} characters", known.secret.len()));
                }
                format!("{status} {}", known.principal.arn)
            }
        };
        self.compare(what, wanted, found.clone());
        format!("key {what}: {found}")
    }
}
