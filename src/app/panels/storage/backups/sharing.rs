//! Who else may make volumes of a snapshot, and what they see of it: asked of the engine as they would ask it.

use super::super::{called, use_account};
use super::SnapshotProps;
use crate::session::{ApiCall, Ctx, use_ctx};
use crate::ui::{CallButton, CommandLine, Source};
use stratus_engine::base::ids::SnapshotId;
use stratus_engine::catalog::Region;
use stratus_model::{Structure, field};
use yew::prelude::*;

/// The group of everybody.
const ALL: &str = "all";

/// A call that adds or removes a permission.
fn permission(ctx: &Ctx, id: SnapshotId, add: bool, whom: &str) -> ApiCall {
    let whom = match whom {
        ALL => Structure::new().with(field::GROUP, ALL),
        account => Structure::new().with(field::USER_ID, account),
    };
    let change = Structure::new().with(if add { field::ADD } else { field::REMOVE }, vec![whom]);
    let params = Structure::new()
        .with(field::SNAPSHOT_ID, id)
        .with(field::ATTRIBUTE, "createVolumePermission")
        .with(field::CREATE_VOLUME_PERMISSION, change);
    ApiCall::ec2(ctx.region(), "ModifySnapshotAttribute", params)
}

/// How an account finds what it may use.
fn question(region: Region, id: SnapshotId, account: &str) -> ApiCall {
    let params = Structure::new()
        .with(field::SNAPSHOT_IDS, vec![id])
        .with(field::RESTORABLE_BY_USER_IDS, vec![account]);
    ApiCall::ec2(region, "DescribeSnapshots", params)
}

/// The card.
#[component]
pub fn Sharing(props: &SnapshotProps) -> Html {
    let ctx = use_ctx();
    let row = &props.row;
    let (account, typed, why) = use_account();
    let public = row.shared_with.iter().any(|whom| whom == ALL);
    let accounts: Vec<&String> = row.shared_with.iter().filter(|whom| *whom != ALL).collect();
    let seen = match (public, accounts.is_empty()) {
        (true, _) => "everybody in the Region",
        (false, true) => "your account only",
        (false, false) => "your account and those below",
    };
    let name = AttrValue::from(called(ctx.world(), ctx.region(), row.id));
    let word = if public { "Make private" } else { "Make public" };
    html! {
        <article class="card own-image" aria-label="Who may use it">
            <div class="row spread"><h3>{ "Who may use it" }</h3><span class="soft">{ seen }</span></div>
            <div class="take">
                { typed }
                <CallButton label="Share" of={name.clone()} call={permission(&ctx, row.id, true, &account)} disabled={why} />
                <CallButton label={word} of={name.clone()} call={permission(&ctx, row.id, !public, ALL)} />
            </div>
            if public { <p class="risk danger"><b>{ "Everybody" }</b>{ " can make a volume of it and read all that was ever on the disk, what was deleted too: keys, passwords, shell history." }</p> }
            { for accounts.iter().map(|account| html! {
                <div key={(*account).clone()} class="stack">
                    <Seen id={row.id} account={(*account).clone()} />
                    <CallButton label={format!("Stop sharing with {account}")} of={name.clone()} call={permission(&ctx, row.id, false, account)} />
                </div>
            }) }
            <Source source="https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modifying-snapshot-permissions.html">{ "They make volumes of it and copy it, in its Region; they cannot delete or change it, and you pay for it. A copy is theirs, and stays when you stop sharing. One that is encrypted with a key of your own needs the key shared too; with AWS's key it cannot be shared, and no encrypted one can be public." }</Source>
        </article>
    }
}

/// Properties of [`Seen`].
#[derive(Properties, PartialEq)]
struct SeenProps {
    id: SnapshotId,
    account: String,
}

/// What an account sees of it.
#[component]
fn Seen(props: &SeenProps) -> Html {
    let ctx = use_ctx();
    let call = question(ctx.region(), props.id, &props.account);
    let asked = (ctx.view().world_stamp, call.clone());
    let seen = use_memo(asked, |(_, call)| {
        let tried =
            ctx.read(|engine| engine.try_on(ctx.world(), call.region, call.service, call.operation, &call.params));
        let found = tried.map_err(|error| error.to_string())?.0;
        let row = found.structures(field::SNAPSHOTS).next().cloned();
        row.ok_or_else(|| "it finds nothing".to_owned())
    });
    let words = match seen.as_ref() {
        Err(why) => why.clone(),
        Ok(row) => {
            let text = |name| row.text(name).unwrap_or_default();
            format!(
                "{}, {} GiB, “{}”, {}, of the owner {}",
                text(field::SNAPSHOT_ID),
                row.integer(field::VOLUME_SIZE).unwrap_or(0),
                text(field::DESCRIPTION),
                text(field::STATE),
                text(field::OWNER_ID),
            )
        }
    };
    html! {
        <>
            <p><b>{ format!("What {} sees: ", props.account) }</b>{ words }<span class="soft">{ ". Your tags, its name among them, are yours alone." }</span></p>
            <CommandLine command={call.command()} />
        </>
    }
}
