//! The lines on the map: each from end to end as they stand on screen, with packets that move along it as fast as the clock
//! runs. The movement is the style sheet's: nothing here runs from frame to frame, and the lines are measured anew only when
//! the world, the screen or the map's size has changed.

use super::lines::{Line, lines};
use super::reading::{Place, Stage, Tracking};
use super::{live, show_list, words};
use crate::map::count;
use crate::session::{Action, Ctx, Speed, use_ctx};
use crate::ui::size::use_resized;
use crate::ui::{Same, Settled, thousands};
use std::collections::BTreeMap;
use stratus_engine::World;
use stratus_engine::catalog::Region;
use web_sys::{DomRect, Element, HtmlElement};
use yew::prelude::*;

/// Pixels between a line's end and what it leads to.
const GAP: f64 = 3.0;
/// Boxes that are nearer to each other than so many pixels leave no room for a line between them.
const CLOSE: f64 = 26.0;
/// How far a line swings out, in pixels, and how much more each further one between the same places does.
const SWING: (f64, f64) = (16.0, 20.0);

/// Properties of [`Overlay`].
#[derive(Properties, PartialEq)]
pub struct OverlayProps {
    /// An element of the map's panel, which the lines are drawn over.
    pub place: NodeRef,
}

/// A line as it is drawn.
#[derive(Clone, Debug, PartialEq)]
struct Shape {
    /// The curve, and the same the other way.
    way: String,
    /// The arrow's head.
    head: String,
    /// Where its number or sign stands.
    middle: (f64, f64),
}

/// The bar, and the lines.
#[component]
pub fn Overlay(props: &OverlayProps) -> Html {
    let ctx = use_ctx();
    let (live, news) = live(&ctx, ctx.region());
    let drawn = use_memo(live.clone(), |live| Same::new(lines(live, ctx.world(), ctx.region())));
    let view = ctx.view();
    let (pace, moves) = pace(view.speed, view.running);
    let undrawn = drawn.1;
    let still = (!moves && live.tally.open + live.tally.lives_on > 0).then(|| {
        html! { <span class="soft">{ "The clock rests, and so do the packets. " }<button class="link" onclick={ctx.on(|| Action::SetSpeed(Speed::Times(1)))}>{ "Let it run" }</button></span> }
    });
    html! {
        <>
            <div class="traffic-bar">
                <button class="btn" onclick={show_list(&ctx, ctx.region())} title="Each connection, what has become of it and why">{ "Live traffic" }<span class="soft">{ words::tally(&live.tally) }</span></button>
                <p class="traffic-says" role="status" aria-live="polite">{ news.map(|news| news.said.clone()) }</p>
                { still }
                <span class="traffic-key soft" aria-hidden="true"><i class="tracked" />{ "tracked" }<i class="untracked" />{ "untracked" }<i class="lives-on" />{ "lives on" }<i class="cut" />{ "cut" }</span>
                if undrawn > 0 { <span class="soft">{ format!("{} not drawn: an end is gone, or there are too many", count(undrawn, "is", "are")) }</span> }
            </div>
            <Lines place={props.place.clone()} lines={(*drawn).clone()} settled={Settled::new(&ctx)} {pace} {moves} />
        </>
    }
}

/// How fast the packets are, for the style sheet, and whether they move.
fn pace(speed: Speed, running: bool) -> (&'static str, bool) {
    let pace = match speed {
        Speed::Times(..=1) | Speed::Paused => "pace-slow",
        Speed::Times(..=60) | Speed::Auto => "pace-quick",
        Speed::Times(_) => "pace-fast",
    };
    (pace, running)
}

#[derive(Properties, PartialEq)]
struct LinesProps {
    place: NodeRef,
    lines: Same<(Vec<Line>, usize)>,
    settled: Settled,
    pace: &'static str,
    moves: bool,
}

#[component]
fn Lines(props: &LinesProps) -> Html {
    let ctx = &props.settled;
    // Lines with their shapes, as they were measured together.
    let drawn = use_state_eq(|| None::<(Same<(Vec<Line>, usize)>, Vec<Option<Shape>>)>);
    let resized = {
        let place = props.place.clone();
        use_resized(move || panel(&place))
    };
    {
        let (drawn, place, lines, ctx) = (drawn.clone(), props.place.clone(), props.lines.clone(), ctx.clone());
        use_effect_with((props.lines.clone(), ctx.clone(), resized), move |_| {
            // After everything that the same change moves has been drawn.
            let timer = gloo::timers::callback::Timeout::new(0, move || {
                if let Some(frame) = panel(&place) {
                    let shapes = measured(&frame, &lines.0, ctx.world(), ctx.region());
                    drawn.set(Some((lines, shapes)));
                }
            });
            move || drop(timer)
        });
    }
    let class = classes!("traffic-lines", props.pace, props.moves.then_some("moving"));
    let seen = use_mut_ref(Seen::default);
    let mut seen = seen.borrow_mut();
    if let Some((lines, _)) = &*drawn {
        seen.look(lines);
    }
    let all = drawn
        .iter()
        .flat_map(|(lines, shapes)| lines.0.iter().zip(shapes).zip(&seen.keys));
    html! {
        <svg {class} aria-hidden="true">
            { for all.filter_map(|((line, shape), (key, sent))| Some(one(ctx, line, shape.as_ref()?, key, *sent))) }
        </svg>
    }
}

/// The lines that were drawn last: on which of them something was sent since then.
#[derive(Default)]
struct Seen {
    of: Option<Same<(Vec<Line>, usize)>>,
    exchanges: BTreeMap<String, u64>,
    /// Of each line what tells it from the others, whatever becomes of it, and whether something was sent.
    keys: Vec<(String, bool)>,
}

impl Seen {
    fn look(&mut self, lines: &Same<(Vec<Line>, usize)>) {
        if self.of.as_ref() == Some(lines) {
            return;
        }
        // When the map comes into sight, nothing has just been sent.
        let begins = self.of.is_none();
        let mut now: BTreeMap<String, u64> = BTreeMap::new();
        self.keys.clear();
        for line in &lines.0 {
            let mut key = format!("{:?} {:?} {:?}", line.from, line.to, line.tracking);
            while now.contains_key(&key) {
                key.push('+');
            }
            let before = self.exchanges.get(&key).copied().unwrap_or(0);
            self.keys.push((key.clone(), !begins && line.exchanges > before));
            now.insert(key, line.exchanges);
        }
        self.exchanges = now;
        self.of = Some(lines.clone());
    }
}

/// One line: its way, its packets, the head at whom it was opened to, and its number or sign.
fn one(ctx: &Ctx, line: &Line, shape: &Shape, key: &str, sent: bool) -> Html {
    let tracking = match line.tracking {
        Tracking::Tracked => "tracked",
        Tracking::Partly => "partly",
        Tracking::Untracked => "untracked",
    };
    let cut = line.stage == Stage::Cut;
    let sign = match (line.count, cut) {
        (1, true) => Some("✕".to_owned()),
        (1, false) => None,
        (number, true) => Some(format!("✕{}", thousands(number))),
        (number, false) => Some(thousands(number)),
    };
    let (x, y) = shape.middle;
    let wide = sign
        .as_ref()
        .map_or(0.0, |sign| 12.0 + 6.0 * sign.chars().count() as f64);
    html! {
        <g key={key.to_owned()} class={classes!("traffic-line", line.stage.class(), tracking)}>
            <path class="way" d={shape.way.clone()} />
            <path class="head" d={shape.head.clone()} />
            if !cut {
                <path class="packets" d={shape.way.clone()} />
                if sent { <circle key={line.exchanges.to_string()} class="sent" r="5" ~style={format!("offset-path: path('{}')", shape.way)} /> }
            }
            if let Some(sign) = sign {
                <g class="sign" onclick={show_list(ctx, ctx.region())}>
                    <title>{ &line.says }</title>
                    <rect x={format!("{:.1}", x - wide / 2.0)} y={format!("{:.1}", y - 9.0)} width={format!("{wide:.1}")} height="18" rx="9" />
                    <text x={format!("{x:.1}")} y={format!("{:.1}", y + 4.0)}>{ sign }</text>
                </g>
            } else {
                <circle class="grip" cx={format!("{x:.1}")} cy={format!("{y:.1}")} r="9" onclick={show_list(ctx, ctx.region())}><title>{ &line.says }</title></circle>
            }
        </g>
    }
}

fn panel(place: &NodeRef) -> Option<Element> {
    place.cast::<HtmlElement>()?.closest(".map-panel").ok().flatten()
}

/// Where each line runs; `None`: one of its ends is not on screen.
fn measured(panel: &Element, lines: &[Line], world: &World, region: Region) -> Vec<Option<Shape>> {
    let origin = panel.get_bounding_client_rect();
    let find = |place: Place| {
        let element = stands(world, region, place)
            .into_iter()
            .find_map(|selector| panel.query_selector(&selector).ok().flatten())?;
        Some(Frame::of(&element.get_bounding_client_rect(), &origin))
    };
    lines
        .iter()
        .map(|line| {
            let from = find(line.from)?;
            Some(match line.from == line.to {
                true => ring(from, line.lane),
                false => shape(from, find(line.to)?, line.lane, origin.width()),
            })
        })
        .collect()
}

/// What stands for a place on the map, the nearest first: an instance that is not shown by itself is in its subnet.
fn stands(world: &World, region: Region, place: Place) -> Vec<String> {
    let at = |id: String| format!("[data-at='{id}']");
    match place {
        // EC2-Classic has no gateway on its edge: the Internet begins there.
        Place::Edge(vpc) => [".edge", ".sky"]
            .map(|edge| format!("{} > {edge}", at(vpc.to_string())))
            .to_vec(),
        Place::Subnet(id) => vec![at(id.to_string())],
        Place::Instance(id) => {
            let row = world.ec2(region).and_then(|ec2| ec2.instances.get(&id));
            let subnet = row.map(|row| at(row.subnet.to_string()));
            std::iter::once(at(id.to_string())).chain(subnet).collect()
        }
    }
}

/// A box on the map, in the panel's pixels: its middle, and half its size.
#[derive(Clone, Copy)]
struct Frame {
    x: f64,
    y: f64,
    half: (f64, f64),
}

impl Frame {
    fn of(rect: &DomRect, origin: &DomRect) -> Frame {
        let half = (rect.width() / 2.0, rect.height() / 2.0);
        Frame {
            x: rect.left() - origin.left() + half.0,
            y: rect.top() - origin.top() + half.1,
            half,
        }
    }

    /// Where the way from the middle towards a point leaves the box.
    fn border(&self, (x, y): (f64, f64)) -> (f64, f64) {
        let (dx, dy) = (x - self.x, y - self.y);
        let (wide, high) = (self.half.0 + GAP, self.half.1 + GAP);
        let part = (wide / dx.abs().max(0.001)).min(high / dy.abs().max(0.001)).min(1.0);
        (self.x + dx * part, self.y + dy * part)
    }
}

/// A loop at a box's upper edge, for what goes on inside.
fn ring(at: Frame, lane: usize) -> Shape {
    let (right, top) = (at.x + at.half.0 - 14.0 - 54.0 * lane as f64, at.y - at.half.1);
    let (left, high) = (right - 38.0, top - 26.0);
    bezier([(left, top), (left, high), (right, high), (right, top)], 0.5)
}

/// A way from box to box that keeps off what lies between: a bracket at the right side of what stands one above the other,
/// an arc over neighbours, else a curve that swings out to its right, so that there and back are two lines.
fn shape(from: Frame, to: Frame, lane: usize, width: f64) -> Shape {
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    let wide = from.half.0 + to.half.0;
    let lane = lane as f64;
    // The signs of lines beside each other do not cover each other.
    let sign = (0.5 - 0.13 * lane).max(0.15);
    if dx.abs() < 0.6 * wide {
        let edge = (from.x + from.half.0).max(to.x + to.half.0);
        let far = (edge + 30.0 + 14.0 * lane + (dy.abs() * 0.12).min(40.0)).min(width + 8.0);
        let at = |frame: Frame| {
            let off = (9.0 * lane - 5.0).min(frame.half.1 - 3.0);
            (frame.x + frame.half.0 + GAP, frame.y + off)
        };
        let (start, end) = (at(from), at(to));
        return bezier([start, (far, start.1), (far, end.1), end], sign);
    }
    if dx.abs() - wide < CLOSE && dy.abs() < from.half.1 + to.half.1 {
        let (start, end) = ((from.x, from.y - from.half.1), (to.x, to.y - to.half.1));
        let high = start.1.min(end.1) - 28.0 - 12.0 * lane;
        return bezier([start, (start.0, high), (end.0, high), end], sign);
    }
    let length = (dx * dx + dy * dy).sqrt().max(1.0);
    let swing = (SWING.0 + SWING.1 * lane).min(length / 3.0);
    let bend = (
        from.x + dx / 2.0 - dy / length * swing,
        from.y + dy / 2.0 + dx / length * swing,
    );
    bezier([from.border(bend), bend, bend, to.border(bend)], sign)
}

/// A curve by its start, its two handles and its end, with its head; its sign stands at this part of it.
fn bezier([start, out, into, end]: [(f64, f64); 4], part: f64) -> Shape {
    let rest = 1.0 - part;
    let at = |start: f64, out: f64, into: f64, end: f64| {
        rest * rest * (rest * start + 3.0 * part * out) + part * part * (3.0 * rest * into + part * end)
    };
    let (dx, dy) = (end.0 - into.0, end.1 - into.1);
    let length = (dx * dx + dy * dy).sqrt().max(0.1);
    let (dx, dy) = (dx / length * 8.0, dy / length * 8.0);
    let (x, y) = end;
    let (left, right) = (
        (x - dx - dy / 2.0, y - dy + dx / 2.0),
        (x - dx + dy / 2.0, y - dy - dx / 2.0),
    );
    Shape {
        way: format!(
            "M{:.1} {:.1}C{:.1} {:.1} {:.1} {:.1} {x:.1} {y:.1}",
            start.0, start.1, out.0, out.1, into.0, into.1
        ),
        head: format!(
            "M{x:.1} {y:.1}L{:.1} {:.1}L{:.1} {:.1}Z",
            left.0, left.1, right.0, right.1
        ),
        middle: (at(start.0, out.0, into.0, end.0), at(start.1, out.1, into.1, end.1)),
    }
}
