//! Volumes: where each is attached, how much of it is written, and a way to write more, so that snapshots have something to tell.

use super::{block_text, blocks, named, select};
use crate::session::{Action, ApiCall, Dialog, use_ctx};
use crate::ui::{CallButton, Empty};
use std::fmt::Write;
use stratus_engine::world::storage::{BLOCK_BYTES, Extents, Volume};
use stratus_model::{Structure, field};
use yew::prelude::*;

/// Columns of the picture of what is written, and how high it is.
const COLUMNS: i64 = 250;
const HEIGHT: i64 = 12;

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
                <path class="full" d={outline(&volume.contents, all)} />
            </svg>
            <div class="row spread"><span class="soft">{ format!("{} written", block_text(written)) }</span>
                <CallButton label={format!("Write 1 GiB at {} GiB", offset >> 30)} call={ApiCall::new(region, "stratus", "WriteBlocks", write)} />
            </div>
            if volume.snapshot.is_some() { <super::restoring::Restored id={volume.id} /> }
        </article>
    }
}

/// What is written as one outline, 1,000 wide and [`HEIGHT`] high: each column is filled from below by the share of it that is
/// written. One element whatever the volume's size: with one for each run, thousands of them were laid out and painted anew
/// at every frame of the whole panel.
fn outline(contents: &Extents, all: i64) -> String {
    let all = all.max(1);
    let edge = |column: i64| (i128::from(all) * i128::from(column) / i128::from(COLUMNS)) as i64;
    let mut runs = contents
        .iter()
        .map(|(start, (count, _))| (*start, start + count))
        .peekable();
    let mut path = String::new();
    for column in 0..COLUMNS {
        let (first, end) = (edge(column), edge(column + 1));
        let mut written = 0;
        while let Some((start, stop)) = runs.peek().copied().filter(|(start, _)| *start < end) {
            written += stop.min(end) - start.max(first);
            if stop > end {
                break;
            }
            runs.next();
        }
        if written > 0 {
            let high = (written * HEIGHT / (end - first).max(1)).clamp(1, HEIGHT);
            let (x, wide) = (column * 1_000 / COLUMNS, 1_000 / COLUMNS);
            // Writing into a String cannot fail.
            let _ = write!(path, "M{x} {HEIGHT}v-{high}h{wide}v{high}z");
        }
    }
    path
}
