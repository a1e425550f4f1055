//! Uploads in parts that are under way: what has come of each, what that costs, and how it ends.

use super::super::{on_clock, use_text};
use super::{BucketProps, call, row};
use crate::map::count;
use crate::session::{Action, ApiCall, Ctx, use_ctx};
use crate::ui::{CallButton, CommandLine, Empty, Source, Typed, bytes_text, money_text};
use stratus_engine::catalog::{Money, prices};
use stratus_engine::world::objects::{Bucket, Upload};
use stratus_model::{Structure, Value, field};
use yew::prelude::*;

/// Bytes of a part that is made here: the least that every part but the last has.
const PART: usize = 5 << 20;

/// The page.
#[component]
pub fn Parts(props: &BucketProps) -> Html {
    let ctx = use_ctx();
    let (key, on_key) = use_text(|| "film.mp4".to_owned());
    let Some(bucket) = row(&ctx, &props.name) else {
        return Html::default();
    };
    let begin = call(bucket, "CreateMultipartUpload", |own| {
        own.with(field::KEY, key.as_str())
    });
    html! {
        <>
            <p class="soft">{ "Large objects go up in parts of 5 MiB or more, in any order, over hours or days. Until the upload is completed or aborted no list of objects shows its parts, but the bill does." }</p>
            <div class="take">
                <label class="field">{ "Key" }<Typed value={(*key).clone()} onchange={on_key} /></label>
                <CallButton label="Begin an upload" class={classes!("primary")} call={begin} />
            </div>
            if bucket.uploads.is_empty() {
                <Empty title="No upload under way"><p>{ "A file over 8 MiB that you upload goes up in parts by itself; one that breaks off stays here." }</p></Empty>
            } else {
                <ul class="lent" aria-label="Uploads under way">{ for bucket.uploads.iter().map(|((key, _), upload)| line(&ctx, bucket, key, upload)) }</ul>
            }
            <Source source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpu-abort-incomplete-mpu-lifecycle-config.html">{ "A lifecycle rule can abort what was left behind." }</Source>
        </>
    }
}

fn line(ctx: &Ctx, bucket: &Bucket, key: &str, upload: &Upload) -> Html {
    let bytes: i64 = upload.parts.rows().map(|part| part.body.len() as i64).sum();
    let rate = prices::object_storage(&upload.object.storage_class);
    let cost = rate.map_or(Money::ZERO, |rate| rate.month(bytes.into()));
    let own = |operation: &'static str| {
        call(bucket, operation, |own| {
            own.with(field::KEY, key).with(field::UPLOAD_ID, upload.id.as_str())
        })
    };
    let parts: Vec<Structure> = upload
        .parts
        .iter()
        .map(|(number, part)| {
            Structure::new()
                .with(field::PART_NUMBER, *number)
                .with(field::E_TAG, format!("\"{}\"", part.etag))
        })
        .collect();
    let mut complete = own("CompleteMultipartUpload");
    let none = parts.is_empty().then_some(AttrValue::Static("It has no part yet"));
    complete
        .params
        .set(field::MULTIPART_UPLOAD, Structure::new().with(field::PARTS, parts));
    let next = upload.parts.iter().last().map_or(1, |(number, _)| number + 1);
    html! {
        <li key={upload.id.clone()} class="card">
            <p><b class="mono">{ key.to_owned() }</b>{ format!(" · begun {}", on_clock(ctx, upload.initiated)) }</p>
            <p>{ format!("{}, {} so far: {} a month while it waits.", count(upload.parts.len(), "part", "parts"), bytes_text(bytes), money_text(cost)) }</p>
            <div class="row">
                { more(ctx, own("UploadPart"), next) }
                <CallButton label="Complete" of={key.to_owned()} call={complete} disabled={none} />
                <CallButton label="Abort" of={key.to_owned()} class={classes!("danger")} call={own("AbortMultipartUpload")} />
            </div>
            <CommandLine command={put_next(bucket, key, upload, next)} />
        </li>
    }
}

/// The command that puts a part: its bytes are in a file.
fn put_next(bucket: &Bucket, key: &str, upload: &Upload, number: i64) -> String {
    let quoted = stratus_shell::quote(key);
    format!(
        "aws s3api upload-part --bucket {} --key {quoted} --part-number {number} --upload-id {} --body part --region {}",
        bucket.name,
        upload.id,
        bucket.region.name()
    )
}

/// A part of 5 MiB of one letter: enough to see what parts do.
fn more(ctx: &Ctx, upload: ApiCall, number: i64) -> Html {
    let onclick = ctx.on(move || {
        let mut call = upload.clone();
        let letter = b'a' + u8::try_from(number.rem_euclid(26)).unwrap_or(0);
        call.params.set(field::PART_NUMBER, number);
        call.params.set(field::BODY, Value::Blob(vec![letter; PART]));
        Action::Call {
            call,
            done: None,
            quiet: false,
        }
    });
    html! { <button class="btn" {onclick}>{ format!("Put part {number} (5 MiB)") }</button> }
}
