//! What EC2 answers to input that breaks its model, in AWS's words where they are known.
//!
//! The forms are those that AWS is seen to answer: "The request must contain the parameter …", "Value (…) for parameter … is
//! invalid. …", "Value ( 1 ) for parameter maxResults is invalid. Expecting a value greater than 5.", "Unsupported volume
//! type '…' for volume creation."; what it has no words for keeps ours. What would have been right stands in the remedy.

use crate::base::error::Error;
use stratus_model::{Problem, ProblemKind, model};

/// Names of images: <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html>.
pub(crate) const IMAGE_NAME: &str = "AMI names must be between 3 and 128 characters long, and may contain letters, numbers, '(', ')', '.', '-', '/' and '_'";

/// A value that the API takes, though its model does not list it: of the six account attributes the model has two.
/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeAccountAttributes.html>
pub(crate) fn is_known(operation: &str, problem: &Problem) -> bool {
    operation == "DescribeAccountAttributes" && matches!(problem.kind, ProblemKind::NotInEnum { .. })
}

/// An id of another kind, or none at all, in the place of one.
pub(crate) fn other_kind(name: &str, text: &str, prefix: &str) -> Error {
    let parameter = camel(name);
    let why = format!("Value ({text}) for parameter {parameter} is invalid. Expected: '{prefix}-...'.");
    Error::new("InvalidParameterValue", why).at(name)
}

/// The refusal of a fault.
pub(crate) fn refuse(operation: &str, problem: &Problem) -> Error {
    let ours = problem.to_string();
    let last = problem.path.rsplit('.').next().unwrap_or_default();
    let name = last.split('[').next().unwrap_or_default();
    let of_image = matches!(operation, "CreateImage" | "CopyImage" | "RegisterImage") && problem.path == "Name";
    let value = problem.value.trim_matches('"');
    let error = match &problem.kind {
        ProblemKind::Missing => return Error::missing(&on_the_wire(operation, &problem.path)).at(problem.path.clone()),
        ProblemKind::Unknown { .. } => return Error::new("UnknownParameter", ours).at(problem.path.clone()),
        ProblemKind::TooShort { .. } | ProblemKind::TooLong { .. } if of_image => {
            Error::new("InvalidAMIName.Malformed", IMAGE_NAME)
        }
        ProblemKind::TooSmall { .. } | ProblemKind::TooLarge { .. }
            if name == "MaxResults" && operation.starts_with("DescribeLaunchTemplate") =>
        {
            Error::new("InvalidParameterValue", "Maximum results allowed are between 1 and 200")
        }
        ProblemKind::NotInEnum { .. } => not_one_of(name, value),
        ProblemKind::TooSmall { limit } if name == "MaxResults" => max_results(value, "greater", *limit as i64),
        ProblemKind::TooLarge { limit } if name == "MaxResults" => max_results(value, "smaller", *limit as i64),
        _ => return Error::new("InvalidParameterValue", ours).at(problem.path.clone()),
    };
    error.at(problem.path.clone()).remedy(ours)
}

/// What a request calls a parameter: EC2 speaks of `InstanceId` where its model has `InstanceIds`. Those of structures have
/// the model's names here.
fn on_the_wire(operation: &str, path: &str) -> String {
    let service = model().service("ec2");
    let member = service.and_then(|service| {
        let input = service.operation(operation)?.input;
        service.structure(input).member_by_text(path)
    });
    match member.map(|member| (member.query_name, member.wire_name)) {
        Some((Some(name), _)) => name.to_owned(),
        Some((None, Some(name))) => {
            let (first, rest) = name.split_at(name.len().min(1));
            format!("{}{rest}", first.to_ascii_uppercase())
        }
        _ => path.to_owned(),
    }
}

/// A value that is none of those that there are.
fn not_one_of(name: &str, value: &str) -> Error {
    if name == "VolumeType" {
        let text = format!("Unsupported volume type '{value}' for volume creation.");
        return Error::new("UnknownVolumeType", text);
    }
    let name = camel(name);
    let more = if name == "attribute" { " Unknown attribute." } else { "" };
    let text = format!("Value ({value}) for parameter {name} is invalid.{more}");
    Error::new("InvalidParameterValue", text)
}

/// `EnableDnsSupport` → `enableDnsSupport`, as EC2's messages write parameters.
fn camel(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().map(|first| first.to_ascii_lowercase());
    first.into_iter().chain(letters).collect()
}

/// A call that changes one attribute, and names none or several.
pub(crate) fn one_attribute(named: &[&str]) -> Error {
    if named.is_empty() {
        return Error::combination("No attributes specified.");
    }
    let named: Vec<String> = named.iter().map(|name| camel(name)).collect();
    let text = format!("Fields for multiple attribute types specified: {}", named.join(", "));
    Error::combination(text)
}

/// A page that is too small or too large.
pub(crate) fn max_results(value: impl std::fmt::Display, than: &str, limit: i64) -> Error {
    let text = format!("Value ( {value} ) for parameter maxResults is invalid. Expecting a value {than} than {limit}.");
    Error::new("InvalidParameterValue", text).at("MaxResults")
}
