//! What no call shows of buckets: who may do what and what decides, what lifecycle rules will do, what a website answers, and
//! the messages that nobody received.

use stratus_engine::World;
use stratus_engine::services::s3::decide::{self, Who};
use stratus_engine::services::s3::lifecycle::foresight;
use stratus_engine::services::s3::public::Visit;
use stratus_engine::services::s3::{notify, reports, tiers, website};
use stratus_engine::world::analyses::Day;

/// `decision` of `BUCKET KEY anonymous|other|account [OPERATION]`, `foreseen`, `messages` of a bucket, the access `tier` of `BUCKET KEY` and what comes next, what an `analysis` of
/// `BUCKET ID` has seen, the statements of the policy by which the page would `grant` S3 to write to `BUCKET` about `BUCKET` what has this
/// `KEY`, `website` of `BUCKET /path`; `None` for other sights.
pub fn look(world: &World, what: &str, of: &str) -> Option<String> {
    let words: Vec<&str> = of.split(' ').collect();
    let word = |at: usize| words.get(at).copied().unwrap_or_default();
    Some(match what {
        "decision" => {
            let who = match word(2) {
                "anonymous" => Who::Anonymous,
                "other" => Who::OtherAccount,
                _ => Who::Account,
            };
            let operation = words.get(3).copied().unwrap_or("GetObject");
            let decision = decide::decide(world, word(0), operation, word(1), who)?;
            let by = decision.heard.iter().find(|one| one.decides);
            let verb = if decision.allowed { "allowed" } else { "denied" };
            format!("{verb} by {}", by.map_or("nobody at all", |one| one.what.as_str()))
        }
        "foreseen" => listed(foresight::foresee(world, word(0)).into_iter().map(|one| {
            let version = if one.version.is_empty() { "" } else { " (a version)" };
            format!("{} {}{version} {} by {}", one.at.iso8601(), one.key, one.what, one.rule)
        })),
        "tier" => {
            let row = world.s3.buckets.get(&word(0).to_owned())?;
            let object = row.objects.get(&word(1).to_owned())?;
            let next = tiers::next(row, word(1), object);
            let next = next.map(|(at, to)| format!(", {} {}", at.iso8601(), to.words()));
            format!("{}{}", object.access_tier().words(), next.unwrap_or_default())
        }
        "analysis" => {
            let row = world.s3.buckets.get(&word(0).to_owned())?;
            let analysis = row.analyses.get(&word(1).to_owned())?;
            let over: Vec<&Day> = analysis.days.rows().filter(|day| day.over).collect();
            let age = |age: Option<i64>| age.map_or("-".to_owned(), |age| age.to_string());
            let last = over.last().copied().cloned().unwrap_or_default();
            let days = if over.len() == 1 { "day" } else { "days" };
            let (observed, recommended) = (age(last.observed), age(last.recommended));
            format!("{} {days}, observed {observed}, recommended {recommended}", over.len())
        }
        "grant" => {
            let row = world.s3.buckets.get(&word(0).to_owned())?;
            let Some(policy) = reports::granting(world, row, word(1), word(2)) else {
                return Some("none".to_owned());
            };
            let policy: serde_json::Value = serde_json::from_str(&policy).ok()?;
            let statements = policy.get("Statement")?.as_array()?;
            let sid = |one: &serde_json::Value| Some(one.get("Sid")?.as_str()?.to_owned());
            listed(statements.iter().filter_map(sid))
        }
        "messages" => listed(
            notify::messages(world, word(0))
                .into_iter()
                .map(|one| format!("{} {} to {}", one.name, one.key, one.to)),
        ),
        "newest message" => notify::messages(world, word(0))
            .first()
            .map_or("none".into(), |one| one.text.clone()),
        "website" => match website::of(world, word(0)) {
            Err(error) => error.code.to_owned(),
            Ok(site) => {
                let visit = Visit::of_laptop("Mozilla/5.0");
                let got = website::fetch(
                    world,
                    word(0),
                    &site,
                    (word(0), word(1).trim_start_matches('/')),
                    &visit,
                );
                let shown = got.location.map(|place| format!("to {place}")).or(got.key);
                format!("{} {}", got.status, shown.unwrap_or_else(|| "an error page".to_owned()))
            }
        },
        _ => return None,
    })
}

fn listed(lines: impl Iterator<Item = String>) -> String {
    let lines: Vec<String> = lines.collect();
    if lines.is_empty() {
        "none".to_owned()
    } else {
        lines.join("; ")
    }
}
