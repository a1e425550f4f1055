//! The region "Inspector": what the selected thing is, its state and why, what one can do with it, its facts, what refers
//! to it. One file a kind or a few; [`parts`] has what they share, [`told`] the shape of most.
//!
//! What a page shows changes with the world, not with the clock: only the overview, where nothing is selected, ticks.

mod addresses;
mod balancers;
pub mod buckets;
mod call;
mod dedicated;
mod estate;
mod flow_logs;
mod gateways;
mod hop;
mod images;
mod insights;
mod instance;
mod instance_inside;
mod links;
pub mod machine;
mod mirroring;
mod network;
mod overview;
mod parts;
mod rules;
mod shelf;
mod tags;
mod told;
mod volumes;
mod zones;

pub use hop::apply_fix;
pub use overview::span_text;
pub use parts::fold;

use crate::later::use_later;
use crate::session::action::Shelf;
use crate::session::{Action, Selection, use_ctx};
use crate::ui::{Settled, show_inspector};
use parts::act_link;
use stratus_engine::base::ids::ResourceId;
use stratus_engine::catalog::Region;
use stratus_engine::world::balancing::Listener;
use yew::prelude::*;

/// The inspector.
#[component]
pub fn Inspector() -> Html {
    let ctx = use_ctx();
    crate::frame::focus::use_focus_kept(ctx.view().stamp);
    {
        // Where the inspector is below everything, what was just selected comes into sight. Not what a link selects.
        let first = use_mut_ref(|| true);
        use_effect_with(ctx.screen().selection.clone(), move |selection| {
            let begins = std::mem::replace(&mut *first.borrow_mut(), false);
            if !begins && selection.as_ref().is_some_and(|one| !matches!(one, Selection::Hop(_))) {
                show_inspector();
            }
        });
    }
    // A step belongs to the picture of the path. Where that is not shown, or nothing of it is chosen, it says nothing, and
    // beside the picture the step that decided is what one wants to know.
    let traced = ctx
        .view()
        .traced
        .clone()
        .filter(|traced| ctx.screen().shows_path() && !traced.is_empty());
    let content = match (&ctx.screen().selection, traced) {
        (Some(Selection::Hop(index)), Some(traced)) => html! { <hop::HopView {traced} index={*index} /> },
        (None, Some(traced)) => {
            let index = traced.deciding();
            html! { <hop::HopView {traced} {index} /> }
        }
        (None | Some(Selection::Hop(_)), _) => html! { <overview::Overview region={ctx.region()} /> },
        (Some(Selection::Region(region)), _) => html! { <overview::Overview region={*region} /> },
        (Some(selection), _) => html! { <Page settled={Settled::new(&ctx)} selection={selection.clone()} /> },
    };
    html! { <aside class="inspector" aria-label="Inspector" role="region" tabindex="-1">{ content }</aside> }
}

#[derive(Properties, PartialEq)]
struct PageProps {
    settled: Settled,
    selection: Selection,
}

/// The page of what is selected. Keyed by kind: what one has unfolded stays so from one instance to the next.
#[component]
fn Page(props: &PageProps) -> Html {
    match use_later().instead() {
        Some(instead) => instead,
        None => page(props),
    }
}

/// The border to the later part of the program.
#[inline(never)]
fn page(props: &PageProps) -> Html {
    let ctx = &props.settled;
    let (kind, content) = match &props.selection {
        Selection::Resource(region, id) => (id.kind().words(), resource(ctx, *region, *id)),
        Selection::Zone(name) => ("zone", zones::view(ctx, name)),
        Selection::Bucket(name) => ("bucket", buckets::bucket(ctx, name)),
        Selection::Object(bucket, key) => ("object", buckets::object(ctx, bucket, key)),
        Selection::HostedZone(id) => ("hosted zone", buckets::hosted_zone(ctx, id)),
        Selection::Call(node) => ("call", call::view(ctx, *node)),
        Selection::Shelf(region, shelf) => (shelf.title(), shelf::view(ctx, *region, *shelf)),
        Selection::Region(_) | Selection::Hop(_) => ("", None),
    };
    let content = content.unwrap_or_else(|| gone(ctx));
    html! { <div class="insp-page" key={kind}>{ content }</div> }
}

fn resource(ctx: &Settled, region: Region, id: ResourceId) -> Option<Html> {
    match id {
        ResourceId::Instance(id) => instance::view(ctx, region, id),
        ResourceId::NetworkInterface(id) => addresses::interface(ctx, region, id),
        ResourceId::Address(id) => addresses::elastic(ctx, region, id),
        ResourceId::SecurityGroup(id) => rules::group(ctx, region, id),
        ResourceId::NetworkAcl(id) => rules::acl(ctx, region, id),
        ResourceId::RouteTable(id) => rules::route_table(ctx, region, id),
        ResourceId::PrefixList(id) => rules::prefix_list(ctx, region, id),
        ResourceId::SecurityGroupRule(id) => rules::group_of_rule(ctx, region, id),
        ResourceId::Vpc(id) => network::vpc(ctx, region, id),
        ResourceId::Subnet(id) => network::subnet(ctx, region, id),
        ResourceId::InternetGateway(id) => network::gateway(ctx, region, id),
        ResourceId::DhcpOptions(id) => network::dhcp_options(ctx, region, id),
        ResourceId::Volume(id) => volumes::volume(ctx, region, id),
        ResourceId::Snapshot(id) => volumes::snapshot(ctx, region, id),
        ResourceId::Image(id) => images::image(ctx, region, id),
        ResourceId::KeyPair(id) => images::key_pair(ctx, region, id),
        ResourceId::Host(id) => dedicated::host(ctx, region, id),
        other => gateways::view(ctx, region, other).or_else(|| rarer(ctx, region, other)),
    }
}

/// What has the shape that most pages have.
fn rarer(ctx: &Settled, region: Region, id: ResourceId) -> Option<Html> {
    let told = match id {
        ResourceId::HostReservation(id) => dedicated::reservation(ctx, region, id)?,
        ResourceId::PlacementGroup(id) => dedicated::placement_group(ctx, region, id)?,
        ResourceId::FlowLog(id) => flow_logs::flow_log(ctx, region, id)?,
        ResourceId::TrafficMirrorSession(id) => mirroring::session(ctx, region, id)?,
        ResourceId::TrafficMirrorTarget(id) => mirroring::target(ctx, region, id)?,
        ResourceId::TrafficMirrorFilter(id) => mirroring::filter(ctx, region, id)?,
        ResourceId::TrafficMirrorRule(id) => {
            let (filter, told) = mirroring::filter_of_rule(ctx, region, id)?;
            return Some(told::page(ctx, region, filter.into(), told));
        }
        ResourceId::InsightsPath(id) => insights::path(ctx, region, id)?,
        ResourceId::InsightsAnalysis(id) => insights::analysis(ctx, region, id)?,
        ResourceId::AccessScope(id) => insights::scope(ctx, region, id)?,
        ResourceId::AccessAnalysis(id) => insights::scope_analysis(ctx, region, id)?,
        ResourceId::PublicExclusion(id) => estate::exclusion(ctx, region, id)?,
        ResourceId::PublicBlock(_) => return shelf::view(ctx, region, Shelf::PublicAccess),
        ResourceId::VpcPeering(id) => links::peering(ctx, region, id)?,
        ResourceId::VpcEndpoint(id) => links::endpoint(ctx, region, id)?,
        ResourceId::EndpointService(id) => links::service(ctx, region, id)?,
        ResourceId::TransitGateway(id) => links::transit(ctx, region, id)?,
        ResourceId::TransitAttachment(id) => links::attachment(ctx, region, id)?,
        ResourceId::TransitTable(id) => links::transit_table(ctx, region, id)?,
        ResourceId::LoadBalancer(id) => balancers::balancer(ctx, region, id)?,
        ResourceId::ClassicBalancer(id) => balancers::classic(ctx, region, id)?,
        ResourceId::TargetGroup(id) => balancers::group(ctx, region, id)?,
        ResourceId::Listener(id) => {
            let of = ctx.world().row::<Listener>(region, id)?.balancer;
            return Some(told::page(
                ctx,
                region,
                of.into(),
                balancers::balancer(ctx, region, of)?,
            ));
        }
        _ => return None,
    };
    Some(told::page(ctx, region, id, told))
}

/// What was selected is not there (any more): it was deleted, or one went back to before it was made.
fn gone(ctx: &Settled) -> Html {
    html! {
        <div class="stack">
            <p>{ "This does not exist at this moment: it was deleted, is not shown any more, or was not made yet." }</p>
            <p>{ act_link(ctx, "Show the Region instead", || Action::Select(None)) }</p>
        </div>
    }
}
