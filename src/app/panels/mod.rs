//! The panels of the main place, one folder or file each. Each is a `<section>` that is a region by the panel's name.

pub mod beside;
mod bill;
pub mod dns;
pub mod experiments;
pub mod learn;
pub mod live;
pub mod matrix;
pub mod path;
pub mod storage;
pub mod survey;
pub mod terminal;
pub mod timeline;

use crate::later::use_later;
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
        later => html! { <LaterPanel panel={later} /> },
    };
    html! { <section class={classes!("panel", panel.name().to_ascii_lowercase())} aria-label={panel.name()}>{ content }</section> }
}

#[derive(Properties, PartialEq)]
struct LaterProps {
    panel: Panel,
}

/// The panels that are in the later part of the program.
#[component]
fn LaterPanel(props: &LaterProps) -> Html {
    let later = use_later();
    if let Some(instead) = later.instead() {
        return instead;
    }
    match props.panel {
        Panel::Storage => html! { <storage::StoragePanel /> },
        Panel::Timeline => html! { <timeline::TimelinePanel /> },
        Panel::Terminal => html! { <terminal::TerminalPanel /> },
        Panel::Learn => html! { <learn::LearnPanel /> },
        Panel::Dns => html! { <dns::DnsPanel /> },
        Panel::Bill => html! { <bill::BillPanel /> },
        Panel::Map | Panel::Path => Html::default(),
    }
}
