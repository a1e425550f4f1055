//! "Report a problem": version, digest and log as text to copy. Nothing is sent by the page.

use crate::session::use_ctx;
use crate::ui::{Modal, command};
use stratus_classroom::File;
use yew::prelude::*;

/// The dialog.
#[component]
pub fn Report() -> Html {
    let ctx = use_ctx();
    let copied = use_state(|| false);
    let text = use_memo((), |()| {
        let (digest, log) = ctx.read(|engine| (engine.digest(), File::of(engine, "report").to_text()));
        let agent = web_sys::window()
            .and_then(|window| window.navigator().user_agent().ok())
            .unwrap_or_default();
        format!(
            "Stratus {}\nbrowser {agent}\nnow {}\ndigest {digest}\n\n{log}",
            env!("CARGO_PKG_VERSION"),
            ctx.world().now.iso8601()
        )
    });
    let copy = {
        let (text, copied) = (text.clone(), copied.clone());
        Callback::from(move |_: MouseEvent| {
            command::copy(&text);
            copied.set(true);
        })
    };
    html! {
        <Modal title="Report a problem" foot={Some(html! { <button class="btn primary" onclick={copy}>{ if *copied { "Copied" } else { "Copy the report" } }</button> })}>
            <div class="stack">
                <p>{ "Copy this into your report, with what you expected and what you saw. It holds everything that was done in this world, so that the problem can be seen again exactly. Nothing is sent by this page." }</p>
                <textarea class="input mono report" readonly={true} aria-label="Report" rows="12" value={(*text).clone()} />
            </div>
        </Modal>
    }
}
