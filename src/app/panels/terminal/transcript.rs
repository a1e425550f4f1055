//! What was typed and what came of it. New results are announced once, long ones are shown in part until one asks for all.

use super::folding::{COMPLAINT, Fold, OUTPUT};
use crate::session::Action;
use crate::session::terminal::Ran;
use crate::ui::{Glyph, Icon, Settled, command, time_of_day};
use std::rc::Rc;
use stratus_engine::base::time::Time;
use web_sys::HtmlElement;
use yew::prelude::*;

/// Commands to begin with.
const EXAMPLES: [&str; 5] = [
    "aws sts get-caller-identity",
    "aws ec2 describe-instances | grep -o 'i-[0-9a-f]*' | sort -u",
    "aws ec2 describe-security-groups --filters Name=group-name,Values=default",
    "aws s3 ls",
    "help",
];

/// Properties of [`Transcript`].
#[derive(Properties)]
pub struct TranscriptProps {
    /// What was typed, oldest first.
    pub transcript: Rc<Vec<Rc<Ran>>>,
    /// The session.
    pub ctx: Settled,
}

impl PartialEq for TranscriptProps {
    fn eq(&self, other: &TranscriptProps) -> bool {
        Rc::ptr_eq(&self.transcript, &other.transcript)
    }
}

/// The screen of the terminal.
#[component]
pub fn Transcript(props: &TranscriptProps) -> Html {
    let screen = use_node_ref();
    {
        let screen = screen.clone();
        let last = props.transcript.last().map(|ran| ran.id);
        use_effect_with(last, move |last| {
            // The screen alone: an element that is brought into view takes the page of a phone with it.
            if let Some(screen) = screen.cast::<HtmlElement>().filter(|_| last.is_some()) {
                screen.set_scroll_top(screen.scroll_height());
            }
        });
    }
    html! {
        <div ref={screen} class="transcript" role="log" aria-label="Output" aria-relevant="additions" tabindex="0">
            if props.transcript.is_empty() { <Welcome ctx={props.ctx.clone()} /> }
            { for props.transcript.iter().map(|ran| html! { <Entry key={ran.id} ran={ran.clone()} /> }) }
        </div>
    }
}

#[derive(Properties)]
struct EntryProps {
    ran: Rc<Ran>,
}

impl PartialEq for EntryProps {
    fn eq(&self, other: &EntryProps) -> bool {
        Rc::ptr_eq(&self.ran, &other.ran)
    }
}

/// One command with its output.
#[component]
fn Entry(props: &EntryProps) -> Html {
    let ran = &props.ran;
    let Some(output) = &ran.output else {
        return html! { <div class="ran"><p class="typed">{ mark() }{ &ran.line }<span class="soft">{ " ^C" }</span><span class="visually-hidden">{ " not run" }</span></p></div> };
    };
    let stderr = output.stderr.trim_start_matches('\n');
    let has_output = !output.stdout.is_empty() || !stderr.is_empty();
    let oncopy = {
        let ran = ran.clone();
        Callback::from(move |_: MouseEvent| {
            let Some(output) = &ran.output else { return };
            command::copy(&format!("{}{}", output.stdout, output.stderr));
        })
    };
    html! {
        <div class="ran">
            <p class="typed">{ mark() }<span class="line">{ &ran.line }</span>
                if has_output {
                    <button class="btn quiet copy" onclick={oncopy} aria-label={format!("Copy output {}", ran.id)} title="Copy the output"><Icon glyph={Glyph::Copy} /></button>
                }
            </p>
            <Text text={AttrValue::from(output.stdout.clone())} fold={OUTPUT} />
            // What a command that went well says beside its output (`--debug`) is no error.
            if !stderr.is_empty() && output.status == 0 {
                <div class="aside"><Text text={AttrValue::from(stderr.to_owned())} fold={OUTPUT} /></div>
            } else if !stderr.is_empty() {
                <div class="fault"><span class="fault-mark" aria-hidden="true">{ "✕" }</span><span class="visually-hidden">{ "Error: " }</span><div><Text text={AttrValue::from(stderr.to_owned())} fold={COMPLAINT} /></div></div>
            }
            if !ran.remedy.is_empty() { <p class="note remedy"><strong>{ "What to do: " }</strong>{ &ran.remedy }</p> }
            if let Some((from, to)) = ran.passed { <p class="soft note">{ passed(from, to) }</p> }
            if output.status != 0 { <p class="status"><span aria-hidden="true">{ "✕ " }</span>{ format!("exit status {}", output.status) }</p> }
        </div>
    }
}

fn mark() -> Html {
    html! { <span aria-hidden="true" class="mark">{ "$ " }</span> }
}

/// How the clock went: `The clock went on by 1 min 30 s, to 09:01:30.`
fn passed(from: Time, to: Time) -> String {
    let seconds = (to.0 - from.0) / 1000;
    let units = [(86_400, "d"), (3_600, "h"), (60, "min"), (1, "s")];
    let mut rest = seconds;
    let mut words = Vec::new();
    for (unit, name) in units {
        if rest / unit > 0 {
            words.push(format!("{} {name}", rest / unit));
            rest %= unit;
        }
    }
    let span = if words.is_empty() {
        "less than a second".into()
    } else {
        words.join(" ")
    };
    format!("The clock went on by {span}, to {}.", time_of_day(to))
}

#[derive(Properties, PartialEq)]
struct TextProps {
    text: AttrValue,
    fold: Fold,
}

/// Text as it was printed: all of it, or its two ends where it is long. The button stays where it is, so that the focus does.
#[component]
fn Text(props: &TextProps) -> Html {
    let all = use_state(|| false);
    let text = props.text.as_str();
    if text.is_empty() {
        return Html::default();
    }
    // Tables (--output table) lose their shape where their lines break.
    let grid = text.starts_with("---").then_some("grid");
    // Of what unfolds nothing is announced: one reads on from the button.
    let part = |text: &str, silent: bool| html! { <pre aria-live={silent.then_some("off")} class={grid} tabindex={grid.map(|_| "0")}>{ text.to_owned() }</pre> };
    let Some((head, tail, hidden)) = props.fold.ends(text) else {
        return part(text, false);
    };
    let onclick = {
        let all = all.clone();
        Callback::from(move |_: MouseEvent| all.set(!*all))
    };
    let lines = text.lines().count();
    let label = if *all {
        "Show less".to_owned()
    } else {
        format!("Show all {lines} lines: {hidden} more")
    };
    html! {
        <>
            { part(head, false) }
            <p><button class="btn quiet" {onclick} aria-expanded={all.to_string()}>{ label }</button></p>
            if *all {
                { part(text.get(head.len()..).unwrap_or_default(), true) }
            } else if !tail.is_empty() {
                { part(tail, false) }
            }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct WelcomeProps {
    ctx: Settled,
}

/// What stands in an empty terminal.
#[component]
fn Welcome(props: &WelcomeProps) -> Html {
    html! {
        <div class="welcome">
            <p>{ "The AWS command line, on this world, in a small shell: pipes, variables, loops, and a tray of files. What a button of the page shows as its command runs here as it stands." }</p>
            <ul>{ for EXAMPLES.iter().map(|line| html! { <li><button class="link mono" onclick={props.ctx.on(move || Action::Run((*line).to_owned()))}>{ *line }</button></li> }) }</ul>
            <p class="soft">{ "Tab completes, ↑ recalls, Ctrl+R searches what was typed, Shift+Enter begins a line." }</p>
        </div>
    }
}
