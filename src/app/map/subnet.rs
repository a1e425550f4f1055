//! A subnet: public or private in words, its instances, what else lies in it. A big one shows its first instances only,
//! until one asks for more.

use super::chip::{Detail, InstanceChip, shows};
use super::picture::{Exposure, InstanceBox, SubnetBox};
use super::{chosen, count, is_selected, select};
use crate::session::Selection;
use crate::ui::{Glyph, Icon, Settled};
use std::rc::Rc;
use stratus_engine::base::ids::{InstanceId, ResourceId};
use stratus_engine::world::compute::InstanceState;
use yew::prelude::*;

/// A subnet shows all its instances up to so many, by how much each shows, and so many of more than that.
pub(super) fn limits(detail: Detail) -> (usize, usize) {
    match detail {
        Detail::Whole => (30, 24),
        Detail::Line => (200, 150),
        Detail::Dot => (3_000, 2_500),
    }
}

/// Properties of [`SubnetView`].
#[derive(Clone, Properties, PartialEq)]
pub struct SubnetProps {
    /// The context.
    pub settled: Settled,
    /// The subnet.
    pub subnet: SubnetBox,
    /// How much an instance shows.
    pub detail: Detail,
    /// Selects a resource.
    pub on_select: Callback<ResourceId>,
}

/// The sign of public and private.
pub fn exposure_tag(exposure: Exposure) -> Html {
    let (class, glyph) = if exposure.is_public() {
        ("exposure public", Glyph::Globe)
    } else {
        ("exposure", Glyph::Lock)
    };
    html! { <span {class}><Icon {glyph} />{ exposure.words() }</span> }
}

/// The card.
#[component]
pub fn SubnetView(props: &SubnetProps) -> Html {
    let (ctx, subnet) = (&props.settled, &props.subnet);
    let all = use_state(|| false);
    let total = subnet.instances.len();
    let (whole, first) = limits(props.detail);
    let few = !*all && total > whole;
    let shown = |at: usize, instance: &InstanceBox| !few || at < first || is_selected(ctx, instance.id);
    let selected = is_selected(ctx, subnet.id);
    let chosen = chosen(ctx);
    let toggle = {
        let all = all.clone();
        Callback::from(move |_: MouseEvent| all.set(!*all))
    };
    let nothing = total == 0 && subnet.gone.is_empty() && subnet.interfaces.is_empty();
    let kind = if subnet.exposure.is_public() {
        "public"
    } else {
        "private"
    };
    html! {
        <section class={classes!("subnet", kind, selected.then_some("selected"))} aria-label={format!("Subnet {} {}", subnet.title, subnet.block)} data-at={subnet.id.to_string()}>
            <header>
                <button class="title" onclick={select(ctx, subnet.id)} aria-pressed={selected.to_string()} title={format!("A {kind} subnet")}>
                    <b>{ &subnet.title }</b><code>{ &subnet.block }</code>
                </button>
                { exposure_tag(subnet.exposure) }
            </header>
            if !subnet.nodes.is_empty() { { super::wide::balancers::nodes(ctx, &subnet.nodes) } }
            if total > 24 { <p class="tally">{ tally(&subnet.instances) }</p> }
            if total > 0 {
                <ul class={classes!("instances", props.detail.class())}>
                    { for subnet.instances.iter().enumerate().filter(|(at, instance)| shown(*at, instance)).map(|(_, instance)| html! {
                        <InstanceChip key={instance.id.to_string()} instance={instance.clone()} detail={props.detail} chosen={chosen.filter(|id| shows(instance, *id))} on_select={props.on_select.clone()} />
                    }) }
                </ul>
            }
            if total > whole {
                <button class="btn quiet more" onclick={toggle} aria-expanded={(*all).to_string()}>{ if few { format!("+ {} more", total - first) } else { format!("Show only the first {first}") } }</button>
            }
            if !subnet.interfaces.is_empty() || !subnet.gone.is_empty() { <Leftovers ..props.clone() /> }
            if nothing { <p class="nothing">{ "No instances in this subnet." }</p> }
        </section>
    }
}

/// Free interfaces, and terminated instances that are still shown.
#[component]
fn Leftovers(props: &SubnetProps) -> Html {
    let (ctx, subnet) = (&props.settled, &props.subnet);
    html! {
        <div class="leftovers">
            { for subnet.interfaces.iter().map(|(id, name, address)| html! {
                <button class="mini l3" onclick={select(ctx, *id)} aria-pressed={is_selected(ctx, *id).to_string()} aria-label={format!("{name} {address}, interface, not attached")} title="A network interface that is attached to nothing"><span class="chip" />{ name }{ " " }{ address }</button>
            }) }
            { terminated(ctx, &subnet.gone) }
        </div>
    }
}

/// Terminated instances that are still shown, folded.
pub fn terminated(ctx: &Settled, gone: &[(InstanceId, String)]) -> Html {
    if gone.is_empty() {
        return Html::default();
    }
    html! {
        <details open={gone.iter().any(|(id, _)| selected_is(ctx, (*id).into()))}>
            <summary>{ format!("{} terminated", count(gone.len(), "instance", "instances")) }</summary>
            { for gone.iter().map(|(id, name)| html! {
                <button class="mini gone" onclick={select(ctx, *id)} aria-pressed={is_selected(ctx, *id).to_string()} aria-label={format!("{name}, instance, terminated")}>{ name }</button>
            }) }
        </details>
    }
}

fn selected_is(ctx: &Settled, id: ResourceId) -> bool {
    matches!(ctx.screen().selection, Some(Selection::Resource(_, selected)) if selected == id)
}

/// `310 running, 2 pending`: a big subnet at a glance.
fn tally(instances: &[Rc<InstanceBox>]) -> String {
    const STATES: [InstanceState; 5] = [
        InstanceState::Running,
        InstanceState::Pending,
        InstanceState::Stopping,
        InstanceState::Stopped,
        InstanceState::ShuttingDown,
    ];
    let counts = STATES.into_iter().filter_map(|state| {
        let number = instances.iter().filter(|instance| instance.state == state).count();
        (number > 0).then(|| format!("{number} {}", state.name()))
    });
    counts.collect::<Vec<_>>().join(", ")
}
