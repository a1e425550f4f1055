//! The region "Map": Region → VPC → zones → subnets → instances, with live states.
//!
//! It is read off the world once a change ([`picture`]) and drawn from that; the ticking clock never touches it.
//!
//! A component here always has an element of its own: where there is nothing to show, its parent leaves it out. One that
//! renders nothing keeps its place by its next sibling, and yew 0.23 fails when that one goes in the same change.

mod chip;
pub mod picture;
mod subnet;
mod travel;
mod vpc;
mod wide;

use crate::later::{Later, use_later};
use crate::session::{Action, Dialog, Panel, Selection, use_ctx};
use crate::ui::{Empty, Glyph, Icon, Settled};
use chip::Detail;
use picture::Picture;
use std::rc::Rc;
use stratus_engine::base::ids::{ResourceId, VpcId};
use stratus_engine::catalog::Region;
use web_sys::HtmlSelectElement;
pub(crate) use wide::balancers::{kind_words, state_word};
use yew::prelude::*;

/// From so many VPCs on, one can choose which to see.
const FILTER_FROM: usize = 3;

/// How near one looks: the world's Regions, a Region with more or less of each instance, one instance from inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Every Region.
    World,
    /// One Region; as near as the number of instances suits where nothing was chosen.
    Near(Option<Detail>),
    /// One instance.
    Inside,
}

impl Level {
    /// How much an instance shows.
    fn detail(self, instances: usize) -> Detail {
        match self {
            Level::Near(Some(detail)) => detail,
            _ => Detail::for_count(instances),
        }
    }

    fn farther(self, instances: usize) -> Level {
        match (self, self.detail(instances)) {
            (Level::Inside, _) => Level::Near(Some(Detail::Whole)),
            (Level::Near(_), detail) if detail != Detail::Dot && instances > 0 => Level::Near(Some(detail.farther())),
            _ => Level::World,
        }
    }

    fn nearer(self, instances: usize) -> Level {
        match (self, self.detail(instances)) {
            (Level::World, _) => Level::Near(None),
            (Level::Near(_), Detail::Whole) if instances > 0 => Level::Inside,
            (Level::Near(_), detail) if instances > 0 => Level::Near(Some(detail.nearer())),
            (same, _) => same,
        }
    }
}

/// The map.
#[component]
pub fn Map() -> Html {
    let ctx = use_ctx();
    html! { <RegionMap settled={Settled::new(&ctx)} /> }
}

/// What a part of the map needs: the context, still as long as only time passes.
#[derive(Properties, PartialEq)]
pub struct MapProps {
    /// The context.
    pub settled: Settled,
}

/// A button's callback that selects a resource.
fn select<E: 'static>(ctx: &Settled, id: impl Into<ResourceId>) -> Callback<E> {
    let (region, id) = (ctx.region(), id.into());
    ctx.on(move || Action::Select(Some(Selection::Resource(region, id))))
}

/// The selected resource, where it is of the Region that is shown.
fn chosen(ctx: &Settled) -> Option<ResourceId> {
    match ctx.screen().selection {
        Some(Selection::Resource(region, id)) if region == ctx.region() => Some(id),
        _ => None,
    }
}

/// Whether a resource is the selected one.
fn is_selected(ctx: &Settled, id: impl Into<ResourceId>) -> bool {
    ctx.screen().selection == Some(Selection::Resource(ctx.region(), id.into()))
}

#[component]
fn RegionMap(props: &MapProps) -> Html {
    let ctx = &props.settled;
    let only = use_state(|| None::<VpcId>);
    let picture: Rc<Picture> = Rc::new(picture::of(ctx.world(), ctx.region()));
    // As near as the number of instances suits, until one chooses.
    let level = use_state(|| Level::Near(None));
    let traffic = use_node_ref();
    let tag = use_state(|| None::<wide::filter::Tag>);
    let later = use_later();
    let is_later_here = later == Later::Here;
    let instances = picture.instances();
    let detail = level.detail(instances);
    let picture = match &*tag {
        Some(tag) if is_later_here => wide::filter::only(ctx, picture, tag),
        _ => picture,
    };
    let on_zoom = {
        let level = level.clone();
        Callback::from(move |to: Level| level.set(to))
    };
    let (farther, nearer) = (level.farther(instances), level.nearer(instances));
    let onwheel = {
        let on_zoom = on_zoom.clone();
        Callback::from(move |event: WheelEvent| {
            if event.ctrl_key() {
                event.prevent_default();
                on_zoom.emit(if event.delta_y() > 0.0 { farther } else { nearer });
            }
        })
    };
    let shown = only.filter(|id| picture.vpcs.iter().any(|vpc| vpc.id == *id));
    // Whoever is filtered away is there all the same.
    let nothing = instances == 0 && picture.loose.is_empty();
    let on_select = {
        let ctx = ctx.clone();
        use_callback(ctx.region(), move |id: ResourceId, region| {
            ctx.act(Action::Select(Some(Selection::Resource(*region, id))));
        })
    };
    let onkeydown = {
        let on_zoom = on_zoom.clone();
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            // With Ctrl and the like they are the browser's.
            "+" | "-" if event.ctrl_key() || event.meta_key() || event.alt_key() => {}
            "+" => on_zoom.emit(nearer),
            "-" => on_zoom.emit(farther),
            _ if is_later_here => travel::on_key(&event),
            _ => {}
        })
    };
    let on_only = Callback::from(move |id| only.set(id));
    let head = html! { <Head settled={ctx.clone()} picture={picture.clone()} {shown} level={*level} {farther} {nearer} on_zoom={on_zoom.clone()} {on_only} /> };
    let instead = is_later_here
        .then(|| wide::instead(ctx, &picture, *level, &on_zoom))
        .flatten();
    if let Some(instead) = instead {
        // Head and one thing more here as below: the head stays, and with it the focus on its buttons.
        return html! { <div class="map-panel">{ head }<wide::Frame {onkeydown} {onwheel}>{ instead }</wide::Frame></div> };
    }
    let on_tag = {
        let tag = tag.clone();
        Callback::from(move |to| tag.set(to))
    };
    let has_traffic = ctx
        .world()
        .ec2(ctx.region())
        .is_some_and(|ec2| !ec2.connections.is_empty());
    let body = html! {
        <>
            if is_later_here && instances > 0 { <wide::Tools settled={ctx.clone()} picture={picture.clone()} {shown} tag={(*tag).clone()} {on_tag} /> }
            if !picture.elsewhere.is_empty() { <Elsewhere settled={ctx.clone()} others={picture.elsewhere.clone()} /> }
            if has_traffic && is_later_here { <div class="traffic" ref={traffic.clone()}>{ crate::panels::live::on_map(traffic) }</div> }
            <div class="vpcs" role="group" aria-label="Network" tabindex="-1" {onkeydown} {onwheel}>
                if is_later_here && shown.is_none() && picture.has_classic() { { wide::classic::view(ctx, &picture, detail, &on_select) } }
                { for picture.vpcs.iter().filter(|vpc| shown.is_none_or(|id| id == vpc.id)).map(|vpc| html! {
                    <vpc::VpcView key={vpc.id.to_string()} settled={ctx.clone()} vpc={vpc.clone()} {detail} on_select={on_select.clone()} />
                }) }
            </div>
            if !picture.loose.is_empty() { <LooseEnds settled={ctx.clone()} loose={picture.loose.clone()} /> }
            if nothing { <NothingYet settled={ctx.clone()} has_vpc={!picture.vpcs.is_empty()} /> }
        </>
    };
    html! { <div class="map-panel">{ head }{ body }</div> }
}

#[derive(Properties, PartialEq)]
struct HeadProps {
    settled: Settled,
    picture: Rc<Picture>,
    shown: Option<VpcId>,
    on_only: Callback<Option<VpcId>>,
    level: Level,
    farther: Level,
    nearer: Level,
    on_zoom: Callback<Level>,
}

#[component]
fn Head(props: &HeadProps) -> Html {
    let ctx = &props.settled;
    let region = ctx.region();
    let vpcs = &props.picture.vpcs;
    let instances = props.picture.instances();
    let zoom = |to: Level| props.on_zoom.reform(move |_: MouseEvent| to);
    let onchange = {
        let on_only = props.on_only.clone();
        Callback::from(move |event: Event| {
            let select = event.target_dyn_into::<HtmlSelectElement>();
            on_only.emit(select.and_then(|select| VpcId::parse(&select.value())));
        })
    };
    html! {
        <div class="panel-head">
            <h1>if props.level == Level::World { { "All Regions" } } else {
                <button class="plain" onclick={ctx.on(move || Action::Select(Some(Selection::Region(region))))} title="About this Region">{ region.long_name() }</button>
                <span class="head-note">{ format!("{} · {} · {}", region.name(), count(vpcs.len(), "VPC", "VPCs"), count(instances, "instance", "instances")) }</span>
            }
            </h1>
            if vpcs.len() >= FILTER_FROM {
                <select class="input vpc-filter" aria-label="Show" {onchange}>
                    <option value="" selected={props.shown.is_none()}>{ "All VPCs" }</option>
                    { for vpcs.iter().map(|vpc| html! { <option value={vpc.id.to_string()} selected={props.shown == Some(vpc.id)}>{ format!("{} · {}", vpc.title, vpc.blocks) }</option> }) }
                </select>
            }
            <div class="zoom" role="group" aria-label="Zoom">
                <button class="btn" disabled={props.level == Level::World} onclick={zoom(props.farther)} aria-label="Zoom out" title="From farther: less of each instance, at last the Regions of the world (−, or Ctrl and the wheel)">{ "−" }</button>
                <button class="btn" disabled={props.nearer == props.level} onclick={zoom(props.nearer)} aria-label="Zoom in" title="From nearer: more of each instance, at last the inside of one (+, or Ctrl and the wheel)">{ "+" }</button>
            </div>
            <button class="btn primary" onclick={ctx.on(|| Action::Dialog(Some(Dialog::Launch)))} title="Launch an instance (N)"><Icon glyph={Glyph::Plus} />{ "Launch instance" }</button>
        </div>
    }
}

/// `1 instance`, `2 instances`.
pub(crate) fn count(number: usize, one: &str, many: &str) -> String {
    let word = if number == 1 { one } else { many };
    format!("{} {word}", crate::ui::thousands(number as u64))
}

#[derive(Properties, PartialEq)]
struct ElsewhereProps {
    settled: Settled,
    others: Vec<(Region, String)>,
}

/// Other Regions in which there is something: forgotten machines cost money, too.
#[component]
fn Elsewhere(props: &ElsewhereProps) -> Html {
    html! {
        <p class="elsewhere">{ "Also in " }
            { for props.others.iter().enumerate().map(|(at, (region, what))| {
                let region = *region;
                html! { <>if at > 0 { { "; in " } }<button class="link" onclick={props.settled.on(move || Action::ShowRegion(region))} title={format!("Show {}", region.long_name())}>{ region.name() }</button>{ ": " }{ what }</> }
            }) }
        </p>
    }
}

#[derive(Properties, PartialEq)]
struct LooseProps {
    settled: Settled,
    loose: Vec<picture::Loose>,
}

/// Kinds of loose ends that are billed while they lie about.
fn costs(word: &str) -> &'static str {
    match word {
        "Elastic IP" | "Volume" => "billed all the same",
        _ => "",
    }
}

/// What is attached to nothing.
#[component]
fn LooseEnds(props: &LooseProps) -> Html {
    let ctx = &props.settled;
    let mut words: Vec<&'static str> = props.loose.iter().map(|one| one.word).collect();
    words.dedup();
    html! {
        <section class="loose" aria-label="Not attached">
            <h2>{ "Attached to nothing" }</h2>
            { for words.into_iter().map(|word| html! {
                <div class="loose-kind"><h3>{ word }{ if costs(word).is_empty() { String::new() } else { format!(" · {}", costs(word)) } }</h3>
                    { for props.loose.iter().filter(|one| one.word == word).take(picture::SHOWN).map(|one| html! {
                        <button class="mini" key={one.id.to_string()} onclick={select(ctx, one.id)} aria-pressed={is_selected(ctx, one.id).to_string()} aria-label={format!("{}, {}", one.text, word)}>{ &one.text }</button>
                    }) }
                    { and_more(ctx, props.loose.iter().filter(|one| one.word == word).count().saturating_sub(picture::SHOWN)) }
                </div>
            }) }
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct NothingProps {
    settled: Settled,
    has_vpc: bool,
}

/// What to do next where there is nothing yet.
#[component]
fn NothingYet(props: &NothingProps) -> Html {
    let ctx = &props.settled;
    let text = if props.has_vpc {
        "The network is there: every Region comes with a default VPC. An instance is a virtual machine in one of its subnets; launch one and watch it go from pending to running."
    } else {
        "There is no VPC in this Region. An instance needs one: create a VPC with a subnet first."
    };
    html! {
        <Empty title="No instance runs here yet">
            <p>{ text }</p>
            <div class="row">
                <button class="btn" onclick={ctx.on(|| Action::Dialog(Some(Dialog::Launch)))}>{ "Launch the first one" }</button>
                <button class="btn" onclick={ctx.on(|| Action::Open(Panel::Learn))}>{ "Open a scenario" }</button>
            </div>
        </Empty>
    }
}

/// "and 2,238 more": what a row of the map does not list, the search finds.
fn and_more(ctx: &Settled, more: usize) -> Html {
    match more {
        0 => Html::default(),
        more => html! {
            <button class="link" onclick={ctx.on(|| Action::Dialog(Some(Dialog::Search)))} title="Search finds them (Ctrl+K)">{ format!("and {more} more") }</button>
        },
    }
}
