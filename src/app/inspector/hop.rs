//! A step of a packet's way: what this is → what it saw → the rules with the deciding one marked → the smallest change
//! that works, already tried → where it is documented.

use crate::later::{Later, use_later};
use crate::panels::path::documented;
use crate::session::action::{Outcome, ToastKind, ToastOffer};
use crate::session::traced::Traced;
use crate::session::{Action, Ctx, Selection, Toast, use_ctx};
use crate::ui::{CommandLine, Planned, Source, what_if};
use std::rc::Rc;
use stratus_engine::base::ids::ResourceId;
use stratus_engine::catalog::Region;
use stratus_engine::network::{self, Considered, Fate, Fix, Hop, Layer, Packet, Rule, Verdict, protocol_text};
use yew::prelude::*;

/// Properties of [`HopView`].
#[derive(Properties, PartialEq)]
pub struct HopProps {
    /// The answer.
    pub traced: Rc<Traced>,
    /// Which step.
    pub index: usize,
}

/// A step, explained.
#[component]
pub fn HopView(props: &HopProps) -> Html {
    let ctx = use_ctx();
    let later = use_later();
    let Some(hop) = props.traced.hop(props.index) else {
        return html! { <p class="soft">{ "This step is not on the path any more." }</p> };
    };
    let deny = hop.verdict == Verdict::Deny;
    let back = props.traced.is_back(props.index);
    html! {
        <>
            <header class="hop-head">
                <h2><span class={classes!("chip", layer_class(hop))} aria-hidden="true" />{ heading(&ctx, &props.traced, hop) }</h2>
                <p class="soft">{ subtitle(hop, back) }{ resource_link(&ctx, &props.traced, hop) }</p>
            </header>
            <p class={classes!("hop-text", deny.then_some("deny"))}>
                <span class={if deny { "mark-deny" } else { "mark-allow" }} aria-hidden="true">{ if deny { "✕" } else { "✓" } }</span><span>{ hop.text().to_owned() }</span>
            </p>
            <PacketView before={hop.before} after={hop.after} />
            if !hop.considered().is_empty() { <Rules considered={hop.considered().to_vec()} {deny} region={props.traced.region_at(hop)} of={ResourceId::parse(&hop.component().id)} /> }
            if !props.traced.is_cheat() && (deny || !props.traced.trace.reachable && props.index == props.traced.deciding()) {
                <Fixes traced={props.traced.clone()} />
            }
            if later == Later::Here { <Source source={hop.source}>{ documented(hop) }</Source> }
        </>
    }
}

fn layer_class(hop: &Hop) -> &'static str {
    match hop.layer {
        Layer::CustomerInstance => "l1",
        Layer::Hypervisor => "l2",
        Layer::VirtualInterface => "l3",
        Layer::SecurityGroup => "l4",
        Layer::Firewall => "l5",
        Layer::PhysicalInterface => "l6",
        Layer::Network => "net",
    }
}

fn heading(ctx: &Ctx, traced: &Traced, hop: &Hop) -> String {
    let name = ResourceId::parse(&hop.component().id).map(|id| ctx.world().label(traced.region_at(hop), id));
    let kind = match hop.layer {
        Layer::CustomerInstance => "Customer instance",
        Layer::Hypervisor => "Hypervisor",
        Layer::VirtualInterface => "Virtual interface",
        Layer::SecurityGroup => "Security group",
        Layer::Firewall if hop.component().kind.contains("NetworkAcl") => "Network ACL",
        Layer::Firewall => "Firewall of the host",
        Layer::PhysicalInterface => "Physical interface",
        Layer::Network => crate::panels::path::station_name(hop),
    };
    match name.filter(|name| *name != hop.component().id) {
        Some(name) => format!("{kind} {name}"),
        None => kind.to_owned(),
    }
}

fn subtitle(hop: &Hop, back: bool) -> String {
    let way = if back { "the answer's way" } else { "the request's way" };
    let nature = match hop.layer {
        Layer::SecurityGroup => "stateful; all rules together, allow only",
        Layer::Firewall if hop.component().kind.contains("NetworkAcl") => {
            "stateless; lowest number first, the first match decides"
        }
        Layer::Network if hop.component().kind.contains("RouteTable") => "the longest matching prefix wins",
        Layer::Network if hop.component().kind.contains("InternetGateway") => {
            "translates one to one between public and private address"
        }
        Layer::Hypervisor => "keeps the customers of one physical machine apart",
        Layer::VirtualInterface => "addresses, and the source/destination check",
        Layer::Firewall => "drops forged source addresses",
        Layer::PhysicalInterface => "one wire for all guests of the host",
        Layer::CustomerInstance => "the guest's own firewall, and what listens",
        Layer::Network => "between the hosts",
    };
    format!("{nature} · {way}")
}

/// A link to the resource that spoke, where the inspector has a page for it.
fn resource_link(ctx: &Ctx, traced: &Traced, hop: &Hop) -> Html {
    let Some(id) = ResourceId::parse(&hop.component().id) else {
        return Html::default();
    };
    let region = traced.region_at(hop);
    html! {
        <>{ " · " }if let Some(region) = hop.region() { { region.name() }{ " · " } }<button class="link mono" onclick={ctx.on(move || Action::Select(Some(Selection::Resource(region, id))))} title="Open this resource">{ crate::ui::short_id(&hop.component().id) }</button></>
    }
}

#[derive(Properties, PartialEq)]
struct PacketProps {
    before: Packet,
    after: Packet,
}

/// The packet's header as it came and, where something translated it, as it went on.
#[component]
fn PacketView(props: &PacketProps) -> Html {
    let changed = props.before != props.after;
    html! {
        <div class="packet-header">
            <h3>{ "The packet" }</h3>
            <div class="pkt">{ packet_line(&props.before) }
                if changed { <><br /><span class="soft">{ "goes on as " }</span><br /><u>{ packet_line(&props.after) }</u></> }
            </div>
        </div>
    }
}

fn packet_line(packet: &Packet) -> String {
    let (from, to) = (packet.source_text(), packet.destination_text());
    format!("{} {from} → {to}", protocol_text(packet.protocol).to_ascii_uppercase())
}

#[derive(Properties, PartialEq)]
struct RulesProps {
    considered: Vec<Considered>,
    deny: bool,
    region: Region,
    /// What has the rules, which have no page of their own: an ACL's entries, a table's routes.
    of: Option<ResourceId>,
}

/// Rules in the order in which they are looked at: skipped, matched and deciding ones told apart by sign and word.
#[component]
fn Rules(props: &RulesProps) -> Html {
    let ctx = use_ctx();
    let (region, of) = (props.region, props.of);
    let link = |rule: &str| {
        let text = crate::ui::short_id(rule);
        match ResourceId::parse(rule).or(of.filter(|_| rule != Rule::UNLISTED)) {
            Some(id) => {
                html! { <button class="link" onclick={ctx.on(move || Action::Select(Some(Selection::Resource(region, id))))} title="Show the rule">{ text }</button> }
            }
            None => html! { { text } },
        }
    };
    html! {
        <div class="scroll-x" tabindex="0">
            <table class="rules">
                <thead><tr><th>{ "Rule" }</th><th>{ "What it matches" }</th><th>{ "Here" }</th></tr></thead>
                <tbody>
                    { for props.considered.iter().map(|one| {
                        let (class, sign) = match one.fate {
                            Fate::Skipped => ("skip", "–"),
                            Fate::Matched => ("matched", "✓"),
                            Fate::Decided if props.deny => ("decides deny", "✕"),
                            Fate::Decided => ("decides allow", "✓"),
                        };
                        html! { <tr {class}><td class="mono nowrap">{ link(&one.rule.id) }</td><td class="mono">{ &one.rule.text }</td><td class="nowrap">{ sign }{ " " }{ &one.why }</td></tr> }
                    }) }
                </tbody>
            </table>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct FixesProps {
    traced: Rc<Traced>,
}

/// Changes that work, each tried on a copy of the world, the least opening first (once that has been measured).
#[component]
fn Fixes(props: &FixesProps) -> Html {
    let ctx = use_ctx();
    let chosen = use_state(|| 0_usize);
    let later = use_later();
    let is_later_here = later == Later::Here;
    let fixes = &props.traced.trace.fixes;
    let at = (*chosen).min(fixes.len().saturating_sub(1));
    let Some(fix) = fixes.get(at) else {
        let code = props.traced.trace.explanations.first().map_or("", |first| first.code);
        let words = if is_later_here {
            network::fixes::needed(code)
        } else {
            "Nothing that Stratus tries on a copy of this world makes this path work."
        };
        return html! { <div class="fix none"><h3>{ "No small change was found" }</h3><p class="soft">{ words }</p></div> };
    };
    let apply = apply_fix(&ctx, fix, props.traced.region);
    let others = fixes.len() - 1;
    let next = {
        let (chosen, count) = (chosen.clone(), fixes.len());
        Callback::from(move |_: MouseEvent| chosen.set((at + 1) % count))
    };
    html! {
        <div class="fix">
            <h3>{ match (at, props.traced.measured) { (0, true) => "Smallest change that works", (0, false) => "A change that works", _ => "Another change that works" } }</h3>
            <p>{ &fix.why }{ " Tried on a copy: it gets through, both ways." }</p>
            if is_later_here { { what_if::beside(&props.traced, fix) } }
            <div class="row">
                <button class="btn primary" onclick={apply}>{ "Apply" }</button>
                if others > 0 { <button class="btn" onclick={next}>{ format!("{} of {} · next", at + 1, fixes.len()) }</button> }
            </div>
            { for fix.commands.iter().map(|command| html! { <CommandLine command={command.clone()} /> }) }
            if is_later_here { { what_if::view(Planned::Fix(props.traced.region, fix.clone())) } }
        </div>
    }
}

/// One click: makes the calls of a fix.
pub fn apply_fix(ctx: &Ctx, fix: &Fix, region: Region) -> Callback<MouseEvent> {
    let (ctx, fix) = (ctx.clone(), fix.clone());
    Callback::from(move |_| ctx.act(Action::Fix(region, fix.clone(), told(&ctx))))
}

/// Says that a fix was applied, and offers the way back.
fn told(ctx: &Ctx) -> Callback<Outcome> {
    let ctx = ctx.clone();
    Callback::from(move |outcome: Outcome| {
        if outcome.is_ok() {
            let toast = Toast::new(ToastKind::Good, "Applied", "The path was traced anew.");
            ctx.act(Action::Toast(toast.offering("Undo", ToastOffer::Undo)));
        }
    })
}
