//! The saved workspaces: open, rename, duplicate, delete (which can be taken back), import, export.

use crate::session::action::WorkspaceAction;
use crate::session::{Action, use_ctx};
use crate::ui::Modal;
use stratus_storage::Workspace;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// The dialog.
#[component]
pub fn Workspaces() -> Html {
    let ctx = use_ctx();
    let known = ctx.view().workspaces.clone();
    let import = {
        let ctx = ctx.clone();
        Callback::from(move |event: Event| {
            let file = event
                .target_dyn_into::<HtmlInputElement>()
                .and_then(|input| input.files())
                .and_then(|files| files.get(0));
            let ctx = ctx.clone();
            if let Some(file) = file {
                wasm_bindgen_futures::spawn_local(async move {
                    let text = wasm_bindgen_futures::JsFuture::from(file.text())
                        .await
                        .ok()
                        .and_then(|text| text.as_string());
                    ctx.act(Action::Workspace(WorkspaceAction::Import(text.unwrap_or_default())));
                });
            }
        })
    };
    let (gone, here): (Vec<&Workspace>, Vec<&Workspace>) =
        known.iter().partition(|workspace| workspace.deleted.is_some());
    html! {
        <Modal title="Workspaces">
            <div class="stack">
                <div class="row">
                    <button class="btn primary" onclick={ctx.on(|| Action::OpenScenario("empty".into()))}>{ "New, empty" }</button>
                    <label class="btn file">{ "Import a file" }<input type="file" accept=".json,.stratus.json,application/json" class="visually-hidden" onchange={import} /></label>
                    <button class="btn" onclick={ctx.on(|| Action::Workspace(WorkspaceAction::Export))}>{ "Export this one" }</button>
                </div>
                <ul class="workspaces">{ for here.iter().map(|workspace| html! { <Row key={workspace.id.clone()} workspace={(*workspace).clone()} /> }) }</ul>
                if !gone.is_empty() {
                    <h3>{ "Deleted, kept for 30 days" }</h3>
                    <ul class="workspaces">
                        { for gone.iter().map(|workspace| { let id = workspace.id.clone(); html! {
                            <li><span class="grow soft">{ &workspace.name }</span>
                                <button class="btn" onclick={ctx.on(move || Action::Workspace(WorkspaceAction::Restore(id.clone())))}>{ "Take back" }</button></li>
                        } }) }
                    </ul>
                }
            </div>
        </Modal>
    }
}

#[derive(Properties, PartialEq)]
struct RowProps {
    workspace: Workspace,
}

#[component]
fn Row(props: &RowProps) -> Html {
    let ctx = use_ctx();
    let workspace = &props.workspace;
    let current = ctx.view().workspace_id.as_deref() == Some(workspace.id.as_str());
    let id = workspace.id.clone();
    let rename = {
        let (ctx, id, old) = (ctx.clone(), id.clone(), workspace.name.clone());
        Callback::from(move |event: Event| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else {
                return;
            };
            let name = input.value();
            if name.trim().is_empty() {
                input.set_value(&old);
            } else {
                ctx.act(Action::Workspace(WorkspaceAction::Rename(
                    id.clone(),
                    name.trim().to_owned(),
                )));
            }
        })
    };
    let act = |action: fn(String) -> WorkspaceAction| {
        let id = id.clone();
        ctx.on(move || Action::Workspace(action(id.clone())))
    };
    html! {
        <li class={classes!(current.then_some("here"))}>
            <input class="input grow" type="text" value={workspace.name.clone()} onchange={rename} aria-label={format!("Name of {}", workspace.name)} />
            if current { <span class="tag">{ "open" }</span> } else {
                <button class="btn" onclick={act(WorkspaceAction::Open)} aria-label={format!("Open {}", workspace.name)}>{ "Open" }</button>
            }
            <button class="btn" onclick={act(WorkspaceAction::Duplicate)} aria-label={format!("Duplicate {}", workspace.name)}>{ "Duplicate" }</button>
            if !current { <button class="btn danger" onclick={act(WorkspaceAction::Delete)} aria-label={format!("Delete {}", workspace.name)}>{ "Delete" }</button> }
        </li>
    }
}
