//! This tab: its clock, fresh names, Web Locks and BroadcastChannels.
//!
//! Web Locks exist in secure contexts only (https and localhost). Elsewhere, and where the lock manager refuses, every
//! tab is given the lock: the tab that opened a workspace last writes, the one before learns it from the channel or
//! from its next write, and a reader does not learn that the writer has gone. Taking over works everywhere.

use std::cell::Cell;
use std::future::{pending, ready};
use std::rc::Rc;

use futures_channel::oneshot;
use js_sys::{Date, Function, Math, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{BroadcastChannel, MessageEvent};

use super::bindings::LockManager;
use super::{of_global, property};
use crate::LocalFuture;
use crate::platform::{Ask, Channel, Hold, Platform};

/// The tab that this code runs in.
pub struct Page {
    locks: Option<LockManager>,
}

impl Page {
    /// With the browser's locks, if it has them.
    pub fn new() -> Self {
        let locks = of_global("navigator").and_then(|navigator| property(&navigator, "locks"));
        Self {
            locks: locks.map(JsCast::unchecked_into),
        }
    }

    /// As a page sees it that is not a secure context.
    pub fn without_locks() -> Self {
        Self { locks: None }
    }
}

impl Default for Page {
    fn default() -> Self {
        Self::new()
    }
}

impl Platform for Page {
    fn now(&self) -> i64 {
        // Whole milliseconds, far below 2^53.
        Date::now() as i64
    }

    fn token(&self) -> String {
        let mut bytes = [0; 16];
        if getrandom::fill(&mut bytes).is_err() {
            // Names need to be different, not secret.
            bytes.iter_mut().for_each(|byte| *byte = (Math::random() * 256.0) as u8);
        }
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn spawn(&self, task: LocalFuture<()>) {
        spawn_local(task);
    }

    fn lock(&self, name: &str, ask: Ask, lost: Box<dyn FnOnce()>) -> LocalFuture<Option<Hold>> {
        let Some(locks) = &self.locks else {
            return without_lock(ask);
        };
        let (sender, receiver) = oneshot::channel();
        let sender = Rc::new(Cell::new(Some(sender)));
        let answer = sender.clone();
        let granted = Closure::once_into_js(move |lock: JsValue| granted(&answer, &lock));
        let options = Object::new();
        let option = match ask {
            Ask::IfFree => "ifAvailable",
            Ask::Steal => "steal",
            Ask::Wait => "mode",
        };
        let value = if ask == Ask::Wait {
            JsValue::from_str("exclusive")
        } else {
            JsValue::TRUE
        };
        // Setting a property of a fresh object cannot fail.
        let _ = Reflect::set(&options, &JsValue::from_str(option), &value);
        let Ok(held) = locks.request(name, &options, granted.unchecked_ref::<Function>()) else {
            return without_lock(ask);
        };
        spawn_local(async move {
            if JsFuture::from(held).await.is_err() {
                match sender.take() {
                    Some(sender) => drop(sender.send(without_lock(ask).await)),
                    None => lost(),
                }
            }
        });
        Box::pin(async move { receiver.await.ok().flatten() })
    }

    fn channel(&self, name: &str, hear: Rc<dyn Fn(&str)>) -> Option<Channel> {
        let channel = BroadcastChannel::new(name).ok()?;
        let listener = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(words) = event.data().as_string() {
                hear(&words);
            }
        });
        channel.set_onmessage(Some(listener.as_ref().unchecked_ref()));
        let speaker = channel.clone();
        let say = move |words: &str| {
            // Fails only on a closed channel, whose listeners no longer matter.
            let _ = speaker.post_message(&JsValue::from_str(words));
        };
        let leave = move || {
            channel.set_onmessage(None);
            channel.close();
            drop(listener);
        };
        Some(Channel {
            say: Rc::new(say),
            hold: Hold::new(leave),
        })
    }
}

/// The lock manager's callback. The lock is held until the promise that this returns resolves.
fn granted(answer: &Cell<Option<oneshot::Sender<Option<Hold>>>>, lock: &JsValue) -> JsValue {
    let Some(sender) = answer.take() else {
        return JsValue::UNDEFINED;
    };
    if lock.is_null() || lock.is_undefined() {
        drop(sender.send(None));
        return JsValue::UNDEFINED;
    }
    let release: Rc<Cell<Option<Function>>> = Rc::default();
    let place = release.clone();
    let held = Promise::new(&mut |resolve, _| place.set(Some(resolve)));
    let hold = Hold::new(move || {
        if let Some(resolve) = release.take() {
            // Resolving a promise cannot fail.
            let _ = resolve.call0(&JsValue::UNDEFINED);
        }
    });
    // If nobody waits any more, the hold comes back and ends here.
    drop(sender.send(Some(hold)));
    held.into()
}

fn without_lock(ask: Ask) -> LocalFuture<Option<Hold>> {
    match ask {
        Ask::IfFree | Ask::Steal => Box::pin(ready(Some(Hold::new(|| {})))),
        Ask::Wait => Box::pin(pending()),
    }
}
