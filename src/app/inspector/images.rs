//! AMIs, of one's own and of the catalogue, and key pairs.

use super::parts::*;
use crate::dialogs::FormKind;
use crate::session::{ApiCall, Dialog};
use crate::ui::{CommandLine, Settled, Source, day_text};
use stratus_engine::base::ids::*;
use stratus_engine::catalog::{Region, images};
use stratus_engine::world::compute::{Image, Instance, KeyPair};
use stratus_model::{Structure, field};
use yew::prelude::*;

const AMIS: &str = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AMIs.html";
const WHAT: &str =
    "What an instance begins as: a root disk with an operating system, and how to attach it. It belongs to one Region.";

/// An AMI.
pub fn image(ctx: &Settled, region: Region, id: ImageId) -> Option<Html> {
    match ctx.world().row::<Image>(region, id) {
        Some(row) => Some(own_image(ctx, region, row)),
        None => catalogue_image(ctx, region, id),
    }
}

/// Instances that were launched from an image.
fn launched(ctx: &Settled, region: Region, id: ImageId) -> Html {
    let rows = ctx.world().ec2(region).into_iter().flat_map(|ec2| ec2.instances.rows());
    let from: Vec<InstanceId> = rows
        .filter(|row: &&Instance| row.image == id)
        .map(|row| row.id)
        .collect();
    links(ctx, region, from.into_iter().take(12), "none")
}

fn own_image(ctx: &Settled, region: Region, row: &Image) -> Html {
    let own = Structure::new().with(field::IMAGE_ID, row.id.to_string());
    let deregister = ApiCall::ec2(region, "DeregisterImage", own);
    let snapshots: Vec<SnapshotId> = row.mappings.iter().filter_map(|m| m.ebs.as_ref()?.snapshot).collect();
    let waits = (row.state != "available").then_some("it is not available yet.");
    let source = row
        .source_instance
        .map_or_else(|| text(row.location.clone()), |id| link(ctx, region, id));
    html! {
        <>
            { Head { kind: "AMI", layer: "", title: row.name.clone(), id: Some(row.id.to_string()), what: text(WHAT) }.view() }
            { state_since(ctx, region, row.id.into(), &row.state, html! {}) }
            { deeds(ctx, vec![
                Deed::open("Launch instance", Dialog::Launch).class("primary").unless(waits),
                Deed::form("Copy to another Region", FormKind::CopyImage(region, row.id)).unless(waits),
                Deed::confirm("Deregister", format!("Deregister {}?", row.name), "No new instance can be launched from it. Its snapshots stay, and stay billed.", deregister),
            ]) }
            { facts(vec![
                ("Machine", text(format!("{} · {} · {}", row.machine.architecture, row.machine.virtualization, row.machine.platform_details))),
                ("Root", text(format!("{} · {}", row.machine.root_device_type, row.machine.root_device_name))),
                ("Snapshots", links(ctx, region, snapshots, "none")),
                ("Made of", source),
                ("Seen by", text(if row.public { "everybody" } else { "you" })),
                ("Launched from it", launched(ctx, region, row.id)),
                ("Created", text(day_text(row.created))),
            ]) }
            { common(ctx, region, row.id.into()) }
            <Source source={AMIS}>{ "Deregistering leaves instances and snapshots as they are." }</Source>
        </>
    }
}

fn catalogue_image(ctx: &Settled, region: Region, id: ImageId) -> Option<Html> {
    let image = images::find(region, id.0)?;
    let (gib, kind) = image.root_volume().unwrap_or((0, "instance store"));
    Some(html! {
        <>
            { Head { kind: "AMI", layer: "", title: image.description.to_owned(), id: Some(id.to_string()), what: text(WHAT) }.view() }
            { deeds(ctx, vec![Deed::open("Launch instance", Dialog::Launch).class("primary"), Deed::form("Copy to another Region", FormKind::CopyImage(region, id))]) }
            { facts(vec![
                ("Name", mono(image.name)),
                ("Machine", text(format!("{} · {}", image.architecture.name(), image.platform.details()))),
                ("Root", text(if gib > 0 { format!("{gib} GiB {kind} as {}", image.root_device_name) } else { "the host's own disks".to_owned() })),
                ("Log in as", mono(image.login_user)),
                ("Launched from it", launched(ctx, region, id)),
            ]) }
            <Source source={AMIS}>{ "Amazon's and others' images can be launched by everybody." }</Source>
            <Source source="ours">{ "The ids are this simulation's own; they are the same in every world." }</Source>
        </>
    })
}

/// A key pair.
pub fn key_pair(ctx: &Settled, region: Region, id: KeyPairId) -> Option<Html> {
    let row = ctx.world().row::<KeyPair>(region, id)?;
    let own = Structure::new().with(field::KEY_PAIR_ID, id.to_string());
    let delete = ApiCall::ec2(region, "DeleteKeyPair", own);
    let rows = ctx.world().ec2(region)?.instances.rows();
    let uses: Vec<InstanceId> = rows
        .filter(|i| i.key_name.as_deref() == Some(row.name.as_str()))
        .map(|i| i.id)
        .collect();
    let what = "Two halves of a key. AWS keeps the public one and puts it into instances; with the private one, which only you have, you log in.";
    Some(html! {
        <>
            { Head { kind: "Key pair", layer: "", title: row.name.clone(), id: Some(id.to_string()), what: text(what) }.view() }
            { facts(vec![
                ("Type", text(row.key_type.clone())),
                ("Fingerprint", mono(row.fingerprint.clone())),
                ("Instances", links(ctx, region, uses, "none were launched with it")),
                ("Created", text(day_text(row.created))),
            ]) }
            { section("Public half", html! { <CommandLine command={row.public_openssh.clone()} /> }) }
            { deeds(ctx, vec![Deed::confirm("Delete key pair", format!("Delete {}?", row.name), "AWS forgets the public half. Instances that have it in them keep it: you can still log in there.", delete)]) }
            { common(ctx, region, id.into()) }
            <Source source="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-key-pairs.html">{ "The private half is handed over once, at its creation." }</Source>
        </>
    })
}
