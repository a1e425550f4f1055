//! An image of your own: who sees it, what lies behind it and what that costs, and what can be done with it; and the
//! snapshots that deregistered images have left behind.

use super::super::{block_text, called, named, on_clock, select, use_account};
use super::launch;
use crate::dialogs::FormKind;
use crate::session::{Action, ApiCall, Ctx, Dialog, Selection, use_ctx};
use crate::ui::{CallButton, Source, money_text};
use std::collections::BTreeMap;
use std::rc::Rc;
use stratus_engine::base::ids::{ImageId, SnapshotId};
use stratus_engine::catalog::{Money, prices};
use stratus_engine::world::compute::Image;
use stratus_engine::world::storage::{BLOCK_BYTES, Snapshot};
use stratus_model::{Structure, field, sort};
use yew::prelude::*;

/// Properties of [`Card`].
#[derive(Properties)]
pub struct CardProps {
    /// The image.
    pub row: Image,
    /// The blocks that each snapshot is billed for.
    pub billed: Rc<BTreeMap<SnapshotId, i64>>,
}

impl PartialEq for CardProps {
    /// Rows are not comparable, and the parent draws only when the world changed.
    fn eq(&self, _: &CardProps) -> bool {
        false
    }
}

/// What so many blocks in S3 cost in a month.
fn monthly(blocks: i64) -> Money {
    prices::SNAPSHOT_STANDARD.month(i128::from(blocks) * i128::from(BLOCK_BYTES))
}

/// One image.
#[component]
pub fn Card(props: &CardProps) -> Html {
    let ctx = use_ctx();
    let (region, row) = (ctx.region(), &props.row);
    let snapshots: Vec<SnapshotId> = row
        .mappings
        .iter()
        .filter_map(|line| line.ebs.as_ref()?.snapshot)
        .collect();
    let blocks: i64 = snapshots.iter().filter_map(|id| props.billed.get(id)).sum();
    let waits = (row.state != "available").then_some(AttrValue::Static("It is not available yet"));
    let copy = {
        let id = row.id;
        ctx.on(move || Action::Dialog(Some(Dialog::Form(FormKind::CopyImage(region, id)))))
    };
    let made = match (&row.source, row.source_instance) {
        (_, Some(id)) => format!("made of {}", called(ctx.world(), region, id)),
        (Some((from, id)), None) => format!("a copy of {} in {from}", crate::ui::short_id(id)),
        (None, None) => "registered".to_owned(),
    };
    let on_ebs = row.machine.root_device_type == "ebs";
    let kind = if on_ebs { "EBS" } else { "instance-store" };
    let root = format!("{kind} root {}", row.machine.root_device_name);
    let name = row.name.clone();
    html! {
        <article class="card own-image">
            <div class="row spread"><button class="link" onclick={select(&ctx, row.id)}><b>{ &name }</b></button><span class={classes!("state", row.state.clone())}>{ &row.state }</span></div>
            <p class="soft">{ format!("{made}, {} · {} · {root}", on_clock(&ctx, row.created), row.machine.architecture) }</p>
            <p><b>{ "Behind it: " }</b>{ behind(&ctx, row, &snapshots, blocks) }</p>
            <p><b>{ "Seen by: " }</b>{ seen_by(row) }</p>
            <div class="row">
                <button class="btn primary" onclick={launch(&ctx, row.id)} disabled={waits.is_some()} aria-label={format!("Launch from it: {name}")} title={waits.clone()}>{ "Launch from it" }</button>
                <button class="btn" onclick={copy} disabled={waits.is_some()} aria-label={format!("Copy to another Region: {name}")} title={waits.clone()}>{ "Copy to another Region" }</button>
            </div>
            <Sharing row={row.clone()} billed={props.billed.clone()} />
            { giving_up(&ctx, row, &snapshots, blocks) }
        </article>
    }
}

fn behind(ctx: &Ctx, row: &Image, snapshots: &[SnapshotId], blocks: i64) -> Html {
    if row.machine.root_device_type != "ebs" {
        let bucket = row.location.split('/').next().unwrap_or_default().to_owned();
        let open = ctx.on(move || Action::Select(Some(Selection::Bucket(bucket.clone()))));
        return html! { <>{ "the manifest " }<button class="link mono" onclick={open}>{ &row.location }</button>{ ", in a bucket of yours" }</> };
    }
    let link = |id: &SnapshotId| html! { <li><button class="link" onclick={select(ctx, *id)}>{ named(ctx.world(), ctx.region(), *id) }</button></li> };
    html! {
        <>
            { format!("{}, {} a month", block_text(blocks), money_text(monthly(blocks))) }
            <ul class="behind" aria-label="Snapshots">{ for snapshots.iter().map(link) }</ul>
        </>
    }
}

fn seen_by(row: &Image) -> String {
    match (row.public, row.shared_with.as_slice()) {
        (true, _) => "everybody in the Region".to_owned(),
        (false, []) => "your account only".to_owned(),
        (false, accounts) => format!("your account, and {}", accounts.join(", ")),
    }
}

/// The call that adds or removes a launch permission.
fn permission(ctx: &Ctx, row: &Image, add: bool, whom: Structure) -> ApiCall {
    let change = Structure::new().with(if add { field::ADD } else { field::REMOVE }, vec![whom]);
    let params = Structure::new()
        .with(field::IMAGE_ID, row.id)
        .with(field::LAUNCH_PERMISSION, change);
    ApiCall::ec2(ctx.region(), "ModifyImageAttribute", params)
}

/// With whom it is shared: one account, or everybody.
#[component]
fn Sharing(props: &CardProps) -> Html {
    let ctx = use_ctx();
    let row = &props.row;
    let (account, typed, why) = use_account();
    let user = |id: &str| Structure::new().with(field::USER_ID, id);
    let everybody = Structure::new().with(field::GROUP, "all");
    let name = AttrValue::from(row.name.clone());
    let (word, add) = if row.public {
        ("Make private", false)
    } else {
        ("Make public", true)
    };
    // New accounts begin with public images blocked.
    let blocked = !row.public && ctx.world().blocks_public_images(ctx.region());
    let refused = blocked.then(|| AttrValue::from("Block public access for AMIs is on in this Region."));
    let allow = ApiCall::ec2(ctx.region(), "DisableImageBlockPublicAccess", Structure::new());
    html! {
        <details class="sharing"><summary>{ "Share" }</summary>
            <div class="stack">
                <div class="take">
                    { typed }
                    <CallButton label="Share" of={name.clone()} call={permission(&ctx, row, true, user(&account))} disabled={why} />
                    <CallButton label={word} of={name.clone()} call={permission(&ctx, row, add, everybody)} disabled={refused} />
                </div>
                if blocked {
                    <p class="soft">{ "Block public access for AMIs is on, as in every new account: no AMI of this Region can become public." }</p>
                    <CallButton label="Allow public AMIs" of={name.clone()} call={allow} />
                }
                { for row.shared_with.iter().map(|id| html! { <CallButton key={id.clone()} label={format!("Stop sharing with {id}")} of={name.clone()} call={permission(&ctx, row, false, user(id))} /> }) }
                <Source source="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharingamis-explicit.html">{ "Whoever it is shared with launches from it and can copy it; it stays yours, and you pay for its snapshots. An image with encrypted snapshots cannot be public. Public means everybody, and all that was left on its disk with it: keys, passwords, shell history." }</Source>
            </div>
        </details>
    }
}

/// Deregistering: with its snapshots, or leaving them.
fn giving_up(ctx: &Ctx, row: &Image, snapshots: &[SnapshotId], blocks: i64) -> Html {
    let call = |with: bool| {
        let mut params = Structure::new().with(field::IMAGE_ID, row.id);
        if with {
            params.set(field::DELETE_ASSOCIATED_SNAPSHOTS, true);
        }
        ApiCall::ec2(ctx.region(), "DeregisterImage", params)
    };
    let name = AttrValue::from(row.name.clone());
    let many = if snapshots.len() == 1 {
        "its snapshot"
    } else {
        "its snapshots"
    };
    html! {
        <details class="sharing"><summary>{ "Deregister" }</summary>
            <div class="stack">
                <p>{ match snapshots { [] => "No new machine can be launched from it. The bundle stays in your bucket, and stays billed.".to_owned(), _ => format!("No new machine can be launched from it; those that run go on. Left behind, {many} would go on costing: {}, {} a month.", block_text(blocks), money_text(monthly(blocks))) } }</p>
                <div class="row">
                    <CallButton label="Deregister" of={name.clone()} class={classes!("danger")} call={call(false)} />
                    if !snapshots.is_empty() { <CallButton label={format!("Deregister and delete {many}")} of={name} class={classes!("danger")} call={call(true)} /> }
                </div>
                <Source source="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/deregister-ami.html">{ "Deregistering leaves the snapshots, unless it is asked to delete them." }</Source>
            </div>
        </details>
    }
}

/// The image that a snapshot was made for, as its description says.
fn made_for(row: &Snapshot) -> Option<ImageId> {
    let made = ["Created by CreateImage", "Copied for DestinationAmi"];
    if !made.iter().any(|words| row.description.starts_with(words)) {
        return None;
    }
    row.description.split_whitespace().find_map(ImageId::parse)
}

/// Snapshots of images that are no more.
pub fn left(ctx: &Ctx, billed: &BTreeMap<SnapshotId, i64>) -> Html {
    let region = ctx.region();
    let Some(ec2) = ctx.world().ec2(region) else {
        return Html::default();
    };
    let orphan = |row: &&Snapshot| made_for(row).is_some_and(|id| ec2.images.get(&id).is_none());
    let mut rows: Vec<&Snapshot> = ec2.snapshots.rows().filter(orphan).collect();
    sort::by_key(&mut rows, |row| row.born);
    if rows.is_empty() {
        return Html::default();
    }
    let of = |row: &Snapshot| billed.get(&row.id).copied().unwrap_or(0);
    let total: i64 = rows.iter().map(|row| of(row)).sum();
    let line = |row: &&Snapshot| {
        let (name, image) = (named(ctx.world(), region, row.id), made_for(row));
        let delete = Structure::new().with(field::SNAPSHOT_ID, row.id);
        html! {
            <tr key={row.id.to_string()}>
                <td><button class="link" onclick={select(ctx, row.id)}>{ &name }</button></td>
                <td>{ image.map(|id| crate::ui::short_id(&id.to_string())) }</td>
                <td class="number">{ block_text(of(row)) }</td>
                <td class="number">{ money_text(monthly(of(row))) }</td>
                <td class="deeds-cell"><CallButton label="Delete" of={name} class={classes!("danger")} call={ApiCall::ec2(region, "DeleteSnapshot", delete)} /></td>
            </tr>
        }
    };
    html! {
        <section class="left-behind" aria-label="Left behind">
            <div class="row spread"><h2>{ "Left behind" }</h2><span class="soft">{ format!("{} a month for images that are no more", money_text(monthly(total))) }</span></div>
            <div class="scroll-x"><table>
                <thead><tr><th>{ "Snapshot" }</th><th>{ "Of the image" }</th><th class="number">{ "Billed for" }</th><th class="number">{ "A month" }</th><th><span class="visually-hidden">{ "What can be done" }</span></th></tr></thead>
                <tbody>{ for rows.iter().map(line) }</tbody>
            </table></div>
        </section>
    }
}
