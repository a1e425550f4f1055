//! The matrix of the region "Path": who reaches whom on one port, in groups, and what has changed since a moment of the
//! timeline. A cell of one pair opens its path; a cell of more lists its pairs. In the later part of the program.

mod agree;
pub(crate) mod choice;
mod grid;
mod pairs;
mod says;

use crate::session::action::PathQuestion;
use crate::session::{Action, Dialog, use_ctx};
use crate::ui::{Empty, Same, Settled};
use choice::{Choice, Choices};
use std::rc::Rc;
use stratus_engine::network::matrix::{Matrix, Pair, matrix};
use stratus_engine::network::outsiders::Outsiders;
use stratus_engine::network::{Disposition, Endpoint};
use yew::prelude::*;

/// A matrix as the table draws it, what it says, and what the Internet is in it: equal only to itself, so that it is drawn anew exactly when it was
/// judged anew.
#[derive(Clone, PartialEq)]
struct Shown(Same<Matrix>, AttrValue, AttrValue);

/// The matrix with its choices.
#[component]
pub fn MatrixView() -> Html {
    let ctx = use_ctx();
    let choice = use_state(|| Choice::first(&ctx));
    // By their keys: where a group stands changes with the world.
    let chosen = use_state(|| None::<(String, String)>);
    let judged = {
        let asked = (ctx.view().world_stamp, ctx.region(), choice.asked());
        let ctx = ctx.clone();
        use_memo(asked, move |(_, region, choice)| {
            let Some((protocol, port)) = choice.flow() else {
                return Err("A port is a number from 0 to 65535.".to_owned());
            };
            let outsiders = Outsiders::parse(&choice.outside)?;
            // Another world may have been opened since: then there is no such moment.
            let before = |node: usize| ctx.read(|engine| Some(Rc::clone(&engine.history().nodes().get(node)?.before)));
            let then = choice.since.and_then(before);
            let grouping = choice::grouping(&ctx, &choice.group);
            let found = matrix(
                ctx.world(),
                *region,
                (protocol, port),
                &outsiders,
                &grouping,
                then.as_deref(),
            );
            let says = says::sentence(&found, protocol, outsiders, then.is_some());
            let means = says::meaning(outsiders, found.cut);
            Ok(Shown(Same::new(found), says.into(), means.into()))
        })
    };
    let on_choice = {
        let (choice, chosen) = (choice.setter(), chosen.setter());
        use_callback((), move |changed: Choice, ()| {
            chosen.set(None);
            choice.set(changed);
        })
    };
    let open = {
        let ctx = ctx.clone();
        // All that the question depends on: whatever else changes, the table is not drawn anew for it.
        let asked = (choice.protocol.clone(), choice.port.clone(), ctx.screen().path.asked);
        use_callback(asked, move |pair: Pair, (protocol, port, asked)| {
            ctx.act(Action::AskPath(PathQuestion {
                protocol: protocol.clone(),
                port: port.clone(),
                asked: asked + 1,
                ..question(&pair)
            }));
        })
    };
    let on_cell = {
        let chosen = chosen.setter();
        use_callback(
            (judged.clone(), open.clone()),
            move |(from, to): (usize, usize), (judged, open)| {
                let Ok(Shown(matrix, ..)) = &**judged else { return };
                let mut pairs = matrix.pairs(from, to);
                match (pairs.next(), pairs.next()) {
                    // Behind a load balancer there are several ways.
                    (Some(only), None) if !matches!(only.destination, Endpoint::Interface(_)) => open.emit(only),
                    _ => chosen.set(
                        matrix
                            .groups
                            .get(from)
                            .zip(matrix.groups.get(to))
                            .map(|(from, to)| (from.key.clone(), to.key.clone())),
                    ),
                }
            },
        )
    };
    let settled = Settled::new(&ctx);
    let body = match &*judged {
        Err(problem) => html! { <p class="field-error" role="alert">{ problem }</p> },
        Ok(Shown(matrix, ..)) if matrix.groups.len() < 2 => html! {
            <Empty title="Nobody to reach yet">
                <p>{ "Launch instances in this Region: each will have a row and a column here, with what gets through between them." }</p>
                <button class="btn primary" onclick={ctx.on(|| Action::Dialog(Some(Dialog::Launch)))}>{ "Launch instance" }</button>
            </Empty>
        },
        Ok(shown) => {
            let place = |key: &String| shown.0.groups.iter().position(|group| group.key == *key);
            let chosen = chosen.as_ref().and_then(|(from, to)| place(from).zip(place(to)));
            html! {
                <>
                    <div><p class="matrix-says" role="status">{ shown.1.clone() }</p><p class="soft">{ shown.2.clone() }</p></div>
                    if let Some(flow) = choice.flow() { <agree::Agree settled={settled.clone()} shown={shown.clone()} {flow} /> }
                    <grid::Grid shown={shown.clone()} filter={choice.filter.clone()} {chosen} {on_cell} />
                    if let Some((from, to)) = chosen {
                        <pairs::Pairs settled={settled.clone()} shown={shown.clone()} flow={choice.flow()} {from} {to} on_pair={open} />
                    }
                </>
            }
        }
    };
    html! {
        <div class="matrix-view">
            <h1 class="visually-hidden">{ "Who reaches whom" }</h1>
            <Choices {settled} choice={(*choice).clone()} {on_choice} />
            { body }
        </div>
    }
}

/// The path panel's question for a pair, but for what is asked of all pairs.
fn question(pair: &Pair) -> PathQuestion {
    PathQuestion {
        source: field_text(pair.source),
        destination: field_text(pair.destination),
        ..PathQuestion::default()
    }
}

/// An end as the path panel's fields have it.
pub(crate) fn field_text(end: Endpoint) -> String {
    match end {
        Endpoint::Instance(id) => id.to_string(),
        Endpoint::Interface(id) => id.to_string(),
        Endpoint::Address(address) => address.to_string(),
        Endpoint::Internet => "internet".to_owned(),
    }
}

/// How a pair ends, in a few plain words.
fn ends(disposition: Disposition) -> &'static str {
    match disposition {
        Disposition::Delivered => "gets through",
        Disposition::Denied => "denied by a rule",
        Disposition::NoRoute => "no route",
        Disposition::BlackHole => "black hole",
        Disposition::NotListening => "nothing listens",
        Disposition::ReplyLost => "the answer is lost",
        Disposition::BadState => "an end is not running",
        Disposition::Unknown => "nothing there to reach",
    }
}
