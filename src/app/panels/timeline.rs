//! The region "Timeline": every call, CloudTrail-like, each with its command; a click goes there. Branches that were left
//! by undo stay within reach.

use crate::session::{Action, ApiCall, Selection, use_ctx};
use crate::ui::{CallText, Empty, day_text};
use std::rc::Rc;
use stratus_engine::Engine;
use stratus_engine::base::time::Time;
use stratus_engine::catalog::Region;
use stratus_engine::history::{Call, History, NodeId};
use stratus_engine::services::route53::checking::is_turn;
use stratus_engine::world::journal;
use yew::prelude::*;

/// Most lines that are drawn at once; older ones unfold.
const PAGE: usize = 200;

/// One line, as plain data.
#[derive(Clone, PartialEq)]
struct Row {
    time: Time,
    call: ApiCall,
    node: Option<NodeId>,
    error: Option<String>,
    /// Where it stands to the present: done, undone, or on another branch.
    place: Place,
}

/// What the timeline has a line for.
#[derive(Clone, PartialEq)]
enum Entry {
    /// A call.
    Call(Rc<Row>),
    /// Something that time brought: a health check has changed its mind.
    Turn(Time, Rc<str>),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Here,
    Done,
    Elsewhere,
    /// A read or a failure: it left no trace.
    Passing,
}

fn api_call(call: &Call) -> ApiCall {
    ApiCall {
        region: call.region,
        service: call.service.name,
        operation: call.operation.name,
        params: call.params.clone(),
    }
}

fn rows(history: &History, reads: bool) -> Vec<Row> {
    let path = history.path(history.current());
    let lines = history
        .lines()
        .iter()
        .filter(|line| reads || line.node.is_some() || line.error.is_some());
    lines
        .map(|line| Row {
            time: line.time,
            call: api_call(&line.call),
            node: line.node,
            error: line
                .error
                .as_ref()
                .map(|error| format!("{}: {}", error.code, error.message)),
            place: match line.node {
                None => Place::Passing,
                Some(node) if node == history.current() => Place::Here,
                Some(node) if path.contains(&node) => Place::Done,
                Some(_) => Place::Elsewhere,
            },
        })
        .collect()
}

/// Calls, and between them what time brought.
fn entries(engine: &Engine, reads: bool) -> Vec<Entry> {
    let journal = &engine.world().journal;
    let mut turns = journal
        .iter()
        .map(|(_, event)| event)
        .filter(|event| is_turn(event))
        .peekable();
    let turn = |event: &journal::Event| Entry::Turn(event.at, Rc::from(event.text.as_ref()));
    let mut found = Vec::new();
    for row in rows(engine.history(), reads) {
        while let Some(event) = turns.next_if(|event| event.at < row.time) {
            found.push(turn(event));
        }
        found.push(Entry::Call(Rc::new(row)));
    }
    found.extend(turns.map(turn));
    found
}

/// The timeline.
#[component]
pub fn TimelinePanel() -> Html {
    let ctx = use_ctx();
    let reads = use_state(|| false);
    let shown = use_state(|| PAGE);
    let heard = ctx.world().journal.next_number();
    let rows = use_memo((ctx.view().stamp, heard, *reads), |(.., reads)| {
        ctx.read(|engine| entries(engine, *reads))
    });
    let at_start = ctx.read(|engine| engine.history().current() == 0);
    let toggle = {
        let reads = reads.clone();
        Callback::from(move |_: Event| reads.set(!*reads))
    };
    let more = {
        let shown = shown.clone();
        Callback::from(move |_: MouseEvent| shown.set(*shown + PAGE))
    };
    html! {
        <>
            <div class="panel-head">
                <h1>{ "Timeline" }</h1>
                <label class="check"><input type="checkbox" checked={*reads} onchange={toggle} />{ "Show reads" }</label>
            </div>
            if rows.is_empty() {
                <Empty title="Nothing has been called yet"><p>{ "Every change to this world is a call to an API. Each will stand here, with its command, and one click goes back to it." }</p></Empty>
            }
            <ol class="timeline" reversed={true}>
                { for rows.iter().rev().take(*shown).map(|entry| match entry {
                    Entry::Call(row) => html! { <Line row={row.clone()} /> },
                    Entry::Turn(at, text) => html! { <li class="line turn"><span class="soft mono nowrap">{ day_text(*at) }</span><span class="what">{ text.as_ref() }</span></li> },
                }) }
                <li class={classes!("line", at_start.then_some("here"))}>
                    <span class="soft mono">{ day_text(ctx.world().options.start) }</span>
                    <button class="link" onclick={ctx.on(|| Action::Jump(0))}>{ "The beginning: an empty account" }</button>
                </li>
            </ol>
            if rows.len() > *shown { <button class="btn" onclick={more}>{ format!("Show {} older", (rows.len() - *shown).min(PAGE)) }</button> }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct LineProps {
    row: Rc<Row>,
}

#[component]
fn Line(props: &LineProps) -> Html {
    let ctx = use_ctx();
    let open = use_state(|| false);
    let row = &props.row;
    let class = match row.place {
        Place::Here => "here",
        Place::Done => "done",
        Place::Elsewhere => "elsewhere",
        Place::Passing if row.error.is_some() => "failed",
        Place::Passing => "read",
    };
    let region = if row.call.region == Region::US_EAST_1 {
        String::new()
    } else {
        format!(" · {}", row.call.region.name())
    };
    let fold = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    html! {
        <li class={classes!("line", class)}>
            <span class="soft mono nowrap">{ day_text(row.time) }</span>
            <span class="what"><span class="soft">{ row.call.service }{ " " }</span>
                if let Some(node) = row.node {
                    <button class="link" onclick={ctx.on(move || Action::Select(Some(Selection::Call(node))))}>{ row.call.operation }</button>
                } else { <b>{ row.call.operation }</b> }
                <span class="soft">{ region }</span>
                if let Some(error) = &row.error { <span class="fault">{ " ✕ " }{ error }</span> }
            </span>
            <span class="row">
                if row.place == Place::Here { <span class="tag">{ "you are here" }</span> }
                if let Some(node) = row.node.filter(|_| row.place != Place::Here) {
                    <button class="btn quiet" onclick={ctx.on(move || Action::Jump(node))} title="The world as it was just after this call">{ "Go there" }</button>
                }
                <button class="btn quiet mono" onclick={fold} aria-expanded={open.to_string()} aria-label={format!("Show the command of {}", row.call.operation)}>{ "›_" }</button>
            </span>
            if *open { <CallText call={row.call.clone()} /> }
        </li>
    }
}
