//! "Export", where something of the world may be private: what of it to leave out of the file. Without such a thing the file
//! is made at once, and this dialog does not come.

use super::private::use_private;
use crate::session::action::WorkspaceAction;
use crate::session::{Action, use_ctx};
use crate::ui::Modal;
use yew::prelude::*;

/// The dialog.
#[component]
pub fn Export() -> Html {
    let ctx = use_ctx();
    let private = use_private(&ctx.view().shared, false);
    let left_out = private.left_out();
    let foot = html! {
        <>
            <button class="btn" onclick={ctx.on(|| Action::Dialog(None))}>{ "Cancel" }</button>
            <button class="btn primary" onclick={ctx.on(move || Action::Workspace(WorkspaceAction::ExportWithout(left_out.clone())))}>{ "Export" }</button>
        </>
    };
    html! {
        <Modal title="Export" {foot}>
            <div class="stack">
                <p class="soft">{ "The file holds the world itself, with all branches of the history. Whoever has it can read all that was typed; what you leave out is missing in the file only." }</p>
                { private.list() }
            </div>
        </Modal>
    }
}
