//! The arrow keys go from instance to instance, as one sees them on the screen; with Alt they go along the edges of the
//! map: out of an instance to its subnet, its VPC, the gateway, and in again.

use wasm_bindgen::JsCast;
use web_sys::{DomRect, HtmlElement, KeyboardEvent};

/// What the keys stop at.
const STOPS: &str = ".instance-main";

/// From the outside in: what has the focus, in which frame, and what stands for it there.
const RUNGS: [(&str, &str); 4] = [
    (".edge:not(.none)", ".vpc"),
    (".vpc > header .title", ".vpc"),
    (".subnet > header .title", ".subnet"),
    (STOPS, ".instance, .dot"),
];

/// Moves the focus for an arrow key that was pressed on one of the stops.
#[inline(never)]
pub fn on_key(event: &KeyboardEvent) {
    if event.alt_key() {
        return along(event);
    }
    let (dx, dy) = match event.key().as_str() {
        "ArrowLeft" => (-1.0, 0.0),
        "ArrowRight" => (1.0, 0.0),
        "ArrowUp" => (0.0, -1.0),
        "ArrowDown" => (0.0, 1.0),
        _ => return,
    };
    let from = event
        .target()
        .and_then(|target| target.dyn_into::<HtmlElement>().ok())
        .filter(|element| element.matches(STOPS).unwrap_or(false));
    let Some(from) = from else { return };
    if let Some(next) = nearest(&from, dx, dy) {
        event.prevent_default();
        // Fails only for an element that is gone.
        let _ = next.focus();
    }
}

/// Out of what has the focus, or into it.
fn along(event: &KeyboardEvent) {
    let step: isize = match event.key().as_str() {
        "ArrowUp" => -1,
        "ArrowDown" => 1,
        _ => return,
    };
    let Some(from) = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok()) else {
        return;
    };
    let Some(own) = RUNGS.iter().position(|(stop, _)| from.matches(stop).unwrap_or(false)) else {
        return;
    };
    // EC2-Classic has no subnets: what is not there is stepped over.
    let mut rung = own;
    while let Some((stop, frame)) = rung.checked_add_signed(step).and_then(|next| RUNGS.get(next)) {
        rung = rung.saturating_add_signed(step);
        // Inwards one looks in the frame of what has the focus, outwards in the frame of what is sought.
        let frame = if step > 0 { RUNGS[own].1 } else { frame };
        let found = from.closest(frame).ok().flatten();
        let found = found.and_then(|frame| frame.query_selector(stop).ok().flatten());
        if let Some(found) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
            event.prevent_default();
            // Fails only for an element that is gone.
            let _ = found.focus();
            return;
        }
    }
}

fn centre(rect: &DomRect) -> (f64, f64) {
    (rect.x() + rect.width() / 2.0, rect.y() + rect.height() / 2.0)
}

/// The stop that lies nearest in a direction: along it first, sideways counting double.
fn nearest(from: &HtmlElement, dx: f64, dy: f64) -> Option<HtmlElement> {
    let all = gloo::utils::document().query_selector_all(STOPS).ok()?;
    let (x, y) = centre(&from.get_bounding_client_rect());
    let mut best: Option<(f64, HtmlElement)> = None;
    for index in 0..all.length() {
        let Some(stop) = all.item(index).and_then(|node| node.dyn_into::<HtmlElement>().ok()) else {
            continue;
        };
        let (to_x, to_y) = centre(&stop.get_bounding_client_rect());
        let along = (to_x - x) * dx + (to_y - y) * dy;
        let aside = ((to_x - x) * dy).abs() + ((to_y - y) * dx).abs();
        if along > 1.0 {
            let distance = along + 2.0 * aside;
            if best.as_ref().is_none_or(|(least, _)| distance < *least) {
                best = Some((distance, stop));
            }
        }
    }
    best.map(|(_, stop)| stop)
}
