//! Hands the person a file.

use wasm_bindgen::JsCast;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// Offers bytes as a file of this name. Does nothing where the browser has no document.
pub fn save(name: &str, media_type: &str, bytes: &[u8]) {
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes).into());
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    if let Ok(blob) = Blob::new_with_u8_array_sequence_and_options(&parts, &options) {
        save_blob(name, &blob);
    }
}

/// Offers what the browser already holds as a file of this name.
pub fn save_blob(name: &str, blob: &Blob) {
    let anchor = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.create_element("a").ok())
        .and_then(|element| element.dyn_into::<HtmlAnchorElement>().ok());
    let url = Url::create_object_url_with_blob(blob);
    if let (Some(anchor), Ok(url)) = (anchor, url) {
        anchor.set_href(&url);
        anchor.set_download(name);
        anchor.click();
        // The browser has taken the bytes by the next turn of the loop.
        gloo::timers::callback::Timeout::new(1_000, move || {
            let _ = Url::revoke_object_url(&url);
        })
        .forget();
    }
}
