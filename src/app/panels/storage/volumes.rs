//! Volumes: where each is attached, how much of it is written, and a way to write more, so that snapshots have something to tell.

use super::{block_text, blocks, named, select};
use crate::session::{Action, ApiCall, Dialog, use_ctx};
use crate::ui::{CallButton, Empty};
use stratus_engine::world::storage::{BLOCK_BYTES, Volume};
use stratus_model::{Structure, field};
use yew::prelude::*;

/// Properties of [`Volumes`].
#[derive(Properties)]
pub struct VolumesProps {
    /// Eldest first.
    pub volumes: Vec<Volume>,
}

impl PartialEq for VolumesProps {
    /// Rows are not comparable, and the parent draws only when the world changed.
    fn eq(&self, _: &VolumesProps) -> bool {
        false
    }
}

/// The volumes.
#[component]
pub fn Volumes(props: &VolumesProps) -> Html {
    let ctx = use_ctx();
    if props.volumes.is_empty() {
        return html! {
            <Empty title="No volume in this Region">
                <p>{ "A volume is a disk that outlives its machine. Every launch from an EBS image makes one." }</p>
                <button class="btn primary" onclick={ctx.on(|| Action::Dialog(Some(Dialog::Launch)))}>{ "Launch instance" }</button>
            </Empty>
        };
    }
    html! { <ul class="volumes">{ for props.volumes.iter().map(|volume| html! { <li key={volume.id.to_string()}>{ card(&ctx, volume) }</li> }) }</ul> }
}

fn card(ctx: &crate::session::Ctx, volume: &Volume) -> Html {
    let region = ctx.region();
    let written = blocks(&volume.contents);
    let all = (volume.size_gib << 30) / BLOCK_BYTES;
    let at = volume.attachments.first().map(|attachment| {
        format!(
            "{} on {}",
            attachment.device,
            named(ctx.world(), region, attachment.instance)
        )
    });
    let gib = 1_i64 << 30;
    // Writes go on where the last one ended, and begin anew at the front when the volume is full.
    let end = volume
        .contents
        .iter()
        .map(|(start, (count, _))| start + count)
        .max()
        .unwrap_or(0)
        * BLOCK_BYTES;
    let offset = if end + gib <= volume.size_gib << 30 { end } else { 0 };
    let write = Structure::new()
        .with(field::VOLUME_ID, volume.id)
        .with(field::OFFSET, offset)
        .with(field::LENGTH, gib.min(volume.size_gib << 30));
    let name = named(ctx.world(), region, volume.id);
    html! {
        <article class="card volume">
            <div class="row spread">
                <button class="link" onclick={select(ctx, volume.id)}><b>{ &name }</b></button>
                <span class={classes!("state", volume.state.name())}>{ volume.state.name() }</span>
            </div>
            <p class="soft">{ format!("{} GiB {} in {} · {}", volume.size_gib, volume.volume_type, volume.zone.name(), at.unwrap_or_else(|| "attached to nothing".into())) }</p>
            <svg class="written" viewBox="0 0 1000 12" preserveAspectRatio="none" role="img" aria-label={format!("{} of {} GiB written", block_text(written), volume.size_gib)}>
                <rect class="blank" width="1000" height="12" rx="3" />
                { for volume.contents.iter().map(|(start, (count, _))| html! {
                    <rect class="full" x={permille(*start, all).to_string()} width={permille(*count, all).max(2).to_string()} height="12" />
                }) }
            </svg>
            <div class="row spread"><span class="soft">{ format!("{} written", block_text(written)) }</span>
                <CallButton label={format!("Write 1 GiB at {} GiB", offset >> 30)} call={ApiCall::new(region, "stratus", "WriteBlocks", write)} />
            </div>
            if volume.snapshot.is_some() { <super::restoring::Restored id={volume.id} /> }
        </article>
    }
}

fn permille(part: i64, all: i64) -> i64 {
    part.saturating_mul(1_000) / all.max(1)
}
