//! What an instance is made of and what goes on in it: programs that listen, disks, interfaces, settings, console.

use super::instance::ask_path;
use super::parts::*;
use crate::dialogs::FormKind;
use crate::map::picture::interfaces_of;
use crate::session::ApiCall;
use crate::ui::{Settled, Source, time_of_day};
use stratus_engine::catalog::Region;
use stratus_engine::network::protocol_text;
use stratus_engine::world::compute::{Instance, InstanceState};
use stratus_engine::world::storage::Volume;
use stratus_model::{Structure, field};
use yew::prelude::*;

/// Programs that listen in the guest.
pub fn listeners(ctx: &Settled, region: Region, row: &Instance) -> Html {
    let running = row.state == InstanceState::Running;
    let entries = row.guest.listeners.iter().map(|listener| {
        let protocol = protocol_text(listener.protocol);
        let port = listener.port;
        let stop = Structure::new()
            .with(field::INSTANCE_ID, row.id.to_string())
            .with(field::PROTOCOL, protocol.as_str())
            .with(field::PORT, i64::from(port));
        let detail = html! {
            <>
                <p>{ if listener.service { "A service: it comes back after every boot." } else { "Started by hand: it does not come back after a boot." } }</p>
                { deeds(ctx, vec![
                    Deed::act(format!("Trace to {port}"), ask_path(ctx, row.id, port)),
                    Deed::call(format!("Stop {} {port}", listener.program), ApiCall::new(region, "stratus", "StopListener", stop)),
                ]) }
            </>
        };
        Entry {
            key: format!("{protocol}{port}"),
            columns: vec![mono(format!("{protocol} {port}")), text(listener.program.clone())],
            detail: Some(detail),
            class: "",
        }
    });
    let content = html! {
        <>
            if row.guest.listeners.is_empty() { <p class="soft">{ if running { "Nothing listens: every port answers with a refusal." } else { "Nothing runs inside it now." } }</p> }
            else { { ledger("two", &["Port", "Program"], entries.collect()) } }
            { deeds(ctx, vec![Deed::form("Start a program", FormKind::StartListener(region, row.id)).unless((!running).then_some("the instance does not run."))]) }
            <Source source="ours">{ "To AWS the inside of a machine is a closed box. Here a stock image listens for logins, and for what its user data installs." }</Source>
        </>
    };
    let note = row
        .guest
        .listeners
        .iter()
        .map(|l| l.port.to_string())
        .collect::<Vec<_>>()
        .join(", ");
    fold("Listens on", if note.is_empty() { "nothing" } else { &note }, content)
}

/// Its volumes and the host's disks.
pub fn disks(ctx: &Settled, region: Region, row: &Instance) -> Html {
    let devices = row.block_devices.iter().map(|device| {
        let size = ctx.world().row::<Volume>(region, device.volume).map_or(0, |volume| volume.size_gib);
        let root = device.device == row.machine.root_device_name;
        html! {
            <li>
                <span class="mono">{ &device.device }</span>{ " " }{ link(ctx, region, device.volume) }{ format!(" · {size} GiB") }if root { { " · root" } }
                <p class="because">{ if device.delete_on_termination { "goes when the instance is terminated" } else { "stays when the instance is terminated" } }</p>
            </li>
        }
    });
    let ephemeral = row.ephemeral.iter().map(|disk| {
        html! { <li><span class="mono">{ &disk.device }</span>{ format!(" · {} GB of the host's own disks", disk.size_gb) }<p class="because">{ "erased by stop, hibernate and terminate; a reboot keeps it" }</p></li> }
    });
    let count = row.block_devices.len() + row.ephemeral.len();
    fold(
        "Disks",
        &count.to_string(),
        html! { <ul class="plain-list">{ for devices }{ for ephemeral }</ul> },
    )
}

/// Its network cards.
pub fn interfaces(ctx: &Settled, region: Region, row: &Instance) -> Html {
    let all = ctx
        .world()
        .ec2(region)
        .map(|ec2| interfaces_of(ec2, row))
        .unwrap_or_default();
    let note = all.len().to_string();
    let items = all.into_iter().map(|interface| {
        let index = interface.attachment.as_ref().map_or(0, |a| a.device_index);
        let addresses: Vec<String> = interface.addresses.iter().map(|a| a.private.to_string()).collect();
        html! { <li><span class="mono">{ format!("eth{index} ") }</span>if row.is_classic() { { "in EC2-Classic" } } else { { link(ctx, region, interface.id) } }{ " · " }<span class="mono">{ addresses.join(", ") }</span></li> }
    });
    fold("Interfaces", &note, html! { <ul class="plain-list">{ for items }</ul> })
}

/// Protections and behaviour, each with the call that turns it.
pub fn settings(ctx: &Settled, region: Region, row: &Instance) -> Html {
    let over = matches!(row.state, InstanceState::Terminated | InstanceState::ShuttingDown);
    let not = || over.then_some("it is over.");
    let turn = |name, on: bool| {
        let params = Structure::new()
            .with(field::INSTANCE_ID, row.id.to_string())
            .with(name, Structure::new().with(field::VALUE, on));
        ApiCall::ec2(region, "ModifyInstanceAttribute", params)
    };
    let shutdown = if row.shutdown_terminates { "stop" } else { "terminate" };
    let behaviour = Structure::new().with(field::INSTANCE_ID, row.id.to_string()).with(
        field::INSTANCE_INITIATED_SHUTDOWN_BEHAVIOR,
        Structure::new().with(field::VALUE, shutdown),
    );
    let tokens = if row.metadata.tokens_required {
        "optional"
    } else {
        "required"
    };
    let metadata = Structure::new()
        .with(field::INSTANCE_ID, row.id.to_string())
        .with(field::HTTP_TOKENS, tokens);
    let on_off = |on: bool| text(if on { "on" } else { "off" });
    let verb = |on: bool| if on { "Lift" } else { "Set" };
    let mut rows = vec![
        ("Termination protection", on_off(row.disable_api_termination)),
        ("Stop protection", on_off(row.disable_api_stop)),
        (
            "A shutdown inside",
            text(if row.shutdown_terminates {
                "terminates it"
            } else {
                "stops it"
            }),
        ),
        (
            "Hibernation",
            text(if row.hibernation {
                "possible"
            } else {
                "not set up at launch"
            }),
        ),
        (
            "Metadata (IMDS)",
            text(if row.metadata.tokens_required {
                "version 2 only"
            } else {
                "versions 1 and 2"
            }),
        ),
        (
            "Monitoring",
            text(if row.monitoring {
                "detailed, every minute"
            } else {
                "basic, every five minutes"
            }),
        ),
        ("Tenancy", text(row.tenancy.name())),
        (
            "Machine",
            text(format!(
                "{} · {} · {}",
                row.machine.architecture, row.machine.virtualization, row.machine.platform_details
            )),
        ),
    ];
    if let Some(credits) = &row.cpu_credits {
        rows.push(("CPU credits", text(credits.clone())));
    }
    let content = html! {
        <>
            { facts(rows) }
            { deeds(ctx, vec![
                Deed::call(format!("{} termination protection", verb(row.disable_api_termination)), turn(field::DISABLE_API_TERMINATION, !row.disable_api_termination)).unless(not()),
                Deed::call(format!("{} stop protection", verb(row.disable_api_stop)), turn(field::DISABLE_API_STOP, !row.disable_api_stop)).unless(not()),
                Deed::call(format!("Let a shutdown inside {shutdown} it"), ApiCall::ec2(region, "ModifyInstanceAttribute", behaviour)).unless(not()),
                Deed::call(if row.metadata.tokens_required { "Allow IMDSv1, too" } else { "Require IMDSv2" }, ApiCall::ec2(region, "ModifyInstanceMetadataOptions", metadata)).unless(not()),
            ]) }
        </>
    };
    let note = if row.disable_api_termination { "protected" } else { "" };
    fold("Protection and settings", note, content)
}

/// What it was given to run at its first boot.
pub fn user_data(ctx: &Settled, region: Region, row: &Instance) -> Html {
    let text = row
        .user_data
        .as_deref()
        .map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    let stopped = row.state == InstanceState::Stopped;
    let content = html! {
        <>
            if let Some(text) = &text { <pre class="output" tabindex="0">{ text }</pre> }
            else { <p class="soft">{ "None. User data is what an instance finds at its start, usually a script that sets it up." }</p> }
            if row.guest.initialized && text.is_some() { <p class="soft">{ "It has run, at the first boot; it does not run again." }</p> }
            { deeds(ctx, vec![Deed::form("Change user data", FormKind::ChangeUserData(region, row.id)).unless((!stopped).then_some("the instance must be stopped."))]) }
        </>
    };
    fold("User data", if text.is_some() { "a script" } else { "none" }, content)
}

/// What it has said on its console since the boot.
pub fn console(row: &Instance) -> Html {
    let lines: Vec<String> = row
        .guest
        .console
        .iter()
        .map(|(at, line)| format!("{} {line}", time_of_day(*at)))
        .collect();
    let note = crate::map::count(lines.len(), "line", "lines");
    let content = if lines.is_empty() {
        html! { <p class="soft">{ "Empty: it has not booted yet." }</p> }
    } else {
        html! { <pre class="output" tabindex="0" aria-label="Console output">{ lines.join("\n") }</pre> }
    };
    fold("Console output", &note, content)
}
