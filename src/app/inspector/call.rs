//! A call of the timeline: who asked what and when, the command that does the same, and all that came of it.

use super::parts::*;
use crate::session::{Action, ApiCall, Panel};
use crate::ui::{CallText, Settled, Source, day_text, time_of_day};
use std::rc::Rc;
use stratus_engine::base::ids::ResourceId;
use stratus_engine::base::time::Time;
use stratus_engine::history::{Call, NodeId};
use stratus_engine::world::journal::Cause;
use stratus_model::{Value, json};
use yew::prelude::*;

/// What the inspector needs of a node.
struct Found {
    call: Rc<Call>,
    time: Time,
    depth: usize,
    made: Vec<String>,
    /// Whether we stand right behind it.
    here: bool,
    /// Whether it lies on the way to where we stand.
    on_way: bool,
}

/// The page.
pub fn view(ctx: &Settled, node: NodeId) -> Option<Html> {
    let found = ctx.read(|engine| {
        let history = engine.history();
        let row = history.nodes().get(node)?;
        Some(Found {
            call: row.call.clone()?,
            time: row.time,
            depth: row.depth,
            made: row.made.iter().map(|(_, id)| id.clone()).collect(),
            here: history.current() == node,
            on_way: history.path(history.current()).contains(&node),
        })
    })?;
    let call = &found.call;
    let service = call.service;
    let shown = ApiCall::new(call.region, service.name, call.operation.name, call.params.clone());
    let params = match call.operation.input {
        Some(shape) => json::to_json(service, shape, &Value::Structure(call.params.clone())),
        None => serde_json::Value::Null,
    };
    let params = serde_json::to_string_pretty(&params).unwrap_or_default();
    let who = call.principal.rsplit('/').next().unwrap_or(&call.principal).to_owned();
    let not = found.here.then_some("this is where you are.");
    let what = if found.on_way {
        "A call that led to the present state. Every change is one; together they are the history, the saved file and the link."
    } else {
        "A call on another branch: one went back and did something else. Nothing of it is lost."
    };
    Some(html! {
        <>
            { Head { kind: "Call", layer: "", title: call.operation.name.to_owned(), id: None, what: text(what) }.view() }
            { facts(vec![
                ("Number", text(found.depth.to_string())),
                ("When", text(day_text(found.time))),
                ("Who", html! { <span title={call.principal.clone()}>{ who }</span> }),
                ("Service", text(format!("{} in {}", service.name, call.region.name()))),
                ("Made", made(ctx, call, &found.made)),
            ]) }
            { deeds(ctx, vec![
                Deed::act("Go to this moment", ctx.on(move || Action::Jump(node))).class("primary").unless(not),
                Deed::act("Open Timeline", ctx.on(|| Action::Open(Panel::Timeline))),
            ]) }
            { section("The same as a command", html! { <CallText call={shown} /> }) }
            { effects(ctx, found.depth, found.on_way) }
            { fold("Parameters", "as JSON", html! { <pre class="output" tabindex="0">{ params }</pre> }) }
            <Source source="ours">{ "AWS keeps such a list in CloudTrail. This one can also take you back." }</Source>
        </>
    })
}

/// What its answer named for the first time.
fn made(ctx: &Settled, call: &Call, ids: &[String]) -> Html {
    if ids.is_empty() {
        return html! { <span class="soft">{ "nothing new" }</span> };
    }
    let items = ids.iter().take(12).map(|id| match ResourceId::parse(id) {
        Some(known) if ctx.world().has(call.region, known) => html! { <li>{ link(ctx, call.region, known) }<span class="soft">{ format!(" · {}", known.kind().words()) }</span></li> },
        _ => html! { <li class="mono soft">{ id }</li> },
    });
    html! { <ul class="plain-list">{ for items }</ul> }
}

/// What the journal says came of it, at once and later.
fn effects(ctx: &Settled, depth: usize, on_way: bool) -> Html {
    let cause = Cause::Call(u64::try_from(depth).unwrap_or(0));
    let events: Vec<_> = ctx
        .world()
        .journal
        .iter()
        .map(|(_, event)| event.clone())
        .filter(|event| on_way && event.cause == cause)
        .collect();
    if events.is_empty() {
        return html! {};
    }
    let items = events.iter().take(30).map(|event| {
        let subject = event
            .resource
            .zip(event.region)
            .map(|(id, region)| html! { <>{ link(ctx, region, id) }{ ": " }</> });
        html! { <li><time class="mono">{ time_of_day(event.at) }</time><div>{ subject }{ event.text.as_ref() }</div></li> }
    });
    section("What came of it", html! { <ol class="history">{ for items }</ol> })
}
