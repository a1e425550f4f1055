//! The root: owns the session, hands its snapshot to all, and lets its clock tick.

use crate::dialogs::DialogHost;
use crate::frame::{Nav, Toasts, TopBar, Tour, keys};
use crate::inspector::Inspector;
use crate::panels::PanelHost;
use crate::session::action::Internal;
use crate::session::{Action, Ctx, State};
use gloo::events::EventListener;
use gloo::timers::callback::Interval;
use wasm_bindgen::JsCast;
use yew::prelude::*;

/// Real milliseconds between two ticks of the clock.
const TICK_MILLIS: u32 = 100;

/// The page.
pub struct App {
    state: State,
    ctx: Ctx,
    last_tick: f64,
    /// It has been drawn with something in it to use.
    answers: bool,
    _keys: EventListener,
    _hash: Option<EventListener>,
    _leaving: EventListener,
    _clock: Interval,
}

impl Component for App {
    type Message = Action;
    type Properties = ();

    fn create(yew: &Context<Self>) -> Self {
        let act = yew.link().callback(|action: Action| action);
        let mut state = State::new(stratus_engine::Options::default(), act.clone());
        let (opened, ready) = crate::scripting::promise();
        crate::scripting::install(&act, &opened);
        crate::session::opening::start(&mut state, ready);
        let ctx = state.ctx();
        App {
            last_tick: now(),
            answers: false,
            _keys: listen_to_keys(yew),
            _hash: listen_to_hash(act.clone()),
            _leaving: listen_to_leaving(act.clone()),
            _clock: Interval::new(TICK_MILLIS, move || act.emit(Action::Internal(Internal::Tick(0.0)))),
            state,
            ctx,
        }
    }

    fn update(&mut self, yew: &Context<Self>, action: Action) -> bool {
        let action = match action {
            Action::Internal(Internal::Tick(_)) => {
                let at = now();
                let elapsed = at - self.last_tick;
                self.last_tick = at;
                Action::Internal(Internal::Tick(elapsed))
            }
            other if other.needs_later() && !crate::later::here() => {
                // It comes in a moment; what was wished for then happens.
                let act = yew.link().callback(|action: Action| action);
                wasm_bindgen_futures::spawn_local(async move {
                    match crate::later::wait().await {
                        Ok(()) => act.emit(other),
                        Err(why) => act.emit(Action::Internal(Internal::Incomplete(why))),
                    }
                });
                return false;
            }
            other => other,
        };
        let changed = self.state.apply(action);
        if changed {
            self.ctx = self.state.ctx();
        }
        changed
    }

    fn view(&self, _: &Context<Self>) -> Html {
        let screen = self.ctx.screen();
        if screen.opening {
            // As index.html has it until the program runs.
            return html! {
                <div class="boot" role="status"><p class="boot-name">{ "Stratus" }</p><p>{ "Opening the cloud…" }</p></div>
            };
        }
        let class = classes!("app", screen.embed.then_some("embed"));
        html! {
            <ContextProvider<Ctx> context={self.ctx.clone()}>
                <div {class} data-panel={screen.panel.name()}>
                    <a class="skip-link" href="#main">{ "Skip to the panel" }</a>
                    if !screen.embed { <TopBar /> <Nav /> }
                    <main id="main" tabindex="-1"><PanelHost /></main>
                    <Inspector />
                    <Toasts />
                    <Tour />
                    <DialogHost />
                </div>
            </ContextProvider<Ctx>>
        }
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        if let Some(root) = web_sys::window()
            .and_then(|w| w.document())
            .and_then(|d| d.document_element())
        {
            // Cannot fail for a name that is a valid attribute.
            let _ = root.set_attribute("data-theme", self.ctx.screen().theme.name());
        }
        if !self.answers && !self.ctx.screen().opening {
            self.answers = true;
            if let Some(performance) = web_sys::window().and_then(|w| w.performance()) {
                // The moment at which the page answers: the first-load benchmark reads it.
                let _ = performance.mark("stratus-ready");
            }
        }
    }
}

/// Real milliseconds, for the ticking clock only: they tell how far to go, never what happens on the way.
fn now() -> f64 {
    web_sys::window()
        .and_then(|window| window.performance())
        .map_or(0.0, |performance| performance.now())
}

fn listen_to_keys(yew: &Context<App>) -> EventListener {
    let link = yew.link().clone();
    let target = gloo::utils::document();
    EventListener::new_with_options(
        &target,
        "keydown",
        gloo::events::EventListenerOptions::enable_prevent_default(),
        move |event| {
            let Some(event) = event.dyn_ref::<web_sys::KeyboardEvent>() else {
                return;
            };
            let ctx = link.get_component().map(|app| app.ctx.clone());
            let ctx = ctx.filter(|ctx| !ctx.screen().opening);
            let typing = event.target().is_some_and(|target| is_field(&target, event));
            if !typing && keys::held(event) {
                event.prevent_default();
                return;
            }
            if let Some(action) = ctx.and_then(|ctx| keys::action(event, &ctx, typing)) {
                event.prevent_default();
                link.send_message(action);
            }
        },
    )
}

/// Whether the key belongs to what has the focus: a field, or a button that Space presses.
fn is_field(target: &web_sys::EventTarget, event: &web_sys::KeyboardEvent) -> bool {
    let Some(element) = target.dyn_ref::<web_sys::Element>() else {
        return false;
    };
    let name = element.tag_name().to_ascii_lowercase();
    let pressing = event.key() == " " && matches!(name.as_str(), "button" | "a" | "summary");
    pressing
        || matches!(name.as_str(), "input" | "textarea" | "select")
        || element.get_attribute("contenteditable").is_some()
}

fn listen_to_hash(act: Callback<Action>) -> Option<EventListener> {
    let window = web_sys::window()?;
    Some(EventListener::new(&window, "hashchange", move |_| {
        act.emit(Action::Internal(Internal::HashChanged))
    }))
}

/// The last moment at which something can be saved: the page is hidden, closed, or the phone's screen goes dark.
fn listen_to_leaving(act: Callback<Action>) -> EventListener {
    EventListener::new(&gloo::utils::document(), "visibilitychange", move |_| {
        if gloo::utils::document().hidden() {
            act.emit(Action::Internal(Internal::PageHidden));
        }
    })
}
