//! The wire: the packet's way drawn behind the layers, as far as it has come, and the packet on it. Measured from what is
//! on screen, so that it fits any width; drawn again when the size changes.

use super::stage::anchor;
use crate::session::traced::{Traced, is_station};
use crate::ui::size::use_resized;
use std::fmt::Write;
use std::rc::Rc;
use stratus_engine::network::Verdict;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// Radius of the wire's corners in pixels.
const CORNER: f64 = 10.0;
/// How far beside a tower the wire runs.
const LANE: f64 = 16.0;

/// Properties of [`Wire`].
#[derive(Properties, PartialEq)]
pub struct WireProps {
    /// The stage that is measured.
    pub stage: NodeRef,
    /// The answer.
    pub traced: Rc<Traced>,
    /// The step that the packet has reached.
    pub reached: usize,
}

/// A point of the wire, and the edge of the slab that a tick leads to.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Stop {
    x: f64,
    y: f64,
    edge: Option<f64>,
    /// Where the packet rests: beside what it has come to, never upon its words.
    rest: f64,
}

/// The wire.
#[component]
pub fn Wire(props: &WireProps) -> Html {
    let stops = use_state_eq(Vec::<Stop>::new);
    let resized = {
        let stage = props.stage.clone();
        use_resized(move || stage.cast())
    };
    let back = props.traced.is_back(props.reached);
    let forward = props.traced.trace.forward.len();
    let begin = if back { forward } else { 0 };
    let denied = props
        .traced
        .hop(props.reached)
        .is_some_and(|hop| hop.verdict == Verdict::Deny);
    {
        let (stops, stage, traced) = (stops.clone(), props.stage.clone(), props.traced.clone());
        use_effect_with((props.traced.clone(), back, denied, resized), move |_| {
            if let Some(stage) = stage.cast::<HtmlElement>() {
                stops.set(measured(&stage, &traced, back));
            }
        });
    }
    let led_in = usize::from(props.traced.is_outside(!back));
    let end = if back { props.traced.len() } else { forward };
    // With the last step, whatever lies behind it on the wire is reached too.
    let came = if props.reached + 1 >= end {
        stops.len()
    } else {
        (props.reached + 1).saturating_sub(begin) + led_in
    }
    .min(stops.len());
    let Some(at) = came.checked_sub(1).and_then(|last| stops.get(last)).copied() else {
        return html! { <svg class="wire" aria-hidden="true" /> };
    };
    let class = classes!("wire", if denied { "deny" } else { "allow" }, back.then_some("back"));
    html! {
        <>
        <svg class={class.clone()} aria-hidden="true">
            <path class="ahead" d={route(&stops)} />
            { for stops.iter().take(came).filter_map(|stop| Some(html! { <path class="tick" d={format!("M{:.1} {:.1}H{:.1}", stop.x, stop.y, stop.edge?)} /> })) }
            <path class="way" d={route(&stops[..came])} />
        </svg>
        // The packet itself runs above the slabs that the wire lies behind.
        <svg class={classes!(class, "above")} aria-hidden="true">
            <circle class="packet" r="7" ~style={format!("transform: translate({:.1}px, {:.1}px)", if denied { at.edge.unwrap_or(at.rest) } else { at.rest }, at.y)} />
        </svg>
        </>
    }
}

/// All stops of one way, as they stand on the stage.
fn measured(stage: &HtmlElement, traced: &Traced, back: bool) -> Vec<Stop> {
    let forward = traced.trace.forward.len();
    let steps = if back { forward..traced.len() } else { 0..forward };
    let end = steps.end;
    let mut met: Vec<Stop> = steps
        .map(|index| measure(stage, &anchor(traced, index), back))
        .collect();
    // What a receiver that is off never gets has no way; a gateway that refuses has been come to.
    let sent = met.len() > 1
        || traced
            .hop(0)
            .is_none_or(|hop| hop.at_source || is_station(hop) || hop.verdict != Verdict::Deny);
    if !sent {
        return Vec::new();
    }
    // An end outside has no layers that would speak: the wire begins and ends there all the same.
    let (first, last) = if back { ("t0", "s0") } else { ("s0", "t0") };
    if traced.is_outside(!back) {
        met.insert(0, measure(stage, first, back));
    }
    let arrives = traced
        .hop(end.saturating_sub(1))
        .is_some_and(|hop| hop.verdict != Verdict::Deny);
    if traced.is_outside(back) && arrives {
        met.push(measure(stage, last, back));
    }
    met
}

/// Where a step's slab or station is. What is not on screen stands at the stage's corner.
fn measure(stage: &HtmlElement, key: &str, back: bool) -> Stop {
    let frame = stage.get_bounding_client_rect();
    let element = stage.query_selector(&format!("[data-anchor='{key}']")).ok().flatten();
    let element = element.or_else(|| outside(stage, key));
    let Some(element) = element else {
        return Stop {
            x: 0.0,
            y: 0.0,
            edge: None,
            rest: 0.0,
        };
    };
    let rect = element.get_bounding_client_rect();
    let (left, right) = (rect.left() - frame.left(), rect.right() - frame.left());
    let y = rect.top() - frame.top() + rect.height() / 2.0;
    let stacked = stage.client_width() < 700;
    if stacked {
        return Stop {
            x: 7.0,
            y,
            edge: Some(left),
            rest: 7.0,
        };
    }
    let (x, edge, rest) = match key.as_bytes().first() {
        Some(b's') => {
            let lane = left_of(stage, &element, frame.left()).unwrap_or(left) - LANE;
            (lane, Some(left), lane)
        }
        Some(b't') => {
            let lane = right_of(&element, frame.left()).unwrap_or(right) + LANE;
            (lane, Some(right), lane)
        }
        // Stations are entered from the left on the way there, from the right on the way back.
        _ => ((left + right) / 2.0, None, if back { right } else { left }),
    };
    Stop { x, y, edge, rest }
}

/// An end on the Internet has one picture instead of layers.
fn outside(stage: &HtmlElement, key: &str) -> Option<Element> {
    let side = key.get(..1)?;
    stage.query_selector(&format!("[data-anchor='{side}0']")).ok().flatten()
}

fn tower(element: &Element) -> Option<HtmlElement> {
    element.closest(".tower").ok().flatten()?.dyn_into().ok()
}

fn left_of(_stage: &HtmlElement, element: &Element, origin: f64) -> Option<f64> {
    Some(tower(element)?.get_bounding_client_rect().left() - origin)
}

fn right_of(element: &Element, origin: f64) -> Option<f64> {
    Some(tower(element)?.get_bounding_client_rect().right() - origin)
}

/// The way through the stops: vertical along the towers, horizontal along the band, with round corners.
fn route(stops: &[Stop]) -> String {
    let mut corners: Vec<(f64, f64)> = Vec::new();
    for (index, stop) in stops.iter().enumerate() {
        if let Some(before) = index.checked_sub(1).and_then(|at| stops.get(at))
            && (before.x - stop.x).abs() > 1.0
            && (before.y - stop.y).abs() > 1.0
        {
            match (before.edge, stop.edge) {
                // From one row of stations to the next: between the rows.
                (None, None) => {
                    let between = (before.y + stop.y) / 2.0;
                    corners.extend([(before.x, between), (stop.x, between)]);
                }
                // From a tower down into the band: first down, then along.
                (Some(_), _) => corners.push((before.x, stop.y)),
                // Out of the band into a tower: first along, then up.
                (None, Some(_)) => corners.push((stop.x, before.y)),
            }
        }
        corners.push((stop.x, stop.y));
    }
    let mut path = String::new();
    for (index, (x, y)) in corners.iter().copied().enumerate() {
        let before = index.checked_sub(1).and_then(|at| corners.get(at)).copied();
        let after = corners.get(index + 1).copied();
        // Writing into a String cannot fail.
        let _ = match (before, after) {
            (None, _) => write!(path, "M{x:.1} {y:.1}"),
            (Some(from), Some(to)) if turns(from, (x, y), to) => {
                let (a, b) = (towards((x, y), from), towards((x, y), to));
                write!(path, "L{:.1} {:.1}Q{x:.1} {y:.1} {:.1} {:.1}", a.0, a.1, b.0, b.1)
            }
            _ => write!(path, "L{x:.1} {y:.1}"),
        };
    }
    path
}

fn turns(a: (f64, f64), b: (f64, f64), c: (f64, f64)) -> bool {
    ((b.0 - a.0) * (c.1 - b.1) - (b.1 - a.1) * (c.0 - b.0)).abs() > 1.0
}

/// A point a corner's radius from `at` towards `to`, or half-way where that is nearer.
fn towards(at: (f64, f64), to: (f64, f64)) -> (f64, f64) {
    let (dx, dy) = (to.0 - at.0, to.1 - at.1);
    let length = (dx * dx + dy * dy).sqrt().max(0.001);
    let part = (CORNER / length).min(0.5);
    (at.0 + dx * part, at.1 + dy * part)
}
