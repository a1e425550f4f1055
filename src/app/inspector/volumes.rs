//! Volumes and snapshots.

use super::parts::*;
use crate::dialogs::FormKind;
use crate::session::{Action, ApiCall, Selection};
use crate::ui::{Settled, Source, day_text, time_of_day};
use stratus_engine::base::ids::*;
use stratus_engine::catalog::{Region, prices};
use stratus_engine::services::ec2::storage::files::disks::mounted_at;
use stratus_engine::world::compute::{Image, Instance, InstanceState};
use stratus_engine::world::storage::*;
use stratus_model::{Structure, field};
use yew::prelude::*;

/// What has been written, in the largest unit that tells it.
fn written(contents: &Extents) -> String {
    blocks_text(contents.rows().map(|(count, _)| *count).sum())
}

/// So many 512 KiB blocks as text.
pub fn blocks_text(blocks: i64) -> String {
    let mib = blocks / 2;
    match mib {
        0 if blocks == 0 => "nothing".into(),
        0 => "512 KiB".into(),
        1..=1_023 => format!("{mib} MiB"),
        _ => format!("{:.1} GiB", mib as f64 / 1024.0).replace(".0 ", " "),
    }
}

/// A volume.
pub fn volume(ctx: &Settled, region: Region, id: VolumeId) -> Option<Html> {
    let row = ctx.world().row::<Volume>(region, id)?;
    let zone = row.zone.name();
    let on_zone = {
        let zone = zone.clone();
        move || Action::Select(Some(Selection::Zone(zone.clone())))
    };
    let price = prices::volume_storage(&row.volume_type)
        .map(|rate| stratus_engine::catalog::money::price_text(rate.first_price() * i128::from(row.size_gib), 2));
    let performance = match (row.iops, row.throughput) {
        (Some(iops), Some(throughput)) => format!("{iops} IOPS, {throughput} MiB/s"),
        (Some(iops), None) => format!("{iops} IOPS"),
        _ => "by its size".into(),
    };
    let source = match row.snapshot {
        Some(snapshot) => html! { <>{ "the snapshot " }{ link(ctx, region, snapshot) }</> },
        None => text("nothing: it was empty"),
    };
    let snapshots: Vec<SnapshotId> = ctx
        .world()
        .ec2(region)?
        .snapshots
        .rows()
        .filter(|snapshot| snapshot.volume == Some(id))
        .map(|snapshot| snapshot.id)
        .collect();
    let what = "A disk on the zone's network, for one instance at a time. It outlives the instance, unless it is set to go with it, and is billed by its size.";
    Some(html! {
        <>
            { Head { kind: "Volume", layer: "", title: name(ctx, region, id.into()), id: Some(id.to_string()), what: text(what) }.view() }
            { state_since(ctx, region, id.into(), row.state.name(), html! {}) }
            { modification(row) }
            { volume_deeds(ctx, region, row) }
            { facts(vec![
                ("Size", html! { <>{ format!("{} GiB {}", row.size_gib, row.volume_type) }if let Some(price) = price { <span class="soft">{ format!(" · ${price} a month") }</span> }</> }),
                ("Performance", text(performance)),
                ("Attached", attachments(ctx, region, row)),
                ("Written", html! { <>{ written(&row.contents) }<span class="soft">{ ", in blocks of 512 KiB" }</span></> }),
                ("Made of", source),
                ("Snapshots", links(ctx, region, snapshots, "none: nothing saves it")),
                ("Zone", act_link(ctx, zone, on_zone)),
                ("Encrypted", text(if row.encrypted() { "yes" } else { "no" })),
                ("Created", text(day_text(row.created))),
            ]) }
            { common(ctx, region, id.into()) }
            <Source source="https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volumes.html">{ "A volume lives in one zone and attaches only there." }</Source>
        </>
    })
}

fn attachments(ctx: &Settled, region: Region, row: &Volume) -> Html {
    if row.attachments.is_empty() {
        return html! { <span class="soft">{ "to nothing, and billed all the same" }</span> };
    }
    let items = row.attachments.iter().map(|attachment| {
        html! {
            <li>{ "to " }{ link(ctx, region, attachment.instance) }{ " as " }{ mono(attachment.device.clone()) }
                if attachment.state != AttachState::Attached { { " · " }{ state(attachment.state.name()) } }
                { held(ctx, region, row.id, attachment) }
                <p class="because">{ if attachment.delete_on_termination { "goes when the instance is terminated" } else { "stays when the instance is terminated" } }</p>
            </li>
        }
    });
    html! { <ul class="plain-list">{ for items }</ul> }
}

/// Who keeps a volume that is to leave, and what lets it go.
#[inline(never)]
fn held(ctx: &Settled, region: Region, id: VolumeId, attachment: &VolumeAttachment) -> Html {
    let row = ctx.world().row::<Instance>(region, attachment.instance);
    let Some(at) = row.and_then(|row| mounted_at(row, id)) else {
        return html! {};
    };
    let leaves = matches!(attachment.state, AttachState::Detaching | AttachState::Busy);
    html! {
        <p class="because">
            if leaves {
                { "held: the guest has it mounted at " }{ mono(at.to_owned()) }{ ". It leaves once " }{ mono(format!("umount {at}")) }{ " has run there, or the instance stops or reboots. Force detach takes it away now, and may lose data." }
            } else {
                { "mounted at " }{ mono(at.to_owned()) }{ ": unmount it there before you detach it" }
            }
        </p>
    }
}

fn modification(row: &Volume) -> Html {
    let Some(change) = row.modification.as_ref() else {
        return html! {};
    };
    let target = format!("{} GiB {}", change.target.size_gib, change.target.volume_type);
    let words = match change.state {
        ModificationState::Completed => return html! {},
        ModificationState::Modifying => format!("Being modified to {target}"),
        ModificationState::Optimizing => format!(
            "Modified to {target}; its performance still follows, until {}",
            time_of_day(change.ends)
        ),
    };
    html! { <p>{ words }{ ". " }<span class="soft">{ "Another change is possible once this one is completed." }</span></p> }
}

fn volume_deeds(ctx: &Settled, region: Region, row: &Volume) -> Html {
    let own = Structure::new().with(field::VOLUME_ID, row.id.to_string());
    let attached = row.attachments.first();
    let root_of_running = attached
        .and_then(|a| ctx.world().row::<Instance>(region, a.instance).map(|i| (a, i)))
        .filter(|(a, i)| a.device == i.machine.root_device_name && i.state != InstanceState::Stopped)
        .map(|_| "it is the root of an instance: stop that first.");
    let busy = match row.state {
        VolumeState::Creating => Some("it is still being created."),
        VolumeState::Deleting => Some("it is being deleted."),
        VolumeState::Available | VolumeState::InUse => None,
    };
    let mut all = vec![
        Deed::form("Create snapshot", FormKind::CreateSnapshot(region, Some(row.id)))
            .class("primary")
            .unless(busy),
    ];
    match attached {
        Some(at) if matches!(at.state, AttachState::Detaching | AttachState::Busy) => {
            let forced = own.clone().with(field::FORCE, true);
            all.push(Deed::confirm(
                "Force detach",
                "Detach the volume by force?",
                "What the guest has not yet written to it is lost, and its file system may need a check. Unmounting it in the guest is the clean way.",
                ApiCall::ec2(region, "DetachVolume", forced),
            ));
        }
        Some(_) => {
            all.push(Deed::call("Detach", ApiCall::ec2(region, "DetachVolume", own.clone())).unless(root_of_running))
        }
        None => all.push(Deed::form("Attach", FormKind::AttachVolume(region, row.id)).unless(busy)),
    }
    let in_use = attached.is_some().then_some("detach it first.");
    all.push(Deed::form("Modify", FormKind::ModifyVolume(region, row.id)).unless(busy));
    all.push(Deed::form("Write blocks", FormKind::WriteBlocks(region, row.id)).unless(busy));
    all.push(
        Deed::confirm(
            "Delete volume",
            "Delete the volume?",
            "What is on it is gone. Snapshots of it stay.",
            ApiCall::ec2(region, "DeleteVolume", own),
        )
        .unless(busy.or(in_use)),
    );
    deeds(ctx, all)
}

/// A snapshot.
pub fn snapshot(ctx: &Settled, region: Region, id: SnapshotId) -> Option<Html> {
    let Some(row) = ctx.world().row::<Snapshot>(region, id) else {
        return catalogue_snapshot(region, id);
    };
    let ec2 = ctx.world().ec2(region)?;
    let uses = |image: &&Image| {
        image
            .mappings
            .iter()
            .any(|m| m.ebs.as_ref().is_some_and(|ebs| ebs.snapshot == Some(id)))
    };
    let images: Vec<ImageId> = ec2.images.rows().filter(uses).map(|image| image.id).collect();
    let volumes: Vec<VolumeId> = ec2
        .volumes
        .rows()
        .filter(|v| v.snapshot == Some(id))
        .map(|v| v.id)
        .collect();
    let source = match (row.volume, row.source) {
        (Some(volume), _) => html! { <>{ "the volume " }{ link(ctx, region, volume) }</> },
        (None, Some((from, other))) => {
            html! { <>{ "a copy of " }{ link(ctx, from, other) }{ format!(" in {}", from.name()) }</> }
        }
        (None, None) => text("unknown"),
    };
    let parent = row.parent.map_or_else(
        || text("none: it is the first of its chain"),
        |parent| link(ctx, region, parent),
    );
    let word = if row.completed { "completed" } else { "pending" };
    let own = Structure::new().with(field::SNAPSHOT_ID, id.to_string());
    let delete = ApiCall::ec2(region, "DeleteSnapshot", own);
    let waits = (!row.completed).then_some("it is not complete yet.");
    let behind = (!images.is_empty()).then_some("an AMI stands on it: deregister that first.");
    let more = html! {
        if !row.completed { <p>{ format!("It will be complete at {}; its content is of {} all the same.", time_of_day(row.completes), time_of_day(row.started)) }</p> }
    };
    let what = "What a volume held at one moment, kept in S3. It holds only the blocks that changed since the one before it, and restores all of them.";
    Some(html! {
        <>
            { Head { kind: "Snapshot", layer: "", title: name(ctx, region, id.into()), id: Some(id.to_string()), what: text(what) }.view() }
            { state_since(ctx, region, id.into(), word, more) }
            { deeds(ctx, vec![
                Deed::form("Create volume of it", FormKind::CreateVolume(region, Some(id))).class("primary").unless(waits),
                Deed::form("Register image", FormKind::RegisterImage(region, id)).unless(waits),
                Deed::form("Copy to another Region", FormKind::CopySnapshot(region, id)).unless(waits),
                Deed::confirm("Delete snapshot", "Delete the snapshot?", "Blocks that a later snapshot still needs stay, and are billed to that one.", delete).unless(behind),
            ]) }
            { facts(vec![
                ("Of", source),
                ("Taken", text(day_text(row.started))),
                ("Restores", html! { <>{ written(&row.contents) }{ format!(" on {} GiB", row.size_gib) }</> }),
                ("Copied for it", html! { <>{ blocks_text(row.changed_blocks) }<span class="soft">{ ": what had changed since" }</span></> }),
                ("The one before", parent),
                ("AMIs on it", links(ctx, region, images, "none")),
                ("Volumes of it", links(ctx, region, volumes, "none")),
                ("Encrypted", text(if row.kms_key.is_some() { "yes" } else { "no" })),
                ("Description", text(row.description.clone())),
            ]) }
            { common(ctx, region, id.into()) }
            <Source source="https://docs.aws.amazon.com/ebs/latest/userguide/how_snapshots_work.html">{ "Snapshots are incremental; deleting one removes only what no other needs." }</Source>
        </>
    })
}

/// A snapshot behind an image of the catalogue.
fn catalogue_snapshot(region: Region, id: SnapshotId) -> Option<Html> {
    let image = stratus_engine::catalog::images::find_by_snapshot(region, id.0)?;
    let what = format!(
        "The root volume of the AMI {}. It belongs to the AMI's owner.",
        image.name
    );
    Some(html! {
        <>{ Head { kind: "Snapshot", layer: "", title: image.name.to_owned(), id: Some(id.to_string()), what: text(what) }.view() }</>
    })
}
