//! The region "Terminal": a shell with the `aws` command in the page. Every command that the page shows runs here.

mod completing;
mod files;
pub mod folding;
mod prompt;
mod searching;
mod transcript;
mod waiting;

use crate::session::action::TerminalAction;
use crate::session::{Action, use_ctx};
use crate::ui::Settled;
use files::FileTray;
use prompt::Prompt;
use transcript::Transcript;
use waiting::Waiting;
use yew::prelude::*;

/// The terminal.
#[component]
pub fn TerminalPanel() -> Html {
    let ctx = use_ctx();
    let over = use_state(|| false);
    let set_over = |value: bool| {
        let over = over.clone();
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            over.set(value);
        })
    };
    let ondrop = {
        let (ctx, over) = (ctx.clone(), over.clone());
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            over.set(false);
            if let Some(list) = event.data_transfer().and_then(|transfer| transfer.files()) {
                files::take(&ctx, &list);
            }
        })
    };
    let settled = Settled::new(&ctx);
    let terminal = ctx.view().terminal.clone();
    let has_lines = !terminal.transcript.is_empty();
    html! {
        <div class={classes!("terminal-panel", over.then_some("over"))} ondragover={set_over(true)} ondragleave={set_over(false)} {ondrop}>
            <h1 class="visually-hidden">{ "Terminal" }</h1>
            <Transcript transcript={terminal.transcript} ctx={settled.clone()} />
            <div class="terminal-foot">
                if let Some(line) = terminal.waiting { <Waiting ctx={settled.clone()} {line} /> }
                <Prompt ctx={settled.clone()} />
                <div class="terminal-tools">
                    <FileTray ctx={settled} />
                    if has_lines {
                        <button class="btn quiet" onclick={ctx.on(|| Action::Terminal(TerminalAction::Clear))}>{ "Clear the screen" }</button>
                    }
                </div>
            </div>
        </div>
    }
}
