//! The path in words, for ears and for the description of a drawing: one sentence for the whole, one for each step.

use crate::panels::path::{stage, station_name, verdict};
use crate::session::Ctx;
use crate::session::traced::{Traced, is_station};
use stratus_engine::network::{Hop, Verdict, foreign_words, protocol_text};

/// How an end of the flow is called.
pub fn end(ctx: &Ctx, traced: &Traced, source: bool) -> String {
    let region = traced.region_of(source);
    match (stage::instance_of(ctx, traced, source), traced.address(source)) {
        (Some(instance), _) if region != traced.region => {
            format!("{} in {}", ctx.world().label(region, instance.id.into()), region.name())
        }
        (Some(instance), _) => ctx.world().label(region, instance.id.into()),
        (None, Some(address)) if traced.is_outside(source) => {
            let name = foreign_words(address);
            // In the middle of a sentence.
            format!("{} ({address})", name.replacen("The ", "the ", 1))
        }
        (None, Some(address)) => address.to_string(),
        (None, None) => "somewhere".to_owned(),
    }
}

/// What was asked, and how it ends.
pub fn summary(ctx: &Ctx, traced: &Traced) -> String {
    let first = traced.trace.explanations.first();
    let why = first.map_or(String::new(), |first| format!(" {}", first.detail));
    format!("{}. {}.{why}", question(ctx, traced), verdict::title(traced))
}

/// What was asked.
pub fn question(ctx: &Ctx, traced: &Traced) -> String {
    let what = traced.first().map_or(String::new(), |packet| {
        let protocol = protocol_text(packet.protocol).to_ascii_uppercase();
        if matches!(packet.protocol, 6 | 17) {
            format!(", {protocol} port {}", packet.destination_port)
        } else {
            format!(", {protocol}")
        }
    });
    format!("From {} to {}{what}", end(ctx, traced, true), end(ctx, traced, false))
}

/// What speaks at a step.
pub fn place(hop: &Hop) -> &'static str {
    if is_station(hop) {
        station_name(hop)
    } else {
        stage::layer_words(hop.layer).0
    }
}

/// Every step of both ways as a sentence.
pub fn steps(traced: &Traced) -> Vec<String> {
    let all = (0..traced.len()).filter_map(|index| Some((index, traced.hop(index)?)));
    all.map(|(index, hop)| {
        let way = if traced.is_back(index) { "Answer" } else { "Request" };
        let side = match is_station(hop) {
            true => "",
            false if hop.at_source => ", sender's host",
            false => ", receiver's host",
        };
        let abroad = hop.region().map(|region| format!(" in {}", region.name()));
        let abroad = abroad.unwrap_or_default();
        let word = if hop.verdict == Verdict::Deny {
            "stops it"
        } else {
            "lets it pass"
        };
        let translated = if hop.before == hop.after {
            String::new()
        } else {
            format!(
                " It goes on from {} to {}.",
                hop.after.source_text(),
                hop.after.destination_text()
            )
        };
        format!(
            "{way}: {}{side}{abroad}, {word}. {}{translated}",
            place(hop),
            hop.text()
        )
    })
    .collect()
}
