//! What several journeys share.

use serde_json::{Value, json};
use stratus_browser::page::Emulation;
use stratus_browser::{Find, Outcome, Page, check, trouble};

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

/// Makes a call in the page; its answer.
pub async fn call(page: &Page, service: &str, operation: &str, params: Value) -> Outcome<Value> {
    page.stratus("call", vec![json!(service), json!(operation), params])
        .await
}

/// Opens the path panel and asks for this port, as the fields stand; the verdict says this.
pub async fn traced(page: &Page, port: &str, says: &str) -> Outcome {
    page.region("Panels").button("Path").click().await?;
    let path = page.region("Path");
    path.field("Port").fill(port).await?;
    path.button("Trace path").click().await?;
    page.css(".verdict").wait_text(says).await.map(drop)
}

/// Opens the path panel and shows who reaches whom.
pub async fn everyone(page: &Page) -> Outcome {
    page.region("Panels").button("Path").click().await?;
    page.region("Path").button("Everyone").click().await
}

/// Goes to what search finds first for these words.
pub async fn find(page: &Page, words: &str) -> Outcome {
    page.press("Ctrl+k").await?;
    page.dialog("Search").wait().await?;
    page.type_text(words).await?;
    page.press("Enter").await?;
    page.dialog("Search").wait_gone().await
}

/// Opens every fold of the inspector.
pub async fn unfold(page: &Page) -> Outcome {
    let open = "document.querySelectorAll('.inspector details').forEach(one => { one.open = true; })";
    page.script(open, Vec::new()).await.map(drop)
}

/// Takes pictures with something in sight (from its beginning, if it is taller than the window), wide and narrow, light and
/// dark; nothing may be wider than the window, and everyone may use it. The page is wide and light again afterwards.
pub async fn looks(page: &Page, name: &str, sight: &str) -> Outcome {
    let wide = Emulation::DESKTOP.still();
    for (width, emulation) in [("wide", wide), ("narrow", Emulation::PHONE.still())] {
        for (shade, emulation) in [("light", emulation), ("dark", emulation.dark())] {
            page.emulate(emulation).await?;
            let fits = "const one = document.querySelector(given[0]);\
                const tall = one.getBoundingClientRect().height > innerHeight;\
                one.scrollIntoView({block: tall ? 'start' : 'center'});\
                return document.documentElement.scrollWidth <= innerWidth";
            let fits = page.script(fits, vec![json!(sight)]).await?;
            let name = format!("{name}-{width}-{shade}");
            check(fits == json!(true), format!("{name} is wider than the window"))?;
            page.save_picture(&name).await?;
            page.check_accessibility().await?;
        }
    }
    page.emulate(wide).await
}
