//! What the policies of the role that signs a request say of it: its inline ones, and the managed ones that are attached to it.
//! Its permissions boundary allows nothing by itself: what it does not allow is denied.
//!
//! Sources: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html>,
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html>

use super::decide::{Heard, Says, alone, heard};
use super::public::Signer;
use super::request_keys::Question;
use crate::services::iam;
use crate::services::iam::statements::{decide, items};
use crate::world::World;
use serde_json::Value;

/// Its statements, each with what it says of a call.
pub(super) fn judge(world: &World, signer: &Signer, question: &Question) -> Vec<Heard> {
    let role = signer.role_name();
    let mut all = Vec::new();
    for (name, document) in iam::documents_of_role(world, role) {
        all.extend(statements(&document, question).into_iter().map(|one| {
            let what = format!("{} of the role's policy {name}", one.what);
            Heard { what, ..one }
        }));
    }
    if all.is_empty() {
        all.push(Heard {
            what: format!("The role {role}"),
            says: Says::Nothing,
            why: "it has no policies. AmazonS3ReadOnlyAccess would let it read.".to_owned(),
            text: String::new(),
            decides: false,
        });
    }
    all
}

/// Each statement of a document, alone. What was kept has been read before; what cannot be read allows nothing.
fn statements(document: &str, question: &Question) -> Vec<Heard> {
    let policy: Value = serde_json::from_str(document).unwrap_or_default();
    let all = items(policy.get("Statement")).iter().enumerate();
    all.map(|(place, statement)| {
        let said = decide(&alone(statement, policy.get("Version")), &question.asked(), &|_| true);
        heard(place, statement, true, said, &question.context)
    })
    .collect()
}

/// What a permissions boundary says.
pub(super) struct Bound {
    /// Its statements: those that deny, and the others, which allow nothing by themselves.
    pub heard: Vec<Heard>,
    /// Whether one of them allows the call.
    pub allows: bool,
    /// What keeps the role in where none does.
    pub silence: Heard,
}

/// What the permissions boundary of the role that signs says; `None`: it has none.
pub(super) fn bound(world: &World, signer: &Signer, question: &Question) -> Option<Bound> {
    let role = signer.role_name();
    let (name, document) = iam::boundary_of_role(world, role)?;
    let all = statements(&document, question);
    let allows = all.iter().any(|one| one.says == Says::Allows);
    let of_boundary = |one: Heard| {
        let what = format!("{} of the role's permissions boundary {name}", one.what);
        match one.says {
            Says::Allows => Heard {
                what,
                says: Says::Nothing,
                why: "it lets this pass, and allows nothing by itself.".to_owned(),
                ..one
            },
            _ => Heard { what, ..one },
        }
    };
    Some(Bound {
        allows,
        heard: all.into_iter().map(of_boundary).collect(),
        silence: Heard {
            what: format!("The role's permissions boundary {name}"),
            says: Says::Denies,
            why: "no statement of it lets this pass, whatever else allows it.".to_owned(),
            text: String::new(),
            decides: false,
        },
    })
}
