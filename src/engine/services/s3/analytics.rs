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
use crate::world::analyses::{AGES, ALL, Analysis, Day, Scope, Seen, group};
use crate::world::journal::Cause;
use crate::world::objects::{NamedKind, Object};
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

/// What a configuration is about. It says so as the rules of lifecycles do.
fn scope(one: &Structure) -> Scope {
    let Rule { prefix, tags, .. } = Rule::read(one);
    Scope { prefix, tags }
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
    if same && row.analyses.contains(&id.to_owned()) {
        return;
    }
    let mut analysis = Analysis {
        scope: now.map(|document| scope(&document.0)).unwrap_or_default(),
        begins,
        lies: Table::default(),
        days: Table::default(),
    };
    let older = row
        .versions
        .iter()
        .filter_map(|((key, _), version)| Some((key, version.object.as_ref()?)));
    for (key, object) in row.objects.iter().chain(older) {
        if analysis.scope.covers(key, object) {
            lay(&mut analysis, object, 1);
        }
    }
    row.analyses.insert(id.to_owned(), analysis);
    meter(world, name, id, 0);
}

/// Counts an object, or a version of one, into what analyses know to lie there (`sign` 1), or out of it (-1).
pub(super) fn weigh(analyses: &mut Table<String, Analysis>, key: &str, object: &Object, sign: i64) {
    for id in concerned(analyses, key, object) {
        if let Some(analysis) = analyses.get_mut(&id) {
            lay(analysis, object, sign);
        }
    }
}

/// [`weigh`] of an object that this analysis is about.
fn lay(analysis: &mut Analysis, object: &Object, sign: i64) {
    let of = (object.storage_class.clone(), day_of(object.modified));
    let mut lying = analysis.lies.get(&of).copied().unwrap_or_default();
    let (objects, bytes) = (sign, sign * object.size());
    lying.objects += objects;
    lying.bytes += bytes;
    if is_aged(object) {
        lying.aged_objects += objects;
        lying.aged_bytes += bytes;
    }
    match lying.objects {
        0 => {
            analysis.lies.remove(&of);
        }
        _ => analysis.lies.insert(of, lying),
    }
}

/// The analyses that are about an object.
fn concerned(analyses: &Table<String, Analysis>, key: &str, object: &Object) -> Vec<String> {
    let all = analyses.iter();
    all.filter(|(_, analysis)| analysis.scope.covers(key, object))
        .map(|(id, _)| id.clone())
        .collect()
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

/// Somebody has read so many bytes of an object.
pub(super) fn read(world: &mut World, name: &str, key: &str, version: Option<&str>, bytes: i64) {
    count(world, name, key, version, |seen, _| {
        seen.reads += 1;
        seen.retrieved += bytes;
    });
}

/// An object has come. "You will not see multipart object upload activity in your export data."
pub(super) fn uploaded(world: &mut World, name: &str, key: &str) {
    count(world, name, key, None, |seen, object| {
        if object.parts.is_empty() {
            seen.uploaded += object.size();
        }
    });
}

/// Counts a request about an object in the day under way, among all objects and in its age group.
fn count(world: &mut World, name: &str, key: &str, version: Option<&str>, add: impl Fn(&mut Seen, &Object)) {
    let (now, name) = (world.now, name.to_owned());
    let row = world.s3.buckets.get(&name).filter(|row| !row.analyses.is_empty());
    let Some(row) = row else { return };
    let Ok(object) = shelf::object(row, key, version, "GET") else {
        return;
    };
    let mut ids = concerned(&row.analyses, key, object);
    ids.retain(|id| row.analyses.get(id).is_some_and(|analysis| analysis.begins <= now));
    if ids.is_empty() {
        return;
    }
    let mut one = Seen::default();
    add(&mut one, object);
    let (class, age) = (object.storage_class.clone(), place(object, now));
    let Some(row) = world.s3.buckets.get_mut(&name) else {
        return;
    };
    for id in ids {
        let Some(analysis) = row.analyses.get_mut(&id) else {
            continue;
        };
        if !analysis.days.contains(&day_of(now)) {
            analysis.days.insert(day_of(now), Day::default());
        }
        let Some(day) = analysis.days.get_mut(&day_of(now)) else {
            continue;
        };
        for place in [Some(ALL), age].into_iter().flatten() {
            let seen = day.seen.entry((class.clone(), place)).or_default();
            seen.reads += one.reads;
            seen.retrieved += one.retrieved;
            seen.uploaded += one.uploaded;
        }
    }
}

/// Whether an object is large enough to be in an age group.
fn is_aged(object: &Object) -> bool {
    object.size() >= SMALL_OBJECT
}

/// The age group of an object; `None`: it is too small to be in one.
fn place(object: &Object, at: Time) -> Option<usize> {
    let age = day_of(Time(at.0.saturating_sub(object.modified.0)));
    is_aged(object).then(|| group(age))
}

/// A midnight has come: closes the day that is over, and exports.
pub(super) fn observe(world: &mut World, name: &str) {
    let Some(row) = world.s3.buckets.get(&name.to_owned()) else {
        return;
    };
    let number = day_of(world.now) - 1;
    let due = row
        .analyses
        .iter()
        .filter(|(_, analysis)| day_of(analysis.begins) <= number);
    let due: Vec<(String, Day)> = due
        .map(|(id, analysis)| (id.clone(), close(analysis, number)))
        .collect();
    for (id, day) in due {
        let objects = day.seen.iter().filter(|((_, place), _)| *place == ALL);
        let objects = objects.map(|(_, seen)| seen.objects).sum();
        let Some(row) = world.s3.buckets.get_mut(&name.to_owned()) else {
            return;
        };
        if let Some(analysis) = row.analyses.get_mut(&id) {
            analysis.days.insert(number, day);
            analysis.days.remove(&(number - ANALYSED_DAYS as i64));
        }
        meter(world, name, &id, objects);
        export(world, name, &id);
    }
}

/// A day that is over: what lies there at its end is counted, and judged with the days before.
fn close(analysis: &Analysis, number: i64) -> Day {
    let mut day = analysis.days.get(&number).cloned().unwrap_or_default();
    for ((class, put), lying) in analysis.lies.iter() {
        let all = (ALL, lying.objects, lying.bytes);
        let aged = (group(number - put), lying.aged_objects, lying.aged_bytes);
        for (place, objects, bytes) in [all, aged].into_iter().filter(|(_, objects, _)| *objects > 0) {
            let seen = day.seen.entry((class.clone(), place)).or_default();
            seen.objects += objects;
            seen.stored += bytes;
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

/// Whether anything lies there, in a day, that is old enough for a lifecycle rule to move it.
pub fn has_old(day: &Day) -> bool {
    let mut seen = day.seen.iter();
    seen.any(|((class, place), seen)| {
        let first = AGES.get(*place).map(|(first, _)| *first);
        class == CLASS && seen.ratio.is_some() && first.is_some_and(|first| first >= YOUNGEST)
    })
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
fn export(world: &mut World, name: &str, id: &str) {
    let Some(row) = world.s3.buckets.get(&name.to_owned()) else {
        return;
    };
    let one = row.settings.named.get(&(NamedKind::Analytics, id.to_owned()));
    let Some((one, (into, key))) = one.and_then(|one| Some((&one.0, export_place(name, id, &one.0)?))) else {
        return;
    };
    let analysis = row.analyses.get(&id.to_owned());
    let text = analysis.map(|analysis| table(id, one, analysis));
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
    let age = |age: Option<i64>| {
        let shown = age.filter(|_| all && class == CLASS);
        shown.map(|age| age.to_string()).unwrap_or_default()
    };
    vec![
        AGES.get(place).map_or("ALL", |(_, name)| name).to_owned(),
        seen.objects.to_string(),
        megabytes(seen.uploaded),
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
