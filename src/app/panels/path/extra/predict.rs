//! "Predict first": the learner marks what will stop the packet; then the answer is shown, and the prediction is scored.
//! Until then nothing here may tell how it ends: the places are those of every packet.

use super::spots::{self, Guess as Said, Spot};
use crate::panels::path::verdict;
use crate::session::action::{PathView, Prediction};
use crate::session::traced::Traced;
use crate::session::{Action, use_ctx};
use crate::ui::capital;
use std::rc::Rc;
use yew::prelude::*;

/// Whether to predict, the score, and what came of the last prediction.
#[component]
pub fn Toggle() -> Html {
    let ctx = use_ctx();
    let prediction = &ctx.screen().prediction;
    let toggle = {
        let (ctx, prediction) = (ctx.clone(), prediction.clone());
        Callback::from(move |_: Event| {
            // What can be seen already stays to be seen.
            let seen = (!prediction.on).then(|| ctx.screen().path.clone());
            ctx.act(Action::Predict(Prediction {
                on: !prediction.on,
                revealed: seen,
                said: String::new(),
                ..prediction.clone()
            }));
        })
    };
    let veiled = ctx.screen().is_veiled();
    if ctx.screen().path_view != PathView::One {
        return Html::default();
    }
    html! {
        <div class="predict-bar">
            <label class="row" title="Say what will stop the packet before you see it"><input type="checkbox" checked={prediction.on} onchange={toggle} />{ "Predict first" }</label>
            if prediction.on && prediction.made == 0 { <span class="soft">{ "Trace a path: you say how it ends before it is shown." }</span> }
            if prediction.made > 0 { <span class="soft nowrap">{ format!("Score: {} of {} right", prediction.right, prediction.made) }</span> }
            <p class="predict-outcome" role="status" aria-live="polite">{ if veiled { "" } else { prediction.said.as_str() } }</p>
        </div>
    }
}

/// Properties of [`Guess`].
#[derive(Properties, PartialEq)]
pub struct GuessProps {
    /// The answer, which is not shown.
    pub traced: Rc<Traced>,
}

/// The question to the learner.
#[component]
pub fn Guess(props: &GuessProps) -> Html {
    let ctx = use_ctx();
    let chosen = use_state(|| None::<(Option<Spot>, Rc<Traced>)>);
    let back = use_state(|| false);
    // A mark belongs to one question.
    let mark = chosen
        .as_ref()
        .filter(|(_, of)| of.question == props.traced.question)
        .map(|(spot, _)| *spot);
    let choose = {
        let (chosen, traced) = (chosen.clone(), props.traced.clone());
        Callback::from(move |spot: Option<Spot>| chosen.set(Some((spot, traced.clone()))))
    };
    let guess = mark.map(|spot| spot.map_or(Said::Through, |spot| Said::Stopped(spot, *back)));
    let reveal = {
        let (ctx, traced, prediction) = (ctx.clone(), props.traced.clone(), ctx.screen().prediction.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if let Some(guess) = guess {
                ctx.act(Action::Predict(judged(&traced, guess, &prediction)));
            }
        })
    };
    let turn = {
        let back = back.clone();
        Callback::from(move |_: Event| back.set(!*back))
    };
    let spots = spots::along(&props.traced);
    let radio = |spot: Spot| choice(spot, mark, &choose);
    let band = spots.iter().copied().filter(|spot| spots::number(*spot).is_none());
    html! {
        <form class="guess" onsubmit={reveal}>
            <h1>{ "What will stop the packet?" }</h1>
            <p class="soft">{ "Mark one place, or say that it gets through. The first thing that stops it counts." }</p>
            <Choice spot={None} marked={mark == Some(None)} on_mark={choose.clone()} />
            <div class="stage">
                { for [true, false].into_iter().map(|source| tower(&spots, source, radio)) }
                <div class="band" role="group" aria-label="The network between the hosts"><h2>{ "The network" }</h2><div class="stations">{ for band.map(radio) }</div></div>
            </div>
            <div class="row guess-end">
                <label class="row"><input type="checkbox" checked={*back} onchange={turn} disabled={mark == Some(None)} />{ "It is the answer that is stopped there, on its way back" }</label>
                <button class="btn primary" type="submit" disabled={guess.is_none()}>{ "Reveal" }</button>
            </div>
        </form>
    }
}

fn choice(spot: Spot, mark: Option<Option<Spot>>, on_mark: &Callback<Option<Spot>>) -> Html {
    html! { <Choice spot={Some(spot)} marked={mark == Some(Some(spot))} on_mark={on_mark.clone()} /> }
}

/// The layers of one host, the guest on top.
fn tower(spots: &[Spot], source: bool, radio: impl Fn(Spot) -> Html) -> Html {
    let mut layers: Vec<Spot> = spots
        .iter()
        .copied()
        .filter(|spot| matches!(spot, Spot::Host(at, _) if *at == source))
        .collect();
    // They are in the packet's order, which goes up in the host that receives.
    if !source {
        layers.reverse();
    }
    let (class, title) = if source {
        ("from", "Host that sends")
    } else {
        ("to", "Host that receives")
    };
    html! {
        <div class={classes!("tower", class)} role="group" aria-label={title}>
            <h2>{ title }</h2>
            if layers.is_empty() { <p class="soft">{ "The Internet: none of its layers is yours." }</p> }
            else { <div class="layers">{ for layers.into_iter().map(radio) }</div> }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct ChoiceProps {
    /// The place; `None` = it gets through.
    spot: Option<Spot>,
    marked: bool,
    on_mark: Callback<Option<Spot>>,
}

/// One place that can be marked: by mouse, by touch, or with the arrow keys as radio buttons are.
#[component]
fn Choice(props: &ChoiceProps) -> Html {
    let spot = props.spot;
    let onchange = props.on_mark.reform(move |_: Event| spot);
    let number = spot.and_then(spots::number);
    let (name, label) = match spot {
        None => ("It gets through, both ways", "It gets through, both ways".to_owned()),
        Some(spot) => (spot.name(), capital(&spot.words())),
    };
    let class = match (spot, number) {
        (_, Some(number)) => classes!("layer", format!("l{number}")),
        (Some(_), None) => classes!("station"),
        (None, _) => classes!("station", "through"),
    };
    html! {
        <label class={classes!(class, props.marked.then_some("here"))}>
            <input type="radio" name="guess" aria-label={label} checked={props.marked} {onchange} />
            <span class="words"><b>{ name }</b></span>
        </label>
    }
}

/// The prediction compared with what happened: the answer may be seen from now on.
fn judged(traced: &Traced, guess: Said, before: &Prediction) -> Prediction {
    let truth = spots::truth(traced);
    let right = guess == truth;
    let told = match spots::distance(traced, guess, truth) {
        _ if right => "Right.".to_owned(),
        Some(off) => {
            let place = match guess {
                Said::Stopped(spot, back) => format!("{}{}", spot.words(), way(back)),
                Said::Through => String::new(),
            };
            let steps = if off == 1 { "place" } else { "places" };
            format!("Not quite: {off} {steps} off. You marked the {place}.")
        }
        None if guess == Said::Through => "Not so: you said that it gets through.".to_owned(),
        None => "Not so: nothing stops it.".to_owned(),
    };
    let happened = match truth {
        Said::Through => "It gets through, both ways.".to_owned(),
        Said::Stopped(spot, back) => format!("It was stopped at the {}{}.", spot.words(), way(back)),
    };
    let why = match traced.trace.explanations.first() {
        Some(first) => first.detail.clone(),
        None if traced.trace.reachable => "Every layer on both ways lets it pass.".to_owned(),
        None => format!("{}.", verdict::title(traced)),
    };
    Prediction {
        on: true,
        revealed: Some(traced.question.clone()),
        said: format!("{told} {happened} {why}"),
        right: before.right.saturating_add(u32::from(right)),
        made: before.made.saturating_add(1),
    }
}

fn way(back: bool) -> &'static str {
    if back { ", on the answer's way back" } else { "" }
}
