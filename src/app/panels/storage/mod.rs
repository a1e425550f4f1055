//! The region "Storage": volumes with what is written on them, their chains of snapshots and who pays for which block,
//! backups, what survives what, images, and S3's buckets.

mod backups;
mod block_map;
pub mod buckets;
mod images;
mod restoring;
mod snapshots;
mod survival;
mod volumes;

use crate::session::action::StorageView;
use crate::session::{Action, ApiCall, Ctx, Selection, use_ctx};
use crate::ui::{CallButton, Typed, clock_text, tabs_to, text_of};
use std::collections::BTreeMap;
use std::rc::Rc;
use stratus_engine::World;
use stratus_engine::base::ids::{ResourceId, SnapshotId, VolumeId};
use stratus_engine::base::time::Time;
use stratus_engine::catalog::Region;
use stratus_engine::services::ec2::storage::snapshots::block_map::Holder;
use stratus_engine::services::ec2::storage::snapshots::chain::chain_bill;
use stratus_engine::world::storage::{BLOCK_BYTES, Extents, Volume};
use stratus_model::{Structure, field, sort};
use yew::prelude::*;

/// Volumes of a Region, eldest first.
fn volumes_of(world: &World, region: Region) -> Vec<Volume> {
    let mut volumes: Vec<Volume> = world
        .ec2(region)
        .into_iter()
        .flat_map(|ec2| ec2.volumes.rows())
        .cloned()
        .collect();
    sort::by_key(&mut volumes, |volume| volume.born);
    volumes
}

/// How much is written, in blocks.
fn blocks(contents: &Extents) -> i64 {
    contents.rows().map(|(count, _)| *count).sum()
}

/// A moment as the clock above shows it.
fn on_clock(ctx: &Ctx, at: Time) -> String {
    clock_text(ctx.world().options.start, at)
}

/// The button that lets the clock go on to a moment.
fn pass_to(ctx: &Ctx, at: Time) -> Html {
    html! { <button class="btn" onclick={ctx.on(move || Action::AdvanceTo(at))}>{ format!("Let time pass to {}", on_clock(ctx, at)) }</button> }
}

/// Blocks in words: `10 GiB`, `4.5 MiB`.
fn block_text(blocks: i64) -> String {
    let mib = blocks * (BLOCK_BYTES / 1024) / 1024;
    let bytes = blocks * BLOCK_BYTES;
    match () {
        () if bytes >= 1 << 30 && mib % 1024 == 0 => format!("{} GiB", mib / 1024),
        () if bytes >= 1 << 30 => format!("{}.{} GiB", mib / 1024, mib % 1024 * 10 / 1024),
        () if bytes % (1 << 20) == 0 => format!("{mib} MiB"),
        () => format!("{mib}.5 MiB"),
    }
}

/// A name for a list: the Name tag and a short id, or the id.
fn named(world: &World, region: Region, id: impl Into<ResourceId>) -> String {
    let id: ResourceId = id.into();
    let (label, text) = (world.label(region, id), id.to_string());
    if label == text {
        crate::ui::short_id(&text)
    } else {
        format!("{label} · {}", crate::ui::short_id(&text))
    }
}

/// The panel.
#[component]
pub fn StoragePanel() -> Html {
    let ctx = use_ctx();
    let view = ctx.screen().storage_view;
    let choose = ctx.choose(Action::ViewStorage);
    let ledger = use_state_eq(survival::Ledger::default);
    html! {
        <>
            <div class="panel-head">
                <h1>{ "Storage" }</h1>
                { tabs_to("What is stored", view, choose, [(StorageView::Volumes, "Volumes and snapshots"), (StorageView::Backups, "Backups"), (StorageView::Survival, "What survives"), (StorageView::Images, "Images"), (StorageView::Buckets, "S3 buckets")]) }
            </div>
            { match view {
                StorageView::Volumes => html! { <Blocks /> },
                StorageView::Backups => html! { <backups::Backups /> },
                StorageView::Survival => html! { <survival::Survival ledger={ledger.clone()} /> },
                StorageView::Images => html! { <images::Images /> },
                StorageView::Buckets => html! { <buckets::Buckets /> },
            } }
        </>
    }
}

/// Volumes, the button that takes a snapshot of one, and the snapshots.
#[component]
fn Blocks() -> Html {
    let ctx = use_ctx();
    let region = ctx.region();
    let volumes = volumes_of(ctx.world(), region);
    let (picked, onchange) = use_field(|| None, VolumeId::parse);
    let selected = match &ctx.screen().selection {
        Some(Selection::Resource(_, ResourceId::Volume(id))) => Some(*id),
        _ => None,
    };
    let known = |id: &VolumeId| volumes.iter().any(|volume| volume.id == *id);
    let chosen = picked
        .filter(known)
        .or(selected.filter(known))
        .or(volumes.last().map(|volume| volume.id));
    let holder = mapped(&ctx, chosen);
    let choices = volumes.iter().map(|one| {
        let words = format!("{} · {} GiB", named(ctx.world(), region, one.id), one.size_gib);
        (one.id.to_string(), words)
    });
    html! {
        <>
            if let Some(volume) = chosen {
                <div class="take">
                    { choose("Volume", &volume.to_string(), choices, onchange) }
                    <CallButton label="Create snapshot" class={classes!("primary")} call={snapshot_call(&ctx, volume)} />
                </div>
            }
            <volumes::Volumes {volumes} />
            if let Some(holder) = holder { <block_map::BlockMapView key={ctx.region().name()} {holder} /> }
            <snapshots::Snapshots />
        </>
    }
}

/// What the block map is of: the selected snapshot, else the chosen volume, else the newest snapshot that is left.
fn mapped(ctx: &crate::session::Ctx, volume: Option<VolumeId>) -> Option<Holder> {
    let ec2 = ctx.world().ec2(ctx.region())?;
    let selected = match &ctx.screen().selection {
        Some(Selection::Resource(_, ResourceId::Snapshot(id))) => ec2.snapshots.get(id).map(|row| row.id),
        _ => None,
    };
    let newest = || ec2.snapshots.rows().max_by_key(|row| row.born).map(|row| row.id);
    match (selected, volume) {
        (Some(id), _) => Some(Holder::Snapshot(id)),
        (None, Some(id)) => Some(Holder::Volume(id)),
        (None, None) => newest().map(Holder::Snapshot),
    }
}

fn snapshot_call(ctx: &crate::session::Ctx, volume: VolumeId) -> ApiCall {
    let taken = ctx.world().ec2(ctx.region()).map_or(0, |ec2| {
        ec2.snapshots.rows().filter(|s| s.volume == Some(volume)).count()
    });
    let text = format!(
        "Snapshot {} of {}",
        taken + 1,
        ctx.world().label(ctx.region(), volume.into())
    );
    let params = Structure::new()
        .with(field::VOLUME_ID, volume)
        .with(field::DESCRIPTION, text);
    ApiCall::ec2(ctx.region(), "CreateSnapshot", params)
}

/// A name for a sentence: the Name tag, or a short id.
fn called(world: &World, region: Region, id: impl Into<ResourceId>) -> String {
    let id: ResourceId = id.into();
    let (label, text) = (world.label(region, id), id.to_string());
    if label == text {
        crate::ui::short_id(&text)
    } else {
        label
    }
}

/// A choice out of a few, each a value and its words: a field of a form.
fn choose<V: ToString, W: ToString>(
    label: &str,
    chosen: &str,
    of: impl IntoIterator<Item = (V, W)>,
    onchange: Callback<Event>,
) -> Html {
    let option = |(value, words): (V, W)| {
        let value = value.to_string();
        let selected = value == chosen;
        html! { <option {selected} {value}>{ words.to_string() }</option> }
    };
    html! { <label class="field">{ label.to_owned() }<select {onchange}>{ for of.into_iter().map(option) }</select></label> }
}

/// Digits of an account.
const ACCOUNT: usize = 12;

/// A state that a field of a form sets, as `read` understands its text, and the callback by which it does.
#[hook]
fn use_field<T: PartialEq + 'static>(
    first: impl FnOnce() -> T,
    read: impl Fn(&str) -> T + 'static,
) -> (UseStateHandle<T>, Callback<Event>) {
    let state = use_state_eq(first);
    let setter = state.setter();
    let onchange = Callback::from(move |event: Event| setter.set(read(&text_of(&event))));
    (state, onchange)
}

/// The field of another account: what was typed, the field, and why that is no account yet.
#[hook]
fn use_account() -> (UseStateHandle<String>, Html, Option<AttrValue>) {
    let (account, onchange) = use_field(String::new, |text| text.trim().to_owned());
    let valid = account.len() == ACCOUNT && account.bytes().all(|byte| byte.is_ascii_digit());
    let why = (!valid).then_some(AttrValue::Static("An account has twelve digits"));
    let field = html! { <label class="field">{ "Account" }<Typed value={(*account).clone()} {onchange} placeholder={Some(AttrValue::Static("210987654321"))} inputmode={Some(AttrValue::Static("numeric"))} /></label> };
    (account, field, why)
}

/// A state of text.
#[hook]
fn use_text(first: impl FnOnce() -> String) -> (UseStateHandle<String>, Callback<Event>) {
    use_field(first, str::to_owned)
}

/// The blocks that each snapshot of the Region is billed for.
#[hook]
fn use_billed() -> Rc<BTreeMap<SnapshotId, i64>> {
    let ctx = use_ctx();
    use_memo((ctx.view().world_stamp, ctx.region()), |(_, region)| {
        chain_bill(ctx.world(), *region).into_iter().collect()
    })
}

/// A callback that selects a resource.
fn select(ctx: &crate::session::Ctx, id: impl Into<ResourceId>) -> Callback<MouseEvent> {
    let (region, id) = (ctx.region(), id.into());
    ctx.on(move || Action::Select(Some(Selection::Resource(region, id))))
}
