//! "Who votes how": the checkers of a health check, each with what it sees and the step of the path that decides, beside the
//! line that they must pass.

use crate::dialogs::FormKind;
use crate::dialogs::form::checks::{eldest_first, endpoint};
use crate::session::{Action, Ctx, Dialog, use_ctx};
use crate::ui::{Empty, Source, Standing, verdict};
use stratus_engine::base::time::{Span, Time};
use stratus_engine::services::route53::checking::{LINE, Opinion, opinions, standing};
use stratus_engine::world::names::HealthCheck;
use yew::prelude::*;

/// What AWS says of the vote.
const DOCUMENTED: &str =
    "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html";

/// The health checks, one of them open.
#[component]
pub fn Votes() -> Html {
    let ctx = use_ctx();
    let open = use_state(|| None::<String>);
    let rows = eldest_first(ctx.world());
    let chosen = rows.iter().find(|row| Some(&row.id) == open.as_ref()).or(rows.first());
    let create = ctx.on(|| Action::Dialog(Some(Dialog::Form(FormKind::CreateHealthCheck))));
    let Some(chosen) = chosen else {
        return html! {
            <Empty title="No health check yet">
                <p>{ "A health check asks an endpoint every few seconds, from checkers in eight Regions. Records that name it answer only while enough of them are content." }</p>
                <p>{ "“Rolling deployment” makes two of them in one click." }</p>
                <button class="btn primary" onclick={create} aria-haspopup="dialog">{ "Create health check" }</button>
            </Empty>
        };
    };
    let chip = |row: &&HealthCheck| {
        let (open, id) = (open.clone(), row.id.clone());
        let here = row.id == chosen.id;
        let state = standing(ctx.world(), &row.id).is_some_and(|found| found.healthy);
        let onclick = Callback::from(move |_: MouseEvent| open.set(Some(id.clone())));
        html! {
            <li key={row.id.clone()}><button class={classes!("btn", here.then_some("here"))} aria-pressed={here.to_string()} {onclick}>
                <b>{ records_of(&ctx, &row.id) }</b><span class="soft">{ format!("{} · {}", endpoint(row), if state { "healthy" } else { "unhealthy" }) }</span>
            </button></li>
        }
    };
    html! {
        <>
            <div class="row"><button class="btn" onclick={create} aria-haspopup="dialog">{ "Create health check" }</button></div>
            <ul class="buckets" aria-label="Health checks">{ for rows.iter().map(chip) }</ul>
            <One id={chosen.id.clone()} />
        </>
    }
}

/// Which records go by a check.
fn records_of(ctx: &Ctx, id: &str) -> String {
    let zones = ctx.world().route53.zones.rows().filter(|zone| !zone.deleted);
    let sets = zones.flat_map(|zone| zone.records.rows());
    let names: Vec<String> = sets
        .filter(|set| set.health_check.as_deref() == Some(id))
        .map(|set| {
            let name = stratus_engine::dns::name::said(&set.name);
            set.identifier
                .as_ref()
                .map_or(name.clone(), |identifier| format!("{identifier} of {name}"))
        })
        .collect();
    match names.is_empty() {
        true => "no record goes by it".into(),
        false => names.join(", "),
    }
}

/// Properties of [`One`].
#[derive(Properties, PartialEq)]
struct OneProps {
    /// Which health check.
    id: String,
}

/// A health check with its votes.
#[component]
fn One(props: &OneProps) -> Html {
    let ctx = use_ctx();
    let row = ctx.world().route53.health_checks.get(&props.id);
    // Each opinion is a traced path.
    let asked = (ctx.view().world_stamp, ctx.moment(Span::seconds(1)), props.id.clone());
    let votes = use_memo(asked, |_| row.map(|row| opinions(ctx.world(), row)).unwrap_or_default());
    let (Some(row), Some(found)) = (row, standing(ctx.world(), &props.id)) else {
        return html! {};
    };
    let title = if found.healthy { "Healthy" } else { "Unhealthy" };
    html! {
        <section class="card" aria-label="Votes">
            <h2>{ records_of(&ctx, &row.id) }{ " " }<span class="soft small mono">{ endpoint(row) }</span></h2>
            { verdict(Standing::of(found.healthy), html! { { title } }, html! { <p>{ &found.why }</p> }) }
            if votes.is_empty() {
                <p class="soft">{ "No checker probes it: it follows others, or it is disabled." }</p>
            } else {
                { gauge(found.good, found.all) }
                { table(ctx.world().now, &votes) }
                <Source source={DOCUMENTED}>{ format!("Healthy while more than {LINE} % of the checkers say so.") }</Source>
            }
        </section>
    }
}

/// The votes as a row of cells with the line that they must pass.
fn gauge(good: usize, all: usize) -> Html {
    let wide = 100.0 / all.max(1) as f64;
    let needed = all * LINE / 100 + 1;
    let words = format!("{good} of {all} say healthy; {needed} are enough");
    html! {
        <div class="gauge">
            <svg viewBox="0 0 100 14" preserveAspectRatio="none" role="img" aria-label={words.clone()}>
                { for (0..all).map(|at| html! {
                    <rect class={if at < good { "yes" } else { "no" }} x={format!("{:.2}", at as f64 * wide + 0.3)} y="2" width={format!("{:.2}", wide - 0.6)} height="10" />
                }) }
                <line x1={LINE.to_string()} x2={LINE.to_string()} y1="0" y2="14" />
            </svg>
            <p class="small"><b>{ words }</b><span class="soft">{ format!(" · the line stands at {LINE} %, and exactly {LINE} % is not enough") }</span></p>
        </div>
    }
}

/// A row for each Region: its checkers see the same way.
fn table(now: Time, votes: &[Opinion]) -> Html {
    let mut regions: Vec<&str> = Vec::new();
    for vote in votes {
        if !regions.contains(&vote.region.name()) {
            regions.push(vote.region.name());
        }
    }
    let row = |region: &&str| {
        let of: Vec<&Opinion> = votes.iter().filter(|vote| vote.region.name() == *region).collect();
        let next = of.iter().map(|vote| vote.next).min().unwrap_or(now);
        let first = of.first();
        html! {
            <tr key={(*region).to_owned()}>
                <td class="mono nowrap">{ *region }</td>
                <td class="nowrap">{ for of.iter().map(|vote| sign(vote)) }</td>
                <td>{ first.map(|vote| vote.sees.split(". See https").next().unwrap_or_default().to_owned()).unwrap_or_default() }{ if let Some(vote) = first { streak(vote) } else { html! {} } }</td>
                <td>{ first.map(|vote| vote.decides.clone()).unwrap_or_default() }{ " " }<code class="soft">{ first.map(|vote| vote.component.clone()).unwrap_or_default() }</code></td>
                <td class="nowrap">{ super::until(now, next) }</td>
            </tr>
        }
    };
    html! {
        <div class="scroll-x" tabindex="0"><table class="votes">
            <thead><tr><th>{ "Checkers in" }</th><th>{ "Votes" }</th><th>{ "What a probe sees" }</th><th>{ "What decides" }</th><th>{ "Next probe in" }</th></tr></thead>
            <tbody>{ for regions.iter().map(row) }</tbody>
        </table></div>
    }
}

fn sign(vote: &Opinion) -> Html {
    let (mark, sign, word) = match vote.healthy {
        true => ("mark-allow", "✓", "healthy"),
        false => ("mark-deny", "✕", "unhealthy"),
    };
    html! { <span class="vote" title={vote.address.to_string()}><span class={mark} aria-hidden="true">{ sign }</span><span class="visually-hidden">{ word }{ " " }</span></span> }
}

/// How far a checker is on the way to another mind.
fn streak(vote: &Opinion) -> Html {
    let words = match (vote.good == vote.healthy, vote.streak) {
        (true, _) => return html! {},
        (false, 0) => "not probed since".to_owned(),
        (false, count) => format!("{count} in a row, not enough to change its vote yet"),
    };
    html! { <div class="soft small">{ words }</div> }
}
