//! What AWS's query and JSON services answer to input that breaks their model: IAM, STS, SSM and Elastic Load Balancing say it in one form of words,
//! with every fault of the input in one sentence.
//!
//! The form is AWS's, as its services answer it ("1 validation error detected: Value '…' at '…' failed to satisfy
//! constraint: …"); what it has no words for keeps ours.

use crate::base::error::Error;
use stratus_model::{Problem, ProblemKind, Structure, Value, json};

/// Whether a service speaks so.
pub(crate) fn speaks(service: &str) -> bool {
    matches!(
        service,
        "iam" | "sts" | "ssm" | "ebs" | "rbin" | "dlm" | "elbv2" | "elb"
    )
}

/// The refusal of an input with these faults.
pub(crate) fn refuse(service: &str, params: &Structure, problems: &[Problem]) -> Error {
    let code = match service {
        "dlm" => "InvalidRequestException",
        "ssm" | "ebs" | "rbin" => "ValidationException",
        _ => "ValidationError",
    };
    let first = problems.first();
    let path = first.map(|problem| problem.path.clone()).unwrap_or_default();
    if let Some(problem) = first
        && let Some(text) = own_words(service, problem)
    {
        return Error::new(code, text).at(path);
    }
    let whole = Value::Structure(params.clone());
    let faults: Option<Vec<String>> = problems.iter().map(|problem| fault(&whole, problem)).collect();
    let text = match (faults, first) {
        (Some(faults), Some(_)) => {
            let (count, plural) = (faults.len(), if faults.len() == 1 { "" } else { "s" });
            format!("{count} validation error{plural} detected: {}", faults.join("; "))
        }
        (_, Some(problem)) => problem.to_string(),
        (_, None) => "The request is not valid.".to_owned(),
    };
    Error::new(code, text).at(path)
}

/// IAM's own sentences about names and paths, which come before the others.
fn own_words(service: &str, problem: &Problem) -> Option<String> {
    let ProblemKind::Pattern { pattern } = problem.kind else {
        return None;
    };
    if service != "iam" {
        return None;
    }
    let place = spelled(&problem.path);
    if pattern == r"[\w+=,.@-]+" {
        return Some(format!(
            "The specified value for {place} is invalid. It must contain only alphanumeric characters and/or the \
             following: +=,.@_-"
        ));
    }
    matches!(problem.path.as_str(), "Path" | "NewPath").then(|| {
        format!(
            "The specified value for {place} is invalid. It must begin and end with / and contain only alphanumeric \
             characters and/or / characters."
        )
    })
}

/// One fault, in AWS's words; `None` for what it has none for.
fn fault(whole: &Value, problem: &Problem) -> Option<String> {
    let must = match &problem.kind {
        ProblemKind::Missing => "not be null".to_owned(),
        ProblemKind::TooShort { limit, .. } => format!("have length greater than or equal to {limit}"),
        ProblemKind::TooLong { limit, .. } => format!("have length less than or equal to {limit}"),
        ProblemKind::TooSmall { limit } => format!("have value greater than or equal to {limit}"),
        ProblemKind::TooLarge { limit } => format!("have value less than or equal to {limit}"),
        ProblemKind::NotInEnum { allowed, .. } => format!("satisfy enum value set: [{}]", allowed.join(", ")),
        ProblemKind::Pattern { pattern } => format!("satisfy regular expression pattern: {pattern}"),
        _ => return None,
    };
    let value = match (&problem.kind, problem.value.is_empty()) {
        (ProblemKind::Missing, _) => " null".to_owned(),
        // The model keeps what is sensitive to itself; an empty text is none.
        (_, true) => match whole.at_path(&problem.path) {
            Some(Value::String(text)) if text.is_empty() => " ''".to_owned(),
            Some(Value::List(items)) => format!(" '{}'", listed(items)),
            _ => String::new(),
        },
        (_, false) => match whole.at_path(&problem.path) {
            Some(Value::List(items)) => format!(" '{}'", listed(items)),
            Some(Value::String(text)) => format!(" '{text}'"),
            Some(value) => format!(" '{}'", json::plain(value)),
            None => format!(" '{}'", problem.value),
        },
    };
    let place = spelled(&problem.path);
    Some(format!(
        "Value{value} at '{place}' failed to satisfy constraint: Member must {must}"
    ))
}

fn listed(items: &[Value]) -> String {
    let texts = items.iter().map(|item| match item {
        Value::String(text) => text.clone(),
        other => json::plain(other).to_string(),
    });
    format!("[{}]", texts.collect::<Vec<_>>().join(", "))
}

/// `Tags[0].Key` as these services write it: `tags.1.member.key`.
fn spelled(path: &str) -> String {
    let mut out = String::new();
    for step in path.split('.') {
        let (name, indexes) = step.split_once('[').map_or((step, ""), |(name, rest)| (name, rest));
        if !out.is_empty() {
            out.push('.');
        }
        let mut letters = name.chars();
        out.extend(letters.next().map(|first| first.to_ascii_lowercase()));
        out.push_str(letters.as_str());
        for index in indexes.split('[').filter_map(|index| index.strip_suffix(']')) {
            match index.parse::<u64>() {
                Ok(index) => out.push_str(&format!(".{}.member", index.saturating_add(1))),
                Err(_) => out.push_str(&format!(".{index}.member")),
            }
        }
    }
    out
}
