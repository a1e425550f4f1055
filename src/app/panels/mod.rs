//! The panels of the main place, one folder or file each. Each is a `<section>` that is a region by the panel's name.

pub mod bill;
pub mod dns;
pub mod learn;
pub mod path;
pub mod storage;
pub mod terminal;
pub mod timeline;

use crate::session::{Panel, use_ctx};
use yew::prelude::*;

/// Shows the open panel.
#[component]
pub fn PanelHost() -> Html {
    let ctx = use_ctx();
    let panel = ctx.screen().panel;
    let content = match panel {
        Panel::Map => html! { <crate::map::Map /> },
        Panel::Path => html! { <path::PathPanel /> },
        Panel::Storage => html! { <storage::StoragePanel /> },
        Panel::Timeline => html! { <timeline::TimelinePanel /> },
        Panel::Terminal => html! { <terminal::TerminalPanel /> },
        Panel::Learn => html! { <learn::LearnPanel /> },
        Panel::Dns => html! { <dns::DnsPanel /> },
        Panel::Bill => html! { <bill::BillPanel /> },
    };
    html! { <section class={classes!("panel", panel.name().to_ascii_lowercase())} aria-label={panel.name()}>{ content }</section> }
}
