//! What the policies of the role that signs a request say of it: its inline ones, and the managed ones that are attached to it.
//! Its permissions boundary is not asked (*ours*).
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html>

use super::decide::{Heard, Says, alone, heard};
use super::public::{Signer, Visit};
use super::request_keys::Question;
use crate::services::iam;
use crate::services::iam::statements::{decide, items};
use crate::world::World;
use serde_json::Value;
use stratus_model::Structure;

/// Its statements, each with what it says of a call.
pub(super) fn judge(world: &World, signer: &Signer, operation: &str, params: &Structure, visit: &Visit) -> Vec<Heard> {
    let question = Question::of(world, operation, params, visit);
    let role = signer.role.rsplit('/').next().unwrap_or_default();
    let mut all = Vec::new();
    for (name, document) in iam::documents_of_role(world, role) {
        // What was kept has been read before; what cannot be read allows nothing.
        let policy: Value = serde_json::from_str(&document).unwrap_or_default();
        for (place, statement) in items(policy.get("Statement")).iter().enumerate() {
            let said = decide(&alone(statement, policy.get("Version")), &question.asked(), &|_| true);
            let one = heard(place, statement, true, said, &question.context);
            let what = format!("{} of the role's policy {name}", one.what);
            all.push(Heard { what, ..one });
        }
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
