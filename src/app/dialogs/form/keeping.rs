//! The form of a schedule: a lifecycle policy that saves what has a tag, every so many hours, and keeps so many or for so long.

use super::builder::{Builder, Options, Place, Spec, options};
use crate::session::ApiCall;
use stratus_engine::base::ids::ResourceId;
use stratus_model::{Structure, field};

/// What AWS says of its policies.
const PAGE: &str = "https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-ami-policy.html";
/// How often: the intervals that there are.
const HOURS: [(&str, &str); 8] = [
    ("24", "every day"),
    ("12", "every 12 hours"),
    ("8", "every 8 hours"),
    ("6", "every 6 hours"),
    ("4", "every 4 hours"),
    ("3", "every 3 hours"),
    ("2", "every 2 hours"),
    ("1", "every hour"),
];
/// What is kept.
const KEEPS: [(&str, &str); 2] = [
    ("count", "the last so many of each volume"),
    ("days", "each for so many days"),
];

/// Tags of the Region's volumes or instances, as `key=value`.
fn tags(place: &Place<'_>, instances: bool) -> Options {
    let mut found: Vec<String> = Vec::new();
    for (id, tags) in place.ec2.tags.iter() {
        let fits = match id {
            ResourceId::Instance(_) => instances,
            ResourceId::Volume(_) => !instances,
            _ => false,
        };
        let own = tags.iter().filter(|(key, _)| fits && !key.starts_with("aws:"));
        found.extend(own.map(|(key, value)| format!("{key}={value}")));
    }
    stratus_model::sort::sort(&mut found);
    found.dedup();
    found.into_iter().map(|tag| (tag, String::new())).collect()
}

/// A new schedule.
pub fn schedule(place: &Place<'_>, mut b: Builder<'_>) -> Spec {
    let name = b.text("Description", "What it is for", "Daily backups");
    b.need("Say in a few words what it is for.");
    let kinds = [
        ("VOLUME", "volumes"),
        ("INSTANCE", "instances, all their disks at one moment"),
    ];
    let kind = b.choose("ResourceTypes", "Saves", "VOLUME", options(&kinds));
    b.also(&["PolicyDetails"]);
    let known = tags(place, kind == "INSTANCE");
    let first = known.first().map(|(tag, _)| tag.clone()).unwrap_or_default();
    let tag = b.suggest("TargetTags", "That have the tag", first, known);
    b.hint("key=value. Whatever has it when the moment comes is saved, also what is tagged later.");
    let (key, value) = tag.split_once('=').unwrap_or((tag.as_str(), ""));
    if key.is_empty() {
        b.refuse(
            "TargetTags",
            "A policy finds its disks by a tag: say which, as key=value.".into(),
        );
    }
    let hours = b.choose("Interval", "How often", "24", options(&HOURS));
    let at = b.text("Times", "From (UTC)", "09:00");
    b.hint("hh:mm. AWS begins within the hour after it; here it is to the minute (ours).");
    let keep = b.choose("RetainRule", "Keeps", "count", options(&KEEPS));
    let count = b.number("Count", if keep == "count" { "How many" } else { "Days" }, "3");
    b.need("Say how many are kept.");
    let copy = b.check("CopyTags", "Copy the tags to the snapshots", true);
    let retain = match keep.as_str() {
        "count" => Structure::new().with_some(field::COUNT, count),
        _ => Structure::new()
            .with_some(field::INTERVAL, count)
            .with(field::INTERVAL_UNIT, "DAYS"),
    };
    let create = Structure::new()
        .with_some(field::INTERVAL, hours.parse::<i64>().ok())
        .with(field::INTERVAL_UNIT, "HOURS")
        .with(field::TIMES, vec![at]);
    let schedule = Structure::new()
        .with(field::NAME, "Schedule 1")
        .with(field::COPY_TAGS, copy)
        .with(field::CREATE_RULE, create)
        .with(field::RETAIN_RULE, retain);
    let details = Structure::new()
        .with(field::POLICY_TYPE, "EBS_SNAPSHOT_MANAGEMENT")
        .with(field::RESOURCE_TYPES, vec![kind])
        .with(
            field::TARGET_TAGS,
            vec![Structure::new().with(field::KEY, key).with(field::VALUE, value)],
        )
        .with(field::SCHEDULES, vec![schedule]);
    let role = format!(
        "arn:aws:iam::{}:role/AWSDataLifecycleManagerDefaultRole",
        place.world.account()
    );
    let params = Structure::new()
        .with(field::DESCRIPTION, name)
        .with(field::STATE, "ENABLED")
        .with(field::EXECUTION_ROLE_ARN, role)
        .with(field::POLICY_DETAILS, details);
    let call = ApiCall::new(place.region, "dlm", "CreateLifecyclePolicy", params);
    let about = "Data Lifecycle Manager takes snapshots for you, and deletes those that need be kept no longer.";
    b.finish("Create schedule", about, "Create schedule", call)
        .telling("The schedule is made: its first moments are foreseen under “Schedules”")
        .documented(PAGE, "A policy acts in one Region, as a role; a schedule takes snapshots every 1 to 24 hours and keeps 1 to 1,000 of each volume, or for a span.")
}
