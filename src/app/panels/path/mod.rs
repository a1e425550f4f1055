//! The region "Path": one question, the way of the packet through six layers and the network between, one sentence first.

pub(crate) mod ask;
mod extra;
pub(crate) mod stage;
mod steps;
mod verdict;
mod wire;

pub(crate) use extra::documented::documented;
pub(crate) use stage::station_name;

use crate::later::{Later, use_later};
use crate::session::action::PathView;
use crate::session::traced::Traced;
use crate::session::{Action, Ctx, Dialog, Selection, use_ctx};
use crate::ui::Empty;
use gloo::timers::callback::Interval;
use std::rc::Rc;
use yew::prelude::*;

/// Real milliseconds that a step is shown for while the packet travels.
const STEP_MILLIS: u32 = 150;

/// Lets the packet travel: the step that it has reached on screen, and whether it goes on by itself. A new answer lets it
/// travel anew; where it ends, that step is selected. It stands still while nobody sees it.
#[hook]
fn use_travel(ctx: &Ctx, traced: &Option<Rc<Traced>>) -> (UseStateHandle<usize>, UseStateHandle<bool>) {
    let last = traced.as_ref().map_or(0, |traced| traced.deciding());
    let reached = use_state(|| last);
    let playing = use_state(|| false);
    {
        let (reached, playing, ctx) = (reached.clone(), playing.clone(), ctx.clone());
        let unseen = !ctx.screen().shows_path();
        use_effect_with((traced.clone(), unseen), move |(traced, unseen)| {
            let still = prefers_stillness();
            if *unseen {
                playing.set(false);
            } else if let Some(traced) = traced {
                reached.set(if still { traced.deciding() } else { 0 });
                playing.set(!still && !traced.is_empty());
                if still && !traced.is_empty() {
                    ctx.act(Action::Select(Some(Selection::Hop(traced.deciding()))));
                }
            }
        });
    }
    {
        let (reached, playing, ctx) = (reached.clone(), playing.clone(), ctx.clone());
        use_effect_with((*playing, *reached), move |(is_playing, at)| {
            let (is_playing, at) = (*is_playing, *at);
            if is_playing && at >= last {
                playing.set(false);
                ctx.act(Action::Select(Some(Selection::Hop(last))));
            }
            let timer = (is_playing && at < last).then(|| Interval::new(STEP_MILLIS, move || reached.set(at + 1)));
            move || drop(timer)
        });
    }
    (reached, playing)
}

/// The path panel.
#[component]
pub fn PathPanel() -> Html {
    let ctx = use_ctx();
    let traced = ctx.view().traced.clone();
    let last = traced.as_ref().map_or(0, |traced| traced.deciding());
    let (reached, playing) = use_travel(&ctx, &traced);
    let go = {
        let (reached, playing, ctx) = (reached.clone(), playing.clone(), ctx.clone());
        Callback::from(move |step: usize| {
            playing.set(false);
            reached.set(step);
            ctx.act(Action::Select(Some(Selection::Hop(step))));
        })
    };
    // Who opens a layer wants to read of it: where the inspector is below the picture, it comes into sight.
    let open = {
        let go = go.clone();
        Callback::from(move |step: usize| {
            go.emit(step);
            crate::ui::show_inspector();
        })
    };
    let why = open.reform(move |()| last);
    let replay = {
        let (reached, playing) = (reached.clone(), playing.clone());
        Callback::from(move |()| {
            reached.set(0);
            playing.set(true);
        })
    };
    let body = match (&traced, &ctx.view().path_problem) {
        (_, Some(problem)) => {
            html! { <div class="verdict unknown" role="alert"><span class="mark-unseen">{ "?" }</span><div><h1>{ "That cannot be asked" }</h1><p>{ problem }</p></div></div> }
        }
        (Some(traced), None) if ctx.screen().is_veiled() && !traced.is_empty() => {
            html! { <Extra traced={traced.clone()} place={Place::Veil} reached={0} /> }
        }
        (Some(traced), None) => html! {
            <>
                <verdict::VerdictLine traced={traced.clone()} on_why={why} />
                if !traced.is_empty() {
                    <stage::Stage traced={traced.clone()} reached={*reached} on_step={open} />
                    <Extra traced={traced.clone()} place={Place::Below} reached={*reached} />
                    <steps::Steps traced={traced.clone()} reached={*reached} playing={*playing} on_step={go} on_replay={replay} />
                }
            </>
        },
        (None, None) => not_asked(&ctx),
    };
    let path_view = ctx.screen().path_view;
    if path_view != PathView::One {
        return html! { <div class="path-panel"><Extra place={Place::Above} reached={0} /><Extra place={Place::Instead(path_view)} reached={0} /></div> };
    }
    html! { <div class="path-panel"><Extra place={Place::Above} reached={0} /><ask::Ask />{ body }</div> }
}

/// What stands where nothing was asked yet.
fn not_asked(ctx: &Ctx) -> Html {
    html! {
        <>
            <h1 class="visually-hidden">{ "Path" }</h1>
            <Empty title="Will it get through?">
                <p>{ "Choose who sends and who should receive, then trace the path: the packet walks down the sender's host, across the network, and up the receiver's, and every layer says why it let it pass or not." }</p>
                if ctx.world().ec2(ctx.region()).is_none_or(|ec2| ec2.instances.is_empty()) {
                    <p>{ "There is no instance in this Region yet." }</p>
                    <button class="btn primary" onclick={ctx.on(|| Action::Dialog(Some(Dialog::Launch)))}>{ "Launch instance" }</button>
                }
            </Empty>
        </>
    }
}

/// Where something stands that is in the later part of the program.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Place {
    /// Above the question: what the panel shows, whether to predict, and the score.
    Above,
    /// Instead of question and answer: what else the panel shows.
    Instead(PathView),
    /// Instead of the answer: what will stop the packet?
    Veil,
    /// Between picture and steps: the header, the way as text and as files.
    Below,
}

#[derive(Properties, PartialEq)]
struct ExtraProps {
    #[prop_or_default]
    traced: Option<Rc<Traced>>,
    place: Place,
    reached: usize,
}

/// What the answer can do without on a first visit.
#[component]
fn Extra(props: &ExtraProps) -> Html {
    match use_later() {
        Later::Here => extra::view(props.place, props.traced.clone(), props.reached),
        _ => Html::default(),
    }
}

fn prefers_stillness() -> bool {
    crate::ui::media("(prefers-reduced-motion: reduce)")
}
