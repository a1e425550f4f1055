//! The form of a schedule: a lifecycle policy that saves what has a tag, as snapshots or images, every so many hours, and keeps so many
//! or for so long.

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
const KEEPS: [(&str, &str); 2] = [("count", "the last so many of each"), ("days", "each for so many days")];
/// What is made of what.
const KINDS: [(&str, &str); 3] = [
    ("VOLUME", "snapshots of volumes"),
    ("INSTANCE", "snapshots of instances, all disks at one moment"),
    (IMAGES, "images (AMIs) of instances, to launch from"),
];
/// The choice of images.
const IMAGES: &str = "IMAGES";
/// What AWS says of policies that make them.
const IMAGES_PAGE: &str = "https://docs.aws.amazon.com/ebs/latest/userguide/ami-policy.html";

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
    let kind = b.choose("ResourceTypes", "Makes", "VOLUME", options(&KINDS));
    b.also(&["PolicyDetails"]);
    let images = kind == IMAGES;
    let tag = target(place, &mut b, kind != "VOLUME");
    let (schedule, reboot) = timed(&mut b, images);
    let (policy, of) = match images {
        true => ("IMAGE_MANAGEMENT", "INSTANCE"),
        false => ("EBS_SNAPSHOT_MANAGEMENT", kind.as_str()),
    };
    let parameters = images.then(|| Structure::new().with(field::NO_REBOOT, !reboot));
    let details = Structure::new()
        .with(field::POLICY_TYPE, policy)
        .with(field::RESOURCE_TYPES, vec![of])
        .with(field::TARGET_TAGS, vec![tag])
        .with(field::SCHEDULES, vec![schedule])
        .with_some(field::PARAMETERS, parameters);
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
    let about = "Data Lifecycle Manager takes snapshots or makes images for you, and deletes those that need be kept no longer.";
    let (page, words) = match images {
        true => (
            IMAGES_PAGE,
            "An image that expires is deregistered, and its snapshots are deleted. A deprecated one can still be launched by who knows its id.",
        ),
        false => (
            PAGE,
            "A policy acts in one Region, as a role; a schedule takes snapshots every 1 to 24 hours and keeps 1 to 1,000 of each volume, or for a span.",
        ),
    };
    b.finish("Create schedule", about, "Create schedule", call)
        .telling("The schedule is made: its first moments are foreseen under “Schedules”")
        .documented(page, words)
}

/// The tag by which a policy finds what it saves.
fn target(place: &Place<'_>, b: &mut Builder<'_>, instances: bool) -> Structure {
    let known = tags(place, instances);
    let first = known.first().map(|(tag, _)| tag.clone()).unwrap_or_default();
    let tag = b.suggest("TargetTags", "That have the tag", first, known);
    b.hint("key=value. Whatever has it when the moment comes is saved, also what is tagged later.");
    let (key, value) = tag.split_once('=').unwrap_or((tag.as_str(), ""));
    if key.is_empty() {
        b.refuse(
            "TargetTags",
            "A policy finds what it saves by a tag: say which, as key=value.".into(),
        );
    }
    Structure::new().with(field::KEY, key).with(field::VALUE, value)
}

/// When it saves, and what it keeps; and whether instances reboot for it.
fn timed(b: &mut Builder<'_>, images: bool) -> (Structure, bool) {
    let hours = b.choose("Interval", "How often", "24", options(&HOURS));
    let at = b.text("Times", "From (UTC)", "09:00");
    b.hint("hh:mm. AWS begins within the hour after it; here it is to the minute (ours).");
    let keep = b.choose("RetainRule", "Keeps", "count", options(&KEEPS));
    let count = b.number("Count", if keep == "count" { "How many" } else { "Days" }, "3");
    b.need("Say how many are kept.");
    let copied = if images {
        "Copy the tags to the images"
    } else {
        "Copy the tags to the snapshots"
    };
    let copy = b.check("CopyTags", copied, true);
    let (reboot, deprecation) = if images { of_images(b, &keep) } else { (false, None) };
    let after = |amount: Option<i64>| match keep.as_str() {
        "count" => Structure::new().with_some(field::COUNT, amount),
        _ => Structure::new()
            .with_some(field::INTERVAL, amount)
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
        .with(field::RETAIN_RULE, after(count))
        .with_some(field::DEPRECATE_RULE, deprecation.map(|amount| after(Some(amount))));
    (schedule, reboot)
}

/// What is asked of images besides: whether the machine reboots first, and when an image is deprecated.
fn of_images(b: &mut Builder<'_>, keep: &str) -> (bool, Option<i64>) {
    let reboot = b.check("NoReboot", "Reboot the instance first", false);
    b.hint("Then what its programs had only in memory is on the disks. Without, an image is as after a power cut.");
    let label = match keep {
        "count" => "Deprecate the oldest so many",
        _ => "Deprecate after days",
    };
    let deprecation = b.number("DeprecateRule", label, "");
    b.hint("Empty: never. At most as many as are kept, and no longer.");
    (reboot, deprecation)
}
