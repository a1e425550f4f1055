//! One tab: where it is, what its scripts answer, how the world looks to it (size, colours, network), and pictures of
//! it. Nothing here knows what the page shows.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use fantoccini::Client;
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::wd::WindowHandle;
use serde::Deserialize;
use serde_json::{Value, json};
use stratus_tasks::machine;

use crate::{Browser, Outcome, trouble, webdriver};

/// How long to wait for what should appear.
pub const PATIENCE: Duration = Duration::from_secs(15);

/// How often to look.
const GLANCE: Duration = Duration::from_millis(40);

/// Makes a violation of the Content-Security-Policy an error in the console, whichever resource it stopped.
const WATCH: &str = "addEventListener('securitypolicyviolation', e => console.error(\
    `securitypolicyviolation: ${e.violatedDirective} ${e.blockedURI} ${e.sourceFile ?? ''}:${e.lineNumber} ${e.sample}`));";

/// One tab of a browser.
#[derive(Clone)]
pub struct Page {
    browser: Browser,
    window: WindowHandle,
}

/// The device and the wishes that the page is shown to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Emulation {
    /// Width of the viewport in CSS pixels.
    pub width: u32,
    /// Height of the viewport in CSS pixels.
    pub height: u32,
    /// A touch device with a mobile viewport.
    pub touch: bool,
    /// `prefers-color-scheme: dark`.
    pub dark: bool,
    /// `prefers-reduced-motion: reduce`.
    pub still: bool,
}

impl Emulation {
    /// A laptop: 1280×800, light, with motion.
    pub const DESKTOP: Self = Self {
        width: 1280,
        height: 800,
        touch: false,
        dark: false,
        still: false,
    };
    /// A phone: 390×844, light, with motion.
    pub const PHONE: Self = Self {
        width: 390,
        height: 844,
        touch: true,
        dark: false,
        still: false,
    };

    /// The same in dark colours.
    #[must_use]
    pub fn dark(self) -> Self {
        Self { dark: true, ..self }
    }

    /// The same without motion.
    #[must_use]
    pub fn still(self) -> Self {
        Self { still: true, ..self }
    }
}

/// What `stratus.aws(…)` answers.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub struct Answer {
    /// The exit status of the command.
    pub status: i32,
    /// Its output.
    pub stdout: String,
    /// Its complaints.
    pub stderr: String,
}

impl Page {
    pub(crate) fn new(browser: Browser, window: WindowHandle) -> Self {
        Self { browser, window }
    }

    /// The browser that this tab is in.
    #[must_use]
    pub fn browser(&self) -> &Browser {
        &self.browser
    }

    /// The WebDriver client, with this tab in front.
    pub async fn client(&self) -> Outcome<&Client> {
        self.browser.in_front(&self.window).await
    }

    /// Makes a new tab report what goes wrong in it, and gives it a size.
    pub(crate) async fn prepare(&self) -> Outcome {
        self.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": WATCH }))
            .await?;
        self.emulate(Emulation::DESKTOP).await
    }

    /// Runs a DevTools command in this tab.
    pub async fn devtools(&self, command: &str, parameters: Value) -> Outcome<Value> {
        webdriver::devtools(self.client().await?, command, parameters).await
    }

    /// Goes to an address and waits until it is loaded (which is before the app is ready).
    pub async fn goto(&self, address: &str) -> Outcome {
        Ok(self.client().await?.goto(address).await?)
    }

    /// Loads the page again.
    pub async fn reload(&self) -> Outcome {
        Ok(self.client().await?.refresh().await?)
    }

    /// The address that the tab shows.
    pub async fn address(&self) -> Outcome<String> {
        Ok(self.client().await?.current_url().await?.to_string())
    }

    /// Closes this tab only.
    pub async fn close(self) -> Outcome {
        self.client().await?.close_window().await?;
        self.browser.nothing_in_front().await;
        Ok(())
    }

    /// Shows the page to this device.
    pub async fn emulate(&self, emulation: Emulation) -> Outcome {
        let Emulation {
            width,
            height,
            touch,
            dark,
            still,
        } = emulation;
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": touch });
        self.devtools("Emulation.setDeviceMetricsOverride", size).await?;
        self.devtools("Emulation.setTouchEmulationEnabled", json!({ "enabled": touch }))
            .await?;
        let features = json!({ "features": [
            { "name": "prefers-color-scheme", "value": if dark { "dark" } else { "light" } },
            { "name": "prefers-reduced-motion", "value": if still { "reduce" } else { "no-preference" } },
        ]});
        self.devtools("Emulation.setEmulatedMedia", features).await?;
        Ok(())
    }

    /// Cuts the tab off from the network, or connects it again.
    pub async fn offline(&self, offline: bool) -> Outcome {
        self.devtools("Network.enable", json!({})).await?;
        let network = json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        self.devtools("Network.emulateNetworkConditions", network).await?;
        Ok(())
    }

    /// Runs the body of an async function in the page; `given` are its arguments, as `given[0]` and so on.
    /// The answer is what it returns, as JSON.
    pub async fn script(&self, body: &str, given: Vec<Value>) -> Outcome<Value> {
        let script = format!("const given = [...arguments]; return (async () => {{ {body}\n}})()");
        let answer = self.client().await?.execute(&script, given).await;
        answer.map_err(|error| crate::Trouble::from(error).during(format_args!("in the page, `{body}`")))
    }

    /// Waits until the page can be used (the app sets the performance mark `stratus-ready` then) and its world is open.
    pub async fn ready(&self) -> Outcome {
        self.until(
            "the mark stratus-ready",
            "performance.getEntriesByName('stratus-ready').length",
        )
        .await?;
        self.script("await globalThis.stratus?.ready", Vec::new()).await?;
        Ok(())
    }

    /// Waits until this expression is true in the page.
    pub async fn until(&self, what: &str, expression: &str) -> Outcome {
        let began = Instant::now();
        while self.script(&format!("return !!({expression})"), Vec::new()).await? != Value::Bool(true) {
            if began.elapsed() > PATIENCE {
                return trouble(format!("waited {} s for {what}", PATIENCE.as_secs()));
            }
            tokio::time::sleep(GLANCE).await;
        }
        Ok(())
    }

    /// `await stratus.METHOD(…)` for a method of the page's scripting interface.
    pub async fn stratus(&self, method: &str, arguments: Vec<Value>) -> Outcome<Value> {
        self.ready().await?;
        // A refusal is an error with a `code`, which chromedriver takes for one of its own and cannot read.
        let body = "try { return { answer: await stratus[given[0]](...given[1]) } }\
            catch (error) { return { refused: String(error) } }";
        let mut told = self.script(body, vec![json!(method), json!(arguments)]).await?;
        match told.get("refused") {
            Some(refused) => trouble(format!("stratus.{method}: {refused}")),
            None => Ok(told["answer"].take()),
        }
    }

    /// Runs a command as the page's terminal would; fails where the command does.
    pub async fn aws(&self, command: &str) -> Outcome<Value> {
        let answer: Answer = serde_json::from_value(self.stratus("aws", vec![json!(command)]).await?)?;
        if answer.status != 0 {
            return trouble(format!(
                "`aws {command}` ended with {}: {}",
                answer.status, answer.stderr
            ));
        }
        Ok(if answer.stdout.trim().is_empty() {
            Value::Null
        } else {
            serde_json::from_str(&answer.stdout)?
        })
    }

    /// The digest of the world: 64 hexadecimal characters.
    pub async fn digest(&self) -> Outcome<String> {
        match self.stratus("digest", Vec::new()).await? {
            Value::String(digest) => Ok(digest),
            other => trouble(format!("stratus.digest() answered {other}")),
        }
    }

    /// Presses keys where the focus is: "Tab", "Ctrl+Shift+Z", "Escape", "a".
    pub async fn press(&self, keys: &str) -> Outcome {
        let names: Vec<&str> = if keys == "+" {
            vec!["+"]
        } else {
            keys.split('+').collect()
        };
        let mut values = Vec::new();
        for name in names {
            values.push(key(name)?);
        }
        let down = values.iter().map(|&value| KeyAction::Down { value });
        let up = values.iter().rev().map(|&value| KeyAction::Up { value });
        let actions = down.chain(up).fold(KeyActions::new("keys".into()), InputSource::then);
        Ok(self.client().await?.perform_actions(actions).await?)
    }

    /// Types text where the focus is.
    pub async fn type_text(&self, text: &str) -> Outcome {
        let keys = text
            .chars()
            .flat_map(|value| [KeyAction::Down { value }, KeyAction::Up { value }]);
        let actions = keys.fold(KeyActions::new("keys".into()), InputSource::then);
        Ok(self.client().await?.perform_actions(actions).await?)
    }

    /// A picture of the viewport, as PNG.
    pub async fn picture(&self) -> Outcome<Vec<u8>> {
        Ok(self.client().await?.screenshot().await?)
    }

    /// A picture of the viewport in `target/screens/NAME.png`.
    pub async fn save_picture(&self, name: &str) -> Outcome<PathBuf> {
        let path = machine::target().join("screens").join(name).with_extension("png");
        save(&path, &self.picture().await?)?;
        Ok(path)
    }
}

/// Writes a file and the folders above it.
pub fn save(path: &Path, bytes: &[u8]) -> Outcome {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    Ok(std::fs::write(path, bytes)?)
}

/// A key by the name that people give it, as WebDriver's code point
/// (<https://www.w3.org/TR/webdriver2/#keyboard-actions>).
fn key(name: &str) -> Outcome<char> {
    Ok(match name {
        "Ctrl" | "Control" => '\u{e009}',
        "Shift" => '\u{e008}',
        "Alt" => '\u{e00a}',
        "Meta" => '\u{e03d}',
        "Enter" => '\u{e007}',
        "Tab" => '\u{e004}',
        "Escape" => '\u{e00c}',
        "Space" => ' ',
        "Backspace" => '\u{e003}',
        "Delete" => '\u{e017}',
        "Left" => '\u{e012}',
        "Up" => '\u{e013}',
        "Right" => '\u{e014}',
        "Down" => '\u{e015}',
        "Home" => '\u{e011}',
        "End" => '\u{e010}',
        "PageUp" => '\u{e00e}',
        "PageDown" => '\u{e00f}',
        other => match (other.chars().next(), other.chars().count()) {
            (Some(letter), 1) => letter,
            _ => return trouble(format!("there is no key {other:?}")),
        },
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn keys_have_the_names_that_people_give_them() {
        assert_eq!(key("Ctrl").unwrap(), '\u{e009}');
        assert_eq!(key("?").unwrap(), '?');
        assert!(key("Hyper").is_err());
    }
}
