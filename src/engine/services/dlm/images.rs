//! Policies that make images of instances: at each moment of a schedule one of every target, with its tags; copies in other Regions once
//! it is available; deprecation; and at the end it is deregistered and its snapshots are deleted.
//! Source: <https://docs.aws.amazon.com/ebs/latest/userguide/ami-policy.html>

use super::runs::{Keeps, is_target, keeps, later, remind, row, schedules, update};
use super::{after, defaults, invalid, marks, policies, rules, runs};
use crate::base::error::Result;
use crate::base::ids::{ImageId, InstanceId, LifecyclePolicyId};
use crate::base::time::{Span, Time};
use crate::catalog::Region;
use crate::services::ec2;
use crate::services::ec2::common::note_clock;
use crate::services::ec2::storage::{bin, images};
use crate::world::World;
use crate::world::compute::{Image, Instance, InstanceState};
use crate::world::keeping::{Policy, PolicyImage};
use std::collections::BTreeSet;
use stratus_model::{Structure, field, sort};

/// The policies' type.
pub(super) const KIND: &str = "IMAGE_MANAGEMENT";
const SOURCE: &str = "https://docs.aws.amazon.com/ebs/latest/userguide/ami-policy.html";
/// Ten years, after which at most an image is deprecated.
const DEPRECATION: Span = Span::minutes(3_650 * 24 * 60);

/// Whether a policy makes images.
pub(super) fn makes(policy: &Policy) -> bool {
    policies::kind(&policy.details.0) == KIND
}

/// Whether the details are those of a policy that makes images on schedules.
///
/// # Errors
/// `InvalidRequestException`.
pub(super) fn check(details: &Structure, region: Region) -> Result<()> {
    if !details.texts(field::RESOURCE_TYPES).eq(["INSTANCE"]) {
        return Err(invalid(
            "A policy that makes images targets instances: ResourceTypes must be INSTANCE.",
        ));
    }
    let parameters = details.structure(field::PARAMETERS);
    for name in [field::EXCLUDE_BOOT_VOLUME, field::EXCLUDE_DATA_VOLUME_TAGS] {
        if parameters.is_some_and(|said| said.contains(name)) {
            return Err(invalid(format!("{} is for policies that take snapshots.", name.text())));
        }
    }
    for schedule in details.structures(field::SCHEDULES) {
        for name in [field::ARCHIVE_RULE, field::FAST_RESTORE_RULE, field::SHARE_RULES] {
            if schedule.contains(name) {
                return Err(invalid(format!("{} is for policies that take snapshots.", name.text())));
            }
        }
        rules::check_common(schedule, region, true)?;
        super::scripts::check(schedule, false)?;
        check_deprecation(schedule)?;
        for rule in schedule.structures(field::CROSS_REGION_COPY_RULES) {
            let kept = rule.structure(field::RETAIN_RULE).and_then(rules::span);
            if let Some(deprecation) = rule.structure(field::DEPRECATE_RULE) {
                check_age(deprecation, kept)?;
            }
        }
    }
    Ok(())
}

/// Whether a deprecation rule goes by what the retention goes by, and comes before its end.
fn check_deprecation(schedule: &Structure) -> Result<()> {
    let Some(rule) = schedule.structure(field::DEPRECATE_RULE) else {
        return Ok(());
    };
    match (keeps(schedule), rule.integer(field::COUNT)) {
        (Some(Keeps::Latest(kept)), Some(count)) => match usize::try_from(count).is_ok_and(|count| count <= kept) {
            true => Ok(()),
            false => Err(invalid(
                "The count of a DeprecateRule must be at most that of the schedule's RetainRule.",
            )),
        },
        (Some(Keeps::For(span)), None) => check_age(rule, Some(span)),
        _ => Err(invalid(
            "A DeprecateRule goes by what the RetainRule goes by: by Count, or by Interval and IntervalUnit.",
        )),
    }
}

fn check_age(rule: &Structure, kept: Option<Span>) -> Result<()> {
    match rules::span(rule) {
        None => Err(invalid("A DeprecateRule by age needs Interval and IntervalUnit.")),
        Some(span) if span > DEPRECATION => Err(invalid("An image is deprecated after at most ten years.")),
        Some(span) if kept.is_some_and(|kept| span > kept) => {
            Err(invalid("The deprecation period must be at most the retention period."))
        }
        Some(_) => Ok(()),
    }
}

fn alive(row: &Instance) -> bool {
    matches!(row.state, InstanceState::Running | InstanceState::Stopped)
}

/// The instances that a policy makes images of, by their making. Those whose root lies on the host's disks are left alone.
fn targets(world: &World, region: Region, policy: &Policy) -> Vec<InstanceId> {
    let details = &policy.details.0;
    let wanted = |row: &&Instance| match defaults::is_default(details) {
        true => defaults::wants(world, region, row, details),
        false => is_target(world, region, policy, row.id.into()),
    };
    let rows = world.ec2(region).into_iter().flat_map(|ec2| ec2.instances.rows());
    let mut rows: Vec<&Instance> = rows
        .filter(|row| alive(row) && row.machine.root_device_type == "ebs")
        .filter(wanted)
        .collect();
    sort::by_key(&mut rows, |row| row.born);
    rows.into_iter().map(|row| row.id).collect()
}

/// What an image of a policy is called (ours): the policy, the instance, the moment; and the schedule's number, from the second on.
fn name(policy: &Policy, instance: InstanceId, now: Time, place: usize) -> String {
    let moment = now.iso8601().replace(':', ".");
    match place {
        0 => format!("{} {instance} {moment}", policy.id),
        _ => format!("{} {instance} {moment} ({})", policy.id, place + 1),
    }
}

/// Makes the images of one moment of a schedule.
pub(super) fn take(world: &mut World, region: Region, policy: &Policy, place: usize, schedule: &Structure) {
    let mut moments = BTreeSet::new();
    for instance in targets(world, region, policy) {
        moments.extend(take_one(world, region, policy, (place, schedule), instance));
    }
    remind(world, region, policy.id, moments);
}

/// Makes an image of one instance; when the policy has to look at it again.
fn take_one(
    world: &mut World,
    region: Region,
    policy: &Policy,
    (place, schedule): (usize, &Structure),
    instance: InstanceId,
) -> Vec<Time> {
    let now = world.now;
    let Some(row) = world.row::<Instance>(region, instance).cloned() else {
        return Vec::new();
    };
    let parameters = policy.details.0.structure(field::PARAMETERS);
    // Unless a policy says otherwise, it does not reboot; and once is enough, where several schedules come at one moment: a second
    // reboot would interrupt the first one's image.
    let begun = runs::row(world, region, policy.id).is_some_and(|policy| {
        let mut made = policy.more.images.iter();
        made.any(|one| one.instance == instance && one.made == now)
    });
    let reboots = !begun && parameters.is_some_and(|said| said.boolean(field::NO_REBOOT) == Some(false));
    let called = name(policy, instance, now, place);
    let schedule_name = schedule.text(field::NAME).unwrap_or("Default Schedule");
    let described = format!("Created for policy: {} schedule: {schedule_name}", policy.id);
    let begun = match images::by_policy(world, region, &row, (&called, &described), reboots) {
        Ok(begun) => begun,
        Err(error) => {
            let rule = "A policy tries again at its next moment.";
            let text = format!("no image of it by {}: {}", policy.id, error.message);
            note_clock(world, region, instance, text, rule, SOURCE);
            return Vec::new();
        }
    };
    let tags = marks::of_made(world, region, policy, schedule, (instance.into(), Some(instance)));
    if let Some(ec2) = world.regions.get_mut(&region) {
        // The snapshots behind it have the same ones (ours).
        for id in begun.snapshots.iter().copied().chain([begun.image.into()]) {
            ec2.tags.insert(id, tags.clone());
        }
    }
    let rule = "A lifecycle policy makes images of the instances that have its tags at the moments of its schedule.";
    let text = format!("pending: an image of {instance}, by {}", policy.id);
    note_clock(world, region, begun.image, text, rule, SOURCE);
    let by_age = schedule.structure(field::DEPRECATE_RULE).and_then(rules::span);
    if let Some(span) = by_age {
        world.update(region, begun.image, |row: &mut Image| row.deprecated = Some(now + span));
    }
    let until = match keeps(schedule) {
        Some(Keeps::For(span)) => Some(now + span),
        _ => None,
    };
    let copies = schedule.list(field::CROSS_REGION_COPY_RULES).len();
    update(world, region, policy.id, |policy| {
        policy.more.images.push(PolicyImage {
            schedule: place,
            image: begun.image,
            made: now,
            instance,
            until,
            deprecated: by_age.is_some(),
        });
        let waiting = (0..copies).map(|rule| (place, rule, begun.image));
        policy.more.image_waiting.extend(waiting);
    });
    until.into_iter().chain((copies > 0).then_some(begun.ready)).collect()
}

/// Copies what has become available, and tries again what the limit of copies has put off.
pub(super) fn act(world: &mut World, region: Region, id: LifecyclePolicyId) {
    let waiting = row(world, region, id).map(|policy| policy.more.image_waiting.clone());
    let waiting = waiting.unwrap_or_default();
    if waiting.is_empty() {
        return;
    }
    let all = row(world, region, id).map(schedules).unwrap_or_default();
    let (mut left, mut moments) = (Vec::new(), BTreeSet::new());
    for (place, number, image) in waiting {
        let state = world.row::<Image>(region, image).map(|row| row.state.clone());
        let rules = all
            .get(place)
            .map(|schedule| schedule.structures(field::CROSS_REGION_COPY_RULES));
        let rule = rules.and_then(|mut rules| rules.nth(number));
        match (state.as_deref(), rule) {
            (Some("pending"), Some(_)) => left.push((place, number, image)),
            (Some("available"), Some(rule)) => match copy(world, region, id, image, rule) {
                after::Copied::Until(until) => moments.extend(until),
                after::Copied::Full(_) => {
                    left.push((place, number, image));
                    moments.insert(world.now + after::AGAIN);
                }
            },
            _ => {}
        }
    }
    update(world, region, id, |policy| policy.more.image_waiting = left);
    remind(world, region, id, moments);
}

/// Copies an image to another Region, where it stays as long as the rule says.
fn copy(world: &mut World, region: Region, id: LifecyclePolicyId, image: ImageId, rule: &Structure) -> after::Copied {
    let Some(to) = rules::target(rule) else {
        return after::Copied::Until(None);
    };
    ec2::defaults::ensure(world, to);
    let encrypted = rule.boolean(field::ENCRYPTED) == Some(true);
    let copied = match images::to_region(world, (region, image), to, encrypted, rule.text(field::CMK_ARN)) {
        Ok(copied) => copied,
        Err(error) if error.code == after::FULL => return after::Copied::Full(to),
        Err(error) => {
            let rule = "A copy that is refused is not tried again.";
            let text = format!("not copied to {}: {}", to.name(), error.message);
            note_clock(world, region, image, text, rule, SOURCE);
            return after::Copied::Until(None);
        }
    };
    marks::put_on_copy(world, id, rule, (region, image.into()), (to, copied.into()));
    let now = world.now;
    if let Some(span) = rule.structure(field::DEPRECATE_RULE).and_then(rules::span) {
        world.update(to, copied, |row: &mut Image| row.deprecated = Some(now + span));
    }
    let until = rule
        .structure(field::RETAIN_RULE)
        .and_then(rules::span)
        .map(|span| now + span);
    update(world, region, id, |policy| {
        policy.more.image_copies.push((to, copied, until))
    });
    let rule = "A cross-Region copy rule copies each image when it is available.";
    let text = format!("pending: a copy of {image} in {}, by {id}", region.name());
    note_clock(world, to, copied, text, rule, SOURCE);
    after::Copied::Until(until)
}

/// Whether an instance is there, and does not end.
fn is_there(world: &World, region: Region, instance: InstanceId) -> bool {
    let row = world.row::<Instance>(region, instance);
    row.is_some_and(|row| !matches!(row.state, InstanceState::ShuttingDown | InstanceState::Terminated))
}

/// Whether a policy still answers for an image. Who takes an instance's tag away, or terminates it under a retention by count, keeps
/// its images.
fn manages(world: &World, region: Region, policy: &Policy, one: &PolicyImage, keeps: Keeps) -> bool {
    let there = is_there(world, region, one.instance);
    let tagged = || defaults::is_default(&policy.details.0) || is_target(world, region, policy, one.instance.into());
    match keeps {
        Keeps::Latest(_) => there && tagged(),
        Keeps::For(_) => !there || tagged(),
    }
}

/// Whether the retention of its schedule is over for an image.
fn is_over(world: &World, region: Region, policy: &Policy, one: &PolicyImage, newer: usize, keeps: Keeps) -> bool {
    match keeps {
        Keeps::Latest(count) => newer >= count,
        Keeps::For(_) => {
            // The last one stays until there is a next one; of an instance that is gone, for good, unless a default policy says otherwise.
            let alone = || !is_there(world, region, one.instance) || runs::is_over(world, region, policy);
            let may_go = newer > 0 || (defaults::extends(&policy.details.0) && alone());
            one.until.is_some_and(|until| until <= world.now) && may_go
        }
    }
}

/// Whether an image can be launched, or will be: it is not deregistered, and has not failed.
pub(super) fn is_sound(world: &World, region: Region, row: &Image) -> bool {
    row.state != "failed" && !bin::holds(world, region, row.id.into())
}

/// Deprecates and deregisters what the schedules of a policy need keep no longer.
pub(super) fn expire(world: &mut World, region: Region, id: LifecyclePolicyId) {
    let Some(policy) = row(world, region, id).filter(|policy| !policy.more.is_empty()).cloned() else {
        return;
    };
    let all = schedules(&policy);
    let made = &policy.more.images;
    let image = |one: &PolicyImage| world.row::<Image>(region, one.image);
    // One that has failed, or that the user has deregistered, is none of those that are kept.
    let sound = |one: &PolicyImage| image(one).is_some_and(|row| is_sound(world, region, row));
    let newer = later(made.iter().map(|one| ((one.schedule, one.instance), sound(one))));
    let missing = made.iter().filter(|one| image(one).is_none());
    let mut gone: BTreeSet<ImageId> = missing.map(|one| one.image).collect();
    let mut deprecated = BTreeSet::new();
    for (one, newer) in made.iter().zip(newer) {
        let Some(schedule) = all.get(one.schedule) else {
            continue;
        };
        let Some(keeps) = keeps(schedule) else { continue };
        let left = gone.contains(&one.image) || bin::holds(world, region, one.image.into());
        if left || !manages(world, region, &policy, one, keeps) {
            continue;
        }
        if is_over(world, region, &policy, one, newer, keeps) {
            drop_one(world, region, one.image, id);
            gone.insert(one.image);
        } else if !one.deprecated && is_deprecated(schedule, newer, keeps) {
            deprecate(world, region, one.image, id);
            deprecated.insert(one.image);
        }
    }
    let now = world.now;
    let ended = |until: &Option<Time>| until.is_some_and(|until| until <= now);
    for (to, image, _) in policy.more.image_copies.iter().filter(|(.., until)| ended(until)) {
        drop_one(world, *to, *image, id);
    }
    update(world, region, id, |policy| {
        let more = &mut policy.more;
        more.image_copies.retain(|(.., until)| !ended(until));
        more.images.retain(|one| !gone.contains(&one.image));
        for one in more.images.iter_mut().filter(|one| deprecated.contains(&one.image)) {
            one.deprecated = true;
        }
    });
}

/// Whether an image is among the oldest of those that are kept, which a rule by count deprecates.
fn is_deprecated(schedule: &Structure, newer: usize, keeps: Keeps) -> bool {
    let rule = schedule.structure(field::DEPRECATE_RULE);
    let count = rule
        .and_then(|rule| rule.integer(field::COUNT))
        .and_then(|count| usize::try_from(count).ok());
    match (keeps, count) {
        (Keeps::Latest(kept), Some(count)) => newer + count >= kept,
        _ => false,
    }
}

fn deprecate(world: &mut World, region: Region, image: ImageId, id: LifecyclePolicyId) {
    let now = world.now;
    // What the account has said of it stands.
    let row = world.row::<Image>(region, image).filter(|row| row.deprecated.is_none());
    if row.is_some() {
        world.update(region, image, |row: &mut Image| row.deprecated = Some(now));
        let rule = "A deprecation rule by count deprecates the oldest images that its schedule keeps.";
        note_clock(world, region, image, format!("deprecated by {id}"), rule, SOURCE);
    }
}

/// Deregisters an image and deletes its snapshots; one that is protected stays, and is the user's from then on.
fn drop_one(world: &mut World, region: Region, image: ImageId, id: LifecyclePolicyId) {
    if world.row::<Image>(region, image).is_none() {
        return;
    }
    let text = match images::deregister(world, region, image, true) {
        Ok(_) => format!("deregistered: {id} keeps it no longer"),
        Err(error) => format!("stays, though {id} keeps it no longer: {}", error.message),
    };
    let rule =
        "A lifecycle policy deregisters what its schedule need keep no longer, and deletes the snapshots behind it.";
    note_clock(world, region, image, text, rule, SOURCE);
}
