//! The survey in the browser: it finds what it finds natively, and says how long it takes (a figure, not a test). Release
//! figures, as the page has them:
//! `CHROMEDRIVER=… WASM_BINDGEN_USE_BROWSER=1 CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner cargo test
//! --release --target wasm32-unknown-unknown -p stratus-engine --test survey_browser -- --nocapture`; `cargo tasks verify`
//! runs the same without `--release`. SURVEY_INSTANCES, where it is set when this is built, is the number of instances:
//! 100, 1000, 3000 or all of these; `cargo tasks bench` prints them beside the native figures.

#![allow(clippy::unwrap_used, reason = "a test stops where it cannot go on")]
#![allow(clippy::needless_update, reason = "rows grow, and then the update is needed")]

#[path = "../bench/browser.rs"]
mod browser;
#[path = "../bench/estate.rs"]
mod estate;
mod rows;
#[allow(dead_code, reason = "the names of things are for fixtures")]
mod topology;

use browser::timed;
use estate::{Groups, built};
use rows::REGION;
use stratus_engine::network::survey::{Origin, open_to_world, survey};
use stratus_engine::network::{Disposition, reachability};

/// How many instances, how many classes of them by groups that they share, and how many are open to the whole Internet.
const FOUND: [(usize, usize, usize); 3] = [(100, 20, 25), (1_000, 20, 250), (3_000, 20, 750)];

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn the_survey_is_the_same_in_the_browser() {
    let wanted = option_env!("SURVEY_INSTANCES").unwrap_or("100");
    for found in FOUND {
        if wanted == "all" || wanted == found.0.to_string() {
            is_the_same(found);
        }
    }
}

fn is_the_same((count, classes, open): (usize, usize, usize)) {
    let topology = built(count, Groups::Shared);
    let (found, _) = timed(&format!("browser-survey-{count}"), 1.0, || {
        survey(&topology.world, REGION)
    });
    assert_eq!(found.instances().count(), count);
    let all = open_to_world(&topology.world, REGION);
    let everywhere = all.iter().filter(|open| open.from == Origin::Everywhere).count();
    assert_eq!((found.classes().len(), everywhere), (classes, open));
    let (all, _) = timed(&format!("browser-reachability-{count}"), 1.0, || {
        reachability(&topology.world, REGION, 6, 443)
    });
    let pairs = (0..count).flat_map(|from| (0..count).map(move |to| (from, to)));
    let arrive = pairs.filter(|(from, to)| all.between(*from, *to) == Disposition::Delivered);
    assert!(arrive.count() > count);
    // The worst case: no two are alike.
    let own = built(count, Groups::Own);
    let (found, _) = timed(&format!("browser-survey-own-groups-{count}"), 1.0, || {
        survey(&own.world, REGION)
    });
    assert_eq!(found.classes().len(), count);
}
