//! Shortcuts that hold everywhere. The sheet (?) lists this very table.

use crate::session::action::Internal;
use crate::session::{Action, Ctx, Dialog, Panel, Speed};
use web_sys::KeyboardEvent;

/// What the sheet of shortcuts shows: keys, and what they do.
pub const SHORTCUTS: &[(&str, &str)] = &[
    ("Ctrl+K", "Search everything"),
    ("?", "This sheet"),
    ("Ctrl+Z", "Undo"),
    ("Ctrl+Shift+Z", "Redo"),
    ("Space", "Pause or run the clock"),
    (".", "Step to the next thing that is pending"),
    ("1 – 8", "Open a panel"),
    ("N", "Launch an instance"),
    ("S", "Share"),
    (
        "Arrows",
        "On the map: to the next instance, or the next way out of a VPC",
    ),
    (
        "Alt+↑ ↓",
        "On the map: out to what is around it, through a door; in again",
    ),
    ("↑ ↓", "In the terminal: what was typed before; in search: the results"),
    (
        "Tab",
        "In the terminal: completes; Escape first to go on to the next control",
    ),
    ("Ctrl+R", "In the terminal: searches what was typed"),
    (
        "Ctrl+L, Ctrl+C",
        "In the terminal: clear the screen; leave the line unrun",
    ),
    ("Ctrl+wheel", "On the map: nearer, farther"),
    ("Esc", "Close what is open, leave the tour, or select nothing"),
];

/// What a key press means, if anything; `typing` = the focus is in a field.
pub fn action(event: &KeyboardEvent, ctx: &Ctx, typing: bool) -> Option<Action> {
    let command = event.ctrl_key() || event.meta_key();
    let key = event.key();
    if command && key.eq_ignore_ascii_case("k") {
        return Some(Action::Dialog(Some(Dialog::Search)));
    }
    if typing || ctx.screen().dialog.is_some() {
        return None;
    }
    if command {
        return match (key.to_ascii_lowercase().as_str(), event.shift_key()) {
            ("z", false) => Some(Action::Undo),
            ("z", true) | ("y", _) => Some(Action::Redo),
            _ => None,
        };
    }
    if event.alt_key() {
        return None;
    }
    match key.as_str() {
        "?" => Some(Action::Dialog(Some(Dialog::Shortcuts))),
        " " => {
            let next = if ctx.view().speed == Speed::Paused {
                Speed::Auto
            } else {
                Speed::Paused
            };
            Some(Action::SetSpeed(next))
        }
        "." => Some(Action::StepClock),
        "n" | "N" => Some(Action::Dialog(Some(Dialog::Launch))),
        "s" | "S" => Some(Action::Dialog(Some(Dialog::Share))),
        "Escape" if ctx.screen().tour.is_some() => Some(Action::Internal(Internal::Tour(None))),
        "Escape" => Some(Action::Select(None)),
        digit => {
            let place = digit
                .parse::<usize>()
                .ok()
                .filter(|_| digit.len() == 1)?
                .checked_sub(1)?;
            Panel::ALL.get(place).map(|panel| Action::Open(*panel))
        }
    }
}
