//! The arrow keys go from instance to instance, as one sees them on the screen.

use wasm_bindgen::JsCast;
use web_sys::{DomRect, HtmlElement, KeyboardEvent};

/// What the keys stop at.
const STOPS: &str = ".instance-main";

/// Moves the focus for an arrow key that was pressed on one of the stops.
pub fn on_key(event: &KeyboardEvent) {
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
