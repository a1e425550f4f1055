//! Takes the text of a file from the person. Nothing of it leaves the page.

use crate::session::{Action, Ctx, Toast, ToastKind};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Event, HtmlInputElement};
use yew::{Callback, TargetCast};

/// For an `<input type="file">`: hands on the text of the file that was picked, or says that it cannot be read.
pub fn read_text(ctx: &Ctx, then: Callback<String>) -> Callback<Event> {
    let ctx = ctx.clone();
    Callback::from(move |event: Event| {
        let Some(input) = event.target_dyn_into::<HtmlInputElement>() else {
            return;
        };
        let file = input.files().and_then(|files| files.get(0));
        // The same file can be picked again.
        input.set_value("");
        let (Some(file), then, ctx) = (file, then.clone(), ctx.clone()) else {
            return;
        };
        spawn_local(async move {
            let text = JsFuture::from(file.text()).await;
            match text.ok().and_then(|text| text.as_string()) {
                Some(text) => then.emit(text),
                None => {
                    let why = format!("{} is gone, or the browser may not read it.", file.name());
                    ctx.act(Action::Toast(Toast::new(
                        ToastKind::Bad,
                        "That file cannot be read",
                        why,
                    )));
                }
            }
        });
    })
}
