//! What chromedriver offers beyond the WebDriver standard: DevTools commands and the browser's log. Typed requests only.

use fantoccini::Client;
use fantoccini::wd::WebDriverCompatibleCommand;
use http::Method;
use serde_json::{Value, json};
use url::{ParseError, Url as Address};

use crate::{Outcome, Trouble};

/// A request below `/session/{id}/`.
#[derive(Debug)]
struct Request {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for Request {
    fn endpoint(&self, base: &Address, session: Option<&str>) -> Result<Address, ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &Address) -> (Method, Option<String>) {
        (Method::POST, Some(self.body.to_string()))
    }
}

/// Runs a DevTools command (<https://chromedevtools.github.io/devtools-protocol/>) in the current window.
pub async fn devtools(client: &Client, command: &str, parameters: Value) -> Outcome<Value> {
    let body = json!({ "cmd": command, "params": parameters });
    let answer = client
        .issue_cmd(Request {
            path: "goog/cdp/execute",
            body,
        })
        .await;
    answer.map_err(|error| Trouble::from(error).during(command))
}

/// What the console and the network of all pages reported since the last call: `(level, text)`.
pub async fn log(client: &Client) -> Outcome<Vec<(String, String)>> {
    let entries = client
        .issue_cmd(Request {
            path: "se/log",
            body: json!({ "type": "browser" }),
        })
        .await?;
    let text = |entry: &Value, key: &str| entry.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    Ok(entries
        .as_array()
        .into_iter()
        .flatten()
        .map(|entry| (text(entry, "level"), text(entry, "message")))
        .collect())
}
