//! What becomes of snapshots: several of one moment, schedules that take and expire them, the archive, and who else may use
//! one. Each button is one call; what would come of it is seen on a copy of the world.

mod archive;
mod does;
mod foreseen;
mod schedules;
mod sets;
mod sharing;

use super::{choose, named, on_clock, use_field};
use crate::session::{Selection, use_ctx};
use crate::ui::Empty;
use stratus_engine::base::ids::{ResourceId, SnapshotId};
use stratus_engine::world::storage::Snapshot;
use stratus_model::sort;
use yew::prelude::*;

/// Most snapshots that the choice offers: the newest.
const CHOICES: usize = 200;
/// Most events of the clock that a look ahead follows.
const AHEAD: usize = 20_000;

/// The page.
#[component]
pub fn Backups() -> Html {
    html! {
        <section class="backups" aria-label="Backups">
            <p class="lead">{ "A snapshot saves one disk at one moment. Here: all disks of a machine at the same moment, a schedule that takes snapshots and lets them expire, a cheaper place for those that are rarely read, and other accounts that may use one." }</p>
            <sets::Sets />
            <schedules::Schedules />
            <Kept />
        </section>
    }
}

/// Properties of what is about one snapshot.
#[derive(Properties)]
pub struct SnapshotProps {
    /// Its row.
    pub row: Snapshot,
}

impl PartialEq for SnapshotProps {
    /// Rows are not comparable, and the parent draws only when the world changed.
    fn eq(&self, _: &SnapshotProps) -> bool {
        false
    }
}

/// One snapshot: where it rests, and who may use it.
#[component]
fn Kept() -> Html {
    let ctx = use_ctx();
    let region = ctx.region();
    let (picked, onchange) = use_field(|| None, SnapshotId::parse);
    let rows = ctx.world().ec2(region).into_iter().flat_map(|ec2| ec2.snapshots.rows());
    let mut rows: Vec<&Snapshot> = rows.collect();
    sort::by_key(&mut rows, |row| std::cmp::Reverse(row.born));
    let selected = match &ctx.screen().selection {
        Some(Selection::Resource(_, ResourceId::Snapshot(id))) => Some(*id),
        _ => None,
    };
    let of = |id: Option<SnapshotId>| rows.iter().find(|row| Some(row.id) == id);
    let Some(row) = of(*picked).or_else(|| of(selected)).or(rows.first()) else {
        return html! {
            <Empty title="No snapshot yet"><p>{ "Take one above, or under “Volumes and snapshots”: here you then see where it could rest for less, and share it." }</p></Empty>
        };
    };
    // The one that is shown is always among them.
    let offered = rows.iter().enumerate();
    let offered = offered.filter(|(place, one)| *place < CHOICES || one.id == row.id);
    let choices = offered.map(|(_, one)| {
        let words = format!(
            "{} · {}",
            named(ctx.world(), region, one.id),
            on_clock(&ctx, one.started)
        );
        (one.id.to_string(), words)
    });
    html! {
        <section class="kept" aria-label="One snapshot">
            <div class="row spread"><h2>{ "One snapshot" }</h2>{ choose("Snapshot", &row.id.to_string(), choices, onchange) }</div>
            <div class="own-images">
                <archive::Archive key={format!("a{}", row.id)} row={(*row).clone()} />
                <sharing::Sharing key={format!("s{}", row.id)} row={(*row).clone()} />
            </div>
        </section>
    }
}
