//! Physical hosts as pictures: a machine with its guests, the racks of a zone with the account's hosts in them, and what
//! each way of placing changes. Drawn from the world's rows; AWS shows none of it but its effects, so it is marked "ours".

use super::parts::*;
use crate::session::{Action, Selection};
use crate::ui::{Settled, Source, short_id};
use std::collections::BTreeMap;
use stratus_engine::base::ids::*;
use stratus_engine::catalog::instance_types::Hypervisor;
use stratus_engine::catalog::{InstanceType, Region, Zone};
use stratus_engine::world::Ec2;
use stratus_engine::world::compute::{Instance, PhysicalHost, Tenancy};
use stratus_engine::world::launching::Strategy;
use yew::prelude::*;

/// Anonymous guests that are drawn one by one.
const STRANGERS: i64 = 4;

/// What runs on the machine's metal.
fn hypervisor(family: &str) -> &'static str {
    let kind = InstanceType::all().find(|kind| kind.family() == family);
    match kind.map(InstanceType::hypervisor) {
        Some(Hypervisor::Xen) => "Xen",
        _ => "Nitro",
    }
}

/// A machine: its guests beside each other, the hypervisor under all of them, the one wire. `own`: the guest that it is
/// about.
pub fn picture(ctx: &Settled, region: Region, host: &PhysicalHost, own: Option<InstanceId>) -> Html {
    let others = host.neighbours.min(STRANGERS);
    let more = host.neighbours - others;
    let label = format!("Physical host {} with its guests", name(ctx, region, host.id.into()));
    let alone = host.guests.is_empty() && host.neighbours == 0;
    html! {
        <figure class={classes!("machine-picture", host.failed.then_some("failed"))} role="group" aria-label={label}>
            <ul class="machine-guests">
                { for host.guests.iter().map(|id| guest(ctx, region, *id, own == Some(*id))) }
                { for (0..others).map(|at| html! { <li key={at} class="stranger">{ "another customer" }</li> }) }
                if more > 0 { <li class="stranger">{ format!("{more} more customers") }</li> }
                if alone { <li class="room">{ "nobody yet" }</li> }
            </ul>
            <p class="slab l2"><b>{ "Hypervisor" }</b>{ format!("{}: keeps them apart", hypervisor(&host.family)) }</p>
            <p class="slab l6"><b>{ "Physical interface" }</b>{ if host.neighbours > 0 { "one wire for all of them" } else { "a wire of your own" } }</p>
        </figure>
    }
}

fn guest(ctx: &Settled, region: Region, id: InstanceId, own: bool) -> Html {
    let kind = ctx
        .world()
        .row::<Instance>(region, id)
        .map(|row| row.instance_type.name());
    html! {
        <li key={id.to_string()} class={classes!("mine", own.then_some("here"))}>{ link(ctx, region, id) }
            <small>{ kind }</small>if own { <small class="visually-hidden">{ "this one" }</small> }
        </li>
    }
}

/// The racks of a zone in which hosts with guests of ours stand, by the switch that they share. `lit`: guests to point out.
pub fn racks(ctx: &Settled, region: Region, ec2: &Ec2, zone: Zone, lit: &dyn Fn(InstanceId) -> bool) -> Html {
    let mut all: BTreeMap<u64, BTreeMap<u64, Vec<&PhysicalHost>>> = BTreeMap::new();
    let hosts = ec2.hosts.rows().filter(|host| host.zone == zone);
    for host in hosts.filter(|host| !host.guests.is_empty() || host.rented.is_some()) {
        let racks = all.entry(host.node()).or_default();
        racks.entry(host.rack()).or_default().push(host);
    }
    if all.is_empty() {
        return html! { <p class="soft">{ "None of your instances runs in this zone." }</p> };
    }
    html! {
        <div class="switches" role="group" aria-label={format!("Racks of {}", zone.name())}>
            { for all.iter().map(|(switch, racks)| html! {
                <section key={*switch}><h4>{ format!("Switch {switch}") }</h4>
                    <div class="racks">{ for racks.iter().map(|(rack, hosts)| html! {
                        <div class="rack" key={*rack}><h5>{ format!("Rack {rack}") }</h5>{ for hosts.iter().map(|host| in_rack(ctx, region, host, lit)) }</div>
                    }) }</div>
                </section>
            }) }
        </div>
    }
}

/// A host in its rack: its guests as squares, with a name each.
fn in_rack(ctx: &Settled, region: Region, host: &PhysicalHost, lit: &dyn Fn(InstanceId) -> bool) -> Html {
    let id = host.id;
    let strangers = crate::map::count(
        usize::try_from(host.neighbours).unwrap_or(0),
        "other customer",
        "other customers",
    );
    html! {
        <div class="in-rack" key={id.to_string()}>
            <button class="link mono" title="Open this host" onclick={ctx.on(move || Action::Select(Some(Selection::Resource(region, id.into()))))}>{ short_id(&id.to_string()) }</button>
            <ul>{ for host.guests.iter().map(|guest| html! { <li key={guest.to_string()} class={classes!("mine", lit(*guest).then_some("here"))}>{ name(ctx, region, (*guest).into()) }</li> }) }</ul>
            if host.neighbours > 0 { <small>{ strangers }</small> }
            if host.rented.is_some() { <small>{ "Dedicated Host" }</small> }
        </div>
    }
}

/// One way to place, drawn: racks, their hosts, their guests (`m` ours, `o` another customer's, `.` room, `g` where it was).
struct Way {
    name: &'static str,
    text: &'static str,
    racks: &'static [&'static [&'static str]],
    source: &'static str,
}

const WAYS: [Way; 7] = [
    Way {
        name: "Shared host",
        text: "Any host with room. Others are on it, too, and the hypervisor keeps you apart.",
        racks: &[&["oo", "mo"], &["o.", "oo"], &["o.", "o."]],
        source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/dedicated-instance.html",
    },
    Way {
        name: "Stop and start",
        text: "It leaves its host; the start puts it on one with room, as a rule another. That is how one gets away from a failing machine.",
        racks: &[&["go", "oo"], &["oo", "o."], &["o.", "mo"]],
        source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/how-ec2-instance-stop-start-works.html",
    },
    Way {
        name: "Dedicated tenancy",
        text: "Only instances of your account are on its host. Which host it is stays AWS's choice.",
        racks: &[&["oo", "o."], &["mm", "oo"], &["o.", "oo"]],
        source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/dedicated-instance.html",
    },
    Way {
        name: "Dedicated Host",
        text: "A whole machine that you rent and name: you choose what stands on it, and it stays the same through stop and start where you say so.",
        racks: &[&["oo", "o."], &["M.", "oo"], &["o.", "oo"]],
        source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/dedicated-hosts-overview.html",
    },
    Way {
        name: "Cluster group",
        text: "Close together, by one switch: the shortest way between them, and one failure for many.",
        racks: &[&["mm", "m."], &["oo", "o."], &["o.", "oo"]],
        source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/placement-strategies.html#placement-groups-cluster",
    },
    Way {
        name: "Partition group",
        text: "Partitions that share no rack: what breaks with a rack is one partition of a large system.",
        racks: &[&["mm", "mo"], &["nn", "no"], &["pp", "po"]],
        source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/placement-strategies.html#placement-groups-partition",
    },
    Way {
        name: "Spread group",
        text: "Each on a rack of its own, with its own network and power; seven in a zone at most.",
        racks: &[&["mo", "o."], &["mo", "oo"], &["mo", "o."]],
        source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/placement-strategies.html#placement-groups-spread",
    },
];

/// Which of [`WAYS`] an instance stands in.
fn way_of(ec2: &Ec2, row: &Instance) -> Vec<&'static str> {
    let mut ways = vec![match row.tenancy {
        Tenancy::Default => "Shared host",
        Tenancy::Dedicated => "Dedicated tenancy",
        Tenancy::Host => "Dedicated Host",
    }];
    let named = row.placement_group.as_deref();
    let group = ec2
        .placement_groups
        .rows()
        .find(|group| Some(group.name.as_str()) == named);
    ways.extend(group.map(|group| strategy_way(group.strategy)));
    ways
}

/// The way of a strategy.
pub fn strategy_way(strategy: Strategy) -> &'static str {
    match strategy {
        Strategy::Cluster => "Cluster group",
        Strategy::Partition => "Partition group",
        Strategy::Spread => "Spread group",
    }
}

/// All ways as small pictures; those that hold now are marked.
pub fn ways(now: &[&str], only: Option<&str>) -> Html {
    let shown = WAYS.iter().filter(|way| only.is_none_or(|only| way.name == only));
    html! {
        <ul class="placing">
            { for shown.map(|way| {
                let is_now = now.contains(&way.name);
                html! {
                    <li key={way.name} class={classes!(is_now.then_some("now"))}>
                        { sketch(way.racks) }
                        <div><b>{ way.name }</b>if is_now { <span class="tag">{ "this one" }</span> }<p>{ way.text }{ " " }<a href={way.source} target="_blank" rel="noopener noreferrer" aria-label={format!("{} at AWS", way.name)}>{ "AWS" }</a></p></div>
                    </li>
                }
            }) }
        </ul>
    }
}

/// Racks side by side, two hosts in each, two places in each host.
fn sketch(racks: &[&[&str]]) -> Html {
    let mut parts: Vec<Html> = Vec::new();
    for (at, hosts) in racks.iter().enumerate() {
        let x = 2 + at * 36;
        parts.push(html! { <rect class="s-rack" x={x.to_string()} y="2" width="32" height="44" rx="4" /> });
        for (row, guests) in hosts.iter().enumerate() {
            let y = 6 + row * 19;
            // A host that is rented whole is named by the capital letter of its guest.
            let whole = guests.starts_with('M');
            parts.push(html! { <rect class={classes!("s-host", whole.then_some("whole"))} x={(x + 3).to_string()} y={y.to_string()} width="26" height="16" rx="3" /> });
            for (place, guest) in guests.chars().enumerate() {
                let class = match guest {
                    'm' | 'M' => "s-mine",
                    'n' => "s-mine two",
                    'p' => "s-mine three",
                    'g' => "s-gone",
                    'o' => "s-other",
                    _ => continue,
                };
                parts.push(html! { <rect {class} x={(x + 6 + place * 11).to_string()} y={(y + 4).to_string()} width="9" height="8" rx="2" /> });
            }
        }
    }
    html! { <svg class="sketch" width="110" height="48" viewBox="0 0 110 48" aria-hidden="true">{ for parts }</svg> }
}

/// On the page of an instance: its host and who shares it, and what would change that.
pub fn where_it_runs(ctx: &Settled, region: Region, row: &Instance) -> Html {
    let Some(ec2) = ctx.world().ec2(region) else {
        return Html::default();
    };
    let host = row.host.and_then(|id| ec2.hosts.get(&id));
    let note = match host {
        Some(host) if host.neighbours > 0 => "a shared host",
        Some(_) => "a host of your own",
        None => "on no host",
    };
    let own = row.id;
    let group = row.placement_group.as_deref();
    let together = |id: InstanceId| match group {
        Some(_) => ec2
            .instances
            .get(&id)
            .is_some_and(|other| other.placement_group.as_deref() == group),
        None => id == own,
    };
    let content = html! {
        <>
            { match host {
                Some(host) => picture(ctx, region, host, Some(own)),
                None => html! { <p>{ "It is on no host now: a stop leaves the machine, and the next start finds one with room." }if let Some(last) = row.last_host { { format!(" Before, it was on {}.", short_id(&last.to_string())) } }</p> },
            } }
            <h4>{ format!("Your racks in {}", row.zone.name()) }</h4>
            { racks(ctx, region, ec2, row.zone, &together) }
            if let Some(group) = group { <p class="soft">{ format!("Marked: the instances of the placement group {group}.") }</p> }
            <h4>{ "What would place it otherwise" }</h4>
            { ways(&way_of(ec2, row), None) }
            { deeds(ctx, vec![Deed::form("Change placement", crate::dialogs::FormKind::More(region, crate::dialogs::MoreForm::ChangePlacement(own)))
                .unless((row.host.is_some()).then_some("stop it first: it is placed anew when it starts."))]) }
            <Source source="ours">{ "AWS names no host but Dedicated Hosts, and counts nobody's neighbours: both are drawn so that you can see what is shared." }</Source>
        </>
    };
    fold("Where it runs", note, content)
}
