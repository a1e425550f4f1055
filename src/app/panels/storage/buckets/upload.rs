//! Files and typed text become objects: picked, dropped or written here. A call carries up to 8 MiB; what is larger goes up in
//! parts, as `aws s3 cp` does it. The bytes stay in this browser, kept by their hash.

use super::super::{choose, use_text};
use super::classes::CLASSES;
use super::{call, row};
use crate::session::action::Outcome;
use crate::session::{Action, ApiCall, Ctx, Toast, ToastKind, use_ctx};
use crate::ui::{CallText, Typed};
use std::rc::Rc;
use stratus_engine::base::limits::PUT_BYTES;
use stratus_model::{Structure, Value, field};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{File, FileList, HtmlInputElement, SubmitEvent};
use yew::prelude::*;

/// Bytes of an object that is put in parts.
const LARGEST: usize = 64 << 20;

/// Properties of [`Upload`].
#[derive(Properties, PartialEq)]
pub struct UploadProps {
    /// The bucket's name.
    pub name: AttrValue,
    /// The folder that is open: what the keys begin with.
    pub prefix: AttrValue,
}

/// What is to be put.
struct Put {
    call: ApiCall,
    bytes: Vec<u8>,
}

/// The place to drop files on, with a picker, a text field, and the class that what is put gets.
#[component]
pub fn Upload(props: &UploadProps) -> Html {
    let ctx = use_ctx();
    let over = use_state_eq(|| false);
    let writing = use_state_eq(|| false);
    let (class, on_class) = use_text(|| "STANDARD".to_owned());
    let last = use_state(|| None::<ApiCall>);
    let take = {
        let (ctx, name, prefix) = (ctx.clone(), props.name.clone(), props.prefix.clone());
        let (class, last) = ((*class).clone(), last.clone());
        Callback::from(move |files: FileList| {
            for file in (0..files.length()).filter_map(|at| files.get(at)) {
                let key = format!("{prefix}{}", file.name());
                let last = last.clone();
                let told = Callback::from(move |call| last.set(Some(call)));
                put_file(&ctx, &name, key, &class, file, told);
            }
        })
    };
    let onchange = {
        let take = take.clone();
        Callback::from(move |event: Event| {
            let input = event.target_dyn_into::<HtmlInputElement>();
            if let Some(files) = input.as_ref().and_then(HtmlInputElement::files) {
                take.emit(files);
            }
            // The same file can be picked again.
            if let Some(input) = input {
                input.set_value("");
            }
        })
    };
    let drag = |value: bool| {
        let over = over.clone();
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            over.set(value);
        })
    };
    let ondrop = {
        let over = over.clone();
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            over.set(false);
            if let Some(files) = event.data_transfer().and_then(|data| data.files()) {
                take.emit(files);
            }
        })
    };
    let fold = {
        let writing = writing.clone();
        Callback::from(move |_: MouseEvent| writing.set(!*writing))
    };
    let classes = CLASSES.iter().map(|class| (class.name, class.words));
    html! {
        <div class={classes!("drop", over.then_some("over"))} ondragover={drag(true)} ondragleave={drag(false)} {ondrop}>
            <div class="row">
                <label class="btn primary file">{ "Upload files" }<input type="file" multiple=true class="visually-hidden" {onchange} /></label>
                <button class="btn" onclick={fold} aria-expanded={writing.to_string()}>{ "Write a text" }</button>
                <span class="soft drop-hint">{ "or drop files here" }</span>
                { choose("Storage class", &class, classes, on_class) }
            </div>
            if *writing { <Writer name={props.name.clone()} prefix={props.prefix.clone()} class={(*class).clone()} /> }
            if let Some(call) = &*last { <CallText call={call.clone()} /> }
        </div>
    }
}

/// Properties of [`Writer`].
#[derive(Properties, PartialEq)]
struct WriterProps {
    name: AttrValue,
    prefix: AttrValue,
    class: AttrValue,
}

/// A key, a text, and the button that puts it.
#[component]
fn Writer(props: &WriterProps) -> Html {
    let ctx = use_ctx();
    let (key, on_key) = use_text(|| format!("{}note.txt", props.prefix));
    let (text, on_text) = use_text(String::new);
    let Some(bucket) = row(&ctx, &props.name) else {
        return Html::default();
    };
    let kind = match key.rsplit('.').next() {
        Some("html" | "htm") => "text/html",
        Some("json") => "application/json",
        Some("css") => "text/css",
        _ => "text/plain",
    };
    let put = call(bucket, "PutObject", |own| {
        object(own, &key, &props.class, kind).with(field::BODY, Value::Blob(text.as_bytes().to_vec()))
    });
    let onsubmit = {
        let (ctx, put) = (ctx.clone(), put.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            ctx.act(Action::Call {
                call: put.clone(),
                done: None,
                quiet: false,
            });
        })
    };
    html! {
        <form class="stack writer" {onsubmit}>
            <label class="field">{ "Key" }<Typed value={(*key).clone()} onchange={on_key} /></label>
            <label class="field">{ "Text" }<Typed value={(*text).clone()} onchange={on_text} rows=4 /></label>
            <CallText call={put} />
            <div class="row"><button class="btn primary" type="submit" disabled={key.is_empty()}>{ "Put text" }</button></div>
        </form>
    }
}

/// The members of a call that makes an object.
fn object(own: Structure, key: &str, class: &str, kind: &str) -> Structure {
    own.with(field::KEY, key)
        .with_some(field::CONTENT_TYPE, Some(kind).filter(|kind| !kind.is_empty()))
        .with_some(field::STORAGE_CLASS, Some(class).filter(|class| *class != "STANDARD"))
}

/// Reads a file and puts it.
fn put_file(ctx: &Ctx, name: &str, key: String, class: &str, file: File, told: Callback<ApiCall>) {
    if file.size() > LARGEST as f64 {
        let text = format!(
            "{} has {} bytes; an object here may have {LARGEST}.",
            file.name(),
            file.size()
        );
        return ctx.act(Action::Toast(Toast::new(
            ToastKind::Bad,
            "That file is too large",
            text,
        )));
    }
    let Some(bucket) = row(ctx, name) else { return };
    let call = call(bucket, "PutObject", |own| object(own, &key, class, &file.type_()));
    let ctx = ctx.clone();
    spawn_local(async move {
        match JsFuture::from(file.array_buffer()).await {
            Ok(buffer) => {
                let bytes = js_sys::Uint8Array::new(&buffer).to_vec();
                put(&ctx, Put { call, bytes }, &told);
            }
            Err(_) => ctx.act(Action::Toast(Toast::new(
                ToastKind::Bad,
                "That file could not be read",
                file.name(),
            ))),
        }
    });
}

fn put(ctx: &Ctx, put: Put, told: &Callback<ApiCall>) {
    let Put { mut call, bytes } = put;
    if bytes.len() > PUT_BYTES {
        return begin(ctx, call, bytes);
    }
    call.params.set(field::BODY, Value::Blob(bytes));
    told.emit(call.clone());
    ctx.act(Action::Call {
        call,
        done: None,
        quiet: false,
    });
}

/// An upload in parts under way.
struct Job {
    ctx: Ctx,
    /// `Bucket`, `Key` and `UploadId`.
    own: Structure,
    call: ApiCall,
    bytes: Vec<u8>,
}

fn begin(ctx: &Ctx, mut call: ApiCall, bytes: Vec<u8>) {
    call.operation = "CreateMultipartUpload";
    let (then, made) = (ctx.clone(), call.clone());
    let done = Callback::from(move |outcome: Outcome| {
        let Ok(answer) = outcome else { return };
        let own = [field::BUCKET, field::KEY]
            .into_iter()
            .fold(Structure::new(), |own, name| {
                own.with_some(name, made.params.text(name))
            });
        let job = Job {
            ctx: then.clone(),
            own: own.with_some(field::UPLOAD_ID, answer.text(field::UPLOAD_ID)),
            call: made.clone(),
            bytes: bytes.clone(),
        };
        part(Rc::new(job), 1, Vec::new());
    });
    ctx.act(Action::Call {
        call,
        done: Some(done),
        quiet: false,
    });
}

/// Puts the part of this number, then the next one; after the last, all become one object.
fn part(job: Rc<Job>, number: i64, parts: Vec<Structure>) {
    let at = usize::try_from(number - 1).unwrap_or(0).saturating_mul(PUT_BYTES);
    let piece = job
        .bytes
        .get(at..(at + PUT_BYTES).min(job.bytes.len()))
        .unwrap_or_default();
    let is_over = piece.is_empty();
    let (operation, params) = if is_over {
        let list = Structure::new().with(field::PARTS, parts.clone());
        (
            "CompleteMultipartUpload",
            job.own.clone().with(field::MULTIPART_UPLOAD, list),
        )
    } else {
        let own = job.own.clone().with(field::PART_NUMBER, number);
        ("UploadPart", own.with(field::BODY, Value::Blob(piece.to_vec())))
    };
    let next = job.clone();
    let done = Callback::from(move |outcome: Outcome| {
        let Ok(answer) = outcome else { return };
        if is_over {
            return;
        }
        let own = Structure::new()
            .with(field::PART_NUMBER, number)
            .with_some(field::E_TAG, answer.text(field::E_TAG));
        part(next.clone(), number + 1, parts.iter().cloned().chain([own]).collect());
    });
    job.ctx.act(Action::Call {
        call: ApiCall::new(job.call.region, "s3", operation, params),
        done: Some(done),
        quiet: false,
    });
}
