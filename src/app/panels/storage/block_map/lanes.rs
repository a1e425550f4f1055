//! The lanes of the block map: each block at the same place in all of them. A block that a lane keeps is drawn at full
//! height, one that it only reads lies low, in its keeper's colour; a million blocks are drawn as some hundreds of bands.

use super::super::{block_text, called, select};
use super::Drawn;
use crate::session::use_ctx;
use crate::ui::clock_text;
use std::collections::BTreeMap;
use std::fmt::Write;
use stratus_engine::base::ids::{ResourceId, SnapshotId};
use stratus_engine::base::time::Time;
use stratus_engine::catalog::Region;
use stratus_engine::services::ec2::storage::snapshots::block_map::{BlockMap, Holder, Lane};
use stratus_engine::world::storage::{BLOCK_BYTES, Snapshot};
use web_sys::{Element, PointerEvent};
use yew::prelude::*;

/// Cells of a lane, and parts of a cell: a lane is drawn in their product.
const CELLS: i64 = 400;
const PART: i64 = 10;
/// How many colours there are; more keepers begin again with the first.
const HUES: usize = 7;
/// The smallest window, in blocks.
const NEAREST: i64 = 16;

/// Which blocks are in sight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The first.
    pub first: i64,
    /// How many.
    pub count: i64,
}

impl Window {
    /// Kept within a volume of this size.
    pub fn within(self, size: i64) -> Window {
        let count = self.count.clamp(NEAREST.min(size), size.max(1));
        Window {
            first: self.first.clamp(0, (size - count).max(0)),
            count,
        }
    }

    /// Nearer or farther, about a block.
    fn zoomed(self, about: i64, closer: bool, size: i64) -> Window {
        let count = if closer {
            self.count / 2
        } else {
            self.count.saturating_mul(2)
        };
        let count = count.clamp(NEAREST.min(size), size.max(1));
        Window {
            first: about - count / 2,
            count,
        }
        .within(size)
    }
}

/// Which snapshot has which colour: as they were first seen, so that a deletion changes nobody's.
#[derive(Clone, Default, PartialEq)]
pub struct Colours(BTreeMap<SnapshotId, usize>);

impl Colours {
    /// Gives a colour to each that has none.
    pub fn learn(&mut self, map: &BlockMap) {
        for lane in &map.lanes {
            if let Holder::Snapshot(id) = lane.holder {
                let next = self.0.len() % HUES;
                self.0.entry(id).or_insert(next);
            }
        }
    }

    fn class(&self, keeper: Option<SnapshotId>) -> String {
        match keeper.and_then(|id| self.0.get(&id)) {
            Some(hue) => format!("keep k{}", hue + 1),
            None => "keep alone".to_owned(),
        }
    }
}

/// Properties of [`Lanes`].
#[derive(Properties, PartialEq)]
pub struct LanesProps {
    /// As it is.
    pub present: Drawn,
    /// As it is drawn: as it is, or as it would be.
    pub drawn: Drawn,
    /// Of which Region.
    pub region: Region,
    /// Whose colour is which.
    pub colours: Colours,
    /// What is in sight.
    pub view: Window,
    /// Where the line stands.
    pub block: i64,
    /// Which snapshot is thought away.
    pub doomed: Option<SnapshotId>,
    /// Hears which one to think away; `None` for a moment that is past.
    pub on_doom: Option<Callback<SnapshotId>>,
    /// Hears where the line goes.
    pub on_block: Callback<i64>,
    /// Hears of another window.
    pub on_view: Callback<Window>,
}

/// The lanes, newest on top, with the line and the scale.
#[component]
pub fn Lanes(props: &LanesProps) -> Html {
    let LanesProps { view, block, .. } = *props;
    let size = props.present.map.size.max(1);
    let field = use_node_ref();
    let point = {
        let (field, on_block) = (field.clone(), props.on_block.clone());
        Callback::from(move |event: PointerEvent| {
            if let Some(share) = field
                .cast::<Element>()
                .and_then(|field| share(&field, event.client_x()))
            {
                on_block.emit((view.first + (share * view.count as f64) as i64).clamp(0, size - 1));
            }
        })
    };
    let drag = {
        let point = point.clone();
        Callback::from(move |event: PointerEvent| {
            if event.buttons() != 0 {
                point.emit(event);
            }
        })
    };
    let zoom = |closer: bool| {
        let on_view = props.on_view.clone();
        Callback::from(move |_: MouseEvent| on_view.emit(view.zoomed(block, closer, size)))
    };
    let pan = |by: i64| {
        let on_view = props.on_view.clone();
        let there = Window {
            first: view.first + by * (view.count / 2).max(1),
            ..view
        };
        Callback::from(move |_: MouseEvent| on_view.emit(there.within(size)))
    };
    let whole = {
        let on_view = props.on_view.clone();
        Callback::from(move |_: MouseEvent| {
            on_view.emit(Window { first: 0, count: size });
        })
    };
    let line = (block - view.first) * 1_000 / view.count.max(1);
    let in_sight = (0..=1_000).contains(&line);
    html! {
        <div class="lanes">
            <div class="lane-body">
                <ul class="lane-list">{ for props.present.map.lanes.iter().rev().map(|lane| row(props, lane)) }</ul>
                <svg ref={field} class="lane-line" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true" onpointerdown={point.clone()} onpointermove={drag}>
                    <rect class="ground" width="1000" height="10" />
                    if in_sight { <rect class="line" x={line.to_string()} width="2" height="10" /> }
                </svg>
            </div>
            <div class="lane-scale">
                <span class="mono small">{ mark(view.first) }</span>
                <span class="row lane-tools">
                    <button class="btn quiet" onclick={pan(-1)} disabled={view.first == 0} aria-label="Blocks before" title="Blocks before">{ "←" }</button>
                    <button class="btn quiet" onclick={zoom(false)} disabled={view.count >= size} aria-label="Farther" title="Farther">{ "−" }</button>
                    <button class="btn quiet" onclick={whole} disabled={view.count >= size}>{ "All" }</button>
                    <button class="btn quiet" onclick={zoom(true)} disabled={view.count <= NEAREST} aria-label="Closer" title="Closer, about the line">{ "+" }</button>
                    <button class="btn quiet" onclick={pan(1)} disabled={view.first + view.count >= size} aria-label="Blocks behind" title="Blocks behind">{ "→" }</button>
                </span>
                <span class="mono small">{ mark(view.first + view.count) }</span>
            </div>
            <ul class="lane-key soft small">
                <li><svg viewBox="0 0 20 20" aria-hidden="true"><rect class="keep k1" width="20" height="20" /></svg>{ "kept here, billed here" }</li>
                <li><svg viewBox="0 0 20 20" aria-hidden="true"><rect class="keep k1" y="13" width="20" height="7" /></svg>{ "read from the snapshot of that colour" }</li>
                <li><svg viewBox="0 0 20 20" aria-hidden="true"><rect class="keep alone" width="20" height="20" /></svg>{ "on the volume alone, in no snapshot yet" }</li>
                <li><svg viewBox="0 0 20 20" aria-hidden="true"><rect class="blank" width="20" height="20" /></svg>{ "never written" }</li>
            </ul>
        </div>
    }
}

/// How far along an element a point of the window is, from 0 to 1.
fn share(element: &Element, x: i32) -> Option<f64> {
    let place = element.get_bounding_client_rect();
    (place.width() > 0.0).then(|| ((f64::from(x) - place.left()) / place.width()).clamp(0.0, 1.0))
}

/// A place on the scale: `4.5 GiB`.
fn mark(block: i64) -> String {
    if block == 0 {
        return "0".to_owned();
    }
    block_text(block)
}

/// A lane: whose it is, its blocks, what it restores and what it pays.
fn row(props: &LanesProps, was: &Lane) -> Html {
    let (region, world) = (props.region, &props.present.world);
    let lane = props.drawn.map.lane(was.holder);
    let name = called(world, region, ResourceId::from(was.holder));
    let (kind, figures) = figures(props, was, lane);
    let doom = match (was.holder, &props.on_doom) {
        (Holder::Snapshot(id), Some(on_doom)) => {
            let (on_doom, thought_away) = (on_doom.clone(), props.doomed == Some(id));
            let word = if thought_away { "Put back" } else { "Without?" };
            html! {
                <button class="btn think" aria-pressed={thought_away.to_string()} aria-label={format!("{word} {name}")} title="What would its deletion move?"
                    onclick={Callback::from(move |_: MouseEvent| on_doom.emit(id))}>{ word }</button>
            }
        }
        _ => html! {},
    };
    let spoken = format!("{name}, {kind}: {figures}");
    html! {
        <li key={ResourceId::from(was.holder).to_string()} class={classes!("lane", lane.is_none().then_some("gone"))}>
            <span class="lane-name"><Chooser holder={was.holder} {name} /><span class="soft small">{ kind }</span></span>
            <span class="lane-field">
                <Strip drawn={props.drawn.clone()} holder={was.holder} view={props.view} colours={props.colours.clone()} {spoken} />
            </span>
            <span class="lane-figures"><span class="small">{ figures }</span>{ doom }</span>
        </li>
    }
}

/// What kind of lane it is, and its figures in words.
fn figures(props: &LanesProps, was: &Lane, lane: Option<&Lane>) -> (String, String) {
    let Some(lane) = lane else {
        return ("would be deleted".to_owned(), "nothing".to_owned());
    };
    match was.holder {
        Holder::Volume(_) => {
            let alone = lane.own();
            let since = if alone == 0 {
                "all in snapshots".to_owned()
            } else {
                format!("{} in none", block_text(alone))
            };
            (
                "volume, now".to_owned(),
                format!("reads {}, {since}", block_text(lane.written())),
            )
        }
        Holder::Snapshot(id) => {
            let row = props
                .drawn
                .world
                .ec2(props.region)
                .and_then(|ec2| ec2.snapshots.get(&id));
            let start = props.drawn.world.options.start;
            let kind = row.map_or_else(String::new, |row| state(row, start));
            let figures = format!(
                "restores {}, pays {}",
                block_text(lane.written()),
                block_text(lane.own())
            );
            (kind, figures)
        }
    }
}

fn state(row: &Snapshot, start: Time) -> String {
    let tier = row.tiering.as_ref().is_some_and(|tiering| tiering.step.in_archive());
    match (row.completed, tier) {
        (false, _) => "pending".to_owned(),
        (true, true) => "in the archive".to_owned(),
        (true, false) => format!("of {}", clock_text(start, row.started)),
    }
}

/// Properties of [`Strip`].
#[derive(Properties, PartialEq)]
struct StripProps {
    drawn: Drawn,
    holder: Holder,
    view: Window,
    colours: Colours,
    spoken: String,
}

/// A lane's blocks: one path for each keeper. Drawn anew when the map or the window is another, not when the line moves.
#[component]
fn Strip(props: &StripProps) -> Html {
    let width = (CELLS * PART).to_string();
    let mut paths: BTreeMap<Option<SnapshotId>, String> = BTreeMap::new();
    let cells = CELLS.min(props.view.count).max(1);
    let part = CELLS * PART / cells;
    if let Some(lane) = props.drawn.map.lane(props.holder) {
        for band in lane.bands(props.view.first, props.view.count, cells, part) {
            let (top, height) = if lane.keeps(band.keeper) { (0, 20) } else { (13, 7) };
            let path = paths.entry(band.keeper).or_default();
            // Writing into a String cannot fail.
            let _ = write!(path, "M{} {top}H{}v{height}H{}z", band.from, band.to, band.from);
        }
    }
    html! {
        <svg viewBox={format!("0 0 {} 20", cells * part)} preserveAspectRatio="none" role="img" aria-label={props.spoken.clone()}>
            <rect class="blank" {width} height="20" />
            { for paths.into_iter().map(|(keeper, path)| html! { <path class={props.colours.class(keeper)} d={path} /> }) }
        </svg>
    }
}

/// Properties of [`Chooser`].
#[derive(Properties, PartialEq)]
struct ChooserProps {
    holder: Holder,
    name: String,
}

/// The name of a lane: opens it in the inspector.
#[component]
fn Chooser(props: &ChooserProps) -> Html {
    let ctx = use_ctx();
    html! { <button class="link" onclick={select(&ctx, ResourceId::from(props.holder))}>{ &props.name }</button> }
}

/// Bytes of so many blocks.
pub fn bytes(blocks: i64) -> i128 {
    i128::from(blocks) * i128::from(BLOCK_BYTES)
}
