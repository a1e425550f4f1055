//! Hears when an element changes its size, for whatever reason: the window's, a fold's, a letter's. Nothing is measured here.

use wasm_bindgen::prelude::*;
use web_sys::Element;

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
pub struct SizeWatch {
    observer: ResizeObserver,
    /// Kept for as long as the browser may call it.
    _heard: Closure<dyn Fn()>,
}

impl SizeWatch {
    /// Begins to listen: once at the beginning, then after each change.
    pub fn new(element: &Element, heard: Box<dyn Fn()>) -> SizeWatch {
        let heard = Closure::wrap(heard);
        let observer = ResizeObserver::new(heard.as_ref().unchecked_ref());
        observer.observe(element);
        SizeWatch {
            observer,
            _heard: heard,
        }
    }
}

impl Drop for SizeWatch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
