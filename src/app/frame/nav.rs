//! The navigation "Panels": opens each panel in the main place.

use crate::session::{Action, Panel, use_ctx};
use crate::ui::{Glyph, Icon};
use yew::prelude::*;

fn glyph(panel: Panel) -> Glyph {
    match panel {
        Panel::Map => Glyph::Map,
        Panel::Path => Glyph::Path,
        Panel::Storage => Glyph::Storage,
        Panel::Dns => Glyph::Dns,
        Panel::Timeline => Glyph::Timeline,
        Panel::Bill => Glyph::Bill,
        Panel::Terminal => Glyph::Terminal,
        Panel::Learn => Glyph::Learn,
    }
}

/// The navigation.
#[component]
pub fn Nav() -> Html {
    let ctx = use_ctx();
    let open = ctx.screen().panel;
    html! {
        <nav class="panels" aria-label="Panels">
            { for Panel::ALL.into_iter().enumerate().map(|(index, panel)| html! {
                <button class="panel-link" aria-current={(panel == open).then_some("page")} onclick={ctx.on(move || Action::Open(panel))}
                    title={format!("{} ({})", panel.name(), index + 1)}>
                    <Icon glyph={glyph(panel)} /><span>{ panel.name() }</span>
                </button>
            }) }
        </nav>
    }
}
