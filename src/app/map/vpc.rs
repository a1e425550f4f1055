//! A VPC as a frame, with the internet gateway on its edge and the way from there to each public subnet.

use super::picture::{QuietSubnet, VpcBox};
use super::subnet::{SubnetView, exposure_tag};
use super::{count, is_selected, select, wide};
use crate::session::{Action, Panel, Selection};
use crate::ui::{Glyph, Icon, Settled};
use stratus_engine::base::ids::ResourceId;
use yew::prelude::*;

/// Properties of [`VpcView`].
#[derive(Properties, PartialEq)]
pub struct VpcProps {
    /// The context.
    pub settled: Settled,
    /// The VPC.
    pub vpc: VpcBox,
    /// How much an instance shows.
    pub detail: super::chip::Detail,
    /// Selects a resource.
    pub on_select: Callback<ResourceId>,
}

/// The frame.
#[component]
pub fn VpcView(props: &VpcProps) -> Html {
    let (ctx, vpc) = (&props.settled, &props.vpc);
    let selected = is_selected(ctx, vpc.id);
    let open = vpc.gateway.is_some();
    html! {
        <section class={classes!("vpc", open.then_some("open"), selected.then_some("selected"))} aria-label={format!("VPC {}", vpc.title)} data-at={vpc.id.to_string()}>
            if let Some((id, name)) = &vpc.gateway {
                <div class="sky"><button class="plain" onclick={ctx.on(|| Action::Open(Panel::Path))} title="Ask what gets through: open the path" aria-label={format!("The Internet, outside {}", vpc.title)}><Icon glyph={Glyph::Globe} />{ "The Internet" }</button></div>
                <button class="edge" onclick={select(ctx, *id)} aria-pressed={is_selected(ctx, *id).to_string()} title={format!("Internet gateway of {}", vpc.title)}>
                    <Icon glyph={Glyph::Gateway} />{ "Internet gateway" }<span class="mono">{ name }</span>
                </button>
            } else {
                <span class="edge none">{ "No internet gateway: nothing gets in or out" }</span>
            }
            <header>
                <button class="title" onclick={select(ctx, vpc.id)} aria-pressed={selected.to_string()}>
                    <b>{ &vpc.title }</b><span class="tag">{ "VPC" }</span><code>{ &vpc.blocks }</code>
                </button>
            </header>
            if !vpc.balancers.is_empty() { { wide::balancers::view(ctx, &vpc.title, &vpc.balancers) } }
            if !vpc.zones.is_empty() {
                <div class="zones">
                    { for vpc.zones.iter().map(|zone| {
                        let name = zone.zone.name();
                        let chosen = ctx.screen().selection == Some(Selection::Zone(name.clone()));
                        let on_zone = { let name = name.clone(); ctx.on(move || Action::Select(Some(Selection::Zone(name.clone())))) };
                        html! {
                            <div class="zone" key={name.clone()}>
                                <button class="zone-name" onclick={on_zone} aria-pressed={chosen.to_string()} aria-label={format!("{name}, Availability Zone of {}", vpc.title)} title="Availability Zone: one or more data centres of their own">{ name.clone() }</button>
                                { for zone.subnets.iter().map(|subnet| html! { <SubnetView key={subnet.id.to_string()} settled={ctx.clone()} subnet={subnet.clone()} detail={props.detail} on_select={props.on_select.clone()} /> }) }
                            </div>
                        }
                    }) }
                </div>
            }
            if !vpc.quiet.is_empty() { <Quiet settled={ctx.clone()} subnets={vpc.quiet.clone()} alone={vpc.zones.is_empty()} /> }
            if vpc.zones.is_empty() && vpc.quiet.is_empty() { <p class="nothing">{ "No subnets yet. A VPC is a range of addresses; a subnet is a part of it in one Availability Zone." }</p> }
            <footer>
                if !vpc.doors.is_empty() { { wide::doors::view(ctx, &vpc.title, &vpc.doors) } }
                { for vpc.rules.iter().map(|group| html! {
                    <div class="rule-group"><span>{ group.title }</span>
                        { for group.members.iter().map(|(id, name)| html! {
                            <button class={classes!("mini", (group.word == "security group").then_some("l4"))} key={id.to_string()} onclick={select(ctx, *id)} aria-pressed={is_selected(ctx, *id).to_string()} aria-label={format!("{name}, {} of {}", group.word, vpc.title)}>
                                if group.word == "security group" { <Icon glyph={Glyph::Shield} /> }{ name }
                            </button>
                        }) }
                        { super::and_more(ctx, group.more) }
                    </div>
                }) }
            </footer>
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct QuietProps {
    settled: Settled,
    subnets: Vec<QuietSubnet>,
    alone: bool,
}

/// Default subnets in which there is nothing: one line.
#[component]
fn Quiet(props: &QuietProps) -> Html {
    let (ctx, subnets) = (&props.settled, &props.subnets);
    // One sign for all, where it holds for all.
    let first = subnets.first().map(|subnet| subnet.exposure);
    let common = first.filter(|first| subnets.iter().all(|subnet| subnet.exposure == *first));
    let what = if props.alone {
        "empty default subnets"
    } else {
        "more, empty"
    };
    html! {
        <div class="quiet-subnets" role="group" aria-label="Empty default subnets">
            <span>{ if subnets.len() == 1 { format!("1 {}", what.trim_end_matches('s')) } else { count(subnets.len(), what, what) } }</span>
            { for subnets.iter().map(|subnet| html! {
                <button class="mini" key={subnet.id.to_string()} onclick={select(ctx, subnet.id)} aria-pressed={is_selected(ctx, subnet.id).to_string()} title={format!("{} · {} · {}", subnet.zone.name(), subnet.block, subnet.exposure.words())}><b>{ subnet.zone.letter().to_string() }</b><code>{ &subnet.block }</code></button>
            }) }
            if let Some(exposure) = common { { exposure_tag(exposure) } }
        </div>
    }
}
