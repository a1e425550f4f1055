//! An instance: its state and why, what can be done with it, where it is, what it is made of.

use super::instance_inside as inside;
use super::machine;
use super::parts::*;
use crate::dialogs::FormKind;
use crate::map::picture::interfaces_of;
use crate::panels::live::{Connections, Whose};
use crate::session::action::PathQuestion;
use crate::session::{Action, ApiCall, Selection};
use crate::ui::{Settled, Source, day_text, time_of_day};
use stratus_engine::base::ids::*;
use stratus_engine::base::time::Time;
use stratus_engine::catalog::images::Platform;
use stratus_engine::catalog::money::price_text;
use stratus_engine::catalog::prices::instance_hour;
use stratus_engine::catalog::{Region, images};
use stratus_engine::network::{self, Disposition, Endpoint, Flow};
use stratus_engine::services::ec2::storage::files::boot::stuck;
use stratus_engine::world::compute::{Instance, InstanceState, Tenancy};
use stratus_model::{Structure, field, sort};
use yew::prelude::*;

const LIFECYCLE: &str = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-lifecycle.html";

/// The page.
pub fn view(ctx: &Settled, region: Region, id: InstanceId) -> Option<Html> {
    let row = ctx.world().row::<Instance>(region, id)?;
    let kind = row.instance_type;
    let what = format!(
        "A virtual machine: {} vCPU and {} GiB of memory on a computer that {}, rented by the second.",
        kind.vcpus(),
        f64::from(kind.memory_mib()) / 1024.0,
        if row.tenancy == Tenancy::Default {
            "other customers share"
        } else {
            "your account has for itself"
        }
    );
    Some(html! {
        <>
            { Head { kind: "Instance", layer: "l1", title: name(ctx, region, id.into()), id: Some(id.to_string()), what: text(what) }.view() }
            { state_since(ctx, region, id.into(), row.state.name(), more_state(row, ctx.world().now)) }
            { hangs(ctx, region, row) }
            { lifecycle(ctx, region, row) }
            { connecting(ctx, region, row) }
            { facts(where_it_is(ctx, region, row)) }
            { machine::where_it_runs(ctx, region, row) }
            { inside::listeners(ctx, region, row) }
            <Connections of={Whose::Instance(id)} {region} />
            { inside::disks(ctx, region, row) }
            { inside::interfaces(ctx, region, row) }
            { inside::settings(ctx, region, row) }
            { inside::user_data(ctx, region, row) }
            { inside::console(row) }
            { common(ctx, region, id.into()) }
            <Source source={LIFECYCLE}>{ "What each state means, and what is billed in it." }</Source>
        </>
    })
}

/// Why the guest has not come up, and what helps.
#[inline(never)]
fn hangs(ctx: &Settled, region: Region, row: &Instance) -> Html {
    if row.state != InstanceState::Running {
        return html! {};
    }
    match stuck(ctx.world(), region, row) {
        Some(obstacle) => html! {
            <p class="because">{ format!("The guest does not start: {}. Its console output says how far it came. Stop the instance, attach a root volume with a system as {}, and start it.", obstacle.words(), row.machine.root_device_name) }</p>
        },
        None => html! {},
    }
}

/// What the passing state leads to, the checks, what went wrong.
fn more_state(row: &Instance, now: Time) -> Html {
    let next = match row.state {
        InstanceState::Pending => "running",
        InstanceState::Stopping => "stopped",
        InstanceState::ShuttingDown => "terminated",
        _ => "",
    };
    let settles = row.settles.filter(|_| !next.is_empty());
    let checks = (row.state == InstanceState::Running).then(|| checks_text(row, now));
    let reason = row.state_reason.as_ref().filter(|(code, _)| code != "pending");
    html! {
        <>
            if let Some(at) = settles { <p>{ format!("It will be {next} at {}.", time_of_day(at)) }</p> }
            if let Some(boots) = row.guest.boots { <p>{ format!("The guest boots until {}: nothing answers yet.", time_of_day(boots)) }</p> }
            if let Some((class, checks)) = checks { <p><span class={classes!("state", class)}>{ checks }</span></p> }
            if let Some((_, message)) = reason { <p class="because">{ message }</p> }
        </>
    }
}

/// Both checks in words. `settled` is a moment: once it has passed, they pass.
fn checks_text(row: &Instance, now: Time) -> (&'static str, String) {
    let checks = &row.checks;
    match (checks.system_impaired, checks.instance_impaired, checks.settled) {
        (Some(_), _, _) => (
            "impaired",
            "system check fails: the host is broken. Stop and start to get another.".into(),
        ),
        (None, Some(since), _) if since <= now => (
            "impaired",
            "instance check fails: the guest does not answer. Reboot it.".into(),
        ),
        (None, _, Some(until)) if until > now => (
            "initializing",
            format!("status checks initializing until {}", time_of_day(until)),
        ),
        (None, _, _) => ("ok", "both status checks passed".into()),
    }
}

fn ids(id: InstanceId) -> Structure {
    Structure::new().with(field::INSTANCE_IDS, vec![id.to_string()])
}

fn lifecycle(ctx: &Settled, region: Region, row: &Instance) -> Html {
    use InstanceState::*;
    let call = |operation| ApiCall::ec2(region, operation, ids(row.id));
    let over = match row.state {
        ShuttingDown => Some("it is shutting down; that cannot be taken back, but undone."),
        Terminated => Some("it is terminated, and shown for about an hour more."),
        _ => None,
    };
    let not_start = over.or(match row.state {
        Stopping => Some("it is still stopping."),
        Running | Pending => Some("it runs already."),
        _ => None,
    });
    let store = row.machine.root_device_type == "instance-store";
    let not_running = over.or(match row.state {
        Running => None,
        Pending => Some("it is still starting."),
        _ => Some("it does not run."),
    });
    let not_stop = over.or(match row.state {
        Stopping | Stopped => Some("it is stopped, or about to be."),
        _ if store => Some("its root lies on the host's disks, which a stop would erase: reboot or terminate."),
        Pending if !row.has_run => Some("it has never run yet."),
        _ if row.disable_api_stop => Some("it is protected against stopping."),
        _ => None,
    });
    let not_hibernate = not_stop
        .or(not_running)
        .or((!row.hibernation).then_some("it was not launched with hibernation."));
    let not_terminate = match row.state {
        Terminated | ShuttingDown => over,
        _ => row
            .disable_api_termination
            .then_some("it is protected against termination."),
    };
    let kept = row
        .block_devices
        .iter()
        .filter(|device| !device.delete_on_termination)
        .count();
    let mut text = "The machine is gone for good, with its private address and the volumes that go with it.".to_owned();
    if kept > 0 {
        text.push_str(&format!(" {} stay.", crate::map::count(kept, "volume", "volumes")));
    }
    let hibernate = ids(row.id).with(field::HIBERNATE, true);
    let mut all = vec![
        Deed::call("Start", call("StartInstances")).unless(not_start),
        Deed::call("Stop", call("StopInstances")).unless(not_stop),
        Deed::call("Reboot", call("RebootInstances")).unless(not_running),
        Deed::call("Hibernate", ApiCall::ec2(region, "StopInstances", hibernate)).unless(not_hibernate),
        Deed::confirm(
            "Terminate",
            format!("Terminate {}?", name(ctx, region, row.id.into())),
            text,
            call("TerminateInstances"),
        )
        .unless(not_terminate),
    ];
    if over.is_some() {
        // One sentence says it for all of them.
        all.clear();
    }
    html! {
        <>
            { deeds(ctx, all) }
            if let Some(over) = over { <p class="soft">{ "Nothing can be done with it: " }{ over }</p> }
        </>
    }
}

/// The question "can the Internet reach it on this port?", asked.
pub fn ask_path(ctx: &Settled, id: InstanceId, port: u16) -> Callback<MouseEvent> {
    let ctx = ctx.clone();
    Callback::from(move |_| ask(&ctx, id, port))
}

fn ask(ctx: &Settled, id: InstanceId, port: u16) {
    let question = PathQuestion {
        source: "internet".into(),
        destination: id.to_string(),
        protocol: "tcp".into(),
        port: port.to_string(),
        asked: ctx.screen().path.asked + 1,
        cheat: None,
    };
    ctx.act(Action::AskPath(question));
}

/// The same of the port that one most likely tried: one where something listens and the Internet does not arrive, a web page
/// first; else HTTPS.
fn ask_why(ctx: &Settled, region: Region, row: &Instance) -> Callback<MouseEvent> {
    let (ctx, id) = (ctx.clone(), row.id);
    let listeners = row.guest.listeners.iter().filter(|listener| listener.protocol == 6);
    let mut ports: Vec<u16> = listeners.map(|listener| listener.port).collect();
    sort::by_key(&mut ports, |port| !matches!(port, 80 | 443 | 8080 | 8443));
    Callback::from(move |_| {
        let blocked = |port: &&u16| {
            let flow = Flow {
                source: Endpoint::Internet,
                destination: Endpoint::Instance(id),
                protocol: 6,
                port: **port,
            };
            network::disposition(ctx.world(), region, &flow) != Disposition::Delivered
        };
        ask(&ctx, id, ports.iter().find(blocked).copied().unwrap_or(443));
    })
}

fn connecting(ctx: &Settled, region: Region, row: &Instance) -> Html {
    if matches!(row.state, InstanceState::Terminated | InstanceState::ShuttingDown) {
        return html! {};
    }
    let login = if row.machine.is_windows() { 3389 } else { 22 };
    let label = if login == 22 {
        "Connect by SSH"
    } else {
        "Connect by RDP"
    };
    let stopped = row.state != InstanceState::Stopped && row.has_run;
    deeds(
        ctx,
        vec![
            Deed::act(label, ask_path(ctx, row.id, login)),
            Deed::act("Why can't I connect?", ask_why(ctx, region, row)),
            Deed::form("Create image", FormKind::CreateImage(region, row.id)),
            Deed::form("Change type", FormKind::ChangeType(region, row.id)).unless(
                (row.state != InstanceState::Stopped).then_some(if stopped {
                    "stop it first."
                } else {
                    "it must be stopped."
                }),
            ),
        ],
    )
}

fn where_it_is(ctx: &Settled, region: Region, row: &Instance) -> Vec<(&'static str, Html)> {
    let world = ctx.world();
    let kind = row.instance_type;
    let platform = Platform::find(&row.machine.platform_details).unwrap_or(Platform::Linux);
    let price = instance_hour(kind, region, platform).hourly();
    let interfaces = world.ec2(region).map(|ec2| interfaces_of(ec2, row)).unwrap_or_default();
    let primary = interfaces.first().and_then(|interface| interface.primary());
    let mut groups: Vec<SecurityGroupId> = interfaces.iter().flat_map(|i| i.groups.iter().copied()).collect();
    sort::sort(&mut groups);
    groups.dedup();
    let public = match primary.and_then(|address| address.public) {
        Some(public) => match public.allocation {
            Some(allocation) => {
                html! { <>{ mono(public.address.to_string()) }{ " · Elastic IP " }{ link(ctx, region, allocation) }</> }
            }
            None => {
                html! { <>{ mono(public.address.to_string()) }<span class="soft">{ " · lent until it stops" }</span></> }
            }
        },
        None => html! { <span class="soft">{ "none: the Internet cannot begin a talk with it" }</span> },
    };
    let key_id = row.key_name.as_ref().and_then(|name| {
        let pairs = world.ec2(region)?.key_pairs.rows();
        pairs.filter(|pair| pair.name == *name).map(|pair| pair.id).next()
    });
    let key = match (&row.key_name, key_id) {
        (Some(_), Some(id)) => {
            html! { <>{ link(ctx, region, id) }<span class="soft">{ format!(" · log in as {}", row.machine.login) }</span></> }
        }
        (Some(name), None) => text(format!("{name} (deleted at AWS; still in the guest)")),
        (None, _) => html! { <span class="soft">{ "none: nobody can log in" }</span> },
    };
    let host = row.host.and_then(|id| world.ec2(region)?.hosts.get(&id));
    let host = match host {
        Some(host) if host.dedicated => html! { <>{ link(ctx, region, host.id) }{ " · yours alone" }</> },
        Some(host) => {
            html! { <>{ link(ctx, region, host.id) }<span class="soft">{ format!(" · with {} of others", crate::map::count(usize::try_from(host.neighbours).unwrap_or(0), "guest", "guests")) }</span></> }
        }
        None => html! { <span class="soft">{ "none while it is stopped; the next start may bring another" }</span> },
    };
    let zone = row.zone.name();
    let on_zone = {
        let zone = zone.clone();
        move || Action::Select(Some(Selection::Zone(zone.clone())))
    };
    vec![
        (
            "Type",
            html! { <>{ kind.name() }<span class="soft">{ format!(" · ${} an hour while it runs", price_text(price, 4)) }</span></> },
        ),
        (
            "Private IPv4",
            primary.map_or_else(|| text("none"), |address| mono(address.private.to_string())),
        ),
        ("Public IPv4", public),
        ("Security groups", links(ctx, region, groups, "none")),
        (
            "Subnet",
            html! { <>{ link(ctx, region, row.subnet) }{ " in " }{ link(ctx, region, row.vpc) }</> },
        ),
        ("Zone", act_link(ctx, zone, on_zone)),
        ("Image", image_name(ctx, region, row.image)),
        ("Key pair", key),
        ("Host", host),
        ("Launched", text(day_text(row.launched))),
    ]
}

/// A link to an image, of one's own or of the catalogue.
pub fn image_name(ctx: &Settled, region: Region, id: ImageId) -> Html {
    let own = ctx
        .world()
        .row::<stratus_engine::world::compute::Image>(region, id)
        .map(|image| image.name.clone());
    let known = own.or_else(|| images::find(region, id.0).map(|image| image.name.to_owned()));
    match known {
        Some(name) => act_link(ctx, name, move || {
            Action::Select(Some(Selection::Resource(region, id.into())))
        }),
        None => html! { <span class="soft mono">{ id.to_string() }{ " (deregistered)" }</span> },
    }
}
