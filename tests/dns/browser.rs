//! The DNS in the browser: a large zone's name servers answer there as they do natively, and it says how long an answer takes
//! (a figure, not a test; `cargo tasks bench` prints it of a release build, beside the native one).

#![allow(clippy::unwrap_used, reason = "a test stops where it cannot go on")]

#[path = "../bench/browser.rs"]
mod browser;
#[path = "../bench/zone.rs"]
mod zone;

use browser::{tell, timed};
use std::collections::BTreeMap;
use stratus_engine::dns::authority::Found;
use stratus_engine::dns::{Asking, authority};

/// Answers that are timed: enough for a clock of milliseconds.
const ANSWERS: u64 = 200_000;
/// Of a debug build, whose figures nobody reads.
const FEW: u64 = 4_000;

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_large_zone_answers_in_the_browser_too() {
    let engine = zone::built();
    let world = engine.world();
    let hosted = world.route53.zones.rows().next().unwrap();
    let ask = |name: &str, lot: u64| {
        let asking = Asking {
            lot,
            ..Asking::default()
        };
        match authority::find(world, hosted, name, "A", &asking) {
            Found::Records { values, .. } => values,
            _ => Vec::new(),
        }
    };
    assert_eq!(ask(zone::ONE, 1), ["10.16.146.1"]);
    let mut drawn: BTreeMap<Vec<String>, u64> = BTreeMap::new();
    for lot in 0..FEW {
        *drawn.entry(ask(zone::WEIGHTED, lot)).or_default() += 1;
    }
    // Four weights that are alike: about a quarter each.
    assert_eq!(drawn.len(), 4);
    assert!(
        drawn.values().all(|count| count.abs_diff(FEW / 4) < FEW / 16),
        "{drawn:?}"
    );

    let answers = if cfg!(debug_assertions) { FEW } else { ANSWERS };
    let per = 1e6 / answers as f64;
    for (figure, name) in [
        ("browser-dns-answer", zone::ONE),
        ("browser-dns-answer-weighted", zone::WEIGHTED),
    ] {
        let (full, each) = timed(figure, per, || {
            (0..answers).filter(|lot| ask(name, *lot).len() == 1).count()
        });
        tell(&format!("{figure}: {:.0} answers a second", 1e6 / each));
        assert_eq!(full as u64, answers);
    }
}
