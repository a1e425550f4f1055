//! What the path panel shows once the later part of the program is here: "Predict first", the packet's header at each
//! step, the way as text, and the way as a file. Nothing of it decides anything: it shows what was traced.

mod cheat;
mod closing;
pub(crate) mod documented;
mod drawing;
mod header;
mod predict;
mod spoken;
mod spots;

use super::Place;
use crate::panels::beside::BesideView;
use crate::panels::live::{LiveView, OpenHere};
use crate::panels::matrix::MatrixView;
use crate::panels::survey::SurveyView;
use crate::session::action::PathView;
use crate::session::traced::Traced;
use crate::session::{Action, Ctx, use_ctx};
use std::rc::Rc;
use stratus_engine::base::ids::InstanceId;
use stratus_engine::network::Layer;
use stratus_engine::network::fronts::fronts;
use stratus_engine::world::Ec2;
use stratus_engine::world::compute::Instance;
use yew::prelude::*;

/// What stands at a place of the panel.
#[inline(never)]
pub(super) fn view(place: Place, traced: Option<Rc<Traced>>, reached: usize) -> Html {
    match (place, traced) {
        (Place::Above, _) => {
            html! { <div class="row path-bar"><Ways /><predict::Toggle /><Cheating /><OpenHere /></div> }
        }
        (Place::Instead(PathView::Everyone), _) => html! { <MatrixView /> },
        (Place::Instead(PathView::AllPorts), _) => html! { <SurveyView /> },
        (Place::Instead(PathView::Live), _) => html! { <LiveView /> },
        (Place::Instead(PathView::Beside), _) => html! { <BesideView /> },
        (Place::Veil, Some(traced)) => html! { <predict::Guess {traced} /> },
        (Place::Below, Some(traced)) => html! {
            <>
                <header::Header traced={traced.clone()} {reached} />
                if traced.trace.reachable { <closing::ClosePath {traced} /> }
            </>
        },
        (Place::Instead(PathView::One), _) | (_, None) => Html::default(),
    }
}

/// The nodes of a Region's load balancers as ends that can be chosen.
#[inline(never)]
pub fn nodes(ec2: &Ec2, out: &mut Vec<(String, String)>) {
    for front in fronts(ec2) {
        for node in front.nodes {
            let subnet = ec2.interfaces.get(&node).and_then(|row| ec2.subnets.get(&row.subnet));
            let zone = subnet.map(|subnet| subnet.zone.name()).unwrap_or_default();
            out.push((node.to_string(), format!("{} · load balancer in {zone}", front.name)));
        }
    }
}

/// What a station of a load balancer is called, by CloudFormation's name of its type.
#[inline(never)]
pub fn balancer_station(kind: &str) -> &'static str {
    match kind.rsplit(':').next() {
        Some("Listener") => "Listener",
        Some("TargetGroup") => "Target group",
        _ => "Load balancer",
    }
}

/// The instance at which a packet for a load balancer comes down.
#[inline(never)]
pub fn behind(ctx: &Ctx, traced: &Traced) -> Option<Instance> {
    let mut hops = traced.trace.forward.iter().rev();
    let last = hops.find(|hop| hop.layer == Layer::CustomerInstance)?;
    let id = InstanceId::parse(&last.component().id)?;
    ctx.world().ec2(traced.region_at(last))?.instances.get(&id).cloned()
}

/// Only where one path is shown.
#[component]
fn Cheating() -> Html {
    match use_ctx().screen().path_view {
        PathView::One => html! { <cheat::TryToCheat /> },
        _ => html! { <div hidden={true} /> },
    }
}

/// One path, who reaches whom, what is under way, or the two platforms side by side.
#[component]
fn Ways() -> Html {
    let ctx = use_ctx();
    let way = |view: PathView, name: &'static str| {
        let pressed = ctx.screen().path_view == view;
        html! { <button class="btn" aria-pressed={pressed.to_string()} onclick={ctx.on(move || Action::ViewPath(view))}>{ name }</button> }
    };
    html! {
        <div class="ways" role="group" aria-label="Of whom">
            { way(PathView::One, "One path") }{ way(PathView::Everyone, "Everyone") }{ way(PathView::AllPorts, "All ports") }{ way(PathView::Live, "Live traffic") }{ way(PathView::Beside, "Classic and VPC") }
        </div>
    }
}
