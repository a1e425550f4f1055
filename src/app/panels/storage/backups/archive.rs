//! The archive: what moving a snapshot there would save or cost, and the ways back. What a move makes of the bill is found by
//! making it on a copy of the world.

use super::super::{block_text, blocks, called, on_clock};
use super::{AHEAD, SnapshotProps};
use crate::inspector::span_text;
use crate::session::{ApiCall, Ctx, use_ctx};
use crate::ui::{CallButton, Source, Typed, money_text, text_of};
use stratus_engine::base::ids::SnapshotId;
use stratus_engine::base::time::{Span, Time};
use stratus_engine::catalog::{Money, Region, prices};
use stratus_engine::services::ec2::storage::snapshots::chain::chain_bill;
use stratus_engine::world::storage::{BLOCK_BYTES, Snapshot, TieringStep};
use stratus_engine::{World, clock};
use stratus_model::{Structure, field};
use yew::prelude::*;

/// What AWS says of it.
const PAGE: &str = "https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-archive.html";
/// And of its price.
const PRICES: &str = "https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-archive-pricing.html";
/// Days that a temporary restore lasts, unless one says otherwise; and the most.
const DAYS: u32 = 7;
const MOST_DAYS: u32 = 180;

fn bytes(blocks: i64) -> i128 {
    i128::from(blocks) * i128::from(BLOCK_BYTES)
}

fn in_archive(row: &Snapshot) -> bool {
    row.tiering.as_ref().is_some_and(|tiering| tiering.step.in_archive())
}

/// What all snapshots of a Region cost in a month, each in the tier that it rests in.
fn month(world: &World, region: Region) -> Money {
    let rate = |(id, own): (SnapshotId, i64)| {
        let archived = world.row::<Snapshot>(region, id).is_some_and(in_archive);
        let rate = if archived {
            &prices::SNAPSHOT_ARCHIVE
        } else {
            &prices::SNAPSHOT_STANDARD
        };
        rate.month(bytes(own))
    };
    chain_bill(world, region).into_iter().map(rate).sum()
}

fn call(ctx: &Ctx, id: SnapshotId) -> ApiCall {
    let params = Structure::new()
        .with(field::SNAPSHOT_ID, id)
        .with(field::STORAGE_TIER, "archive");
    ApiCall::ec2(ctx.region(), "ModifySnapshotTier", params)
}

/// The month's sum without and with the move, where it can be foreseen, or why it is refused.
type Outlook = Result<Option<(Money, Money)>, String>;

fn outlook(ctx: &Ctx, region: Region, id: SnapshotId) -> Outlook {
    let call = call(ctx, id);
    let tried = ctx.read(|engine| engine.try_on(ctx.world(), region, call.service, call.operation, &call.params));
    let (_, moved) = tried.map_err(|error| error.to_string())?;
    let there = moved.row::<Snapshot>(region, id).and_then(|row| row.tiering.as_ref());
    let ends = there.map_or(moved.now, |tiering| tiering.ends);
    // Other things happen until it is there, in both worlds: only the move tells them apart.
    let then = |mut world: World| {
        let there = clock::advance(&mut world, ends, AHEAD).done;
        there.then(|| month(&world, region))
    };
    Ok(then(ctx.world().clone()).zip(then(moved)))
}

/// The card.
#[component]
pub fn Archive(props: &SnapshotProps) -> Html {
    let ctx = use_ctx();
    let (region, row) = (ctx.region(), &props.row);
    let step = row.tiering.as_ref().map(|tiering| tiering.step);
    let stays = matches!(step, None | Some(TieringStep::Restored));
    let asked = (ctx.view().world_stamp, region, row.id, row.completed, stays);
    let outlook = {
        let ctx = ctx.clone();
        use_memo(asked, move |(_, region, id, completed, stays)| {
            (*stays && *completed).then(|| outlook(&ctx, *region, *id))
        })
    };
    let whole = blocks(&row.contents);
    let (class, tier) = match (in_archive(row), stays) {
        (true, _) => ("pending", "archive"),
        (false, true) => ("completed", "standard"),
        (false, false) => ("pending", "on its way to the archive"),
    };
    html! {
        <article class="card own-image" aria-label="Where it rests">
            <div class="row spread"><h3>{ "Where it rests" }</h3><span class={classes!("state", class)}>{ tier }</span></div>
            { match &row.tiering {
                Some(tiering) if !stays => under_way(&ctx, row, tiering.step, tiering.ends, tiering.expires),
                _ => staying(&ctx, row, outlook.as_ref().as_ref(), whole),
            } }
            if in_archive(row) { <Back row={row.clone()} /> }
            <Source source={PAGE}>{ "In the archive a snapshot is whole, out of its chain: all that it restores at a quarter of the price, for at least 90 days. No volume is made of it until it is back, which takes up to 72 hours. What later snapshots need of it stays with them, and is billed to the next." }</Source>
        </article>
    }
}

/// In the standard tier: what a move would change.
fn staying(ctx: &Ctx, row: &Snapshot, outlook: Option<&Outlook>, whole: i64) -> Html {
    let name = AttrValue::from(called(ctx.world(), ctx.region(), row.id));
    let archived = money_text(prices::SNAPSHOT_ARCHIVE.month(bytes(whole)));
    let (words, why) = match outlook {
        None => (
            "It is still being made.".to_owned(),
            Some("It is still pending".to_owned()),
        ),
        Some(Err(why)) => (format!("It cannot go there: {why}"), Some(why.clone())),
        Some(Ok(None)) => ("Too much happens until then to foresee what it saves.".to_owned(), None),
        Some(Ok(Some((before, after)))) => {
            let all = format!(
                "all snapshots of the Region then cost {} a month in place of {}",
                money_text(*after),
                money_text(*before)
            );
            let verdict = if after < before {
                "It saves money"
            } else {
                "It saves nothing"
            };
            (
                format!(
                    "{verdict}: {all}. In the archive it is {}, {archived} a month; here it shares blocks with its neighbours.",
                    block_text(whole)
                ),
                None,
            )
        }
    };
    html! {
        <>
            <p role="status">{ words }</p>
            <div class="row"><CallButton label="Move to the archive" of={name} call={call(ctx, row.id)} disabled={why.map(AttrValue::from)} /></div>
        </>
    }
}

/// On the way there or back, in the archive, or back for some days.
fn under_way(ctx: &Ctx, row: &Snapshot, step: TieringStep, ends: Time, expires: Option<Time>) -> Html {
    let now = ctx.world().now;
    let whole = blocks(&row.contents);
    let month = money_text(prices::SNAPSHOT_ARCHIVE.month(bytes(whole)));
    let left = |then: Time| span_text(Span((then.0 - now.0).max(0)));
    let at = |then: Time| on_clock(ctx, then);
    let words = match step {
        TieringStep::Archiving => format!(
            "It is on its way to the archive, for {} more ({}). Until then volumes can be made of it.",
            left(ends),
            at(ends)
        ),
        TieringStep::Archived => format!(
            "It lies in the archive: {}, {month} a month. No volume can be made of it there.",
            block_text(whole)
        ),
        TieringStep::RestoringForDays | TieringStep::Restoring => format!(
            "It is on its way back, for {} more ({}). Until then no volume can be made of it.",
            left(ends),
            at(ends)
        ),
        TieringStep::RestoredForDays => format!(
            "It is back{}, and stays in the archive too: both are billed. Volumes can be made of it.",
            expires.map_or(String::new(), |then| format!(
                " for {} more, until {}",
                left(then),
                at(then)
            ))
        ),
        TieringStep::Restored => "It is back for good, as a full snapshot.".to_owned(),
    };
    html! { <p role="status"><code>{ step.name() }</code>{ " " }{ words }</p> }
}

/// The ways back from the archive.
#[component]
fn Back(props: &SnapshotProps) -> Html {
    let ctx = use_ctx();
    let row = &props.row;
    let days = use_state_eq(|| DAYS);
    let onchange = {
        let days = days.clone();
        Callback::from(move |event: Event| {
            let typed = text_of(&event).trim().parse().unwrap_or(DAYS);
            days.set(typed.clamp(1, MOST_DAYS));
        })
    };
    let step = row.tiering.as_ref().map(|tiering| tiering.step);
    let waits = !matches!(step, Some(TieringStep::Archived | TieringStep::RestoredForDays));
    let why = waits.then_some(AttrValue::Static("It is on its way"));
    let name = AttrValue::from(called(ctx.world(), ctx.region(), row.id));
    let call = |how: Structure| {
        ApiCall::ec2(
            ctx.region(),
            "RestoreSnapshotTier",
            how.with(field::SNAPSHOT_ID, row.id),
        )
    };
    let some = call(Structure::new().with(field::TEMPORARY_RESTORE_DAYS, i64::from(*days)));
    let good = call(Structure::new().with(field::PERMANENT_RESTORE, true));
    html! {
        <>
            <div class="take">
                <label class="field narrow">{ "Days" }<Typed value={days.to_string()} range={Some((1, MOST_DAYS))} {onchange} /></label>
                <CallButton label="Restore for these days" of={name.clone()} class={classes!("primary")} call={some} disabled={why.clone()} />
                <CallButton label="Restore for good" of={name} call={good} disabled={why} />
            </div>
            <Source source={PRICES}>{ "Each way back costs $0.03 a GB once. Who takes it back for good within 90 days pays the archive for the rest of them." }</Source>
        </>
    }
}
