//! The calls that make, show, change and delete policies.

use super::{changes, cron, defaults, events, images, invalid, not_found, rules, runs};
use crate::base::error::{Error, Result};
use crate::base::ids::{Kind, LifecyclePolicyId};
use crate::base::random::Stream;
use crate::catalog::Region;
use crate::services::Request;
use crate::services::ec2::common::note;
use crate::world::World;
use crate::world::keeping::{Keeping, Policy};
use crate::world::objects::Document;
use std::collections::BTreeMap;
use stratus_model::{Structure, Value, field, sort};

/// Policies of a Region.
const POLICIES: usize = 100;

/// The policy of this id.
pub(super) fn find<'w>(world: &'w World, request: &Request<'_>, text: &str) -> Result<&'w Policy> {
    let id = LifecyclePolicyId::parse(text).ok_or_else(|| not_found(text))?;
    let ec2 = world.ec2(request.region);
    ec2.and_then(|ec2| ec2.keeping.policies.get(&id))
        .ok_or_else(|| not_found(text))
}

/// Puts a policy in its place.
pub(super) fn put(world: &mut World, request: &Request<'_>, policy: Policy) {
    if let Some(ec2) = world.regions.get_mut(&request.region) {
        ec2.keeping.policies.insert(policy.id, policy);
    }
}

/// The entries of a map of texts.
pub(super) fn texts(params: &Structure, name: stratus_model::Name) -> BTreeMap<String, String> {
    match params.get(name) {
        Some(Value::Map(map)) => {
            let entries = map
                .iter()
                .filter_map(|(key, value)| Some((key.clone(), value.as_text()?.to_owned())));
            entries.collect()
        }
        _ => BTreeMap::new(),
    }
}

/// The type of a policy.
pub(super) fn kind(details: &Structure) -> &str {
    details.text(field::POLICY_TYPE).unwrap_or("EBS_SNAPSHOT_MANAGEMENT")
}

/// Whether the details are those of a policy that is simulated, and whole.
fn check(details: &Structure, region: Region) -> Result<()> {
    let kind = kind(details);
    if kind == events::KIND {
        return events::check(details, region);
    }
    if !matches!(kind, "EBS_SNAPSHOT_MANAGEMENT" | images::KIND) {
        return Err(invalid(format!("The policy type {kind} is not simulated.")));
    }
    if defaults::is_default(details) {
        return defaults::check(details, region);
    }
    for name in [
        field::EVENT_SOURCE,
        field::ACTIONS,
        field::CROSS_REGION_COPY_TARGETS,
        field::EXCLUSIONS,
    ] {
        if details.contains(name) {
            let why = format!("{} does not belong to a policy with schedules.", name.text());
            return Err(invalid(why));
        }
    }
    if details.texts(field::RESOURCE_TYPES).next().is_none() {
        return Err(invalid("PolicyDetails.ResourceTypes is required."));
    }
    if details.list(field::TARGET_TAGS).is_empty() {
        return Err(invalid("PolicyDetails.TargetTags is required."));
    }
    if details.list(field::SCHEDULES).is_empty() {
        return Err(invalid("PolicyDetails.Schedules is required."));
    }
    match kind == images::KIND {
        true => images::check(details, region)?,
        false => rules::check(details, region)?,
    }
    details.structures(field::SCHEDULES).try_for_each(schedule)
}

fn schedule(schedule: &Structure) -> Result<()> {
    let rule = schedule
        .structure(field::CREATE_RULE)
        .ok_or_else(|| invalid("A schedule needs a CreateRule."))?;
    match (rule.text(field::CRON_EXPRESSION), rule.integer(field::INTERVAL)) {
        (Some(text), None) => {
            cron::read(text).ok_or_else(|| invalid(format!("'{text}' is no cron expression.")))?;
        }
        (None, Some(hours)) if cron::INTERVALS.contains(&hours) => {}
        (None, Some(hours)) => {
            let why =
                format!("The interval {hours} is invalid. The supported values are 1, 2, 3, 4, 6, 8, 12, and 24.");
            return Err(invalid(why));
        }
        _ => return Err(invalid("A CreateRule needs either Interval or CronExpression.")),
    }
    let keep = schedule
        .structure(field::RETAIN_RULE)
        .ok_or_else(|| invalid("A schedule needs a RetainRule."))?;
    let unit = keep.text(field::INTERVAL_UNIT).is_some();
    // What goes to the archive may do so at once.
    let least = i64::from(!schedule.contains(field::ARCHIVE_RULE));
    match (keep.integer(field::COUNT), keep.integer(field::INTERVAL)) {
        (Some(count), None) if count >= least => Ok(()),
        (None, Some(interval)) if interval >= least && unit => Ok(()),
        _ => Err(invalid(
            "A RetainRule needs either Count, or Interval with IntervalUnit.",
        )),
    }
}

/// <https://docs.aws.amazon.com/dlm/latest/APIReference/API_CreateLifecyclePolicy.html>
pub(super) fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    crate::services::ec2::defaults::ensure(world, region);
    let details = match params.text(field::DEFAULT_POLICY) {
        Some(kind) => defaults::details(params, kind)?,
        None => params
            .structure(field::POLICY_DETAILS)
            .cloned()
            .ok_or_else(|| invalid("PolicyDetails is required."))?,
    };
    check(&details, region)?;
    if defaults::is_default(&details) {
        defaults::check_single(world, region, &details)?;
    }
    // One that was deleted, and still deletes, counts (ours): rows are not to become ever more.
    let many = |keeping: &Keeping| keeping.policies.len() + keeping.ended.len() >= POLICIES;
    if world.ec2(region).is_some_and(|ec2| many(&ec2.keeping)) {
        let why = format!("There are {POLICIES} policies already.");
        return Err(Error::new("LimitExceededException", why).with_status(429));
    }
    let policy = Policy {
        id: LifecyclePolicyId(world.random.next_u64(Stream::Ids(Kind::LifecyclePolicy))),
        born: world.birth(),
        description: params.text(field::DESCRIPTION).unwrap_or_default().to_owned(),
        role: params.text(field::EXECUTION_ROLE_ARN).unwrap_or_default().to_owned(),
        enabled: params.text(field::STATE) == Some("ENABLED"),
        created: world.now,
        modified: world.now,
        details: Document(details),
        tags: texts(params, field::TAGS),
        next: Vec::new(),
        made: Vec::new(),
        until: BTreeMap::new(),
        more: Default::default(),
    };
    let id = policy.id;
    put(world, request, policy);
    runs::plan(world, region, id);
    note(world, region, id, "made");
    Ok(Structure::new().with(field::POLICY_ID, id))
}

/// <https://docs.aws.amazon.com/dlm/latest/APIReference/API_UpdateLifecyclePolicy.html>
pub(super) fn update(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let params = request.params;
    let old = find(world, request, params.text(field::POLICY_ID).unwrap_or_default())?.clone();
    let mut policy = old.clone();
    if let Some(details) = params.structure(field::POLICY_DETAILS) {
        check(details, request.region)?;
        policy.details = Document(details.clone());
    }
    defaults::change(&mut policy, params, request.region)?;
    if let Some(text) = params.text(field::DESCRIPTION) {
        policy.description = text.to_owned();
    }
    if let Some(text) = params.text(field::EXECUTION_ROLE_ARN) {
        policy.role = text.to_owned();
    }
    if let Some(state) = params.text(field::STATE) {
        policy.enabled = state == "ENABLED";
    }
    changes::check(&old, &policy)?;
    changes::settle(&old, &mut policy, world.now);
    policy.modified = world.now;
    let (id, now) = (policy.id, world.now);
    let extends = |policy: &Policy| defaults::extends(&policy.details.0);
    let resumes = (policy.enabled && !old.enabled) || (extends(&policy) && !extends(&old));
    put(world, request, policy);
    runs::plan(world, request.region, id);
    if resumes {
        // What waited meanwhile goes on.
        runs::remind(world, request.region, id, [now]);
    }
    note(world, request.region, id, "changed");
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/dlm/latest/APIReference/API_DeleteLifecyclePolicy.html>: the snapshots that it has made stay, but for those of a
/// default policy with ExtendDeletion.
pub(super) fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let id = find(
        world,
        request,
        request.params.text(field::POLICY_ID).unwrap_or_default(),
    )?
    .id;
    let mut said = "deleted; its snapshots stay";
    if let Some(keeping) = world.regions.get_mut(&request.region).map(|ec2| &mut ec2.keeping) {
        let row = keeping.policies.get(&id).cloned();
        keeping.policies.remove(&id);
        if let Some(mut row) = row.filter(|row| defaults::extends(&row.details.0)) {
            // What waits to be copied is not copied any more.
            row.more.waiting.clear();
            row.more.again.clear();
            row.more.image_waiting.clear();
            if !runs::has_nothing(&row) {
                said = "deleted; what it has made still goes when its time is over";
                keeping.ended.insert(id, row);
            }
        }
    }
    note(world, request.region, id, said);
    Ok(Structure::new())
}

fn state(policy: &Policy) -> &'static str {
    if policy.enabled { "ENABLED" } else { "DISABLED" }
}

/// A map of texts as a value; the model has no empty ones.
pub(super) fn map(tags: &BTreeMap<String, String>) -> Option<Value> {
    let entries = tags
        .iter()
        .map(|(key, value)| (key.clone(), Value::from(value.as_str())));
    (!tags.is_empty()).then(|| Value::Map(entries.collect()))
}

/// The ARN of a policy.
fn arn(world: &World, request: &Request<'_>, policy: &Policy) -> String {
    format!(
        "arn:aws:dlm:{}:{}:policy/{}",
        request.region.name(),
        world.account(),
        policy.id
    )
}

/// <https://docs.aws.amazon.com/dlm/latest/APIReference/API_GetLifecyclePolicy.html>
pub(super) fn get(request: &Request<'_>, world: &World) -> Result<Structure> {
    let policy = find(
        world,
        request,
        request.params.text(field::POLICY_ID).unwrap_or_default(),
    )?;
    let status = if policy.enabled { "ENABLED" } else { "DISABLED" };
    let shown = Structure::new()
        .with(field::POLICY_ID, policy.id)
        .with(field::DESCRIPTION, policy.description.as_str())
        .with(field::STATE, state(policy))
        .with(field::STATUS_MESSAGE, status)
        .with(field::EXECUTION_ROLE_ARN, policy.role.as_str())
        .with(field::DATE_CREATED, policy.created)
        .with(field::DATE_MODIFIED, policy.modified)
        .with(field::POLICY_DETAILS, policy.details.0.clone())
        .with_some(field::TAGS, map(&policy.tags))
        .with(field::POLICY_ARN, arn(world, request, policy))
        .with(field::DEFAULT_POLICY, defaults::is_default(&policy.details.0));
    Ok(Structure::new().with(field::POLICY, shown))
}

/// Whether a policy has one of the tags of a filter: `key=value`.
fn tagged(policy: &Policy, list: stratus_model::Name, wanted: &[&str]) -> bool {
    let has = |of: &Structure| {
        of.structures(list).any(|tag| {
            wanted.contains(
                &format!(
                    "{}={}",
                    tag.text(field::KEY).unwrap_or_default(),
                    tag.text(field::VALUE).unwrap_or_default()
                )
                .as_str(),
            )
        })
    };
    let details = &policy.details.0;
    wanted.is_empty() || has(details) || details.structures(field::SCHEDULES).any(has)
}

/// <https://docs.aws.amazon.com/dlm/latest/APIReference/API_GetLifecyclePolicies.html>
pub(super) fn list(request: &Request<'_>, world: &World) -> Result<Structure> {
    let params = request.params;
    let ids: Vec<&str> = params.texts(field::POLICY_IDS).collect();
    for id in &ids {
        find(world, request, id)?;
    }
    let kinds: Vec<&str> = params.texts(field::RESOURCE_TYPES).collect();
    let (targets, adds): (Vec<&str>, Vec<&str>) = (
        params.texts(field::TARGET_TAGS).collect(),
        params.texts(field::TAGS_TO_ADD).collect(),
    );
    let rows = world
        .ec2(request.region)
        .into_iter()
        .flat_map(|ec2| ec2.keeping.policies.rows());
    let mut rows: Vec<&Policy> = rows
        .filter(|row| ids.is_empty() || ids.contains(&row.id.to_string().as_str()))
        .filter(|row| params.text(field::STATE).is_none_or(|wanted| wanted == state(row)))
        .filter(|row| {
            let details = &row.details.0;
            // A default policy has one, and no list.
            let mut own = details
                .texts(field::RESOURCE_TYPES)
                .chain(details.text(field::RESOURCE_TYPE));
            kinds.is_empty() || own.any(|kind| kinds.contains(&kind))
        })
        .filter(|row| tagged(row, field::TARGET_TAGS, &targets) && tagged(row, field::TAGS_TO_ADD, &adds))
        .filter(|row| {
            let wanted = params.text(field::DEFAULT_POLICY_TYPE);
            let own = row.details.0.text(field::RESOURCE_TYPE);
            wanted.is_none_or(|wanted| defaults::is_default(&row.details.0) && (wanted == "ALL" || own == Some(wanted)))
        })
        .collect();
    sort::by_key(&mut rows, |row| row.born);
    let shown: Vec<Structure> = rows
        .into_iter()
        .map(|row| {
            Structure::new()
                .with(field::POLICY_ID, row.id)
                .with(field::DESCRIPTION, row.description.as_str())
                .with(field::STATE, state(row))
                .with_some(field::TAGS, map(&row.tags))
                .with(field::POLICY_TYPE, kind(&row.details.0))
                .with(field::DEFAULT_POLICY, defaults::is_default(&row.details.0))
        })
        .collect();
    Ok(Structure::new().with(field::POLICIES, shown))
}
