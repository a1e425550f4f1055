//! The dialogs. One is open at a time; each is a file here.

use crate::later::use_later;
use crate::session::{Dialog, use_ctx};
use yew::prelude::*;

pub use form::{FormKind, MoreForm};

/// Shows the open dialog, if any.
#[component]
pub fn DialogHost() -> Html {
    let ctx = use_ctx();
    match &ctx.screen().dialog {
        Some(dialog) => html! { <LaterDialog dialog={dialog.clone()} /> },
        None => html! {},
    }
}

#[derive(Properties, PartialEq)]
struct LaterProps {
    dialog: Dialog,
}

/// All dialogs are in the later part of the program.
#[component]
fn LaterDialog(props: &LaterProps) -> Html {
    if let Some(instead) = use_later().instead() {
        return html! { <crate::ui::Modal title="One moment">{ instead }</crate::ui::Modal> };
    }
    open(&props.dialog)
}

fn open(dialog: &Dialog) -> Html {
    match dialog {
        Dialog::Launch => html! { <launch::Launch /> },
        Dialog::Share => html! { <share::Share /> },
        Dialog::Export => html! { <export::Export /> },
        Dialog::Search => html! { <search::Search /> },
        Dialog::Workspaces => html! { <workspaces::Workspaces /> },
        Dialog::Arrival => html! { <arrival::Arrival /> },
        Dialog::Report => html! { <report::Report /> },
        Dialog::Shortcuts => html! { <shortcuts::Shortcuts /> },
        Dialog::Confirm(confirm) => html! { <confirm::ConfirmDialog confirm={(**confirm).clone()} /> },
        Dialog::Form(kind) => html! { <form::Form kind={kind.clone()} /> },
    }
}

pub mod arrival;
pub mod confirm;
pub mod export;
pub mod form;
pub mod launch;
mod private;
pub mod report;
pub mod search;
pub mod share;
pub mod shortcuts;
pub mod workspaces;
