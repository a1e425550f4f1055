//! Shortcuts that hold everywhere. The sheet (?) lists this very table.

use crate::session::action::Internal;
use crate::session::{Action, Ctx, Dialog, Panel, Speed};
use std::cell::RefCell;
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

/// Milliseconds for which keys are held for a search that was asked for: if it has not opened by then, it does not open.
const HELD_FOR: f64 = 3_000.0;

thread_local! {
    /// What was typed since a search was asked for at that moment of the browser's events, and has not the focus yet. A slow
    /// machine draws it some keys later; those belong to it, and are no shortcuts.
    static AHEAD: RefCell<Option<(f64, String)>> = const { RefCell::new(None) };
}

/// Holds a key for the search that is opening; whether it did. Enter is held as a line's end.
pub fn held(event: &KeyboardEvent) -> bool {
    let key = event.key();
    AHEAD.with_borrow_mut(|ahead| {
        let Some((_, typed)) = ahead.as_mut().filter(|(at, _)| event.time_stamp() - *at < HELD_FOR) else {
            *ahead = None;
            return false;
        };
        match key.as_str() {
            _ if event.ctrl_key() || event.meta_key() || event.alt_key() => return false,
            "Escape" => {
                *ahead = None;
                return false;
            }
            "Enter" => typed.push('\n'),
            "Backspace" => drop(typed.pop()),
            letter if letter.chars().count() == 1 => typed.push_str(letter),
            _ => return false,
        }
        true
    })
}

/// What was typed before the search had the focus, which it has now.
pub fn typed_ahead() -> String {
    AHEAD.take().map_or_else(String::new, |(_, typed)| typed)
}

/// What a key press means, if anything; `typing` = the focus is in a field.
pub fn action(event: &KeyboardEvent, ctx: &Ctx, typing: bool) -> Option<Action> {
    let command = event.ctrl_key() || event.meta_key();
    let key = event.key();
    if command && key.eq_ignore_ascii_case("k") {
        if !matches!(ctx.screen().dialog, Some(Dialog::Search)) {
            AHEAD.set(Some((event.time_stamp(), String::new())));
        }
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
