//! The part of the program that a first visit can do without, and that `static/boot.js` loads once the page can be used
//! (src/tasks/split cuts it off a release build; a build that was not cut always has it).
//!
//! Whatever needs it asks [`use_later`] or [`wait`] first, so that nobody waits inside a call. If something is called all
//! the same before it is here, the call loads it at once ([`load_later_now`]): slower, never wrong.

use wasm_bindgen::prelude::*;
use yew::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = stratusLater, js_name = isHere)]
    fn is_here() -> bool;
    #[wasm_bindgen(js_namespace = stratusLater, js_name = load, catch)]
    async fn load() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = stratusLater, js_name = loadNow)]
    fn load_now();
}

/// What the cut program calls when it steps over a border before the later part is here. Never called by hand.
#[wasm_bindgen]
pub fn load_later_now() {
    load_now();
}

/// Whether it is here. A program that is not in a browser is never cut.
pub fn here() -> bool {
    cfg!(not(target_arch = "wasm32")) || is_here()
}

/// Until it is here; why it cannot be had.
pub async fn wait() -> Result<(), String> {
    match here() {
        true => Ok(()),
        false => load().await.map(|_| ()).map_err(|error| {
            let text = error
                .dyn_ref::<js_sys::Error>()
                .map(|error| String::from(error.message()));
            text.unwrap_or_else(|| "it did not arrive".to_owned())
        }),
    }
}

/// What there is to say while it is not here.
#[derive(Clone, PartialEq)]
pub enum Later {
    /// It is here.
    Here,
    /// On its way.
    Coming,
    /// It cannot be had now: why, and how to try again.
    Failed(String, Callback<MouseEvent>),
}

/// Whether the later part is here; asks for it where it is not, and wakes the component when it has come.
#[hook]
pub fn use_later() -> Later {
    let failure = use_state(|| None::<String>);
    let tries = use_state(|| 0_u32);
    {
        let (failure, tries) = (failure.clone(), *tries);
        use_effect_with(tries, move |_| {
            if !here() {
                wasm_bindgen_futures::spawn_local(async move {
                    failure.set(wait().await.err());
                });
            }
        });
    }
    match &*failure {
        _ if here() => Later::Here,
        None => Later::Coming,
        Some(why) => {
            let (failure, why) = (failure.clone(), why.clone());
            let again = Callback::from(move |_| {
                failure.set(None);
                tries.set(*tries + 1);
            });
            Later::Failed(why, again)
        }
    }
}

impl Later {
    /// What stands in the place of what is not here yet; `None` once it is.
    pub fn instead(self) -> Option<Html> {
        match self {
            Later::Here => None,
            Later::Coming => {
                Some(html! { <p class="soft later" role="status">{ "Loading this part of the page…" }</p> })
            }
            Later::Failed(why, again) => Some(html! {
                <div class="empty" role="alert">
                    <h2>{ "This part of the page did not arrive" }</h2>
                    <p>{ format!("{why}. What you made is safe. Check the connection and try again.") }</p>
                    <button class="btn primary" onclick={again}>{ "Try again" }</button>
                </div>
            }),
        }
    }
}
