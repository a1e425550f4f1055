//! What Lighthouse says of the page on a desktop: performance, accessibility, best practices, out of 100. It comes from
//! npm when it is asked for, and runs on the Chromium of the machine.

use std::process::Command;

use serde_json::Value;
use stratus_tasks::site::Site;
use stratus_tasks::{chromium, machine, npm};

use crate::{Outcome, check, trouble};

/// Each of these has to reach [`SCORE`].
const CATEGORIES: [&str; 3] = ["performance", "accessibility", "best-practices"];

/// The score that the design promises.
const SCORE: f64 = 0.95;

/// Prints the scores, and the audits that cost points; fails below the promise.
pub(crate) fn run() -> Outcome {
    let lighthouse = npm::lighthouse()?;
    let site = Site::new(machine::dist(), "/stratus/").serve_somewhere()?;
    let report = machine::target().join("lighthouse.json");
    let mut command = Command::new("node");
    command
        .arg(lighthouse)
        .arg(site.address())
        .args([
            "--preset=desktop",
            "--output=json",
            "--quiet",
            "--chrome-flags=--headless --no-sandbox --disable-gpu",
        ])
        .arg(format!("--only-categories={}", CATEGORIES.join(",")))
        .arg(format!("--output-path={}", report.display()))
        .env("CHROME_PATH", chromium::find_chromium()?);
    let status = command.status()?;
    check(status.success(), format!("Lighthouse ended with {status}"))?;
    let report: Value = serde_json::from_str(&std::fs::read_to_string(&report)?)?;
    judge(&report)
}

fn judge(report: &Value) -> Outcome {
    let mut low = Vec::new();
    for category in CATEGORIES {
        let Some(score) = report
            .pointer(&format!("/categories/{category}/score"))
            .and_then(Value::as_f64)
        else {
            return trouble(format!("Lighthouse gives no score for {category}"));
        };
        println!("{category:<16} {:>3.0}", score * 100.0);
        if score < SCORE {
            low.push(category);
        }
    }
    for audit in report
        .get("audits")
        .and_then(Value::as_object)
        .into_iter()
        .flat_map(|audits| audits.values())
    {
        let text = |key: &str| audit.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        if audit
            .get("score")
            .and_then(Value::as_f64)
            .is_some_and(|score| score < 0.9)
        {
            println!("  {} {}", text("title"), text("displayValue"));
        }
    }
    check(
        low.is_empty(),
        format!("below {:.0}: {}", SCORE * 100.0, low.join(", ")),
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_category_has_to_reach_the_score() {
        let report = |score: f64| {
            json!({ "categories": {
                "performance": { "score": score }, "accessibility": { "score": 1.0 }, "best-practices": { "score": 0.95 },
            }})
        };
        assert!(judge(&report(0.95)).is_ok());
        assert!(judge(&report(0.94)).is_err_and(|trouble| trouble.text().contains("performance")));
        assert!(judge(&json!({})).is_err());
    }
}
