//! The saved workspaces: open, rename, duplicate, delete (which can be taken back), import, export; and what of them was set
//! aside as damaged.

use crate::session::action::WorkspaceAction;
use crate::session::{Action, Ctx, use_ctx};
use crate::ui::{Modal, read_text};
use stratus_model::time;
use stratus_storage::limits::NAME_CHARS;
use stratus_storage::{SetAside, Workspace};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// The dialog.
#[component]
pub fn Workspaces() -> Html {
    let ctx = use_ctx();
    let known = ctx.view().workspaces.clone();
    let import = {
        let then = ctx.clone();
        let import = Callback::from(move |text| then.act(Action::Workspace(WorkspaceAction::Import(text))));
        read_text(&ctx, import)
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
                        { for gone.iter().map(|Workspace { id, name, .. }| html! {
                            <li><span class="grow soft">{ name }</span>{ button(&ctx, "Take back", name, WorkspaceAction::Restore, id) }</li>
                        }) }
                    </ul>
                }
                if !ctx.view().aside.is_empty() {
                    <h3>{ "Set aside as damaged" }</h3>
                    <p class="soft">{ "Bytes that could not be read when their workspace was opened. Nothing needs them; whoever wants to find out what they were can download them." }</p>
                    <ul class="workspaces">{ for ctx.view().aside.iter().map(|(name, aside)| damaged(&ctx, name, aside)) }</ul>
                }
            </div>
        </Modal>
    }
}

/// A button of a row: what it does is in its word, and of what in its name.
fn button(ctx: &Ctx, word: &'static str, of: &str, action: fn(String) -> WorkspaceAction, id: &str) -> Html {
    let id = id.to_owned();
    let onclick = ctx.on::<MouseEvent>(move || Action::Workspace(action(id.clone())));
    let class = classes!("btn", (word == "Delete").then_some("danger"));
    html! { <button {class} {onclick} aria-label={format!("{word} {of}")}>{ word }</button> }
}

/// The row of what was set aside once.
fn damaged(ctx: &Ctx, name: &str, aside: &SetAside) -> Html {
    // `2026-03-01T09:00:00Z` as people read it.
    let when = time::iso8601(aside.when - aside.when.rem_euclid(1_000))
        .replace('T', " ")
        .replace('Z', " UTC");
    let of = format!("the damaged bytes of {name}");
    html! {
        <li key={aside.key.clone()} class="aside" title={when.clone()}>
            <span class="grow">{ name }<br /><span class="soft">{ format!("{when}, {} bytes", aside.bytes.len()) }</span></span>
            { button(ctx, "Download", &of, WorkspaceAction::DownloadAside, &aside.key) }
            { button(ctx, "Delete", &of, WorkspaceAction::DiscardAside, &aside.key) }
        </li>
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
    // What is being typed, and the name that it is to replace: without it, the next tick of the clock would draw over it.
    let typed = use_state(|| None::<(String, String)>);
    let name = match &*typed {
        Some((old, new)) if *old == workspace.name => new.clone(),
        _ => workspace.name.clone(),
    };
    let oninput = {
        let (typed, old) = (typed.clone(), workspace.name.clone());
        Callback::from(move |event: InputEvent| {
            let input = event.target_dyn_into::<HtmlInputElement>();
            typed.set(input.map(|input| (old.clone(), input.value())));
        })
    };
    let onchange = {
        let (ctx, id) = (ctx.clone(), id.clone());
        Callback::from(move |event: Event| {
            let input = event.target_dyn_into::<HtmlInputElement>();
            match input.map(|input| input.value().trim().to_owned()) {
                Some(name) if !name.is_empty() => {
                    ctx.act(Action::Workspace(WorkspaceAction::Rename(id.clone(), name)));
                }
                _ => typed.set(None),
            }
        })
    };
    let button = |word, action| button(&ctx, word, &workspace.name, action, &id);
    html! {
        <li class={classes!(current.then_some("here"))}>
            <input class="input grow" type="text" value={name} maxlength={NAME_CHARS.to_string()} {oninput} {onchange} aria-label={format!("Name of {}", workspace.name)} />
            if current { <span class="tag">{ "open" }</span> } else { { button("Open", WorkspaceAction::Open) } }
            { button("Duplicate", WorkspaceAction::Duplicate) }
            if !current { { button("Delete", WorkspaceAction::Delete) } }
        </li>
    }
}
