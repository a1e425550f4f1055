//! How smoothly the block map of a large volume moves: milliseconds a frame while one zooms and pans through a million blocks
//! in three snapshots. Measures and prints; judges nothing.

use serde_json::json;

use crate::{Find, Outcome, Page, trouble};

/// Writes between two snapshots, each of three blocks somewhere: a lane has more runs than there are parts to draw.
const WRITES: usize = 1_500;

/// A volume of 1 TiB, half of it written, then three snapshots with scattered writes between them.
const MAKE: &str = "
    const block = 512 * 1024, size = 1024 * 2 ** 30;
    const {VolumeId} = await stratus.call('ec2', 'CreateVolume', {AvailabilityZone: 'us-east-1a', Size: 1024});
    await stratus.advance(300);
    await stratus.call('stratus', 'WriteBlocks', {VolumeId, Offset: 0, Length: size / 2});
    for (let round = 0; round < 3; round++) {
        await stratus.call('ec2', 'CreateSnapshot', {VolumeId});
        await stratus.advance(86400);
        const stride = Math.floor(size / block / given[0]);
        for (let at = 0; at < given[0]; at++)
            await stratus.call('stratus', 'WriteBlocks', {VolumeId, Offset: (at * stride + round * 7) * block, Length: 3 * block});
    }";

/// Nearer, along, farther, a step each frame, for two seconds or so of frames; the mean time from one to the next.
const MOVE: &str = "
    const map = document.querySelector('.block-map'), times = [];
    const button = name => map.querySelector(`.lane-tools [aria-label='${name}']`);
    const way = ['Closer', 'Closer', 'Blocks behind', 'Blocks behind', 'Closer', 'Blocks behind', 'Blocks before', 'Farther', 'Blocks behind', 'Farther', 'Blocks before', 'Farther'];
    const lanes = map.querySelectorAll('.lane').length;
    const bands = map.querySelector('.lane path').getAttribute('d').split('M').length;
    if (lanes !== 4 || bands < 400) throw new Error(`${lanes} lanes, ${bands} bands`);
    let seen = '', moved = 0;
    await new Promise(done => {
        const frame = now => {
            times.push(now);
            button(way[times.length % way.length]).click();
            const scale = map.querySelector('.lane-scale').textContent;
            moved += scale !== seen;
            seen = scale;
            times.length > 120 ? done() : requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame);
    });
    if (moved < 100) throw new Error(`it moved ${moved} times only`);
    return (times.at(-1) - times[0]) / (times.length - 1)";

/// The row of `cargo tasks bench`, of a page that shows an empty world.
pub(crate) async fn measure(page: &Page) -> Outcome<(&'static str, f64)> {
    page.script(MAKE, vec![json!(WRITES)]).await?;
    page.region("Panels").button("Storage").click().await?;
    page.until(
        "the lanes to be drawn",
        "document.querySelectorAll('.block-map .lane path').length > 3",
    )
    .await?;
    match page.script(MOVE, Vec::new()).await?.as_f64() {
        Some(time) => Ok(("browser-block-map-frame", time)),
        None => trouble("the page has measured nothing"),
    }
}
