//! The navigation "Panels": opens each panel in the main place.

use crate::session::action::Theme;
use crate::session::{Action, Ctx, Dialog, Panel, use_ctx};
use crate::ui::{Glyph, Icon, is_stacked};
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
                <button class="panel-link" aria-current={(panel == open).then_some("page")} onclick={go_to(&ctx, panel)}
                    title={format!("{} ({})", panel.name(), index + 1)}>
                    <Icon glyph={glyph(panel)} /><span>{ panel.name() }</span>
                </button>
            }) }
            <span class="spacer" />
            <PageDeeds />
        </nav>
    }
}

/// What is about the page itself: its look, a report, its keys. Beside the panels; a phone has no room there and shows
/// them at the end of Learn.
#[component]
pub fn PageDeeds() -> Html {
    let ctx = use_ctx();
    html! {
        <>
            <ThemeButton />
            <button class="panel-link small" onclick={ctx.on(|| Action::Dialog(Some(Dialog::Report)))} title="Report a problem: version, digest and log to copy"><Icon glyph={Glyph::More} /><span>{ "Report" }</span></button>
            <button class="panel-link small" onclick={ctx.on(|| Action::Dialog(Some(Dialog::Shortcuts)))} title="Shortcuts (?)"><Icon glyph={Glyph::Question} /><span>{ "Keys" }</span></button>
        </>
    }
}

/// Opens a panel, from its top where the whole page scrolls.
fn go_to(ctx: &Ctx, panel: Panel) -> Callback<MouseEvent> {
    let ctx = ctx.clone();
    Callback::from(move |_| {
        ctx.act(Action::Open(panel));
        if is_stacked() {
            gloo::utils::window().scroll_to_with_x_and_y(0.0, 0.0);
        }
    })
}

#[component]
fn ThemeButton() -> Html {
    let ctx = use_ctx();
    let (next, glyph, word) = match ctx.screen().theme {
        Theme::System => (Theme::Light, Glyph::Sun, "Theme: as the system. Switch to light"),
        Theme::Light => (Theme::Dark, Glyph::Moon, "Theme: light. Switch to dark"),
        Theme::Dark => (Theme::System, Glyph::Moon, "Theme: dark. Switch to the system's"),
    };
    html! {
        <button class="panel-link small" title={word} onclick={ctx.on(move || Action::SetTheme(next))}><Icon {glyph} /><span>{ "Theme" }</span></button>
    }
}
