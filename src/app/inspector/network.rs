//! VPCs, subnets, internet gateways, DHCP options.

use super::flow_logs;
use super::parts::*;
use crate::dialogs::FormKind;
use crate::map::picture::{Exposure, exposure};
use crate::session::action::Shelf;
use crate::session::{Action, ApiCall, Selection};
use crate::ui::{Settled, Source};
use stratus_engine::base::ids::*;
use stratus_engine::catalog::Region;
use stratus_engine::world::compute::InstanceState;
use stratus_engine::world::vpc::*;
use stratus_model::{Structure, field, sort};
use yew::prelude::*;

fn value(on: bool) -> Structure {
    Structure::new().with(field::VALUE, on)
}

/// A VPC.
pub fn vpc(ctx: &Settled, region: Region, id: VpcId) -> Option<Html> {
    let row = ctx.world().row::<Vpc>(region, id)?;
    let ec2 = ctx.world().ec2(region)?;
    let mut subnets: Vec<&Subnet> = ec2.subnets.rows().filter(|subnet| subnet.vpc == id).collect();
    sort::by_key(&mut subnets, |subnet| (subnet.zone.index, subnet.born));
    let gateway = ec2
        .internet_gateways
        .rows()
        .find(|igw| igw.vpc == Some(id))
        .map(|igw| igw.id);
    let blocks: Vec<String> = row.cidrs.iter().map(|(_, block)| block.to_string()).collect();
    let own = Structure::new().with(field::VPC_ID, id.to_string());
    let attribute = |name, on| ApiCall::ec2(region, "ModifyVpcAttribute", own.clone().with(name, value(on)));
    let delete = ApiCall::ec2(region, "DeleteVpc", own.clone());
    let not = gateway
        .map(|_| "an internet gateway is attached to it.")
        .or((!subnets.is_empty()).then_some("it still has subnets."));
    let on_off = |on: bool| text(if on { "on" } else { "off" });
    let what = if row.is_default {
        "A network of your own. This one was there from the start: launches that name no subnet go here."
    } else {
        "A network of your own, cut off from all others until you open a way."
    };
    Some(html! {
        <>
            { Head { kind: "VPC", layer: "", title: name(ctx, region, id.into()), id: Some(id.to_string()), what: text(what) }.view() }
            { facts(vec![
                ("IPv4 blocks", mono(blocks.join(", "))),
                ("Internet gateway", gateway.map_or_else(|| html! { <span class="soft">{ "none: no way in or out" }</span> }, |igw| link(ctx, region, igw))),
                ("Subnets", links(ctx, region, subnets.iter().map(|subnet| subnet.id), "none")),
                ("Main route table", link(ctx, region, row.main_route_table)),
                ("Default ACL", link(ctx, region, row.default_acl)),
                ("Default group", link(ctx, region, row.default_group)),
                ("Tenancy", text(row.tenancy.name())),
                ("DNS resolution", on_off(row.dns_support)),
                ("DNS host names", on_off(row.dns_hostnames)),
                ("DHCP options", link(ctx, region, row.dhcp_options)),
            ]) }
            { deeds(ctx, vec![
                Deed::form("Create subnet", FormKind::CreateSubnet(region, id)),
                Deed::form("Create security group", FormKind::CreateGroup(region, id)),
                Deed::form("Create route table", FormKind::CreateRouteTable(region, id)),
                Deed::form("Create network ACL", FormKind::CreateAcl(region, id)),
            ]) }
            { gateway_deeds(ctx, region, id, gateway) }
            { deeds(ctx, vec![
                Deed::call(format!("Turn DNS host names {}", if row.dns_hostnames { "off" } else { "on" }), attribute(field::ENABLE_DNS_HOSTNAMES, !row.dns_hostnames)),
                Deed::call(format!("Turn DNS resolution {}", if row.dns_support { "off" } else { "on" }), attribute(field::ENABLE_DNS_SUPPORT, !row.dns_support)),
                Deed::confirm("Delete VPC", "Delete the VPC?", "Its main route table, default network ACL and default security group go with it.", delete).unless(not),
            ]) }
            { flow_logs::of(ctx, region, id.into()) }
            { shelves(ctx, region) }
            { common(ctx, region, id.into()) }
            <Source source="https://docs.aws.amazon.com/vpc/latest/userguide/configure-your-vpc.html">{ "Blocks from /16 to /28; a VPC spans all zones of its Region." }</Source>
        </>
    })
}

/// Ways from a VPC to what concerns its whole Region, or joins it with others.
fn shelves(ctx: &Settled, region: Region) -> Html {
    const SHELVES: [Shelf; 4] = [Shelf::PublicAccess, Shelf::Endpoints, Shelf::Transit, Shelf::Balancers];
    let items = SHELVES.map(|shelf| {
        let on = move || Action::Select(Some(Selection::Shelf(region, shelf)));
        html! { <li>{ act_link(ctx, shelf.title(), on) }</li> }
    });
    html! { <ul class="shelves">{ for items }</ul> }
}

/// A gateway for a VPC that has none: one that lies about, or a new one.
fn gateway_deeds(ctx: &Settled, region: Region, vpc: VpcId, gateway: Option<InternetGatewayId>) -> Html {
    if gateway.is_some() {
        return html! {};
    }
    let loose = ctx
        .world()
        .ec2(region)
        .and_then(|ec2| ec2.internet_gateways.rows().find(|igw| igw.vpc.is_none()));
    let deed = match loose {
        Some(igw) => {
            let params = Structure::new()
                .with(field::INTERNET_GATEWAY_ID, igw.id.to_string())
                .with(field::VPC_ID, vpc.to_string());
            Deed::call(
                format!("Attach {}", name(ctx, region, igw.id.into())),
                ApiCall::ec2(region, "AttachInternetGateway", params),
            )
        }
        None => Deed::call(
            "Create internet gateway",
            ApiCall::ec2(region, "CreateInternetGateway", Structure::new()),
        ),
    };
    deeds(ctx, vec![deed])
}

/// A subnet.
pub fn subnet(ctx: &Settled, region: Region, id: SubnetId) -> Option<Html> {
    let row = ctx.world().row::<Subnet>(region, id)?;
    let ec2 = ctx.world().ec2(region)?;
    let vpc = ctx.world().row::<Vpc>(region, row.vpc)?;
    let table = ec2.table_of_subnet.get(&id).copied();
    let exposure = exposure(ec2, row);
    let taken: usize = ec2
        .interfaces
        .rows()
        .filter(|i| i.subnet == id)
        .map(|i| i.addresses.len())
        .sum();
    // AWS keeps the first four addresses and the last one.
    let free = (1_usize << (32 - u32::from(row.cidr.prefix_len()))).saturating_sub(5 + taken);
    let live: Vec<InstanceId> = ec2
        .instances
        .rows()
        .filter(|i| i.subnet == id && i.state != InstanceState::Terminated)
        .map(|i| i.id)
        .collect();
    let own = Structure::new().with(field::SUBNET_ID, id.to_string());
    let public = ApiCall::ec2(
        region,
        "ModifySubnetAttribute",
        own.clone()
            .with(field::MAP_PUBLIC_IP_ON_LAUNCH, value(!row.map_public_ip)),
    );
    let delete = ApiCall::ec2(region, "DeleteSubnet", own);
    let not = (taken > 0).then_some("interfaces still lie in it.");
    let zone = row.zone.name();
    let on_zone = {
        let zone = zone.clone();
        move || Action::Select(Some(Selection::Zone(zone.clone())))
    };
    let by = if table.is_some() { "" } else { " (the main one)" };
    let more = live.len().saturating_sub(8);
    let kind = if exposure.is_public() {
        "Public subnet"
    } else {
        "Private subnet"
    };
    let title = if row.default_for_zone && ctx.world().label(region, id.into()) == id.to_string() {
        format!("Default subnet in {zone}")
    } else {
        name(ctx, region, id.into())
    };
    Some(html! {
        <>
            { Head { kind, layer: "", title, id: Some(id.to_string()), what: text(exposure_sentence(exposure)) }.view() }
            { facts(vec![
                ("IPv4 block", mono(row.cidr.to_string())),
                ("Free addresses", text(format!("{free}; AWS keeps 5 for itself"))),
                ("Zone", act_link(ctx, zone, on_zone)),
                ("VPC", link(ctx, region, row.vpc)),
                ("Route table", html! { <>{ link(ctx, region, table.unwrap_or(vpc.main_route_table)) }<span class="soft">{ by }</span></> }),
                ("Network ACL", link(ctx, region, row.acl.1)),
                ("Public addresses", text(if row.map_public_ip { "every launch gets one" } else { "only launches that ask for one" })),
                ("Instances", html! { <>{ links(ctx, region, live.iter().copied().take(8), "none") }if more > 0 { { format!(" and {more} more") } }</> }),
            ]) }
            { deeds(ctx, vec![
                Deed::form("Choose route table", FormKind::ChooseTable(region, id)),
                Deed::form("Choose network ACL", FormKind::ChooseAcl(region, id)),
                Deed::form("Create interface", FormKind::CreateInterface(region, id)),
                Deed::call(if row.map_public_ip { "Give no public addresses" } else { "Give public addresses" }, public),
                Deed::confirm("Delete subnet", "Delete the subnet?", "Nothing lies in it.", delete).unless(not),
            ]) }
            { flow_logs::of(ctx, region, id.into()) }
            { common(ctx, region, id.into()) }
            <Source source="https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html">{ "Public is a subnet whose route table has a route to an internet gateway." }</Source>
        </>
    })
}

fn exposure_sentence(exposure: Exposure) -> &'static str {
    match exposure {
        Exposure::Public => {
            "A part of the VPC's addresses in one zone. Public: its route table leads to an internet gateway, so instances here that have a public address can talk to the Internet."
        }
        Exposure::Private => {
            "A part of the VPC's addresses in one zone. Private: its route table has no way to the Internet, whatever addresses its instances have."
        }
        Exposure::Nat => {
            "A part of the VPC's addresses in one zone. Private: what leaves the VPC goes through a NAT gateway, and nobody comes in that way."
        }
        Exposure::Elsewhere => {
            "A part of the VPC's addresses in one zone. Private: what leaves the VPC goes to another private network."
        }
        Exposure::Through(_) => {
            "A part of the VPC's addresses in one zone. Private: what leaves the VPC goes through an interface, usually of a NAT instance."
        }
        Exposure::Lost => {
            "A part of the VPC's addresses in one zone. Its default route leads to something that is gone: a black hole."
        }
    }
}

/// An internet gateway.
pub fn gateway(ctx: &Settled, region: Region, id: InternetGatewayId) -> Option<Html> {
    let row = ctx.world().row::<InternetGateway>(region, id)?;
    let ec2 = ctx.world().ec2(region)?;
    let uses = |table: &&RouteTable| {
        table
            .routes
            .iter()
            .any(|route| route.target == RouteTarget::InternetGateway(id))
    };
    let tables: Vec<RouteTableId> = ec2.route_tables.rows().filter(uses).map(|table| table.id).collect();
    let own = Structure::new().with(field::INTERNET_GATEWAY_ID, id.to_string());
    let delete = ApiCall::ec2(region, "DeleteInternetGateway", own.clone());
    let mut all = match row.vpc {
        Some(vpc) => {
            let detach = own.with(field::VPC_ID, vpc.to_string());
            vec![Deed::call(
                "Detach",
                ApiCall::ec2(region, "DetachInternetGateway", detach),
            )]
        }
        None => vec![Deed::form("Attach", FormKind::AttachGateway(region, id))],
    };
    let not = row.vpc.is_some().then_some("detach it first.");
    all.push(
        Deed::confirm(
            "Delete gateway",
            "Delete the internet gateway?",
            "Routes to it become black holes.",
            delete,
        )
        .unless(not),
    );
    let what = "The VPC's door to the Internet. It translates one to one between an interface's private address and its public one; without a public address nothing passes.";
    Some(html! {
        <>
            { Head { kind: "Internet gateway", layer: "", title: name(ctx, region, id.into()), id: Some(id.to_string()), what: text(what) }.view() }
            { facts(vec![
                ("Attached to", row.vpc.map_or_else(|| html! { <span class="soft">{ "nothing" }</span> }, |vpc| link(ctx, region, vpc))),
                ("Routes to it", links(ctx, region, tables, "none: no subnet uses it")),
                ("Price", text("none; what goes out through it is billed by the gigabyte")),
            ]) }
            { deeds(ctx, all) }
            { common(ctx, region, id.into()) }
            <Source source="https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html">{ "One a VPC; a subnet uses it once its route table has a route to it." }</Source>
        </>
    })
}

/// A DHCP options set.
pub fn dhcp_options(ctx: &Settled, region: Region, id: DhcpOptionsId) -> Option<Html> {
    let row = ctx.world().row::<DhcpOptions>(region, id)?;
    let entries = row.options.iter().map(|(name, values)| Entry {
        key: name.clone(),
        columns: vec![mono(name.clone()), mono(values.join(", "))],
        detail: None,
        class: "",
    });
    let what = "What instances are told when they ask for their address: the DNS server and the domain to search.";
    Some(html! {
        <>
            { Head { kind: "DHCP options", layer: "", title: name(ctx, region, id.into()), id: Some(id.to_string()), what: text(what) }.view() }
            { section("Options", ledger("two", &["Option", "Values"], entries.collect())) }
            { common(ctx, region, id.into()) }
            <Source source="https://docs.aws.amazon.com/vpc/latest/userguide/VPC_DHCP_Options.html">{ "AmazonProvidedDNS is the VPC's own resolver." }</Source>
        </>
    })
}
