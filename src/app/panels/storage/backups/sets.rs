//! All disks of a machine at one moment (CreateSnapshots), and the sets that were taken so. Which snapshots belong together
//! is known from the calls that made them.

use super::super::on_clock;
use super::super::{choose, named, select, use_field};
use crate::session::{ApiCall, Ctx, use_ctx};
use crate::ui::{CallButton, Source};
use stratus_engine::base::ids::{InstanceId, SnapshotId};
use stratus_engine::base::time::Time;
use stratus_engine::world::compute::{Instance, InstanceState};
use stratus_engine::world::storage::Snapshot;
use stratus_model::{Structure, field, sort};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Sets that are listed, the newest first.
const LISTED: usize = 6;

/// Snapshots that one call took.
#[derive(Clone, PartialEq)]
struct Set {
    at: Time,
    snapshots: Vec<SnapshotId>,
}

/// The machines whose disks can be saved, eldest first.
fn machines(ctx: &Ctx) -> Vec<&Instance> {
    let ec2 = ctx.world().ec2(ctx.region());
    let rows = ec2.into_iter().flat_map(|ec2| ec2.instances.rows());
    let saved = |row: &&Instance| {
        matches!(row.state, InstanceState::Running | InstanceState::Stopped) && !row.block_devices.is_empty()
    };
    let mut rows: Vec<&Instance> = rows.filter(saved).collect();
    sort::by_key(&mut rows, |row| row.born);
    rows
}

/// The sets that the calls so far have taken in the shown Region, newest first.
fn sets(ctx: &Ctx) -> Vec<Set> {
    ctx.read(|engine| {
        let history = engine.history();
        let mut found = Vec::new();
        for id in history.path(history.current()).into_iter().rev() {
            let node = history.node(id);
            let call = node.call.as_ref();
            if call.is_none_or(|call| call.operation.name != "CreateSnapshots" || call.region != ctx.region()) {
                continue;
            }
            let mut snapshots: Vec<SnapshotId> = node
                .made
                .iter()
                .filter_map(|(_, made)| SnapshotId::parse(made))
                .collect();
            sort::sort(&mut snapshots);
            snapshots.dedup();
            found.push(Set {
                at: node.time,
                snapshots,
            });
            if found.len() == LISTED {
                break;
            }
        }
        found
    })
}

/// The card.
#[component]
pub fn Sets() -> Html {
    let ctx = use_ctx();
    let region = ctx.region();
    let (picked, onchange) = use_field(|| None, InstanceId::parse);
    let no_boot = use_state_eq(|| false);
    let taken = {
        let ctx = ctx.clone();
        use_memo((ctx.view().world_stamp, region), move |_| sets(&ctx))
    };
    let machines = machines(&ctx);
    let of = |id: Option<InstanceId>| machines.iter().find(|row| Some(row.id) == id);
    let on_boot = {
        let no_boot = no_boot.clone();
        Callback::from(move |event: Event| {
            let input = event.target_dyn_into::<HtmlInputElement>();
            no_boot.set(input.is_some_and(|input| input.checked()));
        })
    };
    let make = of(*picked).or(machines.first()).map(|row| {
        let choices = machines.iter().map(|one| {
            let disks = crate::map::count(one.block_devices.len(), "disk", "disks");
            (one.id.to_string(), format!("{} · {disks}", named(ctx.world(), region, one.id)))
        });
        html! {
            <div class="take">
                { choose("Machine", &row.id.to_string(), choices, onchange) }
                <label class="row check"><input type="checkbox" checked={*no_boot} onchange={on_boot} />{ "Without the root volume" }</label>
                <CallButton label="Create snapshots" class={classes!("primary")} call={call(&ctx, row, *no_boot)} />
            </div>
        }
    });
    html! {
        <article class="card" aria-label="All disks at one moment">
            <h2>{ "All disks at one moment" }</h2>
            { make.unwrap_or_else(|| html! { <p class="soft">{ "Launch a machine with more than one disk: what a program keeps on several must be saved at one moment." }</p> }) }
            if !taken.is_empty() { <ul class="plain-list sets" aria-label="Sets of snapshots">{ for taken.iter().map(|set| line(&ctx, set)) }</ul> }
            <Source source="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSnapshots.html">{ "The set is crash-consistent: the disks are as if the power had failed at that moment. What the machine had only in its memory is missing, and each snapshot is an ordinary one afterwards." }</Source>
        </article>
    }
}

fn call(ctx: &Ctx, row: &Instance, no_boot: bool) -> ApiCall {
    let whose = Structure::new()
        .with(field::INSTANCE_ID, row.id)
        .with_some(field::EXCLUDE_BOOT_VOLUME, no_boot.then_some(true));
    let params = Structure::new()
        .with(field::INSTANCE_SPECIFICATION, whose)
        .with(
            field::DESCRIPTION,
            format!("All disks of {}", ctx.world().label(ctx.region(), row.id.into())),
        )
        .with(field::COPY_TAGS_FROM_SOURCE, "volume");
    ApiCall::ec2(ctx.region(), "CreateSnapshots", params)
}

/// A set: when, and what of it is left.
fn line(ctx: &Ctx, set: &Set) -> Html {
    let region = ctx.region();
    let part = |id: &SnapshotId| match ctx.world().row::<Snapshot>(region, *id) {
        None => html! { <span class="soft">{ format!("{} (deleted)", crate::ui::short_id(&id.to_string())) }</span> },
        Some(row) => {
            let of = row
                .volume
                .map_or_else(String::new, |volume| super::super::called(ctx.world(), region, volume));
            html! { <><button class="link" onclick={select(ctx, *id)}>{ crate::ui::short_id(&id.to_string()) }</button><span class="soft">{ format!(" of {of}") }</span></> }
        }
    };
    let many = crate::map::count(set.snapshots.len(), "snapshot", "snapshots");
    html! { <li key={format!("{} {:?}", set.at.0, set.snapshots)}><b>{ format!("{}: {many} ", on_clock(ctx, set.at)) }</b>{ for set.snapshots.iter().enumerate().map(|(at, id)| html! { <>{ if at > 0 { " · " } else { "" } }{ part(id) }</> }) }</li> }
}
