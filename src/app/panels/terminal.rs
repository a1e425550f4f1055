//! The region "Terminal": the `aws` command in the page. Every command that the page shows runs here.

use crate::session::{Action, use_ctx};
use crate::ui::{Glyph, Icon};
use web_sys::{HtmlElement, HtmlInputElement, KeyboardEvent, SubmitEvent};
use yew::prelude::*;

/// Commands to begin with.
const EXAMPLES: [&str; 4] = [
    "aws sts get-caller-identity",
    "aws ec2 describe-instances",
    "aws ec2 describe-security-groups --filters Name=group-name,Values=default",
    "aws s3api list-buckets",
];

/// The terminal.
#[component]
pub fn TerminalPanel() -> Html {
    let ctx = use_ctx();
    let transcript = ctx.view().transcript.clone();
    let field = use_node_ref();
    let end = use_node_ref();
    // Where the arrow keys are in what was typed before: 0 = the new line.
    let recalled = use_mut_ref(|| 0_usize);
    {
        let end = end.clone();
        use_effect_with(transcript.len(), move |_| {
            if let Some(end) = end.cast::<HtmlElement>() {
                end.scroll_into_view();
            }
        });
    }
    let onsubmit = {
        let (ctx, field, recalled) = (ctx.clone(), field.clone(), recalled.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Some(field) = field.cast::<HtmlInputElement>() else {
                return;
            };
            let line = field.value();
            if !line.trim().is_empty() {
                field.set_value("");
                *recalled.borrow_mut() = 0;
                ctx.act(Action::Run(line));
            }
        })
    };
    let onkeydown = {
        let (field, transcript) = (field.clone(), transcript.clone());
        Callback::from(move |event: KeyboardEvent| {
            let mut at = recalled.borrow_mut();
            match event.key().as_str() {
                "ArrowUp" if *at < transcript.len() => *at += 1,
                "ArrowDown" if *at > 0 => *at -= 1,
                _ => return,
            }
            event.prevent_default();
            if let Some(field) = field.cast::<HtmlInputElement>() {
                let line = transcript
                    .len()
                    .checked_sub(*at)
                    .and_then(|place| transcript.get(place));
                field.set_value(line.map_or("", |(line, _)| line.as_str()));
            }
        })
    };
    html! {
        <div class="terminal-panel">
            <h1 class="visually-hidden">{ "Terminal" }</h1>
            <div class="transcript" role="log" aria-label="Output" tabindex="0">
                if transcript.is_empty() { <Welcome /> }
                { for transcript.iter().map(|(line, output)| html! {
                    <div class="ran">
                        <p class="typed"><span aria-hidden="true">{ "$ " }</span>{ line }</p>
                        if !output.stdout.is_empty() { <pre>{ &output.stdout }</pre> }
                        if !output.stderr.is_empty() { <pre class="fault">{ output.stderr.trim_start_matches('\n') }</pre> }
                        if output.status != 0 { <p class="soft">{ format!("exit code {}", output.status) }</p> }
                    </div>
                }) }
                <span ref={end} />
            </div>
            <form class="prompt" {onsubmit}>
                <span aria-hidden="true">{ "$" }</span>
                <input ref={field} type="text" aria-label="Command" placeholder="aws ec2 describe-instances" autocomplete="off" autocapitalize="off" spellcheck="false" {onkeydown} />
                <button class="btn primary" type="submit"><Icon glyph={Glyph::Play} />{ "Run" }</button>
            </form>
        </div>
    }
}

/// What stands in an empty terminal.
#[component]
fn Welcome() -> Html {
    let ctx = use_ctx();
    html! {
        <div class="welcome">
            <p>{ "The AWS command line, on this world. It takes the operations' own options, JSON and shorthand; what a button of the page shows as its command runs here as it stands." }</p>
            <ul>{ for EXAMPLES.iter().map(|line| html! { <li><button class="link mono" onclick={ctx.on(move || Action::Run((*line).to_owned()))}>{ *line }</button></li> }) }</ul>
        </div>
    }
}
