//! How smoothly the map of a large Region moves: milliseconds a frame while it is panned at each of its zooms, and from the press
//! of a zoom button to the frame that shows what it asked for. Measures and prints; judges nothing.

use serde_json::json;

use crate::{Find, Outcome, Page, trouble};

/// Instances on the map: budget "map with 1,000 instances".
const INSTANCES: usize = 1_000;

/// Makes the instances, a hundred a call, and lets them come up.
const MAKE: &str = "
    const wanted = {Owners: ['amazon'], Filters: [{Name: 'architecture', Values: ['x86_64']}, {Name: 'root-device-type', Values: ['ebs']}]};
    const image = (await stratus.call('ec2', 'DescribeImages', wanted)).Images[0].ImageId;
    for (let made = 0; made < given[0]; made += 100)
        await stratus.call('ec2', 'RunInstances', {ImageId: image, InstanceType: 't3.micro', MinCount: 100, MaxCount: 100});
    await stratus.advance(300)";

/// Scrolls up and down for two seconds or so of frames: the mean time from one to the next.
const PAN: &str = "
    const panel = document.querySelector('.panel'), times = [];
    let step = 25;
    panel.scrollTop = 0;
    await new Promise(done => {
        const frame = now => {
            times.push(now);
            panel.scrollTop += step;
            if (panel.scrollTop <= 0 || panel.scrollTop + panel.clientHeight >= panel.scrollHeight - 1) step = -step;
            times.length > 120 ? done() : requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame);
    });
    return (times.at(-1) - times[0]) / (times.length - 1)";

/// Presses a button by its name, and waits until what it asked for is there and painted.
const ZOOM: &str = "
    const began = performance.now();
    document.querySelector(`.zoom [aria-label='${given[0]}']`).click();
    while (!document.querySelector(given[1])) await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    return performance.now() - began";

/// Opens nothing: fills an empty world, whose map is shown, with the instances.
pub async fn fill(page: &Page) -> Outcome {
    page.script(MAKE, vec![json!(INSTANCES)]).await?;
    let all = format!("document.querySelectorAll('.dot').length === {INSTANCES}");
    page.until("all to be drawn", &all).await
}

/// Milliseconds a frame while the map is panned as it is.
pub async fn pan(page: &Page) -> Outcome<f64> {
    number(page, PAN, Vec::new()).await
}

/// Milliseconds from a press of `Zoom in` or `Zoom out` until this is shown.
async fn zoom(page: &Page, button: &str, shown: &str) -> Outcome<f64> {
    number(page, ZOOM, vec![json!(button), json!(shown)]).await
}

async fn number(page: &Page, body: &str, given: Vec<serde_json::Value>) -> Outcome<f64> {
    match page.script(body, given).await?.as_f64() {
        Some(number) => Ok(number),
        None => trouble("the page has measured nothing"),
    }
}

/// The rows of `cargo tasks bench`, of a page that shows an empty world.
pub(crate) async fn measure(page: &Page) -> Outcome<Vec<(&'static str, f64)>> {
    page.region("Panels").button("Map").click().await?;
    fill(page).await?;
    let mut rows = vec![("map-pan-dots-1000", pan(page).await?)];
    let to_lines = zoom(page, "Zoom in", ".lines .instance").await?;
    rows.push(("map-pan-lines-1000", pan(page).await?));
    let to_whole = zoom(page, "Zoom in", ".instance .minis").await?;
    rows.push(("map-pan-whole-1000", pan(page).await?));
    let back = zoom(page, "Zoom out", ".lines .instance").await?;
    let to_dots = zoom(page, "Zoom out", ".dot").await?;
    let slowest = [to_lines, to_whole, back, to_dots].into_iter().fold(0.0, f64::max);
    rows.push(("map-zoom-1000", slowest));
    Ok(rows)
}
