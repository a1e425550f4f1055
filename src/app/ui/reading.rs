//! Takes the text of a file from the person. Nothing of it leaves the page.

use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Event, HtmlInputElement};
use yew::{Callback, TargetCast};

/// For an `<input type="file">`: hands on the text of the file that was picked. A file that cannot be read is none.
pub fn read_text(then: Callback<String>) -> Callback<Event> {
    Callback::from(move |event: Event| {
        let Some(input) = event.target_dyn_into::<HtmlInputElement>() else {
            return;
        };
        let file = input.files().and_then(|files| files.get(0));
        // The same file can be picked again.
        input.set_value("");
        let (Some(file), then) = (file, then.clone()) else {
            return;
        };
        spawn_local(async move {
            let text = JsFuture::from(file.text()).await;
            if let Some(text) = text.ok().and_then(|text| text.as_string()) {
                then.emit(text);
            }
        });
    })
}
