//! One browser test from beginning to end: the site below a sub-path, browsers as wanted, a time limit, and at the end
//! (also of a failed test) a look at the consoles, a picture if it went wrong, and nothing left running.

use std::panic::AssertUnwindSafe;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use stratus_tasks::machine;
use stratus_tasks::site::{Serving, Site};

use crate::{Browser, Outcome, Page, Profile, trouble};

/// Below which the site is served, to prove that any sub-path will do.
pub const BASE: &str = "/a/sub-path/";

/// How long one test may take on a busy machine.
const LIMIT: Duration = Duration::from_secs(240);

/// What a test acts on.
pub struct Stage {
    site: Serving,
    browsers: Mutex<Vec<Browser>>,
}

impl Stage {
    /// The address of the page with what follows it: "", "?scenario=empty", "#v1.…".
    #[must_use]
    pub fn address(&self, rest: &str) -> String {
        format!("{}{rest}", self.site.address())
    }

    /// A browser that was never used before.
    pub async fn browser(&self) -> Outcome<Browser> {
        self.browser_with(&Profile::fresh()?).await
    }

    /// A browser with what an earlier one kept, as when somebody comes back tomorrow.
    pub async fn browser_with(&self, profile: &Profile) -> Outcome<Browser> {
        let browser = Browser::start(profile).await?;
        self.browsers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(browser.clone());
        Ok(browser)
    }

    /// The page in a fresh browser, with `rest` after its address, ready to be used.
    pub async fn open(&self, rest: &str) -> Outcome<Page> {
        let page = self.browser().await?.first_page().await?;
        self.visit(&page, rest).await?;
        Ok(page)
    }

    /// Goes to the page in this tab and waits until it is ready to be used.
    pub async fn visit(&self, page: &Page, rest: &str) -> Outcome {
        page.goto(&self.address(rest)).await?;
        page.ready().await
    }

    async fn end(&self, failed: bool) -> Outcome {
        let browsers = std::mem::take(&mut *self.browsers.lock().unwrap_or_else(PoisonError::into_inner));
        let mut problems = Vec::new();
        for (number, browser) in browsers.iter().enumerate().filter(|(_, browser)| browser.is_open()) {
            problems.extend(browser.problems().await?);
            if failed {
                let name = format!("failed/{}-{number}", test_name().replace("::", "-"));
                match browser.front_page().await?.save_picture(&name).await {
                    Ok(path) => eprintln!("how it looked: {}", path.display()),
                    Err(error) => eprintln!("no picture of it: {error:?}"),
                }
            }
            browser.close().await?;
        }
        if problems.is_empty() {
            Ok(())
        } else {
            trouble(format!("in the console:\n{}", problems.join("\n")))
        }
    }
}

/// Runs a browser test. It fails where the test does, where it takes too long, and where a console reports an error or
/// a violation of the Content-Security-Policy that the test did not forgive ([`Browser::forgive`]).
pub fn stage(test: impl AsyncFnOnce(&Stage) -> Outcome) -> Outcome {
    stage_for(machine::dist(), test)
}

/// The same with another folder than `dist/` as the site.
pub fn stage_for(folder: PathBuf, test: impl AsyncFnOnce(&Stage) -> Outcome) -> Outcome {
    let site = Site::new(folder, BASE).serve_somewhere()?;
    let stage = Stage {
        site,
        browsers: Mutex::default(),
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let limited = async { tokio::time::timeout(LIMIT, test(&stage)).await };
    // Caught, so that the browsers are closed; a panic then goes its way.
    let result = std::panic::catch_unwind(AssertUnwindSafe(|| runtime.block_on(limited)));
    let failed = !matches!(result, Ok(Ok(Ok(()))));
    let end = runtime.block_on(async { tokio::time::timeout(LIMIT, stage.end(failed)).await });
    let end = end.unwrap_or_else(|_| trouble("the browsers did not close"));
    match result {
        Err(panic) => {
            report(end);
            std::panic::resume_unwind(panic)
        }
        Ok(Err(_)) => {
            report(end);
            trouble(format!("the test took longer than {} s", LIMIT.as_secs()))
        }
        Ok(Ok(Err(trouble))) => {
            report(end);
            Err(trouble)
        }
        Ok(Ok(Ok(()))) => end,
    }
}

/// What else went wrong in a test that failed anyway.
fn report(end: Outcome) {
    if let Err(problem) = end {
        eprintln!("{problem:?}");
    }
}

/// The test runner names the thread after the test.
fn test_name() -> String {
    std::thread::current().name().unwrap_or("test").to_owned()
}
