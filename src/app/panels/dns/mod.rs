//! The region "DNS": hosted zones with their records, what resolvers make of them, and what answers at a name. Every change is
//! one call of a form or a button; asking a resolver changes nothing that is saved.

mod atlas;
mod land;
mod memory;
mod resolver;
mod rollout;
mod shares;
pub mod visit;
mod votes;
mod way;
mod zone;

use crate::dialogs::FormKind;
use crate::session::action::DnsView;
use crate::session::{Action, Dialog, Selection, use_ctx};
use crate::ui::{Empty, tabs_to};
use stratus_engine::base::ids::HostedZoneId;
use stratus_engine::base::time::{Span, Time};
use stratus_engine::dns::name;
use stratus_engine::world::names::HostedZone;
use stratus_model::sort;
use yew::prelude::*;

/// How far the clock goes at least before a picture is made anew.
const PACE: Span = Span::seconds(10);

/// The panel.
#[component]
pub fn DnsPanel() -> Html {
    let ctx = use_ctx();
    let view = ctx.screen().dns_view;
    let choose = ctx.choose(Action::ViewDns);
    let region = ctx.region();
    let create = ctx.on(move || Action::Dialog(Some(Dialog::Form(FormKind::CreateZone(region)))));
    html! {
        <div class="stack">
            <div class="panel-head">
                <h1>{ "DNS " }<span class="head-note">{ "Route 53, worldwide" }</span></h1>
                { tabs_to("What of the DNS", view, choose, [(DnsView::Names, "Names"), (DnsView::Visit, "Open an address"), (DnsView::Rollout, "Rolling deployment"), (DnsView::Votes, "Health checks")]) }
                if view == DnsView::Names { <button class="btn" onclick={create.clone()} aria-haspopup="dialog">{ "Create hosted zone" }</button> }
            </div>
            { match view {
                DnsView::Names => html! { <Names {create} /> },
                DnsView::Visit => opened(&ctx),
                DnsView::Rollout => html! { <rollout::Rolling /> },
                DnsView::Votes => html! { <votes::Votes /> },
            } }
        </div>
    }
}

/// The form that opens an address, with a name of the first zone to begin with.
fn opened(ctx: &crate::session::Ctx) -> Html {
    let mut zones = ctx.world().route53.zones.rows().filter(|zone| !zone.deleted);
    let domain = zones
        .next()
        .map_or_else(|| "example.org".to_owned(), |zone| name::said(&zone.name));
    html! {
        <section class="card" aria-label="Visitor">
            <h2>{ "Open an address" }</h2>
            <p class="soft">{ "As a browser does it: any name, from anywhere. Whatever answers in this world is asked: a program of a machine, a load balancer, the website of a bucket, S3 itself." }</p>
            <visit::Visit address={format!("http://www.{domain}/")} />
        </section>
    }
}

/// Properties of [`Names`].
#[derive(Properties, PartialEq)]
struct NamesProps {
    create: Callback<MouseEvent>,
}

/// Zones with their records, the resolver, and what resolvers remember.
#[component]
fn Names(props: &NamesProps) -> Html {
    let ctx = use_ctx();
    let route53 = &ctx.world().route53;
    let mut zones: Vec<&HostedZone> = route53.zones.rows().filter(|zone| !zone.deleted).collect();
    sort::by_key(&mut zones, |zone| zone.born);
    let selected = match &ctx.screen().selection {
        Some(Selection::HostedZone(id)) => HostedZoneId::parse(id),
        _ => None,
    };
    // The one that was looked at last stays open while something else is selected.
    let last = use_mut_ref(|| None::<HostedZoneId>);
    let known = |id: &HostedZoneId| zones.iter().any(|zone| zone.id == *id);
    let open = selected
        .or(*last.borrow())
        .filter(known)
        .or(zones.first().map(|zone| zone.id));
    *last.borrow_mut() = open;
    let create = props.create.clone();
    html! {
        <>
            if zones.is_empty() {
                <Empty title="No hosted zone yet">
                    <p>{ "A hosted zone holds the records of a domain: which address stands behind www.example.com, who takes its mail. Whoever creates one here owns the name." }</p>
                    <button class="btn primary" onclick={create}>{ "Create the first zone" }</button>
                </Empty>
            } else {
                <ul class="buckets" aria-label="Hosted zones">{ for zones.iter().map(|zone| chip(&ctx, zone, open == Some(zone.id))) }</ul>
                { for zones.iter().filter(|zone| Some(zone.id) == open).map(|zone| html! { <zone::ZoneView key={zone.id.to_string()} id={zone.id} /> }) }
            }
            <resolver::Resolver />
            <memory::Memory />
        </>
    }
}

fn chip(ctx: &crate::session::Ctx, zone: &HostedZone, here: bool) -> Html {
    let id = zone.id.to_string();
    let onclick = ctx.on(move || Action::Select(Some(Selection::HostedZone(id.clone()))));
    let kind = if zone.private.is_some() { "private" } else { "public" };
    html! {
        <li key={zone.id.to_string()}><button class={classes!("btn", here.then_some("here"))} aria-pressed={here.to_string()} {onclick}>
            <b>{ name::said(&zone.name) }</b><span class="soft">{ format!("{kind} · {}", crate::map::count(zone.records.len(), "record", "records")) }</span>
        </button></li>
    }
}

/// How long until a moment: `34 s`.
fn until(now: Time, then: Time) -> String {
    crate::inspector::span_text(Span((then.0 - now.0).max(0)))
}
