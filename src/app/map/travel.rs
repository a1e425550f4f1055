//! The arrow keys go from instance to instance, as one sees them on the screen, and from one way out of a VPC to the next
//! (gateways, peering, endpoints). With Alt they go along the edges of the map: out of an instance to its subnet, its VPC, a
//! way out, through that one to where it leads, and in again. What gets the focus says what it is and where it leads.

use wasm_bindgen::JsCast;
use web_sys::{DomRect, HtmlElement, KeyboardEvent};

/// What the keys stop at.
const STOPS: &str = ".instance-main";

/// The ways out of a VPC.
const WAYS: &str = ".edge:not(.none), .door > .mini";

/// From the outside in: what has the focus, in which frame, and what stands for it there.
const RUNGS: [(&str, &str); 5] = [
    (".sky button", ".vpc"),
    (WAYS, ".vpc"),
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
    let from = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
    let Some(from) = from else { return };
    let is = |stops: &str| from.matches(stops).unwrap_or(false);
    let next = match () {
        () if is(STOPS) => nearest(&from, dx, dy),
        () if is(WAYS) => beside(&from, if dx + dy > 0.0 { 1 } else { -1 }),
        () => None,
    };
    if let Some(next) = next {
        event.prevent_default();
        // Fails only for an element that is gone.
        let _ = next.focus();
    }
}

/// The way out of the same VPC that comes next.
fn beside(from: &HtmlElement, step: i64) -> Option<HtmlElement> {
    let all = from.closest(".vpc").ok().flatten()?.query_selector_all(WAYS).ok()?;
    let place = (0..all.length()).find(|at| all.item(*at).is_some_and(|node| node.is_same_node(Some(from))))?;
    let next = u32::try_from(i64::from(place) + step).ok()?;
    all.item(next)?.dyn_into().ok()
}

/// Through a door: to the VPC at its other end, or to the gateway that it goes out by. Whether it leads anywhere on the map.
fn through(door: &HtmlElement) -> bool {
    let frame = door.parent_element();
    let link = frame.and_then(|frame| frame.query_selector(".link").ok().flatten());
    let gateway = || {
        let vpc = door
            .closest(".vpc")
            .ok()
            .flatten()
            .filter(|_| door.has_attribute("data-out"))?;
        vpc.query_selector(".edge:not(.none)").ok().flatten()
    };
    if let Some(link) = link.and_then(|link| link.dyn_into::<HtmlElement>().ok()) {
        link.click();
        return true;
    }
    let gateway = gateway().and_then(|gateway| gateway.dyn_into::<HtmlElement>().ok());
    // Fails only for an element that is gone.
    gateway.is_some_and(|gateway| gateway.focus().is_ok())
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
    if step < 0 && from.matches(".door > .mini").unwrap_or(false) {
        // Out of a VPC by a door one comes to where the door leads; of one that leads nowhere the key is the browser's.
        if through(&from) {
            event.prevent_default();
        }
        return;
    }
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
