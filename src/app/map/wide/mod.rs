//! What the map shows once the later part of the program is here: the world from farthest away, an instance's inside from
//! nearest, the doors of VPCs, their load balancers, the filter by tag, the map as a file. All of it reads the picture and the world; nothing
//! here changes them.

pub mod balancers;
pub mod classic;
pub mod doors;
mod drawing;
pub mod filter;
mod inside;
mod world;

use super::picture::Picture;
use super::{Level, count};
use crate::session::Selection;
use crate::ui::Settled;
use crate::ui::export::Export;
use filter::{Tag, TagFilter};
use inside::Inside;
use std::rc::Rc;
use stratus_engine::base::ids::{InstanceId, ResourceId, VpcId};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use world::WorldMap;
use yew::prelude::*;

/// What stands in the place of the Region's VPCs, if anything does.
#[inline(never)]
pub fn instead(ctx: &Settled, picture: &Picture, level: Level, on_level: &Callback<Level>) -> Option<Html> {
    match level {
        Level::World => {
            let on_near = on_level.reform(|()| Level::Near(None));
            Some(html! { <WorldMap settled={ctx.clone()} {on_near} /> })
        }
        Level::Inside => {
            let instance = looked_at(ctx, picture)?;
            Some(html! { <Inside settled={ctx.clone()} {instance} /> })
        }
        Level::Near(_) => None,
    }
}

/// Properties of [`Frame`].
#[derive(Properties, PartialEq)]
pub struct FrameProps {
    /// Hears keys.
    pub onkeydown: Callback<KeyboardEvent>,
    /// Hears the wheel.
    pub onwheel: Callback<WheelEvent>,
    /// What stands in the place of the VPCs.
    pub children: Html,
}

/// Around what stands in the place of the VPCs. Where what had the focus goes away with the change, the focus comes here,
/// and back to the VPCs afterwards: the keys go on working.
#[component]
pub fn Frame(props: &FrameProps) -> Html {
    use_effect_with((), |()| {
        focus_if_lost(".map-panel > .level");
        // Once the VPCs are there again; they are not where another panel was opened.
        || {
            gloo::timers::callback::Timeout::new(0, || focus_if_lost(".map-panel > .vpcs")).forget();
        }
    });
    html! { <div class="level" tabindex="-1" onkeydown={props.onkeydown.clone()} onwheel={props.onwheel.clone()}>{ props.children.clone() }</div> }
}

/// Gives something the focus where nothing has it that could be pressed.
fn focus_if_lost(selector: &str) {
    let document = gloo::utils::document();
    let active = document.active_element();
    let is_lost = active.is_none_or(|one| one.matches("body, :disabled").unwrap_or(false));
    let found = document.query_selector(selector).ok().flatten();
    if let Some(found) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok())
        && is_lost
    {
        // Fails only for an element that is gone.
        let _ = found.focus();
    }
}

/// The instance that is selected, or the first one.
fn looked_at(ctx: &Settled, picture: &Picture) -> Option<InstanceId> {
    let subnets = picture
        .vpcs
        .iter()
        .flat_map(|vpc| &vpc.zones)
        .flat_map(|zone| &zone.subnets);
    let all = subnets.flat_map(|subnet| &subnet.instances).chain(&picture.classic);
    let mut all = all.map(|one| one.id);
    match ctx.screen().selection {
        Some(Selection::Resource(region, ResourceId::Instance(id))) if region == ctx.region() => Some(id),
        _ => all.next(),
    }
}

/// Properties of [`Tools`].
#[derive(Properties, PartialEq)]
pub struct ToolsProps {
    /// The context.
    pub settled: Settled,
    /// What is shown.
    pub picture: Rc<Picture>,
    /// The VPC that alone is shown.
    pub shown: Option<VpcId>,
    /// The tag that all shown instances bear.
    pub tag: Option<Tag>,
    /// Another tag.
    pub on_tag: Callback<Option<Tag>>,
}

/// What can be done with the map besides looking: choose by tag, take it along as a file.
#[component]
pub fn Tools(props: &ToolsProps) -> Html {
    let region = props.settled.region();
    let draw = {
        let (picture, shown) = (props.picture.clone(), props.shown);
        Callback::from(move |()| drawing::draw(&picture, region, shown))
    };
    let left = props.picture.instances();
    html! {
        <div class="row map-tools">
            <TagFilter settled={props.settled.clone()} chosen={props.tag.clone()} on_choose={props.on_tag.clone()} />
            <span class="soft" role="status">{ match &props.tag {
                Some((key, value)) => format!("{} with {key} = {value}", count(left, "instance", "instances")),
                None => String::new(),
            } }</span>
            <Export of="the map" name={format!("map-{}", region.name())} {draw} />
        </div>
    }
}
