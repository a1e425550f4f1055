//! The page: shell, map, inspector, panels and dialogs over one engine handle.
//!
//! What may never happen here: a change to the world other than by [`session::Action::Call`] and its kin; text of a
//! person's that becomes markup; a wait for the network.

pub mod app;
pub mod dialogs;
pub mod frame;
pub mod inspector;
pub mod later;
pub mod map;
pub mod panels;
pub mod scripting;
pub mod session;
pub mod ui;

/// Mounts the page into `#app`, in place of what stands there while it loads. Called once, by `static/boot.js`.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn start() {
    match gloo::utils::document().get_element_by_id("app") {
        Some(root) => {
            root.set_text_content(None);
            yew::Renderer::<app::App>::with_root(root).render();
        }
        None => {
            yew::Renderer::<app::App>::new().render();
        }
    }
}
