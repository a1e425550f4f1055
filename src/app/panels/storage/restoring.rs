//! What of a restored volume is on it already, and what still lies in S3: a first read of that is slow. A picture of the
//! moment, and the ways to be done with it sooner: to read all, or fast snapshot restore.

use super::{block_text, called};
use crate::session::action::Outcome;
use crate::session::{ApiCall, Ctx, use_ctx};
use crate::ui::{CallButton, Source, time_of_day};
use stratus_engine::base::ids::{SnapshotId, VolumeId};
use stratus_engine::base::time::Span;
use stratus_engine::catalog::money::price_text;
use stratus_engine::catalog::prices;
use stratus_engine::services::ec2::storage::{FIRST_READ, Restoring, Share, restoring};
use stratus_engine::world::compute::{Instance, InstanceState};
use stratus_engine::world::storage::{AttachState, Volume};
use stratus_model::{Structure, field};
use yew::prelude::*;

/// Cells of the strip.
const CELLS: i64 = 100;
/// How far the clock goes at least before the picture is made anew.
const STEP: Span = Span::seconds(2);

/// Properties of [`Restored`].
#[derive(Properties, PartialEq)]
pub struct RestoredProps {
    /// Which volume.
    pub id: VolumeId,
}

/// The strip; nothing for a volume that was not made of a snapshot.
#[component]
pub fn Restored(props: &RestoredProps) -> Html {
    let ctx = use_ctx();
    let said = use_state(|| None::<String>);
    let (region, id) = (ctx.region(), props.id);
    let seen = {
        let ctx = ctx.clone();
        let moment = ctx.moment(STEP);
        use_memo(
            (ctx.view().world_stamp, region, id, moment),
            move |(_, region, id, _)| restoring(ctx.world(), *region, *id, CELLS),
        )
    };
    let row = ctx.world().row::<Volume>(region, id);
    let (Some(seen), Some(row)) = (seen.as_ref(), row) else {
        return Html::default();
    };
    let Some(snapshot) = row.snapshot else {
        return Html::default();
    };
    let words = words(&ctx, seen, snapshot);
    if seen.all.waiting == 0 {
        return html! { <p class="soft small restored">{ words }</p> };
    }
    let heard = {
        let said = said.clone();
        Callback::from(move |outcome: Outcome| {
            let last = |answer: &Structure| {
                answer
                    .text(field::OUTPUT)
                    .and_then(|text| text.lines().last())
                    .map(str::to_owned)
            };
            said.set(outcome.ok().as_ref().and_then(last));
        })
    };
    html! {
        <div class="restored">
            <svg class="coming" viewBox="0 0 1000 20" preserveAspectRatio="none" role="img" aria-label={words.clone()}>
                <rect class="blank" width="1000" height="20" />
                { for seen.cells.iter().enumerate().map(|(at, share)| cell(at, *share)) }
            </svg>
            <ul class="lane-key small" aria-hidden="true"><li><svg viewBox="0 0 16 16"><rect class="here" width="16" height="16" /></svg>{ "on the volume" }</li><li><svg viewBox="0 0 16 16"><rect class="waiting" width="16" height="16" /></svg>{ "still in S3" }</li><li><svg viewBox="0 0 16 16"><rect class="since" width="16" height="16" /></svg>{ "written since" }</li></ul>
            <p class="small">{ words }</p>
            <div class="row">{ reads(&ctx, row, heard) }{ fast(&ctx, row, snapshot) }</div>
            if let Some(said) = &*said { <p class="small mono" role="status">{ said }</p> }
            <Source source="https://docs.aws.amazon.com/ebs/latest/userguide/initalize-volume.html">{ "A volume of a snapshot can be used at once; each block that is read before it has come is fetched from S3 first. With fast snapshot restore, switched on before the volume is made, all are there from the start." }</Source>
            <Source source="ours">{ "AWS names no speeds: here a first read brings 20 MiB a second, the background 50." }</Source>
        </div>
    }
}

/// One cell: what is here from the bottom up, then what was written, then what waits.
fn cell(at: usize, share: Share) -> Html {
    let all = share.here + share.waiting + share.written;
    if all == 0 {
        return Html::default();
    }
    let part = |blocks: i64| (blocks * 20 + all / 2) / all;
    let (here, written) = (part(share.here), part(share.written));
    let bar = |class: &'static str, y: i64, height: i64| {
        let x = (at * 10).to_string();
        (height > 0).then(|| html! { <rect {class} {x} y={y.to_string()} width="10" height={height.to_string()} /> })
    };
    html! {
        <>
            { bar("waiting", 0, 20 - here - written) }
            { bar("since", 20 - here - written, written) }
            { bar("here", 20 - here, here) }
        </>
    }
}

fn words(ctx: &Ctx, seen: &Restoring, snapshot: SnapshotId) -> String {
    let from = called(ctx.world(), ctx.region(), snapshot);
    let all = seen.all;
    if seen.fast {
        return format!("Restored from {from} with fast snapshot restore: all its blocks were here from the start.");
    }
    if all.waiting == 0 {
        return format!("Restored from {from}: all its blocks are here, none has to come from S3 any more.");
    }
    let percent = all.here * 100 / (all.here + all.waiting).max(1);
    let seconds = |millis: i64| match millis / 1_000 {
        short @ 0..=119 => format!("{short} s"),
        long => format!("{} minutes", long / 60),
    };
    let rate = seen.rate.map_or(String::new(), |rate| {
        format!(", at the {rate} MiB/s that were asked for")
    });
    format!(
        "{percent} % of {} from {from} are here; {} still lie in S3 and come in the background until {}{rate}. To read the whole volume now would take {}, later {}: what is fetched first comes at {FIRST_READ} MiB/s.",
        block_text(all.here + all.waiting),
        block_text(all.waiting),
        time_of_day(seen.ends),
        seconds(seen.read_millis.0),
        seconds(seen.read_millis.1),
    )
}

/// Reads the volume, as AWS advises, from the machine that it is attached to.
fn reads(ctx: &Ctx, row: &Volume, heard: Callback<Outcome>) -> Html {
    let at = row.attachments.iter().find(|at| at.state == AttachState::Attached);
    let machine = at.and_then(|at| ctx.world().row::<Instance>(ctx.region(), at.instance));
    let why = match machine {
        None => Some("Attach it first: a machine has to read it"),
        Some(machine) if machine.state != InstanceState::Running => Some("Its machine does not run"),
        Some(machine) if machine.machine.is_windows() => Some("Commands are simulated for Linux only"),
        Some(_) => None,
    };
    let device = at.map_or("/dev/sdf", |at| at.device.as_str());
    let read = |bytes: &str| {
        let params = Structure::new()
            .with_some(field::INSTANCE_ID, at.map(|at| at.instance))
            .with(field::COMMAND, format!("dd if={device} of=/dev/null bs=1M{bytes}"));
        ApiCall::new(ctx.region(), "stratus", "RunGuestCommand", params)
    };
    let disabled = why.map(AttrValue::Static);
    let of = AttrValue::from(called(ctx.world(), ctx.region(), row.id));
    html! {
        <>
            <CallButton label="Read 1 GiB" of={of.clone()} call={read(" count=1024")} disabled={disabled.clone()} done={heard.clone()} />
            <CallButton label="Read it all" {of} call={read("")} {disabled} done={heard} />
        </>
    }
}

/// Fast snapshot restore for the next volume of this snapshot in this zone.
fn fast(ctx: &Ctx, row: &Volume, snapshot: SnapshotId) -> Html {
    let region = ctx.region();
    let Some(ec2) = ctx
        .world()
        .ec2(region)
        .filter(|ec2| ec2.snapshots.get(&snapshot).is_some())
    else {
        return Html::default();
    };
    let switched = ec2
        .fast_restores
        .get(&(snapshot, row.zone.index))
        .filter(|row| row.disabling.is_none());
    let params = Structure::new()
        .with(field::AVAILABILITY_ZONES, vec![row.zone.name()])
        .with(field::SOURCE_SNAPSHOT_IDS, vec![snapshot]);
    match switched {
        Some(state) => {
            let words = format!(
                "Fast snapshot restore in {}: on from {}",
                row.zone.name(),
                time_of_day(state.enabled)
            );
            html! { <span class="soft small">{ words }</span> }
        }
        None => {
            html! { <CallButton label={format!("Fast restore, ${}/h", price_text(prices::FAST_RESTORE.first_price(), 2))} of={called(ctx.world(), region, snapshot)} call={ApiCall::ec2(region, "EnableFastSnapshotRestores", params)} /> }
        }
    }
}
