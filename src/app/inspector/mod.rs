//! The region "Inspector": what the selected thing is, its facts, its actions, what refers to it.

use yew::prelude::*;

/// The inspector.
#[component]
pub fn Inspector() -> Html {
    html! { <aside class="inspector" aria-label="Inspector" role="region"></aside> }
}
