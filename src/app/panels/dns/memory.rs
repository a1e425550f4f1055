//! What resolvers remember, running out on the virtual clock: why a change is not seen at once.

use super::until;
use crate::inspector::span_text;
use crate::session::{Ctx, use_ctx};
use stratus_engine::base::time::Span;
use stratus_engine::dns::{Kept, Line, View};
use yew::prelude::*;

/// Most lines that are drawn.
const MOST: usize = 60;

/// The card.
#[component]
pub fn Memory() -> Html {
    let ctx = use_ctx();
    let lines = ctx.read(|engine| engine.caches().lines(engine.world().now));
    html! {
        <section class="card" aria-label="Cached answers">
            <h2>{ "What resolvers remember" }</h2>
            if lines.is_empty() {
                <p class="soft">{ "Nothing at present. An answer that a resolver has fetched stays here until its TTL is over, on the virtual clock; until then it answers from memory, whatever you change." }</p>
            } else {
                <div class="scroll-x" tabindex="0"><table>
                    <thead><tr><th>{ "Whose" }</th><th>{ "Name" }</th><th>{ "Type" }</th><th>{ "Answer" }</th><th>{ "Forgotten in" }</th></tr></thead>
                    <tbody>{ for lines.iter().take(MOST).map(|line| row(&ctx, line)) }</tbody>
                </table></div>
                if lines.len() > MOST { <p class="soft">{ format!("and {} more", lines.len() - MOST) }</p> }
            }
        </section>
    }
}

fn row(ctx: &Ctx, line: &Line) -> Html {
    let now = ctx.world().now;
    let whose = match line.view {
        View::Internet => "the Internet".to_owned(),
        View::Classic(region, _) => format!("EC2-Classic in {}", region.name()),
        View::Region(region) => format!("near {}", region.name()),
        View::City(_) | View::Public(_) => line.view.words(),
        View::Vpc(region, vpc) => crate::map::picture::name_of(ctx.world(), region, vpc),
    };
    let kept = match &line.kept {
        Kept::Records(values) => values.join(", "),
        Kept::Alias(target) => format!("ask for {target}"),
        Kept::NoData => "no such record".into(),
        Kept::NoName => "no such name".into(),
    };
    let left = (line.until.0 - now.0).max(0) / 1000;
    // Seconds as long as one would count them.
    let words = if line.ttl < 7_200 {
        format!(" {left} of {} s", line.ttl)
    } else {
        format!(" {} of {}", until(now, line.until), span_text(Span::seconds(line.ttl)))
    };
    html! {
        <tr key={format!("{:?} {} {}", line.view, line.name, line.record_type)}>
            <td>{ whose }</td><td class="mono">{ &line.name }</td><td>{ if line.record_type.is_empty() { "any" } else { line.record_type.as_str() } }</td><td class="mono">{ kept }</td>
            <td class="nowrap"><progress max={line.ttl.to_string()} value={left.to_string()} aria-label="Time left" />{ words }</td>
        </tr>
    }
}
