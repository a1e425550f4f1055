//! Storage classes: what each costs, how fast it is read, and the buttons that move an object or restore it from an archive; and where
//! Intelligent-Tiering has it.

use super::super::{choose, on_clock, use_text};
use super::{BucketProps, call, keys, row};
use crate::session::{Ctx, use_ctx};
use crate::ui::{CallButton, Source, bytes_text};
use stratus_engine::catalog::{money, prices};
use stratus_engine::services::s3::{restore, tiers};
use stratus_engine::world::objects::{Bucket, Object};
use stratus_engine::world::tiers::CLASS;
use stratus_model::{Structure, field};
use yew::prelude::*;

/// A storage class.
pub struct Class {
    /// The API's name.
    pub name: &'static str,
    /// What a person calls it.
    pub words: &'static str,
    /// How fast it is read.
    first_byte: &'static str,
    /// What one has to know besides.
    but: &'static str,
}

/// All classes, the most often read first.
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-class-intro.html>
pub const CLASSES: [Class; 7] = [
    Class {
        name: "STANDARD",
        words: "Standard",
        first_byte: "milliseconds",
        but: "3 zones or more; no minimum",
    },
    Class {
        name: "INTELLIGENT_TIERING",
        words: "Intelligent-Tiering",
        first_byte: "milliseconds",
        but: "a fee for each monitored object of 128 KB or more",
    },
    Class {
        name: "STANDARD_IA",
        words: "Standard-IA",
        first_byte: "milliseconds",
        but: "a fee for each GB read; at least 30 days and 128 KB are billed",
    },
    Class {
        name: "ONEZONE_IA",
        words: "One Zone-IA",
        first_byte: "milliseconds",
        but: "one zone only: lost with it; else as Standard-IA",
    },
    Class {
        name: "GLACIER_IR",
        words: "Glacier Instant Retrieval",
        first_byte: "milliseconds",
        but: "a fee for each GB read; at least 90 days and 128 KB are billed",
    },
    Class {
        name: "GLACIER",
        words: "Glacier Flexible Retrieval",
        first_byte: "minutes to 12 hours, after a restore",
        but: "at least 90 days are billed, and 40 KB more for each object (8 of them as Standard)",
    },
    Class {
        name: "DEEP_ARCHIVE",
        words: "Glacier Deep Archive",
        first_byte: "12 to 48 hours, after a restore",
        but: "at least 180 days are billed, and 40 KB more for each object (8 of them as Standard)",
    },
];

/// The fold: the table, the mover, the archive.
#[component]
pub fn Classes(props: &BucketProps) -> Html {
    let ctx = use_ctx();
    let (picked, on_key) = use_text(String::new);
    let (class, on_class) = use_text(|| "GLACIER".to_owned());
    let Some(bucket) = row(&ctx, &props.name) else {
        return Html::default();
    };
    let choices = keys(bucket, |_, _| true);
    let key = choices.iter().find(|key| **key == *picked).or(choices.first()).cloned();
    let names = CLASSES.iter().map(|class| (class.name, class.words));
    html! {
        <section class="stack" aria-label="Storage classes">
            <h3>{ "Storage classes" }</h3>
            <div class="scroll-x" tabindex="0" role="group" aria-label="Classes and prices"><table class="classes">
                <thead><tr><th>{ "Class" }</th><th class="number">{ "a GB-month" }</th><th>{ "First byte after" }</th><th>{ "But" }</th><th class="number">{ "Billed here" }</th></tr></thead>
                <tbody>{ for CLASSES.iter().map(|class| line(bucket, class)) }</tbody>
            </table></div>
            <Source source="https://aws.amazon.com/s3/pricing/">{ format!("List prices of us-east-1{}.", if bucket.region.name() == "us-east-1" { "" } else { ", which stand in for this Region's" }) }</Source>
            if let Some(key) = key {
                <div class="take">
                    { choose("Object", &key, choices.iter().map(|key| (key, key)), on_key) }
                    { choose("Class", &class, names, on_class) }
                    { mover(bucket, &key, &class) }
                </div>
                if let Some(object) = bucket.objects.get(&key) {
                    { tiered(&ctx, bucket, &key, object) }
                    { archive(&ctx, bucket, &key, object) }
                }
            }
        </section>
    }
}

fn line(bucket: &Bucket, class: &Class) -> Html {
    let price = prices::object_storage(class.name).map(|rate| money::price_text(rate.first_price(), 4));
    // The access tiers of Intelligent-Tiering are counted each for itself: `INTELLIGENT_TIERING/INFREQUENT`.
    let own = bucket.stored.iter();
    let own = own.filter(|(name, _)| name.split('/').next() == Some(class.name));
    let here: i64 = own.map(|(_, bytes)| bytes).sum();
    html! {
        <tr key={class.name}>
            <td><b>{ class.words }</b><div class="soft mono">{ class.name }</div></td>
            <td class="number">{ format!("${}", price.unwrap_or_default()) }</td>
            <td>{ class.first_byte }</td><td class="soft">{ class.but }</td>
            <td class="number">{ if here == 0 { "—".to_owned() } else { bytes_text(here) } }</td>
        </tr>
    }
}

/// Moving to a class by hand is a copy onto itself.
fn mover(bucket: &Bucket, key: &str, class: &str) -> Html {
    let source = format!(
        "{}/{}",
        bucket.name,
        stratus_engine::services::s3::presigned::escaped(key)
    );
    let copy = call(bucket, "CopyObject", |own| {
        own.with(field::KEY, key)
            .with(field::COPY_SOURCE, source)
            .with(field::STORAGE_CLASS, class)
            .with(field::METADATA_DIRECTIVE, "COPY")
    });
    let same = bucket
        .objects
        .get(&key.to_owned())
        .is_some_and(|object| object.storage_class == class);
    html! { <CallButton label="Move to this class" call={copy} disabled={same.then_some(AttrValue::Static("It is in this class"))} /> }
}

/// An object in Intelligent-Tiering: the access tier that it lies in, when it moves next, and the button that stands for a read.
fn tiered(ctx: &Ctx, bucket: &Bucket, key: &str, object: &Object) -> Html {
    if object.storage_class != CLASS {
        return Html::default();
    }
    let tier = object.access_tier();
    let lies = format!("It lies in {}", tier.words());
    let words = match tiers::next(bucket, key, object) {
        _ if !object.is_watched() => {
            "It is smaller than 128 KB: Intelligent-Tiering does not monitor it, and it always stays in Frequent Access.".to_owned()
        }
        Some((at, to)) => format!(
            "{lies}. Unless somebody reads it, it moves to {} at {}.",
            to.words(),
            on_clock(ctx, at)
        ),
        None => format!("{lies}, and moves no further."),
    };
    let read = super::analysis::read(bucket, key);
    let why = restore::is_archived(object, ctx.world().now).then_some(AttrValue::Static("It has to be restored first"));
    html! {
        <div class="note-row" role="status">
            <p><b>{ key.to_owned() }</b>{ ". " }{ words }</p>
            if object.is_watched() { <div class="row"><CallButton label="Somebody reads it" of={key.to_owned()} call={read} disabled={why} /></div> }
            <Source source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/intelligent-tiering-overview.html">{ "At AWS each GetObject counts. Here a download or GetObject leaves no trace in the world and moves nothing: this button stands for one. Moves happen at the next midnight, UTC (ours)." }</Source>
        </div>
    }
}

/// An object in an archive: whether its copy is there, and the ways to get one; out of an access tier it comes back for good.
fn archive(ctx: &Ctx, bucket: &Bucket, key: &str, object: &Object) -> Html {
    let Some(archive) = restore::archive_of(object) else {
        return Html::default();
    };
    let for_good = object.storage_class == CLASS;
    let now = ctx.world().now;
    let state = match object.restore.as_ref().filter(|copy| now < copy.expires) {
        None if for_good => "It lies in an archive tier: reading it is refused (InvalidObjectState) until it is restored, which moves it back to Frequent Access.".to_owned(),
        None => {
            "It lies in an archive: reading it is refused (InvalidObjectState) until a copy is restored.".to_owned()
        }
        Some(copy) if now < copy.ready && for_good => {
            format!(
                "It is on its way back to Frequent Access: it is there at {}.",
                on_clock(ctx, copy.ready)
            )
        }
        Some(copy) if now < copy.ready => format!("A copy is under way: it is there at {}.", on_clock(ctx, copy.ready)),
        Some(copy) => format!(
            "A copy can be read until {}; then only the archive has it.",
            on_clock(ctx, copy.expires)
        ),
    };
    let way = |(tier, cost): (&'static str, &'static str)| {
        let takes = restore::span(archive, tier)?;
        let wanted = Structure::new()
            .with_some(field::DAYS, (!for_good).then_some(2_i64))
            .with(field::GLACIER_JOB_PARAMETERS, Structure::new().with(field::TIER, tier));
        let call = call(bucket, "RestoreObject", |own| {
            own.with(field::KEY, key).with(field::RESTORE_REQUEST, wanted)
        });
        let word = format!("Restore, {tier}");
        Some(
            html! { <li><CallButton label={word} {call} /><span class="soft">{ format!("there in {}, for {}; {cost}", crate::inspector::span_text(takes), if for_good { "good" } else { "2 days" }) }</span></li> },
        )
    };
    let ways = match for_good {
        true => [("Expedited", "for a fee"), ("Standard", "free"), ("Bulk", "free")],
        false => [
            ("Expedited", "the dearest"),
            ("Standard", "cheaper"),
            ("Bulk", "the cheapest"),
        ],
    };
    html! {
        <div class="note-row" role="status">
            <p><b>{ key.to_owned() }</b>{ ". " }{ state }</p>
            <ul class="tiers">{ for ways.into_iter().filter_map(way) }</ul>
            <Source source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/restoring-objects-retrieval-options.html">{ "How long a restore takes depends on the tier; here it takes the middle of what AWS gives." }</Source>
        </div>
    }
}
