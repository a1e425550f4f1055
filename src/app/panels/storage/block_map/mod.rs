//! The block map: a volume and its chain of snapshots as lanes, one above the other, each block at its place in all of
//! them; who keeps it, who reads it, who pays; what a deletion would move; as it was at an earlier moment. It looks at
//! copies of the world only: what is deleted here is deleted by the button that says so.

mod copying;
mod lanes;
mod told;

use super::{called, on_clock};
use crate::session::{ApiCall, Ctx, use_ctx};
use crate::ui::{CallButton, Source};
use lanes::{Colours, Lanes, Window};
use std::collections::BTreeMap;
use std::rc::Rc;
use stratus_engine::World;
use stratus_engine::base::ids::{ResourceId, SnapshotId};
use stratus_engine::catalog::Region;
use stratus_engine::history::NodeId;
use stratus_engine::services::ec2::storage::snapshots::block_map::{BlockMap, Holder};
use stratus_engine::world::storage::Snapshot;
use stratus_model::{Structure, field};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Earlier moments that one can go back to.
const MOMENTS: usize = 200;

/// A world's map; equal only to itself, so that it is drawn anew exactly when it was made anew.
#[derive(Clone)]
pub struct Drawn {
    /// The map.
    pub map: Rc<BlockMap>,
    /// The world it is of: names and money.
    pub world: Rc<World>,
}

impl PartialEq for Drawn {
    fn eq(&self, other: &Drawn) -> bool {
        Rc::ptr_eq(&self.map, &other.map)
    }
}

/// Properties of [`BlockMapView`].
#[derive(Properties, PartialEq)]
pub struct BlockMapProps {
    /// Of what.
    pub holder: Holder,
}

/// An earlier moment: after which call.
#[derive(Clone, PartialEq)]
struct Moment {
    node: NodeId,
    words: String,
}

/// What a deletion would leave: the map without it, or why it is refused.
#[derive(Clone, PartialEq)]
enum Without {
    Left(Drawn),
    Refused(String),
}

/// The block map of a chain.
#[component]
pub fn BlockMapView(props: &BlockMapProps) -> Html {
    let ctx = use_ctx();
    let region = ctx.region();
    let moment = use_state_eq(|| None::<NodeId>);
    let chosen_doom = use_state_eq(|| None::<SnapshotId>);
    let window = use_state_eq(|| None::<Window>);
    let block = use_state_eq(|| 0_i64);
    let colours = use_mut_ref(Colours::default);
    let asked = (ctx.view().world_stamp, region, props.holder);
    let now = {
        let ctx = ctx.clone();
        use_memo(asked, move |(_, region, holder)| {
            drawn(Rc::clone(&ctx.view().world), *region, *holder)
        })
    };
    let moments = {
        let (ctx, map) = (ctx.clone(), now.as_ref().as_ref().map(|drawn| Rc::clone(&drawn.map)));
        use_memo(asked, move |_| map.map(|map| moments(&ctx, &map)).unwrap_or_default())
    };
    let chosen = moment.and_then(|node| moments.iter().position(|one| one.node == node));
    let shown = {
        let (ctx, now) = (ctx.clone(), Rc::clone(&now));
        let node = chosen.and_then(|at| moments.get(at)).map(|moment| moment.node);
        use_memo((asked, node), move |((_, region, holder), node)| match node {
            None => now.as_ref().clone(),
            Some(node) => past(&ctx, *node, *region, *holder),
        })
    };
    // One that has been deleted since is thought away no more.
    let doomed = chosen_doom.filter(|id| ctx.world().row::<Snapshot>(region, *id).is_some());
    let left = {
        let (ctx, shown) = (ctx.clone(), Rc::clone(&shown));
        use_memo((asked, chosen, doomed), move |((_, region, _), chosen, doomed)| {
            let (id, shown) = (doomed.filter(|_| chosen.is_none())?, shown.as_ref().as_ref()?);
            Some(without(&ctx, *region, id, shown))
        })
    };
    let Some(present) = shown.as_ref() else {
        return html! {};
    };
    colours.borrow_mut().learn(&present.map);
    let drawn = match left.as_ref() {
        Some(Without::Left(left)) => left,
        _ => present,
    };
    let size = present.map.size.max(1);
    let view = window.unwrap_or(Window { first: 0, count: size }).within(size);
    let at = (*block).clamp(0, size - 1);
    let on_doom = chosen.is_none().then(|| doom_callback(&chosen_doom, doomed));
    let lanes_of = html! {
        <Lanes present={present.clone()} drawn={drawn.clone()} {region} colours={colours.borrow().clone()} {view} block={at}
            doomed={doomed} {on_doom} on_block={block.setter().into_callback()} on_view={view_callback(&window)} />
    };
    html! {
        <section class="block-map" aria-label="Block map">
            <div class="row spread">
                <h2>{ "Block map" }</h2>
                <span class="soft">{ told::summary(&drawn.world, region, &drawn.map) }</span>
            </div>
            { through_time(&moments, chosen, &moment) }
            { lanes_of }
            { block_field(at, size, &block) }
            <p class="block-told" role="status">{ told::block(&drawn.world, region, &drawn.map, at) }</p>
            { deletion(&ctx, region, present, left.as_ref().as_ref(), doomed) }
            if let (None, Some(newest)) = (chosen, newest_snapshot(&present.map)) { <copying::Copying snapshot={newest} /> }
            <Source source="https://docs.aws.amazon.com/ebs/latest/userguide/how_snapshots_work.html">{ "A snapshot keeps the 512 KiB blocks that changed since the one before, and refers to elder ones for the rest; a deletion removes only what no other needs." }</Source>
        </section>
    }
}

/// Thinks a snapshot away, or no longer.
fn doom_callback(chosen: &UseStateHandle<Option<SnapshotId>>, doomed: Option<SnapshotId>) -> Callback<SnapshotId> {
    let chosen = chosen.clone();
    Callback::from(move |id: SnapshotId| chosen.set((doomed != Some(id)).then_some(id)))
}

/// A setter as a callback.
trait IntoCallback<T> {
    fn into_callback(self) -> Callback<T>;
}

impl<T: 'static> IntoCallback<T> for UseStateSetter<T> {
    fn into_callback(self) -> Callback<T> {
        Callback::from(move |value| self.set(value))
    }
}

fn view_callback(window: &UseStateHandle<Option<Window>>) -> Callback<Window> {
    let window = window.setter();
    Callback::from(move |view| window.set(Some(view)))
}

fn drawn(world: Rc<World>, region: Region, holder: Holder) -> Option<Drawn> {
    let map = Rc::new(BlockMap::of(&world, region, holder)?);
    Some(Drawn { map, world })
}

/// The map as it was just after a call; of an elder one of the chain where this one was not there yet.
fn past(ctx: &Ctx, node: NodeId, region: Region, holder: Holder) -> Option<Drawn> {
    let world = ctx.read(|engine| Some(Rc::clone(&engine.history().nodes().get(node)?.after)))?;
    if let Some(found) = drawn(Rc::clone(&world), region, holder) {
        return Some(found);
    }
    let others = BlockMap::of(ctx.world(), region, holder)?;
    others
        .lanes
        .iter()
        .find_map(|lane| drawn(Rc::clone(&world), region, lane.holder))
}

/// The calls that made the chain what it is, eldest first.
fn moments(ctx: &Ctx, map: &BlockMap) -> Vec<Moment> {
    let ids: Vec<String> = map
        .lanes
        .iter()
        .map(|lane| ResourceId::from(lane.holder).to_string())
        .collect();
    ctx.read(|engine| {
        let history = engine.history();
        // What was deleted is known by what its deletion still named: the first pass finds the volume, the second all
        // that was made of it.
        let mut known: BTreeMap<String, ()> = ids.into_iter().map(|id| (id, ())).collect();
        for id in history.concerning(history.current(), &|text| known.contains_key(text)) {
            for (_, made) in history.node(id).made.iter() {
                if made.starts_with("snap-") || made.starts_with("vol-") {
                    known.insert(made.clone(), ());
                }
            }
        }
        let all = history.concerning(history.current(), &|text| known.contains_key(text));
        let skipped = all.len().saturating_sub(MOMENTS);
        let words = |id: NodeId| {
            let node = history.node(id);
            let name = node.call.as_ref().map_or("", |call| call.operation.name);
            format!("after {name}, {}", on_clock(ctx, node.time))
        };
        let later = all.into_iter().skip(skipped);
        later
            .map(|node| Moment {
                node,
                words: words(node),
            })
            .collect()
    })
}

/// The slider through the moments; the last place is now.
fn through_time(moments: &[Moment], chosen: Option<usize>, moment: &UseStateHandle<Option<NodeId>>) -> Html {
    if moments.len() < 2 {
        return html! {};
    }
    let at = chosen.unwrap_or(moments.len());
    let words = moments.get(at).map_or("now", |one| one.words.as_str()).to_owned();
    let oninput = {
        let (moment, nodes) = (moment.clone(), moments.iter().map(|one| one.node).collect::<Vec<_>>());
        Callback::from(move |event: InputEvent| {
            let value = event.target_dyn_into::<HtmlInputElement>().map(|input| input.value());
            let place = value.and_then(|value| value.parse::<usize>().ok());
            moment.set(place.and_then(|place| nodes.get(place).copied()));
        })
    };
    html! {
        <div class="scrub"><span>{ "Moment" }</span>
            <input type="range" min="0" max={moments.len().to_string()} value={at.to_string()} {oninput} aria-label="Moment" aria-valuetext={words.clone()} />
            <output class="soft">{ words }</output>
        </div>
    }
}

/// Which block the line stands at: for keys and for those who do not see the lanes.
fn block_field(at: i64, size: i64, block: &UseStateHandle<i64>) -> Html {
    let oninput = {
        let block = block.clone();
        Callback::from(move |event: InputEvent| {
            let value = event.target_dyn_into::<HtmlInputElement>().map(|input| input.value());
            if let Some(place) = value.and_then(|value| value.parse().ok()) {
                block.set(place);
            }
        })
    };
    let step = (size / 1_000).max(1);
    html! {
        <div class="scrub"><span>{ "Block" }</span>
            <input type="range" min="0" max={(size - 1).to_string()} step={step.to_string()} value={at.to_string()} {oninput} aria-label="Block" aria-valuetext={told::place(at)} />
            <output class="soft">{ told::place(at) }</output>
        </div>
    }
}

fn newest_snapshot(map: &BlockMap) -> Option<SnapshotId> {
    map.lanes.iter().rev().find_map(|lane| match lane.holder {
        Holder::Snapshot(id) => Some(id),
        Holder::Volume(_) => None,
    })
}

/// What would be left, found by deleting on a copy.
fn without(ctx: &Ctx, region: Region, id: SnapshotId, shown: &Drawn) -> Without {
    let params = Structure::new().with(field::SNAPSHOT_ID, id);
    let tried = ctx.read(|engine| engine.try_on(&shown.world, region, "ec2", "DeleteSnapshot", &params));
    match tried {
        Err(error) => Without::Refused(error.to_string()),
        Ok((_, world)) => {
            let world = Rc::new(world);
            let others = shown.map.lanes.iter().map(|lane| lane.holder);
            let rest = others.filter(|holder| *holder != Holder::Snapshot(id));
            let left = rest
                .into_iter()
                .find_map(|holder| drawn(Rc::clone(&world), region, holder));
            // Nothing shares blocks with it: what is left of the chain is nothing.
            let nothing = || Drawn {
                map: Rc::new(BlockMap {
                    lanes: Vec::new(),
                    size: shown.map.size,
                    left_out: 0,
                }),
                world: Rc::clone(&world),
            };
            Without::Left(left.unwrap_or_else(nothing))
        }
    }
}

/// What the chosen deletion would do, and the button that does it.
fn deletion(ctx: &Ctx, region: Region, present: &Drawn, left: Option<&Without>, doomed: Option<SnapshotId>) -> Html {
    let (Some(id), Some(left)) = (doomed, left) else {
        return html! {};
    };
    let name = called(ctx.world(), region, id);
    match left {
        Without::Refused(why) => {
            html! { <p class="block-after" role="status"><b>{ format!("{name} cannot be deleted. ") }</b>{ why.clone() }</p> }
        }
        Without::Left(left) => {
            let call = ApiCall::ec2(region, "DeleteSnapshot", Structure::new().with(field::SNAPSHOT_ID, id));
            html! {
                <div class="block-after" role="status">
                    <p><b>{ format!("Without {name}: ") }</b>{ told::without(region, present, left, id) }</p>
                    <CallButton label="Delete it" of={name} class={classes!("danger")} {call} />
                </div>
            }
        }
    }
}
