//! The objects of a bucket, folder by folder, with their versions where these are wanted. A folder is nothing but what keys
//! begin with, up to a slash.

use super::super::on_clock;
use super::upload::Upload;
use super::versions::{self, Line};
use super::{BucketProps, call, row};
use crate::map::count;
use crate::session::{Action, Ctx, Selection, use_ctx};
use crate::ui::{CallButton, Empty, Source, bytes_text, download};
use std::collections::BTreeMap;
use stratus_engine::services::s3::restore;
use stratus_engine::world::objects::{Bucket, Object, Versioning};
use stratus_model::{Structure, field};
use yew::prelude::*;

/// Keys that are listed at once.
const MOST: usize = 200;

/// What stands in a folder.
enum Entry {
    /// A folder: how many current objects lie below it.
    Folder(usize),
    /// A key.
    Key,
}

/// What a prefix has directly below it, by name. Keys that have versions only are there where these are wanted.
fn below(bucket: &Bucket, prefix: &str, versions: bool) -> BTreeMap<String, Entry> {
    let current = bucket.objects.iter().map(|(key, _)| (key, true));
    let older = bucket.versions.iter().map(|((key, _), _)| (key, false));
    let mut out = BTreeMap::new();
    for (key, is_current) in current.chain(older.filter(|_| versions)) {
        let Some(rest) = key.strip_prefix(prefix) else { continue };
        match rest.find('/') {
            Some(at) => {
                let folder = format!("{prefix}{}", rest.get(..=at).unwrap_or_default());
                let entry = out.entry(folder).or_insert(Entry::Folder(0));
                if let Entry::Folder(objects) = entry {
                    *objects += usize::from(is_current);
                }
            }
            None => {
                out.entry(key.clone()).or_insert(Entry::Key);
            }
        }
    }
    out
}

/// The page.
#[component]
pub fn Objects(props: &BucketProps) -> Html {
    let ctx = use_ctx();
    let prefix = use_state_eq(String::new);
    let wanted = use_state_eq(|| false);
    let Some(bucket) = row(&ctx, &props.name) else {
        return Html::default();
    };
    let entries = below(bucket, &prefix, *wanted);
    let keeps = !bucket.versioning.is_off();
    let hidden = hidden(bucket);
    let toggle = {
        let wanted = wanted.clone();
        Callback::from(move |_: Event| wanted.set(!*wanted))
    };
    let enter = {
        let prefix = prefix.clone();
        Callback::from(move |to: String| prefix.set(to))
    };
    html! {
        <>
            <Upload name={props.name.clone()} prefix={(*prefix).clone()} />
            { versioning(bucket) }
            <div class="row spread">
                { crumbs(&props.name, &prefix, &enter) }
                if keeps {
                    <label class="check"><input type="checkbox" checked={*wanted} onchange={toggle} />{ " Show versions" }</label>
                }
            </div>
            if entries.is_empty() {
                <Empty title={if prefix.is_empty() { "Nothing here yet" } else { "This folder is empty" }}>
                    <p>{ if hidden > 0 { format!("{} behind delete markers: show versions to see them.", count(hidden, "key is", "keys are")) } else { "Upload a file or write a text. A slash in a key makes a folder.".to_owned() } }</p>
                </Empty>
            } else {
                <ul class="files" aria-label={format!("What is in {}", if prefix.is_empty() { props.name.as_str() } else { prefix.as_str() })}>
                    { for entries.iter().take(MOST).map(|(name, entry)| match entry {
                        Entry::Folder(objects) => folder(name, &prefix, *objects, &enter),
                        Entry::Key => file(&ctx, bucket, name, &prefix, *wanted),
                    }) }
                </ul>
                if entries.len() > MOST { <p class="soft">{ format!("and {} more: `aws s3 ls` lists them all", entries.len() - MOST) }</p> }
                if hidden > 0 && !*wanted { <p class="soft">{ format!("{} hidden behind delete markers.", count(hidden, "key is", "keys are")) }</p> }
            }
        </>
    }
}

/// How many keys have nothing but versions and markers.
fn hidden(bucket: &Bucket) -> usize {
    let mut keys: Vec<&String> = bucket
        .versions
        .iter()
        .map(|((key, _), _)| key)
        .filter(|key| !bucket.objects.contains(key))
        .collect();
    keys.dedup();
    keys.len()
}

/// Whether versions are kept, what a deletion does then, and the button that changes it.
fn versioning(bucket: &Bucket) -> Html {
    let set = |status: &str| {
        let to = Structure::new().with(field::STATUS, status);
        call(bucket, "PutBucketVersioning", |own| {
            own.with(field::VERSIONING_CONFIGURATION, to)
        })
    };
    let (state, means, button) = match bucket.versioning {
        Versioning::Off => (
            "off",
            "A deletion takes the bytes at once, and an upload under the same key replaces them. Only undo brings them back.",
            html! { <CallButton label="Turn versioning on" call={set("Enabled")} /> },
        ),
        Versioning::Enabled => (
            "on",
            "A deletion only lays a delete marker on top: the bytes stay, come back when the marker is removed, and are billed until their version is deleted for good.",
            html! { <CallButton label="Suspend versioning" call={set("Suspended")} /> },
        ),
        Versioning::Suspended => (
            "suspended",
            "Older versions stay. What is put or deleted now has the version null, and replaces the null version that was there.",
            html! { <CallButton label="Turn versioning on" call={set("Enabled")} /> },
        ),
    };
    html! {
        <div class="note-row">
            <p><b>{ format!("Versioning is {state}. ") }</b>{ means }</p>
            { button }
            <Source source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/DeletingObjectVersions.html">{ "Once on, it can be suspended and never be off again." }</Source>
        </div>
    }
}

/// The way from the bucket to the open folder.
fn crumbs(name: &str, prefix: &str, enter: &Callback<String>) -> Html {
    let mut way = vec![(name.to_owned(), String::new())];
    let mut sofar = String::new();
    for part in prefix.split_inclusive('/') {
        sofar.push_str(part);
        way.push((part.trim_end_matches('/').to_owned(), sofar.clone()));
    }
    let last = way.len() - 1;
    html! {
        <nav class="crumbs" aria-label="Folder">{ for way.into_iter().enumerate().map(|(at, (word, to))| {
            if at == last {
                return html! { <b aria-current="true">{ word }</b> };
            }
            let enter = enter.clone();
            html! { <><button class="link" onclick={Callback::from(move |_: MouseEvent| enter.emit(to.clone()))}>{ word }</button><span aria-hidden="true">{ " / " }</span></> }
        }) }</nav>
    }
}

fn folder(name: &str, prefix: &str, objects: usize, enter: &Callback<String>) -> Html {
    let (to, enter) = (name.to_owned(), enter.clone());
    let word = name.strip_prefix(prefix).unwrap_or(name).to_owned();
    html! {
        <li key={format!("folder {name}")} class="entry folder">
            <span class="sort" aria-hidden="true">{ "▸" }</span>
            <div class="file-what"><button class="link mono" onclick={Callback::from(move |_: MouseEvent| enter.emit(to.clone()))}>{ word }</button>
                <span class="soft small">{ format!("folder · {}", count(objects, "object", "objects")) }</span></div>
        </li>
    }
}

/// A key: its current object, and its versions where these are shown.
fn file(ctx: &Ctx, bucket: &Bucket, key: &str, prefix: &str, versions: bool) -> Html {
    let word = key.strip_prefix(prefix).unwrap_or(key).to_owned();
    let lines = if versions {
        versions::of(bucket, key)
    } else {
        Vec::new()
    };
    html! {
        <li key={key.to_owned()} class="entry">
            <span class="sort" aria-hidden="true">{ "≡" }</span>
            { match bucket.objects.get(&key.to_owned()) {
                Some(object) => current(ctx, bucket, key, &word, object),
                None => html! { <div class="file-what"><span class="mono gone">{ word }</span><span class="soft small">{ "deleted: a delete marker is the newest version" }</span></div> },
            } }
            if !lines.is_empty() { <ol class="versions" aria-label={format!("Versions of {key}")}>{ for lines.iter().map(|line: &Line| line.view(ctx, bucket, key)) }</ol> }
        </li>
    }
}

fn current(ctx: &Ctx, bucket: &Bucket, key: &str, word: &str, object: &Object) -> Html {
    let (b, k) = (bucket.name.clone(), key.to_owned());
    let select = ctx.on(move || Action::Select(Some(Selection::Object(b.clone(), k.clone()))));
    let delete = call(bucket, "DeleteObject", |own| own.with(field::KEY, key));
    let (name, body, kind) = (word.to_owned(), object.body.clone(), object.content_type.clone());
    let save = Callback::from(move |_: MouseEvent| download::save(&name, &kind, &body.copy(0, body.len())));
    let archived = restore::is_archived(object, ctx.world().now);
    let title = archived.then_some("It lies in an archive: restore it first (Lifecycle and classes)");
    html! {
        <>
            <div class="file-what">
                <button class="link mono" onclick={select}>{ word }</button>
                <span class="soft small">{ format!("{} · {} · {} · {}", bytes_text(object.size()), object.kept_in(), object.content_type, on_clock(ctx, object.modified)) }</span>
            </div>
            <div class="file-deeds">
                <button class="btn" onclick={save} disabled={archived} {title} aria-label={format!("Download {key}")}>{ "Download" }</button>
                <CallButton label="Delete" of={key.to_owned()} class={classes!("danger")} call={delete} />
            </div>
        </>
    }
}
