//! The file tray: the files that commands read and write. One sees them, adds to them, takes them out, deletes them.

use crate::session::action::{TerminalAction, Toast, ToastKind};
use crate::session::{Action, Ctx};
use crate::ui::{Glyph, Icon, Settled, bytes_text, download};
use std::rc::Rc;
use wasm_bindgen_futures::JsFuture;
use web_sys::{FileList, HtmlInputElement};
use yew::prelude::*;

/// Most files that are listed; the others are there all the same.
const LISTED: usize = 200;
/// Largest file that is taken in.
const FILE_BYTES: f64 = 64.0 * 1024.0 * 1024.0;

/// Properties of [`FileTray`].
#[derive(Properties, PartialEq)]
pub struct TrayProps {
    /// The session.
    pub ctx: Settled,
}

/// Reads files from the person's machine into the tray. Nothing of them leaves the page.
pub fn take(ctx: &Ctx, list: &FileList) {
    for file in (0..list.length()).filter_map(|place| list.get(place)) {
        let ctx = ctx.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let name = file.name();
            let refuse = |why: &str| {
                let text = format!("{name}: {why}");
                ctx.act(Action::Toast(Toast::new(
                    ToastKind::Bad,
                    "The file was not added",
                    text,
                )));
            };
            if file.size() > FILE_BYTES {
                return refuse("it is larger than 64 MiB");
            }
            match JsFuture::from(file.array_buffer()).await {
                Ok(buffer) => {
                    let bytes = js_sys::Uint8Array::new(&buffer).to_vec();
                    ctx.act(Action::Terminal(TerminalAction::AddFile(name, Rc::new(bytes))));
                }
                Err(_) => refuse("it could not be read"),
            }
        });
    }
}

/// The tray, folded until one opens it.
#[component]
pub fn FileTray(props: &TrayProps) -> Html {
    let ctx = &props.ctx;
    let shell = ctx.view().terminal.shell.clone();
    let files: Vec<(String, usize)> = shell
        .iter()
        .flat_map(|shell| shell.session.tray.iter())
        .map(|(name, file)| (name.to_owned(), file.bytes.len()))
        .collect();
    let onchange = {
        let ctx = ctx.clone();
        Callback::from(move |event: Event| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else {
                return;
            };
            if let Some(list) = input.files() {
                take(&ctx, &list);
            }
            // The same file may be chosen again.
            input.set_value("");
        })
    };
    let count = files.len();
    let summary = match count {
        0 => "File tray: empty".to_owned(),
        1 => "File tray: 1 file".to_owned(),
        count => format!("File tray: {count} files"),
    };
    html! {
        <details class="tray">
            <summary>{ summary }</summary>
            <div class="tray-inside">
                <p class="soft">{ "Commands read and write these: file://NAME, > NAME, aws s3 cp NAME s3://… Nothing leaves the page." }</p>
                <label class="btn file">{ "Add files" }<input type="file" multiple=true class="visually-hidden" {onchange} /></label>
                <span class="soft">{ " or drop them on the terminal" }</span>
                if count > 0 {
                    <ul class="tray-files">{ for files.iter().take(LISTED).map(|(name, bytes)| row(ctx, name, *bytes)) }</ul>
                }
                if count > LISTED { <p class="soft">{ format!("and {} more: ls lists them", count - LISTED) }</p> }
            </div>
        </details>
    }
}

fn row(ctx: &Settled, name: &str, bytes: usize) -> Html {
    let save = {
        let (ctx, name) = (ctx.clone(), name.to_owned());
        Callback::from(move |_: MouseEvent| {
            let shell = ctx.view().terminal.shell.clone();
            let file = shell.as_ref().and_then(|shell| shell.session.tray.get(&name));
            if let Some(bytes) = file {
                let base = name.rsplit('/').next().unwrap_or(&name);
                download::save(base, "application/octet-stream", bytes);
            }
        })
    };
    let delete = {
        let name = name.to_owned();
        ctx.on(move || Action::Terminal(TerminalAction::DeleteFile(name.clone())))
    };
    html! {
        <li key={name.to_owned()}>
            <span class="mono name">{ name.to_owned() }</span>
            <span class="soft">{ bytes_text(i64::try_from(bytes).unwrap_or(i64::MAX)) }</span>
            <button class="btn quiet" onclick={save} aria-label={format!("Download {name}")} title="Download"><Icon glyph={Glyph::Download} /></button>
            <button class="btn quiet" onclick={delete} aria-label={format!("Delete {name}")} title="Delete"><Icon glyph={Glyph::Close} /></button>
        </li>
    }
}
