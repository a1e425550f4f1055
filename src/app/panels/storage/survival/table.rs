//! What became of the file, side by side: a row for each event, a column for each kind of storage; the open row takes the
//! learner's guesses, and says the causes once it has happened.

use super::{Done, Fate, Ledger, commands, happen};
use crate::session::{Action, Ctx, use_ctx};
use crate::ui::{Source, capital};
use std::collections::BTreeMap;
use std::rc::Rc;
use stratus_engine::base::ids::InstanceId;
use stratus_engine::catalog::Region;
use stratus_engine::services::ec2::storage::survival::{self, Event, Place, Sight};
use yew::prelude::*;

/// Properties of [`Table`].
#[derive(Properties, PartialEq)]
pub struct TableProps {
    /// Where.
    pub region: Region,
    /// The machine.
    pub id: InstanceId,
    /// What there is of its storage.
    pub sights: Rc<Vec<Sight>>,
    /// Whether the file is on all of it.
    pub complete: bool,
    /// What was tried.
    pub ledger: UseStateHandle<Ledger>,
}

/// The rows.
#[component]
pub fn Table(props: &TableProps) -> Html {
    let ctx = use_ctx();
    let open = props.ledger.event.unwrap_or(Event::Reboot);
    let done = props.ledger.done.get(&(props.id, open));
    html! {
        <>
            <table class="fates">
                <caption class="visually-hidden">{ "What became of the file" }</caption>
                <thead><tr><th scope="col">{ "What happens" }</th>{ for Place::ALL.map(|place| html! { <th scope="col">{ capital(place.name()) }</th> }) }</tr></thead>
                <tbody>{ for Event::ALL.map(|event| row(props, event, event == open)) }</tbody>
            </table>
            { deed(&ctx, props, open, done) }
            if let Some(done) = done { { causes(open, done) } }
        </>
    }
}

fn row(props: &TableProps, event: Event, open: bool) -> Html {
    let ledger = &props.ledger;
    let onclick = {
        let ledger = ledger.clone();
        Callback::from(move |_: MouseEvent| {
            ledger.set(Ledger {
                event: Some(event),
                guesses: BTreeMap::new(),
                ..(*ledger).clone()
            });
        })
    };
    let done = ledger.done.get(&(props.id, event));
    html! {
        <tr key={event.name()} class={open.then_some("open")}>
            <th scope="row"><button class="link" aria-pressed={open.to_string()} {onclick}>{ event.name() }</button></th>
            { for Place::ALL.map(|place| cell(props, event, place, open, done)) }
        </tr>
    }
}

fn cell(props: &TableProps, event: Event, place: Place, open: bool, done: Option<&Done>) -> Html {
    let label = capital(place.name());
    let inside = match done {
        Some(done) => outcome(done, place),
        None if open && props.sights.iter().any(|sight| sight.place == place && sight.has) => {
            html! { <span class="guesses" role="group" aria-label={format!("{label}: your guess")}>{ chip(props, event, place, true) }{ chip(props, event, place, false) }</span> }
        }
        None => html! { <span class="soft" title="Not tried yet">{ "?" }</span> },
    };
    html! { <td data-label={label}>{ inside }</td> }
}

/// One of the two things that can be said of a copy.
fn chip(props: &TableProps, event: Event, place: Place, stays: bool) -> Html {
    let ledger = &props.ledger;
    let said = ledger.guesses.get(&place) == Some(&stays);
    let onclick = {
        let ledger = ledger.clone();
        Callback::from(move |_: MouseEvent| {
            let mut next = (*ledger).clone();
            if said {
                next.guesses.remove(&place);
            } else {
                next.guesses.insert(place, stays);
            }
            next.event = Some(event);
            ledger.set(next);
        })
    };
    let word = if stays { "stays" } else { "goes" };
    html! { <button class="guess-chip" aria-pressed={said.to_string()} aria-label={format!("{word}: {}", place.name())} {onclick}>{ word }</button> }
}

/// Sign and word, and how the guess compares.
fn outcome(done: &Done, place: Place) -> Html {
    let (class, sign, word, stays) = match done.fate(place) {
        Fate::Stays => ("mark-allow", "✓", "stays", true),
        Fate::Goes => ("mark-deny", "✕", "goes", false),
        Fate::Never => return html! { <span class="soft">{ "was not there" }</span> },
    };
    let guess = match done.guesses.get(&place) {
        None => "",
        Some(said) if *said == stays => "· you were right",
        Some(_) => "· you were wrong",
    };
    html! { <span class="fate"><span {class} aria-hidden="true">{ sign }</span><span>{ word }{ " " }<span class="soft small">{ guess }</span></span></span> }
}

/// The button of the open row: let it happen, or go back to before it.
fn deed(ctx: &Ctx, props: &TableProps, event: Event, done: Option<&Done>) -> Html {
    let told = what(event);
    if let Some(done) = done {
        let before = done.before;
        let back = ctx.on(move || Action::Jump(before));
        // Only where it has left traces is there something to go back from.
        let left = props.sights.as_slice() != done.was.as_slice();
        return html! {
            <div class="deed" role="status">
                <p><b>{ score(event, done) }</b>{ " " }<span class="soft">{ if left { "Go back to try something else on the same files." } else { "You are back before it: try another row." } }</span></p>
                if left { <button class="btn primary" onclick={back}>{ "Back to before it" }</button> }
            </div>
        };
    }
    let onclick = {
        let (ctx, ledger, was) = (ctx.clone(), props.ledger.clone(), props.sights.to_vec());
        let (region, id) = (props.region, props.id);
        Callback::from(move |_: MouseEvent| happen(&ctx, region, (id, event), was.clone(), &ledger))
    };
    let calls = survival::calls(event, props.id);
    html! {
        <div class="deed">
            <div><p><b>{ format!("{}: ", event.name()) }</b>{ told }</p>{ commands(props.region, &calls) }</div>
            <div>
                <button class="btn primary" {onclick} disabled={!props.complete}>{ "Let it happen" }</button>
                if !props.complete { <p class="soft small">{ "Write the file everywhere first." }</p> }
            </div>
        </div>
    }
}

fn what(event: Event) -> &'static str {
    match event {
        Event::Reboot => "the operating system starts again, on the same host.",
        Event::Hibernate => "the machine is frozen, switched off, and started again, usually on another host.",
        Event::StopStart => "the machine is shut down and started again, usually on another host.",
        Event::HostFailure => "the physical machine breaks. A stop and a start bring yours to another one.",
        Event::Terminate => "the machine is given up for good.",
    }
}

fn score(event: Event, done: &Done) -> String {
    let made = done.guesses.len();
    let right = done
        .guesses
        .iter()
        .filter(|(place, stays)| (done.fate(**place) == Fate::Stays) == **stays)
        .count();
    match made {
        0 => format!("{}: it has happened.", event.name()),
        _ => format!("{}: {right} of {made} guesses right.", event.name()),
    }
}

/// Why each copy is where it is, and where AWS says so.
fn causes(event: Event, done: &Done) -> Html {
    let line = |place: Place| {
        let rule = survival::rule(event, place, done.goes(place));
        let (class, sign) = match done.fate(place) {
            Fate::Stays => ("mark-allow", "✓"),
            Fate::Goes => ("mark-deny", "✕"),
            Fate::Never => return Html::default(),
        };
        html! {
            <li><span {class} aria-hidden="true">{ sign }</span>
                <div><b>{ capital(place.name()) }</b><Source source={rule.source}>{ rule.why }</Source></div>
            </li>
        }
    };
    html! { <ul class="causes" aria-label="Why">{ for Place::ALL.map(line) }</ul> }
}
