//! What `cargo tasks` offers of the browser: `screenshot`, `first-load`, `lighthouse`. Builds nothing: it looks at what
//! `trunk build` left in `dist/`.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use serde_json::Value;
use stratus_tasks::failure::{Failure, Outcome as TaskOutcome};
use stratus_tasks::machine;
use stratus_tasks::site::Site;

use crate::page::{Emulation, save};
use crate::{Browser, Outcome, Page, Profile, Trouble, first_load, lighthouse};

const SCREENSHOT: &str = "\
usage: cargo tasks screenshot [OPTION…]

Serves dist/ (build it with `trunk build`), opens it in Chromium and takes a picture.

  --url PATH     what follows the site's address: '?scenario=empty', '#w=…' (default: nothing)
  --size WxH     the viewport (default 1280x800); 390x844 is a phone
  --dark         dark colours
  --still        reduced motion
  --script JS    the body of an async function, run once the page is ready; what it returns is printed
  --wait MS      wait so long after that (default 300)
  --out FILE     where to write the PNG (default target/screens/page.png)
";

#[derive(Debug, PartialEq, Eq)]
struct Shot {
    url: String,
    emulation: Emulation,
    script: Option<String>,
    wait: Duration,
    out: PathBuf,
}

/// Runs the command that the arguments name. Exit codes: 0 done, 1 failed, 2 usage.
#[must_use]
pub fn run(mut arguments: Vec<OsString>) -> u8 {
    let command = if arguments.is_empty() {
        OsString::new()
    } else {
        arguments.remove(0)
    };
    let done = match command.to_str() {
        Some("screenshot") => shot(arguments),
        Some("first-load") if arguments.is_empty() => in_runtime(first_load::measure()),
        Some("lighthouse") if arguments.is_empty() => in_runtime(async { lighthouse::run() }),
        _ => Err(Failure::Usage(
            "cargo tasks screenshot [OPTION…], cargo tasks first-load, cargo tasks lighthouse".into(),
        )),
    };
    match done {
        Ok(()) => 0,
        Err(failure) => {
            eprintln!(
                "{}: {failure}",
                if matches!(failure, Failure::Usage(_)) {
                    "usage"
                } else {
                    "failed"
                }
            );
            failure.exit_code()
        }
    }
}

fn shot(arguments: Vec<OsString>) -> TaskOutcome {
    let Some(shot) = parse(arguments)? else {
        print!("{SCREENSHOT}");
        return Ok(());
    };
    in_runtime(take(&shot))
}

/// Runs one future to its end.
fn in_runtime<T>(work: impl Future<Output = Outcome<T>>) -> TaskOutcome<T> {
    let as_failure = |trouble: Trouble| Failure::Failed(trouble.text().to_owned());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime
        .map_err(|error| as_failure(error.into()))?
        .block_on(work)
        .map_err(as_failure)
}

/// None: help was asked for.
fn parse(arguments: Vec<OsString>) -> TaskOutcome<Option<Shot>> {
    use lexopt::prelude::*;
    let mut shot = Shot {
        url: String::new(),
        emulation: Emulation::DESKTOP,
        script: None,
        wait: Duration::from_millis(300),
        out: machine::target().join("screens/page.png"),
    };
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next()? {
        match argument {
            Long("url") => shot.url = parser.value()?.string()?,
            Long("size") => {
                let (width, height) = size(&parser.value()?.string()?)?;
                shot.emulation = Emulation {
                    width,
                    height,
                    touch: width < 600,
                    ..shot.emulation
                };
            }
            Long("dark") => shot.emulation.dark = true,
            Long("still") => shot.emulation.still = true,
            Long("script") => shot.script = Some(parser.value()?.string()?),
            Long("wait") => shot.wait = Duration::from_millis(parser.value()?.parse()?),
            Long("out") => shot.out = parser.value()?.into(),
            Long("help") | Short('h') => return Ok(None),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Some(shot))
}

fn size(text: &str) -> TaskOutcome<(u32, u32)> {
    let sides = text
        .split_once(['x', '×'])
        .and_then(|(width, height)| Some((width.parse().ok()?, height.parse().ok()?)));
    match sides {
        Some((width @ 1..=8192, height @ 1..=8192)) => Ok((width, height)),
        _ => Err(Failure::Usage(format!("--size wants 1280x800, not {text:?}"))),
    }
}

async fn take(shot: &Shot) -> Outcome {
    let site = Site::new(machine::dist(), "/stratus/").serve_somewhere()?;
    let browser = Browser::start(&Profile::fresh()?).await?;
    let done = take_in(&browser, shot, &format!("{}{}", site.address(), shot.url)).await;
    for problem in browser.problems().await.unwrap_or_default() {
        eprintln!("console: {problem}");
    }
    browser.close().await?;
    done
}

async fn take_in(browser: &Browser, shot: &Shot, address: &str) -> Outcome {
    let page = browser.first_page().await?;
    page.emulate(shot.emulation).await?;
    page.goto(address).await?;
    if !started(&page).await? {
        eprintln!("the page is not ready (no `stratus-ready` mark); this is how it looks so far");
    }
    if let Some(script) = &shot.script {
        let answer = page.script(script, Vec::new()).await?;
        if answer != Value::Null {
            println!("{answer:#}");
        }
    }
    tokio::time::sleep(shot.wait).await;
    save(&shot.out, &page.picture().await?)?;
    println!("{}", shot.out.display());
    Ok(())
}

/// Waits for the mark that the app sets when it can be used; false where it does not come.
async fn started(page: &Page) -> Outcome<bool> {
    let began = Instant::now();
    while began.elapsed() < Duration::from_secs(10) {
        let state = "return performance.getEntriesByName('stratus-ready').length ? 'ready' \
            : document.getElementById('boot-failure')?.hidden === false ? 'failed' : 'loading'";
        match page.script(state, Vec::new()).await?.as_str() {
            Some("ready") => return Ok(true),
            Some("failed") => return Ok(false),
            _ => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn parsed(words: &[&str]) -> TaskOutcome<Option<Shot>> {
        parse(words.iter().map(OsString::from).collect())
    }

    #[test]
    fn a_shot_is_read_from_the_command_line() {
        let shot = parsed(&["--url", "?embed=1", "--size", "390x844", "--dark", "--wait=5"])
            .unwrap()
            .unwrap();
        assert_eq!(shot.url, "?embed=1");
        assert_eq!(shot.emulation, Emulation::PHONE.dark());
        assert_eq!(shot.wait, Duration::from_millis(5));
    }

    #[test]
    fn what_cannot_be_understood_is_a_usage_error() {
        for words in [
            &["--size", "big"][..],
            &["--size", "0x10"],
            &["--wait", "long"],
            &["--tall"],
            &["page.png"],
        ] {
            assert!(matches!(parsed(words), Err(Failure::Usage(_))), "{words:?}");
        }
    }
}
