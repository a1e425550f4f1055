//! "Ask a resolver": a question, the answer, the way to it as a picture, every step with its reason and the records that were
//! passed over, and what the same question comes to ten thousand times and from everywhere.

use super::{atlas, shares, way};
use crate::session::action::Internal;
use crate::session::{Action, Ctx, State, use_ctx};
use crate::ui::{Standing, Typed, capital, text_of, time_of_day, verdict};
use std::cell::RefCell;
use std::rc::Rc;
use stratus_engine::base::time::Time;
use stratus_engine::catalog::Region;
use stratus_engine::dns::{Asker, Considered, Query, Resolution, Step, TYPES, places};
use stratus_engine::world::compute::InstanceState;
use stratus_engine::world::names::HostedZone;
use stratus_model::sort;
use web_sys::SubmitEvent;
use yew::prelude::*;

/// What came of a question, and when it was asked.
type Asked = Option<(Time, Question, Result<Resolution, String>)>;

/// Question and form, as they stand.
#[derive(Clone, PartialEq)]
pub struct Question {
    /// The name, as typed.
    pub name: String,
    /// `A`, …
    pub record_type: String,
    /// Who asks, as [`Asker::read`] reads it.
    pub from: String,
}

impl Question {
    /// Who asks.
    pub fn asker(&self) -> Option<Asker> {
        Asker::read(&self.from)
    }
}

/// Who may ask: the Internet, the instances of the shown Region, then the Regions.
pub fn askers(ctx: &Ctx) -> Vec<(String, String)> {
    let mut out = vec![("internet".to_owned(), "a laptop on the Internet".to_owned())];
    if let Some(ec2) = ctx.world().ec2(ctx.region()) {
        let mut live: Vec<_> = ec2
            .instances
            .rows()
            .filter(|i| i.state != InstanceState::Terminated)
            .collect();
        sort::by_key(&mut live, |instance| instance.born);
        let name = |id| crate::map::picture::name_of(ctx.world(), ctx.region(), id);
        out.extend(
            live.iter()
                .map(|i| (i.id.to_string(), format!("{}, by its VPC's resolver", name(i.id)))),
        );
    }
    out.extend(
        places::CITIES
            .iter()
            .map(|city| (city.name.to_owned(), format!("somebody in {}", title(city.name)))),
    );
    out.extend(Region::all().map(|region| (region.name().to_owned(), format!("somebody near {}", region.name()))));
    out
}

/// A city's name as one writes it: `New York`.
fn title(name: &str) -> String {
    name.split('-').map(capital).collect::<Vec<_>>().join(" ")
}

/// The card.
#[component]
pub fn Resolver() -> Html {
    let ctx = use_ctx();
    let first = ctx.world().route53.zones.rows().find(|zone| !zone.deleted);
    let of_zone = |zone: &HostedZone| format!("www.{}", zone.name.trim_end_matches('.'));
    let domain = first.map_or_else(|| "www.example.org".to_owned(), of_zone);
    let question = use_state(|| Question {
        name: ctx.screen().dns_name.clone().unwrap_or(domain),
        record_type: "A".into(),
        from: "internet".into(),
    });
    let asked = use_state(|| None as Asked);
    // It led here once; who comes again another way finds the form as it begins.
    {
        let (ctx, led) = (ctx.clone(), ctx.screen().dns_name.is_some());
        use_effect_with((), move |()| {
            if led {
                ctx.act(Action::Internal(Internal::Apply(Rc::new(|state: &mut State| {
                    state.edit(|screen| screen.dns_name = None);
                }))));
            }
        });
    }
    let on = |apply: fn(&mut Question, String)| {
        let question = question.clone();
        Callback::from(move |event: Event| {
            let mut changed = (*question).clone();
            apply(&mut changed, text_of(&event));
            question.set(changed);
        })
    };
    let onsubmit = {
        let (ctx, question, asked) = (ctx.clone(), question.clone(), asked.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            ask(&ctx, &question, &asked);
        })
    };
    let names: Vec<String> = ctx
        .world()
        .route53
        .zones
        .rows()
        .flat_map(|zone| zone.records.rows().map(|one| one.name.trim_end_matches('.').to_owned()))
        .collect();
    html! {
        <section class="card" aria-label="Resolver">
            <h2>{ "Ask a resolver" }</h2>
            <form class="take" {onsubmit}>
                <label class="field">{ "Name" }<Typed list="known-names" value={question.name.clone()} onchange={on(|q, v| q.name = v)} /></label>
                <datalist id="known-names">{ for names.into_iter().map(|name| html! { <option value={name} /> }) }</datalist>
                <label class="field narrow">{ "Record type" }<select onchange={on(|q, v| q.record_type = v)}>{ for TYPES.iter().map(|one| html! { <option value={*one} selected={question.record_type == *one}>{ *one }</option> }) }</select></label>
                <label class="field">{ "Asked from" }<select onchange={on(|q, v| q.from = v)}>{ for askers(&ctx).into_iter().map(|(value, words)| html! { <option selected={question.from == value} value={value.clone()}>{ words }</option> }) }</select></label>
                <button class="btn primary" type="submit">{ "Resolve" }</button>
            </form>
            <div aria-live="polite">{ match &*asked {
                None => html! { <p class="soft">{ "The answer comes with every question on its way, resolver, root, top-level domain, zone, and why each answered as it did." }</p> },
                Some((_, _, Err(problem))) => html! { <p class="field-error" role="alert">{ problem }</p> },
                Some((at, _, Ok(resolution))) => answer(*at, resolution),
            } }</div>
            if let Some((_, asked, Ok(_))) = &*asked {
                <shares::Histogram question={asked.clone()} />
                <atlas::WorldMap question={asked.clone()} />
            }
        </section>
    }
}

/// The resolvers' memory is the session's, so the session asks.
fn ask(ctx: &Ctx, question: &Question, asked: &UseStateHandle<Asked>) {
    let query = question.asker().map(|from| Query {
        name: question.name.clone(),
        record_type: question.record_type.clone(),
        from,
    });
    let (query, question, asked) = (RefCell::new(query), question.clone(), asked.clone());
    let task = move |state: &mut State| {
        let now = state.engine.borrow().world().now;
        let answer = match query.borrow_mut().take() {
            Some(query) => state.engine.borrow_mut().resolve(&query).map_err(|error| error.message),
            None => Err("Asked from: that is neither a Region, an instance nor an address".to_owned()),
        };
        asked.set(Some((now, question.clone(), answer)));
    };
    ctx.act(Action::Internal(Internal::Apply(Rc::new(task))));
}

/// What an answer's code means.
fn meaning(resolution: &Resolution) -> (Standing, String) {
    match resolution.rcode {
        "NOERROR" if resolution.answers.is_empty() => (
            Standing::Unknown,
            "The name exists, but has no record of that type".into(),
        ),
        "NOERROR" => {
            let values: Vec<&str> = resolution
                .answers
                .iter()
                .filter(|a| a.record_type != "CNAME")
                .map(|a| a.value.as_str())
                .collect();
            let values = if values.is_empty() {
                resolution.answers.iter().map(|a| a.value.as_str()).collect()
            } else {
                values
            };
            (Standing::Good, values.join(", "))
        }
        "NXDOMAIN" => (Standing::Bad, "There is no such name".into()),
        "TIMEOUT" => (Standing::Bad, "Nobody answered".into()),
        _ => (Standing::Bad, "No answer could be had".into()),
    }
}

/// The two kinds of no, told apart, with how long resolvers remember them.
fn negative(resolution: &Resolution) -> Option<String> {
    let what = match resolution.rcode {
        "NXDOMAIN" => "NXDOMAIN: neither this name nor anything below it exists, whatever the type.",
        "NOERROR" if !resolution.answers.iter().any(|one| one.record_type != "CNAME") => {
            "NODATA: NOERROR without a record. The name exists, with other types or with names below it; only this type is missing."
        }
        _ => return None,
    };
    let kept = resolution.authority.first().map(|soa| {
        format!(" The zone's SOA record came with it: resolvers remember the no for {} s, and a record made meanwhile stays unseen for as long.", soa.ttl)
    });
    Some(format!("{what}{}", kept.unwrap_or_default()))
}

fn answer(at: Time, resolution: &Resolution) -> Html {
    let (standing, words) = meaning(resolution);
    let from = if resolution.cached {
        "all of it from the resolver's memory"
    } else {
        "asked for afresh"
    };
    let more = html! {
        <>
            <p><code>{ resolution.rcode }</code>{ format!(" · {from} · {} ms · at {}", resolution.millis, time_of_day(at)) }</p>
            if let Some(more) = negative(resolution) { <p class="soft">{ more }</p> }
        </>
    };
    html! {
        <div class="stack">
            { verdict(standing, html! { <span class="mono">{ words }</span> }, more) }
            if !resolution.answers.is_empty() {
                <div class="scroll-x" tabindex="0"><table><thead><tr><th>{ "Name" }</th><th>{ "Type" }</th><th>{ "Value" }</th><th class="number">{ "May be kept for" }</th></tr></thead>
                    <tbody>{ for resolution.answers.iter().map(|one| html! { <tr><td class="mono">{ &one.name }</td><td>{ &one.record_type }</td><td class="mono">{ &one.value }</td><td class="number">{ format!("{} s", one.ttl) }</td></tr> }) }</tbody></table></div>
            }
            { way::picture(resolution) }
            { ladder(resolution) }
        </div>
    }
}

/// Every question of the way, with its reason.
pub fn ladder(resolution: &Resolution) -> Html {
    html! { <ol class="ladder" aria-label="Steps">{ for resolution.steps.iter().map(step) }</ol> }
}

fn step(step: &Step) -> Html {
    html! {
        <li>
            <p><b>{ &step.server }</b>{ " " }<span class="tag">{ way::kind_of(&step.kind) }</span>if step.millis > 0 { <span class="soft">{ format!(" {} ms", step.millis) }</span> }</p>
            <p class="mono"><span class="soft">{ "? " }</span>{ &step.question }</p>
            <p class="mono"><span class="soft">{ "→ " }</span>{ &step.answer }</p>
            <p class="soft">{ &step.why }</p>
            if step.considered.len() > 1 || step.considered.iter().any(|one| !one.health.is_empty()) { { considered(&step.considered) } }
        </li>
    }
}

/// A value in a list of them: a line does not end within an address.
fn value((at, value): (usize, &String)) -> Html {
    html! { <>{ if at > 0 { ", " } else { "" } }<span class="nowrap">{ value }</span></> }
}

/// The records that were there to choose from, with the one that answered marked.
fn considered(records: &[Considered]) -> Html {
    let row = |one: &Considered| {
        let (sign, mark, word) = match (one.chosen, one.healthy) {
            (true, _) => ("✓", "mark-allow", "answered"),
            (false, true) => ("–", "mark-unseen", "passed over"),
            (false, false) => ("✕", "mark-deny", "unhealthy"),
        };
        html! {
            <tr key={one.record.clone()} class={one.chosen.then_some("chosen")}>
                <td class="nowrap"><span class={mark} aria-hidden="true">{ sign }</span>{ " " }{ word }</td>
                <td><b>{ &one.record }</b></td><td class="nowrap">{ &one.rule }</td><td class="mono">{ for one.values.iter().enumerate().map(value) }</td>
                <td class="soft">{ if one.health.is_empty() { "no health check: counts as healthy".to_owned() } else { one.health.clone() } }</td>
            </tr>
        }
    };
    html! {
        <div class="scroll-x" tabindex="0"><table class="considered" aria-label="Records that were considered">
            <thead><tr><th>{ "Fate" }</th><th>{ "Record" }</th><th>{ "Goes by" }</th><th>{ "Value" }</th><th>{ "Health" }</th></tr></thead>
            <tbody>{ for records.iter().map(row) }</tbody>
        </table></div>
    }
}
