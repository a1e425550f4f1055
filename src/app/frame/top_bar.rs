//! The top bar: brand, where we are, whether all is saved; the clock; the money; the way back; Share.

use super::clock_bar::ClockBar;
use crate::session::action::WorkspaceAction;
use crate::session::{Action, Dialog, Panel, Saving, use_ctx};
use crate::ui::{Glyph, Icon};
use stratus_engine::catalog::Region;
use yew::prelude::*;

/// The mark: three strata.
#[component]
pub fn Brand() -> Html {
    html! {
        <div class="brand">
            <svg viewBox="0 0 26 26" aria-hidden="true">
                <rect class="l1" x="3" y="4" width="20" height="4.4" rx="2.2" /><rect class="l4" x="1" y="10.6" width="20" height="4.4" rx="2.2" />
                <rect class="l6" x="5" y="17.2" width="20" height="4.4" rx="2.2" />
            </svg>
            <span>{ "Stratus" }</span>
        </div>
    }
}

/// The top bar.
#[component]
pub fn TopBar() -> Html {
    let ctx = use_ctx();
    let view = ctx.view();
    html! {
        <header class="top">
            <Brand />
            <div class="where">
                <button class="workspace" title="Workspaces: open, rename, duplicate, delete" onclick={ctx.on(|| Action::Dialog(Some(Dialog::Workspaces)))}>
                    { &view.workspace }
                </button>
                <RegionPicker />
                <SavedSign saving={view.saving.clone()} />
            </div>
            <ClockBar />
            <button class="money" title="The bill so far" onclick={ctx.on(|| Action::Open(Panel::Bill))}>
                <Money />
            </button>
            <div class="way-back">
                <button class="btn icon-only search" onclick={ctx.on(|| Action::Dialog(Some(Dialog::Search)))} aria-label="Search" title="Search everything (Ctrl+K)"><Icon glyph={Glyph::Search} /></button>
                <button class="btn" disabled={!view.can_undo} onclick={ctx.on(|| Action::Undo)} title="Ctrl+Z"><Icon glyph={Glyph::Undo} /><span>{ "Undo" }</span></button>
                <button class="btn" disabled={!view.can_redo} onclick={ctx.on(|| Action::Redo)} title="Ctrl+Shift+Z"><Icon glyph={Glyph::Redo} /><span>{ "Redo" }</span></button>
                <button class="btn primary" onclick={ctx.on(|| Action::Dialog(Some(Dialog::Share)))} title="A link that holds this world"><Icon glyph={Glyph::Link} /><span>{ "Share" }</span></button>
            </div>
        </header>
    }
}

#[component]
fn RegionPicker() -> Html {
    let ctx = use_ctx();
    let current = ctx.region();
    let onchange = {
        let ctx = ctx.clone();
        Callback::from(move |event: Event| {
            let select = event.target_dyn_into::<web_sys::HtmlSelectElement>();
            if let Some(region) = select.and_then(|select| Region::find(&select.value())) {
                ctx.act(Action::ShowRegion(region));
            }
        })
    };
    html! {
        <select class="region" aria-label="Region" {onchange} title={current.long_name()}>
            { for Region::all().map(|region| html! {
                <option value={region.name()} selected={region == current}>{ region.name() }</option>
            }) }
        </select>
    }
}

#[derive(Properties, PartialEq)]
struct SavedProps {
    saving: Saving,
}

#[component]
fn SavedSign(props: &SavedProps) -> Html {
    let ctx = use_ctx();
    match &props.saving {
        Saving::Saved => {
            html! { <span class="saved" role="status" title="Every call is on this machine's disk"><Icon glyph={Glyph::Check} />{ "Saved" }</span> }
        }
        Saving::Pending => html! { <span class="saved pending" role="status">{ "Saving…" }</span> },
        Saving::Memory(why) => html! {
            <button class="saved memory" title={why.clone()} onclick={ctx.on(|| Action::Workspace(WorkspaceAction::Export))}>{ "Not saved · export" }</button>
        },
        Saving::Reader => html! {
            <button class="saved memory" title="Another tab writes in this workspace; this one looks on" onclick={ctx.on(|| Action::Workspace(WorkspaceAction::TakeOver))}>
                { "Read only · take over" }
            </button>
        },
    }
}

#[component]
fn Money() -> Html {
    let ctx = use_ctx();
    let total = stratus_engine::bill::total(ctx.world());
    html! { <><span class="visually-hidden">{ "Bill so far: " }</span><b>{ crate::ui::money_text(total) }</b></> }
}
