//! The focus is never lost: when what had it goes (a row that was deleted, a button that has done its work), it moves to
//! the region that it stood in, so that the next Tab goes on from there.

use gloo::events::EventListener;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// Regions that can take the focus for what stood in them.
const REGIONS: &str = "dialog, main, .inspector";

/// What had the focus last, and the region that it stood in.
type Last = Rc<RefCell<Option<(Element, HtmlElement)>>>;

/// Watches the focus; looks after it each time the stamp changes.
#[hook]
pub fn use_focus_kept(stamp: u64) {
    let last: Last = use_mut_ref(|| None);
    {
        let last = last.clone();
        use_effect_with((), move |()| {
            let listener = EventListener::new(&gloo::utils::document(), "focusin", move |event| {
                let element = event.target().and_then(|target| target.dyn_into::<Element>().ok());
                let region = element
                    .as_ref()
                    .and_then(|element| element.closest(REGIONS).ok().flatten())
                    .and_then(|region| region.dyn_into::<HtmlElement>().ok());
                *last.borrow_mut() = element.zip(region);
            });
            move || drop(listener)
        });
    }
    use_effect_with(stamp, move |_| {
        // After everything has been drawn anew.
        let timer = gloo::timers::callback::Timeout::new(0, move || {
            let document = gloo::utils::document();
            let nowhere = document
                .active_element()
                .is_none_or(|active| active.tag_name() == "BODY");
            let lost = last
                .borrow()
                .as_ref()
                .filter(|(element, _)| nowhere && !element.is_connected())
                .cloned();
            if let Some((_, region)) = lost {
                let main = || document.get_element_by_id("main")?.dyn_into::<HtmlElement>().ok();
                let place = if region.is_connected() { Some(region) } else { main() };
                if let Some(place) = place {
                    // Fails only for what cannot take the focus, and these can.
                    let _ = place.focus();
                }
            }
        });
        move || drop(timer)
    });
}
