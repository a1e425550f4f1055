//! The packet's header where it has come to: from whom, to whom, and what a translation changed; beside it the way as
//! text and as files. Shows the traced packet, never one of its own.

use super::{drawing, spoken};
use crate::session::traced::Traced;
use crate::session::use_ctx;
use crate::ui::export::Export;
use std::rc::Rc;
use stratus_engine::network::{Packet, protocol_text};
use yew::prelude::*;

/// Properties of [`Header`].
#[derive(Properties, PartialEq)]
pub struct HeaderProps {
    /// The answer.
    pub traced: Rc<Traced>,
    /// The step that the packet has reached.
    pub reached: usize,
}

/// The header, the text, the files.
#[component]
pub fn Header(props: &HeaderProps) -> Html {
    let ctx = use_ctx();
    let told = use_memo(ctx.view().stamp, |_| {
        (spoken::summary(&ctx, &props.traced), spoken::steps(&props.traced))
    });
    let Some(hop) = props.traced.hop(props.reached) else {
        return Html::default();
    };
    let changed = hop.before != hop.after;
    let draw = {
        let (ctx, traced) = (ctx.clone(), props.traced.clone());
        Callback::from(move |()| drawing::draw(&ctx, &traced))
    };
    let question = &props.traced.question;
    let name = format!(
        "path-{}-{}-{}",
        question.source, question.destination, question.protocol
    );
    html! {
        <div class="travelling">
            <div class="pkt" role="group" aria-label="Header of the packet at this step">
                <span class="soft">{ protocol_text(hop.before.protocol).to_ascii_uppercase() }</span>
                { line(&hop.before, &hop.after, "s") }
                if changed { <><span class="soft">{ "goes on as" }</span>{ line(&hop.after, &hop.before, "u") }</> }
            </div>
            <Export of="the path" {name} {draw} />
            <details class="as-text"><summary>{ "The way as text" }</summary>
                <p>{ &told.0 }</p>
                <ol>{ for told.1.iter().map(|step| html! { <li>{ step }</li> }) }</ol>
            </details>
        </div>
    }
}

/// Source → destination; what differs from the other header is marked (`<s>` where it goes, `<u>` where it comes).
fn line(packet: &Packet, other: &Packet, mark: &'static str) -> Html {
    let [(from, to), (other_from, other_to)] =
        [packet, other].map(|packet| (packet.source_text(), packet.destination_text()));
    let part = |text: String, other: String| match text == other {
        true => html! { <span>{ text }</span> },
        false if mark == "s" => {
            html! { <s><span class="visually-hidden">{ "before translation " }</span>{ text }</s> }
        }
        false => html! { <u><span class="visually-hidden">{ "after translation " }</span>{ text }</u> },
    };
    html! { <span class="ends">{ part(from, other_from) }{ " → " }{ part(to, other_to) }</span> }
}
