//! "Are you sure": what will happen, the command that does it, and the word that means it. Undo takes it back all the same.

use crate::session::action::{Confirm, Outcome, ToastKind, ToastOffer};
use crate::session::{Action, Toast, use_ctx};
use crate::ui::{CallText, Modal};
use yew::prelude::*;

/// Properties of [`ConfirmDialog`].
#[derive(Properties, PartialEq)]
pub struct ConfirmProps {
    /// The question.
    pub confirm: Confirm,
}

/// The question.
#[component]
pub fn ConfirmDialog(props: &ConfirmProps) -> Html {
    let ctx = use_ctx();
    let refused = use_state(|| None::<String>);
    let confirm = &props.confirm;
    let onclick = {
        let (ctx, refused, confirm) = (ctx.clone(), refused.clone(), confirm.clone());
        Callback::from(move |_: MouseEvent| {
            let (again, refused, verb) = (ctx.clone(), refused.clone(), confirm.verb.clone());
            let done = Callback::from(move |outcome: Outcome| match outcome {
                Ok(_) => {
                    again.act(Action::Dialog(None));
                    let toast = Toast::new(ToastKind::Good, format!("{verb}: done"), "");
                    again.act(Action::Toast(toast.offering("Undo", ToastOffer::Undo)));
                }
                Err(error) => refused.set(Some(
                    format!("{}: {} {}", error.code, error.message, error.remedy)
                        .trim_end()
                        .to_owned(),
                )),
            });
            ctx.act(Action::Call {
                call: confirm.call.clone(),
                done: Some(done),
                quiet: true,
            });
        })
    };
    let foot = html! {
        <>
            <button class="btn" onclick={ctx.on(|| Action::Dialog(None))}>{ "Cancel" }</button>
            <button class="btn danger" {onclick}>{ &confirm.verb }</button>
        </>
    };
    html! {
        <Modal title={confirm.title.clone()} {foot}>
            <div class="stack">
                <p>{ &confirm.text }</p>
                <CallText call={confirm.call.clone()} planned=true />
                if let Some(text) = refused.as_ref() { <p class="field-error" role="alert">{ text }</p> }
                <p class="soft">{ "Undo takes it back, as it does with every call." }</p>
            </div>
        </Modal>
    }
}
