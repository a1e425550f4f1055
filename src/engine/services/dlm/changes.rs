//! What a change of a policy means for what it has made already: a new age is for new snapshots and images only, and a policy that was disabled
//! does not make up for what it left undone.
//! Source: <https://docs.aws.amazon.com/ebs/latest/userguide/modify.html>

use super::runs::{Keeps, ends, keeps, schedules};
use super::{defaults, invalid, policies, rules};
use crate::base::error::Result;
use crate::base::time::{Span, Time};
use crate::world::keeping::Policy;
use stratus_model::Structure;

/// Whether a policy may become this.
///
/// # Errors
/// `InvalidRequestException` for another type, and for an age in the place of a count.
pub(super) fn check(old: &Policy, new: &Policy) -> Result<()> {
    let kind = |policy: &Policy| {
        let details = &policy.details.0;
        (policies::kind(details).to_owned(), defaults::is_default(details))
    };
    if kind(old) != kind(new) {
        return Err(invalid("The type of a policy cannot be changed.").remedy("Create another policy."));
    }
    let (before, after) = (schedules(old), schedules(new));
    let aged = |(before, after): (&Structure, &Structure)| {
        matches!(
            (keeps(before), keeps(after)),
            (Some(Keeps::Latest(_)), Some(Keeps::For(_)))
        )
    };
    match before.iter().zip(&after).any(aged) {
        true => {
            let why = "The retention of a schedule cannot be changed from count-based to age-based.";
            Err(invalid(why).remedy("Create another policy."))
        }
        false => Ok(()),
    }
}

/// How long the standard tier keeps a schedule's snapshots, and how long the archive, where that goes by age.
fn ages(policy: &Policy) -> Vec<(Option<Span>, Option<Span>)> {
    let of = |schedule: &Structure| {
        let standard = match keeps(schedule) {
            Some(Keeps::For(span)) => Some(span),
            _ => None,
        };
        (standard, rules::archive(schedule).and_then(rules::span))
    };
    schedules(policy).iter().map(of).collect()
}

/// The age that was, where there is another one now.
fn changed(before: Option<Span>, after: Option<Span>) -> Option<Span> {
    before.filter(|before| after.is_some_and(|after| after != *before))
}

/// Leaves what a policy has made as the change finds it.
pub(super) fn settle(old: &Policy, new: &mut Policy, now: Time) {
    let (before, after) = (ages(old), ages(new));
    let changes: Vec<(Option<Span>, Option<Span>)> = before
        .iter()
        .zip(&after)
        .map(|(before, after)| (changed(before.0, after.0), changed(before.1, after.1)))
        .collect();
    let change = |place: usize| changes.get(place).copied().unwrap_or_default();
    for (place, snapshot, at, _) in &old.made {
        if let Some(span) = change(*place).0 {
            new.until.entry(*snapshot).or_insert(*at + span);
        }
    }
    for (place, snapshot, at, _) in &old.more.archived {
        if let Some(span) = change(*place).1 {
            new.until.entry(*snapshot).or_insert(*at + span);
        }
    }
    match (old.enabled, new.enabled) {
        // What lies in the archive then is the user's.
        (true, false) => {
            for (_, snapshot, ..) in std::mem::take(&mut new.more.archived) {
                new.until.remove(&snapshot);
            }
        }
        (false, true) => resume(new, &after, now),
        _ => {}
    }
}

/// What should have gone while the policy was disabled stays, and is the user's. What goes by count is looked at anew.
fn resume(policy: &mut Policy, ages: &[(Option<Span>, Option<Span>)], now: Time) {
    let over = |(place, snapshot, at, _): &super::runs::Made| {
        let age = ages.get(*place).and_then(|(standard, _)| *standard);
        age.is_some_and(|span| ends(policy, *snapshot, *at, span) <= now)
    };
    let (gone, made): (Vec<_>, Vec<_>) = policy.made.iter().copied().partition(over);
    policy.made = made;
    for (_, snapshot, ..) in gone {
        policy.until.remove(&snapshot);
    }
    policy
        .more
        .copies
        .retain(|(.., until)| until.is_none_or(|until| until > now));
    policy
        .more
        .images
        .retain(|one| one.until.is_none_or(|until| until > now));
    policy
        .more
        .image_copies
        .retain(|(.., until)| until.is_none_or(|until| until > now));
}
