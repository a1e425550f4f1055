//! "Ten thousand times": the same question put to the name servers again and again, beside what the weights promise.

use super::PACE;
use super::resolver::Question;
use crate::session::use_ctx;
use crate::ui::thousands;
use stratus_engine::dns::study::{self, Share, Shares};
use yew::prelude::*;

/// Properties of [`Histogram`].
#[derive(Properties, PartialEq)]
pub struct HistogramProps {
    /// What was asked, and by whom.
    pub question: Question,
}

/// The histogram; nothing where no lots are drawn.
#[component]
pub fn Histogram(props: &HistogramProps) -> Html {
    let ctx = use_ctx();
    let asked = (ctx.view().world_stamp, ctx.moment(PACE), props.question.clone());
    let shares = use_memo(asked, |(.., question)| {
        let from = question.asker()?;
        study::shares(ctx.world(), from, &question.name, &question.record_type)
            .ok()
            .flatten()
    });
    match &*shares {
        Some(shares) if shares.by_lot && shares.rows.len() > 1 => drawn(shares),
        _ => html! {},
    }
}

fn drawn(shares: &Shares) -> Html {
    let most = shares
        .rows
        .iter()
        .map(|row| row.expected.max(f64::from(row.observed)))
        .fold(1.0, f64::max);
    html! {
        <section class="shares" aria-label="Ten thousand times">
            <h3>{ format!("The same question {} times", thousands(shares.asked.into())) }</h3>
            <p class="soft">{ &shares.rule }{ " Asked of the name servers directly: no cache, no time." }</p>
            <div class="scroll-x" tabindex="0"><table class="bars">
                <thead><tr><th>{ "Record" }</th><th>{ "Goes by" }</th><th>{ "Answers" }</th><th class="number">{ "Expected" }</th><th class="number">{ "Observed" }</th></tr></thead>
                <tbody>{ for shares.rows.iter().enumerate().map(|(at, row)| bar(at, row, most)) }</tbody>
            </table></div>
            if shares.nothing > 0 { <p>{ format!("{} questions got no record at all.", thousands(shares.nothing.into())) }</p> }
            if let Some(fit) = &shares.fit {
                <p class="fit"><span class={if fit.is_usual() { "mark-allow" } else { "mark-unseen" }} aria-hidden="true">{ if fit.is_usual() { "✓" } else { "?" } }</span>{ fit.words() }</p>
            }
        </section>
    }
}

fn bar(at: usize, row: &Share, most: f64) -> Html {
    let wide = |value: f64| format!("{:.2}", value * 200.0 / most);
    let health = if row.healthy { "healthy" } else { "unhealthy" };
    html! {
        <tr key={row.record.clone()}>
            <td><b>{ &row.record }</b><div class="soft small">{ health }</div></td>
            <td class="nowrap">{ &row.rule }</td>
            <td class="bar-cell"><svg viewBox="0 0 204 26" preserveAspectRatio="none" aria-hidden="true">
                <rect class={format!("observed r{}", at % 8)} x="1" y="3" width={wide(f64::from(row.observed))} height="20" rx="2" />
                <rect class="promised" x="1" y="1" width={wide(row.expected)} height="24" rx="2" />
            </svg></td>
            <td class="number">{ thousands(row.expected.round() as u64) }</td><td class="number"><b>{ thousands(row.observed.into()) }</b></td>
        </tr>
    }
}
