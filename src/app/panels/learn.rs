//! The region "Learn": the built-in scenarios, each in a workspace of its own, what one can try in the world at hand, and
//! the tour.

use crate::frame::nav::PageDeeds;
use crate::panels::experiments::EXPERIMENTS;
use crate::session::action::Internal;
use crate::session::{Action, Dialog, use_ctx};
use stratus_classroom::scenarios;
use yew::prelude::*;

/// Scenarios and the tour.
#[component]
pub fn LearnPanel() -> Html {
    let ctx = use_ctx();
    let tour = ctx.on(|| Action::Internal(Internal::Tour(Some(0))));
    html! {
        <>
            <div class="panel-head">
                <h1>{ "Learn" }</h1>
                <button class="btn" onclick={tour}>{ "Take the tour" }</button>
                <button class="btn" onclick={ctx.on(|| Action::Dialog(Some(Dialog::Workspaces)))}>{ "Workspaces" }</button>
            </div>
            <p class="soft lead">{ "Each scenario opens in a workspace of its own: what you have made so far stays where it is." }</p>
            <ul class="scenarios">
                { for scenarios::ALL.iter().map(|scenario| {
                    let name = scenario.name;
                    html! {
                        <li class="card">
                            <h2>{ scenario.title }</h2>
                            <p class="soft">{ scenario.about }</p>
                            <button class="btn primary" aria-label={format!("Open {}", scenario.title)} onclick={ctx.on(move || Action::OpenScenario(name.to_owned()))}>{ "Open" }</button>
                        </li>
                    }
                }) }
            </ul>
            <h2>{ "Experiments" }</h2>
            <p class="soft lead">{ "With what you have now. Nothing is changed until you say so, and everything can be undone." }</p>
            <ul class="scenarios">
                { for EXPERIMENTS.into_iter().map(|experiment| html! {
                    <li class="card">
                        <h3>{ experiment.title }</h3>
                        <p class="soft">{ experiment.about }</p>
                        <button class="btn" aria-label={format!("Try it: {}", experiment.title)} onclick={ctx.on(move || (experiment.opens)())}>{ "Try it" }</button>
                    </li>
                }) }
            </ul>
            <div class="page-deeds" role="group" aria-label="This page"><PageDeeds /></div>
        </>
    }
}
