//! Availability Zones, and the physical hosts in them.

use super::parts::*;
use crate::session::{Action, Selection};
use crate::ui::{Settled, Source};
use stratus_engine::base::ids::*;
use stratus_engine::catalog::{Region, Zone};
use stratus_engine::world::compute::{InstanceState, PhysicalHost};
use stratus_model::sort;
use yew::prelude::*;

/// A zone, by its name.
pub fn view(ctx: &Settled, zone_name: &str) -> Option<Html> {
    let zone = Zone::find(zone_name)?;
    let region = zone.region;
    let ec2 = ctx.world().ec2(region);
    let mut subnets: Vec<SubnetId> = ec2
        .into_iter()
        .flat_map(|ec2| ec2.subnets.rows())
        .filter(|subnet| subnet.zone == zone)
        .map(|subnet| subnet.id)
        .collect();
    sort::sort(&mut subnets);
    let live = ec2
        .into_iter()
        .flat_map(|ec2| ec2.instances.rows())
        .filter(|i| i.zone == zone && i.state != InstanceState::Terminated)
        .count();
    let hosts: Vec<HostId> = ec2
        .into_iter()
        .flat_map(|ec2| ec2.hosts.rows())
        .filter(|host| host.zone == zone && !host.guests.is_empty())
        .map(|host| host.id)
        .collect();
    let volumes = ec2
        .into_iter()
        .flat_map(|ec2| ec2.volumes.rows())
        .filter(|v| v.zone == zone)
        .count();
    let what = "One or more data centres with power and lines of their own. What must not fail together belongs into two zones; volumes and subnets do not leave theirs.";
    Some(html! {
        <>
            { Head { kind: "Availability Zone", layer: "", title: zone.name(), id: Some(zone.id()), what: text(what) }.view() }
            { facts(vec![
                ("Region", act_link(ctx, region.long_name(), move || Action::Select(Some(Selection::Region(region))))),
                ("Instances", text(live.to_string())),
                ("Volumes", text(volumes.to_string())),
                ("Subnets", links(ctx, region, subnets, "none")),
                ("Hosts", links(ctx, region, hosts, "none of yours")),
            ]) }
            <Source source="https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html">{ "The id, not the letter, names the same place for every account." }</Source>
        </>
    })
}

/// A physical machine.
pub fn host(ctx: &Settled, region: Region, id: HostId) -> Option<Html> {
    let row = ctx.world().row::<PhysicalHost>(region, id)?;
    let zone = row.zone.name();
    let on_zone = {
        let zone = zone.clone();
        move || Action::Select(Some(Selection::Zone(zone.clone())))
    };
    let what = if row.dedicated {
        "A computer that carries your instances only."
    } else {
        "A computer that carries instances of several customers. The hypervisor keeps them apart."
    };
    Some(html! {
        <>
            { Head { kind: "Physical host", layer: "l6", title: name(ctx, region, id.into()), id: Some(id.to_string()), what: text(what) }.view() }
            <p>{ state(if row.failed { "impaired" } else { "ok" }) }</p>
            { facts(vec![
                ("Runs", text(format!("instances of the family {}", row.family))),
                ("Yours on it", links(ctx, region, row.guests.iter().copied(), "none")),
                ("Of others", text(row.neighbours.to_string())),
                ("vCPUs", text(row.vcpus.to_string())),
                ("Zone", act_link(ctx, zone, on_zone)),
            ]) }
            { history(ctx, region, id.into()) }
            <Source source="ours">{ "AWS shows no hosts, Dedicated Hosts apart. This one is drawn so that you can see what is shared." }</Source>
        </>
    })
}
