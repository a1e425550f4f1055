//! The dialogs. One is open at a time; each is a file here.

use crate::session::{Dialog, use_ctx};
use yew::prelude::*;

pub use form::FormKind;

/// Shows the open dialog, if any.
#[component]
pub fn DialogHost() -> Html {
    let ctx = use_ctx();
    match &ctx.screen().dialog {
        Some(Dialog::Launch) => html! { <launch::Launch /> },
        Some(Dialog::Share) => html! { <share::Share /> },
        Some(Dialog::Search) => html! { <search::Search /> },
        Some(Dialog::Workspaces) => html! { <workspaces::Workspaces /> },
        Some(Dialog::Arrival) => html! { <arrival::Arrival /> },
        Some(Dialog::Report) => html! { <report::Report /> },
        Some(Dialog::Shortcuts) => html! { <shortcuts::Shortcuts /> },
        Some(Dialog::Confirm(confirm)) => html! { <confirm::ConfirmDialog confirm={(**confirm).clone()} /> },
        Some(Dialog::Form(kind)) => html! { <form::Form kind={kind.clone()} /> },
        None => html! {},
    }
}

pub mod arrival;
pub mod confirm;
pub mod form;
pub mod launch;
pub mod report;
pub mod search;
pub mod share;
pub mod shortcuts;
pub mod workspaces;
