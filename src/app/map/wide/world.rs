//! From farthest away: every Region of the world, with what one has there.

use super::super::count;
use crate::session::Action;
use crate::ui::Settled;
use stratus_engine::catalog::Region;
use stratus_engine::world::compute::InstanceState;
use stratus_model::sort;
use yew::prelude::*;

/// Dots that a Region shows before it counts.
const DOTS: usize = 60;

/// Parts of the world, by the beginnings of Regions' names.
const PARTS: [(&str, &[&str]); 6] = [
    ("North America", &["us-", "ca-", "mx-"]),
    ("South America", &["sa-"]),
    ("Europe", &["eu-"]),
    ("Africa", &["af-"]),
    ("Middle East", &["me-", "il-"]),
    ("Asia and the Pacific", &["ap-", "cn-"]),
];

/// Properties of [`WorldMap`].
#[derive(Properties, PartialEq)]
pub struct WorldProps {
    /// The context.
    pub settled: Settled,
    /// Goes nearer, once a Region is chosen.
    pub on_near: Callback<()>,
}

/// The Regions.
#[component]
pub fn WorldMap(props: &WorldProps) -> Html {
    let ctx = &props.settled;
    let part = |begins: &[&str]| -> Vec<Region> {
        let all = Region::all().filter(|region| begins.iter().any(|begin| region.name().starts_with(begin)));
        let mut all: Vec<Region> = all.collect();
        sort::by_key(&mut all, |region| region.name());
        all
    };
    html! {
        <div class="world" role="group" aria-label="Regions of the world">
            { for PARTS.iter().map(|(name, begins)| html! {
                <section key={*name}><h2>{ *name }</h2><ul>
                    { for part(begins).into_iter().map(|region| card(ctx, region, &props.on_near)) }
                </ul></section>
            }) }
            <p class="soft">{ "A Region is a place in the world with data centres of its own. What one makes in one of them is in no other; zoom in to see it." }</p>
        </div>
    }
}

fn card(ctx: &Settled, region: Region, on_near: &Callback<()>) -> Html {
    let ec2 = ctx.world().ec2(region);
    let states: Vec<InstanceState> = ec2
        .into_iter()
        .flat_map(|ec2| ec2.instances.rows())
        .map(|instance| instance.state)
        .filter(|state| *state != InstanceState::Terminated)
        .collect();
    let own = ec2.map_or(0, |ec2| ec2.vpcs.rows().filter(|vpc| !vpc.is_default).count());
    let here = region == ctx.region();
    let said = match (states.len(), own) {
        (0, 0) => "nothing of yours".to_owned(),
        (instances, vpcs) => format!(
            "{}, {}",
            count(instances, "instance", "instances"),
            count(vpcs, "VPC of your own", "VPCs of your own")
        ),
    };
    let onclick = {
        let (show, near) = (ctx.on(move || Action::ShowRegion(region)), on_near.clone());
        Callback::from(move |event: MouseEvent| {
            show.emit(event);
            near.emit(());
        })
    };
    html! {
        <li key={region.name()}>
            <button class={classes!("place", (!states.is_empty() || own > 0).then_some("used"), here.then_some("here"))} {onclick} aria-current={here.then_some("true")}>
                <b>{ region.long_name() }</b><code>{ region.name() }</code>
                <span class="soft">{ said }{ format!(" · {}", count(region.zones().len(), "zone", "zones")) }</span>
                if !states.is_empty() {
                    <span class="specks" aria-hidden="true">{ for states.iter().take(DOTS).map(|state| html! { <i class={classes!("state", state.name())} /> }) }</span>
                }
            </button>
        </li>
    }
}
