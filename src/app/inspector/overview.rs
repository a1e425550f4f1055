//! Nothing selected: the Region at a glance, what happens next on the clock, what it costs, and what one could do.

use super::parts::{Deed, Head, deeds, facts, name, section, text};
use crate::dialogs::FormKind;
use crate::map::count;
use crate::session::{Action, ApiCall, Dialog, Panel, Selection, use_ctx};
use crate::ui::{Settled, Source, money_text, thousands};
use stratus_engine::World;
use stratus_engine::base::ids::ResourceId;
use stratus_engine::base::time::Span;
use stratus_engine::catalog::Region;
use stratus_engine::catalog::images::Platform;
use stratus_engine::catalog::money::price_text;
use stratus_engine::catalog::prices::instance_hour;
use stratus_engine::catalog::regions::OptIn;
use stratus_engine::clock::{Pending, Step};
use stratus_engine::world::Ec2;
use stratus_engine::world::compute::InstanceState;
use stratus_engine::world::names::HostedZone;
use stratus_engine::world::storage::{AttachState, VolumeState};
use stratus_model::{Structure, field};
use yew::prelude::*;

/// So many of the next events are listed.
const NEXT: usize = 3;

/// Properties of [`Overview`].
#[derive(Properties, PartialEq)]
pub struct OverviewProps {
    /// Which Region.
    pub region: Region,
}

/// The overview. It looks at the clock, so it is drawn anew at every tick.
#[component]
pub fn Overview(props: &OverviewProps) -> Html {
    let ctx = Settled::new(&use_ctx());
    let region = props.region;
    let shown = region == ctx.region();
    let what = format!(
        "A place with data centres of its own, in {}. Nothing in one Region is seen from another.",
        region.location().city
    );
    html! {
        <div class="insp-page">
            { Head { kind: "Region", layer: "", title: region.long_name().into(), id: Some(region.name().into()), what: text(what) }.view() }
            if shown {
                { next_events(&ctx) }
                { counts(&ctx, region) }
                { quick(&ctx, region) }
                if crate::later::here() { { super::shelf::offered(&ctx, region) } }
            } else {
                { deeds(&ctx, vec![Deed::act("Show this Region", ctx.on(move || Action::ShowRegion(region))).class("primary")]) }
            }
            <Source source="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-regions-availability-zones.html">{ "Regions are separate; the zones in one are joined by fast lines." }</Source>
        </div>
    }
}

/// What is due, soonest first.
fn next_events(ctx: &Settled) -> Html {
    let world = ctx.world();
    let awaited = world.queue.iter().filter(|(_, pending)| pending.step != Step::Reap);
    let next: Vec<_> = awaited
        .filter_map(|((due, _), pending)| Some((*due, pending.clone(), change(world, pending)?)))
        .take(NEXT)
        .collect();
    let content = if next.is_empty() {
        let words = match world.queue.is_empty() {
            true => "Nothing is pending: the clock rests until you do something.",
            false => "Nothing is about to change its state.",
        };
        html! { <p class="soft">{ words }</p> }
    } else {
        html! {
            <ul class="next">{ for next.into_iter().map(|(due, pending, change)| {
                let (region, id) = (pending.region, pending.resource);
                let zone = zone_of(world, id);
                let (title, selection) = match zone {
                    Some(zone) => (zone.name.trim_end_matches('.').to_owned(), Selection::HostedZone(zone.id.to_string())),
                    None => (name(ctx, region, id), Selection::Resource(region, id)),
                };
                html! { <li>
                    <button class="link" onclick={ctx.on(move || Action::Select(Some(selection.clone())))}>{ title }</button>
                    { ": " }{ change }<span class="soft nowrap">{ format!(" in {}", span_text(due - world.now)) }</span>
                </li> }
            }) }</ul>
        }
    };
    section("What happens next", content)
}

/// The hosted zone that a pending change belongs to.
fn zone_of(world: &World, id: ResourceId) -> Option<&HostedZone> {
    let ResourceId::Change(id) = id else { return None };
    world.route53.zones.get(&world.route53.changes.get(&id)?.zone)
}

/// `12 s`, `3 min`, `5 h`, `2 days`.
pub fn span_text(span: Span) -> String {
    let seconds = (span.0 + 999) / 1_000;
    match seconds {
        ..=119 => format!("{seconds} s"),
        120..=7_199 => format!("{} min", seconds / 60),
        7_200..=172_799 => format!("{} h", seconds / 3_600),
        _ => format!("{} days", seconds / 86_400),
    }
}

/// What a pending event will do, in words; `None` for one that has been overtaken.
fn change(world: &World, pending: &Pending) -> Option<String> {
    let ec2 = world.ec2(pending.region)?;
    let words = match (pending.step, pending.resource) {
        (Step::Settle, ResourceId::Instance(id)) => {
            let next = match ec2.instances.get(&id)?.state {
                InstanceState::Pending => "running",
                InstanceState::Stopping => "stopped",
                InstanceState::ShuttingDown => "terminated",
                _ => return None,
            };
            format!("{} → {next}", ec2.instances.get(&id)?.state.name())
        }
        (Step::Settle, ResourceId::Volume(id)) => {
            let volume = ec2.volumes.get(&id)?;
            let rests = |state| matches!(state, AttachState::Attached | AttachState::Busy);
            let moving = volume.attachments.iter().find(|a| !rests(a.state));
            match (volume.state, moving.map(|a| a.state)) {
                (VolumeState::Creating, _) => "creating → available".into(),
                (VolumeState::Deleting, _) => "deleting → gone".into(),
                (_, Some(AttachState::Attaching)) => "attaching → attached".into(),
                (_, Some(_)) => "detaching → available".into(),
                _ => return None,
            }
        }
        (Step::Settle, ResourceId::Snapshot(_)) => "pending → completed".into(),
        (Step::Settle, ResourceId::Image(_)) => "pending → available".into(),
        (Step::Settle, ResourceId::Change(_)) => "its name servers learn of a change".into(),
        (Step::Settle, ResourceId::Bucket(_)) => "an archived object can be read".into(),
        (Step::Settle, ResourceId::LoadBalancer(_)) => "provisioning → active".into(),
        (Step::Settle, _) => "settles".into(),
        (Step::Checks, ResourceId::TargetGroup(_) | ResourceId::ClassicBalancer(_)) => "health of its targets".into(),
        (Step::Checks, _) => "status checks → ok".into(),
        (Step::Modify, _) => "its modification goes on".into(),
        (Step::Progress, ResourceId::Bucket(_)) => "its analyses and inventories go on".into(),
        (Step::Progress, ResourceId::LifecyclePolicy(_)) => "its schedule acts".into(),
        (Step::Progress, _) => "next percent".into(),
        (Step::Boot, _) => "its boot is over".into(),
        (Step::Expire, _) => "it leaves the recycle bin for good".into(),
        (Step::Flush, _) => "what waits in memory goes to its disks".into(),
        (Step::Tier, _) => "what nobody reads moves to a cheaper tier".into(),
        (Step::Event, ResourceId::Instance(id)) => {
            let mut events = ec2.instances.get(&id)?.more.events.iter();
            let event = events.find(|event| event.ended.is_none() && event.asked <= pending.asked)?;
            format!("{} that AWS has scheduled", event.code.name())
        }
        (Step::Event | Step::Reap, _) => return None,
    };
    Some(words)
}

fn counts(ctx: &Settled, region: Region) -> Html {
    let world = ctx.world();
    let Some(ec2) = world.ec2(region) else {
        return html! {};
    };
    let or_none = |number: usize, one, many| {
        if number == 0 {
            "none".to_owned()
        } else {
            count(number, one, many)
        }
    };
    let network = format!(
        "{}, {}",
        count(ec2.vpcs.len(), "VPC", "VPCs"),
        count(ec2.subnets.len(), "subnet", "subnets")
    );
    let hourly = hourly(ec2, region);
    let now = if hourly > 0 {
        format!("; its instances: ${} an hour", price_text(hourly, 4))
    } else {
        String::new()
    };
    let total = act(ctx, money_text(stratus_engine::bill::total(world)), Panel::Bill);
    section(
        "In this Region",
        facts(vec![
            ("Instances", text(by_state(ec2))),
            ("Network", text(network)),
            ("Storage", text(stored(ec2))),
            (
                "Elastic IPs",
                text(or_none(ec2.addresses.len(), "address", "addresses")),
            ),
            ("Key pairs", text(or_none(ec2.key_pairs.len(), "key pair", "key pairs"))),
            (
                "Cost so far",
                html! { <>{ total }<span class="soft">{ " everywhere" }{ now }</span></> },
            ),
        ]),
    )
}

/// How many instances are in which state.
fn by_state(ec2: &Ec2) -> String {
    let with = |state: InstanceState| ec2.instances.rows().filter(|i| i.state == state).count();
    let states = [
        InstanceState::Running,
        InstanceState::Pending,
        InstanceState::Stopping,
        InstanceState::Stopped,
        InstanceState::ShuttingDown,
        InstanceState::Terminated,
    ];
    let states: Vec<String> = states
        .into_iter()
        .map(|state| (with(state), state.name()))
        .filter(|(number, _)| *number > 0)
        .map(|(number, name)| format!("{} {name}", thousands(number as u64)))
        .collect();
    if states.is_empty() {
        "none".to_owned()
    } else {
        states.join(", ")
    }
}

/// What an hour of the running instances costs.
fn hourly(ec2: &Ec2, region: Region) -> i128 {
    let running = ec2.instances.rows().filter(|i| i.state == InstanceState::Running);
    running
        .map(|i| {
            let platform = Platform::find(&i.machine.platform_details).unwrap_or(Platform::Linux);
            instance_hour(i.instance_type, region, platform).hourly()
        })
        .sum()
}

/// Volumes, their size, and snapshots.
fn stored(ec2: &Ec2) -> String {
    let gib: i64 = ec2.volumes.rows().map(|volume| volume.size_gib).sum();
    let gib = thousands(gib.unsigned_abs());
    match (ec2.volumes.len(), ec2.snapshots.len()) {
        (0, 0) => "none".to_owned(),
        (volumes, 0) => format!("{}, {gib} GiB", count(volumes, "volume", "volumes")),
        (volumes, snapshots) => {
            format!(
                "{}, {gib} GiB; {}",
                count(volumes, "volume", "volumes"),
                count(snapshots, "snapshot", "snapshots")
            )
        }
    }
}

fn act(ctx: &Settled, word: String, panel: Panel) -> Html {
    html! { <button class="link" onclick={ctx.on(move || Action::Open(panel))}>{ word }</button> }
}

fn quick(ctx: &Settled, region: Region) -> Html {
    let opted_out = region.opt_in() == OptIn::Required;
    let no_volume = ctx.world().ec2(region).is_none_or(|ec2| ec2.volumes.is_empty());
    // The question as it stands: the panel may show the matrix.
    let trace = {
        let ctx = ctx.clone();
        Callback::from(move |_| ctx.act(Action::AskPath(ctx.screen().path.clone())))
    };
    let allocate = ApiCall::ec2(region, "AllocateAddress", Structure::new().with(field::DOMAIN, "vpc"));
    html! {
        <>
            { section("You could", deeds(ctx, vec![
                Deed::open("Launch instance", Dialog::Launch).class("primary"),
                Deed::act("Trace a path", trace),
                Deed::form("Create VPC", FormKind::CreateVpc(region)),
                Deed::form("Create volume", FormKind::CreateVolume(region, None)),
                Deed::form("Create snapshot", FormKind::CreateSnapshot(region, None)).unless(no_volume.then_some("there is no volume yet; every instance brings one.")),
                Deed::form("Import key pair", FormKind::ImportKeyPair(region)),
                Deed::call("Allocate Elastic IP", allocate),
            ])) }
            if opted_out { <p class="soft">{ "At AWS an account must enable this Region first; here it is enabled." }</p> }
        </>
    }
}
