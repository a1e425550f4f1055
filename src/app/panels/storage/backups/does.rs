//! What a lifecycle policy does, in a sentence: one with schedules of its own, a default one, one that waits for events. The words
//! follow from its details alone.

use stratus_engine::world::keeping::Policy;
use stratus_model::{Structure, field};

/// Whether a policy waits for events in the place of moments.
pub fn is_for_events(row: &Policy) -> bool {
    row.details.0.text(field::POLICY_TYPE) == Some("EVENT_BASED_POLICY")
}

fn is_default(row: &Policy) -> bool {
    row.details.0.text(field::POLICY_LANGUAGE) == Some("SIMPLIFIED")
}

/// Whether a policy makes images of instances, in the place of snapshots.
pub fn makes_images(details: &Structure) -> bool {
    details.text(field::POLICY_TYPE) == Some("IMAGE_MANAGEMENT")
}

/// What a policy does, in a sentence.
pub fn does(row: &Policy) -> String {
    let details = &row.details.0;
    if is_for_events(row) {
        by_event(details)
    } else if is_default(row) {
        by_default(details)
    } else {
        by_schedule(details)
    }
}

/// Why a policy has nothing to save.
pub fn why_nothing(row: &Policy) -> &'static str {
    match (is_default(row), makes_images(&row.details.0)) {
        (true, false) => {
            "no volume of this Region is a day old and lacks a recent snapshot, but for what it leaves out."
        }
        (true, true) => "no instance of this Region is a day old and lacks a recent image, but for what it leaves out.",
        (false, _) => "nothing in this Region has its tag.",
    }
}

/// `1 day`, `7 days`.
fn days(count: i64) -> String {
    if count == 1 {
        "1 day".to_owned()
    } else {
        format!("{count} days")
    }
}

/// The Regions that rules copy to.
fn targets<'a>(rules: impl Iterator<Item = &'a Structure>) -> String {
    let names: Vec<&str> = rules
        .filter_map(|rule| rule.text(field::TARGET_REGION).or(rule.text(field::TARGET)))
        .collect();
    names.join(" and ")
}

/// What a policy does that waits until another account shares a snapshot.
fn by_event(details: &Structure) -> String {
    let source = details.structure(field::EVENT_SOURCE);
    let wanted = source.and_then(|source| source.structure(field::PARAMETERS));
    let owners: Vec<&str> = wanted
        .map(|wanted| wanted.texts(field::SNAPSHOT_OWNER).collect())
        .unwrap_or_default();
    let actions = details.structures(field::ACTIONS);
    let to = targets(actions.flat_map(|action| action.structures(field::CROSS_REGION_COPY)));
    let described = wanted
        .and_then(|wanted| wanted.text(field::DESCRIPTION_REGEX))
        .map(|regex| format!(", where its description fits {regex},"))
        .unwrap_or_default();
    format!(
        "Each snapshot that the account {} shares with this one{described} is copied to {to}, as soon as it is shared.",
        owners.join(" or ")
    )
}

/// What a default policy does.
fn by_default(details: &Structure) -> String {
    let every = days(details.integer(field::CREATE_INTERVAL).unwrap_or(1));
    let kept = days(details.integer(field::RETAIN_INTERVAL).unwrap_or(7));
    let but = match details.contains(field::EXCLUSIONS) {
        true => ", but for what it leaves out",
        false => "",
    };
    let to = targets(details.structures(field::CROSS_REGION_COPY_TARGETS));
    let copied = match to.is_empty() {
        true => String::new(),
        false => format!("; it is copied to {to}"),
    };
    let (of, made) = match makes_images(details) {
        true => ("instance without an", "image"),
        false => ("volume without a", "snapshot"),
    };
    let extends = match details.boolean(field::EXTEND_DELETION) == Some(true) {
        true => " It goes on deleting what it has made when it is paused or deleted.",
        false => "",
    };
    format!(
        "Default policy: each day, each {of} {made} of the last {every}, if it is a day old{but}; each {made} is kept for {kept}{copied}.{extends}"
    )
}

/// When a rule deprecates images, after what is said of how long they are kept.
fn deprecation(rule: &Structure) -> Option<String> {
    if let Some(count) = rule.integer(field::COUNT) {
        return Some(match count {
            1 => ", and the oldest of these is deprecated".to_owned(),
            _ => format!(", and the {count} oldest of these are deprecated"),
        });
    }
    let unit = rule.text(field::INTERVAL_UNIT).unwrap_or_default().to_lowercase();
    Some(format!(
        ", and deprecated after {} {unit}",
        rule.integer(field::INTERVAL)?
    ))
}

/// What a policy with schedules does.
fn by_schedule(details: &Structure) -> String {
    let tag = |tag: &Structure| {
        format!(
            "{}={}",
            tag.text(field::KEY).unwrap_or_default(),
            tag.text(field::VALUE).unwrap_or_default()
        )
    };
    let tags: Vec<String> = details.structures(field::TARGET_TAGS).map(tag).collect();
    let images = makes_images(details);
    let of = if images { "instance" } else { "volume" };
    let what = match details.texts(field::RESOURCE_TYPES).next() {
        _ if images => "An image (AMI) of each instance tagged",
        Some("INSTANCE") => "All disks of each instance tagged",
        _ => "Each volume tagged",
    };
    let when = details.structures(field::SCHEDULES).map(|schedule| {
        let rule = schedule.structure(field::CREATE_RULE);
        let every = rule.and_then(
            |rule| match (rule.text(field::CRON_EXPRESSION), rule.integer(field::INTERVAL)) {
                (Some(cron), _) => Some(format!("at {cron}")),
                (None, Some(24)) => Some("every day".to_owned()),
                (None, Some(1)) => Some("every hour".to_owned()),
                (None, hours) => Some(format!("every {} hours", hours?)),
            },
        );
        let from = rule.and_then(|rule| rule.texts(field::TIMES).next().map(|at| format!(" from {at} UTC")));
        let keep = schedule.structure(field::RETAIN_RULE);
        let kept = keep.and_then(
            |keep| match (keep.integer(field::COUNT), keep.integer(field::INTERVAL)) {
                (Some(count), _) => Some(format!("the last {count} of each {of} are kept")),
                (None, Some(span)) => {
                    let unit = keep.text(field::INTERVAL_UNIT).unwrap_or_default().to_lowercase();
                    Some(format!("each is kept for {span} {unit}"))
                }
                _ => None,
            },
        );
        let then = match schedule.contains(field::ARCHIVE_RULE) {
            true => ", what is older goes to the archive",
            false if images => "; what goes is deregistered, and its snapshots are deleted",
            false => "",
        };
        let deprecated = schedule.structure(field::DEPRECATE_RULE).and_then(deprecation);
        format!(
            "{}{}; {}{}{then}",
            every.unwrap_or_default(),
            from.unwrap_or_default(),
            kept.unwrap_or_default(),
            deprecated.unwrap_or_default()
        )
    });
    format!("{what} {}: {}.", tags.join(" or "), when.collect::<Vec<_>>().join("; "))
}
