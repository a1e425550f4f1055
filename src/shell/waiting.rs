//! `aws SERVICE wait STATE`: an operation asked again and again until its answer is as it should be. Between two times the
//! virtual clock goes on by the waiter's delay, so that the command is back at once.

use crate::data::{Data, Dict};
use crate::fault::Fault;
use crate::jmespath::Expression;
use crate::reading;
use crate::request::{Caller, Refusal};
use stratus_model::{Acceptor, Matcher, Outcome, Structure, Value, Waiter, field};

/// Waits.
pub fn wait(waiter: &'static Waiter, params: &Dict, caller: &mut Caller<'_>) -> Result<(), Fault> {
    let failed = |reason: String| Fault::other(format_args!("Waiter {} failed: {reason}", waiter.name));
    let mut matched_before = false;
    for attempt in 1..=waiter.attempts.max(1) {
        let answer = match caller.request(params.clone()) {
            Err(Refusal::Fault(fault)) => return Err(fault),
            other => other,
        };
        let mut looked_at = None;
        let mut matched = None;
        for acceptor in &waiter.acceptors {
            looked_at = Some(acceptor);
            if matches(acceptor, &answer, caller)? {
                matched = Some(acceptor.outcome);
                break;
            }
        }
        if let (None, Err(Refusal::Service { code, message, .. })) = (matched, &answer) {
            return Err(failed(format!("An error occurred ({code}): {message}")));
        }
        matched_before |= matched.is_some();
        let why = looked_at.map(explanation).unwrap_or_default();
        match matched {
            Some(Outcome::Success) => return Ok(()),
            Some(Outcome::Failure) => {
                return Err(failed(format!("Waiter encountered a terminal failure state: {why}")));
            }
            _ if attempt < waiter.attempts => advance(waiter.delay, caller)?,
            _ if matched_before => {
                return Err(failed(format!(
                    "Max attempts exceeded. Previously accepted state: {why}"
                )));
            }
            _ => {}
        }
    }
    Err(failed("Max attempts exceeded".into()))
}

fn advance(seconds: u32, caller: &mut Caller<'_>) -> Result<(), Fault> {
    let params = Structure::new().with(field::SECONDS, Value::Integer(i64::from(seconds)));
    match (caller.call)(caller.region, "stratus", "AdvanceClock", params) {
        Ok(_) => Ok(()),
        Err(error) => Err(Fault::service(error.code, "AdvanceClock operation", &error.message)),
    }
}

fn expected(acceptor: &Acceptor) -> Data {
    reading::json(acceptor.expected).unwrap_or_else(|_| Data::from(acceptor.expected))
}

fn matches(acceptor: &Acceptor, answer: &Result<Dict, Refusal>, caller: &Caller<'_>) -> Result<bool, Fault> {
    let expected = expected(acceptor);
    let (path, answer) = match (acceptor.matcher, answer) {
        (Matcher::Status, Ok(_)) => return Ok(expected.equals(&Data::Int(i64::from(caller.operation.http_code)))),
        (Matcher::Status, Err(Refusal::Service { status, .. })) => {
            return Ok(expected.equals(&Data::Int(i64::from(*status))));
        }
        (Matcher::Error, Err(Refusal::Service { code, .. })) => return Ok(expected.as_text() == Some(code)),
        (Matcher::Path(path) | Matcher::PathAll(path) | Matcher::PathAny(path), Ok(answer)) => (path, answer),
        _ => return Ok(false),
    };
    let found = Expression::parse(path)
        .and_then(|expression| expression.search(&Data::Dict(answer.clone())))
        .map_err(Fault::other)?;
    let items = found.as_list().unwrap_or_default();
    Ok(match acceptor.matcher {
        Matcher::PathAll(_) => !items.is_empty() && items.iter().all(|item| item.equals(&expected)),
        Matcher::PathAny(_) => items.iter().any(|item| item.equals(&expected)),
        _ => found.equals(&expected),
    })
}

fn explanation(acceptor: &Acceptor) -> String {
    let expected = expected(acceptor).text();
    match acceptor.matcher {
        Matcher::Path(path) => format!("For expression \"{path}\" we matched expected path: \"{expected}\""),
        Matcher::PathAll(path) => {
            format!("For expression \"{path}\" all members matched excepted path: \"{expected}\"")
        }
        Matcher::PathAny(path) => {
            format!("For expression \"{path}\" we matched expected path: \"{expected}\" at least once")
        }
        Matcher::Status => format!("Matched expected HTTP status code: {expected}"),
        Matcher::Error => format!("Matched expected service error code: {expected}"),
    }
}
