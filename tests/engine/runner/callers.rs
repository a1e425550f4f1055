//! Who calls: the administrator until a story says otherwise, and what the engine knows of access keys.
//!
//! Looks at the engine's own answer about a key; nothing here judges a signature.

use super::Story;
use stratus_engine::base::error::Error;
use stratus_engine::principal::{KeyStatus, Principal};
use stratus_engine::services::s3::public::{Visit, may_call};
use stratus_model::Structure;

/// How a request came that nobody signed: `SourceIp=203.0.113.9 Referer=https://www.example.com/`.
fn visit(text: &str) -> Result<Visit, String> {
    let mut visit = Visit {
        secure: true,
        ..Visit::default()
    };
    for part in text.split_whitespace() {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        match name {
            "SourceIp" => visit.source_ip = Some(value.parse().map_err(|_| format!("{value} is no address"))?),
            "Referer" => visit.referer = Some(value.to_owned()),
            "UserAgent" => visit.user_agent = Some(value.to_owned()),
            "SecureTransport" => visit.secure = value != "false",
            _ => return Err(format!("'{name}' is nothing that a request says of itself")),
        }
    }
    Ok(visit)
}

impl Story {
    /// `as root`, `as administrator`, `as KEY [TOKEN]`, `as nobody [SourceIp=… Referer=… UserAgent=… SecureTransport=false]`: who
    /// makes the calls that follow.
    pub(super) fn caller(&mut self, rest: &str) {
        let text = match self.substitute(rest) {
            Ok(text) => text,
            Err(problem) => return self.fail(problem),
        };
        let (key, token) = text
            .split_once(' ')
            .map_or((text.as_str(), None), |(key, token)| (key, Some(token)));
        self.visit = None;
        self.principal = match key {
            "nobody" => {
                match visit(token.unwrap_or_default()) {
                    Ok(visit) => self.visit = Some(visit),
                    Err(problem) => return self.fail(problem),
                }
                Some(Principal::anonymous())
            }
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

    /// Why a call is refused that nobody signed; `None` = it is open to everybody, or somebody signs.
    pub(super) fn unsigned(&self, service: &str, operation: &str, params: &Structure) -> Option<Error> {
        let visit = self.visit.as_ref()?;
        // To let time pass is nobody's business.
        let open = service == "stratus" || service == "s3" && may_call(self.engine.world(), operation, params, visit);
        (!open).then(|| Error::new("AccessDenied", "Access Denied").with_status(403))
    }
}
