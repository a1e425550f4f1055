//! The policy of a VPC endpoint in words. Packets do not meet it: the service behind the endpoint asks it about each request.
//! <https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html>

use crate::services::iam::conditions::values;
use crate::services::iam::statements::items;
use crate::world::links::{EndpointKind, VpcEndpoint};
use serde_json::Value;

/// The policy of an endpoint that was given none: full access. A gateway's, an interface's.
const FULL_ACCESS: [&str; 2] = [
    r#"{"Version":"2008-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}"#,
    "{\n  \"Statement\": [\n    {\n      \"Action\": \"*\", \n      \"Effect\": \"Allow\", \n      \"Principal\": \"*\", \n      \"Resource\": \"*\"\n    }\n  ]\n}",
];

/// Statements that are told; the others are counted.
const TOLD: usize = 2;

/// The policy that is in force at an endpoint; `None`: those for Gateway Load Balancers have none.
pub(crate) fn of(row: &VpcEndpoint) -> Option<String> {
    let [gateway, interface] = FULL_ACCESS;
    let default = match row.kind {
        EndpointKind::GatewayLoadBalancer => return None,
        EndpointKind::Gateway => gateway,
        EndpointKind::Interface => interface,
    };
    Some(row.policy.clone().unwrap_or_else(|| default.to_owned()))
}

/// What a policy lets pass: `s3:GetObject on arn:aws:s3:::diary/*, but not …`; `None`: everything.
pub(crate) fn words(policy: &str) -> Option<String> {
    let policy: Value = serde_json::from_str(policy).unwrap_or_default();
    let statements = items(policy.get("Statement"));
    let denies = |one: &&Value| one.get("Effect").and_then(Value::as_str) == Some("Deny");
    let (no, yes): (Vec<&Value>, Vec<&Value>) = statements.iter().partition(denies);
    if no.is_empty() && yes.iter().any(|one| is_everything(one)) {
        return None;
    }
    let allowed = if yes.is_empty() {
        "nothing".to_owned()
    } else {
        told(&yes)
    };
    Some(match no.is_empty() {
        true => allowed,
        false => format!("{allowed}, but not {}", told(&no)),
    })
}

/// Everything, to everybody, under no condition.
fn is_everything(statement: &Value) -> bool {
    let star = |value: Option<&Value>| items(value).iter().any(|one| one.as_str() == Some("*"));
    let principal = statement.get("Principal");
    star(statement.get("Action"))
        && star(statement.get("Resource"))
        && (star(principal) || star(principal.and_then(|kinds| kinds.get("AWS"))))
        && statement.get("Condition").is_none()
}

fn told(statements: &[&Value]) -> String {
    let mut parts: Vec<String> = statements.iter().take(TOLD).map(|one| statement(one)).collect();
    if let Some(more @ 1..) = statements.len().checked_sub(TOLD) {
        parts.push(format!("what {more} more say"));
    }
    parts.join(" and ")
}

fn statement(statement: &Value) -> String {
    let list = |name: &str| match (statement.get(name), statement.get(format!("Not{name}"))) {
        (Some(list), _) => values(list).join(", "),
        (None, Some(list)) => format!("all but {}", values(list).join(", ")),
        (None, None) => "nothing".to_owned(),
    };
    let condition = match statement.get("Condition") {
        Some(_) => " under a condition",
        None => "",
    };
    format!("{} on {}{condition}", list("Action"), list("Resource"))
}
