//! Lifecycle policies: which disks they save by their tags, when, how long they keep what they took; and what the next
//! moments will bring, on the clock.

use super::super::{called, on_clock};
use super::does::{does, is_for_events, makes_images, why_nothing};
use super::foreseen::{Foreseen, Life, Moment, foresee};
use crate::dialogs::FormKind;
use crate::dialogs::form::MoreForm;
use crate::inspector::span_text;
use crate::session::{Action, ApiCall, Ctx, Dialog, use_ctx};
use crate::ui::{CallButton, Source};
use stratus_engine::base::ids::ResourceId;
use stratus_engine::base::time::{Span, Time};
use stratus_engine::world::keeping::Policy;
use stratus_model::{Structure, field, sort};
use yew::prelude::*;

/// Snapshots that the picture shows: the newest.
const BARS: usize = 14;
/// Height of a bar's place in the picture.
const ROW: i64 = 12;
/// Days that the picture goes back at most, so that one old snapshot does not press all others together.
const BACK: i64 = 14 * 86_400_000;

/// The section.
#[component]
pub fn Schedules() -> Html {
    let ctx = use_ctx();
    let region = ctx.region();
    let ec2 = ctx.world().ec2(region);
    let mut rows: Vec<&Policy> = ec2.into_iter().flat_map(|ec2| ec2.keeping.policies.rows()).collect();
    sort::by_key(&mut rows, |row| row.born);
    let make = ctx.on(move || Action::Dialog(Some(Dialog::Form(FormKind::More(region, MoreForm::Schedule)))));
    html! {
        <section class="card" aria-label="Schedules">
            <div class="row spread"><h2>{ "Schedules" }</h2><button class="btn" onclick={make} aria-haspopup="dialog">{ "Create schedule" }</button></div>
            if rows.is_empty() {
                <p>{ "Nobody remembers to save every day. A lifecycle policy does: it saves every disk that has a tag, and deletes what it need keep no longer." }</p>
            }
            { for rows.into_iter().map(|row| html! { <Schedule key={row.id.to_string()} row={row.clone()} /> }) }
            <Source source="https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-lifecycle.html">{ "A policy finds its disks by their tags at each moment anew: whoever tags a disk has it saved from then on. What a policy made stays when the policy is deleted, and is yours to delete; a default policy with ExtendDeletion takes it away." }</Source>
        </section>
    }
}

/// Properties of [`Schedule`].
#[derive(Properties)]
struct ScheduleProps {
    row: Policy,
}

impl PartialEq for ScheduleProps {
    /// Rows are not comparable, and the parent draws only when the world changed.
    fn eq(&self, _: &ScheduleProps) -> bool {
        false
    }
}

/// One policy.
#[component]
fn Schedule(props: &ScheduleProps) -> Html {
    let ctx = use_ctx();
    let (region, row) = (ctx.region(), &props.row);
    let ahead = {
        let ctx = ctx.clone();
        // Time alone changes nothing of it until the policy acts.
        let asked = (
            ctx.view().world_stamp,
            region,
            row.id,
            row.next.clone(),
            row.made.len() + row.more.images.len(),
        );
        use_memo(asked, move |(_, region, id, ..)| foresee(ctx.world(), *region, *id))
    };
    let state = if row.enabled { "enabled" } else { "disabled" };
    let switch = if row.enabled {
        ("Pause", "DISABLED")
    } else {
        ("Resume", "ENABLED")
    };
    let own = Structure::new().with(field::POLICY_ID, row.id);
    let update = ApiCall::new(
        region,
        "dlm",
        "UpdateLifecyclePolicy",
        own.clone().with(field::STATE, switch.1),
    );
    let delete = ApiCall::new(region, "dlm", "DeleteLifecyclePolicy", own);
    let name = AttrValue::from(row.description.clone());
    html! {
        <article class="schedule" aria-label={name.clone()}>
            <div class="row spread"><h3>{ &row.description }</h3><span class={classes!("state", if row.enabled { "completed" } else { "stopped" })}>{ state }</span></div>
            <p class="soft">{ does(row) }</p>
            if ahead.lives.is_empty() && ahead.moments.iter().all(|one| one.takes.is_empty()) {
                if row.enabled && !is_for_events(row) { <p class="risk"><b>{ "It saves nothing: " }</b>{ why_nothing(row) }</p> }
            } else {
                { picture(&ctx, &ahead, if makes_images(&row.details.0) { "image" } else { "snapshot" }) }
                if !ahead.moments.is_empty() { { moments(&ctx, &ahead) } }
            }
            <div class="row">
                <CallButton label={switch.0} of={name.clone()} call={update} />
                <CallButton label="Delete" of={name} class={classes!("danger")} call={delete} />
            </div>
        </article>
    }
}

/// The volumes or instances in words.
fn names(ctx: &Ctx, all: impl Iterator<Item = ResourceId>) -> String {
    let names: Vec<String> = all.map(|id| called(ctx.world(), ctx.region(), id)).collect();
    names.join(", ")
}

/// The moments to come, line by line.
fn moments(ctx: &Ctx, ahead: &Foreseen) -> Html {
    let now = ctx.world().now;
    let line = |one: &Moment| {
        let taken = match one.takes.is_empty() {
            true => "nothing".to_owned(),
            false => names(ctx, one.takes.iter().copied()),
        };
        let dated = |of: &[(Time, ResourceId)]| {
            let of = of.iter().map(|(at, id)| {
                let name = called(ctx.world(), ctx.region(), *id);
                format!("{name} of {}", on_clock(ctx, *at))
            });
            of.collect::<Vec<_>>().join(", ")
        };
        let archived = (!one.archives.is_empty()).then(|| format!("sends to the archive: {}", dated(&one.archives)));
        let deleted = (!one.expires.is_empty()).then(|| dated(&one.expires));
        let gone: Vec<String> = deleted.into_iter().chain(archived).collect();
        html! {
            <tr key={one.at.0.to_string()}>
                <td class="nowrap">{ on_clock(ctx, one.at) }<span class="soft">{ format!(" · in {}", span_text(Span((one.at.0 - now.0).max(0)))) }</span></td>
                <td>{ taken }</td>
                <td>{ if gone.is_empty() { "none".to_owned() } else { gone.join("; ") } }</td>
                <td class="number">{ one.kept }</td>
            </tr>
        }
    };
    html! {
        <div class="scroll-x" tabindex="0"><table class="to-come">
            <thead><tr><th>{ "Foreseen" }</th><th>{ "Takes" }</th><th>{ "Lets expire" }</th><th class="number">{ "Then kept" }</th></tr></thead>
            <tbody>{ for ahead.moments.iter().map(line) }</tbody>
        </table></div>
    }
}

/// Each snapshot or image as a bar from its making to its end; what is still to come is lighter.
fn picture(ctx: &Ctx, ahead: &Foreseen, made: &str) -> Html {
    let now = ctx.world().now;
    let Some(until) = ahead.until.filter(|until| *until > now) else {
        return html! {};
    };
    let lives: Vec<&Life> = ahead.lives.iter().rev().take(BARS).collect();
    let first = lives.iter().map(|life| life.taken.0).min().unwrap_or(now.0);
    let first = first.clamp(now.0 - BACK, now.0);
    let span = (until.0 - first).max(1);
    let x = |at: i64| (at.clamp(first, until.0) - first) as f64 / span as f64 * 1_000.0;
    let high = ROW * i64::try_from(lives.len()).unwrap_or(1) + 4;
    let bar = |(at, life): (usize, &&Life)| {
        let end = life.expires.map_or(until.0, |end| end.0);
        let (from, to) = (x(life.taken.0), x(end));
        let y = ROW * i64::try_from(lives.len() - 1 - at).unwrap_or(0) + 3;
        let class = if life.there.is_some() { "bar" } else { "bar ahead" };
        html! { <rect {class} x={format!("{from:.1}")} width={format!("{:.1}", (to - from).max(3.0))} y={y.to_string()} height="8" rx="2" /> }
    };
    let there = lives.iter().filter(|life| life.there.is_some()).count();
    let words = format!(
        "{there} {made}s now, {} to come until {}",
        lives.len() - there,
        on_clock(ctx, until)
    );
    html! {
        <figure class="lives">
            <svg viewBox={format!("0 0 1000 {high}")} preserveAspectRatio="none" height={high.to_string()} role="img" aria-label={words}>
                { for lives.iter().enumerate().map(bar) }
                <rect class="now" x={format!("{:.1}", x(now.0))} width="2" height={high.to_string()} />
            </svg>
            <figcaption class="small soft"><span>{ on_clock(ctx, Time(first)) }</span><span>{ format!("a bar for each {made}, from its making to its end or the archive; lighter: to come; the line: now") }</span><span>{ on_clock(ctx, until) }</span></figcaption>
        </figure>
    }
}
