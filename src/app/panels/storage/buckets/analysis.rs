//! Storage class analysis: what was seen of each age, what follows from it, and the buttons that stand for reads, since reads themselves
//! leave no trace in a world. What is said here the engine has found; nothing is counted here.

use super::super::{choose, on_clock, use_text};
use super::lifecycle;
use super::reports::{destinations, way};
use super::{BucketProps, call, keys, row};
use crate::map::count;
use crate::session::{ApiCall, Ctx, use_ctx};
use crate::ui::{CallButton, Source, Standing, Typed, bytes_text, verdict};
use stratus_engine::services::s3::{analytics, named};
use stratus_engine::world::analyses::{AGES, ALL, Analysis, Day, Seen};
use stratus_engine::world::objects::{Bucket, NamedKind};
use stratus_model::{Structure, field};
use yew::prelude::*;

/// What is chosen where nothing is to be exported.
const NOWHERE: &str = "";

/// The analyses of a bucket, and a form for one.
#[component]
pub fn Analyses(props: &BucketProps) -> Html {
    let ctx = use_ctx();
    let (id, on_id) = use_text(|| "everything".to_owned());
    let (prefix, on_prefix) = use_text(String::new);
    let (into, on_into) = use_text(|| NOWHERE.to_owned());
    let Some(bucket) = row(&ctx, &props.name) else {
        return Html::default();
    };
    let names = destinations(&ctx, bucket);
    let choices = names.iter().map(|name| (name.as_str(), name.as_str()));
    let choices = [(NOWHERE, "no export")].into_iter().chain(choices);
    html! {
        <section class="stack" aria-label="Storage class analysis">
            <h3>{ "Storage class analysis" }</h3>
            <p class="soft">{ "Watches for 30 days or longer how much of what lies in Standard is read, by the age of the objects, and says from which age on Standard-IA would cost less." }</p>
            { for named::of_kind(bucket, NamedKind::Analytics).map(|(id, one)| html! { <One key={id.clone()} name={props.name.clone()} id={id.clone()} one={one.clone()} /> }) }
            <div class="take">
                <label class="field">{ "Analysis" }<Typed value={(*id).clone()} onchange={on_id} /></label>
                <label class="field">{ "Keys that begin with" }<Typed value={(*prefix).clone()} onchange={on_prefix} placeholder="all" /></label>
                { choose("Export as CSV to", &into, choices, on_into) }
            </div>
            <div class="row"><CallButton label="Put analysis" class={classes!("primary")} call={put(bucket, &id, &prefix, &into)} /></div>
            <Source source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/analytics-storage-class.html">{ "Objects under 128 KB are in no age group. AWS does not say how it judges. Here (ours): rarely read is what costs less in Standard-IA at list prices, reads of the last 30 days included; a result stands once it has been the same for a week." }</Source>
        </section>
    }
}

fn put(bucket: &Bucket, id: &str, prefix: &str, into: &str) -> ApiCall {
    let to = Structure::new()
        .with(field::FORMAT, "CSV")
        .with(field::BUCKET, format!("arn:aws:s3:::{into}"));
    let export = Structure::new().with(field::OUTPUT_SCHEMA_VERSION, "V_1").with(
        field::DESTINATION,
        Structure::new().with(field::S3_BUCKET_DESTINATION, to),
    );
    let analysis = Structure::new().with_some(field::DATA_EXPORT, (into != NOWHERE).then_some(export));
    let filter = (!prefix.is_empty()).then(|| Structure::new().with(field::PREFIX, prefix));
    let configuration = Structure::new()
        .with(field::ID, id)
        .with_some(field::FILTER, filter)
        .with(field::STORAGE_CLASS_ANALYSIS, analysis);
    call(bucket, "PutBucketAnalyticsConfiguration", |own| {
        own.with(field::ID, id)
            .with(field::ANALYTICS_CONFIGURATION, configuration)
    })
}

/// Properties of [`One`].
#[derive(Properties, PartialEq)]
struct OneProps {
    name: AttrValue,
    id: String,
    one: Structure,
}

/// One analysis.
#[component]
fn One(props: &OneProps) -> Html {
    let ctx = use_ctx();
    let (picked, on_key) = use_text(String::new);
    let Some(bucket) = row(&ctx, &props.name) else {
        return Html::default();
    };
    let Some(analysis) = bucket.analyses.get(&props.id) else {
        return Html::default();
    };
    let id = &props.id;
    let scope = match analytics::filter_words(&props.one) {
        words if words.is_empty() => "all objects".to_owned(),
        words => words,
    };
    let remove = call(bucket, "DeleteBucketAnalyticsConfiguration", |own| {
        own.with(field::ID, id.as_str())
    });
    let choices = keys(bucket, |key, object| analysis.scope.covers(key, object));
    let key = choices.iter().find(|key| **key == *picked).or(choices.first());
    let name = format!("analysis {id}");
    let waits = (analysis.begins > ctx.world().now)
        .then(|| AttrValue::from(format!("It observes from {} on", on_clock(&ctx, analysis.begins))));
    html! {
        <div class="note-row analysis" role="group" aria-label={name.clone()}>
            <p><b>{ id.clone() }</b>{ format!(" · {scope}") }</p>
            { result(&ctx, bucket, (id, &props.one), analysis) }
            { analysis.over().next().map_or_else(Html::default, table) }
            if let Some(key) = key {
                <div class="take">
                    { choose(&format!("Object of {id}"), key, choices.iter().map(|key| (key, key)), on_key) }
                    <CallButton label="Somebody reads it" of={format!("{key}, {name}")} call={read(bucket, key)} disabled={waits} />
                </div>
            }
            if let Some((into, key)) = analytics::export_place(&bucket.name, id, &props.one) { { way(&ctx, &bucket.name, (&into, &key), &name) } }
            <div class="row"><CallButton label="Remove" of={name} class={classes!("danger")} call={remove} /></div>
        </div>
    }
}

/// The call that stands for a read of an object.
pub fn read(bucket: &Bucket, key: &str) -> ApiCall {
    let params = Structure::new()
        .with(field::BUCKET, bucket.name.as_str())
        .with(field::KEY, key);
    ApiCall::new(bucket.region, "stratus", "AccessObject", params)
}

/// What follows from what was seen, and the lifecycle rule that acts on it.
fn result(ctx: &Ctx, bucket: &Bucket, of: (&str, &Structure), analysis: &Analysis) -> Html {
    let least = analytics::LEAST_DAYS;
    let days = analysis.over().count();
    let plain = |words: &str| html! { <p class="soft">{ words.to_owned() }</p> };
    let Some(last) = analysis.over().next() else {
        let begins = on_clock(ctx, analysis.begins);
        let title = html! { { format!("It observes whole days, from {begins} on") } };
        return verdict(
            Standing::Open,
            title,
            plain("The first figures come a day later, the result after 30 days."),
        );
    };
    let seen = count(days, "day", "days");
    let even = analytics::break_even() / 10_000;
    let limit = format!("As long as less than {even} % of what lies there is read in 30 days, Standard-IA costs less.");
    match (last.recommended, last.observed) {
        (Some(age), _) => {
            let make = acting(bucket, of, age);
            let more = html! { <><p class="soft">{ limit }</p><div class="row"><CallButton label="Make it a lifecycle rule" class={classes!("primary")} call={make} /></div></> };
            verdict(
                Standing::Good,
                html! { { format!("After {seen}: move objects to Standard-IA when they are {age} days old") } },
                more,
            )
        }
        (None, _) if (days as i64) < least => verdict(
            Standing::Open,
            html! { { format!("{seen} of {least} observed: too early for a result") } },
            plain(&limit),
        ),
        (None, Some(age)) => verdict(
            Standing::Open,
            html! { { format!("After {seen} it points to {age} days, and has to stay the same for a week") } },
            plain(&limit),
        ),
        (None, None) if !analytics::has_old(last) => verdict(
            Standing::Open,
            html! { { format!("After {seen} nothing is 30 days old yet") } },
            plain(&limit),
        ),
        (None, None) => verdict(
            Standing::Unknown,
            html! { { format!("After {seen} nothing of 30 days or older is read rarely") } },
            plain(&limit),
        ),
    }
}

/// The call that has a lifecycle rule move what an analysis is about at this age. Their filters are written alike.
fn acting(bucket: &Bucket, (id, one): (&str, &Structure), age: i64) -> ApiCall {
    let name = format!("analysis-{id}");
    let mut rule = lifecycle::rule(&name, "", "move", age, "STANDARD_IA");
    if let Some(filter) = one.structure(field::FILTER) {
        rule.set(field::FILTER, filter.clone());
    }
    lifecycle::put(bucket, &name, rule)
}

/// What lay there on the last day that is over, by age.
fn table(day: &Day) -> Html {
    let of = |place: usize| day.seen.get(&(analytics::CLASS.to_owned(), place));
    let lines = (0..ALL).filter_map(|place| Some(line(place, of(place)?)));
    let all = of(ALL).map(|seen| line(ALL, seen));
    html! {
        <div class="scroll-x" tabindex="0" role="group" aria-label="What was seen, by age"><table>
            <thead><tr><th>{ "Age in days" }</th><th>{ "So it is" }</th><th class="number">{ "In Standard" }</th><th class="number">{ "Read in the day" }</th><th class="number">{ "Read in 30 days, of this age and older" }</th></tr></thead>
            <tbody>{ for lines }{ for all }</tbody>
        </table></div>
    }
}

/// The days of a group, in words.
fn age(place: usize) -> String {
    let first = |place: usize| AGES.get(place).map(|(first, _)| *first);
    match (first(place), first(place + 1)) {
        (Some(first), Some(next)) => format!("{first} to {}", next - 1),
        (Some(first), None) => format!("{first} and more"),
        (None, _) => "all objects".to_owned(),
    }
}

fn line(place: usize, seen: &Seen) -> Html {
    let share = |ratio: i64| format!("{}.{} %", ratio / 10_000, ratio % 10_000 / 1_000);
    let words = match seen.ratio {
        _ if place == ALL => "",
        None => "empty",
        Some(ratio) if ratio < analytics::break_even() => "infrequently accessed",
        Some(_) => "frequently accessed",
    };
    let reads = count(usize::try_from(seen.reads).unwrap_or(0), "time", "times");
    html! {
        <tr key={place}>
            <td>{ age(place) }</td>
            <td class="nowrap">{ words }</td>
            <td class="number">{ bytes_text(seen.stored) }</td>
            <td class="number">{ if seen.reads == 0 { "—".to_owned() } else { format!("{}, {reads}", bytes_text(seen.retrieved)) } }</td>
            <td class="number">{ seen.ratio.map_or_else(|| "—".to_owned(), share) }</td>
        </tr>
    }
}
