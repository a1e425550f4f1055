//! Snapshots: point in time, incremental by block, each with what it restores and what it alone is billed for.

use super::{block_text, blocks, called, named, on_clock, select, use_billed};
use crate::session::{ApiCall, Ctx, use_ctx};
use crate::ui::{CallButton, Empty, Source};
use stratus_engine::world::storage::Snapshot;
use stratus_model::{Structure, field, sort};
use yew::prelude::*;

/// The snapshots of the Region.
#[component]
pub fn Snapshots() -> Html {
    let ctx = use_ctx();
    let region = ctx.region();
    let mut rows: Vec<Snapshot> = ctx
        .world()
        .ec2(region)
        .into_iter()
        .flat_map(|ec2| ec2.snapshots.rows())
        .cloned()
        .collect();
    sort::by_key(&mut rows, |row| row.born);
    let billed = use_billed();
    let total: i64 = billed.values().sum();
    html! {
        <section class="snapshots" aria-label="Snapshots">
            <div class="row spread"><h2>{ "Snapshots" }</h2>if !rows.is_empty() { <span class="soft">{ format!("{} in all, kept in S3, in a bucket of AWS's own", block_text(total)) }</span> }</div>
            if rows.is_empty() {
                <Empty title="No snapshot yet"><p>{ "A snapshot keeps a volume as it is at one moment. The first holds every written block; each later one only what has changed since." }</p></Empty>
            } else {
                <div class="scroll-x"><table>
                    <thead><tr><th>{ "Snapshot" }</th><th>{ "Of" }</th><th>{ "Taken" }</th><th>{ "State" }</th><th class="number">{ "Restores" }</th><th class="number">{ "Billed for" }</th><th><span class="visually-hidden">{ "What can be done" }</span></th></tr></thead>
                    <tbody>{ for rows.iter().map(|row| line(&ctx, row, billed.get(&row.id).copied().unwrap_or(0))) }</tbody>
                </table></div>
                <Source source="https://docs.aws.amazon.com/ebs/latest/userguide/how_snapshots_work.html">{ "Deleting a snapshot removes only the blocks that no other one needs; what a later one needs is billed to it from then on." }</Source>
            }
        </section>
    }
}

fn line(ctx: &Ctx, row: &Snapshot, billed: i64) -> Html {
    let region = ctx.region();
    let now = ctx.world().now;
    let percent = ((now.0 - row.started.0).max(0) * 100 / (row.completes.0 - row.started.0).max(1)).min(99);
    let zone = row
        .volume
        .and_then(|id| ctx.world().ec2(region)?.volumes.get(&id).map(|v| v.zone))
        .or_else(|| region.zone(0));
    let restore = Structure::new()
        .with(field::SNAPSHOT_ID, row.id)
        .with_some(field::AVAILABILITY_ZONE, zone.map(|zone| zone.name()));
    let delete = Structure::new().with(field::SNAPSHOT_ID, row.id);
    html! {
        <tr key={row.id.to_string()}>
            <td><button class="link" onclick={select(ctx, row.id)}>{ named(ctx.world(), region, row.id) }</button><div class="soft">{ &row.description }</div></td>
            <td>{ row.volume.map_or("a copy".to_owned(), |volume| called(ctx.world(), region, volume)) }</td>
            <td>{ on_clock(ctx, row.started) }</td>
            <td>if row.completed { <span class="state completed">{ "completed" }</span> } else { <span class="state pending">{ format!("pending {percent} %") }</span> }</td>
            <td class="number">{ block_text(blocks(&row.contents)) }</td>
            <td class="number">{ block_text(billed) }</td>
            <td class="deeds-cell"><div class="row">
                <CallButton label="Restore to a volume" call={ApiCall::ec2(region, "CreateVolume", restore)} disabled={(!row.completed).then_some(AttrValue::Static("It is still pending"))} />
                <CallButton label="Delete" class={classes!("danger")} call={ApiCall::ec2(region, "DeleteSnapshot", delete)} />
            </div></td>
        </tr>
    }
}
