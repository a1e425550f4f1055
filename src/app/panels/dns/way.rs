//! The way of a question as a picture: who asked whom, when, and how long each waited. Time runs downwards.

use crate::ui::sheet;
use stratus_engine::dns::{Resolution, Server, Step};
use yew::prelude::*;

/// From one server's line to the next, and from one question to the next.
const LANE: f64 = 134.0;
const ROW: f64 = 34.0;
/// Where the first line stands, and where time begins.
const LEFT: f64 = 86.0;
const TOP: f64 = 44.0;
/// Most characters of a text in the picture.
const MOST: usize = 22;

/// A line of the picture: one who is asked.
struct Lane {
    kind: &'static str,
    name: String,
}

/// What kind of server it is, in a word or two.
pub fn kind_of(server: &Server) -> &'static str {
    match server {
        Server::Resolver => "resolver",
        Server::Memory => "memory",
        Server::Root => "root",
        Server::TopLevel(_) => "top-level domain",
        Server::Zone(_) => "your zone",
        Server::Private(_) => "private zone",
        Server::Known(_) => "the Internet",
        Server::Nobody(_) => "nobody",
    }
}

/// The colour of a kind.
fn class(kind: &str) -> &'static str {
    match kind {
        "root" => "w-root",
        "top-level domain" => "w-top",
        "your zone" | "private zone" => "w-zone",
        "nobody" => "w-nobody",
        _ => "w-other",
    }
}

fn cut(text: &str) -> String {
    sheet::cut(text, MOST)
}

/// The place of the line that a step goes to; a new one where nobody has asked there yet.
fn lane(lanes: &mut Vec<Lane>, step: &Step) -> usize {
    let kind = kind_of(&step.kind);
    if matches!(step.kind, Server::Resolver | Server::Memory) {
        return 1;
    }
    let name = match &step.kind {
        Server::Root => "a.root-servers.net".to_owned(),
        Server::TopLevel(domain) => domain.trim_end_matches('.').to_owned(),
        _ => step.server.trim_end_matches('.').to_owned(),
    };
    let same = |lane: &Lane| lane.kind == kind && (lane.name == name || kind == "your zone");
    if let Some(at) = lanes.iter().skip(2).position(same) {
        return at + 2;
    }
    lanes.push(Lane { kind, name });
    lanes.len() - 1
}

/// The picture.
pub fn picture(resolution: &Resolution) -> Html {
    let mut lanes = vec![
        Lane {
            kind: "asker",
            name: "who asks".into(),
        },
        Lane {
            kind: "resolver",
            name: "its resolver".into(),
        },
    ];
    let Some((first, rest)) = resolution.steps.split_first() else {
        return html! {};
    };
    let rest: Vec<(usize, &Step)> = rest.iter().map(|step| (lane(&mut lanes, step), step)).collect();
    let x = |lane: usize| LEFT + LANE * lane as f64;
    let width = x(lanes.len() - 1) + LANE * 1.15;
    let bottom = TOP + ROW * (rest.len() as f64 + 2.0);
    // Half of the way to the resolver is over when it begins to ask.
    let (mut clock, mut rows) = (first.millis / 2, Vec::new());
    for (at, (lane, step)) in rest.iter().enumerate() {
        let y = TOP + ROW * (at as f64 + 1.0);
        rows.push(ask(x(1), x(*lane), y, step, clock));
        clock += step.millis;
    }
    let words = format!(
        "Who asked whom: {} questions, {} ms in all",
        resolution.steps.len(),
        resolution.millis
    );
    let silent = resolution.rcode == "TIMEOUT";
    let end = bottom - ROW * 0.7;
    html! {
        <div class="scroll-x" tabindex="0"><svg class="way-picture" viewBox={format!("0 0 {width} {bottom}")} width={width.to_string()} role="img" aria-label={words}>
            { for lanes.iter().enumerate().map(|(at, lane)| head(x(at), bottom, lane)) }
            { time(TOP + 6.0, 0) }
            { arrow(x(0), x(1), TOP + 6.0, "go") }
            <text class="what" x={(x(0) + 8.0).to_string()} y={TOP.to_string()}>{ cut(&first.question) }</text>
            { for rows }
            { time(end, resolution.millis) }
            if silent {
                <text class="what bad" x={(x(0) + 8.0).to_string()} y={(end - 6.0).to_string()}>{ "✕ no answer" }</text>
            } else {
                { arrow(x(1), x(0), end, "back") }
                <text class="what" x={(x(0) + 8.0).to_string()} y={(end - 6.0).to_string()}>{ cut(&first.answer) }</text>
            }
        </svg></div>
    }
}

fn head(x: f64, bottom: f64, lane: &Lane) -> Html {
    html! {
        <g class={classes!("lane", class(lane.kind))}>
            <line x1={x.to_string()} x2={x.to_string()} y1="34" y2={bottom.to_string()} />
            <text class="kind" x={x.to_string()} y="12">{ lane.kind }</text>
            <text class="name" x={x.to_string()} y="27">{ cut(&lane.name) }</text>
        </g>
    }
}

fn time(y: f64, millis: i64) -> Html {
    html! { <text class="when" x="50" y={(y + 4.0).to_string()}>{ format!("{millis} ms") }</text> }
}

/// A question of the resolver's and what came back; a loop where it knew by itself.
fn ask(from: f64, to: f64, y: f64, step: &Step, clock: i64) -> Html {
    let answer = cut(&step.answer);
    let class = class(kind_of(&step.kind));
    if (to - from).abs() < 1.0 {
        return html! {
            <g class="w-other">{ time(y + 8.0, clock) }
                <circle class="own" cx={from.to_string()} cy={(y + 8.0).to_string()} r="5" />
                <text class="what" x={(from + 12.0).to_string()} y={(y + 12.0).to_string()}>{ format!("knows: {answer}") }</text>
            </g>
        };
    }
    let span = step.millis;
    html! {
        <g {class}>
            { time(y + 4.0, clock) }
            { arrow(from, to, y + 2.0, "go") }
            { arrow(to, from, y + 14.0, "back") }
            <rect class="busy" x={(to - 3.0).to_string()} y={y.to_string()} width="6" height="16" rx="3" />
            <text class="what" x={(from + 8.0).to_string()} y={(y - 3.0).to_string()}>{ format!("{span} ms") }</text>
            <text class="what" x={(to + 9.0).to_string()} y={(y + 12.0).to_string()}>{ answer }</text>
        </g>
    }
}

fn arrow(from: f64, to: f64, y: f64, class: &'static str) -> Html {
    let side = if to > from { -1.0 } else { 1.0 };
    let head = format!(
        "M{} {}L{to} {y}L{} {}",
        to + 6.0 * side,
        y - 3.5,
        to + 6.0 * side,
        y + 3.5
    );
    html! { <><path class={classes!("arrow", class)} d={format!("M{from} {y}H{to}")} /><path class="arrow-head" d={head} /></> }
}
