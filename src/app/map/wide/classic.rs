//! EC2-Classic on the map: one flat frame, without zones and subnets, that all customers share.

use super::super::chip::{Detail, InstanceChip, shows};
use super::super::picture::Picture;
use super::super::subnet::{limits, terminated};
use super::super::{and_more, chosen};
use crate::session::Action;
use crate::session::action::PathView;
use crate::ui::{Glyph, Icon, Settled};
use stratus_engine::base::ids::ResourceId;
use stratus_engine::world::classic::NO_VPC;
use yew::prelude::*;

/// The frame with one's own instances.
pub fn view(ctx: &Settled, picture: &Picture, detail: Detail, on_select: &Callback<ResourceId>) -> Html {
    let (instances, chosen) = (&picture.classic, chosen(ctx));
    let compare = ctx.on(|| Action::ViewPath(PathView::Beside));
    let (most, _) = limits(detail);
    html! {
        <section class="vpc open classic" aria-label="EC2-Classic" data-at={NO_VPC.to_string()}>
            <div class="sky"><span><Icon glyph={Glyph::Globe} />{ "The Internet" }</span></div>
            <header><button class="title" onclick={compare.clone()} title="See it beside a VPC"><b>{ "EC2-Classic" }</b><span class="tag">{ "flat network" }</span><code>{ "10.0.0.0/8" }</code></button></header>
            <p class="soft">{ "One network that all customers share: no subnets, no route tables, no network ACLs. Each instance has a public address; only its security groups, for what comes in, stand before it." }</p>
            <ul class={classes!("instances", detail.class())}>
                { for instances.iter().take(most).map(|instance| html! {
                    <InstanceChip key={instance.id.to_string()} instance={instance.clone()} {detail} chosen={chosen.filter(|id| shows(instance, *id))} on_select={on_select.clone()} />
                }) }
            </ul>
            <div class="leftovers">{ terminated(ctx, &picture.classic_gone) }</div>
            { and_more(ctx, instances.len().saturating_sub(most)) }
            <footer><button class="link" onclick={compare}>{ "See it beside a VPC" }</button></footer>
        </section>
    }
}
