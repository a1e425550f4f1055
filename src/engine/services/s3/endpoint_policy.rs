//! The policy of the VPC endpoint that a request came through: the first door, before the bucket's own policy. It gives nobody
//! anything; it only says what may pass. An endpoint without a policy of its own lets everything pass.
//!
//! Sources: <https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html>,
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html> (the words of a refusal).

use super::decide::{Heard, Says, alone, heard};
use super::public::{self, Signer, Through, Visit};
use super::request_keys::Question;
use crate::services::ec2::links::endpoint_policy;
use crate::services::iam::statements::{decide, either, items};
use crate::world::World;
use crate::world::links::{EndpointKind, VpcEndpoint};
use serde_json::Value;
use stratus_model::Structure;

/// What an endpoint's policy says of a request.
pub(super) struct Judged {
    /// Its statements, or that it is the default.
    pub heard: Vec<Heard>,
    /// Why nothing passes, in AWS's words behind "is not authorized to perform: …"; `None`: it passes.
    pub refusal: Option<String>,
}

/// Asks the policy of an endpoint about a call.
pub(super) fn judge(world: &World, through: &Through, operation: &str, params: &Structure, visit: &Visit) -> Judged {
    let question = Question::of(world, operation, params, visit);
    let row = world.row::<VpcEndpoint>(through.region, through.endpoint);
    let Some((row, text)) = row.and_then(|row| Some((row, row.policy.as_deref()?))) else {
        return full_access(through, row.and_then(endpoint_policy::of));
    };
    // What was kept has been read before; what cannot be read allows nothing.
    let policy: Value = serde_json::from_str(text).unwrap_or_default();
    let is_gateway = row.kind == EndpointKind::Gateway;
    let version = policy.get("Version");
    let statements = items(policy.get("Statement")).iter().enumerate();
    let mut all: Vec<Heard> = statements
        .map(|(place, statement)| {
            let named = is_meant(world, statement, visit.signer.as_ref());
            let by_name = is_gateway && named && !is_anybody(statement);
            let names = named && !by_name;
            let said = decide(&alone(statement, version), &question.asked(), &|_| true);
            let one = heard(place, statement, names, said, &question.context);
            Heard {
                what: format!("{} of the policy of {}", one.what, through.endpoint),
                why: match one.says {
                    _ if by_name => ROOT_ONLY.to_owned(),
                    Says::Allows => one.why.replacen("it allows this, to them.", "it lets this pass.", 1),
                    _ => one.why,
                },
                ..one
            }
        })
        .collect();
    let says = |says| all.iter().any(|one: &Heard| one.says == says);
    let refusal = if says(Says::Denies) {
        "with an explicit deny in a VPC endpoint policy".to_owned()
    } else if says(Says::Allows) {
        return Judged {
            heard: all,
            refusal: None,
        };
    } else {
        all.push(silence(through));
        format!("because no VPC endpoint policy allows the {} action", question.action)
    };
    if let Some(one) = all.iter_mut().find(|one| one.says == Says::Denies) {
        one.decides = true;
    }
    Judged {
        heard: all,
        refusal: Some(refusal),
    }
}

fn full_access(through: &Through, text: Option<String>) -> Judged {
    let heard = Heard {
        what: format!("The policy of {}", through.endpoint),
        says: Says::Allows,
        why: "it is the default: everybody may ask everything through the endpoint.".to_owned(),
        text: text.unwrap_or_default(),
        decides: false,
    };
    Judged {
        heard: vec![heard],
        refusal: None,
    }
}

fn silence(through: &Through) -> Heard {
    Heard {
        what: format!("The policy of {}", through.endpoint),
        says: Says::Denies,
        why: "no statement of it lets this pass, whatever the bucket allows.".to_owned(),
        text: String::new(),
        decides: false,
    }
}

/// Why a statement that names who asks does not mean them with a gateway endpoint.
/// Source: <https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html#vpc-endpoint-policies-gateway>
const ROOT_ONLY: &str = "with a gateway endpoint an account here means its root user only: write \"Principal\": \"*\" and a \
                         condition on aws:PrincipalArn.";

/// Whether a statement means who asks, by name or as anybody.
fn is_meant(world: &World, statement: &Value, signer: Option<&Signer>) -> bool {
    signer.map_or_else(|| is_anybody(statement), |signer| signer.is_meant(world, statement))
}

/// Whether a statement means those as well that do not sign.
fn is_anybody(statement: &Value) -> bool {
    either(statement, "Principal", &public::is_everybody)
}
