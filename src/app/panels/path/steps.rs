//! The steps: back, a slider over both ways, on, and the journey once more.

use crate::session::traced::Traced;
use crate::ui::{Glyph, Icon};
use std::rc::Rc;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Properties of [`Steps`].
#[derive(Properties, PartialEq)]
pub struct StepsProps {
    /// The answer.
    pub traced: Rc<Traced>,
    /// The step shown.
    pub reached: usize,
    /// Whether the packet travels by itself.
    pub playing: bool,
    /// Goes to a step.
    pub on_step: Callback<usize>,
    /// Lets the packet travel anew.
    pub on_replay: Callback<()>,
}

/// The bar of steps.
#[component]
pub fn Steps(props: &StepsProps) -> Html {
    let count = props.traced.len();
    let at = props.reached.min(count.saturating_sub(1));
    let go = |to: usize| props.on_step.reform(move |_: MouseEvent| to);
    let oninput = {
        let on_step = props.on_step.clone();
        Callback::from(move |event: InputEvent| {
            let value = event
                .target_dyn_into::<HtmlInputElement>()
                .and_then(|input| input.value().parse::<usize>().ok());
            if let Some(step) = value {
                on_step.emit(step);
            }
        })
    };
    let back = props.traced.is_back(at);
    let forward = props.traced.trace.forward.len();
    let replay = props.on_replay.reform(|_: MouseEvent| ());
    html! {
        <div class="steps">
            <button class="btn" onclick={replay} title="Let the packet travel once more"><Icon glyph={Glyph::Play} />{ if props.playing { "Travelling…" } else { "Replay" } }</button>
            <button class="btn icon-only" disabled={at == 0} onclick={go(at.saturating_sub(1))} aria-label="Step back">{ "‹" }</button>
            <input type="range" min="0" max={count.saturating_sub(1).to_string()} value={at.to_string()} {oninput} aria-label="Step of the packet" />
            <button class="btn icon-only" disabled={at + 1 >= count} onclick={go(at + 1)} aria-label="Step on">{ "›" }</button>
            <span class="nowrap">{ format!("step {} of {count} · {}", at + 1, if back { "answer" } else { "request" }) }</span>
            if forward < count && !back {
                <button class="btn quiet" onclick={go(count - 1)}>{ "Show the answer's way" }</button>
            }
            if back {
                <button class="btn quiet" onclick={go(forward.saturating_sub(1))}>{ "Show the request's way" }</button>
            }
        </div>
    }
}
