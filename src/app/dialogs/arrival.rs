//! What a link holds, before it is opened: it opens beside what is saved, never over it.

use crate::session::action::WorkspaceAction;
use crate::session::{Action, use_ctx};
use crate::ui::Modal;
use yew::prelude::*;

/// The dialog.
#[component]
pub fn Arrival() -> Html {
    let ctx = use_ctx();
    let Some(arrival) = ctx.view().arrival.clone() else {
        return Html::default();
    };
    let foot = html! {
        <>
            if let Some(copy) = arrival.copy.clone() {
                <button class="btn" onclick={ctx.on(move || Action::Workspace(WorkspaceAction::Open(copy.clone())))}>{ "Open the copy you have" }</button>
            }
            <button class="btn" onclick={ctx.on(|| Action::Arrived(false))}>{ "Not now" }</button>
            <button class="btn primary" onclick={ctx.on(|| Action::Arrived(true))}>{ "Open a copy" }</button>
        </>
    };
    html! {
        <Modal title={format!("A link: {}", arrival.file.name)} foot={Some(foot)}>
            <p>{ "Somebody shares a world with you. It opens in a workspace of its own; nothing of yours is touched." }</p>
            <ul class="summary">{ for arrival.summary.iter().map(|line| html! { <li>{ line }</li> }) }</ul>
            if arrival.copy.is_some() { <p class="soft">{ "You have opened this link before: your copy, with what you did in it, is still there." }</p> }
        </Modal>
    }
}
