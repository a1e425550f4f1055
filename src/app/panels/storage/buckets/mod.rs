//! S3's buckets: the shelf of all of them, and of the open one its objects and versions, who may read them, what becomes of
//! them over time, its website, links, uploads in parts, events and reports. Every change is a call of a button that shows its text;
//! what is only looked at here (links, a website's answer, a decision) changes nothing.

pub mod access;
mod analysis;
mod classes;
mod events;
mod lifecycle;
mod links;
mod make;
mod objects;
mod parts;
mod policy;
mod reports;
mod upload;
mod versions;
mod website;

use super::{block_text, use_billed};
use crate::inspector::buckets::not_empty;
use crate::map::count;
use crate::session::{Action, ApiCall, Ctx, Selection, use_ctx};
use crate::ui::{CallButton, Empty, Source, bytes_text, tabs};
use std::rc::Rc;
use stratus_engine::base::time::Span;
use stratus_engine::world::objects::{Bucket, Object};
use stratus_engine::{Error, World};
use stratus_model::{Structure, field};
use yew::prelude::*;

/// What of a bucket is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Page {
    Objects,
    Access,
    Lifecycle,
    Website,
    Links,
    Parts,
    Events,
    Reports,
}

impl Page {
    const ALL: [(Page, &'static str); 8] = [
        (Page::Objects, "Objects"),
        (Page::Access, "Who may read"),
        (Page::Lifecycle, "Lifecycle and classes"),
        (Page::Website, "Website"),
        (Page::Links, "Presigned links"),
        (Page::Parts, "Uploads in parts"),
        (Page::Events, "Events"),
        (Page::Reports, "Reports"),
    ];
}

/// How far the clock goes at least before something is foreseen anew.
const MINUTE: Span = Span::minutes(1);

/// What each page of a bucket is given.
#[derive(Properties, PartialEq)]
pub struct BucketProps {
    /// The bucket's name.
    pub name: AttrValue,
}

/// The bucket that a page is about.
fn row<'w>(ctx: &'w Ctx, name: &str) -> Option<&'w Bucket> {
    ctx.world().s3.buckets.get(&name.to_owned())
}

/// A call about a bucket, in its Region; more members of the call follow.
fn call(bucket: &Bucket, operation: &'static str, params: impl FnOnce(Structure) -> Structure) -> ApiCall {
    let own = Structure::new().with(field::BUCKET, bucket.name.as_str());
    ApiCall::new(bucket.region, "s3", operation, params(own))
}

/// What a call about a bucket would come to, tried on a copy of the world, and what `see` finds there; tried anew when the
/// world has changed, and at the clock's pace.
#[hook]
fn use_tried<T: 'static>(put: &Option<ApiCall>, see: fn(&World, &str) -> T) -> Rc<Option<Result<T, Error>>> {
    let ctx = use_ctx();
    let asked = (ctx.view().world_stamp, ctx.moment(MINUTE), put.clone());
    use_memo(asked, |(.., put)| {
        let put = put.as_ref()?;
        let name = put.params.text(field::BUCKET).unwrap_or_default();
        Some(ctx.read(|engine| {
            let after = engine.try_on(engine.world(), put.region, put.service, put.operation, &put.params);
            after.map(|(_, world)| see(&world, name))
        }))
    })
}

/// JSON with its lines broken; what is none stays as it is.
fn pretty(text: &str) -> String {
    serde_json::from_str::<serde_json::Value>(text)
        .and_then(|value| serde_json::to_string_pretty(&value))
        .unwrap_or_else(|_| text.to_owned())
}

/// The keys of a bucket, for a choice.
fn keys(bucket: &Bucket, fits: impl Fn(&str, &Object) -> bool) -> Vec<String> {
    const MOST: usize = 500;
    let all = bucket.objects.iter().filter(|(key, object)| fits(key, object));
    all.take(MOST).map(|(key, _)| key.clone()).collect()
}

/// The shelf of buckets, and the open one.
#[component]
pub fn Buckets() -> Html {
    let ctx = use_ctx();
    let names: Vec<String> = ctx.world().s3.buckets.rows().map(|row| row.name.clone()).collect();
    let selected = match &ctx.screen().selection {
        Some(Selection::Bucket(name) | Selection::Object(name, _)) => Some(name.clone()),
        _ => None,
    };
    // The one that was looked at last stays open while something else is selected.
    let last = use_mut_ref(|| None::<String>);
    let known = |name: &String| names.contains(name);
    let open = selected
        .or(last.borrow().clone())
        .filter(known)
        .or(names.first().cloned());
    last.borrow_mut().clone_from(&open);
    html! {
        <div class="stack">
            <make::Make first={names.is_empty()} />
            if names.is_empty() {
                <Empty title="No bucket yet"><p>{ "A bucket holds objects: files by key, in one Region. Its name is unique among all customers of AWS." }</p></Empty>
            } else {
                <ul class="buckets" aria-label="Buckets">{ for ctx.world().s3.buckets.rows().map(|bucket| chip(&ctx, bucket, open.as_ref() == Some(&bucket.name))) }</ul>
            }
            if let Some(name) = open { <BucketView key={name.clone()} name={name.clone()} /> } else { <Foreign /> }
        </div>
    }
}

fn chip(ctx: &Ctx, bucket: &Bucket, here: bool) -> Html {
    let name = bucket.name.clone();
    let onclick = ctx.on(move || Action::Select(Some(Selection::Bucket(name.clone()))));
    html! {
        <li key={bucket.name.clone()}><button class={classes!("btn", here.then_some("here"))} aria-pressed={here.to_string()} {onclick}>
            <b>{ &bucket.name }</b><span class="soft">{ format!("{} · {}", bucket.region.name(), count(bucket.objects.len(), "object", "objects")) }</span>
        </button></li>
    }
}

/// One bucket.
#[component]
fn BucketView(props: &BucketProps) -> Html {
    let ctx = use_ctx();
    let page = use_state(|| Page::Objects);
    let Some(bucket) = row(&ctx, &props.name) else {
        return Html::default();
    };
    let name = props.name.clone();
    let not = not_empty(bucket).map(AttrValue::Static);
    let objects = *page == Page::Objects;
    html! {
        <>
        <section class="card bucket" aria-label={format!("Bucket {name}")}>
            <div class="row spread">
                <div><h2>{ &name }</h2><p class="soft small">{ summary(bucket) }</p></div>
                <CallButton label="Delete bucket" class={classes!("danger")} call={call(bucket, "DeleteBucket", |own| own)} disabled={not} />
            </div>
            { tabs(format!("What of {name} is shown"), &page, Page::ALL) }
            { match *page {
                Page::Objects => html! { <objects::Objects {name} /> },
                Page::Access => html! { <access::Access {name} /> },
                Page::Lifecycle => html! { <><classes::Classes name={name.clone()} /><lifecycle::Lifecycle {name} /></> },
                Page::Website => html! { <website::Website {name} /> },
                Page::Links => html! { <links::Links {name} /> },
                Page::Parts => html! { <parts::Parts {name} /> },
                Page::Events => html! { <events::Events {name} /> },
                Page::Reports => html! { <reports::Reports {name} /> },
            } }
        </section>
        if objects { <Foreign /> }
        </>
    }
}

/// Where a bucket is, what it holds, and what that is billed as.
fn summary(bucket: &Bucket) -> String {
    let stored: i64 = bucket.stored.values().sum();
    let place = bucket.region.location().city;
    let older = bucket.versions.len();
    let older = if older == 0 {
        String::new()
    } else {
        format!(
            " · {}",
            count(older, "older version or marker", "older versions and markers")
        )
    };
    format!(
        "{} ({place}) · {}{older} · {} billed",
        bucket.region.name(),
        count(bucket.objects.len(), "object", "objects"),
        bytes_text(stored)
    )
}

/// What lies in S3 and is in no bucket of the account's: EBS snapshots.
#[component]
fn Foreign() -> Html {
    let ctx = use_ctx();
    let region = ctx.region();
    let blocks: i64 = use_billed().values().sum();
    let held = match ctx.world().ec2(region).map_or(0, |ec2| ec2.snapshots.len()) {
        0 => format!("{} has none now.", region.name()),
        snapshots => format!(
            "{} has {} there, {} in all.",
            region.name(),
            count(snapshots, "snapshot", "snapshots"),
            block_text(blocks)
        ),
    };
    html! {
        <section class="card foreign" aria-label="AWS's own bucket">
            <h2>{ "A bucket that you do not see" }</h2>
            <p>{ "EBS snapshots lie in S3 too, but in a bucket of AWS's own: no list shows it, no policy of yours governs it, and only EC2's calls read it. " }{ held }</p>
            <Source source="https://docs.aws.amazon.com/ebs/latest/userguide/ebs-snapshots.html">{ "Snapshots are stored in S3, in buckets that you cannot access directly." }</Source>
        </section>
    }
}
