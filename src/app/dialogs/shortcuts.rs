//! The sheet of shortcuts (?).

use crate::frame::keys::SHORTCUTS;
use crate::ui::Modal;
use yew::prelude::*;

/// The sheet.
#[component]
pub fn Shortcuts() -> Html {
    html! {
        <Modal title="Shortcuts">
            <dl class="shortcuts">
                { for SHORTCUTS.iter().map(|(keys, text)| html! { <div><dt><kbd>{ *keys }</kbd></dt><dd>{ *text }</dd></div> }) }
            </dl>
        </Modal>
    }
}
