//! What axe-core finds in the page as it stands. All of its rules count, best practices too.

use serde_json::{Value, json};
use stratus_tasks::npm;

use crate::{Outcome, Page, trouble};

impl Page {
    /// Fails where axe-core finds a violation, naming each rule and the elements that break it.
    pub async fn check_accessibility(&self) -> Outcome {
        if self.script("return typeof axe", Vec::new()).await? != json!("object") {
            let script = std::fs::read_to_string(npm::axe()?)?;
            // A sloppy function's body, since axe-core hangs itself to the global object.
            self.client().await?.execute(&script, Vec::new()).await?;
        }
        let run = "const result = await axe.run(document, { resultTypes: ['violations'] });\
            return result.violations.map(violation => ({ id: violation.id, help: violation.help,\
                nodes: violation.nodes.slice(0, 5).map(node => node.target.join(' ') + ': ' + node.failureSummary) }))";
        let violations = self.script(run, Vec::new()).await?;
        match violations.as_array().map(Vec::as_slice) {
            Some([]) => Ok(()),
            Some(found) => trouble(format!("{} accessibility violations:\n{}", found.len(), told(found))),
            None => trouble(format!("axe-core answered {violations}")),
        }
    }
}

fn told(violations: &[Value]) -> String {
    let text = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let mut lines = Vec::new();
    for violation in violations {
        lines.push(format!("{}: {}", text(violation, "id"), text(violation, "help")));
        let nodes = violation.get("nodes").and_then(Value::as_array).into_iter().flatten();
        lines.extend(
            nodes
                .filter_map(Value::as_str)
                .map(|node| format!("    {}", node.replace('\n', " "))),
        );
    }
    lines.join("\n")
}
