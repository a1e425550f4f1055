//! Physical hosts: those that AWS chose, Dedicated Hosts that the account rents, their reservations, and placement groups.

use super::machine;
use super::parts::*;
use super::told::{self, Told, delete, none_yet};
use crate::dialogs::{FormKind, MoreForm};
use crate::session::{Action, ApiCall, Selection};
use crate::ui::{Settled, day_text};
use stratus_engine::base::ids::*;
use stratus_engine::catalog::{InstanceType, Region, dedicated_hosts};
use stratus_engine::world::compute::{Instance, PhysicalHost};
use stratus_engine::world::launching::{PlacementGroup, Strategy};
use stratus_engine::world::rented::{HostReservation, HostState, Rented};
use stratus_model::{Structure, field};
use yew::prelude::*;

const HOSTS: &str = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/dedicated-hosts-overview.html";

/// A physical machine.
pub fn host(ctx: &Settled, region: Region, id: HostId) -> Option<Html> {
    let row = ctx.world().row::<PhysicalHost>(region, id)?;
    let zone = row.zone.name();
    let on_zone = {
        let zone = zone.clone();
        move || Action::Select(Some(Selection::Zone(zone.clone())))
    };
    let mut facts = vec![
        ("Runs", text(format!("instances of the family {}", row.family))),
        ("Yours on it", links(ctx, region, row.guests.iter().copied(), "none")),
        ("Of others", text(row.neighbours.to_string())),
        ("vCPUs", text(row.vcpus.to_string())),
        ("Zone", act_link(ctx, zone, on_zone)),
        ("Rack", text(format!("{} by switch {}", row.rack(), row.node()))),
    ];
    let mut parts = vec![machine::picture(ctx, region, row, None)];
    let mut deeds = Vec::new();
    let (kind, what, source) = match &row.rented {
        Some(rented) => {
            facts.extend(rented_facts(ctx, region, row, rented));
            parts.push(capacity(ctx, region, row, rented));
            parts.push(affinity(ctx, region, row));
            deeds = host_deeds(ctx, region, row, rented);
            (
                "Dedicated Host",
                "A whole computer that you rent: its instances are placed by you, and you pay for the machine, not for them.",
                (
                    HOSTS,
                    "Its sockets and cores are yours to see, for licences that are bound to them.",
                ),
            )
        }
        None if row.dedicated => (
            "Physical host",
            "A computer that carries your instances only. Which one it is AWS chooses.",
            (
                "ours",
                "AWS shows no hosts, Dedicated Hosts apart. This one is drawn so that you can see what is shared.",
            ),
        ),
        None => (
            "Physical host",
            "A computer that carries instances of several customers. The hypervisor keeps them apart.",
            (
                "ours",
                "AWS shows no hosts, Dedicated Hosts apart. This one is drawn so that you can see what is shared.",
            ),
        ),
    };
    parts.push(fold("Ways to be placed", "", machine::ways(&[], None)));
    let told = Told {
        kind,
        layer: "l6",
        what,
        state: "",
        facts,
        deeds,
        parts: html! { <><p>{ state(health(row)) }</p>{ for parts }</> },
        source,
    };
    Some(told::page(ctx, region, id.into(), told))
}

fn health(row: &PhysicalHost) -> &'static str {
    match &row.rented {
        _ if row.failed => "impaired",
        Some(rented) => rented.state.name(),
        None => "ok",
    }
}

fn rented_facts(ctx: &Settled, region: Region, row: &PhysicalHost, rented: &Rented) -> Vec<(&'static str, Html)> {
    let shape = dedicated_hosts::shape(&row.family);
    let on_off = |on: bool| text(if on { "on" } else { "off" });
    let mut facts = vec![
        (
            "Takes",
            text(match rented.instance_type {
                Some(kind) => format!("{} only", kind.name()),
                None => format!("every type of {}", row.family),
            }),
        ),
        ("Auto-placement", on_off(rented.auto_placement)),
        ("Host recovery", on_off(rented.recovery)),
        ("Host maintenance", on_off(rented.maintenance)),
        ("Allocated", text(day_text(rented.allocated))),
        (
            "Paid by",
            rented
                .reservation
                .map_or_else(|| text("the hour, on demand"), |id| link(ctx, region, id)),
        ),
    ];
    if let Some(shape) = shape {
        let text_of = format!("{} sockets, {} cores", shape.sockets, shape.cores);
        facts.push(("Made of", text(text_of)));
    }
    if rented.degraded {
        facts.push((
            "Maintenance",
            text("found degraded: AWS replaces it, and moves what is on it where maintenance is on"),
        ));
    }
    facts
}

/// How many more instances of each type it has room for.
fn capacity(ctx: &Settled, region: Region, row: &PhysicalHost, rented: &Rented) -> Html {
    let room = dedicated_hosts::room(&row.family);
    let guests = row
        .guests
        .iter()
        .filter_map(|id| ctx.world().row::<Instance>(region, *id));
    let used: i64 = guests.map(|guest| dedicated_hosts::takes(guest.instance_type)).sum();
    let mut kinds: Vec<InstanceType> = match rented.instance_type {
        Some(kind) => vec![kind],
        None => InstanceType::all().filter(|kind| kind.family() == row.family).collect(),
    };
    stratus_model::sort::by_key(&mut kinds, |kind| dedicated_hosts::takes(*kind));
    let entries = kinds.iter().map(|kind| {
        let takes = dedicated_hosts::takes(*kind).max(1);
        let (left, whole) = ((room - used).max(0) / takes, room / takes);
        Entry {
            key: kind.name().to_owned(),
            columns: vec![mono(kind.name()), text(format!("{left} more of {whole}"))],
            detail: None,
            class: if left == 0 { "deny" } else { "" },
        }
    });
    let note = format!("{used} of {room} taken");
    fold(
        "Capacity left",
        &note,
        ledger("two", &["Type", "Room for"], entries.collect()),
    )
}

/// Which of its guests come back to it.
fn affinity(ctx: &Settled, region: Region, row: &PhysicalHost) -> Html {
    let guests = row
        .guests
        .iter()
        .filter_map(|id| ctx.world().row::<Instance>(region, *id));
    let entries: Vec<Entry> = guests
        .map(|guest| Entry {
            key: guest.id.to_string(),
            columns: vec![
                link(ctx, region, guest.id),
                text(match guest.more.host_affinity {
                    true => "host: it comes back to this one",
                    false => "default: it may start elsewhere",
                }),
            ],
            detail: None,
            class: "",
        })
        .collect();
    let content = match entries.is_empty() {
        true => none_yet(
            "Nothing is on it. Launch an instance with the tenancy host, and name this one or turn auto-placement on.",
        ),
        false => ledger("two", &["Instance", "Affinity"], entries),
    };
    section("Affinity", content)
}

fn host_deeds(ctx: &Settled, region: Region, row: &PhysicalHost, rented: &Rented) -> Vec<Deed> {
    let ids = Structure::new().with(field::HOST_IDS, vec![row.id.to_string()]);
    let turn = |name, on: bool| {
        ApiCall::ec2(
            region,
            "ModifyHosts",
            ids.clone().with(name, if on { "off" } else { "on" }),
        )
    };
    let over = rented.state.is_released().then_some("it has been released.");
    let word = |what: &str, on: bool| format!("Turn {what} {}", if on { "off" } else { "on" });
    let busy = (!row.guests.is_empty()).then_some("instances still run on it.");
    let failed = Structure::new().with(field::HOST_ID, row.id.to_string());
    vec![
        Deed::call(
            word("auto-placement", rented.auto_placement),
            turn(field::AUTO_PLACEMENT, rented.auto_placement),
        )
        .unless(over),
        Deed::call(
            word("host recovery", rented.recovery),
            turn(field::HOST_RECOVERY, rented.recovery),
        )
        .unless(over),
        Deed::call(
            word("host maintenance", rented.maintenance),
            turn(field::HOST_MAINTENANCE, rented.maintenance),
        )
        .unless(over),
        Deed::form(
            "Buy a reservation",
            FormKind::More(region, MoreForm::ReserveHost(row.id)),
        )
        .unless(over.or((rented.reservation.is_some()).then_some("one pays for it already."))),
        Deed::call("Let it fail", ApiCall::new(region, "stratus", "FailHost", failed))
            .unless(over.or((row.failed || rented.state != HostState::Available).then_some("it has failed."))),
        Deed::confirm(
            "Release host",
            format!("Release {}?", name(ctx, region, row.id.into())),
            "The machine goes back to AWS, and is billed no more.",
            ApiCall::ec2(region, "ReleaseHosts", ids.clone()),
        )
        .unless(over.or(busy)),
    ]
}

/// A reservation of Dedicated Hosts.
pub fn reservation(ctx: &Settled, region: Region, id: HostReservationId) -> Option<Told> {
    let row = ctx.world().row::<HostReservation>(region, id)?;
    let over = row.end <= ctx.world().now;
    Some(Told {
        kind: "Host reservation",
        layer: "",
        what: "A promise to rent Dedicated Hosts of one family for one or three years, for less than by the hour. It cannot be cancelled.",
        state: "",
        facts: vec![
            ("Family", mono(row.offering.family.clone())),
            (
                "Term",
                text(format!(
                    "{} {}",
                    row.offering.years,
                    if row.offering.years == 1 { "year" } else { "years" }
                )),
            ),
            ("Payment", mono(row.offering.payment.name())),
            ("Pays for", links(ctx, region, row.hosts.iter().copied(), "no host")),
            ("From", text(day_text(row.start))),
            (
                "Until",
                text(format!("{}{}", day_text(row.end), if over { ", over" } else { "" })),
            ),
        ],
        deeds: Vec::new(),
        parts: Html::default(),
        source: (
            "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/dedicated-hosts-billing.html",
            "A discount on hosts that you have: it reserves no capacity.",
        ),
    })
}

/// A placement group.
pub fn placement_group(ctx: &Settled, region: Region, id: PlacementGroupId) -> Option<Told> {
    let row = ctx.world().row::<PlacementGroup>(region, id)?;
    let ec2 = ctx.world().ec2(region)?;
    let members: Vec<&Instance> = ec2
        .instances
        .rows()
        .filter(|one| one.placement_group.as_deref() == Some(row.name.as_str()))
        .collect();
    let is_member = |id: InstanceId| members.iter().any(|one| one.id == id);
    let mut zones: Vec<_> = members
        .iter()
        .filter(|one| one.host.is_some())
        .map(|one| one.zone)
        .collect();
    stratus_model::sort::by_key(&mut zones, |zone| zone.index);
    zones.dedup();
    let way = machine::strategy_way(row.strategy);
    let mut facts = vec![
        ("Name", mono(row.name.clone())),
        ("Strategy", mono(row.strategy.name())),
        (
            "Instances",
            links(ctx, region, members.iter().map(|one| one.id), "none"),
        ),
    ];
    if row.strategy == Strategy::Partition {
        facts.push(("Partitions", text(row.partitions.to_string())));
        for number in 1..=row.partitions {
            let inside = members
                .iter()
                .filter(|one| one.more.partition == Some(number))
                .map(|one| one.id);
            facts.push((
                "In one",
                html! { <>{ format!("{number}: ") }{ links(ctx, region, inside, "none") }</> },
            ));
        }
    }
    let params = Structure::new().with(field::GROUP_NAME, row.name.clone());
    let full = (!members.is_empty()).then_some("instances are still in it.");
    Some(Told {
        kind: "Placement group",
        layer: "l6",
        what: "A wish how the hosts of its instances should lie to each other: near, apart, or in parts that fail apart.",
        state: "",
        facts,
        deeds: vec![
            delete(
                region,
                "DeletePlacementGroup",
                params,
                "placement group",
                "Nothing is in it.",
            )
            .unless(full),
        ],
        parts: html! {
            <>
                { machine::ways(&[way], Some(way)) }
                { section("Where they stand", match zones.is_empty() {
                    true => none_yet("None of its instances runs. Launch some into the group, or change the placement of one that is stopped."),
                    false => html! { <>{ for zones.iter().map(|zone| machine::racks(ctx, region, ec2, *zone, &is_member)) }</> },
                }) }
            </>
        },
        source: (
            "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/placement-strategies.html",
            "Which racks they are AWS does not say; here you see it.",
        ),
    })
}
