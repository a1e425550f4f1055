//! What S3 itself writes about a bucket each midnight: what a storage class analysis has seen, and inventories. Whether it arrives is
//! decided by the policy of the bucket that it goes to, so that stands here too.

use super::super::{choose, on_clock, use_text};
use super::analysis::Analyses;
use super::{BucketProps, call, row};
use crate::session::{Action, ApiCall, Ctx, use_ctx};
use crate::ui::{CallButton, Source, Typed};
use stratus_engine::services::s3::reports;
use stratus_engine::world::objects::{Bucket, NamedKind};
use stratus_model::{Structure, field};
use yew::prelude::*;

/// How often an inventory is written.
const OFTEN: [(&str, &str); 2] = [("Daily", "every day"), ("Weekly", "every Sunday")];

/// The page.
#[component]
pub fn Reports(props: &BucketProps) -> Html {
    html! {
        <>
            <Analyses name={props.name.clone()} />
            <Inventories name={props.name.clone()} />
        </>
    }
}

/// Buckets that a report can go to: those of the same Region.
pub fn destinations(ctx: &Ctx, bucket: &Bucket) -> Vec<String> {
    let all = ctx.world().s3.buckets.rows();
    all.filter(|row| row.region == bucket.region)
        .map(|row| row.name.clone())
        .collect()
}

/// The button that lets the clock go on to the next midnight at which something is written.
pub fn to_midnight(ctx: &Ctx, bucket: &Bucket) -> Html {
    let next = bucket.reports.filter(|next| *next > ctx.world().now);
    next.map_or_else(Html::default, |next| {
        let words = format!("Let time pass to {}", on_clock(ctx, next));
        html! { <button class="btn" onclick={ctx.on(move || Action::AdvanceTo(next))}>{ words }</button> }
    })
}

/// Where a report goes, and the button that lets it in where the policy there does not.
pub fn way(ctx: &Ctx, from: &str, into: &str, key: &str) -> Html {
    let Some(row) = row(ctx, into) else {
        return html! { <p class="risk"><b>{ "It goes nowhere: " }</b>{ format!("this account has no bucket {into}.") }</p> };
    };
    if reports::may_write(ctx.world(), row, from, key) {
        return html! { <p class="soft">{ "Written to " }<code>{ format!("s3://{into}/{key}") }</code></p> };
    }
    let grant = reports::granting(ctx.world(), row, from).map(|policy| {
        let params = Structure::new().with(field::BUCKET, into).with(field::POLICY, policy);
        ApiCall::new(row.region, "s3", "PutBucketPolicy", params)
    });
    html! {
        <>
            <p class="risk"><b>{ "It will not arrive: " }</b>{ format!("the policy of {into} does not let s3.amazonaws.com write there. AWS's console adds the statement by itself; who uses the API has to.") }</p>
            if let Some(call) = grant { <div class="row"><CallButton label="Let S3 write there" of={into.to_owned()} {call} /></div> }
        </>
    }
}

/// The inventories of a bucket.
#[component]
fn Inventories(props: &BucketProps) -> Html {
    let ctx = use_ctx();
    let (id, on_id) = use_text(|| "all-objects".to_owned());
    let (often, on_often) = use_text(|| "Daily".to_owned());
    let (into, on_into) = use_text(String::new);
    let Some(bucket) = row(&ctx, &props.name) else {
        return Html::default();
    };
    let choices = destinations(&ctx, bucket);
    let into = choices
        .iter()
        .find(|name| **name == *into)
        .or(choices.first())
        .cloned()
        .unwrap_or_default();
    html! {
        <section class="stack" aria-label="Inventories">
            <h3>{ "Inventories" }</h3>
            <p class="soft">{ "A list of all objects as a file: for audits, and for programs that would else have to list millions of keys." }</p>
            { for inventories(bucket).map(|(id, one)| inventory(&ctx, bucket, id, one)) }
            <div class="take">
                <label class="field">{ "Inventory" }<Typed value={(*id).clone()} onchange={on_id} /></label>
                { choose("Written", &often, OFTEN, on_often) }
                { choose("To the bucket", &into, choices.iter().map(|name| (name, name)), on_into) }
            </div>
            <div class="row"><CallButton label="Put inventory" class={classes!("primary")} call={put(bucket, &id, &often, &into)} /></div>
            <Source source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-inventory.html">{ "CSV, with a manifest beside it. AWS takes up to 48 hours for the first; here it is the next midnight (UTC)." }</Source>
        </section>
    }
}

fn inventories(bucket: &Bucket) -> impl Iterator<Item = (&String, &Structure)> {
    let named = bucket.settings.named.iter();
    named
        .filter(|((kind, _), _)| *kind == NamedKind::Inventory)
        .map(|((_, id), document)| (id, &document.0))
}

fn inventory(ctx: &Ctx, bucket: &Bucket, id: &str, one: &Structure) -> Html {
    let to = one.structure(field::DESTINATION);
    let to = to.and_then(|to| to.structure(field::S3_BUCKET_DESTINATION));
    let text = |name| to.and_then(|to| to.text(name)).unwrap_or_default();
    let into = text(field::BUCKET).trim_start_matches("arn:aws:s3:::");
    let prefix = match text(field::PREFIX) {
        "" => String::new(),
        prefix => format!("{prefix}/"),
    };
    let schedule = one.structure(field::SCHEDULE);
    let often = schedule.and_then(|said| said.text(field::FREQUENCY));
    let often = OFTEN
        .iter()
        .find(|(name, _)| Some(*name) == often)
        .map_or("", |(_, words)| words);
    let remove = call(bucket, "DeleteBucketInventoryConfiguration", |own| {
        own.with(field::ID, id)
    });
    html! {
        <div class="note-row" key={id.to_owned()}>
            <p><b>{ id.to_owned() }</b>{ format!(" · {often}") }</p>
            { way(ctx, &bucket.name, into, &format!("{prefix}{}/{id}/", bucket.name)) }
            <div class="row">{ to_midnight(ctx, bucket) }<CallButton label="Remove" of={id.to_owned()} class={classes!("danger")} call={remove} /></div>
        </div>
    }
}

fn put(bucket: &Bucket, id: &str, often: &str, into: &str) -> ApiCall {
    let to = Structure::new()
        .with(field::BUCKET, format!("arn:aws:s3:::{into}"))
        .with(field::FORMAT, "CSV");
    let configuration = Structure::new()
        .with(field::ID, id)
        .with(field::IS_ENABLED, true)
        .with(field::INCLUDED_OBJECT_VERSIONS, "Current")
        .with(field::SCHEDULE, Structure::new().with(field::FREQUENCY, often))
        .with(field::OPTIONAL_FIELDS, vec!["Size", "LastModifiedDate", "StorageClass"])
        .with(
            field::DESTINATION,
            Structure::new().with(field::S3_BUCKET_DESTINATION, to),
        );
    call(bucket, "PutBucketInventoryConfiguration", |own| {
        own.with(field::ID, id)
            .with(field::INVENTORY_CONFIGURATION, configuration)
    })
}
