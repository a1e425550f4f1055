//! What one can do: move the weight, break a fleet and mend it, let time pass. Each is one call with its command.

use crate::session::{Action, ApiCall, Ctx, GLOBAL, use_ctx};
use crate::ui::CallButton;
use stratus_engine::base::time::Span;
use stratus_engine::dns::rollout::lesson::{self, Weighted};
use stratus_model::{Structure, field};
use yew::prelude::*;

/// Steps of a deployment: how much of a hundred the second fleet has.
const STEPS: [i64; 5] = [0, 10, 50, 90, 100];

/// Properties of [`Deeds`].
#[derive(Properties, PartialEq)]
pub struct DeedsProps {
    /// Whose.
    pub of: Weighted,
}

/// The buttons.
#[component]
pub fn Deeds(props: &DeedsProps) -> Html {
    let ctx = use_ctx();
    let of = &props.of;
    let pass = |minutes: i64, words: &'static str| {
        let until = ctx.world().now + Span::minutes(minutes);
        html! { <button class="btn" onclick={ctx.on(move || Action::AdvanceTo(until))}>{ words }</button> }
    };
    html! {
        <div class="roll-deeds" role="group" aria-label="What one can do">
            <div><h3>{ heading(of) }</h3><div class="row">{ for choices(of).iter().map(|weights| shift(&ctx, of, weights)) }</div></div>
            <div><h3>{ "Break or mend" }</h3><div class="row">{ for of.weights.iter().map(|(record, _)| fault(&ctx, of, record)) }</div></div>
            <div><h3>{ "Let time pass" }</h3><div class="row">{ pass(1, "1 minute") }{ pass(10, "10 minutes") }</div></div>
        </div>
    }
}

/// Weights that are offered: of two records in steps, of more all to one.
fn choices(of: &Weighted) -> Vec<Vec<i64>> {
    let count = of.weights.len();
    match count {
        2 => STEPS.iter().map(|green| vec![100 - green, *green]).collect(),
        _ => (0..count)
            .map(|all| (0..count).map(|at| if at == all { 100 } else { 0 }).collect())
            .collect(),
    }
}

/// The button that gives these weights: `50 %` of two, whose second fleet gets so much; `all to blue` of more.
fn shift(ctx: &Ctx, of: &Weighted, weights: &[i64]) -> Html {
    let here = of.weights.iter().map(|(_, weight)| *weight).eq(weights.iter().copied());
    let params = lesson::shift(ctx.world(), of, weights);
    let call = ApiCall::new(GLOBAL, "route53", "ChangeResourceRecordSets", params);
    let disabled = here.then_some(AttrValue::from("These are the weights that were asked for last"));
    let most = of.weights.iter().zip(weights).find(|(_, weight)| **weight > 0);
    let (label, to) = match (of.weights.as_slice(), weights, most) {
        ([_, (second, _)], [_, share], _) => (format!("{share} %"), Some(format!("to {second}"))),
        (.., Some(((record, _), _))) => (format!("all to {record}"), None),
        (.., None) => return html! {},
    };
    html! { <CallButton key={format!("{weights:?}")} {label} of={to} {call} {disabled} class={classes!(here.then_some("here"))} /> }
}

/// What the steps are of.
fn heading(of: &Weighted) -> String {
    match of.weights.as_slice() {
        [_, (second, _)] => format!("Weight of {second}"),
        _ => "Move the weight".into(),
    }
}

/// Stops what listens behind a record, or starts it again.
fn fault(ctx: &Ctx, of: &Weighted, record: &str) -> Html {
    let Some(fleet) = lesson::fleet(ctx.world(), of, record) else {
        return html! { <span class="soft" key={record.to_owned()}>{ format!("{record}: nothing of this world has its address") }</span> };
    };
    let params = Structure::new()
        .with(field::INSTANCE_ID, fleet.instance.to_string())
        .with(field::PROTOCOL, "tcp")
        .with(field::PORT, i64::from(fleet.port));
    let (label, operation, params, class) = match fleet.listens {
        true => (format!("Break {record}"), "StopListener", params, "danger"),
        false => (
            format!("Mend {record}"),
            "StartListener",
            params.with(field::PROGRAM, "nginx"),
            "primary",
        ),
    };
    let call = ApiCall::new(fleet.region, "stratus", operation, params);
    html! { <CallButton key={record.to_owned()} {label} {call} class={classes!(class)} /> }
}
