//! A command in the middle of which time passes for long: how far it is, and the way to stop it.

use crate::session::Action;
use crate::ui::Settled;
use std::rc::Rc;
use web_sys::HtmlElement;
use yew::prelude::*;

/// Properties of [`Waiting`].
#[derive(Properties, PartialEq)]
pub struct WaitingProps {
    /// The session.
    pub ctx: Settled,
    /// What was typed.
    pub line: Rc<str>,
}

/// The command under way.
#[component]
pub fn Waiting(props: &WaitingProps) -> Html {
    let percent = props.ctx.view().advancing.unwrap_or_default();
    let stop = {
        let ctx = props.ctx.clone();
        Callback::from(move |_: MouseEvent| {
            // The button goes away: the field is where one goes on.
            let field = gloo::utils::document()
                .query_selector(".prompt textarea")
                .ok()
                .flatten();
            if let Some(field) = field.and_then(|field| wasm_bindgen::JsCast::dyn_into::<HtmlElement>(field).ok()) {
                let _ = field.focus();
            }
            ctx.act(Action::CancelAdvance);
        })
    };
    html! {
        <div class="waiting" role="group" aria-label="Running command">
            <p class="typed"><span aria-hidden="true" class="mark">{ "$ " }</span><span class="line">{ &*props.line }</span></p>
            <p><progress max="100" value={percent.to_string()} aria-label="Time that has passed" />
                <button class="btn quiet" onclick={stop}>{ "Stop" }</button></p>
            <p class="soft note" role="status">{ "Time is passing. Ctrl+C stops it; the clock is then where this wait began." }</p>
        </div>
    }
}
