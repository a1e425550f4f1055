//! The list of the region "Path": what the last change did in one sentence, then every connection with its ends, its state
//! and why, and what can be done with it.

use super::news::{self, News};
use super::open::OpenForm;
use super::reading::{Live, Row, Stage};
use super::row::RowView;
use super::{live, words};
use crate::session::action::{Outcome, PathQuestion, ToastKind};
use crate::session::{Action, ApiCall, Ctx, Dialog, Selection, Speed, Toast, use_ctx};
use crate::ui::{CommandLine, Empty, Same, Settled, Source, text_of, thousands, time_of_day};
use stratus_engine::World;
use stratus_engine::base::time::Time;
use stratus_engine::catalog::Region;
use stratus_engine::history::NodeId;
use stratus_engine::world::compute::InstanceState;
use stratus_model::{Structure, field, sort};
use yew::prelude::*;

/// Connections that are listed at once.
const LISTED: usize = 50;
/// Connections that one press closes, one call each.
const CLOSED_AT_ONCE: usize = 100;

/// The view.
#[component]
pub fn LiveView() -> Html {
    let ctx = use_ctx();
    let region = ctx.region();
    let (live, news) = live(&ctx, region);
    let all = use_state(|| false);
    let only = use_state(|| None::<Stage>);
    let chosen = use_state(|| None::<u64>);
    let on_why = {
        let chosen = chosen.clone();
        use_callback(chosen, |number: u64, chosen| {
            chosen.set((**chosen != Some(number)).then_some(number));
        })
    };
    let empty = live.rows.is_empty();
    let rows: Vec<&Same<Row>> = live
        .rows
        .iter()
        .filter(|row| only.is_none_or(|only| row.stage == only))
        .collect();
    let shown = if *all { rows.len() } else { LISTED };
    let more = rows.len().saturating_sub(shown);
    let unfold = {
        let all = all.clone();
        Callback::from(move |_: MouseEvent| all.set(true))
    };
    let stamp = ctx.view().world_stamp;
    let first = use_memo((stamp, region, ctx.screen().path.clone()), |(_, region, path)| {
        first(ctx.world(), *region, path)
    });
    let settled = Settled::new(&ctx);
    let closed = use_memo((stamp, region), |(_, region)| {
        ctx.read(|engine| news::closed(engine.history(), *region))
    });
    html! {
        <div class="live-view">
            <h1 class="visually-hidden">{ "Live traffic" }</h1>
            { says(&ctx, &live, news.as_deref()) }
            // What was typed for one Region means nothing in another.
            if let Some(first) = &*first { <OpenForm key={region.name()} {settled} first={first.clone()} /> }
            if empty { { nothing(&ctx) } } else {
                <div class="row spread">{ filter(&live, &only) }{ close_ended(&ctx, &live) }</div>
                <ul class="live-list" aria-label="Connections">
                    { for rows.iter().take(shown).map(|row| {
                        let number = row.connection.number;
                        html! { <RowView key={number} row={(*row).clone()} news={said_of(news.as_deref(), number)} open={*chosen == Some(number)} {stamp} {region} on_why={on_why.clone()} /> }
                    }) }
                </ul>
                if more > 0 { <button class="btn" onclick={unfold}>{ format!("Show {more} more") }</button> }
                <Source source="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html">{ "What is tracked outlives its rule; what is not drops with it." }</Source>
            }
            { closed_ones(&ctx, &closed) }
        </div>
    }
}

/// The sentence; how many there are; whether the clock rests.
fn says(ctx: &Ctx, live: &Live, news: Option<&News>) -> Html {
    let rests = !ctx.view().running && live.tally.open + live.tally.lives_on > 0;
    html! {
        <div class="live-says">
            <p class="matrix-says" role="status" aria-live="polite">
                if let Some(news) = news { { &news.said } }
                else if live.rows.is_empty() { { "No connection is open." } }
                else { { format!("{}. Take a rule away and see which live on.", words::tally(&live.tally)) } }
            </p>
            <p class="soft">
                if let Some(news) = news { { format!("Now: {}.", words::tally(&live.tally)) }{ " " }{ news.call.map(|node| html! { <button class="link" onclick={ctx.on(move || Action::Select(Some(Selection::Call(node))))}>{ "Show the call" }</button> }) } }
                if rests { { " The clock rests: nothing runs out. " }<button class="link" onclick={ctx.on(|| Action::SetSpeed(Speed::Times(60)))}>{ "Run it at 60×" }</button> }
            </p>
        </div>
    }
}

/// What the last change did to a connection, in a word or two.
fn said_of(news: Option<&News>, number: u64) -> Option<&'static str> {
    let news = news?;
    let has = |numbers: &[u64]| numbers.contains(&number);
    match () {
        () if has(&news.cut) => Some(if news.call.is_some() {
            "cut by it"
        } else {
            "ended meanwhile"
        }),
        () if has(&news.outlived) => Some("outlived the change"),
        () if has(&news.mended) => Some("goes on again"),
        () => None,
    }
}

/// Which are listed.
fn filter(live: &Live, only: &UseStateHandle<Option<Stage>>) -> Html {
    let tally = &live.tally;
    let choices = [
        ("", "All", tally.all(), None),
        ("cut", "Cut", tally.cut, Some(Stage::Cut)),
        ("lives-on", "Live on, tracked", tally.lives_on, Some(Stage::LivesOn)),
        ("open", "Open", tally.open, Some(Stage::Open)),
        ("over", "Over", tally.over, Some(Stage::Over)),
    ];
    let onchange = {
        let only = only.clone();
        Callback::from(move |event: Event| {
            let value = text_of(&event);
            let stages = [Stage::Cut, Stage::LivesOn, Stage::Open, Stage::Over];
            only.set(stages.into_iter().find(|stage| stage.class() == value));
        })
    };
    html! {
        <label class="field live-filter">{ "Show" }
            <select {onchange}>
                { for choices.into_iter().map(|(value, name, number, stage)| html! { <option {value} selected={stage == **only}>{ format!("{name} ({})", thousands(number)) }</option> }) }
            </select>
        </label>
    }
}

/// Closes all that are over or cut, one call each.
fn close_ended(ctx: &Ctx, live: &Live) -> Html {
    let ended = live
        .rows
        .iter()
        .filter(|row| matches!(row.stage, Stage::Cut | Stage::Over));
    let all: Vec<u64> = ended.map(|row| row.connection.number).collect();
    if all.is_empty() {
        return Html::default();
    }
    let numbers: Vec<u64> = all.iter().copied().take(CLOSED_AT_ONCE).collect();
    let label = match all.len() - numbers.len() {
        0 => format!("Close the {} that were cut or are over", all.len()),
        _ => format!("Close {} of the {} that were cut or are over", numbers.len(), all.len()),
    };
    let region = ctx.region();
    let tell = {
        let ctx = ctx.clone();
        Callback::from(move |outcome: Outcome| {
            if outcome.is_ok() {
                ctx.act(Action::Toast(Toast::new(
                    ToastKind::Good,
                    "Closed",
                    "Undo takes them back one by one.",
                )));
            }
        })
    };
    let calls: Vec<ApiCall> = numbers
        .iter()
        .map(|number| on_connection(region, "CloseConnection", *number))
        .collect();
    let commands: Vec<String> = calls.iter().map(ApiCall::command).collect();
    let onclick = {
        let ctx = ctx.clone();
        Callback::from(move |_: MouseEvent| {
            for (place, call) in calls.iter().enumerate() {
                ctx.act(Action::Call {
                    call: call.clone(),
                    done: (place + 1 == calls.len()).then(|| tell.clone()),
                    quiet: false,
                });
            }
        })
    };
    html! {
        <>
            <button class="btn" {onclick}>{ label }</button>
            <details class="as-text"><summary>{ "The commands" }</summary><CommandLine command={commands.join("\n")} /></details>
        </>
    }
}

/// What was closed lately: nobody remembers it any more but the timeline.
fn closed_ones(ctx: &Ctx, closed: &[(Time, NodeId, Row)]) -> Html {
    if closed.is_empty() {
        return Html::default();
    }
    html! {
        <details class="as-text live-closed"><summary>{ format!("Closed lately: {}", closed.len()) }</summary>
            <ul>{ for closed.iter().map(|(at, node, row)| {
                let node = *node;
                html! {
                    <li key={node}><span class="mono">{ time_of_day(*at) }</span>{ format!(" {} · {} · {} ", words::connection_name(row.connection.number), words::ends(row), words::service(row)) }
                        <button class="link" onclick={ctx.on(move || Action::Select(Some(Selection::Call(node))))}>{ "Show the call" }</button></li>
                }
            }) }</ul>
        </details>
    }
}

/// A call on a connection.
pub(super) fn on_connection(region: Region, operation: &'static str, number: u64) -> ApiCall {
    let params = Structure::new().with(field::CONNECTION_ID, words::connection_name(number));
    ApiCall::new(region, "stratus", operation, params)
}

/// The question that the form begins with: the path panel's where it is about this Region, with an instance as its
/// destination; `None`: there is none.
fn first(world: &World, region: Region, asked: &PathQuestion) -> Option<PathQuestion> {
    let is_here = super::open::region_of(world, asked).is_none_or(|of| of == region);
    if !asked.destination.is_empty() && is_here {
        return Some(asked.clone());
    }
    let ec2 = world.ec2(region)?;
    let mut running: Vec<_> = ec2
        .instances
        .rows()
        .filter(|row| row.state == InstanceState::Running)
        .collect();
    sort::by_key(&mut running, |row| (row.guest.listeners.is_empty(), row.born));
    let instance = running.first()?;
    // What it listens on is what one would open.
    let port = instance
        .guest
        .listeners
        .first()
        .map(|listener| listener.port.to_string());
    Some(PathQuestion {
        destination: instance.id.to_string(),
        port: port.unwrap_or_else(|| asked.port.clone()),
        source: match is_here {
            true => asked.source.clone(),
            false => PathQuestion::default().source,
        },
        ..asked.clone()
    })
}

fn nothing(ctx: &Ctx) -> Html {
    let any = ctx
        .world()
        .ec2(ctx.region())
        .is_some_and(|ec2| ec2.instances.rows().any(|row| row.state != InstanceState::Terminated));
    html! {
        <Empty title="Nothing is under way">
            <p>{ "A connection that security groups track outlives the rule that let it in; one that they do not track drops with it. Open one, take its rule away, and see." }</p>
            if !any { <button class="btn primary" onclick={ctx.on(|| Action::Dialog(Some(Dialog::Launch)))}>{ "Launch instance" }</button> }
        </Empty>
    }
}
