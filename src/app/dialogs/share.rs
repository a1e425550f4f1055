//! "Share": the short link with its length and QR code, the readable link, the file; and what can be left out.

use super::private::use_private;
use crate::session::action::WorkspaceAction;
use crate::session::opening;
use crate::session::{Action, use_ctx};
use crate::ui::{CommandLine, Modal, command};
use fast_qr::QRBuilder;
use std::rc::Rc;
use stratus_classroom::link;
use yew::prelude::*;

/// The longest text that a QR code holds at its lowest error correction (version 40, bytes).
const QR_BYTES: usize = 2_953;

/// The dialog.
#[component]
pub fn Share() -> Html {
    let ctx = use_ctx();
    let readable = use_state(|| false);
    let shared = &ctx.view().shared;
    let private = use_private(shared, true);
    // Anew when the choice changes, not whenever the clock ticks.
    let made = use_memo((shared.as_ref().map(Rc::as_ptr), private.choice()), |_| {
        let file = shared.as_ref()?.without(&private.left_out());
        let address = opening::page_address();
        let short = link::encode(&file).map(|hash| format!("{address}#{hash}"));
        Some((file, short))
    });
    let Some((file, short)) = &*made else {
        return Html::default();
    };
    let toggle = {
        let readable = readable.clone();
        Callback::from(move |_: Event| readable.set(!*readable))
    };
    let export = ctx.on(|| Action::Workspace(WorkspaceAction::Export));
    html! {
        <Modal title="Share">
            <div class="stack">
                <p class="soft">{ "The link holds the world itself: every call from the beginning to this moment, and what is on screen. Nothing is uploaded; whoever opens it gets a copy." }</p>
                { match short {
                    Ok(link) => html! { <ShortLink key={link.clone()} link={link.clone()} /> },
                    Err(error) => html! { <p class="field-error" role="alert">{ error.to_string() }</p> },
                } }
                { private.too_large() }
                { private.list() }
                <label class="check"><input type="checkbox" checked={*readable} onchange={toggle} />{ "Show the readable form" }</label>
                if *readable { { match link::encode_json(file) {
                    Ok(hash) => html! { <CommandLine command={format!("{}#{hash}", opening::page_address())} /> },
                    Err(error) => html! { <p class="field-error" role="alert">{ error.to_string() }</p> },
                } } }
                <div class="row"><button class="btn" onclick={export}>{ "Export as a file" }</button><span class="soft">{ "with all branches of the history" }</span></div>
            </div>
        </Modal>
    }
}

#[derive(Properties, PartialEq)]
struct LinkProps {
    link: String,
}

#[component]
fn ShortLink(props: &LinkProps) -> Html {
    let copied = use_state(|| false);
    let copy = {
        let (link, copied) = (props.link.clone(), copied.clone());
        Callback::from(move |_: MouseEvent| {
            command::copy(&link);
            copied.set(true);
        })
    };
    let qr = use_memo(props.link.clone(), |link| qr_path(link));
    html! {
        <>
            <label class="field">{ "Link" }<input type="text" class="mono" readonly={true} value={props.link.clone()} /></label>
            <div class="row">
                <button class="btn primary" onclick={copy}>{ if *copied { "Copied" } else { "Copy link" } }</button>
                <span class="soft">{ format!("{} characters", props.link.len()) }</span>
            </div>
            { match &*qr {
                Some((path, size)) => html! { <svg class="qr" viewBox={format!("-4 -4 {0} {0}", size + 8)} role="img" aria-label="QR code of the link"><rect x="-4" y="-4" width="100%" height="100%" /><path d={path.clone()} /></svg> },
                None => html! { <p class="soft">{ "Too long for a QR code: hand over the link or the file." }</p> },
            } }
        </>
    }
}

/// The dark modules as one path, and how many there are a side.
fn qr_path(link: &str) -> Option<(String, usize)> {
    if link.len() > QR_BYTES {
        return None;
    }
    let code = QRBuilder::new(link).ecl(fast_qr::ECL::L).build().ok()?;
    let mut path = String::new();
    for y in 0..code.size {
        for x in 0..code.size {
            if code[y].get(x).is_some_and(|module| module.value()) {
                path.push_str(&format!("M{x} {y}h1v1h-1z"));
            }
        }
    }
    Some((path, code.size))
}
