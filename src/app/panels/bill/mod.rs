//! The region "Bill": what everything has cost so far, this month and by the hour; what stopping would save; and of every
//! amount how it comes about: seconds in each state × price.

mod saving;

use crate::session::{Action, Ctx, Dialog, Selection, use_ctx};
use crate::ui::{Empty, money_text, rate_text, tabs};
use std::collections::BTreeMap;
use stratus_engine::bill::{self, Bill, Line, ResourceBill, Running};
use stratus_engine::catalog::Money;
use stratus_engine::catalog::prices::Source;
use stratus_engine::world::usage::Subject;
use stratus_model::sort;
use yew::prelude::*;

/// Most resources that are drawn of a list; a bill of thousands stays readable and quick.
const MOST: usize = 40;

/// How the bill is laid out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    Services,
    Resources,
}

/// The bill.
#[component]
pub fn BillPanel() -> Html {
    let ctx = use_ctx();
    let order = use_state(|| Order::Services);
    let world = ctx.world();
    let (month, began) = bill::this_month(world);
    let stamp = ctx.view().stamp;
    let before = use_memo((began, stamp), |(began, _)| bill::total_by(ctx.world(), *began));
    let bill = bill::bill(world);
    let running = bill::running(world);
    let hourly: Money = running.iter().map(|one| one.hourly).sum();
    if bill.services.is_empty() {
        return html! {
            <>
                <div class="panel-head"><h1>{ "Bill" }</h1><span class="bill-total">{ money_text(bill.total) }</span></div>
                <Empty title="Nothing has cost anything yet">
                    <p>{ "An instance is billed by the second while it runs, a volume from the moment it exists, a public address even when idle. Every amount will stand here with the sum that it comes from. Nobody is charged." }</p>
                    <button class="btn primary" onclick={ctx.on(|| Action::Dialog(Some(Dialog::Launch)))}>{ "Launch instance" }</button>
                </Empty>
            </>
        };
    }
    html! {
        <>
            <div class="panel-head"><h1>{ "Bill" }</h1><span class="bill-total">{ money_text(bill.total) }</span></div>
            <dl class="figures">
                { figure(&format!("{month}, to date"), money_text(minus(bill.total, *before)), "what this calendar month has come to (UTC)") }
                { figure("An hour, as it runs now", rate_text(hourly), "instances, disks, addresses and snapshots together") }
                { figure("Thirty days like this", money_text(hourly.every_hour_of_a_month()), "if nothing is stopped and nothing is added") }
            </dl>
            <saving::Saving running={running.clone()} />
            <div class="row spread">
                <h2>{ "What it was for" }</h2>
                { tabs("Order of the bill", &order, [(Order::Services, "By service"), (Order::Resources, "By resource")]) }
            </div>
            { if *order == Order::Services { by_service(&ctx, &bill) } else { by_resource(&ctx, &bill, &running) } }
            <p class="soft lead">{ "On demand, from the beginning of this world to now. List prices of March 2025, for teaching; nobody is charged." }</p>
        </>
    }
}

fn minus(a: Money, b: Money) -> Money {
    Money::from_units(a.units() - b.units())
}

fn figure(term: &str, amount: String, what: &'static str) -> Html {
    html! { <div class="card"><dt>{ term.to_owned() }</dt><dd class="mono">{ amount }</dd><dd class="soft">{ what }</dd></div> }
}

fn by_service(ctx: &Ctx, bill: &Bill) -> Html {
    html! {
        { for bill.services.iter().map(|service| html! {
            <section class="bill-service" key={service.name} aria-label={service.name}>
                <h3>{ service.name }<span class="mono">{ money_text(service.amount) }</span></h3>
                <div class="bill-list">{ for service.resources.iter().take(MOST).map(|resource| one(ctx, service.name, resource)) }</div>
                { more(service.resources.len()) }
            </section>
        }) }
    }
}

fn more(count: usize) -> Html {
    match count.saturating_sub(MOST) {
        0 => html! {},
        rest => html! { <p class="soft">{ format!("and {rest} more, which are in the sum") }</p> },
    }
}

/// The same, the dearest resource first, with what each goes on costing.
fn by_resource(ctx: &Ctx, bill: &Bill, running: &[Running]) -> Html {
    let mut rates: BTreeMap<&Subject, Money> = BTreeMap::new();
    for one in running {
        *rates.entry(&one.subject).or_default() += one.hourly;
    }
    let mut all: Vec<(&str, &ResourceBill)> = bill
        .services
        .iter()
        .flat_map(|service| service.resources.iter().map(|resource| (service.name, resource)))
        .collect();
    sort::by_key(&mut all, |(_, resource)| std::cmp::Reverse(resource.amount));
    let rows = all.iter().take(MOST).map(|(service, resource)| {
        let rate = rates.get(&resource.subject).copied();
        let rate = rate.map_or_else(|| "nothing more".to_owned(), |rate| format!("{} an hour", rate_text(rate)));
        html! { <tr key={format!("{service}{}", resource.label)}><td>{ name(ctx, resource) }</td><td>{ *service }</td><td>{ resource.region.map_or("everywhere", |region| region.name()) }</td><td>{ rate }</td><td class="number mono">{ money_text(resource.amount) }</td></tr> }
    });
    html! {
        <div class="scroll-x"><table>
            <thead><tr><th>{ "Resource" }</th><th>{ "Service" }</th><th>{ "Region" }</th><th>{ "Costs now" }</th><th class="number">{ "So far" }</th></tr></thead>
            <tbody>{ for rows }</tbody>
        </table>{ more(all.len()) }</div>
    }
}

fn name(ctx: &Ctx, resource: &ResourceBill) -> Html {
    match (&resource.subject, resource.region) {
        (Subject::Resource(id), Some(region)) if ctx.world().has(region, *id) => {
            let id = *id;
            let label = if resource.label == id.to_string() {
                crate::ui::short_id(&resource.label)
            } else {
                resource.label.clone()
            };
            html! { <button class="link" title={id.to_string()} onclick={ctx.on(move || Action::Select(Some(Selection::Resource(region, id))))}>{ label }</button> }
        }
        _ => html! { <span>{ &resource.label }</span> },
    }
}

/// One resource: its amount, and unfolded how it comes about.
fn one(ctx: &Ctx, service: &str, resource: &ResourceBill) -> Html {
    let in_short = resource.lines.first().map(|line| line.what.clone()).unwrap_or_default();
    html! {
        <details key={format!("{service}{:?}", resource.subject)}>
            <summary><b>{ &resource.label }</b><span class="soft">{ in_short }</span><span class="mono amount">{ money_text(resource.amount) }</span></summary>
            <div class="bill-body">
                <p>{ name(ctx, resource) }<span class="soft">{ resource.region.map(|region| format!(" in {}", region.name())) }</span></p>
                if !resource.states.is_empty() { { states(resource) } }
                <dl class="bill-lines">{ for resource.lines.iter().map(line) }</dl>
            </div>
        </details>
    }
}

/// Seconds in each state: what is billed and what is free.
fn states(resource: &ResourceBill) -> Html {
    html! {
        <ul class="spells" aria-label="Seconds in each state">
            { for resource.states.iter().map(|spell| html! {
                <li class={classes!((!spell.billed).then_some("free"))}><b>{ &spell.state }</b>{ format!(" {} s · {}", spell.seconds, if spell.billed { "billed" } else { "free" }) }</li>
            }) }
        </ul>
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
