//! What several journeys share.

use serde_json::{Value, json};
use stratus_browser::{Find, Outcome, Page, trouble};

/// Launches an instance through the wizard, with its defaults; its id.
pub async fn launch(page: &Page) -> Outcome<String> {
    page.press("n").await?;
    let dialog = page.dialog("Launch instance");
    dialog.field("AMI").wait().await?;
    dialog.button("Launch instance").click().await?;
    dialog.wait_gone().await?;
    let answer = page
        .stratus("call", vec![json!("ec2"), json!("DescribeInstances"), json!({})])
        .await?;
    text_at(&answer, "/Reservations/0/Instances/0/InstanceId")
}

/// The text at a JSON pointer.
pub fn text_at(value: &Value, pointer: &str) -> Outcome<String> {
    match value.pointer(pointer).and_then(Value::as_str) {
        Some(text) => Ok(text.to_owned()),
        None => trouble(format!("no text at {pointer} of {value}")),
    }
}

/// Keeps what the page offers as files in `saved`, as name and blob, instead of handing it to the browser.
pub const KEEP_FILES: &str = "\
    const made = new Map(); window.saved = []; const make = URL.createObjectURL;\
    URL.createObjectURL = blob => { const url = make.call(URL, blob); made.set(url, blob); return url; };\
    HTMLAnchorElement.prototype.click = function () { saved.push([this.download, made.get(this.href)]); };";
