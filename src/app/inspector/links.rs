//! What links networks: peering connections, VPC endpoints and endpoint services, transit gateways with what is attached
//! to them and their route tables.

use super::gateways::tables;
use super::parts::*;
use super::told::{Told, delete, none_yet};
use crate::dialogs::{FormKind, MoreForm};
use crate::session::ApiCall;
use crate::ui::{Settled, day_text};
use stratus_engine::base::ids::*;
use stratus_engine::catalog::Region;
use stratus_engine::world::Ec2;
use stratus_engine::world::links::*;
use stratus_engine::world::vpc::{RouteDestination, RouteTarget, Vpc};
use stratus_model::{Structure, field, sort};
use yew::prelude::*;

/// A VPC peering connection.
pub fn peering(ctx: &Settled, region: Region, id: VpcPeeringConnectionId) -> Option<Told> {
    let row = ctx.world().row::<VpcPeering>(region, id)?;
    let own = Structure::new().with(field::VPC_PEERING_CONNECTION_ID, id.to_string());
    let side = |side: &PeeringSide| match side.own {
        Some(vpc) => {
            html! { <>{ link(ctx, side.region, vpc) }if side.region != region { { format!(" in {}", side.region.name()) } }if side.remote_dns { <span class="soft">{ " · its names resolve to private addresses from the other side" }</span> }</> }
        }
        None => mono(format!("{} of account {}", side.vpc, side.account)),
    };
    let call = |operation| ApiCall::ec2(region, operation, own.clone());
    let not_pending = (row.state != PeeringState::PendingAcceptance).then_some("nothing waits to be accepted.");
    let over = (!row.state.is_alive()).then_some("it is over.");
    let mut facts = vec![
        ("Requester", side(&row.requester)),
        ("Accepter", side(&row.accepter)),
        ("Routes to it", tables(ctx, region, RouteTarget::Peering(id))),
    ];
    if row.state == PeeringState::PendingAcceptance {
        facts.push(("Expires", text(day_text(row.expires))));
    }
    Some(Told {
        kind: "VPC peering connection",
        layer: "",
        what: "A line between two VPCs, for their own addresses only: what is behind either of them the other does not reach.",
        state: row.state.name(),
        facts,
        deeds: vec![
            Deed::call("Accept", call("AcceptVpcPeeringConnection")).unless(not_pending),
            Deed::call("Reject", call("RejectVpcPeeringConnection")).unless(not_pending),
            delete(
                region,
                "DeleteVpcPeeringConnection",
                own.clone(),
                "peering connection",
                "Routes to it become black holes.",
            )
            .unless(over),
        ],
        parts: Html::default(),
        source: (
            "https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html",
            "Each side needs a route of its own to it.",
        ),
    })
}

/// A VPC endpoint.
pub fn endpoint(ctx: &Settled, region: Region, id: VpcEndpointId) -> Option<Told> {
    let row = ctx.world().row::<VpcEndpoint>(region, id)?;
    let own = Structure::new().with(field::VPC_ENDPOINT_IDS, vec![id.to_string()]);
    let over = row.state.is_gone().then_some("it is on its way out.");
    let mut facts = vec![
        ("Kind", mono(row.kind.name())),
        ("Service", mono(row.service.clone())),
        ("VPC", link(ctx, region, row.vpc)),
    ];
    match row.kind {
        EndpointKind::Gateway => facts.push((
            "In route tables",
            links(ctx, region, row.tables.iter().copied(), "none: nothing goes to it"),
        )),
        _ => {
            facts.push((
                "Interfaces",
                links(ctx, region, row.subnets.iter().map(|(_, interface)| *interface), "none"),
            ));
            facts.push((
                "Subnets",
                links(ctx, region, row.subnets.iter().map(|(subnet, _)| *subnet), "none"),
            ));
            facts.push((
                "Security groups",
                links(ctx, region, row.groups.iter().copied(), "none"),
            ));
            facts.push((
                "Private DNS",
                text(if row.private_dns {
                    "the service's own name leads to it"
                } else {
                    "off"
                }),
            ));
        }
    }
    if let Some(provider) = row.provider {
        facts.push(("Behind it", link(ctx, region, provider)));
    }
    facts.push(("Made", text(day_text(row.created))));
    let policy = row.policy.clone();
    Some(Told {
        kind: "VPC endpoint",
        layer: "",
        what: "A door from a VPC to one service, without the Internet: routes lead to it, or interfaces in your subnets.",
        state: row.state.name(),
        facts,
        deeds: vec![
            delete(
                region,
                "DeleteVpcEndpoints",
                own,
                "VPC endpoint",
                "Its interfaces or routes go with it.",
            )
            .unless(over),
        ],
        parts: fold(
            "Policy",
            if policy.is_some() { "its own" } else { "full access" },
            html! {
                if let Some(policy) = policy { <pre class="output" tabindex="0">{ policy }</pre> } else { <p class="soft">{ "Everyone in the VPC may ask the service for anything; the service's own policies decide." }</p> }
            },
        ),
        source: (
            "https://docs.aws.amazon.com/vpc/latest/privatelink/concepts.html",
            "Gateway endpoints are free; interfaces are billed by the hour.",
        ),
    })
}

/// An endpoint service.
pub fn service(ctx: &Settled, region: Region, id: EndpointServiceId) -> Option<Told> {
    let row = ctx.world().row::<EndpointService>(region, id)?;
    let ec2 = ctx.world().ec2(region)?;
    let own = Structure::new().with(field::SERVICE_IDS, vec![id.to_string()]);
    let connected: Vec<&VpcEndpoint> = ec2
        .links
        .endpoints
        .rows()
        .filter(|one| one.provider == Some(id) && !one.state.is_gone())
        .collect();
    let change = Structure::new()
        .with(field::SERVICE_ID, id.to_string())
        .with(field::ACCEPTANCE_REQUIRED, !row.acceptance);
    let label = if row.acceptance {
        "Accept all from now on"
    } else {
        "Ask for acceptance"
    };
    let allowed: Vec<String> = row.allowed.iter().map(|(principal, _)| principal.clone()).collect();
    let mut facts = vec![
        (
            "Service name",
            mono(format!("com.amazonaws.vpce.{}.{id}", region.name())),
        ),
        (
            "Before",
            text(if row.gateway {
                "Gateway Load Balancers"
            } else {
                "Network Load Balancers"
            }),
        ),
        ("Balancers", mono(row.balancers.join(", "))),
        (
            "Acceptance",
            text(if row.acceptance {
                "each connection waits for your word"
            } else {
                "at once"
            }),
        ),
        (
            "May connect",
            mono(if allowed.is_empty() {
                "this account".to_owned()
            } else {
                allowed.join(", ")
            }),
        ),
        ("Address types", mono(row.address_types.join(", "))),
        (
            "Pays for endpoints",
            text(if row.owner_pays { "you" } else { "who makes one" }),
        ),
    ];
    if let Some(private) = &row.private_dns {
        let verified = match private.verified {
            Some(true) => "verified",
            Some(false) => "not verified",
            None => "not looked for yet",
        };
        facts.push((
            "Private name",
            html! { <>{ mono(private.name.clone()) }{ format!(" · {verified}") }</> },
        ));
    }
    Some(Told {
        kind: "Endpoint service",
        layer: "",
        what: "Something of yours behind a load balancer that other VPCs reach by endpoints of theirs, whatever their addresses.",
        state: "",
        facts,
        deeds: vec![
            Deed::call(
                label,
                ApiCall::ec2(region, "ModifyVpcEndpointServiceConfiguration", change),
            ),
            delete(
                region,
                "DeleteVpcEndpointServiceConfigurations",
                own,
                "endpoint service",
                "No endpoint may be connected to it.",
            )
            .unless((!connected.is_empty()).then_some("endpoints are connected to it.")),
        ],
        parts: section("Connections", connections(ctx, region, id, &connected)),
        source: (
            "https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-share-your-services.html",
            "AWS PrivateLink, from the provider's side.",
        ),
    })
}

/// The endpoints at a service: who waits, who is in.
fn connections(ctx: &Settled, region: Region, service: EndpointServiceId, all: &[&VpcEndpoint]) -> Html {
    if all.is_empty() {
        return none_yet("Nobody has connected an endpoint yet.");
    }
    let entries = all.iter().map(|one| {
        let params = Structure::new()
            .with(field::SERVICE_ID, service.to_string())
            .with(field::VPC_ENDPOINT_IDS, vec![one.id.to_string()]);
        let call = |operation| ApiCall::ec2(region, operation, params.clone());
        let settled = (one.state != EndpointState::PendingAcceptance).then_some("it does not wait.");
        let who = name(ctx, region, one.id.into());
        Entry {
            key: one.id.to_string(),
            columns: vec![
                link(ctx, region, one.id),
                link(ctx, region, one.vpc),
                state(one.state.name()),
            ],
            detail: Some(deeds(
                ctx,
                vec![
                    Deed::call(format!("Accept {who}"), call("AcceptVpcEndpointConnections")).unless(settled),
                    Deed::call(format!("Reject {who}"), call("RejectVpcEndpointConnections")),
                ],
            )),
            class: "",
        }
    });
    ledger("three", &["Endpoint", "VPC", "State"], entries.collect())
}

/// A transit gateway.
pub fn transit(ctx: &Settled, region: Region, id: TransitGatewayId) -> Option<Told> {
    let row = ctx.world().row::<TransitGateway>(region, id)?;
    let ec2 = ctx.world().ec2(region)?;
    let own = Structure::new().with(field::TRANSIT_GATEWAY_ID, id.to_string());
    let mut all: Vec<&TransitAttachment> = ec2.links.attachments.rows().filter(|one| one.gateway == id).collect();
    sort::by_key(&mut all, |one| one.born);
    let live = all.iter().any(|one| !one.state.is_gone());
    let tables_here: Vec<TransitTableId> = ec2
        .links
        .transit_tables
        .rows()
        .filter(|one| one.gateway == id)
        .map(|one| one.id)
        .collect();
    let gone = row.state.is_gone().then_some("it is on its way out.");
    let entries = all.iter().map(|one| Entry {
        key: one.id.to_string(),
        columns: vec![
            link(ctx, region, one.id),
            other_end(ctx, region, one),
            state(one.state.name()),
        ],
        detail: None,
        class: "",
    });
    Some(Told {
        kind: "Transit gateway",
        layer: "",
        what: "A router between many VPCs, VPNs and other Regions. Its own route tables say who may send to whom.",
        state: row.state.name(),
        facts: transit_facts(ctx, region, row, tables_here),
        deeds: vec![
            Deed::form("Attach a VPC", FormKind::More(region, MoreForm::AttachVpc(id))).unless(gone),
            Deed::call(
                "Create route table",
                ApiCall::ec2(region, "CreateTransitGatewayRouteTable", own.clone()),
            )
            .unless(gone),
            Deed::form("Create flow log", FormKind::More(region, MoreForm::FlowLog(id.into()))).unless(gone),
            delete(
                region,
                "DeleteTransitGateway",
                own,
                "transit gateway",
                "Its route tables go with it.",
            )
            .unless(gone.or(live.then_some("something is still attached to it."))),
        ],
        parts: section(
            "Attachments",
            match all.is_empty() {
                true => none_yet("None yet: it connects nobody."),
                false => ledger("three", &["Attachment", "Other end", "State"], entries.collect()),
            },
        ),
        source: (
            "https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html",
            "Billed by the attachment's hour and by the gigabyte.",
        ),
    })
}

/// What is to be known of a transit gateway.
fn transit_facts(
    ctx: &Settled,
    region: Region,
    row: &TransitGateway,
    tables_here: Vec<TransitTableId>,
) -> Vec<(&'static str, Html)> {
    vec![
        ("Routes to it", tables(ctx, region, RouteTarget::Transit(row.id))),
        ("Route tables", links(ctx, region, tables_here, "none")),
        (
            "Associates with",
            row.association
                .map_or_else(|| text("no table by itself"), |id| link(ctx, region, id)),
        ),
        (
            "Propagates to",
            row.propagation
                .map_or_else(|| text("no table by itself"), |id| link(ctx, region, id)),
        ),
        ("BGP number", text(row.asn.to_string())),
        (
            "On",
            mono(if row.on.is_empty() {
                "nothing".to_owned()
            } else {
                row.on.join(", ")
            }),
        ),
        ("Description", text(row.description.clone())),
    ]
}

fn other_end(ctx: &Settled, region: Region, row: &TransitAttachment) -> Html {
    match &row.end {
        TransitEnd::Vpc { vpc, .. } => link(ctx, region, *vpc),
        TransitEnd::Vpn(id) => link(ctx, region, *id),
        TransitEnd::Connect(id) => link(ctx, region, *id),
        TransitEnd::Concentrator(id) => link(ctx, region, *id),
        TransitEnd::Peer { requester, accepter } => {
            let (gateway, _, there) = if requester.0 == row.gateway.to_string() {
                accepter
            } else {
                requester
            };
            text(format!("{} in {}", crate::ui::short_id(gateway), there.name()))
        }
    }
}

/// An attachment.
pub fn attachment(ctx: &Settled, region: Region, id: TransitAttachmentId) -> Option<Told> {
    let row = ctx.world().row::<TransitAttachment>(region, id)?;
    let ec2 = ctx.world().ec2(region)?;
    let own = Structure::new().with(field::TRANSIT_GATEWAY_ATTACHMENT_ID, id.to_string());
    let propagates: Vec<TransitTableId> = ec2
        .links
        .transit_tables
        .rows()
        .filter(|table| table.propagations.contains(&id))
        .map(|table| table.id)
        .collect();
    let gone = row.state.is_gone().then_some("it is on its way out.");
    let is_vpc = row.vpc().is_some();
    let not_pending = (row.state != TransitState::PendingAcceptance).then_some("nothing waits to be accepted.");
    let mut deeds_here = vec![
        Deed::form(
            "Choose its route table",
            FormKind::More(region, MoreForm::AssociateAttachment(id)),
        )
        .unless(gone),
    ];
    if row.is_peering() {
        deeds_here.push(
            Deed::call(
                "Accept",
                ApiCall::ec2(region, "AcceptTransitGatewayPeeringAttachment", own.clone()),
            )
            .unless(not_pending),
        );
    }
    // That of a VPN goes with its connection.
    let operation = match row.end {
        TransitEnd::Vpc { .. } => Some("DeleteTransitGatewayVpcAttachment"),
        TransitEnd::Peer { .. } => Some("DeleteTransitGatewayPeeringAttachment"),
        TransitEnd::Connect(_) => Some("DeleteTransitGatewayConnect"),
        TransitEnd::Vpn(_) | TransitEnd::Concentrator(_) => None,
    };
    let after = "Routes to it become black holes.";
    deeds_here.extend(operation.map(|operation| delete(region, operation, own, "attachment", after).unless(gone)));
    let mut facts = vec![
        ("Transit gateway", link(ctx, region, row.gateway)),
        ("Other end", other_end(ctx, region, row)),
        (
            "Judged by",
            row.table.map_or_else(
                || text("no route table: nothing from it passes"),
                |id| link(ctx, region, id),
            ),
        ),
        ("Propagates to", links(ctx, region, propagates, "no table")),
    ];
    if is_vpc {
        facts.push((
            "Subnets",
            links(ctx, region, row.subnets().iter().map(|(subnet, _)| *subnet), "none"),
        ));
        facts.push((
            "Interfaces",
            links(
                ctx,
                region,
                row.subnets().iter().map(|(_, interface)| *interface),
                "none",
            ),
        ));
    }
    Some(Told {
        kind: "Transit gateway attachment",
        layer: "",
        what: "Where a VPC or another gateway is plugged into a transit gateway: in a VPC, one interface in each zone.",
        state: row.state.name(),
        facts,
        deeds: deeds_here,
        parts: Html::default(),
        source: (
            "https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html",
            "Traffic of a zone needs a subnet of the attachment there.",
        ),
    })
}

/// A route table of a transit gateway.
pub fn transit_table(ctx: &Settled, region: Region, id: TransitTableId) -> Option<Told> {
    let row = ctx.world().row::<TransitTable>(region, id)?;
    let ec2 = ctx.world().ec2(region)?;
    let own = Structure::new().with(field::TRANSIT_GATEWAY_ROUTE_TABLE_ID, id.to_string());
    let associated: Vec<TransitAttachmentId> = ec2
        .links
        .attachments
        .rows()
        .filter(|one| one.table == Some(id))
        .map(|one| one.id)
        .collect();
    let used = (!associated.is_empty()).then_some("attachments are associated with it.");
    let gateway = ctx.world().row::<TransitGateway>(region, row.gateway);
    let is_default = gateway.is_some_and(|gateway| gateway.association == Some(id) || gateway.propagation == Some(id));
    Some(Told {
        kind: "Transit gateway route table",
        layer: "",
        what: "Where a transit gateway sends what comes from the attachments that are associated with this table.",
        state: "",
        facts: vec![
            ("Transit gateway", link(ctx, region, row.gateway)),
            (
                "Judges",
                links(ctx, region, associated, "nobody: no attachment is associated with it"),
            ),
            (
                "Learns from",
                links(ctx, region, row.propagations.iter().copied(), "nobody"),
            ),
        ],
        deeds: vec![
            Deed::form("Add route", FormKind::More(region, MoreForm::TransitRoute(id))),
            Deed::form(
                "Learn from an attachment",
                FormKind::More(region, MoreForm::Propagate(id)),
            ),
            delete(
                region,
                "DeleteTransitGatewayRouteTable",
                own,
                "route table",
                "Its routes go with it.",
            )
            .unless(used.or(is_default.then_some("it is the gateway's default table."))),
        ],
        parts: section("Routes", transit_routes(ctx, region, ec2, row)),
        source: (
            "https://docs.aws.amazon.com/vpc/latest/tgw/tgw-route-tables.html",
            "The longest prefix wins; a static route goes before a learned one of the same block.",
        ),
    })
}

fn transit_routes(ctx: &Settled, region: Region, ec2: &Ec2, row: &TransitTable) -> Html {
    let mut entries: Vec<Entry> = Vec::new();
    for (destination, to) in &row.routes {
        let to_text = match destination {
            RouteDestination::Cidr(block) => block.to_string(),
            RouteDestination::PrefixList(id) => id.to_string(),
        };
        let params = Structure::new()
            .with(field::TRANSIT_GATEWAY_ROUTE_TABLE_ID, row.id.to_string())
            .with(field::DESTINATION_CIDR_BLOCK, to_text.clone());
        let detail = deeds(
            ctx,
            vec![delete(
                region,
                "DeleteTransitGatewayRoute",
                params,
                &format!("route to {to_text}"),
                "Shorter routes may take over.",
            )],
        );
        entries.push(Entry {
            key: format!("s{to_text}"),
            columns: vec![
                mono(to_text),
                to.map_or_else(|| text("black hole"), |id| link(ctx, region, id)),
                text("static"),
            ],
            detail: Some(detail),
            class: if to.is_some() { "allow" } else { "deny" },
        });
    }
    for id in &row.propagations {
        let vpc = ec2.links.attachments.get(id).and_then(TransitAttachment::vpc);
        let blocks = vpc
            .and_then(|vpc| ctx.world().row::<Vpc>(region, vpc))
            .into_iter()
            .flat_map(|vpc| &vpc.cidrs);
        for (_, block) in blocks {
            entries.push(Entry {
                key: format!("p{id}{block}"),
                columns: vec![mono(block.to_string()), link(ctx, region, *id), text("learned")],
                detail: None,
                class: "allow",
            });
        }
    }
    match entries.is_empty() {
        true => none_yet("None: everything that comes here is dropped."),
        false => ledger("three", &["To", "Attachment", "Kind"], entries),
    }
}
