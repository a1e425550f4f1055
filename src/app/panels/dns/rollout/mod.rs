//! "Rolling deployment": two fleets behind one weighted name. The weight is moved by calls; the picture shows whom the clients
//! use over time, when the last of them has moved, and whom a failure hurts. The engine answers; nothing is drawn by lot here.

mod chart;
mod deeds;
mod said;

use crate::session::action::Outcome;
use crate::session::{Action, Ctx, Toast, ToastKind, use_ctx};
use crate::ui::{Empty, Same, Source, text_of};
use stratus_engine::base::time::Span;
use stratus_engine::dns::name;
use stratus_engine::dns::rollout::lesson::{self, Weighted};
use stratus_engine::dns::rollout::{self, Question};
use stratus_engine::network::FixCall;
use yew::prelude::*;

/// How far the clock goes at least before the picture is made anew.
const PACE: Span = Span::seconds(15);

/// How often programs that never ask again are restarted: words, and minutes.
const RESTARTS: [(&str, Option<i64>); 4] = [
    ("every 15 minutes", Some(15)),
    ("every hour", Some(60)),
    ("every 4 hours", Some(240)),
    ("never", None),
];

/// The deployment: of the name that is chosen, or how to begin.
#[component]
pub fn Rolling() -> Html {
    let ctx = use_ctx();
    let open = use_state(|| None::<(String, String)>);
    let names = lesson::weighted(ctx.world());
    let is_open = |one: &&Weighted| Some(&(one.name.clone(), one.record_type.clone())) == open.as_ref();
    let Some(chosen) = names.iter().find(is_open).or(names.first()) else {
        return html! {
            <Empty title="No weighted records yet">
                <p>{ "A rolling deployment puts a new fleet beside the old one, behind one name, and moves the weight step by step. How fast clients follow is up to their caches." }</p>
                { setup(&ctx, true) }
            </Empty>
        };
    };
    let chip = |one: &Weighted| {
        let (open, key) = (open.clone(), (one.name.clone(), one.record_type.clone()));
        let here = one == chosen;
        let onclick = Callback::from(move |_: MouseEvent| open.set(Some(key.clone())));
        let weights: Vec<String> = one
            .weights
            .iter()
            .map(|(record, weight)| format!("{record} {weight}"))
            .collect();
        html! {
            <li key={format!("{} {} {}", one.zone, one.name, one.record_type)}><button class={classes!("btn", here.then_some("here"))} aria-pressed={here.to_string()} {onclick}>
                <b>{ name::said(&one.name) }</b><span class="soft">{ weights.join(" · ") }</span>
            </button></li>
        }
    };
    html! {
        <>
            <div class="row spread">
                <ul class="buckets" aria-label="Weighted names">{ for names.iter().map(chip) }</ul>
                { setup(&ctx, false) }
            </div>
            <Deployment of={chosen.clone()} />
        </>
    }
}

/// The button that makes two fleets, with what it will do.
fn setup(ctx: &Ctx, first: bool) -> Html {
    let act = ctx.clone();
    let region = ctx.region();
    let calls = match first {
        true => lesson::setup(ctx.world()).calls,
        false => Vec::new(),
    };
    let line = |call: &FixCall| {
        html! { <li><code>{ format!("aws {} {}", call.service, stratus_model::cli_name(call.operation)) }</code></li> }
    };
    let onclick = Callback::from(move |_: MouseEvent| {
        let fix = lesson::setup(act.world());
        let told = {
            let act = act.clone();
            let why = fix.why.clone();
            Callback::from(move |outcome: Outcome| {
                if outcome.is_ok() {
                    let text = format!(
                        "{why}. Their guests boot now; the name servers learn of the name within a minute or so."
                    );
                    act.act(Action::Toast(Toast::new(ToastKind::Good, "The fleets are there", text)));
                }
            })
        };
        act.act(Action::Fix(region, fix, told));
    });
    html! {
        <>
            <button class={classes!("btn", first.then_some("primary"))} {onclick}>{ if first { "Set up blue and green" } else { "Set up another pair" } }</button>
            if first {
                <p class="small">{ "Twelve calls: a security group, two web servers with Elastic IP addresses, a hosted zone, two health checks, two weighted records. Each can be undone, and stands in the timeline with its command." }</p>
                <ol class="setup-calls">{ for calls.iter().map(line) }</ol>
            }
        </>
    }
}

/// Properties of [`Deployment`].
#[derive(Properties, PartialEq)]
struct DeploymentProps {
    of: Weighted,
}

#[component]
fn Deployment(props: &DeploymentProps) -> Html {
    let ctx = use_ctx();
    let restart = use_state(|| 0_usize);
    let at = use_state(|| None::<usize>);
    let of = &props.of;
    let minutes = RESTARTS.get(*restart).and_then(|(_, minutes)| *minutes);
    let question = Question {
        zone: of.zone,
        name: of.name.clone(),
        record_type: of.record_type.clone(),
        restart: minutes.map(Span::minutes),
    };
    let picture = use_memo(
        (ctx.view().world_stamp, ctx.moment(PACE), question),
        |(.., question)| ctx.read(|engine| rollout::picture(engine, question)).map(Same::new),
    );
    let onchange = {
        let restart = restart.clone();
        Callback::from(move |event: Event| restart.set(text_of(&event).parse().unwrap_or(0)))
    };
    let on_at = use_callback(at.setter(), |step, at| at.set(step));
    let domain = name::said(&of.name);
    html! {
        <section class="card rolling" aria-label={format!("Deployment of {domain}")}>
            <h2>{ domain.clone() }</h2>
            if let Some(picture) = &*picture {
                { said::above(picture) }
            } else {
                <p class="soft">{ "Nobody is served yet: the name servers learn of the records, and what stands behind them starts. Let a minute pass." }</p>
            }
            <deeds::Deeds of={of.clone()} />
            if let Some(picture) = &*picture {
                <chart::Chart picture={picture.clone()} at={*at} {on_at} />
            }
            <label class="field narrow">{ "Programs that never ask again are restarted" }
                <select {onchange}>{ for RESTARTS.iter().enumerate().map(|(place, (words, _))| html! { <option value={place.to_string()} selected={place == *restart}>{ *words }</option> }) }</select>
            </label>
            <Source source="ours">{ format!("{} clients, each a resolver or a program with all who sit behind it; each sends a request every {} seconds. What lies after “now” comes if nobody does anything.", rollout::SUM, rollout::EVERY.0 / 1000) }</Source>
        </section>
    }
}
