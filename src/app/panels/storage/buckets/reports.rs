//! What S3 itself writes about a bucket each midnight: what a storage class analysis has seen, and inventories. Whether it arrives is
//! decided by the policy of the bucket that it goes to, so that stands here too.

use super::super::{choose, pass_to, use_text};
use super::analysis::Analyses;
use super::{BucketProps, call, row};
use crate::session::{ApiCall, Ctx, use_ctx};
use crate::ui::{CallButton, Source, Typed};
use stratus_engine::services::s3::{inventory, named, reports};
use stratus_engine::world::objects::{Bucket, NamedKind};
use stratus_model::{Structure, field};
use yew::prelude::*;

/// How often an inventory is written.
const OFTEN: [(&str, &str); 2] = [("Daily", "every day"), ("Weekly", "every Sunday")];

/// The page.
#[component]
pub fn Reports(props: &BucketProps) -> Html {
    let ctx = use_ctx();
    let Some(bucket) = row(&ctx, &props.name) else {
        return Html::default();
    };
    html! {
        <>
            { to_midnight(&ctx, bucket) }
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

/// When analyses and inventories go on next, and the button that lets the clock go on to that midnight.
fn to_midnight(ctx: &Ctx, bucket: &Bucket) -> Html {
    let next = bucket.reports.filter(|next| *next > ctx.world().now);
    next.map_or_else(Html::default, |next| {
        html! {
            <div class="row spread">
                <p class="soft">{ "Analyses and inventories go on each midnight (UTC)." }</p>
                { pass_to(ctx, next) }
            </div>
        }
    })
}

/// Where a report goes, and the button that lets it in where the policy there does not. `of`: what writes it.
pub fn way(ctx: &Ctx, from: &str, (into, key): (&str, &str), of: &str) -> Html {
    let Some(error) = reports::obstacle(ctx.world(), from, into, key) else {
        return html! { <p class="soft">{ "Written to " }<code>{ format!("s3://{into}/{key}") }</code></p> };
    };
    let place = row(ctx, into).filter(|_| error.code == "AccessDenied");
    let why = match place {
        Some(_) => format!(
            "{} AWS's console adds the statement by itself; who uses the API has to.",
            error.remedy
        ),
        None => format!("{} ({into})", error.message),
    };
    let grant = place.and_then(|row| {
        let policy = reports::granting(ctx.world(), row, from, key)?;
        let params = Structure::new().with(field::BUCKET, into).with(field::POLICY, policy);
        Some(ApiCall::new(row.region, "s3", "PutBucketPolicy", params))
    });
    html! {
        <>
            <p class="risk"><b>{ "It will not arrive: " }</b>{ why }</p>
            if let Some(call) = grant { <div class="row"><CallButton label="Let S3 write there" of={format!("{into}, for {of}")} {call} /></div> }
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
            { for named::of_kind(bucket, NamedKind::Inventory).map(|(id, one)| listed(&ctx, bucket, id, one)) }
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

fn listed(ctx: &Ctx, bucket: &Bucket, id: &str, one: &Structure) -> Html {
    let schedule = one.structure(field::SCHEDULE);
    let often = schedule.and_then(|said| said.text(field::FREQUENCY));
    let often = OFTEN
        .iter()
        .find(|(name, _)| Some(*name) == often)
        .map_or("", |(_, words)| words);
    let remove = call(bucket, "DeleteBucketInventoryConfiguration", |own| {
        own.with(field::ID, id)
    });
    let name = format!("inventory {id}");
    let goes = match inventory::silence(one) {
        Some(why) => html! { <p class="risk"><b>{ "Nothing is written: " }</b>{ why }</p> },
        None => {
            let (into, begin) = inventory::report_place(&bucket.name, id, one);
            way(ctx, &bucket.name, (&into, &format!("{begin}/")), &name)
        }
    };
    html! {
        <div class="note-row" key={id.to_owned()} role="group" aria-label={name.clone()}>
            <p><b>{ id.to_owned() }</b>{ format!(" · {often}") }</p>
            { goes }
            <div class="row"><CallButton label="Remove" of={name} class={classes!("danger")} call={remove} /></div>
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
