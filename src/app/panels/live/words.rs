//! What the list, the map and the inspector say of a connection, in the same words.

use super::reading::{Row, Stage, Tally, Tracking};
use crate::ui::{thousands, time_of_day};
use stratus_engine::base::time::Span;
use stratus_engine::network::protocol_text;

/// Connections that a short list shows.
pub const FEW: usize = 6;

/// `3 open, 1 lives on, 2 cut`.
pub fn tally(tally: &Tally) -> String {
    let parts = [
        (tally.open, "open", "open"),
        (tally.lives_on, "lives on", "live on"),
        (tally.cut, "cut", "cut"),
        (tally.over, "over", "over"),
    ];
    let told: Vec<String> = parts
        .into_iter()
        .filter(|(number, ..)| *number > 0)
        .map(|(number, one, many)| format!("{} {}", thousands(number), if number == 1 { one } else { many }))
        .collect();
    if told.is_empty() {
        "none".to_owned()
    } else {
        told.join(", ")
    }
}

/// Who with whom.
pub fn ends(row: &Row) -> String {
    format!("{} → {}", row.from.name, row.to.name)
}

/// `tcp 443`; `icmp`; `55,000 × tcp 443` for many alike.
pub fn service(row: &Row) -> String {
    let protocol = protocol_text(row.connection.protocol);
    let many = match row.connection.count {
        1 => String::new(),
        more => format!("{} × ", thousands(more)),
    };
    match row.connection.protocol {
        6 | 17 => format!("{many}{protocol} {}", row.connection.destination.1),
        _ => format!("{many}{protocol}"),
    }
}

/// What it is in, as a sentence.
pub fn state(row: &Row) -> String {
    match (row.stage, &row.connection.ended) {
        (Stage::Open, _) => "Open.".to_owned(),
        (Stage::LivesOn, _) => "Lives on: tracked.".to_owned(),
        (Stage::Cut, _) => match row.tracking() {
            Tracking::Untracked => "Cut: untracked, its next packet is dropped.".to_owned(),
            _ => "Cut: its next packet is dropped.".to_owned(),
        },
        (Stage::Over, Some((at, _))) => format!("Over since {}.", time_of_day(*at)),
        (Stage::Over, None) => "Over.".to_owned(),
    }
}

/// Whether interfaces remember it, in a word, and what that means.
pub fn tracking(row: &Row) -> (&'static str, &'static str) {
    match row.tracking() {
        Tracking::Tracked => (
            "tracked",
            "Every security group that it passes remembers it: it outlives the rule that let it in, until it is idle for too long.",
        ),
        Tracking::Partly => (
            "tracked at one end",
            "One end's security groups remember it, the other's do not: there it drops with its rule.",
        ),
        Tracking::Untracked => (
            "untracked",
            "No security group remembers it, for everything is open both ways: it drops with its rule, and nothing runs out.",
        ),
    }
}

/// A span as a countdown shows it: `4 d 23 h`, `2 h 05 min`, `5 min 49 s`, `29 s`.
pub fn left(span: Span) -> String {
    let seconds = (span.0.max(0) + 999) / 1_000;
    match seconds {
        ..=59 => format!("{seconds} s"),
        60..=3_599 => format!("{} min {:02} s", seconds / 60, seconds % 60),
        3_600..=86_399 => format!("{} h {:02} min", seconds / 3_600, seconds % 3_600 / 60),
        _ => format!("{} d {} h", seconds / 86_400, seconds % 86_400 / 3_600),
    }
}

/// What a connection is called, by its number.
pub fn connection_name(number: u64) -> String {
    format!("conn-{number}")
}

/// The number in a connection's name.
pub fn connection_number(name: &str) -> Option<u64> {
    name.strip_prefix("conn-")?.parse().ok()
}
