//! Network interfaces and Elastic IP addresses.

use super::parts::*;
use super::{estate, flow_logs, mirroring};
use crate::dialogs::FormKind;
use crate::panels::live::{Connections, Whose};
use crate::session::ApiCall;
use crate::ui::{Settled, Source};
use stratus_engine::base::ids::*;
use stratus_engine::catalog::Region;
use stratus_engine::world::vpc::{ElasticAddress, NetworkInterface};
use stratus_model::{Structure, field};
use yew::prelude::*;

/// An interface.
pub fn interface(ctx: &Settled, region: Region, id: NetworkInterfaceId) -> Option<Html> {
    let row = ctx.world().row::<NetworkInterface>(region, id)?;
    let mac: Vec<String> = row.mac.iter().map(|byte| format!("{byte:02x}")).collect();
    let addresses = row.addresses.iter().map(|address| {
        let public = address.public.map(|public| format!(" ⇄ {}", public.address));
        html! { <li class="mono">{ address.private.to_string() }{ public }</li> }
    });
    let attached = match &row.attachment {
        Some(attachment) => {
            html! { <>{ link(ctx, region, attachment.instance) }{ format!(" as eth{}", attachment.device_index) }</> }
        }
        None => html! { <span class="soft">{ "to nothing" }</span> },
    };
    let what = "A virtual network card: addresses, a MAC address, security groups. Frames from any other source address are dropped while its source/destination check is on.";
    Some(html! {
        <>
            { Head { kind: "Network interface", layer: "l3", title: name(ctx, region, id.into()), id: Some(id.to_string()), what: text(what) }.view() }
            { facts(vec![
                ("Addresses", html! { <ul class="plain-list">{ for addresses }</ul> }),
                ("Attached", attached),
                ("Security groups", links(ctx, region, row.groups.iter().copied(), "none")),
                ("Subnet", html! { <>{ link(ctx, region, row.subnet) }{ " in " }{ link(ctx, region, row.vpc) }</> }),
                ("MAC", mono(mac.join(":"))),
                ("Src/dest check", text(if row.source_dest_check { "on: only its own addresses" } else { "off: it may forward for others" })),
                ("Description", text(row.description.clone())),
            ]) }
            { interface_deeds(ctx, region, row) }
            <Connections of={Whose::Interface(id)} {region} />
            { flow_logs::of(ctx, region, id.into()) }
            { mirroring::of(ctx, region, id) }
            { common(ctx, region, id.into()) }
            <Source source="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-eni.html">{ "Interfaces can move between instances of their zone, the primary one apart." }</Source>
        </>
    })
}

fn interface_deeds(ctx: &Settled, region: Region, row: &NetworkInterface) -> Html {
    let with = |name, value: String| Structure::new().with(name, value);
    let check = with(field::NETWORK_INTERFACE_ID, row.id.to_string()).with(
        field::SOURCE_DEST_CHECK,
        Structure::new().with(field::VALUE, !row.source_dest_check),
    );
    let check_label = if row.source_dest_check {
        "Turn the check off"
    } else {
        "Turn the check on"
    };
    let mut all = vec![
        Deed::form("Change groups", FormKind::ChooseGroups(region, row.id)),
        Deed::call(
            check_label,
            ApiCall::ec2(region, "ModifyNetworkInterfaceAttribute", check),
        ),
    ];
    match &row.attachment {
        Some(attachment) => {
            let detach = with(field::ATTACHMENT_ID, attachment.id.to_string());
            let primary = attachment.device_index == 0;
            all.push(
                Deed::call("Detach", ApiCall::ec2(region, "DetachNetworkInterface", detach))
                    .unless(primary.then_some("a primary interface stays with its instance.")),
            );
        }
        None => {
            let delete = with(field::NETWORK_INTERFACE_ID, row.id.to_string());
            all.push(Deed::form("Attach", FormKind::AttachInterface(region, row.id)));
            all.push(Deed::confirm(
                "Delete interface",
                "Delete the interface?",
                "Its addresses are free again.",
                ApiCall::ec2(region, "DeleteNetworkInterface", delete),
            ));
        }
    }
    deeds(ctx, all)
}

/// An Elastic IP.
pub fn elastic(ctx: &Settled, region: Region, id: AllocationId) -> Option<Html> {
    let row = ctx.world().row::<ElasticAddress>(region, id)?;
    let with = |name, value: String| Structure::new().with(name, value);
    let release = ApiCall::ec2(region, "ReleaseAddress", with(field::ALLOCATION_ID, id.to_string()));
    let (stands, more) = match &row.association {
        Some((association, interface, private)) => {
            let holder = ctx
                .world()
                .row::<NetworkInterface>(region, *interface)
                .and_then(|i| i.attachment.as_ref());
            let front = holder.map_or_else(|| link(ctx, region, *interface), |a| link(ctx, region, a.instance));
            let take = ApiCall::ec2(
                region,
                "DisassociateAddress",
                with(field::ASSOCIATION_ID, association.to_string()),
            );
            let stands = html! { <>{ "before " }{ front }{ ", " }{ mono(private.to_string()) }</> };
            (stands, Some(Deed::call("Disassociate", take)))
        }
        None => (
            html! { <span class="soft">{ "before nothing, and billed all the same" }</span> },
            None,
        ),
    };
    let not = row.association.is_some().then_some("disassociate it first.");
    let mut all = vec![Deed::form(
        if row.association.is_some() { "Move" } else { "Associate" },
        FormKind::AssociateAddress(region, id),
    )];
    all.extend(more);
    all.push(
        Deed::confirm(
            "Release",
            format!("Release {}?", row.address),
            "The address goes back to AWS; somebody else may get it.",
            release,
        )
        .unless(not),
    );
    let what =
        "A public address that is yours until you release it, and that can stand before any instance of the Region.";
    Some(html! {
        <>
            { Head { kind: "Elastic IP address", layer: "", title: name(ctx, region, id.into()), id: Some(id.to_string()), what: text(what) }.view() }
            { facts(vec![("Address", mono(row.address.to_string())), ("Stands", stands), ("Price", text("$0.005 an hour, in use or not"))]) }
            { deeds(ctx, all) }
            { estate::transfer_of(ctx, region, id) }
            { common(ctx, region, id.into()) }
            <Source source="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/elastic-ip-addresses-eip.html">{ "In a VPC it stays with the instance through stops and starts." }</Source>
        </>
    })
}
