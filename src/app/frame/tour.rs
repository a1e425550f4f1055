//! The short tour of a first visit: five notes beside the things they speak of. It can be left at any moment; who looks
//! elsewhere meanwhile finds it waiting in a corner, so that no note stands beside what it does not speak of.

use crate::session::action::Internal;
use crate::session::{Action, Panel, use_ctx};
use yew::prelude::*;

/// One note.
struct Note {
    /// Which panel it speaks of.
    panel: Panel,
    /// Where it stands (`frame.css` knows the places).
    place: &'static str,
    title: &'static str,
    text: &'static str,
}

const NOTES: [Note; 5] = [
    Note {
        panel: Panel::Path,
        place: "verdict",
        title: "Why can't I connect?",
        text: "A packet from the Internet wants to reach web-1 on port 443. It walks through every layer between the wire and the program; the red one stopped it, and the sentence above says why.",
    },
    Note {
        panel: Panel::Path,
        place: "inspector",
        title: "Cause, then cure",
        text: "Here stands what the layer saw, which rule decided, and the smallest change that works, tried on a copy before it is offered. Apply it, and the packet travels anew.",
    },
    Note {
        panel: Panel::Map,
        place: "main",
        title: "A whole cloud in this tab",
        text: "The map shows the Region's networks and machines. Everything can be selected, changed, stopped and broken. No account, no bill: nothing leaves this page.",
    },
    Note {
        panel: Panel::Map,
        place: "clock",
        title: "Time is yours",
        text: "Things take time, as they do at AWS. Pause, step to the next event, or let an hour pass in a second. The bill runs along.",
    },
    Note {
        panel: Panel::Map,
        place: "back",
        title: "Nothing is ever lost",
        text: "Undo goes back before any call, and everything is saved in this browser. Share makes a link that holds the whole world.",
    },
];

/// The tour's note, if the tour is under way.
#[component]
pub fn Tour() -> Html {
    let ctx = use_ctx();
    let step = ctx.screen().tour;
    {
        let ctx = ctx.clone();
        use_effect_with(step, move |step| {
            if let Some(note) = step.and_then(|at| NOTES.get(at)) {
                ctx.act(Action::Open(note.panel));
            }
        });
    }
    let Some((at, note)) = step.and_then(|at| Some((at, NOTES.get(at)?))) else {
        return Html::default();
    };
    let go = |to: Option<usize>| ctx.on(move || Action::Internal(Internal::Tour(to)));
    let last = at + 1 == NOTES.len();
    let count = format!("{} of {}", at + 1, NOTES.len());
    if ctx.screen().panel != note.panel {
        let back = ctx.on(move || Action::Open(note.panel));
        return html! {
            <section class="tour waits" role="region" aria-label="Tour">
                <span class="soft">{ count }</span>
                <button class="btn primary" onclick={back}>{ "Back to the tour" }</button>
                <button class="btn quiet" onclick={go(None)}>{ "Skip" }</button>
            </section>
        };
    }
    html! {
        <section class={classes!("tour", format!("at-{}", note.place))} role="region" aria-label="Tour" aria-live="polite">
            <p class="soft">{ count }</p>
            <h2>{ note.title }</h2>
            <p>{ note.text }</p>
            <div class="row">
                <button class="btn primary" onclick={go(if last { None } else { Some(at + 1) })}>{ if last { "Begin" } else { "Next" } }</button>
                if !last { <button class="btn quiet" onclick={go(None)}>{ "Skip the tour" }</button> }
            </div>
        </section>
    }
}
