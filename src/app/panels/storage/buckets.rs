//! S3's buckets and objects: make, list, put, get, delete.

use crate::dialogs::FormKind;
use crate::dialogs::form::Form;
use crate::session::{Action, ApiCall, Ctx, Selection, Toast, ToastKind, use_ctx};
use crate::ui::{CallButton, CallText, Empty, day_text, download};
use stratus_engine::base::limits::PUT_BYTES;
use stratus_engine::catalog::Region;
use stratus_engine::world::objects::Bucket;
use stratus_model::{Structure, Value, field};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// The shelf of buckets.
#[component]
pub fn Buckets() -> Html {
    let ctx = use_ctx();
    let buckets: Vec<Bucket> = ctx.world().s3.buckets.rows().cloned().collect();
    let open = match &ctx.screen().selection {
        Some(Selection::Bucket(name) | Selection::Object(name, _)) => Some(name.clone()),
        _ => None,
    };
    let shown = open
        .and_then(|name| ctx.world().s3.buckets.get(&name))
        .or(ctx.world().s3.buckets.rows().next());
    html! {
        <div class="stack">
            <Form key={ctx.region().name()} kind={FormKind::CreateBucket(ctx.region())} inline={true} />
            if buckets.is_empty() {
                <Empty title="No bucket yet"><p>{ "A bucket holds objects: files by key, in one Region. Its name is unique among all customers of AWS." }</p></Empty>
            } else {
                <ul class="buckets">{ for buckets.iter().map(|bucket| {
                    let name = bucket.name.clone();
                    let here = shown.is_some_and(|shown| shown.name == bucket.name);
                    html! {
                        <li><button class={classes!("btn", here.then_some("here"))} aria-pressed={here.to_string()} onclick={ctx.on(move || Action::Select(Some(Selection::Bucket(name.clone()))))}>
                            <b>{ &bucket.name }</b><span class="soft">{ format!("{} · {} objects", bucket.region.name(), bucket.objects.len()) }</span>
                        </button></li>
                    }
                }) }</ul>
            }
            if let Some(bucket) = shown { { objects(&ctx, bucket) } }
        </div>
    }
}

fn objects(ctx: &Ctx, bucket: &Bucket) -> Html {
    let region = bucket.region;
    let delete = Structure::new().with(field::BUCKET, bucket.name.as_str());
    html! {
        <section class="card" aria-label={format!("Bucket {}", bucket.name)}>
            <div class="row spread"><h2>{ &bucket.name }</h2>
                <div class="row"><Upload bucket={bucket.name.clone()} {region} /><CallButton label="Delete bucket" class={classes!("danger")} call={ApiCall::new(region, "s3", "DeleteBucket", delete)} /></div>
            </div>
            if bucket.objects.is_empty() {
                <p class="soft">{ "Empty. Upload a file of up to 8 MB; it stays in this browser." }</p>
            } else {
                <div class="scroll-x"><table>
                    <thead><tr><th>{ "Key" }</th><th class="number">{ "Bytes" }</th><th>{ "Modified" }</th><th>{ "Type" }</th><th><span class="visually-hidden">{ "What can be done" }</span></th></tr></thead>
                    <tbody>{ for bucket.objects.iter().map(|(key, object)| {
                        let params = Structure::new().with(field::BUCKET, bucket.name.as_str()).with(field::KEY, key.as_str());
                        let (name, body, kind) = (key.clone(), object.body.clone(), object.content_type.clone());
                        let save = Callback::from(move |_: MouseEvent| download::save(name.rsplit('/').next().unwrap_or("object"), &kind, &body.copy(0, body.len())));
                        let (b, k) = (bucket.name.clone(), key.clone());
                        html! {
                            <tr key={key.clone()}>
                                <td><button class="link mono" onclick={ctx.on(move || Action::Select(Some(Selection::Object(b.clone(), k.clone()))))}>{ key }</button></td>
                                <td class="number">{ object.body.len() }</td><td class="nowrap">{ day_text(object.modified) }</td><td>{ &object.content_type }</td>
                                <td><div class="row"><button class="btn" onclick={save} aria-label={format!("Download {key}")}>{ "Download" }</button>
                                    <CallButton label="Delete" class={classes!("danger")} call={ApiCall::new(region, "s3", "DeleteObject", params)} /></div></td>
                            </tr>
                        }
                    }) }</tbody>
                </table></div>
            }
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct UploadProps {
    bucket: String,
    region: Region,
}

/// The button that puts a file into the bucket; once it has, the command that does the same.
#[component]
fn Upload(props: &UploadProps) -> Html {
    let last = use_state(|| None::<ApiCall>);
    let (ctx, name, region) = (use_ctx(), props.bucket.clone(), props.region);
    let done = last.clone();
    let onchange = Callback::from(move |event: Event| {
        let file = event
            .target_dyn_into::<HtmlInputElement>()
            .and_then(|input| input.files())
            .and_then(|files| files.get(0));
        let Some(file) = file else { return };
        if file.size() > PUT_BYTES as f64 {
            let text = format!(
                "{} has {} bytes; a file here may have {PUT_BYTES}.",
                file.name(),
                file.size()
            );
            return ctx.act(Action::Toast(Toast::new(
                ToastKind::Bad,
                "That file is too large",
                text,
            )));
        }
        let (ctx, name, done) = (ctx.clone(), name.clone(), done.clone());
        wasm_bindgen_futures::spawn_local(async move {
            let Ok(buffer) = wasm_bindgen_futures::JsFuture::from(file.array_buffer()).await else {
                return;
            };
            let bytes = js_sys::Uint8Array::new(&buffer).to_vec();
            let kind = file.type_();
            let params = Structure::new()
                .with(field::BUCKET, name)
                .with(field::KEY, file.name())
                .with(field::BODY, Value::Blob(bytes))
                .with_some(field::CONTENT_TYPE, Some(kind).filter(|kind| !kind.is_empty()));
            let call = ApiCall::new(region, "s3", "PutObject", params);
            done.set(Some(call.clone()));
            ctx.act(Action::Call {
                call,
                done: None,
                quiet: false,
            });
        });
    });
    html! {
        <>
            <label class="btn primary file">{ "Upload a file" }<input type="file" class="visually-hidden" {onchange} /></label>
            if let Some(call) = &*last { <CallText call={call.clone()} /> }
        </>
    }
}
