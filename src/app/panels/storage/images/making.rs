//! Making an image of a machine: with a reboot or without, and what would be missing then; a machine whose root lies on the
//! host's disks is bundled into a bucket of yours instead.

use super::super::{called, choose, named, use_field, use_text};
use crate::session::{ApiCall, Ctx, use_ctx};
use crate::ui::{CallButton, Source, Typed};
use stratus_engine::base::ids::InstanceId;
use stratus_engine::world::compute::{Instance, InstanceState};
use stratus_engine::world::files::Disk;
use stratus_engine::world::keeping::Bundle;
use stratus_model::{Structure, field, sort};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Files that are named one by one.
const NAMED: usize = 4;
/// Characters of a machine's name that its image's name begins with.
const LABEL: usize = 100;

/// The form.
#[component]
pub fn Making() -> Html {
    let ctx = use_ctx();
    let (picked, onchange) = use_field(|| None, InstanceId::parse);
    let (name, on_name) = use_field(|| None, |text| Some(text.to_owned()));
    let no_reboot = use_state_eq(|| false);
    let machines = machines(&ctx);
    let known = |id: &InstanceId| machines.iter().any(|row| row.id == *id);
    let chosen = picked.filter(known).or(machines.first().map(|row| row.id));
    let Some(row) = chosen.and_then(|id| machines.iter().find(|row| row.id == id)) else {
        return html! { <p class="soft">{ "Launch a machine, set it up as you like, and make an image of it here." }</p> };
    };
    let in_store = row.machine.root_device_type != "ebs";
    let title = (*name).clone().unwrap_or_else(|| free_name(&ctx, row.id));
    let choices = machines.iter().map(|one| {
        let name = named(ctx.world(), ctx.region(), one.id);
        (one.id.to_string(), format!("{name} · {}", one.state.name()))
    });
    html! {
        <section class="card making" aria-label="Make an image">
            <div class="take">
                { choose("Machine", &row.id.to_string(), choices, onchange) }
                if !in_store { <label class="field">{ "Name of the image" }<Typed value={title.clone()} onchange={on_name} /></label> }
                if in_store { <Bundling id={row.id} /> } else { { create(&ctx, row, &title, &no_reboot) } }
            </div>
            { if in_store { bundled() } else { risk(&ctx, row, *no_reboot) } }
        </section>
    }
}

fn machines(ctx: &Ctx) -> Vec<Instance> {
    let rows = ctx
        .world()
        .ec2(ctx.region())
        .into_iter()
        .flat_map(|ec2| ec2.instances.rows());
    let fit = |row: &&Instance| matches!(row.state, InstanceState::Running | InstanceState::Stopped);
    let mut rows: Vec<Instance> = rows.filter(fit).cloned().collect();
    sort::by_key(&mut rows, |row| row.born);
    rows
}

/// A name that no image of the Region has.
fn free_name(ctx: &Ctx, id: InstanceId) -> String {
    // An image's name has letters, digits and few signs besides.
    let may_stand = |letter: &char| letter.is_ascii_alphanumeric() || " ()[]./-'@_".contains(*letter);
    let label = ctx.world().label(ctx.region(), id.into());
    let words: String = label.chars().filter(may_stand).take(LABEL).collect();
    let base = format!("{words} image");
    let taken = |name: &str| {
        let ec2 = ctx.world().ec2(ctx.region());
        ec2.is_some_and(|ec2| ec2.images.rows().any(|row| row.name == name))
    };
    let numbered = (2..).map(|number| format!("{base} {number}"));
    let mut all = std::iter::once(base.clone()).chain(numbered);
    all.find(|name| !taken(name)).unwrap_or(base)
}

fn create(ctx: &Ctx, row: &Instance, name: &str, no_reboot: &UseStateHandle<bool>) -> Html {
    let onchange = {
        let no_reboot = no_reboot.clone();
        Callback::from(move |event: Event| {
            let input = event.target_dyn_into::<HtmlInputElement>();
            no_reboot.set(input.is_some_and(|input| input.checked()));
        })
    };
    let mut params = Structure::new()
        .with(field::INSTANCE_ID, row.id)
        .with(field::NAME, name);
    if **no_reboot {
        params.set(field::NO_REBOOT, true);
    }
    html! {
        <>
            <label class="row check"><input type="checkbox" checked={**no_reboot} {onchange} />{ "Without a reboot" }</label>
            <CallButton label="Create image" class={classes!("primary")} call={ApiCall::ec2(ctx.region(), "CreateImage", params)} disabled={name.is_empty().then_some(AttrValue::Static("Give it a name"))} />
        </>
    }
}

/// Files that wait in memory for their disks.
fn waiting(row: &Instance) -> Vec<String> {
    let disks = &row.guest.disks;
    let real = disks.cache.iter().filter(|(disk, _)| **disk != Disk::Memory);
    let paths = real.flat_map(|(disk, cache)| {
        let mount = disks.mounts.iter().find(|mount| mount.disk == *disk);
        let at = mount.map_or("", |mount| mount.at.as_str());
        cache.data.keys().map(move |path| format!("{at}{path}"))
    });
    paths.collect()
}

/// What the choice risks, for this machine and at this moment.
fn risk(ctx: &Ctx, row: &Instance, no_reboot: bool) -> Html {
    let name = called(ctx.world(), ctx.region(), row.id);
    let files = waiting(row);
    let listed: Vec<&str> = files.iter().take(NAMED).map(String::as_str).collect();
    let more = match files.len().saturating_sub(NAMED) {
        0 => String::new(),
        number => format!(" and {number} more"),
    };
    let words = match (row.state, no_reboot, files.len()) {
        (InstanceState::Stopped, ..) => {
            format!("{name} is stopped: all is on its disks, and there is nothing to reboot.")
        }
        (_, false, 0) => {
            format!("{name} reboots: it writes what waits in memory, and does not answer for about a minute.")
        }
        (_, false, count) => format!(
            "{name} reboots: it writes {count} to its disks first ({}{more}), and does not answer for about a minute.",
            listed.join(", "),
            count = files_text(count)
        ),
        (_, true, 0) => format!(
            "{name} goes on. Nothing waits in its memory at this moment; what a program is writing when the snapshot is taken may still be half there."
        ),
        (_, true, count) => format!(
            "{name} goes on, and the image misses {} in its memory: {}{more}.",
            files_text(count),
            listed.join(", ")
        ),
    };
    let danger = no_reboot && !files.is_empty() && row.state == InstanceState::Running;
    html! {
        <div class={classes!("risk", danger.then_some("danger"))} role="status">
            <p>if danger { <b>{ "At risk: " }</b> }{ words }</p>
            <Source source="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/creating-an-ami-ebs.html">{ "Without a reboot, the integrity of the file system cannot be guaranteed. A snapshot is taken of every attached volume; instance store is not in the image." }</Source>
        </div>
    }
}

fn files_text(count: usize) -> String {
    if count == 1 {
        "1 file that waits".to_owned()
    } else {
        format!("{count} files that wait")
    }
}

fn bundled() -> Html {
    html! { <Source source="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/creating-an-ami-instance-store.html">{ "Its root lies on the host's disks: there is no volume to take a snapshot of. It is bundled into parts and a manifest in a bucket of yours, and the manifest is registered as an image." }</Source> }
}

/// Properties of [`Bundling`].
#[derive(Properties, PartialEq)]
struct BundlingProps {
    id: InstanceId,
}

/// The bucket and the names in it, the bundle, and its registration.
#[component]
fn Bundling(props: &BundlingProps) -> Html {
    let ctx = use_ctx();
    let (region, world) = (ctx.region(), ctx.world());
    let (bucket, on_bucket) = use_field(|| None, |text| Some(text.to_owned()));
    let (prefix, on_prefix) = use_text(|| "images/web".to_owned());
    let names: Vec<String> = world.s3.buckets.iter().map(|(name, _)| name.clone()).collect();
    let chosen = (*bucket)
        .clone()
        .filter(|name| names.contains(name))
        .or(names.first().cloned());
    let Some(chosen) = chosen else {
        let name = format!("bundles-of-{}", world.account());
        let params = Structure::new().with(field::BUCKET, name);
        return html! { <CallButton label="Make a bucket for the bundle" class={classes!("primary")} call={ApiCall::new(region, "s3", "CreateBucket", params)} /> };
    };
    let place = Structure::new()
        .with(field::BUCKET, chosen.as_str())
        .with(field::PREFIX, prefix.as_str());
    let storage = Structure::new().with(field::S3, place);
    let params = Structure::new()
        .with(field::INSTANCE_ID, props.id)
        .with(field::STORAGE, storage);
    let tasks = world.ec2(region).into_iter().flat_map(|ec2| ec2.keeping.bundles.rows());
    let mut tasks: Vec<&Bundle> = tasks.filter(|task| task.instance == props.id).collect();
    sort::by_key(&mut tasks, |task| task.born);
    html! {
        <>
            { choose("Bucket", &chosen, names.iter().map(|name| (name, name)), on_bucket) }
            <label class="field">{ "Names begin with" }<Typed value={(*prefix).clone()} onchange={on_prefix} /></label>
            <CallButton label="Bundle" class={classes!("primary")} call={ApiCall::ec2(region, "BundleInstance", params)} />
            if let Some(task) = tasks.last() { { bundle(&ctx, task) } }
        </>
    }
}

fn bundle(ctx: &Ctx, task: &Bundle) -> Html {
    let manifest = format!("{}/{}.manifest.xml", task.bucket, task.prefix);
    let row = ctx.world().row::<Instance>(ctx.region(), task.instance);
    let machine = row.map(|row| row.machine.clone());
    let params = Structure::new()
        .with(field::NAME, free_name(ctx, task.instance))
        .with(field::IMAGE_LOCATION, manifest.as_str())
        .with_some(
            field::ARCHITECTURE,
            machine.as_ref().map(|machine| machine.architecture.as_str()),
        )
        .with_some(
            field::VIRTUALIZATION_TYPE,
            machine.as_ref().map(|machine| machine.virtualization.as_str()),
        );
    let why = (task.state != "complete").then_some(AttrValue::Static("The bundle is not complete yet"));
    html! {
        <p class="row bundle" role="status">
            <span>{ format!("{manifest}: {}", task.state) }</span>
            <CallButton label="Register the manifest" call={ApiCall::ec2(ctx.region(), "RegisterImage", params)} disabled={why} />
        </p>
    }
}
