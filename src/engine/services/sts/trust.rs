//! Whether a role's trust policy lets somebody assume it. An explicit denial wins; without an allowing statement the answer
//! is no. <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html>
//!
//! What the caller's own policies say is not asked yet: a trusted account stands for everybody in it.

use crate::services::iam::conditions::Context;
use crate::services::iam::documents::texts;
use crate::services::iam::statements::{Asked, decide};
use serde_json::Value as Json;

/// Who asks.
pub(super) enum Asker {
    /// Somebody of this account: everything that a policy may call them, and the account's twelve digits.
    Known {
        /// ARNs and unique ids.
        names: Vec<String>,
        /// Twelve digits.
        account: String,
    },
    /// Somebody of an identity provider, by the provider's ARN or name.
    Federated(String),
    /// A service of AWS: `ec2.amazonaws.com`.
    Service(&'static str),
}

/// Whether a trust policy allows an action.
pub(super) fn allows(document: &str, action: &str, asker: &Asker, context: &Context) -> bool {
    let Ok(document) = serde_json::from_str::<Json>(document) else {
        return false;
    };
    let asked = Asked {
        action,
        resource: None,
        context,
    };
    decide(&document, &asked, &|principal| is_meant(principal, asker)) == Some(true)
}

fn is_meant(principal: &Json, asker: &Asker) -> bool {
    if principal.as_str() == Some("*") {
        return true;
    }
    let of = |kind: &str| principal.get(kind).and_then(texts).unwrap_or_default();
    match asker {
        Asker::Service(name) => of("Service").contains(name),
        Asker::Federated(provider) => of("Federated").contains(&provider.as_str()),
        Asker::Known { names, account } => of("AWS").iter().any(|text| {
            *text == "*"
                || text == account
                || *text == format!("arn:aws:iam::{account}:root")
                || names.iter().any(|name| name == text)
        }),
    }
}
