//! The region "DNS": hosted zones and their records, a form for a new record, and a resolver that shows its steps.

use crate::session::action::{Internal, Outcome};
use crate::session::{Action, ApiCall, Ctx, Selection, State, use_ctx};
use crate::ui::{CallButton, CommandLine, Empty};
use std::cell::RefCell;
use std::rc::Rc;
use stratus_engine::catalog::Region;
use stratus_engine::dns::{Asker, Query, Resolution};
use stratus_engine::world::names::{HostedZone, RecordSet};
use stratus_model::{Structure, field};
use web_sys::{HtmlInputElement, HtmlSelectElement, SubmitEvent};
use yew::prelude::*;

/// Types that the form offers.
const TYPES: [&str; 6] = ["A", "AAAA", "CNAME", "MX", "TXT", "NS"];

/// What stands in a field.
fn value_of(event: &Event) -> String {
    let input = event.target_dyn_into::<HtmlInputElement>().map(|input| input.value());
    input
        .or_else(|| {
            event
                .target_dyn_into::<HtmlSelectElement>()
                .map(|select| select.value())
        })
        .unwrap_or_default()
}

/// The panel.
#[component]
pub fn DnsPanel() -> Html {
    let ctx = use_ctx();
    let mut zones: Vec<HostedZone> = ctx
        .world()
        .route53
        .zones
        .rows()
        .filter(|zone| !zone.deleted)
        .cloned()
        .collect();
    zones.sort_by_key(|zone| zone.born);
    html! {
        <div class="stack">
            <div class="panel-head"><h1>{ "DNS" }</h1><span class="soft">{ "Route 53" }</span></div>
            <NewZone count={zones.len()} />
            if zones.is_empty() {
                <Empty title="No hosted zone yet"><p>{ "A hosted zone holds the records of a domain. Whoever creates one here owns the name: the parent delegates to it." }</p></Empty>
            } else {
                <NewRecord zones={zones.iter().map(|zone| (zone.id.to_string(), zone.name.clone())).collect::<Vec<_>>()} />
                { for zones.iter().map(|zone| table(&ctx, zone)) }
            }
            <Resolver />
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct NewZoneProps {
    count: usize,
}

#[component]
fn NewZone(props: &NewZoneProps) -> Html {
    let ctx = use_ctx();
    let name = use_state(String::new);
    let wrong = use_state(|| None::<String>);
    let params = Structure::new().with(field::NAME, name.as_str()).with(
        field::CALLER_REFERENCE,
        format!("zone-{}-{}", props.count + 1, ctx.world().calls),
    );
    let call = ApiCall::new(Region::US_EAST_1, "route53", "CreateHostedZone", params);
    let onchange = {
        let name = name.clone();
        Callback::from(move |event: Event| name.set(value_of(&event)))
    };
    let onsubmit = submit(&ctx, call.clone(), wrong.clone());
    html! {
        <form class="take" {onsubmit}>
            <label class={classes!("field", wrong.is_some().then_some("bad"))}>{ "Domain" }<input type="text" placeholder="example.com" autocapitalize="off" spellcheck="false" value={(*name).clone()} {onchange} /></label>
            <button class="btn" type="submit" title={call.command()}>{ "Create zone" }</button>
            if let Some(wrong) = wrong.as_ref() { <p class="field-error" role="alert">{ wrong }</p> }
        </form>
    }
}

/// Makes a form's call, and shows its error beside the form.
fn submit(ctx: &Ctx, call: ApiCall, wrong: UseStateHandle<Option<String>>) -> Callback<SubmitEvent> {
    let ctx = ctx.clone();
    Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        let wrong = wrong.clone();
        let done = Callback::from(move |outcome: Outcome| {
            wrong.set(
                outcome
                    .err()
                    .map(|error| format!("{}: {} {}", error.code, error.message, error.remedy)),
            );
        });
        ctx.act(Action::Call {
            call: call.clone(),
            done: Some(done),
            quiet: true,
        });
    })
}

#[derive(Properties, PartialEq)]
struct NewRecordProps {
    /// Id and name of each zone.
    zones: Vec<(String, String)>,
}

#[derive(Clone, PartialEq)]
struct Draft {
    zone: String,
    name: String,
    kind: String,
    ttl: String,
    value: String,
}

/// The change of one record as a call.
fn change(zone: &str, action: &str, record: Structure) -> ApiCall {
    let change = Structure::new()
        .with(field::ACTION, action)
        .with(field::RESOURCE_RECORD_SET, record);
    let batch = Structure::new().with(field::CHANGES, vec![change]);
    let params = Structure::new()
        .with(field::HOSTED_ZONE_ID, zone)
        .with(field::CHANGE_BATCH, batch);
    ApiCall::new(Region::US_EAST_1, "route53", "ChangeResourceRecordSets", params)
}

fn record(name: &str, kind: &str, ttl: i64, values: &[String]) -> Structure {
    let values: Vec<Structure> = values
        .iter()
        .map(|value| Structure::new().with(field::VALUE, value.as_str()))
        .collect();
    Structure::new()
        .with(field::NAME, name)
        .with(field::TYPE, kind)
        .with(field::TTL, ttl)
        .with(field::RESOURCE_RECORDS, values)
}

#[component]
fn NewRecord(props: &NewRecordProps) -> Html {
    let ctx = use_ctx();
    let wrong = use_state(|| None::<String>);
    let first = props.zones.first().cloned().unwrap_or_default();
    let draft = use_state(|| Draft {
        zone: first.0.clone(),
        name: format!("www.{}", first.1.trim_end_matches('.')),
        kind: "A".into(),
        ttl: "60".into(),
        value: String::new(),
    });
    let on = |apply: fn(&mut Draft, String)| {
        let draft = draft.clone();
        Callback::from(move |event: Event| {
            let mut changed = (*draft).clone();
            apply(&mut changed, value_of(&event));
            draft.set(changed);
        })
    };
    // What is no number goes to the service as zero; the field itself takes digits only.
    let ttl = draft.ttl.trim().parse().unwrap_or(0);
    let values: Vec<String> = draft
        .value
        .split(',')
        .map(|value| value.trim().to_owned())
        .filter(|value| !value.is_empty())
        .collect();
    let call = change(&draft.zone, "CREATE", record(&draft.name, &draft.kind, ttl, &values));
    let addresses: Vec<String> = ctx
        .world()
        .ec2(ctx.region())
        .into_iter()
        .flat_map(|ec2| ec2.by_public_address.iter())
        .map(|(address, _)| address.to_string())
        .collect();
    let onsubmit = submit(&ctx, call.clone(), wrong.clone());
    html! {
        <form class="card record-form" {onsubmit}>
            <div class="take">
                <label class="field">{ "Zone" }<select onchange={on(|d, v| d.zone = v)}>{ for props.zones.iter().map(|(id, name)| html! { <option value={id.clone()} selected={*id == draft.zone}>{ name }</option> }) }</select></label>
                <label class="field">{ "Record name" }<input type="text" value={draft.name.clone()} onchange={on(|d, v| d.name = v)} /></label>
                <label class="field narrow">{ "Type" }<select onchange={on(|d, v| d.kind = v)}>{ for TYPES.iter().map(|kind| html! { <option value={*kind} selected={draft.kind == *kind}>{ *kind }</option> }) }</select></label>
                <label class="field narrow">{ "TTL" }<input type="number" min="0" value={draft.ttl.clone()} onchange={on(|d, v| d.ttl = v)} /></label>
                <label class="field">{ "Value" }<input type="text" list="known-addresses" placeholder="an address; several with commas" value={draft.value.clone()} onchange={on(|d, v| d.value = v)} /></label>
                <datalist id="known-addresses">{ for addresses.iter().map(|address| html! { <option value={address.clone()} /> }) }</datalist>
                <button class="btn primary" type="submit">{ "Create record" }</button>
                if let Some(wrong) = wrong.as_ref() { <p class="field-error" role="alert">{ wrong }</p> }
            </div>
            <CommandLine command={call.command()} />
        </form>
    }
}

fn table(ctx: &Ctx, zone: &HostedZone) -> Html {
    let id = zone.id.to_string();
    let delete = ApiCall::new(
        Region::US_EAST_1,
        "route53",
        "DeleteHostedZone",
        Structure::new().with(field::ID, id.as_str()),
    );
    let select = {
        let id = id.clone();
        ctx.on(move || Action::Select(Some(Selection::HostedZone(id.clone()))))
    };
    html! {
        <section class="card" aria-label={format!("Zone {}", zone.name)}>
            <div class="row spread"><h2><button class="link" onclick={select}>{ &zone.name }</button>{ " " }<span class="soft">{ if zone.private.is_some() { "private" } else { "public" } }</span></h2>
                <CallButton label="Delete zone" class={classes!("danger")} call={delete} /></div>
            <div class="scroll-x"><table>
                <thead><tr><th>{ "Name" }</th><th>{ "Type" }</th><th class="number">{ "TTL" }</th><th>{ "Values" }</th><th>{ "Status" }</th><th></th></tr></thead>
                <tbody>{ for zone.records.rows().map(|one| row(ctx, zone, one)) }</tbody>
            </table></div>
        </section>
    }
}

fn row(ctx: &Ctx, zone: &HostedZone, one: &RecordSet) -> Html {
    // The apex's own name servers cannot be deleted.
    let fixed = one.name == zone.name && matches!(one.record_type.as_str(), "NS" | "SOA");
    let delete = change(
        &zone.id.to_string(),
        "DELETE",
        record(&one.name, &one.record_type, one.ttl.unwrap_or(0), &one.values),
    );
    let synced = one.in_sync <= ctx.world().now;
    html! {
        <tr>
            <td class="mono">{ &one.name }</td><td>{ &one.record_type }</td><td class="number">{ one.ttl }</td>
            <td class="mono">{ for one.values.iter().map(|value| html! { <div>{ value }</div> }) }</td>
            <td><span class={classes!("state", if synced { "ok" } else { "pending" })}>{ if synced { "INSYNC" } else { "PENDING" } }</span></td>
            <td>if !fixed { <CallButton label="Delete" class={classes!("danger")} call={delete} /> }</td>
        </tr>
    }
}

/// What came of a question: the resolution, or why it cannot be asked.
type Asked = Option<Result<Resolution, String>>;

#[component]
fn Resolver() -> Html {
    let ctx = use_ctx();
    let name = use_state(|| "www.example.com".to_owned());
    let kind = use_state(|| "A".to_owned());
    let from = use_state(|| Region::US_EAST_1.name().to_owned());
    let asked = use_state(|| None as Asked);
    let set = |state: &UseStateHandle<String>| {
        let state = state.clone();
        Callback::from(move |event: Event| state.set(value_of(&event)))
    };
    let onsubmit = {
        let (ctx, name, kind, from, asked) = (ctx.clone(), name.clone(), kind.clone(), from.clone(), asked.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let query = Asker::read(&from).map(|from| Query {
                name: (*name).clone(),
                record_type: (*kind).clone(),
                from,
            });
            let (query, asked) = (RefCell::new(query), asked.clone());
            // The resolvers' memory is the session's, so the session asks.
            let task = move |state: &mut State| {
                let answer = match query.borrow_mut().take() {
                    Some(query) => state.engine.borrow_mut().resolve(&query).map_err(|error| error.message),
                    None => Err("From: that is neither a Region, an instance nor an address".to_owned()),
                };
                asked.set(Some(answer));
            };
            ctx.act(Action::Internal(Internal::Apply(Rc::new(task))));
        })
    };
    html! {
        <section class="card" aria-label="Resolver">
            <h2>{ "Ask a resolver" }</h2>
            <form class="take" {onsubmit}>
                <label class="field">{ "Name" }<input type="text" value={(*name).clone()} onchange={set(&name)} autocapitalize="off" spellcheck="false" /></label>
                <label class="field narrow">{ "Record type" }<select onchange={set(&kind)}>{ for TYPES.iter().map(|one| html! { <option value={*one} selected={*kind == *one}>{ *one }</option> }) }</select></label>
                <label class="field">{ "Asked from" }<select onchange={set(&from)}>{ for Region::all().map(|region| html! { <option value={region.name()} selected={*from == region.name()}>{ format!("somebody near {}", region.name()) }</option> }) }</select></label>
                <button class="btn primary" type="submit">{ "Resolve" }</button>
            </form>
            { match &*asked {
                None => html! { <p class="soft">{ "The answer comes with every question on its way: resolver, root, top-level domain, zone." }</p> },
                Some(Err(problem)) => html! { <p class="field-error" role="alert">{ problem }</p> },
                Some(Ok(resolution)) => ladder(resolution),
            } }
        </section>
    }
}

/// Who asked whom, what was answered, and why.
fn ladder(resolution: &Resolution) -> Html {
    html! {
        <>
            <p><b>{ resolution.rcode }</b>{ if resolution.cached { " · from the resolver's memory" } else { "" } }</p>
            <ul class="answers">{ for resolution.answers.iter().map(|one| html! { <li class="mono">{ format!("{} {} {} {}", one.name, one.ttl, one.record_type, one.value) }</li> }) }</ul>
            <ol class="ladder">{ for resolution.steps.iter().map(|step| html! { <li><b>{ &step.server }</b>{ " " }<span class="mono">{ &step.question }</span><div class="mono">{ "→ " }{ &step.answer }</div><div class="soft">{ &step.why }</div></li> }) }</ol>
        </>
    }
}
