//! The region "Clock": pause, step, speeds, advance by, and the time itself.

use crate::dialogs::search::SPANS;
use crate::session::{Action, Speed, use_ctx};
use crate::ui::{Glyph, Icon, clock_text, day_text};
use stratus_engine::base::time::Span;
use yew::prelude::*;

/// The clock bar.
#[component]
pub fn ClockBar() -> Html {
    let ctx = use_ctx();
    let view = ctx.view();
    let speed = view.speed;
    let now = view.world.now;
    let start = view.world.options.start;
    let toggle = {
        let next = if speed == Speed::Paused {
            Speed::Auto
        } else {
            Speed::Paused
        };
        ctx.on(move || Action::SetSpeed(next))
    };
    let advance = {
        let ctx = ctx.clone();
        Callback::from(move |event: Event| {
            let Some(select) = event.target_dyn_into::<web_sys::HtmlSelectElement>() else {
                return;
            };
            if let Ok(seconds) = select.value().parse::<i64>() {
                ctx.act(Action::AdvanceTo(ctx.world().now + Span::seconds(seconds)));
            }
            select.set_value("");
        })
    };
    let choice = |times: Speed, word: &'static str, title: &'static str| {
        html! {
            <button aria-pressed={(speed == times).to_string()} {title} onclick={ctx.on(move || Action::SetSpeed(times))}>{ word }</button>
        }
    };
    html! {
        <div class="clock" role="region" aria-label="Clock">
            <button onclick={toggle} title="Space" class="toggle">
                <Icon glyph={if speed == Speed::Paused { Glyph::Play } else { Glyph::Pause }} />
                <span>{ if speed == Speed::Paused { "Run" } else { "Pause" } }</span>
            </button>
            <button onclick={ctx.on(|| Action::StepClock)} title="To the next thing that is pending (.)"><Icon glyph={Glyph::Step} /><span>{ "Step" }</span></button>
            { choice(Speed::Auto, "Auto", "60× while something is pending, else at rest") }
            { choice(Speed::Times(1), "1×", "A second a second") }
            { choice(Speed::Times(60), "60×", "A minute a second") }
            { choice(Speed::Times(3_600), "3600×", "An hour a second") }
            <select aria-label="Skip: advance by" title="Advance the clock by" onchange={advance}>
                <option value="" selected={true}>{ "Skip" }</option>
                { for SPANS.iter().map(|(name, seconds)| html! { <option value={seconds.to_string()}>{ *name }</option> }) }
            </select>
            if let Some(percent) = view.advancing {
                <progress max="100" value={percent.to_string()} aria-label="Advancing the clock" />
                <button onclick={ctx.on(|| Action::CancelAdvance)}>{ "Cancel" }</button>
            }
            <time datetime={now.iso8601()} title={format!("{} UTC, virtual", day_text(now))} class={classes!(view.running.then_some("running"))}>
                { clock_text(start, now) }
            </time>
        </div>
    }
}
