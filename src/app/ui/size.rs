//! Hears when an element changes its size, for whatever reason: the window's, a fold's, a letter's. Nothing is measured here.

use std::cell::Cell;
use wasm_bindgen::prelude::*;
use web_sys::Element;
use yew::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// web-sys's own would be one feature more for all that use it.
    type ResizeObserver;
    #[wasm_bindgen(constructor)]
    fn new(callback: &js_sys::Function) -> ResizeObserver;
    #[wasm_bindgen(method)]
    fn observe(this: &ResizeObserver, element: &Element);
    #[wasm_bindgen(method)]
    fn disconnect(this: &ResizeObserver);
}

/// Hears of an element's size until it is dropped.
struct SizeWatch {
    observer: ResizeObserver,
    /// Kept for as long as the browser may call it.
    _heard: Closure<dyn Fn()>,
}

impl SizeWatch {
    /// Begins to listen: once at the beginning, then after each change.
    fn new(element: &Element, heard: Box<dyn Fn()>) -> SizeWatch {
        let heard = Closure::wrap(heard);
        let observer = ResizeObserver::new(heard.as_ref().unchecked_ref());
        observer.observe(element);
        SizeWatch {
            observer,
            _heard: heard,
        }
    }
}

/// Counts up whenever the element that `find` gives, once it is drawn, changes its size.
#[hook]
pub fn use_resized(find: impl FnOnce() -> Option<Element> + 'static) -> u32 {
    let resized = use_state(|| 0_u32);
    {
        let resized = resized.clone();
        use_effect_with((), move |()| {
            let count = Cell::new(0);
            let again = move || {
                count.set(count.get() + 1);
                resized.set(count.get());
            };
            let watch = find().map(|element| SizeWatch::new(&element, Box::new(again)));
            move || drop(watch)
        });
    }
    *resized
}

impl Drop for SizeWatch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
