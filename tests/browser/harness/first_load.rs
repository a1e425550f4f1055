//! How soon the page can be used by somebody who never saw it: a fresh profile, 10 Mbit/s and 40 ms to the server, as
//! Lighthouse takes a desktop to be (<https://github.com/GoogleChrome/lighthouse/blob/main/docs/throttling.md>). Measures
//! and prints; judges nothing.

use serde_json::{Value, json};
use stratus_tasks::machine;
use stratus_tasks::site::Site;

use crate::{Browser, Outcome, Page, Profile, block_frames, map_frames, trouble};

/// Loads; the median counts.
const RUNS: usize = 5;

/// Lighthouse's desktop: 10,240 kbit/s, in bytes a second.
const BYTES_A_SECOND: u64 = 10_240 * 1024 / 8;

/// Lighthouse's desktop: milliseconds there and back.
const ROUND_TRIP: u64 = 40;

/// Calls through `window.stratus` that are timed.
const CALLS: usize = 30;

/// What one load took, milliseconds since the navigation began.
struct Load {
    painted: f64,
    interactive: f64,
}

/// Prints lines `measured NAME VALUE` for `cargo tasks bench`.
pub(crate) async fn measure() -> Outcome {
    let site = Site::new(machine::dist(), "/stratus/").serve_somewhere()?;
    let (mut painted, mut interactive, mut written) = (Vec::new(), Vec::new(), Vec::new());
    for run in 0..RUNS {
        let browser = Browser::start(&Profile::fresh()?).await?;
        let page = browser.first_page().await?;
        let load = load(&page, &site.address()).await?;
        painted.push(load.painted);
        interactive.push(load.interactive);
        if run == 0 {
            written.extend(writing_call(&page).await?);
        }
        browser.close().await?;
    }
    for (name, times) in [
        ("first-contentful-paint", painted),
        ("interactive", interactive),
        ("browser-call-write", written),
    ] {
        if let Some(time) = median(times) {
            println!("measured {name} {time}");
        }
    }
    large_pictures(&site.address()).await
}

/// The map of many instances and of many blocks, as fast as the machine is: each in a browser and a world of its own.
async fn large_pictures(address: &str) -> Outcome {
    let (browser, page) = empty(address).await?;
    for (name, time) in map_frames::measure(&page).await? {
        println!("measured {name} {time}");
    }
    browser.close().await?;
    let (browser, page) = empty(address).await?;
    let (name, time) = block_frames::measure(&page).await?;
    println!("measured {name} {time}");
    browser.close().await
}

/// A browser that shows an empty world whose clock stands.
async fn empty(address: &str) -> Outcome<(Browser, Page)> {
    let browser = Browser::start(&Profile::fresh()?).await?;
    let page = browser.first_page().await?;
    page.goto(&format!("{address}?tour=0&scenario=empty&clock=paused"))
        .await?;
    page.ready().await?;
    Ok((browser, page))
}

async fn load(page: &Page, address: &str) -> Outcome<Load> {
    page.devtools("Network.enable", json!({})).await?;
    let network = json!({
        "offline": false, "latency": ROUND_TRIP, "downloadThroughput": BYTES_A_SECOND, "uploadThroughput": BYTES_A_SECOND,
    });
    page.devtools("Network.emulateNetworkConditions", network).await?;
    page.goto(address).await?;
    page.ready().await?;
    let time = async |name: &str| {
        let body = "return performance.getEntriesByName(given[0])[0]?.startTime ?? null";
        match page.script(body, vec![json!(name)]).await?.as_f64() {
            Some(time) => Ok(time),
            None => trouble(format!("the page has no {name}")),
        }
    };
    page.until(
        "a first paint",
        "performance.getEntriesByName('first-contentful-paint').length",
    )
    .await?;
    Ok(Load {
        painted: time("first-contentful-paint").await?,
        interactive: time("stratus-ready").await?,
    })
}

/// The times of calls that write, from the call to the next frame after its answer, in milliseconds.
async fn writing_call(page: &Page) -> Outcome<Vec<f64>> {
    let body = "
        const times = [];
        for (let at = 0; at < given[0]; at++) {
            const began = performance.now();
            await stratus.call('ec2', 'CreateVolume', { AvailabilityZone: 'us-east-1a', Size: 1 });
            await new Promise(requestAnimationFrame);
            times.push(performance.now() - began);
        }
        return times";
    match page.script(body, vec![json!(CALLS)]).await? {
        Value::Array(times) => Ok(times.iter().filter_map(Value::as_f64).collect()),
        other => trouble(format!("the calls answered {other}")),
    }
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::median;

    #[test]
    fn the_median_is_the_one_in_the_middle() {
        assert_eq!(median(vec![9.0, 1.0, 5.0]), Some(5.0));
        assert_eq!(median(Vec::new()), None);
    }
}
