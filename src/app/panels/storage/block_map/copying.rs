//! What a copy to another Region would take: found by making it on a copy of the world; nothing is copied here but by the button.

use super::super::{block_text, called, choose, use_field};
use crate::session::{ApiCall, use_ctx};
use crate::ui::{CallButton, money_text};
use stratus_engine::base::ids::SnapshotId;
use stratus_engine::catalog::{Region, prices};
use stratus_engine::world::storage::Snapshot;
use stratus_model::{Structure, field};
use yew::prelude::*;

/// Properties of [`Copying`].
#[derive(Properties, PartialEq)]
pub struct CopyingProps {
    /// Which snapshot is offered at first.
    pub snapshot: SnapshotId,
}

/// The fold with the question.
#[component]
pub fn Copying(props: &CopyingProps) -> Html {
    let ctx = use_ctx();
    let (from, id) = (ctx.region(), props.snapshot);
    let elsewhere = || Region::all().find(|region| *region != from);
    let (picked, onchange) = use_field(|| None, Region::find);
    let to = picked.filter(|region| *region != from).or_else(elsewhere);
    let open = use_state_eq(|| false);
    let answer = {
        let ctx = ctx.clone();
        use_memo(
            (ctx.view().world_stamp, from, to, id, *open),
            move |(_, from, to, id, open)| to.filter(|_| *open).map(|to| estimate(&ctx, *from, to, *id)),
        )
    };
    let Some(to) = to else { return html! {} };
    let choices = Region::all().filter(|region| *region != from);
    let ontoggle = {
        let open = open.clone();
        Callback::from(move |_: Event| open.set(!*open))
    };
    let name = called(ctx.world(), from, id);
    html! {
        <details class="copying" {ontoggle}>
            <summary>{ format!("Copy {name} to another Region") }</summary>
            <div class="take">
                { choose("To", to.name(), choices.map(|region| (region.name(), region.name())), onchange) }
                <CallButton label="Copy snapshot" of={name} call={ApiCall::ec2(to, "CopySnapshot", params(from, id))} />
            </div>
            if let Some(answer) = answer.as_ref() { <p role="status">{ answer.clone() }</p> }
        </details>
    }
}

fn params(from: Region, id: SnapshotId) -> Structure {
    Structure::new()
        .with(field::SOURCE_REGION, from.name())
        .with(field::SOURCE_SNAPSHOT_ID, id)
}

/// What it would copy, how long that takes and what it costs there.
fn estimate(ctx: &crate::session::Ctx, from: Region, to: Region, id: SnapshotId) -> String {
    let tried = ctx.read(|engine| {
        let world = engine.world_in(to);
        engine.try_on(&world, to, "ec2", "CopySnapshot", &params(from, id))
    });
    let (answer, world) = match tried {
        Ok(tried) => tried,
        Err(error) => return format!("It would be refused: {error}"),
    };
    let copy = answer.text(field::SNAPSHOT_ID).and_then(SnapshotId::parse);
    let row: Option<&Snapshot> = copy.and_then(|copy| world.ec2(to)?.snapshots.get(&copy));
    let Some(row) = row else {
        return "It would be made, but cannot be shown.".to_owned();
    };
    let minutes = (row.completes.0 - row.started.0) / 60_000;
    let whole: i64 = row.contents.rows().map(|(count, _)| count).sum();
    let incremental = if row.changed_blocks < whole {
        format!(
            " of {}: the rest is there already, from an earlier copy",
            block_text(whole)
        )
    } else {
        ": a whole copy, for no elder one is there".to_owned()
    };
    let bytes = super::lanes::bytes(row.changed_blocks);
    let month = prices::SNAPSHOT_STANDARD.month(bytes);
    let transfer = prices::DATA_BETWEEN_REGIONS.used(bytes);
    format!(
        "{} would travel to {}{incremental}. It takes about {} of the virtual clock. The way costs {} once, as data that leaves {}, and the copy {} a month there. A snapshot is Regional: without a copy it restores in {} only.",
        block_text(row.changed_blocks),
        to.name(),
        if minutes == 1 {
            "a minute".to_owned()
        } else {
            format!("{minutes} minutes")
        },
        money_text(transfer),
        from.name(),
        money_text(month),
        from.name()
    )
}
