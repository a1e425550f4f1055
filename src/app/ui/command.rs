//! Everything that a button does shows the command that does the same, ready to copy.

use super::{Glyph, Icon};
use crate::session::{Action, ApiCall, use_ctx};
use yew::prelude::*;

/// Puts text on the clipboard, as far as the browser lets us.
pub fn copy(text: &str) {
    if let Some(window) = web_sys::window() {
        let promise = window.navigator().clipboard().write_text(text);
        wasm_bindgen_futures::spawn_local(async move {
            // Refused without a gesture or permission: the text stays selectable, nothing is lost.
            let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
        });
    }
}

/// Properties of [`CommandLine`].
#[derive(Properties, PartialEq)]
pub struct CommandProps {
    /// The command.
    pub command: AttrValue,
}

/// A command with a button to copy it.
#[component]
pub fn CommandLine(props: &CommandProps) -> Html {
    let copied = use_state(|| false);
    let onclick = {
        let (copied, command) = (copied.clone(), props.command.clone());
        Callback::from(move |_: MouseEvent| {
            copy(&command);
            copied.set(true);
            let copied = copied.clone();
            gloo::timers::callback::Timeout::new(1_500, move || copied.set(false)).forget();
        })
    };
    html! {
        <div class="command">
            <pre>{ &props.command }</pre>
            <button class="btn quiet" {onclick} aria-label="Copy command" title="Copy command">
                <Icon glyph={if *copied { Glyph::Check } else { Glyph::Copy }} />
            </button>
        </div>
    }
}

/// Properties of [`CallButton`].
#[derive(Properties, PartialEq)]
pub struct CallButtonProps {
    /// The word on it.
    pub label: AttrValue,
    /// What it is done to, where several buttons have the same word: for the name that is heard.
    #[prop_or_default]
    pub of: Option<AttrValue>,
    /// What it calls.
    pub call: ApiCall,
    /// Why it cannot be pressed now; said when one points at it.
    #[prop_or_default]
    pub disabled: Option<AttrValue>,
    /// `primary`, `danger`, or plain.
    #[prop_or_default]
    pub class: Classes,
    /// Hears the outcome.
    #[prop_or_default]
    pub done: Option<Callback<crate::session::action::Outcome>>,
}

/// A button that makes a call, and shows its command in a fold beneath.
#[component]
pub fn CallButton(props: &CallButtonProps) -> Html {
    let ctx = use_ctx();
    let open = use_state(|| false);
    let onclick = {
        let (call, done) = (props.call.clone(), props.done.clone());
        ctx.on(move || Action::Call {
            call: call.clone(),
            done: done.clone(),
            quiet: false,
        })
    };
    let fold = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    let title = props.disabled.clone().unwrap_or_else(|| props.call.command().into());
    let name = props.of.as_ref().map(|of| format!("{} {of}", props.label));
    let command_of = format!("Show the command of {}", name.as_deref().unwrap_or(&props.label));
    html! {
        <div class="call">
            <span class="split">
                <button class={classes!("btn", props.class.clone())} {onclick} {title} disabled={props.disabled.is_some()} aria-label={name}>
                    { &props.label }
                </button>
                <button class="btn fold" onclick={fold} aria-expanded={open.to_string()}
                    aria-label={command_of} title="Show the command">{ "›_" }</button>
            </span>
            if *open {
                <CommandLine command={props.call.command()} />
            }
        </div>
    }
}
