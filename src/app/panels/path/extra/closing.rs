//! "Close this path, harm no other": of a path that works, the changes that block it, with who else would lose by each.
//! They are found and tried on copies of the world; nothing changes until one is applied.

use crate::inspector::apply_fix;
use crate::session::traced::Traced;
use crate::session::{Ctx, use_ctx};
use crate::ui::CommandLine;
use crate::ui::what_if::{lines, use_searched};
use std::rc::Rc;
use stratus_engine::network::close::{self, Closing};
use stratus_engine::network::{Endpoint, Flow, INTERNET, unasked};
use yew::prelude::*;

/// Changes that are shown.
const SHOWN: usize = 4;
/// Lines of harm that are shown of one.
const LINES: usize = 6;

/// How long it waits, in milliseconds: until the browser has shown that it is being searched.
const PAUSE: u32 = 30;

/// A change, and in words who else would lose by it.
struct Found {
    closing: Closing,
    lost: Vec<String>,
}

/// Properties of [`ClosePath`].
#[derive(Properties, PartialEq)]
pub struct CloseProps {
    /// The answer: of a path that works.
    pub traced: Rc<Traced>,
}

/// The question, which one opens; the answer is searched then, and anew for each other path.
#[component]
pub fn ClosePath(props: &CloseProps) -> Html {
    let ctx = use_ctx();
    let (ontoggle, found) = use_searched(props.traced.clone(), PAUSE, searched);
    html! {
        <details class="what-if closing" {ontoggle}>
            <summary>{ "Close this path, harm no other" }</summary>
            <div role="status">
                { match found.as_deref() {
                    None => html! { <p class="soft">{ "Trying what would close it, on copies…" }</p> },
                    Some(found) if found.is_empty() => html! { <p>{ "Nothing that Stratus tries closes this path alone: no rule on its way can be taken away or put before another." }</p> },
                    Some(found) => html! {
                        <>
                            <ol>{ for found.iter().enumerate().map(|(at, one)| view(&ctx, &props.traced, at, one)) }</ol>
                            <p class="soft">{ looked_at(&props.traced.flow) }if let Some(unasked) = unasked(ctx.world(), props.traced.region) { { format!(" {unasked}") } }if found.iter().any(|one| one.closing.cut) { { " Rules tell more parts of the Internet apart than were asked." } }</p>
                        </>
                    },
                } }
            </div>
        </details>
    }
}

/// Who was looked at, and who “the Internet” is.
fn looked_at(flow: &Flow) -> String {
    let others = "Others are all pairs of instances, by each of their addresses, load balancers and interface endpoints, all of the Internet, part by part, and the networks behind VPN connections; on all ports.";
    match [flow.source, flow.destination].contains(&Endpoint::Internet) {
        true => format!("Each shuts out all of the Internet, not only {INTERNET}. {others}"),
        false => others.to_owned(),
    }
}

fn searched(ctx: &Ctx, traced: &Rc<Traced>) -> Vec<Found> {
    let closings = ctx.read(|engine| {
        let world = engine.world_in(traced.region);
        close::search(engine, &world, traced.region, &traced.flow, stratus_shell::command)
    });
    let found = closings.into_iter().take(SHOWN).map(|closing| {
        let lost = lines(ctx, traced.region, &closing.harm);
        Found { closing, lost }
    });
    found.collect()
}

fn view(ctx: &Ctx, traced: &Traced, at: usize, found: &Found) -> Html {
    let Found { closing, lost } = found;
    // Of what is beyond the Region nothing is claimed.
    let here = match unasked(ctx.world(), traced.region) {
        Some(_) => format!(" in {}", traced.region.name()),
        None => String::new(),
    };
    let harm = match (closing.pairs(), closing.unused) {
        (0, 0) => format!("Harms no other{here}."),
        (0, _) => format!("Harms no other{here} today; it also shuts what nothing listens to."),
        (1, _) => "1 other pair would lose by it:".to_owned(),
        (pairs, _) => format!("{pairs} other pairs would lose by it:"),
    };
    html! {
        <li key={at}>
            <p><b>{ &closing.change.why }</b></p>
            <p>{ harm }</p>
            if !lost.is_empty() {
                <ul class="lost">
                    { for lost.iter().take(LINES).map(|line| html! { <li><b aria-label="loses">{ "−" }</b><span>{ line }</span></li> }) }
                    if lost.len() > LINES { <li class="soft">{ format!("and {} more", lost.len() - LINES) }</li> }
                </ul>
            }
            { for closing.change.commands.iter().map(|command| html! { <CommandLine command={command.clone()} /> }) }
            <div class="row"><button class="btn" onclick={apply_fix(ctx, &closing.change, traced.region)} aria-label={format!("Apply change {}", at + 1)}>{ "Apply" }</button></div>
        </li>
    }
}
