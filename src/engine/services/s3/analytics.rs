//! Storage class analysis: watches how much of what lies in S3 Standard is read at which age, says from which age on Standard-IA would cost
//! less, and exports each day's figures as CSV.
//!
//! Reads leave no trace in a world. So what is counted is what writes: a copy made of an object, and `AccessObject` of our own service,
//! which stands for somebody's GetObject. A configuration observes whole days, from the midnight after it came (UTC); another filter begins
//! anew. AWS says which figures it looks at, not how it judges; that is ours: an age group is infrequently accessed when of it and of all
//! older ones less was read within 30 days than makes up for the cheaper storage, at list prices. The result is recommended after 30 days
//! of observation, once it has been the same for a week, and never is below 30 days, before which no lifecycle rule moves to Standard-IA.
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/analytics-storage-class.html>

use super::lifecycle::rules::{DAY, Rule, midnight};
use super::{fees, reports, shelf};
use crate::base::limits::{ANALYSED_DAYS, SMALL_OBJECT};
use crate::base::time::Time;
use crate::catalog::prices;
use crate::world::World;
use crate::world::analyses::{AGES, ALL, Analysis, Day, Seen, group};
use crate::world::journal::Cause;
use crate::world::objects::{Bucket, NamedKind, Object};
use crate::world::table::Table;
use stratus_model::{Structure, field};

const SOURCE: &str = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/analytics-storage-class.html";
/// The class that is analysed.
pub const CLASS: &str = "STANDARD";
/// The class that may be recommended.
const RARER: &str = "STANDARD_IA";
/// Days of observation before there is a result, and over which reads are summed.
pub const LEAST_DAYS: i64 = 30;
/// Days for which a result has to be the same (ours).
const STABLE_DAYS: i64 = 7;
/// The youngest age at which a lifecycle rule moves objects to Standard-IA.
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html>
const YOUNGEST: i64 = 30;
/// Ratios are in millionths.
const MILLION: i128 = 1_000_000;
/// Bytes of a megabyte of the export (ours).
const MEGABYTE: i128 = 1 << 20;
/// The export's columns.
const COLUMNS: [&str; 13] = [
    "Date",
    "ConfigId",
    "Filter",
    "StorageClass",
    "ObjectAge",
    "ObjectCount",
    "DataUploaded_MB",
    "Storage_MB",
    "DataRetrieved_MB",
    "GetRequestCount",
    "CumulativeAccessRatio",
    "ObjectAgeForSIATransition",
    "RecommendedObjectAgeForSIATransition",
];

/// The configurations of a bucket, by their names.
pub fn configurations(row: &Bucket) -> impl Iterator<Item = (&String, &Structure)> {
    let named = row.settings.named.iter();
    named
        .filter(|((kind, _), _)| *kind == NamedKind::Analytics)
        .map(|((_, id), document)| (id, &document.0))
}

/// What a configuration is about. It says so as the rules of lifecycles do.
fn scope(one: &Structure) -> Rule {
    let mut rule = Rule::read(one);
    rule.enabled = true;
    rule
}

/// Where a configuration exports to.
pub fn destination(one: &Structure) -> Option<&Structure> {
    one.structure(field::STORAGE_CLASS_ANALYSIS)?
        .structure(field::DATA_EXPORT)?
        .structure(field::DESTINATION)?
        .structure(field::S3_BUCKET_DESTINATION)
}

/// How much of its bytes may be read within 30 days before Standard-IA costs as much as Standard, in millionths.
pub fn break_even() -> i64 {
    let storage = |class| prices::object_storage(class).map_or(0, |rate| rate.first_price());
    let reading = prices::retrieval(RARER).map_or(0, |rate| rate.first_price());
    let saved = storage(CLASS).saturating_sub(storage(RARER));
    let even = saved.saturating_mul(MILLION).checked_div(reading);
    even.and_then(|even| i64::try_from(even).ok()).unwrap_or(0)
}

fn day_of(at: Time) -> i64 {
    at.0.div_euclid(DAY)
}

/// A configuration has come or changed: it begins to observe, unless it does so of the same objects already. `before`: what it was.
pub(super) fn set(world: &mut World, name: &str, id: &str, before: Option<&Structure>) {
    let begins = midnight(Time(world.now.0 + 1));
    let Some(row) = world.s3.buckets.get_mut(&name.to_owned()) else {
        return;
    };
    let now = row.settings.named.get(&(NamedKind::Analytics, id.to_owned()));
    let filter = |one: &Structure| one.structure(field::FILTER).cloned();
    let same = before.map(filter) == now.map(|document| filter(&document.0));
    if !(same && row.analyses.contains(&id.to_owned())) {
        let days = Table::default();
        row.analyses.insert(id.to_owned(), Analysis { begins, days });
        meter(world, name, id, 0);
    }
}

/// A configuration is gone, with what it has seen.
pub(super) fn forget(world: &mut World, name: &str, id: &str) {
    if let Some(row) = world.s3.buckets.get_mut(&name.to_owned()) {
        row.analyses.remove(&id.to_owned());
    }
    meter(world, name, id, 0);
}

fn meter(world: &mut World, name: &str, id: &str, objects: i64) {
    let region = world.s3.buckets.get(&name.to_owned()).map(|row| row.region);
    if let Some(region) = region {
        fees::analysed(world, (name, region), id, objects);
    }
}

/// Somebody has read an object.
pub(super) fn read(world: &mut World, name: &str, key: &str, version: Option<&str>) {
    count(world, name, key, version, true, |seen, bytes| {
        seen.reads += 1;
        seen.retrieved += bytes;
    });
}

/// An object has come. "You will not see multipart object upload activity in your export data."
pub(super) fn uploaded(world: &mut World, name: &str, key: &str) {
    let row = world.s3.buckets.get(&name.to_owned());
    let object = row.and_then(|row| row.objects.get(&key.to_owned()));
    if object.is_some_and(|object| object.parts.is_empty()) {
        count(world, name, key, None, false, |seen, bytes| seen.uploaded += bytes);
    }
}

/// Counts a request about an object in the day under way; `aged`: in its age group as well.
fn count(world: &mut World, name: &str, key: &str, version: Option<&str>, aged: bool, add: impl Fn(&mut Seen, i64)) {
    let now = world.now;
    let Some(row) = world
        .s3
        .buckets
        .get(&name.to_owned())
        .filter(|row| !row.analyses.is_empty())
    else {
        return;
    };
    let Ok(object) = shelf::object(row, key, version, "GET") else {
        return;
    };
    let class = object.storage_class.clone();
    let (bytes, age) = (object.size(), place(object, now));
    let concerned: Vec<String> = configurations(row)
        .filter(|(_, one)| scope(one).covers(key, object))
        .map(|(id, _)| id.clone())
        .collect();
    let Some(row) = world.s3.buckets.get_mut(&name.to_owned()) else {
        return;
    };
    for id in concerned {
        let analysis = row.analyses.get_mut(&id).filter(|analysis| analysis.begins <= now);
        let Some(analysis) = analysis else { continue };
        let mut day = analysis.days.get(&day_of(now)).cloned().unwrap_or_default();
        for place in [Some(ALL), age.filter(|_| aged)].into_iter().flatten() {
            add(day.seen.entry((class.clone(), place)).or_default(), bytes);
        }
        analysis.days.insert(day_of(now), day);
    }
}

/// The age group of an object; `None`: it is too small to be in one.
fn place(object: &Object, at: Time) -> Option<usize> {
    let age = day_of(Time(at.0.saturating_sub(object.modified.0)));
    (object.size() >= SMALL_OBJECT).then(|| group(age))
}

/// A midnight has come: closes the day that is over, and exports.
pub(super) fn observe(world: &mut World, name: &str) {
    let Some(row) = world.s3.buckets.get(&name.to_owned()) else {
        return;
    };
    let number = day_of(world.now) - 1;
    let due = configurations(row).filter(|(id, _)| {
        let analysis = row.analyses.get(id);
        analysis.is_some_and(|analysis| day_of(analysis.begins) <= number)
    });
    let due: Vec<(String, Structure)> = due.map(|(id, one)| (id.clone(), one.clone())).collect();
    for (id, one) in due {
        let Some(row) = world.s3.buckets.get_mut(&name.to_owned()) else {
            return;
        };
        let Some(analysis) = row.analyses.get(&id) else {
            continue;
        };
        let day = close(row, analysis, &scope(&one), number);
        let objects = day.seen.iter().filter(|((_, place), _)| *place == ALL);
        let objects = objects.map(|(_, seen)| seen.objects).sum();
        if let Some(analysis) = row.analyses.get_mut(&id) {
            analysis.days.insert(number, day);
            analysis.days.remove(&(number - ANALYSED_DAYS as i64));
        }
        meter(world, name, &id, objects);
        export(world, name, &id, &one);
    }
}

/// A day that is over: what lay there at its end is counted, and judged with the days before.
fn close(row: &Bucket, analysis: &Analysis, scope: &Rule, number: i64) -> Day {
    let mut day = analysis.days.get(&number).cloned().unwrap_or_default();
    let end = Time((number + 1).saturating_mul(DAY) - 1);
    let current = row.objects.iter();
    let older = row
        .versions
        .iter()
        .filter_map(|((key, _), version)| Some((key, version.object.as_ref()?)));
    for (_, object) in current.chain(older).filter(|(key, object)| scope.covers(key, object)) {
        for place in [Some(ALL), place(object, end)].into_iter().flatten() {
            let seen = day.seen.entry((object.storage_class.clone(), place)).or_default();
            seen.objects += 1;
            seen.stored += object.size();
        }
    }
    day.over = true;
    let mut window: Vec<&Day> = analysis
        .days
        .range(number - LEAST_DAYS + 1..number)
        .map(|(_, day)| day)
        .collect();
    let today = day.clone();
    window.push(&today);
    for ((class, place), seen) in &mut day.seen {
        seen.ratio = ratio(&window, class, *place);
    }
    day.observed = transition(&window);
    let last = || {
        analysis
            .days
            .range(number - STABLE_DAYS + 1..number)
            .map(|(_, day)| day.observed)
    };
    let stable = last().count() as i64 == STABLE_DAYS - 1 && last().all(|one| one == day.observed);
    let long = number - day_of(analysis.begins) + 1 >= LEAST_DAYS;
    day.recommended = day.observed.filter(|_| stable && long);
    day
}

/// How much was read in these days of what lay there on average: of a group and all older ones, or of everything.
fn ratio(days: &[&Day], class: &str, place: usize) -> Option<i64> {
    let (mut stored, mut retrieved) = (0_i128, 0_i128);
    let of_class = days.iter().flat_map(|day| &day.seen).filter(|((of, _), _)| of == class);
    for ((_, other), seen) in of_class {
        let counts = if place == ALL {
            *other == ALL
        } else {
            (place..ALL).contains(other)
        };
        if counts {
            stored += i128::from(seen.stored);
            retrieved += i128::from(seen.retrieved);
        }
    }
    let average = retrieved.saturating_mul(MILLION).saturating_mul(days.len() as i128);
    average
        .checked_div(stored)
        .map(|ratio| i64::try_from(ratio).unwrap_or(i64::MAX))
}

/// From which age on, of those that a rule can name, all that is as old or older is read rarely.
fn transition(days: &[&Day]) -> Option<i64> {
    let mut found = None;
    for (place, (first, _)) in AGES.iter().enumerate().rev() {
        match ratio(days, CLASS, place) {
            None => {}
            Some(ratio) if *first >= YOUNGEST && ratio < break_even() => found = Some(*first),
            Some(_) => break,
        }
    }
    found
}

/// Where a configuration's export lies: the bucket, and the key. AWS gives the prefix; the rest of the key is ours.
pub fn export_place(name: &str, id: &str, one: &Structure) -> Option<(String, String)> {
    let to = destination(one)?;
    let into = reports::name_of(to.text(field::BUCKET)?).to_owned();
    let prefix = to.text(field::PREFIX).filter(|prefix| !prefix.is_empty());
    let prefix = prefix.map(|prefix| format!("{}/", prefix.trim_end_matches('/')));
    Some((into, format!("{}{name}/{id}.csv", prefix.unwrap_or_default())))
}

/// Writes all that a configuration has seen.
fn export(world: &mut World, name: &str, id: &str, one: &Structure) {
    let Some((into, key)) = export_place(name, id, one) else {
        return;
    };
    let row = world.s3.buckets.get(&name.to_owned());
    let text = row
        .and_then(|row| row.analyses.get(&id.to_owned()))
        .map(|analysis| table(id, one, analysis));
    let cause = Cause::Clock {
        rule: "A storage class analysis exports what it has seen each day.".into(),
        source: SOURCE.into(),
    };
    let text = text.unwrap_or_default();
    let said = match reports::write(world, name, &into, &key, text.as_bytes(), cause.clone()) {
        Ok(()) => format!("analysis {id} of s3://{name} written to s3://{into}/{key}"),
        Err(error) => format!(
            "analysis {id} of s3://{name} not written: {} {}",
            error.message, error.remedy
        ),
    };
    shelf::note_for(world, name, said, cause);
}

/// The export: a head, and the rows by age group, then by day.
fn table(id: &str, one: &Structure, analysis: &Analysis) -> String {
    let filter = filter_words(one);
    let over = || analysis.days.iter().filter(|(_, day)| day.over);
    let mut text = format!("{}\n", COLUMNS.join(","));
    for place in 0..=ALL {
        for (number, day) in over() {
            for ((class, _), seen) in day.seen.iter().filter(|((_, of), _)| *of == place) {
                let own = [date(*number), id.to_owned(), filter.clone(), class.clone()];
                let cells = [&own[..], &cells(place, class, seen, day)].concat();
                text.push_str(&reports::line(&cells));
            }
        }
    }
    text
}

/// What a row has behind its storage class.
fn cells(place: usize, class: &str, seen: &Seen, day: &Day) -> Vec<String> {
    let all = place == ALL;
    let only = |shown: bool, text: String| if shown { text } else { String::new() };
    let age = |age: Option<i64>| {
        only(
            all && class == CLASS,
            age.map(|age| age.to_string()).unwrap_or_default(),
        )
    };
    vec![
        AGES.get(place).map_or("ALL", |(_, name)| name).to_owned(),
        only(all, seen.objects.to_string()),
        only(all, megabytes(seen.uploaded)),
        megabytes(seen.stored),
        megabytes(seen.retrieved),
        seen.reads.to_string(),
        seen.ratio.map(|ratio| decimal(ratio.into())).unwrap_or_default(),
        age(day.observed),
        age(day.recommended),
    ]
}

/// The day on which a day's record was made: the one after it. `03-05-2025`.
fn date(number: i64) -> String {
    let text = Time((number + 1).saturating_mul(DAY)).iso8601();
    let part = |range| text.get(range).unwrap_or_default();
    format!("{}-{}-{}", part(5..7), part(8..10), part(0..4))
}

fn megabytes(bytes: i64) -> String {
    decimal(i128::from(bytes) * MILLION / MEGABYTE)
}

/// Millionths, as a decimal number.
fn decimal(millionths: i128) -> String {
    format!("{}.{:06}", millionths / MILLION, millionths % MILLION)
}

/// What a configuration is about, in words.
pub fn filter_words(one: &Structure) -> String {
    let scope = scope(one);
    let prefix = (!scope.prefix.is_empty()).then(|| format!("prefix={}", scope.prefix));
    let tags = scope.tags.iter().map(|(name, value)| format!("tag:{name}={value}"));
    prefix.into_iter().chain(tags).collect::<Vec<String>>().join(" ")
}
