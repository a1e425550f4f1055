//! The map: Region → VPC → zones → subnets → instances, with live states.

use yew::prelude::*;

/// The map.
#[component]
pub fn Map() -> Html {
    html! { <h1 class="visually-hidden">{ "Map" }</h1> }
}
