//! Buckets, objects and hosted zones in short: their panels have more.

use super::parts::*;
use crate::session::action::{DnsView, StorageView};
use crate::session::{Action, ApiCall, GLOBAL, Selection};
use crate::ui::{Settled, Source, bytes_text, day_text};
use stratus_engine::base::ids::{HostedZoneId, VpcId};
use stratus_engine::catalog::Region;
use stratus_engine::world::objects::Bucket;
use stratus_model::{Structure, field};
use yew::prelude::*;

/// Why a bucket cannot be deleted, if it cannot.
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/delete-bucket.html>
pub fn not_empty(bucket: &Bucket) -> Option<&'static str> {
    let full = !bucket.objects.is_empty() || !bucket.versions.is_empty();
    full.then_some("Empty it first, of all versions and delete markers too (BucketNotEmpty)")
}

/// A bucket.
pub fn bucket(ctx: &Settled, name: &str) -> Option<Html> {
    let row = ctx.world().s3.buckets.get(&name.to_owned())?;
    let stored: i64 = row.stored.values().sum();
    let delete = ApiCall::new(
        row.region,
        "s3",
        "DeleteBucket",
        Structure::new().with(field::BUCKET, name),
    );
    let newest = row.objects.iter().take(12).map(|(key, _)| {
        let (bucket, key) = (name.to_owned(), key.clone());
        let label = key.clone();
        html! { <li>{ act_link(ctx, label, move || Action::Select(Some(Selection::Object(bucket.clone(), key.clone())))) }</li> }
    });
    let more = row.objects.len().saturating_sub(12);
    let tags: Vec<String> = row.tags.iter().map(|(key, value)| format!("{key} = {value}")).collect();
    let what = "A place for objects under a name that nobody else in AWS has. It lives in one Region.";
    Some(html! {
        <>
            { Head { kind: "Bucket", layer: "", title: name.to_owned(), id: None, what: text(what) }.view() }
            { facts(vec![
                ("Region", text(row.region.name())),
                ("Objects", text(format!("{} · {} billed", row.objects.len(), bytes_text(stored)))),
                ("Tags", text(if tags.is_empty() { "none".to_owned() } else { tags.join(", ") })),
                ("Created", text(day_text(row.created))),
            ]) }
            if !row.objects.is_empty() {
                { section("Objects", html! { <ul class="plain-list">{ for newest }if more > 0 { <li class="soft">{ format!("and {more} more") }</li> }</ul> }) }
            }
            { deeds(ctx, vec![
                Deed::act("Open Storage", ctx.on(|| Action::ViewStorage(StorageView::Buckets))),
                Deed::confirm("Delete bucket", format!("Delete {name}?"), "It is empty. Its name is free again for everybody.", delete).unless(not_empty(row)),
            ]) }
            <Source source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/Welcome.html">{ "What is written is read at once, everywhere." }</Source>
        </>
    })
}

/// An object.
pub fn object(ctx: &Settled, bucket: &str, key: &str) -> Option<Html> {
    let home = ctx.world().s3.buckets.get(&bucket.to_owned())?;
    let row = home.objects.get(&key.to_owned())?;
    let own = Structure::new().with(field::BUCKET, bucket).with(field::KEY, key);
    let delete = ApiCall::new(home.region, "s3", "DeleteObject", own);
    let head: String = String::from_utf8_lossy(&row.body.copy(0, 600)).into_owned();
    let shown = row.content_type.starts_with("text/") || row.content_type.contains("json");
    let to_bucket = {
        let bucket = bucket.to_owned();
        move || Action::Select(Some(Selection::Bucket(bucket.clone())))
    };
    let size = i64::try_from(row.body.len()).unwrap_or(i64::MAX);
    let what = "Bytes under a key, replaced as a whole. A slash in a key is a character like any other.";
    Some(html! {
        <>
            { Head { kind: "Object", layer: "", title: key.to_owned(), id: None, what: text(what) }.view() }
            { facts(vec![
                ("Bucket", act_link(ctx, bucket.to_owned(), to_bucket)),
                ("Size", text(bytes_text(size))),
                ("Content type", mono(row.content_type.clone())),
                ("ETag", mono(row.etag.clone())),
                ("Class", text(row.kept_in())),
                ("Modified", text(day_text(row.modified))),
            ]) }
            if shown { { section("Begins with", html! { <pre class="output" tabindex="0">{ head }</pre> }) } }
            { deeds(ctx, vec![Deed::confirm("Delete object", format!("Delete {key}?"), "Without versioning it is gone.", delete)]) }
            <Source source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingObjects.html">{ "An object is up to 50 TB at AWS; here up to 8 MB in one piece, and 64 MB in parts." }</Source>
        </>
    })
}

/// A hosted zone.
pub fn hosted_zone(ctx: &Settled, id: &str) -> Option<Html> {
    let known = HostedZoneId::parse(id)?;
    let row = ctx.world().route53.zones.get(&known)?;
    let records = row.records.iter().take(12).map(|(_, record)| Entry {
        key: format!("{} {}", record.name, record.record_type),
        columns: vec![
            mono(record.name.clone()),
            mono(format!("{} {}", record.record_type, record.values.join(", "))),
        ],
        detail: None,
        class: "",
    });
    let more = row.records.len().saturating_sub(12);
    let delete = ApiCall::new(
        GLOBAL,
        "route53",
        "DeleteHostedZone",
        Structure::new().with(field::ID, id),
    );
    // Every zone keeps its NS and SOA records to the end.
    let not = (row.records.len() > 2).then_some("it still has records of yours.");
    let private = match &row.private {
        Some(vpcs) => links_by_region(ctx, vpcs),
        None => text("the whole Internet"),
    };
    let what = "The records of one domain. A public zone answers everybody; a private one only the VPCs that it names.";
    Some(html! {
        <>
            { Head { kind: "Hosted zone", layer: "", title: row.name.clone(), id: Some(id.to_owned()), what: text(what) }.view() }
            { section("Records", html! { <>{ ledger("two", &["Name", "Value"], records.collect()) }if more > 0 { <p class="soft">{ format!("and {more} more") }</p> }</> }) }
            { facts(vec![("Answers", private), ("Name servers", mono(row.name_servers.join(", "))), ("Comment", text(row.comment.clone())), ("Created", text(day_text(row.created)))]) }
            { deeds(ctx, vec![
                Deed::act("Open DNS", ctx.on(|| Action::ViewDns(DnsView::Names))),
                Deed::confirm("Delete hosted zone", format!("Delete {}?", row.name), "Names in it no longer resolve.", delete).unless(not),
            ]) }
            { history(ctx, GLOBAL, known.into()) }
            <Source source="https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zones-working-with.html">{ "Resolvers ask one of the zone's four name servers." }</Source>
        </>
    })
}

fn links_by_region(ctx: &Settled, vpcs: &[(Region, VpcId)]) -> Html {
    html! { <>{ for vpcs.iter().map(|(region, id)| html! { <span>{ link(ctx, *region, *id) }{ format!(" in {} ", region.name()) }</span> }) }</> }
}
