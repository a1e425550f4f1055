//! How long the links to the built-in scenarios are, in characters, without the page's own address:
//! `cargo bench -p stratus-classroom --bench links`. The same number on every machine; a test holds it to its budget.

#![allow(clippy::unwrap_used, reason = "a benchmark stops where it cannot go on")]

mod measure;

use stratus_classroom::{File, link, scenarios};

/// A VPC in three tiers: what the design's budget speaks of.
const THREE_TIER: &str = include_str!("../scenarios/three-tier.stratus.json");

fn main() {
    let built_in = scenarios::ALL.iter().map(|scenario| (scenario.name, scenario.text()));
    for (scenario, text) in built_in.chain([("three-tier", THREE_TIER)]) {
        let file = File::from_text(text).unwrap();
        let opened = file.open().unwrap();
        let mut shared = File::of_line(&opened.engine, &file.name);
        shared.screen = file.screen;
        let name = format!("link-{scenario}");
        measure::print(&name, link::encode(&shared).unwrap().len() as f64);
    }
}
