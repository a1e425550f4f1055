//! EC2-Classic on the map: one flat frame, without zones and subnets, that all customers share.

use super::super::and_more;
use super::super::chip::{Detail, InstanceChip, shows};
use super::super::picture::InstanceBox;
use super::super::subnet::limits;
use crate::session::action::PathView;
use crate::session::{Action, Selection};
use crate::ui::{Glyph, Icon, Settled};
use std::rc::Rc;
use stratus_engine::base::ids::ResourceId;
use stratus_engine::world::classic::NO_VPC;
use yew::prelude::*;

/// The frame with one's own instances.
pub fn view(ctx: &Settled, instances: &[Rc<InstanceBox>], detail: Detail, on_select: &Callback<ResourceId>) -> Html {
    let chosen = match ctx.screen().selection {
        Some(Selection::Resource(region, id)) if region == ctx.region() => Some(id),
        _ => None,
    };
    let compare = ctx.on(|| Action::ViewPath(PathView::Beside));
    let (most, _) = limits(detail);
    let rows = match detail {
        Detail::Dot => Some("dots"),
        Detail::Line => Some("lines"),
        Detail::Whole => None,
    };
    html! {
        <section class="vpc open classic" aria-label="EC2-Classic" data-at={NO_VPC.to_string()}>
            <div class="sky"><span><Icon glyph={Glyph::Globe} />{ "The Internet" }</span></div>
            <header><p class="title"><b>{ "EC2-Classic" }</b><span class="tag">{ "flat network" }</span><code>{ "10.0.0.0/8" }</code></p></header>
            <p class="soft">{ "One network that all customers share: no subnets, no route tables, no network ACLs. Each instance has a public address; only its security groups, for what comes in, stand before it." }</p>
            <ul class={classes!("instances", rows)}>
                { for instances.iter().take(most).map(|instance| html! {
                    <InstanceChip key={instance.id.to_string()} instance={instance.clone()} {detail} chosen={chosen.filter(|id| shows(instance, *id))} on_select={on_select.clone()} />
                }) }
            </ul>
            { and_more(ctx, instances.len().saturating_sub(most)) }
            <footer><button class="link" onclick={compare}>{ "See it beside a VPC" }</button></footer>
        </section>
    }
}
