//! Availability Zones and Wavelength Zones.

use super::machine;
use super::parts::*;
use crate::session::{Action, Selection};
use crate::ui::{Settled, Source};
use stratus_engine::base::ids::*;
use stratus_engine::catalog::Zone;
use stratus_engine::world::compute::InstanceState;
use stratus_model::sort;
use yew::prelude::*;

/// A zone, by its name.
pub fn view(ctx: &Settled, zone_name: &str) -> Option<Html> {
    let zone = Zone::find_any(zone_name)?;
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
            if let Some(ec2) = ec2 { { fold("Your racks in it", "", machine::racks(ctx, region, ec2, zone, &|_| false)) } }
            <Source source="https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html">{ "The id, not the letter, names the same place for every account." }</Source>
        </>
    })
}
