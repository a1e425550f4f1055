//! One connection of the list.

use super::list::on_connection;
use super::reading::{Row, Stage};
use super::why::Why;
use super::words;
use crate::session::use_ctx;
use crate::ui::{CallButton, Same, time_of_day};
use stratus_engine::base::time::Time;
use stratus_engine::catalog::Region;
use yew::prelude::*;

/// Properties of [`RowView`].
#[derive(Properties, PartialEq)]
pub struct RowProps {
    /// The connection.
    pub row: Same<Row>,
    /// What the last change did to it.
    pub news: Option<&'static str>,
    /// Whether the reasons are unfolded.
    pub open: bool,
    /// Of the world: the reasons are read anew with it.
    pub stamp: u64,
    /// The Region.
    pub region: Region,
    /// Folds and unfolds the reasons.
    pub on_why: Callback<u64>,
}

/// The line.
#[component]
pub fn RowView(props: &RowProps) -> Html {
    let row = &props.row;
    let number = row.connection.number;
    let name = words::connection_name(number);
    let (mark, sign) = match row.stage {
        Stage::Open => ("mark-allow", "✓"),
        Stage::LivesOn => ("mark-outlives", "✓"),
        Stage::Cut => ("mark-deny", "✕"),
        Stage::Over => ("mark-unseen", "–"),
    };
    let (tracked, means) = words::tracking(row);
    html! {
        <li class={classes!("live-row", row.stage.class())}>
            <span class={mark} aria-hidden="true">{ sign }</span>
            <div class="live-what">
                <p class="live-ends"><b>{ words::ends(row) }</b><code>{ words::service(row) }</code><span class={classes!("tag", "tracking")} title={means}>{ tracked }</span>
                    if let Some(news) = props.news { <span class={classes!("tag", "news", row.stage.class())}>{ news }</span> }
                </p>
                <p class="live-state">{ words::state(row) }{ " " }<span class="soft">{ &row.state.reason }</span></p>
                <p class="soft live-time"><span class="mono">{ format!("{name} · {} → {}", row.from.socket, row.to.socket) }</span>{ " · " }<Age row={row.clone()} /></p>
                if props.open { <Why row={row.clone()} /> }
            </div>
            { deeds(props) }
        </li>
    }
}

/// What can be done with it.
fn deeds(props: &RowProps) -> Html {
    let (row, region) = (&props.row, props.region);
    let number = row.connection.number;
    let over = (row.stage == Stage::Over).then_some("It is over: nothing can be sent on it.");
    let name = words::connection_name(number);
    html! {
        <div class="live-deeds">
            <CallButton label="Send" of={AttrValue::from(format!("on {name}"))} call={on_connection(region, "SendOnConnection", number)} disabled={over.map(AttrValue::from)} />
            <CallButton label="Close" of={AttrValue::from(name.clone())} call={on_connection(region, "CloseConnection", number)} />
            <button class="btn" aria-expanded={props.open.to_string()} onclick={props.on_why.reform(move |_: MouseEvent| number)} aria-label={format!("Why {name}")}>{ "Why" }</button>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct AgeProps {
    row: Same<Row>,
}

/// How long it has been idle, and when it is forgotten: the only part that the ticking clock draws anew.
#[component]
fn Age(props: &AgeProps) -> Html {
    let now = use_ctx().world().now;
    html! { <span>{ age(&props.row, now) }</span> }
}

fn age(row: &Row, now: Time) -> String {
    let connection = &row.connection;
    let idle = words::left(now - connection.last);
    match (row.stage, row.state.expires) {
        (Stage::Over | Stage::Cut, _) => format!(
            "opened at {}, last packet at {}",
            time_of_day(connection.opened),
            time_of_day(connection.last)
        ),
        (_, Some(at)) if at > now => {
            format!(
                "idle for {idle}, forgotten in {} if nothing is sent",
                words::left(at - now)
            )
        }
        (_, Some(_)) => format!("idle for {idle}, and forgotten: it would pass as a new one"),
        (_, None) => format!("idle for {idle}; nobody has to remember it, so nothing runs out"),
    }
}
