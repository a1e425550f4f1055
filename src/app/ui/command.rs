//! Everything that a button does shows the text that does the same, ready to copy, in the language that one has chosen.

use super::what_if::{Planned, WhatIf};
use super::{Glyph, Icon};
use crate::later::{Later, use_later};
use crate::session::{Action, ApiCall, use_ctx};
use stratus_shell::Language;
use wasm_bindgen::JsCast;
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

/// A text whose lines break between words and not within options, as `--region` would after its hyphens.
fn words(text: &str) -> Html {
    let pieces = text.split_inclusive([' ', '\n']);
    let shown = pieces.map(|piece| {
        let word = piece.trim_end();
        let rest = piece.get(word.len()..).unwrap_or_default();
        match word {
            "" => html! { rest.to_owned() },
            _ => html! { <><span>{ word.to_owned() }</span>{ rest.to_owned() }</> },
        }
    });
    html! { <>{ for shown }</> }
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
    html! {
        <div class="command">
            <pre>{ words(&props.command) }</pre>
            <CopyButton text={props.command.clone()} label="Copy command" />
        </div>
    }
}

/// Properties of [`CopyButton`].
#[derive(Properties, PartialEq)]
struct CopyProps {
    text: AttrValue,
    label: AttrValue,
}

#[component]
fn CopyButton(props: &CopyProps) -> Html {
    let copied = use_state(|| false);
    let onclick = {
        let (copied, text) = (copied.clone(), props.text.clone());
        Callback::from(move |_: MouseEvent| {
            copy(&text);
            copied.set(true);
            let copied = copied.clone();
            gloo::timers::callback::Timeout::new(1_500, move || copied.set(false)).forget();
        })
    };
    html! {
        <button class="btn quiet" type="button" {onclick} aria-label={props.label.clone()} title={props.label.clone()}>
            <Icon glyph={if *copied { Glyph::Check } else { Glyph::Copy }} />
        </button>
    }
}

/// Properties of [`CallText`].
#[derive(Properties, PartialEq)]
pub struct CallTextProps {
    /// The call.
    pub call: ApiCall,
    /// Whether the language can be chosen here: of several texts one beneath the other only at the first.
    #[prop_or(true)]
    pub choice: bool,
    /// Whether it is still to be made: then one can ask beforehand who would reach whom.
    #[prop_or_default]
    pub planned: bool,
}

/// A call as text in the language that one has chosen, with the choice and a button to copy it.
#[component]
pub fn CallText(props: &CallTextProps) -> Html {
    let ctx = use_ctx();
    let chosen = ctx.screen().language;
    let label = if chosen == Language::AwsCli {
        "Copy command"
    } else {
        "Copy program"
    };
    let text = use_memo((props.call.clone(), chosen), |(call, chosen)| {
        AttrValue::from(call.text(*chosen))
    });
    let text = html! { <Text text={(*text).clone()} {label} /> };
    if !props.choice {
        return html! { <div class="command">{ text }</div> };
    }
    let onchange = {
        let act = ctx.clone();
        Callback::from(move |event: Event| {
            let select = event
                .target()
                .and_then(|target| target.dyn_into::<web_sys::HtmlSelectElement>().ok());
            if let Some(select) = select {
                act.act(Action::ShowAs(Language::parse(&select.value())));
            }
        })
    };
    let options = Language::ALL.into_iter().map(|language| {
        html! { <option value={language.name()} selected={language == chosen}>{ language.words() }</option> }
    });
    html! {
        <>
            <div class="command chosen">
                <select aria-label="Show as" title="Show as" {onchange}>{ for options }</select>
                { text }
            </div>
            if props.planned {
                <WhatIf planned={Planned::Call(props.call.clone())} />
            }
        </>
    }
}

/// Properties of [`Text`].
#[derive(Properties, PartialEq)]
struct TextProps {
    text: AttrValue,
    label: AttrValue,
}

#[component]
fn Text(props: &TextProps) -> Html {
    html! {
        <>
            <pre>{ words(&props.text) }</pre>
            <CopyButton text={props.text.clone()} label={props.label.clone()} />
        </>
    }
}

/// Properties of [`CallFold`].
#[derive(Properties, PartialEq)]
struct FoldProps {
    call: ApiCall,
}

/// What a fold shows: the call's text once the later part of the program is here, until then the command.
#[component]
fn CallFold(props: &FoldProps) -> Html {
    match use_later() {
        Later::Here => planned_text(props.call.clone()),
        _ => html! { <CommandLine command={props.call.command()} /> },
    }
}

/// The text of a call that is still to be made.
#[inline(never)]
fn planned_text(call: ApiCall) -> Html {
    html! { <CallText {call} planned=true /> }
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
    // The ticking clock draws it anew, the text stays.
    let command = use_memo(props.call.clone(), |call| AttrValue::from(call.command()));
    let title = props.disabled.clone().unwrap_or_else(|| (*command).clone());
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
                <CallFold call={props.call.clone()} />
            }
        </div>
    }
}
