//! The region "Inspector": what the selected thing is, its facts, its actions, what refers to it.

mod hop;

use crate::session::{Selection, use_ctx};
use yew::prelude::*;

/// The inspector.
#[component]
pub fn Inspector() -> Html {
    let ctx = use_ctx();
    let content = match (&ctx.screen().selection, &ctx.view().traced) {
        (Some(Selection::Hop(index)), Some(traced)) => {
            html! { <hop::HopView traced={traced.clone()} index={*index} /> }
        }
        _ => html! { <p class="soft">{ "Select something to see what it is." }</p> },
    };
    html! { <aside class="inspector" aria-label="Inspector" role="region">{ content }</aside> }
}
