//! The region "Bill": what everything has cost so far, by service and resource, and how each amount comes about.

use crate::session::{Action, Ctx, Selection, use_ctx};
use crate::ui::{Empty, money_text};
use stratus_engine::bill::{self, Line, ResourceBill};
use stratus_engine::catalog::prices::Source;
use stratus_engine::world::usage::Subject;
use yew::prelude::*;

/// The bill.
#[component]
pub fn BillPanel() -> Html {
    let ctx = use_ctx();
    let bill = bill::bill(ctx.world());
    html! {
        <>
            <div class="panel-head"><h1>{ "Bill" }</h1><span class="bill-total">{ money_text(bill.total) }</span></div>
            <p class="soft lead">{ "On demand, from the beginning of this world to now. List prices of March 2025, for teaching; nobody is charged." }</p>
            if bill.services.is_empty() {
                <Empty title="Nothing has cost anything yet"><p>{ "An instance is billed by the second while it runs, a volume from the moment it exists, a public address even when idle." }</p></Empty>
            }
            { for bill.services.iter().map(|service| html! {
                <section class="bill-service" aria-label={service.name}>
                    <h2>{ service.name }<span>{ money_text(service.amount) }</span></h2>
                    <ul>{ for service.resources.iter().map(|resource| one(&ctx, resource)) }</ul>
                </section>
            }) }
        </>
    }
}

fn one(ctx: &Ctx, resource: &ResourceBill) -> Html {
    let name = match (&resource.subject, resource.region) {
        (Subject::Resource(id), Some(region)) => {
            let id = *id;
            html! { <button class="link" onclick={ctx.on(move || Action::Select(Some(Selection::Resource(region, id))))}>{ &resource.label }</button> }
        }
        _ => html! { <b>{ &resource.label }</b> },
    };
    html! {
        <li class="card">
            <div class="row spread"><span>{ name }{ " " }<span class="soft">{ resource.region.map(|region| region.name()) }</span></span><b>{ money_text(resource.amount) }</b></div>
            if !resource.states.is_empty() {
                <p class="soft">{ resource.states.iter().map(|spell| format!("{} {} s{}", spell.state, spell.seconds, if spell.billed { "" } else { " (free)" })).collect::<Vec<_>>().join(" · ") }</p>
            }
            <dl class="bill-lines">{ for resource.lines.iter().map(line) }</dl>
        </li>
    }
}

fn line(line: &Line) -> Html {
    let price = &line.price;
    let (tag, why) = match price.source {
        Source::Documented => ("documented", "A list price of AWS"),
        Source::Ours => ("ours", "A figure of this simulation"),
    };
    html! {
        <div>
            <dt>{ format!("{} · {}", line.what, line.quantity) }</dt>
            <dd class="mono">{ &line.derivation }</dd>
            <dd class="source"><span class={classes!("tag", (tag == "ours").then_some("ours"))} title={why}>{ tag }</span>
                { format!(" ${} a {} · {}", price.price, price.unit, price.label) }{ price.remark.as_ref().map(|remark| format!(" · {remark}")) }
                { " " }<a href={price.url} target="_blank" rel="noopener noreferrer">{ "price list" }</a></dd>
        </div>
    }
}
