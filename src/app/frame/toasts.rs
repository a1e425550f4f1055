//! Messages at the foot of the page: what worked, what was refused and what to do about it.

use crate::session::action::ToastOffer;
use crate::session::{Action, ToastKind, use_ctx};
use crate::ui::{Glyph, Icon};
use yew::prelude::*;

/// How long good news stays. What was refused stays until it is dismissed.
const GOOD_NEWS_MILLIS: u32 = 6_000;

/// All messages.
#[component]
pub fn Toasts() -> Html {
    let ctx = use_ctx();
    html! {
        <div class="toasts" role="region" aria-label="Messages" aria-live="polite">
            { for ctx.screen().toasts.iter().map(|toast| html! { <ToastView key={toast.id} toast={toast.clone()} /> }) }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct ToastProps {
    toast: crate::session::Toast,
}

#[component]
fn ToastView(props: &ToastProps) -> Html {
    let ctx = use_ctx();
    let toast = &props.toast;
    let id = toast.id;
    {
        let (ctx, lasts) = (ctx.clone(), toast.kind == ToastKind::Bad);
        use_effect_with(id, move |id| {
            let id = *id;
            let timer = (!lasts)
                .then(|| gloo::timers::callback::Timeout::new(GOOD_NEWS_MILLIS, move || ctx.act(Action::Dismiss(id))));
            move || drop(timer)
        });
    }
    let (class, glyph, word) = match toast.kind {
        ToastKind::Good => ("good", Glyph::Check, "Done"),
        ToastKind::Bad => ("bad", Glyph::Close, "Refused"),
        ToastKind::Note => ("note", Glyph::Question, "Note"),
    };
    html! {
        <div class={classes!("toast", class)} role={(toast.kind == ToastKind::Bad).then_some("alert")}>
            <span class="mark" title={word}><Icon {glyph} /></span>
            <div><strong>{ &toast.title }</strong>if !toast.text.is_empty() { <p>{ &toast.text }</p> }</div>
            if let Some((word, offer)) = &toast.offer {
                <button class="btn" onclick={take(&ctx, id, offer)}>{ word }</button>
            }
            <button class="btn quiet" aria-label="Dismiss" onclick={ctx.on(move || Action::Dismiss(id))}><Icon glyph={Glyph::Close} /></button>
        </div>
    }
}

fn take(ctx: &crate::session::Ctx, id: u64, offer: &ToastOffer) -> Callback<MouseEvent> {
    use crate::session::action::WorkspaceAction;
    let (ctx, offer) = (ctx.clone(), offer.clone());
    Callback::from(move |_| {
        match &offer {
            ToastOffer::Undo => ctx.act(Action::Undo),
            ToastOffer::RestoreWorkspace(id) => ctx.act(Action::Workspace(WorkspaceAction::Restore(id.clone()))),
            ToastOffer::Open(panel) => ctx.act(Action::Open(*panel)),
            ToastOffer::Export => ctx.act(Action::Workspace(WorkspaceAction::Export)),
            ToastOffer::Download(name, bytes) => crate::ui::download::save(name, "application/octet-stream", bytes),
        }
        ctx.act(Action::Dismiss(id));
    })
}
