//! A dialog: the native element, so that focus stays inside, Escape closes it, and what is behind is inert.

use super::{Glyph, Icon};
use crate::session::{Action, use_ctx};
use wasm_bindgen::JsCast;
use web_sys::{HtmlDialogElement, HtmlElement};
use yew::prelude::*;

/// Properties of [`Modal`].
#[derive(Properties, PartialEq)]
pub struct ModalProps {
    /// Its name.
    pub title: AttrValue,
    /// Its contents.
    pub children: Html,
    /// Buttons at its foot.
    #[prop_or_default]
    pub foot: Option<Html>,
    /// Further classes: `wide`, `search`.
    #[prop_or_default]
    pub class: Classes,
}

/// What has the focus when a dialog opens, the first that there is: a field, what one is most likely to want, a button at
/// the foot. The browser's choice would be the button that closes it.
const FIRST: [&str; 3] = [
    ".modal-content :is(input, select, textarea):enabled:not(.command *)",
    ".modal-body > footer .primary",
    ".modal-body > footer .btn",
];

/// A modal dialog over the page. Closing it sends `Action::Dialog(None)`.
#[component]
pub fn Modal(props: &ModalProps) -> Html {
    let ctx = use_ctx();
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((), move |()| {
            let dialog = node.cast::<HtmlDialogElement>();
            if let Some(dialog) = &dialog {
                // Fails only when it is open already.
                let _ = dialog.show_modal();
                let first = FIRST
                    .iter()
                    .find_map(|selector| dialog.query_selector(selector).ok().flatten());
                if let Some(first) = first.and_then(|first| first.dyn_into::<HtmlElement>().ok()) {
                    // Fails only for what cannot take the focus, and these can.
                    let _ = first.focus();
                }
            }
            move || {
                if let Some(dialog) = dialog {
                    dialog.close();
                }
            }
        });
    }
    let close = ctx.on(|| Action::Dialog(None));
    let oncancel = {
        let ctx = ctx.clone();
        Callback::from(move |event: Event| {
            event.prevent_default();
            ctx.act(Action::Dialog(None));
        })
    };
    // A press on the backdrop is a press on the dialog element itself.
    let onmousedown = {
        let node = node.clone();
        Callback::from(move |event: MouseEvent| {
            let hit = event.target_dyn_into::<HtmlDialogElement>();
            if hit.is_some() && hit == node.cast::<HtmlDialogElement>() {
                ctx.act(Action::Dialog(None));
            }
        })
    };
    html! {
        <dialog ref={node} class={classes!("modal", props.class.clone())} aria-label={props.title.clone()} {oncancel} {onmousedown}>
            <div class="modal-body">
                <header>
                    <h2>{ &props.title }</h2>
                    <button class="btn quiet" onclick={close} aria-label="Close" title="Close (Esc)"><Icon glyph={Glyph::Close} /></button>
                </header>
                <div class="modal-content">{ props.children.clone() }</div>
                if let Some(foot) = &props.foot {
                    <footer>{ foot.clone() }</footer>
                }
            </div>
        </dialog>
    }
}
