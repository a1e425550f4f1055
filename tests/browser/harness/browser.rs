//! The processes: chromedriver on a free port, Chromium with a profile of its own, and their end. Never touches a
//! browser or a profile that it did not make.

use std::collections::HashSet;
use std::path::Path;
use std::process::Stdio;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use fantoccini::wd::{Capabilities, TimeoutConfiguration, WindowHandle};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;
use stratus_tasks::{chromium, machine};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

use crate::page::Page;
use crate::{Outcome, Trouble, trouble, webdriver};

/// How long chromedriver and Chromium may take to start on a busy machine.
const START: Duration = Duration::from_secs(60);

/// How long a script of a test may run.
const SCRIPT: Duration = Duration::from_secs(60);

/// Quiet: no first-run pages, no updates, no traffic of the browser's own.
const FLAGS: [&str; 13] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--disable-sync",
    "--font-render-hinting=none",
    "--force-color-profile=srgb",
];

/// What a user's browser keeps between starts. The folder goes with the last holder.
#[derive(Clone)]
pub struct Profile(Arc<tempfile::TempDir>);

impl Profile {
    /// A profile that nothing was ever kept in.
    pub fn fresh() -> Outcome<Self> {
        let folder = machine::target().join("tmp");
        std::fs::create_dir_all(&folder)?;
        Ok(Self(Arc::new(
            tempfile::Builder::new().prefix("profile-").tempdir_in(folder)?,
        )))
    }

    fn folder(&self) -> &Path {
        self.0.path()
    }
}

/// A running Chromium. Clones are the same one.
#[derive(Clone)]
pub struct Browser(Arc<Inner>);

struct Inner {
    client: Client,
    /// The tab that WebDriver commands reach at the moment.
    current: tokio::sync::Mutex<Option<WindowHandle>>,
    problems: Mutex<Vec<String>>,
    forgiven: Mutex<HashSet<String>>,
    driver: tokio::sync::Mutex<Child>,
    open: AtomicBool,
    profile: Profile,
}

impl Browser {
    /// Starts Chromium with this profile.
    pub async fn start(profile: &Profile) -> Outcome<Self> {
        let (driver, port) = start_driver().await?;
        let mut arguments: Vec<String> = FLAGS.iter().map(ToString::to_string).collect();
        arguments.push(format!("--user-data-dir={}", profile.folder().display()));
        let mut capabilities = Capabilities::new();
        capabilities.insert(
            "goog:chromeOptions".into(),
            json!({ "binary": chromium::find_chromium()?, "args": arguments }),
        );
        capabilities.insert("goog:loggingPrefs".into(), json!({ "browser": "ALL" }));
        capabilities.insert("unhandledPromptBehavior".into(), json!("ignore"));
        let address = format!("http://127.0.0.1:{port}");
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let connecting = builder.capabilities(capabilities).connect(&address);
        let client = match tokio::time::timeout(START, connecting).await {
            Ok(client) => client.map_err(|error| Trouble::from(error).during("Chromium did not start"))?,
            Err(_) => return trouble(format!("Chromium did not start within {} s", START.as_secs())),
        };
        client
            .update_timeouts(TimeoutConfiguration::new(
                Some(SCRIPT),
                Some(START),
                Some(Duration::ZERO),
            ))
            .await?;
        let browser = Self(Arc::new(Inner {
            client,
            current: tokio::sync::Mutex::new(None),
            problems: Mutex::default(),
            forgiven: Mutex::default(),
            driver: tokio::sync::Mutex::new(driver),
            open: AtomicBool::new(true),
            profile: profile.clone(),
        }));
        browser.first_page().await?.prepare().await?;
        Ok(browser)
    }

    /// The tab that was there from the start.
    pub async fn first_page(&self) -> Outcome<Page> {
        match self.0.client.windows().await?.into_iter().next() {
            Some(window) => Ok(Page::new(self.clone(), window)),
            None => trouble("the browser has no tab"),
        }
    }

    /// The tab that was acted on last.
    pub async fn front_page(&self) -> Outcome<Page> {
        match self.0.current.lock().await.clone() {
            Some(window) => Ok(Page::new(self.clone(), window)),
            None => self.first_page().await,
        }
    }

    /// Whether it was neither closed nor crashed by the test.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.0.open.load(Ordering::Relaxed)
    }

    /// One more tab.
    pub async fn new_tab(&self) -> Outcome<Page> {
        let window = self.0.client.new_window(true).await?.handle;
        let page = Page::new(self.clone(), window);
        page.prepare().await?;
        Ok(page)
    }

    /// The profile that this browser runs with: start another one with it to come back tomorrow.
    #[must_use]
    pub fn profile(&self) -> Profile {
        self.0.profile.clone()
    }

    /// The WebDriver client, with `window` in front.
    pub(crate) async fn in_front(&self, window: &WindowHandle) -> Outcome<&Client> {
        let mut current = self.0.current.lock().await;
        if current.as_ref() != Some(window) {
            self.0.client.switch_to_window(window.clone()).await?;
            *current = Some(window.clone());
        }
        Ok(&self.0.client)
    }

    pub(crate) async fn nothing_in_front(&self) {
        *self.0.current.lock().await = None;
    }

    /// Forgives errors in the console that contain this text: for tests that cause them on purpose.
    pub fn forgive(&self, text: &str) {
        self.0
            .forgiven
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(text.to_owned());
    }

    /// Everything that went wrong in any tab so far and was not forgiven: errors in the console, uncaught errors, files
    /// that did not arrive, violations of the Content-Security-Policy.
    pub async fn problems(&self) -> Outcome<Vec<String>> {
        let log = webdriver::log(&self.0.client).await?;
        let mut problems = self.0.problems.lock().unwrap_or_else(PoisonError::into_inner);
        problems.extend(
            log.into_iter()
                .filter(|(level, _)| level == "SEVERE")
                .map(|(_, text)| text),
        );
        let forgiven = self.0.forgiven.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(problems
            .iter()
            .filter(|text| !forgiven.iter().any(|part| text.contains(part)))
            .cloned()
            .collect())
    }

    /// Closes the browser as a user does, so that all is written.
    pub async fn close(&self) -> Outcome {
        let closed = self.0.client.clone().close().await;
        self.end_driver().await;
        closed.map_err(|error| Trouble::from(error).during("the browser did not close"))
    }

    /// Ends the browser's process in the middle of whatever it does, as a crash or a power cut would.
    pub async fn crash(&self) -> Outcome {
        // The command cannot be answered.
        let _ = webdriver::devtools(&self.0.client, "Browser.crash", json!({})).await;
        self.end_driver().await;
        Ok(())
    }

    async fn end_driver(&self) {
        self.0.open.store(false, Ordering::Relaxed);
        // It may have ended already.
        let _ = self.0.driver.lock().await.kill().await;
    }
}

/// How often chromedriver is started: the port that it finds for IPv4 may be taken for IPv6 when it gets there, and then it ends.
const DRIVER_STARTS: usize = 3;

/// Starts chromedriver on a port that it chooses, and reads which.
async fn start_driver() -> Outcome<(Child, u16)> {
    for _ in 1..DRIVER_STARTS {
        if let Ok(started) = try_driver().await {
            return Ok(started);
        }
    }
    try_driver().await
}

async fn try_driver() -> Outcome<(Child, u16)> {
    let mut driver = Command::new(chromium::find_chromedriver()?)
        .arg("--port=0")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .map_err(|error| Trouble::from(error).during("chromedriver did not start"))?;
    let Some(output) = driver.stdout.take() else {
        return trouble("chromedriver has no output");
    };
    let mut lines = BufReader::new(output).lines();
    let reading = async {
        while let Some(line) = lines.next_line().await? {
            if let Some(port) = started_port(&line) {
                return Ok(port);
            }
        }
        trouble("chromedriver ended before it listened")
    };
    match tokio::time::timeout(START, reading).await {
        Ok(port) => {
            let port = port?;
            // Goes on reading, so that the pipe never fills.
            tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
            Ok((driver, port))
        }
        Err(_) => trouble(format!("chromedriver did not start within {} s", START.as_secs())),
    }
}

/// "ChromeDriver was started successfully on port 41227."
fn started_port(line: &str) -> Option<u16> {
    line.split("started successfully on port ")
        .nth(1)?
        .trim_end_matches('.')
        .parse()
        .ok()
}

#[cfg(test)]
mod tests {
    use super::started_port;

    #[test]
    fn the_port_is_read_from_what_chromedriver_says() {
        assert_eq!(
            started_port("ChromeDriver was started successfully on port 41227."),
            Some(41227)
        );
        assert_eq!(
            started_port("Starting ChromeDriver 156.0.8078.79 (a21ce95c) on port 0"),
            None
        );
    }
}
