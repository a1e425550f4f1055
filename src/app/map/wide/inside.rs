//! From nearest: one instance in all that it stands in, down to the addresses of its interfaces.

use super::super::picture::{exposure, interfaces_of, name_of};
use super::super::{count, is_selected, select};
use crate::inspector::machine;
use crate::ui::Settled;
use stratus_engine::base::ids::{InstanceId, ResourceId};
use stratus_engine::catalog::instance_types::Hypervisor;
use stratus_engine::world::Ec2;
use stratus_engine::world::compute::{Instance, Tenancy};
use stratus_engine::world::vpc::NetworkInterface;
use yew::prelude::*;

/// Properties of [`Inside`].
#[derive(Properties, PartialEq)]
pub struct InsideProps {
    /// The context.
    pub settled: Settled,
    /// Which.
    pub instance: InstanceId,
}

/// The boxes: VPC, subnet, host, guest; and its cards beside.
#[component]
pub fn Inside(props: &InsideProps) -> Html {
    let ctx = &props.settled;
    let Some((ec2, row)) = find(ctx, props.instance) else {
        return html! { <p class="soft">{ "This instance is not here any more." }</p> };
    };
    let subnet = ec2.subnets.get(&row.subnet);
    let table = ec2.table_of_subnet.get(&row.subnet).copied();
    let table = table.or_else(|| Some(ec2.vpcs.get(&row.vpc)?.main_route_table));
    let interfaces = interfaces_of(ec2, row);
    html! {
        <section class="inside" aria-label={format!("Inside {}", name(ctx, row.id))}>
            <div class="shell"><p>if row.is_classic() { <b>{ "EC2-Classic" }</b><span class="soft">{ "one network of all customers" }</span> } else { { box_name(ctx, "VPC", row.vpc) } }</p>
                <div class="shell"><p>if row.is_classic() { <span class="soft">{ "No subnet, no route table, no network ACL" }</span> } else { { box_name(ctx, "Subnet", row.subnet) } }
                    if let Some(subnet) = subnet { <span class="soft">{ format!("{} · {}", subnet.cidr, exposure(ec2, subnet).words()) }</span> }
                    if let Some(table) = table { { box_name(ctx, "Route table", table) } }
                    if let Some(subnet) = subnet { { box_name(ctx, "Network ACL", subnet.acl.1) } }
                </p>
                    <div class="shell machine"><p>if let Some(host) = row.host { { box_name(ctx, "Physical host", host) } } else { <b>{ "Physical host" }</b> }<span class="soft">{ host_words(ec2, row) }</span></p>
                        if let Some(host) = row.host.and_then(|host| ec2.hosts.get(&host)) { { machine::picture(ctx, ctx.region(), host, Some(row.id)) } }
                        <div class="cards">
                            <div class="card">
                                <h2>{ box_name(ctx, "Instance", row.id) }</h2>
                                <p class="soft">{ format!("{} · {}", row.instance_type.name(), row.state.name()) }</p>
                                <p>{ listens(row) }</p>
                                <ul>{ for row.block_devices.iter().map(|disk| html! { <li key={disk.device.clone()}><code>{ &disk.device }</code>{ " " }{ box_name(ctx, "Volume", disk.volume) }</li> }) }</ul>
                            </div>
                            { for interfaces.iter().map(|interface| card(ctx, interface)) }
                        </div>
                    </div>
                </div>
            </div>
        </section>
    }
}

fn find(ctx: &Settled, id: InstanceId) -> Option<(&Ec2, &Instance)> {
    let ec2 = ctx.world().ec2(ctx.region())?;
    Some((ec2, ec2.instances.get(&id)?))
}

fn name(ctx: &Settled, id: impl Into<ResourceId>) -> String {
    name_of(ctx.world(), ctx.region(), id)
}

/// A thing by its kind and name, which one click selects.
fn box_name(ctx: &Settled, kind: &'static str, id: impl Into<ResourceId>) -> Html {
    let id = id.into();
    html! { <button class="mini" onclick={select(ctx, id)} aria-pressed={is_selected(ctx, id).to_string()}><b>{ kind }</b>{ " " }{ name(ctx, id) }</button> }
}

fn host_words(ec2: &Ec2, row: &Instance) -> String {
    let Some(host) = row.host.and_then(|host| ec2.hosts.get(&host)) else {
        return "none: only a running instance has one".to_owned();
    };
    let shared = match row.tenancy {
        Tenancy::Default => {
            let others = host.guests.len().saturating_sub(1) + usize::try_from(host.neighbours).unwrap_or(0);
            format!("shared with {}", count(others, "other guest", "other guests"))
        }
        _ => "yours alone".to_owned(),
    };
    let hypervisor = match row.instance_type.hypervisor() {
        Hypervisor::Nitro => "Nitro",
        Hypervisor::Xen => "Xen",
    };
    format!("{shared} · {hypervisor} · {}", row.zone.name())
}

fn listens(row: &Instance) -> String {
    let mut ports: Vec<String> = row
        .guest
        .listeners
        .iter()
        .map(|one| format!("{} on {}", one.program, one.port))
        .collect();
    ports.dedup();
    match ports.is_empty() {
        true => "Nothing listens.".to_owned(),
        false => format!("Listens: {}.", ports.join(", ")),
    }
}

/// An interface: its addresses, its groups, whether it looks at addresses.
fn card(ctx: &Settled, interface: &NetworkInterface) -> Html {
    let index = interface.attachment.as_ref().map_or(0, |a| a.device_index);
    html! {
        <div class="card" key={interface.id.to_string()}>
            <h2>{ box_name(ctx, "Interface", interface.id) }<span class="soft">{ format!("device {index}") }</span></h2>
            <ul>
                { for interface.addresses.iter().map(|address| html! {
                    <li key={address.private.to_string()}><code>{ address.private.to_string() }</code>
                        if let Some(public) = &address.public { { " ⇄ " }<code>{ public.address.to_string() }</code> }
                    </li>
                }) }
                { for interface.ipv6.iter().map(|address| html! { <li key={address.to_string()}><code>{ address.to_string() }</code></li> }) }
            </ul>
            <p>{ for interface.groups.iter().map(|group| box_name(ctx, "Security group", *group)) }</p>
            <p class="soft">{ if interface.source_dest_check { "Source/destination check on: it takes only what is its own." } else { "Source/destination check off: it may pass others' packets on." } }</p>
        </div>
    }
}
